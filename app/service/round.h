/* The round on paper 上门单: who is to be visited, by village, group and house, with what to do, the last values, the pills
 * and room to write. */
#ifndef CUNYI_ROUND_H
#define CUNYI_ROUND_H

#include "app/clinic/report.h"
#include "app/service/worklist.h"

struct round_stop {
	const struct due_person *who;
	const char *village, *place; /* place: group, house, local name */
	const char *sort;   /* what the order is made of */
	const char *tasks;  /* "高血压2周复查(上次162/98) + 续签" */
	const char *last;   /* "11-05 162/98", "" */
	const char *drugs;  /* "氨氯地平5mg 1次/日", "" */
	const char *phone;  /* number and whose it is, "" */
	const char *alerts; /* allergies, "" */
};

struct round {
	struct round_stop *stops; /* in the order of the way */
	size_t n;
	bool more; /* the limit of the query cut it */
};

/* Who is due by q->date in the order of the way: villages, groups, houses. */
bool round_read(struct app *app, const struct worklist_query *q, struct arena *mem, struct round *out, struct err *err);

/* As a sheet of A4 across; free with report_free(). */
struct report *round_report(struct app *app, const struct round *r, int32_t day);

#endif
