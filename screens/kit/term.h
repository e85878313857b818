/* The terminal: the only door to curses.  While it is up, stderr goes to the log file; it is restored on every way out,
 * fatal signals included. */
#ifndef CUNYI_KIT_TERM_H
#define CUNYI_KIT_TERM_H

#include "screens/kit/loop.h"

enum theme { THEME_DEFAULT, THEME_CONTRAST, THEME_MONO };
enum sign_choice { SIGNS_PROBE, SIGNS_FORCE_UNICODE, SIGNS_FORCE_ASCII };

struct terminal_options {
	enum theme theme;
	enum sign_choice signs;
	bool no_probe;        /* --no-probe */
	bool mouse;           /* clicks on rows and the bar; takes copying by mouse away, so off by default */
	const char *log_path; /* stderr goes here while the screen is up; NULL = /dev/null */
};

struct terminal;

/* Nothing is touched before ui_run() or terminal_backend.start(). */
struct terminal *terminal_new(const struct terminal_options *options);
void terminal_free(struct terminal *t);
extern const struct backend terminal_backend; /* its ctx is a struct terminal */

/* Changes while running; ui_refresh() afterwards. */
void terminal_set_theme(struct terminal *t, enum theme theme);
void terminal_set_mouse(struct terminal *t, bool on);

/* A sentence to show at the start when this terminal cannot do what the program needs (no Chinese glyphs, no UTF-8);
 * NULL when all is well.  Then the language should be English. */
const char *terminal_warning(const struct terminal *t);

/* Puts the terminal right with write(2) only: for fatal signals and mem_on_failure(). */
void terminal_rescue(void);

#endif
