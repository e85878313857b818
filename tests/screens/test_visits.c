/* Queue, outpatient log, report cards: pictures, keys, what is saved. */
#include <stdlib.h>
#include <unistd.h>

#include "app/service/visits.h"
#include "screens/form_screen.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

static void left_over(struct clinic *c)
{
	clinic_save(c, "left", "visit", "{'resident':'%huang','date':'2026-11-21','complaint':'头晕','status':'registered'}");
}

static void some_queue(struct clinic *c)
{
	left_over(c);
	clinic_save(c, "first", "visit", "{'resident':'%lan','date':'2026-11-22','first_or_repeat':'2','complaint':'量血压取药',"
					 "'diagnosis':[{'icd10':'I10','text':'高血压'}],'treatment':'续药'}");
	clinic_save(c, "second", "visit", "{'resident':'%lin','date':'2026-11-22','first_or_repeat':'1','complaint':'咳嗽3天',"
					  "'status':'in_progress'}");
	clinic_save(c, "third", "visit", "{'walkin_name':'王某','walkin_sex':'1','walkin_age':40,'date':'2026-11-22','complaint':'摔伤'}");
	clinic_show(c, &queue_screen, NULL);
}

static void empty_queue(struct clinic *c)
{
	clinic_show(c, &queue_screen, NULL);
}

static void some_log(struct clinic *c)
{
	clinic_save(c, "child", "resident", "{'name':'林小宝','sex':'1','birth_date':'2025-01-10','village':'%shangban','group':'2'}");
	clinic_save(c, NULL, "visit", "{'resident':'%child','date':'2026-11-20','guardian_name':'林大树','complaint':'发热出疹',"
				      "'temperature':38.6,'diagnosis':[{'icd10':'B05.9','text':'麻疹','certainty':'2'}],'treatment':'转县医院'}");
	some_queue(c);
	clinic_show(c, &log_screen, NULL);
}

static void some_notice(struct clinic *c)
{
	const char *id;

	some_log(c);
	id = clinic_newest(c, "notice", clinic_id(c, "child"));
	clinic_show(c, &notice_screen, &(struct open_arg){ .record = id, .kind = KIND_NOTICE });
}

static void new_consultation(struct clinic *c)
{
	clinic_show(c, &consultation_screen, &(struct open_arg){ .resident = clinic_id(c, "lan") });
}

static void pictures(void **state)
{
	static const struct clinic_picture queue[] = {
		{ "empty", { 0 }, empty_queue, false }, { "typical", { 0 }, some_queue, true },
	};
	static const struct clinic_picture log[] = { { "typical", { 0 }, some_log, true } };
	static const struct clinic_picture notice[] = { { "typical", { 0 }, some_notice, true } };
	static const struct clinic_picture consultation[] = { { "typical", { 0 }, new_consultation, true } };

	(void)state;
	clinic_pictures("queue", queue, N_ELEMENTS(queue));
	clinic_pictures("log", log, N_ELEMENTS(log));
	clinic_pictures("notice", notice, N_ELEMENTS(notice));
	clinic_pictures("consultation", consultation, N_ELEMENTS(consultation));
}

/* ---- the queue ---------------------------------------------------------------------------------------------------- */

static const char *status_of(struct clinic *c, const char *visit)
{
	return clinic_member(c, KIND_VISIT, clinic_id(c, visit), "status");
}

static void queue__of_a_row__steps_by_keys(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	some_queue(&c);
	stage_shows(&c.stage, "前几天还有1个没看完");
	stage_press(&c.stage, "1 F2"); /* yesterday's: done */
	assert_string_equal(status_of(&c, "left"), "finished");
	stage_hides(&c.stage, "前几天还有");
	stage_press(&c.stage, "3 Delete");
	assert_string_equal(status_of(&c, "third"), "registered"); /* asked first */
	stage_press(&c.stage, "1");
	assert_string_equal(status_of(&c, "third"), "cancelled");
	clinic_close(&c);
}

static void queue__enter__begins_and_opens_the_visit(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	some_queue(&c);
	stage_press(&c.stage, "4 Enter");
	assert_string_equal(status_of(&c, "third"), "in_progress");
	stage_shows(&c.stage, "门诊就诊");
	stage_shows(&c.stage, "王某");
	clinic_close(&c);
}

