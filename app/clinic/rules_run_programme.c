/* Golden cases of follow-ups and indicators. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/clinic/indicator.h"
#include "app/clinic/programme.h"
#include "app/clinic/rules_run.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"

/* ---- follow-up ----------------------------------------------------------------------------------------------------- */

/* Numbers come in the scale of the form's field, as from a record. */
static bool case_number(const struct visit_ctx *cx, const char *key, int64_t *out)
{
	const char *v = pairs_get(cx->data, !strcmp(key, "temperature") && !pairs_get(cx->data, key) ? "temp" : key);
	const struct field *f = form_field(cx->programme->followup, key);
	int64_t milli;
	int places = f && f->type == V_DECIMAL ? f->places : 0;

	if (!v || !text_milli(v, &milli))
		return false;
	for (; places < 3; places++)
		milli /= 10;
	*out = milli;
	return true;
}

static bool case_flag(const struct visit_ctx *cx, const char *key)
{
	return arg_flag(cx->data, key);
}

static const struct visit_source case_source = { case_number, case_flag };

/* age, or dob and the age on that day; neither: as for a young adult. */
static bool read_age(const struct pairs *in, int32_t day, int *age, struct err *err)
{
	int32_t born;

	if (*pairs_text(in, "age"))
		return arg_int_or(in, "age", 0, age, err);
	if (!arg_day_or_none(in, "dob", &born, err))
		return false;
	*age = born == NO_DAY ? 0 : date_age(born, day);
	return true;
}

static bool visit_of_case(const struct pairs *in, const struct programme *p, struct visit_ctx *cx, struct err *err)
{
	int32_t check;

	*cx = (struct visit_ctx){ .programme = p, .source = &case_source, .data = in };
	if (!arg_day(in, "visit", &cx->day, err) || !read_age(in, cx->day, &cx->age, err) ||
		!arg_day_or_none(in, "referral_check", &check, err) ||
		!arg_int_or(in, "expected", 0, &cx->expected, err) || !arg_int_or(in, "done", 0, &cx->done, err))
		return false;
	cx->prev_unc = arg_flag(in, "prev_unc");
	cx->prev_adr = arg_flag(in, "prev_adr");
	cx->open_referral = arg_flag(in, "open_referral");
	cx->referral_check = check == NO_DAY ? 0 : check;
	return true;
}

static void out_advice(struct pairs *out, const struct advice *a)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	pairs_set(out, "emergency", "%d", a->state.emergency);
	pairs_set(out, "controlled", "%d", a->state.controlled);
	pairs_set(out, "class", "%s", a->class_);
	pairs_set(out, "action", "%s", a->action ? a->action->name : "");
	out_day(out, "next_due", a->next_due);
	for (size_t i = 0; i < a->n_reasons; i++)
		sbuf_addf(&b, "%s%s", b.len ? "," : "", a->reasons[i]->key);
	pairs_set(out, "reasons", "%s", b.s);
}

/* A number of the case that cannot be read is a fault of the case, not a value that was not taken. */
static bool check_numbers(const struct pairs *in, const struct visit_ctx *cx, struct err *err)
{
	const struct form_def *form = cx->programme->followup;
	int64_t v;

	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];

		if ((f->type == V_INT || f->type == V_DECIMAL) && *pairs_text(in, f->key) && !case_number(cx, f->key, &v))
			return arg_fault(in, f->key, err);
	}
	return true;
}

bool run_followup(const struct programme *p, const struct pairs *in, struct pairs *out, struct err *err)
{
	struct visit_ctx cx;
	struct advice a;

	if (!visit_of_case(in, p, &cx, err) || !check_numbers(in, &cx, err))
		return false;
	programme_advise(&cx, &a);
	out_advice(out, &a);
	return true;
}

/* ---- lists of visits -------------------------------------------------------------------------------------------------- */

enum { VISITS = 400 };

/* "2026-02-10", "2026-02-10:phone", "2026-02-10:152/92"; more after further colons.  rest gets what follows the date. */
static bool read_visit(const char *item, int32_t *day, const char **rest)
{
	char date[DATE_LEN];

	snprintf(date, sizeof date, "%s", item);
	*day = date_day(date);
	if (*day == NO_DAY || strlen(date) != DATE_LEN - 1)
		return false;
	*rest = item + DATE_LEN - 1;
	if (**rest == ':')
		++*rest;
	else if (**rest)
		return false;
	return true;
}

