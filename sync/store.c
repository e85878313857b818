/* Rows of the outbox and of what remotes hold <-> structs; nothing decides here. */
#include "sync/backfill.h"

#include <assert.h>

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/hub.h"

enum { COUNTY = 1 };

void out_rows_release(struct out_rows *rows)
{
	free(rows->r);
	*rows = (struct out_rows){ 0 };
}

void out_rows_add(struct out_rows *rows, const struct out_row *row)
{
	if (rows->n == rows->cap) {
		rows->cap = rows->cap ? rows->cap * 2 : 32;
		rows->r = xrealloc(rows->r, rows->cap, sizeof(*rows->r));
	}
	rows->r[rows->n++] = *row;
}

static void copy(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text ? text : "");
}

/* ---- the remote --------------------------------------------------------------------------------------------------- */

bool remote_load(struct app *app, const char *name, struct remote *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_remote_load");
	bool row;

	stmt_bind_text(st, "name", name ? name : "county");
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return name ? err_set(err, ERR_NOT_FOUND, _("This computer does not know a hub of the clinic.")) :
			err_set(err, ERR_CORRUPT, _("The county's place in the database is missing."));
	*out = (struct remote){
		.id = stmt_int(st, 0),
		.max_entries = stmt_int(st, 3),
		.max_bytes = stmt_int(st, 4),
		.last_pull = stmt_int(st, 5),
		.posts = strcmp(stmt_text(st, 6), "post") == 0,
		.plain = stmt_int(st, 7) != 0,
		.goodput = stmt_int(st, 9),
		.entry_bytes = stmt_int(st, 10),
		.budget = stmt_int(st, 11),
		.budget_at = stmt_int(st, 12),
		.fails = stmt_int(st, 13),
		.next_try = stmt_int(st, 14),
		.bundles = stmt_int(st, 15),
		.compared_at = stmt_int(st, 16),
		.is_hub = stmt_int(st, 17) != 0,
		.few_at = stmt_int(st, 18),
		.policy_at = stmt_int(st, 20),
		.last_push = stmt_int(st, 21),
	};
	policy_parse(&out->policy, stmt_text(st, 19));
	copy(out->profile, sizeof(out->profile), stmt_text(st, 8));
	if (out->posts && out->max_entries > SYNC_POSTS_MAX)
		out->max_entries = SYNC_POSTS_MAX;
	copy(out->base, sizeof(out->base), stmt_text(st, 1));
	copy(out->scope, sizeof(out->scope), stmt_text(st, 2));
	return true;
}

bool remote_add(struct app *app, const char *name, const char *kind, int64_t *id, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_remote_count");
	int64_t n;

	if (!stmt_value(st, &n, 0, err))
		return false;
	if (n >= REMOTES_MAX)
		return err_set(err, ERR_NOT_ALLOWED, _("There can be %d other computers at most."), (int)REMOTES_MAX - 1);
	st = stmt_get(app->db, "sync_remote_add");
	stmt_bind_text(st, "name", name);
	stmt_bind_text(st, "kind", kind);
	if (!stmt_run(st, err))
		return false;
	*id = db_last_id(app->db);
	return true;
}

bool remote_save_pace(struct sync *s, bool done, struct err *err)
{
	const struct remote *r = &s->remote;
	AUTO_JSON struct json_object *policy = policy_json(&r->policy);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	json_write(&text, policy);
	if (!work_begin(&w, s->app, err))
		return false;
	st = stmt_get(s->app->db, "sync_remote_pace");
	stmt_bind_int(st, "remote", r->id);
	if (s->few_found)
		stmt_bind_int(st, "max_entries", r->max_entries);
	stmt_bind_int(st, "few_at", r->few_at);
	stmt_bind_int(st, "max_bytes", r->max_bytes);
	stmt_bind_int(st, "goodput", r->goodput);
	stmt_bind_int(st, "entry_bytes", r->entry_bytes);
	stmt_bind_int(st, "budget", r->budget);
	stmt_bind_int(st, "budget_at", r->budget_at);
	stmt_bind_int(st, "fails", r->fails);
	stmt_bind_int(st, "next_try", r->next_try);
	stmt_bind_int(st, "bundles", r->bundles);
	stmt_bind_int(st, "compared_at", r->compared_at);
	stmt_bind_text(st, "policy", r->policy_at ? text.s : NULL);
	stmt_bind_int(st, "policy_at", r->policy_at);
	if (done)
		stmt_bind_int(st, "pushed_at", s->app->utc);
	if (done || s->pulled)
		stmt_bind_int(st, "pulled_at", s->app->utc);
	return stmt_run(st, err) && clock_keep(s, err) && work_commit(&w, err);
}

