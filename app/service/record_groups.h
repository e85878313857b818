/* One saved use case, taken back in part: what it changed beside the record it was about. */
#ifndef CUNYI_RECORD_GROUPS_H
#define CUNYI_RECORD_GROUPS_H

#include "app/service/record.h"

/* Inside a work.  Enrolments, contracts and households that were changed in the group of this version of `row` get their
 * state (status, end, head) back as it was before the group; what else was written in them since stays. */
bool change_group_restore(struct app *app, int64_t row, int64_t revision, const char *reason, struct err *err);

/* The version of another record that was saved in the group of this version of `row`; 0 when there is none. */
bool change_group_revision(struct app *app, int64_t row, int64_t revision, int64_t other, int64_t *out, struct err *err);

#endif
