/* The work list: its table of tasks, what stands on it, and what takes things off it. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/notes.h"
#include "app/service/people_lists.h"
#include "app/service/roster.h"
#include "app/service/tasks.h"
#include "app/service/worklist.h"
#include "db/db_int.h"

static void tasks__each_kind__can_be_listed_and_opened(void **state)
{
	(void)state;
	for (size_t i = 0; i < task_kind_count; i++) {
		const struct task_kind *k = &task_kinds[i];

		assert_ptr_equal(task_kind_of(k->name), k); /* names are unique */
		assert_true(k->way == TASK_PAGE || (k->way == TASK_PLACE ? k->place != NULL : kind_by_id(k->opens) != NULL));
		assert_true(k->words || (*k->text.zh && *k->text.en));
	}
	assert_null(task_kind_of("nothing"));
}

static const char *person(struct test_clinic *c, const char *name, const char *birth)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村','group':'1组'}", name, birth);
}

static const char *enrolled(struct test_clinic *c, const char *name, const char *next_due)
{
	const char *who = person(c, name, "1955-07-15");

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01','next_due':'%s'}", who, next_due);
	return who;
}

static struct worklist list_on(struct test_clinic *c, const char *day)
{
	const struct worklist_query q = { .date = date_day(day) };
	struct worklist w;

	assert_ok(worklist_read(&c->app, &q, &c->mem, &w, &c->err), &c->err);
	return w;
}

static struct worklist list_of(struct test_clinic *c)
{
	return list_on(c, "2026-11-22");
}

/* A contract that ends next week has time; who is due today has not. */
static void worklist__sorts__by_urgency_then_day(void **state)
{
	struct test_clinic c;
	struct worklist w;
	const char *contract, *today, *late, *team;

	(void)state;
	clinic_start(&c);
	team = clinic_save(&c, "team", "{'name':'一队'}");
	contract = person(&c, "吴国强", "1981-02-02");
	given_sign(&c, contract, team, "2025-11-20", "");
	today = enrolled(&c, "陈桂兰", "2026-11-22");
	late = enrolled(&c, "黄水金", "2026-11-19");
	w = list_of(&c);
	assert_int_equal(w.n, 3);
	assert_string_equal(w.people[0].id, late);
	assert_int_equal(w.people[0].days_over, 3);
	assert_string_equal(w.people[1].id, today);
	assert_string_equal(w.people[2].id, contract);
	assert_string_equal(w.people[2].tasks[0].task, "contract_renew");
	clinic_stop(&c);
}

/* ---- calls and refusals ---------------------------------------------------------------------------------- */

static const char *task_of(struct worklist w, const char *who)
{
	for (size_t i = 0; i < w.n; i++)
		if (!strcmp(w.people[i].id, who))
			return w.people[i].tasks[0].task;
	return "";
}

static void call__again_later__is_shown_on_that_day(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct worklist w;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2026-11-20");
	assert_string_equal(task_of(list_of(&c), who), "followup");
	assert_refused(clinic_try(&c, &r, "call", "{'resident':'%s','outcome':'2'}", who), &c.err, ERR_REQUIRED);
	assert_string_equal(c.err.field, "again_on");
	assert_refused(clinic_try(&c, &r, "call", "{'resident':'%s','outcome':'2','again_on':'2026-11-21'}", who), &c.err,
		ERR_INCONSISTENT);
	clinic_save(&c, "call", "{'resident':'%s','outcome':'2','again_on':'2026-11-24','again_time':'15:00'}", who);
	assert_string_equal(task_of(list_of(&c), who), "");
	w = list_on(&c, "2026-11-24");
	assert_int_equal(w.n, 1);
	assert_string_equal(w.people[0].tasks[0].task, "followup");
	assert_string_equal(w.people[0].tasks[1].reason, "call again as agreed 15:00");
	clinic_save(&c, "call", "{'resident':'%s','outcome':'1'}", who);
	assert_string_equal(task_of(list_of(&c), who), "followup");
	clinic_check(&c);
	clinic_stop(&c);
}

