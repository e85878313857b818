/* A QR code as a picture for printed sheets: one bit a pixel, the same code the same bytes. */
#ifndef CUNYI_REPORT_PNG_H
#define CUNYI_REPORT_PNG_H

#include "app/base/qrcode.h"
#include "app/base/sbuf.h"

enum { PNG_QUIET = 4 }; /* light modules around the code, as scanners want them */

/* Each module is `scale` pixels wide; false when the text fits no code.  *pixels: of one side. */
bool png_of_code(const char *text, int scale, struct sbuf *out, int *pixels);

#endif
