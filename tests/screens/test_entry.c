/* Entering: the resident's record, the roster entry, drafts, what every form does when it is saved, refused, stale, busy or
 * killed. */
#include "app/service/drafts.h"
#include "db/db.h"
#include "screens/form_screen.h"
#include "app/service/records.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

#define LI_ID "350299199102020023" /* a woman born on 2 February 1991 */

/* ---- pictures ---------------------------------------------------------------------------------------------------------- */

static void new_one(struct clinic *c)
{
	stage_press(&c->stage, "F4");
}

static void new_filled(struct clinic *c)
{
	stage_press(&c->stage, "F4 '" LI_ID "' Enter '李美玉'");
}

static void wrong_number(struct clinic *c)
{
	stage_press(&c->stage, "F4 '350299199102020024' Enter");
}

static void likely_duplicate(struct clinic *c)
{
	stage_press(&c->stage, "F4");
	stage_press(&c->stage, "Up Up Up '陈贵兰' Enter Enter Enter Enter Enter 2 '1955-07-15' Enter");
}

static void duplicate_asks(struct clinic *c)
{
	likely_duplicate(c);
	stage_press(&c->stage, "F2");
}

static void edit_one(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 1 e");
}

static void edit_second_page(struct clinic *c)
{
	edit_one(c);
	stage_press(&c->stage, "PgDn");
}

static void pictures_of_register(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "empty", { 0 }, new_one, true },           { "filled", { 0 }, new_filled, false },
		{ "error", { 0 }, wrong_number, false },     { "duplicate", { 0 }, likely_duplicate, false },
		{ "asks", { 0 }, duplicate_asks, false },    { "typical", { 0 }, edit_one, true },
		{ "second", { 0 }, edit_second_page, false },
	};

	(void)state;
	clinic_pictures("register", pictures, N_ELEMENTS(pictures));
}

static void enrol(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 2 f");
}

static void enrol_refused(struct clinic *c)
{
	clinic_show(c, &enrolment_screen, &(struct open_arg){ .resident = clinic_id(c, "huang"), .variant = "htn" });
	stage_press(&c->stage, "F2");
}

/* Who is on one roster comes for another; for which, he is asked. */
static void enrolment__begins__with_a_roster_he_is_not_on(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &enrolment_screen, &(struct open_arg){ .resident = clinic_id(&c, "huang") });
	stage_hides(&c.stage, "已经在这个慢病项目里");
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "还差 慢病项目");
	stage_press(&c.stage, "'2' Enter '3' F2");
	assert_string_equal(clinic_member(&c, KIND_ENROLMENT, clinic_newest(&c, "enrolment", clinic_id(&c, "huang")), "programme"),
		"dm");
	clinic_close(&c);
}

/* A disease in his file, or a package that he signed, says what he comes for; where nothing does he is asked. */
static void enrolment__begins__with_what_is_known(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "old", "resident", "{'name':'钟素春','sex':'2','birth_date':'1947-03-02','village':'%shangban'}");
	clinic_save(&c, "sick", "resident", "{'name':'钟木生','sex':'1','birth_date':'1948-05-06','village':'%shangban',"
		"'past_disease':[{'code':'3','diagnosed':'2020'}]}");
	clinic_show(&c, &enrolment_screen, &(struct open_arg){ .resident = clinic_id(&c, "old") });
	stage_shows(&c.stage, "还差 慢病项目");
	stage_press(&c.stage, "Esc");
	clinic_show(&c, &enrolment_screen, &(struct open_arg){ .resident = clinic_id(&c, "sick") });
	stage_shows(&c.stage, "慢病项目       2型糖尿病");
	clinic_close(&c);
}

static void pictures_of_enrolment(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, enrol, true }, { "error", { 0 }, enrol_refused, false } };

	(void)state;
	clinic_pictures("enrolment", pictures, N_ELEMENTS(pictures));
}

