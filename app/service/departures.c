#include "app/service/departures.h"

#include "app/base/date.h"
#include "app/service/rows.h"
#include "db/stmt.h"

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
	if (now.way == MOVED && was.way != MOVED)
		finding_warning(fs, "hand_over", "moved_on",
			_("Rosters, contract and tasks end on this day. F9 prints his file with the hand-over sheet."));
	if (now.way == STAYS && record_text(old, "village") && record_text(rec, "village") &&
		!value_equal(record_get(old, "village"), record_get(rec, "village")))
		return warn_contract(app, row, fs, err);
	return true;
}
