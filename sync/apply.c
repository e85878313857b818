/* What the server sent becomes records, through the one door for writes.
 *
 * Without an unsent edit of ours the server's version is taken.  With one, the two are merged field by field from the
 * revision that both began with; theirs is stored first, so that the history shows both, then the merged one, which
 * goes out.  Where both changed the same field and it is a person's to decide, theirs is what holds until then, ours is
 * kept aside as not yet sent (dispute.c), and what else changed here waits behind the dispute. */
#include "sync/sync_int.h"

#include "app/base/i18n.h"
#include "app/clinic/findings.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/idmap.h"
#include "sync/vector.h"

struct incoming {
	const struct json_object *doc;
	const char *version, *type, *id; /* of the document */
	enum kind_id kind;
	char uid[RECORD_ID_MAX + 1], variant[16];
	unsigned role;
	int64_t row;         /* 0: not here yet */
	struct out_row open; /* our newest outbox row; seq 0: none */
	int64_t before;      /* our revision when it came; 0: none */
	struct held_version held;
	bool twin;           /* it bears our name, and we never wrote it */
	bool regressed;      /* a newer version with an older stamp: see is_regression() */
	bool was_unread;     /* it could not be a record when it came last */
	struct arena *mem;
};

/* ---- what it is --------------------------------------------------------------------------------------------------- */

static bool identify(struct incoming *in)
{
	const char *answers = fhir_answers(in->doc);

	char own[RECORD_ID_MAX + 1];

	in->version = doc_version(in->doc);
	in->type = json_text(in->doc, "resourceType");
	in->id = json_text(in->doc, "id");
	if (!in->version || !in->id)
		return false;
	if (answers && strlen(answers) <= RECORD_ID_MAX) {
		in->kind = KIND_REFERRAL;
		snprintf(in->uid, sizeof(in->uid), "%s", answers);
		fhir_derived_id(in->uid, ROLE_TASK, own);
		/* A stranger's Task about our referral: its word counts, its version is not that of ours. */
		in->role = strcmp(own, in->id) == 0 ? ROLE_TASK : ROLE_FOREIGN_TASK;
		return true;
	}
	in->role = ROLE_MAIN;
	if (!fhir_recognise(in->doc, &in->kind, in->variant, sizeof(in->variant)))
		return false;
	snprintf(in->uid, sizeof(in->uid), "%s", in->id);
	return true;
}

static bool look_up(struct sync *s, struct incoming *in, struct err *err)
{
	in->row = record_row(s->app, in->kind, in->uid);
	if (s->has_unread && !unread_known(s, in->type, in->id, &in->was_unread, err))
		return false;
	if (!in->row)
		return true;
	return version_load(s->app, s->remote.id, in->row, in->role, &in->held, err) &&
		store_newest(s->app, s->remote.id, in->row, &in->open, err);
}

static bool is_open(const struct incoming *in)
{
	return in->open.seq && in->open.state < OUTBOX_ACKED;
}

/* ---- putting it away ---------------------------------------------------------------------------------------------- */

static bool unread(struct sync *s, const struct incoming *in, const char *reason, struct err *err)
{
	s->has_unread = true;
	return unread_add(s, in->type, in->id, in->version, reason, err);
}

static bool put(struct sync *s, struct work *w, const struct incoming *in, struct record *rec, int64_t base,
	int64_t origin, const char *reason, struct put *out, struct err *err)
{
	*out = (struct put){ .kind = in->kind, .rec = rec, .base_revision = base, .reason = reason };
	work_next_group(w);
	s->app->origin = origin;
	return record_put(s->app, out, err);
}

/* Which version of which device this is: what comes by stick is compared with it.  A stamp that we know already on a content
 * that we do not is a stranger's edit, who kept the stamp: then it is the county's version of that time. */
