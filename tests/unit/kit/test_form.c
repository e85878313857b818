#include "app/base/i18n.h"
#include "support/base/check.h"
#include "support/kit/paper.h"
#include "support/kit/stage.h"

static struct paper *paper(const struct stage *st)
{
	return ui_top_state(st->ui);
}

static struct form *form(const struct stage *st)
{
	return &paper(st)->form;
}

static void begin(struct stage *st, bool previous)
{
	stage_open(st, 24, 80, "en");
	stage_push(st, &paper_screen, &(struct paper_start){ .previous = previous });
}

/* Types keys into an empty form and compares the whole record, and the field where the cursor is then. */
struct typing {
	bool previous;
	const char *keys, *body, *path;
};

static void check_typing(const struct typing *c, size_t i)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT, path = SBUF_INIT;
	struct stage st = { 0 };

	begin(&st, c->previous);
	stage_press(&st, c->keys);
	record_write_body(paper(&st)->rec, &body);
	form_path(form(&st), &path);
	if (strcmp(body.s, c->body) != 0 || strcmp(path.s, c->path) != 0) {
		print_message("%s", script_text(st.s));
		fail_msg("case %zu: %s\n  want %s at %s\n  is   %s at %s", i, c->keys, c->body, c->path, body.s, path.s);
	}
	stage_close(&st);
}

static void check_all(const struct typing *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_typing(&cases[i], i);
}

#define DATE "\"date\":\"2026-11-22\""

static void typing__codes__advance_toggle_and_collect(void **state UNUSED)
{
	static const struct typing cases[] = {
		{ 0, "", "{" DATE "}", "mode" },
		{ 0, "1", "{" DATE ",\"mode\":\"1\"}", "informant" },
		{ 0, "'12'", "{" DATE ",\"mode\":\"1\",\"informant\":\"2\"}", "symptoms" },
		{ 0, "1 2 '26' Enter", "{" DATE ",\"mode\":\"1\",\"informant\":\"2\",\"symptoms\":[\"2\",\"6\"]}",
			"readings[0].sbp" },
		{ 0, "4", "{" DATE "}", "mode" },                                             /* no such code */
		{ 0, "'４２'", "{" DATE ",\"mode\":\"2\"}", "informant" },                       /* full width */
		{ 0, "1 1 '626'", "{" DATE ",\"mode\":\"1\",\"informant\":\"1\",\"symptoms\":[\"2\"]}", "symptoms" },
		{ 0, "1 1 '261'", "{" DATE ",\"mode\":\"1\",\"informant\":\"1\",\"symptoms\":[\"1\"]}", "symptoms" },
		{ 0, "1 1 '13'", "{" DATE ",\"mode\":\"1\",\"informant\":\"1\",\"symptoms\":[\"3\"]}", "symptoms" },
		{ 0, "1 1 '26' Backspace", "{" DATE ",\"mode\":\"1\",\"informant\":\"1\"}", "symptoms" },
		{ 0, "1 Up Delete", "{" DATE "}", "mode" },
	};

	check_all(cases, N_ELEMENTS(cases));
}

static void at(struct stage *st, const char *path)
{
	assert_true(form_goto(form(st), path));
	ui_redraw(st->ui);
	stage_press(st, "");
}

static void check_field(struct stage *st, const char *key, const char *want)
{
	AUTO_SBUF struct sbuf is = SBUF_INIT;

	field_format(form_field(&paper_form, key), record_get(paper(st)->rec, key), false, &is);
	if (strcmp(is.s, want) != 0)
		fail_msg("%s is %s, not %s", key, is.s, want);
}

static void check_path(struct stage *st, const char *want)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	form_path(form(st), &path);
	assert_string_equal(path.s, want);
}

