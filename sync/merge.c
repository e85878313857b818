#include "sync/merge.h"

#include "app/clinic/states.h"

struct sides {
	const struct value *base, *ours, *theirs;
};

static void conflict(struct merge *m, const char *key)
{
	if (m->n < MERGE_KEYS_MAX)
		m->conflicts[m->n++] = key;
}

/* A referral's state machine knows which of two answers came later: what leads on from the other wins. */
static const struct value *later_state(const struct sides *s)
{
	enum referral_state ours, theirs;

	if (value_is_empty(s->ours) || value_is_empty(s->theirs))
		return NULL;
	ours = referral_state_by_name(s->ours->text);
	theirs = referral_state_by_name(s->theirs->text);
	if (referral_can_reach(ours, theirs))
		return s->theirs;
	return referral_can_reach(theirs, ours) ? s->ours : NULL;
}

/* The value to take; NULL when a person has to say. */
static const struct value *choose(enum kind_id kind, const struct field *f, const struct sides *s, bool has_base)
{
	if (value_equal(s->ours, s->theirs))
		return s->ours;
	if (has_base && value_equal(s->base, s->ours))
		return s->theirs;
	if (has_base && value_equal(s->base, s->theirs))
		return s->ours;
	if (f->flags & FIELD_COMPUTED) /* computed anew from the rest */
		return s->ours;
	if (!has_base && (value_is_empty(s->ours) || value_is_empty(s->theirs)))
		return value_is_empty(s->ours) ? s->theirs : s->ours;
	if (kind == KIND_REFERRAL && strcmp(f->key, "status") == 0)
		return later_state(s);
	return NULL;
}

static void merge_state(const struct record *base, const struct record *ours, const struct record *theirs,
	struct record *out, struct merge *m)
{
	enum record_state b = base ? base->meta.state : RECORD_ACTIVE, o = ours->meta.state, t = theirs->meta.state;

	out->meta.state = o == b ? t : o;
	if (o != t && o != b && t != b)
		conflict(m, MERGE_STATE);
	m->takes_ours |= out->meta.state != t;
	m->takes_theirs |= out->meta.state != o;
}

void merge_records(enum kind_id kind, const struct record *base, const struct record *ours, const struct record *theirs,
	struct record *out, struct merge *m)
{
	*m = (struct merge){ .n = 0 };
	for (size_t i = 0; i < ours->form->n_fields; i++) {
		const struct field *f = &ours->form->fields[i];
		struct sides s = { base ? record_get(base, f->key) : NULL, &ours->values[i], record_get(theirs, f->key) };
		const struct value *v;

		if (f->type == V_EMPTY)
			continue;
		v = choose(kind, f, &s, base != NULL);
		if (!v)
			conflict(m, f->key);
		v = v ? v : s.ours;
		record_set(out, f->key, v);
		m->takes_ours |= !value_equal(v, s.theirs);
		m->takes_theirs |= !value_equal(v, s.ours);
	}
	merge_state(base, ours, theirs, out, m);
	snprintf(out->meta.id, sizeof(out->meta.id), "%s", ours->meta.id);
}
