#include "screens/search_box.h"

#include "app/base/i18n.h"
#include "screens/kit/menu.h"
#include "screens/people.h"

/* ---- the list --------------------------------------------------------------------------------------------------------- */

static const struct column columns[] = {
	{ .head = N_("Name"), .min = 8, .weight = 2 },
	{ .head = "", .min = 8 }, /* 女11个月 */
	{ .head = N_("Where"), .min = 10, .weight = 1 },
	{ .head = N_("Kin"), .min = 10, .weight = 1 },
	{ .head = N_("Born"), .min = 10, .drop = 2 },
	{ .head = N_("ID"), .min = 8, .drop = 3 },
	{ .head = N_("Remarks"), .min = 14, .weight = 4, .drop = 1 },
};

static size_t count(const void *ctx)
{
	return ((const struct search_box *)ctx)->r.n;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct search_box *)ctx)->r.v[row].row;
}

static void add_remark(struct sbuf *out, const char *text)
{
	if (*text)
		sbuf_addf(out, "%s%s", out->len ? " " : "", text);
}

static void remarks(const struct search_hit *h, struct sbuf *out)
{
	if (*h->allergy)
		sbuf_addf(out, "!%s", h->allergy);
	if (h->same_name > 1) {
		sbuf_addf(out, _("%ssame name: %d"), out->len ? " " : "", h->same_name);
	}
	add_remark(out, status_words(h->status));
	for (size_t i = 0; i < h->n_programmes; i++)
		add_remark(out, programme_short(h->programmes[i]));
	if (*h->contract)
		add_remark(out, _("signed"));
	if (*h->nickname)
		add_remark(out, h->nickname);
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct search_box *b = ctx;
	const struct search_hit *h = &b->r.v[row];

	switch (col) {
	case 0:
		return h->name;
	case 1:
		sbuf_adds(tmp, sex_word(h->sex));
		age_words(h->age, date_day(h->birth_date), app_today(b->app), tmp);
		break;
	case 2:
		place_words(b->app, h->village_id, h->village, h->group, tmp);
		break;
	case 3:
		kin_brief(h->kin_relation, h->kin_name, tmp);
		break;
	case 4:
		return h->birth_date;
	case 5:
		return id_tail(h->id_masked);
	default:
		remarks(h, tmp);
	}
	return tmp->s;
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	const struct search_hit *h = &((const struct search_box *)ctx)->r.v[row];

	if (col == 6 && *h->allergy)
		return FACE_DANGER;
	return strcmp(h->status, "4") == 0 || strcmp(h->status, "3") == 0 ? FACE_DIM : FACE_NORMAL;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face };

/* ---- the box -------------------------------------------------------------------------------------------------------------- */

void search_box_init(struct search_box *b, struct app *app, const char *text)
{
	b->app = app;
	b->village = app->own_village_row;
	edit_init(&b->edit, EDIT_TEXT, 60);
	if (text)
		edit_set(&b->edit, text);
	table_init(&b->table, columns, N_ELEMENTS(columns), &model, b, TABLE_NO_NUMBERS | TABLE_NO_HEAD);
	b->table.empty = N_("Nobody is found. Fewer letters find more.");
}

void search_box_release(struct search_box *b)
{
	edit_release(&b->edit);
	table_release(&b->table);
	arena_release(&b->mem);
}

bool search_box_empty(const struct search_box *b)
{
	return !b->edit.text.len;
}

void search_box_used(struct search_box *b)
{
	b->used = true;
}

void search_box_stale(struct search_box *b)
{
	b->fresh = false;
}

void search_box_fresh(struct search_box *b)
{
	struct err err;

	if (b->fresh)
		return;
	b->fresh = true;
	b->failed[0] = '\0';
	arena_clear(&b->mem);
	b->r = (struct search_result){ 0 };
	if (!search_find(b->app, b->edit.text.s, b->village, SEARCH_SHOWN, &b->mem, &b->r, &err)) {
		b->r.n = 0;
		snprintf(b->failed, sizeof b->failed, "%s", err.message);
	}
	table_reload(&b->table);
}

