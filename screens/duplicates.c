/* Files that may be of one person: the pairs that the sweep found and nobody has decided, and below them the files that were
 * merged.  Enter compares a pair; - says that they are two people; Enter on a merged one parts it again. */
#include "app/base/mem.h"
#include "app/service/merging.h"
#include "app/service/search.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/screens.h"

enum { TAG_TWO = 1, TAG_PART };

struct pair_row {
	struct duplicate_pair pair;
	struct search_hit a, b;
};

struct pairs {
	struct app *app;
	struct pair_row *v;
	size_t n;
};

struct duplicates_screen {
	struct ui *ui;
	struct app *app;
	struct arena mem;
	struct pairs *pairs;
	struct table table;
	struct sweep sweep;
	int timer; /* of the sweep; 0 = it is over */
};

static const struct column columns[] = {
	{ N_("One file"), 18, 1, false, 0 },
	{ N_("Other file"), 18, 1, false, 0 },
	{ N_("Why"), 16, 1, false, 0 },
};

static size_t row_count(const void *ctx)
{
	return ((const struct pairs *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static void file_words(const struct app *app, const struct search_hit *hit, struct sbuf *out)
{
	AUTO_SBUF struct sbuf place = SBUF_INIT;
	size_t n = strlen(hit->id_masked);

	place_words(app, hit->village_id, hit->village, hit->group, &place);
	sbuf_addf(out, "%s %s %s %s", hit->name, hit->birth_date, place.s ? place.s : "", n > 4 ? hit->id_masked + n - 4 : "");
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct pairs *p = ctx;
	const struct pair_row *r = &p->v[row];

	if (col == 2)
		return r->pair.merged ? _("merged; Enter parts them") : duplicate_reason_words(r->pair.reason);
	file_words(p->app, col ? &r->b : &r->a, tmp);
	return tmp->s;
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct pair_row *r = &((const struct pairs *)ctx)->v[row];

	(void)col;
	return r->pair.merged ? FACE_DIM : r->pair.reason == DUPLICATE_ID ? FACE_DANGER : FACE_NORMAL;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static bool read_pairs(struct app *app, struct arena *mem, struct pairs *out, struct err *err)
{
	AUTO_FREE struct duplicate_pair *pairs = NULL;
	size_t n;

	*out = (struct pairs){ .app = app };
	if (!duplicates_pairs(app, 0, &pairs, &n, err))
		return false;
	out->v = arena_alloc(mem, (n + 1) * sizeof *out->v);
	for (; out->n < n; out->n++) {
		struct pair_row *r = &out->v[out->n];

		r->pair = pairs[out->n];
		if (!search_hit_of(app, r->pair.a, mem, &r->a, err) || !search_hit_of(app, r->pair.b, mem, &r->b, err))
			return false;
	}
	return true;
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct duplicates_screen *st = state;
	struct arena fresh = { 0 };
	struct pairs pairs;

	(void)ui;
	if (!read_pairs(st->app, &fresh, &pairs, err)) {
		arena_release(&fresh);
		return false;
	}
	arena_release(&st->mem);
	st->mem = fresh;
	*st->pairs = pairs;
	table_reload(&st->table);
	return true;
}

/* A portion of the sweep between two keys. */
static unsigned sweep_on(struct ui *ui, void *ctx)
{
	struct duplicates_screen *st = ctx;
	bool more;
	struct err err;

	st->timer = 0;
	if (!duplicates_sweep(st->app, &st->sweep, &more, &err)) {
		if (err.code == ERR_BUSY)
			st->timer = ui_timer(ui, 200, sweep_on, st);
		else
			ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	if (more)
		st->timer = ui_timer(ui, 1, sweep_on, st);
	return UI_HANDLED | UI_REDRAW | (more ? 0u : (unsigned)UI_RELOAD);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct duplicates_screen *st = state;

	(void)arg;
	(void)err;
	st->ui = ui;
	st->app = app_of(ui);
	st->pairs = xcalloc(1, sizeof *st->pairs);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st->pairs, 0);
	st->table.empty = N_("No two files look like one person.");
	st->timer = ui_timer(ui, 0, sweep_on, st);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct duplicates_screen *st = state;

	if (st->timer)
		ui_timer_stop(ui, st->timer);
	table_release(&st->table);
	arena_release(&st->mem);
	free(st->pairs);
}

/* ---- drawing -------------------------------------------------------------------------------------------------------------- */

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct duplicates_screen *)state)->table, ui_body_below(ui, 1));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct duplicates_screen *st = state;
	struct rect r = ui_body(ui);

	status_header(ui, cv, _("Files of one person?"), NULL);
	if (st->timer && st->sweep.of)
		canvas_textf(cv, r.y, r.x + 1, r.w - 2, FACE_HINT, _("Looking: %d of %d"), (int)st->sweep.done, (int)st->sweep.of);
	else
		canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_HINT,
			_("Enter compares; - two people. Merged files can be parted."));
	table_draw(&st->table, cv, ui_body_below(ui, 1), true);
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct duplicates_screen *)state)->table);
}

