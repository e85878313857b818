/* Downloads over servers that make it hard: links that expire, many changes of one millisecond, times in the future. */
#include "people_scene.h"

#include "app/base/json.h"
#include "sync/fhir/fhir.h"

static void pull__begins_again_at_its_place__links_expire(void **state)
{
	SCENE(state);

	county->page = 10;
	county->links_expire = true;
	put_people(county, 0, 45);
	desk_syncs(d);
	all_came(d, 45);
	assert_int_equal(d->fig.pulled, 45);
}

static void pull__takes_the_millisecond_whole__more_than_a_page(void **state)
{
	SCENE(state);

	put_people(county, 0, 5);
	county->same_time = true;
	put_people(county, 5, 180);
	county->same_time = false;
	*county->now += 1;
	put_people(county, 180, 190);
	county->links_expire = true;
	county->page = 120;
	desk_syncs(d);
	all_came(d, 190);
}

static void pull__takes_the_millisecond_whole__server_fails_inside_it(void **state)
{
	SCENE(state);

	put_people(county, 0, 3);
	county->same_time = true;
	put_people(county, 3, 250);
	county->same_time = false;
	*county->now += 1;
	put_people(county, 250, 260);
	county->no_links_within = true;
	county->page = 400;
	desk_syncs(d);
	all_came(d, 260);
}

/* Nothing helps: it says so, and what has come stays. */
static void pull__gives_up__no_way_through(void **state)
{
	SCENE(state);

	county->same_time = true;
	put_people(county, 0, 90);
	county->same_time = false;
	*county->now += 1;
	county->links_expire = true;
	county->page = 20;
	desk_sync(d);
	assert_refused(d->ok, &d->err, ERR_SERVER);
	assert_true(desk_has(d, "resident", "c0"));
	county->page = 200; /* somebody set it right */
	desk_syncs(d);
	all_came(d, 90);
}

/* A server whose clock ran ahead for an hour: what is written after it was set right is not hidden by that. */
static void pull__is_not_blind__times_in_the_future(void **state)
{
	SCENE(state);

	county->late_ms = -3600 * 1000;
	put_people(county, 0, 3);
	county->late_ms = 0;
	desk_syncs(d);
	d->now += 20 * 60 * 1000;
	desk_syncs(d);
	put_people(county, 3, 6);
	d->now += 20 * 60 * 1000;
	desk_syncs(d);
	all_came(d, 6);
}

enum { MINUTE = 60 * 1000 };

/* A server that fails at every page behind the first one, whatever its size, and answers the rest: somebody has to look at it, and
 * an hour may lie between two changes. */
enum { MANY_REQUESTS = 400 };

static void counts(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	unsigned *n = ctx;

	(void)req;
	if (++*n == MANY_REQUESTS) /* the round has to end */
		fake_order(f, (struct fake_order){ .fault = FAKE_NO_NETWORK, .method = "GET" });
}

static void pull__gives_up__server_fails_at_every_page(void **state)
{
	unsigned requests = 0;
	SCENE(state);

	put_people(county, 0, 10);
	d->now += 60 * MINUTE;
	put_people(county, 10, 12);
	county->page = 10;
	county->fails_behind = true;
	county->meanwhile = counts;
	county->meanwhile_ctx = &requests;
	desk_sync(d);
	assert_refused(d->ok, &d->err, ERR_SERVER);
	assert_true(desk_has(d, "resident", "c9"));
	assert_in_range(requests, 3, MANY_REQUESTS - 1);
}

/* All that came before was changed again: the failing place is the first one, and an hour behind the last. */
static void pull__takes_the_millisecond_whole__it_comes_first(void **state)
{
	unsigned requests = 0;
	SCENE(state);

	put_people(county, 0, 3);
	desk_syncs(d);
	d->now += 60 * MINUTE;
	county->same_time = true;
	for (int i = 0; i < 3; i++)
		fake_edit(county, "Patient", (const char *const[]){ "c0", "c1", "c2" }[i], "gender", "\"female\"");
	put_people(county, 3, 250);
	county->same_time = false;
	d->now += 60 * MINUTE;
	put_people(county, 250, 260);
	county->no_links_within = true;
	county->page = 150;
	county->meanwhile = counts;
	county->meanwhile_ctx = &requests;
	desk_syncs(d);
	all_came(d, 260);
}

