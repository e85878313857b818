#include "app/programmes/combined.h"

#include "app/programmes/programmes.h"

enum { KEPT_MAX = 64, FIELDS_MAX = 512, ROWS_OF_A_BLOCK = 60 };

/* Sheets are made when they are first asked for and live as long as the program. */
static struct {
	struct arena mem;
	struct combined *made[KEPT_MAX];
	char variant[KEPT_MAX][32];
	size_t n;
} kept;

bool combined_takes(const struct programme *p)
{
	return p->yearly_visits > 1;
}

/* ---- which fields are one ---------------------------------------------------------------------------------------------- */

static bool same_codes(const struct code *a, const struct code *b)
{
	if (a == b)
		return true;
	if (!a || !b)
		return false;
	for (; a->code && b->code; a++, b++)
		if (strcmp(a->code, b->code) != 0 || strcmp(a->term.zh, b->term.zh) != 0)
			return false;
	return !a->code && !b->code;
}

static bool is_same(const struct field *a, const struct field *b)
{
	return !strcmp(a->key, b->key) && a->type == b->type && a->places == b->places && a->form == b->form &&
		same_codes(a->codes, b->codes) && !((a->flags | b->flags) & FIELD_OWN);
}

/* Does another programme of the sheet use this key for something else? */
static bool is_contested(const struct combined *c, size_t i, const struct field *f)
{
	for (size_t k = 0; k < c->n; k++) {
		const struct field *g = k == i ? NULL : form_field(c->programmes[k]->followup, f->key);

		if (g && !is_same(f, g))
			return true;
	}
	return false;
}

/* ---- making a sheet ------------------------------------------------------------------------------------------------------ */

struct making {
	struct combined *c;
	struct field *fields;
	struct combined_field *from;
	size_t n;
};

static struct term with_mark(const struct programme *p, const struct term *t)
{
	struct term out = *t;

	if (t->zh && *t->zh && strcmp(t->zh, "/") != 0) {
		out.zh = arena_printf(&kept.mem, "%s %s", p->mark.zh, t->zh);
		out.en = arena_printf(&kept.mem, "%s %s", p->mark.en, t->en);
	}
	return out;
}

static struct field *add(struct making *m, const struct field *f, size_t programme)
{
	struct field *out = &m->fields[m->n];

	if (m->n == FIELDS_MAX)
		return NULL;
	m->from[m->n] = (struct combined_field){ f->key, 1u << programme, programme };
	*out = *f;
	out->page = f->page > 1 ? 3 : 1;
	m->n++;
	return out;
}

/* Shared fields in the order of the first programme that has them. */
static void add_shared(struct making *m)
{
	const struct combined *c = m->c;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->programmes[i]->followup->n_fields; k++) {
			const struct field *f = &c->programmes[i]->followup->fields[k];
			unsigned of = 0;
			struct field *out;

			for (size_t j = 0; j < c->n; j++) {
				const struct field *g = form_field(c->programmes[j]->followup, f->key);

				if (g && is_same(f, g))
					of |= 1u << j;
			}
			if (!(of & (of - 1)) || (of & ((1u << i) - 1)) || is_contested(c, i, f))
				continue;
			out = add(m, f, i);
			if (!out)
				return;
			m->from[m->n - 1].of = of;
			/* one sheet, several programmes: not a code any more */
			if (!strcmp(f->key, "programme"))
				*out = (struct field){ .key = f->key, .label = f->label, .type = V_TEXT, .max = 40,
					.page = 1, .required = f->required, .flags = f->flags };
		}
}

static bool is_shared(const struct making *m, const char *key, size_t programme)
{
	for (size_t k = 0; k < m->n; k++)
		if (!strcmp(m->from[k].key, key) && (m->from[k].of & 1u << programme) && (m->from[k].of & (m->from[k].of - 1)))
			return true;
	return false;
}

/* What only this disease asks; marked where another one uses the same word.  Its lines stay apart from the next block's. */
static void add_block(struct making *m, size_t i)
{
	const struct programme *p = m->c->programmes[i];

	for (size_t k = 0; k < p->followup->n_fields; k++) {
		const struct field *f = &p->followup->fields[k];
		struct field *out = is_shared(m, f->key, i) ? NULL : add(m, f, i);

		if (!out)
			continue;
		out->page = f->page > 1 ? 3 : 2;
		if (f->type == V_CODES)
			out->flags |= FIELD_LEGEND;
		out->row = f->row ? (uint8_t)(f->row + (i + 1) * ROWS_OF_A_BLOCK) : 0;
		if (!is_contested(m->c, i, f))
			continue;
		out->key = arena_printf(&kept.mem, "%s_%s", p->code, f->key);
		out->on_form = with_mark(p, f->on_form.zh ? &f->on_form : &f->label);
		out->label = with_mark(p, &f->label);
	}
}

