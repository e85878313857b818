/* The follow-up of a chronic disease, in the order of the paper: what is asked beside the form (danger signs), what the
 * numbers mean today, what the programme advises; the doctor decides.  Somebody on several rosters has one sheet for all. */
#include "app/programmes/programmes.h"
#include "app/service/care.h"
#include "app/service/overview.h"
#include "screens/followup_int.h"
#include "screens/people.h"

enum { BMI_OVER = 2400 };

/* ---- one programme or several ---------------------------------------------------------------------------------------- */

const struct programme *followup_programme(const struct followup_screen *st, size_t part)
{
	return st->sheet ? st->sheet->programmes[part] : programme_by_form(st->fs.rec->form);
}

const struct record *followup_part(const struct followup_screen *st, size_t part, struct arena *mem)
{
	return st->sheet ? combined_part(st->fs.rec, part, mem) : st->fs.rec;
}

const struct form_context *followup_context(const struct followup_screen *st, size_t part)
{
	return st->fs.cx.parts ? &st->fs.cx.parts[part] : &st->fs.cx;
}

const char *followup_key(const struct followup_screen *st, size_t part, const char *key)
{
	if (st->sheet)
		return combined_key(st->sheet, part, key);
	return form_index(st->fs.rec->form, key) >= 0 ? key : NULL;
}

const char *followup_base(const struct followup_screen *st, const struct field *f, size_t *part)
{
	int at = st->sheet ? form_index(&st->sheet->form, f->key) : -1;

	*part = at >= 0 ? st->sheet->fields[at].first : 0;
	return at >= 0 ? st->sheet->fields[at].key : f->key;
}

bool followup_has(const struct record *rec, const char *key)
{
	return form_index(rec->form, key) >= 0 && !value_is_empty(record_get(rec, key));
}

/* ---- opening ----------------------------------------------------------------------------------------------------------- */

/* The programme that is due first among those he is on; where he is on none, the first one that has a form. */
static const char *find_programme(struct ui *ui, const char *resident, struct arena *mem)
{
	const struct kind *kind = kind_by_id(KIND_FOLLOWUP);
	const char *best = NULL, *due = NULL;
	struct overview o;
	struct err err;

	if (!resident || !overview_read(app_of(ui), resident, mem, &o, &err))
		return NULL;
	for (size_t i = 0; i < o.n_programmes; i++) {
		const struct overview_programme *p = &o.programmes[i];

		if (!kind_form(kind, p->programme) || (best && (!p->due || (due && strcmp(due, p->due) <= 0))))
			continue;
		best = p->programme;
		due = p->due;
	}
	return best ? best : programmes(&(size_t){ 0 })[0]->code;
}

static bool read_contract(struct followup_screen *st, struct err *err)
{
	struct overview o;

	if (!overview_read(st->fs.app, st->fs.resident, &st->fs.mem, &o, err))
		return false;
	st->contract = o.contract != NULL;
	return !o.contract || contract_fulfilment(st->fs.app, o.contract, &st->fulfilment, err);
}

/* Who lies in bed is visited at home: the roster says so, or else what his records tell. */
static bool propose_mode(struct form_screen *fs, struct err *err)
{
	const char *usual = fs->cx.enrolment ? record_text(fs->cx.enrolment, "usual_mode") : NULL;
	const struct term *why = NULL;

	if (*fs->rec->meta.id || fs->taken_up || form_index(fs->rec->form, "mode") < 0 || followup_has(fs->rec, "mode"))
		return true;
	if (!usual && fs->cx.resident && !care_read(fs->app, fs->cx.resident, &why, err))
		return false;
	record_set_text(fs->rec, "mode", why ? "2" : usual);
	return true;
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct followup_screen *st = followup_whole(fs);

	(void)ui;
	(void)arg;
	st->sheet = combined_of(fs->rec->form);
	st->n_parts = st->sheet ? st->sheet->n : 1;
	return propose_mode(fs, err) && read_contract(st, err);
}

/* ---- which fields -------------------------------------------------------------------------------------------------------- */

static bool class_differs(const struct record *rec)
{
	const char *c = record_text(rec, "class"), *p = record_text(rec, "class_proposed");

	return c && p && (strcmp(p, "ask") != 0 ? strcmp(c, p) != 0 : !strcmp(c, "1"));
}

/* Fields that belong to an answer stand on the form while that answer does. */
static const struct dependent {
	const char *field, *on, *code;
} dependents[] = {
	{ "lost_reason", "absence", "1" },
	{ "died_on", "absence", "2" },
	{ "death_cause", "absence", "2" },
	{ "moved_to", "absence", "3" },
};

