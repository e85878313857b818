/* The hub: what its store answers, and several computers that exchange through it, with and without the county. */
#include "hub_scene.h"

#include "app/base/json.h"
#include "db/stmt.h"
#include "sync/fhir/fhir.h"

static int open_office(void **state)
{
	struct office *o = xcalloc(1, sizeof(*o));

	office_open(o, 3);
	*state = o;
	return 0;
}

static int close_office(void **state)
{
	office_close(*state);
	free(*state);
	return 0;
}

/* ---- the store: one question, one answer ---------------------------------------------------------------------------- */

#define PATIENT(id, more) "{\"resourceType\":\"Patient\",\"id\":\"" id "\"" more "}"
#define PUT(id, more, when) "{\"resource\":" PATIENT(id, more) ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/" id "\"" when "}}"
#define TX(entries) "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" entries "]}"
#define IF_MATCH(n) ",\"ifMatch\":\"W/\\\"" n "\\\"\""
#define IF_NEW ",\"ifNoneMatch\":\"*\""

/* In this order, on one store. */
static const struct {
	const char *method, *path, *body;
	int status;
	const char *has, *lacks; /* in the answer */
} questions[] = {
	{ "GET", "metadata", NULL, 200, "\"fhirVersion\":\"4.0.1\"", NULL },
	{ "GET", "Patient/a", NULL, 404, "OperationOutcome", NULL },
	{ "PUT", "Patient/a", PATIENT("a", ",\"foreign\":{\"x\":7.00}"), 201, "\"versionId\":\"1\"", NULL },
	{ "GET", "Patient/a", NULL, 200, "\"foreign\":{\"x\":7.00}", NULL },
	{ "PUT", "Patient/a", PATIENT("a", ",\"foreign\":{\"x\":7.00}"), 200, "\"versionId\":\"1\"", NULL }, /* said again */
	{ "PUT", "Patient/a", PATIENT("b", ""), 400, "different things", NULL },
	{ "PUT", "Patient/a/b", PATIENT("a", ""), 405, NULL, NULL },
	{ "DELETE", "Patient/a", NULL, 405, "nothing is deleted", NULL },
	{ "POST", "Patient", PATIENT("a", ""), 405, NULL, NULL },
	/* transactions: whole or not at all */
	{ "POST", "", TX(PUT("b", "", IF_NEW) "," PUT("a", ",\"gender\":\"male\"", IF_MATCH("1"))), 200, "Patient/a/_history/2", NULL },
	{ "POST", "", TX(PUT("c", "", "") "," PUT("a", "", IF_MATCH("1"))), 412, "at version 2", NULL },
	{ "GET", "Patient/c", NULL, 404, NULL, NULL },
	{ "POST", "", TX(PUT("c", "", IF_MATCH("nonsense"))), 412, "at version 0", NULL },
	{ "POST", "", TX(PUT("a", "", IF_MATCH("2x"))), 412, "at version 2", NULL },
	{ "POST", "", TX(PUT("c", "", "") "," PUT("a", "", IF_NEW)), 412, "here already", NULL },
	{ "POST", "", TX(PUT("c", "", "") "," PUT("a", "", "")), 412, "say which version", NULL },
	{ "POST", "", TX(PUT("c", "", "") "," PUT("c", "", "")), 400, "twice", NULL },
	{ "POST", "", TX("{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/a\"}}"), 400, "PUT Type/id", NULL },
	{ "POST", "", "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}", 400, "transaction", NULL },
	{ "POST", "", "{\"resourceType\":", 400, "no JSON", NULL },
	{ "POST", "", NULL, 400, NULL, NULL },
	{ "GET", "Patient/c", NULL, 404, NULL, NULL },
	{ "POST", "", TX(""), 200, "\"entry\":[]", NULL },
	/* versions */
	{ "GET", "Patient/a/_history/1", NULL, 200, "\"versionId\":\"1\"", "gender" },
	{ "GET", "Patient/a/_history/3", NULL, 404, NULL, NULL },
	{ "GET", "Patient/a/_history/x", NULL, 404, NULL, NULL },
	{ "GET", "Patient/a/_history", NULL, 200, "\"versionId\":\"2\"", "Patient/b" },
	{ "GET", "Patient/_history?_since=2020-01-01T00:00:00Z&_count=2", NULL, 200, "\"relation\":\"next\"", NULL },
	{ "GET", "Patient/zz/_history", NULL, 404, NULL, NULL },
	/* searches */
	{ "PUT", "Patient/t", PATIENT("t", ",\"meta\":{\"tag\":[{\"system\":\"urn:x\",\"code\":\"350299101\"}]}"), 201, NULL, NULL },
	{ "GET", "Patient?_id=a,t,zz", NULL, 200, "\"id\":\"t\"", "\"id\":\"b\"" },
	{ "GET", "Patient?_tag=urn:x%7C350299101", NULL, 200, "\"id\":\"t\"", "\"id\":\"a\"" },
	{ "GET", "Patient?_tag=350299101", NULL, 200, "\"id\":\"t\"", "\"id\":\"a\"" },
	{ "GET", "Patient?_tag=50299101", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "Patient?_count=2&_sort=_lastUpdated", NULL, 200, "\"relation\":\"next\"", "\"id\":\"t\"" },
	{ "GET", "Patient?_summary=count", NULL, 200, "\"total\":3", NULL },
	{ "GET", "Patient?_summary=true", NULL, 400, "_summary=true", NULL },
	{ "GET", "Patient?_id=a,t&_summary=count", NULL, 400, "counts ids", NULL },
	{ "GET", "Patient?_tag=350299101&_id=a,t", NULL, 400, "by a tag", NULL },
	{ "GET", "Patient?_lastUpdated=gt2999-01-01T00:00:00Z", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "Patient?_lastUpdated=ge2020-01-01T00:00:00Z&_lastUpdated=lt2020-01-02T00:00:00Z", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "Patient?_elements=id,meta&_id=a", NULL, 200, "versionId", "gender" },
	{ "GET", "Patient?name=wang", NULL, 400, "name=wang", NULL },
	{ "GET", "Patient?_sort=-_lastUpdated", NULL, 400, NULL, NULL },
	{ "GET", "Patient?_lastUpdated=yesterday", NULL, 400, NULL, NULL },
	{ "GET", "Patient?_count=0", NULL, 400, NULL, NULL },
	{ "GET", "Patient?_id=%zz", NULL, 400, NULL, NULL },
	{ "GET", "Patient?_after=9223372036854775807", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "Patient?_after=-1", NULL, 400, NULL, NULL },
	{ "GET", "Patient/a/_history/99999999999999999999", NULL, 404, NULL, NULL },
	{ "GET", "Patient/_history?_before=0&_since=9999-12-31T23:59:59Z", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "Patient?_lastUpdated=gt9999-12-31T23:59:59.999Z", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "Observation", NULL, 200, "\"entry\":[]", NULL },
	{ "GET", "patient", NULL, 404, NULL, NULL },
	{ "GET", "", NULL, 404, NULL, NULL },
	{ "GET", "../etc/passwd", NULL, 404, NULL, NULL },
	{ "GET", "Patient/a\"b", NULL, 404, NULL, NULL },
	{ "GET", "sync-status", NULL, 200, "\"name\":\"newest\"", NULL },
	{ "GET", "sync-status?record=resident/none,nonsense,/,", NULL, 200, "\"entry\":[]", NULL },
};

