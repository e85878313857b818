/* Two files of one person: found, made one, made two again, with nothing lost on the way. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/merging.h"
#include "app/service/search.h"

/* ---- helpers -------------------------------------------------------------------------------------------------------- */

static struct record *load(struct test_clinic *c, const char *kind, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, kind_by_name(kind)->id, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

static const char *text(struct test_clinic *c, const char *kind, const char *id, const char *key)
{
	const char *s = record_text(load(c, kind, id), key);

	return s ? s : "";
}

struct two {
	const char *a, *b; /* a has the smaller id */
};

static struct two two_files(struct test_clinic *c)
{
	return (struct two){
		clinic_save(c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村','phone':'10000002201',"
					   "'drug_allergy':['1'],'nickname':'阿兰','past_disease':[{'code':'1'}]}"),
		clinic_save(c, "resident", "{'name':'陈桂兰','id_number':'350299195507150047','village':'上坂村','phone':'10000002202',"
					   "'drug_allergy':['2'],'card_no':'CARD-1234567','past_disease':[{'code':'2','diagnosed':'2019'}]}"),
	};
}

static struct merge_result merged(struct test_clinic *c, const char *keep, const char *other, const char *take)
{
	struct merge_request q = { .keep = keep, .other = other, .take = &take, .n_take = take != NULL };
	struct merge_result m;

	assert_ok(residents_merge(&c->app, &q, &m, &c->err), &c->err);
	return m;
}

static int64_t at(struct test_clinic *c, const char *kind, const char *resident)
{
	return clinic_count(c, arena_printf(&c->mem,
		"SELECT count(*) FROM record r JOIN record p ON p.id = r.resident WHERE r.kind = %d AND p.uid = '%s'",
		(int)kind_by_name(kind)->id, resident));
}

static const char *found(struct test_clinic *c, const char *what)
{
	struct search_result r;

	assert_ok(search_find(&c->app, what, 0, 5, &c->mem, &r, &c->err), &c->err);
	return r.n == 1 ? r.v[0].id : arena_printf(&c->mem, "%zu found", r.n);
}

/* ---- merging ---------------------------------------------------------------------------------------------------------- */

static void merge__keeps__the_smaller_id_and_the_chosen_values(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	struct merge_result m = merged(c, t.b, t.a, "phone");
	struct record *s = load(c, "resident", t.a);

	assert_string_equal(m.survivor, t.a);
	assert_string_equal(m.merged, t.b);
	assert_string_equal(record_text(s, "phone"), "10000002201");              /* taken from the other */
	assert_string_equal(record_text(s, "id_number"), "350299195507150047"); /* keep's */
	assert_string_equal(record_text(s, "nickname"), "阿兰");                   /* a gap filled */
	assert_int_equal(load(c, "resident", t.b)->meta.state, RECORD_MERGED);
	assert_string_equal(text(c, "resident", t.b, "replaced_by"), t.a);
	assert_int_equal(record_get(s, "replaces")->n_items, 1);
	clinic_check(c);
}

static void merge__never_loses__an_allergy_or_a_disease(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	const struct value *diseases;

	merged(c, t.a, t.b, NULL); /* a says: no allergy, no disease */
	assert_string_equal(text(c, "resident", t.a, "drug_allergy"), "2");
	diseases = record_get(load(c, "resident", t.a), "past_disease");
	assert_int_equal(diseases->n_items, 1);
	assert_true(record_is(diseases->items[0], "code", "2"));
}

static void merge__leads__everything_to_the_survivor(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	char id[RECORD_ID_MAX + 1];

	clinic_save(c, "visit", "{'resident':'%s','date':'2026-10-02','status':'finished'}", t.b);
	merged(c, t.a, t.b, NULL);
	assert_int_equal(at(c, "visit", t.a), 1);
	assert_int_equal(at(c, "visit", t.b), 0);
	assert_string_equal(found(c, "陈桂兰"), t.a);                 /* once */
	assert_string_equal(found(c, "350299195507150047"), t.a);
	assert_string_equal(record_survivor_id(&c->app, t.b, id), t.a);
	/* a new record about the merged file goes to the survivor; one that travels with the old subject stands there too */
	clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-02','status':'finished'}", t.b);
	assert_int_equal(at(c, "visit", t.a), 2);
	clinic_check(c);
}

static void merge__joins__a_double_roster(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	const char *first = clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", t.b);
	const char *later = clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2024-01-02'}", t.a);
	struct merge_result m = merged(c, t.a, t.b, NULL);

	assert_int_equal(m.rosters_joined, 1);
	assert_string_equal(text(c, "enrolment", first, "status"), "active");
	assert_string_equal(text(c, "enrolment", later, "status"), "ended");
	assert_string_equal(text(c, "enrolment", later, "end_reason"), "6");
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM due WHERE task = 'followup'"), 1);
}

/* One of the files knew of the death. */
static void merge__ends__what_the_death_ends(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	const char *roster = clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", t.a);
	struct merge_result m;

	clinic_save(c, "resident", "{'id':'%s','revision':1,'died_on':'2026-08-03'}", t.b);
	merged(c, t.a, t.b, "status");
	assert_string_equal(text(c, "resident", t.a, "died_on"), "2026-08-03");
	assert_string_equal(text(c, "enrolment", roster, "status"), "ended");
	assert_string_equal(text(c, "enrolment", roster, "ended_on"), "2026-08-03");
	assert_ok(residents_unmerge(&c->app, t.b, "两个人", &m, &c->err), &c->err);
	assert_string_equal(text(c, "enrolment", roster, "status"), "active");
	assert_string_equal(text(c, "resident", t.a, "died_on"), "");
}

static void merge__refuses__what_cannot_be(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	const char *other = clinic_save(c, "resident", "{'name':'陈桂兰','id_number':'350299195507150063'}"), *no = "no_such";
	struct merge_request same = { .keep = t.a, .other = t.a }, numbers = { .keep = t.b, .other = other },
			     field = { .keep = t.a, .other = t.b, .take = &no, .n_take = 1 }, again = { .keep = t.a, .other = t.b };
	struct merge_result m;

	assert_refused(residents_merge(&c->app, &same, &m, &c->err), &c->err, ERR_INCONSISTENT);
	assert_refused(residents_merge(&c->app, &numbers, &m, &c->err), &c->err, ERR_NEEDS_CONFIRMATION);
	assert_refused(residents_merge(&c->app, &field, &m, &c->err), &c->err, ERR_UNKNOWN_FIELD);
	merged(c, t.a, t.b, NULL);
	assert_refused(residents_merge(&c->app, &again, &m, &c->err), &c->err, ERR_WRONG_STATE);
	assert_refused(residents_unmerge(&c->app, t.a, "", &m, &c->err), &c->err, ERR_REQUIRED);
	assert_refused(residents_unmerge(&c->app, other, "why", &m, &c->err), &c->err, ERR_WRONG_STATE);
	{
		struct save_result r;

		assert_refused(records_void(&c->app, kind_by_name("resident"), t.a, "错", &c->mem, &r, &c->err), &c->err, ERR_WRONG_STATE);
		assert_refused(records_void(&c->app, kind_by_name("resident"), t.b, "错", &c->mem, &r, &c->err), &c->err, ERR_WRONG_STATE);
	}
	numbers.keep = t.a;
	numbers.confirmed = true;
	assert_ok(residents_merge(&c->app, &numbers, &m, &c->err), &c->err);
	assert_string_equal(found(c, "350299195507150063"), t.a); /* the number of the file that went stays known */
	clinic_check(c);
}

/* ---- two again ---------------------------------------------------------------------------------------------------------- */

static void unmerge__restores__both_histories_whole(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	const char *roster = clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2024-01-02'}", t.a);
	struct record *a = load(c, "resident", t.a), *b = load(c, "resident", t.b), *after;
	struct merge_result m;

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", t.b);
	clinic_save(c, "visit", "{'resident':'%s','date':'2026-10-02','status':'finished'}", t.b);
	merged(c, t.b, t.a, NULL);
	assert_ok(residents_unmerge(&c->app, t.a, "两个人", &m, &c->err), &c->err);
	after = load(c, "resident", t.a);
	for (size_t i = 0; i < a->form->n_fields; i++)
		assert_case(value_equal(&a->values[i], &after->values[i]), i, a->form->fields[i].key);
	after = load(c, "resident", t.b);
	for (size_t i = 0; i < b->form->n_fields; i++)
		assert_case(value_equal(&b->values[i], &after->values[i]), i, b->form->fields[i].key);
	assert_int_equal(after->meta.state, RECORD_ACTIVE);
	assert_int_equal(at(c, "visit", t.b), 1);
	assert_int_equal(at(c, "visit", t.a), 0);
	assert_string_equal(text(c, "enrolment", roster, "status"), "active");
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM due WHERE task = 'followup'"), 2);
	clinic_check(c);
}

static void unmerge__keeps__what_was_written_since(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	struct merge_result m;

	merged(c, t.a, t.b, NULL);
	clinic_save(c, "resident", "{'id':'%s','revision':2,'address':'桥头12号'}", t.a);
	clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-02','status':'finished'}", t.a);
	assert_ok(residents_unmerge(&c->app, t.b, "两个人", &m, &c->err), &c->err);
	assert_string_equal(text(c, "resident", t.a, "address"), "桥头12号");
	assert_string_equal(text(c, "resident", t.a, "id_number"), "");
	assert_int_equal(at(c, "visit", t.a), 1); /* written about the survivor: his */
}

static void merge__chains__and_parts_in_the_middle(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	const char *third = clinic_save(c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15'}");
	struct merge_result m;

	clinic_save(c, "visit", "{'resident':'%s','date':'2026-10-02','status':'finished'}", third);
	merged(c, t.b, third, NULL); /* third -> b */
	merged(c, t.a, t.b, NULL);   /* b -> a */
	assert_int_equal(at(c, "visit", t.a), 1);
	assert_ok(residents_unmerge(&c->app, t.b, "两个人", &m, &c->err), &c->err);
	assert_int_equal(at(c, "visit", t.b), 1); /* what is behind b goes with it */
	assert_ok(residents_unmerge(&c->app, third, "两个人", &m, &c->err), &c->err);
	assert_int_equal(at(c, "visit", third), 1);
	clinic_check(c);
}

/* The link may come from the county before the file that it leads to. */
static void link__waits__for_its_target(void **state)
{
	struct test_clinic *c = *state;
	const char *b = clinic_save(c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15'}");
	struct record *gone = load(c, "resident", b), *target = record_copy(&c->mem, gone);
	struct put put = { .kind = KIND_RESIDENT, .rec = gone, .base_revision = 1 }, late = { .kind = KIND_RESIDENT, .rec = target };
	AUTO_WORK struct work w = { 0 };

	clinic_save(c, "visit", "{'resident':'%s','date':'2026-10-02','status':'finished'}", b);
	gone->meta.state = RECORD_MERGED;
	record_set_text(gone, "replaced_by", "01-comes-later");
	target->meta = (struct record_meta){ .id = "01-comes-later" };
	assert_ok(work_begin(&w, &c->app, &c->err), &c->err);
	assert_ok(record_put(&c->app, &put, &c->err), &c->err);
	assert_ok(record_put(&c->app, &late, &c->err), &c->err);
	assert_ok(work_commit(&w, &c->err), &c->err);
	assert_int_equal(at(c, "visit", "01-comes-later"), 1);
}

/* ---- the sweep -------------------------------------------------------------------------------------------------------------- */

static size_t pairs(struct test_clinic *c, enum duplicate_reason *first)
{
	AUTO_FREE struct duplicate_pair *v = NULL;
	struct sweep s = { .after = 0 };
	bool more = true;
	size_t n;

	while (more)
		assert_ok(duplicates_sweep(&c->app, &s, &more, &c->err), &c->err);
	assert_ok(duplicates_pairs(&c->app, 0, &v, &n, &c->err), &c->err);
	while (n && v[n - 1].merged)
		n--;
	*first = n ? v[0].reason : DUPLICATE_ID;
	return n;
}

static void sweep__finds__each_kind_of_pair(void **state)
{
	static const struct {
		const char *a, *b;
		size_t n;
		enum duplicate_reason reason;
	} cases[] = {
		{ "'sex':'2','birth_date':'1955-07-15','village':'上坂村'", "'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村'", 1, DUPLICATE_NAME },
		{ "'sex':'2','birth_date':'1955-07-15','village':'上坂村'", "'name':'陈贵兰','sex':'2','birth_date':'1955-07-15','village':'上坂村'", 1, DUPLICATE_SIMILAR },
		{ "'sex':'2','birth_date':'1955-07-15','village':'上坂村'", "'name':'陈桂兰','sex':'2','birth_date':'1955-07-15'", 0, DUPLICATE_ID },
		{ "'sex':'2','birth_date':'1955-07-15'", "'name':'陈桂兰','sex':'1','birth_date':'1955-07-15'", 0, DUPLICATE_ID },
		{ "'sex':'2','birth_date':'1955-07-15'", "'name':'林美玉','sex':'2','birth_date':'1955-07-15'", 0, DUPLICATE_ID },
		{ "'sex':'2','birth_date':'1955-07-15','phone':'10000002201'", "'name':'陈桂兰','sex':'2','birth_date':'1955-07-16','phone':'10000002201'", 1, DUPLICATE_PHONE },
		{ "'sex':'2','birth_date':'1955-07-15','phone':'10000002201'", "'name':'陈阿水','sex':'1','birth_date':'1950-01-16','phone':'10000002201'", 0, DUPLICATE_ID },
		{ "'id_number':'350299195507150047'", "'name':'陈桂兰','id_number':'350299195507150063'", 0, DUPLICATE_ID },
		{ "'sex':'2','birth_date':'2026-07-15','birth_order':1", "'name':'陈桂兰','sex':'2','birth_date':'2026-07-15','birth_order':2", 0, DUPLICATE_ID },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct test_clinic c;
		enum duplicate_reason reason;
		size_t n;

		clinic_start(&c);
		clinic_save(&c, "resident", "{'name':'陈桂兰',%s}", cases[i].a);
		clinic_save(&c, "resident", "{%s}", cases[i].b);
		n = pairs(&c, &reason);
		clinic_stop(&c);
		assert_case(n == cases[i].n && reason == cases[i].reason, i, cases[i].b);
	}
}

/* A number that somebody had before, or that was typed for him by mistake. */
static void duplicates__asks__about_a_number_of_before(void **state)
{
	struct test_clinic *c = *state;
	const char *id = clinic_save(c, "resident", "{'name':'陈桂兰','id_number':'350299195507150047'}");
	struct duplicate_query q = { .id_number = "350299195507150047", .name = "陈阿兰" };
	enum duplicate_reason reason;
	struct duplicates d;

	clinic_save(c, "resident", "{'id':'%s','revision':1,'id_number':'350299195507150063'}", id);
	assert_ok(duplicates_find(&c->app, &q, &c->mem, &d, &c->err), &c->err);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.v[0].reason, DUPLICATE_OLD_NUMBER);
	clinic_save(c, "resident", "{'name':'陈阿兰','id_number':'350299195507150047'}"); /* hers: it was mistyped */
	assert_int_equal(pairs(c, &reason), 0);
}

static void sweep__looks_again__only_at_what_changed(void **state)
{
	struct test_clinic *c = *state;
	struct two t = two_files(c);
	enum duplicate_reason reason;

	assert_int_equal(pairs(c, &reason), 1);
	assert_ok(duplicates_are_two(&c->app, record_row(&c->app, KIND_RESIDENT, t.a), record_row(&c->app, KIND_RESIDENT, t.b),
			  &c->err), &c->err);
	assert_int_equal(pairs(c, &reason), 0);
	clinic_save(c, "resident", "{'id':'%s','revision':1,'address':'桥头'}", t.a);
	assert_int_equal(pairs(c, &reason), 0); /* decided stays decided */
	clinic_save(c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村'}");
	assert_int_equal(pairs(c, &reason), 2);
	merged(c, t.a, t.b, NULL);
	assert_int_equal(pairs(c, &reason), 1); /* a merged file is in no pair */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(merge__keeps__the_smaller_id_and_the_chosen_values, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(merge__never_loses__an_allergy_or_a_disease, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(merge__leads__everything_to_the_survivor, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(merge__joins__a_double_roster, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(merge__ends__what_the_death_ends, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(merge__refuses__what_cannot_be, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(unmerge__restores__both_histories_whole, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(unmerge__keeps__what_was_written_since, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(merge__chains__and_parts_in_the_middle, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(link__waits__for_its_target, clinic_setup, clinic_teardown),
		cmocka_unit_test(sweep__finds__each_kind_of_pair),
		cmocka_unit_test_setup_teardown(duplicates__asks__about_a_number_of_before, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(sweep__looks_again__only_at_what_changed, clinic_setup, clinic_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
