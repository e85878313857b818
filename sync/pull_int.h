/* Between the files that download. */
#ifndef SYNC_PULL_INT_H
#define SYNC_PULL_INT_H

#include "sync/sync_int.h"

struct cursor {
	const char *type;
	int64_t hw, page; /* fully applied up to; applied so far in this download, 0 = none */
	int64_t seen;     /* resources in the ten minutes up to hw, -1 when that is not known */
	/* of this download: the times it brought, for counting the last ten minutes of it */
	int64_t *times;
	size_t n_times, cap_times;
	bool from_window; /* it began early enough to have all of them */
	bool still;       /* what is applied does not move it: its order is not that of the times */
	bool outlines;    /* only ids and versions are asked for; what is not known is read by its id */
};

void cursor_time(struct cursor *c, int64_t at);
bool cursor_store(struct sync *s, const struct cursor *c, struct err *err);

/* As many resources as fit in a short transaction, with the cursor; *at moves on. */
bool apply_some(struct sync *s, struct cursor *c, struct json_object *entries, size_t *at, struct err *err);

/* A page that is too large, or not to be understood: its outline, ids and versions only, and then each resource by
 * itself.  One that cannot be read even so is noted and passed over; it must not stop the rest. */
bool pull_singly(struct sync *s, struct cursor *c, const char *url, struct json_object **outline, struct err *err);

/* Of a page of outlines what is not known here in that version, read by its id. */
bool pull_unknown(struct sync *s, struct cursor *c, const struct json_object *outline, struct err *err);

#endif
