/* A save on a real file: all of it or nothing, whoever else writes and whenever the power goes. */
#include "service/given.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/drafts.h"
#include "app/service/worklist.h"
#include "db/stmt.h"

#define ZHANG "{'name':'张三','sex':'1','birth_date':'1950-01-02','village':'上坂村'}"

static int64_t rows(struct test_clinic *c, const char *table)
{
	return clinic_count(c, arena_printf(&c->mem, "SELECT count(*) FROM %s", table));
}

/* ---- one transaction ------------------------------------------------------------------------------------------------- */

static void save__writes_everything__once(void **state)
{
	static const char *const tables[] = { "record", "resident", "change", "audit", "outbox" };
	struct test_clinic *c = *state;
	int64_t before[N_ELEMENTS(tables)];

	for (size_t i = 0; i < N_ELEMENTS(tables); i++)
		before[i] = rows(c, tables[i]);
	clinic_save(c, "resident", ZHANG);
	for (size_t i = 0; i < N_ELEMENTS(tables); i++)
		assert_case(rows(c, tables[i]) == before[i] + 1, i, tables[i]);
	assert_true(rows(c, "search_all") > 0);
	assert_true(rows(c, "search_village") > 0);
	clinic_check(c);
}

/* Another device becomes known: it is owed what the county is owed, in the same groups, the urgent first. */
static void outbox__all_at_once__is_what_each_save_queued(void **state)
{
	static const char *const steps[] = { "sync_remote_add", "outbox_add_all" };
	struct test_clinic *c = *state;
	const char *who = clinic_save(c, "resident", ZHANG);
	AUTO_WORK struct work w = { 0 };

	clinic_save(c, "referral", "{'resident':'%s','direction':'up','date':'2026-11-20','to_org_text':'县医院'}", who);
	clinic_save(c, "referral", "{'resident':'%s','direction':'up','date':'2026-11-22','to_org_text':'县医院','urgency':'emergency'}",
		who);
	clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-22'}", who);
	clinic_save(c, "visit", "{'walkin_name':'王某','date':'2026-11-22'}");
	assert_ok(work_begin(&w, &c->app, &c->err), &c->err);
	for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
		struct stmt *st = stmt_get(c->app.db, steps[i]);

		stmt_bind_text(st, "name", "pc1a2b3c");
		stmt_bind_text(st, "kind", "usb");
		stmt_bind_int(st, "remote", 2);
		assert_ok(stmt_run(st, &c->err), &c->err);
	}
	assert_ok(work_commit(&w, &c->err), &c->err);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM outbox WHERE remote = 1 AND prio = 0"), 1);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM outbox JOIN visit ON id = record WHERE remote = 1"), 1); /* the walk-in waits */
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM outbox WHERE remote = 2"),
		clinic_count(c, "SELECT count(*) FROM outbox WHERE remote = 1"));
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM outbox a WHERE NOT EXISTS (SELECT 1 FROM outbox b WHERE b.remote <> a.remote "
		"AND b.record = a.record AND b.revision = a.revision AND b.grp = a.grp AND b.prio = a.prio)"), 0);
}

static void save__writes_nothing__refused(void **state)
{
	struct test_clinic *c = *state;
	int64_t before = rows(c, "change");
	struct save_result r;

	assert_refused(clinic_try(c, &r, "resident", "{'name':'张三','sex':'1'}"), &c->err, ERR_REQUIRED);
	assert_refused(clinic_try(c, &r, "resident", "{'name':'张三','sex':'9','birth_date':'1950-01-02','village':'x'}"), &c->err,
		ERR_NOT_FOUND);
	assert_true(rows(c, "change") == before);
	assert_null(c->app.tx);
}

static void save__is_one_version__nothing_changed(void **state)
{
	struct test_clinic *c = *state;
	const char *id = clinic_save(c, "resident", ZHANG);
	int64_t before = rows(c, "change");

	clinic_save(c, "resident", "{'id':'%s','revision':1,'name':'张三'}", id);
	assert_true(rows(c, "change") == before);
}

