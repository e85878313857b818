#include "app/base/date.h"
#include "app/service/overview.h"
#include "app/service/paper.h"
#include "app/service/rows.h"
#include "app/service/visits.h"

enum { REPEAT_DAYS = 30 };

/* ---- reading ------------------------------------------------------------------------------------------------------ */

static void fill_person(struct app *app, const struct record *visit, struct arena *mem, struct queue_row *row)
{
	const char *who = record_text(visit, "resident");
	struct record *rec;
	struct err err;

	row->age = (int)record_num(visit, "walkin_age", -1);
	row->born = NO_DAY;
	row->name = record_text(visit, "walkin_name");
	row->sex = record_text(visit, "walkin_sex");
	if (!who || !record_load(app, KIND_RESIDENT, who, mem, &rec, &err))
		return;
	snprintf(row->resident, sizeof row->resident, "%s", who);
	row->name = record_text(rec, "name");
	row->sex = record_text(rec, "sex");
	row->born = record_day(rec, "birth_date");
	if (row->born != NO_DAY && record_day(visit, "date") != NO_DAY)
		row->age = date_age(row->born, record_day(visit, "date"));
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static bool fill_row(struct app *app, int64_t id, struct arena *mem, struct queue_row *row, struct err *err)
{
	struct record *v;
	const char *at;

	if (!record_load_row(app, id, mem, &v, NULL, err))
		return false;
	*row = (struct queue_row){ .id = v->meta.id, .revision = v->meta.revision, .no = (int)record_num(v, "queue_no", 0),
		.day = or_empty(record_text(v, "date")), .first = or_empty(record_text(v, "first_or_repeat")),
		.status = or_empty(record_text(v, "status")), .complaint = or_empty(record_text(v, "complaint")),
		.undiagnosed = visit_is_undiagnosed(v) };
	at = record_text(v, "started_at");
	row->time = at && strlen(at) >= 16 ? arena_strndup(mem, at + 11, 5) : "";
	fill_person(app, v, mem, row);
	row->name = or_empty(row->name);
	row->sex = or_empty(row->sex);
	return true;
}

static bool add_rows(struct app *app, struct stmt *st, struct arena *mem, struct queue *q, struct err *err)
{
	AUTO_FREE int64_t *ids = NULL;
	struct queue_row *more;
	size_t n;

	if (!rows_read(st, &ids, &n, err))
		return false;
	more = arena_alloc(mem, (q->n + n + 1) * sizeof *more);
	if (q->n)
		memcpy(more, q->rows, q->n * sizeof *more);
	q->rows = more;
	for (size_t i = 0; i < n; i++)
		if (!fill_row(app, ids[i], mem, &q->rows[q->n++], err))
			return false;
	return true;
}

bool queue_read(struct app *app, int32_t day, struct arena *mem, struct queue *out, struct err *err)
{
	struct stmt *st;
	char iso[DATE_LEN];

	*out = (struct queue){ 0 };
	date_iso(day, iso);
	if (day == app_today(app)) {
		st = stmt_get(app->db, "visit_unfinished");
		stmt_bind_text(st, "day", iso);
		if (!add_rows(app, st, mem, out, err))
			return false;
	}
	out->n_left = out->n;
	st = stmt_get(app->db, "visit_queue");
	stmt_bind_text(st, "day", iso);
	if (!add_rows(app, st, mem, out, err))
		return false;
	for (size_t i = out->n_left; i < out->n; i++) {
		out->waiting += !strcmp(out->rows[i].status, "registered");
		out->seen += !strcmp(out->rows[i].status, "in_progress");
		out->done += !strcmp(out->rows[i].status, "finished");
	}
	return true;
}

const char *visit_first_or_repeat(struct app *app, const char *resident, int32_t day)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "visit_before");
	char iso[DATE_LEN];
	struct err err;
	bool row;

	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, resident));
	stmt_bind_text(st, "day", date_iso(day, iso));
	stmt_bind_int(st, "self", 0);
	if (!stmt_step(st, &row, &err) || !row || stmt_is_null(st, 0))
		return "1";
	return day - date_day(stmt_text(st, 0)) <= REPEAT_DAYS ? "2" : "1";
}

/* ---- changing ----------------------------------------------------------------------------------------------------- */

