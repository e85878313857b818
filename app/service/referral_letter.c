#include "app/service/referral_letter.h"

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/clinic/schedule.h"
#include "app/service/disputed.h"
#include "app/service/directory.h"
#include "app/service/records.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

static void set_if(struct record *rec, const char *key, const char *text)
{
	if (text && *text && value_is_empty(record_get(rec, key)))
		record_set_text(rec, key, text);
}

static void add_part(struct sbuf *out, const char *between, const char *text)
{
	if (*text)
		sbuf_addf(out, "%s%s", out->len ? between : "", text);
}

/* A field as people read it, codes by their words; appended with its label when that is wanted. */
static void add_field(const struct record *rec, const char *key, bool label, struct sbuf *out)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct field *f = form_field(rec->form, key);
	const struct value *v = f ? record_get(rec, key) : NULL;

	if (!v || value_is_empty(v))
		return;
	if (label)
		sbuf_addf(&text, "%s ", field_label(f));
	if (v->kind == V_CODE || v->kind == V_CODES) {
		bool first = true;

		for (const struct code *c = f->codes; c->code; c++)
			if (value_has_code(v, c->code)) {
				sbuf_addf(&text, "%s%s", first ? "" : ", ", term_text(&c->term));
				first = false;
			}
	} else {
		field_format(f, v, false, &text);
	}
	add_part(out, "; ", text.s);
}

/* ---- from the follow-up -------------------------------------------------------------------------------------------------- */

/* Facts of a programme and the reason of the form they stand for, the gravest first. */
static const struct reason_of {
	const char *fact, *reason;
} reasons[] = {
	{ "emergency", "1" },
	{ "pregnant_raised", "7" },
	{ "comp", "4" },
	{ "adr_twice", "3" },
	{ "uncontrolled_twice", "2" },
	{ "other_disease", "8" },
};

static bool fact_holds(const struct programme *p, const struct advice *a, const char *key)
{
	for (size_t i = 0; i < p->n_facts; i++)
		if (!strcmp(p->facts[i].key, key))
			return a->facts >> i & 1;
	return false;
}

static void fill_reasons(struct record *rec, const struct programme *p, const struct advice *a)
{
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	const struct field *f = form_field(rec->form, "reason");

	/* In the order of the form's list, as a set of codes is stored. */
	for (const struct code *c = f->codes; c->code; c++)
		for (size_t i = 0; i < N_ELEMENTS(reasons); i++)
			if (!strcmp(reasons[i].reason, c->code) && fact_holds(p, a, reasons[i].fact))
				add_part(&codes, ",", c->code);
	set_if(rec, "reason", codes.s);
	if (a->state.emergency)
		set_if(rec, "urgency", "emergency");
}

/* The sentences of the advice: what the doctor would write as the reason. */
static void add_reasons(const struct advice *a, struct sbuf *out)
{
	for (size_t i = 0; i < a->n_reasons; i++)
		if (strcmp(a->reasons[i]->key, "open_referral") != 0 && strcmp(a->reasons[i]->key, "controlled") != 0)
			add_part(out, "; ", term_text(&a->reasons[i]->reason));
}

static void fill_illness(struct record *rec, const struct record *f, const struct form_context *cx, const struct advice *a)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, value = SBUF_INIT, line = SBUF_INIT;
	const struct measure *m = programme_measure(programme_of(f));
	const struct record *last = cx->previous;
	const char *day = record_text(f, "date");

	add_reasons(a, &text);
	if (m && measure_words(m, f, &value)) {
		sbuf_addf(&line, "%s %s: %s", term_text(&m->name), day ? day : "", value.s);
		sbuf_clear(&value);
		if (last && measure_words(m, last, &value))
			sbuf_addf(&line, ", %s: %s", record_text(last, "date"), value.s);
	}
	add_part(&text, "; ", line.s);
	if (!record_is(f, "symptoms", "1"))
		add_field(f, "symptoms", true, &text);
	add_field(f, "symptoms_other", false, &text);
	if (!record_is(f, "danger", "0"))
		add_field(f, "danger", true, &text);
	add_field(f, "signs", true, &text);
	add_field(f, "tests", true, &text);
	add_field(f, "referral_reason", false, &text);
	set_if(rec, "present_illness", text.s);
}

