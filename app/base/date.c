#include "app/base/date.h"

#include "app/base/utf8.h"

static bool date_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && date_is_leap(year));
}

/* Howard Hinnant's civil calendar arithmetic: years start in March, 400-year eras. */
int32_t date_day_number(const struct date *d)
{
	int m = d->month ? d->month : 1, day = d->day ? d->day : 1;
	int y = d->year - (m <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (int32_t)(era * 146097 + doe - 719468);
}

struct date date_from_day(int32_t day)
{
	int64_t z = (int64_t)day + 719468;
	int era = (int)((z >= 0 ? z : z - 146096) / 146097);
	int doe = (int)(z - (int64_t)era * 146097);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	struct date d = { .day = doy - (153 * mp + 2) / 5 + 1, .month = mp < 10 ? mp + 3 : mp - 9 };

	d.year = yoe + era * 400 + (d.month <= 2);
	return d;
}

static enum date_precision check(const struct date *d)
{
	if (d->year < 1800 || d->year > 2199)
		return DATE_INVALID;
	if (!d->month)
		return DATE_YEAR;
	if (d->month > 12)
		return DATE_INVALID;
	if (!d->day)
		return DATE_MONTH;
	return d->day <= date_days_in_month(d->year, d->month) ? DATE_DAY : DATE_INVALID;
}

static int digits(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

enum date_precision date_parse(const char *iso, struct date *out)
{
	size_t len = strnlen(iso, DATE_LEN);
	struct date d = { 0 };

	if (len != 4 && len != 7 && len != 10)
		return DATE_INVALID;
	d.year = digits(iso, 4);
	if (len >= 7 && (iso[4] != '-' || (d.month = digits(iso + 5, 2)) < 1))
		return DATE_INVALID;
	if (len == 10 && (iso[7] != '-' || (d.day = digits(iso + 8, 2)) < 1))
		return DATE_INVALID;
	if (check(&d) == DATE_INVALID)
		return DATE_INVALID;
	*out = d;
	return check(&d);
}

static void put_digits(char *at, int n, int value)
{
	for (; n-- > 0; value /= 10)
		at[n] = (char)('0' + value % 10);
}

/* By hand: a save writes dozens, and printf would take a fiftieth of its time. */
static enum date_precision write_iso(const struct date *d, char *iso)
{
	enum date_precision p = check(d);
	char buf[] = "0000-00-00";

	if (p == DATE_INVALID)
		return p;
	put_digits(buf, 4, d->year);
	put_digits(buf + 5, 2, d->month);
	put_digits(buf + 8, 2, d->day);
	buf[p == DATE_YEAR ? 4 : p == DATE_MONTH ? 7 : 10] = '\0';
	memcpy(iso, buf, strlen(buf) + 1);
	return p;
}

/* Splits "1950年1月2日", "1950/1/2" ... into at most three numbers.  Returns how many, or 0 if there is anything else. */
static int numbers(const char *text, int num[3], int len[3])
{
	char buf[64];
	const char *s = buf;
	int n = 0;

	if (!utf8_fold_width(text, buf, sizeof buf))
		return 0;
	while (*s == ' ')
		s++;
	while (*s >= '0' && *s <= '9') {
		int l = 0, v = 0;

		if (n == 3)
			return 0;
		for (; s[l] >= '0' && s[l] <= '9' && l < 9; l++)
			v = v * 10 + (s[l] - '0');
		num[n] = v;
		len[n++] = l;
		s += l;
		if (*s == '-' || *s == '/' || *s == '.')
			s++;
		else if (!strncmp(s, "年", 3) || !strncmp(s, "月", 3) || !strncmp(s, "日", 3))
			s += 3;
		else
			break;
	}
	while (*s == ' ')
		s++;
	return *s ? 0 : n;
}

enum date_precision date_parse_loose(const char *text, char *iso)
{
	int num[3] = { 0 }, len[3] = { 0 };
	int n = numbers(text, num, len);
	struct date d = { 0 };

	if (n == 1 && len[0] == 8)
		d = (struct date){ num[0] / 10000, num[0] / 100 % 100, num[0] % 100 };
	else if (n >= 1 && len[0] == 4)
		d = (struct date){ num[0], num[1], num[2] };
	else
		return DATE_INVALID;
	if ((n >= 2 && (num[1] < 1 || len[1] > 2)) || (n == 3 && (num[2] < 1 || len[2] > 2)) ||
		(n == 1 && len[0] == 8 && (d.month < 1 || d.day < 1)))
		return DATE_INVALID;
	return write_iso(&d, iso);
}

static enum date_precision relative(const char *s, int32_t today, char *iso)
{
	int v = 0, n = 0;

	for (; s[1 + n]; n++) {
		if (s[1 + n] < '0' || s[1 + n] > '9' || n == 5)
			return DATE_INVALID;
		v = v * 10 + (s[1 + n] - '0');
	}
	if (!n)
		return DATE_INVALID;
	return *date_iso(today + (*s == '-' ? -v : v), iso) ? DATE_DAY : DATE_INVALID;
}

/* "150715".  Two-digit years: a birth lies in the past; anything else in the century that brings it nearest to today. */
static enum date_precision short_year(const char *s, int32_t today, bool birth, char *iso)
{
	int this_year = date_year(today);
	struct date d = { this_year - this_year % 100 + digits(s, 2), digits(s + 2, 2), digits(s + 4, 2) };

	if (d.month < 1 || d.day < 1)
		return DATE_INVALID;
	if (birth ? date_day_number(&d) > today : d.year > this_year + 50)
		d.year -= 100;
	else if (!birth && d.year < this_year - 50)
		d.year += 100;
	return write_iso(&d, iso);
}

/* "11-05", "11月5日": of this year.  False when it is something else. */
static bool month_and_day(const char *s, int year, struct date *out)
{
	int num[3] = { 0 }, len[3] = { 0 };

	if (numbers(s, num, len) != 2 || len[0] > 2 || len[1] > 2)
		return false;
	*out = (struct date){ year, num[0], num[1] };
	return true;
}

enum date_precision date_parse_typed(const char *text, int32_t today, bool birth, char *iso)
{
	char s[64];
	size_t n;
	struct date now = date_from_day(today), d;

	if (!utf8_fold_width(text, s, sizeof s))
		return DATE_INVALID;
	n = strlen(s);
	if (!strcmp(s, "t") || !strcmp(s, "T") || !strcmp(s, "今") || !strcmp(s, "今天")) {
		date_iso(today, iso);
		return DATE_DAY;
	}
	if (*s == '-' || *s == '+')
		return relative(s, today, iso);
	if (n == 4 && digits(s, 4) >= 101 && digits(s, 4) <= 1231) {
		d = (struct date){ now.year, digits(s, 2), digits(s + 2, 2) };
		if (d.day < 1)
			return DATE_INVALID;
		return write_iso(&d, iso);
	}
	if (n == 6 && digits(s, 6) >= 0)
		return short_year(s, today, birth, iso);
	if (month_and_day(s, now.year, &d))
		return d.month < 1 || d.day < 1 ? DATE_INVALID : write_iso(&d, iso);
	return date_parse_loose(s, iso);
}

int32_t date_day(const char *iso)
{
	struct date d;

	if (!iso || date_parse(iso, &d) == DATE_INVALID)
		return NO_DAY;
	return date_day_number(&d);
}

char *date_iso(int32_t day, char *out)
{
	struct date d = date_from_day(day);

	if (write_iso(&d, out) == DATE_INVALID)
		*out = '\0';
	return out;
}

int32_t date_add_months(int32_t day, int months)
{
	struct date d = date_from_day(day);
	int m = d.year * 12 + d.month - 1 + months;
	int last;

	d.year = m / 12;
	d.month = m % 12 + 1;
	last = date_days_in_month(d.year, d.month);
	if (d.day > last)
		d.day = last;
	return date_day_number(&d);
}

int date_age_months(int32_t birth, int32_t on)
{
	struct date b = date_from_day(birth), o = date_from_day(on);

	if (on < birth)
		return -1;
	return (o.year - b.year) * 12 + o.month - b.month - (o.day < b.day);
}

int date_age(int32_t birth, int32_t on)
{
	int months = date_age_months(birth, on);

	return months < 0 ? -1 : months / 12;
}

int date_weekday(int32_t day)
{
	return (int)(((int64_t)day % 7 + 11) % 7);
}

int32_t date_quarter_start(int32_t day)
{
	struct date d = date_from_day(day);

	d.month = (d.month - 1) / 3 * 3 + 1;
	d.day = 1;
	return date_day_number(&d);
}

int32_t date_quarter_end(int32_t day)
{
	return date_add_months(date_quarter_start(day), 3) - 1;
}

int date_year(int32_t day)
{
	return date_from_day(day).year;
}
