/* Contracts: packages and what follows from them, what is refused, key groups, what teams carry. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/clinic/keygroup.h"
#include "app/service/clinic_settings.h"
#include "app/service/packages.h"

/* ---- packages ------------------------------------------------------------------------------------------------------------ */

static void packages__are_there__new_and_old_clinics(void **state)
{
	struct test_clinic c, other;
	int64_t waiting;

	(void)state;
	clinic_start(&c);
	clinic_start(&other);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM record WHERE kind = 14"), 11);
	/* the same ids on every device */
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM record WHERE kind = 14 AND uid = 'd72b12eb-4a81-5d31-bf68-c4ea45129575'"), 1);
	assert_int_equal(clinic_count(&other, "SELECT count(*) FROM record WHERE kind = 14 AND uid = 'd72b12eb-4a81-5d31-bf68-c4ea45129575'"), 1);
	clinic_stop(&other);
	/* a clinic from before them, which has one of them from elsewhere */
	assert_ok(clinic_set(&c.app, "first_packages", "", &c.err), &c.err);
	waiting = clinic_count(&c, "SELECT count(*) FROM outbox");
	clinic_reopen(&c, APP_COMMAND);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM record WHERE kind = 14"), 11);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox"), waiting);
	clinic_check(&c);
	clinic_stop(&c);
}

static void package__changed__travels(void **state)
{
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	clinic_save(&c, "package", "{'id':'d72b12eb-4a81-5d31-bf68-c4ea45129575','revision':1,'name':'基本包'}");
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox o JOIN record r ON r.id = o.record WHERE r.kind = 14"), 1);
	clinic_check(&c);
	clinic_stop(&c);
}

static const struct {
	const char *json;
	enum err_code code;
	const char *field;
} bad_packages[] = {
	{ "{'name':'无代码'}", ERR_REQUIRED, "code" },
	{ "{'code':'12'}", ERR_REQUIRED, "name" },
	{ "{'code':'2','name':'又一个'}", ERR_DUPLICATE, "code" },
	{ "{'code':'a-b','name':'x'}", ERR_INVALID_VALUE, "code" },
	{ "{'code':'123456789','name':'x'}", ERR_OUT_OF_RANGE, "code" },
	{ "{'code':'12','name':'x','valid_from':'2027-01-01','valid_to':'2026-01-01'}", ERR_INCONSISTENT, "valid_to" },
	{ "{'code':'12','name':'x','items':[{'item':'3','times':4},{'item':'3','times':2}]}", ERR_DUPLICATE, "items[1].item" },
	{ "{'code':'12','name':'x','items':[{'item':'99','times':4}]}", ERR_UNKNOWN_CODE, "items[0].item" },
	{ "{'code':'12','name':'x','items':[{'item':'3','times':0}]}", ERR_OUT_OF_RANGE, "items[0].times" },
	{ "{'code':'12','name':'x','fee_total':10000,'fee_self':3000}", ERR_NEEDS_CONFIRMATION, "fee_total" },
	{ "{'id':'d72b12eb-4a81-5d31-bf68-c4ea45129575','revision':1,'code':'20'}", ERR_INCONSISTENT, "code" },
};

static void package__is_refused__bad_input(void **state)
{
	struct test_clinic c;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(bad_packages); i++) {
		assert_case(!clinic_try(&c, &r, "package", "%s", bad_packages[i].json), i, bad_packages[i].json);
		assert_case(c.err.code == bad_packages[i].code, i, bad_packages[i].json);
		assert_case(!strcmp(c.err.field, bad_packages[i].field), i, c.err.field);
	}
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM record WHERE kind = 14"), 11);
	clinic_stop(&c);
}

/* What a package says today is what a contract of today promises; a contract of yesterday keeps its own. */
static void package__own_one__is_signed_as_it_was(void **state)
{
	struct test_clinic c;
	const char *id, *a, *b, *team, *package;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	package = clinic_save(&c, "package",
		"{'code':'VIP','name':'康复包','type':'2','fee_total':12000,'fee_self':12000,'items':[{'item':'5','times':1,'per':'4'},"
		"{'item':'2','times':1,'per':'1'}]}");
	a = given_person(&c, "陈桂兰", "1975-07-15");
	id = given_sign(&c, a, team, "2026-11-22", ",'years':2,'packages':['1','VIP']");
	rec = given_load(&c, id);
	assert_string_equal(record_text(rec, "packages"), "1,VIP");
	assert_int_equal(record_num(rec, "fee_total", 0), 24000); /* two years */
	assert_int_equal(record_get(rec, "items")->n_items, 5);
	assert_string_equal(record_text(record_get(rec, "items")->items[3], "item"), "5");
	assert_int_equal(record_num(record_get(rec, "items")->items[3], "planned", 0), 8); /* each quarter */
	assert_int_equal(record_num(record_get(rec, "items")->items[4], "planned", 0), 1); /* once in all */
	assert_string_equal(record_text(record_get(rec, "signed_packages")->items[1], "package"), package);
	assert_int_equal(record_num(record_get(rec, "signed_packages")->items[1], "version", 0), 1);
	clinic_save(&c, "package", "{'id':'%s','revision':1,'items':[{'item':'5','times':2,'per':'4'}]}", package);
	assert_int_equal(record_num(record_get(given_load(&c, id), "items")->items[3], "planned", 0), 8);
	b = given_person(&c, "黄水金", "1966-07-15");
	rec = given_load(&c, given_sign(&c, b, team, "2026-11-22", ",'packages':['VIP']"));
	assert_int_equal(record_num(record_get(rec, "items")->items[0], "planned", 0), 8);
	assert_int_equal(record_num(record_get(rec, "signed_packages")->items[0], "version", 0), 2);
	clinic_stop(&c);
}

