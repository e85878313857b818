#include "screens/kit/table.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

enum { MAX_COLUMNS = 24, MAX_FILTER = 40, NO_ID = -1 };

void table_init(struct table *t, const struct column *cols, size_t n_cols, const struct table_model *model,
	const void *ctx, unsigned flags)
{
	*t = (struct table){ .cols = cols, .n_cols = n_cols < MAX_COLUMNS ? n_cols : MAX_COLUMNS, .model = model,
		.ctx = ctx, .flags = flags, .sel_id = NO_ID, .page = 1 };
	edit_init(&t->filter, EDIT_TEXT, MAX_FILTER);
}

void table_release(struct table *t)
{
	edit_release(&t->filter);
	free(t->rows);
	free(t->marked);
	t->rows = NULL;
	t->marked = NULL;
	t->n_marked = t->n_rows = 0;
}

size_t table_count(const struct table *t)
{
	return t->rows ? t->n_rows : t->model->count(t->ctx);
}

static size_t model_row(const struct table *t, size_t pos)
{
	return t->rows ? t->rows[pos] : pos;
}

static int64_t id_at(const struct table *t, size_t pos)
{
	return t->model->id(t->ctx, model_row(t, pos));
}

bool table_selected(const struct table *t, size_t *row)
{
	if (t->sel >= table_count(t))
		return false;
	*row = model_row(t, t->sel);
	return true;
}

int64_t table_selected_id(const struct table *t)
{
	size_t row;

	return table_selected(t, &row) ? t->model->id(t->ctx, row) : NO_ID;
}

/* ---- choosing ---------------------------------------------------------------------------------------------------- */

/* Numbered rows are turned page by page: a digit means the same row as long as it is on the screen. */
static void scroll(struct table *t)
{
	size_t n = table_count(t);

	if (!(t->flags & TABLE_NO_NUMBERS)) {
		t->top = t->sel - t->sel % t->page;
		return;
	}
	if (t->sel < t->top)
		t->top = t->sel;
	if (t->sel >= t->top + t->page)
		t->top = t->sel - t->page + 1;
	if (t->top && t->top + t->page > n)
		t->top = n > t->page ? n - t->page : 0;
}

static void choose(struct table *t, size_t pos)
{
	size_t n = table_count(t);

	t->sel = pos < n ? pos : n ? n - 1 : 0;
	t->sel_id = n ? id_at(t, t->sel) : NO_ID;
	scroll(t);
}

bool table_select(struct table *t, int64_t id)
{
	size_t n = table_count(t);

	for (size_t i = 0; i < n; i++)
		if (id_at(t, i) == id) {
			choose(t, i);
			return true;
		}
	return false;
}

/* ---- filter ------------------------------------------------------------------------------------------------------ */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool holds(const char *text, const char *typed)
{
	for (; *text; text++) {
		size_t i = 0;

		while (typed[i] && small(text[i]) == small(typed[i]))
			i++;
		if (!typed[i])
			return true;
	}
	return false;
}

static bool row_matches(const struct table *t, size_t row, const char *typed, struct sbuf *tmp)
{
	if (t->model->match)
		return t->model->match(t->ctx, row, typed);
	for (size_t c = 0; c < t->n_cols; c++) {
		sbuf_clear(tmp);
		if (holds(t->model->cell(t->ctx, row, c, tmp), typed))
			return true;
	}
	return false;
}

static void run_filter(struct table *t)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;
	char typed[MAX_FILTER * 4 + 1];
	size_t n = t->model->count(t->ctx);

	free(t->rows);
	t->rows = NULL;
	t->n_rows = 0;
	if (!utf8_fold_width(t->filter.text.s, typed, sizeof typed) || !*typed)
		return;
	t->rows = xcalloc(n + 1, sizeof *t->rows);
	for (size_t i = 0; i < n; i++)
		if (row_matches(t, i, typed, &tmp))
			t->rows[t->n_rows++] = i;
}

/* Rows were filtered or reloaded: the chosen one again if it is there. */
static void find_again(struct table *t)
{
	size_t at = t->sel;

	if (t->sel_id == NO_ID || !table_select(t, t->sel_id))
		choose(t, at);
}

