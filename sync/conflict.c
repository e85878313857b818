/* Conflicts: kept for ever, shown with both sides, settled by a person. */
#include "sync/sync_int.h"

#include "app/base/i18n.h"
#include "app/service/record_remotes.h"
#include "db/stmt.h"
#include "sync/conflict_int.h"
#include "sync/fhir/doc.h"
#include "sync/sha256.h"
#include "sync/vector.h"

/* ---- reading --------------------------------------------------------------------------------------------------------- */

void stored_release(struct stored *st)
{
	json_object_put(st->theirs);
}

static const char *kept(struct arena *mem, struct stmt *st, int col)
{
	return stmt_text(st, col) ? arena_strdup(mem, stmt_text(st, col)) : "";
}

static void read_row(struct stmt *st, struct arena *mem, struct stored *out)
{
	const char *state = stmt_text(st, 9);

	*out = (struct stored){ .id = stmt_int(st, 0), .remote = stmt_int(st, 1), .record = stmt_int(st, 2),
		.role = (unsigned)stmt_int(st, 3), .base = stmt_int(st, 4), .ours = stmt_int(st, 5),
		.made_at = stmt_int(st, 10), .kind = (enum kind_id)stmt_int(st, 11), .revision = stmt_int(st, 13),
		.held = stmt_int(st, 14), .open = strcmp(state, "open") == 0, .automatic = strcmp(state, "auto") == 0,
		.uid = kept(mem, st, 12), .keys = kept(mem, st, 8),
		.settled_at = stmt_int(st, 17), .settled_by = kept(mem, st, 18), .decision = kept(mem, st, 19),
		.reason = kept(mem, st, 20) };
	out->aside = stmt_text(st, 15) ? kept(mem, st, 15) : NULL;
	out->before = stmt_text(st, 16) ? kept(mem, st, 16) : NULL;
}

bool stored_read(struct app *app, int64_t id, struct arena *mem, struct stored *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_conflict_read");
	const char *theirs;
	bool row;

	stmt_bind_int(st, "id", id);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no conflict %lld."), (long long)id);
	read_row(st, mem, out);
	theirs = stmt_text(st, 6);
	return !theirs || json_parse(theirs, strlen(theirs), NULL, &out->theirs, err);
}

static bool revision(struct app *app, const struct stored *st, int64_t n, struct arena *mem, struct record **out,
	struct err *err)
{
	enum kind_id kind;

	return !n || record_load_revision(app, st->record, n, mem, out, &kind, err);
}

/* Theirs is a version of ours: the county's word holds, or the later edit has won. */
static bool sides_held(struct app *app, const struct stored *st, struct arena *mem, struct sides *out, struct err *err)
{
	struct record *aside = NULL;

	if (!revision(app, st, st->held, mem, &out->theirs, err) || !revision(app, st, st->ours, mem, &out->ours, err) ||
		!dispute_part_read(st->aside, out->now->form, mem, &aside, err))
		return false;
	out->final = record_copy(mem, out->now);
	for (size_t i = 0; aside && i < out->n; i++) {
		bool edited = st->open && !value_equal(record_get(out->now, out->keys[i]), record_get(out->theirs,
			out->keys[i]));

		dispute_take(out->ours, edited ? out->now : aside, &out->keys[i], 1);
	}
	return true;
}

/* Ours holds; theirs is a document beside it. */
static bool sides_beside(struct app *app, const struct stored *st, struct arena *mem, struct sides *out, struct err *err)
{
	struct commons common = { .n = 0 };
	struct vector v;
	struct merge m;

	out->ours = out->now;
	if (!st->open && !revision(app, st, st->ours, mem, &out->ours, err))
		return false;
	if (!st->theirs)
		return true;
	out->theirs = record_copy(mem, out->base ? out->base : out->ours);
	fhir_decode(st->kind, st->theirs, out->theirs);
	snprintf(out->theirs->meta.id, sizeof(out->theirs->meta.id), "%s", st->uid);
	out->theirs->meta.changed_at = doc_edited(st->theirs);
	if (!record_edited(app, st->record, out->ours->meta.revision, &out->ours->meta.changed_at, err))
		return false;
	out->final = record_copy(mem, out->ours);
	vector_in_doc(st->theirs, &v);
	if (!record_lacks(app, st->record, st->open ? 0 : st->ours, st->base, &v, &common.lacks, err) ||
		!merge_sides(app, st->kind, st->record, &common, out->base, out->ours, out->theirs, out->final, &m, err))
		return false;
	out->untold = common.lacks;
	if (st->open) {
		out->n = m.n;
		memcpy(out->keys, m.conflicts, sizeof(out->keys));
	}
	return true;
}

bool sides_read(struct app *app, const struct stored *st, struct arena *mem, struct sides *out, struct err *err)
{
	struct record *before = NULL;

	*out = (struct sides){ .n = 0 };
	out->n = dispute_keys(st->keys, mem, out->keys);
	if (!revision(app, st, st->revision, mem, &out->now, err) || !revision(app, st, st->base, mem, &out->base, err) ||
		!dispute_part_read(st->before, out->now->form, mem, &before, err))
		return false;
	if (before) {
		out->base = out->base ? out->base : record_new(mem, out->now->form);
		dispute_take(out->base, before, out->keys, out->n);
	}
	return st->held ? sides_held(app, st, mem, out, err) : sides_beside(app, st, mem, out, err);
}

void sides_mark(const struct sides *s, char out[CONFLICT_MARK])
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char sum[SHA256_TEXT];
	struct sha256 h;

	dispute_part_write(s->ours, s->keys, s->n, &text);
	if (s->theirs)
		dispute_part_write(s->theirs, s->keys, s->n, &text);
	sha256_start(&h);
	sha256_add(&h, text.s, text.len);
	sha256_end(&h, sum);
	snprintf(out, CONFLICT_MARK, "%.16s", sum);
}

