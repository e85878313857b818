/* Numbers that look random and are the same for the same seed on every machine: the demo's population and tests.
 * Never for keys: those come from libsodium. */
#ifndef CUNYI_RNG_H
#define CUNYI_RNG_H

#include "app/base/base.h"

/* Seed it with any number: { .s = seed }. */
struct rng {
	uint64_t s;
};

uint64_t rng_next(struct rng *r);
/* 0 ... n - 1, without bias; n >= 1. */
uint32_t rng_below(struct rng *r, uint32_t n);
/* lo ... hi, both included. */
int64_t rng_between(struct rng *r, int64_t lo, int64_t hi);
/* True in `permille` of 1000 cases. */
bool rng_chance(struct rng *r, unsigned permille);
/* An independent generator for a part of the work, so that parts may change without disturbing each other. */
struct rng rng_split(struct rng *r, uint64_t part);

#endif
