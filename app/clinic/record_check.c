/* The checks that every form has: values, what is required, what is unusual; then the form's own. */
#include "app/clinic/record.h"

#include "app/base/date.h"

static bool has_other_code(const struct field *f, const struct value *v)
{
	for (const struct code *c = f->codes; c && c->code; c++)
		if (c->other && value_has_code(v, c->code))
			return true;
	return false;
}

/* Empty although a complete record needs it. */
static bool is_lacking(const struct record *rec, const struct field *f, int32_t today)
{
	return f->required == REQUIRED_COMPLETE && (!rec->form->needed || rec->form->needed(rec, f, today));
}

/* What was given and could not be read is not missing. */
static bool is_faulty(const struct findings *fs, const struct field *f)
{
	for (const struct finding *x = fs->errors ? fs->first : NULL; x; x = x->next)
		if (x->level == FINDING_ERROR && !strcmp(x->field, f->key))
			return true;
	return false;
}

static void check_missing(const struct record *rec, const struct field *f, int32_t today, struct findings *fs)
{
	char example[64];

	if (f->required == REQUIRED_SAVE)
		finding_error(fs, ERR_REQUIRED, f->key, _("Still missing: %s."), field_label(f));
	else if (is_lacking(rec, f, today))
		finding_warning(fs, "incomplete", f->key, _("Still missing: %s."), field_label(f));
	else
		return;
	if (fs->brief && f->required != REQUIRED_SAVE)
		return;
	field_example(f, example, sizeof example);
	finding_example(fs, example);
}

static void check_unusual(const struct field *f, const struct value *v, struct findings *fs)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT;

	if (!field_is_unusual(f, v))
		return;
	field_format(f, v, false, &is);
	finding_question(fs, f->key, _("%s: %s%s%s is unusual. Is it right?"), field_label(f), is.s, f->unit ? " " : "",
		field_unit(f));
}

static void check_other_text(const struct record *rec, const struct field *f, const struct value *v, struct findings *fs)
{
	const struct field *other = has_other_code(f, v) ? form_other(rec->form, f) : NULL;

	if (other && value_is_empty(record_get(rec, other->key)))
		finding_warning(fs, "incomplete", other->key, _("Still missing: %s."), field_label(other));
}

/* Each line is a small form: its values are as possible as the whole list is (field_check()). */
static void check_items(const struct field *f, const struct value *v, int32_t today, struct findings *fs)
{
	for (size_t i = 0; i < v->n_items; i++) {
		const struct record *item = v->items[i];
		struct finding *last = fs->last;

		for (size_t j = 0; j < item->form->n_fields; j++) {
			const struct field *g = &item->form->fields[j];

			if (value_is_empty(&item->values[j])) {
				check_missing(item, g, today, fs);
				continue;
			}
			check_unusual(g, &item->values[j], fs);
			check_other_text(item, g, &item->values[j], fs);
		}
		findings_in_item(fs, last, f->key, i);
	}
}

/* What another program wrote may be longer or larger than this form allows.  It is nobody's fault who changes something else. */
static bool is_as_stored(const struct form_context *cx, const struct field *f, const struct value *v)
{
	return cx->stored && value_equal(record_get(cx->stored, f->key), v);
}

static void check_field(const struct record *rec, const struct field *f, const struct value *v, const struct form_context *cx,
	struct findings *fs)
{
	int32_t today = cx->today;
	struct err err;

	if (value_is_empty(v)) {
		if (!is_faulty(fs, f))
			check_missing(rec, f, today, fs);
		return;
	}
	if (!field_check(f, v, today, &err)) {
		if (is_as_stored(cx, f, v))
			finding_warning(fs, "as_stored", f->key, _("%s It stands like that already and may stay."), err.message);
		else
			finding_from_err(fs, &err);
		return;
	}
	check_unusual(f, v, fs);
	check_other_text(rec, f, v, fs);
	if (v->kind == V_LIST)
		check_items(f, v, today, fs);
}

void record_check(struct record *rec, const struct form_context *cx, struct findings *fs)
{
	if (rec->form->compute)
		rec->form->compute(rec, cx);
	for (size_t i = 0; i < rec->form->n_fields; i++)
		check_field(rec, &rec->form->fields[i], &rec->values[i], cx, fs);
	if (rec->form->check)
		rec->form->check(rec, cx, fs);
}

static bool is_content(const struct field *f)
{
	return !(f->flags & (FIELD_FRAME | FIELD_HIDDEN)) && field_takes_input(f);
}

bool record_is_blank(const struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++)
		if (is_content(&rec->form->fields[i]) && !value_is_empty(&rec->values[i]))
			return false;
	return true;
}

const char *record_first_field(const struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++)
		if (is_content(&rec->form->fields[i]))
			return rec->form->fields[i].key;
	return "";
}

bool record_is_complete(const struct record *rec, const struct form_context *cx, struct arena *mem)
{
	struct findings fs;

	findings_init(&fs, mem);
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct value *v = &rec->values[i];

		if (value_is_empty(v) && (f->required == REQUIRED_SAVE || is_lacking(rec, f, cx->today)))
			return false;
		check_other_text(rec, f, v, &fs);
		check_items(f, v, cx->today, &fs);
	}
	if (rec->form->check)
		rec->form->check(rec, cx, &fs);
	for (const struct finding *f = fs.first; f; f = f->next)
		if (!strcmp(f->code, "incomplete") || f->err == ERR_REQUIRED)
			return false;
	return true;
}
