/* A growing text buffer.  s is always a valid C string, "" at first.  A zeroed struct is not valid: use SBUF_INIT. */
#ifndef CUNYI_SBUF_H
#define CUNYI_SBUF_H

#include <stdarg.h>
#include <string.h>

#include "app/base/base.h"

struct sbuf {
	char *s;
	size_t len, cap;
	size_t max; /* 0 = no limit.  Beyond it nothing is added and `full` is set: for what comes from outside */
	bool full;
};

extern char sbuf_empty[];
#define SBUF_INIT               \
	{                       \
		.s = sbuf_empty \
	}

void sbuf_init(struct sbuf *b, size_t max);
/* Adds when there is no room yet, or a limit. */
void sbuf_add_growing(struct sbuf *b, const void *data, size_t n);
/* Here, because texts are written piece by piece in many places. */
static inline void sbuf_add(struct sbuf *b, const void *data, size_t n)
{
	if (b->len + n >= b->cap || b->max || !n) {
		sbuf_add_growing(b, data, n);
		return;
	}
	memcpy(b->s + b->len, data, n);
	b->len += n;
	b->s[b->len] = '\0';
}
static inline void sbuf_adds(struct sbuf *b, const char *s)
{
	sbuf_add(b, s, strlen(s));
}
static inline void sbuf_addc(struct sbuf *b, char c)
{
	sbuf_add(b, &c, 1);
}
/* A number in decimal digits, with at least `digits` of them: 5, 2 gives "05". */
void sbuf_add_int(struct sbuf *b, int64_t n, unsigned digits);
void sbuf_addf(struct sbuf *b, const char *fmt, ...) PRINTF(2, 3);
void sbuf_vaddf(struct sbuf *b, const char *fmt, va_list ap) PRINTF(2, 0);

/* Replaces n bytes at pos by len bytes of s.  pos + n must lie inside. */
void sbuf_splice(struct sbuf *b, size_t pos, size_t n, const char *s, size_t len);

/* Empties, keeps the memory. */
void sbuf_clear(struct sbuf *b);
/* Cuts to len bytes. */
void sbuf_cut(struct sbuf *b, size_t len);
/* Hands the string over; the caller frees it; the buffer is empty again. */
char *sbuf_take(struct sbuf *b);
void sbuf_release(struct sbuf *b);
#define AUTO_SBUF __attribute__((cleanup(sbuf_release)))

#endif
