#include "app/service/import_files.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#include "app/base/path.h"
#include "app/service/sticks.h"

enum { FOLDERS_MAX = 16, PER_FOLDER_MAX = 500 };

/* Below the user's own folder. */
static const char *const usual[] = { "", "/Desktop", "/桌面", "/Downloads", "/下载", "/Documents", "/文档" };

struct folders {
	char path[FOLDERS_MAX][PATH_MAX];
	size_t n;
};

/* The same folder by another name stands there once. */
static void add_folder(struct folders *f, const char *path)
{
	char real[PATH_MAX];

	if (f->n == FOLDERS_MAX || !realpath(path, real))
		return;
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->path[i], real) == 0)
			return;
	snprintf(f->path[f->n++], PATH_MAX, "%s", real);
}

static void add_folders(struct folders *f)
{
	AUTO_SBUF struct sbuf stick = SBUF_INIT;
	const char *home = getenv("HOME");

	sticks_folder(NULL, &stick);
	if (stick.len)
		add_folder(f, stick.s);
	for (size_t i = 0; home && *home && i < N_ELEMENTS(usual); i++) {
		AUTO_SBUF struct sbuf path = SBUF_INIT;

		sbuf_addf(&path, "%s%s", home, usual[i]);
		add_folder(f, path.s);
	}
	add_folder(f, ".");
}

static bool is_csv(const char *name)
{
	return *name != '.' && path_has_ending(name, ".csv");
}

static void add_file(struct arena *mem, const char *folder, const char *name, struct import_files *out)
{
	AUTO_FREE char *path = path_join(folder, name);
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	out->v[out->n++] = (struct import_file){ .path = arena_strdup(mem, path), .name = arena_strdup(mem, name),
		.folder = arena_strdup(mem, folder), .id = (int64_t)st.st_ino, .bytes = st.st_size,
		.changed = (int64_t)st.st_mtime * 1000 };
}

static void read_folder(struct arena *mem, const char *folder, struct import_files *out)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	size_t from = out->n;

	while (dir && (e = readdir(dir)) && out->n - from < PER_FOLDER_MAX)
		if (is_csv(e->d_name))
			add_file(mem, folder, e->d_name, out);
	if (dir)
		closedir(dir);
}

static int newest_first(const void *a, const void *b)
{
	const struct import_file *x = a, *y = b;

	return x->changed == y->changed ? strcmp(x->path, y->path) : x->changed < y->changed ? 1 : -1;
}

void import_files_find(struct arena *mem, struct import_files *out)
{
	struct folders *f = xcalloc(1, sizeof *f);

	add_folders(f);
	out->v = arena_alloc(mem, (f->n * PER_FOLDER_MAX + 1) * sizeof *out->v);
	out->n = 0;
	for (size_t i = 0; i < f->n; i++)
		read_folder(mem, f->path[i], out);
	qsort(out->v, out->n, sizeof *out->v, newest_first);
	free(f);
}
