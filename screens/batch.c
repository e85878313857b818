/* Entry of paper 补录, for whoever types hundreds of sheets: the pile is described once; then a name, Enter, the sheet, F2, the next
 * name.  Every sheet is stored as late: the day and the signature of the paper, the hand and the hour of who typed it. */
#include "screens/batch.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/programmes/programmes.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/people.h"

enum { TAG_SAME_NAME = 1, TAG_STRANGER, SHEETS_SHOWN = 200 };

struct batch {
	struct batch_setup setup;
	struct search_box box;
	struct arena mem;
	struct batch_sheet *sheets;
	size_t n; /* entered; at most SHEETS_SHOWN are in the table */
	struct table table;
	bool in_list;
	char stranger[RECORD_ID_MAX + 1]; /* of whom it is asked whether the sheet is his */
};

/* ---- the sheets entered -------------------------------------------------------------------------------------------------- */

static const struct column columns[] = {
	{ .head = N_("Name"), .min = 8, .weight = 1 },
	{ .head = N_("What"), .min = 30, .weight = 6 },
};

static size_t count(const void *ctx)
{
	const struct batch *b = ctx;

	return b->n < SHEETS_SHOWN ? b->n : SHEETS_SHOWN;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct batch *)ctx)->sheets[row].row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct batch_sheet *s = &((const struct batch *)ctx)->sheets[row];

	(void)tmp;
	return col ? s->summary : s->name;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell };

static bool ready(const struct batch *b)
{
	return b->setup.step == BATCH_READY;
}

static bool searching(const struct batch *b)
{
	return !search_box_empty(&b->box);
}

static bool batch_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct batch *b = st;
	struct session *s = session_of(ui);

	(void)arg;
	search_box_init(&b->box, s->app, NULL);
	table_init(&b->table, columns, N_ELEMENTS(columns), &model, b, 0);
	b->table.empty = N_("No sheet of this pile is entered yet.");
	return batch_setup_init(&b->setup, s->app, &s->pile, err);
}

static bool batch_load(struct ui *ui, void *st, struct err *err)
{
	struct batch *b = st;

	arena_clear(&b->mem);
	b->n = 0;
	search_box_stale(&b->box);
	b->sheets = arena_alloc(&b->mem, SHEETS_SHOWN * sizeof *b->sheets);
	if (ready(b) && !batch_sheets(app_of(ui), b->setup.pile, &b->mem, b->sheets, SHEETS_SHOWN, &b->n, err))
		return false;
	b->box.village = b->setup.pile->village ? b->setup.pile->village : app_of(ui)->own_village_row;
	if (!b->in_list) { /* the sheet just entered is the one to look at */
		b->table.top = b->table.sel = 0;
		b->table.sel_id = -1;
	}
	table_reload(&b->table);
	return true;
}

static void batch_close(struct ui *ui, void *st)
{
	struct batch *b = st;

	(void)ui;
	batch_setup_release(&b->setup);
	search_box_release(&b->box);
	table_release(&b->table);
	arena_release(&b->mem);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */

/* Pile, search box, rule, list. */
static struct rect list_area(const struct ui *ui)
{
	struct rect r = ui_body(ui);

	r.y += 3;
	r.h -= 3;
	return r;
}

static void batch_layout(struct ui *ui, void *st)
{
	struct batch *b = st;

	search_box_layout(&b->box, list_area(ui));
	table_layout(&b->table, list_area(ui));
}

static void counted(const struct batch *b, struct sbuf *out)
{
	size_t all = b->setup.pile->sheets;

	sbuf_addf(out, ngettext("%zu sheet entered", "%zu sheets entered", (unsigned long)b->n), b->n);
	if (all > b->n)
		sbuf_addf(out, _(" of %zu, %zu to go"), all, all - b->n);
	else if (all && all == b->n)
		sbuf_adds(out, _(", all of the pile"));
	else if (all)
		sbuf_addf(out, _(", %zu more than were counted (%zu)"), b->n - all, all);
}

static void batch_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct batch *b = st;
	AUTO_SBUF struct sbuf words = SBUF_INIT, number = SBUF_INIT;
	struct rect r = ui_body(ui);

	if (!ready(b)) {
		screen_header(ui, cv, _("Entry of paper: what pile is it?"), NULL);
		batch_setup_draw(&b->setup, cv, r.y);
		return;
	}
	counted(b, &number);
	batch_setup_words(&b->setup, &words);
	screen_header(ui, cv, _("Entry of paper"), number.s);
	canvas_clip(cv, r.y, 1, cv->w - 2, FACE_HEAD, words.s);
	search_box_draw(&b->box, cv, r.y + 1, _("Next sheet"), !b->in_list);
	status_rule(cv, r.y + 2);
	if (searching(b))
		search_box_list(&b->box, cv, list_area(ui));
	else
		table_draw(&b->table, cv, list_area(ui), b->in_list);
}

