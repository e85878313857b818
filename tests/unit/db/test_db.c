/* The connection: what it promises about a power cut, whose files it takes, how it meets older, newer and broken ones. */
#include "support/base/check.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/path.h"
#include "db/db_int.h"
#include "db/sql_text.h"

enum { CUNYI_ID = 0x43756E79 }; /* "Cuny" */

struct place {
	char *dir, *path;
};

static int setup(void **state)
{
	static struct place p;

	p.dir = scratch_dir();
	p.path = scratch_path(p.dir, "clinic.db");
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	free(p->path);
	free(p->dir);
	return 0;
}

static const struct db_options writing = { .file = DB_CLINIC, .busy_timeout_ms = 0 };
static const struct db_options reading = { .file = DB_CLINIC, .busy_timeout_ms = 0, .readonly = true };

static struct db *open_as(const char *path, const struct db_options *o)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(&db, path, o, &err), &err);
	return db;
}

static void assert_not_opened(const char *path, const struct db_options *o, enum err_code code)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_refused(db_open(&db, path, o, &err), &err, code);
}

/* A connection beside the program's own, as another tool has one. */
static sqlite3 *raw(const char *path)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

static void raw_exec(sqlite3 *db, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %.200s", why, sql);
}

/* One value as text; the caller frees it. */
static char *raw_value(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;
	char *out;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	out = xstrdup(sqlite3_column_text(st, 0) ? (const char *)sqlite3_column_text(st, 0) : "");
	sqlite3_finalize(st);
	return out;
}

static void assert_raw(const char *path, const char *sql, const char *want)
{
	sqlite3 *db = raw(path);
	AUTO_FREE char *have = raw_value(db, sql);

	sqlite3_close(db);
	assert_string_equal(have, want);
}

static bool set(struct db *db, const char *key, const char *value, struct err *err)
{
	struct stmt *st = stmt_get(db, "setting_set");

	stmt_bind_text(st, "key", key);
	stmt_bind_text(st, "value", value);
	return stmt_run(st, err);
}

static void put(struct db *db, const char *key, const char *value)
{
	struct err err = { 0 };

	assert_ok(set(db, key, value, &err), &err);
}

/* ---- settings ------------------------------------------------------------------------------------------------------- */

#ifdef ENGINE_MC
#define JOURNAL     "wal"
#define SYNCHRONOUS "2"
#else
#define JOURNAL     "truncate"
#define SYNCHRONOUS "3"
#endif

static void assert_settings(struct db *db)
{
	static const struct {
		const char *pragma, *want;
	} settings[] = {
		{ "PRAGMA journal_mode", JOURNAL },     { "PRAGMA synchronous", SYNCHRONOUS },
		{ "PRAGMA foreign_keys", "1" },         { "PRAGMA trusted_schema", "0" },
		{ "PRAGMA cell_size_check", "1" },      { "PRAGMA temp_store", "2" },
		{ "PRAGMA mmap_size", "0" },            { "PRAGMA secure_delete", "1" },
		{ "PRAGMA recursive_triggers", "1" },   { "PRAGMA wal_autocheckpoint", "1000" },
		{ "PRAGMA journal_size_limit", "16777216" },
	};

	for (size_t i = 0; i < N_ELEMENTS(settings); i++) {
		struct err err = { 0 };
		char have[64];

		assert_ok(db_pragma(db, settings[i].pragma, have, sizeof have, &err), &err);
		if (strcmp(have, settings[i].want) != 0)
			fail_msg("%s: %s, expected %s", settings[i].pragma, have, settings[i].want);
	}
}

static void db_open__survives_power_cuts__on_every_connection(void **state)
{
	struct place *p = *state;
	struct db *first = open_as(p->path, &writing), *second = open_as(p->path, &writing);

	assert_settings(first);
	assert_settings(second);
	db_close(second);
	db_close(first);
	first = open_as(p->path, &writing);
	assert_settings(first);
	db_close(first);
	assert_non_null(strstr(db_engine(), "SQLite 3."));
}

static void db_open__is_private__new_file(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing);
	struct stat st;

	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	db_close(db);
}

/* ---- whose file ----------------------------------------------------------------------------------------------------- */

static void assert_untouched(const char *path, const struct db_options *o, enum err_code code)
{
	size_t n = 0, m = 0;
	AUTO_FREE char *before = scratch_read(path, &n);

	assert_not_opened(path, o, code);
	AUTO_FREE char *after = scratch_read(path, &m);

	assert_int_equal(n, m);
	assert_memory_equal(before, after, n);
}

