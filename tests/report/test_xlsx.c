#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/date.h"
#include "app/base/err.h"
#include "app/report/outfile.h"
#include "app/report/xlsx.h"
#include "app/report/xlsx_text.h"
#include "app/report/zip.h"
#include "report/sample.h"
#include "support/base/check.h"

struct place {
	char *dir, *private_dir, *path;
	struct xlsx_options opt;
	struct err err;
};

static int setup(void **state)
{
	struct place *p = xcalloc(1, sizeof *p);

	unsetenv("XDG_RUNTIME_DIR");
	p->dir = scratch_dir();
	p->private_dir = scratch_dir();
	p->path = scratch_path(p->dir, "month.xlsx");
	p->opt.private_dir = p->private_dir;
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	free(p->dir);
	free(p->private_dir);
	free(p->path);
	free(p);
	return 0;
}

static void put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void assert_file(const char *path, const char *text)
{
	AUTO_SBUF struct sbuf got = SBUF_INIT;

	assert_true(sample_read(path, &got));
	assert_string_equal(got.s, text);
}

static void assert_part_has(const char *path, const char *part, const char *text)
{
	AUTO_SBUF struct sbuf xml = SBUF_INIT;

	assert_true(sample_unzip(path, part, &xml));
	if (!strstr(xml.s, text))
		fail_msg("%s does not hold\n%s\nbut is\n%s", part, text, xml.s);
}

static void assert_part_lacks(const char *path, const char *part, const char *text)
{
	AUTO_SBUF struct sbuf xml = SBUF_INIT;

	assert_true(sample_unzip(path, part, &xml));
	assert_null(strstr(xml.s, text));
}

static void xlsx__writes_sheets__typed_cells(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);

	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/workbook.xml", "<sheet name=\"公卫指标\" sheetId=\"1\" r:id=\"rId1\"/>");
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<v>1204</v>");
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<v>0.7854</v>");
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<v>19068</v>"); /* 1952-03-15 */
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<v>6.1</v>");
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<is><t>陈桂兰</t></is>");
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<is><t>10000000000</t></is>");
	assert_part_has(p->path, "xl/styles.xml", "formatCode=\"yyyy-mm-dd\"");
	assert_part_lacks(p->path, "xl/worksheets/sheet2.xml", "<f>");
}

static void xlsx__sets_up_print__a4_titles_frozen(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);

	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>");
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<pane xSplit=\"1\" ySplit=\"2\" topLeftCell=\"B3\"");
	assert_part_has(p->path, "xl/worksheets/sheet2.xml", "<autoFilter ref=\"A2:G5\"/>");
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<oddHeader>&amp;C2026年10月报表</oddHeader>");
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<oddFooter>&amp;L试验乡 &amp;&amp; 卫生院&amp;C");
	assert_part_has(p->path, "xl/workbook.xml", "_xlnm.Print_Titles\" localSheetId=\"1\">'高血压名单'!$2:$2<");
}

/* Two columns side by side are two series, each with the name above it. */
static void xlsx__draws_chart__of_several_columns(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);

	rep->sheets[0]->chart.values = 2;
	rep->sheets[0]->chart.series = 2;
	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/charts/chart1.xml", "<c:f>'公卫指标'!$C$3</c:f>");
	assert_part_has(p->path, "xl/charts/chart1.xml", "<c:f>'公卫指标'!$D$4:$D$7</c:f><c:numCache>");
}

static void xlsx__draws_chart__with_cached_values(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);

	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/charts/chart1.xml", "<c:f>'公卫指标'!$E$4:$E$7</c:f><c:numCache>");
	assert_part_has(p->path, "xl/charts/chart1.xml", "<c:v>0.7854</c:v>");
	assert_part_has(p->path, "xl/charts/chart1.xml", "<c:v>高血压健康管理率</c:v>");
}

