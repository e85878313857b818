#include "app/service/making.h"

#include <errno.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/path.h"

static const char mark[] = "unfinished";

static bool is_there(const char *dir, const char *name)
{
	AUTO_FREE char *path = path_join(dir, name);

	return access(path, F_OK) == 0;
}

bool making_is_done(const char *dir)
{
	return is_there(dir, "clinic.db") && !is_there(dir, mark);
}

static bool drop(const char *dir, const char *name, struct err *err)
{
	AUTO_FREE char *path = path_join(dir, name);

	return unlink(path) == 0 || errno == ENOENT ? true : err_errno(err, errno, name);
}

static bool drop_leftovers(const char *dir, struct err *err)
{
	static const char *const names[] = { "clinic.db", "clinic.db-wal", "clinic.db-shm", "clinic.db-journal", "drafts.db",
		"drafts.db-wal", "drafts.db-shm", "drafts.db-journal", "device" };

	for (size_t i = 0; i < N_ELEMENTS(names); i++)
		if (!drop(dir, names[i], err))
			return false;
	return true;
}

static bool make_room(const char *dir, struct err *err)
{
	AUTO_FREE char *path = path_join(dir, mark);

	if (making_is_done(dir))
		return err_set(err, ERR_DUPLICATE, _("There is a clinic in this folder already."));
	return path_write(path, "", 0, err) && drop_leftovers(dir, err);
}

bool making_begin(struct lock *lock, const char *dir, struct err *err)
{
	AUTO_FREE char *path = path_join(dir, "making.lock");

	if (!path_make_private(dir, err) || !path_check_local(dir, err) || !lock_take(lock, path, err))
		return false;
	if (make_room(dir, err))
		return true;
	lock_release(lock);
	return false;
}

bool making_end(struct lock *lock, const char *dir, struct err *err)
{
	AUTO_FREE char *path = path_join(dir, mark);

	if (!drop(dir, mark, err) || !path_sync_folder(path, err))
		return false;
	lock_release(lock);
	return true;
}
