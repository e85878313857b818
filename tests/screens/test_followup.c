/* The follow-up of hypertension on the screen: pictures, what a key does, how many keys a normal one takes. */
#include "screens/form_screen.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- pictures ---------------------------------------------------------------------------------------------------------- */

static void open_lan(struct clinic *c)
{
	clinic_show(c, &followup_screen, &(struct open_arg){ .resident = clinic_id(c, "lan"), .variant = "htn" });
}

static void open_first(struct clinic *c)
{
	clinic_show(c, &followup_screen, &(struct open_arg){ .resident = clinic_id(c, "lin"), .variant = "htn" });
}

static void danger(struct clinic *c)
{
	open_lan(c);
	stage_press(&c->stage, "'1126' Enter '152/88' Enter '150/86' Enter");
}

static void danger_asked(struct clinic *c)
{
	danger(c);
	stage_press(&c->stage, "d");
}

static void carried(struct clinic *c)
{
	danger(c);
	stage_press(&c->stage, "n '61.5' Enter k");
}

static void second_page(struct clinic *c)
{
	carried(c);
	stage_press(&c->stage, "'78' Enter PgDn");
}

static void impossible(struct clinic *c)
{
	open_lan(c);
	stage_press(&c->stage, "'111' Enter '15' Enter '1300' Enter");
}

static void crossed(struct clinic *c)
{
	open_lan(c);
	stage_press(&c->stage, "'111' Enter '90/150' Enter F2");
}

/* On two rosters: what is asked once, then a block for each. */
static void open_both(struct clinic *c)
{
	clinic_show(c, &followup_screen, &(struct open_arg){ .resident = clinic_id(c, "lan"), .variant = "htn+dm" });
}

static void both_filled(struct clinic *c)
{
	open_both(c);
	stage_press(&c->stage, "'11' '152/88' Enter Enter Enter '61.5' Enter PgDn '1' Enter");
}

/* A score says what it means. */
static void open_copd(struct clinic *c)
{
	clinic_save(c, NULL, "enrolment", "{'resident':'%lin','programme':'copd','enrolled_on':'2026-01-05'}");
	clinic_save(c, NULL, "followup", "{'resident':'%lin','programme':'copd','date':'2026-08-20','mode':'1','symptoms':['1'],"
		"'sbp':130,'dbp':80,'weight':82.5,'height':165,'hr':78,'spo2':95,'exacerbations':0,'admissions':0,'mmrc':'1','cat':12}");
	clinic_show(c, &followup_screen, &(struct open_arg){ .resident = clinic_id(c, "lin"), .variant = "copd" });
	assert_true(form_goto(&((struct form_screen *)ui_top_state(c->stage.ui))->form, "cat"));
	stage_press(&c->stage, "'21' Enter");
}

static void pictures(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, open_first, false },
		{ "typical", { 0 }, open_lan, true },
		{ "copd", { 0 }, open_copd, false },
		{ "combined", { 0 }, open_both, true },
		{ "combined-blocks", { 0 }, both_filled, true },
		{ "danger", { 0 }, danger, true },
		{ "danger-asked", { 0 }, danger_asked, false },
		{ "carried", { 0 }, carried, true },
		{ "page2", { 0 }, second_page, true },
		{ "error", { 0 }, impossible, true },
		{ "crossed", { 0 }, crossed, false },
	};

	(void)state;
	clinic_pictures("followup", all, N_ELEMENTS(all));
}

/* ---- keys -------------------------------------------------------------------------------------------------------------- */

static const char *saved(struct clinic *c, const char *key)
{
	const char *id = clinic_newest(c, "followup", clinic_id(c, "lan"));

	return clinic_member(c, KIND_FOLLOWUP, id, key);
}

