/* A sheet on which nothing was filled in: asked about; saved all the same it is no service, no reading, and moves nothing. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/lacks.h"
#include "app/service/overview.h"
#include "app/service/roster.h"
#include "app/service/verify.h"
#include "app/service/worklist.h"

/* Seen in this quarter with a pressure out of target: to be measured again in two weeks, which are over today. */
static const char *patient(struct test_clinic *c)
{
	const char *who = given_person(c, "黄水金", "1950-01-02");

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", who);
	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-09-08','mode':'1','symptoms':['1'],'sbp':162,'dbp':98,"
				   "'class':'2','next_due':'2026-09-22','adherence':'1','doctor':'%s','drugs':[{'name':'氨氯地平','times':1,'dose':'5mg'}]}",
		who, c->app.actor);
	return who;
}

static void sheet__asks__nothing_filled_in(void **state)
{
	static const struct {
		const char *programme, *typed, *field; /* field: of the question, NULL = none */
	} cases[] = {
		{ "htn", "", "symptoms" },
		{ "htn", ",'mode':'1'", "symptoms" },
		{ "htn", ",'mode':'3','informant':'1','place':'1','paper_no':'7','next_due':'2027-02-01'", "symptoms" },
		{ "htn", ",'class':'1','class_reason':'好'", "symptoms" },
		{ "htn", ",'mode':'1','symptoms':['1']", NULL },
		{ "htn", ",'mode':'1','sbp':130,'dbp':80", NULL },
		{ "htn", ",'absence':'1','lost_reason':'外出打工'", NULL },
		{ "dm", ",'mode':'1'", "symptoms" },
		{ "dm", ",'mode':'1','fpg':6.1", NULL },
		{ "copd", ",'mode':'1'", "symptoms" },
		{ "copd", ",'mode':'1','cat':12", NULL },
		{ "elderly", ",'mode':'1'", "care_eat" },
		{ "elderly", ",'mode':'1','care_eat':'0'", NULL },
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who = given_person(&c, "黄水金", "1950-01-02");
		struct save_result r;
		bool ok;

		clinic_save(&c, "enrolment", "{'resident':'%s','programme':'%s','enrolled_on':'2020-05-06'}", who, cases[i].programme);
		ok = clinic_try(&c, &r, "followup", "{'resident':'%s','programme':'%s','date':'2026-11-22'%s}", who, cases[i].programme,
			cases[i].typed);
		assert_case(ok == !cases[i].field, i, cases[i].typed);
		if (!ok)
			assert_case(c.err.code == ERR_NEEDS_CONFIRMATION && !strcmp(c.err.field, cases[i].field), i, cases[i].typed);
	}
	clinic_stop(&c);
}

/* The words of the task and of the page, the drugs, what is lacking: as one text to compare. */
static const char *state_of(struct test_clinic *c, const char *who)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct lack lacks[LACKS_MAX];
	struct worklist_counts counts;
	struct overview o;
	int64_t faces;
	size_t n;

	assert_ok(overview_read(&c->app, who, &c->mem, &o, &c->err), &c->err);
	assert_ok(lacks_read(&c->app, &o, &c->mem, lacks, &n, &c->err), &c->err);
	assert_ok(worklist_count(&c->app, 0, &counts, &c->err), &c->err);
	assert_ok(roster_count_short(&c->app, 0, &faces, &c->err), &c->err);
	sbuf_addf(&out, "overdue %d quarter %d short %d;", (int)counts.overdue, (int)counts.quarter_missing, (int)faces);
	for (size_t i = 0; i < o.n_due; i++)
		sbuf_addf(&out, "due %s %s %s;", o.due[i].task, o.due[i].due, o.due[i].reason);
	for (size_t i = 0; i < n; i++)
		sbuf_addf(&out, "lacks %s;", lacks[i].text);
	overview_drugs(&o, &out);
	sbuf_addf(&out, ";last %s %s", o.programmes[0].last ? record_text(o.programmes[0].last, "date") : "-", o.team);
	return arena_strdup(&c->mem, out.s);
}

