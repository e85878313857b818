/* Both sides changed the same thing: what holds until it is decided, what waits, what a person's word does. */
#include "app/base/json.h"
#include "app/service/disputed.h"
#include "app/service/overview.h"
#include "app/service/receipts.h"
#include "app/service/watch.h"
#include "db/stmt.h"
#include "desk_scene.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"

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

	desk_scene_open(&own);
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
	desk_scene_close(&own);
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
	desk_change(d, "resident", wang, "phone", "\"10050000048\""); /* queues behind the dispute */
	desk_syncs(d);
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
	assert_ok(conflict_settle(&d->app, 1, &(struct conflict_word){ .whole = "ours" }, &d->err), &d->err);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
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
	struct stmt *st, *of;
	char sql[96];
	int64_t n;

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM sync_conflict WHERE state = '%s'", state);
	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
	of = st;
	assert_ok(stmt_value(st, &n, 0, &d->err), &d->err);
	stmt_free(of);
	return n;
}

/* Two doctors at two computers: whoever has to decide knows whom to ask. */
static void conflict__says_who__on_both_sides(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *c = arena_alloc(&mem, sizeof(*c));
	char wang[RECORD_ID_MAX + 1];
	struct fake_fhir county;
	struct desk a, b;

	(void)state;
	desks_open(&county, &a, &b);
	snprintf(wang, sizeof(wang), "%s", desk_resident(&a, "王小明", "1950-01-02"));
	desk_syncs(&a);
	desk_syncs(&b);
	desk_change(&b, "resident", wang, "nickname", "\"阿明\"");
	desk_syncs(&b);
	desk_change(&a, "resident", wang, "birth_date", "\"1950-01-03\""); /* what A sends is merged */
	desk_change(&b, "resident", wang, "birth_date", "\"1950-01-05\"");
	a.app.actor_row = b.app.actor_row = 0; /* nobody works in the process that exchanges */
	desk_syncs(&a);
	desk_syncs(&b);
	assert_int_equal(b.fig.conflicts, 1);
	assert_ok(conflict_load(&b.app, 1, &mem, c, &b.err), &b.err);
	assert_string_equal(c->ours.who, "陈医生8");
	assert_string_equal(c->theirs.who, "陈医生7");
	desks_close(&county, &a, &b);
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
	desk_change(d, "resident", wang, "phone", "\"10050000004\"");
	fake_edit(county, "Patient", wang, "telecom", "[{\"system\":\"phone\",\"value\":\"10050000005\"}]");
	desk_syncs(d);
	assert_ok(conflicts_seen(&d->app, 1, &d->err), &d->err); /* the second came after the list was shown */
	assert_int_equal(states(d, "auto"), 1);
	assert_ok(conflicts_seen(&d->app, 0, &d->err), &d->err);
	assert_int_equal(states(d, "auto"), 0);
	assert_int_equal(states(d, "settled"), 2);
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

/* ---- what the desk sees ---------------------------------------------------------------------------------------------- */

/* The county edits a field that FHIR has no element for: one code in our extension. */
static void county_says(struct fake_fhir *county, const char *id, const char *key, const char *code)
{
	AUTO_JSON struct json_object *doc = fake_get(county, "Patient", id);
	struct json_object *list = json_array(doc, "extension");
	char url[64];

	snprintf(url, sizeof(url), "urn:cunyi:field:%s", key);
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (strcmp(json_text(e, "url"), url) == 0)
			json_set_text(e, "valueCode", code);
	}
	fake_edit(county, "Patient", id, "extension", json_object_to_json_string(list));
}