static void followup__at_most_32_keys__with_one_reading(void **state)
{
	struct clinic c;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	before = script_keys(c.script);
	/* two people have her name, so the 1 says which of them */
	stage_press(&c.stage, "'alan' F7 wait:1 1 '111' Enter '15187' Enter Enter '61.5' Enter k '78' Enter Enter Enter '11' Enter F2");
	assert_string_equal(c.session.person.id, clinic_id(&c, "lan"));
	assert_string_equal(saved(&c, "date"), "2026-11-22");
	assert_string_equal(saved(&c, "sbp_mean"), "151");
	assert_string_equal(saved(&c, "weight"), "61.5");
	assert_string_equal(saved(&c, "hr"), "78");
	assert_string_equal(saved(&c, "salt"), "2");
	assert_string_equal(saved(&c, "adherence"), "1");
	assert_string_equal(saved(&c, "class"), "2");
	assert_in_range(script_keys(c.script) - before, 20, 32);
	clinic_close(&c);
}

static void followup__at_most_40_keys__with_two_readings(void **state)
{
	struct clinic c;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	before = script_keys(c.script);
	stage_press(&c.stage,
		"'alan' F7 wait:1 1 '111' Enter '152/88' Enter '150/86' Enter '61.5' Enter k '78' Enter Enter Enter '11' Enter F2");
	assert_string_equal(saved(&c, "sbp2"), "150");
	assert_string_equal(saved(&c, "dbp2"), "86");
	assert_string_equal(saved(&c, "dbp_mean"), "87");
	assert_in_range(script_keys(c.script) - before, 20, 40);
	clinic_close(&c);
}

static void followup__nothing_measured_is_copied__by_as_before(void **state)
{
	static const char *const measured[] = { "sbp", "dbp", "hr", "weight", "sbp2", "next_due", "symptoms", "adherence" };
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_lan(&c);
	stage_press(&c.stage, "1 k F2");
	for (size_t i = 0; i < N_ELEMENTS(measured); i++)
		assert_string_equal(saved(&c, measured[i]), "");
	assert_string_equal(saved(&c, "smoking_target"), "0");
	clinic_close(&c);
}

static void followup__no_danger_sign__takes_one_key(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	danger(&c);
	stage_press(&c.stage, "n F2");
	assert_string_equal(saved(&c, "danger"), "[ \"0\" ]");
	assert_string_equal(saved(&c, "action"), "TRACK_REFERRAL");
	clinic_close(&c);
}

static void followup__danger_signs__are_asked_one_by_one(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	danger(&c);
	/* nine questions: the second and the sixth are answered with yes */
	stage_press(&c.stage, "d 1 2 1 1 1 2 1 1 1 F2");
	assert_string_equal(saved(&c, "danger"), "[ \"2\", \"6\" ]");
	assert_string_equal(saved(&c, "action"), "EMERGENCY_REFER");
	clinic_close(&c);
}

/* Whoever is unconscious is not kept waiting for a reading. */
static void followup__a_danger_sign__is_urgent_without_a_reading(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_lan(&c);
	stage_press(&c.stage, "'111' Enter");
	stage_hides(&c.stage, "紧急转诊");
	assert_true(form_goto(&((struct form_screen *)ui_top_state(c.stage.ui))->form, "danger"));
	stage_press(&c.stage, "'2' Enter");
	stage_shows(&c.stage, "紧急转诊");
	stage_shows(&c.stage, "12-06");
	stage_press(&c.stage, "F2");
	assert_string_equal(saved(&c, "action"), "EMERGENCY_REFER");
	assert_string_equal(saved(&c, "next_due"), "2026-12-06"); /* what was shown */
	assert_string_equal(saved(&c, "class"), "");
	clinic_close(&c);
}

/* She is offered what was not done today; what was, says so. */
static void followup__done_today__is_on_no_combined_sheet(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "enrolment", "{'resident':'%lan','programme':'dm','enrolled_on':'2021-03-01'}");
	stage_press(&c.stage, "'cgl' Enter wait:1 Enter F7");
	stage_shows(&c.stage, "慢病合并随访");
	stage_press(&c.stage, "Esc");
	clinic_save(&c, NULL, "followup", "{'resident':'%lan','programme':'htn','date':'2026-11-22','mode':'1','symptoms':['1'],"
		"'sbp':128,'dbp':78,'confirm':['next_due']}");
	stage_press(&c.stage, "F7");
	stage_hides(&c.stage, "慢病合并随访");
	stage_shows(&c.stage, "高血压 今天已随访");
	stage_shows(&c.stage, "2型糖尿病");
	clinic_close(&c);
}

