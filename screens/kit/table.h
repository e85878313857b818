/* A list of rows.  The chosen row is known by its id, so it survives reloading and sorting.  Rows of the visible page are
 * numbered 1-9; a digit chooses, 0 turns the page; arrows past its end turn it too, so
 * that numbers never move under rows.  `/` narrows the list to rows with a text. */
#ifndef CUNYI_KIT_TABLE_H
#define CUNYI_KIT_TABLE_H

#include "screens/kit/edit.h"

struct column {
	const char *head; /* msgid; NULL = none */
	int min;          /* columns it needs */
	int weight;       /* share of what is left over; 0 = stays at min */
	bool right;       /* aligned to the right */
	int drop;         /* 0 = always shown; where it is narrow, the highest goes first */
};

struct table_model {
	size_t (*count)(const void *ctx);
	/* Not negative, unique, the same for the same thing after a reload. */
	int64_t (*id)(const void *ctx, size_t row);
	/* Text of a cell: its own storage or built in tmp (emptied before). */
	const char *(*cell)(const void *ctx, size_t row, size_t col, struct sbuf *tmp);
	/* NULL = FACE_NORMAL. */
	enum face (*face)(const void *ctx, size_t row, size_t col);
	/* One-column sign before the row's number ("!", "◆"); NULL = none. */
	const char *(*mark)(const void *ctx, size_t row);
	/* Does a row match what was typed after '/'?  NULL = any cell contains it, case-blind. */
	bool (*match)(const void *ctx, size_t row, const char *text);
};

enum table_flag {
	TABLE_NO_NUMBERS = 1u << 0, /* under a search box: digits are search text */
	TABLE_NO_HEAD = 1u << 1,
	TABLE_MULTI = 1u << 2,      /* blank marks rows */
};

struct table {
	const struct column *cols;
	size_t n_cols;
	const struct table_model *model;
	const void *ctx;
	unsigned flags;
	const char *empty;    /* msgid shown when there are no rows */

	size_t top, sel;      /* positions among the rows that are shown */
	int64_t sel_id;       /* -1: none */
	size_t page;          /* rows of the visible page; table_layout() sets it */
	bool filtering;       /* the filter line is open and takes text */
	struct edit filter;
	size_t *rows;         /* model rows that match the filter; NULL = all */
	size_t n_rows;
	int64_t *marked;      /* ids */
	size_t n_marked;
};

enum table_result {
	TABLE_NOT_MINE,
	TABLE_MOVED,  /* the choice, page, filter or marks changed */
	TABLE_OPENED, /* Enter on a row */
	TABLE_AT_TOP, /* Up on the first row: nothing moved; a screen may go to its search box */
};

/* cols and model must outlive it. */
void table_init(struct table *t, const struct column *cols, size_t n_cols, const struct table_model *model,
	const void *ctx, unsigned flags);
void table_release(struct table *t);

/* The model's rows changed: finds the chosen id again, else stays at the same position; runs the filter again. */
void table_reload(struct table *t);
/* Fits the page to the area (with its head and filter line). */
void table_layout(struct table *t, struct rect area);

/* CMD_UP ... CMD_LAST, CMD_ROW_n, CMD_NEXT_PAGE, CMD_OPEN, CMD_FILTER, where rows can be marked CMD_MARK, CMD_ADD (all that are
 * shown), CMD_STOP (none), and CMD_BACK while filtering or with a filter set (clears it). */
enum table_result table_command(struct table *t, enum cmd cmd);
/* Keys of the filter line; TABLE_NOT_MINE when it is not open. */
enum table_result table_key(struct table *t, struct key key);
/* A click; TABLE_OPENED when the chosen row was clicked again. */
enum table_result table_click(struct table *t, struct rect area, int y, int x);
/* FOCUS_TEXT while the filter line is open, else FOCUS_LIST. */
unsigned table_focus(const struct table *t);

size_t table_count(const struct table *t);              /* rows shown */
bool table_selected(const struct table *t, size_t *row); /* model row; false when the list is empty */
int64_t table_selected_id(const struct table *t);       /* -1 when empty */
bool table_select(struct table *t, int64_t id);         /* false when it is not shown */
bool table_is_marked(const struct table *t, int64_t id);
/* Marks all rows that are shown, or none at all. */
void table_mark_all(struct table *t, bool on);

/* focus: this list has the screen's focus (else the chosen row is shown by a sign only). */
void table_draw(const struct table *t, struct canvas *cv, struct rect area, bool focus);

#endif
