/* The terminal: the only door to curses.  While it is up, stderr goes to the log file; it is restored on every way out,
 * fatal signals included. */
#ifndef CUNYI_KIT_TERM_H
#define CUNYI_KIT_TERM_H

#include "screens/kit/loop.h"

enum theme { THEME_DEFAULT, THEME_CONTRAST, THEME_MONO };
enum sign_choice { SIGNS_PROBE, SIGNS_FORCE_UNICODE, SIGNS_FORCE_ASCII };

struct term_options {
	enum theme theme;
	enum sign_choice signs;
	bool no_probe;        /* --no-probe */
	bool mouse;           /* clicks on rows and the bar; takes copying by mouse away, so off by default */
	const char *log_path; /* stderr goes here while the screen is up; NULL = /dev/null */
};

struct term;

/* Nothing is touched before ui_run() or term_backend.start(). */
struct term *term_new(const struct term_options *options);
void term_free(struct term *t);
extern const struct backend term_backend; /* its ctx is a struct term */

/* Changes while running; ui_refresh() afterwards. */
void term_set_theme(struct term *t, enum theme theme);
void term_set_mouse(struct term *t, bool on);
/* Gives the terminal to another program (pager, printer) and takes it back. */
void term_suspend(struct term *t);
void term_resume(struct term *t);

/* What the start-up found out, for `cunyi doctor` and the settings screen: "xterm-256color, 256 colours, signs as
 * drawn". */
void term_describe(const struct term *t, struct sbuf *out);

/* Puts the terminal right with write(2) only: for fatal signals and mem_on_failure(). */
void term_rescue(void);

#endif
