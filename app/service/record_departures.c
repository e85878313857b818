#include "app/service/record_departures.h"

#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/service/record_groups.h"
#include "app/service/record_int.h"
#include "app/service/rows.h"
#include "db/stmt.h"

/* What a way of leaving means for what it ends. */
static const struct {
	const char *date_key, *end_reason;
	const char *events[3]; /* of the contract: the first that its state takes */
	struct term words;
} ways[] = {
	[DIED] = { "died_on", "1", { "resident_died" }, { "居民死亡", "The resident died" } },
	[MOVED] = { "moved_on", "2", { "terminate", "withdraw", "cancel" }, { "居民迁出", "The resident moved away" } },
};

struct departure departure_of(const struct record *rec)
{
	enum way way = !rec ? STAYS : record_is(rec, "status", "4") ? DIED : record_is(rec, "status", "3") ? MOVED : STAYS;

	return (struct departure){ .way = way, .day = way == STAYS ? NO_DAY : record_day(rec, ways[way].date_key) };
}

static bool store(struct app *app, enum kind_id kind, struct record *rec, const char *reason, struct err *err)
{
	struct put put = { .kind = kind, .rec = rec, .base_revision = rec->meta.revision, .reason = reason };

	return record_put(app, &put, err);
}

static bool rows_of(struct app *app, const char *statement, int64_t resident, int64_t **rows, size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, statement);

	stmt_bind_int(st, "resident", resident);
	return rows_read(st, rows, n, err);
}

/* ---- ending ---------------------------------------------------------------------------------------------------------- */

static int32_t no_earlier(int32_t day, int32_t than)
{
	return than != NO_DAY && day < than ? than : day;
}

/* What arrived of somebody who moved away and began only afterwards is of after he came back. */
static bool is_of_later(const struct record *rec, struct departure d, const char *begin)
{
	return d.arrived && d.way == MOVED && record_day(rec, begin) > d.day;
}

/* The ends change the record only; false when there is nothing to end. */
static bool end_enrolment(struct record *rec, struct departure d)
{
	if (is_of_later(rec, d, "enrolled_on"))
		return false;
	record_set_text(rec, "status", "ended");
	record_set_day(rec, "ended_on", no_earlier(d.day, record_day(rec, "enrolled_on")));
	record_set_text(rec, "end_reason", ways[d.way].end_reason);
	return true;
}

/* Where a contract goes that ran on the day or was to begin after it.  One that was renewed or handed over only after the
 * day was in force on it. */
static enum contract_state contract_after(const struct record *rec, struct departure d)
{
	enum contract_state from = contract_state_by_name(record_text(rec, "status") ? record_text(rec, "status") : "");
	enum contract_state to = CONTRACT_NONE;

	if (from == CONTRACT_RENEWED || from == CONTRACT_TRANSFERRED)
		from = CONTRACT_ACTIVE;
	for (size_t i = 0; i < N_ELEMENTS(ways[d.way].events) && ways[d.way].events[i] && to == CONTRACT_NONE; i++)
		to = contract_step(from, ways[d.way].events[i]);
	return to;
}

/* The day it was handed over on is the first of the next one (as in the view service_term). */
static int32_t last_day(const struct record *contract)
{
	int32_t ended = record_day(contract, "ended_on");

	if (ended == NO_DAY)
		return record_day(contract, "end");
	return record_is(contract, "status", contract_states[CONTRACT_TRANSFERRED].name) ? ended - 1 : ended;
}

static bool end_contract(struct record *rec, struct departure d)
{
	enum contract_state to = contract_after(rec, d);
	int32_t end = last_day(rec);

	if (to == CONTRACT_NONE || is_of_later(rec, d, "start") || (end != NO_DAY && end < d.day)) /* it had run out by then */
		return false;
	record_set_text(rec, "status", contract_states[to].name);
	record_set_day(rec, "ended_on", no_earlier(d.day, record_day(rec, "start")));
	record_set_text(rec, "status_reason", term_text(&ways[d.way].words));
	return true;
}

static const struct ending {
	enum kind_id kind;
	const char *open, *over; /* statements: those to end, those that have ended */
	bool (*end)(struct record *rec, struct departure d);
} endings[] = {
	{ KIND_ENROLMENT, "departure_enrolments", "departure_enrolments_over", end_enrolment },
	{ KIND_CONTRACT, "departure_contracts", "departure_contracts_over", end_contract },
};

