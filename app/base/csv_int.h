/* Inside app/base only: bytes of a file to UTF-8, in pieces. */
#ifndef CUNYI_CSV_INT_H
#define CUNYI_CSV_INT_H

#include <iconv.h>

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

enum { CSV_CHUNK = 64 * 1024 };

struct csv_decoder {
	int fd;            /* -1: mem */
	const char *mem;
	size_t mem_len;
	struct sbuf held;  /* what came from a pipe */
	int64_t size;      /* bytes of the whole */
	int64_t mark;      /* bytes of the byte order mark */

	const char *encoding;
	iconv_t cd;        /* (iconv_t)-1: none */
	int64_t raw_at;    /* offset in the file of the next byte to read into raw */
	size_t raw_pos, raw_len;
	int64_t line;      /* of the next decoded byte, for messages */
	bool after_cr, failed;
	bool cut; /* failed for half a character at the very end */
	char raw[CSV_CHUNK];
};

/* Opens the file ("-": standard input) or takes mem if path is NULL; finds the encoding and proves that all of it can be
 * decoded. */
bool csv_decoder_open(struct csv_decoder *d, const char *path, const void *mem, size_t n, struct err *err) MUST_CHECK;
void csv_decoder_close(struct csv_decoder *d);

/* Up to `size` (>= 16) bytes of UTF-8 into out, whole characters; *got is 0 at the end. */
bool csv_decoder_read(struct csv_decoder *d, char *out, size_t size, size_t *got, struct err *err) MUST_CHECK;

#endif
