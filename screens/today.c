/* The first screen: the cursor is in the search box because people walk in; the arrow down enters the list of what is due,
 * one row per person. */
#include "screens/today.h"

#include "app/base/i18n.h"
#include "app/service/calls.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/people.h"

enum { TAG_SAME_NAME = 1, TAG_VILLAGE, TAG_DATE };
enum { FOCUS_BOX_TEXT = FOCUS_OWN }; /* something is typed in the box */

static bool today_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct today *t = st;

	(void)arg;
	(void)err;
	t->app = app_of(ui);
	t->date = app_today(t->app);
	t->village_name = "";
	t->glimpse = (struct person_glimpse)PERSON_GLIMPSE_INIT;
	search_box_init(&t->box, t->app, NULL);
	today_list_init(t);
	return true;
}

/* The list of a township takes longer than a frame: then the screen stands first, and it follows at once. */
static bool fill(struct ui *ui, struct today *t, struct err *err)
{
	const struct session *s = session_of(ui);

	t->filled = true;
	if (!t->chosen_date)
		t->date = app_today(t->app);
	person_glimpse_forget(&t->glimpse);
	if (!today_list_load(t, err))
		return false;
	t->table.empty = s->glance.residents ? N_("Nothing is due today.") :
		N_("Nobody is registered yet. F4 registers a resident; : and then list takes in a whole list from Excel.");
	if (!t->greeted && t->n_drafts)
		ui_say(ui, FACE_INFO, ngettext("%d form was left unfinished: arrow down, it stands at the end of the list.",
			"%d forms were left unfinished: arrow down, they stand at the end of the list.",
			(unsigned long)t->n_drafts), (int)t->n_drafts);
	t->greeted = true;
	return true;
}

