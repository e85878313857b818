/* The population pyramid: who lives here by age and sex, of all or of one village, the numbers at both ends of each bar. */
#include "app/base/i18n.h"
#include "app/service/directory.h"
#include "app/service/population.h"
#include "screens/kit/chart.h"
#include "screens/kit/status.h"
#include "screens/screens.h"

enum { TAG_VILLAGE = 1, BAND_LEN = 8 };

struct population_screen {
	struct population p;
	int64_t village; /* row; 0 = all */
	struct arena mem;
	const char *name; /* of the village */
};

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct population_screen *st = state;
	char id[RECORD_ID_MAX + 1];

	arena_clear(&st->mem);
	st->name = "";
	if (st->village && record_id_of_row(app_of(ui), st->village, id))
		st->name = directory_name(app_of(ui), KIND_ORGANISATION, id, &st->mem);
	return population_read(app_of(ui), st->village, &st->p, err);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	(void)ui;
	(void)arg;
	(void)err;
	((struct population_screen *)state)->name = "";
	return true;
}

/* "上坂村 常住 612人 男 310 女 302 65岁及以上 112 (18.30%)". */
static void draw_sums(const struct population_screen *st, struct canvas *cv, struct rect r)
{
	const struct population *p = &st->p;
	const int64_t share = p->all ? (p->elders * 20000 + p->all) / (2 * p->all) : 0;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_addf(&text, _("%s: %lld living here, m %lld, f %lld; 65 and over %lld"), *st->name ? st->name : _("All villages"),
		(long long)p->all, (long long)p->of_sex[POPULATION_MEN], (long long)p->of_sex[POPULATION_WOMEN],
		(long long)p->elders);
	if (p->all)
		sbuf_addf(&text, " (%lld.%02lld%%)", (long long)(share / 100), (long long)(share % 100));
	if (p->of_sex[POPULATION_UNSAID])
		sbuf_addf(&text, _("; sex not known %lld"), (long long)p->of_sex[POPULATION_UNSAID]);
	if (p->ageless)
		sbuf_addf(&text, _("; not drawn, no birth date: %lld"), (long long)p->ageless);
	canvas_clip(cv, r.y, r.x + 1, r.w - 2, FACE_NORMAL, text.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct population_screen *st = state;
	struct pyramid_row rows[POPULATION_BANDS] = { { 0 } };
	char label[POPULATION_BANDS][BAND_LEN];
	struct rect r = ui_body(ui);
	/* Two together where the screen is too low: none is left out. */
	const size_t together = r.h - 2 < POPULATION_BANDS ? 2 : 1, n = POPULATION_BANDS / together;

	status_header(ui, cv, _("Population"), NULL);
	draw_sums(st, cv, r);
	if (!st->p.all) {
		canvas_text(cv, r.y + 2, r.x + 1, r.w - 2, FACE_DIM, _("Nobody who lives here is on file yet."));
		return;
	}
	for (size_t band = 0; band < POPULATION_BANDS; band++) {
		struct pyramid_row *row = &rows[n - 1 - band / together]; /* the oldest on top */

		row->left += st->p.n[band][POPULATION_MEN];
		row->right += st->p.n[band][POPULATION_WOMEN];
		if (band % together == 0)
			row->label = population_band(band, together, label[band], BAND_LEN);
	}
	chart_pyramid(cv, (struct rect){ r.y + 1, r.x + 1, r.h - 1, r.w - 2 }, _("Men"), _("Women"), rows, n);
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	if (tag != TAG_VILLAGE || !a->ok)
		return UI_HANDLED | UI_REDRAW;
	((struct population_screen *)state)->village = a->choice;
	(void)ui;
	return UI_HANDLED | UI_RELOAD;
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	if (cmd != CMD_VILLAGE)
		return 0;
	return village_ask(ui, TAG_VILLAGE, ((struct population_screen *)state)->village, true);
}

static void close(struct ui *ui, void *state)
{
	(void)ui;
	arena_release(&((struct population_screen *)state)->mem);
}

static const struct binding keys[] = {
	{ "w", CMD_VILLAGE, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen population_screen = {
	.name = "population",
	.title = N_("Population"),
	.state_size = sizeof(struct population_screen),
	.topics = TOPIC_RESIDENT,
	.keys = keys,
	.open = open,
	.load = load,
	.draw = draw,
	.answer = answer,
	.command = command,
	.close = close,
};