static bool end_all(struct app *app, int64_t resident, struct departure d, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };

	if (d.day == NO_DAY)
		d.day = app_today(app);
	for (size_t i = 0; i < N_ELEMENTS(endings); i++) {
		AUTO_FREE int64_t *rows = NULL;
		struct record *rec;
		size_t n;

		if (!rows_of(app, endings[i].open, resident, &rows, &n, err))
			return false;
		for (size_t k = 0; k < n; k++)
			if (!record_load_row(app, rows[k], &mem, &rec, NULL, err) ||
				(endings[i].end(rec, d) && !store(app, endings[i].kind, rec, term_text(&ways[d.way].words), err)))
				return false;
	}
	return true;
}

/* ---- another day, or it was a move and no death ------------------------------------------------------------------------ */

static bool ended_by(const struct record *rec, struct departure d)
{
	const char *reason = record_text(rec, form_index(rec->form, "end_reason") >= 0 ? "end_reason" : "status_reason");
	const struct term *words = &ways[d.way].words;

	if (!reason || (d.day != NO_DAY && record_day(rec, "ended_on") < d.day))
		return false;
	return !strcmp(reason, ways[d.way].end_reason) || !strcmp(reason, words->zh) || !strcmp(reason, words->en);
}

/* Makes it what it was in the last version before it ended; *found is false for one that began so. */
static bool take_before(struct app *app, int64_t row, struct record *rec, bool *found, struct err *err)
{
	static const char *const keys[] = { "status", "ended_on", "end_reason", "status_reason" };

	*found = false;
	for (int64_t r = rec->meta.revision; r > 1 && !*found; r--) {
		AUTO_ARENA struct arena mem = { 0 };
		struct record *before;
		enum kind_id k;

		if (!record_load_revision(app, row, r - 1, &mem, &before, &k, err))
			return false;
		*found = !value_equal(record_get(before, "status"), record_get(rec, "status"));
		for (size_t i = 0; *found && i < N_ELEMENTS(keys); i++)
			if (form_index(rec->form, keys[i]) >= 0)
				record_set(rec, keys[i], record_get(before, keys[i]));
	}
	return true;
}

/* One that came ended has only its day and reason to change. */
static void end_again(const struct ending *e, struct record *rec, struct departure d)
{
	bool contract = e->kind == KIND_CONTRACT;

	record_set_day(rec, "ended_on", no_earlier(d.day, record_day(rec, contract ? "start" : "enrolled_on")));
	record_set_text(rec, contract ? "status_reason" : "end_reason",
		contract ? term_text(&ways[d.way].words) : ways[d.way].end_reason);
}

static bool end_one_otherwise(struct app *app, const struct ending *e, int64_t row, struct departure was, struct departure d,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	bool found;

	if (!record_load_row(app, row, &mem, &rec, NULL, err))
		return false;
	if (!ended_by(rec, was))
		return true;
	if (!take_before(app, row, rec, &found, err))
		return false;
	if (found)
		e->end(rec, d);
	else
		end_again(e, rec, d);
	return store(app, e->kind, rec, term_text(&ways[d.way].words), err);
}

/* What had ended ends as the new day asks; so does what the old day had left alone. */
static bool end_otherwise(struct app *app, int64_t resident, struct departure was, struct departure d, struct err *err)
{
	if (d.day == NO_DAY)
		return true;
	for (size_t i = 0; i < N_ELEMENTS(endings); i++) {
		AUTO_FREE int64_t *rows = NULL;
		size_t n;

		if (!rows_of(app, endings[i].over, resident, &rows, &n, err))
			return false;
		for (size_t k = 0; k < n; k++)
			if (!end_one_otherwise(app, &endings[i], rows[k], was, d, err))
				return false;
	}
	return end_all(app, resident, d, err);
}

/* ---- it was a mistake --------------------------------------------------------------------------------------------------- */

/* The version of the resident's record that brought the departure; 0 when it was always so. */
static bool find_beginning(struct app *app, int64_t row, int64_t newest, int64_t *revision, struct err *err)
{
	for (int64_t r = newest; r > 1; r--) {
		AUTO_ARENA struct arena mem = { 0 };
		struct record *before;
		enum kind_id kind;

		if (!record_load_revision(app, row, r - 1, &mem, &before, &kind, err))
			return false;
		*revision = r;
		if (departure_of(before).way == STAYS)
			return true;
	}
	*revision = 0;
	return true;
}

