#include "app/base/date.h"
#include "screens/kit/chart.h"
#include "screens/kit/qr.h"
#include "support/base/check.h"
#include "support/kit/dump.h"

static struct canvas make(int h, int w, bool blocks)
{
	struct canvas cv = { .blocks = blocks };

	canvas_resize(&cv, h, w);
	if (!blocks)
		cv.signs = SIGNS_ASCII;
	return cv;
}

static struct rect whole(const struct canvas *cv)
{
	return (struct rect){ 0, 0, cv->h, cv->w };
}

static void check_dump(struct canvas *cv, const char *want)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT;

	canvas_dump(cv, &is);
	if (strcmp(is.s, want) != 0)
		print_message("%s", is.s);
	assert_string_equal(is.s, want);
	canvas_release(cv);
}

static const struct trend_point points[] = {
	{ 20486, 152, "02", false }, { 20546, 146, "04", false }, { 20607, 160, "06", false }, { 20668, 150, "08", true },
	{ 20729, 168, "10", false }, { 20760, 151, "11", false },
};

static void chart_trend__shows_axis_target_and_numbers__in_ascii(void **state UNUSED)
{
	struct canvas cv = make(7, 44, false);

	chart_trend(&cv, whole(&cv), &(struct trend){ points, N_ELEMENTS(points), 150, 1, 10 });
	check_dump(&cv,
		"170|                                  o\n"
		"160|                 o\n"
		"150+o-------o----------------x-------------o\n"
		"140|\n"
		"130|\n"
		"    152    146      160     150      168 151\n"
		"    02     04       06      08       10   11\n");
}

/* Over more than a year the years stand where they begin; one that has no room is left out. */
static void chart_trend__says_the_years__over_more_than_one(void **state UNUSED)
{
	const struct trend_point three[] = { { date_day("2023-11-20"), 152, "11-20", false },
		{ date_day("2024-08-12"), 146, "08-12", false }, { date_day("2025-06-01"), 160, "06-01", false },
		{ date_day("2026-11-22"), 150, "11-22", false } };
	struct canvas cv = make(6, 44, false);

	chart_trend(&cv, whole(&cv), &(struct trend){ three, N_ELEMENTS(three), 150, 1, 10 });
	check_dump(&cv,
		"160|                   o\n"
		"150+o--------o-----------------------------o\n"
		"140|\n"
		"130|\n"
		"    152     146       160                150\n"
		"     2024         2025         2026\n");
}

static void chart_trend__joins_points__in_braille_and_scales_decimals(void **state UNUSED)
{
	static const struct trend_point glucose[] = { { 100, 64, "a", false }, { 200, 92, "b", false } };
	struct canvas cv = make(8, 40, true);
	AUTO_SBUF struct sbuf is = SBUF_INIT;

	chart_trend(&cv, whole(&cv), &(struct trend){ glucose, 2, 70, 10, 0 });
	canvas_dump(&cv, &is);
	assert_non_null(strstr(is.s, "●"));
	assert_non_null(strstr(is.s, "├"));
	assert_non_null(strstr(is.s, "9.2"));
	assert_non_null(strstr(is.s, "\xe2\xa0"));
	canvas_release(&cv);
}

/* Whatever the numbers, a chart stays inside its rectangle and does not fail. */
static void charts__stay_inside__with_odd_numbers(void **state UNUSED)
{
	static const struct trend_point odd[][2] = {
		{ { 5, 0, "", false }, { 5, 0, "", false } },
		{ { 0, -5, "x", false }, { 1, INT32_MAX, "y", false } },
		{ { INT32_MIN / 2, 7, NULL, false }, { INT32_MAX / 2, 7, NULL, false } },
	};
	struct rect r = { 1, 2, 6, 24 };

	for (size_t i = 0; i < N_ELEMENTS(odd); i++)
		for (size_t n = 0; n <= 2; n++) {
			struct canvas cv = make(8, 30, true);
			AUTO_SBUF struct sbuf row = SBUF_INIT;

			chart_trend(&cv, r, &(struct trend){ odd[i], n, 0, 1, 0 });
			chart_bars(&cv, r, (const struct bar[]){ { "a", -1, 0, NULL, FACE_NORMAL }, { "b", 5, 1, "5", FACE_DUE } }, n);
			chart_pyramid(&cv, r, "m", "f", (const struct pyramid_row[]){ { "0", 0, 0 }, { "1", 9, 1 } }, n);
			canvas_dump_row(&cv, 7, &row);
			assert_string_equal(row.s, "");
			canvas_release(&cv);
		}
}

