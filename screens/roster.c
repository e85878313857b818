/* The rosters: everybody on a programme, the most overdue first, with the last values, what this quarter still lacks and
 * whose phone to ring.  Enter opens the person, F7 follows up, and J goes on along this list. */
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/directory.h"
#include "app/service/roster.h"
#include "screens/kit/menu.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/screens.h"

enum { TAG_VILLAGE = 1, ALL_PROGRAMMES = -1, CONVEYOR_AHEAD = 500 };

struct lines {
	struct list_ids ids;
	enum roster_which which; /* when they were read */
};

struct roster_state {
	struct list_base base;
	int programme;            /* index of programmes(), or ALL_PROGRAMMES */
	enum roster_which which;
	int64_t village;          /* row, 0 = all */
	char village_name[96];
};

static const struct column columns[] = {
	{ N_("Group"), 8, 2, false, 3 },
	{ N_("Name"), 11, 2, false, 0 }, /* with what keeps him from coming */
	{ N_("Age"), 5, 0, false, 2 },
	{ N_("Programme"), 6, 0, false, 5 },
	{ N_("Last time"), 15, 1, false, 0 },
	{ N_("Due"), 9, 0, false, 0 },
	{ N_("Quarter"), 8, 0, false, 1 },
	{ N_("Phone"), 10, 1, false, 4 },
};
enum { COL_GROUP, COL_NAME, COL_AGE, COL_PROGRAMME, COL_LAST, COL_DUE, COL_QUARTER, COL_PHONE };

/* ---- rows ---------------------------------------------------------------------------------------------------------------- */

static void read_row(const struct list_ids *l, int64_t id, void *row)
{
	static const struct roster_row none = { .programme = "", .last_day = "", .due = "", .name = "", .sex = "", .status = "",
		.village = "", .group = "", .phone = "", .phone_owner = "",
		.class_ = "", .value = "", .resident = "", .last_face = "" };
	struct app *app = l->b->app;
	struct roster_row *r = row;
	struct err err;

	if (!roster_read(app, id, &l->b->mem, r, &err))
		*r = none;
	if (((const struct lines *)l)->which == ROSTER_YEAR && !roster_year(app, id, r, &err))
		r->faces_year = r->best_year = 0;
}

static const struct roster_row *line_at(const void *lines, size_t i)
{
	return list_ids_row(lines, i);
}

static void cell_last(const struct app *app, const struct roster_row *r, struct sbuf *tmp)
{
	if (!*r->last_day) {
		sbuf_adds(tmp, _("not yet"));
		return;
	}
	sbuf_adds(tmp, short_day(app, r->last_day));
	if (*r->value)
		sbuf_addf(tmp, " %s%s", r->value, r->controlled == 0 ? "↑" : "");
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct lines *l = ctx;
	const struct roster_row *r = line_at(ctx, row);

	switch (col) {
	case COL_GROUP:
		place_words(l->ids.b->app, "", r->village, r->group, tmp);
		break;
	case COL_NAME:
		sbuf_addf(tmp, "%s%s%s", r->name, *status_words(r->status) ? " " : "", status_words(r->status));
		break;
	case COL_AGE:
		age_sex_words(r->age, r->born, app_today(l->ids.b->app), r->sex, tmp);
		break;
	case COL_PROGRAMME:
		sbuf_adds(tmp, programme_short(r->programme));
		break;
	case COL_LAST:
		cell_last(l->ids.b->app, r, tmp);
		break;
	case COL_DUE:
		if (*r->due)
			due_words(r->days_over, tmp);
		break;
	case COL_QUARTER:
		if (l->which == ROSTER_YEAR)
			sbuf_addf(tmp, _("%d, at most %d"), r->faces_year, r->best_year);
		else
			sbuf_adds(tmp, r->this_quarter ? "✓" : _("lacking"));
		break;
	default:
		phone_words(r->phone_owner, r->phone, tmp);
	}
	return tmp->s;
}

static enum face line_face(const void *ctx, size_t row, size_t col)
{
	const struct roster_row *r = line_at(ctx, row);

