/* Conflicts: kept for ever, shown with both sides, settled by a person. */
#include "sync/sync_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/vector.h"

struct stored {
	int64_t id, remote, record, base, ours, made_at, revision;
	unsigned role;
	enum kind_id kind;
	char uid[RECORD_ID_MAX + 1], version[72];
	const char *keys;
	struct json_object *theirs; /* owned */
	bool open;
};

static void stored_release(struct stored *st)
{
	json_object_put(st->theirs);
}
#define AUTO_STORED __attribute__((cleanup(stored_release)))

static bool read_stored(struct app *app, int64_t id, struct arena *mem, struct stored *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_conflict_read");
	const char *theirs;
	bool row;

	stmt_bind_int(st, "id", id);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no conflict %lld."), (long long)id);
	*out = (struct stored){ .id = stmt_int(st, 0), .remote = stmt_int(st, 1), .record = stmt_int(st, 2),
		.role = (unsigned)stmt_int(st, 3), .base = stmt_int(st, 4), .ours = stmt_int(st, 5), .made_at = stmt_int(st, 10),
		.kind = (enum kind_id)stmt_int(st, 11), .revision = stmt_int(st, 13) };
	snprintf(out->uid, sizeof(out->uid), "%s", stmt_text(st, 12));
	snprintf(out->version, sizeof(out->version), "%s", stmt_text(st, 7) ? stmt_text(st, 7) : "");
	out->keys = arena_strdup(mem, stmt_text(st, 8));
	out->open = strcmp(stmt_text(st, 9), "open") == 0;
	theirs = stmt_text(st, 6);
	return !theirs || json_parse(theirs, strlen(theirs), NULL, &out->theirs, err);
}

struct sides {
	struct record *base, *ours, *theirs, *merged;
	struct merge m;
};

/* ours: the newest version, unless the conflict is settled: then what it was. */
static bool read_sides(struct app *app, const struct stored *st, struct arena *mem, struct sides *out, struct err *err)
{
	enum kind_id kind;

	*out = (struct sides){ .base = NULL };
	if (!record_load_revision(app, st->record, st->open ? st->revision : st->ours, mem, &out->ours, &kind, err))
		return false;
	if (st->base && !record_load_revision(app, st->record, st->base, mem, &out->base, &kind, err))
		return false;
	if (!st->theirs)
		return true;
	out->theirs = record_copy(mem, out->base ? out->base : out->ours);
	fhir_decode(st->kind, st->theirs, out->theirs);
	snprintf(out->theirs->meta.id, sizeof(out->theirs->meta.id), "%s", st->uid);
	out->merged = record_copy(mem, out->ours);
	merge_records(st->kind, out->base, out->ours, out->theirs, out->merged, &out->m);
	return true;
}

static void add_field(struct conflict *c, const char *key)
{
	struct conflict_field *f = &c->fields[c->n_fields];
	const struct field *field = form_field(c->ours->form, key);

	if (c->n_fields == N_ELEMENTS(c->fields))
		return;
	*f = (struct conflict_field){ .key = key, .field = field, .label = field ? field_label(field) : _("Valid or withdrawn") };
	if (field) {
		f->base = c->base ? *record_get(c->base, key) : (struct value){ 0 };
		f->ours = *record_get(c->ours, key);
		f->theirs = c->theirs ? *record_get(c->theirs, key) : (struct value){ 0 };
	}
	c->n_fields++;
}

bool conflict_load(struct app *app, int64_t id, struct arena *mem, struct conflict *out, struct err *err)
{
	AUTO_STORED struct stored st = { 0 };
	struct sides sides;

	if (!read_stored(app, id, mem, &st, err) || !read_sides(app, &st, mem, &sides, err))
		return false;
	*out = (struct conflict){ .id = st.id, .row = st.record, .made_at = st.made_at, .kind = st.kind, .base = sides.base,
		.ours = sides.ours, .theirs = sides.theirs, .deleted_there = !st.theirs, .open = st.open };
	for (size_t i = 0; i < sides.m.n; i++)
		add_field(out, sides.m.conflicts[i]);
	return true;
}

bool conflict_list(struct app *app, bool all, struct arena *mem, bool (*each)(void *ctx, const struct conflict *c),
	void *ctx, struct err *err)
{
	int64_t ids[1000];
	size_t n = 0;
	struct stmt *st = stmt_get(app->db, "sync_conflicts");
	bool row = true;

	stmt_bind_int(st, "all", all);
	while (n < N_ELEMENTS(ids) && stmt_step(st, &row, err) && row)
		ids[n++] = stmt_int(st, 0);
	stmt_done(&st);
	for (size_t i = 0; i < n; i++) {
		struct conflict c;

		if (!conflict_load(app, ids[i], mem, &c, err))
			return false;
		if (!each(ctx, &c))
			break;
	}
	return true;
}

/* ---- settling ----------------------------------------------------------------------------------------------------- */

static const struct conflict_choice *choice_of(const struct conflict_choice *choices, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(choices[i].key, key) == 0)
			return &choices[i];
	return NULL;
}

static bool says_theirs(const char *whole)
{
	return whole && strcmp(whole, "theirs") == 0;
}

