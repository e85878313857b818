/* G: what his programmes watch, over time on a whole screen, the numbers beside it; left and right go to the next value. */
#include "app/base/i18n.h"
#include "screens/people.h"
#include "screens/resident.h"

struct trend_view {
	char id[RECORD_ID_MAX + 1];
	struct arena mem;
	struct overview o;
	const char *head;
	const struct measure *measures[SERIES_MEASURES];
	size_t n_measures, at;
	struct series series;
};

static bool trend_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct trend_view *v = st;
	const struct open_arg *a = arg;

	snprintf(v->id, sizeof v->id, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	return *v->id || err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
}

static bool trend_load(struct ui *ui, void *st, struct err *err)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct trend_view *v = st;
	struct app *app = app_of(ui);
	struct search_hit hit;

	arena_clear(&v->mem);
	v->head = "";
	if (!overview_read(app, v->id, &v->mem, &v->o, err) || !search_hit_of(app, v->o.row, &v->mem, &hit, err))
		return false;
	person_head(app, &hit, &head);
	v->head = arena_strdup(&v->mem, head.s);
	v->n_measures = overview_measures(&v->o, v->measures);
	v->at = v->at < v->n_measures ? v->at : 0;
	return overview_series(app, &v->o, v->measures[v->at], &v->series, err);
}

static void trend_close(struct ui *ui, void *st)
{
	(void)ui;
	arena_release(&((struct trend_view *)st)->mem);
}

enum { NUMBERS_W = 24 };

static void draw_numbers(const struct trend_view *v, struct canvas *cv, struct rect r)
{
	size_t n = v->series.n, rows = (size_t)r.h < n ? (size_t)r.h : n;

	for (size_t i = 0; i < rows; i++) {
		const struct series_point *p = &v->series.at[n - 1 - i];
		bool high = v->series.target && p->v.value >= v->series.target;
		AUTO_SBUF struct sbuf value = SBUF_INIT;
		char iso[DATE_LEN];

		measure_format(v->series.measure, &p->v, &value);
		canvas_textf(cv, r.y + (int)i, r.x, r.w, p->v.home ? FACE_DIM : high ? FACE_DANGER : FACE_NORMAL, "%s %s%s%s",
			date_iso(p->day, iso), value.s, high ? "↑" : "", p->v.home ? _(" home") : "");
	}
}

/* The values that can be looked at, the present one in brackets: never by colour alone. */
static void draw_names(const struct trend_view *v, struct canvas *cv, int y, int w)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	int x = 1;

	for (size_t i = 0; v->n_measures > 1 && i < v->n_measures; i++)
		x += 1 + canvas_textf(cv, y, x, w - x, i == v->at ? FACE_FOCUS : FACE_NORMAL, i == v->at ? "[%s]" : " %s ",
			term_text(&v->measures[i]->name));
	resident_trend_head(&v->series, &head);
	canvas_clip(cv, y, x, w - x, FACE_HEAD, head.s);
}

static void trend_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct trend_view *v = st;
	struct trend_point points[SERIES_POINTS];
	char days[SERIES_POINTS][6], left[300];
	struct rect r = ui_body(ui);
	struct trend trend;

	snprintf(left, sizeof left, "%s  %s", term_text(&v->series.measure->name), v->head);
	screen_header(ui, cv, left, NULL);
	draw_names(v, cv, r.y, r.w - NUMBERS_W);
	if (!v->series.n) {
		canvas_text(cv, r.y + 1, 2, r.w - 4, FACE_DIM, _("never measured"));
		return;
	}
	trend = resident_trend(&v->series, points, days);
	chart_trend(cv, (struct rect){ r.y + 1, 1, r.h - 1, r.w - NUMBERS_W - 3 }, &trend);
	draw_numbers(v, cv, (struct rect){ r.y, r.w - NUMBERS_W - 1, r.h, NUMBERS_W });
}

static const char *trend_hint(const struct ui *ui, const void *st, struct sbuf *tmp, enum face *face)
{
	(void)ui;
	(void)tmp;
	(void)face;
	return ((const struct trend_view *)st)->n_measures > 1 ? _("left and right: the next value") : "";
}

static unsigned trend_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct trend_view *v = st;
	size_t step = cmd == CMD_LEFT || cmd == CMD_PREVIOUS ? v->n_measures - 1 : 1;

	(void)ui;
	if (cmd != CMD_LEFT && cmd != CMD_RIGHT && cmd != CMD_NEXT && cmd != CMD_PREVIOUS)
		return 0;
	v->at = (v->at + step) % v->n_measures;
	return UI_HANDLED | UI_RELOAD;
}

static const struct binding keys[] = {
	{ "F7", CMD_FOLLOW_UP, NULL, 0 },
	{ "F8", CMD_VISIT, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen trend_screen = {
	.name = "trend",
	.title = N_("Trend"),
	.state_size = sizeof(struct trend_view),
	.topics = TOPIC_VISIT,
	.keys = keys,
	.open = trend_open,
	.load = trend_load,
	.draw = trend_draw,
	.hint = trend_hint,
	.command = trend_command,
	.close = trend_close,
};
