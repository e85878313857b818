#include "app/report/png.h"

#include <zlib.h>

#include "app/base/mem.h"

enum { BETTER_UP_TO = 40 }; /* paper has room */

static void put_number(struct sbuf *out, uint32_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		sbuf_addc(out, (char)(n >> shift & 0xff));
}

static void put_chunk(struct sbuf *out, const char type[4], const struct sbuf *data)
{
	const size_t begin = out->len + 4;

	put_number(out, (uint32_t)data->len);
	sbuf_add(out, type, 4);
	if (data->len)
		sbuf_add(out, data->s, data->len);
	put_number(out, (uint32_t)crc32(0, (const Bytef *)out->s + begin, (uInt)(out->len - begin)));
}

/* Eight pixels a byte, the first in the highest bit; a set bit is light.  Each row begins with its filter: none. */
static void put_row(struct sbuf *rows, const struct qrcode *q, int y, int pixels, int scale)
{
	sbuf_addc(rows, 0);
	for (int x = 0; x < pixels; x += 8) {
		unsigned byte = 0;

		for (int i = 0; i < 8; i++)
			byte = byte << 1 | (x + i >= pixels || !qrcode_dark(q, y / scale - PNG_QUIET, (x + i) / scale - PNG_QUIET));
		sbuf_addc(rows, (char)byte);
	}
}

static bool put_image(struct sbuf *out, const struct sbuf *rows)
{
	AUTO_SBUF struct sbuf data = SBUF_INIT;
	uLongf n = compressBound((uLong)rows->len);
	AUTO_FREE Bytef *packed = xmalloc(n);

	if (compress2(packed, &n, (const Bytef *)rows->s, (uLong)rows->len, Z_BEST_COMPRESSION) != Z_OK)
		return false;
	sbuf_add(&data, (const char *)packed, n);
	put_chunk(out, "IDAT", &data);
	return true;
}

static void put_header(struct sbuf *out, int pixels)
{
	static const char rest[] = { 1 /* bit */, 0 /* grey */, 0, 0, 0 };
	AUTO_SBUF struct sbuf data = SBUF_INIT;

	sbuf_add(out, "\x89PNG\r\n\x1a\n", 8);
	put_number(&data, (uint32_t)pixels);
	put_number(&data, (uint32_t)pixels);
	sbuf_add(&data, rest, sizeof rest);
	put_chunk(out, "IHDR", &data);
}

bool png_of_code(const char *text, int scale, struct sbuf *out, int *pixels)
{
	AUTO_QRCODE struct qrcode q = qrcode_of(text, BETTER_UP_TO);
	AUTO_SBUF struct sbuf rows = SBUF_INIT, nothing = SBUF_INIT;

	*pixels = (q.width + 2 * PNG_QUIET) * scale;
	if (!q.width)
		return false;
	for (int y = 0; y < *pixels; y++)
		put_row(&rows, &q, y, *pixels, scale);
	put_header(out, *pixels);
	if (!put_image(out, &rows))
		return false;
	put_chunk(out, "IEND", &nothing);
	return true;
}
