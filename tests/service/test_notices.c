/* Report cards of notifiable diseases: made by a visit, first on the work list, gone when logged as reported. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/lacks.h"
#include "app/service/worklist.h"

static const char *child(struct test_clinic *c)
{
	return clinic_save(c, "resident", "{'name':'林小宝','sex':'1','birth_date':'2021-05-01','village':'上坂村','group':'2',"
					  "'house':'5号','phone':'10000000001'}");
}

static const char *visit(struct test_clinic *c, const char *who, const char *day, const char *diagnosis)
{
	return clinic_save(c, "visit", "{'resident':'%s','date':'%s','started_at':'%sT09:20:00Z','complaint':'发热',"
				       "'guardian_name':'林大树','diagnosis':[%s]}", who, day, day, diagnosis);
}

static struct due_person *first_due(struct test_clinic *c)
{
	static struct worklist w;

	assert_ok(worklist_read(&c->app, &(struct worklist_query){ .date = app_today(&c->app) }, &c->mem, &w, &c->err), &c->err);
	return w.n ? &w.people[0] : NULL;
}

static void visit__notifiable__makes_a_card_with_a_clock(void **state)
{
	struct test_clinic c;
	struct record *card;
	struct due_person *p;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = child(&c);
	visit(&c, who, "2026-11-22", "{'icd10':'B05.9','text':'麻疹','certainty':'2'}");
	p = first_due(&c);
	assert_non_null(p);
	assert_string_equal(p->tasks[0].task, "notice");
	assert_ok(record_load(&c.app, KIND_NOTICE, p->tasks[0].record, &c.mem, &card, &c.err), &c.err);
	assert_string_equal(record_text(card, "disease"), "measles");
	assert_string_equal(record_text(card, "case_class"), "1"); /* suspected */
	assert_string_equal(record_text(card, "name"), "林小宝");
	assert_string_equal(record_text(card, "parent_name"), "林大树");
	assert_string_equal(record_text(card, "address"), "上坂村2组5号");
	assert_int_equal(record_num(card, "diagnosed_hour", -1), 9);
	assert_string_equal(record_text(card, "deadline"), "2026-11-23 09:00");
	assert_string_equal(record_text(card, "status"), "1");
	assert_non_null(strstr(p->tasks[0].reason, "麻疹"));
	assert_non_null(strstr(p->tasks[0].reason, "11-23 09:00"));
	clinic_stop(&c);
}

/* Its hours end tomorrow: it is the first thing to go on with after the visit, before what is due today. */
static void notice__is_lacking__until_it_is_reported(void **state)
{
	struct lack lacks[LACKS_MAX];
	struct test_clinic c;
	struct overview o;
	const char *who;
	size_t n;

	(void)state;
	clinic_start(&c);
	who = child(&c);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2024-05-06'}", who);
	visit(&c, who, "2026-11-22", "{'icd10':'B05.9','text':'麻疹','certainty':'2'}");
	assert_ok(overview_read(&c.app, who, &c.mem, &o, &c.err), &c.err);
	assert_ok(lacks_read(&c.app, &o, &c.mem, lacks, &n, &c.err), &c.err);
	assert_true(n > 1);
	assert_string_equal(lacks[0].task.task, "notice");
	assert_non_null(strstr(lacks[0].text, "麻疹"));
	clinic_save(&c, "notice", "{'id':'%s','revision':1,'status':'2','reported_on':'2026-11-22','reported_hour':10,"
				  "'reported_how':'2'}", lacks[0].task.record);
	assert_ok(overview_read(&c.app, who, &c.mem, &o, &c.err), &c.err);
	assert_ok(lacks_read(&c.app, &o, &c.mem, lacks, &n, &c.err), &c.err);
	assert_string_not_equal(lacks[0].task.task, "notice");
	clinic_stop(&c);
}

/* A due follow-up of years ago stands behind it. */
static void worklist__puts_first__what_counts_in_hours(void **state)
{
	struct test_clinic c;
	const char *late;

	(void)state;
	clinic_start(&c);
	late = clinic_save(&c, "resident", "{'name':'黄水金','sex':'1','birth_date':'1960-04-08','village':'上坂村'}");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", late);
	assert_string_equal(first_due(&c)->id, late);
	visit(&c, child(&c), "2026-11-22", "{'icd10':'B26.9','text':'流行性腮腺炎'}");
	assert_string_equal(first_due(&c)->name, "林小宝");
	clinic_stop(&c);
}

