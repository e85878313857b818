/* What groups name and the remote does not have: found out by asking, at most once a round for each thing. */
#ifndef SYNC_LACKS_H
#define SYNC_LACKS_H

#include "sync/sync_int.h"

void named_release(struct named_list *l);
#define AUTO_NAMED __attribute__((cleanup(named_release)))

void named_add(struct named_list *l, const char *type, const char *id);
struct named *named_find(const struct named_list *l, const char *type, const char *id);
/* What a bundle refers to; there: it goes with it.  Not what is of the county's own: its server knows. */
void named_of(const struct bundle *b, struct named_list *out);

/* Which of them does the remote have?  What was asked for in this round is not asked for again.  surely: what a search does not
 * show is read, too, for roles may hide it and an index may be late. */
bool lacks_ask(struct sync *s, struct named_list *l, bool surely, struct err *err);

/* Has the remote said in this round that it has no such thing? */
bool lacks_has(const struct sync *s, const char *type, const char *id);
/* A bundle was taken: what went with it is there, and what it names stands in nobody's way. */
void lacks_taken(struct sync *s, const struct bundle *b);

#endif
