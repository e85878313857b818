/* Inside of struct ui: for loop.c, stack.c, status.c and help.c only. */
#ifndef CUNYI_KIT_UI_INT_H
#define CUNYI_KIT_UI_INT_H

#include "screens/kit/loop.h"

/* Tags of ui_ask() that the loop answers itself, before a screen's answer(). */
enum { UI_TAG_HELP = 0x7FF0 };

/* One open screen.  A frame that is to close is only marked dead while a handler may still be using its state; sweeping
 * after the dispatch closes it. */
struct frame {
	const struct screen *screen;
	void *st;
	bool stale;           /* a topic changed since load() */
	bool dead;
	struct frame *asker;  /* opened by ui_ask(): whose answer() is called; NULL = nobody's */
	int tag;
	struct answer answer; /* text is answer_text */
	char *answer_text;
};

struct timer {
	int id;
	int64_t due;
	unsigned (*fire)(struct ui *ui, void *ctx);
	void *ctx;
};

struct ui {
	const struct backend *backend;
	void *ctx;
	const struct ui_app *app;
	bool started, over, killed, redraw, more; /* more: input is pending that was not read for drawing's sake */

	struct frame **stack;
	size_t depth, cap;

	struct canvas canvas;
	char message[400];
	enum face message_face;

	struct source *sources;
	struct pollfd *fds; /* backend, signals, sources */
	size_t n_sources;
	int signal_fd;      /* -1: none */

	struct timer *timers;
	size_t n_timers;
	int last_timer;
	int64_t asked_changed; /* when the application was last asked for changes */
	int64_t drawn_ms;
	unsigned frames; /* that were drawn */
};

/* ---- stack.c --------------------------------------------------------------------------------------------------- */

/* The highest frame that stays; NULL when none does. */
struct frame *stack_top(const struct ui *ui);
/* Index of the lowest frame that is drawn: the top one that is no popup. */
size_t stack_base(const struct ui *ui);
/* Runs load() and shows its failure. */
void frame_load(struct ui *ui, struct frame *f);
unsigned frame_focus(const struct frame *f);
/* Acts on a handler's outcomes. */
void frame_apply(struct ui *ui, struct frame *f, unsigned outcome);
/* Closes dead frames, delivers their answers, until none is left. */
void stack_sweep(struct ui *ui);
void stack_release(struct ui *ui);

/* ---- loop.c ---------------------------------------------------------------------------------------------------- */

/* A command for one frame: its screen, then what the kit does for all, then the application. */
unsigned frame_command(struct ui *ui, struct frame *f, enum cmd cmd);

/* ---- signals.c ------------------------------------------------------------------------------------------------- */

enum { SIGNALLED_RESIZE = 1, SIGNALLED_END = 2 };

/* Catches SIGWINCH, SIGCONT, SIGTERM, SIGHUP and SIGINT; returns a descriptor that becomes readable, or -1. */
int signals_open(void);
/* What came: SIGNALLED_ bits. */
unsigned signals_read(int fd);
void signals_close(void);

#endif
