/* Between the files of the resident's page: resident.c (what it does), resident_draw.c (how it looks). */
#ifndef CUNYI_RESIDENT_PAGE_H
#define CUNYI_RESIDENT_PAGE_H

#include "app/service/lacks.h"
#include "app/service/receipts.h"
#include "screens/kit/chart.h"
#include "screens/timeline.h"

struct resident_page {
	char id[RECORD_ID_MAX + 1];
	struct app *app;
	struct arena mem;
	struct overview o;
	struct receipt_counts receipts;
	int64_t disputes; /* open ones about him */
	const char *head, *corner, *alerts, *drugs;
	bool danger;
	struct lack lacks[LACKS_MAX];
	size_t n_lacks;
	struct timeline line;
	char saved[RECORD_ID_MAX + 1]; /* the last save, as far as the timeline has gone to it */
};

/* The texts that stand on the page; after the data were read. */
void resident_words(struct resident_page *p);
/* Where the timeline stands. */
struct rect resident_timeline_area(const struct resident_page *p, const struct ui *ui);
void resident_page_draw(const struct ui *ui, const struct resident_page *p, struct canvas *cv);
/* A series as points to draw; points and days have room for SERIES_POINTS. */
struct trend resident_trend(const struct series *s, struct trend_point *points, char days[][6]);
/* "Systolic pressure, target below 150"; appended. */
void resident_trend_head(const struct series *s, struct sbuf *out);

#endif
