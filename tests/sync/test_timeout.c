/* A request that nobody answers: for a minute its fate is open, and life goes on meanwhile. */
#include "desk_scene.h"

#include "app/base/json.h"
#include "sync/fhir/doc.h"

/* Somebody else's resident, which a has changed; the bundle arrived, and a does not know. */
static void times_out(struct desk_pair *sc, char wang[RECORD_ID_MAX + 1])
{
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(&sc->b, "王小明", "1950-01-02"));
	desk_syncs(&sc->b);
	desk_change(&sc->b, "resident", wang, "nickname", "\"阿明\"");
	desk_syncs(&sc->b);
	desk_syncs(&sc->a);
	desk_change(&sc->a, "resident", wang, "contact_name", "\"甲一\"");
	fake_order(&sc->county, (struct fake_order){ .fault = FAKE_TIMED_OUT, .method = "POST" });
	desk_sync(&sc->a);
	assert_refused(sc->a.ok, &sc->a.err, ERR_NETWORK);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 3);
}

/* The county edits what arrived, and keeps our mark on it; we go on meanwhile.  Our newer value is no older one of the county's. */
static void edit__stays__while_the_fate_of_the_one_before_is_open(void **state)
{
	struct desk_pair *sc = *state;
	char wang[RECORD_ID_MAX + 1];
	AUTO_JSON struct json_object *doc = NULL;

	times_out(sc, wang);
	desk_change(&sc->a, "resident", wang, "contact_name", "\"甲二\"");
	sc->a.now += 2000;
	fake_edit(&sc->county, "Patient", wang, "multipleBirthInteger", "2");
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", wang, "contact_name"), "甲二");
	sc->a.now += 61000;
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.waiting, 0);
	assert_int_equal(sc->a.fig.conflicts, 0);
	doc = fake_get(&sc->county, "Patient", wang);
	assert_string_equal(doc_text(doc, "contact{}.name.text"), "甲二");
	assert_int_equal(json_int(doc, "multipleBirthInteger", 0), 2);
}

/* The minute is over when the clock says so, or when it was set back since. */
static void answer__is_asked_for__the_clock_was_set_back(void **state)
{
	struct desk_pair *sc = *state;
	char wang[RECORD_ID_MAX + 1];

	times_out(sc, wang);
	desk_syncs(&sc->a);
	assert_true(sc->a.fig.waiting > 0);
	sc->a.now -= 3600000;
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.waiting, 0);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 3);
}

/* What stands before the server gives up, and the server has done it: it is asked before anything is sent again, and not while it
 * may still be at it. */
static void answer__is_asked_for__a_gateway_spoke_for_the_server(void **state)
{
	static const struct {
		int status;
		bool at_once;
	} cases[] = { { 502, true }, { 504, false }, { 507, true }, { 520, true }, { 524, false } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		void *own = NULL;

		desk_scene_open(&own);
		{
			SCENE(&own);
			const char *wang = desk_resident(d, "王小明", "1950-01-02");
			size_t sent;

			desk_syncs(d);
			desk_change(d, "resident", wang, "nickname", "\"阿明\"");
			fake_order(county, (struct fake_order){ .fault = FAKE_DONE_STATUS, .method = "POST", .status = cases[i].status });
			desk_sync(d);
			assert_false(d->ok);
			assert_case(d->fig.unknown == 1, i, "its fate is open");
			sent = fake_bundles(county);
			desk_syncs(d);
			assert_case((d->fig.waiting == 0) == cases[i].at_once, i, "asked at once");
			d->now += 61000;
			desk_syncs(d);
			assert_case(d->fig.waiting == 0, i, "it is known to have arrived");
			assert_case(fake_bundles(county) == sent, i, "nothing is sent again");
		}
		desk_scene_close(&own);
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, desk_pair_open, desk_pair_close)
	const struct CMUnitTest tests[] = {
		T(edit__stays__while_the_fate_of_the_one_before_is_open),
		T(answer__is_asked_for__the_clock_was_set_back),
		cmocka_unit_test(answer__is_asked_for__a_gateway_spoke_for_the_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
