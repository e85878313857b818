#include "app/base/utf8.h"

#include <utf8proc.h>

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &c);

	if (len <= 0) {
		*cp = 0xFFFD;
		return 1;
	}
	*cp = (uint32_t)c;
	return (size_t)len;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	utf8proc_uint8_t buf[4];
	utf8proc_ssize_t n;

	if (!utf8proc_codepoint_valid((utf8proc_int32_t)cp))
		cp = 0xFFFD;
	n = utf8proc_encode_char((utf8proc_int32_t)cp, buf);
	memcpy(out, buf, (size_t)n);
	return (size_t)n;
}

bool utf8_valid(const char *s, size_t n)
{
	utf8proc_int32_t c;

	for (size_t i = 0; i < n;) {
		utf8proc_ssize_t len = 1;

		if ((unsigned char)s[i] >= 0x80)
			len = utf8proc_iterate((const utf8proc_uint8_t *)s + i, (utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			return false;
		i += (size_t)len;
	}
	return true;
}

static bool ascii_only(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

void utf8_clean(struct sbuf *out, const char *s, size_t n)
{
	AUTO_SBUF struct sbuf valid = SBUF_INIT;
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t len;
	size_t i = 0;

	if (ascii_only(s, n)) {
		sbuf_add(out, s, n);
		return;
	}
	while (i < n) {
		char buf[4];
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		sbuf_add(&valid, buf, utf8_encode(cp, buf));
	}
	len = utf8proc_map((const utf8proc_uint8_t *)valid.s, (utf8proc_ssize_t)valid.len, &composed,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len >= 0)
		sbuf_add(out, composed, (size_t)len);
	else
		sbuf_add(out, valid.s, valid.len);
	free(composed);
}

/* What the terminal draws in one column although Unicode calls it ambiguous is 1 here; the screen substitutes where the
 * start-up probe finds a terminal that thinks otherwise. */
int utf8_cp_width(uint32_t cp)
{
	utf8proc_category_t cat;

	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return -1;
	if (cp < 0x300)
		return cp == 0xAD ? -1 : 1;
	cat = utf8proc_category((utf8proc_int32_t)cp);
	if (cat == UTF8PROC_CATEGORY_MN || cat == UTF8PROC_CATEGORY_ME)
		return 0;
	if (cat == UTF8PROC_CATEGORY_CN || cat == UTF8PROC_CATEGORY_CC || cat == UTF8PROC_CATEGORY_CF ||
		cat == UTF8PROC_CATEGORY_CS || cat == UTF8PROC_CATEGORY_CO || cat == UTF8PROC_CATEGORY_ZL ||
		cat == UTF8PROC_CATEGORY_ZP)
		return -1;
	return utf8proc_charwidth((utf8proc_int32_t)cp) == 2 ? 2 : 1;
}

void utf8_plain(struct sbuf *out, const char *s, size_t n)
{
	AUTO_SBUF struct sbuf clean = SBUF_INIT;

	utf8_clean(&clean, s, n);
	for (size_t i = 0, len; i < clean.len; i += len) {
		uint32_t cp;

		len = utf8_decode(clean.s + i, clean.len - i, &cp);
		sbuf_add(out, utf8_cp_width(cp) < 0 ? " " : clean.s + i, utf8_cp_width(cp) < 0 ? 1 : len);
	}
}

/* What must not be drawn is drawn as a tag of this many columns: "\x1b" or "<U+202E>". */
static int drawn_width(uint32_t cp)
{
	int w = utf8_cp_width(cp);

	if (w >= 0)
		return w;
	return cp < 0x100 ? 4 : cp < 0x10000 ? 8 : 9;
}

int utf8_width(const char *s)
{
	size_t n = strlen(s), i = 0;
	int w = 0;

	while (i < n) {
		uint32_t cp;

		i += utf8_decode(s + i, n - i, &cp);
		w += drawn_width(cp);
	}
	return w;
}

size_t utf8_cluster(const char *s, size_t n)
{
	uint32_t cp;
	size_t len;

	if (!n)
		return 0;
	len = utf8_decode(s, n, &cp);
	while (len < n) {
		size_t more = utf8_decode(s + len, n - len, &cp);

		if (utf8_cp_width(cp) != 0)
			break;
		len += more;
	}
	return len;
}

size_t utf8_cluster_before(const char *s, size_t pos)
{
	size_t i = 0, start = 0;

	while (i < pos) {
		start = i;
		i += utf8_cluster(s + i, pos - i);
	}
	return start;
}

size_t utf8_fit(const char *s, int cols)
{
	size_t n = strlen(s), i = 0;
	int w = 0;

	while (i < n) {
		size_t len = utf8_cluster(s + i, n - i);
		uint32_t cp;

		utf8_decode(s + i, n - i, &cp);
		w += drawn_width(cp);
		if (w > cols)
			break;
		i += len;
	}
	return i;
}

size_t utf8_count(const char *s)
{
	size_t count = 0;

	for (; *s; s++)
		count += ((unsigned char)*s & 0xC0) != 0x80;
	return count;
}

static uint32_t fold(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFEE0;
	if (cp == 0x3000 || cp == 0xA0)
		return ' ';
	if (cp == 0x3002)
		return '.';
	return cp;
}

bool utf8_fold_width(const char *s, char *out, size_t size)
{
	size_t n = strlen(s), i = 0, len = 0, start = 0;

	if (!utf8_valid(s, n))
		return false;
	while (i < n) {
		char buf[4];
		uint32_t cp;
		size_t l;

		i += utf8_decode(s + i, n - i, &cp);
		l = utf8_encode(fold(cp), buf);
		if (len + l + 1 > size)
			return false;
		memcpy(out + len, buf, l);
		len += l;
	}
	while (len && (out[len - 1] == ' ' || out[len - 1] == '\t' || out[len - 1] == '\n' || out[len - 1] == '\r'))
		len--;
	while (start < len && (out[start] == ' ' || out[start] == '\t'))
		start++;
	memmove(out, out + start, len - start);
	out[len - start] = '\0';
	return true;
}