static unsigned fill_now(struct ui *ui, void *ctx)
{
	struct today *t = ctx;
	struct err err;

	t->filling = 0;
	if (!fill(ui, t, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static bool today_load(struct ui *ui, void *st, struct err *err)
{
	struct today *t = st;

	search_box_stale(&t->box);
	if (t->filled && !t->list.more)
		return fill(ui, t, err);
	if (!t->filling)
		t->filling = ui_timer(ui, 0, fill_now, t);
	return true;
}

static void today_close(struct ui *ui, void *st)
{
	struct today *t = st;

	ui_timer_stop(ui, t->filling);
	search_box_release(&t->box);
	table_release(&t->table);
	person_glimpse_release(&t->glimpse);
	arena_release(&t->mem);
}

static bool searching(const struct today *t)
{
	return !search_box_empty(&t->box);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------ */

/* Search box 2, rule 3, counters from 4, list, rule, two lines about the chosen one, a line of hints. */
static struct rect list_area(const struct today *t, const struct ui *ui)
{
	AUTO_SBUF struct sbuf counters = SBUF_INIT;
	struct rect r = ui_body(ui);
	int lines = searching(t) ? 1 : today_counters(t, r.w - 2, &counters);

	r.y += 2 + lines;
	r.h -= 6 + lines;
	return r;
}

/* The newest call: it says why nobody came. */
static void last_call(struct today *t, const struct due_person *p)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct call_line c;
	struct err err;
	size_t n;

	t->call[0] = '\0';
	if (p && calls_of(t->app, p->row, &mem, &c, 1, &n, &err) && n)
		snprintf(t->call, sizeof t->call, _("called %s: %s"), short_day(t->app, c.day), c.words);
}

/* The program stays open over night: in the morning the list is that of the new day. */
static void follow_the_day(struct ui *ui, struct today *t)
{
	struct err err;

	if (t->filled && !t->filling && !t->chosen_date && t->date != app_today(t->app) && !fill(ui, t, &err))
		ui_fail(ui, &err);
}

static void today_layout(struct ui *ui, void *st)
{
	struct today *t = st;
	const struct search_hit *hit = NULL;
	const struct due_person *p = NULL;
	const char *id = NULL;

	follow_the_day(ui, t);
	if (searching(t)) {
		search_box_layout(&t->box, list_area(t, ui));
		hit = search_box_chosen(&t->box);
		id = hit ? hit->id : NULL;
	} else {
		table_layout(&t->table, list_area(t, ui));
		p = today_person(t);
		id = p ? p->id : NULL;
	}
	if (id && strcmp(t->glimpse.id, id) != 0) {
		person_glimpse_read(&t->glimpse, t->app, id);
		last_call(t, p);
	}
	if (!id) {
		person_glimpse_forget(&t->glimpse);
		t->call[0] = '\0';
	}
}

static void draw_below(const struct today *t, struct canvas *cv, int y)
{
	const struct due_person *p = searching(t) ? NULL : today_person(t);

	status_rule(cv, y);
	if (*t->glimpse.id)
		person_glimpse_draw(&t->glimpse, cv, y + 1);
	if (searching(t)) {
		canvas_clip(cv, y + 3, 1, cv->w - 2, FACE_HINT, t->box.r.n ?
			_("Enter opens   F7 follow-up   F8 visit   F6 refer   Esc back to the list") :
			_("Not there? F4 registers a new resident; what you typed is carried over."));
		return;
	}
	if (*t->call)
		canvas_clip(cv, y + 3, 1, cv->w - 2, FACE_HINT, t->call);
	else if (t->in_list && p && p->phone)
		canvas_textf(cv, y + 3, 1, cv->w - 2, FACE_HINT, _("Telephone %s"), p->phone);
}

static void today_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	AUTO_SBUF struct sbuf counters = SBUF_INIT;
	const struct today *t = st;
	struct rect area = list_area(t, ui);
	char left[200];

	snprintf(left, sizeof left, "%s · %s", _("Cunyi"), t->app->clinic.name);
	screen_header(ui, cv, left, NULL);
	search_box_draw(&t->box, cv, 2, _("Find"), !t->in_list);
	status_rule(cv, 3);
	if (searching(t)) {
		search_box_count(&t->box, cv, 4);
		search_box_list(&t->box, cv, area);
	} else {
		struct rect top = { .y = 4, .x = 1, .w = area.w - 2 };

		top.h = today_counters(t, top.w, &counters);
		canvas_wrap(cv, top, FACE_HEAD, counters.s);
		table_draw(&t->table, cv, area, t->in_list);
	}
	draw_below(t, cv, area.y + area.h);
}

static unsigned today_focus(const void *st)
{
	const struct today *t = st;

	return t->in_list ? table_focus(&t->table) : FOCUS_TEXT | (searching(t) ? FOCUS_BOX_TEXT : 0);
}

static const char *today_hint(const struct ui *ui, const void *st, struct sbuf *tmp, enum face *face)
{
	const struct today *t = st;

	(void)ui;
	(void)tmp;
	(void)face;
	if (t->in_list || searching(t))
		return "";
	return _("Down, then: digit, P phone, J next, W village, Y date  :round :paper :quarter");
}

/* ---- doing ------------------------------------------------------------------------------------------------------------------ */

static unsigned redraw(void)
{
	return UI_HANDLED | UI_REDRAW;
}

/* The person meant: of the search results, or of the list. */
static const char *chosen_id(struct today *t)
{
	const struct search_hit *hit;
	const struct due_person *p;

	if (searching(t)) {
		hit = search_box_chosen(&t->box);
		return hit ? hit->id : NULL;
	}
	p = today_person(t);
	return p && t->in_list ? p->id : NULL;
}

/* The next person who walks in is somebody else. */
static void forget_typed(struct today *t)
{
	edit_clear(&t->box.edit);
	search_box_stale(&t->box);
}

static unsigned act_for(struct ui *ui, struct today *t, const char *id, enum cmd cmd)
{
	char copy[RECORD_ID_MAX + 1];

	snprintf(copy, sizeof copy, "%s", id);
	if (!searching(t))
		today_convey(t, session_of(ui));
	forget_typed(t);
	return cmd == CMD_OPEN ? person_open(ui, copy) : person_command(ui, copy, cmd);
}

static unsigned act(struct ui *ui, struct today *t, enum cmd cmd)
{
	const struct draft *d = t->in_list && !searching(t) ? today_draft(t) : NULL;
	const struct work_counter *place = t->in_list && !searching(t) ? today_place(t) : NULL;
	const char *id = chosen_id(t);

	if (d && cmd == CMD_OPEN)
		return draft_resume(ui, d);
	if (place && cmd == CMD_OPEN)
		return ui_show(ui, screen_named(place->place), &(struct open_arg){ .text = place->part });
	if (!id) {
		ui_say(ui, FACE_HINT, searching(t) ? _("Nobody is found. Fewer letters find more.") :
			_("Type who is here, or choose from the list with the arrow down."));
		return redraw();
	}
	t->wanted = cmd;
	if (searching(t) && same_name_ask(ui, TAG_SAME_NAME, search_box_chosen(&t->box), false))
		return redraw();
	return act_for(ui, t, id, cmd);
}

/* The list stands there from its first row again: what is most pressing, not the page where somebody stopped. */
static unsigned leave_list(struct today *t)
{
	t->in_list = false;
	table_command(&t->table, CMD_FIRST);
	return redraw();
}

static unsigned from_table(struct ui *ui, struct today *t, enum table_result r)
{
	if (r == TABLE_AT_TOP)
		return leave_list(t);
	if (r == TABLE_OPENED)
		return act(ui, t, CMD_OPEN);
	return r == TABLE_NOT_MINE ? 0 : redraw();
}

/* Moving about the list; at the end of what was read more is read, and all of it before a text is looked for. */
static unsigned walk(struct ui *ui, struct today *t, enum cmd cmd)
{
	enum table_result r;
	struct err err;

	if (t->list.more && (cmd == CMD_FILTER || cmd == CMD_LAST) && !today_read_on(t, 0, &err))
		ui_fail(ui, &err);
	r = table_command(&t->table, cmd);
	if (r == TABLE_MOVED && t->list.more && t->table.sel + t->table.page >= t->list.n && !today_read_on(t, 4 * t->limit, &err))
		ui_fail(ui, &err);
	return from_table(ui, t, r);
}

/* J: whoever is chosen, or the one after him when he was here already. */
static unsigned next_person(struct ui *ui, struct today *t)
{
	const struct due_person *p = today_person(t);

	if (p && !strcmp(p->id, session_of(ui)->person.id))
		table_command(&t->table, CMD_DOWN);
	return act(ui, t, CMD_OPEN);
}

static unsigned in_list_command(struct ui *ui, struct today *t, enum cmd cmd)
{
	switch ((int)cmd) {
	case CMD_VILLAGE:
		return village_ask(ui, TAG_VILLAGE, t->village, true);
	case CMD_DATE:
		return prompt_ask(ui, TAG_DATE,
			&(struct ask){ .question = _("What is due until which day? (today: empty; +7, 12-31)"),
				.kind = EDIT_DATE,
				.may_be_empty = true });
	case CMD_NEXT_PERSON:
		return next_person(ui, t);
	default:
		return walk(ui, t, cmd);
	}
}

/* Esc: from results to the empty box, from the list to the box.  It does not leave the program: pressed once too often by
 * somebody who wants to be at the start, it would take the next person's digits for an answer. */
static unsigned back(struct ui *ui, struct today *t)
{
	if (searching(t)) {
		forget_typed(t);
		return redraw();
	}
	if (t->in_list)
		return leave_list(t);
	ui_say(ui, FACE_HINT, _("This is the first screen. F10 leaves the program."));
	return redraw();
}

static unsigned enter_list(struct today *t)
{
	if (!table_count(&t->table))
		return redraw();
	t->in_list = true;
	return redraw();
}

static bool is_for_person(enum cmd cmd)
{
	return cmd == CMD_OPEN || cmd == CMD_FOLLOW_UP || cmd == CMD_VISIT || cmd == CMD_REFER || cmd == CMD_PHONE ||
		cmd == CMD_NOTE || cmd == CMD_REFUSE || cmd == CMD_SIGN || cmd == CMD_EDIT || cmd == CMD_HOUSEHOLD ||
		cmd == CMD_HISTORY || cmd == CMD_TREND;
}

static unsigned register_new(struct ui *ui, struct today *t)
{
	unsigned out = ui_show(ui, &register_screen, &(struct open_arg){ .text = t->box.edit.text.s });

	forget_typed(t);
	return out;
}

static unsigned today_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct today *t = st;
	unsigned out = 0;

	if (is_for_person(cmd))
		return act(ui, t, cmd);
	if (cmd == CMD_NEW)
		return register_new(ui, t);
	if (cmd == CMD_FIND)
		return leave_list(t);
	if (t->in_list)
		out = in_list_command(ui, t, cmd);
	else if (search_box_move(&t->box, cmd))
		return redraw();
	else if (!searching(t) && (cmd == CMD_DOWN || cmd == CMD_NEXT || cmd == CMD_PAGE_DOWN))
		return enter_list(t);
	if (!out && cmd == CMD_BACK)
		return back(ui, t);
	return out;
}

static unsigned choose_date(struct ui *ui, struct today *t, const char *text)
{
	char iso[DATE_LEN];
	int32_t today = app_today(t->app);

	if (*text && date_parse_typed(text, today, false, iso) != DATE_DAY) {
		ui_say(ui, FACE_ERROR, _("This is no date. For example +7 or 2026-12-31"));
		return redraw();
	}
	t->date = *text ? date_day(iso) : today;
	t->chosen_date = t->date != today;
	return UI_HANDLED | UI_RELOAD | UI_REDRAW;
}

static unsigned today_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	struct today *t = st;
	char id[RECORD_ID_MAX + 1];

	if (!a->ok)
		return redraw();
	if (tag == TAG_SAME_NAME && record_id_of_row(t->app, a->choice, id))
		return act_for(ui, t, id, t->wanted);
	if (tag == TAG_DATE)
		return choose_date(ui, t, a->text);
	if (tag == TAG_VILLAGE) {
		t->village = a->choice;
		return UI_HANDLED | UI_RELOAD | UI_REDRAW;
	}
	return redraw();
}

