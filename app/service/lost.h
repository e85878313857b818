/* People who cannot be found 失访.  Who was looked for as often as the county's rule says (the setting `lost_attempts`, three
 * where it says nothing) leaves the work list and its counters: nobody is asked to look again.  He stays on his rosters and in
 * the denominators of the reports, as not in target from the day on which he was lost.  Whoever meets him brings all back. */
#ifndef CUNYI_LOST_H
#define CUNYI_LOST_H

#include "app/clinic/findings.h"
#include "app/service/record.h"

/* Attempts that the rule asks for. */
bool lost_rule(struct app *app, int64_t *attempts, struct err *err);
/* Sets it ("" = three); out_of_range when it is no number from 1 to 99.  What is due of the lost follows. */
bool lost_set_rule(struct app *app, const char *value, struct err *err);

/* Is he (a resident's row) off the work list because he was looked for as often as that?  The page asks the same. */
bool lost_is_gone(struct app *app, int64_t resident, bool *out, struct err *err);

/* Of a resident's or an enrolment's record.  Newly lost: the day is today, and calls in vain that are on file since he was last
 * seen are proposed as attempts.  No longer lost: what was said about it is cleared (the history keeps it). */
bool lost_complete(struct app *app, struct record *rec, const struct record *old, struct err *err);
/* Says when the rule asks for more attempts: a resident stays on the work list until then. */
bool lost_check(struct app *app, const struct record *rec, const struct record *old, struct findings *fs, struct err *err);

/* Says beforehand that this record (a visit, a follow-up, an examination) shows that its person was met after he was lost. */
void lost_warn_met(const struct record *rec, const struct record *resident, struct findings *fs);
/* Inside the work, in the group of the record that shows it: he is managed here again, on all rosters that had lost him. */
bool lost_found(struct app *app, const char *resident, int32_t day, struct err *err);
/* The same for a record that may show it. */
bool lost_follow(struct app *app, const struct record *rec, struct err *err);

#endif
