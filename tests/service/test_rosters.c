/* Everyday situations with somebody on a roster: a relative collects the drugs (situation 2), a pressure told on the telephone
 * (situation 15); who belongs on a roster and is on none; lost, paused, ended. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/programmes/programmes.h"
#include "app/service/lacks.h"
#include "app/service/overview.h"
#include "app/service/series.h"
#include "db/stmt.h"

static const char *person(struct test_clinic *c, const char *more)
{
	return clinic_save(c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村'%s}", more);
}

static const char *enrol(struct test_clinic *c, const char *who, const char *programme, const char *more)
{
	return clinic_save(c, "enrolment", "{'resident':'%s','programme':'%s','enrolled_on':'2024-03-01'%s}", who, programme, more);
}

static const char *due(struct test_clinic *c)
{
	AUTO_STMT struct stmt *st = stmt_get(c->app.db, "overview_due");
	bool row;

	stmt_bind_int(st, "resident", clinic_count(c, "SELECT id FROM resident LIMIT 1"));
	stmt_bind_text(st, "today", "2099-01-01");
	assert_ok(stmt_step(st, &row, &c->err), &c->err);
	return row ? arena_strdup(&c->mem, stmt_text(st, 2)) : "";
}

#define SEEN "'resident':'%s','programme':'htn','symptoms':['1'],'hr':78"

/* 代取药: the relative's report never counts, has no pressure and no class 1, and the follow-up stays due. */
static void relative__moves_nothing__drugs_collected(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "");
	enrol(&c, who, "htn", "");
	clinic_save(&c, "followup", "{" SEEN ",'date':'2026-08-10','mode':'1','sbp':132,'dbp':80,'next_due':'2026-11-10'}", who);
	assert_string_equal(due(&c), "2026-11-10");
	assert_false(clinic_try(&c, &r, "followup", "{" SEEN ",'date':'2026-11-22','mode':'1','informant':'2','sbp':130,'dbp':80}", who));
	assert_string_equal(c.err.field, "sbp");
	assert_false(clinic_try(&c, &r, "followup",
		"{'resident':'%s','programme':'htn','date':'2026-11-22','mode':'1','informant':'2','class':'1'}", who));
	assert_string_equal(c.err.field, "class");
	assert_ok(clinic_try(&c, &r, "followup",
		"{'resident':'%s','programme':'htn','date':'2026-11-22','mode':'1','informant':'2','next_due':'2026-12-06',"
		"'drugs':[{'name':'氨氯地平','times':1,'dose':'1片'}]}", who), &c.err);
	assert_string_equal(r.advice.action->name, "MEASURE"); /* please come yourself within two weeks */
	assert_int_equal(r.advice.next_due, date_day("2026-12-06"));
	assert_string_equal(r.advice.class_, "ask");
	assert_null(record_text(r.rec, "class"));
	assert_string_equal(due(&c), "2026-11-10"); /* still due, and over */
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup WHERE face = 1"), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM enrolment WHERE last_face = '2026-08-10'"), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup WHERE value IS NOT NULL"), 1);
	clinic_save(&c, "followup", "{" SEEN ",'date':'2026-11-22','mode':'1','sbp':130,'dbp':80,'next_due':'2027-02-20'}", who);
	assert_string_equal(due(&c), "2027-02-20"); /* she came herself */
	clinic_check(&c);
	clinic_stop(&c);
}

/* 自测: what is told on the telephone stands in the trend, hollow; no class, no indicator. */
static void telephone__is_kept_apart__home_pressure(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct series s;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "");
	enrol(&c, who, "htn", "");
	clinic_save(&c, "followup", "{" SEEN ",'date':'2026-08-10','mode':'1','sbp':162,'dbp':94}", who);
	assert_false(clinic_try(&c, &r, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'3','sbp':138,'dbp':84}",
		who));
	assert_string_equal(c.err.field, "sbp");
	assert_ok(clinic_try(&c, &r, "followup",
			  "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'3','home_sbp':138,'home_dbp':84}", who),
		&c.err);
	assert_false(r.advice.state.measured);
	assert_string_equal(r.advice.class_, "ask");
	assert_int_equal(clinic_count(&c, "SELECT measured + face FROM followup WHERE day = '2026-11-20'"), 0);
	assert_ok(series_read(&c.app, clinic_count(&c, "SELECT id FROM resident"), &measure_bp, &s, &c.err), &c.err);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.at[0].v.value, 162);
	assert_false(s.at[0].v.home);
	assert_int_equal(s.at[1].v.value, 138);
	assert_true(s.at[1].v.home);
	assert_int_equal(series_last_taken(&s)->day, date_day("2026-08-10"));
	clinic_stop(&c);
}

