/* Everyday situations as the county hears of them: somebody was mistaken for another (5), a newborn gets her name (9). */
#include "people_scene.h"

#include "app/base/json.h"
#include "app/service/newborns.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"

/* ---- a wrong person picked, found after saving (situation 5) ---------------------------------------------------------------------- */

struct told {
	const char *type, *id;
	unsigned version;
};

/* Everything at the county that is about this patient, of these types. */
static size_t about(const struct fake_fhir *county, const char *patient, struct told *out, size_t max)
{
	static const char *const types[] = { "QuestionnaireResponse", "Encounter", "Observation", "ServiceRequest", "Task" };
	size_t n = 0;

	for (size_t t = 0; t < N_ELEMENTS(types); t++)
		for (size_t i = 0; i < fake_count(county, types[t]); i++) {
			const char *id = fake_nth(county, types[t], i);
			AUTO_JSON struct json_object *doc = fake_get(county, types[t], id);
			const char *whose = doc_reference_id(doc_get(doc, strcmp(types[t], "Task") ? "subject" : "for"), "Patient");

			if (!whose || strcmp(whose, patient) != 0)
				continue;
			assert_true(n < max);
			out[n++] = (struct told){ types[t], id, fake_version_of(county, types[t], id) };
		}
	return n;
}

static void move(struct desk *d, const char *record, const char *to)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct save_result r;

	assert_ok(records_move(&d->app, kind_by_name("followup"), record, to, "选错了人", &mem, &r, &d->err), &d->err);
}

/* What the county has of the first one becomes the second one's: the same resources, corrected, none beside them and none gone;
 * and back again. */
static void situation__wrong_person__the_county_is_told_by_correction(void **state)
{
	SCENE(state);
	const char *wrong = desk_resident(d, "陈桂兰", "1955-07-15"), *right = desk_resident(d, "陈桂兰", "1955-03-02");
	const char *visit = desk_followup(d, wrong, 168);
	struct told first[32], then[32];
	size_t n, resources;

	desk_save(d, "referral", "{\"resident\":\"%s\",\"date\":\"2026-11-20\",\"direction\":\"up\",\"programme\":\"htn\",\"reason\":[\"2\"],"
		"\"urgency\":\"routine\",\"to_org_text\":\"县医院\",\"source_followup\":\"%s\"}", wrong, visit);
	desk_syncs(d);
	resources = fake_count(county, NULL);
	n = about(county, wrong, first, N_ELEMENTS(first));
	assert_true(n >= 6); /* sheet, contact, pressure, pulse, weight, referral */
	assert_int_equal(about(county, right, then, N_ELEMENTS(then)), 0);

	move(d, visit, right);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.rejected, 0);
	assert_int_equal(about(county, wrong, then, N_ELEMENTS(then)), 0);
	assert_int_equal(about(county, right, then, N_ELEMENTS(then)), n);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(then[i].id, first[i].id);
		assert_int_equal(then[i].version, first[i].version + 1);
	}
	assert_true(fake_count(county, NULL) >= resources); /* the note that says so is new */
	assert_int_equal(fake_version_of(county, "Patient", wrong), 1); /* of her file nothing changed */

	move(d, visit, wrong);
	desk_syncs(d);
	assert_int_equal(about(county, wrong, then, N_ELEMENTS(then)), n);
	desk_invariants(d);
}

/* Another laptop of the clinic, which has the sheet too, shows it at the right person. */
static void situation__wrong_person__the_other_laptop_follows(void **state)
{
	struct fake_fhir county;
	struct desk a, b;
	char wrong[RECORD_ID_MAX + 1], right[RECORD_ID_MAX + 1], visit[RECORD_ID_MAX + 1];

	(void)state;
	desks_open(&county, &a, &b);
	snprintf(wrong, sizeof wrong, "%s", desk_resident(&a, "陈桂兰", "1955-07-15"));
	snprintf(right, sizeof right, "%s", desk_resident(&a, "陈桂兰", "1955-03-02"));
	snprintf(visit, sizeof visit, "%s", desk_followup(&a, wrong, 168));
	desk_syncs(&a);
	desk_syncs(&b);
	assert_string_equal(desk_field(&b, "followup", visit, "resident"), wrong);
	move(&a, visit, right);
	desk_syncs(&a);
	desk_syncs(&b);
	assert_string_equal(desk_field(&b, "followup", visit, "resident"), right);
	assert_int_equal(b.fig.conflicts, 0);
	desks_close(&county, &a, &b);
}

