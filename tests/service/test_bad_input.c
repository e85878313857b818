/* What every form refuses, whatever the form, walked from the tables of fields: values outside the hard limits, of another
 * kind, of codes and days that do not exist, too long, too many, absent; unusual ones that nobody confirmed; two doctors with
 * the same record; a record that is void.  Each time a sentence in both languages that names the field, an example of right,
 * and nothing saved.  What contradicts itself: test_bad_rules.c. */
#include "service/bad_input.h"

#include "app/base/i18n.h"
#include "app/clinic/kind.h"
#include "app/programmes/programmes.h"
#include "support/base/cells.h"

/* FORM (kind, or kind.programme), JSON, code, field; "ok" is the right record of its form. */
static struct cells table;

static int read_table(void **state)
{
	(void)state;
	cells_read(&table, "tests/data/bad_input.tsv");
	return 0;
}

static int release_table(void **state)
{
	(void)state;
	cells_release(&table);
	return 0;
}

/* ---- a clinic where the right record of the form can be saved ----------------------------------------------------------------- */

struct bench {
	struct bad bad;
	const char *right; /* JSON */
	const struct kind *kind;
	const struct form_def *form;
};

static void start(struct bench *b, const struct cells_row *row)
{
	const char *form = row->cell[0], *variant = strchr(form, '.');
	char name[32];

	snprintf(name, sizeof name, "%.*s", (int)strcspn(form, "."), form);
	b->right = row->cell[1];
	b->kind = kind_by_name(name);
	assert_non_null(b->kind);
	b->form = kind_form(b->kind, variant ? variant + 1 : NULL);
	bad_start(&b->bad, form);
	if (b->kind->id == KIND_SERVICE)
		bad_know(&b->bad, "$contract", given_sign(&b->bad.c, b->bad.known[0].id, b->bad.known[3].id, "2026-11-01",
			",'packages':['1']"));
}

static void each_form(void (*check)(struct bench *b))
{
	for (size_t i = 0; i < table.n; i++) {
		struct bench b;

		if (strcmp(table.rows[i].cell[2], "ok") != 0)
			continue;
		start(&b, &table.rows[i]);
		check(&b);
		bad_stop(&b.bad);
	}
}

static void each_field(struct bench *b, void (*check)(struct bench *b, const struct field *f, const struct field *list))
{
	for (size_t i = 0; i < b->form->n_fields; i++) {
		const struct field *f = &b->form->fields[i];

		if (!field_takes_input(f) || !strcmp(f->key, "programme"))
			continue;
		check(b, f, NULL);
		for (size_t j = 0; f->type == V_LIST && j < f->form->n_fields; j++)
			if (field_takes_input(&f->form->fields[j]))
				check(b, &f->form->fields[j], f);
	}
}

/* The right record with one member changed, or with a list of one line that has this member. */
static void refuses(struct bench *b, const struct field *f, const struct field *list, struct json_object *value, const char *code)
{
	AUTO_JSON struct json_object *obj = bad_json(&b->bad, b->right);
	char at[96];

	snprintf(at, sizeof at, list ? "%s[0].%s" : "%s%s", list ? list->key : f->key, list ? f->key : "");
	if (list) {
		struct json_object *line = json_object_new_object(), *lines = json_object_new_array();

		json_object_object_add(line, f->key, value);
		json_object_array_add(lines, line);
		json_object_object_add(obj, list->key, lines);
	} else {
		json_object_object_add(obj, f->key, value);
	}
	bad_refused(&b->bad, b->kind, obj, code, at, &f->label, f->type != V_TEXT && f->type != V_REF && f->type != V_LIST);
}

/* ---- every form is there -------------------------------------------------------------------------------------------------------- */

static size_t rows_of(const char *form, bool right)
{
	size_t n = 0;

	for (size_t i = 0; i < table.n; i++)
		n += !strcmp(table.rows[i].cell[0], form) && !strcmp(table.rows[i].cell[2], "ok") == right;
	return n;
}

