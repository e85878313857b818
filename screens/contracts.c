/* Contracts as lists: to renew, run out, waiting, being ended, in force; of a village, a team, a package.  Those to be
 * renewed are marked (blank, + all, - none) and renewed in one go, each a save of its own; Esc stops after the present one,
 * and whoever could not be renewed keeps his mark and says why. */
#include "app/base/mem.h"
#include "app/service/contract_lists.h"
#include "app/service/directory.h"
#include "app/service/packages.h"
#include "app/service/signing.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/signing_terms.h"

enum { TAG_VILLAGE = 1, TAG_TEAM, TAG_HOW, SLICE_MS = 12 };

/* Renewing what is marked, or signing it, a few at a time between keys. */
struct batch {
	int64_t *ids;
	char (*made)[RECORD_ID_MAX + 1]; /* the first `done` */
	bool signs; /* they waited for the signature */
	size_t n, at, done, failed;
	struct contract_terms terms;
	char fault[360]; /* of the last one that could not be renewed: "name: sentence" */
	int timer;       /* 0 = not at it */
};

struct contracts_state {
	struct list_base base;
	enum contract_which which;
	int64_t village, team;
	char village_name[96], team_name[96];
	struct arena mem; /* of the packages */
	struct packages packages;
	size_t package; /* 0 = all, else place among packages + 1 */
	struct batch batch;
};

static const struct column columns[] = {
	{ N_("Group"), 8, 2, false, 3 },
	{ N_("Name"), 8, 2, false, 0 },
	{ N_("Age"), 6, 0, false, 2 },
	{ N_("Until"), 10, 0, false, 0 },
	{ N_("Time"), 8, 0, false, 1 },
	{ N_("Packages"), 12, 2, false, 4 },
	{ N_("Phone"), 13, 1, false, 5 },
};
enum { COL_GROUP, COL_NAME, COL_AGE, COL_END, COL_DUE, COL_PACKAGES, COL_PHONE };

/* ---- rows ---------------------------------------------------------------------------------------------------------------- */

static void read_row(const struct list_ids *l, int64_t id, void *row)
{
	static const struct contract_line none = { .id = "", .start = "", .end = "", .status = "", .packages = "", .team = "",
		.resident = "", .name = "", .sex = "", .village = "", .group = "", .phone = "", .phone_owner = "" };
	struct err err;

	if (!contract_line(l->b->app, id, &l->b->mem, row, &err))
		*(struct contract_line *)row = none;
}

static const struct contract_line *line_at(const void *lines, size_t i)
{
	return list_ids_row(lines, i);
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct list_ids *l = ctx;
	const struct contract_line *r = line_at(l, row);

	switch (col) {
	case COL_GROUP:
		place_words(l->b->app, "", r->village, r->group, tmp);
		break;
	case COL_NAME:
		return r->name;
	case COL_AGE:
		age_sex_words(r->age, r->born, app_today(l->b->app), r->sex, tmp);
		break;
	case COL_END:
		return r->end;
	case COL_DUE:
		due_words(r->days_over, tmp);
		break;
	case COL_PACKAGES:
		return r->packages;
	default:
		phone_words(r->phone_owner, r->phone, tmp);
	}
	return tmp->s;
}

static enum face line_face(const void *ctx, size_t row, size_t col)
{
	const struct contract_line *r = line_at(ctx, row);

	return col != COL_DUE ? FACE_NORMAL : r->days_over > 0 ? FACE_DANGER : r->days_over > -7 ? FACE_DUE : FACE_NORMAL;
}

static bool line_matches(const void *ctx, size_t row, const char *text)
{
	const struct contract_line *r = line_at(ctx, row);

	return match_pinyin(r->name, text) || match_pinyin(r->group, text) || match_pinyin(r->village, text);
}

static const struct table_model model = { .count = list_ids_count, .id = list_ids_id, .cell = cell, .face = line_face,
	.match = line_matches };

/* ---- what is shown ------------------------------------------------------------------------------------------------------- */

static const struct package *chosen_package(const struct contracts_state *st)
{
	return st->package && st->package <= st->packages.n ? &st->packages.v[st->package - 1] : NULL;
}

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	const struct contracts_state *st = (const struct contracts_state *)b;
	const struct package *p = chosen_package(st);
	const struct contract_query q = { st->which, st->village, st->team, p ? p->code : NULL };
	AUTO_FREE int64_t *ids = NULL;
	size_t n;

	if (!contract_ids(b->app, &q, &ids, &n, err))
		return false;
	list_ids_take(b, mem, rows, ids, n);
	return true;
}

