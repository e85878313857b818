/* The follow-up of a chronic disease, in the order of the paper: what is asked beside the form (danger signs), what the
 * numbers mean today, what the programme advises; the doctor decides. */
#include "app/programmes/programmes.h"
#include "app/service/contract_plan.h"
#include "app/service/overview.h"
#include "screens/form_int.h"
#include "screens/kit/prompt.h"
#include "screens/people.h"

struct followup_screen {
	struct form_screen fs;
	const struct programme *programme;
	bool refer_after;       /* F6: the referral follows the save */
	size_t danger_at;       /* of the question that is open */
	char danger[64];        /* codes answered with yes so far */
	struct fulfilment fulfilment;
	bool contract;
};

enum { TAG_DANGER = 1, BMI_OVER = 2400 };

static struct followup_screen *whole(struct form_screen *fs)
{
	return (struct followup_screen *)fs;
}

static const struct followup_screen *whole_const(const struct form_screen *fs)
{
	return (const struct followup_screen *)fs;
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

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct followup_screen *st = whole(fs);

	(void)ui;
	(void)arg;
	st->programme = programme_of(fs->rec);
	return read_contract(st, err);
}

static const char *suffix(void *ctx, const struct field *f, struct sbuf *tmp);

/* ---- which fields -------------------------------------------------------------------------------------------------------- */

static bool has(const struct record *rec, const char *key)
{
	return form_index(rec->form, key) >= 0 && !value_is_empty(record_get(rec, key));
}

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
	const struct record *rec = fs->rec;

	if (f->flags & FIELD_HIDDEN)
		return false;
	/* the index of the weight that is aimed at is kept, not shown: the line is full */
	if (!strcmp(f->key, "bmi_target"))
		return false;
	if (!strcmp(f->key, "class_proposed"))
		return has(rec, "controlled"); /* it says so when something was measured */
	if (has(rec, f->key))
		return true;
	if (!strcmp(f->key, "class_reason"))
		return class_differs(rec);
	if (!strcmp(f->key, "referral_result"))
		return fs->cx.open_referral;
	for (size_t i = 0; i < N_ELEMENTS(dependents); i++)
		if (!strcmp(dependents[i].field, f->key))
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

static void target_suffix(const struct followup_screen *st, const struct measure *m, struct sbuf *tmp)
{
	const struct target *a, *b = NULL;
	struct measured limit = { 0 };
	struct visit_ctx cx;

	if (!has(st->fs.rec, "controlled"))
		return;
	visit_ctx_of_record(st->programme, st->fs.rec, &st->fs.cx, &cx);
	a = m->target ? cx_target(&cx, m->target) : NULL;
	b = m->target2 ? cx_target(&cx, m->target2) : NULL;
	if (!a)
		return;
	limit.value = a->below;
	limit.value2 = b ? b->below : 0;
	if (record_is(st->fs.rec, "controlled", "1"))
		sbuf_adds(tmp, " ↑");
	sbuf_adds(tmp, _(" target<"));
	measure_format(m, &limit, tmp);
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
	const struct measure *m = programme_measure(st->programme);

	if (m && ends_value(m, st->fs.rec->form, f->key))
		target_suffix(st, m, tmp);
	else if (!strcmp(f->key, "bmi"))
		bmi_suffix(st, tmp);
	else if (!strcmp(f->key, "class_proposed") && record_text(st->fs.rec, "class_proposed"))
		sbuf_addf(tmp, " %s", term_text(&field_code(f, record_text(st->fs.rec, "class_proposed"))->term));
	else
		return NULL;
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

	if (!strcmp(f->key, "danger"))
		return !programme_asks_danger(st->programme, st->fs.rec);
	/* nothing is measured on the telephone; a side goes with a pulse that is weak */
	if (f->required == REQUIRED_COMPLETE && st->fs.rec->form->needed &&
		!st->fs.rec->form->needed(st->fs.rec, f, app_today(st->fs.app)))
		return true;
	/* a target is for those who weigh too much */
	if (!strcmp(f->key, "weight_target"))
		return present_bmi(st) > 0 && present_bmi(st) < BMI_OVER;
	return !strcmp(f->key, "symptoms_other") && has(st->fs.rec, "symptoms");
}

