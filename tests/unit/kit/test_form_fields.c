#include "app/base/i18n.h"
#include "support/base/check.h"
#include "support/kit/paper.h"

/* ---- dates, text, lists, references --------------------------------------------------------------------------------- */

static void dates__are_typed_short__or_moved_by_days(void **state UNUSED)
{
	static const struct {
		const char *field, *keys, *value;
	} cases[] = {
		{ "date", "'t' Enter", "2026-11-22" },      { "date", "'-3' Enter", "2026-11-19" },
		{ "next", "'+14' Enter", "2026-12-06" },    { "date", "'1101' Enter", "2026-11-01" },
		{ "date", "'2026年11月2日' Enter", "2026-11-02" }, { "date", "Left Left Right", "2026-11-21" },
		{ "date", "'2026-11-05' Enter", "2026-11-05" }, { "date", "'２０２６１１０５' Enter", "2026-11-05" },
		{ "date", "Delete Backspace Backspace '01' Enter", "2026-11-01" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		paper_begin(&st, false);
		paper_at(&st, cases[i].field);
		stage_press(&st, cases[i].keys);
		paper_check(&st, cases[i].field, cases[i].value);
		stage_close(&st);
	}
}

static void text__takes_everything_that_prints__and_control_twins_still_work(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, true);
	paper_at(&st, "signs");
	assert_int_equal(form_focus(paper_form_of(&st)), FOCUS_TEXT);
	stage_press(&st, "'k=?/ 双肺 ok' Enter");
	paper_check(&st, "signs", "k=?/ 双肺 ok");
	paper_at(&st, "signs");
	stage_press(&st, "Home 'x' C-k");
	paper_check(&st, "signs", "xk=?/ 双肺 ok");
	paper_check(&st, "smoking", "5");
	stage_close(&st);
}

static void other__has_its_text__only_while_chosen(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	assert_false(form_goto(paper_form_of(&st), "adr_other"));
	paper_at(&st, "adr");
	stage_press(&st, "2 '皮疹' Enter");
	paper_check(&st, "adr_other", "皮疹");
	paper_at(&st, "adr");
	stage_press(&st, "1"); /* what was typed stays visible */
	assert_true(form_goto(paper_form_of(&st), "adr_other"));
	stage_press(&st, "C-w Enter");
	assert_false(form_goto(paper_form_of(&st), "adr_other"));
	stage_close(&st);
}

static void lists__grow_by_their_empty_line__and_stop_at_their_maximum(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	paper_at(&st, "drugs");
	stage_press(&st, "'二甲双胍' Enter '2' Enter '1片' Enter");
	paper_check_path(&st, "drugs[1].name");
	stage_press(&st, "Enter");
	paper_check_path(&st, "hospital");
	paper_check(&st, "drugs", "二甲双胍 2 1片");
	stage_press(&st, "Up Up +");
	paper_check_path(&st, "drugs[1].name");
	paper_at(&st, "readings");
	stage_press(&st, "'152/88' Enter '150/86' Enter '148/84' Enter");
	paper_check_path(&st, "pulse"); /* three at most */
	stage_close(&st);
}

static void references__are_picked__never_typed(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	paper_at(&st, "hospital");
	stage_press(&st, "'5' F4");
	assert_string_equal(paper_of(&st)->picked, "hospital");
	form_put(paper_form_of(&st), "org-7");
	ui_redraw(st.ui);
	stage_press(&st, "");
	stage_shows(&st, "[org-7]");
	stage_press(&st, "Delete");
	paper_check(&st, "hospital", "");
	stage_close(&st);
}

static void code_list__shows_and_chooses__one_or_several(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	stage_press(&st, "F4 'ho' Enter");
	paper_check(&st, "mode", "2");
	paper_check_path(&st, "informant");
	paper_at(&st, "symptoms");
	stage_press(&st, "F4 '2' Enter '6' Enter Esc");
	paper_check(&st, "symptoms", "2,6");
	paper_check_path(&st, "symptoms");
	stage_press(&st, "F4 '1' Enter Esc");
	paper_check(&st, "symptoms", "1");
	paper_at(&st, "pulse");
	stage_press(&st, "F4");
	stage_shows(&st, "has no list");
	stage_close(&st);
}

static void paste_and_scan__land_in_one_field__or_nowhere(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	stage_press(&st, "scan'350299195203150048'");
	stage_shows(&st, "takes no pasted");
	paper_check(&st, "mode", "");
	paper_at(&st, "signs");
	stage_press(&st, "scan'350299195203150048'");
	paper_check(&st, "signs", "350299195203150048");
	paper_at(&st, "pulse");
	stage_press(&st, "paste'78 /min' Enter");
	paper_check(&st, "pulse", "78");
	stage_close(&st);
}

/* ---- moving, pages, looks ------------------------------------------------------------------------------------------- */

static void moving__visits_every_field__and_pages(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	stage_press(&st, "PgDn");
	paper_check_path(&st, "drugs[0].name");
	stage_shows(&st, "page 2/2");
	stage_press(&st, "PgDn PgUp");
	paper_check_path(&st, "date");
	stage_press(&st, "Tab S-Tab Up Down Down");
	paper_check_path(&st, "informant");
	paper_at(&st, "next");
	stage_press(&st, "Enter");
	stage_shows(&st, "That was the last field");
	paper_check_path(&st, "next");
	stage_close(&st);
}

