/* Examinations on a real file: whom they serve, the same day's follow-up, examination days, the laboratory's sheet. */
#include <stdio.h>

#include "app/base/path.h"
#include "app/service/exam_days.h"
#include "app/service/exams.h"
#include "app/service/lab.h"
#include "app/service/worklist.h"
#include "support/base/check.h"
#include "support/service/clinic.h"

static const char *person(struct test_clinic *c, const char *name, const char *birth)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村'}", name, birth);
}

static const char *plan(struct test_clinic *c, const char *date)
{
	char village[RECORD_ID_MAX + 1];
	int64_t row = clinic_count(c, "SELECT id FROM organisation WHERE name = '上坂村'");

	assert_true(record_id_of_row(&c->app, row, village));
	return clinic_save(c, "exam_day",
		"{'date':'%s','place':'上坂祠堂','villages':[{'village':'%s'}],'stations':['1','2','3','5']}", date, village);
}

static const char *join(struct test_clinic *c, const char *day, const char *resident)
{
	const char *exam;

	assert_ok(exam_day_join(&c->app, day, resident, &c->mem, &exam, &c->err), &c->err);
	return exam;
}

static struct exam_day day_of(struct test_clinic *c, const char *id)
{
	struct exam_day day;

	assert_ok(exam_day_read(&c->app, id, &c->mem, &day, &c->err), &c->err);
	return day;
}

static struct record *exam_of(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_EXAM, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

static bool warned(const struct findings *fs, const char *code, const char *field)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (f->level == FINDING_WARNING && !strcmp(f->code, code) && !strcmp(f->field, field))
			return true;
	return false;
}

/* ---- one examination ------------------------------------------------------------------------------------------------------ */

static void exam__serves__every_roster_of_the_person(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *exam;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1975-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
	exam = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-20'}", who);
	assert_string_equal(record_text(exam_of(&c, exam), "programmes"), "htn");
	who = person(&c, "李美玉", "1985-07-15");
	exam = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-20'}", who);
	assert_null(record_text(exam_of(&c, exam), "programmes"));
	/* put on the roster afterwards: the next save asks for it */
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-11-21'}", who);
	assert_true(clinic_try(&c, &r, "exam", "{'id':'%s','revision':1,'programmes':[]}", exam));
	assert_false(warned(&r.findings, "programme_missing", "programmes"));
	clinic_stop(&c);
}

/* Is this field of his record warned about because another record of that day says otherwise? */
static bool disagrees(struct test_clinic *c, const char *kind, const char *who, const char *day, const char *values, const char *field)
{
	struct save_result r;

	assert_true(clinic_try(c, &r, kind, "{'resident':'%s','date':'%s',%s}", who, day, values));
	return warned(&r.findings, "same_day", field);
}

static void exam__and_followup_of_one_day__must_agree(void **state)
{
	static const char day[] = "2026-11-20", other[] = "'left_sbp':130,'left_dbp':80,'weight':60.0";
	static const char same[] = "'left_sbp':152,'left_dbp':88,'right_sbp':150,'right_dbp':86,'weight':61.5";
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	clinic_save(&c, "followup",
		"{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'1','sbp':152,'dbp':88,'sbp2':150,'dbp2':86,'weight':61.5}", who);
	assert_false(disagrees(&c, "exam", who, day, same, "sbp"));
	assert_false(disagrees(&c, "exam", who, day, same, "weight"));
	assert_true(disagrees(&c, "exam", who, day, other, "sbp"));
	assert_true(disagrees(&c, "exam", who, day, other, "weight"));
	/* the other way round, and on another day nothing */
	assert_true(disagrees(&c, "followup", who, day,
		"'programme':'htn','mode':'1','sbp':128,'dbp':80,'weight':61.5,'confirm':['date']", "sbp_mean"));
	assert_false(disagrees(&c, "exam", who, "2026-11-21", other, "sbp"));
	clinic_stop(&c);
}

