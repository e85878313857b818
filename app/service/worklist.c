#include "app/service/worklist.h"

#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/care.h"
#include "app/service/record.h"
#include "db/stmt.h"

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : NULL;
}

static void read_person(struct stmt *st, int32_t date, struct arena *mem, struct due_person *p)
{
	p->row = stmt_int(st, 0);
	p->name = arena_strdup(mem, stmt_text(st, 5));
	p->sex = arena_strdup(mem, stmt_text(st, 6));
	p->born = date_day(stmt_text(st, 7));
	p->age = date_age(p->born, date);
	p->status = arena_strdup(mem, stmt_text(st, 8));
	p->group = kept(mem, stmt_text(st, 9));
	p->phone = kept(mem, stmt_text(st, 10));
	p->village = kept(mem, stmt_text(st, 11));
	p->id = arena_strdup(mem, stmt_text(st, 12));
	p->due = arena_strdup(mem, stmt_text(st, 14));
	p->days_over = date - date_day(p->due);
	p->phone_owner = kept(mem, stmt_text(st, 13));
}

/* Through whom he is reached; few have a carer's number. */
static bool read_carer(struct app *app, struct stmt *st, struct arena *mem, struct due_person *p, struct err *err)
{
	static const struct {
		const char *key;
		int column;
	} cells[] = { { "phone", 10 }, { "contact_phone", 17 }, { "contact_name", 18 }, { "disability", 19 } };
	AUTO_ARENA struct arena scratch = { 0 };
	struct record *resident;
	struct care_call call;

	if (!stmt_text(st, 17))
		return true;
	resident = record_new(&scratch, kind_by_id(KIND_RESIDENT)->form);
	for (size_t i = 0; i < N_ELEMENTS(cells); i++)
		record_set_text(resident, cells[i].key, stmt_text(st, cells[i].column));
	if (!care_call(app, p->row, resident, &call, err))
		return false;
	p->carer_phone = call.of_carer ? arena_strdup(mem, call.number) : NULL;
	p->carer = kept(mem, call.carer);
	return true;
}

/* What the last call found wrong is the number that would be called again. */
static void read_wrong(struct stmt *st, struct due_person *p)
{
	const char *wrong = stmt_text(st, 16), *number = p->carer_phone ? p->carer_phone : p->phone;

	p->phone_wrong = wrong && number && !strcmp(wrong, number);
}

/* Most people have one or two; one whose sheets nobody signs may have dozens. */
static struct due_task *add_task(struct arena *mem, struct due_task **tasks, size_t *n)
{
	enum { FIRST = 2 };
	bool full = *n == 0 || (*n >= FIRST && (*n & (*n - 1)) == 0);
	struct due_task *more = full ? arena_alloc(mem, (*n ? 2 * *n : FIRST) * sizeof *more) : *tasks;

	if (full && *n)
		memcpy(more, *tasks, *n * sizeof *more);
	*tasks = more;
	more[*n] = (struct due_task){ 0 };
	return &more[(*n)++];
}

static void read_task(struct stmt *st, struct arena *mem, struct due_person *p)
{
	struct due_task *t = add_task(mem, &p->tasks, &p->n_tasks);

	t->task = arena_strdup(mem, stmt_text(st, 1));
	t->programme = arena_strdup(mem, stmt_text(st, 2));
	t->due = arena_strdup(mem, stmt_text(st, 3));
	t->reading = kept(mem, stmt_text(st, 4));
	snprintf(t->record, sizeof t->record, "%s", stmt_text(st, 15));
}

static struct due_person *add_person(struct worklist *w, size_t *cap)
{
	if (w->n == *cap) {
		*cap = *cap ? *cap * 2 : 64;
		w->people = xrealloc(w->people, *cap, sizeof *w->people);
	}
	w->people[w->n] = (struct due_person){ 0 };
	return &w->people[w->n++];
}

