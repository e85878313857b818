/* By stick and by the county at once: a version that comes from the county says what its author had before him, though some of
 * that came to him by stick. */
#include "stick_scene.h"

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/service/merging.h"
#include "sync/vector.h"

/* A has told B its telephone by stick, and has changed it since. */
static void one_is_ahead(struct scene *sc, struct desk *a, struct desk *b, char wang[RECORD_ID_MAX + 1])
{
	sc->county.now = &b->now;
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(a, "王小明", "1950-01-02"));
	desk_syncs(a);
	desk_syncs(b);
	changes(a, wang, "phone", "\"10050000048\"");
	carry(sc, a, b);
	changes(a, wang, "phone", "\"10050000050\"");
	b->now = a->now;
}

/* And B, who had it by stick, writes upon that and tells the county. */
static void other_writes_upon_it(struct scene *sc, struct desk *a, struct desk *b, char wang[RECORD_ID_MAX + 1])
{
	one_is_ahead(sc, a, b, wang);
	changes(b, wang, "nickname", "\"阿明\"");
	desk_syncs(b);
}

/* Nobody is asked: A keeps its telephone and has what was written upon it. */
static void agrees(struct desk *a, const char *wang, const char *key, const char *text)
{
	assert_int_equal(a->fig.conflicts, 0);
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000050");
	assert_string_equal(desk_field(a, "resident", wang, key), text);
}

static void county__tells_what_came_by_stick__its_author_went_on(void **state)
{
	PAIR(state);

	other_writes_upon_it(sc, a, b, wang);
	desk_syncs(a);
	agrees(a, wang, "nickname", "阿明");
	assert_true(at_county(sc, wang, "10050000050"));
	desk_syncs(b);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000050");
	desk_invariants(a);
}

/* The county hears of him only by B. */
static void county__tells_what_came_by_stick__it_was_new_there(void **state)
{
	PAIR(state);

	sc->county.now = &b->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "contact_name", "\"甲一\"");
	carry(sc, a, b);
	b->now = a->now;
	changes(b, wang, "contact_name", "\"乙二\"");
	a->now = b->now;
	changes(a, wang, "phone", "\"10050000050\"");
	b->now = a->now;
	desk_syncs(b);
	desk_syncs(a);
	agrees(a, wang, "contact_name", "乙二");
	assert_true(at_county(sc, wang, "乙二"));
	assert_true(at_county(sc, wang, "10050000050"));
	desk_invariants(a);
}

/* A third clinic, which knows of no stick, writes upon it: what its author had before him goes on. */
static void county__tells_what_came_by_stick__a_third_passes_it_on(void **state)
{
	PAIR(state);
	struct desk third;

	other_writes_upon_it(sc, a, b, wang);
	desk_open(&third, &sc->county, 77);
	third.now = b->now;
	desk_syncs(&third);
	changes(&third, wang, "contact_name", "\"丙\"");
	desk_syncs(&third);
	desk_syncs(a);
	agrees(a, wang, "contact_name", "丙");
	assert_true(at_county(sc, wang, "10050000050"));
	desk_close(&third);
}

/* C has him by stick only, as B wrote upon the county's first version; the county has A's second one by now.  Which version both
 * began with the county alone can tell. */
static void two_wrote_upon_one(struct scene *sc, struct desk *a, struct desk *b, bool stranger, char wang[RECORD_ID_MAX + 1])
{
	sc->county.now = &b->now;
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "phone", "\"10050000048\"");
	desk_syncs(a);
	desk_syncs(b);
	b->now = a->now;
	changes(a, wang, "phone", "\"10050000050\"");
	desk_syncs(a);
	if (stranger)
		fake_edit(&sc->county, "Patient", wang, "extension", "[]");
	b->now = a->now;
	changes(b, wang, "contact_name", "\"乙二\"");
	carry(sc, b, &sc->d[2]);
	sc->d[2].now = b->now;
	sc->county.n_requests = 0;
}

/* The check of the server looks for histories, too: of its own things. */
static size_t histories_asked(struct scene *sc, const char *id)
{
	char url[RECORD_ID_MAX + 32];

	snprintf(url, sizeof(url), "Patient/%s/_history", id);
	return fake_asked(&sc->county, url);
}

