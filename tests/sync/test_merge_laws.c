/* The laws of the merge, on records of every kind changed at random: the same from both sides, the same twice, nothing of one
 * side lost unless a person is asked. */
#include "app/base/rng.h"
#include "samples.h"
#include "support/base/check.h"
#include "sync/merge.h"

enum { SEEDS = 400 };

static bool is_disputed(const struct merge *m, const char *key)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->conflicts[i], key) == 0)
			return true;
	return false;
}

static bool is_auto(const struct merge *m, const char *key)
{
	for (size_t i = 0; i < m->n_autos; i++)
		if (strcmp(m->autos[i], key) == 0)
			return true;
	return false;
}

/* Some fields become what another sample says, or empty; so lists lose and gain items, too. */
static struct record *edited(struct rng *r, struct arena *mem, const struct record *from, enum kind_id kind, const char *variant)
{
	struct record *out = record_copy(mem, from), *other = sample_record(mem, kind, variant, rng_below(r, 9));
	unsigned chance = 20 + rng_below(r, 300);

	for (size_t i = 0; i < out->form->n_fields; i++) {
		const struct field *f = &out->form->fields[i];

		if (f->type == V_EMPTY || !rng_chance(r, chance))
			continue;
		if (rng_chance(r, 250))
			record_clear(out, f->key);
		else if (f->type == V_LIST && rng_chance(r, 500)) {
			struct value both = { .kind = V_LIST, .items = arena_alloc(mem, 64 * sizeof(struct record *)) };

			for (size_t k = 0; k < out->values[i].n_items; k++)
				both.items[both.n_items++] = out->values[i].items[k];
			for (size_t k = 0; k < other->values[i].n_items; k++)
				both.items[both.n_items++] = other->values[i].items[k];
			if (both.n_items)
				record_set(out, f->key, &both);
		} else
			record_set(out, f->key, &other->values[i]);
	}
	out->meta.changed_at = rng_below(r, 4);
	if (rng_chance(r, 60))
		out->meta.state = RECORD_VOID;
	return out;
}

static void assert_same_outside(const struct record *a, const struct record *b, const struct merge *m, unsigned seed)
{
	for (size_t i = 0; i < a->form->n_fields; i++) {
		const char *key = a->form->fields[i].key;

		if (a->form->fields[i].type != V_EMPTY && !is_disputed(m, key) && !value_equal(&a->values[i], &b->values[i]))
			fail_msg("seed %u: %s.%s is not the same from both sides", seed, a->form->code, key);
	}
	if (!is_disputed(m, MERGE_STATE))
		assert_int_equal(a->meta.state, b->meta.state);
}

static void assert_same_disputes(const struct merge *a, const struct merge *b, unsigned seed)
{
	if (a->n != b->n || a->n_autos != b->n_autos)
		fail_msg("seed %u: %zu and %zu disputes, %zu and %zu settled", seed, a->n, b->n, a->n_autos, b->n_autos);
	for (size_t i = 0; i < a->n; i++)
		assert_true(is_disputed(b, a->conflicts[i]));
	for (size_t i = 0; i < a->n_autos; i++)
		assert_true(is_auto(b, a->autos[i]));
}

static bool has_item(const struct value *list, const struct record *item)
{
	for (size_t i = 0; i < list->n_items; i++) {
		bool same = true;

		for (size_t k = 0; same && k < item->form->n_fields; k++)
			same = value_equal(&list->items[i]->values[k], &item->values[k]);
		if (same)
			return true;
	}
	return false;
}

