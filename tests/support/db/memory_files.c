#define _GNU_SOURCE /* mremap */
#include "support/db/memory_files.h"

#include <assert.h>
#include <sqlite3.h>
#include <sys/mman.h>

#include "app/base/mem.h"

enum { REGIONS = 16,
	GROW = 65536 };

struct opened;

/* What stands under a name. */
struct content {
	char *name; /* NULL: temporary, or deleted while it was open */
	unsigned char *data;
	size_t size, cap;
	struct opened *users;
	void *regions[REGIONS]; /* of the log's index */
	struct content *next;
};

/* An open file; the engine allocates it. */
struct opened {
	sqlite3_file base;
	struct content *c;
	struct opened *next; /* of the same content */
	int lock;
	unsigned shared, exclusive; /* locks of the log's index, as bits */
};

static struct content *all;

static struct opened *of(sqlite3_file *file)
{
	return (struct opened *)file;
}

static struct content *find(const char *name)
{
	for (struct content *c = all; c && name; c = c->next)
		if (c->name && strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static void drop_if_nobodys(struct content *c)
{
	struct content **at = &all;

	if (c->name || c->users)
		return;
	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	if (c->cap)
		munmap(c->data, c->cap);
	for (size_t i = 0; i < REGIONS; i++)
		free(c->regions[i]);
	free(c);
}

/* ---- contents ---- */

static int close_it(sqlite3_file *file)
{
	struct content *c = of(file)->c;
	struct opened **at = &c->users;

	while (*at != of(file))
		at = &(*at)->next;
	*at = of(file)->next;
	drop_if_nobodys(c);
	return SQLITE_OK;
}

static int read_it(sqlite3_file *file, void *to, int n, sqlite3_int64 from)
{
	const struct content *c = of(file)->c;
	size_t at = (size_t)from, there = at < c->size ? c->size - at : 0, want = (size_t)n;

	if (there >= want) {
		memcpy(to, c->data + at, want);
		return SQLITE_OK;
	}
	if (there)
		memcpy(to, c->data + at, there);
	memset((char *)to + there, 0, want - there);
	return SQLITE_IOERR_SHORT_READ;
}

/* Pages are moved and not copied: a third of what a commit cost went into logs that grew. */
static void make_room(struct content *c, size_t size)
{
	size_t cap = c->cap;
	void *data;

	while (cap < size)
		cap = cap ? cap * 2 : GROW;
	if (cap == c->cap)
		return;
	data = c->cap ? mremap(c->data, c->cap, cap, MREMAP_MAYMOVE) :
			mmap(NULL, cap, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (data == MAP_FAILED)
		abort();
	c->data = data;
	c->cap = cap;
}

static int write_it(sqlite3_file *file, const void *from, int n, sqlite3_int64 to)
{
	struct content *c = of(file)->c;
	size_t end = (size_t)to + (size_t)n;

	make_room(c, end);
	if ((size_t)to > c->size)
		memset(c->data + c->size, 0, (size_t)to - c->size);
	memcpy(c->data + to, from, (size_t)n);
	if (end > c->size)
		c->size = end;
	return SQLITE_OK;
}

static int truncate_it(sqlite3_file *file, sqlite3_int64 size)
{
	struct content *c = of(file)->c;

	if ((size_t)size < c->size)
		c->size = (size_t)size;
	return SQLITE_OK;
}

static int sync_it(sqlite3_file *file, int flags)
{
	(void)file;
	(void)flags;
	return SQLITE_OK;
}

static int size_of_it(sqlite3_file *file, sqlite3_int64 *size)
{
	*size = (sqlite3_int64)of(file)->c->size;
	return SQLITE_OK;
}

/* ---- locks of the file ---- */

/* The highest that somebody else has. */
static int others(const struct opened *o)
{
	int highest = SQLITE_LOCK_NONE;

	for (const struct opened *u = o->c->users; u; u = u->next)
		if (u != o && u->lock > highest)
			highest = u->lock;
	return highest;
}

static int lock_it(sqlite3_file *file, int want)
{
	struct opened *o = of(file);
	int other = others(o);

	if (want <= o->lock)
		return SQLITE_OK;
	if (other >= SQLITE_LOCK_PENDING || (want >= SQLITE_LOCK_RESERVED && other >= SQLITE_LOCK_RESERVED))
		return SQLITE_BUSY;
	if (want == SQLITE_LOCK_EXCLUSIVE && other >= SQLITE_LOCK_SHARED) {
		o->lock = SQLITE_LOCK_PENDING;
		return SQLITE_BUSY;
	}
	o->lock = want;
	return SQLITE_OK;
}

static int unlock_it(sqlite3_file *file, int to)
{
	if (of(file)->lock > to)
		of(file)->lock = to;
	return SQLITE_OK;
}

static int is_reserved(sqlite3_file *file, int *out)
{
	*out = of(file)->lock >= SQLITE_LOCK_RESERVED || others(of(file)) >= SQLITE_LOCK_RESERVED;
	return SQLITE_OK;
}

/* ---- the log's index ---- */

static int map_region(sqlite3_file *file, int i, int size, int make, void volatile **out)
{
	struct content *c = of(file)->c;

	assert(i < REGIONS);
	if (!c->regions[i] && make)
		c->regions[i] = xcalloc(1, (size_t)size);
	*out = c->regions[i];
	return SQLITE_OK;
}

static int lock_index(sqlite3_file *file, int first, int n, int flags)
{
	struct opened *o = of(file);
	unsigned bits = ((1u << n) - 1) << first;

	if (flags & SQLITE_SHM_UNLOCK) {
		o->shared &= ~bits;
		o->exclusive &= ~bits;
		return SQLITE_OK;
	}
	for (const struct opened *u = o->c->users; u; u = u->next)
		if (u != o && ((u->exclusive & bits) || ((flags & SQLITE_SHM_EXCLUSIVE) && (u->shared & bits))))
			return SQLITE_BUSY;
	*(flags & SQLITE_SHM_SHARED ? &o->shared : &o->exclusive) |= bits;
	return SQLITE_OK;
}

static void barrier(sqlite3_file *file)
{
	(void)file;
}

static int unmap_index(sqlite3_file *file, int remove)
{
	struct opened *o = of(file);

	o->shared = o->exclusive = 0;
	for (size_t i = 0; remove && i < REGIONS; i++) {
		free(o->c->regions[i]);
		o->c->regions[i] = NULL;
	}
	return SQLITE_OK;
}

/* ---- the rest ---- */

static int control(sqlite3_file *file, int op, void *arg)
{
	(void)file;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int characteristics(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = close_it,
	.xRead = read_it,
	.xWrite = write_it,
	.xTruncate = truncate_it,
	.xSync = sync_it,
	.xFileSize = size_of_it,
	.xLock = lock_it,
	.xUnlock = unlock_it,
	.xCheckReservedLock = is_reserved,
	.xFileControl = control,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
	.xShmMap = map_region,
	.xShmLock = lock_index,
	.xShmBarrier = barrier,
	.xShmUnmap = unmap_index,
};

static int open_it(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	struct opened *o = of(file);
	struct content *c = find(name);

	(void)vfs;
	if (!c && !(flags & SQLITE_OPEN_CREATE))
		return SQLITE_CANTOPEN;
	if (!c) {
		c = xcalloc(1, sizeof(*c));
		c->name = name && !(flags & SQLITE_OPEN_DELETEONCLOSE) ? xstrdup(name) : NULL;
		c->next = all;
		all = c;
	}
	*o = (struct opened){ .base = { &methods }, .c = c, .next = c->users };
	c->users = o;
	if (out)
		*out = flags;
	return SQLITE_OK;
}

static int remove_it(sqlite3_vfs *vfs, const char *name, int sync)
{
	struct content *c = find(name);

	(void)vfs;
	(void)sync;
	if (!c)
		return SQLITE_IOERR_DELETE_NOENT;
	free(c->name);
	c->name = NULL;
	drop_if_nobodys(c);
	return SQLITE_OK;
}

static int is_there(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	(void)vfs;
	(void)flags;
	*out = find(name) != NULL;
	return SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	(void)vfs;
	return snprintf(out, (size_t)size, "%s", name) < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

void memory_files(void)
{
	static sqlite3_vfs vfs;

	vfs = *sqlite3_vfs_find(NULL); /* its clock, its randomness */
	vfs.szOsFile = sizeof(struct opened);
	vfs.zName = "memory-files";
	vfs.pNext = NULL;
	vfs.xOpen = open_it;
	vfs.xDelete = remove_it;
	vfs.xAccess = is_there;
	vfs.xFullPathname = full_name;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		abort();
}
