#include "app/base/utf8.h"
#include "support/base/check.h"

static void utf8_valid__tells__good_from_bad(void **state UNUSED)
{
	static const struct {
		const char *s;
		bool valid;
	} cases[] = {
		{ "", true }, { "abc", true }, { "村医", true }, { "é", true }, { "𠮷", true }, { "\xEF\xBF\xBD", true },
		{ "\x80", false }, { "\xC0\x80", false }, { "\xC1\xBF", false }, { "\xE0\x80\x80", false },
		{ "\xED\xA0\x80", false }, { "\xF4\x90\x80\x80", false }, { "\xF8\x88\x80\x80\x80", false },
		{ "\xE6\x9D", false }, { "a\xFF", false }, { "\xE6\x9D\x41", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(utf8_valid(cases[i].s, strlen(cases[i].s)) == cases[i].valid, i, cases[i].s);
	assert_false(utf8_valid("村", 2));
}

static void utf8_decode__inverts__utf8_encode(void **state UNUSED)
{
	static const uint32_t cps[] = { 0, 0x41, 0x7F, 0x80, 0x7FF, 0x800, 0x6751, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF };

	for (size_t i = 0; i < N_ELEMENTS(cps); i++) {
		char buf[4];
		uint32_t cp;
		size_t n = utf8_encode(cps[i], buf);

		assert_int_equal(utf8_decode(buf, n, &cp), n);
		assert_int_equal(cp, cps[i]);
	}
}

static void utf8_encode__writes_replacement__for_what_is_no_character(void **state UNUSED)
{
	static const uint32_t cps[] = { 0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF };

	for (size_t i = 0; i < N_ELEMENTS(cps); i++) {
		char buf[4];

		assert_int_equal(utf8_encode(cps[i], buf), 3);
		assert_memory_equal(buf, "\xEF\xBF\xBD", 3);
	}
}

static void utf8_clean__makes_valid__and_composes(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "abc\n", "abc\n" },
		{ "村医", "村医" },
		{ "e\xCC\x81", "é" },
		{ "a\xFF""b", "a\xEF\xBF\xBD""b" },
		{ "\xE6\x9D", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "Ａ１", "Ａ１" },
		{ "𠮷", "𠮷" },
		{ "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf b = SBUF_INIT;

		utf8_clean(&b, cases[i][0], strlen(cases[i][0]));
		assert_case(!strcmp(b.s, cases[i][1]), i, b.s);
	}
}

static void utf8_clean__keeps__what_stands_before_and_after_a_nul(void **state UNUSED)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	utf8_clean(&b, "村\0医", 7);
	assert_int_equal(b.len, 7);
	assert_memory_equal(b.s, "村\0医", 7);
}

