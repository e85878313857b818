/* G: blood pressure over time on a whole screen, the numbers beside it. */
#include "app/base/i18n.h"
#include "screens/people.h"
#include "screens/resident.h"

struct trend_view {
	char id[RECORD_ID_MAX + 1];
	struct arena mem;
	struct overview o;
	const char *head;
	struct trend_point points[OVERVIEW_TREND];
	char days[OVERVIEW_TREND][6];
	int64_t target;
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
	resident_trend(app, &v->o, v->points, v->days, &v->target);
	return true;
}

static void trend_close(struct ui *ui, void *st)
{
	(void)ui;
	arena_release(&((struct trend_view *)st)->mem);
}

enum { NUMBERS_W = 20 };

static void draw_numbers(const struct trend_view *v, struct canvas *cv, struct rect r)
{
	size_t n = v->o.n_trend, rows = (size_t)r.h < n ? (size_t)r.h : n;

	for (size_t i = 0; i < rows; i++) {
		const struct bp_point *p = &v->o.trend[n - 1 - i];
		char iso[DATE_LEN];
		bool high = v->target && p->sbp >= v->target;

		canvas_textf(cv, r.y + (int)i, r.x, r.w, high ? FACE_DANGER : FACE_NORMAL, "%s %d/%d%s",
			date_iso(p->day, iso), p->sbp, p->dbp, high ? "↑" : "");
	}
}

static void trend_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct trend_view *v = st;
	struct rect r = ui_body(ui);
	char left[300];

	snprintf(left, sizeof left, "%s  %s", _("Blood pressure"), v->head);
	screen_header(ui, cv, left, NULL);
	if (!v->o.n_trend) {
		canvas_text(cv, r.y + 1, 2, r.w - 4, FACE_DIM, _("never measured"));
		return;
	}
	if (v->target)
		canvas_textf(cv, r.y, 1, r.w - NUMBERS_W, FACE_HEAD, _("Systolic pressure, target below %d"), (int)v->target);
	chart_trend(cv, (struct rect){ r.y + 1, 1, r.h - 1, r.w - NUMBERS_W - 3 }, &(struct trend){ .points = v->points,
		.n_points = v->o.n_trend, .target = v->target, .scale = 1 });
	draw_numbers(v, cv, (struct rect){ r.y, r.w - NUMBERS_W - 1, r.h, NUMBERS_W });
}

static const struct binding keys[] = {
	{ "F7", CMD_FOLLOW_UP, NULL, 0 },
	{ "F8", CMD_VISIT, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen trend_screen = {
	.name = "trend",
	.title = N_("Blood pressure"),
	.state_size = sizeof(struct trend_view),
	.topics = TOPIC_VISIT,
	.keys = keys,
	.open = trend_open,
	.load = trend_load,
	.draw = trend_draw,
	.close = trend_close,
};
