/* Rosters, reports, settings, households and the lists of a clinic: pictures and what keys do. */
#include <sys/stat.h>
#include <unistd.h>

#include "app/service/clinic_settings.h"
#include "app/service/record.h"
#include "screens/report_people.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"
#include "support/service/frozen.h"

/* ---- rosters ------------------------------------------------------------------------------------------------------------- */

static void roster(struct clinic *c)
{
	clinic_show(c, &rosters_screen, NULL);
}

static void roster_overdue(struct clinic *c)
{
	roster(c);
	stage_press(&c->stage, "Tab");
}

static void roster_filter(struct clinic *c)
{
	roster(c);
	stage_press(&c->stage, "/ 'cgl'");
}

static void roster_nobody(struct clinic *c)
{
	roster(c);
	stage_press(&c->stage, "/ 'zzz'");
}

static void pictures_of_roster(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { .empty = true }, roster, false },
		{ "typical", { 0 }, roster, true },
		{ "overdue", { 0 }, roster_overdue, false },
		{ "filter", { 0 }, roster_filter, false },
		{ "error", { 0 }, roster_nobody, false },
	};

	(void)state;
	clinic_pictures("rosters", all, N_ELEMENTS(all));
}

static void roster__j__goes_on_along_the_list(void **state)
{
	char first[RECORD_ID_MAX + 1];
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	roster(&c);
	stage_press(&c.stage, "Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	snprintf(first, sizeof first, "%s", c.session.person.id);
	stage_press(&c.stage, "j");
	assert_string_not_equal(c.session.person.id, first);
	clinic_close(&c);
}

static void roster__f7__follows_up_the_chosen_one(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	roster(&c);
	stage_press(&c.stage, "/ 'hsj' Enter F7");
	assert_ptr_equal(ui_screen(c.stage.ui), &followup_screen);
	assert_string_equal(c.session.person.id, clinic_id(&c, "huang"));
	clinic_close(&c);
}

static void roster__an_earlier_recheck__leaves_the_overdue(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	roster_overdue(&c);
	stage_shows(&c.stage, "黄水金");
	clinic_save(&c, NULL, "followup", "{'resident':'%huang','programme':'htn','date':'2026-11-22','mode':'1','symptoms':['1'],"
		"'sbp':132,'dbp':80,'weight':70,'hr':72,'class':'1','class_reason':'','doctor':'%lxy'}");
	ui_changed(c.stage.ui, TOPIC_VISIT);
	stage_press(&c.stage, "");
	stage_hides(&c.stage, "黄水金");
	clinic_close(&c);
}

/* ---- reports ------------------------------------------------------------------------------------------------------------- */

static void reports(struct clinic *c)
{
	clinic_show(c, &reports_screen, NULL);
	stage_press(&c->stage, "Right"); /* November, where something happened */
}

static void reports_people(struct clinic *c)
{
	reports(c);
	stage_press(&c->stage, "4 Enter");
}

static void reports_no_disk(struct clinic *c)
{
	reports(c);
	stage_press(&c->stage, "x");
	for (int i = 0; i < 80; i++)
		stage_press(&c->stage, "Backspace");
	stage_press(&c->stage, "'/nowhere/at/all.xlsx' Enter");
}

/* Handed in, then a file is entered late: what was handed in is looked at. */
static void reports_handed_in(struct clinic *c)
{
	reports(c);
	stage_press(&c->stage, "F2 y");
	clinic_save(c, NULL, "resident", "{'name':'迟到','sex':'1','birth_date':'1980-01-01','filed_on':'2026-11-20'}");
	ui_changed(c->stage.ui, TOPIC_VISIT);
	stage_press(&c->stage, "l");
}

static void pictures_of_reports(void **state)
{
	static const struct clinic_picture all[] = {
		{ "handed-in", { 0 }, reports_handed_in, true },
		{ "empty", { .empty = true }, reports, false },
		{ "typical", { 0 }, reports, true },
		{ "error", { 0 }, reports_no_disk, false },
	};
	static const struct clinic_picture people[] = { { "typical", { 0 }, reports_people, true } };

	(void)state;
	clinic_pictures("reports", all, N_ELEMENTS(all));
	clinic_pictures("report-people", people, N_ELEMENTS(people));
}

/* G there; or by name. */
static void pyramid(struct clinic *c)
{
	reports(c);
	stage_press(&c->stage, "g");
}

static void pictures_of_population(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { .empty = true }, pyramid, false },
		{ "typical", { 0 }, pyramid, true },
	};

	(void)state;
	clinic_pictures("population", all, N_ELEMENTS(all));
}

