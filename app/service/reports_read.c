/* Reads what reports count, in short steps: typed columns only, one window of ids after the other. */
#include "app/base/i18n.h"
#include "app/clinic/keygroup.h"
#include "app/programmes/programmes.h"
#include "app/service/people_lists.h"
#include "app/service/reports_int.h"
#include "db/stmt.h"

/* Rows of one step.  A step must end well within 100 ms on a slow disk: without a write-ahead log a reader keeps others
 * from saving. */
enum { WINDOW = 10000, TRIES = 3 };

void census_release(struct census *c)
{
	free(c->people.at);
	free(c->members.at);
	free(c->followups.at);
	free(c->visits.at);
	free(c->contracts.at);
	free(c->referrals.at);
	free(c->doctors.at);
	free(c->inactive.at);
	free(c->villages);
	free(c->index);
	arena_release(&c->mem);
	memset(c, 0, sizeof *c);
}

/* ---- settings ----------------------------------------------------------------------------------------------------- */

/* "27.9" with two places is 2790; -1 when it is not set or no number. */
static int64_t number_setting(struct app *app, const char *key, int places)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = app_setting(app, key, &mem);
	int64_t n = 0;
	int left = -1;

	if (!s || !*s)
		return -1;
	for (; *s; s++) {
		if (*s == '.' && left < 0) {
			left = places;
		} else if (*s >= '0' && *s <= '9' && n < INT64_MAX / 100) {
			if (left == 0)
				continue;
			n = n * 10 + (*s - '0');
			left -= left > 0;
		} else {
			return -1;
		}
	}
	for (left = left < 0 ? places : left; left > 0; left--)
		n *= 10;
	return n;
}

static bool text_setting_is(struct app *app, const char *key, const char *want)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = app_setting(app, key, &mem);

	return s && !strcmp(s, want);
}

static bool listed(const char *list, const char *word)
{
	const size_t n = strlen(word);

	while (list && *list) {
		if (!strncmp(list, word, n) && (list[n] == ',' || list[n] == '\0'))
			return true;
		list = strchr(list, ',');
		list = list ? list + 1 : NULL;
	}
	return false;
}

static unsigned key_group_setting(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = app_setting(app, "key_groups", &mem);
	unsigned mask = 0;

	for (size_t i = 0; i < key_group_count; i++)
		if (!s || !*s || listed(s, key_groups[i].key))
			mask |= (unsigned)key_groups[i].group;
	return mask;
}

int reports_first_day(struct app *app)
{
	const int64_t n = number_setting(app, "period_first_day", 0);

	return n >= 1 && n <= PERIOD_FIRST_DAY_MAX ? (int)n : 1;
}

void census_settings(struct app *app, struct report_settings *out)
{
	size_t n;
	const struct programme *const *p = programmes(&n);
	char key[64];

	memset(out, 0, sizeof *out);
	out->first_day = reports_first_day(app);
	out->residents = number_setting(app, "resident_population", 0);
	out->service = number_setting(app, "service_population", 0);
	out->adults = number_setting(app, "adult_population", 0);
	out->use_calendar_year = text_setting_is(app, "file_use_period", "year");
	out->key_groups = key_group_setting(app);
	out->away_months = away_months(app);
	out->indicator.one_per_quarter = text_setting_is(app, "one_per_quarter", "1");
	out->indicator.recheck_in_14d = text_setting_is(app, "recheck_in_14d", "1");
	for (size_t i = 0; i < n && i < REPORT_PROGRAMMES_MAX; i++) {
		snprintf(key, sizeof key, "%s_task", p[i]->code);
		out->task[i] = number_setting(app, key, 0);
		snprintf(key, sizeof key, "%s_prevalence", p[i]->code);
		out->prevalence[i] = number_setting(app, key, 2);
	}
}

/* ---- one row each --------------------------------------------------------------------------------------------------- */

static int compare_rows(const void *a, const void *b)
{
	const int64_t *x = a, *y = b; /* the row is the first member */

	return (*x > *y) - (*x < *y);
}

/* A million records ask for their person: a table by row is faster than searching. */
static void index_people(struct census *c)
{
	c->n_index = c->people.n ? (size_t)c->people.at[c->people.n - 1].row + 1 : 0;
	c->index = xcalloc(c->n_index + 1, sizeof *c->index);
	for (size_t i = 0; i < c->people.n; i++)
		c->index[c->people.at[i].row] = (uint32_t)(i + 1);
}

/* NULL when the row is no active resident.  Not before all residents are read. */
static struct person *census_person(struct census *c, int64_t row)
{
	if (!c->index)
		index_people(c);
	return row > 0 && (size_t)row < c->n_index && c->index[row] ? &c->people.at[c->index[row] - 1] : NULL;
}

