/* Typed columns that a kind derives from its record. */
#include "app/base/date.h"
#include "app/clinic/exam.h"
#include "app/clinic/programme.h"
#include "app/clinic/states.h"
#include "app/programmes/programmes.h"
#include "app/service/record_int.h"

const struct programme *programme_of(const struct record *rec)
{
	const char *code = record_text(rec, "programme");

	return code ? programme_by_code(code) : NULL;
}

static void num(struct derived *d, const char *name, int64_t n)
{
	d->col[d->n].name = name;
	d->col[d->n].is_text = false;
	d->col[d->n++].num = n;
}

static void text(struct derived *d, const char *name, const char *s)
{
	d->col[d->n].name = name;
	d->col[d->n].is_text = true;
	d->col[d->n++].text = s;
}

static void add_proves(enum kind_id kind, const struct record *rec, bool face, struct derived *d)
{
	record_proves(kind, rec, face, &d->proves);
	if (*d->proves.items)
		text(d, "d_proves", d->proves.items);
}

static void forget(struct known *k)
{
	k->person = NULL;
	arena_clear(&k->person_mem);
}

static bool read_person(struct app *app, int64_t row, struct err *err)
{
	struct known *k = app->known;

	if (k->person && k->person_row == row)
		return true;
	forget(k);
	k->person_row = row;
	return record_load_row(app, row, &k->person_mem, &k->person, NULL, err);
}

void person_keep(struct app *app, int64_t row, const struct record *rec)
{
	struct known *k = app->known;

	forget(k);
	k->person_row = row;
	k->person = record_copy(&k->person_mem, rec);
}

static bool derive_followup(struct app *app, const struct record *rec, int64_t resident, struct derived *d,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct programme *p = programme_of(rec);
	struct form_context fcx = { .today = NO_DAY, .last_visit = NO_DAY };
	AUTO_SBUF struct sbuf value = SBUF_INIT;
	struct visit_ctx cx;
	struct measured v;
	struct visit_state a;
	bool face = followup_is_face_to_face(rec);

	if (resident && !read_person(app, resident, err))
		return false;
	fcx.resident = resident ? app->known->person : NULL;
	num(d, "d_blank", !face && record_is_blank(rec));
	num(d, "d_face", face);
	num(d, "d_complete", record_is_complete(rec, &fcx, &mem));
	add_proves(KIND_FOLLOWUP, rec, face, d);
	if (!p)
		return true;
	visit_ctx_of_record(p, rec, &fcx, &cx);
	programme_state(&cx, &a);
	if (programme_measure(p) && measure_taken(programme_measure(p), rec, &v)) {
		measure_format(programme_measure(p), &v, &value);
		text(d, "d_value", arena_strdup(rec->mem, value.s));
	}
	num(d, "d_measured", a.measured);
	if (a.measured)
		num(d, "d_controlled", a.controlled);
	num(d, "d_adr", a.adr);
	num(d, "d_comp", a.comp);
	num(d, "d_emergency", a.emergency);
	return true;
}

/* Key groups are counted over everybody, so the list's codes stand in a column. */
static void derive_resident(const struct record *rec, struct derived *d)
{
	const struct value *list = record_get(rec, "past_disease");
	AUTO_SBUF struct sbuf codes = SBUF_INIT;

	if (list->kind != V_LIST)
		return;
	for (size_t i = 0; i < list->n_items; i++) {
		const char *code = record_text(list->items[i], "code");

		if (code)
			sbuf_addf(&codes, "%s%s", codes.len ? "," : "", code);
	}
	if (codes.len)
		text(d, "d_past_diseases", arena_strdup(rec->mem, codes.s));
}

static void derive_visit(const struct record *rec, struct derived *d)
{
	const struct value *list = record_get(rec, "diagnosis");

	if (list->kind == V_LIST && list->n_items)
		text(d, "d_icd10", record_text(list->items[0], "icd10"));
	add_proves(KIND_VISIT, rec, false, d);
}

/* R1 and R2 count a referral on the day it was accepted, or went further at once. */
static void derive_referral(struct app *app, const struct record *rec, char *day, struct derived *d)
{
	const char *status = record_text(rec, "status"), *answered = record_text(rec, "answered_at");

	if (!status || !referral_counts(referral_state_by_name(status)))
		return;
	if (answered && strlen(answered) >= 10)
		snprintf(day, DATE_LEN, "%.10s", answered);
	else
		date_iso(app_today(app), day);
	text(d, "d_reached_on", day);
}

/* Laboratory and pictures, or the doctor's judgement: something that can be given back. */
static bool has_results(const struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (exam_is_result(f) && !value_is_empty(&rec->values[i]))
			return true;
	}
	return false;
}

static bool has_measured(const struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++)
		if ((rec->form->fields[i].flags & FIELD_MEASURED) && !value_is_empty(&rec->values[i]))
			return true;
	return false;
}

/* Who only stood at the desk of an examination day has not been examined. */
static bool derive_exam(struct app *app, const struct record *rec, int64_t resident, struct derived *d, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct form_context fcx = { .today = NO_DAY, .last_visit = NO_DAY };
	bool results = has_results(rec);

	if (resident && !read_person(app, resident, err))
		return false;
	fcx.resident = resident ? app->known->person : NULL;
	num(d, "d_complete", record_is_complete(rec, &fcx, &mem));
	num(d, "d_results", results);
	num(d, "d_examined", results || has_measured(rec) || value_is_empty(record_get(rec, "exam_day")));
	num(d, "d_abnormal", (int64_t)exam_abnormal(rec, fcx.resident ? record_text(fcx.resident, "sex") : NULL, NULL, 0));
	return true;
}

bool record_derive(struct app *app, enum kind_id kind, const struct record *rec, int64_t resident, struct derived *out,
	struct err *err)
{
	if (kind == KIND_FOLLOWUP)
		return derive_followup(app, rec, resident, out, err);
	if (kind == KIND_EXAM)
		return derive_exam(app, rec, resident, out, err);
	if (kind == KIND_RESIDENT)
		derive_resident(rec, out);
	if (kind == KIND_VISIT)
		derive_visit(rec, out);
	if (kind == KIND_REFERRAL)
		derive_referral(app, rec, out->scratch, out);
	return true;
}
