/* What is done from the work list besides services: calls, refusals, notes. */
#include "app/service/contract_plan.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- telephone ------------------------------------------------------------------------------------------- */

static void phone(struct clinic *c)
{
	clinic_save(c, NULL, "call",
		"{'resident':'%huang','date':'2026-11-20','outcome':'2','again_on':'2026-11-22','again_time':'15:00'}");
	clinic_save(c, NULL, "call", "{'resident':'%huang','date':'2026-11-21','outcome':'4'}");
	stage_press(&c->stage, "'hsj' Enter p");
}

static void phone_nobody(struct clinic *c)
{
	stage_press(&c->stage, "'cgl' Enter wait:1 2 p");
}

static void phone_when(struct clinic *c)
{
	phone(c);
	stage_press(&c->stage, "2");
}

/* Situation 3: she cannot hear, so the large number is her son's. */
static void deaf(struct clinic *c)
{
	clinic_save(c, "deaf", "resident", "{'name':'欧阳秋菊','sex':'2','birth_date':'1940-03-08','village':'%shangban','group':'1组',"
		"'disability':['3'],'phone':'10000005151','contact_name':'林大海','contact_phone':'10000007711'}");
}

static void phone_carer(struct clinic *c)
{
	deaf(c);
	clinic_save(c, NULL, "call", "{'resident':'%deaf','date':'2026-11-19','outcome':'4'}");
	clinic_save(c, NULL, "call", "{'resident':'%deaf','date':'2026-11-20','outcome':'4'}");
	clinic_save(c, NULL, "call", "{'resident':'%deaf','date':'2026-11-21','outcome':'4'}");
	stage_press(&c->stage, "'oyqj' Enter p");
}

/* The list names her son's number too, and so does the round. */
static void list_carer(struct clinic *c)
{
	deaf(c);
	clinic_save(c, NULL, "enrolment", "{'resident':'%deaf','programme':'htn','enrolled_on':'2021-06-11'}");
	clinic_save(c, NULL, "followup", "{'resident':'%deaf','programme':'htn','date':'2026-07-05','mode':'2','symptoms':['1'],'sbp':162,"
					 "'dbp':98,'class':'2','next_due':'2026-11-19','doctor':'%lxy'}");
	ui_changed(c->stage.ui, TOPIC_ALL);
	stage_press(&c->stage, "Down");
}

static void round_carer(struct clinic *c)
{
	list_carer(c);
	stage_press(&c->stage, ": 'smd' Enter");
}

static void pictures_of_carer(void **state)
{
	static const struct clinic_picture today[] = { { "carer", { 0 }, list_carer, true } };
	static const struct clinic_picture round[] = { { "carer", { 0 }, round_carer, true } };

	(void)state;
	clinic_pictures("today", today, N_ELEMENTS(today));
	clinic_pictures("round", round, N_ELEMENTS(round));
}

static void pictures_of_phone(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, phone, true }, { "empty", { 0 }, phone_nobody, false },
		{ "when", { 0 }, phone_when, false }, { "carer", { 0 }, phone_carer, true } };

	(void)state;
	clinic_pictures("phone", all, N_ELEMENTS(all));
}

static void phone__is_the_carers__who_cannot_hear(void **state)
{
	const char *call;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	phone_carer(&c);
	stage_press(&c.stage, "3");
	call = clinic_newest(&c, "call", clinic_id(&c, "deaf"));
	assert_string_equal(clinic_member(&c, KIND_CALL, call, "outcome"), "3"); /* 听不清, 家属接 */
	assert_string_equal(clinic_member(&c, KIND_CALL, call, "phone"), "10000007711");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "deaf"), "phone_verified"), "");
	clinic_close(&c);
}

/* ---- refusal --------------------------------------------------------------------------------------------- */

static void refusal_new(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter x");
}

static void refusal_filled(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter x 1 1 Enter 2");
}

static void refusal_error(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter x 1 Enter Enter 2 '2026-11-01' F2");
}

static void pictures_of_refusal(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, refusal_new, false },
		{ "typical", { 0 }, refusal_filled, true }, { "error", { 0 }, refusal_error, false } };

	(void)state;
	clinic_pictures("refusal", all, N_ELEMENTS(all));
}

/* What was refused is off the list until it is asked again; it is no service. */
static void refusal__written__takes_him_off_the_list(void **state)
{
	const char *huang, *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	stage_shows(&c.stage, "超期2");
	refusal_filled(&c);
	stage_press(&c.stage, "F2");
	id = clinic_newest(&c, "refusal", huang);
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_REFUSAL, id, "what"), "1");
	assert_string_equal(clinic_member(&c, KIND_REFUSAL, id, "reason"), "2");
	assert_string_equal(clinic_member(&c, KIND_REFUSAL, id, "ask_again"), "2026-12-22");
	stage_press(&c.stage, "Esc Esc");
	stage_shows(&c.stage, "超期1");
	clinic_close(&c);
}