/* The yearly service of the elderly and the examination of one day judge the same self-care. */
static void exam__and_service_of_one_day__agree_on_self_care(void **state)
{
	static const char day[] = "2026-11-20";
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	clinic_save(&c, "followup", "{'resident':'%s','programme':'elderly','date':'2026-11-20','mode':'1','class':'2'}", who);
	assert_false(disagrees(&c, "exam", who, day, "'self_care':'2'", "self_care"));
	assert_true(disagrees(&c, "exam", who, day, "'self_care':'1'", "self_care"));
	who = person(&c, "黄水金", "1950-01-02");
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-20','self_care':'1'}", who);
	assert_true(disagrees(&c, "followup", who, day, "'programme':'elderly','mode':'1','care_eat':'0','class':'2'", "class"));
	/* the class of another programme is something else */
	assert_false(disagrees(&c, "followup", who, day, "'programme':'htn','mode':'1','sbp':152,'dbp':88,'class':'2'", "class"));
	clinic_stop(&c);
}

/* Another one of the same year that found something; who is only put down for a day was not examined. */
static void exam__of_the_year__is_known(void **state)
{
	struct test_clinic c;
	const char *who, *now;
	char day[DATE_LEN];

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	clinic_save(&c, "exam", "{'resident':'%s','date':'2025-12-30','left_sbp':130,'left_dbp':80}", who);
	now = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-20','left_sbp':130,'left_dbp':80}", who);
	assert_ok(exam_of_year(&c.app, exam_of(&c, now), day, &c.err), &c.err);
	assert_string_equal(day, "");
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-03-01','left_sbp':130,'left_dbp':80}", who);
	assert_ok(exam_of_year(&c.app, exam_of(&c, now), day, &c.err), &c.err);
	assert_string_equal(day, "2026-03-01");
	clinic_stop(&c);
}

/* A result is a task from a week on until it is given back; a newer examination takes its place. */
static void exam__result__is_due_until_given_back(void **state)
{
	static const char due[] = "SELECT count(*) FROM due WHERE task = 'exam_feedback'";
	struct test_clinic c;
	const char *who, *exam;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	exam = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-10','left_sbp':130,'left_dbp':80}", who);
	assert_int_equal(clinic_count(&c, due), 0); /* no result yet */
	clinic_save(&c, "exam", "{'id':'%s','revision':1,'alt':31.0}", exam);
	assert_int_equal(clinic_count(&c, due), 1);
	assert_int_equal(clinic_count(&c, "SELECT due = '2026-11-24' AND show_from = '2026-11-17' FROM due"), 1);
	clinic_save(&c, "exam", "{'id':'%s','revision':2,'feedback_date':'2026-11-18','feedback_how':'1','feedback_to':'1'}", exam);
	assert_int_equal(clinic_count(&c, due), 0);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2025-11-01','alt':31.0}", who);
	assert_int_equal(clinic_count(&c, due), 0); /* over a year ago */
	clinic_stop(&c);
}

/* ---- examination days ------------------------------------------------------------------------------------------------------- */

static void exam_day__numbers__whoever_comes(void **state)
{
	struct test_clinic c;
	struct exam_day day;
	const char *id, *lan, *li, *exam;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	lan = person(&c, "陈桂兰", "1955-07-15");
	li = person(&c, "李美玉", "1950-01-02");
	exam = join(&c, id, lan);
	join(&c, id, li);
	assert_string_equal(join(&c, id, lan), exam); /* twice at the desk */
	day = day_of(&c, id);
	assert_int_equal(day.n, 2);
	assert_int_equal(day.guests[0].no, 1);
	assert_string_equal(day.guests[1].name, "李美玉");
	assert_int_equal(day.guests[1].no, 2);
	assert_true(exam_guest_did(&day.guests[0], "1"));
	assert_string_equal(record_text(exam_of(&c, exam), "place"), "上坂祠堂");
	clinic_check(&c);
	clinic_stop(&c);
}

/* A laboratory's sheet belongs to a day that was: the next one is planned already. */
static void exam_day__last__is_not_one_to_come(void **state)
{
	const char *id, *past;
	struct test_clinic c;
	char to_come[DATE_LEN];

	(void)state;
	clinic_start(&c);
	assert_ok(exam_day_last(&c.app, &c.mem, &id, &c.err), &c.err);
	assert_null(id);
	plan(&c, date_iso(app_today(&c.app) + 7, to_come));
	assert_ok(exam_day_last(&c.app, &c.mem, &id, &c.err), &c.err);
	assert_null(id);
	plan(&c, "2026-10-01");
	past = plan(&c, "2026-11-01");
	assert_ok(exam_day_last(&c.app, &c.mem, &id, &c.err), &c.err);
	assert_string_equal(id, past);
	past = plan(&c, date_iso(app_today(&c.app), to_come));
	assert_ok(exam_day_last(&c.app, &c.mem, &id, &c.err), &c.err);
	assert_string_equal(id, past);
	clinic_stop(&c);
}

