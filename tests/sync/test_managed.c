/* Whom the county gave to our organisation, of whom the townships that we load know nothing: with servers of both kinds. */
#include "scope_scene.h"

#include "app/base/json.h"
#include "db/db_int.h"
#include "sync/fhir/fhir.h"

/* Another program of the county says so of somebody of the west: he bears no tag of the east. */
static void is_managed_by_the_east(struct scene *sc, const char *resident)
{
	AUTO_JSON struct json_object *ours = fake_get(&sc->county, "Organization", sc->east.app.clinic.org_id);
	char reference[RECORD_ID_MAX + 40];

	snprintf(reference, sizeof(reference), "{\"reference\":\"Organization/%s\"}", json_text(ours, "id"));
	fake_edit(&sc->county, "Patient", resident, "managingOrganization", reference);
}

static void a_week_later(struct scene *sc)
{
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	sync_both(sc);
}

static size_t asked_since(const struct fake_fhir *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_requests; i++)
		n += strstr(f->requests[i].url, "patient=") && strstr(f->requests[i].url, "_lastUpdated=ge");
	return n;
}

static void managed__comes_with_all_about_him__though_he_lives_elsewhere(void **state)
{
	SCENE(state);
	char zhao[RECORD_ID_MAX + 1], one[RECORD_ID_MAX + 1], two[RECORD_ID_MAX + 1];

	snprintf(zhao, sizeof(zhao), "%s", person(sc, west, "赵六", sc->west_village));
	snprintf(one, sizeof(one), "%s", desk_followup(west, zhao, 151));
	sync_both(sc);
	sync_both(sc);
	assert_false(desk_has(east, "resident", zhao));
	is_managed_by_the_east(sc, zhao);
	sync_both(sc);
	assert_true(desk_has(east, "resident", zhao));
	assert_true(desk_has(east, "followup", one));
	assert_string_equal(tags(county, "Patient", zhao, FHIR_SCOPE), WEST); /* to read is not to write */
	sync_both(sc);
	county->n_requests = 0;
	desk_syncs(east);
	assert_int_equal(fake_asked(county, "patient="), 0); /* once is enough */
	assert_in_range(fake_asked(county, "organization="), 1, 2); /* two numbers at most, until something is new */

	/* What others write about him bears no tag of ours: it comes with the weekly comparison, for which he has not left. */
	snprintf(two, sizeof(two), "%s", desk_followup(west, zhao, 149));
	sync_both(sc);
	assert_false(desk_has(east, "followup", two));
	a_week_later(sc);
	county->n_requests = 0;
	sync_both(sc);
	assert_true(fake_asked(county, "patient=") > 0);
	assert_int_equal(fake_asked(county, "patient="), asked_since(county)); /* the rest came when he came */
	assert_true(desk_has(east, "followup", two));
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_backfill"), 0);
}

static void managed__brings_nobody_else__server_does_not_know_that_search(void **state)
{
	SCENE(state);
	char zhao[RECORD_ID_MAX + 1];

	county->ignores_organization = true;
	snprintf(zhao, sizeof(zhao), "%s", person(sc, west, "赵六", sc->west_village));
	sync_both(sc);
	is_managed_by_the_east(sc, zhao);
	sync_both(sc);
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	sync_both(sc);
	assert_false(desk_has(east, "resident", zhao));
	assert_int_equal(east->fig.pulled, 0);
	loads(east, "all"); /* who loads everything has no need to ask */
	county->n_requests = 0;
	later(sc, 60000);
	desk_syncs(east);
	assert_int_equal(fake_asked(county, "organization="), 0);
	assert_true(desk_has(east, "resident", zhao));
}

