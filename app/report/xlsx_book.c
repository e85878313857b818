/* First, because its headers hold functions that base.h forbids to us. */
#include <xlsxwriter.h>

#include "app/report/xlsx_book.h"

#include <fcntl.h>
#include <unistd.h>

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/report/xlsx_code.h"
#include "app/report/xlsx_text.h"

static const char *const number_formats[NF_COUNT] = { NULL, "0", "0.00%", "yyyy-mm-dd", "0.0", "0.00", "0.000", "0.0000",
	"0.00000", "0.000000" };

/* The font of Chinese office documents; where it lacks, another one stands in. */
static const char font[] = "宋体";

struct look {
	double size;
	bool bold, border, wrap;
	uint8_t align;
	lxw_color_t colour, fill; /* fill 0: none */
};

static const struct look looks[CELL_STYLE_COUNT] = {
	[CELL_STYLE_PLAIN] = { 11, .border = true },
	[CELL_STYLE_CENTRE] = { 11, .border = true, .align = LXW_ALIGN_CENTER },
	[CELL_STYLE_LABEL] = { 11, .border = true, .wrap = true },
	[CELL_STYLE_TOTAL] = { 11, .bold = true, .border = true, .fill = 0xF2F2F2 },
	[CELL_STYLE_HEAD] = { 11, .bold = true, .border = true, .wrap = true, .align = LXW_ALIGN_CENTER, .fill = 0xDCE6F1 },
	[CELL_STYLE_WARN] = { 11, .bold = true, .border = true, .wrap = true, .fill = 0xFFE0E0 },
	[CELL_STYLE_TITLE] = { 16, .bold = true },
	[CELL_STYLE_NOTE] = { 10, .colour = 0x595959 },
	[CELL_STYLE_MARK] = { 12, .bold = true, .colour = 0xC00000 },
	[CELL_STYLE_PAPER_TITLE] = { 16, .bold = true, .align = LXW_ALIGN_CENTER },
	[CELL_STYLE_PAPER_LINE] = { 11, .wrap = true },
	[CELL_STYLE_PAPER_ITEM] = { 11, .border = true, .wrap = true, .align = LXW_ALIGN_CENTER },
	[CELL_STYLE_PAPER_BOX] = { 11, .border = true, .wrap = true },
	[CELL_STYLE_PAPER_LARGE] = { 22, .bold = true, .border = true, .wrap = true },
};

/* One workbook being written. */
struct book {
	const struct report *rep;
	lxw_workbook *wb;
	lxw_format *formats[CELL_STYLE_COUNT][NF_COUNT];
	size_t rows_max;
	lxw_error rc; /* of the first call that failed */
	struct sbuf tmp;
	struct xlsx_rows *rows; /* of lists, put in afterwards */
	unsigned n_sheets;
};

static void note_error(struct book *bk, lxw_error rc)
{
	if (rc && !bk->rc)
		bk->rc = rc;
}

