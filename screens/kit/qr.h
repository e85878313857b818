/* QR codes on the screen: dark on light, two modules a row, quiet zone of two. */
#ifndef CUNYI_KIT_QR_H
#define CUNYI_KIT_QR_H

#include "app/base/err.h"
#include "screens/kit/canvas.h"

/* Draws text as a code in the middle of r; where it cannot be shown (this terminal draws no blocks, the window is too small:
 * its size is said), why, and below what to do instead. */
void qr_show(struct canvas *cv, struct rect r, const char *text, const char *instead);
/* The same as a question: false with the sentence. */
bool qr_draw(struct canvas *cv, struct rect r, const char *text, struct err *err) MUST_CHECK;

#endif
