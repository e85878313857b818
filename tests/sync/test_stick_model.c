/* The exchange by stick as a seeded random model: three computers, files that are read late, twice, out of order or never,
 * with and without a county on a bad line.  In the end all hold the same, and nothing was lost on the way. */
#include "stick_scene.h"

#include "app/base/rng.h"

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
	const struct conflict_word word = { .whole = rng_chance(&m->r, 500) ? "ours" : "theirs" };

	if (id)
		assert_ok(conflict_settle(&d->app, id, &word, &d->err), &d->err);
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
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stick__converges__random_schedules),
		cmocka_unit_test(stick__equals_network__random_schedules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
