/* The screening book: pictures of sheet and lists; by keys from the sheet to the list. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

static void sheet_new(struct clinic *c)
{
	clinic_show(c, &screening_screen, &(struct open_arg){ .resident = clinic_id(c, "wu") });
}

static void sheet_filled(struct clinic *c)
{
	sheet_new(c);
	stage_press(&c->stage, "'1' '146/92' Enter Enter '6.3' Enter '81' Enter '170' Enter '92' Enter '2' '1' '150' Enter");
}

static void sheet_error(struct clinic *c)
{
	sheet_new(c);
	stage_press(&c->stage, "'1' '90/146' Enter F2");
}

static void pictures_of_sheet(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, sheet_new, false }, { "typical", { 0 }, sheet_filled, true },
		{ "error", { 0 }, sheet_error, false } };

	(void)state;
	clinic_pictures("screening", all, N_ELEMENTS(all));
}

static void list_empty(struct clinic *c)
{
	clinic_show(c, &screening_list_screen, NULL);
}

static void list_full(struct clinic *c)
{
	clinic_save(c, NULL, "screening", "{'resident':'%wu','date':'2026-11-20','sbp':146,'dbp':92,'fpg':6.3,'waist':92}");
	clinic_save(c, NULL, "screening", "{'resident':'%lin','date':'2026-11-19','sbp':122,'dbp':78}");
	clinic_save(c, NULL, "screening", "{'resident':'%lan2','date':'2026-11-18','sbp':186,'dbp':100,'fpg':5.2}");
	list_empty(c);
}

static void list_suspected(struct clinic *c)
{
	list_full(c);
	stage_press(&c->stage, "Tab");
}

static void pictures_of_list(void **state)
{
	static const struct clinic_picture all[] = { { "empty", { 0 }, list_empty, false }, { "typical", { 0 }, list_full, true },
		{ "suspected", { 0 }, list_suspected, false } };

	(void)state;
	clinic_pictures("screening-list", all, N_ELEMENTS(all));
}

static void sheet__goes_into_the_book__by_keys(void **state)
{
	const char *wu, *id;
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	wu = clinic_id(&c, "wu");
	sheet_filled(&c);
	stage_shows(&c.stage, "升高 换日再测");
	stage_press(&c.stage, "F2");
	id = clinic_newest(&c, "screening", wu);
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_SCREENING, id, "place"), "1");
	assert_string_equal(clinic_member(&c, KIND_SCREENING, id, "sbp"), "146");
	assert_string_equal(clinic_member(&c, KIND_SCREENING, id, "fpg"), "6.3");
	assert_string_equal(clinic_member(&c, KIND_SCREENING, id, "waist"), "92.0");
	assert_string_equal(clinic_member(&c, KIND_SCREENING, id, "liquor_ml"), "150");
	assert_string_equal(clinic_member(&c, KIND_SCREENING, id, "next_due"), "2026-11-29");
	list_empty(&c);
	stage_press(&c.stage, "Tab Tab");
	stage_shows(&c.stage, "[要再测]");
	stage_shows(&c.stage, "146/92");
	stage_press(&c.stage, "Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &screening_screen);
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_sheet),
		cmocka_unit_test(pictures_of_list),
		cmocka_unit_test(sheet__goes_into_the_book__by_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
