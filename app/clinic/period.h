/* The time a report is about: a month, a quarter, a year.  Many counties count a month from the 26th to the 25th, so the
 * first day is a setting. */
#ifndef CUNYI_PERIOD_H
#define CUNYI_PERIOD_H

#include "app/base/date.h"
#include "app/base/err.h"
#include "app/base/i18n.h"

enum period_kind { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

enum { PERIOD_LEN = 16, PERIOD_FIRST_DAY_MAX = 28 };

struct period {
	enum period_kind kind;
	int year, part;        /* part: month 1-12, quarter 1-4, 0 for a year */
	char text[PERIOD_LEN]; /* "2026-10", "2026-Q4", "2026" */
	int32_t from, to;      /* day numbers, both inclusive; to is the cut-off of the year to date */
	int32_t year_from;     /* 1 January of the cut-off's year: indicators are year to date */
};

/* "2026-10", "2026-Q4" (q too), "2026".  first_day 1: calendar months; 26: October is 26 September to 25 October.  A year
 * is always 1 January to 31 December.  usage with an example otherwise. */
bool period_parse(const char *text, int first_day, struct period *out, struct err *err) MUST_CHECK;

/* The month that is usually reported on that day: the last one that has ended. */
void period_last_month(int32_t today, int first_day, struct period *out);
/* The period before or after. */
void period_move(struct period *p, int by, int first_day);

/* "2026年10月" / "October 2026", for titles: PERIOD_TITLE bytes, in the present language; returns out. */
enum { PERIOD_TITLE = 48 };
char *period_title(const struct period *p, char *out);

#endif
