/* Any text drawn anywhere, with any signs: no half character, nothing that a terminal would act upon, nothing outside. */
#include <string.h>

#include "app/base/utf8.h"
#include "fuzz/fuzz.h"
#include "screens/kit/canvas.h"

static void check(const struct canvas *cv)
{
	for (int y = 0; y < cv->h; y++)
		for (int x = 0; x < cv->w; x++) {
			const struct canvas_cell *c = canvas_cell(cv, y, x);
			uint32_t cp;

			if (c->width == 0) {
				MUST(x > 0 && canvas_cell(cv, y, x - 1)->width == 2 && !*c->s);
				continue;
			}
			MUST(c->width == 1 || (x + 1 < cv->w && canvas_cell(cv, y, x + 1)->width == 0));
			MUST(*c->s && strlen(c->s) <= CELL_BYTES && utf8_valid(c->s, strlen(c->s)));
			utf8_decode(c->s, strlen(c->s), &cp);
			MUST(utf8_cp_width(cp) == c->width);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct canvas cv = { 0 };
	char *text;
	int y, x, w;

	if (size < 4)
		return 0;
	canvas_resize(&cv, 3, 16);
	cv.signs = (enum sign_mode)(data[0] % 3);
	y = data[1] % 5 - 1;
	x = data[2] % 24 - 4;
	w = data[3] % 24 - 2;
	text = fuzz_string(data + 4, size - 4);
	canvas_text(&cv, 0, 0, 16, FACE_NORMAL, "张三李四王五赵六");
	MUST(canvas_text(&cv, y, x, w, FACE_NORMAL, text) <= (w > 0 ? w : 0));
	check(&cv);
	canvas_clip(&cv, y, x, w, FACE_DUE, text);
	canvas_right(&cv, y + 1, x, w, FACE_DUE, text);
	MUST(canvas_wrap(&cv, (struct rect){ y, x, 2, w }, FACE_HINT, text) >= 0);
	canvas_fill(&cv, (struct rect){ y, x, 2, w }, FACE_FOCUS);
	check(&cv);
	free(text);
	canvas_release(&cv);
	return 0;
}