static void computed__fields_live__and_take_no_cursor(void **state UNUSED)
{
	struct stage st = { 0 };
	unsigned changes;

	paper_begin(&st, false);
	paper_at(&st, "weight");
	changes = paper_of(&st)->changes;
	stage_press(&st, "'61.5' Enter Enter");
	assert_int_equal(paper_of(&st)->changes, changes + 1);
	paper_check(&st, "bmi", "24.63");
	paper_check_path(&st, "smoking");
	assert_false(form_goto(paper_form_of(&st), "bmi"));
	assert_false(form_goto(paper_form_of(&st), "nothing"));
	stage_close(&st);
}

static void clicks__move_the_cursor__when_the_field_may_be_left(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	stage_press(&st, "click:5,17");
	paper_check_path(&st, "pulse");
	stage_press(&st, "'300' click:2,17");
	paper_check_path(&st, "pulse");
	stage_shows(&st, "not possible");
	stage_close(&st);
}

static void cursor__stands_at_the_caret__for_input_methods(void **state UNUSED)
{
	struct stage st = { 0 };
	int y, x, x2;
	bool on;

	paper_begin(&st, false);
	paper_at(&st, "signs");
	script_cursor(st.s, &y, &x, &on);
	assert_true(on);
	stage_press(&st, "'双肺'");
	script_cursor(st.s, &y, &x2, &on);
	assert_int_equal(x2, x + 4);
	stage_close(&st);
}

static void frames__look_like_the_paper__in_goldens(void **state UNUSED)
{
	static const struct {
		const char *lang;
		int h, w;
		const char *keys, *step;
	} cases[] = {
		{ "zh", 24, 80, "", "empty.zh" },
		{ "en", 24, 80, "", "empty.en" },
		{ "zh", 24, 80, "1 1 '26' Enter '152/88' Enter '150/86' Enter Enter '78' Enter '61.5' k", "filled.zh" },
		{ "en", 24, 80, "1 1 '26' Enter '152/88' Enter '150/86' Enter Enter '78' Enter '61.5' k", "filled.en" },
		{ "zh", 24, 80, "1 1 '26' Enter '500'", "error.zh" },
		{ "zh", 24, 80, "1 1 '26' Enter '230/88' Enter PgDn", "second.zh" },
		{ "zh", 20, 60, "1 1 '26' Enter '152/88'", "narrow.zh" },
		{ "en", 43, 132, "F4", "codes.en" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		stage_open(&st, cases[i].h, cases[i].w, cases[i].lang);
		stage_push(&st, &paper_screen, &(struct paper_start){ .previous = true });
		stage_press(&st, cases[i].keys);
		stage_golden(&st, "form", cases[i].step);
		stage_close(&st);
	}
}

/* Nothing that can be typed breaks the form: the focus stays on a field that takes keys, values stay inside the limits. */
static void random_keys__leave_a_whole_form__and_valid_values(void **state UNUSED)
{
	static const char *const names[] = { "'1'", "'2'", "'3'", "'5'", "'0'", "'9'", "Enter", "Enter", "Enter", "Up", "Down",
		"PgUp", "PgDn", "'/'", "' '", "'.'", "=", "k", "F2", "Backspace", "Delete", "Left", "Right", "C-x", "+", "F4",
		"Esc", "'李'", "Tab", "S-Tab", "'-'", "t", "size:20x60", "size:24x80", "paste'x1,2'", "scan'123456789012'" };
	struct stage st = { 0 };
	uint32_t seed = 42;

	paper_begin(&st, true);
	for (int i = 0; i < 15000; i++) {
		struct form *f;
		struct err err;

		seed = seed * 1664525u + 1013904223u;
		if (!script_press(st.s, st.ui, names[(seed >> 8) % N_ELEMENTS(names)])) {
			stage_close(&st); /* Esc on the last screen leaves */
			paper_begin(&st, i % 2);
			continue;
		}
		if (ui_top(st.ui) != &paper_screen)
			continue;
		f = paper_form_of(&st);
		assert_non_null(form_field_now(f));
		assert_int_not_equal(form_focus(f), FOCUS_LIST);
		for (size_t k = 0; k < paper_form.n_fields; k++)
			assert_ok(field_check(&paper_form.fields[k], &paper_of(&st)->rec->values[k], paper_of(&st)->cx.today, &err),
				&err);
	}
	stage_close(&st);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates__are_typed_short__or_moved_by_days),
		cmocka_unit_test(text__takes_everything_that_prints__and_control_twins_still_work),
		cmocka_unit_test(other__has_its_text__only_while_chosen),
		cmocka_unit_test(lists__grow_by_their_empty_line__and_stop_at_their_maximum),
		cmocka_unit_test(references__are_picked__never_typed),
		cmocka_unit_test(code_list__shows_and_chooses__one_or_several),
		cmocka_unit_test(paste_and_scan__land_in_one_field__or_nowhere),
		cmocka_unit_test(moving__visits_every_field__and_pages),
		cmocka_unit_test(computed__fields_live__and_take_no_cursor),
		cmocka_unit_test(clicks__move_the_cursor__when_the_field_may_be_left),
		cmocka_unit_test(cursor__stands_at_the_caret__for_input_methods),
		cmocka_unit_test(frames__look_like_the_paper__in_goldens),
		cmocka_unit_test(random_keys__leave_a_whole_form__and_valid_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
