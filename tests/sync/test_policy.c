/* What a county asks of all programs: read, kept, held to. */
#include "desk_scene.h"

#include "app/base/json.h"
#include "app/service/exchange.h"
#include "app/service/record_remotes.h"
#include "sync/pace.h"
#include "sync/policy.h"

enum { DAY = 24 * 3600 * 1000 };

#define BASIC(code, members)                                                                                                  \
	"{\"resourceType\":\"Basic\",\"id\":\"policy\",\"code\":{\"coding\":[{\"system\":\"urn:cunyi:record-kind\",\"code\":\"" code \
	"\"}]},\"extension\":[" members "]}"
#define NUMBER(name, value) "{\"url\":\"urn:cunyi:policy:" name "\",\"valueInteger\":" value "}"
#define PROGRAM(version)    "{\"url\":\"urn:cunyi:policy:program\",\"valueString\":\"" version "\"}"

/* ---- reading --------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *doc, *want; /* as it is kept */
} said[] = {
	{ BASIC("sync-policy", ""), "{}" },
	{ BASIC("sync-policy", NUMBER("entries", "9") "," NUMBER("bytes", "4095") "," NUMBER("bytes-a-day", "999999")), "{}" },
	{ BASIC("sync-policy", NUMBER("entries", "10") "," NUMBER("bytes", "4096") "," NUMBER("bytes-a-day", "1000000")),
		"{\"entries\":10,\"bytes\":4096,\"bytes-a-day\":1000000}" },
	{ BASIC("sync-policy", NUMBER("overlap", "599")), "{}" },
	{ BASIC("sync-policy", NUMBER("overlap", "600")), "{\"overlap\":600}" },
	{ BASIC("sync-policy", NUMBER("overlap", "86400")), "{\"overlap\":86400}" },
	{ BASIC("sync-policy", NUMBER("overlap", "86401")), "{}" },
	{ BASIC("sync-policy", NUMBER("entries", "-50") "," NUMBER("something", "7")), "{}" },
	{ BASIC("sync-policy", NUMBER("entries", "\"many\"")), "{}" },
	{ BASIC("sync-policy", PROGRAM("1.4")), "{\"program\":\"1.4\"}" },
	{ BASIC("sync-policy", PROGRAM("the newest")), "{}" },
	{ BASIC("sync-policy", PROGRAM("1.4.2.6")), "{}" },
	{ BASIC("sync-policy", PROGRAM("1.4; sh")), "{}" },
	{ BASIC("sync-policy", PROGRAM("1..4")), "{}" },
	{ BASIC("sync-policy", PROGRAM("1.")), "{}" },
	{ BASIC("sync-policy", PROGRAM("")), "{}" },
	{ BASIC("something", NUMBER("entries", "10")), "{}" },
	{ "{\"resourceType\":\"Basic\",\"code\":7,\"extension\":{}}", "{}" },
	{ "{\"resourceType\":\"Basic\",\"extension\":[7,null,{\"url\":7}]}", "{}" },
};

static void assert_kept(const struct policy *p, const char *want)
{
	AUTO_JSON struct json_object *o = policy_json(p);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct policy again;

	json_write(&text, o);
	assert_string_equal(text.s, want);
	policy_parse(&again, text.s);
	assert_memory_equal(&again, p, sizeof(again));
}

static void policy__says__what_lies_in_its_ranges(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(said); i++) {
		AUTO_JSON struct json_object *doc = json_tokener_parse(said[i].doc);
		struct policy p;

		assert_non_null(doc);
		policy_read(&p, doc);
		assert_kept(&p, said[i].want);
	}
}

static const struct {
	const char *want, *have;
	bool old;
} programs[] = {
	{ "", "0.1.0", false },
	{ "0.1", "0.1.0", false },
	{ "0.1.0", "0.1.0", false },
	{ "0.1.1", "0.1.0", true },
	{ "0.2", "0.10.0", false },
	{ "0.10", "0.9.9", true },
	{ "1", "0.99.99", true },
	{ "1", "1.0.0", false },
};

static void policy__compares_programs__part_by_part(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(programs); i++) {
		struct policy p = { .entries = 0 };

		snprintf(p.program, sizeof(p.program), "%s", programs[i].want);
		assert_int_equal(policy_too_old(&p, programs[i].have), programs[i].old);
	}
}

/* ---- rounds ------------------------------------------------------------------------------------------------------------ */

