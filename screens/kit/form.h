/* The form widget: shows and edits a struct record by its struct form_def.  It looks like the paper: same order, fields of
 * one row on one line, codes printed beside the field, the last value greyed at the right.
 *
 * Entering: Enter goes on; a digit picks a code and goes on; several codes toggle; two numbers on a line take / blank or
 * Enter between them, and the third digit of a three-digit number goes on by itself.  '=' (or a lone '.') takes the last
 * value, K all history items; neither fills a measured value or a date.  What is outside the hard limits is refused with a
 * sentence; outside the soft limits it is asked once.  Lists (drugs, readings) are lines with one empty line at their end.
 *
 * A screen that shows a form passes on what it gets:
 *     key()     -> form_key()          command() -> form_command()     hint()  -> form_hint()
 *     layout()  -> form_layout()       draw()    -> form_draw()        focus() -> form_focus()
 *     answer()  -> form_answer()       paste()   -> form_paste()       click() -> form_click()
 * and on CMD_SAVE calls form_finish(), then its service. */
#ifndef CUNYI_KIT_FORM_H
#define CUNYI_KIT_FORM_H

#include "app/clinic/record.h"
#include "screens/kit/edit.h"
#include "screens/kit/loop.h"

/* What a form needs from its screen.  Every member may be NULL; ctx is given to each. */
struct form_hooks {
	void *ctx;
	/* A value was entered (computed fields are done already): refresh the advice, note the draft. */
	void (*changed)(void *ctx, const char *key);
	/* Name of a referred record. */
	const char *(*ref_text)(void *ctx, const struct field *f, const char *id, struct sbuf *tmp);
	/* F4 on a reference, or on a text that has suggestions: opens a picker whose answer() calls form_put().  False =
	 * there is none. */
	bool (*pick)(void *ctx, struct ui *ui, const struct field *f);
	/* Is the field on this screen?  NULL: all but FIELD_HIDDEN. */
	bool (*shown)(void *ctx, const struct field *f);
	/* Does Enter pass this field while it is empty?  The arrows reach it. */
	bool (*passed)(void *ctx, const struct field *f);
	/* One line printed in place of the codes of a field ("D asks, N none"); NULL = the codes. */
	const char *(*legend)(void *ctx, const struct field *f);
	/* Is its last value left out of the column at the right?  (A mean says what its readings said.) */
	bool (*no_last)(void *ctx, const struct field *f);
	/* What follows a computed value in place of its unit ("150/90" of a target), a typed one after it; NULL = the unit. */
	const char *(*suffix)(void *ctx, const struct field *f, struct sbuf *tmp);
	/* Matches code words with what is typed in the F4 list (pinyin initials). */
	bool (*match)(const char *text, const char *typed);
};

struct form_slot; /* one place to type, or to show a value */
struct form_line; /* slots side by side */
struct form_mark; /* what is remembered about a value: carried, confirmed */

struct form {
	struct record *rec;               /* the screen's */
	const struct record *previous;    /* last values; NULL = none */
	struct form_context cx;
	struct form_hooks hooks;

	struct edit edit;                 /* of the focused slot */
	bool typed;                       /* edit differs from the slot's value */
	bool fresh;                       /* just entered: the first digit replaces the value */
	bool flowed;                      /* came here by itself after a third digit: a separator typed now is not for here */
	bool dirty;                       /* something was entered since form_init() or form_saved() */
	bool asking;                      /* the note asks about an unusual value: Enter confirms */
	char note[352];                   /* sentence about the focused field; "" = none */
	enum face note_face;

	struct form_slot *slots;
	size_t n_slots, cap_slots;
	struct form_line *lines;
	size_t n_lines, cap_lines;
	size_t focus;                     /* slot */
	int w, h;                         /* size it is laid out for */
	int page, n_pages;                /* shown page, from 0 */
	int label_w;                      /* columns of the labels */
	struct form_mark *marks;
	size_t n_marks, cap_marks;
};

/* Tags the form uses with ui_ask(): a screen's own tags are smaller. */
enum { FORM_TAG_CODES = 0x7F00 };

/* rec, previous and what cx points to must outlive it.  The focus goes to the first empty field that can be typed in. */
void form_init(struct form *f, struct record *rec, const struct record *previous, const struct form_context *cx,
	const struct form_hooks *hooks);
void form_release(struct form *f);
/* The record's values were changed from outside (draft, another record): shows them. */
void form_refresh(struct form *f);

void form_layout(struct form *f, struct rect area);
void form_draw(const struct form *f, struct canvas *cv, struct rect area);

/* UI_ outcomes. */
unsigned form_key(struct form *f, struct ui *ui, struct key key);
/* Moving, Enter, Tab, pages, CMD_CODES, CMD_AS_BEFORE, CMD_ADD and CMD_STOP on list lines. */
unsigned form_command(struct form *f, struct ui *ui, enum cmd cmd);
unsigned form_paste(struct form *f, struct ui *ui, const char *text, enum paste kind);
unsigned form_click(struct form *f, struct ui *ui, struct rect area, int y, int x);
/* Answers of the form's own popups; 0 for other tags. */
unsigned form_answer(struct form *f, struct ui *ui, int tag, const struct answer *answer);
unsigned form_focus(const struct form *f);
/* For the screen's hint(): the note, else the field's help, codes or limits. */
const char *form_hint(const struct form *f, struct sbuf *tmp, enum face *face);

/* Takes what is being typed, checks the whole record.  False: the cursor is on the first field that is wrong or, once,
 * unusual, and the note says what.  fs (may be NULL) gets all findings, warnings too. */
bool form_finish(struct form *f, struct ui *ui, struct findings *fs) MUST_CHECK;
/* Takes what is being typed if it is right; false (with the note) when it is not. */
bool form_commit(struct form *f, struct ui *ui) MUST_CHECK;
void form_saved(struct form *f);

/* Puts a value into the focused field as if typed (pickers); text NULL empties. */
void form_put(struct form *f, const char *text);
/* Puts the cursor on a field ("sbp", "drugs[1].name"); false when it is not on the form. */
bool form_goto(struct form *f, const char *key);
/* The focused field, and its path for drafts and form_goto(). */
const struct field *form_field_now(const struct form *f);
void form_path(const struct form *f, struct sbuf *out);
/* Shows a sentence about the focused field, until the next key. */
void form_note(struct form *f, enum face face, const char *fmt, ...) PRINTF(3, 4);

/* Did the user confirm the unusual value? */
bool form_is_confirmed(const struct form *f, const char *key);
/* The program filled it (key of a field or of a whole list), not the user: Enter passes it until he changes it, the arrows
 * reach it. */
void form_given(struct form *f, const char *key);
/* The same, but Enter stops there: it has to be seen beside what is typed. */
void form_proposed(struct form *f, const char *key);
/* Is it still what the program filled in by one of the two? */
bool form_is_ours(const struct form *f, const char *key);

/* "page 1/2", or "" when there is only one. */
const char *form_page_text(const struct form *f, struct sbuf *tmp);

#endif