static void xlsx__marks_every_sheet__practice(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(1, "练习诊所");

	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	for (int i = 1; i <= 2; i++) {
		char part[64];

		snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", i);
		assert_part_has(p->path, part, "<oddHeader>&amp;C练习诊所");
		assert_part_has(p->path, part, "<row r=\"1\" spans=\"1:");
	}
	assert_part_has(p->path, "docProps/core.xml", "练习诊所");
}

/* A printed form: what goes over columns and down rows is one cell, whose height is not that of its row. */
static void xlsx__merges_cells__over_columns_and_rows(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = report_new("", "表", "卫生院", 0);
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "表");

	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_ITEM, "很长的一段字很长的一段字很长的一段字很长的一段字");
	sheet_span(sh, 2);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, "甲");
	sheet_row(sh);
	sheet_empty(sh, CELL_STYLE_PAPER_ITEM);
	sheet_empty(sh, CELL_STYLE_PAPER_ITEM);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, "乙");
	sheet_width(sh, 0, 3);
	sheet_width(sh, 1, 3);
	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<mergeCell ref=\"A1:B1\"/>");
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "ht=\"93\"");
	sheet_down(sh, 0, 0, 2);
	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<mergeCell ref=\"A1:B2\"/>");
	assert_part_lacks(p->path, "xl/worksheets/sheet1.xml", "ht=\"93\"");
	assert_true(zip_check(p->path));
}

static void xlsx__same_bytes__same_data(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *a = sample_report(200, NULL);
	AUTO_REPORT struct report *b = sample_report(200, NULL);
	AUTO_FREE char *other = scratch_path(p->dir, "again.xlsx");
	AUTO_SBUF struct sbuf x = SBUF_INIT, y = SBUF_INIT;

	assert_true(xlsx_write(a, p->path, &p->opt, NULL, &p->err));
	assert_true(xlsx_write(b, other, &p->opt, NULL, &p->err));
	assert_true(sample_read(p->path, &x) && sample_read(other, &y));
	assert_int_equal(x.len, y.len);
	assert_memory_equal(x.s, y.s, x.len);
	assert_part_has(p->path, "docProps/core.xml", ">2026-10-31T00:00:01Z</dcterms:created>");
}

static void xlsx__puts_lists_in_second_file__many_cells(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(50, NULL);
	struct xlsx_written w;

	p->opt.cells_max = 100;
	assert_true(xlsx_write(rep, p->path, &p->opt, &w, &p->err));
	assert_int_equal(w.cells, report_cells(rep));
	assert_string_not_equal(w.lists, "");
	assert_part_has(p->path, "xl/charts/chart1.xml", "<c:numCache>");
	assert_part_lacks(p->path, "xl/workbook.xml", "高血压名单");
	assert_part_has(w.lists, "xl/workbook.xml", "高血压名单");
	assert_part_has(w.lists, "xl/worksheets/sheet1.xml", "<is><t>陈桂兰</t></is>");
	assert_int_equal(scratch_count(p->dir), 2);
}

static void xlsx__goes_on_on_next_sheet__more_rows_than_fit(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(25, NULL);

	p->opt.rows_max = 12; /* 2 of head, so 10 + 10 + 5 people */
	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/workbook.xml", "<sheet name=\"高血压名单 (3)\"");
	assert_part_has(p->path, "xl/worksheets/sheet4.xml", "<dimension ref=\"A1:G7\"/>");
	assert_part_has(p->path, "xl/worksheets/sheet3.xml", "<dimension ref=\"A1:G12\"/>");
}

static void xlsx__leaves_no_temporary_files__after_writing(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);
	struct stat st;

	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_int_equal(scratch_count(p->dir), 1);
	assert_int_equal(scratch_count(p->private_dir), 0);
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static bool write_to(struct place *p, const struct report *rep, const char *path)
{
	return xlsx_write(rep, path, &p->opt, NULL, &p->err);
}

