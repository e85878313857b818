/* Entry of paper 补录: a pile of sheets of one form, one day and one doctor, entered later by whoever sits here. */
#ifndef CUNYI_BATCH_H
#define CUNYI_BATCH_H

#include "app/service/record.h"

struct batch_pile {
	int32_t day;                    /* on the paper; NO_DAY = no pile yet */
	char doctor[RECORD_ID_MAX + 1]; /* whose signature it bears */
	enum kind_id kind;              /* KIND_FOLLOWUP, KIND_VISIT, KIND_EXAM */
	char variant[16];               /* programme, "" */
	int64_t village;                /* whose people come first in the search; 0 = the clinic's own */
	size_t sheets;                  /* counted by hand; 0 = not counted */
};

struct batch_sheet {
	int64_t row;
	const char *id, *name, *summary;
};

/* The sheets of this pile that whoever works entered today, newest first; *n counts all of them, at most max are in out. */
bool batch_sheets(struct app *app, const struct batch_pile *pile, struct arena *mem, struct batch_sheet *out, size_t max,
	size_t *n, struct err *err);

#endif
