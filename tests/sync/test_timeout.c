/* A request that nobody answers: for a minute its fate is open, and life goes on meanwhile. */
#include "desk.h"

#include "app/base/json.h"
#include "sync/fhir/doc.h"

/* A line on which the next bundle arrives and its answer never comes back. */
struct slow {
	struct transport t;
	struct fake_fhir *county;
	bool holds;
};

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	struct slow line; /* of a */
};

static bool slow_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct slow *line = (struct slow *)t;
	bool held = line->holds && strcmp(req->method, "POST") == 0;
	bool ok = line->county->t.send(&line->county->t, req, a, err);

	if (!held)
		return ok;
	line->holds = false;
	sbuf_clear(&a->body);
	a->status = 0;
	a->may_have_arrived = a->timed_out = true;
	return err_set(err, ERR_NETWORK, "no answer came");
}

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	fake_fhir_init(&sc->county, NULL);
	desk_open(&sc->a, &sc->county, 7);
	desk_open(&sc->b, &sc->county, 8);
	sc->line = (struct slow){ .t = { .send = slow_send }, .county = &sc->county };
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desk_close(&sc->a);
	desk_close(&sc->b);
	fake_fhir_release(&sc->county);
	free(sc);
	return 0;
}

static bool round_of_a(struct scene *sc)
{
	struct sync_options o = { .county = sc->county.base, .transport = &sc->line.t };

	sc->a.now += 1000;
	sc->a.err = (struct err){ 0 };
	return sync_round(&sc->a.app, &o, &sc->a.fig, &sc->a.err);
}

/* Somebody else's resident, which a has changed; the bundle arrived, and a does not know. */
static void times_out(struct scene *sc, char wang[RECORD_ID_MAX + 1])
{
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(&sc->b, "王小明", "1950-01-02"));
	desk_syncs(&sc->b);
	desk_change(&sc->b, "resident", wang, "nickname", "\"阿明\"");
	desk_syncs(&sc->b);
	assert_ok(round_of_a(sc), &sc->a.err);
	desk_change(&sc->a, "resident", wang, "contact_name", "\"甲一\"");
	sc->line.holds = true;
	assert_refused(round_of_a(sc), &sc->a.err, ERR_NETWORK);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 3);
}

/* The county edits what arrived, and keeps our mark on it; we go on meanwhile.  Our newer value is no older one of the county's. */
static void edit__stays__while_the_fate_of_the_one_before_is_open(void **state)
{
	struct scene *sc = *state;
	char wang[RECORD_ID_MAX + 1];
	AUTO_JSON struct json_object *doc = NULL;

	times_out(sc, wang);
	desk_change(&sc->a, "resident", wang, "contact_name", "\"甲二\"");
	sc->a.now += 2000;
	fake_edit(&sc->county, "Patient", wang, "multipleBirthInteger", "2");
	assert_ok(round_of_a(sc), &sc->a.err);
	assert_string_equal(desk_field(&sc->a, "resident", wang, "contact_name"), "甲二");
	sc->a.now += 61000;
	assert_ok(round_of_a(sc), &sc->a.err);
	assert_int_equal(sc->a.fig.waiting, 0);
	assert_int_equal(sc->a.fig.conflicts, 0);
	doc = fake_get(&sc->county, "Patient", wang);
	assert_string_equal(doc_text(doc, "contact{}.name.text"), "甲二");
	assert_int_equal(json_int(doc, "multipleBirthInteger", 0), 2);
}

/* The minute is over when the clock says so, or when it was set back since. */
static void answer__is_asked_for__the_clock_was_set_back(void **state)
{
	struct scene *sc = *state;
	char wang[RECORD_ID_MAX + 1];

	times_out(sc, wang);
	assert_ok(round_of_a(sc), &sc->a.err);
	assert_true(sc->a.fig.waiting > 0);
	sc->a.now -= 3600000;
	assert_ok(round_of_a(sc), &sc->a.err);
	assert_int_equal(sc->a.fig.waiting, 0);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 3);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(edit__stays__while_the_fate_of_the_one_before_is_open),
		T(answer__is_asked_for__the_clock_was_set_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
