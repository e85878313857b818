/* What the server sent becomes records, through the one door for writes.  Without an unsent edit of ours the server's version
 * is taken; with one, apply_both.c merges the two. */
#include "sync/apply_int.h"

#include "app/base/i18n.h"
#include "app/clinic/findings.h"
#include "db/stmt.h"
#include "sync/backfill.h"
#include "sync/fhir/doc.h"
#include "sync/history.h"
#include "sync/idmap.h"
#include "sync/scope.h"
#include "sync/vector.h"

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

/* Of an edit whose answer was lost. */
bool apply_fate_is_open(const struct incoming *in)
{
	return in->open.seq && (in->open.state == OUTBOX_SENDING || in->open.state == OUTBOX_UNKNOWN);
}

/* ---- putting it away ---------------------------------------------------------------------------------------------- */

bool apply_unread(struct sync *s, const struct incoming *in, const char *reason, struct err *err)
{
	s->has_unread = true;
	return unread_add(s, in->type, in->id, in->version, reason, err);
}

bool apply_put(struct sync *s, struct work *w, const struct incoming *in, struct record *rec, int64_t base,
	int64_t origin, const char *reason, struct put *out, struct err *err)
{
	*out = (struct put){ .kind = in->kind, .rec = rec, .base_revision = base, .reason = reason };
	work_next_group(w);
	s->app->origin = origin;
	return record_put(s->app, out, err);
}

bool apply_mark(const struct incoming *in, struct vector *out)
{
	const char *stamp = fhir_stamp_of(in->doc);

	out->n = 0;
	return stamp && vector_of_stamp(out, stamp) && (vector_join(out, &in->said) || out->n);
}

/* Whoever writes upon a version names the number that its author gave it.  Who does not name that of the version which we hold
 * has not seen it, be his the newer one there: he wrote upon a late copy that came to lie over it.  His word is one more, and
 * not the last one about what he never saw. */
static bool is_strayed(const struct sync *s, const struct json_object *doc, const struct incoming *in)
{
	struct vector held, mark;

	if (s->remote.is_hub || s->hint || in->role != ROLE_MAIN || in->twin || history_follows(in->version, in->held.version))
		return false;
	if (!in->said.n && vector_stands_in(doc)) /* who knows what it says */
		return false;
	return vector_of_stamp(&held, in->held.mark) && apply_mark(in, &mark) && !vector_covers(&mark, &held);
}

/* What the author had before him.  A number of ours that we never reached is none. */
static void read_vector(struct sync *s, const struct json_object *doc, struct incoming *in)
{
	vector_in_doc(doc, &in->said);
	for (size_t i = 0; i < in->said.n; i++)
		if (strcmp(in->said.c[i].device, s->app->device_code) == 0 && in->said.c[i].n > in->before)
			in->said.n = 0;
}

/* Which version of which device this is: what comes by stick is compared with it.  A stamp that we know already on a content
 * that we do not is a stranger's edit, who kept the stamp: then it is the county's version of that time.  Where we do not know the
 * stamp either the seal says so: then it is that one's and the county's; and it is so for us, too, who see that nothing was changed
 * that is in our records, or what we write next would not contain it. */
static bool learn(struct sync *s, const struct incoming *in, int64_t row, const struct record *rec, bool *by_author,
	struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);
	bool known = !stamp, strangers;
	struct vector v = { .n = 0 }, ours;

	*by_author = false;
	if (s->hint && s->hint->n) /* a relay said it */
		return record_learn(s->app, row, rec->meta.revision, s->hint, doc_edited(in->doc), NULL, err);
	strangers = fhir_seal_is_broken(in->doc);
	if (in->twin) {
		known = true;
	} else if (apply_mark(in, &v) && in->row) {
		struct vector alone;

		if (!record_vector(s->app, row, 0, &ours, NULL, err))
			return false;
		known = vector_of_stamp(&alone, stamp) && vector_covers(&ours, &alone);
	}
	*by_author = !known && v.n && !strangers;
	if (stamp && known && in->regressed && !in->twin && !strangers) /* a copy is what it is a copy of, and contains no more */
		return record_learn(s->app, row, rec->meta.revision, &v, doc_edited(in->doc), NULL, err);
	if (!*by_author) {
		v.n = known ? 0 : v.n;
		if ((rec->meta.revision == in->before && !strangers) || doc_updated(in->doc) <= 0 ||
			!vector_raise(&v, VECTOR_COUNTY, doc_updated(in->doc)))
			return true;
	}
	return record_learn(s->app, row, rec->meta.revision, &v, *by_author ? doc_edited(in->doc) : doc_updated(in->doc),
		*by_author ? in->doc : NULL, err);
}