/* F8 on the page of somebody who waits: his visit of the queue, not a second one. */
static void visit__of_who_waits__is_the_queues(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	empty_queue(&c);
	stage_press(&c.stage, "F4 1 'wgq' Enter Esc 'wgq' Enter F8");
	id = clinic_newest(&c, "visit", NULL);
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "status"), "in_progress");
	stage_press(&c.stage, "1 1 Enter '咳嗽' F2");
	assert_string_equal(clinic_newest(&c, "visit", NULL), id);
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "complaint"), "咳嗽");
	clinic_close(&c);
}

/* Enter after registering somebody opens him, whoever was seen before; so does Enter when the list is opened. */
static void queue__enter__opens_who_came_or_comes_next(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "done", "visit", "{'resident':'%lan','date':'2026-11-22','diagnosis':[{'icd10':'I10','text':'高血压'}],'treatment':'续药'}");
	clinic_save(&c, NULL, "visit", "{'resident':'%lin','date':'2026-11-22'}");
	assert_string_equal(status_of(&c, "done"), "finished");
	empty_queue(&c);
	stage_press(&c.stage, "F4 1 'wgq' Enter Enter");
	stage_shows(&c.stage, "吴国强");
	stage_press(&c.stage, "Esc Esc");
	empty_queue(&c);
	stage_press(&c.stage, "Enter");
	stage_shows(&c.stage, "林火土");
	clinic_close(&c);
}

static void queue__a_name__is_joined_to_its_file(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	empty_queue(&c);
	stage_press(&c.stage, "F4 2 '吴某' Enter");
	stage_shows(&c.stage, "1号: 已挂号");
	stage_shows(&c.stage, "吴某(未对档)");
	id = clinic_newest(&c, "visit", NULL);
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "walkin_name"), "吴某");
	stage_press(&c.stage, "1 m 'wgq' Enter");
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "resident"), clinic_id(&c, "wu"));
	assert_string_equal(clinic_member(&c, KIND_VISIT, id, "walkin_name"), "");
	stage_hides(&c.stage, "未对档");
	clinic_close(&c);
}

static void queue__numbers__go_on_after_a_restart(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	empty_queue(&c);
	stage_press(&c.stage, "F4 2 '甲某' Enter");
	clinic_close(&c); /* the power fails */
	clinic_open(&c, &(struct clinic_start){ .keep_dir = true });
	empty_queue(&c);
	stage_press(&c.stage, "F4 2 '乙某' Enter");
	stage_shows(&c.stage, "2号: 已挂号");
	clinic_close(&c);
}

static void queue__the_same_person_twice__is_refused(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	empty_queue(&c);
	stage_press(&c.stage, "F4 1 'wgq' Enter");
	stage_shows(&c.stage, "1号: 已挂号");
	stage_press(&c.stage, "F4 1 'wgq' Enter");
	stage_shows(&c.stage, "已经在候诊了");
	clinic_close(&c);
}

/* ---- the log ------------------------------------------------------------------------------------------------------ */

static void log__writes__the_workbook(void **state)
{
	AUTO_FREE char *home = scratch_home("HOME"), *path = scratch_path(home, "cunyi-log-2026-11.xlsx");
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	some_log(&c);
	stage_shows(&c.stage, "待报");
	stage_press(&c.stage, "F9 Enter");
	stage_shows(&c.stage, "已写好");
	assert_int_equal(unlink(path), 0);
	rmdir(home);
	stage_press(&c.stage, "Left");
	stage_shows(&c.stage, "2026-10");
	clinic_close(&c);
}

/* ---- bad input ---------------------------------------------------------------------------------------------------- */

