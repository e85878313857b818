/* Inside of the form widget: form.c (slots, values), form_check.c (leaving a field, finishing),
 * form_keys.c (typing), form_codes.c, form_lay.c (layout), form_draw.c. */
#ifndef CUNYI_KIT_FORM_INT_H
#define CUNYI_KIT_FORM_INT_H

#include "screens/kit/form.h"

struct form_slot {
	const struct field *f;
	struct record *rec;       /* that holds the value; NULL: the empty line at the end of a list */
	const struct field *list; /* the list it is in; NULL: a field of the form itself */
	size_t item;              /* line of the list */
	bool shown_only;          /* computed, set by use cases: no typing */

	/* where it stands, by form_layout() */
	size_t line;
	int x, w;                 /* of the value */
	int label_x;
	bool words;               /* a code is followed by its word, because the line has no legend */
};

struct form_line {
	size_t first, n;          /* slots */
	int page, y, h;
	int legend_x;             /* where the codes are printed; 0 = nowhere */
	size_t legend;            /* slot whose codes these are */
	size_t last_n;            /* slots, from the first, whose last values stand at the right; 0 = nothing */
	int last_w;               /* columns of that, with a blank before it */
};

enum { MARK_CARRIED = 1, MARK_CONFIRMED = 2, MARK_GIVEN = 4, MARK_PROPOSED = 8 };

enum { PATH_LEN = 128 };

struct form_mark {
	char path[PATH_LEN];
	unsigned bits;
};

/* How a field is left. */
enum leaving {
	LEAVE_ASK,  /* Enter, arrows: an unusual value is asked about, a second time confirms */
	LEAVE_FLOW, /* / or the last digit of several numbers on a line: goes on; asked about when saving */
};

/* What most keys answer. */
enum { FORM_DONE = UI_HANDLED | UI_REDRAW };

static inline void form_beep(struct ui *ui)
{
	if (ui)
		ui_beep(ui);
}

/* ---- form.c ---------------------------------------------------------------------------------------------------- */

/* The focused slot; only when there are slots. */
static inline struct form_slot *form_now(const struct form *f)
{
	return &f->slots[f->focus];
}

const struct value *slot_value(const struct form_slot *s);
/* Label before the value: on_form where the table gives one. */
const char *slot_label(const struct form_slot *s);
void slot_path(const struct form_slot *s, char path[PATH_LEN]);
/* Value of the same field in the last record; NULL when there is none. */
const struct value *slot_previous(const struct form *f, const struct form_slot *s);
bool slot_is_number(const struct form_slot *s);
/* Codes of one digit each: a digit is a choice. */
bool codes_are_digits(const struct field *f);
/* Codes that are words ("routine") are shown by their terms and typed by their position, 1 to 9. */
bool codes_are_words(const struct field *f);
/* The code that a digit means in a list of one-digit or word codes; NULL. */
const struct code *code_of_digit(const struct field *f, char digit);
/* Terms of the chosen codes, joined. */
const char *slot_words(const struct form_slot *s, struct sbuf *tmp);

unsigned form_marks(const struct form *f, const char *path);
/* Did the program fill this place itself, so that Enter passes it? */
bool slot_is_given(const struct form *f, const struct form_slot *s);
void form_set_mark(struct form *f, const char *path, unsigned bits, bool on);

/* Makes the slots anew from the record and keeps the focus on its field. */
void form_build(struct form *f);
/* Puts the focus on a slot and begins editing. */
void form_enter(struct form *f, size_t slot);
/* Shows the focused slot's value in the editor. */
void form_begin(struct form *f);
/* Stores a value into the focused slot: makes the list line if need be, computes, tells the screen.  False when nothing
 * changed. */
bool form_store(struct form *f, const struct value *v);
/* form_check.c: reads and checks what is typed and stores it; false: the focus stays, the note says why. */
bool form_leave(struct form *f, struct ui *ui, enum leaving how);
/* The nearest slot that can be typed in, by step 1 or -1 from slot; n_slots when there is none. */
size_t form_step(const struct form *f, size_t slot, int step);
/* Removes the line of the list that the focus is in. */
void form_remove_item(struct form *f);
/* Removes empty lines of lists, but keep (may be NULL). */
void form_prune(struct form *f, const struct record *keep);
void form_alarm(struct form *f, struct ui *ui, const struct err *err);

/* ---- form_keys.c ------------------------------------------------------------------------------------------------- */

/* To the next slot; entered: by Enter on an empty field, which ends a list. */
void form_go_on(struct form *f, bool entered);

/* ---- form_codes.c ------------------------------------------------------------------------------------------------ */

void form_store_code(struct form *f, enum value_kind kind, const char *text);
unsigned form_code_digit(struct form *f, struct ui *ui, struct key key);
unsigned form_codes_digit(struct form *f, struct ui *ui, struct key key);
/* What was typed with separators: the exclusive code wins when it was typed last, else it goes. */
void form_settle_exclusive(struct form *f);
/* F4: the list of codes, or the screen's picker. */
unsigned form_pick(struct form *f, struct ui *ui);

/* ---- form_lay.c ------------------------------------------------------------------------------------------------ */

/* "1无 2头痛头晕 ...": the codes as printed beside the field. */
void form_legend(const struct field *f, struct sbuf *out);
/* The same inside r, no code broken across rows, those of v (may be NULL) standing out; returns the rows used, r.h = 0
 * measures. */
int form_draw_legend(struct canvas *cv, struct rect r, const struct field *f, const struct value *v);
/* What the screen prints in place of a slot's codes; NULL = the codes. */
const char *slot_legend(const struct form *f, size_t slot);
/* Last values of n slots, joined; false when there are none. */
bool form_last(const struct form *f, size_t first, size_t n, struct sbuf *out);
/* The same with the words before it, as it stands at the right of a line; *carried: the line was taken over. */
bool form_last_text(const struct form *f, const struct form_line *line, struct sbuf *out, bool *carried);
/* Was this value taken over from the last record? */
bool slot_is_carried(const struct form *f, const struct form_slot *s);
/* Was it filled without the user's typing: taken over, or given by the program? */
bool slot_is_filled(const struct form *f, const struct form_slot *s);

#endif