static void add_drug(const struct record *drug, struct sbuf *out)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *name = record_text(drug, "name"), *strength = record_text(drug, "strength");
	const char *dose = record_text(drug, "dose");

	sbuf_addf(&text, "%s%s%s", name ? name : "", strength ? " " : "", strength ? strength : "");
	if (record_num(drug, "times", 0))
		sbuf_addf(&text, _(" %lld a day"), (long long)record_num(drug, "times", 0));
	if (dose)
		sbuf_addf(&text, _(", each %s"), dose);
	add_part(out, "; ", text.s);
}

static void fill_treatment(struct record *rec, const struct record *f)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct value *drugs = record_get(f, "drugs");

	for (size_t i = 0; i < drugs->n_items; i++)
		add_drug(drugs->items[i], &text);
	add_field(f, "adherence", true, &text);
	if (!record_is(f, "adr", "1"))
		add_field(f, "adr", true, &text);
	add_field(f, "adr_other", false, &text);
	set_if(rec, "treatment", text.s);
}

static void fill_impression(struct record *rec, const struct programme *p, const struct record *f)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_adds(&text, term_text(&p->title));
	add_field(f, "class", false, &text);
	add_field(f, "complication_other", false, &text);
	set_if(rec, "impression", text.s);
}

static bool from_followup(struct app *app, struct record *rec, struct record *f, struct arena *mem, struct err *err)
{
	const struct programme *p = programme_of(f);
	struct form_context cx;
	struct advice a;

	if (!p || !records_context(app, kind_by_id(KIND_FOLLOWUP), f, mem, &cx, err))
		return !p;
	set_if(rec, "programme", p->code);
	set_if(rec, "source_followup", f->meta.id);
	if (followup_advice(f, &cx, &a)) {
		fill_reasons(rec, p, &a);
		fill_illness(rec, f, &cx, &a);
	}
	fill_impression(rec, p, f);
	fill_treatment(rec, f);
	set_if(rec, "to_org_text", record_text(f, "referral_org"));
	set_if(rec, "to_department", record_text(f, "referral_dept"));
	if (p->department.zh)
		set_if(rec, "to_department", term_text(&p->department));
	return true;
}

/* ---- from the visit ------------------------------------------------------------------------------------------------------- */

static void add_lists(const struct record *v, struct sbuf *diagnoses, struct sbuf *drugs)
{
	const struct value *list = record_get(v, "diagnosis");

	for (size_t i = 0; i < list->n_items; i++)
		if (record_text(list->items[i], "text"))
			add_part(diagnoses, "; ", record_text(list->items[i], "text"));
	if (record_text(v, "treatment"))
		add_part(drugs, "; ", record_text(v, "treatment"));
	list = record_get(v, "prescriptions");
	for (size_t i = 0; i < list->n_items; i++) {
		AUTO_SBUF struct sbuf one = SBUF_INIT;
		const char *name = record_text(list->items[i], "name"), *strength = record_text(list->items[i], "strength");

		sbuf_addf(&one, "%s%s%s", name ? name : "", strength ? " " : "", strength ? strength : "");
		add_part(drugs, "; ", one.s);
	}
}

static void from_visit(struct record *rec, const struct record *v)
{
	static const char *const told[] = { "complaint", "history" };
	static const char *const found[] = { "temperature", "pulse", "resp", "spo2", "glucose", "exam_findings" };
	AUTO_SBUF struct sbuf illness = SBUF_INIT, diagnoses = SBUF_INIT, treatment = SBUF_INIT, bp = SBUF_INIT;

	for (size_t i = 0; i < N_ELEMENTS(told); i++)
		add_field(v, told[i], false, &illness);
	if (record_num(v, "sbp", 0))
		sbuf_addf(&bp, _("BP %s: %lld/%lld"), record_text(v, "date"), (long long)record_num(v, "sbp", 0),
			(long long)record_num(v, "dbp", 0));
	add_part(&illness, "; ", bp.s);
	for (size_t i = 0; i < N_ELEMENTS(found); i++)
		add_field(v, found[i], true, &illness);
	add_lists(v, &diagnoses, &treatment);
	set_if(rec, "impression", diagnoses.s);
	set_if(rec, "present_illness", illness.s);
	set_if(rec, "treatment", treatment.s);
}

/* Today's visit is why he is sent: it comes before the last follow-up. */
static bool visit_today(struct app *app, struct record *rec, struct arena *mem, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "referral_visit");
	char today[DATE_LEN];
	struct record *v;
	int64_t row;

	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, record_text(rec, "resident")));
	stmt_bind_text(st, "day", date_iso(app_today(app), today));
	if (!stmt_value(st, &row, 0, err))
		return false;
	if (!row)
		return true;
	if (!record_load_row(app, row, mem, &v, NULL, err))
		return false;
	from_visit(rec, v);
	return true;
}

