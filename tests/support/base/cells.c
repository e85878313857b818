#include "support/base/cells.h"

#include <stdlib.h>

#include "app/base/mem.h"
#include "support/base/check.h"

static void read_row(char *line, struct cells_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < CELLS_MAX; i++)
		row->cell[i] = line + strlen(line);
	for (char *at = line; n < CELLS_MAX; n++) {
		row->cell[n] = at;
		at += strcspn(at, "\t");
		if (!*at)
			return;
		*at++ = '\0';
	}
	fail_msg("more than %d cells: %s", CELLS_MAX, line);
}

void cells_read(struct cells *t, const char *path)
{
	char *next;

	*t = (struct cells){ .text = scratch_read(path, NULL) };
	assert_non_null(t->text);
	for (char *line = t->text; *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		if (*line == '#' || !*line)
			continue;
		t->rows = xrealloc(t->rows, t->n + 1, sizeof *t->rows);
		read_row(line, &t->rows[t->n++]);
	}
}

void cells_release(struct cells *t)
{
	free(t->rows);
	free(t->text);
}
