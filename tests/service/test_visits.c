/* Visits: numbers of the day, people known by name alone, readings far from one's own, prescriptions, the log. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/log.h"
#include "app/service/overview.h"
#include "app/service/readings_today.h"
#include "app/service/referral_letter.h"
#include "app/service/visits.h"

static const char *person(struct test_clinic *c, const char *name, const char *birth, const char *more)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村','group':'1'%s}", name, birth, more);
}

static int64_t number_of(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_VISIT, id, &c->mem, &rec, &c->err), &c->err);
	return record_num(rec, "queue_no", 0);
}

/* ---- the queue ---------------------------------------------------------------------------------------------------- */

static void visit__number__counts_each_day_from_1(void **state)
{
	struct test_clinic c;
	const char *who, *first;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	first = clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-21'}", who);
	assert_int_equal(number_of(&c, first), 1);
	assert_int_equal(number_of(&c, clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22'}", who)), 1);
	assert_int_equal(number_of(&c, clinic_save(&c, "visit", "{'walkin_name':'王某','date':'2026-11-22'}")), 2);
	clinic_reopen(&c, APP_COMMAND);
	assert_int_equal(number_of(&c, clinic_save(&c, "visit", "{'walkin_name':'李某','date':'2026-11-22'}")), 3);
	clinic_save(&c, "visit", "{'id':'%s','revision':1,'complaint':'头晕'}", first);
	assert_int_equal(number_of(&c, first), 1); /* an edit keeps it */
	clinic_stop(&c);
}

static void visit__with_a_diagnosis__is_done_unless_its_state_is_told(void **state)
{
	static const struct {
		const char *first, *then, *status;
	} cases[] = {
		{ "'diagnosis':[{'text':'感冒'}]", NULL, "finished" },
		{ "'status':'registered','diagnosis':[{'text':'感冒'}]", NULL, "registered" },
		{ "'status':'in_progress','diagnosis':[{'text':'感冒'}]", NULL, "in_progress" },
		{ "'complaint':'头晕'", NULL, "registered" },
		{ "'complaint':'头晕','sbp':128,'dbp':80", NULL, "in_progress" }, /* measured only: he waits no longer */
		{ "'complaint':'换药','treatment':'换药'", NULL, "in_progress" },
		{ "'status':'registered','sbp':128,'dbp':80", NULL, "registered" },
		{ "'complaint':'头晕'", "'sbp':128,'dbp':80", "in_progress" },
		{ "'sbp':128,'dbp':80", "'diagnosis':[{'text':'感冒'}]", "finished" },
		{ "'status':'in_progress'", "'diagnosis':[{'text':'感冒'}]", "finished" },
		{ "'status':'registered'", "'status':'in_progress','diagnosis':[{'text':'感冒'}]", "in_progress" },
		{ "'status':'registered'", "'complaint':'头晕'", "registered" },
		{ "'status':'in_progress','diagnosis':[{'text':'感冒'}]", "'complaint':'头晕'", "in_progress" },
		{ "'status':'cancelled'", "'diagnosis':[{'text':'感冒'}]", "cancelled" },
	};
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *id = clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22',%s}", who, cases[i].first);
		struct record *rec;

		if (cases[i].then)
			clinic_save(&c, "visit", "{'id':'%s','revision':1,%s}", id, cases[i].then);
		assert_ok(record_load(&c.app, KIND_VISIT, id, &c.mem, &rec, &c.err), &c.err);
		assert_case(record_is(rec, "status", cases[i].status), i, record_text(rec, "status"));
	}
	clinic_stop(&c);
}

static void queue__unfinished_of_yesterday__is_offered_today(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct queue q;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	id = clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-21'}", who);
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20','diagnosis':[{'text':'感冒'}]}", who); /* done */
	assert_ok(queue_read(&c.app, app_today(&c.app), &c.mem, &q, &c.err), &c.err);
	assert_int_equal(q.n_left, 1);
	assert_string_equal(q.rows[0].id, id);
	assert_ok(queue_step(&c.app, id, "cancelled", &c.mem, &r, &c.err), &c.err);
	assert_ok(queue_read(&c.app, app_today(&c.app), &c.mem, &q, &c.err), &c.err);
	assert_int_equal(q.n, 0);
	assert_false(queue_step(&c.app, id, "finished", &c.mem, &r, &c.err)); /* cancelled: register again first */
	assert_int_equal(c.err.code, ERR_WRONG_STATE);
	clinic_stop(&c);
}

static void visit__of_nobody__is_refused(void **state)
{
	struct test_clinic c;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	assert_false(clinic_try(&c, &r, "visit", "{'date':'2026-11-22'}"));
	assert_int_equal(c.err.code, ERR_REQUIRED);
	assert_string_equal(c.err.field, "resident");
	clinic_stop(&c);
}

/* Seen first, written up later: it stays here until it is joined, then it goes to the county; its card follows. */
static void visit__by_name_alone__goes_out_when_joined(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = person(&c, "吴小妹", "1990-03-03", "");
	id = clinic_save(&c, "visit", "{'walkin_name':'吴某','walkin_sex':'2','walkin_age':36,'date':'2026-11-22',"
				      "'diagnosis':[{'icd10':'B26.9','text':'流行性腮腺炎'}]}");
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox o JOIN visit v ON v.id = o.record"), 0);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM notice WHERE resident IS NULL AND status = '1'"), 1);
	assert_int_equal(record_county_state(&c.app, record_row(&c.app, KIND_VISIT, id)), COUNTY_LOCAL);
	assert_ok(queue_join(&c.app, id, who, &c.mem, &r, &c.err), &c.err);
	assert_int_equal(record_county_state(&c.app, record_row(&c.app, KIND_VISIT, id)), COUNTY_WAITING);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM outbox o JOIN visit v ON v.id = o.record"), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM notice n JOIN resident p ON p.id = n.resident"), 1);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM due WHERE task = 'notice'"), 1);
	assert_false(queue_join(&c.app, id, who, &c.mem, &r, &c.err)); /* has its person */
	assert_int_equal(c.err.code, ERR_WRONG_STATE);
	clinic_check(&c);
	clinic_stop(&c);
}

