/* Taking in.  The file is copied from the stick first, and read twice: once to prove it, from the signature to the last
 * line, and once to apply it.  Whatever is wrong with it shows before anything is changed here. */
#include "sync/stick_int.h"

#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "db/stmt.h"
#include "sync/turn.h"

enum { ACK_PAGE = 500 };

struct inbox {
	struct stick *st;
	char *copy;                   /* on our own disk */
	struct minisign_signature sig;
	struct stick_head head;
	struct cbx_sums sums;
	struct stick_read *f;
	bool shown; /* only looked at */
};

static void inbox_release(struct inbox *in)
{
	if (in->copy)
		unlink(in->copy);
	free(in->copy);
	json_object_put(in->head.json);
}
#define AUTO_INBOX __attribute__((cleanup(inbox_release)))

/* ---- whose it is --------------------------------------------------------------------------------------------------- */

static bool stranger(const char *from, bool named, struct err *err)
{
	return err_set(err, ERR_NOT_ALLOWED, named ?
		_("The file bears another key than the card of %s that is known here: somebody else wrote it, or that computer "
		  "was set up anew and its new card is to be taken in.") :
		_("This file is from a computer that is not known here (%s): take in its card first."), from);
}

static bool find_signer(struct inbox *in, struct err *err)
{
	bool named = false, known = false;
	struct stick_peer *peers;
	size_t n;

	if (!stick_peers(in->st->sync.app, &peers, &n, err))
		return false;
	for (size_t i = 0; i < n && !known; i++)
		if (strcmp(peers[i].code, in->head.label.from) == 0) {
			named = true;
			known = memcmp(peers[i].signer.id, in->sig.id, MINISIGN_ID) == 0;
			if (known)
				stick_with(in->st, &peers[i]);
		}
	free(peers);
	return known || stranger(in->head.label.from, named, err);
}

static bool read_label(struct inbox *in, const char *path, struct err *err)
{
	const struct stick_label *l = &in->head.label;

	if (!cbx_signature(path, &in->sig, err))
		return false;
	if (!stick_label_read(in->sig.comment, &in->head.label))
		return err_set(err, ERR_FORMAT, "%s", _("The signature is not that of an exchange between clinics."));
	snprintf(in->f->from, sizeof(in->f->from), "%s", l->from);
	snprintf(in->f->to, sizeof(in->f->to), "%s", l->to);
	in->f->seq = l->seq;
	return true;
}

static bool is_known_file(struct inbox *in, bool *known, struct err *err)
{
	AUTO_STMT struct stmt *q = stmt_get(in->st->sync.app->db, "stick_file_find");
	char batch[STICK_BATCH];

	snprintf(batch, sizeof(batch), "%s#%lld", in->head.label.bundle, (long long)in->head.label.part);
	stmt_bind_int(q, "remote", in->st->peer.remote);
	stmt_bind_text(q, "dir", "in");
	stmt_bind_text(q, "bundle", batch);
	return stmt_step(q, known, err);
}

/* ---- proving ------------------------------------------------------------------------------------------------------- */

static const struct json_limits line_limits = { .size = CBX_LINE_MAX, .depth = 32, .nodes = 200000, .string = 65536 };

/* Only a relay speaks for the county. */
static bool may_tell(const struct inbox *in, struct err *err)
{
	return in->st->peer.relay || err_set(err, ERR_NOT_ALLOWED, "%s",
		_("This computer is not known here as one that passes on to the county: take in its card with --relay."));
}

static bool check_line(struct inbox *in, const char *line, size_t n, struct err *err)
{
	AUTO_JSON struct json_object *json = NULL;

	if (!json_parse(line, n, &line_limits, &json, err))
		return false;
	if (stick_is_receipt(json))
		return may_tell(in, err);
	if (!stick_is_group(json))
		return err_set(err, ERR_FORMAT, "%s", _("The file holds a line that is not of an exchange."));
	in->f->groups++;
	return stick_group_check(json, err);
}

static bool prove(struct inbox *in, struct err *err)
{
	AUTO_CBX_READER struct cbx_reader *r = NULL;
	const char *line;
	size_t n;

	if (!cbx_open(&r, in->copy, &in->st->keys.age, err) || !cbx_next(r, &line, &n, err) ||
		!stick_head_read(&in->head, line, n, err))
		return false;
	if (in->head.practice != in->st->sync.app->clinic.practice)
		return err_set(err, ERR_PRACTICE, "%s", _("A practice clinic and a real one do not exchange anything."));
	for (in->f->groups = in->head.lines = 0;; in->head.lines++) {
		if (!cbx_next(r, &line, &n, err))
			return false;
		if (!n)
			return true;
		if (!check_line(in, line, n, err))
			return false;
	}
}

