/* libxlsxwriter ignores a full disk while it collects the parts of a workbook in temporary files: the parts then end in
 * the middle, and the workbook closes without an error.  So a finished workbook is read once more. */
#ifndef CUNYI_REPORT_ZIPCHECK_H
#define CUNYI_REPORT_ZIPCHECK_H

#include "app/base/base.h"

/* True when every part of the zip file at path inflates to its size and check sum, and every part ends with '>' (and a line end). */
bool zipcheck_file(const char *path) MUST_CHECK;

#endif
