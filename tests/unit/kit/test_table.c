#include "support/base/check.h"
#include "support/kit/dump.h"
#include "support/kit/roster.h"
#include "support/kit/stage.h"

static struct roster *top(const struct stage *st)
{
	return ui_top_state(st->ui);
}

static int64_t chosen(const struct stage *st)
{
	return table_selected_id(&top(st)->table);
}

static void begin(struct stage *st, int h, int w)
{
	stage_open(st, h, w, "en");
	stage_push(st, &roster_screen, NULL);
}

static void table_command__moves__inside_the_list(void **state UNUSED)
{
	static const struct {
		const char *keys;
		int64_t id;
	} cases[] = {
		{ "", 101 },         { "Down", 102 },        { "Up", 101 },          { "End", 112 },
		{ "End Down", 112 }, { "End Home", 101 },    { "3", 103 },           { "9", 109 },
		{ "Down Down Up", 102 }, { "PgDn", 112 },    { "PgDn PgUp", 101 },   { "0", 101 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct stage st = { 0 };

		begin(&st, 24, 80);
		stage_press(&st, cases[i].keys);
		assert_case(chosen(&st) == cases[i].id, i, cases[i].keys);
		stage_close(&st);
	}
}

/* 40 rows, a page of 14: digits mean rows of the page that is seen. */
static void table_command__digits__choose_on_the_visible_page(void **state UNUSED)
{
	struct person people[40];
	struct stage st = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(people); i++)
		people[i] = (struct person){ (int64_t)i + 1, "x", "y", 1, false };
	stage_open(&st, 20, 60, "en");
	stage_push(&st, &roster_screen, &(struct roster_start){ people, 40, false, NULL });
	assert_int_equal(top(&st)->table.page, 14);
	stage_press(&st, "5");
	assert_int_equal(chosen(&st), 5);
	stage_press(&st, "0");
	assert_int_equal(chosen(&st), 15);
	stage_press(&st, "3");
	assert_int_equal(chosen(&st), 17);
	stage_press(&st, "0 1");
	assert_int_equal(chosen(&st), 29); /* a short last page begins at 1 */
	stage_shows(&st, "1    y");
	stage_press(&st, "0");
	assert_int_equal(chosen(&st), 1); /* and after it comes the first */
	stage_close(&st);
}

/* Arrows past the end of the page turn it: a digit never comes to mean another row while its row is on the screen. */
static void table_command__arrows__turn_whole_pages(void **state UNUSED)
{
	struct person people[40];
	struct stage st = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(people); i++)
		people[i] = (struct person){ (int64_t)i + 1, "x", "y", 1, false };
	stage_open(&st, 20, 60, "en");
	stage_push(&st, &roster_screen, &(struct roster_start){ people, 40, false, NULL });
	for (size_t i = 1; i < 40; i++) {
		size_t was = top(&st)->table.top;

		stage_press(&st, "Down");
		assert_int_equal(chosen(&st), i + 1);
		assert_true(top(&st)->table.top == was || top(&st)->table.top == was + 14);
		assert_int_equal(top(&st)->table.top % 14, 0);
	}
	stage_press(&st, "2");
	assert_int_equal(chosen(&st), 30); /* the last page begins with the 29th */
	stage_press(&st, "Up Up");
	assert_int_equal(chosen(&st), 28);
	stage_press(&st, "9");
	assert_int_equal(chosen(&st), 23);
	stage_press(&st, "PgDn");
	assert_int_equal(chosen(&st), 37);
	stage_press(&st, "1");
	assert_int_equal(chosen(&st), 29);
	stage_close(&st);
}

static void table_reload__keeps_the_chosen_person__not_the_row(void **state UNUSED)
{
	struct person people[12];
	struct stage st = { 0 };

	memcpy(people, roster_people, sizeof people);
	stage_open(&st, 24, 80, "en");
	stage_push(&st, &roster_screen, &(struct roster_start){ people, 12, false, NULL });
	stage_press(&st, "5");
	assert_int_equal(chosen(&st), 105);
	for (size_t i = 0; i < 6; i++) { /* sorted the other way round */
		struct person p = people[i];

		people[i] = people[11 - i];
		people[11 - i] = p;
	}
	ui_changed(st.ui, ROSTER_TOPIC);
	stage_press(&st, "");
	assert_int_equal(chosen(&st), 105);
	assert_int_equal(top(&st)->table.sel, 7);
	people[7].id = 999; /* gone: the row stays */
	ui_changed(st.ui, ROSTER_TOPIC);
	stage_press(&st, "");
	assert_int_equal(chosen(&st), 999);
	top(&st)->n_people = 2; /* and stays inside */
	ui_changed(st.ui, ROSTER_TOPIC);
	stage_press(&st, "");
	assert_int_equal(chosen(&st), people[1].id);
	top(&st)->n_people = 0;
	ui_changed(st.ui, ROSTER_TOPIC);
	stage_press(&st, "Down Enter 1 0");
	assert_int_equal(chosen(&st), -1);
	stage_close(&st);
}

