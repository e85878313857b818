#include "screens/kit/canvas.h"

#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "screens/kit/signs.h"

static const struct canvas_cell blank = { .s = " ", .width = 1 };

static struct canvas_cell *at(struct canvas *cv, int y, int x)
{
	return &cv->cells[(size_t)y * (size_t)cv->w + (size_t)x];
}

const struct canvas_cell *canvas_cell(const struct canvas *cv, int y, int x)
{
	return &cv->cells[(size_t)y * (size_t)cv->w + (size_t)x];
}

static bool inside(const struct canvas *cv, int y, int x)
{
	return y >= 0 && y < cv->h && x >= 0 && x < cv->w;
}

void canvas_resize(struct canvas *cv, int h, int w)
{
	cv->h = h > 0 ? h : 0;
	cv->w = w > 0 ? w : 0;
	cv->cells = xrealloc(cv->cells, (size_t)cv->h * (size_t)cv->w + 1, sizeof *cv->cells);
	canvas_clear(cv);
}

void canvas_release(struct canvas *cv)
{
	free(cv->cells);
	*cv = (struct canvas){ 0 };
}

void canvas_clear(struct canvas *cv)
{
	size_t n = (size_t)cv->h * (size_t)cv->w;

	for (size_t i = 0; i < n; i++)
		cv->cells[i] = blank;
	cv->cursor_y = cv->cursor_x = 0;
	cv->cursor_on = false;
}

/* ---- single cells ------------------------------------------------------------------------------------------------ */

/* Before a cell is written, the wide character that it is half of loses its other half: a terminal would shift the rest
 * of the row at the next full repaint. */
static void split(struct canvas *cv, int y, int x)
{
	struct canvas_cell *c = at(cv, y, x);
	struct canvas_cell *partner;

	if (c->width == 1)
		return;
	partner = c->width == 0 ? c - 1 : c + 1;
	memcpy(partner->s, " ", 2);
	partner->width = 1;
	memcpy(c->s, " ", 2);
	c->width = 1;
}

