#include "app/clinic/measure.h"

/* A form may ask for more places than the measure has (the examination's glucose: 7.21): rounded as one says it. */
static int64_t at_places(int64_t v, int from, int to)
{
	int64_t unit = 1;

	for (int i = from; i < to; i++)
		v *= 10;
	for (int i = to; i < from; i++)
		unit *= 10;
	return (v + unit / 2) / unit;
}

static int64_t number_at(const struct measure *m, const char *key, const struct record *rec)
{
	const struct field *f = key ? form_field(rec->form, key) : NULL;

	return f ? at_places(record_num(rec, key, 0), f->places, m->places) : 0;
}

static bool in_place(const struct measure *m, const struct measure_place *p, const struct record *rec, struct measured *out)
{
	const struct value *v = record_get(rec, p->key);

	if (p->only && !record_is(rec, p->only, p->code))
		return false;
	*out = (struct measured){ .home = p->home };
	if (v->kind == V_INT || v->kind == V_DECIMAL) {
		out->value = number_at(m, p->key, rec);
		out->value2 = number_at(m, p->key2, rec);
		return out->value > 0 && (!p->key2 || out->value2 > 0);
	}
	if (p->flag && record_text(rec, p->flag)) {
		const struct code *c = field_code(form_field(rec->form, p->flag), record_text(rec, p->flag));

		out->flag = c ? c->term.en : NULL;
	}
	return out->flag != NULL;
}

bool measure_read(const struct measure *m, const struct record *rec, struct measured *out)
{
	for (const struct measure_place *p = m->places_of; p->key; p++)
		if (in_place(m, p, rec, out))
			return true;
	return false;
}

bool measure_taken(const struct measure *m, const struct record *rec, struct measured *out)
{
	return measure_read(m, rec, out) && !out->home;
}

static bool reaches(const struct measure *m, const char *key, const struct record *rec, int64_t from)
{
	const struct field *f = key && from ? form_field(rec->form, key) : NULL;
	int64_t v = f ? record_num(rec, key, 0) : 0;

	for (int i = m->places; f && i < f->places; i++)
		from *= 10;
	for (int i = f ? f->places : 0; i < m->places; i++)
		v *= 10;
	return f && v >= from;
}

bool measure_reaches(const struct measure *m, const struct record *rec, int64_t from, int64_t from2)
{
	struct measured v;

	for (const struct measure_place *p = m->places_of; p->key; p++)
		if (in_place(m, p, rec, &v))
			return !v.home && (v.flag ? !strcmp(v.flag, "HI") :
				reaches(m, p->key, rec, from) || reaches(m, p->key2, rec, from2));
	return false;
}

static void add_number(int64_t v, int places, struct sbuf *out)
{
	int64_t unit = 1;

	for (int i = 0; i < places; i++)
		unit *= 10;
	if (places)
		sbuf_addf(out, "%lld.%0*lld", (long long)(v / unit), places, (long long)(v % unit));
	else
		sbuf_addf(out, "%lld", (long long)v);
}

void measure_format(const struct measure *m, const struct measured *v, struct sbuf *out)
{
	if (v->flag) {
		sbuf_adds(out, v->flag);
		return;
	}
	add_number(v->value, m->places, out);
	if (v->value2) {
		sbuf_addc(out, '/');
		add_number(v->value2, m->places, out);
	}
}

bool measure_words(const struct measure *m, const struct record *rec, struct sbuf *out)
{
	struct measured v;

	if (!measure_read(m, rec, &v))
		return false;
	sbuf_adds(out, m->mark ? m->mark : "");
	measure_format(m, &v, out);
	return true;
}
