/* First, because its headers hold functions that base.h forbids to us. */
#include <xlsxwriter.h>

#include "app/report/xlsx_code.h"

#include "app/base/mem.h"
#include "app/report/png.h"

enum { MODULE_PIXELS = 4, MARGIN = 4 };

int xlsx_put_code(struct lxw_worksheet *ws, uint32_t row, uint16_t col, const char *text, int height)
{
	AUTO_SBUF struct sbuf png = SBUF_INIT;
	lxw_image_options place = { .x_offset = MARGIN, .y_offset = MARGIN, .description = NULL };
	AUTO_FREE char *copy = xstrdup(text);
	int pixels;

	if (!png_of_code(text, MODULE_PIXELS, &png, &pixels))
		return LXW_NO_ERROR; /* the text stands beside it */
	place.x_scale = place.y_scale = (double)(height - 2 * MARGIN) / pixels;
	place.description = copy;
	return (int)worksheet_insert_image_buffer_opt(ws, row, col, (const unsigned char *)png.s, png.len, &place);
}
