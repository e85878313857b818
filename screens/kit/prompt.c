#include "screens/kit/prompt.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "screens/kit/status.h"

/* As in forms: what is too long is refused whole, not swallowed. */
enum { WIDTH = 58, MAX_OPTIONS = 9, TEXT_MAX = 200, TYPED_MAX = 4000 };

/* ---- options: confirm and choose ---------------------------------------------------------------------------------- */

struct options {
	const char *question;
	const char *option[MAX_OPTIONS];
	size_t n, sel;
	bool yes_no; /* ok = first option; y and n choose */
	bool no_digits;
	struct arena mem;
};

static bool options_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct options *st = state;
	const struct options *from = arg;

	(void)ui;
	(void)err;
	*st = *from;
	st->question = arena_strdup(&st->mem, from->question);
	for (size_t i = 0; i < st->n; i++)
		st->option[i] = arena_strdup(&st->mem, from->option[i]);
	return true;
}

static void options_close(struct ui *ui, void *state)
{
	(void)ui;
	arena_release(&((struct options *)state)->mem);
}

static unsigned choose(struct ui *ui, const struct options *st, size_t i)
{
	if (i >= st->n) {
		ui_beep(ui);
		return UI_HANDLED;
	}
	return ui_done(ui, &(struct answer){
		.ok = !st->yes_no || i == 0, .choice = (int64_t)i, .text = st->option[i] });
}

static unsigned choose_by_digit(struct ui *ui, const struct options *st, size_t i)
{
	if (!st->no_digits)
		return choose(ui, st, i);
	ui_say(ui, FACE_WARN, _("Digits do not answer this question: arrow up or down, then Enter."));
	ui_beep(ui);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned options_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct options *st = state;

	if (cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9)
		return choose_by_digit(ui, st, (size_t)(cmd - CMD_ROW_1));
	if (cmd == CMD_OPEN)
		return choose(ui, st, st->sel);
	if (cmd == CMD_UP || cmd == CMD_LEFT || cmd == CMD_PREVIOUS)
		st->sel = (st->sel + st->n - 1) % st->n;
	else if (cmd == CMD_DOWN || cmd == CMD_RIGHT || cmd == CMD_NEXT)
		st->sel = (st->sel + 1) % st->n;
	else
		return 0;
	return UI_HANDLED | UI_REDRAW;
}

static unsigned options_key(struct ui *ui, void *state, struct key key)
{
	struct options *st = state;
	struct key k = key_fold(key);

	if (st->yes_no && key_is_text(k) && (k.code == 'y' || k.code == 'n'))
		return choose(ui, st, k.code == 'n');
	return 0;
}

static void option_words(const struct options *st, size_t i, struct sbuf *out)
{
	sbuf_addf(out, "%s ", i == st->sel ? "▶" : " ");
	if (!st->no_digits)
		sbuf_addf(out, "%zu ", i + 1);
	sbuf_adds(out, st->option[i]);
}

static void options_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct options *st = state;
	int width = WIDTH < cv->w - 6 ? WIDTH : cv->w - 6;
	int lines = canvas_wrap_rows(cv, width, st->question);
	struct rect r = status_popup(cv, lines + 1 + (int)st->n, width, NULL);

	(void)ui;
	canvas_wrap(cv, (struct rect){ r.y, r.x, lines, r.w }, FACE_POPUP, st->question);
	for (size_t i = 0; i < st->n; i++) {
		int y = r.y + lines + 1 + (int)i;
		enum face face = i == st->sel ? FACE_FOCUS : FACE_POPUP;
		AUTO_SBUF struct sbuf words = SBUF_INIT;

		canvas_fill(cv, (struct rect){ y, r.x, 1, r.w }, face);
		option_words(st, i, &words);
		canvas_text(cv, y, r.x, r.w, face, words.s);
		if (i == st->sel)
			canvas_park(cv, y, r.x);
	}
}

static const struct screen options_screen = {
	.name = "question",
	.state_size = sizeof(struct options),
	.popup = true,
	.open = options_open,
	.draw = options_draw,
	.command = options_command,
	.key = options_key,
	.close = options_close,
};

