/* The life of a contract: steps, expiry, renewal, transfer; what was done of it. */
#include "service/given.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/clinic_settings.h"
#include "app/service/contract_steps.h"
#include "app/service/overview.h"
#include "app/service/paper.h"

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

/* Without signer or way of signing it is no agreement yet: it waits, and it is said what is missing. */
static void unsigned__waits__until_signer_and_way_are_there(void **state)
{
	static const struct {
		const char *typed, *status, *field; /* field: what is missed first, NULL = nothing */
	} cases[] = {
		{ "", "pending", "signed_by" },
		{ ",'status':'active'", "pending", "signed_by" },
		{ ",'signed_by':'0'", "pending", "sign_method" },
		{ ",'sign_method':'2'", "pending", "signed_by" },
		{ ",'signed_by':'0','sign_method':'1'", "active", NULL },
		{ ",'signed_by':'0','sign_method':'1','status':'pending'", "pending", NULL },
		{ ",'status':'draft'", "draft", NULL },
	};
	struct test_clinic c;
	const char *team;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const char *who = given_person(&c, "张三", "1975-07-15");
		struct save_result r;

		assert_ok(clinic_try(&c, &r, "contract", "{'resident':'%s','team':'%s','start':'2026-06-01','packages':['1']%s}", who, team,
				  cases[i].typed),
			&c.err);
		assert_case(record_is(r.rec, "status", cases[i].status), i, cases[i].typed);
		for (size_t k = 0; k < 2; k++) {
			const char *key = k ? "sign_method" : "signed_by";

			assert_case(given_warned(&r, "unsigned", key) == (cases[i].field && !strcmp(cases[i].field, key)), i, key);
		}
	}
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM contract WHERE status = 'active'"), 1);
	clinic_check(&c);
	clinic_stop(&c);
}

/* What was missing is written down: signed on that day, and it ends the one before, which ran on until then. */
static void unsigned__is_in_force__once_it_is_completed(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *team, *before, *next;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	who = given_person(&c, "张三", "1975-07-15");
	before = given_sign(&c, who, team, "2025-12-01", ",'packages':['1']");
	assert_ok(contract_renew(&c.app, before, &(struct contract_terms){ .signed_by = "0" }, &(struct save_options){ .confirm_all = true },
			  &c.mem, &r, &c.err),
		&c.err);
	next = r.rec->meta.id;
	assert_string_equal(given_status(&c, next), "pending");
	assert_string_equal(given_status(&c, before), "active");
	clinic_save(&c, "contract", "{'id':'%s','revision':1,'note':'还没来'}", next);
	assert_string_equal(given_status(&c, next), "pending");
	clinic_save(&c, "contract", "{'id':'%s','revision':2,'sign_method':'2'}", next);
	assert_string_equal(given_status(&c, next), "active");
	assert_string_equal(record_text(given_load(&c, next), "signed_on"), "2026-11-22");
	assert_string_equal(given_status(&c, before), "renewed");
	/* what is in force is not undone by a gap in its sheet */
	clinic_save(&c, "contract", "{'id':'%s','revision':3,'sign_method':null}", next);
	assert_string_equal(given_status(&c, next), "active");
	clinic_check(&c);
	clinic_stop(&c);
}

