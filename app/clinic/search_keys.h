/* The search index: under which keys a resident is found.  Pure: the one door for writes computes the rows of the old
 * and the new version and stores the difference; app/service/search.c looks them up.
 *
 * A key is a letter that says what it is, then the text.  All look-ups are prefixes of keys in two ordered tables
 * (whole clinic, one village), so that a search reads as many rows as it shows, at any number of residents. */
#ifndef CUNYI_SEARCH_KEYS_H
#define CUNYI_SEARCH_KEYS_H

#include "app/base/base.h"
#include "app/base/mem.h"

struct record;

/* How a resident was found; the names are part of the command line's contract.  In the order of rank. */
#define SEARCH_MATCH_LIST(X)   \
	X(NAME, "name")        \
	X(PINYIN, "pinyin")    \
	X(INITIALS, "initials") \
	X(MIXED, "mixed")      \
	X(NICKNAME, "nickname") \
	X(KIN, "kin")          \
	X(ALIAS, "alias")      \
	X(FORMER, "former")    \
	X(FUZZY, "fuzzy")      \
	X(INFIX, "infix")      \
	X(ID, "id")            \
	X(PHONE, "phone")      \
	X(FILE_NO, "file_no")  \
	X(CODE, "code")        \
	X(BIRTH_DATE, "birth_date") \
	X(HOUSE, "house")      \
	X(VILLAGE, "village")

enum search_match {
#define X(id, name) SEARCH_##id,
	SEARCH_MATCH_LIST(X)
#undef X
	SEARCH_MATCH_COUNT
};

const char *search_match_name(enum search_match m); /* "initials" */

/* First letter of a key. */
enum search_key {
	KEY_NAME = 'h',     /* the name as cleaned by search_clean() */
	KEY_OTHER = 's',    /* ends of the name, nickname, husband's or father's name, spelling on the document */
	KEY_PINYIN = 'p',   /* the name's letters in full */
	KEY_INITIALS = 'i',
	KEY_FOLDED = 'f',   /* the letters folded: in full, surname + initials, given name, nickname ... */
	KEY_FOLDED_INITIALS = 'j', /* where they differ from the initials; and those of nickname ... */
	KEY_TAIL = 'd',     /* of the identity number, last six, and of the file number, last eight; reversed */
	KEY_PHONE = 't',    /* reversed */
	KEY_CODE = 'c',     /* a card's code as scanned */
	KEY_HOUSE = 'n'     /* house number */
};

enum search_where { SEARCH_ALL = 1, SEARCH_VILLAGE_ONLY = 2, SEARCH_BOTH = 3 };

/* Before the name of a row whose letters are one of the less likely readings: 曾 stands after 陈 under "cgl". */
#define SEARCH_LATER "\xEE\x80\x80"

struct search_row {
	const char *key;
	const char *name; /* cleaned; orders equal letters; "" where the key says enough */
	enum search_match match;
	enum search_where where;
};

struct search_rows {
	int64_t village; /* 0 = none: rows of the village table are not stored */
	size_t n, cap;
	struct search_row *v; /* sorted by key and name, distinct */
};

/* All rows of a resident; none for one without a name and for a record that is void or merged.  village is its row id;
 * former are names he had before, ends with NULL (may be NULL itself). */
void search_rows(struct arena *mem, const struct record *resident, int64_t village, const char *const *former,
	struct search_rows *out);

/* < 0, 0, > 0 as the rows' place in the index. */
int search_row_compare(const struct search_row *a, const struct search_row *b);

/* A number of a document, a certificate or a card as it is compared: half-width, capitals, without blanks.  False when it
 * does not fit or nothing is left. */
bool search_identifier(const char *text, char *out, size_t size);

/* What keys are made of and queries are compared with: full-width made plain, lower case, no blanks and no dots (which
 * every keyboard writes differently in 阿依古丽·买买提).  False when it does not fit or nothing is left. */
bool search_clean(const char *text, char *out, size_t size);

/* House numbers: "12号之3" and "12-3" are the same. */
bool search_clean_house(const char *text, char *out, size_t size);

/* Letters and digits only, capitals; reversed, the last max of them. */
bool search_tail(const char *text, size_t max, char *out, size_t size);

enum { SEARCH_KEY_MAX = 320, SEARCH_ID_TAIL = 6, SEARCH_FILE_TAIL = 8, SEARCH_PHONE_TAIL = 12 };

#endif
