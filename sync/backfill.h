/* Who comes into the townships that this computer loads has a past elsewhere: his records bear another township's tag, and
 * the download of ours does not bring them.  He is put on a list, and after the download the records of those on it are
 * asked for by person, some people at a time, from the beginning; a line that breaks costs a page. */
#ifndef SYNC_BACKFILL_H
#define SYNC_BACKFILL_H

#include "sync/scope.h"

/* What was known here of a Patient before his document came. */
struct arrival {
	bool watched, known, left;
	bool same;                 /* it is the version that we hold */
	char township[SCOPE_CODE]; /* where he lived by what we held of the server's */
	char *elsewhere;           /* townships outside that his document named so far */
};
void arrival_release(struct arrival *a);
#define AUTO_ARRIVAL __attribute__((cleanup(arrival_release)))

/* Inside a work, before a document is applied and after that: notes who came in. */
bool arrival_begin(struct sync *s, const struct json_object *doc, struct arrival *a, struct err *err);
bool arrival_end(struct sync *s, const struct json_object *doc, const struct arrival *a, struct err *err);
/* Inside a work, before it is noted that the server has what a row of ours says: it may be a removal into our townships. */
bool arrival_by_us(struct sync *s, const struct out_row *row, struct err *err);

/* Loads what is missing of all who are on the list. */
bool backfill_all(struct sync *s, struct err *err);

#endif