static lxw_format *make_format(struct book *bk, enum cell_style style, enum number_format nf)
{
	const struct look *look = &looks[style];
	lxw_format *f = workbook_add_format(bk->wb);

	if (!f) {
		note_error(bk, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return NULL;
	}
	format_set_font_name(f, font);
	format_set_font_size(f, look->size);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	if (look->bold)
		format_set_bold(f);
	if (look->border) {
		format_set_border(f, LXW_BORDER_THIN);
		format_set_border_color(f, 0x808080);
	}
	if (look->wrap)
		format_set_text_wrap(f);
	if (look->align || nf == NF_DATE)
		format_set_align(f, look->align ? look->align : LXW_ALIGN_CENTER);
	if (look->colour)
		format_set_font_color(f, look->colour);
	if (look->fill)
		format_set_bg_color(f, look->fill);
	if (number_formats[nf])
		format_set_num_format(f, number_formats[nf]);
	return f;
}

static lxw_format *format_for(struct book *bk, enum cell_style style, enum number_format nf)
{
	if (!bk->formats[style][nf])
		bk->formats[style][nf] = make_format(bk, style, nf);
	return bk->formats[style][nf];
}

static double unscale(int64_t num, unsigned places)
{
	double unit = 1;

	for (unsigned i = 0; i < places; i++)
		unit *= 10;
	return (double)num / unit;
}

static void put_text(struct book *bk, lxw_worksheet *ws, lxw_row_t r, lxw_col_t c, enum cell_style style, const char *s)
{
	if (xlsx_text_is_plain(s)) {
		note_error(bk, worksheet_write_string(ws, r, c, s, format_for(bk, style, NF_GENERAL)));
		return;
	}
	sbuf_clear(&bk->tmp);
	xlsx_cell_text(s, &bk->tmp);
	note_error(bk, worksheet_write_string(ws, r, c, bk->tmp.s, format_for(bk, style, NF_GENERAL)));
}

static void put_cell(struct book *bk, lxw_worksheet *ws, lxw_row_t r, lxw_col_t c, const struct cell *cell)
{
	const enum cell_style style = cell->style;
	const enum number_format nf = number_format_of(cell);
	double num = 0;
	char iso[DATE_LEN];

	switch ((enum cell_kind)cell->kind) {
	case CELL_EMPTY:
	case CELL_CODE: /* put_row() draws it */
		if (looks[style].border || looks[style].fill)
			note_error(bk, worksheet_write_blank(ws, r, c, format_for(bk, style, nf)));
		return;
	case CELL_TEXT:
		put_text(bk, ws, r, c, style, cell->v.text);
		return;
	case CELL_DATE:
		if (nf != NF_DATE) {
			put_text(bk, ws, r, c, style, date_iso((int32_t)cell->v.num, iso));
			return;
		}
		num = (double)(cell->v.num - EXCEL_EPOCH);
		break;
	case CELL_PERCENT:
		num = unscale(cell->v.num, 4);
		break;
	case CELL_DECIMAL:
	case CELL_INT:
		num = unscale(cell->v.num, cell->places);
		break;
	}
	note_error(bk, worksheet_write_number(ws, r, c, num, format_for(bk, style, nf)));
}

/* Lines that a text takes in a width; its own line ends count. */
static unsigned wrapped_lines(const char *text, unsigned width)
{
	unsigned lines = 0;

	for (;;) {
		char line[512];
		const size_t n = strcspn(text, "\n");

		snprintf(line, sizeof line, "%.*s", (int)n, text);
		lines += n ? ((unsigned)utf8_width(line) + width - 1) / width : 1;
		if (!text[n])
			return lines;
		text += n + 1;
	}
}

/* As add_worksheet() sets it, without the margins inside the cell. */
static unsigned width_of(const struct sheet *sh, size_t first, unsigned span)
{
	unsigned tenths = 0;

	for (unsigned i = 0; i < (span ? span : 1); i++)
		tenths += sheet_col_width(sh, first + i) * 11 + 20;
	return tenths / 10 > 2 ? tenths / 10 - 1 : 1;
}

/* Lines that the longest wrapped text of a row takes.  Neither Excel nor LibreOffice finds the height by itself. */
static unsigned lines_of(const struct sheet *sh, const struct cell *cells, size_t n)
{
	unsigned most = 1;

	for (size_t c = 0; c < n; c++) {
		unsigned lines = cells[c].lines;

		if (cells[c].kind == CELL_TEXT && cells[c].rows < 2 && looks[cells[c].style].wrap) {
			/* columns and lines are of the usual size */
			const unsigned large = looks[cells[c].style].size > 16 ? 2 : 1;
			const unsigned width = width_of(sh, c, cells[c].span) / large;
			const unsigned text = wrapped_lines(cells[c].v.text, width ? width : 1) * large;

			lines = text > lines ? text : lines;
		}
		most = lines > most ? lines : most;
	}
	return most;
}

/* The frame of a cell that goes over several columns or rows; what is in it is written by put_cell(). */
static void put_span(struct book *bk, lxw_worksheet *ws, lxw_row_t r, lxw_col_t c, const struct cell *cell)
{
	const lxw_row_t last = r + (cell->rows > 1 ? cell->rows - 1u : 0);
	const lxw_col_t right = (lxw_col_t)(c + (cell->span > 1 ? cell->span - 1 : 0));

	lxw_format *f = format_for(bk, cell->style, number_format_of(cell));

	if (last > r || right > c)
		note_error(bk, worksheet_merge_range(ws, r, c, last, right, NULL, f));
}

static void put_row(struct book *bk, lxw_worksheet *ws, lxw_row_t at, const struct sheet *sh, size_t row)
{
	enum { ROW_HEIGHT = 18, LINE_HEIGHT = 15, TITLE_HEIGHT = 26 };
	size_t n;
	const struct cell *cells = sheet_cells(sh, row, &n);
	const unsigned lines = lines_of(sh, cells, n);

	if (n && (cells[0].style == CELL_STYLE_TITLE || cells[0].style == CELL_STYLE_PAPER_TITLE))
		note_error(bk, worksheet_set_row(ws, at, TITLE_HEIGHT, NULL));
	else if (lines > 1)
		note_error(bk, worksheet_set_row(ws, at, ROW_HEIGHT + (lines - 1) * LINE_HEIGHT, NULL));
	for (size_t c = 0, wide; c < n; c += wide) {
		wide = cells[c].span > 1 ? cells[c].span : 1;
		put_span(bk, ws, at, (lxw_col_t)c, &cells[c]);
		put_cell(bk, ws, at, (lxw_col_t)c, &cells[c]);
		if (cells[c].kind == CELL_CODE) /* 96 pixels are 72 points */
			note_error(bk, (lxw_error)xlsx_put_code(ws, at, (lxw_col_t)c, cells[c].v.text,
				(int)(ROW_HEIGHT + (lines - 1) * LINE_HEIGHT) * 4 / 3));
	}
}

/* Texts of the print header: & begins a command there. */
static void add_escaped(struct sbuf *out, const char *s)
{
	for (; *s; s++)
		sbuf_adds(out, *s == '&' ? "&&" : (char[2]){ *s, '\0' });
}

static void print_setup(struct book *bk, lxw_worksheet *ws, const struct sheet *sh)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT, foot = SBUF_INIT, text = SBUF_INIT;

	worksheet_set_paper(ws, 9); /* A4 */
	if (sh->landscape)
		worksheet_set_landscape(ws);
	worksheet_fit_to_pages(ws, 1, sh->one_page ? 1 : 0);
	worksheet_set_margins(ws, 0.5, 0.5, 0.75, 0.75);
	worksheet_center_horizontally(ws);
	if (sh->has_head)
		note_error(bk, worksheet_repeat_rows(ws, (lxw_row_t)sh->head_first, (lxw_row_t)sh->head_last));
	sbuf_addf(&text, "%s%s%s", bk->rep->mark ? bk->rep->mark : "", bk->rep->mark ? "  " : "", bk->rep->title);
	sbuf_cut(&text, utf8_fit(text.s, 120)); /* Excel takes 255 characters in all */
	sbuf_adds(&head, "&C");
	add_escaped(&head, text.s);
	note_error(bk, worksheet_set_header(ws, head.s));
	sbuf_clear(&text);
	sbuf_adds(&text, bk->rep->org);
	sbuf_cut(&text, utf8_fit(text.s, 60));
	sbuf_adds(&foot, "&L");
	add_escaped(&foot, text.s);
	/* TRANSLATORS: &P and &N are commands of Excel: page number, number of pages. */
	sbuf_addf(&foot, "&C%s", _("Page &P of &N"));
	if (bk->rep->stamp) {
		sbuf_clear(&text);
		sbuf_adds(&text, bk->rep->stamp);
		sbuf_cut(&text, utf8_fit(text.s, 60));
		sbuf_adds(&foot, "&R");
		add_escaped(&foot, text.s);
	}
	note_error(bk, worksheet_set_footer(ws, foot.s));
}