static void put(struct canvas *cv, int y, int x, const char *s, int width, enum face face)
{
	struct canvas_cell *c = at(cv, y, x);

	split(cv, y, x);
	if (width == 2)
		split(cv, y, x + 1);
	memcpy(c->s, s, strlen(s) + 1); /* pieces hold no more than a cell does */
	c->width = (uint8_t)width;
	c->face = (uint8_t)face;
	if (width == 2)
		c[1] = (struct canvas_cell){ .s = "", .width = 0, .face = (uint8_t)face };
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

/* Draws one piece at x as far as it lies in [from, to); false when nothing after it can fit. */
static bool draw_piece(struct canvas *cv, int y, int x, int from, int to, enum face face, const struct piece *p)
{
	if (p->ascii) {
		for (int i = 0; i < p->width && x + i < to; i++)
			if (x + i >= from)
				put(cv, y, x + i, (char[]){ p->s[i], '\0' }, 1, face);
		return x + p->width <= to;
	}
	if (x + p->width > to)
		return false;
	if (x >= from)
		put(cv, y, x, p->s, p->width, face);
	else if (x + p->width > from)
		put(cv, y, from, " ", 1, face);
	return true;
}

int canvas_text(struct canvas *cv, int y, int x, int w, enum face face, const char *s)
{
	size_t n = strlen(s), i = 0;
	int to = w < cv->w - x ? x + w : cv->w;
	int col = x;

	if (y < 0 || y >= cv->h || w <= 0)
		return 0;
	while (i < n && col < to) {
		struct piece p;

		i += sign_piece(cv->signs, s + i, n - i, &p);
		if (!p.width)
			continue;
		if (!draw_piece(cv, y, col, x > 0 ? x : 0, to, face, &p))
			return p.ascii ? to - x : col - x;
		col += p.width;
	}
	return col - x;
}

int canvas_textf(struct canvas *cv, int y, int x, int w, enum face face, const char *fmt, ...)
{
	char buf[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof buf, fmt, ap);
	va_end(ap);
	return canvas_text(cv, y, x, w, face, buf);
}

int canvas_span(const struct canvas *cv, const char *s, size_t n)
{
	size_t i = 0;
	int w = 0;

	while (i < n) {
		struct piece p;

		i += sign_piece(cv->signs, s + i, n - i, &p);
		w += p.width;
	}
	return w;
}

int canvas_width(const struct canvas *cv, const char *s)
{
	return canvas_span(cv, s, strlen(s));
}

int canvas_right(struct canvas *cv, int y, int x, int w, enum face face, const char *s)
{
	int used = canvas_width(cv, s);

	return used >= w ? canvas_text(cv, y, x, w, face, s) : canvas_text(cv, y, x + w - used, used, face, s);
}

int canvas_clip(struct canvas *cv, int y, int x, int w, enum face face, const char *s)
{
	int used;

	if (w <= 0)
		return 0;
	if (canvas_width(cv, s) <= w)
		return canvas_text(cv, y, x, w, face, s);
	used = canvas_text(cv, y, x, w - 1, face, s);
	return used + canvas_text(cv, y, x + used, 1, face, "~");
}

/* ---- wrapping ---------------------------------------------------------------------------------------------------- */

/* No line begins with these. */
static bool closes(const char *s)
{
	static const char *const closing[] = { "，", "。", "、", "；", "：", "？", "！", "）", "》", "」", "』", "】", "％" };

	if (*s && strchr(",.;:!?)]}%", *s))
		return true;
	for (size_t i = 0; i < N_ELEMENTS(closing); i++)
		if (!strncmp(s, closing[i], strlen(closing[i])))
			return true;
	return false;
}

struct fitted {
	size_t len;  /* bytes that go on the line */
	size_t next; /* where the next line begins */
};

/* How much of s goes on a line of w columns; at least one piece, so that it always ends.  A blank in the last fifth of the line
 * is the better place to break than between two hanzi: "8中医体质辨识" stays together. */
static struct fitted fit_line(const struct canvas *cv, const char *s, size_t n, int w)
{
	struct fitted best = { 0 }, gap = { 0 };
	size_t i = 0;
	int col = 0;

	while (i < n) {
		struct piece p;
		size_t len = sign_piece(cv->signs, s + i, n - i, &p);
		bool wide = p.width == 2 && !p.ascii;

		if (s[i] == '\n')
			return (struct fitted){ i, i + 1 };
		if (i && wide && !closes(s + i) && s[i - 1] != ' ')
			best = (struct fitted){ i, i };
		if (s[i] == ' ') {
			best = (struct fitted){ i, i + 1 };
			if (col >= w - w / 5)
				gap = best;
		}
		if (col + p.width > w && i)
			return gap.next ? gap : best.next ? best : (struct fitted){ i, i };
		col += p.width;
		i += len;
		if (wide && i < n && s[i] != ' ' && !closes(s + i) && col <= w)
			best = (struct fitted){ i, i };
	}
	return (struct fitted){ n, n };
}

static void draw_span(struct canvas *cv, int y, int x, int w, enum face face, const char *s, size_t n)
{
	int col = 0;

	for (size_t i = 0; i < n;) {
		struct piece p;

		i += sign_piece(cv->signs, s + i, n - i, &p);
		if (p.width && !draw_piece(cv, y, x + col, x > 0 ? x : 0, x + w < cv->w ? x + w : cv->w, face, &p))
			return;
		col += p.width;
	}
}

int canvas_wrap_from(struct canvas *cv, struct rect r, enum face face, const char *s, int skip)
{
	size_t n = strlen(s), i = 0;
	int row = 0;

	while (i < n) {
		struct fitted f = fit_line(cv, s + i, n - i, r.w);
		int y = r.y + row - skip;

		if (row >= skip && row - skip < r.h && y >= 0 && y < cv->h)
			draw_span(cv, y, r.x, r.w, face, s + i, f.len);
		i += f.next;
		row++;
	}
	return row;
}

int canvas_wrap_rows(const struct canvas *cv, int w, const char *s)
{
	size_t n = strlen(s), i = 0;
	int rows = 0;

	for (; i < n; rows++)
		i += fit_line(cv, s + i, n - i, w).next;
	return rows;
}

int canvas_wrap(struct canvas *cv, struct rect r, enum face face, const char *s)
{
	return canvas_wrap_from(cv, r, face, s, 0);
}

/* ---- areas ------------------------------------------------------------------------------------------------------- */

static struct rect clipped(const struct canvas *cv, struct rect r)
{
	int y1 = r.y + r.h < cv->h ? r.y + r.h : cv->h;
	int x1 = r.x + r.w < cv->w ? r.x + r.w : cv->w;

	r.y = r.y > 0 ? r.y : 0;
	r.x = r.x > 0 ? r.x : 0;
	r.h = y1 > r.y ? y1 - r.y : 0;
	r.w = x1 > r.x ? x1 - r.x : 0;
	return r;
}

void canvas_fill(struct canvas *cv, struct rect r, enum face face)
{
	r = clipped(cv, r);
	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			put(cv, y, x, " ", 1, face);
}

/* Draws sign n times, going by dy, dx. */
static void repeat(struct canvas *cv, int y, int x, int n, int dy, int dx, enum face face, const char *sign)
{
	for (int i = 0; i < n; i++)
		canvas_text(cv, y + i * dy, x + i * dx, 1, face, sign);
}

void canvas_rule(struct canvas *cv, int y, int x, int w, enum face face)
{
	repeat(cv, y, x, w, 0, 1, face, "─");
}

void canvas_pillar(struct canvas *cv, int y, int x, int h, enum face face)
{
	repeat(cv, y, x, h, 1, 0, face, "│");
}

void canvas_frame(struct canvas *cv, struct rect r, enum face face)
{
	int bottom = r.y + r.h - 1, right = r.x + r.w - 1;

	canvas_rule(cv, r.y, r.x + 1, r.w - 2, face);
	canvas_rule(cv, bottom, r.x + 1, r.w - 2, face);
	canvas_pillar(cv, r.y + 1, r.x, r.h - 2, face);
	canvas_pillar(cv, r.y + 1, right, r.h - 2, face);
	canvas_text(cv, r.y, r.x, 1, face, "+");
	canvas_text(cv, r.y, right, 1, face, "+");
	canvas_text(cv, bottom, r.x, 1, face, "+");
	canvas_text(cv, bottom, right, 1, face, "+");
}

static int limited(int v, int n)
{
	return v < 0 || !n ? 0 : v < n ? v : n - 1;
}

void canvas_park(struct canvas *cv, int y, int x)
{
	cv->cursor_y = limited(y, cv->h);
	cv->cursor_x = limited(x, cv->w);
	cv->cursor_on = false;
}

void canvas_cursor(struct canvas *cv, int y, int x)
{
	canvas_park(cv, y, x);
	cv->cursor_on = inside(cv, y, x);
}
