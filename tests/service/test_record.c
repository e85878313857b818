/* The one door for writes, and what stands around it: the making of a clinic, references that come late, history, undo,
 * drafts. */
#include "support/service/clinic.h"

#include <sqlite3.h>

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/drafts.h"
#include "app/service/history.h"
#include "app/service/making.h"

/* ---- making ---------------------------------------------------------------------------------------------------------- */

static void app_create__begins_anew__killed_half_way(void **state)
{
	AUTO_FREE char *dir = scratch_dir();
	struct app_init init = { .code = "350299101", .name = "上坂村卫生室", .region = "", .practice = true,
		.more_to_come = true, .today = NO_DAY };
	struct app app, other;
	struct err err = { 0 };

	(void)state;
	assert_refused(app_open(&app, dir, APP_COMMAND, &err), &err, ERR_NOT_FOUND);
	assert_ok(app_create(&app, dir, &init, &err), &err);
	assert_refused(app_create(&other, dir, &init, &err), &err, ERR_BUSY);
	app_close(&app); /* as a kill leaves it: no app_finished() */
	assert_false(making_is_done(dir));
	assert_refused(app_open(&app, dir, APP_COMMAND, &err), &err, ERR_NOT_FOUND);
	init.more_to_come = false;
	assert_ok(app_create(&app, dir, &init, &err), &err);
	app_close(&app);
	assert_true(making_is_done(dir));
	assert_ok(app_open(&app, dir, APP_READONLY, &err), &err);
	assert_string_equal(app.clinic.name, "上坂村卫生室");
	app_close(&app);
	assert_refused(app_create(&app, dir, &init, &err), &err, ERR_DUPLICATE);
}

/* ---- late references ------------------------------------------------------------------------------------------------- */

/* A county sends in its own order: everybody's health centre may come after them all. */
static void record_put__heals_all__reference_comes_late(void **state)
{
	enum { WAITING = 150 };
	struct test_clinic *c = *state;
	const struct kind *kind = kind_by_id(KIND_HOUSEHOLD), *org_kind = kind_by_id(KIND_ORGANISATION);
	struct record *org = record_new(&c->mem, org_kind->form);
	struct put late = { .kind = KIND_ORGANISATION, .rec = org };
	AUTO_WORK struct work w = { 0 };

	assert_ok(work_begin(&w, &c->app, &c->err), &c->err);
	for (int i = 0; i < WAITING; i++) {
		struct record *rec = record_new(&c->mem, kind->form);
		struct put put = { .kind = KIND_HOUSEHOLD, .rec = rec };

		record_set_text(rec, "name", "林家");
		record_set_text(rec, "village", "late-village");
		assert_ok(record_put(&c->app, &put, &c->err), &c->err);
	}
	assert_ok(work_commit(&w, &c->err), &c->err);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM household WHERE village IS NULL"), WAITING);
	snprintf(org->meta.id, sizeof org->meta.id, "late-village");
	record_set_text(org, "name", "溪头村");
	record_set_text(org, "type", "1");
	assert_ok(work_begin(&w, &c->app, &c->err), &c->err);
	assert_ok(record_put(&c->app, &late, &c->err), &c->err);
	assert_ok(work_commit(&w, &c->err), &c->err);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM household WHERE village IS NULL"), 0);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM orphan"), 0);
}

/* ---- history and undo ------------------------------------------------------------------------------------------------ */

static bool collect(void *ctx, const struct history_change *change)
{
	struct sbuf *b = ctx;

	sbuf_addf(b, "%lld %s %s>%s%s%s\n", (long long)change->revision, change->field->key, change->from, change->to,
		change->reason ? " " : "", change->reason ? change->reason : "");
	return true;
}

static void assert_history(struct test_clinic *c, enum kind_id kind, const char *id, const char *want)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	assert_ok(history_read(&c->app, kind_by_id(kind), id, collect, &b, &c->err), &c->err);
	if (strncmp(b.s, want, strlen(want)) != 0)
		fail_msg("%s\nexpected to begin with:\n%s", b.s, want);
}

static const char *patient(struct test_clinic *c)
{
	return clinic_save(c, "resident",
		"{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村','house':'12'}");
}

