#include "app/service/codes.h"

#include "app/clinic/icd10.h"
#include "app/clinic/pinyin.h"
#include "app/base/utf8.h"
#include "db/stmt.h"

enum { QUERY_MAX = 64 };

static bool is_there(const struct code_hit *hits, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(hits[i].code, code))
			return true;
	return false;
}

bool codes_find(struct app *app, const char *query, struct arena *mem, struct code_hit *out, size_t max, size_t *n,
	struct err *err)
{
	const struct icd10 **found = arena_alloc(mem, (max + 1) * sizeof *found);
	struct stmt *st;
	char typed[QUERY_MAX];
	bool row, ok = true;

	*n = icd10_find(query, found, max);
	for (size_t i = 0; i < *n; i++)
		out[i] = (struct code_hit){ found[i]->code, term_text(&found[i]->term) };
	if (*n == max || !utf8_fold_width(query, typed, sizeof typed) || !*typed)
		return true;
	pinyin_normalise(typed);
	st = stmt_get(app->db, "code_find");
	stmt_bind_text(st, "q", typed);
	typed[0] = (char)(typed[0] >= 'a' && typed[0] <= 'z' ? typed[0] - 'a' + 'A' : typed[0]); /* "i10.x00": I10.x00 */
	stmt_bind_text(st, "code", typed);
	stmt_bind_int(st, "limit", (int64_t)(max + *n));
	while (*n < max && (ok = stmt_step(st, &row, err)) && row)
		if (!is_there(out, *n, stmt_text(st, 0)))
			out[(*n)++] = (struct code_hit){ arena_strdup(mem, stmt_text(st, 0)), arena_strdup(mem, stmt_text(st, 1)) };
	stmt_done(&st);
	return ok;
}

bool codes_by_code(struct app *app, const char *code, struct arena *mem, struct code_hit *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "code_by_code");
	const struct icd10 *e = icd10_by_code(code);
	bool row;

	*out = (struct code_hit){ 0 };
	stmt_bind_text(st, "code", code);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		*out = (struct code_hit){ arena_strdup(mem, stmt_text(st, 0)), arena_strdup(mem, stmt_text(st, 1)) };
	else if (e)
		*out = (struct code_hit){ e->code, term_text(&e->term) };
	return true;
}
