/* The resident's page and what opens from it: timeline, trend, a record, its history. */
#include <stdlib.h>
#include <unistd.h>

#include "app/service/records.h"
#include "db/stmt.h"
#include "screens/form_screen.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static void open_page(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 1");
}

static void open_plain(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 2");
}

static void open_away(struct clinic *c)
{
	stage_press(&c->stage, "'zat' Enter");
}

/* What the weekly comparison noted (tests/sync/test_scope.c). */
static void open_left(struct clinic *c)
{
	struct err err;
	AUTO_WORK struct work w = { 0 };

	assert_ok(work_begin(&w, &c->app, &err), &err);
	for (int64_t row = 1; row <= 100; row++) { /* whoever she is */
		struct stmt *st = stmt_get(c->app.db, "sync_gone_add");
		struct record *rec;
		enum kind_id kind;

		if (!record_load_row(&c->app, row, &c->mem, &rec, &kind, &err) || kind != KIND_RESIDENT) {
			stmt_done(&st);
			continue;
		}
		stmt_bind_int(st, "remote", 1);
		stmt_bind_int(st, "record", row);
		stmt_bind_text(st, "why", "left");
		stmt_bind_int(st, "at", 0);
		assert_ok(stmt_run(st, &err), &err);
	}
	assert_ok(work_commit(&w, &err), &err);
	stage_press(&c->stage, "'cgl' Enter wait:1 1");
}

static void filter(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 1 / '转' Enter");
}

static void wrong_digit(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 2 8");
}

static void pictures_of_page(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "typical", { 0 }, open_page, true },     { "empty", { 0 }, open_plain, true },
		{ "away", { 0 }, open_away, false },       { "filter", { 0 }, filter, false },
		{ "left", { 0 }, open_left, false },
		{ "error", { 0 }, wrong_digit, false },    { "practice", { .practice = true }, open_page, false },
	};

	(void)state;
	clinic_pictures("resident", pictures, N_ELEMENTS(pictures));
}

static void open_timeline(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 1 l");
}

static void open_empty_timeline(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 2 l");
}

static void pictures_of_timeline(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, open_timeline, true },
		{ "empty", { 0 }, open_empty_timeline, false } };

	(void)state;
	clinic_pictures("timeline", pictures, N_ELEMENTS(pictures));
}

static void open_trend(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 1 g");
}

static void open_empty_trend(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 2 g");
}

/* Told on the telephone: hollow, and marked beside. */
static void open_home_trend(struct clinic *c)
{
	clinic_save(c, NULL, "followup",
		"{'resident':'%lan','programme':'htn','date':'2026-11-20','mode':'3','home_sbp':138,'home_dbp':84}");
	open_trend(c);
}

/* On two rosters there is more than one value to look at. */
static void open_second_trend(struct clinic *c)
{
	clinic_save(c, NULL, "enrolment", "{'resident':'%lan','programme':'dm','enrolled_on':'2021-03-01'}");
	clinic_save(c, NULL, "followup", "{'resident':'%lan','programme':'dm','date':'2026-05-20','mode':'1','fpg':7.4}");
	clinic_save(c, NULL, "followup", "{'resident':'%lan','programme':'dm','date':'2026-08-20','mode':'1','fpg':6.4}");
	open_trend(c);
	stage_press(&c->stage, "Right");
}

/* Years of it: the axis says which. */
static void open_long_trend(struct clinic *c)
{
	static const char *const days[] = { "2021-03-02", "2022-06-10", "2023-01-15", "2023-09-30", "2024-05-20", "2025-02-11" };

	for (size_t i = 0; i < N_ELEMENTS(days); i++) {
		AUTO_SBUF struct sbuf json = SBUF_INIT;

		sbuf_addf(&json, "{'resident':'%%lan','programme':'htn','date':'%s','mode':'1','sbp':%d,'dbp':84}", days[i],
			170 - (int)i * 5);
		clinic_save(c, NULL, "followup", json.s);
	}
	open_trend(c);
}