static void packages__share_items__each_once(void **state)
{
	struct test_clinic c;
	struct packages all;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	rec = record_new(&c.mem, kind_by_id(KIND_CONTRACT)->form);
	assert_ok(packages_read(&c.app, NO_DAY, &c.mem, &all, &c.err), &c.err);
	assert_int_equal(all.n, 11);
	assert_string_equal(all.v[9].code, "10"); /* numbers by their size */
	record_set_text(rec, "packages", "2,3"); /* hypertension and diabetes share their services */
	packages_plan(&all, rec);
	assert_int_equal(record_get(rec, "items")->n_items, 4);
	record_set_text(rec, "packages", "1");
	packages_plan(&all, rec);
	assert_int_equal(record_get(rec, "items")->n_items, 3);
	clinic_stop(&c);
}

static void packages__proposed__by_key_group(void **state)
{
	static const struct {
		unsigned groups;
		const char *codes;
	} cases[] = {
		{ 0, "1" },
		{ GROUP_ELDERLY, "1,4" },
		{ GROUP_ELDERLY | GROUP_HYPERTENSION | GROUP_DIABETES, "1,2,3,4" },
		{ GROUP_CHILD, "1,6" },
	};
	struct test_clinic c;
	struct packages all;

	(void)state;
	clinic_start(&c);
	assert_ok(packages_read(&c.app, NO_DAY, &c.mem, &all, &c.err), &c.err);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf codes = SBUF_INIT;

		packages_propose(&all, cases[i].groups, &codes);
		assert_case(!strcmp(codes.s, cases[i].codes), i, codes.s);
	}
	clinic_stop(&c);
}

/* ---- signing ---------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *json; /* after the resident and the team */
	enum err_code code;
	const char *field;
} bad_contracts[] = {
	{ "'start':'2026-11-22','packages':['99']", ERR_UNKNOWN_CODE, "packages" },
	{ "'start':'2026-11-22','packages':['a b']", ERR_UNKNOWN_CODE, "packages" },
	{ "'start':'2026-11-22','years':4", ERR_OUT_OF_RANGE, "years" },
	{ "'start':'2026-11-22','end':'2026-11-01'", ERR_INCONSISTENT, "end" },
	{ "'start':'2026-11-22','end':'2027-03-01'", ERR_NEEDS_CONFIRMATION, "end" },
	{ "'start':'2026-11-22','signed_on':'2026-12-01'", ERR_FUTURE_DATE, "signed_on" },
	{ "'start':'2026-11-22','fee_total':500,'fee_self':400", ERR_NEEDS_CONFIRMATION, "fee_total" },
	{ "'start':'2026-11-22','status':'terminated'", ERR_WRONG_STATE, "status" },
	{ "'packages':['1']", ERR_REQUIRED, "start" },
	{ "'start':'2026-11-22','doctor':'nobody'", ERR_NOT_FOUND, "doctor" },
};

static void contract__is_refused__bad_input(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *team;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "陈桂兰", "1975-07-15");
	team = given_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(bad_contracts); i++) {
		assert_case(!clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s',%s}", who, team, bad_contracts[i].json), i,
			bad_contracts[i].json);
		assert_case(c.err.code == bad_contracts[i].code, i, bad_contracts[i].json);
		assert_case(!strcmp(c.err.field, bad_contracts[i].field), i, c.err.field);
	}
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract"), 0);
	clinic_stop(&c);
}

static void contract__key_groups__from_all_rosters(void **state)
{
	struct test_clinic c;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = clinic_save(&c, "resident",
		"{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','disability':['5'],'past_disease':[{'code':'5'}]}");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", who);
	id = given_sign(&c, who, given_team(&c, "一队", ""), "2026-11-22", "");
	assert_string_equal(record_text(given_load(&c, id), "key_groups"), "elderly,disabled,htn,copd");
	clinic_stop(&c);
}

