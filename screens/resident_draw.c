/* One look: danger, drugs now taken, what is due, what was promised, what happened, does the county have it. */
#include "app/base/i18n.h"
#include "app/programmes/programmes.h"
#include "screens/kit/status.h"
#include "screens/people.h"
#include "screens/resident.h"

/* ---- words, made when the data were read ------------------------------------------------------------------------------------ */

/* "9月核实" of this year, "2024-09核实" of another. */
static void add_checked(const struct app *app, const char *day, struct sbuf *out)
{
	struct date d;

	if (date_parse(day, &d) >= DATE_MONTH && d.year == date_year(app_today(app)))
		sbuf_addf(out, _(" checked in month %d"), d.month);
	else
		sbuf_addf(out, _(" checked %.7s"), day);
}

static void corner_words(const struct resident_page *p, struct sbuf *out)
{
	const struct record *r = p->o.resident;
	const char *file = record_text(r, "file_no"), *phone = record_text(r, "phone"), *seen = record_text(r, "phone_verified");
	AUTO_SBUF struct sbuf who = SBUF_INIT;

	receipt_corner(&p->receipts, out); /* first: where it is narrow the end is cut */
	if (file && strlen(file) == 17)
		sbuf_addf(out, "  %s %.3s-%s", _("No."), file + 9, file + 12);
	if (phone) {
		phone_words(record_text(r, "phone_owner"), NULL, &who);
		sbuf_addf(out, "%s%s%.3s****%s", out->len ? "  " : "", who.s, phone,
			strlen(phone) > 7 ? phone + strlen(phone) - 4 : "");
		if (seen && strlen(seen) >= 7)
			add_checked(p->app, seen, out);
	}
}

void resident_words(struct resident_page *p)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct search_hit hit;
	struct err err;

	p->head = "";
	if (search_hit_of(p->app, p->o.row, &p->mem, &hit, &err)) {
		hit.id_masked = ""; /* the page has the file number */
		person_head(p->app, &hit, &text);
		p->head = arena_strdup(&p->mem, text.s);
	}
	sbuf_clear(&text);
	corner_words(p, &text);
	p->corner = arena_strdup(&p->mem, text.s);
	sbuf_clear(&text);
	overview_allergies(p->o.resident, &text);
	p->danger = text.len > 0;
	sbuf_clear(&text);
	person_alerts(p->app, &p->o, &text);
	p->alerts = arena_strdup(&p->mem, text.s);
	sbuf_clear(&text);
	p->drugs = overview_drugs(&p->o, &text) ? arena_strdup(&p->mem, text.s) : "";
}

struct trend resident_trend(const struct series *s, struct trend_point *points, char days[][6])
{
	struct trend t = { .points = points, .n_points = s->n, .target = s->target, .scale = 1 };

	for (int i = 0; i < s->measure->places; i++)
		t.scale *= 10;
	for (size_t i = 0; i < s->n; i++) {
		char iso[DATE_LEN];

		snprintf(days[i], 6, "%.5s", date_iso(s->at[i].day, iso) + 5);
		points[i] = (struct trend_point){ .day = s->at[i].day, .value = s->at[i].v.value, .label = days[i],
			.hollow = s->at[i].v.home };
	}
	return t;
}

