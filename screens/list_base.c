#include "screens/list_base.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"

/* ---- rows that are read when they are first shown ---------------------------------------------------------------------- */

void list_ids_take(struct list_base *b, struct arena *mem, struct list_ids *out, const int64_t *ids, size_t n)
{
	int64_t *own = arena_alloc(mem, (n + 1) * sizeof *own);

	if (n)
		memcpy(own, ids, n * sizeof *ids);
	*out = (struct list_ids){ .b = b, .ids = own, .n = n, .rows = arena_alloc(mem, (n + 1) * sizeof *out->rows) };
}

const void *list_ids_row(const void *ctx, size_t row)
{
	const struct list_ids *l = ctx;

	if (!l->rows[row]) {
		l->rows[row] = arena_alloc(&l->b->mem, l->b->list->row_size);
		l->b->list->read_row(l, l->ids[row], l->rows[row]);
	}
	return l->rows[row];
}

size_t list_ids_count(const void *ctx)
{
	return ((const struct list_ids *)ctx)->n;
}

int64_t list_ids_id(const void *ctx, size_t row)
{
	return ((const struct list_ids *)ctx)->ids[row];
}

/* ---- the list ---------------------------------------------------------------------------------------------------------- */

struct rect list_base_area(const struct list_base *b, const struct ui *ui)
{
	struct rect r = ui_body_below(ui, b->list->above);
	int rows = b->list->fits ? (int)b->list->model->count(b->rows) + 1 : r.h;

	r.h -= b->list->below;
	if (rows < r.h)
		r.h = rows;
	return r;
}

static void free_rows(const struct list_base *b, void *rows)
{
	if (rows && b->list->release)
		b->list->release(rows);
	free(rows);
}

static unsigned moved(enum table_result r)
{
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned from_table(struct list_base *b, struct ui *ui, enum table_result r)
{
	size_t row;

	if (r != TABLE_OPENED)
		return moved(r);
	return table_selected(&b->table, &row) ? b->list->enter(b, ui, row) : (unsigned)UI_HANDLED;
}

bool list_base_open(struct list_base *b, struct ui *ui, const struct list_table *list)
{
	b->list = list;
	b->app = app_of(ui);
	b->rows = xcalloc(1, list->rows_size);
	table_init(&b->table, list->cols, list->n_cols, list->model, b->rows, list->flags);
	b->table.empty = list->empty;
	return true;
}

bool list_base_load(struct ui *ui, void *state, struct err *err)
{
	struct list_base *b = state;
	struct arena fresh = { 0 };
	void *rows = xcalloc(1, b->list->rows_size);

	(void)ui;
	if (!b->list->read(b, &fresh, rows, err)) {
		free_rows(b, rows);
		arena_release(&fresh);
		return false;
	}
	free_rows(b, b->rows);
	arena_release(&b->mem);
	b->mem = fresh;
	b->rows = rows; /* not copied: texts may stand in the rows themselves */
	b->table.ctx = rows;
	table_reload(&b->table);
	return true;
}

void list_base_layout(struct ui *ui, void *state)
{
	struct list_base *b = state;

	table_layout(&b->table, list_base_area(b, ui));
}

void list_base_parts(struct canvas *cv, struct rect r, const char *lead, const char *const words[], size_t n, size_t chosen,
	const char *count)
{
	int end = r.x + r.w - 1, x = r.x + 1;

	x += canvas_textf(cv, r.y, x, end - x, FACE_HEAD, "%s%s", lead, *lead ? "  " : "");
	for (size_t i = 0; i < n && x < end; i++)
		x += 2 + canvas_textf(cv, r.y, x, end - x, i == chosen ? FACE_FOCUS : FACE_NORMAL, i == chosen ? "[%s]" : "%s",
			words[i]);
	if (x + canvas_width(cv, count) <= end)
		canvas_right(cv, r.y, r.x, r.w - 1, FACE_HINT, count);
}

void list_base_draw(const struct list_base *b, const struct ui *ui, struct canvas *cv)
{
	table_draw(&b->table, cv, list_base_area(b, ui), true);
}

void list_base_draw_below(const struct list_base *b, const struct ui *ui, struct canvas *cv)
{
	struct rect r = list_base_area(b, ui);

	canvas_rule(cv, r.y - 1, r.x, r.w, FACE_LINE);
	list_base_draw(b, ui, cv);
}

void list_base_line(struct canvas *cv, int y, const struct rect *r, enum face face, const char *label, const char *text)
{
	int w = canvas_width(cv, label);

	canvas_text(cv, y, r->x + 1, 14, FACE_LABEL, label);
	canvas_clip(cv, y, r->x + 1 + (w > 13 ? w + 1 : 14), r->w - 16, face, text);
}

void list_base_count(const struct list_base *b, struct sbuf *out)
{
	sbuf_addf(out, ngettext("%zu entry", "%zu entries", table_count(&b->table)), table_count(&b->table));
}

unsigned list_base_focus(const void *state)
{
	const struct list_base *b = state;
	const unsigned focus = table_focus(&b->table);

	return b->list->focus && (focus & FOCUS_LIST) ? focus | b->list->focus(b) : focus;
}

unsigned list_base_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct list_base *b = state;
	unsigned done = b->list->command ? b->list->command(b, ui, cmd) : 0;

	if (!done)
		done = from_table(b, ui, table_command(&b->table, cmd));
	return done || !b->list->other ? done : b->list->other(b, ui, cmd);
}

unsigned list_base_key(struct ui *ui, void *state, struct key key)
{
	(void)ui;
	return moved(table_key(&((struct list_base *)state)->table, key));
}

unsigned list_base_click(struct ui *ui, void *state, int y, int x)
{
	struct list_base *b = state;

	return from_table(b, ui, table_click(&b->table, list_base_area(b, ui), y, x));
}

void list_base_close(struct ui *ui, void *state)
{
	struct list_base *b = state;

	(void)ui;
	table_release(&b->table);
	free_rows(b, b->rows);
	arena_release(&b->mem);
}