static bool learn(struct sync *s, const struct incoming *in, int64_t row, const struct record *rec, bool *by_author,
	struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);
	bool known = !stamp;
	struct vector v = { .n = 0 }, ours;

	*by_author = false;
	if (s->hint && s->hint->n) /* a relay said it */
		return record_learn(s->app, row, rec->meta.revision, s->hint, doc_edited(in->doc), err);
	if (in->twin) {
		known = true;
	} else if (stamp && vector_of_stamp(&v, stamp) && in->row) {
		if (!record_vector(s->app, row, 0, &ours, NULL, err))
			return false;
		known = vector_covers(&ours, &v);
	}
	*by_author = !known && v.n;
	if (!*by_author) {
		v.n = 0;
		if (rec->meta.revision == in->before || doc_updated(in->doc) <= 0 ||
			!vector_raise(&v, "county", doc_updated(in->doc)))
			return true;
	}
	return record_learn(s->app, row, rec->meta.revision, &v, *by_author ? doc_edited(in->doc) : doc_updated(in->doc), err);
}

/* What this program may not change: a newer schema in the stamp, an element that turns the meaning of what it stands in. */
static bool note_newer(struct sync *s, const struct incoming *in, int64_t row, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc), *slash = stamp ? strrchr(stamp, '/') : NULL;
	bool schema = slash && strtol(slash + 1, NULL, 10) > SYNC_SCHEMA;
	bool turned = json_count(json_array(in->doc, "modifierExtension")) > 0;
	struct stmt *st;

	if (!schema && !turned && !in->row)
		return true;
	st = stmt_get(s->app->db, schema || turned ? "sync_newer_add" : "sync_newer_drop");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", row);
	stmt_bind_text(st, "why", schema ? "schema" : "modifierExtension");
	return stmt_run(st, err);
}

/* Keeps the document where our encoder would not write the same, and what the server holds now.  rec: the record as
 * it was stored from the document. */
static bool remember(struct sync *s, const struct incoming *in, int64_t row, const struct record *rec, struct err *err)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct fhir_options o = sync_encoding(s);
	struct fhir_resource *r;
	struct held_version v = { .hash = fhir_hash(in->doc), .revision = rec->meta.revision,
		.elsewhere = in->held.elsewhere || !in->open.seq };
	bool same, by_author;

	o.alone = in->role == ROLE_MAIN;
	fhir_encode(in->kind, rec, &o, &set);
	r = set_role(&set, in->role);
	same = r && fhir_hash(r->doc) == v.hash;
	snprintf(v.version, sizeof(v.version), "%s", in->version);
	if (!learn(s, in, row, rec, &by_author, err))
		return false;
	by_author |= !in->twin && rec->meta.revision == in->before && same; /* what we have, as its author marked it */
	if (by_author && in->role == ROLE_MAIN && fhir_stamp_of(in->doc))
		snprintf(v.stamp, sizeof(v.stamp), "%s", fhir_stamp_of(in->doc));
	if (!version_store(s->app, s->remote.id, row, in->role, &v, err))
		return false;
	if (in->row || !same) { /* of a new record nothing is kept yet */
		if (!kept_store(s->app, s->remote.id, row, in->role, same ? NULL : in->doc, err))
			return false;
	}
	if (!note_newer(s, in, row, err))
		return false;
	if (s->remote.is_hub && in->role == ROLE_MAIN && !county_ask_first(s->app, row, err))
		return false;
	return !in->was_unread || unread_add(s, in->type, in->id, in->version, NULL, err);
}

bool apply_settled(struct sync *s, enum kind_id kind, int64_t row, unsigned role, const struct json_object *doc,
	const struct record *rec, struct err *err)
{
	struct incoming in = { .doc = doc, .kind = kind, .row = row, .role = role, .version = doc_version(doc),
		.type = json_text(doc, "resourceType"), .id = json_text(doc, "id") };

	if (!version_load(s->app, s->remote.id, row, role, &in.held, err))
		return false;
	in.open.seq = 1; /* ours: it was here before theirs came */
	return remember(s, &in, row, rec, err);
}

void record_objections(const struct record *rec, char *out, size_t size)
{
	*out = '\0';
	for (size_t i = 0; i < rec->form->n_fields && !*out; i++)
		if (rec->form->fields[i].required == REQUIRED_SAVE && value_is_empty(&rec->values[i]))
			snprintf(out, size, _("missing: %s"), field_label(&rec->form->fields[i]));
}

