/* Everyday situations by keys, where no other test plays the clause. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* Somebody of 66 who is on two rosters, was not examined this year and whose contract ends. */
static void somebody_with_much(struct clinic *c)
{
	clinic_open(c, &(struct clinic_start){ 0 });
	clinic_save(c, "much", "resident", "{'name':'欧阳秋菊','sex':'2','birth_date':'1960-03-08','village':'%shangban','group':'1组',"
		"'past_disease':[{'code':'2'},{'code':'3'}]}");
	clinic_save(c, NULL, "enrolment", "{'resident':'%much','programme':'htn','enrolled_on':'2021-03-03'}");
	clinic_save(c, NULL, "enrolment", "{'resident':'%much','programme':'dm','enrolled_on':'2021-03-03'}");
	clinic_save(c, NULL, "contract", "{'resident':'%much','team':'%team','start':'2025-12-02','years':1,'signed_on':'2025-12-02',"
		"'signed_by':'0','sign_method':'1'}");
}

/* Situation 1: she picks up pills; after the visit stands what else she needs, with digits; what was measured once is not typed
 * again on the sheet of both rosters, and after it they are gone from the list. */
static void situation__pills__lead_on_to_all_she_needs(void **state)
{
	const char *visit;
	struct clinic c;

	(void)state;
	somebody_with_much(&c);
	clinic_save(&c, "pills", "visit", "{'resident':'%much','date':'2026-11-22','status':'finished','complaint':'取药','sbp':128,'dbp':78,"
		"'pulse':72,'weight':61.5,'doctor':'%lxy'}");
	visit = clinic_id(&c, "pills");
	clinic_show(&c, &visit_screen, &(struct open_arg){ .resident = clinic_id(&c, "much"), .record = visit, .kind = KIND_VISIT });
	stage_press(&c.stage, "F2");
	stage_shows(&c.stage, "她还差:");
	stage_shows(&c.stage, "高血压");
	stage_shows(&c.stage, "2型糖尿病");
	stage_shows(&c.stage, "续签(12-01到期)");
	stage_shows(&c.stage, "年度体检");
	stage_press(&c.stage, "1");
	assert_ptr_equal(ui_screen(c.stage.ui), &followup_screen);
	stage_shows(&c.stage, "128/78"); /* typed once */
	stage_shows(&c.stage, "61.5");
	clinic_close(&c);
}

/* What was typed beside who he is is no draft of a second file but one of his own, taken up by E. */
static void register__the_same_person__takes_what_else_was_typed(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	stage_press(&c.stage, "F4 '350299195507150047' Enter '陈桂兰' Enter '阿桂' Enter F2");
	stage_shows(&c.stage, "可能已经登记过");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "按 E 看一看再存");
	stage_press(&c.stage, "e");
	stage_shows(&c.stage, "阿桂");
	stage_press(&c.stage, "F2 Esc Esc");
	stage_hides(&c.stage, "草稿");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "lan"), "nickname"), "阿桂");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "lan"), "phone"), "10000002201");
	clinic_close(&c);
}

/* Turned to another page and killed there: it goes on there. */
static void draft__of_an_examination__goes_on_where_it_was(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &exam_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_press(&c.stage, "'36.5' Enter wait:2500");
	stage_shows(&c.stage, "第1/");
	stage_press(&c.stage, "PgDn PgDn wait:2500");
	stage_shows(&c.stage, "第3/");
	clinic_close(&c);
	clinic_open(&c, &(struct clinic_start){ .keep_dir = true });
	stage_press(&c.stage, ": '草稿' Enter Enter");
	stage_shows(&c.stage, "健康体检表");
	stage_shows(&c.stage, "第3/");
	clinic_close(&c);
}

/* Down to the end and back to the box: the list stands there from its most pressing row again; letters act on a row. */
static void today__the_list__begins_at_its_top_again(void **state)
{
	enum { MANY = 40 };
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_crowd(&c, MANY);
	ui_changed(c.stage.ui, TOPIC_ALL);
	stage_press(&c.stage, "wait:10 Down End");
	stage_hides(&c.stage, "黄水金");
	stage_press(&c.stage, "Esc");
	stage_shows(&c.stage, "黄水金");
	stage_press(&c.stage, "Down s");
	assert_ptr_equal(ui_screen(c.stage.ui), &contract_screen);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(situation__pills__lead_on_to_all_she_needs),
		cmocka_unit_test(register__the_same_person__takes_what_else_was_typed),
		cmocka_unit_test(draft__of_an_examination__goes_on_where_it_was),
		cmocka_unit_test(today__the_list__begins_at_its_top_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
