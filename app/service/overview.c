#include "app/service/overview.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/clinic/states.h"
#include "app/programmes/programmes.h"
#include "app/service/calls.h"
#include "app/service/care.h"
#include "app/service/disputed.h"
#include "app/service/rows.h"
#include "db/stmt.h"

const char *record_name(struct app *app, enum kind_id kind, const char *id, struct arena *mem)
{
	int64_t row = id && *id ? record_row(app, kind, id) : 0;
	const struct kind *k = kind_by_id(kind);
	struct record *rec;
	struct err err;
	const char *name;

	if (!row || !k->label_key || !record_load_row(app, row, mem, &rec, NULL, &err))
		return "";
	name = record_text(rec, k->label_key);
	return name ? name : "";
}

/* ---- one line about a record ----------------------------------------------------------------------------------------- */

static void add_field(const struct record *rec, const char *key, const char *before, struct sbuf *out)
{
	const struct field *f = form_field(rec->form, key);
	const struct value *v = record_get(rec, key);

	if (!f || value_is_empty(v))
		return;
	sbuf_adds(out, before);
	if (v->kind == V_CODE) {
		const struct code *c = field_code(f, v->text);

		sbuf_adds(out, c ? term_text(&c->term) : v->text);
	} else {
		field_format(f, v, false, out);
	}
}

static void sum_followup(struct app *app, const struct record *rec, struct sbuf *out)
{
	const struct programme *p = programme_of(rec);
	AUTO_SBUF struct sbuf value = SBUF_INIT;

	(void)app;
	if (p)
		sbuf_addf(out, _("%s follow-up"), term_text(&p->title));
	else
		sbuf_adds(out, term_text(&rec->form->title));
	if (programme_measure(p) && measure_words(programme_measure(p), rec, &value))
		sbuf_addf(out, " %s", value.s);
	if (record_is_blank(rec))
		sbuf_addf(out, " %s", _("(nothing filled in)"));
	add_field(rec, "class", " ", out);
	if (p && p->result) {
		AUTO_SBUF struct sbuf more = SBUF_INIT;

		p->result(rec, &more);
		sbuf_addf(out, "%s%s", more.len ? " " : "", more.s);
	}
	add_field(rec, "referral_reason", " ", out);
}

static void sum_visit(struct app *app, const struct record *rec, struct sbuf *out)
{
	const struct value *list = record_get(rec, "diagnosis");

	(void)app;
	sbuf_adds(out, _("Visit"));
	if (record_is(rec, "status", "registered") && record_num(rec, "queue_no", 0))
		sbuf_addf(out, _(" waiting, no. %lld"), (long long)record_num(rec, "queue_no", 0));
	for (size_t i = 0; i < list->n_items; i++) {
		const char *text = record_text(list->items[i], "text");

		if (!text)
			text = record_text(list->items[i], "icd10");
		sbuf_addf(out, " %s", text ? text : "");
	}
	if (!list->n_items)
		add_field(rec, "complaint", " ", out);
	add_field(rec, "treatment", " ", out);
}

static void sum_referral(struct app *app, const struct record *rec, struct sbuf *out)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *org = record_name(app, KIND_ORGANISATION, record_text(rec, "to_org"), &mem);

	add_field(rec, "direction", "", out);
	if (!*org)
		org = record_text(rec, "to_org_text") ? record_text(rec, "to_org_text") : "";
	sbuf_addf(out, " %s", org);
	add_field(rec, "to_department", " ", out);
	add_field(rec, "status", " ", out);
	add_field(rec, "answer_text", " ", out);
}

static void sum_contract(struct app *app, const struct record *rec, struct sbuf *out)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *status = record_text(rec, "status");

	sbuf_addf(out, "%s %s", _("Contract"), record_name(app, KIND_TEAM, record_text(rec, "team"), &mem));
	add_field(rec, "end", _(" until "), out);
	sbuf_addf(out, " %s", term_text(&contract_states[contract_state_on(contract_state_by_name(status ? status : ""),
		record_day(rec, "end"), app_today(app))].term));
}

static void sum_service(struct app *app, const struct record *rec, struct sbuf *out)
{
	(void)app;
	add_field(rec, "item", "", out);
	add_field(rec, "content", " ", out);
}

