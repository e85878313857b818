#include "app/service/departures.h"

#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/service/change_groups.h"
#include "app/service/rows.h"
#include "db/stmt.h"

enum way { STAYS, DIED, MOVED };

/* What a way of leaving means for what it ends. */
static const struct {
	const char *date_key, *end_reason;
	const char *events[3]; /* of the contract: the first that its state takes */
	struct term words;
} ways[] = {
	[DIED] = { "died_on", "1", { "resident_died" }, { "居民死亡", "The resident died" } },
	[MOVED] = { "moved_on", "2", { "terminate", "withdraw", "cancel" }, { "居民迁出", "The resident moved away" } },
};

struct departure {
	enum way way;
	int32_t day; /* NO_DAY when it is not known */
};

static struct departure departure_of(const struct record *rec)
{
	enum way way = !rec ? STAYS : record_is(rec, "status", "4") ? DIED : record_is(rec, "status", "3") ? MOVED : STAYS;

	return (struct departure){ way, way == STAYS ? NO_DAY : record_day(rec, ways[way].date_key) };
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

static bool end_enrolment(struct app *app, struct record *rec, struct departure d, struct err *err)
{
	record_set_text(rec, "status", "ended");
	record_set_day(rec, "ended_on", no_earlier(d.day, record_day(rec, "enrolled_on")));
	record_set_text(rec, "end_reason", ways[d.way].end_reason);
	return store(app, KIND_ENROLMENT, rec, term_text(&ways[d.way].words), err);
}

static bool end_contract(struct app *app, struct record *rec, struct departure d, struct err *err)
{
	enum contract_state from = contract_state_by_name(record_text(rec, "status") ? record_text(rec, "status") : "");
	enum contract_state to = CONTRACT_NONE;
	int32_t end = record_day(rec, "end");

	for (size_t i = 0; i < N_ELEMENTS(ways[d.way].events) && ways[d.way].events[i] && to == CONTRACT_NONE; i++)
		to = contract_step(from, ways[d.way].events[i]);
	if (to == CONTRACT_NONE || (end != NO_DAY && end < d.day)) /* it had run out by then */
		return true;
	record_set_text(rec, "status", contract_states[to].name);
	record_set_day(rec, "ended_on", no_earlier(d.day, record_day(rec, "start")));
	record_set_text(rec, "status_reason", term_text(&ways[d.way].words));
	return store(app, KIND_CONTRACT, rec, term_text(&ways[d.way].words), err);
}

static const struct ending {
	enum kind_id kind;
	const char *open, *over; /* statements: those to end, those that have ended */
	bool (*end)(struct app *app, struct record *rec, struct departure d, struct err *err);
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
			if (!record_load_row(app, rows[k], &mem, &rec, NULL, err) || !endings[i].end(app, rec, d, err))
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

static bool end_otherwise(struct app *app, int64_t resident, struct departure was, struct departure d, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };

	if (d.day == NO_DAY)
		return true;
	for (size_t i = 0; i < N_ELEMENTS(endings); i++) {
		bool contract = endings[i].kind == KIND_CONTRACT;
		AUTO_FREE int64_t *rows = NULL;
		struct record *rec;
		size_t n;

		if (!rows_of(app, endings[i].over, resident, &rows, &n, err))
			return false;
		for (size_t k = 0; k < n; k++) {
			if (!record_load_row(app, rows[k], &mem, &rec, NULL, err))
				return false;
			if (!ended_by(rec, was))
				continue;
			record_set_day(rec, "ended_on", no_earlier(d.day, record_day(rec, contract ? "start" : "enrolled_on")));
			record_set_text(rec, contract ? "status_reason" : "end_reason",
				contract ? term_text(&ways[d.way].words) : ways[d.way].end_reason);
			if (!store(app, endings[i].kind, rec, term_text(&ways[d.way].words), err))
				return false;
		}
	}
	return true;
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

static bool restore(struct app *app, int64_t row, int64_t newest, struct err *err)
{
	int64_t revision;

	return find_beginning(app, row, newest, &revision, err) && (!revision ||
		change_group_restore(app, row, revision, _("The departure was entered by mistake"), err));
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
	return came_back(rec) || restore(app, row, old->meta.revision, err);
}

bool departure_apply(struct app *app, const struct record *rec, int64_t row, struct err *err)
{
	struct departure now = departure_of(rec);

	return now.way == STAYS || end_all(app, row, now, err);
}

/* ---- what is said beforehand ------------------------------------------------------------------------------------------- */

static bool warn_after_death(struct app *app, const struct record *rec, int64_t row, struct findings *fs, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "after_day");
	const char *died = record_text(rec, "died_on");
	AUTO_FREE int64_t *rows = NULL;
	AUTO_SBUF struct sbuf days = SBUF_INIT;
	AUTO_ARENA struct arena mem = { 0 };
	size_t n;

	stmt_bind_int(st, "resident", row);
	stmt_bind_text(st, "day", died);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n && i < 3; i++) {
		struct record *r;
		enum kind_id kind;

		if (!record_load_row(app, rows[i], &mem, &r, &kind, err))
			return false;
		sbuf_addf(&days, "%s%s %s", i ? ", " : "", record_text(r, kind_by_id(kind)->date_key),
			term_text(&kind_by_id(kind)->term));
	}
	if (n)
		finding_warning(fs, "after_death", "died_on",
			ngettext("%zu record is dated after the death: %s%s. Put it right.",
				"%zu records are dated after the death: %s%s. Put them right.", (unsigned long)n),
			n, days.s, n > 3 ? " ..." : "");
	return true;
}

static bool warn_head(struct app *app, const struct record *rec, struct findings *fs, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *household = record_text(rec, "household"), *head;
	struct record *home;

	if (!household || !record_row(app, KIND_HOUSEHOLD, household))
		return true;
	if (!record_load(app, KIND_HOUSEHOLD, household, &mem, &home, err))
		return false;
	head = record_text(home, "head");
	if (head && !strcmp(head, rec->meta.id))
		finding_warning(fs, "new_head", "household", _("The household has lost its head: choose the new one."));
	return true;
}

static bool warn_contract(struct app *app, int64_t row, struct findings *fs, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contracts_open");
	bool found;

	stmt_bind_int(st, "resident", row);
	stmt_bind_int(st, "self", 0);
	if (!stmt_step(st, &found, err))
		return false;
	if (found)
		finding_warning(fs, "transfer_contract", "village",
			_("The village is another one. Does the contract go to the team there?"));
	return true;
}

bool departure_warnings(struct app *app, const struct record *rec, const struct record *old, struct findings *fs,
	struct err *err)
{
	struct departure now = departure_of(rec), was = departure_of(old);
	int64_t row = old ? record_row(app, KIND_RESIDENT, rec->meta.id) : 0;

	if (!row)
		return true;
	if (now.way == DIED && now.day != NO_DAY && (was.way != DIED || was.day != now.day) &&
		!warn_after_death(app, rec, row, fs, err))
		return false;
	if (now.way != STAYS && was.way == STAYS && !warn_head(app, rec, fs, err))
		return false;
	if (now.way == STAYS && record_text(old, "village") && record_text(rec, "village") &&
		!value_equal(record_get(old, "village"), record_get(rec, "village")))
		return warn_contract(app, row, fs, err);
	return true;
}
