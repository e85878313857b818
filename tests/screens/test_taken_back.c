/* ^Z after what is no form of its own: a list of people, the answer of a telephone check. */
#include "support/base/check.h"
#include "support/screens/clinic.h"

#include "app/base/utf8.h"
#include "app/base/mem.h"
#include "app/service/record.h"
#include "app/service/verify.h"

/* Each person's file is a save of its own; one key takes all of them back. */
static void away__home_for_the_festival__is_taken_back(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, NULL, "resident", "{'id':'%wu','revision':1,'status':'2','away_since':'2026-02-10','away_where':'厦门'}");
	clinic_show(&c, &away_screen, NULL);
	stage_press(&c.stage, "Space Down Space y '2027-02-20' Enter");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wu"), "home_until"), "2027-02-20");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "atu"), "home_until"), "2027-02-20");
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "2人过年在家");
	stage_press(&c.stage, "1");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "wu"), "home_until"), "");
	assert_string_equal(clinic_member(&c, KIND_RESIDENT, clinic_id(&c, "atu"), "home_until"), "");
	clinic_close(&c);
}

/* Of the first line of the draw: his answer and what his file says of his number. */
static void assert_first(struct clinic *c, const char *answer, const char *phone_state)
{
	struct verify_list list;
	struct err err;
	int64_t draw;

	assert_ok(verify_newest(&c->app, &draw, &err), &err);
	assert_ok(verify_read(&c->app, draw, &c->mem, &list, &err), &err);
	assert_string_equal(list.v[0].answer, answer);
	assert_string_equal(clinic_member(c, KIND_RESIDENT, list.v[0].hit.id, "phone_state"), phone_state);
}

/* What stood there before is back, whatever it was. */
static void verify__an_answer__is_taken_back(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &verify_screen, NULL);
	stage_press(&c.stage, "F4 Enter");
	stage_press(&c.stage, "4");
	assert_first(&c, "4", "3");
	stage_press(&c.stage, "C-z");
	stage_shows(&c.stage, "电话核实");
	stage_press(&c.stage, "1");
	stage_shows(&c.stage, "已撤回");
	assert_first(&c, "", "");
	stage_press(&c.stage, "Home 5 Home 4 C-z 1"); /* nobody answered, then the wrong number, and that is taken back */
	assert_first(&c, "5", "");
	stage_press(&c.stage, "C-z"); /* not that nothing was saved */
	stage_hides(&c.stage, "电话核实: ");
	stage_shows(&c.stage, "没有可以撤回的。");
	clinic_close(&c);
}

/* A name as long as names may be is cut between two characters. */
static void verify__an_answer__of_a_long_name(void **state)
{
	static const char ten[] = "阿卜杜热合曼买买提江";
	struct verify_list list;
	struct record *who;
	struct clinic c;
	struct err err;
	int64_t draw;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &verify_screen, NULL);
	stage_press(&c.stage, "F4 Enter");
	assert_ok(verify_newest(&c.app, &draw, &err), &err);
	assert_ok(verify_read(&c.app, draw, &c.mem, &list, &err), &err);
	assert_ok(record_load(&c.app, KIND_RESIDENT, list.v[0].hit.id, &c.mem, &who, &err), &err);
	clinic_save(&c, NULL, "resident", arena_printf(&c.mem, "{'id':'%s','revision':%d,'name':'%s%s%s%s%s'}", who->meta.id,
		(int)who->meta.revision, ten, ten, ten, ten, ten));
	clinic_show(&c, &verify_screen, NULL);
	stage_press(&c.stage, "Home 4");
	assert_true(*c.session.last.what && utf8_valid(c.session.last.what, strlen(c.session.last.what)));
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(away__home_for_the_festival__is_taken_back),
		cmocka_unit_test(verify__an_answer__is_taken_back),
		cmocka_unit_test(verify__an_answer__of_a_long_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
