/* Residents: one living active person per ID number; file numbers; what a death ends. */
#include "app/base/date.h"
#include "app/clinic/idcard.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	char today[DATE_LEN];

	(void)cx;
	(void)err;
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "1");
	if (!old && value_is_empty(record_get(rec, "filed_on")))
		record_set_text(rec, "filed_on", date_iso(app_today(app), today));
	return true;
}

/* A number that somebody else has.  One that stood there before (it came so from the county) stops no other change. */
static bool taken(struct app *app, const char *statement, const struct record *rec, const struct record *old,
	const char *key, bool *yes, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	const char *number = record_text(rec, key);

	*yes = false;
	if (!number || (old && value_equal(record_get(old, key), record_get(rec, key))))
		return true;
	st = stmt_get(app->db, statement);
	stmt_bind_text(st, "number", number);
	stmt_bind_text(st, "not", rec->meta.id);
	return stmt_step(st, yes, err);
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	bool id, file;

	(void)cx;
	if (!taken(app, "resident_by_number", rec, old, "id_number", &id, err) ||
		!taken(app, "resident_by_file_no", rec, old, "file_no", &file, err))
		return false;
	if (id)
		finding_error(fs, ERR_DUPLICATE, "id_number", _("Somebody with this ID number is registered already."));
	if (file)
		finding_error(fs, ERR_DUPLICATE, "file_no", _("Somebody has this file number already."));
	return true;
}

/* ---- health-file numbers: village (12 digits) and a serial from the block of this device --------------------------- */

enum { BLOCK = 500, VILLAGE_DIGITS = 12 };

static bool take_serial(struct app *app, const char *village_code, int64_t *serial, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "number_take");

	stmt_bind_text(st, "name", village_code);
	return stmt_value(st, serial, 0, err);
}

/* The next block begins after the highest number known here. */
static bool reserve(struct app *app, const char *village_code, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "file_no_highest");
	int64_t highest;

	stmt_bind_text(st, "village_code", village_code);
	if (!stmt_value(st, &highest, 0, err))
		return false;
	st = stmt_get(app->db, "number_reserve");
	stmt_bind_text(st, "name", village_code);
	stmt_bind_int(st, "next", highest + 1);
	stmt_bind_int(st, "last", highest + BLOCK < 99999 ? highest + BLOCK : 99999);
	return stmt_run(st, err);
}

static bool village_code(struct app *app, const struct record *rec, char *out, size_t size, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	const char *village = record_text(rec, "village"), *code;
	bool found;

	out[0] = '\0';
	if (!village)
		return true;
	st = stmt_get(app->db, "village_code");
	stmt_bind_text(st, "village", village);
	if (!stmt_step(st, &found, err))
		return false;
	code = found ? stmt_text(st, 0) : NULL;
	if (code && strlen(code) == VILLAGE_DIGITS && strspn(code, "0123456789") == VILLAGE_DIGITS)
		snprintf(out, size, "%s", code);
	return true;
}

static bool before(struct app *app, struct record *rec, const struct record *old, struct err *err)
{
	char code[16], number[40];
	int64_t serial;

	if (old || !value_is_empty(record_get(rec, "file_no")))
		return true;
	if (!village_code(app, rec, code, sizeof code, err))
		return false;
	if (!*code)
		return true;
	if (!take_serial(app, code, &serial, err))
		return false;
	if (!serial && (!reserve(app, code, err) || !take_serial(app, code, &serial, err)))
		return false;
	if (!serial) /* the village's 99,999 numbers are used up */
		return true;
	snprintf(number, sizeof number, "%s%05lld", code, (long long)serial);
	record_set_text(rec, "file_no", number);
	return true;
}

const struct use_case resident_use_case = { .kind = KIND_RESIDENT, .complete = complete, .check = check, .before = before };
