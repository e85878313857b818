/* What a visit or an examination finds raised: measured again on another day, as long as he is not on the roster. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/worklist.h"

static const char *person(struct test_clinic *c)
{
	return clinic_save(c, "resident", "{'name':'林量高','sex':'1','birth_date':'1950-01-02','village':'上坂村'}");
}

/* What the list of a day asks to be measured, joined; "" when nothing. */
static const char *asked(struct test_clinic *c, const char *day)
{
	const struct worklist_query q = { .date = date_day(day) };
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct worklist w;

	assert_ok(worklist_read(&c->app, &q, &c->mem, &w, &c->err), &c->err);
	for (size_t i = 0; i < w.n; i++)
		for (size_t k = 0; k < w.people[i].n_tasks; k++)
			if (!strcmp(w.people[i].tasks[k].task, "raised") || !strcmp(w.people[i].tasks[k].task, "screening"))
				sbuf_addf(&out, "%s%s %s", out.len ? ", " : "", w.people[i].tasks[k].due, w.people[i].tasks[k].reason);
	return arena_strdup(&c->mem, out.s);
}

/* One below and at each limit, in a visit and in an examination. */
static void raised__opens_the_task__at_each_limit(void **state)
{
	static const struct {
		const char *kind, *values, *want;
	} cases[] = {
		{ "exam", "'left_sbp':139,'left_dbp':89", "" },
		{ "exam", "'left_sbp':140,'left_dbp':80", "2026-11-09 血压升高: 换日再测 (140/80)" },
		{ "exam", "'left_sbp':130,'left_dbp':90", "2026-11-09 血压升高: 换日再测 (130/90)" },
		{ "exam", "'left_sbp':130,'left_dbp':80,'right_sbp':146,'right_dbp':84", "2026-11-09 血压升高: 换日再测 (146/84)" },
		{ "exam", "'fpg':6.99", "" },
		{ "exam", "'fpg':6.95", "" },
		{ "exam", "'fpg':7.00", "2026-11-09 空腹血糖升高: 换日再测 (7.0)" },
		{ "exam", "'left_sbp':150,'left_dbp':92,'fpg':8.31",
			"2026-11-09 空腹血糖升高: 换日再测 (8.3) + 血压升高: 换日再测 (150/92)" },
		{ "visit", "'sbp':139,'dbp':89", "" },
		{ "visit", "'sbp':140,'dbp':80", "2026-11-09 血压升高: 换日再测 (140/80)" },
		{ "visit", "'glucose':7.0,'glucose_kind':'2'", "2026-11-09 空腹血糖升高: 换日再测 (7.0)" },
		{ "visit", "'glucose':6.9,'glucose_kind':'2'", "" },
		{ "visit", "'glucose':9.0,'glucose_kind':'1'", "" }, /* not fasting */
	};
	struct test_clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		clinic_start(&c);
		clinic_save(&c, cases[i].kind, "{'resident':'%s','date':'2026-11-02',%s}", person(&c), cases[i].values);
		assert_string_equal(asked(&c, "2026-11-09"), cases[i].want);
		clinic_stop(&c);
	}
}

/* From 18 on: what is raised at the age before, the tables of children say. */
static void raised__asks_nobody__who_is_a_child(void **state)
{
	static const struct {
		const char *born, *want;
	} cases[] = {
		{ "2016-02-03", "" },
		{ "2008-11-03", "" },
		{ "2008-11-02", "2026-11-09 血压升高: 换日再测 (150/92)" },
	};
	struct test_clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who;

		clinic_start(&c);
		who = clinic_save(&c, "resident", "{'name':'林量高','sex':'1','birth_date':'%s','village':'上坂村'}", cases[i].born);
		clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-02','sbp':150,'dbp':92}", who);
		assert_string_equal(asked(&c, "2026-11-09"), cases[i].want);
		clinic_stop(&c);
	}
}

