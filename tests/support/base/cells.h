/* Tables of cases in tests/data: lines of cells with tabs between; lines that begin with # and empty ones are passed over. */
#ifndef CUNYI_TEST_CELLS_H
#define CUNYI_TEST_CELLS_H

#include "app/base/base.h"

enum { CELLS_MAX = 8 };

struct cells_row {
	char *cell[CELLS_MAX]; /* "" where there is none */
};

struct cells {
	char *text;
	struct cells_row *rows;
	size_t n;
};

/* Fails the test when the file is not there. */
void cells_read(struct cells *t, const char *path);
void cells_release(struct cells *t);

#endif
