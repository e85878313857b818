/* Who comes into the townships that this computer loads has a past elsewhere: his records bear another township's tag, and
 * the download of ours does not bring them.  He is put on a list, and after the download the records of those on it are
 * asked for by person, some people at a time, from the beginning; a line that breaks costs a page. */
#ifndef SYNC_BACKFILL_H
#define SYNC_BACKFILL_H

#include "sync/push_int.h"
#include "sync/scope.h"

struct cursor;

/* What was known here of a Patient before his document came. */
struct arrival {
	bool watched, known, left;
	char township[SCOPE_CODE];
	char *elsewhere; /* townships outside that his document named so far */
};
void arrival_release(struct arrival *a);
#define AUTO_ARRIVAL __attribute__((cleanup(arrival_release)))

/* Inside a work, around apply_resource(): notes who came in. */
bool arrival_begin(struct sync *s, const struct cursor *c, const struct json_object *doc, struct arrival *a, struct err *err);
bool arrival_end(struct sync *s, const struct cursor *c, const struct json_object *doc, const struct arrival *a, struct err *err);
/* Inside a work: an edit of ours that goes out may be his removal into one of our townships. */
bool backfill_ours(struct sync *s, const struct item *it, struct err *err);

/* Loads what is missing of all who are on the list. */
bool backfill_all(struct sync *s, struct err *err);

#endif
