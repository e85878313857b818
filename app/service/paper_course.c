/* The follow-up form as it lies in the drawer: one line an item, the year's visits side by side; a combined sheet is the
 * form of each of its programmes. */
#include "app/base/date.h"
#include "app/programmes/combined.h"
#include "app/programmes/programmes.h"
#include "app/service/paper_int.h"
#include "app/service/records.h"
#include "db/stmt.h"

/* The stored visits of the year up to this one's day, at most three, the newest last. */
static bool earlier_visits(struct paper *p, struct err *err)
{
	struct stmt *st = stmt_get(p->app->db, "paper_followups");
	const int32_t day = record_day(p->rec, "date");
	int64_t rows[PAPER_VISITS];
	char from[DATE_LEN], to[DATE_LEN];
	size_t n = 0;
	bool row, ok = true;

	stmt_bind_int(st, "resident", record_row(p->app, KIND_RESIDENT, record_text(p->rec, "resident")));
	stmt_bind_text(st, "programme", record_text(p->rec, "programme"));
	stmt_bind_int(st, "self", *p->rec->meta.id ? record_row(p->app, KIND_FOLLOWUP, p->rec->meta.id) : 0);
	snprintf(from, sizeof from, "%04d-01-01", day == NO_DAY ? 0 : date_year(day));
	stmt_bind_text(st, "from", from);
	stmt_bind_text(st, "to", day == NO_DAY ? "" : date_iso(day, to));
	while (n < PAPER_VISITS - 1 && (ok = stmt_step(st, &row, err)) && row)
		rows[n++] = stmt_int(st, 0);
	stmt_done(&st);
	while (ok && n > 0) { /* newest first */
		struct record *visit;

		ok = record_load_row(p->app, rows[--n], p->mem, &visit, NULL, err);
		if (ok)
			p->visits[p->n_visits++] = visit;
	}
	return ok;
}

static bool read_visits(struct paper *p, struct err *err)
{
	p->n_visits = 0;
	if (!earlier_visits(p, err))
		return false;
	p->visits[p->n_visits++] = p->rec;
	return true;
}

static void put_head(struct paper *p)
{
	static const struct paper_line head[] = {
		PAPER_L("姓名: {resident.name}    性别: {resident.sex}    年龄: {resident.age}    编号: {resident.tail}",
			"Name: {resident.name}    Sex: {resident.sex}    Age: {resident.age}    File no.: {resident.tail}"),
	};

	paper_begin(p, term_text(&p->rec->form->title));
	paper_wide(p, CELL_STYLE_PAPER_TITLE, term_text(&p->rec->form->title), 2);
	paper_lines(p, head, N_ELEMENTS(head));
}

static bool put_programme(struct paper *p, const struct programme *of, struct err *err)
{
	if (of->yearly_visits != 1 && !read_visits(p, err))
		return false;
	put_head(p);
	if (of->paper)
		paper_lines(p, of->paper, of->n_paper);
	else
		paper_fields(p);
	paper_wide(p, CELL_STYLE_PAPER_LINE, p->app->clinic.name, 2);
	return true;
}

bool paper_followup(struct paper *p, struct err *err)
{
	const struct combined *c = combined_of(p->rec->form);
	const struct record *sheet = p->rec;

	if (!c)
		return put_programme(p, programme_by_form(sheet->form), err);
	for (size_t i = 0; i < c->n; i++) {
		p->rec = combined_part(sheet, i, p->mem);
		if (!put_programme(p, c->programmes[i], err))
			return false;
	}
	p->rec = sheet;
	return true;
}
