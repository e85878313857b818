/* What came into a resident's file with another one of the same person. */
#include "sync/sync_int.h"

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
	struct arena *mem, const struct record **out, struct err *err)
{
	const struct value *list = kind == KIND_RESIDENT ? record_get(side, "replaces") : NULL;
	struct record *came;

	*out = NULL;
	if (!list || !list->n_items)
		return true;
	*out = came = record_new(mem, side->form);
	for (size_t i = 0; i < list->n_items; i++) {
		const char *id = record_text(list->items[i], "resident");

		if (id && !(base && names_file(base, id)) && !take_from(app, id, side, came, err))
			return false;
	}
	return true;
}

bool merge_sides(struct app *app, enum kind_id kind, const struct record *base, const struct record *ours,
	const struct record *theirs, struct record *out, struct merge *m, struct err *err)
{
	struct merge_came came;

	if (!came_along(app, kind, base, ours, out->mem, &came.ours, err) ||
		!came_along(app, kind, base, theirs, out->mem, &came.theirs, err))
		return false;
	merge_records_came(kind, base, ours, theirs, &came, out, m);
	return true;
}
