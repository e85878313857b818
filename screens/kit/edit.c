#include "screens/kit/edit.h"

#include "app/base/utf8.h"

enum { DEFAULT_MAX = 200 };

void edit_init(struct edit *e, enum edit_kind kind, size_t max)
{
	*e = (struct edit){ .kind = kind, .max = max ? max : DEFAULT_MAX };
	sbuf_init(&e->text, 0);
}

void edit_release(struct edit *e)
{
	sbuf_release(&e->text);
	e->caret = 0;
}

void edit_clear(struct edit *e)
{
	sbuf_clear(&e->text);
	e->caret = 0;
}

/* ---- what may be typed ------------------------------------------------------------------------------------------- */

static bool digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool one_of(uint32_t c, const char *ascii)
{
	return c && c < 0x80 && strchr(ascii, (int)c);
}

static bool date_letter(uint32_t c)
{
	return c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0x4ECA || c == 't'; /* 年 月 日 今 */
}

/* The character that cp stands for in this kind of field at the caret; 0 = it may not stand here. */
static uint32_t admitted(const struct edit *e, uint32_t cp)
{
	struct key k = key_fold((struct key){ .code = cp });

	if (!key_is_text((struct key){ .code = cp }) || utf8_cp_width(cp) < 0)
		return 0;
	switch (e->kind) {
	case EDIT_TEXT:
		return cp;
	case EDIT_NUMBER:
		if (k.code == '.')
			return e->whole || strchr(e->text.s, '.') ? 0 : '.';
		if (k.code == '-')
			return e->sign && e->caret == 0 && e->text.s[0] != '-' ? '-' : 0;
		return digit(k.code) ? k.code : 0;
	case EDIT_DATE:
		return digit(k.code) || one_of(k.code, "-+/.") || date_letter(k.code) ? k.code : 0;
	case EDIT_CODE:
		if (cp == 0x3001 || one_of(k.code, ",.; "))
			return e->text.len ? ',' : 0;
		return digit(k.code) ? k.code : 0;
	}
	return 0;
}

bool edit_takes(const struct edit *e, struct key key)
{
	return key_is_text(key) && admitted(e, key.code);
}

/* Composing may join what was typed with what stands before it (a letter and its accent), so the whole line is cleaned
 * and the caret is found again from its distance to the end. */
static void compose(struct edit *e)
{
	size_t after = e->text.len - e->caret;
	AUTO_SBUF struct sbuf clean = SBUF_INIT;

	utf8_clean(&clean, e->text.s, e->caret);
	e->caret = clean.len;
	sbuf_adds(&clean, e->text.s + e->text.len - after);
	sbuf_clear(&e->text);
	sbuf_add(&e->text, clean.s, clean.len);
}

static bool insert(struct edit *e, uint32_t cp)
{
	char buf[4];
	uint32_t c = admitted(e, cp);
	size_t n;

	if (!c)
		return false;
	if (utf8_count(e->text.s) >= e->max)
		return true;
	if (c == ',' && e->caret && e->text.s[e->caret - 1] == ',' && e->kind == EDIT_CODE)
		return true;
	n = utf8_encode(c, buf);
	sbuf_splice(&e->text, e->caret, 0, buf, n);
	e->caret += n;
	if (utf8_cp_width(c) == 0)
		compose(e);
	return true;
}

/* ---- moving and deleting ----------------------------------------------------------------------------------------- */

static bool at_blank(const struct edit *e, size_t pos)
{
	return e->text.s[pos] == ' ';
}

static void left(struct edit *e)
{
	if (e->caret)
		e->caret = utf8_cluster_before(e->text.s, e->caret);
}

static void right(struct edit *e)
{
	e->caret += utf8_cluster(e->text.s + e->caret, e->text.len - e->caret);
}

static void word_left(struct edit *e)
{
	while (e->caret && at_blank(e, utf8_cluster_before(e->text.s, e->caret)))
		left(e);
	while (e->caret && !at_blank(e, utf8_cluster_before(e->text.s, e->caret)))
		left(e);
}

