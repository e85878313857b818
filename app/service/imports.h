/* Import of the village's list of residents: CSV as Excel and WPS save it (app/base/csv.h), headings in Chinese or English
 * in any order, a title above them passed over.  Every line is imported or rejected; running it twice changes nothing.
 *
 * The same resident = same ID number, else file number, else name, birth date, sex and village.  Of a resident who is here
 * already, empty cells change nothing and filled cells that differ are reported, and stored with `update` only.  A village
 * that is not known is made.  The householder's column joins people to households, which are made as well. */
#ifndef CUNYI_IMPORTS_H
#define CUNYI_IMPORTS_H

#include "app/clinic/findings.h"
#include "app/service/app.h"

enum import_note_kind {
	IMPORT_REJECT,   /* this line was not imported; faults tell why */
	IMPORT_DIFFERS,  /* a filled cell differs from what is stored: field, stored, given */
	IMPORT_WARNING,  /* imported, but look at it: faults holds the one warning */
	IMPORT_VILLAGE,  /* a village was made: given is its name */
	IMPORT_COLUMN,   /* a column that is not known and was passed over: given is its heading */
};

/* Texts live until the callback returns. */
struct import_note {
	enum import_note_kind kind;
	int64_t line;                 /* of the file, where the record starts; 0 for what is about no line */
	const struct finding *faults; /* linked; warnings among those of a rejected line are to be passed over */
	const struct finding *fault;  /* the one to name when only one is named */
	const struct field *field;
	const char *id;               /* the resident's, or NULL */
	const char *stored, *given;
};

struct import_options {
	bool dry_run, update;
	bool yes;             /* questions ("unusual, is it right?") are answered with yes */
	const char *rejects;  /* gets the rejected lines with their reasons; NULL = none.  Rejects may replace themselves */
	const char *village;  /* name or code: of lines that name none; NULL = none */
	void (*note)(void *ctx, const struct import_note *note);
	/* Bytes of the file done and in all; false stops: what was imported stays.  May be NULL. */
	bool (*progress)(void *ctx, int64_t done, int64_t total);
	void *ctx;
};

struct import_result {
	size_t lines; /* = imported + updated + unchanged + differing + rejected */
	size_t imported, updated, unchanged, differing, rejected;
	size_t incomplete; /* of those imported or updated: something that a complete file needs is missing */
	size_t villages_made, households_made;
	bool rejects_written;
	const char *encoding; /* of the file */
	int64_t stopped_at;   /* line where the file cannot be read on, 0 when it was read to its end */
	struct err stopped;   /* why */
};

/* False when nothing could be imported (no such file, no headings, nobody chosen) or the store failed on the way; result
 * counts what is stored in any case.  A file that is cut off is true with result->stopped_at. */
bool import_residents(struct app *app, const char *path, const struct import_options *options,
	struct import_result *result, struct err *err);

#endif
