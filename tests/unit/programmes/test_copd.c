/* The COPD follow-up as a record: limits of each number, what is computed, refused, asked, warned of. */
#include "sheet.h"

#define COMPLETE                                                                                                       \
	"resident=r1 programme=copd date=2026-11-22 mode=1 informant=1 symptoms=1 sbp=130 dbp=80 hr=78 spo2=96 signs=0 " \
	"acute=1 exacerbations=0 admissions=0 mmrc=1 cat=8 smoking=0 exercise_times=7 exercise_minutes=30 mind=1 "     \
	"compliance=1 adherence=2 adr=1 device=1 class=1 next_due=2027-02-22"

static void followup__has_nothing_to_say__complete(void **state)
{
	struct sheet *s = sheet_new(&programme_copd);

	(void)state;
	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_check(s);
	assert_int_equal(s->fs.errors + s->fs.questions + s->fs.warnings, 0);
	sheet_end(s);
}

static const struct sheet_misfit misfits[] = {
	{ "cat=40", "!out_of_range", "cat" },
	{ "cat=41", "out_of_range", "cat" },
	{ "spo2=49", "out_of_range", "spo2" },
	{ "spo2=50", "!out_of_range", "spo2" },
	{ "spo2=100", "!out_of_range", "spo2" },
	{ "spo2=101", "out_of_range", "spo2" },
	{ "spo2=89", "needs_confirmation", "spo2" },
	{ "spo2=90", "!needs_confirmation", "spo2" },
	{ "resp=3", "out_of_range", "resp" },
	{ "resp=4", "!out_of_range", "resp" },
	{ "resp=100", "!out_of_range", "resp" },
	{ "resp=101", "out_of_range", "resp" },
	{ "resp=9", "needs_confirmation", "resp" },
	{ "resp=10", "!needs_confirmation", "resp" },
	{ "resp=30", "!needs_confirmation", "resp" },
	{ "resp=31", "needs_confirmation", "resp" },
	{ "exacerbations=50", "!out_of_range", "exacerbations" },
	{ "exacerbations=51", "out_of_range", "exacerbations" },
	{ "exacerbations=8 class=2 class_reason=x", "!needs_confirmation", "exacerbations" },
	{ "exacerbations=9", "needs_confirmation", "exacerbations" },
	{ "admissions=30", "!out_of_range", "admissions" },
	{ "admissions=31", "out_of_range", "admissions" },
	{ "admissions=1", "inconsistent", "admissions" },
	{ "admissions=1 exacerbations=1", "!inconsistent", "admissions" },
	{ "fev1=0.09", "out_of_range", "fev1" },
	{ "fev1=0.1", "!out_of_range", "fev1" },
	{ "fev1=8", "!out_of_range", "fev1" },
	{ "fev1=8.01", "out_of_range", "fev1" },
	{ "fev1=0.39", "needs_confirmation", "fev1" },
	{ "fev1=5.01", "needs_confirmation", "fev1" },
	{ "fev1_fvc=4.9", "out_of_range", "fev1_fvc" },
	{ "fev1_fvc=100.1", "out_of_range", "fev1_fvc" },
	{ "fev1_fvc=19.9", "needs_confirmation", "fev1_fvc" },
	{ "fev1_fvc=95.1", "needs_confirmation", "fev1_fvc" },
	{ "fev1_percent=4.9", "out_of_range", "fev1_percent" },
	{ "fev1_percent=150.1", "out_of_range", "fev1_percent" },
	{ "fev1_percent=14.9", "needs_confirmation", "fev1_percent" },
	{ "fev1_percent=120.1", "needs_confirmation", "fev1_percent" },
	{ "cat_cough=2", "incomplete", "cat_energy" },
	{ "cat_cough=2", "!incomplete", "cat_cough" },
	{ "mmrc=", "!incomplete", "mmrc" },
	{ "cat=", "!incomplete", "cat" },
	{ "cat= mmrc=", "incomplete", "cat" },
	{ "acute=", "incomplete", "acute" },
	{ "device=", "incomplete", "device" },
	{ "acute=2", "required", "class_reason" },
	{ "acute=2 class=3", "!required", "class_reason" },
	{ "exacerbations=2", "required", "class_reason" },
	{ "exacerbations=2 class=2", "!required", "class_reason" },
	{ "mode=3", "inconsistent", "sbp" },
	{ "mode=3 sbp= dbp= hr= spo2= signs=", "!inconsistent", "spo2" },
	{ "informant=2 sbp= dbp= hr= spo2= signs=", "inconsistent", "class" },
	{ "symptoms=6", "danger_unasked", "danger" },
	{ "symptoms=2", "!danger_unasked", "danger" },
	{ "adr=3", "incomplete", "adr_other" },
};

static void followup__finds__what_does_not_fit(void **state)
{
	(void)state;
	sheet_misfits(&programme_copd, COMPLETE, misfits, N_ELEMENTS(misfits));
}

/* GOLD grade by FEV1, group by exacerbations and symptoms. */
static void followup__grades__by_gold(void **state)
{
	static const struct {
		const char *typed, *grade, *group;
	} cases[] = {
		{ "fev1_percent=80.1", "1", "A" }, { "fev1_percent=80", "1", "A" }, { "fev1_percent=79.9", "2", "A" },
		{ "fev1_percent=50", "2", "A" },   { "fev1_percent=49.9", "3", "A" }, { "fev1_percent=30", "3", "A" },
		{ "fev1_percent=29.9", "4", "A" }, { "cat=9", NULL, "A" }, { "cat=10", NULL, "B" }, { "cat=11", NULL, "B" },
		{ "mmrc=1", NULL, "A" }, { "mmrc=2", NULL, "B" }, { "exacerbations=1", NULL, "A" }, { "exacerbations=2", NULL, "E" },
		{ "admissions=1 exacerbations=1", NULL, "E" }, { "cat= mmrc=", NULL, NULL }, { "exacerbations=", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct sheet *s = sheet_new(&programme_copd);
		const char *grade, *group;

		sheet_fill(s->rec, &s->mem, COMPLETE);
		sheet_fill(s->rec, &s->mem, cases[i].typed);
		sheet_check(s);
		grade = record_text(s->rec, "gold");
		group = record_text(s->rec, "gold_group");
		assert_case(!strcmp(grade ? grade : "", cases[i].grade ? cases[i].grade : ""), i, cases[i].typed);
		assert_case(!strcmp(group ? group : "", cases[i].group ? cases[i].group : ""), i, cases[i].typed);
		sheet_end(s);
	}
}

/* Eight answers give the score, seven leave what was typed. */
static void followup__sums__the_eight_cat_questions(void **state)
{
	static const char all[] = "cat_cough=2 cat_sputum=1 cat_chest=0 cat_stairs=5 cat_home=3 cat_outside=1 cat_sleep=0 cat_energy=4";
	struct sheet *s = sheet_new(&programme_copd);

	(void)state;
	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_fill(s->rec, &s->mem, all);
	sheet_check(s);
	assert_int_equal(record_num(s->rec, "cat", -1), 16);
	assert_string_equal(record_text(s->rec, "gold_group"), "B");
	sheet_fill(s->rec, &s->mem, "cat=9 cat_energy=");
	sheet_check(s);
	assert_int_equal(record_num(s->rec, "cat", -1), 9);
	assert_non_null(sheet_finding(s, "incomplete", "cat_energy"));
	sheet_end(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(followup__has_nothing_to_say__complete),
		cmocka_unit_test(followup__finds__what_does_not_fit),
		cmocka_unit_test(followup__grades__by_gold),
		cmocka_unit_test(followup__sums__the_eight_cat_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
