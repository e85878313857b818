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
 * reading and signs (the dot in 阿依古丽·买买提) are left out.
 *
 * The folded ones are made syllable by syllable, so that they know chen gui from cheng ui. */
struct pinyin_name {
	struct pinyin_list full;         /* "chenguilan" */
	struct pinyin_list initials;     /* "cgl" */
	struct pinyin_list folded;       /* "celguilal" */
	struct pinyin_list folded_mixed; /* surname in full, then initials: "celgl"; none for a surname alone */
	struct pinyin_list folded_given; /* without the surname: "guilal"; none for a surname alone */
};

/* The strings live in the arena. */
void pinyin_name(struct arena *a, const char *name, struct pinyin_name *out);

/* Folds the sounds that are confused in one syllable: z/zh c/ch s/sh, n/l/r, f/h (also fei/hui, fen/hun, fang/huang,
 * feng/hong), -n/-ng, v/u. */
enum { PINYIN_SYLLABLE_MAX = 8 };
void pinyin_fold_syllable(const char *syllable, char out[PINYIN_SYLLABLE_MAX]);

/* Folds a query as it is being typed.  It has no syllables: "chengl" may be cheng l or chen g l, so there are several
 * folds; blanks in it are boundaries.  Each is the beginning of the folded key of the names that are meant.
 * Returns how many; 0 for a query without letters or with more than 63 bytes. */
enum { PINYIN_QUERY_MAX = 64, PINYIN_VARIANTS_MAX = 8 };
size_t pinyin_fold_query(const char *letters, char out[PINYIN_VARIANTS_MAX][PINYIN_QUERY_MAX]);

/* Initials, of which each letter stands for a syllable: n/l/r, f/h.  out gets strlen(letters) + 1 bytes. */
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