/* What was prescribed before anybody knew whose file it is. */
static void join__asks_again__about_an_allergy(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", ",'drug_allergy':['2']");
	id = clinic_save(&c, "visit", "{'walkin_name':'陈某','date':'2026-11-22','prescriptions':[{'name':'阿莫西林','skin_test':'1'}]}");
	assert_false(queue_join(&c.app, id, who, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_NOT_ALLOWED);
	assert_string_equal(c.err.field, "prescriptions[0].name");
	clinic_stop(&c);
}

static void first_or_repeat__within_a_month__is_repeat(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	assert_string_equal(visit_first_or_repeat(&c.app, who, app_today(&c.app)), "1");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-10-22'}", who); /* 31 days ago */
	assert_string_equal(visit_first_or_repeat(&c.app, who, app_today(&c.app)), "1");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-10-23'}", who); /* 30 days ago */
	assert_string_equal(visit_first_or_repeat(&c.app, who, app_today(&c.app)), "2");
	clinic_stop(&c);
}

/* ---- readings ----------------------------------------------------------------------------------------------------- */

static bool asks(struct test_clinic *c, const char *who, const char *key, const char *readings)
{
	struct save_result r;

	if (clinic_try(c, &r, "visit", "{'resident':'%s','date':'2026-11-22',%s}", who, readings))
		return false;
	assert_int_equal(c->err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c->err.field, key);
	return true;
}

static void visit__far_from_own_history__is_asked(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-10-01','sbp':172,'dbp':100}", who);
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-01','sbp':168,'dbp':102,'height':155.0,'weight':60.0}", who);
	assert_true(asks(&c, who, "sbp", "'sbp':107,'dbp':80")); /* more than 60 below both */
	assert_non_null(strstr(c.err.message, "陈桂兰"));
	assert_false(asks(&c, who, "sbp", "'sbp':108,'dbp':80"));
	assert_true(asks(&c, who, "height", "'height':158.1"));
	assert_false(asks(&c, who, "height", "'height':158.0"));
	assert_true(asks(&c, who, "weight", "'weight':66.1"));    /* more than 10 per cent in 21 days */
	assert_false(asks(&c, who, "weight", "'weight':66.0"));
	assert_false(asks(&c, person(&c, "小孩", "2016-01-01", ""), "height", "'height':140.0"));
	clinic_stop(&c);
}

static void visit__weight_after_a_month__is_not_asked(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-10-22','weight':60.0}", who); /* 31 days */
	assert_false(asks(&c, who, "weight", "'weight':67.0"));
	clinic_stop(&c);
}

/* ---- prescriptions ------------------------------------------------------------------------------------------------ */

static void prescription__rules__at_their_limits(void **state)
{
	static const struct {
		const char *line, *field;
		enum err_code code; /* ERR_NONE: saved */
		const char *more;
	} cases[] = {
		{ "'name':'氨氯地平','days':7", NULL, ERR_NONE, "" },
		{ "'name':'氨氯地平','days':8", "prescriptions[0].note", ERR_NEEDS_CONFIRMATION, "" },
		{ "'name':'氨氯地平','days':8,'note':'慢病'", NULL, ERR_NONE, "" },
		{ "'name':'氨氯地平','days':28", NULL, ERR_NONE, ",'rx_kind':'3'" },
		{ "'name':'氨氯地平','days':29", "long_evaluation", ERR_REQUIRED, ",'rx_kind':'3'" },
		{ "'name':'氨氯地平','days':29", "long_confirmed", ERR_REQUIRED, ",'rx_kind':'3','long_evaluation':'血压平稳'" },
		{ "'name':'氨氯地平','days':84", NULL, ERR_NONE, ",'rx_kind':'3','long_evaluation':'血压平稳','long_confirmed':'2'" },
		{ "'name':'氨氯地平','days':85", "prescriptions[0].days", ERR_OUT_OF_RANGE,
			",'rx_kind':'3','long_evaluation':'血压平稳','long_confirmed':'2'" },
		{ "'name':'布洛芬','days':3", NULL, ERR_NONE, ",'rx_kind':'2'" },
		{ "'name':'布洛芬','days':4", "prescriptions[0].days", ERR_NEEDS_CONFIRMATION, ",'rx_kind':'2'" },
		{ "'name':'青霉素V钾'", "prescriptions[0].skin_test", ERR_NEEDS_CONFIRMATION, "" },
		{ "'name':'青霉素V钾','skin_test':'1'", NULL, ERR_NONE, "" },
		{ "'name':'青霉素V钾','skin_test':'2'", "prescriptions[0].skin_test", ERR_NOT_ALLOWED, "" },
		{ "'name':'阿奇霉素'", "prescriptions[0].name", ERR_NEEDS_CONFIRMATION, ",'diagnosis':[{'icd10':'J06.9','text':'上感'}]" },
		{ "'name':'连花清瘟'", NULL, ERR_NONE, ",'diagnosis':[{'icd10':'J06.9','text':'上感'}]" },
		{ "'name':'阿莫西林','skin_test':'1'", "prescriptions[0].name", ERR_NOT_ALLOWED, ",'resident':'%ALLERGIC'" },
		{ "'name':'头孢克肟'", "prescriptions[0].name", ERR_NEEDS_CONFIRMATION, ",'resident':'%ALLERGIC'" },
		{ "'name':'甲硝唑'", NULL, ERR_NONE, ",'rx_valid_days':3" },
		{ "'name':'甲硝唑'", "rx_valid_days", ERR_OUT_OF_RANGE, ",'rx_valid_days':4" },
	};
	struct test_clinic c;
	struct save_result r;
	const char *plain, *allergic;

	(void)state;
	clinic_start(&c);
	plain = person(&c, "黄水金", "1960-04-08", "");
	allergic = person(&c, "陈桂兰", "1955-07-15", ",'drug_allergy':['2']");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const bool other = strstr(cases[i].more, "%ALLERGIC") != NULL;
		bool ok = clinic_try(&c, &r, "visit", "{'resident':'%s','date':'2026-11-22','prescriptions':[{%s}]%s}",
			other ? allergic : plain, cases[i].line, other ? "" : cases[i].more);

		if (ok != (cases[i].code == ERR_NONE))
			fail_msg("%s: %s", cases[i].line, ok ? "saved" : c.err.message);
		if (!ok && (c.err.code != cases[i].code || strcmp(c.err.field, cases[i].field) != 0))
			fail_msg("%s: %s at %s", cases[i].line, err_name(c.err.code), c.err.field);
	}
	clinic_stop(&c);
}