static void call__whoever_was_seen_since__is_not_called(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2026-11-20");
	clinic_save(&c, "call", "{'resident':'%s','date':'2026-11-20','outcome':'2','again_on':'2026-12-20'}", who);
	clinic_save(&c, "followup", "{'programme':'htn','resident':'%s','date':'2026-11-22','mode':'1','symptoms':['1'],'sbp':168,"
		"'dbp':102,'next_due':'2026-12-06'}", who);
	assert_string_equal(task_of(list_on(&c, "2026-12-06"), who), "followup"); /* not hidden until the 20th */
	clinic_stop(&c);
}

static void call__verifies_a_number__or_marks_it_wrong(void **state)
{
	static const struct {
		const char *outcome, *verified;
		bool wrong;
	} cases[] = { { "1", "2026-11-22", false }, { "3", "2026-11-22", false }, { "4", NULL, false }, { "5", NULL, true },
		{ "6", "2026-11-22", false }, { "7", "2026-11-22", false }, { "8", NULL, false }, { "9", NULL, false } };
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who = clinic_save(&c, "resident", "{'name':'甲%zu','sex':'1','birth_date':'1950-01-0%zu','village':'上坂村',"
			"'phone':'1000000000%zu'}", i, i + 1, i);
		struct record *rec;
		struct worklist w;

		clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01','next_due':'2026-11-20'}", who);
		clinic_save(&c, "call", "{'resident':'%s','outcome':'%s'}", who, cases[i].outcome);
		assert_ok(record_load(&c.app, KIND_RESIDENT, who, &c.mem, &rec, &c.err), &c.err);
		if (cases[i].verified)
			assert_string_equal(record_text(rec, "phone_verified"), cases[i].verified);
		else
			assert_null(record_text(rec, "phone_verified"));
		w = list_of(&c);
		for (size_t k = 0; k < w.n; k++)
			if (!strcmp(w.people[k].id, who))
				assert_int_equal(w.people[k].phone_wrong, cases[i].wrong);
	}
	clinic_check(&c);
	clinic_stop(&c);
}

static void refusal__closes_the_task__without_counting(void **state)
{
	struct test_clinic c;
	struct worklist_counts n;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2026-11-20");
	clinic_save(&c, "refusal", "{'resident':'%s','what':'1','reason':'2','ask_again':'2026-11-30'}", who);
	assert_string_equal(task_of(list_of(&c), who), "");
	assert_ok(worklist_count(&c.app, 0, &n, &c.err), &c.err);
	assert_int_equal(n.quarter_missing, 1); /* nobody saw her */
	assert_string_equal(task_of(list_on(&c, "2026-11-29"), who), "");
	assert_string_equal(task_of(list_on(&c, "2026-11-30"), who), "followup");
	clinic_stop(&c);
}

/* A refused contract does not put off a follow-up, nor a refusal of another programme. */
static void refusal__puts_off__only_what_was_refused(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2026-11-20");
	clinic_save(&c, "refusal", "{'resident':'%s','what':'3','reason':'3'}", who);
	assert_string_equal(task_of(list_of(&c), who), "followup");
	clinic_save(&c, "refusal", "{'resident':'%s','what':'1','programme':'htn','reason':'1'}", who);
	assert_string_equal(task_of(list_of(&c), who), "");
	clinic_stop(&c);
}

static void refusal__of_a_referral__leaves_the_two_week_task(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2027-02-20");
	clinic_save(&c, "refusal", "{'resident':'%s','date':'2026-11-20','what':'4','programme':'htn','reason':'3'}", who);
	assert_string_equal(task_of(list_of(&c), who), "");
	assert_string_equal(task_of(list_on(&c, "2026-12-03"), who), "");
	assert_string_equal(task_of(list_on(&c, "2026-12-04"), who), "refused_referral");
	clinic_save(&c, "followup", "{'programme':'htn','resident':'%s','date':'2026-11-22','mode':'1','symptoms':['1'],'sbp':128,"
		"'dbp':78,'next_due':'2027-02-22','doctor':'%s'}", who, c.app.actor);
	assert_string_equal(task_of(list_on(&c, "2026-12-06"), who), "");
	clinic_check(&c);
	clinic_stop(&c);
}

