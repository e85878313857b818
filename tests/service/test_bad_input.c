/* What every form refuses, whatever the form: values outside the hard limits, of the wrong type, of codes that do not exist,
 * days that are none; what contradicts itself (tests/data/bad_input.tsv); two doctors with the same record; a record that is
 * void.  Each time a sentence in both languages, the field, and nothing saved. */
#include "service/given.h"

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/clinic/kind.h"
#include "app/programmes/programmes.h"

enum { MAX_ROWS = 200 };

struct row {
	const char *form, *json, *code, *field;
	bool stored; /* FORM+ */
};

static struct table {
	char text[65536];
	struct row rows[MAX_ROWS];
	size_t n;
} table;

/* ---- the table -------------------------------------------------------------------------------------------------------- */

static char *cut(char **at, char end)
{
	char *start = *at, *stop = strchr(start, end);

	assert_non_null(stop);
	*stop = '\0';
	*at = stop + 1;
	return start;
}

static int read_table(void **state)
{
	FILE *f = fopen("tests/data/bad_input.tsv", "r");
	char *at = table.text;
	size_t n;

	(void)state;
	assert_non_null(f);
	n = fread(table.text, 1, sizeof table.text - 1, f);
	fclose(f);
	assert_true(n > 0 && n < sizeof table.text - 1);
	while (*at) {
		char *line = cut(&at, '\n'), *form;
		struct row *r = &table.rows[table.n];

		if (*line == '#')
			continue;
		assert_true(table.n++ < MAX_ROWS);
		form = cut(&line, '\t');
		r->json = cut(&line, '\t');
		r->code = cut(&line, '\t');
		r->field = line;
		r->stored = form[strlen(form) - 1] == '+';
		form[strcspn(form, "+")] = '\0';
		r->form = form;
	}
	return 0;
}

/* ---- a clinic with one record of the form ------------------------------------------------------------------------------ */

struct bench {
	struct test_clinic c;
	const struct row *base;
	const struct kind *kind;
	const char *variant; /* programme; NULL */
	struct { const char *name, *id; } known[5];
	const char *id;      /* of the record that was right */
};

static const struct form_def *form_of(const struct bench *b)
{
	return kind_form(b->kind, b->variant);
}

static void start(struct bench *b, const struct row *base)
{
	char name[32];

	*b = (struct bench){ .base = base };
	snprintf(name, sizeof name, "%.*s", (int)strcspn(base->form, "."), base->form);
	b->kind = kind_by_name(name);
	assert_non_null(b->kind);
	b->variant = strchr(base->form, '.') ? strchr(base->form, '.') + 1 : NULL;
	clinic_start(&b->c);
	b->known[0].name = "$who";
	b->known[0].id = clinic_save(&b->c, "resident",
		"{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村','group':'1','phone':'10000002201'}");
	b->known[1].name = "$staff";
	b->known[1].id = b->c.app.actor;
	b->known[2].name = "$village";
	b->known[2].id = "上坂村";
	b->known[3].name = "$team";
	b->known[3].id = clinic_save(&b->c, "team", "{'name':'林秀英团队','leader':'%s'}", b->c.app.actor);
	b->known[4].name = "$contract";
	b->known[4].id = b->kind->id != KIND_SERVICE ? "" :
		given_sign(&b->c, b->known[0].id, b->known[3].id, "2026-11-01", ",'packages':['1']");
}

static struct json_object *parse(struct bench *b, const char *json)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *obj;

	while (*json) {
		bool found = false;

		for (size_t i = 0; i < N_ELEMENTS(b->known); i++)
			if (!strncmp(json, b->known[i].name, strlen(b->known[i].name))) {
				sbuf_adds(&text, b->known[i].id);
				json += strlen(b->known[i].name);
				found = true;
				break;
			}
		if (!found)
			sbuf_addc(&text, *json++);
	}
	assert_ok(json_parse(text.s, text.len, NULL, &obj, &b->c.err), &b->c.err);
	return obj;
}

static void merge(struct json_object *into, struct json_object *from)
{
	json_object_object_foreach(from, key, value)
		json_object_object_add(into, key, json_object_get(value));
}

static bool save(struct bench *b, struct json_object *obj, struct save_result *r)
{
	const struct save_options o = { .confirm_all = true };

	return records_save_json(&b->c.app, b->kind, obj, &o, &b->c.mem, r, &b->c.err);
}

