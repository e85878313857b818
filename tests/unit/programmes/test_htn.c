/* The hypertension follow-up as a record: what is computed, refused, asked, warned of. */
#include "sheet.h"

static int setup(void **state)
{
	*state = sheet_new(&programme_htn);
	return 0;
}

static int teardown(void **state)
{
	sheet_end(*state);
	return 0;
}

#define COMPLETE                                                                                                       \
	"resident=r1 programme=htn date=2026-11-22 mode=1 informant=1 symptoms=1 sbp=130 dbp=80 hr=78 smoking=0 "      \
	"drinking=0 exercise_times=7 exercise_minutes=30 salt=2 mind=1 compliance=1 adherence=2 adr=1 class=1 "       \
	"next_due=2027-02-22"

static void programme_selftest__passes__all(void **state)
{
	struct err err;

	assert_ok(programmes_selftest(&err), &err);
	assert_ptr_equal(programme_by_code("htn"), &programme_htn);
	assert_null(programme_by_code("gout"));
	assert_ptr_equal(programme_by_form(programme_htn.followup), &programme_htn);
	assert_null(programme_by_form(&visit_form));
}

static void followup__has_nothing_to_say__complete(void **state)
{
	struct sheet *s = *state;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_check(s);
	assert_int_equal(s->fs.errors + s->fs.questions + s->fs.warnings, 0);
}