/* What this program may not change: a newer schema in the stamp, an element that turns the meaning of what it stands in. */
static bool note_newer(struct sync *s, const struct incoming *in, int64_t row, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc), *slash = stamp ? strrchr(stamp, '/') : NULL;
	bool schema = slash && strtol(slash + 1, NULL, 10) > SYNC_SCHEMA;
	bool turned = doc_turned(in->doc);
	struct stmt *st;

	if (!schema && !turned && !in->row)
		return true;
	st = stmt_get(s->app->db, schema || turned ? "sync_newer_add" : "sync_newer_drop");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", row);
	stmt_bind_text(st, "why", schema ? "schema" : "modifierExtension");
	return stmt_run(st, err);
}

bool apply_remember(struct sync *s, const struct incoming *in, int64_t row, const struct record *rec, struct err *err)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct fhir_options o;
	struct fhir_resource *r;
	struct scope scope;
	struct held_version v = { .hash = fhir_hash(in->doc), .revision = rec->meta.revision,
		.elsewhere = in->held.elsewhere || !in->open.seq || in->regressed };
	bool same, by_author;

	if (!scope_of(s, in->kind, rec, &scope, err))
		return false;
	scope_as_in(&scope, in->doc);
	o = scope_encoding(s, &scope);
	o.alone = in->role == ROLE_MAIN;
	o.reason = fhir_reason_of(in->doc);
	fhir_encode(in->kind, rec, &o, &set);
	r = set_role(&set, in->role);
	same = r && fhir_hash(r->doc) == v.hash;
	snprintf(v.version, sizeof(v.version), "%s", in->version);
	if (!learn(s, in, row, rec, &by_author, err))
		return false;
	by_author |= !in->twin && rec->meta.revision == in->before && same; /* what we have, as its author marked it */
	version_mark(&v, in->role, fhir_stamp_of(in->doc), by_author);
	if ((in->regressed && !version_drop_derived(s->app, s->remote.id, row, err)) ||
		!version_store(s->app, s->remote.id, row, in->role, &v, err))
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
	return apply_remember(s, &in, row, rec, err);
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
		return apply_unread(s, in, _("its referral is not here yet"), err);
	fhir_decode(in->kind, in->doc, rec);
	record_objections(rec, reason, sizeof(reason));
	if (*reason)
		return apply_unread(s, in, reason, err);
	*changed = true;
	return apply_put(s, w, in, rec, 0, s->remote.id, fhir_reason_of(in->doc), &out, err) &&
		apply_remember(s, in, out.row, rec, err);
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
		return apply_unread(s, in, reason, err);
	if (!apply_put(s, w, in, theirs, now->meta.revision, s->remote.id, fhir_reason_of(in->doc), &out, err))
		return false;
	*changed = theirs->meta.revision != now->meta.revision;
	return apply_remember(s, in, in->row, theirs, err) &&
		version_set_revision(s->app, s->remote.id, in->row, theirs->meta.revision, err);
}

/* ---- what was before it ------------------------------------------------------------------------------------------- */

/* A newer version that bears a mark which we had already, although the version before it bore another: a copy of an earlier
 * request arrived late, or somebody wrote over what he had not seen.  Taking it as the newest would undo what came between;
 * it is merged with what we have, from the revision that it began with, and what it lacks goes out again, from each who knows
 * better: they all say the same.  Where a stranger took the mark off before, only the history tells whether this one is new.
 * A stranger who changes again what he changed before, and keeps the mark, is none.  What a mark says of the time is no
 * ground for this: another computer's clock may be years behind. */
