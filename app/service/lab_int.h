/* Between the files of the laboratory's sheet. */
#ifndef CUNYI_LAB_INT_H
#define CUNYI_LAB_INT_H

#include "app/service/imports_int.h"
#include "app/service/lab.h"

struct lab_columns {
	size_t n;
	const struct field *field[CSV_FIELDS_MAX]; /* of the examination; NULL: number, name, or passed over */
	int no, name;                              /* -1: there is none */
	const char **ignored;
	size_t n_ignored;
};
bool lab_columns(struct lab_columns *cols, const struct csv_record *r, struct arena *mem, struct err *err);

/* One cell: "5.623↑" is 5.62 for a field of two places.  Empty cells give an empty value. */
bool lab_cell(const struct field *f, const char *text, struct arena *mem, struct value *out, struct err *err);

/* Who is meant; NULL with the reason. */
const struct exam_guest *lab_match(const struct exam_day *day, const char *no, const char *name, struct arena *mem,
	const char **reason);

#endif
