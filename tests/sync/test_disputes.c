/* Both sides changed the same thing: what holds until it is decided, what waits, what a person's word does. */
#include "app/base/json.h"
#include "db/stmt.h"
#include "desk.h"
#include "sync/fhir/doc.h"
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

#define SCENE(state)                          \
	struct scene *sc = *(state);          \
	struct desk *d = &sc->d;              \
	struct fake_fhir *county = &sc->county

static void collide(struct desk *d, struct fake_fhir *county, const char *wang)
{
	desk_syncs(d);
	desk_change(d, "resident", wang, "birth_date", "\"1950-01-05\"");
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 1);
	assert_int_equal(d->fig.waiting, 1);
	assert_int_equal(desk_county(d, "resident", wang), COUNTY_CONFLICT);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-03"); /* theirs holds until it is decided */
	assert_int_equal(fake_version_of(county, "Patient", wang), 2); /* never overwritten */
}

static void settle_case(const char *whole, const char *want, unsigned versions)
{
	void *own = NULL;

	open_scene(&own);
	{
		SCENE(&own);
		AUTO_ARENA struct arena mem = { 0 };
		const char *wang = desk_resident(d, "王小明", "1950-01-02");
		AUTO_JSON struct json_object *doc = NULL;
		struct conflict c;

		collide(d, county, wang);
		assert_ok(conflict_load(&d->app, 1, &mem, &c, &d->err), &d->err);
		assert_int_equal(c.n_fields, 1);
		assert_string_equal(c.fields[0].key, "birth_date");
		assert_string_equal(c.fields[0].base.text, "1950-01-02");
		assert_string_equal(c.fields[0].ours.text, "1950-01-05");
		assert_string_equal(c.fields[0].theirs.text, "1950-01-03");
		assert_refused(conflict_settle(&d->app, 1, &(struct conflict_word){ .whole = NULL }, &d->err), &d->err, ERR_REQUIRED);
		assert_ok(conflict_settle(&d->app, 1, &(struct conflict_word){ .whole = whole }, &d->err), &d->err);
		assert_refused(conflict_settle(&d->app, 1, &(struct conflict_word){ .whole = whole }, &d->err), &d->err, ERR_WRONG_STATE);
		desk_syncs(d);
		assert_int_equal(d->fig.conflicts, 0);
		assert_int_equal(d->fig.waiting, 0);
		assert_string_equal(desk_field(d, "resident", wang, "birth_date"), want);
		doc = fake_get(county, "Patient", wang);
		assert_string_equal(doc_text(doc, "birthDate"), want);
		assert_int_equal(fake_version_of(county, "Patient", wang), versions);
		assert_int_equal(desk_county(d, "resident", wang), COUNTY_AT_COUNTY);
		desk_invariants(d);
	}
	close_scene(&own);
}

static void conflict__is_settled_by_a_person__ours_or_theirs(void **state)
{
	(void)state;
	settle_case("ours", "1950-01-05", 3);
	settle_case("theirs", "1950-01-03", 2);
}

static void conflict__blocks_nothing_else__other_records_go_on(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *visit;

	collide(d, county, wang);
	visit = desk_followup(d, wang, 150); /* the person is at the county: only the disputed edit waits */
	desk_syncs(d);
	assert_int_equal(desk_county(d, "followup", visit), COUNTY_AT_COUNTY);
	assert_int_equal(d->fig.waiting, 1);
	desk_change(d, "resident", wang, "phone", "\"13950000048\""); /* queues behind the dispute */
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
	assert_ok(conflict_settle(&d->app, 1, &(struct conflict_word){ .whole = "ours" }, &d->err), &d->err);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "13950000048");
	desk_invariants(d);
}

/* ---- disputes in full ----------------------------------------------------------------------------------------------- */

static void settled(struct desk *d, int64_t id, const char *key, const char *text)
{
	const struct conflict_choice c = { .key = key, .take = TAKE_NEW, .text = text };
	const struct conflict_word word = { .choices = &c, .n = 1, .reason = "本人出示身份证" };

	assert_ok(conflict_settle(&d->app, id, &word, &d->err), &d->err);
}

static int64_t states(struct desk *d, const char *state)
{
	struct stmt *st;
	char sql[96];
	int64_t n;

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM sync_conflict WHERE state = '%s'", state);
	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
	assert_ok(stmt_value(st, &n, 0, &d->err), &d->err);
	return n;
}

/* What else was changed here waits behind the dispute; what they change meanwhile comes in. */
static void conflict__goes_on__both_change_more(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *c = arena_alloc(&mem, sizeof(*c));

	collide(d, county, wang);
	desk_change(d, "resident", wang, "phone", "\"10050000048\""); /* queues behind */
	fake_edit(county, "Patient", wang, "gender", "\"female\"");
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-04\"");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 1);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-04");
	assert_string_equal(desk_field(d, "resident", wang, "sex"), "2");
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
	assert_ok(conflict_load(&d->app, 1, &mem, c, &d->err), &d->err);
	assert_int_equal(c->n_fields, 1);
	assert_true(c->theirs_holds && c->grave && c->fields[0].class == 'E');
	assert_string_equal(c->fields[0].base.text, "1950-01-02");
	assert_string_equal(c->fields[0].ours.text, "1950-01-05");
	assert_string_equal(c->fields[0].theirs.text, "1950-01-04");
	assert_string_equal(c->theirs.where, term_text(&(struct term){ "县里", "the county" }));
	settled(d, 1, "birth_date", "1950-01-06");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-06");
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
	assert_int_equal(fake_version_of(county, "Patient", wang), 5);
	desk_syncs(d); /* and nothing is sent twice */
	assert_int_equal(d->fig.pushed + d->fig.pulled, 0);
	desk_invariants(d);
}