static void leave_one_unfinished(struct clinic *c)
{
	new_filled(c);
	stage_press(&c->stage, "Enter wait:5 Esc");
}

static void drafts_list(struct clinic *c)
{
	leave_one_unfinished(c);
	clinic_show(c, &drafts_screen, NULL);
}

static void no_drafts(struct clinic *c)
{
	clinic_show(c, &drafts_screen, NULL);
}

static void pictures_of_drafts(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, drafts_list, true }, { "empty", { 0 }, no_drafts, false },
		{ "today", { 0 }, leave_one_unfinished, false } };

	(void)state;
	clinic_pictures("drafts", pictures, N_ELEMENTS(pictures));
}

static void saved_with_more_to_do(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' F8 wait:1 1 F2");
}

static void pictures_of_saved(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, saved_with_more_to_do, true } };

	(void)state;
	clinic_pictures("saved", pictures, N_ELEMENTS(pictures));
}

/* ---- registering ------------------------------------------------------------------------------------------------------------ */

static void register__few_keys_beside_name_and_number(void **state)
{
	struct clinic c;
	const char *id;
	unsigned keys;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	keys = script_keys(c.script);
	stage_press(&c.stage, "F4 '" LI_ID "' Enter '李美玉' F2");
	keys = script_keys(c.script) - keys;
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	stage_shows(&c.stage, "李美玉");
	assert_in_range(keys - 18 - 3, 1, 8);
	id = c.session.person.id;
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "sex"), "2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "birth_date"), "1991-02-02");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "village"), clinic_id(&c, "shangban"));
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "filed_on"), "2026-11-22");
	clinic_close(&c);
}

static void register__a_scanned_card_goes_on_to_the_name(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 scan'" LI_ID "' '李美玉' F2");
	assert_string_equal(c.session.person.name, "李美玉");
	clinic_close(&c);
}

static void register__without_a_number_too_the_name_comes_next(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 Enter '林海生' Enter Enter Enter Enter Enter '1'");
	stage_shows(&c.stage, "姓名           林海生");
	stage_shows(&c.stage, "性别           1");
	clinic_close(&c);
}

static void register__what_was_typed_is_carried_over(void **state)
{
	static const struct {
		const char *typed, *shows;
	} cases[] = { { "'欧阳锋' F4", "欧阳锋" }, { "'" LI_ID "' F4", "1991-02-02" } };
	struct clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		clinic_open(&c, &(struct clinic_start){ 0 });
		stage_press(&c.stage, cases[i].typed);
		assert_ptr_equal(ui_screen(c.stage.ui), &register_screen);
		stage_shows(&c.stage, cases[i].shows);
		clinic_close(&c);
	}
}

static void register__the_same_person_is_opened_instead(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '350299195507150047' Enter '陈桂兰' F2");
	stage_shows(&c.stage, "可能已经登记过");
	stage_press(&c.stage, "wait:2500 1");
	assert_string_equal(c.session.person.id, clinic_id(&c, "lan"));
	stage_press(&c.stage, "Esc"); /* the form is over: it is not behind the page, and leaves no draft */
	stage_shows(&c.stage, "找人");
	stage_hides(&c.stage, "草稿");
	clinic_close(&c);
}

/* What the program itself wrote into a new form is no news of him, also where the form came out of a draft. */
static void register__the_same_person__leaves_nothing_of_a_form_taken_up(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '350299195507150047' Enter '陈桂' wait:2100");
	clinic_close(&c);
	clinic_open(&c, &(struct clinic_start){ .keep_dir = true });
	stage_press(&c.stage, "Down End Enter '兰' F2");
	stage_shows(&c.stage, "可能已经登记过");
	stage_press(&c.stage, "wait:2500 1 Esc");
	stage_hides(&c.stage, "草稿");
	clinic_close(&c);
}

static void register__another_person_is_registered_all_the_same(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	duplicate_asks(&c);
	stage_press(&c.stage, "2");
	assert_string_equal(c.session.person.name, "陈贵兰");
	clinic_close(&c);
}