/* ---- several statements ------------------------------------------------------------------------------------------- */

static struct stmt *about(struct app *app, const char *name, int64_t remote, int64_t record, unsigned role)
{
	struct stmt *st = stmt_get(app->db, name);

	stmt_bind_int(st, "remote", remote);
	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "role", role);
	return st;
}

bool store_run(struct app *app, const char *const *steps, size_t n, int64_t remote, int64_t record, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (!stmt_run(about(app, steps[i], remote, record, 0), err))
			return false;
	return true;
}

bool store_moot(struct app *app, int64_t remote, int64_t record, struct err *err)
{
	return stmt_run(about(app, "stick_moot", remote, record, 0), err);
}

bool store_anew(struct app *app, int64_t remote, struct err *err)
{
	static const char *const steps[] = { "sync_anew_versions", "sync_anew_kept", "sync_anew_ids", "untold_forget",
		"sync_anew_rows", "outbox_add_all" };

	return store_run(app, steps, N_ELEMENTS(steps), remote, 0, err);
}

/* ---- outbox rows -------------------------------------------------------------------------------------------------- */

static struct out_row read_row(struct stmt *st)
{
	struct out_row r = {
		.seq = stmt_int(st, 0),
		.grp = stmt_int(st, 1),
		.record = stmt_int(st, 2),
		.revision = stmt_int(st, 3),
		.state = (enum outbox_state)stmt_int(st, 4),
		.kind = (enum kind_id)stmt_int(st, 5),
		.ask_after = stmt_int(st, 8),
		.prio = stmt_int(st, 9),
	};

	copy(r.id, sizeof(r.id), stmt_text(st, 6));
	copy(r.stamp, sizeof(r.stamp), stmt_text(st, 7));
	return r;
}

bool store_read(struct stmt *st, struct out_rows *out, struct err *err)
{
	AUTO_STMT struct stmt *ends = st;
	bool row;

	while (stmt_step(ends, &row, err)) {
		struct out_row r;

		if (!row)
			return true;
		r = read_row(ends);
		out_rows_add(out, &r);
	}
	return false;
}

bool store_pending(struct sync *s, int64_t prio, int64_t after, size_t n, struct out_rows *out, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_pending");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "prio", prio);
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", (int64_t)n);
	return store_read(st, out, err);
}

bool store_oldest(struct sync *s, int64_t after, size_t n, struct out_rows *out, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_pending_oldest");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", (int64_t)n);
	return store_read(st, out, err);
}

bool store_group(struct sync *s, int64_t grp, struct out_rows *out, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_group");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "grp", grp);
	return store_read(st, out, err);
}

bool store_group_waits(struct sync *s, int64_t grp, bool *waits, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_group_waits");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "grp", grp);
	return stmt_yes(st, waits, err);
}

bool store_in_state(struct sync *s, enum outbox_state state, int64_t after, size_t n, struct out_rows *out, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_in_state");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "state", state);
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", (int64_t)n);
	return store_read(st, out, err);
}

static bool one_row(struct stmt *st, struct out_row *out, struct err *err)
{
	AUTO_ROWS struct out_rows rows = { 0 };

	if (!store_read(st, &rows, err))
		return false;
	*out = rows.n ? rows.r[0] : (struct out_row){ 0 };
	return true;
}

