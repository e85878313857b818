/* The screening book: three different days, visits too; high risk; what is due; the lists; confirmed ones are offered a roster. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/lacks.h"
#include "app/service/screenings.h"

static const char *person(struct test_clinic *c, const char *born)
{
	return clinic_save(c, "resident", "{'name':'林测压','sex':'1','birth_date':'%s','village':'上坂村'}", born);
}

static struct record *screen(struct test_clinic *c, const char *who, const char *day, const char *values)
{
	struct save_result r;

	assert_ok(clinic_try(c, &r, "screening", "{'resident':'%s','date':'%s'%s%s}", who, day, *values ? "," : "", values), &c->err);
	return r.rec;
}

static size_t listed(struct test_clinic *c, enum screening_which which)
{
	AUTO_FREE int64_t *ids = NULL;
	size_t n;

	assert_ok(screening_ids(&c->app, which, 0, &ids, &n, &c->err), &c->err);
	return n;
}

/* One below, at and above each limit: result, high risk and factors, the day proposed. */
static void sheet__judges__each_limit(void **state)
{
	static const struct {
		const char *values, *bp, *glucose, *factors, *due;
	} cases[] = {
		{ "'sbp':129,'dbp':84", "1", NULL, NULL, "2027-11-02" },
		{ "'sbp':130,'dbp':84", "1", NULL, "1", "2027-05-02" },
		{ "'sbp':129,'dbp':85", "1", NULL, "1", "2027-05-02" },
		{ "'sbp':139,'dbp':89", "1", NULL, "1", "2027-05-02" },
		{ "'sbp':140,'dbp':80", "2", NULL, NULL, "2026-11-09" },
		{ "'sbp':120,'dbp':90", "2", NULL, NULL, "2026-11-09" },
		{ "'sbp':179,'dbp':109", "2", NULL, NULL, "2026-11-09" },
		{ "'sbp':180,'dbp':90", "4", NULL, NULL, "2026-11-16" },
		{ "'sbp':150,'dbp':110", "4", NULL, NULL, "2026-11-16" },
		{ "'sbp':150,'dbp':80,'sbp2':128,'dbp2':80", "1", NULL, "1", "2027-05-02" }, /* the mean is 139 */
		{ "'fpg':6.0", NULL, "1", NULL, "2027-11-02" },
		{ "'fpg':6.1", NULL, "2", "9", "2027-05-02" },
		{ "'fpg':6.9", NULL, "2", "9", "2027-05-02" },
		{ "'fpg':7.0", NULL, "3", NULL, "2026-11-16" },
		{ "'fpg':16.6", NULL, "3", NULL, "2026-11-16" },
		{ "'fpg':16.7", NULL, "4", NULL, "2026-11-16" },
		{ "'fpg':4.0", NULL, "1", NULL, "2027-11-02" },
		{ "'fpg':3.9", NULL, "4", NULL, "2026-11-16" },
		{ "'sbp':120,'dbp':80,'weight':69.3,'height':170", "1", NULL, NULL, "2027-11-02" },
		{ "'sbp':120,'dbp':80,'weight':69.4,'height':170", "1", NULL, "2", "2027-05-02" },
		{ "'sbp':120,'dbp':80,'weight':81,'height':170", "1", NULL, "3", "2027-05-02" },
		{ "'sbp':120,'dbp':80,'waist':89.9", "1", NULL, NULL, "2027-11-02" },
		{ "'sbp':120,'dbp':80,'waist':90", "1", NULL, "4", "2027-05-02" },
		{ "'sbp':120,'dbp':80,'family_history':'2'", "1", NULL, "5", "2027-05-02" },
		{ "'sbp':120,'dbp':80,'salty':'2'", "1", NULL, "6", "2027-05-02" },
		{ "'sbp':120,'dbp':80,'liquor_ml':99", "1", NULL, NULL, "2027-11-02" },
		{ "'sbp':120,'dbp':80,'liquor_ml':100", "1", NULL, "7", "2027-05-02" },
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = screen(&c, person(&c, "1980-02-03"), "2026-11-02", cases[i].values);
		const char *bp = record_text(rec, "bp_result"), *glucose = record_text(rec, "glucose_result");
		const char *factors = record_text(rec, "factors");

		assert_case(!strcmp(bp ? bp : "", cases[i].bp ? cases[i].bp : ""), i, cases[i].values);
		assert_case(!strcmp(glucose ? glucose : "", cases[i].glucose ? cases[i].glucose : ""), i, cases[i].values);
		assert_case(!strcmp(factors ? factors : "", cases[i].factors ? cases[i].factors : ""), i, cases[i].values);
		assert_case(!strcmp(record_text(rec, "high_risk"), cases[i].factors ? "2" : "1"), i, cases[i].values);
		assert_case(!strcmp(record_text(rec, "next_due"), cases[i].due), i, cases[i].values);
	}
	assert_string_equal(record_text(screen(&c, person(&c, "1971-11-03"), "2026-11-02", "'sbp':120,'dbp':80"), "high_risk"), "1");
	assert_string_equal(record_text(screen(&c, person(&c, "1971-11-02"), "2026-11-02", "'sbp':120,'dbp':80"), "factors"), "8");
	clinic_stop(&c);
}