static bool take_new(struct sync *s, struct work *w, struct incoming *in, bool *changed, struct err *err)
{
	const struct form_def *form = kind_form(kind_by_id(in->kind), in->variant);
	struct record *rec = record_new(in->mem, form);
	char reason[256];
	struct put out;

	if (in->role != ROLE_MAIN) /* the answer to a referral that has not come yet: its turn comes with the referral */
		return unread(s, in, _("its referral is not here yet"), err);
	fhir_decode(in->kind, in->doc, rec);
	record_objections(rec, reason, sizeof(reason));
	if (*reason)
		return unread(s, in, reason, err);
	*changed = true;
	return put(s, w, in, rec, 0, s->remote.id, NULL, &out, err) &&
		remember(s, in, out.row, rec, err);
}

/* Nothing unsent here: theirs it is. */
static bool take_theirs(struct sync *s, struct work *w, struct incoming *in, struct record *now, bool *changed,
	struct err *err)
{
	struct record *theirs = record_copy(in->mem, now);
	char reason[256];
	struct put out;

	fhir_decode(in->kind, in->doc, theirs);
	snprintf(theirs->meta.id, sizeof(theirs->meta.id), "%s", in->uid);
	record_objections(theirs, reason, sizeof(reason));
	if (*reason)
		return unread(s, in, reason, err);
	if (!put(s, w, in, theirs, now->meta.revision, s->remote.id, NULL, &out, err))
		return false;
	*changed = theirs->meta.revision != now->meta.revision;
	return remember(s, in, in->row, theirs, err) &&
		version_set_revision(s->app, s->remote.id, in->row, theirs->meta.revision, err);
}

/* ---- with an unsent edit of ours ----------------------------------------------------------------------------------- */

struct three {
	struct record *base, *ours, *theirs, *out; /* base may be NULL */
	struct merge m;
};

/* The server's version, which we never had from there, came here by stick: its stamp says which of ours it is. */
static bool known_by_stamp(struct sync *s, const struct incoming *in, int64_t *base, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);
	struct vector v;

	if (s->hint && s->hint->n)
		return record_common(s->app, in->row, s->hint, base, err);
	return !stamp || !vector_of_stamp(&v, stamp) || record_common(s->app, in->row, &v, base, err);
}

/* A stamp that we know already on a content that we do not is a stranger's, who kept it: the server says when. */
static bool edited_at(struct sync *s, const struct incoming *in, int64_t *at, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);
	struct vector v, ours;

	*at = doc_edited(in->doc);
	if (!stamp || !vector_of_stamp(&v, stamp))
		return true;
	if (!record_vector(s->app, in->row, 0, &ours, NULL, err))
		return false;
	if (vector_covers(&ours, &v))
		*at = doc_updated(in->doc);
	return true;
}

static bool read_theirs(struct sync *s, struct incoming *in, struct three *t, struct err *err)
{
	/* What the document does not carry is as it was when both were equal. */
	t->theirs = record_copy(in->mem, t->base ? t->base : t->ours);
	fhir_decode(in->kind, in->doc, t->theirs);
	snprintf(t->theirs->meta.id, sizeof(t->theirs->meta.id), "%s", in->uid);
	t->out = record_copy(in->mem, t->ours);
	if (!edited_at(s, in, &t->theirs->meta.changed_at, err))
		return false;
	merge_records(in->kind, t->base, t->ours, t->theirs, t->out, &t->m);
	return true;
}

static bool load_three(struct sync *s, struct incoming *in, struct record *now, struct three *t, struct err *err)
{
	enum kind_id kind;
	int64_t base = 0, held = in->held.known && !in->regressed ? in->held.revision : 0;

	*t = (struct three){ .ours = now };
	if (!in->twin && !known_by_stamp(s, in, &base, err))
		return false;
	if (base < held) /* a mark may say more of what theirs contains than what we last heard from there */
		base = held;
	if (base > 0 && !record_load_revision(s->app, in->row, base, in->mem, &t->base, &kind, err))
		return false;
	return read_theirs(s, in, t, err);
}

