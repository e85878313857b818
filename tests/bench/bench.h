/* What the bench programs share: a clock, a row of times and its percentiles, "name<TAB>value" lines. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/base/err.h"

enum { BENCH_TIMES = 4096 };

struct times {
	size_t n;
	double ms[BENCH_TIMES];
};

static inline double bench_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void times_add(struct times *t, double since)
{
	if (t->n < BENCH_TIMES)
		t->ms[t->n++] = bench_now() - since;
}

static inline int times_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Prints NAME_p50, NAME_p99 and NAME_max; nothing without times. */
static inline void times_print(struct times *t, const char *name)
{
	if (!t->n)
		return;
	qsort(t->ms, t->n, sizeof(t->ms[0]), times_compare);
	printf("%s_p50\t%.3f\n%s_p99\t%.3f\n%s_max\t%.3f\n", name, t->ms[(t->n - 1) / 2], name, t->ms[(t->n - 1) * 99 / 100],
		name, t->ms[t->n - 1]);
}

/* A bench that cannot go on says why and fails. */
static inline void bench_need(bool ok, const struct err *err, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s: %s (%s %s %s)\n", what, err->message, err_name(err->code), err->field, err->log);
	exit(1);
}

#endif
