#include "app/service/verify.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/base/rng.h"
#include "app/service/overview.h"
#include "app/service/phones.h"
#include "app/service/records.h"
#include "db/stmt.h"

enum { PER_DOCTOR_MAX = 200 };

const struct verify_code verify_answers[] = {
	{ "1", { "属实", "True" } },
	{ "2", { "不属实", "Not true" } },
	{ "3", { "不知情", "Does not know" } },
	{ "4", { "号码错", "Wrong no." } },
	{ "5", { "没接", "No answer" } },
};
const size_t verify_answer_count = N_ELEMENTS(verify_answers);

const struct term verify_questions[] = {
	{ "这季度量过血压吗?", "Was your blood pressure measured this quarter?" },
	{ "签约医生是谁?", "Who is your family doctor?" },
	{ "今年体检了吗?", "Were you examined this year?" },
	{ "结果给了吗?", "Were you given the result?" },
};
const size_t verify_question_count = N_ELEMENTS(verify_questions);

static const char *answer_words(const char *code)
{
	for (size_t i = 0; i < verify_answer_count; i++)
		if (code && !strcmp(verify_answers[i].code, code))
			return term_text(&verify_answers[i].term);
	return "";
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */

struct candidate {
	int64_t doctor, resident, record;
};

static bool read_candidates(struct app *app, const struct verify_request *q, struct candidate **v, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "verify_candidates");
	char from[DATE_LEN], until[DATE_LEN];
	size_t cap = 0;
	bool row;

	stmt_bind_text(st, "from", date_iso(q->from, from));
	stmt_bind_text(st, "until", date_iso(q->until, until));
	for (*n = 0;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (*n == cap) {
			cap = cap ? 2 * cap : 256;
			*v = xrealloc(*v, cap, sizeof **v);
		}
		(*v)[(*n)++] = (struct candidate){ stmt_int(st, 0), stmt_int(st, 1), stmt_int(st, 2) };
	}
}

static bool add_draw(struct app *app, const struct verify_request *q, int64_t *draw, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "verify_draw_add");
	char today[DATE_LEN], from[DATE_LEN], until[DATE_LEN];

	stmt_bind_int(st, "seed", q->seed);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	stmt_bind_text(st, "from", date_iso(q->from, from));
	stmt_bind_text(st, "until", date_iso(q->until, until));
	stmt_bind_int(st, "per_doctor", q->per_doctor);
	if (app->actor_row)
		stmt_bind_int(st, "actor", app->actor_row);
	if (!stmt_run(st, err))
		return false;
	*draw = db_last_id(app->db);
	return true;
}

static bool add_item(struct app *app, int64_t draw, const struct candidate *c, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "verify_item_add");

	stmt_bind_int(st, "draw", draw);
	stmt_bind_int(st, "resident", c->resident);
	stmt_bind_int(st, "doctor", c->doctor);
	stmt_bind_int(st, "record", c->record);
	return stmt_run(st, err);
}

/* The first `want` of a shuffled run are drawn; each doctor shuffles by himself, so that one more doctor changes no other's
 * draw. */
static bool draw_run(struct app *app, int64_t draw, struct candidate *v, size_t n, size_t want, struct rng rng, struct err *err)
{
	for (size_t i = 0; i < n && i < want; i++) {
		size_t k = i + rng_below(&rng, (uint32_t)(n - i));
		struct candidate c = v[k];

		v[k] = v[i];
		v[i] = c;
		if (!add_item(app, draw, &c, err))
			return false;
	}
	return true;
}

static bool check_request(const struct verify_request *q, struct err *err)
{
	if (q->per_doctor < 1 || q->per_doctor > PER_DOCTOR_MAX) {
		err_set(err, ERR_OUT_OF_RANGE, _("Draw between 1 and %d people a doctor."), PER_DOCTOR_MAX);
		return err_example(err, "5");
	}
	return q->from <= q->until || err_set(err, ERR_INCONSISTENT, _("The period ends before it begins."));
}

