/* 候诊: today's queue by its numbers; what earlier days left unfinished stands first, to be finished or cancelled.  Enter
 * begins and opens the visit; F4 takes somebody in, by the file or by the name alone; M joins a name to its file. */
#include "app/base/i18n.h"
#include "app/service/visits.h"
#include "screens/kit/prompt.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_HOW = 1, TAG_PERSON, TAG_NAME, TAG_JOIN, TAG_CANCEL, TAG_SLIPS, SLIPS = 8, NUMBERS_MAX = 5000 };

struct queue_screen {
	const struct app *app;
	struct arena mem;
	struct queue q;
	struct table table;
	char id[RECORD_ID_MAX + 1]; /* the visit a popup is about */
	bool filled;
	int64_t chosen;             /* row to be chosen when the list is read next; 0 = none */
};

/* ---- the table ---------------------------------------------------------------------------------------------------- */

static const struct column columns[] = {
	{ .head = N_("Queue no."), .min = 9, .right = true },
	{ .head = N_("Came at"), .min = 7, .drop = 2 },
	{ .head = N_("Name"), .min = 13, .weight = 1 },
	{ .head = N_("Age"), .min = 6 },
	{ .head = N_("Visit"), .min = 6, .drop = 1 },
	{ .head = N_("State"), .min = 11 },
	{ .head = N_("Complaint"), .min = 10, .weight = 3 },
};

static const struct queue_row *row_at(const void *ctx, size_t row)
{
	return &((const struct queue_screen *)ctx)->q.rows[row];
}

static bool is_left(const struct queue_screen *st, size_t row)
{
	return row < st->q.n_left;
}

static size_t count(const void *ctx)
{
	return ((const struct queue_screen *)ctx)->q.n;
}

/* The number of a visit never changes; neither does that of an earlier day. */
static int64_t number_id(const char *day, int no)
{
	return (int64_t)date_day(day) * 10000 + no;
}

static int64_t id(const void *ctx, size_t row)
{
	const struct queue_row *r = row_at(ctx, row);

	/* those that came without the queue have no number: told apart by their place */
	return number_id(r->day, r->no ? r->no : NUMBERS_MAX + (int)row);
}

static const char *word_of(const char *key, const char *code)
{
	const struct field *f = form_field(kind_by_id(KIND_VISIT)->form, key);
	const struct code *c = *code ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct queue_row *r = row_at(ctx, row);

	switch (col) {
	case 0:
		if (is_left(ctx, row))
			sbuf_addf(tmp, "%s ", r->day + 5);
		if (r->no) /* a visit that came without the queue has none */
			sbuf_addf(tmp, "%d", r->no);
		return tmp->s;
	case 1:
		return r->time;
	case 2:
		sbuf_adds(tmp, r->name);
		if (!*r->resident)
			sbuf_adds(tmp, _(" (no file)"));
		return tmp->s;
	case 3:
		age_sex_words(r->age, r->born, app_today(((const struct queue_screen *)ctx)->app), r->sex, tmp);
		return tmp->s;
	case 4:
		return word_of("first_or_repeat", r->first);
	case 5:
		return r->undiagnosed && !strcmp(r->status, "in_progress") ? _("undiagnosed") : word_of("status", r->status);
	default:
		return r->complaint;
	}
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	const struct queue_row *r = row_at(ctx, row);

	(void)col;
	if (is_left(ctx, row))
		return FACE_DUE;
	if (!strcmp(r->status, "in_progress"))
		return FACE_HEAD;
	return !strcmp(r->status, "registered") ? FACE_NORMAL : FACE_DIM;
}

static const char *mark(const void *ctx, size_t row)
{
	return is_left(ctx, row) ? "!" : !strcmp(row_at(ctx, row)->status, "in_progress") ? "▶" : NULL;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face, .mark = mark };

/* ---- the screen --------------------------------------------------------------------------------------------------- */

static bool queue_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct queue_screen *st = state;

	(void)arg;
	(void)err;
	st->app = app_of(ui);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st, 0);
	st->table.empty = N_("Nobody has come yet. F4 takes somebody in.");
	return true;
}

