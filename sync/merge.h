/* Three-way merge of records, field by field.  Pure.  What only one side changed is taken; what both changed to the same
 * is no conflict; what both changed differently is a person's to decide, and until then ours stays visible. */
#ifndef SYNC_MERGE_H
#define SYNC_MERGE_H

#include "app/clinic/kind.h"
#include "app/clinic/record.h"

enum { MERGE_KEYS_MAX = 160 };

struct merge {
	const char *conflicts[MERGE_KEYS_MAX]; /* keys; MERGE_STATE for active / void */
	size_t n;
	bool takes_ours;   /* the result holds something that theirs lacks: it has to be sent */
	bool takes_theirs; /* the result holds something that ours lacks */
};
#define MERGE_STATE "state"

/* base: what both began with, NULL when nobody knows (then only what one side left empty is taken from the other).  out
 * is a record of the same form; it gets ours where both disagree. */
void merge_records(enum kind_id kind, const struct record *base, const struct record *ours, const struct record *theirs,
	struct record *out, struct merge *m);

#endif
