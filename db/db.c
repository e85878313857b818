#include "db/db_int.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/i18n.h"

#ifdef ENGINE_MC
#define JOURNAL     "wal"
#define SYNCHRONOUS "2" /* FULL: a commit is on the disk before it is called saved */
#else
/* Debian 12's 3.40.1 loses data in WAL mode with two connections (the WAL-reset bug, fixed in 3.51.3). */
#define JOURNAL     "truncate"
#define SYNCHRONOUS "3" /* EXTRA */
#endif

enum { APPLICATION_ID = 0x43756E79, DRAFTS_ID = 0x4375447A }; /* "Cuny", "CuDz" */

static int kill_after;

void db_test_kill_after(int n)
{
	kill_after = n;
}

void db_test_die_after(struct db *db, int n)
{
	db->dies_after = n;
}

bool db_test_is_dead(const struct db *db)
{
	return db->dead;
}

bool db_count_statement(struct db *db)
{
	if (kill_after && !--kill_after)
		raise(SIGKILL);
	if (db->dies_after && !--db->dies_after)
		db->dead = true;
	return !db->dead;
}

static enum err_code code_of(int rc)
{
	switch (rc & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_FULL:
		return ERR_DISK_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_NOT_ALLOWED;
	default:
		return ERR_IO;
	}
}

static const char *sentence_of(enum err_code code)
{
	if (code == ERR_BUSY)
		return _("Another program is saving just now. Nothing is lost; try again in a moment.");
	if (code == ERR_DISK_FULL)
		return _("The disk is full. Nothing was saved; free some space and try again.");
	if (code == ERR_CORRUPT)
		return _("The database file is damaged or is not a Cunyi database. Stop working and restore a backup.");
	if (code == ERR_NOT_ALLOWED)
		return _("The database cannot be written: no permission or a read-only disk.");
	return _("The database could not be read or written.");
}

bool db_fail(struct db *db, const char *doing, struct err *err)
{
	int rc = db->handle ? sqlite3_extended_errcode(db->handle) : SQLITE_CANTOPEN;
	enum err_code code = code_of(rc);

	return err_system(err, code, rc, sentence_of(code), "%s: %s (%d)", doing,
		db->handle ? sqlite3_errstr(rc) : "open", rc);
}

bool db_exec(struct db *db, const char *sql, struct err *err)
{
	if (!db_count_statement(db) || sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(db, "exec", err);
	return true;
}

bool db_pragma(struct db *db, const char *sql, char *out, size_t size, struct err *err)
{
	sqlite3_stmt *st;
	const unsigned char *text;

	if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) != SQLITE_OK)
		return db_fail(db, sql, err);
	out[0] = '\0';
	if (sqlite3_step(st) == SQLITE_ROW && (text = sqlite3_column_text(st, 0)))
		snprintf(out, size, "%s", (const char *)text);
	if (sqlite3_finalize(st) != SQLITE_OK)
		return db_fail(db, sql, err);
	return true;
}

static bool expect(struct db *db, const char *pragma, const char *want, struct err *err)
{
	char have[64];

	if (!db_pragma(db, pragma, have, sizeof have, err))
		return false;
	if (strcmp(have, want) != 0)
		return err_system(err, ERR_IO, 0,
			_("The database does not take the settings that survive a power cut. Is it on a network share?"),
			"%s gives %s, expected %s", pragma, have, want);
	return true;
}

/* What holds for this connection only: nothing of this touches the file, which may be somebody else's. */
static bool connection_settings(struct db *db, const struct db_options *o, struct err *err)
{
	db_patience(db, o->busy_timeout_ms);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* A plan never depends on bound values: otherwise every new value of a LIMIT compiles its statement anew. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
	return db_exec(db, "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON;"
			   "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA cache_size=-8000",
		err);
}

/* Views that the file must not hold, then the lock for readers. */
static bool finish_opening(struct db *db, const struct db_options *o, struct err *err)
{
	return (o->file != DB_CLINIC ||
		       (stmt_run(stmt_get(db, "view_screening_open"), err) && stmt_run(stmt_get(db, "view_travelling"), err))) &&
		(!o->readonly || db_exec(db, "PRAGMA query_only=ON", err));
}

void db_patience(struct db *db, int ms)
{
	sqlite3_busy_timeout(db->handle, ms);
}

