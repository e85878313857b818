/* The check of a server: each thing that it may lack, what is found, what follows. */
#include "desk.h"

#include "app/base/json.h"
#include "sync/probe.h"

struct scene {
	struct fake_fhir county;
	struct desk d;
	struct probe_report r;
};

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	fake_fhir_init(&sc->county, NULL);
	desk_open(&sc->d, &sc->county, 7);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desk_close(&sc->d);
	fake_fhir_release(&sc->county);
	free(sc);
	return 0;
}

static bool probe(struct scene *sc)
{
	struct sync_options o = { .county = sc->county.base, .transport = &sc->county.t };

	sc->d.err = (struct err){ 0 };
	return sync_probe(&sc->d.app, &o, &sc->r, &sc->d.err);
}

static const struct probe_line *line(const struct scene *sc, const char *key)
{
	for (size_t i = 0; i < sc->r.n; i++)
		if (strcmp(sc->r.lines[i].key, key) == 0)
			return &sc->r.lines[i];
	fail_msg("no need called %s", key);
	abort();
}

static void probe__finds_all__good_server(void **state)
{
	struct scene *sc = *state;

	sc->county.smart = sc->county.no_versions_for_noop = true;
	assert_ok(probe(sc), &sc->d.err);
	assert_true(sc->r.usable);
	assert_false(sc->r.posts);
	assert_string_equal(sc->r.software, "Fake 1");
	for (size_t i = 0; i < sc->r.n; i++) {
		const char *key = sc->r.lines[i].key;
		/* Whoever takes our ids need not find them elsewhere: that is no lack. */
		const enum probe_found should = strcmp(key, "identifier") == 0 ? PROBE_UNTRIED : PROBE_HAS;

		if (strcmp(key, "gzip_answer") != 0 && sc->r.lines[i].found != should)
			fail_msg("%s: %d", key, (int)sc->r.lines[i].found);
		assert_true(sc->r.lines[i].need[0] && sc->r.lines[i].missing[0]);
	}
}

/* What the fake server may lack, by the byte of its switch. */
#define SWITCH(member) offsetof(struct fake_fhir, member)
static const struct {
	const char *key;
	size_t off_switch;
	bool on; /* lacks it when the switch is on */
	bool usable;
} lacks[] = {
	{ "versions", SWITCH(ignores_match), true, false },
	{ "atomic", SWITCH(no_rollback), true, false },
	{ "since", SWITCH(ignores_since), true, false },
	{ "create_once", SWITCH(ignores_none_match), true, true },
	{ "tag", SWITCH(no_tags), true, true },
	{ "count", SWITCH(no_counts), true, true },
	{ "history", SWITCH(no_history), true, true },
	{ "deletions", SWITCH(no_history), true, true },
	{ "noop", SWITCH(no_versions_for_noop), false, true },
	{ "gzip_request", SWITCH(no_gzip), true, true },
	{ "integrity", SWITCH(integrity), false, true },
	{ "login", SWITCH(smart), false, true },
	{ "create", SWITCH(assigns_ids), true, true },
	{ "sort", SWITCH(no_order), true, false },
};

static void probe__finds_what_is_missing__one_by_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(lacks); i++) {
		void *own = NULL;
		struct scene *sc;

		open_scene(&own);
		sc = own;
		sc->county.smart = sc->county.no_versions_for_noop = true;
		*(bool *)((char *)&sc->county + lacks[i].off_switch) = lacks[i].on;
		assert_ok(probe(sc), &sc->d.err);
		if (line(sc, lacks[i].key)->found != PROBE_LACKS)
			fail_msg("%s: found %d", lacks[i].key, (int)line(sc, lacks[i].key)->found);
		if (sc->r.usable != lacks[i].usable)
			fail_msg("%s: usable %d", lacks[i].key, sc->r.usable);
		if (!sc->r.usable)
			assert_ptr_equal(sc->r.stopper, line(sc, lacks[i].key));
		close_scene(&own);
	}
}

static void probe__finds_the_order__bundles_have_one_time(void **state)
{
	struct scene *sc = *state;

	sc->county.bundle_time = true;
	assert_ok(probe(sc), &sc->d.err);
	assert_int_equal(line(sc, "sort")->found, PROBE_HAS);
	assert_true(sc->r.usable);
}

