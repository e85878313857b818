/* What the server sent where an edit of ours is unsent.
 *
 * The two are merged field by field from the revision that both began with; theirs is stored first, so that the history
 * shows both, then the merged one, which goes out.  Where both changed the same field and it is a person's to decide, theirs
 * is what holds until then, ours is kept aside as not yet sent (dispute.c), and what else changed here waits behind the
 * dispute. */
#include "sync/apply_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/vector.h"

struct three {
	struct record *base, *ours, *theirs, *out; /* base may be NULL */
	struct commons common; /* by the mark of theirs; none where base is a newer one */
	bool contained; /* no revision of ours is theirs, and yet ours contains it */
	bool told; /* base is a version of the county's that never came here: no revision of ours says it */
	struct merge m;
};

/* Which versions of ours the document is or contains, by its mark or by the word of a relay. */
static bool mark_of(const struct sync *s, const struct incoming *in, struct vector *out)
{
	if (s->hint && s->hint->n) {
		*out = *s->hint;
		return true;
	}
	return apply_mark(in, out);
}

static bool is_contained(struct sync *s, const struct incoming *in, const struct vector *mark, bool *yes, struct err *err)
{
	struct vector ours;

	if (!record_vector(s->app, in->row, 0, &ours, NULL, err))
		return false;
	*yes = vector_covers(&ours, mark);
	return true;
}

/* A stamp that we know already on a content that we do not is a stranger's, who kept it, and so is one beside a broken seal: the
 * server says when. */
static bool edited_at(struct sync *s, const struct incoming *in, int64_t *at, struct err *err)
{
	const char *stamp = fhir_stamp_of(in->doc);
	struct vector v;
	bool strangers = fhir_seal_is_broken(in->doc);

	*at = doc_edited(in->doc);
	if (!stamp || !vector_of_stamp(&v, stamp))
		return true;
	if (!strangers && !is_contained(s, in, &v, &strangers, err))
		return false;
	if (strangers)
		*at = doc_updated(in->doc);
	return true;
}

static bool read_theirs(struct sync *s, struct incoming *in, struct three *t, struct err *err)
{
	/* What the document does not carry is as it was when both were equal. */
	t->theirs = record_copy(in->mem, t->base ? t->base : t->ours);
	fhir_decode(in->kind, in->doc, t->theirs);
	snprintf(t->theirs->meta.id, sizeof(t->theirs->meta.id), "%s", in->uid);
	if (t->contained)
		t->base = record_copy(in->mem, t->theirs);
	t->out = record_copy(in->mem, t->ours);
	if (!edited_at(s, in, &t->theirs->meta.changed_at, err))
		return false;
	return merge_sides(s->app, in->kind, in->row, &t->common, t->base, t->ours, t->theirs, t->out, &t->m, err);
}

/* Ours contains it and base does not: it is one of those between that never came here, unless a stranger wrote over that. */
static bool never_came(struct sync *s, const struct incoming *in, const struct vector *mark, int64_t base, bool *yes,
	struct err *err)
{
	struct vector before;

	*yes = false;
	if (fhir_seal_is_broken(in->doc))
		return true;
	if (!is_contained(s, in, mark, yes, err) || (*yes && base && !record_vector(s->app, in->row, base, &before, NULL, err)))
		return false;
	*yes = *yes && !(base && vector_covers(&before, mark));
	return true;
}

static bool is_newer(struct sync *s, const struct incoming *in, int64_t base, bool *yes, struct err *err)
{
	struct vector before, mark;

	*yes = in->ground != NULL;
	if (!*yes || base == 0)
		return true;
	if (!record_vector(s->app, in->row, base, &before, NULL, err))
		return false;
	*yes = vector_of_stamp(&mark, fhir_stamp_of(in->ground)) && !vector_covers(&before, &mark);
	return true;
}

/* What both began with may never have come here: then the server's history tells it, be it theirs itself.  Where that keeps none,
 * theirs is what we have only in a later version of its author's (his first went to the county, his second came by stick). */
static bool take_ground(struct sync *s, const struct incoming *in, const struct vector *mark, int64_t base, struct three *t,
	struct err *err)
{
	bool newer;

	if (!is_newer(s, in, base, &newer, err))
		return false;
	if (!newer)
		return !mark || never_came(s, in, mark, base, &t->contained, err);
	t->common.n = 0;
	t->contained = strcmp(doc_version(in->ground), in->version) == 0;
	t->told = !t->contained;
	if (t->told) {
		t->base = record_copy(in->mem, t->ours);
		fhir_decode(in->kind, in->ground, t->base);
		t->base->meta.revision = 0;
	}
	return true;
}

/* Both begin with the newest revision that theirs contains: by its mark, where it came here by stick, or as we last had it from
 * there; or with a newer one still, which the server alone has. */