static bool is_active(const struct census *c, int64_t id)
{
	return !c->inactive.n || !bsearch(&id, c->inactive.at, c->inactive.n, sizeof *c->inactive.at, compare_rows);
}

static const char *keep(struct census *c, struct stmt *st, int col)
{
	const char *s = stmt_text(st, col);

	return s && *s ? arena_strdup(&c->mem, s) : NULL;
}

static int32_t day_at(struct stmt *st, int col)
{
	const char *s = stmt_text(st, col);

	return s ? date_day(s) : NO_DAY;
}

static char letter_at(struct stmt *st, int col)
{
	const char *s = stmt_text(st, col);

	return s ? *s : '\0';
}

static int programme_at(struct stmt *st, int col)
{
	const char *code = stmt_text(st, col);
	size_t n;
	const struct programme *const *p = programmes(&n);

	for (size_t i = 0; code && i < n && i < REPORT_PROGRAMMES_MAX; i++)
		if (!strcmp(p[i]->code, code))
			return (int)i;
	return -1;
}

static uint32_t index_of(const struct census *c, const struct person *p)
{
	return (uint32_t)(p - c->people.at);
}

const struct village *census_village(const struct census *c, int64_t row)
{
	return row && c->n_villages ? bsearch(&row, c->villages, c->n_villages, sizeof *c->villages, compare_rows) : NULL;
}

static void add_resident(struct census *c, struct stmt *st)
{
	struct person *p = vec_push(&c->people);
	const struct village *v = census_village(c, stmt_int(st, 5));

	p->row = stmt_int(st, 0);
	p->name = keep(c, st, 1);
	p->sex = letter_at(st, 2);
	p->birth = keep(c, st, 3);
	p->born = date_day(p->birth);
	p->id_number = keep(c, st, 4);
	p->village_row = v ? v->row : 0;
	p->village = v ? v->name : NULL;
	p->group = keep(c, st, 6);
	p->status = letter_at(st, 7);
	p->died = day_at(st, 8);
	p->moved = day_at(st, 9);
	p->filed = day_at(st, 10);
	p->flags = keep(c, st, 11);
	p->disability = keep(c, st, 12);
	p->past = keep(c, st, 13);
	p->away = day_at(st, 14);
	p->lost_on = day_at(st, 15);
	p->exam = NO_DAY;
}

static void add_enrolment(struct census *c, struct stmt *st)
{
	const struct person *p = census_person(c, stmt_int(st, 1));
	const int programme = programme_at(st, 2);
	const char *status = stmt_text(st, 4);
	struct member *m;

	if (!p || programme < 0)
		return;
	m = vec_push(&c->members);
	m->person = index_of(c, p);
	m->programme = programme;
	m->enrolled = day_at(st, 3);
	m->ended = status && (!strcmp(status, "ended") || !strcmp(status, "lost")) ? day_at(st, 5) : NO_DAY;
	m->end_reason = status && !strcmp(status, "ended") ? letter_at(st, 6) : '\0';
	m->lost = (status && !strcmp(status, "lost")) || m->end_reason == '3';
}

struct doctor_row *census_doctor(const struct census *c, int64_t row)
{
	return row && c->doctors.n ? bsearch(&row, c->doctors.at, c->doctors.n, sizeof *c->doctors.at, compare_rows) : NULL;
}

/* Any service within the last year says that the file is in use. */
static void note_use(const struct census *c, struct person *p, int32_t day)
{
	if (day >= c->used_from && day <= c->cutoff)
		p->used = true;
	if (p->died != NO_DAY && day > p->died)
		p->after_death++;
}

static bool in_period(const struct census *c, int32_t day)
{
	return day >= c->period.from && day <= c->period.to;
}

static void add_followup(struct census *c, struct stmt *st)
{
	struct person *p = census_person(c, stmt_int(st, 1));
	const int32_t day = day_at(st, 3);
	struct doctor_row *d;
	struct followup_row *f;

	if (!p || day == NO_DAY || day > c->cutoff)
		return;
	note_use(c, p, day);
	d = in_period(c, day) ? census_doctor(c, stmt_int(st, 10)) : NULL;
	if (d) {
		d->followups++;
		d->face += stmt_int(st, 4) != 0;
	}
	if (programme_at(st, 2) < 0)
		return;
	f = vec_push(&c->followups);
	f->person = index_of(c, p);
	f->programme = programme_at(st, 2);
	f->class_ = letter_at(st, 6);
	if (day >= c->period.year_from && stmt_int(st, 5) != 0)
		p->served |= 1u << f->programme;
	snprintf(f->value, sizeof f->value, "%s", stmt_text(st, 9));
	f->v = (struct counted_visit){ .day = day,
		.face_to_face = stmt_int(st, 4) != 0,
		.incomplete = stmt_int(st, 5) == 0,
		.recheck = f->class_ == '2' || f->class_ == '3',
		.measured = stmt_int(st, 7) != 0,
		.controlled = stmt_int(st, 8) != 0 };
}