bool verify_draw(struct app *app, const struct verify_request *q, int64_t *draw, struct err *err)
{
	AUTO_FREE struct candidate *v = NULL;
	struct rng rng = { .s = (uint64_t)q->seed };
	AUTO_WORK struct work w = { 0 };
	uint64_t doctor = 0;
	size_t n, end;

	if (!check_request(q, err) || !work_begin(&w, app, err) || !read_candidates(app, q, &v, &n, err))
		return false;
	if (!n)
		return err_set(err, ERR_NOT_FOUND, _("Nobody had a service in this period."));
	if (!add_draw(app, q, draw, err))
		return false;
	for (size_t i = 0; i < n; i = end) {
		for (end = i; end < n && v[end].doctor == v[i].doctor; end++)
			;
		if (!draw_run(app, *draw, v + i, end - i, (size_t)q->per_doctor, rng_split(&rng, ++doctor), err))
			return false;
	}
	return work_commit(&w, err);
}

bool verify_newest(struct app *app, int64_t *draw, struct err *err)
{
	return stmt_value(stmt_get(app->db, "verify_newest"), draw, 0, err);
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

static bool read_draw(struct app *app, int64_t draw, struct arena *mem, struct verify_list *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "verify_draw_read");
	bool row;

	stmt_bind_int(st, "draw", draw);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such draw."));
	*out = (struct verify_list){ .draw = draw, .seed = stmt_int(st, 0), .drawn_on = arena_strdup(mem, stmt_text(st, 1)),
		.from = arena_strdup(mem, stmt_text(st, 2)), .until = arena_strdup(mem, stmt_text(st, 3)),
		.per_doctor = (int)stmt_int(st, 4) };
	return true;
}

static const char *kept(struct arena *mem, struct stmt *st, int col)
{
	return arena_strdup(mem, stmt_text(st, col) ? stmt_text(st, col) : "");
}

static bool read_item(struct app *app, struct stmt *st, struct arena *mem, struct verify_item *it, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	int64_t resident = stmt_int(st, 1);
	const char *day_key;
	struct record *rec;
	enum kind_id kind;

	*it = (struct verify_item){ .id = stmt_int(st, 0), .doctor = kept(mem, st, 2), .answer = kept(mem, st, 4),
		.note = kept(mem, st, 5), .answer_words = answer_words(stmt_text(st, 4)) };
	if (!record_load_row(app, stmt_int(st, 3), mem, &rec, &kind, err) ||
		!search_hit_of(app, record_survivor(app, resident), mem, &it->hit, err))
		return false;
	day_key = kind_by_id(kind)->date_key;
	it->day = day_key && record_text(rec, day_key) ? record_text(rec, day_key) : "";
	record_summary(app, kind, rec, &text);
	it->recorded = arena_strdup(mem, text.s ? text.s : "");
	return true;
}

bool verify_read(struct app *app, int64_t draw, struct arena *mem, struct verify_list *out, struct err *err)
{
	AUTO_FREE struct verify_item *v = NULL;
	struct stmt *st;
	size_t cap = 0;
	bool row = true, ok = true;

	if (!read_draw(app, draw, mem, out, err))
		return false;
	st = stmt_get(app->db, "verify_items");
	stmt_bind_int(st, "draw", draw);
	while (ok && (ok = stmt_step(st, &row, err)) && row) {
		if (out->n == cap) {
			cap = cap ? 2 * cap : 64;
			v = xrealloc(v, cap, sizeof *v);
		}
		ok = read_item(app, st, mem, &v[out->n++], err);
	}
	stmt_done(&st);
	out->v = arena_alloc(mem, (out->n + 1) * sizeof *v);
	if (out->n)
		memcpy(out->v, v, out->n * sizeof *v);
	return ok;
}

/* ---- answers ------------------------------------------------------------------------------------------------------------- */

static bool item_person(struct app *app, int64_t item, char out[RECORD_ID_MAX + 1], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "verify_item_person");
	char id[RECORD_ID_MAX + 1];
	bool row;

	stmt_bind_int(st, "item", item);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such line in a draw."));
	snprintf(id, sizeof id, "%s", stmt_text(st, 0));
	record_survivor_id(app, id, out);
	return true;
}

