/* Typed columns: what is searched, listed, joined or counted of a record, in the table of its kind beside its JSON. */
#include <assert.h>

#include "app/service/record_int.h"

int64_t record_ref(struct app *app, const struct field *f, const char *id)
{
	const struct kind *kind = kind_by_name(f->ref);
	int64_t row = kind && id ? record_row(app, kind->id, id) : 0;

	/* a file that was merged is found at the one it went into; the link itself names the next one of the chain */
	return row && kind->id == KIND_RESIDENT && strcmp(f->key, "replaced_by") != 0 ? record_survivor(app, row) : row;
}

/* Statements of a kind: for a new record, for a new version of one. */
static const char *const names[KIND_MAX][2] = {
	[KIND_RESIDENT] = { "add_resident", "set_resident" },
	[KIND_HOUSEHOLD] = { "add_household", "set_household" },
	[KIND_STAFF] = { "add_staff", "set_staff" },
	[KIND_TEAM] = { "add_team", "set_team" },
	[KIND_ORGANISATION] = { "add_organisation", "set_organisation" },
	[KIND_CONTRACT] = { "add_contract", "set_contract" },
	[KIND_ENROLMENT] = { "add_enrolment", "set_enrolment" },
	[KIND_FOLLOWUP] = { "add_followup", "set_followup" },
	[KIND_VISIT] = { "add_visit", "set_visit" },
	[KIND_EXAM] = { "add_exam", "set_exam" },
	[KIND_REFERRAL] = { "add_referral", "set_referral" },
	[KIND_REFUSAL] = { "add_refusal", "set_refusal" },
	[KIND_NOTE] = { "add_note", "set_note" },
	[KIND_CALL] = { "add_call", "set_call" },
	[KIND_SERVICE] = { "add_service", "set_service" },
	[KIND_NOTICE] = { "add_notice", "set_notice" },
};

static const struct columns *columns_of(struct app *app, enum kind_id kind, bool is_new, const struct form_def *form,
	const struct stmt *st)
{
	struct columns *c = &app->known->columns[kind][!is_new];

	if (c->form == form)
		return c;
	c->form = form;
	c->n = stmt_param_count(st);
	assert(c->n <= COLUMNS_MAX);
	for (int i = 0; i < c->n; i++)
		c->field[i] = form_index(form, stmt_param_name(st, i + 1));
	return c;
}

static void bind_value(struct app *app, struct stmt *st, int i, const struct field *f, const struct value *v)
{
	int64_t row;

	switch (v->kind) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		stmt_set_int(st, i, v->num);
		break;
	case V_REF:
		row = record_ref(app, f, v->text);
		if (row)
			stmt_set_int(st, i, row);
		break;
	case V_DATE:
	case V_TIME:
	case V_TEXT:
	case V_CODE:
	case V_CODES:
		stmt_set_text(st, i, v->text);
		break;
	case V_EMPTY:
	case V_LIST:
		break;
	}
}

static void bind_derived(struct stmt *st, const struct derived *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->col[i].is_text)
			stmt_bind_text(st, d->col[i].name, d->col[i].text);
		else
			stmt_bind_int(st, d->col[i].name, d->col[i].num);
}

static bool write_columns(struct app *app, enum kind_id kind, const struct record *rec, int64_t row, bool is_new,
	const struct derived *d, struct err *err)
{
	struct stmt *st = stmt_get(app->db, names[kind][!is_new]);
	const struct columns *c = columns_of(app, kind, is_new, rec->form, st);

	for (int i = 0; i < c->n; i++)
		if (c->field[i] >= 0)
			bind_value(app, st, i + 1, &rec->form->fields[c->field[i]], &rec->values[c->field[i]]);
	bind_derived(st, d);
	stmt_bind_int(st, "id", row);
	return stmt_run(st, err);
}

/* ---- what a contract promises ------------------------------------------------------------------------------------------- */

static bool clear_promises(struct app *app, int64_t contract, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "promise_clear");

	stmt_bind_int(st, "contract", contract);
	return stmt_run(st, err);
}

static bool put_promises(struct app *app, const struct record *rec, int64_t contract, bool is_new, struct err *err)
{
	const struct value *items = record_get(rec, "items");

	if (!is_new && !clear_promises(app, contract, err))
		return false;
	for (size_t i = 0; i < items->n_items; i++) {
		const char *item = record_text(items->items[i], "item");
		struct stmt *st;

		if (!item)
			continue;
		st = stmt_get(app->db, "promise_add");
		stmt_bind_int(st, "contract", contract);
		stmt_bind_text(st, "item", item);
		stmt_bind_int(st, "planned", record_num(items->items[i], "planned", 1));
		if (!stmt_run(st, err))
			return false;
	}
	return true;
}

/* ---- all of a record ---------------------------------------------------------------------------------------------------- */

bool columns_put(struct app *app, enum kind_id kind, const struct record *rec, int64_t row, int64_t resident, bool is_new,
	struct err *err)
{
	struct derived d = { .n = 0 };

	if (!names[kind][0]) /* nothing of it is searched or counted: its JSON says all */
		return true;
	if (kind == KIND_RESIDENT)
		app->known->linked = 0; /* a link may lead elsewhere now */
	if (!record_derive(app, kind, rec, resident, &d, err) || !write_columns(app, kind, rec, row, is_new, &d, err))
		return false;
	/* a record that an older version took in when its kind had no columns yet */
	if (!is_new && !db_changed(app->db) && !write_columns(app, kind, rec, row, true, &d, err))
		return false;
	return kind != KIND_CONTRACT || put_promises(app, rec, row, is_new, err);
}
