/* The yearly examination: what is computed, what applies to whom, the inspectors' cross-checks, values outside the usual. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/clinic/exam.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/record.h"
#include "app/programmes/programmes.h"

enum { TODAY = 20779 }; /* 2026-11-22 */

/* From "key=value;key=value"; values as people type them. */
static struct record *make(struct arena *mem, const struct form_def *form, const char *pairs)
{
	struct record *rec = record_new(mem, form);

	for (const char *at = pairs; *at; at += strcspn(at, ";"), at += *at == ';') {
		char pair[64], *value;
		struct value v;
		struct err err;

		snprintf(pair, sizeof pair, "%.*s", (int)strcspn(at, ";"), at);
		value = strchr(pair, '=');
		assert_non_null(value);
		*value++ = '\0';
		if (!form_field(form, pair) || !field_parse(form_field(form, pair), value, TODAY, mem, &v, &err))
			fail_msg("%s=%s", pair, value);
		record_set(rec, pair, &v);
	}
	return rec;
}

static struct record *person(struct arena *mem, const char *sex, const char *born)
{
	struct record *rec = record_new(mem, &resident_form);

	record_set_text(rec, "sex", sex);
	record_set_text(rec, "birth_date", born);
	return rec;
}

static const struct finding *found(const struct findings *fs, const char *field, enum finding_level level, const char *code)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (f->level == level && !strcmp(f->field, field) && (!code || !strcmp(f->code, code)))
			return f;
	return NULL;
}

/* ---- cross-checks ---------------------------------------------------------------------------------------------------- */

