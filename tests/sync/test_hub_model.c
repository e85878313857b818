/* Four computers, a hub among them, and a county, in a random order of everything that happens in a clinic: people are registered,
 * edited, lines are cut, the hub dies and another one takes its place, databases go back.  At the end all agree, the county
 * has everything once, and nothing that somebody saved is gone.  A seed that fails is a line of the table for ever. */
#include "hub_scene.h"

#include "app/base/json.h"
#include "app/base/rng.h"
#include "db/stmt.h"
#include "sync/fhir/fhir.h"

enum { PCS = 4, PEOPLE = 24, STEPS = 60, LONG_STEPS = 200, SEEDS = 12 };

struct world {
	struct office o;
	struct rng r;
	char who[PEOPLE][RECORD_ID_MAX + 1];
	size_t n;
	char code[PCS][16]; /* what each is called */
	unsigned serial;
	bool died; /* a hub did: what only it knew is gone with it */
};

static size_t pick(struct world *w, size_t n)
{
	return rng_below(&w->r, (uint32_t)n);
}

/* One that still runs. */
static size_t some_pc(struct world *w)
{
	size_t pc;

	do
		pc = pick(w, PCS);
	while (!w->o.pc[pc].dir);
	return pc;
}

static void act_register(struct world *w)
{
	char name[32], birth[16];
	const char *id;

	if (w->n == PEOPLE)
		return;
	snprintf(name, sizeof(name), "村民%u", ++w->serial);
	snprintf(birth, sizeof(birth), "19%02u-03-04", 40 + w->serial % 50);
	id = desk_resident(&w->o.pc[some_pc(w)], name, birth);
	snprintf(w->who[w->n++], RECORD_ID_MAX + 1, "%s", id);
}

static void act_edit(struct world *w)
{
	static const char *const keys[] = { "note", "nickname", "phone" };
	struct desk *d = &w->o.pc[some_pc(w)];
	const char *id = w->n ? w->who[pick(w, w->n)] : "";
	char json[64];
	size_t k = pick(w, N_ELEMENTS(keys));

	if (!*id || !desk_has(d, "resident", id))
		return;
	w->serial++;
	if (k == 2)
		snprintf(json, sizeof(json), "\"1005000%04u\"", w->serial % 10000);
	else
		snprintf(json, sizeof(json), "\"第%u次\"", w->serial);
	desk_change(d, "resident", id, keys[k], json);
}

static void act_visit(struct world *w)
{
	struct desk *d = &w->o.pc[some_pc(w)];
	const char *id = w->n ? w->who[pick(w, w->n)] : "";

	if (*id && desk_has(d, "resident", id))
		desk_followup(d, id, 140 + (int)pick(w, 20));
}

/* With any fault on the way; it need not succeed. */
static void act_round(struct world *w)
{
	size_t pc = some_pc(w);

	w->o.wire[pc].fault = (enum wire_fault)pick(w, 8); /* half of them: none */
	if (w->o.wire[pc].fault > WIRE_LOST_ANSWER)
		w->o.wire[pc].fault = WIRE_FINE;
	w->o.wire[pc].skip = (unsigned)pick(w, 12);
	office_round(&w->o, pc);
	w->o.wire[pc].fault = WIRE_FINE;
	w->o.wire[pc].skip = 0;
}

static void act_county(struct world *w)
{
	static const enum fake_fault faults[] = { FAKE_FINE, FAKE_FINE, FAKE_NO_NETWORK, FAKE_LOST_REQUEST, FAKE_LOST_ANSWER,
		FAKE_CUT_ANSWER };

	w->o.county.n_orders = 0;
	fake_order(&w->o.county, (struct fake_order){ .fault = faults[pick(w, N_ELEMENTS(faults))], .skip = (unsigned)pick(w, 6) });
	desk_sync(&w->o.pc[some_pc(w)]);
	w->o.county.n_orders = 0;
}

/* Once: what nobody else had yet goes with it, so everybody has just spoken to it. */
static void act_death(struct world *w)
{
	size_t next;

	if (w->died || pick(w, 3))
		return;
	w->died = true;
	office_settle(&w->o);
	do
		next = some_pc(w);
	while (next == w->o.hub);
	office_promote(&w->o, next);
}

/* The clocks of the machines have nothing to do with each other. */
static void act_clock(struct world *w)
{
	struct desk *d = &w->o.pc[some_pc(w)];

	d->now += (int64_t)pick(w, 3) * 600000 - 600000;
}

static void step(struct world *w)
{
	static void (*const acts[])(struct world *) = { act_register, act_register, act_edit, act_edit, act_edit, act_visit, act_round,
		act_round, act_round, act_round, act_county, act_county, act_clock, act_death };

	acts[pick(w, N_ELEMENTS(acts))](w);
}

/* ---- what must hold ---------------------------------------------------------------------------------------------------- */