static bool load_three(struct sync *s, struct incoming *in, struct record *now, struct three *t, struct err *err)
{
	int64_t base = 0, held = in->held.known && !in->regressed && !in->strayed ? in->held.revision : 0;
	struct vector mark;
	bool marked = !in->twin && mark_of(s, in, &mark);
	const struct vector *upon = marked ? &mark : in->under;
	enum kind_id kind;

	*t = (struct three){ .ours = now };
	if (upon && !record_commons(s->app, in->row, upon, in->mem, &t->common, err))
		return false;
	base = t->common.newest;
	if (base < held) { /* a mark may say more of what theirs contains than what we last heard from there */
		base = held;
		t->common.n = 0;
	}
	if ((base > 0 && !record_load_revision(s->app, in->row, base, in->mem, &t->base, &kind, err)) ||
		!take_ground(s, in, marked ? &mark : NULL, base, t, err))
		return false;
	t->contained |= in->regressed && base == 0;
	if (upon && !t->told && !t->contained && !record_lacks(s->app, in->row, 0, base, upon, &t->common.lacks, err))
		return false;
	return read_theirs(s, in, t, err);
}

/* Both said the same: what waited to go is there already. */
static bool settle(struct sync *s, const struct incoming *in, int64_t revision, struct err *err)
{
	struct out_row row;

	if (!store_newest(s->app, s->remote.id, in->row, &row, err))
		return false;
	if (!row.seq || (row.state != OUTBOX_PENDING && row.state != OUTBOX_EXPORTED && (row.state != OUTBOX_UNKNOWN || !s->hint)))
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

static bool put_theirs(struct sync *s, struct work *w, struct incoming *in, struct three *t, int64_t now, struct err *err)
{
	const char *why = fhir_reason_of(in->doc);
	struct put out;

	if (!why)
		why = s->remote.is_hub ? _("as the other computer has it") : _("as the county has it");
	return apply_put(s, w, in, t->theirs, now, s->remote.id, why, &out, err) &&
		apply_remember(s, in, in->row, t->theirs, err);
}

/* Theirs, then what comes of both; what is new in that goes out. */
static bool put_both(struct sync *s, struct work *w, struct incoming *in, struct three *t, int64_t now, const char *reason,
	struct err *err)
{
	struct put out;

	if (!put_theirs(s, w, in, t, now, err))
		return false;
	t->out->meta.revision = t->theirs->meta.revision;
	return apply_put(s, w, in, t->out, t->theirs->meta.revision, 0, reason, &out, err) &&
		(t->out->meta.revision == t->theirs->meta.revision || record_joined(s->app, in->row, t->out->meta.revision, err));
}

/* ---- what brings nothing new ---------------------------------------------------------------------------------------- */

/* Does theirs say what we began with and no more?  Then what we have goes over it as it is: it is no version of our making, and
 * its author knows it again by his mark. */
static bool brings_nothing(const struct incoming *in, const struct three *t)
{
	return !in->regressed && t->base && !t->told && t->theirs->meta.state == t->base->meta.state &&
		record_says_the_same(t->theirs, t->base);
}

/* No revision of ours says what theirs says: it is put beneath what we have, which came from the same author later, by a remote
 * that has it already. */
static bool put_beneath(struct sync *s, struct work *w, struct incoming *in, struct three *t, int64_t origin, struct err *err)
{
	struct put out;

	if (!put_theirs(s, w, in, t, in->before, err))
		return false;
	t->out->meta.revision = t->theirs->meta.revision;
	return apply_put(s, w, in, t->out, t->theirs->meta.revision, origin, NULL, &out, err) &&
		store_moot(s->app, origin, in->row, err) &&
		record_again(s->app, in->row, in->before, t->out->meta.revision, err);
}

static bool origin_of(struct sync *s, const struct incoming *in, int64_t *origin, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_stamp_source");

	stmt_bind_int(st, "record", in->row);
	stmt_bind_int(st, "revision", in->before);
	return stmt_value(st, origin, 0, err);
}

static struct dispute_note note_of(const struct incoming *in, const struct three *t)
{
	return (struct dispute_note){ .record = in->row, .role = in->role, .base = t->base ? t->base->meta.revision : 0,
		.ours = in->before, .held = t->theirs->meta.revision, .theirs = in->doc, .version = in->version,
		.before = t->base };
}

static bool merge_in(struct sync *s, struct work *w, struct incoming *in, struct three *t, bool *changed, struct err *err)
{
	int64_t origin = 0;

	if (brings_nothing(in, t)) {
		if (!t->contained) {
			t->theirs->meta.revision = t->base->meta.revision;
			return apply_remember(s, in, in->row, t->theirs, err) &&
				(t->m.takes_ours || settle(s, in, t->theirs->meta.revision, err));
		}
		if (!origin_of(s, in, &origin, err))
			return false;
		if (origin)
			return put_beneath(s, w, in, t, origin, err);
	}
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

/* What our side says, before and now: the disputed fields as they stand aside, unless somebody has changed them since.  Where
 * nobody knows what they were before, the base says nothing of them: that theirs is still as it was is no yes to ours. */
static bool our_side(struct sync *s, struct incoming *in, const struct standing *st, size_t n, struct record *now,
	struct three *t, struct err *err)
{
	const struct record *nothing = record_new(in->mem, now->form);
	enum kind_id kind;

	*t = (struct three){ .ours = record_copy(in->mem, now) };
	if (!record_load_revision(s->app, in->row, in->held.known && in->held.revision > 0 ? in->held.revision : st[0].held,
		    in->mem, &t->base, &kind, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *held;

		if (!record_load_revision(s->app, in->row, st[i].held, in->mem, &held, &kind, err))
			return false;
		dispute_take(t->base, st[i].before ? st[i].before : nothing, st[i].keys, st[i].n);
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

/* This document says nothing about what is disputed there. */
static void leave_to(struct three *t, const struct standing *other, const struct record *now)
{
	size_t kept = 0;

	dispute_take(t->out, now, other->keys, other->n);
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
		if (st[i].role == in->role) {
			own = &st[i];
			continue;
		}
		leave_to(&t, &st[i], now);
		dispute_take(t.theirs, now, st[i].keys, st[i].n);
	}
	if (t.m.n)
		return dispute(s, w, in, &t, own, changed, err);
	return dispute_ends(s, w, in, &t, own, n == (own ? 1 : 0), changed, err);
}

/* A late copy of an earlier request undid what is in dispute: that is nobody's word in it.  Both sides stand as they stood, over
 * the version that is there now. */
static bool dispute_stays(struct sync *s, struct work *w, struct incoming *in, struct record *now, struct err *err)
{
	struct three t = { .ours = now, .theirs = record_copy(in->mem, now), .out = record_copy(in->mem, now) };

	fhir_decode(in->kind, in->doc, t.theirs);
	snprintf(t.theirs->meta.id, sizeof(t.theirs->meta.id), "%s", in->uid);
	return put_both(s, w, in, &t, in->before, merged_reason(s), err);
}

/* What is disputed already, and what comes to it: ours is kept aside, and what holds is what stands in the record now. */
static bool dispute_widens(struct sync *s, const struct incoming *in, struct three *t, const struct standing *own, struct err *err)
{
	struct dispute_note n = note_of(in, t);
	struct record *before = t->base ? record_copy(in->mem, t->base) : record_new(in->mem, t->ours->form);

	for (size_t i = 0; own && i < own->n && t->m.n < MERGE_KEYS_MAX; i++) {
		dispute_take(t->ours, own->aside, &own->keys[i], 1);
		if (own->before)
			dispute_take(before, own->before, &own->keys[i], 1);
		t->m.conflicts[t->m.n++] = own->keys[i];
	}
	n.base = own ? own->base : n.base;
	n.ours = own ? own->ours : n.ours;
	n.held = t->out->meta.revision;
	n.keys = t->m.conflicts;
	n.n = t->m.n;
	n.aside = t->ours;
	n.before = before;
	return dispute_note(s, &n, err);
}

/* Written upon a late copy: what that undid is nobody's word in the dispute, and what else it brings is merged as ever. */
static bool dispute_strays(struct sync *s, struct work *w, struct incoming *in, struct three *t, const struct standing *st,
	size_t n, bool *changed, struct err *err)
{
	const struct standing *own = NULL;

	for (size_t i = 0; i < n; i++) {
		own = st[i].role == in->role ? &st[i] : own;
		leave_to(t, &st[i], t->ours);
	}
	dispute_take(t->out, t->theirs, t->m.conflicts, t->m.n);
	*changed = true;
	return put_both(s, w, in, t, in->before, t->m.n ? dispute_reason(s) : merged_reason(s), err) &&
		dispute_note_autos(s, note_of(in, t), &t->m, err) && (!t->m.n || dispute_widens(s, in, t, own, err));
}

bool apply_both(struct sync *s, struct work *w, struct incoming *in, struct record *now, bool *changed,
	struct err *err)
{
	struct standing st[STANDING_MAX];
	char reason[256];
	struct three t;
	size_t n;

	if (apply_fate_is_open(in) && (in->open.state == OUTBOX_SENDING || !s->hint))
		return true; /* its fate is open: it is read back first; what a relay brings is the county's own word */
	if (!standing_load(s->app, s->remote.id, in->row, now->form, in->mem, st, &n, err) ||
		!record_edited(s->app, in->row, now->meta.revision, &now->meta.changed_at, err))
		return false;
	if (n && st[0].held && !in->strayed)
		return in->regressed ? dispute_stays(s, w, in, now, err) : dispute_goes_on(s, w, in, st, n, now, changed, err);
	if (!load_three(s, in, now, &t, err))
		return false;
	record_objections(t.theirs, reason, sizeof(reason));
	if (*reason) /* no record at all: ours stays, and it is asked again when it changes there */
		return apply_unread(s, in, reason, err);
	if (n && st[0].held)
		return dispute_strays(s, w, in, &t, st, n, changed, err);
	if (n)
		return dispute_aside(s, in, &t, err);
	return t.m.n ? begin_dispute(s, w, in, &t, changed, err) : merge_in(s, w, in, &t, changed, err);
}
