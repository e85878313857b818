/* Between the files of the resident's page: resident.c (what it does), resident_draw.c (how it looks). */
#ifndef CUNYI_RESIDENT_PAGE_H
#define CUNYI_RESIDENT_PAGE_H

#include "app/service/lacks.h"
#include "screens/kit/chart.h"
#include "screens/timeline.h"

struct resident_page {
	char id[RECORD_ID_MAX + 1];
	struct app *app;
	struct arena mem;
	struct overview o;
	const char *head, *corner, *alerts, *drugs;
	bool danger;
	struct lack lacks[LACKS_MAX];
	size_t n_lacks;
	struct trend_point points[OVERVIEW_TREND];
	char point_days[OVERVIEW_TREND][6];
	int64_t target; /* systolic, 0 = none */
	struct timeline line;
};

/* The texts that stand on the page; after the data were read. */
void resident_words(struct resident_page *p);
/* Where the timeline stands. */
struct rect resident_timeline_area(const struct resident_page *p, const struct ui *ui);
void resident_page_draw(const struct ui *ui, const struct resident_page *p, struct canvas *cv);
/* The trend's points and target of an overview. */
size_t resident_trend(struct app *app, const struct overview *o, struct trend_point *points, char days[][6],
	int64_t *target);

#endif