/* The county says "none", we know of sulphonamides: until it is decided the county's word holds, and the warning stays. */
static void allergy__stops_a_prescription__known_to_either_side(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec = NULL;
	struct save_result result;
	struct json_object *obj = NULL;
	struct overview o;
	struct receipt_counts receipts;
	const struct conflict_word theirs = { .whole = "theirs" };
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	desk_change(d, "resident", wang, "drug_allergy", "[\"3\"]");
	county_says(county, wang, "drug_allergy", "1");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 1);
	assert_string_equal(desk_field(d, "resident", wang, "drug_allergy"), "1"); /* theirs is what is stored */
	assert_ok(overview_read(&d->app, wang, &mem, &o, &d->err), &d->err);
	assert_true(o.disputed_allergy);
	assert_ok(receipts_of(&d->app, o.row, &receipts, &d->err), &d->err);
	assert_int_equal(receipts.needs, 1);
	overview_allergies(o.resident, &text);
	assert_non_null(strstr(text.s, term_text(&(struct term){ "磺胺", "Sulphonamide" })));
	sbuf_clear(&text);
	sbuf_addf(&text, "{\"resident\":\"%s\",\"date\":\"2026-11-22\",\"status\":\"finished\",\"complaint\":\"尿频\","
			 "\"prescriptions\":[{\"name\":\"磺胺嘧啶片\"}]}", wang);
	assert_true(json_parse(text.s, text.len, NULL, &obj, &d->err));
	records_result(&result, &mem);
	assert_false(records_save_json(&d->app, kind_by_id(KIND_VISIT), obj, &(struct save_options){ .confirm_all = true }, &mem,
		&result, &d->err));
	assert_int_equal(d->err.code, ERR_NOT_ALLOWED);
	/* What was said on the paper in between is not lost either: nothing of ours was sent, and nothing of it is gone. */
	assert_ok(record_load(&d->app, KIND_RESIDENT, wang, &mem, &rec, &d->err), &d->err);
	sbuf_clear(&text);
	assert_ok(disputed_aside(&d->app, record_row(&d->app, KIND_RESIDENT, wang), rec, &text, &d->err), &d->err);
	assert_non_null(strstr(text.s, term_text(&(struct term){ "磺胺", "Sulphonamide" })));
	assert_ok(conflict_settle(&d->app, 1, &theirs, &d->err), &d->err); /* a person says: none */
	assert_ok(overview_read(&d->app, wang, &mem, &o, &d->err), &d->err);
	assert_false(o.disputed_allergy);
	json_object_put(obj);
}

/* What the county made of it cannot be a record here (no birth date): ours stays whole, and nothing stops. */
static void round__keeps_ours__theirs_is_no_record(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1], li[RECORD_ID_MAX + 1];

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	fake_edit(county, "Patient", wang, "birthDate", NULL);
	snprintf(li, sizeof(li), "%s", desk_resident(d, "李四", "1960-05-06"));
	desk_syncs(d);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-02");
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
	assert_int_equal(desk_county(d, "resident", li), COUNTY_AT_COUNTY);
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-02\"");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.conflicts, 0);
}

/* Who may not decide asks the county: a Task with both versions goes out, and its answer ends the dispute. */
static void conflict__is_sent__and_the_county_answers(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1], task[80];
	AUTO_JSON struct json_object *doc = NULL;

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	collide(d, county, wang);
	assert_refused(conflict_send(&d->app, 1, "", &d->err), &d->err, ERR_REQUIRED);
	assert_int_equal(d->fig.conflicts_sent, 0);
	assert_ok(conflict_send(&d->app, 1, "身份证在县里", &d->err), &d->err);
	assert_ok(sync_status(&d->app, &d->fig, &d->err), &d->err);
	assert_int_equal(d->fig.conflicts, 1);
	assert_int_equal(d->fig.conflicts_sent, 1); /* not the user's to decide any more */
	assert_refused(conflict_send(&d->app, 1, "再问", &d->err), &d->err, ERR_WRONG_STATE);
	desk_syncs(d);
	assert_int_equal(fake_count(county, "Task"), 1);
	snprintf(task, sizeof(task), "%s", fake_nth(county, "Task", 0));
	doc = fake_get(county, "Task", task);
	assert_string_equal(doc_text(doc, "code.coding{}.code"), "resolve-sync-conflict");
	assert_string_equal(doc_text(doc, "status"), "requested");
	assert_non_null(strstr(doc_text(doc, "focus.reference"), wang));
	assert_string_equal(doc_text(doc, "description"), "身份证在县里");
	assert_string_equal(doc_text(doc, "contained{id=ours}.birthDate"), "1950-01-05");
	assert_string_equal(doc_text(doc, "contained{id=theirs}.birthDate"), "1950-01-03");
	assert_int_equal(states(d, "open"), 1);
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-06\"");
	fake_edit(county, "Task", task, "status", "\"completed\"");
	fake_edit(county, "Task", task, "note", "[{\"text\":\"已核对\"}]");
	desk_syncs(d);
	assert_int_equal(states(d, "open"), 0);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-06");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "Patient", wang), 3);
}