/* ---- showing ------------------------------------------------------------------------------------------------------------ */

static enum record_state state_of(const struct record *rec)
{
	return rec ? rec->meta.state : RECORD_ACTIVE;
}

static void add_field(struct conflict *c, const struct sides *s, const char *key)
{
	const struct field *field = form_field(s->now->form, key);
	struct conflict_field *f = &c->fields[c->n_fields];

	*f = (struct conflict_field){ .key = key, .field = field,
		.label = field ? field_label(field) : _("Valid or withdrawn"),
		.class = merge_class_letter(merge_class_of(c->kind, s->base ? s->base : s->now, key)),
		.told = s->base && !s->untold, .base_state = state_of(s->base), .our_state = state_of(s->ours),
		.their_state = state_of(s->theirs) };
	if (field) {
		f->base = f->told ? *record_get(s->base, key) : (struct value){ 0 };
		f->ours = *record_get(s->ours, key);
		f->theirs = s->theirs ? *record_get(s->theirs, key) : (struct value){ 0 };
	}
	c->grave |= f->class != 'D';
	c->n_fields++;
}

static bool our_place(struct app *app, const struct stored *st, struct arena *mem, struct conflict_side *out, struct err *err)
{
	AUTO_STMT struct stmt *q = stmt_get(app->db, "sync_author");
	bool row;

	*out = (struct conflict_side){ .who = "", .where = _("this computer") };
	stmt_bind_int(q, "record", st->record);
	stmt_bind_int(q, "revision", st->ours);
	if (!stmt_step(q, &row, err))
		return false;
	if (row) {
		out->who = kept(mem, q, 0);
		out->at = stmt_int(q, 1);
		if (stmt_int(q, 2)) /* it came here from another one */
			out->where = remote_words(app, stmt_int(q, 2), mem);
	}
	return true;
}

/* The computer that a stamp names, if it is still that one's word; else where the document came from. */
static void their_place(struct app *app, const struct stored *st, struct arena *mem, struct conflict_side *out)
{
	bool strangers = st->theirs && fhir_seal_is_broken(st->theirs);
	const char *stamp = st->theirs && !strangers ? fhir_stamp_of(st->theirs) : NULL;
	struct vector v = { .n = 0 };

	*out = (struct conflict_side){ .who = "", .where = remote_words(app, st->remote, mem),
		.at = strangers ? doc_updated(st->theirs) : st->theirs ? doc_edited(st->theirs) : 0 };
	if (stamp && vector_of_stamp(&v, stamp) && strcmp(v.c[0].device, app->device_code) != 0) {
		out->where = device_words(app, v.c[0].device, mem);
		out->who = fhir_author_of(st->theirs) ? arena_strdup(mem, fhir_author_of(st->theirs)) : "";
	}
}

bool conflict_load(struct app *app, int64_t id, struct arena *mem, struct conflict *out, struct err *err)
{
	AUTO_STORED struct stored st = { 0 };
	struct sides *sides = arena_alloc(mem, sizeof(*sides));

	if (!stored_read(app, id, mem, &st, err) || !sides_read(app, &st, mem, sides, err))
		return false;
	*out = (struct conflict){ .id = st.id, .row = st.record, .made_at = st.made_at, .kind = st.kind, .uid = st.uid,
		.now = sides->now, .deleted_there = !st.theirs, .theirs_holds = st.held && st.open, .open = st.open,
		.automatic = st.automatic, .settled_at = st.settled_at, .settled_by = st.settled_by,
		.decision = st.decision,
		.sent = st.open && strncmp(st.decision, "sent ", 5) == 0, .reason = st.reason };
	for (size_t i = 0; st.theirs && i < sides->n; i++)
		add_field(out, sides, sides->keys[i]);
	out->grave |= !st.theirs;
	sides_mark(sides, out->mark);
	their_place(app, &st, mem, &out->theirs);
	return our_place(app, &st, mem, &out->ours, err);
}

static bool list_ids(struct app *app, enum conflict_list which, int64_t **ids, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_conflicts");
	size_t cap = 0;
	bool row;

	stmt_bind_int(st, "all", which == CONFLICTS_ALL);
	stmt_bind_text(st, "which", which == CONFLICTS_AUTO ? "auto" : "open");
	while (stmt_step(st, &row, err)) {
		if (!row)
			return true;
		if (*n == cap) {
			cap = cap ? cap * 2 : 64;
			*ids = xrealloc(*ids, cap, sizeof(**ids));
		}
		(*ids)[(*n)++] = stmt_int(st, 0);
	}
	return false;
}

bool conflict_list(struct app *app, enum conflict_list which, struct arena *mem,
	bool (*each)(void *ctx, const struct conflict *c), void *ctx, struct err *err)
{
	struct conflict *c = arena_alloc(mem, sizeof(*c));
	int64_t *ids = NULL;
	size_t n = 0;
	bool ok = list_ids(app, which, &ids, &n, err);

	for (size_t i = 0; ok && i < n; i++) {
		ok = conflict_load(app, ids[i], mem, c, err);
		if (ok && !each(ctx, c))
			break;
	}
	free(ids);
	return ok;
}

bool conflicts_seen(struct app *app, int64_t upto, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "sync_conflicts_seen");
	stmt_bind_int(st, "upto", upto);
	stmt_bind_int(st, "at", app->utc);
	if (app->actor_row)
		stmt_bind_int(st, "by", app->actor_row);
	return stmt_run(st, err) && work_commit(&w, err);
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
