/* Which value the file has that comes of two. */
#include "app/base/date.h"
#include "app/clinic/leaders.h"
#include "app/service/merging.h"
#include "app/service/numbers.h"

/* Numbers of which a person has one; the other file's stays known. */
static const struct {
	const char *key, *system;
} numbers[] = {
	{ "id_number", NULL }, { "file_no", "24" }, { "card_no", "23" }, { "birth_certificate", "21" },
};

/* What a list says is not there cannot stand beside it. */
static const struct {
	const char *has, *list;
} histories[] = {
	{ "has_surgery", "past_surgery" }, { "has_trauma", "past_trauma" }, { "has_transfusion", "past_transfusion" },
};

static bool is_taken(const char *key, const char *const *take, size_t n_take)
{
	for (size_t i = 0; i < n_take; i++)
		if (!strcmp(take[i], key))
			return true;
	return false;
}

static bool is_own_business(const struct field *f)
{
	return (f->flags & (FIELD_COMPUTED | FIELD_READONLY)) || !strcmp(f->key, "identifiers");
}

static void join_list(struct record *out, const struct field *f, const struct value *other)
{
	for (size_t i = 0; i < other->n_items; i++) {
		struct record *item;

		if (record_same_item(record_get(out, f->key), other->items[i]))
			continue;
		item = record_add_item(out, f->key);
		for (size_t k = 0; k < item->form->n_fields; k++)
			record_set(item, item->form->fields[k].key, &other->items[i]->values[k]);
	}
}

/* "None" in one file does not silence what the other knows. */
static void join_codes(struct record *out, const struct field *f, const struct value *other)
{
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	const struct value *own = record_get(out, f->key);

	for (const struct code *c = f->codes; c->code; c++)
		if (!c->exclusive && (value_has_code(own, c->code) || value_has_code(other, c->code)))
			sbuf_addf(&codes, "%s%s", codes.len ? "," : "", c->code);
	if (codes.len)
		record_set_text(out, f->key, codes.s);
}

static void choose(struct record *out, const struct record *keep, const struct record *other, const struct field *f,
	bool taken)
{
	const struct value *theirs = record_get(other, f->key);
	const char *leader = field_leader(f->key);
	bool led = strcmp(leader, f->key) != 0;

	if (taken)
		record_set(out, f->key, theirs);
	else if (f->type == V_LIST)
		join_list(out, f, theirs);
	else if (f->type == V_CODES && !value_is_empty(theirs))
		join_codes(out, f, theirs);
	if (f->type == V_CODES && value_is_empty(record_get(out, f->key)))
		record_set(out, f->key, theirs);
	else if (!taken && value_is_empty(record_get(out, f->key)) && (!led || value_is_empty(record_get(keep, leader))))
		record_set(out, f->key, theirs);
}

/* "None" beside other diseases, "no operation" beside operations. */
static void settle(struct record *out)
{
	const struct value *list = record_get(out, "past_disease");
	struct value some = { .kind = V_LIST, .items = arena_alloc(out->mem, (list->n_items + 1) * sizeof *some.items) };

	for (size_t i = 0; i < list->n_items; i++)
		if (!record_is(list->items[i], "code", "1"))
			some.items[some.n_items++] = list->items[i];
	if (some.n_items)
		record_set(out, "past_disease", &some);
	for (size_t i = 0; i < N_ELEMENTS(histories); i++)
		if (record_get(out, histories[i].list)->n_items)
			record_set_text(out, histories[i].has, "2");
}

static void note_number(struct record *out, const struct record *from, size_t i, int32_t today)
{
	const char *value = record_text(from, numbers[i].key), *has = record_text(out, numbers[i].key);
	const char *system = numbers[i].system ? numbers[i].system : record_text(from, "id_type");

	if (value && (!has || strcmp(has, value) != 0))
		record_set_day(number_note(out, system ? system : "01", value, "2"), "to", today);
}

struct record *merge_values(struct record *keep, const struct record *other, const char *const *take, size_t n_take,
	int32_t today)
{
	struct record *out = record_copy(keep->mem, keep);

	for (size_t i = 0; i < keep->form->n_fields; i++) {
		const struct field *f = &keep->form->fields[i];

		if (!is_own_business(f))
			choose(out, keep, other, f, is_taken(field_leader(f->key), take, n_take));
	}
	settle(out);
	join_list(out, form_field(out->form, "identifiers"), record_get(other, "identifiers"));
	for (size_t i = 0; i < N_ELEMENTS(numbers); i++) {
		note_number(out, keep, i, today);
		note_number(out, other, i, today);
	}
	return out;
}
