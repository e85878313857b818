/* Numbered migrations, each in one transaction together with its user_version. */
#include "db/db_int.h"

#include "app/base/i18n.h"
#include "db/sql_text.h"

static bool is_for(const struct sql_migration *m, enum db_file file)
{
	return !strncmp(m->name, "drafts", 6) == (file == DB_DRAFTS);
}

/* Unless another process was faster. */
static bool apply(struct db *db, int number, const char *text, const char *after, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };
	char have[32];

	if (!tx_begin(&tx, db, err) || !db_pragma(db, "PRAGMA user_version", have, sizeof have, err))
		return false;
	return strtol(have, NULL, 10) >= number || (db_exec(db, text, err) && db_exec(db, after, err) && tx_commit(&tx, err));
}

static bool apply_one(struct db *db, const struct sql_migration *m, struct err *err)
{
	char version[64];

	snprintf(version, sizeof version, "PRAGMA user_version=%d", m->number);
	return apply(db, m->number, m->text, version, err);
}

static int newest_for(enum db_file file)
{
	int newest = 0;

	for (size_t i = 0; i < sql_migration_count; i++)
		if (is_for(&sql_migrations[i], file) && sql_migrations[i].number > newest)
			newest = sql_migrations[i].number;
	return newest;
}

static bool version_of(struct db *db, int *out, struct err *err)
{
	char text[32];

	if (!db_pragma(db, "PRAGMA user_version", text, sizeof text, err))
		return false;
	*out = (int)strtol(text, NULL, 10);
	if (*out <= newest_for(db->file))
		return true;
	return err_set(err, ERR_TOO_NEW,
		_("This database was written by a newer version of Cunyi. Install that version first."));
}

bool db_is_behind(struct db *db, bool *behind, struct err *err)
{
	int have;

	if (!version_of(db, &have, err))
		return false;
	*behind = have < newest_for(db->file);
	return true;
}

bool db_migrate_by_steps(struct db *db, struct err *err)
{
	int have;

	if (!version_of(db, &have, err))
		return false;
	for (size_t i = 0; i < sql_migration_count; i++)
		if (is_for(&sql_migrations[i], db->file) && sql_migrations[i].number > have &&
			!apply_one(db, &sql_migrations[i], err))
			return false;
	return true;
}

/* The text of the whole schema says its user_version itself. */
bool db_migrate(struct db *db, struct err *err)
{
	int have;

	if (!version_of(db, &have, err))
		return false;
	if (!have && db->file == DB_CLINIC && !apply(db, 1, sql_schema, "", err))
		return false;
	return db_migrate_by_steps(db, err);
}