/* Both said the same: what waited to go is there already. */
static bool settle(struct sync *s, const struct incoming *in, int64_t revision, struct err *err)
{
	struct out_row row;

	if (!store_newest(s->app, s->remote.id, in->row, &row, err))
		return false;
	if (row.state != OUTBOX_PENDING && row.state != OUTBOX_EXPORTED && (row.state != OUTBOX_UNKNOWN || !s->hint))
		return true;
	return row_ack(s, &row, err) && version_set_revision(s->app, s->remote.id, in->row, revision, err);
}

static const char *merged_reason(const struct sync *s)
{
	return s->remote.is_hub ? _("merged with the other computer's changes") : _("merged with the county's changes");
}

static const char *dispute_reason(const struct sync *s)
{
	return s->remote.is_hub ? _("in dispute with the other computer: theirs holds until it is decided") :
		_("in dispute with the county: theirs holds until it is decided");
}

/* Theirs, then what comes of both; what is new in that goes out. */
static bool put_both(struct sync *s, struct work *w, struct incoming *in, struct three *t, int64_t now, const char *reason,
	struct err *err)
{
	struct put out;

	if (!put(s, w, in, t->theirs, now, s->remote.id,
		    s->remote.is_hub ? _("as the other computer has it") : _("as the county has it"), &out, err) ||
		!remember(s, in, in->row, t->theirs, err))
		return false;
	t->out->meta.revision = t->theirs->meta.revision;
	return put(s, w, in, t->out, t->theirs->meta.revision, 0, reason, &out, err);
}

static struct dispute_note note_of(const struct incoming *in, const struct three *t)
{
	return (struct dispute_note){ .record = in->row, .role = in->role, .base = t->base ? t->base->meta.revision : 0,
		.ours = in->before, .held = t->theirs->meta.revision, .theirs = in->doc, .version = in->version,
		.before = t->base };
}

static bool merge_in(struct sync *s, struct work *w, struct incoming *in, struct three *t, bool *changed, struct err *err)
{
	if (!put_both(s, w, in, t, t->ours->meta.revision, merged_reason(s), err))
		return false;
	*changed = t->m.takes_theirs;
	return dispute_note_autos(s, note_of(in, t), &t->m, err) &&
		(t->m.takes_ours || settle(s, in, t->theirs->meta.revision, err));
}

/* ---- disputes ------------------------------------------------------------------------------------------------------ */

/* Theirs holds where both differ. */
static bool dispute(struct sync *s, struct work *w, struct incoming *in, struct three *t, const struct standing *open,
	bool *changed, struct err *err)
{
	struct dispute_note n;

	dispute_take(t->out, t->theirs, t->m.conflicts, t->m.n);
	if (!put_both(s, w, in, t, in->before, dispute_reason(s), err) ||
		!dispute_note_autos(s, note_of(in, t), &t->m, err))
		return false;
	n = note_of(in, t);
	n.base = open ? open->base : n.base;
	n.ours = open ? open->ours : n.ours;
	n.keys = t->m.conflicts;
	n.n = t->m.n;
	n.aside = t->ours;
	*changed = true;
	return dispute_note(s, &n, err);
}

static bool begin_dispute(struct sync *s, struct work *w, struct incoming *in, struct three *t, bool *changed,
	struct err *err)
{
	if (in->open.state != OUTBOX_CONFLICT && outbox_may(in->open.state, OUTBOX_CONFLICT) &&
		!store_move(s->app, &in->open, OUTBOX_CONFLICT, NULL, err))
		return false;
	return dispute(s, w, in, t, NULL, changed, err);
}

/* It was deleted there and is there again, or came by an older program: ours is the current one and stays so. */
static bool dispute_aside(struct sync *s, struct incoming *in, const struct three *t, struct err *err)
{
	static const char *const whole[] = { MERGE_STATE };
	struct dispute_note n = note_of(in, t);

	n.held = 0;
	n.keys = t->m.n ? t->m.conflicts : whole; /* still for the person who decides the open one */
	n.n = t->m.n ? t->m.n : 1;
	n.aside = t->theirs;
	return dispute_note(s, &n, err);
}

