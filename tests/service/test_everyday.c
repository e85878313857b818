/* Everyday situations, clause by clause, where no other test is about them: who cannot hear, see, understand or get up
 * (situation 3), who is home for the festival (situation 8). */
#include "service/given.h"

#include "app/base/date.h"
#include "app/service/calls.h"
#include "app/service/care.h"
#include "app/service/round.h"

static const struct record *resident_of(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_RESIDENT, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

/* ---- a carer (situation 3) ------------------------------------------------------------------------------------------------- */

static void care__is_told__by_file_and_last_examination(void **state)
{
	static const struct {
		const char *disability, *exam, *why; /* "": nothing of it is known */
	} cases[] = {
		{ "", "", "" },
		{ "'1'", "'self_care':'1','cognition':'1'", "" },
		{ "'2'", "", "cannot see" },
		{ "'3'", "", "cannot hear" },
		{ "'4'", "", "" }, /* comes and hears */
		{ "'5'", "", "" }, /* who limps comes, who lies in bed is found by the self-care score */
		{ "'6'", "", "intellectual disability" },
		{ "'2','3'", "", "cannot hear" },
		{ "'1'", "'self_care':'3'", "" },
		{ "'1'", "'self_care':'4'", "depends on others" },
		{ "'3'", "'self_care':'4'", "depends on others" },
		{ "", "'cognition':'2'", "cognition screened positive" },
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	i18n_set_language("en");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who = clinic_save(&c, "resident", "{'name':'甲%zu','sex':'1','birth_date':'1940-01-%02zu','disability':[%s]}", i,
			i + 1, cases[i].disability);
		const struct term *why;

		if (*cases[i].exam)
			clinic_save(&c, "exam", "{'resident':'%s','date':'2026-04-11',%s}", who, cases[i].exam);
		assert_ok(care_read(&c.app, resident_of(&c, who), &why, &c.err), &c.err);
		assert_string_equal(why ? term_text(why) : "", cases[i].why);
	}
	clinic_stop(&c);
}

/* He is well again: the newest examination counts, and no examination of a day to come or of somebody else. */
static void care__ends__with_the_next_examination(void **state)
{
	const struct term *why;
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "李美玉", "1940-07-15");
	clinic_save(&c, "exam", "{'resident':'%s','date':'2025-04-11','self_care':'4'}", who);
	assert_ok(care_read(&c.app, resident_of(&c, who), &why, &c.err), &c.err);
	assert_non_null(why);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-02-11','sbp':130,'dbp':80}", who); /* says nothing about it */
	assert_ok(care_read(&c.app, resident_of(&c, who), &why, &c.err), &c.err);
	assert_non_null(why);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-03-11','cognition':'1'}", who); /* of the one thing only */
	assert_ok(care_read(&c.app, resident_of(&c, who), &why, &c.err), &c.err);
	assert_non_null(why);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-04-11','self_care':'1'}", who);
	assert_ok(care_read(&c.app, resident_of(&c, who), &why, &c.err), &c.err);
	assert_null(why);
	clinic_stop(&c);
}

/* The carer answered: that says nothing about the person's own number. */
static void call__of_the_carer__leaves_the_own_number(void **state)
{
	static const char own[] = "10000007710", carer[] = "10000007711";
	struct call_input in = { .outcome = "3" };
	struct save_result r;
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	in.resident = clinic_save(&c, "resident", "{'name':'李美玉','sex':'2','birth_date':'1940-07-15','phone':'%s','contact_name':'李大山',"
						  "'contact_phone':'%s'}", own, carer);
	in.phone = carer;
	assert_ok(call_save(&c.app, &in, &c.mem, &r, &c.err), &c.err);
	assert_string_equal(record_text(r.rec, "phone"), carer);
	assert_null(record_text(resident_of(&c, in.resident), "phone_verified"));
	in.phone = NULL;
	assert_ok(call_save(&c.app, &in, &c.mem, &r, &c.err), &c.err);
	assert_string_equal(record_text(r.rec, "phone"), own);
	assert_string_equal(record_text(resident_of(&c, in.resident), "phone_verified"), "2026-11-22");
	clinic_stop(&c);
}

