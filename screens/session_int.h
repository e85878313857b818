/* Between the files that make up the session: session.c commands.c sync_bar.c goto.c run.c. */
#ifndef CUNYI_SESSION_INT_H
#define CUNYI_SESSION_INT_H

#include "screens/screens.h"

/* ui_app members. */
unsigned session_changed(struct ui *ui);
const char *session_corner(const struct ui *ui, struct sbuf *tmp);
unsigned session_command(struct ui *ui, enum cmd cmd);
unsigned session_answer(struct ui *ui, int tag, const struct answer *answer);
unsigned session_scan(struct ui *ui, const char *text);
extern const struct binding session_keys[];

/* Starts `cunyi sync` as a process of its own; its progress goes to the message line.  Never waits. */
unsigned sync_bar_start(struct ui *ui);
enum sync_bar_what { SYNC_BAR_COUNTY, SYNC_BAR_STICK_OUT, SYNC_BAR_STICK_IN, SYNC_BAR_STICK_CARD, SYNC_BAR_STICK_ADD };
/* The same with a USB stick: `cunyi stick out|in FOLDER`. */
unsigned sync_bar_stick(struct ui *ui, enum sync_bar_what what, const char *folder);
bool sync_bar_running(const struct session *s);
/* Its newest line; NULL when none runs. */
const char *sync_bar_line(const struct session *s);
/* Lets a running one go on without us. */
void sync_bar_release(struct session *s);

/* Exchanges with the clinic's hub by itself, as long as a screen is open; on the hub, keeps it answering where that is wanted. */
void hub_bar_start(struct session *s, struct ui *ui);
/* Starts `cunyi hub serve` now, which goes on when the screen ends; what becomes of it is said. */
void hub_bar_serve(struct session *s, const char *listen);
void hub_bar_release(struct session *s);

/* Parts of screens that the list behind `:` leads to besides those of screen_rows[]; values follow on theirs. */
struct screen_part {
	const struct screen *screen;
	struct term title;
	const char *pinyin;
	const char *text; /* handed to the screen as what was typed */
};
extern const struct screen_part screen_parts[];

/* The list behind `:`. */
unsigned goto_show(struct ui *ui, int tag);

#endif
