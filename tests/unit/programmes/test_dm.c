/* The diabetes follow-up as a record: limits of each number, what is computed, refused, asked, warned of. */
#include "sheet.h"

#define COMPLETE                                                                                                       \
	"resident=r1 programme=dm date=2026-11-22 mode=1 informant=1 symptoms=1 sbp=130 dbp=80 foot_pulse=1 "          \
	"smoking=0 drinking=0 exercise_times=7 exercise_minutes=30 staple=300 mind=1 compliance=1 fpg=6.4 adherence=2 " \
	"adr=1 hypoglycaemia=1 class=1 next_due=2027-02-22"

static void followup__has_nothing_to_say__complete(void **state)
{
	struct sheet *s = sheet_new(&programme_dm);

	(void)state;
	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_check(s);
	assert_int_equal(s->fs.errors + s->fs.questions + s->fs.warnings, 0);
	sheet_end(s);
}

static const struct sheet_misfit misfits[] = {
	{ "fpg=0.5", "out_of_range", "fpg" },
	{ "fpg=0.6", "!out_of_range", "fpg" },
	{ "fpg=40", "!out_of_range", "fpg" },
	{ "fpg=40.1", "out_of_range", "fpg" },
	{ "fpg=126", "out_of_range", "fpg" },
	{ "fpg=2.9", "needs_confirmation", "fpg" },
	{ "fpg=3", "!needs_confirmation", "fpg" },
	{ "fpg=20", "!needs_confirmation", "fpg" },
	{ "fpg=20.1", "needs_confirmation", "fpg" },
	{ "fpg_mgdl=10", "out_of_range", "fpg_mgdl" },
	{ "fpg_mgdl=11", "!out_of_range", "fpg_mgdl" },
	{ "fpg_mgdl=720", "!out_of_range", "fpg_mgdl" },
	{ "fpg_mgdl=721", "out_of_range", "fpg_mgdl" },
	{ "fpg_mgdl=53", "needs_confirmation", "fpg_mgdl" },
	{ "fpg_mgdl=54", "!needs_confirmation", "fpg_mgdl" },
	{ "fpg_mgdl=360", "!needs_confirmation", "fpg_mgdl" },
	{ "fpg_mgdl=361", "needs_confirmation", "fpg_mgdl" },
	{ "hba1c=2.9", "out_of_range", "hba1c" },
	{ "hba1c=3", "!out_of_range", "hba1c" },
	{ "hba1c=20", "!out_of_range", "hba1c" },
	{ "hba1c=20.1", "out_of_range", "hba1c" },
	{ "hba1c=3.9", "needs_confirmation", "hba1c" },
	{ "hba1c=4", "!needs_confirmation", "hba1c" },
	{ "hba1c=14", "!needs_confirmation", "hba1c" },
	{ "hba1c=14.1", "needs_confirmation", "hba1c" },
	{ "hba1c=7", "incomplete", "hba1c_date" },
	{ "hba1c=7 hba1c_date=2026-11-01", "!incomplete", "hba1c_date" },
	{ "hba1c=7 hba1c_date=2026-11-23", "future_date", "hba1c_date" },
	{ "hba1c_date=2026-11-01", "inconsistent", "hba1c_date" },
	{ "home_fpg=0.5", "out_of_range", "home_fpg" },
	{ "home_fpg=40.1", "out_of_range", "home_fpg" },
	{ "hr=19", "out_of_range", "hr" },
	{ "hr=20", "!out_of_range", "hr" },
	{ "hr=300", "!out_of_range", "hr" },
	{ "hr=301", "out_of_range", "hr" },
	{ "hr=44", "needs_confirmation", "hr" },
	{ "hr=131", "needs_confirmation", "hr" },
	{ "temperature=29.9", "out_of_range", "temperature" },
	{ "temperature=30", "!out_of_range", "temperature" },
	{ "temperature=45", "!out_of_range", "temperature" },
	{ "temperature=45.1", "out_of_range", "temperature" },
	{ "temperature=34.9", "needs_confirmation", "temperature" },
	{ "temperature=39.1", "needs_confirmation", "temperature" },
	{ "temperature=39", "!needs_confirmation", "temperature" },
	{ "staple=3000", "!out_of_range", "staple" },
	{ "staple=3001", "out_of_range", "staple" },
	{ "staple=49", "needs_confirmation", "staple" },
	{ "staple=50", "!needs_confirmation", "staple" },
	{ "staple=1000", "!needs_confirmation", "staple" },
	{ "staple=1001", "needs_confirmation", "staple" },
	{ "staple=", "incomplete", "staple" },
	{ "fpg=", "incomplete", "fpg" },
	{ "fpg= fpg_meter=1 class=", "!incomplete", "fpg" },
	{ "fpg_meter=2", "inconsistent", "fpg_meter" },
	{ "foot_pulse=", "incomplete", "foot_pulse" },
	{ "foot_pulse=2", "incomplete", "foot_side" },
	{ "foot_pulse=3 foot_side=2", "!incomplete", "foot_side" },
	{ "foot_pulse=1 foot_side=2", "inconsistent", "foot_side" },
	{ "hypoglycaemia=", "incomplete", "hypoglycaemia" },
	{ "symptoms=2", "danger_unasked", "danger" },
	{ "symptoms=4", "danger_unasked", "danger" },
	{ "symptoms=5", "danger_unasked", "danger" },
	{ "symptoms=2 danger=0", "!danger_unasked", "danger" },
	{ "symptoms=3", "!danger_unasked", "danger" },
	{ "symptoms=9", "!danger_unasked", "danger" },
	{ "fpg=7.0", "required", "class_reason" },
	{ "fpg=6.9", "!required", "class_reason" },
	{ "fpg=3.9", "required", "class_reason" }, /* never simply "controlled" */
	{ "fpg=3.9 class=2", "!required", "class_reason" },
	{ "mode=3", "inconsistent", "sbp" },
	{ "mode=3 sbp= dbp=", "inconsistent", "foot_pulse" },
	{ "mode=3 sbp= dbp= foot_pulse=", "inconsistent", "fpg" },
	{ "mode=3 sbp= dbp= foot_pulse= fpg= home_fpg=6.4 class=", "!inconsistent", "fpg" },
	{ "mode=3 sbp= dbp= foot_pulse= fpg= class=", "!incomplete", "fpg" },
	{ "informant=2 sbp= dbp= foot_pulse=", "inconsistent", "fpg" },
	{ "informant=2 sbp= dbp= foot_pulse= fpg=", "inconsistent", "class" },
	{ "informant=2 sbp= dbp= foot_pulse= fpg= class=", "!incomplete", "fpg" },
	{ "adherence=1", "drugs_empty", "drugs" },
};

