#include "bench/disk.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/mem.h"

enum { FILES = 3, SECTOR = 512 };
static const char *const endings[FILES] = { "", "-wal", "-journal" };

enum what { WRITE, CUT_OFF, SYNC, DELETE };

struct note {
	enum what what;
	int file;
	size_t at, n;
	unsigned char *bytes;
};

static char watched[PATH_MAX];
static bool resting;
static struct note *notes;
static size_t n_notes, cap_notes;

/* ---- noting ------------------------------------------------------------------------------------------------------------------ */

static int file_of(const char *name)
{
	for (int i = 0; name && i < FILES; i++) {
		size_t n = strlen(watched);

		if (strncmp(name, watched, n) == 0 && strcmp(name + n, endings[i]) == 0)
			return i;
	}
	return -1;
}

static void note(enum what what, int file, size_t at, size_t n, const void *bytes)
{
	struct note *x;

	if (file < 0 || resting)
		return;
	if (n_notes == cap_notes) {
		cap_notes = cap_notes ? cap_notes * 2 : 4096;
		notes = xrealloc(notes, cap_notes, sizeof *notes);
	}
	x = &notes[n_notes++];
	*x = (struct note){ .what = what, .file = file, .at = at, .n = n };
	if (bytes) {
		x->bytes = xmalloc(n);
		memcpy(x->bytes, bytes, n);
	}
}

/* ---- the file system ----------------------------------------------------------------------------------------------------- */

struct file {
	sqlite3_file base;
	int which;
	sqlite3_file *real;
};

static sqlite3_vfs *under;

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct file *)f)->real;
}
static int which_of(sqlite3_file *f)
{
	return ((struct file *)f)->which;
}
static int f_close(sqlite3_file *f)
{
	int rc = real_of(f)->pMethods ? real_of(f)->pMethods->xClose(real_of(f)) : SQLITE_OK;

	free(real_of(f));
	return rc;
}
static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}
static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	note(WRITE, which_of(f), (size_t)at, (size_t)n, p);
	return real_of(f)->pMethods->xWrite(real_of(f), p, n, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	note(CUT_OFF, which_of(f), (size_t)n, 0, NULL);
	return real_of(f)->pMethods->xTruncate(real_of(f), n);
}
static int f_sync(sqlite3_file *f, int flags)
{
	int rc = real_of(f)->pMethods->xSync(real_of(f), flags);

	note(SYNC, which_of(f), 0, 0, NULL);
	return rc;
}
static int f_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), n);
}
static int f_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}
static int f_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
static int f_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
static int f_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}
static int f_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}
/* Nothing is promised that a cheap disk does not keep. */
static int f_device(sqlite3_file *f)
{
	(void)f;
	return 0;
}
static int f_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}
static void f_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}
static int f_unmap(sqlite3_file *f, int drop)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), drop);
}

static const sqlite3_io_methods methods = { .iVersion = 2, .xClose = f_close, .xRead = f_read, .xWrite = f_write,
	.xTruncate = f_truncate, .xSync = f_sync, .xFileSize = f_size, .xLock = f_lock, .xUnlock = f_unlock,
	.xCheckReservedLock = f_reserved, .xFileControl = f_control, .xSectorSize = f_sector, .xDeviceCharacteristics = f_device,
	.xShmMap = f_map, .xShmLock = f_shm_lock, .xShmBarrier = f_barrier, .xShmUnmap = f_unmap };

static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out_flags)
{
	struct file *x = (struct file *)f;
	int rc;

	(void)v;
	x->which = file_of(name);
	x->real = xcalloc(1, (size_t)under->szOsFile);
	rc = under->xOpen(under, name, x->real, flags, out_flags);
	f->pMethods = &methods;
	if (rc != SQLITE_OK) {
		free(x->real);
		f->pMethods = NULL;
	}
	return rc;
}

static int v_delete(sqlite3_vfs *v, const char *name, int sync)
{
	int rc = under->xDelete(under, name, sync);

	(void)v;
	if (rc == SQLITE_OK)
		note(DELETE, file_of(name), 0, (size_t)(sync != 0), NULL);
	return rc;
}

