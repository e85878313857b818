/* Death, moving away, coming back, moving within: what each ends, and what comes back when it was a mistake. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/contract_steps.h"
#include "app/service/lacks.h"
#include "app/service/paper.h"
#include "app/service/people_lists.h"

static struct {
	const char *who, *roster, *contract, *team, *household;
} ids;

static int setup(void **state)
{
	static struct test_clinic c;

	clinic_start(&c);
	ids.team = clinic_save(&c, "team", "{'name':'林秀英团队','leader':'001'}");
	ids.household = clinic_save(&c, "household", "{'name':'黄水金','village':'上坂村'}");
	ids.who = clinic_save(&c, "resident", "{'name':'黄水金','sex':'1','birth_date':'1950-01-02','village':'上坂村','household':'%s',"
					      "'household_relation':'0'}", ids.household);
	clinic_save(&c, "household", "{'id':'%s','revision':1,'head':'%s'}", ids.household, ids.who);
	ids.roster = clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", ids.who);
	ids.contract = given_sign(&c, ids.who, ids.team, "2026-01-01", "");
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	clinic_stop(*state);
	return 0;
}

static const char *text(struct test_clinic *c, const char *kind, const char *id, const char *key)
{
	struct record *rec;

	assert_ok(record_load(&c->app, kind_by_name(kind)->id, id, &c->mem, &rec, &c->err), &c->err);
	return record_text(rec, key) ? record_text(rec, key) : "";
}

static int64_t revision(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_RESIDENT, id, &c->mem, &rec, &c->err), &c->err);
	return rec->meta.revision;
}

/* Saves changes of his record; the warning's code or NULL. */
static void change(struct test_clinic *c, const char *json, const char *warning)
{
	struct save_result r;
	bool warned = !warning;

	assert_ok(clinic_try(c, &r, "resident", "{'id':'%s','revision':%d,%s}", ids.who, (int)revision(c, ids.who), json), &c->err);
	for (const struct finding *f = r.findings.first; f; f = f->next)
		warned |= warning && !strcmp(f->code, warning);
	assert_true(warned);
}

static int64_t due(struct test_clinic *c)
{
	return clinic_count(c, "SELECT count(*) FROM due");
}

static void assert_ended(struct test_clinic *c, const char *day, const char *reason)
{
	assert_string_equal(text(c, "enrolment", ids.roster, "status"), "ended");
	assert_string_equal(text(c, "enrolment", ids.roster, "ended_on"), day);
	assert_string_equal(text(c, "enrolment", ids.roster, "end_reason"), reason);
	assert_string_equal(text(c, "contract", ids.contract, "status"), "terminated");
	assert_string_equal(text(c, "contract", ids.contract, "ended_on"), day);
	assert_int_equal(due(c), 0);
}

static void assert_running(struct test_clinic *c)
{
	assert_string_equal(text(c, "enrolment", ids.roster, "status"), "active");
	assert_string_equal(text(c, "enrolment", ids.roster, "ended_on"), "");
	assert_string_equal(text(c, "enrolment", ids.roster, "end_reason"), "");
	assert_string_equal(text(c, "contract", ids.contract, "status"), "active");
	assert_string_equal(text(c, "contract", ids.contract, "ended_on"), "");
	assert_true(due(c) > 0);
}

static void death__ends__everything_at_its_date(void **state)
{
	struct test_clinic *c = *state;

	assert_running(c);
	change(c, "'died_on':'2026-08-03','death_cause':'脑卒中'", "new_head");
	assert_string_equal(text(c, "resident", ids.who, "status"), "4");
	assert_ended(c, "2026-08-03", "1");
	clinic_check(c);
}

static void death__lists__what_is_dated_after_it(void **state)
{
	struct test_clinic *c = *state;
	struct listed *rows;
	struct save_result r;
	struct overview o;
	struct lack lacks[LACKS_MAX];
	size_t n;

	clinic_save(c, "visit", "{'resident':'%s','date':'2026-08-02','status':'finished'}", ids.who);
	clinic_save(c, "visit", "{'resident':'%s','date':'2026-09-10','status':'finished'}", ids.who);
	change(c, "'died_on':'2026-08-03'", "after_death");
	assert_ok(people_list_read(&c->app, PEOPLE_AFTER_DEATH, 0, &c->mem, &rows, &n, &c->err), &c->err);
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].day, "2026-09-10");
	assert_string_equal(rows[0].hit.id, ids.who);
	assert_ok(overview_read(&c->app, ids.who, &c->mem, &o, &c->err), &c->err);
	assert_ok(lacks_read(&c->app, &o, &c->mem, lacks, &n, &c->err), &c->err);
	assert_int_equal(n, 1);
	assert_string_equal(lacks[0].task.task, "after_death");
	/* and nothing new can be dated so */
	assert_refused(clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-08-04','status':'finished'}", ids.who), &c->err,
		ERR_INCONSISTENT);
}

