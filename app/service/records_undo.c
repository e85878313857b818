/* Taking back a save. */
#include "app/base/mem.h"
#include "app/service/dependants.h"
#include "app/service/records.h"
#include "db/stmt.h"

struct member {
	int64_t row, revision;
	enum kind_id kind;
};

struct group {
	struct member *m;
	size_t n, cap;
};

static void group_release(struct group *g)
{
	free(g->m);
}
#define AUTO_GROUP __attribute__((cleanup(group_release)))

static void group_add(struct group *g, int64_t row, int64_t revision)
{
	if (g->n == g->cap) {
		g->cap = g->cap ? g->cap * 2 : 16;
		g->m = xrealloc(g->m, g->cap, sizeof(*g->m));
	}
	g->m[g->n++] = (struct member){ .row = row, .revision = revision };
}

static bool read_group(struct app *app, int64_t row, int64_t revision, struct group *g, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "group_of_record");
	int64_t grp, actor, utc, origin;
	bool found, ok;

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	ok = stmt_step(st, &found, err);
	grp = ok && found ? stmt_int(st, 0) : 0;
	actor = ok && found ? stmt_int(st, 1) : 0;
	utc = ok && found ? stmt_int(st, 2) : 0;
	origin = ok && found ? stmt_int(st, 3) : 0;
	stmt_done(&st);
	if (!ok)
		return false;
	if (!grp || origin || actor != app->actor_row || clock_day_of(utc, NULL) != clock_day_of(clock_now(&app->clock), NULL))
		return err_set(err, ERR_NOT_ALLOWED,
			_("Only your own save of today can be taken back. Void the record with a reason instead."));
	st = stmt_get(app->db, "group_members");
	stmt_bind_int(st, "grp", grp);
	while ((ok = stmt_step(st, &found, err)) && found) {
		group_add(g, stmt_int(st, 0), stmt_int(st, 1));
		if (stmt_int(st, 2) != stmt_int(st, 1)) {
			stmt_done(&st);
			return err_set(err, ERR_WRONG_STATE,
				_("Something saved later builds on this. Take that back first."));
		}
	}
	stmt_done(&st);
	return ok;
}

/* The version before becomes the newest; what was created is voided. */
static bool take_back(struct app *app, struct member *m, struct arena *mem, struct record **out, struct err *err)
{
	struct put put = { .reason = "undo", .base_revision = m->revision };
	struct record *now;
	bool ok;

	if (!record_load_row(app, m->row, mem, &now, &put.kind, err))
		return false;
	put.rec = now;
	m->kind = put.kind;
	if (m->revision == 1) {
		now->meta.state = RECORD_VOID;
	} else {
		ok = record_load_revision(app, m->row, m->revision - 1, mem, &put.rec, &put.kind, err);
		if (!ok)
			return false;
	}
	*out = put.rec;
	return record_put(app, &put, err);
}

bool records_undo(struct app *app, const struct kind *kind, const char *id, struct arena *mem,
	struct save_result *result, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_GROUP struct group g = { .n = 0 };
	bool own = !app->tx;
	struct record *rec;
	int64_t row;

	records_result(result, mem);
	if (own && !work_begin(&w, app, err))
		return false;
	row = result->row = record_row(app, kind->id, id);
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	if (!record_load_row(app, row, mem, &rec, NULL, err) || !read_group(app, row, rec->meta.revision, &g, err))
		return false;
	for (size_t i = 0; i < g.n; i++) {
		if (!take_back(app, &g.m[i], mem, &rec, err))
			return false;
		if (g.m[i].row == row)
			result->rec = rec;
	}
	for (size_t i = 0; i < g.n; i++)
		if (g.m[i].revision == 1 && !dependants_none(app, g.m[i].kind, g.m[i].row, err))
			return false;
	if (own && !work_commit(&w, err))
		return false;
	if (own)
		result->rec->meta.county = record_county_state(app, row);
	return true;
}