static void then_it_breaks_off(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	(void)ctx;
	if (!strstr(req->url, "/Patient?") || !strstr(req->url, "_offset=20"))
		return;
	f->meanwhile = NULL;
	fake_order(f, (struct fake_order){ .fault = FAKE_NO_NETWORK, .method = "GET" });
}

/* A commit that took five minutes becomes visible while a download rests that broke off behind its time. */
static void pull__sees_a_late_commit__download_had_broken_off(void **state)
{
	SCENE(state);

	put_people(county, 0, 3);
	desk_syncs(d);
	d->now += 20 * MINUTE;
	for (int i = 3; i < 60; i++, d->now++)
		put_people(county, i, i + 1);
	county->page = 10;
	county->meanwhile = then_it_breaks_off;
	desk_sync(d);
	assert_false(d->ok);
	assert_true(desk_has(d, "resident", "c3"));
	assert_false(desk_has(d, "resident", "c59"));
	county->late_ms = 5 * MINUTE;
	put_people(county, 60, 61);
	county->late_ms = 0;
	d->now += 20 * MINUTE;
	put_people(county, 61, 62);
	desk_syncs(d);
	desk_syncs(d);
	all_came(d, 62);
}

/* The same between two pages of one download. */
static void while_pages_come(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	struct scene *sc = ctx;

	if (!strstr(req->url, "/Patient?") || !strstr(req->url, "_offset="))
		return;
	f->meanwhile = NULL;
	f->late_ms = 5 * MINUTE;
	put_people(f, 60, 61);
	f->late_ms = 0;
	sc->d.now += 20 * MINUTE;
	put_people(f, 61, 62);
}

static void pull__sees_a_late_commit__between_two_pages(void **state)
{
	SCENE(state);

	put_people(county, 0, 3);
	desk_syncs(d);
	d->now += 20 * MINUTE;
	for (int i = 3; i < 60; i++, d->now++)
		put_people(county, i, i + 1);
	county->page = 10;
	county->meanwhile = while_pages_come;
	county->meanwhile_ctx = sc;
	desk_syncs(d);
	assert_null(county->meanwhile);
	desk_syncs(d);
	all_came(d, 62);
}

/* What is counted already is replaced by a commit that took five minutes: the number stays, and nothing newer is there. */
static void pull__sees_a_late_commit__it_replaces_the_newest(void **state)
{
	SCENE(state);

	put_people(county, 0, 2);
	desk_syncs(d);
	desk_syncs(d);
	d->now += MINUTE;
	county->late_ms = 5 * MINUTE;
	fake_edit(county, "Patient", "c1", "birthDate", "\"1950-01-09\"");
	county->late_ms = 0;
	desk_syncs(d);
	assert_string_equal(desk_field(d, "resident", "c1", "birth_date"), "1950-01-09");
}

static void pull__asks_once__no_referral_and_nothing_new(void **state)
{
	SCENE(state);
	size_t tasks = 0;

	desk_resident(d, "王小明", "1950-01-02");
	desk_syncs(d);
	d->now += 60000;
	desk_syncs(d);
	county->n_requests = 0;
	desk_syncs(d);
	for (size_t i = 0; i < county->n_requests; i++)
		tasks += strstr(county->requests[i].url, "/Task?") != NULL;
	assert_in_range(tasks, 1, 2);
}

/* The answer comes first, even when a township's first download breaks off. */
static void pull__brings_the_answer_first__download_breaks_off(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	const char *ref = desk_save(d, "referral", "{\"resident\":\"%s\",\"direction\":\"up\",\"urgency\":\"routine\",\"date\":\"2026-11-20\","
		"\"to_org_text\":\"县医院\",\"reason\":[\"2\"],\"impression\":\"高血压\",\"present_illness\":\"两次不达标\","
		"\"consent\":\"2\"}", wang);
	char task[RECORD_ID_MAX + 1];

	desk_syncs(d);
	fhir_derived_id(ref, ROLE_TASK, task);
	fake_edit(county, "Task", task, "status", "\"accepted\"");
	put_people(county, 0, 80);
	for (unsigned skip = 6; skip < 60; skip++)
		fake_order(county, (struct fake_order){ .fault = FAKE_NO_NETWORK, .method = "GET", .skip = 6 });
	desk_sync(d);
	assert_false(d->ok);
	assert_string_equal(desk_field(d, "referral", ref, "status"), "accepted");
	county->n_orders = 0;
	desk_syncs(d);
	all_came(d, 80);
}

