#include "app/service/lacks.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/lost.h"
#include "app/service/records.h"
#include "app/service/rows.h"
#include "db/stmt.h"

static struct lack *add(struct lack out[LACKS_MAX], size_t *n)
{
	return *n < LACKS_MAX ? &out[(*n)++] : NULL;
}

static const struct due_task *task_of(const struct overview *o, const char *task, const char *programme)
{
	for (size_t i = 0; i < o->n_due; i++)
		if (!strcmp(o->due[i].task, task) && !strcmp(o->due[i].programme, programme))
			return &o->due[i];
	return NULL;
}

static bool is_yearly(const struct programme *p)
{
	return p->yearly_visits < SCHEDULE_YEARLY_VISITS;
}

/* A visit by telephone or of a relative leaves the quarter (or the year) open. */
static bool seen_in_time(const struct programme *prog, const struct overview_programme *p, int32_t today)
{
	const struct record *last = p->last;

	if (!last || !followup_is_face_to_face(last))
		return false;
	return is_yearly(prog) ? date_year(record_day(last, "date")) == date_year(today) :
		record_day(last, "date") >= date_quarter_start(today);
}

static void add_followups(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n)
{
	int32_t today = app_today(app);

	for (size_t i = 0; i < o->n_programmes; i++) {
		const struct overview_programme *p = &o->programmes[i];
		const struct programme *prog = programme_by_code(p->programme);
		const struct due_task *due = task_of(o, "followup", p->programme);
		bool over = due && date_day(due->due) <= today;
		struct lack *l;

		if (strcmp(p->status, "active") != 0 || !prog || !prog->followup || (!over && seen_in_time(prog, p, today)) ||
			(due && due->put_off))
			continue;
		l = add(out, n);
		if (!l)
			return;
		l->task = due ? *due : (struct due_task){ .task = "followup", .programme = p->programme, .due = "", .reason = "" };
		if (over)
			l->text = due->reason;
		else
			l->text = arena_printf(mem, is_yearly(prog) ? _("%s: yearly service") : _("%s: quarterly visit"),
				term_text(&prog->title));
	}
}

/* The last follow-up advised a referral and none was written: the first thing to go on with. */
static void add_advised_referrals(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX],
	size_t *n)
{
	for (size_t i = 0; i < o->n_programmes; i++) {
		const struct overview_programme *p = &o->programmes[i];
		const struct programme *prog = programme_by_code(p->programme);
		bool advised = p->last &&
			(record_is(p->last, "action", "REFER") || record_is(p->last, "action", "EMERGENCY_REFER"));
		struct lack *l;

		if (!advised || !prog || task_of(o, "referral_check", p->programme) ||
			record_day(p->last, "date") < app_today(app) - SCHEDULE_RECHECK_DAYS)
			continue;
		l = add(out, n);
		if (!l)
			return;
		l->task = (struct due_task){ .task = "refer", .programme = p->programme, .due = "", .reason = "" };
		l->text = arena_printf(mem, _("%s: referral advised, not written yet (F6)"), term_text(&prog->title));
	}
}

/* What is due by today; what has weeks, or hours until tomorrow, and is on the list already.  hours: only what runs in hours,
 * which stands first, or only the rest. */
static void add_others(struct app *app, const struct overview *o, bool hours, struct lack out[LACKS_MAX], size_t *n)
{
	for (size_t i = 0; i < o->n_due; i++) {
		const struct due_task *t = &o->due[i];
		const struct task_kind *kind = task_kind_of(t->task);
		struct lack *l;

		if (!strcmp(t->task, "followup") || (kind && kind->urgency == TASK_HOURS) != hours)
			continue;
		if (!(kind && kind->lack) && date_day(t->due) > app_today(app))
			continue;
		l = add(out, n);
		if (!l)
			return;
		*l = (struct lack){ .task = *t, .text = t->reason };
	}
}

/* From 65 on everybody is examined once a year. */
static bool add_exam(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "exam_is_missing");
	char today[DATE_LEN];
	bool missing;
	struct lack *l;

	stmt_bind_int(st, "resident", o->row);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	if (!stmt_yes(st, &missing, err))
		return false;
	l = missing ? add(out, n) : NULL;
	if (l)
		*l = (struct lack){ .task = { .task = "exam", .programme = "", .due = "", .reason = "" },
			.text = arena_printf(mem, "%s", term_text(&task_kind_of("exam")->text)) };
	return true;
}

/* ---- who belongs on a roster and is on none ------------------------------------------------------------------------------ */

