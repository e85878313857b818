/* Outpatient visits: their states and numbers, and the report cards that a diagnosis asks for. */
#include "app/base/clock.h"
#include "app/service/codes.h"
#include "app/service/likeness.h"
#include "app/service/lost.h"
#include "app/service/notices.h"
#include "app/service/use_case.h"
#include "app/service/visit_history.h"
#include "app/service/visits.h"
#include "db/stmt.h"

static const char *const steps[][2] = {
	{ "registered", "in_progress" }, { "registered", "finished" },   { "registered", "cancelled" },
	{ "registered", "no_show" },     { "in_progress", "finished" },  { "in_progress", "cancelled" },
	{ "cancelled", "registered" },   { "no_show", "registered" },
};

static bool is_open(const struct record *rec)
{
	return record_is(rec, "status", "registered") || record_is(rec, "status", "in_progress");
}

/* A new record that brings a state, a stored one that is no longer open or gets another. */
static bool state_told(const struct record *rec, const struct record *old)
{
	if (!old)
		return !value_is_empty(record_get(rec, "status"));
	return !is_open(rec) || !record_is(old, "status", record_text(rec, "status"));
}

/* The clock's time on the visit's day: a practice clinic's day may be fixed. */
static void set_time(struct app *app, struct record *rec)
{
	char now[CLOCK_LEN], at[CLOCK_LEN];

	clock_rfc3339(clock_now(&app->clock), now);
	snprintf(at, sizeof at, "%.10s%s", record_text(rec, "date"), now + 10);
	record_set_text(rec, "started_at", at);
}

/* A code alone brings its name: the county's own words, or those of the code above it. */
static bool name_codes(struct app *app, struct record *rec, struct err *err)
{
	const struct value *list = record_get(rec, "diagnosis");
	struct code_hit hit;

	for (size_t i = 0; i < list->n_items; i++) {
		struct record *item = list->items[i];

		if (!record_text(item, "icd10") || !value_is_empty(record_get(item, "text")))
			continue;
		if (!codes_by_code(app, record_text(item, "icd10"), rec->mem, &hit, err))
			return false;
		if (hit.code)
			record_set_text(item, "text", hit.text);
	}
	return true;
}

bool visit_is_undiagnosed(const struct record *visit)
{
	bool seen = record_text(visit, "treatment") != NULL;

	for (const struct field *f = visit->form->fields; f < visit->form->fields + visit->form->n_fields; f++)
		seen |= (f->flags & FIELD_MEASURED) && !value_is_empty(record_get(visit, f->key));
	return seen && !record_get(visit, "diagnosis")->n_items;
}

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	if (!name_codes(app, rec, err))
		return false;
	if (!old && value_is_empty(record_get(rec, "started_at")) && record_day(rec, "date") == cx->today)
		set_time(app, rec);
	/* Saved with a diagnosis it is done; measured or treated without one (the first pressure of the year) he was seen; else he
	 * still waits.  Who names the state decides himself. */
	if (!state_told(rec, old) && record_get(rec, "diagnosis")->n_items && !(old && record_get(old, "diagnosis")->n_items))
		record_set_text(rec, "status", "finished");
	else if (!state_told(rec, old) && (!old || record_is(rec, "status", "registered")) && visit_is_undiagnosed(rec))
		record_set_text(rec, "status", "in_progress");
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "registered");
	return true;
}

/* Numbers of a day go on after a restart: they are counted in the store. */
static bool before(struct app *app, struct record *rec, const struct record *old, struct err *err)
{
	struct stmt *st;
	int64_t no;

	if (old || !value_is_empty(record_get(rec, "queue_no")))
		return true;
	st = stmt_get(app->db, "visit_number_next");
	stmt_bind_text(st, "day", record_text(rec, "date"));
	if (!stmt_value(st, &no, 1, err))
		return false;
	record_set_num(rec, "queue_no", no);
	return true;
}

static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	(void)old;
	return notices_follow(app, rec, row, err) && notices_of_visit(app, rec, row, err) && lost_follow(app, rec, err);
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

static const char *status_word(const struct record *rec, const char *code)
{
	const struct code *c = field_code(form_field(rec->form, "status"), code);

	return c ? term_text(&c->term) : code;
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	const char *to = record_text(rec, "status"), *from = old ? record_text(old, "status") : NULL;

	if (from && to && !allowed(from, to))
		finding_error(fs, ERR_WRONG_STATE, "status", _("A visit that is \"%s\" cannot become \"%s\"."),
			status_word(rec, from), status_word(rec, to));
	lost_warn_met(rec, cx->resident, fs);
	return likeness_check(app, KIND_VISIT, rec, cx, fs, err) && visit_check_history(app, rec, cx, fs, err);
}

const struct use_case visit_use_case = { .kind = KIND_VISIT, .complete = complete, .check = check, .before = before,
	.after = after };
