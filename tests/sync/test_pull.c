/* Downloads over servers that make it hard: links that expire, many changes of one millisecond, times in the future. */
#include "desk.h"

#include "app/base/json.h"
#include "sync/fhir/fhir.h"

struct scene {
	struct fake_fhir county;
	struct desk d;
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

#define SCENE(state)                 \
	struct scene *sc = *(state); \
	struct desk *d = &sc->d;     \
	struct fake_fhir *county = &sc->county

static void put_people(struct fake_fhir *f, int from, int to)
{
	for (int i = from; i < to; i++) {
		AUTO_SBUF struct sbuf doc = SBUF_INIT;

		sbuf_addf(&doc, "{\"resourceType\":\"Patient\",\"id\":\"c%d\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\","
				"\"name\":[{\"text\":\"某%d\"}]}", i, i);
		fake_put(f, doc.s);
	}
}

static void all_came(struct desk *d, int n)
{
	for (int i = 0; i < n; i++) {
		char id[32];

		snprintf(id, sizeof(id), "c%d", i);
		if (!desk_has(d, "resident", id))
			fail_msg("%s never came", id);
	}
}

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

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(pull__begins_again_at_its_place__links_expire),
		T(pull__takes_the_millisecond_whole__more_than_a_page),
		T(pull__takes_the_millisecond_whole__server_fails_inside_it),
		T(pull__gives_up__no_way_through),
		T(pull__is_not_blind__times_in_the_future),
		T(pull__asks_once__no_referral_and_nothing_new),
		T(pull__brings_the_answer_first__download_breaks_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