static void county__tells_what_both_began_with__known_by_stick_only(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_wrote_upon_one(sc, a, b, false, wang);
	desk_syncs(c);
	assert_int_equal(histories_asked(sc, wang), 1);
	agrees(c, wang, "contact_name", "乙二");
	assert_int_equal(ask(c, "SELECT count(*) FROM sync_conflict"), 0);
	assert_true(at_county(sc, wang, "10050000050"));
	assert_true(at_county(sc, wang, "乙二"));
	desk_syncs(b);
	agrees(b, wang, "contact_name", "乙二");
	desk_syncs(a);
	agrees(a, wang, "contact_name", "乙二");
	desk_invariants(c);
}

/* What a stranger wrote over A's version bears no mark: it lies over what both began with all the same. */
static void county__tells_what_both_began_with__a_stranger_wrote(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_wrote_upon_one(sc, a, b, true, wang);
	desk_syncs(c);
	agrees(c, wang, "contact_name", "乙二");
	assert_true(at_county(sc, wang, "10050000050"));
}

/* A hears of the county's first here, where a stranger has taken off the mark that says whose version of A's it was written upon. */
static void county__tells_what_both_began_with__a_stranger_took_the_mark_off(void **state)
{
	PAIR(state);

	sc->county.now = &b->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "phone", "\"10050000048\"");
	carry(sc, a, b);
	changes(a, wang, "phone", "\"10050000050\"");
	b->now = a->now + 60000;
	changes(b, wang, "nickname", "\"阿明\"");
	desk_syncs(b);
	fake_edit(&sc->county, "Patient", wang, "extension", "[]");
	fake_edit(&sc->county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(a);
	agrees(a, wang, "nickname", "阿明");
	agrees(a, wang, "birth_date", "1950-01-03");
	assert_true(at_county(sc, wang, "10050000050"));
	desk_invariants(a);
}

/* When it was asked about what came by stick it had nothing; two versions are there when that is to be made. */
static void county__tells_what_both_began_with__made_there_meanwhile(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	sc->county.now = &b->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "phone", "\"10050000048\"");
	carry(sc, a, b);
	c->now = b->now = a->now + 60000;
	changes(b, wang, "contact_name", "\"乙二\"");
	carry(sc, b, c);
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", wang);
	sc->county.refuse_status = 503;
	desk_sync(c);
	assert_false(c->ok);
	assert_int_equal(desk_county(c, "resident", wang), COUNTY_WAITING);
	sc->county.refuse_id[0] = '\0';
	desk_syncs(a);
	changes(a, wang, "phone", "\"10050000050\"");
	desk_syncs(a);
	desk_syncs(c);
	assert_int_equal(histories_asked(sc, wang), 1);
	agrees(c, wang, "contact_name", "乙二");
	assert_true(at_county(sc, wang, "10050000050"));
	desk_invariants(c);
}

/* Somebody whom a registered: what a sent did not go there, b brought it, who has it by stick; meanwhile a has changed the phone. */
static void brought_by_another(struct scene *sc, struct desk *a, struct desk *b, char wang[RECORD_ID_MAX + 1])
{
	sc->county.now = &b->now;
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(a, "王小明", "1950-01-02"));
	carry(sc, a, b);
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", wang);
	sc->county.refuse_status = 503;
	desk_sync(a);
	assert_false(a->ok);
	sc->county.refuse_id[0] = '\0';
	changes(a, wang, "phone", "\"10050000050\"");
	b->now = a->now;
	desk_syncs(b);
}

/* What was to go there once and did not, another one has brought there meanwhile: that is not what has been written here since. */
static void county__has_what_was_before__brought_by_another(void **state)
{
	PAIR(state);

	brought_by_another(sc, a, b, wang);
	changes(b, wang, "contact_name", "\"乙二\"");
	desk_syncs(b);
	a->now = b->now;
	desk_syncs(a);
	agrees(a, wang, "contact_name", "乙二");
	assert_true(at_county(sc, wang, "10050000050"));
	assert_true(at_county(sc, wang, "乙二"));
	desk_invariants(a);
}

