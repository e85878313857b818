/* Exchange by stick: several computers, a folder for a stick, and everything that goes wrong with it. */
#include "desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/base/rng.h"
#include "db/stmt.h"
#include "sync/stick.h"

enum { DESKS = 3 };

struct scene {
	struct fake_fhir county;
	struct desk d[DESKS];
	char *stick; /* a folder */
	size_t n_files;
};

static void introduce(struct desk *to, struct desk *who)
{
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;

	assert_ok(stick_card(&who->app, &card, &who->err), &who->err);
	assert_ok(stick_peer_add(&to->app, card.s, false, &peer, &to->err), &to->err);
	assert_string_equal(peer.code, who->app.device_code);
}

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	fake_fhir_init(&sc->county, NULL);
	sc->stick = scratch_dir();
	for (unsigned i = 0; i < DESKS; i++)
		desk_open(&sc->d[i], &sc->county, 11 + i);
	for (unsigned i = 0; i < DESKS; i++)
		for (unsigned j = 0; j < DESKS; j++)
			if (i != j)
				introduce(&sc->d[i], &sc->d[j]);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	for (unsigned i = 0; i < DESKS; i++)
		desk_close(&sc->d[i]);
	fake_fhir_release(&sc->county);
	free(sc->stick);
	free(sc);
	return 0;
}

#define SCENE(state)                   \
	struct scene *sc = *(state);   \
	struct desk *a = &sc->d[0];    \
	struct desk *b = &sc->d[1];    \
	struct desk *c = &sc->d[2]

/* ---- going out and coming in ---------------------------------------------------------------------------------------- */

static const struct stick_options plain;

struct files {
	char name[16][STICK_NAME];
	struct stick_written last;
	size_t n;
};

static void on_file(void *ctx, const struct stick_written *f)
{
	struct files *fs = ctx;

	assert_true(fs->n < N_ELEMENTS(fs->name));
	fs->last = *f;
	snprintf(fs->name[fs->n++], STICK_NAME, "%s", f->name);
}

static struct files out_to(struct scene *sc, struct desk *from, struct desk *to)
{
	struct stick_options o = { .to = to ? to->app.device_code : NULL };
	struct files fs = { .n = 0 };

	assert_ok(stick_out(&from->app, sc->stick, &o, on_file, &fs, &from->err), &from->err);
	from->now += 1000;
	sc->n_files += fs.n;
	return fs;
}

static void on_read(void *ctx, const struct stick_read *f)
{
	struct stick_read *sum = ctx;
	int64_t changed = sum->changed + f->changed, conflicts = sum->conflicts + f->conflicts, confirmed = sum->confirmed + f->confirmed;

	*sum = *f;
	sum->changed = changed;
	sum->conflicts = conflicts;
	sum->confirmed = confirmed;
}

/* One file, or the whole stick when name is NULL. */
static struct stick_read in_from(struct scene *sc, struct desk *to, const char *name)
{
	AUTO_FREE char *path = name ? path_join(sc->stick, name) : xstrdup(sc->stick);
	struct stick_read sum = { .changed = 0 };

	to->err = (struct err){ 0 };
	to->ok = stick_in(&to->app, path, &plain, on_read, &sum, &to->err);
	to->now += 1000;
	return sum;
}

static struct stick_read carry(struct scene *sc, struct desk *from, struct desk *to)
{
	struct files fs = out_to(sc, from, to);
	struct stick_read r;

	if (!fs.n)
		return (struct stick_read){ .fate = STICK_KNOWN };
	r = in_from(sc, to, fs.name[0]);
	assert_ok(to->ok, &to->err);
	return r;
}

static void round_of_all(struct scene *sc)
{
	for (unsigned i = 0; i < DESKS; i++)
		for (unsigned j = 0; j < DESKS; j++)
			if (i != j)
				carry(sc, &sc->d[i], &sc->d[j]);
}

/* ---- what the desks hold -------------------------------------------------------------------------------------------- */

static char *everything(struct desk *d)
{
	struct sbuf out = SBUF_INIT;
	struct stmt *st;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, "SELECT kind, uid, state, body FROM record ORDER BY kind, uid", &st, &d->err), &d->err);
	while (stmt_step(st, &row, &d->err) && row)
		sbuf_addf(&out, "%lld %s %lld %s\n", (long long)stmt_int(st, 0), stmt_text(st, 1), (long long)stmt_int(st, 2),
			stmt_text(st, 3));
	stmt_free(st);
	return sbuf_take(&out);
}

static int64_t ask(struct desk *d, const char *sql)
{
	struct stmt *st;
	int64_t n;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
	assert_ok(stmt_step(st, &row, &d->err), &d->err);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}

