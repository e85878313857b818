/* Files of one person, newborn, households, lists of people, telephone verification: pictures and what keys do. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

#include "app/base/json.h"
#include "screens/form_screen.h"

/* ---- files of one person ------------------------------------------------------------------------------------------------ */

static void twice(struct clinic *c)
{
	clinic_save(c, "guilan", "resident", "{'name':'陈贵兰','sex':'2','birth_date':'1955-07-15','village':'%shangban','group':'1组',"
					     "'phone':'10000002203','nickname':'阿贵','drug_allergy':['3']}");
}

static void show_pairs(struct clinic *c)
{
	twice(c);
	clinic_show(c, &duplicates_screen, NULL);
	stage_press(&c->stage, "");
}

static void show_no_pairs(struct clinic *c)
{
	clinic_show(c, &duplicates_screen, NULL);
	stage_press(&c->stage, "");
}

static void two_people_asks(struct clinic *c)
{
	show_pairs(c);
	stage_press(&c->stage, "-");
}

static void show_merged(struct clinic *c)
{
	show_pairs(c);
	stage_press(&c->stage, "Enter F2 1");
	stage_press(&c->stage, "");
}

static void pictures_of_duplicates(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, show_pairs, true }, { "empty", { 0 }, show_no_pairs, false },
		{ "two", { 0 }, two_people_asks, false }, { "merged", { 0 }, show_merged, false } };

	(void)state;
	clinic_pictures("duplicates", all, N_ELEMENTS(all));
}

static void compare(struct clinic *c)
{
	show_pairs(c);
	stage_press(&c->stage, "Enter");
}

static void choose(struct clinic *c)
{
	compare(c);
	stage_press(&c->stage, "2 2");
}

static void merge_asks(struct clinic *c)
{
	choose(c);
	stage_press(&c->stage, "F2");
}

static void pictures_of_merge(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, compare, true }, { "chosen", { 0 }, choose, false },
		{ "asks", { 0 }, merge_asks, false } };

	(void)state;
	clinic_pictures("merge", all, N_ELEMENTS(all));
}

static void merge__makes_one__and_two_again(void **state)
{
	struct clinic c;
	const char *lan;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	lan = clinic_id(&c, "lan");
	choose(&c); /* the name and the nickname of the second file */
	stage_press(&c.stage, "F2 1");
	stage_shows(&c.stage, "已合成一份");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "guilan"), "state"), "merged");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, lan, "name"), "陈贵兰");
	stage_press(&c.stage, "");
	stage_shows(&c.stage, "已合并, Enter 拆开");
	stage_press(&c.stage, "Enter '两个人' Enter");
	stage_shows(&c.stage, "又是两份档案了");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "guilan"), "state"), "active");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, lan, "name"), "陈桂兰");
	clinic_close(&c);
}

/* A file changes while both are compared: what it says now is shown, and what was chosen stays chosen. */
static void merge__keeps_the_choice__while_a_file_changes(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	choose(&c);
	clinic_save(&c, NULL, "resident", "{'id':'%lan','revision':1,'house':'77','nickname':'阿兰'}");
	ui_changed(c.stage.ui, TOPIC_RESIDENT);
	stage_press(&c.stage, "Home");
	stage_shows(&c.stage, "77");
	stage_press(&c.stage, "F2 1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "lan"), "name"), "陈贵兰");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "lan"), "house"), "77");
	clinic_close(&c);
}

static void merge__is_taken_back__by_one_key(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	compare(&c);
	stage_press(&c.stage, "F2 1 C-z 1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "guilan"), "state"), "active");
	clinic_close(&c);
}

static void duplicates__two_people__are_not_shown_again(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	show_pairs(&c);
	stage_shows(&c.stage, "陈贵兰");
	stage_press(&c.stage, "- 1");
	stage_hides(&c.stage, "陈贵兰");
	clinic_close(&c);
}

/* ---- newborn ---------------------------------------------------------------------------------------------------------------- */

static void mother(struct clinic *c)
{
	clinic_save(c, "meiyu", "resident", "{'name':'林美玉','id_number':'350299198802030025','village':'%shangban','group':'1组',"
					    "'address':'上坂村12号','phone':'10000000025'}");
	stage_press(&c->stage, "'lmy' Enter");
}

static void newborn(struct clinic *c)
{
	mother(c);
	stage_press(&c->stage, "F4");
}

static void filled(struct clinic *c)
{
	newborn(c);
	stage_press(&c->stage, "2 '1120' Enter '3250' Enter 'T350299001' Enter");
}

static void twin(struct clinic *c)
{
	filled(c);
	stage_press(&c->stage, "F2");
	ui_back_to(c->stage.ui, NULL);
	stage_press(&c->stage, "");
	clinic_show(c, &newborn_screen, &(struct open_arg){ .resident = clinic_id(c, "meiyu") });
}

static void heavy(struct clinic *c)
{
	newborn(c);
	stage_press(&c->stage, "2 '1120' Enter '9999' Enter");
}

static void pictures_of_newborn(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, newborn, true }, { "typical", { 0 }, filled, false },
		{ "twin", { 0 }, twin, false }, { "error", { 0 }, heavy, false } };

	(void)state;
	clinic_pictures("newborn", all, N_ELEMENTS(all));
}