/* A stranger left an empty mark on it: so is that of what has been saved here since, and they have nothing to do with each other. */
static void county__has_what_was_before__under_an_empty_mark(void **state)
{
	PAIR(state);

	brought_by_another(sc, a, b, wang);
	fake_edit(&sc->county, "Patient", wang, "extension", "[{\"url\":\"" FHIR_STAMP_URL "\",\"valueString\":\"\"}]");
	fake_edit(&sc->county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(a);
	assert_string_equal(desk_field(a, "resident", wang, "birth_date"), "1950-01-03");
	assert_true(at_county(sc, wang, "1950-01-03"));
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000050");
	assert_true(at_county(sc, wang, "10050000050"));
	desk_invariants(a);
}

/* It shows what is there without the number of its version: nothing can be done with that, and nothing is lost. */
static void county__tells_what_both_began_with__not_which_version_is_there(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];
	char *number;

	two_wrote_upon_one(sc, a, b, false, wang);
	number = strstr(fake_latest(&sc->county, "Patient", wang)->doc, "\"versionId\":\"");
	assert_non_null(number);
	number[strlen("\"versionId\":\"")] = '?';
	desk_sync(c);
	assert_string_equal(desk_field(c, "resident", wang, "contact_name"), "乙二");
	assert_int_not_equal(desk_county(c, "resident", wang), COUNTY_AT_COUNTY);
}

/* Theirs says again what both began with: ours goes over it, and both are kept. */
static void county__tells_what_both_began_with__it_says_so_again(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_wrote_upon_one(sc, a, b, false, wang);
	changes(a, wang, "phone", "\"10050000048\"");
	desk_syncs(a);
	c->now = b->now = a->now;
	desk_syncs(c);
	assert_int_equal(c->fig.conflicts, 0);
	assert_string_equal(desk_field(c, "resident", wang, "phone"), "10050000048");
	assert_string_equal(desk_field(c, "resident", wang, "contact_name"), "乙二");
	assert_true(at_county(sc, wang, "乙二"));
	desk_invariants(c);
}

/* C has A's third version by stick, and of the county's the first one only, which A's second has replaced there. */
static void one_is_skipped(struct scene *sc, struct desk *a, struct desk *b, char wang[RECORD_ID_MAX + 1])
{
	sc->county.now = &b->now;
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(a, "王小明", "1950-01-02"));
	desk_syncs(a);
	b->now = sc->d[2].now = a->now;
	desk_syncs(&sc->d[2]);
	changes(a, wang, "phone", "\"10050000048\"");
	b->now = a->now;
	desk_syncs(a);
	changes(a, wang, "phone", "\"10050000050\"");
	b->now = a->now;
	carry(sc, a, &sc->d[2]);
}

/* Who writes upon the second has not seen the third. */
static void county__tells_what_both_began_with__an_older_one_is_here(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	one_is_skipped(sc, a, b, wang);
	desk_syncs(b);
	changes(b, wang, "nickname", "\"阿明\"");
	desk_syncs(b);
	c->now = b->now;
	sc->county.n_requests = 0;
	desk_syncs(c);
	assert_int_equal(histories_asked(sc, wang), 1);
	agrees(c, wang, "nickname", "阿明");
	assert_int_equal(ask(c, "SELECT count(*) FROM sync_conflict"), 0);
	assert_true(at_county(sc, wang, "10050000050"));
	assert_true(at_county(sc, wang, "阿明"));
}

/* The second one itself contradicts nobody, be it of what only a person may decide. */
static void county__tells_what_both_began_with__it_is_its_own(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	sc->county.now = &b->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	desk_syncs(a);
	desk_syncs(c);
	changes(a, wang, "birth_date", "\"1950-01-03\"");
	desk_syncs(a);
	changes(a, wang, "birth_date", "\"1950-01-05\"");
	carry(sc, a, c);
	desk_syncs(c);
	assert_int_equal(c->fig.conflicts, 0);
	assert_string_equal(desk_field(c, "resident", wang, "birth_date"), "1950-01-05");
	assert_true(at_county(sc, wang, "1950-01-05"));
	desk_syncs(a);
	assert_int_equal(a->fig.conflicts, 0);
	desk_invariants(c);
}

/* A stranger wrote upon the second, and left its mark: his word is none of A's. */
static void county__tells_what_both_began_with__a_stranger_kept_the_mark(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	one_is_skipped(sc, a, b, wang);
	fake_edit(&sc->county, "Patient", wang, "birthDate", "\"1950-01-03\"");
	desk_syncs(c);
	agrees(c, wang, "birth_date", "1950-01-03");
	assert_true(at_county(sc, wang, "10050000050"));
	assert_true(at_county(sc, wang, "1950-01-03"));
}