static void store__answers__table(void **state)
{
	struct office *o = *state;

	for (size_t i = 0; i < N_ELEMENTS(questions); i++) {
		struct hub_reply *r = office_ask(o, questions[i].method, questions[i].path, questions[i].body);

		if (r->status != questions[i].status)
			fail_msg("question %zu %s %s: %d\n%s", i, questions[i].method, questions[i].path, r->status, r->body.s);
		if (questions[i].has && !strstr(r->body.s, questions[i].has))
			fail_msg("question %zu %s lacks %s:\n%s", i, questions[i].path, questions[i].has, r->body.s);
		if (questions[i].lacks && strstr(r->body.s, questions[i].lacks))
			fail_msg("question %zu %s has %s:\n%s", i, questions[i].path, questions[i].lacks, r->body.s);
		office_ask_release(r);
	}
}

/* How many entries there are from this page to the last one. */
static size_t follow_pages(struct office *o, const char *first)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	size_t seen = 0;

	sbuf_adds(&path, first);
	while (path.len) {
		struct hub_reply *r = office_ask(o, "GET", path.s, NULL);
		AUTO_JSON struct json_object *bundle = NULL;
		struct err err;
		struct json_object *links;

		assert_true(r->status == 200 && r->body.len < HUB_BODY_MAX);
		assert_ok(json_parse(r->body.s, r->body.len, NULL, &bundle, &err), &err);
		office_ask_release(r);
		seen += json_count(json_array(bundle, "entry"));
		links = json_array(bundle, "link");
		sbuf_clear(&path);
		if (json_count(links) == 2)
			sbuf_adds(&path, json_text(json_object_array_get_idx(links, 1), "url") + strlen("https://hub.test/fhir/"));
	}
	return seen;
}

