/* Blood pressure: which reading counts.  Two readings one to two minutes apart, the mean decides, all are kept. */
#ifndef CUNYI_BP_H
#define CUNYI_BP_H

#include "app/base/base.h"

/* Readings further apart than this ask for one more (older rule 5, newer guides 10: a setting). */
enum { BP_APART = 5 };

struct bp {
	int sbp, dbp; /* mmHg; 0 = not measured */
};

/* "152/88".  False when it is not two whole numbers of two or three digits; blanks and full-width are not expected. */
bool bp_parse(const char *text, struct bp *out);

/* Mean of n complete readings, halves rounded up; incomplete ones are left out; { 0, 0 } when none is complete. */
struct bp bp_mean(const struct bp *readings, size_t n);

/* True when the last two complete readings differ by more than apart in either number. */
bool bp_one_more(const struct bp *readings, size_t n, int apart);

bool bp_complete(const struct bp *bp);

/* Raised for the purpose of screening: 140 or more, or 90 or more. */
bool bp_raised(const struct bp *bp);

/* Of the emergencies of the norms: 180 or more, or 110 or more. */
bool bp_very_high(const struct bp *bp);

#endif
