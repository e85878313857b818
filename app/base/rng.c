#include "app/base/rng.h"

#include <assert.h>

/* SplitMix64 (Steele, Lea, Flood 2014): one word of state, passes BigCrush, three lines. */
static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint64_t rng_next(struct rng *r)
{
	r->s += UINT64_C(0x9E3779B97F4A7C15);
	return mix(r->s);
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
	uint32_t too_few, x;
	uint64_t m;

	assert(n > 0);
	too_few = (uint32_t)(0 - n) % n;
	do { /* Lemire: the few values that would be drawn more often than others are drawn again */
		x = (uint32_t)(rng_next(r) >> 32);
		m = (uint64_t)x * n;
	} while ((uint32_t)m < too_few);
	return (uint32_t)(m >> 32);
}

int64_t rng_between(struct rng *r, int64_t lo, int64_t hi)
{
	assert(hi >= lo && hi - lo < UINT32_MAX);
	return lo + (int64_t)rng_below(r, (uint32_t)(hi - lo) + 1);
}

bool rng_chance(struct rng *r, unsigned permille)
{
	return rng_below(r, 1000) < permille;
}

struct rng rng_split(struct rng *r, uint64_t part)
{
	return (struct rng){ .s = mix(r->s ^ mix(part + UINT64_C(0x632BE59BD9B4E019))) };
}
