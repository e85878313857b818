/* Rounds with a county server in memory: everything that goes right, and everything that may go wrong on the way. */
#include "desk_scene.h"

#include "app/base/json.h"
#include "app/base/lock.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"
#include "sync/probe.h"

#ifndef SERVER_GIVES_IDS
#define SERVER_GIVES_IDS false /* test_round_posts.c runs all of it the other way */
#endif

/* ---- all goes well ------------------------------------------------------------------------------------------------ */

static void round__sends_whole_groups__first_time(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *visit = desk_followup(d, wang, 152);
	AUTO_JSON struct json_object *patient = NULL;
	AUTO_JSON struct json_object *bp = NULL;
	char id[RECORD_ID_MAX + 1];

	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.unknown, 0);
	assert_int_equal(d->fig.rejected, 0);
	assert_true(d->fig.pushed >= 3);
	assert_true(d->fig.bytes_up > 0 && d->fig.bytes_down > 0);
	assert_int_equal(desk_county(d, "resident", wang), COUNTY_AT_COUNTY);
	assert_int_equal(desk_county(d, "followup", visit), COUNTY_AT_COUNTY);
	patient = fake_get(county, "Patient", wang);
	assert_string_equal(doc_text(patient, "name{use=official}.text"), "王小明");
	assert_non_null(fhir_stamp_of(patient));
	fhir_derived_id(visit, ROLE_BP, id);
	bp = fake_get(county, "Observation", id);
	assert_non_null(bp);
	assert_int_equal(fake_count(county, "QuestionnaireResponse"), 1);
	assert_int_equal(fake_count(county, "AllergyIntolerance"), 1);
	desk_invariants(d);
}

static void round__is_silent__nothing_new(void **state)
{
	SCENE(state);
	size_t versions, bundles;

	desk_followup(d, desk_resident(d, "王小明", "1950-01-02"), 152);
	desk_syncs(d);
	versions = county->n;
	bundles = fake_bundles(county);
	desk_syncs(d);
	assert_int_equal(d->fig.pushed, 0);
	assert_int_equal(d->fig.pulled, 0);
	assert_int_equal(county->n, versions);
	assert_int_equal(fake_bundles(county), bundles);
	assert_true(bundles == 1 || SERVER_GIVES_IDS);
}

static void round__sends_only_what_changed__edit(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	desk_syncs(d);
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
	assert_int_equal(county->requests[county->n_requests - 1].n_puts, 0);
	desk_change(d, "resident", wang, "phone", "\"10050000049\"");
	desk_change(d, "resident", wang, "phone", "\"10050000048\""); /* and back: nothing to say */
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
	assert_int_equal(d->fig.waiting, 0);
}

static void round__withdraws__allergy_struck_out(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	AUTO_JSON struct json_object *allergy = NULL;
	char id[RECORD_ID_MAX + 1];

	desk_syncs(d);
	desk_change(d, "resident", wang, "drug_allergy", "[\"1\"]");
	desk_syncs(d);
	fhir_derived_id(wang, ROLE_ALLERGY + 2, id);
	allergy = fake_get(county, "AllergyIntolerance", id);
	assert_string_equal(doc_text(allergy, "verificationStatus.coding{}.code"), "entered-in-error");
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "AllergyIntolerance", id), 2);
}

static void save_people(struct desk *d, int n)
{
	for (int i = 0; i < n; i++) {
		char name[32], birth[32];

		snprintf(name, sizeof(name), "村民%d", i);
		snprintf(birth, sizeof(birth), "19%02d-03-04", 20 + i % 70);
		desk_resident(d, name, birth);
	}
}

static void round__fills_many_bundles__hundred_people(void **state)
{
	SCENE(state);

	save_people(d, 100);
	desk_syncs(d);
	assert_int_equal(fake_count(county, "Patient"), 100);
	assert_int_equal(d->fig.waiting, 0);
	assert_true(fake_bundles(county) < (SERVER_GIVES_IDS ? 60 : 12));
	for (size_t i = 0; i < county->n_requests; i++)
		assert_true(county->requests[i].n_puts <= 50);
	desk_invariants(d);
}

static size_t largest(const struct fake_fhir *f, size_t above, size_t *n_above)
{
	size_t most = 0;

	*n_above = 0;
	for (size_t i = 0; i < f->n_requests; i++) {
		most = f->requests[i].entries > most ? f->requests[i].entries : most;
		*n_above += f->requests[i].entries > above;
	}
	return most;
}