static void first_difference(const char *x, const char *y, const char *what)
{
	size_t line = 0;

	for (size_t i = 0; x[i] || y[i]; i++) {
		if (x[i] == '\n' && y[i] == '\n')
			line = i + 1;
		if (x[i] != y[i])
			fail_msg("%s: the desks differ:\n%.*s\n%.*s", what, (int)strcspn(x + line, "\n"), x + line,
				(int)strcspn(y + line, "\n"), y + line);
	}
}

static void all_hold_the_same(struct scene *sc, const char *what)
{
	AUTO_FREE char *first = everything(&sc->d[0]);

	for (unsigned i = 1; i < DESKS; i++) {
		AUTO_FREE char *other = everything(&sc->d[i]);

		first_difference(first, other, what);
	}
}

static int64_t open_conflicts(struct desk *d)
{
	return ask(d, "SELECT count(*) FROM sync_conflict WHERE state = 'open'");
}

/* ---- all goes well -------------------------------------------------------------------------------------------------- */

static void stick__brings_all__first_time(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02"), *visit = desk_followup(a, wang, 152);
	struct stick_read r = carry(sc, a, b);

	assert_int_equal(r.fate, STICK_TAKEN);
	assert_true(r.changed >= 4); /* and the doctor, and the clinic */
	assert_int_equal(r.conflicts, 0);
	assert_string_equal(desk_field(b, "resident", wang, "name"), "王小明");
	assert_string_equal(desk_field(b, "followup", visit, "sbp"), "152");
	assert_int_equal(ask(a, "SELECT count(*) FROM outbox WHERE remote = 2 AND state <> 4"), 0);
	(void)c;
}

static void stick__is_confirmed__by_the_return_file(void **state)
{
	SCENE(state);
	struct stick_read r;

	desk_resident(a, "王小明", "1950-01-02");
	carry(sc, a, b);
	r = carry(sc, b, a);
	assert_true(r.confirmed >= 3);
	assert_int_equal(ask(a, "SELECT count(*) FROM outbox WHERE remote = 2 AND state < 7"), 0);
	assert_int_equal(out_to(sc, a, b).n, 1); /* the answer to what came */
	assert_int_equal(out_to(sc, a, b).n, 0);
	assert_true(desk_count(a, "pending") > 0); /* for the county it waits all the same */
	(void)c;
}

static void stick__falls_silent__all_have_all(void **state)
{
	SCENE(state);

	desk_followup(a, desk_resident(a, "王小明", "1950-01-02"), 152);
	desk_resident(b, "李四", "1960-05-06");
	desk_resident(c, "张三", "1955-05-06");
	for (unsigned i = 0; i < 4; i++)
		round_of_all(sc);
	all_hold_the_same(sc, "three rounds");
	sc->n_files = 0;
	round_of_all(sc);
	assert_int_equal(sc->n_files, 0);
}

static void stick__passes_on__what_came_from_another(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");
	struct stick_read r;

	carry(sc, a, b);
	carry(sc, b, c);
	assert_string_equal(desk_field(c, "resident", wang, "name"), "王小明");
	r = carry(sc, a, c); /* directly, too: nothing new */
	assert_int_equal(r.changed, 0);
	assert_int_equal(r.conflicts, 0);
}

static void stick__takes_the_newer__edited_again(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");
	struct files first, second;

	first = out_to(sc, a, b);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	second = out_to(sc, a, b); /* the first has not been confirmed: the newer generation goes in its stead */
	in_from(sc, b, second.name[0]);
	assert_ok(b->ok, &b->err);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000048");
	assert_int_equal(in_from(sc, b, first.name[0]).changed, 0); /* late: changes nothing */
	assert_ok(b->ok, &b->err);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000048");
	assert_int_equal(in_from(sc, b, second.name[0]).fate, STICK_KNOWN);
	(void)c;
}

static void stick__names_what_is_missing__and_needs_it_not(void **state)
{
	SCENE(state);
	const char *wang, *li;
	struct stick_read r;
	struct files fs;

	wang = desk_resident(a, "王小明", "1950-01-02");
	out_to(sc, a, b);
	li = desk_resident(a, "李四", "1960-05-06");
	fs = out_to(sc, a, b);
	r = in_from(sc, b, fs.name[0]);
	assert_ok(b->ok, &b->err);
	assert_int_equal(r.n_missing, 1);
	assert_int_equal(r.missing[0], 1);
	assert_true(desk_has(b, "resident", wang) && desk_has(b, "resident", li));
	(void)c;
}

/* ---- both changed it ------------------------------------------------------------------------------------------------ */

