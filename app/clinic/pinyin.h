/* Pinyin: how hanzi are read, and the letters under which a name is looked for.
 *
 * Everything here is toneless and lower case; u with dots is v ("lv"), as people type it.  The readings come from
 * unicode-data at build time; surnames that are read in their own way come from a table in pinyin.c.
 *
 * A village doctor types "chenguilan", "cgl", "chengl", "guilan", and as many Minnan speakers do, "cengguilan".  The
 * last is found because key and query are folded: sounds that are confused become the same letters. */
#ifndef CUNYI_PINYIN_H
#define CUNYI_PINYIN_H

#include "app/base/base.h"
#include "app/base/mem.h"

enum {
	PINYIN_READINGS_MAX = 8, /* of one character; the data has at most 4 */
	PINYIN_KEYS_MAX = 16,     /* combinations kept of one name, the likeliest */
	PINYIN_CHARS_MAX = 40     /* characters of a name that are read; names of minorities reach 25 */
};

/* All plausible readings of a character, the most usual first; 0 when there is none (rare characters, signs).
 * The strings are static. */
size_t pinyin_readings(uint32_t cp, const char *out[PINYIN_READINGS_MAX]);

/* Characters of the surname at the start of a name: 2 for a compound surname that is followed by something, else 1
 * (0 for an empty name). */
size_t pinyin_surname_chars(const char *name);

struct pinyin_list {
	size_t n;
	const char *v[PINYIN_KEYS_MAX]; /* distinct */
};

/* The letters of one name, likeliest first.  A surname's own reading comes before the common one of its character,
 * which stays plausible (曾 zeng, then ceng).  Latin letters and digits stand for themselves; characters without a
 * reading and signs (the dot in 阿依古丽·买买提) are left out. */
struct pinyin_name {
	struct pinyin_list full;     /* "chenguilan" */
	struct pinyin_list initials; /* "cgl" */
	struct pinyin_list mixed;    /* surname in full, then initials: "chengl"; none for a surname alone */
	struct pinyin_list given;    /* without the surname: "guilan"; none for a surname alone */
};

/* The strings live in the arena. */
void pinyin_name(struct arena *a, const char *name, struct pinyin_name *out);

/* Folds the sounds that are confused: z/zh c/ch s/sh, n/l/r, f/h (also fei/hui, fen/hun, fang/huang, feng/hong),
 * -n/-ng, v/u.  The fold of a key's beginning is the beginning of its fold, but for the last letters of a query being
 * typed: use query = true for those.  out gets at most strlen(letters) + 1 bytes. */
void pinyin_fold(const char *letters, bool query, char *out);

/* The same for initials, of which each letter stands for a syllable: n/l/r, f/h. */
void pinyin_fold_initials(const char *letters, char *out);

/* Query letters as typed become letters as stored: lower case; "lyu" of passports becomes "lv". In place. */
void pinyin_normalise(char *letters);

/* Does the name begin as the query says?  The query mixes hanzi and letters ("陈gl", "chengl", "cgl", "陈桂l"): a hanzi
 * matches itself, letters match the beginning of a reading of each character in turn.  Blanks in the query are
 * skipped, but no syllable reaches across one.  Queries beyond 63 bytes do not match. */
bool pinyin_match(const char *name, const char *query);

/* Is some reading of a the same as some reading of b but for at most one letter (wrong, missing or too many)? */
bool pinyin_near(const char *a, const char *b);

#endif
