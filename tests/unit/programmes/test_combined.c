/* One sheet for several programmes: what is shared, what stays apart, and that nothing is lost on the way. */
#include "sheet.h"

#include "app/clinic/kind.h"
#include "app/programmes/combined.h"

static const char *const variants[] = { "htn+dm", "dm+htn", "htn+copd", "dm+copd", "htn+dm+copd", "copd+dm+htn" };

static void combined_form__refuses__what_is_no_sheet(void **state)
{
	static const char *const bad[] = { "htn", "", "+", "htn+", "htn+htn", "htn+gout", "gout+htn", "htn+dm+htn" };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(bad); i++)
		assert_case(!combined_form(bad[i]), i, bad[i]);
	assert_ptr_equal(combined_form("htn+dm"), combined_form("htn+dm")); /* made once */
	assert_ptr_equal(kind_form(kind_by_id(KIND_FOLLOWUP), "htn+dm"), combined_form("htn+dm"));
	assert_null(combined_of(programme_htn.followup));
}

static void combined_form__asks_everything_once__all_sheets(void **state)
{
	(void)state;
	for (size_t v = 0; v < N_ELEMENTS(variants); v++) {
		const struct form_def *form = combined_form(variants[v]);
		const struct combined *c = combined_of(form);

		assert_non_null(c);
		for (size_t k = 0; k < form->n_fields; k++)
			assert_int_equal(form_index(form, form->fields[k].key), k); /* no key twice */
		for (size_t i = 0; i < c->n; i++) {
			const struct form_def *own = c->programmes[i]->followup;

			for (size_t k = 0; k < own->n_fields; k++)
				assert_case(combined_key(c, i, own->fields[k].key) != NULL, k, own->fields[k].key);
			assert_null(combined_key(c, i, "nowhere"));
		}
	}
}

/* The items that practice names as asked once; and what each disease answers for itself. */
static void combined_form__shares__what_practice_shares(void **state)
{
	static const char *const shared[] = { "resident", "date", "mode", "informant", "sbp", "dbp", "weight", "height", "hr", "smoking",
		"drinking", "exercise_times", "mind", "compliance", "adherence", "adr", "drugs", "doctor" };
	static const char *const own[] = { "symptoms", "danger", "class", "class_reason", "next_due", "controlled", "action",
		"complication", "referral_reason" };
	const struct combined *c = combined_of(combined_form("htn+dm"));

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(shared); i++)
		assert_string_equal(combined_key(c, 0, shared[i]), combined_key(c, 1, shared[i]));
	for (size_t i = 0; i < N_ELEMENTS(own); i++)
		assert_string_not_equal(combined_key(c, 0, own[i]), combined_key(c, 1, own[i]));
	assert_string_equal(combined_key(c, 1, "class"), "dm_class");
	assert_string_equal(combined_key(c, 1, "fpg"), "fpg"); /* nobody else uses the word */
	assert_string_equal(combined_key(c, 0, "salt"), "salt");
	assert_null(combined_key(c, 1, "salt"));
}

static struct record *filled(struct arena *mem, struct form_context *parts, struct form_context *cx)
{
	struct record *sheet = record_new(mem, combined_form("htn+dm"));

	*cx = (struct form_context){ .today = date_day("2026-11-22"), .last_visit = NO_DAY, .parts = parts };
	parts[0] = parts[1] = *cx;
	sheet_fill(sheet, mem, "resident=r1 date=2026-11-22 mode=1 informant=1 sbp=152 dbp=92 fpg=6.4 weight=61.5 height=158 "
			       "htn_symptoms=2 dm_symptoms=1 foot_pulse=1");
	return sheet;
}

static void sheet__computes__each_for_itself(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct form_context parts[COMBINED_MAX], cx;
	struct record *sheet = filled(&mem, parts, &cx);

	(void)state;
	sheet->form->compute(sheet, &cx);
	assert_string_equal(record_text(sheet, "htn_class_proposed"), "2");
	assert_string_equal(record_text(sheet, "dm_class_proposed"), "1");
	assert_string_equal(record_text(sheet, "htn_next_due_proposed"), "2026-12-06");
	assert_string_equal(record_text(sheet, "dm_next_due_proposed"), "2027-02-22");
	assert_int_equal(record_num(sheet, "sbp_mean", 0), 152);
	assert_int_equal(record_num(sheet, "bmi", 0), 2464);
}

static void sheet__tells__once_and_at_its_fields(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct form_context parts[COMBINED_MAX], cx;
	struct record *sheet = filled(&mem, parts, &cx);
	struct findings fs;
	size_t inverted = 0, danger = 0;

	(void)state;
	sheet_fill(sheet, &mem, "sbp=80 htn_class=1");
	findings_init(&fs, &mem);
	record_check(sheet, &cx, &fs);
	for (const struct finding *f = fs.first; f; f = f->next) {
		assert_case(!*f->field || strchr(f->field, '[') || form_index(sheet->form, f->field) >= 0, 0, f->field);
		inverted += !strcmp(f->code, "inconsistent") && !strcmp(f->field, "dbp");
		danger += !strcmp(f->code, "danger_unasked") && !strcmp(f->field, "htn_danger");
	}
	assert_int_equal(inverted, 1); /* both forms find it */
	assert_int_equal(danger, 1);
}

static void sheet__comes_apart_and_together__nothing_lost(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct form_context parts[COMBINED_MAX], cx;
	struct record *sheet = filled(&mem, parts, &cx), *again;
	const struct record *split[COMBINED_MAX] = { NULL };
	const struct combined *c = combined_of(sheet->form);

	(void)state;
	record_set_text(record_add_item(sheet, "drugs"), "name", "二甲双胍");
	sheet->form->compute(sheet, &cx);
	for (size_t i = 0; i < c->n; i++) {
		split[i] = combined_part(sheet, i, &mem);
		assert_string_equal(record_text(split[i], "programme"), c->programmes[i]->code);
	}
	assert_string_equal(record_text(split[0], "symptoms"), "2");
	assert_string_equal(record_text(split[1], "symptoms"), "1");
	again = combined_joined(c, split, &mem);
	for (size_t k = 0; k < sheet->form->n_fields; k++)
		assert_case(value_equal(&sheet->values[k], &again->values[k]), k, sheet->form->fields[k].key);
	assert_string_equal(combined_path(c, 1, "drugs[0].name", &mem), "drugs[0].name");
	assert_string_equal(combined_path(c, 1, "symptoms", &mem), "dm_symptoms");
	assert_string_equal(combined_path(c, 1, "nowhere", &mem), "nowhere");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(combined_form__refuses__what_is_no_sheet),
		cmocka_unit_test(combined_form__asks_everything_once__all_sheets),
		cmocka_unit_test(combined_form__shares__what_practice_shares),
		cmocka_unit_test(sheet__computes__each_for_itself),
		cmocka_unit_test(sheet__tells__once_and_at_its_fields),
		cmocka_unit_test(sheet__comes_apart_and_together__nothing_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
