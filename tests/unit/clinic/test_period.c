#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/clinic/period.h"

static void assert_days(const struct period *p, const char *from, const char *to, const char *year_from)
{
	char iso[DATE_LEN];

	assert_string_equal(date_iso(p->from, iso), from);
	assert_string_equal(date_iso(p->to, iso), to);
	assert_string_equal(date_iso(p->year_from, iso), year_from);
}

static void period_parse__finds_days__every_kind(void **state)
{
	static const struct {
		const char *text;
		int first_day;
		const char *name, *from, *to, *year_from;
	} cases[] = {
		{ "2026-10", 1, "2026-10", "2026-10-01", "2026-10-31", "2026-01-01" },
		{ "2026-02", 1, "2026-02", "2026-02-01", "2026-02-28", "2026-01-01" },
		{ "2024-02", 1, "2024-02", "2024-02-01", "2024-02-29", "2024-01-01" },
		{ "2026-12", 1, "2026-12", "2026-12-01", "2026-12-31", "2026-01-01" },
		{ "2026-Q1", 1, "2026-Q1", "2026-01-01", "2026-03-31", "2026-01-01" },
		{ "2026-q4", 1, "2026-Q4", "2026-10-01", "2026-12-31", "2026-01-01" },
		{ "2026", 1, "2026", "2026-01-01", "2026-12-31", "2026-01-01" },
		{ "2026-10", 26, "2026-10", "2026-09-26", "2026-10-25", "2026-01-01" },
		{ "2026-01", 26, "2026-01", "2025-12-26", "2026-01-25", "2026-01-01" },
		{ "2026-12", 26, "2026-12", "2026-11-26", "2026-12-25", "2026-01-01" },
		{ "2026-Q4", 26, "2026-Q4", "2026-09-26", "2026-12-25", "2026-01-01" },
		{ "2026", 26, "2026", "2026-01-01", "2026-12-31", "2026-01-01" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct period p;
		struct err err;

		assert_true(period_parse(cases[i].text, cases[i].first_day, &p, &err));
		assert_string_equal(p.text, cases[i].name);
		assert_days(&p, cases[i].from, cases[i].to, cases[i].year_from);
	}
}

static void period_parse__refuses__no_period(void **state)
{
	static const char *const cases[] = { "", "202", "2026-", "2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2026-Q11",
		"2026/10", "2026-10-01", "abcd", "1899", "2199", "2026-1x", "-2026" };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct period p;
		struct err err;

		assert_false(period_parse(cases[i], 1, &p, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_not_equal(err.example, "");
	}
}

static void period_last_month__is_the_last_that_ended__any_day(void **state)
{
	static const struct {
		const char *today;
		int first_day;
		const char *want;
	} cases[] = {
		{ "2026-11-01", 1, "2026-10" },
		{ "2026-11-30", 1, "2026-10" },
		{ "2026-01-01", 1, "2025-12" },
		{ "2026-10-25", 26, "2026-09" },
		{ "2026-10-26", 26, "2026-10" },
		{ "2026-12-31", 26, "2026-12" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct period p;

		period_last_month(date_day(cases[i].today), cases[i].first_day, &p);
		assert_string_equal(p.text, cases[i].want);
	}
}

static void period_move__crosses_years__every_kind(void **state)
{
	static const struct {
		const char *text;
		int by;
		const char *want;
	} cases[] = {
		{ "2026-01", -1, "2025-12" },
		{ "2026-12", 1, "2027-01" },
		{ "2026-Q1", -1, "2025-Q4" },
		{ "2026-Q4", 1, "2027-Q1" },
		{ "2026", -1, "2025" },
		{ "2026-05", -17, "2024-12" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct period p;
		struct err err;

		assert_true(period_parse(cases[i].text, 1, &p, &err));
		period_move(&p, cases[i].by, 1);
		assert_string_equal(p.text, cases[i].want);
	}
}

static void period_title__names_it__every_kind(void **state)
{
	static const char *const cases[][2] = { { "2026-10", "2026-10" }, { "2026-Q4", "2026 quarter 4" }, { "2026", "year 2026" } };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char title[PERIOD_TITLE];
		struct period p;
		struct err err;

		assert_true(period_parse(cases[i][0], 1, &p, &err));
		assert_string_equal(period_title(&p, title), cases[i][1]);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(period_parse__finds_days__every_kind),
		cmocka_unit_test(period_parse__refuses__no_period),
		cmocka_unit_test(period_last_month__is_the_last_that_ended__any_day),
		cmocka_unit_test(period_move__crosses_years__every_kind),
		cmocka_unit_test(period_title__names_it__every_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
