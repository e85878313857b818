/* A work: one transaction, its change groups, and the dues of everybody it touched. */
#include <assert.h>

#include "app/base/date.h"
#include "app/service/lost.h"
#include "app/service/record_departures.h"
#include "app/service/record_int.h"
#include "app/service/tasks.h"

bool work_begin(struct work *w, struct app *app, struct err *err)
{
	assert(!app->tx);
	if (!tx_begin(&w->tx, app->db, err))
		return false;
	w->app = app;
	app->tx = &w->tx;
	app->known = xcalloc(1, sizeof *app->known);
	app->group = 0;
	app->utc = clock_now(&app->clock);
	return true;
}

void work_next_group(struct work *w)
{
	w->app->group = 0;
	w->app->utc = clock_now(&w->app->clock);
}

void work_touch(struct app *app, int64_t resident)
{
	struct touched *t;

	/* A run of records of one person is the usual case; due_refresh() may be repeated harmlessly. */
	if (app->touched && app->touched->resident == resident)
		return;
	t = xmalloc(sizeof *t);
	t->resident = resident;
	t->next = app->touched;
	app->touched = t;
}

static void drop_touched(struct app *app)
{
	struct touched *t = app->touched;

	app->touched = t->next;
	free(t);
}

static void forget(struct app *app)
{
	arena_release(&app->known->person_mem);
	free(app->known);
	app->known = NULL;
	departures_forget(app);
	while (app->touched)
		drop_touched(app);
}

bool work_commit(struct work *w, struct err *err)
{
	if (w->app->arrived && !departures_follow(w->app, err))
		return false;
	if (!work_settle(w, err) || !tx_commit(&w->tx, err))
		return false;
	forget(w->app);
	w->app->tx = NULL;
	w->app->origin = 0;
	w->app = NULL;
	return true;
}

void work_rollback(struct work *w)
{
	if (!w->app)
		return;
	tx_rollback(&w->tx);
	forget(w->app);
	w->app->tx = NULL;
	w->app->origin = 0;
	w->app = NULL;
}

static bool run_for(struct app *app, const char *statement, int64_t resident, const struct task_kind *task, struct err *err)
{
	struct stmt *st = stmt_get(app->db, statement);
	char today[DATE_LEN];

	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	if (task) {
		stmt_bind_text(st, "task", task->name);
		stmt_bind_int(st, "urgency", task->urgency);
		stmt_bind_text(st, "refusal", task->refusal);
		stmt_bind_text(st, "lasts", task->lasts);
	}
	return stmt_run(st, err);
}

static bool insert_task(struct app *app, int64_t resident, const struct task_kind *task, struct err *err)
{
	return task->insert ? task->insert(app, resident, task, err) : run_for(app, task->due, resident, task, err);
}

/* Bit k: he has records of the kind k, void ones too.  Most people have few kinds, and every save comes through here. */
static bool kinds_of(struct app *app, int64_t resident, uint64_t *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "kinds_of_resident");
	bool row;

	*out = 0;
	stmt_bind_int(st, "resident", resident);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		*out |= UINT64_C(1) << stmt_int(st, 0);
	}
}

static bool has(uint64_t kinds, enum kind_id kind)
{
	return kind == KIND_NONE || ((kinds >> kind) & 1);
}

/* What is derived before the tasks, and of which kind of record. */
static const struct {
	const char *statement;
	enum kind_id about;
} derived_rows[] = {
	{ "roster_refresh", KIND_ENROLMENT },
	{ "credit_clear", KIND_CONTRACT },
	{ "credit_add", KIND_CONTRACT },
	{ "credit_add_file", KIND_CONTRACT },
};

/* Recomputes the roster columns and what is due of one resident. */
static bool due_refresh(struct app *app, int64_t resident, struct err *err)
{
	uint64_t kinds;
	bool gone;

	if (!kinds_of(app, resident, &kinds, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(derived_rows); i++)
		if (has(kinds, derived_rows[i].about) && !run_for(app, derived_rows[i].statement, resident, NULL, err))
			return false;
	if (!run_for(app, "due_clear", resident, NULL, err))
		return false;
	for (size_t i = 0; i < task_kind_count; i++)
		if (task_kinds[i].due && has(kinds, task_kinds[i].about) &&
			!insert_task(app, resident, &task_kinds[i], err))
			return false;
	for (size_t i = 0; i < task_kind_count; i++)
		if (task_kinds[i].refusal && has(kinds, KIND_REFUSAL) &&
			!run_for(app, "due_put_off_by_refusal", resident, &task_kinds[i], err))
			return false;
	if (has(kinds, KIND_CALL) && !run_for(app, "due_put_off_by_call", resident, NULL, err))
		return false;
	return lost_is_gone(app, resident, &gone, err) && (!gone || run_for(app, "due_lost", resident, NULL, err));
}

bool work_settle(struct work *w, struct err *err)
{
	for (; w->app->touched; drop_touched(w->app))
		if (!due_refresh(w->app, w->app->touched->resident, err))
			return false;
	return true;
}