static void conflict__comes_back__the_county_does_not_decide(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];
	const struct conflict_word ours = { .whole = "ours" };

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	collide(d, county, wang);
	assert_ok(conflict_send(&d->app, 1, "身份证在县里", &d->err), &d->err);
	desk_syncs(d);
	fake_edit(county, "Task", fake_nth(county, "Task", 0), "status", "\"rejected\"");
	desk_syncs(d);
	assert_int_equal(states(d, "open"), 1);
	assert_ok(conflict_settle(&d->app, 1, &ours, &d->err), &d->err);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
}

static void receipt_is(struct desk *d, const char *kind, const char *id, enum county_state want, const char *words)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct receipt r;

	assert_ok(receipt_read(&d->app, record_row(&d->app, kind_by_name(kind)->id, id), &mem, &r, &d->err), &d->err);
	assert_int_equal(r.state, want);
	receipt_words(&d->app, &r, &text);
	if (!strstr(text.s, words))
		fail_msg("\"%s\" does not say \"%s\"", text.s, words);
}

static void receipt__tells__waiting_there_disputed_refused(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1], li[RECORD_ID_MAX + 1];
	struct receipt_counts all;
	struct glance glance;

	i18n_set_language("en");
	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	receipt_is(d, "resident", wang, COUNTY_WAITING, "goes with the next exchange");
	receipt_is(d, "resident", wang, COUNTY_WAITING, "the county has none of it yet");
	desk_syncs(d);
	receipt_is(d, "resident", wang, COUNTY_AT_COUNTY, "the county has it as version 1 11-22 ");
	desk_change(d, "resident", wang, "birth_date", "\"1950-01-05\"");
	receipt_is(d, "resident", wang, COUNTY_WAITING, "; the county has version 1 (");
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(d);
	receipt_is(d, "resident", wang, COUNTY_CONFLICT, "in dispute");
	snprintf(li, sizeof(li), "%s", desk_resident(d, "李四", "1960-05-06"));
	snprintf(county->refuse_id, sizeof(county->refuse_id), "%s", li);
	county->refuse_status = 422;
	desk_syncs(d);
	receipt_is(d, "resident", li, COUNTY_REFUSED, "the county refused it: ");
	assert_ok(receipts_all(&d->app, &all, &d->err), &d->err);
	assert_int_equal(all.needs, 2);
	assert_int_equal(all.waiting, 0);
	desk_change(d, "resident", wang, "nickname", "\"阿明\""); /* waits behind what is in dispute: one record, one row of the list */
	assert_ok(receipts_all(&d->app, &all, &d->err), &d->err);
	assert_int_equal(all.needs, 2);
	assert_int_equal(all.waiting, 0);
	assert_ok(watch_glance(&d->app, &glance, &d->err), &d->err);
	assert_int_equal(glance.waiting, 0);
	assert_ok(receipts_of(&d->app, record_row(&d->app, KIND_RESIDENT, wang), &all, &d->err), &d->err);
	assert_int_equal(all.needs, 1);
	assert_int_equal(all.waiting, 0);
}