/* How many bundles were larger than any server must take, and of how many entries the largest was, when so many people are sent. */
static size_t larger_ones(struct desk *d, struct fake_fhir *county, int people, size_t *most)
{
	size_t n;

	county->n_requests = 0;
	save_people(d, people);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.rejected, 0);
	*most = largest(county, 50, &n);
	return n;
}

/* Bundles grow as long as the server takes them; one that takes fifty refuses once, and nobody is blamed for it. */
static void round__bundles_grow__as_far_as_the_server_takes_them(void **state)
{
	SCENE(state);
	size_t most;

	if (SERVER_GIVES_IDS)
		return;
	county->max_entries = 1000;
	assert_true(larger_ones(d, county, 300, &most) > 1);
	assert_true(most > 100);
	county->max_entries = 50;
	assert_int_equal(larger_ones(d, county, 300, &most), 1);
	desk_invariants(d);
}

/* It is not asked the same in each round: once a week, or when it has other software. */
static void round__bundles_stay_small__where_the_server_took_no_larger_ones(void **state)
{
	SCENE(state);
	struct sync_options o = { .county = county->base, .transport = &county->t };
	struct probe_report r;
	size_t most;

	if (SERVER_GIVES_IDS)
		return;
	county->max_entries = 50;
	assert_ok(sync_probe(&d->app, &o, &r, &d->err), &d->err);
	assert_int_equal(larger_ones(d, county, 120, &most), 1);
	assert_int_equal(larger_ones(d, county, 120, &most), 0);
	d->now += INT64_C(7) * 24 * 60 * 60 * 1000;
	assert_int_equal(larger_ones(d, county, 120, &most), 1);
	assert_int_equal(larger_ones(d, county, 120, &most), 0);
	assert_ok(sync_probe(&d->app, &o, &r, &d->err), &d->err);
	county->max_entries = 1000;
	assert_true(larger_ones(d, county, 300, &most) > 1);
	assert_true(most > 100);
}

static bool was_answered(const struct fake_fhir *f, int status)
{
	for (size_t i = 0; i < f->n_requests; i++)
		if (f->requests[i].status == status)
			return true;
	return false;
}

/* A server that took no more bytes for a day is not thought to take no more entries for a week. */
static void round__bundles_grow_again__the_bytes_were_too_many(void **state)
{
	SCENE(state);
	size_t most;

	if (SERVER_GIVES_IDS)
		return;
	county->max_entries = 1000;
	county->max_bytes = 60000;
	larger_ones(d, county, 300, &most);
	assert_true(was_answered(county, 413));
	county->max_bytes = 1 << 20;
	assert_true(larger_ones(d, county, 300, &most) > 1);
	assert_true(most > 100);
}

/* What it did take is not forgotten, either. */
static void round__bundles_are_as_large__as_the_server_took_them(void **state)
{
	SCENE(state);
	size_t most;

	if (SERVER_GIVES_IDS)
		return;
	county->max_entries = 110;
	larger_ones(d, county, 500, &most);
	assert_true(most > 110);
	assert_true(larger_ones(d, county, 500, &most) > 3);
	assert_true(most > 70 && most <= 110);
}

