/* Who can no longer reach the year's visits by one in each quarter that is left: in autumn the only list that matters. */
#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/roster.h"
#include "db/stmt.h"

/* ",htn,dm,": the programmes with a visit every quarter. */
static void add_quarterly(struct sbuf *out)
{
	size_t n;
	const struct programme *const *all = programmes(&n);

	sbuf_adds(out, ",");
	for (size_t i = 0; i < n; i++)
		if (all[i]->yearly_visits >= SCHEDULE_YEARLY_VISITS)
			sbuf_addf(out, "%s,", all[i]->code);
}

static int quarters_to_come(int32_t today)
{
	return 4 - (date_from_day(today).month + 2) / 3;
}

void roster_bind_year(struct app *app, struct stmt *st)
{
	AUTO_SBUF struct sbuf quarterly = SBUF_INIT;
	char year[DATE_LEN];

	add_quarterly(&quarterly);
	snprintf(year, sizeof year, "%04d-01-01", date_year(app_today(app)));
	stmt_bind_text(st, "quarterly", quarterly.s);
	stmt_bind_text(st, "year", year);
	stmt_bind_int(st, "to_come", quarters_to_come(app_today(app)));
}

bool roster_count_short(struct app *app, int64_t village, int64_t *n, struct err *err)
{
	char quarter[DATE_LEN];
	struct stmt *st;

	*n = 0;
	if (quarters_to_come(app_today(app)) + 1 >= SCHEDULE_YEARLY_VISITS) /* one in each quarter makes the year still */
		return true;
	st = stmt_get(app->db, "roster_short_count");
	stmt_bind_int(st, "village", village);
	stmt_bind_text(st, "quarter", date_iso(date_quarter_start(app_today(app)), quarter));
	stmt_bind_int(st, "most", ROSTER_SHORT_MAX);
	roster_bind_year(app, st);
	return stmt_value(st, n, 0, err);
}

bool roster_year(struct app *app, int64_t id, struct roster_row *row, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "roster_faces");
	int64_t faces;

	stmt_bind_int(st, "id", id);
	roster_bind_year(app, st);
	if (!stmt_value(st, &faces, 0, err))
		return false;
	row->faces_year = (int)faces;
	row->best_year = row->faces_year + quarters_to_come(app_today(app)) + !row->this_quarter;
	return true;
}
