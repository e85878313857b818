/* The elderly programme on a real file: the yearly service, its dates, the figures about everybody of 65. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/clinic/forms/forms.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "app/service/reports.h"
#include "app/service/worklist.h"
#include "support/base/check.h"
#include "support/service/clinic.h"

static const char *person(struct test_clinic *c, const char *name, const char *birth)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村'}", name, birth);
}

/* Whatever a complete form needs: the first code, the lowest usual number. */
static void fill(struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (f->required != REQUIRED_COMPLETE || !value_is_empty(&rec->values[i]) || f->type == V_REF || f->type == V_LIST)
			continue;
		if (f->type == V_CODE || f->type == V_CODES)
			record_set_text(rec, f->key, f->codes[0].code);
		else if (f->type == V_INT || f->type == V_DECIMAL)
			record_set_num(rec, f->key, f->soft.hi ? f->soft.lo : f->hard.lo);
		else if (f->type == V_DATE)
			record_set_text(rec, f->key, "2027-01-01");
		else
			record_set_text(rec, f->key, "-");
	}
}

static void save_full(struct test_clinic *c, enum kind_id kind, const char *variant, const char *who, const char *date)
{
	static const char *const not_for_him[] = { "smoking", "smoking_quit_age", "drinking", "drinking_quit_age" };
	struct save_options o = { .confirm_all = true };
	struct save_result r;
	struct record *rec;

	assert_ok(records_new(&c->app, kind_by_id(kind), variant, who, &c->mem, &rec, &c->err), &c->err);
	record_set_text(rec, "date", date);
	if (kind == KIND_EXAM) {
		record_set_text(rec, "programmes", "elderly");
		record_set_text(rec, "responsible", c->app.actor);
		record_set_text(rec, "smoking_status", "1");
		record_set_text(rec, "drinking_status", "1");
		record_set_text(rec, "exercise", "4");
		/* the pressures must make sense together */
		record_set_num(rec, "left_sbp", 120);
		record_set_num(rec, "left_dbp", 80);
		record_set_num(rec, "right_sbp", 120);
		record_set_num(rec, "right_dbp", 80);
	}
	fill(rec);
	for (size_t i = 0; kind == KIND_EXAM && i < N_ELEMENTS(not_for_him); i++)
		record_clear(rec, not_for_him[i]);
	assert_ok(records_save(&c->app, kind_by_id(kind), rec, &o, &c->mem, &r, &c->err), &c->err);
}

static int64_t figure(struct test_clinic *c, const char *code, int64_t *den)
{
	struct report_result r;

	assert_ok(reports_build(&c->app, "2026-11", NULL, &r, &c->err), &c->err);
	for (size_t i = 0; i < r.n_indicators; i++)
		if (!strcmp(r.indicators[i].ind->code, code)) {
			int64_t num = r.indicators[i].num;

			*den = r.indicators[i].den;
			report_result_release(&r);
			return num;
		}
	fail_msg("no indicator %s", code);
	return 0;
}

/* Everybody who reaches 65 in the year is asked for, on the roster or not; half a form does not count. */
static void elderly__figures__are_about_everybody_of_65(void **state)
{
	struct test_clinic c;
	const char *lan, *li;
	int64_t den;

	(void)state;
	clinic_start(&c);
	lan = person(&c, "陈桂兰", "1955-07-15");
	li = person(&c, "李美玉", "1961-12-31");
	person(&c, "差一天", "1962-01-01");
	assert_int_equal(figure(&c, "O00", &den), 0);
	assert_int_equal(den, 2);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-03','left_sbp':130,'left_dbp':80}", li);
	assert_int_equal(figure(&c, "O00", &den), 0);
	save_full(&c, KIND_EXAM, NULL, lan, "2026-11-03");
	assert_int_equal(clinic_count(&c, "SELECT sum(complete) FROM exam"), 1);
	assert_int_equal(figure(&c, "O00", &den), 1);
	assert_int_equal(figure(&c, "O02", &den), 0);
	save_full(&c, KIND_FOLLOWUP, "elderly", lan, "2026-11-03");
	assert_int_equal(figure(&c, "O02", &den), 1);
	assert_int_equal(den, 2);
	clinic_check(&c);
	clinic_stop(&c);
}

static void elderly__examination__serves_who_is_65(void **state)
{
	struct test_clinic c;
	const char *id;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	id = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-03'}", person(&c, "满六十五", "1961-12-31"));
	assert_ok(record_load(&c.app, KIND_EXAM, id, &c.mem, &rec, &c.err), &c.err);
	assert_string_equal(record_text(rec, "programmes"), "elderly");
	id = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-03'}", person(&c, "差一天", "1962-01-01"));
	assert_ok(record_load(&c.app, KIND_EXAM, id, &c.mem, &rec, &c.err), &c.err);
	assert_null(record_text(rec, "programmes"));
	clinic_stop(&c);
}

/* On a roster besides, and the examination names one of the two only. */
static void elderly__examination__may_serve_more(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who;
	bool warned = false;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
	assert_true(clinic_try(&c, &r, "exam", "{'resident':'%s','date':'2026-11-20','programmes':['elderly']}", who));
	for (const struct finding *f = r.findings.first; f; f = f->next)
		warned |= !strcmp(f->code, "programme_missing");
	assert_true(warned);
	clinic_stop(&c);
}

