#include "app/service/exam_days.h"

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/schedule.h"
#include "app/service/care.h"
#include "db/stmt.h"

/* Room for one more in an array of the arena. */
static void *grow(struct arena *mem, void *at, size_t n, size_t *cap, size_t size)
{
	void *bigger;

	if (n < *cap)
		return at;
	bigger = arena_alloc(mem, (*cap ? 2 * *cap : 32) * size);
	if (n)
		memcpy(bigger, at, n * size);
	*cap = *cap ? 2 * *cap : 32;
	return bigger;
}

/* ---- days --------------------------------------------------------------------------------------------------------------- */

static bool read_ids(struct stmt *st, struct arena *mem, const char ***ids, size_t *n, struct err *err)
{
	size_t cap = 0;
	bool row = true, ok = true;

	*n = 0;
	*ids = NULL;
	while ((ok = stmt_step(st, &row, err)) && row) {
		*ids = grow(mem, *ids, *n, &cap, sizeof **ids);
		(*ids)[(*n)++] = arena_strdup(mem, stmt_text(st, 0));
	}
	stmt_done(&st);
	return ok;
}

bool exam_days_read(struct app *app, size_t limit, struct arena *mem, const char ***ids, size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_days");

	stmt_bind_int(st, "limit", limit ? (int64_t)limit : -1);
	return read_ids(st, mem, ids, n, err);
}

/* param: "day", today only, or "until". */
static bool day_by_today(struct app *app, const char *param, struct arena *mem, const char **id, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_days");
	char today[DATE_LEN];
	const char **ids;
	size_t n;

	stmt_bind_text(st, param, date_iso(app_today(app), today));
	stmt_bind_int(st, "limit", 1);
	if (!read_ids(st, mem, &ids, &n, err))
		return false;
	*id = n ? ids[0] : NULL;
	return true;
}

bool exam_day_today(struct app *app, struct arena *mem, const char **id, struct err *err)
{
	return day_by_today(app, "day", mem, id, err);
}

bool exam_day_last(struct app *app, struct arena *mem, const char **id, struct err *err)
{
	return day_by_today(app, "until", mem, id, err);
}

/* ---- who came --------------------------------------------------------------------------------------------------------- */

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : NULL;
}

static struct exam_guest read_guest(struct stmt *st, int32_t day, struct arena *mem)
{
	return (struct exam_guest){
		.row = stmt_int(st, 0),
		.exam = kept(mem, stmt_text(st, 1)),
		.resident = kept(mem, stmt_text(st, 2)),
		.name = kept(mem, stmt_text(st, 3)),
		.sex = kept(mem, stmt_text(st, 4)),
		.age = date_age(date_day(stmt_text(st, 5)), day),
		.born = date_day(stmt_text(st, 5)),
		.village = kept(mem, stmt_text(st, 6)),
		.group = kept(mem, stmt_text(st, 7)),
		.no = (int)stmt_int(st, 8),
		.stations = stmt_is_null(st, 9) ? "" : arena_strdup(mem, stmt_text(st, 9)),
		.results = stmt_int(st, 10) != 0,
		.complete = stmt_int(st, 11) != 0,
		.abnormal = (int)stmt_int(st, 12),
		.feedback = kept(mem, stmt_text(st, 13)),
	};
}

static bool read_guests(struct app *app, int64_t row, struct arena *mem, struct exam_day *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_day_guests");
	int32_t day = record_day(out->rec, "date");
	size_t cap = 0;
	bool more = true, ok = true;

	stmt_bind_int(st, "day", row);
	while ((ok = stmt_step(st, &more, err)) && more) {
		out->guests = grow(mem, out->guests, out->n, &cap, sizeof *out->guests);
		out->guests[out->n] = read_guest(st, day, mem);
		if (out->n && out->guests[out->n].no && out->guests[out->n].no == out->guests[out->n - 1].no)
			out->guests[out->n].twice = out->guests[out->n - 1].twice = true;
		out->n++;
	}
	stmt_done(&st);
	return ok;
}

