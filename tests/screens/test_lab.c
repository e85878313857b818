/* The laboratory's sheet of an examination day: which file, what would become of its lines, what became of them. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

#define LINES \
	"\"lines\":[{\"outcome\":\"taken\",\"line\":3,\"no\":\"2\",\"name\":\"傅春梅\",\"exam\":\"x\",\"abnormal\":3,\"reason\":\"\"," \
	"\"findings\":\"血红蛋白 108 g/L 偏低; 空腹血糖 8.90 mmol/L 偏高; 总胆红素 31.0 umol/L 偏高\"}," \
	"{\"outcome\":\"taken\",\"line\":2,\"no\":\"1\",\"name\":\"余强春\",\"exam\":\"y\",\"abnormal\":0,\"findings\":\"\",\"reason\":\"\"}," \
	"{\"outcome\":\"differs\",\"line\":5,\"no\":\"4\",\"name\":\"黄梅爱\",\"exam\":\"z\",\"abnormal\":0,\"findings\":\"\"," \
	"\"reason\":\"血红蛋白: 这里 130, 化验单上 140。\"}," \
	"{\"outcome\":\"faulty\",\"line\":7,\"no\":\"1\",\"name\":\"余强春\",\"exam\":\"y\",\"abnormal\":0,\"findings\":\"\"," \
	"\"reason\":\"空腹血糖: 52.00 不可能, 应在 0.60 到 40.00 mmol/L 之间。\"}," \
	"{\"outcome\":\"unmatched\",\"line\":6,\"no\":\"9\",\"name\":\"无此人\",\"exam\":null,\"abnormal\":0,\"findings\":\"\"," \
	"\"reason\":\"那天的现场单上没有9号。\"}],\"unknown_columns\":[\"爱好\"]}"

static void plan(struct clinic *c)
{
	clinic_save(c, "day", "exam_day",
		"{'date':'2026-11-22','place':'上坂祠堂','villages':[{'village':'%shangban'}],'stations':['1','2','7']}");
}

/* ---- which file -------------------------------------------------------------------------------------------------------- */

static void show_files(struct clinic *c)
{
	plan(c);
	clinic_show(c, &exam_day_screen, &(struct open_arg){ .record = clinic_id(c, "day") });
	stage_press(&c->stage, "+");
}

static void pictures_of_lab_files(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, show_files, true } };

	(void)state;
	clinic_pictures("lab-files", all, N_ELEMENTS(all));
}

static void lab_files__needs__a_day(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, ": 'huayandan' Enter");
	stage_shows(&c.stage, "还没有体检日");
	clinic_save(&c, NULL, "exam_day",
		"{'date':'2026-11-29','place':'溪头小学','villages':[{'village':'%xitou'}],'stations':['1','2']}");
	stage_press(&c.stage, ": 'huayandan' Enter");
	stage_shows(&c.stage, "还没有体检日");
	plan(&c);
	stage_press(&c.stage, ": 'huayandan' Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &lab_files_screen);
	stage_shows(&c.stage, "导入化验单  11-22 上坂祠堂");
	clinic_close(&c);
}

/* ---- what becomes of it ------------------------------------------------------------------------------------------------ */

static void show_answer(struct clinic *c, const char *text)
{
	plan(c);
	clinic_show(c, &lab_screen, &(struct open_arg){ .text = text, .record = clinic_id(c, "day") });
	stage_press(&c->stage, "");
}

static void show_trial(struct clinic *c)
{
	show_answer(c, "{\"taken\":2,\"unchanged\":0,\"differs\":1,\"unmatched\":1,\"faulty\":1,\"dry_run\":true," LINES);
}

static void show_question(struct clinic *c)
{
	show_trial(c);
	stage_press(&c->stage, "F2");
}

static void show_sentence(struct clinic *c)
{
	show_trial(c);
	stage_press(&c->stage, "Enter");
}

static void show_taken(struct clinic *c)
{
	show_answer(c, "{\"taken\":2,\"unchanged\":0,\"differs\":1,\"unmatched\":1,\"faulty\":1,\"dry_run\":false," LINES);
}

static void pictures_of_lab(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, show_trial, true }, { "asks", { 0 }, show_question, false },
		{ "sentence", { 0 }, show_sentence, false }, { "taken", { 0 }, show_taken, false } };

	(void)state;
	clinic_pictures("lab", all, N_ELEMENTS(all));
}

static void lab__asks__only_where_something_differs(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	show_answer(&c, "{\"taken\":2,\"unchanged\":0,\"differs\":0,\"unmatched\":0,\"faulty\":0,\"dry_run\":true,\"lines\":[],"
			"\"unknown_columns\":[]}");
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "把这张化验单导入到 11-22 上坂祠堂?");
	clinic_close(&c);
}

static void lab__is_not_taken_in_twice(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	show_taken(&c);
	stage_shows(&c.stage, "还有3行要人工看");
	stage_hides(&c.stage, "F2");
	stage_press(&c.stage, "F2");
	stage_hides(&c.stage, "导入到");
	clinic_close(&c);
}

static void lab__says_why__refused(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	show_answer(&c, "{\"error\":{\"code\":\"format\",\"message\":\"化验单上没有编号和姓名。\",\"example\":\"编号,姓名,血红蛋白\"}}");
	stage_shows(&c.stage, "没有编号和姓名");
	stage_press(&c.stage, "F2"); /* there is nothing to take in */
	assert_ptr_equal(ui_screen(c.stage.ui), &lab_screen);
	clinic_close(&c);
}

static void lab__is_refused__without_a_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	ui_show(c.stage.ui, &lab_screen, NULL);
	stage_press(&c.stage, "");
	stage_shows(&c.stage, "先选一个");
	clinic_close(&c);
}

/* What the sheet brought is taken back with one key; a line of which nothing was stored has no part in it. */
static void lab__what_was_taken_in__is_taken_back(void **state)
{
	struct clinic c;
	char said[600];

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "one", "exam", "{'resident':'%wu','date':'2026-11-22','fpg':5.1}");
	clinic_save(&c, "two", "exam", "{'resident':'%atu','date':'2026-11-22','fpg':5.2}");
	snprintf(said, sizeof said, "{\"taken\":1,\"differs\":1,\"dry_run\":false,\"lines\":["
		"{\"outcome\":\"taken\",\"line\":2,\"exam\":\"%s\",\"stored\":true},"
		"{\"outcome\":\"differs\",\"line\":3,\"exam\":\"%s\",\"stored\":false}],\"unknown_columns\":[]}",
		clinic_id(&c, "one"), clinic_id(&c, "two"));
	show_answer(&c, said);
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "化验单: 1份体检");
	stage_press(&c.stage, "1");
	assert_string_equal(clinic_member(&c, KIND_EXAM, clinic_id(&c, "one"), "state"), "void");
	assert_string_equal(clinic_member(&c, KIND_EXAM, clinic_id(&c, "two"), "state"), "active");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_lab_files),
		cmocka_unit_test(lab_files__needs__a_day),
		cmocka_unit_test(pictures_of_lab),
		cmocka_unit_test(lab__what_was_taken_in__is_taken_back),
		cmocka_unit_test(lab__asks__only_where_something_differs),
		cmocka_unit_test(lab__is_not_taken_in_twice),
		cmocka_unit_test(lab__says_why__refused),
		cmocka_unit_test(lab__is_refused__without_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
