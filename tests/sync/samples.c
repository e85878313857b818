#include "samples.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#define UID(n) "0195f3c2-0000-7000-8000-00000000000" n

static const struct code *nth_code(const struct field *f, unsigned n)
{
	unsigned count = 0;

	while (f->codes[count].code)
		count++;
	return &f->codes[n % count];
}

/* Two codes that go together, or one. */
static void fill_codes(struct record *rec, const struct field *f, unsigned seed)
{
	const struct code *a = nth_code(f, seed), *b = nth_code(f, seed + 1);
	char text[64];

	if (a->exclusive || b->exclusive || a >= b)
		snprintf(text, sizeof(text), "%s", a->code);
	else
		snprintf(text, sizeof(text), "%s,%s", a->code, b->code);
	record_set_text(rec, f->key, text);
}

static int64_t number(const struct field *f, unsigned seed)
{
	int64_t n = 17 + seed;

	if (f->hard.lo == f->hard.hi)
		return n;
	n = f->hard.lo + (int64_t)seed % 7;
	return n > f->hard.hi ? f->hard.hi : n;
}

static void fill(struct record *rec, unsigned seed);

static void fill_field(struct record *rec, const struct field *f, unsigned seed)
{
	char text[96];

	switch (f->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		record_set_num(rec, f->key, number(f, seed));
		break;
	case V_DATE:
		record_set_text(rec, f->key, "1950-02-28");
		break;
	case V_TIME:
		record_set_text(rec, f->key, "2026-11-22T09:41:00+08:00");
		break;
	case V_TEXT: /* a version is a resource with the name of its side */
		if (f->max == 60000)
			snprintf(text, sizeof(text), "{\"resourceType\":\"Basic\",\"id\":\"%s\",\"n\":%u}", f->key, seed);
		else
			snprintf(text, sizeof(text), "%u文", seed);
		record_set_text(rec, f->key, text);
		break;
	case V_CODE:
		record_set_text(rec, f->key, nth_code(f, seed)->code);
		break;
	case V_CODES:
		fill_codes(rec, f, seed);
		break;
	case V_REF:
		record_set_text(rec, f->key, UID("9"));
		break;
	case V_LIST:
		fill(record_add_item(rec, f->key), seed);
		fill(record_add_item(rec, f->key), seed + 1);
		break;
	case V_EMPTY:
		break;
	}
}

static void fill(struct record *rec, unsigned seed)
{
	for (size_t i = 0; i < rec->form->n_fields; i++)
		fill_field(rec, &rec->form->fields[i], seed + (unsigned)i);
}

struct record *sample_record(struct arena *mem, enum kind_id kind, const char *variant, unsigned seed)
{
	struct record *rec = record_new(mem, kind_form(kind_by_id(kind), variant));

	fill(rec, seed);
	snprintf(rec->meta.id, sizeof(rec->meta.id), "%s", UID("1"));
	rec->meta.revision = 1;
	if (kind == KIND_RESIDENT) /* died_on is filled: that makes the state */
		record_set_text(rec, "status", "4");
	if (form_field(rec->form, "programme"))
		record_set_text(rec, "programme", *variant ? variant : "htn");
	return rec;
}

static const char *shown(const struct value *v)
{
	static char text[64];

	snprintf(text, sizeof(text), "%lld", (long long)v->num);
	return v->text ? v->text : text;
}

void assert_same_record(const struct record *a, const struct record *b)
{
	assert_ptr_equal(a->form, b->form);
	for (size_t i = 0; i < a->form->n_fields; i++)
		if (!value_equal(&a->values[i], &b->values[i]))
			fail_msg("%s.%s: kind %d \"%s\" is not kind %d \"%s\"", a->form->code, a->form->fields[i].key,
				(int)a->values[i].kind, shown(&a->values[i]), (int)b->values[i].kind, shown(&b->values[i]));
}

struct record *sample_fullest(struct arena *mem, enum kind_id kind, const char *variant)
{
	struct record *rec = sample_record(mem, kind, variant, 1);

	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		for (int64_t n = (int64_t)rec->values[i].n_items; f->type == V_LIST && n < f->max; n++)
			fill(record_add_item(rec, f->key), (unsigned)n);
	}
	return rec;
}