/* By class, and in a class the oldest first; what is there is not listed. */
static void lacking__lists__by_class_and_age(void **state)
{
	SCENE(state);
	AUTO_ARENA struct arena mem = { 0 };
	char wang[RECORD_ID_MAX + 1], visit[RECORD_ID_MAX + 1], li[RECORD_ID_MAX + 1];
	struct lacking *l;
	size_t n;

	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	assert_ok(receipts_lacking(&d->app, 0, 10, &mem, &l, &n, &d->err), &d->err);
	assert_int_equal(n, 0);
	snprintf(visit, sizeof(visit), "%s", desk_followup(d, wang, 150));
	d->now += 60000;
	snprintf(li, sizeof(li), "%s", desk_resident(d, "李四", "1960-05-06"));
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	assert_ok(receipts_lacking(&d->app, 0, 10, &mem, &l, &n, &d->err), &d->err);
	assert_int_equal(n, 3);
	assert_string_equal(l[0].id, li);
	assert_string_equal(l[1].id, wang);
	assert_string_equal(l[2].id, visit);
	assert_true(l[2].r.since < l[0].r.since);
	assert_ok(receipts_lacking(&d->app, 2, 10, &mem, &l, &n, &d->err), &d->err);
	assert_int_equal(n, 1);
	assert_int_equal(fake_count(county, "Patient"), 1);
}

static const struct {
	const char *kind, *reason, *field;
} refusals[] = {
	{ "resident", "must be in the past (Patient.birthDate)", "birth_date" },
	{ "resident", "wrong (Bundle.entry[2].resource.telecom[0].value)", "phone" },
	{ "resident", "code not in value set (Bundle.entry[0].resource.ofType(Patient).gender)", "sex" },
	{ "resident", "Patient.identifier[0].value: bad checksum", "id_number" },
	{ "contract", "Contract.period.start", "date" },
	{ "resident", "The county server gave no reason.", NULL },
	{ "resident", "no such thing (Patient.birthDateTime)", NULL },
};

static void refusal__names_the_field__by_its_path(void **state)
{
	(void)state;
	i18n_set_language("en");
	for (size_t i = 0; i < N_ELEMENTS(refusals); i++) {
		const struct form_def *form = kind_by_name(refusals[i].kind)->form;
		const struct field *f = refusal_field(form, refusals[i].reason);
		AUTO_SBUF struct sbuf words = SBUF_INIT;

		if (refusals[i].field && form_index(form, refusals[i].field) < 0) /* the next of the table then */
			assert_case(f != NULL, i, refusals[i].reason);
		else
			assert_case(refusals[i].field ? f && strcmp(f->key, refusals[i].field) == 0 : !f, i, refusals[i].reason);
		refusal_words(form, refusals[i].reason, &words);
		assert_case(strstr(words.s, refusals[i].reason) != NULL, i, words.s); /* the county's words stay readable */
		if (f)
			assert_case(strstr(words.s, "is not accepted") != NULL, i, words.s);
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, desk_scene_open, desk_scene_close)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conflict__is_settled_by_a_person__ours_or_theirs),
		T(conflict__blocks_nothing_else__other_records_go_on),
		cmocka_unit_test(conflict__says_who__on_both_sides),
		T(conflict__goes_on__both_change_more),
		T(conflict__ends__the_county_says_the_same),
		T(conflict__takes_the_newer_word__edited_after_it_began),
		T(conflict__refuses__a_value_that_is_none),
		T(conflict__is_settled_by_the_later_edit__telephone),
		T(conflict__is_looked_at__all_at_once),
		T(round__joins__allergies_of_both),
		T(allergy__stops_a_prescription__known_to_either_side),
		T(round__keeps_ours__theirs_is_no_record),
		T(conflict__is_sent__and_the_county_answers),
		T(conflict__comes_back__the_county_does_not_decide),
		T(receipt__tells__waiting_there_disputed_refused),
		T(lacking__lists__by_class_and_age),
		cmocka_unit_test(refusal__names_the_field__by_its_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
