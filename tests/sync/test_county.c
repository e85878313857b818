/* Rounds with a county that writes too: its edits, answers and patients, and a second laptop. */
#include "desk_scene.h"

#include "app/base/json.h"
#include "db/db_int.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"
#include "sync/sync_int.h"

#ifndef SERVER_GIVES_IDS
#define SERVER_GIVES_IDS false /* test_county_posts.c runs all of it the other way */
#endif

enum { COUNTY = 1 }; /* the remote that every clinic has */

/* A patient of another program, with further members of JSON (",..."). */
static void stranger(struct fake_fhir *county, const char *id, const char *given, const char *more)
{
	AUTO_SBUF struct sbuf doc = SBUF_INIT;

	sbuf_addf(&doc, "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"gender\":\"female\",\"birthDate\":\"1948-07\","
			"\"name\":[{\"use\":\"usual\",\"family\":\"林\",\"given\":[\"%s\"]}]%s}", id, given, more);
	fake_put(county, doc.s);
}

/* ---- the county writes too ---------------------------------------------------------------------------------------- */

static void round__takes_a_strangers_patient__and_keeps_its_elements(void **state)
{
	SCENE(state);
	AUTO_JSON struct json_object *doc = NULL;

	stranger(county, "county-77", "秀英", ",\"multipleBirthInteger\":2,"
		"\"extension\":[{\"url\":\"http://county/support\",\"valueString\":\"低保\"}]");
	desk_syncs(d);
	assert_int_equal(d->fig.pulled, 1);
	assert_string_equal(desk_field(d, "resident", "county-77", "name"), "林秀英");
	assert_int_equal(desk_county(d, "resident", "county-77"), COUNTY_AT_COUNTY);
	desk_change(d, "resident", "county-77", "phone", "\"10050000048\"");
	desk_syncs(d);
	doc = fake_get(county, "Patient", "county-77");
	assert_string_equal(doc_text(doc, "telecom{system=phone}.value"), "10050000048");
	assert_string_equal(doc_text(doc, "extension{url=http://county/support}.valueString"), "低保");
	assert_string_equal(doc_text(doc, "name{use=usual}.family"), "林");
	assert_int_equal(json_int(doc, "multipleBirthInteger", 0), 2);
	desk_change(d, "resident", "county-77", "phone", "\"10050000050\""); /* the second edit starts from the grafted one */
	desk_syncs(d);
	json_object_put(doc);
	doc = fake_get(county, "Patient", "county-77");
	assert_string_equal(doc_text(doc, "extension{url=http://county/support}.valueString"), "低保");
	assert_int_equal(json_int(doc, "multipleBirthInteger", 0), 2);
	assert_string_equal(doc_text(doc, "telecom{system=phone}.value"), "10050000050");
	desk_invariants(d);
}

static void round__takes_the_countys_edit__nothing_unsent_here(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	desk_syncs(d);
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(d);
	assert_int_equal(d->fig.pulled, 1);
	assert_int_equal(d->fig.pushed, 0);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-03");
	assert_int_equal(fake_version_of(county, "Patient", wang), 2);
}

static void round__merges__both_changed_different_things(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	AUTO_JSON struct json_object *doc = NULL;

	desk_syncs(d);
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(d->fig.waiting, 0);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-03");
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
	doc = fake_get(county, "Patient", wang);
	assert_string_equal(doc_text(doc, "birthDate"), "1950-01-03");
	assert_string_equal(doc_text(doc, "telecom{system=phone}.value"), "10050000048");
	desk_invariants(d);
}

static void race(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	const char *wang = ctx;

	if (strcmp(req->method, "POST") != 0)
		return;
	f->meanwhile = NULL;
	fake_edit(f, "Patient", wang, "birthDate", "\"1950-01-03\"");
}

/* The county's edit lands between our last look and our bundle: 412, or 409 as HAPI says. */
static void round__merges_on_a_stale_version__412_and_409(void **state)
{
	static const int statuses[] = { 412, 409 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(statuses); i++) {
		void *own = NULL;

		desk_scene_open(&own);
		{
			SCENE(&own);
			char wang[64];

			snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
			county->conflict_status = statuses[i];
			desk_syncs(d);
			desk_change(d, "resident", wang, "phone", "\"10050000048\"");
			desk_resident(d, "李四", "1960-05-06");
			county->meanwhile = race;
			county->meanwhile_ctx = wang;
			desk_syncs(d);
			assert_int_equal(d->fig.waiting, 0);
			assert_int_equal(d->fig.conflicts, 0);
			assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-03");
			assert_int_equal(fake_version_of(county, "Patient", wang), 3);
			assert_int_equal(fake_count(county, "Patient"), 2);
			desk_invariants(d);
		}
		desk_scene_close(&own);
	}
}