bool exam_day_read(struct app *app, const char *id, struct arena *mem, struct exam_day *out, struct err *err)
{
	const struct field *f = form_field(&exam_day_form, "stations");
	struct record *rec;

	*out = (struct exam_day){ 0 };
	if (!record_load(app, KIND_EXAM_DAY, id, mem, &rec, err))
		return false;
	out->rec = rec;
	for (const struct code *c = f->codes; c->code && out->n_stations < N_ELEMENTS(out->stations); c++)
		if (record_is(rec, "stations", c->code))
			out->stations[out->n_stations++] = c;
	if (!read_guests(app, record_row(app, KIND_EXAM_DAY, id), mem, out, err))
		return false;
	for (size_t i = 0; i < out->n; i++)
		out->done += !exam_guest_lacks(out, &out->guests[i]);
	return true;
}

bool exam_guest_did(const struct exam_guest *g, const char *station)
{
	return value_has_code(&(struct value){ .kind = V_CODES, .text = g->stations }, station);
}

bool exam_guest_lacks(const struct exam_day *day, const struct exam_guest *g)
{
	for (size_t i = 0; i < day->n_stations; i++)
		if (!exam_guest_did(g, day->stations[i]->code))
			return true;
	return false;
}

void exam_guest_lacking(const struct exam_day *day, const struct exam_guest *g, struct sbuf *out)
{
	size_t before = out->len;

	for (size_t i = 0; i < day->n_stations; i++)
		if (!exam_guest_did(g, day->stations[i]->code))
			sbuf_addf(out, "%s%s", out->len > before ? " " : "", term_text(&day->stations[i]->term));
}

/* ---- joining, ticking ------------------------------------------------------------------------------------------------- */

static bool find_guest(struct app *app, int64_t day, int64_t resident, int64_t *row, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_day_guest");

	stmt_bind_int(st, "day", day);
	stmt_bind_int(st, "resident", resident);
	return stmt_value(st, row, 0, err);
}

static bool new_guest(struct app *app, const struct record *day, const char *resident, struct arena *mem, const char **guest,
	struct err *err)
{
	const struct kind *kind = kind_by_id(KIND_EXAM);
	struct save_options o = { .confirm_all = true };
	struct save_result result;
	struct record *rec;

	if (!records_new(app, kind, NULL, resident, mem, &rec, err))
		return false;
	record_set_text(rec, "date", record_text(day, "date"));
	record_set_text(rec, "responsible", record_text(day, "responsible"));
	record_set_text(rec, "place", record_text(day, "place"));
	record_set_text(rec, "exam_day", day->meta.id);
	if (record_is(day, "stations", "1"))
		record_set_text(rec, "stations", "1");
	if (!records_save(app, kind, rec, &o, mem, &result, err))
		return false;
	*guest = arena_strdup(mem, result.rec->meta.id);
	return true;
}

bool exam_day_join(struct app *app, const char *day, const char *resident, struct arena *mem, const char **guest,
	struct err *err)
{
	int64_t row, who = record_row(app, KIND_RESIDENT, resident);
	char id[RECORD_ID_MAX + 1];
	struct record *rec;

	if (!who)
		return err_set(err, ERR_NOT_FOUND, _("There is no such resident."));
	if (!record_load(app, KIND_EXAM_DAY, day, mem, &rec, err) ||
		!find_guest(app, record_row(app, KIND_EXAM_DAY, day), who, &row, err))
		return false;
	if (!row)
		return new_guest(app, rec, resident, mem, guest, err);
	record_id_of_row(app, row, id);
	*guest = arena_strdup(mem, id);
	return true;
}

static void set_station(struct record *rec, const char *station, bool done)
{
	const struct field *f = form_field(rec->form, "stations");
	AUTO_SBUF struct sbuf codes = SBUF_INIT;

	for (const struct code *c = f->codes; c->code; c++)
		if (!strcmp(c->code, station) ? done : record_is(rec, "stations", c->code))
			sbuf_addf(&codes, "%s%s", codes.len ? "," : "", c->code);
	record_set_text(rec, "stations", codes.s);
}

