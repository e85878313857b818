#include "app/service/tasks.h"

#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/raised.h"
#include "app/service/record.h"
#include "app/service/roster.h"
#include "app/service/screenings.h"
#include "app/service/value_words.h"
#include "db/stmt.h"

/* What the last follow-up says about the next: its reading, and whether it asked for a recheck. */
static bool followup_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	const struct programme *p = programme_by_code(t->programme);
	const struct measure *m = programme_measure(p);
	const char *title = p ? term_text(&p->brief) : t->programme;
	AUTO_STMT struct stmt *st = stmt_get(app->db, "worklist_last");
	bool row;

	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "programme", t->programme);
	if (!stmt_step(st, &row, err))
		return false;
	if (p && p->yearly_visits < SCHEDULE_YEARLY_VISITS)
		sbuf_addf(out, _("%s: yearly service"), title);
	else if (!row)
		sbuf_addf(out, _("%s: first visit"), title);
	else if (stmt_int(st, 1))
		sbuf_addf(out, _("%s: 2-week recheck"), title);
	else
		sbuf_addf(out, _("%s: quarterly visit"), title);
	if (row && !stmt_is_null(st, 0))
		sbuf_addf(out, _(" (%s%s)"), m && m->mark ? m->mark : "", stmt_text(st, 0));
	return true;
}

static bool contract_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	(void)app;
	(void)resident;
	(void)err;
	sbuf_addf(out, _("renew contract (ends %s)"), strlen(t->due) >= 10 ? t->due + 5 : t->due);
	return true;
}

/* "说好再打电话 15:00". */
static bool call_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *call;

	(void)resident;
	if (!record_load(app, KIND_CALL, t->record, &mem, &call, err))
		return false;
	sbuf_adds(out, _("call again as agreed"));
	if (record_text(call, "again_time"))
		sbuf_addf(out, " %s", record_text(call, "again_time"));
	return true;
}

/* "10-20 高血压随访未签名": several sheets of one person are told apart. */
static bool unsigned_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct task_kind *kind = task_kind_of(t->task);
	const struct programme *p;
	const char *date, *code;
	struct record *rec;

	(void)resident;
	if (!record_load(app, kind ? kind->opens : KIND_FOLLOWUP, t->record, &mem, &rec, err))
		return false;
	date = record_text(rec, "date");
	date = date && strlen(date) >= 10 ? date + 5 : "";
	code = record_text(rec, "programme");
	p = code ? programme_by_code(code) : NULL;
	if (p)
		sbuf_addf(out, _("%s %s: not signed"), date, term_text(&p->brief));
	else
		sbuf_addf(out, _("%s visit: not signed"), date);
	return true;
}

static bool is_one_of_several(struct app *app, int64_t resident, const struct due_task *t, bool *several, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "due_alike");
	char today[DATE_LEN];
	int64_t n;

	stmt_bind_int(st, "resident", resident);
	stmt_bind_text(st, "task", t->task);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	if (!stmt_value(st, &n, 0, err))
		return false;
	*several = n > 1;
	return true;
}

/* "转诊追访"; two of one person are told apart: "转诊追访(11-08转县医院心内科)". */
static bool referral_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *date, *department;
	struct record *rec;
	bool several;

	sbuf_adds(out, term_text(&task_kind_of(t->task)->text));
	if (!is_one_of_several(app, resident, t, &several, err))
		return false;
	if (!several)
		return true;
	if (!record_load(app, KIND_REFERRAL, t->record, &mem, &rec, err))
		return false;
	date = record_text(rec, "date");
	department = record_text(rec, "to_department");
	if (date && strlen(date) >= 10)
		sbuf_addf(out, _(" (%s to %s%s)"), date + 5, referral_to(app, rec, &mem), department ? department : "");
	return true;
}

/* "出院回转(11-20): 2周内随访". */
static bool return_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	const char *day;

	(void)resident;
	if (!record_load(app, KIND_REFERRAL, t->record, &mem, &rec, err))
		return false;
	day = record_text(rec, "returned_on") ? record_text(rec, "returned_on") : record_text(rec, "date");
	sbuf_addf(out, _("back from hospital (%s): see within 2 weeks"), day && strlen(day) >= 10 ? day + 5 : "");
	return true;
}