static void refusal__says_when_to_ask_again__by_what_was_refused(void **state)
{
	static const struct {
		const char *what, *again;
	} cases[] = { { "1", "2026-12-22" }, { "2", "2027-02-20" }, { "3", "2027-02-20" }, { "4", "2026-12-06" } };
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2027-02-20");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		assert_ok(clinic_try(&c, &r, "refusal", "{'resident':'%s','what':'%s','reason':'1'}", who, cases[i].what), &c.err);
		assert_string_equal(record_text(r.rec, "ask_again"), cases[i].again);
		assert_string_equal(record_text(r.rec, "doctor"), c.app.actor);
	}
	assert_refused(clinic_try(&c, &r, "refusal", "{'resident':'%s','what':'1'}", who), &c.err, ERR_REQUIRED);
	assert_refused(clinic_try(&c, &r, "refusal", "{'resident':'%s','what':'1','reason':'1','ask_again':'2026-11-21'}", who), &c.err,
		ERR_INCONSISTENT);
	clinic_stop(&c);
}

/* ---- notes ----------------------------------------------------------------------------------------------- */

static void note__on_a_record__is_about_its_person(void **state)
{
	struct test_clinic c;
	struct note_line notes[4];
	struct save_result r;
	const char *who, *visit;
	size_t n;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	visit = clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20'}", who);
	assert_ok(clinic_try(&c, &r, "note", "{'about_kind':'visit','about':'%s','text':'药费下次补'}", visit), &c.err);
	assert_string_equal(record_text(r.rec, "resident"), who);
	assert_ok(notes_about(&c.app, visit, &c.mem, notes, N_ELEMENTS(notes), &n, &c.err), &c.err);
	assert_int_equal(n, 1);
	assert_string_equal(notes[0].text, "药费下次补");
	assert_refused(clinic_try(&c, &r, "note", "{'about_kind':'visit','about':'none','text':'x'}"), &c.err, ERR_NOT_FOUND);
	assert_refused(clinic_try(&c, &r, "note", "{'resident':'%s','text':''}", who), &c.err, ERR_REQUIRED);
	clinic_stop(&c);
}

/* ---- the right person ------------------------------------------------------------------------------------ */

static const char *follow_up(struct test_clinic *c, const char *who, const char *day, int sbp, const char *more)
{
	return clinic_save(c, "followup", "{'programme':'htn','resident':'%s','date':'%s','mode':'1','symptoms':['1'],'sbp':%d,'dbp':80%s}",
		who, day, sbp, more);
}

static const char *member(struct test_clinic *c, enum kind_id kind, const char *id, const char *key)
{
	struct record *rec;

	assert_ok(record_load(&c->app, kind, id, &c->mem, &rec, &c->err), &c->err);
	return record_text(rec, key) ? record_text(rec, key) : "";
}

/* The referral and the note came of the follow-up: they go with it, in one change group; the class is proposed anew. */
static void move__takes_along__what_came_of_it(void **state)
{
	const struct kind *kind = kind_by_id(KIND_FOLLOWUP);
	const char *a, *b, *wrong, *referral, *note, *other;
	struct test_clinic c;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	a = enrolled(&c, "陈桂兰", "2026-11-20");
	b = clinic_save(&c, "resident", "{'name':'陈桂兰','id_number':'350299195203150048','village':'上坂村'}");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01','next_due':'2026-12-20'}", b);
	wrong = follow_up(&c, a, "2026-11-22", 168, "");
	other = clinic_save(&c, "note", "{'resident':'%s','text':'钥匙在邻居家'}", a);
	note = clinic_save(&c, "note", "{'about_kind':'followup','about':'%s','text':'药盒在女儿家'}", wrong);
	referral = clinic_save(&c, "referral", "{'resident':'%s','date':'2026-11-22','direction':'up','programme':'htn','reason':['2'],"
		"'source_followup':'%s'}", a, wrong);
	assert_ok(records_move(&c.app, kind, wrong, "350299195203150048", "选错了人", &c.mem, &r, &c.err), &c.err);
	assert_string_equal(member(&c, KIND_FOLLOWUP, wrong, "resident"), b);
	assert_string_equal(member(&c, KIND_REFERRAL, referral, "resident"), b);
	assert_string_equal(member(&c, KIND_NOTE, note, "resident"), b);
	assert_string_equal(member(&c, KIND_NOTE, other, "resident"), a);
	assert_string_equal(task_of(list_of(&c), a), "followup"); /* her own is due again */
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM note n JOIN record r ON r.id = n.id WHERE r.state = 0 AND "
		"r.body LIKE '%选错了人%' AND n.about IS NULL"), 1);
	assert_string_equal(task_of(list_on(&c, "2026-12-06"), b), "followup");
	clinic_check(&c);
	assert_ok(records_undo(&c.app, kind, wrong, &c.mem, &r, &c.err), &c.err);
	assert_string_equal(member(&c, KIND_FOLLOWUP, wrong, "resident"), a);
	assert_string_equal(member(&c, KIND_REFERRAL, referral, "resident"), a);
	assert_string_equal(member(&c, KIND_NOTE, note, "resident"), a);
	clinic_check(&c);
	clinic_stop(&c);
}

