#include "app/service/roster.h"

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/rows.h"

bool roster_ids(struct app *app, const struct roster_query *q, int64_t **ids, size_t *n, struct err *err)
{
	const char *name = q->which == ROSTER_YEAR ? "roster_short" : q->village ? "roster_ids_village" : "roster_ids";
	struct stmt *st = stmt_get(app->db, name);
	char today[DATE_LEN], quarter[DATE_LEN];
	AUTO_SBUF struct sbuf seldom = SBUF_INIT;

	programmes_seldom(&seldom);
	stmt_bind_text(st, "seldom", seldom.s);
	stmt_bind_text(st, "programme", q->programme);
	stmt_bind_int(st, "village", q->village);
	stmt_bind_int(st, "which", (int64_t)q->which);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_text(st, "quarter", date_iso(date_quarter_start(app_today(app)), quarter));
	if (q->which == ROSTER_YEAR)
		roster_bind_year(app, st);
	return rows_read(st, ids, n, err);
}

static bool is_yearly(const char *programme)
{
	const struct programme *p = programme_by_code(programme);

	return p && p->yearly_visits < SCHEDULE_YEARLY_VISITS;
}

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : "";
}

/* What stands in the body only. */
static const char *of_body(const char *body, const char *key, struct arena *mem)
{
	AUTO_JSON struct json_object *obj = body ? json_tokener_parse(body) : NULL;

	return kept(mem, json_text(obj, key));
}

static void read_resident(struct app *app, struct stmt *st, struct arena *mem, struct roster_row *r)
{
	r->resident_row = stmt_int(st, 8);
	r->resident = kept(mem, stmt_text(st, 9));
	r->name = kept(mem, stmt_text(st, 10));
	r->sex = kept(mem, stmt_text(st, 11));
	r->born = date_day(stmt_text(st, 12));
	r->age = date_age(r->born, app_today(app));
	r->status = kept(mem, stmt_text(st, 13));
	r->group = kept(mem, stmt_text(st, 14));
	r->house = kept(mem, stmt_text(st, 15));
	r->phone = kept(mem, stmt_text(st, 16));
	r->village = kept(mem, stmt_text(st, 17));
	r->phone_owner = of_body(stmt_text(st, 18), "phone_owner", mem);
	r->enrolment = kept(mem, stmt_text(st, 19));
}

bool roster_read(struct app *app, int64_t id, struct arena *mem, struct roster_row *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "roster_row");
	char today[DATE_LEN];
	int32_t face, due;
	bool row;

	*out = (struct roster_row){ .controlled = -1 };
	stmt_bind_int(st, "id", id);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such roster entry."));
	out->programme = kept(mem, stmt_text(st, 1));
	out->last_day = kept(mem, stmt_text(st, 2));
	out->last_face = kept(mem, stmt_text(st, 3));
	out->due = kept(mem, stmt_text(st, 4));
	out->value = kept(mem, stmt_text(st, 5));
	out->class_ = kept(mem, stmt_text(st, 6));
	if (!stmt_is_null(st, 7))
		out->controlled = stmt_int(st, 7) != 0;
	face = date_day(out->last_face);
	out->this_quarter = face != NO_DAY && (is_yearly(out->programme) ? date_year(face) == date_year(app_today(app)) :
		schedule_in_quarter(face, app_today(app)));
	due = date_day(out->due);
	out->days_over = due == NO_DAY ? 0 : app_today(app) - due;
	read_resident(app, st, mem, out);
	return true;
}