/* Which disease, and until when: hours count. */
static bool notice_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct field *f = form_field(kind_by_id(KIND_NOTICE)->form, "disease");
	const struct code *disease;
	const char *limit;
	struct record *card;

	(void)resident;
	if (!record_load(app, KIND_NOTICE, t->record, &mem, &card, err))
		return false;
	disease = record_text(card, "disease") ? field_code(f, record_text(card, "disease")) : NULL;
	limit = record_text(card, "deadline");
	sbuf_addf(out, _("report %s"), disease ? term_text(&disease->term) : "");
	if (limit && strlen(limit) >= 16)
		sbuf_addf(out, _(" (by %.5s %s)"), limit + 5, limit + 11);
	return true;
}

/* clang-format off */
const struct task_kind task_kinds[] = {
	{ .name = "notice", .urgency = TASK_HOURS, .due = "due_notices", .about = KIND_NOTICE,
	  .words = notice_words, .mark = "!", .way = TASK_RECORD, .opens = KIND_NOTICE, .lack = true },
	{ .name = "followup", .urgency = TASK_DAYS, .due = "due_followups", .about = KIND_ENROLMENT,
	  .words = followup_words, .way = TASK_NEW, .opens = KIND_FOLLOWUP, .refusal = "1" },
	{ .name = "unsigned_followup", .urgency = TASK_LATER, .due = "due_unsigned_followups", .lasts = "+91 days",
	  .about = KIND_FOLLOWUP,
	  .text = { "随访未签名", "unsigned follow-up" }, .words = unsigned_words, .way = TASK_RECORD,
	  .opens = KIND_FOLLOWUP, .field = "doctor" },
	{ .name = "unsigned_visit", .urgency = TASK_LATER, .due = "due_unsigned_visits", .lasts = "+91 days",
	  .about = KIND_VISIT,
	  .text = { "就诊未签名", "unsigned visit" }, .words = unsigned_words, .way = TASK_RECORD,
	  .opens = KIND_VISIT, .field = "doctor" },
	{ .name = "refused_referral", .urgency = TASK_DAYS, .due = "due_refused_referrals", .about = KIND_REFUSAL,
	  .text = { "拒绝转诊, 2周内复查", "referral refused: see again" }, .way = TASK_NEW, .opens = KIND_FOLLOWUP },
	{ .name = "referral_check", .urgency = TASK_DAYS, .due = "due_referral_checks", .about = KIND_REFERRAL,
	  .text = { "转诊追访", "track the referral" }, .words = referral_words, .way = TASK_RECORD, .opens = KIND_REFERRAL },
	{ .name = "referral_answer", .urgency = TASK_LATER, .due = "due_referral_answers", .about = KIND_REFERRAL,
	  .text = { "县里有回复", "county answered a referral" }, .words = referral_words, .mark = "◆", .way = TASK_RECORD,
	  .opens = KIND_REFERRAL },
	{ .name = "referral_return", .urgency = TASK_DAYS, .due = "due_referral_returns", .lasts = "+60 days",
	  .about = KIND_REFERRAL, .words = return_words, .mark = "◆", .way = TASK_NEW, .opens = KIND_VISIT, .lack = true },
	{ .name = "contract_renew", .urgency = TASK_LATER, .due = "due_contracts", .about = KIND_CONTRACT,
	  .words = contract_words, .way = TASK_NEW, .opens = KIND_CONTRACT, .refusal = "3", .lack = true },
	{ .name = "contract_sign", .urgency = TASK_LATER, .due = "due_contracts_unsigned", .about = KIND_CONTRACT,
	  .text = { "协议待签", "contract to be signed" }, .way = TASK_RECORD, .opens = KIND_CONTRACT, .field = "signed_by",
	  .refusal = "3", .lack = true },
	{ .name = "screening", .urgency = TASK_DAYS, .due = "due_screenings", .about = KIND_SCREENING,
	  .words = screening_task_words, .way = TASK_NEW, .opens = KIND_SCREENING, .joins = true },
	/* behind what has a day of its own: it is done where the person comes for something else, too */
	{ .name = "raised", .urgency = TASK_LATER, .due = "due_raised", .lasts = "+1 year",
	  .insert = raised_insert, .words = raised_words, .way = TASK_NEW, .opens = KIND_SCREENING,
	  .joins = true },
	{ .name = "call_back", .urgency = TASK_DAYS, .due = "due_calls", .about = KIND_CALL, .words = call_words,
	  .way = TASK_PAGE },
	{ .name = "exam_feedback", .urgency = TASK_LATER, .due = "due_exam_feedback", .lasts = "+1 year",
	  .about = KIND_EXAM,
	  .text = { "体检结果未反馈", "give back exam result" }, .way = TASK_RECORD, .opens = KIND_EXAM,
	  .field = "feedback_date", .lack = true },
	{ .name = "refer", .text = { "转诊", "refer" }, .way = TASK_NEW, .opens = KIND_REFERRAL },
	{ .name = "exam", .text = { "年度体检", "yearly examination" }, .way = TASK_NEW, .opens = KIND_EXAM, .refusal = "2" },
	{ .name = "enrol", .text = { "纳入名单", "enrol" }, .way = TASK_NEW, .opens = KIND_ENROLMENT },
	{ .name = "followup_gaps", .text = { "随访缺项", "follow-up with gaps" }, .way = TASK_RECORD, .opens = KIND_FOLLOWUP },
	{ .name = "exam_gaps", .text = { "体检缺项", "examination with gaps" }, .way = TASK_RECORD, .opens = KIND_EXAM },
	{ .name = "after_death", .text = { "死后记录", "records after the death" }, .way = TASK_PLACE, .place = "after-death" },
	{ .name = "file", .text = { "档案", "file" }, .way = TASK_RECORD, .opens = KIND_RESIDENT },
};
const struct work_counter work_counters[] = {
	{ .count = "count_disputes_late", .words = { "!分歧超7天", "!disputes over 7 days" } },
	{ .count = "count_notices_open", .words = { "传染病待报", "diseases to report" } },
	{ .count = "count_visits_unfinished", .words = { "昨日未看完", "visits unfinished" } },
	{ .count = "count_task", .task = "referral_answer", .words = { "县里回复", "county answers" } },
	{ .count = "count_disputed", .words = { "待定分歧", "disputed data" }, .place = "conflicts" },
	{ .count = "count_same_number", .words = { "身份证号相同", "same ID number" }, .place = "duplicates" },
	{ .count = "count_after_death", .words = { "死后记录", "records after a death" }, .place = "after-death" },
	{ .count = "count_away_january", .words = { "返乡名单", "home for the festival?" }, .place = "away" },
	{ .counter = roster_count_short, .words = { "今年不够4次", "short this year" }, .place = "rosters", .part = "year" },
	{ .count = "count_exam_missing", .words = { "老人未体检", "65+ not examined" } },
};
/* clang-format on */
const size_t work_counter_count = N_ELEMENTS(work_counters);
const size_t task_kind_count = N_ELEMENTS(task_kinds);