bool store_newest(struct app *app, int64_t remote, int64_t record, struct out_row *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_newest");

	stmt_bind_int(st, "remote", remote);
	stmt_bind_int(st, "record", record);
	return one_row(st, out, err);
}

/* Only the newest revision is sent of what has to go (again): an older one would undo what was merged into the newer. */
static bool catch_up(struct app *app, struct out_row *row, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_catch_up");
	int64_t newest;

	stmt_bind_int(st, "seq", row->seq);
	if (!stmt_value(st, &newest, 0, err))
		return false;
	if (!newest)
		return true;
	row->revision = newest;
	row->stamp[0] = '\0';
	st = stmt_get(app->db, "sync_caught_up");
	stmt_bind_int(st, "seq", row->seq);
	return stmt_run(st, err);
}

bool store_move(struct app *app, struct out_row *row, enum outbox_state to, const char *outcome, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_move");

	assert(outbox_may(row->state, to));
	stmt_bind_int(st, "seq", row->seq);
	stmt_bind_int(st, "from", row->state);
	stmt_bind_int(st, "to", to);
	stmt_bind_int(st, "attempt", to == OUTBOX_SENDING);
	stmt_bind_text(st, "outcome", outcome);
	if (!stmt_run(st, err))
		return false;
	/* A save may have replaced a pending row meanwhile, never moved it: only sync moves, and sync is alone. */
	row->state = to;
	return to != OUTBOX_PENDING || catch_up(app, row, err);
}

/* ---- what the remote holds ---------------------------------------------------------------------------------------- */

bool version_load(struct app *app, int64_t remote, int64_t record, unsigned role, struct held_version *out,
	struct err *err)
{
	AUTO_STMT struct stmt *st = about(app, "sync_version_load", remote, record, role);

	*out = (struct held_version){ 0 };
	if (!stmt_step(st, &out->known, err))
		return false;
	if (!out->known)
		return true;
	copy(out->version, sizeof(out->version), stmt_text(st, 0));
	out->hash = stmt_int(st, 1);
	out->revision = stmt_int(st, 2);
	out->elsewhere = stmt_int(st, 3) != 0;
	copy(out->stamp, sizeof(out->stamp), stmt_text(st, 4));
	copy(out->mark, sizeof(out->mark), stmt_text(st, 5));
	return true;
}

void version_mark(struct held_version *v, unsigned role, const char *stamp, bool by_author)
{
	copy(v->stamp, sizeof(v->stamp), role == ROLE_MAIN && by_author ? stamp : NULL);
	copy(v->mark, sizeof(v->mark), role != ROLE_MAIN ? NULL : stamp ? stamp : MARK_NONE);
}

bool version_store(struct app *app, int64_t remote, int64_t record, unsigned role, const struct held_version *v,
	struct err *err)
{
	struct stmt *st = about(app, "sync_version_store", remote, record, role);

	stmt_bind_text(st, "version", v->version);
	stmt_bind_int(st, "hash", v->hash);
	stmt_bind_int(st, "revision", v->revision);
	stmt_bind_int(st, "elsewhere", v->elsewhere);
	stmt_bind_int(st, "at", app->utc);
	stmt_bind_text(st, "stamp", *v->stamp ? v->stamp : NULL);
	stmt_bind_text(st, "mark", *v->stamp || !*v->mark ? NULL : v->mark);
	return stmt_run(st, err);
}

bool version_drop(struct app *app, int64_t remote, int64_t record, struct err *err)
{
	return stmt_run(about(app, "sync_version_drop", remote, record, 0), err);
}

bool version_drop_derived(struct app *app, int64_t remote, int64_t record, struct err *err)
{
	return stmt_run(about(app, "sync_version_drop_derived", remote, record, 0), err);
}

