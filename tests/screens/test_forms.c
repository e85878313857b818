/* Visit, contract, referral and the plain forms: pictures, keys, what is saved. */
#include <stdlib.h>
#include <unistd.h>

#include "app/service/record.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static const struct open_arg *of(struct clinic *c, const char *who)
{
	static struct open_arg arg;

	arg = (struct open_arg){ .resident = clinic_id(c, who) };
	return &arg;
}

/* ---- visit ------------------------------------------------------------------------------------------------------------- */

static void visit_new(struct clinic *c)
{
	clinic_show(c, &visit_screen, of(c, "lan"));
}

static void visit_reminder(struct clinic *c)
{
	clinic_show(c, &visit_screen, of(c, "lin"));
}

static void visit_picker(struct clinic *c)
{
	visit_new(c);
	stage_press(&c->stage, "'11' t Enter '头晕2天' Enter");
	stage_press(&c->stage, "Enter Enter Enter Enter Enter Enter Enter Enter Enter Enter Enter Enter 'gxy' Enter");
}

static void visit_error(struct clinic *c)
{
	visit_new(c);
	stage_press(&c->stage, "'11' '1203' Enter");
}

/* A line filled from the list: typed were the initials, the dose, times, days and the quantity. */
static void visit_prescription(struct clinic *c)
{
	clinic_show(c, &visit_screen, &(struct open_arg){ .resident = clinic_id(c, "lin") });
	stage_press(&c->stage, "PgDn");
	stage_press(&c->stage, "'aldp' Enter Enter 1 Enter Enter 2 Enter 7 Enter '14' Enter");
}

static void visit_drugs(struct clinic *c)
{
	clinic_show(c, &visit_screen, &(struct open_arg){ .resident = clinic_id(c, "lin") });
	stage_press(&c->stage, "PgDn F4 'xbdp'");
}

static void pictures_of_visit(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, visit_reminder, false },
		{ "typical", { 0 }, visit_new, true },
		{ "diagnosis", { 0 }, visit_picker, false },
		{ "error", { 0 }, visit_error, false },
		{ "prescription", { 0 }, visit_prescription, true },
		{ "drugs", { 0 }, visit_drugs, false },
	};
	static const struct clinic_picture picker[] = { { "typical", { 0 }, visit_picker, true } };

	(void)state;
	clinic_pictures("visit", all, N_ELEMENTS(all));
	clinic_pictures("icd10", picker, N_ELEMENTS(picker));
}

static void visit__pinyin__gives_code_and_words(void **state)
{
	struct clinic c;
	const char *id, *list;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	visit_picker(&c);
	stage_press(&c.stage, "Enter 1 F2");
	id = clinic_newest(&c, "visit", clinic_id(&c, "lan"));
	list = clinic_member(&c, KIND_VISIT, id, "diagnosis");
	assert_non_null(strstr(list, "I10"));
	assert_non_null(strstr(list, "原发性高血压"));
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "complaint"), "头晕2天");
	clinic_close(&c);
}

/* Double entry of the implausible: a slip of the finger is not slipped twice. */
static void visit__unusual_vitals__are_typed_twice(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &visit_screen, &(struct open_arg){ .resident = clinic_id(&c, "wu") });
	stage_press(&c.stage, "'11' t Enter '头晕' Enter Enter"); /* to the pressure */
	stage_press(&c.stage, "'150/90' Enter '190'"); /* the third digit goes on; the pulse is marked */
	stage_shows(&c.stage, "190次/分 少见");
	stage_press(&c.stage, "'41.0' Enter");
	stage_press(&c.stage, "F2"); /* saving does not do instead */
	stage_shows(&c.stage, "190次/分 少见");
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "190次/分 少见");
	stage_press(&c.stage, "'109' F2"); /* another number: it was the slip; and the next one */
	stage_shows(&c.stage, "41.0°C 少见");
	assert_null(clinic_newest(&c, "visit", clinic_id(&c, "wu")));
	stage_press(&c.stage, "'41.0' F2"); /* the same again: a very ill patient */
	id = clinic_newest(&c, "visit", clinic_id(&c, "wu"));
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "pulse"), "109");
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "temperature"), "41.0");
	stage_press(&c.stage, "Esc Esc");
	clinic_show(&c, &visit_screen, &(struct open_arg){ .record = id, .kind = KIND_VISIT });
	stage_press(&c.stage, "F2"); /* what is stored was typed twice already */
	stage_hides(&c.stage, "再输一遍");
	clinic_close(&c);
}

