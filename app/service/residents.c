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

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	const char *number = record_text(rec, "id_number");
	bool row;

	(void)old;
	(void)cx;
	if (!number)
		return true;
	st = stmt_get(app->db, "resident_by_number");
	stmt_bind_text(st, "number", number);
	stmt_bind_text(st, "not", rec->meta.id);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		finding_error(fs, ERR_DUPLICATE, "id_number", _("Somebody with this ID number is registered already."));
	return true;
}

const struct use_case resident_use_case = { .kind = KIND_RESIDENT, .complete = complete, .check = check };
