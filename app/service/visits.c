/* Outpatient visits: their states. */
#include "app/service/use_case.h"

static const char *const steps[][2] = {
	{ "registered", "in_progress" }, { "registered", "finished" },   { "registered", "cancelled" },
	{ "registered", "no_show" },     { "in_progress", "finished" },  { "in_progress", "cancelled" },
	{ "cancelled", "registered" },   { "no_show", "registered" },
};

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	(void)app;
	(void)old;
	(void)cx;
	(void)err;
	/* Saved with a diagnosis it is done; without, the person still waits. */
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", value_is_empty(record_get(rec, "diagnosis")) ? "registered" : "finished");
	return true;
}

static bool allowed(const char *from, const char *to)
{
	if (!strcmp(from, to))
		return true;
	for (size_t i = 0; i < N_ELEMENTS(steps); i++)
		if (!strcmp(steps[i][0], from) && !strcmp(steps[i][1], to))
			return true;
	return false;
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	const char *to = record_text(rec, "status"), *from = old ? record_text(old, "status") : NULL;

	(void)app;
	(void)cx;
	(void)err;
	if (from && to && !allowed(from, to))
		finding_error(fs, ERR_WRONG_STATE, "status", _("A visit that is \"%s\" cannot become \"%s\"."), from, to);
	return true;
}

const struct use_case visit_use_case = { .kind = KIND_VISIT, .complete = complete, .check = check };
