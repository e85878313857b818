/* bench_store DIR: what the disk and the store take for one saved follow-up, beside a bare commit of as many bytes; and the
 * work list.  DIR is a practice clinic; its newest day gets some follow-ups more. */
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/service/records.h"
#include "app/service/worklist.h"
#include "bench/bench.h"
#include "db/stmt.h"

enum { SAVES = 300, LISTS = 20, FIRST_LIST = 200 };

static int64_t number(struct app *app, const char *sql)
{
	struct err err = { 0 };
	struct stmt *st;
	bool row = false;

	bench_need(stmt_adhoc(app->db, sql, &st, &err) && stmt_step(st, &row, &err) && row, &err, sql);
	int64_t n = stmt_int(st, 0);

	stmt_free(st);
	return n;
}

/* What the file holds, its log left aside. */
static int64_t stored_bytes(struct app *app)
{
	return number(app, "SELECT (page_count - freelist_count) * page_size "
			   "FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
}

static struct json_object *followup_of(const char *resident, int64_t i, const char *day)
{
	struct json_object *o = json_object_new_object();

	json_set_text(o, "resident", resident);
	json_set_text(o, "programme", "htn");
	json_set_text(o, "date", day);
	json_set_text(o, "mode", "1");
	json_set_text(o, "symptoms", "1");
	json_set_int(o, "sbp", 126 + i % 12);
	json_set_int(o, "dbp", 76 + i % 10);
	json_set_int(o, "sbp2", 124 + i % 12);
	json_set_int(o, "dbp2", 74 + i % 10);
	json_set_int(o, "hr", 68 + i % 15);
	json_object_object_add(o, "weight", json_new_decimal(550 + i % 200, 1));
	json_set_int(o, "smoking", i % 3 * 5);
	json_object_object_add(o, "drinking", json_new_decimal(i % 2 * 10, 1));
	json_set_int(o, "exercise_times", 3);
	json_set_int(o, "exercise_minutes", 30);
	json_set_text(o, "salt", "2");
	json_set_text(o, "mind", "1");
	json_set_text(o, "compliance", "1");
	json_set_text(o, "adherence", "1");
	json_set_text(o, "adr", "1");
	return o;
}

static void save_one(struct app *app, const char *resident, int64_t i, struct times *t)
{
	struct save_options o = { .confirm_all = true };
	struct save_result result = { 0 };
	struct arena mem = { 0 };
	struct err err = { 0 };
	char day[DATE_LEN];
	AUTO_JSON struct json_object *obj = followup_of(resident, i, date_iso(app_today(app), day));
	double start = bench_now();

	bench_need(records_save_json(app, kind_by_name("followup"), obj, &o, &mem, &result, &err), &err, resident);
	times_add(t, start);
	arena_release(&mem);
}

static int64_t saves(struct app *app)
{
	static struct times t;
	struct err err = { 0 };
	char ids[SAVES][RECORD_ID_MAX + 1];
	int64_t before = stored_bytes(app), n = 0;
	struct stmt *st;
	bool row;

	bench_need(stmt_adhoc(app->db,
			   "SELECT r.uid FROM enrolment e JOIN record r ON r.id = e.resident "
			   "WHERE e.programme = 'htn' AND e.status = 'active' ORDER BY r.id LIMIT 300",
			   &st, &err),
		&err, "enrolments");
	while (n < SAVES && stmt_step(st, &row, &err) && row)
		snprintf(ids[n++], sizeof(ids[0]), "%s", stmt_text(st, 0));
	stmt_free(st);
	for (int64_t i = 0; i < n; i++)
		save_one(app, ids[i], i, &t);
	times_print(&t, "save");
	int64_t each = n ? (stored_bytes(app) - before) / n : 0;

	printf("followup_bytes\t%lld\n", (long long)each);
	return each > 0 ? each : 2048;
}

static void sql(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK)
		return;
	fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(db));
	exit(1);
}

/* The physical limit: a bare durable commit of as many bytes by the same engine on the same disk. */
static void raw_commits(const char *path, int64_t bytes)
{
	static struct times t;
	char insert[96];
	sqlite3 *db;

	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		exit(1);
#ifdef ENGINE_MC
	sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
#else
	sql(db, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA;");
#endif
	sql(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, x BLOB)");
	snprintf(insert, sizeof(insert), "INSERT INTO t(x) VALUES (randomblob(%lld))", (long long)bytes);
	for (int i = 0; i < SAVES; i++) {
		double start = bench_now();

		sql(db, insert);
		times_add(&t, start);
	}
	times_print(&t, "raw_commit");
	sqlite3_close(db);
	unlink(path);
}

/* limit 0: everybody who is due; else what a screen reads at once. */
static void work_lists(struct app *app, size_t limit, const char *name)
{
	static struct times t;
	struct worklist list;

	t.n = 0;
	for (int i = 0; i < LISTS; i++) {
		struct worklist_query q = { .date = app_today(app), .limit = limit };
		struct arena mem = { 0 };
		struct err err = { 0 };
		double start = bench_now();

		bench_need(worklist_read(app, &q, &mem, &list, &err), &err, "work list");
		times_add(&t, start);
		if (i == 0)
			printf("%s_people\t%zu\n", name, list.n);
		arena_release(&mem);
	}
	times_print(&t, name);
}

static void counts(struct app *app)
{
	static struct times t;
	struct worklist_counts c;

	for (int i = 0; i < LISTS; i++) {
		struct err err = { 0 };
		double start = bench_now();

		bench_need(worklist_count(app, 0, &c, &err), &err, "counters");
		times_add(&t, start);
	}
	times_print(&t, "counters");
}

int main(int argc, char **argv)
{
	static struct app app;
	struct err err = { 0 };

	if (argc != 2)
		return 2;
	bench_need(app_open(&app, argv[1], APP_COMMAND, &err), &err, argv[1]);
	bench_need(app_choose_actor(&app, NULL, &err) || err.code == ERR_NOT_CHOSEN, &err, "staff");
	if (!*app.actor) { /* several work here: anyone will do */
		struct stmt *st;
		bool row = false;

		bench_need(stmt_adhoc(app.db, "SELECT r.uid FROM staff s JOIN record r ON r.id = s.id ORDER BY r.id LIMIT 1",
				   &st, &err) &&
				   stmt_step(st, &row, &err) && row,
			&err, "staff");
		char who[RECORD_ID_MAX + 1];

		snprintf(who, sizeof(who), "%s", stmt_text(st, 0));
		stmt_free(st);
		bench_need(app_choose_actor(&app, who, &err), &err, "staff");
	}
	work_lists(&app, FIRST_LIST, "worklist");
	work_lists(&app, 0, "worklist_all");
	counts(&app);
	int64_t bytes = saves(&app);
	char *raw = path_join(argv[1], "raw-commit.db");

	raw_commits(raw, bytes);
	free(raw);
	app_close(&app);
	return 0;
}
