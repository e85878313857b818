/* A list that is being imported, and one line of it; shared by imports.c and import_line.c. */
#ifndef CUNYI_IMPORT_LINE_H
#define CUNYI_IMPORT_LINE_H

#include "app/clinic/idcard.h"
#include "app/service/imports_int.h"
#include "app/service/record.h"

/* What the cells of a column of codes meant: nearly all say what one of those above them said. */
enum { SEEN_MAX = 24 };
struct seen_cells {
	size_t n;
	struct {
		const char *text;
		struct value means;
	} cell[SEEN_MAX];
};

struct import {
	struct app *app;
	const struct import_options *o;
	struct import_result *result;
	const struct form_def *form;
	struct arena mem; /* for the length of the import */
	struct arena one; /* of one line */
	struct import_columns cols;
	struct seen_cells *seen[CSV_FIELDS_MAX]; /* by column */
	struct import_places places;
	bool dry;
	struct strmap memory; /* of a dry run: who would be here */
	struct strmap names;  /* of doctors and offices: their ids */
	struct import_rejects rejects;
	struct csv *csv;
	const struct import_village *village; /* of lines that name none */
	struct work work;
	bool beside_screen;
	int64_t since; /* when the work began */
	int64_t version; /* of the database: another process wrote when it is another */
};

/* One line on its way. */
struct line {
	const struct csv_record *csv;
	struct record *given; /* what its cells say; references as written */
	struct findings faults;
	struct import_identity who;
	struct id_check id;
	const struct import_village *village; /* NULL: none, or to be made */
};

/* Reads the cells; what is wrong with them is among the line's faults.  All of it lives in im->one. */
void import_read_line(struct import *im, const struct csv_record *csv, struct line *l);

#endif
