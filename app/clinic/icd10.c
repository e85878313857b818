#include "app/clinic/icd10.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"

enum {
	QUERY_MAX = 64,
	NAME_MAX = 128,
	RARITIES = 4,
	LIST_MAX = 1024, /* a test says so when the list outgrows it */
};

/* How well an entry answers, best first. */
enum match { MATCH_CODE, MATCH_CODE_START, MATCH_WHOLE, MATCH_START, MATCH_INSIDE, MATCH_ENGLISH, MATCH_NONE };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool icd10_is_shaped(const char *code)
{
	size_t n = strlen(code);

	if (n < 3 || code[0] < 'A' || code[0] > 'Z' || !is_digit(code[1]) || !is_digit(code[2]))
		return false;
	if (n == 3)
		return true;
	if (code[3] != '.' || n < 5 || n > ICD10_CODE_MAX)
		return false;
	for (const char *p = code + 4; *p; p++)
		if (!is_digit(*p) && !is_letter(*p))
			return false;
	return true;
}

bool icd10_is_symptom(const char *code)
{
	return *code == 'R';
}

const struct icd10 *icd10_by_code(const char *code)
{
	static const size_t lengths[] = { ICD10_CODE_MAX, 5, 3 };

	for (size_t l = 0; l < N_ELEMENTS(lengths); l++)
		for (size_t i = 0; i < icd10_count; i++) {
			size_t n = strnlen(code, lengths[l]);

			if (strlen(icd10_list[i].code) == n && !strncmp(icd10_list[i].code, code, n))
				return &icd10_list[i];
		}
	return NULL;
}

static enum match match_code(const char *code, const char *query)
{
	size_t n = strlen(query);

	if (strncasecmp(code, query, n) != 0)
		return MATCH_NONE;
	return code[n] ? MATCH_CODE_START : MATCH_CODE;
}

/* One name: the whole, its start, or a start further inside. */
/* Cheap, before the pinyin of the rest is looked at: can the name begin here what is typed? */
static bool may_begin(const char *p, const char *query)
{
	const char *readings[PINYIN_READINGS_MAX];
	uint32_t cp;
	size_t n;

	if (!is_letter(*query))
		return *p == *query;
	if ((unsigned char)*p < 0x80)
		return (*p | 0x20) == *query;
	utf8_decode(p, strlen(p), &cp);
	n = pinyin_readings(cp, readings);
	for (size_t i = 0; i < n; i++)
		if (readings[i][0] == *query)
			return true;
	return false;
}

static enum match match_name(const char *name, const char *query)
{
	uint32_t cp;

	if (!strcmp(name, query))
		return MATCH_WHOLE;
	for (const char *p = name; *p;) {
		if (may_begin(p, query) && pinyin_match(p, query))
			return p == name ? MATCH_START : MATCH_INSIDE;
		p += utf8_decode(p, strlen(p), &cp);
	}
	return MATCH_NONE;
}

static enum match better(enum match a, enum match b)
{
	return a < b ? a : b;
}

static enum match match_aliases(const char *aliases, const char *query)
{
	enum match best = MATCH_NONE;

	while (*aliases) {
		char name[NAME_MAX];
		size_t n = strcspn(aliases, ",");

		snprintf(name, sizeof name, "%.*s", (int)n, aliases);
		best = better(best, match_name(name, query));
		aliases += n + (aliases[n] == ',');
	}
	return best;
}

/* The query is the beginning of one of the words, or all of them. */
static enum match match_english(const char *en, const char *query)
{
	size_t n = strlen(query);

	if (!strcasecmp(en, query))
		return MATCH_WHOLE;
	for (const char *p = en; *p; p++)
		if ((p == en || p[-1] == ' ' || p[-1] == '(') && !strncasecmp(p, query, n))
			return MATCH_ENGLISH;
	return MATCH_NONE;
}

static enum match match_entry(const struct icd10 *entry, const char *query)
{
	enum match best = match_code(entry->code, query);

	best = better(best, match_name(entry->term.zh, query));
	best = better(best, match_aliases(entry->alias, query));
	return better(best, match_english(entry->term.en, query));
}

static size_t pick(const uint8_t *scores, const struct icd10 *out[], size_t max)
{
	size_t n = 0;

	for (unsigned score = 0; score < MATCH_NONE * RARITIES; score++)
		for (size_t i = 0; i < icd10_count && n < max; i++)
			if (scores[i] == score)
				out[n++] = &icd10_list[i];
	return n;
}

size_t icd10_find(const char *query, const struct icd10 *out[], size_t max)
{
	uint8_t scores[LIST_MAX];
	char typed[QUERY_MAX];

	if (!utf8_fold_width(query, typed, sizeof typed))
		return 0;
	pinyin_normalise(typed);
	for (size_t i = 0; i < icd10_count; i++) {
		enum match m = *typed ? match_entry(&icd10_list[i], typed) : MATCH_START;

		if (!*typed && icd10_list[i].rarity > 1)
			m = MATCH_NONE;
		scores[i] = (uint8_t)(m * RARITIES + icd10_list[i].rarity);
	}
	return pick(scores, out, max);
}

static bool is_name_of(const struct icd10 *e, const char *text)
{
	const size_t n = strlen(text);

	if (!strcmp(e->term.zh, text) || !strcmp(e->term.en, text))
		return true;
	for (const char *p = e->alias; *p; p += strcspn(p, ","), p += *p == ',')
		if (strcspn(p, ",") == n && !strncmp(p, text, n))
			return true;
	return false;
}

const struct icd10 *icd10_named(const char *text)
{
	for (size_t i = 0; i < icd10_count; i++)
		if (is_name_of(&icd10_list[i], text))
			return &icd10_list[i];
	return NULL;
}
