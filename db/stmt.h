/* Prepared statements of the catalogue (db/sql/), found by name, prepared once, bound by parameter name.
 * No SQL is ever built at run time. */
#ifndef CUNYI_STMT_H
#define CUNYI_STMT_H

#include "db/db.h"

struct stmt;

/* The statement, reset and with empty parameters.  An unknown name or SQL that does not compile ends the program: the
 * tests prepare every one.  One statement cannot be in use twice at a time on one connection (asserted). */
struct stmt *stmt_get(struct db *db, const char *name);

/* Parameters are named without the colon; one that the statement does not have is passed over, so that one set of values
 * serves several statements. */
void stmt_bind_int(struct stmt *st, const char *param, int64_t n);
void stmt_bind_text(struct stmt *st, const char *param, const char *s); /* NULL binds NULL; copied */
void stmt_bind_blob(struct stmt *st, const char *param, const void *p, size_t n);

/* The same by the parameter's number, 1 ... stmt_param_count(). */
void stmt_set_int(struct stmt *st, int i, int64_t n);
void stmt_set_text(struct stmt *st, int i, const char *s);

/* Number of parameters and their names ("sbp"), for the mapper that binds a record's fields. */
int stmt_param_count(const struct stmt *st);
const char *stmt_param_name(const struct stmt *st, int i); /* 1 ... count */

/* One step: *row tells whether there is a row. */
bool stmt_step(struct stmt *st, bool *row, struct err *err);

/* Runs to the end and resets. */
bool stmt_run(struct stmt *st, struct err *err);

/* The first row's first column as an integer, otherwise when there is no row or it is NULL; resets. */
bool stmt_value(struct stmt *st, int64_t *out, int64_t otherwise, struct err *err);
/* The same as a yes: is there a row, and is that integer not 0? */
bool stmt_yes(struct stmt *st, bool *out, struct err *err);

/* Columns of the present row, from 0; valid until the next step. */
int64_t stmt_int(struct stmt *st, int col);
const char *stmt_text(struct stmt *st, int col); /* NULL when NULL */
const void *stmt_blob(struct stmt *st, int col, size_t *n);
bool stmt_is_null(struct stmt *st, int col);
bool stmt_is_int(struct stmt *st, int col);
bool stmt_is_real(struct stmt *st, int col); /* only what a person's own SQL computes: our tables hold none */
int stmt_column_count(struct stmt *st);
const char *stmt_column_name(struct stmt *st, int col);

/* Ends the use of a statement; needed after stmt_step() only. */
void stmt_done(struct stmt **st);
#define AUTO_STMT __attribute__((cleanup(stmt_done)))

/* Id of the last inserted row. */
int64_t db_last_id(struct db *db);
/* Rows that the last statement changed. */
int64_t db_changed(struct db *db);

/* For `cunyi sql --readonly`: any one SELECT of a person.  ERR_NOT_ALLOWED when it would write. */
bool stmt_adhoc(struct db *db, const char *sql, struct stmt **out, struct err *err);
void stmt_free(struct stmt *st);

#endif
