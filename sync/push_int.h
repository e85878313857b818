/* Between the files that send. */
#ifndef SYNC_PUSH_INT_H
#define SYNC_PUSH_INT_H

#include "sync/sync_int.h"

enum result {
	SENT,
	RETRY,     /* versions have moved, there or here: render again */
	REFUSED,   /* something in it is not accepted */
	TOO_LARGE,
	STOP,      /* err is set: the round cannot go on */
};

struct push {
	struct sync *s;
	/* What the server said about the last refused bundle. */
	struct sbuf words;
	int blames;  /* the entry, -1 if it does not say */
	bool matched; /* something was there already under our id */
	bool fault;  /* it was a 500: perhaps the server's own trouble */
	char batch[UUID_LEN];
	unsigned retries; /* in a row */
	/* Groups that a 500 hit alone while nothing went through yet: judged at the end. */
	int64_t suspects[3];
	size_t n_suspects;
	bool sure; /* the server works: a 500 is the record's fault */
};

/* Stamps, hashes, state `sending`; rows with nothing to say are acknowledged.  *moved: nothing was done, for something of it was
 * saved again since it was rendered. */
bool push_freeze(struct push *p, struct bundle *b, bool *moved, struct err *err);
/* All rows that are being sent get another state; ask_after 0: at any time. */
bool push_move(struct push *p, struct bundle *b, enum outbox_state to, int64_t ask_after, struct err *err);
/* Is it complete: a transaction-response with an entry for each of ours, every one 2xx with a version? */
bool push_is_complete(const struct json_object *answer, size_t entries);
bool push_ack(struct push *p, struct bundle *b, const struct json_object *answer, struct err *err);

/* Does a bundle that was refused name what neither goes with it nor is at the server?  The server is asked, and what is missing
 * noted for its rows, with the server's words where they do not name it, until they have waited for so many rounds that this is no
 * reason any more.  A server that minds no references has another reason. */
bool push_dangles(struct sync *s, const struct bundle *b, const char *words, bool *dangles, struct err *err);
/* Once a round, before anything goes: which of the things that groups wait for has the remote still not? */
bool dangling_ask(struct sync *s, struct err *err);
/* Of these groups, each by a row: those that were refused for a thing which the remote still lacks have had their turn in this
 * round, as if they had been sent and refused again. */
bool dangling_hold(struct sync *s, const struct out_row *rows, size_t n, struct err *err);
/* A row of each group that waits so, the urgent ones first. */
bool dangling_groups(struct sync *s, struct out_rows *out, struct err *err);

/* What an answer means for the bundle. */
enum result push_judge(struct push *p, struct bundle *b, const struct http_answer *a, struct err *err);
/* No whole answer came. */
enum result push_lost(struct push *p, struct bundle *b, const struct http_answer *a, struct err *err);

#endif
