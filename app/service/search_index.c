/* Search rows of a resident, written by the one door. */
#include "app/base/i18n.h"
#include "app/clinic/search_keys.h"
#include "app/service/record_int.h"
#include "app/service/search.h"

static bool change_row(struct app *app, bool put, int64_t resident, int64_t village, const struct search_row *row,
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
static bool store_difference(struct app *app, int64_t resident, const struct search_rows *old,
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
		if (order <= 0 && !change_row(app, false, resident, old->village, &old->v[i++], err))
			return false;
		if (order >= 0 && !change_row(app, true, resident, new->village, &new->v[k++], err))
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

	rows_of(app, old, &mem, &before);
	rows_of(app, rec, &mem, &after);
	return store_difference(app, row, &before, &after, err);
}

/* ---- all of it anew ---------------------------------------------------------------------------------------------- */

/* Raised when the keys of search_keys.c or pinyin.c change: the stored rows are made anew then. */
#define SEARCH_EDITION "1"
enum { REBUILD_STEP = 40 }; /* residents in one transaction: well below the 20 ms that a screen may wait */

static bool set_edition(struct app *app, const char *edition, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && app_set_setting(app, "search_edition", edition, err) && work_commit(&w, err);
}

static bool clear_rows(struct app *app, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && app_set_setting(app, "search_edition", "", err) &&
		stmt_run(stmt_get(app->db, "search_clear_all"), err) &&
		stmt_run(stmt_get(app->db, "search_clear_village"), err) && work_commit(&w, err);
}

static bool residents_after(struct app *app, int64_t after, int64_t rows[REBUILD_STEP], size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "search_residents_after");
	bool row = true;

	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", REBUILD_STEP);
	for (*n = 0; *n < REBUILD_STEP; (*n)++) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		rows[*n] = stmt_int(st, 0);
	}
	return true;
}

static bool index_step(struct app *app, int64_t *after, size_t *n, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	int64_t rows[REBUILD_STEP];

	if (!work_begin(&w, app, err) || !residents_after(app, *after, rows, n, err))
		return false;
	for (size_t i = 0; i < *n; i++) {
		struct record *rec;
		enum kind_id kind;

		if (!record_load_row(app, rows[i], &mem, &rec, &kind, err) || !search_index(app, rows[i], NULL, rec, err))
			return false;
		*after = rows[i];
	}
	return work_commit(&w, err);
}

bool search_rebuild(struct app *app, bool (*progress)(void *ctx, int64_t done), void *ctx, struct err *err)
{
	int64_t after = 0, done = 0;
	size_t n;

	if (!clear_rows(app, err))
		return false;
	do {
		if (!index_step(app, &after, &n, err))
			return false;
		done += (int64_t)n;
		if (progress && n > 0 && !progress(ctx, done))
			return err_set(err, ERR_BUSY, _("The search index is not complete yet; it will be made anew."));
	} while (n == REBUILD_STEP);
	return set_edition(app, SEARCH_EDITION, err);
}

bool search_is_current(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *edition = app_setting(app, "search_edition", &mem);

	return edition && strcmp(edition, SEARCH_EDITION) == 0;
}
