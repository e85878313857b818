#include "app/service/history.h"
#include "app/service/value_words.h"

#include "db/stmt.h"

struct version {
	int64_t utc, origin;
	const char *actor, *reason;
};

/* A void, a merge and their opposites change no field of the form; they stand in the history as if they did. */
static const struct field state_field = { .key = "state", .label = { "状态", "State" }, .type = V_TEXT };

static bool read_version(struct app *app, int64_t row, int64_t revision, struct arena *mem, struct version *v,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "history_version");
	bool found;

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	if (!stmt_step(st, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, _("There is no such version of this record."));
	v->utc = stmt_int(st, 0);
	v->origin = stmt_int(st, 1);
	v->reason = stmt_text(st, 2) ? arena_strdup(mem, stmt_text(st, 2)) : NULL;
	v->actor = arena_strdup(mem, stmt_text(st, 3) ? stmt_text(st, 3) : "");
	return true;
}

struct listener {
	struct app *app;
	struct arena *mem;
	bool (*each)(void *ctx, const struct history_change *c);
	void *ctx;
	bool stopped;
};

static void tell(struct listener *l, const struct version *v, int64_t revision, const struct field *f, const char *from,
	const char *to)
{
	const struct history_change c = { .revision = revision, .utc = v->utc, .origin = v->origin, .actor_name = v->actor,
		.reason = v->reason, .field = f, .from = from, .to = to };

	if (!l->stopped)
		l->stopped = !l->each(l->ctx, &c);
}

static void compare(const struct record *now, const struct record *before, const struct version *v, int64_t revision,
	struct listener *l)
{
	if (before && before->meta.state != now->meta.state)
		tell(l, v, revision, &state_field, record_state_words(before->meta.state),
			record_state_words(now->meta.state));
	for (size_t i = 0; i < now->form->n_fields; i++) {
		AUTO_SBUF struct sbuf from = SBUF_INIT, to = SBUF_INIT;
		const struct field *f = &now->form->fields[i];
		const struct value *old = before ? record_get(before, f->key) : NULL;

		if (old ? value_equal(old, &now->values[i]) : value_is_empty(&now->values[i]))
			continue;
		if (old)
			record_value_words(l->app, f, old, l->mem, &from);
		record_value_words(l->app, f, &now->values[i], l->mem, &to);
		tell(l, v, revision, f, from.s, to.s);
	}
}

bool history_read(struct app *app, const struct kind *kind, const char *id,
	bool (*each)(void *ctx, const struct history_change *c), void *ctx, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct listener l = { .app = app, .mem = &mem, .each = each, .ctx = ctx };
	int64_t row = record_row(app, kind->id, id);
	struct record *now, *before;
	struct version v = { 0 };
	enum kind_id k;

	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	if (!record_load_row(app, row, &mem, &now, &k, err))
		return false;
	for (int64_t rev = now->meta.revision; rev >= 1 && !l.stopped; rev--) {
		before = NULL;
		if ((rev > 1 && !record_load_revision(app, row, rev - 1, &mem, &before, &k, err)) ||
			!read_version(app, row, rev, &mem, &v, err))
			return false;
		compare(now, before, &v, rev, &l);
		now = before;
	}
	return true;
}