/* What one side added must be in the result, unless a person is asked or the element is of class D. */
static void assert_nothing_lost(const struct record *base, const struct record *side, const struct record *out,
	const struct merge *m, enum kind_id kind, unsigned seed)
{
	for (size_t i = 0; i < side->form->n_fields; i++) {
		const struct field *f = &side->form->fields[i];
		const struct value *b = &base->values[i], *s = &side->values[i], *o = &out->values[i];

		if (f->type == V_EMPTY || (f->flags & FIELD_COMPUTED) || is_disputed(m, f->key) ||
			merge_class_of(kind, base, f->key) == MERGE_D || merge_class_of(kind, base, f->key) == MERGE_F ||
			value_equal(b, s) || value_equal(s, o))
			continue;
		if (f->type == V_CODES) {
			for (const struct code *c = f->codes; c->code; c++)
				if (value_has_code(s, c->code) && !value_has_code(b, c->code) && !value_has_code(o, c->code))
					fail_msg("seed %u: %s lost the code %s", seed, f->key, c->code);
		} else if (f->type == V_LIST) {
			for (size_t k = 0; k < s->n_items; k++)
				if (!has_item(b, s->items[k]) && !has_item(o, s->items[k]) && o->n_items < s->n_items)
					fail_msg("seed %u: %s lost an item", seed, f->key);
		} else
			fail_msg("seed %u: %s.%s was changed and is lost", seed, side->form->code, f->key);
	}
}

static void laws_of(enum kind_id kind, const char *variant, unsigned seed)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct rng r;
	struct record *base, *a, *b, *x, *y, *z;
	struct merge m, n, again;

	r = (struct rng){ .s = seed * 131 + (unsigned)kind };
	base = edited(&r, &mem, sample_record(&mem, kind, variant, seed % 7), kind, variant);
	base->meta.state = RECORD_ACTIVE;
	a = edited(&r, &mem, base, kind, variant);
	b = edited(&r, &mem, base, kind, variant);
	x = record_copy(&mem, a);
	y = record_copy(&mem, b);
	merge_records(kind, base, a, b, NULL, x, &m);
	merge_records(kind, base, b, a, NULL, y, &n);
	assert_same_disputes(&m, &n, seed);
	assert_same_outside(x, y, &m, seed);
	assert_nothing_lost(base, a, x, &m, kind, seed);
	assert_nothing_lost(base, b, x, &m, kind, seed);
	z = record_copy(&mem, a);
	merge_records(kind, base, a, a, NULL, z, &again); /* both the same */
	assert_int_equal(again.n + again.n_autos, 0);
	assert_same_record(z, a);
	merge_records(kind, base, a, base, NULL, z, &again);
	assert_int_equal(again.n + again.n_autos, 0);
	assert_same_record(z, a);
	merge_records(kind, base, base, a, NULL, z, &again);
	assert_int_equal(again.n + again.n_autos, 0);
	assert_same_record(z, a);
	if (m.n)
		return;
	y = record_copy(&mem, x);
	merge_records(kind, b, x, b, NULL, y, &again); /* theirs is contained now: nothing more happens */
	assert_same_record(y, x);
}

static void merge__keeps_its_laws__records_changed_at_random(void **state)
{
	static const char *const programmes[] = { "htn", "dm", "copd", "elderly" };

	(void)state;
	for (int k = 1; k < KIND_MAX; k++)
		for (unsigned seed = 0; seed < SEEDS && kind_by_id((enum kind_id)k); seed++)
			laws_of((enum kind_id)k, k == KIND_FOLLOWUP ? programmes[seed % 3] : "", seed);
}

/* None of them, and one of them: of a set that is no way to agree. */
static bool differ_in_codes(const struct field *f, struct value *ours, struct value *theirs)
{
	for (const struct code *c = f->codes; c && c->code; c++) {
		if (c->exclusive)
			*ours = (struct value){ .kind = V_CODES, .text = c->code };
		else
			*theirs = (struct value){ .kind = V_CODES, .text = c->code };
	}
	return !value_is_empty(ours) && !value_is_empty(theirs);
}