static void db_open__leaves_alone__files_of_others(void **state)
{
	static const char *const others[] = {
		"CREATE TABLE notes(x)",
		"PRAGMA application_id = 7; CREATE TABLE notes(x)",
		"PRAGMA application_id = 7",
		"PRAGMA application_id = 1131763066; CREATE TABLE draft(x)", /* our drafts where the clinic should be */
	};
	struct place *p = *state;

	for (size_t i = 0; i < N_ELEMENTS(others); i++) {
		sqlite3 *db = raw(p->path);

		raw_exec(db, others[i]);
		sqlite3_close(db);
		assert_untouched(p->path, &writing, ERR_CORRUPT);
		assert_untouched(p->path, &reading, ERR_CORRUPT);
		unlink(p->path);
	}
}

static void db_open__refuses__what_is_no_database(void **state)
{
	struct place *p = *state;
	char page[4096];

	memset(page, 'x', sizeof page);
	scratch_write(p->path, page, sizeof page);
	assert_untouched(p->path, &writing, ERR_CORRUPT);
	assert_untouched(p->path, &reading, ERR_CORRUPT);
}

static void db_open__refuses__header_overwritten(void **state)
{
	struct place *p = *state;
	FILE *f;

	db_close(open_as(p->path, &writing));
	f = fopen(p->path, "r+b");
	assert_non_null(f);
	assert_int_equal(fwrite("not a header at all", 1, 16, f), 16);
	fclose(f);
	assert_not_opened(p->path, &writing, ERR_CORRUPT);
	assert_not_opened(p->path, &reading, ERR_CORRUPT);
}

static void db_open__refuses__folder_that_is_not_there(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *path = path_join(p->path, "below/clinic.db");

	assert_not_opened(path, &writing, ERR_IO);
	assert_not_opened(p->path, &reading, ERR_IO);
}

/* ---- older and newer ------------------------------------------------------------------------------------------------ */

/* A file as a program with the first n migrations left it: made and filled by the first version
 * (tests/data/db/version_1.sql), brought up to date since. */
static void make_version(const char *path, size_t n)
{
	AUTO_FREE char *sample = scratch_read("tests/data/db/version_1.sql", NULL);
	sqlite3 *db = raw(path);
	char sql[64];
	int version = 0;

	assert_non_null(sample);
	for (size_t i = 0; i < n; i++) {
		if (!strncmp(sql_migrations[i].name, "drafts", 6))
			continue;
		raw_exec(db, sql_migrations[i].text);
		if (i == 0)
			raw_exec(db, sample);
		version = sql_migrations[i].number;
	}
	snprintf(sql, sizeof sql, "PRAGMA user_version=%d; PRAGMA application_id=%d", version, CUNYI_ID);
	raw_exec(db, sql);
	sqlite3_close(db);
}

static const char schema_sql[] =
	"SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name)";

static char *schema_of(const char *path)
{
	sqlite3 *db = raw(path);
	char *text = raw_value(db, schema_sql);

	sqlite3_close(db);
	return text;
}

static void assert_sample(const char *path)
{
	assert_raw(path, "SELECT value FROM setting WHERE key = 'name'", "上坂村卫生室");
	assert_raw(path, "SELECT group_concat(name, ' ') FROM (SELECT name FROM resident ORDER BY id)", "陈桂兰 黄水金");
	assert_raw(path, "SELECT value || ' ' || class FROM followup", "152/88 2");
	assert_raw(path, "SELECT count(*) FROM change", "5");
	assert_raw(path, "SELECT count(*) FROM outbox WHERE state = 0", "4");
	assert_raw(path, "SELECT count(*) FROM due", "1");
}

static void db_open__brings_up_to_date__every_older_version(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *fresh = NULL;

	db_close(open_as(p->path, &writing));
	fresh = schema_of(p->path);
	for (size_t n = 1; n <= sql_migration_count; n++)
		for (int as_reader = 0; as_reader < 2; as_reader++) {
			char name[32];

			snprintf(name, sizeof name, "v%zu%d.db", n, as_reader);
			AUTO_FREE char *path = scratch_path(p->dir, name);
			AUTO_FREE char *schema = NULL;
			struct db *db;

			make_version(path, n);
			db = open_as(path, as_reader ? &reading : &writing);
			stmt_get(db, "search_pending_any"); /* its table came with migration 3 */
			db_close(db);
			schema = schema_of(path);
			assert_string_equal(schema, fresh);
			assert_sample(path);
		}
}