/* Somebody of the age that was told; NO_DAY when none was. */
static int32_t born_of_walkin(struct stmt *st, int32_t day)
{
	return stmt_is_null(st, 7) ? NO_DAY : date_add_months(day, -12 * (int)stmt_int(st, 7));
}

static void add_visit(struct census *c, struct stmt *st)
{
	struct person *p = census_person(c, stmt_int(st, 1));
	const bool walkin = stmt_is_null(st, 1) && !stmt_is_null(st, 6);
	const int32_t day = day_at(st, 2);
	const char *status = stmt_text(st, 3), *icd10 = stmt_text(st, 4);
	struct doctor_row *d;
	struct visit_row *v;

	if ((!p && !walkin) || day == NO_DAY || day > c->cutoff || !status || strcmp(status, "finished") != 0)
		return;
	if (p)
		note_use(c, p, day);
	if (day >= c->period.year_from)
		c->month_visits[date_from_day(day).month - 1]++;
	if (!in_period(c, day))
		return;
	d = census_doctor(c, stmt_int(st, 5));
	if (d)
		d->visits++;
	v = vec_push(&c->visits);
	v->person = p ? index_of(c, p) : NOBODY;
	v->walkin = p ? NULL : keep(c, st, 6);
	v->day = day;
	v->doctor = stmt_int(st, 5);
	snprintf(v->icd10, sizeof v->icd10, "%s", icd10 ? icd10 : "");
	c->groups[diagnosis_group_of(v->icd10)][age_band_of(p ? p->born : born_of_walkin(st, day), day)]++;
}

static void add_exam(struct census *c, struct stmt *st)
{
	struct person *p = census_person(c, stmt_int(st, 1));
	const int32_t day = day_at(st, 2);

	if (!p || day == NO_DAY || day > c->cutoff)
		return;
	note_use(c, p, day);
	if (p->exam == NO_DAY || day > p->exam)
		p->exam = day;
	p->examined |= day >= c->period.year_from && stmt_int(st, 3) != 0;
}

static void add_contract(struct census *c, struct stmt *st)
{
	const struct person *p = census_person(c, stmt_int(st, 1));
	struct contract_row *ct;
	const char *status = stmt_text(st, 5);

	if (!p)
		return;
	ct = vec_push(&c->contracts);
	ct->person = index_of(c, p);
	ct->start = day_at(st, 2);
	ct->end = day_at(st, 3);
	ct->ended = day_at(st, 4);
	ct->state = contract_state_by_name(status ? status : "");
	ct->renewal = !stmt_is_null(st, 6);
	ct->paid = stmt_int(st, 7) > 0 && stmt_text(st, 8) && strcmp(stmt_text(st, 8), "0") != 0;
	ct->row = stmt_int(st, 0);
	ct->signed_on = day_at(st, 9);
}

static int find_contract_row(const void *key, const void *element)
{
	int64_t row = *(const int64_t *)key, other = ((const struct contract_row *)element)->row;

	return (row > other) - (row < other);
}

/* Of a contract over several years the promises of the years that have begun. */
static int64_t due_by(const struct contract_row *ct, int64_t planned, int32_t cutoff)
{
	int64_t years, begun;

	if (ct->start == NO_DAY || ct->end == NO_DAY || cutoff < ct->start)
		return planned;
	years = date_age(ct->start, ct->end + 1);
	begun = date_age(ct->start, cutoff) + 1;
	return years > 1 && begun < years ? (planned * begun + years - 1) / years : planned;
}

static void add_promise(struct census *c, struct stmt *st)
{
	const int64_t row = stmt_int(st, 0);
	struct contract_row *ct = c->contracts.n ?
		bsearch(&row, c->contracts.at, c->contracts.n, sizeof *c->contracts.at, find_contract_row) : NULL;
	int64_t due, done = stmt_int(st, 2);

	if (!ct)
		return;
	due = due_by(ct, stmt_int(st, 1), c->cutoff);
	ct->planned += (int)due;
	ct->done += (int)(done < due ? done : due);
}