/* ---- the answer is lost: the same submit again ------------------------------------------------------------------------ */

static bool submit(struct test_clinic *c, const char *token, char id[RECORD_ID_MAX + 1])
{
	const struct kind *kind = kind_by_id(KIND_RESIDENT);
	struct save_options o = { .token = token };
	struct save_result r;
	struct record *rec;
	bool ok;

	assert_ok(records_new(&c->app, kind, NULL, NULL, &c->mem, &rec, &c->err), &c->err);
	record_set_text(rec, "name", "李四");
	record_set_text(rec, "sex", "2");
	record_set_text(rec, "birth_date", "1960-01-01");
	ok = records_save(&c->app, kind, rec, &o, &c->mem, &r, &c->err);
	if (ok)
		snprintf(id, RECORD_ID_MAX + 1, "%s", r.rec->meta.id);
	return ok;
}

static void save__is_found__same_token(void **state)
{
	struct test_clinic *c = *state;
	char first[RECORD_ID_MAX + 1], again[RECORD_ID_MAX + 1], other[RECORD_ID_MAX + 1];

	assert_ok(submit(c, "t1", first), &c->err);
	clinic_reopen(c, APP_COMMAND);
	assert_ok(submit(c, "t1", again), &c->err);
	assert_string_equal(first, again);
	assert_ok(submit(c, "t2", other), &c->err);
	assert_string_not_equal(first, other);
	assert_int_equal(rows(c, "resident"), 2);
	clinic_check(c);
}

/* ---- two at once ------------------------------------------------------------------------------------------------------ */

static void save__is_stale__changed_by_another_process(void **state)
{
	struct test_clinic *c = *state, other = { .dir = c->dir };
	const char *id = clinic_save(c, "resident", ZHANG);
	struct save_result r;

	clinic_reopen(&other, APP_COMMAND);
	clinic_save(&other, "resident", "{'id':'%s','revision':1,'phone':'10000000001'}", id);
	assert_refused(clinic_try(c, &r, "resident", "{'id':'%s','revision':1,'phone':'10000000002'}", id), &c->err, ERR_STALE);
	assert_ok(clinic_try(c, &r, "resident", "{'id':'%s','revision':2,'nickname':'小三'}", id), &c->err);
	assert_string_equal(record_text(r.rec, "phone"), "10000000001");
	app_close(&other.app);
	arena_release(&other.mem);
	clinic_check(c);
}

static void app__has_patience_but_for_an_open_screen(void **state)
{
	struct test_clinic *c = *state;

	clinic_reopen(c, APP_SCREEN);
	assert_int_equal(clinic_count(c, "PRAGMA busy_timeout"), 50);
	app_patience(&c->app, true);
	assert_int_equal(clinic_count(c, "PRAGMA busy_timeout"), 5000);
	clinic_reopen(c, APP_READONLY);
	assert_int_equal(clinic_count(c, "PRAGMA busy_timeout"), 5000);
}

/* The screen waits 50 ms only, and its form is as it was. */
static void save__is_busy__another_process_writes(void **state)
{
	struct test_clinic *c = *state, other = { .dir = c->dir };
	const struct kind *kind = kind_by_id(KIND_RESIDENT);
	struct save_options o = { .confirm_all = true };
	struct work w = { 0 };
	struct save_result r;
	struct record *rec;

	clinic_reopen(c, APP_SCREEN);
	clinic_reopen(&other, APP_COMMAND);
	assert_ok(work_begin(&w, &other.app, &other.err), &other.err);
	assert_ok(records_new(&c->app, kind, NULL, NULL, &c->mem, &rec, &c->err), &c->err);
	record_set_text(rec, "name", "李四");
	record_set_text(rec, "sex", "2");
	record_set_text(rec, "birth_date", "1960-01-01");
	assert_refused(records_save(&c->app, kind, rec, &o, &c->mem, &r, &c->err), &c->err, ERR_BUSY);
	assert_int_equal(err_exit_status(c->err.code), 3);
	assert_string_equal(rec->meta.id, "");
	work_rollback(&w);
	assert_ok(records_save(&c->app, kind, rec, &o, &c->mem, &r, &c->err), &c->err);
	assert_true(*rec->meta.id != '\0');
	app_close(&other.app);
	arena_release(&other.mem);
}

