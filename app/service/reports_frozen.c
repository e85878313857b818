/* Frozen reports: kept as they were handed in, read back, compared with what is counted now. */
#include <sodium.h>
#include <zlib.h>

#include "app/base/i18n.h"
#include "app/service/record.h"
#include "app/service/reports_int.h"
#include "db/stmt.h"

static void hash_text(const struct sbuf *text, char hex[65])
{
	unsigned char hash[crypto_generichash_BYTES];

	crypto_generichash(hash, sizeof hash, (const unsigned char *)text->s, text->len, NULL, 0);
	sodium_bin2hex(hex, 65, hash, sizeof hash);
}

/* The frozen text is Chinese whatever the screen shows, so that a report has one hash. */
static bool frozen_form(struct app *app, const struct report_result *r, struct sbuf *out, struct err *err)
{
	AUTO_REPORT_RESULT struct report_result zh = { 0 };
	bool ok;

	if (!strcmp(i18n_language(), "zh") && r->complete) {
		report_dump(r->report, out);
		return true;
	}
	if (strcmp(i18n_language(), "zh") != 0) {
		i18n_set_language("zh");
		ok = reports_build(app, r->period.text, NULL, &zh, err);
		i18n_set_language("en");
	} else {
		ok = reports_build(app, r->period.text, NULL, &zh, err);
	}
	if (ok)
		report_dump(zh.report, out);
	return ok;
}

/* ---- finding --------------------------------------------------------------------------------------------------------- */

static bool none_frozen(const char *period, int64_t number, struct err *err)
{
	if (!number)
		return err_set(err, ERR_NOT_FOUND, _("No report of %s was frozen."), period);
	return err_set(err, ERR_NOT_FOUND, _("No report of %s was frozen as no. %lld."), period, (long long)number);
}

static void read_frozen(struct stmt *st, struct report_frozen *out)
{
	out->number = stmt_int(st, 0);
	out->made_at = stmt_int(st, 1);
	snprintf(out->hash, sizeof out->hash, "%s", stmt_text(st, 2));
}

bool frozen_find(struct app *app, const char *period, int64_t number, struct report_frozen *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "report_snapshot_find");
	bool row;

	*out = (struct report_frozen){ 0 };
	stmt_bind_text(st, "period", period);
	stmt_bind_int(st, "id", number);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		read_frozen(st, out);
	return row || !number || none_frozen(period, number, err);
}

bool reports_frozen_list(struct app *app, const char *period, struct arena *mem, struct report_frozen **out, size_t *n,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "report_snapshot_list");
	AUTO_FREE struct report_frozen *all = NULL;
	size_t cap = 0;
	bool row;

	*n = 0;
	stmt_bind_text(st, "period", period);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		if (*n == cap)
			all = xrealloc(all, cap = cap ? cap * 2 : 8, sizeof *all);
		read_frozen(st, &all[(*n)++]);
	}
	*out = arena_alloc(mem, (*n + 1) * sizeof **out);
	if (*n)
		memcpy(*out, all, *n * sizeof **out);
	return true;
}

/* Number and hash go on every printed page of a report that is what was frozen. */
static void stamp(struct report_result *r)
{
	char text[64];

	if (!r->frozen.number || r->differs)
		return;
	/* TRANSLATORS: number of the frozen report, first characters of its hash */
	snprintf(text, sizeof text, _("Frozen no. %lld, check %.12s"), (long long)r->frozen.number, r->frozen.hash);
	report_set_stamp(r->report, text);
}

/* ---- freezing -------------------------------------------------------------------------------------------------------- */

static bool pack(const struct sbuf *text, unsigned char **out, size_t *n)
{
	uLongf size = compressBound((uLong)text->len);

	*out = xmalloc(size);
	if (compress2(*out, &size, (const Bytef *)text->s, (uLong)text->len, 6) != Z_OK) {
		free(*out);
		return false;
	}
	*n = size;
	return true;
}