static bool is_regression(struct sync *s, struct incoming *in, bool *yes, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);

	*yes = !s->hint && in->role == ROLE_MAIN && !in->twin && stamp && *in->held.mark &&
		strcmp(in->held.mark, stamp) != 0;
	if (!*yes || in->copy)
		return true;
	return history_known(s, in->row, &in->held, stamp, yes, err);
}

/* ---- the doors ---------------------------------------------------------------------------------------------------- */

/* Whoever wrote on a version has a later instant in his mark than it has (record_edited): what is newer and bears an older one
 * is a copy of what we never saw, or of somebody who wrote without seeing the other; the history tells. */
static bool is_older(const char *stamp, const char *held)
{
	return strlen(held) > STAMP_INSTANT && strncmp(stamp, held, STAMP_INSTANT) < 0;
}

/* Did anything reach us by stick or by the hub that those before do not contain? */
static bool heard_since(const struct sync *s, const struct vector *ours, const struct vector *before)
{
	for (size_t i = 0; i < ours->n; i++) {
		const struct vector one = { .c = { ours->c[i] }, .n = 1 };

		if (strcmp(ours->c[i].device, VECTOR_COUNTY) != 0 && strcmp(ours->c[i].device, s->app->device_code) != 0 &&
			!vector_covers(before, &one))
			return true;
	}
	return false;
}

/* Did anything newer than that go by stick or by the hub, where somebody may have written upon it? */
static bool went_elsewhere(const struct sync *s, const struct incoming *in, int64_t base, bool *yes, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_went_elsewhere");
	int64_t found;

	stmt_bind_int(st, "record", in->row);
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "base", base);
	if (!stmt_value(st, &found, 0, err))
		return false;
	*yes = found;
	return true;
}

/* We have something to say, and none of our versions that theirs contains, if there is any, need be the newest one of which that is
 * true: others came here by another way, and what they were written upon may lie at the county; or ours went by another way, and
 * a stranger has taken the mark off that names it. */
static bool lacks_ground(struct sync *s, struct incoming *in, bool *yes, struct err *err)
{
	struct vector mark, ours, before = { .n = 0 };
	int64_t base = 0;

	*yes = false;
	if (!is_open(in) || history_number(in->version) == 1)
		return true;
	if (apply_mark(in, &mark) && !record_common(s->app, in->row, &mark, &base, err))
		return false;
	if (in->held.known && base < in->held.revision)
		base = in->held.revision;
	if (!record_vector(s->app, in->row, 0, &ours, NULL, err) ||
		(base > 0 && !record_vector(s->app, in->row, base, &before, NULL, err)))
		return false;
	*yes = heard_since(s, &ours, &before) && !(mark.n && vector_covers(&before, &mark));
	return *yes || mark.n || went_elsewhere(s, in, base, yes, err);
}

static bool is_late(struct sync *s, const struct incoming *in, bool *late, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);

	if (!(stamp ? history_known(s, in->row, &in->held, stamp, late, err) :
		      history_hides(s, in->row, &in->held, in->version, late, err)))
		return false;
	*late |= stamp && (strcmp(in->held.mark, MARK_NONE) == 0 || is_older(stamp, in->held.mark));
	return true;
}

/* How many versions the computers of one vector can have written since another one: each takes a number of its author's at least.
 * -1: there are strangers' among them, whom nobody counts. */
static int64_t written_since(const struct vector *now, const struct vector *then)
{
	int64_t n = 0;

	for (size_t i = 0; i < now->n; i++) {
		int64_t more = now->c[i].n - vector_number(then, now->c[i].device);

		if (more > 0 && strcmp(now->c[i].device, VECTOR_COUNTY) == 0)
			return -1;
		n += more > 0 ? more : 0;
	}
	return n;
}

