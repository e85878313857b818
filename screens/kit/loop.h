/* The user interface: a stack of screens, a canvas, a backend, an event loop.  One thread; everything that waits is a
 * file descriptor (struct source) or a timer.  Keys typed ahead are honoured in order, one dispatch each; the screen is
 * drawn once after all pending keys. */
#ifndef CUNYI_KIT_LOOP_H
#define CUNYI_KIT_LOOP_H

#include <poll.h>

#include "screens/kit/screen.h"

enum input_kind { INPUT_NONE, INPUT_KEY, INPUT_PASTE, INPUT_SCAN, INPUT_CLICK, INPUT_RESIZE, INPUT_END };

struct input {
	enum input_kind kind;
	struct key key;
	const char *text; /* INPUT_PASTE, INPUT_SCAN: the backend's, valid until the next read */
	int y, x;         /* INPUT_CLICK */
};

/* Where keys come from and frames go: term.c (a terminal) and script.c (a test). */
struct backend {
	bool (*start)(void *ctx, struct err *err);
	void (*stop)(void *ctx);
	void (*size)(void *ctx, int *h, int *w);
	void (*modes)(void *ctx, struct canvas *cv); /* sets signs and blocks */
	struct input (*read)(void *ctx);             /* never waits */
	void (*flush)(void *ctx, const struct canvas *cv);
	void (*redraw)(void *ctx);                   /* the next flush sends every cell */
	void (*beep)(void *ctx);
	int (*fd)(void *ctx);                        /* -1: none */
	/* poll(2), or a pretence of it that moves the clock. */
	int (*wait)(void *ctx, struct pollfd *fds, size_t n, int timeout_ms);
	int64_t (*now_ms)(void *ctx);                /* of a clock that only goes forward */
	void (*focus)(void *ctx, unsigned focus);    /* FOCUS_ bits that the next keys go to; may be NULL */
};

/* The application below all screens. */
struct ui_app {
	void *app;                    /* what ui_app() returns; the kit never looks inside */
	const struct binding *keys;   /* bindings of the whole program; NULL = global_keys of key.h */
	/* Commands no screen handled: F3 F5 F10 : and so on. */
	unsigned (*command)(struct ui *ui, enum cmd cmd);
	/* Answers of what command() and others asked in the application's name, with tags from UI_TAG_APP on: ui is the
	 * asking screen's. */
	unsigned (*answer)(struct ui *ui, int tag, const struct answer *answer);
	/* A scan that no screen took (paste() returned 0 or is NULL): usually finds the person. */
	unsigned (*scan)(struct ui *ui, const char *text);
	/* Every two seconds while nothing is being typed: which topics changed in the database?  0 = none. */
	unsigned (*changed)(struct ui *ui);
	/* Right end of the header: who works, what waits for the county. */
	const char *(*corner)(const struct ui *ui, struct sbuf *tmp);
};

enum { UI_TAG_APP = 0x7F80 };

/* Takes neither ownership; both must outlive it.  ctx is the backend's. */
struct ui *ui_new(const struct backend *backend, void *ctx, const struct ui_app *app);
/* Closes all screens, stops the backend. */
void ui_free(struct ui *ui);

/* Runs until the last screen is closed, ui_quit(), SIGTERM or SIGHUP (then rescue() of every screen ran). */
bool ui_run(struct ui *ui, struct err *err);
/* One round without waiting: signals, sources, timers, all pending input, one drawing.  False when it is over. */
bool ui_step(struct ui *ui);
/* Leaves after this dispatch without asking; asking is the business of who calls it (ui_may_quit()). */
void ui_quit(struct ui *ui);
/* Asks may_close() of every screen from the top; false at the first that refuses. */
bool ui_may_quit(struct ui *ui);
/* SIGTERM or SIGHUP ended it. */
bool ui_was_killed(const struct ui *ui);

void *ui_app(const struct ui *ui);
int64_t ui_now_ms(const struct ui *ui);

/* ---- the stack ------------------------------------------------------------------------------------------------- */