static void sum_enrolment(struct app *app, const struct record *rec, struct sbuf *out)
{
	const struct programme *p = programme_of(rec);

	(void)app;
	sbuf_addf(out, _("Enrolled: %s"), p ? term_text(&p->title) : "");
	if (!record_is(rec, "status", "active"))
		add_field(rec, "status", " ", out);
}

static void sum_screening(struct app *app, const struct record *rec, struct sbuf *out)
{
	AUTO_SBUF struct sbuf value = SBUF_INIT;

	(void)app;
	sbuf_adds(out, _("Screening"));
	if (measure_words(&measure_bp, rec, &value))
		sbuf_addf(out, " %s", value.s);
	add_field(rec, "bp_result", " ", out);
	add_field(rec, "fpg", " ", out);
	add_field(rec, "glucose_result", " ", out);
	add_field(rec, "confirmed", " ", out);
	add_field(rec, "no_reading", " ", out);
}

static void sum_exam(struct app *app, const struct record *rec, struct sbuf *out)
{
	(void)app;
	sbuf_adds(out, _("Examination"));
	add_field(rec, "result_summary", " ", out);
}

static void sum_call(struct app *app, const struct record *rec, struct sbuf *out)
{
	(void)app;
	sbuf_adds(out, _("Telephone: "));
	call_words(rec, out);
}

static void sum_refusal(struct app *app, const struct record *rec, struct sbuf *out)
{
	const struct programme *p = programme_of(rec);

	(void)app;
	sbuf_adds(out, _("Refused:"));
	add_field(rec, "what", " ", out);
	if (p)
		sbuf_addf(out, " %s", term_text(&p->title));
	add_field(rec, "detail", " ", out);
	add_field(rec, "reason", ", ", out);
	add_field(rec, "ask_again", _(", ask again "), out);
}

static void sum_notice(struct app *app, const struct record *rec, struct sbuf *out)
{
	(void)app;
	sbuf_adds(out, _("Report card"));
	add_field(rec, "disease", " ", out);
	add_field(rec, "status", " ", out);
}

static void sum_consultation(struct app *app, const struct record *rec, struct sbuf *out)
{
	(void)app;
	sbuf_adds(out, term_text(&kind_by_id(KIND_CONSULTATION)->term));
	add_field(rec, "reason", " ", out);
}

void record_summary(struct app *app, enum kind_id kind, const struct record *rec, struct sbuf *out)
{
	static void (*const by_kind[KIND_MAX])(struct app *, const struct record *, struct sbuf *) = {
		[KIND_FOLLOWUP] = sum_followup, [KIND_VISIT] = sum_visit,         [KIND_REFERRAL] = sum_referral,
		[KIND_CONTRACT] = sum_contract, [KIND_ENROLMENT] = sum_enrolment, [KIND_EXAM] = sum_exam,
		[KIND_SCREENING] = sum_screening, [KIND_CALL] = sum_call,         [KIND_REFUSAL] = sum_refusal,
		[KIND_SERVICE] = sum_service,
		[KIND_NOTICE] = sum_notice,     [KIND_CONSULTATION] = sum_consultation,
	};

	if (by_kind[kind])
		by_kind[kind](app, rec, out);
	else {
		const struct kind *k = kind_by_id(kind);

		sbuf_adds(out, term_text(&k->term));
		if (k->label_key)
			add_field(rec, k->label_key, " ", out);
	}
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : NULL;
}

static size_t menu_place(const char *code)
{
	size_t n, i = 0;
	const struct programme *const *all = programmes(&n);

	while (i < n && strcmp(all[i]->code, code) != 0)
		i++;
	return i;
}

/* Rosters in the order of the menus. */
static int by_menu(const void *a, const void *b)
{
	const struct overview_programme *x = a, *y = b;
	size_t i = menu_place(x->programme), k = menu_place(y->programme);

	return (i > k) - (i < k);
}

