#include "app/base/utf8.h"
#include "screens/kit/edit.h"
#include "support/base/check.h"
#include "support/kit/dump.h"

static struct key k(const char *name)
{
	struct key key = { 0 };

	assert_true(key_parse(name, &key));
	return key;
}

static void type(struct edit *e, const char *text)
{
	size_t n = strlen(text), i = 0;

	while (i < n) {
		struct key key = { 0 };

		i += utf8_decode(text + i, n - i, &key.code);
		edit_key(e, key);
	}
}

static void edit__moves_and_deletes__by_cluster(void **state UNUSED)
{
	struct edit e;

	edit_init(&e, EDIT_TEXT, 0);
	type(&e, "李x\xcc\x81明");
	assert_string_equal(e.text.s, "李x\xcc\x81明");
	edit_key(&e, k("Left"));
	edit_key(&e, k("Backspace"));
	assert_string_equal(e.text.s, "李明");
	edit_key(&e, k("Home"));
	edit_key(&e, k("Delete"));
	assert_string_equal(e.text.s, "明");
	edit_key(&e, k("End"));
	type(&e, "e\xcc\x81"); /* composed to é */
	assert_string_equal(e.text.s, "明\xc3\xa9");
	assert_int_equal(e.caret, e.text.len);
	edit_key(&e, k("Backspace"));
	edit_key(&e, k("Backspace"));
	edit_key(&e, k("Backspace"));
	assert_string_equal(e.text.s, "");
	edit_release(&e);
}

static void edit__kills_words__and_jumps_over_them(void **state UNUSED)
{
	struct edit e;

	edit_init(&e, EDIT_TEXT, 0);
	edit_set(&e, "one two  three");
	edit_key(&e, k("C-w"));
	assert_string_equal(e.text.s, "one two  ");
	edit_key(&e, k("C-w"));
	assert_string_equal(e.text.s, "one ");
	edit_set(&e, "one two");
	edit_key(&e, k("C-Left"));
	assert_int_equal(e.caret, 4);
	edit_key(&e, k("C-Left"));
	assert_int_equal(e.caret, 0);
	edit_key(&e, k("C-Right"));
	assert_int_equal(e.caret, 3);
	edit_release(&e);
}