/* A village, a doctor: what is typed opens the list, narrowed to it; nothing is passed over without a word. */
static void reference__typed__opens_its_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4");
	assert_true(form_goto(&((struct form_screen *)ui_top_state(c.stage.ui))->form, "village"));
	stage_press(&c.stage, "'xit'");
	stage_shows(&c.stage, "/ xit");
	stage_press(&c.stage, "Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &register_screen);
	stage_shows(&c.stage, "溪头");
	assert_true(form_goto(&((struct form_screen *)ui_top_state(c.stage.ui))->form, "village"));
	stage_press(&c.stage, "'上'");
	stage_shows(&c.stage, "/ 上");
	stage_press(&c.stage, "Esc");
	stage_shows(&c.stage, "溪头");
	clinic_close(&c);
}

/* ---- drafts -------------------------------------------------------------------------------------------------------------------- */

static void draft__survives_a_kill__with_the_unfinished_text(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '" LI_ID "' Enter '李美'");
	stage_press(&c.stage, "wait:2100");
	stage_shows(&c.stage, "草稿已存 09:41");
	clinic_close(&c); /* as kill -9: no farewell */
	clinic_open(&c, &(struct clinic_start){ .keep_dir = true });
	stage_shows(&c.stage, "草稿1");
	stage_press(&c.stage, "Down End Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &register_screen);
	stage_shows(&c.stage, LI_ID);
	stage_press(&c.stage, "'玉' F2");
	assert_string_equal(c.session.person.name, "李美玉");
	stage_press(&c.stage, "Esc");
	stage_hides(&c.stage, "草稿1");
	clinic_close(&c);
}

static void draft__of_the_same_person_is_taken_up_by_itself(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'cgl' Enter wait:1 1 e Enter '阿兰花' Esc");
	stage_shows(&c.stage, "已存草稿");
	stage_press(&c.stage, "e");
	stage_shows(&c.stage, "阿兰花");
	clinic_close(&c);
}

static void draft__none_is_left__when_nothing_was_typed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 wait:3000 Esc");
	stage_hides(&c.stage, "草稿");
	stage_press(&c.stage, "'cgl' Enter wait:1 1 e Down Down Up Esc Esc");
	stage_hides(&c.stage, "草稿");
	clinic_close(&c);
}

static void draft__a_terminated_program_keeps_it(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '3502991991'");
	ui_screen(c.stage.ui)->rescue(c.stage.ui, ui_top_state(c.stage.ui));
	clinic_close(&c);
	clinic_open(&c, &(struct clinic_start){ .keep_dir = true });
	stage_shows(&c.stage, "草稿1");
	clinic_close(&c);
}

static void draft__one_can_be_thrown_away(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	drafts_list(&c);
	stage_press(&c.stage, "Delete 1");
	stage_shows(&c.stage, "没有没填完的表格");
	clinic_close(&c);
}

/* ---- saving ---------------------------------------------------------------------------------------------------------------------- */

static void save__a_refusal_puts_the_cursor_on_the_field(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 F2");
	stage_shows(&c.stage, "还差: 姓名");
	stage_press(&c.stage, "'李美玉' F2");
	stage_shows(&c.stage, "还差: 性别");
	assert_ptr_equal(ui_screen(c.stage.ui), &register_screen);
	clinic_close(&c);
}

static void save__a_stale_edit_is_put_on_top_of_the_newer_version(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_id(&c, "huang");
	stage_press(&c.stage, "'hsj' Enter e '阿金'");
	clinic_save(&c, NULL, "resident", "{'id':'%huang','revision':1,'house':'88'}");
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "别人改过这份记录");
	stage_press(&c.stage, "1"); /* a look */
	assert_ptr_equal(ui_screen(c.stage.ui), &record_screen);
	stage_shows(&c.stage, "88");
	stage_press(&c.stage, "Esc F2 2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "nickname"), "阿金");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "house"), "88");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, id, "revision"), "3");
	clinic_close(&c);
}