/* What the county refuses is what it was sent, not what a person made of it while that was on its way: the last of several. */
static void is_put_right(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	static unsigned n;
	char phone[16];

	if (strcmp(req->method, "POST") != 0 || !strstr(req->body, f->refuse_id))
		return;
	snprintf(phone, sizeof(phone), "\"1005000%04u\"", ++n % 10000);
	desk_change(ctx, "resident", f->refuse_id, "phone", phone);
}

static void round__sends_it__corrected_while_it_was_refused(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	snprintf(county->refuse_id, sizeof(county->refuse_id), "%s", wang);
	county->meanwhile = is_put_right;
	county->meanwhile_ctx = d;
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 1);
	county->meanwhile = NULL;
	county->refuse_id[0] = '\0';
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "Patient", wang), 1);
	desk_invariants(d);
}

static void saved_while_asked(struct fake_fhir *f, const struct http_request *req, void *ctx)
{
	if (!strstr(req->url, "/AllergyIntolerance?_id=") && !strstr(req->url, "/AllergyIntolerance?identifier="))
		return;
	f->meanwhile = NULL;
	desk_change(ctx, "resident", "county-77", "nickname", "\"阿秀\"");
}

/* Somebody saves between the making of a bundle and its sending, while the county is asked what it has of derived resources. */
static void round__sends_what_was_saved_meanwhile__derived_were_asked_for(void **state)
{
	SCENE(state);
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	stranger(county, "county-77", "秀英", "");
	desk_syncs(d);
	desk_change(d, "resident", "county-77", "drug_allergy", "[\"2\"]");
	county->meanwhile = saved_while_asked;
	county->meanwhile_ctx = d;
	desk_syncs(d);
	assert_null(county->meanwhile);
	assert_int_equal(d->fig.waiting, 0);
	doc = fake_get(county, "Patient", "county-77");
	json_write(&text, doc);
	assert_non_null(strstr(text.s, "阿秀"));
	assert_string_equal(desk_field(d, "resident", "county-77", "nickname"), "阿秀");
	desk_invariants(d);
}

/* Changed here is one that names another who is not there. */
static void names_a_stranger(struct desk *d, struct fake_fhir *county)
{
	stranger(county, "county-77", "秀英", ",\"link\":[{\"type\":\"seealso\",\"other\":{\"reference\":\"Patient/county-78\"}}]");
	desk_syncs(d);
	desk_change(d, "resident", "county-77", "phone", "\"10050000048\"");
}

/* Half of a bundle is there and the other half on its way: who changes the first meanwhile is not to blame for what that names. */
static void round__waits__for_what_the_county_lacks_yet(void **state)
{
	SCENE(state);
	AUTO_JSON struct json_object *doc = NULL;

	names_a_stranger(d, county);
	desk_resident(d, "李四", "1960-05-06");
	desk_syncs(d);
	assert_int_equal(d->fig.rejected, 0);
	assert_int_equal(d->fig.waiting, 1);
	assert_int_equal(fake_count(county, "Patient"), 2);
	stranger(county, "county-78", "秀", "");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	doc = fake_get(county, "Patient", "county-77");
	assert_string_equal(doc_text(doc, "telecom{system=phone}.value"), "10050000048");
	desk_invariants(d);
}

/* What never comes is a matter for a person in the end. */
static void round__is_refused__what_it_names_never_comes(void **state)
{
	SCENE(state);

	names_a_stranger(d, county);
	desk_syncs(d);
	assert_int_equal(d->fig.rejected, 0);
	assert_ok(db_exec(d->app.db, "UPDATE outbox SET dangles = 500 WHERE state = 0", &d->err), &d->err);
	desk_syncs(d);
	assert_int_equal(d->fig.rejected, 1);
}