/* What has to be there and nobody may enter: such records are made by the program alone. */
static bool made_by_the_program(const struct form_def *form)
{
	for (size_t i = 0; form && i < form->n_fields; i++)
		if (form->fields[i].required == REQUIRED_SAVE && !field_takes_input(&form->fields[i]))
			return true;
	return false;
}

static void bad_input__every_form__is_in_the_table(void **state)
{
	size_t n, n_programmes;
	const struct kind *all = kinds(&n);
	const struct programme *const *p = programmes(&n_programmes);
	char name[64];

	(void)state;
	for (size_t i = 0; i < n + n_programmes; i++) {
		if (i < n && (all[i].id == KIND_FOLLOWUP || made_by_the_program(all[i].form)))
			continue;
		snprintf(name, sizeof name, "%s%s", i < n ? all[i].name : "followup.", i < n ? "" : p[i - n]->code);
		if (rows_of(name, true) != 1 || rows_of(name, false) < 1)
			fail_msg("%s: one right record and at least one wrong in tests/data/bad_input.tsv", name);
	}
}

/* ---- limits ------------------------------------------------------------------------------------------------------------------------ */

static bool has_limits(const struct range *r)
{
	return r->lo || r->hi;
}

static struct json_object *number(const struct field *f, int64_t n)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct value v = { .kind = f->type, .num = n };
	struct json_object *o;
	struct err err;

	if (f->type == V_MONEY || f->type == V_INT)
		return json_object_new_int64(n);
	field_format(f, &v, false, &text);
	assert_ok(json_parse(text.s, text.len, NULL, &o, &err), &err);
	return o;
}

/* On the limit itself it is taken, whatever else may be said of it. */
static void takes(const struct field *f, int64_t n)
{
	const struct value v = { .kind = f->type, .num = n };
	struct err err;

	assert_ok(field_check(f, &v, NO_DAY, &err), &err);
}

static void outside_hard(struct bench *b, const struct field *f, const struct field *list)
{
	if (!has_limits(&f->hard))
		return;
	refuses(b, f, list, number(f, f->hard.hi + 1), "out_of_range");
	refuses(b, f, list, number(f, f->hard.lo - 1), "out_of_range");
	takes(f, f->hard.hi);
	takes(f, f->hard.lo);
}

static void outside_the_limits(struct bench *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->form->n_fields; i++)
		n += field_takes_input(&b->form->fields[i]) && has_limits(&b->form->fields[i].hard);
	if (b->kind->id == KIND_EXAM || b->kind->id == KIND_FOLLOWUP)
		assert_true(n >= 3);
	each_field(b, outside_hard);
}

static void bad_input__outside_hard_limits__of_every_field(void **state)
{
	(void)state;
	each_form(outside_the_limits);
}

/* A soft limit beyond the hard one asks nothing: the hard one has refused it. */
static void outside_soft(struct bench *b, const struct field *f, const struct field *list)
{
	const struct range all = { INT64_MIN, INT64_MAX }, *hard = has_limits(&f->hard) ? &f->hard : &all;

	if (!has_limits(&f->soft))
		return;
	if (f->soft.hi < hard->hi)
		refuses(b, f, list, number(f, f->soft.hi + 1), "needs_confirmation");
	if (f->soft.lo > hard->lo)
		refuses(b, f, list, number(f, f->soft.lo - 1), "needs_confirmation");
}

static void unconfirmed(struct bench *b)
{
	each_field(b, outside_soft);
}

static void bad_input__outside_soft_limits__is_asked(void **state)
{
	(void)state;
	each_form(unconfirmed);
}

static bool may_be_unusual(const struct field *f)
{
	return field_takes_input(f) && has_limits(&f->soft) && (!has_limits(&f->hard) || f->soft.hi < f->hard.hi) &&
		strcmp(f->key, "fpg_mgdl") != 0; /* the same as fpg once more */
}

