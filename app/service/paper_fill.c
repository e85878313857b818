/* Values into the texts of printed forms. */
#include "app/base/date.h"
#include "app/service/address.h"
#include "app/service/paper_int.h"
#include "app/service/value_words.h"

const char *paper_word(const struct field *f, const char *code)
{
	const struct code *c = f && code ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

/* "1轻 2中"; a word that begins with its code already, "1级", says it once. */
void paper_legend(const struct field *f, struct sbuf *out)
{
	for (const struct code *c = f->codes; c && c->code; c++) {
		const char *word = term_text(&c->term);
		const size_t n = strlen(c->code);
		const bool said = !strncmp(word, c->code, n) && (word[n] == ' ' || (unsigned char)word[n] >= 0x80);
		const bool number = *word >= '0' && *word <= '9'; /* "8 55岁以上", not 855 */

		sbuf_addf(out, "%s%s%s%s", c == f->codes ? "" : " ", said ? "" : c->code, !said && number ? " " : "", word);
	}
}

/* "[2] 1良好 2一般 3差": the box and the codes beside it. */
static void paper_codes(const struct field *f, const struct value *v, struct sbuf *out)
{
	sbuf_addf(out, "[%s] ", value_is_empty(v) ? "  " : v->text);
	paper_legend(f, out);
}

void paper_amount(const struct field *f, const struct value *v, struct sbuf *out)
{
	const size_t start = out->len;
	size_t n;

	field_format(f, v, false, out);
	n = out->len;
	if (v->kind != V_DECIMAL || !strchr(out->s + start, '.'))
		return;
	while (out->s[n - 1] == '0')
		n--;
	sbuf_cut(out, out->s[n - 1] == '.' ? n - 1 : n);
}

/* One line of a list: its values in order, numbers with their words. */
static void add_item(struct paper *p, const struct record *item, size_t number, struct sbuf *out)
{
	sbuf_addf(out, "%zu.", number);
	for (size_t i = 0; i < item->form->n_fields; i++) {
		const struct field *f = &item->form->fields[i];
		const struct value *v = &item->values[i];
		const bool number_of_it = v->kind == V_INT || v->kind == V_DECIMAL || v->kind == V_MONEY;

		if (value_is_empty(v))
			continue;
		sbuf_addc(out, ' ');
		if (number_of_it)
			sbuf_adds(out, *term_text(&f->on_form) ? term_text(&f->on_form) : field_label(f));
		if (number_of_it)
			paper_amount(f, v, out);
		else
			paper_value(p, f, v, out);
	}
}

void paper_value(struct paper *p, const struct field *f, const struct value *v, struct sbuf *out)
{
	if (v->kind == V_CODE)
		sbuf_adds(out, paper_word(f, v->text));
	else if (v->kind == V_LIST)
		for (size_t i = 0; i < v->n_items; i++) {
			if (i)
				sbuf_addc(out, '\n');
			add_item(p, v->items[i], i + 1, out);
		}
	else if (p->n_visits || value_is_empty(v)) /* side by side the label has the unit */
		record_value_words(p->app, f, v, p->mem, out);
	else
		record_amount_words(p->app, f, v, p->mem, out);
}

/* ---- what stands in braces -------------------------------------------------------------------------------------- */

static int32_t day_of(const struct paper *p)
{
	const char *key = kind_by_id(p->kind)->date_key;
	const int32_t day = key ? record_day(p->rec, key) : NO_DAY;

	return day == NO_DAY ? app_today(p->app) : day;
}

static void add_age(struct paper *p, struct sbuf *out)
{
	const int32_t born = record_day(p->resident, "birth_date"), day = day_of(p);

	if (born != NO_DAY && !age_in_months(date_age(born, day), born, day, out))
		sbuf_addf(out, _("%d years"), date_age(born, day));
}

static void add_place(struct paper *p, struct sbuf *out)
{
	address_words(p->app, p->resident, out);
}

static void add_tail(struct paper *p, struct sbuf *out)
{
	const char *no = record_text(p->resident, "file_no");
	const size_t n = no ? strlen(no) : 0;

	if (n > 8)
		sbuf_addf(out, "%.3s-%s", no + n - 8, no + n - 5);
	else if (no)
		sbuf_adds(out, no);
}

/* The telephone of an institution or a colleague: for the card that the resident keeps. */
static void add_phone(struct paper *p, enum kind_id kind, const char *id, struct sbuf *out)
{
	struct record *who;
	struct err ignored;

	if (id && *id && record_load(p->app, kind, id, p->mem, &who, &ignored) && record_text(who, "phone"))
		sbuf_adds(out, record_text(who, "phone"));
}

static void add_doctor_phone(struct paper *p, struct sbuf *out)
{
	add_phone(p, KIND_STAFF, record_text(p->resident, "responsible_doctor"), out);
}

/* "drugs.2.name": of the second item, if there is one. */
static void add_item_field(struct paper *p, const struct record *rec, const char *path, struct sbuf *out)
{
	const size_t list_len = strcspn(path, ".");
	char list[64], *rest;
	const unsigned long number = strtoul(path + list_len + 1, &rest, 10);
	const struct value *v;

	snprintf(list, sizeof list, "%.*s", (int)list_len, path);
	if (form_index(rec->form, list) < 0 || *rest != '.')
		return;
	v = record_get(rec, list);
	if (!number || number > v->n_items || form_index(v->items[number - 1]->form, rest + 1) < 0)
		return;
	rec = v->items[number - 1];
	v = record_get(rec, rest + 1);
	if (v->kind == V_DECIMAL)
		paper_amount(form_field(rec->form, rest + 1), v, out);
	else if (!value_is_empty(v))
		paper_value(p, form_field(rec->form, rest + 1), v, out);
}

static void add_field(struct paper *p, const struct record *rec, const char *key, struct sbuf *out)
{
	const size_t n = strlen(key);
	const bool box = n && key[n - 1] == '#', bare = n && key[n - 1] == '@';
	char name[64];
	const struct field *f;

	if (strchr(key, '.')) {
		add_item_field(p, rec, key, out);
		return;
	}
	snprintf(name, sizeof name, "%.*s", (int)(n - box - bare), key);
	f = form_field(rec->form, name);
	if (f && box)
		paper_codes(f, record_get(rec, name), out);
	else if (f && bare && record_text(rec, name))
		sbuf_adds(out, record_text(rec, name));
	else if (f && !bare && !value_is_empty(record_get(rec, name)))
		paper_value(p, f, record_get(rec, name), out);
}

static void add_of_resident(struct paper *p, const char *key, struct sbuf *out)
{
	static const struct {
		const char *key;
		void (*add)(struct paper *p, struct sbuf *out);
	} made[] = { { "age", add_age }, { "place", add_place }, { "tail", add_tail }, { "doctor_phone", add_doctor_phone } };

	if (!p->resident)
		return;
	for (size_t i = 0; i < N_ELEMENTS(made); i++)
		if (!strcmp(made[i].key, key)) {
			made[i].add(p, out);
			return;
		}
	add_field(p, p->resident, key, out);
}

static void add_source(struct paper *p, const char *source, struct sbuf *out)
{
	static const char resident[] = "resident.";

	if (!strncmp(source, resident, sizeof resident - 1))
		add_of_resident(p, source + sizeof resident - 1, out);
	else if (!strcmp(source, "clinic.name"))
		sbuf_adds(out, p->app->clinic.name);
	else if (!strcmp(source, "clinic.phone"))
		add_phone(p, KIND_ORGANISATION, p->app->clinic.org_id, out);
	else
		add_field(p, p->rec, source, out);
}

/* {a|b}: the first that has a value. */
static bool add_sources(struct paper *p, const char *sources, size_t n, struct sbuf *out)
{
	const size_t before = out->len;

	while (n && out->len == before) {
		char one[64];
		const char *bar = memchr(sources, '|', n);
		const size_t len = bar ? (size_t)(bar - sources) : n;

		snprintf(one, sizeof one, "%.*s", (int)len, sources);
		add_source(p, one, out);
		sources += len + (bar != NULL);
		n -= len + (bar != NULL);
	}
	return out->len > before;
}

/* A line of a text; false when it is to be left out. */
static bool fill_line(struct paper *p, const char *line, size_t n, const char *blank, struct sbuf *out)
{
	const bool optional = n && *line == '?';
	bool any = false, asked = false;

	for (size_t i = optional; i < n;) {
		const char *end = line[i] == '{' ? memchr(line + i, '}', n - i) : NULL;

		if (!end) {
			sbuf_addc(out, line[i++]);
			continue;
		}
		asked = true;
		if (add_sources(p, line + i + 1, (size_t)(end - line) - i - 1, out))
			any = true;
		else
			sbuf_adds(out, blank);
		i = (size_t)(end - line) + 1;
	}
	return any || !(optional && asked);
}

void paper_fill(struct paper *p, const char *text, const char *blank, struct sbuf *out)
{
	bool first = true;

	for (;;) {
		const size_t n = strcspn(text, "\n"), before = out->len;

		if (!first)
			sbuf_addc(out, '\n');
		if (fill_line(p, text, n, blank, out))
			first = false;
		else
			sbuf_cut(out, before);
		if (!text[n])
			return;
		text += n + 1;
	}
}
