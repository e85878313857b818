#include "app/service/record_groups.h"

#include "app/service/rows.h"
#include "db/stmt.h"

static bool restore_one(struct app *app, int64_t row, int64_t revision, const char *reason, struct err *err)
{
	static const char *const keys[] = { "status", "ended_on", "end_reason", "status_reason", "head", "name" };
	AUTO_ARENA struct arena mem = { 0 };
	struct record *now, *before;
	struct put put = { .reason = reason };
	enum kind_id kind;

	if (!record_load_row(app, row, &mem, &now, &put.kind, err))
		return false;
	if ((put.kind != KIND_ENROLMENT && put.kind != KIND_CONTRACT && put.kind != KIND_HOUSEHOLD) ||
		now->meta.state != RECORD_ACTIVE)
		return true;
	if (!record_load_revision(app, row, revision - 1, &mem, &before, &kind, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (form_index(now->form, keys[i]) >= 0 && form_index(before->form, keys[i]) >= 0)
			record_set(now, keys[i], record_get(before, keys[i]));
	put.rec = now;
	put.base_revision = now->meta.revision;
	return record_put(app, &put, err);
}

bool change_group_revision(struct app *app, int64_t row, int64_t revision, int64_t other, int64_t *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "group_revision_of");

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	stmt_bind_int(st, "other", other);
	return stmt_value(st, out, 0, err);
}

bool change_group_restore(struct app *app, int64_t row, int64_t revision, const char *reason, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "group_others");
	AUTO_FREE int64_t *rows = NULL;
	int64_t changed;
	size_t n;

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!change_group_revision(app, row, revision, rows[i], &changed, err) ||
			(changed > 1 && !restore_one(app, rows[i], changed, reason, err)))
			return false;
	return true;
}
