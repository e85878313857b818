/* A QR code in a cell of a workbook. */
#ifndef CUNYI_REPORT_XLSX_CODE_H
#define CUNYI_REPORT_XLSX_CODE_H

#include <stdint.h>

struct lxw_worksheet;

/* As a square picture that fills a height in pixels, from the cell's corner on.  The library's error, 0 = none. */
int xlsx_put_code(struct lxw_worksheet *ws, uint32_t row, uint16_t col, const char *text, int height);

#endif