/* Six keys beside the date, the grams and the certificate's characters. */
static void newborn__six_keys__from_the_mothers_page(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	mother(&c);
	stage_press(&c.stage, "F4 2 '1120' Enter '3250' Enter 'T350299001' F2");
	id = c.session.person.id;
	assert_string_equal(ui_screen(c.stage.ui)->name, "resident");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "name"), "林美玉之女");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "birth_date"), "2026-11-20");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "birth_certificate"), "T350299001");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "guardian_id"), "350299198802030025");
	clinic_close(&c);
}

/* Registered by mistake and taken back: the page that still stands says so, and nothing more is written in it. */
static void register__taken_back__takes_nothing_more(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '350299198802030025' Enter Up Up '张三' F2 C-z 1");
	stage_shows(&c.stage, "!作废");
	stage_hides(&c.stage, "档案缺");
	stage_press(&c.stage, "V");
	assert_string_equal(ui_screen(c.stage.ui)->name, "resident");
	stage_shows(&c.stage, "这份档案已经作废");
	clinic_close(&c);
}

/* Whoever walks in next is somebody else: his name does not join what was typed for the one before. */
static void register__begins__a_new_search(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'张三' F4 '350299198802030025' F2 Esc 'cgl'");
	stage_shows(&c.stage, "陈桂兰");
	stage_hides(&c.stage, "张三");
	clinic_close(&c);
}

/* An old paper file's number: the one of today is shown, the old one stays known. */
static void register__takes__fifteen_digits(void **state)
{
	struct clinic c;
	struct json_object *rec;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '350299500102003' Enter '张三' F2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, c.session.person.id, "id_number"), "350299195001020034");
	rec = clinic_get(&c, KIND_RESIDENT, c.session.person.id);
	assert_string_equal(json_text(json_object_array_get_idx(json_array(rec, "identifiers"), 0), "value"), "350299500102003");
	json_object_put(rec);
	clinic_close(&c);
}

static void unknown(struct clinic *c)
{
	stage_press(&c->stage, "F4 Down Down Down Down 2");
}

static void register__names__an_unknown_person(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	unknown(&c);
	stage_shows(&c.stage, "未知2026-11-22");
	stage_press(&c.stage, "Up Up '1960' F2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, c.session.person.id, "sex"), "0");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, c.session.person.id, "id_number"), "");
	clinic_close(&c);
}

/* A file that was merged opens the one it went into. */
static void page__opens__the_survivor(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	compare(&c);
	stage_press(&c.stage, "F2 1");
	ui_back_to(c.stage.ui, NULL);
	stage_press(&c.stage, "");
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "guilan") });
	stage_shows(&c.stage, "陈桂兰 女 71岁");
	stage_press(&c.stage, "Esc '陈贵兰'");
	stage_hides(&c.stage, "选Enter打开");
	clinic_close(&c);
}

/* ---- households ------------------------------------------------------------------------------------------------------------- */

static void split_asks(struct clinic *c)
{
	clinic_family(c);
	clinic_show(c, &household_screen, &(struct open_arg){ .record = clinic_id(c, "home") });
	stage_press(&c->stage, "3 Space F4");
}

static void head_died(struct clinic *c)
{
	clinic_family(c);
	clinic_show(c, &register_screen, &(struct open_arg){ .record = clinic_id(c, "huang"), .resident = clinic_id(c, "huang") });
	form_goto(&((struct form_screen *)ui_top_state(c->stage.ui))->form, "status");
	stage_press(&c->stage, "");
}

