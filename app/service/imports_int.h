/* Between the files of the import. */
#ifndef CUNYI_IMPORTS_INT_H
#define CUNYI_IMPORTS_INT_H

#include "app/base/csv.h"
#include "app/base/strmap.h"
#include "app/report/outfile.h"
#include "app/service/imports.h"
#include "app/service/record.h"

/* ---- import_columns.c: what the columns are ---------------------------------------------------------------------------- */

struct import_columns {
	size_t n;
	const struct field *field[CSV_FIELDS_MAX]; /* NULL: passed over */
	bool known[CSV_FIELDS_MAX];                /* passed over for a reason: serial number, age, reasons of a rejection */
	char *heading[CSV_FIELDS_MAX];
	size_t recognised;
	bool usable; /* the name or a number that identifies is among them */
};
/* Reads a record as headings. */
void import_columns(struct import_columns *cols, const struct csv_record *r, struct arena *mem);

/* "* 身份证号码（必填）:" is 身份证号码: half width, small letters, no blanks, signs and stars, no remark in brackets. */
const char *heading_key(const char *text, struct arena *mem);
/* Is it one of these words, parted by blanks?  Is it a term in either language? */
bool heading_has_word(const char *words, const char *key);
bool heading_is_term(const struct term *t, const char *key, struct arena *mem);

/* ---- import_cells.c: what stands in them -------------------------------------------------------------------------------- */

/* One cell as a value of its field; references stay text as written.  False: err says what is wrong and how it came. */
bool import_cell(const struct field *f, const char *heading, const char *text, struct arena *mem, struct value *out,
	struct err *err);

/* ---- import_places.c: villages and households --------------------------------------------------------------------------- */

struct import_village {
	const char *id, *name, *code, *aliases, *stem;
	int64_t row;
	bool near;
};
struct import_places {
	struct app *app;
	struct arena mem;
	struct import_village **v;
	size_t n, cap;
	/* The household of the line before: families stand together. */
	char *last_key;
	char last_id[RECORD_ID_MAX + 1];
};
bool import_places_read(struct import_places *p, struct app *app, struct err *err);
/* And those that another process made since. */
bool import_places_newer(struct import_places *p, struct err *err);
void import_places_release(struct import_places *p);
/* NULL when it is not known, or when several have that name. */
const struct import_village *import_village(const struct import_places *p, const char *text, bool *several);
bool import_several(const char *text, struct err *err);
/* Inside a work; a dry run only keeps the name in mind, with id "". */
bool import_village_make(struct import_places *p, const char *name, bool dry, const struct import_village **out,
	struct err *err);
/* The household of this householder; made when there is none.  head: id of the householder when this is him, else NULL.
 * Inside a work. */
struct import_household {
	const char *name, *village, *group, *house; /* village: id; any but the name may be NULL */
	const char *head;
};
/* By the relation written, else by the name. */
bool import_is_head(const struct record *rec, const char *householder);
bool import_household(struct import_places *p, const struct import_household *h, char out[RECORD_ID_MAX + 1], bool *made,
	struct err *err);

/* ---- import_match.c: who is here already --------------------------------------------------------------------------------- */

struct import_identity {
	const char *id_number, *other_number; /* as stored; the same number in its older form */
	bool card;                            /* it is that of an identity card */
	const char *file_no, *name, *birth_date, *sex;
	const char *village; /* id; NULL: none, or one that is still to be made */
	const char *village_name;
	bool namesake; /* told by import_find and import_recall: somebody of another number has all the rest in common */
};
/* *row 0: nobody.  duplicate when several may be meant. */
bool import_find(struct app *app, struct import_identity *who, int64_t *row, struct err *err);

/* Who would be here after a dry run: his cells as a body, under each of the three ways to know him.  *body NULL when nobody;
 * duplicate when several may be meant. */
void import_remember(struct strmap *m, const struct import_identity *who, const char *body);
bool import_recall(const struct strmap *m, struct import_identity *who, const char **body, struct err *err);

/* ---- import_rejects.c: what goes back to the clerk ------------------------------------------------------------------------ */

struct import_rejects {
	struct outfile file;
	struct sbuf out;
	void *iconv; /* to GB18030, NULL: UTF-8 with its mark */
	bool started;
};
#define IMPORT_REJECTS_INIT { .file = OUTFILE_INIT, .out = SBUF_INIT }
/* The first call makes the file and writes the headings. */
bool import_rejects_put(struct import_rejects *j, struct app *app, const char *path, const char *encoding,
	const struct import_columns *cols, const struct csv_record *r, const struct findings *why, struct err *err);
/* torn: the list could not be read to its end; rejects that replace themselves stay as they were then, for the rest would go
 * with the old file. */
bool import_rejects_commit(struct import_rejects *j, const char *list, const char *rejects, bool torn, struct err *err);
/* The list is the user's only copy: nothing is written over it.  Rejects that are rejected again (they have a column of
 * reasons) may replace themselves. */
bool import_rejects_may(const char *list, const char *rejects, const struct import_columns *cols, struct err *err) MUST_CHECK;
void import_rejects_release(struct import_rejects *j);

#endif
