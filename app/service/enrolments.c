/* The roster: once per person and programme. */
#include "app/base/date.h"
#include "app/programmes/programmes.h"
#include "app/service/lost.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	const struct programme *p = programme_of(rec);
	int32_t on = record_day(rec, "enrolled_on");

	(void)cx;
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "active");
	/* A yearly service has the whole year. */
	if (p && p->yearly_visits == 1 && on != NO_DAY && value_is_empty(record_get(rec, "next_due")))
		record_set_day(rec, "next_due", date_day_number(&(struct date){ .year = date_year(on), .month = 12, .day = 31 }));
	return lost_complete(app, rec, old, err);
}

static bool check_once(struct app *app, const struct record *rec, struct findings *fs, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "enrolment_active");
	const char *resident = record_text(rec, "resident");
	int64_t other;

	stmt_bind_int(st, "resident", resident ? record_row(app, KIND_RESIDENT, resident) : 0);
	stmt_bind_text(st, "programme", record_text(rec, "programme"));
	stmt_bind_int(st, "self", *rec->meta.id ? record_row(app, KIND_ENROLMENT, rec->meta.id) : 0);
	if (!stmt_value(st, &other, 0, err))
		return false;
	if (other)
		finding_error(fs, ERR_DUPLICATE, "programme", _("This person is on the roster of this programme already."));
	return true;
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	const struct programme *p = programme_of(rec);
	int32_t born = cx->resident ? record_day(cx->resident, "birth_date") : NO_DAY;
	int32_t on = record_day(rec, "enrolled_on");

	if (p && born != NO_DAY && on != NO_DAY && date_age(born, on) < p->min_age && !programme_takes_age(p, born, on))
		finding_warning(fs, "too_young", "enrolled_on", _("The roster is for people of %d and more."), p->min_age);
	if (!lost_check(app, rec, old, fs, err))
		return false;
	return record_is(rec, "status", "ended") || check_once(app, rec, fs, err);
}

const struct use_case enrolment_use_case = { .kind = KIND_ENROLMENT, .complete = complete, .check = check };
