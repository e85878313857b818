/* How much goes over the line and when: bundles and pages as large as twenty seconds of it carry, no more bytes a day than
 * the line's kind allows (what is urgent goes all the same), and after a failure a pause that grows and is never the same
 * for two clinics. */
#ifndef SYNC_PACE_H
#define SYNC_PACE_H

#include "sync/sync_int.h"

struct pace_profile {
	const char *name;       /* stored, on the command line */
	const char *label;      /* msgid */
	int64_t bytes_a_day;    /* 0: as many as there are */
};
/* NULL when there is none of that name. */
const struct pace_profile *pace_profile(const char *name);

/* Before the first exchange over s->t, and after the last one: what came of a request that nobody asked for any more is paid. */
void line_start(struct sync *s);
void line_end(struct sync *s);

/* One exchange over the line: counts its bytes and its time, keeps the server's clock and how long it asks us to wait. */
bool line_send(struct sync *s, const struct http_request *req, struct http_answer *a, struct err *err);

/* A GET that is certain to be sent soon goes out now, where the line can do that; its answer travels while something else is done,
 * and line_send() of the same gives it.  line_drive(): takes in what has come of it, between two other things. */
void line_begin(struct sync *s, const struct http_request *req);
void line_drive(struct sync *s);
bool line_has_begun(const struct sync *s, const char *url);

/* After a bundle that arrived (body: before packing; up: bytes that went over the line), and after one whose fate is open. */
void pace_sent(struct sync *s, size_t body, uint64_t up);
void pace_lost(struct sync *s);
/* After a bundle of so many entries that was taken, and after one that was refused: on a line with a long delay it is the number of
 * bundles that costs, so in each round they grow as long as the server takes them.  What it refused is not tried again for a week,
 * or until it has other software. */
void pace_taken(struct sync *s, size_t entries, size_t bytes);
/* True: that may have been for their number, and smaller ones are to be tried. */
bool pace_refused(struct sync *s, size_t entries);
/* The same where the server said that it was too large: that speaks of the bytes, and of the number only where one of fewer entries
 * and no fewer bytes was taken. */
bool pace_too_large(struct sync *s, size_t entries, size_t bytes);
/* How many resources to ask for at once. */
int64_t pace_page(const struct sync *s);
/* What a page of so many resources weighed. */
void pace_got(struct sync *s, size_t resources, uint64_t down);

/* At the begin of a round: as many entries as the server was found to take, if that is known. */
void pace_entries(struct sync *s);
/* Once the county's policy is known: bundles are no larger than it allows; anew: a day's bytes are others than before. */
void pace_narrow(struct sync *s, bool anew);
/* At the end of one that was completed: was a bundle refused for nothing but the number of its entries? */
void pace_note_few(struct sync *s);
/* At the begin of a round: the day's bytes come back little by little. */
void pace_refill(struct sync *s);
/* May something that is not urgent still go today? */
bool pace_allows(const struct sync *s);

/* When rounds that nobody asked for may come again: called once at the end of a round. */
void pace_next(struct sync *s, bool ok, const struct err *why);
/* Is it too early for one?  Not when the clock was set back since. */
bool pace_is_early(const struct sync *s);

#endif
