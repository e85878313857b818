#include "app/clinic/search_query.h"

#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "app/clinic/search_keys.h"

enum kind_of_char { BLANK, SIGN, DIGIT, LETTER, HANZI };

static enum kind_of_char kind_of(uint32_t cp)
{
	if (cp <= ' ' || cp == 0x3000 || cp == 0xFF0C || cp == 0x3001 || cp == ',' || cp == ';' || cp == '/')
		return BLANK;
	if (cp >= '0' && cp <= '9')
		return DIGIT;
	if ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z'))
		return LETTER;
	return cp < 0x80 || cp == 0xB7 || (cp >= 0x2000 && cp < 0x2E80) || cp == 0x30FB ? SIGN : HANZI;
}

struct parser {
	struct search_query *q;
	struct search_token *now; /* NULL between tokens */
	bool overflow;
};

static void start(struct parser *p, bool number)
{
	p->now = NULL;
	if (p->q->n == SEARCH_TOKENS_MAX) {
		p->overflow = true;
		return;
	}
	p->now = &p->q->token[p->q->n++];
	*p->now = (struct search_token){ .number = number };
}

static void append(struct parser *p, const char *s, size_t len)
{
	size_t n;

	if (!p->now)
		return;
	n = strlen(p->now->s);
	if (n + len >= SEARCH_TOKEN_MAX) {
		p->overflow = true;
		return;
	}
	memcpy(p->now->s + n, s, len);
	p->now->s[n + len] = '\0';
}

/* "004X": the check character of an ID number ends the number; "12x" is a house and the beginning of a name. */
static bool is_check_character(const struct parser *p, const char *s)
{
	return p->now && p->now->number && (*s == 'x' || *s == 'X') && strlen(p->now->s) >= 3 &&
		kind_of((unsigned char)s[1]) != LETTER;
}

/* The words after a house number ("12号", "3室") are not part of a name. */
static const char *const units[] = { "号", "室" };

static bool is_unit(const struct parser *p, const char *s)
{
	if (p->now && p->now->number)
		for (size_t i = 0; i < N_ELEMENTS(units); i++)
			if (strncmp(s, units[i], strlen(units[i])) == 0)
				return true;
	return false;
}

static void take(struct parser *p, const char *s, size_t len, uint32_t cp)
{
	enum kind_of_char kind = kind_of(cp);

	if (kind == BLANK) {
		p->now = NULL;
	} else if (kind == SIGN) {
		if (cp == '-' && p->now && p->now->number && kind_of((unsigned char)s[1]) == DIGIT)
			append(p, s, len);
	} else if (kind == DIGIT) {
		if (!p->now || !p->now->number)
			start(p, true);
		append(p, s, len);
	} else if (is_check_character(p, s)) {
		append(p, "X", 1);
		p->now = NULL;
	} else if (is_unit(p, s)) {
		p->now = NULL;
	} else {
		if (!p->now || p->now->number)
			start(p, false);
		if (p->now && kind == HANZI)
			p->now->hanzi = true;
		append(p, s, len);
	}
}

void search_query_parse(const char *text, struct search_query *out)
{
	char plain[SEARCH_TOKENS_MAX * SEARCH_TOKEN_MAX];
	struct parser p = { .q = out };
	size_t left;

	*out = (struct search_query){ 0 };
	if (!utf8_fold_width(text, plain, sizeof plain))
		return;
	left = strlen(plain);
	for (const char *s = plain; left > 0;) {
		uint32_t cp;
		size_t len = utf8_decode(s, left, &cp);

		take(&p, s, len, cp);
		s += len;
		left -= len;
	}
	for (size_t i = 0; i < out->n; i++)
		if (!out->token[i].number)
			pinyin_normalise(out->token[i].s);
	if (p.overflow)
		out->n = 0;
	if (!search_clean(text, out->whole, sizeof out->whole))
		out->whole[0] = '\0';
}

bool search_query_words(const struct search_query *q, size_t without, char *out)
{
	const struct search_token *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct search_token *t = &q->token[i];
		bool blank = last && !(last->hanzi && t->hanzi);
		size_t len = strlen(t->s);

		if (t->number || i == without)
			continue;
		if (n + len + blank >= SEARCH_TOKEN_MAX)
			return false;
		if (blank)
			out[n++] = ' ';
		memcpy(out + n, t->s, len + 1);
		n += len;
		last = t;
	}
	return last != NULL;
}