/* What our side says, before and now: the disputed fields as they stand aside, unless somebody has changed them since. */
static bool our_side(struct sync *s, struct incoming *in, const struct standing *st, size_t n, struct record *now,
	struct three *t, struct err *err)
{
	enum kind_id kind;

	*t = (struct three){ .ours = record_copy(in->mem, now) };
	if (!record_load_revision(s->app, in->row, in->held.known && in->held.revision > 0 ? in->held.revision : st[0].held,
		    in->mem, &t->base, &kind, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *held;

		if (!record_load_revision(s->app, in->row, st[i].held, in->mem, &held, &kind, err))
			return false;
		if (st[i].before)
			dispute_take(t->base, st[i].before, st[i].keys, st[i].n);
		for (size_t k = 0; k < st[i].n; k++)
			if (value_equal(record_get(now, st[i].keys[k]), record_get(held, st[i].keys[k])))
				dispute_take(t->ours, st[i].aside, &st[i].keys[k], 1);
	}
	return true;
}

static bool is_among(const char *key, const struct standing *st)
{
	for (size_t i = 0; i < st->n; i++)
		if (strcmp(st->keys[i], key) == 0)
			return true;
	return false;
}

/* This document says nothing about what another one disputes. */
static void leave_others(struct three *t, const struct standing *other, const struct record *now)
{
	size_t kept = 0;

	dispute_take(t->out, now, other->keys, other->n);
	dispute_take(t->theirs, now, other->keys, other->n);
	for (size_t i = 0; i < t->m.n; i++)
		if (!is_among(t->m.conflicts[i], other))
			t->m.conflicts[kept++] = t->m.conflicts[i];
	t->m.n = kept;
}

/* Nothing is left to decide about this document; the last one lets the record go. */
static bool dispute_ends(struct sync *s, struct work *w, struct incoming *in, struct three *t, const struct standing *st,
	bool last, bool *changed, struct err *err)
{
	if (st && !standing_over(s->app, st, "merged", err))
		return false;
	if (last && !rows_superseded(s->app, s->remote.id, in->row, err))
		return false;
	*changed = true;
	return put_both(s, w, in, t, in->before, merged_reason(s), err);
}

static bool dispute_goes_on(struct sync *s, struct work *w, struct incoming *in, const struct standing *st, size_t n,
	struct record *now, bool *changed, struct err *err)
{
	const struct standing *own = NULL;
	struct three t;

	if (!our_side(s, in, st, n, now, &t, err) || !read_theirs(s, in, &t, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (st[i].role == in->role)
			own = &st[i];
		else
			leave_others(&t, &st[i], now);
	}
	if (t.m.n)
		return dispute(s, w, in, &t, own, changed, err);
	return dispute_ends(s, w, in, &t, own, n == (own ? 1 : 0), changed, err);
}

static bool take_both(struct sync *s, struct work *w, struct incoming *in, struct record *now, bool *changed,
	struct err *err)
{
	struct standing st[STANDING_MAX];
	char reason[256];
	struct three t;
	size_t n;

	if (in->open.state == OUTBOX_SENDING || (in->open.state == OUTBOX_UNKNOWN && !s->hint))
		return true; /* its fate is open: it is read back first; what a relay brings is the county's own word */
	if (!standing_load(s->app, s->remote.id, in->row, now->form, in->mem, st, &n, err) ||
		!record_edited(s->app, in->row, now->meta.revision, &now->meta.changed_at, err))
		return false;
	if (n && st[0].held)
		return dispute_goes_on(s, w, in, st, n, now, changed, err);
	if (!load_three(s, in, now, &t, err))
		return false;
	record_objections(t.theirs, reason, sizeof(reason));
	if (*reason) /* no record at all: ours stays, and it is asked again when it changes there */
		return unread(s, in, reason, err);
	if (n)
		return dispute_aside(s, in, &t, err);
	return t.m.n ? begin_dispute(s, w, in, &t, changed, err) : merge_in(s, w, in, &t, changed, err);
}

/* A newer version that bears a stamp whose content we had already, before our own last one there: a copy of an earlier request
 * arrived late, or somebody wrote over what he had not seen.  Taking it as the newest would undo what came between; it is
 * merged with what we have, from the revision that it began with, and what it lacks goes out again.  What a stamp says of
 * the time is no ground for this: another device's clock may be years behind. */
static bool is_regression(struct sync *s, struct incoming *in, bool *yes, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);
	struct vector v = { .n = 0 }, ours;
	int64_t base = 0;

