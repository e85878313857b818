#include "app/service/value_words.h"

#include "app/service/overview.h"

enum { RFC3339_DAY = 10, RFC3339_MINUTE = 16 };

/* "高血压随访 162/98 控制不满意 2026-11-05" of a record that has no name. */
static void add_summary(struct app *app, const struct kind *kind, const char *id, struct arena *mem, struct sbuf *out)
{
	struct record *rec;
	struct err err;
	const char *day;

	if (!record_load(app, kind->id, id, mem, &rec, &err))
		return;
	record_summary(app, kind->id, rec, out);
	day = kind->date_key ? record_text(rec, kind->date_key) : NULL;
	if (day)
		sbuf_addf(out, " %s", day);
}

/* A reference whose record is not here has no words: the id is all that is known. */
static void add_reference(struct app *app, const struct field *f, const char *id, struct arena *mem, struct sbuf *out)
{
	const struct kind *kind = kind_by_name(f->ref);
	size_t before = out->len;

	if (kind && kind->label_key)
		sbuf_adds(out, record_name(app, kind->id, id, mem));
	else if (kind)
		add_summary(app, kind, id, mem, out);
	if (out->len == before)
		sbuf_addf(out, _("%s (not on this computer)"), id);
}

static void add_list(struct app *app, const struct value *v, struct arena *mem, struct sbuf *out)
{
	for (size_t i = 0; i < v->n_items; i++) {
		const struct record *item = v->items[i];
		const char *between = i ? "; " : "";

		for (size_t k = 0; k < item->form->n_fields; k++)
			if (!value_is_empty(&item->values[k])) {
				sbuf_adds(out, between);
				record_value_words(app, &item->form->fields[k], &item->values[k], mem, out);
				between = " ";
			}
	}
}

static void add_value(struct app *app, const struct field *f, const struct value *v, const char *unit, struct arena *mem,
	struct sbuf *out)
{
	const char *meaning = field_meaning(f, v);

	if (v->kind == V_REF || (v->kind == V_TEXT && f->ref))
		add_reference(app, f, v->text, mem, out);
	else if (v->kind == V_LIST)
		add_list(app, v, mem, out);
	else if (v->kind == V_TIME && strlen(v->text) >= RFC3339_MINUTE)
		sbuf_addf(out, "%.*s %.5s", RFC3339_DAY, v->text, v->text + RFC3339_DAY + 1);
	else
		field_format(f, v, true, out);
	if (*unit)
		sbuf_addf(out, " %s", unit);
	if (*meaning)
		sbuf_addf(out, " %s", meaning);
}

enum { MONTHS_BELOW = 3 };

const char *referral_to(struct app *app, const struct record *referral, struct arena *mem)
{
	const char *org = record_name(app, KIND_ORGANISATION, record_text(referral, "to_org"), mem);
	const char *written = record_text(referral, "to_org_text");

	return *org || !written ? org : written;
}

bool age_in_months(int age, int32_t born, int32_t day, struct sbuf *out)
{
	if (age < 0 || age >= MONTHS_BELOW || born == NO_DAY)
		return false;
	sbuf_addf(out, _("%d months"), date_age_months(born, day));
	return true;
}

void age_on_paper(int age, int32_t born, int32_t day, struct sbuf *out)
{
	if (!age_in_months(age, born, day, out))
		sbuf_addf(out, "%d", age);
}

const char *age_text(struct arena *mem, int age, int32_t born, int32_t day)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	age_on_paper(age, born, day, &out);
	return arena_strdup(mem, out.s);
}

void record_amount_words(struct app *app, const struct field *f, const struct value *v, struct arena *mem, struct sbuf *out)
{
	add_value(app, f, v, field_unit(f), mem, out);
}

void record_value_words(struct app *app, const struct field *f, const struct value *v, struct arena *mem, struct sbuf *out)
{
	add_value(app, f, v, "", mem, out);
}

/* ---- a whole record --------------------------------------------------------------------------------------------------- */

struct lines {
	struct app *app;
	struct arena *mem;
	struct record_line *at;
	size_t n, cap;
};

static void add_line(struct lines *l, const char *label, const char *text)
{
	if (l->n == l->cap) {
		struct record_line *more = arena_alloc(l->mem, (l->cap + 64) * sizeof *more);

		if (l->n)
			memcpy(more, l->at, l->n * sizeof *more);
		l->at = more;
		l->cap += 64;
	}
	l->at[l->n++] = (struct record_line){ label, text };
}

/* Number, unit, meaning.  What is computed is no choice among printed codes: its words say all. */
static const char *words_of(struct lines *l, const struct field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	const struct code *c = v->kind == V_CODE && (f->flags & FIELD_COMPUTED) ? field_code(f, v->text) : NULL;

	if (c)
		sbuf_adds(&out, term_text(&c->term));
	else
		add_value(l->app, f, v, field_unit(f), l->mem, &out);
	return arena_strdup(l->mem, out.s);
}

/* Has the paper no words of its own before it, because it belongs to the field before? */
static bool continues(const struct field *f)
{
	return f->on_form.zh && !*f->on_form.zh;
}

/* One item of a list on one line: numbers and days say what they are, words speak for themselves. */
static const char *item_words(struct lines *l, const struct record *item)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	for (size_t i = 0; i < item->form->n_fields; i++) {
		const struct field *f = &item->form->fields[i];
		const struct value *v = &item->values[i];
		const struct code *c = v->kind == V_CODE ? field_code(f, v->text) : NULL;
		const char *label = continues(f) ? "" : f->on_form.zh ? term_text(&f->on_form) : field_label(f);

		if (value_is_empty(v))
			continue;
		if (out.len)
			sbuf_adds(&out, "  ");
		if (*label && v->kind != V_CODE && v->kind != V_TEXT && v->kind != V_REF)
			sbuf_addf(&out, "%s ", label);
		sbuf_adds(&out, c ? term_text(&c->term) : words_of(l, f, v));
	}
	return arena_strdup(l->mem, out.s);
}

static void add_items(struct lines *l, const struct field *f, const struct value *v)
{
	for (size_t k = 0; k < v->n_items; k++)
		add_line(l, k ? "" : field_label(f), arena_printf(l->mem, "%zu. %s", k + 1, item_words(l, v->items[k])));
}

void record_lines(struct app *app, const struct record *rec, struct arena *mem, struct record_line **out, size_t *n)
{
	struct lines l = { .app = app, .mem = mem };
	const struct field *last = NULL; /* whose value ends the newest line */

	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct value *v = &rec->values[i];

		if (value_is_empty(v) || (v->kind == V_LIST && !v->n_items))
			continue;
		if (v->kind == V_LIST) {
			add_items(&l, f, v);
		} else if (last && last == f - 1 && continues(f)) {
			struct record_line *before = &l.at[l.n - 1];

			before->text = arena_printf(mem, "%s  %s", before->text, words_of(&l, f, v));
		} else {
			add_line(&l, field_label(f), words_of(&l, f, v));
		}
		last = v->kind == V_LIST ? NULL : f;
	}
	*out = l.at;
	*n = l.n;
}
