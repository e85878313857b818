/* A clinic's desk and a county server in one process: the scenarios of a round. */
#ifndef TESTS_SYNC_DESK_H
#define TESTS_SYNC_DESK_H

#include "app/base/date.h"
#include "app/service/records.h"
#include "fake_fhir.h"
#include "support/base/check.h"
#include "sync/sync.h"

struct desk {
	char *dir;
	int64_t now;
	struct app app;
	struct fake_fhir *county; /* may be shared by two desks */
	struct sync_figures fig;
	struct err err;
	bool ok;
	/* the process ends at the n-th place where it could; 0: it lives */
	unsigned dies_at, steps;
};

/* A new clinic with one doctor. */
void desk_open(struct desk *d, struct fake_fhir *county, uint64_t seed);
void desk_close(struct desk *d);
/* A county and two clinics at it; all of them end together. */
void desks_open(struct fake_fhir *county, struct desk *a, struct desk *b);
void desks_close(struct fake_fhir *county, struct desk *a, struct desk *b);
/* As after a crash: the program is started again. */
void desk_restart(struct desk *d);

/* One round; the figures are in d->fig, the outcome in d->ok and d->err. */
void desk_sync(struct desk *d);
/* One round that must complete. */
void desk_syncs(struct desk *d);

/* Saves JSON and returns the id (static storage, valid until the next 8 calls). */
const char *desk_save(struct desk *d, const char *kind, const char *fmt, ...) PRINTF(3, 4);
/* Changes one field to a JSON value. */
void desk_change(struct desk *d, const char *kind, const char *id, const char *key, const char *json);
/* The text of a field ("" when empty), static storage. */
const char *desk_field(struct desk *d, const char *kind, const char *id, const char *key);
bool desk_has(struct desk *d, const char *kind, const char *id);
enum county_state desk_county(struct desk *d, const char *kind, const char *id);
int64_t desk_count(struct desk *d, const char *table_state); /* rows of the outbox in a state by its name */

/* A resident, a doctor's follow-up. */
const char *desk_resident(struct desk *d, const char *name, const char *birth);
const char *desk_followup(struct desk *d, const char *resident, int sbp);

/* What must hold at any time: no resource holds the same stamp in two versions; what is acknowledged here is there;
 * nothing was put twice without asking in between. */
void desk_invariants(struct desk *d);

#endif