static void suspicion__needs__three_different_days(void **state)
{
	struct test_clinic c;
	const char *who;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1980-02-03");
	screen(&c, who, "2026-10-01", "'sbp':142,'dbp':88");
	assert_int_equal(listed(&c, SCREENING_RAISED), 1);
	rec = screen(&c, who, "2026-10-01", "'sbp':150,'dbp':92"); /* the same day again */
	assert_string_equal(record_text(rec, "bp_result"), "2");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-10-08','sbp':139,'dbp':91}", who); /* a visit counts */
	rec = screen(&c, who, "2026-10-15", "'sbp':150,'dbp':80");
	assert_string_equal(record_text(rec, "bp_result"), "3");
	assert_int_equal(record_num(rec, "raised_days", 0), 3);
	assert_string_equal(record_text(rec, "next_due"), "2026-10-29");
	assert_int_equal(listed(&c, SCREENING_ALL), 3);
	assert_int_equal(listed(&c, SCREENING_RAISED), 0);
	assert_int_equal(listed(&c, SCREENING_SUSPECTED), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'screening' AND due = '2026-10-29'"), 1);
	/* the county hospital confirmed it: no longer suspected, nothing to ask for */
	clinic_save(&c, "screening", "{'id':'%s','revision':1,'confirmed':'1','confirmed_on':'2026-10-20'}", rec->meta.id);
	assert_int_equal(listed(&c, SCREENING_SUSPECTED), 0);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'screening'"), 0);
	clinic_check(&c);
	clinic_stop(&c);
}

static const char *lack_of(struct test_clinic *c, const char *who, const char *task)
{
	struct lack *lacks = arena_alloc(&c->mem, LACKS_MAX * sizeof *lacks);
	struct overview *o = arena_alloc(&c->mem, sizeof *o);
	size_t n;

	assert_ok(overview_read(&c->app, who, &c->mem, o, &c->err), &c->err);
	assert_ok(lacks_read(&c->app, o, &c->mem, lacks, &n, &c->err), &c->err);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(lacks[i].task.task, task))
			return lacks[i].text;
	return NULL;
}

/* What his page says of a raised value, joined: one fact stands there once. */
static const char *raised_lack(struct test_clinic *c, const char *who)
{
	struct lack *lacks = arena_alloc(&c->mem, LACKS_MAX * sizeof *lacks);
	struct overview *o = arena_alloc(&c->mem, sizeof *o);
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	size_t n;

	assert_ok(overview_read(&c->app, who, &c->mem, o, &c->err), &c->err);
	assert_ok(lacks_read(&c->app, o, &c->mem, lacks, &n, &c->err), &c->err);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(lacks[i].task.task, "screening") || !strcmp(lacks[i].task.task, "raised"))
			sbuf_addf(&out, "%s%s", out.len ? "; " : "", lacks[i].text);
	return out.len ? arena_strdup(&c->mem, out.s) : NULL;
}

