/* Signing in one go: a household as one change, a village of 1,250 one by one, lists of contracts. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/service/contract_lists.h"
#include "app/service/packages.h"
#include "app/service/signing.h"

static const struct contract_terms by_hand = { .signed_by = "0", .sign_method = "1" };

/* ---- a household ---------------------------------------------------------------------------------------------------------- */

static const char *member(struct test_clinic *c, const char *household, const char *name, const char *born, const char *more)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','household':'%s'%s}", name, born, household, more);
}

static struct candidate *candidates(struct test_clinic *c, const char *household, size_t *n)
{
	struct candidate *v;

	assert_ok(signing_household(&c->app, record_row(&c->app, KIND_HOUSEHOLD, household), &c->mem, &v, n, &c->err), &c->err);
	return v;
}

static void household__is_proposed__by_key_group(void **state)
{
	struct test_clinic c;
	struct candidate *v;
	const char *home, *old, *team;
	size_t n;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	home = clinic_save(&c, "household", "{'name':'陈阿水'}");
	old = member(&c, home, "陈阿水", "1950-01-02", "");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", old);
	given_sign(&c, member(&c, home, "陈桂兰", "1955-07-15", ""), team, "2026-04-01", "");
	given_sign(&c, member(&c, home, "陈大树", "1980-07-15", ""), team, "2025-12-01", ",'packages':['1','7']");
	member(&c, home, "陈小宝", "2022-07-15", "");
	member(&c, home, "陈已故", "1930-07-15", ",'status':'4','died_on':'2026-01-01'");
	v = candidates(&c, home, &n);
	assert_int_equal(n, 5);
	assert_string_equal(v[0].name, "陈阿水");
	assert_string_equal(v[0].packages, "1,2,4");
	assert_true(v[0].chosen);
	assert_int_equal(v[1].state, SIGNING_HAS);
	assert_false(v[1].chosen);
	assert_string_equal(v[1].until, "2027-03-31");
	assert_int_equal(v[2].state, SIGNING_RENEW);
	assert_string_equal(v[2].packages, "1,7");
	assert_string_equal(v[3].packages, "1,6");
	assert_int_equal(v[4].state, SIGNING_NOBODY);
	clinic_stop(&c);
}

static void household__signs__as_one_change(void **state)
{
	struct test_clinic c;
	struct candidate *v;
	struct save_result r;
	const char *home, *team, *before, *id;
	size_t n, done;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	home = clinic_save(&c, "household", "{'name':'陈阿水'}");
	member(&c, home, "陈阿水", "1950-01-02", "");
	before = given_sign(&c, member(&c, home, "陈大树", "1980-07-15", ""), team, "2025-12-01", ",'packages':['1']");
	v = candidates(&c, home, &n);
	assert_ok(signing_sign(&c.app, v, n, &by_hand, &done, &c.err), &c.err);
	assert_int_equal(done, 2);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract WHERE status = 'active'"), 2);
	assert_string_equal(given_status(&c, before), "renewed");
	/* one group: two new ones and the one that is renewed */
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM change WHERE grp = (SELECT max(grp) FROM change)"), 3);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract WHERE team IS NULL"), 0);
	v = candidates(&c, home, &n);
	assert_int_equal(v[0].state, SIGNING_HAS);
	assert_false(signing_sign(&c.app, v, n, &by_hand, &done, &c.err)); /* nobody is left */
	assert_int_equal(c.err.code, ERR_REQUIRED);
	/* taken back as one, too */
	id = clinic_count(&c, "SELECT count(*) FROM contract") == 3 ? v[0].running : "";
	assert_ok(records_undo(&c.app, kind_by_id(KIND_CONTRACT), id, &c.mem, &r, &c.err), &c.err);
	assert_string_equal(given_status(&c, before), "active");
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract c JOIN record r ON r.id = c.id AND r.state = 0"), 1);
	clinic_check(&c);
	clinic_stop(&c);
}

