/* 慢病合并随访: one sheet for somebody on several rosters.  What the programmes ask alike is asked once, what differs stands in
 * a block for each; saving it makes one record a programme, each with its own class and next date.  The sheet is put
 * together from the programmes' tables: a field that has the same key, type and codes in two of them is shared, unless it
 * belongs to one disease by nature (FIELD_OWN). */
#ifndef CUNYI_COMBINED_H
#define CUNYI_COMBINED_H

#include "app/clinic/programme.h"
#include "app/clinic/record.h"

enum { COMBINED_MAX = 6 };

/* Where a field of the sheet comes from. */
struct combined_field {
	const char *key;  /* in the programmes' own forms */
	unsigned of;      /* bit i: programmes[i] has it */
	size_t first;     /* the first of them */
};

struct combined {
	struct form_def form; /* first: the form of a record leads here */
	const struct programme *programmes[COMBINED_MAX];
	size_t n;
	struct combined_field *fields; /* one for each of form.fields */
};

/* May this programme's follow-up be part of one?  Those that are seen several times a year. */
bool combined_takes(const struct programme *p);

/* The sheet of "htn+dm"; NULL when a part is unknown, stands twice, or there are less than two.  Made once, kept. */
const struct form_def *combined_form(const char *variant);
/* NULL when the form is that of one programme. */
const struct combined *combined_of(const struct form_def *form);

/* The key on the sheet of a field of programme i; NULL when it has none such. */
const char *combined_key(const struct combined *c, size_t i, const char *key);
/* The record of programme i as it stands on the sheet; values are shared with it, not copied. */
struct record *combined_part(const struct record *sheet, size_t i, struct arena *mem);
/* What the sheet would show had it been filled like these records (any may be NULL): the last values. */
struct record *combined_joined(const struct combined *c, const struct record *const parts[COMBINED_MAX], struct arena *mem);
/* A place in a part's record ("drugs[0].name") as the sheet calls it. */
const char *combined_path(const struct combined *c, size_t i, const char *path, struct arena *mem);
/* What was found in a part, at the sheet's fields; the same thing said by two programmes is said once. */
void combined_findings(const struct combined *c, size_t i, const struct findings *of_part, struct findings *out);
/* A key that the sheet has not, because each programme asks for its own: the refusal names those. */
void combined_name_parted(const struct combined *c, struct findings *fs);

#endif