/* The book says that he goes to the hospital: that is offered until it is written, or it was ruled out. */
static void emergency__leads_to_the_referral(void **state)
{
	struct test_clinic c;
	struct record *rec;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1984-02-03");
	screen(&c, who, "2026-11-20", "'sbp':150,'dbp':92");
	assert_null(lack_of(&c, who, "refer"));
	rec = screen(&c, who, "2026-11-22", "'sbp':188,'dbp':112");
	assert_string_equal(record_text(rec, "bp_result"), "4");
	assert_non_null(strstr(lack_of(&c, who, "refer"), "188/112"));
	clinic_save(&c, "referral", "{'resident':'%s','direction':'up','date':'2026-11-22','urgency':'emergency','consent':'2'}", who);
	assert_null(lack_of(&c, who, "refer"));
	clinic_stop(&c);
}

/* Raised at a visit: offered to go on with, until it stands in the book, is normal again, or he is on a roster. */
static void visit__raised__leads_to_the_book(void **state)
{
	struct test_clinic c;
	const char *who, *child;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1984-02-03");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20','sbp':139,'dbp':89}", who);
	assert_null(raised_lack(&c, who));
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-21','sbp':188,'dbp':112}", who);
	assert_non_null(strstr(raised_lack(&c, who), "188/112"));
	screen(&c, who, "2026-11-21", "'sbp':188,'dbp':112");
	assert_null(raised_lack(&c, who));
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','sbp':150,'dbp':90}", who);
	assert_non_null(raised_lack(&c, who));
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-11-22'}", who);
	assert_null(raised_lack(&c, who));
	child = person(&c, "2016-02-03");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','sbp':142,'dbp':90}", child);
	assert_null(raised_lack(&c, child));
	clinic_stop(&c);
}

/* On the list since its day, and said once; a normal reading elsewhere ends it here as there. */
static void visit__raised__is_said_once__and_ends_with_the_task(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1984-02-03");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-10-12','sbp':152,'dbp':96}", who);
	assert_string_equal(raised_lack(&c, who), "血压升高: 换日再测 (152/96)");
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-10-20','left_sbp':126,'left_dbp':78}", who);
	assert_null(raised_lack(&c, who));
	clinic_stop(&c);
}

/* Readings that lie apart by more than 90 days are not one suspicion; a normal day ends it. */
static void suspicion__ends__normal_or_long_ago(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1980-02-03");
	screen(&c, who, "2026-05-01", "'sbp':150,'dbp':80");
	screen(&c, who, "2026-05-08", "'sbp':150,'dbp':80");
	assert_string_equal(record_text(screen(&c, who, "2026-08-07", "'sbp':150,'dbp':80"), "bp_result"), "2"); /* 91 days */
	assert_string_equal(record_text(screen(&c, who, "2026-08-20", "'sbp':128,'dbp':78"), "bp_result"), "1");
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'screening'"), 0);
	assert_int_equal(listed(&c, SCREENING_HIGH_RISK), 0);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-09-01'}", who);
	screen(&c, who, "2026-09-20", "'sbp':150,'dbp':80");
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'screening'"), 0); /* on the roster: followed up */
	clinic_stop(&c);
}