static void prescription__six_drugs__are_asked_about(void **state)
{
	struct test_clinic c;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	assert_true(clinic_try(&c, &r, "visit", "{'walkin_name':'甲','date':'2026-11-22','prescriptions':[{'name':'a'},{'name':'b'},"
						"{'name':'c'},{'name':'d'},{'name':'e'}]}"));
	assert_false(clinic_try(&c, &r, "visit", "{'walkin_name':'甲','date':'2026-11-22','prescriptions':[{'name':'a'},{'name':'b'},"
						 "{'name':'c'},{'name':'d'},{'name':'e'},{'name':'f'}]}"));
	assert_string_equal(c.err.field, "prescriptions");
	clinic_stop(&c);
}

/* ---- vitals typed once ---------------------------------------------------------------------------------------------- */

static struct record *new_record(struct test_clinic *c, const char *kind, const char *who, const char *day)
{
	struct record *rec;

	assert_ok(records_new(&c->app, kind_by_name(kind), strcmp(kind, "followup") ? NULL : "htn", who, &c->mem, &rec, &c->err),
		&c->err);
	record_set_text(rec, "date", day);
	return rec;
}

static void readings__of_today__are_taken_over(void **state)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	struct test_clinic c;
	struct record *f;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','sbp':152,'dbp':88,'weight':61.5,'height':155,'temperature':36.8}", who);
	f = new_record(&c, "followup", who, "2026-11-22");
	assert_ok(readings_today(&c.app, f, &words, &c.err), &c.err);
	assert_int_equal(record_num(f, "sbp", 0), 152);
	assert_int_equal(record_num(f, "dbp", 0), 88);
	assert_int_equal(record_num(f, "weight", 0), 615);
	assert_int_equal(record_num(f, "height", 0), 1550); /* without it there is no BMI */
	assert_non_null(strstr(words.s, "152/88"));
	clinic_stop(&c);
}