/* + takes somebody in and asks at once what he is to the head, who stands first. */
static void household__takes_in__and_asks_the_relation(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_family(&c);
	clinic_show(&c, &household_screen, &(struct open_arg){ .record = clinic_id(&c, "home") });
	stage_shows(&c.stage, "▶1    户主     黄水金");
	stage_press(&c.stage, "+ 'wgq' Enter");
	stage_shows(&c.stage, "是户主黄水金的什么人?");
	stage_press(&c.stage, "8");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wu"), "household"), clinic_id(&c, "home"));
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wu"), "household_relation"), "8");
	clinic_close(&c);
}

/* The secretary tells it late: status and day; the household asks for its new head. */
static void type_death(struct clinic *c)
{
	head_died(c);
	stage_press(&c->stage, "4 '1030' Enter F2");
}

static void away_typed(struct clinic *c)
{
	head_died(c);
	stage_press(&c->stage, "2 '1001' Enter");
}

static void death__asks__for_the_new_head(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	type_death(&c);
	stage_shows(&c.stage, "新户主是谁");
	stage_press(&c.stage, "1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "status"), "4");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "died_on"), "2026-10-30");
	assert_string_equal(clinic_member(&c, KIND_HOUSEHOLD, clinic_id(&c, "home"), "head"), clinic_id(&c, "wife"));
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wife"), "household_relation"), "0");
	clinic_close(&c);
}

static void pictures_of_household(void **state)
{
	static const struct clinic_picture all[] = { { "split", { 0 }, split_asks, false } };

	(void)state;
	clinic_pictures("household", all, N_ELEMENTS(all));
}

static void pictures_of_states(void **state)
{
	static const struct clinic_picture all[] = { { "states", { 0 }, head_died, true }, { "away", { 0 }, away_typed, false },
		{ "heirs", { 0 }, type_death, false }, { "unknown", { 0 }, unknown, false } };

	(void)state;
	clinic_pictures("register", all, N_ELEMENTS(all));
}

static void household__splits__those_marked(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	split_asks(&c);
	stage_press(&c.stage, "1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "son"), "household_relation"), "0");
	assert_string_not_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "son"), "household"), clinic_id(&c, "home"));
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wife"), "household"), clinic_id(&c, "home"));
	clinic_close(&c);
}

/* ---- lists ---------------------------------------------------------------------------------------------------------------------- */

static void away(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%wu','revision':1,'status':'2','away_since':'2026-02-10','away_where':'厦门',"
					 "'away_back':'2027-02-01'}");
	clinic_show(c, &away_screen, NULL);
}

static void away_asks(struct clinic *c)
{
	away(c);
	stage_press(&c->stage, "Space Down Space y");
}

static void away_bad_day(struct clinic *c)
{
	away_asks(c);
	stage_press(&c->stage, "'30.30' Enter");
}

static void away_noted(struct clinic *c)
{
	away_asks(c);
	stage_press(&c->stage, "'2027-02-20' Enter");
}

static void nobody_away(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%atu','revision':1,'status':'1'}");
	clinic_show(c, &away_screen, NULL);
}

static void pictures_of_away(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, away, true }, { "asks", { 0 }, away_asks, false },
		{ "error", { 0 }, away_bad_day, false }, { "noted", { 0 }, away_noted, false }, { "empty", { 0 }, nobody_away, false } };

	(void)state;
	clinic_pictures("away", all, N_ELEMENTS(all));
}

/* Situation 8: in January the first screen asks who comes home; by its row into the list, marked and answered for in one go,
 * and the counter is gone; the work list takes them as here until that day. */
static void away__in_january__is_asked_by_the_first_screen(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_hides(&c.stage, "返乡名单");
	c.now += INT64_C(50) * 86400000; /* 11 January */
	clinic_save(&c, NULL, "resident", "{'id':'%wu','revision':1,'status':'2','away_since':'2026-02-10','away_where':'厦门'}");
	ui_changed(c.stage.ui, TOPIC_ALL);
	stage_press(&c.stage, "Down");
	stage_shows(&c.stage, "返乡名单2");
	stage_shows(&c.stage, "外出 高血压季度随访");
	stage_press(&c.stage, "End Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &away_screen);
	stage_press(&c.stage, "+ y '2-20' Enter Esc");
	stage_hides(&c.stage, "返乡名单");
	stage_hides(&c.stage, "外出 高血压季度随访");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "atu"), "home_until"), "2027-02-20");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "atu"), "status"), "2");
	clinic_close(&c);
}

