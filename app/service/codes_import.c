/* The county's list of codes from CSV. */
#include "app/base/csv.h"
#include "app/base/utf8.h"
#include "app/clinic/icd10.h"
#include "app/clinic/pinyin.h"
#include "app/service/codes.h"
#include "app/service/record.h"
#include "db/stmt.h"

enum { STEP = 200, LOOK_FOR_HEADINGS = 10 }; /* lines of one transaction; a title may stand above the headings */

enum column { COL_CODE, COL_TEXT, COL_SYSTEM, COL_VERSION, COLUMNS };
static const char *const headings[COLUMNS][4] = {
	[COL_CODE] = { "编码", "code", "疾病编码", "诊断编码" },
	[COL_TEXT] = { "名称", "text", "疾病名称", "诊断名称" },
	[COL_SYSTEM] = { "系统", "system", "编码系统", NULL },
	[COL_VERSION] = { "版本", "version", NULL, NULL },
};

struct import {
	struct app *app;
	const struct codes_import *o;
	struct codes_imported *result;
	int at[COLUMNS]; /* of each column in a line; -1: not there */
	struct arena one;
};

static const char *cell(const struct import *im, const struct csv_record *r, enum column c, const char *otherwise)
{
	const char *s = im->at[c] >= 0 && (size_t)im->at[c] < r->n ? csv_unguard(r->field[im->at[c]]) : "";

	s += strspn(s, " \t");
	return *s ? s : otherwise;
}

static bool find_columns(struct import *im, const struct csv_record *r)
{
	for (size_t c = 0; c < COLUMNS; c++) {
		im->at[c] = -1;
		for (size_t i = 0; i < r->n && im->at[c] < 0; i++)
			for (size_t k = 0; k < N_ELEMENTS(headings[c]) && headings[c][k]; k++)
				if (!strcasecmp(r->field[i], headings[c][k]))
					im->at[c] = (int)i;
	}
	return im->at[COL_CODE] >= 0 && im->at[COL_TEXT] >= 0;
}

static void reject(struct import *im, const struct csv_record *r, const char *code, const char *why)
{
	im->result->rejected++;
	if (im->o->reject)
		im->o->reject(im->o->ctx, r->line, code, why);
}

static const char *first_of(const struct pinyin_list *list)
{
	return list->n ? list->v[0] : "";
}

static bool put(struct import *im, const char *code, const char *text, const char *system, const char *version,
	struct err *err)
{
	struct stmt *same = stmt_get(im->app->db, "code_same"), *st;
	struct pinyin_name letters;
	int64_t there;

	stmt_bind_text(same, "code", code);
	stmt_bind_text(same, "text", text);
	stmt_bind_text(same, "system", system);
	stmt_bind_text(same, "version", version);
	if (!stmt_value(same, &there, 0, err))
		return false;
	if (there) {
		im->result->unchanged++;
		return true;
	}
	pinyin_name(&im->one, text, &letters);
	st = stmt_get(im->app->db, "code_put");
	stmt_bind_text(st, "code", code);
	stmt_bind_text(st, "text", text);
	stmt_bind_text(st, "system", system);
	stmt_bind_text(st, "version", version);
	stmt_bind_text(st, "initials", first_of(&letters.initials));
	stmt_bind_text(st, "pinyin", first_of(&letters.full));
	im->result->taken++;
	return stmt_run(st, err);
}

static bool take_line(struct import *im, const struct csv_record *r, struct err *err)
{
	const char *text = cell(im, r, COL_TEXT, NULL);
	char code[32];
	const char *typed = cell(im, r, COL_CODE, "");
	size_t n = 0;

	im->result->lines++;
	for (; typed[n] && n + 1 < sizeof code; n++) /* "i10.X00" of some lists: the first letter is a capital, the rest as is */
		code[n] = (char)(n == 0 && typed[n] >= 'a' && typed[n] <= 'z' ? typed[n] - 'a' + 'A' : typed[n]);
	code[n] = '\0';
	if (typed[n] || !icd10_is_shaped(code)) {
		reject(im, r, typed, _("This is no ICD-10 code; right is for example I10.x00."));
		return true;
	}
	if (!text || utf8_width(text) > 200) {
		reject(im, r, code, _("The name of the disease is missing or too long."));
		return true;
	}
	return put(im, code, text, cell(im, r, COL_SYSTEM, im->o->system ? im->o->system : "ICD-10"),
		cell(im, r, COL_VERSION, im->o->version ? im->o->version : ""), err);
}

/* One transaction; *more tells whether the file goes on. */
static bool take_step(struct import *im, struct csv *csv, bool *more, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	const struct csv_record *r;
	enum csv_next next = CSV_END;

	if (!work_begin(&w, im->app, err))
		return false;
	for (int i = 0; i < STEP; i++) {
		next = csv_next(csv, &r, err);
		if (next != CSV_RECORD)
			break;
		arena_clear(&im->one);
		if (!take_line(im, r, err))
			return false;
	}
	*more = next == CSV_RECORD;
	return next != CSV_FAILED && work_commit(&w, err);
}

static bool find_headings(struct import *im, struct csv *csv, struct err *err)
{
	const struct csv_record *r;
	char example[64];

	for (int i = 0; i < LOOK_FOR_HEADINGS; i++) {
		enum csv_next next = csv_next(csv, &r, err);

		if (next == CSV_FAILED)
			return false;
		if (next == CSV_END)
			break;
		if (find_columns(im, r))
			return true;
	}
	snprintf(example, sizeof example, "%s,%s", headings[COL_CODE][0], headings[COL_TEXT][0]);
	err_set(err, ERR_FORMAT, _("The list needs a heading line with the columns code and text."));
	return err_example(err, example);
}

bool codes_import(struct app *app, const char *path, const struct codes_import *o, struct codes_imported *result,
	struct err *err)
{
	struct import im = { .app = app, .o = o, .result = result };
	AUTO_CSV struct csv *csv = NULL;
	bool more = true, ok;

	*result = (struct codes_imported){ 0 };
	ok = csv_open(&csv, path, err) && find_headings(&im, csv, err);
	while (ok && more)
		ok = take_step(&im, csv, &more, err);
	arena_release(&im.one);
	return ok;
}
