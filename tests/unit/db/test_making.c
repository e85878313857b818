/* A file in the making: what it does without meanwhile, and that nobody sees afterwards how it was made. */
#include "support/base/check.h"

#include <sqlite3.h>

#include "app/base/sbuf.h"
#include "db/db_int.h"

static void rows_of(const char *path, const char *sql, struct sbuf *out)
{
	sqlite3 *db;
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		sbuf_addf(out, "%s\n", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	sqlite3_close(db);
}

/* What planners see of a file: its indexes and what is known of their shares. */
static const char indexes[] = "SELECT sql FROM sqlite_schema WHERE type = 'index' UNION ALL "
			      "SELECT tbl || ' ' || coalesce(idx, '') || ' ' || stat FROM sqlite_stat1 ORDER BY 1";

static void db_making__leaves__a_file_like_any(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "clinic.db");
	AUTO_SBUF struct sbuf before = { 0 }, meanwhile = { 0 }, after = { 0 }, made = { 0 };
	struct db_options options = { .file = DB_CLINIC };
	char mode[32];
	struct db *db;
	struct err err = { 0 };

	(void)state;
	assert_ok(db_open(&db, path, &options, &err), &err);
	rows_of(path, indexes, &before);
	assert_ok(db_making(db, true, &err), &err);
	rows_of(path, indexes, &meanwhile);
	assert_ok(db_exec(db, "INSERT INTO setting(key, value) VALUES ('made', 'whole')", &err), &err);
	assert_ok(db_making(db, false, &err), &err);
	rows_of(path, indexes, &after);
	assert_non_null(strstr(before.s, "resident_birth"));
	assert_null(strstr(meanwhile.s, "resident_birth"));
	assert_non_null(strstr(meanwhile.s, "followup_resident"));
	assert_non_null(strstr(meanwhile.s, "record_uid"));
	assert_string_equal(before.s, after.s);
	assert_ok(db_pragma(db, "PRAGMA synchronous", mode, sizeof mode, &err), &err);
	assert_string_not_equal(mode, "0");
	db_close(db);
	rows_of(path, "SELECT value FROM setting WHERE key = 'made'", &made);
	assert_string_equal(made.s, "whole\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(db_making__leaves__a_file_like_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
