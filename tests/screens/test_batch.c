/* Situation 6, entry of paper at the month's end: the pile once, then sheet after sheet, counted; a blank one is asked about. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- pictures --------------------------------------------------------------------------------------------------------- */

static void setup(struct clinic *c)
{
	stage_press(&c->stage, ": 'bl' Enter");
}

static void setup_choosing(struct clinic *c)
{
	setup(c);
	stage_press(&c->stage, "'11-04' Enter");
}

static void setup_error(struct clinic *c)
{
	setup(c);
	stage_press(&c->stage, "Enter");
}

/* 4 November, the doctor, the first form, the first village, three sheets. */
static void pile(struct clinic *c)
{
	setup_choosing(c);
	stage_press(&c->stage, "1 1 1 '3' Enter");
}

static void sheet(struct clinic *c, const char *who, const char *pressure)
{
	AUTO_SBUF struct sbuf keys = SBUF_INIT;

	sbuf_addf(&keys, "'%s' Enter 1 1 Enter '%s' Enter Enter F2", who, pressure);
	stage_press(&c->stage, keys.s);
}

static void two_sheets(struct clinic *c)
{
	pile(c);
	sheet(c, "hsj", "151/87");
	sheet(c, "zat", "128/78");
}

static void next_name(struct clinic *c)
{
	two_sheets(c);
	stage_press(&c->stage, "'wu'");
}

static void blank(struct clinic *c)
{
	pile(c);
	stage_press(&c->stage, "'hsj' Enter F2");
}

static void stranger(struct clinic *c)
{
	pile(c);
	stage_press(&c->stage, "'wgq' Enter 2");
}

static void pictures_of_batch(void **state)
{
	static const struct clinic_picture all[] = { { "setup", { 0 }, setup, false }, { "choosing", { 0 }, setup_choosing, true },
		{ "error", { 0 }, setup_error, false }, { "empty", { 0 }, pile, false }, { "typical", { 0 }, two_sheets, true },
		{ "search", { 0 }, next_name, false },
		{ "stranger", { 0 }, stranger, true }, { "blank", { 0 }, blank, true } };

	(void)state;
	clinic_pictures("batch", all, N_ELEMENTS(all));
}

/* ---- what is stored --------------------------------------------------------------------------------------------------- */

/* Typed by the nurse, signed by the doctor: the paper's day and hand, the clerk's hour; no key between two sheets. */
static void batch__stores_sheets__as_late_with_the_papers_signature(void **state)
{
	const char *id, *wang;
	struct clinic c;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .two_staff = true });
	stage_press(&c.stage, "2");
	stage_shows(&c.stage, "找人");
	wang = clinic_id(&c, "wang");
	assert_string_equal(c.app.actor, wang);
	pile(&c);
	before = script_keys(c.script);
	sheet(&c, "hsj", "151/87");
	stage_shows(&c.stage, "下一张");
	stage_shows(&c.stage, "已录1张");
	assert_in_range(script_keys(c.script) - before, 1, 20);
	id = clinic_newest(&c, "followup", clinic_id(&c, "huang"));
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "date"), "2026-11-04");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "doctor"), clinic_id(&c, "lxy"));
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "entered_late"), "2");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "changed_by"), wang);
	sheet(&c, "zat", "128/78");
	stage_shows(&c.stage, "已录2张 共3张 还差1张");
	/* The pile is still there after the screen was left; another one begins with F4. */
	stage_press(&c.stage, "Esc");
	setup(&c);
	stage_shows(&c.stage, "已录2张");
	stage_press(&c.stage, "F4 '11-06' Enter");
	stage_shows(&c.stage, "签名医生");
	clinic_close(&c);
}

static void batch__never_takes__today_or_a_day_to_come(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	setup(&c);
	stage_press(&c.stage, "Enter");
	stage_shows(&c.stage, "不会自动当成今天");
	stage_press(&c.stage, "'+1' Enter");
	stage_shows(&c.stage, "那天还没到");
	stage_press(&c.stage, "'13-40' Enter");
	stage_shows(&c.stage, "这不是日期");
	stage_press(&c.stage, "'-3' Enter 7");
	stage_shows(&c.stage, "按数字选");
	stage_press(&c.stage, "1 1 1 'x' Enter");
	stage_shows(&c.stage, "这叠有几张");
	stage_press(&c.stage, "Up");
	stage_shows(&c.stage, "哪个村");
	clinic_close(&c);
}

/* Examinations come in piles, too: the paper's day and its doctor, a clerk's hand. */
static void batch__takes_examinations(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .two_staff = true });
	stage_press(&c.stage, "2");
	stage_shows(&c.stage, "找人");
	setup_choosing(&c);
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "6体检");
	stage_press(&c.stage, "6 1 '2' Enter");
	stage_shows(&c.stage, "体检");
	stage_press(&c.stage, "'hsj' Enter");
	stage_shows(&c.stage, "健康体检表");
	stage_press(&c.stage, "'1' Enter F2");
	stage_shows(&c.stage, "已录1张 共2张 还差1张");
	id = clinic_newest(&c, "exam", clinic_id(&c, "huang"));
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "date"), "2026-11-04");
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "responsible"), clinic_id(&c, "lxy"));
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "changed_by"), clinic_id(&c, "wang"));
	clinic_close(&c);
}

