/* The search box: finds residents by whatever people know of them.  As many rows are read as are shown, never counted. */
#ifndef CUNYI_SEARCH_H
#define CUNYI_SEARCH_H

#include "app/clinic/search_keys.h"
#include "app/service/app.h"

/* One line of the list.  Texts live in the caller's arena and are "" when not known. */
struct search_hit {
	int64_t row;
	const char *id, *name, *sex, *birth_date;
	int age;                        /* completed years today; -1 when the birth date is not known */
	int64_t village_row;
	const char *village, *village_id, *group, *house;
	const char *id_masked;          /* "350299********0048" */
	const char *kin_name, *kin_relation, *nickname; /* who tells two of the same name apart */
	const char *phone, *phone_owner;
	const char *status;             /* code: 1 here, 2 away, 3 moved out, 4 died, 5 lost */
	const char *allergy;            /* to which drugs, in the present language ("青霉素"); "" when none is known */
	const char *programmes[8];      /* active rosters: "htn" */
	size_t n_programmes;
	const char *contract;           /* last day of the active contract; "" when there is none */
	enum search_match match;        /* why he is here */
	int same_name;                  /* people of this name in his village, himself included; 10 = ten or more */
};

struct search_result {
	size_t n;
	struct search_hit *v; /* best first */
	bool more;            /* there are others: the screen says "20+" */
};

/* The best `limit` residents for a text.  Order: exactly this name; then the own village (0: none); then everywhere; inside
 * each: full pinyin, initials, surname + initials, nickname, husband's or father's name, fuzzy sounds, inside the name.
 * "上坂 12", "上坂 cgl" look in the village named.  An empty text finds nobody.  Voided and merged records never appear. */
bool search_find(struct app *app, const char *text, int64_t own_village, size_t limit, struct arena *mem,
	struct search_result *out, struct err *err);

/* One resident's line, for lists that come from elsewhere (recent, household).  not_found when there is none. */
bool search_hit_of(struct app *app, int64_t row, struct arena *mem, struct search_hit *out, struct err *err);

/* As `cunyi find` prints it.  The caller puts it. */
struct json_object *search_hit_json(const struct search_hit *hit);

/* People who may be the one that is being registered.  Any argument may be "" or NULL.  self: his row when he is being
 * edited, else 0. */
enum duplicate_reason {
	DUPLICATE_ID,     /* the same ID number: it is him */
	DUPLICATE_NAME,   /* same birth date, sex and name */
	DUPLICATE_SIMILAR, /* same birth date and sex, and the names sound the same but for one letter */
	DUPLICATE_FILE_NO, /* same file number: two devices gave it out */
	DUPLICATE_PHONE,   /* same telephone and similar name, or same telephone, birth date and sex */
	DUPLICATE_OLD_NUMBER /* the number stands among the other one's further numbers: he had it before, or somebody mistyped */
};
struct duplicate {
	struct search_hit hit;
	enum duplicate_reason reason;
};
struct duplicate_query {
	const char *id_number, *name, *birth_date, *sex;
	int64_t birth_order; /* of twins; 0 = none */
	int64_t self;
};
struct duplicates {
	size_t n;
	struct duplicate v[8]; /* surest first */
	bool more;
};
bool duplicates_find(struct app *app, const struct duplicate_query *q, struct arena *mem, struct duplicates *out,
	struct err *err);

/* ---- the sweep: pairs among all residents ---- */

/* Looks for pairs among residents that are new or changed since the last sweep (the first looks at everybody), a portion at
 * a time in a short transaction of its own, and notes them.  Starts zeroed; more: call again. */
struct sweep {
	int64_t after, done, of, upto;
};
bool duplicates_sweep(struct app *app, struct sweep *s, bool *more, struct err *err);

struct duplicate_pair {
	int64_t a, b; /* rows of residents, a the older file */
	enum duplicate_reason reason;
	bool merged;  /* b was merged into a */
};
/* The pairs that nobody has decided, surest first, then those that were merged, the newest first; village 0: everywhere.
 * The caller frees *pairs. */
bool duplicates_pairs(struct app *app, int64_t village, struct duplicate_pair **pairs, size_t *n, struct err *err);
/* They are two people: the pair is not shown again. */
bool duplicates_are_two(struct app *app, int64_t a, int64_t b, struct err *err);
/* "同身份证号": why a pair is a pair, in the present language. */
const char *duplicate_reason_words(enum duplicate_reason reason);

/* Bulk work: between the two, new residents are not indexed one by one (that would write nearly every page of the index
 * for every hundred people) but all at once at the end, in short transactions; until then they are not found.  Outside
 * of works.  A process that dies in between leaves a list of whom to index; the next start does it.  begin: does nothing
 * when another process is at it. */
struct search_progress {
	bool (*step)(void *ctx, int64_t done, int64_t of); /* after each transaction; false stops.  May be NULL */
	void *ctx;
};
bool search_bulk_begin(struct app *app, struct err *err);
bool search_bulk_end(struct app *app, const struct search_progress *progress, struct err *err);

/* Is everybody indexed, by this edition of the keys? */
bool search_is_current(struct app *app);

/* Called when the clinic is opened for writing: ends what a power cut or a new edition left to do, unless another process
 * is at it. */
bool search_heal(struct app *app, struct err *err);

#endif