static unsigned show(struct ui *ui, int tag, const struct screen *screen, const void *arg)
{
	struct err err = { 0 };

	if (!ui_ask(ui, tag, screen, arg, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

unsigned prompt_confirm(struct ui *ui, int tag, const struct confirm *c)
{
	struct options o = {
		.question = c->question,
		.option = { c->yes ? c->yes : _("Yes"), c->no ? c->no : _("No") },
		.n = 2,
		.sel = c->careful ? 1 : 0,
		.yes_no = true,
	};

	return show(ui, tag, &options_screen, &o);
}

unsigned prompt_choose(struct ui *ui, int tag, const struct choose *c)
{
	struct options o = { .question = c->question, .n = c->n_options, .sel = c->selected,
		.no_digits = c->no_digits };

	if (o.n > MAX_OPTIONS)
		o.n = MAX_OPTIONS; /* more belong into a menu; the caller's table is fixed, so tests see it */
	for (size_t i = 0; i < o.n; i++)
		o.option[i] = c->options[i];
	return show(ui, tag, &options_screen, &o);
}

/* ---- a line of text ----------------------------------------------------------------------------------------------- */

struct asking {
	struct ask ask; /* question is ours */
	char *question;
	struct edit edit;
	struct err err;
};

static bool ask_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct asking *st = state;

	(void)ui;
	(void)err;
	st->ask = *(const struct ask *)arg;
	st->question = xstrdup(st->ask.question);
	if (!st->ask.max)
		st->ask.max = TEXT_MAX;
	edit_init(&st->edit, st->ask.kind, st->ask.kind == EDIT_TEXT ? TYPED_MAX : st->ask.max);
	st->edit.secret = st->ask.secret;
	if (st->ask.text)
		edit_set(&st->edit, st->ask.text);
	return true;
}

static void ask_close(struct ui *ui, void *state)
{
	struct asking *st = state;

	(void)ui;
	free(st->question);
	edit_release(&st->edit);
}

static bool fits(const struct ask *a, const char *text, struct err *err)
{
	return utf8_count(text) <= a->max || err_set(err, ERR_OUT_OF_RANGE, _("At most %zu characters."), a->max);
}

static bool in_limits(const struct ask *a, const char *text, struct err *err)
{
	int64_t v = strtoll(text, NULL, 10);

	if (!*text || (!a->lo && !a->hi) || (strlen(text) < 18 && v >= a->lo && v <= a->hi))
		return true;
	return err_set(err, ERR_OUT_OF_RANGE, _("A number from %lld to %lld."), (long long)a->lo, (long long)a->hi);
}

static bool is_right(const struct ask *a, const char *text, struct err *err)
{
	return fits(a, text, err) && in_limits(a, text, err) && (!a->check || a->check(text, err)) &&
		(!a->check_about || a->check_about(a->about, text, err));
}

static unsigned ask_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct asking *st = state;

	if (cmd == CMD_CLEAR) {
		edit_clear(&st->edit);
		err_clear(&st->err);
		return UI_HANDLED | UI_REDRAW;
	}
	if (cmd != CMD_OPEN)
		return 0;
	err_clear(&st->err);
	if (!st->edit.text.len && !st->ask.may_be_empty)
		err_set(&st->err, ERR_REQUIRED, _("Please type something, or Esc to go back."));
	else if (is_right(&st->ask, st->edit.text.s, &st->err))
		return ui_done(ui, &(struct answer){ .ok = true, .text = st->edit.text.s });
	ui_beep(ui);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ask_key(struct ui *ui, void *state, struct key key)
{
	struct asking *st = state;

	(void)ui;
	if (!edit_key(&st->edit, key))
		return 0;
	err_clear(&st->err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ask_focus(const void *state)
{
	return ((const struct asking *)state)->ask.kind == EDIT_TEXT ? FOCUS_TEXT : FOCUS_CODE;
}

static void ask_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct asking *st = state;
	int width = WIDTH < cv->w - 6 ? WIDTH : cv->w - 6;
	int lines = canvas_wrap_rows(cv, width, st->question), room = 2, wants;
	AUTO_SBUF struct sbuf wrong = SBUF_INIT;
	struct rect r;

	(void)ui;
	if (*st->err.example)
		sbuf_addf(&wrong, _("%s For example: %s"), st->err.message, st->err.example);
	else
		sbuf_adds(&wrong, st->err.message);
	wants = canvas_wrap_rows(cv, width, wrong.s);
	room = wants > room ? wants : room;
	r = status_popup(cv, lines + 2 + room, width, NULL);
	canvas_wrap(cv, (struct rect){ r.y, r.x, lines, r.w }, FACE_POPUP, st->question);
	if (wrong.len)
		canvas_wrap(cv, (struct rect){ r.y + lines + 2, r.x, room, r.w }, FACE_ERROR, wrong.s);
	edit_draw(&st->edit, cv, r.y + lines + 1, r.x, r.w, FACE_EDITING, true);
}

/* In a form ^U is F7; here it empties the line, as everywhere else in a terminal.  There is one line: F2 means what Enter
 * does. */
static const struct binding ask_keys[] = {
	{ "F2", CMD_OPEN, "", 0 },
	{ "C-u", CMD_CLEAR, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

static const struct screen ask_screen = {
	.name = "ask",
	.keys = ask_keys,
	.state_size = sizeof(struct asking),
	.popup = true,
	.open = ask_open,
	.draw = ask_draw,
	.focus = ask_focus,
	.command = ask_command,
	.key = ask_key,
	.close = ask_close,
};

unsigned prompt_ask(struct ui *ui, int tag, const struct ask *a)
{
	return show(ui, tag, &ask_screen, a);
}

/* ---- a text to be read --------------------------------------------------------------------------------------------- */

struct telling {
	const char *title, *text;
	char *own_title, *own_text;
	int top, rows, lines;
};

static bool tell_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct telling *st = state;
	const struct telling *from = arg;

	(void)ui;
	(void)err;
	st->own_title = xstrdup(from->title ? from->title : "");
	st->own_text = xstrdup(from->text);
	return true;
}

static void tell_close(struct ui *ui, void *state)
{
	struct telling *st = state;

	(void)ui;
	free(st->own_title);
	free(st->own_text);
}

static void tell_layout(struct ui *ui, void *state)
{
	struct telling *st = state;
	int h, w;

	ui_size(ui, &h, &w);
	st->lines = canvas_wrap_rows(ui_canvas(ui), w - 10, st->own_text);
	st->rows = st->lines < h - 8 ? st->lines : h - 8;
	if (st->top > st->lines - st->rows)
		st->top = st->lines - st->rows;
	if (st->top < 0)
		st->top = 0;
}

static unsigned tell_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct telling *st = state;

	(void)ui;
	if (cmd == CMD_UP || cmd == CMD_PAGE_UP)
		st->top -= cmd == CMD_UP ? 1 : st->rows;
	else if (cmd == CMD_DOWN || cmd == CMD_PAGE_DOWN)
		st->top += cmd == CMD_DOWN ? 1 : st->rows;
	else
		return UI_HANDLED | UI_CLOSE;
	return UI_HANDLED | UI_REDRAW;
}

static unsigned tell_key(struct ui *ui, void *state, struct key key)
{
	(void)ui;
	(void)state;
	(void)key;
	return UI_HANDLED | UI_CLOSE;
}

static void tell_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct telling *st = state;
	struct rect r = status_popup(cv, st->rows, cv->w - 10, st->own_title);

	(void)ui;
	canvas_wrap_from(cv, r, FACE_POPUP, st->own_text, st->top);
	if (st->lines > st->rows)
		canvas_textf(cv, r.y + r.h, r.x + r.w - 10, 10, FACE_HINT, " %d/%d ", st->top + st->rows, st->lines);
	canvas_park(cv, r.y, r.x);
}

static const struct screen tell_screen = {
	.name = "text",
	.state_size = sizeof(struct telling),
	.popup = true,
	.open = tell_open,
	.layout = tell_layout,
	.draw = tell_draw,
	.command = tell_command,
	.key = tell_key,
	.close = tell_close,
};

unsigned prompt_tell(struct ui *ui, const char *title, const char *text)
{
	return ui_show(ui, &tell_screen, &(struct telling){ .title = title, .text = text });
}