static void typed(struct search_box *b)
{
	b->fresh = false;
	b->table.top = b->table.sel = 0; /* the best of the new list */
	b->table.sel_id = -1;
}

enum cmd search_box_command(const struct search_box *b, struct key key)
{
	struct key k = key_fold(key);

	if ((!search_box_empty(b) && !b->used) || !key_is_text(key))
		return CMD_NONE;
	return k.code == ':' ? CMD_GOTO : k.code == '?' ? CMD_HELP : CMD_NONE;
}

bool search_box_key(struct search_box *b, struct key key)
{
	size_t before = b->edit.text.len;

	if (b->used && key_is_text(key))
		edit_clear(&b->edit);
	if (!edit_key(&b->edit, key))
		return false;
	b->used = false;
	if (b->edit.text.len != before || key_is_text(key))
		typed(b);
	return true;
}

bool search_box_paste(struct search_box *b, const char *text)
{
	if (b->used)
		edit_clear(&b->edit);
	b->used = false;
	if (!edit_paste(&b->edit, text))
		return false;
	typed(b);
	return true;
}

bool search_box_move(struct search_box *b, enum cmd cmd)
{
	search_box_fresh(b);
	if (search_box_empty(b) || (cmd != CMD_UP && cmd != CMD_DOWN && cmd != CMD_PAGE_UP && cmd != CMD_PAGE_DOWN))
		return false;
	return table_command(&b->table, cmd) != TABLE_NOT_MINE;
}

const struct search_hit *search_box_chosen(struct search_box *b)
{
	size_t row;

	search_box_fresh(b);
	return table_selected(&b->table, &row) && row < b->r.n ? &b->r.v[row] : NULL;
}

void search_box_draw(const struct search_box *b, struct canvas *cv, int y, const char *label, bool focus)
{
	const char *help = _("name, initials, kin, end of ID or phone, house");
	int x = 1, w = 22, left;

	x += canvas_text(cv, y, x, cv->w - 2, FACE_LABEL, label) + 1;
	left = cv->w - x - w - 2;
	edit_draw(&b->edit, cv, y, x, left < 0 ? cv->w - x - 1 : w, focus ? FACE_EDITING : FACE_INPUT, focus);
	if (left > 10)
		canvas_clip(cv, y, x + w + 1, left, FACE_HINT, help);
}

void search_box_layout(struct search_box *b, struct rect area)
{
	search_box_fresh(b);
	table_layout(&b->table, area);
}

void search_box_count(const struct search_box *b, struct canvas *cv, int y)
{
	if (b->r.more)
		canvas_textf(cv, y, 1, cv->w - 2, FACE_HINT, _("%zu+ found; type more to narrow it down"), b->r.n);
	else
		canvas_textf(cv, y, 1, cv->w - 2, FACE_HINT, ngettext("%zu found", "%zu found", (unsigned long)b->r.n), b->r.n);
}

void search_box_list(const struct search_box *b, struct canvas *cv, struct rect area)
{
	if (*b->failed) {
		canvas_wrap(cv, area, FACE_ERROR, b->failed);
		return;
	}
	table_draw(&b->table, cv, area, true);
}

/* ---- people of the same name ------------------------------------------------------------------------------------------------ */

static const char *told_apart(struct arena *mem, const struct app *app, const struct search_hit *h)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	person_head(app, h, &out);
	sbuf_addf(&out, "  %s", h->birth_date);
	return arena_strdup(mem, out.s);
}