/* ---- from the file --------------------------------------------------------------------------------------------------------- */

static void fill_history(struct record *rec, const struct record *who)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct value *list = record_get(who, "past_disease");

	for (size_t i = 0; i < list->n_items; i++) {
		AUTO_SBUF struct sbuf one = SBUF_INIT;
		const char *when = record_text(list->items[i], "diagnosed");

		add_field(list->items[i], "code", false, &one);
		add_field(list->items[i], "text", false, &one);
		if (when)
			sbuf_addf(&one, " (%s)", when);
		add_part(&text, "; ", one.s);
	}
	if (record_text(who, "drug_allergy") && !record_is(who, "drug_allergy", "1")) {
		add_field(who, "drug_allergy", true, &text);
		add_field(who, "drug_allergy_other", false, &text);
	}
	set_if(rec, "history", text.s);
}

static bool fill_writer(struct app *app, struct record *rec, struct arena *mem, struct err *err)
{
	const char *doctor = record_text(rec, "from_doctor");
	struct record *r;

	set_if(rec, "from_org", app->clinic.org_id);
	if (!doctor) {
		set_if(rec, "from_doctor", app->actor);
		doctor = app->actor;
	}
	if (*doctor && record_row(app, KIND_STAFF, doctor)) {
		if (!record_load(app, KIND_STAFF, doctor, mem, &r, err))
			return false;
		set_if(rec, "from_phone", record_text(r, "phone"));
	}
	if (*app->clinic.org_id && record_row(app, KIND_ORGANISATION, app->clinic.org_id)) {
		if (!record_load(app, KIND_ORGANISATION, app->clinic.org_id, mem, &r, err))
			return false;
		set_if(rec, "from_phone", record_text(r, "phone"));
	}
	return true;
}

/* Where the last one went; for the first one, the only county hospital on the list. */
static bool fill_receiver(struct app *app, struct record *rec, struct arena *mem, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "referral_last_to");
	struct directory hospitals;
	bool row;

	if (record_text(rec, "to_org") || record_text(rec, "to_org_text"))
		return true;
	if (!stmt_step(st, &row, err))
		return false;
	if (row) {
		AUTO_JSON struct json_object *last = json_tokener_parse(stmt_text(st, 0));

		set_if(rec, "to_org", json_text(last, "to_org"));
		if (!record_text(rec, "to_org"))
			set_if(rec, "to_org_text", json_text(last, "to_org_text"));
		return true;
	}
	if (!directory_read(app, KIND_ORGANISATION, "4", mem, &hospitals, err))
		return false;
	if (hospitals.n == 1)
		set_if(rec, "to_org", hospitals.v[0].id);
	return true;
}

static bool source_of(struct app *app, const struct record *rec, const char *followup, struct arena *mem,
	struct record **out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "referral_source");
	char from[DATE_LEN];
	int64_t row;

	*out = NULL;
	if (followup)
		return record_load(app, KIND_FOLLOWUP, followup, mem, out, err);
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, record_text(rec, "resident")));
	stmt_bind_text(st, "day", date_iso(app_today(app) - SCHEDULE_RECHECK_DAYS, from));
	return stmt_value(st, &row, 0, err) && (!row || record_load_row(app, row, mem, out, NULL, err));
}

bool referral_prefill(struct app *app, struct record *rec, const char *followup, struct record **used, struct arena *mem,
	struct err *err)
{
	struct record *f, *who;

	if (!record_load(app, KIND_RESIDENT, record_text(rec, "resident"), mem, &who, err) ||
		!disputed_warnings(app, record_row(app, KIND_RESIDENT, who->meta.id), who, NULL, err) ||
		(!followup && !visit_today(app, rec, mem, err)) ||
		!source_of(app, rec, followup, mem, &f, err) || (f && !from_followup(app, rec, f, mem, err)))
		return false;
	if (used)
		*used = f;
	fill_history(rec, who);
	set_if(rec, "family_member", record_text(who, "contact_name"));
	set_if(rec, "family_phone", record_text(who, "contact_phone"));
	if (!record_text(rec, "date"))
		record_set_day(rec, "date", app_today(app));
	set_if(rec, "direction", "up");
	return fill_writer(app, rec, mem, err) && fill_receiver(app, rec, mem, err);
}
