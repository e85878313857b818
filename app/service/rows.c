#include "app/service/rows.h"

#include "app/base/mem.h"

bool rows_read(struct stmt *st, int64_t **ids, size_t *n, struct err *err)
{
	size_t cap = 0;
	bool row, ok;

	*ids = NULL;
	*n = 0;
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (*n == cap) {
			cap = cap ? cap * 2 : 256;
			*ids = xrealloc(*ids, cap, sizeof **ids);
		}
		(*ids)[(*n)++] = stmt_int(st, 0);
	}
	stmt_done(&st);
	if (ok)
		return true;
	free(*ids);
	*ids = NULL;
	*n = 0;
	return false;
}