/* The list begins at who comes next, not at who was seen first today. */
static int64_t who_is_next(const struct queue_screen *st)
{
	for (size_t i = 0; i < st->q.n; i++)
		if (!strcmp(st->q.rows[i].status, "registered") || !strcmp(st->q.rows[i].status, "in_progress"))
			return id(st, i);
	return 0;
}

static bool queue_load(struct ui *ui, void *state, struct err *err)
{
	struct queue_screen *st = state;

	arena_clear(&st->mem);
	if (!queue_read(app_of(ui), app_today(app_of(ui)), &st->mem, &st->q, err))
		return false;
	table_reload(&st->table);
	if (!st->filled)
		st->chosen = who_is_next(st);
	if (st->chosen)
		table_select(&st->table, st->chosen);
	st->chosen = 0;
	st->filled = true;
	return true;
}

static void queue_close(struct ui *ui, void *state)
{
	struct queue_screen *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
}

static struct rect area(const struct ui *ui)
{
	struct rect r = ui_body(ui);

	r.y += 1;
	r.h -= 1;
	return r;
}

static void queue_layout(struct ui *ui, void *state)
{
	table_layout(&((struct queue_screen *)state)->table, area(ui));
}

static void queue_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct queue_screen *st = state;
	struct rect r = ui_body(ui);
	int x = 1;

	screen_header(ui, cv, _("Queue"), NULL);
	x += canvas_textf(cv, r.y, x, cv->w - 2, FACE_HEAD, _("waiting %zu  seen now %zu  done %zu"), st->q.waiting, st->q.seen,
		st->q.done);
	if (st->q.n_left)
		canvas_textf(cv, r.y, x + 2, cv->w - x - 3, FACE_DUE, ngettext(
			"!%zu visit of earlier days is unfinished: F2 done, Delete cancelled",
			"!%zu visits of earlier days are unfinished: F2 done, Delete cancelled", (unsigned long)st->q.n_left),
			st->q.n_left);
	table_draw(&st->table, cv, area(ui), true);
}

static unsigned queue_focus(const void *state)
{
	return table_focus(&((const struct queue_screen *)state)->table);
}

/* ---- doing -------------------------------------------------------------------------------------------------------- */

static unsigned saved(struct ui *ui, bool ok, const struct save_result *r, const struct err *err)
{
	if (!ok) {
		ui_fail(ui, err);
		return UI_HANDLED | UI_REDRAW;
	}
	session_saved(ui, KIND_VISIT, r->rec);
	ui_say(ui, FACE_DONE, _("No. %lld: %s"), (long long)record_num(r->rec, "queue_no", 0),
		word_of("status", record_text(r->rec, "status")));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned to_status(struct ui *ui, const char *visit, const char *status)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct save_result r;
	struct err err;
	bool ok = queue_step(app_of(ui), visit, status, &mem, &r, &err);

	return saved(ui, ok, &r, &err);
}

static unsigned ask_how(struct ui *ui)
{
	const char *const options[] = { _("Somebody on file"), _("The name alone, written up later") };

	return prompt_choose(ui, TAG_HOW, &(struct choose){ .question = _("Who comes?"), .options = options,
		.n_options = N_ELEMENTS(options) });
}

