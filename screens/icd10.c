/* Picks a diagnosis: by code, by hanzi, by pinyin or initials.  A popup; its answer's text is the code. */
#include "screens/icd10_pick.h"

#include "app/service/codes.h"
#include "screens/kit/edit.h"
#include "screens/kit/status.h"
#include "screens/screens.h"

enum { SHOWN = 9, WIDTH = 56, CODE_W = 11 };

struct icd10_screen {
	struct edit edit;
	struct arena mem; /* of what was found */
	struct code_hit found[SHOWN];
	size_t n, sel;
};

static void look(struct ui *ui, struct icd10_screen *st)
{
	struct err err;

	arena_clear(&st->mem);
	st->sel = 0;
	if (!codes_find(app_of(ui), st->edit.text.s, &st->mem, st->found, SHOWN, &st->n, &err))
		ui_fail(ui, &err);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct icd10_screen *st = state;

	(void)err;
	edit_init(&st->edit, EDIT_TEXT, 40);
	if (arg)
		edit_set(&st->edit, arg);
	look(ui, st);
	return true;
}

static void draw_row(const struct icd10_screen *st, struct canvas *cv, struct rect r, size_t i)
{
	const struct code_hit *e = &st->found[i];
	enum face face = i == st->sel ? FACE_FOCUS : FACE_POPUP;
	int y = r.y + 2 + (int)i;

	canvas_fill(cv, (struct rect){ y, r.x, 1, r.w }, face);
	canvas_text(cv, y, r.x + 1, 1, face, i == st->sel ? "▶" : " ");
	canvas_clip(cv, y, r.x + 3, CODE_W, face, e->code);
	canvas_clip(cv, y, r.x + 4 + CODE_W, r.w - 5 - CODE_W, face, e->text);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct icd10_screen *st = state;
	struct rect r = status_popup(cv, SHOWN + 3, WIDTH, _("Diagnosis"));

	(void)ui;
	canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_LABEL, _("Find:"));
	for (size_t i = 0; i < st->n; i++)
		draw_row(st, cv, r, i);
	if (!st->n)
		canvas_text(cv, r.y + 2, r.x + 1, r.w - 2, FACE_HINT, _("Not on the list: type the diagnosis as text."));
	canvas_text(cv, r.y + r.h - 1, r.x + 1, r.w - 2, FACE_HINT, _("code, words, pinyin or initials; arrows, Enter"));
	edit_draw(&st->edit, cv, r.y, r.x + 8, r.w - 9, FACE_EDITING, true);
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	struct icd10_screen *st = state;

	if (!edit_key(&st->edit, k))
		return 0;
	look(ui, st);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct icd10_screen *st = state;

	switch ((int)cmd) {
	case CMD_UP:
		st->sel -= st->sel ? 1 : 0;
		return UI_HANDLED | UI_REDRAW;
	case CMD_DOWN:
		st->sel += st->sel + 1 < st->n ? 1 : 0;
		return UI_HANDLED | UI_REDRAW;
	case CMD_OPEN:
		if (!st->n)
			return UI_HANDLED;
		return ui_done(ui, &(struct answer){ .ok = true, .text = st->found[st->sel].code });
	default:
		return 0;
	}
}

static unsigned focus(const void *state)
{
	(void)state;
	return FOCUS_TEXT;
}

static void close(struct ui *ui, void *state)
{
	(void)ui;
	arena_release(&((struct icd10_screen *)state)->mem);
	edit_release(&((struct icd10_screen *)state)->edit);
}

const struct screen icd10_screen = {
	.name = "icd10",
	.state_size = sizeof(struct icd10_screen),
	.popup = true,
	.keys = popup_keys,
	.open = open,
	.draw = draw,
	.focus = focus,
	.command = command,
	.key = key,
	.close = close,
};