static void contract__steps__by_the_state_table(void **state)
{
	struct test_clinic c;
	const char *team;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
		char more[64];
		struct contract_act a = { .event = steps[i].event, .side = steps[i].side, .reason = steps[i].reason, .day = NO_DAY };
		struct save_result r;
		const char *id;

		snprintf(more, sizeof more, ",'status':'%s'", steps[i].from);
		id = given_sign(&c, given_person(&c, "张三", "1975-07-15"), team, "2026-06-01", more);
		assert_case(contract_act(&c.app, id, &a, &c.mem, &r, &c.err) == (steps[i].to != NULL), i, steps[i].event);
		assert_case(steps[i].to || c.err.code == steps[i].code, i, steps[i].event);
		assert_case(!strcmp(given_status(&c, id), steps[i].to ? steps[i].to : steps[i].from), i, steps[i].event);
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
	struct contract_act ask = { .event = "ask_termination", .side = ENDED_BY_RESIDENT, .reason = "搬走", .day = NO_DAY };

	(void)state;
	clinic_start(&c);
	id = given_sign(&c, given_person(&c, "陈桂兰", "1955-07-15"), given_team(&c, "一队", ""), "2026-04-01", "");
	assert_ok(contract_act(&c.app, id, &ask, &c.mem, &r, &c.err), &c.err);
	assert_ok(contract_act(&c.app, id, &(struct contract_act){ .event = "keep", .day = NO_DAY }, &c.mem, &r, &c.err), &c.err);
	assert_null(record_text(given_load(&c, id), "resident_reason"));
	ask.side = ENDED_BY_DOCTOR;
	ask.reason = "联系不上";
	assert_ok(contract_act(&c.app, id, &ask, &c.mem, &r, &c.err), &c.err);
	/* what was asked for needs no second reason */
	assert_ok(contract_act(&c.app, id, &(struct contract_act){ .event = "terminate", .day = date_day("2026-11-20") }, &c.mem, &r, &c.err),
		&c.err);
	rec = given_load(&c, id);
	assert_string_equal(record_text(rec, "doctor_reason"), "联系不上");
	assert_null(record_text(rec, "resident_reason"));
	assert_string_equal(record_text(rec, "ended_on"), "2026-11-20");
	assert_false(contract_act(&c.app, id, &(struct contract_act){ .event = "keep", .day = NO_DAY }, &c.mem, &r, &c.err));
	assert_false(contract_act(&c.app, "nobody", &(struct contract_act){ .event = "keep", .day = NO_DAY }, &c.mem, &r, &c.err));
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
	struct save_result r;
	const char *id;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	id = given_sign(&c, given_person(&c, "陈桂兰", "1955-07-15"), given_team(&c, "一队", ""), "2025-11-22", ""); /* to 21 November 2026 */
	assert_string_equal(given_status(&c, id), "active");
	rec = given_load(&c, id);
	records_present(&c.app, KIND_CONTRACT, rec);
	assert_string_equal(record_text(rec, "status"), "expired");
	assert_ok(records_list(&c.app, &q, note_status, found, &c.err), &c.err);
	assert_string_equal(found, "expired");
	clinic_save(&c, "contract", "{'id':'%s','revision':1,'status':'expired','note':'x'}", id);
	assert_string_equal(given_status(&c, id), "active");
	id = given_sign(&c, given_person(&c, "李四", "1955-07-16"), given_team(&c, "二队", ""), "2026-11-22", "");
	assert_refused(clinic_try(&c, &r, "contract", "{'id':'%s','revision':1,'status':'expired'}", id), &c.err, ERR_WRONG_STATE);
	assert_string_equal(given_status(&c, id), "active");
	clinic_stop(&c);
}

/* ---- the next one ----------------------------------------------------------------------------------------------------------- */

static bool renew(struct test_clinic *c, const char *id, struct save_result *r)
{
	struct save_options o = { .reason = NULL };
	struct contract_terms terms = { .signed_by = "0", .sign_method = "1" };

	return contract_renew(&c->app, id, &terms, &o, &c->mem, r, &c->err);
}

