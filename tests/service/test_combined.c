/* The combined follow-up on a real file: one save, one change group, a record for each programme. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/service/overview.h"

static const char *both(struct test_clinic *c)
{
	const char *who = clinic_save(c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村'}");

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
	clinic_save(c, "enrolment", "{'resident':'%s','programme':'dm','enrolled_on':'2021-03-01'}", who);
	return who;
}

#define SHEET "'resident':'%s','programme':'htn+dm','date':'2026-11-22','mode':'1','informant':'1','sbp':162,'dbp':94,'fpg':6.4," \
	      "'htn_symptoms':['1'],'dm_symptoms':['1'],'foot_pulse':'1','hr':78"

static void save__makes_one_record_a_programme__in_one_group(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	assert_ok(clinic_try(&c, &r, "followup", "{" SHEET "}", who), &c.err);
	assert_int_equal(r.n_parts, 2);
	assert_string_equal(record_text(r.parts[0].rec, "programme"), "htn");
	assert_string_equal(record_text(r.parts[0].rec, "class"), "2");
	assert_string_equal(record_text(r.parts[0].rec, "next_due"), "2026-12-06");
	assert_string_equal(record_text(r.parts[1].rec, "class"), "1");
	assert_string_equal(record_text(r.parts[1].rec, "next_due"), "2026-12-05");
	assert_string_equal(r.parts[1].advice.class_, "1");
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup"), 2);
	assert_int_equal(clinic_count(&c, "SELECT count(DISTINCT c.grp) FROM change c JOIN followup f ON f.id = c.record"), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup WHERE value IN ('162/94', '6.4')"), 2);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'followup'"), 2);
	clinic_check(&c);
	clinic_stop(&c);
}

/* What the diabetes sheet does not repeat he takes all the same. */
static void drugs__of_all_rosters__each_once_the_newest_first(void **state)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct test_clinic c;
	struct overview o;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-08','mode':'1','sbp':130,'dbp':80,"
		"'drugs':[{'name':'氨氯地平','strength':'5mg','times':1},{'name':'阿司匹林','times':1}]}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'dm','date':'2026-11-18','mode':'1','fpg':6.1,"
		"'drugs':[{'name':'二甲双胍','strength':'0.5g','times':2},{'name':'阿司匹林','times':1}]}", who);
	assert_ok(overview_read(&c.app, who, &c.mem, &o, &c.err), &c.err);
	assert_true(overview_drugs(&o, &text));
	assert_string_equal(text.s, "二甲双胍0.5g 2x/day · 阿司匹林 1x/day · 氨氯地平5mg 1x/day");
	clinic_stop(&c);
}

static void save__keeps_nothing__one_part_refused(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	assert_false(clinic_try(&c, &r, "followup", "{" SHEET ",'dm_class':'2'}", who));
	assert_int_equal(c.err.code, ERR_REQUIRED);
	assert_string_equal(c.err.field, "dm_class_reason");
	assert_false(clinic_try(&c, &r, "followup", "{" SHEET ",'foot_side':'2'}", who));
	assert_string_equal(c.err.field, "foot_side");
	assert_false(clinic_try(&c, &r, "followup", "{" SHEET ",'class':'2'}", who)); /* whose class? */
	assert_int_equal(c.err.code, ERR_UNKNOWN_FIELD);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup"), 0);
	assert_false(clinic_try(&c, &r, "followup", "{'resident':'%s','programme':'htn+gout','date':'2026-11-22'}", who));
	assert_int_equal(c.err.code, ERR_UNKNOWN_CODE);
	clinic_stop(&c);
}

static void save__asks_at_the_sheets_field__and_takes_the_answer(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	assert_false(clinic_try(&c, &r, "followup", "{" SHEET ",'staple':1200}", who));
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c.err.field, "staple");
	assert_ok(clinic_try(&c, &r, "followup", "{" SHEET ",'staple':1200,'confirm':['staple']}", who), &c.err);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup"), 2);
	clinic_stop(&c);
}

static void undo__takes_back__all_of_it(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	assert_ok(clinic_try(&c, &r, "followup", "{" SHEET "}", who), &c.err);
	assert_ok(records_undo(&c.app, kind_by_id(KIND_FOLLOWUP), r.rec->meta.id, &c.mem, &r, &c.err), &c.err);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM followup f JOIN record r ON r.id = f.id WHERE r.state = 0"), 0);
	clinic_check(&c);
	clinic_stop(&c);
}

static int64_t followups_of(struct test_clinic *c, const char *who)
{
	return clinic_count(c, arena_printf(&c->mem, "SELECT count(*) FROM followup f JOIN record r ON r.id = f.id AND r.state = 0 "
		"JOIN record p ON p.id = f.resident WHERE p.uid = '%s'", who));
}

/* One sheet, filled in for the wrong person: both halves go to the right one, and come back together. */
static void move__takes_along__the_other_half(void **state)
{
	struct test_clinic c;
	struct save_result r, moved;
	const char *who, *right;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	right = clinic_save(&c, "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1950-05-06','village':'上坂村'}");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", right);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'dm','enrolled_on':'2020-03-01'}", right);
	assert_ok(clinic_try(&c, &r, "followup", "{" SHEET "}", who), &c.err);
	assert_ok(records_move(&c.app, kind_by_id(KIND_FOLLOWUP), r.rec->meta.id, right, "wrong person", &c.mem, &moved, &c.err), &c.err);
	assert_int_equal(followups_of(&c, right), 2);
	assert_ok(records_undo(&c.app, kind_by_id(KIND_FOLLOWUP), r.rec->meta.id, &c.mem, &moved, &c.err), &c.err);
	assert_int_equal(followups_of(&c, who), 2);
	clinic_check(&c);
	clinic_stop(&c);
}

/* The last values of both stand on the next sheet, and what was uncontrolled once is twice now, in its programme only. */
static void context__remembers__each_programme(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct form_context cx;
	struct record *sheet;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = both(&c);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-06','mode':'1','sbp':168,'dbp':102}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'dm','date':'2026-08-06','mode':'1','fpg':6.1}", who);
	assert_ok(records_new(&c.app, kind_by_id(KIND_FOLLOWUP), "htn+dm", who, &c.mem, &sheet, &c.err), &c.err);
	record_set_text(sheet, "date", "2026-11-22");
	assert_ok(records_context(&c.app, kind_by_id(KIND_FOLLOWUP), sheet, &c.mem, &cx, &c.err), &c.err);
	assert_int_equal(record_num(cx.previous, "sbp", 0), 168);
	assert_int_equal(record_num(cx.previous, "fpg", 0), 61);
	assert_ok(clinic_try(&c, &r, "followup", "{" SHEET "}", who), &c.err);
	assert_string_equal(r.parts[0].advice.action->name, "REFER");
	assert_string_equal(r.parts[1].advice.action->name, "ROUTINE");
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(save__makes_one_record_a_programme__in_one_group),
		cmocka_unit_test(drugs__of_all_rosters__each_once_the_newest_first),
		cmocka_unit_test(save__keeps_nothing__one_part_refused),
		cmocka_unit_test(save__asks_at_the_sheets_field__and_takes_the_answer),
		cmocka_unit_test(undo__takes_back__all_of_it),
		cmocka_unit_test(move__takes_along__the_other_half),
		cmocka_unit_test(context__remembers__each_programme),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
