/* Contracts in full: packages, what follows from them, states, renewal and transfer, what teams carry, what is credited. */
#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/clinic/keygroup.h"
#include "app/clinic/states.h"
#include "app/service/clinic_settings.h"
#include "app/service/contract_plan.h"
#include "app/service/contract_steps.h"
#include "app/service/packages.h"

static const char *person(struct test_clinic *c, const char *name, const char *born)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村'}", name, born);
}

static const char *make_team(struct test_clinic *c, const char *name, const char *more)
{
	return clinic_save(c, "team", "{'name':'%s'%s}", name, more);
}

static const char *sign(struct test_clinic *c, const char *who, const char *team, const char *start, const char *more)
{
	return clinic_save(c, "contract", "{'resident':'%s','team':'%s','start':'%s'%s}", who, team, start, more);
}

static struct record *load(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_CONTRACT, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

static const char *status(struct test_clinic *c, const char *id)
{
	return record_text(load(c, id), "status");
}

static int64_t done(struct test_clinic *c, const char *contract, const char *item)
{
	struct fulfilment f;

	assert_ok(contract_fulfilment(&c->app, load(c, contract), &f, &c->err), &c->err);
	for (size_t i = 0; i < f.n; i++)
		if (!strcmp(f.item[i].code, item))
			return f.item[i].done;
	return -1;
}

static const char *follow_up(struct test_clinic *c, const char *who, const char *day, const char *more)
{
	return clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'%s','mode':'1','sbp':132,'dbp':78%s}", who, day,
		more);
}

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
	team = make_team(&c, "一队", "");
	package = clinic_save(&c, "package",
		"{'code':'VIP','name':'康复包','type':'2','fee_total':12000,'fee_self':12000,'items':[{'item':'5','times':1,'per':'4'},"
		"{'item':'2','times':1,'per':'1'}]}");
	a = person(&c, "陈桂兰", "1975-07-15");
	id = sign(&c, a, team, "2026-11-22", ",'years':2,'packages':['1','VIP']");
	rec = load(&c, id);
	assert_string_equal(record_text(rec, "packages"), "1,VIP");
	assert_int_equal(record_num(rec, "fee_total", 0), 24000); /* two years */
	assert_int_equal(record_get(rec, "items")->n_items, 5);
	assert_string_equal(record_text(record_get(rec, "items")->items[3], "item"), "5");
	assert_int_equal(record_num(record_get(rec, "items")->items[3], "planned", 0), 8); /* each quarter */
	assert_int_equal(record_num(record_get(rec, "items")->items[4], "planned", 0), 1); /* once in all */
	assert_string_equal(record_text(record_get(rec, "signed_packages")->items[1], "package"), package);
	assert_int_equal(record_num(record_get(rec, "signed_packages")->items[1], "version", 0), 1);
	clinic_save(&c, "package", "{'id':'%s','revision':1,'items':[{'item':'5','times':2,'per':'4'}]}", package);
	assert_int_equal(record_num(record_get(load(&c, id), "items")->items[3], "planned", 0), 8);
	b = person(&c, "黄水金", "1966-07-15");
	rec = load(&c, sign(&c, b, team, "2026-11-22", ",'packages':['VIP']"));
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
	who = person(&c, "陈桂兰", "1975-07-15");
	team = make_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(bad_contracts); i++) {
		assert_case(!clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s',%s}", who, team, bad_contracts[i].json), i,
			bad_contracts[i].json);
		assert_case(c.err.code == bad_contracts[i].code, i, bad_contracts[i].json);
		assert_case(!strcmp(c.err.field, bad_contracts[i].field), i, c.err.field);
	}
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract"), 0);
	clinic_stop(&c);
}

static bool warned(const struct save_result *r, const char *code, const char *field)
{
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (!strcmp(f->code, code) && !strcmp(f->field, field))
			return true;
	return false;
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
	id = sign(&c, who, make_team(&c, "一队", ""), "2026-11-22", "");
	assert_string_equal(record_text(load(&c, id), "key_groups"), "elderly,disabled,htn,copd");
	clinic_stop(&c);
}