	if (col == COL_DUE)
		return r->days_over > 0 && *r->due ? FACE_DANGER : r->days_over > -7 && *r->due ? FACE_DUE : FACE_NORMAL;
	if (col == COL_QUARTER)
		return r->this_quarter ? FACE_DONE : FACE_DUE;
	if (col == COL_LAST && r->controlled == 0)
		return FACE_DUE;
	return FACE_NORMAL;
}

static const char *line_mark(const void *ctx, size_t row)
{
	const struct roster_row *r = line_at(ctx, row);

	return r->days_over > 0 && *r->due ? "!" : NULL;
}

static bool line_matches(const void *ctx, size_t row, const char *text)
{
	const struct roster_row *r = line_at(ctx, row);

	return match_pinyin(r->name, text) || match_pinyin(r->group, text) || match_pinyin(r->village, text);
}

static const struct table_model model = {
	.count = list_ids_count,
	.id = list_ids_id,
	.cell = cell,
	.face = line_face,
	.mark = line_mark,
	.match = line_matches,
};

/* ---- what is shown ------------------------------------------------------------------------------------------------------- */

static const struct term which_words[ROSTER_WHICH_COUNT] = {
	{ "全部", "all" },
	{ "超期", "overdue" },
	{ "本季未访", "not seen" },
	{ "上次不满意", "not controlled" },
	{ "今年不够4次", "short of 4" },
};

static const struct programme *chosen(const struct roster_state *st)
{
	size_t n;
	const struct programme *const *all = programmes(&n);

	return st->programme >= 0 && (size_t)st->programme < n ? all[st->programme] : NULL;
}

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	const struct roster_state *st = (const struct roster_state *)b;
	const struct programme *p = chosen(st);
	const struct roster_query q = { p ? p->code : NULL, st->village, st->which };
	AUTO_FREE int64_t *ids = NULL;
	struct lines *l = rows;
	size_t n;

	if (!roster_ids(b->app, &q, &ids, &n, err))
		return false;
	l->which = st->which;
	list_ids_take(b, mem, &l->ids, ids, n);
	return true;
}

/* Where the go-to list may lead at once. */
static enum roster_which which_of(const char *name)
{
	return !strcmp(name, "quarter") ? ROSTER_QUARTER : !strcmp(name, "year") ? ROSTER_YEAR :
		!strcmp(name, "overdue") ? ROSTER_OVERDUE : ROSTER_ALL;
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct roster_state *st = state;
	const struct programme *p = chosen(st);
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;
	const char *words[ROSTER_WHICH_COUNT];

	sbuf_addf(&left, "%s  %s", _("The rosters"), p ? term_text(&p->title) : _("all programmes"));
	status_header(ui, cv, left.s, NULL);
	for (size_t i = 0; i < ROSTER_WHICH_COUNT; i++)
		words[i] = term_text(&which_words[i]);
	sbuf_clear(&left);
	sbuf_addf(&left, ngettext("%zu person", "%zu people", table_count(&st->base.table)), table_count(&st->base.table));
	list_base_parts(cv, r, *st->village_name ? st->village_name : _("all villages"), words, ROSTER_WHICH_COUNT, st->which,
		left.s);
	list_base_draw(&st->base, ui, cv);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct roster_state *st = state;
	const int32_t left = schedule_quarter_days_left(app_today(st->base.app));

	(void)ui;
	(void)face;
	sbuf_addf(tmp, _("Tab which  W village  left and right programme  / filter  J next person   the quarter has %d days left"),
		(int)left);
	return tmp->s;
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

/* J goes on along this list from the one that is chosen. */
static void lay_conveyor(const struct list_base *b, struct ui *ui)
{
	const char *ids[CONVEYOR_AHEAD];
	size_t n = 0, count = table_count(&b->table);

	for (size_t i = b->table.sel; i < count && n < CONVEYOR_AHEAD; i++)
		ids[n++] = line_at(b->rows, b->table.rows ? b->table.rows[i] : i)->resident;
	session_set_conveyor(session_of(ui), ids, n, 0);
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", line_at(b->rows, row)->resident);
	lay_conveyor(b, ui);
	return person_open(ui, id);
}

/* What is done for the person of the row. */
static unsigned act(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&b->table, &row))
		return 0;
	snprintf(id, sizeof id, "%s", line_at(b->rows, row)->resident);
	if (cmd == CMD_FOLLOW_UP)
		lay_conveyor(b, ui);
	return person_command(ui, id, cmd);
}

