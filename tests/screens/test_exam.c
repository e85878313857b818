/* The yearly examination by keys: pictures, what is passed, what does not fit. */
#include "app/service/record.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static void open_for(struct clinic *c, const char *who)
{
	clinic_show(c, &exam_screen, &(struct open_arg){ .resident = clinic_id(c, who) });
}

static void begin(struct clinic *c)
{
	open_for(c, "lan");
}

/* The two arms differ; the page is full. */
static void general(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "'03,25' Enter '腰酸' Enter '36.5' Enter '72' Enter '18' Enter '162/88' Enter '140/86' Enter");
	stage_press(&c->stage, "'158' Enter '62.5' Enter '86' Enter");
	stage_press(&c->stage, "Up Up Up");
}

static void error(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "'01' Enter '36.5' Enter '72' Enter '18' Enter '88/146' Enter Enter Enter Enter F2");
}

static void smoker(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "PgDn '4' '12' Enter '3'");
}

static void abdomen(struct clinic *c)
{
	begin(c);
	stage_press(&c->stage, "PgDn PgDn PgDn '1' '2' '左下肺减弱' Enter '1' '72' Enter '1'");
}

/* Nothing abnormal is said, and yet the pressure is raised. */
static void judged(struct clinic *c)
{
	general(c);
	stage_press(&c->stage, "PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
	stage_press(&c->stage, "'1'");
}

static void exam__pictures(void **state)
{
	static const struct clinic_picture pictures[] = {
		{ "typical", { 0 }, begin, true },
		{ "general", { 0 }, general, true },
		{ "error", { 0 }, error, false },
		{ "smoker", { 0 }, smoker, true },
		{ "abdomen", { 0 }, abdomen, false },
		{ "judged", { 0 }, judged, true },
	};

	(void)state;
	clinic_pictures("exam", pictures, N_ELEMENTS(pictures));
}

/* Half an examination is saved as it is: the rest comes later, from the laboratory. */
static void exam__saves__what_there_is(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	begin(&c);
	stage_press(&c.stage, "'01' Enter '36.5' Enter '72' Enter '18' Enter '128/80' Enter '126/78' Enter F2");
	stage_shows(&c.stage, "已保存");
	id = clinic_newest(&c, "exam", clinic_id(&c, "lan"));
	assert_non_null(id);
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "sbp"), "128");
	assert_string_equal(clinic_member(&c, KIND_EXAM, id, "responsible"), clinic_id(&c, "lxy"));
	clinic_close(&c);
}

/* A man is not asked for what he has not. */
static void exam__shows__no_gynaecology_for_a_man(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	open_for(&c, "huang");
	stage_press(&c.stage, "PgDn PgDn PgDn PgDn");
	stage_shows(&c.stage, "血红蛋白");
	stage_hides(&c.stage, "外阴");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exam__pictures),
		cmocka_unit_test(exam__saves__what_there_is),
		cmocka_unit_test(exam__shows__no_gynaecology_for_a_man),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