/* ---- applying ------------------------------------------------------------------------------------------------------ */

/* The other side has one of our files: what it held has arrived, unless it was saved anew since. */
static bool confirm_batch(struct inbox *in, const char *batch, struct err *err)
{
	struct sync *s = &in->st->sync;
	size_t n;

	do {
		AUTO_ROWS struct out_rows rows = { 0 };
		AUTO_WORK struct work w = { 0 };
		struct stmt *q = stmt_get(s->app->db, "stick_in_file");

		stmt_bind_int(q, "remote", s->remote.id);
		stmt_bind_text(q, "batch", batch);
		stmt_bind_int(q, "limit", in->st->options.polite ? ACK_PAGE / 10 : ACK_PAGE);
		if (!store_read(q, &rows, err) || !work_begin(&w, s->app, err))
			return false;
		n = rows.n;
		for (size_t i = 0; i < rows.n; i++)
			if (!row_ack(s, &rows.r[i], err))
				return false;
		in->f->confirmed += (int64_t)rows.n;
		if (!work_commit(&w, err))
			return false;
	} while (n);
	return true;
}

static bool run_for(struct inbox *in, const char *name, const char *batch, int64_t after, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *q;

	if (!work_begin(&w, in->st->sync.app, err))
		return false;
	q = stmt_get(in->st->sync.app->db, name);
	stmt_bind_int(q, "remote", in->st->peer.remote);
	stmt_bind_text(q, "bundle", batch);
	stmt_bind_int(q, "after", after);
	return stmt_run(q, err) && work_commit(&w, err);
}

static bool take_answers(struct inbox *in, struct err *err)
{
	struct json_object *acks = json_array(in->head.json, "acks"), *needs = json_array(in->head.json, "need");

	for (size_t i = 0; i < json_count(acks); i++) {
		const char *batch = json_text(json_object_array_get_idx(acks, i), "batch");

		if (batch && (!confirm_batch(in, batch, err) || !run_for(in, "stick_file_done", batch, 0, err)))
			return false;
	}
	for (size_t i = 0; i < json_count(needs); i++) {
		struct json_object *need = json_object_array_get_idx(needs, i);
		const char *from = json_text(need, "from");

		if (from && strcmp(from, in->st->sync.app->device_code) == 0 &&
			(!run_for(in, "stick_confirmed", NULL, json_int(need, "after", 0), err) ||
				!run_for(in, "stick_receipts_done", NULL, json_int(need, "after", 0), err)))
			return false;
	}
	return true;
}

static bool apply_line(struct inbox *in, struct work *w, const struct json_object *line, struct err *err)
{
	if (stick_is_group(line))
		return stick_apply(in->st, w, line, in->f, err);
	return may_tell(in, err) && stick_receipt_read(in->st, w, line, in->f, err);
}

/* As many groups as fit in a short transaction; *more false at the end. */
static bool apply_some(struct inbox *in, struct cbx_reader *r, bool *more, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	int64_t began = clock_steady_ms(), limit = sync_longest_ms(&in->st->sync);

	if (!work_begin(&w, in->st->sync.app, err))
		return false;
	do {
		AUTO_JSON struct json_object *group = NULL;
		const char *line;
		size_t n;

		if (!cbx_next(r, &line, &n, err))
			return false;
		*more = n != 0;
		if (!n)
			break;
		if (!json_parse(line, n, &line_limits, &group, err) || !apply_line(in, &w, group, err))
			return false;
	} while (clock_steady_ms() - began < limit);
	if (!sync_alive(&in->st->sync, "stick in", err) || !work_commit(&w, err))
		return false;
	sync_yield(&in->st->sync, clock_steady_ms() - began);
	sync_tell(&in->st->sync, "stick", in->f->groups, in->head.groups);
	return true;
}

static bool turn_bulk(struct inbox *in, bool *bulk, bool on, struct err *err)
{
	if (*bulk == on)
		return true;
	*bulk = on;
	return db_bulk(in->st->sync.app->db, on, err);
}

static bool apply_all(struct inbox *in, struct err *err)
{
	AUTO_CBX_READER struct cbx_reader *r = NULL;
	const char *line;
	bool more = true, bulk = false, ok;
	struct err second;
	size_t n;

	if (!cbx_open(&r, in->copy, &in->st->keys.age, err) || !cbx_next(r, &line, &n, err) ||
		!unread_any(&in->st->sync, &in->st->sync.has_unread, err))
		return false;
	in->st->peer.wants = json_flag(in->head.json, "relay", false);
	in->f->groups = 0;
	do
		ok = turn_bulk(in, &bulk, !sync_is_polite(&in->st->sync), err) && apply_some(in, r, &more, err);
	while (ok && more);
	return turn_bulk(in, &bulk, false, ok ? err : &second) && ok;
}