/* Killed anywhere in a migration, the file is as it was before that migration, and the next start goes on. */
static void db_open__goes_on__killed_while_migrating(void **state)
{
	struct place *p = *state;
	bool finished = false;

	for (int n = 1; !finished; n++) {
		struct err err;
		struct db *db;
		int status;
		pid_t pid;

		unlink(p->path);
		make_version(p->path, 1);
		pid = fork();
		if (!pid) {
			db_test_kill_after(n);
			_exit(db_open(&db, p->path, &writing, &err) ? 0 : 1);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		finished = WIFEXITED(status) && WEXITSTATUS(status) == 0;
		assert_true(finished || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
		assert_true(n < 1000);
		db = open_as(p->path, &writing);
		assert_ok(db_check(db, true, &err), &err);
		db_close(db);
		assert_sample(p->path);
	}
}

static void db_open__refuses__newer_than_it_knows(void **state)
{
	struct place *p = *state;
	sqlite3 *db;

	db_close(open_as(p->path, &writing));
	db = raw(p->path);
	raw_exec(db, "PRAGMA user_version=9999");
	sqlite3_close(db);
	assert_not_opened(p->path, &writing, ERR_TOO_NEW);
	assert_not_opened(p->path, &reading, ERR_TOO_NEW);
}

/* ---- reading only --------------------------------------------------------------------------------------------------- */

static void db_open__writes_nothing__read_only(void **state)
{
	struct place *p = *state;
	struct db *db;
	AUTO_TX struct tx tx = { 0 };
	struct err err = { 0 };

	db_close(open_as(p->path, &writing));
	db = open_as(p->path, &reading);
	assert_refused(set(db, "a", "1", &err), &err, ERR_NOT_ALLOWED);
	assert_refused(tx_begin(&tx, db, &err), &err, ERR_NOT_ALLOWED);
	db_close(db);
}

/* ---- transactions --------------------------------------------------------------------------------------------------- */

static const char count_ab[] = "SELECT count(*) FROM setting WHERE key IN ('a', 'b')";

static void tx__rolls_back__not_committed(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing);
	struct err err = { 0 };

	{
		AUTO_TX struct tx tx = { 0 };

		assert_ok(tx_begin(&tx, db, &err), &err);
		put(db, "a", "1");
	}
	assert_raw(p->path, count_ab, "0");
	{
		AUTO_TX struct tx tx = { 0 };

		assert_ok(tx_begin(&tx, db, &err), &err);
		put(db, "a", "1");
		put(db, "b", "2");
		assert_ok(tx_commit(&tx, &err), &err);
	}
	assert_raw(p->path, count_ab, "2");
	db_close(db);
}

static void tx__says_busy__another_one_writes(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing), *other = open_as(p->path, &writing);
	AUTO_TX struct tx tx = { 0 }, second = { 0 };
	struct err err = { 0 };

	assert_ok(tx_begin(&tx, db, &err), &err);
	assert_refused(tx_begin(&second, other, &err), &err, ERR_BUSY);
	tx_rollback(&tx);
	assert_ok(tx_begin(&second, other, &err), &err);
	tx_rollback(&second);
	db_close(other);
	db_close(db);
}

static void tx__is_all_or_nothing__killed_anywhere(void **state)
{
	struct place *p = *state;
	struct err err;
	bool committed = false;

	db_close(open_as(p->path, &writing));
	for (int n = 1; !committed; n++) {
		int status;
		pid_t pid = fork();

		if (!pid) {
			struct db *db = NULL;
			struct tx tx = { 0 };

			if (!db_open(&db, p->path, &writing, &err))
				_exit(1);
			db_test_kill_after(n);
			_exit(tx_begin(&tx, db, &err) && set(db, "a", "1", &err) && set(db, "b", "2", &err) &&
					tx_commit(&tx, &err) ?
				      0 :
				      1);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		committed = WIFEXITED(status) && WEXITSTATUS(status) == 0;
		assert_true(committed || WIFSIGNALED(status));
		assert_true(n < 20);
		assert_raw(p->path, count_ab, committed ? "2" : "0");
	}
}

static void tx__says_disk_full__no_room(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing);
	AUTO_FREE char *big = xcalloc(1 << 20, 1);
	AUTO_TX struct tx tx = { 0 };
	struct err err = { 0 };

	memset(big, 'x', (1 << 20) - 1);
	put(db, "a", "1");
	assert_ok(db_exec(db, "PRAGMA max_page_count=1", &err), &err); /* no page more than there are */
	assert_ok(tx_begin(&tx, db, &err), &err);
	assert_refused(set(db, "b", big, &err), &err, ERR_DISK_FULL);
	tx_rollback(&tx);
	assert_ok(db_exec(db, "PRAGMA max_page_count=1000000", &err), &err);
	put(db, "b", "2"); /* there is room again */
	db_close(db);
	assert_raw(p->path, count_ab, "2");
}