/* ---- a newborn without a name (situation 9) --------------------------------------------------------------------------------------------- */

static void born(struct desk *d, const char *mother, char id[RECORD_ID_MAX + 1])
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .confirm_all = true };
	struct record *child = record_new(&mem, kind_by_name("resident")->form);
	struct save_result r;

	assert_ok(newborn_begin(&d->app, mother, child, &d->err), &d->err);
	record_set_text(child, "sex", "2");
	record_set_text(child, "birth_date", "2026-11-10");
	record_set_text(child, "birth_certificate", "T350299001");
	newborn_name(child);
	assert_ok(records_save(&d->app, kind_by_name("resident"), child, &o, &mem, &r, &d->err), &d->err);
	snprintf(id, RECORD_ID_MAX + 1, "%s", r.rec->meta.id);
}

#define ID_CARD_OF(doc) doc_text((doc), "identifier{system=urn:oid:2.16.156.10011.1.3}.value")

/* The name and the number come later, to the same person: one patient, at the county too, and never under the mother's number. */
static void situation__newborn__is_named_at_the_county_too(void **state)
{
	SCENE(state);
	const char *mother = desk_save(d, "resident", "{\"name\":\"林美玉\",\"id_number\":\"350299198802030025\",\"phone\":\"10000000025\"}");
	char child[RECORD_ID_MAX + 1];
	size_t patients;

	born(d, mother, child);
	desk_syncs(d);
	patients = fake_count(county, "Patient");
	{
		AUTO_JSON struct json_object *doc = fake_get(county, "Patient", child);

		assert_string_equal(doc_text(doc, "name{use=official}.text"), "林美玉之女");
		assert_null(ID_CARD_OF(doc));
	}
	desk_save(d, "resident", "{\"id\":\"%s\",\"revision\":1,\"name\":\"黄小月\",\"id_number\":\"350299202611100026\"}", child);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_count(county, "Patient"), patients);
	assert_int_equal(fake_version_of(county, "Patient", child), 2);
	{
		AUTO_JSON struct json_object *doc = fake_get(county, "Patient", child);

		assert_string_equal(doc_text(doc, "name{use=official}.text"), "黄小月");
		assert_string_equal(ID_CARD_OF(doc), "350299202611100026");
	}
	desk_invariants(d);
}

/* Registered at the township meanwhile: the county's name comes to the child that is here. */
static void situation__newborn__is_named_by_the_county(void **state)
{
	SCENE(state);
	const char *mother = desk_save(d, "resident", "{\"name\":\"林美玉\",\"id_number\":\"350299198802030025\"}");
	char child[RECORD_ID_MAX + 1];

	born(d, mother, child);
	desk_syncs(d);
	fake_edit(county, "Patient", child, "name", "[{\"use\":\"official\",\"text\":\"黄小月\"}]");
	desk_syncs(d);
	assert_string_equal(desk_field(d, "resident", child, "name"), "黄小月");
	assert_string_equal(desk_field(d, "resident", child, "birth_certificate"), "T350299001");
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(fake_count(county, "Patient"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(situation__wrong_person__the_county_is_told_by_correction, people_open, people_close),
		cmocka_unit_test(situation__wrong_person__the_other_laptop_follows),
		cmocka_unit_test_setup_teardown(situation__newborn__is_named_at_the_county_too, people_open, people_close),
		cmocka_unit_test_setup_teardown(situation__newborn__is_named_by_the_county, people_open, people_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