/* A very ill man's examination: every question is answered by its own yes, however many there are. */
static void bad_input__many_unusual_values__are_confirmed_one_by_one(void **state)
{
	const struct form_def *form = kind_by_id(KIND_EXAM)->form;
	struct json_object *yes = json_object_new_array();
	AUTO_JSON struct json_object *obj = NULL;
	struct save_result r;
	struct bad b;

	(void)state;
	bad_start(&b, "a very ill man");
	obj = bad_json(&b, "{\"resident\":\"$who\",\"date\":\"2026-11-20\"}");
	json_object_object_add(obj, "confirm", yes);
	for (size_t i = 0; i < form->n_fields; i++)
		if (may_be_unusual(&form->fields[i])) {
			json_object_object_add(obj, form->fields[i].key, number(&form->fields[i], form->fields[i].soft.hi + 1));
			json_object_array_add(yes, json_object_new_string(form->fields[i].key));
		}
	assert_true(json_object_array_length(yes) > 20);
	assert_ok(bad_save(&b, kind_by_id(KIND_EXAM), obj, false, &r), &b.c.err);
	json_object_array_del_idx(yes, json_object_array_length(yes) - 1, 1);
	assert_refused(bad_save(&b, kind_by_id(KIND_EXAM), obj, false, &r), &b.c.err, ERR_NEEDS_CONFIRMATION);
	bad_stop(&b);
}

/* ---- another kind, no such code or day, too long ---------------------------------------------------------------------------------- */

static void no_such_code(struct bench *b, const struct field *f, const struct field *list)
{
	struct json_object *codes = json_object_new_array();

	if (f->type == V_CODE) {
		json_object_put(codes);
		refuses(b, f, list, json_object_new_string("~"), "unknown_code");
		return;
	}
	json_object_array_add(codes, json_object_new_string(f->codes ? f->codes[0].code : "1"));
	json_object_array_add(codes, json_object_new_string("~"));
	refuses(b, f, list, codes, "unknown_code");
}

static void no_such_day(struct bench *b, const struct field *f, const struct field *list)
{
	refuses(b, f, list, json_object_new_string("2026-13-40"), "invalid_value");
	refuses(b, f, list, json_object_new_string("2026-02-29"), "invalid_value");
	if (!(f->flags & FIELD_PARTIAL))
		refuses(b, f, list, json_object_new_string("2026-10"), "invalid_value");
	if (!(f->flags & FIELD_FUTURE))
		refuses(b, f, list, json_object_new_string("2026-11-23"), "future_date");
}

static void too_long(struct bench *b, const struct field *f, const struct field *list)
{
	const size_t max = f->max ? f->max : 200;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (size_t i = 0; i <= max; i++)
		sbuf_adds(&text, "长");
	refuses(b, f, list, json_object_new_string(text.s), "out_of_range");
}

static void too_many(struct bench *b, const struct field *f, const struct field *list)
{
	const size_t max = f->max ? f->max : 20;
	struct json_object *lines = json_object_new_array();

	assert_null(list);
	for (size_t i = 0; i <= max; i++)
		json_object_array_add(lines, json_object_new_object());
	refuses(b, f, list, lines, "out_of_range");
}

static void of_its_type(struct bench *b, const struct field *f, const struct field *list)
{
	refuses(b, f, list, json_object_new_object(), "invalid_type");
	switch (f->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		refuses(b, f, list, json_object_new_string("很高"), "invalid_type");
		break;
	case V_DATE:
		no_such_day(b, f, list);
		break;
	case V_CODE:
	case V_CODES:
		no_such_code(b, f, list);
		break;
	case V_TEXT:
		too_long(b, f, list);
		break;
	case V_TIME:
		refuses(b, f, list, json_object_new_string("25:61"), "invalid_value");
		break;
	case V_REF:
		refuses(b, f, list, json_object_new_string("nobody"), "not_found");
		break;
	case V_LIST:
		too_many(b, f, list);
		break;
	case V_EMPTY:
		break;
	}
}

static void of_another_kind(struct bench *b)
{
	AUTO_JSON struct json_object *obj = bad_json(&b->bad, b->right);

	each_field(b, of_its_type);
	json_object_object_add(obj, "nonsense", json_object_new_int(1));
	bad_refused(&b->bad, b->kind, obj, "unknown_field", "nonsense", NULL, false);
}

