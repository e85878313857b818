#include "app/service/batch.h"

#include "app/base/date.h"
#include "app/service/overview.h"
#include "app/service/rows.h"

static bool read_sheet(struct app *app, int64_t row, struct arena *mem, struct batch_sheet *out, struct err *err)
{
	AUTO_SBUF struct sbuf summary = SBUF_INIT;
	struct record *rec;
	enum kind_id kind;

	if (!record_load_row(app, row, mem, &rec, &kind, err))
		return false;
	record_summary(app, kind, rec, &summary);
	*out = (struct batch_sheet){ row, rec->meta.id, record_name(app, KIND_RESIDENT, record_text(rec, "resident"), mem),
		arena_strdup(mem, summary.s) };
	return true;
}

bool batch_sheets(struct app *app, const struct batch_pile *pile, struct arena *mem, struct batch_sheet *out, size_t max,
	size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, pile->kind == KIND_VISIT ? "batch_visits" :
		pile->kind == KIND_EXAM ? "batch_exams" : "batch_followups");
	AUTO_FREE int64_t *rows = NULL;
	int64_t now = clock_now(&app->clock);
	char day[DATE_LEN];
	int minute;

	clock_day_of(now, &minute);
	stmt_bind_text(st, "day", date_iso(pile->day, day));
	stmt_bind_int(st, "doctor", record_row(app, KIND_STAFF, pile->doctor));
	stmt_bind_int(st, "actor", app->actor_row);
	stmt_bind_int(st, "since", now - ((int64_t)minute + 1) * 60000);
	if (pile->kind == KIND_FOLLOWUP)
		stmt_bind_text(st, "programme", pile->variant);
	if (!rows_read(st, &rows, n, err))
		return false;
	for (size_t i = 0; i < *n && i < max; i++)
		if (!read_sheet(app, rows[i], mem, &out[i], err))
			return false;
	return true;
}
