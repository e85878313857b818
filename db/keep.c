/* Connections that tests keep (db_test_keep in db.h): opening a file, reading its schema and preparing its statements again costs
 * more than most rounds. */
#include "db/db_int.h"

static bool keeping;
static struct kept {
	struct db *db;
	struct kept *next;
} *kept;

void db_test_keep(void)
{
	keeping = true;
}

/* Readers are not like others. */
void db_note_path(struct db *db, const char *path, const struct db_options *options)
{
	if (keeping && !options->readonly)
		db->kept_as = xstrdup(path);
}

/* What a process leaves that ends: nothing begun, and nothing that was not committed. */
static bool forget_work(struct db *db)
{
	stmt_reset_all(db);
	db->tx = NULL;
	db->dead = false;
	db->dies_after = 0;
	return sqlite3_get_autocommit(db->handle) || sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK;
}

bool db_keep(struct db *db)
{
	struct kept *k;

	if (!db->kept_as || db->put_off || !forget_work(db))
		return false;
	k = xcalloc(1, sizeof(*k));
	*k = (struct kept){ db, kept };
	kept = k;
	return true;
}

struct db *db_kept(const char *path, const struct db_options *options)
{
	for (struct kept **at = &kept; *at; at = &(*at)->next) {
		struct kept *k = *at;
		struct db *db = k->db;

		if (options->readonly || strcmp(db->kept_as, path) != 0)
			continue;
		*at = k->next;
		free(k);
		sqlite3_busy_timeout(db->handle, options->busy_timeout_ms);
		return db;
	}
	return NULL;
}
