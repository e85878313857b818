#include "support/kit/roster.h"

#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"

const struct person roster_people[12] = {
	{ 101, "黄水金", "上坂", 66, true },  { 102, "陈桂兰", "上坂", 71, false }, { 103, "李美玉", "下洋", 63, false },
	{ 104, "张阿土", "上坂", 58, false }, { 105, "吴国强", "溪头", 45, false }, { 106, "林火土", "县医院", 69, true },
	{ 107, "郑建国", "溪头", 55, false }, { 108, "陈国良", "上坂", 48, false }, { 109, "岑光亮", "溪头", 59, false },
	{ 110, "曾桂莲", "溪头", 73, false }, { 111, "欧阳明珠", "下洋", 80, false }, { 112, "林秀英", "上坂", 39, false },
};

enum { TAG_CONFIRM = 1, TAG_CHOOSE, TAG_ASK, TAG_MENU, TAG_ROSTER };

static void note(struct roster *r, const char *fmt, ...) PRINTF(2, 3);
static void note(struct roster *r, const char *fmt, ...)
{
	size_t n = strlen(r->log);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->log + n, sizeof r->log - n, fmt, ap);
	va_end(ap);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static size_t count(const void *ctx)
{
	return ((const struct roster *)ctx)->n_people;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct roster *)ctx)->people[row].id;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct person *p = &((const struct roster *)ctx)->people[row];

	if (col == 0)
		return p->village;
	if (col == 1)
		return p->name;
	sbuf_addf(tmp, "%d", p->age);
	return tmp->s;
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	return col == 1 && ((const struct roster *)ctx)->people[row].overdue ? FACE_DANGER : FACE_NORMAL;
}

static const char *mark(const void *ctx, size_t row)
{
	return ((const struct roster *)ctx)->people[row].overdue ? "!" : NULL;
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face, .mark = mark };

static const struct column columns[] = {
	{ "where", 6, 1, false, 2 },
	{ "who", 8, 2, false, 0 },
	{ "years", 5, 0, true, 1 },
};

/* ---- the screen -------------------------------------------------------------------------------------------------- */

static bool roster_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct roster *r = state;
	const struct roster_start *start = arg;

	(void)ui;
	r->people = start ? start->people : roster_people;
	r->n_people = start ? start->n : N_ELEMENTS(roster_people);
	r->in_box = start && start->in_box;
	table_init(&r->table, columns, N_ELEMENTS(columns), &model, r, TABLE_MULTI);
	edit_init(&r->box, EDIT_TEXT, 0);
	if (start && start->fail)
		return err_set(err, ERR_NOT_FOUND, "%s", start->fail);
	return true;
}

static bool roster_load(struct ui *ui, void *state, struct err *err)
{
	struct roster *r = state;

	(void)ui;
	(void)err;
	r->loads++;
	table_reload(&r->table);
	return true;
}

static struct rect area(const struct ui *ui)
{
	struct rect b = ui_body(ui);

	b.y++;
	b.h--;
	return b;
}

static void roster_layout(struct ui *ui, void *state)
{
	table_layout(&((struct roster *)state)->table, area(ui));
}

static void roster_draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct roster *r = state;

	status_header(ui, cv, "roster", NULL);
	canvas_text(cv, 2, 1, 6, FACE_LABEL, "find:");
	edit_draw(&r->box, cv, 2, 7, 30, FACE_INPUT, r->in_box);
	table_draw(&r->table, cv, area(ui), !r->in_box);
}

static unsigned roster_focus(const void *state)
{
	const struct roster *r = state;

	return r->in_box ? FOCUS_TEXT : table_focus(&r->table);
}

static unsigned ask_things(struct ui *ui, enum cmd cmd)
{
	static const char *const options[] = { "first", "second", "third" };
	static const struct menu_item items[] = {
		{ "alpha", "01", "gxy", 1, false }, { "beta", "02", NULL, 2, true }, { "gamma", "10", NULL, 3, false },
	};

	switch ((int)cmd) {
	case CMD_SIGN:
		return prompt_confirm(ui, TAG_CONFIRM, &(struct confirm){ .question = "Really?" });
	case CMD_VOID:
		return prompt_confirm(ui, TAG_CONFIRM, &(struct confirm){ .question = "Really?", .careful = true });
	case CMD_VILLAGE:
		return prompt_choose(ui, TAG_CHOOSE, &(struct choose){ .question = "Which?", .options = options,
			.n_options = 3, .selected = 1 });
	case CMD_DATE:
		return prompt_ask(ui, TAG_ASK, &(struct ask){ .question = "When?", .text = "x" });
	case CMD_NEW:
		return menu_show(ui, TAG_MENU, &(struct menu){ .title = "Pick", .items = items, .n_items = 3 });
	case CMD_CODES:
		return menu_show(ui, TAG_MENU,
			&(struct menu){ .title = "Pick", .items = items, .n_items = 3, .numbered = true });
	case CMD_EDIT:
		return prompt_tell(ui, "About", "A text\nof two lines");
	default:
		return 0;
	}
}

