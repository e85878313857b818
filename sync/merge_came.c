/* What a side says and nobody typed there since both sides were equal: it came into a resident's file with another one of the same
 * person, or was there before.  Two versions that came from two sides may both stand before ours and before theirs; then there
 * is no one version that both began with, and what only one of the two said is no edit of whoever still says it.
 *
 * Where what both began with was never here, nobody can tell what was typed since: what stands in one side may be older than what
 * has been replaced in the other.  There a person is asked about all that differs. */
#include "sync/sync_int.h"
#include "sync/vector.h"

static bool names_file(const struct record *rec, const char *id)
{
	const struct value *list = record_get(rec, "replaces");

	for (size_t i = 0; i < list->n_items; i++) {
		const char *other = record_text(list->items[i], "resident");

		if (other && strcmp(other, id) == 0)
			return true;
	}
	return false;
}

static void take_same(const struct record *side, const struct record *file, struct record *out)
{
	for (size_t i = 0; i < side->form->n_fields; i++) {
		const struct field *f = &side->form->fields[i];
		const struct value *v = &side->values[i];

		if (f->type != V_EMPTY && f->type != V_LIST && !value_is_empty(v) && value_equal(v, record_get(file, f->key)))
			record_set(out, f->key, v);
	}
}

/* What the file says now or ever said: it may have changed since, here or elsewhere. */
static bool take_from(struct app *app, const char *id, const struct record *side, struct record *out, struct err *err)
{
	int64_t row = record_row(app, KIND_RESIDENT, id);
	struct record *file;
	enum kind_id kind;

	if (!row || !record_load_row(app, row, out->mem, &file, &kind, err))
		return !row;
	take_same(side, file, out);
	for (int64_t r = file->meta.revision - 1; r > 0; r--) {
		if (!record_load_revision(app, row, r, out->mem, &file, &kind, err))
			return false;
		take_same(side, file, out);
	}
	return true;
}

struct side {
	const struct record *rec, *other, *base; /* base may be NULL */
	const struct form_def *form; /* whose fields count */
	struct record *came;
	bool *pick;
};

static bool came_along(struct app *app, enum kind_id kind, struct side *s, struct err *err)
{
	const struct value *list = kind == KIND_RESIDENT ? record_get(s->rec, "replaces") : NULL;

	for (size_t i = 0; list && i < list->n_items; i++) {
		const char *id = record_text(list->items[i], "resident");

		if (id && !(s->base && names_file(s->base, id)) && !take_from(app, id, s->rec, s->came, err))
			return false;
	}
	return true;
}

static void note_picks(struct side *s, const struct record *was)
{
	size_t n = s->form->n_fields;
	enum record_state state = was->meta.state;

	for (size_t i = 0; s->base && i < n; i++) {
		const char *key = s->form->fields[i].key;
		const struct value *v = record_get(was, key);

		s->pick[i] |= value_equal(v, record_get(s->rec, key)) && !value_equal(v, record_get(s->other, key)) &&
			!value_equal(v, record_get(s->base, key));
	}
	s->pick[n] |= s->base && state == s->rec->meta.state && state != s->other->meta.state && state != s->base->meta.state;
}

static bool stood_before(struct app *app, int64_t row, const struct commons *beside, struct side *s, struct err *err)
{
	for (size_t i = 0; beside && i < beside->n; i++) {
		struct record *was;
		enum kind_id kind;

		if (!record_load_revision(app, row, beside->beside[i], s->came->mem, &was, &kind, err))
			return false;
		take_same(s->rec, was, s->came);
		note_picks(s, was);
	}
	return true;
}

static struct side side_of(const struct record *rec, const struct record *other, const struct record *base,
	const struct form_def *form, struct arena *mem)
{
	return (struct side){ rec, other, base, form, record_new(mem, rec->form), arena_alloc(mem, form->n_fields + 1) };
}

bool merge_sides(struct app *app, enum kind_id kind, int64_t row, const struct commons *beside, const struct record *base,
	const struct record *ours, const struct record *theirs, struct record *out, struct merge *m, struct err *err)
{
	struct side a = side_of(ours, theirs, base, ours->form, out->mem), b = side_of(theirs, ours, base, ours->form, out->mem);
	bool untold = beside && beside->lacks;

	if (!untold && (!came_along(app, kind, &a, err) || !came_along(app, kind, &b, err) ||
		!stood_before(app, row, beside, &a, err) || !stood_before(app, row, beside, &b, err)))
		return false;
	merge_records(kind, base, ours, theirs, untold ? &(struct merge_came){ .untold = true } :
		&(struct merge_came){ .ours = a.came, .theirs = b.came, .our_pick = a.pick, .their_pick = b.pick }, out, m);
	return true;
}
