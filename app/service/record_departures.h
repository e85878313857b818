/* What ends when somebody dies or moves away, at that date, and what comes back when that was a mistake. */
#ifndef CUNYI_RECORD_DEPARTURES_H
#define CUNYI_RECORD_DEPARTURES_H

#include "app/service/record.h"

enum way { STAYS,
	DIED,
	MOVED };
struct departure {
	enum way way;
	int32_t day; /* NO_DAY when it is not known */
	bool arrived; /* told by somebody else: a sync, a stick */
};
/* What a resident's record says; NULL: he stays. */
struct departure departure_of(const struct record *rec);

/* Inside the work, in the group of the resident's own save.  Rosters and contracts end on the day of the death or of
 * moving out, a contract also when it was renewed or handed over only after that day; one that begins after the day ends
 * where it begins (and is listed as dated after the death).  Another day moves their ends; a death or a move that is taken
 * back restores them as they were before it.  Who moved out and came back (moved_in_on) begins anew: nothing is restored. */
bool departure_follow(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err);

/* The same for a file that others were merged into: what is still open of somebody who died or moved away ends. */
bool departure_apply(struct app *app, const struct record *rec, int64_t row, struct err *err);

/* What arrives from elsewhere (app->origin) is noted by record_put() and followed before the transaction is committed: a death
 * in the county's data ends the rosters and contracts here as one entered here does, one that is taken back there brings them
 * back; an open roster or contract of somebody who died, or moved away after it began, ends when it comes.  before: the
 * revision of a resident's file that was here. */
void departure_note(struct app *app, enum kind_id kind, int64_t row, int64_t resident, int64_t before);
bool departures_follow(struct app *app, struct err *err);
void departures_forget(struct app *app);

#endif
