#include <unistd.h>

#include "app/report/csv_out.h"
#include "report/sample.h"
#include "support/base/check.h"

static void csv_out_sheet__is_what_excel_reads__formulas_guarded(void **state)
{
	AUTO_REPORT struct report *rep = report_new("2026-10", "月报", "", 0);
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct sheet *sh = report_sheet(rep, SHEET_LIST, "a");

	sheet_line(sh, CELL_STYLE_TITLE, "=1+1");
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PLAIN, "李四, 甲组");
	sheet_int(sh, CELL_STYLE_PLAIN, -5);
	sheet_decimal(sh, CELL_STYLE_PLAIN, 61, 1);
	sheet_empty(sh, CELL_STYLE_PLAIN);
	sheet_percent(sh, CELL_STYLE_PLAIN, 6543);
	sheet_date(sh, CELL_STYLE_PLAIN, 0);
	csv_out_sheet(sh, &out);
	assert_string_equal(out.s, "\xef\xbb\xbf'=1+1\r\n\"李四, 甲组\",-5,6.1,,65.43%,1970-01-01\r\n");
}

static void csv_out_write__writes_all__long_list(void **state)
{
	AUTO_REPORT struct report *rep = sample_report(20000, NULL);
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "list.csv");
	AUTO_SBUF struct sbuf want = SBUF_INIT, got = SBUF_INIT;
	struct err err;

	assert_true(csv_out_write(rep->sheets[1], path, dir, &err));
	csv_out_sheet(rep->sheets[1], &want);
	assert_true(sample_read(path, &got));
	assert_string_equal(got.s, want.s);
	assert_int_equal(scratch_count(dir), 1);
}

static void csv_out_write__refuses__missing_folder_and_full_disk(void **state)
{
	AUTO_REPORT struct report *rep = sample_report(3, NULL);
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "no/list.csv");
	struct err err;

	assert_false(csv_out_write(rep->sheets[1], path, dir, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	if (access("/dev/full", W_OK) == 0) {
		assert_false(csv_out_write(rep->sheets[1], "/dev/full", dir, &err));
		assert_int_equal(err.code, ERR_DISK_FULL);
	}
	assert_int_equal(scratch_count(dir), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_out_sheet__is_what_excel_reads__formulas_guarded),
		cmocka_unit_test(csv_out_write__writes_all__long_list),
		cmocka_unit_test(csv_out_write__refuses__missing_folder_and_full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
