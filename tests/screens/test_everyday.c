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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(situation__pills__lead_on_to_all_she_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
