#include "sync/merge.h"

#include "app/clinic/states.h"
#include "app/clinic/leaders.h"

struct sides {
	enum kind_id kind;
	const struct record *base, *ours, *theirs; /* base may be NULL */
	const struct merge_came *came;
	struct arena *mem;
	struct merge *m;
};

static void conflict(struct merge *m, const char *key)
{
	if (m->n < MERGE_KEYS_MAX)
		m->conflicts[m->n++] = key;
}

static bool says_anything(const struct field *f)
{
	return f->type != V_EMPTY;
}

/* ---- which side is the later one ------------------------------------------------------------------------------------ */

static int order_of(const struct field *f, const struct value *a, const struct value *b)
{
	AUTO_SBUF struct sbuf x = SBUF_INIT;
	AUTO_SBUF struct sbuf y = SBUF_INIT;

	field_format(f, a, false, &x);
	field_format(f, b, false, &y);
	return strcmp(x.s, y.s);
}

/* By the time of the edit; of two in one millisecond by what they say, so that both devices agree. */
static bool theirs_is_later(const struct record *ours, const struct record *theirs)
{
	if (ours->meta.changed_at != theirs->meta.changed_at)
		return theirs->meta.changed_at > ours->meta.changed_at;
	for (size_t i = 0; i < ours->form->n_fields; i++) {
		const struct field *f = &ours->form->fields[i];
		int order = says_anything(f) && f->type != V_LIST ? order_of(f, &ours->values[i], record_get(theirs,
			f->key)) : 0;

		if (order)
			return order < 0;
	}
	return false;
}

/* ---- what each side did --------------------------------------------------------------------------------------------- */

/* An element may be several fields that mean nothing without each other: a telephone and whose it is. */
static bool same_element(enum kind_id kind, const struct field *a, const struct field *b)
{
	if (a == b)
		return true;
	return kind == KIND_RESIDENT && strcmp(field_leader(a->key), field_leader(b->key)) == 0;
}

static bool touched(const struct sides *s, const struct record *side, const struct field *f)
{
	const struct form_def *form = s->ours->form;

	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *g = &form->fields[i];

		if (says_anything(g) && same_element(s->kind, g, f) &&
			!value_equal(record_get(s->base, g->key), record_get(side, g->key)))
			return true;
	}
	return false;
}

/* Does the other side say what stood beside the base, and has this one chosen against it? */
static bool chose(const struct sides *s, const struct record *side, size_t i)
{
	const bool *others = side == s->ours ? s->came->their_pick : s->came->our_pick;

	return others && others[i];
}

static bool changed(const struct sides *s, const struct record *side, const struct field *f)
{
	return touched(s, side, f) || chose(s, side, (size_t)(f - s->ours->form->fields));
}

/* What each says stands in a version that the other one contains: neither is news for the other, and the later version may be
 * that of somebody who chose first. */
static bool both_were_seen(const struct sides *s, const struct field *f)
{
	size_t i = (size_t)(f - s->ours->form->fields);

	return s->base && (chose(s, s->theirs, i) || !touched(s, s->ours, f)) &&
		(chose(s, s->ours, i) || !touched(s, s->theirs, f));
}

/* Of two that have chosen. */
static bool one_is_as_before(const struct sides *s, const struct field *f)
{
	return s->base && (!touched(s, s->ours, f) || !touched(s, s->theirs, f));
}

static bool changed_anything(const struct sides *s, const struct record *side, bool only_grave)
{
	for (size_t i = 0; i < s->ours->form->n_fields; i++) {
		const struct field *f = &s->ours->form->fields[i];

		if (!says_anything(f) || (f->flags & FIELD_COMPUTED) ||
			(value_equal(record_get(s->base, f->key), record_get(side, f->key)) && !chose(s, side, i)))
			continue;
		if (!only_grave || merge_class_of(s->kind, s->base, f->key) != MERGE_D)
			return true;
	}
	return !only_grave && side->meta.state != s->base->meta.state;
}

/* ---- choosing ------------------------------------------------------------------------------------------------------- */

/* A state machine knows which of two answers came later: what leads on from the other wins. */
static const struct value *later_state(enum kind_id kind, const struct value *ours, const struct value *theirs)
{
	if (value_is_empty(ours) || value_is_empty(theirs))
		return NULL;
	if (kind == KIND_CONTRACT) {
		enum contract_state o = contract_state_by_name(ours->text), t = contract_state_by_name(theirs->text);

		return contract_may_become(o, t) ? theirs : contract_may_become(t, o) ? ours
										      : NULL;
	}
	{
		enum referral_state o = referral_state_by_name(ours->text), t = referral_state_by_name(theirs->text);

		return referral_can_reach(o, t) ? theirs : referral_can_reach(t, o) ? ours
										    : NULL;
	}
}

static bool nobody_typed(const struct record *came, const struct field *f)
{
	return came && !value_is_empty(record_get(came, field_leader(f->key)));
}