/* Nothing is moved when one part cannot be. */
static void move__is_all__or_nothing(void **state)
{
	const struct kind *kind = kind_by_id(KIND_FOLLOWUP);
	struct test_clinic c;
	struct save_result r;
	const char *a, *dead, *wrong;

	(void)state;
	clinic_start(&c);
	a = enrolled(&c, "陈桂兰", "2026-11-20");
	dead = clinic_save(&c, "resident", "{'name':'林火土','sex':'1','birth_date':'1940-01-01','village':'上坂村','status':'3',"
		"'died_on':'2026-10-01'}");
	wrong = follow_up(&c, a, "2026-11-22", 128, "");
	assert_refused(records_move(&c.app, kind, wrong, dead, "选错了人", &c.mem, &r, &c.err), &c.err, ERR_INCONSISTENT);
	assert_string_equal(member(&c, KIND_FOLLOWUP, wrong, "resident"), a);
	assert_refused(records_move(&c.app, kind_by_id(KIND_RESIDENT), a, dead, "", &c.mem, &r, &c.err), &c.err, ERR_WRONG_STATE);
	clinic_check(&c);
	clinic_stop(&c);
}

/* Limit, and beyond: what was measured before decides, and only a follow-up of a known person is asked about. */
static void likeness__asks__when_far_from_all_before(void **state)
{
	static const struct {
		int sbp;
		const char *more;
		const char *asked; /* field, "" = not */
	} cases[] = {
		{ 212, "", "" }, { 213, "", "sbp" }, { 88, "", "" }, { 87, "", "sbp" },
		{ 150, ",'weight':71.3", "" }, { 150, ",'weight':71.4", "weight" }, { 150, ",'weight':52.7", "" },
		{ 150, ",'weight':52.6", "weight" }, { 150, ",'height':164.0", "" }, { 150, ",'height':164.1", "height" },
	};
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = enrolled(&c, "陈桂兰", "2026-11-20");
	follow_up(&c, who, "2026-05-05", 148, ",'weight':62.0,'height':158.0");
	follow_up(&c, who, "2026-08-05", 152, ",'weight':62.0,'height':158.0");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		bool saved = clinic_try(&c, &r, "followup", "{'programme':'htn','resident':'%s','date':'2026-11-22','mode':'1',"
			"'symptoms':['1'],'sbp':%d,'dbp':80%s,'confirm':['danger','next_due','dbp']}", who, cases[i].sbp, cases[i].more);
		bool asked = false;

		for (const struct finding *f = r.findings.first; f; f = f->next)
			asked |= f->level == FINDING_QUESTION && strstr(f->message, "陈桂兰") && !strcmp(f->field, cases[i].asked);
		assert_int_equal(asked, *cases[i].asked != '\0');
		if (saved)
			assert_ok(records_undo(&c.app, kind_by_id(KIND_FOLLOWUP), r.rec->meta.id, &c.mem, &r, &c.err), &c.err);
	}
	clinic_stop(&c);
}

/* ---- the year's four, signatures --------------------------------------------------------------------------------------- */

static bool is_short(struct test_clinic *c, const char *who)
{
	AUTO_FREE int64_t *ids = NULL;
	bool found = false;
	size_t n;

	assert_ok(roster_ids(&c->app, &(struct roster_query){ .which = ROSTER_YEAR }, &ids, &n, &c->err), &c->err);
	for (size_t i = 0; i < n; i++) {
		struct roster_row r;

		assert_ok(roster_read(&c->app, ids[i], &c->mem, &r, &c->err), &c->err);
		found |= !strcmp(r.resident, who);
	}
	return found;
}

