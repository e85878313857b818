#include "app/service/exams.h"

#include "app/base/date.h"
#include "app/programmes/programmes.h"
#include "app/service/lost.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

/* ---- for which programmes ---------------------------------------------------------------------------------------------- */

static bool on_roster(struct app *app, int64_t resident, const char *programme, bool *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "enrolment_active");

	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "programme", programme);
	stmt_bind_int(st, "self", 0);
	return stmt_yes(st, out, err);
}

bool exam_programmes(struct app *app, const struct record *resident, int32_t day, struct sbuf *out, struct err *err)
{
	int64_t row = record_row(app, KIND_RESIDENT, resident->meta.id);
	size_t n;
	const struct programme *const *all = programmes(&n);

	for (size_t i = 0; i < n; i++) {
		bool is = programme_takes_age(all[i], record_day(resident, "birth_date"), day);

		if (!is && !on_roster(app, row, all[i]->code, &is, err))
			return false;
		if (is)
			sbuf_addf(out, "%s%s", out->len ? "," : "", all[i]->code);
	}
	return true;
}

/* ---- the same day's other record ----------------------------------------------------------------------------------------- */

static void say_differs(const struct record *rec, const char *key, const struct record *other, const char *other_key,
	struct findings *fs)
{
	AUTO_SBUF struct sbuf mine = SBUF_INIT, theirs = SBUF_INIT;
	const struct field *f = form_field(rec->form, key), *g = form_field(other->form, other_key);

	field_format(f, record_get(rec, key), false, &mine);
	field_format(g, record_get(other, other_key), false, &theirs);
	finding_warning(fs, "same_day", key, _("%s %s: the %s of the same day says %s."), field_label(f), mine.s,
		term_text(&other->form->title), theirs.s);
}

static bool given(const struct record *rec, const char *key)
{
	return form_field(rec->form, key) && !value_is_empty(record_get(rec, key));
}

static void compare(const struct record *rec, const char *key, const struct record *other, const char *other_key,
	struct findings *fs)
{
	if (given(rec, key) && given(other, other_key) && record_num(rec, key, 0) != record_num(other, other_key, 0))
		say_differs(rec, key, other, other_key, fs);
}

/* The follow-up's pressure may be any reading of either arm. */
static bool has_pressure(const struct record *exam, int64_t sbp, int64_t dbp)
{
	return (record_num(exam, "left_sbp", 0) == sbp && record_num(exam, "left_dbp", 0) == dbp) ||
		(record_num(exam, "right_sbp", 0) == sbp && record_num(exam, "right_dbp", 0) == dbp);
}

static bool same_pressure(const struct record *exam, const struct record *followup)
{
	static const char *const readings[][2] = { { "sbp_mean", "dbp_mean" }, { "sbp", "dbp" }, { "sbp2", "dbp2" },
		{ "sbp3", "dbp3" } };
	bool any = false;

	for (size_t i = 0; i < N_ELEMENTS(readings); i++) {
		if (!given(followup, readings[i][0]) || !given(followup, readings[i][1]))
			continue;
		any = true;
		if (has_pressure(exam, record_num(followup, readings[i][0], 0), record_num(followup, readings[i][1], 0)))
			return true;
	}
	return !any || !given(exam, "sbp");
}

/* The elderly's yearly service and the examination of that day judge the same thing. */
static void compare_self_care(const struct record *rec, const struct record *other, bool by_exam, struct findings *fs)
{
	const struct record *exam = by_exam ? rec : other, *followup = by_exam ? other : rec;
	const char *level = record_text(followup, "class"), *mine = by_exam ? "self_care" : "class";

	if (record_is(followup, "programme", "elderly") && level && given(exam, "self_care") &&
		!record_is(exam, "self_care", level))
		say_differs(rec, mine, other, by_exam ? "class" : "self_care", fs);
}

static void compare_records(const struct record *rec, enum kind_id kind, const struct record *other, struct findings *fs)
{
	const struct record *exam = kind == KIND_EXAM ? rec : other, *followup = kind == KIND_EXAM ? other : rec;
	const char *mine = given(rec, "sbp_mean") ? "sbp_mean" : "sbp", *theirs = given(other, "sbp_mean") ? "sbp_mean" : "sbp";

	if (!same_pressure(exam, followup))
		say_differs(rec, mine, other, theirs, fs);
	compare(rec, "weight", other, "weight", fs);
	compare(rec, "height", other, "height", fs);
	compare_self_care(rec, other, kind == KIND_EXAM, fs);
}

bool exam_same_day(struct app *app, const struct record *rec, enum kind_id kind, struct findings *fs, struct err *err)
{
	const char *resident = record_text(rec, "resident"), *day = record_text(rec, "date");
	int64_t rows[8];
	size_t n = 0;
	bool row = true;
	struct stmt *st;

	if (!resident || !day)
		return true;
	st = stmt_get(app->db, kind == KIND_EXAM ? "followups_of_day" : "exams_of_day");
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, resident));
	stmt_bind_text(st, "day", day);
	while (n < N_ELEMENTS(rows) && row) {
		if (!stmt_step(st, &row, err)) {
			stmt_done(&st);
			return false;
		}
		if (row)
			rows[n++] = stmt_int(st, 0);
	}
	stmt_done(&st);
	for (size_t i = 0; i < n; i++) {
		struct record *other;

		if (!record_load_row(app, rows[i], fs->mem, &other, NULL, err))
			return false;
		compare_records(rec, kind, other, fs);
	}
	return true;
}

