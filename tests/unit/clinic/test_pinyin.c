#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/utf8.h"
#include "app/clinic/pinyin.h"
#include "app/clinic/pinyin_data.h"

static struct arena mem;

static int teardown(void **state)
{
	arena_release(&mem);
	return 0;
}

static const char *joined(const char *const *v, size_t n)
{
	const char *s = "";

	for (size_t i = 0; i < n; i++)
		s = arena_printf(&mem, "%s%s%s", s, i ? " " : "", v[i]);
	return s;
}

static const char *readings_of(const char *hanzi)
{
	const char *out[PINYIN_READINGS_MAX];
	uint32_t cp;

	utf8_decode(hanzi, strlen(hanzi), &cp);
	return joined(out, pinyin_readings(cp, out));
}

static void readings__usual_first__characters(void **state)
{
	static const struct {
		const char *hanzi, *readings;
	} cases[] = {
		{ "陈", "chen" },
		{ "曾", "ceng zeng" },
		{ "单", "dan chan shan" },
		{ "长", "zhang chang" },
		{ "重", "zhong chong" },
		{ "行", "xing hang" },
		{ "乐", "le yue" },
		{ "女", "nv" },
		{ "吕", "lv" },
		{ "绿", "lv lu" },
		{ "略", "lve" },
		{ "二", "er" },
		{ "一", "yi" },
		{ "龥", "yu" },           /* last of the first block */
		{ "㐀", "qiu" },          /* U+3400: the first of extension A */
		{ "\xF0\xA0\x80\x80", "he" }, /* U+20000: beyond the first plane */
		{ "\xF0\xA4\xB1\xB6", "" },   /* U+24C76: a rare character that nobody gave a reading */
		{ "A", "" },
		{ "·", "" },
		{ "\xEE\x80\x80", "" },       /* private use */
		{ "\xF4\x8F\xBF\xBF", "" },   /* the last code point */
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		if (strcmp(readings_of(cases[i].hanzi), cases[i].readings))
			fail_msg("%s: %s", cases[i].hanzi, readings_of(cases[i].hanzi));
}

static void readings__in_order_and_readable__whole_table(void **state)
{
	size_t chars = 0;

	for (size_t i = 1; i < pinyin_n_syllables; i++)
		assert_true(strcmp(pinyin_syllables[i - 1], pinyin_syllables[i]) < 0);
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		const char *out[PINYIN_READINGS_MAX];
		size_t n = pinyin_readings(cp, out);

		assert_true(n < PINYIN_READINGS_MAX);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(out[k][strspn(out[k], "abcdefghijklmnopqrstuvwxyz")], '\0');
		chars += n > 0;
	}
	assert_true(chars > 40000);
}

/* The first full reading of surname and 明, without the ming. */
static const char *surname_reading(const char *hanzi)
{
	struct pinyin_name name;
	char *s;

	pinyin_name(&mem, arena_printf(&mem, "%s明", hanzi), &name);
	s = arena_strdup(&mem, name.full.v[0]);
	assert_true(strlen(s) > 4);
	s[strlen(s) - 4] = '\0';
	return s;
}