/* What is wrong is told in a sentence with the cursor on the field; what was typed stays, and nothing is stored. */
static void forms__bad_input__is_told_and_kept(void **state)
{
	static const struct {
		const struct screen *screen;
		const char *keys, *shows, *kept, *kind;
	} cases[] = {
		{ &visit_screen, "'11' '1203' Enter", "2026-12-03", "1203", "visit" },          /* onset in the future */
		{ &visit_screen, "'11' t Enter '头晕' Enter Enter '120/130' Enter F2", "舒张压", "头晕", "visit" },
		{ &visit_screen, "'11' t Enter '头晕' Enter Enter '20' Enter", "收缩压", "头晕", "visit" }, /* below the hard limit */
		{ &consultation_screen, "F2", "会诊原因", "林秀英", "consultation" },
		{ &notice_screen, "F2", "病种", "陈桂兰", "notice" },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct clinic c;
		const char *before;

		clinic_open(&c, &(struct clinic_start){ 0 });
		before = clinic_newest(&c, cases[i].kind, clinic_id(&c, "lan"));
		clinic_show(&c, cases[i].screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
		stage_press(&c.stage, cases[i].keys);
		stage_shows(&c.stage, cases[i].shows);
		stage_shows(&c.stage, cases[i].kept);
		if (before)
			assert_string_equal(clinic_newest(&c, cases[i].kind, clinic_id(&c, "lan")), before);
		else
			assert_null(clinic_newest(&c, cases[i].kind, clinic_id(&c, "lan")));
		clinic_close(&c);
	}
}

/* 陈桂兰 is allergic to penicillin: the class is stopped, whatever its name. */
static void visit__penicillin__is_stopped_for_the_allergic(void **state)
{
	struct clinic c;
	const char *before;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	before = clinic_newest(&c, "visit", clinic_id(&c, "lan"));
	clinic_show(&c, &visit_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_press(&c.stage, "PgDn '阿莫西林' Enter F2");
	stage_shows(&c.stage, "阿莫西林: 该居民对这一类药物过敏");
	assert_string_equal(clinic_newest(&c, "visit", clinic_id(&c, "lan")), before);
	clinic_close(&c);
}

/* Initials open the list, one choice fills the line; the unit is the one thing that Enter stops at, because it makes a number
 * tablets or milligrams.  What the program wrote goes with the drug it was about. */
static void visit__a_listed_drug__fills_the_line(void **state)
{
	static const char *const want[] = {
		"\"name\": \"氨氯地平\", \"form\": \"1\", \"strength\": \"5mg\", \"route\": \"1\"",
		"\"quantity\": 14.0, \"quantity_unit\": \"片\"",
		"\"name\": \"布洛芬\", \"form\": \"1\", \"strength\": \"0.2g\", \"route\": \"1\"",
		"\"quantity\": 1.0, \"quantity_unit\": \"盒\"",
	};
	struct clinic c;
	const char *id, *prescriptions;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &visit_screen, &(struct open_arg){ .resident = clinic_id(&c, "lin") });
	stage_press(&c.stage, "PgDn 'aldp' Enter");
	stage_shows(&c.stage, "氨氯地平 2.5mg");
	stage_press(&c.stage, "Enter 1 Enter Enter 2 Enter 7 Enter '14' Enter");
	stage_shows(&c.stage, "总量 14.0    片");
	stage_press(&c.stage, "Enter Enter '阿莫西林颗粒' Enter");
	stage_shows(&c.stage, "3 颗粒/散");
	stage_press(&c.stage, "Up Up End Backspace Backspace Backspace Backspace Backspace Backspace '布洛芬' Enter '0.2g' Enter 1 Enter Enter 3 Enter 3 Enter 1 Enter '盒' Enter F2");
	id = clinic_newest(&c, "visit", clinic_id(&c, "lin"));
	prescriptions = clinic_member(&c, KIND_VISIT, id, "prescriptions");
	for (size_t i = 0; i < N_ELEMENTS(want); i++)
		if (!strstr(prescriptions, want[i]))
			fail_msg("%s is not in %s", want[i], prescriptions);
	clinic_close(&c);
}

/* A line that goes takes along what is remembered of it, typed over or not: the next one in its place is the program's own still. */
static void visit__a_line_removed__leaves_nothing_to_the_next(void **state)
{
	struct clinic c;
	struct form *f;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &visit_screen, &(struct open_arg){ .resident = clinic_id(&c, "lin") });
	f = &((struct form_screen *)ui_top_state(c.stage.ui))->form;
	stage_press(&c.stage, "PgDn 'aldp' Enter Enter");
	assert_true(form_goto(f, "prescriptions[0].form"));
	stage_press(&c.stage, "2");
	assert_false(form_is_ours(f, "prescriptions[0].form"));
	assert_true(form_goto(f, "prescriptions[1].name"));
	stage_press(&c.stage, "'阿莫西林颗粒' Enter");
	assert_true(form_is_ours(f, "prescriptions[1].form"));
	assert_true(form_goto(f, "prescriptions[0].name"));
	stage_press(&c.stage, "C-x");
	assert_true(form_is_ours(f, "prescriptions[0].form"));
	clinic_close(&c);
}

