/* The first screens: who works, today, finding people. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- pictures ---------------------------------------------------------------------------------------------------------- */

static void into_list(struct clinic *c)
{
	stage_press(&c->stage, "Down");
}

static void search(struct clinic *c)
{
	stage_press(&c->stage, "'cgl'");
}

static void search_nobody(struct clinic *c)
{
	stage_press(&c->stage, "'zzzz'");
}

static void two_of_a_name(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter");
}

static void telephone(struct clinic *c)
{
	clinic_save(c, NULL, "call", "{'resident':'%huang','date':'2026-11-20','outcome':'2','again_on':'2026-11-22','again_time':'15:00'}");
	clinic_save(c, NULL, "call", "{'resident':'%huang','date':'2026-11-21','outcome':'4'}");
	stage_press(&c->stage, "Down p");
}

static void no_date(struct clinic *c)
{
	stage_press(&c->stage, "Down y '33' Enter");
}

static void pictures_of_today(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "empty", { .empty = true }, NULL, false },
		{ "typical", { 0 }, NULL, true },
		{ "list", { 0 }, into_list, false },
		{ "practice", { .practice = true }, NULL, false },
		{ "search", { 0 }, search, true },
		{ "nobody", { 0 }, search_nobody, false },
		{ "same-name", { 0 }, two_of_a_name, false },
		{ "telephone", { 0 }, telephone, false },
		{ "error", { 0 }, no_date, false },
	};

	(void)state;
	clinic_pictures("today", pictures, N_ELEMENTS(pictures));
}

static void open_find(struct clinic *c)
{
	clinic_show(c, &find_screen, NULL);
}

static void find_some(struct clinic *c)
{
	clinic_show(c, &find_screen, NULL);
	stage_press(&c->stage, "'chen'");
}

static void find_nobody(struct clinic *c)
{
	clinic_show(c, &find_screen, NULL);
	stage_press(&c->stage, "'欧阳'");
}

static void pictures_of_find(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "empty", { 0 }, open_find, false },
		{ "typical", { 0 }, find_some, true },
		{ "nobody", { 0 }, find_nobody, false },
	};

	(void)state;
	clinic_pictures("find", pictures, N_ELEMENTS(pictures));
}

static void pick_somebody(struct clinic *c)
{
	clinic_show(c, &person_screen, NULL);
	stage_press(&c->stage, "'shan'");
}

static void pictures_of_picker(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, pick_somebody, false } };

	(void)state;
	clinic_pictures("person", pictures, N_ELEMENTS(pictures));
}

static void pictures_of_login(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { .two_staff = true }, NULL, true } };

	(void)state;
	clinic_pictures("login", pictures, N_ELEMENTS(pictures));
}

static void go_to(struct clinic *c)
{
	stage_press(&c->stage, "Down : 'tb'");
}

static void help(struct clinic *c)
{
	stage_press(&c->stage, "F1");
}

static void pictures_of_menus(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "goto", { 0 }, go_to, false },
		{ "help", { 0 }, help, true },
	};

	(void)state;
	clinic_pictures("menus", pictures, N_ELEMENTS(pictures));
}

/* ---- what they do -------------------------------------------------------------------------------------------------------- */

static void today__the_page_opens__after_letters_and_enter(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'hsj' Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	stage_shows(&c.stage, "黄水金");
	stage_press(&c.stage, "Esc");
	assert_ptr_equal(ui_screen(c.stage.ui), &today_screen);
	stage_hides(&c.stage, "hsj"); /* the next one who walks in is somebody else */
	clinic_close(&c);
}

static void today__the_right_one_opens__of_two_with_one_name(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'陈桂兰' Enter");
	stage_shows(&c.stage, "有同名的人");
	stage_shows(&c.stage, "林大树");
	stage_press(&c.stage, "2");
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	assert_string_equal(c.session.person.id, clinic_id(&c, "lan2"));
	clinic_close(&c);
}

/* Esc once too often, and then the digits of the next one's card: the program is still there. */
static void today__esc_does_not_leave(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Esc Esc");
	stage_hides(&c.stage, "退出吗");
	stage_press(&c.stage, "'cgl'");
	stage_shows(&c.stage, "陈桂兰");
	stage_press(&c.stage, "Esc F10");
	stage_shows(&c.stage, "退出吗");
	clinic_close(&c);
}

static void today__typed_ahead_keys_act_on_the_new_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'zhangatu' F8"); /* at once, before any frame */
	assert_string_equal(c.session.person.id, clinic_id(&c, "atu"));
	clinic_close(&c);
}

static void today__colon_and_question_mark_work_in_the_empty_box(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "?");
	stage_shows(&c.stage, "这里能做什么");
	stage_press(&c.stage, "Esc '：'");
	stage_shows(&c.stage, "去哪里");
	stage_press(&c.stage, "'caogao' Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &drafts_screen);
	stage_press(&c.stage, "Esc 'a:?'");
	stage_shows(&c.stage, "a:?"); /* text by now */
	clinic_close(&c);
}

