/* A person decides a conflict: his word for each field becomes a version of the record, which is sent. */
#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/conflict_int.h"
#include "sync/fhir/doc.h"
#include "sync/vector.h"

/* ---- the word for each field --------------------------------------------------------------------------------------------- */

static const struct conflict_choice *choice_of(const struct conflict_word *w, const char *key)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->choices[i].key, key) == 0)
			return &w->choices[i];
	return NULL;
}

static bool says_theirs(const struct conflict_word *w)
{
	return w->whole && strcmp(w->whole, "theirs") == 0;
}

static bool take_new(struct app *app, const struct conflict_choice *c, struct record *final, struct err *err)
{
	const struct field *f = form_field(final->form, c->key);
	int32_t today = app_today(app);
	struct value v;

	if (!f || f->type == V_LIST || f->type == V_REF) {
		err_set(err, ERR_INVALID_VALUE, _("Take ours or theirs here, and change it afterwards in the form."));
		return err_at(err, c->key);
	}
	if (!field_parse(f, c->text, today, final->mem, &v, err) || !field_check(f, &v, today, err))
		return false;
	record_set(final, c->key, &v);
	return true;
}

static bool unnamed(const struct sides *s, const char *key, struct err *err)
{
	const struct field *f = form_field(s->now->form, key);

	err_set(err, ERR_REQUIRED, _("%s: say whether ours or theirs holds, or write the right value."),
		f ? field_label(f) : _("Valid or withdrawn"));
	return err_at(err, key);
}

static bool is_disputed(const struct sides *s, const char *key)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->keys[i], key) == 0)
			return true;
	return false;
}

/* A word about another field, or a second one about the same, would be lost. */
static bool check_words(const struct sides *s, const struct conflict_word *w, struct err *err)
{
	char example[64];

	for (size_t i = 0; i < w->n; i++) {
		const char *key = w->choices[i].key;

		if (is_disputed(s, key) && choice_of(w, key) == &w->choices[i])
			continue;
		if (is_disputed(s, key))
			err_set(err, ERR_DUPLICATE, _("\"%s\" is named twice."), key);
		else
			err_set(err, ERR_UNKNOWN_FIELD, _("\"%s\" is not in dispute here."), key);
		snprintf(example, sizeof(example), "%s=ours", s->n ? s->keys[0] : "");
		err_at(err, key);
		return s->n ? err_example(err, example) : false;
	}
	return true;
}

static bool check_mark(const struct sides *s, const char *mark, struct err *err)
{
	char now[CONFLICT_MARK];

	sides_mark(s, now);
	return !mark || strcmp(mark, now) == 0 || err_set(err, ERR_STALE, "%s",
		_("The two sides say something else by now. Look at them again; nothing was decided."));
}

/* Puts what was chosen into s->final; every disputed field must have a word. */
static bool decide(struct app *app, struct sides *s, const struct conflict_word *w, struct sbuf *decision, struct err *err)
{
	static const char *const names[] = { "ours", "theirs", "new" };

	for (size_t i = 0; i < s->n; i++) {
		const struct conflict_choice *c = choice_of(w, s->keys[i]);
		int take = c ? (int)c->take : says_theirs(w) ? TAKE_THEIRS
							     : TAKE_OURS;

		if (!c && !w->whole)
			return unnamed(s, s->keys[i], err);
		sbuf_addf(decision, "%s%s=%s", decision->len ? "," : "", s->keys[i], names[take]);
		if (take == TAKE_NEW && !take_new(app, c, s->final, err))
			return false;
		if (take != TAKE_NEW)
			dispute_take(s->final, take == TAKE_THEIRS ? s->theirs : s->ours, &s->keys[i], 1);
	}
	if (!decision->len)
		sbuf_adds(decision, w->whole ? w->whole : "merged");
	return true;
}

/* ---- what becomes of it ---------------------------------------------------------------------------------------------------- */

static bool run_for(struct app *app, const char *name, const struct stored *st, int64_t revision, struct err *err)
{
	struct stmt *q = stmt_get(app->db, name);

	stmt_bind_int(q, "record", st->record);
	stmt_bind_int(q, "remote", st->remote);
	stmt_bind_int(q, "revision", revision);
	return stmt_run(q, err);
}

static bool close_it(struct app *app, const struct stored *st, const char *decision, const char *reason, struct err *err)
{
	struct stmt *q = stmt_get(app->db, "sync_conflict_settle");

	stmt_bind_int(q, "id", st->id);
	stmt_bind_int(q, "at", app->utc);
	if (app->actor_row)
		stmt_bind_int(q, "by", app->actor_row);
	stmt_bind_text(q, "decision", decision);
	stmt_bind_text(q, "reason", reason);
	return stmt_run(q, err);
}

/* The county deleted it: ours goes there anew, or is withdrawn here too. */
static bool settle_deleted(struct app *app, const struct stored *st, struct sides *s, const struct conflict_word *w,
	struct err *err)
{
	struct put put = { .kind = st->kind, .rec = s->ours, .base_revision = st->revision,
		.reason = _("deleted at the county") };

