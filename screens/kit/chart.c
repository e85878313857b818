#include "screens/kit/chart.h"

#include "app/base/date.h"
#include "app/base/utf8.h"
#include "screens/kit/signs.h"

enum { NUMBER = 48,
	YEAR_DAYS = 366 };

/* ---- trend: scales ------------------------------------------------------------------------------------------------ */

struct axes {
	struct rect plot;
	int64_t top, step;       /* value of the first row, and from row to row */
	int32_t first_day, days; /* of the horizontal axis */
};

static int64_t floor_to(int64_t v, int64_t step)
{
	int64_t q = v / step;

	return (v % step < 0 ? q - 1 : q) * step;
}

/* 1, 2, 5, 10, 20, 50 ...: the smallest step that fits the range into the rows. */
static int64_t find_step(int64_t lo, int64_t hi, int rows, int64_t unit)
{
	static const int64_t nice[] = { 1, 2, 5 };
	int64_t decade = unit;

	for (int guard = 0; guard < 12; guard++, decade *= 10)
		for (size_t i = 0; i < N_ELEMENTS(nice); i++) {
			int64_t step = nice[i] * decade;

			if ((floor_to(hi + step - 1, step) - floor_to(lo, step)) / step < rows)
				return step;
		}
	return decade;
}

static struct axes find_axes(const struct trend *t, struct rect plot)
{
	struct axes a = { .plot = plot };
	int64_t lo = t->target ? t->target : t->points[0].value, hi = lo;

	for (size_t i = 0; i < t->n_points; i++) {
		lo = t->points[i].value < lo ? t->points[i].value : lo;
		hi = t->points[i].value > hi ? t->points[i].value : hi;
	}
	a.step = t->step ? t->step : find_step(lo, hi, plot.h, t->scale > 1 ? t->scale / 10 * 5 : 1);
	a.top = floor_to(hi + a.step - 1, a.step);
	a.first_day = t->points[0].day;
	a.days = t->points[t->n_points - 1].day - a.first_day;
	return a;
}

/* Row of a value in quarters (braille has four dots a cell), from the plot's top. */
static int quarter_of(const struct axes *a, int64_t value)
{
	int64_t q = ((a->top - value) * 4 + a->step / 2) / a->step + 2; /* a tick lies in its cell's middle */
	int64_t last = 4 * (int64_t)a->plot.h - 1;

	return (int)(q < 0 ? 0 : q > last ? last : q);
}

static int row_of(const struct axes *a, int64_t value)
{
	int64_t row = (2 * (a->top - value) + a->step) / (2 * a->step);

	return a->plot.y + (int)(row < 0 ? 0 : row < a->plot.h ? row : a->plot.h - 1);
}

static int column_of(const struct axes *a, int32_t day)
{
	int w = a->plot.w - 1;

	return a->plot.x + (a->days ? (int)((int64_t)(day - a->first_day) * w / a->days) : w / 2);
}

static void number(int64_t value, int64_t scale, char *out, size_t size)
{
	int64_t whole = scale > 1 ? value / scale : value, rest = scale > 1 ? value % scale : 0;

	if (rest < 0)
		rest = -rest;
	if (scale >= 100)
		snprintf(out, size, "%lld.%02lld", (long long)whole, (long long)(rest * 100 / scale));
	else if (scale > 1)
		snprintf(out, size, "%lld.%lld", (long long)whole, (long long)(rest * 10 / scale));
	else
		snprintf(out, size, "%lld", (long long)whole);
}

/* ---- trend: the line between the points, in braille dots ---------------------------------------------------------- */

enum { MAX_CELLS = 8192 };

