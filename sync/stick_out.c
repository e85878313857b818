/* Writing.  Everything that the peer has not said to have goes into its file, whole groups in the order of their urgency;
 * rows become `exported` and stay so until its answer comes, by whatever way.  Reading and writing of the database are
 * short transactions, so that a save beside it does not wait. */
#include "sync/stick_int.h"

#include <errno.h>
#include <sys/stat.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/service/record_device.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/turn.h"

enum { PAGE = 200, PAGE_POLITE = 40 };
#define NAMESPACE "0d9f2f4e-5c53-5b0e-8a0e-3f4c1d6f9a21" /* of the groups' ids */

struct out {
	struct stick *st;
	const char *dir;
	char run[UUID_LEN], batch[STICK_BATCH];
	struct cbx_writer *w;
	struct stick_label label;
	struct stick_written done;
	int64_t total, groups; /* groups that wait; written so far */
	void (*each)(void *ctx, const struct stick_written *f);
	void *ctx;
};

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

/* Rows of a statement that reads outbox rows. */
static bool stick_rows(struct stick *st, const char *name, int64_t state, int64_t prio, int64_t after, int64_t limit,
	struct out_rows *out, struct err *err)
{
	struct stmt *q = stmt_get(st->sync.app->db, name);

	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_int(q, "state", state);
	stmt_bind_int(q, "prio", prio);
	stmt_bind_int(q, "after", after);
	stmt_bind_int(q, "limit", limit);
	return store_read(q, out, err);
}

/* *any: the statement gave a row. */
static bool step_all(struct stick *st, const char *name, bool *any, struct err *err)
{
	AUTO_STMT struct stmt *q = stmt_get(st->sync.app->db, name);
	bool row;

	*any = false;
	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_int(q, "limit", st->options.polite ? PAGE_POLITE : PAGE);
	do {
		if (!stmt_step(q, &row, err))
			return false;
		*any |= row;
	} while (row);
	return true;
}

static bool run_step(struct stick *st, const char *name, bool *any, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, st->sync.app, err) && step_all(st, name, any, err) && work_commit(&w, err);
}

/* What was saved since a row went out goes in its stead; what is in no file waits again. */
static bool renew(struct stick *st, struct err *err)
{
	static const char *const steps[] = { "stick_supersede", "stick_let_go", "sync_forget_superseded" };
	bool any;

	for (size_t i = 0; i < N_ELEMENTS(steps); i++)
		if (!run_step(st, steps[i], &any, err))
			return false;
	do
		if (!run_step(st, "stick_in_no_file", &any, err))
			return false;
	while (any);
	return true;
}

/* What is in dispute and theirs for the time being: our revision before that.  Nobody has chosen theirs over it yet, and what we
 * have now would say so by its vector.
 *
 * NEEDSWORK: what is edited meanwhile in other fields goes only with the decision.  It has no name of its own: what we have now
 * contains theirs, and a version made for the stick (ours in the disputed fields, the rest as it is now) would either bear the name
 * of another content or be no revision of ours when an answer to it comes back, whose base it is then.  So the dispute itself must
 * travel: the document as it is now, with an extension that names the undecided fields and our side in them (keys and aside of
 * sync_conflict), upon which the other computer opens the same dispute and not ours alone; a version without it that contains this
 * one ends it (disputes_overtaken()).  A program that does not know the extension would take theirs for decided: the schema of the
 * stamp has to rise with it. */
static bool before_dispute(struct sync *s, const struct out_row *row, int64_t *ours, struct err *err)
{
	struct stmt *q = stmt_get(s->app->db, "stick_before_dispute");

	stmt_bind_int(q, "record", row->record);
	return stmt_value(q, ours, 0, err);
}

static bool is_lent(struct sync *s, const struct out_row *row, bool *yes, struct err *err)
{
	struct stmt *q = stmt_get(s->app->db, "stick_is_lent");

	stmt_bind_int(q, "seq", row->seq);
	stmt_bind_text(q, "stamp", row->stamp);
	return stmt_yes(q, yes, err);
}

