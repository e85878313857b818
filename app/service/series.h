/* The course of one value of a person over time, from records of every kind: follow-ups, visits, examinations. */
#ifndef CUNYI_SERIES_H
#define CUNYI_SERIES_H

#include "app/clinic/programme.h"
#include "app/service/app.h"

struct stmt;

enum { SERIES_POINTS = 24, SERIES_MEASURES = 8 };

struct series_point {
	int32_t day;
	struct measured v;
};

struct series {
	const struct measure *measure;
	struct series_point at[SERIES_POINTS]; /* oldest first */
	size_t n;
	int64_t target; /* below it is in target, in the measure's scale; 0 = none */
};

/* Binds :k1 ... :k4: the keys in quotes that a body must hold one of. */
void series_bind(struct stmt *st, const struct measure *m);

/* The newest points of a resident (row), home readings among them, marked.  The target is not set here. */
bool series_read(struct app *app, int64_t resident, const struct measure *m, struct series *out, struct err *err);
/* The newest that was taken, not told; NULL when there is none. */
const struct series_point *series_last_taken(const struct series *s);

#endif