static bool read_programmes(struct app *app, struct arena *mem, struct overview *o, struct err *err)
{
	int64_t last[OVERVIEW_PROGRAMMES] = { 0 }, drugs[OVERVIEW_PROGRAMMES] = { 0 };
	struct stmt *st = stmt_get(app->db, "overview_programmes");
	bool row, ok = true;

	stmt_bind_int(st, "resident", o->row);
	while (o->n_programmes < OVERVIEW_PROGRAMMES && (ok = stmt_step(st, &row, err)) && row) {
		struct overview_programme *p = &o->programmes[o->n_programmes];
		char id[RECORD_ID_MAX + 1] = "";

		record_id_of_row(app, stmt_int(st, 0), id);
		p->enrolment = arena_strdup(mem, id);
		p->programme = arena_strdup(mem, stmt_text(st, 1));
		p->since = kept(mem, stmt_text(st, 2));
		p->status = arena_strdup(mem, stmt_text(st, 3));
		p->due = kept(mem, stmt_text(st, 5));
		drugs[o->n_programmes] = stmt_int(st, 6);
		last[o->n_programmes++] = stmt_int(st, 4);
	}
	stmt_done(&st);
	for (size_t i = 0; ok && i < o->n_programmes; i++) {
		struct overview_programme *p = &o->programmes[i];

		if (last[i])
			ok = record_load_row(app, last[i], mem, &p->last, NULL, err);
		p->drugs = p->last;
		if (ok && drugs[i] && drugs[i] != last[i])
			ok = record_load_row(app, drugs[i], mem, &p->drugs, NULL, err);
	}
	qsort(o->programmes, o->n_programmes, sizeof *o->programmes, by_menu);
	return ok;
}

/* Of visits not so long ago that they cannot reach until today. */
static bool read_prescriptions(struct app *app, struct arena *mem, struct overview *o, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "overview_prescriptions");
	AUTO_FREE int64_t *rows = NULL;
	char today[DATE_LEN];
	size_t n;

	stmt_bind_int(st, "resident", o->row);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_int(st, "limit", OVERVIEW_PRESCRIPTIONS);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (; o->n_prescriptions < n; o->n_prescriptions++)
		if (!record_load_row(app, rows[o->n_prescriptions], mem, &o->prescriptions[o->n_prescriptions], NULL, err))
			return false;
	o->today = app_today(app);
	return true;
}

/* All that his programmes watch; blood pressure, of which there is something to say about everybody, where they watch
 * nothing. */
size_t overview_measures(const struct overview *o, const struct measure *out[SERIES_MEASURES])
{
	size_t n = 0;

	for (size_t i = 0; i < o->n_programmes; i++) {
		const struct programme *p = programme_by_code(o->programmes[i].programme);

		for (size_t k = 0; p && p->measures && p->measures[k] && n < SERIES_MEASURES; k++) {
			size_t at = 0;

			while (at < n && out[at] != p->measures[k])
				at++;
			if (at == n)
				out[n++] = p->measures[k];
		}
	}
	if (!n)
		out[n++] = &measure_bp;
	return n;
}

/* The limit at his age today, of the first programme that has one. */
static int64_t target_of(struct app *app, const struct overview *o, const struct measure *m)
{
	for (size_t i = 0; i < o->n_programmes; i++) {
		const struct programme *p = programme_by_code(o->programmes[i].programme);
		const struct target *t = p && m->target ? programme_target(p, m->target, o->age, app_today(app)) : NULL;

		if (t)
			return t->below;
	}
	return 0;
}

bool overview_series(struct app *app, const struct overview *o, const struct measure *m, struct series *out, struct err *err)
{
	if (!series_read(app, o->row, m, out, err))
		return false;
	out->target = target_of(app, o, m);
	return true;
}

static bool read_series(struct app *app, struct overview *o, struct err *err)
{
	const struct measure *measures[SERIES_MEASURES];

	overview_measures(o, measures);
	return overview_series(app, o, measures[0], &o->series, err);
}

static bool read_contract(struct app *app, struct arena *mem, struct overview *o, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "overview_contract");
	char today[DATE_LEN];
	int64_t row;

	o->team = "";
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_int(st, "resident", o->row);
	if (!stmt_value(st, &row, 0, err))
		return false;
	if (!row)
		return true;
	if (!record_load_row(app, row, mem, &o->contract, NULL, err))
		return false;
	o->team = record_name(app, KIND_TEAM, record_text(o->contract, "team"), mem);
	return true;
}

