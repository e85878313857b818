/* A work: one transaction, its change groups, and the dues of everybody it touched. */
#include <assert.h>

#include "app/base/date.h"
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

static void forget(struct app *app)
{
	arena_release(&app->known->person_mem);
	free(app->known);
	app->known = NULL;
	while (app->touched) {
		struct touched *t = app->touched;

		app->touched = t->next;
		free(t);
	}
}

bool work_commit(struct work *w, struct err *err)
{
	for (struct touched *t = w->app->touched; t; t = t->next)
		if (!due_refresh(w->app, t->resident, err))
			return false;
	if (!tx_commit(&w->tx, err))
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
	}
	return stmt_run(st, err);
}

bool due_refresh(struct app *app, int64_t resident, struct err *err)
{
	static const char *const first[] = { "roster_refresh", "promise_clear", "promise_add", "credit_clear", "credit_add",
		"due_clear" };

	for (size_t i = 0; i < N_ELEMENTS(first); i++)
		if (!run_for(app, first[i], resident, NULL, err))
			return false;
	for (size_t i = 0; i < task_kind_count; i++)
		if (task_kinds[i].due && !run_for(app, task_kinds[i].due, resident, &task_kinds[i], err))
			return false;
	for (size_t i = 0; i < task_kind_count; i++)
		if (task_kinds[i].refusal && !run_for(app, "due_put_off_by_refusal", resident, &task_kinds[i], err))
			return false;
	return run_for(app, "due_put_off_by_call", resident, NULL, err);
}
