/* The catalogue of statements. */
#include "support/base/check.h"

#include <sqlite3.h>

#include "app/base/path.h"
#include "app/base/sbuf.h"
#include "db/sql_text.h"
#include "db/stmt.h"

struct place {
	char *dir, *path, *drafts;
	struct db *db;
};

static struct db *open_file(const char *path, enum db_file file)
{
	struct db_options o = { .file = file, .busy_timeout_ms = 1000 };
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(&db, path, &o, &err), &err);
	return db;
}

static int setup(void **state)
{
	static struct place p;

	p.dir = scratch_dir();
	p.path = scratch_path(p.dir, "clinic.db");
	p.drafts = scratch_path(p.dir, "drafts.db");
	p.db = open_file(p.path, DB_CLINIC);
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	db_close(p->db);
	free(p->path);
	free(p->drafts);
	free(p->dir);
	return 0;
}

/* A connection beside the program's own, as another process or a tool has one. */
static sqlite3 *raw(const char *path)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

static void raw_exec(sqlite3 *db, const char *sql)
{
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void put(struct db *db, const char *key, const char *value)
{
	struct stmt *st = stmt_get(db, "setting_set");
	struct err err = { 0 };

	stmt_bind_text(st, "key", key);
	stmt_bind_text(st, "value", value);
	assert_ok(stmt_run(st, &err), &err);
}

static void assert_value(struct db *db, const char *key, const char *value)
{
	AUTO_STMT struct stmt *st = stmt_get(db, "setting_get");
	struct err err = { 0 };
	bool row;

	stmt_bind_text(st, "key", key);
	assert_ok(stmt_step(st, &row, &err), &err);
	assert_true(row);
	assert_string_equal(stmt_text(st, 0), value);
}

static void stmt_get__finds_parameters_again__after_schema_changed(void **state)
{
	struct place *p = *state;
	sqlite3 *other = raw(p->path);

	put(p->db, "a", "1");
	assert_value(p->db, "a", "1");
	raw_exec(other, "CREATE TABLE beside(x)");
	for (int i = 0; i < 3; i++) { /* the first use after it prepares anew, the next one binds by name */
		put(p->db, "a", "2");
		assert_value(p->db, "a", "2");
	}
	raw_exec(other, "DROP TABLE beside");
	sqlite3_close(other);
}

static void stmt_get__starts_with_empty_parameters__used_again(void **state)
{
	struct place *p = *state;
	struct err err = { 0 };
	bool row;

	put(p->db, "a", "1");
	assert_value(p->db, "a", "1");
	AUTO_STMT struct stmt *st = stmt_get(p->db, "setting_get");

	assert_ok(stmt_step(st, &row, &err), &err);
	assert_false(row);
}

/* A statement belongs to the clinic's file or to that of the drafts; in one of them it must compile. */
static void catalogue__compiles__every_statement(void **state)
{
	struct place *p = *state;
	struct db *drafts = open_file(p->drafts, DB_DRAFTS);
	sqlite3 *files[] = { raw(p->path), raw(p->drafts) };

	for (size_t i = 0; i < sql_statement_count; i++)
		if (!strncmp(sql_statements[i].name, "view_", 5)) /* of each connection: db_open() */
			raw_exec(files[0], sql_statements[i].text);
	for (size_t i = 0; i < sql_statement_count; i++) {
		bool ok = false;

		for (size_t k = 0; k < N_ELEMENTS(files); k++) {
			sqlite3_stmt *st = NULL;

			ok |= sqlite3_prepare_v2(files[k], sql_statements[i].text, -1, &st, NULL) == SQLITE_OK;
			sqlite3_finalize(st);
		}
		if (!ok)
			fail_msg("%s: %s", sql_statements[i].name, sqlite3_errmsg(files[0]));
	}
	for (size_t k = 0; k < N_ELEMENTS(files); k++)
		sqlite3_close(files[k]);
	db_close(drafts);
}

/* ---- how they find their rows ------------------------------------------------------------------------------------------ */

/* What grows with the years. */
static const char *const large[] = { "audit", "call", "change", "contract", "credit", "due", "enrolment", "exam", "followup", "former_name",
	"household", "hub_version", "match_candidate", "note", "orphan", "outbox", "person_identifier", "promise", "record", "referral", "refusal",
	"resident", "search_all", "search_village", "service", "stick_receipt", "stick_seen", "submit", "sync_entry", "sync_id", "sync_kept",
	"sync_version", "visit" };

#define ALL   "a list or a number over all of them"
#define FIRST "the first rows are enough"
#define FEW   "an index of few, or a table that stays small"
#define ONCE  "once in a clinic's life, or on the day of a mishap"

static const struct {
	const char *statement, *why;
} walks[] = {
	{ "audit_last", FIRST },
	{ "contracts_in_force", ALL },
	{ "contracts_in_state", ALL },
	{ "count_exam_missing", ALL },
	{ "count_task", ALL },
	{ "device_unsent", ONCE },
	{ "hub_outbox_drop", ONCE },
	{ "hub_updated_last", FIRST },
	{ "list_dead_phones", ALL },
	{ "list_no_number", ALL },
	{ "lost_residents", FEW },
	{ "match_forget", FEW },
	{ "match_pairs", FEW },
	{ "orphan_any", FIRST },
	{ "population", ALL },
	{ "referral_last_to", FIRST },
	{ "report_inactive", FEW },
	{ "roster_ids", ALL },
	{ "roster_short", ALL },
	{ "roster_short_count", ALL },
	{ "screening_ids", FEW },
	{ "search_pending_all", ONCE },
	{ "stick_file_ours", ONCE },
	{ "sweep_count", ALL },
	{ "sync_anew_rows", ONCE },
	{ "sync_any_referral", FIRST },
	{ "watch_any_resident", FIRST },
	{ "worklist", ALL },
	{ "worklist_due_today", ALL },
	{ "worklist_overdue", ALL },
	{ "worklist_quarter_missing", ALL },
};

static bool may_walk(const char *statement)
{
	for (size_t i = 0; i < N_ELEMENTS(walks); i++)
		if (!strcmp(walks[i].statement, statement))
			return true;
	return false;
}

static bool is_statement(const char *name)
{
	for (size_t i = 0; i < sql_statement_count; i++)
		if (!strcmp(sql_statements[i].name, name))
			return true;
	return false;
}

static bool ends_word(char c)
{
	return !strchr("abcdefghijklmnopqrstuvwxyz_0123456789.", c) || !c;
}

/* Does the text give that table that name, "outbox o"? */
static bool is_called(const char *text, const char *table, const char *name, size_t n)
{
	char both[96];

	if (strlen(table) == n && !strncmp(table, name, n))
		return true;
	snprintf(both, sizeof(both), "%s %.*s", table, (int)n, name);
	for (const char *at = strstr(text, both); at; at = strstr(at + 1, both))
		if (at > text && ends_word(at[-1]) && ends_word(at[strlen(both)]))
			return true;
	return false;
}

static const char *large_table(const char *text, const char *name)
{
	for (size_t i = 0; i < N_ELEMENTS(large); i++)
		if (is_called(text, large[i], name, strcspn(name, " ")))
			return large[i];
	return NULL;
}

/* The large table that it walks through row by row, or NULL. */
static const char *walks_through(sqlite3 *db, const struct sql_text *s)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *found = NULL;
	sqlite3_stmt *st = NULL;

	sbuf_addf(&text, "EXPLAIN QUERY PLAN %s", s->text);
	if (sqlite3_prepare_v2(db, text.s, -1, &st, NULL) != SQLITE_OK)
		return NULL; /* it belongs to the drafts */
	while (!found && sqlite3_step(st) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(st, 3);

		found = !strncmp(detail, "SCAN ", 5) ? large_table(s->text, detail + 5) : NULL;
	}
	sqlite3_finalize(st);
	return found;
}

