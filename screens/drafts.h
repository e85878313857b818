/* Drafts in words, and going on with one: for the list of drafts and for the first screen. */
#ifndef CUNYI_SCREEN_DRAFTS_H
#define CUNYI_SCREEN_DRAFTS_H

#include "app/service/drafts.h"
#include "screens/screens.h"

struct draft_line {
	const char *form, *name, *where, *when; /* "高血压随访", "郑建国", "填到"日饮酒量"", "昨天 16:42" */
};

void draft_words_of(struct app *app, const struct draft *d, struct arena *mem, struct draft_line *out);
unsigned draft_resume(struct ui *ui, const struct draft *d);

#endif
