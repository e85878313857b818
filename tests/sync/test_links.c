/* Files of one person over two laptops and a county: the link travels, the records stay where they are. */
#include "desk_scene.h"

#include "app/base/json.h"
#include "app/service/merging.h"
#include "sync/fhir/doc.h"

/* At whom a record stands here. */
static bool stands_at(struct desk *d, enum kind_id kind, const char *id, const char *resident)
{
	char at[RECORD_ID_MAX + 1], survivor[RECORD_ID_MAX + 1];

	snprintf(at, sizeof at, "%s", desk_field(d, kind_by_id(kind)->name, id, "resident"));
	return !strcmp(record_survivor_id(&d->app, at, survivor), resident);
}

static void merge(struct desk *d, const char *keep, const char *other)
{
	struct merge_request q = { .keep = keep, .other = other };
	struct merge_result m;

	assert_ok(residents_merge(&d->app, &q, &m, &d->err), &d->err);
	assert_string_equal(m.survivor, strcmp(keep, other) < 0 ? keep : other);
}

struct people {
	char one[RECORD_ID_MAX + 1], two[RECORD_ID_MAX + 1], followup[RECORD_ID_MAX + 1];
};

/* Two files of one person, the second with a follow-up, on both laptops. */
static struct people two_files(struct desk_pair *sc)
{
	struct people p;

	snprintf(p.one, sizeof p.one, "%s", desk_resident(&sc->a, "陈桂兰", "1955-07-15"));
	snprintf(p.two, sizeof p.two, "%s", desk_resident(&sc->a, "陈贵兰", "1955-07-15"));
	snprintf(p.followup, sizeof p.followup, "%s", desk_followup(&sc->a, p.two, 150));
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_true(stands_at(&sc->b, KIND_FOLLOWUP, p.followup, p.two));
	return p;
}