static bool note_file(struct inbox *in, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	char batch[STICK_BATCH];
	struct stmt *q;

	if (!work_begin(&w, in->st->sync.app, err))
		return false;
	snprintf(batch, sizeof(batch), "%s#%lld", in->head.label.bundle, (long long)in->head.label.part);
	q = stmt_get(in->st->sync.app->db, "stick_file_in");
	stmt_bind_int(q, "remote", in->st->peer.remote);
	stmt_bind_int(q, "seq", in->head.label.seq);
	stmt_bind_text(q, "bundle", batch);
	stmt_bind_text(q, "sha", in->sums.sha);
	stmt_bind_text(q, "prev", json_text(in->head.json, "prev"));
	stmt_bind_int(q, "groups", in->f->groups);
	stmt_bind_int(q, "bytes", in->sums.bytes);
	stmt_bind_int(q, "at", in->st->sync.app->utc);
	/* A file without changes only answers ours: an answer to it would go on for ever. */
	stmt_bind_int(q, "done", in->head.lines == 0);
	if (!stmt_run(q, err))
		return false;
	q = stmt_get(in->st->sync.app->db, "stick_peer_wants");
	stmt_bind_int(q, "remote", in->st->peer.remote);
	stmt_bind_int(q, "wants", in->st->peer.wants);
	return stmt_run(q, err) && work_commit(&w, err);
}

static bool find_missing(struct inbox *in, struct err *err)
{
	AUTO_STMT struct stmt *q = stmt_get(in->st->sync.app->db, "stick_missing");
	bool row;

	stmt_bind_int(q, "remote", in->st->peer.remote);
	stmt_bind_int(q, "limit", N_ELEMENTS(in->f->missing));
	while (stmt_step(q, &row, err)) {
		if (!row || in->f->n_missing == N_ELEMENTS(in->f->missing))
			return true;
		in->f->missing[in->f->n_missing++] = stmt_int(q, 0);
	}
	return false;
}

/* ---- one file ------------------------------------------------------------------------------------------------------ */

static bool copy_in(struct inbox *in, const char *path, struct err *err)
{
	in->copy = stick_path(in->st->sync.app, "in.part", err);
	if (!in->copy || !cbx_sum(path, in->copy, &in->sums, err))
		return false;
	in->f->bytes = in->sums.bytes;
	return minisign_verify(&in->st->peer.signer, &in->sig, in->sums.signed_part, err);
}

static bool take_file(struct inbox *in, const char *path, struct err *err)
{
	bool known;

	if (!find_signer(in, err) || !stick_peer_is_good(&in->st->peer, err))
		return false;
	snprintf(in->f->title, sizeof(in->f->title), "%s", in->st->peer.title);
	if (!copy_in(in, path, err) || !is_known_file(in, &known, err))
		return false;
	if (known && !in->shown) {
		in->f->fate = STICK_KNOWN;
		return true;
	}
	in->f->fate = STICK_TAKEN;
	if (!prove(in, err))
		return false;
	if (in->shown)
		return true;
	return take_answers(in, err) && apply_all(in, err) && note_file(in, err) && find_missing(in, err);
}

static bool listed_key(struct inbox *in, struct minisign_public *key, bool *known, struct err *err)
{
	AUTO_STICK_LIST struct stick_list list = { 0 };
	const struct stick_device *d;

	if (!stick_list_load(in->st->sync.app, &list, err))
		return false;
	d = stick_list_find(&list, in->head.label.from);
	*known = d != NULL;
	if (d && *d->revoked)
		return err_set(err, ERR_NOT_ALLOWED, _("The county struck this computer off its list on %s."), d->revoked);
	return !d || minisign_public_read(key, d->sign, err);
}

/* The sender's key, if we exchange with him or the county lists him. */
static bool sender_key(struct inbox *in, struct minisign_public *key, bool *known, struct err *err)
{
	struct stick_peer *peers;
	bool ok = true;
	size_t n;

	*known = false;
	if (!stick_peers(in->st->sync.app, &peers, &n, err))
		return false;
	for (size_t i = 0; i < n && !*known; i++)
		if (strcmp(peers[i].code, in->head.label.from) == 0) {
			*known = true;
			*key = peers[i].signer;
			ok = stick_peer_is_good(&peers[i], err);
		}
	free(peers);
	return ok && (*known || listed_key(in, key, known, err));
}