/* ---- the card ----------------------------------------------------------------------------------------------------- */

static void notice__reported__takes_the_moment_by_itself(void **state)
{
	struct clinic c;
	const char *id;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	some_notice(&c);
	id = clinic_newest(&c, "notice", clinic_id(&c, "child"));
	stage_shows(&c.stage, "限 2026-11-21");
	stage_press(&c.stage, "PgDn");
	for (int i = 0; i < 12 && !script_shows(c.script, "▶报告时限"); i++)
		stage_press(&c.stage, "Down");
	stage_press(&c.stage, "2");
	stage_shows(&c.stage, "2026-11-22");
	stage_press(&c.stage, "Enter Enter 2 F2");
	assert_string_equal(clinic_member(&c, KIND_NOTICE, id, "status"), "2");
	assert_string_equal(clinic_member(&c, KIND_NOTICE, id, "reported_on"), "2026-11-22");
	clinic_close(&c);
}

/* Another language while the form is open: what the program says about it follows. */
static void visit__changes_language__with_what_lacks(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &visit_screen, &(struct open_arg){ .resident = clinic_id(&c, "wu") });
	stage_press(&c.stage, "1 Enter Enter '头晕'");
	stage_shows(&c.stage, "还差");
	stage_press(&c.stage, "C-e");
	stage_hides(&c.stage, "还差");
	stage_shows(&c.stage, "头晕");
	stage_press(&c.stage, "C-e");
	stage_shows(&c.stage, "还差");
	clinic_close(&c);
}

/* Infants are so many months or days old, not 0. */
static void queue__tells__months_and_days_of_infants(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_save(&c, "baby", "resident", "{'name':'林小宝','sex':'1','birth_date':'2026-11-10','village':'%shangban'}");
	clinic_save(&c, "child", "resident", "{'name':'林大宝','sex':'2','birth_date':'2025-10-02','village':'%shangban'}");
	clinic_save(&c, NULL, "visit", "{'resident':'%baby','date':'2026-11-22','status':'registered','queue_no':1}");
	clinic_save(&c, NULL, "visit", "{'resident':'%child','date':'2026-11-22','status':'registered','queue_no':2}");
	clinic_save(&c, NULL, "visit", "{'resident':'%lin','date':'2026-11-22','status':'finished'}");
	clinic_show(&c, &queue_screen, NULL);
	stage_shows(&c.stage, "12天男");
	stage_shows(&c.stage, "13个月");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures),
		cmocka_unit_test(queue__of_a_row__steps_by_keys),
		cmocka_unit_test(queue__enter__begins_and_opens_the_visit),
		cmocka_unit_test(visit__of_who_waits__is_the_queues),
		cmocka_unit_test(queue__enter__opens_who_came_or_comes_next),
		cmocka_unit_test(queue__a_name__is_joined_to_its_file),
		cmocka_unit_test(queue__numbers__go_on_after_a_restart),
		cmocka_unit_test(queue__the_same_person_twice__is_refused),
		cmocka_unit_test(log__writes__the_workbook),
		cmocka_unit_test(forms__bad_input__is_told_and_kept),
		cmocka_unit_test(visit__penicillin__is_stopped_for_the_allergic),
		cmocka_unit_test(visit__a_listed_drug__fills_the_line),
		cmocka_unit_test(visit__a_line_removed__leaves_nothing_to_the_next),
		cmocka_unit_test(notice__reported__takes_the_moment_by_itself),
		cmocka_unit_test(visit__changes_language__with_what_lacks),
		cmocka_unit_test(queue__tells__months_and_days_of_infants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
