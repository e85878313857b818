/* The work list: its table of tasks, what stands on it, and what takes things off it. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/service/tasks.h"
#include "app/service/worklist.h"

static void tasks__each_kind__can_be_listed_and_opened(void **state)
{
	(void)state;
	for (size_t i = 0; i < task_kind_count; i++) {
		const struct task_kind *k = &task_kinds[i];

		assert_ptr_equal(task_kind_of(k->name), k); /* names are unique */
		assert_true(k->way == TASK_PAGE || kind_by_id(k->opens));
		assert_true(k->words || (*k->text.zh && *k->text.en));
	}
	assert_null(task_kind_of("nothing"));
}

static const char *person(struct test_clinic *c, const char *name, const char *birth)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村','group':'1组'}", name, birth);
}

static const char *enrolled(struct test_clinic *c, const char *name, const char *next_due)
{
	const char *who = person(c, name, "1955-07-15");

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01','next_due':'%s'}", who, next_due);
	return who;
}

static struct worklist list_of(struct test_clinic *c)
{
	const struct worklist_query q = { .date = app_today(&c->app) };
	struct worklist w;

	assert_ok(worklist_read(&c->app, &q, &c->mem, &w, &c->err), &c->err);
	return w;
}

/* A contract that ends next week has time; who is due today has not. */
static void worklist__sorts__by_urgency_then_day(void **state)
{
	struct test_clinic c;
	struct worklist w;
	const char *contract, *today, *late, *team;

	(void)state;
	clinic_start(&c);
	team = clinic_save(&c, "team", "{'name':'一队'}");
	contract = person(&c, "吴国强", "1981-02-02");
	clinic_save(&c, "contract", "{'resident':'%s','team':'%s','start':'2025-11-20'}", contract, team);
	today = enrolled(&c, "陈桂兰", "2026-11-22");
	late = enrolled(&c, "黄水金", "2026-11-19");
	w = list_of(&c);
	assert_int_equal(w.n, 3);
	assert_string_equal(w.people[0].id, late);
	assert_int_equal(w.people[0].days_over, 3);
	assert_string_equal(w.people[1].id, today);
	assert_string_equal(w.people[2].id, contract);
	assert_string_equal(w.people[2].tasks[0].task, "contract_renew");
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tasks__each_kind__can_be_listed_and_opened),
		cmocka_unit_test(worklist__sorts__by_urgency_then_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