/* Whole seconds, or a fast server: no order can be seen in what has one time, and that is no ground to refuse it. */
static void probe__lets_be__all_have_one_time(void **state)
{
	struct scene *sc = *state;

	sc->county.same_time = true;
	assert_ok(probe(sc), &sc->d.err);
	assert_int_equal(line(sc, "sort")->found, PROBE_HAS);
	assert_true(sc->r.usable);
	sc->county.same_time = false;
	sc->county.no_order = true; /* and the next time it shows */
	assert_ok(probe(sc), &sc->d.err);
	assert_int_equal(line(sc, "sort")->found, PROBE_LACKS);
}

static void probe__leaves_little__the_same_two_again(void **state)
{
	struct scene *sc = *state;
	AUTO_JSON struct json_object *doc = NULL;

	assert_ok(probe(sc), &sc->d.err);
	assert_int_equal(fake_count(&sc->county, NULL), 2);
	assert_ok(probe(sc), &sc->d.err);
	assert_int_equal(fake_count(&sc->county, NULL), 2);
	doc = fake_get(&sc->county, "Basic", fake_nth(&sc->county, "Basic", 0));
	assert_non_null(strstr(json_object_to_json_string(doc), "HTEST"));
	desk_syncs(&sc->d); /* and nobody takes them for records */
	assert_int_equal(sc->d.fig.pulled, 0);
}

static void probe__leaves_little__server_with_its_own_ids(void **state)
{
	struct scene *sc = *state;

	sc->county.assigns_ids = true;
	assert_ok(probe(sc), &sc->d.err);
	assert_true(sc->r.usable && sc->r.posts);
	assert_int_equal(line(sc, "identifier")->found, PROBE_HAS);
	assert_ok(probe(sc), &sc->d.err);
	assert_int_equal(fake_count(&sc->county, NULL), 2);
}

static const struct {
	enum fake_fault fault;
	int status;
	enum err_code code;
} failures[] = {
	{ FAKE_NO_NETWORK, 0, ERR_NETWORK },
	{ FAKE_LOST_ANSWER, 0, ERR_NETWORK },
	{ FAKE_CAPTIVE, 0, ERR_NETWORK },
	{ FAKE_REDIRECT, 0, ERR_NETWORK },
	{ FAKE_STATUS, 401, ERR_AUTH },
	{ FAKE_STATUS, 403, ERR_AUTH },
	{ FAKE_STATUS, 503, ERR_SERVER },
	{ FAKE_STATUS, 404, ERR_SERVER },
};

static void probe__finds_nothing_out__line_or_login(void **state)
{
	struct scene *sc = *state;
	struct sync_figures f;

	for (size_t i = 0; i < N_ELEMENTS(failures); i++) {
		fake_order(&sc->county, (struct fake_order){ .fault = failures[i].fault, .status = failures[i].status });
		assert_refused(probe(sc), &sc->d.err, failures[i].code);
		assert_int_equal(fake_count(&sc->county, NULL), 0);
	}
	assert_ok(sync_status(&sc->d.app, &f, &sc->d.err), &sc->d.err);
	assert_string_equal(f.server, ""); /* nor is the address kept */
}

/* Half an answer is none, and finds nothing out about the server: what is found is kept, and would stop every round. */
static void probe__finds_nothing_out__half_an_answer(void **state)
{
	static const enum fake_fault faults[] = { FAKE_HALF_BODY, FAKE_SHORT_BUNDLE };
	struct scene *sc = *state;
	bool half = true;

	for (unsigned skip = 0; half; skip++)
		for (size_t i = 0; i < N_ELEMENTS(faults); i++) {
			bool ok;

			fake_order(&sc->county, (struct fake_order){ .fault = faults[i], .method = "POST", .skip = skip });
			ok = probe(sc);
			half = !sc->county.n_orders;
			sc->county.n_orders = 0;
			assert_true(ok ? sc->r.usable : half && sc->d.err.code == ERR_SERVER);
			assert_true(skip > 0 || !ok);
		}
	desk_resident(&sc->d, "王小明", "1950-01-02");
	desk_syncs(&sc->d);
}

static void probe__decides_the_way__kept_for_the_rounds(void **state)
{
	struct scene *sc = *state;
	struct sync_figures f;

	sc->county.ignores_match = true;
	assert_ok(probe(sc), &sc->d.err);
	assert_ok(sync_status(&sc->d.app, &f, &sc->d.err), &sc->d.err);
	assert_string_equal(f.server, ""); /* a server that cannot be used is not the county's */
	sc->county.ignores_match = false;
	assert_ok(probe(sc), &sc->d.err);
	assert_ok(sync_status(&sc->d.app, &f, &sc->d.err), &sc->d.err);
	assert_string_equal(f.server, sc->county.base);
	sc->county.ignores_match = true; /* it became worse: its next check says so, and nothing is sent */
	assert_ok(probe(sc), &sc->d.err);
	desk_resident(&sc->d, "王小明", "1950-01-02");
	desk_sync(&sc->d);
	assert_refused(sc->d.ok, &sc->d.err, ERR_SERVER);
	assert_int_equal(fake_count(&sc->county, "Patient"), 0);
}