static void team__full__warns_and_signs(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *team, *a, *b;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", ",'capacity':1,'doctor_capacity':1,'chronic_capacity':1");
	a = given_person(&c, "陈桂兰", "1975-07-15");
	b = given_person(&c, "黄水金", "1966-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", a);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", b);
	assert_true(given_sign_try(&c, &r, a, team, "2026-11-22", ",'doctor':'001'"));
	assert_false(given_warned(&r, "capacity", "team"));
	assert_true(given_sign_try(&c, &r, b, team, "2026-11-22", ",'doctor':'001'"));
	assert_true(given_warned(&r, "capacity", "team"));
	assert_true(given_warned(&r, "capacity", "doctor"));
	assert_int_equal(r.findings.warnings >= 3, 1);
	clinic_stop(&c);
}

static void team__limit_of_chronic_patients__counts_diseases(void **state)
{
	/* Who is on the roster of the elderly alone is no chronic patient. */
	static const struct {
		const char *name, *programme;
		bool warned;
	} people[] = { { "陈桂兰", "elderly", false }, { "黄水金", "dm", false }, { "李阿顺", "elderly", false },
		{ "林美珍", "copd", true } };
	struct test_clinic c;
	struct save_result r;
	const char *team;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", ",'chronic_capacity':1");
	for (size_t i = 0; i < N_ELEMENTS(people); i++) {
		const char *who = given_person(&c, people[i].name, "1950-07-15");

		clinic_save(&c, "enrolment", "{'resident':'%s','programme':'%s','enrolled_on':'2026-01-05'}", who, people[i].programme);
		assert_true(given_sign_try(&c, &r, who, team, "2026-11-22", ""));
		assert_case(given_warned(&r, "capacity", "team") == people[i].warned, i, people[i].name);
	}
	clinic_stop(&c);
}

static void team__of_three_doctors__names_who_lacks(void **state)
{
	struct test_clinic c;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	assert_true(clinic_try(&c, &r, "team", "{'name':'三师','type':'1','leader':'001','members':[{'staff':'001','role':'3'}]}"));
	assert_true(given_warned(&r, "incomplete", "members")); /* specialist, health manager */
	assert_false(given_warned(&r, "leader", "leader"));
	assert_false(clinic_try(&c, &r, "team",
		"{'name':'三师','members':[{'staff':'001','role':'3'},{'staff':'001','role':'2'}]}"));
	assert_int_equal(c.err.code, ERR_DUPLICATE);
	clinic_stop(&c);
}

/* Situation 3: who cannot write prints his thumb, or a relative signs; who that was, and who was there, is asked for. */
static void signature__of_others__asks_for_relation_and_witness(void **state)
{
	static const struct {
		const char *typed, *missing; /* NULL: nothing */
	} cases[] = {
		{ "'signed_by':'0','sign_method':'1'", NULL },
		{ "'signed_by':'0','sign_method':'2'", "witness" },
		{ "'signed_by':'0','sign_method':'2','witness':'村主任'", NULL },
		{ "'signed_by':'1','sign_method':'1','signer_relation':'2','witness':'村主任'", "signer_name" },
		{ "'signed_by':'1','sign_method':'1','signer_name':'李大山','witness':'村主任'", "signer_relation" },
		{ "'signed_by':'1','sign_method':'1','signer_name':'李大山','signer_relation':'2'", "witness" },
		{ "'signed_by':'1','sign_method':'2','signer_name':'李大山','signer_relation':'2','witness':'村主任'", NULL },
	};
	static const char *const asked[] = { "signer_name", "signer_relation", "witness" };
	struct test_clinic c;
	const char *team;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct save_result r;

		assert_ok(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','start':'2026-11-22',%s}",
				  given_person(&c, "李美玉", "1940-07-15"), team, cases[i].typed),
			&c.err);
		assert_case(record_is(r.rec, "status", "active"), i, cases[i].typed);
		for (size_t k = 0; k < N_ELEMENTS(asked); k++)
			assert_case(given_warned(&r, "incomplete", asked[k]) == (cases[i].missing && !strcmp(cases[i].missing, asked[k])), i,
				asked[k]);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packages__are_there__new_and_old_clinics),
		cmocka_unit_test(package__changed__travels),
		cmocka_unit_test(package__is_refused__bad_input),
		cmocka_unit_test(package__own_one__is_signed_as_it_was),
		cmocka_unit_test(packages__share_items__each_once),
		cmocka_unit_test(packages__proposed__by_key_group),
		cmocka_unit_test(contract__is_refused__bad_input),
		cmocka_unit_test(contract__key_groups__from_all_rosters),
		cmocka_unit_test(team__full__warns_and_signs),
		cmocka_unit_test(team__limit_of_chronic_patients__counts_diseases),
		cmocka_unit_test(team__of_three_doctors__names_who_lacks),
		cmocka_unit_test(signature__of_others__asks_for_relation_and_witness),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
