/* Letters made comparable: sounds that are confused become the same. */
#include "app/clinic/pinyin.h"

static bool is_vowel(char c)
{
	return c && strchr("aeiouv", c);
}

/* What follows an h when it is hu- or ho-: how many letters to skip, and what stands for them, so that hui = fei,
 * hun = fen, huang = fang, huo = fo, hong = feng.  An n before a vowel is the next syllable's (hu lan = hu nan). */
static size_t fold_after_h(const char *s, char *out, size_t *n)
{
	bool hun = s[0] == 'u' && s[1] == 'n' && !is_vowel(s[2]);

	if (hun || (s[0] == 'u' && s[1] == 'i') || (s[0] == 'o' && s[1] == 'n')) {
		out[(*n)++] = 'e';
		return 1;
	}
	return s[0] == 'u' && (s[1] == 'a' || s[1] == 'o') ? 1 : 0;
}

/* How many of a query's last letters to leave out: "hu", "ho" and "hun" may still become huang, hong, hu na. */
static size_t undecided(const char *letters, size_t len)
{
	static const char *const ends[] = { "hu", "ho", "hun" };

	for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
		size_t n = strlen(ends[i]);

		if (len >= n && strncmp(letters + len - n, ends[i], n) == 0)
			return n - 1;
	}
	return 0;
}

/* Folds letters up to end.  Bit i of split: the i-th "ng" is n and the g of the next syllable.  Returns their number. */
static size_t fold(const char *s, const char *end, unsigned split, char *out)
{
	size_t n = 0, ng = 0;

	while (s < end) {
		char c = *s++;

		if (c == ' ')
			continue;
		if (strchr("zcs", c) && *s == 'h')
			s++;
		if (c == 'n' || c == 'r')
			out[n++] = 'l';
		else if (c == 'f')
			out[n++] = 'h';
		else
			out[n++] = c == 'v' ? 'u' : c;
		if (c == 'n' && *s == 'g' && s < end)
			s += split >> ng++ & 1 ? 0 : 1;
		else if (c == 'h' && s < end)
			s += fold_after_h(s, out, &n);
	}
	out[n] = '\0';
	return ng;
}

void pinyin_fold_syllable(const char *syllable, char out[PINYIN_SYLLABLE_MAX])
{
	size_t len = strlen(syllable);

	out[0] = '\0';
	if (len < PINYIN_SYLLABLE_MAX)
		fold(syllable, syllable + len, 0, out);
}

size_t pinyin_fold_query(const char *letters, char out[PINYIN_VARIANTS_MAX][PINYIN_QUERY_MAX])
{
	size_t len = strlen(letters), n = 0, ng;

	if (len >= PINYIN_QUERY_MAX)
		return 0;
	len -= undecided(letters, len);
	ng = fold(letters, letters + len, 0, out[0]);
	if (!out[0][0])
		return 0;
	/* Three places are tried both ways; names have no more that are doubtful. */
	for (unsigned split = 0; split < 1u << (ng < 3 ? ng : 3); split++)
		fold(letters, letters + len, split, out[n++]);
	return n;
}

void pinyin_fold_initials(const char *letters, char *out)
{
	for (; *letters; letters++)
		*out++ = *letters == 'n' || *letters == 'r' ? 'l' : *letters == 'f' ? 'h' : *letters;
	*out = '\0';
}

void pinyin_normalise(char *letters)
{
	char *out = letters;

	for (const char *s = letters; *s; s++)
		*out++ = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
	*out = '\0';
	/* No syllable ends in l, so an y after it can only be the passport's way to write v. */
	for (char *at = letters; (at = strstr(at, "lyu")) != NULL; at++) {
		at[1] = 'v';
		memmove(at + 2, at + 3, strlen(at + 3) + 1);
	}
}