static void typing__large_codes__wait_for_the_longer(void **state UNUSED)
{
	static const struct {
		const char *field, *keys, *value, *path;
	} cases[] = {
		{ "job", "2", "2", "adr" },
		{ "job", "1", "", "job" },       /* 1, 10 or 11? */
		{ "job", "1 Enter", "1", "adr" },
		{ "job", "'11'", "11", "adr" },
		{ "job", "'12' '2'", "2", "adr" }, /* 12 is none: refused, typed again */
		{ "finding", "'0210' Enter", "02,10", "job" },
		{ "finding", "'02,10' Enter", "02,10", "job" },
		{ "finding", "'02、11' Enter", "02,11", "job" },
		{ "finding", "'2 11' Enter", "02,11", "job" },
		{ "finding", "'020301' Enter", "01", "job" }, /* the exclusive one typed last */
		{ "finding", "'010203' Enter", "02,03", "job" },
		{ "finding", "'0225' Enter", "02,25", "finding_other" },
		{ "finding", "'0299' Enter", "", "finding" },
		{ "finding", "'0203' Enter Up Backspace Backspace Backspace Enter", "02", "job" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		begin(&st, false);
		at(&st, cases[i].field);
		stage_press(&st, cases[i].keys);
		check_field(&st, cases[i].field, cases[i].value);
		check_path(&st, cases[i].path);
		stage_close(&st);
	}
}

static void typing__numbers_on_a_line__take_slash_blank_enter_or_nothing(void **state UNUSED)
{
	static const struct {
		const char *keys, *value, *path;
	} cases[] = {
		{ "'152/88' Enter", "152 88", "readings[1].sbp" },
		{ "'152 88' Enter", "152 88", "readings[1].sbp" },
		{ "'15288' Enter", "152 88", "readings[1].sbp" },
		{ "'152' Enter '88' Enter", "152 88", "readings[1].sbp" },
		{ "'152' Enter Enter", "152", "readings[1].sbp" },
		{ "'95' Enter '60' Enter", "95 60", "readings[1].sbp" },
		{ "'95/60' Enter", "95 60", "readings[1].sbp" },
		{ "'152/88' Enter '150/86' Enter", "152 88; 150 86", "readings[2].sbp" },
		{ "'152/88' Enter Enter", "152 88", "pulse" },
		{ "'152／88' Enter", "152 88", "readings[1].sbp" },
		{ "'1300' Enter", "130", "readings[0].dbp" }, /* 130, then 0 for the lower: refused */
		{ "'500'", "", "readings[0].sbp" },
		{ "Enter", "", "pulse" },
		{ "'/' '152/88' Enter", "152 88", "readings[1].sbp" },
		{ "'152/88' Enter '1' Backspace Down", "152 88", "readings[1].dbp" },
		{ "'152/88' Enter Up C-x", "", "readings[0].dbp" }, /* the whole line */
		{ "'152/88' Enter '150/86' Enter Up Up Up C-x", "150 86", "readings[0].dbp" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		begin(&st, false);
		at(&st, "readings");
		stage_press(&st, cases[i].keys);
		check_field(&st, "readings", cases[i].value);
		check_path(&st, cases[i].path);
		stage_close(&st);
	}
}

/* ---- last values --------------------------------------------------------------------------------------------------- */

static void equals_sign__takes_the_last_value__never_measured_or_dated(void **state UNUSED)
{
	static const struct {
		const char *field, *keys, *value, *path, *shows;
	} cases[] = {
		{ "smoking", "=", "5", "mind", "same 5" },
		{ "smoking", "'.'", "5", "mind", "same 5" },
		{ "weight_target", "'.' Enter", "60.0", "smoking", "" },
		{ "weight_target", "'.5' Enter", "", "weight_target", "not possible" },
		{ "mind", "=", "1", "obey", "" },
		{ "symptoms", "=", "1", "readings[0].sbp", "" },
		{ "job", "'＝'", "11", "adr", "" },
		{ "pulse", "=", "", "pulse", "never copied" },
		{ "next", "=", "", "next", "never copied" },
		{ "readings", "=", "", "readings[0].sbp", "never copied" },
		{ "adr", "=", "", "adr", "There is no last value" },
		{ "smoking", "'2' '=' Enter", "2", "mind", "" }, /* only in an empty field */
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		begin(&st, true);
		at(&st, cases[i].field);
		stage_press(&st, cases[i].keys);
		check_field(&st, cases[i].field, cases[i].value);
		check_path(&st, cases[i].path);
		stage_shows(&st, cases[i].shows);
		stage_close(&st);
	}
}

static void as_before__takes_all_history_items__and_marks_them(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, true);
	at(&st, "obey");
	stage_press(&st, "3");
	at(&st, "pulse");
	stage_press(&st, "'78' k");
	check_field(&st, "pulse", "78"); /* what was being typed is kept */
	check_field(&st, "weight_target", "60.0");
	check_field(&st, "smoking", "5");
	check_field(&st, "mind", "1");
	check_field(&st, "obey", "3"); /* not over what was entered today */
	check_field(&st, "job", "11");
	check_field(&st, "drugs", "氨氯地平 5mg 1 1片");
	check_field(&st, "weight", ""); /* measured */
	check_field(&st, "readings", "");
	check_path(&st, "weight");
	assert_true(form_is_carried(form(&st), "smoking"));
	assert_true(form_is_carried(form(&st), "drugs"));
	assert_false(form_is_carried(form(&st), "obey"));
	stage_shows(&st, "5 items as before");
	at(&st, "smoking");
	stage_press(&st, "'6' Enter"); /* changed today: no longer carried */
	assert_false(form_is_carried(form(&st), "smoking"));
	stage_press(&st, "k");
	stage_shows(&st, "Nothing is left");
	stage_close(&st);
	begin(&st, false);
	stage_press(&st, "k");
	stage_shows(&st, "There is no record of a last time");
	stage_close(&st);
}

/* ---- limits -------------------------------------------------------------------------------------------------------- */

static void hard_limits__refuse_with_a_sentence__the_cursor_stays(void **state UNUSED)
{
	static const struct {
		const char *field, *keys, *shows;
	} cases[] = {
		{ "pulse", "'300' Enter", "not possible" },
		{ "pulse", "'19' Down", "not possible" },
		{ "pulse", "'300' PgDn", "not possible" },
		{ "weight", "'61.55' Enter", "61.55" },
		{ "date", "'2027-01-01' Enter", "future" },
		{ "date", "'2026-13-01' Enter", "not a date" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };
		unsigned beeps;

		begin(&st, false);
		at(&st, cases[i].field);
		beeps = script_beeps(st.s);
		stage_press(&st, cases[i].keys);
		check_path(&st, cases[i].field);
		stage_shows(&st, cases[i].shows);
		assert_true(script_beeps(st.s) > beeps);
		stage_close(&st);
	}
}

static void soft_limits__ask_once__and_enter_confirms(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	at(&st, "pulse");
	stage_press(&st, "'180' Enter");
	stage_shows(&st, "180/min is unusual");
	check_path(&st, "pulse");
	check_field(&st, "pulse", "");
	stage_press(&st, "Enter");
	check_field(&st, "pulse", "180");
	check_path(&st, "weight");
	assert_true(form_is_confirmed(form(&st), "pulse"));
	stage_press(&st, "Up Down"); /* passing by does not ask again */
	check_path(&st, "weight");
	at(&st, "pulse");
	stage_press(&st, "'190' Enter"); /* another value is another question */
	stage_shows(&st, "190/min is unusual");
	stage_press(&st, "Backspace Backspace Backspace '70' Enter");
	check_field(&st, "pulse", "70");
	assert_false(form_is_confirmed(form(&st), "pulse"));
	stage_close(&st);
}

static void soft_limits__do_not_hold_up__numbers_that_go_on(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	at(&st, "readings");
	stage_press(&st, "'230/95' Enter");
	check_field(&st, "readings", "230 95");
	check_path(&st, "readings[1].sbp");
	assert_false(form_is_confirmed(form(&st), "readings[0].sbp"));
	stage_close(&st);
}

static void contradictions__are_said_at_once__and_refused_at_the_end(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	stage_press(&st, "1 1 1 Enter '88/100' Enter");
	stage_shows(&st, "not below");
	check_path(&st, "readings[1].sbp");
	stage_press(&st, "F2");
	check_path(&st, "readings[0].dbp");
	stage_shows(&st, "not below");
	assert_int_equal(paper(&st)->saves, 0);
	stage_press(&st, "'60' F2");
	assert_int_equal(paper(&st)->saves, 1);
	stage_close(&st);
}

/* ---- finishing ----------------------------------------------------------------------------------------------------- */

static void form_finish__goes_to_what_is_missing__then_asks_then_saves(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	at(&st, "pulse");
	stage_press(&st, "'180' F2"); /* from any field, what is being typed counts */
	check_path(&st, "mode");
	stage_shows(&st, "Still missing: Mode");
	stage_press(&st, "1 1 F2");
	check_path(&st, "symptoms");
	stage_press(&st, "1 F2");
	check_path(&st, "pulse");
	stage_shows(&st, "F2 again keeps it");
	assert_int_equal(paper(&st)->saves, 0);
	stage_press(&st, "F2");
	assert_int_equal(paper(&st)->saves, 1);
	check_field(&st, "pulse", "180");
	assert_false(form(&st)->dirty);
	stage_close(&st);
}

static void form_finish__drops__empty_lines(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	stage_press(&st, "1 1 1 Enter '152/88' Enter '150' Up Backspace Backspace Backspace F2");
	assert_int_equal(paper(&st)->saves, 1);
	check_field(&st, "readings", "152 88");
	stage_close(&st);
}

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

		begin(&st, false);
		at(&st, cases[i].field);
		stage_press(&st, cases[i].keys);
		check_field(&st, cases[i].field, cases[i].value);
		stage_close(&st);
	}
}

