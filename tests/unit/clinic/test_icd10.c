/* The list of diagnoses: well formed, and found the way people type. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/clinic/icd10.h"

static void icd10_list__is_well_formed__every_entry(void **state)
{
	assert_in_range(icd10_count, 600, 1024); /* as many are scored at once */
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

/* WHO's categories; a code whose first three characters are none was mistyped. */
static bool is_category(const char *code)
{
	FILE *f = fopen("tests/data/icd10_categories.txt", "r");
	char line[256], first[8], last[8];
	bool found = false;

	assert_non_null(f);
	while (!found && fgets(line, sizeof line, f))
		found = sscanf(line, "%7s %7s", first, last) == 2 && *line != '#' && strncmp(code, first, 3) >= 0 &&
			strncmp(code, last, 3) <= 0;
	fclose(f);
	return found;
}

static void icd10_list__has_categories__of_the_who(void **state)
{
	assert_true(is_category("I10"));
	assert_false(is_category("I14")); /* between I13 and I15 */
	assert_false(is_category("D49"));
	for (size_t i = 0; i < icd10_count; i++)
		if (!is_category(icd10_list[i].code))
			fail_msg("%s %s", icd10_list[i].code, icd10_list[i].term.zh);
}

static void icd10_list__is_in_order__of_its_codes(void **state)
{
	for (size_t i = 1; i < icd10_count; i++)
		if (strcmp(icd10_list[i - 1].code, icd10_list[i].code) >= 0)
			fail_msg("%s before %s", icd10_list[i - 1].code, icd10_list[i].code);
}

/* What a village or township clinic sees most: by their printed names, each found at the first place. */
static void icd10_list__has__the_hundred_commonest(void **state)
{
	static const char *const commonest[] = {
		"急性上呼吸道感染", "普通感冒", "流行性感冒", "急性咽炎", "急性扁桃体炎",
		"急性支气管炎", "肺炎", "支气管肺炎", "慢性支气管炎", "慢阻肺",
		"哮喘", "过敏性鼻炎", "鼻窦炎", "慢性咽炎", "疱疹性咽峡炎",
		"支原体肺炎", "原发性高血压", "高血压心脏病", "冠心病", "心绞痛",
		"心力衰竭", "心房颤动", "心律失常", "脑梗死", "脑梗死后遗症",
		"脑供血不足", "短暂性脑缺血发作", "2型糖尿病", "高脂血症", "高尿酸血症",
		"痛风", "甲亢", "甲减", "甲状腺结节", "肥胖症",
		"缺铁性贫血", "慢性胃炎", "急性胃炎", "胃溃疡", "十二指肠溃疡",
		"反流性食管炎", "功能性消化不良", "急性胃肠炎", "感染性腹泻", "秋季腹泻",
		"便秘", "肠易激综合征", "痔疮", "脂肪肝", "肝硬化",
		"慢性乙型肝炎", "胆结石", "胆囊炎", "阑尾炎", "腹股沟疝",
		"尿路感染", "肾盂肾炎", "肾结石", "前列腺增生", "前列腺炎",
		"慢性肾脏病", "阴道炎", "盆腔炎", "宫颈炎", "月经不调",
		"痛经", "更年期综合征", "颈椎病", "腰椎间盘突出", "急性腰扭伤",
		"腰肌劳损", "肩周炎", "膝骨关节炎", "骨质疏松", "类风湿",
		"坐骨神经痛", "腱鞘炎", "失眠", "偏头痛", "紧张型头痛",
		"焦虑症", "抑郁症", "癫痫", "帕金森病", "面瘫",
		"良性阵发性眩晕", "湿疹", "荨麻疹", "接触性皮炎", "带状疱疹",
		"足癣", "疖", "痤疮", "水痘", "手足口病",
		"流行性腮腺炎", "结膜炎", "麦粒肿", "中耳炎", "口腔溃疡",
	};
	const struct icd10 *found[1];

	assert_int_equal(N_ELEMENTS(commonest), 100);
	for (size_t i = 0; i < N_ELEMENTS(commonest); i++)
		if (!icd10_find(commonest[i], found, 1) ||
			(!strstr(found[0]->term.zh, commonest[i]) && !strstr(found[0]->alias, commonest[i])))
			fail_msg("%s", commonest[i]);
}

static void icd10_is_shaped__accepts__codes_and_extensions(void **state)
{
	static const struct { const char *code; bool ok; } cases[] = {
		{ "I10", true },    { "J06.9", true }, { "I10.x00", true }, { "E11.900", true }, { "E11.900x01", true },
		{ "110", false },   { "I1", false },   { "I10.", false },   { "i10", false },    { "I10x", false },
		{ "", false },      { "I10.9 ", false }, { "I10.x00x002", true },
		{ "E11.900x01234", false },
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
		{ "上感", "J06.9" },  { "支气管炎", "J20.9" }, { "mzf", "J44.9" },  { "眩晕", "H81.1" },
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
		cmocka_unit_test(icd10_list__has_categories__of_the_who),
		cmocka_unit_test(icd10_list__is_in_order__of_its_codes),
		cmocka_unit_test(icd10_list__has__the_hundred_commonest),
		cmocka_unit_test(icd10_is_shaped__accepts__codes_and_extensions),
		cmocka_unit_test(icd10_by_code__finds__the_nearest_above),
		cmocka_unit_test(icd10_find__puts_first__what_is_meant),
		cmocka_unit_test(icd10_find__limits__empty_unknown_and_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
