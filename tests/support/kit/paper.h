/* A form like the hypertension follow-up sheet, with every kind of field, and a screen that shows it: for tests of the
 * form widget. */
#ifndef CUNYI_TEST_PAPER_H
#define CUNYI_TEST_PAPER_H

#include "screens/kit/form.h"
#include "support/kit/stage.h"

extern const struct form_def paper_form;

struct paper {
	struct arena mem;
	struct record *rec, *previous;
	struct form_context cx;
	struct form form;
	unsigned changes, saves;
	char picked[64]; /* field whose picker was asked for */
};

/* arg: struct paper_start or NULL. */
struct paper_start {
	bool previous; /* with a last record */
	const struct form_def *def; /* another form than paper_form, empty; NULL */
};

extern const struct screen paper_screen;

/* An empty paper on a stage of 24x80 in English; with a last record. */
void paper_begin(struct stage *st, bool previous);
/* An empty sheet of any form on the same stage. */
void paper_begin_form(struct stage *st, const struct form_def *def);
struct paper *paper_of(const struct stage *st);
struct form *paper_form_of(const struct stage *st);
/* Puts the cursor on a field. */
void paper_at(struct stage *st, const char *path);
/* The field's value as printed; where the cursor is. */
void paper_check(struct stage *st, const char *key, const char *want);
void paper_check_path(struct stage *st, const char *want);

#endif
