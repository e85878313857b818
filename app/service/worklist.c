#include "app/service/worklist.h"

#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/record.h"
#include "db/stmt.h"

/* What the last follow-up says about the next: its reading, and whether it asked for a recheck. */
static bool describe_followup(struct app *app, int64_t resident, const struct due_task *t, const char *title,
	struct sbuf *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "worklist_last");
	bool row;

	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "programme", t->programme);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		sbuf_addf(out, _("%s: first follow-up"), title);
	else if (stmt_int(st, 3))
		sbuf_addf(out, _("%s: recheck in 2 weeks"), title);
	else
		sbuf_addf(out, _("%s: quarterly follow-up"), title);
	if (row && !stmt_is_null(st, 1))
		sbuf_addf(out, _(" (last %lld/%lld)"), (long long)stmt_int(st, 1), (long long)stmt_int(st, 2));
	return true;
}

static const char *short_day(const char *iso)
{
	return strlen(iso) >= 10 ? iso + 5 : iso;
}

static bool describe(struct app *app, int64_t resident, struct due_task *t, struct arena *mem, struct err *err)
{
	const struct programme *p = *t->programme ? programme_by_code(t->programme) : NULL;
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	if (!strcmp(t->task, "followup")) {
		if (!describe_followup(app, resident, t, p ? term_text(&p->title) : t->programme, &b, err))
			return false;
	} else if (!strcmp(t->task, "referral_check")) {
		sbuf_adds(&b, _("track the referral"));
	} else if (!strcmp(t->task, "referral_answer")) {
		sbuf_adds(&b, _("the county answered the referral"));
	} else if (!strcmp(t->task, "contract_renew")) {
		sbuf_addf(&b, _("renew the contract (ends %s)"), short_day(t->due));
	} else {
		sbuf_adds(&b, t->task);
	}
	t->reason = arena_strdup(mem, b.s);
	return true;
}

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : NULL;
}

static void read_person(struct stmt *st, int32_t date, struct arena *mem, struct due_person *p)
{
	p->row = stmt_int(st, 0);
	p->name = arena_strdup(mem, stmt_text(st, 5));
	p->sex = arena_strdup(mem, stmt_text(st, 6));
	p->age = date_age(date_day(stmt_text(st, 7)), date);
	p->status = arena_strdup(mem, stmt_text(st, 8));
	p->group = kept(mem, stmt_text(st, 9));
	p->phone = kept(mem, stmt_text(st, 10));
	p->village = kept(mem, stmt_text(st, 11));
	p->id = arena_strdup(mem, stmt_text(st, 12));
	p->due = arena_strdup(mem, stmt_text(st, 14));
	p->days_over = date - date_day(p->due);
	p->phone_owner = kept(mem, stmt_text(st, 13));
}

static void read_task(struct stmt *st, struct arena *mem, struct due_person *p)
{
	struct due_task *t;

	if (p->n_tasks == DUE_TASKS_MAX)
		return;
	t = &p->tasks[p->n_tasks++];
	t->task = arena_strdup(mem, stmt_text(st, 1));
	t->programme = arena_strdup(mem, stmt_text(st, 2));
	t->due = arena_strdup(mem, stmt_text(st, 3));
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
		if (!w->n || w->people[w->n - 1].row != stmt_int(st, 0))
			read_person(st, q->date, mem, add_person(w, &cap));
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
		for (size_t j = 0; ok && j < w.people[i].n_tasks; j++)
			ok = describe(app, w.people[i].row, &w.people[i].tasks[j], mem, err);
	*out = w;
	out->people = arena_alloc(mem, (w.n + 1) * sizeof *w.people);
	if (w.n)
		memcpy(out->people, w.people, w.n * sizeof *w.people);
	free(w.people);
	return ok;
}

bool worklist_tasks_of(struct app *app, int64_t resident_row, struct arena *mem, struct due_task *out, size_t max, size_t *n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "overview_due");
	char today[DATE_LEN];
	bool row, ok = true;

	*n = 0;
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_int(st, "resident", resident_row);
	while (*n < max && (ok = stmt_step(st, &row, err)) && row) {
		struct due_task *t = &out[(*n)++];

		t->task = arena_strdup(mem, stmt_text(st, 0));
		t->programme = arena_strdup(mem, stmt_text(st, 1));
		t->due = arena_strdup(mem, stmt_text(st, 2));
		record_id_of_row(app, stmt_int(st, 3), t->record);
	}
	stmt_done(&st);
	for (size_t i = 0; ok && i < *n; i++)
		ok = describe(app, resident_row, &out[i], mem, err);
	return ok;
}

bool worklist_count(struct app *app, int64_t village, struct worklist_counts *out, struct err *err)
{
	char today[DATE_LEN], quarter[DATE_LEN];
	const struct {
		const char *name;
		int64_t *into;
	} counts[] = {
		{ "worklist_due_today", &out->due_today },
		{ "worklist_overdue", &out->overdue },
		{ "worklist_quarter_missing", &out->quarter_missing },
		{ "worklist_answers", &out->answers },
		{ "worklist_waiting", &out->waiting },
	};

	date_iso(app_today(app), today);
	date_iso(date_quarter_start(app_today(app)), quarter);
	out->quarter_days_left = schedule_quarter_days_left(app_today(app));
	for (size_t i = 0; i < N_ELEMENTS(counts); i++) {
		struct stmt *st = stmt_get(app->db, counts[i].name);

		stmt_bind_text(st, "today", today);
		stmt_bind_text(st, "quarter", quarter);
		if (village)
			stmt_bind_int(st, "village", village);
		if (!stmt_value(st, counts[i].into, 0, err))
			return false;
	}
	return true;
}
