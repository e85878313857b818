/* Why a record is void is told with it: the county reads it, and the history of every other computer shows it. */
#include "stick_scene.h"

#include "app/base/json.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"

#define WHY "记错了人"

static void voids(struct desk *d, const char *followup, const char *why)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct save_result r = { 0 };

	assert_ok(records_void(&d->app, kind_by_id(KIND_FOLLOWUP), followup, why, &mem, &r, &d->err), &d->err);
}

/* What the history says about the newest version, "" when nothing. */
static const char *reason_here(struct desk *d, const char *followup)
{
	static char out[256];
	struct err err = { 0 };
	struct stmt *st;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, "SELECT r.uid, c.reason FROM record r JOIN change c ON c.record = r.id AND c.revision = r.revision"
		" WHERE r.kind = 8 AND r.state = 1", &st, &err), &err);
	*out = '\0';
	while (stmt_step(st, &row, &err) && row)
		if (!strcmp(stmt_text(st, 0), followup))
			snprintf(out, sizeof(out), "%s", stmt_text(st, 1) ? stmt_text(st, 1) : "");
	stmt_free(st);
	return out;
}

static const char *reason_there(struct fake_fhir *county, const char *followup)
{
	AUTO_JSON struct json_object *doc = fake_get(county, "QuestionnaireResponse", followup);
	const char *text = doc_text(doc, "extension{url=" FHIR_REASON_URL "}.valueString");
	static char out[256];

	snprintf(out, sizeof(out), "%s", text ? text : "");
	return out;
}

static void later(struct desk *a, struct desk *b)
{
	a->now += 60000;
	b->now = a->now;
}

static void reason__reaches_the_county_and_the_other_desk__void(void **state)
{
	struct fake_fhir county;
	struct desk a, b;
	char id[RECORD_ID_MAX + 1];

	(void)state;
	desks_open(&county, &a, &b);
	snprintf(id, sizeof(id), "%s", desk_followup(&a, desk_resident(&a, "王小明", "1950-01-02"), 138));
	desk_syncs(&a);
	later(&a, &b);
	desk_syncs(&b);
	assert_string_equal(reason_there(&county, id), "");
	voids(&a, id, WHY);
	later(&a, &b);
	desk_syncs(&a);
	assert_string_equal(reason_there(&county, id), WHY);
	later(&a, &b);
	desk_syncs(&b);
	assert_string_equal(reason_here(&b, id), WHY);
	assert_int_equal(ask(&b, "SELECT count(*) FROM sync_kept k JOIN record r ON r.id = k.record WHERE r.kind = 8"), 0);
	later(&a, &b);
	county.n_requests = 0;
	desk_syncs(&b);
	assert_int_equal(fake_bundles(&county), 0); /* it has nothing to say to that */
	desk_invariants(&a);
	desk_invariants(&b);
	desks_close(&county, &a, &b);
}

static void reason__is_that_of_the_first__both_void_it(void **state)
{
	struct fake_fhir county;
	struct desk a, b;
	char id[RECORD_ID_MAX + 1];

	(void)state;
	desks_open(&county, &a, &b);
	snprintf(id, sizeof(id), "%s", desk_followup(&a, desk_resident(&a, "王小明", "1950-01-02"), 138));
	desk_syncs(&a);
	later(&a, &b);
	desk_syncs(&b);
	voids(&a, id, WHY);
	voids(&b, id, "重复");
	for (int i = 0; i < 3; i++) {
		later(&a, &b);
		desk_syncs(&a);
		later(&a, &b);
		desk_syncs(&b);
	}
	county.n_requests = 0;
	later(&a, &b);
	desk_syncs(&a);
	desk_syncs(&b);
	assert_int_equal(fake_bundles(&county), 0); /* nobody goes on for ever about it */
	assert_true(*reason_there(&county, id));
	desk_invariants(&a);
	desk_invariants(&b);
	desks_close(&county, &a, &b);
}

static void reason__rides_on_the_stick(void **state)
{
	struct scene *sc = *state;
	struct desk *a = &sc->d[0], *b = &sc->d[1];
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof(id), "%s", desk_followup(a, desk_resident(a, "王小明", "1950-01-02"), 138));
	carry(sc, a, b);
	voids(a, id, WHY);
	carry(sc, a, b);
	assert_string_equal(reason_here(b, id), WHY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reason__reaches_the_county_and_the_other_desk__void),
		cmocka_unit_test(reason__is_that_of_the_first__both_void_it),
		cmocka_unit_test_setup_teardown(reason__rides_on_the_stick, open_scene, close_scene),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
