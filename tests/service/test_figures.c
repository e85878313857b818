/* Figures of the reports: renewals and key groups by their days, and what a county may decide about them. */
#include "support/service/clinic.h"

#include "app/clinic/indicator.h"
#include "app/service/clinic_settings.h"
#include "app/service/reports.h"

static const char *person(struct test_clinic *c, const char *name)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'1990-01-01','village':'上坂村','filed_on':'2020-01-01'}", name);
}

static const char *sign(struct test_clinic *c, const char *who, const char *start, const char *end, const char *more)
{
	return clinic_save(c, "contract", "{'resident':'%s','team':'一队','start':'%s','end':'%s','signed_by':'0','sign_method':'1'%s}", who,
		start, end, more);
}

static void assert_figure(struct test_clinic *c, const char *period, const char *code, int64_t num, int64_t den)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 };

	assert_ok(reports_build(&c->app, period, NULL, &r, &c->err), &c->err);
	for (size_t i = 0; i < r.n_indicators; i++)
		if (!strcmp(r.indicators[i].ind->code, code)) {
			if (r.indicators[i].num != num || r.indicators[i].den != den)
				fail_msg("%s %s is %lld of %lld, not %lld of %lld", period, code, (long long)r.indicators[i].num,
					(long long)r.indicators[i].den, (long long)num, (long long)den);
			return;
		}
	fail_msg("no indicator %s", code);
}

/* Who renews in November did not yet in October. */
static void renewals__count_from_the_day_they_are_signed(void **state)
{
	static const char *const signed_on[] = { "2026-10-31", "2026-11-20" };
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	clinic_save(&c, "team", "{'name':'一队'}");
	for (size_t i = 0; i < N_ELEMENTS(signed_on); i++) {
		const char *who = person(&c, i ? "甲" : "乙"), *old = sign(&c, who, "2026-01-01", "2026-12-31", ",'signed_on':'2026-01-01'");

		sign(&c, who, "2027-01-01", "2027-12-31",
			arena_printf(&c.mem, ",'signed_on':'%s','previous':'%s'", signed_on[i], old));
	}
	assert_figure(&c, "2026-10", "SN07", 1, 2);
	assert_figure(&c, "2026-11", "SN07", 2, 2);
	clinic_stop(&c);
}

/* Ending the follow-ups does not end the disease; a diagnosis that was withdrawn does. */
static void key_groups__who_is_lost_refuses_or_is_away__still_has_the_disease(void **state)
{
	static const struct {
		const char *status;
		int ill;
	} cases[] = {
		{ "'active'", 1 },
		{ "'lost','lost_on':'2026-09-01','lost_attempts':3,'lost_how':['1']", 1 },
		{ "'ended','ended_on':'2026-09-01','end_reason':'4'", 1 },
		{ "'ended','ended_on':'2026-09-01','end_reason':'5'", 1 },
		{ "'ended','ended_on':'2026-09-01','end_reason':'9','end_reason_other':'继发性'", 0 },
		{ "'ended','ended_on':'2026-09-01','end_reason':'6'", 0 },
	};
	struct test_clinic c;
	int ill = 0;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		clinic_save(&c, "enrolment", "{'programme':'htn','resident':'%s','enrolled_on':'2024-05-01','status':%s}",
			person(&c, arena_printf(&c.mem, "病人%zu", i)), cases[i].status);
		ill += cases[i].ill;
		assert_figure(&c, "2026-10", "SN01", 0, ill);
	}
	clinic_stop(&c);
}

/* Three visits in one quarter, the first not controlled and seen again on the 15th day. */
static void settings__decide__what_counts(void **state)
{
	static const struct {
		const char *key, *value, *code;
		int num, den;
	} cases[] = {
		{ "one_per_quarter", "", "H01", 1, 1 },
		{ "one_per_quarter", "1", "H01", 0, 1 },
		{ "one_per_quarter", "0", "H01", 1, 1 },
		{ "recheck_in_14d", "1", "H01", 0, 1 },
		{ "recheck_in_14d", "", "H01", 1, 1 },
		{ "file_use_period", "year", "S03", 1, 2 },
		{ "file_use_period", "rolling", "S03", 2, 2 },
		{ "key_groups", "elderly", "SN01", 0, 0 },
		{ "key_groups", "elderly,htn", "SN01", 0, 1 },
		{ "key_groups", "", "SN01", 0, 1 },
	};
	static const char *const days[] = { "2026-01-05", "2026-01-20", "2026-02-20" };
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "病人");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2025-11-01','diagnosis':[{'text':'感冒'}]}", person(&c, "去年来过"));
	clinic_save(&c, "enrolment", "{'programme':'htn','resident':'%s','enrolled_on':'2024-05-01'}", who);
	for (size_t i = 0; i < N_ELEMENTS(days); i++)
		clinic_save(&c, "followup",
			"{'programme':'htn','resident':'%s','date':'%s','mode':'1','symptoms':['1'],'sbp':%d,'dbp':82,'hr':72,'weight':60.0,"
			"'height':160.0,'smoking':0,'drinking':0,'exercise_times':7,'exercise_minutes':30,'salt':'1','mind':'1',"
			"'compliance':'1','adherence':'1','adr':'1','drugs':[{'name':'氨氯地平','times':1,'dose':'5mg'}],'class':'%d',"
			"'next_due':'2026-12-01','doctor':'001'}",
			who, days[i], i ? 130 : 150, i ? 1 : 2);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		assert_ok(clinic_setting_set(&c.app, cases[i].key, cases[i].value, &c.err), &c.err);
		assert_figure(&c, "2026-10", cases[i].code, cases[i].num, cases[i].den);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(renewals__count_from_the_day_they_are_signed),
		cmocka_unit_test(key_groups__who_is_lost_refuses_or_is_away__still_has_the_disease),
		cmocka_unit_test(settings__decide__what_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