static void app_screen_is_open__tells__while_it_is(void **state)
{
	struct test_clinic *c = *state, other = { .dir = c->dir };

	clinic_reopen(&other, APP_COMMAND);
	assert_false(app_screen_is_open(&other.app));
	clinic_reopen(c, APP_SCREEN);
	assert_true(app_screen_is_open(&other.app));
	clinic_reopen(c, APP_COMMAND);
	assert_false(app_screen_is_open(&other.app));
	app_close(&other.app);
	arena_release(&other.mem);
}

/* ---- kill at every statement ------------------------------------------------------------------------------------------- */

struct killing {
	const char *kind, *json; /* with @resident, @team, @contract */
	const char *count;       /* what grows when it is saved */
	int64_t by;
};

static const struct killing killings[] = {
	{ "resident", "{'name':'王五','sex':'1','birth_date':'1950-01-02','village':'上坂村','guardian_id':null}",
		"SELECT count(*) FROM resident", 1 },
	{ "followup", "{'programme':'htn','resident':'@resident','date':'2026-11-20','mode':'1','symptoms':['1'],'sbp':128,'dbp':78}",
		"SELECT count(*) FROM followup", 1 },
	{ "contract", "{'signed_by':'0','sign_method':'1','resident':'@resident','team':'@team','start':'2026-11-02','note':'@contract'}",
		"SELECT count(*) FROM contract WHERE status IN ('active', 'renewed')", 1 },
};

static char *filled(struct test_clinic *c, const char *json, const char *const names[][2], size_t n)
{
	struct sbuf out = SBUF_INIT;
	char *s;

	while (*json) {
		size_t i = 0;

		while (i < n && strncmp(json, names[i][0], strlen(names[i][0])) != 0)
			i++;
		sbuf_adds(&out, i < n ? names[i][1] : "");
		if (i == n)
			sbuf_addc(&out, *json);
		json += i < n ? strlen(names[i][0]) : 1;
	}
	s = arena_strdup(&c->mem, out.s);
	sbuf_release(&out);
	return s;
}

