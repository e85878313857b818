#include "app/service/watch.h"

#include "db/stmt.h"

bool watch_start(struct app *app, struct watch *w, struct err *err)
{
	w->version = db_data_version(app->db);
	return stmt_value(stmt_get(app->db, "watch_seq"), &w->seq, 0, err);
}

/* An import changes more kinds than it is worth listing. */
static unsigned kinds_since(struct app *app, int64_t seq, int64_t newest)
{
	enum { TOO_MANY = 500 };
	AUTO_STMT struct stmt *st = NULL;
	unsigned bits = 1;
	struct err err;
	bool row;

	if (newest - seq > TOO_MANY)
		return ~0u;
	st = stmt_get(app->db, "watch_kinds");
	stmt_bind_int(st, "seq", seq);
	while (stmt_step(st, &row, &err) && row)
		bits |= 1u << stmt_int(st, 0);
	return bits;
}

unsigned watch_changes(struct app *app, struct watch *w)
{
	int64_t version = db_data_version(app->db), newest;
	unsigned bits;
	struct err err;

	if (version == w->version || !stmt_value(stmt_get(app->db, "watch_seq"), &newest, 0, &err))
		return 0;
	bits = kinds_since(app, w->seq, newest);
	w->version = version;
	w->seq = newest;
	return bits;
}

bool watch_glance(struct app *app, struct glance *out, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	struct stmt *count = stmt_get(app->db, "watch_waiting");
	bool row;

	*out = (struct glance){ 0 };
	stmt_bind_int(count, "max", GLANCE_MAX);
	if (!stmt_value(count, &out->waiting, 0, err) || !stmt_yes(stmt_get(app->db, "watch_any_resident"), &out->residents, err))
		return false;
	st = stmt_get(app->db, "watch_remote");
	if (!stmt_step(st, &row, err) || !row)
		return true;
	out->county = stmt_text(st, 0) && *stmt_text(st, 0);
	out->last_sync = stmt_int(st, 1) > stmt_int(st, 2) ? stmt_int(st, 1) : stmt_int(st, 2);
	return true;
}

bool watch_hub(struct app *app, struct hub_glance *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "watch_hub");

	*out = (struct hub_glance){ .member = false };
	if (!stmt_step(st, &out->member, err))
		return false;
	out->waiting = out->member && stmt_int(st, 0) != 0;
	return true;
}