static void round__asks_a_person__deleted_at_the_county(void **state)
{
	static const int statuses[] = { 412, 404 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(statuses); i++) {
		void *own = NULL;

		desk_scene_open(&own);
		{
			SCENE(&own);
			const char *wang = desk_resident(d, "王小明", "1950-01-02");

			county->gone_status = statuses[i];
			desk_resident(d, "李四", "1960-05-06");
			desk_syncs(d);
			fake_delete(county, "Patient", wang);
			desk_change(d, "resident", wang, "phone", "\"10050000048\"");
			desk_syncs(d);
			assert_int_equal(d->fig.conflicts, 1);
			assert_ok(conflict_settle(&d->app, 1, &(struct conflict_word){ .whole = "ours" }, &d->err), &d->err);
			desk_syncs(d);
			assert_int_equal(d->fig.waiting, 0);
			assert_int_equal(fake_count(county, "Patient"), 2);
		}
		desk_scene_close(&own);
	}
}

/* Its disk was lost: asking about each of a thousand people would help nobody. */
static void round__sends_everything_anew__server_forgot_all(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	size_t there;

	desk_followup(d, wang, 152);
	desk_syncs(d);
	there = fake_count(county, NULL);
	county->gone_status = 404;
	while (fake_count(county, NULL)) {
		const char *types[] = { "Patient", "Organization", "Practitioner", "PractitionerRole", "QuestionnaireResponse",
			"Encounter", "Observation", "AllergyIntolerance", "EpisodeOfCare", "Condition", "Basic" };

		for (size_t i = 0; i < N_ELEMENTS(types); i++)
			while (fake_nth(county, types[i], 0)) {
				char id[RECORD_ID_MAX + 1];

				snprintf(id, sizeof(id), "%s", fake_nth(county, types[i], 0));
				fake_delete(county, types[i], id);
			}
	}
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_count(county, NULL), there - (SERVER_GIVES_IDS ? 2 : 0)); /* less what the check had tried */
}

static void round__takes_the_answer__referral_task(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	const char *ref = desk_save(d, "referral", "{\"resident\":\"%s\",\"direction\":\"up\",\"urgency\":\"routine\",\"date\":\"2026-11-20\","
					"\"to_org_text\":\"县医院\",\"reason\":[\"2\"],\"impression\":\"高血压\",\"present_illness\":\"两次不达标\","
					"\"consent\":\"2\"}", wang);
	char task[RECORD_ID_MAX + 1];

	desk_syncs(d);
	fhir_derived_id(ref, ROLE_TASK, task);
	assert_int_equal(fake_version_of(county, "Task", task), 1);
	fake_edit(county, "Task", task, "status", "\"accepted\"");
	desk_syncs(d);
	assert_int_equal(d->fig.pulled, 1);
	assert_string_equal(desk_field(d, "referral", ref, "status"), "accepted");
	desk_change(d, "referral", ref, "note", "\"家属陪同\"");
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "Task", task), 2); /* only the request changed */
	assert_int_equal(fake_version_of(county, "ServiceRequest", ref), 2);
	fake_edit(county, "Task", task, "status", "\"completed\"");
	desk_syncs(d);
	assert_string_equal(desk_field(d, "referral", ref, "status"), "closed");
	desk_invariants(d);
}

static void round__refuses_practice_data__real_clinic(void **state)
{
	SCENE(state);

	fake_put(county, "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\",\"name\":[{\"text\":\"练习\"}],"
			 "\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActReason\",\"code\":\"HTEST\"}]}}");
	fake_put(county, "{\"resourceType\":\"Patient\",\"id\":\"p8\",\"name\":[{\"text\":\"没有生日\"}]}");
	desk_syncs(d);
	assert_int_equal(d->fig.pulled, 0);
	assert_false(desk_has(d, "resident", "p9"));
	assert_false(desk_has(d, "resident", "p8"));
	fake_edit(county, "Patient", "p8", "birthDate", "\"1950-01-02\"");
	fake_edit(county, "Patient", "p8", "gender", "\"male\"");
	desk_syncs(d);
	assert_true(desk_has(d, "resident", "p8"));
}