/* It goes into this file as it was before, unless the other side has it so; what is decided goes into a later one. */
static bool lend(struct out *o, struct out_row *row, int64_t ours, bool *goes, struct err *err)
{
	bool lent;

	row->revision = ours;
	if (!stamp_for(&o->st->sync, row, row->stamp, err) || !is_lent(&o->st->sync, row, &lent, err))
		return false;
	*goes = !lent;
	return lent || row_freeze(o->st->sync.app, row, o->batch, NULL, 0, err);
}

static bool freeze(struct out *o, struct out_row *row, bool *goes, struct err *err)
{
	struct sync *s = &o->st->sync;
	int64_t ours;

	*goes = true;
	if (!before_dispute(s, row, &ours, err))
		return false;
	if (ours && row->state == OUTBOX_PENDING)
		return lend(o, row, ours, goes, err);
	if (!stamp_for(s, row, row->stamp, err))
		return false;
	if (row->state != OUTBOX_EXPORTED && !store_move(s->app, row, OUTBOX_EXPORTED, NULL, err))
		return false;
	return row_freeze(s->app, row, o->batch, NULL, 0, err) && stick_county_exported(o->st, row->record, err) &&
		(!o->st->peer.wants || stick_receipt_note(o->st, row->record, true, err));
}

/* The whole group of a row; nothing when it is in a file of this run already. */
static bool freeze_group(struct out *o, int64_t grp, struct out_rows *out, struct err *err)
{
	struct stmt *q = stmt_get(o->st->sync.app->db, "stick_group");
	AUTO_ROWS struct out_rows rows = { 0 };

	stmt_bind_int(q, "remote", o->st->peer.remote);
	stmt_bind_int(q, "grp", grp);
	stmt_bind_text(q, "run", o->run);
	if (!store_read(q, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		bool goes;

		if (!freeze(o, &rows.r[i], &goes, err))
			return false;
		if (goes)
			out_rows_add(out, &rows.r[i]);
	}
	return true;
}

/* ---- lines --------------------------------------------------------------------------------------------------------- */

static bool mark(struct sync *s, const struct out_row *row, struct fhir_set *set, struct err *err)
{
	struct json_object *e = NULL;
	char edited[24];
	struct vector v;
	int64_t at;

	if (!record_vector(s->app, row->record, row->revision, &v, &at, err))
		return false;
	vector_put_into(set->r[0].doc, &v);
	snprintf(edited, sizeof(edited), "%lld", (long long)at);
	e = json_object_new_object();
	json_set_text(e, "url", FHIR_EDITED_URL);
	json_set_text(e, "valueString", edited);
	doc_add(set->r[0].doc, "extension", e);
	if (!author_put(s, row->record, row->revision, set->r[0].doc, err))
		return false;
	for (size_t i = 0; i < set->n; i++)
		fhir_set_stamp(set->r[i].doc, row->stamp);
	return true;
}

static bool add_record(struct out *o, const struct out_row *row, bool *first, struct sbuf *line, struct err *err)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct sync *s = &o->st->sync;

	if (!encode_revision(s, row->record, row->revision, &set, err) || !mark(s, row, &set, err))
		return false;
	for (size_t i = 0; i < set.n; i++) {
		if (!*first)
			sbuf_addc(line, ',');
		*first = false;
		bundle_entry(line, &set.r[i], NULL);
	}
	o->done.records++;
	return true;
}

static void begin_group(struct out *o, const struct out_row *row, struct sbuf *line)
{
	char name[64], id[UUID_LEN];

	snprintf(name, sizeof(name), "%s %lld", o->st->sync.app->device_code, (long long)row->grp);
	sbuf_clear(line);
	sbuf_addf(line, "{\"group\":\"%s\",\"prio\":%lld,\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[",
		uuid5(NAMESPACE, name, id), (long long)row->prio);
}

