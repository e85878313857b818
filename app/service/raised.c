#include "app/service/raised.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/programmes/programmes.h"
#include "app/service/record.h"
#include "app/service/series.h"
#include "db/stmt.h"

enum { LOOK_AT = 8 };

struct found {
	int64_t record;
	enum kind_id kind;
	int32_t day;
};

/* The newest records that may hold the value, the newest first. */
static bool find(struct app *app, int64_t resident, const struct task_kind *kind, const struct programme *p,
	struct found out[LOOK_AT], size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "raised_records");
	char today[DATE_LEN];
	bool row;

	*n = 0;
	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "programme", p->code);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_text(st, "lasts", kind->lasts);
	stmt_bind_int(st, "limit", LOOK_AT);
	series_bind(st, p->suspicion->measure);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row || *n == LOOK_AT)
			return true;
		out[(*n)++] = (struct found){ stmt_int(st, 0), (enum kind_id)stmt_int(st, 1), date_day(stmt_text(st, 2)) };
	}
}

static bool insert(struct app *app, int64_t resident, const struct task_kind *kind, const struct programme *p,
	const struct found *f, const struct measured *v, struct err *err)
{
	struct stmt *st = stmt_get(app->db, kind->due);
	char day[DATE_LEN], due[DATE_LEN], born[DATE_LEN];
	AUTO_SBUF struct sbuf reading = SBUF_INIT;

	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "task", kind->name);
	stmt_bind_int(st, "urgency", kind->urgency);
	stmt_bind_text(st, "programme", p->code);
	stmt_bind_int(st, "record", f->record);
	stmt_bind_text(st, "day", date_iso(f->day, day));
	stmt_bind_text(st, "lasts", kind->lasts);
	measure_format(p->suspicion->measure, v, &reading);
	stmt_bind_text(st, "reading", reading.s);
	stmt_bind_text(st, "due", date_iso(f->day + p->suspicion->days, due));
	stmt_bind_text(st, "born", date_iso(date_add_months(f->day, -12 * p->suspicion->from_age), born));
	return stmt_run(st, err);
}

/* The newest value counts, whatever sheet it stands on: a normal one on a later day says that the raise was passing. */
static bool of_programme(struct app *app, int64_t resident, const struct task_kind *kind, const struct programme *p,
	struct err *err)
{
	struct found at[LOOK_AT];
	size_t n;

	if (!find(app, resident, kind, p, at, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct measured v;
		struct record *rec;

		if (!record_load_row(app, at[i].record, &mem, &rec, NULL, err))
			return false;
		if (!measure_taken(p->suspicion->measure, rec, &v))
			continue;
		if ((at[i].kind != KIND_VISIT && at[i].kind != KIND_EXAM) || !programme_suspects(p, rec))
			return true;
		return insert(app, resident, kind, p, &at[i], &v, err);
	}
	return true;
}

bool raised_insert(struct app *app, int64_t resident, const struct task_kind *kind, struct err *err)
{
	size_t n;
	const struct programme *const *all = programmes(&n);

	for (size_t i = 0; i < n; i++)
		if (all[i]->suspicion && !of_programme(app, resident, kind, all[i], err))
			return false;
	return true;
}

/* "血压升高: 换日再测(152/96)". */
bool raised_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	const struct programme *p = programme_by_code(t->programme);

	(void)app;
	(void)resident;
	(void)err;
	sbuf_adds(out, p && p->suspicion ? term_text(&p->suspicion->task) : t->programme); /* of a newer program */
	if (t->reading)
		sbuf_addf(out, _(" (%s%s)"), "", t->reading);
	return true;
}