static void death__moves_the_ends__another_day(void **state)
{
	struct test_clinic *c = *state;

	change(c, "'died_on':'2026-08-03'", NULL);
	change(c, "'died_on':'2026-07-30'", NULL);
	assert_ended(c, "2026-07-30", "1");
	change(c, "'died_on':null,'status':'3','moved_on':'2026-07-01','moved_to':'厦门'", NULL);
	assert_ended(c, "2026-07-01", "2");
}

static void death__restores__a_wrong_entry(void **state)
{
	struct test_clinic *c = *state;

	change(c, "'died_on':'2026-08-03'", NULL);
	change(c, "'address':'桥头12号'", NULL); /* something else meanwhile */
	change(c, "'died_on':null", NULL);
	assert_string_equal(text(c, "resident", ids.who, "status"), "1");
	assert_running(c);
	clinic_check(c);
}

/* Entered months late: the contract of that day had been renewed meanwhile, and the renewal once more. */
static const char *renewals[2];

static void renew_twice(struct test_clinic *c)
{
	static const char *const starts[] = { "2027-01-01", "2028-01-01" };
	const char *before = ids.contract;

	for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
		struct contract_terms terms = { .years = 1, .signed_by = "0", .sign_method = "1" };
		struct save_options o = { .confirm_all = true };
		struct save_result r;

		assert_ok(contract_renew(&c->app, before, &terms, &o, &c->mem, &r, &c->err), &c->err);
		before = renewals[i] = arena_strdup(&c->mem, r.rec->meta.id);
		assert_string_equal(text(c, "contract", before, "start"), starts[i]);
	}
	assert_string_equal(text(c, "contract", ids.contract, "status"), "renewed");
}

static void assert_contract(struct test_clinic *c, const char *id, const char *status, const char *ended_on)
{
	assert_string_equal(text(c, "contract", id, "status"), status);
	assert_string_equal(text(c, "contract", id, "ended_on"), ended_on);
}

static void assert_as_renewed(struct test_clinic *c)
{
	assert_contract(c, ids.contract, "renewed", "");
	assert_contract(c, renewals[0], "renewed", "");
	assert_contract(c, renewals[1], "active", "");
}

static void death_before_a_renewal__ends__the_contract_of_that_day(void **state)
{
	struct test_clinic *c = *state;
	struct listed *rows;
	size_t n;

	renew_twice(c);
	change(c, "'died_on':'2026-08-03'", "after_death");
	assert_ended(c, "2026-08-03", "1");
	assert_contract(c, renewals[0], "terminated", "2027-01-01"); /* no day of theirs is left */
	assert_contract(c, renewals[1], "terminated", "2028-01-01");
	assert_ok(people_list_read(&c->app, PEOPLE_AFTER_DEATH, 0, &c->mem, &rows, &n, &c->err), &c->err);
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].day, "2027-01-01");
	assert_string_equal(rows[1].day, "2028-01-01");
	change(c, "'died_on':'2026-07-30'", "after_death");
	assert_ended(c, "2026-07-30", "1");
	change(c, "'died_on':null", NULL);
	assert_as_renewed(c);
	clinic_check(c);
}

/* Of the year before nothing changes; a date put right reaches what the wrong one had left alone, and the other way round. */
static void death_in_another_year__ends__the_other_contract(void **state)
{
	struct test_clinic *c = *state;

	renew_twice(c);
	c->app.clock.fixed_today = date_add_months(app_today(&c->app), 12);
	change(c, "'died_on':'2027-03-01'", NULL);
	assert_contract(c, ids.contract, "renewed", "");
	assert_contract(c, renewals[0], "terminated", "2027-03-01");
	change(c, "'died_on':'2026-12-31'", NULL);
	assert_contract(c, ids.contract, "terminated", "2026-12-31");
	assert_contract(c, renewals[0], "terminated", "2027-01-01");
	change(c, "'died_on':'2027-01-01'", NULL);
	assert_contract(c, ids.contract, "renewed", "");
	assert_contract(c, renewals[0], "terminated", "2027-01-01");
	assert_contract(c, renewals[1], "terminated", "2028-01-01");
	change(c, "'died_on':null", NULL);
	assert_as_renewed(c);
	clinic_check(c);
}

