/* Households: another head, living apart, newborn and twins. */
#include "support/service/clinic.h"

#include "app/base/mem.h"
#include "app/clinic/kinship.h"
#include "app/service/households.h"
#include "app/service/newborns.h"

static struct {
	const char *home, *father, *mother, *son, *daughter, *granny;
} ids;

static int setup(void **state)
{
	static struct test_clinic c;

	clinic_start(&c);
	ids.home = clinic_save(&c, "household", "{'name':'黄水金','village':'上坂村','house':'12'}");
#define MEMBER "'village':'上坂村','house':'12','address':'上坂村12号','household':'%s','household_relation'"
	ids.father = clinic_save(&c, "resident", "{'name':'黄水金','sex':'1','birth_date':'1960-04-08'," MEMBER ":'0'}", ids.home);
	ids.mother = clinic_save(&c, "resident", "{'name':'林美玉','id_number':'350299198802030025','phone':'10000000025'," MEMBER ":'1'}", ids.home);
	ids.son = clinic_save(&c, "resident", "{'name':'黄志强','sex':'1','birth_date':'1985-01-02'," MEMBER ":'2'}", ids.home);
	ids.daughter = clinic_save(&c, "resident", "{'name':'黄丽华','sex':'2','birth_date':'1990-01-02'," MEMBER ":'3'}", ids.home);
	ids.granny = clinic_save(&c, "resident", "{'name':'陈阿妹','sex':'2','birth_date':'1938-01-02'," MEMBER ":'5'}", ids.home);
	clinic_save(&c, "household", "{'id':'%s','revision':1,'head':'%s'}", ids.home, ids.father);
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	clinic_stop(*state);
	return 0;
}

static const char *text(struct test_clinic *c, const char *kind, const char *id, const char *key)
{
	struct record *rec;

	assert_ok(record_load(&c->app, kind_by_name(kind)->id, id, &c->mem, &rec, &c->err), &c->err);
	return record_text(rec, key) ? record_text(rec, key) : "";
}

