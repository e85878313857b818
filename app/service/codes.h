/* Codes of diagnoses: the list that is built in (icd10.h), and the county's own list, imported from CSV.  A code of the
 * county's list keeps its national extension ("I10.x00x002"); what a rule asks for is its first three characters. */
#ifndef CUNYI_SERVICE_CODES_H
#define CUNYI_SERVICE_CODES_H

#include "app/service/app.h"

struct code_hit {
	const char *code, *text; /* static or in the arena; text in the present language, as far as there is one */
};

/* What was typed so far, as icd10_find() takes it: the built-in list first, then the county's beginning so.  Returns how
 * many, at most max. */
bool codes_find(struct app *app, const char *query, struct arena *mem, struct code_hit *out, size_t max, size_t *n,
	struct err *err);
/* The code itself, the county's words first; the nearest code above it from the built-in list.  out->code NULL: none. */
bool codes_by_code(struct app *app, const char *code, struct arena *mem, struct code_hit *out, struct err *err);

struct codes_import {
	const char *system, *version; /* of lines that name none; NULL: "ICD-10" and "" */
	/* A line that was not taken, with the sentence why.  May be NULL. */
	void (*reject)(void *ctx, int64_t line, const char *code, const char *why);
	void *ctx;
};
struct codes_imported {
	size_t lines, taken, unchanged, rejected; /* taken: new or with other words than before */
};

/* Headings 编码/code and 名称/text, and if it likes 系统/system and 版本/version, in any order; what stands in other columns
 * is passed over.  Running it twice changes nothing.  Stores in short steps; result counts what is stored in any case. */
bool codes_import(struct app *app, const char *path, const struct codes_import *o, struct codes_imported *result,
	struct err *err);

#endif