static void exam_day__ticks__stations_of_the_day_only(void **state)
{
	struct test_clinic c;
	struct exam_day day;
	AUTO_SBUF struct sbuf lacking = SBUF_INIT;
	const char *id, *exam;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	exam = join(&c, id, person(&c, "陈桂兰", "1955-07-15"));
	assert_ok(exam_day_tick(&c.app, exam, "5", true, &c.mem, &c.err), &c.err);
	assert_ok(exam_day_tick(&c.app, exam, "2", true, &c.mem, &c.err), &c.err);
	day = day_of(&c, id);
	assert_string_equal(day.guests[0].stations, "1,2,5");
	exam_guest_lacking(&day, &day.guests[0], &lacking);
	assert_string_equal(lacking.s, "尿检");
	assert_int_equal(day.done, 0);
	assert_ok(exam_day_tick(&c.app, exam, "3", true, &c.mem, &c.err), &c.err);
	assert_int_equal(day_of(&c, id).done, 1);
	assert_ok(exam_day_tick(&c.app, exam, "3", false, &c.mem, &c.err), &c.err);
	assert_string_equal(day_of(&c, id).guests[0].stations, "1,2,5");
	assert_false(exam_day_tick(&c.app, exam, "4", true, &c.mem, &c.err));
	assert_int_equal(c.err.code, ERR_WRONG_STATE);
	exam = clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-20'}", person(&c, "王五", "1950-01-01"));
	assert_false(exam_day_tick(&c.app, exam, "2", true, &c.mem, &c.err));
	assert_int_equal(c.err.code, ERR_WRONG_STATE);
	clinic_stop(&c);
}

/* Elders of the villages who were not examined this year; the desk alone is no examination. */
static void exam_day__names__who_did_not_come(void **state)
{
	struct test_clinic c;
	struct exam_day day;
	struct exam_absent *absent;
	const char *id;
	size_t n;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	join(&c, id, person(&c, "来的人", "1955-07-15"));
	person(&c, "满六十五", "1961-12-31");
	clinic_save(&c, "resident", "{'name':'听不见的','sex':'2','birth_date':'1940-01-01','village':'上坂村','group':'9','disability':['3'],"
				    "'phone':'10000007710','contact_name':'李大山','contact_phone':'10000007711'}");
	person(&c, "还差一天", "1962-01-01");
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-03-01'}", person(&c, "做过的人", "1950-01-01"));
	clinic_save(&c, "resident", "{'name':'死去的人','sex':'1','birth_date':'1940-01-01','village':'上坂村','status':'4','died_on':'2026-02-01'}");
	day = day_of(&c, id);
	assert_ok(exam_day_absent(&c.app, &day, &c.mem, &absent, &n, &c.err), &c.err);
	assert_int_equal(n, 2);
	assert_string_equal(absent[0].name, "满六十五");
	assert_null(absent[0].phone);
	assert_string_equal(absent[1].phone, "10000007711 carer 李大山"); /* whom to call */
	clinic_stop(&c);
}

static void exam_day__asks__about_a_number_given_twice(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct exam_day day;
	const char *id, *who;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	join(&c, id, person(&c, "陈桂兰", "1955-07-15"));
	who = person(&c, "李美玉", "1950-01-02");
	assert_false(clinic_try(&c, &r, "exam", "{'resident':'%s','exam_day':'%s','exam_no':1}", who, id));
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c.err.field, "exam_no");
	assert_true(clinic_try(&c, &r, "exam", "{'resident':'%s','exam_day':'%s','exam_no':1,'confirm':['exam_no']}", who, id));
	day = day_of(&c, id);
	assert_true(day.guests[0].twice && day.guests[1].twice);
	clinic_stop(&c);
}