static void notice__reported__leaves_the_list(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *id;

	(void)state;
	clinic_start(&c);
	visit(&c, child(&c), "2026-11-22", "{'text':'疑似手足口病'}");
	id = first_due(&c)->tasks[0].record;
	id = arena_strdup(&c.mem, id);
	assert_false(clinic_try(&c, &r, "notice", "{'id':'%s','revision':1,'status':'2'}", id));
	assert_int_equal(c.err.code, ERR_REQUIRED);
	assert_string_equal(c.err.field, "reported_on");
	assert_false(clinic_try(&c, &r, "notice", "{'id':'%s','revision':1,'status':'2','reported_on':'2026-11-21',"
		"'reported_hour':10,'reported_how':'2'}", id));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_non_null(first_due(&c));
	clinic_save(&c, "notice", "{'id':'%s','revision':1,'status':'2','reported_on':'2026-11-22','reported_hour':10,"
		"'reported_how':'2','reported_to':'练习卫生院'}", id);
	assert_null(first_due(&c));
	clinic_stop(&c);
}

static void notice__of_a_void_visit__is_none(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = visit(&c, child(&c), "2026-11-22", "{'icd10':'A38','text':'猩红热'}");
	assert_non_null(first_due(&c));
	assert_ok(records_void(&c.app, kind_by_name("visit"), id, "认错人", &c.mem, &r, &c.err), &c.err);
	assert_null(first_due(&c));
	clinic_stop(&c);
}

static int64_t cards(struct test_clinic *c)
{
	return clinic_count(c, "SELECT count(*) FROM notice");
}

static void notice__is_made_once__for_one_case(void **state)
{
	struct test_clinic c;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = child(&c);
	id = visit(&c, who, "2026-08-01", "{'icd10':'J11.1','text':'流行性感冒'}");
	assert_int_equal(cards(&c), 1);
	clinic_save(&c, "visit", "{'id':'%s','revision':1,'treatment':'休息'}", id); /* the same visit again */
	assert_int_equal(cards(&c), 1);
	visit(&c, who, "2026-08-31", "{'icd10':'J11.1','text':'流行性感冒'}"); /* 30 days: the same case */
	assert_int_equal(cards(&c), 1);
	visit(&c, who, "2026-10-01", "{'icd10':'J11.1','text':'流行性感冒'}"); /* 61 days */
	assert_int_equal(cards(&c), 2);
	visit(&c, who, "2022-01-02", "{'icd10':'B18.1','text':'慢性乙型肝炎'}");
	visit(&c, who, "2026-10-02", "{'icd10':'B18.1','text':'慢性乙型肝炎'}"); /* stays for life: one card */
	assert_int_equal(cards(&c), 3);
	visit(&c, who, "2026-10-03", "{'icd10':'J06.9','text':'急性上呼吸道感染'}");
	assert_int_equal(cards(&c), 3);
	clinic_stop(&c);
}

static void notice__follows__the_moved_visit(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct record *card;
	const char *id, *right;

	(void)state;
	clinic_start(&c);
	id = visit(&c, child(&c), "2026-11-22", "{'icd10':'B26.9','text':'流行性腮腺炎'}");
	right = clinic_save(&c, "resident", "{'name':'林大宝','sex':'1','birth_date':'2019-05-01','village':'上坂村'}");
	assert_ok(records_move(&c.app, kind_by_name("visit"), id, right, "认错人", &c.mem, &r, &c.err), &c.err);
	assert_string_equal(first_due(&c)->id, right);
	assert_ok(record_load(&c.app, KIND_NOTICE, first_due(&c)->tasks[0].record, &c.mem, &card, &c.err), &c.err);
	assert_string_equal(record_text(card, "name"), "林大宝");
	assert_string_equal(record_text(card, "birth_date"), "2019-05-01");
	assert_int_equal(cards(&c), 1);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(visit__notifiable__makes_a_card_with_a_clock),
		cmocka_unit_test(notice__is_lacking__until_it_is_reported),
		cmocka_unit_test(worklist__puts_first__what_counts_in_hours),
		cmocka_unit_test(notice__reported__leaves_the_list),
		cmocka_unit_test(notice__of_a_void_visit__is_none),
		cmocka_unit_test(notice__is_made_once__for_one_case),
		cmocka_unit_test(notice__follows__the_moved_visit),
	};

	i18n_init();
	i18n_set_language("zh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