static void round__misses_nothing__late_commits_and_small_pages(void **state)
{
	SCENE(state);

	county->page = 7;
	for (int i = 0; i < 60; i++) {
		AUTO_SBUF struct sbuf doc = SBUF_INIT;

		sbuf_addf(&doc, "{\"resourceType\":\"Patient\",\"id\":\"c%d\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\","
				"\"name\":[{\"text\":\"某%d\"}]}", i, i);
		if (i == 40)
			desk_syncs(d);
		county->late_ms = i % 3 == 1 ? 120000 : 0; /* visible two minutes after its time */
		fake_put(county, doc.s);
	}
	county->late_ms = 0;
	desk_syncs(d);
	for (int i = 0; i < 60; i++) {
		char id[32];

		snprintf(id, sizeof(id), "c%d", i);
		if (!desk_has(d, "resident", id))
			fail_msg("%s never came", id);
	}
}

/* A photograph of four megabytes in a Patient of the hospital's. */
static void round__passes_over__what_cannot_be_read(void **state)
{
	SCENE(state);
	AUTO_SBUF struct sbuf doc = SBUF_INIT;

	for (int i = 0; i < 30; i++) {
		sbuf_clear(&doc);
		sbuf_addf(&doc, "{\"resourceType\":\"Patient\",\"id\":\"c%d\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\","
				"\"name\":[{\"text\":\"某%d\"}]", i, i);
		if (i == 12) {
			sbuf_adds(&doc, ",\"photo\":[{\"data\":\"");
			for (int n = 0; n < 4 << 20; n += 16)
				sbuf_adds(&doc, "AAAAAAAAAAAAAAAA");
			sbuf_adds(&doc, "\"}]");
		}
		sbuf_adds(&doc, "}");
		fake_put(county, doc.s);
	}
	desk_syncs(d);
	assert_int_equal(d->fig.pulled, 29);
	assert_false(desk_has(d, "resident", "c12"));
	assert_true(desk_has(d, "resident", "c29"));
	desk_syncs(d);
	assert_int_equal(d->fig.pulled, 0);
}

/* ---- two laptops -------------------------------------------------------------------------------------------------- */

static void round__brings_two_laptops_together__same_county(void **state)
{
	SCENE(state);
	struct desk b;
	char wang[64], visit[64], allergy[RECORD_ID_MAX + 1];
	AUTO_JSON struct json_object *doc = NULL;

	desk_open(&b, county, 8);
	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	snprintf(visit, sizeof(visit), "%s", desk_followup(d, wang, 152));
	desk_syncs(d);
	desk_syncs(&b);
	assert_string_equal(desk_field(&b, "resident", wang, "name"), "王小明");
	assert_string_equal(desk_field(&b, "followup", visit, "sbp"), "152");
	assert_string_equal(desk_field(&b, "followup", visit, "class"), desk_field(d, "followup", visit, "class"));
	b.now += 5000;
	desk_change(&b, "followup", visit, "hr", "80"); /* its Observation was made by the other laptop */
	desk_syncs(&b);
	assert_int_equal(b.fig.waiting, 0);
	assert_int_equal(b.fig.conflicts, 0);
	desk_change(&b, "resident", wang, "drug_allergy", "[\"1\"]");
	desk_syncs(&b);
	fhir_derived_id(wang, ROLE_ALLERGY + 2, allergy);
	doc = fake_get(county, "AllergyIntolerance", allergy);
	assert_string_equal(doc_text(doc, "verificationStatus.coding{}.code"), "entered-in-error");
	json_object_put(doc);
	desk_syncs(d);
	assert_string_equal(desk_field(d, "followup", visit, "hr"), "80");
	doc = fake_get(county, "QuestionnaireResponse", visit);
	assert_string_equal(doc_text(doc, "status"), "completed");
	assert_int_equal(fake_count(county, "Observation"), 3);
	desk_syncs(&b);
	assert_int_equal(b.fig.pushed + b.fig.pulled, 0);
	desk_invariants(d);
	desk_invariants(&b);
	desk_close(&b);
}

/* What is written down of the county's version: the mark that its main resource bears. */
static void assert_mark_held(struct desk *d, struct fake_fhir *county, const char *id)
{
	AUTO_JSON struct json_object *doc = fake_get(county, "Patient", id);
	struct held_version held;

	assert_ok(version_load(&d->app, COUNTY, record_row(&d->app, KIND_RESIDENT, id), ROLE_MAIN, &held, &d->err), &d->err);
	assert_string_equal(held.stamp, fake_stamp_of(doc));
}