static struct policy policy_of(struct desk *d)
{
	struct policy p;

	assert_ok(policy_kept(&d->app, &p, &d->err), &d->err);
	return p;
}

static size_t asked(const struct fake_fhir *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_requests; i++)
		n += strstr(f->requests[i].url, "sync-policy") != NULL;
	return n;
}

static size_t largest(const struct fake_fhir *f)
{
	size_t most = 0;

	for (size_t i = 0; i < f->n_requests; i++)
		if (f->requests[i].entries > most)
			most = f->requests[i].entries;
	return most;
}

static void people(struct desk *d, int n)
{
	for (int i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof(name), "村民%d", i);
		desk_resident(d, name, "1950-01-02");
	}
}

static void round__keeps_bundles_small__where_the_county_asks(void **state)
{
	SCENE(state);

	fake_put(county, BASIC("sync-policy", NUMBER("entries", "12")));
	people(d, 150);
	desk_syncs(d);
	assert_in_range(largest(county), 1, 12);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(policy_of(d).entries, 12);
	desk_invariants(d);
}

static void round__asks__once_a_day(void **state)
{
	SCENE(state);

	desk_syncs(d);
	desk_syncs(d);
	assert_int_equal(asked(county), 1);
	fake_put(county, BASIC("sync-policy", NUMBER("entries", "12")));
	d->now += DAY;
	desk_syncs(d);
	assert_int_equal(asked(county), 2);
	assert_int_equal(policy_of(d).entries, 12);
	fake_put(county, BASIC("sync-policy", ""));
	d->now += DAY;
	desk_syncs(d);
	assert_int_equal(policy_of(d).entries, 0);
}

/* When all of ours went, and when all that is there came. */
static struct exchange_server exchanged(struct desk *d)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct exchange x;

	assert_ok(exchange_read(&d->app, &mem, &x, &d->err), &d->err);
	return x.servers[0];
}

static void round__sends_nothing__from_a_program_too_old__and_takes_in_what_comes(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *li;
	struct exchange_server before, after;

	desk_syncs(d);
	before = exchanged(d);
	fake_put(county, BASIC("sync-policy", PROGRAM("99.0")));
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	li = desk_resident(d, "李小红", "1951-01-02");
	d->now += DAY;
	desk_sync(d);
	assert_refused(d->ok, &d->err, ERR_TOO_NEW);
	assert_non_null(strstr(d->err.message, "99.0"));
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-09");
	assert_int_equal(fake_version_of(county, "Patient", li), 0);
	assert_true(d->fig.waiting > 0);
	after = exchanged(d);
	assert_int_equal(after.last_push, before.last_push);
	assert_in_range(after.last_pull - before.last_pull, DAY, DAY + DAY / 2);
	fake_put(county, BASIC("sync-policy", PROGRAM("0.1")));
	d->now += DAY;
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "Patient", li), 1);
	desk_invariants(d);
}

static void round__holds_to_the_days_bytes__the_county_allows(void **state)
{
	SCENE(state);
	struct sync_figures f;
	struct sync_options o = { 0 };
	struct sync s = { .app = &d->app, .figures = &f, .o = &o };

	fake_put(county, BASIC("sync-policy", NUMBER("bytes-a-day", "1000000")));
	people(d, 3);
	desk_syncs(d); /* a line without a limit has used more than nothing: the day begins anew with the policy */
	assert_int_equal(d->fig.waiting, 0);
	assert_ok(remote_load(&d->app, NULL, &s.remote, &d->err), &d->err);
	assert_in_range(s.remote.budget, 1, 1000000);
	s.remote.budget = -100000;
	assert_ok(remote_save_pace(&s, false, &d->err), &d->err);
	desk_resident(d, "王小明", "1950-01-02");
	desk_syncs(d);
	assert_true(d->fig.held_back);
	assert_true(d->fig.waiting > 0);
}

/* A limit that is none in truth, and more than a day without a round: the day's bytes are there. */
static void round__goes_on__where_the_county_allows_more_than_ever_goes(void **state)
{
	SCENE(state);

	fake_put(county, BASIC("sync-policy", NUMBER("bytes-a-day", "100000000000")));
	people(d, 3);
	desk_syncs(d);
	d->now += 93000 * 1000;
	people(d, 3);
	desk_syncs(d);
	assert_false(d->fig.held_back);
	assert_int_equal(d->fig.waiting, 0);
}

