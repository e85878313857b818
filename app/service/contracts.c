/* Family-doctor contracts: one team at a time, states, renewal without gap or overlap. */
#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

/* A new one after one that is still open renews it (another team: transfers it), whoever fills it in and however. */
static bool find_previous(struct app *app, struct record *rec, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contracts_open");
	const char *resident = record_text(rec, "resident");
	int32_t start = record_day(rec, "start");
	bool row = true;

	stmt_bind_int(st, "resident", resident ? record_row(app, KIND_RESIDENT, resident) : 0);
	stmt_bind_int(st, "self", 0);
	while (row) {
		int32_t end;

		if (!stmt_step(st, &row, err))
			return false;
		end = row ? date_day(stmt_text(st, 3)) : NO_DAY;
		if (end == NO_DAY || start == NO_DAY || end >= start || strcmp(stmt_text(st, 1), "active") != 0)
			continue;
		record_set_text(rec, "previous", stmt_text(st, 0));
		return true;
	}
	return true;
}

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	(void)cx;
	if (!old && value_is_empty(record_get(rec, "previous")) && !find_previous(app, rec, err))
		return false;
	if (value_is_empty(record_get(rec, "years")) && value_is_empty(record_get(rec, "end")))
		record_set_num(rec, "years", 1);
	if (value_is_empty(record_get(rec, "end")) && record_day(rec, "start") != NO_DAY)
		record_set_day(rec, "end", contract_end(record_day(rec, "start"), (int)record_num(rec, "years", 1)));
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "active");
	if (record_is(rec, "status", "terminated") && value_is_empty(record_get(rec, "ended_on")))
		record_set_day(rec, "ended_on", app_today(app));
	return true;
}

static bool may_step(enum contract_state from, enum contract_state to)
{
	static const char *const events[] = { "submit", "cancel", "sign", "accept", "reject", "withdraw", "ask_termination",
		"keep", "terminate", "resident_died", "renew", "transfer", "expire" };

	for (size_t i = 0; i < N_ELEMENTS(events); i++)
		if (contract_step(from, events[i]) == to)
			return true;
	return false;
}

static void check_state(const struct record *rec, const struct record *old, struct findings *fs)
{
	const char *to = record_text(rec, "status"), *from = old ? record_text(old, "status") : NULL;
	enum contract_state t = contract_state_by_name(to ? to : ""), f = contract_state_by_name(from ? from : "");

	if (!old && t != CONTRACT_DRAFT && t != CONTRACT_PENDING && t != CONTRACT_ACTIVE)
		finding_error(fs, ERR_WRONG_STATE, "status", _("A new contract is a draft, pending or active."));
	else if (old && t != f && !may_step(f, t))
		finding_error(fs, ERR_WRONG_STATE, "status", _("A contract that is \"%s\" cannot become \"%s\"."),
			term_text(&contract_states[f].term), term_text(&contract_states[t].term));
	else if (old && t != f && contract_states[t].reason && value_is_empty(record_get(rec, "status_reason")))
		finding_error(fs, ERR_REQUIRED, "status_reason", _("Why? Give the reason."));
}

/* A resident has one team at a time; a renewal starts the day after. */
static bool check_only_one(struct app *app, const struct record *rec, struct findings *fs, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contracts_open");
	const char *resident = record_text(rec, "resident");
	int32_t start = record_day(rec, "start"), end = record_day(rec, "end");
	bool row = true;

	stmt_bind_int(st, "resident", resident ? record_row(app, KIND_RESIDENT, resident) : 0);
	stmt_bind_int(st, "self", *rec->meta.id ? record_row(app, KIND_CONTRACT, rec->meta.id) : 0);
	for (;;) {
		int32_t s, e;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		s = date_day(stmt_text(st, 2));
		e = date_day(stmt_text(st, 3));
		if (start == NO_DAY || s == NO_DAY || (e != NO_DAY && start > e) || (end != NO_DAY && end < s))
			continue;
		finding_error(fs, ERR_INCONSISTENT, "start",
			_("There is a contract until %s already: a resident has one team at a time. Renew it from the day after."),
			stmt_text(st, 3) ? stmt_text(st, 3) : "?");
	}
}

static bool is_open(const struct record *rec)
{
	return record_is(rec, "status", "active") || record_is(rec, "status", "pending");
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	(void)cx;
	check_state(rec, old, fs);
	return !is_open(rec) || check_only_one(app, rec, fs, err);
}

/* A renewal or transfer ends what it follows. */
static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *previous = record_text(rec, "previous");
	struct record *before;
	struct put put = { .kind = KIND_CONTRACT };
	bool same_team;

	(void)row;
	if (old || !previous || !record_is(rec, "status", "active"))
		return true;
	if (!record_load(app, KIND_CONTRACT, previous, &mem, &before, err))
		return false;
	if (!record_is(before, "status", "active"))
		return true;
	same_team = value_equal(record_get(rec, "team"), record_get(before, "team"));
	record_set_text(before, "status", same_team ? "renewed" : "transferred");
	put.rec = before;
	put.base_revision = before->meta.revision;
	return record_put(app, &put, err);
}

const struct use_case contract_use_case = { .kind = KIND_CONTRACT, .complete = complete, .check = check, .after = after };