static bool read_rows(struct app *app, const struct worklist_query *q, struct arena *mem, struct worklist *w, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "worklist");
	char until[DATE_LEN];
	size_t cap = 0;
	bool row;

	stmt_bind_text(st, "until", date_iso(q->date, until));
	if (q->village)
		stmt_bind_int(st, "village", q->village);
	stmt_bind_text(st, "programme", q->programme);
	stmt_bind_int(st, "limit", q->limit ? (int64_t)q->limit + 1 : -1);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (!w->n || w->people[w->n - 1].row != stmt_int(st, 0)) {
			struct due_person *p = add_person(w, &cap);

			read_person(st, q->date, mem, p);
			if (!read_carer(app, st, mem, p, err))
				return false;
			read_wrong(st, p);
		}
		read_task(st, mem, &w->people[w->n - 1]);
	}
}

bool worklist_read(struct app *app, const struct worklist_query *q, struct arena *mem, struct worklist *out,
	struct err *err)
{
	struct worklist w = { 0 };
	bool ok = read_rows(app, q, mem, &w, err);

	if (ok && q->limit && w.n > q->limit) {
		w.n = q->limit;
		w.more = true;
	}
	for (size_t i = 0; ok && i < w.n; i++)
		ok = tasks_describe(app, w.people[i].row, w.people[i].tasks, &w.people[i].n_tasks, mem, err);
	*out = w;
	out->people = arena_alloc(mem, (w.n + 1) * sizeof *w.people);
	if (w.n)
		memcpy(out->people, w.people, w.n * sizeof *w.people);
	free(w.people);
	return ok;
}

bool worklist_tasks_of(struct app *app, int64_t resident_row, struct arena *mem, struct due_task **out, size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "overview_due");
	char today[DATE_LEN];
	bool row, ok = true;

	*out = NULL;
	*n = 0;
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_int(st, "resident", resident_row);
	while ((ok = stmt_step(st, &row, err)) && row) {
		struct due_task *t = add_task(mem, out, n);

		t->task = arena_strdup(mem, stmt_text(st, 0));
		t->programme = arena_strdup(mem, stmt_text(st, 1));
		t->due = arena_strdup(mem, stmt_text(st, 2));
		record_id_of_row(app, stmt_int(st, 3), t->record);
		t->put_off = stmt_int(st, 4);
		t->reading = kept(mem, stmt_text(st, 5));
	}
	stmt_done(&st);
	return ok && tasks_describe(app, resident_row, *out, n, mem, err);
}

static bool count(struct app *app, const char *statement, const char *task, int64_t village, int64_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, statement);
	char today[DATE_LEN], quarter[DATE_LEN], year[DATE_LEN];
	AUTO_SBUF struct sbuf seldom = SBUF_INIT;

	programmes_seldom(&seldom);
	stmt_bind_text(st, "seldom", seldom.s);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_text(st, "quarter", date_iso(date_quarter_start(app_today(app)), quarter));
	snprintf(year, sizeof year, "%.4s", today);
	stmt_bind_text(st, "year", year);
	stmt_bind_text(st, "task", task);
	if (village)
		stmt_bind_int(st, "village", village);
	return stmt_value(st, n, 0, err);
}

static bool count_more(struct app *app, int64_t village, struct worklist_counts *out, struct err *err)
{
	out->n_more = 0;
	for (size_t i = 0; i < work_counter_count && out->n_more < N_ELEMENTS(out->more); i++) {
		const struct work_counter *c = &work_counters[i];
		int64_t n;

		if (!(c->counter ? c->counter(app, village, &n, err) : count(app, c->count, c->task, village, &n, err)))
			return false;
		if (!n)
			continue;
		out->more[out->n_more].words = term_text(&c->words);
		out->more[out->n_more].counter = c;
		out->more[out->n_more++].n = n;
	}
	return true;
}

bool worklist_count(struct app *app, int64_t village, struct worklist_counts *out, struct err *err)
{
	const struct {
		const char *name;
		int64_t *into;
	} counts[] = {
		{ "worklist_due_today", &out->due_today },
		{ "worklist_overdue", &out->overdue },
		{ "worklist_quarter_missing", &out->quarter_missing },
		{ "worklist_waiting", &out->waiting },
	};

	out->quarter_days_left = schedule_quarter_days_left(app_today(app));
	for (size_t i = 0; i < N_ELEMENTS(counts); i++)
		if (!count(app, counts[i].name, NULL, village, counts[i].into, err))
			return false;
	return count_more(app, village, out, err);
}
