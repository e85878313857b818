/* What Excel takes as the name of a sheet and as the text of a cell. */
#ifndef CUNYI_REPORT_XLSX_TEXT_H
#define CUNYI_REPORT_XLSX_TEXT_H

#include "app/base/base.h"
#include "app/base/sbuf.h"

/* Appends the name as Excel takes it: at most 31 characters (UTF-16), without [ ] : * ? / \ and control characters, not
 * beginning or ending with an apostrophe, never empty.  From part 2 on " (2)" stands behind it, within the 31. */
void xlsx_sheet_name(const char *name, unsigned part, struct sbuf *out);

/* Appends the text as a cell takes it: valid UTF-8, no control characters but line end and tab, at most 32,767
 * characters (a longer one ends with "..."), and what looks like Excel's own escape _x0041_ stays what it is. */
void xlsx_cell_text(const char *text, struct sbuf *out);

/* True when xlsx_cell_text() would change nothing. */
bool xlsx_text_is_plain(const char *text);

#endif