static bool shown(const struct form_screen *fs, const struct field *f)
{
	const struct followup_screen *st = followup_whole_const(fs);
	AUTO_ARENA struct arena mem = { 0 };
	size_t part;
	const char *base = followup_base(st, f, &part);
	const struct record *rec = followup_part(st, part, &mem);

	if (f->flags & FIELD_HIDDEN)
		return false;
	/* the index of the weight that is aimed at is kept, not shown: the line is full */
	if (!strcmp(base, "bmi_target"))
		return false;
	if (!strcmp(base, "class_proposed"))
		return followup_has(rec, "controlled"); /* it says so when something was measured */
	if (followup_has(rec, base))
		return true;
	if (!strcmp(base, "class_reason"))
		return class_differs(rec);
	if (!strcmp(base, "referral_result"))
		return followup_context(st, part)->open_referral;
	for (size_t i = 0; i < N_ELEMENTS(dependents); i++)
		if (!strcmp(dependents[i].field, base))
			return record_is(rec, dependents[i].on, dependents[i].code);
	return true;
}

/* ---- the numbers and what they mean -------------------------------------------------------------------------------------- */

/* The field that a value ends with on this form: the mean of a pair, the number itself. */
static bool ends_value(const struct measure *m, const struct form_def *form, const char *key)
{
	for (const struct measure_place *p = m->places_of; p->key; p++)
		if (form_index(form, p->key) >= 0)
			return !strcmp(p->key2 ? p->key2 : p->key, key);
	return false;
}

static void target_suffix(const struct followup_screen *st, size_t part, const struct record *rec, struct sbuf *tmp)
{
	const struct programme *p = followup_programme(st, part);
	const struct measure *m = programme_measure(p);
	const struct target *a, *b;
	struct measured limit = { 0 };
	struct visit_ctx cx;

	if (!followup_has(rec, "controlled"))
		return;
	visit_ctx_of_record(p, rec, followup_context(st, part), &cx);
	a = m->target ? cx_target(&cx, m->target) : NULL;
	b = m->target2 ? cx_target(&cx, m->target2) : NULL;
	if (!a)
		return;
	limit.value = a->below;
	limit.value2 = b ? b->below : 0;
	if (record_is(rec, "controlled", "1"))
		sbuf_adds(tmp, " ↑");
	sbuf_adds(tmp, _(" target<"));
	measure_format(m, &limit, tmp);
}

/* A pressure is shared by all programmes; its target is that of the one which watches it. */
static bool add_target(const struct followup_screen *st, const struct field *f, struct sbuf *tmp)
{
	AUTO_ARENA struct arena mem = { 0 };

	for (size_t i = 0; i < st->n_parts; i++) {
		const struct measure *m = programme_measure(followup_programme(st, i));
		const struct record *rec = followup_part(st, i, &mem);
		size_t part;

		if (!m || !ends_value(m, rec->form, followup_base(st, f, &part)))
			continue;
		target_suffix(st, i, rec, tmp);
		return true;
	}
	return false;
}

static void bmi_suffix(const struct followup_screen *st, struct sbuf *tmp)
{
	static const struct {
		int64_t from;
		struct term term;
	} words[] = {
		{ 2800, { "肥胖", "obese" } },
		{ 2400, { "超重", "overweight" } },
		{ 1850, { "正常", "normal" } },
		{ 0, { "偏瘦", "underweight" } },
	};
	int64_t bmi = record_num(st->fs.rec, "bmi", 0);

	for (size_t i = 0; bmi && i < N_ELEMENTS(words); i++)
		if (bmi >= words[i].from) {
			sbuf_addf(tmp, " %s", term_text(&words[i].term));
			return;
		}
}

static const char *suffix(void *ctx, const struct field *f, struct sbuf *tmp)
{
	const struct followup_screen *st = ctx;
	const char *base, *text = f->type == V_CODE ? record_text(st->fs.rec, f->key) : NULL;
	size_t part;

	base = followup_base(st, f, &part);
	if (add_target(st, f, tmp))
		return tmp->len ? tmp->s : NULL;
	if (!strcmp(base, "bmi"))
		bmi_suffix(st, tmp);
	else if (!strcmp(base, "class_proposed") && text)
		sbuf_addf(tmp, " %s", term_text(&field_code(f, text)->term));
	return tmp->len ? tmp->s : NULL;
}

/* Today's, or the last one until the height is known. */
static int64_t present_bmi(const struct followup_screen *st)
{
	int64_t last = st->fs.cx.previous ? record_num(st->fs.cx.previous, "bmi", 0) : 0;

	return record_num(st->fs.rec, "bmi", last);
}

/* Enter goes from the symptoms to the weight unless there is a reason to ask. */
static bool passed(void *ctx, const struct field *f)
{
	const struct followup_screen *st = ctx;
	AUTO_ARENA struct arena mem = { 0 };
	size_t part;
	const char *base = followup_base(st, f, &part);
	const struct record *rec = followup_part(st, part, &mem);

	if (!strcmp(base, "danger"))
		return !programme_asks_danger(followup_programme(st, part), rec);
	/* nothing is measured on the telephone; a side goes with a pulse that is weak */
	if (f->required == REQUIRED_COMPLETE && st->fs.rec->form->needed &&
		!st->fs.rec->form->needed(st->fs.rec, f, app_today(st->fs.app)))
		return true;
	/* a target is for those who weigh too much */
	if (!strcmp(base, "weight_target"))
		return present_bmi(st) > 0 && present_bmi(st) < BMI_OVER;
	return !strcmp(base, "symptoms_other") && followup_has(rec, "symptoms");
}

