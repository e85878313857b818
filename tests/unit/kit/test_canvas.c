#include "app/base/utf8.h"
#include "screens/kit/canvas.h"
#include "support/base/check.h"
#include "support/kit/dump.h"

static struct canvas make(int h, int w)
{
	struct canvas cv = { 0 };

	canvas_resize(&cv, h, w);
	return cv;
}

static void check_row(const struct canvas *cv, int y, const char *want)
{
	AUTO_SBUF struct sbuf row = SBUF_INIT;

	canvas_dump_row(cv, y, &row);
	assert_string_equal(row.s, want);
}

/* What must hold for every canvas whatever was drawn. */
static void check_whole(const struct canvas *cv)
{
	for (int y = 0; y < cv->h; y++)
		for (int x = 0; x < cv->w; x++) {
			const struct canvas_cell *c = canvas_cell(cv, y, x);
			size_t n = strlen(c->s);
			uint32_t cp;

			assert_true(c->width <= 2);
			if (c->width == 0) {
				assert_true(x > 0 && canvas_cell(cv, y, x - 1)->width == 2);
				assert_int_equal(n, 0);
				continue;
			}
			if (c->width == 2)
				assert_true(x + 1 < cv->w && canvas_cell(cv, y, x + 1)->width == 0);
			assert_true(n > 0 && n <= CELL_BYTES && utf8_valid(c->s, n));
			utf8_decode(c->s, n, &cp);
			assert_int_equal(utf8_cp_width(cp), c->width);
			assert_true(c->face < FACE_COUNT);
		}
}