bool db_durable(struct db *db, struct err *err)
{
	char have[64];

	return db_pragma(db, "PRAGMA journal_mode=" JOURNAL, have, sizeof have, err) &&
		db_exec(db, "PRAGMA synchronous=" SYNCHRONOUS "; PRAGMA wal_autocheckpoint=1000;"
			"PRAGMA journal_size_limit=16777216",
			err) &&
		expect(db, "PRAGMA journal_mode", JOURNAL, err) && expect(db, "PRAGMA synchronous", SYNCHRONOUS, err) &&
		expect(db, "PRAGMA foreign_keys", "1", err);
}

/* A file with another application_id is somebody else's; 0 with no tables is new. */
static bool identify(struct db *db, bool *fresh, struct err *err)
{
	char id[32], tables[32], want[32];

	snprintf(want, sizeof want, "%d", db->file == DB_DRAFTS ? DRAFTS_ID : APPLICATION_ID);
	if (!db_pragma(db, "PRAGMA application_id", id, sizeof id, err) ||
		!db_pragma(db, "SELECT count(*) FROM sqlite_schema", tables, sizeof tables, err))
		return false;
	*fresh = !strcmp(id, "0") && !strcmp(tables, "0");
	if (*fresh || !strcmp(id, want))
		return true;
	return err_set(err, ERR_CORRUPT, _("This file is not a Cunyi database."));
}

static bool mark_ours(struct db *db, struct err *err)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA application_id=%d", db->file == DB_DRAFTS ? DRAFTS_ID : APPLICATION_ID);
	return db_exec(db, sql, err);
}

static void sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

static bool prepare_for_writing(struct db *db, bool fresh, struct err *err)
{
	return db_durable(db, err) && (!fresh || mark_ours(db, err)) && db_migrate(db, err);
}

/* A reader of a file that an older version wrote migrates it first, through a connection that may write. */
static bool prepare_for_reading(struct db *db, const char *path, const struct db_options *o, bool fresh, struct err *err)
{
	struct db_options writing = *o;
	struct db *other;
	bool behind;

	if (!db_is_behind(db, &behind, err))
		return false;
	if (!behind && !fresh)
		return true;
	writing.readonly = false;
	if (!db_open(&other, path, &writing, err))
		return false;
	db_close(other);
	return true;
}

bool db_open(struct db **out, const char *path, const struct db_options *options, struct err *err)
{
	struct db *db = xcalloc(1, sizeof *db);
	int flags = options->readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	bool absent = access(path, F_OK) != 0, fresh;
	mode_t old;
	int rc;

	old = umask(077);
	rc = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	umask(old);
	db->file = options->file;
	if (rc != SQLITE_OK) {
		db_fail(db, "open", err);
		db_close(db);
		return false;
	}
	if (!connection_settings(db, options, err) || !identify(db, &fresh, err) ||
		!(options->readonly ? prepare_for_reading(db, path, options, fresh, err) :
				      prepare_for_writing(db, fresh, err)) ||
		!finish_opening(db, options, err)) {
		db_close(db);
		return false;
	}
	if (absent)
		sync_folder(path);
	*out = db;
	return true;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	stmt_free_all(db);
	sqlite3_close(db->handle);
	free(db->put_off);
	free(db);
}

const char *db_engine(void)
{
	static char text[64];

	snprintf(text, sizeof text, "SQLite %s (%s, synchronous %s)", sqlite3_libversion(), JOURNAL, SYNCHRONOUS);
	return text;
}

int64_t db_data_version(struct db *db)
{
	char have[32];
	struct err err;

	return db_pragma(db, "PRAGMA data_version", have, sizeof have, &err) ? strtoll(have, NULL, 10) : 0;
}

bool db_bulk(struct db *db, bool on, struct err *err)
{
	return db_exec(db, on ? "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16000" :
				"PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=1000",
		err);
}

static bool check_references(struct db *db, struct err *err)
{
	char have[128];

	if (!db_pragma(db, "PRAGMA foreign_key_check", have, sizeof have, err))
		return false;
	return !*have || err_system(err, ERR_CORRUPT, 0, sentence_of(ERR_CORRUPT), "foreign keys: %s", have);
}

bool db_check(struct db *db, bool full, struct err *err)
{
	char have[128];

	if (!db_pragma(db, full ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)", have, sizeof have, err))
		return false;
	if (strcmp(have, "ok") != 0)
		return err_system(err, ERR_CORRUPT, 0, sentence_of(ERR_CORRUPT), "check: %s", have);
	return !full || check_references(db, err);
}
