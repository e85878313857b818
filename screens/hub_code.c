/* The code by which a computer joins the hub, large, with what is typed on that computer; it says when the code was used. */
#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/service/clinic_hub.h"
#include "screens/kit/status.h"
#include "screens/screens.h"

enum { LOOK_MS = 10000 };

struct code_view {
	struct app *app;
	struct arena mem;
	struct clinic_hub hub;
	int64_t opened; /* who joins later has joined by this code */
	int timer;
};

/* ---- large letters: those that the code is made of ------------------------------------------------------------------------ */

enum { GLYPH = 5, PITCH = GLYPH + 1 };

static const struct glyph {
	char letter;
	char rows[GLYPH][GLYPH + 1];
} glyphs[] = {
	/* clang-format off */
	{ '2', { "####.", "....#", ".###.", "#....", "#####" } },
	{ '3', { "####.", "....#", ".###.", "....#", "####." } },
	{ '4', { "#...#", "#...#", "#####", "....#", "....#" } },
	{ '5', { "#####", "#....", "####.", "....#", "####." } },
	{ '6', { ".####", "#....", "####.", "#...#", ".###." } },
	{ '7', { "#####", "...#.", "..#..", ".#...", ".#..." } },
	{ '8', { ".###.", "#...#", ".###.", "#...#", ".###." } },
	{ '9', { ".###.", "#...#", ".####", "....#", "####." } },
	{ 'A', { ".###.", "#...#", "#####", "#...#", "#...#" } },
	{ 'B', { "####.", "#...#", "####.", "#...#", "####." } },
	{ 'C', { ".####", "#....", "#....", "#....", ".####" } },
	{ 'D', { "####.", "#...#", "#...#", "#...#", "####." } },
	{ 'E', { "#####", "#....", "####.", "#....", "#####" } },
	{ 'F', { "#####", "#....", "####.", "#....", "#...." } },
	{ 'G', { ".####", "#....", "#..##", "#...#", ".####" } },
	{ 'H', { "#...#", "#...#", "#####", "#...#", "#...#" } },
	{ 'J', { "....#", "....#", "....#", "#...#", ".###." } },
	{ 'K', { "#...#", "#..#.", "###..", "#..#.", "#...#" } },
	{ 'M', { "#...#", "##.##", "#.#.#", "#...#", "#...#" } },
	{ 'N', { "#...#", "##..#", "#.#.#", "#..##", "#...#" } },
	{ 'P', { "####.", "#...#", "####.", "#....", "#...." } },
	{ 'Q', { ".###.", "#...#", "#.#.#", "#..#.", ".##.#" } },
	{ 'R', { "####.", "#...#", "####.", "#..#.", "#...#" } },
	{ 'S', { ".####", "#....", ".###.", "....#", "####." } },
	{ 'T', { "#####", "..#..", "..#..", "..#..", "..#.." } },
	{ 'U', { "#...#", "#...#", "#...#", "#...#", ".###." } },
	{ 'V', { "#...#", "#...#", "#...#", ".#.#.", "..#.." } },
	{ 'W', { "#...#", "#...#", "#.#.#", "##.##", "#...#" } },
	{ 'X', { "#...#", ".#.#.", "..#..", ".#.#.", "#...#" } },
	{ 'Y', { "#...#", ".#.#.", "..#..", "..#..", "..#.." } },
	{ 'Z', { "#####", "...#.", "..#..", ".#...", "#####" } },
	/* clang-format on */
};

static void draw_glyph(struct canvas *cv, int y, int x, char letter)
{
	for (size_t i = 0; i < N_ELEMENTS(glyphs); i++) {
		if (glyphs[i].letter != letter)
			continue;
		for (int row = 0; row < GLYPH; row++)
			for (int col = 0; col < GLYPH; col++)
				if (glyphs[i].rows[row][col] == '#')
					canvas_text(cv, y + row, x + col, 1, FACE_HEAD, "#");
	}
}

/* The dash between groups takes two columns. */
static int large_width(const char *code)
{
	int w = 0;

	for (; *code; code++)
		w += *code == '-' ? 2 : PITCH;
	return w;
}