static void pictures_of_trend(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, open_trend, true },
		{ "years", { 0 }, open_long_trend, true }, { "home", { 0 }, open_home_trend, false },
		{ "glucose", { 0 }, open_second_trend, false },
		{ "empty", { 0 }, open_empty_trend, false } };

	(void)state;
	clinic_pictures("trend", pictures, N_ELEMENTS(pictures));
}

static void open_record(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter Enter");
}

/* Names of what is referred to, a line an item, long texts whole. */
static void open_contract(struct clinic *c)
{
	clinic_save(c, "long", "contract", "{'resident':'%lin','team':'%team','start':'2026-11-01','packages':['1','2'],'signed_by':'0',"
		"'signed_on':'2026-11-01','items':[{'item':'1','planned':1,'per':'2'},{'item':'3','planned':4,'per':'2'}],"
		"'note':'家里只有老人和一个上小学的孙子, 每次去之前先打电话给隔壁的林建军, 由他陪同; 老人耳朵听不清, 说话要大声一点, 药放在"
		"厅堂的柜子上面第二格'}");
	clinic_show(c, &record_screen, &(struct open_arg){ .record = clinic_id(c, "long"), .kind = KIND_CONTRACT });
}

static void void_asks(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter Enter Delete");
}

static void move_asks(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter m 'zat' Enter");
}

static void pictures_of_record(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, open_record, true },
		{ "contract", { 0 }, open_contract, true }, { "void", { 0 }, void_asks, false }, { "move", { 0 }, move_asks, false } };

	(void)state;
	clinic_pictures("record", pictures, N_ELEMENTS(pictures));
}

static void change_and_look(struct clinic *c)
{
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':1,'phone':'10000007711','nickname':'阿金'}");
	clinic_show(c, &history_screen, &(struct open_arg){ .record = clinic_id(c, "huang"), .kind = KIND_RESIDENT });
}

static void never_changed(struct clinic *c)
{
	clinic_show(c, &history_screen, &(struct open_arg){ .record = clinic_id(c, "wu"), .kind = KIND_RESIDENT });
}

static void pictures_of_history(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, change_and_look, true },
		{ "new", { 0 }, never_changed, false } };

	(void)state;
	clinic_pictures("history", pictures, N_ELEMENTS(pictures));
}

static void open_code(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 1");
	script_signs(c->script, SIGNS_UNICODE, true);
	stage_press(&c->stage, "c");
}

static void open_agreement(struct clinic *c)
{
	open_code(c);
	stage_press(&c->stage, "c");
}

static void no_agreement(struct clinic *c)
{
	clinic_show(c, &resident_screen, &(struct open_arg){ .resident = clinic_id(c, "huang") });
	stage_press(&c->stage, "c c");
}

static void pictures_of_code(void **state)
{
	static const struct clinic_picture pictures[] = { { "typical", { 0 }, open_code, true },
		{ "agreement", { 0 }, open_agreement, true }, { "none", { 0 }, no_agreement, false } };

	(void)state;
	clinic_pictures("code", pictures, N_ELEMENTS(pictures));
}

/* ---- what they do -------------------------------------------------------------------------------------------------------- */

/* A void and a move are saves too: ^Z takes them back.  M is about what was saved last, and says what it moves. */
static void page__the_last_save__is_moved_and_taken_back(void **state)
{
	const char *huang, *lan, *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	lan = clinic_id(&c, "lan");
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = huang });
	stage_press(&c.stage, "b '明天再来' F2 m");
	stage_shows(&c.stage, "换人: 便签 明天再来 是谁的?");
	stage_press(&c.stage, "'alan' Enter");
	stage_press(&c.stage, "1");
	stage_press(&c.stage, "1");
	id = clinic_newest(&c, "note", lan);
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_NOTE, id, "resident"), lan);
	stage_press(&c.stage, "C-z 1");
	assert_string_equal(clinic_member(&c, KIND_NOTE, id, "resident"), huang);
	stage_press(&c.stage, "Delete '写错' Enter");
	stage_shows(&c.stage, "作废");
	assert_null(clinic_newest(&c, "note", huang));
	stage_press(&c.stage, "C-z 1");
	assert_string_equal(clinic_newest(&c, "note", huang), id);
	clinic_close(&c);
}