bool version_set_revision(struct app *app, int64_t remote, int64_t record, int64_t revision, struct err *err)
{
	struct stmt *st = about(app, "sync_version_revision", remote, record, 0);

	stmt_bind_int(st, "revision", revision);
	return stmt_run(st, err);
}

bool version_roles(struct app *app, int64_t remote, int64_t record, unsigned *roles, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = about(app, "sync_version_roles", remote, record, 0);
	size_t room = *n;
	bool row;

	*n = 0;
	while (stmt_step(st, &row, err)) {
		if (!row || *n == room)
			return true;
		roles[(*n)++] = (unsigned)stmt_int(st, 0);
	}
	return false;
}

bool kept_load(struct app *app, int64_t remote, int64_t record, unsigned role, struct json_object **out, struct err *err)
{
	AUTO_STMT struct stmt *st = about(app, "sync_kept_load", remote, record, role);
	bool row;

	*out = NULL;
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	return json_parse(stmt_text(st, 0), strlen(stmt_text(st, 0)), NULL, out, err);
}

bool kept_store(struct app *app, int64_t remote, int64_t record, unsigned role, const struct json_object *doc,
	struct err *err)
{
	struct stmt *st = about(app, doc ? "sync_kept_store" : "sync_kept_drop", remote, record, role);
	AUTO_JSON struct json_object *bare = doc && vector_stands_in(doc) ? doc_copy(doc) : NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	vector_take_off(bare); /* that of the next version is another one */
	if (doc) {
		json_write(&text, bare ? bare : doc);
		stmt_bind_text(st, "doc", text.s);
	}
	return stmt_run(st, err);
}

/* ---- what was sent ------------------------------------------------------------------------------------------------ */

bool entry_add(struct app *app, int64_t seq, unsigned role, int64_t hash, const char *base, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_entry_add");

	stmt_bind_int(st, "seq", seq);
	stmt_bind_int(st, "role", role);
	stmt_bind_int(st, "hash", hash);
	stmt_bind_text(st, "base", base);
	return stmt_run(st, err);
}

bool entries_of(struct app *app, int64_t seq, struct sent_entry *out, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_entries");
	bool row;

	*n = 0;
	stmt_bind_int(st, "seq", seq);
	while (stmt_step(st, &row, err)) {
		if (!row || *n == FHIR_SET_MAX)
			return true;
		out[*n] = (struct sent_entry){ .role = (unsigned)stmt_int(st, 0), .hash = stmt_int(st, 1) };
		copy(out[*n].base, sizeof(out[*n].base), stmt_text(st, 2));
		(*n)++;
	}
	return false;
}

bool entries_drop(struct app *app, int64_t seq, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_entries_drop");

	stmt_bind_int(st, "seq", seq);
	return stmt_run(st, err);
}

bool batch_add(struct sync *s, const char *batch, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_batch_add");

	stmt_bind_text(st, "batch", batch);
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "at", clock_now(&s->app->clock));
	return stmt_run(st, err);
}

bool batch_ask_after(struct sync *s, const char *batch, int64_t at, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_batch_ask_after");

	stmt_bind_text(st, "batch", batch);
	stmt_bind_int(st, "at", at);
	return stmt_run(st, err);
}

bool row_freeze(struct app *app, const struct out_row *row, const char *batch, const unsigned char *sha, size_t n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_freeze");

	stmt_bind_int(st, "seq", row->seq);
	stmt_bind_text(st, "batch", batch);
	stmt_bind_text(st, "stamp", row->stamp);
	stmt_bind_blob(st, "sha", sha, n);
	return stmt_run(st, err);
}