static void add_referral(struct census *c, struct stmt *st)
{
	struct person *p = census_person(c, stmt_int(st, 1));
	const char *direction = stmt_text(st, 2), *status = stmt_text(st, 6);
	struct referral_row *r;

	if (!p)
		return;
	r = vec_push(&c->referrals);
	r->person = index_of(c, p);
	r->up = !direction || strcmp(direction, "down") != 0;
	r->day = day_at(st, 3);
	r->reached = day_at(st, 4);
	r->checked = day_at(st, 5);
	r->state = referral_state_by_name(status ? status : "");
	r->urgency = keep(c, st, 7);
	r->programme = programme_at(st, 8);
	if (r->day != NO_DAY && r->state != REFERRAL_DRAFT && r->state != REFERRAL_CANCELLED)
		note_use(c, p, r->day);
}

static void add_place(struct census *c, struct stmt *st)
{
	c->villages = xrealloc(c->villages, c->n_villages + 1, sizeof *c->villages);
	c->villages[c->n_villages++] = (struct village){ stmt_int(st, 0), keep(c, st, 1) };
}

static void add_doctor(struct census *c, struct stmt *st)
{
	struct doctor_row *d = vec_push(&c->doctors);

	d->row = stmt_int(st, 0);
	d->name = keep(c, st, 1);
}

static void add_inactive(struct census *c, struct stmt *st)
{
	int64_t *id = vec_push(&c->inactive);

	*id = stmt_int(st, 0);
}

/* ---- the steps ------------------------------------------------------------------------------------------------------ */

struct source {
	const char *statement;
	void (*add)(struct census *c, struct stmt *st);
	bool whole;    /* small: read at once */
	bool all_rows; /* not records: nothing to pass over */
};

/* In this order: later ones look up earlier ones. */
static const struct source sources[] = {
	{ "report_inactive", add_inactive, true, true },
	{ "report_places", add_place, true, true },
	{ "report_staff", add_doctor, true, true },
	{ "report_residents", add_resident, false, false },
	{ "report_enrolments", add_enrolment, false, false },
	{ "report_exams", add_exam, false, false },
	{ "report_followups", add_followup, false, false },
	{ "report_visits", add_visit, false, false },
	{ "report_contracts", add_contract, false, false },
	{ "report_promises", add_promise, false, false },
	{ "report_referrals", add_referral, false, false },
};

static bool read_window(struct census *c, const struct source *src, int64_t after, const char *from, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(c->app->db, src->statement);
	char cutoff[DATE_LEN];
	bool row = true;

	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "upto", after + WINDOW);
	stmt_bind_text(st, "from", from);
	stmt_bind_text(st, "cutoff", date_iso(c->cutoff, cutoff));
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (src->all_rows || is_active(c, stmt_int(st, 0)))
			src->add(c, st);
	}
}

static bool last_rows(struct app *app, int64_t *id, int64_t *seq, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "report_last");
	bool row;

	if (!stmt_step(st, &row, err) || !row)
		return false;
	*id = stmt_int(st, 0);
	*seq = stmt_int(st, 1);
	return true;
}

static bool tell(const struct report_options *o, int percent, struct err *err)
{
	if (!o || !o->progress || o->progress(o->ctx, percent))
		return true;
	return err_set(err, ERR_BUSY, _("The report was stopped."));
}

static bool read_all(struct census *c, int64_t last, const struct report_options *o, struct err *err)
{
	const int windows = (int)(last / WINDOW) + 1, total = (int)N_ELEMENTS(sources) * windows;
	int32_t from = c->used_from < c->period.year_from ? c->used_from : c->period.year_from;
	char iso[DATE_LEN];

	if (c->period.from < from)
		from = c->period.from;
	date_iso(from, iso);
	for (size_t s = 0; s < N_ELEMENTS(sources); s++) {
		for (int w = 0; w < windows && (w == 0 || !sources[s].whole); w++) {
			if (!read_window(c, &sources[s], (int64_t)w * WINDOW, iso, err) ||
				!tell(o, ((int)s * windows + w) * 80 / total, err))
				return false;
		}
	}
	return true;
}

static void start(struct census *c)
{
	const struct census keep_these = { .app = c->app, .set = c->set, .period = c->period };

	census_release(c);
	*c = keep_these;
	c->cutoff = c->period.to;
	c->used_from = c->set.use_calendar_year ? c->period.year_from : date_add_months(c->cutoff, -12) + 1;
}

/* Figures must agree with each other although they are read in steps: when something was saved meanwhile, all is read
 * again.  Where somebody saves all the time the last reading stands, and the report says so. */
bool census_read(struct census *c, const struct report_options *o, struct err *err)
{
	for (int try = 0; try < TRIES; try++) {
		int64_t id, before, after;

		start(c);
		if (!last_rows(c->app, &id, &before, err) || !read_all(c, id, o, err) ||
			!last_rows(c->app, &id, &after, err))
			return false;
		if (before == after)
			return true;
	}
	c->unsteady = true;
	return true;
}