static void dot(unsigned char *dots, const struct axes *a, int qx, int qy)
{
	static const unsigned char bits[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

	if (qx >= 0 && qy >= 0 && qx / 2 < a->plot.w && qy / 4 < a->plot.h)
		dots[qy / 4 * a->plot.w + qx / 2] |= bits[qy % 4][qx % 2];
}

static void segment(unsigned char *dots, const struct axes *a, const struct trend_point *p, const struct trend_point *q)
{
	int x0 = 2 * (column_of(a, p->day) - a->plot.x), x1 = 2 * (column_of(a, q->day) - a->plot.x);
	int y0 = quarter_of(a, p->value), y1 = quarter_of(a, q->value);
	int dx = x1 - x0, dy = y1 - y0, n = dx > (dy < 0 ? -dy : dy) ? dx : dy < 0 ? -dy : dy;

	for (int i = 0; i <= n && n > 0; i++)
		dot(dots, a, x0 + dx * i / n, y0 + dy * i / n);
}

static void draw_line(struct canvas *cv, const struct axes *a, const struct trend *t)
{
	int cells = a->plot.w * a->plot.h;
	unsigned char dots[MAX_CELLS] = { 0 };

	if (cells > MAX_CELLS)
		return;
	for (size_t i = 1; i < t->n_points; i++)
		segment(dots, a, &t->points[i - 1], &t->points[i]);
	for (int i = 0; i < cells; i++) {
		char utf8[5] = "";

		if (!dots[i])
			continue;
		utf8_encode(0x2800 + (uint32_t)dots[i], utf8);
		canvas_text(cv, a->plot.y + i / a->plot.w, a->plot.x + i % a->plot.w, 1, FACE_CHART, utf8);
	}
}

/* ---- trend: drawing ------------------------------------------------------------------------------------------------ */

static void draw_axis(struct canvas *cv, const struct axes *a, const struct trend *t, int label_w)
{
	int target = t->target ? row_of(a, t->target) : -1;

	for (int i = 0; i < a->plot.h; i++) {
		char text[NUMBER];
		int y = a->plot.y + i;

		number(a->top - i * a->step, t->scale, text, sizeof text);
		canvas_right(cv, y, a->plot.x - 1 - label_w, label_w, FACE_HINT, text);
		canvas_text(cv, y, a->plot.x - 1, 1, FACE_LINE, y == target ? sign_tee : "│");
		if (y == target)
			canvas_rule(cv, y, a->plot.x, a->plot.w, FACE_DUE);
	}
}

/* Labels or values under their points; the newest first, those that would touch another left out. */
static void draw_under(struct canvas *cv, const struct axes *a, const struct trend *t, int y, bool values)
{
	int free_to = a->plot.x + a->plot.w + 2;

	for (size_t i = t->n_points; i--;) {
		const struct trend_point *p = &t->points[i];
		char text[NUMBER];
		int w, x;

		if (values)
			number(p->value, t->scale, text, sizeof text);
		else
			snprintf(text, sizeof text, "%s", p->label ? p->label : "");
		w = canvas_width(cv, text);
		x = column_of(a, p->day) - w / 2;
		x = x + w > a->plot.x + a->plot.w ? a->plot.x + a->plot.w - w : x;
		x = x < a->plot.x ? a->plot.x : x;
		if (!w || x + w >= free_to)
			continue;
		canvas_text(cv, y, x, w, values ? FACE_NORMAL : FACE_HINT, text);
		free_to = x;
	}
}

/* Over more than a year days and months say little: each year stands where it begins; one without room is left out. */
static void draw_years(struct canvas *cv, const struct axes *a, int y)
{
	enum { YEAR_W = 4 };
	const int last = date_year(a->first_day + a->days), right = a->plot.x + a->plot.w;
	int free_from = a->plot.x;

	for (int year = date_year(a->first_day); year <= last; year++) {
		const int32_t begins = date_day_number(&(struct date){ year, 1, 1 });
		const int x = begins < a->first_day ? a->plot.x : column_of(a, begins);

		/* The rest of the first year is short: its successor is worth more. */
		if (begins < a->first_day && year < last &&
			column_of(a, date_day_number(&(struct date){ year + 1, 1, 1 })) <= x + YEAR_W)
			continue;
		if (x < free_from || x + YEAR_W > right)
			continue;
		canvas_textf(cv, y, x, YEAR_W, FACE_HINT, "%d", year);
		free_from = x + YEAR_W + 1;
	}
}

static bool is_high(const struct trend *t, const struct trend_point *p)
{
	return t->target && p->value >= t->target;
}

void chart_trend(struct canvas *cv, struct rect r, const struct trend *t)
{
	struct axes a;
	char widest[NUMBER];
	int label_w;

	if (!t->n_points || r.h < 4 || r.w < 16)
		return;
	a = find_axes(t, (struct rect){ .y = r.y, .x = r.x, .h = r.h - 2, .w = r.w });
	number(a.top, t->scale, widest, sizeof widest);
	label_w = (int)strlen(widest);
	a.plot.x += label_w + 1;
	a.plot.w -= label_w + 1;
	draw_axis(cv, &a, t, label_w);
	if (cv->blocks)
		draw_line(cv, &a, t);
	for (size_t i = 0; i < t->n_points; i++) {
		const struct trend_point *p = &t->points[i];

		canvas_text(cv, row_of(&a, p->value), column_of(&a, p->day), 1, is_high(t, p) ? FACE_DANGER : FACE_DONE,
			p->hollow ? sign_hollow : "●");
	}
	draw_under(cv, &a, t, r.y + r.h - 2, true);
	if (a.days > YEAR_DAYS)
		draw_years(cv, &a, r.y + r.h - 1);
	else
		draw_under(cv, &a, t, r.y + r.h - 1, false);
}

/* ---- bars ------------------------------------------------------------------------------------------------------------ */

/* A bar of len eighths of a cell from x to the right. */
static void draw_bar(struct canvas *cv, int y, int x, int64_t eighths, enum face face)
{
	for (; eighths >= 8; eighths -= 8)
		canvas_text(cv, y, x++, 1, face, cv->blocks ? sign_bars[8] : "#");
	if (eighths > 0)
		canvas_text(cv, y, x, 1, face, cv->blocks ? sign_bars[eighths] : eighths >= 4 ? "#" : "");
}

static int64_t scaled(int64_t value, int64_t of, int w)
{
	int64_t n = of > 0 && value > 0 ? value * 8 * w / of : 0;

	return n > 8 * w ? 8 * w : n;
}

static const char *bar_text(const struct bar *b, char *buf, size_t size)
{
	if (b->text)
		return b->text;
	snprintf(buf, size, "%lld", (long long)b->value);
	return buf;
}

void chart_bars(struct canvas *cv, struct rect r, const struct bar *bars, size_t n)
{
	int label_w = 0, text_w = 0, bar_w;
	int64_t largest = 0;
	char buf[32];

	for (size_t i = 0; i < n; i++) {
		int lw = canvas_width(cv, bars[i].label), tw = canvas_width(cv, bar_text(&bars[i], buf, sizeof buf));

		label_w = lw > label_w ? lw : label_w;
		text_w = tw > text_w ? tw : text_w;
		largest = bars[i].value > largest ? bars[i].value : largest;
	}
	label_w = label_w < r.w / 2 ? label_w : r.w / 2;
	bar_w = r.w - label_w - text_w - 2;
	for (size_t i = 0; i < n && (int)i < r.h; i++) {
		int y = r.y + (int)i;

		canvas_clip(cv, y, r.x, label_w, FACE_NORMAL, bars[i].label);
		if (bar_w > 0)
			draw_bar(cv, y, r.x + label_w + 1, scaled(bars[i].value, bars[i].of ? bars[i].of : largest, bar_w),
				bars[i].face == FACE_NORMAL ? FACE_CHART : bars[i].face);
		canvas_right(cv, y, r.x + r.w - text_w, text_w, FACE_NORMAL, bar_text(&bars[i], buf, sizeof buf));
	}
}