/* ---- notes ----------------------------------------------------------------------------------------------- */

static void note_new(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter b");
}

static void note_typed(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter Enter b '药盒在女儿家' Enter");
}

static void note_missing(struct clinic *c)
{
	stage_press(&c->stage, "'hsj' Enter b F2");
}

static void pictures_of_note(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, note_new, false }, { "typical", { 0 }, note_typed, true },
		{ "error", { 0 }, note_missing, false } };

	(void)state;
	clinic_pictures("note", all, N_ELEMENTS(all));
}

static void note__on_a_record__stands_on_it(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	note_typed(&c);
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "便签 11-22");
	stage_shows(&c.stage, "药盒在女儿家");
	clinic_close(&c);
}

/* ---- the conveyor ---------------------------------------------------------------------------------------- */

/* From the save of one to the first field of the next: J, and the digit of what he lacks. */
static void conveyor__two_keys__between_people(void **state)
{
	struct clinic c;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "Down 1 F7 1 1 Enter '128/78' Enter Enter F2");
	stage_shows(&c.stage, "已保存");
	before = script_keys(c.script);
	stage_press(&c.stage, "j");
	stage_shows(&c.stage, "陈桂兰 女 71岁");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "高血压患者随访服务记录表  陈桂兰");
	assert_in_range(script_keys(c.script) - before, 1, 3);
	/* J in a form: what was typed is a draft, and the next person is there. */
	stage_press(&c.stage, "1 j");
	stage_shows(&c.stage, "张阿土");
	stage_press(&c.stage, "Esc");
	stage_shows(&c.stage, "草稿1");
	clinic_close(&c);
}

/* ---- the round ------------------------------------------------------------------------------------------- */

static void round_now(struct clinic *c)
{
	stage_press(&c->stage, "Down : 'smd' Enter");
}

static void round_nobody(struct clinic *c)
{
	stage_press(&c->stage, ": 'smd' Enter");
}

static void round_error(struct clinic *c)
{
	round_now(c);
	stage_press(&c->stage, "y '33' Enter");
}

static void pictures_of_round(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, round_now, true },
		{ "empty", { .empty = true }, round_nobody, false }, { "error", { 0 }, round_error, false } };

	(void)state;
	clinic_pictures("round", all, N_ELEMENTS(all));
}

static void round__goes_along_the_way__and_is_printed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	round_now(&c);
	stage_press(&c.stage, "F9 '/nowhere/at/all' Enter");
	stage_hides(&c.stage, "已写入");
	stage_press(&c.stage, "F9 Enter");
	stage_shows(&c.stage, "cunyi-round-2026-11-22.xlsx");
	stage_press(&c.stage, "Home Enter");
	stage_shows(&c.stage, "时间线");
	stage_press(&c.stage, "j");
	stage_shows(&c.stage, "时间线");
	clinic_close(&c);
}

/* ---- everyday situations ------------------------------------------------------------------------------------------------ */

/* Situation 1, one visit, several services: after the follow-up the digits lead on to what else she needs; nothing is typed twice and the
 * follow-up is credited to the contract once. */
static void situation__one_visit__several_services(void **state)
{
	struct fulfilment f;
	const char *contract;
	struct record *rec;
	struct clinic c;
	struct err err;
	char json[200];

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	contract = clinic_newest(&c, "contract", clinic_id(&c, "wu"));
	clinic_save(&c, NULL, "enrolment", "{'resident':'%wu','programme':'htn','enrolled_on':'2024-03-03'}");
	assert_ok(record_load(&c.app, KIND_CONTRACT, contract, &c.mem, &rec, &err), &err);
	snprintf(json, sizeof json, "{'id':'%s','revision':%lld,'items':[{'item':'3','planned':4}]}", contract,
		(long long)rec->meta.revision);
	clinic_save(&c, NULL, "contract", json);
	stage_press(&c.stage, "'wgq' Enter F7 1 1 Enter '128/78' Enter Enter F2");
	stage_shows(&c.stage, "他还差:");
	stage_shows(&c.stage, "1 续签(12-01到期)");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "吴国强");
	stage_shows(&c.stage, "2026-12-02"); /* the renewal starts the day after */
	stage_press(&c.stage, "Esc");
	assert_ok(record_load(&c.app, KIND_CONTRACT, contract, &c.mem, &rec, &err), &err);
	assert_ok(contract_fulfilment(&c.app, rec, &f, &err), &err);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.item[0].done, 1);
	clinic_close(&c);
}

