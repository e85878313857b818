/* What ends when somebody dies or moves away, at that date, and what comes back when that was a mistake. */
#ifndef CUNYI_DEPARTURES_H
#define CUNYI_DEPARTURES_H

#include "app/clinic/findings.h"
#include "app/service/record.h"

/* Says beforehand what the save will show: records dated after the death, a contract to hand over to the new village's
 * team, a household that has lost its head. */
bool departure_warnings(struct app *app, const struct record *rec, const struct record *old, struct findings *fs,
	struct err *err);

/* Inside the work, in the group of the resident's own save.  Rosters and contracts end on the day of the death or of
 * moving out; another day moves their ends; a death or a move that is taken back restores them as they were before it.
 * Who moved out and came back (moved_in_on) begins anew: nothing is restored. */
bool departure_follow(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err);

/* The same for a file that others were merged into: what is still open of somebody who died or moved away ends. */
bool departure_apply(struct app *app, const struct record *rec, int64_t row, struct err *err);

#endif