static void surname__has_its_own_reading__table(void **state)
{
	static const char *const cases[][2] = {
		{ "曾", "zeng" }, { "单", "shan" }, { "仇", "qiu" }, { "解", "xie" }, { "查", "zha" }, { "区", "ou" },
		{ "朴", "piao" }, { "盖", "ge" }, { "繁", "po" }, { "乐", "yue" }, { "覃", "qin" }, { "翟", "zhai" },
		{ "黑", "he" }, { "秘", "bi" }, { "冼", "xian" }, { "折", "she" }, { "种", "chong" }, { "牟", "mu" },
		{ "缪", "miao" }, { "宓", "mi" }, { "能", "nai" }, { "员", "yun" }, { "郇", "xun" }, { "召", "shao" },
		{ "祭", "zhai" }, { "句", "gou" }, { "谌", "chen" }, { "隗", "wei" }, { "那", "na" }, { "六", "lu" },
		{ "炅", "gui" }, { "车", "che" }, { "薄", "bo" }, { "卜", "bu" }, { "莘", "shen" }, { "石", "shi" },
		{ "万", "wan" }, { "叶", "ye" }, { "沈", "shen" }, { "贾", "jia" }, { "盛", "sheng" }, { "宁", "ning" },
		{ "瞿", "qu" }, { "尹", "yin" }, { "臧", "zang" }, { "褚", "chu" }, { "占", "zhan" }, { "会", "gui" },
		{ "适", "kuo" }, { "粘", "nian" }, { "纪", "ji" }, { "晁", "chao" }, { "吕", "lv" }, { "闾", "lv" },
		{ "林", "lin" }, { "黄", "huang" }, { "尉迟", "yuchi" }, { "万俟", "moqi" }, { "长孙", "zhangsun" },
		{ "令狐", "linghu" }, { "单于", "chanyu" }, { "欧阳", "ouyang" }, { "澹台", "tantai" },
		{ "诸葛", "zhuge" }, { "鲜于", "xianyu" }, { "亓官", "qiguan" }, { "乐正", "yuezheng" },
		{ "耶律", "yelv" }, { "單", "shan" }, { "區", "ou" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_string_equal(surname_reading(cases[i][0]), cases[i][1]);
}

static void name__all_plausible_keys__cases(void **state)
{
	static const struct {
		const char *name, *full, *initials, *folded, *mixed, *given;
	} cases[] = {
		{ "陈桂兰", "chenguilan", "cgl", "celguilal", "celgl", "guilal" },
		{ "曾桂莲", "zengguilian cengguilian", "zgl cgl", "zelguilial celguilial", "zelgl celgl", "guilial" },
		{ "单秀英", "shanxiuying danxiuying chanxiuying", "sxy dxy cxy", "salxiuyil dalxiuyil calxiuyil",
			"salxy dalxy calxy", "xiuyil" },
		{ "吕梅", "lvmei", "lm", "lumei", "lum", "mei" },
		{ "方红", "fanghong", "fh", "halhel", "halh", "hel" },
		{ "欧阳娜", "ouyangna ouyangnuo", "oyn", "ouyalla ouyalluo", "ouyall", "la luo" },
		{ "尉迟恭", "yuchigong weichigong", "ycg wcg", "yucigol weicigol", "yucig weicig", "gol" },
		{ "上官", "shangguan", "sg", "salgual", "salg", "gual" }, /* surname 上, given name 官 */
		{ "石大万", "shidawan", "sdw", "sidawal", "sidw", "dawal" }, /* not dan dai mo */
		{ "六六", "luliu liuliu", "ll", "luliu liuliu", "lul liul", "liu" }, /* lu as a surname only */
		{ "陈", "chen", "c", "cel", "", "" },
		{ "", "", "", "", "", "" },
		{ "阿依古丽·买买提", "ayigulimaimaiti eyigulimaimaiti",
			"ayglmmt eyglmmt",
			"ayigulimaimaiti eyigulimaimaiti",
			"ayglmmt eyglmmt", "yigulimaimaiti" },
		{ "陈\xEE\x80\x80兰", "chenlan", "cl", "cellal", "cell", "lal" }, /* a character outside Unicode's */
		{ "\xEE\x80\x80桂兰", "guilan", "gl", "guilal", "", "" },
		{ "Anna 陈", "annachen", "annac", "allacel", "allac", "llacel" },
		{ "·", "", "", "", "", "" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct pinyin_name out;

		pinyin_name(&mem, cases[i].name, &out);
		assert_string_equal(joined(out.full.v, out.full.n), cases[i].full);
		assert_string_equal(joined(out.initials.v, out.initials.n), cases[i].initials);
		assert_string_equal(joined(out.folded.v, out.folded.n), cases[i].folded);
		assert_string_equal(joined(out.folded_mixed.v, out.folded_mixed.n), cases[i].mixed);
		assert_string_equal(joined(out.folded_given.v, out.folded_given.n), cases[i].given);
	}
}

static void name__keeps_likeliest__too_many_combinations(void **state)
{
	struct pinyin_name out;

	pinyin_name(&mem, "单单单单单单单单单单单单单单单单单单单单", &out); /* 3 to the power of 20 */
	assert_int_equal(out.full.n, PINYIN_KEYS_MAX);
	assert_string_equal(out.initials.v[0], "sddddddddddddddddddd");
	assert_string_equal(out.initials.v[1], "sdddddddddddddddddd" "c");
}

static void name__reads_so_many_characters__very_long(void **state)
{
	struct pinyin_name out;
	const char *name = "";

	for (int i = 0; i < 100; i++)
		name = arena_printf(&mem, "%s林", name);
	pinyin_name(&mem, name, &out);
	assert_int_equal(strlen(out.initials.v[0]), PINYIN_CHARS_MAX);
}

static void surname_chars__counts__cases(void **state)
{
	assert_int_equal(pinyin_surname_chars("欧阳娜"), 2);
	assert_int_equal(pinyin_surname_chars("欧阳"), 1);
	assert_int_equal(pinyin_surname_chars("陈桂兰"), 1);
	assert_int_equal(pinyin_surname_chars(""), 0);
}

/* Is the person found by this query through the folded keys (full, mixed, given)? */
static bool found(const char *query, const char *name)
{
	struct pinyin_name keys;
	const struct pinyin_list *const lists[] = { &keys.folded, &keys.folded_mixed, &keys.folded_given };
	char q[PINYIN_VARIANTS_MAX][PINYIN_QUERY_MAX];
	size_t n = pinyin_fold_query(query, q);

	pinyin_name(&mem, name, &keys);
	for (size_t i = 0; i < N_ELEMENTS(lists); i++)
		for (size_t k = 0; k < lists[i]->n; k++)
			for (size_t v = 0; v < n; v++)
				if (strncmp(lists[i]->v[k], q[v], strlen(q[v])) == 0)
					return true;
	return false;
}

static void fold_syllable__same__confused_sounds(void **state)
{
	static const char *const cases[][2] = {
		{ "zang", "zhang" }, { "si", "shi" }, { "ceng", "chen" }, { "liu", "niu" }, { "lin", "ling" },
		{ "ren", "leng" }, { "fu", "hu" }, { "fang", "huang" }, { "fei", "hui" }, { "fen", "hun" },
		{ "feng", "hong" }, { "fan", "huang" }, { "fo", "huo" }, { "lu", "lv" }, { "nve", "lue" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char a[PINYIN_SYLLABLE_MAX], b[PINYIN_SYLLABLE_MAX];

		pinyin_fold_syllable(cases[i][0], a);
		pinyin_fold_syllable(cases[i][1], b);
		assert_string_equal(a, b);
	}
}

static void fold_syllable__differs__other_sounds(void **state)
{
	static const char *const cases[][2] = {
		{ "chen", "zhen" }, { "li", "lu" }, { "wang", "huang" }, { "gui", "kui" }, { "ding", "ting" },
		{ "bai", "pai" }, { "xie", "jie" }, { "mei", "wei" }, { "fu", "fa" }, { "hou", "huo" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char a[PINYIN_SYLLABLE_MAX], b[PINYIN_SYLLABLE_MAX];

		pinyin_fold_syllable(cases[i][0], a);
		pinyin_fold_syllable(cases[i][1], b);
		assert_string_not_equal(a, b);
	}
}

/* Whoever types a name letter by letter, in any confused spelling, must not lose the person on the way. */
static void fold_query__finds__every_prefix(void **state)
{
	static const char *const cases[][2] = {
		{ "chenguilan", "陈桂兰" },     { "cengguinan", "陈桂兰" },   { "chengguilan", "陈桂兰" },
		{ "chen gui lan", "陈桂兰" },   { "chengl", "陈桂兰" },       { "chen gl", "陈桂兰" },
		{ "zengl", "郑桂兰" },          { "guinan", "陈桂兰" },       { "zhangfei", "张辉" },
		{ "fanghuihong", "黄飞风" },    { "huangfeifeng", "方辉红" }, { "zhanghunhuo", "张芬佛" },
		{ "lumei", "吕梅" },            { "lvmei", "卢梅" },          { "hunanying", "胡兰英" },
		{ "zenguo", "曾国" },           { "zengguo", "曾国" },        { "lishishi", "李思思" },
		{ "zangsan", "张山" },          { "zhangshang", "张三" },     { "zhangan", "张安" },
		{ "pingan", "陈平安" },         { "yongan", "陈永安" },       { "rongrong", "龙龙" },
		{ "wangguihua", "万桂花" },     { "linzhengrong", "林振荣" }, { "ouyangn", "欧阳娜" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		for (size_t n = 1; n <= strlen(cases[i][0]); n++)
			if (!found(arena_strndup(&mem, cases[i][0], n), cases[i][1]))
				fail_msg("%.*s does not find %s", (int)n, cases[i][0], cases[i][1]);
}

static void fold_query__finds_nobody__other_names(void **state)
{
	assert_false(found("chenguilan", "林桂兰"));
	assert_false(found("chen gl", "陈兰桂"));
	assert_false(found("cgl", "陈桂兰")); /* initials are another key */
	assert_false(found("", "陈桂兰"));
	assert_false(found("  ", "陈桂兰"));
	assert_false(found("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "陈桂兰"));
}

static void fold_initials__each_letter_alone__cases(void **state)
{
	char out[16];

	pinyin_fold_initials("nrflhzcsg", out);
	assert_string_equal(out, "llhlhzcsg");
	pinyin_fold_initials("", out);
	assert_string_equal(out, "");
}

static void normalise__lower_case_and_v__cases(void **state)
{
	char a[] = "LYUMei", b[] = "jinyu", c[] = "", d[] = "lyulyu";

	pinyin_normalise(a);
	pinyin_normalise(b);
	pinyin_normalise(c);
	pinyin_normalise(d);
	assert_string_equal(a, "lvmei");
	assert_string_equal(b, "jinyu");
	assert_string_equal(c, "");
	assert_string_equal(d, "lvlv");
}

static void match__begins__mixed_queries(void **state)
{
	static const struct {
		const char *name, *query;
		bool matches;
	} cases[] = {
		{ "陈桂兰", "陈gl", true },       { "陈桂兰", "chengl", true },     { "陈桂兰", "chen gl", true },
		{ "陈桂兰", "cgl", true },        { "陈桂兰", "c", true },          { "陈桂兰", "陈桂l", true },
		{ "陈桂兰", "c桂兰", true },      { "陈桂兰", "chguil", true },     { "陈桂兰", "陈桂兰", true },
		{ "陈桂兰", "", true },           { "陈桂兰", " ", true },          { "陈桂兰", "che n gl", false },
		{ "陈桂兰", "gl", false },        { "陈桂兰", "cgll", false },      { "陈桂兰", "陈桂兰英", false },
		{ "陈桂兰", "陈lg", false },      { "陈桂兰", "林gl", false },      { "曾桂莲", "zgl", true },
		{ "曾桂莲", "cgl", true },        { "尉迟恭", "yuchi g", true },    { "尉迟恭", "weichigong", true },
		{ "阿依古丽·买买提", "ayglm", true }, { "阿依古丽·买买提", "阿依古丽m", true },
		{ "阿依古丽·买买提", "阿依古丽·买", true }, { "西安", "xian", true }, { "先", "xian", true },
		{ "", "", true },                 { "", "a", false },               { "Anna", "anna", true },
		{ "陈桂兰", "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		if (pinyin_match(cases[i].name, cases[i].query) != cases[i].matches)
			fail_msg("%s / %s", cases[i].name, cases[i].query);
}

static void near__within_one_letter__cases(void **state)
{
	static const struct {
		const char *a, *b;
		bool near;
	} cases[] = {
		{ "陈桂兰", "陈桂兰", true },  { "陈桂兰", "陈贵兰", true },  { "陈桂兰", "程桂兰", true }, /* chen, cheng */
		{ "陈桂兰", "岑桂兰", true },  { "陈桂兰", "陈桂莲", true },  /* lan, lian */
		{ "陈桂兰", "陈桂英", false }, { "曾桂兰", "岑桂兰", true },  /* ceng, cen */
		{ "陈桂兰", "程桂莲", false }, /* two letters */
		{ "陈桂兰", "林桂兰", false }, { "陈桂兰", "陈桂", false },   { "", "陈", false },
		{ "吕梅", "卢梅", true },      { "", "", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		if (pinyin_near(cases[i].a, cases[i].b) != cases[i].near)
			fail_msg("%s / %s", cases[i].a, cases[i].b);
		if (pinyin_near(cases[i].b, cases[i].a) != cases[i].near)
			fail_msg("%s / %s, turned round", cases[i].a, cases[i].b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readings__usual_first__characters),
		cmocka_unit_test(readings__in_order_and_readable__whole_table),
		cmocka_unit_test(surname__has_its_own_reading__table),
		cmocka_unit_test(name__all_plausible_keys__cases),
		cmocka_unit_test(name__keeps_likeliest__too_many_combinations),
		cmocka_unit_test(name__reads_so_many_characters__very_long),
		cmocka_unit_test(surname_chars__counts__cases),
		cmocka_unit_test(fold_syllable__same__confused_sounds),
		cmocka_unit_test(fold_syllable__differs__other_sounds),
		cmocka_unit_test(fold_query__finds__every_prefix),
		cmocka_unit_test(fold_query__finds_nobody__other_names),
		cmocka_unit_test(fold_initials__each_letter_alone__cases),
		cmocka_unit_test(normalise__lower_case_and_v__cases),
		cmocka_unit_test(match__begins__mixed_queries),
		cmocka_unit_test(near__within_one_letter__cases),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
