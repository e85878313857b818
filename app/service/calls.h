/* Telephone calls: who was called from the work list, and what came of it. */
#ifndef CUNYI_CALLS_H
#define CUNYI_CALLS_H

#include "app/service/records.h"

/* What follows from an outcome, for the screen that notes it. */
enum call_next {
	CALL_NOTHING,
	CALL_AGAIN,   /* asks when */
	CALL_REFUSAL, /* the refusal is written down */
	CALL_FILE,    /* he is away, moved, died: his file says so */
};
enum call_next call_next_of(const char *outcome);
/* Of CALL_FILE: the day that his file is asked for, a field of the resident's form. */
const char *call_file_field(const char *outcome);

struct call_input {
	const char *resident, *outcome; /* a code of call_outcome_codes */
	const char *phone; /* which number; NULL: his own */
	const char *again_on, *again_time; /* of outcome 2; NULL */
};
/* Notes one call of today by whoever works.  A number that was reached becomes verified, one that is wrong loses that. */
bool call_save(struct app *app, const struct call_input *in, struct arena *mem, struct save_result *result, struct err *err);

/* "改时间再打 2026-11-23 15:00". */
void call_words(const struct record *rec, struct sbuf *out);

struct call_line {
	const char *day, *words, *by; /* ISO; "改时间再打 11-23 15:00"; who called */
};
/* The newest calls about him, at most max. */
bool calls_of(struct app *app, int64_t resident_row, struct arena *mem, struct call_line *out, size_t max, size_t *n,
	struct err *err);

#endif