/* Both join the files; a telephone that came along is put right at one of them before the other one joins them, or is sent. */
static void joined_by_both(struct desk_pair *sc, struct desk *first, struct desk *second)
{
	struct people p = two_files(sc);

	desk_change(&sc->a, "resident", p.two, "phone", "\"10050000051\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	merge(&sc->a, p.one, p.two);
	desk_change(&sc->a, "resident", p.one, "phone", "\"10050000052\"");
	sc->a.now += 86400000;
	sc->b.now += 86400000;
	merge(&sc->b, p.one, p.two);
	assert_string_equal(desk_field(&sc->b, "resident", p.one, "phone"), "10050000051");
	desk_syncs(first);
	desk_syncs(second);
	desk_syncs(first);
	assert_string_equal(desk_field(&sc->a, "resident", p.one, "phone"), "10050000052");
	assert_string_equal(desk_field(&sc->b, "resident", p.one, "phone"), "10050000052");
	assert_int_equal(first->fig.conflicts + second->fig.conflicts, 0);
}

static void merge__keeps_what_was_put_right__the_other_joins_later_and_sends_first(void **state)
{
	struct desk_pair *sc = *state;

	joined_by_both(sc, &sc->b, &sc->a);
}

static void merge__keeps_what_was_put_right__the_other_joins_later_and_sends_last(void **state)
{
	struct desk_pair *sc = *state;

	joined_by_both(sc, &sc->a, &sc->b);
}

static void merge__travels__and_nothing_is_moved(void **state)
{
	struct desk_pair *sc = *state;
	struct people p = two_files(sc);
	AUTO_JSON struct json_object *gone = NULL, *survivor = NULL;
	unsigned before = fake_version_of(&sc->county, "Patient", p.two);

	merge(&sc->a, p.one, p.two);
	desk_syncs(&sc->a);
	gone = fake_get(&sc->county, "Patient", p.two);
	survivor = fake_get(&sc->county, "Patient", p.one);
	assert_false(json_flag(gone, "active", true));
	assert_string_equal(doc_reference_id(doc_get(gone, "link{type=replaced-by}.other"), "Patient"), p.one);
	assert_string_equal(doc_reference_id(doc_get(survivor, "link{type=replaces}.other"), "Patient"), p.two);
	assert_int_equal(fake_version_of(&sc->county, "Patient", p.two), before + 1);
	desk_syncs(&sc->b);
	assert_true(stands_at(&sc->b, KIND_FOLLOWUP, p.followup, p.one)); /* its reference is as it was */
	assert_string_equal(desk_field(&sc->b, "followup", p.followup, "resident"), p.two);
	desk_invariants(&sc->a);
	desk_invariants(&sc->b);
}

static void unmerge__travels_back__from_the_other_laptop(void **state)
{
	struct desk_pair *sc = *state;
	struct people p = two_files(sc);
	struct merge_result m;

	merge(&sc->a, p.one, p.two);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_ok(residents_unmerge(&sc->b.app, p.two, "两个人", &m, &sc->b.err), &sc->b.err);
	desk_syncs(&sc->b);
	desk_syncs(&sc->a);
	assert_true(stands_at(&sc->a, KIND_FOLLOWUP, p.followup, p.two));
	assert_string_equal(desk_field(&sc->a, "resident", p.one, "name"), "陈桂兰");
	assert_string_equal(desk_field(&sc->a, "resident", p.two, "replaced_by"), "");
}

/* Both laptops merge without knowing of each other: the smaller id survives on both, so there is no ring. */
static void merge__agrees__made_on_both_sides(void **state)
{
	struct desk_pair *sc = *state;
	struct people p = two_files(sc);

	merge(&sc->a, p.one, p.two);
	merge(&sc->b, p.two, p.one);
	desk_syncs(&sc->a);
	desk_sync(&sc->b);
	desk_sync(&sc->a);
	assert_true(stands_at(&sc->a, KIND_FOLLOWUP, p.followup, p.one));
	assert_true(stands_at(&sc->b, KIND_FOLLOWUP, p.followup, p.one));
}

/* A van that has not heard of it writes about the merged file: it is found at the survivor. */
static void merge__takes__late_records(void **state)
{
	struct desk_pair *sc = *state;
	struct people p = two_files(sc);
	char late[RECORD_ID_MAX + 1];

	snprintf(late, sizeof late, "%s", desk_followup(&sc->b, p.two, 140));
	merge(&sc->a, p.one, p.two);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	desk_syncs(&sc->a);
	assert_true(stands_at(&sc->a, KIND_FOLLOWUP, late, p.one));
}

static void merge__is_taken__made_by_the_county(void **state)
{
	struct desk_pair *sc = *state;
	struct people p = two_files(sc);
	char link[200];

	snprintf(link, sizeof link, "[{\"other\":{\"reference\":\"Patient/%s\"},\"type\":\"replaced-by\"}]", p.one);
	fake_edit(&sc->county, "Patient", p.two, "link", link);
	fake_edit(&sc->county, "Patient", p.two, "active", "false");
	desk_syncs(&sc->a);
	assert_true(stands_at(&sc->a, KIND_FOLLOWUP, p.followup, p.one));
}

/* The survivor came, the merged file has not yet: one can go on with the survivor all the same. */
static void survivor__can_be_edited__the_merged_file_is_not_here(void **state)
{
	struct desk_pair *sc = *state;
	struct people p;

	snprintf(p.one, sizeof p.one, "%s", desk_resident(&sc->a, "陈桂兰", "1955-07-15"));
	snprintf(p.two, sizeof p.two, "%s", desk_resident(&sc->a, "陈贵兰", "1955-07-15"));
	desk_syncs(&sc->a);
	merge(&sc->a, p.one, p.two);
	desk_syncs(&sc->a);
	fake_delete(&sc->county, "Patient", p.two);
	desk_syncs(&sc->b);
	assert_false(desk_has(&sc->b, "resident", p.two));
	desk_change(&sc->b, "resident", p.one, "phone", "\"10050000048\"");
	assert_string_equal(desk_field(&sc->b, "resident", p.one, "phone"), "10050000048");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(merge__keeps_what_was_put_right__the_other_joins_later_and_sends_first, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(merge__keeps_what_was_put_right__the_other_joins_later_and_sends_last, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(merge__travels__and_nothing_is_moved, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(unmerge__travels_back__from_the_other_laptop, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(merge__agrees__made_on_both_sides, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(merge__takes__late_records, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(merge__is_taken__made_by_the_county, desk_pair_open, desk_pair_close),
		cmocka_unit_test_setup_teardown(survivor__can_be_edited__the_merged_file_is_not_here, desk_pair_open, desk_pair_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