/* The list stays as it is while it is being worked off. */
static bool load(struct ui *ui, void *state, struct err *err)
{
	return ((struct contracts_state *)state)->batch.timer || list_base_load(ui, state, err);
}

static void stop(struct contracts_state *st, struct ui *ui)
{
	ui_timer_stop(ui, st->batch.timer);
	free(st->batch.ids);
	free(st->batch.made);
	st->batch = (struct batch){ 0 };
}

static void close(struct ui *ui, void *state)
{
	struct contracts_state *st = state;

	stop(st, ui);
	arena_release(&st->mem);
	list_base_close(ui, state);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct contracts_state *st = state;
	const struct package *p = chosen_package(st);
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *words[CONTRACTS_WHICH_COUNT];

	sbuf_addf(&text, "%s  %s  %s", _("Contracts"), *st->team_name ? st->team_name : _("all teams"),
		p ? p->name : _("all packages"));
	status_header(ui, cv, text.s, NULL);
	for (size_t i = 0; i < CONTRACTS_WHICH_COUNT; i++)
		words[i] = term_text(&contract_lists[i].term);
	sbuf_clear(&text);
	if (st->base.table.n_marked)
		sbuf_addf(&text, _("%zu marked of "), st->base.table.n_marked);
	sbuf_addf(&text, ngettext("%zu person", "%zu people", table_count(&st->base.table)), table_count(&st->base.table));
	list_base_parts(cv, r, *st->village_name ? st->village_name : _("all villages"), words, CONTRACTS_WHICH_COUNT, st->which,
		text.s);
	list_base_draw(&st->base, ui, cv);
}

static bool renewable(const struct contracts_state *st)
{
	return st->which == CONTRACTS_TO_RENEW || st->which == CONTRACTS_EXPIRED;
}

enum { FOCUS_RENEWS = FOCUS_OWN, FOCUS_SIGNS = FOCUS_OWN << 1 };

static unsigned list_focus(const struct list_base *b)
{
	const struct contracts_state *st = (const struct contracts_state *)b;

	return renewable(st) ? FOCUS_RENEWS : st->which == CONTRACTS_PENDING ? FOCUS_SIGNS : 0;
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct contracts_state *st = state;
	const struct batch *b = &st->batch;

	(void)ui;
	if (b->timer) {
		*face = FACE_INFO;
		sbuf_addf(tmp, b->signs ? _("Signing %zu of %zu, %zu not. Esc stops.") :
			_("Renewing %zu of %zu, %zu not. Esc stops."), b->at, b->n, b->failed);
	} else if (*b->fault) {
		*face = FACE_WARN;
		sbuf_adds(tmp, b->fault);
	} else if (renewable(st)) {
		sbuf_adds(tmp,
			_("Blank marks  + all  - none  F2 renews  Tab which  W village  F4 team"));
	} else if (st->which == CONTRACTS_PENDING) {
		sbuf_adds(tmp, _("Blank marks  + all  - none  F2 signs  E one of them  Tab which  W village"));
	} else {
		sbuf_adds(tmp, _("Tab which  W village  F4 team  left and right package  / filter"));
	}
	return tmp->s;
}

/* ---- renewing ------------------------------------------------------------------------------------------------------------ */

static void unmark(struct table *t, int64_t id)
{
	for (size_t i = 0; i < t->n_marked; i++)
		if (t->marked[i] == id) {
			t->marked[i] = t->marked[--t->n_marked];
			return;
		}
}

static const char *name_of(const struct contracts_state *st, int64_t id)
{
	const struct list_ids *l = st->base.rows;

	for (size_t i = 0; i < l->n; i++)
		if (l->ids[i] == id)
			return line_at(l, i)->name;
	return "";
}

static void work_next(struct contracts_state *st)
{
	struct batch *b = &st->batch;
	int64_t id = b->ids[b->at++];
	struct err err;

	if ((b->signs ? signing_signed : signing_renew)(st->base.app, id, &b->terms, b->made[b->done], &err)) {
		b->done++;
		unmark(&st->base.table, id);
		return;
	}
	b->failed++;
	snprintf(b->fault, sizeof b->fault, "%s: %s", name_of(st, id), err.message);
}