static void blank_sheet__changes_nothing__saved_all_the_same(void **state)
{
	struct test_clinic c;
	const char *who, *before, *contract;
	struct worklist_query q = { 0 };
	struct worklist w;

	(void)state;
	clinic_start(&c);
	who = patient(&c);
	contract = given_sign(&c, who, given_team(&c, "一队", ""), "2026-03-01", ",'packages':['1','2']");
	before = state_of(&c, who);
	assert_non_null(strstr(before, "162/98"));
	assert_non_null(strstr(before, "2026-09-22"));
	assert_non_null(strstr(before, "氨氯地平"));
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'1','next_due':'2027-02-20','class':'1',"
				    "'class_reason':'没填','doctor':'%s'}",
		who, c.app.actor);
	assert_string_equal(state_of(&c, who), before);
	assert_int_equal(clinic_count(&c, "SELECT sum(face) FROM followup"), 1);
	assert_int_equal(clinic_count(&c, "SELECT blank FROM followup WHERE day = '2026-11-20'"), 1);
	assert_int_equal(given_done(&c, contract, "3"), 1);
	q.date = app_today(&c.app);
	assert_ok(worklist_read(&c.app, &q, &c.mem, &w, &c.err), &c.err);
	assert_int_equal(w.n, 1);
	clinic_check(&c);
	clinic_stop(&c);
}

/* On the telephone nothing is measured and nobody lists the drugs again: what was known stays on the page and on the list. */
static void telephone_sheet__keeps__last_reading_and_drugs(void **state)
{
	struct test_clinic c;
	const char *who, *after;

	(void)state;
	clinic_start(&c);
	who = patient(&c);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-01','mode':'3','symptoms':['1']}", who);
	after = state_of(&c, who);
	assert_non_null(strstr(after, "162/98"));
	assert_non_null(strstr(after, "氨氯地平"));
	assert_non_null(strstr(after, "due followup 2026-09-22"));
	assert_non_null(strstr(after, "last 2026-11-01")); /* it is a contact */
	clinic_stop(&c);
}

static void blank_sheet__does_not_find__who_is_lost(void **state)
{
	struct test_clinic c;
	const char *who;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	who = patient(&c);
	clinic_save(&c, "resident", "{'id':'%s','revision':1,'status':'5','lost_on':'2026-11-10','lost_attempts':3}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'1'}", who);
	assert_ok(record_load(&c.app, KIND_RESIDENT, who, &c.mem, &rec, &c.err), &c.err);
	assert_string_equal(record_text(rec, "status"), "5");
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-21','mode':'1','sbp':140,'dbp':80}", who);
	assert_ok(record_load(&c.app, KIND_RESIDENT, who, &c.mem, &rec, &c.err), &c.err);
	assert_string_equal(record_text(rec, "status"), "1");
	clinic_stop(&c);
}

static const char *blank_sheet(struct test_clinic *c)
{
	return clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'1'}", patient(c));
}

static void fill_in(struct test_clinic *c, const char *id)
{
	clinic_save(c, "followup", "{'id':'%s','revision':1,'symptoms':['1'],'sbp':132,'dbp':80}", id);
}

/* Filled in later it counts like any other. */
static void blank_sheet__counts__once_it_is_filled_in(void **state)
{
	struct test_clinic c;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = blank_sheet(&c);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM enrolment WHERE last_face = '2026-11-20'"), 0);
	fill_in(&c, id);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM enrolment WHERE last_face = '2026-11-20'"), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup WHERE blank"), 0);
	clinic_stop(&c);
}

