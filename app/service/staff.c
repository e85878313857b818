/* Staff: who works is named by the number, so a clinic has one of each.  Others, which the county brings, have theirs. */
#include "app/service/use_case.h"
#include "db/stmt.h"

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	const char *number = record_text(rec, "staff_no"), *of = record_text(rec, "organisation");
	bool row = false;

	(void)old;
	(void)cx;
	if (!number)
		return true;
	st = stmt_get(app->db, "staff_by_number");
	stmt_bind_text(st, "number", number);
	stmt_bind_text(st, "not", rec->meta.id);
	stmt_bind_text(st, "own", app->clinic.org_id);
	stmt_bind_text(st, "organisation", of ? of : app->clinic.org_id);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		finding_error(fs, ERR_DUPLICATE, "staff_no", _("Somebody has this staff number already."));
	return true;
}

const struct use_case staff_use_case = { .kind = KIND_STAFF, .check = check };
