/* The month's figures before they go out: every indicator with its numerator and denominator, the rates as bars, the
 * people behind each figure, the workbook. */
#include <limits.h>

#include "app/base/path.h"
#include "app/service/reports.h"
#include "screens/kit/chart.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/print.h"
#include "screens/report_people.h"

enum { TAG_PATH = 1, TAG_PERIOD, TAG_FREEZE };

struct reports_screen {
	struct list_base b; /* rows: struct shown */
	struct period period;
	bool lists;         /* with the people behind each figure: it takes longer */
	int64_t copy;       /* the number of the frozen report whose figures are shown; 0: those of today */
};

struct shown {
	struct report_result result;
	bool copy; /* the figures as they were handed in */
};

static struct report_result *result_of(const struct reports_screen *st)
{
	return &((struct shown *)st->b.rows)->result;
}

static const struct column columns[] = {
	{ N_("Code"), 5, 0, false, 0 },
	{ N_("Indicator"), 20, 3, false, 0 },
	{ N_("Count"), 8, 0, true, 1 },
	{ N_("Of"), 8, 0, true, 1 },
	{ "%", 9, 0, true, 0 },
};
enum { COL_CODE, COL_NAME, COL_NUM, COL_DEN, COL_PERCENT };

/* ---- the table ----------------------------------------------------------------------------------------------------------- */

static size_t row_count(const void *ctx)
{
	return ((const struct shown *)ctx)->result.n_indicators;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

#define CHANGED "△"

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct shown *s = ctx;
	const struct indicator_result *r = &s->result.indicators[row];
	const struct report_figure f = s->copy ? r->frozen : indicator_now(r);
	bool count = r->ind->kind == INDICATOR_COUNT, none = s->copy && r->is_new;
	char percent[32];

	switch (col) {
	case COL_CODE:
		return r->ind->code;
	case COL_NAME:
		return term_text(&r->ind->name);
	case COL_NUM:
		if (none) /* TRANSLATORS: an indicator that the report handed in did not have yet */
			return _("added");
		sbuf_addf(tmp, "%s%lld", r->differs ? CHANGED : "", (long long)f.num);
		return tmp->s;
	case COL_DEN:
		if (!count && !none && f.has_den)
			sbuf_addf(tmp, "%lld%s", (long long)f.den, r->source == DEN_FALLBACK ? "*" : "");
		else if (!count && !none)
			sbuf_adds(tmp, _("not set"));
		return tmp->s;
	default:
		if (!count && !none)
			sbuf_addf(tmp, "%s%s", f.has_den ? percent_text(f.num, f.den, percent, sizeof percent) : "-",
				f.has_den && f.num > f.den ? "!" : "");
		return tmp->s;
	}
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct shown *s = ctx;
	const struct indicator_result *r = &s->result.indicators[row];

	if (col == COL_PERCENT && r->over)
		return FACE_DANGER;
	if (col == COL_NUM && r->differs)
		return FACE_DUE;
	return col == COL_DEN && (r->source == DEN_MISSING || r->source == DEN_FALLBACK) ? FACE_DUE : FACE_NORMAL;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	const struct reports_screen *st = (const struct reports_screen *)(const void *)b;
	const struct report_options o = { .figures_only = !st->lists, .frozen = st->copy };
	struct shown *s = rows;

	(void)mem; /* a result has memory of its own */
	s->copy = st->copy != 0;
	return reports_build(b->app, st->period.text, &o, &s->result, err);
}

static void release(void *rows)
{
	report_result_release(&((struct shown *)rows)->result);
}