/* An exception that is needed no more goes; but Debian's older planner reads some by an index where the newer one walks. */
static bool is_idle(const char *statement, const char *table)
{
#ifdef ENGINE_MC
	return !table && may_walk(statement);
#else
	(void)statement, (void)table;
	return false;
#endif
}

/* A statement that is asked for each record and looks through all of them makes hours of minutes in ten years' time. */
static void catalogue__walks_through_nothing_large__but_where_that_is_meant(void **state)
{
	struct place *p = *state;
	sqlite3 *db = raw(p->path);
	AUTO_SBUF struct sbuf found = SBUF_INIT;

	for (size_t i = 0; i < sql_statement_count; i++)
		if (!strncmp(sql_statements[i].name, "view_", 5))
			raw_exec(db, sql_statements[i].text);
	for (size_t i = 0; i < sql_statement_count; i++) {
		const char *table = walks_through(db, &sql_statements[i]);

		if (table && !may_walk(sql_statements[i].name))
			sbuf_addf(&found, "%s %s\n", sql_statements[i].name, table);
		if (is_idle(sql_statements[i].name, table))
			sbuf_addf(&found, "%s (walks no more)\n", sql_statements[i].name);
	}
	sqlite3_close(db);
	for (size_t i = 0; i < N_ELEMENTS(walks); i++)
		if (!is_statement(walks[i].statement))
			sbuf_addf(&found, "%s (is no statement)\n", walks[i].statement);
	if (found.len)
		fail_msg("%s", found.s);
}