/* Pages follow each other without a gap, though resources change meanwhile; times rise even when the clock stands still or
 * goes back. */
static void store__pages__whole(void **state)
{
	struct office *o = *state;
	char text[160];

	for (int i = 0; i < 25; i++) {
		char id[32];

		snprintf(id, sizeof(id), "Group/g%d", i);
		snprintf(text, sizeof(text), "{\"resourceType\":\"Group\",\"id\":\"g%d\"}", i);
		o->pc[0].now -= i == 12 ? 3600000 : 0;
		office_ask_release(office_ask(o, "PUT", id, text));
	}
	assert_int_equal(follow_pages(o, "Group?_count=10"), 25);
}

/* However large they are, an answer holds no more than a few of them; by ids and in histories, too. */
static void store__answers__bounded(void **state)
{
	static const char *const paths[] = { "Group?_id=g0,g1,g2,g3,g4,g5,g6,g7,g8,g9", "Group?_count=100", "Group/_history?_count=100" };
	struct office *o = *state;

	for (int i = 0; i < 10; i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		char path[32];

		snprintf(path, sizeof path, "Group/g%d", i);
		sbuf_addf(&text, "{\"resourceType\":\"Group\",\"id\":\"g%d\",\"x\":[\"\"", i);
		for (int j = 0; j < 40; j++)
			sbuf_addf(&text, ",\"%060000d\"", j);
		sbuf_adds(&text, "]}");
		office_ask_release(office_ask(o, "PUT", path, text.s));
	}
	for (size_t i = 0; i < N_ELEMENTS(paths); i++)
		assert_case(follow_pages(o, paths[i]) == 10, i, paths[i]);
}

/* ---- computers ------------------------------------------------------------------------------------------------------- */

static void record__reaches_all__from_any(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02"), *visit = desk_followup(&o->pc[1], wang, 152);
	const char *li = desk_resident(&o->pc[0], "李四", "1951-03-04");

	office_settle(o);
	for (size_t i = 0; i < o->n; i++) {
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "name"), "王小明");
		assert_string_equal(desk_field(&o->pc[i], "followup", visit, "sbp"), "152");
		assert_true(desk_has(&o->pc[i], "resident", li));
	}
	desk_change(&o->pc[2], "followup", visit, "hr", "80");
	office_settle(o);
	assert_string_equal(desk_field(&o->pc[0], "followup", visit, "hr"), "80");
	assert_string_equal(desk_field(&o->pc[1], "followup", visit, "hr"), "80");
}

static void edits__are_merged__different_fields(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");

	office_settle(o);
	desk_change(&o->pc[1], "resident", wang, "phone", "\"10050000048\"");
	desk_change(&o->pc[2], "resident", wang, "nickname", "\"阿明\"");
	desk_change(&o->pc[0], "resident", wang, "note", "\"住村口\"");
	office_settle(o);
	for (size_t i = 0; i < o->n; i++) {
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "phone"), "10050000048");
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "nickname"), "阿明");
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "note"), "住村口");
	}
}