static void settle_disputes(struct world *w)
{
	for (size_t pc = 0; pc < PCS; pc++) {
		struct desk *d = &w->o.pc[pc];
		struct stmt *st;
		bool row;
		int64_t ids[64];
		size_t n = 0;

		if (!d->dir)
			continue;
		assert_ok(stmt_adhoc(d->app.db, "SELECT id FROM sync_conflict WHERE state = 'open'", &st, &d->err), &d->err);
		while (stmt_step(st, &row, &d->err) && row && n < N_ELEMENTS(ids))
			ids[n++] = stmt_int(st, 0);
		stmt_free(st);
		for (size_t i = 0; i < n; i++) {
			struct err err;

			/* One decision may end another of the same record. */
			if (!conflict_settle(&d->app, ids[i], &(struct conflict_word){ .whole = "ours" }, &err))
				assert_int_equal(err.code, ERR_WRONG_STATE);
		}
	}
}

static void end_quietly(struct world *w)
{
	for (unsigned i = 0; i < 4; i++) {
		office_settle(&w->o);
		for (size_t pc = 0; pc < PCS; pc++)
			if (w->o.pc[pc].dir)
				desk_syncs(&w->o.pc[pc]);
		settle_disputes(w);
	}
	office_settle(&w->o);
}

static int64_t count(struct desk *d, const char *sql)
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

static void check_agreement(struct world *w, unsigned seed)
{
	static const char *const keys[] = { "name", "note", "nickname", "phone" };
	struct desk *first = &w->o.pc[w->o.hub];

	for (size_t pc = 0; pc < PCS; pc++) {
		struct desk *d = &w->o.pc[pc];

		if (!d->dir)
			continue;
		if (strcmp(d->app.device_code, w->code[pc]) != 0)
			fail_msg("seed %u: computer %zu took itself for a copy, and has a new name", seed, pc);
		for (size_t i = 0; i < w->n; i++) {
			if (!desk_has(d, "resident", w->who[i]))
				fail_msg("seed %u: computer %zu lacks person %zu", seed, pc, i);
			for (size_t k = 0; k < N_ELEMENTS(keys); k++)
				if (strcmp(desk_field(d, "resident", w->who[i], keys[k]),
					    desk_field(first, "resident", w->who[i], keys[k])) != 0)
					fail_msg("seed %u: computers %zu and %zu differ in %s of person %zu", seed, pc, w->o.hub,
						keys[k], i);
		}
		if (count(d, "SELECT count(*) FROM record WHERE kind = 8") != count(first, "SELECT count(*) FROM record WHERE kind = 8"))
			fail_msg("seed %u: computer %zu has other follow-ups", seed, pc);
		if (count(d, "SELECT count(*) FROM outbox WHERE state < 6") != 0)
			fail_msg("seed %u: at computer %zu something waits for ever", seed, pc);
	}
}

/* HUB_SHOW=1: every version at the county, for finding out. */
static void show_county(const struct world *w)
{
	for (size_t i = 0; i < w->o.county.n; i++) {
		const struct fake_version *v = &w->o.county.versions[i];

		if (strcmp(v->type, "Patient") == 0)
			print_message("%s v%u %s\n", v->id, v->number, v->doc ? v->doc : "");
	}
}

static void check_county(struct world *w, unsigned seed)
{
	if (getenv("HUB_SHOW"))
		show_county(w);
	if (fake_count(&w->o.county, "Patient") != w->n)
		fail_msg("seed %u: %zu people at the county instead of %zu", seed, fake_count(&w->o.county, "Patient"), w->n);
	for (size_t pc = 0; pc < PCS; pc++)
		if (w->o.pc[pc].dir)
			desk_invariants(&w->o.pc[pc]);
}

static void run(unsigned seed, unsigned steps)
{
	struct world *w = xcalloc(1, sizeof(*w));

	office_open(&w->o, PCS);
	w->r = (struct rng){ .s = seed };
	for (size_t pc = 0; pc < PCS; pc++)
		snprintf(w->code[pc], sizeof(w->code[pc]), "%s", w->o.pc[pc].app.device_code);
	for (unsigned i = 0; i < steps; i++)
		step(w);
	end_quietly(w);
	check_agreement(w, seed);
	check_county(w, seed);
	office_close(&w->o);
	free(w);
}

static void clinic__agrees__random_orders(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= SEEDS; seed++)
		run(seed, STEPS);
}

/* test_hub_model FROM-TO: these seeds with as many steps as those of model.h have. */
static int run_seeds(const char *range)
{
	char *end;
	unsigned long from = strtoul(range, &end, 10), to = *end == '-' ? strtoul(end + 1, NULL, 10) : from;

	for (unsigned long seed = from; seed <= to; seed++)
		run((unsigned)seed, LONG_STEPS);
	printf("%lu-%lu hold\n", from, to);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(clinic__agrees__random_orders) };

	return argc > 1 ? run_seeds(argv[1]) : cmocka_run_group_tests(tests, NULL, NULL);
}