/* What the screen shows next; when it cannot be made, what it showed stays. */
static bool build(struct reports_screen *st, struct ui *ui, bool lists, struct err *err)
{
	bool ok;

	st->lists = lists;
	ok = list_base_load(ui, st, err);
	st->lists = false;
	return ok;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------- */

static void draw_chart(const struct report_result *result, struct canvas *cv, struct rect r)
{
	struct bar bars[REPORT_INDICATORS_MAX];
	char text[REPORT_INDICATORS_MAX][32];
	size_t n = 0;

	for (size_t i = 0; i < result->n_indicators; i++) {
		const struct indicator_result *x = &result->indicators[i];

		if (!x->has_percent)
			continue;
		snprintf(text[n], sizeof text[n], "%lld.%02lld%%", (long long)(x->percent / 100), (long long)(x->percent % 100));
		bars[n] = (struct bar){ .label = x->ind->code, .value = x->percent < 10000 ? x->percent : 10000, .of = 10000,
			.text = text[n], .face = x->over ? FACE_DANGER : FACE_CHART };
		n++;
	}
	if (n && r.h > 2)
		chart_bars(cv, r, bars, n);
}

static const char *change_words(const struct report_result *res)
{
	if (res->frozen.damaged)
		return _(", damaged");
	if (res->figures_differ)
		return _(", changed since");
	if (res->only_more)
		return _(", more counted now");
	return res->differs ? _(", same figures") : ""; /* the lists or the indicators are others */
}

static void draw_frozen(const struct report_result *res, struct canvas *cv, struct rect r)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char iso[DATE_LEN];

	if (!res->frozen.number)
		return;
	sbuf_addf(&text, _("handed in %s no. %lld%s"), date_iso(clock_day_of(res->frozen.made_at, NULL), iso),
		(long long)res->frozen.number, change_words(res));
	canvas_right(cv, r.y, r.x, r.w - 1, res->frozen.damaged || res->figures_differ ? FACE_DUE : FACE_DONE, text.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct reports_screen *st = state;
	const struct report_result *result = result_of(st);
	struct rect r = ui_body(ui), t = list_base_area(&st->b, ui);
	char title[PERIOD_TITLE], from[DATE_LEN], to[DATE_LEN];
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, "%s  %s", _("Reports"), period_title(&result->period, title));
	status_header(ui, cv, left.s, NULL);
	if (st->copy)
		canvas_text(cv, r.y, r.x + 1, r.w - 42, FACE_DUE, _("As handed in"));
	else
		canvas_textf(cv, r.y, r.x + 1, r.w - (result->frozen.number ? 32 : 2), FACE_HINT,
			_("%s to %s; indicators count from 1 January"), date_iso(result->period.from, from),
			date_iso(result->period.to, to));
	draw_frozen(result, cv, r);
	list_base_draw(&st->b, ui, cv);
	if (!st->copy && r.y + r.h > t.y + t.h + 1) {
		canvas_rule(cv, t.y + t.h, r.x, r.w, FACE_LINE);
		draw_chart(result, cv, (struct rect){ t.y + t.h + 1, r.x + 1, r.y + r.h - t.y - t.h - 1, r.w - 2 });
	}
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct reports_screen *st = state;
	const struct report_result *res = result_of(st);

	(void)ui;
	(void)face;
	if (res->figures_differ)
		/* TRANSLATORS: the sign before a figure that is another one now */
		sbuf_addf(tmp, _("%s has changed since  "), CHANGED);
	if (st->copy)
		sbuf_adds(tmp, _("L an earlier one, then today's figures again  < > month"));
	else if (res->frozen.number)
		sbuf_adds(tmp, _("L as handed in  < > month  Y choose  Enter the people  G population"));
	else
		sbuf_adds(tmp,
			_("< > month  Y choose  Enter the people  G population  X or F9 the workbook"));
	return tmp->s;
}

/* ---- what was handed in -------------------------------------------------------------------------------------------------- */

static bool show_copy(struct reports_screen *st, struct ui *ui, int64_t number)
{
	const int64_t was = st->copy;
	struct err err;

	st->copy = number;
	if (build(st, ui, false, &err))
		return true;
	st->copy = was;
	ui_fail(ui, &err);
	return false;
}