static uint8_t lxw_chart_type_of(enum chart_type type)
{
	switch (type) {
	case CHART_BARS:
		return LXW_CHART_BAR;
	case CHART_LINES:
		return LXW_CHART_LINE;
	case CHART_COLUMNS:
	case CHART_NONE:
		break;
	}
	return LXW_CHART_COLUMN;
}

static size_t series_of(const struct chart_spec *spec)
{
	return spec->series ? spec->series : 1;
}

static bool all_numbers(const struct sheet *sh, const struct chart_spec *spec)
{
	for (size_t r = spec->first; r <= spec->last; r++) {
		size_t n;
		const struct cell *cells = sheet_cells(sh, r, &n);

		for (size_t c = spec->values; c < spec->values + series_of(spec); c++)
			if (c >= n || cells[c].kind == CELL_TEXT)
				return false;
	}
	return true;
}

static bool values_are_percent(const struct sheet *sh, const struct chart_spec *spec)
{
	size_t n;

	return sheet_cells(sh, spec->first, &n)[spec->values].kind == CELL_PERCENT;
}

static bool add_series(lxw_worksheet *ws, lxw_chart *chart, const struct chart_spec *spec, size_t i)
{
	const lxw_row_t first = (lxw_row_t)spec->first, last = (lxw_row_t)spec->last;
	const lxw_col_t names = (lxw_col_t)spec->categories, values = (lxw_col_t)(spec->values + i);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

	if (!series)
		return false;
	chart_series_set_categories(series, ws->name, first, names, last, names);
	chart_series_set_values(series, ws->name, first, values, last, values);
	if (spec->series)
		chart_series_set_name_range(series, ws->name, first - 1, values);
	else
		chart_series_set_labels(series);
	return true;
}

