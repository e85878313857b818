/* What the world does to the clinic's file: full and read-only disks, other programs' files, newer programs, people who turn
 * a practice clinic into a real one. */
#include "support/service/clinic.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/drafts.h"

/* SQL as somebody with another tool would run it: SQLITE_OK or the refusal. */
static int tamper(struct test_clinic *c, const char *sql)
{
	AUTO_FREE char *path = path_join(c->dir, "clinic.db");
	sqlite3 *db;
	int rc;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return rc;
}

static void practice_mark__stays__whatever_is_tried(void **state)
{
	static const char *const tries[] = {
		"UPDATE setting SET value = '0' WHERE key = 'practice'",
		"DELETE FROM setting WHERE key = 'practice'",
		"INSERT OR REPLACE INTO setting(key, value) VALUES ('practice', '0')",
		"UPDATE setting SET key = 'x' WHERE key = 'practice'",
	};
	struct test_clinic *c = *state;

	app_close(&c->app);
	for (size_t i = 0; i < N_ELEMENTS(tries); i++)
		tamper(c, tries[i]);
	clinic_reopen(c, APP_COMMAND);
	assert_true(c->app.clinic.practice);
}

static void history__cannot_be_rewritten__by_sql(void **state)
{
	static const char *const tries[] = { "UPDATE audit SET hash = x'00'", "DELETE FROM audit" };
	struct test_clinic *c = *state;

	for (size_t i = 0; i < N_ELEMENTS(tries); i++)
		assert_int_equal(tamper(c, tries[i]), SQLITE_CONSTRAINT);
	clinic_check(c);
}

static void app_open__refuses__a_newer_program_s_file(void **state)
{
	struct test_clinic *c = *state;
	struct app app;

	app_close(&c->app);
	assert_int_equal(tamper(c, "PRAGMA user_version = 9999"), SQLITE_OK);
	assert_refused(app_open(&app, c->dir, APP_COMMAND, &c->err), &c->err, ERR_TOO_NEW);
	assert_refused(app_open(&app, c->dir, APP_READONLY, &c->err), &c->err, ERR_TOO_NEW);
}

static void app_open__refuses__what_is_no_clinic(void **state)
{
	struct test_clinic *c = *state;
	AUTO_FREE char *path = path_join(c->dir, "clinic.db");
	struct app app;
	size_t n;
	char *now;

	app_close(&c->app);
	assert_int_equal(tamper(c, "PRAGMA application_id = 1"), SQLITE_OK);
	assert_refused(app_open(&app, c->dir, APP_COMMAND, &c->err), &c->err, ERR_CORRUPT);
	unlink(path);
	scratch_write(path, "a letter to the health bureau\n", 0);
	assert_refused(app_open(&app, c->dir, APP_COMMAND, &c->err), &c->err, ERR_CORRUPT);
	assert_refused(app_open(&app, c->dir, APP_READONLY, &c->err), &c->err, ERR_CORRUPT);
	now = scratch_read(path, &n);
	assert_string_equal(now, "a letter to the health bureau\n");
	free(now);
}

static void pragma_is(struct test_clinic *c, const char *pragma, int64_t want)
{
	assert_int_equal(clinic_count(c, pragma), want);
}

static void app_open__asks_for_durability__in_every_mode(void **state)
{
	struct test_clinic *c = *state;
	bool wal = strstr(db_engine(), "wal") != NULL;

	for (int mode = APP_SCREEN; mode <= APP_COMMAND; mode++) {
		clinic_reopen(c, (enum app_mode)mode);
		pragma_is(c, "PRAGMA synchronous", wal ? 2 : 3);
		pragma_is(c, "PRAGMA foreign_keys", 1);
		pragma_is(c, "PRAGMA trusted_schema", 0);
	}
}

/* The form stays, nothing is half-saved, and when there is room again it is saved. */
static void save__is_refused_whole__disk_full(void **state)
{
	struct test_clinic *c = *state;
	const struct kind *kind = kind_by_id(KIND_RESIDENT);
	struct save_options o = { .confirm_all = true };
	struct save_result r;
	struct record *rec;
	int64_t before;
	int saved = 0;

	clinic_count(c, arena_printf(&c->mem, "PRAGMA max_page_count = %lld", (long long)clinic_count(c, "PRAGMA page_count") + 4));
	assert_ok(records_new(&c->app, kind, NULL, NULL, &c->mem, &rec, &c->err), &c->err);
	record_set_text(rec, "sex", "1");
	record_set_text(rec, "birth_date", "1950-01-02");
	record_set_text(rec, "note", "很长的备注, 占地方");
	for (;; saved++) {
		rec->meta = (struct record_meta){ 0 };
		record_set_text(rec, "name", arena_printf(&c->mem, "张%d", saved));
		before = clinic_count(c, "SELECT count(*) FROM change");
		if (!records_save(&c->app, kind, rec, &o, &c->mem, &r, &c->err))
			break;
		assert_true(saved < 1000);
	}
	assert_refused(false, &c->err, ERR_DISK_FULL);
	assert_string_equal(rec->meta.id, "");
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM change"), before);
	clinic_check(c);
	clinic_count(c, "PRAGMA max_page_count = 1000000");
	assert_ok(records_save(&c->app, kind, rec, &o, &c->mem, &r, &c->err), &c->err);
	clinic_check(c);
}

static void save__is_not_allowed__opened_for_reading(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02'}");
	clinic_reopen(c, APP_READONLY);
	assert_refused(clinic_try(c, &r, "resident", "{'name':'李四','sex':'1','birth_date':'1950-01-02'}"), &c->err, ERR_NOT_ALLOWED);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM resident"), 1);
}

/* Copied to a medium that cannot be written it can still be read. */
static void app_open__reads__a_file_that_cannot_be_written(void **state)
{
	struct test_clinic *c = *state;
	AUTO_FREE char *path = NULL;
	struct app app;

	if (geteuid() == 0) /* root may write everything */
		skip();
	path = path_join(c->dir, "clinic.db");
	clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02'}");
	app_close(&c->app);
	assert_int_equal(chmod(path, 0400), 0);
	assert_refused(app_open(&app, c->dir, APP_COMMAND, &c->err), &c->err, ERR_NOT_ALLOWED);
	assert_ok(app_open(&app, c->dir, APP_READONLY, &c->err), &c->err);
	app_close(&app);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clinic_setup, clinic_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(practice_mark__stays__whatever_is_tried),
		TEST(history__cannot_be_rewritten__by_sql),
		TEST(app_open__refuses__a_newer_program_s_file),
		TEST(app_open__refuses__what_is_no_clinic),
		TEST(app_open__asks_for_durability__in_every_mode),
		TEST(save__is_refused_whole__disk_full),
		TEST(save__is_not_allowed__opened_for_reading),
		TEST(app_open__reads__a_file_that_cannot_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
