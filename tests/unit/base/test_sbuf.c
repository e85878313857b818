#include "app/base/sbuf.h"
#include "app/base/mem.h"
#include "support/base/check.h"

static void sbuf_add__keeps_a_valid_string__always(void **state UNUSED)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	assert_string_equal(b.s, "");
	sbuf_adds(&b, "");
	assert_int_equal(b.cap, 0);
	sbuf_adds(&b, "村");
	sbuf_addc(&b, '-');
	sbuf_addf(&b, "%d/%s", 7, "x");
	assert_string_equal(b.s, "村-7/x");
	assert_int_equal(b.len, 7);
	for (int i = 0; i < 1000; i++)
		sbuf_addf(&b, "%04d", i);
	assert_int_equal(b.len, 4007);
	assert_int_equal(strlen(b.s), 4007);
	sbuf_clear(&b);
	assert_string_equal(b.s, "");
	assert_true(b.cap > 0);
}

static void sbuf_add__says_full__beyond_its_limit(void **state UNUSED)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	sbuf_init(&b, 8);
	sbuf_adds(&b, "12345678");
	assert_false(b.full);
	sbuf_addc(&b, '9');
	assert_true(b.full);
	assert_string_equal(b.s, "12345678");
	sbuf_addf(&b, "%s", "x");
	assert_string_equal(b.s, "12345678");
	sbuf_clear(&b);
	assert_false(b.full);
	sbuf_addf(&b, "%s", "123456789");
	assert_true(b.full);
	assert_string_equal(b.s, "");
}

static void sbuf_splice__replaces__anywhere(void **state UNUSED)
{
	static const struct {
		size_t pos, n;
		const char *s, *expected;
	} cases[] = {
		{ 0, 0, "x", "xabcdef" },  { 6, 0, "x", "abcdefx" }, { 2, 2, "", "abef" },     { 2, 2, "12", "ab12ef" },
		{ 2, 2, "1234", "ab1234ef" }, { 0, 6, "", "" },      { 0, 6, "z", "z" },       { 5, 1, "YZ", "abcdeYZ" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf b = SBUF_INIT;

		sbuf_adds(&b, "abcdef");
		sbuf_splice(&b, cases[i].pos, cases[i].n, cases[i].s, strlen(cases[i].s));
		assert_case(!strcmp(b.s, cases[i].expected), i, b.s);
		assert_case(b.len == strlen(cases[i].expected), i, "length");
	}
}

static void sbuf_splice__works__on_an_empty_buffer(void **state UNUSED)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	AUTO_SBUF struct sbuf small = SBUF_INIT;

	sbuf_splice(&b, 0, 0, "", 0);
	assert_string_equal(b.s, "");
	sbuf_splice(&b, 0, 0, "ab", 2);
	assert_string_equal(b.s, "ab");
	sbuf_init(&small, 3);
	sbuf_adds(&small, "abc");
	sbuf_splice(&small, 1, 1, "xy", 2);
	assert_true(small.full);
	assert_string_equal(small.s, "abc");
}

static void sbuf_take__hands_over__and_empties(void **state UNUSED)
{
	struct sbuf b = SBUF_INIT;
	AUTO_FREE char *empty = sbuf_take(&b);
	AUTO_FREE char *text = NULL;

	assert_string_equal(empty, "");
	sbuf_adds(&b, "abc");
	text = sbuf_take(&b);
	assert_string_equal(text, "abc");
	assert_string_equal(b.s, "");
	sbuf_cut(&b, 0);
	sbuf_cut(&b, 5);
	sbuf_adds(&b, "abc");
	sbuf_cut(&b, 1);
	assert_string_equal(b.s, "a");
	sbuf_release(&b);
	sbuf_release(&b);
	assert_string_equal(b.s, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sbuf_add__keeps_a_valid_string__always),
		cmocka_unit_test(sbuf_add__says_full__beyond_its_limit),
		cmocka_unit_test(sbuf_splice__replaces__anywhere),
		cmocka_unit_test(sbuf_splice__works__on_an_empty_buffer),
		cmocka_unit_test(sbuf_take__hands_over__and_empties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
