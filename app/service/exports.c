#include "app/service/exports.h"

#include "app/base/csv.h"
#include "app/base/date.h"
#include "app/base/path.h"
#include "app/base/strmap.h"
#include "app/programmes/programmes.h"
#include "app/report/outfile.h"
#include "app/report/xlsx.h"
#include "app/service/overview.h"
#include "app/service/paper.h"
#include "app/service/records.h"

enum { COLUMNS_MAX = SHEET_MAX_COLS, FLUSH_AT = 64 * 1024 };

static const struct {
	const char *what;
	enum kind_id kind;
} lists[] = {
	{ "residents", KIND_RESIDENT },
	{ "followups", KIND_FOLLOWUP },
	{ "contracts", KIND_CONTRACT },
	{ "referrals", KIND_REFERRAL },
};

/* Who it is about stands before each record that is about somebody. */
static const char *const person_keys[] = { "name", "sex", "birth_date", "id_number", "phone", "village", "group" };

struct column {
	const struct field *field;
	bool of_person;
};

/* Where the rows go: text at once, a workbook's sheet until all are there. */
struct export {
	struct app *app;
	const struct kind *kind;
	struct column columns[COLUMNS_MAX];
	size_t n_columns, rows;
	struct strmap names; /* of references, by id */
	struct arena one;    /* of one row */

	struct report *report; /* NULL: CSV */
	struct sheet *sheet;
	struct csv_writer csv;
	struct sbuf out;
	struct outfile file;
	struct err err; /* of a callback */
};

/* ---- columns ------------------------------------------------------------------------------------------------------------- */

/* A reference that people know by no name says nothing on a list, nor does what the program alone sets and nobody sees. */
static bool is_shown(const struct field *f)
{
	if ((f->flags & FIELD_HIDDEN) && (f->flags & FIELD_READONLY))
		return false;
	return f->type != V_REF || kind_by_name(f->ref)->label_key;
}

static void add_column(struct export *x, const struct field *f, bool of_person)
{
	for (size_t i = 0; i < x->n_columns; i++)
		if (!x->columns[i].of_person && !of_person && !strcmp(x->columns[i].field->key, f->key))
			return; /* another programme's form has it too */
	if (x->n_columns < COLUMNS_MAX)
		x->columns[x->n_columns++] = (struct column){ f, of_person };
}

static void add_form(struct export *x, const struct form_def *form)
{
	for (size_t i = 0; i < form->n_fields; i++)
		if (is_shown(&form->fields[i]) && strcmp(form->fields[i].key, "resident") != 0)
			add_column(x, &form->fields[i], false);
}

static void add_columns(struct export *x)
{
	const struct form_def *person = kind_by_id(KIND_RESIDENT)->form;
	const struct programme *const *all;
	size_t n;

	for (size_t i = 0; x->kind->id != KIND_RESIDENT && i < N_ELEMENTS(person_keys); i++)
		add_column(x, form_field(person, person_keys[i]), true);
	if (x->kind->form) {
		add_form(x, x->kind->form);
		return;
	}
	all = programmes(&n);
	for (size_t i = 0; i < n; i++)
		if (all[i]->followup)
			add_form(x, all[i]->followup);
}

/* ---- cells ----------------------------------------------------------------------------------------------------------------- */

static const char *name_of(struct export *x, const struct field *f, const char *id)
{
	const char *name = strmap_get(&x->names, id);

	if (!name)
		name = strmap_put(&x->names, id, record_name(x->app, kind_by_name(f->ref)->id, id, &x->one));
	return name;
}

static void add_words(const struct field *f, const char *codes, struct sbuf *out)
{
	while (*codes) {
		AUTO_FREE char *one = xstrndup(codes, strcspn(codes, ","));
		const struct code *c = field_code(f, one);

		sbuf_addf(out, "%s%s", out->len ? "; " : "", c ? term_text(&c->term) : one);
		codes += strlen(one);
		codes += *codes == ',';
	}
}

static const char *words(struct export *x, const struct field *f, const struct value *v);

static void add_item(struct export *x, const struct record *item, struct sbuf *out)
{
	bool first = true;

	if (out->len)
		sbuf_adds(out, "; ");
	for (size_t i = 0; i < item->form->n_fields; i++) {
		if (value_is_empty(&item->values[i]))
			continue;
		sbuf_addf(out, "%s%s", first ? "" : " ", words(x, &item->form->fields[i], &item->values[i]));
		first = false;
	}
}

/* As people read it, and as import reads it again. */
static const char *words(struct export *x, const struct field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (v->kind == V_REF)
		return name_of(x, f, v->text);
	if (v->kind == V_CODE || v->kind == V_CODES)
		add_words(f, v->text, &text);
	else if (v->kind == V_LIST)
		for (size_t i = 0; i < v->n_items; i++)
			add_item(x, v->items[i], &text);
	else
		field_format(f, v, false, &text);
	return arena_strdup(&x->one, text.s);
}

static bool is_number(const struct value *v)
{
	return v->kind == V_INT || v->kind == V_DECIMAL || v->kind == V_MONEY;
}

static void put_sheet_cell(struct export *x, const struct field *f, const struct value *v)
{
	struct date d;

	if (is_number(v))
		sheet_decimal(x->sheet, CELL_STYLE_PLAIN, v->num, v->kind == V_MONEY ? 2 : v->kind == V_INT ? 0 : f->places);
	else if (v->kind == V_DATE && date_parse(v->text, &d) == DATE_DAY)
		sheet_date(x->sheet, CELL_STYLE_PLAIN, date_day_number(&d));
	else
		sheet_text(x->sheet, CELL_STYLE_PLAIN, words(x, f, v));
}