static void team__full__warns_and_signs(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *team, *a, *b;

	(void)state;
	clinic_start(&c);
	team = make_team(&c, "一队", ",'capacity':1,'doctor_capacity':1,'chronic_capacity':1");
	a = person(&c, "陈桂兰", "1975-07-15");
	b = person(&c, "黄水金", "1966-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", a);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", b);
	assert_true(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','doctor':'001','start':'2026-11-22'}", a, team));
	assert_false(warned(&r, "capacity", "team"));
	assert_true(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','doctor':'001','start':'2026-11-22'}", b, team));
	assert_true(warned(&r, "capacity", "team"));
	assert_true(warned(&r, "capacity", "doctor"));
	assert_int_equal(r.findings.warnings >= 3, 1);
	clinic_stop(&c);
}

static void team__of_three_doctors__names_who_lacks(void **state)
{
	struct test_clinic c;
	struct save_result r;

	(void)state;
	clinic_start(&c);
	assert_true(clinic_try(&c, &r, "team", "{'name':'三师','type':'1','leader':'001','members':[{'staff':'001','role':'3'}]}"));
	assert_true(warned(&r, "incomplete", "members")); /* specialist, health manager */
	assert_false(warned(&r, "leader", "leader"));
	assert_false(clinic_try(&c, &r, "team",
		"{'name':'三师','members':[{'staff':'001','role':'3'},{'staff':'001','role':'2'}]}"));
	assert_int_equal(c.err.code, ERR_DUPLICATE);
	clinic_stop(&c);
}

/* ---- its life --------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *from, *event;
	enum ending_side side;
	const char *reason;
	const char *to; /* NULL: refused */
	enum err_code code;
} steps[] = {
	{ "draft", "submit", 0, NULL, "pending", 0 },
	{ "draft", "cancel", 0, NULL, "cancelled", 0 },
	{ "draft", "sign", 0, NULL, NULL, ERR_WRONG_STATE },
	{ "draft", "terminate", ENDED_BY_DOCTOR, "x", NULL, ERR_WRONG_STATE },
	{ "pending", "sign", 0, NULL, "active", 0 },
	{ "pending", "reject", 0, NULL, NULL, ERR_REQUIRED },
	{ "pending", "reject", 0, "不需要", "rejected", 0 },
	{ "pending", "withdraw", 0, NULL, "withdrawn", 0 },
	{ "pending", "keep", 0, NULL, NULL, ERR_WRONG_STATE },
	{ "active", "sign", 0, NULL, NULL, ERR_WRONG_STATE },
	{ "active", "reject", 0, "x", NULL, ERR_WRONG_STATE },
	{ "active", "ask_termination", 0, "x", NULL, ERR_REQUIRED },
	{ "active", "ask_termination", ENDED_BY_RESIDENT, NULL, NULL, ERR_REQUIRED },
	{ "active", "ask_termination", ENDED_BY_RESIDENT, "搬走", "terminating", 0 },
	{ "active", "terminate", ENDED_BY_DOCTOR, "长期外出", "terminated", 0 },
	{ "active", "dance", 0, NULL, NULL, ERR_UNKNOWN_COMMAND },
};

static void contract__steps__by_the_state_table(void **state)
{
	struct test_clinic c;
	const char *team;

	(void)state;
	clinic_start(&c);
	team = make_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
		char more[64];
		struct contract_act a = { steps[i].event, steps[i].side, steps[i].reason, NO_DAY };
		struct save_result r;
		const char *id;

		snprintf(more, sizeof more, ",'status':'%s'", steps[i].from);
		id = sign(&c, person(&c, "张三", "1975-07-15"), team, "2026-06-01", more);
		assert_case(contract_act(&c.app, id, &a, &c.mem, &r, &c.err) == (steps[i].to != NULL), i, steps[i].event);
		assert_case(steps[i].to || c.err.code == steps[i].code, i, steps[i].event);
		assert_case(!strcmp(status(&c, id), steps[i].to ? steps[i].to : steps[i].from), i, steps[i].event);
	}
	clinic_check(&c);
	clinic_stop(&c);
}

