/* A disk that remembers: a file system of SQLite's that passes everything on to the real one and notes each write, cut and
 * sync of one database's files.  From the notes the disk is made as it may be after a power cut at any place. */
#ifndef BENCH_DISK_H
#define BENCH_DISK_H

#include <stddef.h>
#include <stdint.h>

#include "app/base/rng.h"

/* Becomes the file system that every database is opened with from now on; the files of this one are noted.  They must be there
 * and on the disk. */
void disk_watch(const char *path);
/* No notes any more; what was noted stays. */
void disk_rest(void);
size_t disk_notes(void);

/* The database and its log as after a cut before note `cut` (in ascending order): what was synced is there; of what was not, each
 * write is lost, there, or there in some of its 512 bytes.  Written to path and path-wal or path-journal. */
void disk_after_cut(size_t cut, struct rng *rng, const char *path);
/* Begin again at the first note. */
void disk_rewind(void);

#endif