/* The work list and the round name whom to call, by the same rule. */
static void call__goes_to__whom_the_lists_name(void **state)
{
	static const struct {
		const char *file, *exam;
		bool carer, wrong;
		const char *on_round;
	} cases[] = {
		{ "'phone':'10000007710','phone_owner':'3'", "", false, false, "10000007710 子女" },
		{ "'phone':'10000007710','contact_name':'李大山','contact_phone':'10000007711'", "", false, false, "10000007710" },
		{ "'phone':'10000007710','contact_name':'李大山','contact_phone':'10000007711','disability':['2']", "", false, false,
			"10000007710" }, /* who cannot see telephones */
		{ "'contact_name':'李大山','contact_phone':'10000007711'", "", true, false, "10000007711 家属 李大山" },
		{ "'phone':'10000007710','contact_phone':'10000007711','disability':['3']", "", true, false, "10000007711 家属" },
		{ "'phone':'10000007710','contact_phone':'10000007711','disability':['2','3']", "", true, false, "10000007711 家属" },
		{ "'phone':'10000007710','contact_phone':'10000007711','disability':['1']", "", false, false, "10000007710" },
		{ "'phone':'10000007710','contact_phone':'10000007711'", "'self_care':'4'", true, false, "10000007711 家属" },
		{ "'phone':'10000007710','disability':['3']", "", false, false, "10000007710" }, /* no other number to call */
		{ "'phone':'10000007799'", "", false, true, "10000007799 (电话失效)" },
		{ "'phone':'10000007799','contact_phone':'10000007711','disability':['3']", "", true, false, "10000007711 家属" },
		{ "'phone':'10000007710','contact_phone':'10000007799','disability':['3']", "", true, true, "10000007799 家属 (电话失效)" },
		{ "", "", false, false, "" },
	};
	const struct worklist_query q = { .date = date_day("2026-11-22") };
	struct test_clinic c;
	struct round round;

	(void)state;
	i18n_set_language("zh");
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who = clinic_save(&c, "resident", "{'name':'甲','sex':'1','birth_date':'1940-01-02','village':'上坂村','house':'%02zu'"
						   "%s%s}", i, *cases[i].file ? "," : "", cases[i].file);

		clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-01-02'}", who);
		clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-07-01','mode':'1','sbp':130,'dbp':80}", who);
		if (*cases[i].exam)
			clinic_save(&c, "exam", "{'resident':'%s','date':'2026-04-11',%s}", who, cases[i].exam);
		clinic_save(&c, "call", "{'resident':'%s','date':'2026-11-20','outcome':'5','phone':'10000007799'}", who);
	}
	assert_ok(round_read(&c.app, &q, &c.mem, &round, &c.err), &c.err);
	assert_int_equal(round.n, N_ELEMENTS(cases));
	for (size_t i = 0; i < round.n; i++) {
		const struct round_stop *s = &round.stops[i];

		assert_case((s->who->carer_phone != NULL) == cases[i].carer, i, s->phone);
		assert_case(s->who->phone_wrong == cases[i].wrong, i, s->phone);
		assert_case(!strcmp(s->phone, cases[i].on_round), i, s->phone);
	}
	i18n_set_language("en");
	clinic_stop(&c);
}

