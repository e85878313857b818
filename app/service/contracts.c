/* Family-doctor contracts: one team at a time, states, renewal without gap or overlap, transfer, what a team can carry. */
#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/programmes/programmes.h"
#include "app/service/contract_code.h"
#include "app/service/contract_plan.h"
#include "app/service/contract_steps.h"
#include "app/service/packages.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

/* ---- what follows from the rest ------------------------------------------------------------------------------------------ */

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

static void complete_term(struct record *rec)
{
	if (value_is_empty(record_get(rec, "years")) && value_is_empty(record_get(rec, "end")))
		record_set_num(rec, "years", 1);
	if (value_is_empty(record_get(rec, "end")) && record_day(rec, "start") != NO_DAY)
		record_set_day(rec, "end", contract_end(record_day(rec, "start"), (int)record_num(rec, "years", 1)));
}

static bool is_open(const struct record *rec)
{
	return record_is(rec, "status", "active") || record_is(rec, "status", "pending");
}

/* In force is what was signed: without it a new one waits, and one that waits is in force once it has what it lacked. */
static void complete_signature(struct app *app, struct record *rec, const struct record *old)
{
	bool lacks = contract_unsigned(rec, NULL) != NULL, waited = old && record_is(old, "status", "pending");

	if (record_is(rec, "status", "active") && lacks && (!old || waited)) {
		record_set_text(rec, "status", "pending");
	} else if (waited && record_is(rec, "status", "pending") && !lacks && contract_unsigned(old, NULL)) {
		record_set_text(rec, "status", "active");
		if (!record_text(rec, "signed_on"))
			record_set_day(rec, "signed_on", app_today(app));
	}
}

/* `expired` is what the calendar makes of a contract, it is printed so and comes back so; it is not stored. */
static void complete_status(struct app *app, struct record *rec, const struct record *old)
{
	const char *before = old ? record_text(old, "status") : NULL;

	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "active");
	complete_signature(app, rec, old);
	if (record_is(rec, "status", "expired") && before &&
		contract_state_on(contract_state_by_name(before), record_day(rec, "end"), app_today(app)) == CONTRACT_EXPIRED)
		record_set_text(rec, "status", before);
	if (record_is(rec, "status", "terminated") && value_is_empty(record_get(rec, "ended_on")))
		record_set_day(rec, "ended_on", app_today(app));
}

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct packages all;

	(void)cx;
	if (!old && value_is_empty(record_get(rec, "previous")) && !find_previous(app, rec, err))
		return false;
	complete_term(rec);
	complete_status(app, rec, old);
	if (old || value_is_empty(record_get(rec, "packages")) || !value_is_empty(record_get(rec, "items")))
		return true;
	if (!packages_read(app, NO_DAY, &mem, &all, err))
		return false;
	packages_plan(&all, rec);
	return true;
}

/* ---- checks -------------------------------------------------------------------------------------------------------------- */

static void check_state(const struct record *rec, const struct record *old, struct findings *fs)
{
	const char *to = record_text(rec, "status"), *from = old ? record_text(old, "status") : NULL;
	enum contract_state t = contract_state_by_name(to ? to : ""), f = contract_state_by_name(from ? from : "");

	if (!old && t != CONTRACT_DRAFT && t != CONTRACT_PENDING && t != CONTRACT_ACTIVE)
		finding_error(fs, ERR_WRONG_STATE, "status", _("A new contract is a draft, pending or active."));
	else if (old && t != f && t == CONTRACT_EXPIRED) /* on the day after its last, by itself: complete_status() */
		finding_error(fs, ERR_WRONG_STATE, "status", _("This contract runs until %s; it runs out by itself."),
			record_text(rec, "end") ? record_text(rec, "end") : "?");
	else if (old && t != f && !contract_may_become(f, t))
		finding_error(fs, ERR_WRONG_STATE, "status", _("A contract that is \"%s\" cannot become \"%s\"."),
			term_text(&contract_states[f].term), term_text(&contract_states[t].term));
	else if (old && t != f && contract_states[t].reason && value_is_empty(record_get(rec, "status_reason")))
		finding_error(fs, ERR_REQUIRED, "status_reason", _("Why? Give the reason."));
}

