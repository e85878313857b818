/* The tables of the forms: well formed, in both languages, and narrow enough for the screen. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/base/utf8.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/keygroup.h"
#include "app/clinic/kind.h"
#include "app/clinic/record.h"
#include "app/clinic/states.h"

enum { SCREEN = 80, LABELS = 12, WORD = 10 };

static const struct form_def *const forms[] = {
	&resident_form, &household_form, &staff_form, &team_form, &organisation_form, &contract_form, &enrolment_form,
	&visit_form, &exam_form, &referral_form,
};

/* Calls visit for every form and for the nested ones of its lists. */
static void each_form(void (*visit)(const struct form_def *form))
{
	for (size_t i = 0; i < N_ELEMENTS(forms); i++) {
		visit(forms[i]);
		for (size_t j = 0; j < forms[i]->n_fields; j++)
			if (forms[i]->fields[j].form)
				visit(forms[i]->fields[j].form);
	}
}

#define expect(form, f, condition)                                                                                  \
	do {                                                                                                         \
		if (!(condition))                                                                                    \
			fail_msg("%s.%s: not true: %s", (form)->code, (f)->key, #condition);                         \
	} while (0)

/* What a record carries beside its fields, in the JSON of the command line. */
static bool is_meta_key(const char *key)
{
	static const char *const keys[] = { "kind", "id", "revision", "state", "county", "created_at", "changed_at", "changed_by",
		"warnings", "advice", "confirm" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

static void expect_keys(const struct form_def *form)
{
	assert_non_null(form->code);
	assert_non_null(form->edition);
	assert_true(*form->title.zh && *form->title.en);
	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];

		expect(form, f, f->key[strspn(f->key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0');
		expect(form, f, form_index(form, f->key) == (int)i);
		expect(form, f, !is_meta_key(f->key));
		expect(form, f, f->label.zh && *f->label.zh && f->label.en && *f->label.en);
		expect(form, f, !f->on_form.zh == !f->on_form.en);
		expect(form, f, !f->help.zh == !f->help.en);
	}
}

static void expect_types(const struct form_def *form)
{
	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];
		bool number = f->type == V_INT || f->type == V_DECIMAL || f->type == V_MONEY;

		expect(form, f, f->type != V_EMPTY);
		expect(form, f, (f->type == V_CODE || f->type == V_CODES) == (f->codes != NULL));
		expect(form, f, (f->type == V_LIST) == (f->form != NULL));
		expect(form, f, f->type == V_REF || (f->flags & FIELD_OPEN) ? f->ref != NULL : !f->ref || f->type == V_TEXT);
		expect(form, f, !f->ref || kind_by_name(f->ref));
		expect(form, f, number || (!f->hard.hi && !f->soft.hi && !f->unit));
		expect(form, f, !number || f->hard.hi);
		expect(form, f, f->type == V_DECIMAL || !f->places);
		expect(form, f, !f->soft.hi || (f->hard.lo <= f->soft.lo && f->soft.hi <= f->hard.hi && f->soft.lo < f->soft.hi));
		expect(form, f, f->type == V_DATE || !(f->flags & (FIELD_PARTIAL | FIELD_FUTURE | FIELD_BIRTH)));
		expect(form, f, !(f->flags & FIELD_MEASURED) || number);
	}
}

static void expect_codes(const struct form_def *form)
{
	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];
		size_t others = 0;

		for (const struct code *c = f->codes; c && c->code; c++) {
			expect(form, f, *c->code && c->term.zh && *c->term.zh && c->term.en && *c->term.en);
			expect(form, f, field_code(f, c->code) == c);
			expect(form, f, !c->exclusive || f->type == V_CODES);
			expect(form, f, !strchr(c->code, ','));
			for (const struct code *d = f->codes; d < c; d++)
				expect(form, f, strcmp(c->term.zh, d->term.zh) != 0 && strcmp(c->term.en, d->term.en) != 0);
			others += c->other;
		}
		if (others) {
			char key[96];

			snprintf(key, sizeof key, "%s_other", f->key);
			expect(form, f, form_field(form, key) && form_field(form, key)->type == V_TEXT);
		}
	}
}

/* Text and references beside others say how wide they are; the rest follows from codes and limits. */
static bool has_width(const struct field *f)
{
	return f->width || (f->type != V_TEXT && f->type != V_REF);
}

/* Fields of one row stand together, on one page. */
static void expect_rows(const struct form_def *form)
{
	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];
		bool left = false;

		expect(form, f, !i || (f->page ? f->page : 1) >= (f[-1].page ? f[-1].page : 1));
		for (size_t j = i + 1; f->row && j < form->n_fields; j++) {
			if (form->fields[j].flags & FIELD_HIDDEN)
				continue;
			left |= form->fields[j].row != f->row;
			expect(form, &form->fields[j], form->fields[j].row != f->row || !left);
			expect(form, &form->fields[j], form->fields[j].row != f->row || form->fields[j].page == f->page);
			expect(form, f, form->fields[j].row != f->row || has_width(f));
		}
	}
}

/* As wide as the form widget draws it: the label of the first field stands in a column of its own. */
static int label_width(const struct field *f, bool zh, bool first)
{
	const struct term *t = f->on_form.zh ? &f->on_form : &f->label;
	int w = utf8_width(zh ? t->zh : t->en);

	if (first)
		return w + 2 > LABELS ? w + 2 : LABELS;
	return w == 1 ? w : w + 3;
}

static int digits(int64_t n)
{
	return n < 10 ? 1 : 1 + digits(n / 10);
}

