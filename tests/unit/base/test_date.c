#include "app/base/date.h"
#include "support/base/check.h"

static void date_parse__reads__strict_iso(void **state UNUSED)
{
	static const struct {
		const char *text;
		enum date_precision precision;
		int year, month, day;
	} cases[] = {
		{ "2026-11-22", DATE_DAY, 2026, 11, 22 },  { "2024-02-29", DATE_DAY, 2024, 2, 29 },
		{ "2000-02-29", DATE_DAY, 2000, 2, 29 },   { "1800-01-01", DATE_DAY, 1800, 1, 1 },
		{ "2199-12-31", DATE_DAY, 2199, 12, 31 },  { "1950-01", DATE_MONTH, 1950, 1, 0 },
		{ "1950", DATE_YEAR, 1950, 0, 0 },         { "2026-02-29", DATE_INVALID, 0, 0, 0 },
		{ "1900-02-29", DATE_INVALID, 0, 0, 0 },   { "2026-13-01", DATE_INVALID, 0, 0, 0 },
		{ "2026-00-01", DATE_INVALID, 0, 0, 0 },   { "2026-04-31", DATE_INVALID, 0, 0, 0 },
		{ "2026-01-00", DATE_INVALID, 0, 0, 0 },   { "2026-1-1", DATE_INVALID, 0, 0, 0 },
		{ "2026/01/01", DATE_INVALID, 0, 0, 0 },   { "1799-12-31", DATE_INVALID, 0, 0, 0 },
		{ "2200-01-01", DATE_INVALID, 0, 0, 0 },   { "2026-11-22 ", DATE_INVALID, 0, 0, 0 },
		{ "2026-11-221", DATE_INVALID, 0, 0, 0 },  { "", DATE_INVALID, 0, 0, 0 },
		{ "-026-11-22", DATE_INVALID, 0, 0, 0 },   { "2026-1-221", DATE_INVALID, 0, 0, 0 },
		{ "2026-00", DATE_INVALID, 0, 0, 0 },      { "今天", DATE_INVALID, 0, 0, 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct date d = { 0 };

		assert_case(date_parse(cases[i].text, &d) == cases[i].precision, i, cases[i].text);
		assert_case(d.year == cases[i].year && d.month == cases[i].month && d.day == cases[i].day, i,
			cases[i].text);
	}
}

struct text_case {
	const char *text, *iso; /* NULL: refused */
	enum date_precision precision;
};

static void date_parse_loose__reads__what_people_and_excel_write(void **state UNUSED)
{
	static const struct text_case cases[] = {
		{ "1950-01-02", "1950-01-02", DATE_DAY },     { "1950/1/2", "1950-01-02", DATE_DAY },
		{ "19500102", "1950-01-02", DATE_DAY },       { "1950年1月2日", "1950-01-02", DATE_DAY },
		{ "1950.1.2", "1950-01-02", DATE_DAY },       { "１９５０年１月２日", "1950-01-02", DATE_DAY },
		{ "１９５０－１－２", "1950-01-02", DATE_DAY }, { " 1950-1-2　", "1950-01-02", DATE_DAY },
		{ "1950。1。2", "1950-01-02", DATE_DAY },     { "1950年1月", "1950-01", DATE_MONTH },
		{ "1950-01", "1950-01", DATE_MONTH },         { "1950年", "1950", DATE_YEAR },
		{ "1950", "1950", DATE_YEAR },                { "1950年1月2", "1950-01-02", DATE_DAY },
		{ "1950-13-01", NULL, DATE_INVALID },         { "1950-1-32", NULL, DATE_INVALID },
		{ "1950-0-1", NULL, DATE_INVALID },           { "1950-1-0", NULL, DATE_INVALID },
		{ "50-1-2", NULL, DATE_INVALID },             { "1950-1-2-3", NULL, DATE_INVALID },
		{ "1950x1x2", NULL, DATE_INVALID },           { "19500230", NULL, DATE_INVALID },
		{ "19500002", NULL, DATE_INVALID },           { "19501300", NULL, DATE_INVALID },
		{ "1950102", NULL, DATE_INVALID },            { "195001023", NULL, DATE_INVALID },
		{ "1950-001-2", NULL, DATE_INVALID },         { "", NULL, DATE_INVALID },
		{ "不详", NULL, DATE_INVALID },               { "1950-01-02T00:00:00", NULL, DATE_INVALID },
		{ "18267", NULL, DATE_INVALID },              { "1950--1", NULL, DATE_INVALID },
		{ "99999999999999999999", NULL, DATE_INVALID },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char iso[DATE_LEN] = "";

		assert_case(date_parse_loose(cases[i].text, iso) == cases[i].precision, i, cases[i].text);
		assert_case(!strcmp(iso, cases[i].iso ? cases[i].iso : ""), i, iso);
	}
}

static void date_parse_typed__reads__short_forms(void **state UNUSED)
{
	static const struct {
		const char *text;
		bool birth;
		const char *iso;
	} cases[] = {
		{ "t", false, "2026-11-22" },          { "T", false, "2026-11-22" },
		{ "今", false, "2026-11-22" },         { "今天", false, "2026-11-22" },
		{ "-3", false, "2026-11-19" },         { "+14", false, "2026-12-06" },
		{ "＋１４", false, "2026-12-06" },     { "-22", false, "2026-10-31" },
		{ "0715", false, "2026-07-15" },       { "1231", false, "2026-12-31" },
		{ "0229", false, NULL },               { "150715", false, "2015-07-15" },
		{ "7-15", false, "2026-07-15" },       { "11/05", false, "2026-11-05" },
		{ "11月5日", false, "2026-11-05" },    { "12.31", false, "2026-12-31" },
		{ "13-01", false, NULL },              { "2-29", false, NULL },
		{ "0-5", false, NULL },                { "5-0", false, NULL },               { "111-05", false, NULL },
		{ "150715", true, "2015-07-15" },      { "260101", true, "2026-01-01" },
		{ "270101", true, "1927-01-01" },      { "270101", false, "2027-01-01" },
		{ "500101", true, "1950-01-01" },      { "760101", false, "2076-01-01" },
		{ "770101", false, "1977-01-01" },     { "261231", true, "1926-12-31" },
		{ "1950", false, "1950" },             { "2026", false, "2026" },
		{ "1950-1-2", true, "1950-01-02" },    { "19500102", true, "1950-01-02" },
		{ "", false, NULL },                   { "-", false, NULL },
		{ "+", false, NULL },                  { "+1x", false, NULL },
		{ "-123456", false, NULL },            { "0732", false, NULL },
		{ "0700", false, NULL },               { "151301", false, NULL },
		{ "150700", false, NULL },             { "150230", false, NULL },
		{ "tt", false, NULL },                 { "1", false, NULL },
		{ "+99999", false, NULL },             { "-99999", false, NULL },             { "261122", true, "2026-11-22" },
		{ "261123", true, "1926-11-23" },      { "000229", true, "2000-02-29" },
	};
	int32_t today = date_day("2026-11-22");

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char iso[DATE_LEN] = "";
		enum date_precision p = date_parse_typed(cases[i].text, today, cases[i].birth, iso);

		assert_case((p != DATE_INVALID) == (cases[i].iso != NULL), i, cases[i].text);
		assert_case(!strcmp(iso, cases[i].iso ? cases[i].iso : ""), i, iso);
	}
}