static bool is_previous(const struct record *rec, const char *id)
{
	const char *previous = record_text(rec, "previous");

	return previous && !strcmp(previous, id);
}

/* A resident has one team at a time; a renewal starts the day after; what is handed over ends when the next begins. */
static bool check_only_one(struct app *app, const struct record *rec, const struct record *before, struct findings *fs,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contracts_open");
	const char *resident = record_text(rec, "resident");
	int32_t start = record_day(rec, "start"), end = record_day(rec, "end");
	bool handed_over = before && !value_equal(record_get(before, "team"), record_get(rec, "team")), row = true;

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
		if (handed_over && is_previous(rec, stmt_text(st, 0)))
			continue;
		finding_error(fs, ERR_INCONSISTENT, "start",
			_("There is a contract until %s already: a resident has one team at a time. Renew it from the day after."),
			stmt_text(st, 3) ? stmt_text(st, 3) : "?");
	}
}

/* A renewal in its time and without a gap; a transfer within the old term. */
static void check_previous(struct app *app, const struct record *rec, const struct record *before, struct findings *fs)
{
	int32_t start = record_day(rec, "start"), end = record_day(before, "end"), begun = record_day(before, "start");
	int window = contract_window(app);
	char iso[DATE_LEN];

	if (start == NO_DAY || end == NO_DAY || !record_is(before, "status", "active"))
		return;
	if (!value_equal(record_get(before, "team"), record_get(rec, "team"))) {
		if (begun != NO_DAY && start <= begun)
			finding_error(fs, ERR_INCONSISTENT, "start",
				_("The contract that is handed over begins on %s: this one begins later."), date_iso(begun, iso));
		return;
	}
	if (app_today(app) < end - window)
		finding_question(fs, "start",
			_("The contract runs until %s; it is renewed from %d days before its end. Renew it now?"),
			record_text(before, "end"), window);
	if (start > end + 1 && end >= app_today(app))
		finding_question(fs, "start", _("The contract before ends on %s: %d days would be without one. Is it right?"),
			record_text(before, "end"), (int)(start - end - 1));
}

static bool check_packages(struct app *app, const struct record *rec, const struct record *old, struct findings *fs,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = record_text(rec, "packages");
	struct packages all;

	if (!s || (old && value_equal(record_get(old, "packages"), record_get(rec, "packages"))))
		return true;
	if (!packages_read(app, record_day(rec, "start"), &mem, &all, err))
		return false;
	while (*s) {
		size_t n = strcspn(s, ",");
		char one[16];

		snprintf(one, sizeof one, "%.*s", (int)n, s);
		if (!package_of(&all, one)) {
			finding_error(fs, ERR_UNKNOWN_CODE, "packages",
				_("There is no package \"%s\" that can be signed on this day."), one);
			finding_example(fs, all.n ? all.v[0].code : "1");
		}
		s += n + (s[n] == ',');
	}
	return true;
}

/* ---- what a team and a doctor can carry ------------------------------------------------------------------------------------ */

static bool count_load(struct app *app, const char *statement, const struct record *rec, int64_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, statement);
	const char *team = record_text(rec, "team"), *doctor = record_text(rec, "doctor"), *who = record_text(rec, "resident");
	AUTO_SBUF struct sbuf diseases = SBUF_INIT;

	stmt_bind_int(st, "team", team ? record_row(app, KIND_TEAM, team) : 0);
	stmt_bind_int(st, "doctor", doctor ? record_row(app, KIND_STAFF, doctor) : 0);
	stmt_bind_int(st, "resident", who ? record_row(app, KIND_RESIDENT, who) : 0);
	stmt_bind_text(st, "day", record_text(rec, "start"));
	programmes_of_disease(&diseases);
	stmt_bind_text(st, "diseases", diseases.s);
	return stmt_value(st, n, 0, err);
}

static bool check_load(struct app *app, const struct record *rec, const struct record *team, const char *limit,
	const char *statement, struct findings *fs, struct err *err)
{
	int64_t most = record_num(team, limit, 0), n;

	if (!most)
		return true;
	if (!count_load(app, statement, rec, &n, err))
		return false;
	if (n < most)
		return true;
	if (!strcmp(limit, "capacity"))
		finding_warning(fs, "capacity", "team", _("The team has %lld contracts already, it can carry %lld."), (long long)n,
			(long long)most);
	else if (!strcmp(limit, "doctor_capacity"))
		finding_warning(fs, "capacity", "doctor", _("The doctor has %lld contracts already, the limit is %lld."),
			(long long)n, (long long)most);
	else
		finding_warning(fs, "capacity", "team", _("The team has %lld chronic patients already, it can carry %lld."),
			(long long)n, (long long)most);
	return true;
}

