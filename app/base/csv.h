/* CSV as Excel and WPS save it, in and out.
 *
 * Reading: UTF-8 with or without a byte order mark, GB18030 (decided for the whole file: what is valid UTF-8 is UTF-8),
 * UTF-16 with its mark; comma, semicolon or tab, found in the heading line or declared by Excel's "sep=;"; quoted fields
 * with line breaks and doubled quotes; CRLF, LF or CR.  The whole file is decoded once when it is opened, so that a file
 * that cannot be read is refused before its first line is used; then it streams in bounded memory. */
#ifndef CUNYI_CSV_H
#define CUNYI_CSV_H

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

enum {
	CSV_RECORD_MAX = 1024 * 1024, /* bytes of one record in UTF-8 */
	CSV_FIELDS_MAX = 1024,
	CSV_PIPE_MAX = 256 * 1024 * 1024, /* what cannot be read twice (a pipe) is held in memory up to here */
};

struct csv_record {
	size_t n;
	const char *const *field; /* n texts, valid UTF-8, line breaks as \n; until the next csv_next() */
	int64_t number;           /* 1 for the first record (the heading); records without any text are not counted */
	int64_t line;             /* physical line, from 1, where it starts */
	bool odd_quote;           /* text stood after a closing quote; it was kept, as Excel does */
	bool unfinished;          /* the file ends without a line break behind it: with cells missing, it was cut off here */
};

struct csv;

/* path "-" reads standard input.  Errors: as of open(2), ERR_FORMAT when it is no text (a workbook, NULs) or cannot be
 * decoded, with the line and the byte in the sentence. */
bool csv_open(struct csv **out, const char *path, struct err *err) MUST_CHECK;
/* data stays the caller's and must outlive the reader. */
bool csv_open_memory(struct csv **out, const void *data, size_t n, struct err *err) MUST_CHECK;
void csv_close(struct csv *csv); /* NULL is fine */
void csv_auto_close(struct csv **csv);
#define AUTO_CSV __attribute__((cleanup(csv_auto_close)))

enum csv_next { CSV_END, CSV_RECORD, CSV_FAILED };
/* Fails with ERR_FORMAT for a quote that is never closed (naming the line where it opened: a cut-off file), for a record
 * beyond the limits; with ERR_IO.  After CSV_FAILED only closing is left. */
enum csv_next csv_next(struct csv *csv, const struct csv_record **record, struct err *err) MUST_CHECK;

/* The physical line that the reader has come to; after CSV_FAILED the line where the record began. */
int64_t csv_line(const struct csv *csv);
/* "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE". */
const char *csv_encoding(const struct csv *csv);
char csv_delimiter(const struct csv *csv);
/* Bytes of the file used so far and in all. */
void csv_position(const struct csv *csv, int64_t *done, int64_t *total);

/* ---- writing: UTF-8 with a mark so that Excel knows, commas, CRLF ---- */

struct csv_writer {
	struct sbuf *out; /* not owned; empty it whenever it has been written away */
	size_t column;
};

/* Appends the byte order mark. */
void csv_start(struct csv_writer *w, struct sbuf *out);
/* A field; NULL is an empty one.  Text that a spreadsheet would take for a formula gets a ' in front. */
void csv_put(struct csv_writer *w, const char *text);
/* A field that is a number ("-1.5") when it looks like one, else as csv_put(). */
void csv_put_number(struct csv_writer *w, const char *text);
void csv_end_row(struct csv_writer *w);

/* The text without the ' that csv_put() set before it: for reading our own files back.  Other texts as they are. */
const char *csv_unguard(const char *text);

#endif