/* Copied readings are falsification: nothing of another day, nothing a relative told, nothing into a form of another day. */
static void readings__of_another_day__are_not(void **state)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	struct test_clinic c;
	struct record *f;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15", "");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-21','sbp':152,'dbp':88}", who);
	f = new_record(&c, "followup", who, "2026-11-22");
	assert_ok(readings_today(&c.app, f, &words, &c.err), &c.err);
	assert_int_equal(record_num(f, "sbp", 0), 0);
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','sbp':150,'dbp':88}", who);
	f = new_record(&c, "followup", who, "2026-11-21"); /* entered late */
	assert_ok(readings_today(&c.app, f, &words, &c.err), &c.err);
	assert_int_equal(record_num(f, "sbp", 0), 0);
	assert_int_equal(words.len, 0);
	clinic_stop(&c);
}

static const char *drugs_of(struct test_clinic *c, const char *who)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct overview o;

	assert_ok(overview_read(&c->app, who, &c->mem, &o, &c->err), &c->err);
	return overview_drugs(&o, &out) ? arena_strdup(&c->mem, out.s) : "";
}

/* What a visit prescribed is taken until it is used up; what a follow-up lists is not said twice. */
static void prescription__is_taken__until_it_is_used_up(void **state)
{
	static const char line[] = "'name':'%s','strength':'5mg','times_per_day':1%s";
	static const struct {
		const char *day, *name, *days, *takes;
	} cases[] = {
		{ "2026-11-22", "蒙脱石散", "", "蒙脱石散5mg 1次/日" },
		{ "2026-11-16", "蒙脱石散", "", "蒙脱石散5mg 1次/日" },
		{ "2026-11-15", "蒙脱石散", "", "" },
		{ "2026-11-15", "苯磺酸氨氯地平片", ",'days':14,'note':'慢病'", "苯磺酸氨氯地平片5mg 1次/日" },
		{ "2026-11-08", "苯磺酸氨氯地平片", ",'days':14,'note':'慢病'", "" },
	};
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char drug[160];

		who = person(&c, "陈桂兰", "1955-07-15", "");
		snprintf(drug, sizeof drug, line, cases[i].name, cases[i].days);
		clinic_save(&c, "visit", "{'resident':'%s','date':'%s','prescriptions':[{%s}]}", who, cases[i].day, drug);
		assert_string_equal(drugs_of(&c, who), cases[i].takes);
	}
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','prescriptions':[{'name':'苯磺酸氨氯地平片','times_per_day':1}]}", who);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-22','symptoms':['1'],'drugs':[{'name':'氨氯地平','times':1}]}", who);
	assert_string_equal(drugs_of(&c, who), "氨氯地平 1次/日");
	clinic_stop(&c);
}

