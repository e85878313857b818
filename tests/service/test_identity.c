/* Documents, people without a number, several numbers over time, and numbers that are given here. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/numbers.h"
#include "app/service/search.h"

static struct record *load(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_RESIDENT, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

static const char *found(struct test_clinic *c, const char *what)
{
	struct search_result r;

	assert_ok(search_find(&c->app, what, 0, 5, &c->mem, &r, &c->err), &c->err);
	return r.n ? r.v[0].id : "";
}

/* Every document of the list: accepted as its rule says, refused at its field with a sentence. */
static void save__checks__each_document(void **state)
{
	static const struct {
		const char *type, *number;
		enum err_code code; /* ERR_NONE: taken */
	} cases[] = {
		{ "01", "350299195507150047", ERR_NONE },
		{ "01", "350299195507150048", ERR_INVALID_VALUE }, /* check character */
		{ "01", "350299205507150048", ERR_INVALID_VALUE },
		{ "02", "户口簿 350299-17", ERR_NONE },
		{ "03", "E12345678", ERR_NONE },
		{ "04", "南字第0102030号", ERR_NONE },
		{ "05", "350299009876", ERR_NONE },
		{ "06", "H12345678", ERR_NONE },
		{ "06", "H1234", ERR_INVALID_VALUE },
		{ "07", "12345678", ERR_NONE },
		{ "99", "LS2026112200-01", ERR_INVALID_VALUE }, /* our own temporary number */
	};
	struct test_clinic *c = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct save_result r;
		bool ok = clinic_try(c, &r, "resident", "{'name':'张三%zu','sex':'2','birth_date':'1955-07-15','id_type':'%s','id_number':'%s'}",
			i, cases[i].type, cases[i].number);

		assert_case(ok == (cases[i].code == ERR_NONE), i, cases[i].number);
		if (ok)
			continue;
		assert_case(c->err.code == cases[i].code && !strcmp(c->err.field, "id_number") && *c->err.message, i, c->err.message);
	}
}

static void save__upgrades__fifteen_digits(void **state)
{
	struct test_clinic *c = *state;
	struct record *rec = load(c, clinic_save(c, "resident", "{'name':'陈桂兰','id_number':'350299550715004'}"));
	const struct value *list = record_get(rec, "identifiers");

	assert_string_equal(record_text(rec, "id_number"), "350299195507150047");
	assert_string_equal(record_text(rec, "birth_date"), "1955-07-15");
	assert_int_equal(list->n_items, 1);
	assert_string_equal(record_text(list->items[0], "value"), "350299550715004");
	assert_string_equal(record_text(list->items[0], "use"), "2");
	assert_string_equal(found(c, "350299550715004"), rec->meta.id); /* the paper file has the old one */
}

static void save__keeps__the_document_of_before(void **state)
{
	struct test_clinic *c = *state;
	const char *id = clinic_save(c, "resident", "{'name':'JOHN LIN','sex':'1','birth_date':'1980-02-03','id_type':'03','id_number':'E12345678'}");
	const struct value *list;

	clinic_save(c, "resident", "{'id':'%s','revision':1,'id_type':'03','id_number':'E87654321'}", id);
	list = record_get(load(c, id), "identifiers");
	assert_int_equal(list->n_items, 1);
	assert_string_equal(record_text(list->items[0], "system"), "03");
	assert_string_equal(record_text(list->items[0], "value"), "E12345678");
	assert_string_equal(record_text(list->items[0], "to"), "2026-11-22");
	assert_string_equal(found(c, "E12345678"), id);
}

static void save__asks_for_a_reason__refused_or_never_had(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	for (int k = 3; k <= 4; k++) {
		assert_refused(clinic_try(c, &r, "resident", "{'name':'张三','sex':'1','birth_date':'1950','no_id':'%d'}", k), &c->err,
			ERR_REQUIRED);
		assert_string_equal(c->err.field, "no_id_reason");
	}
	clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950','no_id':'3','no_id_reason':'不愿出示'}");
}

static void save__names__an_unknown_person(void **state)
{
	struct test_clinic *c = *state;
	const char *id = clinic_save(c, "resident", "{'no_id':'2','birth_date':'1960'}");
	struct record *rec = load(c, id);
	const struct value *list = record_get(rec, "identifiers");

	assert_non_null(strstr(record_text(rec, "name"), "2026-11-22"));
	assert_string_equal(record_text(rec, "sex"), "0");
	assert_null(record_text(rec, "id_number"));
	assert_int_equal(list->n_items, 1);
	assert_string_equal(record_text(list->items[0], "value"), "LS2026112200-01");
	assert_string_equal(record_text(list->items[0], "use"), "3");
	clinic_save(c, "resident", "{'no_id':'2','birth_date':'1970'}");
	assert_string_equal(found(c, "LS2026112200-01"), id);
	/* he can tell who he is: the same file, no second one */
	clinic_save(c, "resident", "{'id':'%s','revision':1,'name':'陈阿水','sex':'1','birth_date':'1950-01-02','id_number':'350299195001020034'}", id);
	rec = load(c, id);
	list = record_get(rec, "identifiers");
	assert_null(record_text(rec, "no_id"));
	assert_string_equal(record_text(list->items[0], "use"), "2");
	assert_string_equal(record_text(list->items[0], "to"), "2026-11-22");
}

