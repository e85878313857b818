/* What the numbers of a follow-up mean today: class, next date and why; what still lacks. */
#include "app/base/i18n.h"
#include "screens/followup_int.h"
#include "screens/people.h"

static const struct advice *advice_of(const struct followup_screen *st, size_t part)
{
	const struct save_result *r = &st->fs.preview;

	if (!st->fs.previewed)
		return NULL;
	if (!st->sheet)
		return r->has_advice ? &r->advice : NULL;
	return part < r->n_parts && r->parts[part].has_advice ? &r->parts[part].advice : NULL;
}

static const char *class_word(const struct followup_screen *st, size_t part, const char *code)
{
	const struct field *f = form_field(followup_programme(st, part)->followup, "class_proposed");
	const struct code *c = code && f ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static enum face advice_face(const struct advice *a)
{
	return a->state.emergency ? FACE_DANGER : a->action && strcmp(a->action->name, "ROUTINE") != 0 ? FACE_DUE
												       : FACE_DONE;
}

/* Of one programme the word "Advice" stands before it, of several their names. */
static const char *label_of(const struct followup_screen *st, size_t part)
{
	return st->sheet ? term_text(&followup_programme(st, part)->title) : _("Advice");
}

/* By a relative or on the telephone: he is asked to come himself. */
static bool was_told(const struct followup_screen *st, size_t part)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct record *rec = followup_part(st, part, &mem);

	return record_is(rec, "informant", "2") || record_is(rec, "mode", "3");
}

static void box_advice(const struct followup_screen *st, size_t part, const struct advice *a, struct form_box *box)
{
	const struct measure *m = programme_measure(followup_programme(st, part));
	char iso[DATE_LEN] = "";

	if (!a->state.measured && was_told(st, part) && a->action) {
		form_box_add(box, FACE_DUE, label_of(st, part), "%s  %s", term_text(&a->action->term),
			a->next_due == NO_DAY ? "" : date_iso(a->next_due, iso));
		return;
	}
	if (!a->state.measured && !a->state.emergency) {
		form_box_add(box, FACE_HINT, label_of(st, part), _("class and next date follow from: %s"),
			m ? term_text(&m->name) : "");
		return;
	}
	form_box_add(box, advice_face(a), label_of(st, part), "%s%s; %s %s  (%s)", a->state.emergency ? "! " : "",
		class_word(st, part, a->class_), a->action ? term_text(&a->action->term) : "",
		a->next_due == NO_DAY ? "" : short_day(st->fs.app, date_iso(a->next_due, iso)),
		_("national norm, 3rd edition"));
}

static void add_last(const struct followup_screen *st, size_t part, struct sbuf *out)
{
	const struct record *last = followup_context(st, part)->previous;
	const struct measure *m = programme_measure(followup_programme(st, part));
	AUTO_SBUF struct sbuf value = SBUF_INIT;

	if (last && m && measure_words(m, last, &value))
		sbuf_addf(out, _("; last %s %s"), short_day(st->fs.app, record_text(last, "date")), value.s);
}

static void box_why(const struct followup_screen *st, size_t part, const struct advice *a, struct form_box *box)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, reasons = SBUF_INIT;
	const struct programme *p = followup_programme(st, part);
	AUTO_ARENA struct arena mem = { 0 };
	struct visit_ctx cx;

	for (size_t i = 0; i < a->n_reasons; i++)
		sbuf_addf(&reasons, "%s%s", i ? "; " : "", term_text(&a->reasons[i]->reason));
	/* the numbers first: they are what one compares */
	if (p->explain) {
		visit_ctx_of_record(p, followup_part(st, part, &mem), followup_context(st, part), &cx);
		p->explain(&cx, &text);
	}
	if (text.len)
		add_last(st, part, &text);
	if (text.len || reasons.len)
		form_box_add(box, FACE_NORMAL, _("Because"), "%s%s%s", text.s, reasons.len && text.len ? "; " : "", reasons.s);
}

static void box_danger(const struct followup_screen *st, struct form_box *box)
{
	AUTO_ARENA struct arena mem = { 0 };

	for (size_t i = 0; i < st->n_parts; i++) {
		const struct record *rec = followup_part(st, i, &mem);

		if (!programme_asks_danger(followup_programme(st, i), rec) || followup_has(rec, "danger"))
			continue;
		form_box_add(box, FACE_DANGER, _("Danger?"), "%s",
			_("Is one of the danger signs there? D asks them one by one, N: none of them"));
		return;
	}
}

/* What still lacks, never scolding; the finding that is not merely missing comes first. */
static void box_findings(const struct followup_screen *st, struct form_box *box)
{
	AUTO_SBUF struct sbuf lacks = SBUF_INIT;
	const struct record *rec = st->fs.rec;
	size_t n = 0;

	if (!st->fs.previewed)
		return;
	for (const struct finding *f = st->fs.preview.findings.first; f; f = f->next) {
		if (f->level == FINDING_QUESTION && record_is_blank(rec))
			continue; /* nobody has begun yet */
		if (!strcmp(f->code, "incomplete")) {
			const struct field *fd = form_field(rec->form, f->field);

			sbuf_addf(&lacks, "%s%s", n++ ? ", " : "", fd ? field_label(fd) : f->field);
		} else if (strcmp(f->code, "danger_unasked") != 0) {
			form_box_add(box, f->level == FINDING_ERROR ? FACE_DANGER : FACE_DUE, _("Mind"), "%s", f->message);
		}
	}
	if (lacks.len)
		form_box_lacks(box, FACE_DIM, _("Lacking"), n, lacks.s);
}

/* The second page tells what the save will bring about. */
static void box_after(const struct followup_screen *st, const struct advice *a, struct form_box *box)
{
	AUTO_SBUF struct sbuf done = SBUF_INIT;
	char iso[DATE_LEN] = "";

	if (!st->fs.form.page || !a->state.measured)
		return;
	if (st->contract && st->fulfilment.n) {
		sbuf_addf(&done, " · %s ", _("contract"));
		contract_fulfilment_text(&st->fulfilment, &done);
	}
	form_box_add(box, FACE_HINT, _("After saving"), "%s %s %s%s", term_text(&followup_programme(st, 0)->title),
		class_word(st, 0, a->class_), date_iso(a->next_due, iso), done.s);
}

/* One programme has a line for its reasons; of several there is a line for each. */
void followup_box(const struct form_screen *fs, struct form_box *out)
{
	const struct followup_screen *st = followup_whole_const(fs);

	box_danger(st, out);
	for (size_t i = 0; i < st->n_parts; i++) {
		const struct advice *a = advice_of(st, i);

		if (!a || !followup_programme(st, i))
			continue;
		box_advice(st, i, a, out);
		if (st->sheet || record_is_blank(st->fs.rec))
			continue;
		box_why(st, i, a, out);
		box_after(st, a, out);
	}
	box_findings(st, out);
}
