/* Calendar dates.  A date is ISO text wherever it is stored or shown; a day number (days since 1970-01-01) where it is
 * reckoned with.  Birth dates may be known by month or year only: "1950-01", "1950". */
#ifndef CUNYI_DATE_H
#define CUNYI_DATE_H

#include "app/base/base.h"

enum { DATE_LEN = 11 }; /* "2026-11-22" and its end */

enum date_precision { DATE_INVALID, DATE_YEAR, DATE_MONTH, DATE_DAY };

struct date {
	int year, month, day; /* month and day are 0 when the precision is coarser */
};

/* Strict ISO: "YYYY", "YYYY-MM", "YYYY-MM-DD", a real calendar date, years 1800-2199.  Anything else: DATE_INVALID. */
enum date_precision date_parse(const char *iso, struct date *out);

/* As people and Excel write them: 1950-01-02, 1950/1/2, 19500102, 1950年1月2日, 1950.1.2, and months and years alone
 * (1950-01, 1950年1月, 1950).  Full-width digits count.  iso (DATE_LEN bytes) gets the ISO text. */
enum date_precision date_parse_loose(const char *text, char *iso);

/* What is typed in a date field, besides the above: "t", "今", "-3", "+14", "0715", "7-15", "150715" (two-digit year: not
 * after today for births, the nearest century otherwise).  today is a day number. */
enum date_precision date_parse_typed(const char *text, int32_t today, bool birth, char *iso);

int date_days_in_month(int year, int month);

/* Day number of a full date; the first day for a coarser one. */
int32_t date_day_number(const struct date *d);
struct date date_from_day(int32_t day);

/* Day number of ISO text, or INT32_MIN when it is NULL, empty or no date. */
#define NO_DAY INT32_MIN
int32_t date_day(const char *iso);

/* Writes "YYYY-MM-DD" into out (DATE_LEN bytes), or "" for a day outside the years 1800-2199, and returns out. */
char *date_iso(int32_t day, char *out);

/* Adds months; the day is clamped to the month's end (30 Nov + 3 = 28 or 29 Feb). */
int32_t date_add_months(int32_t day, int months);

/* Completed years from birth to on; -1 when on lies before birth.  29 Feb counts from 1 Mar in common years. */
int date_age(int32_t birth, int32_t on);

/* Completed months from birth to on. */
int date_age_months(int32_t birth, int32_t on);

/* 0 Sunday ... 6 Saturday. */
int date_weekday(int32_t day);

/* First and last day of the calendar quarter that holds day. */
int32_t date_quarter_start(int32_t day);
int32_t date_quarter_end(int32_t day);
int date_year(int32_t day);

#endif