/* It is the fourth quarter: one more visit can be done, if none was done in it yet. */
static void roster__who_cannot_reach_four__this_year(void **state)
{
	static const struct {
		const char *enrolled;
		const char *days[4];
		bool is_short;
	} cases[] = {
		{ "2020-03-01", { "2026-02-10", "2026-05-10", "2026-08-10", NULL }, false },
		{ "2020-03-01", { "2026-02-10", "2026-05-10", NULL }, true },
		{ "2020-03-01", { "2026-02-10", "2026-05-10", "2026-11-10", NULL }, true },
		{ "2020-03-01", { "2026-02-10", "2026-05-10", "2026-08-10", "2026-11-10" }, false },
		{ "2026-08-01", { "2026-08-10", NULL }, false }, /* since the third quarter: two are expected */
		{ "2026-08-01", { NULL }, true },
		{ "2026-11-01", { NULL }, false },
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char name[16];
		const char *who;

		snprintf(name, sizeof name, "甲%zu", i);
		who = person(&c, name, "1955-07-15");
		clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'%s'}", who, cases[i].enrolled);
		for (size_t k = 0; k < N_ELEMENTS(cases[i].days) && cases[i].days[k]; k++)
			follow_up(&c, who, cases[i].days[k], 128, "");
		assert_int_equal(is_short(&c, who), cases[i].is_short);
	}
	clinic_stop(&c);
}

static void worklist__asks_for__the_missing_signature(void **state)
{
	struct test_clinic c;
	const char *who, *visit;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	visit = clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20','status':'finished','complaint':'头晕'}", who);
	assert_string_equal(task_of(list_of(&c), who), "unsigned_visit");
	clinic_save(&c, "visit", "{'id':'%s','revision':1,'doctor':'%s'}", visit, c.app.actor);
	assert_string_equal(task_of(list_of(&c), who), "");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-08-20','status':'finished','complaint':'头晕'}", who);
	assert_string_equal(task_of(list_of(&c), who), ""); /* long ago */
	clinic_stop(&c);
}

/* ---- counters ------------------------------------------------------------------------------------------------------ */

static int64_t counter_called(struct test_clinic *c, const char *count)
{
	struct worklist_counts n;

	assert_ok(worklist_count(&c->app, 0, &n, &c->err), &c->err);
	for (size_t i = 0; i < n.n_more; i++)
		if (n.more[i].counter->count && !strcmp(n.more[i].counter->count, count))
			return n.more[i].n;
	return 0;
}

static int64_t counter(struct test_clinic *c, const char *place)
{
	struct worklist_counts n;

	assert_ok(worklist_count(&c->app, 0, &n, &c->err), &c->err);
	for (size_t i = 0; i < n.n_more; i++)
		if (n.more[i].counter->place && !strcmp(n.more[i].counter->place, place))
			return n.more[i].n;
	return 0;
}

