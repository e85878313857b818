#include "app/report/xlsx_rows.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/report/xlsx_text.h"

enum { FLUSH_AT = 256 * 1024 };

enum number_format number_format_of(const struct cell *cell)
{
	switch ((enum cell_kind)cell->kind) {
	case CELL_EMPTY:
	case CELL_TEXT:
	case CELL_CODE:
		break;
	case CELL_INT:
		return NF_INT;
	case CELL_PERCENT:
		return NF_PERCENT;
	case CELL_DATE:
		return cell->v.num < EXCEL_FIRST ? NF_GENERAL : NF_DATE;
	case CELL_DECIMAL:
		return cell->places ? (enum number_format)(NF_DECIMAL_1 + cell->places - 1) : NF_INT;
	}
	return NF_GENERAL;
}

static void put_num(struct sbuf *out, uint64_t n)
{
	char buf[24], *p = buf + sizeof buf;

	do {
		*--p = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	sbuf_add(out, p, (size_t)(buf + sizeof buf - p));
}

static void put_signed(struct sbuf *out, int64_t n)
{
	if (n < 0)
		sbuf_addc(out, '-');
	put_num(out, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

/* Exact, and as short as a spreadsheet writes it: 7850 with four places is 0.785. */
static void put_scaled(struct sbuf *out, int64_t n, unsigned places)
{
	const uint64_t abs = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	uint64_t unit = 1, rest;

	for (unsigned i = 0; i < places; i++)
		unit *= 10;
	if (n < 0)
		sbuf_addc(out, '-');
	put_num(out, abs / unit);
	rest = abs % unit;
	if (!rest)
		return;
	sbuf_addc(out, '.');
	for (unit /= 10; rest; unit /= 10) {
		sbuf_addc(out, (char)('0' + rest / unit));
		rest %= unit;
	}
}

static void put_escaped(struct sbuf *out, const char *s)
{
	for (;;) {
		const size_t n = strcspn(s, "&<>");

		sbuf_add(out, s, n);
		s += n;
		if (!*s)
			return;
		sbuf_adds(out, *s == '&' ? "&amp;" : *s == '<' ? "&lt;" : "&gt;");
		s++;
	}
}

static bool blank_ends(const char *s)
{
	const size_t n = strlen(s);

	return n && (s[0] == ' ' || s[0] == '\t' || s[0] == '\n' || s[n - 1] == ' ' || s[n - 1] == '\t' || s[n - 1] == '\n');
}

static void put_text(struct sbuf *out, const char *s)
{
	AUTO_SBUF struct sbuf clean = SBUF_INIT;

	if (!xlsx_text_is_plain(s)) {
		xlsx_cell_text(s, &clean);
		s = clean.s;
	}
	sbuf_adds(out, blank_ends(s) ? "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" : "\" t=\"inlineStr\"><is><t>");
	put_escaped(out, s);
	sbuf_adds(out, "</t></is></c>");
}

static void put_value(struct sbuf *out, const struct cell *cell)
{
	char iso[DATE_LEN];

	switch ((enum cell_kind)cell->kind) {
	case CELL_EMPTY:
		sbuf_adds(out, "\"/>");
		return;
	case CELL_TEXT:
	case CELL_CODE:
		put_text(out, cell->v.text);
		return;
	case CELL_DATE:
		if (cell->v.num < EXCEL_FIRST) {
			put_text(out, date_iso((int32_t)cell->v.num, iso));
			return;
		}
		sbuf_adds(out, "\"><v>");
		put_signed(out, cell->v.num - EXCEL_EPOCH);
		break;
	case CELL_PERCENT:
		sbuf_adds(out, "\"><v>");
		put_scaled(out, cell->v.num, 4);
		break;
	case CELL_INT:
	case CELL_DECIMAL:
		sbuf_adds(out, "\"><v>");
		put_scaled(out, cell->v.num, cell->places);
		break;
	}
	sbuf_adds(out, "</v></c>");
}

/* "AB": columns count A ... Z AA AB; SHEET_MAX_COLS is far below the three letters of Excel's last. */
static void put_column(struct sbuf *out, size_t col)
{
	if (col >= 26)
		sbuf_addc(out, (char)('A' + col / 26 - 1));
	sbuf_addc(out, (char)('A' + col % 26));
}

static void put_row(const struct row_insert *ins, const struct row_formats *f, size_t row, struct sbuf *out)
{
	size_t n;
	const struct cell *cells = sheet_cells(ins->sheet, row, &n);
	const uint64_t number = ins->at + (row - ins->first) + 1;

	sbuf_adds(out, "<row r=\"");
	put_num(out, number);
	sbuf_adds(out, "\">");
	for (size_t c = 0; c < n; c++) {
		sbuf_adds(out, "<c r=\"");
		put_column(out, c);
		put_num(out, number);
		sbuf_adds(out, "\" s=\"");
		put_signed(out, f->xf[cells[c].style][number_format_of(&cells[c])]);
		put_value(out, &cells[c]);
	}
	sbuf_adds(out, "</row>");
}

static bool put_rows(const struct row_insert *ins, const struct row_formats *f, struct zip_writer *to, struct err *err)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	for (size_t r = ins->first; r < ins->last; r++) {
		put_row(ins, f, r, &out);
		if (out.len < FLUSH_AT)
			continue;
		if (!zip_add(to, out.s, out.len, err))
			return false;
		sbuf_clear(&out);
	}
	return zip_add(to, out.s, out.len, err);
}

/* The library knows only the heads, so the sheet is larger than it says: <dimension ref="A1:J4"/>. */
static void put_dimension(const struct row_insert *ins, struct sbuf *out)
{
	sbuf_adds(out, "<dimension ref=\"A1:");
	put_column(out, ins->sheet->n_cols ? ins->sheet->n_cols - 1 : 0);
	put_num(out, ins->at + (ins->last - ins->first));
	sbuf_adds(out, "\"/>");
}

bool rows_write(const struct row_insert *ins, const struct row_formats *formats, const struct sbuf *xml,
	struct zip_writer *to, struct err *err)
{
	static const char rows_end[] = "</sheetData>", dimension[] = "<dimension ";
	const char *end = strstr(xml->s, rows_end), *dim = strstr(xml->s, dimension), *after = dim ? strstr(dim, "/>") : NULL;
	AUTO_SBUF struct sbuf head = SBUF_INIT;

	if (!end || !after || after > end)
		return err_system(err, ERR_IO, 0, _("The workbook could not be written."), "no rows in %s", ins->part);
	after += 2;
	sbuf_add(&head, xml->s, (size_t)(dim - xml->s));
	put_dimension(ins, &head);
	sbuf_add(&head, after, (size_t)(end - after));
	return zip_add(to, head.s, head.len, err) && put_rows(ins, formats, to, err) &&
		zip_add(to, end, xml->len - (size_t)(end - xml->s), err);
}