/* Both changed it, differently.  NULL: a person has to say. */
static const struct value *by_class(const struct sides *s, const struct field *f, const struct value *ours,
	const struct value *theirs)
{
	bool ours_came = nobody_typed(s->came->ours, f), theirs_came = nobody_typed(s->came->theirs, f);

	switch (merge_class_of(s->kind, s->base, f->key)) {
	case MERGE_D:
		if (s->came->untold || both_were_seen(s, f))
			break;
		if (ours_came != theirs_came)
			return ours_came ? theirs : ours;
		if (s->m->n_autos < MERGE_KEYS_MAX)
			s->m->autos[s->m->n_autos++] = f->key;
		return s->m->later_theirs ? theirs : ours;
	case MERGE_F:
		return later_state(s->kind, ours, theirs);
	case MERGE_A:
	case MERGE_E:
		break;
	}
	return NULL;
}

/* Sets and lists, element by element.  False: nothing was made of them. */
static bool of_elements(const struct sides *s, const struct field *f, const struct merge_values *v, struct value *out)
{
	bool low = merge_class_of(s->kind, s->base, f->key) == MERGE_D && !s->came->untold, dispute = false;
	struct merge_list l = { .kind = s->kind, .field = f, .v = *v, .low_risk = low,
		.later_theirs = s->m->later_theirs, .mem = s->mem };

	if (f->type == V_CODES)
		merge_codes(f, v, s->mem, out, &dispute);
	else if (f->type == V_LIST)
		merge_items(&l, out, &dispute);
	else
		return false;
	return !dispute;
}

/* The value to take; NULL when a person has to say.  room: for one that is neither side's. */
static const struct value *choose(const struct sides *s, const struct field *f, const struct merge_values *v,
	struct value *room)
{
	bool no_base = !s->base;

	if (value_equal(v->ours, v->theirs))
		return v->ours;
	if (s->base && !changed(s, s->ours, f))
		return v->theirs;
	if (s->base && !changed(s, s->theirs, f))
		return v->ours;
	if (f->flags & FIELD_COMPUTED) /* two editions of the program: both devices take the same */
		return order_of(f, v->ours, v->theirs) < 0 ? v->theirs : v->ours;
	if (one_is_as_before(s, f))
		return by_class(s, f, v->ours, v->theirs);
	if (of_elements(s, f, v, room))
		return room;
	if (no_base && (value_is_empty(v->ours) || value_is_empty(v->theirs)))
		return value_is_empty(v->ours) ? v->theirs : v->ours;
	return by_class(s, f, v->ours, v->theirs);
}

/* Withdrawn by one, put right by the other: whichever is taken hides something. */
static bool hides_an_edit(const struct sides *s)
{
	const struct record *o = s->ours, *t = s->theirs;

	if (!s->base || s->base->meta.state != RECORD_ACTIVE || o->meta.state == t->meta.state)
		return false;
	if (o->meta.state == RECORD_VOID)
		return changed_anything(s, t, true);
	return t->meta.state == RECORD_VOID && changed_anything(s, o, true);
}

static void merge_state(const struct sides *s, struct record *out)
{
	enum record_state b = s->base ? s->base->meta.state : RECORD_ACTIVE;
	enum record_state o = s->ours->meta.state, t = s->theirs->meta.state;
	size_t at = s->ours->form->n_fields;
	bool both = (o != b || chose(s, s->ours, at)) && (t != b || chose(s, s->theirs, at));
	bool disputed = (o != t && both) || hides_an_edit(s);

	out->meta.state = o == b && !disputed ? t : o;
	if (disputed)
		conflict(s->m, MERGE_STATE);
	s->m->takes_ours |= out->meta.state != t;
	s->m->takes_theirs |= out->meta.state != o;
}

/* A finished record that both corrected, or of which nobody knows the beginning: never mixed. */
static bool two_corrections(const struct sides *s)
{
	const struct record *as = s->base ? s->base : s->ours;

	if (merge_class_of(s->kind, as, MERGE_STATE) != MERGE_A)
		return false;
	return !s->base || (changed_anything(s, s->ours, false) && changed_anything(s, s->theirs, false));
}

void merge_records(enum kind_id kind, const struct record *base, const struct record *ours, const struct record *theirs,
	const struct merge_came *came, struct record *out, struct merge *m)
{
	static const struct merge_came nothing = { .ours = NULL };
	struct sides s = { kind, base, ours, theirs, came ? came : &nothing, out->mem, m };
	bool whole = two_corrections(&s);

	*m = (struct merge){ .n = 0, .later_theirs = theirs_is_later(ours, theirs) };
	for (size_t i = 0; i < ours->form->n_fields; i++) {
		const struct field *f = &ours->form->fields[i];
		struct merge_values side = { base ? record_get(base, f->key) : NULL, &ours->values[i],
			record_get(theirs, f->key) };
		bool differs = whole && !(f->flags & FIELD_COMPUTED) && !value_equal(side.ours, side.theirs);
		struct value room;
		const struct value *v;

		if (!says_anything(f))
			continue;
		v = differs ? NULL : choose(&s, f, &side, &room);
		if (!v)
			conflict(m, f->key);
		v = v ? v : side.ours;
		record_set(out, f->key, v);
		m->takes_ours |= !value_equal(v, side.theirs);
		m->takes_theirs |= !value_equal(v, side.ours);
	}
	merge_state(&s, out);
	snprintf(out->meta.id, sizeof(out->meta.id), "%s", ours->meta.id);
}