void disk_watch(const char *path)
{
	static sqlite3_vfs watching;

	resting = false;
	snprintf(watched, sizeof watched, "%s", path);
	for (size_t i = 0; i < n_notes; i++)
		free(notes[i].bytes);
	n_notes = 0;
	disk_rewind();
	if (under)
		return;
	sqlite3_initialize();
	under = sqlite3_vfs_find(NULL);
	watching = *under;
	watching.szOsFile = sizeof(struct file);
	watching.zName = "disk that remembers";
	watching.pNext = NULL;
	watching.xOpen = v_open;
	watching.xDelete = v_delete;
	sqlite3_vfs_register(&watching, 1);
}

void disk_rest(void)
{
	resting = true;
}

size_t disk_notes(void)
{
	return n_notes;
}

/* ---- the disk after a cut ------------------------------------------------------------------------------------------------ */

struct content {
	unsigned char *bytes;
	size_t n, cap;
};

/* What is on the disk before the note `reached`; what follows a sync is pending. */
static struct content synced[FILES];
static size_t reached, pending_from[FILES];

static void put(struct content *c, size_t at, size_t n, const unsigned char *bytes)
{
	if (at + n > c->cap) {
		c->cap = (at + n) * 2;
		c->bytes = xrealloc(c->bytes, c->cap, 1);
	}
	if (at > c->n)
		memset(c->bytes + c->n, 0, at - c->n);
	if (at + n > c->n)
		c->n = at + n;
	memcpy(c->bytes + at, bytes, n);
}

static void apply(struct content *c, const struct note *x)
{
	if (x->what == WRITE)
		put(c, x->at, x->n, x->bytes);
	else if (x->what == CUT_OFF)
		c->n = x->at < c->n ? x->at : c->n;
	else if (x->what == DELETE)
		c->n = 0;
}

/* A write of which only some sectors arrived. */
static void apply_torn(struct content *c, const struct note *x, struct rng *rng)
{
	for (size_t at = 0; at < x->n; at += SECTOR)
		if (rng_chance(rng, 500))
			put(c, x->at + at, x->n - at < SECTOR ? x->n - at : SECTOR, x->bytes + at);
}

void disk_rewind(void)
{
	reached = 0;
	for (int i = 0; i < FILES; i++) {
		char path[PATH_MAX + 16];
		FILE *f;

		pending_from[i] = 0;
		synced[i].n = 0;
		if (!*watched || n_notes)
			continue;
		snprintf(path, sizeof path, "%s%s", watched, endings[i]);
		f = fopen(path, "rb");
		for (unsigned char buf[4096]; f && !feof(f);) {
			size_t n = fread(buf, 1, sizeof buf, f);

			put(&synced[i], synced[i].n, n, buf);
		}
		if (f)
			fclose(f);
	}
}

/* Up to here everything that a sync came after is on the disk. */
static void reach(size_t cut)
{
	for (; reached < cut; reached++) {
		const struct note *x = &notes[reached];

		if (x->what != SYNC && !(x->what == DELETE && x->n))
			continue;
		for (size_t i = pending_from[x->file]; i <= reached; i++)
			if (notes[i].file == x->file)
				apply(&synced[x->file], &notes[i]);
		pending_from[x->file] = reached + 1;
	}
}

static void write_out(const struct content *c, const char *path, const char *ending)
{
	char name[PATH_MAX + 16];
	int fd;

	snprintf(name, sizeof name, "%s%s", path, ending);
	unlink(name);
	if (!c->n)
		return;
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, c->bytes, c->n) != (ssize_t)c->n) {
		perror(name);
		exit(1);
	}
	close(fd);
}

void disk_after_cut(size_t cut, struct rng *rng, const char *path)
{
	static struct content now;
	char shm[PATH_MAX + 16];

	reach(cut);
	snprintf(shm, sizeof shm, "%s-shm", path);
	unlink(shm);
	for (int f = 0; f < FILES; f++) {
		now.n = 0;
		if (synced[f].n)
			put(&now, 0, synced[f].n, synced[f].bytes);
		for (size_t i = pending_from[f]; i < cut; i++) {
			unsigned fate = rng_below(rng, 4);

			if (notes[i].file != f || fate == 0)
				continue;
			if (fate == 1 && notes[i].what == WRITE)
				apply_torn(&now, &notes[i], rng);
			else
				apply(&now, &notes[i]);
		}
		write_out(&now, path, endings[f]);
	}
}
