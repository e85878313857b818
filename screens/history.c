/* Who changed which field of a record, when, from what to what.  Enter shows the course of one field alone, and all again. */
#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/service/history.h"
#include "app/service/overview.h"
#include "app/service/record_remotes.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

enum { HISTORY_SHOWN = 2000 };

struct history_row {
	const char *when, *who, *field, *from, *to;
	const struct field *what;
	int64_t revision;
	bool first; /* of its version: when and who stand here only */
};

struct history {
	struct app *app;
	struct arena mem;
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1];
	struct history_row *v;
	size_t n, cap;
	bool more;
	const char *name;
	const struct field *only; /* the course of this field; NULL = all */
	struct table table;
};

static const struct column columns[] = {
	{ .head = N_("When"), .min = 16 },
	{ .head = N_("Who"), .min = 8, .weight = 1 },
	{ .head = N_("Field"), .min = 10, .weight = 2 },
	{ .head = N_("From"), .min = 8, .weight = 2 },
	{ .head = N_("To"), .min = 17, .weight = 2 }, /* a file number */
};

static size_t count(const void *ctx)
{
	return ((const struct history *)ctx)->n;
}

static int64_t id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct history_row *r = &((const struct history *)ctx)->v[row];
	const char *const cells[] = { r->first ? r->when : "", r->first ? r->who : "", r->field, r->from, r->to };

	(void)tmp;
	return cells[col];
}

static const struct table_model model = { .count = count, .id = id, .cell = cell };

/* "林秀英", "陈医生, 县里": of what came from elsewhere its author, as far as it says, and from where. */
static const char *who_words(struct history *h, const struct history_change *c)
{
	const char *from = c->origin ? remote_words(h->app, c->origin, &h->mem) : "";

	return arena_printf(&h->mem, "%s%s%s", c->actor_name, *c->actor_name && *from ? ", " : "", from);
}

static bool each(void *ctx, const struct history_change *c)
{
	struct history *h = ctx;
	struct history_row *r;
	char when[CLOCK_LEN];

	if (h->only && strcmp(h->only->key, c->field->key) != 0)
		return true;
	if (h->n == HISTORY_SHOWN) {
		h->more = true;
		return false;
	}
	if (h->n == h->cap) {
		h->cap = h->cap ? 2 * h->cap : 64;
		h->v = xrealloc(h->v, h->cap, sizeof *h->v);
	}
	clock_rfc3339(c->utc, when);
	r = &h->v[h->n];
	*r = (struct history_row){ .when = arena_printf(&h->mem, "%.10s %.5s", when, when + 11), .revision = c->revision,
		.who = who_words(h, c),
		.field = field_label(c->field),
		.what = c->field,
		.from = arena_strdup(&h->mem, c->from), .to = arena_strdup(&h->mem, c->to) };
	if (c->reason)
		r->to = arena_printf(&h->mem, "%s (%s)", r->to, c->reason);
	r->first = !h->n || h->v[h->n - 1].revision != c->revision;
	h->n++;
	return true;
}

static bool history_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct history *h = st;
	const struct open_arg *a = arg;

	(void)ui;
	table_init(&h->table, columns, N_ELEMENTS(columns), &model, h, TABLE_NO_NUMBERS);
	h->table.empty = N_("Nothing was ever changed.");
	if (a && !a->record && a->resident) { /* of his own record */
		h->kind = KIND_RESIDENT;
		snprintf(h->id, sizeof h->id, "%s", a->resident);
		return true;
	}
	if (!a || !a->record || !kind_by_id(a->kind))
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	h->kind = a->kind;
	snprintf(h->id, sizeof h->id, "%s", a->record);
	return true;
}

static bool history_load(struct ui *ui, void *st, struct err *err)
{
	struct history *h = st;

	arena_clear(&h->mem);
	h->app = app_of(ui);
	h->n = 0;
	h->more = false;
	h->name = kind_by_id(h->kind)->label_key ? record_name(app_of(ui), h->kind, h->id, &h->mem) : "";
	if (!history_read(app_of(ui), kind_by_id(h->kind), h->id, each, h, err))
		return false;
	table_reload(&h->table);
	return true;
}

static void history_close(struct ui *ui, void *st)
{
	struct history *h = st;

	(void)ui;
	table_release(&h->table);
	free(h->v);
	arena_release(&h->mem);
}

static void history_layout(struct ui *ui, void *st)
{
	table_layout(&((struct history *)st)->table, ui_body(ui));
}

static void history_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct history *h = st;
	char left[200];

	snprintf(left, sizeof left, _("History: %s %s%s"), term_text(&kind_by_id(h->kind)->term), h->name, h->more ? " ..." : "");
	if (h->only)
		snprintf(left + strlen(left), sizeof left - strlen(left), "  %s", field_label(h->only));
	screen_header(ui, cv, left, NULL);
	table_draw(&h->table, cv, ui_body(ui), true);
}

static unsigned history_focus(const void *st)
{
	return table_focus(&((const struct history *)st)->table);
}

/* The course of the chosen row's field, or all of them again. */
static unsigned narrow(struct history *h)
{
	size_t row;

	if (!h->only && table_selected(&h->table, &row))
		h->only = h->v[row].what;
	else
		h->only = NULL;
	h->table.sel = h->table.top = 0;
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

static unsigned history_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct history *h = st;
	enum table_result r;

	(void)ui;
	if (cmd == CMD_BACK && h->only)
		return narrow(h);
	r = table_command(&h->table, cmd);
	return r == TABLE_OPENED ? narrow(h) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned history_key(struct ui *ui, void *st, struct key key)
{
	(void)ui;
	return table_key(&((struct history *)st)->table, key) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("one field"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen history_screen = {
	.name = "history",
	.title = N_("History"),
	.state_size = sizeof(struct history),
	.topics = TOPIC_PERSON,
	.keys = keys,
	.open = history_open,
	.load = history_load,
	.layout = history_layout,
	.draw = history_draw,
	.focus = history_focus,
	.command = history_command,
	.key = history_key,
	.close = history_close,
};
