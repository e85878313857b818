/* Between the files of the form screen: form_screen.c form_draft.c form_save.c form_box.c form_base_pick.c. */
#ifndef CUNYI_FORM_SCREEN_INT_H
#define CUNYI_FORM_SCREEN_INT_H

#include "screens/form_screen.h"

enum { TAG_QUESTION = FORM_SCREEN_TAG, TAG_STALE, TAG_PICK, TAG_PICK_PERSON, TAG_PRINT };

/* form_draft.c */
/* Looks for the draft to take up: the one named, else the newest of this form, person and record. */
bool form_draft_find(struct form_screen *fs, const struct open_arg *arg, struct draft *out, struct err *err);
/* Its values into a new record. */
bool form_draft_read(struct form_screen *fs, const struct draft *d, struct err *err);
/* The cursor back to where it was, with the unfinished text. */
void form_draft_place(struct form_screen *fs, const struct draft *d);
/* A value was entered: stored as soon as no key is pending. */
void form_draft_soon(struct form_screen *fs);
/* A key was typed: stored after two seconds of rest. */
void form_draft_later(struct form_screen *fs);
/* Now; false when that failed (and said so). */
bool form_draft_keep(struct form_screen *fs);
void form_draft_drop(struct form_screen *fs);

/* form_box.c */
void form_preview(struct form_screen *fs);
/* Of the field where the cursor is. */
int form_paper_page(const struct form_screen *fs);
/* The box from what is known of the record: what it says may depend on the page. */
void form_box_fill(struct form_screen *fs);
/* Head and alerts of the person. */
bool form_read_head(struct form_screen *fs, struct err *err);

/* form_base_pick.c */
bool form_base_pick(struct form_screen *fs, struct ui *ui, const struct field *f);
unsigned form_base_picked(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a);
const char *form_ref_text(void *ctx, const struct field *f, const char *id, struct sbuf *tmp);

/* form_save.c */
unsigned form_submit(struct form_screen *fs, struct ui *ui);
unsigned form_save_answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a);

#endif