static void text__takes_everything_that_prints__and_control_twins_still_work(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, true);
	at(&st, "signs");
	assert_int_equal(form_focus(form(&st)), FOCUS_TEXT);
	stage_press(&st, "'k=?/ 双肺 ok' Enter");
	check_field(&st, "signs", "k=?/ 双肺 ok");
	at(&st, "signs");
	stage_press(&st, "Home 'x' C-k");
	check_field(&st, "signs", "xk=?/ 双肺 ok");
	check_field(&st, "smoking", "5");
	stage_close(&st);
}

static void other__has_its_text__only_while_chosen(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	assert_false(form_goto(form(&st), "adr_other"));
	at(&st, "adr");
	stage_press(&st, "2 '皮疹' Enter");
	check_field(&st, "adr_other", "皮疹");
	at(&st, "adr");
	stage_press(&st, "1"); /* what was typed stays visible */
	assert_true(form_goto(form(&st), "adr_other"));
	stage_press(&st, "C-w Enter");
	assert_false(form_goto(form(&st), "adr_other"));
	stage_close(&st);
}

static void lists__grow_by_their_empty_line__and_stop_at_their_maximum(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	at(&st, "drugs");
	stage_press(&st, "'二甲双胍' Enter '2' Enter '1片' Enter");
	check_path(&st, "drugs[1].name");
	stage_press(&st, "Enter");
	check_path(&st, "hospital");
	check_field(&st, "drugs", "二甲双胍 2 1片");
	stage_press(&st, "Up Up +");
	check_path(&st, "drugs[1].name");
	at(&st, "readings");
	stage_press(&st, "'152/88' Enter '150/86' Enter '148/84' Enter");
	check_path(&st, "pulse"); /* three at most */
	stage_close(&st);
}

