#include "app/clinic/period.h"

#include <ctype.h>

static int32_t day_of(int year, int month, int day)
{
	struct date d = { year, month, day };

	return date_day_number(&d);
}

/* First day of a month as the county counts it: of October and 26 it is 26 September. */
static int32_t month_start(int year, int month, int first_day)
{
	if (first_day > 1 && --month == 0) {
		month = 12;
		year--;
	}
	return day_of(year, month, first_day);
}

/* month may be 13: January of the next year. */
static int32_t start_of(int year, int month, int first_day)
{
	return month > 12 ? month_start(year + 1, month - 12, first_day) : month_start(year, month, first_day);
}

static void fill(struct period *p, int first_day)
{
	switch (p->kind) {
	case PERIOD_MONTH:
		p->from = start_of(p->year, p->part, first_day);
		p->to = start_of(p->year, p->part + 1, first_day) - 1;
		snprintf(p->text, sizeof p->text, "%04d-%02d", p->year, p->part);
		break;
	case PERIOD_QUARTER:
		p->from = start_of(p->year, p->part * 3 - 2, first_day);
		p->to = start_of(p->year, p->part * 3 + 1, first_day) - 1;
		snprintf(p->text, sizeof p->text, "%04d-Q%d", p->year, p->part);
		break;
	case PERIOD_YEAR:
		p->from = day_of(p->year, 1, 1);
		p->to = day_of(p->year, 12, 31);
		snprintf(p->text, sizeof p->text, "%04d", p->year);
		break;
	}
	p->year_from = day_of(date_year(p->to), 1, 1);
}

static bool digits(const char *s, size_t n, int *out)
{
	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (!isdigit((unsigned char)s[i]))
			return false;
		*out = *out * 10 + (s[i] - '0');
	}
	return true;
}

static bool read_part(const char *text, struct period *p)
{
	const size_t n = strlen(text);

	if (n == 4) {
		p->kind = PERIOD_YEAR;
		return true;
	}
	if (n != 7 || text[4] != '-')
		return false;
	if (text[5] == 'Q' || text[5] == 'q') {
		p->kind = PERIOD_QUARTER;
		return digits(text + 6, 1, &p->part) && p->part >= 1 && p->part <= 4;
	}
	p->kind = PERIOD_MONTH;
	return digits(text + 5, 2, &p->part) && p->part >= 1 && p->part <= 12;
}

bool period_parse(const char *text, int first_day, struct period *out, struct err *err)
{
	*out = (struct period){ 0 };
	if (strlen(text) >= 4 && digits(text, 4, &out->year) && out->year >= 1900 && out->year < 2199 && read_part(text, out)) {
		fill(out, first_day);
		return true;
	}
	err_set(err, ERR_USAGE, _("\"%s\" is no month, quarter or year."), text);
	return err_example(err, "2026-10, 2026-Q4, 2026");
}

void period_last_month(int32_t today, int first_day, struct period *out)
{
	const struct date d = date_from_day(today);

	*out = (struct period){ .kind = PERIOD_MONTH, .year = d.year, .part = d.month };
	period_move(out, 1, first_day); /* the month that holds today may be named after the next one */
	while (out->to >= today)
		period_move(out, -1, first_day);
}

void period_move(struct period *p, int by, int first_day)
{
	const int parts = p->kind == PERIOD_MONTH ? 12 : p->kind == PERIOD_QUARTER ? 4 : 1;
	int n = p->year * parts + (p->part ? p->part - 1 : 0) + by;

	p->year = n / parts;
	p->part = p->kind == PERIOD_YEAR ? 0 : n % parts + 1;
	fill(p, first_day);
}

char *period_title(const struct period *p, char *out)
{
	switch (p->kind) {
	case PERIOD_MONTH:
		/* TRANSLATORS: year, month: "2026-10" */
		snprintf(out, PERIOD_TITLE, _("%d-%02d"), p->year, p->part);
		break;
	case PERIOD_QUARTER:
		/* TRANSLATORS: year, quarter */
		snprintf(out, PERIOD_TITLE, _("%d quarter %d"), p->year, p->part);
		break;
	case PERIOD_YEAR:
		/* TRANSLATORS: a year */
		snprintf(out, PERIOD_TITLE, _("year %d"), p->year);
		break;
	}
	return out;
}
