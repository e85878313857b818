/* One sheet of a report as CSV for Excel. */
#ifndef CUNYI_REPORT_CSV_OUT_H
#define CUNYI_REPORT_CSV_OUT_H

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/clinic/report.h"

/* Appends the sheet: UTF-8 with a mark, CRLF; numbers plain, percentages as 65.43%, texts that a spreadsheet would take
 * for a formula with a ' in front. */
void csv_out_sheet(const struct sheet *sh, struct sbuf *out);

/* The same as a file, which appears whole or not at all.  private_dir as for xlsx_write(). */
bool csv_out_write(const struct sheet *sh, const char *path, const char *private_dir, struct err *err) MUST_CHECK;

#endif
