#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/date.h"
#include "app/clinic/report.h"

static void cell_text__is_what_people_read__every_kind(void **state)
{
	static const struct {
		struct cell cell;
		const char *want;
	} cases[] = {
		{ { CELL_EMPTY, 0, 0, 0, 0, 0, { .num = 5 } }, "" },
		{ { CELL_TEXT, 0, 0, 0, 0, 0, { .text = "高血压" } }, "高血压" },
		{ { CELL_INT, 0, 0, 0, 0, 0, { .num = 0 } }, "0" },
		{ { CELL_INT, 0, 0, 0, 0, 0, { .num = -12 } }, "-12" },
		{ { CELL_INT, 0, 0, 0, 0, 0, { .num = INT64_MIN } }, "-9223372036854775808" },
		{ { CELL_DECIMAL, 0, 1, 0, 0, 0, { .num = 70 } }, "7.0" },
		{ { CELL_DECIMAL, 0, 2, 0, 0, 0, { .num = -5 } }, "-0.05" },
		{ { CELL_PERCENT, 0, 2, 0, 0, 0, { .num = 6543 } }, "65.43%" },
		{ { CELL_PERCENT, 0, 2, 0, 0, 0, { .num = 10000 } }, "100.00%" },
		{ { CELL_PERCENT, 0, 2, 0, 0, 0, { .num = 7 } }, "0.07%" },
		{ { CELL_DATE, 0, 0, 0, 0, 0, { .num = 0 } }, "1970-01-01" },
		{ { CELL_DATE, 0, 0, 0, 0, 0, { .num = 20757 } }, "2026-10-31" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf out = SBUF_INIT;

		cell_text(&cases[i].cell, &out);
		assert_string_equal(out.s, cases[i].want);
	}
}

static void report_dump__is_the_whole_report__as_text(void **state)
{
	AUTO_REPORT struct report *rep = report_new("2026-10", "月报", "试验乡", date_day("2026-10-31"));
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "指标");

	sheet_line(sh, CELL_STYLE_TITLE, "月报");
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PLAIN, "a\tb\nc");
	sheet_empty(sh, CELL_STYLE_PLAIN);
	sheet_percent(sh, CELL_STYLE_PLAIN, 5000);
	sheet_row(sh);
	report_sheet(rep, SHEET_LIST, "名单");
	report_dump(rep, &out);
	assert_string_equal(out.s,
		"2026-10\t月报\t试验乡\t2026-10-31\n== 指标\n月报\na b c\t\t50.00%\n\n== 名单\n");
	assert_int_equal(report_cells(rep), 4);
}

static void report_sheet__begins_with_mark__practice(void **state)
{
	AUTO_REPORT struct report *rep = report_new("2026", "年报", "", 0);
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	report_set_mark(rep, "练习");
	sheet_dump(report_sheet(rep, SHEET_LIST, "a"), &out);
	sheet_dump(report_sheet(rep, SHEET_FIGURES, "b"), &out);
	assert_string_equal(out.s, "练习\n练习\n");
}

static void sheet_col_width__fits_contents__chinese_counts_two(void **state)
{
	AUTO_REPORT struct report *rep = report_new("2026", "", "", 0);
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "a");
	AUTO_SBUF struct sbuf longer = SBUF_INIT;

	for (int i = 0; i < 50; i++)
		sbuf_adds(&longer, "长");
	sheet_line(sh, CELL_STYLE_NOTE, longer.s); /* overflows, does not widen */
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PLAIN, "血压");
	sheet_int(sh, CELL_STYLE_PLAIN, -123);
	sheet_date(sh, CELL_STYLE_PLAIN, 0);
	sheet_text(sh, CELL_STYLE_PLAIN, longer.s);
	sheet_date(sh, CELL_STYLE_PLAIN, NO_DAY);
	sheet_width(sh, 5, 20);
	sheet_text(sh, CELL_STYLE_PLAIN, longer.s);
	assert_int_equal(sheet_col_width(sh, 0), 4);
	assert_int_equal(sheet_col_width(sh, 1), 4);
	assert_int_equal(sheet_col_width(sh, 2), 10);
	assert_int_equal(sheet_col_width(sh, 3), 60);
	assert_int_equal(sheet_col_width(sh, 4), 1);
	assert_int_equal(sheet_col_width(sh, 5), 20);
	assert_int_equal(sh->n_cols, 6);
}

static void sheet_head_row__keeps_first_and_last__two_rows(void **state)
{
	AUTO_REPORT struct report *rep = report_new("2026", "", "", 0);
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "a");

	sheet_line(sh, CELL_STYLE_TITLE, "t");
	assert_false(sh->has_head);
	sheet_line(sh, CELL_STYLE_HEAD, "h1");
	sheet_head_row(sh);
	sheet_line(sh, CELL_STYLE_HEAD, "h2");
	sheet_head_row(sh);
	assert_true(sh->has_head);
	assert_int_equal(sh->head_first, 1);
	assert_int_equal(sh->head_last, 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(cell_text__is_what_people_read__every_kind),
		cmocka_unit_test(report_dump__is_the_whole_report__as_text),
		cmocka_unit_test(report_sheet__begins_with_mark__practice),
		cmocka_unit_test(sheet_col_width__fits_contents__chinese_counts_two),
		cmocka_unit_test(sheet_head_row__keeps_first_and_last__two_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
