#include "app/clinic/market.h"
#include "app/clinic/programme.h"

#include "app/base/key_memo.h"
#include "app/clinic/indicator.h"
#include "app/clinic/record.h"
#include "app/clinic/schedule.h"

/* In the order of urgency, shared by all programmes. */
static const char *const action_names[] = {
	"EMERGENCY_REFER",
	"TRACK_REFERRAL",
	"REFER",
	"ADJUST_2W",
	"MEASURE",
	"ROUTINE",
	NULL,
};

bool cx_number(const struct visit_ctx *cx, const char *key, int64_t *out)
{
	return cx->source->number(cx, key, out);
}

bool cx_flag(const struct visit_ctx *cx, const char *key)
{
	return cx->source->flag(cx, key);
}

static const struct target *find_target(const struct visit_ctx *cx, const struct target *t, size_t n, const char *field)
{
	const struct target *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (!strcmp(t[i].field, field) && cx->age >= t[i].from_age && cx->day >= date_day(t[i].valid_from))
			found = &t[i];
	return found;
}

const struct target *cx_target(const struct visit_ctx *cx, const char *field)
{
	const struct target *t = find_target(cx, cx->county, cx->n_county, field);

	return t ? t : find_target(cx, cx->programme->targets, cx->programme->n_targets, field);
}

const struct target *programme_target(const struct programme *p, const char *field, int age, int32_t day)
{
	const struct visit_ctx cx = { .programme = p, .age = age, .day = day };

	return find_target(&cx, p->targets, p->n_targets, field);
}

bool programme_takes_age(const struct programme *p, int32_t born, int32_t day)
{
	if (p->icd10 || born == NO_DAY || day == NO_DAY)
		return false;
	if (p->year_age)
		day = date_day_number(&(struct date){ .year = date_year(day), .month = 12, .day = 31 });
	return date_age(born, day) >= p->min_age;
}

const struct measure *programme_measure(const struct programme *p)
{
	return p && p->measures ? p->measures[0] : NULL;
}

static int find_fact(const void *table, const char *key, const char **text)
{
	const struct programme *p = table;

	for (size_t i = 0; i < p->n_facts; i++) {
		*text = p->facts[i].key;
		if (!strcmp(*text, key))
			return (int)i;
	}
	return -1;
}

/* Facts ask for facts by name some hundred times in one advice. */
static int fact_index(const struct programme *p, const char *key)
{
	static struct key_memo memo;

	return key_memo_index(&memo, p, key, find_fact);
}

/* Facts build on facts: each is reckoned once for an advice. */
static bool fact_at(const struct visit_ctx *cx, size_t i)
{
	uint32_t bit = (uint32_t)1 << i;
	bool holds;

	if (cx->memo && (cx->memo->known & bit))
		return cx->memo->holds & bit;
	holds = cx->programme->facts[i].holds(cx);
	if (cx->memo) {
		cx->memo->known |= bit;
		cx->memo->holds |= holds ? bit : 0;
	}
	return holds;
}

bool cx_fact(const struct visit_ctx *cx, const char *key)
{
	int i = fact_index(cx->programme, key);

	return i >= 0 && fact_at(cx, (size_t)i);
}

static bool fact_holds(const struct programme *p, uint32_t facts, const char *key)
{
	int i = fact_index(p, key);

	return i >= 0 && (facts >> i & 1u);
}

static bool all_hold(const struct programme *p, uint32_t facts, const char *const *when, size_t max)
{
	for (size_t i = 0; i < max && when[i]; i++) {
		bool want = when[i][0] != '!';

		if (fact_holds(p, facts, when[i] + !want) != want)
			return false;
	}
	return true;
}

