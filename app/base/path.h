/* Files and folders: where ours are, private, on a local disk, and written whole or not at all. */
#ifndef CUNYI_PATH_H
#define CUNYI_PATH_H

#include <sys/types.h>

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

/* The last part of a path. */
const char *path_name(const char *path);
/* Does it end so (".csv"), in small letters or large?  What is that ending and nothing else does not. */
bool path_has_ending(const char *path, const char *ending);
/* A path for sentences: as the user gave it, of a very long one its end. */
const char *path_shown(const char *path);
/* "dir/name", owned by the caller. */
char *path_join(const char *dir, const char *name) __attribute__((malloc, returns_nonnull));

/* The data folder: option (--data) if not NULL or "", else $XDG_DATA_HOME/cunyi, else ~/.local/share/cunyi.  Owned by
 * the caller, NULL with err when there is neither.  Nothing is created. */
char *path_data_dir(const char *option, struct err *err) MUST_CHECK;
/* $XDG_CONFIG_HOME/cunyi, else ~/.config/cunyi. */
char *path_config_dir(struct err *err) MUST_CHECK;

/* Is there such a folder? */
bool path_is_folder(const char *path);

/* Creates dir and what is missing above it, for the owner alone (0700).  One that is there must be a folder of this
 * user; if others may enter it, that is taken away. */
bool path_make_private(const char *dir, struct err *err) MUST_CHECK;

/* Refuses a folder on a network file system (NFS, SMB, sshfs ...): SQLite's locks and shared memory fail there, and two
 * desks on one file would destroy it. */
bool path_check_local(const char *dir, struct err *err) MUST_CHECK;

/* Reads a whole file; refuses more than max bytes. */
bool path_read(const char *path, size_t max, struct sbuf *out, struct err *err) MUST_CHECK;
/* The same where others may have put something: what is no plain file, but a link, a pipe or a device, is refused, and nobody waits
 * for it. */
bool path_read_strange(const char *path, size_t max, struct sbuf *out, struct err *err) MUST_CHECK;

/* A file that appears whole or not at all: written under another name in the same folder, synced, renamed, the folder
 * synced.  Write to fd, or hand `temp` to a library that opens by name. */
struct path_file {
	char *path, *temp;
	int fd;
};
#define PATH_FILE_INIT { .fd = -1 }
bool path_file_start(struct path_file *f, const char *path, struct err *err) MUST_CHECK;
bool path_file_write(struct path_file *f, const void *data, size_t n, struct err *err) MUST_CHECK;
/* After this or after a failure f is empty again. */
bool path_file_commit(struct path_file *f, struct err *err) MUST_CHECK;
/* Takes the unfinished file away; nothing after a commit. */
void path_file_abort(struct path_file *f);
#define AUTO_PATH_FILE __attribute__((cleanup(path_file_abort)))

/* All of the above in one call. */
bool path_write(const char *path, const void *data, size_t n, struct err *err) MUST_CHECK;

/* Syncs the folder that holds path, so that a file made, renamed or removed there stays so. */
bool path_sync_folder(const char *path, struct err *err) MUST_CHECK;

/* Free bytes for this user on the disk of dir, or -1. */
int64_t path_free_space(const char *dir);

#endif
