/* Letters made comparable: sounds that are confused become the same. */
#include "app/clinic/pinyin.h"

/* What follows an h when it is hu- or ho-: how many letters to skip, and what stands for them, so that hui = fei,
 * hun = fen, huang = fang, huo = fo, hong = feng.  An n before a vowel is the next syllable's (hu lan = hu nan). */
static size_t fold_after_h(const char *s, char *out, size_t *n)
{
	bool hun = s[0] == 'u' && s[1] == 'n' && (!s[2] || !strchr("aeiouv", s[2]));

	if (hun || (s[0] == 'u' && s[1] == 'i') || (s[0] == 'o' && s[1] == 'n')) {
		out[(*n)++] = 'e';
		return 1;
	}
	return s[0] == 'u' && (s[1] == 'a' || s[1] == 'o') ? 1 : 0;
}

/* How many of a query's last letters to leave out: "hu", "ho" and "hun" may still become huang, hong, hu na. */
static size_t undecided(const char *letters)
{
	size_t len = strlen(letters);
	static const char *const ends[] = { "hu", "ho", "hun" };

	for (size_t i = 0; i < N_ELEMENTS(ends); i++) {
		size_t n = strlen(ends[i]);

		if (len >= n && strcmp(letters + len - n, ends[i]) == 0)
			return n - 1;
	}
	return 0;
}

void pinyin_fold(const char *letters, bool query, char *out)
{
	const char *end = letters + strlen(letters) - (query ? undecided(letters) : 0);
	size_t n = 0;

	for (const char *s = letters; s < end;) {
		char c = *s++;

		if (strchr("zcs", c) && *s == 'h')
			s++;
		if (c == 'n' || c == 'r')
			out[n++] = 'l';
		else if (c == 'f')
			out[n++] = 'h';
		else
			out[n++] = c == 'v' ? 'u' : c;
		if (c == 'n')
			s += strspn(s, "g");
		else if (c == 'h' && s < end)
			s += fold_after_h(s, out, &n);
	}
	out[n] = '\0';
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
