#include "screens/kit/qr.h"

#include "app/base/i18n.h"
#include "app/base/qrcode.h"
#include "screens/kit/signs.h"

/* Up to version 5 with the better error correction, else with the lower: the largest that a screen of 24 lines shows. */
enum { QUIET = 2, MAX_VERSION = 5 };

static void draw(struct canvas *cv, int y0, int x0, const struct qrcode *q)
{
	int n = q->width + 2 * QUIET;

	for (int y = 0; y < n; y += 2)
		for (int x = 0; x < n; x++)
			canvas_text(cv, y0 + y / 2, x0 + x, 1, FACE_CODE,
				sign_halves[(qrcode_dark(q, y - QUIET, x - QUIET) ? 1 : 0) +
					(qrcode_dark(q, y + 1 - QUIET, x - QUIET) ? 2 : 0)]);
}

bool qr_draw(struct canvas *cv, struct rect r, const char *text, struct err *err)
{
	AUTO_QRCODE struct qrcode q = qrcode_of(text, MAX_VERSION);
	int n = q.width + 2 * QUIET;

	if (!cv->blocks || cv->signs != SIGNS_UNICODE)
		return err_set(err, ERR_INVALID_VALUE,
			_("This terminal cannot show codes."));
	if (!q.width)
		return err_set(err, ERR_OUT_OF_RANGE, _("This text is too long for a code."));
	if ((n + 1) / 2 > r.h || n > r.w)
		return err_set(err, ERR_OUT_OF_RANGE,
			_("The code needs a window of %d columns and %d lines; this one has %d and %d. Make the window larger, or "
			  "the letters smaller."),
			n + cv->w - r.w, (n + 1) / 2 + cv->h - r.h, cv->w, cv->h);
	draw(cv, r.y + (r.h - (n + 1) / 2) / 2, r.x + (r.w - n) / 2, &q);
	return true;
}

void qr_show(struct canvas *cv, struct rect r, const char *text, const char *instead)
{
	struct err err;
	int rows;

	if (qr_draw(cv, r, text, &err))
		return;
	r = (struct rect){ r.y + 1, r.x + 1, r.h - 1, r.w - 2 };
	rows = canvas_wrap(cv, r, FACE_DUE, err.message);
	canvas_wrap(cv, (struct rect){ r.y + rows + 1, r.x, r.h - rows - 1, r.w }, FACE_NORMAL, instead);
}
