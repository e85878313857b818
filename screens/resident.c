#include "screens/resident.h"

#include "app/base/i18n.h"
#include "app/service/disputed.h"
#include "screens/print.h"

enum { TAG_SLIP = 1 };
enum { FOCUS_DISPUTED = FOCUS_OWN << 1 };

static bool page_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct resident_page *p = st;
	struct session *s = session_of(ui);
	const struct open_arg *a = arg;
	const char *who = a && a->resident ? a->resident : s->person.id;

	p->app = app_of(ui);
	timeline_init(&p->line, p->app, TABLE_NO_NUMBERS | TABLE_NO_HEAD);
	snprintf(p->id, sizeof p->id, "%s", who);
	if (!*p->id)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	return !strcmp(s->person.id, p->id) || session_set_person(s, p->id, err);
}

/* What was just saved is what M, Enter and L are about. */
static void go_to_saved(struct resident_page *p, const struct last_save *last)
{
	if (!strcmp(last->id, p->saved) || strcmp(last->resident, p->id) != 0)
		return;
	snprintf(p->saved, sizeof p->saved, "%s", last->id);
	timeline_choose(&p->line, last->id);
}

static bool page_load(struct ui *ui, void *st, struct err *err)
{
	struct resident_page *p = st;

	arena_clear(&p->mem);
	if (!overview_read(p->app, p->id, &p->mem, &p->o, err) || !receipts_of(p->app, p->o.row, &p->receipts, err) ||
		!disputed_of(p->app, p->o.row, &p->disputes, err) ||
		!timeline_load(&p->line, p->o.row, err) || !lacks_read(p->app, &p->o, &p->mem, p->lacks, &p->n_lacks, err))
		return false;
	go_to_saved(p, &session_of(ui)->last);
	resident_words(p);
	return true;
}

static void page_close(struct ui *ui, void *st)
{
	struct resident_page *p = st;

	(void)ui;
	timeline_release(&p->line);
	arena_release(&p->mem);
}

static void page_layout(struct ui *ui, void *st)
{
	struct resident_page *p = st;

	table_layout(&p->line.table, resident_timeline_area(p, ui));
}

static void page_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	resident_page_draw(ui, st, cv);
}

/* A newborn is entered from the mother's page: F4 there. */
static bool may_be_mother(const struct resident_page *p)
{
	return p->o.resident && record_is(p->o.resident, "sex", "2") && p->o.age >= 15 && p->o.age < 50;
}

static unsigned page_focus(const void *st)
{
	const struct resident_page *p = st;

	return table_focus(&p->line.table) | (may_be_mother(p) ? (unsigned)FOCUS_OWN : 0u) |
		(p->disputes ? (unsigned)FOCUS_DISPUTED : 0u);
}

static unsigned after(struct ui *ui, struct resident_page *p, enum table_result r)
{
	const struct timeline_item *it = timeline_chosen(&p->line);

	if (r == TABLE_OPENED && it)
		return record_open(ui, it->kind, it->id, false);
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned do_lack(struct ui *ui, const struct resident_page *p, size_t i)
{
	if (i < p->n_lacks)
		return task_open(ui, p->id, &p->lacks[i].task);
	ui_say(ui, FACE_HINT, _("Digits do what is still missing; there is no number %zu."), i + 1);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned page_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct resident_page *p = st;
	const struct timeline_item *it = timeline_chosen(&p->line);
	unsigned out;

	if (cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9)
		return do_lack(ui, p, (size_t)(cmd - CMD_ROW_1));
	if (cmd == CMD_NEW && may_be_mother(p))
		return ui_show(ui, &newborn_screen, &(struct open_arg){ .resident = p->id });
	if (cmd == CMD_CONFLICTS)
		return ui_show(ui, &conflicts_screen, &(struct open_arg){ .resident = p->id });
	if (cmd == CMD_PRINT)
		return print_slip_ask(ui, TAG_SLIP);
	if (cmd == CMD_MOVE && it)
		return record_move(ui, it->kind, it->id);
	out = person_command(ui, p->id, cmd);
	return out ? out : after(ui, p, timeline_command(&p->line, cmd));
}

static unsigned page_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	const struct resident_page *p = st;

	return tag == TAG_SLIP && a->ok ? print_slip(ui, p->id, a->text) : UI_HANDLED | UI_REDRAW;
}

static unsigned page_key(struct ui *ui, void *st, struct key key)
{
	struct resident_page *p = st;

	return after(ui, p, table_key(&p->line.table, key));
}

static unsigned page_click(struct ui *ui, void *st, int y, int x)
{
	struct resident_page *p = st;

	return after(ui, p, table_click(&p->line.table, resident_timeline_area(p, ui), y, x));
}

static const struct binding keys[] = {
	{ "t", CMD_CONFLICTS, NULL, FOCUS_DISPUTED }, /* before what the bar has no room for */
	{ "f", CMD_FOLLOW_UP, NULL, 0 },
	{ "v", CMD_VISIT, NULL, 0 },
	{ "r", CMD_REFER, NULL, 0 },
	{ "s", CMD_SIGN, NULL, 0 },
	{ "e", CMD_EDIT, NULL, 0 },
	{ "h", CMD_HOUSEHOLD, NULL, 0 },
	{ "c", CMD_QR, NULL, 0 },
	{ "g", CMD_TREND, NULL, 0 },
	{ "l", CMD_HISTORY, NULL, 0 },
	{ "m", CMD_MOVE, NULL, 0 },
	{ "j", CMD_NEXT_PERSON, NULL, 0 },
	{ "p", CMD_PHONE, NULL, 0 },
	{ "b", CMD_NOTE, NULL, 0 },
	{ "x", CMD_REFUSE, NULL, 0 },
	{ "q", CMD_BACK, NULL, 0 },
	{ "F4", CMD_NEW, N_("newborn"), FOCUS_OWN },
	{ "F6", CMD_REFER, NULL, 0 },
	{ "F7", CMD_FOLLOW_UP, NULL, 0 },
	{ "F8", CMD_VISIT, NULL, 0 },
	{ "F9", CMD_PRINT, N_("slip"), 0 },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen resident_screen = {
	.name = "resident",
	.title = N_("Resident"),
	.state_size = sizeof(struct resident_page),
	.topics = TOPIC_PERSON | TOPIC_SYNC | TOPIC_STAFF,
	.keys = keys,
	.open = page_open,
	.load = page_load,
	.layout = page_layout,
	.draw = page_draw,
	.focus = page_focus,
	.command = page_command,
	.key = page_key,
	.answer = page_answer,
	.click = page_click,
	.close = page_close,
};
