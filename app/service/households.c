#include "app/service/households.h"

#include "app/base/json.h"
#include "app/service/records.h"
#include "app/service/rows.h"
#include "db/stmt.h"

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : "";
}

bool households_of(struct app *app, int64_t village, int64_t **ids, size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "households_of_village");

	if (village)
		stmt_bind_int(st, "village", village);
	return rows_read(st, ids, n, err);
}

bool household_read(struct app *app, int64_t id, struct arena *mem, struct household_row *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "household_row");
	AUTO_JSON struct json_object *body = NULL;
	bool row;

	*out = (struct household_row){ 0 };
	stmt_bind_int(st, "id", id);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such household."));
	out->id = kept(mem, stmt_text(st, 0));
	out->name = kept(mem, stmt_text(st, 1));
	out->house = kept(mem, stmt_text(st, 2));
	out->village = kept(mem, stmt_text(st, 3));
	out->members = stmt_int(st, 4);
	body = json_tokener_parse(stmt_text(st, 5));
	out->group = kept(mem, json_text(body, "group"));
	out->phone = kept(mem, json_text(body, "phone"));
	return true;
}

bool household_members(struct app *app, int64_t household, int64_t **ids, size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "household_members");

	stmt_bind_int(st, "household", household);
	return rows_read(st, ids, n, err);
}

bool household_join(struct app *app, const char *resident, const char *household, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .confirm_all = true }; /* nothing else of the file is asked about again */
	struct save_result result;
	struct record *rec;
	const char *now;

	if (!record_load(app, KIND_RESIDENT, resident, &mem, &rec, err))
		return false;
	now = record_text(rec, "household");
	if (!strcmp(now ? now : "", household))
		return true;
	record_set_text(rec, "household", household);
	if (!*household)
		record_clear(rec, "household_relation");
	return records_save(app, kind_by_id(KIND_RESIDENT), rec, &o, &mem, &result, err);
}
