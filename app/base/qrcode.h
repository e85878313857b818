/* The modules of a QR code: for the screen (screens/kit/qr.h) and for paper (app/report/png.h). */
#ifndef CUNYI_QRCODE_H
#define CUNYI_QRCODE_H

#include "app/base/base.h"

struct qrcode {
	int width;            /* of the square, without a quiet zone; 0: no code can hold the text */
	int version;
	unsigned char *dark;  /* width * width, 0 or 1, row by row */
};

/* Of a text as it is, with the better error correction up to this version, beyond it with the lower.  Release it. */
struct qrcode qrcode_of(const char *text, int better_up_to);
void qrcode_release(struct qrcode *q);
#define AUTO_QRCODE __attribute__((cleanup(qrcode_release)))

/* Outside the square everything is light. */
bool qrcode_dark(const struct qrcode *q, int y, int x);

#endif
