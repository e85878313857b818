#include "support/base/check.h"

#include "app/clinic/forms/forms.h"
#include "app/clinic/indicator.h"
#include "app/clinic/keygroup.h"
#include "app/clinic/record.h"
#include "app/clinic/schedule.h"

static int32_t d(const char *iso)
{
	return date_day(iso);
}

static void indicators__are_complete__and_their_codes_unique(void **state)
{
	for (size_t i = 0; i < indicator_general_count; i++) {
		assert_true(indicator_full(&indicators_general[i]));
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(indicators_general[i].code, indicators_general[j].code);
			assert_string_not_equal(indicators_general[i].key, indicators_general[j].key);
		}
	}
}

static void managed_in_year__needs_one_visit__of_any_mode(void **state)
{
	struct counted_visit v = { .day = d("2026-05-01") };
	struct roster_person p = { .enrolled = d("2024-01-01"), .died = NO_DAY, .moved = NO_DAY, .lost = NO_DAY,
		.exam = NO_DAY, .visits = &v, .n_visits = 1 };

	assert_true(managed_in_year(&p, d("2026-12-31")));
	assert_false(managed_in_year(&p, d("2026-04-30")));
	assert_false(managed_in_year(&p, d("2027-12-31")));
	v.referral_check = true;
	assert_false(managed_in_year(&p, d("2026-12-31")));
	v.referral_check = false;
	p.moved = d("2026-06-01");
	assert_false(managed_in_year(&p, d("2026-12-31")));
	p.moved = NO_DAY;
	p.enrolled = NO_DAY;
	assert_true(managed_in_year(&p, d("2026-12-31")));
	p.n_visits = 0;
	assert_false(managed_in_year(&p, d("2026-12-31")));
}

static void schedule__knows__quarters(void **state)
{
	assert_int_equal(schedule_quarter_days_left(d("2026-11-22")), 39);
	assert_int_equal(schedule_quarter_days_left(d("2026-12-31")), 0);
	assert_int_equal(schedule_quarter_days_left(d("2026-01-01")), 89);
	assert_true(schedule_in_quarter(d("2026-10-01"), d("2026-12-31")));
	assert_false(schedule_in_quarter(d("2026-09-30"), d("2026-12-31")));
	assert_false(schedule_in_quarter(d("2025-10-01"), d("2026-12-31")));
	assert_false(schedule_in_quarter(NO_DAY, d("2026-12-31")));
	assert_int_equal(schedule_expected_in_year(d("2026-05-20"), d("2026-06-01")), 3);
	assert_int_equal(schedule_expected_in_year(d("2024-05-20"), d("2026-06-01")), 4);
	assert_int_equal(schedule_expected_in_year(NO_DAY, d("2026-06-01")), 4);
	assert_int_equal(schedule_overdue_days(NO_DAY, d("2026-06-01")), 0);
	assert_false(schedule_is_65(NULL, 2026));
	assert_false(schedule_is_65("", 2026));
}

static void key_groups__are_told__from_each_source(void **state)
{
	static const struct {
		const char *born, *programmes, *past, *disabilities, *flags;
		unsigned want;
	} cases[] = {
		{ "1961-06-30", NULL, NULL, NULL, NULL, GROUP_ELDERLY },
		{ "1961-07-01", NULL, NULL, NULL, NULL, 0 },
		{ "2019-07-01", NULL, NULL, NULL, NULL, GROUP_CHILD },
		{ "2019-06-30", NULL, NULL, NULL, NULL, 0 },
		{ "", NULL, NULL, NULL, NULL, 0 },
		{ "2027-01-01", NULL, NULL, NULL, NULL, 0 },
		{ "1980-01-01", "htn,dm", NULL, NULL, NULL, GROUP_HYPERTENSION | GROUP_DIABETES },
		{ "1980-01-01", "copd", NULL, NULL, NULL, GROUP_COPD },
		{ "1980-01-01", NULL, "2,3,5,8", NULL, NULL,
			GROUP_HYPERTENSION | GROUP_DIABETES | GROUP_COPD | GROUP_MENTAL },
		{ "1980-01-01", NULL, "1", NULL, NULL, 0 },
		{ "1980-01-01", NULL, "4,6,7,9,10,11,12,13", NULL, NULL, 0 }, /* a past tuberculosis is over */
		{ "1980-01-01", "tb", NULL, NULL, NULL, GROUP_TB },
		{ "1980-01-01", NULL, NULL, "1", NULL, 0 },
		{ "1980-01-01", NULL, NULL, "2", NULL, GROUP_DISABLED },
		{ "1980-01-01", NULL, NULL, "5,8", NULL, GROUP_DISABLED },
		{ "1980-01-01", NULL, NULL, NULL, "1,2,3", GROUP_POVERTY | GROUP_FAMILY_PLANNING | GROUP_PREGNANT },
		{ "1950-01-01", "htn", "2", "5", "1", GROUP_ELDERLY | GROUP_HYPERTENSION | GROUP_DISABLED | GROUP_POVERTY },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct key_group_input in = { d(cases[i].born), d("2026-06-30"), cases[i].programmes, cases[i].past,
			cases[i].disabilities, cases[i].flags };

		assert_case(key_groups_of(&in) == cases[i].want, i, "wrong groups");
	}
}

static void key_groups__are_told__from_a_residents_record(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec = record_new(&mem, &resident_form);

	record_set_text(rec, "birth_date", "1950-01-01");
	record_set_text(rec, "disability", "5");
	record_set_text(rec, "key_flags", "1");
	record_set_text(record_add_item(rec, "past_disease"), "code", "2");
	record_set_text(record_add_item(rec, "past_disease"), "code", "3");
	assert_int_equal(key_groups_of_resident(rec, "dm,copd", d("2026-06-30")),
		GROUP_ELDERLY | GROUP_DISABLED | GROUP_POVERTY | GROUP_HYPERTENSION | GROUP_DIABETES | GROUP_COPD);
	assert_int_equal(key_groups_of_resident(record_new(&mem, &resident_form), NULL, d("2026-06-30")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(indicators__are_complete__and_their_codes_unique),
		cmocka_unit_test(managed_in_year__needs_one_visit__of_any_mode),
		cmocka_unit_test(schedule__knows__quarters),
		cmocka_unit_test(key_groups__are_told__from_each_source),
		cmocka_unit_test(key_groups__are_told__from_a_residents_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