static void catalogue__is_sorted__without_doubles(void **state)
{
	(void)state;
	assert_true(sql_statement_count > 0);
	for (size_t i = 1; i < sql_statement_count; i++)
		assert_true(strcmp(sql_statements[i - 1].name, sql_statements[i].name) < 0);
	for (size_t i = 0; i < sql_migration_count; i++)
		assert_int_equal(sql_migrations[i].number, i + 1);
}

/* The planner's figures name tables and indexes that exist: after an index was renamed they would be silently idle. */
static void statistics__name_what_exists(void **state)
{
	struct place *p = *state;
	sqlite3 *db = raw(p->path);
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT count(*), sum(NOT EXISTS (SELECT 1 FROM sqlite_schema x "
				 "WHERE x.name = coalesce(s.idx, s.tbl) AND x.tbl_name = s.tbl)) FROM sqlite_stat1 s",
				 -1, &st, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_true(sqlite3_column_int(st, 0) > 20);
	assert_int_equal(sqlite3_column_int(st, 1), 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
}

static void stmt_adhoc__refuses__what_writes(void **state)
{
	static const char *const writes[] = {
		"DELETE FROM setting",
		"INSERT INTO setting(key, value) VALUES ('x', 'y')",
		"CREATE TABLE x(y)",
		"PRAGMA journal_mode = OFF",
	};
	struct place *p = *state;

	for (size_t i = 0; i < N_ELEMENTS(writes); i++) {
		struct err err = { 0 };
		struct stmt *st = NULL;

		assert_refused(stmt_adhoc(p->db, writes[i], &st, &err), &err, ERR_NOT_ALLOWED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stmt_get__finds_parameters_again__after_schema_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(stmt_get__starts_with_empty_parameters__used_again, setup, teardown),
		cmocka_unit_test_setup_teardown(catalogue__compiles__every_statement, setup, teardown),
		cmocka_unit_test_setup_teardown(catalogue__walks_through_nothing_large__but_where_that_is_meant, setup, teardown),
		cmocka_unit_test_setup_teardown(catalogue__is_sorted__without_doubles, setup, teardown),
		cmocka_unit_test_setup_teardown(statistics__name_what_exists, setup, teardown),
		cmocka_unit_test_setup_teardown(stmt_adhoc__refuses__what_writes, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
