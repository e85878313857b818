/* Whom the county gave to our organisation, of whom the townships that we load know nothing: with servers of both kinds. */
#include "scope_scene.h"

#include "app/base/json.h"
#include "sync/fhir/fhir.h"

/* Another program of the county says so of somebody of the west: he bears no tag of the east. */
static void is_managed_by_the_east(struct scene *sc, const char *resident)
{
	AUTO_JSON struct json_object *ours = fake_get(&sc->county, "Organization", sc->east.app.clinic.org_id);
	char reference[RECORD_ID_MAX + 40];

	snprintf(reference, sizeof(reference), "{\"reference\":\"Organization/%s\"}", json_text(ours, "id"));
	fake_edit(&sc->county, "Patient", resident, "managingOrganization", reference);
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
	county->n_requests = 0;
	sync_both(sc);
	assert_int_equal(asked(county, "patient="), 0); /* once is enough */
	if (county->assigns_ids)
		return; /* such a server is not compared */

	/* What others write about him bears no tag of ours: it comes with the weekly comparison, for which he has not left. */
	snprintf(two, sizeof(two), "%s", desk_followup(west, zhao, 149));
	sync_both(sc);
	assert_false(desk_has(east, "followup", two));
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	sync_both(sc);
	sync_both(sc);
	assert_true(desk_has(east, "followup", two));
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone"), 0);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_backfill"), 0);
}

static void managed__brings_nobody_else__server_does_not_know_that_search(void **state)
{
	SCENE(state);
	char zhao[RECORD_ID_MAX + 1];

	county->ignores_organization = true;
	loads(east, FAR); /* a scope of which no place is kept */
	loads(east, EAST);
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
	assert_int_equal(asked(county, "organization="), 0);
	assert_true(desk_has(east, "resident", zhao));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, scope_open, scope_close)
	const struct CMUnitTest tests[] = {
		T(managed__comes_with_all_about_him__though_he_lives_elsewhere),
		T(managed__brings_nobody_else__server_does_not_know_that_search),
	};
	int failed = cmocka_run_group_tests_name("ids of ours", tests, NULL, NULL);

	fake_default_assigns_ids = true;
	return failed + cmocka_run_group_tests_name("ids of its own", tests, NULL, NULL);
}