static void exam_day__prints__list_absent_and_slips(void **state)
{
	struct test_clinic c;
	AUTO_REPORT struct report *rep = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *id, *exam;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	exam = join(&c, id, person(&c, "陈桂兰", "1955-07-15"));
	person(&c, "满六十五", "1961-12-31");
	clinic_save(&c, "exam", "{'id':'%s','revision':1,'tbil':31.0,'guidance':['2']}", exam);
	rep = exam_day_report(&c.app, id, &c.err);
	assert_non_null(rep);
	report_dump(rep, &text);
	assert_non_null(strstr(text.s, "陈桂兰"));
	assert_non_null(strstr(text.s, "抽血 尿检 心电"));
	assert_non_null(strstr(text.s, "满六十五"));
	assert_non_null(strstr(text.s, "总胆红素 31.0 umol/L"));
	assert_non_null(strstr(text.s, "建议复查"));
	clinic_stop(&c);
}

/* ---- the laboratory's sheet -------------------------------------------------------------------------------------------------- */

static const char *sheet(struct test_clinic *c, const char *text)
{
	const char *path = arena_printf(&c->mem, "%s/lab.csv", c->dir);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return path;
}

static struct lab_result take(struct test_clinic *c, const char *day, const char *text, bool update)
{
	struct lab_options o = { .day = day, .update = update };
	struct lab_result r;

	assert_ok(lab_import(&c->app, sheet(c, text), &o, &c->mem, &r, &c->err), &c->err);
	return r;
}

/* Each line of the sheet, what becomes of it, and the value in the end. */
static const struct lab_case {
	const char *line;
	enum lab_outcome outcome;
	const char *reason; /* part of it */
} lab_cases[] = {
	{ "1,陈桂兰,5.62,108↓,22.345", LAB_TAKEN, "" },
	{ "2,李美玉,6.1,120,", LAB_TAKEN, "" },
	{ "3,李美玉,6.1,120,20", LAB_UNMATCHED, "3" },
	{ "1,李美玉,6.1,120,20", LAB_UNMATCHED, "陈桂兰" },
	{ "1,,6.1,120,20", LAB_UNMATCHED, "name" },
	{ ",同名,6.1,120,20", LAB_UNMATCHED, "同名" },
	{ ",陈桂兰,5.62,108,22.3", LAB_TAKEN, "" },
	{ ",无此人,6.1,120,20", LAB_UNMATCHED, "无此人" },
	{ ",,6.1,120,20", LAB_UNMATCHED, "neither" },
	{ "一号,陈桂兰,6.1,120,20", LAB_UNMATCHED, "一号" },
	{ "1,陈桂兰,溶血,120,20", LAB_FAULTY, "溶血" },
	{ "1,陈桂兰,5.6,1200,20", LAB_FAULTY, "1200" },
	{ "１,陈桂兰 ,5.6,120,20", LAB_TAKEN, "" },
};

static void lab__matches__by_number_and_name(void **state)
{
	for (size_t i = 0; i < N_ELEMENTS(lab_cases); i++) {
		struct test_clinic c;
		struct lab_result r;
		const char *id;

		(void)state;
		clinic_start(&c);
		id = plan(&c, "2026-11-22");
		join(&c, id, person(&c, "陈桂兰", "1955-07-15"));
		join(&c, id, person(&c, "李美玉", "1950-01-02"));
		join(&c, id, person(&c, "同名", "1950-01-03"));
		join(&c, id, person(&c, "同名", "1950-01-04"));
		r = take(&c, id, arena_printf(&c.mem, "编号,姓名,白细胞计数,HGB(g/L),ALT\n%s\n", lab_cases[i].line), false);
		assert_int_equal(r.n, 1);
		assert_case(r.lines[0].outcome == lab_cases[i].outcome, i, lab_cases[i].line);
		assert_case(strstr(r.lines[0].reason, lab_cases[i].reason) != NULL, i, r.lines[0].reason);
		clinic_stop(&c);
	}
}