/* One line for each run of rows with the same group. */
static bool write_groups(struct out *o, const struct out_rows *rows, struct err *err)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	for (size_t i = 0; i < rows->n;) {
		int64_t grp = rows->r[i].grp;
		bool first = true;

		begin_group(o, &rows->r[i], &line);
		for (; i < rows->n && rows->r[i].grp == grp; i++)
			if (!add_record(o, &rows->r[i], &first, &line, err))
				return false;
		sbuf_adds(&line, "]}}");
		if (!cbx_line(o->w, line.s, line.len, err))
			return false;
		o->done.groups++;
		o->groups++;
	}
	sync_tell(&o->st->sync, "stick", o->groups, o->total > o->groups ? o->total : o->groups);
	return true;
}

/* ---- files --------------------------------------------------------------------------------------------------------- */

static bool add_acks(struct stick *st, struct json_object *head, struct err *err)
{
	AUTO_STMT struct stmt *q = stmt_get(st->sync.app->db, "stick_to_tell");
	struct json_object *acks = json_object_new_array();
	bool row;

	json_object_object_add(head, "acks", acks);
	stmt_bind_int(q, "remote", st->peer.remote);
	while (stmt_step(q, &row, err)) {
		struct json_object *ack;

		if (!row)
			return true;
		ack = json_object_new_object();
		json_set_text(ack, "batch", stmt_text(q, 0));
		json_set_int(ack, "seq", stmt_int(q, 1));
		json_object_array_add(acks, ack);
	}
	return false;
}

static bool head_line(struct out *o, struct sbuf *out, struct err *err)
{
	AUTO_JSON struct json_object *head = json_object_new_object();
	struct json_object *to = json_object_new_array(), *needs = json_object_new_array(), *need = json_object_new_object();
	struct stick *st = o->st;

	json_set_int(head, "cbx", 1);
	json_set_text(head, "bundle", o->label.bundle);
	json_set_int(head, "part", o->label.part);
	json_set_text(head, "from", o->label.from);
	json_object_array_add(to, json_object_new_string(o->label.to));
	json_object_object_add(head, "to", to);
	json_set_int(head, "seq", o->label.seq);
	json_set_text(head, "prev", *st->peer.sent_sha ? st->peer.sent_sha : NULL);
	json_set_int(head, "schema", SYNC_SCHEMA);
	json_set_bool(head, "practice", st->sync.app->clinic.practice);
	json_set_bool(head, "relay", st->peer.relay); /* please: what does the county say? */
	json_set_int(head, "groups", o->total);
	json_set_text(need, "from", st->peer.code);
	json_set_int(need, "after", st->peer.received);
	json_object_array_add(needs, need);
	json_object_object_add(head, "need", needs);
	if (!add_acks(st, head, err))
		return false;
	json_write(out, head);
	return true;
}

static bool begin_file(struct out *o, struct err *err)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	AUTO_FREE char *path = NULL;
	struct stick *st = o->st;

	o->label.seq = st->peer.sent + 1;
	o->label.part++;
	snprintf(o->batch, sizeof(o->batch), "%s#%lld", o->run, (long long)o->label.part);
	o->done = (struct stick_written){ .seq = o->label.seq };
	snprintf(o->done.to, sizeof(o->done.to), "%s", st->peer.code);
	snprintf(o->done.name, sizeof(o->done.name), "%s-%s-%06lld" CBX_SUFFIX, o->label.from, o->label.to,
		(long long)o->label.seq);
	path = path_join(o->dir, o->done.name);
	return cbx_create(&o->w, path, (const unsigned char(*)[AGE_KEY]) & st->peer.recipient, 1, err) &&
		head_line(o, &head, err) && cbx_line(o->w, head.s, head.len, err);
}

static bool told(struct stick *st, const char *name, int64_t seq, struct err *err)
{
	struct stmt *q = stmt_get(st->sync.app->db, name);

	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_int(q, "seq", seq);
	return stmt_run(q, err);
}