static bool store(struct app *app, const struct report_result *r, const struct sbuf *text, const char *hash,
	struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_FREE unsigned char *body = NULL;
	char cutoff[DATE_LEN];
	struct stmt *st;
	size_t n = 0;

	if (!pack(text, &body, &n))
		return err_set(err, ERR_IO, _("The report could not be frozen."));
	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "report_snapshot_add");
	stmt_bind_text(st, "period", r->period.text);
	stmt_bind_text(st, "cutoff", date_iso(r->period.to, cutoff));
	stmt_bind_int(st, "made_at", clock_now(&app->clock));
	if (app->actor_row)
		stmt_bind_int(st, "made_by", app->actor_row);
	stmt_bind_text(st, "program", CUNYI_VERSION);
	stmt_bind_text(st, "hash", hash);
	stmt_bind_int(st, "size", (int64_t)text->len);
	stmt_bind_blob(st, "body", body, n);
	return stmt_run(st, err) && work_commit(&w, err);
}

bool reports_freeze(struct app *app, struct report_result *r, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const bool damaged = r->frozen.damaged;
	char hash[65];

	if (!frozen_form(app, r, &text, err) || !frozen_find(app, r->period.text, 0, &r->frozen, err))
		return false;
	hash_text(&text, hash);
	if (!r->frozen.number || damaged || strcmp(r->frozen.hash, hash) != 0) {
		if (!store(app, r, &text, hash, err) || !frozen_find(app, r->period.text, 0, &r->frozen, err))
			return false;
	}
	return frozen_compare(app, r, err);
}

/* ---- reading back ---------------------------------------------------------------------------------------------------- */

static bool unpack(const void *body, size_t n, size_t size, struct sbuf *out)
{
	AUTO_FREE char *text = xmalloc(size + 1);
	uLongf got = (uLongf)size;

	if (uncompress((Bytef *)text, &got, body, (uLong)n) != Z_OK || got != size)
		return false;
	sbuf_add(out, text, size);
	return true;
}

static bool damaged(int64_t number, struct err *err)
{
	return err_set(err, ERR_CORRUPT, _("The report kept as no. %lld is damaged."), (long long)number);
}

bool reports_frozen_text(struct app *app, const char *period, int64_t number, struct sbuf *out, struct err *err)
{
	enum { SIZE_MAX_TEXT = 1 << 30 };
	AUTO_STMT struct stmt *st = stmt_get(app->db, "report_snapshot_find");
	const void *body;
	char hash[65];
	size_t n;
	bool row;

	stmt_bind_text(st, "period", period);
	stmt_bind_int(st, "id", number);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return none_frozen(period, number, err);
	body = stmt_blob(st, 4, &n);
	sbuf_clear(out);
	if (stmt_int(st, 3) < 0 || stmt_int(st, 3) > SIZE_MAX_TEXT || !unpack(body, n, (size_t)stmt_int(st, 3), out))
		return damaged(stmt_int(st, 0), err);
	hash_text(out, hash);
	if (strcmp(hash, stmt_text(st, 2)) != 0)
		return damaged(stmt_int(st, 0), err);
	return true;
}

/* ---- comparing --------------------------------------------------------------------------------------------------------- */

struct report_figure indicator_now(const struct indicator_result *r)
{
	const bool den = r->ind->kind == INDICATOR_RATE && r->source != DEN_MISSING;

	return (struct report_figure){ .num = r->num, .den = den ? r->den : 0, .has_den = den,
		.percent = r->has_percent ? r->percent : 0, .has_percent = r->has_percent };
}

/* As cell_text() writes it: 65.43% */
static bool read_percent(const char *s, int64_t *hundredths)
{
	long long whole;
	unsigned part;
	int end = 0;

	if (sscanf(s, "%lld.%2u%%%n", &whole, &part, &end) != 2 || !end || s[end])
		return false;
	*hundredths = whole * 100 + (int64_t)part;
	return true;
}

/* The columns of the first sheet (reports_sheets.c); a row of the chart's below has fewer. */
enum { COL_CODE, COL_NAME, COL_NEWER, COL_NUM, COL_DEN, COL_PERCENT, COL_MANY };

static bool read_figure(char *const cols[COL_MANY], struct report_figure *f)
{
	*f = (struct report_figure){ 0 };
	if (sscanf(cols[COL_NUM], "%" SCNd64, &f->num) != 1)
		return false;
	f->has_den = sscanf(cols[COL_DEN], "%" SCNd64, &f->den) == 1;
	f->has_percent = read_percent(cols[COL_PERCENT], &f->percent);
	return true;
}

static bool same_figure(const struct report_figure *a, const struct report_figure *b)
{
	return a->num == b->num && a->has_den == b->has_den && a->den == b->den && a->has_percent == b->has_percent &&
		a->percent == b->percent;
}

