/* What is on the work list for a while only leaves it by itself, although nobody saves anything about the person again. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/service/worklist.h"

static const char *person(struct test_clinic *c)
{
	return clinic_save(c, "resident", "{'name':'林量高','sex':'1','birth_date':'1950-01-02','village':'上坂村'}");
}

static bool listed(struct test_clinic *c, const char *task, const char *day)
{
	const struct worklist_query q = { .date = date_day(day) };
	struct worklist w;
	bool found = false;

	assert_ok(worklist_read(&c->app, &q, &c->mem, &w, &c->err), &c->err);
	for (size_t i = 0; i < w.n; i++)
		for (size_t k = 0; k < w.people[i].n_tasks; k++)
			found |= !strcmp(w.people[i].tasks[k].task, task);
	return found;
}

static bool on_his_page(struct test_clinic *c, const char *task)
{
	int64_t row = clinic_count(c, "SELECT id FROM resident");
	struct due_task *tasks;
	bool found = false;
	size_t n;

	assert_ok(worklist_tasks_of(&c->app, row, &c->mem, &tasks, &n, &c->err), &c->err);
	for (size_t i = 0; i < n; i++)
		found |= !strcmp(tasks[i].task, task);
	return found;
}

static bool counted(struct test_clinic *c)
{
	struct worklist_counts n;

	assert_ok(worklist_count(&c->app, 0, &n, &c->err), &c->err);
	return n.due_today + n.overdue > 0;
}

static void move_to(struct test_clinic *c, const char *day)
{
	c->app.clock.fixed_today = date_day(day);
}

static const struct {
	const char *task, *kind, *values, *last, *after;
} cases[] = {
	{ "raised", "exam", "'date':'2026-11-02','left_sbp':150,'left_dbp':92,'feedback_date':'2026-11-02'", "2027-11-02", "2027-11-03" },
	{ "raised", "visit", "'date':'2026-11-10','sbp':150,'dbp':92,'doctor':'001'", "2027-11-10", "2027-11-11" },
	{ "referral_return", "referral", "'direction':'down','date':'2026-11-18','urgency':'routine','consent':'2'",
		"2027-01-17", "2027-01-18" },
	{ "exam_feedback", "exam", "'date':'2026-11-02','left_sbp':120,'left_dbp':80,'fpg':5.1", "2027-11-02", "2027-11-03" },
	{ "unsigned_visit", "visit", "'date':'2026-11-20','status':'finished','complaint':'咳嗽','doctor':null",
		"2027-02-19", "2027-02-20" },
};

/* On the list, in the counters and on his page to the last day, and no longer. */
static void task__of_a_while__ends_by_itself(void **state)
{
	struct test_clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		clinic_start(&c);
		clinic_save(&c, cases[i].kind, "{'resident':'%s',%s}", person(&c), cases[i].values);
		assert_case(listed(&c, cases[i].task, cases[i].last), i, "the list of the last day");
		assert_case(!listed(&c, cases[i].task, cases[i].after), i, "the list of the day after");
		move_to(&c, cases[i].last);
		assert_case(counted(&c) && on_his_page(&c, cases[i].task), i, "the last day");
		move_to(&c, cases[i].after);
		assert_case(!counted(&c), i, "the counters of the day after");
		assert_case(!on_his_page(&c, cases[i].task), i, "on his page the day after");
		clinic_stop(&c);
	}
}

/* The next save about him derives the same. */
static void task__of_a_while__is_not_derived_again(void **state)
{
	struct test_clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who;

		clinic_start(&c);
		who = person(&c);
		clinic_save(&c, cases[i].kind, "{'resident':'%s',%s}", who, cases[i].values);
		move_to(&c, cases[i].last);
		clinic_save(&c, "resident", "{'id':'%s','revision':1,'house':'7'}", who);
		assert_case(listed(&c, cases[i].task, cases[i].last), i, "the last day");
		move_to(&c, cases[i].after);
		clinic_save(&c, "resident", "{'id':'%s','revision':2,'house':'8'}", who);
		assert_case(!listed(&c, cases[i].task, cases[i].after), i, "the day after");
		clinic_stop(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(task__of_a_while__ends_by_itself),
		cmocka_unit_test(task__of_a_while__is_not_derived_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