/* First what is shared, then the blocks, then what stands on the papers' second pages: the order within each is kept. */
static void by_page(struct making *m)
{
	struct field *fields = arena_alloc(&kept.mem, (m->n + 1) * sizeof *fields);
	struct combined_field *from = arena_alloc(&kept.mem, (m->n + 1) * sizeof *from);
	size_t n = 0;

	for (uint8_t page = 1; page <= 3; page++)
		for (size_t k = 0; k < m->n; k++)
			if (m->fields[k].page == page) {
				fields[n] = m->fields[k];
				from[n++] = m->from[k];
			}
	m->fields = fields;
	m->from = from;
}

static bool find_programmes(struct combined *c, const char *variant)
{
	char code[16];

	while (*variant) {
		size_t n = strcspn(variant, "+");
		const struct programme *p;

		snprintf(code, sizeof code, "%.*s", (int)n, variant);
		p = n < sizeof code ? programme_by_code(code) : NULL;
		if (!p || !combined_takes(p) || c->n == COMBINED_MAX)
			return false;
		for (size_t i = 0; i < c->n; i++)
			if (c->programmes[i] == p)
				return false;
		c->programmes[c->n++] = p;
		variant += n + (variant[n] == '+');
	}
	return c->n >= 2;
}

static void name_form(struct combined *c)
{
	AUTO_SBUF struct sbuf zh = SBUF_INIT, en = SBUF_INIT;

	for (size_t i = 0; i < c->n; i++) {
		sbuf_addf(&zh, "%s%s", i ? "+" : "", c->programmes[i]->title.zh);
		sbuf_addf(&en, "%s%s", i ? " + " : "", c->programmes[i]->title.en);
	}
	c->form.title = (struct term){ arena_strdup(&kept.mem, zh.s), arena_strdup(&kept.mem, en.s) };
}

static bool needed(const struct record *sheet, const struct field *f, int32_t today);
static void compute(struct record *sheet, const struct form_context *cx);
/* "htn_symptoms, dm_symptoms"; the first of them. */
static const char *own_keys(const struct combined *c, const char *key, struct sbuf *out)
{
	const char *first = NULL;

	for (size_t i = 0; i < c->n; i++) {
		const char *own = form_index(c->programmes[i]->followup, key) < 0 ? NULL : combined_key(c, i, key);

		if (!own)
			continue;
		sbuf_addf(out, "%s%s", out->len ? ", " : "", own);
		first = first ? first : own;
	}
	return first;
}

void combined_name_parted(const struct combined *c, struct findings *fs)
{
	for (struct finding *f = fs->first; f; f = f->next) {
		AUTO_SBUF struct sbuf keys = SBUF_INIT;
		const char *first = f->err == ERR_UNKNOWN_FIELD ? own_keys(c, f->field, &keys) : NULL;

		if (!first)
			continue;
		/* TRANSLATORS: symptoms; htn_symptoms, dm_symptoms */
		f->message = arena_printf(fs->mem, _("\"%s\" is asked for each disease of its own: %s."), f->field, keys.s);
		f->example = first;
	}
}

static void check(const struct record *sheet, const struct form_context *cx, struct findings *out);

static struct combined *make(const char *variant)
{
	struct combined *c = arena_alloc(&kept.mem, sizeof *c);
	struct making m = { .c = c };

	*c = (struct combined){ .form = { .code = "combined_followup", .edition = "2025", .needed = needed, .compute = compute,
		.check = check } };
	if (!find_programmes(c, variant))
		return NULL;
	m.fields = arena_alloc(&kept.mem, FIELDS_MAX * sizeof *m.fields);
	m.from = arena_alloc(&kept.mem, FIELDS_MAX * sizeof *m.from);
	add_shared(&m);
	for (size_t i = 0; i < c->n; i++)
		add_block(&m, i);
	by_page(&m);
	name_form(c);
	c->form.fields = m.fields;
	c->form.n_fields = m.n;
	c->fields = m.from;
	return c;
}

const struct form_def *combined_form(const char *variant)
{
	struct combined *c;

	for (size_t i = 0; i < kept.n; i++)
		if (!strcmp(kept.variant[i], variant))
			return &kept.made[i]->form;
	if (!strchr(variant, '+') || strlen(variant) >= sizeof kept.variant[0] || kept.n == KEPT_MAX)
		return NULL;
	c = make(variant);
	if (!c)
		return NULL;
	snprintf(kept.variant[kept.n], sizeof kept.variant[0], "%s", variant);
	kept.made[kept.n++] = c;
	return &c->form;
}

const struct combined *combined_of(const struct form_def *form)
{
	for (size_t i = 0; i < kept.n; i++)
		if (&kept.made[i]->form == form)
			return kept.made[i];
	return NULL;
}