static void establish_facts(const struct visit_ctx *cx, struct advice *out)
{
	const struct programme *p = cx->programme;

	for (size_t i = 0; i < p->n_facts; i++) {
		if (!fact_at(cx, i))
			continue;
		out->facts |= (uint32_t)1 << i;
		if (p->facts[i].reason.zh && out->n_reasons < ADVICE_REASONS)
			out->reasons[out->n_reasons++] = &p->facts[i];
	}
}

static int32_t next_due(const struct visit_ctx *cx, const struct action *a)
{
	struct due_input in = {
		.last = cx->day,
		.expected = cx->expected,
		.done = cx->done,
		.months = a->months,
		.days = a->days,
		.referral_check = cx->open_referral && cx->referral_check ? cx->referral_check : NO_DAY,
	};

	return market_day_before(cx->market, cx->day, schedule_next_due(&in));
}

static void choose(const struct visit_ctx *cx, struct advice *out)
{
	const struct programme *p = cx->programme;

	for (size_t i = 0; i < p->n_classes; i++) {
		if (all_hold(p, out->facts, p->classes[i].when, N_ELEMENTS(p->classes[i].when))) {
			out->class_ = p->classes[i].code;
			break;
		}
	}
	for (size_t i = 0; i < p->n_actions; i++) {
		if (all_hold(p, out->facts, p->actions[i].when, N_ELEMENTS(p->actions[i].when))) {
			out->action = &p->actions[i];
			out->next_due = next_due(cx, out->action);
			break;
		}
	}
}

/* What is stored of a visit beside its class; with the memo of the advice, so nothing is reckoned twice. */
static void say_state(const struct visit_ctx *cx, struct visit_state *out)
{
	out->measured = cx_fact(cx, "measured");
	out->controlled = cx_fact(cx, "controlled");
	out->adr = cx_fact(cx, "adr");
	out->comp = cx_fact(cx, "comp");
	out->emergency = cx_fact(cx, "emergency");
}

void programme_state(const struct visit_ctx *cx, struct visit_state *out)
{
	struct fact_memo known = { 0 };
	struct visit_ctx with = *cx;

	with.memo = &known;
	say_state(&with, out);
}

void programme_advise(const struct visit_ctx *cx, struct advice *out)
{
	struct fact_memo known = { 0 };
	struct visit_ctx with = *cx;

	*out = (struct advice){ .class_ = "ask", .next_due = NO_DAY };
	with.memo = &known;
	establish_facts(&with, out);
	choose(cx, out);
	say_state(&with, &out->state);
}

/* ---- records as a source ----------------------------------------------------------------------------------------- */

static bool record_number(const struct visit_ctx *cx, const char *key, int64_t *out)
{
	const struct value *v = record_get(cx->data, key);

	if (v->kind == V_INT || v->kind == V_DECIMAL) {
		*out = v->num;
		return true;
	}
	if (v->kind == V_CODE) {
		*out = strtoll(v->text, NULL, 10);
		return true;
	}
	return false;
}

/* A code as its number; 0 when there is none. */
static int64_t record_code_num(const struct record *rec, const char *key)
{
	const char *code = record_text(rec, key);

	return code ? strtoll(code, NULL, 10) : 0;
}

static bool record_flag(const struct visit_ctx *cx, const char *key)
{
	const struct programme *p = cx->programme;

	for (size_t i = 0; i < p->n_flags; i++) {
		const struct flag *f = &p->flags[i];

		if (!key_is(f->key, key))
			continue;
		for (size_t j = 0; f->codes[j]; j++)
			if (record_is(cx->data, f->field, f->codes[j]))
				return true;
	}
	return false;
}

static const struct visit_source record_source = { record_number, record_flag };

bool followup_is_face_to_face(const struct record *rec)
{
	return (record_is(rec, "mode", "1") || record_is(rec, "mode", "2")) && !record_is(rec, "informant", "2") &&
		!record_is_blank(rec);
}

void visit_ctx_of_record(const struct programme *p, const struct record *rec, const struct form_context *fcx,
	struct visit_ctx *out)
{
	int32_t born = fcx->resident ? record_day(fcx->resident, "birth_date") : NO_DAY;

