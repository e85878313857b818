/* Charts where people would rather look than read; the numbers always stand beside.  Braille or half blocks where the
 * terminal has them (canvas.blocks), ASCII otherwise.  Values are integers in the caller's scale. */
#ifndef CUNYI_KIT_CHART_H
#define CUNYI_KIT_CHART_H

#include "screens/kit/canvas.h"

struct trend_point {
	int32_t day;       /* day number: the horizontal position */
	int64_t value;
	const char *label; /* under it ("11-06"); NULL = none */
	bool hollow;       /* measured at home: shown, not counted */
};

struct trend {
	const struct trend_point *points; /* by day */
	size_t n_points;
	int64_t target;    /* 0 = none; drawn as a line */
	int64_t scale;     /* value / scale is printed: 1, 10, 100 */
	int64_t step;      /* of the vertical axis; 0 = found */
};

/* A line of points over time with axis, target line, and the values below; their labels below that, over more than a year
 * the years instead. */
void chart_trend(struct canvas *cv, struct rect r, const struct trend *t);

struct bar {
	const char *label;
	int64_t value;
	int64_t of;        /* full length; 0 = the largest value of all */
	const char *text;  /* number as printed ("61.2%"); NULL = value */
	enum face face;
};

/* One row each: label, bar, number. */
void chart_bars(struct canvas *cv, struct rect r, const struct bar *bars, size_t n);

#endif