/* In a process of its own that ends itself after n statements; true when it lived to tell. */
static bool save_and_die(struct test_clinic *c, const char *kind, const char *json, int n)
{
	pid_t pid;
	int status;

	app_close(&c->app);
	pid = fork();
	if (pid == 0) {
		clinic_reopen(c, APP_COMMAND);
		db_test_kill_after(n);
		clinic_save(c, kind, "%s", json);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	clinic_reopen(c, APP_COMMAND);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
	return WIFEXITED(status);
}

static void kill_everywhere(struct test_clinic *c, const struct killing *k)
{
	const char *resident = clinic_save(c, "resident", ZHANG);
	const char *team = clinic_save(c, "team", "{'name':'一队'}");
	const char *contract = given_sign(c, resident, team, "2025-11-02", "");
	const char *const names[][2] = { { "@resident", resident }, { "@team", team }, { "@contract", contract } };
	const char *json = filled(c, k->json, names, N_ELEMENTS(names));
	int64_t before = clinic_count(c, k->count);
	int64_t now = before;
	int n = 0;

	while (now == before) { /* killed after the commit it is saved as well */
		bool through = save_and_die(c, k->kind, json, ++n);

		now = clinic_count(c, k->count);
		assert_true(now == before + k->by || (!through && now == before));
		clinic_check(c);
	}
	assert_true(n > 20);
}

static void save__is_all_or_nothing__killed_at_any_statement(void **state)
{
	for (size_t i = 0; i < N_ELEMENTS(killings); i++) {
		if (i) {
			clinic_teardown(state);
			clinic_setup(state);
		}
		kill_everywhere(*state, &killings[i]);
	}
}

static void draft__is_there__killed_after_it(void **state)
{
	struct test_clinic *c = *state;
	struct draft found;
	pid_t pid;
	int status;

	app_close(&c->app);
	pid = fork();
	if (pid == 0) {
		struct draft d = { .kind = "followup", .variant = "htn", .record = "", .resident = "r1", .field = "sbp",
			.typed = "15", .body = "{\"date\":\"2026-11-22\"}" };

		clinic_reopen(c, APP_SCREEN);
		if (draft_put(&c->app, &d, &c->err))
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	clinic_reopen(c, APP_SCREEN);
	assert_ok(draft_find(&c->app, "followup", "htn", "", "r1", &c->mem, &found, &c->err), &c->err);
	assert_true(found.id != 0);
	assert_string_equal(found.typed, "15");
}

/* ---- questions ---------------------------------------------------------------------------------------------------------- */

static void save__asks_once__answered_before(void **state)
{
	struct test_clinic *c = *state;
	const char *resident = clinic_save(c, "resident", ZHANG), *id;
	struct save_result r;

	assert_refused(clinic_try(c, &r, "followup",
			       "{'programme':'htn','resident':'%s','date':'2026-11-20','mode':'1','sbp':240,'dbp':100}", resident),
		&c->err, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c->err.field, "sbp");
	assert_ok(clinic_try(c, &r, "followup",
			  "{'programme':'htn','resident':'%s','date':'2026-11-20','mode':'1','sbp':240,'dbp':100,'confirm':['sbp']}",
			  resident),
		&c->err);
	id = r.rec->meta.id;
	assert_ok(clinic_try(c, &r, "followup", "{'id':'%s','revision':1,'hr':80}", id), &c->err);
	assert_refused(clinic_try(c, &r, "followup", "{'id':'%s','revision':2,'sbp':250}", id), &c->err, ERR_NEEDS_CONFIRMATION);
}

/* Children of 0 to 6 have the cover only. */
static void save__lacks__what_the_age_needs(void **state)
{
	static const struct { const char *born; bool needs; } cases[] = {
		{ "2026-11-01", false }, { "2019-11-23", false }, { "2019-11-22", true }, { "1950-01-02", true },
	};
	struct test_clinic *c = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct save_result r;
		bool education = false, village = false;

		assert_ok(clinic_try(c, &r, "resident", "{'name':'小%zu','sex':'1','birth_date':'%s'}", i, cases[i].born), &c->err);
		for (const struct finding *f = r.findings.first; f; f = f->next) {
			education |= !strcmp(f->field, "education");
			village |= !strcmp(f->field, "village");
		}
		assert_case(education == cases[i].needs, i, cases[i].born);
		assert_case(village, i, cases[i].born);
	}
}

/* ---- references ---------------------------------------------------------------------------------------------------------- */

static void save__finds_references__by_what_people_call_them(void **state)
{
	struct test_clinic *c = *state;
	const char *who = clinic_save(c, "resident", "{'name':'李四','id_number':'350299195203150048','file_no':'35029910110100009'}");
	struct save_result r;

	for (int i = 0; i < 3; i++) {
		static const char *const names[] = { "350299195203150048", "35029910110100009", NULL };

		assert_ok(clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-11-20'}", names[i] ? names[i] : who), &c->err);
		assert_string_equal(record_text(r.rec, "resident"), who);
	}
	assert_refused(clinic_try(c, &r, "visit", "{'resident':'350299195203150049','date':'2026-11-20'}"), &c->err, ERR_NOT_FOUND);
	clinic_save(c, "organisation", "{'name':'上坂村','type':'1','code':'350299101102'}");
	assert_refused(clinic_try(c, &r, "resident", "{'name':'张','sex':'1','birth_date':'1950','village':'上坂村'}"), &c->err,
		ERR_NOT_FOUND);
	assert_ok(clinic_try(c, &r, "resident", "{'name':'张','sex':'1','birth_date':'1950','village':'350299101102'}"), &c->err);
}

/* As another clinic does and the county tells us: here it is refused while records hang on it (test_dependants.c). */
static void voided_elsewhere(struct test_clinic *c, const char *who)
{
	struct put put = { .kind = KIND_RESIDENT, .base_revision = 1, .reason = "重复" };
	AUTO_WORK struct work w = { 0 };

	assert_ok(record_load(&c->app, KIND_RESIDENT, who, &c->mem, &put.rec, &c->err), &c->err);
	put.rec->meta.state = RECORD_VOID;
	assert_ok(work_begin(&w, &c->app, &c->err) && record_put(&c->app, &put, &c->err) && work_commit(&w, &c->err), &c->err);
}

static void save__refuses__what_was_voided(void **state)
{
	struct test_clinic *c = *state;
	const char *who = clinic_save(c, "resident", "{'name':'李四','id_number':'350299195203150048'}");
	const char *visit = clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-20'}", who);
	struct save_result r;

	voided_elsewhere(c, who);
	assert_refused(clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-11-21'}", who), &c->err, ERR_WRONG_STATE);
	assert_string_equal(c->err.field, "resident");
	/* what was said before stands, and may be corrected */
	assert_ok(clinic_try(c, &r, "visit", "{'id':'%s','revision':1,'complaint':'头晕'}", visit), &c->err);
}

/* ---- undo, move, void ----------------------------------------------------------------------------------------------------- */

static const char *due_of(struct test_clinic *c, const char *resident)
{
	struct due_task *t;
	size_t n;

	assert_ok(worklist_tasks_of(&c->app, record_row(&c->app, KIND_RESIDENT, resident), &c->mem, &t, &n, &c->err), &c->err);
	return n ? t[0].due : "";
}

struct two {
	const char *a, *b, *visit;
};

static struct two enrolled(struct test_clinic *c)
{
	struct two t;

	t.a = clinic_save(c, "resident", ZHANG);
	t.b = clinic_save(c, "resident", "{'name':'李四','id_number':'350299195203150048'}");
	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-09-01'}", t.a);
	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-10-01'}", t.b);
	t.visit = clinic_save(c, "followup",
		"{'programme':'htn','resident':'%s','date':'2026-11-20','mode':'1','symptoms':['1'],'sbp':128,'dbp':78,'next_due':'2027-02-20'}", t.a);
	return t;
}

static void move__changes_dues__of_both(void **state)
{
	struct test_clinic *c = *state;
	struct two t = enrolled(c);
	struct save_result r;

	assert_string_equal(due_of(c, t.a), "2027-02-20");
	assert_string_equal(due_of(c, t.b), "2027-01-01");
	assert_ok(records_move(&c->app, kind_by_name("followup"), t.visit, t.b, "选错了人", &c->mem, &r, &c->err), &c->err);
	assert_string_equal(due_of(c, t.a), "2026-12-01");
	assert_string_equal(due_of(c, t.b), "2027-02-20");
	assert_refused(records_move(&c->app, kind_by_name("followup"), t.visit, t.b, "", &c->mem, &r, &c->err), &c->err, ERR_WRONG_STATE);
	assert_refused(records_move(&c->app, kind_by_name("followup"), t.visit, "nobody", "", &c->mem, &r, &c->err), &c->err, ERR_NOT_FOUND);
	clinic_check(c);
}

static void void__takes_dues_away__and_undo_brings_them_back(void **state)
{
	struct test_clinic *c = *state;
	struct two t = enrolled(c);
	struct save_result r;

	assert_ok(records_void(&c->app, kind_by_name("followup"), t.visit, "录错", &c->mem, &r, &c->err), &c->err);
	assert_string_equal(due_of(c, t.a), "2026-12-01");
	assert_refused(records_void(&c->app, kind_by_name("followup"), t.visit, "录错", &c->mem, &r, &c->err), &c->err, ERR_WRONG_STATE);
	assert_ok(records_undo(&c->app, kind_by_name("followup"), t.visit, &c->mem, &r, &c->err), &c->err);
	assert_string_equal(due_of(c, t.a), "2027-02-20");
	assert_refused(records_void(&c->app, kind_by_name("followup"), t.visit, "", &c->mem, &r, &c->err), &c->err, ERR_REQUIRED);
	clinic_check(c);
}

/* A renewal is two versions in one group: taken back together, or not at all. */
static void undo__takes_back__the_whole_group(void **state)
{
	struct test_clinic *c = *state;
	const char *who = clinic_save(c, "resident", ZHANG), *team = clinic_save(c, "team", "{'name':'一队'}");
	const char *first = given_sign(c, who, team, "2025-11-02", "");
	const char *next = given_sign(c, who, team, "2026-11-02", "");
	struct save_result r;
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_CONTRACT, first, &c->mem, &rec, &c->err), &c->err);
	assert_string_equal(record_text(rec, "status"), "renewed");
	assert_ok(records_undo(&c->app, kind_by_name("contract"), next, &c->mem, &r, &c->err), &c->err);
	assert_int_equal(r.rec->meta.state, RECORD_VOID);
	assert_ok(record_load(&c->app, KIND_CONTRACT, first, &c->mem, &rec, &c->err), &c->err);
	assert_string_equal(record_text(rec, "status"), "active");
	clinic_check(c);
}

static void undo__is_refused__something_builds_on_it(void **state)
{
	struct test_clinic *c = *state;
	const char *who = clinic_save(c, "resident", ZHANG), *team = clinic_save(c, "team", "{'name':'一队'}");
	const char *first = given_sign(c, who, team, "2025-11-02", "");
	const char *next = given_sign(c, who, team, "2026-11-02", "");
	struct save_result r;
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_CONTRACT, first, &c->mem, &rec, &c->err), &c->err);
	clinic_save(c, "contract", "{'id':'%s','revision':%lld,'note':'改'}", first, (long long)rec->meta.revision);
	assert_refused(records_undo(&c->app, kind_by_name("contract"), next, &c->mem, &r, &c->err), &c->err, ERR_WRONG_STATE);
	assert_refused(records_undo(&c->app, kind_by_name("contract"), "nothing", &c->mem, &r, &c->err), &c->err, ERR_NOT_FOUND);
	clinic_save(c, "staff", "{'name':'郑国强','staff_no':'002','role':'1'}");
	assert_ok(app_choose_actor(&c->app, "002", &c->err), &c->err);
	assert_refused(records_undo(&c->app, kind_by_name("resident"), who, &c->mem, &r, &c->err), &c->err, ERR_NOT_ALLOWED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clinic_setup, clinic_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(save__writes_everything__once),
		TEST(outbox__all_at_once__is_what_each_save_queued),
		TEST(save__writes_nothing__refused),
		TEST(save__is_one_version__nothing_changed),
		TEST(save__is_found__same_token),
		TEST(save__is_stale__changed_by_another_process),
		TEST(app__has_patience_but_for_an_open_screen),
		TEST(save__is_busy__another_process_writes),
		TEST(app_screen_is_open__tells__while_it_is),
		TEST(save__is_all_or_nothing__killed_at_any_statement),
		TEST(draft__is_there__killed_after_it),
		TEST(save__asks_once__answered_before),
		TEST(save__lacks__what_the_age_needs),
		TEST(save__finds_references__by_what_people_call_them),
		TEST(save__refuses__what_was_voided),
		TEST(move__changes_dues__of_both),
		TEST(void__takes_dues_away__and_undo_brings_them_back),
		TEST(undo__takes_back__the_whole_group),
		TEST(undo__is_refused__something_builds_on_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
