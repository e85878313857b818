/* What every screen that is one list shares: reading the rows anew, the table's place, keys, clicks, the end.  A screen has a
 * list_base as the first member of its state, gives in a list_table what differs, and takes the rest with LIST_BASE_MEMBERS. */
#ifndef CUNYI_LIST_BASE_H
#define CUNYI_LIST_BASE_H

#include "screens/kit/table.h"
#include "screens/screens.h"

struct list_base;
struct list_ids;

struct list_table {
	const struct column *cols;
	size_t n_cols;
	const struct table_model *model; /* its ctx are the rows */
	unsigned flags;                  /* enum table_flag */
	const char *empty;               /* msgid */
	size_t rows_size;                /* of what read() fills */
	int above, below;                /* lines of the screen's own */
	bool fits;                       /* no taller than its rows: the screen's own stands right below them */
	/* Fills *rows (zeroed), texts in mem.  When it fails, what was read before stays. */
	bool (*read)(struct list_base *b, struct arena *mem, void *rows, struct err *err);
	/* Of rows that hold more than mem does: what read() filled, wholly or in part, or zeroed.  NULL: nothing to do. */
	void (*release)(void *rows);
	/* Of a struct list_ids: fills *row (zeroed), texts in its list's arena; what cannot be read gets empty words. */
	void (*read_row)(const struct list_ids *l, int64_t id, void *row);
	size_t row_size;
	/* Enter, or a second click: on this row. */
	unsigned (*enter)(struct list_base *b, struct ui *ui, size_t row);
	/* Bits of FOCUS_OWN of the screen, while nothing is typed.  NULL: none. */
	unsigned (*focus)(const struct list_base *b);
	/* Commands of the screen before those of the table, and those that neither took; 0 = not mine.  NULL: none. */
	unsigned (*command)(struct list_base *b, struct ui *ui, enum cmd cmd);
	unsigned (*other)(struct list_base *b, struct ui *ui, enum cmd cmd);
};

struct list_base {
	const struct list_table *list;
	struct app *app;
	struct arena mem;
	void *rows;
	struct table table;
};

/* Rows that are read when they are first shown; until then only their numbers are known.  What read() fills is one, or begins
 * with one. */
struct list_ids {
	struct list_base *b;
	const int64_t *ids;
	size_t n;
	void **rows; /* NULL = not read yet */
};

/* For read(): takes a copy of the n numbers. */
void list_ids_take(struct list_base *b, struct arena *mem, struct list_ids *out, const int64_t *ids, size_t n);
/* Of the table's ctx: the row, read now if it was not, and what the table asks for. */
const void *list_ids_row(const void *ctx, size_t row);
size_t list_ids_count(const void *ctx);
int64_t list_ids_id(const void *ctx, size_t row);

/* For the screen's open(). */
bool list_base_open(struct list_base *b, struct ui *ui, const struct list_table *list);
/* The table's place, and the table in it. */
struct rect list_base_area(const struct list_base *b, const struct ui *ui);
void list_base_draw(const struct list_base *b, const struct ui *ui, struct canvas *cv);
/* The same under a rule, for which the last of the lines above it is left. */
void list_base_draw_below(const struct list_base *b, const struct ui *ui, struct canvas *cv);
/* The line over a list: what leads it (or ""), its n parts, the chosen one in brackets because colour alone says nothing, and
 * at the right, where it finds room, how many rows there are. */
void list_base_parts(struct canvas *cv, struct rect r, const char *lead, const char *const words[], size_t n, size_t chosen,
	const char *count);
/* A line over a list: what it is about, and what there is to say. */
void list_base_line(struct canvas *cv, int y, const struct rect *r, enum face face, const char *label, const char *text);
/* "12 entries" for the header. */
void list_base_count(const struct list_base *b, struct sbuf *out);

bool list_base_load(struct ui *ui, void *state, struct err *err);
void list_base_layout(struct ui *ui, void *state);
unsigned list_base_focus(const void *state);
unsigned list_base_command(struct ui *ui, void *state, enum cmd cmd);
unsigned list_base_key(struct ui *ui, void *state, struct key key);
unsigned list_base_click(struct ui *ui, void *state, int y, int x);
void list_base_close(struct ui *ui, void *state);

#define LIST_BASE_MEMBERS LIST_BASE_MEMBERS_BUT_CLOSE, .close = list_base_close
/* Of a screen that holds more than its list: its own close() ends with list_base_close(). */
#define LIST_BASE_MEMBERS_BUT_CLOSE \
	.load = list_base_load, .layout = list_base_layout, .focus = list_base_focus, .command = list_base_command, \
	.key = list_base_key, .click = list_base_click

#endif