static void put_chart(struct book *bk, lxw_worksheet *ws, const struct sheet *sh)
{
	const struct chart_spec *spec = &sh->chart;
	lxw_chart_options place = { .x_offset = 4, .y_offset = 8, .x_scale = 1.4, .y_scale = 1.0 };
	bool ok = true;
	lxw_chart *chart;

	/* A text among the values makes Excel refuse the workbook. */
	if (spec->type == CHART_NONE || spec->last < spec->first || !all_numbers(sh, spec))
		return;
	chart = workbook_add_chart(bk->wb, lxw_chart_type_of(spec->type));
	for (size_t i = 0; chart && ok && i < series_of(spec); i++)
		ok = add_series(ws, chart, spec, i);
	if (!chart || !ok) {
		note_error(bk, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	chart_title_set_name(chart, spec->title);
	chart_legend_set_position(chart, spec->series ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
	chart_axis_set_min(chart->y_axis, 0);
	if (values_are_percent(sh, spec))
		chart_axis_set_num_format(chart->y_axis, "0%");
	note_error(bk, worksheet_insert_chart_opt(ws, (lxw_row_t)spec->at, (lxw_col_t)spec->at_col, chart, &place));
}

/* A name that this workbook has not got yet: 名单, 名单 (2) ... */
static void choose_name(struct book *bk, const char *name, unsigned part, struct sbuf *out)
{
	for (; part < 1000; part++) {
		sbuf_clear(out);
		xlsx_sheet_name(name, part, out);
		if (workbook_validate_sheet_name(bk->wb, out->s) == LXW_NO_ERROR)
			return;
	}
}

static lxw_worksheet *add_worksheet(struct book *bk, const struct sheet *sh, unsigned part)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;
	lxw_worksheet *ws;

	choose_name(bk, sh->name, part, &name);
	ws = workbook_add_worksheet(bk->wb, name.s);
	if (!ws) {
		note_error(bk, LXW_ERROR_SHEETNAME_ALREADY_USED);
		return NULL;
	}
	bk->n_sheets++;
	for (size_t c = 0; c < sh->n_cols; c++) {
		const double width = (double)sheet_col_width(sh, c) * 1.1 + 2;

		note_error(bk, worksheet_set_column(ws, (lxw_col_t)c, (lxw_col_t)c, width, NULL));
	}
	worksheet_set_default_row(ws, 18, LXW_FALSE);
	if (sh->has_head)
		worksheet_freeze_panes(ws, (lxw_row_t)sh->head_last + 1, (lxw_col_t)sh->frozen_cols);
	print_setup(bk, ws, sh);
	return ws;
}

/* Filter arrows on the header of a list; no green corners on telephone numbers. */
static void finish_list(struct book *bk, lxw_worksheet *ws, const struct sheet *sh, lxw_row_t rows)
{
	if (sh->kind != SHEET_LIST || !sh->has_head || sh->n_cols == 0 || rows <= sh->head_last + 1)
		return;
	note_error(bk, worksheet_autofilter(ws, (lxw_row_t)sh->head_last, 0, rows - 1, (lxw_col_t)(sh->n_cols - 1)));
	note_error(bk, worksheet_ignore_errors(ws, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:AN1048576"));
}

/* A list: the library writes the head, the rows are put in when it has closed the workbook.  Rows beyond what one sheet
 * of Excel holds go on on another one, below the same head. */
static void put_list(struct book *bk, const struct sheet *sh)
{
	const size_t n_head = sh->head_last + 1;
	const size_t room = bk->rows_max > n_head ? bk->rows_max - n_head : 1;
	unsigned part = 0;
	size_t done = n_head;

	do {
		const size_t n = sh->n_rows - done < room ? sh->n_rows - done : room;
		lxw_worksheet *ws = add_worksheet(bk, sh, ++part);
		struct row_insert *ins;

		for (size_t r = 0; r < n_head && ws; r++)
			put_row(bk, ws, (lxw_row_t)r, sh, r);
		if (!ws || bk->rc)
			return;
		finish_list(bk, ws, sh, (lxw_row_t)(n_head + n));
		bk->rows->inserts = xrealloc(bk->rows->inserts, bk->rows->n + 1, sizeof *bk->rows->inserts);
		ins = &bk->rows->inserts[bk->rows->n++];
		*ins = (struct row_insert){ .sheet = sh, .first = done, .last = done + n, .at = n_head };
		snprintf(ins->part, sizeof ins->part, "xl/worksheets/sheet%u.xml", bk->n_sheets);
		done += n;
	} while (done < sh->n_rows);
}

static void put_figures(struct book *bk, const struct sheet *sh)
{
	lxw_worksheet *ws = add_worksheet(bk, sh, 1);

	for (size_t r = 0; r < sh->n_rows && ws && !bk->rc; r++)
		put_row(bk, ws, (lxw_row_t)r, sh, r);
	if (ws && !bk->rc)
		put_chart(bk, ws, sh);
}

/* The rows of lists name formats by the library's numbers, which it gives to those that are asked for. */
static void number_formats_of_list(struct book *bk, const struct sheet *sh)
{
	for (size_t i = sh->starts[sh->head_last + 1]; i < sh->n_cells; i++) {
		const struct cell *cell = &sh->cells[i];
		const enum number_format nf = number_format_of(cell);
		lxw_format *f;

		if (bk->rows->formats.xf[cell->style][nf])
			continue;
		f = format_for(bk, cell->style, nf);
		if (f)
			bk->rows->formats.xf[cell->style][nf] = lxw_format_get_xf_index(f);
	}
}

static void put_sheet(struct book *bk, const struct sheet *sh)
{
	if (sh->kind != SHEET_LIST || !sh->has_head) {
		put_figures(bk, sh);
		return;
	}
	if (sh->head_last + 1 < sh->n_rows)
		number_formats_of_list(bk, sh);
	put_list(bk, sh);
}

static void set_properties(struct book *bk)
{
	const struct report *rep = bk->rep;
	AUTO_SBUF struct sbuf title = SBUF_INIT, org = SBUF_INIT, mark = SBUF_INIT;
	lxw_doc_properties props = { 0 };

	xlsx_cell_text(rep->title, &title);
	xlsx_cell_text(rep->org, &org);
	xlsx_cell_text(rep->mark ? rep->mark : "", &mark);
	sbuf_cut(&title, utf8_fit(title.s, 200)); /* a property takes 255 characters */
	sbuf_cut(&org, utf8_fit(org.s, 200));
	sbuf_cut(&mark, utf8_fit(mark.s, 200));
	props.title = title.s;
	props.company = org.s;
	props.comments = mark.s;
	props.created = (time_t)rep->cutoff * 86400 + 1; /* 0 would mean now */
	note_error(bk, workbook_set_properties(bk->wb, &props));
}

static bool belongs(const struct sheet *sh, enum xlsx_part part)
{
	return part == XLSX_ALL || (part == XLSX_LISTS) == (sh->kind == SHEET_LIST);
}

static lxw_error put_book(struct book *bk, enum xlsx_part part, const char *path, const char *scratch)
{
	AUTO_FREE char *tmpdir = xstrdup(scratch);
	lxw_workbook_options options = { .tmpdir = tmpdir };
	lxw_error rc;

	bk->wb = workbook_new_opt(path, &options);
	if (!bk->wb)
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	set_properties(bk);
	for (size_t i = 0; i < bk->rep->n_sheets && !bk->rc; i++)
		if (belongs(bk->rep->sheets[i], part))
			put_sheet(bk, bk->rep->sheets[i]);
	rc = workbook_close(bk->wb); /* frees it in any case */
	return bk->rc ? bk->rc : rc;
}

/* What the library prints to stderr would go through a running screen. */
struct hush {
	int err_fd;
};

static void hush_begin(struct hush *h)
{
	const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	fflush(stderr);
	h->err_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (null >= 0) {
		if (h->err_fd >= 0)
			dup2(null, STDERR_FILENO);
		close(null);
	}
}

static void hush_end(struct hush *h)
{
	fflush(stderr);
	if (h->err_fd >= 0) {
		dup2(h->err_fd, STDERR_FILENO);
		close(h->err_fd);
	}
}

bool xlsx_book(const struct report *rep, enum xlsx_part part, const char *path, const char *scratch, size_t rows_max,
	struct xlsx_rows *rows, struct err *err)
{
	struct book bk = { .rep = rep, .rows_max = rows_max, .rows = rows, .tmp = SBUF_INIT };
	struct hush hush;
	lxw_error rc;

	hush_begin(&hush);
	rc = put_book(&bk, part, path, scratch);
	hush_end(&hush);
	sbuf_release(&bk.tmp);
	if (rc == LXW_NO_ERROR)
		return true;
	return err_system(err, ERR_IO, (int)rc, _("The workbook could not be written."), "xlsxwriter: %s", lxw_strerror(rc));
}

void xlsx_rows_release(struct xlsx_rows *rows)
{
	free(rows->inserts);
	rows->inserts = NULL;
	rows->n = 0;
}
