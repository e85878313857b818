/* Examination days, the newest first: Enter opens one, F4 plans the next. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/service/exam_days.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/screens.h"

struct days {
	struct app *app;
	const char **ids;
	struct exam_day *v;
	size_t n;
};

struct exam_days_state {
	struct app *app;
	struct arena mem;
	struct days *days;
	struct table table;
};

static const struct column columns[] = {
	{ N_("Date"), 11, 0, false, 0 },
	{ N_("Held at"), 16, 3, false, 0 },
	{ N_("Came"), 6, 0, true, 0 },
	{ N_("All done"), 8, 0, true, 1 },
	{ N_("Abnormal"), 8, 0, true, 2 },
	{ N_("Not given back"), 14, 0, true, 0 },
};
enum { COL_DATE, COL_PLACE, COL_CAME, COL_DONE, COL_ABNORMAL, COL_BACK };

static size_t row_count(const void *ctx)
{
	return ((const struct days *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	const struct days *d = ctx;

	return record_row(d->app, KIND_EXAM_DAY, d->ids[row]);
}

static size_t count_guests(const struct exam_day *day, bool back)
{
	size_t n = 0;

	for (size_t i = 0; i < day->n; i++)
		n += back ? day->guests[i].results && !day->guests[i].feedback : day->guests[i].abnormal > 0;
	return n;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct days *d = ctx;
	const struct exam_day *day = &d->v[row];

	switch (col) {
	case COL_DATE:
		return short_day(d->app, record_text(day->rec, "date"));
	case COL_PLACE:
		return record_text(day->rec, "place");
	case COL_CAME:
		sbuf_addf(tmp, "%zu", day->n);
		break;
	case COL_DONE:
		sbuf_addf(tmp, "%zu", day->done);
		break;
	default:
		sbuf_addf(tmp, "%zu", count_guests(day, col == COL_BACK));
	}
	return tmp->s;
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	return col == COL_BACK && count_guests(&((const struct days *)ctx)->v[row], true) ? FACE_DUE : FACE_NORMAL;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct exam_days_state *st = state;

	(void)arg;
	(void)err;
	st->app = app_of(ui);
	st->days = xcalloc(1, sizeof *st->days);
	st->days->app = st->app;
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st->days, 0);
	st->table.empty = N_("No examination day yet. F4 plans the first one.");
	return true;
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct exam_days_state *st = state;
	struct days *d = st->days;

	(void)ui;
	d->n = 0;
	arena_clear(&st->mem);
	if (!exam_days_read(st->app, 0, &st->mem, &d->ids, &d->n, err))
		return false;
	d->v = arena_alloc(&st->mem, (d->n + 1) * sizeof *d->v);
	for (size_t i = 0; i < d->n; i++)
		if (!exam_day_read(st->app, d->ids[i], &st->mem, &d->v[i], err))
			return false;
	table_reload(&st->table);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct exam_days_state *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
	free(st->days);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct exam_days_state *)state)->table, ui_body(ui));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	screen_header(ui, cv, _(ui_screen(ui)->title), NULL);
	table_draw(&((const struct exam_days_state *)state)->table, cv, ui_body(ui), true);
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct exam_days_state *)state)->table);
}

static unsigned open_day(struct exam_days_state *st, struct ui *ui, bool edit)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&st->table, &row))
		return UI_HANDLED;
	snprintf(id, sizeof id, "%s", st->days->ids[row]);
	if (edit)
		return record_open(ui, KIND_EXAM_DAY, id, true);
	return ui_show(ui, &exam_day_screen, &(struct open_arg){ .record = id });
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct exam_days_state *st = state;
	enum table_result r;

	if (cmd == CMD_NEW)
		return ui_show(ui, screen_of_kind(KIND_EXAM_DAY), NULL);
	if (cmd == CMD_EDIT)
		return open_day(st, ui, true);
	r = table_command(&st->table, cmd);
	return r == TABLE_OPENED ? open_day(st, ui, false) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct exam_days_state *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned click(struct ui *ui, void *state, int y, int x)
{
	struct exam_days_state *st = state;
	enum table_result r = table_click(&st->table, ui_body(ui), y, x);

	return r == TABLE_OPENED ? open_day(st, ui, false) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("new"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen exam_days_screen = {
	.name = "exam-days", .title = N_("Examination days"), .state_size = sizeof(struct exam_days_state),
	.topics = TOPIC_VISIT, .keys = keys, .open = open, .load = load, .layout = layout, .draw = draw, .focus = focus,
	.command = command, .key = key, .click = click, .close = close,
};