static void contract__given_up__reasons_apart(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct record *rec;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = sign(&c, person(&c, "陈桂兰", "1955-07-15"), make_team(&c, "一队", ""), "2026-04-01", "");
	assert_ok(contract_act(&c.app, id, &(struct contract_act){ "ask_termination", ENDED_BY_RESIDENT, "搬走", NO_DAY }, &c.mem, &r,
		&c.err), &c.err);
	assert_ok(contract_act(&c.app, id, &(struct contract_act){ "keep", 0, NULL, NO_DAY }, &c.mem, &r, &c.err), &c.err);
	assert_null(record_text(load(&c, id), "resident_reason"));
	assert_ok(contract_act(&c.app, id, &(struct contract_act){ "ask_termination", ENDED_BY_DOCTOR, "联系不上", NO_DAY }, &c.mem, &r,
		&c.err), &c.err);
	/* what was asked for needs no second reason */
	assert_ok(contract_act(&c.app, id, &(struct contract_act){ "terminate", 0, NULL, date_day("2026-11-20") }, &c.mem, &r, &c.err),
		&c.err);
	rec = load(&c, id);
	assert_string_equal(record_text(rec, "doctor_reason"), "联系不上");
	assert_null(record_text(rec, "resident_reason"));
	assert_string_equal(record_text(rec, "ended_on"), "2026-11-20");
	assert_false(contract_act(&c.app, id, &(struct contract_act){ "keep", 0, NULL, NO_DAY }, &c.mem, &r, &c.err));
	assert_false(contract_act(&c.app, "nobody", &(struct contract_act){ "keep", 0, NULL, NO_DAY }, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
	clinic_stop(&c);
}

static bool note_status(void *ctx, const struct record *rec)
{
	snprintf(ctx, 32, "%s", record_text(rec, "status"));
	return true;
}

/* The calendar ends it the day after; nobody writes that down, and who reads it can save it again. */
static void contract__expired__the_day_after(void **state)
{
	struct list_filter expired = { "status", "expired" };
	struct list_query q = { .kind = kind_by_id(KIND_CONTRACT), .filters = &expired, .n_filters = 1 };
	struct test_clinic c;
	char found[32] = "";
	const char *id;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	id = sign(&c, person(&c, "陈桂兰", "1955-07-15"), make_team(&c, "一队", ""), "2025-11-22", ""); /* to 21 November 2026 */
	assert_string_equal(status(&c, id), "active");
	rec = load(&c, id);
	records_present(&c.app, KIND_CONTRACT, rec);
	assert_string_equal(record_text(rec, "status"), "expired");
	assert_ok(records_list(&c.app, &q, note_status, found, &c.err), &c.err);
	assert_string_equal(found, "expired");
	clinic_save(&c, "contract", "{'id':'%s','revision':1,'status':'expired','note':'x'}", id);
	assert_string_equal(status(&c, id), "active");
	clinic_stop(&c);
}

/* ---- the next one ----------------------------------------------------------------------------------------------------------- */

static bool renew(struct test_clinic *c, const char *id, struct save_result *r)
{
	struct save_options o = { .reason = NULL };

	return contract_renew(&c->app, id, 0, &o, &c->mem, r, &c->err);
}

static void renewal__follows__without_gap(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = sign(&c, person(&c, "陈桂兰", "1955-07-15"), make_team(&c, "一队", ""), "2024-12-15", ",'years':2,'packages':['1']");
	assert_true(renew(&c, id, &r));
	assert_string_equal(record_text(r.rec, "start"), "2026-12-15");
	assert_string_equal(record_text(r.rec, "end"), "2028-12-14");
	assert_string_equal(record_text(r.rec, "previous"), id);
	assert_int_equal(record_get(r.rec, "items")->n_items, 3);
	assert_string_equal(status(&c, id), "renewed");
	assert_false(renew(&c, id, &r)); /* twice */
	assert_int_equal(c.err.code, ERR_WRONG_STATE);
	clinic_check(&c);
	clinic_stop(&c);
}

static void renewal__before_its_time__is_asked(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = sign(&c, person(&c, "陈桂兰", "1955-07-15"), make_team(&c, "一队", ""), "2026-01-01", "");
	assert_false(renew(&c, id, &r)); /* 39 days before its end */
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(status(&c, id), "active");
	assert_ok(clinic_set(&c.app, "renewal_days", "60", &c.err), &c.err);
	assert_true(renew(&c, id, &r));
	clinic_stop(&c);
}

static void renewal__with_a_gap_or_over_the_old__is_not_taken(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *team;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	team = make_team(&c, "一队", "");
	sign(&c, who, team, "2025-12-02", ""); /* to 1 December 2026 */
	assert_false(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','start':'2026-12-01'}", who, team));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','start':'2026-12-05'}", who, team));
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c.err.field, "start");
	assert_true(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','start':'2026-12-02'}", who, team));
	clinic_stop(&c);
}

static void transfer__ends_the_old__when_the_new_begins(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct record *old;
	const char *who, *a, *b, *id;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	a = make_team(&c, "一队", "");
	b = make_team(&c, "二队", "");
	id = sign(&c, who, a, "2026-04-01", ",'packages':['2']");
	assert_false(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','start':'2026-11-22'}", who, b)); /* not so */
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = a, .day = NO_DAY }, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(contract_transfer(&c.app, id, &(struct contract_transfer){ .day = NO_DAY }, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_REQUIRED);
	assert_ok(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = b, .day = NO_DAY, .reason = "搬到溪头" }, &c.mem, &r,
		&c.err), &c.err);
	assert_string_equal(record_text(r.rec, "start"), "2026-11-22");
	assert_string_equal(record_text(r.rec, "previous"), id);
	old = load(&c, id);
	assert_string_equal(record_text(old, "status"), "transferred");
	assert_string_equal(record_text(old, "ended_on"), "2026-11-22");
	assert_false(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = b, .day = NO_DAY }, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_WRONG_STATE);
	clinic_check(&c);
	clinic_stop(&c);
}