/* ---- words of the head ---------------------------------------------------------------------------------------------- */

void overview_allergies(const struct record *resident, struct sbuf *out)
{
	const struct field *f = form_field(resident->form, "drug_allergy");
	const char *other = record_text(resident, "drug_allergy_other");

	for (const struct code *c = f ? f->codes : NULL; c && c->code; c++)
		if (!c->exclusive && record_is(resident, "drug_allergy", c->code) && !(c->other && other))
			sbuf_addf(out, "%s%s", out->len ? " " : "", term_text(&c->term));
	if (other)
		sbuf_addf(out, "%s%s", out->len ? " " : "", other);
}

bool overview_timeline_total(struct app *app, int64_t resident_row, int64_t *total, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "overview_timeline_count");

	stmt_bind_int(st, "resident", resident_row);
	return stmt_value(st, total, 0, err);
}

static bool read_left(struct app *app, struct overview *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "overview_left");

	stmt_bind_int(st, "resident", out->row);
	return stmt_yes(st, &out->left, err);
}

bool overview_read(struct app *app, const char *resident, struct arena *mem, struct overview *out, struct err *err)
{
	*out = (struct overview){ .row = record_row(app, KIND_RESIDENT, resident) };
	if (!out->row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such resident."));
	out->row = record_survivor(app, out->row);
	if (!record_load_row(app, out->row, mem, &out->resident, NULL, err) ||
		!disputed_warnings(app, out->row, out->resident, &out->disputed_allergy, err) ||
		!care_read(app, out->resident, &out->care, err))
		return false;
	out->age = date_age(record_day(out->resident, "birth_date"), app_today(app));
	out->village = record_name(app, KIND_ORGANISATION, record_text(out->resident, "village"), mem);
	out->doctor = record_name(app, KIND_STAFF, record_text(out->resident, "responsible_doctor"), mem);
	return overview_timeline_total(app, out->row, &out->timeline_count, err) && read_programmes(app, mem, out, err) &&
		read_prescriptions(app, mem, out, err) &&
		read_series(app, out, err) && read_contract(app, mem, out, err) && read_left(app, out, err) &&
		worklist_tasks_of(app, out->row, mem, &out->due, &out->n_due, err);
}

/* Whose work it is: the doctor on the paper, else who entered it. */
static const char *author_of(const struct record *rec)
{
	static const char *const keys[] = { "doctor", "responsible", "responsible_doctor" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (form_index(rec->form, keys[i]) >= 0 && record_text(rec, keys[i]))
			return record_text(rec, keys[i]);
	return rec->meta.changed_by;
}

bool overview_timeline(struct app *app, int64_t resident_row, size_t offset, size_t limit, struct arena *mem,
	struct timeline_item **out, size_t *n, struct err *err)
{
	AUTO_FREE int64_t *rows = xcalloc(limit, sizeof *rows);
	struct stmt *st = stmt_get(app->db, "overview_timeline");
	bool row, ok = true;

	*n = 0;
	stmt_bind_int(st, "resident", resident_row);
	stmt_bind_text(st, "until", "9999");
	stmt_bind_int(st, "limit", (int64_t)limit);
	stmt_bind_int(st, "offset", (int64_t)offset);
	while (*n < limit && (ok = stmt_step(st, &row, err)) && row)
		rows[(*n)++] = stmt_int(st, 0);
	stmt_done(&st);
	*out = arena_alloc(mem, (*n + 1) * sizeof **out);
	for (size_t i = 0; ok && i < *n; i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		struct timeline_item *item = &(*out)[i];
		struct record *rec;
		const char *day;

		ok = record_load_row(app, rows[i], mem, &rec, &item->kind, err);
		if (!ok)
			break;
		record_summary(app, item->kind, rec, &text);
		day = record_text(rec, kind_by_id(item->kind)->date_key);
		item->id = rec->meta.id;
		item->day = day ? day : "";
		item->summary = arena_strdup(mem, text.s);
		item->by = record_name(app, KIND_STAFF, author_of(rec), mem);
		item->county = rec->meta.county;
	}
	return ok;
}
