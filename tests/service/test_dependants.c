/* What others hang on is not declared void, nor taken back: the sentence says what is there and what to do. */
#include "service/given.h"

static int setup(void **state)
{
	static struct test_clinic c;

	clinic_start(&c);
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	clinic_check(*state);
	clinic_stop(*state);
	return 0;
}

static bool try_void(struct test_clinic *c, const char *kind, const char *id)
{
	struct save_result r;

	return records_void(&c->app, kind_by_name(kind), id, "录错", &c->mem, &r, &c->err);
}

static bool try_undo(struct test_clinic *c, const char *kind, const char *id)
{
	struct save_result r;

	return records_undo(&c->app, kind_by_name(kind), id, &c->mem, &r, &c->err);
}

static void refused(struct test_clinic *c, bool done, const char *names)
{
	assert_refused(done, &c->err, ERR_WRONG_STATE);
	if (!strstr(c->err.message, names))
		fail_msg("%s: %s", names, c->err.message);
}

static void person__is_not_void__while_records_are_about_him(void **state)
{
	struct test_clinic *c = *state;
	const char *who = given_person(c, "黄水金", "1950-01-02");
	const char *team = clinic_save(c, "team", "{'name':'一队'}");
	const char *records[][2] = {
		{ "enrolment", clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", who) },
		{ "contract", given_sign(c, who, team, "2026-03-01", "") },
		{ "visit", clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-20'}", who) },
		{ "visit", clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-21'}", who) },
	};

	clinic_save(c, "note", "{'resident':'%s','text':'听力差'}", who); /* goes with him, as a call does */
	for (size_t i = 0; i < N_ELEMENTS(records); i++) {
		refused(c, try_void(c, "resident", who), i < 3 ? "就诊 2" : "就诊 1");
		assert_ok(try_void(c, records[i][0], records[i][1]), &c->err);
	}
	assert_ok(try_void(c, "resident", who), &c->err);
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM record WHERE kind = 1 AND state = 0"), 0);
}

static void sentence__names_the_commonest__and_the_way_out(void **state)
{
	struct test_clinic *c = *state;
	const char *who = given_person(c, "黄水金", "1950-01-02");

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", who);
	clinic_save(c, "exam", "{'resident':'%s','date':'2026-11-20'}", who);
	clinic_save(c, "screening", "{'resident':'%s','date':'2026-11-20','sbp':120,'dbp':80}", who);
	for (int i = 0; i < 3; i++)
		clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-2%d'}", who, i);
	refused(c, try_void(c, "resident", who), "Still there: 就诊 3, ");
	assert_non_null(strstr(c->err.message, " ..."));
	assert_non_null(strstr(c->err.message, "Move what is another person's"));
}

static void registration__is_not_taken_back__once_a_visit_is_there(void **state)
{
	struct test_clinic *c = *state;
	const char *who = given_person(c, "黄水金", "1950-01-02");
	const char *visit = clinic_save(c, "visit", "{'resident':'%s','date':'2026-11-22'}", who);

	refused(c, try_undo(c, "resident", who), "就诊 1");
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM record WHERE kind = 1 AND state = 0"), 1);
	assert_ok(try_undo(c, "visit", visit), &c->err);
	assert_ok(try_undo(c, "resident", who), &c->err);
}

static void village_household_team__are_not_void__while_somebody_is_there(void **state)
{
	struct test_clinic *c = *state;
	const char *village = clinic_save(c, "organisation", "{'name':'桥头','type':'1','code':'350299101109'}");
	const char *home = clinic_save(c, "household", "{'name':'黄水金','village':'桥头'}");
	const char *who = clinic_save(c, "resident",
		"{'name':'黄水金','sex':'1','birth_date':'1950-01-02','village':'桥头','household':'%s','household_relation':'0'}", home);
	const char *team = clinic_save(c, "team", "{'name':'一队'}");
	const char *contract = given_sign(c, who, team, "2026-03-01", "");

	refused(c, try_void(c, "organisation", village), "another village");
	refused(c, try_void(c, "household", home), "members");
	refused(c, try_void(c, "team", team), "another team");
	assert_ok(try_void(c, "contract", contract), &c->err);
	assert_ok(try_void(c, "resident", who), &c->err);
	assert_ok(try_void(c, "team", team), &c->err);
	assert_ok(try_void(c, "household", home), &c->err);
	assert_ok(try_void(c, "organisation", village), &c->err);
}

static void examination_day__is_not_void__while_it_has_sheets(void **state)
{
	struct test_clinic *c = *state;
	const char *day = clinic_save(c, "exam_day", "{'date':'2026-11-22','place':'祠堂','stations':['1']}");
	const char *sheet = clinic_save(c, "exam", "{'resident':'%s','date':'2026-11-22','exam_day':'%s'}",
		given_person(c, "黄水金", "1950-01-02"), day);

	refused(c, try_void(c, "exam_day", day), "its sheets");
	assert_ok(try_void(c, "exam", sheet), &c->err);
	assert_ok(try_void(c, "exam_day", day), &c->err);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(person__is_not_void__while_records_are_about_him),
		TEST(sentence__names_the_commonest__and_the_way_out),
		TEST(registration__is_not_taken_back__once_a_visit_is_there),
		TEST(village_household_team__are_not_void__while_somebody_is_there),
		TEST(examination_day__is_not_void__while_it_has_sheets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
