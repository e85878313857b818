/* What a programme watches: blood pressure, fasting glucose.  One table says where the value stands in records of any kind;
 * lists, the resident's page, the trend, referral letters and reports read it from there and know no disease. */
#ifndef CUNYI_MEASURE_H
#define CUNYI_MEASURE_H

#include "app/base/sbuf.h"
#include "app/clinic/record.h"

/* Where the value may stand. */
struct measure_place {
	const char *key, *key2;   /* field, and the second of a pair; NULL: no pair */
	const char *only, *code;  /* counts only where this field has this code; NULL: always */
	const char *flag;         /* a code field that stands for a number that the meter cannot show ("LO", "HI"); NULL */
	bool home;                /* told, not taken here: kept in the trend, hollow; no class, no indicator */
};

struct measure {
	const char *key;          /* "bp" */
	struct term name;         /* "血压" */
	struct term axis;         /* what the trend draws of it: "收缩压" */
	const char *mark;         /* before the number where only lines of text stand around it: "CAT "; NULL: it needs none */
	uint8_t places;           /* decimal places of the value */
	const struct measure_place *places_of; /* the first that is filled counts; ends with key NULL */
	const char *target, *target2; /* fields of the programme's targets that it is compared with */
	bool higher_is_worse;     /* out of target lies above it */
};

/* One value of a record. */
struct measured {
	int64_t value, value2;    /* in 10^places; value2 of a pair, else 0 */
	const char *flag;         /* "LO", "HI": there is no number; NULL */
	bool home;
};

/* False when the record does not say it. */
bool measure_read(const struct measure *m, const struct record *rec, struct measured *out);
/* The same, but never what was told. */
bool measure_taken(const struct measure *m, const struct record *rec, struct measured *out);

/* Was a value taken that is at or above either limit (in the measure's scale; 0: no limit)?  By what was typed, not by what is
 * said of it: a glucose of 6.95 is below 7.0.  "HI" is above any. */
bool measure_reaches(const struct measure *m, const struct record *rec, int64_t from, int64_t from2);

/* Appends "152/88", "6.4", "LO". */
void measure_format(const struct measure *m, const struct measured *v, struct sbuf *out);
/* Appends what the record says, taken or told, with its mark; false (and nothing) when it does not. */
bool measure_words(const struct measure *m, const struct record *rec, struct sbuf *out);

#endif