/* What we cannot read is carried; where we know whose it is, it is proved first, so that nobody is given damaged files, and nobody
 * who borrows a name puts another's files out of the way. */
static bool carry_on(struct inbox *in, const char *path, struct err *err)
{
	struct app *app = in->st->sync.app;
	struct minisign_public key;
	bool known;

	if (!sender_key(in, &key, &known, err) || !cbx_sum(path, NULL, &in->sums, err) ||
		(known && !minisign_verify(&key, &in->sig, in->sums.signed_part, err)))
		return false;
	in->f->bytes = in->sums.bytes;
	in->f->fate = STICK_CARRIED;
	if (in->shown)
		return true;
	return known ? stick_carry(app, path, &in->head.label, err) :
		       stick_carry_unproved(app, path, &in->head.label, &in->sums, in->st->o->carry_max, &in->f->let_go, err);
}

/* Signed with our key and not written here: somebody works with a copy of our records under our name. */
static bool find_twin(struct inbox *in, const char *path, struct err *err)
{
	struct stmt *q = stmt_get(in->st->sync.app->db, "stick_file_ours");
	char batch[STICK_BATCH];
	struct err forged;
	bool ours;

	in->f->fate = STICK_OURS;
	snprintf(batch, sizeof(batch), "%s#%lld", in->head.label.bundle, (long long)in->head.label.part);
	stmt_bind_text(q, "bundle", batch);
	if (!stmt_yes(q, &ours, err) || (!ours && !cbx_sum(path, NULL, &in->sums, err)))
		return false;
	if (!ours && minisign_verify(&in->st->keys.sign.public_part, &in->sig, in->sums.signed_part, &forged))
		in->f->fate = STICK_TWINS;
	return in->shown || in->f->fate != STICK_TWINS || device_has_twin(in->st->sync.app, err);
}

static bool handle(struct inbox *in, const char *path, struct err *err)
{
	const char *us = in->st->sync.app->device_code;

	if (!read_label(in, path, err))
		return false;
	if (strcmp(in->head.label.from, us) == 0)
		return find_twin(in, path, err);
	if (strcmp(in->head.label.to, us) != 0)
		return carry_on(in, path, err);
	return take_file(in, path, err);
}

static bool read_file(struct stick *st, const char *path, bool shown, struct stick_read *f)
{
	AUTO_INBOX struct inbox in = { .st = st, .f = f, .shown = shown };

	*f = (struct stick_read){ .fate = STICK_REFUSED };
	snprintf(f->name, sizeof(f->name), "%s", path_name(path));
	if (handle(&in, path, &f->err))
		return true;
	f->fate = STICK_REFUSED;
	return false;
}

static bool read_all(struct stick *st, const char *path, void (*each)(void *ctx, const struct stick_read *f), void *ctx,
	struct err *err)
{
	AUTO_NAMES struct stick_names names = { 0 };
	bool ok = true;

	if (!stick_names_read(path, &names, err) || !stick_list_find_on(st->sync.app, path, err))
		return false;
	if (!names.n)
		return err_set(err, ERR_NOT_FOUND, _("There is no file for an exchange in \"%s\"."), path_shown(path));
	for (size_t i = 0; i < names.n; i++) {
		struct stick_read f;

		if (!read_file(st, names.path[i], false, &f) && ok) {
			ok = false;
			*err = f.err;
		}
		if (each)
			each(ctx, &f);
	}
	return ok;
}

bool stick_in(struct app *app, const char *path, const struct stick_options *o,
	void (*each)(void *ctx, const struct stick_read *f), void *ctx, struct err *err)
{
	AUTO_LOCK struct lock lock = LOCK_INIT;
	struct stick st;
	struct err second;
	bool ok;

	if (!turn_take_first(&lock, app, err))
		return false;
	ok = stick_begin(&st, app, o, err);
	if (ok) {
		ok = read_all(&st, path, each, ctx, err); /* of several files the good ones were taken in */
		if (!(disputes_answered(app, &second) && device_part(&st.county, &second)) && ok) {
			*err = second;
			ok = false;
		}
	}
	stick_keys_forget(&st.keys);
	return ok;
}

bool stick_show(struct app *app, const char *path, struct stick_read *out, struct err *err)
{
	static const struct stick_options plain = { .to = NULL };
	AUTO_LOCK struct lock lock = LOCK_INIT;
	struct stick st;
	bool ok;

	if (!turn_take_first(&lock, app, err))
		return false;
	ok = stick_begin(&st, app, &plain, err);
	if (ok && !read_file(&st, path, true, out)) {
		*err = out->err;
		ok = false;
	}
	stick_keys_forget(&st.keys);
	return ok;
}