/* level -1: there must be no finding of this code at the field. */
static const struct cross {
	const char *pairs, *field, *code;
	int level;
} crosses[] = {
	{ "left_sbp=130;left_dbp=130", "left_dbp", NULL, FINDING_ERROR },
	{ "left_sbp=130;left_dbp=111", "left_dbp", NULL, FINDING_QUESTION },
	{ "left_sbp=130;left_dbp=110", "left_dbp", NULL, -1 },
	{ "right_sbp=120;right_dbp=125", "right_dbp", NULL, FINDING_ERROR },
	{ "left_sbp=150;left_dbp=80;right_sbp=130;right_dbp=80", "right_sbp", "arms_differ", FINDING_WARNING },
	{ "left_sbp=149;left_dbp=80;right_sbp=130;right_dbp=80", "right_sbp", "arms_differ", -1 },
	{ "rectal=4", "rectal", NULL, FINDING_QUESTION },
	{ "rectal=2", "rectal", NULL, -1 },
	{ "evaluation=2;height=160;weight=61.5", "risk_control", "risk_weight", FINDING_WARNING },
	{ "evaluation=2;height=160;weight=61.4", "risk_control", "risk_weight", -1 },
	{ "evaluation=2;height=160;weight=61.5;risk_control=5", "risk_control", "risk_weight", -1 },
	{ "evaluation=1;smoking_status=3", "risk_control", "risk_smoking", FINDING_WARNING },
	{ "evaluation=1;smoking_status=3;risk_control=1", "risk_control", "risk_smoking", -1 },
	{ "evaluation=1;smoking_status=2", "risk_control", "risk_smoking", -1 },
	{ "evaluation=1;drinking_status=4", "risk_control", "risk_drinking", FINDING_WARNING },
	{ "evaluation=1;drinking_status=3", "risk_control", "risk_drinking", -1 },
	{ "evaluation=1;ecg=2", "evaluation", "evaluation_normal", FINDING_WARNING },
	{ "evaluation=1;ecg=1", "evaluation", "evaluation_normal", -1 },
	{ "evaluation=2;ecg=2", "evaluation", "evaluation_normal", -1 },
	{ "evaluation=1;left_sbp=140;left_dbp=80", "evaluation", "evaluation_normal", FINDING_WARNING },
	{ "evaluation=1;left_sbp=139;left_dbp=89", "evaluation", "evaluation_normal", -1 },
	{ "evaluation=1;fpg=6.10", "evaluation", "evaluation_normal", FINDING_WARNING },
	{ "evaluation=1;fpg=6.09", "evaluation", "evaluation_normal", -1 },
	{ "evaluation=1;urine_protein=++", "evaluation", "evaluation_normal", FINDING_WARNING },
	{ "evaluation=1;urine_protein=+-", "evaluation", "evaluation_normal", -1 },
	{ "evaluation=2;programmes=htn", "guidance", "guidance_chronic", FINDING_WARNING },
	{ "evaluation=2;programmes=htn;guidance=1", "guidance", "guidance_chronic", -1 },
	{ "programmes=htn", "guidance", "guidance_chronic", -1 },
	{ "ecg=2", "ecg_other", "incomplete", FINDING_WARNING },
	{ "ecg=2;ecg_other=房颤", "ecg_other", "incomplete", -1 },
	{ "teeth=2,3", "teeth_caries", "incomplete", FINDING_WARNING },
	{ "teeth=1", "teeth_caries", "incomplete", -1 },
	{ "smoking_status=1;smoking=5", "smoking", NULL, FINDING_ERROR },
	{ "smoking_status=3;smoking=0", "smoking", NULL, FINDING_ERROR },
	{ "drinking_status=1;drinking=2", "drinking", NULL, FINDING_ERROR },
	{ "smoking_status=1;smoking_from_age=20", "smoking_from_age", "habit_without", FINDING_WARNING },
	{ "smoking_status=2;smoking_from_age=20;smoking_quit_age=40", "smoking_quit_age", "habit_without", -1 },
	{ "smoking_status=3;smoking=5;smoking_quit_age=40", "smoking_quit_age", "habit_without", FINDING_WARNING },
	{ "drinking_status=1;drunk=1", "drunk", "habit_without", FINDING_WARNING },
	{ "drinking_status=1;drinks=1", "drinks", "habit_without", FINDING_WARNING },
	{ "drinking_status=1;drinking_stopped=2", "drinking_stopped", "habit_without", FINDING_WARNING },
	{ "drinking_status=1;drinking_stopped=1", "drinking_stopped", "habit_without", -1 },
	{ "drinking_status=2;drunk=1", "drunk", "habit_without", -1 },
	{ "evaluation=2;fpg=7.00", "guidance", "guidance_recheck", FINDING_WARNING },
	{ "evaluation=2;fpg=6.99", "guidance", "guidance_recheck", -1 },
	{ "evaluation=2;hba1c=6.5", "guidance", "guidance_recheck", FINDING_WARNING },
	{ "evaluation=2;hba1c=6.4", "guidance", "guidance_recheck", -1 },
	{ "evaluation=2;fpg=7.00;guidance=3", "guidance", "guidance_recheck", -1 },
	{ "evaluation=2;fpg=7.00;programmes=dm", "guidance", "guidance_recheck", -1 },
	{ "evaluation=2;left_sbp=140;left_dbp=80", "guidance", "guidance_recheck", FINDING_WARNING },
	{ "evaluation=2;left_sbp=139;left_dbp=89", "guidance", "guidance_recheck", -1 },
	{ "evaluation=2;left_sbp=120;left_dbp=90;guidance=2", "guidance", "guidance_recheck", -1 },
	{ "evaluation=2;left_sbp=150;left_dbp=80;programmes=htn", "guidance", "guidance_recheck", -1 },
	{ "left_sbp=150;left_dbp=80", "guidance", "guidance_recheck", -1 },
	{ "date=2026-11-22;smoking_from_age=72", "smoking_from_age", NULL, FINDING_ERROR },
	{ "date=2026-11-22;smoking_from_age=71", "smoking_from_age", NULL, -1 },
	{ "date=2026-11-22;smoking_from_age=30;smoking_quit_age=29", "smoking_quit_age", NULL, FINDING_ERROR },
	{ "fpg=5.6;fpg_mgdl=120", "fpg_mgdl", NULL, FINDING_ERROR },
	{ "fpg=5.6;fpg_mgdl=101", "fpg_mgdl", NULL, -1 },
	{ "date=2026-11-20;feedback_date=2026-11-19", "feedback_date", NULL, FINDING_ERROR },
	{ "date=2026-11-20;feedback_date=2026-11-20", "feedback_to", "incomplete", FINDING_WARNING },
	{ "temperature=45.1", "temperature", NULL, FINDING_ERROR },
	{ "temperature=39.1", "temperature", NULL, FINDING_QUESTION },
	{ "cognition_score=31", "cognition_score", NULL, FINDING_ERROR },
};