static void canvas_text__clips__never_half_a_wide_character(void **state UNUSED)
{
	static const struct {
		int x, w;
		const char *text, *row;
		int used;
	} cases[] = {
		{ 0, 8, "高血压", "高血压", 6 },
		{ 0, 5, "高血压", "高血", 4 },
		{ 5, 9, "高血压", "     高", 2 },
		{ 6, 9, "高血压", "      高", 2 },
		{ 7, 9, "高血压", "", 0 },
		{ -1, 8, "高血压", " 血压", 6 },
		{ -2, 8, "高血压", "血压", 6 },
		{ 0, 8, "abcdefghij", "abcdefgh", 8 },
		{ -3, 8, "abcdef", "def", 6 },
		{ 0, 0, "abc", "", 0 },
		{ 0, -4, "abc", "", 0 },
		{ 0, 8, "", "", 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = make(1, 8);

		assert_case(canvas_text(&cv, 0, cases[i].x, cases[i].w, FACE_NORMAL, cases[i].text) == cases[i].used, i,
			cases[i].text);
		check_row(&cv, 0, cases[i].row);
		check_whole(&cv);
		canvas_release(&cv);
	}
}

static void canvas_text__outside__draws_nothing(void **state UNUSED)
{
	struct canvas cv = make(2, 4);

	assert_int_equal(canvas_text(&cv, -1, 0, 4, FACE_NORMAL, "ab"), 0);
	assert_int_equal(canvas_text(&cv, 2, 0, 4, FACE_NORMAL, "ab"), 0);
	assert_int_equal(canvas_text(&cv, 0, 9, 4, FACE_NORMAL, "ab"), 0);
	check_row(&cv, 0, "");
	canvas_release(&cv);
}

/* "ab张三丰|", then X on the right half of 张: a terminal that keeps the left half shifts the row. */
static void canvas_text__blanks_the_other_half__of_what_it_overwrites(void **state UNUSED)
{
	static const struct {
		int x;
		const char *text, *row;
	} cases[] = {
		{ 3, "X", "ab X三丰|" },
		{ 2, "X", "abX 三丰|" },
		{ 3, "李", "ab 李 丰|" },
		{ 2, "李", "ab李三丰|" },
		{ 1, "李", "a李 三丰|" },
		{ 7, "XY", "ab张三 XY" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = make(1, 10);

		canvas_text(&cv, 0, 0, 10, FACE_NORMAL, "ab张三丰|");
		canvas_text(&cv, 0, cases[i].x, 10, FACE_NORMAL, cases[i].text);
		check_row(&cv, 0, cases[i].row);
		check_whole(&cv);
		canvas_release(&cv);
	}
}

static void canvas_text__shows_as_a_tag__what_could_harm_the_terminal(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "a\033[31mb", "a\\x1b[31mb" },
		{ "a\nb\tc", "a\\x0ab\\x09c" },
		{ "a\xc2\x9b" "b", "a\\x9bb" },
		{ "\xe2\x80\xae" "evil", "<U+202E>evil" },
		{ "a\xe2\x80\x8b" "b", "a<U+200B>b" },
		{ "\xef\xbb\xbf" "x", "<U+FEFF>x" },
		{ "\xee\x80\x80", "<U+E000>" },
		{ "\xf4\x8f\xbf\xbd", "<U10FFFD>" },
		{ "\x7f", "\\x7f" },
		{ "a\xff" "b", "a\xef\xbf\xbd" "b" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = make(1, 40);
		int used = canvas_text(&cv, 0, 0, 40, FACE_NORMAL, cases[i][0]);

		check_row(&cv, 0, cases[i][1]);
		assert_int_equal(used, canvas_width(&cv, cases[i][0]));
		assert_int_equal(used, utf8_width(cases[i][0]));
		check_whole(&cv);
		canvas_release(&cv);
	}
}

static void canvas_text__keeps_marks_with_their_base__and_not_too_many(void **state UNUSED)
{
	struct canvas cv = make(1, 10);

	assert_int_equal(canvas_text(&cv, 0, 0, 10, FACE_NORMAL, "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86x"), 2);
	assert_string_equal(canvas_cell(&cv, 0, 0)->s, "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84");
	assert_string_equal(canvas_cell(&cv, 0, 1)->s, "x");
	check_whole(&cv);
	canvas_release(&cv);
}

static void canvas_text__uses_twins__where_signs_cannot_be_drawn(void **state UNUSED)
{
	static const struct {
		enum sign_mode mode;
		const char *text, *row;
	} cases[] = {
		{ SIGNS_UNICODE, "✓↑◆△▶●·─│", "✓↑◆△▶●·─│" },
		{ SIGNS_ASCII, "✓↑◆△▶●·─│├┼", "v^*!>o--|++" },
		{ SIGNS_ASCII, "…“×”", "…“×”" },
		{ SIGNS_WIDE, "✓↑◆△▶●─│", "v^*!>o-|" },
		{ SIGNS_WIDE, "阿·买…≥“好”℃", "阿・买...>=「好」度" },
		{ SIGNS_WIDE, "я", "<U+044F>" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = make(1, 40);

		cv.signs = cases[i].mode;
		assert_int_equal(canvas_text(&cv, 0, 0, 40, FACE_NORMAL, cases[i].text), canvas_width(&cv, cases[i].text));
		check_row(&cv, 0, cases[i].row);
		check_whole(&cv);
		canvas_release(&cv);
	}
}

static void canvas_clip__shows_that_something_is_missing__and_right_aligns(void **state UNUSED)
{
	struct canvas cv = make(4, 10);

	canvas_clip(&cv, 0, 0, 5, FACE_NORMAL, "高血压");
	check_row(&cv, 0, "高血~");
	canvas_clip(&cv, 1, 0, 6, FACE_NORMAL, "高血压");
	check_row(&cv, 1, "高血压");
	canvas_right(&cv, 2, 0, 8, FACE_NORMAL, "高血压");
	check_row(&cv, 2, "  高血压");
	canvas_right(&cv, 3, 0, 4, FACE_NORMAL, "高血压");
	check_row(&cv, 3, "高血");
	canvas_release(&cv);
}

static void canvas_wrap__breaks_between_hanzi__and_at_blanks(void **state UNUSED)
{
	static const struct {
		int w;
		const char *text, *rows[4];
	} cases[] = {
		{ 10, "one two three", { "one two", "three" } },
		{ 6, "高血压随访", { "高血压", "随访" } },
		{ 6, "高血压，随访", { "高血", "压，随", "访" } },
		{ 7, "BP 高血压 x", { "BP 高血", "压 x" } },
		{ 20, "6咨询 17用药指导 8中医体质", { "6咨询 17用药指导", "8中医体质" } }, /* not 8中医体 | 质 */
		{ 20, "6 咨询用药 中医体质辨识", { "6 咨询用药 中医体质", "辨识" } }, /* that blank is too far back */
		{ 4, "abcdefgh", { "abcd", "efgh" } },
		{ 9, "a\nb\n\nc", { "a", "b", "", "c" } },
		{ 1, "高", { "" } },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = make(6, 20);
		int rows = canvas_wrap(&cv, (struct rect){ 0, 0, 6, cases[i].w }, FACE_NORMAL, cases[i].text);
		int want = 0;

		while (want < 4 && cases[i].rows[want]) {
			check_row(&cv, want, cases[i].rows[want]);
			want++;
		}
		assert_case(rows == want, i, cases[i].text);
		assert_int_equal(canvas_wrap_rows(&cv, cases[i].w, cases[i].text), rows);
		canvas_release(&cv);
	}
}

static void canvas_wrap_from__leaves_out__the_first_rows(void **state UNUSED)
{
	struct canvas cv = make(2, 10);

	assert_int_equal(canvas_wrap_from(&cv, (struct rect){ 0, 0, 2, 10 }, FACE_NORMAL, "a\nb\nc\nd", 2), 4);
	check_row(&cv, 0, "c");
	check_row(&cv, 1, "d");
	canvas_release(&cv);
}

static void canvas_cursor__stays_inside__and_knows_if_it_types(void **state UNUSED)
{
	struct canvas cv = make(3, 5);

	canvas_cursor(&cv, 2, 4);
	assert_true(cv.cursor_on);
	canvas_cursor(&cv, 2, 5);
	assert_false(cv.cursor_on);
	assert_int_equal(cv.cursor_x, 4);
	canvas_park(&cv, -1, 2);
	assert_int_equal(cv.cursor_y, 0);
	assert_false(cv.cursor_on);
	canvas_release(&cv);
}

/* ---- random ------------------------------------------------------------------------------------------------------ */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void random_text(uint32_t *seed, struct sbuf *out)
{
	static const char *const bits[] = { "a", " ", "张", "é", "e\xcc\x81", "\xcc\x81", "\033", "\n", "·", "─", "…", "Ω",
		"\xf0\xa0\xae\xb7", "\xe2\x80\x8f", "１", "ｶ", "\xff", "\xe5\xbc", "●", "。", "\xf0\x9f\x98\x80", "я" };

	sbuf_clear(out);
	for (uint32_t n = next_random(seed) % 12; n--;)
		sbuf_adds(out, bits[next_random(seed) % N_ELEMENTS(bits)]);
}

static void draw_randomly(struct canvas *cv, uint32_t *seed, const char *s)
{
	int y = (int)(next_random(seed) % 8) - 2, x = (int)(next_random(seed) % 28) - 6, w = (int)(next_random(seed) % 24) - 2;
	struct rect r = { y, x, (int)(next_random(seed) % 5), w };

	cv->signs = (enum sign_mode)(next_random(seed) % 3);
	switch (next_random(seed) % 5) {
	case 0:
	case 1:
		assert_true(canvas_text(cv, y, x, w, FACE_NORMAL, s) <= (w > 0 ? w : 0));
		break;
	case 2:
		canvas_clip(cv, y, x, w, FACE_DUE, s);
		break;
	case 3:
		canvas_wrap(cv, r, FACE_HINT, s);
		break;
	default:
		canvas_fill(cv, r, FACE_POPUP);
	}
}

static void canvas__stays_whole__whatever_is_drawn(void **state UNUSED)
{
	AUTO_SBUF struct sbuf s = SBUF_INIT, row = SBUF_INIT;
	struct canvas cv = make(4, 20);
	uint32_t seed = 20261122;

	for (int i = 0; i < 20000; i++) {
		random_text(&seed, &s);
		draw_randomly(&cv, &seed, s.s);
		if (i % 50 == 0)
			check_whole(&cv);
	}
	check_whole(&cv);
	for (int y = 0; y < cv.h; y++) {
		sbuf_clear(&row);
		canvas_dump_row(&cv, y, &row);
		assert_true(utf8_width(row.s) <= cv.w);
	}
	canvas_release(&cv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canvas_text__clips__never_half_a_wide_character),
		cmocka_unit_test(canvas_text__outside__draws_nothing),
		cmocka_unit_test(canvas_text__blanks_the_other_half__of_what_it_overwrites),
		cmocka_unit_test(canvas_text__shows_as_a_tag__what_could_harm_the_terminal),
		cmocka_unit_test(canvas_text__keeps_marks_with_their_base__and_not_too_many),
		cmocka_unit_test(canvas_text__uses_twins__where_signs_cannot_be_drawn),
		cmocka_unit_test(canvas_clip__shows_that_something_is_missing__and_right_aligns),
		cmocka_unit_test(canvas_wrap__breaks_between_hanzi__and_at_blanks),
		cmocka_unit_test(canvas_wrap_from__leaves_out__the_first_rows),
		cmocka_unit_test(canvas_cursor__stays_inside__and_knows_if_it_types),
		cmocka_unit_test(canvas__stays_whole__whatever_is_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
