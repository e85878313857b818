/* Between the files of the search. */
#ifndef CUNYI_SEARCH_INT_H
#define CUNYI_SEARCH_INT_H

#include "app/clinic/search_query.h"
#include "app/service/search.h"
#include "db/stmt.h"

struct found {
	int64_t row;
	enum search_match match;
};

/* What has been found so far, best first, nobody twice. */
struct collector {
	struct app *app;
	struct found *v;
	size_t n, want;     /* one more than is shown: that one tells that there are more */
	const char *words;  /* letters and hanzi of the query, "" when it has none */
	int budget;         /* rows that may still be read and thrown away */
};

static inline bool collect_full(const struct collector *c)
{
	return c->n >= c->want;
}

/* Where to look: a village's row, or COLLECT_ALL. */
enum { COLLECT_ALL = 0 };

enum collect_how {
	COLLECT_PREFIX = 0,
	COLLECT_EXACT = 1,  /* this key only */
	COLLECT_FILTER = 2, /* only names that begin as the words say */
	COLLECT_RANKED = 4, /* look at the first rows of the range and take the best matches first */
	COLLECT_LOOSE = 8   /* COLLECT_FILTER, but fuzzy sounds will do */
};

/* Adds the residents under a key.  village 0: the clinic's table. */
bool collect(struct collector *c, int64_t village, enum search_key kind, const char *text, unsigned how, struct err *err);

/* Adds the residents whose ID number, file number or telephone ends so (tail is reversed): own village first. */
bool collect_tails(struct collector *c, int64_t own, const char *tail, struct err *err);

/* Adds one resident when the words allow it (or there are none). */
bool collect_row(struct collector *c, int64_t row, enum search_match match, struct err *err);

/* Everything that the words find in a village, or everywhere. */
bool collect_words(struct collector *c, int64_t village, struct err *err);

/* ---- writing (search_index.c) ---- */

/* Names that a resident had before, ends with NULL; in mem. */
enum { FORMER_MAX = 8 };
bool search_former(struct app *app, int64_t resident, struct arena *mem, const char *out[FORMER_MAX + 1], struct err *err);

/* Rows of new residents, kept from their save until the bulk work ends: read again they would cost half as much as the save.
 * Only a memory: search_pending in the database says who has to be indexed, and another resident or a later version under
 * the same row is read there. */
struct search_held {
	struct arena mem;
	struct held {
		int64_t id, revision;
		const char *uid;
		struct search_rows rows;
	} *v; /* in the order of ids */
	size_t n, cap;
};
void search_hold(struct app *app, int64_t id, const struct record *rec, int64_t village);
/* NULL when it is not held. */
const struct held *search_held_of(const struct app *app, int64_t id, int64_t revision, const char *uid);
void search_held_release(struct app *app);

/* Puts or drops one row in the tables it belongs to. */
bool search_change_row(struct app *app, bool put, int64_t resident, int64_t village, const struct search_row *row,
	struct err *err);
bool search_store_difference(struct app *app, int64_t resident, const struct search_rows *old,
	const struct search_rows *new, struct err *err);

#endif