/* A sheet's own table: the form is its first member. */
static const struct combined *table_of(const struct record *sheet)
{
	return (const struct combined *)(const void *)sheet->form;
}

/* ---- sheet and parts ----------------------------------------------------------------------------------------------------- */

const char *combined_key(const struct combined *c, size_t i, const char *key)
{
	for (size_t k = 0; k < c->form.n_fields; k++)
		if ((c->fields[k].of & 1u << i) && !strcmp(c->fields[k].key, key))
			return c->form.fields[k].key;
	return NULL;
}

struct record *combined_part(const struct record *sheet, size_t i, struct arena *mem)
{
	const struct combined *c = table_of(sheet);
	struct record *part = record_new(mem, c->programmes[i]->followup);

	for (size_t k = 0; k < c->form.n_fields; k++) {
		int at = c->fields[k].of & 1u << i ? form_index(part->form, c->fields[k].key) : -1;

		if (at >= 0)
			part->values[at] = sheet->values[k];
	}
	record_set_text(part, "programme", c->programmes[i]->code);
	return part;
}

struct record *combined_joined(const struct combined *c, const struct record *const parts[COMBINED_MAX], struct arena *mem)
{
	struct record *sheet = record_new(mem, &c->form);

	for (size_t k = 0; k < c->form.n_fields; k++)
		for (size_t i = 0; i < c->n && value_is_empty(&sheet->values[k]); i++) {
			bool has = parts[i] && (c->fields[k].of & 1u << i);
			const struct value *v = has ? record_get(parts[i], c->fields[k].key) : NULL;

			if (v && strcmp(c->fields[k].key, "programme") != 0)
				sheet->values[k] = *v;
		}
	return sheet;
}

/* ---- the form's own functions -------------------------------------------------------------------------------------------- */

static const struct form_context *context_of(const struct form_context *cx, size_t i)
{
	return cx->parts ? &cx->parts[i] : cx;
}

static bool needed(const struct record *sheet, const struct field *f, int32_t today)
{
	const struct combined *c = table_of(sheet);
	const struct combined_field *from = &c->fields[form_index(sheet->form, f->key)];
	const struct form_def *form = c->programmes[from->first]->followup;
	AUTO_ARENA struct arena mem = { 0 };

	return !form->needed || form->needed(combined_part(sheet, from->first, &mem), form_field(form, from->key), today);
}

/* What a programme's form computes goes onto the sheet: texts into the sheet's own memory, and only what changed. */
static void compute(struct record *sheet, const struct form_context *cx)
{
	const struct combined *c = table_of(sheet);
	AUTO_ARENA struct arena mem = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		struct record *part = combined_part(sheet, i, &mem);

		if (!part->form->compute)
			continue;
		memcpy(part->meta.id, sheet->meta.id, sizeof part->meta.id);
		part->form->compute(part, context_of(cx, i));
		for (size_t k = 0; k < c->form.n_fields; k++) {
			const struct value *v = c->fields[k].of & 1u << i ? record_get(part, c->fields[k].key) : NULL;

			if (v && strcmp(c->fields[k].key, "programme") != 0 && !value_equal(v, &sheet->values[k]))
				record_set(sheet, c->form.fields[k].key, v);
		}
	}
}

static bool is_told(const struct findings *fs, const char *key, const char *message)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (!strcmp(f->field, key) && !strcmp(f->message, message))
			return true;
	return false;
}

/* "drugs[0].name" of a part is the same path on the sheet; a contested key has its mark. */
const char *combined_path(const struct combined *c, size_t i, const char *path, struct arena *mem)
{
	size_t n = strcspn(path, "[.");
	const char *key = combined_key(c, i, arena_strndup(mem, path, n));

	return key ? arena_printf(mem, "%s%s", key, path + n) : path;
}

void combined_findings(const struct combined *c, size_t i, const struct findings *of_part, struct findings *out)
{
	for (const struct finding *f = of_part->first; f; f = f->next) {
		const char *key = combined_path(c, i, f->field, out->mem);

		if (is_told(out, key, f->message))
			continue;
		if (f->level == FINDING_ERROR)
			finding_error(out, f->err, key, "%s", f->message);
		else if (f->level == FINDING_QUESTION)
			finding_question(out, key, "%s", f->message);
		else
			finding_warning(out, f->code, key, "%s", f->message);
		if (*f->example)
			finding_example(out, f->example);
	}
}

static void check(const struct record *sheet, const struct form_context *cx, struct findings *out)
{
	const struct combined *c = table_of(sheet);
	AUTO_ARENA struct arena mem = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		struct record *part = combined_part(sheet, i, &mem);
		struct findings own;

		findings_init(&own, &mem);
		if (part->form->check)
			part->form->check(part, context_of(cx, i), &own);
		combined_findings(c, i, &own, out);
	}
}