static void dispute__arises_once__same_field(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");
	int64_t open = 0;

	office_settle(o);
	desk_change(&o->pc[1], "resident", wang, "birth_date", "\"1950-01-03\"");
	desk_change(&o->pc[2], "resident", wang, "birth_date", "\"1950-01-04\"");
	office_settle(o);
	for (size_t i = 0; i < o->n; i++)
		open += o->pc[i].fig.conflicts;
	assert_int_equal(open, 1);
	assert_int_equal(o->pc[2].fig.conflicts, 1); /* it wrote second */
	assert_string_equal(desk_field(&o->pc[0], "resident", wang, "birth_date"), "1950-01-03");
	assert_ok(conflict_settle(&o->pc[2].app, 1, &(struct conflict_word){ .whole = "ours" }, &o->pc[2].err), &o->pc[2].err);
	office_settle(o);
	for (size_t i = 0; i < o->n; i++)
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "birth_date"), "1950-01-04");
}

static void round__is_one_question__nothing_new(void **state)
{
	struct office *o = *state;
	unsigned before;

	desk_resident(&o->pc[1], "王小明", "1950-01-02");
	office_settle(o);
	before = o->wire[1].requests;
	assert_ok(office_round(o, 1), &o->pc[1].err);
	assert_int_equal(o->wire[1].requests - before, 1);
}

/* Lost anywhere: nothing is doubled, nothing is missing. */
static void line__loses__anything(void **state)
{
	struct office *o = *state;

	for (unsigned at = 0; at < 12; at++)
		for (int fault = WIRE_NO_NETWORK; fault <= WIRE_LOST_ANSWER; fault++) {
			const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");
			struct hub_reply *r;
			char path[128];

			o->wire[1].fault = (enum wire_fault)fault;
			o->wire[1].skip = at;
			office_round(o, 1);
			o->wire[1].fault = WIRE_FINE;
			assert_ok(office_round(o, 1), &o->pc[1].err);
			assert_int_equal(o->pc[1].fig.waiting, 0);
			snprintf(path, sizeof(path), "Patient/%s/_history", wang);
			r = office_ask(o, "GET", path, NULL);
			assert_int_equal(r->status, 200);
			if (strstr(r->body.s, "\"versionId\":\"2\""))
				fail_msg("fault %d at request %u: written twice", fault, at);
			office_ask_release(r);
		}
}

static void foreign_elements__stay__through_edits(void **state)
{
	struct office *o = *state;
	struct hub_reply *r;

	office_ask_release(office_ask(o, "PUT", "Patient/x77", "{\"resourceType\":\"Patient\",\"id\":\"x77\",\"name\":[{\"text\":\"林秀英\"}],"
							       "\"gender\":\"female\",\"birthDate\":\"1948-07-11\",\"multipleBirthInteger\":2}"));
	office_settle(o);
	desk_change(&o->pc[2], "resident", "x77", "phone", "\"10050000048\"");
	office_settle(o);
	r = office_ask(o, "GET", "Patient/x77", NULL);
	assert_non_null(strstr(r->body.s, "\"multipleBirthInteger\":2"));
	assert_non_null(strstr(r->body.s, "10050000048"));
	office_ask_release(r);
}

/* ---- with the county ---------------------------------------------------------------------------------------------------- */

static void county__says_it__by_the_hub(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02"), *visit = desk_followup(&o->pc[1], wang, 152);

	office_settle(o);
	assert_int_equal(desk_county(&o->pc[1], "resident", wang), COUNTY_CARRIED); /* on its way, not there */
	desk_syncs(&o->pc[0]);
	assert_int_equal(o->pc[0].fig.waiting, 0);
	office_settle(o);
	for (size_t i = 0; i < o->n; i++) {
		assert_int_equal(desk_county(&o->pc[i], "resident", wang), COUNTY_AT_COUNTY);
		assert_int_equal(desk_county(&o->pc[i], "followup", visit), COUNTY_AT_COUNTY);
	}
	desk_invariants(&o->pc[0]);
}

