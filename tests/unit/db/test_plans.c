/* How statements find their rows.  The outbox keeps a row of every record that was ever sent, millions in time: what a round asks
 * for is found by the indexes of what is still open (db/schema.sql), which serve only who names their condition. */
#include "support/base/check.h"

#include <sqlite3.h>

#include "db/db_int.h"
#include "db/sql_text.h"

/* Once in a clinic's life: a server that began anew gets all again; a hub that is forgotten. */
static const char *const whole[] = { "sync_anew_rows", "hub_outbox_drop" };

static bool may_read_whole(const char *name)
{
	for (size_t i = 0; i < N_ELEMENTS(whole); i++)
		if (strcmp(whole[i], name) == 0)
			return true;
	return false;
}

/* By no index, or by one of all rows.  As o it stands in joins. */
static bool reads_whole(const char *step)
{
	static const char *const all[] = { "SCAN outbox", "SCAN o" };

	for (size_t i = 0; i < N_ELEMENTS(all); i++) {
		size_t n = strlen(all[i]);

		if (strncmp(step, all[i], n) == 0 && (!step[n] || strstr(step + n, " USING INDEX outbox_record")))
			return true;
	}
	return false;
}

static void check(struct db *db, const struct sql_text *s)
{
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", s->text);
	sqlite3_stmt *st;

	assert_int_equal(sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3);

		if (reads_whole(step) && !may_read_whole(s->name))
			fail_msg("%s: %s", s->name, step);
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
}

static void plans__leave__what_is_done_alone(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "clinic.db");
	struct db_options o = { .file = DB_CLINIC };
	struct err err = { 0 };
	struct db *db;
	size_t n = 0;

	(void)state;
	assert_ok(db_open(&db, path, &o, &err), &err);
	for (size_t i = 0; i < sql_statement_count; i++)
		if (strstr(sql_statements[i].text, "outbox")) {
			check(db, &sql_statements[i]);
			n++;
		}
	assert_true(n > 50);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(plans__leave__what_is_done_alone) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
