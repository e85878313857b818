/* Notifiable diseases by their names: the usual ones, other ones, and those that miss one by a single character. */
#include <string.h>

#include "app/base/utf8.h"
#include "app/clinic/icd10.h"
#include "app/clinic/notifiable.h"
#include "app/clinic/pinyin.h"

/* Other names by which people and county tables know a disease, as folded() writes them: the spelling of the old lists, the short
 * forms, the group's name where the card asks for the kind. */
static const struct {
	const char *name, *key;
} synonyms[] = {
	{ "covid", "covid19" },
	{ "polio", "poliomyelitis" },
	{ "viral_hepatitis", "hepatitis_unspecified" },
	{ "hepatitis", "hepatitis_unspecified" },
	{ "human_avian_influenza", "novel_influenza" },
	{ "avian_influenza", "novel_influenza" },
	{ "hemorrhagic_fever", "hfrs" },
	{ "epidemic_hemorrhagic_fever", "hfrs" },
	{ "monkeypox", "mpox" },
	{ "dengue_fever", "dengue" },
	{ "epidemic_encephalitis_b", "japanese_encephalitis" },
	{ "encephalitis_b", "japanese_encephalitis" },
	{ "dysentery", "bacillary_dysentery" },
	{ "amebiasis", "amoebic_dysentery" },
	{ "tb", "tuberculosis" },
	{ "typhoid_fever", "typhoid" },
	{ "paratyphoid_fever", "paratyphoid" },
	{ "meningococcal_meningitis", "meningococcal" },
	{ "epidemic_meningitis", "meningococcal" },
	{ "flu", "influenza" },
	{ "epidemic_parotitis", "mumps" },
	{ "epidemic_typhus", "typhus" },
	{ "visceral_leishmaniasis", "kala_azar" },
	{ "hydatid_disease", "echinococcosis" },
	{ "hand_foot_and_mouth", "hand_foot_mouth" },
	{ "hfmd", "hand_foot_mouth" },
	{ "甲肝", "hepatitis_a" },
	{ "乙肝", "hepatitis_b" },
	{ "丙肝", "hepatitis_c" },
	{ "丁肝", "hepatitis_d" },
	{ "戊肝", "hepatitis_e" },
	{ "病毒性肝炎", "hepatitis_unspecified" },
	{ "新冠", "covid19" },
	{ "新冠肺炎", "covid19" },
	{ "非典", "sars" },
	{ "乙脑", "japanese_encephalitis" },
	{ "流脑", "meningococcal" },
	{ "菌痢", "bacillary_dysentery" },
	{ "痢疾", "bacillary_dysentery" },
	{ "流感", "influenza" },
	{ "腮腺炎", "mumps" },
	{ "结核", "tuberculosis" },
	{ "红眼病", "haemorrhagic_conjunctivitis" },
};

/* Lower case, British ae and oe as e, whatever parts two words as one "_": "Gonorrhoea" and "gonorrhea" are one. */
static void folded(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (const char *s = text; *s && n + 1 < size; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;

		if ((c == 'a' || c == 'o') && (s[1] == 'e' || s[1] == 'E'))
			continue;
		if (!strchr(" ,-_.()", c))
			out[n++] = c;
		else if (n && out[n - 1] != '_')
			out[n++] = '_';
	}
	while (n && out[n - 1] == '_')
		n--;
	out[n] = '\0';
}

enum { NAME_LEN = 80 };

static bool folds_to(const char *text, const char *name)
{
	char f[NAME_LEN];

	folded(text, f, sizeof f);
	return !strcmp(f, name);
}

const char *notifiable_by_name(const char *text)
{
	char name[NAME_LEN];

	folded(text, name, sizeof name);
	if (!*name)
		return NULL;
	for (const struct code *c = notifiable_codes; c->code; c++)
		if (folds_to(c->code, name) || folds_to(c->term.en, name) || !strcmp(c->term.zh, text))
			return c->code;
	for (size_t i = 0; i < N_ELEMENTS(synonyms); i++)
		if (!strcmp(synonyms[i].name, name))
			return synonyms[i].key;
	return NULL;
}

/* ---- one character off ------------------------------------------------------------------------------------------------ */

/* Right as they stand, though a notifiable name is one character away. */
static const char *const others[] = { "肝吸虫病", "肺吸虫病", "急性出血性结肠炎" };

