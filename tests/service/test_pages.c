/* What the screens' own services read: rosters, contract plans, referral letters, endings, households, settings. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/clinic_settings.h"
#include "app/service/contract_plan.h"
#include "app/service/directory.h"
#include "app/service/exchange.h"
#include "app/service/households.h"
#include "app/service/referral_letter.h"
#include "app/service/roster.h"

static const char *person(struct test_clinic *c, const char *name, const char *birth)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村','group':'1组'}", name, birth);
}

static void enrol(struct test_clinic *c, const char *who)
{
	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
}

static const char *follow_up(struct test_clinic *c, const char *who, const char *day, int sbp, int dbp, const char *more)
{
	return clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'%s','mode':'1','symptoms':['1'],'sbp':%d,"
		"'dbp':%d%s}", who, day, sbp, dbp, more);
}

/* ---- rosters ------------------------------------------------------------------------------------------------------------- */

static size_t on_roster(struct test_clinic *c, enum roster_which which, int64_t village)
{
	AUTO_FREE int64_t *ids = NULL;
	size_t n;

	assert_ok(roster_ids(&c->app, &(struct roster_query){ "htn", village, which }, &ids, &n, &c->err), &c->err);
	return n;
}

static void roster__narrows__by_what_is_lacking(void **state)
{
	struct test_clinic c;
	int64_t village;
	const char *a, *b;

	(void)state;
	clinic_start(&c);
	a = person(&c, "陈桂兰", "1955-07-15");
	b = person(&c, "黄水金", "1960-04-08");
	enrol(&c, a);
	enrol(&c, b);
	follow_up(&c, a, "2026-11-05", 162, 98, "");
	follow_up(&c, b, "2026-08-20", 128, 80, "");
	village = clinic_count(&c, "SELECT id FROM organisation WHERE kind = '1'");
	assert_int_equal(on_roster(&c, ROSTER_ALL, 0), 2);
	assert_int_equal(on_roster(&c, ROSTER_ALL, village), 2);
	assert_int_equal(on_roster(&c, ROSTER_ALL, village + 1000), 0);
	assert_int_equal(on_roster(&c, ROSTER_UNCONTROLLED, 0), 1);
	assert_int_equal(on_roster(&c, ROSTER_UNCONTROLLED, village), 1);
	assert_int_equal(on_roster(&c, ROSTER_QUARTER, 0), 1); /* b was last seen in the third quarter */
	assert_int_equal(on_roster(&c, ROSTER_OVERDUE, village), on_roster(&c, ROSTER_OVERDUE, 0));
	clinic_stop(&c);
}

