/* bench_report DIR: the month's report of the practice clinic in DIR as xlsx, with everybody behind each figure.  Beside
 * it: libxlsxwriter alone, in its mode for many cells, writing the same cells without a format. */
/* First, because its headers hold functions that base.h forbids to us. */
#include <xlsxwriter.h>

#include <sys/resource.h>

#include "app/base/path.h"
#include "app/service/reports.h"
#include "bench/bench.h"

static double raw_number(const struct cell *cell)
{
	double n = (double)cell->v.num;

	for (unsigned i = 0; i < cell->places; i++)
		n /= 10;
	return n;
}

static void raw_sheet(lxw_worksheet *ws, const struct sheet *sh)
{
	for (size_t r = 0; r < sh->n_rows; r++) {
		size_t n;
		const struct cell *cells = sheet_cells(sh, r, &n);

		for (size_t c = 0; c < n; c++) {
			if (cells[c].kind == CELL_TEXT)
				worksheet_write_string(ws, (lxw_row_t)r, (lxw_col_t)c, cells[c].v.text, NULL);
			else if (cells[c].kind != CELL_EMPTY)
				worksheet_write_number(ws, (lxw_row_t)r, (lxw_col_t)c, raw_number(&cells[c]), NULL);
		}
	}
}

static void raw(const struct report *rep, const char *path, struct err *err)
{
	lxw_workbook_options options = { .constant_memory = 1 };
	lxw_workbook *wb = workbook_new_opt(path, &options);

	for (size_t i = 0; i < rep->n_sheets; i++)
		raw_sheet(workbook_add_worksheet(wb, NULL), rep->sheets[i]);
	bench_need(workbook_close(wb) == LXW_NO_ERROR, err, "libxlsxwriter");
}

static void run(struct app *app, const char *ours, const char *theirs)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	struct err err = { 0 };
	struct rusage usage;
	const double start = bench_now();
	double built, done;

	bench_need(reports_build(app, "2026-10", NULL, &r, &err), &err, "report");
	built = bench_now();
	bench_need(reports_xlsx(app, &r, ours, NULL, &err), &err, "xlsx");
	done = bench_now();
	getrusage(RUSAGE_SELF, &usage);
	printf("report_s\t%.3f\nreport_count_s\t%.3f\nreport_xlsx_s\t%.3f\n", (done - start) / 1e3, (built - start) / 1e3,
		(done - built) / 1e3);
	printf("report_cells\t%zu\nreport_peak\t%ld\n", report_cells(r.report), usage.ru_maxrss);
	raw(r.report, theirs, &err);
	printf("raw_xlsx_s\t%.3f\n", (bench_now() - done) / 1e3);
}

int main(int argc, char **argv)
{
	AUTO_FREE char *ours = NULL, *theirs = NULL;
	struct app app;
	struct err err = { 0 };

	if (argc != 2)
		return 2;
	i18n_init();
	bench_need(app_open(&app, argv[1], APP_READONLY, &err), &err, argv[1]);
	ours = path_join(argv[1], "bench.xlsx");
	theirs = path_join(argv[1], "bench-raw.xlsx");
	run(&app, ours, theirs);
	app_close(&app);
	return 0;
}