static const char *author_of(struct desk *d, const char *resident, int64_t revision, char out[64])
{
	AUTO_STMT struct stmt *st = stmt_get(d->app.db, "history_version");
	bool row;

	stmt_bind_int(st, "record", record_row(&d->app, KIND_RESIDENT, resident));
	stmt_bind_int(st, "revision", revision);
	assert_true(stmt_step(st, &row, &d->err) && row);
	snprintf(out, 64, "%s", stmt_text(st, 3) ? stmt_text(st, 3) : "");
	return out;
}

/* Whoever saved it stands in everybody's history, and at the county too, although the hub sent it there. */
static void author__travels_on__by_the_hub(void **state)
{
	struct office *o = *state;
	AUTO_JSON struct json_object *doc = NULL;
	char wang[RECORD_ID_MAX + 1], a[64];
	struct desk other;

	snprintf(wang, sizeof(wang), "%s", desk_resident(&o->pc[1], "王小明", "1950-01-02"));
	office_settle(o);
	desk_change(&o->pc[2], "resident", wang, "phone", "\"10050000048\"");
	office_settle(o);
	desk_syncs(&o->pc[0]);
	desk_open(&other, &o->county, 77);
	other.now = o->pc[0].now;
	desk_syncs(&other);
	for (size_t i = 0; i < o->n; i++)
		for (unsigned r = 1; r <= 2; r++)
			assert_string_equal(author_of(&o->pc[i], wang, r, a), o->pc[r].app.actor_name);
	doc = fake_get(&o->county, "Patient", wang);
	assert_string_equal(fhir_author_of(doc), o->pc[2].app.actor_name);
	assert_string_equal(author_of(&other, wang, 1, a), o->pc[2].app.actor_name);
	desk_close(&other);
}

/* The hub has him from the county, where another clinic wrote him: for the others he is there as well. */
static void county__says_it__of_somebody_elses_records(void **state)
{
	struct office *o = *state;
	char wang[RECORD_ID_MAX + 1];
	struct desk other;

	desk_open(&other, &o->county, 77);
	other.now = o->pc[0].now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(&other, "王小明", "1950-01-02"));
	desk_syncs(&other);
	desk_syncs(&o->pc[0]);
	for (unsigned i = 0; i < 3; i++)
		office_settle(o);
	for (size_t i = 0; i < o->n; i++)
		assert_int_equal(desk_county(&o->pc[i], "resident", wang), COUNTY_AT_COUNTY);
	desk_close(&other);
}

static void county__gets_no_double__everybody_has_a_line(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02"), *visit = desk_followup(&o->pc[1], wang, 152);

	office_settle(o);
	for (unsigned round = 0; round < 2; round++)
		for (size_t i = 0; i < o->n; i++)
			desk_syncs(&o->pc[i]);
	office_settle(o);
	assert_int_equal(fake_version_of(&o->county, "Patient", wang), 1);
	assert_int_equal(fake_version_of(&o->county, "QuestionnaireResponse", visit), 1);
	desk_change(&o->pc[2], "resident", wang, "phone", "\"10050000048\"");
	office_settle(o);
	for (size_t i = o->n; i-- > 0;)
		desk_syncs(&o->pc[i]);
	office_settle(o);
	assert_int_equal(fake_version_of(&o->county, "Patient", wang), 2);
	for (size_t i = 0; i < o->n; i++) {
		assert_int_equal(desk_county(&o->pc[i], "resident", wang), COUNTY_AT_COUNTY);
		desk_invariants(&o->pc[i]);
	}
}

/* The hospital edits what the hub brought there; the author, who comes online later, does not overwrite it. */
static void county__keeps_the_hospitals_edit(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");

	office_settle(o);
	desk_syncs(&o->pc[0]);
	fake_edit(&o->county, "Patient", wang, "birthDate", "\"1950-01-05\"");
	desk_change(&o->pc[1], "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(&o->pc[1]);
	assert_int_equal(o->pc[1].fig.conflicts, 0);
	desk_syncs(&o->pc[1]);
	{
		AUTO_JSON struct json_object *p = fake_get(&o->county, "Patient", wang);

		assert_string_equal(json_text(p, "birthDate"), "1950-01-05");
	}
	office_settle(o);
	desk_syncs(&o->pc[0]);
	office_settle(o);
	for (size_t i = 0; i < o->n; i++) {
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "birth_date"), "1950-01-05");
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "phone"), "10050000048");
	}
}

