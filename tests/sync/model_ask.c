/* What the model asks a device's file.  Each question is prepared once for each life of a process: it asks them hundreds of times. */
#include "model.h"

#include "support/base/check.h"

struct stmt *model_query(struct model_device *d, const char *sql)
{
	size_t i = 0;

	while (i < d->n_queries && strcmp(d->queries[i].sql, sql) != 0)
		i++;
	if (i == d->n_queries) {
		assert_true(i < MODEL_QUERIES);
		if (!model_ok(d->m, stmt_adhoc(d->app.db, sql, &d->queries[i].st, &d->err), &d->err, sql))
			return NULL;
		d->queries[i].sql = sql;
		d->n_queries++;
	}
	return d->queries[i].st;
}

void model_forget_queries(struct model_device *d)
{
	for (size_t i = 0; i < d->n_queries; i++)
		stmt_free(d->queries[i].st);
	d->n_queries = 0;
}

/* A question of one number, its parameters bound. */
static int64_t answer(struct model_device *d, struct stmt *st, const char *sql)
{
	bool row = false;
	int64_t n = 0;

	if (!stmt_step(st, &row, &d->err)) /* it may die just here */
		model_ok(d->m, db_test_is_dead(d->app.db), &d->err, sql);
	else if (row)
		n = stmt_int(st, 0);
	stmt_done(&st);
	return n;
}

int64_t model_ask(struct model_device *d, const char *sql)
{
	return model_ask_of(d, sql, 0, NULL);
}

int64_t model_ask_of(struct model_device *d, const char *sql, int64_t number, const char *id)
{
	struct stmt *st = db_test_is_dead(d->app.db) ? NULL : model_query(d, sql);

	if (!st)
		return 0;
	stmt_set_int(st, 1, number);
	if (id)
		stmt_set_text(st, 2, id);
	return answer(d, st, sql);
}

char *model_body(struct model_device *d, const struct model_thing *t)
{
	struct stmt *st = model_query(d, "SELECT body FROM record WHERE kind = ?1 AND uid = ?2");
	char *out = NULL;
	bool row;

	if (!st)
		return xstrdup("");
	stmt_set_int(st, 1, t->kind);
	stmt_set_text(st, 2, t->id);
	if (stmt_step(st, &row, &d->err) && row)
		out = xstrdup(stmt_text(st, 0));
	stmt_done(&st);
	return out ? out : xstrdup("");
}