bool queue_waits(struct app *app, const char *resident, char visit[RECORD_ID_MAX + 1], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "visit_of_today");
	char today[DATE_LEN];
	bool row;

	visit[0] = '\0';
	stmt_bind_text(st, "day", date_iso(app_today(app), today));
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, resident));
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		snprintf(visit, RECORD_ID_MAX + 1, "%s", stmt_text(st, 0));
	return true;
}

bool queue_register(struct app *app, const struct registration *who, struct arena *mem, struct save_result *result,
	struct err *err)
{
	const struct kind *kind = kind_by_id(KIND_VISIT);
	char waits[RECORD_ID_MAX + 1] = "";
	struct record *rec;

	records_result(result, mem);
	if (who->resident && !queue_waits(app, who->resident, waits, err))
		return false;
	if (*waits)
		return err_set(err, ERR_DUPLICATE, _("This person is waiting already."));
	if (!records_new(app, kind, NULL, who->resident, mem, &rec, err))
		return false;
	record_set_day(rec, "date", app_today(app));
	record_set_text(rec, "complaint", who->complaint);
	if (who->resident) {
		record_set_text(rec, "first_or_repeat", visit_first_or_repeat(app, who->resident, app_today(app)));
	} else {
		record_set_text(rec, "walkin_name", who->name);
		record_set_text(rec, "walkin_sex", who->sex);
		record_set_text(rec, "walkin_phone", who->phone);
		if (who->age >= 0)
			record_set_num(rec, "walkin_age", who->age);
	}
	return records_save(app, kind, rec, &(struct save_options){ 0 }, mem, result, err);
}

bool queue_step(struct app *app, const char *visit, const char *status, struct arena *mem, struct save_result *result,
	struct err *err)
{
	struct record *rec;

	records_result(result, mem);
	if (!record_load(app, KIND_VISIT, visit, mem, &rec, err))
		return false;
	record_set_text(rec, "status", status);
	return records_save(app, kind_by_id(KIND_VISIT), rec, &(struct save_options){ .confirm_all = true }, mem, result, err);
}

bool queue_join(struct app *app, const char *visit, const char *resident, struct arena *mem, struct save_result *result,
	struct err *err)
{
	static const char *const given[] = { "walkin_name", "walkin_sex", "walkin_age", "walkin_phone" };
	struct record *rec;

	records_result(result, mem);
	if (!record_load(app, KIND_VISIT, visit, mem, &rec, err))
		return false;
	if (record_text(rec, "resident"))
		return err_set(err, ERR_WRONG_STATE, _("This visit has its person already; move it to another one instead."));
	record_set_text(rec, "resident", resident);
	for (size_t i = 0; i < N_ELEMENTS(given); i++)
		record_clear(rec, given[i]);
	/* What was given before he was known is asked about again: an allergy may stand in the way. */
	return records_save(app, kind_by_id(KIND_VISIT), rec, &(struct save_options){ 0 }, mem, result, err);
}

/* ---- on paper ---------------------------------------------------------------------------------------------------------- */

static void put_slip(struct sheet *sh, int64_t no, const char *day)
{
	char title[64];

	snprintf(title, sizeof title, _("No. %lld    %s"), (long long)no, day);
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, title);
	sheet_span(sh, 2);
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, _("Name:          Sex:      Age:      Group:          Telephone:"));
	sheet_span(sh, 2);
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, _("Complaint, since when:"));
	sheet_lines(sh, 2);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, _("BP:       /       Temp.:       Pulse:       Weight:"));
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, _("Diagnosis:"));
	sheet_lines(sh, 2);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, _("Treatment, drugs, days:"));
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_PAPER_LINE, " ");
}

struct report *queue_slips(struct app *app, unsigned count, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "visit_number_next");
	struct report *rep;
	struct sheet *sh;
	char day[DATE_LEN];
	int64_t no;

	date_iso(app_today(app), day);
	stmt_bind_text(st, "day", day);
	if (!stmt_value(st, &no, 1, err))
		return NULL;
	rep = report_begin(app, day, _("Slips to write up later"));
	sh = report_sheet(rep, SHEET_FIGURES, _("Slips to write up later"));
	sheet_width(sh, 0, 44);
	sheet_width(sh, 1, 44);
	for (unsigned i = 0; i < count; i++)
		put_slip(sh, no + i, day);
	return rep;
}