const struct task_kind *task_kind_of(const char *name)
{
	for (size_t i = 0; i < task_kind_count; i++)
		if (!strcmp(task_kinds[i].name, name))
			return &task_kinds[i];
	return NULL;
}

static bool describe(struct app *app, int64_t resident, struct due_task *t, struct arena *mem, struct err *err)
{
	const struct task_kind *kind = task_kind_of(t->task);
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	if (!kind)
		sbuf_adds(&out, t->task); /* of a newer program */
	else if (!kind->words)
		sbuf_adds(&out, term_text(&kind->text));
	else if (!kind->words(app, resident, t, &out, err))
		return false;
	t->reason = arena_strdup(mem, out.s);
	return true;
}

static bool are_one(const struct due_task *a, const struct due_task *b)
{
	const struct task_kind *k = task_kind_of(a->task), *other = task_kind_of(b->task);

	return k && other && k->joins && other->joins && k->opens == other->opens;
}

/* "高危人群: 半年复测 + 血压升高: 换日再测(152/96)"; the book and a visit may ask the same, of which one says the reading. */
static void join(struct due_task *into, const struct due_task *t, struct arena *mem)
{
	if (strncmp(into->reason, t->reason, strlen(t->reason)) != 0)
		into->reason = strncmp(t->reason, into->reason, strlen(into->reason)) != 0 ?
			arena_printf(mem, "%s + %s", into->reason, t->reason) : t->reason;
	if (strcmp(t->due, into->due) < 0)
		into->due = t->due;
	if (!t->put_off)
		into->put_off = false;
}

bool tasks_describe(struct app *app, int64_t resident, struct due_task *tasks, size_t *n, struct arena *mem, struct err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		size_t j = 0;

		if (!describe(app, resident, &tasks[i], mem, err))
			return false;
		while (j < kept && !are_one(&tasks[j], &tasks[i]))
			j++;
		if (j < kept)
			join(&tasks[j], &tasks[i], mem);
		else
			tasks[kept++] = tasks[i];
	}
	*n = kept;
	return true;
}
