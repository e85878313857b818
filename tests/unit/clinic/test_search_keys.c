#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/clinic/record.h"
#include "app/clinic/search_keys.h"

static struct arena mem;

/* Only the fields that are searched, so that this test does not hang on the resident's form. */
static const struct field fields[] = {
	{ .key = "name", .type = V_TEXT },       { .key = "nickname", .type = V_TEXT },
	{ .key = "name_alias", .type = V_TEXT }, { .key = "kin_name", .type = V_TEXT },
	{ .key = "id_number", .type = V_TEXT },  { .key = "file_no", .type = V_TEXT },
	{ .key = "phone", .type = V_TEXT },      { .key = "contact_phone", .type = V_TEXT },
	{ .key = "card_no", .type = V_TEXT },    { .key = "house", .type = V_TEXT },
};
static const struct form_def form = {
	.code = "test", .edition = "1", .fields = fields, .n_fields = N_ELEMENTS(fields)
};

static int teardown(void **state)
{
	arena_release(&mem);
	return 0;
}

static const char *key_names(const struct search_rows *rows, unsigned where)
{
	const char *s = "";

	for (size_t i = 0; i < rows->n; i++)
		if (((unsigned)rows->v[i].where & where) == where)
			s = arena_printf(&mem, "%s%s%s", s, *s ? " " : "", rows->v[i].key);
	return s;
}

static void rows__all_keys__full_record(void **state)
{
	struct record *rec = record_new(&mem, &form);
	struct search_rows rows;

	record_set_text(rec, "name", "陈桂兰");
	record_set_text(rec, "nickname", "阿兰");
	record_set_text(rec, "kin_name", "李阿水");
	record_set_text(rec, "id_number", "35029919520315004x");
	record_set_text(rec, "file_no", "35029910110100017");
	record_set_text(rec, "phone", "138-0000 2201");
	record_set_text(rec, "contact_phone", "119");
	record_set_text(rec, "card_no", "AB12");
	record_set_text(rec, "house", "12号之3");
	search_rows(&mem, rec, 7, NULL, &rows);
	assert_int_equal(rows.village, 7);
	assert_string_equal(key_names(&rows, SEARCH_ALL),
		"cab12 d71000101 dX40051 falal fcelgl fcelguilal felal fguilal fliasui fliesui h陈桂兰 icgl "
		"jal jel jlas jles pchenguilan s兰 s李阿水 s桂兰 s阿兰 t10220000831");
	assert_string_equal(key_names(&rows, SEARCH_VILLAGE_ONLY),
		"falal fcelgl fcelguilal felal fguilal fliasui fliesui h陈桂兰 icgl jal jel jlas jles n12-3 "
		"pchenguilan s兰 s李阿水 s桂兰 s阿兰");
}

static void rows__best_match_once__same_key_twice(void **state)
{
	struct record *rec = record_new(&mem, &form);
	struct search_rows rows;
	int found = 0;

	record_set_text(rec, "name", "陈桂兰");
	record_set_text(rec, "nickname", "桂兰");
	search_rows(&mem, rec, 1, NULL, &rows);
	for (size_t i = 0; i < rows.n; i++) {
		assert_true(i == 0 || search_row_compare(&rows.v[i - 1], &rows.v[i]) < 0);
		if (strcmp(rows.v[i].key, "s桂兰") == 0) {
			assert_int_equal(rows.v[i].match, SEARCH_NICKNAME);
			found++;
		}
	}
	assert_int_equal(found, 1);
}

static void rows__former_names__but_not_the_present_one(void **state)
{
	static const char *const former[] = { "程桂兰", "陈 桂兰", NULL };
	struct record *rec = record_new(&mem, &form);
	struct search_rows rows;

	record_set_text(rec, "name", "陈桂兰");
	search_rows(&mem, rec, 0, former, &rows);
	assert_string_equal(key_names(&rows, SEARCH_ALL),
		"fcelgl fcelguilal fguilal h陈桂兰 icgl jcgl pchenguilan s兰 s桂兰 s程桂兰");
}

static void rows__none__void_merged_or_nameless(void **state)
{
	static const enum record_state states[] = { RECORD_VOID, RECORD_MERGED, RECORD_ACTIVE };
	struct search_rows rows;

	for (size_t i = 0; i < N_ELEMENTS(states); i++) {
		struct record *rec = record_new(&mem, &form);

		rec->meta.state = states[i];
		record_set_text(rec, "phone", "10000002201");
		record_set_text(rec, "name", states[i] == RECORD_ACTIVE ? " · " : "陈桂兰");
		search_rows(&mem, rec, 1, NULL, &rows);
		assert_int_equal(rows.n, 0);
	}
}

static void clean__same_for_all_spellings__cases(void **state)
{
	static const char *const cases[][2] = {
		{ "陈桂兰", "陈桂兰" },
		{ " 陈 桂　兰 ", "陈桂兰" },
		{ "阿依古丽·买买提", "阿依古丽买买提" },
		{ "阿依古丽•买买提", "阿依古丽买买提" },
		{ "阿依古丽．买买提", "阿依古丽买买提" },
		{ "ＡＢc", "abc" },
		{ "100%_", "100" },
		{ "", NULL },
		{ " · ", NULL },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char out[64];

		assert_int_equal(search_clean(cases[i][0], out, sizeof out), cases[i][1] != NULL);
		if (cases[i][1])
			assert_string_equal(out, cases[i][1]);
	}
}

static void clean__refuses__too_long(void **state)
{
	char out[10];

	assert_true(search_clean("陈桂兰", out, sizeof out));
	assert_false(search_clean("陈桂兰a", out, sizeof out));
}

static void clean_house__one_spelling__cases(void **state)
{
	static const char *const cases[][2] = {
		{ "12", "12" }, { "12号", "12" }, { "12号之3", "12-3" }, { "12-3", "12-3" }, { "第12号3室", "12-3" },
		{ "１２Ａ", "12a" }, { "号", NULL }, { "", NULL },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char out[16];

		assert_int_equal(search_clean_house(cases[i][0], out, sizeof out), cases[i][1] != NULL);
		if (cases[i][1])
			assert_string_equal(out, cases[i][1]);
	}
}

static void tail__reversed_and_cut__cases(void **state)
{
	char out[16];

	assert_true(search_tail("35029919520315004x", 6, out, sizeof out));
	assert_string_equal(out, "X40051");
	assert_true(search_tail("100 0000-2201", 12, out, sizeof out));
	assert_string_equal(out, "10220000001");
	assert_false(search_tail("- ", 6, out, sizeof out));
	assert_false(search_tail("123456", 6, out, 4));
}

static void match_name__every_one__table(void **state)
{
	for (int i = 0; i < SEARCH_MATCH_COUNT; i++)
		assert_true(search_match_name((enum search_match)i)[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows__all_keys__full_record),
		cmocka_unit_test(rows__best_match_once__same_key_twice),
		cmocka_unit_test(rows__former_names__but_not_the_present_one),
		cmocka_unit_test(rows__none__void_merged_or_nameless),
		cmocka_unit_test(clean__same_for_all_spellings__cases),
		cmocka_unit_test(clean__refuses__too_long),
		cmocka_unit_test(clean_house__one_spelling__cases),
		cmocka_unit_test(tail__reversed_and_cut__cases),
		cmocka_unit_test(match_name__every_one__table),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