static void move_before_a_renewal__ends__the_contract_of_that_day(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	renew_twice(c);
	change(c, "'moved_on':'2026-06-01','moved_to':'泉州','moved_why':'1'", "hand_over");
	assert_ended(c, "2026-06-01", "2");
	assert_contract(c, renewals[0], "terminated", "2027-01-01");
	assert_ok(records_undo(&c->app, kind_by_name("resident"), ids.who, &c->mem, &r, &c->err), &c->err);
	assert_as_renewed(c);
}

/* Handed over after the day he died: it was with the first team then. */
static void death_before_a_transfer__ends__at_the_first_team(void **state)
{
	struct test_clinic *c = *state;
	const char *other = clinic_save(c, "team", "{'name':'陈大明团队','leader':'001'}");
	struct contract_transfer to = { .team = other, .day = app_today(&c->app), .reason = "换村医" };
	struct save_result r;

	assert_ok(contract_transfer(&c->app, ids.contract, &to, &c->mem, &r, &c->err), &c->err);
	assert_string_equal(text(c, "contract", ids.contract, "status"), "transferred");
	change(c, "'died_on':'2026-08-03'", "after_death");
	assert_ended(c, "2026-08-03", "1");
	change(c, "'died_on':null", NULL);
	assert_string_equal(text(c, "contract", ids.contract, "status"), "transferred");
	clinic_check(c);
}

/* A contract that was handed over ended the day before: on the day itself only the new one is in force. */
static void death_around_a_transfer__leaves__one_contract_a_day(void **state)
{
	static const struct { const char *died_on, *first, *first_ended, *second, *second_ended; } cases[] = {
		{ "2026-11-21", "terminated", "2026-11-21", "terminated", "2026-11-22" },
		{ "2026-11-22", "transferred", "2026-11-22", "terminated", "2026-11-22" },
	};
	struct test_clinic *c = *state;
	const char *other = clinic_save(c, "team", "{'name':'陈大明团队','leader':'001'}"), *second;
	struct contract_transfer to = { .team = other, .day = app_today(&c->app), .reason = "换村医" };
	char died[64], in_force[160];
	struct save_result r;

	assert_ok(contract_transfer(&c->app, ids.contract, &to, &c->mem, &r, &c->err), &c->err);
	second = arena_strdup(&c->mem, r.rec->meta.id);
	assert_contract(c, ids.contract, "transferred", "2026-11-22");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		snprintf(died, sizeof died, "'died_on':'%s'", cases[i].died_on);
		change(c, died, NULL);
		assert_contract(c, ids.contract, cases[i].first, cases[i].first_ended);
		assert_contract(c, second, cases[i].second, cases[i].second_ended);
		snprintf(in_force, sizeof in_force, "SELECT count(*) FROM service_term WHERE \"from\" <= '%s' AND until >= '%s'",
			cases[i].died_on, cases[i].died_on);
		assert_int_equal(clinic_count(c, in_force), 1);
	}
	assert_string_equal(text(c, "contract", ids.contract, "status_reason"), ""); /* it did not end by the death */
	change(c, "'died_on':null", NULL);
	assert_contract(c, ids.contract, "transferred", "2026-11-22");
	assert_contract(c, second, "active", "");
	clinic_check(c);
}

static void death__is_no_state__beside_another(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	change(c, "'died_on':'2026-08-03'", NULL);
	assert_refused(clinic_try(c, &r, "resident", "{'id':'%s','revision':%d,'status':'1'}", ids.who, (int)revision(c, ids.who)),
		&c->err, ERR_INCONSISTENT);
	assert_string_equal(c->err.field, "status");
}

static void undo__restores__all_of_the_group(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	change(c, "'died_on':'2026-08-03'", NULL);
	assert_ok(records_undo(&c->app, kind_by_name("resident"), ids.who, &c->mem, &r, &c->err), &c->err);
	assert_running(c);
}