static void exam__crosses__items(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };

	cx.resident = person(&mem, "2", "1955-07-15");
	for (size_t i = 0; i < N_ELEMENTS(crosses); i++) {
		const struct cross *c = &crosses[i];
		struct record *rec = make(&mem, &exam_form, c->pairs);
		struct findings fs;
		bool is;

		findings_init(&fs, &mem);
		record_check(rec, &cx, &fs);
		if (c->level >= 0)
			is = found(&fs, c->field, (enum finding_level)c->level, c->code) != NULL;
		else if (c->code)
			is = !found(&fs, c->field, FINDING_WARNING, c->code);
		else
			is = !found(&fs, c->field, FINDING_ERROR, NULL) && !found(&fs, c->field, FINDING_QUESTION, NULL);
		if (!is)
			fail_msg("%s: %s %s", c->pairs, c->field, c->code ? c->code : "");
	}
	arena_release(&mem);
}

/* What the file knows of the past is among the problems of today. */
static void exam__crosses__the_file(void **state)
{
	static const struct {
		const char *past, *pairs, *field;
		bool said;
	} cases[] = { { "7", "brain=1", "brain", true }, { "7", "brain=2", "brain", false }, { "2", "brain=1", "brain", false },
		{ "4", "heart=1", "heart", true }, { "4", "heart=3", "heart", false }, { "3", "other_system=1", "other_system", true },
		{ "3", "other_system=2", "other_system", false }, { "5", "other_system=1", "other_system", true } };
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const struct field *list = form_field(&resident_form, "past_disease");
		struct record *who = person(&mem, "2", "1955-07-15"), *item = record_new(&mem, list->form);
		struct findings fs;

		record_set_text(item, "code", cases[i].past);
		record_set(who, "past_disease", &(struct value){ .kind = V_LIST, .items = &item, .n_items = 1 });
		cx.resident = who;
		findings_init(&fs, &mem);
		record_check(make(&mem, &exam_form, cases[i].pairs), &cx, &fs);
		if (!found(&fs, cases[i].field, FINDING_WARNING, "problem_past") == cases[i].said)
			fail_msg("%s: %s", cases[i].past, cases[i].pairs);
	}
	arena_release(&mem);
}

static void exam__crosses__a_mans_items(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };
	struct findings fs;

	cx.resident = person(&mem, "1", "1955-07-15");
	findings_init(&fs, &mem);
	record_check(make(&mem, &exam_form, "rectal=4"), &cx, &fs);
	assert_null(found(&fs, "rectal", FINDING_QUESTION, NULL));
	record_check(make(&mem, &exam_form, "cervical_smear=1"), &cx, &fs);
	assert_non_null(found(&fs, "cervical_smear", FINDING_QUESTION, NULL));
	arena_release(&mem);
}

static void exam__refuses__no_symptoms_with_others(void **state)
{
	struct arena mem = { 0 };
	struct value v;
	struct err err;

	assert_false(field_parse(form_field(&exam_form, "symptoms"), "01,07", TODAY, &mem, &v, &err) &&
		field_check(form_field(&exam_form, "symptoms"), &v, TODAY, &err));
	arena_release(&mem);
}

static void exam__asks__when_the_height_jumps(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };
	struct findings fs;

	cx.previous = make(&mem, &exam_form, "height=160.0");
	findings_init(&fs, &mem);
	record_check(make(&mem, &exam_form, "height=163.0"), &cx, &fs);
	assert_null(found(&fs, "height", FINDING_QUESTION, NULL));
	record_check(make(&mem, &exam_form, "height=163.1"), &cx, &fs);
	assert_non_null(found(&fs, "height", FINDING_QUESTION, NULL));
	arena_release(&mem);
}