/* A server that keeps no history: that C's is the later version says nothing, for it still has the telephone that A replaced. */
static void county__tells_what_both_began_with__it_keeps_no_history(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_wrote_upon_one(sc, a, b, false, wang);
	sc->county.no_history = true;
	desk_sync(c);
	assert_int_equal(c->fig.conflicts, 1);
	assert_string_equal(desk_field(c, "resident", wang, "phone"), "10050000050");
	assert_ok(conflict_settle(&c->app, first_conflict(c), &(struct conflict_word){ .whole = "theirs" }, &c->err), &c->err);
	desk_syncs(c);
	assert_int_equal(c->fig.waiting, 0);
	agrees(c, wang, "contact_name", "乙二");
	assert_true(at_county(sc, wang, "乙二"));
}

/* It has the second of three of A's, and C the first and the third: that one is older than ours, and nothing is asked about it. */
static void county__tells_nothing_new__one_between_ours_and_no_history(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	one_is_skipped(sc, a, b, wang);
	sc->county.no_history = true;
	desk_syncs(c);
	agrees(c, wang, "name", "王小明");
	assert_true(at_county(sc, wang, "10050000050"));
	assert_int_equal(ask(c, "SELECT count(*) FROM sync_conflict"), 0);
}

/* Nothing of the kind is asked where we have it. */
static void county__is_not_asked__what_both_began_with_is_here(void **state)
{
	PAIR(state);

	other_writes_upon_it(sc, a, b, wang);
	sc->county.n_requests = 0;
	desk_syncs(a);
	assert_int_equal(histories_asked(sc, wang), 0);
}

/* Nothing of it stands in what is kept of the county's elements, so it cannot stay when it is none any more. */
static void county__tells_what_came_by_stick__with_the_countys_own_elements(void **state)
{
	PAIR(state);

	one_is_ahead(sc, a, b, wang);
	fake_edit(&sc->county, "Patient", wang, "multipleBirthInteger", "2");
	changes(b, wang, "nickname", "\"阿明\"");
	desk_syncs(b);
	assert_true(at_county(sc, wang, FHIR_VECTOR_URL));
	desk_syncs(b);
	assert_int_equal(ask(b, "SELECT count(*) FROM sync_kept WHERE instr(doc, '" FHIR_VECTOR_URL "')"), 0);
	desk_syncs(a);
	assert_true(at_county(sc, wang, "multipleBirthInteger"));
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000050");
	assert_string_equal(desk_field(a, "resident", wang, "nickname"), "阿明");
}

/* Whose name stands in it with a number that he never reached: nobody can have had that before him. */
static void county__is_not_believed__numbers_that_never_were(void **state)
{
	PAIR(state);
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char *at;

	other_writes_upon_it(sc, a, b, wang);
	doc = fake_get(&sc->county, "Patient", wang);
	json_write(&text, doc);
	at = strstr(strstr(text.s, FHIR_VECTOR_URL), a->app.device_code);
	assert_non_null(at);
	at[strlen(a->app.device_code) + 1] = '9';
	fake_put(&sc->county, text.s);
	desk_syncs(a);
	changes(a, wang, "phone", "\"10050000052\"");
	carry(sc, a, b);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000052");
}

/* A hospital put a telephone number into his file, and kept our mark as it should; who met him only then has both, and what his
 * author wrote meanwhile without seeing that takes nothing away. */
static void county__is_not_undone__who_met_him_there_takes_his_authors_next(void **state)
{
	PAIR(state);

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "李四", "1951-01-02"));
	desk_syncs(a);
	fake_edit(&sc->county, "Patient", wang, "telecom", "[{\"system\":\"phone\",\"value\":\"10050000054\"}]");
	desk_syncs(b);
	changes(a, wang, "nickname", "\"阿四\"");
	carry(sc, a, b);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000054");
	assert_string_equal(desk_field(b, "resident", wang, "nickname"), "阿四");
	desk_syncs(b);
	desk_syncs(a);
	desk_syncs(b);
	assert_true(at_county(sc, wang, "10050000054"));
	assert_true(at_county(sc, wang, "阿四"));
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000054");
	assert_int_equal(a->fig.conflicts + b->fig.conflicts + a->fig.waiting + b->fig.waiting, 0);
}