static void followup__finds__what_does_not_fit(void **state)
{
	(void)state;
	sheet_misfits(&programme_dm, COMPLETE, misfits, N_ELEMENTS(misfits));
}

/* mg/dL of the meter and the mmol/L that counts, halves up. */
static void followup__converts__what_the_meter_shows(void **state)
{
	static const struct {
		int64_t mgdl, tenths;
	} cases[] = { { 18, 10 }, { 125, 69 }, { 126, 70 }, { 127, 71 }, { 70, 39 }, { 71, 39 }, { 72, 40 }, { 299, 166 }, { 300, 167 },
		{ 301, 167 }, { 99, 55 } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct sheet *s = sheet_new(&programme_dm);

		sheet_fill(s->rec, &s->mem, COMPLETE);
		record_set_num(s->rec, "fpg_mgdl", cases[i].mgdl);
		sheet_check(s);
		assert_int_equal(record_num(s->rec, "fpg", 0), cases[i].tenths);
		assert_int_equal(record_num(s->rec, "fpg_mgdl", 0), cases[i].mgdl); /* the original is kept */
		sheet_end(s);
	}
}

static void lists__show__the_value(void **state)
{
	static const struct {
		const char *typed, *words;
	} cases[] = { { "fpg=6.4", "6.4" }, { "fpg=12", "12.0" }, { "fpg= fpg_meter=1", "LO" }, { "fpg= fpg_meter=2", "HI" },
		{ "fpg= home_fpg=7.7", "7.7" }, { "fpg=", "" } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct sheet *s = sheet_new(&programme_dm);
		AUTO_SBUF struct sbuf words = SBUF_INIT;

		sheet_fill(s->rec, &s->mem, cases[i].typed);
		measure_words(programme_measure(&programme_dm), s->rec, &words);
		assert_string_equal(words.s, cases[i].words);
		sheet_end(s);
	}
}

static void advice__says__the_numbers(void **state)
{
	struct sheet *s = sheet_new(&programme_dm);
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	struct visit_ctx vcx;
	struct advice a;

	(void)state;
	sheet_fill(s->rec, &s->mem, COMPLETE);
	sheet_fill(s->rec, &s->mem, "fpg=16.7 danger=2,9 sbp=180 dbp=110 hr=101 temperature=39.1");
	visit_ctx_of_record(&programme_dm, s->rec, &s->cx, &vcx);
	programme_advise(&vcx, &a);
	assert_true(a.state.emergency);
	assert_int_equal(a.n_reasons, 8);
	assert_string_equal(a.reasons[0]->key, "glucose_high");
	programme_dm.explain(&vcx, &line);
	assert_string_equal(line.s, "fasting glucose: target <7.0, today 16.7");
	sheet_end(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(followup__has_nothing_to_say__complete),
		cmocka_unit_test(followup__finds__what_does_not_fit),
		cmocka_unit_test(followup__converts__what_the_meter_shows),
		cmocka_unit_test(lists__show__the_value),
		cmocka_unit_test(advice__says__the_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
