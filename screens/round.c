/* The round 上门单: who is due, in the order of villages, groups and houses, with the last values and the pills; F9 writes it for
 * the printer, Enter opens the person and J goes on along the way. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/service/round.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_VILLAGE = 1, TAG_DATE, TAG_PRINT, ROUND_MAX = 300 };

struct round_view {
	struct app *app;
	struct arena mem;
	struct worklist_query q;
	const char *village;
	struct round r;
	struct table table;
};

static const struct column columns[] = {
	{ N_("Place"), 12, 2, false, 0 },
	{ N_("Name"), 8, 1, false, 0 },
	{ N_("Age"), 6, 0, false, 3 },
	{ N_("What to do"), 18, 4, false, 0 },
	{ N_("Last BP"), 10, 0, false, 1 },
	{ N_("Pills"), 14, 4, false, 2 },
	{ N_("Phone"), 23, 1, false, 4 },
};

/* ---- rows ------------------------------------------------------------------------------------------------ */

static size_t count(const void *ctx)
{
	return ((const struct round_view *)ctx)->r.n;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct round_view *)ctx)->r.stops[row].who->row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct round_view *v = ctx;
	const struct round_stop *s = &v->r.stops[row];

	switch (col) {
	case 0:
		if (v->q.village)
			return s->place;
		sbuf_addf(tmp, "%s %s", s->village, s->place);
		return tmp->s;
	case 1:
		return s->who->name;
	case 2:
		age_sex_words(s->who->age, s->who->born, v->q.date, s->who->sex, tmp);
		return tmp->s;
	case 3:
		return s->tasks;
	case 4: /* the day is on the paper */
		return strchr(s->last, ' ') ? strchr(s->last, ' ') + 1 : s->last;
	case 5:
		return s->drugs;
	default:
		return s->phone;
	}
}

static const char *mark(const void *ctx, size_t row)
{
	return *((const struct round_view *)ctx)->r.stops[row].alerts ? "!" : "";
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .mark = mark };

/* ---- the screen ------------------------------------------------------------------------------------------ */

static bool round_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct round_view *v = st;

	(void)arg;
	(void)err;
	v->app = app_of(ui);
	v->q = (struct worklist_query){ .date = app_today(v->app), .village = v->app->own_village_row, .limit = ROUND_MAX };
	table_init(&v->table, columns, N_ELEMENTS(columns), &model, v, 0);
	v->table.empty = N_("Nobody is to be visited.");
	return true;
}

static bool round_load(struct ui *ui, void *st, struct err *err)
{
	struct round_view *v = st;
	char village[RECORD_ID_MAX + 1];

	(void)ui;
	arena_clear(&v->mem);
	v->r = (struct round){ 0 };
	v->village = "";
	if (v->q.village && record_id_of_row(v->app, v->q.village, village))
		v->village = record_name(v->app, KIND_ORGANISATION, village, &v->mem);
	if (!round_read(v->app, &v->q, &v->mem, &v->r, err))
		return false;
	table_reload(&v->table);
	return true;
}

static void round_close(struct ui *ui, void *st)
{
	struct round_view *v = st;

	(void)ui;
	table_release(&v->table);
	arena_release(&v->mem);
}

static struct rect list_area(const struct ui *ui)
{
	struct rect r = ui_body(ui);

	r.y += 1;
	r.h -= 1;
	return r;
}

static void round_layout(struct ui *ui, void *st)
{
	table_layout(&((struct round_view *)st)->table, list_area(ui));
}

static void round_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct round_view *v = st;
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	char iso[DATE_LEN];

	screen_header(ui, cv, _("The round"), NULL);
	sbuf_addf(&words, "%s  ", *v->village ? v->village : _("All villages"));
	sbuf_addf(&words, ngettext("due by %s: %zu person", "due by %s: %zu people", (unsigned long)v->r.n),
		date_iso(v->q.date, iso), v->r.n);
	if (v->r.more)
		sbuf_adds(&words, _("  and more: choose a village"));
	canvas_clip(cv, ui_body(ui).y, 1, cv->w - 2, FACE_HEAD, words.s);
	table_draw(&v->table, cv, list_area(ui), true);
}

static unsigned round_focus(const void *st)
{
	return table_focus(&((const struct round_view *)st)->table);
}

