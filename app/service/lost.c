#include "app/service/lost.h"

#include "app/base/date.h"
#include "app/service/record_int.h"
#include "app/service/rows.h"
#include "db/stmt.h"

/* The same fields stand on the resident's file and on a roster's entry. */
static const char *const about[] = { "lost_on", "lost_attempts", "lost_how", "lost_reason" };

bool lost_rule(struct app *app, int64_t *attempts, struct err *err)
{
	return stmt_value(stmt_get(app->db, "lost_rule"), attempts, 3, err);
}

bool lost_is_gone(struct app *app, int64_t resident, bool *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "lost_is_gone");

	stmt_bind_int(st, "resident", resident);
	return stmt_yes(st, out, err);
}

static bool touch_all(struct app *app, struct err *err)
{
	AUTO_FREE int64_t *rows = NULL;
	size_t n;

	if (!rows_read(stmt_get(app->db, "lost_residents"), &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		work_touch(app, rows[i]);
	return true;
}

bool lost_set_rule(struct app *app, const char *value, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	size_t digits = strspn(value, "0123456789");

	if (value[digits] || digits > 2 || (*value && strtol(value, NULL, 10) < 1)) {
		err_set(err, ERR_OUT_OF_RANGE, _("Attempts before somebody counts as lost: a number from 1 to 99."));
		return err_example(err, "3");
	}
	return work_begin(&w, app, err) && app_set_setting(app, "lost_attempts", value, err) && touch_all(app, err) &&
		work_commit(&w, err);
}

/* ---- entering it ----------------------------------------------------------------------------------------------------------- */

static bool is_lost(const struct record *rec)
{
	return rec && (record_is(rec, "status", "5") || record_is(rec, "status", "lost"));
}

static bool calls_in_vain(struct app *app, const struct record *rec, int64_t *n, struct err *err)
{
	bool own = form_index(rec->form, "resident") < 0;
	const char *id = own ? rec->meta.id : record_text(rec, "resident");
	struct stmt *st = stmt_get(app->db, "lost_calls");

	stmt_bind_int(st, "resident", id && *id ? record_row(app, KIND_RESIDENT, id) : 0);
	return stmt_value(st, n, 0, err);
}

static bool newly_lost(struct app *app, struct record *rec, struct err *err)
{
	int64_t calls;

	if (form_index(rec->form, "lost_on") >= 0 && !record_text(rec, "lost_on"))
		record_set_day(rec, "lost_on", app_today(app));
	if (!value_is_empty(record_get(rec, "lost_attempts")))
		return true;
	if (!calls_in_vain(app, rec, &calls, err))
		return false;
	if (!calls)
		return true;
	record_set_num(rec, "lost_attempts", calls);
	if (value_is_empty(record_get(rec, "lost_how")))
		record_set_text(rec, "lost_how", "1");
	return true;
}

static void no_longer(struct record *rec)
{
	for (size_t i = 0; i < N_ELEMENTS(about); i++)
		if (form_index(rec->form, about[i]) >= 0)
			record_clear(rec, about[i]);
}

bool lost_complete(struct app *app, struct record *rec, const struct record *old, struct err *err)
{
	if (is_lost(rec))
		return is_lost(old) || newly_lost(app, rec, err);
	if (is_lost(old))
		no_longer(rec);
	return true;
}

bool lost_check(struct app *app, const struct record *rec, const struct record *old, struct findings *fs, struct err *err)
{
	int64_t rule, attempts = record_num(rec, "lost_attempts", 0);

	if (!is_lost(rec) || (is_lost(old) && value_equal(record_get(old, "lost_attempts"), record_get(rec, "lost_attempts"))))
		return true;
	if (!lost_rule(app, &rule, err))
		return false;
	if (attempts >= rule)
		return true;
	if (record_is(rec, "status", "lost")) {
		finding_question(fs, "lost_attempts",
			_("The rule asks for %d attempts before somebody counts as lost. Lost all the same?"),
			(int)rule);
		return true;
	}
	finding_warning(fs, "too_few_attempts", "lost_attempts",
		_("Looked for %d times; until it was %d times he stays on the work list."), (int)attempts, (int)rule);
	return true;
}

/* ---- found again ----------------------------------------------------------------------------------------------------------- */

/* He was there himself: not a relative, not a form that says why he was not, not a sheet that says nothing. */
static bool was_there(const struct record *rec)
{
	const struct form_def *f = rec->form;

	if (form_index(f, "programme") >= 0 && record_is_blank(rec))
		return false;
	if (form_index(f, "informant") >= 0 && record_is(rec, "informant", "2"))
		return false;
	if (form_index(f, "absence") >= 0 && record_text(rec, "absence"))
		return false;
	return !record_is(rec, "status", "cancelled") && !record_is(rec, "status", "no_show");
}

/* Does this record (a visit, a follow-up, an examination) show that its person was met after he was lost? */
static bool lost_is_met(const struct record *rec, const struct record *resident)
{
	int32_t day = record_day(rec, "date"), lost;

	if (!resident || !record_is(resident, "status", "5") || day == NO_DAY || !was_there(rec))
		return false;
	lost = record_day(resident, "lost_on");
	return lost == NO_DAY || day >= lost;
}

void lost_warn_met(const struct record *rec, const struct record *resident, struct findings *fs)
{
	if (lost_is_met(rec, resident))
		finding_warning(fs, "found_again", "date", _("He was noted as lost on %s; with this he is managed here again."),
			record_text(resident, "lost_on") ? record_text(resident, "lost_on") : "?");
}

static bool store(struct app *app, enum kind_id kind, struct record *rec, struct err *err)
{
	struct put put = { .kind = kind, .rec = rec, .base_revision = rec->meta.revision, .reason = _("Found again") };

	no_longer(rec);
	return record_put(app, &put, err);
}

static bool restore_rosters(struct app *app, int64_t resident, int32_t day, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct stmt *st = stmt_get(app->db, "lost_enrolments");
	AUTO_FREE int64_t *rows = NULL;
	size_t n;

	stmt_bind_int(st, "resident", resident);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *rec;

		if (!record_load_row(app, rows[i], &mem, &rec, NULL, err))
			return false;
		if (record_day(rec, "lost_on") > day)
			continue; /* of before, entered late */
		record_set_text(rec, "status", "active");
		if (!store(app, KIND_ENROLMENT, rec, err))
			return false;
	}
	return true;
}

bool lost_found(struct app *app, const char *resident, int32_t day, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	char at[RECORD_ID_MAX + 1];
	struct record *rec;
	int64_t row, lost;
	struct stmt *st;

	if (!resident || day == NO_DAY)
		return true;
	row = record_row(app, KIND_RESIDENT, record_survivor_id(app, resident, at));
	st = stmt_get(app->db, "lost_here");
	stmt_bind_int(st, "resident", row);
	if (!stmt_value(st, &lost, 0, err) || !lost)
		return lost == 0; /* the many who are not */
	if (!record_load(app, KIND_RESIDENT, at, &mem, &rec, err))
		return false;
	if (record_is(rec, "status", "5") && record_day(rec, "lost_on") <= day) {
		record_set_text(rec, "status", "1");
		if (!store(app, KIND_RESIDENT, rec, err))
			return false;
	}
	return restore_rosters(app, row, day, err);
}

bool lost_follow(struct app *app, const struct record *rec, struct err *err)
{
	return !was_there(rec) || lost_found(app, record_text(rec, "resident"), record_day(rec, "date"), err);
}