static void references__are_picked__never_typed(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	at(&st, "hospital");
	stage_press(&st, "'5' F4");
	assert_string_equal(paper(&st)->picked, "hospital");
	form_put(form(&st), "org-7");
	ui_redraw(st.ui);
	stage_press(&st, "");
	stage_shows(&st, "[org-7]");
	stage_press(&st, "Delete");
	check_field(&st, "hospital", "");
	stage_close(&st);
}

static void code_list__shows_and_chooses__one_or_several(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	stage_press(&st, "F4 'ho' Enter");
	check_field(&st, "mode", "2");
	check_path(&st, "informant");
	at(&st, "symptoms");
	stage_press(&st, "F4 '2' Enter '6' Enter Esc");
	check_field(&st, "symptoms", "2,6");
	check_path(&st, "symptoms");
	stage_press(&st, "F4 '1' Enter Esc");
	check_field(&st, "symptoms", "1");
	at(&st, "pulse");
	stage_press(&st, "F4");
	stage_shows(&st, "has no list");
	stage_close(&st);
}

static void paste_and_scan__land_in_one_field__or_nowhere(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	stage_press(&st, "scan'350299195203150048'");
	stage_shows(&st, "takes no pasted");
	check_field(&st, "mode", "");
	at(&st, "signs");
	stage_press(&st, "scan'350299195203150048'");
	check_field(&st, "signs", "350299195203150048");
	at(&st, "pulse");
	stage_press(&st, "paste'78 /min' Enter");
	check_field(&st, "pulse", "78");
	stage_close(&st);
}

