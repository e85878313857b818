#include "app/clinic/record.h"

#include <assert.h>

#include "app/base/date.h"

static const struct value empty_value;

struct record *record_new(struct arena *mem, const struct form_def *form)
{
	struct record *rec = arena_alloc(mem, sizeof *rec);

	rec->form = form;
	rec->mem = mem;
	rec->values = arena_alloc(mem, form->n_fields * sizeof *rec->values);
	return rec;
}

static void copy_value(struct arena *mem, struct value *to, const struct value *from)
{
	*to = *from;
	if (from->text)
		to->text = arena_strdup(mem, from->text);
	if (!from->n_items)
		return;
	to->items = arena_alloc(mem, from->n_items * sizeof(struct record *));
	for (size_t i = 0; i < from->n_items; i++)
		to->items[i] = record_copy(mem, from->items[i]);
}

struct record *record_copy(struct arena *mem, const struct record *from)
{
	struct record *rec = record_new(mem, from->form);

	rec->meta = from->meta;
	for (size_t i = 0; i < from->form->n_fields; i++)
		copy_value(mem, &rec->values[i], &from->values[i]);
	return rec;
}

static struct value *slot(struct record *rec, const char *key)
{
	int i = form_index(rec->form, key);

	assert(i >= 0);
	return &rec->values[i];
}

static const struct field *field_at(const struct record *rec, const struct value *slot)
{
	return &rec->form->fields[slot - rec->values];
}

const struct value *record_get(const struct record *rec, const char *key)
{
	int i = form_index(rec->form, key);

	return i < 0 ? &empty_value : &rec->values[i];
}

const char *record_text(const struct record *rec, const char *key)
{
	const struct value *v = record_get(rec, key);

	return v->kind == V_EMPTY ? NULL : v->text;
}

int64_t record_num(const struct record *rec, const char *key, int64_t otherwise)
{
	const struct value *v = record_get(rec, key);

	return v->kind == V_INT || v->kind == V_DECIMAL || v->kind == V_MONEY ? v->num : otherwise;
}

int32_t record_day(const struct record *rec, const char *key)
{
	return date_day(record_text(rec, key));
}

bool record_is(const struct record *rec, const char *key, const char *code)
{
	return value_has_code(record_get(rec, key), code);
}

void record_set_text(struct record *rec, const char *key, const char *text)
{
	struct value *v = slot(rec, key);
	const struct field *f = field_at(rec, v);

	*v = (struct value){ 0 };
	if (!text || !*text)
		return;
	assert(f->type >= V_DATE && f->type <= V_REF);
	v->kind = f->type;
	v->text = arena_strdup(rec->mem, text);
}

void record_set_num(struct record *rec, const char *key, int64_t num)
{
	struct value *v = slot(rec, key);
	const struct field *f = field_at(rec, v);

	assert(f->type >= V_INT && f->type <= V_MONEY);
	*v = (struct value){ .kind = f->type, .num = num };
}

void record_set_day(struct record *rec, const char *key, int32_t day)
{
	char iso[DATE_LEN];

	if (day == NO_DAY)
		record_clear(rec, key);
	else
		record_set_text(rec, key, date_iso(day, iso));
}

void record_set(struct record *rec, const char *key, const struct value *v)
{
	copy_value(rec->mem, slot(rec, key), v);
}

void record_clear(struct record *rec, const char *key)
{
	*slot(rec, key) = (struct value){ 0 };
}

struct record *record_add_item(struct record *rec, const char *key)
{
	struct value *v = slot(rec, key);
	const struct field *f = field_at(rec, v);
	struct record **items;

	assert(f->type == V_LIST);
	items = arena_alloc(rec->mem, (v->n_items + 1) * sizeof(struct record *));
	if (v->n_items)
		memcpy(items, v->items, v->n_items * sizeof(struct record *));
	items[v->n_items] = record_new(rec->mem, f->form);
	v->kind = V_LIST;
	v->items = items;
	return items[v->n_items++];
}

bool value_has_code(const struct value *v, const char *code)
{
	size_t n = strlen(code);

	if (v->kind != V_CODE && v->kind != V_CODES)
		return false;
	for (const char *s = v->text; *s;) {
		size_t len = strcspn(s, ",");

		if (len == n && !memcmp(s, code, n))
			return true;
		s += len + (s[len] == ',');
	}
	return false;
}

bool record_says_the_same(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->form->n_fields; i++)
		if (!value_equal(&a->values[i], &b->values[i]))
			return false;
	return true;
}

const struct record *record_same_item(const struct value *list, const struct record *item)
{
	for (size_t i = 0; list && list->kind == V_LIST && i < list->n_items; i++)
		if (record_says_the_same(item, list->items[i]))
			return list->items[i];
	return NULL;
}

static bool items_equal(const struct value *a, const struct value *b)
{
	if (a->n_items != b->n_items)
		return false;
	for (size_t i = 0; i < a->n_items; i++)
		if (!record_says_the_same(a->items[i], b->items[i]))
			return false;
	return true;
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case V_EMPTY:
		return true;
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		return a->num == b->num;
	case V_LIST:
		return items_equal(a, b);
	case V_DATE:
	case V_TIME:
	case V_TEXT:
	case V_CODE:
	case V_CODES:
	case V_REF:
		break;
	}
	return !strcmp(a->text, b->text);
}