static void save__waits_for_a_busy_file__and_succeeds(void **state)
{
	struct clinic c;
	struct app other;
	struct work w = { 0 };
	struct err err;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	assert_ok(app_open(&other, c.app.dir, APP_SCREEN, &err), &err);
	assert_ok(work_begin(&w, &other, &err), &err);
	stage_press(&c.stage, "'hsj' Enter e '阿金' F2");
	stage_shows(&c.stage, "保存中");
	stage_press(&c.stage, "wait:300");
	assert_ptr_equal(ui_screen(c.stage.ui), &register_screen); /* still held */
	work_rollback(&w);
	stage_press(&c.stage, "wait:300");
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "nickname"), "阿金");
	app_close(&other);
	clinic_close(&c);
}

/* The form stays open, says why, and goes once the draft can be kept. */
static void back__keeps_the_form__its_draft_cannot_be_written_now(void **state)
{
	struct clinic c;
	struct app other;
	struct tx tx;
	struct err err;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	assert_ok(app_open(&other, c.app.dir, APP_SCREEN, &err), &err);
	assert_ok(tx_begin(&tx, other.drafts, &err), &err);
	stage_press(&c.stage, "'hsj' Enter e '阿金' Esc");
	assert_ptr_equal(ui_screen(c.stage.ui), &register_screen);
	stage_shows(&c.stage, "另一个程序正在保存");
	tx_rollback(&tx);
	stage_press(&c.stage, "Esc");
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	stage_press(&c.stage, "e");
	stage_shows(&c.stage, "阿金");
	app_close(&other);
	clinic_close(&c);
}

static void save__is_taken_back_with_one_key_and_a_yes(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "没有可以撤回的");
	stage_press(&c.stage, "'hsj' Enter e '阿金' F2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "nickname"), "阿金");
	stage_press(&c.stage, "C-z 1");
	stage_shows(&c.stage, "已撤回");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "nickname"), "");
	clinic_close(&c);
}

static void enrol__then_the_person_is_on_the_roster(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'cgl' Enter wait:1 2 f '1' F2");
	assert_non_null(clinic_newest(&c, "enrolment", clinic_id(&c, "lan2")));
	stage_shows(&c.stage, "高血压");
	clinic_close(&c);
}

/* The code of the programme before goes with it; one that was typed stays, and is asked about. */
static void enrol__another_programme_brings_its_own_code(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'cgl' Enter wait:1 2 f '1'");
	stage_shows(&c.stage, "I10");
	stage_press(&c.stage, "Up Up Up Up 2");
	stage_shows(&c.stage, "E11");
	stage_press(&c.stage, "F2");
	id = clinic_newest(&c, "enrolment", clinic_id(&c, "lan2"));
	assert_string_equal(clinic_member(&c, KIND_ENROLMENT, id, "programme"), "dm");
	assert_string_equal(clinic_member(&c, KIND_ENROLMENT, id, "icd10"), "E11");
	clinic_close(&c);
}

/* In the list of what is lacking the same key asks the same question: no is no, and after yes there is nothing to go on with. */
static void save__is_taken_back_from_what_is_lacking__only_after_a_yes(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	saved_with_more_to_do(&c);
	stage_shows(&c.stage, "她还差:");
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "撤回这次保存?");
	stage_press(&c.stage, "Esc");
	stage_shows(&c.stage, "她还差:");
	stage_hides(&c.stage, "已撤回");
	stage_press(&c.stage, "C-z 1");
	stage_shows(&c.stage, "已撤回");
	stage_hides(&c.stage, "她还差:");
	clinic_close(&c);
}