	*out = (struct visit_ctx){ .programme = p, .source = &record_source, .data = rec };
	out->day = record_day(rec, "date");
	if (out->day == NO_DAY)
		out->day = fcx->today;
	out->age = born == NO_DAY ? 0 : date_age(born, out->day);
	if (fcx->previous) {
		out->prev_unc = record_is(fcx->previous, "controlled", "1");
		out->prev_adr = record_code_num(fcx->previous, "adr") >= 2;
	}
	out->open_referral = fcx->open_referral;
	out->market = fcx->market;
	out->expected = fcx->yearly_expected;
	out->done = fcx->visits_this_year + followup_is_face_to_face(rec);
}

bool programme_asks_danger(const struct programme *p, const struct record *rec)
{
	const struct form_context none = { .today = NO_DAY };
	struct visit_ctx cx;
	struct visit_state state;

	if (!p || form_index(rec->form, "danger") < 0)
		return false;
	for (size_t i = 0; p->danger_symptoms && p->danger_symptoms[i]; i++)
		if (record_is(rec, "symptoms", p->danger_symptoms[i]))
			return true;
	visit_ctx_of_record(p, rec, &none, &cx);
	programme_state(&cx, &state);
	return state.emergency;
}

/* ---- self-test ---------------------------------------------------------------------------------------------------- */

static bool fault(struct err *err, const struct programme *p, const char *what, const char *where)
{
	return err_system(err, ERR_CORRUPT, 0, _("A programme's tables are faulty; please report this."), "%s: %s: %s",
		p->code, what, where);
}

static bool term_full(const struct term *t)
{
	return t->zh && *t->zh && t->en && *t->en;
}

static bool check_facts(const struct programme *p, struct err *err)
{
	if (p->n_facts > 32)
		return fault(err, p, "too many facts", "");
	for (size_t i = 0; i < p->n_facts; i++) {
		const struct fact *f = &p->facts[i];

		if (fact_index(p, f->key) != (int)i)
			return fault(err, p, "fact twice", f->key);
		if (!f->holds || ((f->reason.zh || f->reason.en) && !term_full(&f->reason)) || !f->source)
			return fault(err, p, "fact incomplete", f->key);
	}
	return true;
}

static bool check_when(const struct programme *p, const char *const *when, size_t max, struct err *err)
{
	for (size_t i = 0; i < max && when[i]; i++)
		if (fact_index(p, when[i] + (when[i][0] == '!')) < 0)
			return fault(err, p, "no such fact", when[i]);
	return true;
}

/* Classes: 4 3 2 1, "ask" anywhere; the last one has no condition, so that every visit gets an answer. */
static bool check_classes(const struct programme *p, struct err *err)
{
	const struct field *f = form_field(p->followup, "class");
	int last = 10;

	for (size_t i = 0; i < p->n_classes; i++) {
		const struct class_rule *c = &p->classes[i];

		if (!check_when(p, c->when, N_ELEMENTS(c->when), err))
			return false;
		if (!strcmp(c->code, "ask"))
			continue;
		if (!f || !field_code(f, c->code))
			return fault(err, p, "no such class", c->code);
		if (c->code[0] - '0' > last)
			return fault(err, p, "classes out of order", c->code);
		last = c->code[0] - '0';
	}
	if (!p->n_classes || p->classes[p->n_classes - 1].when[0])
		return fault(err, p, "no last class", "");
	return true;
}

static int action_rank(const char *name)
{
	for (int i = 0; action_names[i]; i++)
		if (!strcmp(action_names[i], name))
			return i;
	return -1;
}

