#include "app/service/notes.h"

#include "app/service/overview.h"
#include "db/stmt.h"

bool notes_about(struct app *app, const char *record, struct arena *mem, struct note_line *out, size_t max, size_t *n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "notes_about");
	int64_t rows[16];
	bool row, ok = true;

	*n = 0;
	stmt_bind_text(st, "about", record);
	while (*n < max && *n < N_ELEMENTS(rows) && (ok = stmt_step(st, &row, err)) && row)
		rows[(*n)++] = stmt_int(st, 0);
	stmt_done(&st);
	for (size_t i = 0; ok && i < *n; i++) {
		struct record *rec;

		ok = record_load_row(app, rows[i], mem, &rec, NULL, err);
		if (ok)
			out[i] = (struct note_line){ record_text(rec, "date"),
				record_name(app, KIND_STAFF, record_text(rec, "doctor"), mem), record_text(rec, "text") };
	}
	return ok;
}
