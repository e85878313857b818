#include "app/base/qrcode.h"

#include <qrencode.h>

#include "app/base/mem.h"

static QRcode *encode(const char *text, int better_up_to)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (code && code->version <= better_up_to)
		return code;
	QRcode_free(code);
	return QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
}

struct qrcode qrcode_of(const char *text, int better_up_to)
{
	struct qrcode q = { .width = 0 };
	QRcode *code = *text ? encode(text, better_up_to) : NULL;
	int n = code ? code->width * code->width : 0;

	if (!code)
		return q;
	q = (struct qrcode){ .width = code->width, .version = code->version, .dark = xmalloc((size_t)n) };
	for (int i = 0; i < n; i++)
		q.dark[i] = code->data[i] & 1;
	QRcode_free(code);
	return q;
}

void qrcode_release(struct qrcode *q)
{
	free(q->dark);
	*q = (struct qrcode){ .width = 0 };
}

bool qrcode_dark(const struct qrcode *q, int y, int x)
{
	return y >= 0 && x >= 0 && y < q->width && x < q->width && q->dark[y * q->width + x];
}