static void exam__refuses__a_stay_that_ends_before_it_begins(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };
	struct record *rec = make(&mem, &exam_form, "date=2026-11-22"), *stay = record_add_item(rec, "stays");
	struct findings fs;

	record_set_text(stay, "from", "2026-03-05");
	record_set_text(stay, "to", "2026-03-01");
	findings_init(&fs, &mem);
	record_check(rec, &cx, &fs);
	assert_non_null(found(&fs, "stays[0].to", FINDING_ERROR, NULL));
	record_set_text(stay, "from", "2026-12-05");
	record_clear(stay, "to");
	findings_init(&fs, &mem);
	record_check(rec, &cx, &fs);
	assert_non_null(found(&fs, "stays[0].from", FINDING_ERROR, NULL));
	arena_release(&mem);
}

/* ---- what applies ------------------------------------------------------------------------------------------------------ */

static const struct needs {
	const char *pairs, *field;
	bool needed;
} needs[] = {
	{ "smoking_status=3", "smoking", true },
	{ "smoking_status=1", "smoking", false },
	{ "smoking_status=2", "smoking_quit_age", true },
	{ "smoking_status=3", "smoking_quit_age", false },
	{ "exercise=4", "exercise_minutes", false },
	{ "exercise=3", "exercise_minutes", true },
	{ "drinking_status=2;drinking_stopped=1", "drinking_quit_age", false },
	{ "drinking_status=2;drinking_stopped=2", "drinking_quit_age", true },
	{ "cognition=1", "cognition_score", false },
	{ "cognition=2", "cognition_score", true },
	{ "evaluation=1", "abnormalities", false },
	{ "evaluation=2", "abnormalities", true },
	{ "risk_control=5", "weight_target", true },
	{ "programmes=htn", "self_care", false },
	{ "programmes=htn", "hb", false },
	{ "programmes=htn", "lips", true },
};

static void exam__asks__only_what_applies(void **state)
{
	struct arena mem = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(needs); i++) {
		struct record *rec = make(&mem, &exam_form, needs[i].pairs);

		if (exam_form.needed(rec, form_field(&exam_form, needs[i].field), TODAY) != needs[i].needed)
			fail_msg("%s: %s", needs[i].pairs, needs[i].field);
	}
	arena_release(&mem);
}

/* ---- computed ------------------------------------------------------------------------------------------------------------ */

static void exam__computes__bmi_pressure_and_glucose(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };
	struct record *rec = make(&mem, &exam_form,
		"height=160;weight=61.5;left_sbp=142;left_dbp=88;right_sbp=150;right_dbp=84;fpg_mgdl=101");

	exam_form.compute(rec, &cx);
	assert_int_equal(record_num(rec, "bmi", 0), 2402);
	assert_int_equal(record_num(rec, "sbp", 0), 150);
	assert_int_equal(record_num(rec, "dbp", 0), 84);
	assert_int_equal(record_num(rec, "fpg", 0), 561);
	record_clear(rec, "right_dbp");
	exam_form.compute(rec, &cx);
	assert_int_equal(record_num(rec, "sbp", 0), 142);
	record_clear(rec, "left_sbp");
	exam_form.compute(rec, &cx);
	assert_int_equal(record_num(rec, "sbp", 0), 0);
	arena_release(&mem);
}

/* The examination asks for one place more than the trend of a diabetic has. */
static void exam__glucose__is_the_measure_of_the_programme(void **state)
{
	static const struct {
		const char *pairs, *words;
	} cases[] = {
		{ "fpg=8.00", "8.0" }, { "fpg=7.21", "7.2" }, { "fpg=7.25", "7.3" }, { "fpg=12", "12.0" }, { "fpg_mgdl=101", "5.6" },
	};
	const struct measure *m = programme_by_code("dm")->measures[0];
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };
	struct arena mem = { 0 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = make(&mem, &exam_form, cases[i].pairs);
		AUTO_SBUF struct sbuf words = SBUF_INIT;

		exam_form.compute(rec, &cx);
		assert_true(measure_words(m, rec, &words));
		assert_string_equal(words.s, cases[i].words);
	}
	arena_release(&mem);
}