/* A pressure that is not his: "is it really him?", before it is saved for the wrong one. */
static void is_it_him(struct clinic *c)
{
	clinic_save(c, NULL, "followup", "{'resident':'%huang','programme':'htn','date':'2026-09-05','mode':'1','symptoms':['1'],"
		"'sbp':158,'dbp':92,'doctor':'%lxy'}");
	stage_press(&c->stage, "'hsj' Enter F7 1 1 Enter '95/60' Enter Enter F2");
}

static void pictures_of_doubt(void **state)
{
	static const struct clinic_picture all[] = { { "not-him", { 0 }, is_it_him, false } };

	(void)state;
	clinic_pictures("followup", all, N_ELEMENTS(all));
}

/* Situation 11, two doctors at one machine: ^O changes who works; the draft stays with its author, and nobody signs with the other's
 * name. */
static void situation__two_doctors__one_machine(void **state)
{
	const char *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ .two_staff = true });
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "林秀英 11-22");
	stage_press(&c.stage, "'hsj' Enter F7 1 1 Enter '151/87' C-o 2");
	stage_shows(&c.stage, "王美玉 11-22");
	stage_hides(&c.stage, "草稿1");
	stage_press(&c.stage, "'hsj' Enter F7 1 1 Enter '128/78' Enter Enter F2");
	id = clinic_newest(&c, "followup", clinic_id(&c, "huang"));
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "sbp"), "128");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "doctor"), clinic_id(&c, "wang"));
	stage_press(&c.stage, "Esc C-o 1"); /* from what he still lacks */
	stage_shows(&c.stage, "草稿1");
	stage_press(&c.stage, "Down End Enter");
	stage_shows(&c.stage, "151/87");
	clinic_close(&c);
}

/* ---- twenty years ---------------------------------------------------------------------------------------- */

/* A person with four rosters' worth of years: 300 records, three allergies, many drugs. */
static void old_file(struct clinic *c)
{
	clinic_save(c, "old", "resident", "{'name':'欧阳秋菊','sex':'2','birth_date':'1940-03-08','village':'%shangban','group':'1组',"
		"'drug_allergy':['2','3','4'],'phone':'10000005151','phone_owner':'3','phone_verified':'2019-06-01'}");
	clinic_save(c, NULL, "enrolment", "{'resident':'%old','programme':'htn','enrolled_on':'2006-01-04'}");
	for (int year = 2006; year <= 2026; year++)
		for (int i = 0; i < 15 && year * 12 + i < 2026 * 12 + 10; i++) {
			char json[500];

			if (i % 4)
				snprintf(json, sizeof json, "{'resident':'%%old','date':'%d-%02d-15','complaint':'咳嗽%d天','status':'finished',"
					"'doctor':'%%lxy'}", year, i % 10 + 1, i);
			else
				snprintf(json, sizeof json, "{'resident':'%%old','programme':'htn','date':'%d-%02d-11','mode':'1','doctor':'%%lxy',"
					"'symptoms':['1'],'sbp':%d,'dbp':82,'adherence':'1','drugs':[{'name':'苯磺酸左旋氨氯地平','strength':'2.5mg',"
					"'times':1},{'name':'厄贝沙坦氢氯噻嗪','strength':'150mg','times':1},{'name':'酒石酸美托洛尔',"
					"'strength':'25mg','times':2}]}", year, i % 10 + 1, 140 + i);
			clinic_save(c, NULL, i % 4 ? "visit" : "followup", json);
		}
	stage_press(&c->stage, "'oyqj' Enter");
}

static void pictures_of_an_old_file(void **state)
{
	static const struct clinic_picture all[] = { { "twenty-years", { 0 }, old_file, false } };

	(void)state;
	clinic_pictures("resident", all, N_ELEMENTS(all));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_phone),
		cmocka_unit_test(pictures_of_carer),
		cmocka_unit_test(phone__is_the_carers__who_cannot_hear),
		cmocka_unit_test(pictures_of_refusal),
		cmocka_unit_test(refusal__written__takes_him_off_the_list),
		cmocka_unit_test(pictures_of_note),
		cmocka_unit_test(note__on_a_record__stands_on_it),
		cmocka_unit_test(conveyor__two_keys__between_people),
		cmocka_unit_test(pictures_of_round),
		cmocka_unit_test(round__goes_along_the_way__and_is_printed),
		cmocka_unit_test(situation__one_visit__several_services),
		cmocka_unit_test(pictures_of_doubt),
		cmocka_unit_test(situation__two_doctors__one_machine),
		cmocka_unit_test(pictures_of_an_old_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