static bool no_last(void *ctx, const struct field *f)
{
	const struct followup_screen *st = ctx;

	/* the drugs of the last time, until there are today's */
	if (form_index(st->fs.rec->form, f->key) < 0)
		return has(st->fs.rec, "drugs");
	return (f->flags & FIELD_NO_LAST) != 0;
}

static const char *legend(void *ctx, const struct field *f)
{
	(void)ctx;
	return !strcmp(f->key, "danger") ? _("D one by one, N none of them") : NULL;
}

/* ---- the box ------------------------------------------------------------------------------------------------------------- */

static const char *class_word(const struct record *rec, const char *code)
{
	const struct field *f = form_field(rec->form, "class_proposed");
	const struct code *c = code && f ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static enum face advice_face(const struct advice *a)
{
	return a->emergency ? FACE_DANGER : a->action && strcmp(a->action->name, "ROUTINE") != 0 ? FACE_DUE : FACE_DONE;
}

static void box_advice(const struct followup_screen *st, const struct advice *a, struct form_box *box)
{
	const struct measure *m = programme_measure(st->programme);
	char iso[DATE_LEN] = "";

	if (!a->measured) {
		form_box_add(box, FACE_HINT, _("Advice"), _("class and next date follow from: %s"), m ? term_text(&m->name) : "");
		return;
	}
	form_box_add(box, advice_face(a), _("Advice"), "%s%s; %s %s  (%s)", a->emergency ? "! " : "",
		class_word(st->fs.rec, a->class_), a->action ? term_text(&a->action->term) : "",
		a->next_due == NO_DAY ? "" : short_day(st->fs.app, date_iso(a->next_due, iso)),
		_("national norm, 3rd edition"));
}

static void add_last(const struct followup_screen *st, struct sbuf *out)
{
	const struct record *last = st->fs.cx.previous;
	const struct measure *m = programme_measure(st->programme);
	AUTO_SBUF struct sbuf value = SBUF_INIT;

	if (last && m && measure_words(m, last, &value))
		sbuf_addf(out, _("; last %s %s"), short_day(st->fs.app, record_text(last, "date")), value.s);
}

static void box_why(const struct followup_screen *st, const struct advice *a, struct form_box *box)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, reasons = SBUF_INIT;
	struct visit_ctx cx;

	for (size_t i = 0; i < a->n_reasons; i++)
		sbuf_addf(&reasons, "%s%s", i ? "; " : "", term_text(&a->reasons[i]->reason));
	/* the numbers first: they are what one compares */
	if (st->programme && st->programme->explain) {
		visit_ctx_of_record(st->programme, st->fs.rec, &st->fs.cx, &cx);
		st->programme->explain(&cx, &text);
	}
	if (text.len)
		add_last(st, &text);
	if (!text.len && !reasons.len)
		return;
	form_box_add(box, FACE_NORMAL, _("Because"), "%s%s%s", text.s, reasons.len && text.len ? "; " : "", reasons.s);
}

static void box_danger(const struct followup_screen *st, struct form_box *box)
{
	if (programme_asks_danger(st->programme, st->fs.rec) && !has(st->fs.rec, "danger"))
		form_box_add(box, FACE_DANGER, _("Danger?"), "%s",
			_("Is one of the danger signs there? D asks them one by one, N: none of them"));
}

/* What still lacks, never scolding; the finding that is not merely missing comes first. */
static void box_findings(const struct followup_screen *st, struct form_box *box)
{
	AUTO_SBUF struct sbuf lacks = SBUF_INIT;
	const struct record *rec = st->fs.rec;

	if (!st->fs.previewed)
		return;
	for (const struct finding *f = st->fs.preview.findings.first; f; f = f->next) {
		if (!strcmp(f->code, "incomplete")) {
			const struct field *fd = form_field(rec->form, f->field);

			sbuf_addf(&lacks, "%s%s", lacks.len ? ", " : "", fd ? field_label(fd) : f->field);
		} else if (strcmp(f->code, "danger_unasked") != 0) {
			form_box_add(box, f->level == FINDING_ERROR ? FACE_DANGER : FACE_DUE, _("Mind"), "%s", f->message);
		}
	}
	if (lacks.len)
		form_box_add(box, FACE_DIM, _("Lacking"), "%s", lacks.s);
}

