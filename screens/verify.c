/* Telephone verification before the inspectors do it: the people drawn, what was recorded, the number large, the questions;
 * a digit notes the answer.  F4 draws anew. */
#include "app/base/date.h"
#include "app/base/utf8.h"
#include "app/service/verify.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_DRAW = 1, TAG_PRINT };
enum { FOOT = 5 };

/* What is read at once; begins with the list, which the table shows. */
struct verify_rows {
	struct verify_list list;
	struct verify_rate *rates;
	size_t n_rates;
};

static const struct column columns[] = {
	{ N_("Doctor"), 8, 0, false, 1 },
	{ N_("Name"), 8, 1, false, 0 },
	{ N_("Age"), 6, 0, false, 3 },
	{ N_("Phone"), 13, 0, false, 0 },
	{ N_("What is written"), 34, 3, false, 0 },
	{ N_("Answer"), 8, 0, false, 0 },
};

static size_t row_count(const void *ctx)
{
	return ((const struct verify_list *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return ((const struct verify_list *)ctx)->v[row].id;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct verify_list *list = ctx;
	const struct verify_item *it = &list->v[row];

	switch (col) {
	case 0:
		return it->doctor;
	case 1:
		return it->hit.name;
	case 2:
		age_sex_words(it->hit.age, date_day(it->hit.birth_date), date_day(list->drawn_on), it->hit.sex, tmp);
		return tmp->s;
	case 3:
		return *it->hit.phone ? it->hit.phone : "-";
	case 4:
		sbuf_addf(tmp, "%s %s", strlen(it->day) > 5 ? it->day + 5 : it->day, it->recorded);
		return tmp->s;
	default:
		return *it->answer ? it->answer_words : "";
	}
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct verify_item *it = &((const struct verify_list *)ctx)->v[row];

	(void)col;
	if (!*it->answer || *it->answer == '5')
		return FACE_NORMAL;
	return *it->answer == '1' ? FACE_DONE : FACE_DANGER;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct verify_rows *r = rows;
	int64_t draw;

	if (!verify_newest(b->app, &draw, err))
		return false;
	return !draw || (verify_read(b->app, draw, mem, &r->list, err) &&
		verify_rates(b->app, draw, mem, &r->rates, &r->n_rates, err));
}

static const struct verify_rows *rows_of(const struct list_base *b)
{
	return b->rows;
}

/* ---- drawing -------------------------------------------------------------------------------------------------------------- */

static void rate_words(const struct verify_rows *st, struct sbuf *out)
{
	for (size_t i = 0; i < st->n_rates; i++) {
		const struct verify_rate *r = &st->rates[i];

		sbuf_addf(out, "%s%s ", i ? "   " : "", r->doctor);
		if (r->rate < 0)
			sbuf_addf(out, "%d/%d", (int)r->asked, (int)r->drawn);
		else
			sbuf_addf(out, _("true %d.%02d%% of %d"), (int)(r->rate / 100), (int)(r->rate % 100), (int)r->answered);
	}
}

static void draw_foot(const struct list_base *b, struct canvas *cv, struct rect r)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct verify_item *it;
	size_t row;

	if (!table_selected(&b->table, &row))
		return;
	it = &rows_of(b)->list.v[row];
	status_rule(cv, r.y);
	canvas_textf(cv, r.y + 1, r.x + 1, r.w - 2, FACE_HEAD, "%s  %s", it->hit.name, *it->hit.phone ? it->hit.phone : "-");
	for (size_t i = 0; i < verify_question_count; i++)
		sbuf_addf(&text, "%s%s", i ? "  " : "", term_text(&verify_questions[i]));
	canvas_wrap(cv, (struct rect){ r.y + 2, r.x + 1, 2, r.w - 2 }, FACE_NORMAL, text.s);
	sbuf_clear(&text);
	for (size_t i = 0; i < verify_answer_count; i++)
		sbuf_addf(&text, "%s%s%s", i ? " " : "", verify_answers[i].code, term_text(&verify_answers[i].term));
	canvas_text(cv, r.y + 4, r.x + 1, r.w - 2, FACE_HINT, text.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct verify_rows *rows = rows_of(state);
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf right = SBUF_INIT, rates = SBUF_INIT;

	if (rows->list.draw)
		sbuf_addf(&right, _("seed %lld, drawn %s"), (long long)rows->list.seed, rows->list.drawn_on);
	status_header(ui, cv, _("Telephone verification"), right.s);
	rate_words(rows, &rates);
	canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_HINT, rates.s ? rates.s : "");
	list_base_draw(state, ui, cv);
	draw_foot(state, cv, (struct rect){ r.y + r.h - FOOT, r.x, FOOT, r.w });
}

/* ---- commands -------------------------------------------------------------------------------------------------------------- */

/* An answer is no record: the line keeps what stood there before. */
static void saved(struct ui *ui, const struct verify_before *before, const char *name, size_t answer)
{
	struct session *s = session_of(ui);
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	struct err err;

	session_forget_last(s);
	s->last.answer = *before;
	sbuf_addf(&what, _("telephone check: %s, %s"), name, term_text(&verify_answers[answer].term));
	snprintf(s->last.what, sizeof s->last.what, "%.*s", (int)utf8_fit(what.s, 60), what.s);
	if (!session_count(s, &err))
		ui_fail(ui, &err);
	ui_changed(ui, TOPIC_RESIDENT | TOPIC_SYNC);
}

static unsigned note(struct list_base *b, struct ui *ui, size_t answer)
{
	struct verify_before before;
	const struct verify_item *it;
	size_t row;
	struct err err;

	if (!table_selected(&b->table, &row) || answer >= verify_answer_count)
		return UI_HANDLED;
	it = &rows_of(b)->list.v[row];
	if (!verify_answer(b->app, it->id, verify_answers[answer].code, NULL, &before, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	saved(ui, &before, it->hit.name, answer);
	table_command(&b->table, CMD_DOWN);
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

static bool is_count(const char *text, struct err *err)
{
	long n = strtol(text, NULL, 10);

	if (n >= 1 && n <= 200 && strspn(text, "0123456789") == strlen(text))
		return true;
	err_set(err, ERR_OUT_OF_RANGE, _("Draw between 1 and %d people a doctor."), 200);
	return err_example(err, "5");
}

static unsigned ask_draw(struct ui *ui)
{
	return prompt_ask(ui, TAG_DRAW, &(struct ask){ .question = _("How many people of each doctor are drawn?"), .text = "5",
		.max = 3, .check = is_count });
}

/* This quarter's services; the seed is the day, so that whoever draws on the same day draws the same. */
static unsigned draw_people(struct list_base *b, struct ui *ui, const char *count)
{
	int32_t today = app_today(b->app);
	int month = date_from_day(today).month;
	struct date first = { date_year(today), (month - 1) / 3 * 3 + 1, 1 };
	struct verify_request q = { .seed = today, .from = date_day_number(&first), .until = today,
		.per_doctor = (int)strtol(count, NULL, 10) };
	int64_t made;
	struct err err;

	if (!verify_draw(b->app, &q, &made, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

static unsigned print_list(struct list_base *b, struct ui *ui, const char *typed)
{
	AUTO_REPORT struct report *rep = verify_report(b->app, &rows_of(b)->list);
	struct err err;

	return print_report(ui, rep, typed, &err);
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	return tag == TAG_DRAW ? draw_people(state, ui, a->text) : print_list(state, ui, a->text);
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	if (cmd == CMD_NEW)
		return ask_draw(ui);
	if (cmd == CMD_PRINT && rows_of(b)->list.draw)
		return print_ask_path(ui, TAG_PRINT, _("Write the list to"), "verify");
	return cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9 ? note(b, ui, (size_t)(cmd - CMD_ROW_1)) : 0;
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", rows_of(b)->list.v[row].hit.id);
	return person_open(ui, id);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.flags = TABLE_NO_NUMBERS, .empty = N_("Nobody was drawn yet. F4 draws people who had a service this quarter."),
		.rows_size = sizeof(struct verify_rows), .above = 1, .below = FOOT, .read = read, .enter = enter,
		.command = command };

	(void)arg;
	(void)err;
	return list_base_open(state, ui, &list);
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("draw"), FOCUS_LIST },
	{ "F9", CMD_PRINT, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen verify_screen = {
	.name = "verify",
	.title = N_("Telephone verification"),
	.state_size = sizeof(struct list_base),
	.topics = TOPIC_RESIDENT,
	.keys = keys,
	.open = open,
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