/* What is written before and behind a diagnosis that is not sure. */
static const char *const before[] = { "疑似", "可疑", "考虑" }, *const behind[] = { "?", "？", "待查", "待排" };

enum { WORD_MAX = 40, SHORT_NAME = 4, LATIN_NAME = 5 };

struct word {
	uint32_t cp[WORD_MAX];
	size_t n;
};

/* False when it is too long to be a name. */
static bool word_of(const char *text, struct word *out)
{
	size_t at = 0, len = strlen(text);

	out->n = 0;
	while (at < len) {
		if (out->n == WORD_MAX)
			return false;
		at += utf8_decode(text + at, len - at, &out->cp[out->n++]);
	}
	return true;
}

/* Typed by sound: 麻诊 for 麻疹. */
static bool sounds_alike(uint32_t a, uint32_t b)
{
	const char *x[PINYIN_READINGS_MAX], *y[PINYIN_READINGS_MAX];
	const size_t n = pinyin_readings(a, x), m = pinyin_readings(b, y);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (!strcmp(x[i], y[k]))
				return true;
	return false;
}

/* How many characters both have in common at their beginning. */
static size_t common(const struct word *a, const struct word *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && a->cp[i] == b->cp[i])
		i++;
	return i;
}

/* Is the rest of a from i the rest of b from k? */
static bool same_rest(const struct word *a, size_t i, const struct word *b, size_t k)
{
	return a->n - i == b->n - k && !memcmp(a->cp + i, b->cp + k, (a->n - i) * sizeof a->cp[0]);
}

/* One wrong, one missing, one too many, or two changed places.  In a short name a wrong one counts when it sounds the same: 肺结节
 * is no 肺结核, 湿疹 no 风疹. */
static bool is_near(const struct word *name, const struct word *typed)
{
	const bool latin = name->n && name->cp[0] < 0x80;
	const size_t i = common(name, typed);

	if (latin && (name->n < LATIN_NAME || !i))
		return false;
	if (i < name->n && i < typed->n && same_rest(name, i + 1, typed, i + 1))
		return latin || name->n >= SHORT_NAME || sounds_alike(name->cp[i], typed->cp[i]);
	if (i + 1 < name->n && i + 1 < typed->n && name->cp[i] == typed->cp[i + 1] && name->cp[i + 1] == typed->cp[i] &&
		same_rest(name, i + 2, typed, i + 2))
		return true;
	if (name->n < 3)
		return false;
	return (i < name->n && same_rest(name, i + 1, typed, i)) || (i < typed->n && same_rest(name, i, typed, i + 1));
}

static bool is_like(const char *name, const struct word *typed)
{
	struct word w;

	return word_of(name, &w) && is_near(&w, typed);
}

/* The text without the words around it, as folded() writes it. */
static void bare(const char *text, char *out, size_t size)
{
	size_t n;

	for (size_t i = 0; i < N_ELEMENTS(before); i++)
		if (!strncmp(text, before[i], strlen(before[i])))
			text += strlen(before[i]);
	folded(text, out, size);
	n = strlen(out);
	for (size_t i = 0; i < N_ELEMENTS(behind); i++) {
		const size_t m = strlen(behind[i]);

		if (n > m && !strcmp(out + n - m, behind[i]))
			out[n -= m] = '\0';
	}
}

/* A right name of something else is no slip. */
static bool is_other(const char *text)
{
	for (size_t i = 0; i < N_ELEMENTS(others); i++)
		if (!strcmp(others[i], text))
			return true;
	return icd10_named(text) != NULL;
}

const char *notifiable_like(const char *icd10, const char *text, int32_t day)
{
	const char *found;
	char typed[3 * NAME_LEN], en[NAME_LEN];
	struct word w;

	if ((icd10 && *icd10) || !text || strlen(text) >= sizeof typed || notifiable_of(NULL, text, day))
		return NULL;
	bare(text, typed, sizeof typed);
	found = notifiable_by_name(typed);
	if (!found && (!word_of(typed, &w) || is_other(typed)))
		return NULL;
	for (const struct code *c = notifiable_codes; c->code && !found; c++) {
		folded(c->term.en, en, sizeof en);
		if (is_like(c->term.zh, &w) || is_like(en, &w))
			found = c->code;
	}
	for (size_t i = 0; i < N_ELEMENTS(synonyms) && !found; i++)
		if (is_like(synonyms[i].name, &w))
			found = synonyms[i].key;
	return found && notifiable_rule_on(found, day) ? found : NULL;
}
