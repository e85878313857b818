#include "app/service/lab.h"

#include "app/clinic/exam.h"
#include "app/clinic/forms/forms.h"
#include "app/service/lab_int.h"

const char *lab_outcome_name(enum lab_outcome o)
{
	static const char *const names[] = { "taken", "unchanged", "differs", "unmatched", "faulty" };

	return names[o];
}

const struct term *lab_outcome_term(enum lab_outcome o)
{
	static const struct term terms[] = { { "已填入", "taken" }, { "已有", "there already" }, { "不一致", "differs" },
		{ "未匹配", "unmatched" }, { "有误", "faulty" } };

	return &terms[o];
}

struct lab_work {
	struct app *app;
	const struct lab_options *o;
	struct exam_day day;
	struct lab_columns cols;
	struct arena *mem;
	struct lab_result *out;
	size_t cap;
};

static const char *cell_at(const struct csv_record *r, int col)
{
	return col >= 0 && (size_t)col < r->n ? r->field[col] : NULL;
}

static struct lab_line *add_line(struct lab_work *w)
{
	struct lab_result *out = w->out;

	if (out->n == w->cap) {
		struct lab_line *bigger = arena_alloc(w->mem, (w->cap ? 2 * w->cap : 64) * sizeof *bigger);

		if (w->cap)
			memcpy(bigger, out->lines, w->cap * sizeof *bigger);
		out->lines = bigger;
		w->cap = w->cap ? 2 * w->cap : 64;
	}
	out->lines[out->n] = (struct lab_line){ .reason = "", .findings = "", .no = "", .name = "" };
	return &out->lines[out->n++];
}

/* ---- one line's values ------------------------------------------------------------------------------------------------------ */

static void add_reason(struct lab_work *w, struct lab_line *line, const char *text)
{
	line->reason = *line->reason ? arena_printf(w->mem, "%s %s", line->reason, text) : arena_strdup(w->mem, text);
}

static void say_differs(struct lab_work *w, struct lab_line *line, const struct field *f, const struct value *ours,
	const struct value *theirs)
{
	AUTO_SBUF struct sbuf a = SBUF_INIT, b = SBUF_INIT;

	field_format(f, ours, false, &a);
	field_format(f, theirs, false, &b);
	add_reason(w, line, arena_printf(w->mem, _("%s: here %s, on the sheet %s."), field_label(f), a.s, b.s));
}

/* True when the record was changed. */
static bool take_cell(struct lab_work *w, struct lab_line *line, struct record *rec, const struct field *f, const char *text)
{
	const struct value *ours = record_get(rec, f->key);
	struct value v;
	struct err err;

	if (!lab_cell(f, text, w->mem, &v, &err)) {
		line->outcome = LAB_FAULTY;
		add_reason(w, line, err.message);
		return false;
	}
	if (value_is_empty(&v) || value_equal(ours, &v))
		return false;
	if (!value_is_empty(ours) && !w->o->update) {
		say_differs(w, line, f, ours, &v);
		if (line->outcome != LAB_FAULTY)
			line->outcome = LAB_DIFFERS;
		return false;
	}
	record_set(rec, f->key, &v);
	return true;
}

/* A value proves the station: blood was drawn, urine was given. */
static void tick(const struct exam_day *day, struct record *rec, const struct field *f)
{
	const char *station = !strncmp(f->key, "urine_", 6) ? "3" : "2";
	AUTO_SBUF struct sbuf codes = SBUF_INIT;

	if (!record_is(day->rec, "stations", station) || record_is(rec, "stations", station))
		return;
	for (const struct code *c = form_field(rec->form, "stations")->codes; c->code; c++)
		if (record_is(rec, "stations", c->code) || !strcmp(c->code, station))
			sbuf_addf(&codes, "%s%s", codes.len ? "," : "", c->code);
	record_set_text(rec, "stations", codes.s);
}

