/* 门诊日志: the visits of a month, the columns that a look needs; all columns are in the workbook (F9).  Left and right turn
 * the month, Y asks for another time, Enter opens the visit. */
#include "app/base/i18n.h"
#include "app/clinic/period.h"
#include "app/service/log.h"
#include "app/service/reports.h"
#include "screens/kit/prompt.h"
#include "screens/kit/table.h"
#include "screens/print.h"
#include "screens/screens.h"

enum { TAG_PERIOD = 1, TAG_PATH };

struct log_screen {
	struct arena mem;
	struct log log;
	struct table table;
	char period[PERIOD_LEN];
};

/* ---- the table ---------------------------------------------------------------------------------------------------- */

static const struct column columns[] = {
	{ .head = N_("Came at"), .min = 11 },
	{ .head = N_("Name"), .min = 8, .weight = 1 },
	{ .head = N_("Sex"), .min = 6 },
	{ .head = N_("Age"), .min = 6 },
	{ .head = N_("Complaint"), .min = 9, .weight = 2, .drop = 1 },
	{ .head = N_("Diagnosis"), .min = 17, .weight = 3 },
	{ .head = N_("BP"), .min = 7, .drop = 2 },
	{ .head = N_("Reported"), .min = 8 },
};
static const enum log_column shown[] = { LOG_WHEN, LOG_NAME, LOG_SEX, LOG_AGE, LOG_COMPLAINT, LOG_DIAGNOSIS, LOG_BP, LOG_REPORTED };

static size_t count(const void *ctx)
{
	return ((const struct log_screen *)ctx)->log.n;
}

static int64_t id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

/* The month stands above: of the date the day and the time are enough. */
static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const char *text = ((const struct log_screen *)ctx)->log.rows[row].cell[shown[col]];

	(void)tmp;
	return shown[col] == LOG_WHEN && strlen(text) > 5 ? text + 5 : text;
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	const struct log_row *r = &((const struct log_screen *)ctx)->log.rows[row];

	return shown[col] == LOG_REPORTED && *r->cell[LOG_REPORTED] ? FACE_WARN : FACE_NORMAL;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face };

/* ---- the screen --------------------------------------------------------------------------------------------------- */

static bool log_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct log_screen *st = state;
	char today[DATE_LEN];

	(void)arg;
	(void)err;
	snprintf(st->period, sizeof st->period, "%.7s", date_iso(app_today(app_of(ui)), today));
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st, 0);
	st->table.empty = N_("No visit in this time.");
	return true;
}

static bool log_load(struct ui *ui, void *state, struct err *err)
{
	struct log_screen *st = state;

	arena_clear(&st->mem);
	if (!log_read(app_of(ui), st->period, &st->mem, &st->log, err))
		return false;
	table_reload(&st->table);
	return true;
}

static void log_close(struct ui *ui, void *state)
{
	struct log_screen *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
}

static void log_layout(struct ui *ui, void *state)
{
	table_layout(&((struct log_screen *)state)->table, ui_body(ui));
}

static void log_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct log_screen *st = state;
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, ngettext("Outpatient log  %s  %zu visit", "Outpatient log  %s  %zu visits", (unsigned long)st->log.n),
		st->period, st->log.n);
	screen_header(ui, cv, left.s, NULL);
	table_draw(&st->table, cv, ui_body(ui), true);
}

static unsigned log_focus(const void *state)
{
	return table_focus(&((const struct log_screen *)state)->table);
}

/* ---- doing -------------------------------------------------------------------------------------------------------- */

static unsigned show_period(struct ui *ui, struct log_screen *st, const char *typed)
{
	char before[PERIOD_LEN];
	struct err err;

	snprintf(before, sizeof before, "%s", st->period);
	snprintf(st->period, sizeof st->period, "%s", typed);
	if (!log_load(ui, st, &err)) {
		ui_fail(ui, &err);
		snprintf(st->period, sizeof st->period, "%s", before);
		if (!log_load(ui, st, &err))
			ui_fail(ui, &err);
	}
	return UI_HANDLED | UI_REDRAW;
}

static unsigned turn(struct ui *ui, struct log_screen *st, int by)
{
	const int first = reports_first_day(app_of(ui));
	char iso[DATE_LEN];
	struct period p;
	struct err err;

	if (period_parse(st->period, first, &p, &err)) {
		period_move(&p, by, first);
		return show_period(ui, st, p.text);
	}
	return show_period(ui, st, date_iso(date_day(st->period) + by, iso)); /* a single day */
}

static unsigned ask_period(struct ui *ui, const struct log_screen *st)
{
	return prompt_ask(ui, TAG_PERIOD, &(struct ask){ .question = _("Which time? For example 2026-11, 2026-11-22, 2026-Q4"),
		.text = st->period, .kind = EDIT_TEXT, .max = PERIOD_LEN - 1 });
}

static unsigned ask_path(struct ui *ui, const struct log_screen *st)
{
	return print_ask_path(ui, TAG_PATH, _("The log with all columns: write it to"), "log-%s", st->period);
}

static unsigned write_workbook(struct ui *ui, const struct log_screen *st, const char *typed)
{
	struct err err;
	AUTO_REPORT struct report *rep = log_report(app_of(ui), st->period, &err);

	return print_report(ui, rep, typed, &err);
}

static unsigned after(struct ui *ui, const struct log_screen *st, enum table_result r)
{
	size_t row;

	if (r == TABLE_OPENED && table_selected(&st->table, &row))
		return record_open(ui, KIND_VISIT, st->log.rows[row].id, false);
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned log_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct log_screen *st = state;
	unsigned out = after(ui, st, table_command(&st->table, cmd));

	if (out)
		return out;
	switch ((int)cmd) {
	case CMD_LEFT:
		return turn(ui, st, -1);
	case CMD_RIGHT:
		return turn(ui, st, 1);
	case CMD_DATE:
		return ask_period(ui, st);
	case CMD_PRINT:
		return ask_path(ui, st);
	default:
		return 0;
	}
}

static unsigned log_answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct log_screen *st = state;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	return tag == TAG_PERIOD ? show_period(ui, st, a->text) : write_workbook(ui, st, a->text);
}

static unsigned log_key(struct ui *ui, void *state, struct key key)
{
	struct log_screen *st = state;

	return after(ui, st, table_key(&st->table, key));
}

static unsigned log_click(struct ui *ui, void *state, int y, int x)
{
	struct log_screen *st = state;

	return after(ui, st, table_click(&st->table, ui_body(ui), y, x));
}

static const struct binding keys[] = {
	{ "F9", CMD_PRINT, N_("workbook"), 0 },
	{ "y", CMD_DATE, NULL, FOCUS_LIST },
	{ "Left", CMD_LEFT, N_("month before"), FOCUS_LIST },
	{ "Right", CMD_RIGHT, N_("month after"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen log_screen = {
	.name = "log",
	.title = N_("Outpatient log"),
	.state_size = sizeof(struct log_screen),
	.topics = TOPIC_VISIT | TOPIC_RESIDENT,
	.keys = keys,
	.open = log_open,
	.load = log_load,
	.layout = log_layout,
	.draw = log_draw,
	.focus = log_focus,
	.command = log_command,
	.key = log_key,
	.click = log_click,
	.answer = log_answer,
	.close = log_close,
};
