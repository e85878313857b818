/* "a=1&b=%7C": what follows the question mark of a request. */
#include <ctype.h>

#include "sync/hub_int.h"

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
		: c >= 'A' && c <= 'F'                               ? c - 'A' + 10
								     : -1;
}

/* In place; false for a broken escape or a zero byte. */
static bool decode(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if (*s == '%') {
			int hi = hex(s[1]), lo = hi < 0 ? -1 : hex(s[2]);

			if (lo < 0 || (hi | lo) == 0)
				return false;
			*to++ = (char)(hi << 4 | lo);
			s += 2;
		} else {
			*to++ = *s == '+' ? ' ' : *s;
		}
	}
	*to = '\0';
	return true;
}

static bool add_pair(struct hub_query *q, char *pair)
{
	char *value = strchr(pair, '=');

	if (!*pair)
		return true;
	if (!value || q->n == N_ELEMENTS(q->p))
		return false;
	*value++ = '\0';
	if (!decode(pair) || !decode(value))
		return false;
	q->p[q->n++] = (struct hub_pair){ pair, value };
	return true;
}

bool hub_query_parse(struct hub_query *out, const char *text)
{
	*out = (struct hub_query){ .text = xstrdup(text) };
	for (char *s = out->text, *end; s; s = end) {
		end = strchr(s, '&');
		if (end)
			*end++ = '\0';
		if (!add_pair(out, s))
			return false;
	}
	return true;
}

void hub_query_release(struct hub_query *q)
{
	free(q->text);
	*q = (struct hub_query){ .n = 0 };
}

const char *hub_query_get(const struct hub_query *q, const char *name)
{
	for (size_t i = 0; i < q->n; i++)
		if (strcmp(q->p[i].name, name) == 0)
			return q->p[i].value;
	return NULL;
}

bool hub_is_type(const char *s, size_t n)
{
	if (n < 1 || n > HUB_TYPE_MAX || !isupper((unsigned char)*s))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalpha((unsigned char)s[i]))
			return false;
	return true;
}

bool hub_is_id(const char *s, size_t n)
{
	if (n < 1 || n > HUB_ID_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '-' && s[i] != '.')
			return false;
	return true;
}