static size_t read_lacks(struct test_clinic *c, const char *who, struct lack lacks[LACKS_MAX])
{
	struct overview *o = arena_alloc(&c->mem, sizeof *o);
	size_t n;

	assert_ok(overview_read(&c->app, who, &c->mem, o, &c->err), &c->err);
	assert_ok(lacks_read(&c->app, o, &c->mem, lacks, &n, &c->err), &c->err);
	return n;
}

static bool lacks_words(struct test_clinic *c, const char *who, const char *words)
{
	struct lack lacks[LACKS_MAX];
	size_t n = read_lacks(c, who, lacks);

	for (size_t i = 0; i < n; i++)
		if (!strcmp(lacks[i].text, words))
			return true;
	return false;
}

static bool lacks_enrolment(struct test_clinic *c, const char *who, const char *programme)
{
	struct lack lacks[LACKS_MAX];
	size_t n = read_lacks(c, who, lacks);

	for (size_t i = 0; i < n; i++)
		if (!strcmp(lacks[i].task.task, "enrol") && !strcmp(lacks[i].task.programme, programme))
			return true;
	return false;
}

static void enrolment__is_offered__history_and_diagnosis(void **state)
{
	struct test_clinic c;
	const char *who, *entry;

	(void)state;
	clinic_start(&c);
	who = person(&c, ",'past_disease':[{'code':'2','diagnosed':'2019-04'}]");
	assert_true(lacks_enrolment(&c, who, "htn"));
	assert_false(lacks_enrolment(&c, who, "dm"));
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20','status':'finished','diagnosis':[{'icd10':'E11.9','text':'2型糖尿病'}]}",
		who);
	assert_true(lacks_enrolment(&c, who, "dm"));
	entry = enrol(&c, who, "htn", "");
	assert_false(lacks_enrolment(&c, who, "htn"));
	/* he was on it and refused: nobody asks again */
	clinic_save(&c, "enrolment", "{'id':'%s','revision':1,'status':'ended','ended_on':'2026-11-21','end_reason':'4'}", entry);
	assert_false(lacks_enrolment(&c, who, "htn"));
	who = clinic_save(&c, "resident", "{'name':'林年轻','sex':'1','birth_date':'1996-07-15','past_disease':[{'code':'2'}]}");
	assert_false(lacks_enrolment(&c, who, "htn")); /* the roster begins at 35 */
	clinic_stop(&c);
}

/* The opposite direction: what the roster knows belongs into the file, and somebody is reminded. */
static void file__is_asked_for__disease_of_the_roster(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, ",'past_disease':[{'code':'1'}]");
	i18n_set_language("en");
	enrol(&c, who, "htn", ",'diagnosed_on':'2019-04-06'");
	assert_true(lacks_words(&c, who, "file: past history lacks Hypertension"));
	clinic_save(&c, "resident", "{'id':'%s','revision':1,'past_disease':[{'code':'2','diagnosed':'2019-04'}]}", who);
	assert_false(lacks_words(&c, who, "file: past history lacks Hypertension"));
	clinic_stop(&c);
}

/* Paused and lost people stay on the roster and owe nothing; back again they do. */
static void enrolment__owes_nothing__paused_lost_ended(void **state)
{
	static const char *const states[] = { "paused", "lost", "ended" };
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(states); i++) {
		const char *who = person(&c, ""), *entry = enrol(&c, who, "htn", "");

		assert_true(clinic_count(&c, "SELECT count(*) FROM due") > 0);
		clinic_save(&c, "enrolment", "{'id':'%s','revision':1,'status':'%s','note':'打工'%s}", entry, states[i],
			i == 2 ? ",'ended_on':'2026-11-20','end_reason':'5'" : "");
		assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due"), 0);
		if (i < 2)
			clinic_save(&c, "enrolment", "{'id':'%s','revision':2,'status':'active'}", entry);
		assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due"), i < 2);
		assert_ok(records_void(&c.app, kind_by_id(KIND_ENROLMENT), entry, "test", &c.mem, &(struct save_result){ 0 }, &c.err), &c.err);
		assert_ok(records_void(&c.app, kind_by_id(KIND_RESIDENT), who, "test", &c.mem, &(struct save_result){ 0 }, &c.err), &c.err);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relative__moves_nothing__drugs_collected),
		cmocka_unit_test(telephone__is_kept_apart__home_pressure),
		cmocka_unit_test(enrolment__is_offered__history_and_diagnosis),
		cmocka_unit_test(file__is_asked_for__disease_of_the_roster),
		cmocka_unit_test(enrolment__owes_nothing__paused_lost_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