static void stick__merges__different_fields(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_change(b, "resident", wang, "drug_allergy", "[\"1\"]");
	for (unsigned i = 0; i < 3; i++)
		round_of_all(sc);
	for (unsigned i = 0; i < DESKS; i++) {
		assert_string_equal(desk_field(&sc->d[i], "resident", wang, "phone"), "10050000048");
		assert_string_equal(desk_field(&sc->d[i], "resident", wang, "drug_allergy"), desk_field(b, "resident", wang, "drug_allergy"));
		assert_int_equal(open_conflicts(&sc->d[i]), 0);
	}
	all_hold_the_same(sc, "merge");
	(void)c;
}

/* He edits the same field again before he hears of our edit of another one: still no conflict. */
static void stick__merges__edited_again_before_the_answer(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(b, "resident", wang, "phone", "\"10050000048\"");
	desk_change(a, "resident", wang, "drug_allergy", "[\"1\"]");
	carry(sc, b, a);
	desk_change(b, "resident", wang, "phone", "\"10050000049\"");
	carry(sc, b, a);
	assert_int_equal(open_conflicts(a), 0);
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000049");
	carry(sc, a, b);
	assert_int_equal(open_conflicts(b), 0);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000049");
	assert_string_equal(desk_field(a, "resident", wang, "drug_allergy"), desk_field(b, "resident", wang, "drug_allergy"));
	(void)c;
}

static int64_t first_conflict(struct desk *d)
{
	return ask(d, "SELECT coalesce(min(id), 0) FROM sync_conflict WHERE state = 'open'");
}

static void stick__asks_a_person__same_field(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_change(b, "resident", wang, "phone", "\"10050000077\"");
	round_of_all(sc);
	assert_true(open_conflicts(a) + open_conflicts(b) >= 1);
	{
		struct desk *judge = open_conflicts(a) ? a : b;

		assert_ok(conflict_settle(&judge->app, first_conflict(judge), NULL, 0, "ours", &judge->err), &judge->err);
		for (unsigned i = 0; i < 4; i++)
			round_of_all(sc);
		for (unsigned i = 0; i < DESKS; i++)
			while (first_conflict(&sc->d[i])) /* those who heard of it by a third */
				assert_ok(conflict_settle(&sc->d[i].app, first_conflict(&sc->d[i]), NULL, 0, "ours", &sc->d[i].err),
					&sc->d[i].err);
		for (unsigned i = 0; i < 4; i++)
			round_of_all(sc);
		all_hold_the_same(sc, "settled");
	}
	(void)c;
}

/* ---- the model ------------------------------------------------------------------------------------------------------ */

struct model {
	struct scene *sc;
	struct rng r;
	struct {
		char name[STICK_NAME];
		unsigned to;
	} files[400];
	size_t n_files;
	char residents[64][RECORD_ID_MAX + 1];
	size_t n_residents;
	int64_t changes[DESKS];
	bool online;
};

static void edit(struct model *m, unsigned who)
{
	struct desk *d = &m->sc->d[who];
	const char *id;
	char text[64];

	if (m->n_residents < 4 || (m->n_residents < 64 && rng_chance(&m->r, 150))) {
		snprintf(text, sizeof(text), "19%02u-03-%02u", rng_below(&m->r, 80) + 10, (unsigned)m->n_residents % 28 + 1);
		snprintf(m->residents[m->n_residents++], RECORD_ID_MAX + 1, "%s", desk_resident(d, "村民", text));
		return;
	}
	id = m->residents[rng_below(&m->r, (uint32_t)m->n_residents)];
	if (!desk_has(d, "resident", id))
		return;
	switch (rng_below(&m->r, 4)) {
	case 0:
		desk_followup(d, id, (int)rng_between(&m->r, 110, 179));
		break;
	case 1:
		snprintf(text, sizeof(text), "\"1005000%04u\"", rng_below(&m->r, 10000));
		desk_change(d, "resident", id, "phone", text);
		break;
	case 2:
		snprintf(text, sizeof(text), "\"%u组\"", rng_below(&m->r, 9));
		desk_change(d, "resident", id, "contact_name", text);
		break;
	default:
		desk_change(d, "resident", id, "drug_allergy", rng_chance(&m->r, 500) ? "[\"1\"]" : "[\"2\"]");
		break;
	}
}

static void write_one(struct model *m, unsigned who)
{
	unsigned to = (who + 1 + rng_below(&m->r, DESKS - 1)) % DESKS;
	struct files fs = out_to(m->sc, &m->sc->d[who], &m->sc->d[to]);

	for (size_t i = 0; i < fs.n && m->n_files < N_ELEMENTS(m->files); i++) {
		snprintf(m->files[m->n_files].name, STICK_NAME, "%s", fs.name[i]);
		m->files[m->n_files++].to = to;
	}
}