/* ---- moving, pages, looks ------------------------------------------------------------------------------------------- */

static void moving__visits_every_field__and_pages(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	stage_press(&st, "PgDn");
	check_path(&st, "drugs[0].name");
	stage_shows(&st, "page 2/2");
	stage_press(&st, "PgDn PgUp");
	check_path(&st, "date");
	stage_press(&st, "Tab S-Tab Up Down Down");
	check_path(&st, "informant");
	at(&st, "next");
	stage_press(&st, "Enter");
	stage_shows(&st, "That was the last field");
	check_path(&st, "next");
	stage_close(&st);
}

static void computed__fields_live__and_take_no_cursor(void **state UNUSED)
{
	struct stage st = { 0 };
	unsigned changes;

	begin(&st, false);
	at(&st, "weight");
	changes = paper(&st)->changes;
	stage_press(&st, "'61.5' Enter Enter");
	assert_int_equal(paper(&st)->changes, changes + 1);
	check_field(&st, "bmi", "24.63");
	check_path(&st, "smoking");
	assert_false(form_goto(form(&st), "bmi"));
	assert_false(form_goto(form(&st), "nothing"));
	stage_close(&st);
}

static void clicks__move_the_cursor__when_the_field_may_be_left(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, false);
	stage_press(&st, "click:5,17");
	check_path(&st, "pulse");
	stage_press(&st, "'300' click:2,17");
	check_path(&st, "pulse");
	stage_shows(&st, "not possible");
	stage_close(&st);
}

static void cursor__stands_at_the_caret__for_input_methods(void **state UNUSED)
{
	struct stage st = { 0 };
	int y, x, x2;
	bool on;

	begin(&st, false);
	at(&st, "signs");
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

	begin(&st, true);
	for (int i = 0; i < 15000; i++) {
		struct form *f;
		struct err err;

		seed = seed * 1664525u + 1013904223u;
		if (!script_press(st.s, st.ui, names[(seed >> 8) % N_ELEMENTS(names)])) {
			stage_close(&st); /* Esc on the last screen leaves */
			begin(&st, i % 2);
			continue;
		}
		if (ui_top(st.ui) != &paper_screen)
			continue;
		f = form(&st);
		assert_non_null(form_field_now(f));
		assert_int_not_equal(form_focus(f), FOCUS_LIST);
		for (size_t k = 0; k < paper_form.n_fields; k++)
			assert_ok(field_check(&paper_form.fields[k], &paper(&st)->rec->values[k], paper(&st)->cx.today, &err),
				&err);
	}
	stage_close(&st);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing__codes__advance_toggle_and_collect),
		cmocka_unit_test(typing__large_codes__wait_for_the_longer),
		cmocka_unit_test(typing__numbers_on_a_line__take_slash_blank_enter_or_nothing),
		cmocka_unit_test(equals_sign__takes_the_last_value__never_measured_or_dated),
		cmocka_unit_test(as_before__takes_all_history_items__and_marks_them),
		cmocka_unit_test(hard_limits__refuse_with_a_sentence__the_cursor_stays),
		cmocka_unit_test(soft_limits__ask_once__and_enter_confirms),
		cmocka_unit_test(soft_limits__do_not_hold_up__numbers_that_go_on),
		cmocka_unit_test(contradictions__are_said_at_once__and_refused_at_the_end),
		cmocka_unit_test(form_finish__goes_to_what_is_missing__then_asks_then_saves),
		cmocka_unit_test(form_finish__drops__empty_lines),
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