bool exam_day_tick(struct app *app, const char *exam, const char *station, bool done, struct arena *mem, struct err *err)
{
	struct save_options o = { .confirm_all = true };
	struct save_result result;
	struct record *rec, *day;

	if (!record_load(app, KIND_EXAM, exam, mem, &rec, err))
		return false;
	if (!record_text(rec, "exam_day"))
		return err_set(err, ERR_WRONG_STATE, _("This examination belongs to no examination day."));
	if (!record_load(app, KIND_EXAM_DAY, record_text(rec, "exam_day"), mem, &day, err))
		return false;
	if (!record_is(day, "stations", station))
		return err_set(err, ERR_WRONG_STATE, _("There is no such station on that day."));
	set_station(rec, station, done);
	return records_save(app, kind_by_id(KIND_EXAM), rec, &o, mem, &result, err);
}

/* ---- who did not come ------------------------------------------------------------------------------------------------- */

enum { ELDERLY_AGE = 65 };

static void day_of_year(int year, int month, int day, char out[DATE_LEN])
{
	const struct date d = { .year = year, .month = month, .day = day };

	date_iso(date_day_number(&d), out);
}

static bool read_absent(struct app *app, const struct exam_day *day, int64_t village, struct arena *mem,
	struct exam_absent **out, size_t *n, size_t *cap, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_day_absent");
	int32_t on = record_day(day->rec, "date");
	char born[DATE_LEN], from[DATE_LEN], to[DATE_LEN];
	bool row = true, ok = true;

	day_of_year(date_year(on) - ELDERLY_AGE, 12, 31, born); /* who is born until then reaches 65 in the year */
	day_of_year(date_year(on), 1, 1, from);
	day_of_year(date_year(on), 12, 31, to);
	stmt_bind_int(st, "village", village);
	stmt_bind_int(st, "day", record_row(app, KIND_EXAM_DAY, day->rec->meta.id));
	stmt_bind_text(st, "born", born);
	stmt_bind_text(st, "from", from);
	stmt_bind_text(st, "to", to);
	while ((ok = stmt_step(st, &row, err)) && row) {
		*out = grow(mem, *out, *n, cap, sizeof **out);
		(*out)[(*n)++] = (struct exam_absent){ .id = kept(mem, stmt_text(st, 0)), .name = kept(mem, stmt_text(st, 1)),
			.sex = kept(mem, stmt_text(st, 2)), .age = date_age(date_day(stmt_text(st, 3)), on),
			.born = date_day(stmt_text(st, 3)),
			.village = kept(mem, stmt_text(st, 4)), .group = kept(mem, stmt_text(st, 5)),
			.house = kept(mem, stmt_text(st, 6)) };
	}
	stmt_done(&st);
	return ok;
}

/* Whom to call about him: himself, or his carer. */
static bool read_phone(struct app *app, struct exam_absent *a, struct arena *mem, struct err *err)
{
	AUTO_ARENA struct arena scratch = { 0 };
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	struct record *resident;
	struct care_call call;

	if (!record_load(app, KIND_RESIDENT, a->id, &scratch, &resident, err) ||
		!care_call(app, record_row(app, KIND_RESIDENT, a->id), resident, &call, err))
		return false;
	if (call.of_carer)
		care_words(call.number, call.carer, &words);
	a->phone = call.of_carer ? arena_strdup(mem, words.s) : kept(mem, call.number);
	return true;
}

bool exam_day_absent(struct app *app, const struct exam_day *day, struct arena *mem, struct exam_absent **out, size_t *n,
	struct err *err)
{
	const struct value *villages = record_get(day->rec, "villages");
	size_t cap = 0;

	*n = 0;
	*out = NULL;
	for (size_t i = 0; i < villages->n_items; i++) {
		const char *id = record_text(villages->items[i], "village");

		if (id && !read_absent(app, day, record_row(app, KIND_ORGANISATION, id), mem, out, n, &cap, err))
			return false;
	}
	for (size_t i = 0; i < *n; i++)
		if (!read_phone(app, &(*out)[i], mem, err))
			return false;
	return true;
}