static void xlsx__refuses__bad_targets(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);
	AUTO_FREE char *missing = scratch_path(p->dir, "no/such/month.xlsx");
	AUTO_FREE char *pdf = scratch_path(p->dir, "month.pdf"), *folder = scratch_path(p->dir, "folder.xlsx");
	AUTO_FREE char *below_file = scratch_path(p->path, "month.xlsx");

	assert_refused(write_to(p, rep, missing), &p->err, ERR_NOT_FOUND);
	assert_refused(write_to(p, rep, p->dir), &p->err, ERR_USAGE);
	assert_refused(write_to(p, rep, ""), &p->err, ERR_USAGE);
	assert_refused(write_to(p, rep, ".xlsx"), &p->err, ERR_USAGE);
	assert_refused(write_to(p, rep, pdf), &p->err, ERR_USAGE);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_refused(write_to(p, rep, folder), &p->err, ERR_IO);
	assert_int_equal(rmdir(folder), 0);
	put_file(p->path, "old");
	assert_refused(write_to(p, rep, below_file), &p->err, ERR_IO);
	if (access("/dev/full", W_OK) == 0)
		assert_refused(write_to(p, rep, "/dev/full"), &p->err, ERR_DISK_FULL);
	assert_refused(write_to(p, rep, "/proc/month.xlsx"), &p->err, ERR_NOT_FOUND);
	assert_file(p->path, "old");
	assert_int_equal(scratch_count(p->dir), 1);
}

