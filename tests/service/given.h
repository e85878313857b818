/* Steps that tests of services share. */
#ifndef CUNYI_TEST_GIVEN_H
#define CUNYI_TEST_GIVEN_H

#include "support/service/clinic.h"

/* more is further JSON: ",'years':2"; everything is confirmed. */
const char *given_person(struct test_clinic *c, const char *name, const char *born);
const char *given_team(struct test_clinic *c, const char *name, const char *more);
/* An agreement that the resident signed himself. */
const char *given_sign(struct test_clinic *c, const char *who, const char *team, const char *start, const char *more);
/* The same, and whatever became of it; nothing is confirmed. */
bool given_sign_try(struct test_clinic *c, struct save_result *r, const char *who, const char *team, const char *start,
	const char *more);
struct record *given_load(struct test_clinic *c, const char *id);
const char *given_status(struct test_clinic *c, const char *id);
int64_t given_done(struct test_clinic *c, const char *contract, const char *item);
const char *given_follow_up(struct test_clinic *c, const char *who, const char *day, const char *more);
bool given_warned(const struct save_result *r, const char *code, const char *field);
/* Id of the record of a kind that was made last. */
const char *given_newest(struct test_clinic *c, int kind);

#endif