static void round__reads_again__as_long_as_the_county_asks(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	fake_put(county, BASIC("sync-policy", NUMBER("overlap", "7200")));
	desk_syncs(d);
	d->now += 3600 * 1000;
	county->late_ms = 5000 * 1000; /* visible now, with a time before what was read */
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(d);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-09");
}

/* ---- servers that do not tell -------------------------------------------------------------------------------------------- */

static void round__goes_on__where_no_policy_is_told(void **state)
{
	static const int answers[] = { 400, 403, 404, 405, 501 };
	SCENE(state);

	for (size_t i = 0; i < N_ELEMENTS(answers); i++) {
		county->code_status = answers[i];
		people(d, 2);
		desk_syncs(d);
		assert_int_equal(d->fig.waiting, 0);
		assert_int_equal(asked(county), i + 1);
		d->now += DAY;
	}
}

/* It has one, and fails when it is asked for it: what it told last holds, and nothing else waits for it. */
static void round__goes_on__where_the_question_fails(void **state)
{
	static const int answers[] = { 422, 500 };
	SCENE(state);

	fake_put(county, BASIC("sync-policy", NUMBER("entries", "12")));
	desk_syncs(d);
	for (size_t i = 0; i < N_ELEMENTS(answers); i++) {
		d->now += DAY;
		county->code_status = answers[i];
		people(d, 30);
		desk_syncs(d);
		assert_int_equal(d->fig.waiting, 0);
		assert_int_equal(policy_of(d).entries, 12);
		assert_in_range(largest(county), 1, 12);
	}
	county->code_status = 0;
	fake_put(county, BASIC("sync-policy", NUMBER("entries", "14")));
	desk_syncs(d); /* it is asked again before a day is over */
	assert_int_equal(policy_of(d).entries, 14);
}

static void round__believes_nobody_else__where_codes_are_passed_over(void **state)
{
	SCENE(state);

	county->ignores_code = true;
	fake_put(county, BASIC("something", NUMBER("entries", "12")));
	people(d, 30);
	desk_syncs(d);
	assert_int_equal(policy_of(d).entries, 0);
	assert_int_equal(d->fig.waiting, 0);
}

static void round__fails__where_the_line_breaks_at_it(void **state)
{
	SCENE(state);

	fake_order(county, (struct fake_order){ .fault = FAKE_NO_NETWORK, .method = "GET", .skip = 1 });
	people(d, 2);
	desk_sync(d);
	assert_refused(d->ok, &d->err, ERR_NETWORK);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
}

/* It is no record, and no trouble: it comes again with every download. */
static void policy__is_no_record__when_it_is_downloaded(void **state)
{
	SCENE(state);

	fake_put(county, BASIC("sync-policy", NUMBER("entries", "12")));
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(d->fig.pulled, 0);
}

static void move__forgets__the_other_countys(void **state)
{
	SCENE(state);
	struct remote r;

	fake_put(county, BASIC("sync-policy", NUMBER("entries", "12")));
	desk_syncs(d);
	assert_int_equal(policy_of(d).entries, 12);
	assert_ok(remote_move_county(&d->app, "http://127.0.0.1:9/other", &d->err), &d->err);
	assert_ok(remote_load(&d->app, NULL, &r, &d->err), &d->err);
	assert_int_equal(r.policy.entries, 0);
	assert_int_equal(r.policy_at, 0);
}

#define TEST(f)  cmocka_unit_test(f)
#define ROUND(f) cmocka_unit_test_setup_teardown(f, desk_scene_open, desk_scene_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(policy__says__what_lies_in_its_ranges),
		TEST(policy__compares_programs__part_by_part),
		ROUND(round__keeps_bundles_small__where_the_county_asks),
		ROUND(round__asks__once_a_day),
		ROUND(round__sends_nothing__from_a_program_too_old__and_takes_in_what_comes),
		ROUND(round__holds_to_the_days_bytes__the_county_allows),
		ROUND(round__goes_on__where_the_county_allows_more_than_ever_goes),
		ROUND(round__reads_again__as_long_as_the_county_asks),
		ROUND(round__goes_on__where_no_policy_is_told),
		ROUND(round__goes_on__where_the_question_fails),
		ROUND(round__believes_nobody_else__where_codes_are_passed_over),
		ROUND(round__fails__where_the_line_breaks_at_it),
		ROUND(policy__is_no_record__when_it_is_downloaded),
		ROUND(move__forgets__the_other_countys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