/* The century of a two-digit year at the edge of one. */
static void date_parse_typed__keeps_the_nearest_century__early_in_a_century(void **state UNUSED)
{
	char iso[DATE_LEN];

	date_parse_typed("990101", date_day("2101-06-01"), false, iso);
	assert_string_equal(iso, "2099-01-01");
	date_parse_typed("990101", date_day("2101-06-01"), true, iso);
	assert_string_equal(iso, "2099-01-01");
	date_parse_typed("050101", date_day("2098-06-01"), false, iso);
	assert_string_equal(iso, "2105-01-01");
	date_parse_typed("050101", date_day("2098-06-01"), true, iso);
	assert_string_equal(iso, "2005-01-01");
}

static void date_day_number__inverts__every_day_of_four_centuries(void **state UNUSED)
{
	int32_t day = date_day("1800-01-01");
	struct date d = { 1800, 1, 1 };

	assert_int_equal(date_day("1970-01-01"), 0);
	assert_int_equal(date_day("1969-12-31"), -1);
	assert_int_equal(date_day("2000-03-01"), 11017);
	for (; d.year < 2200; day++) {
		struct date back = date_from_day(day);

		assert_int_equal(date_day_number(&d), day);
		assert_true(back.year == d.year && back.month == d.month && back.day == d.day);
		if (++d.day > date_days_in_month(d.year, d.month)) {
			d.day = 1;
			if (++d.month > 12) {
				d.month = 1;
				d.year++;
			}
		}
	}
}

static void date_day__gives_no_day__for_what_is_no_date(void **state UNUSED)
{
	assert_int_equal(date_day(NULL), NO_DAY);
	assert_int_equal(date_day(""), NO_DAY);
	assert_int_equal(date_day("2026-02-30"), NO_DAY);
	assert_int_equal(date_day("2026-02"), date_day("2026-02-01"));
	assert_int_equal(date_day("2026"), date_day("2026-01-01"));
}

