/* Who may be the one that is being registered. */
#include "app/clinic/pinyin.h"
#include "app/service/search.h"
#include "db/stmt.h"

static bool add(struct app *app, struct duplicates *out, int64_t row, enum duplicate_reason reason, struct arena *mem,
	struct err *err)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].hit.row == row)
			return true;
	if (out->n == N_ELEMENTS(out->v)) {
		out->more = true;
		return true;
	}
	out->v[out->n].reason = reason;
	if (!search_hit_of(app, row, mem, &out->v[out->n].hit, err))
		return false;
	out->v[out->n++].hit.match = reason == DUPLICATE_ID ? SEARCH_ID : SEARCH_NAME;
	return true;
}

static bool same_number(struct app *app, const char *statement, const struct duplicate_query *q,
	enum duplicate_reason reason, struct arena *mem, struct duplicates *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, statement);
	bool row = true;

	stmt_bind_text(st, "number", q->id_number);
	stmt_bind_int(st, "self", q->self);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (!add(app, out, stmt_int(st, 0), reason, mem, err))
			return false;
	}
}

/* Those born on the same day are few, at any number of residents: their names are compared one by one. */
static bool same_birth(struct app *app, const struct duplicate_query *q, enum duplicate_reason reason, struct arena *mem,
	struct duplicates *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "duplicates_birth");
	char name[SEARCH_KEY_MAX], other[SEARCH_KEY_MAX];
	bool row = true;

	if (!search_clean(q->name, name, sizeof name))
		return true;
	stmt_bind_text(st, "date", q->birth_date);
	stmt_bind_text(st, "sex", q->sex);
	stmt_bind_int(st, "self", q->self);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		/* twins: born on one day, called nearly alike; the first often has no number yet */
		if (!search_clean(stmt_text(st, 1), other, sizeof other) ||
			(stmt_int(st, 2) ? stmt_int(st, 2) : 1) != (q->birth_order ? q->birth_order : 1))
			continue;
		if (reason == DUPLICATE_NAME ? strcmp(name, other) != 0 : !pinyin_near(name, other))
			continue;
		if (!add(app, out, stmt_int(st, 0), reason, mem, err))
			return false;
	}
}

static bool given(const char *s)
{
	return s && s[0];
}

bool duplicates_find(struct app *app, const struct duplicate_query *q, struct arena *mem, struct duplicates *out,
	struct err *err)
{
	*out = (struct duplicates){ 0 };
	if (given(q->id_number) && (!same_number(app, "duplicates_id", q, DUPLICATE_ID, mem, out, err) ||
					   !same_number(app, "duplicates_old_number", q, DUPLICATE_OLD_NUMBER, mem, out, err)))
		return false;
	if (!given(q->name) || !given(q->birth_date) || !given(q->sex))
		return true;
	return same_birth(app, q, DUPLICATE_NAME, mem, out, err) && same_birth(app, q, DUPLICATE_SIMILAR, mem, out, err);
}
