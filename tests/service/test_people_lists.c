/* Lists of people to go through (situation 8: away, home for the festival), and telephone verification (situation 7). */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/people_lists.h"
#include "app/service/phones.h"
#include "app/service/verify.h"

static size_t listed(struct test_clinic *c, enum people_list which, struct listed **v)
{
	size_t n;

	assert_ok(people_list_read(&c->app, which, 0, &c->mem, v, &n, &c->err), &c->err);
	return n;
}

static const char *text(struct test_clinic *c, const char *id, const char *key)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_RESIDENT, id, &c->mem, &rec, &c->err), &c->err);
	return record_text(rec, key) ? record_text(rec, key) : "";
}

/* ---- away -------------------------------------------------------------------------------------------------------------------- */

static void away__counts__six_months(void **state)
{
	static const struct {
		const char *since;
		bool long_away;
	} cases[] = { { "2026-05-22", true }, { "2026-05-23", false }, { "2026-11-22", false }, { "2020-01-01", true } };
	struct test_clinic *c = *state;
	AUTO_WORK struct work w = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(away_is_long(&c->app, date_day(cases[i].since)) == cases[i].long_away, i, cases[i].since);
	assert_false(away_is_long(&c->app, NO_DAY));
	assert_ok(work_begin(&w, &c->app, &c->err), &c->err);
	assert_ok(app_set_setting(&c->app, "away_months", "3", &c->err), &c->err);
	assert_ok(work_commit(&w, &c->err), &c->err);
	assert_true(away_is_long(&c->app, date_day("2026-08-22")));
	assert_false(away_is_long(&c->app, date_day("2026-08-23")));
}

static void away__home_for_the_festival__in_bulk(void **state)
{
	struct test_clinic *c = *state;
	const char *ids[3] = {
		clinic_save(c, "resident", "{'name':'张阿土','sex':'1','birth_date':'1968-06-01','village':'上坂村','status':'2',"
					   "'away_since':'2026-03-01','away_where':'泉州','away_back':'2027-02-01'}"),
		clinic_save(c, "resident", "{'name':'李四','sex':'1','birth_date':'1970-06-01','status':'2','away_since':'2026-10-01'}"),
		clinic_save(c, "resident", "{'name':'王五','sex':'1','birth_date':'1970-06-01'}"),
	};
	struct listed *v;
	size_t changed;

	assert_int_equal(listed(c, PEOPLE_AWAY, &v), 2);
	assert_true(v[1].warn || v[0].warn);
	assert_refused(away_home_until(&c->app, ids, 3, date_day("2026-11-21"), &changed, &c->err), &c->err, ERR_INVALID_VALUE);
	assert_ok(away_home_until(&c->app, ids, 3, date_day("2027-02-20"), &changed, &c->err), &c->err);
	assert_int_equal(changed, 2); /* who is not away is passed over */
	assert_string_equal(text(c, ids[0], "home_until"), "2027-02-20");
	assert_string_equal(text(c, ids[0], "status"), "2");
	assert_string_equal(text(c, ids[0], "away_since"), "2026-03-01"); /* half a year away stays half a year away */
	assert_ok(away_home_until(&c->app, ids, 3, NO_DAY, &changed, &c->err), &c->err);
	assert_string_equal(text(c, ids[0], "home_until"), "");
}

/* ---- telephones ---------------------------------------------------------------------------------------------------------------- */

static void phone__remembers__each_contact(void **state)
{
	struct test_clinic *c = *state;
	const char *id = clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02','phone':'10000007710',"
						    "'phone_verified':'2026-01-05'}");
	struct listed *v;

	assert_ok(phone_result(&c->app, id, PHONE_REACHED, "3", &c->err), &c->err);
	assert_string_equal(text(c, id, "phone_verified"), "2026-11-22");
	assert_string_equal(text(c, id, "phone_owner"), "3");
	assert_int_equal(listed(c, PEOPLE_DEAD_PHONES, &v), 0);
	assert_ok(phone_result(&c->app, id, PHONE_WRONG, NULL, &c->err), &c->err);
	assert_string_equal(text(c, id, "phone_verified"), "");
	assert_int_equal(listed(c, PEOPLE_DEAD_PHONES, &v), 1);
	assert_string_equal(v[0].hit.id, id);
	assert_string_equal(v[0].detail, "10000007710 号码错");
	/* whom to call instead */
	clinic_save(c, "resident", "{'id':'%s','revision':3,'contact_name':'张小山','contact_phone':'10000007712'}", id);
	assert_int_equal(listed(c, PEOPLE_DEAD_PHONES, &v), 1);
	assert_string_equal(v[0].detail, "10000007710 号码错; 10000007712 carer 张小山");
	/* a new number is a new start */
	clinic_save(c, "resident", "{'id':'%s','revision':4,'phone':'10000007711'}", id);
	assert_string_equal(text(c, id, "phone_state"), "");
	assert_int_equal(listed(c, PEOPLE_DEAD_PHONES, &v), 0);
}