/* Two who filled in the same form, each otherwise in every field. */
static void fill_apart(struct record *ours, struct record *theirs)
{
	for (size_t i = 0; i < ours->form->n_fields; i++) {
		const struct field *f = &ours->form->fields[i];

		if (f->type == V_EMPTY || f->type == V_LIST || (f->flags & FIELD_COMPUTED))
			continue;
		if (f->type == V_CODES) {
			if (!differ_in_codes(f, &ours->values[i], &theirs->values[i]))
				ours->values[i] = theirs->values[i] = (struct value){ .kind = V_EMPTY };
			continue;
		}
		ours->values[i] = (struct value){ .kind = V_TEXT, .text = "a" };
		theirs->values[i] = (struct value){ .kind = V_TEXT, .text = "b" };
	}
	ours->meta.state = RECORD_MERGED;
	theirs->meta.state = RECORD_VOID;
}

/* However much it is, nothing of it is dropped. */
static void merge__asks_about_all__every_field_differs(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_MAX; k++) {
		const struct kind *kind = kind_by_id((enum kind_id)k);
		AUTO_ARENA struct arena mem = { 0 };
		struct record *base, *ours, *theirs;
		struct merge m;

		if (!kind)
			continue;
		base = record_new(&mem, kind_form(kind, k == KIND_FOLLOWUP ? "htn+dm" : ""));
		ours = record_copy(&mem, base);
		theirs = record_copy(&mem, base);
		fill_apart(ours, theirs);
		merge_records((enum kind_id)k, base, ours, theirs, NULL, record_copy(&mem, ours), &m);
		for (size_t i = 0; i < base->form->n_fields; i++)
			if (!value_is_empty(&ours->values[i]) && merge_class_of((enum kind_id)k, base, base->form->fields[i].key) != MERGE_F &&
				!is_disputed(&m, base->form->fields[i].key) && !is_auto(&m, base->form->fields[i].key))
				fail_msg("%s: nobody is asked about %s", base->form->code, base->form->fields[i].key);
		if (!is_disputed(&m, MERGE_STATE))
			fail_msg("%s: nobody is asked whether it is valid", base->form->code);
	}
}

/* ---- the classes ---------------------------------------------------------------------------------------------------- */

static const struct {
	const char *what;
	enum kind_id kind;
	const char *variant, *key;
	const char *base, *ours, *theirs, *want; /* want NULL: a person decides */
	int later; /* 0 ours, 1 theirs */
	bool settled;
} classes[] = {
	{ "D: the later one, ours", KIND_RESIDENT, "", "address", "1号", "2号", "3号", "2号", 0, true },
	{ "D: the later one, theirs", KIND_RESIDENT, "", "address", "1号", "2号", "3号", "3号", 1, true },
	{ "E: a name", KIND_RESIDENT, "", "name", "陈桂兰", "陈桂蓝", "陈贵兰", NULL, 1, false },
	{ "E: died or moved", KIND_RESIDENT, "", "status", "1", "3", "4", NULL, 1, false },
	{ "A: a measured value", KIND_FOLLOWUP, "htn", "signs", "无", "杂音", "水肿", NULL, 1, false },
	{ "sets: both added", KIND_RESIDENT, "", "drug_allergy", "2", "2,3", "2,4", "2,3,4", 1, false },
	{ "sets: one added, one took away", KIND_RESIDENT, "", "drug_allergy", "2", "2,3", NULL, "3", 1, false },
	{ "sets: none against some", KIND_RESIDENT, "", "drug_allergy", NULL, "1", "2", NULL, 1, false },
	{ "sets of class D: none against some", KIND_RESIDENT, "", "payment", "1", "2", "3", "2,3", 1, false },
	{ "F: accepted leads on to closed", KIND_REFERRAL, "", "status", "requested", "accepted", "closed", "closed", 0, false },
	{ "F: cancelled against closed", KIND_REFERRAL, "", "status", "in_progress", "cancelled", "closed", NULL, 0, false },
	{ "F: active leads on to terminated", KIND_CONTRACT, "", "status", "pending", "active", "pending", "active", 0, false },
	{ "E: what was signed", KIND_CONTRACT, "", "start", "2026-01-01", "2026-02-01", "2026-03-01", NULL, 1, false },
};