/* The county comes to say what we say: there is nothing left to decide. */
static void conflict__ends__the_county_says_the_same(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	collide(d, county, wang);
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-05\"");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(states(d, "settled"), 1);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-05");
	assert_int_equal(fake_version_of(county, "Patient", wang), 4); /* with our telephone */
	desk_invariants(d);
}

/* Somebody types a third value into the form: that is what our side says now. */
static void conflict__takes_the_newer_word__edited_after_it_began(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	AUTO_JSON struct json_object *doc = NULL;
	const struct conflict_word ours = { .whole = "ours" };

	collide(d, county, wang);
	desk_change(d, "resident", wang, "birth_date", "\"1950-01-09\"");
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
	assert_ok(conflict_settle(&d->app, 1, &ours, &d->err), &d->err);
	desk_syncs(d);
	doc = fake_get(county, "Patient", wang);
	assert_string_equal(doc_text(doc, "birthDate"), "1950-01-09");
	assert_int_equal(d->fig.waiting, 0);
	desk_invariants(d);
}

static void conflict__refuses__a_value_that_is_none(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	const struct conflict_choice c = { .key = "birth_date", .take = TAKE_NEW, .text = "1950-13-45" };
	const struct conflict_word word = { .choices = &c, .n = 1 };

	collide(d, county, wang);
	assert_false(conflict_settle(&d->app, 1, &word, &d->err));
	assert_string_equal(d->err.field, "birth_date");
	assert_true(*d->err.example);
	assert_int_equal(states(d, "open"), 1);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-03");
}

/* Low risk: the later one holds, and a person may still decide otherwise. */
static void conflict__is_settled_by_the_later_edit__telephone(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	const struct conflict_word ours = { .whole = "ours" };
	AUTO_JSON struct json_object *doc = NULL;

	desk_change(d, "resident", wang, "phone", "\"10050000001\"");
	desk_syncs(d);
	desk_change(d, "resident", wang, "phone", "\"10050000002\"");
	d->now += 3600000;
	fake_edit(county, "Patient", wang, "telecom",
		"[{\"system\":\"phone\",\"value\":\"10050000003\",\"use\":\"mobile\"}]");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(states(d, "auto"), 1);
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000003");
	assert_ok(conflict_settle(&d->app, 1, &ours, &d->err), &d->err);
	desk_syncs(d);
	doc = fake_get(county, "Patient", wang);
	assert_string_equal(doc_text(doc, "telecom{system=phone}.value"), "10050000002");
	assert_int_equal(states(d, "auto"), 0);
	desk_invariants(d);
}

static void conflict__is_looked_at__all_at_once(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	desk_syncs(d);
	desk_change(d, "resident", wang, "phone", "\"10050000002\"");
	fake_edit(county, "Patient", wang, "telecom", "[{\"system\":\"phone\",\"value\":\"10050000003\"}]");
	desk_syncs(d);
	assert_int_equal(states(d, "auto"), 1);
	assert_ok(conflicts_seen(&d->app, &d->err), &d->err);
	assert_int_equal(states(d, "auto"), 0);
	assert_int_equal(states(d, "settled"), 1);
}

/* Both found an allergy: different elements of a set, so nobody need be asked, and none is lost. */
static void round__joins__allergies_of_both(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	struct desk other;

	desk_syncs(d);
	desk_open(&other, county, 8);
	desk_syncs(&other);
	desk_change(d, "resident", wang, "drug_allergy", "[\"2\",\"3\"]");
	desk_change(&other, "resident", wang, "drug_allergy", "[\"2\",\"4\"]");
	desk_syncs(d);
	desk_syncs(&other);
	assert_string_equal(desk_field(&other, "resident", wang, "drug_allergy"), "2,3,4");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts + other.fig.conflicts, 0);
	assert_string_equal(desk_field(d, "resident", wang, "drug_allergy"), "2,3,4");
	assert_string_equal(desk_field(&other, "resident", wang, "drug_allergy"), "2,3,4");
	desk_close(&other);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conflict__is_settled_by_a_person__ours_or_theirs),
		T(conflict__blocks_nothing_else__other_records_go_on),
		T(conflict__goes_on__both_change_more),
		T(conflict__ends__the_county_says_the_same),
		T(conflict__takes_the_newer_word__edited_after_it_began),
		T(conflict__refuses__a_value_that_is_none),
		T(conflict__is_settled_by_the_later_edit__telephone),
		T(conflict__is_looked_at__all_at_once),
		T(round__joins__allergies_of_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
