/* Between the files that download. */
#ifndef SYNC_PULL_INT_H
#define SYNC_PULL_INT_H

#include "sync/sync_int.h"

#include "app/base/strmap.h"

struct cursor {
	const char *type;
	const char *name; /* NULL: the type's own; else a second place in the same type */
	const char *people; /* NULL: of our townships; else "patient=..." or "organization=...", wherever their records count */
	bool urgent;      /* asked for even when the day's bytes are used up */
	int64_t hw, page; /* fully applied up to; applied so far in this download, 0 = none */
	int64_t began;    /* the place at which the present search began ... */
	int64_t asked;    /* ... and when the download did, by the server's clock; 0: it has not told the time */
	int64_t seen;     /* resources in the ten minutes up to hw, -1 when that is not known */
	int64_t count;    /* resources asked for at once, 0: as the line carries */
	unsigned slices;  /* milliseconds asked for by themselves, because the server failed at them */
	/* of this download: the times it brought, for counting the last ten minutes of it */
	int64_t *times;
	size_t n_times, cap_times;
	bool from_window; /* it began early enough to have all of them */
	bool still;       /* what is applied does not move it: its order is not that of the times */
	bool outlines;    /* only ids and versions are asked for; what is not known is read by its id */
	struct strmap *there; /* a comparison, of which no place is kept: gets the ids of outlines; or NULL */
	bool quiet;       /* nothing had changed */
	bool stopped;     /* the day's bytes are used up: the rest comes another day */
};

/* So long before the last place is asked for again, ms. */
int64_t pull_overlap(const struct sync *s);

/* Whom our organisation manages; see managed.c. */
bool managed_pull(struct sync *s, struct err *err);

struct managed {
	struct strmap ids;
	int64_t *rows; /* here, who bears no tag of ours */
	size_t n, cap;
	bool told;    /* the server said who they are; else they are those of the last time */
	bool changed; /* they are others than the last time */
};
void managed_release(struct managed *m);
bool managed_list(struct sync *s, struct managed *m, struct err *err);
/* After the comparison: they are kept for the next one, and of those about whom others write what does not come by itself that is
 * asked for (backfill.h), from a time on where the rest came before. */
bool managed_keep(struct sync *s, const struct managed *m, int64_t since, struct err *err);

/* Once a week; see compare.c. */
bool compare_if_due(struct sync *s, struct err *err);

void cursor_release(struct cursor *c);
#define AUTO_CURSOR __attribute__((cleanup(cursor_release)))
bool cursor_load(struct sync *s, struct cursor *c, struct err *err);
/* From its place to the end. */
bool pull_cursor(struct sync *s, struct cursor *c, struct err *err);
/* Pages from an address to the last one, without a place. */
bool pull_from(struct sync *s, struct cursor *c, struct err *err);

/* The search for what changed since the cursor's place; where that is the same as before it began, nothing was gained. */
void pull_url(const struct sync *s, struct cursor *c, struct sbuf *out);
/* The search of one millisecond, for more resources than a page holds. */
void pull_slice_url(const struct sync *s, const struct cursor *c, int64_t at, const char *sort, struct sbuf *out);
/* How many there are from a time on, and before another (0: no end); -1 when the server does not count. */
bool pull_count(struct sync *s, const struct cursor *c, int64_t from, int64_t to, int64_t *out, struct err *err);

void cursor_time(struct cursor *c, int64_t at);
bool cursor_store(struct sync *s, const struct cursor *c, struct err *err);

/* As many resources as fit in a transaction, with the cursor; they are released, and *at moves on. */
bool apply_some(struct sync *s, struct cursor *c, struct json_object *entries, size_t *at, struct err *err);

/* A page that is too large, or not to be understood: its outline, ids and versions only, and then each resource by
 * itself.  One that cannot be read even so is noted and passed over; it must not stop the rest. */
bool pull_singly(struct sync *s, struct cursor *c, const char *url, struct json_object **outline, struct err *err);

/* Of a page of outlines what is not known here in that version, read by its id. */
bool pull_unknown(struct sync *s, struct cursor *c, const struct json_object *outline, struct err *err);

#endif
