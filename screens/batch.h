/* Between the files of the entry of paper: batch.c (searching, the sheets), batch_setup.c (what pile it is). */
#ifndef CUNYI_BATCH_SCREEN_H
#define CUNYI_BATCH_SCREEN_H

#include "app/service/batch.h"
#include "app/service/directory.h"
#include "screens/search_box.h"

/* What is said once a pile, in this order. */
enum batch_step { BATCH_DAY, BATCH_DOCTOR, BATCH_FORM, BATCH_VILLAGE, BATCH_SHEETS, BATCH_READY };

enum { BATCH_CHOICES = 40 };

struct batch_setup {
	struct app *app;
	struct batch_pile *pile; /* the session's: it stays when the screen is closed */
	enum batch_step step;
	struct edit edit;
	char fault[200];         /* what is wrong with what was typed; "" */
	struct arena mem;
	struct directory staff, villages;
};

bool batch_setup_init(struct batch_setup *s, struct app *app, struct batch_pile *pile, struct err *err);
void batch_setup_release(struct batch_setup *s);
/* Begins again at the first question; what was answered is offered. */
void batch_setup_again(struct batch_setup *s);
/* Enter: takes what was typed (empty: what is there) and goes on; false: the fault is set. */
bool batch_setup_enter(struct batch_setup *s);
/* A digit that says it all needs no Enter. */
bool batch_setup_key(struct batch_setup *s, struct key key);
/* The question before; false at the first. */
bool batch_setup_back(struct batch_setup *s);
/* From row y on; returns the rows used. */
int batch_setup_draw(const struct batch_setup *s, struct canvas *cv, int y);
/* "11-05 林秀英 高血压随访 上坂村". */
void batch_setup_words(const struct batch_setup *s, struct sbuf *out);

#endif
