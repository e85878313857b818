#include "screens/kit/form_int.h"

#include "app/base/i18n.h"

/* ---- leaving a field --------------------------------------------------------------------------------------------- */

static void ask_unusual(struct form *f, struct ui *ui, const struct form_slot *s, const struct value *v)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT;
	const char *unit = field_unit(s->f);

	field_format(s->f, v, false, &is);
	form_note(f, FACE_WARN, _("%s %s%s is unusual. Right? Enter keeps it, or type it again."), field_label(s->f),
		is.s, unit);
	form_beep(ui);
}

/* Double entry of the implausible: it counts when the same number is typed again. */
static void ask_twice(struct form *f, struct ui *ui, const struct form_slot *s, const struct value *v)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT;

	field_format(s->f, v, false, &is);
	form_note(f, FACE_WARN, _("%s %s%s is unusual. Measure or look again, and type it once more."), field_label(s->f), is.s,
		field_unit(s->f));
	form_beep(ui);
}

/* An unusual vital sign was typed: kept, and confirmed when it is the number that stands there already.  False: the cursor
 * stays for the second time. */
static bool leave_twice(struct form *f, struct ui *ui, const struct form_slot *s, const struct value *v, enum leaving how)
{
	const bool again = value_equal(slot_value(s), v);
	char path[PATH_LEN];

	slot_path(s, path);
	form_store(f, v);
	s = form_now(f);
	form_set_mark(f, path, MARK_CONFIRMED, again);
	f->typed = f->asking = false;
	*f->note = '\0';
	if (again)
		return true;
	if (how == LEAVE_ASK)
		form_begin(f);
	ask_twice(f, ui, s, slot_value(s));
	return how != LEAVE_ASK;
}

/* A contradiction with another field is said at once, but does not hold anybody up: the other one may be the wrong one. */
static void warn_inconsistent(struct form *f, const char *path)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct findings fs;

	if (!f->rec->form->check)
		return;
	findings_init(&fs, &mem);
	f->rec->form->check(f->rec, &f->cx, &fs);
	for (const struct finding *x = fs.first; x; x = x->next)
		if (x->level == FINDING_ERROR && x->err != ERR_REQUIRED && !strcmp(x->field, path)) {
			form_note(f, FACE_WARN, "%s", x->message);
			return;
		}
}

static bool parse(struct form *f, struct ui *ui, const struct form_slot *s, struct arena *mem, struct value *v)
{
	struct err err = { 0 };

	if (field_parse(s->f, f->edit.text.s, f->cx.today, mem, v, &err) &&
		field_check(s->f, v, f->cx.today, &err))
		return true;
	form_alarm(f, ui, &err);
	/* What is typed next stands in place of the refused number; the arrows and Backspace mend it instead. */
	f->fresh = s->f->type != V_TEXT;
	return false;
}

bool form_leave(struct form *f, struct ui *ui, enum leaving how)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct form_slot *s = form_now(f);
	char path[PATH_LEN];
	struct value v = { 0 };
	bool unusual;

	if (!f->n_slots || s->shown_only || s->f->type == V_REF)
		return true;
	if (f->typed && !parse(f, ui, s, &mem, &v))
		return false;
	if (!f->typed)
		v = *slot_value(s);
	slot_path(s, path);
	unusual = f->typed && field_is_unusual(s->f, &v);
	if (unusual && (s->f->flags & FIELD_TWICE))
		return leave_twice(f, ui, s, &v, how);
	if (unusual && how == LEAVE_ASK && !f->asking) {
		ask_unusual(f, ui, s, &v);
		f->asking = true;
		return false;
	}
	form_store(f, &v);
	*f->note = '\0';
	if (unusual && how == LEAVE_FLOW && !f->asking)
		ask_unusual(f, ui, form_now(f), &v);
	else if (unusual)
		form_set_mark(f, path, MARK_CONFIRMED, true);
	else if (f->typed)
		warn_inconsistent(f, path);
	f->typed = f->asking = false;
	return true;
}

bool form_commit(struct form *f, struct ui *ui)
{
	if (!form_leave(f, ui, LEAVE_FLOW))
		return false;
	*f->note = '\0';
	form_begin(f);
	return true;
}

/* ---- finishing --------------------------------------------------------------------------------------------------- */

static void show_finding(struct form *f, struct ui *ui, const struct finding *x)
{
	bool found = form_goto(f, x->field);

	if (x->level == FINDING_QUESTION)
		form_note(f, FACE_WARN, _("%s F2 again keeps it."), x->message);
	else if (*x->example)
		form_note(f, FACE_ERROR, _("%s For example: %s"), x->message, x->example);
	else
		form_note(f, FACE_ERROR, "%s", x->message);
	f->asking = found && x->level == FINDING_QUESTION;
	form_beep(ui);
}

static const struct finding *first_question(const struct form *f, const struct findings *fs)
{
	for (const struct finding *x = fs->first; x; x = x->next)
		if (x->level == FINDING_QUESTION && !form_is_confirmed(f, x->field))
			return x;
	return NULL;
}

bool form_finish(struct form *f, struct ui *ui, struct findings *fs)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct findings own;
	const struct finding *x;
	const struct form_slot *s;

	findings_init(&own, &mem);
	if (!fs)
		fs = &own;
	if (!form_leave(f, ui, LEAVE_FLOW))
		return false;
	form_prune(f, NULL);
	record_check(f->rec, &f->cx, fs);
	form_build(f);
	x = fs->errors ? findings_worst(fs) : first_question(f, fs);
	if (x) {
		show_finding(f, ui, x);
		s = form_now(f);
		if (x->level == FINDING_QUESTION && (s->f->flags & FIELD_TWICE) && field_is_unusual(s->f, slot_value(s)))
			ask_twice(f, ui, s, slot_value(s));
		else if (x->level == FINDING_QUESTION)
			form_set_mark(f, x->field, MARK_CONFIRMED, true); /* asked once */
		return false;
	}
	*f->note = '\0';
	form_begin(f);
	return true;
}
