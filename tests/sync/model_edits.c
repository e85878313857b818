/* Who had seen what when he typed: the ground of "no update is lost". */
#include "model.h"

#include "support/base/check.h"

static const struct {
	const char *before; /* up to the number of the edit, as it stands in JSON */
	int digits;
} marks[FIELD_COUNT_] = {
	[FIELD_PHONE] = { "\"1005", 7 },
	[FIELD_CONTACT] = { "\"甲", 4 },
	[FIELD_SIGNS] = { "\"征", 4 },
};

int model_type(struct model *m, unsigned thing, enum model_field field, char *text, size_t size)
{
	if (m->n_edits == MODEL_EDITS)
		return -1;
	m->edits[m->n_edits] = (struct model_edit){ .thing = thing, .field = field };
	snprintf(text, size, "%s%0*u", marks[field].before + 1, marks[field].digits, (unsigned)m->n_edits);
	return (int)m->n_edits++;
}

bool edit_in(const struct edit_set *s, size_t e)
{
	return (s->w[e / 64] >> (e % 64)) & 1;
}

static void put_in(struct edit_set *s, size_t e)
{
	s->w[e / 64] |= UINT64_C(1) << (e % 64);
}

struct edit_set model_edits_in(const struct model *m, const char *text)
{
	struct edit_set out = { { 0 } };

	for (int f = 0; f < FIELD_COUNT_; f++)
		for (const char *at = strstr(text, marks[f].before); at; at = strstr(at + 1, marks[f].before)) {
			const char *digits = at + strlen(marks[f].before);
			size_t e = strtoul(digits, NULL, 10);

			if (strspn(digits, "0123456789") == (size_t)marks[f].digits && digits[marks[f].digits] == '"' && e < m->n_edits)
				put_in(&out, e);
		}
	return out;
}

static void take_out(struct edit_set *s, size_t e)
{
	s->w[e / 64] &= ~(UINT64_C(1) << (e % 64));
}

static void join(struct edit_set *to, const struct edit_set *from)
{
	for (unsigned i = 0; i < EDIT_SET_WORDS; i++)
		to->w[i] |= from->w[i];
}

/* Class D of sync/merge.h: no person is asked about it, but where what both sides began with is not there. */
static bool is_harmless(const struct model *m, size_t e)
{
	return m->edits[e].field != FIELD_SIGNS || m->things[m->edits[e].thing].kind == KIND_REFERRAL; /* its note */
}

/* Of its own field: what it was typed in sight of, and what that had been.  Whoever came after it comes after those, too;
 * but not who came after a harmless one before somebody went back to it. */
void edit_sees(struct model *m, size_t e, const struct edit_set *what)
{
	struct edit_set all = { { 0 } };

	for (size_t x = 0; x < m->n_edits; x++)
		if (edit_in(what, x) && m->edits[x].field == m->edits[e].field) {
			put_in(&all, x);
			join(&all, &m->edits[x].seen);
		}
	for (size_t x = 0; x < m->n_edits; x++)
		if (x == e || (!is_harmless(m, e) && edit_in(&m->edits[x].seen, e)))
			join(&m->edits[x].seen, &all);
}

/* Who goes back to e chooses it over what he has before him, and over what that had come after.  Who goes the other way later
 * takes that back: the last choice between two counts. */
static void choose(struct model *m, size_t e, const struct edit_set *sight, const struct edit_set *after)
{
	struct edit_set against = { { 0 } };

	if (is_harmless(m, e) && !m->edits[e].saved) /* it is typed, and not gone back to */
		return;
	for (size_t x = 0; x < m->n_edits; x++)
		if (edit_in(sight, x) && !edit_in(after, x) && m->edits[x].field == m->edits[e].field) {
			put_in(&against, x);
			join(&against, &m->edits[x].seen);
		}
	take_out(&against, e);
	join(&m->edits[e].over, &against);
	for (size_t x = 0; x < m->n_edits; x++)
		if (edit_in(&against, x))
			take_out(&m->edits[x].over, e);
}

static bool is_empty(const struct edit_set *s)
{
	static const struct edit_set none;

	return memcmp(s, &none, sizeof(none)) == 0;
}