/* One bad record among many says nothing about their number. */
static void round__bundles_grow_again__one_record_was_refused(void **state)
{
	SCENE(state);
	size_t most;

	if (SERVER_GIVES_IDS)
		return;
	county->max_entries = 1000;
	save_people(d, 300);
	snprintf(county->refuse_id, sizeof(county->refuse_id), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	assert_int_equal(d->fig.rejected, 1);
	county->n_requests = 0;
	save_people(d, 300);
	desk_syncs(d);
	assert_true(largest(county, 50, &most) > 100);
}

/* ---- answers that do not come ------------------------------------------------------------------------------------- */

static const struct {
	const char *what;
	struct fake_order order;
	bool there; /* did the server act? */
	enum err_code code;
} losses[] = {
	{ "no network", { .fault = FAKE_NO_NETWORK }, false, ERR_NETWORK },
	{ "request lost", { .fault = FAKE_LOST_REQUEST }, false, ERR_NETWORK },
	{ "answer lost", { .fault = FAKE_LOST_ANSWER }, true, ERR_NETWORK },
	{ "answer cut", { .fault = FAKE_CUT_ANSWER }, true, ERR_NETWORK },
	{ "half a body", { .fault = FAKE_HALF_BODY }, true, ERR_SERVER },
	{ "an entry missing", { .fault = FAKE_SHORT_BUNDLE }, true, ERR_SERVER },
	{ "captive portal", { .fault = FAKE_CAPTIVE }, false, ERR_NETWORK },
	{ "redirect", { .fault = FAKE_REDIRECT }, false, ERR_NETWORK },
	{ "401", { .fault = FAKE_STATUS, .status = 401 }, false, ERR_AUTH },
	{ "403", { .fault = FAKE_STATUS, .status = 403 }, false, ERR_AUTH },
	{ "503", { .fault = FAKE_STATUS, .status = 503, .retry_after = 120 }, false, ERR_SERVER },
	{ "429", { .fault = FAKE_STATUS, .status = 429 }, false, ERR_SERVER },
	{ "502", { .fault = FAKE_STATUS, .status = 502 }, false, ERR_SERVER },
	{ "504", { .fault = FAKE_STATUS, .status = 504 }, false, ERR_SERVER },
	{ "404 of the base", { .fault = FAKE_STATUS, .status = 404 }, false, ERR_SERVER },
};

static void round__loses_nothing_and_doubles_nothing__lost_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(losses); i++) {
		void *own = NULL;

		desk_scene_open(&own);
		{
			SCENE(&own);
			const char *wang = desk_resident(d, "王小明", "1950-01-02"), *visit = desk_followup(d, wang, 152);
			struct fake_order order = losses[i].order;

			order.method = "POST";
			fake_order(county, order);
			desk_sync(d);
			if (d->ok || d->err.code != losses[i].code || !d->err.message[0])
				fail_msg("%s: code %s, \"%s\"", losses[i].what, err_name(d->err.code), d->err.message);
			assert_true(d->fig.waiting >= 3);
			assert_int_equal(fake_count(county, "Patient"), losses[i].there);
			d->now += 61000; /* a gateway's server is not asked before */
			desk_syncs(d);
			if (d->fig.waiting || d->fig.unknown)
				fail_msg("%s: %lld wait", losses[i].what, (long long)d->fig.waiting);
			assert_int_equal(fake_version_of(county, "Patient", wang), 1);
			assert_int_equal(fake_version_of(county, "QuestionnaireResponse", visit), 1);
			assert_int_equal(fake_bundles(county), (losses[i].there ? 1 : 2) + SERVER_GIVES_IDS);
			desk_invariants(d);
		}
		desk_scene_close(&own);
	}
}

/* Lost, then edited at the county before we ask: ours is in the history, theirs is the newest. */
static void round__finds_its_stamp_in_history__edited_after_a_lost_answer(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "POST" });
	desk_sync(d);
	assert_false(d->ok);
	assert_int_equal(d->fig.unknown, d->fig.waiting);
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	fake_edit(county, "Patient", wang, "extension", NULL); /* and drops what it does not know, our stamp too */
	county->short_history = true;
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.conflicts, 0);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-09");
	assert_int_equal(fake_version_of(county, "Patient", wang), 3); /* the two edits of the county */
	assert_int_equal(fake_bundles(county), 1);
	desk_invariants(d);
}

static void round__keeps_an_edit_made_meanwhile__unknown_then_changed(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "POST" });
	desk_sync(d);
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
	desk_invariants(d);
}

/* ---- the process dies --------------------------------------------------------------------------------------------- */

static unsigned one_life(unsigned dies_at)
{
	void *own = NULL;
	unsigned steps;

	desk_scene_open(&own);
	{
		SCENE(&own);
		const char *wang = desk_resident(d, "王小明", "1950-01-02"), *li = desk_resident(d, "李四", "1960-05-06");

		desk_followup(d, wang, 152);
		desk_syncs(d);
		desk_change(d, "resident", wang, "phone", "\"10050000048\"");
		desk_followup(d, li, 138);
		fake_edit(county, "Patient", li, "birthDate", "\"1960-05-07\"");
		d->dies_at = dies_at;
		desk_sync(d);
		steps = d->steps;
		if (!d->ok) { /* a quick machine may have fewer steps than the first life had */
			assert_true(dies_at);
			desk_restart(d);
			desk_invariants(d);
			desk_syncs(d);
		}
		assert_int_equal(d->fig.waiting, 0);
		assert_int_equal(d->fig.conflicts, 0);
		assert_string_equal(desk_field(d, "resident", li, "birth_date"), "1960-05-07");
		assert_int_equal(fake_version_of(county, "Patient", wang), 2);
		assert_int_equal(fake_count(county, "QuestionnaireResponse"), 2);
		desk_invariants(d);
		desk_syncs(d);
		assert_int_equal(d->fig.pushed, 0);
		assert_int_equal(d->fig.pulled, 0);
	}
	desk_scene_close(&own);
	return steps;
}