static void draw_large(struct canvas *cv, int y, int x, const char *code)
{
	for (; *code; code++) {
		if (*code != '-')
			draw_glyph(cv, y, x, *code);
		x += *code == '-' ? 2 : PITCH;
	}
}

/* ---- reading -------------------------------------------------------------------------------------------------------------- */

static unsigned look(struct ui *ui, void *ctx);

static void arm(struct code_view *v, struct ui *ui)
{
	v->timer = ui_timer(ui, LOOK_MS, look, v);
}

/* The minutes go by while nothing happens. */
static unsigned look(struct ui *ui, void *ctx)
{
	arm(ctx, ui);
	ui_changed(ui, TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW;
}

static bool code_load(struct ui *ui, void *state, struct err *err)
{
	struct code_view *v = state;

	(void)ui;
	arena_clear(&v->mem);
	return clinic_hub_read(v->app, &v->mem, &v->hub, err);
}

static bool code_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct code_view *v = state;

	(void)arg;
	(void)err;
	v->app = app_of(ui);
	v->opened = clock_now(&v->app->clock);
	arm(v, ui);
	return true;
}

static void code_close(struct ui *ui, void *state)
{
	struct code_view *v = state;

	ui_timer_stop(ui, v->timer);
	arena_release(&v->mem);
}

/* ---- drawing -------------------------------------------------------------------------------------------------------------- */

static void draw_gone(const struct code_view *v, struct canvas *cv, const struct rect *r)
{
	const struct clinic_hub *h = &v->hub;
	const struct hub_computer *joined = NULL;

	for (size_t i = 0; i < h->n; i++)
		if (h->computers[i].joined_at >= v->opened)
			joined = &h->computers[i];
	if (joined)
		canvas_textf(cv, r->y + 1, r->x + 1, r->w - 2, FACE_DONE, _("%s has joined. It fetches everything by itself now."),
			joined->name);
	else
		canvas_text(cv, r->y + 1, r->x + 1, r->w - 2, FACE_DUE,
			_("No code is good now: it was used, or its time is over. Esc, and let the computer join once more."));
}

static void draw_code(const struct code_view *v, struct canvas *cv, const struct rect *r)
{
	int64_t left = (v->hub.code_until - clock_now(&v->app->clock) + 59999) / 60000;
	int w = large_width(v->hub.code), y = r->y + 1;

	canvas_textf(cv, y, r->x + 1, r->w - 2, FACE_HEAD, _("Code: %s"), v->hub.code);
	canvas_park(cv, y, r->x + 1);
	y += 2;
	if (w <= r->w - 2) {
		draw_large(cv, y, r->x + 2, v->hub.code);
		y += GLYPH + 1;
	}
	canvas_textf(cv, y, r->x + 1, r->w - 2, FACE_HEAD, _("Address: %s"), *v->hub.serves_at ? v->hub.serves_at : "?");
	canvas_textf(cv, y + 1, r->x + 1, r->w - 2, FACE_DUE,
		ngettext("Good for %d more minute, for one computer.", "Good for %d more minutes, for one computer.",
			(unsigned long)left), (int)left);
	canvas_wrap(cv, (struct rect){ y + 3, r->x + 1, r->y + r->h - y - 3, r->w - 2 }, FACE_HINT,
		_("On the other computer: press : and type hub, choose Join the hub, type this address and this code. Both "
		  "computers have to be in the same network."));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct code_view *v = state;
	struct rect r = ui_body(ui);

	status_header(ui, cv, _("A computer joins"), NULL);
	if (*v->hub.code)
		draw_code(v, cv, &r);
	else
		draw_gone(v, cv, &r);
}

const struct screen hub_code_screen = {
	.name = "hub-code",
	.title = N_("A computer joins"),
	.state_size = sizeof(struct code_view),
	.topics = TOPIC_SYNC,
	.open = code_open,
	.load = code_load,
	.draw = draw,
	.close = code_close,
};