static void phone__works__after_a_follow_up_by_telephone(void **state)
{
	struct test_clinic *c = *state;
	const char *id = clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02','phone':'10000007710',"
						    "'phone_state':'2'}");

	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2024-05-06'}", id);
	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-20','mode':'1','sbp':128,'dbp':78}", id);
	assert_string_equal(text(c, id, "phone_state"), "2"); /* he was there: says nothing about his telephone */
	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-21','mode':'3'}", id);
	assert_string_equal(text(c, id, "phone_state"), "1");
	assert_string_equal(text(c, id, "phone_verified"), "2026-11-21");
	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-10-21','mode':'3'}", id); /* entered late */
	assert_string_equal(text(c, id, "phone_verified"), "2026-11-21");
}

static void no_number__lists__who_needs_one(void **state)
{
	struct test_clinic *c = *state;
	struct listed *v;

	clinic_save(c, "resident", "{'name':'张三','sex':'1','birth_date':'1950-01-02','no_id':'3','no_id_reason':'不愿出示'}");
	clinic_save(c, "resident", "{'name':'陈桂兰','id_number':'350299195507150047'}");
	assert_int_equal(listed(c, PEOPLE_NO_NUMBER, &v), 1);
	assert_non_null(strstr(v[0].detail, "不愿出示"));
}

/* ---- verification ----------------------------------------------------------------------------------------------------------------- */

static void served(struct test_clinic *c, const char *doctor, int n)
{
	for (int i = 0; i < n; i++)
		clinic_save(c, "visit", "{'resident':'%s','date':'2026-10-0%d','status':'finished','doctor':'%s'}",
			clinic_save(c, "resident", "{'name':'居民%s%d','sex':'1','birth_date':'19%02d-01-02','phone':'100000077%02d'}", doctor, i,
				50 + i, i), i % 9 + 1, doctor);
}

static int64_t drawn(struct test_clinic *c, int64_t seed, int per_doctor)
{
	struct verify_request q = { .seed = seed, .from = date_day("2026-10-01"), .until = date_day("2026-12-31"),
		.per_doctor = per_doctor };
	int64_t draw;

	assert_ok(verify_draw(&c->app, &q, &draw, &c->err), &c->err);
	return draw;
}

static bool same_people(const struct verify_list *a, const struct verify_list *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = !strcmp(a->v[i].hit.id, b->v[i].hit.id);
	return same;
}

static void assert_on_paper(struct test_clinic *c, const struct verify_list *list)
{
	AUTO_REPORT struct report *rep = verify_report(&c->app, list);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	report_dump(rep, &text);
	assert_non_null(strstr(text.s, "Seed 17, drawn 2026-11-22, 5 a doctor, services from 2026-10-01 to 2026-12-31"));
	for (size_t i = 0; i < list->n; i++)
		assert_non_null(strstr(text.s, list->v[i].hit.name));
}

static void verify__draws__the_same_for_a_seed(void **state)
{
	struct test_clinic *c = *state;
	struct verify_list a, b, other;
	size_t mine = 0;

	clinic_save(c, "staff", "{'name':'陈志明','staff_no':'002','role':'1'}");
	served(c, "001", 20);
	served(c, "002", 3);
	assert_ok(verify_read(&c->app, drawn(c, 17, 5), &c->mem, &a, &c->err), &c->err);
	assert_ok(verify_read(&c->app, drawn(c, 17, 5), &c->mem, &b, &c->err), &c->err);
	assert_ok(verify_read(&c->app, drawn(c, 18, 5), &c->mem, &other, &c->err), &c->err);
	assert_true(same_people(&a, &b));
	assert_false(same_people(&a, &other));
	assert_int_equal(a.n, 8); /* five of one, all three of the other */
	for (size_t i = 0; i < a.n; i++) {
		mine += !strcmp(a.v[i].doctor, "林秀英");
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(a.v[i].hit.id, a.v[k].hit.id);
	}
	assert_int_equal(mine, 5);
	assert_on_paper(c, &a);
}

