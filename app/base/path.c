#define _GNU_SOURCE /* mkostemp */
#include "app/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"

enum { SHOWN_MAX = 200 };

const char *path_shown(const char *path)
{
	size_t n = strlen(path);
	const char *end = n > SHOWN_MAX ? path + n - SHOWN_MAX : path;

	while (((unsigned char)*end & 0xC0) == 0x80) /* not in the middle of a character */
		end++;
	return end;
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

bool path_has_ending(const char *path, const char *ending)
{
	size_t n = strlen(path), m = strlen(ending);

	return n > m && strcasecmp(path + n - m, ending) == 0;
}

char *path_join(const char *dir, const char *name)
{
	struct sbuf b = SBUF_INIT;
	size_t n = strlen(dir);

	sbuf_addf(&b, "%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", name);
	return sbuf_take(&b);
}

/* $variable/cunyi, else $HOME/fallback/cunyi.  A relative path in the variable does not count (XDG says so). */
static char *xdg(const char *variable, const char *fallback, struct err *err)
{
	const char *base = getenv(variable), *home = getenv("HOME");
	AUTO_FREE char *dir = NULL;

	if (base && *base == '/')
		return path_join(base, "cunyi");
	if (!home || *home != '/') {
		err_set(err, ERR_NOT_FOUND, "%s",
			_("Your home folder is not known: set HOME, or name the data folder with --data."));
		return NULL;
	}
	dir = path_join(home, fallback);
	return path_join(dir, "cunyi");
}

char *path_data_dir(const char *option, struct err *err)
{
	return option && *option ? xstrdup(option) : xdg("XDG_DATA_HOME", ".local/share", err);
}

char *path_config_dir(struct err *err)
{
	return xdg("XDG_CONFIG_HOME", ".config", err);
}

static bool make_parents(char *path, struct err *err)
{
	for (char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		int r;

		*p = '\0';
		r = mkdir(path, 0700);
		if (r != 0 && errno != EEXIST)
			return err_errno(err, errno, path_shown(path));
		*p = '/';
	}
	return true;
}

bool path_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool path_make_private(const char *dir, struct err *err)
{
	AUTO_FREE char *copy = xstrdup(dir);
	struct stat st;

	if (!*dir)
		return err_errno(err, ENOENT, dir);
	if (mkdir(dir, 0700) == 0)
		return path_sync_folder(dir, err);
	if (errno == ENOENT) {
		if (!make_parents(copy, err))
			return false;
		if (mkdir(dir, 0700) != 0 && errno != EEXIST)
			return err_errno(err, errno, path_shown(dir));
	} else if (errno != EEXIST) {
		return err_errno(err, errno, path_shown(dir));
	}
	if (stat(dir, &st) != 0)
		return err_errno(err, errno, path_shown(dir));
	if (!S_ISDIR(st.st_mode))
		return err_errno(err, ENOTDIR, path_shown(dir));
	if (st.st_uid != geteuid())
		return err_set(err, ERR_NOT_ALLOWED, _("The folder %s belongs to another user."), path_shown(dir));
	if ((st.st_mode & 077) && chmod(dir, 0700) != 0)
		return err_errno(err, errno, path_shown(dir));
	return true;
}

/* Closes it. */
static bool read_all(int fd, const char *path, size_t max, struct sbuf *out, struct err *err)
{
	char buf[16 * 1024];
	size_t total = 0;
	ssize_t n;

	while ((n = read(fd, buf, sizeof buf)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || (total += (size_t)n) > max)
			break;
		sbuf_add(out, buf, (size_t)n);
	}
	if (n < 0)
		err_errno(err, errno, path_shown(path));
	else if (n > 0)
		err_set(err, ERR_FORMAT, _("%s is too large: %zu bytes at most."), path_shown(path), max);
	close(fd);
	return n == 0;
}

bool path_read(const char *path, size_t max, struct sbuf *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd >= 0 ? read_all(fd, path, max, out, err) : err_errno(err, errno, path_shown(path));
}

bool path_read_strange(const char *path, size_t max, struct sbuf *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0 && errno != ELOOP) /* that is a link */
		return err_errno(err, errno, path_shown(path));
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return read_all(fd, path, max, out, err);
	if (fd >= 0)
		close(fd);
	return err_set(err, ERR_FORMAT, _("\"%s\" is too large, or no file at all."), path_shown(path));
}

/* ---- whole or not at all ---- */

bool path_file_start(struct path_file *f, const char *path, struct err *err)
{
	struct sbuf temp = SBUF_INIT;
	const char *name = path_name(path);

	/* A leading dot hides it from file managers; the random part keeps two writers apart. */
	sbuf_addf(&temp, "%.*s.%s.XXXXXX", (int)(name - path), path, name);
	f->temp = sbuf_take(&temp);
	f->path = xstrdup(path);
	f->fd = mkostemp(f->temp, O_CLOEXEC);
	if (f->fd >= 0)
		return true;
	err_errno(err, errno, path_shown(path));
	free(f->temp);
	f->temp = NULL; /* there is nothing to take away */
	path_file_abort(f);
	return false;
}

bool path_file_write(struct path_file *f, const void *data, size_t n, struct err *err)
{
	const char *p = data;

	while (n) {
		ssize_t done = write(f->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			err_errno(err, errno, path_shown(f->path));
			path_file_abort(f);
			return false;
		}
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* A library that was given the name may have put another file there: the name is opened anew and that file synced. */
static bool sync_temp(struct path_file *f)
{
	int fd = open(f->temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), saved;
	bool ok;

	if (fd < 0)
		return false;
	ok = fsync(fd) == 0;
	saved = errno;
	close(fd);
	errno = saved;
	return ok;
}

bool path_file_commit(struct path_file *f, struct err *err)
{
	bool ok = sync_temp(f) && close(f->fd) == 0;

	if (ok)
		f->fd = -1;
	ok = ok && rename(f->temp, f->path) == 0;
	if (!ok) {
		err_errno(err, errno, path_shown(f->path));
	} else {
		free(f->temp);
		f->temp = NULL;
		ok = path_sync_folder(f->path, err);
	}
	path_file_abort(f);
	return ok;
}

void path_file_abort(struct path_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->temp)
		unlink(f->temp);
	free(f->temp);
	free(f->path);
	*f = (struct path_file)PATH_FILE_INIT;
}

bool path_write(const char *path, const void *data, size_t n, struct err *err)
{
	AUTO_PATH_FILE struct path_file f = PATH_FILE_INIT;

	return path_file_start(&f, path, err) && path_file_write(&f, data, n, err) && path_file_commit(&f, err);
}

bool path_sync_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	AUTO_FREE char *dir = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_errno(err, errno, path_shown(path));
	/* Some file systems (vfat on old kernels, FUSE) cannot sync a folder and say EINVAL: nothing more can be done. */
	ok = fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
	if (!ok)
		err_errno(err, errno, path_shown(path));
	close(fd);
	return ok;
}

int64_t path_free_space(const char *dir)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) != 0)
		return -1;
	return (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}
