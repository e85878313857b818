#include "app/clinic/schedule.h"

#include "app/base/i18n.h"

static int32_t day_of(int year, int month, int day)
{
	struct date d = { year, month, day };

	return date_day_number(&d);
}

/* Last day that still leaves room for the other visits of the year; NO_DAY when there is no such day. */
static int32_t year_share(const struct due_input *in)
{
	int year = in->year ? in->year : date_year(in->last);
	int open = in->expected - in->done;
	int32_t left = day_of(year, 12, 31) - in->last;

	if (in->expected <= 0 || open < 1 || left / open < 1)
		return NO_DAY;
	return in->last + left / open;
}

int32_t schedule_next_due(const struct due_input *in)
{
	int32_t due, share;

	if (in->last == NO_DAY)
		return NO_DAY;
	if (in->months > 0) {
		due = date_add_months(in->last, in->months);
		share = year_share(in);
		if (share != NO_DAY && share < due)
			due = share;
	} else {
		due = in->last + in->days;
	}
	if (in->referral_check != NO_DAY && in->referral_check < due)
		due = in->referral_check;
	return due;
}

int32_t schedule_overdue_days(int32_t due, int32_t today)
{
	return due == NO_DAY || today <= due ? 0 : today - due;
}

static int quarter(int32_t day)
{
	return (date_from_day(day).month - 1) / 3;
}

int schedule_expected_visits(int32_t enrolled, int32_t end)
{
	int first, past_last;

	if (enrolled != NO_DAY && enrolled > end)
		return 0;
	first = enrolled == NO_DAY || date_year(enrolled) < date_year(end) ? 0 : quarter(enrolled);
	past_last = quarter(end) + (end == date_quarter_end(end));
	return past_last > first ? past_last - first : 0;
}

int schedule_expected_in_year(int32_t enrolled, int32_t day)
{
	return schedule_expected_visits(enrolled, day_of(date_year(day), 12, 31));
}

int32_t schedule_quarter_days_left(int32_t today)
{
	return date_quarter_end(today) - today;
}

bool schedule_in_quarter(int32_t day, int32_t today)
{
	return day != NO_DAY && date_quarter_start(day) == date_quarter_start(today);
}

bool schedule_is_65(const char *dob, int year)
{
	struct date d;

	return dob && date_parse(dob, &d) != DATE_INVALID && d.year <= year - 65;
}

static const struct {
	const char *name, *sentence;
} date_results[] = {
	[FOLLOWUP_DATE_FINE] = { "", NULL },
	[FOLLOWUP_DATE_FUTURE] = { "future_date", N_("The follow-up date lies in the future.") },
	[FOLLOWUP_DATE_BEFORE_BIRTH] = { "before_birth", N_("The follow-up date lies before the birth date.") },
	[FOLLOWUP_DATE_AFTER_DEATH] = { "after_death", N_("The follow-up date lies after the date of death.") },
	[FOLLOWUP_DATE_BEFORE_ENROLMENT] = { "before_enrolment",
		N_("The follow-up date lies before the enrolment; please make sure that it is right.") },
};

enum followup_date schedule_followup_date(const struct followup_days *d)
{
	if (d->today != NO_DAY && d->visit > d->today)
		return FOLLOWUP_DATE_FUTURE;
	if (d->born != NO_DAY && d->visit < d->born)
		return FOLLOWUP_DATE_BEFORE_BIRTH;
	if (d->died != NO_DAY && d->visit > d->died)
		return FOLLOWUP_DATE_AFTER_DEATH;
	if (d->enrolled != NO_DAY && d->visit < d->enrolled)
		return FOLLOWUP_DATE_BEFORE_ENROLMENT;
	return FOLLOWUP_DATE_FINE;
}

const char *followup_date_name(enum followup_date r)
{
	return date_results[r].name;
}

const char *followup_date_sentence(enum followup_date r)
{
	return date_results[r].sentence ? _(date_results[r].sentence) : NULL;
}