static void utf8_width__counts__columns(void **state UNUSED)
{
	static const struct {
		const char *s;
		int width;
	} cases[] = {
		{ "", 0 },          { "abc", 3 },        { "村医", 4 },       { "高血压 I", 8 },  { "é", 1 },
		{ "e\xCC\x81", 1 }, { "Ａ", 2 },         { "·", 1 },          { "—", 1 },         { "①", 1 },
		{ "𠮷", 2 },        { "ｱ", 1 },          { "\x1B", 4 },       { "\n", 4 },        { "\x7F", 4 },
		{ "\xC2\x85", 4 },  { "\xC2\xAD", 4 },   { "\xE2\x80\xAE", 8 }, { "\xE2\x80\x8B", 8 }, { "\xEF\xBB\xBF", 8 },
		{ "\xFF", 1 },      { "，", 2 },         { "、。", 4 },       { "🙂", 2 },        { "\xF3\xA0\x80\x81", 9 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(utf8_width(cases[i].s) == cases[i].width, i, cases[i].s);
}

static void utf8_fit__never_splits__wide_characters_or_clusters(void **state UNUSED)
{
	static const struct {
		const char *s;
		int cols;
		size_t bytes;
	} cases[] = {
		{ "高血压", 6, 9 }, { "高血压", 5, 6 }, { "高血压", 1, 0 }, { "a高", 2, 1 }, { "a高", 3, 4 },
		{ "e\xCC\x81x", 1, 3 }, { "e\xCC\x81x", 2, 4 }, { "abc", 0, 0 }, { "abc", 99, 3 }, { "", 4, 0 },
		{ "\x1Bx", 4, 1 }, { "\x1Bx", 3, 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(utf8_fit(cases[i].s, cases[i].cols) == cases[i].bytes, i, cases[i].s);
}

static void utf8_cluster__takes__base_and_marks(void **state UNUSED)
{
	static const char s[] = "e\xCC\x81\xCC\x82村a\xCC\x81";
	size_t n = strlen(s);

	assert_int_equal(utf8_cluster(s, n), 5);
	assert_int_equal(utf8_cluster(s + 5, n - 5), 3);
	assert_int_equal(utf8_cluster(s + 8, n - 8), 3);
	assert_int_equal(utf8_cluster(s, 0), 0);
	assert_int_equal(utf8_cluster("\xFF\xFF", 2), 1);
	assert_int_equal(utf8_cluster_before(s, n), 8);
	assert_int_equal(utf8_cluster_before(s, 8), 5);
	assert_int_equal(utf8_cluster_before(s, 5), 0);
}

static void utf8_count__counts__characters(void **state UNUSED)
{
	assert_int_equal(utf8_count(""), 0);
	assert_int_equal(utf8_count("村医 a"), 4);
	assert_int_equal(utf8_count("𠮷é"), 2);
}

static void utf8_fold_width__folds_and_trims__table(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "１２３", "123" },     { "ＡＢｃ", "ABc" },   { "　张三　", "张三" }, { " \t a b \n", "a b" },
		{ "１。５", "1.5" },     { "（甲）", "(甲)" },  { "", "" },             { "　", "" },
		{ "x\xC2\xA0y", "x y" }, { "１２：３０", "12:30" }, { "～", "~" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char out[64];

		assert_true(utf8_fold_width(cases[i][0], out, sizeof out));
		assert_case(!strcmp(out, cases[i][1]), i, out);
	}
}

static void utf8_fold_width__refuses__what_does_not_fit_or_is_damaged(void **state UNUSED)
{
	char out[4];

	assert_true(utf8_fold_width("abc", out, sizeof out));
	assert_false(utf8_fold_width("abcd", out, sizeof out));
	assert_false(utf8_fold_width("村a", out, sizeof out));
	assert_true(utf8_fold_width("１２３", out, sizeof out));
	assert_false(utf8_fold_width("\xFF", out, sizeof out));
	assert_true(utf8_fold_width("\xEF\xBF\xBD", out, sizeof out));
}

static void utf8_plain__nothing_moves_the_cursor(void **state)
{
	static const char *const pairs[][2] = { { "a\x1b]0;x\x07" "b\r\nc", "a ]0;x b  c" },
		{ "\xe6\x9d\x91", "\xe6\x9d\x91" }, { "a\xe2\x80\xae" "b", "a b" }, { "\xff", "\xef\xbf\xbd" }, { "", "" } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(pairs); i++) {
		AUTO_SBUF struct sbuf out = SBUF_INIT;

		utf8_plain(&out, pairs[i][0], strlen(pairs[i][0]));
		assert_case(strcmp(out.s, pairs[i][1]) == 0, i, out.s);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_plain__nothing_moves_the_cursor),
		cmocka_unit_test(utf8_valid__tells__good_from_bad),
		cmocka_unit_test(utf8_decode__inverts__utf8_encode),
		cmocka_unit_test(utf8_encode__writes_replacement__for_what_is_no_character),
		cmocka_unit_test(utf8_clean__makes_valid__and_composes),
		cmocka_unit_test(utf8_clean__keeps__what_stands_before_and_after_a_nul),
		cmocka_unit_test(utf8_width__counts__columns),
		cmocka_unit_test(utf8_fit__never_splits__wide_characters_or_clusters),
		cmocka_unit_test(utf8_cluster__takes__base_and_marks),
		cmocka_unit_test(utf8_count__counts__characters),
		cmocka_unit_test(utf8_fold_width__folds_and_trims__table),
		cmocka_unit_test(utf8_fold_width__refuses__what_does_not_fit_or_is_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
