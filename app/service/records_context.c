/* What a form may look at besides its own record. */
#include "app/base/date.h"
#include "app/clinic/market.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/clinic/screening.h"
#include "app/service/combined.h"
#include "app/service/disputed.h"
#include "app/service/series.h"
#include "app/service/records.h"
#include "db/stmt.h"

/* What the statements of the context are bound with. */
struct key {
	int64_t resident, self;
	const char *programme, *day;
};

static struct stmt *bound(struct app *app, const char *name, const struct key *k)
{
	struct stmt *st = stmt_get(app->db, name);

	stmt_bind_int(st, "resident", k->resident);
	stmt_bind_int(st, "self", k->self);
	stmt_bind_text(st, "programme", k->programme);
	stmt_bind_text(st, "day", k->day);
	return st;
}

static bool load_one(struct app *app, const char *name, const struct key *k, struct arena *mem, const struct record **out,
	struct err *err)
{
	struct record *rec;
	int64_t row;

	if (!stmt_value(bound(app, name, k), &row, 0, err))
		return false;
	if (!row)
		return true;
	if (!record_load_row(app, row, mem, &rec, NULL, err))
		return false;
	*out = rec;
	return true;
}

static bool last_visit(struct app *app, const struct key *k, struct form_context *out, struct err *err)
{
	AUTO_STMT struct stmt *st = bound(app, "followup_last_before", k);
	bool row;

	if (!stmt_step(st, &row, err))
		return false;
	out->last_visit = row ? date_day(stmt_text(st, 0)) : NO_DAY;
	return true;
}

/* As they are set; a setting that cannot be read is none. */
static const struct market_days *market_of(struct app *app, struct arena *mem)
{
	const char *text = app_setting(app, "market_days", mem);
	struct market_days *m = arena_alloc(mem, sizeof *m);
	struct err ignored;

	return text && *text && market_parse(text, m, &ignored) ? m : NULL;
}

static bool of_programme(struct app *app, const struct key *k, struct arena *mem, struct form_context *out, struct err *err)
{
	const struct programme *p = programme_by_code(k->programme);
	int64_t faces, open;

	if (!load_one(app, "enrolment_active", k, mem, &out->enrolment, err) ||
		!load_one(app, "followup_previous", k, mem, &out->previous, err) || !last_visit(app, k, out, err) ||
		!stmt_value(bound(app, "followup_faces_in_year", k), &faces, 0, err) ||
		!stmt_value(bound(app, "referral_open", k), &open, 0, err))
		return false;
	out->market = market_of(app, mem);
	out->visits_this_year = (int)faces;
	out->open_referral = open > 0;
	if (out->enrolment)
		out->yearly_expected = schedule_expected_in_year(record_day(out->enrolment, "enrolled_on"), date_day(k->day));
	if (p && p->yearly_visits < out->yearly_expected)
		out->yearly_expected = p->yearly_visits;
	return true;
}

/* A referral that names no disease. */
static bool of_referral(struct app *app, const struct key *k, struct form_context *out, struct err *err)
{
	int64_t open;

	if (!stmt_value(bound(app, "referral_open", k), &open, 0, err))
		return false;
	out->open_referral = open > 0;
	return true;
}

/* The rosters he is on, joined by commas. */
static bool read_programmes(struct app *app, int64_t resident, struct arena *mem, const char **out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "enrolments_active");
	bool row;

	stmt_bind_int(st, "resident", resident);
	if (!stmt_step(st, &row, err))
		return false;
	*out = row && stmt_text(st, 0) ? arena_strdup(mem, stmt_text(st, 0)) : NULL;
	return true;
}

/* Pressures of visits and of screenings before; on the roster already? */
static bool of_screening(struct app *app, struct key *k, struct arena *mem, struct form_context *out, struct err *err)
{
	struct dated_bp *readings = arena_alloc(mem, SERIES_POINTS * sizeof *readings);
	struct series s;

	k->programme = programmes(&(size_t){ 0 })[0]->code;
	if (!series_read(app, k->resident, &measure_bp, &s, err) ||
		!load_one(app, "enrolment_active", k, mem, &out->enrolment, err))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!s.at[i].v.home)
			readings[out->n_readings++] = (struct dated_bp){ .day = s.at[i].day,
				.bp = { (int)s.at[i].v.value, (int)s.at[i].v.value2 } };
	out->readings = readings;
	return true;
}

static bool read_stored(struct app *app, const struct kind *kind, const struct record *rec, struct arena *mem,
	const struct record **out, struct err *err)
{
	struct record *stored = NULL;
	bool ok = !*rec->meta.id || !rec->meta.revision || record_load(app, kind->id, rec->meta.id, mem, &stored, err);

	*out = stored && stored->form == rec->form ? stored : NULL;
	return ok;
}

bool records_context(struct app *app, const struct kind *kind, const struct record *rec, struct arena *mem,
	struct form_context *out, struct err *err)
{
	const char *resident = record_text(rec, "resident"), *programme = record_text(rec, "programme");
	const char *day = kind->date_key ? record_text(rec, kind->date_key) : NULL;
	char today[DATE_LEN];
	struct key k = { .programme = programme ? programme : "", .day = day ? day : date_iso(app_today(app), today) };
	struct record *who;

	if (combined_of(rec->form))
		return combined_context(app, kind, rec, mem, out, err);
	*out = (struct form_context){ .today = app_today(app), .last_visit = NO_DAY };
	if (!read_stored(app, kind, rec, mem, &out->stored, err))
		return false;
	if (!resident)
		return true;
	k.resident = record_row(app, KIND_RESIDENT, resident);
	k.resident = k.resident ? record_survivor(app, k.resident) : 0;
	k.self = *rec->meta.id ? record_row(app, kind->id, rec->meta.id) : 0;
	if (!k.resident)
		return true;
	if (!record_load_row(app, k.resident, mem, &who, NULL, err) ||
		!disputed_warnings(app, k.resident, who, NULL, err)) /* an allergy that either side knows stops a prescription */
		return false;
	out->resident = who;
	if (kind->id == KIND_FOLLOWUP || (kind->id == KIND_REFERRAL && programme))
		return of_programme(app, &k, mem, out, err);
	if (kind->id == KIND_CONTRACT)
		return read_programmes(app, k.resident, mem, &out->programmes, err);
	if (kind->id == KIND_SCREENING)
		return of_screening(app, &k, mem, out, err);
	if (kind->id == KIND_REFERRAL)
		return of_referral(app, &k, out, err);
	if (kind->id == KIND_VISIT)
		return read_programmes(app, k.resident, mem, &out->programmes, err) &&
			load_one(app, "visit_previous", &k, mem, &out->previous, err);
	if (kind->id == KIND_EXAM)
		return load_one(app, "exam_previous", &k, mem, &out->previous, err);
	return true;
}