/* Programmes as bits of programmes(); diagnoses of his visits count like the file's past history. */

static bool is_called(const struct programme *p, const char *code)
{
	return !strcmp(code, p->code);
}

static bool has_diagnosis(const struct programme *p, const char *icd10)
{
	for (size_t i = 0; p->icd10 && p->icd10[i]; i++)
		if (!strncmp(icd10, p->icd10[i], 3))
			return true;
	return false;
}

/* Adds to *bits the programmes that a row of the statement is about. */
static bool read_programmes(struct app *app, const char *statement, int64_t resident,
	bool (*about)(const struct programme *p, const char *code), uint32_t *bits, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, statement);
	size_t n;
	const struct programme *const *all = programmes(&n);
	bool row;

	stmt_bind_int(st, "resident", resident);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		for (size_t i = 0; i < n; i++)
			if (about(all[i], stmt_text(st, 0)))
				*bits |= UINT32_C(1) << i;
	}
}

static bool in_history(const struct record *resident, const struct programme *p)
{
	const struct value *list = record_get(resident, "past_disease");

	for (size_t i = 0; p->past_disease && i < list->n_items; i++)
		if (record_is(list->items[i], "code", p->past_disease))
			return true;
	return false;
}

/* The opposite direction: the roster knows a disease that the file's past history does not. */
static void add_history(const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n)
{
	for (size_t i = 0; i < o->n_programmes; i++) {
		const struct programme *p = programme_by_code(o->programmes[i].programme);
		struct lack *l;

		if (!p || !p->past_disease || in_history(o->resident, p))
			continue;
		l = add(out, n);
		if (!l)
			return;
		l->task = (struct due_task){ .task = "file", .programme = "", .due = "", .reason = "" };
		l->text = arena_printf(mem, _("file: past history lacks %s"), term_text(&p->title));
	}
}