/* Puts what was chosen into sides->merged; every disputed field must have a word. */
static bool decide(struct sides *sides, const struct conflict_choice *choices, size_t n, const char *whole,
	struct sbuf *decision, struct err *err)
{
	for (size_t i = 0; i < sides->m.n; i++) {
		const char *key = sides->m.conflicts[i];
		const struct conflict_choice *c = choice_of(choices, n, key);
		bool theirs = c ? c->theirs : says_theirs(whole);

		if (!c && !whole) {
			err_set(err, ERR_REQUIRED, _("Say for each disputed field whether ours or theirs holds."));
			return err_at(err, key);
		}
		sbuf_addf(decision, "%s%s=%s", decision->len ? "," : "", key, theirs ? "theirs" : "ours");
		if (!theirs)
			continue;
		if (strcmp(key, MERGE_STATE) == 0)
			sides->merged->meta.state = sides->theirs->meta.state;
		else
			record_set(sides->merged, key, record_get(sides->theirs, key));
	}
	if (!decision->len)
		sbuf_adds(decision, whole ? whole : "merged");
	return true;
}

static bool run_for(struct app *app, const char *name, const struct stored *st, int64_t revision, struct err *err)
{
	struct stmt *q = stmt_get(app->db, name);

	stmt_bind_int(q, "record", st->record);
	stmt_bind_int(q, "remote", st->remote);
	stmt_bind_int(q, "revision", revision);
	return stmt_run(q, err);
}

static bool close_it(struct app *app, const struct stored *st, const char *decision, struct err *err)
{
	struct stmt *q = stmt_get(app->db, "sync_conflict_settle");

	stmt_bind_int(q, "id", st->id);
	stmt_bind_int(q, "at", app->utc);
	if (app->actor_row)
		stmt_bind_int(q, "by", app->actor_row);
	stmt_bind_text(q, "decision", decision);
	return stmt_run(q, err);
}

/* The county deleted it: ours goes there anew, or is withdrawn here too. */
static bool settle_deleted(struct app *app, const struct stored *st, struct sides *sides, const char *whole, struct err *err)
{
	struct put put = { .kind = st->kind, .rec = sides->ours, .base_revision = st->revision,
		.reason = _("deleted at the county") };

	if (!whole) {
		err_set(err, ERR_REQUIRED, _("Say whether ours or theirs holds: the county has deleted this record."));
		return err_at(err, MERGE_STATE);
	}
	if (!version_drop(app, st->remote, st->record, err) || !run_for(app, "sync_supersede_all", st, 0, err))
		return false;
	if (!says_theirs(whole))
		return run_for(app, "sync_again", st, st->revision, err);
	sides->ours->meta.state = RECORD_VOID;
	app->origin = st->remote; /* there is nothing to tell the county */
	return record_put(app, &put, err) && run_for(app, "sync_superseded_acked", st, 0, err);
}

static const char *vector_in(const struct stored *st)
{
	return doc_text(st->theirs, "extension{url=" FHIR_VECTOR_URL "}.valueString");
}

/* Theirs is a version of ours now: what the server holds, or what another device wrote. */
static bool grounded(struct sync *s, const struct stored *st, const struct record *theirs, struct err *err)
{
	const char *text = vector_in(st);
	struct vector v;

	if (!text)
		return apply_settled(s, st->kind, st->record, st->role, st->theirs, theirs, err);
	return !vector_parse(&v, text) || record_learn(s->app, st->record, theirs->meta.revision, &v, err);
}

static bool settle_both(struct app *app, const struct stored *st, struct sides *sides, struct err *err)
{
	struct sync s = { .app = app, .remote = { .id = st->remote } };
	struct put put = { .kind = st->kind, .rec = sides->theirs, .base_revision = st->revision,
		.reason = _("as the county has it") };
	int64_t theirs;

	if (!run_for(app, "sync_supersede_all", st, 0, err))
		return false;
	/* What was decided about a file of a stick is a version of ours that all must hear of, be it theirs to the letter. */
	app->origin = vector_in(st) ? 0 : st->remote;
	if (!record_put(app, &put, err))
		return false;
	theirs = sides->theirs->meta.revision;
	if (!grounded(&s, st, sides->theirs, err) ||
		!run_for(app, "sync_superseded_acked", st, 0, err))
		return false;
	app->origin = 0;
	put = (struct put){ .kind = st->kind, .rec = sides->merged, .base_revision = theirs, .reason = _("conflict settled") };
	return record_put(app, &put, err);
}

bool conflict_settle(struct app *app, int64_t id, const struct conflict_choice *choices, size_t n, const char *whole,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_STORED struct stored st = { 0 };
	AUTO_SBUF struct sbuf decision = SBUF_INIT;
	AUTO_WORK struct work w = { 0 };
	struct sides sides;

	if (!work_begin(&w, app, err) || !read_stored(app, id, &mem, &st, err))
		return false;
	if (!st.open)
		return err_set(err, ERR_WRONG_STATE, _("Conflict %lld is settled already."), (long long)id);
	if (!read_sides(app, &st, &mem, &sides, err))
		return false;
	if (!st.theirs) {
		sbuf_adds(&decision, whole ? whole : "");
		return settle_deleted(app, &st, &sides, whole, err) && close_it(app, &st, decision.s, err) && work_commit(&w, err);
	}
	return decide(&sides, choices, n, whole, &decision, err) && settle_both(app, &st, &sides, err) &&
		close_it(app, &st, decision.s, err) && work_commit(&w, err);
}

/* ---- refused records ---------------------------------------------------------------------------------------------- */

bool sync_refused(struct app *app, struct arena *mem, bool (*each)(void *ctx, const struct refused *r), void *ctx,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_refused");
	bool row;

	while (stmt_step(st, &row, err)) {
		struct refused r;

		if (!row)
			return true;
		r = (struct refused){ .row = stmt_int(st, 0), .revision = stmt_int(st, 1), .kind = (enum kind_id)stmt_int(st, 2),
			.reason = arena_strdup(mem, stmt_text(st, 4) ? stmt_text(st, 4) : "") };
		snprintf(r.id, sizeof(r.id), "%s", stmt_text(st, 3));
		if (!each(ctx, &r))
			return true;
	}
	return false;
}
