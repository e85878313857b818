/* What an open dispute means for the work at the desk: until a person decides, one side holds, and what the other one says is
 * kept aside.  Of what warns of danger both sides count. */
#ifndef CUNYI_DISPUTED_H
#define CUNYI_DISPUTED_H

#include "app/service/record.h"

/* Adds to a resident, as he was loaded, what the other side of an open dispute says of allergies: they are shown and stop a
 * prescription.  For looking at and for checks; never to be saved.  *disputed (may be NULL): something was added. */
bool disputed_warnings(struct app *app, int64_t row, struct record *resident, bool *disputed, struct err *err);

/* "telephone 10050000002 (not yet sent)" for every field of this record that is kept aside; nothing when none is. */
bool disputed_aside(struct app *app, int64_t row, const struct record *rec, struct sbuf *out, struct err *err);

struct disputed_counts {
	int64_t open, overdue; /* overdue: open for more than seven days */
	int64_t automatic;     /* settled by the later edit, not yet looked at */
};
bool disputed_count(struct app *app, struct disputed_counts *out, struct err *err);
/* How many are open about one resident: his file and all records about him. */
bool disputed_of(struct app *app, int64_t resident_row, int64_t *open, struct err *err);

#endif
