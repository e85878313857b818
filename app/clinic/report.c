#include "app/clinic/report.h"

#include <assert.h>

#include "app/base/date.h"
#include "app/base/utf8.h"

enum { WIDTH_MAX = 60 };

struct report *report_new(const char *period, const char *title, const char *org, int32_t cutoff)
{
	struct report *rep = xcalloc(1, sizeof *rep);

	rep->period = arena_strdup(&rep->mem, period);
	rep->title = arena_strdup(&rep->mem, title);
	rep->org = arena_strdup(&rep->mem, org);
	rep->cutoff = cutoff;
	return rep;
}

static void sheet_free(struct sheet *sh)
{
	free(sh->cells);
	free(sh->starts);
	free(sh);
}

void report_free(struct report *rep)
{
	if (!rep)
		return;
	for (size_t i = 0; i < rep->n_sheets; i++)
		sheet_free(rep->sheets[i]);
	free(rep->sheets);
	arena_release(&rep->mem);
	free(rep);
}

void report_auto_free(struct report **rep)
{
	report_free(*rep);
}

void report_set_mark(struct report *rep, const char *mark)
{
	assert(rep->n_sheets == 0);
	rep->mark = mark ? arena_strdup(&rep->mem, mark) : NULL;
}

void report_set_stamp(struct report *rep, const char *stamp)
{
	rep->stamp = stamp ? arena_strdup(&rep->mem, stamp) : NULL;
}

struct sheet *report_sheet(struct report *rep, enum sheet_kind kind, const char *name)
{
	struct sheet *sh = xcalloc(1, sizeof *sh);

	sh->report = rep;
	sh->kind = kind;
	sh->name = arena_strdup(&rep->mem, name);
	rep->sheets = xrealloc(rep->sheets, rep->n_sheets + 1, sizeof(struct sheet *));
	rep->sheets[rep->n_sheets++] = sh;
	if (rep->mark)
		sheet_line(sh, CELL_STYLE_MARK, rep->mark);
	return sh;
}

size_t report_cells(const struct report *rep)
{
	size_t n = 0;

	for (size_t i = 0; i < rep->n_sheets; i++)
		n += rep->sheets[i]->n_cells;
	return n;
}

void sheet_row(struct sheet *sh)
{
	if (sh->n_rows == sh->cap_rows) {
		sh->cap_rows = sh->cap_rows ? sh->cap_rows * 2 : 32;
		sh->starts = xrealloc(sh->starts, sh->cap_rows, sizeof *sh->starts);
	}
	sh->starts[sh->n_rows++] = sh->n_cells;
}

static bool overflows(enum cell_style style)
{
	return style == CELL_STYLE_TITLE || style == CELL_STYLE_NOTE || style == CELL_STYLE_MARK ||
		style == CELL_STYLE_PAPER_TITLE || style == CELL_STYLE_PAPER_LINE;
}

/* Columns of a cell on the screen, without making its text for the common kinds. */
static unsigned cell_columns(const struct cell *cell)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;

	if (cell->kind == CELL_EMPTY)
		return 0;
	if (cell->kind == CELL_DATE)
		return DATE_LEN - 1;
	if (cell->kind == CELL_TEXT)
		return (unsigned)utf8_width(cell->v.text);
	cell_text(cell, &tmp);
	return (unsigned)tmp.len;
}

static void widen(struct sheet *sh, size_t col, const struct cell *cell)
{
	unsigned width;

	if (sh->fixed[col] || overflows(cell->style))
		return;
	width = cell_columns(cell);
	if (width > WIDTH_MAX)
		width = WIDTH_MAX;
	if (width > sh->widths[col])
		sh->widths[col] = (uint16_t)width;
}

static void add(struct sheet *sh, const struct cell *cell)
{
	size_t col;

	assert(sh->n_rows > 0);
	col = sh->n_cells - sh->starts[sh->n_rows - 1];
	assert(col < SHEET_MAX_COLS);
	if (sh->n_cells == sh->cap_cells) {
		sh->cap_cells = sh->cap_cells ? sh->cap_cells * 2 : 256;
		sh->cells = xrealloc(sh->cells, sh->cap_cells, sizeof *sh->cells);
	}
	sh->cells[sh->n_cells++] = *cell;
	if (col >= sh->n_cols)
		sh->n_cols = col + 1;
	widen(sh, col, cell);
}

static void add_num(struct sheet *sh, enum cell_kind kind, enum cell_style style, int64_t num, unsigned places)
{
	const struct cell cell = { .kind = (uint8_t)kind, .style = (uint8_t)style, .places = (uint8_t)places,
		.v = { .num = num } };

	add(sh, &cell);
}

void sheet_empty(struct sheet *sh, enum cell_style style)
{
	add_num(sh, CELL_EMPTY, style, 0, 0);
}

void sheet_static(struct sheet *sh, enum cell_style style, const char *text)
{
	const struct cell cell = { .kind = CELL_TEXT, .style = (uint8_t)style, .v = { .text = text } };

	if (!text || !*text)
		sheet_empty(sh, style);
	else
		add(sh, &cell);
}

void sheet_text(struct sheet *sh, enum cell_style style, const char *text)
{
	sheet_static(sh, style, text && *text ? arena_strdup(&sh->report->mem, text) : NULL);
}

