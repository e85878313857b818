/* How many keys the main jobs take, counted from the first screen, and that what was keyed is what is stored. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

static unsigned pressed(struct clinic *c, const char *keys)
{
	unsigned before = script_keys(c->script);

	stage_press(&c->stage, keys);
	return script_keys(c->script) - before;
}

/* A complete normal follow-up: found by initials, symptoms asked, two readings, heart rate, weight, history as before,
 * adherence and reaction asked, class and next date taken as proposed. */
static void followup__two_readings__at_most_40_keys(void **state)
{
	static const struct {
		const char *key, *value;
	} stored[] = {
		{ "date", "2026-11-22" }, { "mode", "1" }, { "sbp", "138" }, { "dbp", "84" }, { "sbp2", "136" }, { "dbp2", "82" },
		{ "sbp_mean", "137" }, { "dbp_mean", "83" }, { "hr", "78" }, { "weight", "61.5" }, { "smoking", "0" }, { "salt", "2" },
		{ "mind", "1" }, { "compliance", "1" }, { "adherence", "1" }, { "adr", "1" }, { "class", "1" },
	};
	struct clinic c;
	const char *id;
	unsigned keys;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	keys = pressed(&c, "'cgl' F7");
	keys += pressed(&c, "1"); /* which of the two of this name, now that they are seen: one key more than usual */
	keys += pressed(&c, "1 Enter 1 Enter '138/84' Enter '136/82' Enter '61.5' Enter Enter '78' Enter Enter k Enter 1 1 Enter F2");
	print_message("# follow-up, two readings: %u keys\n", keys);
	id = clinic_newest(&c, "followup", clinic_id(&c, "lan"));
	for (size_t i = 0; i < N_ELEMENTS(stored); i++)
		assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, stored[i].key), stored[i].value);
	assert_in_range(keys, 1, 40);
	clinic_close(&c);
}

/* The shortest way: no stroke between the two numbers, one reading. */
static void followup__one_reading__at_most_32_keys(void **state)
{
	struct clinic c;
	const char *id;
	unsigned keys;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "followup", "{'resident':'%atu','programme':'htn','date':'2026-10-30','mode':'1','symptoms':['1'],"
		"'sbp':136,'dbp':82,'weight':66,'hr':70,'smoking':0,'drinking':0,'exercise_times':7,'exercise_minutes':30,'salt':'2',"
		"'mind':'1','compliance':'1','adherence':'1','adr':'1','class':'1','next_due':'2026-11-22','height':170}");
	keys = pressed(&c, "'zat' F7 1 Enter 1 Enter '13084' Enter Enter '66.5' Enter '72' Enter Enter k Enter 1 1 Enter F2");
	print_message("# follow-up, one reading: %u keys\n", keys);
	id = clinic_newest(&c, "followup", clinic_id(&c, "atu"));
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "date"), "2026-11-22");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "dbp"), "84");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "hr"), "72");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "compliance"), "1");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "class"), "1");
	assert_string_equal(clinic_member(&c, KIND_FOLLOWUP, id, "warnings"), "");
	assert_in_range(keys, 1, 32);
	clinic_close(&c);
}

static void register__at_most_8_keys__beside_name_and_number(void **state)
{
	struct clinic c;
	unsigned keys;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	keys = pressed(&c, "F4 '350299199102020023' Enter '李美玉' F2") - 18 - 3;
	print_message("# register: %u keys beside name and number\n", keys);
	assert_string_equal(c.session.person.name, "李美玉");
	assert_in_range(keys, 1, 8);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(followup__two_readings__at_most_40_keys),
		cmocka_unit_test(followup__one_reading__at_most_32_keys),
		cmocka_unit_test(register__at_most_8_keys__beside_name_and_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
