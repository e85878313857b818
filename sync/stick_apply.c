/* A group of a file becomes records, through the one door for writes.
 *
 * What our version contains already is passed over; what contains ours is taken; and where neither contains the other, both
 * are merged field by field from the newest version that they have in common.  Theirs is stored first, then the merged one,
 * which goes out to everybody.  Where both changed the same field, ours stays and a conflict is kept for a person; the
 * decision contains both sides and ends the conflict on every other device, too. */
#include "sync/stick_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"

struct arriving {
	struct json_object *doc;  /* owned by the line */
	struct vector theirs, ours;
	enum kind_id kind;
	char variant[16];
	const char *id, *type;
	bool claims;              /* its mark is one of ours that we never made */
	int64_t row;              /* 0: not here yet */
	int64_t edited;           /* when ours was written: record_edited() */
	struct record *now, *in;  /* ours; theirs */
	struct arena mem;
	struct stick_read *f;
};

bool stick_is_group(const struct json_object *line)
{
	const char *type = json_text(json_dict(line, "tx"), "type");

	return type && strcmp(type, "transaction") == 0 && json_array(json_dict(line, "tx"), "entry");
}

/* ---- what it is ---------------------------------------------------------------------------------------------------- */

static bool find_vector(const struct json_object *doc, struct vector *out, bool *has, struct err *err)
{
	*has = vector_stands_in(doc);
	if (*has)
		vector_in_doc(doc, out);
	return !*has || out->n || err_set(err, ERR_FORMAT, "%s", _("A change in the file does not say where it comes from."));
}

bool stick_group_check(const struct json_object *group, struct err *err)
{
	struct json_object *entries = json_array(json_dict(group, "tx"), "entry");
	struct vector v;
	bool has;

	for (size_t i = 0; i < json_count(entries); i++)
		if (!find_vector(json_dict(json_object_array_get_idx(entries, i), "resource"), &v, &has, err))
			return false;
	return true;
}

bool stick_take_vector(struct json_object *doc, struct vector *out, bool *has, struct err *err)
{
	if (!find_vector(doc, out, has, err))
		return false;
	vector_take_off(doc);
	return true;
}

static bool recognise(struct arriving *a, bool *main_one, struct err *err)
{
	if (!stick_take_vector(a->doc, &a->theirs, main_one, err))
		return false;
	a->id = json_text(a->doc, "id");
	a->type = json_text(a->doc, "resourceType");
	if (*main_one && !fhir_recognise(a->doc, &a->kind, a->variant, sizeof(a->variant)))
		*main_one = false; /* of a kind that this program does not know yet */
	return true;
}

/* The Task of a referral is half of it. */
static void join_task(struct arriving *a, struct json_object *entries)
{
	char task[RECORD_ID_MAX + 1];

	if (a->kind != KIND_REFERRAL)
		return;
	fhir_derived_id(a->id, ROLE_TASK, task);
	for (size_t i = 0; i < json_count(entries); i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");
		const char *id = json_text(doc, "id"), *type = json_text(doc, "resourceType");

		if (id && type && strcmp(id, task) == 0 && strcmp(type, "Task") == 0)
			doc_add(a->doc, "contained", doc_copy(doc));
	}
}

static void decode(struct arriving *a, struct record *ground)
{
	a->in = ground;
	fhir_decode(a->kind, a->doc, a->in);
	snprintf(a->in->meta.id, sizeof(a->in->meta.id), "%s", a->id);
}

/* ---- storing ------------------------------------------------------------------------------------------------------- */

static bool put(struct stick *st, struct arriving *a, struct record *rec, int64_t base, int64_t origin, const char *reason,
	struct err *err)
{
	struct put p = { .kind = a->kind, .rec = rec, .base_revision = base, .reason = reason };

	st->sync.app->origin = origin;
	if (!record_put(st->sync.app, &p, err))
		return false;
	a->row = p.row;
	return true;
}

static bool learn(struct stick *st, const struct arriving *a, int64_t revision, struct err *err)
{
	return record_learn(st->sync.app, a->row, revision, &a->theirs, doc_edited(a->doc),
		a->claims ? NULL : a->doc, err);
}

/* A number of ours that we never reached is none: what is written here next would count as contained in it, at everybody's. */
static bool is_claimed(const struct app *app, const struct arriving *a, const char *device, int64_t n)
{
	return strcmp(device, app->device_code) == 0 && n > (a->now ? a->now->meta.revision : 0);
}

static void drop_claims(const struct app *app, struct arriving *a)
{
	const char *stamp = fhir_stamp_of(a->doc);
	struct vector mark;
	size_t n = 0;

	a->claims = stamp && vector_of_stamp(&mark, stamp) && is_claimed(app, a, mark.c[0].device, mark.c[0].n);
	for (size_t i = 0; i < a->theirs.n; i++)
		if (!is_claimed(app, a, a->theirs.c[i].device, a->theirs.c[i].n))
			a->theirs.c[n++] = a->theirs.c[i];
	a->theirs.n = n;
}

static bool county_is_asked(struct stick *st, const struct arriving *a, struct err *err)
{
	return county_ask_first(st->sync.app, a->row, err);
}

/* The sender has all that we have of it. */
static bool is_even(struct stick *st, const struct arriving *a, struct err *err)
{
	return store_moot(st->sync.app, st->peer.remote, a->row, err);
}

static bool unread(struct stick *st, const struct arriving *a, const char *reason, struct err *err)
{
	return unread_add(&st->sync, a->type, a->id, "stick", reason, err);
}

