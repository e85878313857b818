#include "support/base/check.h"

#include <dirent.h>
#include <unistd.h>

#include "app/base/mem.h"
#include "app/base/path.h"

void check_ok(bool ok, const struct err *err, const char *call, const char *file, int line)
{
	if (ok)
		return;
	print_error("%s\n  refused: %s [%s] field=%s log=%s\n", call, err->message, err_name(err->code), err->field,
		err->log);
	_fail(file, line);
}

void check_refused(bool ok, const struct err *err, enum err_code code, const char *call, const char *file, int line)
{
	if (!ok && err->code == code && *err->message)
		return;
	print_error("%s\n  %s, expected %s: %s\n", call, ok ? "succeeded" : err_name(err->code), err_name(code),
		ok ? "" : err->message);
	_fail(file, line);
}

char *scratch_dir(void)
{
	const char *base = getenv("TMPDIR");
	char *dir = path_join(base && *base ? base : "/tmp", "cunyi-test-XXXXXX");

	assert_non_null(mkdtemp(dir));
	return dir;
}

char *scratch_home(const char *variable)
{
	char *dir = scratch_dir();

	assert_int_equal(setenv(variable, dir, 1), 0);
	return dir;
}

char *scratch_path(const char *dir, const char *name)
{
	return path_join(dir, name);
}

void scratch_write(const char *path, const char *data, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	n = n ? n : strlen(data);
	assert_int_equal(fwrite(data, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

char *scratch_read(const char *path, size_t *n)
{
	struct sbuf b = SBUF_INIT;
	struct err err = { 0 };

	if (!path_read(path, SIZE_MAX, &b, &err))
		return NULL;
	if (n)
		*n = b.len;
	return sbuf_take(&b);
}

size_t scratch_count(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	for (const struct dirent *e = readdir(d); e; e = readdir(d))
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n;
}
