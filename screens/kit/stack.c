#include "screens/kit/ui_int.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"

struct frame *stack_top(const struct ui *ui)
{
	for (size_t i = ui->depth; i--;)
		if (!ui->stack[i]->dead)
			return ui->stack[i];
	return NULL;
}

size_t stack_base(const struct ui *ui)
{
	size_t i = ui->depth;

	while (i-- > 1)
		if (!ui->stack[i]->dead && !ui->stack[i]->screen->popup)
			return i;
	return 0;
}

size_t ui_depth(const struct ui *ui)
{
	size_t n = 0;

	for (size_t i = 0; i < ui->depth; i++)
		n += !ui->stack[i]->dead;
	return n;
}

const struct screen *ui_top(const struct ui *ui)
{
	const struct frame *f = stack_top(ui);

	return f ? f->screen : NULL;
}

const struct screen *ui_screen(const struct ui *ui)
{
	for (size_t i = ui->depth; i--;)
		if (!ui->stack[i]->dead && !ui->stack[i]->screen->popup)
			return ui->stack[i]->screen;
	return NULL;
}

void *ui_top_state(const struct ui *ui)
{
	const struct frame *f = stack_top(ui);

	return f ? f->st : NULL;
}

unsigned frame_focus(const struct frame *f)
{
	return f->screen->focus ? f->screen->focus(f->st) : FOCUS_LIST;
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

void frame_load(struct ui *ui, struct frame *f)
{
	struct err err = { 0 };

	f->stale = false;
	if (f->screen->load && !f->screen->load(ui, f->st, &err))
		ui_fail(ui, &err);
	ui->redraw = true;
}

static void frame_free(struct ui *ui, struct frame *f)
{
	if (f->screen->close)
		f->screen->close(ui, f->st);
	free(f->answer_text);
	free(f->st);
	free(f);
}

static void append(struct ui *ui, struct frame *f)
{
	if (ui->depth == ui->cap) {
		ui->cap = ui->cap ? 2 * ui->cap : 8;
		ui->stack = xrealloc(ui->stack, ui->cap, sizeof *ui->stack);
	}
	ui->stack[ui->depth++] = f;
}

static struct frame *open_frame(struct ui *ui, const struct screen *screen, const void *arg, struct err *err)
{
	struct frame *f = xcalloc(1, sizeof *f);

	f->screen = screen;
	f->st = xcalloc(1, screen->state_size ? screen->state_size : 1);
	append(ui, f);
	if ((!screen->open || screen->open(ui, f->st, arg, err)) && (!screen->load || screen->load(ui, f->st, err))) {
		if (screen->layout)
			screen->layout(ui, f->st);
		ui->redraw = true;
		return f;
	}
	ui->depth--; /* nothing else was pushed: open() and load() do not push */
	frame_free(ui, f);
	return NULL;
}

bool ui_push(struct ui *ui, const struct screen *screen, const void *arg, struct err *err)
{
	return open_frame(ui, screen, arg, err) != NULL;
}

bool ui_ask(struct ui *ui, int tag, const struct screen *screen, const void *arg, struct err *err)
{
	struct frame *asker = stack_top(ui);
	struct frame *f = open_frame(ui, screen, arg, err);

	if (!f)
		return false;
	f->asker = asker;
	f->tag = tag;
	return true;
}

bool ui_replace(struct ui *ui, const struct screen *screen, const void *arg, struct err *err)
{
	struct frame *old = stack_top(ui);
	struct frame *f = open_frame(ui, screen, arg, err);

	if (!f)
		return false;
	if (old) {
		f->asker = old->asker;
		f->tag = old->tag;
		old->asker = NULL;
		old->dead = true;
	}
	return true;
}

unsigned ui_show(struct ui *ui, const struct screen *screen, const void *arg)
{
	struct err err = { 0 };

	if (!ui_push(ui, screen, arg, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

/* ---- closing ----------------------------------------------------------------------------------------------------- */

unsigned ui_done(struct ui *ui, const struct answer *answer)
{
	struct frame *f = stack_top(ui);

	if (f) {
		free(f->answer_text);
		f->answer_text = answer->text ? xstrdup(answer->text) : NULL;
		f->answer = *answer;
		f->answer.text = f->answer_text ? f->answer_text : "";
		f->dead = true;
	}
	return UI_HANDLED | UI_REDRAW;
}

void ui_back_to(struct ui *ui, const char *name)
{
	size_t keep = 0;

	if (name)
		while (keep < ui->depth && (ui->stack[keep]->dead || strcmp(ui->stack[keep]->screen->name, name) != 0))
			keep++;
	for (size_t i = keep + 1; i < ui->depth; i++) {
		ui->stack[i]->asker = NULL;
		ui->stack[i]->dead = true;
	}
	ui->redraw = true;
}

void frame_apply(struct ui *ui, struct frame *f, unsigned outcome)
{
	if (outcome & UI_CLOSE)
		f->dead = true;
	else if (outcome & UI_RELOAD)
		frame_load(ui, f);
	if (outcome)
		ui->redraw = true;
}

static bool is_open(const struct ui *ui, const struct frame *f)
{
	for (size_t i = 0; i < ui->depth; i++)
		if (ui->stack[i] == f && !f->dead)
			return true;
	return false;
}

static void deliver(struct ui *ui, struct frame *to, int tag, const struct answer *answer)
{
	struct answer a = *answer;

	if (!a.text)
		a.text = "";
	if (to->stale)
		frame_load(ui, to);
	if (tag == UI_TAG_HELP)
		frame_apply(ui, to, a.ok ? frame_command(ui, to, (enum cmd)a.choice) : 0);
	else if (tag >= UI_TAG_APP && tag < UI_TAG_HELP && ui->app->answer)
		frame_apply(ui, to, ui->app->answer(ui, tag, &a));
	else if (to->screen->answer)
		frame_apply(ui, to, to->screen->answer(ui, to->st, tag, &a));
}

static struct frame *take_dead(struct ui *ui)
{
	for (size_t i = ui->depth; i--;) {
		struct frame *f = ui->stack[i];

		if (!f->dead)
			continue;
		memmove(&ui->stack[i], &ui->stack[i + 1], (ui->depth - i - 1) * sizeof(struct frame *));
		ui->depth--;
		return f;
	}
	return NULL;
}

void stack_sweep(struct ui *ui)
{
	struct frame *f;

	while ((f = take_dead(ui))) {
		ui->redraw = true;
		if (f->asker && is_open(ui, f->asker))
			deliver(ui, f->asker, f->tag, &f->answer);
		frame_free(ui, f);
	}
}

void stack_release(struct ui *ui)
{
	while (ui->depth)
		frame_free(ui, ui->stack[--ui->depth]);
	free(ui->stack);
	ui->stack = NULL;
}

bool ui_may_quit(struct ui *ui)
{
	for (size_t i = ui->depth; i--;) {
		struct frame *f = ui->stack[i];

		if (!f->dead && f->screen->may_close && !f->screen->may_close(ui, f->st))
			return false;
	}
	return true;
}

void ui_changed(struct ui *ui, unsigned topics)
{
	for (size_t i = 0; i < ui->depth; i++)
		if (ui->stack[i]->screen->topics & topics) {
			ui->stack[i]->stale = true;
			ui->redraw = true;
		}
}
