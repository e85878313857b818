/* A person's records, newest first, read as far as they are looked at: for his page and for the screen of their own. */
#ifndef CUNYI_TIMELINE_H
#define CUNYI_TIMELINE_H

#include "app/service/overview.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

struct timeline {
	struct app *app;
	int64_t resident; /* row */
	int64_t total;
	struct arena mem;
	struct timeline_item *v;
	size_t n, cap;
	struct table table;
};

void timeline_init(struct timeline *t, struct app *app, unsigned flags);
void timeline_release(struct timeline *t);
/* Reads anew, as many as were read before (60 at first). */
bool timeline_load(struct timeline *t, int64_t resident, struct err *err);
/* Commands of the list; reads on when its end is reached, and all of it before a filter is opened. */
enum table_result timeline_command(struct timeline *t, enum cmd cmd);
const struct timeline_item *timeline_chosen(const struct timeline *t);
/* Chooses this record, when it was read. */
void timeline_choose(struct timeline *t, const char *id);

#endif
