/* Residents: the search box, who is found, a glimpse of the chosen one.  The picker of persons is the same screen that
 * answers instead of opening. */
#include "app/base/i18n.h"
#include "screens/kit/status.h"
#include "screens/people.h"
#include "screens/search_box.h"

enum { TAG_SAME_NAME = 1 };

struct find {
	struct search_box box;
	struct person_glimpse glimpse;
	bool picks;        /* answers with the person instead of opening his page */
	char title[160];   /* what he is picked for; "" */
	enum cmd wanted;   /* what was to be done when the name turned out to be shared */
};

static bool find_start(struct ui *ui, struct find *f, const struct open_arg *arg)
{
	f->glimpse = (struct person_glimpse)PERSON_GLIMPSE_INIT;
	search_box_init(&f->box, app_of(ui), arg ? arg->text : NULL);
	return true;
}

static bool find_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	(void)err;
	return find_start(ui, st, arg);
}

static bool pick_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct find *f = st;

	(void)err;
	f->picks = true;
	snprintf(f->title, sizeof f->title, "%s", arg && ((const struct open_arg *)arg)->title ?
		((const struct open_arg *)arg)->title : "");
	return find_start(ui, f, arg);
}

static bool find_load(struct ui *ui, void *st, struct err *err)
{
	struct find *f = st;

	(void)ui;
	(void)err;
	search_box_stale(&f->box);
	person_glimpse_forget(&f->glimpse);
	return true;
}

static void find_close(struct ui *ui, void *st)
{
	struct find *f = st;

	(void)ui;
	search_box_release(&f->box);
	person_glimpse_release(&f->glimpse);
}

static struct rect list_area(const struct ui *ui)
{
	struct rect r = ui_body(ui);

	r.y += 2;
	r.h -= 6;
	return r;
}

static void find_layout(struct ui *ui, void *st)
{
	struct find *f = st;
	const struct search_hit *hit;

	search_box_layout(&f->box, list_area(ui));
	hit = search_box_chosen(&f->box);
	person_glimpse_read(&f->glimpse, app_of(ui), hit ? hit->id : NULL);
}

static void find_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct find *f = st;
	struct rect area = list_area(ui);
	int y = area.y + area.h;

	screen_header(ui, cv, *f->title ? f->title : f->picks ? _("Which person?") : _("Find a resident"), NULL);
	search_box_draw(&f->box, cv, 2, _("Find"), true);
	status_rule(cv, 3);
	status_rule(cv, y);
	if (search_box_empty(&f->box)) {
		canvas_wrap(cv, area, FACE_HINT, _("Type what you know: a part of the name, its letters (cgl, chenguilan), the "
			"last digits of the ID card or the telephone, the village and the house. Sounds that are easily "
			"confused find each other."));
		return;
	}
	search_box_list(&f->box, cv, area);
	if (f->box.r.n)
		person_glimpse_draw(&f->glimpse, cv, y + 1);
	else
		canvas_text(cv, y + 1, 1, cv->w - 2, FACE_NORMAL,
			_("Not there? F4 registers a new resident; what you typed is carried over."));
	search_box_count(&f->box, cv, y + 3);
}

static unsigned find_focus(const void *st)
{
	(void)st;
	return FOCUS_TEXT;
}

/* ---- doing ------------------------------------------------------------------------------------------------------------ */

static unsigned act(struct ui *ui, struct find *f, const char *id, enum cmd cmd)
{
	if (f->picks)
		return ui_done(ui, &(struct answer){ .ok = true, .choice = record_row(app_of(ui), KIND_RESIDENT, id), .text = id });
	search_box_used(&f->box);
	return cmd == CMD_OPEN ? person_open(ui, id) : person_command(ui, id, cmd);
}

static unsigned act_on_chosen(struct ui *ui, struct find *f, enum cmd cmd)
{
	const struct search_hit *hit = search_box_chosen(&f->box);

	if (!hit) {
		ui_say(ui, FACE_HINT, _("Nobody is chosen yet."));
		return UI_HANDLED | UI_REDRAW;
	}
	f->wanted = cmd;
	if (same_name_ask(ui, TAG_SAME_NAME, hit, false))
		return UI_HANDLED | UI_REDRAW;
	return act(ui, f, hit->id, cmd);
}

static unsigned find_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct find *f = st;
	struct open_arg arg = { .text = f->box.edit.text.s };

	if (search_box_move(&f->box, cmd))
		return UI_HANDLED | UI_REDRAW;
	if (cmd == CMD_NEW && !f->picks) {
		search_box_used(&f->box);
		return ui_show(ui, &register_screen, &arg);
	}
	if (cmd == CMD_OPEN || cmd == CMD_FOLLOW_UP || cmd == CMD_VISIT || cmd == CMD_REFER)
		return act_on_chosen(ui, f, f->picks ? CMD_OPEN : cmd);
	return 0;
}

static unsigned find_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	struct find *f = st;
	char id[RECORD_ID_MAX + 1];

	if (tag != TAG_SAME_NAME || !a->ok || !record_id_of_row(app_of(ui), a->choice, id))
		return UI_HANDLED | UI_REDRAW;
	return act(ui, f, id, f->wanted);
}

static unsigned find_key(struct ui *ui, void *st, struct key key)
{
	struct find *f = st;
	enum cmd cmd = search_box_command(&f->box, key);

	if (cmd != CMD_NONE)
		return ui_command(ui, cmd);
	return search_box_key(&f->box, key) ? UI_HANDLED | UI_REDRAW : 0;
}

/* A scanned card takes the place of what was typed and opens the person when there is only one. */
static unsigned find_paste(struct ui *ui, void *st, const char *text, enum paste kind)
{
	struct find *f = st;

	if (kind == PASTE_SCAN)
		edit_clear(&f->box.edit);
	if (!search_box_paste(&f->box, text))
		return 0;
	search_box_fresh(&f->box);
	return kind == PASTE_SCAN && f->box.r.n == 1 ? act_on_chosen(ui, f, CMD_OPEN) : UI_HANDLED | UI_REDRAW;
}

static unsigned find_click(struct ui *ui, void *st, int y, int x)
{
	struct find *f = st;
	enum table_result r = table_click(&f->box.table, list_area(ui), y, x);

	return r == TABLE_OPENED ? act_on_chosen(ui, f, CMD_OPEN) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("open"), 0 },
	{ "F4", CMD_NEW, N_("register"), 0 },
	{ "F6", CMD_REFER, NULL, 0 },
	{ "F7", CMD_FOLLOW_UP, NULL, 0 },
	{ "F8", CMD_VISIT, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

static const struct binding pick_keys[] = {
	{ "Enter", CMD_OPEN, N_("this one"), 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

#define FIND_MEMBERS                                                                                              \
	.state_size = sizeof(struct find), .topics = TOPIC_PERSON, .load = find_load, .layout = find_layout,      \
	.draw = find_draw, .focus = find_focus, .command = find_command, .key = find_key, .paste = find_paste,    \
	.click = find_click, .answer = find_answer, .close = find_close

const struct screen find_screen = {
	.name = "find",
	.title = N_("Find a resident"),
	.keys = keys,
	.open = find_open,
	FIND_MEMBERS,
};

const struct screen person_screen = {
	.name = "person",
	.title = N_("Which person?"),
	.keys = pick_keys,
	.open = pick_open,
	FIND_MEMBERS,
};
