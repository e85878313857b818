#include "screens/kit/qr.h"

#include "app/base/i18n.h"
#include "app/base/qrcode.h"
#include "screens/kit/signs.h"

/* Up to version 5 with the better error correction, else with the lower: the largest that a screen of 24 lines shows. */
enum { QUIET = 2, MAX_VERSION = 5 };

static int modules(const char *text)
{
	AUTO_QRCODE struct qrcode q = qrcode_of(text, MAX_VERSION);

	return q.width ? q.width + 2 * QUIET : 0;
}

int qr_rows(const char *text)
{
	return (modules(text) + 1) / 2;
}

int qr_cols(const char *text)
{
	return modules(text);
}

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
			_("This terminal cannot show the code. Print it, or tell the short number."));
	if (!q.width)
		return err_set(err, ERR_OUT_OF_RANGE, _("This text is too long for a code."));
	if ((n + 1) / 2 > r.h || n > r.w)
		return err_set(err, ERR_OUT_OF_RANGE, _("The code is larger than the window. Enlarge it, or print the code."));
	draw(cv, r.y + (r.h - (n + 1) / 2) / 2, r.x + (r.w - n) / 2, &q);
	return true;
}
