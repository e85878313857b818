/* Between the files of the first screen: today.c (the screen), today_list.c (rows of the work list). */
#ifndef CUNYI_TODAY_H
#define CUNYI_TODAY_H

#include "app/service/worklist.h"
#include "screens/drafts.h"
#include "screens/search_box.h"

enum { TODAY_READ = 100 }; /* people read at first; more when the list is walked to its end */

struct today {
	struct search_box box;
	bool filled;              /* the list was read */
	int filling;              /* timer that will read it; 0 = none */
	size_t limit;             /* people read; 0 = all */
	bool greeted;             /* unfinished forms were spoken of */
	bool in_list;             /* the focus is in the list, not in the search box */

	struct arena mem;         /* of the list and the counters */
	struct app *app;
	int32_t date;             /* the list's day: today, unless one was chosen */
	bool chosen_date;
	int64_t village;          /* row, 0 = all */
	const char *village_name;
	struct worklist list;
	struct worklist_counts counts;
	struct draft *drafts;
	struct draft_line *draft_lines;
	size_t n_drafts;
	size_t places[WORK_COUNTERS_MAX], n_places; /* of counts.more: those with a list of their own */
	struct table table;

	struct person_glimpse glimpse;
	char call[120];           /* the last call to the chosen one, "" */
	enum cmd wanted;          /* what was to be done when a name turned out to be shared */
};

/* Rows: people first, then counters that have a list of their own, then drafts. */
void today_list_init(struct today *t);
bool today_list_load(struct today *t, struct err *err);
/* Reads more people (0 = all); the chosen row stays. */
bool today_read_on(struct today *t, size_t limit, struct err *err);
/* The chosen row: a person, a draft, or neither. */
const struct due_person *today_person(const struct today *t);
const struct draft *today_draft(const struct today *t);
/* The chosen row leads to a list: which; NULL. */
const struct work_counter *today_place(const struct today *t);
/* "今日 到期3 超期1 · 本季未访17 还剩39天 ...", in lines of w columns: no counter is ever cut.  Returns how many lines. */
int today_counters(const struct today *t, int w, struct sbuf *out);
/* Makes the list the conveyor of J, from the chosen row. */
void today_convey(const struct today *t, struct session *s);

#endif
