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

static void rows_of(struct app *app, const struct record *rec, struct arena *mem, struct search_rows *out)
{
	const char *village = rec ? record_text(rec, "village") : NULL;

	if (rec)
		search_rows(mem, rec, village ? record_row(app, KIND_ORGANISATION, village) : 0, out);
	else
		*out = (struct search_rows){ .village = 0 };
}

bool search_index(struct app *app, int64_t row, const struct record *old, const struct record *rec, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct search_rows before, after;

	if (!old && app->search_deferred) {
		struct stmt *st = stmt_get(app->db, "search_pending_add");

		stmt_bind_int(st, "resident", row);
		return stmt_run(st, err);
	}
	rows_of(app, old, &mem, &before);
	rows_of(app, rec, &mem, &after);
	return search_store_difference(app, row, &before, &after, err);
}