static void page__a_digit_opens_what_is_missing(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_page(&c);
	stage_press(&c.stage, "1");
	assert_string_equal(ui_screen(c.stage.ui)->name, "followup");
	clinic_close(&c);
}

/* Who comes to sign finds the cursor where one signs. */
static void page__an_unsigned_sheet_opens__at_the_signature(void **state)
{
	const struct field *f;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "followup", "{'resident':'%wu','programme':'htn','date':'2026-10-20','mode':'1','sbp':152,'dbp':88,"
		"'next_due':'2027-01-20'}");
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "wu") });
	stage_shows(&c.stage, "10-20 高血压随访未签名");
	stage_press(&c.stage, "1");
	f = form_field_now(&((struct form_screen *)ui_top_state(c.stage.ui))->form);
	assert_string_equal(f->key, "doctor");
	clinic_close(&c);
}

/* A follow-up with blanks opens itself, not a new one, and not the newest: what is filled in goes where it was missing. */
static void page__a_digit_opens_the_very_record__with_blanks(void **state)
{
	static const char sheet[] = "{'resident':'%%huang','programme':'htn','date':'%s','mode':'1','informant':'1','symptoms':['1'],"
				    "'sbp':132,'dbp':84,'weight':70,%s'class':'1','doctor':'%%lxy'}";
	struct due_task task = { .task = "followup_gaps", .programme = "htn", .due = "", .reason = "" };
	struct clinic c;
	char json[256];

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	for (int i = 0; i < 2; i++) {
		snprintf(json, sizeof json, sheet, i ? "2026-11-12" : "2026-10-12", i ? "'hr':80," : "");
		clinic_save(&c, i ? "newer" : "blank", "followup", json);
	}
	snprintf(task.record, sizeof task.record, "%s", clinic_id(&c, "blank"));
	assert_true(task_open(c.stage.ui, clinic_id(&c, "huang"), &task) & UI_HANDLED);
	stage_press(&c.stage, "Down Down Down Down Down Down 7 8 F2");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, clinic_id(&c, "blank"), "hr"), "78");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, clinic_id(&c, "newer"), "hr"), "80");
	assert_string_equal(clinic_newest(&c, "followup", clinic_id(&c, "huang")), clinic_id(&c, "newer"));
	clinic_close(&c);
}

/* It may be looked at; nothing more is written in it. */
static void page__of_a_voided_file__is_only_read(void **state)
{
	static const char *const writes[] = { "v", "f", "r", "s", "e" };
	struct save_result r;
	struct clinic c;
	struct err err;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	assert_ok(records_void(&c.app, kind_by_id(KIND_RESIDENT), clinic_id(&c, "lan2"), "重复", &c.mem, &r, &err), &err);
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan2") });
	stage_shows(&c.stage, "陈桂兰");
	for (size_t i = 0; i < N_ELEMENTS(writes); i++) {
		stage_press(&c.stage, writes[i]);
		assert_string_equal(ui_screen(c.stage.ui)->name, "resident");
		stage_shows(&c.stage, "这份档案已经作废");
	}
	clinic_close(&c);
}

static void page__every_letter_opens_its_screen(void **state)
{
	static const struct {
		const char *key, *screen;
	} cases[] = {
		{ "f", "followup" }, { "v", "visit" },     { "r", "referral" }, { "s", "contract" }, { "e", "register" },
		{ "l", "timeline" }, { "g", "trend" },     { "F6", "referral" }, { "F7", "followup" }, { "F8", "visit" },
		{ "Ｆ", "followup" }, /* an input method left on */
		{ "q", "today" },    { "Esc", "today" },
	};
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct key key;

		stage_press(&c.stage, "'hsj' Enter");
		if (key_parse(cases[i].key, &key))
			stage_press(&c.stage, cases[i].key);
		else
			stage_press(&c.stage, "'Ｆ'");
		assert_case(!strcmp(ui_screen(c.stage.ui)->name, cases[i].screen), i, cases[i].key);
		ui_back_to(c.stage.ui, NULL);
		stage_press(&c.stage, "");
	}
	clinic_close(&c);
}