static bool word_is(const char *s, const char *word)
{
	size_t n = strcspn(s, ":");

	return strlen(word) == n && !strncmp(s, word, n);
}

/* Modes by name or by the form's code. */
static bool read_mode(const char *rest, bool *face_to_face)
{
	static const struct {
		const char *word;
		bool face;
	} modes[] = {
		{ "", true }, { "clinic", true }, { "home", true }, { "phone", false }, { "1", true }, { "2", true },
		{ "3", false }, { "relative", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(modes); i++)
		if (word_is(rest, modes[i].word)) {
			*face_to_face = modes[i].face;
			return true;
		}
	return false;
}

bool run_next_due(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *list = pairs_text(in, "visits"), *rest, *class_ = pairs_text(in, "class");
	int32_t last = NO_DAY, days[VISITS], today;
	bool face[VISITS];
	char item[64];
	size_t n = 0;
	struct due_input due = { 0 };

	for (; next_item(&list, item, sizeof item); n++) {
		if (n == VISITS || !read_visit(item, &days[n], &rest) || !read_mode(rest, &face[n]))
			return arg_fault(in, "visits", err);
		last = last == NO_DAY || days[n] > last ? days[n] : last;
	}
	if (!arg_int_or(in, "expected", 0, &due.expected, err) || !arg_day_or_none(in, "today", &today, err) ||
		!arg_day_or_none(in, "referral_check", &due.referral_check, err))
		return false;
	if (last == NO_DAY && !arg_day_or_none(in, "enrol", &last, err))
		return false;
	due.last = last;
	due.year = today != NO_DAY ? date_year(today) : last != NO_DAY ? date_year(last) : 0;
	for (size_t i = 0; i < n; i++)
		due.done += face[i] && date_year(days[i]) == due.year;
	due.months = !*class_ || !strcmp(class_, "1") ? SCHEDULE_ROUTINE_MONTHS : 0;
	due.days = SCHEDULE_RECHECK_DAYS;
	out_day(out, "due", schedule_next_due(&due));
	return true;
}

/* ---- indicators ------------------------------------------------------------------------------------------------------- */

bool run_percent(const struct pairs *in, struct pairs *out, struct err *err)
{
	char text[40];
	int num, den;

	if (!arg_int(in, "num", &num, err) || !arg_int(in, "den", &den, err))
		return false;
	if (num < 0 || den < 0)
		return arg_fault(in, num < 0 ? "num" : "den", err);
	pairs_set(out, "value", "%s", percent_text(num, den, text, sizeof text));
	pairs_set(out, "flag", "%s", den > 0 && num > den ? "over_100" : "");
	return true;
}

static bool read_person(const struct pairs *in, struct roster_person *p, int32_t *cutoff, struct err *err)
{
	return arg_day(in, "cutoff", cutoff, err) && arg_day_or_none(in, "enrol", &p->enrolled, err) &&
		arg_day_or_none(in, "died", &p->died, err) && arg_day_or_none(in, "moved", &p->moved, err) &&
		arg_day_or_none(in, "lost", &p->lost, err);
}

/* The examination nearest before the cut-off, of one or several dates. */
static bool read_exam(const struct pairs *in, int32_t cutoff, int32_t *exam, struct err *err)
{
	const char *list = pairs_text(in, "exam");
	char item[DATE_LEN + 1];

	*exam = NO_DAY;
	while (next_item(&list, item, sizeof item)) {
		int32_t day = date_day(item);

		if (day == NO_DAY)
			return arg_fault(in, "exam", err);
		if (day <= cutoff && (*exam == NO_DAY || day > *exam))
			*exam = day;
	}
	return true;
}

/* date:mode, and after another colon the class or "check" (of a referral). */
static bool read_counted(const char *item, struct counted_visit *v)
{
	const char *rest, *more;

	*v = (struct counted_visit){ 0 };
	if (!read_visit(item, &v->day, &rest) || !read_mode(rest, &v->face_to_face))
		return false;
	more = strchr(rest, ':');
	if (!more)
		return true;
	v->recheck = word_is(more + 1, "2") || word_is(more + 1, "3");
	v->referral_check = word_is(more + 1, "check");
	v->incomplete = word_is(more + 1, "incomplete");
	return true;
}

bool run_regular_managed(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *list = pairs_text(in, "visits");
	struct counted_visit visits[VISITS];
	struct roster_person p = { .visits = visits };
	struct indicator_settings set = { arg_flag(in, "one_per_quarter"), arg_flag(in, "recheck_in_14d") };
	struct regular_result r;
	int32_t cutoff;
	char item[64];

	if (!read_person(in, &p, &cutoff, err) || !read_exam(in, cutoff, &p.exam, err))
		return false;
	while (next_item(&list, item, sizeof item))
		if (p.n_visits == VISITS || !read_counted(item, &visits[p.n_visits++]))
			return arg_fault(in, "visits", err);
	r = regular_managed(&p, cutoff, &set);
	if (r.excluded != ROSTER_IN) {
		pairs_set(out, "regular", "excluded");
		pairs_set(out, "reason", "%s", roster_exclusion_name(r.excluded));
		return true;
	}
	pairs_set(out, "regular", "%d", r.regular);
	pairs_set(out, "expected", "%d", r.expected);
	pairs_set(out, "counted", "%d", r.counted);
	return true;
}

/* "152/92", "6.9": judged by the programme's own facts, at the age of that day. */
static bool judge(const struct programme *p, const struct pairs *in, const char *text, struct counted_visit *v, struct err *err)
{
	const struct measure *m = programme_measure(p);
	struct pairs taken = { .mem = in->mem };
	struct visit_ctx cx = { .programme = p, .source = &case_source, .data = &taken, .day = v->day };
	const char *second = strchr(text, '/');
	int64_t number;
	struct advice a;

	if ((second != NULL) != (m->target2 != NULL))
		return arg_fault(in, "visits", err);
	pairs_set(&taken, m->target, "%.*s", (int)(second ? second - text : (ptrdiff_t)strlen(text)), text);
	if (second)
		pairs_set(&taken, m->target2, "%s", second + 1);
	if (!case_number(&cx, m->target, &number) || (second && !case_number(&cx, m->target2, &number)))
		return arg_fault(in, "visits", err);
	if (!read_age(in, v->day, &cx.age, err))
		return false;
	programme_advise(&cx, &a);
	v->measured = a.state.measured;
	v->controlled = a.state.controlled;
	return true;
}

static bool judge_visits(const struct programme *programme, const struct pairs *in, struct roster_person *p,
	struct counted_visit *visits,
	struct err *err)
{
	const char *list = pairs_text(in, "visits"), *rest;
	char item[64];

	while (next_item(&list, item, sizeof item)) {
		struct counted_visit *v = &visits[p->n_visits];

		if (p->n_visits == VISITS || !read_visit(item, &v->day, &rest))
			return arg_fault(in, "visits", err);
		if (*rest && !judge(programme, in, rest, v, err))
			return false;
		p->n_visits++;
	}
	return true;
}

bool run_last_control(const struct pairs *in, struct pairs *out, struct err *err)
{
	struct counted_visit visits[VISITS] = { 0 };
	struct roster_person person = { .visits = visits, .exam = NO_DAY };
	const struct programme *p = programme_by_code(pairs_text(in, "disease"));
	enum roster_exclusion excluded;
	int32_t cutoff;

	if (!programme_measure(p) || !programme_measure(p)->target)
		return arg_fault(in, "disease", err);
	if (!read_person(in, &person, &cutoff, err) || !judge_visits(p, in, &person, visits, err))
		return false;
	excluded = roster_exclusion(&person, cutoff);
	if (excluded != ROSTER_IN) {
		pairs_set(out, "controlled", "excluded");
		pairs_set(out, "reason", "%s", roster_exclusion_name(excluded));
	} else {
		pairs_set(out, "controlled", "%d", last_control(&person, cutoff));
	}
	return true;
}
