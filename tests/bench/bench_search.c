/* bench_search DIR: the search box, one key after the other.  People are drawn from the practice clinic in DIR; each is
 * typed in all the ways the box understands, and every key is one search of twenty lines.  Beside it: a bare index range
 * of twenty rows of the same table. */
#include <string.h>

#include "app/base/rng.h"
#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "app/service/search.h"
#include "bench/bench.h"
#include "db/stmt.h"

enum { PEOPLE = 50, LIMIT = 20, TEXT_MAX = 128 };

struct person {
	int64_t row, village;
	char name[64], phone[32], house[32], village_name[64];
};

struct run {
	struct app *app;
	struct times keys, cpu, raw; /* cpu: without the time that other programs took meanwhile */
	/* Whole texts, and how many of them showed the one that was meant, or as many of his like as a page holds. */
	size_t people, typed, found;
	struct {
		double ms;
		char text[TEXT_MAX];
	} worst;
};

static double cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

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

static bool draw(struct app *app, struct rng *rng, int64_t newest, struct person *p)
{
	AUTO_SBUF struct sbuf sql = SBUF_INIT;
	struct err err = { 0 };
	struct stmt *st;
	bool row = false;

	sbuf_addf(&sql,
		"SELECT p.id, coalesce(p.village, 0), p.name, coalesce(p.phone, ''), coalesce(p.house, ''), coalesce(v.name, '') "
		"FROM resident p JOIN record r ON r.id = p.id AND r.state = 0 LEFT JOIN organisation v ON v.id = p.village "
		"WHERE p.id >= %lld ORDER BY p.id LIMIT 1",
		(long long)rng_below(rng, (uint32_t)newest));
	bench_need(stmt_adhoc(app->db, sql.s, &st, &err) && stmt_step(st, &row, &err), &err, "draw");
	if (row) {
		p->row = stmt_int(st, 0);
		p->village = stmt_int(st, 1);
		snprintf(p->name, sizeof p->name, "%s", stmt_text(st, 2));
		snprintf(p->phone, sizeof p->phone, "%s", stmt_text(st, 3));
		snprintf(p->house, sizeof p->house, "%s", stmt_text(st, 4));
		snprintf(p->village_name, sizeof p->village_name, "%s", stmt_text(st, 5));
	}
	stmt_free(st);
	return row;
}

/* Twenty rows from the place in the index where these letters stand. */
static void raw_range(struct run *run, const char *text)
{
	struct stmt *st = stmt_get(run->app->db, "search_all_range");
	char lo[TEXT_MAX + 1], hi[TEXT_MAX + 8];
	struct err err;
	bool row = true;
	double start;

	snprintf(lo, sizeof lo, "%c%s", KEY_PINYIN, text);
	snprintf(hi, sizeof hi, "%s\xF4\x8F\xBF\xBF", lo);
	start = bench_now();
	stmt_bind_text(st, "lo", lo);
	stmt_bind_text(st, "hi", hi);
	for (int i = 0; i < LIMIT && row; i++)
		bench_need(stmt_step(st, &row, &err), &err, text);
	stmt_done(&st);
	times_add(&run->raw, start);
}

static bool one_key(struct run *run, const char *text, int64_t village, int64_t meant)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct search_result r;
	struct err err = { 0 };
	double start = bench_now(), cpu = cpu_now(), ms;
	bool found = false;

	bench_need(search_find(run->app, text, village, LIMIT, &mem, &r, &err), &err, text);
	ms = cpu_now() - cpu;
	times_add(&run->keys, start);
	times_add(&run->cpu, bench_now() - ms);
	if (ms > run->worst.ms) {
		run->worst.ms = ms;
		snprintf(run->worst.text, sizeof run->worst.text, "%s", text);
	}
	found = r.more;
	for (size_t i = 0; i < r.n; i++)
		found = found || r.v[i].row == meant;
	return found;
}

/* All beginnings of a text, as they are typed. */
static void type(struct run *run, const char *text, int64_t village, int64_t meant)
{
	char part[TEXT_MAX];
	bool found = false;

	for (size_t n = 0; text[n];) {
		n += utf8_cluster(text + n, strlen(text + n));
		snprintf(part, sizeof part, "%.*s", (int)n, text);
		found = one_key(run, part, village, meant);
	}
	run->typed++;
	run->found += found;
}

/* What a speaker who knows neither zh nor ng makes of it. */
static void mishear(const char *letters, char out[TEXT_MAX])
{
	size_t n = 0;

	for (const char *s = letters; *s && n + 1 < TEXT_MAX; s++) {
		bool zh = *s == 'h' && s > letters && strchr("zcs", s[-1]);
		bool ng = *s == 'g' && s > letters && s[-1] == 'n' && !(s[1] && strchr("aeiou", s[1]));

		if (!zh && !ng)
			out[n++] = *s;
	}
	out[n] = '\0';
}

static void type_person(struct run *run, const struct person *p)
{
	AUTO_ARENA struct arena mem = { 0 };
	char text[TEXT_MAX];
	struct pinyin_name py;
	size_t len = strlen(p->phone);

	pinyin_name(&mem, p->name, &py);
	if (!py.full.n)
		return;
	run->people++;
	type(run, py.full.v[0], p->village, p->row);
	type(run, py.full.v[0], 0, p->row);
	type(run, py.initials.v[0], p->village, p->row);
	type(run, p->name, p->village, p->row);
	mishear(py.full.v[0], text);
	type(run, text, p->village, p->row);
	snprintf(text, sizeof text, "%.*s %s", (int)utf8_cluster(p->name, strlen(p->name)), p->name, py.initials.v[0] + 1);
	type(run, text, p->village, p->row);
	snprintf(text, sizeof text, "%s %s", py.initials.v[0], len > 4 ? p->phone + len - 4 : "");
	type(run, text, p->village, p->row);
	snprintf(text, sizeof text, "%s %s", p->village_name, p->house);
	type(run, text, 0, p->row);
	for (size_t n = 1; n <= strlen(py.full.v[0]); n++) {
		snprintf(text, sizeof text, "%.*s", (int)n, py.full.v[0]);
		raw_range(run, text);
	}
}

int main(int argc, char **argv)
{
	static struct run run;
	static struct app app;
	struct err err = { 0 };
	struct rng rng = { .s = 7 };
	int64_t newest;

	if (argc != 2)
		return 2;
	bench_need(app_open(&app, argv[1], APP_READONLY, &err), &err, argv[1]);
	run.app = &app;
	newest = number(&app, "SELECT max(id) FROM resident");
	for (int i = 0; i < PEOPLE; i++) {
		struct person p;

		if (draw(&app, &rng, newest, &p))
			type_person(&run, &p);
	}
	times_print(&run.keys, "search");
	times_print(&run.cpu, "search_cpu");
	times_print(&run.raw, "raw_range");
	printf("search_found\t%.1f\n", run.typed ? 100.0 * (double)run.found / (double)run.typed : 0.0);
	fprintf(stderr, "slowest: %.2f ms for \"%s\"\n", run.worst.ms, run.worst.text);
	app_close(&app);
	return 0;
}
