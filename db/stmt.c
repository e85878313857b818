#include "db/stmt.h"

#include <assert.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "db/db_int.h"
#include "db/sql_text.h"

static unsigned hash(const char *s)
{
	unsigned h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

static int by_name(const void *name, const void *entry)
{
	return strcmp(name, ((const struct sql_text *)entry)->name);
}

static const char *text_of(const char *name)
{
	const struct sql_text *found = bsearch(name, sql_statements, sql_statement_count, sizeof *sql_statements, by_name);

	return found ? found->text : NULL;
}

static NORETURN void no_such_statement(struct db *db, const char *name)
{
	fprintf(stderr, "cunyi: statement %s: %s\n", name, sqlite3_errmsg(db->handle));
	abort();
}

static struct stmt *prepare(struct db *db, const char *name, unsigned name_hash)
{
	struct stmt **bucket = &db->buckets[name_hash % STMT_BUCKETS];
	struct stmt *st = xcalloc(1, sizeof *st);
	const char *sql = text_of(name);

	if (!sql || sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &st->handle, NULL) != SQLITE_OK)
		no_such_statement(db, name);
	st->n_params = sqlite3_bind_parameter_count(st->handle);
	st->params = xcalloc((size_t)st->n_params, sizeof *st->params);
	/* Copies: SQLite prepares again behind our back (a new schema, a range whose bounds change) and frees its own. */
	for (int i = 0; i < st->n_params; i++)
		st->params[i] = xstrdup(sqlite3_bind_parameter_name(st->handle, i + 1) + 1);
	st->db = db;
	st->name = name;
	st->hash = name_hash;
	st->next = *bucket;
	*bucket = st;
	return st;
}

struct stmt *stmt_get(struct db *db, const char *name)
{
	unsigned h = hash(name);
	struct stmt *st = db->buckets[h % STMT_BUCKETS];

	while (st && (st->hash != h || strcmp(st->name, name) != 0))
		st = st->next;
	if (!st)
		st = prepare(db, name, h);
	assert(!st->in_use);
	sqlite3_clear_bindings(st->handle);
	st->next_param = 0;
	st->in_use = true;
	return st;
}

/* Number of a parameter, 0 when the statement has none of that name. */
static int param(struct stmt *st, const char *name)
{
	for (int k = 0; k < st->n_params; k++) {
		int i = (st->next_param + k) % st->n_params;

		if (st->params[i][0] == name[0] && !strcmp(st->params[i], name))
			return st->next_param = i + 1;
	}
	return 0;
}

void stmt_set_int(struct stmt *st, int i, int64_t n)
{
	sqlite3_bind_int64(st->handle, i, n);
}

void stmt_set_text(struct stmt *st, int i, const char *s)
{
	if (s)
		sqlite3_bind_text(st->handle, i, s, -1, SQLITE_TRANSIENT);
	else
		sqlite3_bind_null(st->handle, i);
}

void stmt_bind_int(struct stmt *st, const char *name, int64_t n)
{
	int i = param(st, name);

	if (i)
		stmt_set_int(st, i, n);
}

void stmt_bind_text(struct stmt *st, const char *name, const char *s)
{
	int i = param(st, name);

	if (i)
		stmt_set_text(st, i, s);
}

void stmt_bind_blob(struct stmt *st, const char *name, const void *p, size_t n)
{
	int i = param(st, name);

	if (i)
		sqlite3_bind_blob64(st->handle, i, p, n, SQLITE_TRANSIENT);
}

int stmt_param_count(const struct stmt *st)
{
	return st->n_params;
}

const char *stmt_param_name(const struct stmt *st, int i)
{
	return st->params[i - 1];
}

bool stmt_step(struct stmt *st, bool *row, struct err *err)
{
	int rc;

	rc = db_count_statement(st->db) ? sqlite3_step(st->handle) : SQLITE_INTERRUPT;
	*row = rc == SQLITE_ROW;
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		return true;
	return db_fail(st->db, st->name ? st->name : "adhoc", err);
}

bool stmt_run(struct stmt *st, struct err *err)
{
	bool row = true, ok = true;

	while (ok && row)
		ok = stmt_step(st, &row, err);
	stmt_done(&st);
	return ok;
}

bool stmt_value(struct stmt *st, int64_t *out, int64_t otherwise, struct err *err)
{
	bool row, ok = stmt_step(st, &row, err);

	if (ok)
		*out = row && !stmt_is_null(st, 0) ? stmt_int(st, 0) : otherwise;
	stmt_done(&st);
	return ok;
}

bool stmt_yes(struct stmt *st, bool *out, struct err *err)
{
	int64_t n;

	if (!stmt_value(st, &n, 0, err))
		return false;
	*out = n != 0;
	return true;
}

int64_t stmt_int(struct stmt *st, int col)
{
	return sqlite3_column_int64(st->handle, col);
}

const char *stmt_text(struct stmt *st, int col)
{
	return (const char *)sqlite3_column_text(st->handle, col);
}

const void *stmt_blob(struct stmt *st, int col, size_t *n)
{
	const void *p = sqlite3_column_blob(st->handle, col);

	*n = (size_t)sqlite3_column_bytes(st->handle, col);
	return p;
}

bool stmt_is_null(struct stmt *st, int col)
{
	return sqlite3_column_type(st->handle, col) == SQLITE_NULL;
}

bool stmt_is_int(struct stmt *st, int col)
{
	return sqlite3_column_type(st->handle, col) == SQLITE_INTEGER;
}

bool stmt_is_real(struct stmt *st, int col)
{
	return sqlite3_column_type(st->handle, col) == SQLITE_FLOAT;
}

int stmt_column_count(struct stmt *st)
{
	return sqlite3_column_count(st->handle);
}

const char *stmt_column_name(struct stmt *st, int col)
{
	return sqlite3_column_name(st->handle, col);
}

void stmt_done(struct stmt **st)
{
	if (!*st)
		return;
	sqlite3_reset((*st)->handle);
	(*st)->in_use = false;
	*st = NULL;
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changed(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

bool stmt_adhoc(struct db *db, const char *sql, struct stmt **out, struct err *err)
{
	struct stmt *st = xcalloc(1, sizeof *st);
	const char *rest = "";

	if (sqlite3_prepare_v2(db->handle, sql, -1, &st->handle, &rest) != SQLITE_OK || !st->handle) {
		err_system(err, ERR_FORMAT, 0, _("This SQL cannot be read."), "%s", sqlite3_errmsg(db->handle));
		free(st);
		return false;
	}
	/* What gives no columns (ATTACH, PRAGMA x = y) is no question either. */
	if (!sqlite3_stmt_readonly(st->handle) || !sqlite3_column_count(st->handle)) {
		stmt_free(st);
		return err_set(err, ERR_NOT_ALLOWED, _("Only reading is allowed here (SELECT)."));
	}
	if (rest[strspn(rest, "; \t\r\n")]) {
		stmt_free(st);
		return err_set(err, ERR_USAGE, _("One query at a time."));
	}
	st->db = db;
	st->in_use = true;
	*out = st;
	return true;
}

void stmt_free(struct stmt *st)
{
	sqlite3_finalize(st->handle);
	for (int i = 0; i < st->n_params; i++)
		free(st->params[i]);
	free(st->params);
	free(st);
}

void stmt_free_all(struct db *db)
{
	for (size_t i = 0; i < STMT_BUCKETS; i++)
		while (db->buckets[i]) {
			struct stmt *st = db->buckets[i];

			db->buckets[i] = st->next;
			stmt_free(st);
		}
}
