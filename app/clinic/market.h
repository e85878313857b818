/* Market days 墟日: patients come to town on them, so proposed dates are drawn to the last one before the limit. */
#ifndef CUNYI_MARKET_H
#define CUNYI_MARKET_H

#include "app/base/date.h"
#include "app/base/err.h"

struct market_days {
	uint32_t days; /* bit d: the d-th of each month; 0 = none */
	bool lunar;    /* of the lunar month */
};

/* "3-8" or "3,8": the days that end so; "10 25": these days; "农历 3-8", "lunar 3-8": of the lunar calendar; "": none.
 * False: err says what is wrong, with an example. */
bool market_parse(const char *text, struct market_days *out, struct err *err) MUST_CHECK;

bool market_is_day(const struct market_days *m, int32_t day);

/* The last market day after `from`, not after `limit` and at most nine days before it; the limit itself where there is none. */
int32_t market_day_before(const struct market_days *m, int32_t from, int32_t limit);

/* Day of the lunar month, 1 to 30; 0 outside the years that are known (25 January 2020 to April 2056). */
int lunar_month_day(int32_t day);

#endif