static void county__refuses__the_author_hears_it(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");

	office_settle(o);
	snprintf(o->county.refuse_id, sizeof(o->county.refuse_id), "%s", wang);
	desk_syncs(&o->pc[0]);
	assert_int_equal(o->pc[0].fig.rejected, 1);
	office_settle(o);
	assert_int_equal(desk_county(&o->pc[1], "resident", wang), COUNTY_REFUSED);
}

/* Somebody at a computer without a line of its own asks the county; what it decides comes back by the hub. */
static void dispute__ends__the_county_decided(void **state)
{
	struct office *o = *state;
	struct desk *d = &o->pc[2];
	char wang[RECORD_ID_MAX + 1], task[RECORD_ID_MAX + 1];

	snprintf(wang, sizeof(wang), "%s", desk_resident(&o->pc[1], "王小明", "1950-01-02"));
	office_settle(o);
	desk_syncs(&o->pc[0]);
	desk_change(&o->pc[1], "resident", wang, "birth_date", "\"1950-01-03\"");
	desk_change(d, "resident", wang, "birth_date", "\"1950-01-04\"");
	office_settle(o);
	assert_int_equal(d->fig.conflicts, 1);
	assert_ok(conflict_send(&d->app, 1, "身份证在县里", &d->err), &d->err);
	office_settle(o);
	desk_syncs(&o->pc[0]);
	snprintf(task, sizeof(task), "%s", fake_nth(&o->county, "Task", 0));
	fake_edit(&o->county, "Patient", wang, "birthDate", "\"1950-01-06\"");
	fake_edit(&o->county, "Task", task, "status", "\"completed\"");
	desk_syncs(&o->pc[0]);
	office_settle(o);
	assert_int_equal(d->fig.conflicts, 0);
	for (size_t i = 0; i < o->n; i++)
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "birth_date"), "1950-01-06");
	assert_int_equal(d->fig.waiting, 0);
	desk_syncs(&o->pc[0]);
	assert_int_equal(fake_version_of(&o->county, "Patient", wang), 3);
}

/* ---- the hub dies -------------------------------------------------------------------------------------------------------- */

static void hub__dies__nothing_is_lost(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02"), *late, *later;

	office_settle(o);
	late = desk_followup(&o->pc[1], wang, 152); /* only here */
	o->wire[1].hub = o->wire[2].hub = NULL;
	assert_false(office_round(o, 1));
	assert_int_equal(o->pc[1].err.code, ERR_NETWORK);
	later = desk_followup(&o->pc[2], wang, 149);
	office_promote(o, 2);
	office_settle(o);
	for (size_t i = 1; i < o->n; i++) {
		assert_true(desk_has(&o->pc[i], "followup", late));
		assert_true(desk_has(&o->pc[i], "followup", later));
	}
	desk_syncs(&o->pc[2]);
	assert_int_equal(fake_count(&o->county, "QuestionnaireResponse"), 2);
	office_settle(o);
	assert_int_equal(desk_county(&o->pc[1], "followup", late), COUNTY_AT_COUNTY);
	assert_int_equal(o->pc[1].fig.conflicts + o->pc[2].fig.conflicts, 0);
}

/* To join another hub with the same records moves nothing but the answers. */
static void new_hub__makes_no_versions(void **state)
{
	struct office *o = *state;
	const char *wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;

	office_settle(o);
	office_promote(o, 2);
	office_settle(o);
	assert_ok(record_load(&o->pc[1].app, KIND_RESIDENT, wang, &mem, &rec, &o->pc[1].err), &o->pc[1].err);
	assert_int_equal(rec->meta.revision, 1);
}

static int64_t waiting_for_hub(struct app *app)
{
	struct stmt *st, *of;
	struct err err;
	int64_t n;

	assert_ok(stmt_adhoc(app->db, "SELECT count(*) FROM outbox o JOIN sync_remote r ON r.id = o.remote AND r.kind = 'hub'", &st, &err),
		&err);
	of = st;
	assert_ok(stmt_value(st, &n, 0, &err), &err);
	stmt_free(of);
	return n;
}