/* The next date appears with the class, not with the form. */
static void next_date__is_proposed__once_the_class_is_known(void **state)
{
	static const struct {
		const char *typed, *date;
	} cases[] = {
		{ "", "" },
		{ "mode=1", "" },
		{ "mode=3", "" },
		{ "mode=1 symptoms=1", "" },
		{ "mode=1 symptoms=1 sbp=150", "" },
		{ "mode=1 symptoms=1 sbp=130 dbp=80", "2027-02-22" },
		{ "mode=1 sbp=152 dbp=80", "2026-12-06" },
		{ "mode=1 symptoms=1 adr=2", "2026-12-06" },
		{ "mode=1 symptoms=1 class=1", "2026-12-06" }, /* the doctor's; nothing was measured */
		{ "mode=1 symptoms=2 danger=2", "2026-12-06" },
		{ "mode=3 symptoms=1", "2026-12-06" },
		{ "mode=1 informant=2 symptoms=1", "2026-12-06" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct sheet *s = sheet_new(&programme_htn);
		const char *date;

		sheet_fill(s->rec, &s->mem, "resident=r1 programme=htn date=2026-11-22");
		sheet_fill(s->rec, &s->mem, cases[i].typed);
		sheet_check(s);
		date = record_text(s->rec, "next_due_proposed");
		assert_case(!strcmp(date ? date : "", cases[i].date), i, cases[i].typed);
		sheet_end(s);
	}
	(void)state;
}

static const struct sheet_misfit misfits[] = {
	{ "sbp=80 dbp=80", "inconsistent", "dbp" },
	{ "sbp=80 dbp=81", "inconsistent", "dbp" },
	{ "sbp=81 dbp=80", "needs_confirmation", "dbp" },
	{ "sbp=119 dbp=100", "needs_confirmation", "dbp" },
	{ "sbp=120 dbp=100", "!needs_confirmation", "dbp" },
	{ "sbp2=130 dbp2=130", "inconsistent", "dbp2" },
	{ "sbp3=130 dbp3=130", "inconsistent", "dbp3" },
	{ "home_sbp=130 home_dbp=130", "inconsistent", "home_dbp" },
	{ "sbp2=130", "incomplete", "dbp2" },
	{ "dbp3=80", "incomplete", "sbp3" },
	{ "sbp2=135 dbp2=80", "!third_reading", "sbp3" },
	{ "sbp2=136 dbp2=80", "third_reading", "sbp3" },
	{ "sbp2=130 dbp2=86", "third_reading", "sbp3" },
	{ "sbp2=136 dbp2=80 sbp3=133 dbp3=80", "!third_reading", "sbp3" },
	{ "sbp=39", "out_of_range", "sbp" },
	{ "sbp=40 dbp=20", "!out_of_range", "sbp" },
	{ "sbp=301", "out_of_range", "sbp" },
	{ "sbp=300", "!out_of_range", "sbp" },
	{ "sbp=1300", "out_of_range", "sbp" },
	{ "sbp=79 dbp=40", "needs_confirmation", "sbp" },
	{ "sbp=200", "!needs_confirmation", "sbp" },
	{ "sbp=201", "needs_confirmation", "sbp" },
	{ "dbp=19", "out_of_range", "dbp" },
	{ "sbp=299 dbp=201", "out_of_range", "dbp" },
	{ "sbp=200 dbp=131", "needs_confirmation", "dbp" },
	{ "sbp=200 dbp=130", "!needs_confirmation", "dbp" },
	{ "hr=19", "out_of_range", "hr" },
	{ "hr=301", "out_of_range", "hr" },
	{ "hr=44", "needs_confirmation", "hr" },
	{ "hr=45", "!needs_confirmation", "hr" },
	{ "hr=130", "!needs_confirmation", "hr" },
	{ "hr=131", "needs_confirmation", "hr" },
	{ "weight=0.2", "out_of_range", "weight" },
	{ "weight=300.1", "out_of_range", "weight" },
	{ "weight=34.9", "needs_confirmation", "weight" },
	{ "weight=120.1", "needs_confirmation", "weight" },
	{ "weight=35", "!needs_confirmation", "weight" },
	{ "height=29.9", "out_of_range", "height" },
	{ "height=250.1", "out_of_range", "height" },
	{ "height=134.9", "needs_confirmation", "height" },
	{ "height=195", "!needs_confirmation", "height" },
	{ "exercise_times=22", "out_of_range", "exercise_times" },
	{ "exercise_times=21", "!out_of_range", "exercise_times" },
	{ "exercise_minutes=301", "out_of_range", "exercise_minutes" },
	{ "exercise_minutes=300", "!out_of_range", "exercise_minutes" },
	{ "symptoms=1,2", "inconsistent", "symptoms" },
	{ "symptoms=2 danger=0", "!danger_unasked", "danger" },
	{ "symptoms=2", "danger_unasked", "danger" },
	{ "symptoms=6", "danger_unasked", "danger" },
	{ "symptoms=8", "!danger_unasked", "danger" },
	{ "danger=0,2", "inconsistent", "danger" },
	{ "danger=9", "incomplete", "danger_other" },
	{ "informant=2", "inconsistent", "sbp" },
	{ "informant=2 sbp= dbp=", "inconsistent", "class" },
	{ "mode=3", "inconsistent", "sbp" },
	{ "adr=2 class=3", "incomplete", "adr_other" },
	{ "complication=2 class=4", "incomplete", "complication_other" },
	{ "class=2", "required", "class_reason" },
	{ "class=2 class_reason=头晕", "!required", "class_reason" },
	{ "sbp=155", "required", "class_reason" },
	{ "danger=2 next_due=2026-12-06", "required", "class_reason" },
	{ "danger=2 class=2 next_due=2026-12-06", "!required", "class_reason" },
	{ "referral_reason=两次不满意", "incomplete", "referral_org" },
	{ "referral_org=县医院", "incomplete", "referral_reason" },
	{ "referral_dept=心内科", "incomplete", "referral_reason" },
	{ "referral_org=县医院 referral_reason=不满意", "!incomplete", "referral_reason" },
	{ "absence=1", "incomplete", "lost_reason" },
	{ "absence=2", "incomplete", "died_on" },
	{ "absence=2", "incomplete", "death_cause" },
	{ "absence=3", "incomplete", "moved_to" },
	{ "died_on=2026-11-01", "inconsistent", "died_on" },
	{ "absence=2 died_on=2026-11-01", "!inconsistent", "died_on" },
	{ "next_due=2026-11-22", "inconsistent", "next_due" },
	{ "next_due=2026-11-23", "!inconsistent", "next_due" },
	{ "sbp=155 class=2 next_due=2026-12-06", "!next_due_late", "next_due" },
	{ "sbp=155 class=2 next_due=2026-12-07", "next_due_late", "next_due" },
	{ "adherence=1", "drugs_empty", "drugs" },
	{ "date=2026-11-23", "future_date", "date" },
	{ "date=1955-07-14", "inconsistent", "date" },
	{ "date=2018-12-31", "before_enrolment", "date" },
	{ "date=2019-01-01", "!before_enrolment", "date" },
	{ "resident=", "required", "resident" },
	{ "date=", "required", "date" },
	{ "mode=", "incomplete", "mode" },
	{ "sbp=", "incomplete", "sbp" },
	{ "hr=", "incomplete", "hr" },
	{ "mode=3 sbp= dbp= hr=", "!incomplete", "sbp" },
	{ "mode=3 sbp= dbp= hr=", "!incomplete", "hr" },
	{ "informant=2 sbp= dbp= hr= class=2", "!incomplete", "hr" },
	{ "symptoms=", "incomplete", "symptoms" },
	{ "symptoms= symptoms_other=乏力", "!incomplete", "symptoms" },
	{ "adherence=", "incomplete", "adherence" },
	{ "next_due=", "incomplete", "next_due" },
	{ "next_due= absence=2", "!incomplete", "next_due" },
	{ "next_due= absence=3", "!incomplete", "next_due" },
	{ "next_due= absence=1", "incomplete", "next_due" },
	{ "adherence= absence=2", "!incomplete", "adherence" },
};

static void followup__finds__what_does_not_fit(void **state)
{
	(void)state;
	sheet_misfits(&programme_htn, COMPLETE, misfits, N_ELEMENTS(misfits));
}

static void followup__computes__while_typing(void **state)
{
	struct sheet *s = *state;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_fill(s->rec, &s->mem, "sbp=152 dbp=88 sbp2=150 dbp2=86 weight=61.5 weight_target=60 height=158");
	sheet_check(s);
	assert_int_equal(record_num(s->rec, "sbp_mean", 0), 151);
	assert_int_equal(record_num(s->rec, "dbp_mean", 0), 87);
	assert_int_equal(record_num(s->rec, "bmi", 0), 2464);
	assert_int_equal(record_num(s->rec, "bmi_target", 0), 2403);
	assert_string_equal(record_text(s->rec, "class_proposed"), "2"); /* 71 years: below 150 */
	assert_string_equal(record_text(s->rec, "action"), "ADJUST_2W");
	assert_string_equal(record_text(s->rec, "controlled"), "1");
	assert_string_equal(record_text(s->rec, "next_due_proposed"), "2026-12-06");
	assert_string_equal(record_text(s->rec, "entered_late"), "1");
	record_clear(s->rec, "weight");
	record_clear(s->rec, "sbp");
	record_clear(s->rec, "sbp2");
	record_set_text(s->rec, "date", "2026-11-21");
	sheet_check(s);
	assert_true(value_is_empty(record_get(s->rec, "bmi")));
	assert_true(value_is_empty(record_get(s->rec, "sbp_mean")));
	assert_true(value_is_empty(record_get(s->rec, "controlled")));
	assert_string_equal(record_text(s->rec, "class_proposed"), "ask");
	assert_string_equal(record_text(s->rec, "entered_late"), "2");
	s->rec->meta.revision = 1;
	s->cx.today += 30;
	record_set_text(s->rec, "entered_late", "1");
	sheet_check(s); /* an edit later does not make it late */
	assert_string_equal(record_text(s->rec, "entered_late"), "1");
	record_set_text(s->rec, "absence", "2");
	sheet_check(s);
	assert_true(value_is_empty(record_get(s->rec, "class_proposed")));
	assert_true(value_is_empty(record_get(s->rec, "next_due_proposed")));
}

static void followup__remembers__the_last_one(void **state)
{
	struct sheet *s = *state;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_fill(s->rec, &s->mem, "sbp=160 class=2 next_due=2026-12-06 weight=67.7 height=158");
	sheet_fill(s->previous, &s->mem, "date=2026-11-06 sbp=168 dbp=102 weight=61.5 height=154.9");
	programme_htn.followup->compute(s->previous, &s->cx);
	s->cx.previous = s->previous;
	sheet_check(s);
	assert_string_equal(record_text(s->rec, "action"), "REFER");
	assert_non_null(sheet_finding(s, "needs_confirmation", "weight"));
	assert_non_null(sheet_finding(s, "needs_confirmation", "height"));
	s->cx.open_referral = true;
	sheet_fill(s->rec, &s->mem, "weight=67.6 height=157.9");
	sheet_check(s);
	assert_string_equal(record_text(s->rec, "action"), "TRACK_REFERRAL");
	assert_null(sheet_finding(s, "needs_confirmation", "weight"));
	assert_null(sheet_finding(s, "needs_confirmation", "height"));
	record_clear(s->rec, "weight");
	sheet_check(s); /* overweight last time (25.63): weigh again at every visit */
	assert_non_null(sheet_finding(s, "incomplete", "weight"));
	record_set_text(s->previous, "date", "2026-10-22");
	sheet_fill(s->rec, &s->mem, "weight=80");
	sheet_check(s); /* 31 days ago: may be */
	assert_null(sheet_finding(s, "needs_confirmation", "weight"));
}

static void followup__is_refused__after_death(void **state)
{
	struct sheet *s = *state;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	record_set_text(s->resident, "died_on", "2026-11-21");
	sheet_check(s);
	assert_non_null(sheet_finding(s, "inconsistent", "date"));
	sheet_fill(s->rec, &s->mem, "absence=2 died_on=2026-11-21 death_cause=脑卒中");
	sheet_check(s); /* the sheet that tells it is dated after it */
	assert_null(sheet_finding(s, "inconsistent", "date"));
	assert_int_equal(s->fs.errors, 0);
}

static void followup__plans__the_years_visits(void **state)
{
	struct sheet *s = *state;
	struct visit_ctx vcx;
	struct advice a;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_fill(s->rec, &s->mem, "date=2026-10-05");
	s->cx.yearly_expected = 4;
	s->cx.visits_this_year = 2;
	visit_ctx_of_record(&programme_htn, s->rec, &s->cx, &vcx);
	assert_int_equal(vcx.done, 3);
	programme_advise(&vcx, &a);
	assert_int_equal(a.next_due, date_day("2026-12-31"));
	sheet_fill(s->rec, &s->mem, "mode=3");
	visit_ctx_of_record(&programme_htn, s->rec, &s->cx, &vcx);
	assert_int_equal(vcx.done, 2); /* a telephone call does not count */
}

static void advice__gives_reasons__with_source_and_numbers(void **state)
{
	struct sheet *s = *state;
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	struct visit_ctx vcx;
	struct advice a;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_fill(s->rec, &s->mem, "sbp=182 dbp=112 danger=2,8,9 adr=2 complication=2");
	s->cx.open_referral = true;
	visit_ctx_of_record(&programme_htn, s->rec, &s->cx, &vcx);
	programme_advise(&vcx, &a);
	assert_string_equal(a.class_, "4");
	assert_string_equal(a.action->name, "EMERGENCY_REFER");
	assert_int_equal(a.n_reasons, 9);
	assert_string_equal(a.reasons[0]->key, "very_high_sbp");
	for (size_t i = 0; i < a.n_reasons; i++)
		assert_true(*a.reasons[i]->reason.zh && *a.reasons[i]->reason.en && *a.reasons[i]->source);
	programme_htn.explain(&vcx, &line);
	assert_string_equal(line.s, "aged 71: target <150/90, today 182/112");
}

static void county_targets__go_first__from_their_day(void **state)
{
	static const struct target stricter[] = {
		{ "sbp", 0, 130, "2027-01-01", "county" },
		{ "dbp", 0, 80, "2027-01-01", "county" },
	};
	struct sheet *s = *state;
	struct visit_ctx vcx;
	struct advice a;

	sheet_fill(s->rec, &s->mem, COMPLETE);
	visit_ctx_of_record(&programme_htn, s->rec, &s->cx, &vcx);
	vcx.county = stricter;
	vcx.n_county = N_ELEMENTS(stricter);
	programme_advise(&vcx, &a);
	assert_string_equal(a.class_, "1");
	vcx.day = date_day("2026-12-31");
	programme_advise(&vcx, &a);
	assert_string_equal(a.class_, "1");
	vcx.day = date_day("2027-01-01");
	programme_advise(&vcx, &a);
	assert_string_equal(a.class_, "2");
}

static bool yes(const struct visit_ctx *cx)
{
	return true;
}

static void programme_selftest__refuses__each_fault(void **state)
{
	static const struct fact twice[] = { { "a", yes, { NULL, NULL }, "s" }, { "a", yes, { NULL, NULL }, "s" } };
	static const struct fact half[] = { { "a", yes, { "一", NULL }, "s" } };
	static const struct class_rule unknown_fact[] = { { "1", { "nowhere" } }, { "ask", { NULL } } };
	static const struct class_rule unknown_class[] = { { "9", { "comp" } }, { "ask", { NULL } } };
	static const struct class_rule order[] = { { "1", { "comp" } }, { "2", { "adr" } }, { "ask", { NULL } } };
	static const struct class_rule open_end[] = { { "1", { "comp" } } };
	static const struct action bad_name[] = { { "WAIT", { "等", "Wait" }, { NULL }, .days = 1 } };
	static const struct action bad_order[] = { { "ROUTINE", { "一", "a" }, { "comp" }, .months = 3 },
		{ "REFER", { "二", "b" }, { NULL }, .days = 14 } };
	static const struct action no_interval[] = { { "ROUTINE", { "一", "a" }, { NULL }, .months = 0 } };
	static const struct target bad_target[] = { { "nowhere", 0, 1, "2009-01-01", "s" } };
	static const char *const no_code[] = { "77", NULL };
	static const struct flag bad_flag[] = { { "x", "danger", no_code } };
	struct programme faulty[11];
	struct err err;

	for (size_t i = 0; i < N_ELEMENTS(faulty); i++)
		faulty[i] = programme_htn;
	faulty[0].facts = twice, faulty[0].n_facts = 2;
	faulty[1].facts = half, faulty[1].n_facts = 1;
	faulty[2].classes = unknown_fact, faulty[2].n_classes = 2;
	faulty[3].classes = unknown_class, faulty[3].n_classes = 2;
	faulty[4].classes = order, faulty[4].n_classes = 3;
	faulty[5].classes = open_end, faulty[5].n_classes = 1;
	faulty[6].actions = bad_name, faulty[6].n_actions = 1;
	faulty[7].actions = bad_order, faulty[7].n_actions = 2;
	faulty[8].actions = no_interval, faulty[8].n_actions = 1;
	faulty[9].targets = bad_target, faulty[9].n_targets = 1;
	faulty[10].flags = bad_flag, faulty[10].n_flags = 1;
	for (size_t i = 0; i < N_ELEMENTS(faulty); i++)
		assert_refused(programme_selftest(&faulty[i], &err), &err, ERR_CORRUPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(next_date__is_proposed__once_the_class_is_known, setup, teardown),
		cmocka_unit_test(programme_selftest__passes__all),
		cmocka_unit_test_setup_teardown(followup__has_nothing_to_say__complete, setup, teardown),
		cmocka_unit_test(followup__finds__what_does_not_fit),
		cmocka_unit_test_setup_teardown(followup__computes__while_typing, setup, teardown),
		cmocka_unit_test_setup_teardown(followup__remembers__the_last_one, setup, teardown),
		cmocka_unit_test_setup_teardown(followup__is_refused__after_death, setup, teardown),
		cmocka_unit_test_setup_teardown(followup__plans__the_years_visits, setup, teardown),
		cmocka_unit_test_setup_teardown(advice__gives_reasons__with_source_and_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(county_targets__go_first__from_their_day, setup, teardown),
		cmocka_unit_test(programme_selftest__refuses__each_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