/* What has a list of its own stands below the people: its number and Enter open it. */
static void today__a_counter_with_a_list__is_opened_by_its_row(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Down 5 Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &rosters_screen);
	stage_shows(&c.stage, "今年不够4次");
	clinic_close(&c);
}

/* The program stays open over night. */
static void today__is_the_new_day__in_the_morning(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_shows(&c.stage, "今日 到期2 超期2");
	c.now += INT64_C(86400000);
	stage_press(&c.stage, "Down");
	stage_shows(&c.stage, "今日 到期0 超期3");
	stage_press(&c.stage, "y '+7' Enter");
	stage_shows(&c.stage, "2026-11-30");
	c.now += INT64_C(86400000);
	stage_press(&c.stage, "Down");
	stage_shows(&c.stage, "2026-11-30"); /* a day that was chosen stays */
	clinic_close(&c);
}

static void today__j_walks_the_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Down j");
	assert_string_equal(c.session.person.id, clinic_id(&c, "huang"));
	stage_press(&c.stage, "Esc j");
	assert_string_equal(c.session.person.id, clinic_id(&c, "lan"));
	stage_press(&c.stage, "j");
	assert_string_equal(c.session.person.id, clinic_id(&c, "atu"));
	assert_int_equal(ui_depth(c.stage.ui), 2);
	stage_press(&c.stage, "j j j j j j");
	stage_shows(&c.stage, "最后一个人");
	clinic_close(&c);
}

/* Two of a kind would push out what else is to be done; on his page they are told apart. */
static void today__tasks_that_read_the_same__stand_once(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .w = 132, .h = 43 });
	clinic_save(&c, NULL, "referral", "{'resident':'%lan','direction':'up','date':'2026-11-06','urgency':'routine','consent':'2',"
		"'to_org':'%county','to_department':'眼科','reason_other':'视力下降','from_doctor':'%lxy'}");
	stage_press(&c.stage, "Down y '1122' Enter");
	stage_shows(&c.stage, "转诊追访 2");
	clinic_close(&c);
}

static void today__a_call_is_kept__and_the_number_verified(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Down p 3");
	stage_shows(&c.stage, "11-22 打过电话: 听不清, 家属接");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "phone_verified"), "2026-11-22");
	stage_press(&c.stage, "p 5");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "phone_verified"), "");
	stage_shows(&c.stage, "电话失效");
	clinic_close(&c);
}

static void today__a_call_leads_on__to_what_follows(void **state)
{
	const char *huang;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	stage_press(&c.stage, "Down p 2 'morgen' Enter");
	stage_shows(&c.stage, "不是日期");
	stage_press(&c.stage, "2 '+2 15:00' F2");
	assert_string_equal(clinic_member(&c, KIND_CALL, clinic_newest(&c, "call", huang), "again_on"), "2026-11-24");
	assert_string_equal(clinic_member(&c, KIND_CALL, clinic_newest(&c, "call", huang), "again_time"), "15:00");
	stage_shows(&c.stage, "超期1"); /* until then he is off the list */
	stage_press(&c.stage, "Home p 7");
	stage_shows(&c.stage, "拒绝记录");
	stage_press(&c.stage, "Esc p 9");
	stage_shows(&c.stage, "个人基本信息表");
	stage_press(&c.stage, "'11-20' Enter F2"); /* what he died of may come later; that he died was said by the 9 */
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_newest(&c, "call", NULL) ?
		clinic_member(&c, KIND_CALL, clinic_newest(&c, "call", NULL), "resident") : "", "status"), "4");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_member(&c, KIND_CALL, clinic_newest(&c, "call", NULL), "resident"),
		"died_on"), "2026-11-20");
	clinic_close(&c);
}

static void today__village_and_date_change_the_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Down w '溪头' Enter");
	stage_hides(&c.stage, "黄水金");
	stage_shows(&c.stage, "吴国强");
	stage_press(&c.stage, "w Home Enter y '+120' Enter");
	stage_shows(&c.stage, "2027-03-22");
	stage_shows(&c.stage, "黄水金");
	clinic_close(&c);
}

/* More people than are read at first: the list says so, grows when it is walked, and is whole before a text is looked for. */
static void today__a_long_list_is_read_on(void **state)
{
	enum { MANY = 130 };
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .empty = true });
	clinic_crowd(&c, MANY);
	ui_changed(c.stage.ui, TOPIC_ALL);
	stage_press(&c.stage, "wait:10");
	stage_shows(&c.stage, "清单100人以上");
	stage_press(&c.stage, "Down / '张129'");
	stage_shows(&c.stage, "张129");
	stage_hides(&c.stage, "人以上");
	clinic_close(&c);
}

static void scan__the_person_opens__from_the_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Down scan'350299195507150047'");
	assert_string_equal(c.session.person.id, clinic_id(&c, "lan"));
	clinic_close(&c);
}

