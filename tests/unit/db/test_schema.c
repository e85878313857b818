/* db/schema.sql, which a new file begins with, is what the migrations make of one; `make schema` writes it. */
#include "support/base/check.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/base/path.h"
#include "app/base/sbuf.h"
#include "db/db_int.h"

static const char where[] = "db/schema.sql";
static const char head[] =
	"-- The whole schema, which a new file begins with: what the migrations in db/schema make, written by `make schema`.\n";

static struct db *open_empty(void)
{
	static struct db db;

	db = (struct db){ .file = DB_CLINIC };
	assert_int_equal(sqlite3_open(":memory:", &db.handle), SQLITE_OK);
	return &db;
}

static void close_it(struct db *db)
{
	stmt_free_all(db);
	assert_int_equal(sqlite3_close(db->handle), SQLITE_OK);
}

/* The first column of each row with what follows it. */
static void add_all(struct db *db, const char *sql, const char *arg, const char *after, struct sbuf *out)
{
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL), SQLITE_OK);
	if (arg)
		assert_int_equal(sqlite3_bind_text(st, 1, arg, -1, SQLITE_TRANSIENT), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		sbuf_addf(out, "%s%s", (const char *)sqlite3_column_text(st, 0), after);
	assert_int_equal(sqlite3_finalize(st), SQLITE_OK);
}

/* A SELECT that gives each row of a table as INSERT. */
static void add_rows(struct db *db, const char *table, struct sbuf *out)
{
	AUTO_SBUF struct sbuf sql = SBUF_INIT;

	add_all(db,
		"SELECT 'SELECT ''INSERT INTO \"' || ?1 || '\"(' || group_concat(name, ', ') || ') VALUES ('' || '"
		" || group_concat('quote(\"' || name || '\")', ' || '', '' || ') || ' || '');'' FROM \"' || ?1 || '\" ORDER BY 1'"
		" FROM pragma_table_info(?1)",
		table, "", &sql);
	add_all(db, sql.s, NULL, "\n", out);
}

static void add_kind(struct db *db, const char *type, struct sbuf *out)
{
	add_all(db, "SELECT sql FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
		type, ";\n", out);
}

/* sqlite_stat1 is made by ANALYZE, and what it says of the empty tables goes. */
static void write_schema(struct db *db, struct sbuf *out)
{
	AUTO_SBUF struct sbuf names = SBUF_INIT;

	sbuf_adds(out, head);
	add_kind(db, "table", out);
	add_kind(db, "index", out);
	add_kind(db, "view", out);
	sbuf_adds(out, "ANALYZE sync_remote;\nDELETE FROM sqlite_stat1;\n");
	add_all(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name NOT LIKE 'sqlite_%' OR name = 'sqlite_stat1') "
		"ORDER BY name", NULL, "\n", &names);
	for (char *name = names.s; *name; name += strlen(name) + 1) {
		name[strcspn(name, "\n")] = '\0';
		add_rows(db, name, out);
	}
	sbuf_adds(out, "ANALYZE sqlite_schema;\n");
	add_kind(db, "trigger", out);
	add_all(db, "SELECT 'PRAGMA user_version=' || user_version FROM pragma_user_version", NULL, ";\n", out);
}

static void schema__is__what_the_migrations_make(void **state UNUSED)
{
	AUTO_SBUF struct sbuf want = SBUF_INIT;
	struct db *db = open_empty();
	struct err err = { 0 };
	size_t n;
	AUTO_FREE char *have = NULL;

	assert_ok(db_migrate_by_steps(db, &err), &err);
	write_schema(db, &want);
	close_it(db);
	if (getenv("GOLDEN_WRITE"))
		assert_ok(path_write(where, want.s, want.len, &err), &err);
	have = scratch_read(where, &n);
	if (n != want.len || memcmp(have, want.s, n) != 0)
		fail_msg("%s is not what the migrations make: run `make schema`", where);
}

static void schema__makes__the_same_again(void **state UNUSED)
{
	AUTO_SBUF struct sbuf again = SBUF_INIT;
	struct db *db = open_empty();
	struct err err = { 0 };
	size_t n;
	AUTO_FREE char *text = scratch_read(where, &n);

	assert_ok(db_exec(db, text, &err), &err);
	write_schema(db, &again);
	close_it(db);
	assert_string_equal(again.s, text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schema__is__what_the_migrations_make),
		cmocka_unit_test(schema__makes__the_same_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
