#include "app/service/care.h"

#include "app/base/date.h"
#include "db/stmt.h"

bool care_read(struct app *app, const struct record *resident, const struct term **why, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct stmt *st = stmt_get(app->db, "exam_about_care");
	struct record *exam = NULL;
	char today[DATE_LEN];
	int64_t row;

	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, resident->meta.id));
	stmt_bind_text(st, "day", date_iso(app_today(app), today));
	if (!stmt_value(st, &row, 0, err) || (row && !record_load_row(app, row, &mem, &exam, NULL, err)))
		return false;
	*why = care_needed(resident, exam);
	return true;
}