/* A child under 8 has a guardian who signs, in one go as on a sheet of its own (Civil Code, article 20). */
static void household__signs__for_its_small_children(void **state)
{
	static const struct {
		const char *born, *by;
	} cases[] = { { "2022-07-15", "1" }, { "2018-11-23", "1" }, { "2018-11-22", "0" }, { "1980-07-15", "0" } };
	static const struct contract_terms all = { .signed_by = "0", .sign_method = "1", .guardian = true };
	struct test_clinic c;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct candidate *v;
		const char *home;
		struct record *rec;
		size_t n, done;

		clinic_start(&c);
		given_team(&c, "一队", "");
		home = clinic_save(&c, "household", "{'name':'陈阿水'}");
		member(&c, home, "陈小宝", cases[i].born, "");
		v = candidates(&c, home, &n);
		assert_case(signing_sign(&c.app, v, n, &by_hand, &done, &c.err) == !strcmp(cases[i].by, "0"), i, "by himself");
		if (*cases[i].by == '1') {
			assert_string_equal(c.err.field, "signed_by");
			assert_true(*v[0].fault != '\0');
			assert_ok(signing_sign(&c.app, v, n, &all, &done, &c.err), &c.err);
		}
		assert_ok(record_load(&c.app, KIND_CONTRACT, v[0].made, &c.mem, &rec, &c.err), &c.err);
		assert_string_equal(record_text(rec, "signed_by"), cases[i].by);
		clinic_stop(&c);
	}
}

/* It waited for its signature. */
static void contract__of_a_child_that_waits__is_signed_by_the_guardian(void **state)
{
	static const struct contract_terms wait = { .pending = true }, all = { .signed_by = "0", .sign_method = "1", .guardian = true };
	struct test_clinic c;
	struct candidate *v;
	const char *home;
	char made[RECORD_ID_MAX + 1];
	struct record *rec;
	int64_t row;
	size_t n, done;

	(void)state;
	clinic_start(&c);
	given_team(&c, "一队", "");
	home = clinic_save(&c, "household", "{'name':'陈阿水'}");
	member(&c, home, "陈小宝", "2022-07-15", "");
	v = candidates(&c, home, &n);
	assert_ok(signing_sign(&c.app, v, n, &wait, &done, &c.err), &c.err);
	row = record_row(&c.app, KIND_CONTRACT, v[0].made);
	assert_false(signing_signed(&c.app, row, &by_hand, made, &c.err));
	assert_ok(signing_signed(&c.app, row, &all, made, &c.err), &c.err);
	assert_ok(record_load(&c.app, KIND_CONTRACT, made, &c.mem, &rec, &c.err), &c.err);
	assert_string_equal(record_text(rec, "signed_by"), "1");
	clinic_check(&c);
	clinic_stop(&c);
}

/* He is 8 when it begins, and is not when it is signed. */
static void contract__of_a_child__age_counts_on_the_day_of_the_signature(void **state)
{
	static const struct contract_terms all = { .signed_by = "0", .sign_method = "1", .guardian = true };
	struct test_clinic c;
	const char *team, *who, *id;
	char made[RECORD_ID_MAX + 1];

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	who = clinic_save(&c, "resident", "{'name':'陈小宝','sex':'1','birth_date':'2018-12-10','village':'上坂村'}");
	id = clinic_save(&c, "contract", "{'resident':'%s','team':'%s','start':'2027-01-01','packages':['1'],'status':'pending'}", who, team);
	assert_ok(signing_signed(&c.app, record_row(&c.app, KIND_CONTRACT, id), &all, made, &c.err), &c.err);
	assert_string_equal(record_text(given_load(&c, id), "signed_by"), "1");
	clinic_check(&c);
	clinic_stop(&c);
}

