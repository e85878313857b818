/* Situation 14, market days: how they are written, and that a proposed date is drawn to one, never past its limit. */
#include "support/base/check.h"

#include "app/clinic/market.h"

static void lunar__first_days__of_years_that_are_known(void **state)
{
	/* New year's days and others as the almanacs print them. */
	static const struct {
		const char *day;
		int lunar;
	} cases[] = {
		{ "2020-01-24", 0 },  { "2020-01-25", 1 },  { "2021-02-12", 1 },  { "2022-02-01", 1 },  { "2023-01-22", 1 },
		{ "2023-03-22", 1 }, /* the leap second month */
		{ "2024-02-10", 1 },  { "2025-01-29", 1 },  { "2026-02-17", 1 },  { "2026-02-16", 29 }, { "2027-02-06", 1 },
		{ "2026-09-25", 15 }, /* mid-autumn */
		{ "2026-06-19", 5 },  /* dragon boat */
		{ "2030-02-03", 1 },  { "2033-01-31", 1 },  { "2034-02-19", 1 }, /* the disputed winter of 2033 */
		{ "2050-01-23", 1 },  { "2060-01-01", 0 },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_int_equal(lunar_month_day(date_day(cases[i].day)), cases[i].lunar);
}

static void market__is_read__as_people_write_it(void **state)
{
	static const struct {
		const char *text, *day;
		bool is;
	} cases[] = {
		{ "3-8", "2026-11-23", true },  { "3-8", "2026-11-28", true },   { "3-8", "2026-11-22", false },
		{ "3,8", "2026-12-03", true },  { "0 5", "2026-11-30", true },   { "0 5", "2026-11-10", true },
		{ "10 25", "2026-11-25", true }, { "10 25", "2026-11-20", false }, { "", "2026-11-23", false },
		{ "农历 3-8", "2026-11-16", true }, /* the eighth of the tenth month */
		{ "农历 3-8", "2026-11-23", false }, { "lunar 1,6", "2026-02-17", true },
	};
	static const char *const wrong[] = { "x", "32", "333", "3;8", "00", "农历", "lunar x" };
	struct market_days m;
	struct err err;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		assert_true(market_parse(cases[i].text, &m, &err));
		assert_int_equal(market_is_day(&m, date_day(cases[i].day)), cases[i].is);
	}
	for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
		assert_false(market_parse(wrong[i], &m, &err));
		assert_string_equal(err.example, "3-8");
	}
}

static void market__draws_a_date__never_past_the_limit(void **state)
{
	static const struct {
		const char *days, *from, *limit, *day;
	} cases[] = {
		{ "3-8", "2026-11-22", "2026-12-06", "2026-12-03" }, { "3-8", "2026-11-22", "2026-12-08", "2026-12-08" },
		{ "3-8", "2026-11-22", "2026-12-07", "2026-12-03" }, { "", "2026-11-22", "2026-12-06", "2026-12-06" },
		{ "1", "2026-11-22", "2026-11-30", "2026-11-30" },  /* the 21st is over, none until the limit */
		{ "25", "2026-11-22", "2026-12-05", "2026-12-05" }, /* ten days too early is no near day */
		{ "25", "2026-11-22", "2026-12-04", "2026-11-25" },
		{ "22", "2026-11-22", "2026-11-30", "2026-11-30" }, /* not the day of the visit itself */
	};
	struct market_days m;
	struct err err;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char iso[DATE_LEN];

		assert_true(market_parse(cases[i].days, &m, &err));
		assert_string_equal(date_iso(market_day_before(&m, date_day(cases[i].from), date_day(cases[i].limit)), iso), cases[i].day);
	}
	assert_int_equal(market_day_before(NULL, 1, 5), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lunar__first_days__of_years_that_are_known),
		cmocka_unit_test(market__is_read__as_people_write_it),
		cmocka_unit_test(market__draws_a_date__never_past_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
