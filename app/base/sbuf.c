#include "app/base/sbuf.h"

#include "app/base/mem.h"

char sbuf_empty[1];

void sbuf_init(struct sbuf *b, size_t max)
{
	*b = (struct sbuf){ .s = sbuf_empty, .max = max };
}

static bool grow(struct sbuf *b, size_t more)
{
	size_t need = b->len + more + 1;

	if (b->max && b->len + more > b->max) {
		b->full = true;
		return false;
	}
	if (need > b->cap) {
		size_t cap = b->cap ? b->cap : 64;

		while (cap < need)
			cap *= 2;
		b->s = xrealloc(b->cap ? b->s : NULL, cap, 1);
		b->s[b->len] = '\0';
		b->cap = cap;
	}
	return true;
}

void sbuf_add_growing(struct sbuf *b, const void *data, size_t n)
{
	if (!n || !grow(b, n))
		return;
	memcpy(b->s + b->len, data, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void sbuf_add_int(struct sbuf *b, int64_t n, unsigned digits)
{
	char text[24], *s = text + sizeof text;
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	for (; left || digits > 0; left /= 10, digits -= digits > 0)
		*--s = (char)('0' + left % 10);
	if (n < 0)
		*--s = '-';
	sbuf_add(b, s, (size_t)(text + sizeof text - s));
}

void sbuf_vaddf(struct sbuf *b, const char *fmt, va_list ap)
{
	va_list again;
	size_t room = b->cap ? b->cap - b->len : 0;
	int n;

	va_copy(again, ap);
	n = vsnprintf(room ? b->s + b->len : NULL, room, fmt, ap); /* usually it fits */
	if (n > 0 && grow(b, (size_t)n)) {
		if ((size_t)n >= room)
			vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	if (b->cap) /* full: nothing of it stays */
		b->s[b->len] = '\0';
	va_end(again);
}

void sbuf_addf(struct sbuf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(b, fmt, ap);
	va_end(ap);
}

void sbuf_splice(struct sbuf *b, size_t pos, size_t n, const char *s, size_t len)
{
	if (len > n && !grow(b, len - n))
		return;
	if (!b->cap)
		return;
	memmove(b->s + pos + len, b->s + pos + n, b->len - pos - n + 1);
	memcpy(b->s + pos, s, len);
	b->len = b->len - n + len;
}

void sbuf_clear(struct sbuf *b)
{
	sbuf_cut(b, 0);
	b->full = false;
}

void sbuf_cut(struct sbuf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->s[len] = '\0';
}

char *sbuf_take(struct sbuf *b)
{
	char *s = b->cap ? b->s : xstrdup("");

	sbuf_init(b, b->max);
	return s;
}

void sbuf_release(struct sbuf *b)
{
	if (b->cap)
		free(b->s);
	sbuf_init(b, b->max);
}