/* ---- outside the usual ----------------------------------------------------------------------------------------------------- */

static const struct usual {
	const char *sex, *key, *value;
	enum exam_side side;
} usuals[] = {
	{ "1", "hb", "129", EXAM_LOW },       { "1", "hb", "130", EXAM_USUAL },        { "1", "hb", "175", EXAM_USUAL },
	{ "1", "hb", "176", EXAM_HIGH },      { "2", "hb", "115", EXAM_USUAL },        { "2", "hb", "114", EXAM_LOW },
	{ "2", "alt", "40.0", EXAM_USUAL },   { "2", "alt", "40.1", EXAM_HIGH },       { "1", "alt", "50.0", EXAM_USUAL },
	{ "1", "tbil", "26.0", EXAM_USUAL },  { "1", "tbil", "26.1", EXAM_HIGH },      { "2", "hdl", "0.99", EXAM_LOW },
	{ "2", "hdl", "1.00", EXAM_USUAL },   { "2", "fpg", "3.89", EXAM_LOW },        { "2", "fpg", "3.90", EXAM_USUAL },
	{ "2", "ecg", "2", EXAM_ABNORMAL },   { "2", "ecg", "1", EXAM_USUAL },         { "2", "foot_pulse", "2", EXAM_USUAL },
	{ "2", "foot_pulse", "1", EXAM_ABNORMAL }, { "2", "breast", "2,4", EXAM_ABNORMAL }, { "2", "urine_sugar", "1+", EXAM_ABNORMAL },
	{ "2", "urine_sugar", "-", EXAM_USUAL }, { "2", "urine_sugar", "阳性", EXAM_ABNORMAL }, { "2", "smoking", "99", EXAM_USUAL },
};

static void exam__knows__the_usual(void **state)
{
	struct arena mem = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(usuals); i++) {
		const struct usual *u = &usuals[i];
		const struct field *f = form_field(&exam_form, u->key);
		struct value v;
		struct err err;

		assert_true(field_parse(f, u->value, TODAY, &mem, &v, &err));
		if (exam_side_of(f, &v, u->sex) != u->side)
			fail_msg("%s %s=%s", u->sex, u->key, u->value);
	}
	arena_release(&mem);
}

static void exam__lists__what_is_abnormal_once(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = TODAY, .last_visit = NO_DAY };
	struct record *rec = make(&mem, &exam_form, "left_sbp=160;left_dbp=100;ecg=2;ecg_other=房颤;tbil=31.0");
	const struct field *out[8];
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	assert_true(i18n_set_language("en"));
	exam_form.compute(rec, &cx);
	assert_int_equal(exam_abnormal(rec, "2", out, 8), 3);
	assert_string_equal(out[0]->key, "sbp");
	for (size_t i = 0; i < 3; i++) {
		sbuf_adds(&b, i ? "|" : "");
		exam_value_text(rec, out[i], "2", &b);
	}
	assert_string_equal(b.s, "BP 160/100 mmHg high|ECG 2 Abnormal 房颤|Total bilirubin 31.0 umol/L high");
	assert_true(i18n_set_language("zh"));
	arena_release(&mem);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(exam__crosses__items),
		cmocka_unit_test(exam__crosses__the_file),
		cmocka_unit_test(exam__crosses__a_mans_items),
		cmocka_unit_test(exam__refuses__no_symptoms_with_others),
		cmocka_unit_test(exam__asks__when_the_height_jumps),
		cmocka_unit_test(exam__refuses__a_stay_that_ends_before_it_begins),
		cmocka_unit_test(exam__asks__only_what_applies),
		cmocka_unit_test(exam__computes__bmi_pressure_and_glucose),
		cmocka_unit_test(exam__glucose__is_the_measure_of_the_programme),
		cmocka_unit_test(exam__knows__the_usual),
		cmocka_unit_test(exam__lists__what_is_abnormal_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