void resident_trend_head(const struct series *s, struct sbuf *out)
{
	AUTO_SBUF struct sbuf limit = SBUF_INIT;

	sbuf_adds(out, term_text(&s->measure->axis));
	if (!s->target)
		return;
	measure_format(s->measure, &(struct measured){ .value = s->target }, &limit);
	sbuf_addf(out, _(", target below %s"), limit.s);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

enum { CHART_MIN_W = 76, LEFT_W = 39 };

struct places {
	int alerts, drugs, block, block_h, line, lacks;
	struct rect timeline, chart;
};

static struct places places_of(const struct ui *ui)
{
	struct rect r = ui_body(ui);
	struct places p = { .alerts = r.y, .drugs = r.y + 1, .block = r.y + 3 };
	int spare = r.h - 20;

	p.block_h = r.h < 20 ? 4 : spare > 8 ? 10 : 7;
	p.line = p.block + p.block_h + 1;
	p.lacks = r.y + r.h - 1;
	p.timeline = (struct rect){ .y = p.line + 1, .x = 0, .h = p.lacks - p.line - 2, .w = r.w };
	if (r.w >= CHART_MIN_W)
		p.chart = (struct rect){ .y = p.block + 1, .x = LEFT_W + 1, .h = p.block_h - 1, .w = r.w - LEFT_W - 2 };
	return p;
}

struct rect resident_timeline_area(const struct resident_page *p, const struct ui *ui)
{
	(void)p;
	return places_of(ui).timeline;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static void last_words(const struct overview_programme *pr, struct sbuf *out)
{
	const struct measure *m = programme_measure(programme_by_code(pr->programme));
	AUTO_SBUF struct sbuf value = SBUF_INIT;

	if (pr->last && m && measure_words(m, pr->last, &value))
		sbuf_addf(out, " %s%s", value.s, record_is(pr->last, "controlled", "1") ? "↑" : "");
}

static void draw_programme(const struct resident_page *p, struct canvas *cv, int y, int w, const struct overview_programme *pr)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct programme *prog = programme_by_code(pr->programme);
	bool over = pr->due && date_day(pr->due) < app_today(p->app);

	sbuf_adds(&text, prog ? term_text(&prog->title) : pr->programme);
	if (pr->since && strlen(pr->since) >= 4)
		sbuf_addf(&text, _(" since %.4s"), pr->since);
	last_words(pr, &text);
	if (strcmp(pr->status, "active") != 0) {
		const struct code *c = field_code(form_field(kind_by_id(KIND_ENROLMENT)->form, "status"), pr->status);

		sbuf_addf(&text, " %s", c ? term_text(&c->term) : pr->status);
	}
	if (pr->due)
		sbuf_addf(&text, _(" next %s"), short_day(p->app, pr->due));
	canvas_clip(cv, y, 2, w - 2, over ? FACE_DANGER : FACE_NORMAL, text.s);
}

static int draw_programmes(const struct resident_page *p, struct canvas *cv, const struct places *pl, int w)
{
	int y = pl->block, last = pl->block + pl->block_h - 2;

	canvas_text(cv, y++, 1, w, FACE_HEAD, _("Rosters"));
	if (!p->o.n_programmes)
		canvas_text(cv, y++, 2, w - 2, FACE_DIM, _("on none"));
	for (size_t i = 0; i < p->o.n_programmes && y < last; i++)
		draw_programme(p, cv, y++, w, &p->o.programmes[i]);
	return y;
}

static void draw_contract(const struct resident_page *p, struct canvas *cv, int y, int w)
{
	int x = 1 + canvas_text(cv, y, 1, w, FACE_HEAD, _("Contract"));
	const char *end;

	if (!p->o.contract) {
		canvas_text(cv, y, x + 1, w - x, FACE_DIM, _("none"));
		return;
	}
	end = record_text(p->o.contract, "end");
	canvas_textf(cv, y, x + 1, w - x, FACE_NORMAL, _("%s until %s"), p->o.team, end ? end : "?");
}

static void draw_chart(const struct resident_page *p, struct canvas *cv, const struct places *pl)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct trend_point points[SERIES_POINTS];
	char days[SERIES_POINTS][6];
	struct trend trend;

	if (!pl->chart.w)
		return;
	canvas_pillar(cv, pl->block, LEFT_W - 1, pl->block_h, FACE_LINE);
	resident_trend_head(&p->o.series, &head);
	canvas_clip(cv, pl->block, pl->chart.x, pl->chart.w, FACE_HEAD, head.s);
	if (!p->o.series.n) {
		canvas_text(cv, pl->block + 2, pl->chart.x, pl->chart.w, FACE_DIM, _("never measured"));
		return;
	}
	trend = resident_trend(&p->o.series, points, days);
	chart_trend(cv, pl->chart, &trend);
}

static void draw_lacks(const struct resident_page *p, struct canvas *cv, int y)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, all = SBUF_INIT;
	int x = 1;

	if (!p->n_lacks) {
		canvas_text(cv, y, 1, cv->w - 2, FACE_DONE, _("Nothing is missing."));
		return;
	}
	x += canvas_text(cv, y, x, cv->w - 2, FACE_HEAD, record_is(p->o.resident, "sex", "2") ? _("She still lacks:") :
		_("He still lacks:"));
	sbuf_addf(&all, ngettext(" %zu in all", " %zu in all", p->n_lacks), p->n_lacks);
	for (size_t i = 0; i < p->n_lacks; i++) {
		int last = i + 1 == p->n_lacks ? 0 : canvas_width(cv, all.s);

		sbuf_clear(&text);
		sbuf_addf(&text, " %zu %s ", i + 1, p->lacks[i].text);
		if (i && x + canvas_width(cv, text.s) + last > cv->w - 1) { /* whole ones only; their digits work all the same */
			canvas_text(cv, y, x, cv->w - 1 - x, FACE_DUE, all.s);
			return;
		}
		x += canvas_clip(cv, y, x, cv->w - x - 1, FACE_DUE, text.s);
	}
}

void resident_page_draw(const struct ui *ui, const struct resident_page *p, struct canvas *cv)
{
	struct places pl = places_of(ui);
	int w = pl.chart.w ? LEFT_W - 2 : cv->w - 1, y;
	AUTO_SBUF struct sbuf drugs = SBUF_INIT;
	char count[64];

	screen_header(ui, cv, p->head, p->corner);
	canvas_clip(cv, pl.alerts, 1, cv->w - 2, p->danger ? FACE_DANGER : FACE_DUE, *p->alerts ? p->alerts : "");
	sbuf_addf(&drugs, _("Takes: %s"), p->drugs);
	if (*p->drugs)
		canvas_clip(cv, pl.drugs, 1, cv->w - 2, FACE_NORMAL, drugs.s);
	else
		canvas_text(cv, pl.drugs, 1, cv->w - 2, FACE_DIM, _("No drugs are noted."));
	status_rule(cv, pl.block - 1);
	y = draw_programmes(p, cv, &pl, w);
	draw_contract(p, cv, y, w);
	draw_chart(p, cv, &pl);
	status_rule(cv, pl.line - 1);
	canvas_text(cv, pl.line, 1, cv->w - 2, FACE_HEAD, _("Timeline"));
	snprintf(count, sizeof count, ngettext("%d record", "%d records", (unsigned long)p->line.total), (int)p->line.total);
	canvas_right(cv, pl.line, cv->w / 2, cv->w / 2 - 1, FACE_HINT, count);
	table_draw(&p->line.table, cv, pl.timeline, true);
	status_rule(cv, pl.lacks - 1);
	draw_lacks(p, cv, pl.lacks);
}
