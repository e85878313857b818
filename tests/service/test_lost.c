/* Who cannot be found: when he leaves the work list, where he stays counted, what brings him back. */
#include "service/given.h"

#include "app/base/mem.h"
#include "app/service/clinic_settings.h"
#include "app/service/lacks.h"
#include "app/service/lost.h"
#include "app/service/reports.h"
#include "app/service/roster.h"
#include "app/service/signing.h"
#include "app/service/worklist.h"

static struct {
	const char *who, *roster, *team;
} ids;

static int setup(void **state)
{
	static struct test_clinic c;

	clinic_start(&c);
	ids.team = clinic_save(&c, "team", "{'name':'林秀英团队'}");
	ids.who = clinic_save(&c, "resident", "{'name':'黄水金','sex':'1','birth_date':'1950-01-02','village':'上坂村','phone':'10000007710',"
					      "'filed_on':'2020-01-01'}");
	ids.roster = clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06','next_due':'2026-11-01'}",
		ids.who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-02-01','mode':'1','symptoms':['1'],'sbp':130,'dbp':80}",
		ids.who);
	given_sign(&c, ids.who, ids.team, "2025-12-01", "");
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	clinic_stop(*state);
	return 0;
}

static struct record *load(struct test_clinic *c, enum kind_id kind, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, kind, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

static const char *text(struct test_clinic *c, const char *key)
{
	const char *s = record_text(load(c, KIND_RESIDENT, ids.who), key);

	return s ? s : "";
}

static struct save_result change(struct test_clinic *c, const char *json)
{
	struct save_result r;

	assert_ok(clinic_try(c, &r, "resident", "{'id':'%s','revision':%d,%s}", ids.who,
			  (int)load(c, KIND_RESIDENT, ids.who)->meta.revision, json),
		&c->err);
	return r;
}

static bool told(const struct save_result *r, const char *code)
{
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (!strcmp(f->code, code))
			return true;
	return false;
}

static void call(struct test_clinic *c, const char *day, const char *outcome)
{
	clinic_save(c, "call", "{'resident':'%s','date':'%s','outcome':'%s'}", ids.who, day, outcome);
}

static int64_t due(struct test_clinic *c)
{
	return clinic_count(c, "SELECT count(*) FROM due");
}

static struct worklist_counts counts(struct test_clinic *c)
{
	struct worklist_counts n;

	assert_ok(worklist_count(&c->app, 0, &n, &c->err), &c->err);
	return n;
}

/* Lost with so many attempts. */
static void lose(struct test_clinic *c, int attempts)
{
	AUTO_SBUF struct sbuf json = SBUF_INIT;

	sbuf_addf(&json, "'status':'5','lost_on':'2026-11-10','lost_attempts':%d,'lost_how':['1','2'],'lost_reason':'家里没人'", attempts);
	change(c, json.s);
}

static void lost__leaves_the_list__after_the_rules_attempts(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	assert_int_equal(due(c), 2);
	assert_int_equal(counts(c).quarter_missing, 1);
	r = change(c, "'status':'5','lost_attempts':2,'lost_how':['1'],'lost_reason':'停机'");
	assert_true(told(&r, "too_few_attempts"));
	assert_int_equal(due(c), 2); /* one more time, says the list */
	assert_int_equal(counts(c).quarter_missing, 1);
	r = change(c, "'lost_attempts':3");
	assert_false(told(&r, "too_few_attempts"));
	assert_int_equal(due(c), 0);
	assert_int_equal(counts(c).quarter_missing, 0);
	assert_int_equal(counts(c).n_more, 0); /* nor is he missed at the examination */
	clinic_check(c);
}

/* The page lacks what the list asks for, and no longer than it does. */
static void lost__lacks_on_the_page__while_he_is_on_the_list(void **state)
{
	static const int attempts[] = { 0, 2, 3, 4 };
	struct test_clinic *c = *state;

	for (size_t i = 0; i < N_ELEMENTS(attempts); i++) {
		struct lack lacks[LACKS_MAX];
		struct overview o;
		size_t n, followups = 0;

		lose(c, attempts[i]);
		assert_ok(overview_read(&c->app, ids.who, &c->mem, &o, &c->err), &c->err);
		assert_ok(lacks_read(&c->app, &o, &c->mem, lacks, &n, &c->err), &c->err);
		for (size_t k = 0; k < n; k++)
			followups += !strcmp(lacks[k].task.task, "followup");
		assert_case(followups == (attempts[i] < 3), i, "follow-up owed on the page");
		assert_case((due(c) > 0) == (attempts[i] < 3), i, "on the list");
		assert_case((n > 0) == (attempts[i] < 3), i, "anything at all");
	}
}

static void lost__asks__how_often_and_how(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r = change(c, "'status':'5'");
	const char *asked[] = { "lost_attempts", "lost_how", "lost_reason" };

	assert_string_equal(text(c, "lost_on"), "2026-11-22"); /* today when nothing else is said */
	for (size_t i = 0; i < N_ELEMENTS(asked); i++) {
		bool found = false;

		for (const struct finding *f = r.findings.first; f; f = f->next)
			found |= !strcmp(f->field, asked[i]);
		assert_case(found, i, asked[i]);
	}
}

/* Calls without an answer since he was last met are attempts; one that reached him begins anew. */
static void lost__takes__calls_in_vain_as_attempts(void **state)
{
	struct test_clinic *c = *state;

	call(c, "2026-01-10", "4"); /* before the last visit */
	call(c, "2026-03-01", "5");
	call(c, "2026-04-01", "3"); /* his son answered */
	call(c, "2026-10-01", "4");
	call(c, "2026-10-08", "4");
	call(c, "2026-10-20", "5");
	change(c, "'status':'5'");
	assert_int_equal(record_num(load(c, KIND_RESIDENT, ids.who), "lost_attempts", -1), 3);
	assert_string_equal(text(c, "lost_how"), "1");
	assert_int_equal(due(c), 0);
}

static void lost__follows__another_rule_at_once(void **state)
{
	struct test_clinic *c = *state;

	lose(c, 3);
	assert_int_equal(due(c), 0);
	assert_ok(lost_set_rule(&c->app, "5", &c->err), &c->err);
	assert_int_equal(due(c), 2);
	assert_ok(lost_set_rule(&c->app, "", &c->err), &c->err);
	assert_int_equal(due(c), 0);
	assert_refused(lost_set_rule(&c->app, "0", &c->err), &c->err, ERR_OUT_OF_RANGE);
	assert_refused(lost_set_rule(&c->app, "drei", &c->err), &c->err, ERR_OUT_OF_RANGE);
	assert_int_equal(due(c), 0);
}

/* "1/1" */
static const char *value(struct test_clinic *c, const struct report_result *r, const char *code)
{
	for (size_t i = 0; i < r->n_indicators; i++)
		if (!strcmp(r->indicators[i].ind->code, code))
			return arena_printf(&c->mem, "%d/%d", (int)r->indicators[i].num, (int)r->indicators[i].den);
	return "none";
}

/* He stays managed and counted; from the day on which he was lost he is not in target. */
static void lost__stays__in_the_denominators(void **state)
{
	struct test_clinic *c = *state;
	AUTO_REPORT_RESULT struct report_result before = { 0 }, after = { 0 };

	lose(c, 3);
	assert_ok(reports_build(&c->app, "2026-10", NULL, &before, &c->err), &c->err);
	assert_string_equal(value(c, &before, "H02"), "1/1");
	assert_ok(reports_build(&c->app, "2026-11", NULL, &after, &c->err), &c->err);
	assert_string_equal(value(c, &after, "H02"), "0/1");
	assert_string_equal(value(c, &after, "H01"), "0/1");
}

/* The same of a roster alone. */
static void lost_on_a_roster__counts__from_its_day_on(void **state)
{
	struct test_clinic *c = *state;
	AUTO_REPORT_RESULT struct report_result before = { 0 }, after = { 0 };

	clinic_save(c, "enrolment", "{'id':'%s','revision':1,'status':'lost','note':'不知去向','lost_on':'2026-11-10','lost_attempts':3,"
				    "'lost_how':['2']}", ids.roster);
	assert_ok(reports_build(&c->app, "2026-10", NULL, &before, &c->err), &c->err);
	assert_string_equal(value(c, &before, "H02"), "1/1");
	assert_ok(reports_build(&c->app, "2026-11", NULL, &after, &c->err), &c->err);
	assert_string_equal(value(c, &after, "H02"), "0/1");
}

static void assert_back(struct test_clinic *c)
{
	assert_string_equal(text(c, "status"), "1");
	assert_string_equal(text(c, "lost_on"), "");
	assert_string_equal(text(c, "lost_how"), "");
	assert_int_equal(counts(c).quarter_missing, 1);
	clinic_check(c);
}

static void back__restores__what_was_due(void **state)
{
	struct test_clinic *c = *state;

	lose(c, 3);
	change(c, "'status':'1'");
	assert_back(c);
	assert_int_equal(due(c), 2);
}

static void found__by_a_visit__and_the_save_can_be_taken_back(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r, undone;

	lose(c, 3);
	assert_ok(clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-11-05','status':'finished','doctor':'001'}", ids.who), &c->err);
	assert_string_equal(text(c, "status"), "5"); /* entered late, of before he was lost */
	assert_ok(clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-11-21','status':'finished','informant':'2','doctor':'001'}", ids.who), &c->err);
	assert_string_equal(text(c, "status"), "5"); /* a relative fetched the drugs */
	assert_ok(clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-11-22'}", ids.who), &c->err);
	assert_true(told(&r, "found_again"));
	assert_back(c);
	assert_ok(records_undo(&c->app, kind_by_name("visit"), r.rec->meta.id, &c->mem, &undone, &c->err), &c->err);
	assert_string_equal(text(c, "status"), "5");
	assert_int_equal(due(c), 0);
}

static void found__by_a_call__that_reaches_him(void **state)
{
	struct test_clinic *c = *state;

	lose(c, 3);
	call(c, "2026-11-22", "4");
	assert_string_equal(text(c, "status"), "5");
	call(c, "2026-11-22", "1");
	assert_back(c);
}

/* A sheet that says why he was not seen is none of his visits. */
static void not_found__by_a_sheet__that_says_he_was_not_there(void **state)
{
	struct test_clinic *c = *state;

	lose(c, 3);
	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'2','absence':'1','lost_reason':'没人'}",
		ids.who);
	assert_string_equal(text(c, "status"), "5");
	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-22','mode':'2','symptoms':['1'],'sbp':130,'dbp':80}",
		ids.who);
	assert_string_equal(text(c, "status"), "1");
}

/* Put down for an examination day is not examined. */
static void found__by_an_examination__not_by_its_list(void **state)
{
	struct test_clinic *c = *state;
	const char *day, *exam;

	lose(c, 3);
	day = clinic_save(c, "exam_day", "{'date':'2026-11-22','place':'祠堂','stations':['1']}");
	exam = clinic_save(c, "exam", "{'resident':'%s','date':'2026-11-22','exam_day':'%s'}", ids.who, day);
	assert_string_equal(text(c, "status"), "5");
	clinic_save(c, "exam", "{'id':'%s','revision':1,'weight':61.5}", exam);
	assert_string_equal(text(c, "status"), "1");
}

/* One roster may lose him: the other goes on. */
static void lost_on_a_roster__asks_twice__and_comes_back(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	assert_refused(clinic_try(c, &r, "enrolment", "{'id':'%s','revision':1,'status':'lost','note':'不知去向','lost_attempts':1,"
						      "'lost_how':['2']}",
			       ids.roster),
		&c->err, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c->err.field, "lost_attempts");
	clinic_save(c, "enrolment", "{'id':'%s','revision':1,'status':'lost','note':'不知去向','lost_attempts':1,'lost_how':['2']}",
		ids.roster);
	assert_string_equal(record_text(load(c, KIND_ENROLMENT, ids.roster), "lost_on"), "2026-11-22");
	clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-22','status':'finished'}", ids.who);
	assert_string_equal(record_text(load(c, KIND_ENROLMENT, ids.roster), "status"), "active");
	assert_null(record_text(load(c, KIND_ENROLMENT, ids.roster), "lost_on"));
}

/* Nobody can sign for him, and no list of renewals holds him. */
static void lost__is_not_asked__for_a_signature(void **state)
{
	struct test_clinic *c = *state;
	const char *home = clinic_save(c, "household", "{'name':'黄水金','village':'上坂村'}");
	struct candidate *v;
	size_t n;

	change(c, "'household_relation':'0'");
	clinic_save(c, "resident", "{'id':'%s','revision':2,'household':'%s'}", ids.who, home);
	lose(c, 3);
	assert_ok(signing_household(&c->app, record_row(&c->app, KIND_HOUSEHOLD, home), &c->mem, &v, &n, &c->err), &c->err);
	assert_int_equal(n, 1);
	assert_int_equal(v[0].state, SIGNING_NOBODY);
	assert_false(v[0].chosen);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(lost__leaves_the_list__after_the_rules_attempts),
		T(lost__lacks_on_the_page__while_he_is_on_the_list),
		T(lost__asks__how_often_and_how),
		T(lost__takes__calls_in_vain_as_attempts),
		T(lost__follows__another_rule_at_once),
		T(lost__stays__in_the_denominators),
		T(back__restores__what_was_due),
		T(found__by_a_visit__and_the_save_can_be_taken_back),
		T(found__by_a_call__that_reaches_him),
		T(not_found__by_a_sheet__that_says_he_was_not_there),
		T(found__by_an_examination__not_by_its_list),
		T(lost_on_a_roster__asks_twice__and_comes_back),
		T(lost_on_a_roster__counts__from_its_day_on),
		T(lost__is_not_asked__for_a_signature),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
