/* What the county lacks: every record that is not there as it is here, by class and age, each with the reason.  Enter does
 * what helps: a dispute is decided, a refused record is mended, any other is looked at. */
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/service/clinic_settings.h"
#include "app/service/receipts.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/screens.h"

enum { FIRST_READ = 100, READ_ON = 400 };

struct lacking_list {
	struct app *app;
	struct lacking *v;
	size_t n;
};

struct lacking_screen {
	struct arena mem;
	struct lacking_list list;
	struct receipt_counts counts;
	struct table table;
	bool all; /* everything was read */
	bool no_address; /* nothing goes anywhere yet */
};

static const struct column columns[] = {
	{ N_("Class"), 8, 1, false, 2 },
	{ N_("Saved on"), 10, 0, false, 1 },
	{ N_("Whose"), 8, 1, false, 0 },
	{ N_("What"), 14, 3, false, 0 },
	{ N_("State"), 10, 0, false, 0 },
};

static size_t count(const void *ctx)
{
	return ((const struct lacking_list *)ctx)->n;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct lacking_list *)ctx)->v[row].r.row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct lacking_list *list = ctx;
	const struct lacking *l = &list->v[row];
	char iso[DATE_LEN];

	switch (col) {
	case 0:
		return receipt_class(l->prio);
	case 1:
		if (l->r.since)
			sbuf_adds(tmp, short_day(list->app, date_iso(clock_day_of(l->r.since, NULL), iso)));
		return tmp->s;
	case 2:
		return l->name;
	case 3:
		return l->summary;
	default:
		sbuf_addf(tmp, "%s%s", county_sign(l->r.state), county_word(l->r.state));
		return tmp->s;
	}
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	return col == 4 ? county_face(((const struct lacking_list *)ctx)->v[row].r.state) : FACE_NORMAL;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static bool read_on(struct lacking_screen *st, size_t want, struct err *err)
{
	struct lacking_list *list = &st->list;
	struct lacking *more;
	size_t n;

	if (!receipts_lacking(list->app, list->n, want, &st->mem, &more, &n, err))
		return false;
	list->v = xrealloc(list->v, list->n + n + 1, sizeof *list->v);
	if (n)
		memcpy(list->v + list->n, more, n * sizeof *more);
	list->n += n;
	st->all = n < want;
	table_reload(&st->table);
	return true;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct lacking_screen *st = state;

	(void)arg;
	(void)err;
	st->list.app = app_of(ui);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, &st->list, 0);
	st->table.empty = N_("The county has everything.");
	return true;
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct lacking_screen *st = state;
	size_t want = st->list.n > FIRST_READ ? st->list.n : FIRST_READ;

	(void)ui;
	arena_clear(&st->mem);
	st->list.n = 0;
	st->no_address = !*clinic_county(st->list.app, &st->mem);
	return receipts_all(st->list.app, &st->counts, err) && read_on(st, want, err);
}

static void close(struct ui *ui, void *state)
{
	struct lacking_screen *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
	free(st->list.v);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------- */

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct lacking_screen *)state)->table, ui_body_below(ui, 1));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct lacking_screen *st = state;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	status_header(ui, cv, _("What the county lacks"), NULL);
	if (st->counts.needs) {
		sbuf_adds(&text, "△");
		sbuf_addf(&text, _("%lld need you"), (long long)st->counts.needs);
	}
	if (st->counts.waiting) {
		sbuf_adds(&text, text.len ? "  ↑" : "↑");
		sbuf_addf(&text,
			st->no_address ? _("%lld wait: the county's address is not set yet") : _("%lld wait and go by themselves"),
			(long long)st->counts.waiting);
	}
	canvas_clip(cv, r.y, r.x + 1, r.w - 2, st->counts.needs ? FACE_DUE : FACE_HINT, text.s);
	table_draw(&st->table, cv, ui_body_below(ui, 1), true);
}

static const struct lacking *chosen(const struct lacking_screen *st)
{
	size_t row;

	return table_selected(&st->table, &row) && row < st->list.n ? &st->list.v[row] : NULL;
}

/* The reason whole, of the chosen one. */
static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct lacking_screen *st = state;
	const struct lacking *l = chosen(st);

	(void)ui;
	if (!l)
		return "";
	*face = l->r.state == COUNTY_REFUSED ? FACE_DANGER : FACE_HINT;
	receipt_words(st->list.app, &l->r, tmp);
	return tmp->s;
}

/* ---- doing --------------------------------------------------------------------------------------------------------------- */

static unsigned help(struct lacking_screen *st, struct ui *ui)
{
	const struct lacking *l = chosen(st);
	char record[RECORD_ID_MAX + 1];

	if (!l)
		return UI_HANDLED;
	if (l->r.state == COUNTY_CONFLICT)
		return ui_show(ui, &conflicts_screen, NULL);
	snprintf(record, sizeof record, "%s", l->id);
	if (l->r.state == COUNTY_REFUSED)
		return record_mend(ui, l->kind, record, l->field);
	return record_open(ui, l->kind, record, false);
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct lacking_screen *st = state;
	enum table_result r;
	struct err err;

	if (!st->all && (cmd == CMD_FILTER || cmd == CMD_LAST) &&
		!read_on(st, (size_t)(st->counts.waiting + st->counts.needs) + 1, &err))
		ui_fail(ui, &err);
	r = table_command(&st->table, cmd);
	if (r == TABLE_MOVED && !st->all && st->table.sel + st->table.page >= st->list.n && !read_on(st, READ_ON, &err))
		ui_fail(ui, &err);
	if (r == TABLE_OPENED || cmd == CMD_EDIT)
		return help(st, ui);
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct lacking_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct lacking_screen *)state)->table);
}

static const struct binding keys[] = {
	{ "e", CMD_EDIT, N_("mend"), FOCUS_LIST },
	{ "/", CMD_FILTER, "", FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen lacking_screen = {
	.name = "lacking",
	.title = N_("What the county lacks"),
	.state_size = sizeof(struct lacking_screen),
	.topics = TOPIC_SYNC,
	.keys = keys,
	.open = open,
	.load = load,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.hint = hint,
	.command = command,
	.key = key,
	.close = close,
};
