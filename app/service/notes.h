/* Notes that lie on a record. */
#ifndef CUNYI_NOTES_H
#define CUNYI_NOTES_H

#include "app/service/record.h"

struct note_line {
	const char *day, *by, *text;
};
/* The notes on one record, newest first, at most max. */
bool notes_about(struct app *app, const char *record, struct arena *mem, struct note_line *out, size_t max, size_t *n,
	struct err *err);

#endif
