/* The store's connection: one SQLite file, one connection a process and purpose.  Which engine is behind it (see
 * packaging/engine.mk) nobody outside this folder notices. */
#ifndef CUNYI_DB_H
#define CUNYI_DB_H

#include "app/base/err.h"
#include "app/base/mem.h"

struct db;

enum db_file {
	DB_CLINIC, /* the clinic's records */
	DB_DRAFTS, /* unfinished forms: a file of their own, so that typing never waits for a save elsewhere */
};

struct db_options {
	enum db_file file;
	bool readonly;       /* changes nothing; only a file of an older version is migrated first */
	int busy_timeout_ms; /* of the opening; db_patience() changes it */
};

/* Opens and, unless read-only, creates; brings an older file to the newest schema.  The durability settings are set, read
 * back and asserted: a connection that would not survive a power cut is refused.  A file that is not ours stays as it is,
 * byte by byte.  Errors: too_new (made by a newer program), corrupt, io, disk_full, not_allowed, busy. */
bool db_open(struct db **out, const char *path, const struct db_options *options, struct err *err);
void db_close(struct db *db);
/* Waits so long from now on for another one that writes. */
void db_patience(struct db *db, int ms);

/* The engine's name and version for `doctor` and bug reports: "SQLite 3.53.4 (WAL, FULL)". */
const char *db_engine(void);

/* Changes when another connection committed (PRAGMA data_version); not by own commits. */
int64_t db_data_version(struct db *db);

/* Checks the file: quick (pages) or full (indexes, foreign keys).  False with ERR_CORRUPT names the first fault. */
bool db_check(struct db *db, bool full, struct err *err);

/* For work of hundreds of thousands of rows (a practice clinic, an import): a larger page cache and rarer checkpoints, as
 * durable as ever.  Turn it off again afterwards. */
bool db_bulk(struct db *db, bool on, struct err *err);

/* A file in the making is nobody's yet, and is thrown away unless it is finished: it is written without a log and without
 * waiting for the disk, and its references are not looked up at every insert: rows of others are named only by what the
 * door found (record_ref), and tests check the whole file.  Only what is unique and what a person has is found by an index
 * meanwhile.  Turned off again, the indexes are made, the file is on the disk, and the connection is as durable as any.
 * Outside of transactions. */
bool db_making(struct db *db, bool on, struct err *err);

/* Makes *err from the connection's last error; returns false. */
bool db_fail(struct db *db, const char *doing, struct err *err);

/* ---- transactions ------------------------------------------------------------------------------------------------ */

/* AUTO_TX struct tx tx = { 0 };  if (!tx_begin(&tx, db, err)) ...; rolls back at the end of its scope unless committed.
 * Always IMMEDIATE: a transaction that reads first and writes later would fail at once beside another writer. */
struct tx {
	struct db *db;
};
bool tx_begin(struct tx *tx, struct db *db, struct err *err);
bool tx_commit(struct tx *tx, struct err *err);
void tx_rollback(struct tx *tx);
#define AUTO_TX __attribute__((cleanup(tx_rollback)))

/* Is a write transaction open on this connection? */
bool db_in_transaction(const struct db *db);

/* For tests: after n more statements of any kind the process kills itself, as a power cut would. 0 = never. */
void db_test_kill_after(int n);

/* For tests that hold several clinics in one process: the n-th statement from now and all after it fail on this connection,
 * as if its process had ended there.  What was not committed is gone when it is closed. */
void db_test_die_after(struct db *db, int n);
bool db_test_is_dead(const struct db *db);

#endif
