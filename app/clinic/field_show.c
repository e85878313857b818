/* Values of fields as people read them, and examples of right. */
#include "app/clinic/field_int.h"

#include "app/clinic/record.h"

const int64_t field_pow10[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

unsigned field_places(const struct field *f)
{
	return f->type == V_DECIMAL ? f->places : f->type == V_MONEY ? 2 : 0;
}

void field_scaled(int64_t num, unsigned places, struct sbuf *out)
{
	int64_t unit = field_pow10[places], abs = num < 0 ? -num : num;

	if (num < 0)
		sbuf_addc(out, '-');
	sbuf_add_int(out, abs / unit, 1);
	if (!places)
		return;
	sbuf_addc(out, '.');
	sbuf_add_int(out, abs % unit, places);
}

const char *field_meaning(const struct field *f, const struct value *v)
{
	const char *found = "";

	if (v->kind != V_INT && v->kind != V_DECIMAL)
		return "";
	for (const struct meaning *m = f->meanings; m && m->term.zh && m->from <= v->num; m++)
		found = term_text(&m->term);
	return found;
}

/* Papers print digits; other codes are words between programs. */
static bool is_printed(const char *code)
{
	return *code >= '0' && *code <= '9';
}

static void format_code(const struct field *f, const char *code, bool words, struct sbuf *out)
{
	const struct code *c = words ? field_code(f, code) : NULL;

	if (!c || is_printed(code))
		sbuf_addf(out, "%s%s", code, c ? " " : "");
	if (c)
		sbuf_adds(out, term_text(&c->term));
}

static void format_codes(const struct field *f, const char *s, bool words, struct sbuf *out)
{
	bool first = true;

	while (*s) {
		char one[64];
		size_t n = strcspn(s, ",");

		snprintf(one, sizeof one, "%.*s", (int)n, s);
		if (!first)
			sbuf_adds(out, words ? ", " : ",");
		format_code(f, one, words, out);
		first = false;
		s += n + (s[n] == ',');
	}
}

static void format_list(const struct field *f, const struct value *v, bool words, struct sbuf *out)
{
	for (size_t i = 0; i < v->n_items; i++) {
		bool first = true;

		if (i)
			sbuf_adds(out, "; ");
		for (size_t j = 0; j < f->form->n_fields; j++) {
			const struct value *item = &v->items[i]->values[j];

			if (value_is_empty(item))
				continue;
			if (!first)
				sbuf_addc(out, ' ');
			field_format(&f->form->fields[j], item, words, out);
			first = false;
		}
	}
}

void field_format(const struct field *f, const struct value *v, bool words, struct sbuf *out)
{
	switch (v->kind) {
	case V_EMPTY:
		break;
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		field_scaled(v->num, field_places(f), out);
		break;
	case V_CODE:
		format_code(f, v->text, words, out);
		break;
	case V_CODES:
		format_codes(f, v->text, words, out);
		break;
	case V_LIST:
		format_list(f, v, words, out);
		break;
	case V_DATE:
	case V_TIME:
	case V_TEXT:
	case V_REF:
		sbuf_adds(out, v->text);
		break;
	}
}

static void example_number(const struct field *f, char *out, size_t size)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	const struct range *r = f->soft.hi ? &f->soft : &f->hard;
	int64_t unit = field_pow10[field_places(f)];
	int64_t mid = r->hi ? (r->lo + r->hi) / 2 : unit;

	field_scaled(mid, field_places(f), &b);
	snprintf(out, size, "%s", b.s);
}

void field_example(const struct field *f, char *out, size_t size)
{
	size_t i;

	switch (f->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		example_number(f, out, size);
		break;
	case V_DATE:
		snprintf(out, size, "%s", f->flags & FIELD_BIRTH ? "1952-03-15" : "2026-11-22");
		break;
	case V_TIME:
		snprintf(out, size, "2026-11-22T09:41:00+08:00");
		break;
	case V_CODE:
	case V_CODES:
		i = f->codes && !strcmp(f->codes[0].code, "0"); /* "unknown" is no example of right */
		snprintf(out, size, "%s", f->codes && f->codes[i].code ? f->codes[i].code : "1");
		break;
	case V_EMPTY:
	case V_TEXT:
	case V_REF:
	case V_LIST:
		out[0] = '\0';
		break;
	}
}