static bool take_values(struct lab_work *w, const struct csv_record *r, struct lab_line *line, struct record *rec)
{
	bool changed = false;

	for (size_t i = 0; i < w->cols.n && i < r->n; i++) {
		const struct field *f = w->cols.field[i];

		if (!f || !take_cell(w, line, rec, f, r->field[i]))
			continue;
		tick(&w->day, rec, f);
		changed = true;
	}
	return changed;
}

static void tell_findings(struct lab_work *w, struct lab_line *line, const struct record *rec, const char *sex)
{
	const struct field *found[64];
	size_t n = exam_abnormal(rec, sex, found, N_ELEMENTS(found));
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	line->abnormal = (int)n;
	for (size_t i = 0; i < n && i < N_ELEMENTS(found); i++) {
		sbuf_adds(&b, i ? "; " : "");
		exam_value_text(rec, found[i], sex, &b);
	}
	line->findings = arena_strdup(w->mem, b.s);
}

static bool take_line(struct lab_work *w, const struct csv_record *r, struct err *err)
{
	const struct save_options o = { .confirm_all = true, .reason = _("laboratory sheet") };
	struct lab_line *line = add_line(w);
	struct save_result result;
	const struct exam_guest *g;
	struct record *rec;

	line->line = r->line;
	line->no = arena_strdup(w->mem, cell_at(r, w->cols.no) ? cell_at(r, w->cols.no) : "");
	line->name = arena_strdup(w->mem, cell_at(r, w->cols.name) ? cell_at(r, w->cols.name) : "");
	g = lab_match(&w->day, line->no, line->name, w->mem, &line->reason);
	if (!g) {
		line->outcome = LAB_UNMATCHED;
		return true;
	}
	line->exam = g->exam;
	line->outcome = LAB_TAKEN;
	if (!record_load(w->app, KIND_EXAM, g->exam, w->mem, &rec, err))
		return false;
	if (take_values(w, r, line, rec)) {
		if (!w->o->dry_run && !records_save(w->app, kind_by_id(KIND_EXAM), rec, &o, w->mem, &result, err))
			return false;
		line->stored = !w->o->dry_run;
	} else if (line->outcome == LAB_TAKEN) {
		line->outcome = LAB_UNCHANGED;
	}
	tell_findings(w, line, rec, g->sex);
	return true;
}

/* ---- the sheet ---------------------------------------------------------------------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
	const struct lab_line *x = a, *y = b;
	bool ux = x->outcome == LAB_UNMATCHED, uy = y->outcome == LAB_UNMATCHED;

	if (ux != uy)
		return ux - uy;
	if (x->abnormal != y->abnormal)
		return x->abnormal < y->abnormal ? 1 : -1;
	return (x->line > y->line) - (x->line < y->line);
}

static bool read_sheet(struct lab_work *w, struct csv *csv, struct err *err)
{
	const struct csv_record *r;
	enum csv_next next = csv_next(csv, &r, err);

	if (next == CSV_END)
		return err_set(err, ERR_FORMAT, _("The file is empty."));
	if (next == CSV_FAILED || !lab_columns(&w->cols, r, w->mem, err))
		return false;
	while ((next = csv_next(csv, &r, err)) == CSV_RECORD)
		if (!take_line(w, r, err))
			return false;
	return next == CSV_END;
}

bool lab_import(struct app *app, const char *path, const struct lab_options *o, struct arena *mem, struct lab_result *out,
	struct err *err)
{
	AUTO_CSV struct csv *csv = NULL;
	struct lab_work w = { .app = app, .o = o, .mem = mem, .out = out };

	*out = (struct lab_result){ 0 };
	if (!exam_day_read(app, o->day, mem, &w.day, err) || !csv_open(&csv, path, err) || !read_sheet(&w, csv, err))
		return false;
	if (out->n)
		qsort(out->lines, out->n, sizeof *out->lines, compare_lines);
	for (size_t i = 0; i < out->n; i++)
		out->count[out->lines[i].outcome]++;
	out->ignored = w.cols.ignored;
	out->n_ignored = w.cols.n_ignored;
	return true;
}
