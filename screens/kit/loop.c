#include "screens/kit/loop.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "screens/kit/help.h"
#include "screens/kit/status.h"
#include "screens/kit/ui_int.h"

enum {
	CHANGED_EVERY_MS = 2000, /* how often the application is asked whether another process wrote */
	DRAW_WITHIN_MS = 40,     /* a flood of keys is drawn at least this often */
};

struct ui *ui_new(const struct backend *backend, void *ctx, const struct ui_app *app)
{
	struct ui *ui = xcalloc(1, sizeof *ui);
	int h, w;

	ui->backend = backend;
	ui->ctx = ctx;
	ui->app = app;
	ui->signal_fd = -1;
	ui->redraw = true;
	ui->fds = xcalloc(2, sizeof *ui->fds);
	backend->size(ctx, &h, &w);
	canvas_resize(&ui->canvas, h, w);
	return ui;
}

void ui_free(struct ui *ui)
{
	if (!ui)
		return;
	stack_release(ui);
	if (ui->started) {
		ui->backend->stop(ui->ctx);
		if (ui->signal_fd >= 0)
			signals_close();
	}
	canvas_release(&ui->canvas);
	free(ui->sources);
	free(ui->fds);
	free(ui->timers);
	free(ui);
}

void *ui_app(const struct ui *ui)
{
	return ui->app->app;
}

int64_t ui_now_ms(const struct ui *ui)
{
	return ui->backend->now_ms(ui->ctx);
}

void ui_quit(struct ui *ui)
{
	ui->over = true;
}

bool ui_was_killed(const struct ui *ui)
{
	return ui->killed;
}

/* ---- messages ---------------------------------------------------------------------------------------------------- */

void ui_say(struct ui *ui, enum face face, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(ui->message, sizeof ui->message, fmt, ap);
	va_end(ap);
	ui->message_face = face;
	ui->redraw = true;
}

void ui_fail(struct ui *ui, const struct err *err)
{
	const char *message = *err->message ? err->message : _("That did not work.");

	if (*err->example)
		/* TRANSLATORS: a sentence that says what is wrong, then an example of right */
		ui_say(ui, FACE_ERROR, _("%s For example: %s"), message, err->example);
	else
		ui_say(ui, FACE_ERROR, "%s", message);
	ui_beep(ui);
}

void ui_beep(struct ui *ui)
{
	ui->backend->beep(ui->ctx);
}

void ui_redraw(struct ui *ui)
{
	ui->redraw = true;
}

