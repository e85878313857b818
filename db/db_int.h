/* Shared by the files that know SQLite. */
#ifndef CUNYI_DB_INT_H
#define CUNYI_DB_INT_H

#include <sqlite3.h>

#include "db/db.h"
#include "db/stmt.h"

struct stmt {
	sqlite3_stmt *handle;
	struct db *db;
	const char *name;
	unsigned hash; /* of the name */
	bool in_use;
	int n_params;
	char **params; /* names without the colon */
	int next_param; /* the one behind that bound last: most callers bind them in their order */
	struct stmt *next; /* in the hash bucket */
};

enum { STMT_BUCKETS = 256 };

struct db {
	sqlite3 *handle;
	struct stmt *buckets[STMT_BUCKETS];
	struct tx *tx;
	enum db_file file;
	char *put_off; /* SQL that makes the indexes a file in the making does without; NULL elsewhere */
	int dies_after; /* for tests */
	bool dead;
};

/* Runs SQL of our own (pragmas, migrations); never user text. */
bool db_exec(struct db *db, const char *sql, struct err *err);
/* First column of the first row as text into out. */
bool db_pragma(struct db *db, const char *sql, char *out, size_t size, struct err *err);
/* Log and synchronization as safety asks for, and asked whether they are so. */
bool db_durable(struct db *db, struct err *err);
/* Brings the file to the newest schema, a new one at once.  too_new when it is beyond that already. */
bool db_migrate(struct db *db, struct err *err);
/* The same by the migrations alone: what db/schema.sql is made from. */
bool db_migrate_by_steps(struct db *db, struct err *err);
/* Would db_migrate() have something to do? */
bool db_is_behind(struct db *db, bool *behind, struct err *err);
void stmt_free_all(struct db *db);
/* Before each statement; false: a test has ended this connection's life. */
bool db_count_statement(struct db *db);

#endif
