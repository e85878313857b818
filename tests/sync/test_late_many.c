/* The histories of many resources, asked for in one request. */
#include "app/base/json.h"
#include "desk.h"

struct scene {
	struct fake_fhir county;
	struct desk a, b;
};

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	desks_open(&sc->county, &sc->a, &sc->b);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->county, &sc->a, &sc->b);
	free(sc);
	return 0;
}

enum { MANY = 30 };

/* Strangers change the files of so many, and leave our mark where it was; returns how often histories were asked for: one by one,
 * and many at once. */
static void strangers_change_many(struct scene *sc, char ids[MANY][RECORD_ID_MAX + 1], const char *birth, size_t *singly,
	size_t *batches)
{
	char json[32];

	snprintf(json, sizeof(json), "\"%s\"", birth);
	for (size_t i = 0; i < MANY; i++)
		fake_edit(&sc->county, "Patient", ids[i], "birthDate", json);
	sc->county.n_requests = 0;
	desk_syncs(&sc->a);
	*singly = fake_asked(&sc->county, "/_history");
	*batches = fake_requests(&sc->county, "POST");
	for (size_t i = 0; i < MANY; i++)
		assert_string_equal(desk_field(&sc->a, "resident", ids[i], "birth_date"), birth);
}

struct watch {
	struct desk *d;
	char (*ids)[RECORD_ID_MAX + 1];
	size_t applied; /* when many histories were asked for at once the last time */
};

static void count_applied(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	struct watch *w = ctx;

	(void)f;
	if (strcmp(req->method, "POST") != 0)
		return;
	w->applied = 0;
	for (size_t i = 0; i < MANY; i++)
		w->applied += strcmp(desk_field(w->d, "resident", w->ids[i], "birth_date"), "1961-02-04") == 0;
}

/* The county's own program goes over all of them: that costs no request each, and no more histories at once than one request
 * tells. */
static void stranger__costs_few_questions__he_changes_many(void **state)
{
	struct scene *sc = *state;
	char ids[MANY][RECORD_ID_MAX + 1];
	struct watch watch = { .d = &sc->a, .ids = ids };
	size_t singly, batches;

	for (size_t i = 0; i < MANY; i++)
		snprintf(ids[i], sizeof(ids[i]), "%s", desk_resident(&sc->a, "张三", "1961-02-03"));
	desk_syncs(&sc->a);
	sc->county.meanwhile = count_applied;
	sc->county.meanwhile_ctx = &watch;
	strangers_change_many(sc, ids, "1961-02-04", &singly, &batches);
	assert_int_equal(singly, 0);
	assert_int_equal(batches, 2);
	assert_int_equal(watch.applied, 20);
	sc->county.meanwhile = NULL;
	sc->county.no_batch = true;
	strangers_change_many(sc, ids, "1961-02-05", &singly, &batches);
	assert_int_equal(singly, MANY);
	assert_int_equal(batches, 1);
	desk_invariants(&sc->a);
}

/* Two copies on one page, of what B has changed since; returns how many histories were asked for one by one. */
static size_t two_copies(struct scene *sc)
{
	struct json_object *first[2];
	char ids[2][RECORD_ID_MAX + 1];
	size_t singly;

	for (size_t i = 0; i < 2; i++) {
		snprintf(ids[i], sizeof(ids[i]), "%s", desk_resident(&sc->a, "张三", "1961-02-03"));
		desk_change(&sc->a, "resident", ids[i], "phone", "\"10050000011\"");
	}
	desk_syncs(&sc->a);
	for (size_t i = 0; i < 2; i++)
		first[i] = fake_get(&sc->county, "Patient", ids[i]);
	desk_syncs(&sc->b);
	for (size_t i = 0; i < 2; i++)
		desk_change(&sc->b, "resident", ids[i], "phone", "\"10050000022\"");
	desk_syncs(&sc->b);
	for (size_t i = 0; i < 2; i++) {
		fake_put(&sc->county, json_object_to_json_string(first[i])); /* A's request, once more */
		json_object_put(first[i]);
	}
	sc->county.n_requests = 0;
	desk_syncs(&sc->a);
	singly = fake_asked(&sc->county, "/_history");
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(desk_field(&sc->a, "resident", ids[i], "phone"), "10050000022");
	desk_syncs(&sc->b);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(desk_field(&sc->b, "resident", ids[i], "phone"), "10050000022");
	return singly;
}

/* What others wrote between is found in what was asked ahead. */
static void late__undoes_nothing__several_on_one_page(void **state)
{
	assert_int_equal(two_copies(*state), 0);
}

/* What the answer for many does not tell whole is asked for by itself. */
static void late__undoes_nothing__the_answer_for_many_lacks_some(void **state)
{
	static const enum fake_batch lacking[] = { FAKE_BATCH_NEWEST, FAKE_BATCH_SHIFTED, FAKE_BATCH_CUT };
	struct scene *sc = *state;

	for (size_t i = 0; i < N_ELEMENTS(lacking); i++) {
		sc->county.batch = lacking[i];
		assert_case(two_copies(sc) == 2, i, "asked for by itself");
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(stranger__costs_few_questions__he_changes_many),
		T(late__undoes_nothing__several_on_one_page),
		T(late__undoes_nothing__the_answer_for_many_lacks_some),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