static unsigned finished(struct contracts_state *st, struct ui *ui)
{
	struct batch *b = &st->batch;
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	char fault[sizeof b->fault];

	snprintf(fault, sizeof fault, "%s", b->fault);
	if (b->signs)
		sbuf_addf(&what, ngettext("%zu contract signed", "%zu contracts signed", b->done), b->done);
	else
		sbuf_addf(&what, ngettext("%zu contract renewed", "%zu contracts renewed", b->done), b->done);
	if (b->failed)
		ui_say(ui, FACE_WARN, _("%s, %zu not; they are still marked. %s"), what.s, b->failed, fault);
	else
		ui_say(ui, FACE_DONE, "%s", what.s);
	session_saved_all(ui, KIND_CONTRACT, b->made, b->done, what.s);
	stop(st, ui);
	snprintf(b->fault, sizeof b->fault, "%s", fault);
	return UI_HANDLED | UI_REDRAW | UI_RELOAD;
}

/* A slice of it; keys are answered between two. */
static unsigned go_on(struct ui *ui, void *ctx)
{
	struct contracts_state *st = ctx;
	struct batch *b = &st->batch;
	int64_t until = ui_now_ms(ui) + SLICE_MS;

	b->timer = 0;
	do
		work_next(st);
	while (b->at < b->n && ui_now_ms(ui) < until);
	if (b->at >= b->n)
		return finished(st, ui);
	b->timer = ui_timer(ui, 1, go_on, st);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ask_how(struct contracts_state *st, struct ui *ui)
{
	if (!st->base.table.n_marked) {
		ui_say(ui, FACE_HINT, _("Nobody is marked: blank marks one, + all."));
		return UI_HANDLED | UI_REDRAW;
	}
	return signing_terms_ask(ui, TAG_HOW, st->base.table.n_marked, renewable(st));
}

static unsigned begin(struct contracts_state *st, struct ui *ui, int64_t how)
{
	struct batch *b = &st->batch;

	stop(st, ui);
	b->n = st->base.table.n_marked;
	b->ids = xcalloc(b->n, sizeof *b->ids);
	b->made = xcalloc(b->n, sizeof *b->made);
	b->signs = st->which == CONTRACTS_PENDING;
	memcpy(b->ids, st->base.table.marked, b->n * sizeof *b->ids);
	b->terms = signing_terms_of(how);
	b->timer = ui_timer(ui, 0, go_on, st);
	return UI_HANDLED | UI_REDRAW;
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", line_at(b->rows, row)->resident);
	return person_open(ui, id);
}

/* What is done for the agreement or the person of the row. */
static unsigned act(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	char id[RECORD_ID_MAX + 1];
	struct open_arg arg = { 0 };
	size_t row;

	if (!table_selected(&b->table, &row))
		return 0;
	snprintf(id, sizeof id, "%s", line_at(b->rows, row)->resident);
	arg = (struct open_arg){ .resident = id, .record = line_at(b->rows, row)->id, .kind = KIND_CONTRACT };
	return cmd == CMD_EDIT ? ui_show(ui, &contract_screen, &arg) : person_command(ui, id, cmd);
}

static unsigned choose(struct contracts_state *st, struct ui *ui, int tag)
{
	AUTO_ARENA struct arena mem = { 0 };
	bool villages = tag == TAG_VILLAGE;
	int64_t now = villages ? st->village : st->team;
	struct directory d;
	struct menu_item *items;
	struct err err;

	if (!directory_read(st->base.app, villages ? KIND_ORGANISATION : KIND_TEAM, villages ? "1" : NULL, &mem, &d, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	items = arena_alloc(&mem, (d.n + 1) * sizeof *items);
	items[0] = (struct menu_item){ .text = villages ? _("all villages") : _("all teams"), .value = 0 };
	for (size_t i = 0; i < d.n; i++)
		items[i + 1] = (struct menu_item){ .text = d.v[i].name, .value = d.v[i].row, .checked = d.v[i].row == now };
	return menu_show(ui, tag, &(struct menu){ .title = villages ? _("Village") : _("Team"), .items = items,
		.n_items = d.n + 1, .selected = now, .match = match_pinyin });
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct contracts_state *st = state;
	const char *name = a->choice && a->text ? a->text : "";

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_HOW)
		return begin(st, ui, a->choice);
	if (tag == TAG_VILLAGE) {
		st->village = a->choice;
		snprintf(st->village_name, sizeof st->village_name, "%s", name);
	} else {
		st->team = a->choice;
		snprintf(st->team_name, sizeof st->team_name, "%s", name);
	}
	table_mark_all(&st->base.table, false);
	return UI_HANDLED | UI_RELOAD;
}

static unsigned turn(struct contracts_state *st, int which, int package)
{
	const int n = CONTRACTS_WHICH_COUNT, m = (int)st->packages.n + 1;

	st->which = (enum contract_which)(((int)st->which + which + n) % n);
	st->package = (size_t)(((int)st->package + package + m) % m);
	st->batch.fault[0] = '\0';
	table_mark_all(&st->base.table, false);
	return UI_HANDLED | UI_RELOAD;
}

/* While it is being worked off only stopping is possible. */
static unsigned while_working(struct contracts_state *st, struct ui *ui, enum cmd cmd)
{
	if (cmd != CMD_BACK)
		return UI_HANDLED;
	st->batch.n = st->batch.at;
	return finished(st, ui);
}

static unsigned own_command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct contracts_state *st = (struct contracts_state *)b;

	if (st->batch.timer)
		return while_working(st, ui, cmd);
	switch ((int)cmd) {
	case CMD_NEXT:
		return turn(st, 1, 0);
	case CMD_PREVIOUS:
		return turn(st, -1, 0);
	case CMD_LEFT:
		return turn(st, 0, -1);
	case CMD_RIGHT:
		return turn(st, 0, 1);
	case CMD_VILLAGE:
		return choose(st, ui, TAG_VILLAGE);
	case CMD_CODES:
		return choose(st, ui, TAG_TEAM);
	case CMD_SAVE:
		return ask_how(st, ui);
	default:
		return 0;
	}
}

static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model, .flags = TABLE_MULTI,
	.empty = N_("Nobody here."), .rows_size = sizeof(struct list_ids), .above = 1, .read = read, .read_row = read_row,
	.row_size = sizeof(struct contract_line), .focus = list_focus, .enter = enter, .command = own_command, .other = act };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct contracts_state *st = state;
	struct app *app = app_of(ui);
	AUTO_ARENA struct arena mem = { 0 };

	for (size_t i = 0; a && a->text && i < CONTRACTS_WHICH_COUNT; i++)
		if (!strcmp(a->text, contract_lists[i].name))
			st->which = (enum contract_which)i;
	st->village = app->own_village_row;
	snprintf(st->village_name, sizeof st->village_name, "%s",
		st->village ? directory_name(app, KIND_ORGANISATION, app->own_village, &mem) : "");
	return list_base_open(&st->base, ui, &list) && packages_read(app, NO_DAY, &st->mem, &st->packages, err);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("renew"), FOCUS_RENEWS },
	{ "F2", CMD_SAVE, N_("sign"), FOCUS_SIGNS },
	{ "F4", CMD_CODES, N_("team"), FOCUS_LIST },
	{ "Space", CMD_MARK, NULL, FOCUS_RENEWS | FOCUS_SIGNS },
	{ "+", CMD_ADD, N_("all"), FOCUS_RENEWS | FOCUS_SIGNS },
	{ "-", CMD_STOP, N_("mark none"), FOCUS_RENEWS | FOCUS_SIGNS },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "s", CMD_SIGN, "", FOCUS_LIST },
	{ "h", CMD_HOUSEHOLD, "", FOCUS_LIST },
	{ "w", CMD_VILLAGE, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen contracts_screen = {
	.name = "contracts",
	.title = N_("Contracts"),
	.state_size = sizeof(struct contracts_state),
	.topics = TOPIC_CONTRACT | TOPIC_RESIDENT,
	.keys = keys,
	.open = open,
	.load = load,
	.layout = list_base_layout,
	.draw = draw,
	.focus = list_base_focus,
	.hint = hint,
	.command = list_base_command,
	.key = list_base_key,
	.click = list_base_click,
	.answer = answer,
	.close = close,
};
