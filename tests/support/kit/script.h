/* The backend of tests: keys come from text, frames are kept, time moves only when told.  With it a test runs the real
 * screens in process:
 *
 *     struct script *s = script_new(24, 80);
 *     struct ui *ui = ui_new(&script_backend, s, &app);
 *     ui_push(...);
 *     script_press(s, ui, "F3 'cgl' Enter");
 *     assert_string_equal(script_row(s, 4), "...");
 */
#ifndef CUNYI_KIT_SCRIPT_H
#define CUNYI_KIT_SCRIPT_H

#include "screens/kit/loop.h"

struct script;

struct script *script_new(int h, int w);
void script_free(struct script *s);
extern const struct backend script_backend; /* its ctx is a struct script */

/* Appends keys to what is typed ahead: names separated by blanks, 'text' in quotes typed character by character,
 * paste'text' and scan'text' at once, click:Y,X, size:HxW, wait:MS (moves the clock; timers fire).  Asserts that the
 * names exist. */
void script_feed(struct script *s, const char *keys);
/* script_feed() and ui_step() until all is read: keys of one call are typed ahead of each other.  False when the program
 * is over. */
bool script_press(struct script *s, struct ui *ui, const char *keys);
/* Keys sent so far, for key counts (a quoted character is one). */
unsigned script_keys(const struct script *s);

void script_signs(struct script *s, enum sign_mode signs, bool blocks);

/* The last frame: text (rows with line ends), faces, one row, cursor.  Valid until the next step. */
const char *script_text(struct script *s);
const char *script_faces(struct script *s);
const char *script_row(struct script *s, int y);
void script_cursor(const struct script *s, int *y, int *x, bool *on);
unsigned script_frames(const struct script *s);
unsigned script_beeps(const struct script *s);
/* Does the last frame show this text in some row? */
bool script_shows(struct script *s, const char *text);

#endif