/* Nobody is asked on the telephone about a service that was none. */
static void blank_sheet__is_not_drawn__to_be_verified(void **state)
{
	const struct verify_request q = { .seed = 1, .from = date_day("2026-11-01"), .until = date_day("2026-11-30"), .per_doctor = 5 };
	struct test_clinic c;
	const char *who, *id;
	int64_t draw;

	(void)state;
	clinic_start(&c);
	who = patient(&c);
	id = clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'1','doctor':'%s'}", who,
		c.app.actor);
	assert_false(verify_draw(&c.app, &q, &draw, &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
	fill_in(&c, id);
	assert_ok(verify_draw(&c.app, &q, &draw, &c.err), &c.err);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM verify_item"), 1);
	clinic_stop(&c);
}

static void blank_sheet__owes__no_signature(void **state)
{
	static const char unsigned_sheets[] = "SELECT count(*) FROM due WHERE task = 'unsigned_followup'";
	struct test_clinic c;
	struct record *rec;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = blank_sheet(&c);
	assert_int_equal(clinic_count(&c, unsigned_sheets), 0);
	fill_in(&c, id);
	assert_int_equal(clinic_count(&c, unsigned_sheets), 1);
	/* several of one person are told apart */
	assert_ok(record_load(&c.app, KIND_FOLLOWUP, id, &c.mem, &rec, &c.err), &c.err);
	assert_non_null(strstr(state_of(&c, record_text(rec, "resident")), "11-20 高血压: not signed"));
	clinic_stop(&c);
}

/* However many wait, the list has them all, and what is more pressing before them. */
static void unsigned_sheets__stand_all__behind_what_presses(void **state)
{
	const struct worklist_query q = { .date = date_day("2026-11-22") };
	struct test_clinic c;
	struct worklist w;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = patient(&c);
	for (int day = 1; day <= 11; day++)
		clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-10-%02d','mode':'1','symptoms':['1'],'sbp':162,"
			"'dbp':98,'class':'2','next_due':'2026-11-%02d'}", who, day, day);
	assert_ok(worklist_read(&c.app, &q, &c.mem, &w, &c.err), &c.err);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.people[0].n_tasks, 12);
	assert_string_equal(w.people[0].tasks[0].task, "followup");
	assert_string_equal(w.people[0].tasks[11].task, "unsigned_followup");
	clinic_stop(&c);
}

/* What was left blank is listed until it is filled in, and no longer. */
static void half_a_sheet__is_lacking__until_it_is_filled_in(void **state)
{
	struct test_clinic c;
	const char *who, *visit, *exam;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "黄水金", "1950-01-02");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", who);
	visit = clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-22','mode':'1','informant':'1','symptoms':['1'],"
		"'sbp':142,'dbp':88,'hr':70,'weight':61.5,'height':165,'smoking':0,'drinking':0,'exercise_times':7,'exercise_minutes':30,"
		"'salt':'1','mind':'1','adherence':'1','adr':'1','class':'1','next_due':'2027-02-22'}", who);
	assert_non_null(strstr(state_of(&c, who), "lacks 11-22 高血压 follow-up: 1 item;"));
	clinic_save(&c, "followup", "{'id':'%s','revision':1,'compliance':'1'}", visit);
	assert_null(strstr(state_of(&c, who), "高血压 follow-up: "));
	exam = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-20','weight':61.5,'height':165}", who);
	assert_non_null(strstr(state_of(&c, who), "lacks 11-20 examination: "));
	clinic_save(&c, "exam", "{'id':'%s','revision':1,'date':'2025-11-20'}", exam);
	assert_null(strstr(state_of(&c, who), " examination: "));
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheet__asks__nothing_filled_in),
		cmocka_unit_test(blank_sheet__changes_nothing__saved_all_the_same),
		cmocka_unit_test(telephone_sheet__keeps__last_reading_and_drugs),
		cmocka_unit_test(blank_sheet__does_not_find__who_is_lost),
		cmocka_unit_test(blank_sheet__counts__once_it_is_filled_in),
		cmocka_unit_test(blank_sheet__is_not_drawn__to_be_verified),
		cmocka_unit_test(blank_sheet__owes__no_signature),
		cmocka_unit_test(unsigned_sheets__stand_all__behind_what_presses),
		cmocka_unit_test(half_a_sheet__is_lacking__until_it_is_filled_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
