/* The search box with its list of people: on the first screen, on the find screen, in the picker of persons. */
#ifndef CUNYI_SEARCH_BOX_H
#define CUNYI_SEARCH_BOX_H

#include "app/service/search.h"
#include "screens/kit/edit.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

enum { SEARCH_SHOWN = 20 };

struct search_box {
	struct app *app;
	int64_t village;   /* whose people come first: the clinic's own, or the screen's */
	struct edit edit;
	bool fresh;        /* the list belongs to what is typed */
	bool used;         /* somebody was opened: what is typed next is about the next one, and takes its place */
	struct arena mem;  /* of the list */
	struct search_result r;
	struct table table;
	char failed[320];  /* why the search failed; "" */
};

void search_box_init(struct search_box *b, struct app *app, const char *text);
void search_box_release(struct search_box *b);
/* Runs the search when something else is typed by now: once for all keys typed ahead. */
void search_box_fresh(struct search_box *b);
/* Data changed: the next look searches again. */
void search_box_stale(struct search_box *b);
bool search_box_empty(const struct search_box *b);
/* Somebody was opened from here. */
void search_box_used(struct search_box *b);

/* No search begins with these: where the next one would begin, : ? go to and help. */
enum cmd search_box_command(const struct search_box *b, struct key key);
/* A key of the text; false when it is none. */
bool search_box_key(struct search_box *b, struct key key);
bool search_box_paste(struct search_box *b, const char *text);
/* Up, down, pages through the list. */
bool search_box_move(struct search_box *b, enum cmd cmd);
/* The chosen person; NULL when there is none. */
const struct search_hit *search_box_chosen(struct search_box *b);

/* Row y: label, text, and what may be typed. */
void search_box_draw(const struct search_box *b, struct canvas *cv, int y, const char *label, bool focus);
void search_box_layout(struct search_box *b, struct rect area);
/* "3 found", "20+ found": how many. */
void search_box_count(const struct search_box *b, struct canvas *cv, int y);
void search_box_list(const struct search_box *b, struct canvas *cv, struct rect area);

/* Several of the same name in his village: a popup to choose the right one, with tag (choice = row).  No key that was typed
 * before it could be seen chooses.  eyes_on_paper: only arrows and Enter choose, which begin at "none of them" (choice 0).
 * False when he is the only one, and nothing was opened. */
bool same_name_ask(struct ui *ui, int tag, const struct search_hit *hit, bool eyes_on_paper);

/* Two lines about a person under a list: dangers and last values; drugs and contract.  Cached by whose they are. */
struct person_glimpse {
	char id[RECORD_ID_MAX + 1];
	struct sbuf line[2];
	bool danger;
};
#define PERSON_GLIMPSE_INIT { .line = { SBUF_INIT, SBUF_INIT } }
void person_glimpse_read(struct person_glimpse *g, struct app *app, const char *id);
void person_glimpse_forget(struct person_glimpse *g);
void person_glimpse_release(struct person_glimpse *g);
/* From row y. */
void person_glimpse_draw(const struct person_glimpse *g, struct canvas *cv, int y);

#endif