static int value_width(const struct field *f, bool zh)
{
	int word = 0, codes = 0, code = 1;

	if (f->width)
		return f->width;
	for (const struct code *c = f->codes; c && c->code; c++) {
		int w = utf8_width(zh ? c->term.zh : c->term.en);

		word = w > word ? w : word;
		code = (int)strlen(c->code) > code ? (int)strlen(c->code) : code;
		codes++;
	}
	word = word < WORD ? word : WORD;
	if (f->type == V_CODE)
		return code + 1 + word;
	if (f->type == V_CODES)
		return (codes * (code + 1) - 1 < 13 ? codes * (code + 1) - 1 : 13) + 1 + word;
	return f->type == V_DATE ? 10 : f->type == V_REF ? 20 : f->type == V_INT ? digits(f->hard.hi) : 10;
}

static void expect_row_width(const struct form_def *form, size_t first, bool zh)
{
	const struct field *f = &form->fields[first];
	int width = 0;

	for (size_t i = first; i < form->n_fields && (i == first || (f->row && form->fields[i].row == f->row)); i++) {
		const struct field *g = &form->fields[i];

		if (g->flags & FIELD_HIDDEN)
			continue;
		width += label_width(g, zh, width == 0) + value_width(g, zh) + (g->unit ? utf8_width(g->unit) : 0);
	}
	if (width >= SCREEN)
		fail_msg("%s row of %s (%s): %d columns", form->code, f->key, zh ? "zh" : "en", width);
}

static void expect_widths(const struct form_def *form)
{
	for (size_t i = 0; i < form->n_fields; i++) {
		if (i && form->fields[i].row && form->fields[i].row == form->fields[i - 1].row)
			continue;
		expect_row_width(form, i, true);
		expect_row_width(form, i, false);
	}
}

static void forms__are_well_formed__keys(void **state)
{
	each_form(expect_keys);
}

static void forms__are_well_formed__types(void **state)
{
	each_form(expect_types);
}

static void forms__are_well_formed__codes(void **state)
{
	each_form(expect_codes);
}

static void forms__share_lines__together(void **state)
{
	each_form(expect_rows);
}

static void forms__fit__eighty_columns(void **state)
{
	each_form(expect_widths);
}

/* ---- kinds ---------------------------------------------------------------------------------------------------- */

static void kinds__are_found__by_name_and_number(void **state)
{
	size_t n;
	const struct kind *k = kinds(&n);

	for (size_t i = 0; i < n; i++) {
		const struct form_def *form = kind_form(&k[i], NULL);

		assert_true(k[i].id < KIND_MAX && (i == 0 || k[i].id > k[i - 1].id));
		assert_ptr_equal(kind_by_name(k[i].name), &k[i]);
		assert_ptr_equal(kind_by_id(k[i].id), &k[i]);
		if (!form)
			continue;
		assert_true(!k[i].date_key || form_field(form, k[i].date_key)->type == V_DATE);
		assert_true(!k[i].label_key || form_field(form, k[i].label_key)->type == V_TEXT);
	}
	assert_string_equal(kind_form(kind_by_id(KIND_FOLLOWUP), "htn")->code, "htn_followup");
	assert_ptr_equal(kind_form(kind_by_id(KIND_FOLLOWUP), ""), kind_form(kind_by_id(KIND_FOLLOWUP), "htn"));
	assert_null(kind_form(kind_by_id(KIND_FOLLOWUP), "none"));
	assert_ptr_equal(kind_form_by_code(kind_by_id(KIND_VISIT), "visit"), &visit_form);
	assert_null(kind_form_by_code(kind_by_id(KIND_VISIT), "exam"));
	assert_non_null(kind_form_by_code(kind_by_id(KIND_FOLLOWUP), "htn_followup"));
	assert_null(kind_form_by_code(kind_by_id(KIND_FOLLOWUP), "visit"));
	assert_null(kind_by_name("patient"));
	assert_null(kind_by_id(KIND_NONE));
}

static void status_codes__are__those_of_the_state_machines(void **state)
{
	const struct code *c = form_field(&contract_form, "status")->codes;
	const struct code *r = form_field(&referral_form, "status")->codes;

	for (size_t i = 1; i < CONTRACT_STATE_COUNT; i++, c++) {
		assert_string_equal(c->code, contract_states[i].name);
		assert_string_equal(c->term.zh, contract_states[i].term.zh);
	}
	assert_null(c->code);
	for (size_t i = 1; i < REFERRAL_STATE_COUNT; i++, r++) {
		assert_string_equal(r->code, referral_states[i].name);
		assert_string_equal(r->term.zh, referral_states[i].term.zh);
	}
	assert_null(r->code);
}

static void key_group_codes__are__those_of_the_groups(void **state)
{
	const struct code *c = form_field(&contract_form, "key_groups")->codes;

	for (size_t i = 0; i < key_group_count; i++, c++) {
		assert_string_equal(c->code, key_groups[i].key);
		assert_string_equal(c->term.zh, key_groups[i].name.zh);
	}
	assert_null(c->code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms__are_well_formed__keys),
		cmocka_unit_test(forms__are_well_formed__types),
		cmocka_unit_test(forms__are_well_formed__codes),
		cmocka_unit_test(forms__share_lines__together),
		cmocka_unit_test(forms__fit__eighty_columns),
		cmocka_unit_test(kinds__are_found__by_name_and_number),
		cmocka_unit_test(status_codes__are__those_of_the_state_machines),
		cmocka_unit_test(key_group_codes__are__those_of_the_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
