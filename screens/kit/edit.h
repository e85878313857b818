/* A line of text being edited, by clusters: a base character with its marks moves and dies as one.  Always valid UTF-8 in
 * NFC without controls.  Drawing shows the part around the caret and puts the terminal's cursor there. */
#ifndef CUNYI_KIT_EDIT_H
#define CUNYI_KIT_EDIT_H

#include "screens/kit/canvas.h"
#include "screens/kit/key.h"

/* What may be typed.  All but EDIT_TEXT fold full-width forms to ASCII. */
enum edit_kind {
	EDIT_TEXT,   /* everything */
	EDIT_NUMBER, /* digits, one point unless whole, a leading minus if sign */
	EDIT_DATE,   /* digits - + / . 年 月 日 今 t */
	EDIT_CODE,   /* digits and , ， 、 . blank, stored as commas */
};

struct edit {
	struct sbuf text;
	size_t caret; /* byte offset, on a cluster boundary */
	enum edit_kind kind;
	size_t max;   /* code points; 0 = 200 */
	bool secret;  /* drawn as * */
	bool sign;    /* EDIT_NUMBER: a leading minus may be typed */
	bool whole;   /* EDIT_NUMBER: no point */
};

void edit_init(struct edit *e, enum edit_kind kind, size_t max);
void edit_release(struct edit *e);
/* Replaces the text (cleaned, cut to max); the caret goes to the end. */
void edit_set(struct edit *e, const char *text);
void edit_clear(struct edit *e);

/* Is the key a character that may stand here? */
bool edit_takes(const struct edit *e, struct key key);
/* Types a character or does Backspace, Delete, Left, Right, Home, End, C-Left, C-Right, C-w (word before the caret).
 * False when the key is none of these or may not stand here; nothing changed then.  A full line takes no more and
 * answers true. */
bool edit_key(struct edit *e, struct key key);
/* Inserts what may stand here of text; line ends and tabs become blanks.  False when nothing was inserted. */
bool edit_paste(struct edit *e, const char *text);

/* Draws into w columns of row y; with focus the cursor is put at the caret. */
void edit_draw(const struct edit *e, struct canvas *cv, int y, int x, int w, enum face face, bool focus);

#endif
