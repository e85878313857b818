/* The lists that a new clinic fills first: villages and institutions, staff, teams, packages.  One screen each over one table;
 * Enter changes a row, F4 makes a new one. */
#include "app/base/mem.h"
#include "app/service/directory.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

struct list_def {
	enum kind_id kind;
	const char *types; /* of organisations; NULL = all */
	const char *empty; /* msgid */
};

struct list_screen {
	const struct list_def *def;
	struct app *app;
	struct arena mem;
	struct directory *rows;
	struct table table;
};

static const struct column staff_columns[] = {
	{ N_("Name"), 12, 2, false, 0 },
	{ N_("Work"), 14, 1, false, 0 },
	{ N_("Number"), 10, 1, false, 1 },
	{ N_("Institution"), 16, 2, false, 2 },
	{ N_("Active"), 6, 0, false, 0 },
};
static const struct column team_columns[] = {
	{ N_("Team"), 18, 2, false, 0 },
	{ N_("Kind"), 14, 1, false, 0 },
	{ N_("Leader"), 10, 1, false, 1 },
	{ N_("Institution"), 16, 2, false, 2 },
	{ N_("Active"), 6, 0, false, 0 },
};
static const struct column organisation_columns[] = {
	{ N_("Name"), 20, 2, false, 0 },
	{ N_("Kind"), 14, 1, false, 0 },
	{ N_("Code"), 14, 1, false, 1 },
	{ N_("Part of"), 16, 2, false, 2 },
};
static const struct column package_columns[] = {
	{ N_("Package"), 14, 1, false, 0 },
	{ N_("Kind"), 10, 0, false, 2 },
	{ N_("Code"), 6, 0, false, 0 },
	{ N_("Content"), 26, 3, false, 1 },
	{ N_("Active"), 6, 0, false, 0 },
};
enum { COL_NAME, COL_DETAIL, COL_CODE, COL_PARENT, COL_ACTIVE };

static size_t row_count(const void *ctx)
{
	return ((const struct directory *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return ((const struct directory *)ctx)->v[row].row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct directory_item *d = &((const struct directory *)ctx)->v[row];

	(void)tmp;
	switch (col) {
	case COL_NAME:
		return d->name;
	case COL_DETAIL:
		return d->detail;
	case COL_CODE:
		return d->code;
	case COL_PARENT:
		return d->parent;
	default:
		return d->active ? "✓" : "-";
	}
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	(void)col;
	return ((const struct directory *)ctx)->v[row].active ? FACE_NORMAL : FACE_DIM;
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	const struct directory_item *d = &((const struct directory *)ctx)->v[row];

	return match_pinyin(d->name, text) || match_pinyin(d->code, text);
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face,
	.match = matches };

static void choose_columns(struct list_screen *st)
{
	const struct column *cols = st->def->kind == KIND_STAFF ? staff_columns :
		st->def->kind == KIND_TEAM ? team_columns :
		st->def->kind == KIND_PACKAGE ? package_columns : organisation_columns;
	size_t n = st->def->kind == KIND_ORGANISATION ? N_ELEMENTS(organisation_columns) : N_ELEMENTS(staff_columns);

	table_init(&st->table, cols, n, &model, st->rows, 0);
	st->table.empty = st->def->empty;
}

static bool list_open(struct ui *ui, void *state, const struct list_def *def)
{
	struct list_screen *st = state;

	st->def = def;
	st->app = app_of(ui);
	st->rows = xcalloc(1, sizeof *st->rows);
	choose_columns(st);
	return true;
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct list_screen *st = state;
	struct arena fresh = { 0 };
	struct directory rows;

	(void)ui;
	if (!directory_read(st->app, st->def->kind, st->def->types, &fresh, &rows, err)) {
		arena_release(&fresh);
		return false;
	}
	arena_release(&st->mem);
	st->mem = fresh;
	*st->rows = rows;
	table_reload(&st->table);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct list_screen *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
	free(st->rows);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct list_screen *)state)->table, ui_body(ui));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct list_screen *st = state;
	AUTO_SBUF struct sbuf right = SBUF_INIT;

	sbuf_addf(&right, ngettext("%zu entry", "%zu entries", table_count(&st->table)), table_count(&st->table));
	status_header(ui, cv, _(ui_screen(ui)->title), right.s);
	table_draw(&st->table, cv, ui_body(ui), true);
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct list_screen *)state)->table);
}

static unsigned edit(struct list_screen *st, struct ui *ui)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&st->table, &row))
		return UI_HANDLED;
	snprintf(id, sizeof id, "%s", st->rows->v[row].id);
	return record_open(ui, st->def->kind, id, true);
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct list_screen *st = state;
	enum table_result r;

	if (cmd == CMD_NEW)
		return ui_show(ui, screen_of_kind(st->def->kind), NULL);
	if (cmd == CMD_EDIT)
		return edit(st, ui);
	r = table_command(&st->table, cmd);
	return r == TABLE_OPENED ? edit(st, ui) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct list_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned click(struct ui *ui, void *state, int y, int x)
{
	struct list_screen *st = state;
	enum table_result r = table_click(&st->table, ui_body(ui), y, x);

	return r == TABLE_OPENED ? edit(st, ui) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("new"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

#define LIST_MEMBERS                                                                                        \
	.state_size = sizeof(struct list_screen), .topics = TOPIC_STAFF, .keys = keys, .load = load,        \
	.layout = layout, .draw = draw, .focus = focus, .command = command, .key = key, .click = click,     \
	.close = close

static bool staff_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct list_def def = { KIND_STAFF, NULL, N_("Nobody is on the list yet. F4 enters the first one.") };

	(void)arg;
	(void)err;
	return list_open(ui, st, &def);
}

static bool teams_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct list_def def = { KIND_TEAM, NULL, N_("There is no team yet. F4 makes the first one.") };

	(void)arg;
	(void)err;
	return list_open(ui, st, &def);
}

static bool villages_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct list_def def = { KIND_ORGANISATION, "1", N_("There is no village yet. F4 enters the first one.") };

	(void)arg;
	(void)err;
	return list_open(ui, st, &def);
}

static bool organisations_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct list_def def = { KIND_ORGANISATION, "234567",
		N_("There is no institution yet. F4 enters the first one.") };

	(void)arg;
	(void)err;
	return list_open(ui, st, &def);
}

static bool packages_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct list_def def = { KIND_PACKAGE, NULL, N_("There is no package yet. F4 makes the first one.") };

	(void)arg;
	(void)err;
	return list_open(ui, st, &def);
}

const struct screen staff_list_screen = { .name = "staff-list", .title = N_("Staff"), .open = staff_open, LIST_MEMBERS };
const struct screen team_list_screen = { .name = "team-list", .title = N_("Teams"), .open = teams_open, LIST_MEMBERS };
const struct screen village_list_screen = { .name = "village-list", .title = N_("Villages"), .open = villages_open,
	LIST_MEMBERS };
const struct screen organisation_list_screen = { .name = "organisation-list", .title = N_("Institutions"),
	.open = organisations_open, LIST_MEMBERS };
const struct screen package_list_screen = { .name = "package-list", .title = N_("Packages"), .open = packages_open,
	LIST_MEMBERS };