/* What was given for long runs on when a newer line of the same drug is used up; who did not come or went again got nothing. */
static void prescription__that_runs__is_not_hidden_by_a_newer_one(void **state)
{
	static const struct {
		const char *days[3], *takes; /* of visits of 2026-11-01, -10 and -20; NULL: none */
	} cases[] = {
		{ { "28", "3", NULL }, "厄贝沙坦片28 1次/日" },   /* the newer one is used up */
		{ { "28", "3", "14" }, "厄贝沙坦片14 1次/日" },   /* the newest of those that run, once */
		{ { "28", "27", NULL }, "厄贝沙坦片27 1次/日" },
		{ { "7", "3", NULL }, "" },
	};
	static const char *const dates[] = { "2026-11-01", "2026-11-10", "2026-11-20" };
	static const char *const nothing[] = { "cancelled", "no_show" };
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		who = person(&c, "陈桂兰", "1955-07-15", "");
		for (size_t k = 0; k < 3; k++)
			if (cases[i].days[k])
				clinic_save(&c, "visit", "{'resident':'%s','date':'%s','prescriptions':[{'name':'厄贝沙坦片',"
					"'strength':'%s','times_per_day':1,'days':%s,'note':'慢病'}]}", who, dates[k], cases[i].days[k],
					cases[i].days[k]);
		assert_case(!strcmp(drugs_of(&c, who), cases[i].takes), i, drugs_of(&c, who));
	}
	for (size_t i = 0; i < N_ELEMENTS(nothing); i++) {
		who = person(&c, "黄水金", "1960-04-08", "");
		clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20','status':'%s','prescriptions':[{'name':'厄贝沙坦片',"
			"'times_per_day':1,'days':28,'note':'慢病'}]}", who, nothing[i]);
		assert_string_equal(drugs_of(&c, who), "");
	}
	clinic_stop(&c);
}

static void referral__of_today__is_written_from_the_visit(void **state)
{
	struct test_clinic c;
	struct record *r;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = person(&c, "黄水金", "1960-04-08", "");
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','complaint':'胸痛1小时','sbp':150,'dbp':90,"
				 "'diagnosis':[{'text':'心绞痛','certainty':'2'}],'treatment':'硝酸甘油含服'}", who);
	r = new_record(&c, "referral", who, "2026-11-22");
	assert_ok(referral_prefill(&c.app, r, NULL, NULL, &c.mem, &c.err), &c.err);
	assert_string_equal(record_text(r, "impression"), "心绞痛");
	assert_non_null(strstr(record_text(r, "present_illness"), "胸痛1小时"));
	assert_non_null(strstr(record_text(r, "present_illness"), "150/90"));
	assert_string_equal(record_text(r, "treatment"), "硝酸甘油含服");
	clinic_stop(&c);
}

/* ---- the log ------------------------------------------------------------------------------------------------------ */