static void word_right(struct edit *e)
{
	while (e->caret < e->text.len && at_blank(e, e->caret))
		right(e);
	while (e->caret < e->text.len && !at_blank(e, e->caret))
		right(e);
}

static void delete_between(struct edit *e, size_t from, size_t to)
{
	sbuf_splice(&e->text, from, to - from, "", 0);
	e->caret = from;
}

static void delete_before(struct edit *e, void (*move)(struct edit *))
{
	size_t to = e->caret;

	move(e);
	delete_between(e, e->caret, to);
}

static void delete_after(struct edit *e)
{
	size_t from = e->caret;

	right(e);
	delete_between(e, from, e->caret);
}

static bool control(struct edit *e, struct key key)
{
	if (key.mods != MOD_CTRL)
		return false;
	if (key.code == 'w')
		delete_before(e, word_left);
	else if (key.code == K_LEFT)
		word_left(e);
	else if (key.code == K_RIGHT)
		word_right(e);
	else
		return false;
	return true;
}

bool edit_key(struct edit *e, struct key key)
{
	if (key_is_text(key))
		return insert(e, key.code);
	if (key.mods)
		return control(e, key);
	switch (key.code) {
	case K_BACKSPACE:
		delete_before(e, left);
		return true;
	case K_DELETE:
		delete_after(e);
		return true;
	case K_LEFT:
		left(e);
		return true;
	case K_RIGHT:
		right(e);
		return true;
	case K_HOME:
		e->caret = 0;
		return true;
	case K_END:
		e->caret = e->text.len;
		return true;
	default:
		return false;
	}
}

bool edit_paste(struct edit *e, const char *text)
{
	size_t n = strlen(text), i = 0;
	bool any = false;

	while (i < n) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (cp == '\n' || cp == '\t' || cp == '\r')
			cp = ' ';
		any |= insert(e, cp);
	}
	return any;
}

void edit_set(struct edit *e, const char *text)
{
	AUTO_SBUF struct sbuf clean = SBUF_INIT;
	size_t i = 0, count = 0;

	utf8_clean(&clean, text, strlen(text));
	edit_clear(e);
	while (i < clean.len && count < e->max) {
		uint32_t cp;
		size_t len = utf8_decode(clean.s + i, clean.len - i, &cp);

		if (cp == '\n' || cp == '\t')
			sbuf_addc(&e->text, ' ');
		else if (cp >= 0x20 && cp != 0x7F && !(cp >= 0x80 && cp < 0xA0))
			sbuf_add(&e->text, clean.s + i, len);
		count++;
		i += len;
	}
	e->caret = e->text.len;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static int columns(const struct canvas *cv, const struct edit *e, size_t from, size_t to)
{
	const char *s = e->text.s;
	int n = 0;

	if (!e->secret)
		return canvas_span(cv, s + from, to - from);
	for (size_t i = from; i < to; i += utf8_cluster(s + i, to - i))
		n++;
	return n;
}

/* First byte to show so that the caret, one column wide, is inside w.  A number that fills its field is shown whole; the
 * caret stands behind it. */
static size_t first_shown(const struct canvas *cv, const struct edit *e, int w)
{
	size_t start = 0;

	if (e->kind != EDIT_TEXT)
		w++;
	while (start < e->caret && columns(cv, e, start, e->caret) > w - 1)
		start += utf8_cluster(e->text.s + start, e->text.len - start);
	return start;
}

void edit_draw(const struct edit *e, struct canvas *cv, int y, int x, int w, enum face face, bool focus)
{
	size_t start = focus ? first_shown(cv, e, w) : 0;

	canvas_fill(cv, (struct rect){ y, x, 1, w }, face);
	if (e->secret) {
		int n = columns(cv, e, start, e->text.len);

		for (int i = 0; i < n && i < w; i++)
			canvas_text(cv, y, x + i, 1, face, "*");
	} else {
		canvas_text(cv, y, x, w, face, e->text.s + start);
	}
	if (focus)
		canvas_cursor(cv, y, x + columns(cv, e, start, e->caret));
}