static void roster__a_row__tells_the_last_values(void **state)
{
	AUTO_FREE int64_t *ids = NULL;
	struct test_clinic c;
	struct roster_row r;
	const char *a;
	size_t n;

	(void)state;
	clinic_start(&c);
	a = person(&c, "陈桂兰", "1955-07-15");
	enrol(&c, a);
	follow_up(&c, a, "2026-11-05", 162, 98, "");
	assert_ok(roster_ids(&c.app, &(struct roster_query){ .which = ROSTER_ALL }, &ids, &n, &c.err), &c.err);
	assert_int_equal(n, 1);
	assert_ok(roster_read(&c.app, ids[0], &c.mem, &r, &c.err), &c.err);
	assert_string_equal(r.resident, a);
	assert_string_equal(r.last_day, "2026-11-05");
	assert_string_equal(r.value, "162/98");
	assert_int_equal(r.controlled, 0);
	assert_true(r.this_quarter);
	assert_string_equal(r.due, "2026-11-19");
	assert_int_equal(r.days_over, 3);
	assert_false(roster_read(&c.app, ids[0] + 1000, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
	clinic_stop(&c);
}

/* ---- contracts ------------------------------------------------------------------------------------------------------------ */

static const char *sign(struct test_clinic *c, const char *who, const char *start, const char *items)
{
	const char *team = clinic_save(c, "team", "{'name':'第%d队'}", (int)clinic_count(c, "SELECT count(*) FROM team") + 1);

	return given_sign(c, who, team, start, items);
}

static void contract__fulfilment__counts_records_not_claims(void **state)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct test_clinic c;
	struct fulfilment f;
	struct record *rec;
	const char *a, *id;

	(void)state;
	clinic_start(&c);
	a = person(&c, "陈桂兰", "1955-07-15");
	enrol(&c, a);
	id = sign(&c, a, "2026-04-01", ",'items':[{'item':'3','planned':4},{'item':'2','planned':1},{'item':'4','planned':2}]");
	follow_up(&c, a, "2026-03-05", 132, 78, ""); /* before it */
	follow_up(&c, a, "2026-05-05", 132, 78, "");
	follow_up(&c, a, "2026-08-05", 132, 78, "");
	follow_up(&c, a, "2026-09-05", 132, 78, ",'informant':'1'");
	assert_ok(record_load(&c.app, KIND_CONTRACT, id, &c.mem, &rec, &c.err), &c.err);
	assert_ok(contract_fulfilment(&c.app, rec, &f, &c.err), &c.err);
	assert_int_equal(f.n, 3);
	assert_int_equal(f.item[0].done, 3);
	assert_int_equal(f.item[1].done, 0);
	assert_false(f.item[2].counted);
	assert_int_equal(f.done, 3);
	assert_int_equal(f.planned, 7);
	i18n_set_language("zh");
	contract_fulfilment_text(&f, &text);
	assert_string_equal(text.s, "3/7 定期随访3/4 健康体检0/1");
	clinic_stop(&c);
}

/* ---- referral letters ------------------------------------------------------------------------------------------------------ */

static struct record *letter(struct test_clinic *c, const char *who, struct record **used)
{
	struct record *rec;

	assert_ok(records_new(&c->app, kind_by_id(KIND_REFERRAL), NULL, who, &c->mem, &rec, &c->err), &c->err);
	assert_ok(referral_prefill(&c->app, rec, NULL, used, &c->mem, &c->err), &c->err);
	return rec;
}

static void referral__is_written__from_the_follow_up_that_asked(void **state)
{
	struct test_clinic c;
	struct record *rec, *used;
	const char *a, *f;

	(void)state;
	clinic_start(&c);
	i18n_set_language("zh");
	clinic_save(&c, "organisation", "{'name':'县医院','code':'350299901','type':'4'}");
	a = person(&c, "陈桂兰", "1955-07-15");
	enrol(&c, a);
	follow_up(&c, a, "2026-11-05", 162, 98, "");
	f = follow_up(&c, a, "2026-11-20", 168, 102, ",'drugs':[{'name':'氨氯地平','strength':'5mg','times':1,'dose':'1片'}],'adherence':'2'");
	rec = letter(&c, a, &used);
	assert_non_null(used);
	assert_string_equal(used->meta.id, f);
	assert_string_equal(record_text(rec, "reason"), "2");
	assert_string_equal(record_text(rec, "programme"), "htn");
	assert_non_null(strstr(record_text(rec, "present_illness"), "168/102"));
	assert_non_null(strstr(record_text(rec, "present_illness"), "162/98"));
	assert_non_null(strstr(record_text(rec, "treatment"), "氨氯地平 5mg"));
	assert_non_null(strstr(record_text(rec, "treatment"), "间断"));
	assert_string_equal(record_text(rec, "to_department"), "心内科");
	assert_string_equal(directory_name(&c.app, KIND_ORGANISATION, record_text(rec, "to_org"), &c.mem), "县医院");
	assert_null(record_text(rec, "consent")); /* only the patient can say that */
	clinic_stop(&c);
}

static void referral__an_emergency__is_one_on_the_letter_too(void **state)
{
	struct test_clinic c;
	struct record *rec;
	const char *a;

	(void)state;
	clinic_start(&c);
	a = person(&c, "陈桂兰", "1955-07-15");
	enrol(&c, a);
	follow_up(&c, a, "2026-11-22", 186, 102, "");
	rec = letter(&c, a, NULL);
	assert_true(record_is(rec, "reason", "1"));
	assert_true(record_is(rec, "urgency", "emergency"));
	clinic_stop(&c);
}

static void referral__an_old_follow_up__writes_nothing(void **state)
{
	struct test_clinic c;
	struct record *rec, *used;
	const char *a;

	(void)state;
	clinic_start(&c);
	a = person(&c, "陈桂兰", "1955-07-15");
	enrol(&c, a);
	follow_up(&c, a, "2026-11-07", 168, 102, ""); /* fifteen days ago */
	rec = letter(&c, a, &used);
	assert_null(used);
	assert_null(record_text(rec, "reason"));
	assert_null(record_text(rec, "present_illness"));
	clinic_stop(&c);
}

/* ---- households, settings, the exchange ------------------------------------------------------------------------------------ */

static void household__joined_and_left__leaves_history(void **state)
{
	AUTO_FREE int64_t *ids = NULL;
	struct test_clinic c;
	const char *a, *home;
	size_t n;

	(void)state;
	clinic_start(&c);
	a = person(&c, "陈桂兰", "1955-07-15");
	home = clinic_save(&c, "household", "{'name':'陈阿水','village':'上坂村'}");
	assert_ok(household_join(&c.app, a, home, &c.err), &c.err);
	assert_ok(household_join(&c.app, a, home, &c.err), &c.err); /* nothing changes */
	assert_ok(household_members(&c.app, record_row(&c.app, KIND_HOUSEHOLD, home), &ids, &n, &c.err), &c.err);
	assert_int_equal(n, 1);
	assert_ok(household_join(&c.app, a, "", &c.err), &c.err);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM resident WHERE household IS NOT NULL"), 0);
	assert_int_equal(clinic_count(&c, "SELECT max(revision) FROM change c JOIN resident r ON r.id = c.record"), 3);
	assert_false(household_join(&c.app, "nobody", home, &c.err));
	clinic_stop(&c);
}

static void settings__the_county__takes_only_a_safe_address(void **state)
{
	static const struct {
		const char *url;
		bool fine;
	} cases[] = {
		{ "", true },
		{ "https://fhir.example.cn/r4", true },
		{ "http://localhost:8103/fhir/R4", true },
		{ "http://127.0.0.1:8103", true },
		{ "http://fhir.example.cn", false },
		{ "fhir.example.cn", false },
		{ "https:// x", false },
		{ "ftp://x.cn/abc", false },
		{ "http://localhost.example.cn/r4", false },
		{ "http://127.0.0.1.example.cn", false },
		{ "https://", false },
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		if (clinic_county_check(cases[i].url, &c.err) != cases[i].fine)
			fail_msg("%s", cases[i].url);
	assert_ok(clinic_set_county(&c.app, "https://fhir.example.cn/r4", &c.err), &c.err);
	assert_string_equal(clinic_county(&c.app, &c.mem), "https://fhir.example.cn/r4");
	assert_false(clinic_set_county(&c.app, "http://x.cn/fhir", &c.err));
	assert_string_equal(clinic_county(&c.app, &c.mem), "https://fhir.example.cn/r4");
	assert_false(clinic_set_village(&c.app, "nowhere", &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
	clinic_stop(&c);
}

static void exchange__what_waits__is_counted_by_class(void **state)
{
	struct test_clinic c;
	struct exchange x;

	(void)state;
	clinic_start(&c);
	person(&c, "陈桂兰", "1955-07-15");
	person(&c, "黄水金", "1960-04-08");
	assert_ok(exchange_read(&c.app, &c.mem, &x, &c.err), &c.err);
	assert_string_equal(x.url, "");
	assert_false(x.any);
	assert_int_equal(x.n_refused, 0);
	assert_int_equal(x.n_classes, 1);
	assert_int_equal(x.classes[0].prio, 1);
	assert_true(x.classes[0].count >= 2);
	assert_int_equal(x.total, x.classes[0].count);
	assert_true(x.oldest > 0 && x.oldest <= c.now);
	assert_int_equal(x.bytes, 0); /* nothing was ever sent: nobody knows how long it takes */
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roster__narrows__by_what_is_lacking),
		cmocka_unit_test(roster__a_row__tells_the_last_values),
		cmocka_unit_test(contract__fulfilment__counts_records_not_claims),
		cmocka_unit_test(referral__is_written__from_the_follow_up_that_asked),
		cmocka_unit_test(referral__an_emergency__is_one_on_the_letter_too),
		cmocka_unit_test(referral__an_old_follow_up__writes_nothing),
		cmocka_unit_test(household__joined_and_left__leaves_history),
		cmocka_unit_test(settings__the_county__takes_only_a_safe_address),
		cmocka_unit_test(exchange__what_waits__is_counted_by_class),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