/* ---- what came late, what is too new ------------------------------------------------------------------------------------ */

static char *first_version(const struct fake_fhir *f, const char *id)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->versions[i].id, id) == 0)
			return xstrdup(f->versions[i].doc);
	fail_msg("%s is not there", id);
	return NULL;
}

/* The request whose answer was lost arrives a second time, hours later, and undoes what came between. */
static void apply__undoes_the_undoing__late_copy_of_a_request(void **state)
{
	SCENE(state);
	char wang[64];
	AUTO_FREE char *zombie = NULL;
	AUTO_JSON struct json_object *doc = NULL;

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	zombie = first_version(county, wang);
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(d);
	fake_put(county, zombie);
	desk_syncs(d);
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-09");
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.conflicts, 0);
	doc = fake_get(county, "Patient", wang);
	assert_non_null(strstr(json_object_to_json_string(doc), "10050000048"));
	assert_non_null(strstr(json_object_to_json_string(doc), "1950-01-09"));
	desk_syncs(d);
	assert_int_equal(d->fig.pushed + d->fig.pulled, 0);
	desk_invariants(d);
}

#define OF_SCHEMA_99 "[{\"url\":\"urn:cunyi:sync-stamp\",\"valueString\":\"019a00000000-0000-pcx-00000001/99\"}]"

static void newer__is_read_only__schema_or_modifier(void **state)
{
	SCENE(state);

	put_people(county, 0, 4);
	fake_edit(county, "Patient", "c0", "extension", OF_SCHEMA_99);
	fake_edit(county, "Patient", "c1", "modifierExtension", "[{\"url\":\"http://hospital.example/not-this-person\",\"valueBoolean\":true}]");
	fake_edit(county, "Patient", "c3", "contact", /* of a part: it may turn what stands beside it there */
		"[{\"name\":{\"text\":\"王五\"},\"modifierExtension\":[{\"url\":\"http://hospital.example/do-not-call\",\"valueBoolean\":true}]}]");
	desk_syncs(d);
	for (int i = 0; i < 4; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct save_options o = { .confirm_all = true };
		struct save_result r = { 0 };
		AUTO_JSON struct json_object *obj = NULL;
		char json[128];
		bool ok;

		snprintf(json, sizeof(json), "{\"id\":\"c%d\",\"revision\":1,\"phone\":\"10050000048\"}", i);
		assert_ok(json_parse(json, strlen(json), NULL, &obj, &d->err), &d->err);
		ok = records_save_json(&d->app, kind_by_name("resident"), obj, &o, &mem, &r, &d->err);
		if (ok != (i == 2) || (!ok && d->err.code != ERR_TOO_NEW))
			fail_msg("c%d: %s", i, ok ? "was changed" : d->err.message);
	}
	fake_edit(county, "Patient", "c1", "modifierExtension", NULL); /* taken away again */
	desk_syncs(d);
	desk_change(d, "resident", "c1", "phone", "\"10050000049\"");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, people_open, people_close)
	const struct CMUnitTest tests[] = {
		T(pull__begins_again_at_its_place__links_expire),
		T(pull__takes_the_millisecond_whole__more_than_a_page),
		T(pull__takes_the_millisecond_whole__server_fails_inside_it),
		T(pull__takes_the_millisecond_whole__it_comes_first),
		T(pull__gives_up__no_way_through),
		T(pull__gives_up__server_fails_at_every_page),
		T(pull__is_not_blind__times_in_the_future),
		T(pull__sees_a_late_commit__download_had_broken_off),
		T(pull__sees_a_late_commit__between_two_pages),
		T(pull__sees_a_late_commit__it_replaces_the_newest),
		T(pull__asks_once__no_referral_and_nothing_new),
		T(pull__brings_the_answer_first__download_breaks_off),
		T(apply__undoes_the_undoing__late_copy_of_a_request),
		T(newer__is_read_only__schema_or_modifier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