static void merge__goes_by_class__table(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(classes); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		const char *key = classes[i].key;
		struct record *base = record_new(&mem, kind_form(kind_by_id(classes[i].kind), classes[i].variant));
		struct record *ours = record_copy(&mem, base), *theirs = record_copy(&mem, base), *out = record_copy(&mem, base);
		struct merge m;

		record_set_text(base, key, classes[i].base);
		record_set_text(ours, key, classes[i].ours);
		record_set_text(theirs, key, classes[i].theirs);
		ours->meta.changed_at = 1;
		theirs->meta.changed_at = classes[i].later ? 2 : 0;
		merge_records(classes[i].kind, base, ours, theirs, NULL, out, &m);
		assert_case(m.n == (classes[i].want ? 0 : 1), i, classes[i].what);
		assert_case((m.n_autos == 1) == classes[i].settled, i, classes[i].what);
		if (classes[i].want)
			assert_case(strcmp(record_text(out, key), classes[i].want) == 0, i, classes[i].what);
	}
}

/* A telephone and whose it is belong together: never one of ours with the other of theirs. */
static void merge__keeps_together__what_is_one_element(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *base = record_new(&mem, kind_by_id(KIND_RESIDENT)->form), *ours, *theirs, *out;
	struct merge m;

	(void)state;
	record_set_text(base, "phone", "10000000001");
	record_set_text(base, "phone_owner", "1");
	ours = record_copy(&mem, base);
	theirs = record_copy(&mem, base);
	out = record_copy(&mem, base);
	record_set_text(ours, "phone", "10000000002");
	record_set_text(theirs, "phone_owner", "2");
	theirs->meta.changed_at = 1;
	merge_records(KIND_RESIDENT, base, ours, theirs, NULL, out, &m);
	assert_int_equal(m.n, 0);
	assert_int_equal(m.n_autos, 2);
	assert_string_equal(record_text(out, "phone"), "10000000001");
	assert_string_equal(record_text(out, "phone_owner"), "2");
}

/* Two corrections of one finished record are never mixed, though they touch different fields. */
static void merge__asks__two_corrections_of_a_followup(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *base = sample_record(&mem, KIND_FOLLOWUP, "htn", 1), *ours = record_copy(&mem, base);
	struct record *theirs = record_copy(&mem, base), *out = record_copy(&mem, base);
	struct merge m;

	(void)state;
	record_set_num(ours, "sbp", 168);
	record_set_text(theirs, "signs", "下肢水肿");
	merge_records(KIND_FOLLOWUP, base, ours, theirs, NULL, out, &m);
	assert_int_equal(m.n, 2);
	assert_true(is_disputed(&m, "sbp") && is_disputed(&m, "signs"));
}

static void merge__asks__withdrawn_here_put_right_there(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *base = sample_record(&mem, KIND_EXAM, "", 1), *ours = record_copy(&mem, base);
	struct record *theirs = record_copy(&mem, base), *out = record_copy(&mem, base);
	struct merge m;

	(void)state;
	ours->meta.state = RECORD_VOID;
	record_set_num(theirs, "weight", 705);
	merge_records(KIND_EXAM, base, ours, theirs, NULL, out, &m);
	assert_int_equal(m.n, 1);
	assert_string_equal(m.conflicts[0], MERGE_STATE);
}

static void classes__name_fields__that_the_forms_have(void **state)
{
	enum kind_id kind;
	const char *key;
	size_t i;

	(void)state;
	for (i = 0; merge_table_row(i, &kind, &key); i++)
		if (!form_field(kind_by_id(kind)->form, key))
			fail_msg("%s has no field %s", kind_by_id(kind)->name, key);
	assert_true(i > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merge__keeps_its_laws__records_changed_at_random),
		cmocka_unit_test(merge__asks_about_all__every_field_differs),
		cmocka_unit_test(merge__goes_by_class__table),
		cmocka_unit_test(merge__keeps_together__what_is_one_element),
		cmocka_unit_test(merge__asks__two_corrections_of_a_followup),
		cmocka_unit_test(merge__asks__withdrawn_here_put_right_there),
		cmocka_unit_test(classes__name_fields__that_the_forms_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