/* Nobody checked it before: the first refusal makes us. */
static void round__finds_out_by_itself__server_gives_ids(void **state)
{
	struct scene *sc = *state;
	const char *wang = desk_resident(&sc->d, "王小明", "1950-01-02");
	AUTO_JSON struct json_object *doc = NULL;

	sc->county.assigns_ids = true;
	desk_followup(&sc->d, wang, 152);
	desk_syncs(&sc->d);
	assert_int_equal(sc->d.fig.waiting, 0);
	assert_int_equal(fake_count(&sc->county, "Patient"), 1);
	doc = fake_get(&sc->county, "QuestionnaireResponse", fake_nth(&sc->county, "QuestionnaireResponse", 0));
	assert_non_null(doc);
	assert_null(strstr(json_object_to_json_string(doc), wang)); /* it refers to the id that the server gave */
	desk_invariants(&sc->d);
	desk_syncs(&sc->d);
	assert_int_equal(sc->d.fig.pushed + sc->d.fig.pulled, 0);
}

/* A record of many resources: more than such a server takes at once. */
static void round__goes_in_parts__more_than_eight(void **state)
{
	struct scene *sc = *state;
	const char *wang = desk_resident(&sc->d, "王小明", "1950-01-02");

	sc->county.assigns_ids = true;
	assert_ok(probe(sc), &sc->d.err);
	desk_change(&sc->d, "resident", wang, "drug_allergy", "[\"2\",\"3\",\"4\",\"5\"],\"drug_allergy_other\":\"布洛芬\"");
	desk_change(&sc->d, "resident", wang, "family_father", "[\"2\"]");
	desk_change(&sc->d, "resident", wang, "family_mother", "[\"3\"]");
	desk_change(&sc->d, "resident", wang, "family_siblings", "[\"2\",\"3\"]");
	desk_change(&sc->d, "resident", wang, "family_children", "[\"2\",\"3\"]");
	desk_syncs(&sc->d);
	assert_int_equal(sc->d.fig.waiting, 0);
	assert_true(fake_count(&sc->county, "FamilyMemberHistory") + fake_count(&sc->county, "AllergyIntolerance") > 7);
	for (size_t i = 0; i < sc->county.n_requests; i++)
		assert_true(sc->county.requests[i].n_puts <= 8);
	desk_invariants(&sc->d);
	desk_syncs(&sc->d);
	assert_int_equal(sc->d.fig.pushed + sc->d.fig.pulled, 0);
}

