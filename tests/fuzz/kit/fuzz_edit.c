/* Any keys and pastes into a line of any kind: the text stays valid UTF-8 without controls inside its maximum, the caret
 * inside the text, and drawing keeps inside its columns. */
#include <string.h>

#include "app/base/utf8.h"
#include "fuzz/fuzz.h"
#include "screens/kit/edit.h"

enum { MAX = 24 };

static void check(const struct edit *e)
{
	struct canvas cv = { 0 };

	MUST(utf8_valid(e->text.s, e->text.len));
	MUST(e->caret <= e->text.len);
	MUST(utf8_count(e->text.s) <= MAX);
	for (size_t i = 0; i < e->text.len; i++)
		MUST((unsigned char)e->text.s[i] >= 0x20 && e->text.s[i] != 0x7F);
	canvas_resize(&cv, 1, 12);
	edit_draw(e, &cv, 0, 1, 8, FACE_EDITING, true);
	MUST(!strcmp(canvas_cell(&cv, 0, 0)->s, " ") && !strcmp(canvas_cell(&cv, 0, 9)->s, " "));
	MUST(cv.cursor_x >= 1 && cv.cursor_x <= 9);
	canvas_release(&cv);
}

static struct key key_of(const uint8_t *data, size_t size, size_t *i)
{
	static const uint32_t moves[] = { K_BACKSPACE, K_DELETE, K_LEFT, K_RIGHT, K_HOME, K_END };
	struct key key = { 0 };

	if (data[*i] < 0x20) {
		uint8_t b = data[(*i)++];

		key.code = b == 0x1F ? 'w' : moves[b % 6];
		key.mods = b == 0x1F || (b & 8) ? MOD_CTRL : 0;
		return key;
	}
	*i += utf8_decode((const char *)data + *i, size - *i, &key.code);
	return key;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct edit e;

	if (size < 2)
		return 0;
	edit_init(&e, (enum edit_kind)(data[0] % 4), MAX);
	e.sign = data[0] & 16;
	e.whole = data[0] & 32;
	e.secret = data[0] & 64;
	if (data[0] & 128) {
		char *text = fuzz_string(data + 1, size - 1);

		edit_set(&e, text);
		check(&e);
		edit_paste(&e, text);
		free(text);
	}
	for (size_t i = 1; i < size;) {
		edit_key(&e, key_of(data, size, &i));
		check(&e);
	}
	edit_release(&e);
	return 0;
}