void table_reload(struct table *t)
{
	run_filter(t);
	find_again(t);
}

static void clear_filter(struct table *t)
{
	t->filtering = false;
	edit_clear(&t->filter);
	run_filter(t);
	find_again(t);
}

enum table_result table_key(struct table *t, struct key key)
{
	if (!t->filtering || !edit_key(&t->filter, key))
		return TABLE_NOT_MINE;
	run_filter(t);
	find_again(t);
	return TABLE_MOVED;
}

unsigned table_focus(const struct table *t)
{
	return t->filtering ? FOCUS_TEXT : FOCUS_LIST;
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

bool table_is_marked(const struct table *t, int64_t id)
{
	for (size_t i = 0; i < t->n_marked; i++)
		if (t->marked[i] == id)
			return true;
	return false;
}

static enum table_result toggle_mark(struct table *t)
{
	int64_t id = table_selected_id(t);

	if (!(t->flags & TABLE_MULTI) || id == NO_ID)
		return TABLE_NOT_MINE;
	for (size_t i = 0; i < t->n_marked; i++)
		if (t->marked[i] == id) {
			t->marked[i] = t->marked[--t->n_marked];
			return TABLE_MOVED;
		}
	t->marked = xrealloc(t->marked, t->n_marked + 1, sizeof *t->marked);
	t->marked[t->n_marked++] = id;
	if (t->sel + 1 < table_count(t))
		choose(t, t->sel + 1);
	return TABLE_MOVED;
}

void table_mark_all(struct table *t, bool on)
{
	size_t n = on ? table_count(t) : 0;

	t->n_marked = 0;
	t->marked = xrealloc(t->marked, n + 1, sizeof *t->marked);
	while (t->n_marked < n) {
		t->marked[t->n_marked] = id_at(t, t->n_marked);
		t->n_marked++;
	}
}

static enum table_result mark_each(struct table *t, bool on)
{
	if (!(t->flags & TABLE_MULTI))
		return TABLE_NOT_MINE;
	table_mark_all(t, on);
	return TABLE_MOVED;
}

static enum table_result digit(struct table *t, size_t n)
{
	size_t pos = t->top + n;

	if ((t->flags & TABLE_NO_NUMBERS) || n >= t->page || pos >= table_count(t))
		return TABLE_NOT_MINE;
	choose(t, pos);
	return TABLE_MOVED;
}

/* The next page begins where this one ends; after the last comes the first. */
static void next_page(struct table *t)
{
	size_t n = table_count(t), top = t->top + t->page;

	if (top >= n)
		top = 0;
	choose(t, top);
	t->top = top; /* a short last page stands alone */
}

static enum table_result page_by(struct table *t, bool down)
{
	size_t n = table_count(t);

	if (down)
		choose(t, t->sel + t->page < n ? t->sel + t->page : n);
	else
		choose(t, t->sel > t->page ? t->sel - t->page : 0);
	return TABLE_MOVED;
}

static enum table_result back(struct table *t)
{
	if (!t->filtering && !t->rows)
		return TABLE_NOT_MINE;
	clear_filter(t);
	return TABLE_MOVED;
}

static enum table_result open_row(struct table *t)
{
	t->filtering = false;
	return table_count(t) ? TABLE_OPENED : TABLE_NOT_MINE;
}

static enum table_result open_filter(struct table *t)
{
	t->filtering = true;
	return TABLE_MOVED;
}

enum table_result table_command(struct table *t, enum cmd cmd)
{
	if (cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9)
		return digit(t, (size_t)(cmd - CMD_ROW_1));
	switch ((int)cmd) {
	case CMD_UP:
		if (!t->sel)
			return TABLE_AT_TOP;
		choose(t, t->sel - 1);
		return TABLE_MOVED;
	case CMD_DOWN:
		choose(t, t->sel + 1);
		return TABLE_MOVED;
	case CMD_PAGE_UP:
		return page_by(t, false);
	case CMD_PAGE_DOWN:
		return page_by(t, true);
	case CMD_NEXT_PAGE:
		next_page(t);
		return TABLE_MOVED;
	case CMD_FIRST:
		choose(t, 0);
		return TABLE_MOVED;
	case CMD_LAST:
		choose(t, table_count(t));
		return TABLE_MOVED;
	case CMD_OPEN:
		return open_row(t);
	case CMD_MARK:
		return toggle_mark(t);
	case CMD_ADD:
	case CMD_STOP:
		return mark_each(t, cmd == CMD_ADD);
	case CMD_FILTER:
		return open_filter(t);
	case CMD_BACK:
		return back(t);
	default:
		return TABLE_NOT_MINE;
	}
}

/* ---- layout ------------------------------------------------------------------------------------------------------ */

static bool has_filter_line(const struct table *t)
{
	return t->filtering || t->rows;
}

static int head_rows(const struct table *t)
{
	return (t->flags & TABLE_NO_HEAD ? 0 : 1) + (has_filter_line(t) ? 1 : 0);
}

void table_layout(struct table *t, struct rect area)
{
	int rows = area.h - head_rows(t);
	size_t page = rows > 0 ? (size_t)rows : 1;

	if (page != t->page) {
		t->page = page;
		scroll(t);
	}
}

enum table_result table_click(struct table *t, struct rect area, int y, int x)
{
	int row = y - area.y - head_rows(t);
	size_t pos = t->top + (size_t)(row > 0 ? row : 0);

	if (row < 0 || (size_t)row >= t->page || pos >= table_count(t) || x < area.x || x >= area.x + area.w)
		return TABLE_NOT_MINE;
	if (pos == t->sel)
		return TABLE_OPENED;
	choose(t, pos);
	return TABLE_MOVED;
}

/* Columns of the sign, the number and the mark before the first cell. */
static int gutter(const struct table *t)
{
	return 1 + (t->flags & TABLE_NO_NUMBERS ? 0 : 2) + (t->flags & TABLE_MULTI ? 2 : 0) + 1;
}

static int needed(const struct table *t, const bool *shown)
{
	int w = 0;

	for (size_t i = 0; i < t->n_cols; i++)
		w += shown[i] ? t->cols[i].min + 1 : 0;
	return w;
}

/* The shown column that may be dropped first; n_cols: none. */
static size_t most_droppable(const struct table *t, const bool *shown)
{
	size_t best = t->n_cols;

	for (size_t i = 0; i < t->n_cols; i++)
		if (shown[i] && t->cols[i].drop && (best == t->n_cols || t->cols[i].drop >= t->cols[best].drop))
			best = i;
	return best;
}

/* Width of every column, 0 = dropped. */
static void share(const struct table *t, int room, int *widths)
{
	bool shown[MAX_COLUMNS];
	int weights = 0, left, given = 0;

	for (size_t i = 0; i < t->n_cols; i++)
		shown[i] = true;
	while (needed(t, shown) - 1 > room && most_droppable(t, shown) < t->n_cols)
		shown[most_droppable(t, shown)] = false;
	left = room - (needed(t, shown) - 1);
	if (left < 0)
		left = 0;
	for (size_t i = 0; i < t->n_cols; i++)
		weights += shown[i] ? t->cols[i].weight : 0;
	for (size_t i = 0; i < t->n_cols; i++) {
		widths[i] = shown[i] ? t->cols[i].min : 0;
		if (shown[i] && weights) {
			int more = left * t->cols[i].weight / weights;

			widths[i] += more;
			given += more;
		}
	}
	for (size_t i = 0; weights && i < t->n_cols; i++)
		if (shown[i] && t->cols[i].weight) {
			widths[i] += left - given; /* what rounding left */
			return;
		}
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static void draw_cell(const struct column *c, struct canvas *cv, int y, int x, int w, enum face face, const char *s)
{
	if (c->right && canvas_width(cv, s) <= w)
		canvas_right(cv, y, x, w, face, s);
	else
		canvas_clip(cv, y, x, w, face, s);
}

static void draw_head(const struct table *t, struct canvas *cv, int y, struct rect area, const int *widths)
{
	int x = area.x + gutter(t), end = area.x + area.w;

	canvas_fill(cv, (struct rect){ y, area.x, 1, area.w }, FACE_HEAD);
	for (size_t i = 0; i < t->n_cols; i++) {
		int w = widths[i] < end - x ? widths[i] : end - x;

		if (widths[i] && t->cols[i].head && *t->cols[i].head)
			draw_cell(&t->cols[i], cv, y, x, w, FACE_HEAD, gettext(t->cols[i].head));
		x += widths[i] ? widths[i] + 1 : 0;
	}
}

static void draw_gutter(const struct table *t, struct canvas *cv, size_t pos, int y, int x, enum face face, bool chosen)
{
	const char *mark = t->model->mark ? t->model->mark(t->ctx, model_row(t, pos)) : NULL;
	size_t n = pos - t->top + 1;

	if (mark && *mark)
		canvas_text(cv, y, x, 1, face, mark);
	else if (chosen)
		canvas_text(cv, y, x, 1, face, "▶");
	x++;
	if (!(t->flags & TABLE_NO_NUMBERS)) {
		if (n <= 9)
			canvas_textf(cv, y, x, 1, face == FACE_FOCUS ? face : FACE_KEY, "%zu", n);
		x += 2;
	}
	if ((t->flags & TABLE_MULTI) && table_is_marked(t, id_at(t, pos)))
		canvas_text(cv, y, x, 1, face, "✓");
}

static void draw_row(const struct table *t, struct canvas *cv, size_t pos, int y, struct rect area, const int *widths,
	bool focus)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;
	size_t row = model_row(t, pos);
	bool chosen = pos == t->sel, reverse = chosen && focus;
	int x = area.x + gutter(t), end = area.x + area.w;

	if (reverse)
		canvas_fill(cv, (struct rect){ y, area.x, 1, area.w }, FACE_FOCUS);
	draw_gutter(t, cv, pos, y, area.x, reverse ? FACE_FOCUS : FACE_NORMAL, chosen);
	for (size_t i = 0; i < t->n_cols; i++) {
		enum face face = t->model->face ? t->model->face(t->ctx, row, i) : FACE_NORMAL;
		int w = widths[i] < end - x ? widths[i] : end - x;

		if (!widths[i])
			continue;
		sbuf_clear(&tmp);
		draw_cell(&t->cols[i], cv, y, x, w, reverse ? FACE_FOCUS : face,
			t->model->cell(t->ctx, row, i, &tmp));
		x += widths[i] + 1;
	}
	if (reverse && !t->filtering)
		canvas_park(cv, y, area.x);
}

static void draw_filter(const struct table *t, struct canvas *cv, int y, struct rect area)
{
	int used = canvas_text(cv, y, area.x + 1, area.w - 1, FACE_KEY, "/");

	used += canvas_text(cv, y, area.x + 1 + used, 1, FACE_NORMAL, " ");
	edit_draw(&t->filter, cv, y, area.x + 1 + used, 30, t->filtering ? FACE_EDITING : FACE_INPUT, t->filtering);
	canvas_textf(cv, y, area.x + 34 + used, area.w - 34 - used, FACE_HINT, _("%zu of %zu"), table_count(t),
		t->model->count(t->ctx));
}

void table_draw(const struct table *t, struct canvas *cv, struct rect area, bool focus)
{
	int widths[MAX_COLUMNS];
	size_t n = table_count(t);
	int y = area.y;

	share(t, area.w - gutter(t), widths);
	if (has_filter_line(t))
		draw_filter(t, cv, y++, area);
	if (!(t->flags & TABLE_NO_HEAD))
		draw_head(t, cv, y++, area, widths);
	if (!n)
		canvas_wrap(cv, (struct rect){ y, area.x + 1, area.y + area.h - y, area.w - 1 }, FACE_HINT,
			t->rows ? _("No row holds this text. Esc shows all.") : t->empty ? gettext(t->empty) : "");
	for (size_t pos = t->top; pos < n && pos < t->top + t->page && y < area.y + area.h; pos++, y++)
		draw_row(t, cv, pos, y, area, widths, focus);
}
