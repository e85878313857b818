/* The file of a report: path.h's file that appears whole or not at all, and what people may name as a target besides a
 * new file: a link (the file behind it is replaced), a device or pipe (it gets the bytes), a protected file, a folder. */
#ifndef CUNYI_REPORT_OUTFILE_H
#define CUNYI_REPORT_OUTFILE_H

#include "app/base/path.h"

struct outfile {
	char *target; /* where it goes, links followed */
	bool device;
	struct path_file file; /* write to file.fd or file.temp */
};
#define OUTFILE_INIT { .file = PATH_FILE_INIT }

/* scratch is a private folder, used when the target is a device.  Fails with a sentence when the folder is missing or
 * closed, the target is a folder or a file that must not be written. */
bool outfile_begin(struct outfile *of, const char *target, const char *scratch, struct err *err) MUST_CHECK;
/* On failure the temporary file is gone and the target untouched. */
bool outfile_commit(struct outfile *of, struct err *err) MUST_CHECK;
/* Forgets the temporary file.  Harmless after a commit. */
void outfile_abort(struct outfile *of);
/* AUTO_OUTFILE struct outfile of = OUTFILE_INIT;  aborts unless committed. */
#define AUTO_OUTFILE __attribute__((cleanup(outfile_abort)))

/* A folder for temporary files with patients' data, with room for need bytes; owned by the caller, NULL on failure:
 * $XDG_RUNTIME_DIR when it is ours and in memory (never on a disk), else private_dir (made, 0700), else the folder of
 * beside. */
char *outfile_scratch(const char *private_dir, const char *beside, uint64_t need, struct err *err) MUST_CHECK;

#endif