/* ---- what was done ---------------------------------------------------------------------------------------------------------- */

#define PROMISES \
	",'items':[{'item':'2','planned':1},{'item':'3','planned':4},{'item':'4','planned':1},{'item':'5','planned':4}," \
	"{'item':'7','planned':4}]"

/* One visit, several services: whatever was done that day counts once for each item. */
static void credit__one_day_several_services__each_once(void **state)
{
	struct test_clinic c;
	const char *who, *id, *first;

	(void)state;
	clinic_start(&c);
	who = person(&c, "李美玉", "1955-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", who);
	id = sign(&c, who, make_team(&c, "一队", ""), "2026-04-01", PROMISES);
	first = follow_up(&c, who, "2026-11-22", ",'salt_target':'1','drugs':[{'name':'氨氯地平'}]");
	follow_up(&c, who, "2026-11-22", ""); /* a second form of that day */
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','status':'finished','complaint':'配药',"
		"'prescriptions':[{'name':'氨氯地平','strength':'5mg','quantity':28,'unit':'片','times_per_day':1}]}", who);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-22'}", who);
	assert_int_equal(done(&c, id, "3"), 1);
	assert_int_equal(done(&c, id, "5"), 1);
	assert_int_equal(done(&c, id, "7"), 1);
	assert_int_equal(done(&c, id, "2"), 1);
	assert_int_equal(done(&c, id, "4"), 0);
	(void)first;
	clinic_stop(&c);
}