/* Away, then moved for good: the day that is typed next is that of the move, whatever the absence has left on the page. */
static void status__another__asks_its_own_day(void **state)
{
	const char *atu;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	atu = clinic_id(&c, "atu");
	clinic_show(&c, &register_screen, &(struct open_arg){ .record = atu, .resident = atu, .field = "status" });
	stage_press(&c.stage, "3 '1110' Enter Enter '厦门' F2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "moved_on"), "2026-11-10");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "moved_to"), "厦门");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "away_since"), "2026-10-01");
	clinic_show(&c, &register_screen, &(struct open_arg){ .record = atu, .resident = atu, .field = "status" });
	stage_press(&c.stage, "1 '1120' Enter F2"); /* and back again */
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "moved_in_on"), "2026-11-20");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "status"), "1");
	clinic_show(&c, &register_screen, &(struct open_arg){ .record = atu, .resident = atu, .field = "status" });
	stage_press(&c.stage, "5 '1121' Enter '3' Enter '12' Enter '搬走没人知道' F2");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "lost_on"), "2026-11-21");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "lost_attempts"), "3");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, atu, "lost_reason"), "搬走没人知道");
	clinic_close(&c);
}

/* His page says since when he is dead, and what is dated after it, until that is put right. */
static void death__stands__on_the_page(void **state)
{
	const char *huang;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	clinic_save(&c, "late", "visit", "{'resident':'%huang','date':'2026-11-10','status':'finished'}");
	clinic_show(&c, &register_screen, &(struct open_arg){ .record = huang, .resident = huang, .field = "status" });
	stage_press(&c.stage, "4 '1030' Enter F2");
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "huang") });
	stage_shows(&c.stage, "死亡 10-30");
	stage_hides(&c.stage, "什么都不差");
	stage_press(&c.stage, "1");
	assert_ptr_equal(ui_screen(c.stage.ui), &after_death_screen);
	stage_shows(&c.stage, "黄水金");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_register),
		cmocka_unit_test(pictures_of_enrolment),
		cmocka_unit_test(enrolment__begins__with_a_roster_he_is_not_on),
		cmocka_unit_test(enrolment__begins__with_what_is_known),
		cmocka_unit_test(status__another__asks_its_own_day),
		cmocka_unit_test(death__stands__on_the_page),
		cmocka_unit_test(pictures_of_drafts),
		cmocka_unit_test(pictures_of_saved),
		cmocka_unit_test(register__few_keys_beside_name_and_number),
		cmocka_unit_test(register__a_scanned_card_goes_on_to_the_name),
		cmocka_unit_test(register__without_a_number_too_the_name_comes_next),
		cmocka_unit_test(register__what_was_typed_is_carried_over),
		cmocka_unit_test(register__the_same_person_is_opened_instead),
		cmocka_unit_test(register__the_same_person__leaves_nothing_of_a_form_taken_up),
		cmocka_unit_test(register__another_person_is_registered_all_the_same),
		cmocka_unit_test(reference__typed__opens_its_list),
		cmocka_unit_test(draft__survives_a_kill__with_the_unfinished_text),
		cmocka_unit_test(draft__of_the_same_person_is_taken_up_by_itself),
		cmocka_unit_test(draft__none_is_left__when_nothing_was_typed),
		cmocka_unit_test(draft__a_terminated_program_keeps_it),
		cmocka_unit_test(draft__one_can_be_thrown_away),
		cmocka_unit_test(save__a_refusal_puts_the_cursor_on_the_field),
		cmocka_unit_test(save__a_stale_edit_is_put_on_top_of_the_newer_version),
		cmocka_unit_test(save__waits_for_a_busy_file__and_succeeds),
		cmocka_unit_test(back__keeps_the_form__its_draft_cannot_be_written_now),
		cmocka_unit_test(save__is_taken_back_with_one_key_and_a_yes),
		cmocka_unit_test(save__is_taken_back_from_what_is_lacking__only_after_a_yes),
		cmocka_unit_test(enrol__then_the_person_is_on_the_roster),
		cmocka_unit_test(enrol__another_programme_brings_its_own_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