static void followup__an_own_class__asks_why(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_lan(&c);
	stage_press(&c.stage, "'111' Enter '168/100' Enter Enter '61.5' Enter k '78' Enter Enter Enter '11' '1' F2");
	assert_ptr_equal(ui_screen(c.stage.ui), &followup_screen); /* refused: why? */
	stage_press(&c.stage, "'量错' F2");
	assert_string_equal(saved(&c, "class"), "1");
	assert_string_equal(saved(&c, "class_reason"), "量错");
	clinic_close(&c);
}

/* The program ends at once and is started again. */
static void killed(struct clinic *c)
{
	clinic_close(c);
	clinic_open(c, &(struct clinic_start){ .keep_dir = true });
	open_lan(c);
}

static void followup__a_kill__leaves_the_draft(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_lan(&c);
	stage_press(&c.stage, "'111' Enter '168/10' wait:3000");
	killed(&c);
	stage_shows(&c.stage, "168/10");
	stage_press(&c.stage, "'0' Enter F2");
	assert_string_equal(saved(&c, "dbp"), "100");
	clinic_close(&c);
}

/* 照旧 the first time: the sentence says why there is nothing. */
static void followup__as_before__the_first_time(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "first", "resident", "{'name':'周一','sex':'2','birth_date':'1960-02-03','village':'%shangban'}");
	clinic_save(&c, NULL, "enrolment", "{'resident':'%first','programme':'htn','enrolled_on':'2026-11-01'}");
	clinic_show(&c, &followup_screen, &(struct open_arg){ .resident = clinic_id(&c, "first"), .variant = "htn" });
	stage_press(&c.stage, "'111' Enter k");
	stage_shows(&c.stage, "没有上次的记录, 不能照旧");
	clinic_close(&c);
}

/* Whoever types without a pause loses the field at hand and nothing before it. */
static void followup__a_kill_while_typing__costs_one_field(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_lan(&c);
	stage_press(&c.stage, "'111' Enter '168/102' wait:100 Enter wait:100 '1' wait:100 '7' wait:100");
	killed(&c);
	stage_shows(&c.stage, "168/102");
	stage_shows(&c.stage, "1 本人");
	clinic_close(&c);
}

/* ---- the referral from it ------------------------------------------------------------------------------------------------ */

static void followup__leads_to_the_referral__in_12_keys(void **state)
{
	const char *huang, *id;
	struct clinic c;
	unsigned before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	huang = clinic_id(&c, "huang");
	stage_press(&c.stage, "'hsj' F7 '111' Enter '168/100' Enter Enter '70' Enter '82' Enter F2");
	stage_shows(&c.stage, "建议转诊");
	before = script_keys(c.script);
	stage_press(&c.stage, "F6 2 F2");
	id = clinic_newest(&c, "referral", huang);
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "reason"), "[ \"2\" ]");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "to_org"), clinic_id(&c, "county"));
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "consent"), "2");
	assert_string_equal(clinic_member(&c, KIND_REFERRAL, id, "source_followup"), clinic_newest(&c, "followup", huang));
	assert_non_null(strstr(clinic_member(&c, KIND_REFERRAL, id, "present_illness"), "168/100"));
	assert_non_null(strstr(clinic_member(&c, KIND_REFERRAL, id, "impression"), "高血压"));
	assert_in_range(script_keys(c.script) - before, 1, 12);
	clinic_close(&c);
}

static void followup__f6__saves_and_refers(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "'hsj' F7 '111' Enter '168/100' Enter Enter F6");
	assert_ptr_equal(ui_screen(c.stage.ui), &referral_screen);
	stage_shows(&c.stage, "168/100");
	clinic_close(&c);
}