static bool take_new(struct stick *st, struct arriving *a, struct err *err)
{
	char reason[256];

	decode(a, record_new(&a->mem, kind_form(kind_by_id(a->kind), a->variant)));
	record_objections(a->in, reason, sizeof(reason));
	if (*reason)
		return unread(st, a, reason, err);
	a->f->changed++;
	return put(st, a, a->in, 0, st->peer.remote, fhir_reason_of(a->doc), err) && learn(st, a, 1, err) &&
		county_is_asked(st, a, err);
}

static bool take_theirs(struct stick *st, struct arriving *a, struct err *err)
{
	int64_t before = a->now->meta.revision;
	char reason[256];

	decode(a, record_copy(&a->mem, a->now));
	record_objections(a->in, reason, sizeof(reason));
	if (*reason)
		return unread(st, a, reason, err);
	if (!put(st, a, a->in, before, st->peer.remote, fhir_reason_of(a->doc), err) ||
		!learn(st, a, a->in->meta.revision, err))
		return false;
	a->f->changed += a->in->meta.revision != before;
	return is_even(st, a, err) && county_is_asked(st, a, err);
}

/* ---- neither contains the other -------------------------------------------------------------------------------------- */

static bool dispute(struct stick *st, struct arriving *a, const struct record *base, const struct merge *m, struct err *err)
{
	vector_put_into(a->doc, &a->theirs); /* the decision will contain what this version contains */
	a->f->conflicts++;
	return dispute_note(&st->sync, &(struct dispute_note){ .record = a->row, .role = ROLE_MAIN, .theirs = a->doc,
		.base = base ? base->meta.revision : 0, .ours = a->now->meta.revision, .keys = m->conflicts, .n = m->n,
		.aside = a->in, .before = base }, err);
}

/* What comes of a merge is a version of ours, even where it says what theirs says: two devices that merge by themselves must
 * not call different results by one name. */
static bool merge_in(struct stick *st, struct arriving *a, struct record *merged, bool own, struct err *err)
{
	const char *why = fhir_reason_of(a->doc) ? fhir_reason_of(a->doc) : _("as the other computer has it");
	int64_t ours = a->now->meta.revision;

	if (!put(st, a, a->in, ours, own ? st->peer.remote : 0, why, err) ||
		!learn(st, a, a->in->meta.revision, err))
		return false;
	merged->meta.revision = a->in->meta.revision;
	a->f->changed++;
	return put(st, a, merged, a->in->meta.revision, 0, _("merged with the other computer's changes"), err) &&
		record_joined(st->sync.app, a->row, merged->meta.revision, err) && county_is_asked(st, a, err);
}

static bool take_both(struct stick *st, struct arriving *a, struct err *err)
{
	struct record *base = NULL, *merged = record_copy(&a->mem, a->now);
	enum kind_id kind;
	struct merge m;
	struct commons common;

	if (!record_commons(st->sync.app, a->row, &a->theirs, &a->mem, &common, err) ||
		!record_lacks(st->sync.app, a->row, 0, common.newest, &a->theirs, &common.lacks, err) ||
		(common.newest && !record_load_revision(st->sync.app, a->row, common.newest, &a->mem, &base, &kind, err)))
		return false;
	decode(a, record_copy(&a->mem, base ? base : a->now));
	a->now->meta.changed_at = a->edited;
	a->in->meta.changed_at = doc_edited(a->doc);
	if (!merge_sides(st->sync.app, a->kind, a->row, &common, base, a->now, a->in, merged, &m, err))
		return false;
	if (m.n)
		return dispute(st, a, base, &m, err);
	if (!m.takes_ours && !m.takes_theirs) /* both came to the same */
		return learn(st, a, a->now->meta.revision, err);
	return merge_in(st, a, merged, m.takes_ours, err) && dispute_note_autos(&st->sync, (struct dispute_note){
		.record = a->row, .role = ROLE_MAIN, .theirs = a->doc, .base = base ? base->meta.revision : 0,
		.ours = a->now->meta.revision, .held = a->in->meta.revision, .before = base }, &m, err);
}

/* ---- the door ------------------------------------------------------------------------------------------------------ */

static bool apply_one(struct stick *st, struct arriving *a, struct err *err)
{
	struct app *app = st->sync.app;
	enum kind_id kind;

	if (fhir_is_practice(a->doc) && !app->clinic.practice)
		return unread(st, a, _("practice data"), err);
	a->row = record_row(app, a->kind, a->id);
	if (!a->row) {
		drop_claims(app, a);
		return take_new(st, a, err);
	}
	if (!record_load_row(app, a->row, &a->mem, &a->now, &kind, err) ||
		!record_vector(app, a->row, 0, &a->ours, &a->edited, err))
		return false;
	drop_claims(app, a);
	if (a->theirs.n && vector_covers(&a->ours, &a->theirs)) /* we have it */
		return !vector_covers(&a->theirs, &a->ours) || is_even(st, a, err);
	return (vector_covers(&a->theirs, &a->ours) ? take_theirs(st, a, err) : take_both(st, a, err)) &&
		disputes_overtaken(app, a->row, err);
}

bool stick_apply(struct stick *st, struct work *w, const struct json_object *group, struct stick_read *f, struct err *err)
{
	struct json_object *entries = json_array(json_dict(group, "tx"), "entry");
	bool ok = true;

	work_next_group(w);
	for (size_t i = 0; ok && i < json_count(entries); i++) {
		struct arriving a = { .doc = json_dict(json_object_array_get_idx(entries, i), "resource"), .f = f };
		bool main_one = false;

		ok = !a.doc || recognise(&a, &main_one, err);
		if (ok && main_one) {
			join_task(&a, entries);
			ok = apply_one(st, &a, err) && (!a.row || !st->peer.wants || stick_receipt_note(st, a.row, false, err));
		}
		arena_release(&a.mem);
	}
	st->sync.app->origin = 0;
	f->groups++;
	return ok;
}