/* Opens a screen on top.  False (nothing is pushed, err set) when its open() or first load() fails. */
bool ui_push(struct ui *ui, const struct screen *screen, const void *arg, struct err *err) MUST_CHECK;
/* The same, and when it closes, answer() of the present top is called with tag. */
bool ui_ask(struct ui *ui, int tag, const struct screen *screen, const void *arg, struct err *err) MUST_CHECK;
/* Opens a screen in place of the top one, which is closed first (not asked); an answer goes to the same asker. */
bool ui_replace(struct ui *ui, const struct screen *screen, const void *arg, struct err *err) MUST_CHECK;
/* ui_push() with the failure shown as a message; returns UI_HANDLED | UI_REDRAW: for command handlers. */
unsigned ui_show(struct ui *ui, const struct screen *screen, const void *arg);
/* Sets the answer of the screen that is handling a key now and closes it: return ui_done(ui, &answer); */
unsigned ui_done(struct ui *ui, const struct answer *answer);
/* Closes screens above the lowest one named so, or all but the lowest when name is NULL.  Nobody is asked. */
void ui_back_to(struct ui *ui, const char *name);

size_t ui_depth(const struct ui *ui);
/* The top screen that is no popup; NULL when there is none. */
const struct screen *ui_screen(const struct ui *ui);
const struct screen *ui_top(const struct ui *ui);
/* State of the top screen: for tests. */
void *ui_top_state(const struct ui *ui);

/* ---- what changes ---------------------------------------------------------------------------------------------- */

/* Data changed: every screen with one of these topics runs load() before it is seen again. */
void ui_changed(struct ui *ui, unsigned topics);
void ui_redraw(struct ui *ui);
/* The language or theme changed: everything is drawn anew. */
void ui_refresh(struct ui *ui);

/* A message on the line above the bar; it stays until the next key.  face: FACE_INFO, FACE_DONE, FACE_WARN, FACE_ERROR. */
void ui_say(struct ui *ui, enum face face, const char *fmt, ...) PRINTF(3, 4);
/* The sentence of an error, with its example; FACE_ERROR. */
void ui_fail(struct ui *ui, const struct err *err);
void ui_beep(struct ui *ui);

/* A file descriptor that may speak (progress of a sync).  ready() returns outcomes for the top screen.  The descriptor is
 * removed with ui_unwatch() before it is closed. */
struct source {
	int fd;
	unsigned (*ready)(struct ui *ui, void *ctx);
	void *ctx;
};
void ui_watch(struct ui *ui, const struct source *source);
void ui_unwatch(struct ui *ui, int fd);

/* Calls fire() once, ms from now.  Returns an id > 0.  A timer that belongs to a screen is stopped in its close(). */
int ui_timer(struct ui *ui, int64_t ms, unsigned (*fire)(struct ui *ui, void *ctx), void *ctx);
void ui_timer_stop(struct ui *ui, int id);

/* ---- size and drawing ------------------------------------------------------------------------------------------ */

enum { UI_MIN_H = 20, UI_MIN_W = 60 };

void ui_size(const struct ui *ui, int *h, int *w);
/* What a screen may draw on: below the header and its rule, above the hint line and the bar; without its first lines, which
 * it may keep for words of its own above a list. */
struct rect ui_body_below(const struct ui *ui, int lines);
static inline struct rect ui_body(const struct ui *ui)
{
	return ui_body_below(ui, 0);
}
const struct canvas *ui_canvas(const struct ui *ui);
/* Bindings that work now, for bar and help. */
struct keymap ui_keymap(const struct ui *ui);
/* Right end of the header as the application gives it; "" when it gives none. */
const char *ui_corner(const struct ui *ui, struct sbuf *tmp);
/* The line above the bar: message, else hint, else "".  *face is set. */
const char *ui_line(const struct ui *ui, struct sbuf *tmp, enum face *face);

/* Runs a command as if its key had been pressed: help list, click on the bar, digits of a "still missing" list. */
unsigned ui_command(struct ui *ui, enum cmd cmd);

#endif