/* Limits warn and never refuse: who is there to be cared for is signed. */
static bool check_team(struct app *app, const struct record *rec, const struct form_context *cx, struct findings *fs,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *id = record_text(rec, "team");
	struct record *team;
	bool chronic = programmes_any_disease(cx->programmes);

	if (!id || !record_row(app, KIND_TEAM, id))
		return true;
	if (!record_load(app, KIND_TEAM, id, &mem, &team, err))
		return false;
	if (record_is(team, "active", "1"))
		finding_warning(fs, "team_closed", "team", _("This team is no longer active."));
	return check_load(app, rec, team, "capacity", "contract_load", fs, err) &&
		(!record_text(rec, "doctor") || check_load(app, rec, team, "doctor_capacity", "contract_load_doctor", fs, err)) &&
		(!chronic || check_load(app, rec, team, "chronic_capacity", "contract_load_chronic", fs, err));
}

static void check_signature(const struct record *rec, struct findings *fs)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	const char *first = contract_unsigned(rec, &words);

	if (first && record_is(rec, "status", "pending"))
		finding_warning(fs, "unsigned", first,
			_("In force once it is signed. Still missing: %s."), words.s);
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *previous = record_text(rec, "previous");
	struct record *before = NULL;

	check_state(rec, old, fs);
	check_signature(rec, fs);
	if (previous && record_row(app, KIND_CONTRACT, previous) &&
		!record_load(app, KIND_CONTRACT, previous, &mem, &before, err))
		return false;
	if (!old && before)
		check_previous(app, rec, before, fs);
	return check_packages(app, rec, old, fs, err) && (old || check_team(app, rec, cx, fs, err)) &&
		(!is_open(rec) || check_only_one(app, rec, before, fs, err));
}

/* ---- what is written along ------------------------------------------------------------------------------------------------- */

static bool before(struct app *app, struct record *rec, const struct record *old, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	char number[40];
	struct packages all;

	if (!record_text(rec, "number")) {
		int32_t day = record_day(rec, "signed_on");

		if (!contract_number(app, day == NO_DAY ? app_today(app) : day, number, sizeof number, err))
			return false;
		record_set_text(rec, "number", number);
	}
	if (old && value_equal(record_get(old, "packages"), record_get(rec, "packages")))
		return true;
	if (!packages_read(app, NO_DAY, &mem, &all, err))
		return false;
	packages_sign(&all, rec);
	return true;
}

/* A renewal or transfer ends what it follows, once it is signed. */
static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *previous = record_text(rec, "previous");
	struct put put = { .kind = KIND_CONTRACT };
	struct record *last;
	bool same_team;

	(void)row;
	if (!previous || !record_is(rec, "status", "active") || (old && record_is(old, "status", "active")))
		return true;
	if (!record_load(app, KIND_CONTRACT, previous, &mem, &last, err))
		return false;
	if (!record_is(last, "status", "active"))
		return true;
	same_team = value_equal(record_get(rec, "team"), record_get(last, "team"));
	record_set_text(last, "status", same_team ? "renewed" : "transferred");
	if (!same_team && record_day(rec, "start") <= record_day(last, "end"))
		record_set(last, "ended_on", record_get(rec, "start"));
	put.rec = last;
	put.base_revision = last->meta.revision;
	return record_put(app, &put, err);
}

/* The calendar ends a contract, nobody writes it down. */
static void present(struct app *app, struct record *rec)
{
	const char *status = record_text(rec, "status");
	enum contract_state s = contract_state_by_name(status ? status : "");

	record_set_text(rec, "status", contract_states[contract_state_on(s, record_day(rec, "end"), app_today(app))].name);
}

const struct use_case contract_use_case = { .kind = KIND_CONTRACT, .complete = complete, .check = check, .before = before,
	.after = after, .present = present };
