/* The live advice of a form, and the head of the person it is about. */
#include <stdarg.h>

#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/programmes/programmes.h"
#include "app/service/search.h"
#include "screens/form_int.h"
#include "screens/people.h"

enum { LACKS_UNCOUNTED = 8 };

void form_box_add(struct form_box *box, enum face face, const char *label, const char *fmt, ...)
{
	va_list ap;

	if (box->n == FORM_BOX_ROWS)
		return;
	va_start(ap, fmt);
	vsnprintf(box->row[box->n].text, sizeof box->row[0].text, fmt, ap);
	va_end(ap);
	snprintf(box->row[box->n].label, sizeof box->row[0].label, "%s", label);
	box->row[box->n++].face = face;
}

/* So many that the line may not hold them are counted. */
void form_box_lacks(struct form_box *box, enum face face, const char *label, size_t n, const char *words)
{
	if (n > LACKS_UNCOUNTED)
		form_box_add(box, face, label, _("%zu items: %s"), n, words);
	else
		form_box_add(box, face, label, "%s", words);
}

/* ---- preview ---------------------------------------------------------------------------------------------------------- */

static bool is_missing(const struct finding *f)
{
	return !strcmp(f->code, "incomplete") || f->err == ERR_REQUIRED;
}

static void note_missing(struct form_screen *fs)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	fs->n_missing = 0;
	for (const struct finding *f = fs->preview.findings.first; f; f = f->next) {
		const struct field *field = form_field(fs->rec->form, f->field);

		if (field && is_missing(f)) {
			sbuf_addf(&out, "%s%s", out.len ? " " : "", field_label(field));
			fs->n_missing++;
		}
	}
	snprintf(fs->missing, sizeof fs->missing, "%.*s", (int)utf8_fit(out.s, 80), out.s);
}

void form_preview(struct form_screen *fs)
{
	struct record *copy;
	struct err err;

	arena_clear(&fs->live);
	copy = record_copy(&fs->live, fs->rec);
	fs->previewed = records_preview(fs->app, fs->kind, copy, &fs->live, &fs->preview, &err);
	fs->missing[0] = '\0';
	if (fs->previewed)
		note_missing(fs);
	form_box_fill(fs);
}

int form_paper_page(const struct form_screen *fs)
{
	const struct field *here = fs->form.n_slots ? form_field_now(&fs->form) : NULL;

	return here ? here->page : 0;
}

void form_box_fill(struct form_screen *fs)
{
	fs->box.n = 0;
	fs->box_page = form_paper_page(fs);
	if (!fs->previewed)
		return;
	if (fs->table->box)
		fs->table->box(fs, &fs->box);
	else
		form_screen_box(fs, &fs->box);
}

/* ---- the default box ------------------------------------------------------------------------------------------------------- */

static void class_words(const struct form_screen *fs, struct sbuf *out)
{
	const struct advice *a = &fs->preview.advice;
	const struct field *f = form_field(fs->rec->form, "class");
	const struct code *c = f ? field_code(f, a->class_) : NULL;
	char iso[DATE_LEN];

	if (!strcmp(a->class_, "ask"))
		sbuf_adds(out, _("the class is yours to decide"));
	else if (c)
		sbuf_addf(out, "%s %s", c->code, term_text(&c->term));
	if (a->action)
		sbuf_addf(out, " · %s", term_text(&a->action->term));
	if (a->next_due != NO_DAY && a->next_due > 0)
		sbuf_addf(out, _(" next %s %s"), date_iso(a->next_due, iso), weekday_word(a->next_due));
}

static void reason_words(const struct form_screen *fs, struct sbuf *out)
{
	const struct advice *a = &fs->preview.advice;
	const struct programme *p = programme_of(fs->preview.rec);
	struct visit_ctx cx;

	if (p && p->explain) {
		visit_ctx_of_record(p, fs->preview.rec, &fs->cx, &cx);
		p->explain(&cx, out);
	}
	for (size_t i = 0; i < a->n_reasons; i++)
		sbuf_addf(out, "%s%s", out->len ? "; " : "", term_text(&a->reasons[i]->reason));
}

static enum face action_face(const struct advice *a)
{
	if (!a->action || !strcmp(a->action->name, "ROUTINE"))
		return FACE_DONE;
	return !strcmp(a->action->name, "EMERGENCY_REFER") ? FACE_DANGER : FACE_DUE;
}

/* Errors and warnings that are not about something missing: the nth, if there are so many. */
static void add_finding(const struct form_screen *fs, struct form_box *box, size_t nth)
{
	for (const struct finding *f = fs->preview.findings.first; f; f = f->next) {
		if (is_missing(f) || f->level == FINDING_QUESTION || nth--)
			continue;
		form_box_add(box, f->level == FINDING_ERROR ? FACE_ERROR : FACE_WARN, "!", "%s", f->message);
		return;
	}
}

void form_screen_box(const struct form_screen *fs, struct form_box *box)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	bool advice = fs->preview.has_advice && fs->preview.advice.state.measured;

	if (advice) {
		class_words(fs, &text);
		form_box_add(box, action_face(&fs->preview.advice), _("Advice"), "%s", text.s);
	}
	add_finding(fs, box, 0);
	if (advice) {
		sbuf_clear(&text);
		reason_words(fs, &text);
		if (text.len)
			form_box_add(box, FACE_NORMAL, _("Why"), "%s", text.s);
	}
	if (*fs->missing)
		form_box_lacks(box, FACE_HINT, _("Lacks"), fs->n_missing, fs->missing);
	add_finding(fs, box, 1);
}

/* ---- the person -------------------------------------------------------------------------------------------------- */

bool form_read_head(struct form_screen *fs, struct err *err)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT, alerts = SBUF_INIT, allergy = SBUF_INIT;
	struct overview *o;
	struct search_hit hit;
	int64_t row = *fs->resident ? record_row(fs->app, KIND_RESIDENT, fs->resident) : 0;

	if (!row)
		return true;
	o = arena_alloc(&fs->mem, sizeof *o);
	if (!search_hit_of(fs->app, row, &fs->mem, &hit, err) || !overview_read(fs->app, fs->resident, &fs->mem, o, err))
		return false;
	person_head(fs->app, &hit, &head);
	if (fs->kind->id != KIND_RESIDENT)
		person_alerts(fs->app, o, &alerts);
	overview_allergies(o->resident, &allergy);
	fs->danger = allergy.len > 0;
	fs->head = arena_strdup(&fs->mem, head.s);
	fs->alerts = arena_strdup(&fs->mem, alerts.s);
	return true;
}
