/* A form like the hypertension follow-up sheet, with every kind of field, and a screen that shows it: for tests of the
 * form widget. */
#ifndef CUNYI_TEST_PAPER_H
#define CUNYI_TEST_PAPER_H

#include "screens/kit/form.h"

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
};

extern const struct screen paper_screen;

#endif