bool row_ack(struct sync *s, struct out_row *row, struct err *err)
{
	static const char *const after[] = { "sync_forget_older", "sync_let_go" };

	if (!arrival_by_us(s, row, err) || !entries_drop(s->app, row->seq, err) ||
		!store_move(s->app, row, OUTBOX_ACKED, NULL, err) ||
		!version_set_revision(s->app, s->remote.id, row->record, row->revision, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(after); i++) {
		struct stmt *st = about(s->app, after[i], s->remote.id, row->record, 0);

		stmt_bind_int(st, "seq", row->seq);
		if (!stmt_run(st, err))
			return false;
	}
	s->figures->pushed++;
	if (!s->remote.is_hub)
		return true;
	return s->alone && strcmp(s->remote.base, HUB_LOCAL) != 0 ? county_exported(s->app, row->record, err) :
		county_ask_first(s->app, row->record, err);
}

bool county_ask_first(struct app *app, int64_t record, struct err *err)
{
	struct held_version v;
	struct out_row row;

	if (!version_load(app, COUNTY, record, ROLE_MAIN, &v, err) || v.known)
		return v.known;
	if (!store_newest(app, COUNTY, record, &row, err))
		return false;
	if (!row.seq || row.state != OUTBOX_PENDING)
		return true;
	return entries_drop(app, row.seq, err) && entry_add(app, row.seq, ROLE_MAIN, 0, NULL, err) &&
		store_move(app, &row, OUTBOX_UNKNOWN, NULL, err);
}

/* ---- conflicts ---------------------------------------------------------------------------------------------------- */

bool unread_any(struct sync *s, bool *any, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_unread_any");

	stmt_bind_int(st, "remote", s->remote.id);
	return stmt_yes(st, any, err);
}

bool unread_known(struct sync *s, const char *type, const char *id, bool *known, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_unread_known");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", type);
	stmt_bind_text(st, "id", id);
	return stmt_step(st, known, err);
}

bool unread_add(struct sync *s, const char *type, const char *id, const char *version, const char *reason, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, reason ? "sync_unread_add" : "sync_unread_drop");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", type);
	stmt_bind_text(st, "id", id);
	stmt_bind_text(st, "version", version);
	stmt_bind_text(st, "reason", reason);
	stmt_bind_int(st, "at", clock_now(&s->app->clock));
	return stmt_run(st, err);
}

/* ---- figures and the log ------------------------------------------------------------------------------------------ */

static bool count(struct app *app, const char *name, int64_t remote, enum outbox_state state, int64_t *out,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, name);

	stmt_bind_int(st, "remote", remote);
	stmt_bind_int(st, "state", state);
	return stmt_value(st, out, 0, err);
}

bool figures_load(struct app *app, int64_t remote, struct sync_figures *out, struct err *err)
{
	int64_t open;

	if (!count(app, "sync_count_open", remote, 0, &open, err) ||
		!count(app, "sync_count_conflicts", remote, 0, &out->conflicts, err) ||
		!count(app, "sync_count_sent_up", remote, 0, &out->conflicts_sent, err) ||
		!count(app, "sync_count_state", remote, OUTBOX_UNKNOWN, &out->unknown, err) ||
		!count(app, "sync_count_rejected", remote, 0, &out->rejected, err))
		return false;
	out->waiting = open + out->rejected;
	return true;
}

bool log_round(struct sync *s, bool ok, const struct err *why, struct err *err)
{
	static const char *const tidy[] = { "sync_log_tidy", "sync_batch_tidy" };
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!work_begin(&w, s->app, err))
		return false;
	st = stmt_get(s->app->db, "sync_log_add");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "at", s->app->utc);
	stmt_bind_int(st, "ok", ok);
	stmt_bind_int(st, "ms", s->figures->ms);
	stmt_bind_int(st, "pushed", s->figures->pushed);
	stmt_bind_int(st, "pulled", s->figures->pulled);
	stmt_bind_int(st, "up", (int64_t)s->figures->bytes_up);
	stmt_bind_int(st, "down", (int64_t)s->figures->bytes_down);
	stmt_bind_text(st, "message", ok ? NULL : why->message);
	return stmt_run(st, err) && store_run(s->app, tidy, N_ELEMENTS(tidy), s->remote.id, 0, err) && work_commit(&w, err);
}