static unsigned pick_person(struct ui *ui, int tag)
{
	struct err err;

	if (!ui_ask(ui, tag, &person_screen, NULL, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned after(struct ui *ui, struct queue_screen *st, enum table_result r)
{
	size_t row;

	char visit[RECORD_ID_MAX + 1];

	if (r == TABLE_OPENED && table_selected(&st->table, &row)) {
		snprintf(visit, sizeof visit, "%s", st->q.rows[row].id); /* saving reads the list anew */
		return visit_begin(ui, visit);
	}
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned of_row(struct ui *ui, struct queue_screen *st, const struct queue_row *row, enum cmd cmd)
{
	snprintf(st->id, sizeof st->id, "%s", row->id);
	switch ((int)cmd) {
	case CMD_SAVE:
		return to_status(ui, st->id, "finished");
	case CMD_VOID:
		return prompt_confirm(ui, TAG_CANCEL, &(struct confirm){ .question = _("Cancel this visit?"),
			.yes = _("Cancelled"), .careful = true });
	case CMD_MOVE:
		if (!*row->resident)
			return pick_person(ui, TAG_JOIN);
		return record_open(ui, KIND_VISIT, st->id, false); /* M there moves it with its reason */
	default:
		return *row->resident ? person_command(ui, row->resident, cmd) : 0;
	}
}

static unsigned queue_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct queue_screen *st = state;
	unsigned out = after(ui, st, table_command(&st->table, cmd));
	size_t row;

	if (out)
		return out;
	if (cmd == CMD_NEW)
		return ask_how(ui);
	if (cmd == CMD_PRINT)
		return print_ask_path(ui, TAG_SLIPS, _("Numbered slips to write by hand: write them to"), "slips");
	return table_selected(&st->table, &row) ? of_row(ui, st, &st->q.rows[row], cmd) : 0;
}

static unsigned take_in(struct ui *ui, struct queue_screen *st, const struct registration *who)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct save_result r;
	struct err err;
	bool ok = queue_register(app_of(ui), who, &mem, &r, &err);

	if (ok)
		st->chosen = number_id(record_text(r.rec, "date"), (int)record_num(r.rec, "queue_no", 0));
	return saved(ui, ok, &r, &err);
}

static unsigned write_slips(struct ui *ui, const char *typed)
{
	struct err err;
	AUTO_REPORT struct report *rep = queue_slips(app_of(ui), SLIPS, &err);

	return print_report(ui, rep, typed, &err);
}

static unsigned join(struct ui *ui, struct queue_screen *st, const char *resident)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct save_result r;
	struct err err;
	bool ok = queue_join(app_of(ui), st->id, resident, &mem, &r, &err);

	return saved(ui, ok, &r, &err);
}

static unsigned queue_answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct queue_screen *st = state;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	switch (tag) {
	case TAG_HOW:
		if (!a->choice)
			return pick_person(ui, TAG_PERSON);
		return prompt_ask(ui, TAG_NAME, &(struct ask){ .question = _("The name:"), .kind = EDIT_TEXT, .max = 50 });
	case TAG_PERSON:
		return take_in(ui, st, &(struct registration){ .resident = a->text, .age = -1 });
	case TAG_NAME:
		return take_in(ui, st, &(struct registration){ .name = a->text, .age = -1 });
	case TAG_JOIN:
		return join(ui, st, a->text);
	case TAG_CANCEL:
		return to_status(ui, st->id, "cancelled");
	case TAG_SLIPS:
		return write_slips(ui, a->text);
	default:
		return 0;
	}
}

static unsigned queue_key(struct ui *ui, void *state, struct key key)
{
	struct queue_screen *st = state;

	return after(ui, st, table_key(&st->table, key));
}

static unsigned queue_click(struct ui *ui, void *state, int y, int x)
{
	struct queue_screen *st = state;

	return after(ui, st, table_click(&st->table, area(ui), y, x));
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("see"), FOCUS_LIST },
	{ "F2", CMD_SAVE, N_("done"), 0 },
	{ "F4", CMD_NEW, N_("register"), 0 },
	{ "F9", CMD_PRINT, N_("slips"), 0 },
	{ "Delete", CMD_VOID, N_("call off"), FOCUS_LIST },
	{ "m", CMD_MOVE, N_("whose file"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen queue_screen = {
	.name = "queue",
	.title = N_("Queue"),
	.state_size = sizeof(struct queue_screen),
	.topics = TOPIC_VISIT | TOPIC_RESIDENT,
	.keys = keys,
	.open = queue_open,
	.load = queue_load,
	.layout = queue_layout,
	.draw = queue_draw,
	.focus = queue_focus,
	.command = queue_command,
	.key = queue_key,
	.click = queue_click,
	.answer = queue_answer,
	.close = queue_close,
};
