/* Lists that may be taken in: the CSV files on a stick and where people put what they save. */
#ifndef CUNYI_IMPORT_FILES_H
#define CUNYI_IMPORT_FILES_H

#include "app/base/mem.h"

struct import_file {
	const char *path, *name, *folder;
	int64_t id; /* the same while the file is */
	int64_t bytes;
	int64_t changed; /* UTC milliseconds */
};

struct import_files {
	struct import_file *v;
	size_t n;
};

/* Those of the stick, the user's own folder, its desktop, downloads and documents (by their Chinese and English names) and the
 * working folder; the newest first.  A folder that is not there or not ours to read is passed over.  Texts live in mem. */
void import_files_find(struct arena *mem, struct import_files *out);

#endif
