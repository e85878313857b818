#include "app/service/namesakes.h"

#include "app/base/i18n.h"
#include "app/service/record.h"
#include "db/stmt.h"

/* Statements that find one of the name besides :not; what else tells two apart is bound when they ask for it. */
static const struct {
	enum kind_id kind;
	const char *find;
	const char *within; /* key of the organisation it belongs to: the same name elsewhere is another one; NULL */
	const char *type;   /* key of what the one that is there is called by, find's second column; NULL: by its kind */
} rules[] = {
	{ KIND_ORGANISATION, "organisation_of_name", "parent", "type" },
	{ KIND_TEAM, "team_of_name", "organisation", NULL },
	{ KIND_PACKAGE, "package_of_name", NULL, NULL },
	{ KIND_HOUSEHOLD, "household_of_name", "village", NULL },
};

static bool same_text(const struct record *a, const struct record *b, const char *key)
{
	const char *x = record_text(a, key), *y = record_text(b, key);

	return x && y && !strcmp(x, y);
}

/* "村卫生室" and not "机构与村" where its type is known. */
static const char *word(size_t rule, struct stmt *st)
{
	const struct kind *kind = kind_by_id(rules[rule].kind);
	const struct code *type = NULL;

	if (rules[rule].type && !stmt_is_null(st, 1))
		type = field_code(form_field(kind->form, rules[rule].type), stmt_text(st, 1));
	return term_text(type ? &type->term : &kind->term);
}

/* *found: what the one that is there is called, NULL when there is none. */
static bool find(struct app *app, size_t rule, const struct record *rec, const char **found, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, rules[rule].find);
	const char *within = rules[rule].within ? record_text(rec, rules[rule].within) : NULL;
	bool row;

	stmt_bind_text(st, "name", record_text(rec, "name"));
	stmt_bind_text(st, "not", rec->meta.id);
	if (rules[rule].kind == KIND_HOUSEHOLD)
		stmt_bind_text(st, "house", record_text(rec, "house"));
	if (within)
		stmt_bind_int(st, "within", record_row(app, KIND_ORGANISATION, within));
	if (!stmt_step(st, &row, err))
		return false;
	*found = row ? word(rule, st) : NULL;
	return true;
}

bool namesakes_check(struct app *app, enum kind_id kind, const struct record *rec, const struct record *old, struct findings *fs,
	struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(rules); i++) {
		const char *found;

		if (rules[i].kind != kind || !record_text(rec, "name") || (old && same_text(rec, old, "name")))
			continue;
		if (!find(app, i, rec, &found, err))
			return false;
		if (found)
			finding_question(fs, "name", _("%s \"%s\" is there already. Is this really another one?"),
				found, record_text(rec, "name"));
	}
	return true;
}
