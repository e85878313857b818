/* "Send to the county": somebody who may not decide asks the county to.  The Task is a record like any other, so it waits for
 * the network, goes out once, and its answer comes back with the download. */
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/conflict_int.h"
#include "sync/fhir/doc.h"

/* A contained resource has no versions of its own, and the name of its side for an id. */
static void set_side(struct record *task, const char *side, struct json_object *doc)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_object_object_del(doc, "meta");
	json_object_object_del(doc, "contained");
	json_set_text(doc, "id", side);
	json_write(&text, doc);
	record_set_text(task, side, text.s);
}

static void set_versions(const struct stored *st, const struct sides *s, struct arena *mem, struct record *task)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct fhir_options o = { .alone = true };
	struct record *ours = record_copy(mem, s->now);
	AUTO_JSON struct json_object *theirs = st->theirs ? doc_copy(st->theirs) : NULL;

	dispute_take(ours, s->ours, s->keys, s->n);
	fhir_encode(st->kind, ours, &o, &set);
	set_side(task, "ours", set.r[0].doc);
	if (theirs)
		set_side(task, "theirs", theirs);
}

static void set_labels(const struct sides *s, struct record *task)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (size_t i = 0; i < s->n && text.len < 400; i++) {
		const struct field *f = form_field(s->now->form, s->keys[i]);

		sbuf_addf(&text, "%s%s", text.len ? ", " : "", f ? field_label(f) : _("Valid or withdrawn"));
	}
	record_set_text(task, "what", text.len ? text.s : _("deleted at the county"));
}

static struct record *task_of(struct app *app, const struct stored *st, const struct sides *s, const char *reason,
	struct arena *mem)
{
	struct record *task = record_new(mem, kind_by_id(KIND_DISPUTE)->form);
	const char *resident = st->kind == KIND_RESIDENT ? st->uid : record_text(s->now, "resident");
	char today[DATE_LEN];

	record_set_text(task, "about_kind", kind_by_id(st->kind)->name);
	record_set_text(task, "about", st->uid);
	record_set_text(task, "about_resident", resident);
	record_set_text(task, "date", date_iso(app_today(app), today));
	record_set_text(task, "reason", reason);
	record_set_text(task, "doctor", *app->actor ? app->actor : NULL);
	record_set_text(task, "status", "requested");
	set_labels(s, task);
	set_versions(st, s, mem, task);
	return task;
}

static bool note_sent(struct app *app, int64_t id, const char *task, const char *reason, struct err *err)
{
	struct stmt *q = stmt_get(app->db, "sync_conflict_sent");

	stmt_bind_int(q, "id", id);
	stmt_bind_text(q, "task", task);
	stmt_bind_text(q, "reason", reason);
	return stmt_run(q, err);
}

bool conflict_send(struct app *app, int64_t id, const char *reason, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_STORED struct stored st = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct sides *s = arena_alloc(&mem, sizeof(*s));
	struct put put = { .kind = KIND_DISPUTE, .reason = reason };

	if (!reason || !*reason) {
		err_set(err, ERR_REQUIRED, _("Say to the county why you ask it."));
		err_at(err, "reason");
		return err_example(err, "--reason \"...\"");
	}
	if (!work_begin(&w, app, err) || !stored_read(app, id, &mem, &st, err) || !sides_read(app, &st, &mem, s, err))
		return false;
	if (!st.open)
		return err_set(err, ERR_WRONG_STATE, _("Conflict %lld is settled already."), (long long)id);
	if (strncmp(st.decision, "sent ", 5) == 0)
		return err_set(err, ERR_WRONG_STATE, _("The county was asked already."));
	put.rec = task_of(app, &st, s, reason, &mem);
	return record_put(app, &put, err) && note_sent(app, id, put.rec->meta.id, reason, err) && work_commit(&w, err);
}

/* ---- the answer ------------------------------------------------------------------------------------------------------ */

static bool given_back(struct app *app, int64_t id, const char *answer, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *q;

	if (!work_begin(&w, app, err))
		return false;
	q = stmt_get(app->db, "sync_conflict_given_back");
	stmt_bind_int(q, "id", id);
	stmt_bind_text(q, "reason", answer);
	return stmt_run(q, err) && work_commit(&w, err);
}

bool disputes_answered(struct app *app, struct err *err)
{
	for (;;) {
		AUTO_ARENA struct arena mem = { 0 };
		struct stmt *q = stmt_get(app->db, "sync_conflicts_answered");
		struct conflict_word word = { .whole = "theirs" };
		bool row = false, completed = false;
		int64_t id = 0;

		if (!stmt_step(q, &row, err)) {
			stmt_done(&q);
			return false;
		}
		if (row) {
			id = stmt_int(q, 0);
			word.reason = arena_strdup(&mem, stmt_text(q, 1) ? stmt_text(q, 1) : "");
			completed = strcmp(stmt_text(q, 2), "completed") == 0;
		}
		stmt_done(&q);
		if (!row)
			return true;
		if (completed ? !conflict_settle(app, id, &word, err) : !given_back(app, id, word.reason, err))
			return false;
	}
}