static void xlsx__keeps_old_file__disk_full(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(20000, NULL);
	struct rlimit old, small;
	bool ok;

	put_file(p->path, "old");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 64 * 1024;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	ok = xlsx_write(rep, p->path, &p->opt, NULL, &p->err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_false(ok);
	assert_int_equal(p->err.code, ERR_DISK_FULL);
	assert_file(p->path, "old");
	assert_int_equal(scratch_count(p->dir), 1);
	assert_int_equal(scratch_count(p->private_dir), 0);
}

static void xlsx__keeps_old_file__read_only(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = NULL;

	if (geteuid() == 0)
		skip(); /* the superuser may write everywhere */
	rep = sample_report(3, NULL);
	put_file(p->path, "old");
	assert_int_equal(chmod(p->path, 0400), 0);
	assert_refused(write_to(p, rep, p->path), &p->err, ERR_NOT_ALLOWED);
	assert_int_equal(chmod(p->path, 0600), 0);
	assert_int_equal(chmod(p->dir, 0500), 0);
	assert_refused(write_to(p, rep, p->path), &p->err, ERR_NOT_ALLOWED);
	assert_int_equal(chmod(p->dir, 0700), 0);
	assert_file(p->path, "old");
}

static void xlsx__follows_link__replaces_file_behind_it(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(3, NULL);
	AUTO_FREE char *link = scratch_path(p->dir, "link.xlsx");
	struct stat st;

	put_file(p->path, "old");
	assert_int_equal(symlink(p->path, link), 0);
	assert_true(xlsx_write(rep, link, &p->opt, NULL, &p->err));
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_true(zip_check(p->path));
}

static void xlsx__prints_nothing__hostile_names(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = report_new("2026-10", "bad \xff title & more", "\xc0\xaf", 20000);
	static const char *const texts[] = { "=cmd|'/C calc'!A0", "@SUM(A1)", "+1", "http://example.org", "a\x1b[2Jb", "\xff\xfe",
		"_x0041_", "\xef\xbf\xbf", "two\nlines" };
	AUTO_FREE char *log = scratch_path(p->dir, "stderr");
	const int keep = dup(STDERR_FILENO), fd = open(log, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "'[a]:*?/\\ very long name, longer than Excel takes'");
	bool ok;

	report_sheet(rep, SHEET_FIGURES, "");
	report_sheet(rep, SHEET_FIGURES, "history");
	report_sheet(rep, SHEET_FIGURES, "HISTORY");
	for (size_t i = 0; i < N_ELEMENTS(texts); i++)
		sheet_line(sh, CELL_STYLE_PLAIN, texts[i]);
	dup2(fd, STDERR_FILENO);
	ok = xlsx_write(rep, p->path, &p->opt, NULL, &p->err);
	fflush(stderr);
	dup2(keep, STDERR_FILENO);
	close(keep);
	close(fd);
	assert_true(ok);
	assert_file(log, "");
	assert_part_has(p->path, "xl/sharedStrings.xml", "<t>=cmd|'/C calc'!A0</t>");
	assert_part_has(p->path, "xl/sharedStrings.xml", "<t>_x005F_x0041_</t>");
	assert_part_lacks(p->path, "xl/worksheets/sheet1.xml", "<f>");
	assert_part_lacks(p->path, "xl/worksheets/sheet1.xml", "hyperlink");
}

static void sheet_name__is_taken_by_excel__any_name(void **state)
{
	static const struct {
		const char *name;
		unsigned part;
		const char *want;
	} cases[] = {
		{ "名单", 1, "名单" },
		{ "名单", 2, "名单 (2)" },
		{ "", 1, "-" },
		{ "a/b:c", 1, "a-b-c" },
		{ "'it's'", 1, " it's " },
		{ "1234567890123456789012345678901234", 1, "1234567890123456789012345678901" },
		{ "1234567890123456789012345678901234", 12, "12345678901234567890123456 (12)" },
		{ "History", 1, "History-" },
		{ "a\xffz", 1, "a\xef\xbf\xbdz" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf out = SBUF_INIT;

		xlsx_sheet_name(cases[i].name, cases[i].part, &out);
		assert_string_equal(out.s, cases[i].want);
	}
}

static void cell_text__is_cut_with_mark__longer_than_excel_takes(void **state)
{
	AUTO_FREE char *longer = xmalloc(40001);
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	memset(longer, 'a', 40000);
	longer[40000] = '\0';
	assert_false(xlsx_text_is_plain(longer));
	xlsx_cell_text(longer, &out);
	assert_int_equal(out.len, 32767);
	assert_string_equal(out.s + 32764, "...");
}

static void zip_check__notices__damage(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = sample_report(30, NULL);
	AUTO_SBUF struct sbuf bytes = SBUF_INIT;
	int fd;

	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_true(zip_check(p->path));
	assert_true(sample_read(p->path, &bytes));
	fd = open(p->path, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "\xff\xff\xff\xff", 4, (off_t)bytes.len / 3), 4);
	assert_false(zip_check(p->path));
	assert_int_equal(ftruncate(fd, (off_t)bytes.len - 1), 0);
	assert_false(zip_check(p->path));
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_false(zip_check(p->path));
	close(fd);
	assert_false(zip_check("no such file"));
}

/* The rows that we put in ourselves: what the library would have written, and what it could not. */
static void xlsx__lists_hold__every_kind_of_cell(void **state)
{
	struct place *p = *state;
	AUTO_REPORT struct report *rep = report_new("2026-10", "名单", "", 20000);
	struct sheet *sh = report_sheet(rep, SHEET_LIST, "名单");
	static const char *const want[] = {
		"<t>a&amp;b&lt;c&gt;\"d\"</t>",
		"<t xml:space=\"preserve\"> two\nlines</t>",
		"<t>=1+1</t>",
		"<t>_x005F_x0041_</t>",
		"<t>x\xef\xbf\xbdy</t>",
		"<v>-7</v>",
		"<v>-0.05</v>",
		"<v>6</v>",
		"<v>0.785</v>",
		"<v>1.01</v>",
		"<v>25569</v>",
		"<t>1899-12-31</t>",
		"<dimension ref=\"A1:A12\"/>",
	};

	sheet_line(sh, CELL_STYLE_HEAD, "列");
	sheet_head_row(sh);
	sheet_line(sh, CELL_STYLE_PLAIN, "a&b<c>\"d\"");
	sheet_line(sh, CELL_STYLE_PLAIN, " two\nlines");
	sheet_line(sh, CELL_STYLE_PLAIN, "=1+1");
	sheet_line(sh, CELL_STYLE_PLAIN, "_x0041_");
	sheet_line(sh, CELL_STYLE_PLAIN, "x\x01y");
	sheet_row(sh);
	sheet_int(sh, CELL_STYLE_PLAIN, -7);
	sheet_row(sh);
	sheet_decimal(sh, CELL_STYLE_PLAIN, -5, 2);
	sheet_row(sh);
	sheet_decimal(sh, CELL_STYLE_PLAIN, 60, 1);
	sheet_row(sh);
	sheet_percent(sh, CELL_STYLE_PLAIN, 7850);
	sheet_row(sh);
	sheet_percent(sh, CELL_STYLE_WARN, 10100);
	sheet_row(sh);
	sheet_date(sh, CELL_STYLE_PLAIN, 0);
	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	sheet_row(sh);
	sheet_date(sh, CELL_STYLE_PLAIN, date_day("1899-12-31"));
	for (size_t i = 0; i < N_ELEMENTS(want) - 2; i++)
		assert_part_has(p->path, "xl/worksheets/sheet1.xml", want[i]);
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", want[N_ELEMENTS(want) - 1]);
	assert_true(xlsx_write(rep, p->path, &p->opt, NULL, &p->err));
	assert_part_has(p->path, "xl/worksheets/sheet1.xml", "<t>1899-12-31</t>");
	assert_true(zip_check(p->path));
}

static void scratch__is_private__memory_or_own_folder(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *fresh = scratch_path(p->dir, "tmp");
	AUTO_FREE char *first = NULL, *second = NULL;
	struct stat st;

	setenv("XDG_RUNTIME_DIR", p->dir, 1); /* on a disk: not taken, unless the test folder is in memory itself */
	first = outfile_scratch(fresh, p->path, 1, &p->err);
	assert_non_null(first);
	if (strcmp(first, p->dir) != 0) {
		assert_string_equal(first, fresh);
		assert_int_equal(stat(fresh, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0700);
	}
	unsetenv("XDG_RUNTIME_DIR");
	assert_int_equal(chmod(p->private_dir, 0755), 0); /* others could look in: not taken */
	second = outfile_scratch(p->private_dir, p->path, 1, &p->err);
	assert_string_equal(second, p->dir);
	assert_null(outfile_scratch(NULL, p->path, UINT64_MAX, &p->err));
	assert_int_equal(p->err.code, ERR_DISK_FULL);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(xlsx__writes_sheets__typed_cells),
		T(xlsx__sets_up_print__a4_titles_frozen),
		T(xlsx__draws_chart__with_cached_values),
		T(xlsx__draws_chart__of_several_columns),
		T(xlsx__marks_every_sheet__practice),
		T(xlsx__merges_cells__over_columns_and_rows),
		T(xlsx__same_bytes__same_data),
		T(xlsx__puts_lists_in_second_file__many_cells),
		T(xlsx__goes_on_on_next_sheet__more_rows_than_fit),
		T(xlsx__leaves_no_temporary_files__after_writing),
		T(xlsx__refuses__bad_targets),
		T(xlsx__keeps_old_file__disk_full),
		T(xlsx__keeps_old_file__read_only),
		T(xlsx__follows_link__replaces_file_behind_it),
		T(xlsx__prints_nothing__hostile_names),
		T(sheet_name__is_taken_by_excel__any_name),
		T(cell_text__is_cut_with_mark__longer_than_excel_takes),
		T(zip_check__notices__damage),
		T(xlsx__lists_hold__every_kind_of_cell),
		T(scratch__is_private__memory_or_own_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
