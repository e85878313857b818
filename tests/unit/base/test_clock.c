#include "app/base/clock.h"
#include "app/base/date.h"
#include "support/base/check.h"

static void zone(const char *tz)
{
	setenv("TZ", tz, 1);
	tzset();
}

static int back_to_utc(void **state UNUSED)
{
	zone("UTC");
	return 0;
}

static void clock_rfc3339__writes__the_local_time_with_its_offset(void **state UNUSED)
{
	static const struct {
		const char *tz;
		int64_t ms;
		const char *text;
	} cases[] = {
		{ "UTC", 0, "1970-01-01T00:00:00.000+00:00" },
		{ "UTC", -1, "1969-12-31T23:59:59.999+00:00" },
		{ "<+08>-8", 0, "1970-01-01T08:00:00.000+08:00" },
		{ "<+08>-8", 1795313133120, "2026-11-22T10:05:33.120+08:00" },
		{ "<+08>-8", 1795276799999, "2026-11-21T23:59:59.999+08:00" },
		{ "<-0330>3:30", 0, "1969-12-31T20:30:00.000-03:30" },
		{ "<+0545>-5:45", 0, "1970-01-01T05:45:00.000+05:45" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char text[CLOCK_LEN];
		int64_t back;

		zone(cases[i].tz);
		assert_case(!strcmp(clock_rfc3339(cases[i].ms, text), cases[i].text), i, text);
		assert_true(clock_parse(text, &back));
		assert_true(back == cases[i].ms);
		assert_true(clock_parse(clock_utc(cases[i].ms, text), &back));
		assert_true(back == cases[i].ms);
	}
	assert_string_equal(clock_utc(1795313133120, (char[CLOCK_LEN]){ 0 }), "2026-11-22T02:05:33.120Z");
}

static void clock_parse__reads__rfc3339_only(void **state UNUSED)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t ms;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", true, 0 },
		{ "1970-01-01T00:00:00z", true, 0 },
		{ "1970-01-01T00:00:00.5Z", true, 500 },
		{ "1970-01-01T00:00:00.123456789Z", true, 123 },
		{ "1970-01-01T08:00:00+08:00", true, 0 },
		{ "1969-12-31T16:00:00-08:00", true, 0 },
		{ "2016-12-31T23:59:60Z", true, 1483228800000 },
		{ "1970-01-01", false, 0 },
		{ "1970-01-01T00:00Z", false, 0 },
		{ "1970-01-01T00:00:00", false, 0 },
		{ "1970-01-01 00:00:00Z", false, 0 },
		{ "1970-01-01T24:00:00Z", false, 0 },
		{ "1970-01-01T00:60:00Z", false, 0 },
		{ "1970-02-30T00:00:00Z", false, 0 },
		{ "1970-00-01T00:00:00Z", false, 0 },
		{ "1970-01-01T00:00:00.Z", false, 0 },
		{ "1970-01-01T00:00:00+0800", false, 0 },
		{ "1970-01-01T00:00:00+08:00x", false, 0 },
		{ "1970-01-01T00:00:00+25:00", false, 0 },
		{ "1970-01-01T00:00:00Zx", false, 0 },
		{ "", false, 0 },
		{ "今天", false, 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		int64_t ms = 0;

		assert_case(clock_parse(cases[i].text, &ms) == cases[i].valid, i, cases[i].text);
		assert_case(ms == cases[i].ms, i, cases[i].text);
	}
}

static void clock_today__turns__at_local_midnight(void **state UNUSED)
{
	int64_t now;
	struct clock c;

	zone("<+08>-8");
	clock_init_manual(&c, &now);
	assert_true(clock_parse("2026-11-22T23:59:59.999+08:00", &now));
	assert_int_equal(clock_today(&c), date_day("2026-11-22"));
	now++;
	assert_int_equal(clock_today(&c), date_day("2026-11-23"));
	now = -1;
	assert_int_equal(clock_today(&c), 0);
	zone("UTC");
	assert_int_equal(clock_today(&c), -1);
}

static void clock_today__stays__where_a_practice_clinic_fixed_it(void **state UNUSED)
{
	int64_t now = 0;
	struct clock c;

	clock_init_manual(&c, &now);
	c.fixed = true;
	c.fixed_today = date_day("2026-11-22");
	assert_int_equal(clock_today(&c), date_day("2026-11-22"));
	assert_true(clock_now(&c) == 0);
}

static void clock_day_of__gives__the_minute_of_the_day(void **state UNUSED)
{
	int64_t ms;
	int minute;

	zone("<+08>-8");
	assert_true(clock_parse("2026-11-22T13:45:59+08:00", &ms));
	assert_int_equal(clock_day_of(ms, &minute), date_day("2026-11-22"));
	assert_int_equal(minute, 13 * 60 + 45);
}

/* The one call of the real clock in all tests: only that it is one. */
static void clock_init_real__gives__a_time_of_this_century(void **state UNUSED)
{
	struct clock c;

	clock_init_real(&c);
	assert_true(clock_now(&c) > 1700000000000 && clock_now(&c) < 4102444800000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(clock_rfc3339__writes__the_local_time_with_its_offset, back_to_utc),
		cmocka_unit_test_teardown(clock_parse__reads__rfc3339_only, back_to_utc),
		cmocka_unit_test_teardown(clock_today__turns__at_local_midnight, back_to_utc),
		cmocka_unit_test_teardown(clock_today__stays__where_a_practice_clinic_fixed_it, back_to_utc),
		cmocka_unit_test_teardown(clock_day_of__gives__the_minute_of_the_day, back_to_utc),
		cmocka_unit_test(clock_init_real__gives__a_time_of_this_century),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
