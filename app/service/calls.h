/* Telephone outcomes: who was called from the work list, and what came of it.  They stay on this device: they are about
 * reaching people, not about their health; a number that was reached is marked verified in the person's record, which
 * does travel. */
#ifndef CUNYI_CALLS_H
#define CUNYI_CALLS_H

#include "app/base/i18n.h"
#include "app/service/app.h"

struct call_outcome {
	const char *code;
	struct term term;
	bool reached; /* the number is right */
	bool wrong;   /* the number is not */
};
extern const struct call_outcome call_outcomes[];
extern const size_t call_outcome_count;

struct call {
	int64_t at;          /* UTC milliseconds */
	const char *outcome; /* words in the present language */
	const char *by;      /* who called */
};

/* Notes one call by whoever works.  A number that was reached becomes verified today, one that is wrong loses that. */
bool call_note(struct app *app, const char *resident, const char *code, struct err *err);
/* The newest call about him; false in *found when there is none. */
bool call_last(struct app *app, int64_t resident_row, struct arena *mem, struct call *out, bool *found, struct err *err);

#endif
