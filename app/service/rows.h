/* Ids of a statement's rows, for lists whose rows are read as they are shown. */
#ifndef CUNYI_ROWS_H
#define CUNYI_ROWS_H

#include "db/stmt.h"

/* The first column of every row; the statement is ended.  The caller frees *ids. */
bool rows_read(struct stmt *st, int64_t **ids, size_t *n, struct err *err);

#endif
