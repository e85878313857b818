/* Time, injected: whoever needs it is given a struct clock.  Tests and the demo turn a manual clock; a practice clinic
 * may fix today's date.  Instants are milliseconds since 1970 UTC; days are day numbers of the local calendar. */
#ifndef CUNYI_CLOCK_H
#define CUNYI_CLOCK_H

#include "app/base/base.h"

struct clock {
	int64_t (*now_ms)(void *ctx);
	void *ctx;
	bool fixed; /* today is fixed_today whatever the instant: practice clinics only */
	int32_t fixed_today;
};

/* The machine's clock. */
void clock_init_real(struct clock *c);

/* A clock that stands still at *now until the caller changes it: tests, and the demo's years of history. */
void clock_init_manual(struct clock *c, int64_t *now);

/* Milliseconds of a clock that only goes forward, whatever people do to the date: for waiting, never for stamps. */
int64_t clock_steady_ms(void);
/* Does nothing for so long.  Background work only: a screen never waits. */
void clock_pause_ms(int64_t ms);

/* The instant.  Never the fixed day: stamps and ids stay true in a practice clinic as well. */
int64_t clock_now(const struct clock *c);

/* Waits; the machine's clock only, a manual one goes nowhere by itself. */
void clock_pause(const struct clock *c, int64_t ms);

/* Does it lie less than ms back?  What lies ahead does not: somebody has set the clock back since. */
static inline bool clock_within(int64_t at, int64_t now, int64_t ms)
{
	return at <= now && now - at < ms;
}

/* Today in the local calendar, or the fixed day. */
int32_t clock_today(const struct clock *c);

/* Local calendar day of an instant, and the minute of that day (0-1439) into *minute unless NULL. */
int32_t clock_day_of(int64_t ms, int *minute);

/* "2026-11-22T10:05:33.120+08:00" with the local offset at that instant; returns out.  Years 0-9999. */
enum { CLOCK_LEN = 32 };
char *clock_rfc3339(int64_t ms, char out[CLOCK_LEN]);

/* The same instant in UTC: "2026-11-22T02:05:33.120Z". */
char *clock_utc(int64_t ms, char out[CLOCK_LEN]);

/* Reads RFC 3339 with seconds and an offset or Z, with or without a fraction (cut to milliseconds). */
bool clock_parse(const char *text, int64_t *ms) MUST_CHECK;

#endif