static void page__one_who_is_on_no_roster__is_enrolled_first(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_plain(&c);
	stage_press(&c.stage, "f");
	assert_ptr_equal(ui_screen(c.stage.ui), &enrolment_screen);
	stage_shows(&c.stage, "先登记纳入");
	clinic_close(&c);
}

static void record__moves_to_the_right_person__with_history_on_both(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_newest(&c, "followup", clinic_id(&c, "huang"));
	stage_press(&c.stage, "'hsj' Enter m 'zat' Enter");
	stage_shows(&c.stage, "张阿土 男 58岁");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "已换人");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "resident"), clinic_id(&c, "atu"));
	assert_null(clinic_newest(&c, "followup", clinic_id(&c, "huang")));
	clinic_close(&c);
}

static void record__is_void__with_a_reason_only(void **state)
{
	AUTO_SBUF struct sbuf keys = SBUF_INIT;
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_newest(&c, "followup", clinic_id(&c, "huang"));
	stage_press(&c.stage, "'hsj' Enter Enter Delete Enter");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "state"), "active");
	/* too long: told, and nothing of it is swallowed */
	sbuf_adds(&keys, "paste'");
	for (int i = 0; i < 300; i++)
		sbuf_adds(&keys, "长");
	sbuf_adds(&keys, "尾' Enter");
	stage_press(&c.stage, keys.s);
	stage_shows(&c.stage, "最多 200 个字");
	stage_shows(&c.stage, "长尾");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "state"), "active");
	stage_press(&c.stage, "C-u '重复' Enter");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "state"), "void");
	clinic_close(&c);
}

/* The slip to take home is written from the page, and after a save without leaving it. */
static void slip__is_written__from_the_page_and_after_a_save(void **state)
{
	AUTO_FREE char *home = scratch_home("HOME"), *path = scratch_path(home, "cunyi-slip-2026-11-22.xlsx");
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_press(&c.stage, "F9");
	stage_shows(&c.stage, "大字复诊条");
	stage_press(&c.stage, "Enter");
	stage_shows(&c.stage, "已写");
	assert_int_equal(unlink(path), 0);
	clinic_show(&c, &saved_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_press(&c.stage, "F9 Enter");
	assert_int_equal(unlink(path), 0);
	stage_press(&c.stage, "F9 '/nowhere/at/all' Enter"); /* the text is added to: no such folder */
	stage_hides(&c.stage, "已写");
	stage_shows(&c.stage, "找不到");
	assert_int_equal(scratch_count(home), 0);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_page),
		cmocka_unit_test(pictures_of_timeline),
		cmocka_unit_test(pictures_of_trend),
		cmocka_unit_test(pictures_of_record),
		cmocka_unit_test(pictures_of_history),
		cmocka_unit_test(pictures_of_code),
		cmocka_unit_test(page__the_last_save__is_moved_and_taken_back),
		cmocka_unit_test(page__a_digit_opens_what_is_missing),
		cmocka_unit_test(page__an_unsigned_sheet_opens__at_the_signature),
		cmocka_unit_test(page__a_digit_opens_the_very_record__with_blanks),
		cmocka_unit_test(page__of_a_voided_file__is_only_read),
		cmocka_unit_test(page__every_letter_opens_its_screen),
		cmocka_unit_test(page__one_who_is_on_no_roster__is_enrolled_first),
		cmocka_unit_test(record__moves_to_the_right_person__with_history_on_both),
		cmocka_unit_test(record__is_void__with_a_reason_only),
		cmocka_unit_test(slip__is_written__from_the_page_and_after_a_save),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
