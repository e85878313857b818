/* The lines every screen has: header, rules, hint line, and the bar of keys that work at the present focus.  The loop draws
 * hint line and bar (the two lowest lines); screens draw their header. */
#ifndef CUNYI_KIT_STATUS_H
#define CUNYI_KIT_STATUS_H

#include "screens/kit/loop.h"

/* Line 0 and the rule below it.  right = NULL: what the application says (user, county). */
void status_header(const struct ui *ui, struct canvas *cv, const char *left, const char *right);
/* A rule across the screen. */
void status_rule(struct canvas *cv, int y);

/* The two lowest lines. */
void status_bar(const struct ui *ui, struct canvas *cv);
/* Which command the bar shows at x; CMD_NONE between. */
enum cmd status_bar_hit(const struct ui *ui, int x);

/* A popup's frame in the middle of the canvas for h rows and w columns of content: fills, frames, titles; returns the
 * content's rectangle, smaller when the canvas is. */
struct rect status_popup(struct canvas *cv, int h, int w, const char *title);

/* What is shown when the terminal is smaller than UI_MIN_H x UI_MIN_W: two lines, both languages. */
void status_too_small(struct canvas *cv);

#endif
