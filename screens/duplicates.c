/* Files that may be of one person: the pairs that the sweep found and nobody has decided, and below them the files that were
 * merged.  Enter compares a pair; - says that they are two people; Enter on a merged one parts it again. */
#include "app/service/merging.h"
#include "app/service/search.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"

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
	struct list_base b;
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

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct app *app = b->app;
	struct pairs *out = rows;
	AUTO_FREE struct duplicate_pair *pairs = NULL;
	size_t n;

	out->app = app;
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

/* A portion of the sweep between two keys. */
static unsigned sweep_on(struct ui *ui, void *ctx)
{
	struct duplicates_screen *st = ctx;
	bool more;
	struct err err;

	st->timer = 0;
	if (!duplicates_sweep(st->b.app, &st->sweep, &more, &err)) {
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

static void close(struct ui *ui, void *state)
{
	struct duplicates_screen *st = state;

	if (st->timer)
		ui_timer_stop(ui, st->timer);
	list_base_close(ui, state);
}

/* ---- drawing -------------------------------------------------------------------------------------------------------------- */

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
	list_base_draw(&st->b, ui, cv);
}

/* ---- deciding ---------------------------------------------------------------------------------------------------------------- */

static const struct pairs *pairs_of(const struct duplicates_screen *st)
{
	return st->b.rows;
}

static const struct pair_row *chosen(const struct duplicates_screen *st)
{
	size_t row;

	return table_selected(&st->b.table, &row) ? &pairs_of(st)->v[row] : NULL;
}

static unsigned open_pair(struct list_base *b, struct ui *ui, size_t row)
{
	const struct pair_row *r = &((const struct pairs *)b->rows)->v[row];
	struct open_arg arg = { 0 };

	if (r->pair.merged)
		return prompt_ask(ui, TAG_PART, &(struct ask){ .question = _("Why are they two people after all?"), .max = 100 });
	arg.resident = r->a.id;
	arg.record = r->b.id;
	return ui_show(ui, &merge_screen, &arg);
}

static unsigned ask_two(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	const struct pair_row *r = chosen((const struct duplicates_screen *)(const void *)b);

	if (cmd != CMD_STOP)
		return 0;
	if (!r || r->pair.merged)
		return UI_HANDLED;
	return prompt_confirm(ui, TAG_TWO, &(struct confirm){ .question = _("They are two people? The pair is not shown again."),
		.careful = true });
}

static unsigned part(struct duplicates_screen *st, struct ui *ui, const struct pair_row *r, const char *reason)
{
	struct merge_result m;
	struct err err;

	if (!residents_unmerge(st->b.app, r->b.id, reason, &m, &err)) {
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
	if (!duplicates_are_two(st->b.app, r->pair.a, r->pair.b, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.empty = N_("No two files look like one person."), .rows_size = sizeof(struct pairs), .above = 1,
		.read = read, .enter = open_pair, .command = ask_two };
	struct duplicates_screen *st = state;

	(void)arg;
	(void)err;
	st->timer = ui_timer(ui, 0, sweep_on, st);
	return list_base_open(&st->b, ui, &list);
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
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS_BUT_CLOSE,
	.close = close,
};
