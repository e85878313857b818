/* The weekly comparison: what no cursor saw, what somebody deleted, what the server lost. */
#include "people_scene.h"

#include "app/base/json.h"
#include "sync/state.h"

#ifndef SERVER_GIVES_IDS
#define SERVER_GIVES_IDS false /* test_compare_posts.c runs all of it the other way */
#endif

static void a_week_later(struct desk *d)
{
	d->now += INT64_C(8) * 24 * 3600 * 1000;
}

static void compare__finds_what_no_cursor_saw__late_by_hours(void **state)
{
	SCENE(state);

	put_people(county, 0, 5);
	desk_syncs(d);
	d->now += 5 * 3600 * 1000;
	put_people(county, 5, 6); /* moves the place on */
	desk_syncs(d);
	county->late_ms = 4 * 3600 * 1000; /* and these show themselves hours late, with their early times */
	put_people(county, 6, 9);
	fake_edit(county, "Patient", "c2", "birthDate", "\"1950-01-09\"");
	county->late_ms = 0;
	desk_syncs(d);
	assert_false(desk_has(d, "resident", "c7"));
	a_week_later(d);
	desk_syncs(d);
	all_came(d, 9);
	assert_string_equal(desk_field(d, "resident", "c2", "birth_date"), "1950-01-09");
	county->n_requests = 0;
	desk_syncs(d); /* not again for a week */
	for (size_t i = 0; i < county->n_requests; i++)
		assert_null(strstr(county->requests[i].url, "_elements=id,meta"));
}

static void compare__strikes_out__deleted_at_the_county(void **state)
{
	SCENE(state);

	put_people(county, 0, 4);
	desk_syncs(d);
	desk_syncs(d);
	fake_delete(county, "Patient", "c1");
	fake_delete(county, "Patient", "c2");
	a_week_later(d);
	desk_change(d, "resident", "c2", "phone", "\"10050000048\""); /* we have something to say about this one */
	for (unsigned i = 0; i < 3; i++)
		fake_order(county, (struct fake_order){ .fault = FAKE_STATUS, .status = 412, .method = "POST" });
	desk_sync(d);
	county->n_orders = 0;
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 1);
	{
		AUTO_ARENA struct arena mem = { 0 };
		struct record *rec;

		assert_ok(record_load(&d->app, KIND_RESIDENT, "c1", &mem, &rec, &d->err), &d->err);
		assert_int_equal(rec->meta.state, RECORD_VOID); /* kept, and can be taken back */
		assert_ok(record_load(&d->app, KIND_RESIDENT, "c3", &mem, &rec, &d->err), &d->err);
		assert_int_equal(rec->meta.state, RECORD_ACTIVE);
	}
	assert_int_equal(fake_version_of(county, "Patient", "c1"), 2); /* nothing is sent about it */
}

/* The server was restored from last night's backup: what it had acknowledged since is sent again. */
static void compare__sends_again__lost_by_the_server(void **state)
{
	SCENE(state);
	char wang[64], li[64];
	size_t before;

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	before = county->n;
	snprintf(li, sizeof(li), "%s", desk_resident(d, "李四", "1960-05-06"));
	desk_syncs(d);
	desk_syncs(d);
	while (county->n > before)
		free(county->versions[--county->n].doc);
	assert_int_equal(fake_version_of(county, "Patient", li), 0);
	a_week_later(d);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "Patient", li), 1);
	assert_int_equal(fake_version_of(county, "Patient", wang), 1);
	desk_invariants(d);
}

static void compare__asks_for_numbers_only__dear_line(void **state)
{
	SCENE(state);
	char now[16];

	put_people(county, 0, 5);
	desk_syncs(d);
	desk_syncs(d);
	fake_put(county, "{\"resourceType\":\"Basic\",\"id\":\"of-another-program\",\"code\":{\"text\":\"?\"}}");
	assert_ok(sync_profile(&d->app, "metered", now, &d->err), &d->err);
	a_week_later(d);
	desk_syncs(d); /* of strangers' things the number is known after one look at them */
	a_week_later(d);
	county->n_requests = 0;
	desk_syncs(d);
	for (size_t i = 0; i < county->n_requests; i++)
		assert_null(strstr(county->requests[i].url, "_elements=id,meta"));
	fake_put(county, "{\"resourceType\":\"Patient\",\"id\":\"c5\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\",\"name\":[{\"text\":\"某\"}]}");
	county->versions[county->n - 1].at -= INT64_C(9) * 24 * 3600 * 1000; /* where no cursor looks */
	a_week_later(d);
	desk_syncs(d);
	assert_true(desk_has(d, "resident", "c5")); /* they differ: now the lists are compared */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, people_open, people_close)
	const struct CMUnitTest tests[] = {
		T(compare__finds_what_no_cursor_saw__late_by_hours),
		T(compare__strikes_out__deleted_at_the_county),
		T(compare__sends_again__lost_by_the_server),
		T(compare__asks_for_numbers_only__dear_line),
	};

	fake_default_assigns_ids = SERVER_GIVES_IDS;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
