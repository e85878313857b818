/* What stands on a canvas, to be compared. */
#ifndef CUNYI_TEST_DUMP_H
#define CUNYI_TEST_DUMP_H

#include "screens/kit/canvas.h"

/* The rows as text, blanks at their ends cut, each with a line end; and a grid of face letters, one a column. */
void canvas_dump(const struct canvas *cv, struct sbuf *out);
void canvas_dump_faces(const struct canvas *cv, struct sbuf *out);
/* One row as text. */
void canvas_dump_row(const struct canvas *cv, int y, struct sbuf *out);

#endif
