/* One at a time, across processes: flock() on a file that is never removed.  For sync, migration and restore only; any
 * number of screens and commands may write the database. */
#ifndef CUNYI_LOCK_H
#define CUNYI_LOCK_H

#include <sys/types.h>

#include "app/base/base.h"
#include "app/base/err.h"

struct lock {
	int fd; /* -1: not held */
};
#define LOCK_INIT { .fd = -1 }

/* ERR_BUSY when another process (or another struct lock) holds it; the sentence names that process.  The lock ends with
 * lock_release() or the process, and is not inherited by children. */
bool lock_take(struct lock *lock, const char *path, struct err *err) MUST_CHECK;
/* The same, but waits for its turn. */
bool lock_wait(struct lock *lock, const char *path, struct err *err) MUST_CHECK;
/* Shared: says "I am here" to whoever asks lock_is_held(); any number may hold it. */
bool lock_share(struct lock *lock, const char *path, struct err *err) MUST_CHECK;
/* Does anybody hold the lock at path, shared or alone?  False when it cannot be told. */
bool lock_is_held(const char *path);
/* The process that holds it alone; 0 when nobody does or it left no number. */
pid_t lock_holder(const char *path);
void lock_release(struct lock *lock);
#define AUTO_LOCK __attribute__((cleanup(lock_release)))

#endif