/* Who lies in bed is visited at home: the roster says so, the sheet begins with it. */
static void followup__begins__with_the_usual_mode(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "bed", "resident", "{'name':'卧床人','sex':'1','birth_date':'1940-01-01','village':'%shangban'}");
	clinic_save(&c, NULL, "enrolment", "{'resident':'%bed','programme':'htn','enrolled_on':'2024-03-01','usual_mode':'2'}");
	clinic_show(&c, &followup_screen, &(struct open_arg){ .resident = clinic_id(&c, "bed"), .variant = "htn" });
	stage_shows(&c.stage, "方式 2 家庭");
	clinic_close(&c);
}

/* Situation 3: who cannot hear is visited at home although the roster says nothing; what the roster says comes first. */
static void followup__begins_at_home__who_can_hardly_come(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "deaf", "resident", "{'name':'聋人','sex':'1','birth_date':'1940-01-01','village':'%shangban','disability':['3']}");
	clinic_save(&c, "roster", "enrolment", "{'resident':'%deaf','programme':'htn','enrolled_on':'2024-03-01'}");
	clinic_show(&c, &followup_screen, &(struct open_arg){ .resident = clinic_id(&c, "deaf"), .variant = "htn" });
	stage_shows(&c.stage, "方式 2 家庭");
	stage_shows(&c.stage, "高血压(2024) 听力残疾");
	stage_press(&c.stage, "Esc");
	clinic_save(&c, NULL, "enrolment", "{'id':'%roster','revision':1,'usual_mode':'1'}");
	clinic_show(&c, &followup_screen, &(struct open_arg){ .resident = clinic_id(&c, "deaf"), .variant = "htn" });
	stage_shows(&c.stage, "方式 1 门诊");
	clinic_close(&c);
}

/* From what is still missing by one digit onto the roster, with the source and the date that the file knows. */
static void roster__is_offered__from_past_history(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "old", "resident", "{'name':'既往人','sex':'1','birth_date':'1950-01-01','village':'%shangban',"
					   "'past_disease':[{'code':'3','diagnosed':'2019-04'}]}");
	stage_press(&c.stage, "'jwr' Enter");
	stage_shows(&c.stage, "1 2型糖尿病: 还没纳入名单");
	stage_press(&c.stage, "1");
	assert_ptr_equal(ui_screen(c.stage.ui), &enrolment_screen);
	stage_press(&c.stage, "F2");
	id = clinic_newest(&c, "enrolment", clinic_id(&c, "old"));
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_ENROLMENT, id, "programme"), "dm");
	assert_string_equal(clinic_member(&c, KIND_ENROLMENT, id, "source"), "1");
	assert_string_equal(clinic_member(&c, KIND_ENROLMENT, id, "diagnosed_on"), "2019-04");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures),
		cmocka_unit_test(followup__begins__with_the_usual_mode),
		cmocka_unit_test(followup__begins_at_home__who_can_hardly_come),
		cmocka_unit_test(roster__is_offered__from_past_history),
		cmocka_unit_test(followup__at_most_32_keys__with_one_reading),
		cmocka_unit_test(followup__at_most_40_keys__with_two_readings),
		cmocka_unit_test(followup__nothing_measured_is_copied__by_as_before),
		cmocka_unit_test(followup__no_danger_sign__takes_one_key),
		cmocka_unit_test(followup__danger_signs__are_asked_one_by_one),
		cmocka_unit_test(followup__a_danger_sign__is_urgent_without_a_reading),
		cmocka_unit_test(followup__done_today__is_on_no_combined_sheet),
		cmocka_unit_test(followup__an_own_class__asks_why),
		cmocka_unit_test(followup__a_kill__leaves_the_draft),
		cmocka_unit_test(followup__as_before__the_first_time),
		cmocka_unit_test(followup__a_kill_while_typing__costs_one_field),
		cmocka_unit_test(followup__leads_to_the_referral__in_12_keys),
		cmocka_unit_test(followup__f6__saves_and_refers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