static void log__has__what_inspectors_look_for(void **state)
{
	struct test_clinic c;
	const char *baby, *boy;
	struct log log;

	(void)state;
	clinic_start(&c);
	baby = person(&c, "林小妹", "2025-01-10", ",'house':'5号','phone':'10000000001'");
	boy = person(&c, "陈小虎", "2011-11-23", ""); /* 14 on the day */
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-20','guardian_name':'林大树','complaint':'发热','temperature':38.6,"
				 "'onset_date':'2026-11-19','first_or_repeat':'1','diagnosis':[{'icd10':'B05.9','text':'麻疹','certainty':'2'}],"
				 "'prescriptions':[{'name':'布洛芬','strength':'0.1g','times_per_day':2,'days':3}],'treatment':'转诊'}", baby);
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-21','guardian_name':'陈阿水','sbp':110,'dbp':70,"
				 "'infectious_report':'2'}", boy);
	clinic_save(&c, "visit", "{'walkin_name':'王某','walkin_age':40,'guardian_name':'多余','date':'2026-11-21'}");
	clinic_save(&c, "visit", "{'walkin_name':'走了','date':'2026-11-21','status':'cancelled'}");
	clinic_save(&c, "visit", "{'walkin_name':'上月','date':'2026-10-31'}");
	assert_ok(log_read(&c.app, "2026-11", &c.mem, &log, &c.err), &c.err);
	assert_int_equal(log.n, 3);
	assert_string_equal(log.rows[0].cell[LOG_AGE], "22个月");
	assert_string_equal(log.rows[0].cell[LOG_PARENT], "林大树");
	assert_string_equal(log.rows[0].cell[LOG_ADDRESS], "上坂村1组5号");
	assert_string_equal(log.rows[0].cell[LOG_DIAGNOSIS], "麻疹 B05.9 (疑似)");
	assert_string_equal(log.rows[0].cell[LOG_TREATMENT], "转诊; 布洛芬 0.1g 每日2次 3天");
	assert_string_equal(log.rows[0].cell[LOG_TEMPERATURE], "38.6");
	assert_string_equal(log.rows[0].cell[LOG_REPORTED], "待报");
	assert_string_equal(log.rows[1].cell[LOG_AGE], "14");
	assert_string_equal(log.rows[1].cell[LOG_PARENT], "陈阿水");
	assert_string_equal(log.rows[1].cell[LOG_BP], "110/70");
	assert_string_equal(log.rows[1].cell[LOG_REPORTED], "疫情已报");
	assert_string_equal(log.rows[2].cell[LOG_NAME], "王某");
	assert_string_equal(log.rows[2].cell[LOG_PARENT], ""); /* of adults nobody's */
	assert_ok(log_read(&c.app, "2026-11-20", &c.mem, &log, &c.err), &c.err);
	assert_int_equal(log.n, 1);
	assert_false(log_read(&c.app, "last week", &c.mem, &log, &c.err));
	clinic_stop(&c);
}

static void log__without_a_case__is_a_zero_report(void **state)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct test_clinic c;
	struct report *rep;

	(void)state;
	clinic_start(&c);
	rep = log_report(&c.app, "2026-11", &c.err);
	assert_non_null(rep);
	report_dump(rep, &text);
	assert_non_null(strstr(text.s, "零报告"));
	report_free(rep);
	clinic_save(&c, "visit", "{'walkin_name':'王某','date':'2026-11-22','diagnosis':[{'text':'手足口病'}]}");
	rep = log_report(&c.app, "2026-11", &c.err);
	sbuf_clear(&text);
	report_dump(rep, &text);
	assert_null(strstr(text.s, "零报告"));
	assert_non_null(strstr(text.s, "本期登记1例"));
	report_free(rep);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(visit__number__counts_each_day_from_1),
		cmocka_unit_test(visit__with_a_diagnosis__is_done_unless_its_state_is_told),
		cmocka_unit_test(queue__unfinished_of_yesterday__is_offered_today),
		cmocka_unit_test(visit__of_nobody__is_refused),
		cmocka_unit_test(visit__by_name_alone__goes_out_when_joined),
		cmocka_unit_test(join__asks_again__about_an_allergy),
		cmocka_unit_test(first_or_repeat__within_a_month__is_repeat),
		cmocka_unit_test(visit__far_from_own_history__is_asked),
		cmocka_unit_test(visit__weight_after_a_month__is_not_asked),
		cmocka_unit_test(prescription__rules__at_their_limits),
		cmocka_unit_test(prescription__six_drugs__are_asked_about),
		cmocka_unit_test(readings__of_today__are_taken_over),
		cmocka_unit_test(prescription__is_taken__until_it_is_used_up),
		cmocka_unit_test(prescription__that_runs__is_not_hidden_by_a_newer_one),
		cmocka_unit_test(readings__of_another_day__are_not),
		cmocka_unit_test(referral__of_today__is_written_from_the_visit),
		cmocka_unit_test(log__has__what_inspectors_look_for),
		cmocka_unit_test(log__without_a_case__is_a_zero_report),
	};

	i18n_init();
	i18n_set_language("zh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