static void edit__admits__what_the_kind_allows(void **state UNUSED)
{
	static const struct {
		enum edit_kind kind;
		bool sign, whole;
		const char *typed, *text;
	} cases[] = {
		{ EDIT_TEXT, 0, 0, "Ａ b。", "Ａ b。" },
		{ EDIT_NUMBER, 0, 0, "61.5.2kg", "61.52" },
		{ EDIT_NUMBER, 0, 0, "６１。５", "61.5" },
		{ EDIT_NUMBER, 0, 1, "6.1", "61" },
		{ EDIT_NUMBER, 0, 0, "-5", "5" },
		{ EDIT_NUMBER, 1, 0, "-5-", "-5" },
		{ EDIT_DATE, 0, 0, "1950年1月2日", "1950年1月2日" },
		{ EDIT_DATE, 0, 0, "2026-11x-22", "2026-11-22" },
		{ EDIT_DATE, 0, 0, "Ｔ+3", "t+3" },
		{ EDIT_CODE, 0, 0, "2，6、11 。13", "2,6,11,13" },
		{ EDIT_CODE, 0, 0, ",2a", "2" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct edit e;

		edit_init(&e, cases[i].kind, 0);
		e.sign = cases[i].sign;
		e.whole = cases[i].whole;
		type(&e, cases[i].typed);
		assert_case(!strcmp(e.text.s, cases[i].text), i, e.text.s);
		edit_release(&e);
	}
}

static void edit_set__cleans__and_cuts(void **state UNUSED)
{
	struct edit e;

	edit_init(&e, EDIT_TEXT, 4);
	edit_set(&e, "a\033b\n\xff" "cdef");
	assert_true(utf8_valid(e.text.s, e.text.len));
	assert_null(strchr(e.text.s, '\033'));
	assert_true(utf8_count(e.text.s) <= 4);
	type(&e, "xyz");
	assert_true(utf8_count(e.text.s) <= 4);
	assert_true(edit_key(&e, k("z"))); /* full: taken and dropped, never a command */
	edit_release(&e);
}

static void edit_paste__makes_one_line__of_several(void **state UNUSED)
{
	struct edit e;

	edit_init(&e, EDIT_TEXT, 0);
	assert_true(edit_paste(&e, "第一行\n第二\t行\033[0m"));
	assert_string_equal(e.text.s, "第一行 第二 行[0m");
	edit_release(&e);
	edit_init(&e, EDIT_NUMBER, 0);
	assert_false(edit_paste(&e, "abc"));
	assert_true(edit_paste(&e, "120 mmHg"));
	assert_string_equal(e.text.s, "120");
	edit_release(&e);
}

static void edit_draw__keeps_the_caret_inside__and_whole_characters(void **state UNUSED)
{
	static const struct {
		const char *text;
		unsigned left;
		int w;
		const char *row;
		int cursor;
	} cases[] = {
		{ "abc", 0, 6, "abc", 3 },
		{ "abcdef", 0, 6, "bcdef", 5 },
		{ "abcdef", 1, 6, "abcdef", 5 },
		{ "高血压", 0, 6, "血压", 4 },
		{ "高血压", 1, 6, "高血压", 4 },
		{ "高血压随访", 0, 4, "访", 2 },
		{ "", 0, 4, "", 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = { 0 };
		struct edit e;
		AUTO_SBUF struct sbuf row = SBUF_INIT;

		canvas_resize(&cv, 1, 20);
		edit_init(&e, EDIT_TEXT, 0);
		edit_set(&e, cases[i].text);
		for (unsigned n = 0; n < cases[i].left; n++)
			edit_key(&e, k("Left"));
		edit_draw(&e, &cv, 0, 0, cases[i].w, FACE_EDITING, true);
		canvas_dump_row(&cv, 0, &row);
		assert_case(!strcmp(row.s, cases[i].row), i, row.s);
		assert_case(cv.cursor_on && cv.cursor_x == cases[i].cursor, i, "cursor");
		edit_release(&e);
		canvas_release(&cv);
	}
}

static void edit_draw__hides__what_is_secret(void **state UNUSED)
{
	struct canvas cv = { 0 };
	struct edit e;
	AUTO_SBUF struct sbuf row = SBUF_INIT;

	canvas_resize(&cv, 1, 20);
	edit_init(&e, EDIT_TEXT, 0);
	e.secret = true;
	edit_set(&e, "密码x");
	edit_draw(&e, &cv, 0, 0, 10, FACE_EDITING, true);
	canvas_dump_row(&cv, 0, &row);
	assert_string_equal(row.s, "***");
	assert_int_equal(cv.cursor_x, 3);
	edit_release(&e);
	canvas_release(&cv);
}

/* ---- against a plain model: an array of characters and an index ----------------------------------------------------- */

struct model {
	uint32_t c[64];
	size_t n, at;
};

static void model_key(struct model *m, struct key key, size_t max)
{
	if (key_is_text(key)) {
		if (m->n >= max)
			return;
		memmove(&m->c[m->at + 1], &m->c[m->at], (m->n - m->at) * sizeof m->c[0]);
		m->c[m->at++] = key.code;
		m->n++;
	} else if (key.code == K_BACKSPACE && m->at) {
		memmove(&m->c[m->at - 1], &m->c[m->at], (m->n - m->at) * sizeof m->c[0]);
		m->at--;
		m->n--;
	} else if (key.code == K_DELETE && m->at < m->n) {
		memmove(&m->c[m->at], &m->c[m->at + 1], (m->n - m->at - 1) * sizeof m->c[0]);
		m->n--;
	} else if (key.code == K_LEFT && m->at) {
		m->at--;
	} else if (key.code == K_RIGHT && m->at < m->n) {
		m->at++;
	} else if (key.code == K_HOME) {
		m->at = 0;
	} else if (key.code == K_END) {
		m->at = m->n;
	}
}

static void model_text(const struct model *m, size_t n, struct sbuf *out)
{
	sbuf_clear(out);
	for (size_t i = 0; i < n; i++) {
		char utf8[4];

		sbuf_add(out, utf8, utf8_encode(m->c[i], utf8));
	}
}

static void edit__equals_a_plain_model__under_random_keys(void **state UNUSED)
{
	static const uint32_t codes[] = { 'a', 'b', ' ', 0x674E, 0x5F20, 0xE9, 0x20BB7, '1', K_BACKSPACE, K_BACKSPACE, K_DELETE,
		K_LEFT, K_LEFT, K_RIGHT, K_HOME, K_END };
	AUTO_SBUF struct sbuf want = SBUF_INIT;
	struct model m = { 0 };
	struct edit e;
	uint32_t seed = 7;

	edit_init(&e, EDIT_TEXT, 40);
	for (int i = 0; i < 50000; i++) {
		struct key key = { 0 };

		seed = seed * 1664525u + 1013904223u;
		key.code = codes[(seed >> 8) % N_ELEMENTS(codes)];
		edit_key(&e, key);
		model_key(&m, key, 40);
		model_text(&m, m.at, &want);
		assert_int_equal(e.caret, want.len);
		model_text(&m, m.n, &want);
		assert_string_equal(e.text.s, want.s);
	}
	edit_release(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edit__moves_and_deletes__by_cluster),
		cmocka_unit_test(edit__kills_words__and_jumps_over_them),
		cmocka_unit_test(edit__admits__what_the_kind_allows),
		cmocka_unit_test(edit_set__cleans__and_cuts),
		cmocka_unit_test(edit_paste__makes_one_line__of_several),
		cmocka_unit_test(edit_draw__keeps_the_caret_inside__and_whole_characters),
		cmocka_unit_test(edit_draw__hides__what_is_secret),
		cmocka_unit_test(edit__equals_a_plain_model__under_random_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
