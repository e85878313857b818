/* Files merged into another one.  The records of a merged file keep their subject, here and at the county; readers find
 * them at the survivor, because the columns name the row that the link leads to.  So a merge moves nothing, and taking the
 * link away restores both histories whole. */
#include "app/clinic/search_keys.h"
#include "app/service/record_int.h"

enum { PORTION = 64, CHAIN_MAX = 32 };

static int64_t follow(struct app *app, int64_t row)
{
	int64_t next = row;
	struct err err;

	for (int i = 0; next && i < CHAIN_MAX; i++) {
		struct stmt *st = stmt_get(app->db, "link_next");

		row = next;
		stmt_bind_int(st, "id", row);
		if (!stmt_value(st, &next, 0, &err))
			break;
	}
	return row;
}

int64_t record_survivor(struct app *app, int64_t row)
{
	struct known *k = app->known;

	if (!k)
		return follow(app, row);
	if (k->linked != row) {
		k->leads_to = follow(app, row);
		k->linked = row;
	}
	return k->leads_to;
}

const char *record_survivor_id(struct app *app, const char *id, char out[RECORD_ID_MAX + 1])
{
	int64_t row = record_row(app, KIND_RESIDENT, id), at = row ? record_survivor(app, row) : 0;

	if (at == row || !record_id_of_row(app, at, out))
		snprintf(out, RECORD_ID_MAX + 1, "%s", id);
	return out;
}

/* In portions: what was looked at stands elsewhere then, or need not move. */
static bool followers(struct app *app, int64_t row, int64_t from, int64_t after, int64_t rows[PORTION], size_t *n,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "link_followers");
	bool found;

	stmt_bind_int(st, "row", row);
	stmt_bind_int(st, "from", from);
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", PORTION);
	for (*n = 0; *n < PORTION; rows[(*n)++] = stmt_int(st, 0)) {
		if (!stmt_step(st, &found, err))
			return false;
		if (!found)
			break;
	}
	return true;
}

bool links_follow(struct app *app, int64_t row, int64_t before, struct err *err)
{
	int64_t now = record_survivor(app, row), rows[PORTION], last = 0;
	size_t n = PORTION;

	if (now == before)
		return true;
	work_touch(app, before);
	work_touch(app, now);
	while (n == PORTION) {
		if (!followers(app, row, before, last, rows, &n, err))
			return false;
		for (size_t i = 0; i < n; last = rows[i++])
			if (!record_columns_anew(app, rows[i], err))
				return false;
	}
	return true;
}

/* ---- further numbers ---------------------------------------------------------------------------------------------- */

static bool add_identifier(struct app *app, int64_t row, const char *system, const char *value, const char *use,
	struct err *err)
{
	char key[SEARCH_KEY_MAX];
	struct stmt *st;

	if (!system || !value || !search_identifier(value, key, sizeof key))
		return true;
	st = stmt_get(app->db, "identifier_add");
	stmt_bind_int(st, "resident", row);
	stmt_bind_text(st, "system", system);
	stmt_bind_text(st, "value", key);
	stmt_bind_text(st, "use", use);
	return stmt_run(st, err);
}

bool identifiers_put(struct app *app, int64_t row, bool is_new, const struct record *rec, struct err *err)
{
	const struct value *list = record_get(rec, "identifiers");
	const char *birth = record_text(rec, "birth_certificate");

	if (!is_new) {
		struct stmt *st = stmt_get(app->db, "identifiers_clear");

		stmt_bind_int(st, "resident", row);
		if (!stmt_run(st, err))
			return false;
	}
	if (rec->meta.state != RECORD_ACTIVE)
		return true;
	for (size_t i = 0; i < list->n_items; i++) {
		const struct record *it = list->items[i];

		if (!add_identifier(app, row, record_text(it, "system"), record_text(it, "value"), record_text(it, "use"), err))
			return false;
	}
	return !birth || add_identifier(app, row, "21", birth, "1", err);
}