/* F2 on an untouched sheet is a slip: it is asked about, nothing is stored, and "yes" is still possible. */
static void batch__asks__before_a_blank_sheet(void **state)
{
	static const struct {
		const char *form, *kind, *yes; /* the digit of the form in the setup; what answers the question */
	} kinds[] = { { "1", "followup", "F2" }, { "5", "visit", "1" }, { "6", "exam", "1" } };
	struct clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(kinds); i++) {
		AUTO_SBUF struct sbuf keys = SBUF_INIT;
		const char *before, *after;

		clinic_open(&c, &(struct clinic_start){ 0 });
		before = clinic_newest(&c, kinds[i].kind, clinic_id(&c, "huang"));
		setup_choosing(&c);
		sbuf_addf(&keys, "1 %s 1 '3' Enter 'hsj' Enter F2", kinds[i].form);
		stage_press(&c.stage, keys.s);
		stage_shows(&c.stage, "什么都没填");
		after = clinic_newest(&c, kinds[i].kind, clinic_id(&c, "huang"));
		assert_case(!before == !after && (!before || !strcmp(before, after)), i, kinds[i].kind);
		stage_press(&c.stage, kinds[i].yes);
		stage_shows(&c.stage, "已录1张");
		after = clinic_newest(&c, kinds[i].kind, clinic_id(&c, "huang"));
		assert_case(after && (!before || strcmp(before, after) != 0), i, kinds[i].kind);
		clinic_close(&c);
	}
}

/* What was entered is looked at and mended from the list. */
static void batch__a_sheet__is_opened_again(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	two_sheets(&c);
	stage_press(&c.stage, "Down 1");
	stage_press(&c.stage, "Enter");
	stage_shows(&c.stage, "随访服务记录表");
	stage_shows(&c.stage, "张阿土");
	clinic_close(&c);
}

/* Letters find somebody else, the eyes are on the paper: his digits must not become a sheet of a person who is not on the roster. */
static void batch__asks__about_who_is_not_on_the_roster(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	pile(&c);
	stage_press(&c.stage, "'wgq' Enter 2 1"); /* by telephone, 21: no answer to what was not read */
	stage_shows(&c.stage, "不在高血压名册上");
	stage_shows(&c.stage, "数字不算");
	stage_press(&c.stage, "Enter '151'");
	stage_shows(&c.stage, "下一张 wgq151");
	assert_null(clinic_newest(&c, "followup", clinic_id(&c, "wu")));
	stage_press(&c.stage, "Backspace Backspace Backspace Enter");
	stage_shows(&c.stage, "不在高血压名册上");
	stage_press(&c.stage, "Down Enter 1 1 Enter '151/87' Enter Enter F2");
	stage_shows(&c.stage, "已保存: 吴国强 高血压随访");
	assert_non_null(clinic_newest(&c, "followup", clinic_id(&c, "wu")));
	clinic_close(&c);
}

/* The wrong one was taken: moved from the list of what was entered, where one sees it. */
static void batch__wrong_person__is_moved_from_the_list(void **state)
{
	const char *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	pile(&c);
	sheet(&c, "hsj", "151/87");
	id = clinic_newest(&c, "followup", clinic_id(&c, "huang"));
	stage_press(&c.stage, "Down M 'zat' Enter");
	stage_shows(&c.stage, "把这份记录换给 张阿土");
	stage_press(&c.stage, "1 Esc");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "resident"), clinic_id(&c, "atu"));
	stage_shows(&c.stage, "张阿土");
	stage_hides(&c.stage, "黄水金");
	clinic_close(&c);
}

/* On the roster, but of another village than the pile: asked, not taken. */
static void batch__asks__about_who_lives_elsewhere(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "enrolment", "{'resident':'%wu','programme':'htn','enrolled_on':'2021-06-11'}");
	pile(&c);
	stage_press(&c.stage, "'wgq' Enter 2 1");
	stage_shows(&c.stage, "不是这一叠那个村的");
	assert_null(clinic_newest(&c, "followup", clinic_id(&c, "wu")));
	clinic_close(&c);
}

/* Two of one name: the digits of the sheet choose neither of them, in one breath or after it. */
static void batch__namesakes__are_chosen_by_eyes(void **state)
{
	const char *other, *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "huang2", "resident", "{'name':'黄水金','sex':'1','birth_date':'1975-02-11','village':'%shangban','group':'1组'}");
	other = clinic_id(&c, "huang2");
	clinic_save(&c, NULL, "enrolment", "{'resident':'%huang2','programme':'htn','enrolled_on':'2021-06-11'}");
	pile(&c);
	stage_press(&c.stage, "'hsj' Enter 2 1 Enter");
	stage_shows(&c.stage, "有同名的人");
	stage_shows(&c.stage, "先看清是哪一个");
	stage_press(&c.stage, "2 1 '151/87'");
	stage_shows(&c.stage, "数字不算");
	stage_press(&c.stage, "Enter"); /* none of them */
	stage_shows(&c.stage, "已录0张");
	stage_press(&c.stage, "Enter");
	stage_press(&c.stage, "Down Down Enter 1 1 Enter '151/87' Enter Enter F2");
	stage_shows(&c.stage, "已录1张");
	id = clinic_newest(&c, "followup", other);
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "sbp"), "151");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_batch),
		cmocka_unit_test(batch__stores_sheets__as_late_with_the_papers_signature),
		cmocka_unit_test(batch__never_takes__today_or_a_day_to_come),
		cmocka_unit_test(batch__takes_examinations),
		cmocka_unit_test(batch__asks__before_a_blank_sheet),
		cmocka_unit_test(batch__a_sheet__is_opened_again),
		cmocka_unit_test(batch__asks__about_who_is_not_on_the_roster),
		cmocka_unit_test(batch__wrong_person__is_moved_from_the_list),
		cmocka_unit_test(batch__asks__about_who_lives_elsewhere),
		cmocka_unit_test(batch__namesakes__are_chosen_by_eyes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
