/* Identity numbers: the resident id of GB 11643-1999, its fifteen-digit forerunner, the permits of people from Hong Kong,
 * Macao, Taiwan and abroad, and the eighteen-character code of organisations (GB 32100-2015).
 *
 * A check never guesses away what a card says: an unknown region and a very old birth date are warnings, because
 * counties are abolished and merged while ids are not reissued. */
#ifndef CUNYI_IDCARD_H
#define CUNYI_IDCARD_H

#include "app/base/date.h"
#include "app/base/err.h"
#include "app/base/i18n.h"

enum { ID_LEN = 19 }; /* eighteen characters and the end */

enum id_result {
	ID_ACCEPT,       /* checked by arithmetic */
	ID_ACCEPT_SHAPE, /* the shape is right; nothing more can be checked */
	ID_MANUAL,       /* a person must decide: see reason */
	ID_REJECT
};

enum id_reason { ID_FINE, ID_LENGTH, ID_CHARSET, ID_DATE, ID_CHECK_DIGIT, ID_FUTURE_DATE, ID_CENTENARIAN_15 };

enum id_type {
	ID_TYPE_NONE,
	ID_RESIDENT,        /* resident id number, 18 characters */
	ID_OLD15,           /* fifteen digits, not valid since 2013; found in old paper files */
	ID_HMT_HK,          /* residence permit of Hong Kong, Macao and Taiwan residents */
	ID_HMT_MO,
	ID_HMT_TW,
	ID_FOREIGN_18,      /* foreign permanent resident, cards from 2023-12-01 */
	ID_FOREIGN_OLD15,   /* the cards before: 3 letters, 12 digits */
	ID_PERMIT_HKMO,     /* travel permit of Hong Kong and Macao residents */
	ID_PERMIT_TW,       /* travel permit of Taiwan residents */
	ID_PASSPORT,
	ID_OFFICER,
	ID_HOUSEHOLD_BOOK,
	ID_DRIVING_LICENCE,
	ID_OTHER,
	ID_TYPE_COUNT
};

enum { ID_WARN_REGION = 1, ID_WARN_AGE = 2 };

struct id_check {
	enum id_result result;
	enum id_reason reason;
	enum id_type type;         /* ID_TYPE_NONE when rejected before it was known */
	unsigned warn;             /* ID_WARN_... */
	int sex;                   /* 1 male, 2 female; 0 when the number does not tell */
	char dob[DATE_LEN];        /* "" when the number does not tell */
	char norm[64];             /* as it is stored: trimmed, half-width, upper case */
	char upgraded[ID_LEN];     /* ID_OLD15: the same number with eighteen characters */
};

/* The document types of CV02.01.101 (Ministry value set), as a form offers them. */
struct id_document {
	const char *code; /* "01" */
	const char *key;  /* "resident_id" */
	struct term name;
};
extern const struct id_document id_documents[];
extern const size_t id_document_count;
const struct id_document *id_document_by_code(const char *code); /* code or key; NULL if there is none */

/* Checks text in the order length, charset, date, check character, future date.  today is a day number; NO_DAY
 * asks neither for a future date nor for the age.
 * document is a code of CV02.01.101, or NULL: the kind is told by the shape then.  Under "01" the eighteen characters
 * of residence permits count too, because the reader reports them so. */
void id_check(const char *text, const char *document, int32_t today, struct id_check *out);

/* A sentence for the user in the present language about a number that was not accepted, or about its warning;
 * NULL when there is nothing to say: never of one that was rejected. */
const char *id_check_sentence(const struct id_check *check);

/* The stable words of golden cases and of --json: "accept_shape", "check_digit", "hmt_hk". */
const char *id_result_name(enum id_result result);
const char *id_reason_name(enum id_reason reason);
const char *id_type_name(enum id_type type);

/* Check character for the first seventeen digits, '0'-'9' or 'X'.  The caller guarantees digits. */
char id_check_char(const char *seventeen);

/* What the form says against what the number says.  sex is a code of GB/T 2261.1; 0, 9, an empty sex and an empty date
 * contradict nothing; a date known by month or year is compared as far as it goes. */
struct id_match {
	bool sex, dob;
};
struct id_match id_vs_declared(const struct id_check *check, const char *sex, const char *dob);

/* For screens and logs: the first six and the last four characters stay ("350299********0048"); of short numbers only
 * the last four; of four or fewer none.  Writes out (size bytes) and returns it. */
char *id_mask(const char *id, char *out, size_t size);

/* Unified social credit code.  norm (ID_LEN bytes) gets the code as it is stored. */
enum id_reason org_code_check(const char *text, char *norm);

#endif