/* ---- watching and checking ------------------------------------------------------------------------------------------ */

static void db_data_version__moves__others_commit_only(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing), *other = open_as(p->path, &writing);
	int64_t before = db_data_version(db);

	put(db, "a", "1");
	assert_int_equal(db_data_version(db), before);
	put(other, "a", "2");
	assert_true(db_data_version(db) != before);
	db_close(other);
	db_close(db);
}

static void db_check__finds__reference_to_nothing(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing);
	struct err err = { 0 };
	sqlite3 *other;

	assert_ok(db_check(db, true, &err), &err);
	other = raw(p->path);
	raw_exec(other, "PRAGMA foreign_keys=OFF; INSERT INTO household(id, name) VALUES (4711, 'nobody')");
	sqlite3_close(other);
	assert_ok(db_check(db, false, &err), &err);
	assert_refused(db_check(db, true, &err), &err, ERR_CORRUPT);
	db_close(db);
}

static void db_check__finds__page_overwritten(void **state)
{
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing);
	struct err err = { 0 };
	char junk[512];
	char key[16];
	FILE *f;

	for (int i = 0; i < 2000; i++) {
		snprintf(key, sizeof key, "key%d", i);
		put(db, key, "a value long enough to fill a page or two of the table");
	}
	db_close(db); /* the last connection moves everything into the file */
	memset(junk, 0xA5, sizeof junk);
	f = fopen(p->path, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, -4096, SEEK_END), 0);
	assert_int_equal(fwrite(junk, 1, sizeof junk, f), sizeof junk);
	fclose(f);
	db = open_as(p->path, &reading);
	assert_refused(db_check(db, false, &err), &err, ERR_CORRUPT);
	db_close(db);
}

/* ---- marks that stay ------------------------------------------------------------------------------------------------ */

static void schema__refuses__what_must_stay(void **state)
{
	static const char *const attempts[] = {
		"UPDATE setting SET value = '0' WHERE key = 'practice'",
		"DELETE FROM setting WHERE key = 'practice'",
		"INSERT OR REPLACE INTO setting(key, value) VALUES ('practice', '0')",
		"UPDATE audit SET hash = x'00'",
		"DELETE FROM audit",
	};
	struct place *p = *state;
	struct db *db = open_as(p->path, &writing);
	struct err err = { 0 };

	put(db, "practice", "1");
	assert_ok(db_exec(db, "INSERT INTO audit(seq, change_seq, hash) VALUES (1, 1, x'01')", &err), &err);
	for (size_t i = 0; i < N_ELEMENTS(attempts); i++)
		assert_case(!db_exec(db, attempts[i], &err), i, attempts[i]);
	db_close(db);
	assert_raw(p->path, "SELECT value FROM setting WHERE key = 'practice'", "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(db_open__survives_power_cuts__on_every_connection, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__is_private__new_file, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__leaves_alone__files_of_others, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__refuses__what_is_no_database, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__refuses__header_overwritten, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__refuses__folder_that_is_not_there, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__brings_up_to_date__every_older_version, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__goes_on__killed_while_migrating, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__refuses__newer_than_it_knows, setup, teardown),
		cmocka_unit_test_setup_teardown(db_open__writes_nothing__read_only, setup, teardown),
		cmocka_unit_test_setup_teardown(tx__rolls_back__not_committed, setup, teardown),
		cmocka_unit_test_setup_teardown(tx__says_busy__another_one_writes, setup, teardown),
		cmocka_unit_test_setup_teardown(tx__is_all_or_nothing__killed_anywhere, setup, teardown),
		cmocka_unit_test_setup_teardown(tx__says_disk_full__no_room, setup, teardown),
		cmocka_unit_test_setup_teardown(db_data_version__moves__others_commit_only, setup, teardown),
		cmocka_unit_test_setup_teardown(db_check__finds__reference_to_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(db_check__finds__page_overwritten, setup, teardown),
		cmocka_unit_test_setup_teardown(schema__refuses__what_must_stay, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