static void round__goes_on__killed_at_every_step(void **state)
{
	unsigned steps = one_life(0);

	(void)state;
	assert_true(steps > 20);
	for (unsigned n = 1; n <= steps; n++)
		one_life(n);
}

/* ---- refused records ---------------------------------------------------------------------------------------------- */

static const int refusals[] = { 400, 422, 500, 413 };

static void round__isolates_the_refused_one__rest_goes_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(refusals); i++) {
		void *own = NULL;

		desk_scene_open(&own);
		{
			SCENE(&own);
			for (int n = 0; n < 20; n++) {
				char name[32], birth[32];
				const char *id;

				snprintf(name, sizeof(name), "村民%d", n);
				snprintf(birth, sizeof(birth), "1950-03-%02d", n + 1);
				id = desk_resident(d, name, birth);
				if (n == 11)
					snprintf(county->refuse_id, sizeof(county->refuse_id), "%s", id);
			}
			county->refuse_status = refusals[i];
			desk_syncs(d);
			assert_int_equal(d->fig.rejected, 1);
			assert_int_equal(d->fig.waiting, 1);
			if (!SERVER_GIVES_IDS) /* halves of 22 groups, two of each size */
				assert_in_range(fake_bundles(county), 3, 2 * 5 + 1);
			assert_int_equal(fake_count(county, "Patient"), 19);
			assert_int_equal(desk_count(d, "rejected"), 1);
			county->refuse_id[0] = '\0';
			desk_syncs(d); /* nothing is sent until somebody puts it right */
			assert_int_equal(fake_count(county, "Patient"), 19);
			desk_invariants(d);
		}
		desk_scene_close(&own);
	}
}

static void round__sends_it__refused_then_corrected(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *visit = desk_followup(d, wang, 152);

	snprintf(county->refuse_id, sizeof(county->refuse_id), "%s", wang);
	desk_syncs(d);
	assert_int_equal(d->fig.rejected, 1);
	assert_int_equal(desk_county(d, "resident", wang), COUNTY_REFUSED);
	assert_int_equal(fake_count(county, "QuestionnaireResponse"), 0); /* it speaks of somebody who is not there */
	county->refuse_id[0] = '\0';
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "Patient", wang), 1);
	assert_int_equal(fake_version_of(county, "QuestionnaireResponse", visit), 1);
	desk_invariants(d);
}

static void round__blames_nobody__server_fails_at_everything(void **state)
{
	SCENE(state);

	for (int n = 0; n < 5; n++)
		desk_resident(d, n % 2 ? "王小明" : "李四", n < 2 ? "1950-01-02" : n < 4 ? "1951-01-02" : "1952-01-02");
	for (int n = 0; n < 40; n++)
		fake_order(county, (struct fake_order){ .fault = FAKE_STATUS, .status = 500, .method = "POST" });
	desk_sync(d);
	assert_refused(d->ok, &d->err, ERR_SERVER);
	assert_int_equal(d->fig.rejected, 0);
	county->n_orders = 0;
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
}

static void round__shrinks_its_bundles__too_large(void **state)
{
	SCENE(state);

	for (int n = 0; n < 28; n++) {
		char birth[32];

		snprintf(birth, sizeof(birth), "1950-03-%02d", n + 1);
		desk_resident(d, "王小明", birth);
	}
	county->max_bytes = 9000;
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_count(county, "Patient"), 28);
}