static void lab__fills__what_is_empty_and_leaves_what_differs(void **state)
{
	struct test_clinic c;
	struct lab_result r;
	struct record *rec;
	const char *id, *exam;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	exam = join(&c, id, person(&c, "陈桂兰", "1955-07-15"));
	r = take(&c, id, "序号,姓名,ALT,尿蛋白,乙肝表面抗原,送检医生\n1,陈桂兰,99.96,++,阳性,王\n", false);
	assert_int_equal(r.count[LAB_TAKEN], 1);
	assert_int_equal(r.n_ignored, 1);
	assert_string_equal(r.ignored[0], "送检医生");
	rec = exam_of(&c, exam);
	assert_int_equal(record_num(rec, "alt", 0), 1000); /* 99.96 is 100.0 */
	assert_string_equal(record_text(rec, "hbsag"), "2");
	assert_string_equal(record_text(rec, "stations"), "1,2,3"); /* blood was drawn, urine given */
	assert_int_equal(r.lines[0].abnormal, 3);
	r = take(&c, id, "序号,姓名,ALT,AST\n1,陈桂兰,100.0,\n", false);
	assert_int_equal(r.count[LAB_UNCHANGED], 1);
	r = take(&c, id, "序号,姓名,ALT,AST\n1,陈桂兰,20,30\n", false);
	assert_int_equal(r.count[LAB_DIFFERS], 1);
	assert_int_equal(record_num(exam_of(&c, exam), "alt", 0), 1000);
	assert_int_equal(record_num(exam_of(&c, exam), "ast", 0), 300);
	r = take(&c, id, "序号,姓名,ALT,AST\n1,陈桂兰,20,30\n", true);
	assert_int_equal(r.count[LAB_TAKEN], 1);
	assert_int_equal(record_num(exam_of(&c, exam), "alt", 0), 200);
	clinic_check(&c);
	clinic_stop(&c);
}

static void lab__lists__the_abnormal_first(void **state)
{
	struct test_clinic c;
	struct lab_result r;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	join(&c, id, person(&c, "甲", "1955-07-15"));
	join(&c, id, person(&c, "乙", "1955-07-15"));
	join(&c, id, person(&c, "丙", "1955-07-15"));
	r = take(&c, id, "编号,姓名,ALT,AST,肌酐\n9,丁,20,20,60\n1,甲,20,20,60\n2,乙,90,20,60\n3,丙,90,90,160\n", false);
	assert_string_equal(r.lines[0].name, "丙");
	assert_string_equal(r.lines[1].name, "乙");
	assert_string_equal(r.lines[2].name, "甲");
	assert_int_equal(r.lines[3].outcome, LAB_UNMATCHED);
	clinic_stop(&c);
}

static void lab__refuses__a_sheet_that_is_none(void **state)
{
	static const char *const sheets[] = { "", "甲,乙\n1,2\n", "编号,姓名\n1,甲\n", "ALT,AST\n1,2\n" };
	struct test_clinic c;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = plan(&c, "2026-11-22");
	for (size_t i = 0; i < N_ELEMENTS(sheets); i++) {
		struct lab_options o = { .day = id };
		struct lab_result r;

		assert_case(!lab_import(&c.app, sheet(&c, sheets[i]), &o, &c.mem, &r, &c.err), i, sheets[i]);
		assert_case(c.err.code == ERR_FORMAT, i, c.err.message);
	}
	clinic_stop(&c);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(exam__serves__every_roster_of_the_person),
		cmocka_unit_test(exam__and_followup_of_one_day__must_agree),
		cmocka_unit_test(exam__and_service_of_one_day__agree_on_self_care),
		cmocka_unit_test(exam__of_the_year__is_known),
		cmocka_unit_test(exam__result__is_due_until_given_back),
		cmocka_unit_test(exam_day__numbers__whoever_comes),
		cmocka_unit_test(exam_day__last__is_not_one_to_come),
		cmocka_unit_test(exam_day__ticks__stations_of_the_day_only),
		cmocka_unit_test(exam_day__names__who_did_not_come),
		cmocka_unit_test(exam_day__asks__about_a_number_given_twice),
		cmocka_unit_test(exam_day__prints__list_absent_and_slips),
		cmocka_unit_test(lab__matches__by_number_and_name),
		cmocka_unit_test(lab__fills__what_is_empty_and_leaves_what_differs),
		cmocka_unit_test(lab__lists__the_abnormal_first),
		cmocka_unit_test(lab__refuses__a_sheet_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