/* The whole year is time for it, no quarter misses him, the next is a year away. */
static void elderly__service__is_once_a_year(void **state)
{
	struct test_clinic c;
	struct worklist_counts n;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'elderly','enrolled_on':'2026-01-05'}", who);
	assert_int_equal(clinic_count(&c, "SELECT due = '2026-12-31' FROM due WHERE programme = 'elderly'"), 1);
	assert_ok(worklist_count(&c.app, 0, &n, &c.err), &c.err);
	assert_int_equal(n.quarter_missing, 0);
	save_full(&c, KIND_FOLLOWUP, "elderly", who, "2026-11-20");
	clinic_save(&c, "followup",
		"{'resident':'%s','programme':'elderly','date':'2026-11-21','mode':'1','informant':'1','care_eat':'0','care_wash':'1',"
		"'care_dress':'0','care_toilet':'1','care_move':'1'}", who);
	assert_int_equal(clinic_count(&c, "SELECT due = '2027-11-21' FROM due WHERE programme = 'elderly'"), 1);
	clinic_stop(&c);
}

/* Lists and the person's page say which constitution it is, in words. */
static void elderly__constitution__stands_in_lists(void **state)
{
	struct test_clinic c;
	struct record *rec;
	AUTO_SBUF struct sbuf text = SBUF_INIT, json = SBUF_INIT;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	i18n_set_language("zh");
	who = person(&c, "陈桂兰", "1955-07-15");
	for (int i = 1; i <= 33; i++) /* tired and short of breath, all else well */
		sbuf_addf(&json, ",'tcm%d':'%d'", i, i == 1 ? 4 : i == 2 || i == 3 ? 4
				: i == 4                                           ? 2
										   : 1);
	id = clinic_save(&c, "followup", "{'resident':'%s','programme':'elderly','date':'2026-11-21','mode':'1','informant':'1'%s}", who,
		json.s);
	assert_ok(record_load(&c.app, KIND_FOLLOWUP, id, &c.mem, &rec, &c.err), &c.err);
	record_summary(&c.app, KIND_FOLLOWUP, rec, &text);
	i18n_set_language("en");
	if (!strstr(text.s, " 气虚质") || strstr(text.s, "1是") || strstr(text.s, "否"))
		fail_msg("%s", text.s);
	clinic_stop(&c);
}

/* What is measured answers questions 9 and 28; the sums follow when all are answered. */
static void elderly__constitution__is_computed_while_typing(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = 20779, .last_visit = NO_DAY };
	struct record *rec = record_new(&mem, programme_by_code("elderly")->followup);
	char key[8];

	(void)state;
	record_set_num(rec, "height", 1600);
	record_set_num(rec, "weight", 640);
	record_set_num(rec, "waist", 901);
	rec->form->compute(rec, &cx);
	assert_string_equal(record_text(rec, "tcm9"), "3"); /* 25.00 */
	assert_string_equal(record_text(rec, "tcm28"), "4");
	assert_null(record_text(rec, "pinghe"));
	for (int i = 1; i <= 33; i++) {
		snprintf(key, sizeof key, "tcm%d", i);
		if (!record_text(rec, key))
			record_set_text(rec, key, "1");
	}
	rec->form->compute(rec, &cx);
	assert_int_equal(record_num(rec, "tanshi_score", 0), 9);
	assert_string_equal(record_text(rec, "tanshi"), "2");
	assert_string_equal(record_text(rec, "pinghe"), "2");
	record_clear(rec, "tcm1");
	rec->form->compute(rec, &cx);
	assert_null(record_text(rec, "pinghe"));
	arena_release(&mem);
}

static const struct {
	int64_t weight, waist; /* at 200 cm: 96.0 kg is 24.00 */
	const char *nine, *twenty_eight;
} measured[] = { { 959, 799, "1", "1" }, { 960, 800, "2", "2" }, { 999, 850, "2", "2" }, { 1000, 851, "3", "3" },
	{ 1040, 900, "4", "3" }, { 1119, 1050, "4", "4" }, { 1120, 1051, "5", "5" } };

static void elderly__measured__answers_at_each_limit(void **state)
{
	struct arena mem = { 0 };
	struct form_context cx = { .today = 20779, .last_visit = NO_DAY };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(measured); i++) {
		struct record *rec = record_new(&mem, programme_by_code("elderly")->followup);

		record_set_num(rec, "height", 2000);
		record_set_num(rec, "weight", measured[i].weight);
		record_set_num(rec, "waist", measured[i].waist);
		rec->form->compute(rec, &cx);
		assert_case(!strcmp(record_text(rec, "tcm9"), measured[i].nine), i, record_text(rec, "tcm9"));
		assert_case(!strcmp(record_text(rec, "tcm28"), measured[i].twenty_eight), i, record_text(rec, "tcm28"));
	}
	arena_release(&mem);
}

static void elderly__tables__are_sound(void **state)
{
	struct err err;

	(void)state;
	assert_ok(programme_selftest(programme_by_code("elderly"), &err), &err);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(elderly__figures__are_about_everybody_of_65),
		cmocka_unit_test(elderly__examination__serves_who_is_65),
		cmocka_unit_test(elderly__examination__may_serve_more),
		cmocka_unit_test(elderly__service__is_once_a_year),
		cmocka_unit_test(elderly__constitution__stands_in_lists),
		cmocka_unit_test(elderly__constitution__is_computed_while_typing),
		cmocka_unit_test(elderly__measured__answers_at_each_limit),
		cmocka_unit_test(elderly__tables__are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
