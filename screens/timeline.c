#include "screens/timeline.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "screens/people.h"

enum { FIRST_READ = 60, READ_ON = 200 };

static const struct column columns[] = {
	{ .head = N_("Day"), .min = 10 },
	{ .head = N_("What"), .min = 30, .weight = 8 },
	{ .head = N_("By"), .min = 8, .weight = 1, .drop = 2 },
	{ .head = N_("County"), .min = 8, .drop = 1 },
};

static size_t count(const void *ctx)
{
	return ((const struct timeline *)ctx)->n;
}

/* Records have text ids; their place from the oldest on stays when newer ones come. */
static int64_t id(const void *ctx, size_t row)
{
	return ((const struct timeline *)ctx)->total - (int64_t)row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct timeline *t = ctx;
	const struct timeline_item *it = &t->v[row];

	switch (col) {
	case 0:
		return short_day(t->app, it->day);
	case 1:
		return it->summary;
	case 2:
		return *it->by || it->county != COUNTY_AT_COUNTY ? it->by : _("the county");
	default:
		sbuf_addf(tmp, "%s%s", county_sign(it->county), county_word(it->county));
		return tmp->s;
	}
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	return col == 3 ? county_face(((const struct timeline *)ctx)->v[row].county) : FACE_NORMAL;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face };

void timeline_init(struct timeline *t, struct app *app, unsigned flags)
{
	t->app = app;
	table_init(&t->table, columns, N_ELEMENTS(columns), &model, t, flags);
	t->table.empty = N_("No records yet.");
}

void timeline_release(struct timeline *t)
{
	table_release(&t->table);
	arena_release(&t->mem);
	free(t->v);
}

static bool read_on(struct timeline *t, size_t want, struct err *err)
{
	struct timeline_item *more;
	size_t n;

	if (!overview_timeline(t->app, t->resident, t->n, want, &t->mem, &more, &n, err))
		return false;
	t->v = xrealloc(t->v, t->n + n + 1, sizeof *t->v);
	if (n)
		memcpy(t->v + t->n, more, n * sizeof *more);
	t->n += n;
	return true;
}

bool timeline_load(struct timeline *t, int64_t resident, struct err *err)
{
	size_t want = t->n > FIRST_READ ? t->n : FIRST_READ;

	t->resident = resident;
	t->n = 0;
	arena_clear(&t->mem);
	if (!overview_timeline_total(t->app, resident, &t->total, err) || !read_on(t, want, err))
		return false;
	table_reload(&t->table);
	return true;
}

enum table_result timeline_command(struct timeline *t, enum cmd cmd)
{
	enum table_result r;
	struct err err;

	if ((cmd == CMD_FILTER || cmd == CMD_LAST) && (int64_t)t->n < t->total &&
		read_on(t, (size_t)(t->total - (int64_t)t->n), &err))
		table_reload(&t->table);
	r = table_command(&t->table, cmd);
	if (r == TABLE_MOVED && (int64_t)t->n < t->total && t->table.sel + t->table.page >= t->n && read_on(t, READ_ON, &err))
		table_reload(&t->table);
	return r;
}

const struct timeline_item *timeline_chosen(const struct timeline *t)
{
	size_t row;

	return table_selected(&t->table, &row) && row < t->n ? &t->v[row] : NULL;
}

void timeline_choose(struct timeline *t, const char *record)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->v[i].id, record))
			table_select(&t->table, id(t, i));
}

/* ---- the screen of its own ----------------------------------------------------------------------------------------------- */

struct timeline_view {
	struct timeline line;
	struct arena mem;
	char id[RECORD_ID_MAX + 1];
	const char *head;
};

static bool view_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct timeline_view *v = st;
	const struct open_arg *a = arg;
	const char *who = a && a->resident ? a->resident : session_of(ui)->person.id;

	timeline_init(&v->line, app_of(ui), 0);
	snprintf(v->id, sizeof v->id, "%s", who);
	return *v->id || err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
}

static bool view_load(struct ui *ui, void *st, struct err *err)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct timeline_view *v = st;
	int64_t row = record_row(app_of(ui), KIND_RESIDENT, v->id);
	struct search_hit hit;

	arena_clear(&v->mem);
	v->head = "";
	if (!search_hit_of(app_of(ui), row, &v->mem, &hit, err) || !timeline_load(&v->line, row, err))
		return false;
	person_head(app_of(ui), &hit, &head);
	v->head = arena_strdup(&v->mem, head.s);
	return true;
}

static void view_close(struct ui *ui, void *st)
{
	struct timeline_view *v = st;

	(void)ui;
	timeline_release(&v->line);
	arena_release(&v->mem);
}

static void view_layout(struct ui *ui, void *st)
{
	table_layout(&((struct timeline_view *)st)->line.table, ui_body(ui));
}

static void view_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct timeline_view *v = st;
	char left[300];

	snprintf(left, sizeof left, "%s  %s", _("Timeline"), v->head);
	screen_header(ui, cv, left, NULL);
	table_draw(&v->line.table, cv, ui_body(ui), true);
}

static unsigned view_focus(const void *st)
{
	return table_focus(&((const struct timeline_view *)st)->line.table);
}

static unsigned after(struct ui *ui, const struct timeline_view *v, enum table_result r)
{
	const struct timeline_item *it = timeline_chosen(&v->line);

	if (r == TABLE_OPENED && it)
		return record_open(ui, it->kind, it->id, false);
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned view_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct timeline_view *v = st;
	const struct timeline_item *it = timeline_chosen(&v->line);

	if (cmd == CMD_NOTE && it)
		return ui_show(ui, &note_screen, &(struct open_arg){ .resident = v->id, .kind = it->kind, .text = it->id });
	if (cmd == CMD_MOVE && it)
		return record_move(ui, it->kind, it->id);
	if (cmd == CMD_HISTORY && it)
		return ui_show(ui, &history_screen, &(struct open_arg){ .record = it->id, .kind = it->kind });
	return after(ui, v, timeline_command(&v->line, cmd));
}

static unsigned view_key(struct ui *ui, void *st, struct key key)
{
	struct timeline_view *v = st;

	return after(ui, v, table_key(&v->line.table, key));
}

static unsigned view_click(struct ui *ui, void *st, int y, int x)
{
	struct timeline_view *v = st;

	return after(ui, v, table_click(&v->line.table, ui_body(ui), y, x));
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("open"), FOCUS_LIST },
	{ "l", CMD_HISTORY, N_("changes"), FOCUS_LIST },
	{ "m", CMD_MOVE, NULL, FOCUS_LIST },
	{ "b", CMD_NOTE, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ "F6", CMD_REFER, NULL, 0 },
	{ "F7", CMD_FOLLOW_UP, NULL, 0 },
	{ "F8", CMD_VISIT, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen timeline_screen = {
	.name = "timeline",
	.title = N_("Timeline"),
	.state_size = sizeof(struct timeline_view),
	.topics = TOPIC_PERSON | TOPIC_SYNC,
	.keys = keys,
	.open = view_open,
	.load = view_load,
	.layout = view_layout,
	.draw = view_draw,
	.focus = view_focus,
	.command = view_command,
	.key = view_key,
	.click = view_click,
	.close = view_close,
};