	*yes = !s->hint && in->role == ROLE_MAIN && stamp && in->open.seq && in->open.state == OUTBOX_ACKED && in->held.known &&
		!in->twin && *in->open.stamp && strcmp(stamp, in->open.stamp) != 0 && vector_of_stamp(&v, stamp);
	if (!*yes)
		return true;
	if (!record_vector(s->app, in->row, 0, &ours, NULL, err) || !known_by_stamp(s, in, &base, err))
		return false;
	*yes = vector_covers(&ours, &v) && base > 0 && base < in->held.revision;
	return true;
}

/* ---- the doors ---------------------------------------------------------------------------------------------------- */

bool apply_resource(struct sync *s, struct work *w, const struct json_object *doc, bool *changed, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct incoming in = { .doc = doc, .mem = &mem };
	struct record *now;
	enum kind_id kind;

	*changed = false;
	if (!identify(&in))
		return true;
	if (!look_up(s, &in, err))
		return false;
	if (in.held.known && strcmp(in.held.version, in.version) == 0)
		return true; /* we have it */
	if (fhir_is_practice(doc) && !s->app->clinic.practice)
		return unread(s, &in, _("practice data"), err);
	if (!stamp_is_twins(s, in.row, fhir_stamp_of(doc), &in.twin, err))
		return false;
	if (!in.row)
		return take_new(s, w, &in, changed, err);
	if (!record_load_row(s->app, in.row, &mem, &now, &kind, err))
		return false;
	in.before = now->meta.revision;
	if (!is_regression(s, &in, &in.regressed, err))
		return false;
	return (is_open(&in) || in.regressed ? take_both(s, w, &in, now, changed, err) :
					       take_theirs(s, w, &in, now, changed, err)) &&
		disputes_overtaken(s->app, in.row, err);
}

bool apply_derived(struct sync *s, int64_t record, unsigned role, const struct json_object *doc, struct err *err)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct held_version v, main_version;
	struct fhir_resource *r;
	const char *version = doc_version(doc);

	if (!version)
		return true;
	if (!version_load(s->app, s->remote.id, record, ROLE_MAIN, &main_version, err) ||
		!version_load(s->app, s->remote.id, record, role, &v, err))
		return false;
	v.revision = v.known ? v.revision : main_version.revision;
	v.hash = fhir_hash(doc);
	snprintf(v.version, sizeof(v.version), "%s", version);
	if (v.revision > 0 && !encode_revision(s, record, v.revision, &set, err))
		return false;
	r = set_role(&set, role);
	return version_store(s->app, s->remote.id, record, role, &v, err) &&
		kept_store(s->app, s->remote.id, record, role, r && fhir_same_content(r->doc, doc) ? NULL : doc, err);
}

bool apply_deleted(struct sync *s, struct out_row *row, struct err *err)
{
	static const char *const keys[] = { MERGE_STATE };
	struct dispute_note n = { .record = row->record, .role = ROLE_MAIN, .ours = row->revision, .keys = keys, .n = 1 };
	struct held_version v;

	if (!version_load(s->app, s->remote.id, row->record, ROLE_MAIN, &v, err) || !idmap_forget(s, row->id, err))
		return false;
	n.base = v.revision;
	return dispute_note(s, &n, err) && store_move(s->app, row, OUTBOX_CONFLICT, NULL, err);
}