static bool note_file(struct out *o, const char *sha, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stick *st = o->st;
	struct stmt *q;

	if (!work_begin(&w, st->sync.app, err))
		return false;
	q = stmt_get(st->sync.app->db, "stick_file_add");
	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_text(q, "dir", "out");
	stmt_bind_int(q, "seq", o->label.seq);
	stmt_bind_text(q, "bundle", o->batch);
	stmt_bind_text(q, "sha", sha);
	stmt_bind_text(q, "prev", *st->peer.sent_sha ? st->peer.sent_sha : NULL);
	stmt_bind_int(q, "groups", o->done.groups);
	stmt_bind_int(q, "bytes", o->done.bytes);
	stmt_bind_int(q, "at", st->sync.app->utc);
	if (!stmt_run(q, err))
		return false;
	q = stmt_get(st->sync.app->db, "stick_peer_sent");
	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_int(q, "seq", o->label.seq);
	stmt_bind_text(q, "sha", sha);
	if (!stmt_run(q, err))
		return false;
	return told(st, "stick_told", o->label.seq, err) && work_commit(&w, err);
}

static bool end_file(struct out *o, struct err *err)
{
	char comment[256], sha[CBX_SHA_TEXT];

	stick_label_write(&o->label, comment);
	if (!cbx_finish(o->w, &o->st->keys.sign, comment, sha, err))
		return false;
	o->done.bytes = cbx_written(o->w);
	cbx_writer_free(&o->w);
	if (!note_file(o, sha, err))
		return false;
	o->st->peer.sent = o->label.seq;
	snprintf(o->st->peer.sent_sha, sizeof(o->st->peer.sent_sha), "%s", sha);
	if (o->each)
		o->each(o->ctx, &o->done);
	return true;
}

/* ---- the run ------------------------------------------------------------------------------------------------------- */

static bool write_page(struct out *o, const struct out_rows *page, struct err *err)
{
	AUTO_ROWS struct out_rows rows = { 0 };
	struct sync *s = &o->st->sync;
	int64_t began;
	int64_t part = o->st->o->part_max ? o->st->o->part_max : CBX_SEALED_MAX - 16 * INT64_C(1024) * 1024;

	if (cbx_written(o->w) > part && (!end_file(o, err) || !begin_file(o, err)))
		return false;
	{
		AUTO_WORK struct work w = { 0 };

		if (!work_begin(&w, s->app, err))
			return false;
		began = clock_steady_ms();
		for (size_t i = 0; i < page->n; i++)
			if (!freeze_group(o, page->r[i].grp, &rows, err))
				return false;
		if (!sync_alive(s, "stick out", err) || !work_commit(&w, err))
			return false;
		sync_yield(s, clock_steady_ms() - began);
	}
	return write_groups(o, &rows, err);
}

static bool write_state(struct out *o, enum outbox_state state, struct err *err)
{
	int64_t prio = -1, after = 0, limit = o->st->options.polite ? PAGE_POLITE : PAGE;

	for (;;) {
		AUTO_ROWS struct out_rows page = { 0 };

		if (!stick_rows(o->st, "stick_open", state, prio, after, limit, &page, err))
			return false;
		if (!page.n)
			return true;
		prio = page.r[page.n - 1].prio;
		after = page.r[page.n - 1].seq;
		if (!write_page(o, &page, err))
			return false;
	}
}

static bool count_groups(struct out *o, struct err *err)
{
	struct stmt *q = stmt_get(o->st->sync.app->db, "stick_count_groups");

	stmt_bind_int(q, "remote", o->st->peer.remote);
	return stmt_value(q, &o->total, 0, err);
}

static bool has_to_tell(struct stick *st, bool *any, struct err *err)
{
	static const char *const asks[] = { "stick_to_tell_anew", "stick_receipts_anew" };

	*any = false;
	for (size_t i = 0; i < N_ELEMENTS(asks) && !*any; i++) {
		AUTO_STMT struct stmt *q = stmt_get(st->sync.app->db, asks[i]);

		stmt_bind_int(q, "remote", st->peer.remote);
		if (!stmt_step(q, any, err))
			return false;
	}
	return true;
}

/* Those that come to be wanted while the groups are written are told by the next file. */
static bool write_receipts(struct out *o, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return stick_receipts_write(o->st, o->w, &o->done.receipts, err) && work_begin(&w, o->st->sync.app, err) &&
		told(o->st, "stick_receipts_told", o->label.seq, err) && work_commit(&w, err);
}

