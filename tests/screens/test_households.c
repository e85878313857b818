/* Who moves between households. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* Who lives elsewhere is asked about first, and its head with what that means. */
static void household__moves__nobody_out_of_another_without_a_word(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_family(&c);
	clinic_save(&c, "other", "household", "{'name':'吴国强','village':'%shangban','head':'%wu'}");
	clinic_save(&c, NULL, "resident", "{'id':'%wu','revision':1,'household':'%other'}");
	clinic_show(&c, &household_screen, &(struct open_arg){ .record = clinic_id(&c, "other") });
	stage_press(&c.stage, "+ 'hsj' Enter");
	stage_shows(&c.stage, "黄水金是3口之家的户主");
	stage_press(&c.stage, "Esc");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "household"), clinic_id(&c, "home"));
	stage_press(&c.stage, "+ 'lmy' Enter");
	stage_shows(&c.stage, "林美玉现在在黄水金户");
	stage_press(&c.stage, "1 8");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wife"), "household"), clinic_id(&c, "other"));
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wife"), "household_relation"), "8");
	clinic_close(&c);
}

/* Opened for one of them, the letters act for him; and leaving is taken back like every save. */
static void household__begins__with_whom_it_was_opened_for(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_family(&c);
	clinic_show(&c, &household_screen, &(struct open_arg){ .resident = clinic_id(&c, "wife") });
	stage_press(&c.stage, "- 1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wife"), "household"), "");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "huang"), "household"), clinic_id(&c, "home"));
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "林美玉");
	stage_press(&c.stage, "1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wife"), "household"), clinic_id(&c, "home"));
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(household__moves__nobody_out_of_another_without_a_word),
		cmocka_unit_test(household__begins__with_whom_it_was_opened_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
