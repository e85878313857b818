/* Who stands behind a figure: first those that are missing in the numerator and why, then the others.  The same rows as on
 * the workbook's list sheet. */
#include "screens/report_people.h"

#include "app/base/mem.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

enum { COLUMNS_MAX = 16 };

struct people {
	const struct sheet *sheet;
	size_t code;      /* column of the indicator; n_cols = the sheet has none: everybody on it */
	size_t *rows;     /* rows of the sheet */
	size_t n;
	size_t lacking;   /* of them not in the numerator */
	size_t cols[COLUMNS_MAX];
};

struct report_people_screen {
	struct people people;
	struct column columns[COLUMNS_MAX];
	char heads[COLUMNS_MAX][48];
	struct table table;
	const struct indicator *indicator;
};

static const struct cell *cell_of(const struct sheet *sh, size_t row, size_t col)
{
	size_t n;
	const struct cell *cells = sheet_cells(sh, row, &n);

	return col < n ? &cells[col] : NULL;
}

static bool is_text(const struct cell *c, const char *text)
{
	return c && c->kind == CELL_TEXT && !strcmp(c->v.text, text);
}

/* The list sheet that has a column of this code. */
static const struct sheet *find_sheet(const struct report *rep, const char *code, size_t *col)
{
	for (size_t i = 0; i < rep->n_sheets; i++) {
		const struct sheet *sh = rep->sheets[i];

		if (sh->kind != SHEET_LIST || !sh->has_head)
			continue;
		for (size_t c = 0; c < sh->n_cols; c++)
			if (is_text(cell_of(sh, sh->head_last, c), code)) {
				*col = c;
				return sh;
			}
	}
	return NULL;
}

static int flag_of(const struct people *p, size_t row)
{
	const struct cell *c = cell_of(p->sheet, row, p->code);

	return c && c->kind == CELL_INT ? c->v.num != 0 : -1;
}

/* Those that lack first: they are why one looks. */
static void collect(struct people *p)
{
	const struct sheet *sh = p->sheet;

	p->rows = xcalloc(sh->n_rows + 1, sizeof *p->rows);
	for (int want = 0; want <= 1; want++) {
		for (size_t r = sh->head_last + 1; r < sh->n_rows; r++)
			if (flag_of(p, r) == want)
				p->rows[p->n++] = r;
		if (!want)
			p->lacking = p->n;
	}
}

/* Columns of other indicators are left out. */
static bool is_flag_column(const struct sheet *sh, size_t col)
{
	const struct cell *c = cell_of(sh, sh->head_last, col);

	return c && c->kind == CELL_TEXT && strlen(c->v.text) <= 4 && c->v.text[0] >= 'A' && c->v.text[0] <= 'Z' &&
		strpbrk(c->v.text, "0123456789") && strcmp(c->v.text, "ICD-10") != 0;
}

static size_t make_columns(struct report_people_screen *st)
{
	const struct sheet *sh = st->people.sheet;
	size_t n = 0;

	for (size_t c = 0; c < sh->n_cols && n < COLUMNS_MAX; c++) {
		AUTO_SBUF struct sbuf head = SBUF_INIT;
		const struct cell *cell = cell_of(sh, sh->head_last, c);

		if (c != st->people.code && is_flag_column(sh, c))
			continue;
		if (cell)
			cell_text(cell, &head);
		snprintf(st->heads[n], sizeof st->heads[n], "%s", head.len ? head.s : " ");
		st->columns[n] = (struct column){ .head = st->heads[n], .min = (int)sheet_col_width(sh, c) < 20 ?
			(int)sheet_col_width(sh, c) : 20, .weight = n == 0 || c + 1 == sh->n_cols ? 1 : 0,
			.drop = c == st->people.code || n == 0 ? 0 : (int)c };
		st->people.cols[n++] = c;
	}
	return n;
}

static size_t row_count(const void *ctx)
{
	return ((const struct people *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return (int64_t)((const struct people *)ctx)->rows[row];
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct people *p = ctx;
	const struct cell *c = cell_of(p->sheet, p->rows[row], p->cols[col]);

	if (p->cols[col] == p->code)
		return flag_of(p, p->rows[row]) ? "✓" : _("lacking");
	if (c)
		cell_text(c, tmp);
	return tmp->s;
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct people *p = ctx;

	if (p->cols[col] != p->code)
		return FACE_NORMAL;
	return flag_of(p, p->rows[row]) ? FACE_DONE : FACE_DUE;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct report_people_arg *a = arg;
	struct report_people_screen *st = state;
	size_t n;

	(void)ui;
	st->indicator = a->indicator;
	st->people.sheet = find_sheet(a->result->report, a->indicator->code, &st->people.code);
	if (!st->people.sheet)
		return err_set(err, ERR_NOT_FOUND, _("There is no list of people behind this figure."));
	collect(&st->people);
	n = make_columns(st);
	table_init(&st->table, st->columns, n, &model, &st->people, 0);
	st->table.empty = N_("Nobody.");
	table_reload(&st->table);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct report_people_screen *st = state;

	(void)ui;
	table_release(&st->table);
	free(st->people.rows);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct report_people_screen *)state)->table, ui_body_below(ui, 1));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct report_people_screen *st = state;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, "%s %s", st->indicator->code, term_text(&st->indicator->name));
	status_header(ui, cv, left.s, NULL);
	canvas_textf(cv, r.y, r.x + 1, r.w - 2, FACE_HINT, _("%s: %zu; lacking: %zu"), term_text(&st->indicator->numerator),
		st->people.n - st->people.lacking, st->people.lacking);
	table_draw(&st->table, cv, ui_body_below(ui, 1), true);
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	enum table_result r = table_command(&((struct report_people_screen *)state)->table, cmd);

	(void)ui;
	return r == TABLE_NOT_MINE || r == TABLE_OPENED ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct report_people_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct report_people_screen *)state)->table);
}

static const struct binding keys[] = {
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen report_people_screen = {
	.name = "report-people",
	.title = N_("The people behind a figure"),
	.state_size = sizeof(struct report_people_screen),
	.keys = keys,
	.open = open,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.command = command,
	.key = key,
	.close = close,
};
