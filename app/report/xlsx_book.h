/* The workbook as libxlsxwriter makes it: sheets of figures whole, lists with their heads alone.  xlsx_book.c is the only
 * file that knows the library, and the only one with doubles. */
#ifndef CUNYI_REPORT_XLSX_BOOK_H
#define CUNYI_REPORT_XLSX_BOOK_H

#include "app/base/err.h"
#include "app/report/xlsx_rows.h"

enum xlsx_part { XLSX_ALL, XLSX_FIGURES, XLSX_LISTS };

/* What is to be put in afterwards. */
struct xlsx_rows {
	struct row_insert *inserts;
	size_t n;
	struct row_formats formats;
};
void xlsx_rows_release(struct xlsx_rows *rows);

/* Writes the sheets of a part to path; temporary files go to scratch.  rows_max: of one sheet.  The library does not
 * notice everything that goes wrong: check the file (zip_check). */
bool xlsx_book(const struct report *rep, enum xlsx_part part, const char *path, const char *scratch, size_t rows_max,
	struct xlsx_rows *rows, struct err *err) MUST_CHECK;

#endif
