/* The list of diagnoses: well formed, and found the way people type. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "app/clinic/icd10.h"

static void icd10_list__is_well_formed__every_entry(void **state)
{
	assert_true(icd10_count >= 120);
	for (size_t i = 0; i < icd10_count; i++) {
		const struct icd10 *e = &icd10_list[i];

		if (!icd10_is_shaped(e->code) || icd10_is_symptom(e->code) || !*e->term.zh || !*e->term.en || e->rarity < 1 ||
			e->rarity > 3)
			fail_msg("%s %s", e->code, e->term.zh);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(icd10_list[j].code, e->code) || !strcmp(icd10_list[j].term.zh, e->term.zh))
				fail_msg("%s %s is there twice", e->code, e->term.zh);
	}
}

static void icd10_is_shaped__accepts__codes_and_extensions(void **state)
{
	static const struct { const char *code; bool ok; } cases[] = {
		{ "I10", true },    { "J06.9", true }, { "I10.x00", true }, { "E11.900", true }, { "E11.900x01", true },
		{ "110", false },   { "I1", false },   { "I10.", false },   { "i10", false },    { "I10x", false },
		{ "", false },      { "I10.9 ", false }, { "E11.900x012", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		if (icd10_is_shaped(cases[i].code) != cases[i].ok)
			fail_msg("%s", cases[i].code);
}

static void icd10_by_code__finds__the_nearest_above(void **state)
{
	assert_string_equal(icd10_by_code("I10")->code, "I10");
	assert_string_equal(icd10_by_code("I10.x00")->code, "I10");
	assert_string_equal(icd10_by_code("J44.100")->code, "J44.1");
	assert_null(icd10_by_code("Q99"));
	assert_null(icd10_by_code(""));
}

static void icd10_find__puts_first__what_is_meant(void **state)
{
	static const struct { const char *query, *first; } cases[] = {
		{ "i10", "I10" },     { "J06", "J06.9" },    { "gxy", "I10" },      { "gaoxueya", "I10" },
		{ "高血压", "I10" },  { "tnb", "E11.9" },    { "感冒", "J00" },     { "ganmao", "J00" },
		{ "上感", "J06.9" },  { "支气管炎", "J20.9" }, { "mzf", "J44.9" },  { "晕", "H81.1" },
		{ "asthma", "J45.9" }, { "gout", "M10.9" },  { "ｇｘｙ", "I10" },   { "狗咬", "Z20.3" },
		{ "weiyan", "K29.5" }, { "jianzhouyan", "M75.0" },
	};
	const struct icd10 *found[10];

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		size_t n = icd10_find(cases[i].query, found, N_ELEMENTS(found));

		if (!n || strcmp(found[0]->code, cases[i].first) != 0)
			fail_msg("%s: %s, not %s", cases[i].query, n ? found[0]->code : "nothing", cases[i].first);
	}
}

static void icd10_find__limits__empty_unknown_and_full(void **state)
{
	const struct icd10 *found[8];

	assert_int_equal(icd10_find("", found, 8), 8);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(found[i]->rarity, 1);
	assert_int_equal(icd10_find("qqqqq", found, 8), 0);
	assert_int_equal(icd10_find("炎", found, 3), 3);
	assert_int_equal(icd10_find("炎", found, 0), 0);
	assert_int_equal(icd10_find("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", found, 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(icd10_list__is_well_formed__every_entry),
		cmocka_unit_test(icd10_is_shaped__accepts__codes_and_extensions),
		cmocka_unit_test(icd10_by_code__finds__the_nearest_above),
		cmocka_unit_test(icd10_find__puts_first__what_is_meant),
		cmocka_unit_test(icd10_find__limits__empty_unknown_and_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