/* The server has counted more versions since the one that we hold than those can have written whom this one's author had before
 * him: somebody else wrote, and a late copy hid it from him. */
static bool hides_others(struct sync *s, const struct incoming *in, bool *yes, struct err *err)
{
	long then = history_number(in->held.version), now = history_number(in->version);
	struct vector mark, held;
	int64_t written;

	*yes = false;
	if (s->remote.is_hub || s->counts_otherwise || then < 0 || now <= then + 1 || !in->held.revision || !in->said.n ||
		!apply_mark(in, &mark) || fhir_seal_is_broken(in->doc))
		return true;
	if (!record_vector(s->app, in->row, in->held.revision, &held, NULL, err))
		return false;
	written = written_since(&mark, &held);
	*yes = written >= 0 && now - then > written;
	return true;
}

bool apply_is_late(struct sync *s, const struct json_object *doc, struct late *out, struct err *err)
{
	struct incoming in = { .doc = doc };

	*out = (struct late){ .asks = false };
	if (!identify(&in) || in.role != ROLE_MAIN)
		return true;
	if (!look_up(s, &in, err))
		return false;
	if (!in.row || strcmp(in.held.version, in.version) == 0 || apply_fate_is_open(&in))
		return true;
	if (!stamp_is_twins(s, in.row, fhir_stamp_of(doc), &in.twin, err))
		return false;
	if (in.twin)
		return true;
	out->row = in.row;
	snprintf(out->held, sizeof(out->held), "%s", in.held.version);
	if (in.held.known && !is_late(s, &in, &out->between, err))
		return false;
	vector_in_doc(doc, &in.said);
	out->strayed = is_strayed(s, doc, &in);
	if (in.held.known && !out->between && !out->strayed && !hides_others(s, &in, &out->between, err))
		return false;
	out->asks = out->between || out->strayed;
	return out->asks || lacks_ground(s, &in, &out->asks, err);
}

static bool apply_doc(struct sync *s, struct work *w, const struct json_object *doc, bool *changed, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *bare = vector_stands_in(doc) ? doc_copy(doc) : NULL;
	struct incoming in = { .doc = bare ? bare : doc, .mem = &mem, .copy = s->copy == doc,
		.ground = s->upon == doc ? s->ground : NULL, .under = s->upon == doc && s->under.n ? &s->under : NULL };
	struct record *now;
	enum kind_id kind;

	vector_take_off(bare);
	if (!identify(&in))
		return true;
	if (!look_up(s, &in, err))
		return false;
	if (in.held.known && strcmp(in.held.version, in.version) == 0)
		return true; /* we have it */
	if (fhir_is_practice(doc) && !s->app->clinic.practice)
		return apply_unread(s, &in, _("practice data"), err);
	if (!stamp_is_twins(s, in.row, fhir_stamp_of(doc), &in.twin, err))
		return false;
	if (!in.row) {
		read_vector(s, doc, &in);
		return take_new(s, w, &in, changed, err);
	}
	if (!record_load_row(s->app, in.row, &mem, &now, &kind, err))
		return false;
	in.before = now->meta.revision;
	read_vector(s, doc, &in);
	if (!is_regression(s, &in, &in.regressed, err))
		return false;
	in.strayed = is_strayed(s, doc, &in);
	return (is_open(&in) || in.regressed || in.strayed ? apply_both(s, w, &in, now, changed, err) :
					       take_theirs(s, w, &in, now, changed, err)) &&
		disputes_overtaken(s->app, in.row, err);
}

bool apply_resource(struct sync *s, struct work *w, const struct json_object *doc, bool *changed, struct err *err)
{
	AUTO_ARRIVAL struct arrival a = { .elsewhere = NULL };
	bool ok;

	*changed = false;
	ok = arrival_begin(s, doc, &a, err) && apply_doc(s, w, doc, changed, err) && arrival_end(s, doc, &a, err);
	s->copy = s->upon = NULL; /* another document may lie at its address */
	return ok;
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