static unsigned today_key(struct ui *ui, void *st, struct key key)
{
	struct today *t = st;
	enum cmd cmd = t->in_list ? CMD_NONE : search_box_command(&t->box, key);

	if (cmd != CMD_NONE)
		return ui_command(ui, cmd);
	if (t->in_list)
		return from_table(ui, t, table_key(&t->table, key));
	return search_box_key(&t->box, key) ? redraw() : 0;
}

static unsigned today_paste(struct ui *ui, void *st, const char *text, enum paste kind)
{
	struct today *t = st;

	if (kind == PASTE_SCAN)
		edit_clear(&t->box.edit);
	t->in_list = false;
	if (!search_box_paste(&t->box, text))
		return 0;
	search_box_fresh(&t->box);
	return kind == PASTE_SCAN && t->box.r.n == 1 ? act(ui, t, CMD_OPEN) : redraw();
}

static unsigned today_click(struct ui *ui, void *st, int y, int x)
{
	struct today *t = st;
	enum table_result r;

	if (y == 2)
		return leave_list(t);
	if (searching(t)) {
		r = table_click(&t->box.table, list_area(t, ui), y, x);
		return r == TABLE_OPENED ? act(ui, t, CMD_OPEN) : r == TABLE_NOT_MINE ? 0 : redraw();
	}
	r = table_click(&t->table, list_area(t, ui), y, x);
	if (r != TABLE_NOT_MINE)
		t->in_list = true;
	return from_table(ui, t, r);
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("register"), 0 },
	{ "F6", CMD_REFER, NULL, FOCUS_LIST | FOCUS_BOX_TEXT },
	{ "F7", CMD_FOLLOW_UP, NULL, FOCUS_LIST | FOCUS_BOX_TEXT },
	{ "F8", CMD_VISIT, NULL, FOCUS_LIST | FOCUS_BOX_TEXT },
	{ "f", CMD_FOLLOW_UP, "", FOCUS_LIST },
	{ "v", CMD_VISIT, "", FOCUS_LIST },
	{ "r", CMD_REFER, "", FOCUS_LIST },
	{ "p", CMD_PHONE, NULL, FOCUS_LIST },
	{ "s", CMD_SIGN, "", FOCUS_LIST },
	{ "e", CMD_EDIT, "", FOCUS_LIST },
	{ "h", CMD_HOUSEHOLD, "", FOCUS_LIST },
	{ "l", CMD_HISTORY, "", FOCUS_LIST },
	{ "g", CMD_TREND, "", FOCUS_LIST },
	{ "b", CMD_NOTE, "", FOCUS_LIST },
	{ "x", CMD_REFUSE, "", FOCUS_LIST },
	{ "j", CMD_NEXT_PERSON, NULL, FOCUS_LIST },
	{ "w", CMD_VILLAGE, NULL, FOCUS_LIST },
	{ "y", CMD_DATE, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen today_screen = {
	.name = "today",
	.title = N_("Today"),
	.state_size = sizeof(struct today),
	.topics = TOPIC_ALL,
	.keys = keys,
	.open = today_open,
	.load = today_load,
	.layout = today_layout,
	.draw = today_draw,
	.focus = today_focus,
	.hint = today_hint,
	.command = today_command,
	.key = today_key,
	.paste = today_paste,
	.click = today_click,
	.answer = today_answer,
	.close = today_close,
};