/* Who has written alone so far had nothing before him but his own, and the mark says that; who writes upon another's says so. */
static void county__hears_what_was_before_him__where_it_is_anothers(void **state)
{
	PAIR(state);
	struct desk one, two;

	(void)b;
	(void)a;
	desk_open(&one, &sc->county, 77);
	desk_open(&two, &sc->county, 78);
	snprintf(wang, sizeof(wang), "%s", desk_resident(&one, "王小明", "1950-01-02"));
	desk_syncs(&one);
	desk_syncs(&two);
	changes(&one, wang, "phone", "\"10050000053\"");
	desk_syncs(&one);
	assert_false(at_county(sc, wang, FHIR_VECTOR_URL));
	desk_syncs(&two);
	changes(&two, wang, "nickname", "\"阿明\"");
	desk_syncs(&two);
	assert_true(at_county(sc, wang, "阿明"));
	assert_true(at_county(sc, wang, FHIR_VECTOR_URL));
	desk_close(&two);
	desk_close(&one);
}

/* A stranger adds what is in no record of ours.  Who writes upon that contains it, and who has seen no more undoes nothing of his. */
static void county__is_not_undone__a_stranger_changed_nothing_of_ours(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "phone", "\"10050000048\"");
	desk_syncs(a);
	b->now = c->now = a->now + 3600000;
	sc->county.now = &c->now;
	fake_edit(&sc->county, "Patient", wang, "photo", "[{\"contentType\":\"image/png\"}]");
	desk_syncs(c);
	desk_syncs(a);
	changes(a, wang, "phone", "\"10050000050\"");
	desk_syncs(a);
	desk_syncs(b);
	carry(sc, c, b);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000050");
}

/* A stranger took the mark off, and B met him so: what A's file says is what B began with, and nothing tells it.  A person does. */
static void stick__asks_a_person__who_met_him_without_a_mark(void **state)
{
	PAIR(state);

	sc->county.now = &a->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "contact_name", "\"甲一\"");
	desk_syncs(a);
	fake_unmark(&sc->county, "Patient", wang);
	desk_syncs(b);
	b->now = a->now - 3600000;
	changes(b, wang, "contact_name", "\"乙二\"");
	carry(sc, a, b);
	assert_int_equal(ask(b, "SELECT count(*) FROM sync_conflict WHERE state = 'open' AND keys = 'contact_name'"), 1);
	assert_string_equal(desk_field(b, "resident", wang, "contact_name"), "乙二");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(county__tells_what_came_by_stick__its_author_went_on),
		T(county__tells_what_came_by_stick__it_was_new_there),
		T(county__tells_what_came_by_stick__a_third_passes_it_on),
		T(county__tells_what_came_by_stick__with_the_countys_own_elements),
		T(county__tells_what_both_began_with__known_by_stick_only),
		T(county__tells_what_both_began_with__a_stranger_wrote),
		T(county__tells_what_both_began_with__a_stranger_took_the_mark_off),
		T(county__tells_what_both_began_with__made_there_meanwhile),
		T(county__has_what_was_before__brought_by_another),
		T(county__has_what_was_before__under_an_empty_mark),
		T(county__tells_what_both_began_with__not_which_version_is_there),
		T(county__tells_what_both_began_with__it_says_so_again),
		T(county__tells_what_both_began_with__an_older_one_is_here),
		T(county__tells_what_both_began_with__it_is_its_own),
		T(county__tells_what_both_began_with__a_stranger_kept_the_mark),
		T(county__tells_what_both_began_with__it_keeps_no_history),
		T(county__tells_nothing_new__one_between_ours_and_no_history),
		T(county__is_not_asked__what_both_began_with_is_here),
		T(county__is_not_believed__numbers_that_never_were),
		T(county__is_not_undone__who_met_him_there_takes_his_authors_next),
		T(county__is_not_undone__a_stranger_changed_nothing_of_ours),
		T(county__hears_what_was_before_him__where_it_is_anothers),
		T(stick__asks_a_person__who_met_him_without_a_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
