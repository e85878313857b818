/* The follow-up form as it lies in the drawer: one line an item, the year's visits side by side. */
#include "app/base/date.h"
#include "app/service/paper_int.h"
#include "app/service/records.h"
#include "db/stmt.h"

enum { COLUMNS = 4, LABEL_WIDTH = 26, VALUE_WIDTH = 14 };

struct course {
	struct paper *p;
	const struct record *visits[COLUMNS];
	size_t n;
};

/* The stored visits of the year up to this one's day, the newest of them beside it. */
static bool read_visits(struct course *c, struct err *err)
{
	const struct record *rec = c->p->rec;
	struct stmt *st = stmt_get(c->p->app->db, "paper_followups");
	const int32_t day = record_day(rec, "date");
	int64_t rows[COLUMNS];
	char from[DATE_LEN], to[DATE_LEN];
	size_t n = 0;
	bool row, ok = true;

	stmt_bind_int(st, "resident", record_row(c->p->app, KIND_RESIDENT, record_text(rec, "resident")));
	stmt_bind_text(st, "programme", record_text(rec, "programme"));
	stmt_bind_int(st, "self", *rec->meta.id ? record_row(c->p->app, KIND_FOLLOWUP, rec->meta.id) : 0);
	snprintf(from, sizeof from, "%04d-01-01", day == NO_DAY ? 0 : date_year(day));
	stmt_bind_text(st, "from", from);
	stmt_bind_text(st, "to", day == NO_DAY ? "" : date_iso(day, to));
	while (n < COLUMNS - 1 && (ok = stmt_step(st, &row, err)) && row)
		rows[n++] = stmt_int(st, 0);
	stmt_done(&st);
	while (ok && n > 0) { /* newest first */
		struct record *visit;

		ok = record_load_row(c->p->app, rows[--n], c->p->mem, &visit, NULL, err);
		if (ok)
			c->visits[c->n++] = visit;
	}
	c->visits[c->n++] = rec;
	return ok;
}

/* The words of the codes stand once, beside the label. */
static void put_label(struct course *c, const struct field *f)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_adds(&text, field_label(f));
	if (*field_unit(f))
		sbuf_addf(&text, " (%s)", field_unit(f));
	for (const struct code *code = f->codes; code && code->code; code++)
		sbuf_addf(&text, " %s%s", code->code, term_text(&code->term));
	sheet_text(c->p->sh, CELL_STYLE_PAPER_BOX, text.s);
}

static void put_value(struct course *c, const struct field *f, size_t i)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct value *v = i < c->n ? record_get(c->visits[i], f->key) : NULL;

	if (v && (v->kind == V_LIST || v->kind == V_REF))
		paper_value(c->p, f, v, &text);
	else if (v)
		field_format(f, v, false, &text);
	sheet_text(c->p->sh, CELL_STYLE_PAPER_ITEM, text.s);
}

static void put_field(struct course *c, const struct field *f)
{
	sheet_row(c->p->sh);
	put_label(c, f);
	for (size_t i = 0; i < COLUMNS; i++)
		put_value(c, f, i);
}

static void put_head(struct course *c)
{
	AUTO_SBUF struct sbuf who = SBUF_INIT;

	sheet_width(c->p->sh, 0, LABEL_WIDTH);
	for (size_t i = 1; i <= COLUMNS; i++)
		sheet_width(c->p->sh, i, VALUE_WIDTH);
	sheet_row(c->p->sh);
	sheet_text(c->p->sh, CELL_STYLE_PAPER_TITLE, term_text(&c->p->rec->form->title));
	sheet_span(c->p->sh, COLUMNS + 1);
	paper_fill(c->p, _("Name: {resident.name}    Sex: {resident.sex}    Age: {resident.age}    File no.: {resident.tail}"),
		"________", &who);
	sheet_row(c->p->sh);
	sheet_text(c->p->sh, CELL_STYLE_PAPER_LINE, who.s);
	sheet_span(c->p->sh, COLUMNS + 1);
}

bool paper_course(struct paper *p, struct err *err)
{
	struct course c = { .p = p };

	if (!read_visits(&c, err))
		return false;
	put_head(&c);
	for (size_t i = 0; i < p->rec->form->n_fields; i++) {
		const struct field *f = &p->rec->form->fields[i];

		if (!(f->flags & FIELD_HIDDEN))
			put_field(&c, f);
	}
	sheet_row(p->sh);
	sheet_text(p->sh, CELL_STYLE_PAPER_LINE, p->app->clinic.name);
	sheet_span(p->sh, COLUMNS + 1);
	return true;
}