/* Of two edits that did not know of each other the program takes the later one where that does no harm (class D of
 * sync/merge.h) and keeps the other; what is older than an edit never comes after it, unless a person went back to it: that is as if
 * he typed it anew, and nobody elsewhere knows of that yet. */
static bool may_replace(const struct model *m, size_t x, size_t e)
{
	const struct model_edit *later = &m->edits[x], *old = &m->edits[e];

	if (later->field != old->field)
		return false;
	return edit_in(&later->seen, e) ||
		(is_harmless(m, e) && (!edit_in(&old->seen, x) || edit_in(&old->over, x) || !is_empty(&later->over)));
}

static bool comes_after(const struct model *m, size_t e, const struct edit_set *set)
{
	for (size_t x = 0; x < m->n_edits; x++)
		if (edit_in(set, x) && may_replace(m, x, e))
			return true;
	return false;
}

/* Did y take its place for good?  One that had seen the other may have been left for it again. */
static bool has_replaced(const struct model *m, size_t y, size_t e)
{
	const struct model_edit *later = &m->edits[y], *old = &m->edits[e];

	return later->thing == old->thing && later->field == old->field &&
		(edit_in(&later->over, e) || (edit_in(&later->seen, e) && !edit_in(&old->seen, y)));
}

/* A person chose against it, or against what had replaced it: that does not bring it back. */
static bool is_overruled(const struct model *m, size_t e)
{
	for (size_t y = 0; y < m->n_edits; y++)
		if (m->edits[y].overruled && (y == e || has_replaced(m, y, e)))
			return true;
	return false;
}

void model_typed(struct model *m, const struct edit_set *before, const struct edit_set *aside, const struct edit_set *after)
{
	struct edit_set sight = *before;

	join(&sight, aside);
	for (size_t e = 0; e < m->n_edits; e++)
		if (edit_in(after, e)) {
			choose(m, e, &sight, after);
			m->edits[e].saved = true;
			edit_sees(m, e, &sight);
		}
	for (size_t e = 0; e < m->n_edits; e++)
		if (edit_in(&sight, e) && !edit_in(after, e) && !comes_after(m, e, after))
			m->edits[e].overruled = true;
}

/* Merging files moves values: what stood there stays as it was typed, and nobody has seen anything new. */
void model_moved(struct model *m, const struct edit_set *before, const struct edit_set *after)
{
	for (size_t e = 0; e < m->n_edits; e++)
		m->edits[e].saved |= edit_in(after, e);
	for (size_t e = 0; e < m->n_edits; e++)
		if (edit_in(before, e) && !edit_in(after, e) && !comes_after(m, e, after))
			m->edits[e].overruled = true;
}

/* Those of a field of which anything is shown, or the others. */
static struct edit_set of_fields(const struct model *m, const struct edit_set *all, const struct edit_set *shown, bool are_shown)
{
	struct edit_set out = { { 0 } };
	bool has[FIELD_COUNT_] = { false };

	for (size_t e = 0; e < m->n_edits; e++)
		has[m->edits[e].field] |= edit_in(shown, e);
	for (size_t e = 0; e < m->n_edits; e++)
		if (edit_in(all, e) && has[m->edits[e].field] == are_shown)
			put_in(&out, e);
	return out;
}

void model_decided(struct model *m, const struct edit_set *before, const struct edit_set *aside, const struct edit_set *shown,
	const struct edit_set *after)
{
	struct edit_set was = of_fields(m, before, shown, true), beside = of_fields(m, aside, shown, true),
			is = of_fields(m, after, shown, true);

	model_typed(m, &was, &beside, &is);
	was = of_fields(m, before, shown, false);
	is = of_fields(m, after, shown, false);
	model_moved(m, &was, &is);
}

int model_lost(const struct model *m, const struct edit_set *before, const struct edit_set *after)
{
	for (size_t e = 0; e < m->n_edits; e++)
		if (edit_in(before, e) && !edit_in(after, e) && !comes_after(m, e, after) && !is_overruled(m, e))
			return (int)e;
	return -1;
}
