/* When somebody is due, overdue, in the year's or quarter's count; and which dates a follow-up may have. */
#ifndef CUNYI_SCHEDULE_H
#define CUNYI_SCHEDULE_H

#include "app/base/date.h"

enum { SCHEDULE_RECHECK_DAYS = 14, SCHEDULE_ROUTINE_MONTHS = 3, SCHEDULE_YEARLY_VISITS = 4 };

struct due_input {
	int32_t last;          /* last visit, or the enrolment where there was none; NO_DAY: nothing is due */
	int expected;          /* follow-ups this year; 0: not known, the routine date is not refined */
	int done;              /* face to face in this calendar year, the last one included */
	int year;              /* 0: the year of last */
	int months, days;      /* the interval: months > 0 is a routine visit, else again within so many days */
	int32_t referral_check;/* NO_DAY, or the day by which an open referral is checked: never later than that */
};

/* The work list's date.  A recheck comes after its days.  The routine date (months, clamped) is drawn nearer so that the
 * year's remaining visits still fit before 31 December: last + days left / visits left; when they cannot fit on days of
 * their own any more, the months stand. */
int32_t schedule_next_due(const struct due_input *in);

/* Days over: 0 on the due day and before, or when nothing is due. */
int32_t schedule_overdue_days(int32_t due, int32_t today);

/* How many follow-ups the year of `end` demands by then of somebody enrolled on that day: one for each quarter that has
 * ended by `end` (year to date), from the quarter of the enrolment on.  NO_DAY: enrolled long ago.  0 when enrolled
 * after `end`. */
int schedule_expected_visits(int32_t enrolled, int32_t end);

/* The same for the whole year of `day`: what the work list plans with. */
int schedule_expected_in_year(int32_t enrolled, int32_t day);

/* "This quarter not yet visited, n days left": days after today to the end of the quarter. */
int32_t schedule_quarter_days_left(int32_t today);
bool schedule_in_quarter(int32_t day, int32_t today);

/* 65 in the year: reached on 31 December.  dob may be known by month or year only; a false or empty one does not count. */
bool schedule_is_65(const char *dob, int year);

/* May a follow-up carry this date? */
enum followup_date {
	FOLLOWUP_DATE_FINE,
	FOLLOWUP_DATE_FUTURE,
	FOLLOWUP_DATE_BEFORE_BIRTH,
	FOLLOWUP_DATE_AFTER_DEATH,
	FOLLOWUP_DATE_BEFORE_ENROLMENT /* a warning only */
};
struct followup_days {
	int32_t visit, today, born, died, enrolled; /* NO_DAY: not known */
};
enum followup_date schedule_followup_date(const struct followup_days *d);
const char *followup_date_name(enum followup_date r);     /* "after_death" */
const char *followup_date_sentence(enum followup_date r); /* in the present language; NULL when fine */

#endif