static void date_days_in_month__is_zero__outside(void **state UNUSED)
{
	assert_int_equal(date_days_in_month(2026, 0), 0);
	assert_int_equal(date_days_in_month(2026, 13), 0);
	assert_int_equal(date_days_in_month(2024, 2), 29);
	assert_int_equal(date_days_in_month(1900, 2), 28);
	assert_int_equal(date_days_in_month(2000, 2), 29);
}

static void date_add_months__clamps__to_the_months_end(void **state UNUSED)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{ "2025-11-30", 3, "2026-02-28" }, { "2023-11-30", 3, "2024-02-29" }, { "2026-11-22", 3, "2027-02-22" },
		{ "2026-01-31", 1, "2026-02-28" }, { "2026-03-31", -1, "2026-02-28" }, { "2024-02-29", 12, "2025-02-28" },
		{ "2026-12-31", 2, "2027-02-28" }, { "2026-01-15", -1, "2025-12-15" }, { "2026-08-31", 0, "2026-08-31" },
		{ "2026-05-31", -25, "2024-04-30" }, { "2026-12-01", 1, "2027-01-01" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char iso[DATE_LEN];

		date_iso(date_add_months(date_day(cases[i].from), cases[i].months), iso);
		assert_case(!strcmp(iso, cases[i].to), i, iso);
	}
}

static void date_age__counts__completed_years_and_months(void **state UNUSED)
{
	static const struct {
		const char *birth, *on;
		int years, months;
	} cases[] = {
		{ "1950-06-15", "2026-06-14", 75, 911 }, { "1950-06-15", "2026-06-15", 76, 912 },
		{ "2024-02-29", "2025-02-28", 0, 11 },   { "2024-02-29", "2025-03-01", 1, 12 },
		{ "2024-02-29", "2028-02-28", 3, 47 },   { "2024-02-29", "2028-02-29", 4, 48 },
		{ "2026-11-22", "2026-11-22", 0, 0 },    { "2026-11-23", "2026-11-22", -1, -1 },
		{ "2026-01-31", "2026-02-28", 0, 0 },    { "2026-01-31", "2026-03-01", 0, 1 },
		{ "1961-11-22", "2026-11-21", 64, 779 }, { "1961-11-22", "2026-11-22", 65, 780 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		assert_case(date_age(date_day(cases[i].birth), date_day(cases[i].on)) == cases[i].years, i, cases[i].on);
		assert_case(date_age_months(date_day(cases[i].birth), date_day(cases[i].on)) == cases[i].months, i,
			cases[i].on);
	}
}

static void date_weekday__is_right__around_the_epoch_and_now(void **state UNUSED)
{
	assert_int_equal(date_weekday(date_day("1970-01-01")), 4);
	assert_int_equal(date_weekday(date_day("1969-12-31")), 3);
	assert_int_equal(date_weekday(date_day("1969-12-28")), 0);
	assert_int_equal(date_weekday(date_day("2026-11-22")), 0);
	assert_int_equal(date_weekday(date_day("2024-02-29")), 4);
	assert_int_equal(date_weekday(date_day("1800-01-01")), 3);
}

static void date_quarter__has__first_and_last_day(void **state UNUSED)
{
	static const char *const cases[][3] = {
		{ "2026-01-01", "2026-01-01", "2026-03-31" }, { "2026-03-31", "2026-01-01", "2026-03-31" },
		{ "2026-04-01", "2026-04-01", "2026-06-30" }, { "2026-09-30", "2026-07-01", "2026-09-30" },
		{ "2026-12-31", "2026-10-01", "2026-12-31" }, { "2024-02-29", "2024-01-01", "2024-03-31" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char iso[DATE_LEN];

		assert_string_equal(date_iso(date_quarter_start(date_day(cases[i][0])), iso), cases[i][1]);
		assert_string_equal(date_iso(date_quarter_end(date_day(cases[i][0])), iso), cases[i][2]);
		assert_int_equal(date_year(date_day(cases[i][0])), atoi(cases[i][0]));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(date_parse__reads__strict_iso),
		cmocka_unit_test(date_parse_loose__reads__what_people_and_excel_write),
		cmocka_unit_test(date_parse_typed__reads__short_forms),
		cmocka_unit_test(date_parse_typed__keeps_the_nearest_century__early_in_a_century),
		cmocka_unit_test(date_day_number__inverts__every_day_of_four_centuries),
		cmocka_unit_test(date_day__gives_no_day__for_what_is_no_date),
		cmocka_unit_test(date_days_in_month__is_zero__outside),
		cmocka_unit_test(date_add_months__clamps__to_the_months_end),
		cmocka_unit_test(date_age__counts__completed_years_and_months),
		cmocka_unit_test(date_weekday__is_right__around_the_epoch_and_now),
		cmocka_unit_test(date_quarter__has__first_and_last_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