/* The newest, each earlier one, today's figures again; a damaged one is named and passed over. */
static unsigned next_copy(struct reports_screen *st, struct ui *ui)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct report_frozen *copies;
	struct err err;
	size_t n;

	if (!reports_frozen_list(st->b.app, st->period.text, &mem, &copies, &n, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	if (!n) {
		ui_say(ui, FACE_HINT, _("The report of %s was not handed in yet: F2 keeps it as it is."), st->period.text);
		return UI_HANDLED | UI_REDRAW;
	}
	for (size_t i = 0; i < n; i++)
		if ((!st->copy || copies[i].number < st->copy) && show_copy(st, ui, copies[i].number))
			return UI_HANDLED | UI_REDRAW;
	if (st->copy)
		show_copy(st, ui, 0);
	return UI_HANDLED | UI_REDRAW;
}

/* The workbook, the people and what is kept are of today's count. */
static bool is_copy(const struct reports_screen *st, struct ui *ui)
{
	if (st->copy)
		ui_say(ui, FACE_DUE, _("These are the figures that were handed in: L goes back to today's first."));
	return st->copy != 0;
}

/* ---- the workbook -------------------------------------------------------------------------------------------------------- */

static unsigned ask_path(struct reports_screen *st, struct ui *ui)
{
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	sbuf_addf(&question, _("Write the workbook of %s to:"), st->period.text);
	return print_ask_path(ui, TAG_PATH, question.s, "%s", st->period.text);
}

static unsigned write_workbook(struct reports_screen *st, struct ui *ui, const char *typed)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	char lists[PATH_MAX] = "";
	struct err err;

	print_path(typed, &path);
	if (!build(st, ui, true, &err) || !reports_xlsx(st->b.app, result_of(st), path.s, lists, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	if (*lists)
		ui_say(ui, FACE_DONE, _("Written: %s; the lists of people: %s"), path.s, lists);
	else
		ui_say(ui, FACE_DONE, _("Written: %s"), path.s);
	return UI_HANDLED | UI_REDRAW;
}

/* ---- periods ------------------------------------------------------------------------------------------------------------- */

static unsigned show_period(struct reports_screen *st, struct ui *ui, const struct period *p)
{
	const struct period was = st->period;
	const int64_t copy = st->copy;
	struct err err;

	st->period = *p;
	st->copy = 0;
	if (build(st, ui, false, &err))
		return UI_HANDLED | UI_REDRAW;
	st->period = was;
	st->copy = copy;
	ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned move_period(struct reports_screen *st, struct ui *ui, int by)
{
	struct period p = st->period;

	period_move(&p, by, reports_first_day(st->b.app));
	return show_period(st, ui, &p);
}

static bool is_period(const char *text, struct err *err)
{
	struct period p;

	return period_parse(text, 1, &p, err);
}

static unsigned ask_period(struct reports_screen *st, struct ui *ui)
{
	return prompt_ask(ui, TAG_PERIOD, &(struct ask){ .question = _("Which month, quarter or year? 2026-10, 2026-Q4, 2026"),
		.text = st->period.text, .kind = EDIT_TEXT, .max = 8, .check = is_period });
}

/* ---- handing in ------------------------------------------------------------------------------------------------------------ */

static unsigned ask_freeze(struct reports_screen *st, struct ui *ui)
{
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	sbuf_addf(&question, _("Keep the report of %s as it is handed in, with everybody behind each figure?"), st->period.text);
	return prompt_confirm(ui, TAG_FREEZE, &(struct confirm){ .question = question.s, .yes = _("Keep it"), .careful = true });
}

static unsigned freeze(struct reports_screen *st, struct ui *ui)
{
	struct err err;

	if (!build(st, ui, true, &err) || !reports_freeze(st->b.app, result_of(st), &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	ui_say(ui, FACE_DONE, _("Kept as no. %lld, hash %.16s"), (long long)result_of(st)->frozen.number,
		result_of(st)->frozen.hash);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct reports_screen *st = state;
	struct period p;
	struct err err;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_FREEZE)
		return freeze(st, ui);
	if (tag == TAG_PATH)
		return write_workbook(st, ui, a->text);
	if (!period_parse(a->text, reports_first_day(st->b.app), &p, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	return show_period(st, ui, &p);
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static unsigned show_people(struct list_base *b, struct ui *ui, size_t row)
{
	struct reports_screen *st = (struct reports_screen *)(void *)b;
	struct report_people_arg arg = { 0 };
	struct err err;

	if (is_copy(st, ui))
		return UI_HANDLED | UI_REDRAW;
	if (!result_of(st)->complete && !build(st, ui, true, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	arg.result = result_of(st);
	arg.indicator = arg.result->indicators[row].ind;
	return ui_show(ui, &report_people_screen, &arg);
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct reports_screen *st = (struct reports_screen *)(void *)b;

	switch ((int)cmd) {
	case CMD_LEFT:
		return move_period(st, ui, -1);
	case CMD_RIGHT:
		return move_period(st, ui, 1);
	case CMD_DATE:
		return ask_period(st, ui);
	case CMD_HISTORY:
		return next_copy(st, ui);
	case CMD_TREND:
		return ui_show(ui, &population_screen, NULL);
	case CMD_PRINT:
		return is_copy(st, ui) ? UI_HANDLED | UI_REDRAW : ask_path(st, ui);
	case CMD_SAVE:
		return is_copy(st, ui) ? UI_HANDLED | UI_REDRAW : ask_freeze(st, ui);
	default:
		return 0;
	}
}

static const struct list_table list = {
	.cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model, .rows_size = sizeof(struct shown), .above = 1,
	.fits = true, .read = read, .release = release, .enter = show_people, .command = command,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct reports_screen *st = state;
	struct app *app = app_of(ui);

	(void)arg;
	(void)err;
	period_last_month(app_today(app), reports_first_day(app), &st->period);
	return list_base_open(&st->b, ui, &list);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("hand in"), 0 },
	{ "F9", CMD_PRINT, N_("workbook"), 0 },
	{ "x", CMD_PRINT, "", FOCUS_LIST },
	{ "y", CMD_DATE, "", FOCUS_LIST },
	{ "l", CMD_HISTORY, N_("handed in"), FOCUS_LIST },
	{ "g", CMD_TREND, N_("population pyramid"), FOCUS_LIST },
	{ "Left", CMD_LEFT, "", FOCUS_LIST },
	{ "Right", CMD_RIGHT, "", FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen reports_screen = {
	.name = "reports",
	.title = N_("Reports"),
	.state_size = sizeof(struct reports_screen),
	.keys = keys,
	.open = open,
	.draw = draw,
	.hint = hint,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