static bool check_actions(const struct programme *p, struct err *err)
{
	int last = 0;

	for (size_t i = 0; i < p->n_actions; i++) {
		const struct action *a = &p->actions[i];
		int rank = action_rank(a->name);

		if (!check_when(p, a->when, N_ELEMENTS(a->when), err))
			return false;
		if (rank < last || !term_full(&a->term) || (a->months > 0) == (a->days > 0))
			return fault(err, p, "action out of order or incomplete", a->name);
		last = rank;
	}
	if (!p->n_actions || p->actions[p->n_actions - 1].when[0])
		return fault(err, p, "no last action", "");
	return true;
}

static bool check_targets(const struct programme *p, struct err *err)
{
	for (size_t i = 0; i < p->n_targets; i++)
		if (!form_field(p->followup, p->targets[i].field) || date_day(p->targets[i].valid_from) == NO_DAY ||
			!p->targets[i].source)
			return fault(err, p, "target incomplete", p->targets[i].field);
	for (size_t i = 0; i < p->n_flags; i++) {
		const struct field *f = form_field(p->followup, p->flags[i].field);

		for (size_t j = 0; p->flags[i].codes[j]; j++)
			if (!f || !field_code(f, p->flags[i].codes[j]))
				return fault(err, p, "flag without its code", p->flags[i].key);
	}
	return true;
}

/* The value of lists is on the form, its targets are the programme's; symptoms that ask are among the form's. */
static bool check_measures(const struct programme *p, struct err *err)
{
	const struct field *symptoms = form_field(p->followup, "symptoms");

	for (size_t i = 0; p->measures && p->measures[i]; i++) {
		const struct measure *m = p->measures[i];
		bool found = false;

		for (const struct measure_place *pl = m->places_of; pl->key; pl++)
			found |= form_index(p->followup, pl->key) >= 0 && (!pl->key2 || form_index(p->followup, pl->key2) >= 0);
		if (!found || !term_full(&m->name) || !term_full(&m->axis))
			return fault(err, p, "measure not on the form", m->key);
	}
	for (size_t i = 0; p->danger_symptoms && p->danger_symptoms[i]; i++)
		if (!symptoms || !field_code(symptoms, p->danger_symptoms[i]))
			return fault(err, p, "no such symptom", p->danger_symptoms[i]);
	return true;
}

static bool check_form(const struct programme *p, const struct form_def *form, struct err *err)
{
	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];

		if (form_index(form, f->key) != (int)i)
			return fault(err, p, "field twice", f->key);
		if (!term_full(&f->label))
			return fault(err, p, "field without label", f->key);
		for (const struct code *c = f->codes; c && c->code; c++)
			if (!term_full(&c->term))
				return fault(err, p, "code without words", f->key);
		if (f->type == V_LIST && !check_form(p, f->form, err))
			return false;
	}
	return true;
}

bool programme_suspects(const struct programme *p, const struct record *rec)
{
	return p->suspicion && measure_reaches(p->suspicion->measure, rec, p->suspicion->from, p->suspicion->from2);
}

static bool check_suspicion(const struct programme *p, struct err *err)
{
	const struct suspicion *s = p->suspicion;

	if (!s)
		return true;
	for (size_t i = 0; p->measures && p->measures[i]; i++)
		if (p->measures[i] == s->measure && s->from > 0 && s->days > 0 && s->from_age > 0 && term_full(&s->task) &&
			s->source)
			return true;
	return fault(err, p, "suspicion incomplete", "");
}

bool programme_selftest(const struct programme *p, struct err *err)
{
	if (!term_full(&p->title) || !term_full(&p->brief) || !p->version || !p->followup)
		return fault(err, p, "incomplete", "");
	for (size_t i = 0; i < p->n_indicators; i++)
		if (!indicator_full(&p->indicators[i]))
			return fault(err, p, "indicator incomplete", p->indicators[i].code);
	return check_facts(p, err) && check_classes(p, err) && check_actions(p, err) && check_targets(p, err) &&
		check_measures(p, err) && check_suspicion(p, err) && check_form(p, p->followup, err);
}