static void population__counts__who_lives_here(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	pyramid(&c);
	stage_shows(&c.stage, "所有的村: 常住6人");
	clinic_save(&c, NULL, "resident", "{'name':'新来','sex':'2','birth_date':'1941-11-23','village':'%xitou'}");
	clinic_save(&c, NULL, "resident", "{'name':'走了','sex':'2','birth_date':'1941-11-23','village':'%xitou','status':'3','moved_on':'2026-01-01'}");
	clinic_save(&c, NULL, "resident", "{'name':'不明','sex':'0','birth_date':'1980','village':'%xitou'}");
	ui_changed(c.stage.ui, TOPIC_RESIDENT);
	stage_press(&c.stage, "w 'xt' Enter");
	stage_shows(&c.stage, "溪头村: 常住");
	stage_shows(&c.stage, "性别未知1");
	stage_hides(&c.stage, "所有的村");
	clinic_close(&c);
}

static void reports__what_was_handed_in__is_shown_and_left_again(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	reports(&c);
	stage_press(&c.stage, "l");
	stage_shows(&c.stage, "还没上报");
	/* Saying so counts nothing again: the figures are those that were there. */
	clinic_save(&c, NULL, "resident", "{'name':'先到','sex':'1','birth_date':'1980-01-01','filed_on':'2026-11-19'}");
	stage_shows(&c.stage, "建档率                            6     ");
	stage_press(&c.stage, "l");
	stage_shows(&c.stage, "还没上报");
	stage_shows(&c.stage, "建档率                            6     ");
	reports_handed_in(&c);
	stage_shows(&c.stage, "这是上报时的数");
	stage_shows(&c.stage, "△");
	stage_press(&c.stage, "F9");
	stage_shows(&c.stage, "先按L回到现在的数");
	stage_press(&c.stage, "Esc Right Left"); /* another month is still one key away, and said to be */
	stage_hides(&c.stage, "这是上报时的数");
	stage_shows(&c.stage, "L看上报时的数  ←→换月 Y选月份 Enter看名单");
	stage_press(&c.stage, "l");
	stage_shows(&c.stage, "←→换月");
	stage_press(&c.stage, "l");
	stage_hides(&c.stage, "这是上报时的数");
	stage_shows(&c.stage, "数字已变");
	stage_press(&c.stage, "F2 y l");
	stage_shows(&c.stage, "第2号");
	stage_press(&c.stage, "l");
	stage_shows(&c.stage, "第1号");
	stage_press(&c.stage, "l");
	stage_hides(&c.stage, "这是上报时的数");
	clinic_close(&c);
}

/* One that cannot be read stops nobody: L names it and shows the one before. */
static void reports__a_damaged_copy__is_named_and_passed_over(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	reports(&c);
	stage_press(&c.stage, "F2 y");
	frozen_keep(&c.app, "2026-11", "00", 100, "damaged", 7);
	stage_press(&c.stage, "Left Right");
	stage_shows(&c.stage, "第2号, 留底已损坏");
	stage_press(&c.stage, "l");
	stage_shows(&c.stage, "第2号已损坏");
	stage_shows(&c.stage, "这是上报时的数");
	stage_shows(&c.stage, "第1号");
	stage_press(&c.stage, "l");
	stage_hides(&c.stage, "这是上报时的数");
	clinic_close(&c);
}

static void reports__the_workbook__takes_5_keys(void **state)
{
	AUTO_FREE char *home = scratch_home("HOME"), *path = scratch_path(home, "cunyi-2026-10.xlsx");
	struct clinic c;
	struct stat st;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	before = script_keys(c.script);
	stage_press(&c.stage, "F9 x Enter");
	stage_shows(&c.stage, "已写好");
	assert_int_equal(stat(path, &st), 0);
	assert_in_range(st.st_size, 5000, 10000000);
	assert_in_range(script_keys(c.script) - before, 1, 5);
	unlink(path);
	rmdir(home);
	clinic_close(&c);
}

static void reports__another_month__by_name(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	reports(&c);
	stage_press(&c.stage, "y");
	for (int i = 0; i < 8; i++)
		stage_press(&c.stage, "Backspace");
	stage_press(&c.stage, "'2026-Q3' Enter");
	stage_shows(&c.stage, "2026-07-01");
	clinic_close(&c);
}

static void reports__handed_in__is_kept_and_says_when_it_changed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	reports(&c);
	stage_press(&c.stage, "F2 1");
	stage_shows(&c.stage, "已留底");
	stage_shows(&c.stage, "已上报");
	stage_hides(&c.stage, "数字已变");
	clinic_save(&c, NULL, "visit", "{'resident':'%huang','date':'2026-11-21','complaint':'咳嗽','diagnosis':[{'icd10':'J06.9',"
		"'text':'急性上呼吸道感染'}],'treatment':'对症','doctor':'%lxy'}");
	stage_press(&c.stage, "Left Right 1 Enter Esc"); /* the people behind a figure are counted, so they can be compared */
	stage_shows(&c.stage, "数字已变");
	clinic_close(&c);
}

