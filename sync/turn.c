#include "sync/turn.h"

#include "app/base/clock.h"
#include "app/base/mem.h"
#include "app/base/path.h"

enum { WAIT_MS = 30000, LOOK_MS = 100 };

bool turn_take(struct lock *lock, const struct app *app, struct err *err)
{
	AUTO_FREE char *path = path_join(app->dir, "sync.lock");

	return lock_take(lock, path, err);
}

bool turn_take_first(struct lock *lock, const struct app *app, struct err *err)
{
	AUTO_FREE char *path = path_join(app->dir, "sync.turn");
	AUTO_LOCK struct lock here = LOCK_INIT;
	int64_t until = clock_steady_ms() + WAIT_MS;

	if (turn_take(lock, app, err))
		return true;
	if (err->code != ERR_BUSY || !lock_share(&here, path, err))
		return false;
	while (!turn_take(lock, app, err)) {
		if (err->code != ERR_BUSY || clock_steady_ms() >= until)
			return false;
		clock_pause_ms(LOOK_MS);
	}
	return true;
}

bool turn_is_wanted(void *ctx)
{
	const struct app *app = ctx;
	AUTO_FREE char *path = path_join(app->dir, "sync.turn");

	return lock_is_held(path);
}