bool exam_of_year(struct app *app, const struct record *exam, char day[DATE_LEN], struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_of_year");
	const int year = date_year(record_day(exam, "date"));
	char from[DATE_LEN], until[DATE_LEN];
	bool row, ok;

	snprintf(from, sizeof from, "%04d-01-01", year);
	snprintf(until, sizeof until, "%04d-12-31", year);
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, record_text(exam, "resident")));
	stmt_bind_int(st, "self", record_row(app, KIND_EXAM, exam->meta.id));
	stmt_bind_text(st, "from", from);
	stmt_bind_text(st, "until", until);
	ok = stmt_step(st, &row, err);
	snprintf(day, DATE_LEN, "%s", ok && row && stmt_text(st, 0) ? stmt_text(st, 0) : "");
	stmt_done(&st);
	return ok;
}

/* ---- the use case -------------------------------------------------------------------------------------------------------- */

/* On an examination day the day says when, where, and who is responsible. */
static bool take_day(struct app *app, struct record *rec, struct err *err)
{
	static const char *const keys[] = { "date", "place", "responsible" };
	struct record *day;

	if (!record_text(rec, "exam_day") || !record_row(app, KIND_EXAM_DAY, record_text(rec, "exam_day")))
		return true;
	if (!record_load(app, KIND_EXAM_DAY, record_text(rec, "exam_day"), rec->mem, &day, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (value_is_empty(record_get(rec, keys[i])))
			record_set_text(rec, keys[i], record_text(day, keys[i]));
	return true;
}

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	AUTO_SBUF struct sbuf codes = SBUF_INIT;

	if (old)
		return true;
	if (!take_day(app, rec, err))
		return false;
	if (!cx->resident || record_day(rec, "date") == NO_DAY || !value_is_empty(record_get(rec, "programmes")))
		return true;
	if (!exam_programmes(app, cx->resident, record_day(rec, "date"), &codes, err))
		return false;
	record_set_text(rec, "programmes", codes.s);
	return true;
}

/* On a roster that the examination does not name: it would be asked for again. */
static bool check_programmes(struct app *app, const struct record *rec, const struct form_context *cx, struct findings *fs,
	struct err *err)
{
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	size_t n;
	const struct programme *const *all = programmes(&n);
	struct value serves;

	if (!cx->resident || value_is_empty(record_get(rec, "programmes")))
		return true;
	if (!exam_programmes(app, cx->resident, record_day(rec, "date"), &codes, err))
		return false;
	serves = (struct value){ .kind = V_CODES, .text = codes.s };
	for (size_t i = 0; i < n; i++)
		if (value_has_code(&serves, all[i]->code) && !record_is(rec, "programmes", all[i]->code))
			finding_warning(fs, "programme_missing", "programmes", _("This examination may serve %s as well."),
				term_text(&all[i]->title));
	return true;
}

static bool count_same_number(struct app *app, const struct record *rec, int64_t day, int64_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_day_number_taken");

	stmt_bind_int(st, "day", day);
	stmt_bind_int(st, "no", record_num(rec, "exam_no", 0));
	stmt_bind_int(st, "self", *rec->meta.id ? record_row(app, KIND_EXAM, rec->meta.id) : 0);
	return stmt_value(st, n, 0, err);
}

/* Two with one number: the laboratory's values could go to the wrong one. */
static bool check_number(struct app *app, const struct record *rec, struct findings *fs, struct err *err)
{
	const char *day = record_text(rec, "exam_day");
	int64_t n = 0;

	if (!day || value_is_empty(record_get(rec, "exam_no")))
		return true;
	if (!count_same_number(app, rec, record_row(app, KIND_EXAM_DAY, day), &n, err))
		return false;
	if (n)
		finding_question(fs, "exam_no", _("Number %lld is taken on that day by another person. Is it right?"),
			(long long)record_num(rec, "exam_no", 0));
	return true;
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	(void)old;
	return check_programmes(app, rec, cx, fs, err) && check_number(app, rec, fs, err) &&
		exam_same_day(app, rec, KIND_EXAM, fs, err);
}

/* The next running number of the day, in the transaction that stores it. */
static bool before(struct app *app, struct record *rec, const struct record *old, struct err *err)
{
	const char *day = record_text(rec, "exam_day");
	struct stmt *st;
	int64_t next;

	(void)old;
	if (!day || !value_is_empty(record_get(rec, "exam_no")) || !record_row(app, KIND_EXAM_DAY, day))
		return true;
	st = stmt_get(app->db, "exam_day_next");
	stmt_bind_int(st, "day", record_row(app, KIND_EXAM_DAY, day));
	if (!stmt_value(st, &next, 1, err))
		return false;
	record_set_num(rec, "exam_no", next);
	return true;
}

/* Who is only put down for a day was not met. */
static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_is_examined");
	int64_t examined;

	(void)old;
	stmt_bind_int(st, "id", row);
	return stmt_value(st, &examined, 0, err) && (!examined || lost_follow(app, rec, err));
}

const struct use_case exam_use_case = { .kind = KIND_EXAM, .complete = complete, .check = check, .before = before, .after = after };
