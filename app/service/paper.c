#include "app/service/paper.h"

#include "app/base/date.h"
#include "app/base/path.h"
#include "app/report/xlsx.h"
#include "app/service/paper_int.h"

/* ---- rows -------------------------------------------------------------------------------------------------------- */

void paper_wide(struct paper *p, enum cell_style style, const char *text, unsigned lines)
{
	sheet_row(p->sh);
	sheet_text(p->sh, style, text);
	sheet_lines(p->sh, lines);
	sheet_span(p->sh, PAPER_COLS);
}

void paper_box(struct paper *p, const char *label, const char *text, unsigned lines)
{
	sheet_row(p->sh);
	sheet_text(p->sh, CELL_STYLE_PAPER_ITEM, label);
	sheet_lines(p->sh, lines);
	sheet_span(p->sh, PAPER_LABEL_COLS);
	sheet_text(p->sh, CELL_STYLE_PAPER_BOX, text);
	sheet_span(p->sh, PAPER_COLS - PAPER_LABEL_COLS);
}

void paper_cells(struct paper *p, enum cell_style first, const uint8_t *cols, const char *const *text, size_t n)
{
	sheet_row(p->sh);
	for (size_t i = 0; i < n; i++) {
		sheet_text(p->sh, i ? CELL_STYLE_PAPER_ITEM : first, text[i] ? text[i] : "");
		sheet_span(p->sh, cols[i]);
	}
}

/* Text outside the table of rows. */
static void free_line(struct paper *p, const struct paper_line *line)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	static const char cut[] = "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -";

	switch (line->part) {
	case PAPER_TITLE:
		paper_fill(p, term_text(&line->text), "________", &text);
		paper_wide(p, CELL_STYLE_PAPER_TITLE, text.s, 2);
		break;
	case PAPER_LINE:
		paper_fill(p, term_text(&line->text), "________", &text);
		if (text.len) /* an optional one may be empty */
			paper_wide(p, CELL_STYLE_PAPER_LINE, text.s, line->lines);
		break;
	case PAPER_BOX:
		paper_fill(p, term_text(&line->text), "", &text);
		paper_box(p, term_text(&line->label), text.s, line->lines);
		break;
	case PAPER_CUT:
		paper_wide(p, CELL_STYLE_PAPER_LINE, cut, 2);
		break;
	case PAPER_PAGE:
		paper_begin(p, term_text(&line->label));
		break;
	case PAPER_SECTION:
	case PAPER_GROUP:
	case PAPER_ASK:
	case PAPER_QUESTION:
	case PAPER_MARKS:
	case PAPER_FACT:
	case PAPER_PAIRS:
	case PAPER_TABLE:
		break;
	}
}

void paper_lines(struct paper *p, const struct paper_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (lines[i].part >= PAPER_SECTION) {
			paper_row(p, &lines[i]);
			continue;
		}
		paper_marks_end(p);
		free_line(p, &lines[i]);
	}
	paper_marks_end(p);
}

void paper_begin(struct paper *p, const char *name)
{
	p->sh = report_sheet(p->report, SHEET_FIGURES, name);
	p->sh->one_page = true;
	for (size_t i = 0; i < PAPER_COLS; i++)
		sheet_width(p->sh, i, PAPER_COL_WIDTH);
}

/* ---- forms without a layout: their fields ------------------------------------------------------------------------------ */

static bool is_printed(const struct paper *p, const struct field *f, const struct value *v)
{
	if (f->flags & FIELD_HIDDEN)
		return false;
	/* what only the county or a use case fills in is printed when it is there */
	return !(f->flags & (FIELD_READONLY | FIELD_COMPUTED)) || !value_is_empty(v) || !p->rec->meta.revision;
}

void paper_fields(struct paper *p)
{
	for (size_t i = 0; i < p->rec->form->n_fields; i++) {
		const struct field *f = &p->rec->form->fields[i];
		const struct value *v = &p->rec->values[i];

		if (is_printed(p, f, v))
			paper_ask(p, f, NULL);
	}
}

static void put_plain(struct paper *p)
{
	AUTO_SBUF struct sbuf who = SBUF_INIT;

	paper_wide(p, CELL_STYLE_PAPER_TITLE, term_text(&p->rec->form->title), 2);
	if (p->resident) {
		paper_fill(p, _("Name: {resident.name}    Sex: {resident.sex}    Age: {resident.age}    File no.: {resident.tail}"),
			"________", &who);
		paper_wide(p, CELL_STYLE_PAPER_LINE, who.s, 1);
	}
	paper_fields(p);
	paper_wide(p, CELL_STYLE_PAPER_LINE, p->app->clinic.name, 2);
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static bool read_resident(struct paper *p, struct err *err)
{
	const char *id = form_index(p->rec->form, "resident") >= 0 ? record_text(p->rec, "resident") : NULL;
	struct record *who;

	if (p->kind == KIND_RESIDENT)
		p->resident = p->rec;
	if (!id || !record_row(p->app, KIND_RESIDENT, id))
		return true;
	if (!record_load(p->app, KIND_RESIDENT, id, p->mem, &who, err))
		return false;
	p->resident = who;
	return true;
}

static bool put_record(struct paper *p, const char *title, struct err *err)
{
	const struct paper_layout *layout = paper_layout_of(p->kind);

	if (p->kind == KIND_FOLLOWUP)
		return paper_followup(p, err);
	paper_begin(p, title);
	p->sh->one_page = layout != NULL;
	if (!layout)
		put_plain(p);
	if (p->kind == KIND_CONTRACT)
		return paper_contract(p, layout, err);
	if (layout)
		paper_lines(p, layout->lines, layout->n);
	if (p->kind == KIND_VISIT)
		paper_prescriptions(p);
	return p->kind != KIND_RESIDENT || !record_is(p->rec, "status", "3") || !p->rec->meta.revision || paper_handover(p, err);
}

struct report *paper_report(struct app *app, enum kind_id kind, const struct record *rec, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct paper p = { .app = app, .kind = kind, .rec = rec, .mem = &mem };
	const char *title = term_text(&rec->form->title), *key = kind_by_id(kind)->date_key;
	const char *day = key ? record_text(rec, key) : NULL;
	struct report *rep = report_begin(app, day ? day : "", title);

	p.report = rep;
	if (read_resident(&p, err) && put_record(&p, title, err))
		return rep;
	report_free(rep);
	return NULL;
}

struct report *report_begin(const struct app *app, const char *period, const char *title)
{
	struct report *rep = report_new(period, title, app->clinic.name, app_today(app));

	if (app->clinic.practice)
		report_set_mark(rep, _("PRACTICE CLINIC: invented people, not real patients"));
	return rep;
}

bool paper_write_report(struct app *app, const struct report *rep, const char *path, struct err *err)
{
	AUTO_FREE char *scratch = path_join(app->dir, "tmp");
	const struct xlsx_options opt = { .private_dir = scratch };

	return xlsx_write(rep, path, &opt, NULL, err);
}

bool paper_write(struct app *app, enum kind_id kind, const struct record *rec, const char *path, struct err *err)
{
	AUTO_REPORT struct report *rep = paper_report(app, kind, rec, err);

	return rep && paper_write_report(app, rep, path, err);
}