	if (!w->whole) {
		err_set(err, ERR_REQUIRED, _("Say whether ours or theirs holds: the county has deleted this record."));
		return err_at(err, MERGE_STATE);
	}
	if (!version_drop(app, st->remote, st->record, err) || !run_for(app, "sync_supersede_all", st, 0, err))
		return false;
	if (!says_theirs(w))
		return run_for(app, "sync_again", st, st->revision, err);
	s->ours->meta.state = RECORD_VOID;
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
	return !vector_parse(&v, text) ||
		record_learn(s->app, st->record, theirs->meta.revision, &v, doc_edited(st->theirs), NULL, err);
}

/* Ours was the current one: theirs becomes a version first, then the decision. */
static bool settle_beside(struct app *app, const struct stored *st, struct sides *s, const char *reason, struct err *err)
{
	struct sync sync = { .app = app, .remote = { .id = st->remote } };
	struct put put = { .kind = st->kind, .rec = s->theirs, .base_revision = st->revision,
		.reason = _("as the county has it") };

	if (!run_for(app, "sync_supersede_all", st, 0, err))
		return false;
	/* What was decided about a file of a stick is a version of ours that all must hear of, be it theirs to the letter. */
	app->origin = vector_in(st) ? 0 : st->remote;
	if (!record_put(app, &put, err) || !grounded(&sync, st, s->theirs, err) ||
		!run_for(app, "sync_superseded_acked", st, 0, err))
		return false;
	app->origin = 0;
	put = (struct put){ .kind = st->kind, .rec = s->final, .base_revision = s->theirs->meta.revision, .reason = reason };
	return record_put(app, &put, err);
}

static bool differ(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->form->n_fields; i++)
		if (!value_equal(&a->values[i], record_get(b, a->form->fields[i].key)))
			return true;
	return a->meta.state != b->meta.state;
}

/* Theirs is the current one already.  What differs from it after the decision is sent; where nothing does, nothing is. */
/* Does the version that the server has now say what was decided?  A late copy may lie over the one that was in dispute. */
static bool is_there(struct app *app, const struct stored *st, struct sides *s, bool *yes, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct held_version v;
	struct record *now = s->theirs;
	enum kind_id kind;

	if (!version_load(app, st->remote, st->record, ROLE_MAIN, &v, err) ||
		(v.known && v.revision > 0 && !record_load_revision(app, st->record, v.revision, &mem, &now, &kind, err)))
		return false;
	*yes = !differ(s->final, now);
	return true;
}

static bool settle_held(struct app *app, const struct stored *st, struct sides *s, const char *reason, struct err *err)
{
	struct put put = { .kind = st->kind, .rec = s->final, .base_revision = st->revision, .reason = reason };

	bool there;

	if (!rows_superseded(app, st->remote, st->record, err) || !record_put(app, &put, err))
		return false;
	if (s->final->meta.revision != st->revision)
		return true;
	return is_there(app, st, s, &there, err) && (there || run_for(app, "sync_again", st, st->revision, err));
}

/* The later edit has settled it; a person may still decide otherwise. */
static bool settle_auto(struct app *app, const struct stored *st, struct sides *s, const char *reason, struct err *err)
{
	struct put put = { .kind = st->kind, .rec = s->final, .base_revision = st->revision, .reason = reason };

	return record_put(app, &put, err);
}

static bool settle(struct app *app, const struct stored *st, struct sides *s, const struct conflict_word *word,
	struct sbuf *decision, struct err *err)
{
	AUTO_SBUF struct sbuf reason = SBUF_INIT;

	if (!check_mark(s, word->mark, err) || !check_words(s, word, err))
		return false;
	if (!st->theirs) {
		sbuf_adds(decision, word->whole ? word->whole : "");
		return settle_deleted(app, st, s, word, err);
	}
	sbuf_adds(&reason, _("conflict settled"));
	if (word->reason && *word->reason)
		sbuf_addf(&reason, ": %s", word->reason);
	if (!decide(app, s, word, decision, err))
		return false;
	if (st->automatic)
		return settle_auto(app, st, s, reason.s, err);
	return st->held ? settle_held(app, st, s, reason.s, err) : settle_beside(app, st, s, reason.s, err);
}

bool conflict_settle(struct app *app, int64_t id, const struct conflict_word *word, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_STORED struct stored st = { 0 };
	AUTO_SBUF struct sbuf decision = SBUF_INIT;
	AUTO_WORK struct work w = { 0 };
	struct sides *sides = arena_alloc(&mem, sizeof(*sides));

	if (!work_begin(&w, app, err) || !stored_read(app, id, &mem, &st, err))
		return false;
	if (!st.open && !st.automatic)
		return err_set(err, ERR_WRONG_STATE, _("Conflict %lld is settled already."), (long long)id);
	return sides_read(app, &st, &mem, sides, err) && settle(app, &st, sides, word, &decision, err) &&
		close_it(app, &st, decision.s, word->reason, err) && disputes_overtaken(app, st.record, err) &&
		work_commit(&w, err);
}