static void chart_bars__scale_to_the_largest__with_numbers(void **state UNUSED)
{
	static const struct bar bars[] = {
		{ "签约率", 50, 100, "50.0%", FACE_DONE }, { "随访", 100, 100, "100%", FACE_NORMAL },
		{ "体检", 0, 100, NULL, FACE_NORMAL },
	};
	struct canvas cv = make(3, 30, false);

	chart_bars(&cv, whole(&cv), bars, N_ELEMENTS(bars));
	check_dump(&cv,
		"签约率 #########         50.0%\n"
		"随访   #################  100%\n"
		"体检                         0\n");
}

static void chart_pyramid__mirrors__both_sides(void **state UNUSED)
{
	static const struct pyramid_row rows[] = { { "65+", 10, 20 }, { "35-64", 40, 38 }, { "0-34", 30, 30 } };
	struct canvas cv = make(4, 50, false);

	chart_pyramid(&cv, whole(&cv), "M", "F", rows, N_ELEMENTS(rows));
	check_dump(&cv,
		"                    M       F\n"
		"10              #####   65+ #########          20\n"
		"40 ################## 35-64 #################  38\n"
		"30     ##############  0-34 ##############     30\n");
}

/* ---- QR ---------------------------------------------------------------------------------------------------------- */

static int rows_of_code(const struct canvas *cv)
{
	int n = 0;

	for (int y = 0; y < cv->h; y++)
		n += canvas_cell(cv, y, cv->w / 2)->face == FACE_CODE;
	return n;
}

static void qr_draw__fits_24_lines__up_to_version_5(void **state UNUSED)
{
	static const struct {
		size_t length;
		int rows;
	} cases[] = { { 10, 13 }, { 26, 15 }, { 84, 21 }, { 106, 21 } };
	char text[256];
	struct err err;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = make(22, 80, true);

		memset(text, 'a', sizeof text);
		text[cases[i].length] = '\0';
		assert_ok(qr_draw(&cv, whole(&cv), text, &err), &err);
		assert_int_equal(rows_of_code(&cv), cases[i].rows);
		assert_int_equal(canvas_cell(&cv, 11, 40)->face, FACE_CODE);
		canvas_release(&cv);
	}
}

static void qr_draw__refuses_with_a_way_out__what_cannot_be_shown(void **state UNUSED)
{
	static char huge[4000];
	struct canvas small = make(10, 40, true), ascii = make(22, 80, false), big = make(22, 80, true);
	char size[64];
	struct err err;

	memset(huge, 'x', sizeof huge - 1);
	assert_refused(qr_draw(&small, whole(&small), "350299195203150048", &err), &err, ERR_OUT_OF_RANGE);
	snprintf(size, sizeof size, "%d columns and %d lines", 29, 15);
	assert_non_null(strstr(err.message, size)); /* how large it has to be */
	assert_refused(qr_draw(&ascii, whole(&ascii), "350299195203150048", &err), &err, ERR_INVALID_VALUE);
	assert_refused(qr_draw(&big, whole(&big), huge, &err), &err, ERR_OUT_OF_RANGE);
	canvas_release(&small);
	canvas_release(&ascii);
	canvas_release(&big);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chart_trend__shows_axis_target_and_numbers__in_ascii),
		cmocka_unit_test(chart_trend__says_the_years__over_more_than_one),
		cmocka_unit_test(chart_trend__joins_points__in_braille_and_scales_decimals),
		cmocka_unit_test(charts__stay_inside__with_odd_numbers),
		cmocka_unit_test(chart_bars__scale_to_the_largest__with_numbers),
		cmocka_unit_test(chart_pyramid__mirrors__both_sides),
		cmocka_unit_test(qr_draw__fits_24_lines__up_to_version_5),
		cmocka_unit_test(qr_draw__refuses_with_a_way_out__what_cannot_be_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