static void bad_input__of_another_kind__in_every_field(void **state)
{
	(void)state;
	each_form(of_another_kind);
}

/* ---- absent ------------------------------------------------------------------------------------------------------------------------- */

/* Left out it is refused, unless it follows from the rest (the day is today, the name stands on the card). */
static void absent(struct bench *b, const struct field *f, const struct field *list)
{
	AUTO_JSON struct json_object *obj = bad_json(&b->bad, b->right);
	struct save_result r = { .row = 0 };

	if (f->required != REQUIRED_SAVE)
		return;
	if (!list) {
		json_object_object_add(obj, f->key, NULL);
		if (bad_save(&b->bad, b->kind, obj, true, &r)) {
			assert_false(value_is_empty(record_get(r.rec, f->key)));
			return;
		}
	}
	refuses(b, f, list, NULL, "required");
}

static void what_is_required(struct bench *b)
{
	each_field(b, absent);
}

static void bad_input__absent__what_a_save_needs(void **state)
{
	(void)state;
	each_form(what_is_required);
}

/* ---- two doctors, a void record -------------------------------------------------------------------------------------------------------- */

/* A field that can be changed without more: the note, or the first text. */
static const char *some_text(const struct bench *b)
{
	if (form_index(b->form, "note") >= 0)
		return "note";
	for (size_t i = 0; i < b->form->n_fields; i++) {
		const struct field *f = &b->form->fields[i];

		if (f->type == V_TEXT && field_takes_input(f) && !f->source && !(f->flags & (FIELD_SENSITIVE | FIELD_HIDDEN)) &&
			strcmp(f->key, "code") != 0)
			return f->key;
	}
	fail_msg("%s has no text to change", b->bad.about);
	return NULL;
}

static struct json_object *change(const struct bench *b, const char *id, const char *text, int revision)
{
	struct json_object *obj = json_object_new_object();

	json_object_object_add(obj, "id", json_object_new_string(id));
	json_object_object_add(obj, "revision", json_object_new_int(revision));
	json_object_object_add(obj, some_text(b), json_object_new_string(text));
	return obj;
}

static void two_doctors(struct bench *b)
{
	AUTO_JSON struct json_object *right = bad_json(&b->bad, b->right), *first = NULL, *second = NULL, *late = NULL;
	struct test_clinic *c = &b->bad.c;
	struct save_result r;
	const char *id;

	assert_ok(bad_save(&b->bad, b->kind, right, true, &r), &c->err);
	id = arena_strdup(&c->mem, r.rec->meta.id);
	first = change(b, id, "改一", 1);
	second = change(b, id, "改二", 1);
	assert_ok(bad_save(&b->bad, b->kind, first, true, &r), &c->err);
	bad_refused(&b->bad, b->kind, second, "stale", "", NULL, false);
	assert_string_equal(record_text(r.rec, some_text(b)), "改一");
	assert_ok(records_void(&c->app, b->kind, id, "录错", &c->mem, &r, &c->err), &c->err);
	late = change(b, id, "改三", 3);
	bad_refused(&b->bad, b->kind, late, "wrong_state", "", NULL, false);
}

static void bad_input__two_doctors_and_void__any_record(void **state)
{
	(void)state;
	each_form(two_doctors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_input__every_form__is_in_the_table),
		cmocka_unit_test(bad_input__outside_hard_limits__of_every_field),
		cmocka_unit_test(bad_input__outside_soft_limits__is_asked),
		cmocka_unit_test(bad_input__many_unusual_values__are_confirmed_one_by_one),
		cmocka_unit_test(bad_input__of_another_kind__in_every_field),
		cmocka_unit_test(bad_input__absent__what_a_save_needs),
		cmocka_unit_test(bad_input__two_doctors_and_void__any_record),
	};

	i18n_init();
	return cmocka_run_group_tests(tests, read_table, release_table);
}