/* Ours after theirs: passed on to another computer, the version must not bear the mark of the one before. */
static void round__remembers_the_mark__of_what_it_sent(void **state)
{
	SCENE(state);
	struct desk b;
	char wang[64];

	desk_open(&b, county, 8);
	snprintf(wang, sizeof(wang), "%s", desk_resident(d, "王小明", "1950-01-02"));
	desk_syncs(d);
	desk_syncs(&b);
	assert_mark_held(&b, county, wang);
	b.now += 5000;
	desk_change(&b, "resident", wang, "nickname", "\"小明\"");
	desk_syncs(&b);
	assert_mark_held(&b, county, wang);
	b.now += 5000;
	desk_change(&b, "resident", wang, "nickname", "\"阿明\"");
	fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "POST" });
	desk_sync(&b);
	b.now += 600000;
	desk_syncs(&b);
	assert_mark_held(&b, county, wang);
	desk_syncs(d);
	assert_mark_held(d, county, wang);
	desk_close(&b);
}

/* Whatever a server answers, the sentence says whom to ask; a number stands in it only where nothing better is known. */
static void answer_error__says__what_a_status_means(void **state)
{
	static const struct {
		int status;
		const char *says;
	} cases[] = { { 302, "login first" }, { 401, "renew" }, { 403, "not allow" }, { 404, "no FHIR server" }, { 405, "cannot do" },
		{ 413, "so much at once" }, { 422, "HTTP 422" }, { 500, "fault" }, { 504, "gateway" }, { 511, "login first" } };

	(void)state;
	i18n_set_language("en");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct http_answer a = { .status = cases[i].status };
		struct err err = { 0 };

		assert_false(answer_error(&a, &err));
		assert_int_equal(err.detail, cases[i].status);
		assert_non_null(strstr(err.log, "HTTP "));
		if (!strstr(err.message, cases[i].says))
			fail_msg("%d: %s", cases[i].status, err.message);
	}
	i18n_set_language("zh");
}

static void nothing_is_there(struct fake_fhir *county)
{
	for (size_t i = county->n_orders; i < N_ELEMENTS(county->orders); i++)
		fake_order(county, (struct fake_order){ .fault = FAKE_STATUS, .status = 404 });
}

/* The county's server moved, and whatever lies at its old address knows nothing: that is no exchange. */
static void round__fails__nothing_at_the_address(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(d, "王小明", "1950-01-02");

	desk_syncs(d);
	i18n_set_language("en");
	nothing_is_there(county);
	desk_sync(d);
	assert_non_null(strstr(d->err.message, "no FHIR server"));
	county->n_orders = 0;
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "POST" });
	desk_sync(d);
	d->now += 600000;
	nothing_is_there(county); /* asked first what became of it */
	desk_sync(d);
	assert_non_null(strstr(d->err.message, "no FHIR server"));
	county->n_orders = 0;
	i18n_set_language("zh");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, desk_scene_open, desk_scene_close)
	const struct CMUnitTest tests[] = {
		T(round__takes_a_strangers_patient__and_keeps_its_elements),
		T(round__takes_the_countys_edit__nothing_unsent_here),
		T(round__merges__both_changed_different_things),
		cmocka_unit_test(round__merges_on_a_stale_version__412_and_409),
		T(round__sends_it__corrected_while_it_was_refused),
		T(round__sends_what_was_saved_meanwhile__derived_were_asked_for),
		T(round__waits__for_what_the_county_lacks_yet),
		T(round__is_refused__what_it_names_never_comes),
		cmocka_unit_test(round__asks_a_person__deleted_at_the_county),
		T(round__sends_everything_anew__server_forgot_all),
		T(round__takes_the_answer__referral_task),
		T(round__refuses_practice_data__real_clinic),
		T(round__misses_nothing__late_commits_and_small_pages),
		T(round__passes_over__what_cannot_be_read),
		T(round__brings_two_laptops_together__same_county),
		T(round__remembers_the_mark__of_what_it_sent),
		T(round__fails__nothing_at_the_address),
		cmocka_unit_test(answer_error__says__what_a_status_means),
	};

	fake_default_assigns_ids = SERVER_GIVES_IDS;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
