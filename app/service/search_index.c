/* Search rows of a resident, written by the one door. */
#include "app/service/record_int.h"
#include "app/service/search_int.h"

bool search_change_row(struct app *app, bool put, int64_t resident, int64_t village, const struct search_row *row,
	struct err *err)
{
	static const char *const names[2][2] = { { "search_all_drop", "search_all_put" },
		{ "search_village_drop", "search_village_put" } };

	for (int v = 0; v < 2; v++) {
		struct stmt *st;

		if (!((unsigned)row->where & (v ? SEARCH_VILLAGE_ONLY : SEARCH_ALL)) || (v && !village))
			continue;
		st = stmt_get(app->db, names[v][put]);
		stmt_bind_int(st, "village", village);
		stmt_bind_text(st, "key", row->key);
		stmt_bind_text(st, "name", row->name);
		stmt_bind_int(st, "resident", resident);
		stmt_bind_int(st, "match", (int64_t)row->match);
		if (!stmt_run(st, err))
			return false;
	}
	return true;
}

/* Walks both sorted lists; rows that are in both stay untouched, so a save that changes no name writes nothing here. */
bool search_store_difference(struct app *app, int64_t resident, const struct search_rows *old,
	const struct search_rows *new, struct err *err)
{
	bool moved = old->village != new->village;
	size_t i = 0, k = 0;

	while (i < old->n || k < new->n) {
		int order = i == old->n ? 1 : k == new->n ? -1 : search_row_compare(&old->v[i], &new->v[k]);

		if (order == 0 && !moved && old->v[i].match == new->v[k].match && old->v[i].where == new->v[k].where) {
			i++;
			k++;
			continue;
		}
		if (order <= 0 && !search_change_row(app, false, resident, old->village, &old->v[i++], err))
			return false;
		if (order >= 0 && !search_change_row(app, true, resident, new->village, &new->v[k++], err))
			return false;
	}
	return true;
}

bool search_former(struct app *app, int64_t resident, struct arena *mem, const char *out[FORMER_MAX + 1], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "former_names");
	bool row = true;
	size_t n = 0;

	stmt_bind_int(st, "resident", resident);
	stmt_bind_int(st, "limit", FORMER_MAX);
	for (out[0] = NULL; n < FORMER_MAX; out[n] = NULL) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		out[n++] = arena_strdup(mem, stmt_text(st, 0));
	}
	return true;
}

static int64_t village_of(struct app *app, const struct record *rec)
{
	const char *village = record_text(rec, "village");

	return village ? record_row(app, KIND_ORGANISATION, village) : 0;
}

static bool rows_of(struct app *app, int64_t resident, const struct record *rec, struct arena *mem,
	struct search_rows *out, struct err *err)
{
	const char *former[FORMER_MAX + 1];

	*out = (struct search_rows){ .village = 0 };
	if (!rec)
		return true;
	if (!search_former(app, resident, mem, former, err))
		return false;
	search_rows(mem, rec, village_of(app, rec), former, out);
	return true;
}

static bool note_former(struct app *app, int64_t resident, const struct record *old, const struct record *rec,
	struct err *err)
{
	const char *was = record_text(old, "name"), *is = record_text(rec, "name");
	struct stmt *st;

	if (!was || !is || strcmp(was, is) == 0)
		return true;
	st = stmt_get(app->db, "former_add");
	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "name", was);
	return stmt_run(st, err);
}

static bool note_pending(struct app *app, int64_t resident, const struct record *rec, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "search_pending_add");

	search_hold(app, resident, rec, village_of(app, rec));
	stmt_bind_int(st, "resident", resident);
	return stmt_run(st, err);
}

bool search_index(struct app *app, int64_t row, const struct record *old, const struct record *rec, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct search_rows before, after;

	if (!old && app->search_deferred)
		return note_pending(app, row, rec, err);
	return rows_of(app, row, old, &mem, &before, err) && (!old || note_former(app, row, old, rec, err)) &&
		rows_of(app, row, rec, &mem, &after, err) && search_store_difference(app, row, &before, &after, err);
}