static void table_filter__narrows__and_gives_back(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, 24, 80);
	stage_press(&st, "4 / '溪头'");
	assert_int_equal(table_count(&top(&st)->table), 4);
	stage_shows(&st, "4 of 12");
	assert_int_equal(chosen(&st), 110); /* the chosen row is not among them: the same position */
	stage_press(&st, "Enter");
	assert_string_equal(top(&st)->log, "open 110;");
	stage_press(&st, "2"); /* closed by Enter, still narrowed: digits choose again */
	assert_int_equal(chosen(&st), 107);
	stage_press(&st, "Esc");
	assert_int_equal(table_count(&top(&st)->table), 12);
	assert_int_equal(chosen(&st), 107);
	stage_press(&st, "/ 'zzz'");
	stage_shows(&st, "No row holds this text");
	stage_press(&st, "Esc");
	assert_int_equal(ui_depth(st.ui), 1);
	stage_close(&st);
}

static void table_mark__toggles__rows(void **state UNUSED)
{
	struct stage st = { 0 };

	begin(&st, 24, 80);
	stage_press(&st, "Space Space 5 Space");
	assert_true(table_is_marked(&top(&st)->table, 101));
	assert_true(table_is_marked(&top(&st)->table, 102));
	assert_false(table_is_marked(&top(&st)->table, 103));
	assert_true(table_is_marked(&top(&st)->table, 105));
	stage_press(&st, "1 Space");
	assert_false(table_is_marked(&top(&st)->table, 101));
	stage_close(&st);
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static size_t one(const void *ctx UNUSED)
{
	return 1;
}

static int64_t one_id(const void *ctx UNUSED, size_t row UNUSED)
{
	return 1;
}

static const char *letters(const void *ctx UNUSED, size_t row UNUSED, size_t col, struct sbuf *tmp)
{
	static const char *const texts[] = { "张三丰李四", "bb", "cccc" };

	(void)tmp;
	return texts[col];
}

static void table_draw__shares_columns__and_drops_the_least_important(void **state UNUSED)
{
	static const struct table_model model = { .count = one, .id = one_id, .cell = letters };
	static const struct column cols[] = {
		{ "A", 4, 1, false, 0 }, { "B", 4, 0, true, 1 }, { "C", 6, 0, false, 2 },
	};
	static const struct {
		int w;
		const char *row;
	} cases[] = {
		{ 40, "▶1  张三丰李四                 bb cccc" },
		{ 24, "▶1  张三丰~    bb cccc" },
		{ 16, "▶1  张三丰~   bb" },
		{ 12, "▶1  张三丰~" },
		{ 9, "▶1  张三~" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct canvas cv = { 0 };
		struct table t;
		AUTO_SBUF struct sbuf row = SBUF_INIT;
		struct rect r = { 0, 0, 3, cases[i].w };

		canvas_resize(&cv, 3, 40);
		table_init(&t, cols, N_ELEMENTS(cols), &model, NULL, 0);
		table_reload(&t);
		table_layout(&t, r);
		table_draw(&t, &cv, r, false);
		canvas_dump_row(&cv, 1, &row);
		assert_string_equal(row.s, cases[i].row);
		table_release(&t);
		canvas_release(&cv);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_command__moves__inside_the_list),
		cmocka_unit_test(table_command__digits__choose_on_the_visible_page),
		cmocka_unit_test(table_command__arrows__turn_whole_pages),
		cmocka_unit_test(table_reload__keeps_the_chosen_person__not_the_row),
		cmocka_unit_test(table_filter__narrows__and_gives_back),
		cmocka_unit_test(table_mark__toggles__rows),
		cmocka_unit_test(table_draw__shares_columns__and_drops_the_least_important),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