static void login__a_digit_says_who_works(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .two_staff = true });
	assert_ptr_equal(ui_screen(c.stage.ui), &login_screen);
	stage_press(&c.stage, "F3"); /* nothing opens before somebody works */
	assert_ptr_equal(ui_screen(c.stage.ui), &login_screen);
	stage_press(&c.stage, "2");
	assert_ptr_equal(ui_screen(c.stage.ui), &today_screen);
	assert_string_equal(c.app.actor_name, "王美玉");
	stage_press(&c.stage, "C-o 1");
	assert_string_equal(c.app.actor_name, "林秀英");
	assert_ptr_equal(ui_screen(c.stage.ui), &today_screen);
	clinic_close(&c);
}

static void session__another_connections_save_appears(void **state)
{
	struct clinic c;
	struct app other;
	struct err err;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'hsj' Enter");
	assert_ok(app_open(&other, c.app.dir, APP_COMMAND, &err), &err);
	{
		struct clinic writer = { .app = other };

		assert_ok(app_choose_actor(&writer.app, "001", &err), &err);
		clinic_save(&writer, NULL, "visit", "{'resident':'%huang','date':'2026-11-20','complaint':'头晕'}");
		app_close(&writer.app);
	}
	stage_hides(&c.stage, "头晕");
	stage_press(&c.stage, "wait:2100");
	stage_shows(&c.stage, "头晕");
	clinic_close(&c);
}

static void language__changes_while_it_runs(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "C-e");
	stage_shows(&c.stage, "F3 find");
	stage_press(&c.stage, "C-e");
	stage_shows(&c.stage, "F3查找");
	clinic_close(&c);
}

static void table__every_name_leads_to_a_screen(void **state)
{
	static const char *const used[] = { "followup", "visit", "referral", "contract", "register", "timeline", "trend",
		"household", "reports", "settings", "conflicts", "record", "history" };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(used); i++)
		assert_case(screen_named(used[i]) != NULL, i, used[i]);
	for (size_t i = 0; i < screen_row_count; i++)
		assert_ptr_equal(screen_named(screen_rows[i].screen->name), screen_rows[i].screen);
}

/* Whoever walks in next is somebody else: his name does not join that of the one before. */
static void find__begins__a_new_search(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &find_screen, NULL);
	stage_press(&c.stage, "'黄水金' Enter");
	stage_shows(&c.stage, "黄水金 男");
	stage_press(&c.stage, "Esc");
	stage_shows(&c.stage, "找到 1 人"); /* it stands, to choose the next of the list */
	stage_press(&c.stage, "'cgl'");
	stage_shows(&c.stage, "陈桂兰");
	stage_hides(&c.stage, "黄水金cgl");
	stage_press(&c.stage, "Backspace Backspace Backspace 'wgq' Enter Esc ':' 'bulu' Enter");
	stage_shows(&c.stage, "这一叠是什么");
	clinic_close(&c);
}

/* A digit that was typed before the namesakes stood on the screen was meant for something else. */
static void today__no_namesake_is_chosen__before_he_is_seen(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'陈桂兰' Enter 2 Enter");
	stage_shows(&c.stage, "有同名的人");
	stage_shows(&c.stage, "先看清是哪一个");
	stage_press(&c.stage, "2");
	stage_hides(&c.stage, "有同名的人");
	stage_shows(&c.stage, "陈桂兰 女 58岁");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_today),
		cmocka_unit_test(pictures_of_find),
		cmocka_unit_test(find__begins__a_new_search),
		cmocka_unit_test(pictures_of_picker),
		cmocka_unit_test(pictures_of_login),
		cmocka_unit_test(pictures_of_menus),
		cmocka_unit_test(today__the_page_opens__after_letters_and_enter),
		cmocka_unit_test(today__the_right_one_opens__of_two_with_one_name),
		cmocka_unit_test(today__no_namesake_is_chosen__before_he_is_seen),
		cmocka_unit_test(today__esc_does_not_leave),
		cmocka_unit_test(today__typed_ahead_keys_act_on_the_new_list),
		cmocka_unit_test(today__colon_and_question_mark_work_in_the_empty_box),
		cmocka_unit_test(today__a_counter_with_a_list__is_opened_by_its_row),
		cmocka_unit_test(today__is_the_new_day__in_the_morning),
		cmocka_unit_test(today__j_walks_the_list),
		cmocka_unit_test(today__tasks_that_read_the_same__stand_once),
		cmocka_unit_test(today__a_call_is_kept__and_the_number_verified),
		cmocka_unit_test(today__a_call_leads_on__to_what_follows),
		cmocka_unit_test(today__village_and_date_change_the_list),
		cmocka_unit_test(today__a_long_list_is_read_on),
		cmocka_unit_test(scan__the_person_opens__from_the_list),
		cmocka_unit_test(login__a_digit_says_who_works),
		cmocka_unit_test(session__another_connections_save_appears),
		cmocka_unit_test(language__changes_while_it_runs),
		cmocka_unit_test(table__every_name_leads_to_a_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