static void kinship__follows__each_new_head(void **state UNUSED)
{
	static const struct {
		const char *head, *member, *sex, *want; /* "" = cannot be told */
	} cases[] = {
		{ "1", "0", "1", "1" }, { "1", "2", "1", "2" }, { "1", "3", "2", "3" }, { "1", "4", "1", "4" }, { "1", "5", "2", "8" },
		{ "2", "0", "1", "5" }, { "2", "1", "2", "5" }, { "2", "3", "2", "7" }, { "2", "4", "1", "" },  { "2", "5", "2", "6" },
		{ "3", "0", "1", "5" }, { "3", "2", "1", "7" }, { "5", "0", "1", "2" }, { "5", "0", "2", "3" }, { "5", "1", "2", "8" },
		{ "5", "2", "1", "4" }, { "5", "5", "1", "1" }, { "5", "7", "2", "3" }, { "7", "0", "1", "7" }, { "7", "5", "2", "5" },
		{ "7", "2", "1", "8" }, { "4", "0", "1", "6" }, { "6", "6", "1", "1" }, { "8", "0", "1", "8" }, { "8", "2", "1", "" },
		{ "0", "3", "2", "3" }, { "", "3", "2", "" },   { "9", "1", "2", "" },  { "1", "x", "2", "" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *got = kinship_to(cases[i].head, cases[i].member, cases[i].sex);

		assert_case(!strcmp(got ? got : "", cases[i].want), i, got ? got : "");
	}
}

static void head__passes__to_the_wife(void **state)
{
	struct test_clinic *c = *state;

	assert_ok(household_set_head(&c->app, ids.home, ids.mother, &c->err), &c->err);
	assert_string_equal(text(c, "household", ids.home, "head"), ids.mother);
	assert_string_equal(text(c, "household", ids.home, "name"), "林美玉");
	assert_string_equal(text(c, "resident", ids.mother, "household_relation"), "0");
	assert_string_equal(text(c, "resident", ids.father, "household_relation"), "1");
	assert_string_equal(text(c, "resident", ids.son, "household_relation"), "2");
	assert_string_equal(text(c, "resident", ids.granny, "household_relation"), "8");
	clinic_check(c);
}

/* The same by the household's own form. */
static void head__changes__by_the_form(void **state)
{
	struct test_clinic *c = *state;

	clinic_save(c, "household", "{'id':'%s','revision':2,'head':'%s','name':'黄志强'}", ids.home, ids.son);
	assert_string_equal(text(c, "resident", ids.son, "household_relation"), "0");
	assert_string_equal(text(c, "resident", ids.father, "household_relation"), "5");
	assert_string_equal(text(c, "resident", ids.granny, "household_relation"), "6");
}

static void join__makes__the_head_the_head(void **state)
{
	struct test_clinic *c = *state;
	const char *who = clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02'}");
	const char *home = clinic_save(c, "household", "{'name':'张三','head':'%s'}", who);

	assert_ok(household_join(&c->app, who, home, &c->err), &c->err);
	assert_string_equal(text(c, "resident", who, "household_relation"), "0");
	assert_ok(household_join(&c->app, who, "", &c->err), &c->err);
	assert_string_equal(text(c, "resident", who, "household_relation"), "");
}

/* The son of one household is nobody's son in the next, unless he is its head. */
static void join__of_another__forgets_the_relation(void **state)
{
	struct test_clinic *c = *state;
	const char *other = clinic_save(c, "household", "{'name':'张三','village':'上坂村'}");
	const char *own = clinic_save(c, "household", "{'name':'黄丽华','head':'%s'}", ids.daughter);
	const char *who = clinic_save(c, "resident", "{'name':'张小妹','sex':'2','birth_date':'2010-01-02','household_relation':'3'}");

	assert_ok(household_join(&c->app, ids.son, other, &c->err), &c->err);
	assert_string_equal(text(c, "resident", ids.son, "household"), other);
	assert_string_equal(text(c, "resident", ids.son, "household_relation"), "");
	assert_ok(household_join(&c->app, ids.daughter, own, &c->err), &c->err);
	assert_string_equal(text(c, "resident", ids.daughter, "household_relation"), "0");
	assert_ok(household_join(&c->app, who, other, &c->err), &c->err); /* was in none: what was said of her is of this one */
	assert_string_equal(text(c, "resident", who, "household_relation"), "3");
	clinic_check(c);
}

static void heirs__are__those_who_live(void **state)
{
	struct test_clinic *c = *state;
	const char **who, **names;
	size_t n;

	clinic_save(c, "resident", "{'id':'%s','revision':1,'died_on':'2026-10-01'}", ids.father);
	assert_ok(household_heirs(&c->app, ids.home, &c->mem, &who, &names, &n, &c->err), &c->err);
	assert_int_equal(n, 4);
	assert_string_equal(names[0], "陈阿妹"); /* the eldest first */
}

static void split__makes__a_household_of_their_own(void **state)
{
	struct test_clinic *c = *state;
	const char *const who[] = { ids.son, ids.daughter };
	char made[RECORD_ID_MAX + 1];
	struct save_result r;

	assert_ok(household_split(&c->app, who, 2, made, &c->err), &c->err);
	assert_string_equal(text(c, "household", made, "name"), "黄志强");
	assert_string_equal(text(c, "household", made, "head"), ids.son);
	assert_string_equal(text(c, "household", made, "house"), "12");
	assert_string_equal(text(c, "resident", ids.son, "household"), made);
	assert_string_equal(text(c, "resident", ids.son, "household_relation"), "0");
	assert_string_equal(text(c, "resident", ids.daughter, "household_relation"), "7");
	assert_string_equal(text(c, "resident", ids.father, "household"), ids.home);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM resident WHERE household IS NOT NULL"), 5);
	assert_ok(records_undo(&c->app, kind_by_name("household"), made, &c->mem, &r, &c->err), &c->err);
	assert_string_equal(text(c, "resident", ids.son, "household"), ids.home); /* one change group */
}

static void head__refuses__a_stranger(void **state)
{
	struct test_clinic *c = *state;
	const char *other = clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02'}");
	char made[RECORD_ID_MAX + 1];

	assert_refused(household_set_head(&c->app, ids.home, other, &c->err), &c->err, ERR_WRONG_STATE);
	assert_refused(household_split(&c->app, NULL, 0, made, &c->err), &c->err, ERR_NOT_CHOSEN);
}

/* ---- newborn --------------------------------------------------------------------------------------------------------------- */

static struct record *born(struct test_clinic *c, const char *mother, const char *sex)
{
	struct record *child = record_new(&c->mem, kind_by_name("resident")->form);
	const struct save_options o = { .confirm_all = true };
	struct save_result r;

	assert_ok(newborn_begin(&c->app, mother, child, &c->err), &c->err);
	record_set_text(child, "sex", sex);
	record_set_text(child, "birth_date", "2026-11-20");
	record_set_num(child, "birth_weight", 3250);
	record_set_text(child, "birth_certificate", "T350299001");
	newborn_name(child);
	assert_ok(records_save(&c->app, kind_by_name("resident"), child, &o, &c->mem, &r, &c->err), &c->err);
	return r.rec;
}

static void newborn__takes__what_the_mother_has(void **state)
{
	struct test_clinic *c = *state;
	struct record *child = born(c, ids.mother, "2");

	assert_string_equal(record_text(child, "name"), "林美玉之女");
	assert_string_equal(record_text(child, "guardian_id"), "350299198802030025");
	assert_null(record_text(child, "id_number"));
	assert_string_equal(record_text(child, "household"), ids.home);
	assert_string_equal(record_text(child, "contact_phone"), "10000000025");
	assert_string_equal(record_text(child, "address"), "上坂村12号");
	assert_int_equal(record_num(child, "birth_weight", 0), 3250);
	assert_int_equal(record_num(child, "birth_order", 0), 0);
	/* the name and the number come to the same person */
	clinic_save(c, "resident", "{'id':'%s','revision':1,'name':'黄小月','id_number':'350299202611200027'}", child->meta.id);
	assert_string_equal(text(c, "resident", child->meta.id, "no_id"), "");
	assert_string_equal(text(c, "resident", child->meta.id, "id_number"), "350299202611200027");
	assert_string_equal(text(c, "resident", child->meta.id, "birth_certificate"), "T350299001");
}

static void newborn__counts__twins(void **state)
{
	struct test_clinic *c = *state;
	struct record *first = born(c, ids.mother, "1"), *second = born(c, ids.mother, "1");

	assert_string_equal(record_text(second, "name"), "林美玉之子2");
	assert_int_equal(record_num(second, "birth_order", 0), 2);
	assert_string_not_equal(first->meta.id, second->meta.id);
	assert_string_equal(text(c, "resident", first->meta.id, "birth_order"), "");
}

static void newborn__refuses__who_cannot_be_a_mother(void **state)
{
	struct test_clinic *c = *state;
	struct record *child = record_new(&c->mem, kind_by_name("resident")->form);

	assert_refused(newborn_begin(&c->app, ids.father, child, &c->err), &c->err, ERR_WRONG_STATE);
	assert_refused(newborn_begin(&c->app, ids.granny, child, &c->err), &c->err, ERR_WRONG_STATE);
	assert_refused(newborn_begin(&c->app, "nobody", child, &c->err), &c->err, ERR_NOT_FOUND);
}

static void newborn__keeps__a_name_that_was_given(void **state)
{
	struct test_clinic *c = *state;
	struct record *child = record_new(&c->mem, kind_by_name("resident")->form);

	assert_ok(newborn_begin(&c->app, ids.mother, child, &c->err), &c->err);
	assert_string_equal(record_text(child, "name"), "林美玉之婴");
	record_set_text(child, "sex", "1");
	newborn_name(child);
	assert_string_equal(record_text(child, "name"), "林美玉之子");
	record_set_text(child, "name", "黄小明");
	newborn_name(child);
	assert_string_equal(record_text(child, "name"), "黄小明");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinship__follows__each_new_head),
		cmocka_unit_test_setup_teardown(head__passes__to_the_wife, setup, teardown),
		cmocka_unit_test_setup_teardown(head__changes__by_the_form, setup, teardown),
		cmocka_unit_test_setup_teardown(join__makes__the_head_the_head, setup, teardown),
		cmocka_unit_test_setup_teardown(join__of_another__forgets_the_relation, setup, teardown),
		cmocka_unit_test_setup_teardown(heirs__are__those_who_live, setup, teardown),
		cmocka_unit_test_setup_teardown(split__makes__a_household_of_their_own, setup, teardown),
		cmocka_unit_test_setup_teardown(head__refuses__a_stranger, setup, teardown),
		cmocka_unit_test_setup_teardown(newborn__takes__what_the_mother_has, setup, teardown),
		cmocka_unit_test_setup_teardown(newborn__counts__twins, setup, teardown),
		cmocka_unit_test_setup_teardown(newborn__refuses__who_cannot_be_a_mother, setup, teardown),
		cmocka_unit_test_setup_teardown(newborn__keeps__a_name_that_was_given, setup, teardown),
	};

	i18n_set_language("zh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
