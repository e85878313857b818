/* The sweep: pairs of files among all residents that may be one person. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/clinic/pinyin.h"
#include "app/clinic/search_keys.h"
#include "app/service/record.h"
#include "app/service/search.h"
#include "db/stmt.h"

enum { PORTION = 200 };
#define SWEPT "duplicates_swept" /* seq of the newest change that was looked at */

struct person {
	int64_t id, village;
	const char *name, *birth_date, *sex, *id_number, *id_type, *file_no, *phone, *birth_order;
};

static const struct term words[] = {
	[DUPLICATE_ID] = { "身份证号相同", "same ID number" },
	[DUPLICATE_NAME] = { "同名, 出生日期相同", "same name and birth date" },
	[DUPLICATE_SIMILAR] = { "名字音近, 出生日期相同", "name sounds alike, same birth date" },
	[DUPLICATE_FILE_NO] = { "档案编号相同", "same file number" },
	[DUPLICATE_PHONE] = { "电话相同", "same telephone" },
	[DUPLICATE_OLD_NUMBER] = { "曾用号码相同", "a former number is the same" },
};

const char *duplicate_reason_words(enum duplicate_reason reason)
{
	return term_text(&words[reason]);
}

/* ---- two of them -------------------------------------------------------------------------------------------------------- */

static bool equal(const char *a, const char *b)
{
	return a && b && *a && !strcmp(a, b);
}

/* The first of twins was often entered before anybody knew of a second. */
static const char *order_of(const struct person *p)
{
	return p->birth_order ? p->birth_order : "1";
}

/* Twins are born on one day and called nearly alike; two right identity numbers are two people. */
static bool surely_two(const struct person *a, const struct person *b)
{
	bool twins = strcmp(order_of(a), order_of(b)) != 0;
	bool numbers = a->id_number && b->id_number && equal(a->id_type, "01") && equal(b->id_type, "01") &&
		strcmp(a->id_number, b->id_number) != 0;

	return twins || numbers;
}

/* The way the row was found says what is equal; the names decide. */
static bool judge(const struct person *a, const struct person *b, enum duplicate_reason found, enum duplicate_reason *out)
{
	char x[SEARCH_KEY_MAX], y[SEARCH_KEY_MAX];
	bool named = search_clean(a->name, x, sizeof x) && search_clean(b->name, y, sizeof y);
	bool same = named && !strcmp(x, y), near = same || (named && pinyin_near(x, y));

	*out = found;
	if (found == DUPLICATE_ID || found == DUPLICATE_FILE_NO)
		return true;
	if (surely_two(a, b))
		return false;
	if (found == DUPLICATE_OLD_NUMBER)
		return true;
	if (found == DUPLICATE_PHONE)
		return near || (equal(a->birth_date, b->birth_date) && equal(a->sex, b->sex));
	*out = same ? DUPLICATE_NAME : DUPLICATE_SIMILAR;
	return near;
}

static bool note(struct app *app, int64_t a, int64_t b, enum duplicate_reason reason, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "match_add");

	stmt_bind_int(st, "a", a < b ? a : b);
	stmt_bind_int(st, "b", a < b ? b : a);
	stmt_bind_int(st, "reason", reason);
	return stmt_run(st, err);
}

/* ---- one against all ------------------------------------------------------------------------------------------------------ */

static const char *kept(struct arena *mem, struct stmt *st, int col)
{
	return stmt_text(st, col) ? arena_strdup(mem, stmt_text(st, col)) : NULL;
}

static bool read_person(struct app *app, int64_t id, struct arena *mem, struct person *p, bool *found, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sweep_person");

	stmt_bind_int(st, "id", id);
	if (!stmt_step(st, found, err))
		return false;
	if (!*found)
		return true;
	*p = (struct person){ .id = id, .name = kept(mem, st, 0), .birth_date = kept(mem, st, 1), .sex = kept(mem, st, 2),
		.village = stmt_int(st, 3), .id_number = kept(mem, st, 4), .id_type = kept(mem, st, 5),
		.file_no = kept(mem, st, 6), .phone = kept(mem, st, 7), .birth_order = kept(mem, st, 8) };
	return true;
}

static struct stmt *others_of(struct app *app, const struct person *p)
{
	struct stmt *st = stmt_get(app->db, "sweep_others");