static void history_read__tells_who_changed_what__newest_first(void **state)
{
	struct test_clinic *c = *state;
	const char *id = patient(c);

	clinic_save(c, "resident", "{'id':'%s','revision':1,'house':'13','phone':'10000002201'}", id);
	assert_history(c, KIND_RESIDENT, id, "2 phone >10000002201\n2 house 12>13\n1 name >陈桂兰\n1 sex >2 女\n"
		"1 birth_date >1955-07-15\n1 village >上坂村\n1 house >12\n");
	assert_refused(history_read(&c->app, kind_by_id(KIND_RESIDENT), "nobody", collect, NULL, &c->err), &c->err,
		ERR_NOT_FOUND);
}

static void history_read__shows_void_with_reason__no_field_changed(void **state)
{
	struct test_clinic *c = *state;
	struct save_result result;
	const char *id = patient(c);

	assert_ok(records_void(&c->app, kind_by_id(KIND_RESIDENT), id, "登记两次", &c->mem, &result, &c->err), &c->err);
	assert_history(c, KIND_RESIDENT, id, "2 state 有效>作废 登记两次\n1 name >陈桂兰\n");
}

static void records_undo__brings_back__version_before(void **state)
{
	struct test_clinic *c = *state;
	struct save_result result;
	struct record *rec;
	const char *id = patient(c);

	clinic_save(c, "resident", "{'id':'%s','revision':1,'house':'13'}", id);
	assert_ok(records_undo(&c->app, kind_by_id(KIND_RESIDENT), id, &c->mem, &result, &c->err), &c->err);
	assert_ok(record_load(&c->app, KIND_RESIDENT, id, &c->mem, &rec, &c->err), &c->err);
	assert_string_equal(record_text(rec, "house"), "12");
	assert_int_equal(rec->meta.revision, 3);
}

static void records_undo__refuses__another_day(void **state)
{
	struct test_clinic *c = *state;
	struct save_result result;
	const char *id = patient(c);

	c->now += 2 * (int64_t)86400 * 1000;
	assert_refused(records_undo(&c->app, kind_by_id(KIND_RESIDENT), id, &c->mem, &result, &c->err), &c->err,
		ERR_NOT_ALLOWED);
}

/* Somebody with another tool: the program itself has no statement that would. */
static void alter(struct test_clinic *c, const char *sql)
{
	AUTO_FREE char *path = path_join(c->dir, "clinic.db");
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_true(sqlite3_changes(db) > 0);
	sqlite3_close(db);
}

static void audit_verify__finds__what_was_altered(void **state)
{
	static const char *const ways[][2] = {
		{ "UPDATE record SET body = replace(body, '陈桂兰', '陈桂香') WHERE kind = 1",
			"UPDATE record SET body = replace(body, '陈桂香', '陈桂兰') WHERE kind = 1" },
		{ "UPDATE change SET utc = utc + 1 WHERE seq = 2", "UPDATE change SET utc = utc - 1 WHERE seq = 2" },
		{ "UPDATE change SET reason = 'x' WHERE seq = 3", "UPDATE change SET reason = NULL WHERE seq = 3" },
	};
	struct test_clinic *c = *state;
	const char *id = patient(c);

	clinic_save(c, "resident", "{'id':'%s','revision':1,'house':'13'}", id);
	for (size_t i = 0; i < N_ELEMENTS(ways); i++) {
		assert_ok(audit_verify(&c->app, 0, &c->err), &c->err);
		alter(c, ways[i][0]);
		assert_refused(audit_verify(&c->app, 0, &c->err), &c->err, ERR_CORRUPT);
		alter(c, ways[i][1]);
	}
	assert_ok(audit_verify(&c->app, 2, &c->err), &c->err);
}

/* ---- drafts ---------------------------------------------------------------------------------------------------------- */

