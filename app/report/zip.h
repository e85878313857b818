/* Zip files as far as a workbook needs them: reading one that a library wrote, and writing one part by part.
 * The format: APPNOTE.TXT 4.3. */
#ifndef CUNYI_REPORT_ZIP_H
#define CUNYI_REPORT_ZIP_H

#include <zlib.h>

#include "app/base/path.h"
#include "app/base/sbuf.h"

/* ---- reading ---- */

struct zip_reader {
	const unsigned char *data; /* the whole file, mapped */
	size_t size, at, left;     /* the next entry of the directory, and how many there are */
	bool damaged;
};

struct zip_entry {
	const char *name; /* name_len bytes, no end */
	size_t name_len;
	const unsigned char *data;
	size_t packed, size;
	uint32_t crc;
};

bool zip_open(struct zip_reader *z, const char *path) MUST_CHECK;
void zip_close(struct zip_reader *z);
/* The next part; false at the end, or with z->damaged. */
bool zip_next(struct zip_reader *z, struct zip_entry *e);
/* Appends the part's text, when out is not NULL.  False unless it inflates to its size and check sum. */
bool zip_inflate(const struct zip_entry *e, struct sbuf *out);

/* libxlsxwriter ignores a full disk while it collects the parts of a workbook in temporary files: the parts then end in
 * the middle, and the workbook closes without an error.  True when every part is sound and ends as it should: with '>', a
 * picture with its last chunk. */
bool zip_check(const char *path) MUST_CHECK;

/* ---- writing ---- */

struct zip_writer {
	struct path_file *file; /* not owned */
	struct sbuf out, central;
	uint64_t at; /* bytes written and in out */
	unsigned n;
	/* The part that is open. */
	z_stream z;
	bool open;
	uint64_t start, packed, size;
	uint32_t crc;
	char name[128];
};

void zip_start(struct zip_writer *w, struct path_file *file);
void zip_release(struct zip_writer *w);
/* A part as it is in another zip file. */
bool zip_copy(struct zip_writer *w, const struct zip_entry *e, struct err *err) MUST_CHECK;
/* A part piece by piece, packed for speed. */
bool zip_begin(struct zip_writer *w, const struct zip_entry *like, struct err *err) MUST_CHECK;
bool zip_add(struct zip_writer *w, const void *data, size_t n, struct err *err) MUST_CHECK;
bool zip_end(struct zip_writer *w, struct err *err) MUST_CHECK;
/* The directory; the file is complete then, and not yet committed. */
bool zip_finish(struct zip_writer *w, struct err *err) MUST_CHECK;

#endif