static void role__is_refused__wrong_state(void **state)
{
	struct office *o = *state;
	char code[HUB_CODE];
	struct hub_state h;
	struct err err;

	assert_refused(hub_become(&o->pc[1].app, false, &err), &err, ERR_WRONG_STATE);
	assert_refused(hub_invite(&o->pc[1].app, code, &err), &err, ERR_WRONG_STATE);
	assert_ok(hub_state(&o->pc[1].app, &h, &err), &err);
	assert_int_equal(h.role, HUB_MEMBER);
	assert_ok(hub_state(&o->pc[0].app, &h, &err), &err);
	assert_int_equal(h.role, HUB_SELF);
	assert_ok(hub_leave(&o->pc[1].app, &err), &err);
	assert_ok(hub_leave(&o->pc[1].app, &err), &err);
	assert_ok(hub_state(&o->pc[1].app, &h, &err), &err);
	assert_int_equal(h.role, HUB_NONE);
	desk_resident(&o->pc[1], "王小明", "1950-01-02"); /* nothing is written down for nobody */
	assert_int_equal(waiting_for_hub(&o->pc[1].app), 0);
	assert_false(office_round(o, 1));
	assert_int_equal(o->pc[1].err.code, ERR_NOT_FOUND);
}

/* ---- keys ------------------------------------------------------------------------------------------------------------------ */

static void key__opens__until_shut_out(void **state)
{
	struct office *o = *state;
	struct app *hub = &o->pc[0].app;
	char key[HUB_KEY_TEXT], second[HUB_KEY_TEXT];
	int64_t client, seen;
	struct err err;

	assert_ok(hub_client_key(hub, "pc123456", key, &err), &err);
	assert_ok(hub_client_of_key(hub, key, &client, &seen, &err), &err);
	assert_true(client > 0 && seen == 0);
	assert_ok(hub_client_seen(hub, client, seen, &err), &err);
	assert_ok(hub_client_of_key(hub, key, &client, &seen, &err), &err);
	assert_int_equal(seen, o->pc[0].now);
	o->pc[0].now += 59000;
	assert_ok(hub_client_seen(hub, client, seen, &err), &err); /* not noted: a minute has not passed */
	assert_ok(hub_client_of_key(hub, key, &client, &seen, &err), &err);
	assert_int_equal(seen, o->pc[0].now - 59000);
	assert_ok(hub_client_of_key(hub, "0000", &client, &seen, &err), &err);
	assert_int_equal(client, 0);
	assert_ok(hub_client_key(hub, "pc123456", second, &err), &err); /* joined again: the old key is void */
	assert_ok(hub_client_of_key(hub, key, &client, &seen, &err), &err);
	assert_int_equal(client, 0);
	assert_ok(hub_shut_out(hub, "pc123456", &err), &err);
	assert_ok(hub_client_of_key(hub, second, &client, &seen, &err), &err);
	assert_int_equal(client, 0);
	assert_refused(hub_shut_out(hub, "nobody", &err), &err, ERR_NOT_FOUND);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, open_office, close_office)
	const struct CMUnitTest tests[] = {
		CASE(store__answers__table),
		CASE(store__pages__whole),
		CASE(store__answers__bounded),
		CASE(record__reaches_all__from_any),
		CASE(edits__are_merged__different_fields),
		CASE(dispute__arises_once__same_field),
		CASE(round__is_one_question__nothing_new),
		CASE(line__loses__anything),
		CASE(foreign_elements__stay__through_edits),
		CASE(county__says_it__by_the_hub),
		CASE(author__travels_on__by_the_hub),
		CASE(county__says_it__of_somebody_elses_records),
		CASE(county__gets_no_double__everybody_has_a_line),
		CASE(county__keeps_the_hospitals_edit),
		CASE(dispute__ends__the_county_decided),
		CASE(county__refuses__the_author_hears_it),
		CASE(hub__dies__nothing_is_lost),
		CASE(new_hub__makes_no_versions),
		CASE(role__is_refused__wrong_state),
		CASE(key__opens__until_shut_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
