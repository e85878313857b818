/* The rows of long lists as SpreadsheetML.  libxlsxwriter makes the workbook with the heads of the lists; the people come
 * in between its lines: that takes a quarter of its time, little memory, and leaves the chart its values. */
#ifndef CUNYI_REPORT_XLSX_ROWS_H
#define CUNYI_REPORT_XLSX_ROWS_H

#include "app/clinic/report.h"
#include "app/report/zip.h"

/* Number formats of cells; one for each kind and number of places. */
enum number_format { NF_GENERAL, NF_INT, NF_PERCENT, NF_DATE, NF_DECIMAL_1, NF_COUNT = NF_DECIMAL_1 + 6 };
enum number_format number_format_of(const struct cell *cell);

/* Excel counts days from 1899-12-30 and knows none before 1900-03-01 for certain: those are written as text. */
enum { EXCEL_EPOCH = -25569, EXCEL_FIRST = -25508 };

/* Rows first to last (exclusive) of a sheet go into a part of the workbook, as rows from row `at` on. */
struct row_insert {
	char part[48]; /* "xl/worksheets/sheet3.xml" */
	const struct sheet *sheet;
	size_t first, last, at;
};

struct row_formats {
	int xf[CELL_STYLE_COUNT][NF_COUNT]; /* the library's numbers of the formats */
};

/* Writes the part: xml is the library's text of it. */
bool rows_write(const struct row_insert *ins, const struct row_formats *formats, const struct sbuf *xml,
	struct zip_writer *to, struct err *err) MUST_CHECK;

#endif
