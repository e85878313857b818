#include "screens/kit/menu.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "screens/kit/edit.h"
#include "screens/kit/status.h"

enum { MIN_WIDTH = 30, MAX_FILTER = 40 };

struct menu_state {
	struct arena mem;
	struct menu menu;  /* texts in mem */
	struct edit filter;
	size_t *shown;     /* items that match, in mem */
	size_t n_shown;
	size_t sel, top, page;
	int width;
	unsigned frames;   /* the screen's when it opened */
};

static const char *copy(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : NULL;
}

static struct menu_item *copy_items(struct arena *mem, const struct menu *menu)
{
	struct menu_item *items = arena_alloc(mem, (menu->n_items + 1) * sizeof *items);

	for (size_t i = 0; i < menu->n_items; i++) {
		items[i] = menu->items[i];
		items[i].text = arena_strdup(mem, items[i].text);
		items[i].detail = copy(mem, items[i].detail);
		items[i].search = copy(mem, items[i].search);
	}
	return items;
}

static bool menu_start(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct menu_state *st = state;
	const struct menu *menu = arg;

	(void)err;
	st->menu = *menu;
	st->frames = ui_frames(ui);
	st->menu.title = arena_strdup(&st->mem, menu->title);
	st->menu.empty = copy(&st->mem, menu->empty);
	st->menu.items = copy_items(&st->mem, menu);
	st->shown = arena_alloc(&st->mem, (menu->n_items + 1) * sizeof *st->shown);
	st->width = MIN_WIDTH > utf8_width(menu->title) + 4 ? MIN_WIDTH : utf8_width(menu->title) + 4;
	edit_init(&st->filter, EDIT_TEXT, MAX_FILTER);
	for (size_t i = 0; i < menu->n_items; i++) {
		const struct menu_item *it = &menu->items[i];
		int w = 6 + utf8_width(it->text) + (it->detail ? 2 + utf8_width(it->detail) : 0);

		st->width = w > st->width ? w : st->width;
		st->shown[i] = i;
		if (it->value == menu->selected && menu->items[st->sel].value != menu->selected)
			st->sel = i;
	}
	st->n_shown = menu->n_items;
	return true;
}

static void menu_end(struct ui *ui, void *state)
{
	struct menu_state *st = state;

	(void)ui;
	edit_release(&st->filter);
	arena_release(&st->mem);
}

/* ---- narrowing --------------------------------------------------------------------------------------------------- */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool holds(const char *text, const char *typed)
{
	for (; text && *text; text++) {
		size_t i = 0;

		while (typed[i] && small(text[i]) == small(typed[i]))
			i++;
		if (!typed[i])
			return true;
	}
	return false;
}

static bool matches(const struct menu_state *st, const struct menu_item *it, const char *typed)
{
	if (!*typed || holds(it->text, typed) || holds(it->detail, typed) || holds(it->search, typed))
		return true;
	return st->menu.match && st->menu.match(it->text, typed);
}

static void narrow(struct menu_state *st)
{
	char typed[MAX_FILTER * 4 + 1];

	if (!utf8_fold_width(st->filter.text.s, typed, sizeof typed))
		*typed = '\0';
	st->n_shown = st->sel = st->top = 0;
	for (size_t i = 0; i < st->menu.n_items; i++) {
		const struct menu_item *it = &st->menu.items[i];

		if (!matches(st, it, typed))
			continue;
		/* a code typed in full is meant, whatever else contains it */
		if (it->detail && !strcmp(it->detail, typed))
			st->sel = st->n_shown;
		st->shown[st->n_shown++] = i;
	}
}

/* ---- moving and choosing ----------------------------------------------------------------------------------------- */

static unsigned take(struct ui *ui, struct menu_state *st, size_t i)
{
	const struct menu_item *it;

	if (i >= st->n_shown) {
		ui_beep(ui);
		return UI_HANDLED;
	}
	it = &st->menu.items[st->shown[i]];
	return ui_done(ui, &(struct answer){ .ok = true, .choice = it->value, .text = it->text });
}

static size_t moved(size_t sel, size_t n, enum cmd cmd, size_t page)
{
	switch ((int)cmd) {
	case CMD_UP:
		return sel ? sel - 1 : n ? n - 1 : 0;
	case CMD_DOWN:
		return sel + 1 < n ? sel + 1 : 0;
	case CMD_PAGE_UP:
		return sel > page ? sel - page : 0;
	case CMD_PAGE_DOWN:
		return sel + page < n ? sel + page : n ? n - 1 : 0;
	case CMD_FIRST:
		return 0;
	case CMD_LAST:
		return n ? n - 1 : 0;
	default:
		return SIZE_MAX;
	}
}

/* Was this typed ahead, before anybody could see what is asked? */
static bool typed_ahead(struct ui *ui, const struct menu_state *st)
{
	if (!st->menu.seen_first || ui_frames(ui) != st->frames)
		return false;
	ui_beep(ui);
	ui_say(ui, FACE_WARN, _("Look first which one it is: what was typed ahead chose nothing."));
	return true;
}