/* A sheet without the reading says nothing about it: what was asked for stays, on the day it was asked for. */
static void sheet_without_reading__leaves__what_is_asked_for(void **state)
{
	static const char *const after[] = { "'no_reading':'1'", "'no_reading':'3','weight':60.0", "'fpg':5.2", "'fpg':5.2,'salty':'2'" };
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(after); i++) {
		const char *who = person(&c, "1980-02-03");
		const struct record *rec;
		char sql[200];

		screen(&c, who, "2026-10-01", "'sbp':150,'dbp':92");
		rec = screen(&c, who, "2026-10-20", after[i]);
		snprintf(sql, sizeof sql,
			"SELECT count(*) FROM due WHERE task = 'screening' AND due = '2026-10-08' AND resident = %d",
			(int)record_row(&c.app, KIND_RESIDENT, who));
		assert_case(clinic_count(&c, sql) == 1, i, after[i]);
		assert_case(listed(&c, SCREENING_RAISED) == i + 1, i, after[i]);
		if (i < 2) /* no date follows from nothing */
			assert_case(!record_text(rec, "next_due") && !record_text(rec, "next_due_proposed"), i, after[i]);
	}
	clinic_check(&c);
	clinic_stop(&c);
}

/* The hospital's answer on a sheet of its own settles the suspicion, too. */
static void answer__settles__on_a_sheet_of_its_own(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1980-02-03");
	screen(&c, who, "2026-10-01", "'fpg':7.4");
	assert_int_equal(listed(&c, SCREENING_SUSPECTED), 1);
	screen(&c, who, "2026-10-20", "'confirmed':'3','confirmed_on':'2026-10-20'");
	assert_int_equal(listed(&c, SCREENING_SUSPECTED), 0);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'screening'"), 0);
	clinic_stop(&c);
}

static void sheet__is_refused__what_cannot_be(void **state)
{
	static const struct {
		const char *values, *field;
		enum err_code code;
	} cases[] = {
		{ "'sbp':80,'dbp':90", "dbp", ERR_INCONSISTENT },
		{ "'sbp':130,'dbp':80,'sbp2':80,'dbp2':80", "dbp2", ERR_INCONSISTENT },
		{ "'sbp':301,'dbp':80", "sbp", ERR_OUT_OF_RANGE },
		{ "'fpg':0.5", "fpg", ERR_OUT_OF_RANGE },
		{ "'sbp':130,'dbp':80,'next_due':'2026-11-02'", "next_due", ERR_INCONSISTENT },
		{ "'date':'2026-11-23'", "date", ERR_FUTURE_DATE },
		{ "'date':'1979-11-23'", "date", ERR_INCONSISTENT },
		{ "'place':'9'", "place", ERR_UNKNOWN_CODE },
		{ "'sbp':130,'dbp':80,'confirmed':'1','confirmed_on':'2026-11-01'", "confirmed_on", ERR_INCONSISTENT },
		{ "'place':'1'", "sbp", ERR_REQUIRED },
		{ "'sbp':150", "dbp", ERR_REQUIRED },
		{ "'dbp':90", "sbp", ERR_REQUIRED },
		{ "'weight':70.5,'waist':90.0", "sbp", ERR_REQUIRED },
		{ "'confirmed':'4'", "sbp", ERR_REQUIRED },
		{ "'sbp':130,'dbp':80,'no_reading':'1'", "no_reading", ERR_INCONSISTENT },
		{ "'no_reading':'5'", "no_reading", ERR_UNKNOWN_CODE },
	};
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "1980-02-03");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct save_result r;

		assert_case(!clinic_try(&c, &r, "screening", "{'resident':'%s','date':'2026-11-02',%s}", who, cases[i].values), i,
			cases[i].values);
		assert_case(c.err.code == cases[i].code && !strcmp(c.err.field, cases[i].field), i, cases[i].values);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sheet__judges__each_limit),
		cmocka_unit_test(suspicion__needs__three_different_days),
		cmocka_unit_test(visit__raised__leads_to_the_book),
		cmocka_unit_test(visit__raised__is_said_once__and_ends_with_the_task),
		cmocka_unit_test(emergency__leads_to_the_referral),
		cmocka_unit_test(suspicion__ends__normal_or_long_ago),
		cmocka_unit_test(sheet_without_reading__leaves__what_is_asked_for),
		cmocka_unit_test(answer__settles__on_a_sheet_of_its_own),
		cmocka_unit_test(sheet__is_refused__what_cannot_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