/* Excel shows 18 digits of a CSV as 3.5E+17 and drops a zero in front; a tab behind them makes them text. */
static bool needs_tab(const struct value *v)
{
	size_t n = v->kind == V_TEXT ? strlen(v->text) : 0;

	return (n > 11 || (n > 1 && *v->text == '0')) && strspn(v->text, "0123456789") == n;
}

static void put_cell(struct export *x, const struct field *f, const struct value *v)
{
	if (x->report)
		put_sheet_cell(x, f, v);
	else if (is_number(v))
		csv_put_number(&x->csv, words(x, f, v));
	else
		csv_put(&x->csv, needs_tab(v) ? arena_printf(&x->one, "%s\t", v->text) : words(x, f, v));
}

static bool end_row(struct export *x, struct err *err)
{
	if (x->report)
		return true;
	csv_end_row(&x->csv);
	if (x->out.len < FLUSH_AT)
		return true;
	if (!path_file_write(&x->file.file, x->out.s, x->out.len, err))
		return false;
	sbuf_clear(&x->out);
	return true;
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

static bool put_headings(struct export *x, struct err *err)
{
	if (x->report)
		sheet_row(x->sheet);
	for (size_t i = 0; i < x->n_columns; i++)
		if (x->report)
			sheet_static(x->sheet, CELL_STYLE_HEAD, field_label(x->columns[i].field));
		else
			csv_put(&x->csv, field_label(x->columns[i].field));
	if (x->report)
		sheet_head_row(x->sheet);
	return end_row(x, err);
}

static bool put_row(struct export *x, const struct record *rec, struct err *err)
{
	const char *resident = x->kind->id == KIND_RESIDENT ? NULL : record_text(rec, "resident");
	struct record *person = NULL;

	if (resident && !record_load(x->app, KIND_RESIDENT, resident, &x->one, &person, err) && err->code != ERR_NOT_FOUND)
		return false;
	if (x->report)
		sheet_row(x->sheet);
	for (size_t i = 0; i < x->n_columns; i++) {
		const struct column *c = &x->columns[i];
		const struct record *from = c->of_person ? person : rec;
		/* a column is shared by programmes; a code is told in the words of its own paper */
		const struct field *own = from ? form_field(from->form, c->field->key) : NULL;

		put_cell(x, own ? own : c->field, from ? record_get(from, c->field->key) : &(const struct value){ 0 });
	}
	x->rows++;
	return end_row(x, err);
}

static bool each(void *ctx, const struct record *rec)
{
	struct export *x = ctx;
	bool ok = put_row(x, rec, &x->err);

	arena_clear(&x->one);
	return ok;
}

static bool put_rows(struct export *x, struct err *err)
{
	const struct list_query q = { .kind = x->kind };

	if (!put_headings(x, err) || !records_list(x->app, &q, each, x, err))
		return false;
	if (x->err.code == ERR_NONE)
		return true;
	*err = x->err;
	return false;
}

/* ---- files ----------------------------------------------------------------------------------------------------------------- */

static bool write_csv(struct export *x, const char *path, const char *scratch, struct err *err)
{
	AUTO_FREE char *dir = outfile_scratch(scratch, path, 0, err);

	if (!dir || !outfile_begin(&x->file, path, dir, err))
		return false;
	csv_start(&x->csv, &x->out);
	return put_rows(x, err) && path_file_write(&x->file.file, x->out.s, x->out.len, err) && outfile_commit(&x->file, err);
}

static bool write_xlsx(struct export *x, const char *path, const char *scratch, struct err *err)
{
	const char *title = term_text(&x->kind->term);
	AUTO_REPORT struct report *report = report_begin(x->app, "", title);
	/* One file, however long the list. */
	const struct xlsx_options opt = { .private_dir = scratch, .cells_max = SIZE_MAX };

	x->report = report;
	x->sheet = report_sheet(report, SHEET_LIST, title);
	return put_rows(x, err) && xlsx_write(report, path, &opt, NULL, err);
}

static bool choose(struct export *x, const char *what, const char *path, struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(lists); i++)
		if (!strcmp(lists[i].what, what))
			x->kind = kind_by_id(lists[i].kind);
	if (!x->kind) {
		err_set(err, ERR_UNKNOWN_KIND, _("There is no list \"%s\"."), what);
		return err_example(err, "residents followups contracts referrals");
	}
	if (path_has_ending(path, ".csv") || path_has_ending(path, ".xlsx"))
		return true;
	err_set(err, ERR_USAGE, _("The file's name ends with .csv or .xlsx."));
	return err_example(err, "residents.csv");
}

bool export_records(struct app *app, const char *what, const char *path, size_t *rows, struct err *err)
{
	struct export x = { .app = app, .out = SBUF_INIT, .file = OUTFILE_INIT };
	AUTO_FREE char *scratch = path_join(app->dir, "tmp");
	bool ok = choose(&x, what, path, err);

	if (ok) {
		add_columns(&x);
		ok = path_has_ending(path, ".csv") ? write_csv(&x, path, scratch, err) : write_xlsx(&x, path, scratch, err);
	}
	*rows = x.rows;
	outfile_abort(&x.file);
	strmap_release(&x.names);
	arena_release(&x.one);
	sbuf_release(&x.out);
	return ok;
}