/* Any file that was ever written, perhaps once more; many are never read at all. */
static void read_one(struct model *m)
{
	size_t i;

	if (!m->n_files)
		return;
	i = rng_chance(&m->r, 600) ? m->n_files - 1 : rng_below(&m->r, (uint32_t)m->n_files);
	in_from(m->sc, &m->sc->d[m->files[i].to], m->files[i].name);
	assert_ok(m->sc->d[m->files[i].to].ok, &m->sc->d[m->files[i].to].err);
}

static void settle_one(struct model *m, unsigned who)
{
	struct desk *d = &m->sc->d[who];
	int64_t id = first_conflict(d);

	if (id)
		assert_ok(conflict_settle(&d->app, id, NULL, 0, rng_chance(&m->r, 500) ? "ours" : "theirs", &d->err), &d->err);
}

static void go_online(struct model *m, unsigned who)
{
	static const enum fake_fault faults[] = { FAKE_FINE, FAKE_LOST_ANSWER, FAKE_NO_NETWORK, FAKE_CUT_ANSWER };
	struct desk *d = &m->sc->d[who];
	enum fake_fault fault = faults[rng_below(&m->r, N_ELEMENTS(faults))];

	m->sc->county.now = &d->now;
	d->now += 1000;
	m->sc->county.n_orders = 0;
	if (fault != FAKE_FINE)
		fake_order(&m->sc->county, (struct fake_order){ .fault = fault, .method = "POST", .skip = rng_below(&m->r, 2) });
	desk_sync(d);
	m->sc->county.n_orders = 0;
}

static void nothing_is_gone(struct model *m)
{
	for (unsigned i = 0; i < DESKS; i++) {
		int64_t n = ask(&m->sc->d[i], "SELECT count(*) FROM change");

		assert_true(n >= m->changes[i]);
		m->changes[i] = n;
	}
}

static void act(struct model *m)
{
	unsigned who = rng_below(&m->r, DESKS), what = rng_below(&m->r, m->online ? 12 : 10);

	if (what < 4)
		edit(m, who);
	else if (what < 7)
		write_one(m, who);
	else if (what < 9)
		read_one(m);
	else if (what < 10)
		settle_one(m, who);
	else
		go_online(m, who);
	nothing_is_gone(m);
}

/* Everybody exchanges with everybody, and people decide, until nothing is left to decide. */
static void come_to_rest(struct model *m)
{
	for (unsigned round = 0; round < 40; round++) {
		bool open = false;

		for (unsigned i = 0; i < DESKS; i++)
			if (open_conflicts(&m->sc->d[i])) {
				open = true;
				while (first_conflict(&m->sc->d[i]))
					settle_one(m, i);
				break; /* one person decides at a time */
			}
		m->sc->n_files = 0;
		round_of_all(m->sc);
		for (unsigned i = 0; m->online && i < DESKS; i++) {
			struct desk *d = &m->sc->d[i];

			m->sc->county.now = &d->now;
			d->now += 1000;
			desk_syncs(d);
			open |= d->fig.pushed || d->fig.pulled || d->fig.waiting;
		}
		if (!open && !m->sc->n_files)
			return;
	}
	fail_msg("the desks do not come to rest");
}

static void one_schedule(uint64_t seed, bool online)
{
	void *own = NULL;
	struct model *m = xcalloc(1, sizeof(*m));
	char what[32];

	open_scene(&own);
	m->sc = own;
	m->r = (struct rng){ .s = seed };
	m->online = online;
	snprintf(what, sizeof(what), "seed %llu", (unsigned long long)seed);
	for (unsigned i = 0; i < 120; i++)
		act(m);
	come_to_rest(m);
	all_hold_the_same(m->sc, what);
	for (unsigned i = 0; online && i < DESKS; i++)
		desk_invariants(&m->sc->d[i]);
	for (unsigned i = 0; i < m->n_residents; i++)
		assert_true(desk_has(&m->sc->d[0], "resident", m->residents[i]));
	close_scene(&own);
	free(m);
}

static void stick__converges__random_schedules(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 15; seed++)
		one_schedule(seed, false);
}

/* Some go online now and then, over a line that loses requests and answers: what the county has and what came by stick are
 * one and the same. */
static void stick__equals_network__random_schedules(void **state)
{
	(void)state;
	for (uint64_t seed = 1001; seed <= 1010; seed++)
		one_schedule(seed, true);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(stick__brings_all__first_time),
		T(stick__is_confirmed__by_the_return_file),
		T(stick__falls_silent__all_have_all),
		T(stick__passes_on__what_came_from_another),
		T(stick__takes_the_newer__edited_again),
		T(stick__names_what_is_missing__and_needs_it_not),
		T(stick__merges__different_fields),
		T(stick__merges__edited_again_before_the_answer),
		T(stick__asks_a_person__same_field),
		cmocka_unit_test(stick__converges__random_schedules),
		cmocka_unit_test(stick__equals_network__random_schedules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