void ui_refresh(struct ui *ui)
{
	ui->backend->redraw(ui->ctx);
	ui->redraw = true;
	for (size_t i = 0; i < ui->depth; i++)
		ui->stack[i]->stale = true;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

void ui_size(const struct ui *ui, int *h, int *w)
{
	*h = ui->canvas.h;
	*w = ui->canvas.w;
}

struct rect ui_body_below(const struct ui *ui, int lines)
{
	return (struct rect){ .y = 2 + lines, .x = 0, .h = ui->canvas.h - 4 - lines, .w = ui->canvas.w };
}

const struct canvas *ui_canvas(const struct ui *ui)
{
	return &ui->canvas;
}

static const struct binding *app_keys(const struct ui *ui)
{
	return ui->app->keys ? ui->app->keys : global_keys;
}

static struct keymap keymap_of(const struct ui *ui, const struct frame *f)
{
	return (struct keymap){
		.screen = f->screen->keys,
		.global = f->screen->popup ? popup_keys : app_keys(ui),
		.focus = frame_focus(f),
	};
}

struct keymap ui_keymap(const struct ui *ui)
{
	const struct frame *f = stack_top(ui);

	return f ? keymap_of(ui, f) : (struct keymap){ .global = app_keys(ui), .focus = FOCUS_LIST };
}

const char *ui_corner(const struct ui *ui, struct sbuf *tmp)
{
	const char *s = ui->app->corner ? ui->app->corner(ui, tmp) : NULL;

	return s ? s : "";
}

const char *ui_line(const struct ui *ui, struct sbuf *tmp, enum face *face)
{
	const struct frame *f = stack_top(ui);
	const char *s = NULL;

	*face = FACE_HINT;
	if (*ui->message) {
		*face = ui->message_face;
		return ui->message;
	}
	if (f && f->screen->hint)
		s = f->screen->hint(ui, f->st, tmp, face);
	return s ? s : "";
}

static bool too_small(const struct ui *ui)
{
	return ui->canvas.h < UI_MIN_H || ui->canvas.w < UI_MIN_W;
}

static void draw_frames(struct ui *ui)
{
	size_t base = stack_base(ui);

	for (size_t i = base; i < ui->depth; i++) {
		struct frame *f = ui->stack[i];

		if (f->stale)
			frame_load(ui, f);
		if (f->screen->layout)
			f->screen->layout(ui, f->st);
	}
	for (size_t i = base; i < ui->depth; i++) {
		const struct frame *f = ui->stack[i];

		canvas_park(&ui->canvas, ui->canvas.cursor_y, ui->canvas.cursor_x);
		if (f->screen->draw)
			f->screen->draw(ui, f->st, &ui->canvas);
		if (i == base && !f->screen->bare)
			status_bar(ui, &ui->canvas);
	}
}

static void fit_canvas(struct ui *ui)
{
	int h, w;

	ui->backend->size(ui->ctx, &h, &w);
	if (h != ui->canvas.h || w != ui->canvas.w)
		canvas_resize(&ui->canvas, h, w);
	ui->backend->modes(ui->ctx, &ui->canvas);
}

static void draw(struct ui *ui)
{
	if (!ui->redraw || !ui->depth)
		return;
	fit_canvas(ui);
	canvas_clear(&ui->canvas);
	if (too_small(ui))
		status_too_small(&ui->canvas);
	else
		draw_frames(ui);
	ui->redraw = false;
	ui->backend->flush(ui->ctx, &ui->canvas);
	ui->drawn_ms = ui_now_ms(ui);
}

/* ---- commands and keys ------------------------------------------------------------------------------------------- */

static unsigned go_back(struct ui *ui, struct frame *f)
{
	if (ui_depth(ui) == 1)
		return ui->app->command ? ui->app->command(ui, CMD_QUIT) : UI_HANDLED | UI_CLOSE;
	if (f->screen->may_close && !f->screen->may_close(ui, f->st))
		return UI_HANDLED | UI_REDRAW;
	return UI_HANDLED | UI_CLOSE;
}

unsigned frame_command(struct ui *ui, struct frame *f, enum cmd cmd)
{
	unsigned out = f->screen->command ? f->screen->command(ui, f->st, cmd) : 0;

	if (out || cmd == CMD_NONE)
		return out;
	if (cmd == CMD_BACK)
		return go_back(ui, f);
	if (cmd == CMD_REDRAW) {
		ui_refresh(ui);
		return UI_HANDLED;
	}
	if (f->screen->popup)
		return 0;
	if (cmd == CMD_HELP)
		return help_show(ui);
	return ui->app->command ? ui->app->command(ui, cmd) : 0;
}

unsigned ui_command(struct ui *ui, enum cmd cmd)
{
	struct frame *f = stack_top(ui);

	return f ? frame_command(ui, f, cmd) : 0;
}

/* Every key answers. */
static void unknown_key(struct ui *ui, const struct frame *f, struct key key)
{
	char label[KEY_NAME_LEN];

	ui_beep(ui);
	if (f->screen->popup)
		return;
	if (key_is_text(key) && key_fold(key).code >= 0x2E80)
		ui_say(ui, FACE_WARN, _("Chinese input is on: switch it off to use letters and digits as commands."));
	else
		ui_say(ui, FACE_HINT, _("%s does nothing here. F1 lists what can be done."), key_label(key, label));
}

static void dispatch_key(struct ui *ui, struct key key)
{
	struct frame *f = stack_top(ui);
	struct keymap map;
	bool typing;
	unsigned out = 0;

	if (f->stale)
		frame_load(ui, f);
	map = keymap_of(ui, f);
	typing = map.focus & (FOCUS_TEXT | FOCUS_CODE);
	if (typing && f->screen->key)
		out = f->screen->key(ui, f->st, key);
	if (!out)
		out = frame_command(ui, f, keymap_find(&map, key));
	if (!out && !typing && f->screen->key)
		out = f->screen->key(ui, f->st, key);
	if (!out)
		unknown_key(ui, f, key);
	frame_apply(ui, f, out);
}

/* Text into a field that knows nothing of pasting: as if typed, but never a command. */
static unsigned type_text(struct ui *ui, struct frame *f, const char *text)
{
	size_t n = strlen(text), i = 0;

	while (i < n && f->screen->key) {
		struct key key = { 0 };

		i += utf8_decode(text + i, n - i, &key.code);
		if (key.code == '\n' || key.code == '\t')
			key.code = ' ';
		if (key_is_text(key))
			frame_apply(ui, f, f->screen->key(ui, f->st, key));
	}
	return UI_HANDLED | UI_REDRAW;
}

static void dispatch_paste(struct ui *ui, const char *text, enum paste kind)
{
	struct frame *f = stack_top(ui);
	unsigned focus = frame_focus(f), out = 0;

	if (f->screen->paste)
		out = f->screen->paste(ui, f->st, text, kind);
	if (!out && (focus & FOCUS_TEXT)) {
		out = type_text(ui, f, text);
		if (kind == PASTE_SCAN && !f->dead)
			dispatch_key(ui, (struct key){ .code = K_ENTER });
	}
	if (!out && kind == PASTE_SCAN && (focus & FOCUS_LIST) && !f->screen->popup && ui->app->scan)
		out = ui->app->scan(ui, text);
	if (!out)
		ui_beep(ui);
	frame_apply(ui, f, out);
}

static void dispatch_click(struct ui *ui, int y, int x)
{
	struct frame *f = stack_top(ui);
	unsigned out = 0;

	if (y == ui->canvas.h - 1 && !f->screen->popup && !f->screen->bare)
		out = frame_command(ui, f, status_bar_hit(ui, x));
	else if (f->screen->click)
		out = f->screen->click(ui, f->st, y, x);
	frame_apply(ui, f, out);
}

static void dispatch(struct ui *ui, const struct input *in)
{
	if (in->kind == INPUT_RESIZE) {
		ui->redraw = true;
		return;
	}
	if (too_small(ui)) {
		ui_beep(ui); /* nothing can be seen, so nothing may be changed */
		return;
	}
	if (*ui->message) {
		*ui->message = '\0';
		ui->redraw = true;
	}
	if (in->kind == INPUT_KEY)
		dispatch_key(ui, in->key);
	else if (in->kind == INPUT_PASTE || in->kind == INPUT_SCAN)
		dispatch_paste(ui, in->text, in->kind == INPUT_SCAN ? PASTE_SCAN : PASTE_TEXT);
	else
		dispatch_click(ui, in->y, in->x);
}

/* ---- sources and timers ------------------------------------------------------------------------------------------ */

void ui_watch(struct ui *ui, const struct source *source)
{
	ui->sources = xrealloc(ui->sources, ui->n_sources + 1, sizeof *ui->sources);
	ui->sources[ui->n_sources++] = *source;
	ui->fds = xrealloc(ui->fds, ui->n_sources + 2, sizeof *ui->fds);
}

void ui_unwatch(struct ui *ui, int fd)
{
	for (size_t i = 0; i < ui->n_sources; i++)
		if (ui->sources[i].fd == fd) {
			ui->n_sources--;
			memmove(&ui->sources[i], &ui->sources[i + 1], (ui->n_sources - i) * sizeof *ui->sources);
			return;
		}
}

int ui_timer(struct ui *ui, int64_t ms, unsigned (*fire)(struct ui *ui, void *ctx), void *ctx)
{
	ui->timers = xrealloc(ui->timers, ui->n_timers + 1, sizeof *ui->timers);
	ui->timers[ui->n_timers++] =
		(struct timer){ .id = ++ui->last_timer, .due = ui_now_ms(ui) + ms, .fire = fire, .ctx = ctx };
	return ui->last_timer;
}

void ui_timer_stop(struct ui *ui, int id)
{
	for (size_t i = 0; i < ui->n_timers; i++)
		if (ui->timers[i].id == id) {
			ui->timers[i] = ui->timers[--ui->n_timers];
			return;
		}
}

static void apply_to_top(struct ui *ui, unsigned outcome)
{
	struct frame *f = stack_top(ui);

	if (f)
		frame_apply(ui, f, outcome);
	stack_sweep(ui);
}

static void run_timers(struct ui *ui)
{
	int64_t now = ui_now_ms(ui);
	size_t i = 0;

	while (i < ui->n_timers) {
		struct timer t = ui->timers[i];

		if (t.due > now) {
			i++;
			continue;
		}
		ui_timer_stop(ui, t.id);
		apply_to_top(ui, t.fire(ui, t.ctx));
		i = 0; /* firing may have started or stopped others */
	}
}

static bool may_ask_changed(const struct ui *ui)
{
	const struct frame *f = stack_top(ui);

	return ui->app->changed && f && !(frame_focus(f) & (FOCUS_TEXT | FOCUS_CODE));
}

static void ask_changed(struct ui *ui)
{
	int64_t now = ui_now_ms(ui);

	if (!may_ask_changed(ui) || now - ui->asked_changed < CHANGED_EVERY_MS)
		return;
	ui->asked_changed = now;
	ui_changed(ui, ui->app->changed(ui));
}

/* Milliseconds until something is due; -1: nothing is. */
static int next_due(const struct ui *ui)
{
	int64_t now = ui_now_ms(ui), due = INT64_MAX;

	if (ui->more)
		return 0;
	if (may_ask_changed(ui))
		due = ui->asked_changed + CHANGED_EVERY_MS;
	for (size_t i = 0; i < ui->n_timers; i++)
		if (ui->timers[i].due < due)
			due = ui->timers[i].due;
	if (due == INT64_MAX)
		return -1;
	return due <= now ? 0 : due - now < INT32_MAX ? (int)(due - now) : INT32_MAX;
}

static size_t collect_fds(struct ui *ui)
{
	ui->fds[0] = (struct pollfd){ .fd = ui->backend->fd(ui->ctx), .events = POLLIN };
	ui->fds[1] = (struct pollfd){ .fd = ui->signal_fd, .events = POLLIN };
	for (size_t i = 0; i < ui->n_sources; i++)
		ui->fds[i + 2] = (struct pollfd){ .fd = ui->sources[i].fd, .events = POLLIN };
	return ui->n_sources + 2;
}

static void end_by_signal(struct ui *ui)
{
	for (size_t i = ui->depth; i--;)
		if (ui->stack[i]->screen->rescue)
			ui->stack[i]->screen->rescue(ui, ui->stack[i]->st);
	ui->killed = ui->over = true;
}

static void run_sources(struct ui *ui, size_t n)
{
	for (size_t i = 2; i < n; i++) {
		if (!ui->fds[i].revents)
			continue;
		/* ready() may add and remove sources: find it anew by its descriptor */
		for (size_t k = 0; k < ui->n_sources; k++)
			if (ui->sources[k].fd == ui->fds[i].fd) {
				apply_to_top(ui, ui->sources[k].ready(ui, ui->sources[k].ctx));
				break;
			}
	}
}

static void wait_and_serve(struct ui *ui, int timeout)
{
	size_t n = collect_fds(ui);
	unsigned got;

	if (ui->backend->wait(ui->ctx, ui->fds, n, timeout) > 0) {
		if (ui->fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
			end_by_signal(ui); /* the terminal is gone, whether or not a signal says so */
		if (ui->fds[1].revents) {
			got = signals_read(ui->signal_fd);
			ui->redraw |= got & SIGNALLED_RESIZE;
			if (got & SIGNALLED_END)
				end_by_signal(ui);
		}
		if (!ui->over)
			run_sources(ui, n);
	}
	if (!ui->over) {
		run_timers(ui);
		ask_changed(ui);
	}
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

/* All pending input, one dispatch each; drawing waits for it, but not for ever. */
static void drain_input(struct ui *ui)
{
	ui->more = false;
	while (!ui->over && stack_top(ui)) {
		struct input in;

		if (ui->backend->focus)
			ui->backend->focus(ui->ctx, frame_focus(stack_top(ui)));
		in = ui->backend->read(ui->ctx);
		if (in.kind == INPUT_NONE)
			return;
		if (in.kind == INPUT_END) {
			ui->over = true;
			return;
		}
		if (in.kind == INPUT_RESIZE)
			fit_canvas(ui);
		dispatch(ui, &in);
		stack_sweep(ui);
		if (ui_now_ms(ui) - ui->drawn_ms > DRAW_WITHIN_MS) {
			ui->more = true;
			return;
		}
	}
}

static bool start(struct ui *ui, struct err *err)
{
	if (ui->started)
		return true;
	if (!ui->backend->start(ui->ctx, err))
		return false;
	ui->started = true;
	if (ui->backend->fd(ui->ctx) >= 0)
		ui->signal_fd = signals_open();
	fit_canvas(ui);
	return true;
}

static bool step(struct ui *ui, int timeout)
{
	stack_sweep(ui);
	wait_and_serve(ui, timeout);
	ui->drawn_ms = ui_now_ms(ui);
	drain_input(ui);
	if (!ui->over)
		draw(ui);
	return !ui->over && ui->depth > 0;
}

bool ui_step(struct ui *ui)
{
	struct err err = { 0 };

	if (!start(ui, &err))
		return false;
	return step(ui, 0);
}

bool ui_run(struct ui *ui, struct err *err)
{
	bool going = true;

	if (!start(ui, err))
		return false;
	draw(ui);
	while (going && ui->depth)
		going = step(ui, next_due(ui));
	return true;
}