void sheet_code(struct sheet *sh, enum cell_style style, const char *text)
{
	sheet_text(sh, style, text);
	if (text && *text)
		sh->cells[sh->n_cells - 1].kind = CELL_CODE;
}

void sheet_int(struct sheet *sh, enum cell_style style, int64_t num)
{
	add_num(sh, CELL_INT, style, num, 0);
}

void sheet_decimal(struct sheet *sh, enum cell_style style, int64_t num, unsigned places)
{
	assert(places <= 6);
	add_num(sh, CELL_DECIMAL, style, num, places);
}

void sheet_percent(struct sheet *sh, enum cell_style style, int64_t hundredths)
{
	add_num(sh, CELL_PERCENT, style, hundredths, 2);
}

void sheet_date(struct sheet *sh, enum cell_style style, int32_t day)
{
	if (day == NO_DAY)
		sheet_empty(sh, style);
	else
		add_num(sh, CELL_DATE, style, day, 0);
}

void sheet_span(struct sheet *sh, unsigned cols)
{
	const enum cell_style style = sh->cells[sh->n_cells - 1].style;

	assert(cols >= 1 && cols <= SHEET_MAX_COLS);
	sh->cells[sh->n_cells - 1].span = (uint8_t)cols;
	for (unsigned i = 1; i < cols; i++)
		sheet_empty(sh, style);
}

void sheet_down(struct sheet *sh, size_t row, size_t col, size_t rows)
{
	assert(row + rows <= sh->n_rows && rows <= UINT8_MAX);
	sh->cells[sh->starts[row] + col].rows = (uint8_t)rows;
}

void sheet_lines(struct sheet *sh, unsigned lines)
{
	assert(lines <= UINT8_MAX);
	sh->cells[sh->n_cells - 1].lines = (uint8_t)lines;
}

void sheet_line(struct sheet *sh, enum cell_style style, const char *text)
{
	sheet_row(sh);
	sheet_text(sh, style, text);
}

void sheet_head_row(struct sheet *sh)
{
	assert(sh->n_rows > 0);
	sh->head_last = sh->n_rows - 1;
	if (!sh->has_head)
		sh->head_first = sh->head_last;
	sh->has_head = true;
}

void sheet_width(struct sheet *sh, size_t col, unsigned width)
{
	assert(col < SHEET_MAX_COLS && width <= WIDTH_MAX);
	sh->widths[col] = (uint16_t)width;
	sh->fixed[col] = true;
}

const struct cell *sheet_cells(const struct sheet *sh, size_t row, size_t *n)
{
	size_t end = row + 1 < sh->n_rows ? sh->starts[row + 1] : sh->n_cells;

	assert(row < sh->n_rows);
	*n = end - sh->starts[row];
	return sh->cells + sh->starts[row];
}

unsigned sheet_col_width(const struct sheet *sh, size_t col)
{
	assert(col < SHEET_MAX_COLS);
	return sh->widths[col] ? sh->widths[col] : 1;
}

static void scaled_text(int64_t num, unsigned places, struct sbuf *out)
{
	uint64_t abs = num < 0 ? 0 - (uint64_t)num : (uint64_t)num, unit = 1;

	for (unsigned i = 0; i < places; i++)
		unit *= 10;
	sbuf_addf(out, "%s%llu", num < 0 ? "-" : "", (unsigned long long)(abs / unit));
	if (places)
		sbuf_addf(out, ".%0*llu", (int)places, (unsigned long long)(abs % unit));
}

void cell_text(const struct cell *cell, struct sbuf *out)
{
	char iso[DATE_LEN];

	switch ((enum cell_kind)cell->kind) {
	case CELL_EMPTY:
		break;
	case CELL_TEXT:
	case CELL_CODE:
		sbuf_adds(out, cell->v.text);
		break;
	case CELL_INT:
	case CELL_DECIMAL:
		scaled_text(cell->v.num, cell->places, out);
		break;
	case CELL_PERCENT:
		scaled_text(cell->v.num, 2, out);
		sbuf_addc(out, '%');
		break;
	case CELL_DATE:
		sbuf_adds(out, date_iso((int32_t)cell->v.num, iso));
		break;
	}
}

/* Tabs and line ends inside a text would look like the next cell or row. */
static void dump_cell(const struct cell *cell, struct sbuf *out)
{
	size_t at = out->len;

	cell_text(cell, out);
	for (; at < out->len; at++)
		if (out->s[at] == '\t' || out->s[at] == '\n')
			out->s[at] = ' ';
}

void sheet_dump(const struct sheet *sh, struct sbuf *out)
{
	for (size_t r = 0; r < sh->n_rows; r++) {
		size_t n;
		const struct cell *cells = sheet_cells(sh, r, &n);

		for (size_t c = 0; c < n; c++) {
			if (c)
				sbuf_addc(out, '\t');
			dump_cell(&cells[c], out);
		}
		sbuf_addc(out, '\n');
	}
}

void report_dump(const struct report *rep, struct sbuf *out)
{
	char iso[DATE_LEN];

	sbuf_addf(out, "%s\t%s\t%s\t%s\n", rep->period, rep->title, rep->org, date_iso(rep->cutoff, iso));
	for (size_t i = 0; i < rep->n_sheets; i++) {
		sbuf_addf(out, "== %s\n", rep->sheets[i]->name);
		sheet_dump(rep->sheets[i], out);
	}
}
