/* What two versions of a record both began with. */
#include "db/db_int.h"
#include "desk_scene.h"
#include "sync/sync_int.h"

static void learn(struct desk *d, int64_t row, int64_t n, const char *vector, const char *stamp)
{
	AUTO_JSON struct json_object *doc = stamp ? json_object_new_object() : NULL;
	AUTO_WORK struct work w = { 0 };
	struct vector v;

	if (stamp)
		fhir_set_stamp(doc, stamp);
	assert_true(vector_parse(&v, vector));
	assert_ok(work_begin(&w, &d->app, &d->err) && record_learn(&d->app, row, n, &v, 0, doc, &d->err) &&
		work_commit(&w, &d->err), &d->err);
}

/* Revision n of his file came from outside, and is that version. */
static void came_as(struct desk *d, int64_t row, int64_t n, const char *vector)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "UPDATE change SET origin = 1 WHERE record = %lld AND revision = %lld", (long long)row, (long long)n);
	assert_ok(db_exec(d->app.db, sql, &d->err), &d->err);
	learn(d, row, n, vector, NULL);
}

/* Only the ends of what came from several sides: what one of them contains stands in that one. */
static void commons__are_the_ends__of_what_came(void **state)
{
	static const char *const came[] = { "pc1:1", "pc1:2", "pc2:1", "pc3:1" };
	SCENE(state);
	AUTO_ARENA struct arena mem = { 0 };
	const char *li = desk_resident(d, "李四", "1951-01-02");
	int64_t row = record_row(&d->app, KIND_RESIDENT, li);
	struct vector theirs;
	struct commons c;

	(void)county;
	for (int i = 1; i < 4; i++)
		desk_change(d, "resident", li, "contact_name", i == 1 ? "\"甲\"" : i == 2 ? "\"乙\"" : "\"丙\"");
	for (int i = 0; i < 4; i++)
		came_as(d, row, i + 1, came[i]);
	assert_true(vector_parse(&theirs, "pc1:2,pc2:1,pc3:1"));
	assert_ok(record_commons(&d->app, row, &theirs, &mem, &c, &d->err), &d->err);
	assert_int_equal(c.newest, 4);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.beside[0], 3);
	assert_int_equal(c.beside[1], 2);
}

/* Another one had a version of his own, and decided for ours over it: who knows no more than the one that he gave up has not seen
 * ours. */
static void commons__are_not_what_was_passed_on__named_by_what_was_given_up(void **state)
{
	SCENE(state);
	const char *li = desk_resident(d, "李四", "1951-01-02");
	int64_t row = record_row(&d->app, KIND_RESIDENT, li), revision;
	char vector[80], stamp[64];
	struct vector theirs;

	(void)county;
	desk_change(d, "resident", li, "contact_name", "\"甲\"");
	snprintf(vector, sizeof(vector), "%s:2,pc1:7", d->app.device_code);
	snprintf(stamp, sizeof(stamp), "01a201324750-000f-%s-00000002/1", d->app.device_code);
	learn(d, row, 2, vector, stamp);
	snprintf(vector, sizeof(vector), "%s:1,pc1:7,pc2:3", d->app.device_code);
	assert_true(vector_parse(&theirs, vector));
	assert_ok(record_common(&d->app, row, &theirs, &revision, &d->err), &d->err);
	assert_int_equal(revision, 1);
	snprintf(vector, sizeof(vector), "%s:2,pc2:3", d->app.device_code);
	assert_true(vector_parse(&theirs, vector));
	assert_ok(record_common(&d->app, row, &theirs, &revision, &d->err), &d->err);
	assert_int_equal(revision, 2);
}

/* Numbers of which one more is none, or their sum: nobody wrote so often, nor so late. */
static void numbers__are_none__beyond_what_can_be(void **state)
{
	static const char *const edited[] = { "9223372036854775807", "281474976710655", "-5", "soon" };
	SCENE(state);
	struct vector v;

	assert_true(vector_parse(&v, "pc1:9007199254740991"));
	assert_false(vector_parse(&v, "pc1:9007199254740993"));
	for (size_t i = 0; i < N_ELEMENTS(edited); i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		AUTO_JSON struct json_object *doc = NULL;
		char id[16];

		snprintf(id, sizeof(id), "county-%zu", i);
		sbuf_addf(&text, "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"gender\":\"female\",\"birthDate\":\"194%zu-07-01\","
				 "\"name\":[{\"family\":\"林\",\"given\":[\"秀\"]}],\"extension\":[{\"url\":\"" FHIR_STAMP_URL "\",\"valueString\":"
				 "\"ffffffffffff-0000-pc9-00000001/1\"},{\"url\":\"" FHIR_EDITED_URL "\",\"valueString\":\"%s\"}]}",
			id, i, edited[i]);
		fake_put(county, text.s);
		desk_syncs(d);
		desk_change(d, "resident", id, "phone", "\"10050000048\"");
		desk_change(d, "resident", id, "phone", "\"10050000050\"");
		desk_syncs(d);
		doc = fake_get(county, "Patient", id);
		assert_in_range(doc_edited(doc), d->now - 86400000, d->now + 86400000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commons__are_the_ends__of_what_came, desk_scene_open, desk_scene_close),
		cmocka_unit_test_setup_teardown(commons__are_not_what_was_passed_on__named_by_what_was_given_up, desk_scene_open,
			desk_scene_close),
		cmocka_unit_test_setup_teardown(numbers__are_none__beyond_what_can_be, desk_scene_open, desk_scene_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