	stmt_bind_int(st, "id", p->id);
	stmt_bind_text(st, "id_number", p->id_number);
	stmt_bind_text(st, "file_no", p->file_no);
	stmt_bind_text(st, "birth_date", p->birth_date);
	stmt_bind_text(st, "sex", p->sex);
	if (p->village)
		stmt_bind_int(st, "village", p->village);
	stmt_bind_text(st, "phone", p->phone);
	return st;
}

static bool forget(struct app *app, int64_t id, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "match_forget");

	stmt_bind_int(st, "id", id);
	return stmt_run(st, err);
}

static bool look_at(struct app *app, int64_t id, struct arena *mem, struct err *err)
{
	struct person p = { .id = 0 };
	struct stmt *st;
	bool row = true, ok = true, found;

	if (!forget(app, id, err) || !read_person(app, id, mem, &p, &found, err))
		return false;
	if (!found)
		return true;
	st = others_of(app, &p);
	while (ok && (ok = stmt_step(st, &row, err)) && row) {
		enum duplicate_reason reason;
		struct person q;

		q = (struct person){ .id = stmt_int(st, 0), .name = stmt_text(st, 1), .birth_date = stmt_text(st, 2),
			.sex = stmt_text(st, 3), .id_number = stmt_text(st, 4), .id_type = stmt_text(st, 5),
			.birth_order = stmt_text(st, 6) };
		if (judge(&p, &q, (enum duplicate_reason)stmt_int(st, 7), &reason))
			ok = note(app, p.id, q.id, reason, err);
	}
	stmt_done(&st);
	return ok;
}

/* ---- everybody -------------------------------------------------------------------------------------------------------- */

static int64_t swept(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = app_setting(app, SWEPT, &mem);

	return s ? (int64_t)strtoll(s, NULL, 10) : 0;
}

static bool set_swept(struct app *app, int64_t seq, struct err *err)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)seq);
	return app_set_setting(app, SWEPT, text, err);
}

static bool number(struct app *app, const char *statement, int64_t *out, struct err *err)
{
	return stmt_value(stmt_get(app->db, statement), out, 0, err);
}

/* last: where the next portion begins (a row in the first sweep, a seq later). */
static bool read_portion(struct app *app, bool first, int64_t after, int64_t rows[PORTION], size_t *n, int64_t *last,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, first ? "sweep_all" : "sweep_changed");
	bool row;

	*last = after;
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", PORTION);
	for (*n = 0; *n < PORTION; (*n)++) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		rows[*n] = stmt_int(st, 0);
		*last = stmt_int(st, first ? 0 : 1);
	}
	return true;
}

bool duplicates_sweep(struct app *app, struct sweep *s, bool *more, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	int64_t rows[PORTION], since = swept(app), newest;
	bool first = !since;
	size_t n;

	*more = false;
	if (!work_begin(&w, app, err) || (!s->of && !number(app, "sweep_count", &s->of, err)) ||
		!number(app, "sweep_newest", &newest, err) ||
		!read_portion(app, first, first ? s->after : since, rows, &n, &s->after, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!look_at(app, rows[i], &mem, err))
			return false;
	s->done += (int64_t)n;
	s->upto = s->upto ? s->upto : newest; /* who changes while the first sweep runs is looked at by the next */
	*more = n == PORTION;
	if (first && *more)
		return work_commit(&w, err);
	return set_swept(app, first ? s->upto : *more ? s->after : newest, err) && work_commit(&w, err);
}

bool duplicates_pairs(struct app *app, int64_t village, struct duplicate_pair **pairs, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "match_pairs");
	size_t cap = 0;
	bool row = true, ok;

	*pairs = NULL;
	*n = 0;
	if (village)
		stmt_bind_int(st, "village", village);
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (*n == cap) {
			cap = cap ? 2 * cap : 64;
			*pairs = xrealloc(*pairs, cap, sizeof **pairs);
		}
		(*pairs)[(*n)++] = (struct duplicate_pair){ stmt_int(st, 0), stmt_int(st, 1),
			(enum duplicate_reason)stmt_int(st, 2), stmt_int(st, 3) != 0 };
	}
	if (!ok) {
		free(*pairs);
		*pairs = NULL;
	}
	return ok;
}

bool duplicates_are_two(struct app *app, int64_t a, int64_t b, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (a == b)
		return err_set(err, ERR_INCONSISTENT, _("This is one file, not two."));
	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "match_decide");
	stmt_bind_int(st, "a", a < b ? a : b);
	stmt_bind_int(st, "b", a < b ? b : a);
	return stmt_run(st, err) && work_commit(&w, err);
}
