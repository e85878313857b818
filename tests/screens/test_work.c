/* What is done from the work list besides services: calls, refusals, notes. */
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
	stage_press(&c->stage, "'cgl' Enter 2 p");
}

static void phone_when(struct clinic *c)
{
	phone(c);
	stage_press(&c->stage, "2");
}

static void pictures_of_phone(void **state)
{
	static const struct clinic_picture all[] = { { "typical", { 0 }, phone, true }, { "empty", { 0 }, phone_nobody, false },
		{ "when", { 0 }, phone_when, false } };

	(void)state;
	clinic_pictures("phone", all, N_ELEMENTS(all));
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
				snprintf(json, sizeof json, "{'resident':'%%old','date':'%d-%02d-15','complaint':'咳嗽%d天','status':'finished'}",
					year, i % 10 + 1, i);
			else
				snprintf(json, sizeof json, "{'resident':'%%old','programme':'htn','date':'%d-%02d-11','mode':'1',"
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
		cmocka_unit_test(pictures_of_refusal),
		cmocka_unit_test(refusal__written__takes_him_off_the_list),
		cmocka_unit_test(pictures_of_note),
		cmocka_unit_test(note__on_a_record__stands_on_it),
		cmocka_unit_test(conveyor__two_keys__between_people),
		cmocka_unit_test(pictures_of_round),
		cmocka_unit_test(round__goes_along_the_way__and_is_printed),
		cmocka_unit_test(pictures_of_an_old_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