static void verify__counts__the_truth(void **state)
{
	static const char *const answers[] = { "1", "1", "2", "4", "5" };
	struct test_clinic *c = *state;
	struct verify_rate *rates;
	struct verify_list list;
	size_t n;

	served(c, "001", 5);
	assert_ok(verify_read(&c->app, drawn(c, 1, 5), &c->mem, &list, &c->err), &c->err);
	assert_ok(verify_rates(&c->app, list.draw, &c->mem, &rates, &n, &c->err), &c->err);
	assert_int_equal(rates[0].rate, -1); /* nobody was asked */
	for (size_t i = 0; i < N_ELEMENTS(answers); i++)
		assert_ok(verify_answer(&c->app, list.v[i].id, answers[i], i ? "" : "记得", NULL, &c->err), &c->err);
	assert_ok(verify_rates(&c->app, list.draw, &c->mem, &rates, &n, &c->err), &c->err);
	assert_int_equal(n, 1);
	assert_int_equal(rates[0].asked, 5);
	assert_int_equal(rates[0].answered, 4); /* not reached: says nothing about the doctor */
	assert_int_equal(rates[0].rate, 5000);
	assert_string_equal(text(c, list.v[0].hit.id, "phone_verified"), "2026-11-22");
	assert_string_equal(text(c, list.v[3].hit.id, "phone_state"), "3");
	assert_string_equal(text(c, list.v[4].hit.id, "phone_state"), "");
}

/* The answer cannot be put back: then the record is not, either. */
static void verify__take_back__both_or_neither(void **state)
{
	struct test_clinic *c = *state;
	struct verify_before before;
	struct verify_list list;

	served(c, "001", 1);
	assert_ok(verify_read(&c->app, drawn(c, 1, 5), &c->mem, &list, &c->err), &c->err);
	assert_ok(verify_answer(&c->app, list.v[0].id, "4", NULL, &before, &c->err), &c->err);
	before.by = 999999; /* nobody */
	assert_false(verify_take_back(&c->app, &before, &c->err));
	assert_string_equal(text(c, list.v[0].hit.id, "phone_state"), "3");
	before.by = 0;
	assert_ok(verify_take_back(&c->app, &before, &c->err), &c->err);
	assert_string_equal(text(c, list.v[0].hit.id, "phone_state"), "");
	assert_int_equal(clinic_count(c, "SELECT count(*) FROM verify_item WHERE answer IS NOT NULL"), 0);
	clinic_check(c);
}

static void verify__refuses__what_cannot_be(void **state)
{
	struct test_clinic *c = *state;
	struct verify_request none = { .seed = 1, .from = date_day("2026-10-01"), .until = date_day("2026-12-31"), .per_doctor = 5 };
	struct verify_request back = none, many = none;
	int64_t draw;

	back.until = date_day("2026-09-01");
	many.per_doctor = 0;
	assert_refused(verify_draw(&c->app, &none, &draw, &c->err), &c->err, ERR_NOT_FOUND);
	assert_refused(verify_draw(&c->app, &back, &draw, &c->err), &c->err, ERR_INCONSISTENT);
	assert_refused(verify_draw(&c->app, &many, &draw, &c->err), &c->err, ERR_OUT_OF_RANGE);
	served(c, "001", 1);
	drawn(c, 1, 1);
	assert_refused(verify_answer(&c->app, 1, "9", NULL, NULL, &c->err), &c->err, ERR_UNKNOWN_CODE);
	assert_refused(verify_answer(&c->app, 77, "1", NULL, NULL, &c->err), &c->err, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(away__counts__six_months, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(away__home_for_the_festival__in_bulk, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(phone__remembers__each_contact, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(phone__works__after_a_follow_up_by_telephone, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(no_number__lists__who_needs_one, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(verify__draws__the_same_for_a_seed, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(verify__counts__the_truth, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(verify__take_back__both_or_neither, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(verify__refuses__what_cannot_be, clinic_setup, clinic_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
