/* Numbered migrations, each in one transaction together with its user_version. */
#include "db/db_int.h"

#include "app/base/i18n.h"
#include "db/sql_text.h"

static bool is_for(const struct sql_migration *m, enum db_file file)
{
	return !strncmp(m->name, "drafts", 6) == (file == DB_DRAFTS);
}

static bool apply(struct db *db, const struct sql_migration *m, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };
	char version[64], have[32];

	if (!tx_begin(&tx, db, err) || !db_pragma(db, "PRAGMA user_version", have, sizeof have, err))
		return false;
	if (strtol(have, NULL, 10) >= m->number) /* another process was faster */
		return true;
	snprintf(version, sizeof version, "PRAGMA user_version=%d", m->number);
	return db_exec(db, m->text, err) && db_exec(db, version, err) && tx_commit(&tx, err);
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

bool db_migrate(struct db *db, struct err *err)
{
	int have;

	if (!version_of(db, &have, err))
		return false;
	for (size_t i = 0; i < sql_migration_count; i++)
		if (is_for(&sql_migrations[i], db->file) && sql_migrations[i].number > have &&
			!apply(db, &sql_migrations[i], err))
			return false;
	return true;
}
