#include "app/report/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "app/base/mem.h"

enum { TMPFS = 0x01021994 }; /* f_type of a file system that lives in memory, statfs(2) */

/* The folder of a path, owned by the caller; "." when it has none. */
static char *outfile_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return xstrndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static bool follow_link(struct outfile *of, const char *target, struct err *err)
{
	struct stat st;

	if (lstat(target, &st) == 0 && S_ISLNK(st.st_mode))
		of->target = realpath(target, NULL);
	else
		of->target = xstrdup(target);
	return of->target || err_errno(err, errno, path_shown(target));
}

static bool look_at_target(struct outfile *of, struct err *err)
{
	const char *name = path_shown(of->target);
	AUTO_FREE char *dir = outfile_folder(of->target);
	struct stat st;

	if (stat(dir, &st) != 0)
		return err_errno(err, errno, dir);
	if (stat(of->target, &st) != 0)
		return errno == ENOENT ? true : err_errno(err, errno, name);
	if (S_ISDIR(st.st_mode))
		return err_errno(err, EISDIR, name);
	if (access(of->target, W_OK) != 0)
		return err_errno(err, errno, name);
	of->device = !S_ISREG(st.st_mode);
	return true;
}

bool outfile_begin(struct outfile *of, const char *target, const char *scratch, struct err *err)
{
	AUTO_FREE char *aside = path_join(scratch, path_name(target));

	if (!*target)
		return err_errno(err, ENOENT, target);
	return follow_link(of, target, err) && look_at_target(of, err) &&
		path_file_start(&of->file, of->device ? aside : of->target, err);
}

static bool copy_bytes(int from, int to)
{
	char buf[64 * 1024];
	ssize_t got;

	while ((got = read(from, buf, sizeof buf)) > 0) {
		for (ssize_t done = 0; done < got;) {
			const ssize_t n = write(to, buf + done, (size_t)(got - done));

			if (n < 0 && errno != EINTR)
				return false;
			done += n > 0 ? n : 0;
		}
	}
	return got == 0;
}

/* The bytes to a device; the temporary file is opened anew because a library may have put another in its place. */
static bool pour(struct outfile *of, struct err *err)
{
	const int from = open(of->file.temp, O_RDONLY | O_CLOEXEC), to = open(of->target, O_WRONLY | O_CLOEXEC);
	bool ok = from >= 0 && to >= 0 && copy_bytes(from, to);
	int errnum = errno;

	if (from >= 0)
		close(from);
	if (to >= 0 && close(to) != 0 && ok) {
		errnum = errno;
		ok = false;
	}
	return ok || err_errno(err, errnum, path_shown(of->target));
}

bool outfile_commit(struct outfile *of, struct err *err)
{
	const bool ok = of->device ? pour(of, err) : path_file_commit(&of->file, err);

	outfile_abort(of);
	return ok;
}

void outfile_abort(struct outfile *of)
{
	path_file_abort(&of->file);
	free(of->target);
	of->target = NULL;
}

static bool has_room(const char *dir, uint64_t need)
{
	const int64_t room = path_free_space(dir);

	return room >= 0 && (uint64_t)room >= need;
}

static bool is_ours(const char *dir)
{
	struct stat st;

	return lstat(dir, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 0077) == 0 &&
		access(dir, W_OK) == 0;
}

static bool is_in_memory(const char *dir)
{
	struct statfs fs;

	return statfs(dir, &fs) == 0 && fs.f_type == TMPFS;
}

char *outfile_scratch(const char *private_dir, const char *beside, uint64_t need, struct err *err)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	char *dir;

	if (runtime && *runtime == '/' && is_in_memory(runtime) && is_ours(runtime) && has_room(runtime, need))
		return xstrdup(runtime);
	if (private_dir) {
		(void)!mkdir(private_dir, 0700);
		if (is_ours(private_dir) && has_room(private_dir, need))
			return xstrdup(private_dir);
	}
	/* A clinic on a read-only disk still makes its report on a stick. */
	dir = outfile_folder(beside);
	if (access(dir, W_OK | X_OK) != 0)
		err_errno(err, errno, errno == ENOENT || errno == ENOTDIR ? dir : path_shown(beside));
	else if (!has_room(dir, need))
		err_errno(err, ENOSPC, path_shown(beside));
	else
		return dir;
	free(dir);
	return NULL;
}
