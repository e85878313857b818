#include "app/service/calls.h"

#include "app/service/overview.h"
#include "app/service/record.h"
#include "db/stmt.h"

const struct call_outcome call_outcomes[] = {
	{ "1", { "打通了, 会来", "Reached, will come" }, true, false },
	{ "2", { "打通了, 不便来", "Reached, cannot come" }, true, false },
	{ "3", { "家属接, 会转告", "A relative answered, will tell" }, true, false },
	{ "4", { "没接", "No answer" }, false, false },
	{ "5", { "关机或停机", "Switched off" }, false, false },
	{ "6", { "号码错或空号", "Wrong number" }, false, true },
	{ "7", { "外出不在村", "Away from the village" }, true, false },
	{ "8", { "拒绝", "Refused" }, true, false },
	{ "9", { "听不清", "Could not hear" }, true, false },
};
const size_t call_outcome_count = N_ELEMENTS(call_outcomes);

static const struct call_outcome *outcome_of(const char *code)
{
	for (size_t i = 0; i < call_outcome_count; i++)
		if (code && !strcmp(call_outcomes[i].code, code))
			return &call_outcomes[i];
	return NULL;
}

static bool mark_number(struct app *app, const char *resident, const struct call_outcome *o, struct arena *mem,
	struct err *err)
{
	struct put put = { .kind = KIND_RESIDENT, .reason = "telephone" };

	if (!o->reached && !o->wrong)
		return true;
	if (!record_load(app, KIND_RESIDENT, resident, mem, &put.rec, err))
		return false;
	if (o->wrong)
		record_clear(put.rec, "phone_verified");
	else if (record_text(put.rec, "phone"))
		record_set_day(put.rec, "phone_verified", app_today(app));
	put.base_revision = put.rec->meta.revision;
	return record_put(app, &put, err);
}

bool call_note(struct app *app, const char *resident, const char *code, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	const struct call_outcome *o = outcome_of(code);
	struct stmt *st;

	if (!o)
		return err_set(err, ERR_UNKNOWN_CODE, _("There is no such outcome of a call."));
	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "call_add");
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, resident));
	stmt_bind_int(st, "at", clock_now(&app->clock));
	stmt_bind_text(st, "outcome", o->code);
	if (app->actor_row)
		stmt_bind_int(st, "actor", app->actor_row);
	return stmt_run(st, err) && mark_number(app, resident, o, &mem, err) && work_commit(&w, err);
}

bool call_last(struct app *app, int64_t resident_row, struct arena *mem, struct call *out, bool *found, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "call_last");
	const struct call_outcome *o;

	*found = false;
	stmt_bind_int(st, "resident", resident_row);
	if (!stmt_step(st, found, err))
		return false;
	if (!*found)
		return true;
	o = outcome_of(stmt_text(st, 1));
	*out = (struct call){ .at = stmt_int(st, 0), .outcome = o ? term_text(&o->term) : "",
		.by = arena_strdup(mem, stmt_text(st, 2) ? stmt_text(st, 2) : "") };
	return true;
}
