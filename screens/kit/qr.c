#include "screens/kit/qr.h"

#include <errno.h>
#include <qrencode.h>

#include "app/base/i18n.h"
#include "screens/kit/signs.h"

enum { QUIET = 2, MAX_VERSION = 5 };

/* Up to version 5 with the better error correction, else with the lower: the largest that a screen of 24 lines shows. */
static QRcode *encode(const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (code && code->version <= MAX_VERSION)
		return code;
	QRcode_free(code);
	return QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
}

static int modules(const char *text)
{
	QRcode *code = encode(text);
	int n = code ? code->width + 2 * QUIET : 0;

	QRcode_free(code);
	return n;
}

int qr_rows(const char *text)
{
	return (modules(text) + 1) / 2;
}

int qr_cols(const char *text)
{
	return modules(text);
}

static bool dark(const QRcode *code, int y, int x)
{
	y -= QUIET;
	x -= QUIET;
	return y >= 0 && x >= 0 && y < code->width && x < code->width && (code->data[y * code->width + x] & 1);
}

static void draw(struct canvas *cv, int y0, int x0, const QRcode *code)
{
	int n = code->width + 2 * QUIET;

	for (int y = 0; y < n; y += 2)
		for (int x = 0; x < n; x++)
			canvas_text(cv, y0 + y / 2, x0 + x, 1, FACE_CODE,
				sign_halves[(dark(code, y, x) ? 1 : 0) + (dark(code, y + 1, x) ? 2 : 0)]);
}

bool qr_draw(struct canvas *cv, struct rect r, const char *text, struct err *err)
{
	QRcode *code;
	int n;

	if (!cv->blocks || cv->signs != SIGNS_UNICODE)
		return err_set(err, ERR_INVALID_VALUE,
			_("This terminal cannot show the code. Print it, or tell the short number."));
	code = encode(text);
	if (!code)
		return err_set(err, ERR_OUT_OF_RANGE, _("This text is too long for a code."));
	n = code->width + 2 * QUIET;
	if ((n + 1) / 2 > r.h || n > r.w) {
		QRcode_free(code);
		return err_set(err, ERR_OUT_OF_RANGE, _("The code is larger than the window. Enlarge it, or print the code."));
	}
	draw(cv, r.y + (r.h - (n + 1) / 2) / 2, r.x + (r.w - n) / 2, code);
	QRcode_free(code);
	return true;
}
