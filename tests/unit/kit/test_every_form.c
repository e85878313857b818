/* Every form of the program on the screen: a number outside its limits, a code or a day that does not exist keep the cursor
 * on the field and what was typed, and say so with the field's name. */
#include "app/base/i18n.h"
#include "app/clinic/kind.h"
#include "app/programmes/programmes.h"
#include "support/base/check.h"
#include "support/kit/paper.h"

/* What is typed into a field, and what became of it. */
static void check_kept(const struct form_def *def, const struct field *f, const char *typed, size_t *cut)
{
	AUTO_SBUF struct sbuf keys = SBUF_INIT, path = SBUF_INIT, tmp = SBUF_INIT;
	struct stage st = { 0 };
	struct form *form;
	enum face face;
	const char *hint;

	paper_begin_form(&st, def);
	form = paper_form_of(&st);
	if (!form_goto(form, f->key)) {
		stage_close(&st);
		fail_msg("%s: the cursor does not get to %s", def->code, f->key);
	}
	sbuf_addf(&keys, "'%s' Enter", typed);
	stage_press(&st, keys.s);
	form_path(form, &path);
	hint = form_hint(form, &tmp, &face);
	if (strcmp(path.s, f->key) != 0)
		(*cut)++; /* so many digits do not fit, or the last one went on by itself: looked at below */
	else if (!strstr(hint, field_label(f)) || strcmp(form->edit.text.s, typed) != 0)
		fail_msg("%s %s: typed %s, kept %s, said %s", def->code, f->key, typed, form->edit.text.s, hint);
	if (!value_is_empty(record_get(paper_of(&st)->rec, f->key)) &&
		(record_num(paper_of(&st)->rec, f->key, f->hard.lo) < f->hard.lo ||
			record_num(paper_of(&st)->rec, f->key, f->hard.hi) > f->hard.hi) && form_finish(form, st.ui, NULL))
		fail_msg("%s %s: %s would be saved", def->code, f->key, typed);
	stage_close(&st);
}

static bool is_typed(const struct field *f)
{
	return !(f->flags & (FIELD_HIDDEN | FIELD_READONLY | FIELD_COMPUTED)) && f->type != V_LIST && f->type != V_REF;
}

static void check_form(const struct form_def *def, size_t *tried, size_t *cut)
{
	for (size_t i = 0; i < def->n_fields; i++) {
		const struct field *f = &def->fields[i];
		const struct value beyond = { .kind = f->type, .num = f->hard.hi + 1 };
		AUTO_SBUF struct sbuf number = SBUF_INIT;

		if (!is_typed(f))
			continue;
		if (f->type == V_DATE) {
			check_kept(def, f, "13-40", cut);
			(*tried)++;
		}
		if ((f->type != V_INT && f->type != V_DECIMAL && f->type != V_MONEY) || !f->hard.hi)
			continue;
		field_format(f, &beyond, false, &number);
		check_kept(def, f, number.s, cut);
		(*tried)++;
	}
}

static void every_form__keeps_the_cursor_and_the_text__bad_values(void **state UNUSED)
{
	size_t n, n_programmes, tried = 0, cut = 0;
	const struct kind *all = kinds(&n);
	const struct programme *const *p = programmes(&n_programmes);

	for (size_t i = 0; i < n; i++)
		if (all[i].form)
			check_form(all[i].form, &tried, &cut);
	for (size_t i = 0; i < n_programmes; i++)
		check_form(p[i]->followup, &tried, &cut);
	assert_true(tried > 150);
	if (cut * 5 > tried)
		fail_msg("%zu of %zu went on", cut, tried);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form__keeps_the_cursor_and_the_text__bad_values),
	};

	i18n_init();
	i18n_set_language("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
