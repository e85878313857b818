/* Between the files that apply what came. */
#ifndef SYNC_APPLY_INT_H
#define SYNC_APPLY_INT_H

#include "sync/sync_int.h"

struct incoming {
	const struct json_object *doc; /* without the vector of its author ... */
	struct vector said;            /* ... which is this, n = 0: none */
	const char *version, *type, *id; /* of the document */
	enum kind_id kind;
	char uid[RECORD_ID_MAX + 1], variant[16];
	unsigned role;
	int64_t row;         /* 0: not here yet */
	struct out_row open; /* our newest outbox row; seq 0: none */
	int64_t before;      /* our revision when it came; 0: none */
	struct held_version held;
	bool twin;           /* it bears our name, and we never wrote it */
	bool regressed;      /* a newer version with an older stamp: see is_regression() */
	bool strayed;        /* its author had not seen the one that we hold: see is_strayed() */
	bool copy;           /* its history shows that it is a late copy */
	const struct json_object *ground; /* the newest version up to it that ours contains, by its history; NULL: not known */
	const struct vector *under; /* of one that bears no mark: what it was written upon, by its history; NULL: not known */
	bool was_unread;     /* it could not be a record when it came last */
	struct arena *mem;
};

/* Which versions of ours the document is or contains, as its author said it.  False: he said nothing that we understand. */
bool apply_mark(const struct incoming *in, struct vector *out);

/* Is the fate of our newest edit open, because its answer was lost? */
bool apply_fate_is_open(const struct incoming *in);

/* Inside a work: through the one door.  origin: the remote whose word it is, 0 for ours. */
bool apply_put(struct sync *s, struct work *w, const struct incoming *in, struct record *rec, int64_t base, int64_t origin,
	const char *reason, struct put *out, struct err *err);
/* Keeps the document where our encoder would not write the same, and what the server holds now.  rec: the record as
 * it was stored from the document. */
bool apply_remember(struct sync *s, const struct incoming *in, int64_t row, const struct record *rec, struct err *err);
/* It cannot be a record. */
bool apply_unread(struct sync *s, const struct incoming *in, const char *reason, struct err *err);

/* Merges it with what we have to say. */
bool apply_both(struct sync *s, struct work *w, struct incoming *in, struct record *now, bool *changed, struct err *err);

#endif
