/* The lists that a new clinic fills first: villages and institutions, staff, teams, packages.  One screen each over one table;
 * Enter changes a row, F4 makes a new one. */
#include "app/service/directory.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"

/* A list of one kind; begins with what its list is. */
struct kind_list {
	struct list_table list;
	enum kind_id kind;
	const char *types; /* of organisations; NULL = all */
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

static const struct kind_list *kind_list_of(const struct list_base *b)
{
	return (const struct kind_list *)(const void *)b->list;
}

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	return directory_read(b->app, kind_list_of(b)->kind, kind_list_of(b)->types, mem, rows, err);
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", ((const struct directory *)b->rows)->v[row].id);
	return record_open(ui, kind_list_of(b)->kind, id, true);
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	size_t row;

	if (cmd == CMD_NEW)
		return ui_show(ui, screen_of_kind(kind_list_of(b)->kind), NULL);
	if (cmd != CMD_EDIT)
		return 0;
	return table_selected(&b->table, &row) ? enter(b, ui, row) : (unsigned)UI_HANDLED;
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	AUTO_SBUF struct sbuf right = SBUF_INIT;

	list_base_count(state, &right);
	status_header(ui, cv, _(ui_screen(ui)->title), right.s);
	list_base_draw(state, ui, cv);
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("new"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

#define LIST(columns_, empty_) \
	{ .cols = columns_, .n_cols = N_ELEMENTS(columns_), .model = &model, .empty = empty_, \
	  .rows_size = sizeof(struct directory), .read = read, .enter = enter, .command = command }
#define LIST_MEMBERS .state_size = sizeof(struct list_base), .topics = TOPIC_STAFF, .keys = keys, .draw = draw, LIST_BASE_MEMBERS

static bool staff_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct kind_list def = {
		LIST(staff_columns, N_("Nobody is on the list yet. F4 enters the first one.")),
		KIND_STAFF, NULL,
	};

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool teams_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct kind_list def = {
		LIST(team_columns, N_("There is no team yet. F4 makes the first one.")),
		KIND_TEAM, NULL,
	};

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool villages_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct kind_list def = {
		LIST(organisation_columns, N_("There is no village yet. F4 enters the first one.")),
		KIND_ORGANISATION, "1",
	};

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool organisations_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct kind_list def = {
		LIST(organisation_columns, N_("There is no institution yet. F4 enters the first one.")),
		KIND_ORGANISATION, "234567",
	};

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool packages_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct kind_list def = {
		LIST(package_columns, N_("There is no package yet. F4 makes the first one.")),
		KIND_PACKAGE, NULL,
	};

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

const struct screen staff_list_screen = { .name = "staff-list", .title = N_("Staff"), .open = staff_open, LIST_MEMBERS };
const struct screen team_list_screen = { .name = "team-list", .title = N_("Teams"), .open = teams_open, LIST_MEMBERS };
const struct screen village_list_screen = { .name = "village-list", .title = N_("Villages"), .open = villages_open,
	LIST_MEMBERS };
const struct screen organisation_list_screen = { .name = "organisation-list", .title = N_("Institutions"),
	.open = organisations_open, LIST_MEMBERS };
const struct screen package_list_screen = { .name = "package-list", .title = N_("Packages"), .open = packages_open,
	LIST_MEMBERS };