static void move__ends_and_begins_anew__back_again(void **state)
{
	struct test_clinic *c = *state;
	struct save_result r;

	change(c, "'moved_on':'2026-06-01','moved_to':'泉州','moved_why':'1'", NULL);
	assert_string_equal(text(c, "resident", ids.who, "status"), "3");
	assert_ended(c, "2026-06-01", "2");
	assert_refused(clinic_try(c, &r, "resident", "{'id':'%s','revision':%d,'status':'1'}", ids.who, (int)revision(c, ids.who)),
		&c->err, ERR_INCONSISTENT);
	assert_string_equal(c->err.field, "moved_on");
	change(c, "'status':'1','moved_in_on':'2026-11-01','moved_in_from':'泉州','moved_in_why':'4'", NULL);
	assert_ended(c, "2026-06-01", "2"); /* a new enrolment counts from here */
	clinic_save(c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-11-02'}", ids.who);
	assert_true(due(c) > 0);
}

/* What the next place needs is printed behind his file. */
static void move__hands_over__with_a_sheet(void **state)
{
	struct test_clinic *c = *state;
	AUTO_REPORT struct report *rep = NULL, *before = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct record *rec;

	clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'2026-05-03','mode':'1','sbp':152,'dbp':88,'class':'2',"
				   "'drugs':[{'name':'氨氯地平','strength':'5mg','times':1}]}", ids.who);
	clinic_save(c, "referral", "{'resident':'%s','direction':'up','date':'2026-05-20','to_org_text':'县医院'}", ids.who);
	assert_ok(record_load(&c->app, KIND_RESIDENT, ids.who, &c->mem, &rec, &c->err), &c->err);
	before = paper_report(&c->app, KIND_RESIDENT, rec, &c->err);
	assert_non_null(before);
	change(c, "'moved_on':'2026-06-01','moved_to':'泉州鲤城区','moved_why':'1','drug_allergy':['2']", "hand_over");
	assert_ok(record_load(&c->app, KIND_RESIDENT, ids.who, &c->mem, &rec, &c->err), &c->err);
	rep = paper_report(&c->app, KIND_RESIDENT, rec, &c->err);
	assert_non_null(rep);
	assert_int_equal(rep->n_sheets, before->n_sheets + 1);
	sheet_dump(rep->sheets[rep->n_sheets - 1], &text);
	assert_non_null(strstr(text.s, "居民健康档案移交单"));
	assert_non_null(strstr(text.s, "2026-06-01"));
	assert_non_null(strstr(text.s, "泉州鲤城区"));
	assert_non_null(strstr(text.s, "青霉素"));
	assert_non_null(strstr(text.s, "2020-05-06\t\t\t\t2026-05-03\t\t\t\t152/88\t\t\t\t控制不满意"));
	assert_non_null(strstr(text.s, "林秀英团队, ended on 2026-06-01"));
	assert_non_null(strstr(text.s, "Open referrals\t\t\t\t1\t"));
	assert_non_null(strstr(text.s, "接收人 ________"));
}

static void move_within__asks__for_the_contract(void **state)
{
	struct test_clinic *c = *state;

	clinic_save(c, "organisation", "{'name':'溪头村','code':'350299101102','type':'1'}");
	change(c, "'village':'溪头村'", "transfer_contract");
	assert_running(c); /* the same file, the contract is asked about only */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(death__ends__everything_at_its_date, setup, teardown),
		cmocka_unit_test_setup_teardown(death__lists__what_is_dated_after_it, setup, teardown),
		cmocka_unit_test_setup_teardown(death__moves_the_ends__another_day, setup, teardown),
		cmocka_unit_test_setup_teardown(death__restores__a_wrong_entry, setup, teardown),
		cmocka_unit_test_setup_teardown(death_before_a_renewal__ends__the_contract_of_that_day, setup, teardown),
		cmocka_unit_test_setup_teardown(death_in_another_year__ends__the_other_contract, setup, teardown),
		cmocka_unit_test_setup_teardown(move_before_a_renewal__ends__the_contract_of_that_day, setup, teardown),
		cmocka_unit_test_setup_teardown(death_before_a_transfer__ends__at_the_first_team, setup, teardown),
		cmocka_unit_test_setup_teardown(death_around_a_transfer__leaves__one_contract_a_day, setup, teardown),
		cmocka_unit_test_setup_teardown(death__is_no_state__beside_another, setup, teardown),
		cmocka_unit_test_setup_teardown(undo__restores__all_of_the_group, setup, teardown),
		cmocka_unit_test_setup_teardown(move__ends_and_begins_anew__back_again, setup, teardown),
		cmocka_unit_test_setup_teardown(move__hands_over__with_a_sheet, setup, teardown),
		cmocka_unit_test_setup_teardown(move_within__asks__for_the_contract, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