/* What is wrong with one stands at him, and nobody is signed. */
static void household__is_refused_whole__one_cannot(void **state)
{
	struct test_clinic c;
	struct candidate *v;
	const char *home;
	size_t n, done;

	(void)state;
	clinic_start(&c);
	given_team(&c, "一队", "");
	home = clinic_save(&c, "household", "{'name':'陈阿水'}");
	member(&c, home, "陈阿水", "1950-01-02", "");
	member(&c, home, "陈桂兰", "1955-07-15", "");
	v = candidates(&c, home, &n);
	snprintf(v[1].packages, sizeof v[1].packages, "77");
	assert_false(signing_sign(&c.app, v, n, &by_hand, &done, &c.err));
	assert_int_equal(c.err.code, ERR_UNKNOWN_CODE);
	assert_int_equal(done, 0);
	assert_string_equal(v[0].fault, "");
	assert_non_null(strstr(v[1].fault, "77"));
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract"), 0);
	v[1].chosen = false;
	assert_ok(signing_sign(&c.app, v, n, &by_hand, &done, &c.err), &c.err);
	assert_int_equal(done, 1);
	clinic_stop(&c);
}

static void household__waits__for_its_signature(void **state)
{
	static const struct contract_terms later = { .pending = true };
	static const struct contract_act unsaid = { .event = "sign", .day = NO_DAY };
	static const struct contract_act sign = { .event = "sign", .day = NO_DAY, .signed_by = "0", .sign_method = "1" };
	struct test_clinic c;
	struct candidate *v;
	struct save_result r;
	const char *home, *before, *team, *id;
	size_t n, done;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	home = clinic_save(&c, "household", "{'name':'陈阿水'}");
	before = given_sign(&c, member(&c, home, "陈大树", "1980-07-15", ""), team, "2025-12-01", ",'packages':['1']");
	v = candidates(&c, home, &n);
	assert_ok(signing_sign(&c.app, v, n, &later, &done, &c.err), &c.err);
	assert_string_equal(given_status(&c, before), "active"); /* until the next is signed */
	v = candidates(&c, home, &n);
	assert_int_equal(v[0].state, SIGNING_HAS);
	id = v[0].running;
	assert_false(contract_act(&c.app, id, &unsaid, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_REQUIRED);
	assert_string_equal(c.err.field, "signed_by");
	assert_ok(contract_act(&c.app, id, &sign, &c.mem, &r, &c.err), &c.err);
	assert_string_equal(given_status(&c, before), "renewed");
	assert_string_equal(record_text(given_load(&c, id), "signed_on"), "2026-11-22");
	clinic_stop(&c);
}

/* ---- a village ------------------------------------------------------------------------------------------------------------ */

enum { VILLAGE = 1250, BEFORE_THE_FAULT = 700 };

static void make_village(struct test_clinic *c, const char *team)
{
	AUTO_WORK struct work w = { 0 };

	clinic_save(c, "package", "{'code':'99','name':'旧包','items':[{'item':'5','times':1}]}");
	assert_ok(work_begin(&w, &c->app, &c->err), &c->err);
	for (int i = 0; i < VILLAGE; i++) {
		char name[32];

		snprintf(name, sizeof name, "村民%04d", i);
		given_sign(c, given_person(c, name, "1960-01-02"), team, "2025-12-01",
			i == BEFORE_THE_FAULT ? ",'packages':['99']" : ",'packages':['1']");
	}
	assert_ok(work_commit(&w, &c->err), &c->err);
}

static void village__renewed_one_by_one__faults_a_person(void **state)
{
	struct contract_query q = { .which = CONTRACTS_TO_RENEW };
	struct test_clinic c;
	const char *team;
	AUTO_FREE int64_t *ids = NULL, *left = NULL;
	char made[RECORD_ID_MAX + 1];
	size_t n, failed = 0, n_left;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	make_village(&c, team);
	/* the old package may not be signed any more */
	clinic_save(&c, "package", "{'id':'%s','revision':1,'valid_to':'2026-06-30'}", given_newest(&c, 14));
	assert_ok(contract_ids(&c.app, &q, &ids, &n, &c.err), &c.err);
	assert_int_equal(n, VILLAGE);
	for (size_t i = 0; i < n; i++)
		if (!signing_renew(&c.app, ids[i], &by_hand, made, &c.err)) {
			failed++;
			assert_int_equal(c.err.code, ERR_UNKNOWN_CODE);
			assert_non_null(strstr(c.err.message, "99"));
		}
	assert_int_equal(failed, 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract WHERE status = 'renewed'"), VILLAGE - 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract WHERE start = '2026-12-01' AND previous IS NOT NULL"), VILLAGE - 1);
	assert_ok(contract_ids(&c.app, &q, &left, &n_left, &c.err), &c.err);
	assert_int_equal(n_left, 1); /* he is still on the list */
	clinic_check(&c);
	clinic_stop(&c);
}