/* As on a contract: who signed for him, what he is to him, and who was there. */
static void refusal__signed_by_others__asks_for_relation_and_witness(void **state)
{
	static const struct {
		const char *typed;
		bool missing[3]; /* of what is asked for */
	} cases[] = {
		{ "'signed_how':'1'", { 0 } },
		{ "'signed_how':'2'", { 0 } },
		{ "'signed_how':'3'", { true, true, true } },
		{ "'signed_how':'3','signer':'李大山'", { false, true, true } },
		{ "'signed_how':'3','signer':'李大山','signer_relation':'2','witness':'村主任'", { 0 } },
		{ "'signed_how':'4'", { false, false, true } },
		{ "'signed_how':'4','witness':'村主任'", { 0 } },
	};
	static const char *const asked[] = { "signer", "signer_relation", "witness" };
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "李美玉", "1940-07-15");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct save_result r;

		assert_ok(clinic_try(&c, &r, "refusal", "{'resident':'%s','what':'1','reason':'2',%s}", who, cases[i].typed), &c.err);
		for (size_t k = 0; k < N_ELEMENTS(asked); k++)
			assert_case(given_warned(&r, "incomplete", asked[k]) == cases[i].missing[k], i, asked[k]);
	}
	clinic_stop(&c);
}

/* ---- back from the hospital ----------------------------------------------------------------------------------------------- */

/* Sent back by the hospital: on the list at once, due in two weeks, until he was seen face to face. */
static void referral__sent_back__is_seen_within_two_weeks(void **state)
{
	struct test_clinic c;
	const char *who, *other, *up;

	(void)state;
	clinic_start(&c);
	who = clinic_save(&c, "resident", "{'name':'林火土','sex':'1','birth_date':'1957-01-09','village':'上坂村'}");
	clinic_save(&c, "referral", "{'resident':'%s','direction':'down','date':'2026-11-18','urgency':'routine','consent':'2'}", who);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'referral_return' AND due = '2026-12-02'"), 1);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01','next_due':'2027-01-20'}", who);
	clinic_save(&c, "followup", "{'programme':'htn','resident':'%s','date':'2026-11-20','mode':'3','symptoms':['1']}", who);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'referral_return'"), 1); /* nobody is seen by telephone */
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-21','status':'finished','complaint':'复诊'}", who);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'referral_return'"), 0);
	other = clinic_save(&c, "resident", "{'name':'吴国强','sex':'1','birth_date':'1967-01-09','village':'上坂村'}");
	up = clinic_save(&c, "referral", "{'resident':'%s','direction':'up','date':'2026-11-02','urgency':'routine','consent':'2'}", other);
	clinic_save(&c, "referral", "{'id':'%s','revision':1,'returned_on':'2026-11-19','return_diagnosis':'心衰','check_result':'1',"
		"'checked_on':'2026-11-19'}", up);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'referral_return' AND due = '2026-12-03'"), 1);
	clinic_check(&c);
	clinic_stop(&c);
}

/* A second referral while one is open is asked about, also where one of them names no disease. */
static void referral__a_second_one__is_asked_about(void **state)
{
	static const struct {
		const char *open, *second;
		bool asked;
	} cases[] = { { "'htn'", "'htn'", true }, { "'htn'", "null", true }, { "null", "'htn'", true }, { "'htn'", "'dm'", false } };
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who = clinic_save(&c, "resident", "{'name':'甲%zu','sex':'1','birth_date':'1950-01-%02zu'}", i, i + 1);
		struct save_result r;

		clinic_save(&c, "referral", "{'resident':'%s','direction':'up','date':'2026-11-10','programme':%s}", who, cases[i].open);
		assert_case(clinic_try(&c, &r, "referral", "{'resident':'%s','direction':'up','date':'2026-11-22','programme':%s}", who,
			cases[i].second) == !cases[i].asked, i, c.err.message);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(care__is_told__by_file_and_last_examination),
		cmocka_unit_test(care__ends__with_the_next_examination),
		cmocka_unit_test(call__of_the_carer__leaves_the_own_number),
		cmocka_unit_test(call__goes_to__whom_the_lists_name),
		cmocka_unit_test(refusal__signed_by_others__asks_for_relation_and_witness),
		cmocka_unit_test(referral__sent_back__is_seen_within_two_weeks),
		cmocka_unit_test(referral__a_second_one__is_asked_about),
	};

	i18n_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
