/* References as people give them: ids, ID numbers, names, codes. */
#ifndef CUNYI_REFS_H
#define CUNYI_REFS_H

#include "app/service/record.h"

/* Turns what one reference field holds into an id: an id stays; a resident may be named by ID number or file number, an
 * organisation by name or code, a staff member by number or name.  Unknown or ambiguous: an error in fs at the field.
 * References that are as in old are left alone. */
bool refs_resolve(struct app *app, struct record *rec, const struct record *old, struct findings *fs, struct err *err);

/* One reference: the id into out, or "" when there is no such record. */
bool ref_find(struct app *app, enum kind_id kind, const char *what, char out[RECORD_ID_MAX + 1], struct err *err);

#endif