/* What is still being filled in can be printed: an emergency's letter is not kept waiting for a save. */
static void visit__f9__prints_the_sheet(void **state)
{
	AUTO_FREE char *home = scratch_home("HOME"), *path = scratch_path(home, "cunyi-visit-2026-11-22.xlsx");
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	visit_new(&c);
	stage_press(&c.stage, "F9");
	stage_shows(&c.stage, "打印门诊就诊");
	stage_press(&c.stage, "Enter");
	stage_shows(&c.stage, "已写好");
	assert_int_equal(unlink(path), 0);
	rmdir(home);
	stage_press(&c.stage, "F9 Enter"); /* the folder is gone */
	stage_hides(&c.stage, "已写好");
	stage_shows(&c.stage, "找不到");
	clinic_close(&c);
}

static void visit__from_35__asks_for_the_pressure(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	visit_reminder(&c); /* 69, never measured here */
	stage_shows(&c.stage, "35岁以上首诊测血压");
	stage_press(&c.stage, "Esc");
	visit_new(&c); /* measured a fortnight ago */
	stage_hides(&c.stage, "35岁以上首诊测血压");
	clinic_close(&c);
}

/* ---- contract ------------------------------------------------------------------------------------------------------------ */

static void contract_new(struct clinic *c)
{
	clinic_show(c, &contract_screen, of(c, "huang"));
}

static void contract_renew(struct clinic *c)
{
	clinic_show(c, &contract_screen, of(c, "wu"));
}

static void contract_packages(struct clinic *c)
{
	contract_new(c);
	stage_press(&c->stage, "'1,2' Enter");
}

static void contract_error(struct clinic *c)
{
	contract_new(c);
	stage_press(&c->stage, "'77' Enter");
}

static void pictures_of_contract(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, contract_new, false },
		{ "typical", { 0 }, contract_packages, true },
		{ "renewal", { 0 }, contract_renew, false },
		{ "error", { 0 }, contract_error, false },
	};

	(void)state;
	clinic_pictures("contract", all, N_ELEMENTS(all));
}

static void contract__signed__in_12_keys(void **state)
{
	const char *huang, *id;
	struct clinic c;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	stage_press(&c.stage, "'hsj' Enter");
	before = script_keys(c.script);
	stage_press(&c.stage, "s '1,2' Enter 0 1 F2");
	id = clinic_newest(&c, "contract", huang);
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "team"), clinic_id(&c, "team"));
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "start"), "2026-11-22");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "end"), "2027-11-21");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "signed_by"), "0");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "sign_method"), "1");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "active");
	assert_non_null(strstr(clinic_member(&c, KIND_CONTRACT, id, "items"), "\"planned\": 4"));
	assert_in_range(script_keys(c.script) - before, 1, 12);
	clinic_close(&c);
}

/* F2 at once: it waits, says so, and is in force when signer and way are there. */
static void contract__waits__for_signer_and_way(void **state)
{
	const char *huang, *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	stage_press(&c.stage, "'hsj' Enter s '1,2' Enter F2");
	id = clinic_newest(&c, "contract", huang);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "pending");
	stage_shows(&c.stage, "待签");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = huang, .record = id });
	stage_shows(&c.stage, "填好 签约人, 签字方式 再保存");
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = huang, .record = id, .field = "signed_by" });
	stage_press(&c.stage, "0 1 F2");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "active");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "signed_on"), "2026-11-22");
	clinic_close(&c);
}

static void contract__renewed__without_gap_or_overlap(void **state)
{
	const char *wu, *id, *old;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	wu = clinic_id(&c, "wu");
	old = clinic_newest(&c, "contract", wu);
	contract_renew(&c);
	stage_press(&c.stage, "1 Enter 0 1 F2");
	id = clinic_newest(&c, "contract", wu);
	assert_string_not_equal(id, old);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, old, "end"), "2026-12-01");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "start"), "2026-12-02");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "previous"), old);
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, old, "status"), "renewed");
	clinic_close(&c);
}

/* ---- referral ------------------------------------------------------------------------------------------------------------ */

static void referral_new(struct clinic *c)
{
	clinic_show(c, &referral_screen, of(c, "huang"));
}

static void referral_first(struct clinic *c)
{
	clinic_show(c, &referral_screen, of(c, "lin"));
}

static void referral_open(struct clinic *c)
{
	clinic_show(c, &referral_screen, &(struct open_arg){ .resident = clinic_id(c, "lan"), .record = clinic_id(c, "referral") });
}

static void referral_emergency(struct clinic *c)
{
	referral_new(c);
	stage_press(&c->stage, "Up 1");
}