static void save__refuses__a_second_living_person(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	clinic_save(c, "resident", "{'name':'陈桂兰','id_number':'350299195507150047'}");
	assert_refused(clinic_try(c, &r, "resident", "{'name':'陈桂兰','id_number':'350299195507150047'}"), &c->err, ERR_DUPLICATE);
	/* the same digits typed as the old number find him too */
	assert_refused(clinic_try(c, &r, "resident", "{'name':'陈桂兰','id_number':'350299550715004'}"), &c->err, ERR_DUPLICATE);
}

static void identifiers__say__what_is_wrong_and_where(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	assert_refused(clinic_try(c, &r, "resident", "{'name':'张三','sex':'1','birth_date':'1950','identifiers':[{'system':'01',"
						     "'value':'350299195507150048'}]}"), &c->err, ERR_INVALID_VALUE);
	assert_string_equal(c->err.field, "identifiers[0].value");
	assert_refused(clinic_try(c, &r, "resident", "{'name':'张三','sex':'1','birth_date':'1950','identifiers':[{'system':'03',"
						     "'value':'E12345678','from':'2020-01','to':'2019-01'}]}"), &c->err, ERR_INCONSISTENT);
	assert_string_equal(c->err.field, "identifiers[0].to");
}

/* ---- numbers given here ------------------------------------------------------------------------------------------------ */

static void ranges__never_meet__whatever_the_devices(void **state UNUSED)
{
	for (int a = 0; a <= DEVICE_NUMBERS; a++)
		for (int b = 0; b < a; b++) {
			struct number_range x = number_range_of(a), y = number_range_of(b);

			assert_true(x.hi < y.lo || y.hi < x.lo);
			assert_true(x.lo >= 1 && x.hi <= 99999 && x.lo <= x.hi);
		}
}

static const char *file_no_of(struct test_clinic *c, const char *name)
{
	return record_text(load(c, clinic_save(c, "resident", "{'name':'%s','sex':'1','birth_date':'1950-01-02','village':'上坂村'}", name)),
		"file_no");
}

static void file_numbers__differ__on_two_devices(void **state)
{
	struct test_clinic *c = *state;
	const char *first = file_no_of(c, "甲"), *second;

	assert_string_equal(first, "35029910110100001");
	assert_ok(number_set_device(&c->app, 7, &c->err), &c->err); /* what a copy of the folder on another laptop has */
	second = file_no_of(c, "乙");
	assert_string_equal(second, "35029910110153000");
	assert_string_equal(file_no_of(c, "丙"), "35029910110153001");
	assert_ok(number_set_device(&c->app, 0, &c->err), &c->err);
	assert_string_equal(file_no_of(c, "丁"), "35029910110100002"); /* after the highest of its own range */
	assert_refused(number_set_device(&c->app, 100, &c->err), &c->err, ERR_OUT_OF_RANGE);
}

static void file_numbers__end__with_their_range(void **state)
{
	struct test_clinic *c = *state;

	assert_ok(number_set_device(&c->app, 99, &c->err), &c->err);
	clinic_save(c, "resident", "{'name':'甲','sex':'1','birth_date':'1950-01-02','village':'上坂村','file_no':'35029910110199498'}");
	assert_string_equal(file_no_of(c, "乙"), "35029910110199499");
	assert_null(file_no_of(c, "丙")); /* saved all the same; the number is on the list of what is missing */
}

/* A copied folder is another device: it takes a number of its own and gives out none of the first one's. */
static void device__takes__a_number_of_its_own(void **state)
{
	struct test_clinic *c = *state;
	char *path = path_join(c->dir, "device");

	assert_int_equal(c->app.device_number, 0);
	app_close(&c->app);
	assert_int_equal(remove(path), 0);
	free(path);
	clinic_reopen(c, APP_COMMAND);
	assert_in_range(c->app.device_number, 1, DEVICE_NUMBERS);
	assert_refused(number_set_device(&c->app, 0, &c->err), &c->err, ERR_DUPLICATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(save__checks__each_document, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(save__upgrades__fifteen_digits, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(save__keeps__the_document_of_before, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(save__asks_for_a_reason__refused_or_never_had, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(save__names__an_unknown_person, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(save__refuses__a_second_living_person, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(identifiers__say__what_is_wrong_and_where, clinic_setup, clinic_teardown),
		cmocka_unit_test(ranges__never_meet__whatever_the_devices),
		cmocka_unit_test_setup_teardown(file_numbers__differ__on_two_devices, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(file_numbers__end__with_their_range, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(device__takes__a_number_of_its_own, clinic_setup, clinic_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