static void save_base(struct bench *b)
{
	AUTO_JSON struct json_object *obj = parse(b, b->base->json);
	struct save_result r;

	assert_ok(save(b, obj, &r), &b->c.err);
	b->id = arena_strdup(&b->c.mem, r.rec->meta.id);
}

/* The first finding at this place, or the error itself. */
static bool names(const struct bench *b, const struct save_result *r, const char *code, const char *field)
{
	if (!strcmp(err_name(b->c.err.code), code) && !strcmp(b->c.err.field, field))
		return true;
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (f->level == FINDING_ERROR && !strcmp(err_name(f->err), code) && !strcmp(f->field, field))
			return true;
	return false;
}

/* Refused in both languages with this code at this field, a sentence that is not the same in both; nothing is stored. */
static void refuses(struct bench *b, struct json_object *obj, const char *code, const char *field)
{
	const int64_t before = clinic_count(&b->c, "SELECT count(*) FROM change");
	char english[320];
	struct save_result r = { .row = 0 };

	i18n_set_language("en");
	if (save(b, obj, &r))
		fail_msg("%s takes %s", b->base->form, json_object_to_json_string(obj));
	if (!names(b, &r, code, field))
		fail_msg("%s %s: wanted %s at %s, is %s at %s: %s", b->base->form, json_object_to_json_string(obj), code, field,
			err_name(b->c.err.code), b->c.err.field, b->c.err.message);
	snprintf(english, sizeof english, "%s", b->c.err.message);
	i18n_set_language("zh");
	assert_false(save(b, obj, &r));
	if (!*english || !*b->c.err.message || !strcmp(english, b->c.err.message))
		fail_msg("%s %s: no sentence of its own in both languages: %s", b->base->form, field, english);
	i18n_set_language("en");
	assert_int_equal(clinic_count(&b->c, "SELECT count(*) FROM change"), before);
}

/* The right record with one member changed. */
static void refuses_member(struct bench *b, const char *key, struct json_object *value, const char *code)
{
	AUTO_JSON struct json_object *obj = parse(b, b->base->json);

	json_object_object_add(obj, key, value);
	refuses(b, obj, code, key);
}

static void each_form(void (*check)(struct bench *b))
{
	for (size_t i = 0; i < table.n; i++) {
		struct bench b;

		if (strcmp(table.rows[i].code, "ok") != 0)
			continue;
		start(&b, &table.rows[i]);
		check(&b);
		clinic_stop(&b.c);
	}
}

/* ---- every form is there ------------------------------------------------------------------------------------------------ */