static void draft__comes_back__as_it_was(void **state)
{
	struct test_clinic *c = *state;
	struct draft d = { .kind = "followup", .variant = "htn", .record = "", .resident = "r1", .field = "sbp", .typed = "15",
		.body = "{\"date\":\"2026-11-22\"}" };
	struct draft found, *all;
	size_t n;

	assert_ok(draft_put(&c->app, &d, &c->err), &c->err);
	assert_true(d.id && *d.token);
	d.typed = "152";
	assert_ok(draft_put(&c->app, &d, &c->err), &c->err);
	assert_ok(draft_find(&c->app, "followup", "htn", "", "r1", &c->mem, &found, &c->err), &c->err);
	assert_true(found.id == d.id);
	assert_string_equal(found.typed, "152");
	assert_string_equal(found.field, "sbp");
	assert_string_equal(found.body, d.body);
	assert_string_equal(found.token, d.token);
	assert_ok(draft_list(&c->app, &c->mem, &all, &n, &c->err), &c->err);
	assert_int_equal(n, 1);
	assert_ok(draft_drop(&c->app, d.id, &c->err), &c->err);
	assert_ok(draft_find(&c->app, "followup", "htn", "", "r1", &c->mem, &found, &c->err), &c->err);
	assert_true(found.id == 0);
}

/* A draft belongs to its author. */
static void draft_list__hides__drafts_of_others(void **state)
{
	struct test_clinic *c = *state;
	struct draft d = { .kind = "visit", .variant = "", .record = "", .resident = "r1", .body = "{}" }, *all;
	size_t n;

	assert_ok(draft_put(&c->app, &d, &c->err), &c->err);
	clinic_save(c, "staff", "{'name':'郑国强','staff_no':'002','role':'1'}");
	assert_ok(app_choose_actor(&c->app, "002", &c->err), &c->err);
	assert_ok(draft_list(&c->app, &c->mem, &all, &n, &c->err), &c->err);
	assert_int_equal(n, 0);
}

static void works(struct test_clinic *c, const char *who, const char *name)
{
	assert_ok(app_choose_actor(&c->app, who, &c->err), &c->err);
	assert_string_equal(c->app.actor_name, name);
}

/* The county brings everybody's staff, and every clinic has a number 001. */
static void app_choose_actor__takes_ours__numbers_of_other_clinics(void **state)
{
	struct test_clinic *c = *state;
	char other[RECORD_ID_MAX + 1], twin[RECORD_ID_MAX + 1];

	assert_ok(app_choose_actor(&c->app, NULL, &c->err), &c->err); /* the only one of the clinic */
	snprintf(other, sizeof(other), "%s", clinic_save(c, "organisation", "{'name':'东村卫生室','code':'350299777','type':'2'}"));
	clinic_save(c, "staff", "{'name':'郑国强','staff_no':'001','role':'1','organisation':'%s'}", other);
	clinic_save(c, "staff", "{'name':'何四海','staff_no':'009','role':'1','organisation':'%s'}", other);
	works(c, "001", "林秀英");
	works(c, NULL, "林秀英");
	works(c, "009", "何四海"); /* of another clinic, where nobody here has that number */
	works(c, "郑国强", "郑国强");
	/* a second computer of this clinic made the clinic once more */
	snprintf(twin, sizeof(twin), "%s",
		clinic_save(c, "organisation", "{'name':'%s','code':'%s','type':'2'}", c->app.clinic.name, "350299101"));
	clinic_save(c, "staff", "{'name':'吴双','staff_no':'002','role':'1','organisation':'%s'}", twin);
	clinic_save(c, "staff", "{'name':'陆五','staff_no':'002','role':'1','organisation':'%s'}", other);
	works(c, "002", "吴双");
	clinic_save(c, "staff", "{'name':'吴双','staff_no':'005','role':'1','organisation':'%s'}", twin);
	assert_false(app_choose_actor(&c->app, "吴双", &c->err));
	assert_int_equal(c->err.code, ERR_NOT_CHOSEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(app_create__begins_anew__killed_half_way),
		cmocka_unit_test_setup_teardown(app_choose_actor__takes_ours__numbers_of_other_clinics, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(record_put__heals_all__reference_comes_late, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(history_read__tells_who_changed_what__newest_first, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(history_read__shows_void_with_reason__no_field_changed, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(records_undo__brings_back__version_before, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(records_undo__refuses__another_day, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(audit_verify__finds__what_was_altered, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(draft__comes_back__as_it_was, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(draft_list__hides__drafts_of_others, clinic_setup, clinic_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
