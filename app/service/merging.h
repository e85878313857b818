/* Two files of one person become one, and two again if it was a mistake.
 *
 * The file with the smaller id survives, whoever merges them and wherever (two clinics that do it at once agree); the
 * other one is marked merged and names it.  Records keep their subject and are found at the survivor (record_links.c), so
 * nothing is moved and nothing is lost.  The values are chosen field by field. */
#ifndef CUNYI_MERGING_H
#define CUNYI_MERGING_H

#include "app/service/record.h"

struct merge_request {
	const char *keep, *other;  /* ids: whose values win; the other's fill what is empty */
	const char *const *take;   /* keys of fields whose value is the other's */
	size_t n_take;
	bool confirmed;            /* they have different identity numbers and are one person all the same */
	const char *reason;        /* may be NULL */
};

struct merge_result {
	char survivor[RECORD_ID_MAX + 1], merged[RECORD_ID_MAX + 1];
	int rosters_joined;        /* double entries on a roster that were ended */
	bool two_contracts;        /* more than one is open: a person decides */
};

/* How the merged record would look, for the comparison before: a new record in keep's arena.  Lists are joined, drugs he
 * is allergic to are never lost, numbers of the other file are noted as old ones. */
struct record *merge_values(struct record *keep, const struct record *other, const char *const *take, size_t n_take,
	int32_t today);

bool residents_merge(struct app *app, const struct merge_request *q, struct merge_result *out, struct err *err);

/* Two again: id is the merged file, or the survivor (the newest that was merged into it).  Values that came by the merge and
 * were not changed since go back; rosters that it ended are as before.  out tells which two. */
bool residents_unmerge(struct app *app, const char *id, const char *reason, struct merge_result *out, struct err *err);

#endif