/* "Figures have changed" is said of figures: neither a name corrected behind one nor an indicator that is new is one. */
static void reports__handed_in__says_nothing_of_figures_that_are_the_same(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	reports(&c);
	stage_press(&c.stage, "F2 1");
	clinic_save(&c, NULL, "resident", "{'id':'%huang','revision':1,'name':'黄水晶'}");
	stage_press(&c.stage, "Left Right 1 Enter Esc");
	stage_shows(&c.stage, "第1号, 数字没变");
	stage_hides(&c.stage, "有变化");
	frozen_keep_without(&c.app, "2026-11", "S03");
	stage_press(&c.stage, "Left Right");
	stage_hides(&c.stage, "新指标");
	stage_press(&c.stage, "l");
	stage_shows(&c.stage, "健康档案使用率                               新指标");
	stage_hides(&c.stage, "数字已变");
	stage_hides(&c.stage, "有变化");
	clinic_close(&c);
}

/* ---- settings ------------------------------------------------------------------------------------------------------------ */

static void own_config(void)
{
	free(scratch_home("XDG_CONFIG_HOME"));
}

static void settings(struct clinic *c)
{
	own_config();
	clinic_show(c, &settings_screen, NULL);
}

static void settings_error(struct clinic *c)
{
	settings(c);
	stage_press(&c->stage, "7 Enter 'http://x.cn' Enter");
}

static void pictures_of_settings(void **state)
{
	static const struct clinic_picture all[] = {
		{ "typical", { 0 }, settings, true },
		{ "error", { 0 }, settings_error, false },
	};

	(void)state;
	clinic_pictures("settings", all, N_ELEMENTS(all));
}

static void settings_row(struct clinic *c, int row)
{
	stage_press(&c->stage, "Home");
	while (--row)
		stage_press(&c->stage, "Down");
	stage_press(&c->stage, "Enter");
}

/* A choice of the clinic is made from a list, per cents are typed; wrong ones stay to be mended. */
static void settings__figures__are_chosen_and_typed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .h = 43, .w = 132 });
	settings(&c);
	stage_shows(&c.stage, "次数够就行 (默认)");
	settings_row(&c, 24);
	stage_shows(&c.stage, "2 每季都要有"); /* the list of what it may be */
	stage_press(&c.stage, "2");
	stage_shows(&c.stage, "每季都要有");
	settings_row(&c, 20);
	stage_press(&c.stage, "'127' Enter");
	stage_shows(&c.stage, "百分数, 0到100");
	stage_press(&c.stage, "Backspace Backspace Backspace '27.9' Enter");
	stage_shows(&c.stage, "27.9%");
	clinic_close(&c);
}

static void settings__language__changes_at_once(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	settings(&c);
	stage_press(&c.stage, "1 Enter 2");
	stage_shows(&c.stage, "Who usually works");
	stage_press(&c.stage, "1 Enter 1");
	stage_shows(&c.stage, "平时谁用");
	clinic_close(&c);
}

/* What the clinic's market days are is typed as people write them; nonsense is refused while it stands there. */
static void settings__market_days_and_attempts__are_kept(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	settings(&c);
	stage_press(&c.stage, "9 Down Down Down Down Down");
	stage_shows(&c.stage, "农历 3-8");
	stage_press(&c.stage, "Enter 'often' Enter");
	stage_shows(&c.stage, "不是");
	stage_press(&c.stage, "Esc Enter '农历 3-8' Enter");
	stage_shows(&c.stage, "农历 3-8");
	assert_string_equal(app_setting(&c.app, "market_days", &c.mem), "农历 3-8");
	stage_press(&c.stage, "Up Enter '0' Enter");
	stage_shows(&c.stage, "请填 1 到 99 之间的数。");
	stage_press(&c.stage, "C-u '4' Enter");
	assert_string_equal(app_setting(&c.app, "lost_attempts", &c.mem), "4");
	clinic_close(&c);
}

/* What holds while nothing is set is said, and is not what the prompt begins with; a number outside its limits is refused while it
 * stands there, and ^U empties the line. */
static void settings__defaults__are_shown_and_limits_kept(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	settings(&c);
	stage_shows(&c.stage, "1 (默认)");
	stage_shows(&c.stage, "6 (默认)");
	stage_shows(&c.stage, "3 (默认)");
	stage_shows(&c.stage, "30 (默认)");
	stage_press(&c.stage, "9 Enter '29' Enter");
	stage_shows(&c.stage, "请填 1 到 28 之间的数。");
	stage_press(&c.stage, "C-u '26' Enter");
	assert_string_equal(app_setting(&c.app, "period_first_day", &c.mem), "26");
	stage_hides(&c.stage, "1 (默认)");
	stage_press(&c.stage, "Enter C-u Enter");
	stage_shows(&c.stage, "1 (默认)");
	clinic_close(&c);
}