static bool read_before(struct app *app, int64_t item, struct verify_before *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "verify_before");
	bool row;

	*out = (struct verify_before){ .item = item };
	stmt_bind_int(st, "item", item);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such line in a draw."));
	snprintf(out->answer, sizeof out->answer, "%s", stmt_text(st, 0) ? stmt_text(st, 0) : "");
	snprintf(out->day, sizeof out->day, "%s", stmt_text(st, 1) ? stmt_text(st, 1) : "");
	out->by = stmt_int(st, 2);
	return true;
}

static bool store_answer(struct app *app, const struct verify_before *a, const char *note, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "verify_answer");

	stmt_bind_int(st, "item", a->item);
	stmt_bind_text(st, "answer", *a->answer ? a->answer : NULL);
	stmt_bind_text(st, "note", note && *note ? note : NULL);
	stmt_bind_text(st, "today", *a->day ? a->day : NULL);
	if (a->by)
		stmt_bind_int(st, "actor", a->by);
	return stmt_run(st, err);
}

static bool revision_of(struct app *app, const char *resident, int64_t *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;

	if (!record_load(app, KIND_RESIDENT, resident, &mem, &rec, err))
		return false;
	*out = rec->meta.revision;
	return true;
}

/* Who was found to have the number noted already is not saved again. */
static bool note_number(struct app *app, const char *code, const char *who, struct verify_before *before, struct err *err)
{
	int64_t was, now;

	if (*code == '5')
		return true;
	if (!revision_of(app, who, &was, err) ||
		!phone_result(app, who, *code == '4' ? PHONE_WRONG : PHONE_REACHED, NULL, err) || !revision_of(app, who, &now, err))
		return false;
	if (now != was)
		snprintf(before->resident, sizeof before->resident, "%s", who);
	return true;
}

bool verify_answer(struct app *app, int64_t item, const char *code, const char *note, struct verify_before *before,
	struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct verify_before was, answered = { .item = item, .by = app->actor_row };
	char who[RECORD_ID_MAX + 1];

	if (!code || !*answer_words(code)) {
		err_set(err, ERR_UNKNOWN_CODE, _("There is no such answer."));
		return err_example(err, "1");
	}
	snprintf(answered.answer, sizeof answered.answer, "%s", code);
	date_iso(app_today(app), answered.day);
	if (!work_begin(&w, app, err) || !read_before(app, item, &was, err) || !item_person(app, item, who, err) ||
		!store_answer(app, &answered, note, err) || !note_number(app, code, who, &was, err) || !work_commit(&w, err))
		return false;
	if (before)
		*before = was;
	return true;
}

/* Both or neither: where something saved later builds on the record, the answer stays, too. */
bool verify_take_back(struct app *app, const struct verify_before *before, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct save_result r;

	if (!work_begin(&w, app, err) ||
		(*before->resident && !records_undo(app, kind_by_id(KIND_RESIDENT), before->resident, &mem, &r, err)))
		return false;
	return store_answer(app, before, NULL, err) && work_commit(&w, err);
}

bool verify_rates(struct app *app, int64_t draw, struct arena *mem, struct verify_rate **out, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "verify_rates");
	AUTO_FREE struct verify_rate *v = NULL;
	size_t cap = 0;
	bool row;

	stmt_bind_int(st, "draw", draw);
	for (*n = 0;; (*n)++) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
		if (*n == cap) {
			cap = cap ? 2 * cap : 16;
			v = xrealloc(v, cap, sizeof *v);
		}
		v[*n] = (struct verify_rate){ .doctor = kept(mem, st, 0), .drawn = stmt_int(st, 1), .asked = stmt_int(st, 2),
			.answered = stmt_int(st, 3), .true_answers = stmt_int(st, 4), .rate = -1 };
		if (v[*n].answered)
			v[*n].rate = (v[*n].true_answers * 20000 + v[*n].answered) / (2 * v[*n].answered);
	}
	*out = arena_alloc(mem, (*n + 1) * sizeof *v);
	if (*n)
		memcpy(*out, v, *n * sizeof *v);
	return true;
}