/* A later reading decides, on whatever sheet; so does the roster of that disease alone, and the higher hospital's answer. */
static void raised__closes_the_task__whatever_settles_it(void **state)
{
	static const struct {
		const char *kind, *values;
		bool open;
	} then[] = {
		{ "visit", "'date':'2026-11-05','sbp':128,'dbp':80", false },
		{ "visit", "'date':'2026-11-01','sbp':128,'dbp':80", true }, /* written up later, measured before */
		{ "visit", "'date':'2026-11-05','complaint':'咳嗽'", true },  /* nothing was measured */
		{ "screening", "'date':'2026-11-05','sbp':128,'dbp':80", false },
		{ "screening", "'date':'2026-11-05','fpg':5.6", true },
		{ "screening", "'date':'2026-11-05','confirmed':'3','confirmed_on':'2026-11-05','no_reading':'4'", false },
		{ "enrolment", "'programme':'htn','enrolled_on':'2026-11-05'", false },
		{ "enrolment", "'programme':'dm','enrolled_on':'2026-11-05'", true },
	};
	struct test_clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(then); i++) {
		const char *who;

		clinic_start(&c);
		who = person(&c);
		clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-02','left_sbp':150,'left_dbp':92}", who);
		clinic_save(&c, then[i].kind, "{'resident':'%s',%s}", who, then[i].values);
		if ((strstr(asked(&c, "2026-11-09"), "血压升高") != NULL) != then[i].open)
			fail_msg("after %s {%s}: %s", then[i].kind, then[i].values, asked(&c, "2026-11-09"));
		clinic_stop(&c);
	}
}

/* Raised again on a visit: a week from then.  The sheet that the task opens judges as the book does. */
static void raised__again__is_asked_from_the_newest(void **state)
{
	struct test_clinic c;
	const char *who;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	who = person(&c);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-02','left_sbp':150,'left_dbp':92}", who);
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-10','sbp':148,'dbp':88}", who);
	assert_non_null(strstr(asked(&c, "2026-11-17"), "2026-11-17 血压升高: 换日再测 (148/88)"));
	assert_ok(clinic_try(&c, &r, "screening", "{'resident':'%s','date':'2026-11-17','sbp':152,'dbp':90}", who), &c.err);
	assert_string_equal(record_text(r.rec, "bp_result"), "3"); /* the third day */
	assert_null(strstr(asked(&c, "2026-12-01"), "换日再测"));
	assert_int_equal(strncmp(asked(&c, "2026-12-01"), "2026-12-01 ", 11), 0); /* was it confirmed? */
	clinic_stop(&c);
}

/* The book asks for a sheet, and so does a newer reading: one task with both reasons, and one sheet ends both. */
static void raised__beside_the_book__is_one_task(void **state)
{
	static const struct {
		const char *sheet, *want;
	} cases[] = {
		{ "'sbp':132,'dbp':86", "2026-11-01 high risk: measure again + BP raised: measure again (150/92)" }, /* half a year later */
		{ "'sbp':150,'dbp':94", "2026-05-08 BP raised: measure again (150/92)" }, /* both ask the same */
		{ "'fpg':7.4", "2026-05-15 screening: was it confirmed? + BP raised: measure again (150/92)" },
	};
	struct test_clinic c;

	(void)state;
	i18n_set_language("en");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who;

		clinic_start(&c);
		who = person(&c);
		clinic_save(&c, "screening", "{'resident':'%s','date':'2026-05-01',%s}", who, cases[i].sheet);
		clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-02','sbp':150,'dbp':92}", who);
		assert_string_equal(asked(&c, "2026-11-22"), cases[i].want);
		clinic_save(&c, "screening", "{'resident':'%s','date':'2026-11-22','sbp':128,'dbp':80,'confirmed':'3',"
			"'confirmed_on':'2026-11-22'}", who);
		assert_string_equal(asked(&c, "2026-11-22"), "");
		clinic_stop(&c);
	}
	i18n_set_language("zh");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raised__opens_the_task__at_each_limit),
		cmocka_unit_test(raised__asks_nobody__who_is_a_child),
		cmocka_unit_test(raised__closes_the_task__whatever_settles_it),
		cmocka_unit_test(raised__again__is_asked_from_the_newest),
		cmocka_unit_test(raised__beside_the_book__is_one_task),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
