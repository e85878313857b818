/* Follow-ups: the programme advises, the doctor decides; what is left open takes the advice. */
#include "app/base/date.h"
#include "app/programmes/programmes.h"
#include "app/service/exams.h"
#include "app/service/likeness.h"
#include "app/service/lost.h"
#include "app/service/phones.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

bool followup_advice(const struct record *rec, const struct form_context *cx, struct advice *out)
{
	const struct programme *p = programme_of(rec);
	struct visit_ctx vcx;

	if (!p || record_day(rec, "date") == NO_DAY)
		return false;
	visit_ctx_of_record(p, rec, cx, &vcx);
	programme_advise(&vcx, out);
	return true;
}

static bool ended(const struct record *rec)
{
	return record_text(rec, "died_on") || record_text(rec, "lost_reason");
}

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	struct advice a;

	(void)app;
	(void)old;
	(void)err;
	if (rec->form->compute)
		rec->form->compute(rec, cx);
	if (!followup_advice(rec, cx, &a) || (!a.state.measured && !a.state.emergency)) /* danger needs no measuring */
		return true;
	if (value_is_empty(record_get(rec, "class")) && strcmp(a.class_, "ask") != 0)
		record_set_text(rec, "class", a.class_);
	if (value_is_empty(record_get(rec, "next_due")) && !ended(rec) && a.next_due != NO_DAY)
		record_set_day(rec, "next_due", a.next_due);
	return true;
}

/* A sheet typed twice, or the same visit entered by two. */
static bool check_same_day(struct app *app, const struct record *rec, struct findings *fs, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "followup_same_day");
	const char *resident = record_text(rec, "resident");
	int64_t other;

	stmt_bind_int(st, "resident", resident ? record_row(app, KIND_RESIDENT, resident) : 0);
	stmt_bind_int(st, "self", *rec->meta.id ? record_row(app, KIND_FOLLOWUP, rec->meta.id) : 0);
	stmt_bind_text(st, "programme", record_text(rec, "programme"));
	stmt_bind_text(st, "day", record_text(rec, "date"));
	if (!stmt_value(st, &other, 0, err))
		return false;
	if (other)
		finding_question(fs, "date", _("There is a follow-up of this day already. Is this really a second one?"));
	return true;
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	(void)old;
	if (!value_is_empty(record_get(rec, "resident")) && !cx->enrolment)
		finding_warning(fs, "not_enrolled", "resident", _("This person is not on the roster of this programme yet."));
	lost_warn_met(rec, cx->resident, fs);
	return check_same_day(app, rec, fs, err) && exam_same_day(app, rec, KIND_FOLLOWUP, fs, err) &&
		likeness_check(app, KIND_FOLLOWUP, rec, cx, fs, err);
}

/* A follow-up by telephone shows that the number works. */
static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	(void)row;
	if (!old && record_is(rec, "mode", "3") &&
		!phone_heard(app, record_text(rec, "resident"), record_day(rec, "date"), err))
		return false;
	return lost_follow(app, rec, err);
}

const struct use_case followup_use_case = { .kind = KIND_FOLLOWUP, .complete = complete, .check = check, .after = after };
