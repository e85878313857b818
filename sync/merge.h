/* Three-way merge of records, element by element.  Pure.
 *
 * What only one side changed is taken; what both changed to the same is no conflict.  What both changed differently goes by
 * its class (merge_class.c): of what does no harm the later edit wins and the loser is noted; a state that leads on from the
 * other wins; all else is a person's to decide.  A finished record of what happened is never mixed from two sides.
 *
 * merge(base, a, b) says what merge(base, b, a) says, but for what is disputed; merge(base, x, base) is x; nothing that one
 * side alone added is lost. */
#ifndef SYNC_MERGE_H
#define SYNC_MERGE_H

#include "app/clinic/kind.h"
#include "app/clinic/record.h"

enum { MERGE_KEYS_MAX = 256 }; /* more than the longest form has fields: a test sees to that */

enum merge_class {
	MERGE_A, /* append-only: two corrections of one record are a person's matter, whatever they touch */
	MERGE_D, /* low risk: the later edit wins */
	MERGE_E, /* dangerous: a person decides */
	MERGE_F, /* a state machine: what leads on wins, else a person decides */
};

struct merge {
	const char *conflicts[MERGE_KEYS_MAX]; /* keys; MERGE_STATE for active / void */
	size_t n;
	const char *autos[MERGE_KEYS_MAX]; /* keys of class D that were settled by the later edit */
	size_t n_autos;
	bool later_theirs; /* of the autos: theirs is the later one */
	bool takes_ours; /* the result holds something that theirs lacks: it has to be sent */
	bool takes_theirs; /* the result holds something that ours lacks */
};
#define MERGE_STATE "state"

/* What each side says and nobody typed there since the base, as records in which nothing else is filled; NULL: nothing.  It came
 * in with another file of the same person, or stood there before in a version beside the base.  So of class D it yields to what
 * somebody typed, be that earlier: who joins the files on Wednesday does not bring back the telephone that was put right on
 * Tuesday.  It still stands in the file that it came from. */
struct merge_came {
	const struct record *ours, *theirs;
	/* Where a side says what a version beside base said and the other one, which contains that, too, does not: both have
	 * chosen, be it that the other says what base says.  By the number of the field, behind them the state; NULL: nowhere.
	 * Of class D, too, a person decides where both say only what the other one has seen. */
	const bool *our_pick, *their_pick;
	/* Both have more in common than is in base: nobody knows what was typed since, and what stands in one side may be what the
	 * other one put right.  The later edit is then no ground for class D: a person decides that, too. */
	bool untold;
};
/* base: what both began with, NULL when nobody knows (then only what one side left empty is taken from the other, and sets
 * are joined).  meta.changed_at of ours and theirs says which edit is the later one.  out is a record of the same form; it
 * gets ours where both disagree.  came NULL: everything was typed. */
void merge_records(enum kind_id kind, const struct record *base, const struct record *ours, const struct record *theirs,
	const struct merge_came *came, struct record *out, struct merge *m);

/* The class of an element of a record; MERGE_STATE is one too.  rec: as both began with; a finished one is class A. */
enum merge_class merge_class_of(enum kind_id kind, const struct record *rec, const char *key);
char merge_class_letter(enum merge_class c);

/* ---- between the files of the merge -------------------------------------------------------------------------------- */

struct merge_values {
	const struct value *base, *ours, *theirs; /* base NULL: not known */
};

/* Sets of codes, element by element; *dispute when the result cannot stand ("none" beside something). */
void merge_codes(const struct field *f, const struct merge_values *v, struct arena *mem, struct value *out, bool *dispute);
/* Lists whose items have names: identifiers by system and value, members by person.  later_theirs settles items of class D;
 * *dispute when a person must look at the list. */
struct merge_list {
	enum kind_id kind;
	const struct field *field;
	struct merge_values v;
	bool low_risk, later_theirs;
	struct arena *mem;
};
void merge_items(const struct merge_list *l, struct value *out, bool *dispute);

/* Names of class D and of list keys, for the test that the forms know them.  False at the end. */
bool merge_table_row(size_t i, enum kind_id *kind, const char **key);

#endif
