/* Downloads whose next page is asked for while the present one is applied: whatever befalls it, all is as with a line that asks for
 * one after the other. */
#include "people_scene.h"

#include "app/base/json.h"
#include "app/base/mem.h"
#include "sync/state.h"
#include "sync/sync_int.h"

enum { PAGE = 10, MINUTE = 60 * 1000 };

/* So many that they do not all lie in the last ten minutes: a download that breaks off has a place there. */
static void put_old_people(struct scene *sc, int n)
{
	put_people(&sc->county, 0, n);
	sc->d.now += 20 * MINUTE;
	sc->county.page = PAGE;
}

static void by_turns(struct fake_fhir *county)
{
	county->t.begin = NULL;
}

static struct remote remote_of(struct desk *d)
{
	struct remote r;

	assert_ok(remote_load(&d->app, NULL, &r, &d->err), &d->err);
	return r;
}

/* ---- what it is for ---------------------------------------------------------------------------------------------------- */

static void when_the_second_page_goes_out(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	struct scene *sc = ctx;

	if (!strstr(req->url, "/Patient?") || !strstr(req->url, "_offset=10"))
		return;
	f->meanwhile = NULL;
	assert_false(desk_has(&sc->d, "resident", "c0"));
}

static void ahead__goes_out_before_the_page_is_applied__and_never_in_vain(void **state)
{
	SCENE(state);

	put_old_people(sc, 45);
	county->meanwhile = when_the_second_page_goes_out;
	county->meanwhile_ctx = sc;
	desk_syncs(d);
	assert_null(county->meanwhile);
	all_came(d, 45);
	assert_int_equal(county->n_begun, 4);
	assert_int_equal(county->n_collected, 4);
	desk_syncs(d);
	assert_int_equal(county->n_collected, county->n_begun);
	county->n_begun = 0;
	desk_syncs(d);
	assert_int_equal(county->n_begun, 0); /* nothing follows on a count */
}

/* What is asked for, in its order, and what is learned of the line. */
static void trace(bool early, struct sbuf *out)
{
	void *own = NULL;

	people_open(&own);
	{
		SCENE(&own);

		if (!early)
			by_turns(county);
		put_old_people(sc, 45);
		desk_syncs(d);
		for (size_t i = 0; i < county->n_requests; i++)
			sbuf_addf(out, "%s %s\n", county->requests[i].method, county->requests[i].url);
		sbuf_addf(out, "down %llu up %llu, a resource %lld, pulled %lld\n", (unsigned long long)d->fig.bytes_down,
			(unsigned long long)d->fig.bytes_up, (long long)remote_of(d).entry_bytes, (long long)d->fig.pulled);
		assert_int_equal(county->n_begun > 0, early);
	}
	people_close(&own);
}

static void ahead__asks_the_same__as_by_turns(void **state)
{
	AUTO_SBUF struct sbuf early = SBUF_INIT;
	AUTO_SBUF struct sbuf turns = SBUF_INIT;

	(void)state;
	trace(true, &early);
	trace(false, &turns);
	assert_string_equal(early.s, turns.s);
}

/* ---- what befalls it --------------------------------------------------------------------------------------------------- */

static const struct fake_order faults[] = {
	{ .fault = FAKE_NO_NETWORK },
	{ .fault = FAKE_LOST_REQUEST },
	{ .fault = FAKE_LOST_ANSWER },
	{ .fault = FAKE_TIMED_OUT },
	{ .fault = FAKE_CUT_ANSWER },
	{ .fault = FAKE_HALF_BODY },
	{ .fault = FAKE_STATUS, .status = 400 },
	{ .fault = FAKE_STATUS, .status = 401 },
	{ .fault = FAKE_STATUS, .status = 403 },
	{ .fault = FAKE_STATUS, .status = 404 },
	{ .fault = FAKE_STATUS, .status = 410 },
	{ .fault = FAKE_STATUS, .status = 429, .retry_after = 600 },
	{ .fault = FAKE_STATUS, .status = 500 },
	{ .fault = FAKE_STATUS, .status = 503, .retry_after = 600 },
	{ .fault = FAKE_STATUS, .status = 504 },
	{ .fault = FAKE_CAPTIVE },
	{ .fault = FAKE_REDIRECT },
};

struct hit {
	struct fake_order order;
	const char *page;
};

static void hit(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	struct hit *h = ctx;

	if (!strstr(req->url, "/Patient?") || !strstr(req->url, h->page))
		return;
	f->meanwhile = NULL;
	fake_order(f, h->order); /* of the next one */
}

static void outcome(bool early, struct hit *h, struct sbuf *out)
{
	void *own = NULL;

	people_open(&own);
	{
		SCENE(&own);
		int64_t wait;

		if (!early)
			by_turns(county);
		put_old_people(sc, 45);
		county->meanwhile = hit;
		county->meanwhile_ctx = h;
		desk_sync(d);
		assert_null(county->meanwhile);
		wait = remote_of(d).next_try - d->now;
		sbuf_addf(out, "%s %d %s, asked %zu, came %d%d%d, waits %d", d->ok ? "whole" : "broken", d->err.code, d->err.message,
			county->n_requests, desk_has(d, "resident", "c9"), desk_has(d, "resident", "c19"),
			desk_has(d, "resident", "c29"), wait >= 600 * 1000);
		county->n_orders = 0;
		d->now += 20 * MINUTE;
		desk_syncs(d);
		all_came(d, 45);
		sbuf_addf(out, ", then %lld by %zu", (long long)d->fig.pulled, county->n_requests);
		assert_int_equal(county->n_begun >= county->n_collected, true);
	}
	people_close(&own);
}