/* The county's server was made anew, or another one took its place: nothing of ours is there. */
static void round__starts_anew__an_empty_server(void **state)
{
	SCENE(state);
	struct fake_fhir empty;
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *visit = desk_followup(d, wang, 152);
	size_t there;

	fake_put(county, "{\"resourceType\":\"Patient\",\"id\":\"county-77\",\"gender\":\"female\",\"birthDate\":\"1948-07-01\","
			 "\"name\":[{\"text\":\"林秀英\"}]}");
	desk_syncs(d);
	there = fake_count(county, NULL);
	fake_fhir_init(&empty, &d->now);
	snprintf(empty.base, sizeof(empty.base), "http://127.0.0.1:2/fhir");
	d->county = &empty;
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(fake_count(&empty, NULL), there);
	assert_int_equal(fake_version_of(&empty, "QuestionnaireResponse", visit), 1);
	snprintf(empty.base, sizeof(empty.base), "http://127.0.0.1:3/fhir"); /* the same one at another address */
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	assert_int_equal(fake_version_of(&empty, "Patient", wang), 2);
	assert_int_equal(fake_version_of(&empty, "QuestionnaireResponse", visit), 1);
	fake_fhir_release(&empty);
	d->county = county;
}

static void round__is_refused__another_one_runs(void **state)
{
	SCENE(state);
	AUTO_FREE char *path = scratch_path(d->dir, "sync.lock");
	AUTO_LOCK struct lock lock = LOCK_INIT;

	assert_ok(lock_take(&lock, path, &d->err), &d->err);
	desk_sync(d);
	assert_refused(d->ok, &d->err, ERR_BUSY);
	assert_int_equal(county->n_requests, 0);
}

static const struct {
	const char *url;
	enum err_code code;
} addresses[] = {
	{ "https://county.example.cn/fhir", ERR_NONE },   { "https://county.example.cn/fhir/", ERR_NONE },
	{ "http://127.0.0.1:8103/fhir/R4", ERR_NONE },    { "http://localhost/fhir", ERR_NONE },
	{ "http://[::1]:8080/fhir", ERR_NONE },           { "http://county.example.cn/fhir", ERR_NOT_ALLOWED },
	{ "http://127.0.0.1.evil.example/x", ERR_NOT_ALLOWED }, { "http://10.0.0.1/fhir", ERR_NOT_ALLOWED },
	{ "ftp://127.0.0.1/", ERR_INVALID_VALUE },        { "https://", ERR_INVALID_VALUE },
	{ "https://user:pw@county/fhir", ERR_INVALID_VALUE }, { "http://127.0.0.1@evil.example/", ERR_INVALID_VALUE },
	{ "https://county/fhir?x=1", ERR_INVALID_VALUE }, { "https://coun ty/fhir", ERR_INVALID_VALUE },
	{ "county.example.cn", ERR_INVALID_VALUE },       { "", ERR_INVALID_VALUE },
};

static void transport__checks_addresses__table(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(addresses); i++) {
		char base[TRANSPORT_URL_MAX];
		struct err err = { 0 };
		bool ok = transport_check_url(addresses[i].url, base, &err);

		assert_case(ok == (addresses[i].code == ERR_NONE) && (ok || err.code == addresses[i].code), i, addresses[i].url);
		if (ok)
			assert_true(base[strlen(base) - 1] != '/');
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, desk_scene_open, desk_scene_close)
	const struct CMUnitTest tests[] = {
		T(round__sends_whole_groups__first_time),
		T(round__bundles_grow__as_far_as_the_server_takes_them),
		T(round__bundles_stay_small__where_the_server_took_no_larger_ones),
		T(round__bundles_grow_again__the_bytes_were_too_many),
		T(round__bundles_are_as_large__as_the_server_took_them),
		T(round__bundles_grow_again__one_record_was_refused),
		T(round__is_silent__nothing_new),
		T(round__sends_only_what_changed__edit),
		T(round__withdraws__allergy_struck_out),
		T(round__fills_many_bundles__hundred_people),
		cmocka_unit_test(round__loses_nothing_and_doubles_nothing__lost_answers),
		T(round__finds_its_stamp_in_history__edited_after_a_lost_answer),
		T(round__keeps_an_edit_made_meanwhile__unknown_then_changed),
		cmocka_unit_test(round__goes_on__killed_at_every_step),
		cmocka_unit_test(round__isolates_the_refused_one__rest_goes_on),
		T(round__sends_it__refused_then_corrected),
		T(round__blames_nobody__server_fails_at_everything),
		T(round__shrinks_its_bundles__too_large),
		T(round__starts_anew__an_empty_server),
		T(round__is_refused__another_one_runs),
		cmocka_unit_test(transport__checks_addresses__table),
	};

	fake_default_assigns_ids = SERVER_GIVES_IDS;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