/* ---- deciding ---------------------------------------------------------------------------------------------------------------- */

static const struct pair_row *chosen(const struct duplicates_screen *st)
{
	size_t row;

	return table_selected(&st->table, &row) ? &st->pairs->v[row] : NULL;
}

static unsigned open_pair(struct duplicates_screen *st, struct ui *ui)
{
	const struct pair_row *r = chosen(st);
	struct open_arg arg = { 0 };

	if (!r)
		return UI_HANDLED;
	if (r->pair.merged)
		return prompt_ask(ui, TAG_PART, &(struct ask){ .question = _("Why are they two people after all?"), .max = 100 });
	arg.resident = r->a.id;
	arg.record = r->b.id;
	return ui_show(ui, &merge_screen, &arg);
}

static unsigned ask_two(struct duplicates_screen *st, struct ui *ui)
{
	const struct pair_row *r = chosen(st);

	if (!r || r->pair.merged)
		return UI_HANDLED;
	return prompt_confirm(ui, TAG_TWO, &(struct confirm){ .question = _("They are two people? The pair is not shown again."),
		.careful = true });
}

static unsigned part(struct duplicates_screen *st, struct ui *ui, const struct pair_row *r, const char *reason)
{
	struct merge_result m;
	struct err err;

	if (!residents_unmerge(st->app, r->b.id, reason, &m, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	ui_changed(ui, TOPIC_PERSON | TOPIC_SYNC);
	ui_say(ui, FACE_DONE, _("Two files again, each with its own history."));
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct duplicates_screen *st = state;
	const struct pair_row *r = chosen(st);
	struct err err;

	if (!a->ok || !r)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_PART)
		return part(st, ui, r, a->text);
	if (!duplicates_are_two(st->app, r->pair.a, r->pair.b, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct duplicates_screen *st = state;
	enum table_result t;

	if (cmd == CMD_STOP)
		return ask_two(st, ui);
	t = table_command(&st->table, cmd);
	return t == TABLE_OPENED ? open_pair(st, ui) : t == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct duplicates_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned click(struct ui *ui, void *state, int y, int x)
{
	struct duplicates_screen *st = state;
	enum table_result t = table_click(&st->table, ui_body_below(ui, 1), y, x);

	return t == TABLE_OPENED ? open_pair(st, ui) : t == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "-", CMD_STOP, N_("two people"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen duplicates_screen = {
	.name = "duplicates",
	.title = N_("Files of one person?"),
	.state_size = sizeof(struct duplicates_screen),
	.topics = TOPIC_RESIDENT,
	.keys = keys,
	.open = open,
	.load = load,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.command = command,
	.key = key,
	.click = click,
	.answer = answer,
	.close = close,
};