static bool add_enrolments(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	uint32_t known = 0, found = 0;
	size_t count;
	const struct programme *const *all = programmes(&count);

	if (!read_programmes(app, "enrolment_known", o->row, is_called, &known, err) ||
		!read_programmes(app, "enrolment_diagnoses", o->row, has_diagnosis, &found, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct lack *l;

		if ((known >> i & 1) || o->age < all[i]->min_age || !(in_history(o->resident, all[i]) || (found >> i & 1)))
			continue;
		l = add(out, n);
		if (!l)
			return true;
		l->task = (struct due_task){ .task = "enrol", .programme = all[i]->code, .due = "", .reason = "" };
		l->text = arena_printf(mem, _("%s: not on the roster yet"), term_text(&all[i]->title));
	}
	return true;
}

static bool is_on_a_roster(const struct overview *o)
{
	for (size_t i = 0; i < o->n_programmes; i++)
		if (!strcmp(o->programmes[i].status, "active"))
			return true;
	return false;
}

/* Raised at a visit or an examination: before its day too, while he who found it is there to write it in the screening book. */
static void add_raised(struct app *app, const struct overview *o, struct lack out[LACKS_MAX], size_t *n)
{
	for (size_t i = 0; i < o->n_due && !is_on_a_roster(o); i++) {
		const struct due_task *t = &o->due[i];
		struct lack *l;

		if (strcmp(t->task, "raised") != 0 || date_day(t->due) <= app_today(app))
			continue;
		l = add(out, n);
		if (!l)
			return;
		*l = (struct lack){ .task = *t, .text = t->reason };
	}
}

/* Suspected or an emergency by the screening book: who sends him there writes it down. */
static bool add_screened(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	struct stmt *st = stmt_get(app->db, "screening_to_refer");
	char since[DATE_LEN];
	struct record *rec;
	enum kind_id kind;
	struct lack *l;
	int64_t row;

	stmt_bind_int(st, "resident", o->row);
	stmt_bind_text(st, "since", date_iso(app_today(app) - SCHEDULE_RECHECK_DAYS, since));
	if (!stmt_value(st, &row, 0, err))
		return false;
	if (!row)
		return true;
	if (!record_load_row(app, row, mem, &rec, &kind, err))
		return false;
	record_summary(app, kind, rec, &words);
	l = add(out, n);
	if (l)
		*l = (struct lack){ .task = { .task = "refer", .programme = "", .due = "", .reason = "" },
			.text = arena_printf(mem, _("%s: the referral is not written yet (F6)"), words.s) };
	return true;
}

/* How many items a stored record still lacks: what a form would say that begins with it. */
static bool count_gaps(struct app *app, const struct kind *kind, const struct record *rec, struct arena *mem, unsigned *gaps,
	struct err *err)
{
	struct save_result r;

	if (!records_preview(app, kind, record_copy(mem, rec), mem, &r, err))
		return false;
	*gaps = r.findings.incomplete;
	return true;
}

/* "11-22高血压随访缺9项". */
static const char *gap_words(const struct record *rec, enum kind_id kind, unsigned gaps, struct arena *mem)
{
	const char *day = record_text(rec, "date") + 5, *programme = record_text(rec, "programme");
	const struct programme *p = programme ? programme_by_code(programme) : NULL;

	if (kind == KIND_FOLLOWUP && p)
		return arena_printf(mem, ngettext("%s %s follow-up: %u item", "%s %s follow-up: %u items", gaps), day,
			term_text(&p->title), gaps);
	return arena_printf(mem, ngettext("%s examination: %u item", "%s examination: %u items", gaps), day, gaps);
}

/* What was left blank on a sheet is asked for later: it counts as service, but not as a complete one. */
static bool add_gaps(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "records_with_gaps");
	AUTO_FREE int64_t *rows = NULL;
	char quarter[DATE_LEN];
	size_t count;

	stmt_bind_int(st, "resident", o->row);
	stmt_bind_text(st, "quarter", date_iso(date_quarter_start(app_today(app)), quarter));
	if (!rows_read(st, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct record *rec;
		enum kind_id kind;
		unsigned gaps;
		struct lack *l;

		if (!record_load_row(app, rows[i], mem, &rec, &kind, err) ||
			!count_gaps(app, kind_by_id(kind), rec, mem, &gaps, err))
			return false;
		l = gaps ? add(out, n) : NULL;
		if (!l)
			continue;
		l->task = (struct due_task){ .task = kind == KIND_EXAM ? "exam_gaps" : "followup_gaps", .programme = "", .due = "",
			.reason = "" };
		snprintf(l->task.record, sizeof l->task.record, "%s", rec->meta.id);
		l->text = gap_words(rec, kind, gaps, mem);
	}
	return true;
}

static bool add_own_gaps(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	unsigned gaps;
	struct lack *l;

	if (!count_gaps(app, kind_by_id(KIND_RESIDENT), o->resident, mem, &gaps, err))
		return false;
	l = gaps ? add(out, n) : NULL;
	if (l)
		*l = (struct lack){ .task = { .task = "file", .programme = "", .due = "", .reason = "" },
			.text = arena_printf(mem, ngettext("file: %u item", "file: %u items", gaps), gaps) };
	return true;
}

/* What was recorded as done with somebody who was dead by then: the gravest finding of an inspection. */
static bool add_after_death(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	struct stmt *st;
	AUTO_FREE int64_t *rows = NULL;
	struct lack *l;
	size_t count;

	if (!record_is(o->resident, "status", "4") || !record_text(o->resident, "died_on"))
		return true;
	st = stmt_get(app->db, "after_day");
	stmt_bind_int(st, "resident", o->row);
	stmt_bind_text(st, "day", record_text(o->resident, "died_on"));
	if (!rows_read(st, &rows, &count, err))
		return false;
	l = count ? add(out, n) : NULL;
	if (l)
		*l = (struct lack){ .task = { .task = "after_death", .programme = "", .due = "", .reason = "" },
			.text = arena_printf(mem, ngettext("%zu record after the death to put right",
				"%zu records after the death to put right", (unsigned long)count), count) };
	return true;
}

bool lacks_read(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err)
{
	bool gone;

	*n = 0;
	if (!lost_is_gone(app, o->row, &gone, err))
		return false;
	if (gone || o->resident->meta.state != RECORD_ACTIVE || record_is(o->resident, "status", "3") ||
		record_is(o->resident, "status", "4"))
		/* void, dead, moved, looked for often enough: nothing is owed */
		return o->resident->meta.state != RECORD_ACTIVE || add_after_death(app, o, mem, out, n, err);
	add_others(app, o, true, out, n);
	if (!add_screened(app, o, mem, out, n, err))
		return false;
	add_raised(app, o, out, n);
	add_advised_referrals(app, o, mem, out, n);
	add_followups(app, o, mem, out, n);
	add_others(app, o, false, out, n);
	if (!add_enrolments(app, o, mem, out, n, err) || !add_exam(app, o, mem, out, n, err) ||
		!add_gaps(app, o, mem, out, n, err))
		return false;
	add_history(o, mem, out, n);
	return add_own_gaps(app, o, mem, out, n, err);
}
