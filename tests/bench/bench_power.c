/* bench_power CLINIC SCRATCH [CUTS]: saves follow-ups and cuts the power everywhere between their writes: is all there that was said
 * to be saved, and is the file whole?  Then a tenth of the cuts with synchronous=NORMAL, which must lose some: else nothing is
 * measured.  CLINIC is a small practice clinic. */
#include <string.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/service/records.h"
#include "bench/bench.h"
#include "bench/disk.h"
#include "db/db_int.h"
#include "db/stmt.h"

enum { SAVES = 200, CUTS = 10000, HASH = 65 };

/* A save that was acknowledged: before which note, and how the history ended then. */
struct saved {
	size_t note;
	int64_t change;
	char hash[HASH];
};

struct outcome {
	int64_t cuts, lost, broken;
};

static bool ask(struct db *db, const char *sql, int64_t *n, char text[HASH], struct err *err)
{
	struct stmt *st;
	bool row = false, ok = stmt_adhoc(db, sql, &st, err);

	if (!ok)
		return false;
	ok = stmt_step(st, &row, err);
	*n = ok && row ? stmt_int(st, 0) : 0;
	snprintf(text, HASH, "%s", ok && row && stmt_text(st, 1) ? stmt_text(st, 1) : "");
	stmt_free(st);
	return ok;
}

static void save(struct app *app, const char *resident, int64_t i)
{
	struct save_options o = { .confirm_all = true };
	struct save_result result = { 0 };
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *obj = json_object_new_object();
	struct err err = { 0 };
	char day[DATE_LEN];

	json_set_text(obj, "resident", resident);
	json_set_text(obj, "programme", "htn");
	json_set_text(obj, "date", date_iso(app_today(app), day));
	json_set_text(obj, "mode", "1");
	json_set_int(obj, "sbp", 126 + i % 12);
	json_set_int(obj, "dbp", 76 + i % 10);
	bench_need(records_save_json(app, kind_by_name("followup"), obj, &o, &mem, &result, &err), &err, resident);
}

/* Saves, noting where each was acknowledged. */
static void work(const char *dir, bool normal, struct saved *saved)
{
	AUTO_FREE char *path = path_join(dir, "clinic.db");
	struct app app;
	struct err err = { 0 };
	char who[HASH];
	int64_t n;

	disk_watch(path);
	bench_need(app_open(&app, dir, APP_COMMAND, &err) && app_choose_actor(&app, "001", &err), &err, dir);
	if (normal)
		bench_need(db_exec(app.db, "PRAGMA synchronous=NORMAL", &err), &err, "NORMAL");
	bench_need(ask(app.db, "SELECT 0, uid FROM record WHERE kind = 1 AND state = 0 ORDER BY id LIMIT 1", &n, who, &err), &err, "a resident");
	for (size_t i = 0; i < SAVES; i++) {
		save(&app, who, (int64_t)i);
		saved[i].note = disk_notes();
		bench_need(ask(app.db, "SELECT seq, hex(hash) FROM audit ORDER BY seq DESC LIMIT 1", &saved[i].change, saved[i].hash, &err), &err,
			"the history");
	}
	disk_rest();
	app_close(&app);
}

/* Opens what the cut has left, as the next start would. */
static void look(const char *path, const struct saved *saved, size_t n, struct outcome *out)
{
	const struct db_options o = { .file = DB_CLINIC, .busy_timeout_ms = 50 };
	AUTO_SBUF struct sbuf sql = SBUF_INIT;
	struct db *db = NULL;
	struct err err = { 0 };
	char hash[HASH] = "";
	int64_t change;
	bool whole = db_open(&db, path, &o, &err) && db_check(db, false, &err);

	out->cuts++;
	out->broken += !whole;
	for (size_t i = n; whole && i-- > 0;) {
		sbuf_clear(&sql);
		sbuf_addf(&sql, "SELECT seq, hex(hash) FROM audit WHERE seq = %lld", (long long)saved[i].change);
		if (ask(db, sql.s, &change, hash, &err) && strcmp(hash, saved[i].hash) == 0)
			break; /* and all before it: each hash goes over the one before */
		out->lost++;
	}
	if (db)
		db_close(db);
}

static struct outcome cut(const char *dir, const char *cut_dir, bool normal, int64_t cuts)
{
	static struct saved saved[SAVES];
	AUTO_FREE char *path = path_join(cut_dir, "clinic.db");
	struct rng rng = { .s = 7 };
	struct outcome out = { 0 };

	work(dir, normal, saved);
	for (int64_t i = 0; i < cuts; i++) {
		/* everywhere alike, in ascending order */
		size_t at = (size_t)((double)disk_notes() * (double)i / (double)cuts) + 1, n = 0;

		while (n < SAVES && saved[n].note <= at)
			n++;
		disk_after_cut(at, &rng, path);
		look(path, saved, n, &out);
	}
	return out;
}

int main(int argc, char **argv)
{
	int64_t cuts = argc > 3 ? atoll(argv[3]) : CUTS;
	struct outcome ours, normal;

	if (argc < 3) {
		fprintf(stderr, "bench_power CLINIC SCRATCH [CUTS]\n");
		return 2;
	}
	ours = cut(argv[1], argv[2], false, cuts);
	normal = cut(argv[1], argv[2], true, cuts / 10);
	if (!normal.lost) {
		fprintf(stderr, "nothing is lost with synchronous=NORMAL either: the cuts are none\n");
		return 1;
	}
	printf("power_cuts\t%lld\npower_lost\t%lld\npower_broken\t%lld\n", (long long)ours.cuts, (long long)ours.lost,
		(long long)ours.broken);
	printf("power_lost_normal\t%lld\n", (long long)normal.lost);
	return 0;
}
