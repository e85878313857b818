#include "app/base/i18n.h"
#include "screens/kit/form_int.h"
#include "support/base/check.h"
#include "support/kit/paper.h"

/* Types keys into an empty form and compares the whole record, and the field where the cursor is then. */
struct typing {
	bool previous;
	const char *keys, *body, *path;
};

static void check_typing(const struct typing *c, size_t i)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT, path = SBUF_INIT;
	struct stage st = { 0 };

	paper_begin(&st, c->previous);
	stage_press(&st, c->keys);
	record_write_body(paper_of(&st)->rec, &body);
	form_path(paper_form_of(&st), &path);
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

		paper_begin(&st, false);
		paper_at(&st, cases[i].field);
		stage_press(&st, cases[i].keys);
		paper_check(&st, cases[i].field, cases[i].value);
		paper_check_path(&st, cases[i].path);
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

		paper_begin(&st, false);
		paper_at(&st, "readings");
		stage_press(&st, cases[i].keys);
		paper_check(&st, "readings", cases[i].value);
		paper_check_path(&st, cases[i].path);
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

		paper_begin(&st, true);
		paper_at(&st, cases[i].field);
		stage_press(&st, cases[i].keys);
		paper_check(&st, cases[i].field, cases[i].value);
		paper_check_path(&st, cases[i].path);
		stage_shows(&st, cases[i].shows);
		stage_close(&st);
	}
}

static bool is_carried(struct stage *st, const char *key)
{
	return form_marks(paper_form_of(st), key) & MARK_CARRIED;
}

static void as_before__takes_all_history_items__and_marks_them(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, true);
	paper_at(&st, "obey");
	stage_press(&st, "3");
	paper_at(&st, "pulse");
	stage_press(&st, "'78' k");
	paper_check(&st, "pulse", "78"); /* what was being typed is kept */
	paper_check(&st, "weight_target", "60.0");
	paper_check(&st, "smoking", "5");
	paper_check(&st, "mind", "1");
	paper_check(&st, "obey", "3"); /* not over what was entered today */
	paper_check(&st, "job", "11");
	paper_check(&st, "drugs", "氨氯地平 5mg 1 1片");
	paper_check(&st, "weight", ""); /* measured */
	paper_check(&st, "readings", "");
	paper_check_path(&st, "weight");
	assert_true(is_carried(&st, "smoking"));
	assert_true(is_carried(&st, "drugs"));
	assert_false(is_carried(&st, "obey"));
	stage_shows(&st, "5 items as before");
	paper_at(&st, "smoking");
	stage_press(&st, "'6' Enter"); /* changed today: no longer carried */
	assert_false(is_carried(&st, "smoking"));
	stage_press(&st, "k");
	stage_shows(&st, "Nothing is left");
	stage_close(&st);
	paper_begin(&st, false);
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

		paper_begin(&st, false);
		paper_at(&st, cases[i].field);
		beeps = script_beeps(st.s);
		stage_press(&st, cases[i].keys);
		paper_check_path(&st, cases[i].field);
		stage_shows(&st, cases[i].shows);
		assert_true(script_beeps(st.s) > beeps);
		stage_close(&st);
	}
}

static void soft_limits__ask_once__and_enter_confirms(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	paper_at(&st, "pulse");
	stage_press(&st, "'180' Enter");
	stage_shows(&st, "180/min is unusual");
	paper_check_path(&st, "pulse");
	paper_check(&st, "pulse", "");
	stage_press(&st, "Enter");
	paper_check(&st, "pulse", "180");
	paper_check_path(&st, "weight");
	assert_true(form_is_confirmed(paper_form_of(&st), "pulse"));
	stage_press(&st, "Up Down"); /* passing by does not ask again */
	paper_check_path(&st, "weight");
	paper_at(&st, "pulse");
	stage_press(&st, "'190' Enter"); /* another value is another question */
	stage_shows(&st, "190/min is unusual");
	stage_press(&st, "Backspace Backspace Backspace '70' Enter");
	paper_check(&st, "pulse", "70");
	assert_false(form_is_confirmed(paper_form_of(&st), "pulse"));
	stage_close(&st);
}

static void soft_limits__do_not_hold_up__numbers_that_go_on(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	paper_at(&st, "readings");
	stage_press(&st, "'230/95' Enter");
	paper_check(&st, "readings", "230 95");
	paper_check_path(&st, "readings[1].sbp");
	assert_false(form_is_confirmed(paper_form_of(&st), "readings[0].sbp"));
	stage_close(&st);
}

static void contradictions__are_said_at_once__and_refused_at_the_end(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	stage_press(&st, "1 1 1 Enter '88/100' Enter");
	stage_shows(&st, "not below");
	paper_check_path(&st, "readings[1].sbp");
	stage_press(&st, "F2");
	paper_check_path(&st, "readings[0].dbp");
	stage_shows(&st, "not below");
	assert_int_equal(paper_of(&st)->saves, 0);
	stage_press(&st, "'60' F2");
	assert_int_equal(paper_of(&st)->saves, 1);
	stage_close(&st);
}

/* ---- finishing ----------------------------------------------------------------------------------------------------- */

static void form_finish__goes_to_what_is_missing__then_asks_then_saves(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	paper_at(&st, "pulse");
	stage_press(&st, "'180' F2"); /* from any field, what is being typed counts */
	paper_check_path(&st, "mode");
	stage_shows(&st, "Still missing: Mode");
	stage_press(&st, "1 1 F2");
	paper_check_path(&st, "symptoms");
	stage_press(&st, "1 F2");
	paper_check_path(&st, "pulse");
	stage_shows(&st, "F2 again keeps it");
	assert_int_equal(paper_of(&st)->saves, 0);
	stage_press(&st, "F2");
	assert_int_equal(paper_of(&st)->saves, 1);
	paper_check(&st, "pulse", "180");
	assert_false(paper_form_of(&st)->dirty);
	stage_close(&st);
}

static void form_finish__drops__empty_lines(void **state UNUSED)
{
	struct stage st = { 0 };

	paper_begin(&st, false);
	stage_press(&st, "1 1 1 Enter '152/88' Enter '150' Up Backspace Backspace Backspace F2");
	assert_int_equal(paper_of(&st)->saves, 1);
	paper_check(&st, "readings", "152 88");
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
