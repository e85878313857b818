/* Questions as popups.  Each answers the screen below by answer() with the given tag; going back answers ok = false.
 * All texts are copied. */
#ifndef CUNYI_KIT_PROMPT_H
#define CUNYI_KIT_PROMPT_H

#include "screens/kit/edit.h"
#include "screens/kit/loop.h"

/* "1 yes / 2 no": ok = yes.  yes and no are words for what happens ("Save", "Keep typing"); NULL = Yes, No.  Enter takes
 * yes unless careful, where only the digit or y does. */
struct confirm {
	const char *question;
	const char *yes, *no;
	bool careful;
};
unsigned prompt_confirm(struct ui *ui, int tag, const struct confirm *c);

/* Up to nine numbered options; a digit or arrows and Enter choose; choice = index from 0. */
struct choose {
	const char *question;
	const char *const *options;
	size_t n_options;
	size_t selected;
	bool no_digits; /* where digits of something else may be typed ahead: only arrows and Enter choose */
};
unsigned prompt_choose(struct ui *ui, int tag, const struct choose *c);

/* A line of text; text = what was typed. */
struct ask {
	const char *question;
	const char *text;    /* to begin with; NULL = empty */
	enum edit_kind kind;
	size_t max;
	int64_t lo, hi;      /* of a number; both 0 = any */
	bool secret;
	bool may_be_empty;
	/* Called at Enter; false: message and example are shown and the prompt stays, with what was typed.  NULL = anything
	 * goes. */
	bool (*check)(const char *text, struct err *err);
	/* The same where more than the text is looked at; about outlives the prompt. */
	bool (*check_about)(const void *about, const char *text, struct err *err);
	const void *about;
};
unsigned prompt_ask(struct ui *ui, int tag, const struct ask *a);

/* A text to be read; any key closes.  No answer. */
unsigned prompt_tell(struct ui *ui, const char *title, const char *text);

#endif
