#include "app/service/refs.h"

#include "db/stmt.h"

/* Statements that find a record of a kind by what people call it; the first column is its id. */
static const struct {
	enum kind_id kind;
	const char *statement, *param;
} ways[] = {
	{ KIND_RESIDENT, "resident_by_number", "number" },
	{ KIND_RESIDENT, "resident_by_file_no", "number" },
	{ KIND_RESIDENT, "merged_by_number", "number" }, /* of a file that was merged: what is saved goes where it leads */
	{ KIND_ORGANISATION, "organisation_find", "what" },
	{ KIND_STAFF, "staff_find", "who" },
	{ KIND_TEAM, "team_find", "what" },
};

static bool one_way(struct app *app, const char *statement, const char *param, const char *what,
	char out[RECORD_ID_MAX + 1], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, statement);
	bool row;

	stmt_bind_text(st, param, what);
	stmt_bind_text(st, "not", "");
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	snprintf(out, RECORD_ID_MAX + 1, "%s", stmt_text(st, 0));
	if (!stmt_step(st, &row, err))
		return false;
	if (row) /* two of that name: ask for the id */
		out[0] = '\0';
	return true;
}

bool ref_find(struct app *app, enum kind_id kind, const char *what, char out[RECORD_ID_MAX + 1], struct err *err)
{
	out[0] = '\0';
	if (record_row(app, kind, what)) {
		snprintf(out, RECORD_ID_MAX + 1, "%s", what);
		return true;
	}
	for (size_t i = 0; i < N_ELEMENTS(ways) && !*out; i++)
		if (ways[i].kind == kind && !one_way(app, ways[i].statement, ways[i].param, what, out, err))
			return false;
	return true;
}

/* What was voided is spoken of where it was; nothing new is written about it or by it. */
static bool check_void(struct app *app, const struct kind *kind, const char *id, const struct field *f, struct findings *fs,
	struct err *err)
{
	bool is_void;

	if (!record_is_void(app, record_row(app, kind->id, id), &is_void, err))
		return false;
	if (is_void)
		finding_error(fs, ERR_WRONG_STATE, f->key, _("%s: this record was voided. Choose another one."), field_label(f));
	return true;
}

static bool resolve_one(struct app *app, const struct field *f, struct record *rec, struct value *v, struct findings *fs,
	struct err *err)
{
	const struct kind *kind = kind_by_name(f->ref);
	char id[RECORD_ID_MAX + 1], end[RECORD_ID_MAX + 1];

	if (!kind || !ref_find(app, kind->id, v->text, id, err))
		return kind == NULL;
	if (*id && !check_void(app, kind, id, f, fs, err))
		return false;
	if (*id) { /* what is written from now on is about the file that a merged one leads to */
		v->text = arena_strdup(rec->mem, kind->id == KIND_RESIDENT ? record_survivor_id(app, id, end) : id);
		return true;
	}
	finding_error(fs, ERR_NOT_FOUND, f->key, _("%s: there is no \"%s\", or more than one."), field_label(f), v->text);
	return true;
}

bool refs_resolve(struct app *app, struct record *rec, const struct record *old, struct findings *fs, struct err *err)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct value *was = old ? &old->values[i] : NULL;
		struct value *v = &rec->values[i];

		if (v->kind == V_LIST)
			for (size_t j = 0; j < v->n_items; j++) {
				struct finding *last = fs->last;

				/* what an item refers to that said the same before may not have come here yet */
				if (!refs_resolve(app, v->items[j], record_same_item(was, v->items[j]), fs, err))
					return false;
				findings_in_item(fs, last, f->key, j);
			}
		if (v->kind != V_REF || (was && value_equal(v, was)))
			continue;
		if (!resolve_one(app, f, rec, v, fs, err))
			return false;
	}
	return true;
}