static unsigned menu_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct menu_state *st = state;
	size_t to;

	if (cmd == CMD_OPEN)
		return typed_ahead(ui, st) ? UI_HANDLED | UI_REDRAW : take(ui, st, st->sel);
	if (cmd == CMD_BACK && st->filter.text.len) {
		edit_clear(&st->filter);
		narrow(st);
		return UI_HANDLED | UI_REDRAW;
	}
	to = moved(st->sel, st->n_shown, cmd, st->page ? st->page : 1);
	if (to == SIZE_MAX)
		return 0;
	st->sel = to;
	return UI_HANDLED | UI_REDRAW;
}

static unsigned menu_key(struct ui *ui, void *state, struct key key)
{
	struct menu_state *st = state;
	struct key k = key_fold(key);

	if (key_is_text(k) && typed_ahead(ui, st))
		return UI_HANDLED | UI_REDRAW;
	if (st->menu.eyes_on_paper) {
		if (!key_is_text(k))
			return 0;
		ui_beep(ui);
		ui_say(ui, FACE_HINT, _("Digits do not answer this question: arrow up or down, then Enter."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (st->menu.numbered && key_is_text(k) && k.code >= '1' && k.code <= '9')
		return take(ui, st, k.code - '1');
	if (key.code == K_HOME || key.code == K_END || !edit_key(&st->filter, key))
		return 0;
	narrow(st);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned menu_focus(const void *state)
{
	(void)state;
	return FOCUS_TEXT;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static struct rect body(const struct canvas *cv, const struct menu_state *st)
{
	int rows = (int)st->menu.n_items + 2;

	return (struct rect){ .h = rows < cv->h - 6 ? rows : cv->h - 6, .w = st->width };
}

static void menu_layout(struct ui *ui, void *state)
{
	struct menu_state *st = state;
	int rows = body(ui_canvas(ui), st).h - 2;

	st->page = rows > 0 ? (size_t)rows : 1;
	if (st->sel < st->top)
		st->top = st->sel;
	if (st->sel >= st->top + st->page)
		st->top = st->sel - st->page + 1;
}

static void draw_item(const struct menu_state *st, struct canvas *cv, size_t i, int y, struct rect r)
{
	const struct menu_item *it = &st->menu.items[st->shown[i]];
	enum face face = i == st->sel ? FACE_FOCUS : FACE_POPUP;
	int x = r.x, dw = it->detail ? canvas_width(cv, it->detail) : 0;

	canvas_fill(cv, (struct rect){ y, r.x, 1, r.w }, face);
	canvas_text(cv, y, x, 1, face, i == st->sel ? "▶" : " ");
	x += 2;
	if (st->menu.numbered)
		x += canvas_textf(cv, y, x, 2, face, i < 9 ? "%zu " : "  ", i + 1);
	canvas_text(cv, y, x, 1, face, it->checked ? "✓" : " ");
	x += it->checked ? 2 : 0;
	canvas_clip(cv, y, x, r.x + r.w - x - (dw ? dw + 1 : 0), face, it->text);
	if (dw)
		canvas_right(cv, y, r.x + r.w - dw, dw, i == st->sel ? FACE_FOCUS : FACE_KEY, it->detail);
	if (i == st->sel)
		canvas_park(cv, y, r.x);
}

static void menu_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct menu_state *st = state;
	struct rect want = body(cv, st), r = status_popup(cv, want.h, want.w, st->menu.title);
	/* What there is nothing of at all is another thing than what is not found. */
	const char *empty = st->menu.empty && !st->menu.n_items ? st->menu.empty :
		_("Nothing like that. Backspace widens the search.");

	(void)ui;
	for (size_t i = st->top; i < st->n_shown && i < st->top + st->page; i++)
		draw_item(st, cv, i, r.y + 2 + (int)(i - st->top), r);
	if (!st->n_shown)
		canvas_wrap(cv, (struct rect){ r.y + 2, r.x, r.h - 2, r.w }, FACE_HINT, empty);
	canvas_rule(cv, r.y + 1, r.x, r.w, FACE_POPUP);
	if (st->n_shown > st->page)
		canvas_textf(cv, r.y + 1, r.x + r.w - 12, 12, FACE_HINT, " %zu/%zu ", st->sel + 1, st->n_shown);
	if (st->menu.eyes_on_paper)
		return;
	canvas_text(cv, r.y, r.x, 1, FACE_KEY, "/");
	edit_draw(&st->filter, cv, r.y, r.x + 2, r.w - 2, FACE_POPUP, true);
}

const struct screen menu_screen = {
	.name = "menu",
	.state_size = sizeof(struct menu_state),
	.popup = true,
	.open = menu_start,
	.layout = menu_layout,
	.draw = menu_draw,
	.focus = menu_focus,
	.command = menu_command,
	.key = menu_key,
	.close = menu_end,
};

static bool menu_open(struct ui *ui, int tag, const struct menu *menu, struct err *err)
{
	return ui_ask(ui, tag, &menu_screen, menu, err);
}

unsigned menu_show(struct ui *ui, int tag, const struct menu *menu)
{
	struct err err = { 0 };

	if (!menu_open(ui, tag, menu, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}
