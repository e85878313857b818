/* Identifiers, from an injected source.  What is made here gets a UUIDv7: time-ordered, so that indexes grow at one
 * end.  What two devices must name alike gets a UUIDv5 of its name. */
#ifndef CUNYI_UUID_H
#define CUNYI_UUID_H

#include "app/base/base.h"
#include "app/base/clock.h"
#include "app/base/rng.h"

enum { UUID_LEN = 37 }; /* "0195f3c2-....", lower case, and its end */

struct ids {
	const struct clock *clock; /* not owned */
	void (*random)(void *ctx, void *buf, size_t n);
	void *ctx;
	struct rng rng;   /* of a seeded source */
	uint64_t last_ms; /* of the last id given out */
	unsigned counter;
};

/* Real randomness (libsodium). */
void ids_init(struct ids *ids, const struct clock *clock);
/* The same ids for the same seed and clock: tests and the demo.  ids must stay where it is. */
void ids_init_seeded(struct ids *ids, const struct clock *clock, uint64_t seed);

/* A new UUIDv7 into out; returns out.  Each is greater than the one before from the same source, also when the clock
 * steps back or stands still (RFC 9562, 6.2 method 1: 12-bit counter, first half free at the start of a millisecond). */
char *ids_new(struct ids *ids, char out[UUID_LEN]);
/* Random bytes from the same source (tokens, salts of the practice clinic). */
void ids_random(struct ids *ids, void *buf, size_t n);

/* UUIDv5 of name inside the namespace ns, itself a UUID in text (either case).  ns must be valid. */
char *uuid5(const char *ns, const char *name, char out[UUID_LEN]);

/* A UUID of any version in lower-case text with its hyphens. */
bool uuid_valid(const char *text);

#endif
