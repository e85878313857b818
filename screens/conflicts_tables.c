/* The tables of disputes: all of them, and what differs in one. */
#include "app/base/i18n.h"
#include "screens/conflicts_int.h"

static const struct column list_columns[] = {
	{ N_("Whose"), 8, 1, false, 0 },
	{ N_("Kind"), 8, 1, false, 2 },
	{ N_("What differs"), 14, 4, false, 0 },
	{ N_("With"), 12, 1, false, 1 },
	{ N_("Open for"), 8, 0, true, 0 },
};

static size_t list_count(const void *ctx)
{
	return ((const struct disputes *)ctx)->n;
}

static int64_t list_id(const void *ctx, size_t row)
{
	return ((const struct disputes *)ctx)->v[row].n;
}

static const char *what_differs(const struct dispute *d, struct sbuf *tmp)
{
	if (d->deleted_there)
		sbuf_adds(tmp, _("deleted at the county"));
	for (size_t i = 0; i < d->n_fields; i++)
		sbuf_addf(tmp, "%s%s", tmp->len ? ", " : "", d->fields[i].label);
	return tmp->s;
}

static const char *list_cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct dispute *d = &((const struct disputes *)ctx)->v[row];

	switch (col) {
	case 0:
		return d->name;
	case 1:
		return term_text(&kind_by_id(d->kind)->term);
	case 2:
		return what_differs(d, tmp);
	case 3:
		return d->with;
	default:
		if (d->automatic || d->sent)
			return d->sent ? _("asked") : _("settled");
		sbuf_addf(tmp, ngettext("%d day", "%d days", (unsigned long)d->days), (int)d->days);
		return d->days ? tmp->s : _("today");
	}
}

static enum face list_face(const void *ctx, size_t row, size_t col)
{
	const struct dispute *d = &((const struct disputes *)ctx)->v[row];

	if (d->automatic)
		return FACE_DIM;
	return col != 4 ? FACE_NORMAL : d->overdue ? FACE_DANGER : FACE_DUE;
}

static const char *list_mark(const void *ctx, size_t row)
{
	const struct dispute *d = &((const struct disputes *)ctx)->v[row];

	return d->automatic ? "·" : d->overdue ? "!" : "△";
}

static const struct table_model list_model = { .count = list_count, .id = list_id, .cell = list_cell, .face = list_face,
	.mark = list_mark };

static const struct column field_columns[] = {
	{ N_("Field"), 8, 1, false, 0 },
	{ N_("Before"), 8, 2, false, 2 },
	{ N_("Ours"), 10, 3, false, 0 },
	{ N_("Theirs"), 10, 3, false, 0 },
	{ N_("Take"), 10, 1, false, 0 },
};

const struct dispute *disputes_inside(const struct disputes *d)
{
	static const struct dispute none = { .name = "", .what = "", .our_place = "", .their_place = "" };

	return d->shown < d->n ? &d->v[d->shown] : &none;
}

static size_t field_count(const void *ctx)
{
	return disputes_inside(ctx)->n_fields;
}

static int64_t field_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *choice_words(const struct dispute_field *f)
{
	switch (f->choice) {
	case SIDE_OURS:
		return _("ours");
	case SIDE_THEIRS:
		return _("theirs");
	case SIDE_NEW:
		return *f->fresh ? f->fresh : _("nothing");
	case SIDE_NONE:
		break;
	}
	return "?";
}

static const char *field_cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct dispute_field *f = &disputes_inside(ctx)->fields[row];
	const char *const cells[] = { f->label, f->base, f->ours, f->theirs, choice_words(f) };

	(void)tmp;
	return col == 0 || *cells[col] ? cells[col] : "-";
}

static enum face field_face(const void *ctx, size_t row, size_t col)
{
	const struct dispute_field *f = &disputes_inside(ctx)->fields[row];

	if (col == 4)
		return f->choice == SIDE_NONE ? FACE_DUE : FACE_DONE;
	if (col == 2 || col == 3)
		return f->choice == (col == 2 ? SIDE_OURS : SIDE_THEIRS) ? FACE_DONE : FACE_NORMAL;
	return FACE_DIM;
}

static const struct table_model field_model = { .count = field_count, .id = field_id, .cell = field_cell,
	.face = field_face };

void disputes_tables(struct table *all, struct table *fields, const struct disputes *d)
{
	table_init(all, list_columns, N_ELEMENTS(list_columns), &list_model, d, 0);
	table_init(fields, field_columns, N_ELEMENTS(field_columns), &field_model, d, TABLE_NO_NUMBERS);
}
