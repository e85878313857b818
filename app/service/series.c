#include "app/service/series.h"

#include "app/base/date.h"
#include "app/service/record.h"
#include "db/stmt.h"

/* Some of the records say the same thing twice on one day. */
enum { LOOK_AT = SERIES_POINTS * 2, PATTERNS = 4 };

/* Bodies that cannot hold the value are passed over by the query. */
void series_bind(struct stmt *st, const struct measure *m)
{
	static const char *const names[PATTERNS] = { "k1", "k2", "k3", "k4" };
	char pattern[64];

	for (size_t i = 0; i < PATTERNS && m->places_of[i].key; i++) {
		snprintf(pattern, sizeof pattern, "\"%s\"", m->places_of[i].key);
		stmt_bind_text(st, names[i], pattern);
	}
}

static size_t find_rows(struct app *app, int64_t resident, const struct measure *m, int64_t rows[LOOK_AT], bool *ok,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "series_records");
	size_t n = 0;
	bool row;

	stmt_bind_int(st, "resident", resident);
	stmt_bind_int(st, "limit", LOOK_AT);
	series_bind(st, m);
	while ((*ok = stmt_step(st, &row, err)) && row && n < LOOK_AT)
		rows[n++] = stmt_int(st, 0);
	return n;
}

/* Two sheets of one day hold the same reading: one visit, two programmes. */
static bool is_again(const struct series *s, const struct series_point *p)
{
	const struct series_point *last = s->n ? &s->at[s->n - 1] : NULL;

	return last && last->day == p->day && last->v.value == p->v.value && last->v.value2 == p->v.value2 &&
		last->v.home == p->v.home;
}

static bool take(struct app *app, int64_t row, struct series *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct kind *kind;
	struct series_point p;
	struct record *rec;
	enum kind_id id;

	if (!record_load_row(app, row, &mem, &rec, &id, err))
		return false;
	kind = kind_by_id(id);
	p.day = kind && kind->date_key ? record_day(rec, kind->date_key) : NO_DAY;
	if (p.day != NO_DAY && measure_read(out->measure, rec, &p.v) && !p.v.flag && !is_again(out, &p))
		out->at[out->n++] = p;
	return true;
}

static void oldest_first(struct series *s)
{
	for (size_t i = 0; i < s->n / 2; i++) {
		struct series_point p = s->at[i];

		s->at[i] = s->at[s->n - 1 - i];
		s->at[s->n - 1 - i] = p;
	}
}

bool series_read(struct app *app, int64_t resident, const struct measure *m, struct series *out, struct err *err)
{
	int64_t rows[LOOK_AT];
	bool ok = true;
	size_t n;

	*out = (struct series){ .measure = m };
	n = find_rows(app, resident, m, rows, &ok, err);
	for (size_t i = 0; ok && i < n && out->n < SERIES_POINTS; i++)
		ok = take(app, rows[i], out, err);
	oldest_first(out);
	return ok;
}

const struct series_point *series_last_taken(const struct series *s)
{
	for (size_t i = s->n; i > 0; i--)
		if (!s->at[i - 1].v.home)
			return &s->at[i - 1];
	return NULL;
}
