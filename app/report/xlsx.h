/* Writes a report as an Excel workbook. */
#ifndef CUNYI_REPORT_XLSX_H
#define CUNYI_REPORT_XLSX_H

#include <limits.h>

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/clinic/report.h"

enum { XLSX_CELLS_MAX = 300000, XLSX_ROWS_MAX = 1048576 };

struct xlsx_options {
	const char *private_dir; /* folder of ours for temporary files when there is none in memory; made when missing */
	size_t cells_max; /* beyond it the lists are a second file; 0: XLSX_CELLS_MAX */
	size_t rows_max;  /* of one sheet, the rest goes on on another; 0: XLSX_ROWS_MAX, what Excel can hold */
};

struct xlsx_written {
	char lists[PATH_MAX]; /* the second file, "" when there is none */
	size_t cells;
};

/* Does a name say what is in it?  usage when it does not end with .xlsx. */
bool xlsx_named(const char *path, struct err *err) MUST_CHECK;

/* The same report gives the same bytes.  The file at path appears whole or not at all; what was there before stays when
 * anything fails: another ending (usage), missing or closed folder (not_found, not_allowed), full disk (disk_full).
 * written may be NULL. */
bool xlsx_write(const struct report *rep, const char *path, const struct xlsx_options *opt, struct xlsx_written *written,
	struct err *err) MUST_CHECK;

#endif