/* What the county's answer leaves behind, as the exchange stores it. */
static void referral_answered(struct clinic *c)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct put put = { .kind = KIND_REFERRAL };
	struct err err;

	assert_ok(record_load(&c->app, KIND_REFERRAL, clinic_id(c, "referral"), &mem, &put.rec, &err), &err);
	put.base_revision = put.rec->meta.revision;
	record_set_text(put.rec, "status", "in_progress");
	record_set_text(put.rec, "answer_org", "练习县医院");
	record_set_text(put.rec, "answer_department", "心内科");
	record_set_text(put.rec, "answer_doctor", "王医生");
	record_set_text(put.rec, "answer_text", "已收住院, 11-28 复查后回转");
	assert_ok(work_begin(&w, &c->app, &err) && record_put(&c->app, &put, &err) && work_commit(&w, &err), &err);
	referral_open(c);
}

static void referral_answer_page(struct clinic *c)
{
	referral_answered(c);
	stage_press(&c->stage, "PgDn");
}

/* The line has the codes of urgency alone: those of consent (2 is yes) stand below when the cursor is there. */
static void referral__consent__shows_its_own_codes(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	referral_new(&c);
	stage_shows(&c.stage, "1危急 2紧急 3普通");
	stage_shows(&c.stage, "1否 2是");
	stage_press(&c.stage, "2");
	stage_hides(&c.stage, "1否 2是");
	clinic_close(&c);
}

static void referral_error(struct clinic *c)
{
	referral_new(c);
	stage_press(&c->stage, "1 F2");
}

static void pictures_of_referral(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, referral_first, false },
		{ "typical", { 0 }, referral_new, true },
		{ "waiting", { 0 }, referral_open, false },
		{ "answered", { 0 }, referral_answered, false },
		{ "answer-page", { 0 }, referral_answer_page, true },
		{ "emergency", { 0 }, referral_emergency, false },
		{ "error", { 0 }, referral_error, false },
	};

	(void)state;
	clinic_pictures("referral", all, N_ELEMENTS(all));
}

static void referral__outcome__is_one_digit(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_id(&c, "referral");
	referral_open(&c);
	stage_press(&c.stage, "1 F2");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "check_result"), "1");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "checked_on"), "2026-11-22");
	clinic_close(&c);
}

/* The return form that somebody brings on paper says that he was there; what it leads to stands on his page. */
static void referral__returned_on_paper__is_tracked_by_that(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_id(&c, "referral");
	clinic_show(&c, &referral_screen, &(struct open_arg){ .record = id, .kind = KIND_REFERRAL, .field = "returned_on" });
	stage_press(&c.stage, "'11-20' Enter F2");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "returned_on"), "2026-11-20");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "check_result"), "1");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "checked_on"), "2026-11-22");
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_shows(&c.stage, "出院回转(11-20)");
	stage_hides(&c.stage, "转诊追访");
	clinic_close(&c);
}

static void referral__cancelled__with_a_reason(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_id(&c, "referral");
	referral_open(&c);
	stage_press(&c.stage, "C-b '病人不去' Enter");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "status"), "cancelled");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "status_reason"), "病人不去");
	clinic_close(&c);
}

static void referral__taken_up__cannot_be_cancelled(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	referral_answered(&c);
	stage_press(&c.stage, "C-b '病人不去' Enter");
	stage_shows(&c.stage, "医院已经接了");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, clinic_id(&c, "referral"), "status"), "in_progress");
	clinic_close(&c);
}

static void contract__ended__by_one_side_with_its_reason(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	id = clinic_newest(&c, "contract", clinic_id(&c, "lan"));
	clinic_show(&c, &contract_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan"), .record = id });
	stage_press(&c.stage, "C-b"); /* what happens to it: asked to end, ended, handed over */
	stage_shows(&c.stage, "申请解约");
	stage_press(&c.stage, "2 1 '搬到厦门' Enter");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "status"), "terminated");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "ended_on"), "2026-11-22");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "resident_reason"), "搬到厦门");
	assert_string_equal(clinic_member(&c, KIND_CONTRACT, id, "doctor_reason"), "");
	clinic_close(&c);
}

/* ---- plain forms --------------------------------------------------------------------------------------------------------- */

static void staff_new(struct clinic *c)
{
	clinic_show(c, &staff_screen, NULL);
}

static void team_new(struct clinic *c)
{
	clinic_show(c, &team_screen, NULL);
}

static void team_old(struct clinic *c)
{
	clinic_show(c, &team_screen, &(struct open_arg){ .record = clinic_id(c, "team"), .kind = KIND_TEAM });
}