static unsigned choose_village(struct roster_state *st, struct ui *ui)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct directory villages;
	struct menu_item *items;
	struct err err;

	if (!directory_read(st->base.app, KIND_ORGANISATION, "1", &mem, &villages, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	items = arena_alloc(&mem, (villages.n + 1) * sizeof *items);
	items[0] = (struct menu_item){ .text = _("all villages"), .value = 0 };
	for (size_t i = 0; i < villages.n; i++)
		items[i + 1] = (struct menu_item){ .text = villages.v[i].name, .value = villages.v[i].row,
			.checked = villages.v[i].row == st->village };
	return menu_show(ui, TAG_VILLAGE, &(struct menu){ .title = _("Village"), .items = items, .n_items = villages.n + 1,
		.selected = st->village, .match = match_pinyin });
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct roster_state *st = state;

	(void)ui;
	if (tag != TAG_VILLAGE || !a->ok)
		return UI_HANDLED | UI_REDRAW;
	st->village = a->choice;
	snprintf(st->village_name, sizeof st->village_name, "%s", a->choice && a->text ? a->text : "");
	return UI_HANDLED | UI_RELOAD;
}

static unsigned turn_programme(struct roster_state *st, int by)
{
	size_t n;

	programmes(&n);
	st->programme += by;
	if (st->programme < ALL_PROGRAMMES)
		st->programme = (int)n - 1;
	if (st->programme >= (int)n)
		st->programme = ALL_PROGRAMMES;
	return UI_HANDLED | UI_RELOAD;
}

static unsigned turn(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct roster_state *st = (struct roster_state *)b;

	switch ((int)cmd) {
	case CMD_NEXT:
		st->which = (st->which + 1) % ROSTER_WHICH_COUNT;
		return UI_HANDLED | UI_RELOAD;
	case CMD_PREVIOUS:
		st->which = (st->which + ROSTER_WHICH_COUNT - 1) % ROSTER_WHICH_COUNT;
		return UI_HANDLED | UI_RELOAD;
	case CMD_LEFT:
		return turn_programme(st, -1);
	case CMD_RIGHT:
		return turn_programme(st, 1);
	case CMD_VILLAGE:
		return choose_village(st, ui);
	default:
		return 0;
	}
}

static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
	.empty = N_("Nobody here."), .rows_size = sizeof(struct lines), .above = 1, .read = read, .read_row = read_row,
	.row_size = sizeof(struct roster_row), .enter = enter, .command = turn, .other = act };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct roster_state *st = state;
	const struct open_arg *a = arg;
	struct app *app = app_of(ui);
	AUTO_ARENA struct arena mem = { 0 };

	(void)err;
	st->which = a && a->text ? which_of(a->text) : ROSTER_ALL;
	st->village = app->own_village_row;
	snprintf(st->village_name, sizeof st->village_name, "%s",
		st->village ? directory_name(app, KIND_ORGANISATION, app->own_village, &mem) : "");
	return list_base_open(&st->base, ui, &list);
}

static const struct binding keys[] = {
	{ "F6", CMD_REFER, NULL, FOCUS_LIST },
	{ "F7", CMD_FOLLOW_UP, NULL, FOCUS_LIST },
	{ "F8", CMD_VISIT, NULL, FOCUS_LIST },
	{ "f", CMD_FOLLOW_UP, "", FOCUS_LIST },
	{ "v", CMD_VISIT, "", FOCUS_LIST },
	{ "r", CMD_REFER, "", FOCUS_LIST },
	{ "s", CMD_SIGN, "", FOCUS_LIST },
	{ "h", CMD_HOUSEHOLD, "", FOCUS_LIST },
	{ "w", CMD_VILLAGE, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen rosters_screen = {
	.name = "rosters",
	.title = N_("The rosters"),
	.state_size = sizeof(struct roster_state),
	.topics = TOPIC_PERSON,
	.keys = keys,
	.open = open,
	.draw = draw,
	.hint = hint,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
