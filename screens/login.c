/* Who works: chosen at start from the staff list and named in every change.  A passphrase will stand between choosing and
 * working; its place is take(). */
#include "app/base/i18n.h"
#include "app/service/directory.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

struct login {
	struct arena mem;
	struct directory staff;
	struct table table;
};

static const struct column columns[] = {
	{ .head = N_("Name"), .min = 12, .weight = 1 },
	{ .head = N_("Role"), .min = 12, .weight = 1 },
	{ .head = N_("Number"), .min = 8, .weight = 1 },
};

static size_t count(const void *ctx)
{
	return ((const struct login *)ctx)->staff.n;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct login *)ctx)->staff.v[row].row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct directory_item *it = &((const struct login *)ctx)->staff.v[row];

	(void)tmp;
	return col == 0 ? it->name : col == 1 ? it->detail : it->code;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell };

static bool is_ours(const struct app *app, const struct directory_item *it)
{
	return !*it->parent || strcmp(it->parent, app->clinic.name) == 0;
}

/* Those of this clinic first: the county brings everybody's. */
static bool login_load(struct ui *ui, void *st, struct err *err)
{
	struct login *l = st;
	struct directory all;

	arena_clear(&l->mem);
	if (!directory_read(app_of(ui), KIND_STAFF, NULL, &l->mem, &all, err))
		return false;
	l->staff = (struct directory){ arena_alloc(&l->mem, (all.n + 1) * sizeof *all.v), 0 };
	for (int others = 0; others < 2; others++)
		for (size_t i = 0; i < all.n; i++)
			if (all.v[i].active && is_ours(app_of(ui), &all.v[i]) == !others)
				l->staff.v[l->staff.n++] = all.v[i];
	table_reload(&l->table);
	return true;
}

static bool login_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct login *l = st;

	(void)ui;
	(void)arg;
	(void)err;
	table_init(&l->table, columns, N_ELEMENTS(columns), &model, l, 0);
	l->table.empty = N_("Nobody is on the staff list yet. F4 enters the first one.");
	return true;
}

static void login_close(struct ui *ui, void *st)
{
	struct login *l = st;

	(void)ui;
	table_release(&l->table);
	arena_release(&l->mem);
}

static struct rect list_area(const struct ui *ui)
{
	struct rect r = ui_body(ui);

	r.y += 2;
	r.h -= 2;
	return r;
}

static void login_layout(struct ui *ui, void *st)
{
	table_layout(&((struct login *)st)->table, list_area(ui));
}

static void login_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct login *l = st;
	const struct app *app = app_of(ui);
	char left[200];

	snprintf(left, sizeof left, "%s · %s", _("Cunyi"), app->clinic.name);
	screen_header(ui, cv, left, "");
	canvas_text(cv, 2, 1, cv->w - 2, FACE_HEAD, _("Who is working?"));
	table_draw(&l->table, cv, list_area(ui), true);
}

/* Drafts belong to their author: open forms are put away first. */
static unsigned take(struct ui *ui, const struct login *l)
{
	struct session *s = session_of(ui);
	struct err err;
	size_t row;

	if (!table_selected(&l->table, &row))
		return 0;
	if (!ui_may_quit(ui))
		return UI_HANDLED | UI_REDRAW;
	if (!app_choose_actor(s->app, l->staff.v[row].id, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	session_clear_person(s);
	if (ui_depth(ui) > 1) {
		ui_back_to(ui, today_screen.name);
		ui_changed(ui, TOPIC_ALL);
		ui_say(ui, FACE_DONE, _("Working now: %s"), s->app->actor_name);
		return UI_HANDLED | UI_REDRAW;
	}
	if (!ui_replace(ui, &today_screen, NULL, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned after(struct ui *ui, const struct login *l, enum table_result r)
{
	return r == TABLE_NOT_MINE ? 0 : r == TABLE_OPENED ? take(ui, l) : UI_HANDLED | UI_REDRAW;
}

static unsigned login_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct login *l = st;
	unsigned out;

	if (cmd == CMD_NEW && screen_named("staff"))
		return ui_show(ui, screen_named("staff"), NULL);
	if (cmd == CMD_FIND || cmd == CMD_GOTO || cmd == CMD_REPORT || cmd == CMD_SYNC || cmd == CMD_USER)
		return *app_of(ui)->actor ? 0 : UI_HANDLED; /* nobody works yet */
	out = after(ui, l, table_command(&l->table, cmd));
	/* A digit says who: no second key. */
	return cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9 && out ? take(ui, l) : out;
}

static unsigned login_click(struct ui *ui, void *st, int y, int x)
{
	return after(ui, st, table_click(&((struct login *)st)->table, list_area(ui), y, x));
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("choose"), 0 },
	{ "F4", CMD_NEW, N_("new"), 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen login_screen = {
	.name = "login",
	.title = N_("Who is working?"),
	.state_size = sizeof(struct login),
	.topics = TOPIC_STAFF,
	.keys = keys,
	.open = login_open,
	.load = login_load,
	.layout = login_layout,
	.draw = login_draw,
	.command = login_command,
	.click = login_click,
	.close = login_close,
};
