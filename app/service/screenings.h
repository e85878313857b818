/* The screening book 筛查登记: everybody who was measured, whom to measure again, whom to ask whether it was confirmed, who is
 * at high risk.  A list is ids only; rows are read as they are shown. */
#ifndef CUNYI_SCREENINGS_H
#define CUNYI_SCREENINGS_H

#include "app/service/app.h"
#include "app/service/tasks.h"

enum screening_which {
	SCREENING_ALL,
	SCREENING_SUSPECTED, /* the last sheet says refer, and nobody knows the result yet */
	SCREENING_RAISED,    /* the last sheet says measure again on another day */
	SCREENING_HIGH_RISK,
	SCREENING_WHICH_COUNT
};

/* Rows of records, the newest first; of 2 and more only the last sheet of each person.  The caller frees *ids. */
bool screening_ids(struct app *app, enum screening_which which, int64_t village, int64_t **ids, size_t *n, struct err *err);

struct screening_row {
	const char *id, *resident, *name, *day, *bp, *fpg; /* "" when there is none */
	const char *bp_result, *glucose_result, *confirmed; /* in words */
	bool high_risk, raised;
	const char *next_due;
};

bool screening_read(struct app *app, int64_t row, struct arena *mem, struct screening_row *out, struct err *err);

/* Of the task "screening". */
bool screening_task_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err);

#endif