/* As it was before it ended; one that began so stays. */
static bool reopen(struct app *app, enum kind_id kind, int64_t row, struct record *rec, struct err *err)
{
	bool found;

	return take_before(app, row, rec, &found, err) &&
		(!found || store(app, kind, rec, _("The departure was entered by mistake"), err));
}

/* What it ended in other groups: what came from elsewhere ended as it came. */
static bool reopen_all(struct app *app, int64_t resident, struct departure was, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(endings); i++) {
		AUTO_FREE int64_t *rows = NULL;
		struct record *rec;
		size_t n;

		if (!rows_of(app, endings[i].over, resident, &rows, &n, err))
			return false;
		for (size_t k = 0; k < n; k++)
			if (!record_load_row(app, rows[k], &mem, &rec, NULL, err) ||
				(ended_by(rec, was) && !reopen(app, endings[i].kind, rows[k], rec, err)))
				return false;
	}
	return true;
}

static bool restore(struct app *app, int64_t row, int64_t newest, struct departure was, struct err *err)
{
	int64_t revision;

	return find_beginning(app, row, newest, &revision, err) &&
		(!revision || change_group_restore(app, row, revision, _("The departure was entered by mistake"), err)) &&
		reopen_all(app, row, was, err);
}

static bool came_back(const struct record *rec)
{
	int32_t back = record_day(rec, "moved_in_on"), moved = record_day(rec, "moved_on");

	return moved != NO_DAY && back != NO_DAY && back >= moved;
}

bool departure_follow(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	struct departure now = departure_of(rec), was = departure_of(old);

	if (now.way == was.way && now.day == was.day)
		return true;
	if (was.way == STAYS)
		return end_all(app, row, now, err);
	if (now.way != STAYS)
		return end_otherwise(app, row, was, now, err);
	return came_back(rec) || restore(app, row, old->meta.revision, was, err);
}

bool departure_apply(struct app *app, const struct record *rec, int64_t row, struct err *err)
{
	struct departure now = departure_of(rec);

	return now.way == STAYS || end_all(app, row, now, err);
}

/* ---- what came from elsewhere -------------------------------------------------------------------------------------------- */

struct arrived {
	int64_t resident, before; /* revision of his file before this transaction; 0 = it did not come */
	struct arrived *next;
};

void departure_note(struct app *app, enum kind_id kind, int64_t row, int64_t resident, int64_t before)
{
	struct arrived *a;

	if (kind != KIND_RESIDENT && kind != KIND_ENROLMENT && kind != KIND_CONTRACT)
		return;
	a = xmalloc(sizeof *a);
	*a = (struct arrived){ kind == KIND_RESIDENT ? row : resident, kind == KIND_RESIDENT ? before : 0, app->arrived };
	app->arrived = a;
}

void departures_forget(struct app *app)
{
	while (app->arrived) {
		struct arrived *a = app->arrived;

		app->arrived = a->next;
		free(a);
	}
}

static bool is_gone(struct app *app, int64_t resident, int64_t *gone, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "departure_is");

	stmt_bind_int(st, "resident", resident);
	return stmt_value(st, gone, 0, err);
}

static bool follow_arrived(struct app *app, const struct arrived *a, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *now, *old = NULL;
	struct departure d;
	enum kind_id kind;
	int64_t gone;

	if (!a->resident || !is_gone(app, a->resident, &gone, err))
		return a->resident == 0;
	if (!gone && !a->before)
		return true;
	if (!record_load_row(app, a->resident, &mem, &now, NULL, err) ||
		(a->before && !record_load_revision(app, a->resident, a->before, &mem, &old, &kind, err)) ||
		(old && !departure_follow(app, now, old, a->resident, err)))
		return false;
	d = departure_of(now);
	d.arrived = true;
	return d.way == STAYS || end_all(app, a->resident, d, err);
}

bool departures_follow(struct app *app, struct err *err)
{
	const int64_t origin = app->origin;
	bool ok = true;

	app->origin = 0; /* what follows here is ours */
	for (const struct arrived *a = app->arrived; ok && a; a = a->next) {
		app->group = 0;
		ok = follow_arrived(app, a, err);
	}
	app->origin = origin;
	return ok;
}