/* The second page tells what the save will bring about. */
static void box_after(const struct followup_screen *st, const struct advice *a, struct form_box *box)
{
	AUTO_SBUF struct sbuf done = SBUF_INIT;
	char iso[DATE_LEN] = "";

	if (!st->fs.form.page || !a->measured || !st->programme)
		return;
	if (st->contract && st->fulfilment.n) {
		sbuf_addf(&done, " · %s ", _("contract"));
		contract_fulfilment_text(&st->fulfilment, &done);
	}
	form_box_add(box, FACE_HINT, _("After saving"), "%s %s %s%s", term_text(&st->programme->title),
		class_word(st->fs.rec, a->class_), date_iso(a->next_due, iso), done.s);
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const struct followup_screen *st = whole_const(fs);
	const struct advice *a = &fs->preview.advice;

	box_danger(st, out);
	if (fs->previewed && fs->preview.has_advice) {
		box_advice(st, a, out);
		box_why(st, a, out);
	}
	if (fs->previewed && fs->preview.has_advice)
		box_after(st, a, out);
	box_findings(st, out);
}

/* ---- danger signs one by one --------------------------------------------------------------------------------------------- */

static const struct code *danger_codes(const struct followup_screen *st)
{
	const struct field *f = form_field(st->fs.rec->form, "danger");

	return f ? f->codes : NULL;
}

static unsigned ask_danger(struct followup_screen *st, struct ui *ui)
{
	const struct code *c = danger_codes(st);
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	/* "none of them" is the answer to all, not a question */
	if (c[st->danger_at].exclusive)
		st->danger_at++;
	if (!c[st->danger_at].code) {
		record_set_text(st->fs.rec, "danger", *st->danger ? st->danger : "0");
		form_screen_refresh(&st->fs);
		form_goto(&st->fs.form, *st->danger ? "danger" : "weight");
		return UI_HANDLED | UI_REDRAW;
	}
	sbuf_addf(&question, "%s", term_text(&c[st->danger_at].term));
	return prompt_choose(ui, TAG_DANGER, &(struct choose){ .question = question.s, .n_options = 2,
		.options = (const char *const[]){ _("no"), _("yes: a danger sign") } });
}

static unsigned start_danger(struct followup_screen *st, struct ui *ui)
{
	if (!danger_codes(st))
		return 0;
	if (!form_commit(&st->fs.form, ui))
		return UI_HANDLED | UI_REDRAW;
	st->danger_at = 0;
	*st->danger = '\0';
	return ask_danger(st, ui);
}

static unsigned no_danger(struct followup_screen *st, struct ui *ui)
{
	if (!danger_codes(st) || !form_commit(&st->fs.form, ui))
		return UI_HANDLED | UI_REDRAW;
	record_set_text(st->fs.rec, "danger", "0");
	form_screen_refresh(&st->fs);
	if (!strcmp(form_field_now(&st->fs.form)->key, "danger"))
		form_goto(&st->fs.form, "weight");
	return UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	struct followup_screen *st = whole(fs);
	size_t n = strlen(st->danger);

	if (tag != TAG_DANGER)
		return 0;
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (a->choice == 1)
		snprintf(st->danger + n, sizeof st->danger - n, "%s%s", n ? "," : "", danger_codes(st)[st->danger_at].code);
	st->danger_at++;
	return ask_danger(st, ui);
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static unsigned command(struct form_screen *fs, struct ui *ui, enum cmd cmd)
{
	struct followup_screen *st = whole(fs);

	switch ((int)cmd) {
	case CMD_DANGER:
		return start_danger(st, ui);
	case CMD_NO_DANGER:
		return no_danger(st, ui);
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

static unsigned saved(struct form_screen *fs, struct ui *ui)
{
	struct followup_screen *st = whole(fs);
	struct open_arg arg = { .resident = fs->resident, .record = NULL };
	struct err err;

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
	const char *text = record_text(st->fs.rec, proposal);

	if (now && !strcmp(now->key, field) && !has(st->fs.rec, field) && !st->fs.form.typed && text && strcmp(text, "ask") != 0)
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
	.box = box,
	.answer = answer,
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