static void credit__follows_its_source__void_move_undo(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *a, *b, *ca, *cb, *team, *first, *second;

	(void)state;
	clinic_start(&c);
	team = make_team(&c, "一队", "");
	a = person(&c, "陈桂兰", "1955-07-15");
	b = person(&c, "陈桂蓝", "1958-07-15");
	ca = sign(&c, a, team, "2026-04-01", PROMISES);
	cb = sign(&c, b, team, "2026-04-01", PROMISES);
	first = follow_up(&c, a, "2026-05-05", "");
	second = follow_up(&c, a, "2026-05-05", ""); /* takes over when the first one goes */
	follow_up(&c, a, "2026-03-05", "");        /* before the contract */
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-06-05','mode':'1','informant':'2'}", a); /* a relative */
	assert_int_equal(done(&c, ca, "3"), 1);
	assert_ok(records_void(&c.app, kind_by_id(KIND_FOLLOWUP), first, "两次", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(done(&c, ca, "3"), 1);
	assert_ok(records_move(&c.app, kind_by_id(KIND_FOLLOWUP), second, b, "选错人", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(done(&c, ca, "3"), 0);
	assert_int_equal(done(&c, cb, "3"), 1);
	assert_ok(records_undo(&c.app, kind_by_id(KIND_FOLLOWUP), second, &c.mem, &r, &c.err), &c.err);
	assert_int_equal(done(&c, ca, "3"), 1);
	assert_int_equal(done(&c, cb, "3"), 0);
	clinic_stop(&c);
}

/* A contract written down later, changed or voided finds what was done all the same. */
static void credit__follows_the_contract__signed_late(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *team, *id;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	team = make_team(&c, "一队", "");
	follow_up(&c, who, "2026-05-05", "");
	id = sign(&c, who, team, "2026-04-01", PROMISES);
	assert_int_equal(done(&c, id, "3"), 1);
	clinic_save(&c, "contract", "{'id':'%s','revision':1,'start':'2026-06-01','end':'2027-05-31'}", id);
	assert_int_equal(done(&c, id, "3"), 0);
	assert_ok(records_void(&c.app, kind_by_id(KIND_CONTRACT), id, "签错", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM credit"), 0);
	clinic_stop(&c);
}

static void credit__handed_over__counts_for_one_team(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	id = sign(&c, who, make_team(&c, "一队", ""), "2026-04-01", PROMISES);
	follow_up(&c, who, "2026-11-22", "");
	assert_int_equal(done(&c, id, "3"), 1);
	assert_ok(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = make_team(&c, "二队", ""), .day = NO_DAY }, &c.mem,
		&r, &c.err), &c.err);
	assert_int_equal(done(&c, id, "3"), 0);
	assert_int_equal(done(&c, r.rec->meta.id, "3"), 1);
	clinic_stop(&c);
}

static void service__by_hand__counts_and_is_checked(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *id, *service, *other;

	(void)state;
	clinic_start(&c);
	who = person(&c, "陈桂兰", "1955-07-15");
	other = person(&c, "黄水金", "1966-07-15");
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-22','item':'4'}", who));
	assert_int_equal(c.err.code, ERR_INCONSISTENT); /* no contract */
	assert_string_equal(c.err.field, "date");
	id = sign(&c, who, make_team(&c, "一队", ""), "2026-04-01", PROMISES);
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-03-01','item':'4'}", who));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','contract':'%s','date':'2026-03-01','item':'4'}", who, id));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-23','item':'4'}", who));
	assert_int_equal(c.err.code, ERR_FUTURE_DATE);
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-22','item':'77'}", who));
	assert_int_equal(c.err.code, ERR_UNKNOWN_CODE);
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-22','item':'13'}", who));
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION); /* not promised */
	service = clinic_save(&c, "service", "{'resident':'%s','date':'2026-11-22','item':'4','content':'高血压讲座'}", who);
	assert_int_equal(done(&c, id, "4"), 1);
	assert_true(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-22','item':'4'}", who));
	assert_true(warned(&r, "counted", "item"));
	assert_int_equal(done(&c, id, "4"), 1);
	assert_false(records_move(&c.app, kind_by_id(KIND_SERVICE), service, other, "选错人", &c.mem, &r, &c.err)); /* has no contract */
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_ok(records_void(&c.app, kind_by_id(KIND_SERVICE), service, "记错", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(done(&c, id, "4"), 1); /* the second one still stands */
	clinic_check(&c);
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
		cmocka_unit_test(team__of_three_doctors__names_who_lacks),
		cmocka_unit_test(contract__steps__by_the_state_table),
		cmocka_unit_test(contract__given_up__reasons_apart),
		cmocka_unit_test(contract__expired__the_day_after),
		cmocka_unit_test(renewal__follows__without_gap),
		cmocka_unit_test(renewal__before_its_time__is_asked),
		cmocka_unit_test(renewal__with_a_gap_or_over_the_old__is_not_taken),
		cmocka_unit_test(transfer__ends_the_old__when_the_new_begins),
		cmocka_unit_test(credit__one_day_several_services__each_once),
		cmocka_unit_test(credit__follows_its_source__void_move_undo),
		cmocka_unit_test(credit__follows_the_contract__signed_late),
		cmocka_unit_test(credit__handed_over__counts_for_one_team),
		cmocka_unit_test(service__by_hand__counts_and_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
