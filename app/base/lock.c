#include "app/base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/path.h"

/* The holder leaves its process number in the file, for the sentence of whoever comes second. */
static long name_in(int fd)
{
	char text[24] = "";
	ssize_t n = pread(fd, text, sizeof text - 1, 0);

	return n > 0 ? strtol(text, NULL, 10) : 0;
}

static bool busy(int fd, struct err *err)
{
	long pid = name_in(fd);

	if (pid > 0)
		return err_set(err, ERR_BUSY, _("Another Cunyi is doing this now (process %ld). Try again when it has finished."),
			pid);
	return err_set(err, ERR_BUSY, "%s", _("Another Cunyi is doing this now. Try again when it has finished."));
}

static void leave_name(int fd)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());

	/* Only for that sentence: a full disk must not stop the work, and half a number is no name. */
	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
		n = ftruncate(fd, 0);
}

static bool take(struct lock *lock, const char *path, int how, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), r;

	lock->fd = -1;
	if (fd < 0)
		return err_errno(err, errno, path_shown(path));
	do
		r = flock(fd, how);
	while (r != 0 && errno == EINTR);
	if (r != 0) {
		if (errno == EWOULDBLOCK)
			busy(fd, err);
		else
			err_errno(err, errno, path_shown(path));
		close(fd);
		return false;
	}
	if (how & LOCK_EX)
		leave_name(fd);
	lock->fd = fd;
	return true;
}

bool lock_share(struct lock *lock, const char *path, struct err *err)
{
	return take(lock, path, LOCK_SH, err);
}

bool lock_is_held(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool held;

	if (fd < 0)
		return false;
	held = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
	close(fd);
	return held;
}

pid_t lock_holder(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	long pid = fd < 0 || !lock_is_held(path) ? 0 : name_in(fd);

	if (fd >= 0)
		close(fd);
	return pid > 0 ? (pid_t)pid : 0;
}

bool lock_take(struct lock *lock, const char *path, struct err *err)
{
	return take(lock, path, LOCK_EX | LOCK_NB, err);
}

bool lock_wait(struct lock *lock, const char *path, struct err *err)
{
	return take(lock, path, LOCK_EX, err);
}

void lock_release(struct lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
