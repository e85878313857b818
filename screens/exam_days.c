/* Examination days, the newest first: Enter opens one, F4 plans the next. */
#include "app/base/i18n.h"
#include "app/service/exam_days.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"

struct days {
	struct app *app;
	const char **ids;
	struct exam_day *v;
	size_t n;
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

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct days *d = rows;

	d->app = b->app;
	if (!exam_days_read(b->app, 0, mem, &d->ids, &d->n, err))
		return false;
	d->v = arena_alloc(mem, (d->n + 1) * sizeof *d->v);
	for (size_t i = 0; i < d->n; i++)
		if (!exam_day_read(b->app, d->ids[i], mem, &d->v[i], err))
			return false;
	return true;
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", ((const struct days *)b->rows)->ids[row]);
	return ui_show(ui, &exam_day_screen, &(struct open_arg){ .record = id });
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (cmd == CMD_NEW)
		return ui_show(ui, screen_of_kind(KIND_EXAM_DAY), NULL);
	if (cmd != CMD_EDIT)
		return 0;
	if (!table_selected(&b->table, &row))
		return UI_HANDLED;
	snprintf(id, sizeof id, "%s", ((const struct days *)b->rows)->ids[row]);
	return record_open(ui, KIND_EXAM_DAY, id, true);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.empty = N_("No examination day yet. F4 plans the first one."), .rows_size = sizeof(struct days), .read = read,
		.enter = enter, .command = command };

	(void)arg;
	(void)err;
	return list_base_open(state, ui, &list);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	screen_header(ui, cv, _(ui_screen(ui)->title), NULL);
	list_base_draw(state, ui, cv);
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("new"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen exam_days_screen = {
	.name = "exam-days", .title = N_("Examination days"), .state_size = sizeof(struct list_base), .topics = TOPIC_VISIT,
	.keys = keys, .open = open, .draw = draw, LIST_BASE_MEMBERS,
};
