/* Grammar and values, after json.c has proved the lexis and the limits: every string ends, every number and word is one, and
 * nothing is nested deeper than allowed.  json-c's own reader goes through a state machine for each character. */
#include "app/base/json_int.h"

#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

struct builder {
	const char *s, *end;
	bool make; /* else only looked at */
	struct sbuf text, keys; /* a text without its escapes; the names on the way down, each with its NUL */
};

static bool value(struct builder *b, struct json_object **out);

static char next(struct builder *b)
{
	while (b->s < b->end && (*b->s == ' ' || *b->s == '\n' || *b->s == '\t' || *b->s == '\r'))
		b->s++;
	return b->s < b->end ? *b->s : '\0';
}

static bool take(struct builder *b, char c)
{
	if (next(b) != c)
		return false;
	b->s++;
	return true;
}

/* ---- texts ---- */

static bool hex4(const char *s, const char *end, uint32_t *out)
{
	*out = 0;
	if (end - s < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = s[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
			: c >= 'A' && c <= 'F'                                    ? c - 'A' + 10
										  : -1;

		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

static bool is_high(uint32_t c)
{
	return c >= 0xD800 && c < 0xDC00;
}

static bool is_low(uint32_t c)
{
	return c >= 0xDC00 && c < 0xE000;
}

/* At the digits after \u; *s behind what was read.  Half a pair becomes the replacement character. */
static bool unescape_unicode(struct builder *b, const char **s, const char *end)
{
	uint32_t c, low;
	char bytes[4];

	if (!hex4(*s, end, &c))
		return false;
	*s += 4;
	if (is_high(c) && end - *s >= 6 && (*s)[0] == '\\' && (*s)[1] == 'u' && hex4(*s + 2, end, &low) && is_low(low)) {
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		*s += 6;
	} else if (is_high(c) || is_low(c)) {
		c = 0xFFFD;
	}
	sbuf_add(&b->text, bytes, utf8_encode(c, bytes));
	return true;
}

static bool unescape(struct builder *b, const char *s, const char *end)
{
	static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";

	sbuf_clear(&b->text);
	while (s < end) {
		const char *stop = memchr(s, '\\', (size_t)(end - s)), *at;

		sbuf_add(&b->text, s, (size_t)((stop ? stop : end) - s));
		if (!stop)
			return true;
		s = stop + 2;
		at = stop[1] ? strchr(names, stop[1]) : NULL;
		if (at)
			sbuf_addc(&b->text, means[at - names]);
		else if (stop[1] != 'u' || !unescape_unicode(b, &s, end))
			return false;
	}
	return true;
}

/* Behind the opening quote; the end is there. */
static const char *text_end(const char *s, bool *plain)
{
	*plain = true;
	for (; *s != '"'; s++)
		if (*s == '\\') {
			*plain = false;
			s++;
		}
	return s;
}

/* *s and *n last until the next text. */
static bool text(struct builder *b, const char **s, size_t *n)
{
	bool plain;
	const char *start = ++b->s, *end = text_end(start, &plain);

	if (!plain && !unescape(b, start, end))
		return false;
	*s = plain ? start : b->text.s;
	*n = plain ? (size_t)(end - start) : b->text.len;
	b->s = end + 1;
	return true;
}

/* ---- values ---- */

static bool string(struct builder *b, struct json_object **out)
{
	const char *s;
	size_t n;

	if (!text(b, &s, &n))
		return false;
	if (b->make)
		*out = json_object_new_string_len(s, (int)n);
	return true;
}

static void skip_digits(struct builder *b)
{
	while (b->s < b->end && *b->s >= '0' && *b->s <= '9')
		b->s++;
}

static bool skip_any(struct builder *b, const char *of)
{
	bool is = b->s < b->end && strchr(of, *b->s);

	b->s += is;
	return is;
}

static bool number(struct builder *b, struct json_object **out)
{
	const char *start = b->s;
	char copy[80];
	size_t n;

	skip_any(b, "-");
	skip_digits(b);
	if (skip_any(b, "."))
		skip_digits(b);
	if (skip_any(b, "eE")) {
		skip_any(b, "+-");
		skip_digits(b);
	}
	n = (size_t)(b->s - start);
	if (n >= sizeof(copy))
		return false;
	if (!b->make)
		return true;
	memcpy(copy, start, n);
	copy[n] = '\0';
	if (strpbrk(copy, ".eE"))
		*out = json_object_new_double_s(strtod(copy, NULL), copy);
	else
		*out = json_object_new_int64(strtoll(copy, NULL, 10));
	return true;
}

static bool word(struct builder *b, struct json_object **out)
{
	char first = *b->s;

	b->s += first == 'f' ? 5 : 4;
	if (b->make && first != 'n')
		*out = json_object_new_boolean(first == 't');
	return true;
}

static bool array(struct builder *b, struct json_object **out)
{
	b->s++;
	if (b->make)
		*out = json_object_new_array();
	if (take(b, ']'))
		return true;
	do {
		struct json_object *item = NULL;
		bool ok = value(b, &item);

		if (b->make)
			json_object_array_add(*out, item);
		if (!ok)
			return false;
	} while (take(b, ','));
	return take(b, ']');
}

/* Of equal names the last wins. */
static bool member(struct builder *b, struct json_object *object)
{
	size_t at = b->keys.len, n;
	struct json_object *v = NULL;
	const char *s;
	bool ok;

	if (next(b) != '"' || !text(b, &s, &n))
		return false;
	if (b->make) {
		sbuf_add(&b->keys, s, n);
		sbuf_addc(&b->keys, '\0');
	}
	if (!take(b, ':'))
		return false;
	ok = value(b, &v);
	if (b->make) {
		json_object_object_add(object, b->keys.s + at, v);
		sbuf_cut(&b->keys, at);
	}
	return ok;
}

static bool object(struct builder *b, struct json_object **out)
{
	b->s++;
	if (b->make)
		*out = json_object_new_object();
	if (take(b, '}'))
		return true;
	do
		if (!member(b, *out))
			return false;
	while (take(b, ','));
	return take(b, '}');
}

static bool value(struct builder *b, struct json_object **out)
{
	switch (next(b)) {
	case '{':
		return object(b, out);
	case '[':
		return array(b, out);
	case '"':
		return string(b, out);
	case 't':
	case 'f':
	case 'n':
		return word(b, out);
	case '\0':
	case ',':
	case ':':
	case ']':
	case '}':
		return false;
	default:
		return number(b, out);
	}
}

bool json_build(const char *s, size_t len, struct json_object **out, const char **where)
{
	struct builder b = { .s = s, .end = s + len, .make = out != NULL };
	struct json_object *made = NULL;
	bool ok;

	sbuf_init(&b.text, 0);
	sbuf_init(&b.keys, 0);
	ok = value(&b, &made) && next(&b) == '\0' && b.s == b.end;
	*where = b.s;
	sbuf_release(&b.text);
	sbuf_release(&b.keys);
	if (ok && out)
		*out = made;
	else
		json_object_put(made);
	return ok;
}