static unsigned batch_focus(const void *st)
{
	const struct batch *b = st;

	return ready(b) && b->in_list ? table_focus(&b->table) : FOCUS_TEXT;
}

static const char *batch_hint(const struct ui *ui, const void *st, struct sbuf *tmp, enum face *face)
{
	const struct batch *b = st;

	(void)ui;
	(void)tmp;
	(void)face;
	if (!ready(b))
		return _("Enter goes on, arrow up goes back; the number alone is enough");
	return b->in_list ? "" : _("Name, Enter, the sheet, F2; arrow down: what was entered   F4 another pile   ^Z take back");
}

/* ---- doing ------------------------------------------------------------------------------------------------------------ */

static unsigned redraw(void)
{
	return UI_HANDLED | UI_REDRAW;
}

static unsigned open_sheet(struct ui *ui, struct batch *b, const char *resident)
{
	const struct batch_pile *p = b->setup.pile;
	struct open_arg arg = { .resident = resident, .variant = *p->variant ? p->variant : NULL };
	const struct screen *form = screen_of_kind(p->kind);
	struct err err;
	char day[DATE_LEN];

	arg.paper_day = date_iso(p->day, day);
	arg.paper_doctor = p->doctor;
	edit_clear(&b->box.edit);
	search_box_stale(&b->box);
	if (!session_set_person(session_of(ui), resident, &err)) {
		ui_fail(ui, &err);
		return redraw();
	}
	return ui_show(ui, form, &arg);
}

/* A sheet of this pile is likely to be his: he is on the roster, or of the age. */
static bool is_expected(const struct batch *b, const struct search_hit *hit)
{
	const struct batch_pile *p = b->setup.pile;
	const struct programme *prog = p->kind == KIND_FOLLOWUP ? programme_by_code(p->variant) : NULL;

	for (size_t i = 0; prog && i < hit->n_programmes; i++)
		if (!strcmp(hit->programmes[i], prog->code))
			return true;
	return !prog || programme_takes_age(prog, date_day(hit->birth_date), p->day);
}

/* The pile is of one village, and he lives in another. */
static bool is_from_elsewhere(const struct batch *b, const struct search_hit *hit)
{
	return b->setup.pile->village && hit->village_row && hit->village_row != b->setup.pile->village;
}

/* Letters find others too, and the eyes are on the paper: the digits of the sheet, typed ahead, must not choose him.  An Enter
 * among them searches again. */
static unsigned open_asked(struct ui *ui, struct batch *b, const struct search_hit *hit)
{
	static const char *const answers[] = { N_("Somebody else: search again"), N_("It is his: enter it") };
	const char *const options[] = { _(answers[0]), _(answers[1]) };
	AUTO_SBUF struct sbuf who = SBUF_INIT, question = SBUF_INIT;
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", hit->id);
	if (is_expected(b, hit) && !is_from_elsewhere(b, hit))
		return open_sheet(ui, b, id);
	memcpy(b->stranger, id, sizeof id);
	person_head(b->box.app, hit, &who);
	if (is_expected(b, hit))
		sbuf_addf(&question, _("%s lives in another village than the pile is of. Is the sheet his?"), who.s);
	else
		sbuf_addf(&question, _("%s is not on the roster of %s. Is the sheet his?"), who.s,
			term_text(&programme_by_code(b->setup.pile->variant)->title));
	return prompt_choose(ui, TAG_STRANGER, &(struct choose){ .question = question.s, .options = options,
		.n_options = N_ELEMENTS(options), .no_digits = true });
}

static unsigned open_chosen(struct ui *ui, struct batch *b)
{
	const struct search_hit *hit = search_box_chosen(&b->box);

	if (!hit) {
		ui_say(ui, FACE_HINT, searching(b) ? _("Nobody is found. Fewer letters find more.") :
			_("Whose sheet is the next one? Type the name, its letters or the end of the ID card."));
		return redraw();
	}
	if (same_name_ask(ui, TAG_SAME_NAME, hit, true))
		return redraw();
	return open_asked(ui, b, hit);
}