static void settings__the_county__is_kept(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	settings(&c);
	stage_press(&c.stage, "7 Enter 'https://fhir.example.cn/r4' Enter");
	assert_string_equal(clinic_county(&c.app, &c.mem), "https://fhir.example.cn/r4");
	stage_press(&c.stage, "6 Enter Up Enter");
	stage_shows(&c.stage, "已保存");
	clinic_close(&c);
}

/* ---- households and lists ------------------------------------------------------------------------------------------------ */

static void household_none(struct clinic *c)
{
	clinic_show(c, &household_screen, &(struct open_arg){ .resident = clinic_id(c, "lan") });
}

static void household(struct clinic *c)
{
	clinic_save(c, "home", "household", "{'name':'陈阿水','village':'%shangban','group':'1组','house':'12','phone':'10000002201'}");
	household_none(c);
	stage_press(&c->stage, "Esc");
	clinic_show(c, &household_screen, &(struct open_arg){ .record = clinic_id(c, "home") });
	stage_press(&c->stage, "+ 'hsj' Enter 7 + 'zhangatu' Enter 8");
}

static void household_asks(struct clinic *c)
{
	clinic_save(c, "home", "household", "{'name':'陈阿水','village':'%shangban','group':'1组','house':'12','phone':'10000002201'}");
	clinic_show(c, &household_screen, &(struct open_arg){ .record = clinic_id(c, "home") });
	stage_press(&c->stage, "+ 'hsj' Enter");
}

static void pictures_of_household(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, household_none, false },
		{ "typical", { 0 }, household, true },
		{ "relation", { 0 }, household_asks, false },
	};

	(void)state;
	clinic_pictures("household", all, N_ELEMENTS(all));
}

static void household__taken_in_and_let_go(void **state)
{
	struct clinic c;
	const char *huang;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	household(&c);
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, huang, "household"), clinic_id(&c, "home"));
	stage_press(&c.stage, "- 1");
	stage_press(&c.stage, "- 1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, huang, "household"), "");
	clinic_close(&c);
}

static void staff_list(struct clinic *c)
{
	clinic_show(c, &staff_list_screen, NULL);
}

static void team_list(struct clinic *c)
{
	clinic_show(c, &team_list_screen, NULL);
}

static void village_list(struct clinic *c)
{
	clinic_show(c, &village_list_screen, NULL);
}

static void organisation_list(struct clinic *c)
{
	clinic_show(c, &organisation_list_screen, NULL);
}

static void pictures_of_lists(void **state)
{
	static const struct clinic_picture staff[] = { { "typical", { .two_staff = false }, staff_list, true } };
	static const struct clinic_picture teams[] = { { "typical", { 0 }, team_list, true } };
	static const struct clinic_picture villages[] = { { "typical", { 0 }, village_list, true } };
	static const struct clinic_picture organisations[] = { { "typical", { 0 }, organisation_list, true } };

	(void)state;
	clinic_pictures("staff-list", staff, N_ELEMENTS(staff));
	clinic_pictures("team-list", teams, N_ELEMENTS(teams));
	clinic_pictures("village-list", villages, N_ELEMENTS(villages));
	clinic_pictures("organisation-list", organisations, N_ELEMENTS(organisations));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_roster),
		cmocka_unit_test(roster__j__goes_on_along_the_list),
		cmocka_unit_test(roster__f7__follows_up_the_chosen_one),
		cmocka_unit_test(roster__an_earlier_recheck__leaves_the_overdue),
		cmocka_unit_test(pictures_of_reports),
		cmocka_unit_test(pictures_of_population),
		cmocka_unit_test(population__counts__who_lives_here),
		cmocka_unit_test(reports__what_was_handed_in__is_shown_and_left_again),
		cmocka_unit_test(reports__a_damaged_copy__is_named_and_passed_over),
		cmocka_unit_test(reports__the_workbook__takes_5_keys),
		cmocka_unit_test(reports__another_month__by_name),
		cmocka_unit_test(reports__handed_in__is_kept_and_says_when_it_changed),
		cmocka_unit_test(reports__handed_in__says_nothing_of_figures_that_are_the_same),
		cmocka_unit_test(pictures_of_settings),
		cmocka_unit_test(settings__figures__are_chosen_and_typed),
		cmocka_unit_test(settings__language__changes_at_once),
		cmocka_unit_test(settings__market_days_and_attempts__are_kept),
		cmocka_unit_test(settings__defaults__are_shown_and_limits_kept),
		cmocka_unit_test(settings__the_county__is_kept),
		cmocka_unit_test(pictures_of_household),
		cmocka_unit_test(household__taken_in_and_let_go),
		cmocka_unit_test(pictures_of_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
