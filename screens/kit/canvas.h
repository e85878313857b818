/* The canvas: a grid of cells that screens draw on.  Everything shown passes canvas_text(), which makes text harmless
 * (controls, bidi and zero-width characters become a visible ASCII tag), clips by columns without ever cutting a wide
 * character, and replaces signs that this terminal cannot draw.  No allocation while drawing. */
#ifndef CUNYI_KIT_CANVAS_H
#define CUNYI_KIT_CANVAS_H

#include "app/base/base.h"
#include "app/base/sbuf.h"

/* What a cell means; the terminal decides how it looks.  id, letter in a dump of faces */
#define FACE_LIST(X)                                                                                                 \
	X(NORMAL, '.')                                                                                               \
	X(TITLE, 'T')   /* header line */                                                                            \
	X(HEAD, 'H')    /* heads of tables and sections */                                                           \
	X(HINT, 'h')    /* help and explanations */                                                                  \
	X(DIM, 'd')     /* last values, what is less important */                                                    \
	X(LINE, '-')    /* rules and frames */                                                                       \
	X(FOCUS, 'F')   /* the row or item that is chosen: reverse */                                                \
	X(LABEL, 'l')   /* label of a form's field */                                                                \
	X(INPUT, 'i')   /* value of a field */                                                                       \
	X(EDITING, 'E') /* the field that is being typed in */                                                       \
	X(COMPUTED, 'c') /* value that the program found */                                                          \
	X(CARRIED, 'k') /* value taken over from last time */                                                        \
	X(KEY, 'K')     /* a key on the bar */                                                                       \
	X(BAR, 'b')     /* its word */                                                                               \
	X(LINK, 'L')    /* what can be opened */                                                                     \
	X(DANGER, '!')  /* danger, overdue: red, always with a sign or word */                                       \
	X(DUE, 'y')     /* due, unsettled: yellow */                                                                 \
	X(DONE, 'g')    /* done, at the county: green */                                                             \
	X(INFO, 'I')    /* message */                                                                                \
	X(WARN, 'W')                                                                                                 \
	X(ERROR, 'X')                                                                                                \
	X(POPUP, 'p')   /* body of a popup */                                                                        \
	X(CHART, '#')                                                                                                \
	X(CODE, 'q')    /* dark on light whatever the theme: QR */

enum face {
#define X(id, letter) FACE_##id,
	FACE_LIST(X)
#undef X
	FACE_COUNT
};

enum { CELL_BYTES = 15, CELL_MARKS = 4 };

struct canvas_cell {
	char s[CELL_BYTES + 1]; /* one cluster, ended; "" is the right half of the wide one before it */
	uint8_t width;          /* 0 right half, 1, 2 */
	uint8_t face;
};

struct rect {
	int y, x, h, w;
};

/* How signs are drawn.  Unicode: as written.  ASCII: each by its twin (✓ v).  WIDE: this terminal draws ambiguous
 * characters in two columns (found by the start-up probe): signs by ASCII twins, … “” × ≥ and the like replaced. */
enum sign_mode { SIGNS_UNICODE, SIGNS_ASCII, SIGNS_WIDE };

struct canvas {
	int h, w;
	struct canvas_cell *cells;
	enum sign_mode signs;
	bool blocks;              /* block and braille characters may be used (charts) */
	int cursor_y, cursor_x;   /* where the terminal's cursor is parked; the input method's window follows it */
	bool cursor_on;           /* false: parked at cursor_y/x all the same, but nothing is typed there */
};

/* A zeroed struct is an empty canvas; resizing clears. */
void canvas_resize(struct canvas *cv, int h, int w);
void canvas_release(struct canvas *cv);
void canvas_clear(struct canvas *cv);

/* Writes s at y, x clipped to w columns and to the canvas; returns the columns used.  A wide character that does not fit
 * whole is left out.  x may be negative: what lies outside is not drawn. */
int canvas_text(struct canvas *cv, int y, int x, int w, enum face face, const char *s);
int canvas_textf(struct canvas *cv, int y, int x, int w, enum face face, const char *fmt, ...) PRINTF(6, 7);
/* As canvas_text(), but ends at x + w. */
int canvas_right(struct canvas *cv, int y, int x, int w, enum face face, const char *s);
/* As canvas_text(), and shows that something was cut: the last column is the sign "~". */
int canvas_clip(struct canvas *cv, int y, int x, int w, enum face face, const char *s);
/* Writes s into r, broken at line ends, at blanks (rather near the line's end) and between hanzi (no line begins with ，。、);
 * returns the rows used.  Rows beyond r.h are counted but not drawn. */
int canvas_wrap(struct canvas *cv, struct rect r, enum face face, const char *s);
/* The rows it would take at this width. */
int canvas_wrap_rows(const struct canvas *cv, int w, const char *s);
/* As canvas_wrap(), leaving out the first rows; they are counted. */
int canvas_wrap_from(struct canvas *cv, struct rect r, enum face face, const char *s, int skip);

/* Columns that s will take on this canvas (signs replaced, tags counted). */
int canvas_width(const struct canvas *cv, const char *s);
/* The same for its first n bytes. */
int canvas_span(const struct canvas *cv, const char *s, size_t n);

/* Blanks in this face. */
void canvas_fill(struct canvas *cv, struct rect r, enum face face);
/* Rules of ─ and │, and a frame with + corners. */
void canvas_rule(struct canvas *cv, int y, int x, int w, enum face face);
void canvas_pillar(struct canvas *cv, int y, int x, int h, enum face face);
void canvas_frame(struct canvas *cv, struct rect r, enum face face);

/* Where typing happens. */
void canvas_cursor(struct canvas *cv, int y, int x);
/* Where the reader's eye should be when nothing is typed (screen readers follow it). */
void canvas_park(struct canvas *cv, int y, int x);

const struct canvas_cell *canvas_cell(const struct canvas *cv, int y, int x);


#endif
