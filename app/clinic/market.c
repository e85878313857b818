#include "app/clinic/market.h"

#include <string.h>

#include "app/base/i18n.h"

enum { NEAR = 9, MONTHS_A_WORD = 32 };

/* Lunar months from 25 January 2020 (the first of the first month) on: a set bit is a month of 30 days, else 29.  Two
 * independent libraries agree on every month of the table (lunardate and LunarCalendar of PyPI). */
static const uint32_t long_months[] = {
	0x6aaad52e, 0x5b4ab655, 0x25b92ba9, 0xacab64bb, 0x6d2ad655, 0x96d4aea5, 0xd25e92ec, 0xad2ada55, 0x5b52b6a5, 0x497a4bb2,
	0xb52b6957, 0x6d52daa5, 0x25e92ec9, 0xd4ada4dd,
};

int lunar_month_day(int32_t day)
{
	int32_t at = date_day("2020-01-25");

	if (day < at)
		return 0;
	for (size_t i = 0; i < N_ELEMENTS(long_months) * MONTHS_A_WORD; i++) {
		int length = long_months[i / MONTHS_A_WORD] >> (i % MONTHS_A_WORD) & 1 ? 30 : 29;

		if (day < at + length)
			return (int)(day - at) + 1;
		at += length;
	}
	return 0;
}

static bool refuse(const char *text, struct err *err)
{
	err_set(err, ERR_INVALID_VALUE,
		_("\"%s\" are no market days: numbers of days, with \"lunar\" before them where it is so."), text);
	return err_example(err, "3-8");
}

/* One digit stands for all days that end so. */
static void add_day(struct market_days *m, int number, int digits)
{
	for (int d = number ? number : 10; d <= 31; d += 10) {
		m->days |= UINT32_C(1) << d;
		if (digits > 1)
			break;
	}
}

bool market_parse(const char *text, struct market_days *out, struct err *err)
{
	const char *s = text;

	*out = (struct market_days){ 0 };
	for (const char *const *w = (const char *const[]){ "农历", "lunar", NULL }; *w; w++)
		if (!strncmp(s, *w, strlen(*w))) {
			out->lunar = true;
			s += strlen(*w);
		}
	while (*s) {
		size_t n = strspn(s, "0123456789"), gap = strspn(s, " ,-/.");
		int number = 0;

		if (!n && !gap)
			return refuse(text, err);
		for (size_t i = 0; i < n && i < 3; i++)
			number = number * 10 + (s[i] - '0');
		if (n > 2 || number > 31 || (n == 2 && !number))
			return refuse(text, err);
		if (n)
			add_day(out, number, (int)n);
		s += n ? n : gap;
	}
	return !out->lunar || out->days ? true : refuse(text, err);
}

bool market_is_day(const struct market_days *m, int32_t day)
{
	int d = m->lunar ? lunar_month_day(day) : date_from_day(day).day;

	return d && m->days >> d & 1;
}

int32_t market_day_before(const struct market_days *m, int32_t from, int32_t limit)
{
	if (!m || !m->days)
		return limit;
	for (int32_t day = limit; day > from && day >= limit - NEAR; day--)
		if (market_is_day(m, day))
			return day;
	return limit;
}