/* ---- doing ----------------------------------------------------------------------------------------------- */

static void convey(struct round_view *v, struct session *s)
{
	const char **ids = xcalloc(v->r.n + 1, sizeof *ids);
	size_t row = 0;

	table_selected(&v->table, &row);
	for (size_t i = 0; i < v->r.n; i++)
		ids[i] = v->r.stops[i].who->id;
	session_set_conveyor(s, ids, v->r.n, row);
	free(ids);
}

static unsigned act(struct ui *ui, struct round_view *v, enum cmd cmd)
{
	char who[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&v->table, &row))
		return 0;
	snprintf(who, sizeof who, "%s", v->r.stops[row].who->id);
	convey(v, session_of(ui));
	return cmd == CMD_OPEN ? person_open(ui, who) : person_command(ui, who, cmd);
}

static unsigned ask_print(struct ui *ui, const struct round_view *v)
{
	char iso[DATE_LEN];

	return print_ask_path(ui, TAG_PRINT, _("Print the round: write the sheet to"), "round-%s", date_iso(v->q.date, iso));
}

static unsigned print(struct ui *ui, const struct round_view *v, const char *typed)
{
	AUTO_REPORT struct report *rep = round_report(v->app, &v->r, v->q.date);
	struct err err;

	return print_report(ui, rep, typed, &err);
}

static unsigned choose_date(struct ui *ui, struct round_view *v, const char *text)
{
	int32_t today = app_today(v->app);
	char iso[DATE_LEN];

	if (*text && date_parse_typed(text, today, false, iso) != DATE_DAY) {
		ui_say(ui, FACE_ERROR, _("This is no date. For example +7 or 2026-12-31"));
		return UI_HANDLED | UI_REDRAW;
	}
	v->q.date = *text ? date_day(iso) : today;
	return UI_HANDLED | UI_RELOAD | UI_REDRAW;
}

static unsigned round_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct round_view *v = st;
	enum table_result r;

	if (cmd == CMD_PRINT)
		return ask_print(ui, v);
	if (cmd == CMD_VILLAGE)
		return village_ask(ui, TAG_VILLAGE, v->q.village, true);
	if (cmd == CMD_DATE)
		return prompt_ask(ui, TAG_DATE, &(struct ask){
			.question = _("What is due until which day? (today: empty; +7, 12-31)"),
			.kind = EDIT_DATE, .may_be_empty = true });
	r = table_command(&v->table, cmd);
	if (r == TABLE_OPENED)
		return act(ui, v, CMD_OPEN);
	return r == TABLE_NOT_MINE ? act(ui, v, cmd) : UI_HANDLED | UI_REDRAW;
}

static unsigned round_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	struct round_view *v = st;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_PRINT)
		return print(ui, v, a->text);
	if (tag == TAG_DATE)
		return choose_date(ui, v, a->text);
	v->q.village = a->choice;
	return UI_HANDLED | UI_RELOAD | UI_REDRAW;
}

static unsigned round_key(struct ui *ui, void *st, struct key key)
{
	(void)ui;
	return table_key(&((struct round_view *)st)->table, key) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned round_click(struct ui *ui, void *st, int y, int x)
{
	struct round_view *v = st;
	enum table_result r = table_click(&v->table, list_area(ui), y, x);

	return r == TABLE_OPENED ? act(ui, v, CMD_OPEN) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F7", CMD_FOLLOW_UP, NULL, FOCUS_LIST },
	{ "F8", CMD_VISIT, NULL, FOCUS_LIST },
	{ "F9", CMD_PRINT, NULL, FOCUS_LIST },
	{ "f", CMD_FOLLOW_UP, "", FOCUS_LIST },
	{ "p", CMD_PHONE, NULL, FOCUS_LIST },
	{ "w", CMD_VILLAGE, NULL, FOCUS_LIST },
	{ "y", CMD_DATE, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen round_screen = {
	.name = "round",
	.title = N_("The round"),
	.state_size = sizeof(struct round_view),
	.topics = TOPIC_PERSON,
	.keys = keys,
	.open = round_open,
	.load = round_load,
	.layout = round_layout,
	.draw = round_draw,
	.focus = round_focus,
	.command = round_command,
	.key = round_key,
	.click = round_click,
	.answer = round_answer,
	.close = round_close,
};