static unsigned from_table(struct ui *ui, struct batch *b, enum table_result r)
{
	size_t row;

	if (r == TABLE_AT_TOP) {
		b->in_list = false;
		return redraw();
	}
	if (r == TABLE_OPENED && table_selected(&b->table, &row))
		return record_open(ui, b->setup.pile->kind, b->sheets[row].id, true);
	return r == TABLE_NOT_MINE ? 0 : redraw();
}

static unsigned setup_command(struct ui *ui, struct batch *b, enum cmd cmd)
{
	if (cmd == CMD_OPEN || cmd == CMD_NEXT || cmd == CMD_DOWN) {
		if (!batch_setup_enter(&b->setup))
			ui_beep(ui);
		return ready(b) ? UI_HANDLED | UI_RELOAD | UI_REDRAW : redraw();
	}
	if ((cmd == CMD_UP || cmd == CMD_PREVIOUS) && batch_setup_back(&b->setup))
		return redraw();
	return 0;
}

static unsigned again(struct batch *b)
{
	b->in_list = false;
	batch_setup_again(&b->setup);
	return UI_HANDLED | UI_RELOAD | UI_REDRAW;
}

static unsigned back(struct batch *b)
{
	if (b->in_list) {
		b->in_list = false;
		return redraw();
	}
	if (!searching(b))
		return 0;
	edit_clear(&b->box.edit);
	search_box_stale(&b->box);
	return redraw();
}

static unsigned batch_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct batch *b = st;
	struct open_arg arg = { .text = b->box.edit.text.s };
	size_t row;

	if (!ready(b))
		return setup_command(ui, b, cmd);
	if (cmd == CMD_BACK)
		return back(b);
	if (cmd == CMD_NEW)
		return searching(b) ? ui_show(ui, &register_screen, &arg) : again(b);
	if (b->in_list && cmd == CMD_MOVE && table_selected(&b->table, &row))
		return record_move(ui, b->setup.pile->kind, b->sheets[row].id);
	if (b->in_list)
		return from_table(ui, b, table_command(&b->table, cmd));
	if (cmd == CMD_OPEN)
		return open_chosen(ui, b);
	if (search_box_move(&b->box, cmd))
		return redraw();
	if (cmd == CMD_DOWN && !searching(b) && b->n) {
		b->in_list = true;
		return redraw();
	}
	return 0;
}

static unsigned batch_key(struct ui *ui, void *st, struct key key)
{
	struct batch *b = st;
	enum cmd cmd;

	if (!ready(b)) {
		if (!batch_setup_key(&b->setup, key))
			return 0;
		return ready(b) ? UI_HANDLED | UI_RELOAD | UI_REDRAW : redraw();
	}
	if (b->in_list)
		return from_table(ui, b, table_key(&b->table, key));
	cmd = search_box_command(&b->box, key);
	if (cmd != CMD_NONE)
		return ui_command(ui, cmd);
	return search_box_key(&b->box, key) ? redraw() : 0;
}

static unsigned batch_paste(struct ui *ui, void *st, const char *text, enum paste kind)
{
	struct batch *b = st;

	if (!ready(b))
		return edit_paste(&b->setup.edit, text) ? redraw() : 0;
	if (kind == PASTE_SCAN)
		edit_clear(&b->box.edit);
	b->in_list = false;
	if (!search_box_paste(&b->box, text))
		return 0;
	search_box_fresh(&b->box);
	return kind == PASTE_SCAN && b->box.r.n == 1 ? open_chosen(ui, b) : redraw();
}

static unsigned batch_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct batch *b = st;
	struct search_hit hit;
	struct err err;

	if (tag == TAG_STRANGER)
		return a->ok && a->choice == 1 ? open_sheet(ui, b, b->stranger) : redraw();
	if (tag != TAG_SAME_NAME || !a->ok || !a->choice)
		return redraw();
	if (search_hit_of(b->box.app, a->choice, &mem, &hit, &err))
		return open_asked(ui, b, &hit);
	ui_fail(ui, &err);
	return redraw();
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("another pile"), 0 },
	{ "Enter", CMD_OPEN, "", 0 },
	{ "m", CMD_MOVE, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen batch_screen = {
	.name = "batch",
	.title = N_("Entry of paper"),
	.state_size = sizeof(struct batch),
	.topics = TOPIC_PERSON,
	.keys = keys,
	.open = batch_open,
	.load = batch_load,
	.layout = batch_layout,
	.draw = batch_draw,
	.focus = batch_focus,
	.hint = batch_hint,
	.command = batch_command,
	.key = batch_key,
	.paste = batch_paste,
	.answer = batch_answer,
	.close = batch_close,
};