static void ahead__ends_as_by_turns__whatever_befalls_it(void **state)
{
	static const char *const pages[] = { "_count", "_offset=10", "_offset=20" };

	(void)state;
	for (size_t p = 0; p < N_ELEMENTS(pages); p++)
		for (size_t i = 0; i < N_ELEMENTS(faults); i++) {
			struct hit h = { faults[i], pages[p] };
			AUTO_SBUF struct sbuf early = SBUF_INIT;
			AUTO_SBUF struct sbuf turns = SBUF_INIT;

			outcome(true, &h, &early);
			outcome(false, &h, &turns);
			assert_case(strcmp(early.s, turns.s) == 0, i, early.s);
		}
}

/* ---- the process dies --------------------------------------------------------------------------------------------------- */

static unsigned one_life(unsigned dies_at)
{
	void *own = NULL;
	unsigned steps;

	people_open(&own);
	{
		SCENE(&own);

		put_old_people(sc, 45);
		d->dies_at = dies_at;
		desk_sync(d);
		steps = d->steps;
		if (!d->ok) {
			assert_true(dies_at);
			desk_restart(d);
			desk_syncs(d);
		}
		all_came(d, 45);
		desk_invariants(d);
		desk_syncs(d);
		assert_int_equal(d->fig.pushed + d->fig.pulled, 0);
		assert_int_equal(fake_count(county, "Patient"), 45);
	}
	people_close(&own);
	return steps;
}

static void ahead__goes_on__killed_at_every_step(void **state)
{
	unsigned steps = one_life(0);

	(void)state;
	assert_true(steps > 30);
	for (unsigned n = 1; n <= steps; n++)
		one_life(n);
}

/* ---- bytes and clocks ---------------------------------------------------------------------------------------------------- */

static void spend(struct desk *d, int64_t left)
{
	struct sync_figures f;
	struct sync_options o = { 0 };
	struct sync s = { .app = &d->app, .figures = &f, .o = &o, .remote = remote_of(d) };

	s.remote.budget = left;
	s.remote.budget_at = d->now;
	assert_ok(remote_save_pace(&s, false, &d->err), &d->err);
}

/* A page that has been asked for is paid: it is taken in, and no other one is asked for. */
static void ahead__takes_what_is_paid__bytes_used_up(void **state)
{
	(void)state;
	for (int64_t left = 500; left < 20000; left += 1500) {
		void *own = NULL;
		char now[16];

		people_open(&own);
		{
			SCENE(&own);

			desk_syncs(d);
			put_old_people(sc, 95);
			assert_ok(sync_profile(&d->app, "satellite", now, &d->err), &d->err);
			spend(d, left);
			desk_syncs(d);
			assert_true(d->fig.held_back);
			assert_true(county->n_begun < 9);
			assert_int_equal(county->n_collected, county->n_begun);
			d->now += 24 * 3600 * 1000;
			desk_syncs(d);
			all_came(d, 95);
		}
		people_close(&own);
	}
}

struct life {
	struct desk *d;
	size_t applied;
};

static bool a_minute_each(void *ctx, const char *where)
{
	struct life *l = ctx;

	if (strcmp(where, "applied") != 0)
		return true;
	l->applied++;
	l->d->now += MINUTE;
	return true;
}

/* An answer that lay here while a page was applied tells an old time. */
static void ahead__tells_no_time__it_has_lain_here(void **state)
{
	SCENE(state);
	struct life l = { .d = d };
	struct sync_options o = { .county = county->base, .transport = &county->t, .survives = a_minute_each, .survives_ctx = &l };

	put_old_people(sc, 45);
	assert_ok(sync_round(&d->app, &o, &d->fig, &d->err), &d->err);
	assert_true(l.applied >= 5 && county->n_collected == 4);
	assert_int_equal(d->fig.clock_offset, 0);
}

/* ---- something else is asked for meanwhile ------------------------------------------------------------------------------- */

/* Strangers changed files of ours and left our marks: each page needs histories before it is applied. */
static void ahead__waits_its_turn__histories_are_asked_for(void **state)
{
	SCENE(state);
	char ids[25][RECORD_ID_MAX + 1];

	for (size_t i = 0; i < N_ELEMENTS(ids); i++) {
		char name[32];

		snprintf(name, sizeof(name), "村民%zu", i);
		snprintf(ids[i], sizeof(ids[i]), "%s", desk_resident(d, name, "1950-01-02"));
	}
	desk_syncs(d);
	county->page = PAGE;
	d->now += 20 * MINUTE;
	for (size_t i = 0; i < N_ELEMENTS(ids); i++)
		fake_edit(county, "Patient", ids[i], "birthDate", "\"1950-01-03\"");
	county->n_begun = county->n_collected = 0;
	desk_syncs(d);
	assert_true(county->n_begun >= 2);
	assert_int_equal(county->n_collected, county->n_begun);
	assert_true(fake_asked(county, "/_history") || fake_requests(county, "POST") > 0);
	for (size_t i = 0; i < N_ELEMENTS(ids); i++)
		assert_string_equal(desk_field(d, "resident", ids[i], "birth_date"), "1950-01-03");
	desk_invariants(d);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, people_open, people_close)
	const struct CMUnitTest tests[] = {
		T(ahead__goes_out_before_the_page_is_applied__and_never_in_vain),
		cmocka_unit_test(ahead__asks_the_same__as_by_turns),
		cmocka_unit_test(ahead__ends_as_by_turns__whatever_befalls_it),
		cmocka_unit_test(ahead__goes_on__killed_at_every_step),
		cmocka_unit_test(ahead__takes_what_is_paid__bytes_used_up),
		T(ahead__tells_no_time__it_has_lain_here),
		T(ahead__waits_its_turn__histories_are_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