static void managed__costs_nobody_the_round__search_is_forbidden(void **state)
{
	static const int answers[] = { 400, 403, 405, 501 };
	SCENE(state);
	char zhao[RECORD_ID_MAX + 1], wang[RECORD_ID_MAX + 1];

	snprintf(zhao, sizeof(zhao), "%s", person(sc, west, "赵六", sc->west_village));
	sync_both(sc);
	is_managed_by_the_east(sc, zhao);
	for (size_t i = 0; i < N_ELEMENTS(answers); i++) {
		county->organization_status = answers[i];
		snprintf(wang, sizeof(wang), "%s", person(sc, west, "王小明", sc->east_village));
		sync_both(sc); /* it must complete */
		sync_both(sc);
		assert_case(desk_has(east, "resident", wang), i, "the rest");
		assert_case(!desk_has(east, "resident", zhao), i, "him");
		later(sc, INT64_C(8) * 24 * 3600 * 1000);
	}
	county->organization_status = 0;
	sync_both(sc);
	assert_true(desk_has(east, "resident", zhao)); /* as soon as it may be asked */
}

/* Neither number changes by it: what is counted there bears the tags of our townships. */
static void leaves(struct scene *sc, const char *profile)
{
	struct desk *east = &sc->east, *west = &sc->west;
	char zhao[RECORD_ID_MAX + 1], sql[100];

	snprintf(sql, sizeof(sql), "UPDATE sync_remote SET profile = '%s' WHERE id = 1", profile);
	assert_ok(db_exec(east->app.db, sql, &east->err), &east->err);
	snprintf(zhao, sizeof(zhao), "%s", person(sc, west, "赵六", sc->west_village));
	desk_followup(west, zhao, 151);
	sync_both(sc);
	is_managed_by_the_east(sc, zhao);
	sync_both(sc);
	assert_true(desk_has(east, "resident", zhao));
	a_week_later(sc);
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
	fake_edit(&sc->county, "Patient", zhao, "managingOrganization", "{\"reference\":\"Organization/other\"}");
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone WHERE why = 'left'"), 2); /* he, and what is about him */
	is_managed_by_the_east(sc, zhao);
	a_week_later(sc);
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
}

static void managed__has_left__another_organisation_has_him(void **state)
{
	leaves(*state, "lan");
}

static void managed__has_left__on_a_dear_line_too(void **state)
{
	leaves(*state, "metered");
}

/* Nobody has left because the server does not say who they are, or not to the end. */
static void managed__stays__server_does_not_tell(void **state)
{
	SCENE(state);
	char ids[3][RECORD_ID_MAX + 1];

	for (size_t i = 0; i < N_ELEMENTS(ids); i++)
		snprintf(ids[i], sizeof(ids[i]), "%s", person(sc, west, "赵六", sc->west_village));
	sync_both(sc);
	for (size_t i = 0; i < N_ELEMENTS(ids); i++)
		is_managed_by_the_east(sc, ids[i]);
	sync_both(sc);
	sync_both(sc);
	county->page = 2;
	county->links_expire = true;
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
	county->links_expire = false;
	county->organization_status = 403;
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
	county->organization_status = 0;
	county->ignores_organization = true;
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
	county->ignores_organization = false;
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
}

/* A server that lets nobody ask about other organisations tells of ours. */
static void managed__comes__others_are_forbidden(void **state)
{
	SCENE(state);
	char zhao[RECORD_ID_MAX + 1];

	county->organization_strict = true;
	snprintf(zhao, sizeof(zhao), "%s", person(sc, west, "赵六", sc->west_village));
	sync_both(sc);
	is_managed_by_the_east(sc, zhao);
	sync_both(sc);
	assert_true(desk_has(east, "resident", zhao));
	a_week_later(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, scope_open, scope_close)
	const struct CMUnitTest tests[] = {
		T(managed__comes_with_all_about_him__though_he_lives_elsewhere),
		T(managed__brings_nobody_else__server_does_not_know_that_search),
		T(managed__costs_nobody_the_round__search_is_forbidden),
		T(managed__has_left__another_organisation_has_him),
		T(managed__has_left__on_a_dear_line_too),
		T(managed__stays__server_does_not_tell),
		T(managed__comes__others_are_forbidden),
	};
	int failed = cmocka_run_group_tests_name("ids of ours", tests, NULL, NULL);

	fake_default_assigns_ids = true;
	return failed + cmocka_run_group_tests_name("ids of its own", tests, NULL, NULL);
}