static void after_death(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':1,'died_on':'2026-10-30','death_cause':'脑卒中'}");
	clinic_show(c, &after_death_screen, NULL);
}

static void no_death(struct clinic *c)
{
	clinic_show(c, &after_death_screen, NULL);
}

static void pictures_of_after_death(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, after_death, true }, { "empty", { 0 }, no_death, false } };

	(void)state;
	clinic_pictures("after-death", all, N_ELEMENTS(all));
}

static void dead_phone(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':1,'phone_state':'3'}");
	clinic_show(c, &dead_phones_screen, NULL);
}

static void no_dead_phone(struct clinic *c)
{
	clinic_show(c, &dead_phones_screen, NULL);
}

static void pictures_of_dead_phones(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, dead_phone, true }, { "empty", { 0 }, no_dead_phone, false } };

	(void)state;
	clinic_pictures("dead-phones", all, N_ELEMENTS(all));
}

static void no_number(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':1,'no_id':'3','no_id_reason':'不愿出示'}");
	clinic_show(c, &no_number_screen, NULL);
}

static void pictures_of_no_number(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, no_number, true } };

	(void)state;
	clinic_pictures("no-number", all, N_ELEMENTS(all));
}

/* ---- verification ------------------------------------------------------------------------------------------------------------- */

static void verify_empty(struct clinic *c)
{
	clinic_show(c, &verify_screen, NULL);
}

static void verify_draws(struct clinic *c)
{
	verify_empty(c);
	stage_press(&c->stage, "F4 Enter");
}

static void verify_is_answered(struct clinic *c)
{
	verify_draws(c);
	stage_press(&c->stage, "1 4");
}

static void verify_bad_count(struct clinic *c)
{
	verify_empty(c);
	stage_press(&c->stage, "F4 Backspace '0' Enter");
}

static void pictures_of_verify(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, verify_empty, false }, { "typical", { 0 }, verify_draws, true },
		{ "answered", { 0 }, verify_is_answered, false }, { "error", { 0 }, verify_bad_count, false } };

	(void)state;
	clinic_pictures("verify", all, N_ELEMENTS(all));
}

/* ---- history of one field -------------------------------------------------------------------------------------------------------- */

static void field_course(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':1,'phone':'10000007711','nickname':'阿金'}");
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':2,'phone':'10000007712','address':'桥头'}");
	clinic_show(c, &history_screen, &(struct open_arg){ .record = clinic_id(c, "huang"), .kind = KIND_RESIDENT });
	stage_press(&c->stage, "Enter");
}

static void pictures_of_history(void **state)
{
	static const struct clinic_picture all[] = { { "field", { 0 }, field_course, false } };

	(void)state;
	clinic_pictures("history", all, N_ELEMENTS(all));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_duplicates),
		cmocka_unit_test(pictures_of_merge),
		cmocka_unit_test(merge__makes_one__and_two_again),
		cmocka_unit_test(merge__keeps_the_choice__while_a_file_changes),
		cmocka_unit_test(merge__is_taken_back__by_one_key),
		cmocka_unit_test(duplicates__two_people__are_not_shown_again),
		cmocka_unit_test(pictures_of_newborn),
		cmocka_unit_test(newborn__six_keys__from_the_mothers_page),
		cmocka_unit_test(register__taken_back__takes_nothing_more),
		cmocka_unit_test(register__begins__a_new_search),
		cmocka_unit_test(register__takes__fifteen_digits),
		cmocka_unit_test(register__names__an_unknown_person),
		cmocka_unit_test(page__opens__the_survivor),
		cmocka_unit_test(pictures_of_household),
		cmocka_unit_test(pictures_of_states),
		cmocka_unit_test(death__asks__for_the_new_head),
		cmocka_unit_test(household__takes_in__and_asks_the_relation),
		cmocka_unit_test(household__splits__those_marked),
		cmocka_unit_test(pictures_of_away),
		cmocka_unit_test(away__in_january__is_asked_by_the_first_screen),
		cmocka_unit_test(pictures_of_after_death),
		cmocka_unit_test(pictures_of_dead_phones),
		cmocka_unit_test(pictures_of_no_number),
		cmocka_unit_test(pictures_of_verify),
		cmocka_unit_test(pictures_of_history),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
