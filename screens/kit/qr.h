/* QR codes on the screen: dark on light, two modules a row, quiet zone of two. */
#ifndef CUNYI_KIT_QR_H
#define CUNYI_KIT_QR_H

#include "app/base/err.h"
#include "screens/kit/canvas.h"

/* Draws text as a code in the middle of r.  False, with a sentence that leads to printing or the short code, when it is
 * too large for r or this terminal cannot draw blocks. */
bool qr_draw(struct canvas *cv, struct rect r, const char *text, struct err *err) MUST_CHECK;
/* Rows and columns it takes; 0 when no code can hold the text. */
int qr_rows(const char *text);
int qr_cols(const char *text);

#endif
