#include "app/service/drafts.h"

#include "db/stmt.h"

static void bind(struct app *app, struct stmt *st, const struct draft *d)
{
	stmt_bind_text(st, "author", app->actor);
	stmt_bind_text(st, "kind", d->kind);
	stmt_bind_text(st, "variant", d->variant ? d->variant : "");
	stmt_bind_text(st, "record", d->record ? d->record : "");
	stmt_bind_int(st, "revision", d->revision);
	stmt_bind_text(st, "resident", d->resident ? d->resident : "");
	stmt_bind_text(st, "token", d->token);
	stmt_bind_text(st, "field", d->field ? d->field : "");
	stmt_bind_text(st, "typed", d->typed ? d->typed : "");
	stmt_bind_int(st, "changed_at", clock_now(&app->clock));
	stmt_bind_text(st, "body", d->body);
	stmt_bind_int(st, "id", d->id);
}

bool draft_put(struct app *app, struct draft *d, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };
	bool fresh = d->id == 0;
	struct stmt *st;

	if (!*d->token)
		ids_new(&app->ids, d->token);
	if (!tx_begin(&tx, app->drafts, err))
		return false;
	st = stmt_get(app->drafts, fresh ? "draft_add" : "draft_update");
	bind(app, st, d);
	if (!stmt_run(st, err))
		return false;
	if (fresh)
		d->id = db_last_id(app->drafts);
	if (tx_commit(&tx, err))
		return true;
	if (fresh)
		d->id = 0;
	return false;
}

static void read_row(struct stmt *st, struct arena *mem, struct draft *d)
{
	*d = (struct draft){ .id = stmt_int(st, 0), .kind = arena_strdup(mem, stmt_text(st, 2)),
		.variant = arena_strdup(mem, stmt_text(st, 3)), .record = arena_strdup(mem, stmt_text(st, 4)),
		.revision = stmt_int(st, 5), .resident = arena_strdup(mem, stmt_text(st, 6)),
		.field = arena_strdup(mem, stmt_text(st, 8)), .typed = arena_strdup(mem, stmt_text(st, 9)),
		.changed_at = stmt_int(st, 10), .body = arena_strdup(mem, stmt_text(st, 11)) };
	snprintf(d->token, sizeof d->token, "%s", stmt_text(st, 7));
}

bool draft_find(struct app *app, const char *kind, const char *variant, const char *record, const char *resident,
	struct arena *mem, struct draft *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->drafts, "draft_find");
	bool row;

	*out = (struct draft){ .kind = kind, .variant = variant, .record = record, .resident = resident };
	bind(app, st, out);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		read_row(st, mem, out);
	return true;
}

bool draft_list(struct app *app, struct arena *mem, struct draft **out, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->drafts, "draft_list");
	struct draft *all = NULL;
	size_t cap = 0;
	bool row, ok;

	stmt_bind_text(st, "author", app->actor);
	*n = 0;
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (*n == cap) {
			cap = cap ? cap * 2 : 16;
			all = xrealloc(all, cap, sizeof *all);
		}
		read_row(st, mem, &all[(*n)++]);
	}
	*out = arena_alloc(mem, (*n + 1) * sizeof *all);
	if (*n)
		memcpy(*out, all, *n * sizeof *all);
	free(all);
	return ok;
}

bool draft_drop(struct app *app, int64_t id, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };
	struct stmt *st;

	if (!id)
		return true;
	if (!tx_begin(&tx, app->drafts, err))
		return false;
	st = stmt_get(app->drafts, "draft_drop");
	stmt_bind_int(st, "id", id);
	return stmt_run(st, err) && tx_commit(&tx, err);
}