/* ---- lists ---------------------------------------------------------------------------------------------------------------- */

static size_t count(struct test_clinic *c, enum contract_which which, int64_t team, const char *package)
{
	struct contract_query q = { which, 0, team, package };
	AUTO_FREE int64_t *ids = NULL;
	size_t n;

	assert_ok(contract_ids(&c->app, &q, &ids, &n, &c->err), &c->err);
	return n;
}

static void lists__hold__whom_they_name(void **state)
{
	struct test_clinic c;
	const char *a, *b;
	int64_t rows[2];

	(void)state;
	clinic_start(&c);
	a = given_team(&c, "一队", "");
	b = given_team(&c, "二队", "");
	rows[0] = record_row(&c.app, KIND_TEAM, a);
	rows[1] = record_row(&c.app, KIND_TEAM, b);
	given_sign(&c, given_person(&c, "甲", "1960-01-02"), a, "2025-12-01", ",'packages':['1','10']");  /* ends 11-30 */
	given_sign(&c, given_person(&c, "乙", "1960-01-02"), b, "2025-11-01", ",'packages':['1']");       /* ended 10-31 */
	given_sign(&c, given_person(&c, "丙", "1960-01-02"), b, "2026-11-01", ",'packages':['10']");
	given_sign(&c, given_person(&c, "丁", "1960-01-02"), a, "2026-12-01", ",'status':'pending'");
	given_sign(&c, clinic_save(&c, "resident", "{'name':'戊','sex':'1','birth_date':'1950-01-02','status':'4','died_on':'2026-11-01'}"),
		a, "2025-11-25", "");
	assert_int_equal(count(&c, CONTRACTS_TO_RENEW, 0, NULL), 1);
	assert_int_equal(count(&c, CONTRACTS_TO_RENEW, rows[1], NULL), 0);
	assert_int_equal(count(&c, CONTRACTS_EXPIRED, 0, NULL), 1);
	assert_int_equal(count(&c, CONTRACTS_PENDING, 0, NULL), 1);
	assert_int_equal(count(&c, CONTRACTS_IN_FORCE, 0, NULL), 2);
	assert_int_equal(count(&c, CONTRACTS_IN_FORCE, 0, "1"), 1); /* not those of package 10 */
	assert_int_equal(count(&c, CONTRACTS_IN_FORCE, rows[1], "10"), 1);
	assert_int_equal(count(&c, CONTRACTS_ENDING, 0, NULL), 0);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(household__is_proposed__by_key_group),
		cmocka_unit_test(household__signs__as_one_change),
		cmocka_unit_test(household__signs__for_its_small_children),
		cmocka_unit_test(contract__of_a_child_that_waits__is_signed_by_the_guardian),
		cmocka_unit_test(contract__of_a_child__age_counts_on_the_day_of_the_signature),
		cmocka_unit_test(household__is_refused_whole__one_cannot),
		cmocka_unit_test(household__waits__for_its_signature),
		cmocka_unit_test(village__renewed_one_by_one__faults_a_person),
		cmocka_unit_test(lists__hold__whom_they_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
