#include "app/base/uuid.h"

#include <assert.h>
#include <sodium.h>

#include "app/base/mem.h"
#include "app/base/sha1.h"

enum { COUNTER_END = 0x1000, COUNTER_START = 0x800 };

static void real_random(void *ctx UNUSED, void *buf, size_t n)
{
	randombytes_buf(buf, n);
}

static void seeded_random(void *ctx, void *buf, size_t n)
{
	struct rng *rng = ctx;
	unsigned char *p = buf;

	while (n) {
		uint64_t v = rng_next(rng);

		for (int i = 0; i < 8 && n; i++, n--, v >>= 8)
			*p++ = (unsigned char)v;
	}
}

void ids_init(struct ids *ids, const struct clock *clock)
{
	int ready = sodium_init();

	assert(ready >= 0);
	(void)ready;
	*ids = (struct ids){ .clock = clock, .random = real_random };
}

void ids_init_seeded(struct ids *ids, const struct clock *clock, uint64_t seed)
{
	*ids = (struct ids){ .clock = clock, .random = seeded_random, .rng = { .s = seed } };
	ids->ctx = &ids->rng;
}

void ids_random(struct ids *ids, void *buf, size_t n)
{
	ids->random(ids->ctx, buf, n);
}

static char *write_text(const uint8_t u[16], char *out)
{
	static const char hex[] = "0123456789abcdef";
	char *p = out;

	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = hex[u[i] >> 4];
		*p++ = hex[u[i] & 15];
	}
	*p = '\0';
	return out;
}

/* Moves to the clock's millisecond, or counts on inside the last one when the clock has not passed it. */
static void advance(struct ids *ids, uint64_t now)
{
	uint8_t r[2];

	if (now <= ids->last_ms && ++ids->counter < COUNTER_END)
		return;
	ids->last_ms = now > ids->last_ms ? now : ids->last_ms + 1;
	ids_random(ids, r, sizeof r);
	ids->counter = ((unsigned)r[0] << 8 | r[1]) % COUNTER_START;
}

char *ids_new(struct ids *ids, char out[UUID_LEN])
{
	int64_t now = clock_now(ids->clock);
	uint8_t u[16];

	advance(ids, now < 0 ? 0 : (uint64_t)now);
	for (unsigned i = 0; i < 6; i++)
		u[i] = (uint8_t)(ids->last_ms >> (40 - 8 * i));
	u[6] = (uint8_t)(0x70 | ids->counter >> 8);
	u[7] = (uint8_t)ids->counter;
	ids_random(ids, u + 8, 8);
	u[8] = (uint8_t)(0x80 | (u[8] & 0x3F));
	return write_text(u, out);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool read_text(const char *text, uint8_t u[16])
{
	const char *p = text;

	for (int i = 0; i < 16; i++) {
		int hi, lo;

		if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
			return false;
		hi = hex_value(p[0]);
		lo = hi < 0 ? -1 : hex_value(p[1]);
		if (lo < 0)
			return false;
		u[i] = (uint8_t)(hi << 4 | lo);
		p += 2;
	}
	return !*p;
}

char *uuid5(const char *ns, const char *name, char out[UUID_LEN])
{
	size_t n = strlen(name);
	AUTO_FREE uint8_t *data = xmalloc(16 + n);
	uint8_t hash[SHA1_BYTES];
	bool valid = read_text(ns, data);

	assert(valid);
	(void)valid;
	memcpy(data + 16, name, n);
	sha1(data, 16 + n, hash);
	hash[6] = (uint8_t)(0x50 | (hash[6] & 0x0F));
	hash[8] = (uint8_t)(0x80 | (hash[8] & 0x3F));
	return write_text(hash, out);
}

bool uuid_valid(const char *text)
{
	uint8_t u[16];

	for (const char *p = text; *p; p++)
		if (*p >= 'A' && *p <= 'F')
			return false;
	return read_text(text, u) && (u[6] >> 4) >= 1 && (u[6] >> 4) <= 8 && (u[8] & 0xC0) == 0x80;
}
