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

static bool came_along(struct app *app, enum kind_id kind, const struct record *base, const struct record *side,
	struct record *came, struct err *err)
{
	const struct value *list = kind == KIND_RESIDENT ? record_get(side, "replaces") : NULL;

	for (size_t i = 0; list && i < list->n_items; i++) {
		const char *id = record_text(list->items[i], "resident");

		if (id && !(base && names_file(base, id)) && !take_from(app, id, side, came, err))
			return false;
	}
	return true;
}

static bool stood_before(struct app *app, int64_t row, const struct commons *beside, const struct record *side,
	struct record *came, struct err *err)
{
	for (size_t i = 0; beside && i < beside->n; i++) {
		struct record *was;
		enum kind_id kind;

		if (!record_load_revision(app, row, beside->beside[i], came->mem, &was, &kind, err))
			return false;
		take_same(side, was, came);
	}
	return true;
}

bool merge_sides(struct app *app, enum kind_id kind, int64_t row, const struct commons *beside, const struct record *base,
	const struct record *ours, const struct record *theirs, struct record *out, struct merge *m, struct err *err)
{
	struct record *came[] = { record_new(out->mem, ours->form), record_new(out->mem, theirs->form) };

	if (beside && beside->lacks) {
		merge_records(kind, base, ours, theirs, &(struct merge_came){ .untold = true }, out, m);
		return true;
	}
	if (!came_along(app, kind, base, ours, came[0], err) || !came_along(app, kind, base, theirs, came[1], err) ||
		!stood_before(app, row, beside, ours, came[0], err) || !stood_before(app, row, beside, theirs, came[1], err))
		return false;
	merge_records(kind, base, ours, theirs, &(struct merge_came){ .ours = came[0], .theirs = came[1] }, out, m);
	return true;
}