/* What stands before the next sep; NULL when all is taken. */
static char *cut(char **next, char sep)
{
	char *s = *next, *end = s ? strchr(s, sep) : NULL;

	*next = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	return s;
}

/* One line of the frozen text; cuts it up. */
static void take_line(struct report_result *r, char *line)
{
	char *cols[COL_MANY], *next = line;
	size_t n = 0;

	while (next && n < COL_MANY)
		cols[n++] = cut(&next, '\t');
	for (size_t i = 0; n == COL_MANY && i < r->n_indicators; i++) {
		struct indicator_result *x = &r->indicators[i];

		if (!strcmp(x->ind->code, cols[COL_CODE]))
			x->was_frozen = read_figure(cols, &x->frozen);
	}
}

/* The figures stand in the first sheet: "== " begins the second. */
static void take_figures(struct report_result *r, struct sbuf *text)
{
	char *next = text->s, *line;
	size_t sheets = 0;

	while ((line = cut(&next, '\n')) && sheets < 2) {
		if (!strncmp(line, "== ", 3))
			sheets++;
		else
			take_line(r, line);
	}
	r->figures_differ = false;
	for (size_t i = 0; i < r->n_indicators; i++) {
		struct indicator_result *x = &r->indicators[i];
		const struct report_figure now = indicator_now(x);

		x->is_new = !x->was_frozen;
		x->differs = x->was_frozen && !same_figure(&now, &x->frozen);
		r->figures_differ = r->figures_differ || x->differs;
	}
}

/* A sheet's lines in a report's text: from behind its line "== name" to the next one. */
struct lines {
	const char *s;
	size_t n;
};

static const char mark[] = "\n== ";

static struct lines lines_from(const char *s)
{
	const char *end = strstr(s, mark);

	return (struct lines){ s, end ? (size_t)(end - s) + 1 : strlen(s) };
}

/* head: the mark with the name and the end of its line. */
static bool find_sheet(const char *text, const char *head, size_t n, struct lines *out)
{
	for (const char *s = strstr(text, mark); s; s = strstr(s + 1, mark))
		if (!strncmp(s, head, n)) {
			*out = lines_from(s + n - 1);
			return true;
		}
	return false;
}

/* All lines of a stand in b, in their order. */
static bool contains(struct lines b, struct lines a)
{
	const char *end = a.s + a.n, *stop = b.s + b.n;

	while (a.s < end) {
		size_t n = strcspn(a.s, "\n") + 1;
		bool same = false;

		while (b.s < stop && !same) {
			size_t m = strcspn(b.s, "\n") + 1;

			same = m == n && !strncmp(a.s, b.s, n - 1);
			b.s += m;
		}
		if (!same)
			return false;
		a.s += n;
	}
	return true;
}

/* Each sheet of then is the same now; the first, the figures, may have lines more: indicators that are new. */
static bool covers(const char *now, const char *then)
{
	bool first = true;
	struct lines a = lines_from(then), b = lines_from(now);

	if (a.n != b.n || memcmp(a.s, b.s, a.n) != 0)
		return false;
	for (const char *s = strstr(then, mark); s; s = strstr(s + 1, mark), first = false) {
		size_t n = 1 + strcspn(s + 1, "\n") + 1;

		a = lines_from(s + n - 1);
		if (!find_sheet(now, s, n, &b))
			return false;
		if (first ? !contains(b, a) : a.n != b.n || memcmp(a.s, b.s, a.n) != 0)
			return false;
	}
	return true;
}

bool frozen_compare(struct app *app, struct report_result *r, struct err *err)
{
	AUTO_SBUF struct sbuf then = SBUF_INIT, figures = SBUF_INIT, now = SBUF_INIT;
	char hash[65];

	if (!r->frozen.number)
		return true;
	if (!reports_frozen_text(app, r->period.text, r->frozen.number, &then, err)) {
		r->frozen.damaged = err->code == ERR_CORRUPT;
		return r->frozen.damaged;
	}
	sbuf_add(&figures, then.s, then.len);
	take_figures(r, &figures);
	r->differs = r->figures_differ;
	r->only_more = false;
	if (r->differs || !r->complete)
		return true;
	if (!frozen_form(app, r, &now, err))
		return false;
	hash_text(&now, hash);
	r->differs = strcmp(hash, r->frozen.hash) != 0;
	r->only_more = r->differs && covers(now.s, then.s);
	stamp(r);
	return true;
}