static bool write_for(struct stick *st, const char *dir, void (*each)(void *ctx, const struct stick_written *f), void *ctx,
	struct err *err)
{
	struct out o = { .st = st, .dir = dir, .each = each, .ctx = ctx };
	bool tell, ok;

	if (!renew(st, err) || !count_groups(&o, err) || !has_to_tell(st, &tell, err))
		return false;
	if (!o.total && !tell)
		return true;
	ids_new(&st->sync.app->ids, o.run);
	snprintf(o.label.bundle, sizeof(o.label.bundle), "%s", o.run);
	snprintf(o.label.from, sizeof(o.label.from), "%s", st->sync.app->device_code);
	snprintf(o.label.to, sizeof(o.label.to), "%s", st->peer.code);
	ok = begin_file(&o, err) && write_receipts(&o, err) &&
		write_state(&o, OUTBOX_EXPORTED, err) && write_state(&o, OUTBOX_PENDING, err) && end_file(&o, err);
	cbx_writer_free(&o.w);
	if (!ok) {
		struct err second; /* the first one is told; what is not put right now is before the next file */

		(void)!renew(st, &second);
	}
	return ok;
}

static bool check_folder(const char *dir, struct err *err)
{
	struct stat st;

	if (stat(dir, &st) != 0)
		return err_errno(err, errno, path_shown(dir));
	if (S_ISDIR(st.st_mode))
		return true;
	err_set(err, ERR_INVALID_VALUE, _("\"%s\" is no folder."), path_shown(dir));
	return err_example(err, "cunyi stick out /media/usb");
}

bool stick_begin(struct stick *st, struct app *app, const struct stick_options *o, struct err *err)
{
	*st = (struct stick){ .o = o, .sync = { .app = app, .o = &st->options, .figures = &st->figures } };
	st->options = (struct sync_options){ .progress = o->progress, .progress_ctx = o->progress_ctx,
		.polite = app_screen_is_open(app) };
	sync_region(&st->sync);
	st->county = st->sync;
	if (!remote_load(app, NULL, &st->county.remote, err))
		return false;
	return stick_keys(app, &st->keys, err);
}

void stick_with(struct stick *st, const struct stick_peer *peer)
{
	st->peer = *peer;
	st->sync.remote = (struct remote){ .id = peer->remote };
	st->sync.alone = !peer->relay;
}

static bool write_all(struct stick *st, const char *dir, void (*each)(void *ctx, const struct stick_written *f), void *ctx,
	struct err *err)
{
	struct stick_peer *peers;
	bool ok, found = !st->o->to;
	size_t n;

	if (!stick_peers(st->sync.app, &peers, &n, err))
		return false;
	ok = (!n || device_goes_out(st->sync.app, err)) &&
		(n > 0 || err_set(err, ERR_NOT_FOUND, "%s",
		_("No other computer is known yet: exchange cards first, by cunyi stick card and cunyi stick peer add.")));
	for (size_t i = 0; ok && i < n; i++) {
		if (st->o->to && strcmp(peers[i].code, st->o->to) != 0)
			continue;
		found = true;
		if (*peers[i].revoked && !st->o->to)
			continue;
		ok = stick_peer_is_good(&peers[i], err);
		if (!ok)
			break;
		stick_with(st, &peers[i]);
		ok = write_for(st, dir, each, ctx, err);
	}
	free(peers);
	return ok && (found || err_set(err, ERR_NOT_FOUND, _("No computer \"%s\" is known here."), st->o->to));
}

bool stick_out(struct app *app, const char *dir, const struct stick_options *o,
	void (*each)(void *ctx, const struct stick_written *f), void *ctx, struct err *err)
{
	AUTO_LOCK struct lock lock = LOCK_INIT;
	struct stick st;
	bool ok;

	if (!check_folder(dir, err) || !turn_take_first(&lock, app, err))
		return false;
	ok = stick_begin(&st, app, o, err) && stick_drop_halves(dir, app->device_code, err) &&
		stick_list_give(app, dir, err) && write_all(&st, dir, each, ctx, err) && stick_carry_out(app, dir, each, ctx, err);
	stick_keys_forget(&st.keys);
	return ok;
}