/* An examination that was entered by mistake is none. */
static void counter__exam_missing__looks_at_what_counts(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *exam;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	assert_int_equal(counter_called(&c, "count_exam_missing"), 1);
	exam = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-04-11'}", who);
	assert_int_equal(counter_called(&c, "count_exam_missing"), 0);
	assert_ok(records_void(&c.app, kind_by_id(KIND_EXAM), exam, "错录", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(counter_called(&c, "count_exam_missing"), 1);
	clinic_stop(&c);
}

/* People, not entries; who was seen often enough is none of them. */
static void counter__short_this_year__counts_people(void **state)
{
	struct test_clinic c;
	const char *one, *two;

	(void)state;
	clinic_start(&c);
	one = enrolled(&c, "陈桂兰", "2026-11-22");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'dm','enrolled_on':'2020-03-01'}", one);
	assert_int_equal(counter(&c, "rosters"), 1);
	two = enrolled(&c, "黄水金", "2026-11-22");
	assert_int_equal(counter(&c, "rosters"), 2);
	for (int month = 2; month <= 8; month += 3)
		clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-%02d-10','mode':'1','sbp':130,'dbp':80}", two, month);
	assert_int_equal(counter(&c, "rosters"), 1); /* the fourth can still be made */
	clinic_stop(&c);
}

/* Situation 8: each January the list of who is away and may come home; whoever was answered for is off it. */
static void counter__away__in_january(void **state)
{
	static const struct {
		const char *today;
		int n;
	} cases[] = { { "2026-12-31", 0 }, { "2027-01-01", 2 }, { "2027-01-31", 2 }, { "2027-02-01", 0 } };
	struct test_clinic c;
	const char *one, *two;
	size_t changed;

	(void)state;
	clinic_start(&c);
	one = person(&c, "张阿土", "1968-06-01");
	two = person(&c, "李四", "1970-06-01");
	person(&c, "王五", "1970-06-02"); /* is here */
	clinic_save(&c, "resident", "{'id':'%s','revision':1,'status':'2','away_since':'2026-03-01'}", one);
	clinic_save(&c, "resident", "{'id':'%s','revision':1,'status':'2','away_since':'2026-10-01'}", two);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		c.app.clock.fixed_today = date_day(cases[i].today);
		assert_case(counter(&c, "away") == cases[i].n, i, cases[i].today);
	}
	c.app.clock.fixed_today = date_day("2027-01-20");
	assert_ok(away_home_until(&c.app, (const char *[]){ one }, 1, date_day("2027-02-20"), &changed, &c.err), &c.err);
	assert_int_equal(counter(&c, "away"), 1);
	clinic_stop(&c);
}

static void counter__disputed__what_both_changed_and_same_numbers(void **state)
{
	struct test_clinic c;
	const char *one, *two;

	(void)state;
	clinic_start(&c);
	one = person(&c, "陈桂兰", "1955-07-15");
	two = person(&c, "陈桂兰", "1955-07-15");
	assert_int_equal(counter(&c, "conflicts"), 0);
	assert_ok(db_exec(c.app.db, "INSERT INTO sync_conflict(remote, record, role, base, ours, keys, made_at) SELECT 1, id, 0, 1, 1, 'phone', 1 FROM resident", &c.err), &c.err);
	assert_int_equal(counter(&c, "conflicts"), 2);
	assert_ok(db_exec(c.app.db, "UPDATE sync_conflict SET state = 'settled' WHERE id = 1", &c.err), &c.err);
	assert_int_equal(counter(&c, "conflicts"), 1);

	clinic_save(&c, "resident", "{'id':'%s','revision':1,'id_number':'350299195507150047'}", one);
	assert_ok(db_exec(c.app.db, "UPDATE resident SET id_number = '350299195507150047'", &c.err), &c.err); /* as an exchange may bring it */
	assert_int_equal(counter(&c, "duplicates"), 0);
	assert_ok(db_exec(c.app.db, "UPDATE sync_remote SET last_pull = 1", &c.err), &c.err);
	assert_int_equal(counter(&c, "duplicates"), 1);
	(void)two;
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks__each_kind__can_be_listed_and_opened),
		cmocka_unit_test(worklist__sorts__by_urgency_then_day),
		cmocka_unit_test(call__again_later__is_shown_on_that_day),
		cmocka_unit_test(call__whoever_was_seen_since__is_not_called),
		cmocka_unit_test(call__verifies_a_number__or_marks_it_wrong),
		cmocka_unit_test(refusal__closes_the_task__without_counting),
		cmocka_unit_test(refusal__puts_off__only_what_was_refused),
		cmocka_unit_test(refusal__of_a_referral__leaves_the_two_week_task),
		cmocka_unit_test(refusal__says_when_to_ask_again__by_what_was_refused),
		cmocka_unit_test(note__on_a_record__is_about_its_person),
		cmocka_unit_test(move__takes_along__what_came_of_it),
		cmocka_unit_test(move__is_all__or_nothing),
		cmocka_unit_test(likeness__asks__when_far_from_all_before),
		cmocka_unit_test(roster__who_cannot_reach_four__this_year),
		cmocka_unit_test(worklist__asks_for__the_missing_signature),
		cmocka_unit_test(counter__exam_missing__looks_at_what_counts),
		cmocka_unit_test(counter__short_this_year__counts_people),
		cmocka_unit_test(counter__away__in_january),
		cmocka_unit_test(counter__disputed__what_both_changed_and_same_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