static bool no_last(void *ctx, const struct field *f)
{
	const struct followup_screen *st = ctx;

	/* the drugs of the last time, until there are today's */
	if (form_index(st->fs.rec->form, f->key) < 0)
		return followup_has(st->fs.rec, "drugs");
	return (f->flags & FIELD_NO_LAST) != 0;
}

static const char *legend(void *ctx, const struct field *f)
{
	size_t part;

	return !strcmp(followup_base(ctx, f, &part), "danger") ? _("D one by one, N none of them") : NULL;
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static unsigned start_danger(struct followup_screen *st, struct ui *ui)
{
	if (!form_commit(&st->fs.form, ui))
		return UI_HANDLED | UI_REDRAW;
	st->danger_part = st->danger_at = 0;
	*st->danger = '\0';
	return followup_ask_dangers(st, ui);
}

static unsigned command(struct form_screen *fs, struct ui *ui, enum cmd cmd)
{
	struct followup_screen *st = followup_whole(fs);

	switch ((int)cmd) {
	case CMD_DANGER:
		return start_danger(st, ui);
	case CMD_NO_DANGER:
		return followup_no_dangers(st, ui);
	case CMD_REFER:
		st->refer_after = true;
		return form_submit(fs, ui);
	case CMD_SAVE:
		st->refer_after = false;
		return 0;
	default:
		return 0;
	}
}

/* All that was saved, in one line. */
static void say_all(const struct followup_screen *st, struct ui *ui)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, whose = SBUF_INIT;

	for (size_t i = 0; i < st->fs.result.n_parts; i++) {
		sbuf_adds(&text, i ? " + " : "");
		record_summary(st->fs.app, KIND_FOLLOWUP, st->fs.result.parts[i].rec, &text);
	}
	snprintf(st->fs.session->last.what, sizeof st->fs.session->last.what, "%s", text.s);
	session_last_words(st->fs.session, &whose);
	ui_say(ui, FACE_DONE, _("Saved: %s"), whose.s);
}

static unsigned saved(struct form_screen *fs, struct ui *ui)
{
	struct followup_screen *st = followup_whole(fs);
	struct open_arg arg = { .resident = fs->resident, .record = NULL };
	struct err err;

	if (st->sheet)
		say_all(st, ui);
	if (!st->refer_after)
		return 0;
	if (!ui_replace(ui, &referral_screen, &arg, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

/* Enter in an empty class or next date takes what is proposed: it is the doctor who does it. */
static void take_proposal(struct followup_screen *st, const char *field, const char *proposal)
{
	const struct field *now = form_field_now(&st->fs.form);
	size_t part;
	const char *text;

	if (!now || st->fs.form.typed || strcmp(followup_base(st, now, &part), field) != 0 || followup_has(st->fs.rec, now->key))
		return;
	text = record_text(st->fs.rec, followup_key(st, part, proposal));
	if (text && strcmp(text, "ask") != 0)
		form_put(&st->fs.form, text);
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	struct followup_screen *st = state;

	if (k.code == K_ENTER && !k.mods) {
		take_proposal(st, "class", "class_proposed");
		take_proposal(st, "next_due", "next_due_proposed");
	}
	return form_screen_key(ui, state, k);
}

static const struct form_table table = {
	.kind = KIND_FOLLOWUP,
	.today = "date",
	.box_rows = 2,
	.opened = opened,
	.shown = shown,
	.box = followup_box,
	.answer = followup_danger_answer,
	.command = command,
	.saved = saved,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct followup_screen *st = state;
	struct open_arg with = arg ? *(const struct open_arg *)arg : (struct open_arg){ 0 };
	const char *who = with.resident ? with.resident : session_of(ui)->person.id;

	with.kind = KIND_FOLLOWUP;
	if (!with.variant && !with.record && !with.draft)
		with.variant = find_programme(ui, *who ? who : NULL, &mem);
	if (!form_screen_open(ui, state, &table, &with, err))
		return false;
	st->fs.form.hooks.suffix = suffix;
	st->fs.form.hooks.passed = passed;
	st->fs.form.hooks.legend = legend;
	st->fs.form.hooks.no_last = no_last;
	return true;
}

static const struct binding keys[] = {
	FORM_SCREEN_KEYS,
	{ "F6", CMD_REFER, NULL, 0 },
	{ "d", CMD_DANGER, "", FOCUS_CODE | FOCUS_TEXT },
	{ "n", CMD_NO_DANGER, "", FOCUS_CODE | FOCUS_TEXT },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen followup_screen = {
	.name = "followup",
	.title = N_("Follow-up"),
	.state_size = sizeof(struct followup_screen),
	.keys = keys,
	.open = open,
	.load = form_screen_load,
	.layout = form_screen_layout,
	.draw = form_screen_draw,
	.focus = form_screen_focus,
	.hint = form_screen_hint,
	.command = form_screen_command,
	.key = key,
	.paste = form_screen_paste,
	.click = form_screen_click,
	.answer = form_screen_answer,
	.may_close = form_screen_may_close,
	.rescue = form_screen_rescue,
	.close = form_screen_close,
};