/* Two devices made the same record (it went by stick), and the server's condition raced: it is there twice. */
static void round__agrees_on_one__made_twice_there(void **state)
{
	struct scene *sc = *state;
	struct desk b;
	char wang[64], second[1024];

	sc->county.assigns_ids = true;
	assert_ok(probe(sc), &sc->d.err);
	snprintf(wang, sizeof(wang), "%s", desk_resident(&sc->d, "王小明", "1950-01-02"));
	desk_syncs(&sc->d);
	snprintf(second, sizeof(second), "{\"resourceType\":\"Patient\",\"id\":\"srv-00001\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\","
		"\"identifier\":[{\"system\":\"urn:cunyi:id\",\"value\":\"%s\"}],\"name\":[{\"text\":\"王小明\"}]}", wang);
	fake_put(&sc->county, second);
	desk_open(&b, &sc->county, 8);
	desk_syncs(&b);
	desk_syncs(&sc->d);
	assert_true(desk_has(&b, "resident", wang));
	assert_false(desk_has(&b, "resident", "srv-00001"));
	assert_false(desk_has(&sc->d, "resident", "srv-00001"));
	desk_change(&b, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(&b);
	desk_syncs(&sc->d);
	assert_string_equal(desk_field(&sc->d, "resident", wang, "phone"), "10050000048");
	desk_close(&b);
}

/* Its n-th request meets a server that stumbles once. */
struct stumble {
	unsigned at, n;
};

static void stumbles(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	struct stumble *x = ctx;

	(void)req;
	if (x->n++ == x->at)
		fake_order(f, (struct fake_order){ .fault = FAKE_STATUS, .status = 500 });
}

static void probe__finds_the_same__server_stumbles_once(void **state)
{
	struct scene *sc = *state;
	struct stumble x = { .n = 0 };
	unsigned requests;

	sc->county.meanwhile = stumbles;
	sc->county.meanwhile_ctx = &x;
	x.at = 1000;
	assert_ok(probe(sc), &sc->d.err);
	requests = x.n;
	for (x.at = 0; x.at < requests; x.at++) {
		x.n = 0;
		if (!probe(sc)) { /* a write on a condition is not sent twice: nothing was found out */
			assert_int_equal(sc->d.err.code, ERR_SERVER);
			continue;
		}
		if (sc->r.posts || !sc->r.usable)
			fail_msg("request %u: %s", x.at, sc->r.posts ? "our ids are not taken" : sc->r.stopper->key);
	}
	sc->county.meanwhile = NULL;
}

/* A late copy of what an earlier check wrote, or a twin's check, comes between its reading and its n-th request. */
static void overtakes(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	struct stumble *x = ctx;

	(void)req;
	if (x->n++ == x->at)
		for (size_t i = 0; fake_nth(f, "Basic", i); i++)
			fake_edit(f, "Basic", fake_nth(f, "Basic", i), "language", "\"zh\"");
}

static void probe__finds_the_same__another_check_comes_between(void **state)
{
	struct scene *sc = *state;
	struct stumble x = { .at = 1000 };
	unsigned requests;

	assert_ok(probe(sc), &sc->d.err);
	sc->county.meanwhile = overtakes;
	sc->county.meanwhile_ctx = &x;
	assert_ok(probe(sc), &sc->d.err);
	requests = x.n;
	for (x.at = 0; x.at < requests; x.at++) {
		x.n = 0;
		assert_ok(probe(sc), &sc->d.err);
		if (sc->r.posts || !sc->r.usable || line(sc, "gzip_request")->found != PROBE_HAS)
			fail_msg("request %u: %s", x.at, sc->r.stopper ? sc->r.stopper->key : "packed bundles are not taken");
	}
	sc->county.meanwhile = NULL;
}

static size_t probes(const struct fake_fhir *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_requests; i++)
		n += strstr(f->requests[i].url, "_tag=urn:cunyi:probe") != NULL;
	return n;
}

/* In the week after an update of the county's server it is checked again, and what it no longer takes is not sent. */
static void compare__checks_again__new_software(void **state)
{
	const int64_t week = INT64_C(8) * 24 * 3600 * 1000;
	struct scene *sc = *state;

	assert_ok(probe(sc), &sc->d.err);
	desk_syncs(&sc->d);
	sc->county.n_requests = 0;
	sc->d.now += week;
	desk_syncs(&sc->d);
	assert_int_equal(probes(&sc->county), 0);
	sc->county.updates++;
	sc->county.no_gzip = true;
	sc->d.now += week;
	desk_syncs(&sc->d);
	assert_true(probes(&sc->county) > 0);
	sc->county.n_requests = 0;
	desk_resident(&sc->d, "王小明", "1950-01-02");
	desk_syncs(&sc->d);
	assert_int_equal(fake_bundles(&sc->county), 1); /* at once in plain text: nothing is refused */
	sc->d.now += week;
	sc->county.n_requests = 0;
	desk_syncs(&sc->d);
	assert_int_equal(probes(&sc->county), 0);
	sc->county.updates++;
	sc->county.ignores_match = true; /* it cannot be used: somebody is told, and nothing that was known of it is lost */
	sc->d.now += week;
	desk_sync(&sc->d);
	assert_refused(sc->d.ok, &sc->d.err, ERR_SERVER);
	desk_resident(&sc->d, "李四", "1960-05-06");
	desk_sync(&sc->d);
	assert_int_equal(fake_count(&sc->county, "Patient"), 2); /* what it takes still goes there */
	sc->county.ignores_match = false;
	desk_syncs(&sc->d); /* put right: the same day */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(probe__finds_all__good_server),
		cmocka_unit_test(probe__finds_what_is_missing__one_by_one),
		T(probe__finds_the_order__bundles_have_one_time),
		T(probe__lets_be__all_have_one_time),
		T(probe__leaves_little__the_same_two_again),
		T(probe__leaves_little__server_with_its_own_ids),
		T(probe__finds_nothing_out__line_or_login),
		T(probe__finds_nothing_out__half_an_answer),
		T(probe__decides_the_way__kept_for_the_rounds),
		T(round__finds_out_by_itself__server_gives_ids),
		T(round__goes_in_parts__more_than_eight),
		T(probe__finds_the_same__server_stumbles_once),
		T(probe__finds_the_same__another_check_comes_between),
		T(compare__checks_again__new_software),
		T(round__agrees_on_one__made_twice_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
