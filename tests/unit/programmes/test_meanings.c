/* What scores and indexes mean, at each limit and one before it. */
#include "app/clinic/forms/forms.h"
#include "app/clinic/kind.h"
#include "app/programmes/programmes.h"
#include "support/base/check.h"

static const struct meaning_case {
	const char *kind, *variant, *key;
	int64_t value;
	const char *zh, *en;
} cases[] = {
	{ "followup", "copd", "cat", 0, "轻微影响", "low impact" },
	{ "followup", "copd", "cat", 10, "轻微影响", "low impact" },
	{ "followup", "copd", "cat", 11, "中等影响", "medium impact" },
	{ "followup", "copd", "cat", 20, "中等影响", "medium impact" },
	{ "followup", "copd", "cat", 21, "严重影响", "high impact" },
	{ "followup", "copd", "cat", 30, "严重影响", "high impact" },
	{ "followup", "copd", "cat", 31, "非常严重影响", "very high impact" },
	{ "followup", "copd", "cat", 40, "非常严重影响", "very high impact" },
	{ "followup", "htn", "bmi", 1849, "偏瘦", "underweight" },
	{ "followup", "htn", "bmi", 1850, "正常", "normal" },
	{ "followup", "dm", "bmi", 2399, "正常", "normal" },
	{ "followup", "dm", "bmi", 2400, "超重", "overweight" },
	{ "followup", "elderly", "bmi", 2799, "超重", "overweight" },
	{ "followup", "elderly", "bmi", 2800, "肥胖", "obese" },
	{ "exam", NULL, "bmi", 2800, "肥胖", "obese" },
	{ "screening", NULL, "bmi", 2400, "超重", "overweight" },
	{ "exam", NULL, "emotion_score", 10, "正常", "normal" },
	{ "exam", NULL, "emotion_score", 11, "轻度抑郁", "mild" },
	{ "exam", NULL, "emotion_score", 20, "轻度抑郁", "mild" },
	{ "exam", NULL, "emotion_score", 21, "中重度抑郁", "moderate to severe" },
	{ "followup", "htn", "sbp", 150, "", "" }, /* a number that speaks for itself */
};

static void field_meaning__is_the_row__that_begins_at_or_below(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const struct meaning_case *c = &cases[i];
		const struct field *f = form_field(kind_form(kind_by_name(c->kind), c->variant), c->key);
		struct value v = { .kind = f ? f->type : V_EMPTY, .num = c->value };

		assert_non_null(f);
		i18n_set_language("zh");
		assert_string_equal(field_meaning(f, &v), c->zh);
		i18n_set_language("en");
		assert_string_equal(field_meaning(f, &v), c->en);
	}
}

/* Empty, and a code where a number is meant, mean nothing. */
static void field_meaning__is_nothing__of_no_number(void **state)
{
	const struct field *f = form_field(kind_form(kind_by_name("followup"), "copd"), "cat");

	(void)state;
	assert_string_equal(field_meaning(f, &(struct value){ .kind = V_EMPTY, .num = 15 }), "");
	assert_string_equal(field_meaning(f, &(struct value){ .kind = V_TEXT, .text = "15" }), "");
}

/* Tables ascend, else a row would never be found. */
static void meanings__ascend(void **state)
{
	size_t n, seen = 0;
	const struct kind *all = kinds(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; all[i].form && k < all[i].form->n_fields; k++)
			for (const struct meaning *m = all[i].form->fields[k].meanings; m && m[0].term.zh && m[1].term.zh; m++, seen++)
				assert_true(m[0].from < m[1].from);
	assert_true(seen > 0);
}

/* A code that no paper prints is left out beside its words; what a paper prints stays. */
static void field_format__shows_printed_codes_only(void **state)
{
	const struct form_def *form = kind_form(kind_by_name("followup"), "copd");
	static const struct {
		const char *key, *code, *words, *bare;
	} codes[] = {
		{ "programme", "copd", "慢阻肺", "copd" },
		{ "gold_group", "B", "B组", "B" },
		{ "mmrc", "2", "2 比同龄人慢或要停", "2" },
		{ "action", "ROUTINE", "按期随访", "ROUTINE" },
	};

	(void)state;
	i18n_set_language("zh");
	for (size_t i = 0; i < N_ELEMENTS(codes); i++) {
		AUTO_SBUF struct sbuf words = SBUF_INIT, bare = SBUF_INIT;
		const struct value v = { .kind = V_CODE, .text = codes[i].code };

		field_format(form_field(form, codes[i].key), &v, true, &words);
		field_format(form_field(form, codes[i].key), &v, false, &bare);
		assert_string_equal(words.s, codes[i].words);
		assert_string_equal(bare.s, codes[i].bare);
	}
	i18n_set_language("en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(field_meaning__is_the_row__that_begins_at_or_below),
		cmocka_unit_test(field_meaning__is_nothing__of_no_number),
		cmocka_unit_test(meanings__ascend),
		cmocka_unit_test(field_format__shows_printed_codes_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
