/* A small clinic for tests: one doctor, one village, a clock that stands still unless it is moved. */
#ifndef CUNYI_TEST_CLINIC_H
#define CUNYI_TEST_CLINIC_H

#include "support/base/check.h"

#include "app/service/records.h"

struct test_clinic {
	struct app app;
	struct arena mem;
	int64_t now;  /* UTC milliseconds; 2026-11-22 at first */
	char *dir;
	struct err err;
};

/* A practice clinic in a scratch folder; the doctor 林秀英 (staff number 001) works, the village 上坂村 is there. */
void clinic_start(struct test_clinic *c);
void clinic_stop(struct test_clinic *c);
/* The same before and after each test of a group: its state is the clinic. */
int clinic_setup(void **state);
int clinic_teardown(void **state);
/* Saves one record; json may use ' for ".  Returns its id (in c->mem); fails the test when it is refused. */
const char *clinic_save(struct test_clinic *c, const char *kind, const char *json, ...) PRINTF(3, 4);
/* The same, and whatever became of it; nothing is confirmed.  The error is in c->err. */
bool clinic_try(struct test_clinic *c, struct save_result *result, const char *kind, const char *json, ...) PRINTF(4, 5);
/* Closes and opens it again, as another process would; the doctor works. */
void clinic_reopen(struct test_clinic *c, enum app_mode mode);
/* What must hold whatever happened: pages, references and the history's chain are whole; every record has its typed row,
 * its newest version in the history and its place in the queue for the county. */
void clinic_check(struct test_clinic *c);
/* One number by SQL. */
int64_t clinic_count(struct test_clinic *c, const char *sql);

#endif