static void renewal__follows__without_gap(void **state)
{
	struct test_clinic c;
	struct save_result r;
	struct overview o;
	const char *id, *who;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "陈桂兰", "1955-07-15");
	id = given_sign(&c, who, given_team(&c, "一队", ""), "2024-12-15", ",'years':2,'packages':['1']");
	assert_true(renew(&c, id, &r));
	assert_string_equal(record_text(r.rec, "start"), "2026-12-15");
	assert_string_equal(record_text(r.rec, "end"), "2028-12-14");
	assert_string_equal(record_text(r.rec, "previous"), id);
	assert_int_equal(record_get(r.rec, "items")->n_items, 3);
	assert_string_equal(given_status(&c, id), "renewed");
	assert_ok(overview_read(&c.app, who, &c.mem, &o, &c.err), &c.err);
	assert_string_equal(o.contract->meta.id, id); /* it runs on for three weeks */
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
	id = given_sign(&c, given_person(&c, "陈桂兰", "1955-07-15"), given_team(&c, "一队", ""), "2026-01-01", "");
	assert_false(renew(&c, id, &r)); /* 39 days before its end */
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(given_status(&c, id), "active");
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
	who = given_person(&c, "陈桂兰", "1955-07-15");
	team = given_team(&c, "一队", "");
	given_sign(&c, who, team, "2025-12-02", ""); /* to 1 December 2026 */
	assert_false(given_sign_try(&c, &r, who, team, "2026-12-01", ""));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(given_sign_try(&c, &r, who, team, "2026-12-05", ""));
	assert_int_equal(c.err.code, ERR_NEEDS_CONFIRMATION);
	assert_string_equal(c.err.field, "start");
	assert_true(given_sign_try(&c, &r, who, team, "2026-12-02", ""));
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
	who = given_person(&c, "陈桂兰", "1955-07-15");
	a = given_team(&c, "一队", "");
	b = given_team(&c, "二队", "");
	id = given_sign(&c, who, a, "2026-04-01", ",'packages':['2']");
	assert_false(given_sign_try(&c, &r, who, b, "2026-11-22", "")); /* not so */
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = a, .day = NO_DAY }, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_false(contract_transfer(&c.app, id, &(struct contract_transfer){ .day = NO_DAY }, &c.mem, &r, &c.err));
	assert_int_equal(c.err.code, ERR_REQUIRED);
	assert_ok(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = b, .day = NO_DAY, .reason = "搬到溪头" }, &c.mem, &r,
		&c.err), &c.err);
	assert_string_equal(record_text(r.rec, "start"), "2026-11-22");
	assert_string_equal(record_text(r.rec, "previous"), id);
	old = given_load(&c, id);
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
	who = given_person(&c, "李美玉", "1955-07-15");
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2026-01-05'}", who);
	id = given_sign(&c, who, given_team(&c, "一队", ""), "2026-04-01", PROMISES);
	first = given_follow_up(&c, who, "2026-11-22", ",'salt_target':'1','drugs':[{'name':'氨氯地平'}]");
	given_follow_up(&c, who, "2026-11-22", ""); /* a second form of that day */
	clinic_save(&c, "visit", "{'resident':'%s','date':'2026-11-22','status':'finished','complaint':'配药',"
		"'prescriptions':[{'name':'氨氯地平','strength':'5mg','quantity':28,'unit':'片','times_per_day':1}]}", who);
	clinic_save(&c, "exam", "{'resident':'%s','date':'2026-11-22'}", who);
	assert_int_equal(given_done(&c, id, "3"), 1);
	assert_int_equal(given_done(&c, id, "5"), 1);
	assert_int_equal(given_done(&c, id, "7"), 1);
	assert_int_equal(given_done(&c, id, "2"), 1);
	assert_int_equal(given_done(&c, id, "4"), 0);
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
	team = given_team(&c, "一队", "");
	a = given_person(&c, "陈桂兰", "1955-07-15");
	b = given_person(&c, "陈桂蓝", "1958-07-15");
	ca = given_sign(&c, a, team, "2026-04-01", PROMISES);
	cb = given_sign(&c, b, team, "2026-04-01", PROMISES);
	first = given_follow_up(&c, a, "2026-05-05", "");
	second = given_follow_up(&c, a, "2026-05-05", ""); /* takes over when the first one goes */
	given_follow_up(&c, a, "2026-03-05", "");        /* before the contract */
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-06-05','mode':'1','informant':'2'}", a); /* a relative */
	assert_int_equal(given_done(&c, ca, "3"), 1);
	assert_ok(records_void(&c.app, kind_by_id(KIND_FOLLOWUP), first, "两次", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(given_done(&c, ca, "3"), 1);
	assert_ok(records_move(&c.app, kind_by_id(KIND_FOLLOWUP), second, b, "选错人", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(given_done(&c, ca, "3"), 0);
	assert_int_equal(given_done(&c, cb, "3"), 1);
	assert_ok(records_undo(&c.app, kind_by_id(KIND_FOLLOWUP), second, &c.mem, &r, &c.err), &c.err);
	assert_int_equal(given_done(&c, ca, "3"), 1);
	assert_int_equal(given_done(&c, cb, "3"), 0);
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
	who = given_person(&c, "陈桂兰", "1955-07-15");
	team = given_team(&c, "一队", "");
	given_follow_up(&c, who, "2026-05-05", "");
	id = given_sign(&c, who, team, "2026-04-01", PROMISES);
	assert_int_equal(given_done(&c, id, "3"), 1);
	clinic_save(&c, "contract", "{'id':'%s','revision':1,'start':'2026-06-01','end':'2027-05-31'}", id);
	assert_int_equal(given_done(&c, id, "3"), 0);
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
	who = given_person(&c, "陈桂兰", "1955-07-15");
	id = given_sign(&c, who, given_team(&c, "一队", ""), "2026-04-01", PROMISES);
	given_follow_up(&c, who, "2026-11-22", "");
	assert_int_equal(given_done(&c, id, "3"), 1);
	assert_ok(contract_transfer(&c.app, id, &(struct contract_transfer){ .team = given_team(&c, "二队", ""), .day = NO_DAY }, &c.mem,
		&r, &c.err), &c.err);
	assert_int_equal(given_done(&c, id, "3"), 0);
	assert_int_equal(given_done(&c, r.rec->meta.id, "3"), 1);
	clinic_stop(&c);
}

static void service__by_hand__counts_and_is_checked(void **state)
{
	struct test_clinic c;
	struct save_result r;
	const char *who, *id, *service, *other;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "陈桂兰", "1955-07-15");
	other = given_person(&c, "黄水金", "1966-07-15");
	assert_false(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-22','item':'4'}", who));
	assert_int_equal(c.err.code, ERR_INCONSISTENT); /* no contract */
	assert_string_equal(c.err.field, "date");
	id = given_sign(&c, who, given_team(&c, "一队", ""), "2026-04-01", PROMISES);
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
	assert_int_equal(given_done(&c, id, "4"), 1);
	assert_true(clinic_try(&c, &r, "service", "{'resident':'%s','date':'2026-11-22','item':'4'}", who));
	assert_true(given_warned(&r, "counted", "item"));
	assert_int_equal(given_done(&c, id, "4"), 1);
	assert_false(records_move(&c.app, kind_by_id(KIND_SERVICE), service, other, "选错人", &c.mem, &r, &c.err)); /* has no contract */
	assert_int_equal(c.err.code, ERR_INCONSISTENT);
	assert_ok(records_void(&c.app, kind_by_id(KIND_SERVICE), service, "记错", &c.mem, &r, &c.err), &c.err);
	assert_int_equal(given_done(&c, id, "4"), 1); /* the second one still stands */
	clinic_check(&c);
	clinic_stop(&c);
}

/* On paper: what was agreed, what was done, each service with room for a signature. */
static void paper__of_a_contract__lists_services_to_be_signed(void **state)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_REPORT struct report *rep = NULL;
	static const char *const parts[] = { "家庭医生签约服务协议", "Services given", "定期随访1/4", "Signature or thumb print", "2026-11-22", "健康教育",
		"高血压讲座", "手印 陈桂兰" };
	struct test_clinic c;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = given_person(&c, "陈桂兰", "1955-07-15");
	id = given_sign(&c, who, given_team(&c, "一队", ""), "2026-04-01", PROMISES);
	given_follow_up(&c, who, "2026-11-22", "");
	clinic_save(&c, "service", "{'resident':'%s','date':'2026-11-21','item':'4','content':'高血压讲座','sign_method':'2',"
		"'signer_name':'陈桂兰'}", who);
	i18n_set_language("zh");
	rep = paper_report(&c.app, KIND_CONTRACT, given_load(&c, id), &c.err);
	assert_non_null(rep);
	report_dump(rep, &text);
	for (size_t i = 0; i < N_ELEMENTS(parts); i++)
		assert_case(strstr(text.s, parts[i]) != NULL, i, text.s);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unsigned__waits__until_signer_and_way_are_there),
		cmocka_unit_test(unsigned__is_in_force__once_it_is_completed),
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
		cmocka_unit_test(paper__of_a_contract__lists_services_to_be_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