static unsigned roster_command(struct ui *ui, void *state, enum cmd cmd)
{
	struct roster *r = state;
	struct err err = { 0 };
	enum table_result t;
	unsigned out = ask_things(ui, cmd);

	if (out)
		return out;
	if (cmd == CMD_NEXT) {
		r->in_box = !r->in_box;
		return UI_HANDLED | UI_REDRAW;
	}
	if (cmd == CMD_VISIT)
		return ui_show(ui, &roster_screen, NULL);
	if (cmd == CMD_MOVE) {
		if (!ui_ask(ui, TAG_ROSTER, &roster_screen, NULL, &err))
			ui_fail(ui, &err);
		return UI_HANDLED;
	}
	if (cmd == CMD_NEXT_PERSON)
		return ui_replace(ui, &roster_screen, NULL, &err) ? UI_HANDLED : 0;
	if (cmd == CMD_SAVE)
		return ui_done(ui, &(struct answer){ .ok = true, .choice = table_selected_id(&r->table) });
	t = table_command(&r->table, cmd);
	if (t == TABLE_OPENED) {
		r->opened++;
		note(r, "open %lld;", (long long)table_selected_id(&r->table));
	}
	return t == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned roster_key(struct ui *ui, void *state, struct key key)
{
	struct roster *r = state;

	(void)ui;
	if (r->in_box)
		return edit_key(&r->box, key) ? UI_HANDLED | UI_REDRAW : 0;
	return table_key(&r->table, key) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned roster_click(struct ui *ui, void *state, int y, int x)
{
	struct roster *r = state;

	if (table_click(&r->table, area(ui), y, x) == TABLE_OPENED)
		note(r, "click %lld;", (long long)table_selected_id(&r->table));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned roster_answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	(void)ui;
	note(state, "%d:%s %lld %s;", tag, a->ok ? "ok" : "no", (long long)a->choice, a->text);
	return UI_HANDLED | UI_REDRAW;
}

static bool roster_may_close(struct ui *ui, void *state)
{
	struct roster *r = state;

	if (r->refuse_close)
		ui_say(ui, FACE_WARN, "not yet");
	return !r->refuse_close;
}

static void roster_rescue(struct ui *ui, void *state)
{
	(void)ui;
	note(state, "rescued;");
}

static void roster_close(struct ui *ui, void *state)
{
	struct roster *r = state;

	(void)ui;
	table_release(&r->table);
	edit_release(&r->box);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, NULL, 0 },
	{ "F4", CMD_NEW, NULL, 0 },
	{ "c", CMD_CODES, "", 0 },
	{ "v", CMD_VISIT, NULL, 0 },
	{ "m", CMD_MOVE, NULL, 0 },
	{ "j", CMD_NEXT_PERSON, NULL, 0 },
	{ "s", CMD_SIGN, NULL, 0 },
	{ "w", CMD_VILLAGE, NULL, 0 },
	{ "y", CMD_DATE, NULL, 0 },
	{ "e", CMD_EDIT, NULL, 0 },
	{ "Delete", CMD_VOID, "", FOCUS_LIST },
	{ "/", CMD_FILTER, "", FOCUS_LIST },
	{ "Space", CMD_MARK, "", FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen roster_screen = {
	.name = "roster",
	.title = "Roster",
	.state_size = sizeof(struct roster),
	.topics = ROSTER_TOPIC,
	.keys = keys,
	.open = roster_open,
	.load = roster_load,
	.layout = roster_layout,
	.draw = roster_draw,
	.focus = roster_focus,
	.command = roster_command,
	.key = roster_key,
	.click = roster_click,
	.answer = roster_answer,
	.may_close = roster_may_close,
	.rescue = roster_rescue,
	.close = roster_close,
};