static void organisation_new(struct clinic *c)
{
	clinic_show(c, &organisation_screen, NULL);
}

static void organisation_error(struct clinic *c)
{
	organisation_new(c);
	stage_press(&c->stage, "'新村' Enter 1 '123' Enter '12' F2");
}

static void household_new(struct clinic *c)
{
	clinic_show(c, &household_form_screen, of(c, "lan"));
}

static void pictures_of_plain_forms(void **state)
{
	static const struct clinic_picture staff[] = { { "empty", { 0 }, staff_new, true } };
	static const struct clinic_picture team[] = { { "empty", { 0 }, team_new, false }, { "typical", { 0 }, team_old, true } };
	static const struct clinic_picture organisation[] = {
		{ "empty", { 0 }, organisation_new, true }, { "error", { 0 }, organisation_error, false } };
	static const struct clinic_picture household[] = { { "typical", { 0 }, household_new, true } };

	(void)state;
	clinic_pictures("staff", staff, N_ELEMENTS(staff));
	clinic_pictures("team", team, N_ELEMENTS(team));
	clinic_pictures("organisation", organisation, N_ELEMENTS(organisation));
	clinic_pictures("household-form", household, N_ELEMENTS(household));
}

static void plain_forms__a_member_of_staff__is_on_the_list(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &staff_list_screen, NULL);
	stage_press(&c.stage, "F4 '王小明' Enter Enter '007' Enter 3 F2");
	assert_ptr_equal(ui_screen(c.stage.ui), &staff_list_screen);
	stage_shows(&c.stage, "王小明");
	stage_shows(&c.stage, "007");
	clinic_close(&c);
}

static void plain_forms__a_household__takes_in_whom_it_is_made_for(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &household_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_press(&c.stage, "F4 F2");
	assert_ptr_equal(ui_screen(c.stage.ui), &household_screen);
	stage_shows(&c.stage, "陈桂兰");
	assert_string_not_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "lan"), "household"), "");
	stage_press(&c.stage, "click:4,8"); /* on the chosen row: opens it, as in every list */
	assert_ptr_equal(ui_screen(c.stage.ui), &resident_screen);
	clinic_close(&c);
}

/* Nothing found is not the same as nothing there. */
static void plain_forms__a_picker__tells_not_found_from_empty(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &team_screen, NULL);
	stage_press(&c.stage, "'第二团队' Enter 0 F4 'zzz'");
	stage_shows(&c.stage, "按退格键放宽");
	stage_hides(&c.stage, "这个清单还是空的");
	clinic_close(&c);
}

static void plain_forms__a_new_clinic__is_set_up_by_keys_alone(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .empty = true });
	clinic_show(&c, &village_list_screen, NULL);
	stage_press(&c.stage, "F4 '下洋村' Enter 1 '350299101203' F2");
	stage_shows(&c.stage, "下洋村");
	stage_press(&c.stage, "Esc");
	clinic_show(&c, &team_list_screen, NULL);
	stage_press(&c.stage, "F4 '第二团队' Enter 0 F2");
	stage_shows(&c.stage, "第二团队");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_visit),
		cmocka_unit_test(visit__pinyin__gives_code_and_words),
		cmocka_unit_test(visit__unusual_vitals__are_typed_twice),
		cmocka_unit_test(visit__f9__prints_the_sheet),
		cmocka_unit_test(visit__from_35__asks_for_the_pressure),
		cmocka_unit_test(pictures_of_contract),
		cmocka_unit_test(contract__signed__in_12_keys),
		cmocka_unit_test(contract__waits__for_signer_and_way),
		cmocka_unit_test(contract__renewed__without_gap_or_overlap),
		cmocka_unit_test(pictures_of_referral),
		cmocka_unit_test(referral__consent__shows_its_own_codes),
		cmocka_unit_test(referral__outcome__is_one_digit),
		cmocka_unit_test(referral__returned_on_paper__is_tracked_by_that),
		cmocka_unit_test(referral__cancelled__with_a_reason),
		cmocka_unit_test(referral__taken_up__cannot_be_cancelled),
		cmocka_unit_test(contract__ended__by_one_side_with_its_reason),
		cmocka_unit_test(pictures_of_plain_forms),
		cmocka_unit_test(plain_forms__a_member_of_staff__is_on_the_list),
		cmocka_unit_test(plain_forms__a_household__takes_in_whom_it_is_made_for),
		cmocka_unit_test(plain_forms__a_picker__tells_not_found_from_empty),
		cmocka_unit_test(plain_forms__a_new_clinic__is_set_up_by_keys_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
