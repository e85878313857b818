/* A file in the making: without a log, without waiting, and its indexes made when everything is in it. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/base/mem.h"
#include "db/db_int.h"

/* An index that grows by one entry here and one there costs several times what sorting all of them costs at the end. */
static bool put_off_indexes(struct db *db, struct err *err)
{
	AUTO_FREE char *drop = NULL;
	struct stmt *st = stmt_get(db, "indexes_put_off");
	bool row, ok = stmt_step(st, &row, err);

	if (ok) {
		drop = xstrdup(stmt_text(st, 0));
		db->put_off = xstrdup(stmt_text(st, 1));
	}
	stmt_done(&st);
	return ok && db_exec(db, drop, err);
}

static bool make_indexes(struct db *db, struct err *err)
{
	bool ok = db_exec(db, db->put_off, err);

	free(db->put_off);
	db->put_off = NULL;
	return ok && db_exec(db, "ANALYZE sqlite_schema", err);
}

static bool sync_file(struct db *db, struct err *err)
{
	int fd = open(sqlite3_db_filename(db->handle, "main"), O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	int why = errno;

	if (fd >= 0)
		close(fd);
	return ok || err_errno(err, why, "clinic.db");
}

bool db_making(struct db *db, bool on, struct err *err)
{
	char mode[32];

	if (on)
		return db_exec(db, "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF", err) &&
			db_pragma(db, "PRAGMA journal_mode=MEMORY", mode, sizeof mode, err) &&
			put_off_indexes(db, err);
	return make_indexes(db, err) && db_exec(db, "PRAGMA foreign_keys=ON", err) && db_durable(db, err) &&
		sync_file(db, err);
}