bool same_name_ask(struct ui *ui, int tag, const struct search_hit *hit, bool eyes_on_paper)
{
	enum { MOST = 9 };
	AUTO_ARENA struct arena mem = { 0 };
	struct app *app = app_of(ui);
	struct menu_item items[MOST + 1] = { { .text = _("None of them: search again"), .value = 0 } };
	const size_t first = eyes_on_paper ? 1 : 0;
	struct search_result r;
	struct err err;
	size_t n = first;

	/* A number means one person. */
	if (hit->match == SEARCH_ID || hit->match == SEARCH_CODE || hit->match == SEARCH_FILE_NO)
		return false;
	if (hit->same_name < 2 || !search_find(app, hit->name, hit->village_row, 2 * MOST, &mem, &r, &err))
		return false;
	for (size_t i = 0; i < r.n && n < MOST + first; i++)
		if (!strcmp(r.v[i].name, hit->name))
			items[n++] = (struct menu_item){ .text = told_apart(&mem, app, &r.v[i]), .detail = r.v[i].allergy,
				.value = r.v[i].row };
	if (n < 2 + first)
		return false;
	menu_show(ui, tag, &(struct menu){ .title = _("Several people have this name. Which one?"), .items = items,
		.n_items = n, .numbered = !eyes_on_paper, .eyes_on_paper = eyes_on_paper, .seen_first = true,
		.selected = eyes_on_paper ? 0 : hit->row });
	return true;
}

/* ---- a glimpse of one person ------------------------------------------------------------------------------------- */

void person_glimpse_forget(struct person_glimpse *g)
{
	g->id[0] = '\0';
}

void person_glimpse_release(struct person_glimpse *g)
{
	sbuf_release(&g->line[0]);
	sbuf_release(&g->line[1]);
}

static void add_part(struct sbuf *out, const char *text)
{
	if (*text)
		sbuf_addf(out, "%s%s", out->len ? " · " : "", text);
}

static void add_last(struct app *app, const struct overview *o, struct sbuf *out)
{
	for (size_t i = 0; i < o->n_programmes; i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		if (!o->programmes[i].last)
			continue;
		sbuf_addf(&text, "%s ", short_day(app, record_text(o->programmes[i].last, "date")));
		record_summary(app, KIND_FOLLOWUP, o->programmes[i].last, &text);
		add_part(out, text.s);
	}
}

static void read_lines(struct person_glimpse *g, struct app *app, const struct overview *o)
{
	AUTO_SBUF struct sbuf part = SBUF_INIT, said = SBUF_INIT;
	const char *name = record_text(o->resident, "name");

	sbuf_adds(&g->line[0], name ? name : "");
	overview_allergies(o->resident, &part);
	g->danger = part.len > 0;
	if (g->danger)
		sbuf_addf(&said, _("!ALLERGY: %s"), part.s);
	sbuf_clear(&part);
	add_last(app, o, &part);
	for (size_t i = 0; i < o->n_due; i++)
		if (strcmp(o->due[i].task, "followup") != 0)
			add_part(&part, o->due[i].reason);
	add_part(&said, part.s);
	if (said.len)
		sbuf_addf(&g->line[0], ": %s", said.s);
	sbuf_clear(&part);
	if (overview_drugs(o, &part))
		sbuf_addf(&g->line[1], _("Takes: %s"), part.s);
	if (o->contract)
		sbuf_addf(&g->line[1], _("%sSigned until %s"), g->line[1].len ? "   " : "", record_text(o->contract, "end"));
}

void person_glimpse_read(struct person_glimpse *g, struct app *app, const char *id)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct overview *o;
	struct err err;

	if (!id || !*id || !strcmp(g->id, id))
		return;
	sbuf_clear(&g->line[0]);
	sbuf_clear(&g->line[1]);
	g->danger = false;
	snprintf(g->id, sizeof g->id, "%s", id);
	o = arena_alloc(&mem, sizeof *o);
	if (overview_read(app, id, &mem, o, &err))
		read_lines(g, app, o);
}

void person_glimpse_draw(const struct person_glimpse *g, struct canvas *cv, int y)
{
	canvas_clip(cv, y, 1, cv->w - 2, g->danger ? FACE_DANGER : FACE_NORMAL, g->line[0].s);
	canvas_clip(cv, y + 1, 1, cv->w - 2, FACE_NORMAL, g->line[1].s);
}
