/* A QR code on a printed sheet: the picture holds the modules of the code, and the workbook holds the picture. */
#include <zlib.h>

#include "app/base/mem.h"
#include "app/report/png.h"
#include "app/report/xlsx.h"
#include "app/report/zip.h"
#include "report/sample.h"
#include "support/base/check.h"

static const char text[] = "CUNYI-QY:350299101:QY2026-00-000017:7KQM-2F4D";

static uint32_t number_at(const struct sbuf *png, size_t at)
{
	uint32_t n = 0;

	for (size_t i = 0; i < 4; i++)
		n = n << 8 | (unsigned char)png->s[at + i];
	return n;
}

/* The chunk that begins at `at` has the type and a right check sum; returns where the next begins. */
static size_t chunk(const struct sbuf *png, size_t at, const char *type)
{
	uint32_t n = number_at(png, at);

	assert_memory_equal(png->s + at + 4, type, 4);
	assert_int_equal(number_at(png, at + 8 + n), crc32(0, (const Bytef *)png->s + at + 4, n + 4));
	return at + 12 + n;
}

static void png__holds_the_modules__each_pixel(void **state)
{
	enum { SCALE = 3 };
	AUTO_SBUF struct sbuf png = SBUF_INIT;
	AUTO_QRCODE struct qrcode q = qrcode_of(text, 40);
	size_t at = 8, data;
	unsigned char rows[64 * 1024];
	uLongf n = sizeof rows;
	int pixels;

	(void)state;
	assert_true(png_of_code(text, SCALE, &png, &pixels));
	assert_int_equal(pixels, (q.width + 2 * PNG_QUIET) * SCALE);
	assert_memory_equal(png.s, "\x89PNG\r\n\x1a\n", 8);
	assert_int_equal(number_at(&png, 16), pixels);
	assert_int_equal(number_at(&png, 20), pixels);
	data = chunk(&png, at, "IHDR");
	at = chunk(&png, data, "IDAT");
	assert_int_equal(chunk(&png, at, "IEND"), png.len);
	assert_int_equal(uncompress(rows, &n, (const Bytef *)png.s + data + 8, number_at(&png, data)), Z_OK);
	assert_int_equal(n, (size_t)pixels * (1 + ((size_t)pixels + 7) / 8));
	for (int y = 0; y < pixels; y++)
		for (int x = 0; x < pixels; x++) {
			const unsigned char byte = rows[(size_t)y * (1 + ((size_t)pixels + 7) / 8) + 1 + (size_t)x / 8];
			bool light = byte >> (7 - x % 8) & 1;

			assert_int_equal(light, !qrcode_dark(&q, y / SCALE - PNG_QUIET, x / SCALE - PNG_QUIET));
		}
}

static void png__refuses__what_fits_no_code(void **state)
{
	AUTO_SBUF struct sbuf png = SBUF_INIT;
	AUTO_FREE char *long_ = xmalloc(8000);
	int pixels;

	(void)state;
	memset(long_, 'x', 7999);
	long_[7999] = '\0';
	assert_false(png_of_code(long_, 4, &png, &pixels));
	assert_false(png_of_code("", 4, &png, &pixels));
	assert_int_equal(png.len, 0);
}

static struct report *sheet_with_code(const char *code)
{
	struct report *rep = report_new("", "Agreement", "Clinic", 20000);
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "Agreement");

	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_LINE, "number");
	sheet_lines(sh, 6);
	sheet_code(sh, CELL_STYLE_PAPER_LINE, code);
	return rep;
}

static size_t pictures(const char *path)
{
	struct zip_reader z;
	struct zip_entry e;
	size_t n = 0;

	assert_true(zip_open(&z, path));
	while (zip_next(&z, &e))
		n += e.name_len > 4 && !memcmp(e.name + e.name_len - 4, ".png", 4);
	zip_close(&z);
	return n;
}

static void workbook__holds_the_picture__the_same_bytes_twice(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *private_dir = scratch_dir(), *one = scratch_path(dir, "one.xlsx"),
		*two = scratch_path(dir, "two.xlsx");
	const struct xlsx_options opt = { .private_dir = private_dir };
	AUTO_REPORT struct report *rep = sheet_with_code(text), *plain = sheet_with_code("");
	AUTO_SBUF struct sbuf a = SBUF_INIT, b = SBUF_INIT, dump = SBUF_INIT;
	struct err err = { 0 };

	(void)state;
	assert_true(xlsx_write(rep, one, &opt, NULL, &err));
	assert_true(xlsx_write(rep, two, &opt, NULL, &err));
	assert_int_equal(pictures(one), 1);
	assert_true(path_read(one, 1 << 20, &a, &err));
	assert_true(path_read(two, 1 << 20, &b, &err));
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.s, b.s, a.len);
	report_dump(rep, &dump); /* where there are no pictures the text stands */
	assert_non_null(strstr(dump.s, text));
	assert_true(xlsx_write(plain, one, &opt, NULL, &err));
	assert_int_equal(pictures(one), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(png__holds_the_modules__each_pixel),
		cmocka_unit_test(png__refuses__what_fits_no_code),
		cmocka_unit_test(workbook__holds_the_picture__the_same_bytes_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