static size_t rows_of(const char *form, bool right)
{
	size_t n = 0;

	for (size_t i = 0; i < table.n; i++)
		n += !strcmp(table.rows[i].form, form) && !strcmp(table.rows[i].code, "ok") == right;
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

/* ---- value by value ------------------------------------------------------------------------------------------------------ */

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

static void outside_the_limits(struct bench *b)
{
	size_t n = 0;

	for (size_t i = 0; i < form_of(b)->n_fields; i++) {
		const struct field *f = &form_of(b)->fields[i];

		if (!field_takes_input(f) || (f->hard.lo == 0 && f->hard.hi == 0))
			continue;
		refuses_member(b, f->key, number(f, f->hard.hi + 1), "out_of_range");
		refuses_member(b, f->key, number(f, f->hard.lo - 1), "out_of_range");
		n++;
	}
	if (b->kind->id == KIND_EXAM || b->kind->id == KIND_FOLLOWUP)
		assert_true(n >= 3);
}

static void bad_input__outside_hard_limits__of_every_field(void **state)
{
	(void)state;
	each_form(outside_the_limits);
}

/* No value at all; codes and days that do not exist; days to come. */
static void of_another_kind(struct bench *b)
{
	for (size_t i = 0; i < form_of(b)->n_fields; i++) {
		const struct field *f = &form_of(b)->fields[i];

		if (!field_takes_input(f) || !strcmp(f->key, "programme"))
			continue;
		refuses_member(b, f->key, json_object_new_object(), "invalid_type");
		if (f->type == V_CODE && !(f->flags & FIELD_OPEN))
			refuses_member(b, f->key, json_object_new_string("~"), "unknown_code");
		if (f->type != V_DATE)
			continue;
		refuses_member(b, f->key, json_object_new_string("2026-13-40"), "invalid_value");
		if (!(f->flags & FIELD_FUTURE))
			refuses_member(b, f->key, json_object_new_string("2027-01-15"), "future_date");
	}
}

static void bad_input__of_another_kind__in_every_field(void **state)
{
	(void)state;
	each_form(of_another_kind);
}

static void unknown_member(struct bench *b)
{
	refuses_member(b, "nonsense", json_object_new_int(1), "unknown_field");
}

static void bad_input__a_member_that_no_form_has(void **state)
{
	(void)state;
	each_form(unknown_member);
}

/* ---- contradictions, states: the table -------------------------------------------------------------------------------------- */

static void rows_of_form(struct bench *b)
{
	for (size_t i = 0; i < table.n; i++) {
		const struct row *row = &table.rows[i];
		AUTO_JSON struct json_object *obj = NULL, *patch = NULL;

		if (strcmp(row->form, b->base->form) != 0 || !strcmp(row->code, "ok") || row->stored)
			continue;
		obj = parse(b, b->base->json);
		patch = parse(b, row->json);
		merge(obj, patch);
		refuses(b, obj, row->code, row->field);
	}
	save_base(b);
	for (size_t i = 0; i < table.n; i++) {
		const struct row *row = &table.rows[i];
		AUTO_JSON struct json_object *obj = NULL, *patch = NULL;

		if (strcmp(row->form, b->base->form) != 0 || !row->stored)
			continue;
		patch = parse(b, row->json);
		if (json_object_object_get_ex(patch, "id", NULL)) { /* the same once more */
			obj = parse(b, b->base->json);
		} else {
			obj = json_object_new_object();
			json_object_object_add(obj, "id", json_object_new_string(b->id));
			json_object_object_add(obj, "revision", json_object_new_int(1));
			merge(obj, patch);
		}
		refuses(b, obj, row->code, row->field);
	}
}

static void bad_input__contradictions_and_states__of_every_form(void **state)
{
	(void)state;
	each_form(rows_of_form);
}

/* ---- two doctors, a void record ------------------------------------------------------------------------------------------------ */

/* A field that can be changed without more: the note, or the first text. */
static const char *some_text(const struct bench *b)
{
	if (form_index(form_of(b), "note") >= 0)
		return "note";
	for (size_t i = 0; i < form_of(b)->n_fields; i++) {
		const struct field *f = &form_of(b)->fields[i];

		if (f->type == V_TEXT && field_takes_input(f) && !f->source && !(f->flags & (FIELD_SENSITIVE | FIELD_HIDDEN)) &&
			strcmp(f->key, "code") != 0)
			return f->key;
	}
	fail_msg("%s has no text to change", b->base->form);
	return NULL;
}

static struct json_object *change(struct bench *b, const char *text, int revision)
{
	struct json_object *obj = json_object_new_object();

	json_object_object_add(obj, "id", json_object_new_string(b->id));
	json_object_object_add(obj, "revision", json_object_new_int(revision));
	json_object_object_add(obj, some_text(b), json_object_new_string(text));
	return obj;
}

static void two_doctors(struct bench *b)
{
	AUTO_JSON struct json_object *first = NULL, *second = NULL, *late = NULL;
	struct save_result r;

	save_base(b);
	first = change(b, "改一", 1);
	second = change(b, "改二", 1);
	assert_ok(save(b, first, &r), &b->c.err);
	refuses(b, second, "stale", "");
	assert_string_equal(record_text(r.rec, some_text(b)), "改一");
	assert_ok(records_void(&b->c.app, b->kind, b->id, "录错", &b->c.mem, &r, &b->c.err), &b->c.err);
	late = change(b, "改三", 3);
	refuses(b, late, "wrong_state", "");
	clinic_check(&b->c);
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
		cmocka_unit_test(bad_input__of_another_kind__in_every_field),
		cmocka_unit_test(bad_input__a_member_that_no_form_has),
		cmocka_unit_test(bad_input__contradictions_and_states__of_every_form),
		cmocka_unit_test(bad_input__two_doctors_and_void__any_record),
	};

	i18n_init();
	return cmocka_run_group_tests(tests, read_table, NULL);
}
