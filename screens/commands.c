/* What works on every screen, and what can be done for one person. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/programmes/combined.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "app/service/visits.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/session_int.h"

enum { TAG_GOTO = UI_TAG_APP, TAG_QUIT, TAG_UNDO, TAG_PROGRAMME };

/* ---- keys ------------------------------------------------------------------------------------------------------------ */

const struct binding session_keys[] = {
	{ "F1", CMD_HELP, NULL, 0 },
	{ "F3", CMD_FIND, NULL, 0 },
	{ "F4", CMD_NEW, N_("register"), FOCUS_LIST | FOCUS_TEXT },
	{ "F5", CMD_SYNC, NULL, 0 },
	{ "F9", CMD_REPORT, NULL, 0 },
	{ "F10", CMD_QUIT, NULL, 0 },
	{ "?", CMD_HELP, N_("all keys"), 0 },
	{ ":", CMD_GOTO, NULL, FOCUS_LIST | FOCUS_CODE },
	{ "Esc", CMD_BACK, NULL, 0 },
	{ "q", CMD_BACK, "", 0 },
	MOVING_KEYS,
	{ "Enter", CMD_OPEN, "", 0 },
	ROW_KEYS,
	{ "0", CMD_NEXT_PAGE, "", FOCUS_LIST },
	{ "C-z", CMD_UNDO, "", 0 },
	{ "C-o", CMD_USER, "", 0 },
	{ "j", CMD_NEXT_PERSON, "", 0 },
	{ "u", CMD_LACKING, "", FOCUS_LIST },
	{ "C-e", CMD_LANGUAGE, "", 0 },
	{ "C-l", CMD_REDRAW, "", 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

/* ---- opening things for a person ---------------------------------------------------------------------------------------- */

static unsigned show_named(struct ui *ui, const char *name, const struct open_arg *arg)
{
	const struct screen *screen = screen_named(name);

	if (screen)
		return ui_show(ui, screen, arg);
	ui_say(ui, FACE_WARN, _("This screen is not part of this edition yet."));
	return UI_HANDLED | UI_REDRAW;
}

static bool make_present(struct ui *ui, const char *resident)
{
	struct session *s = session_of(ui);
	bool is_void = false;
	struct err err;

	if (session_set_person(s, resident, &err) && record_is_void(s->app, s->person.row, &is_void, &err) && !is_void)
		return true;
	if (is_void)
		err_set(&err, ERR_WRONG_STATE, _("This file was voided: nothing more is written in it."));
	ui_fail(ui, &err);
	return false;
}

unsigned person_open(struct ui *ui, const char *resident)
{
	struct open_arg arg = { .resident = resident };

	return make_present(ui, resident) ? ui_show(ui, &resident_screen, &arg) : UI_HANDLED | UI_REDRAW;
}

unsigned person_next(struct ui *ui)
{
	struct session *s = session_of(ui);

	if (s->conveyor_at + 1 >= s->n_conveyor) {
		ui_say(ui, FACE_INFO, _("That was the last person of the list."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (!ui_may_quit(ui)) /* an open form keeps its draft, and says when it cannot */
		return UI_HANDLED | UI_REDRAW;
	s->conveyor_at++;
	ui_back_to(ui, NULL);
	return person_open(ui, s->conveyor[s->conveyor_at]);
}

struct roster_of {
	const struct programme *programme;
	bool done; /* followed up today already */
};

/* The rosters he is on whose form we have: what was done today last, else the one due first in front. */
static size_t rosters_of(struct app *app, const char *resident, struct arena *mem, struct roster_of out[], size_t max)
{
	struct overview *o = arena_alloc(mem, sizeof *o);
	const char *due[OVERVIEW_PROGRAMMES];
	size_t n = 0;
	struct err err;

	if (!overview_read(app, resident, mem, o, &err))
		return 0;
	for (size_t i = 0; i < o->n_programmes && n < max; i++) {
		const struct programme *p = programme_by_code(o->programmes[i].programme);
		const bool done = o->programmes[i].last && record_day(o->programmes[i].last, "date") == o->today;
		const char *day = done || !o->programmes[i].due ? "9999" : o->programmes[i].due;
		size_t k = n;

		if (!p || !p->followup || strcmp(o->programmes[i].status, "active") != 0)
			continue;
		for (; k > 0 && strcmp(due[k - 1], day) > 0; k--) {
			out[k] = out[k - 1];
			due[k] = due[k - 1];
		}
		out[k] = (struct roster_of){ p, done };
		due[k] = day;
		n++;
	}
	return n;
}

/* One sheet for all that can stand on one and were not done today, in the order of the menus: "htn+dm", "慢病合并随访
 * 高血压+2型糖尿病".  False when there are not two. */
static bool combined_variant(const struct roster_of found[], size_t n, struct sbuf *variant, struct sbuf *title)
{
	size_t total, parts = 0;
	const struct programme *const *all = programmes(&total);

	sbuf_addf(title, "%s ", _("Combined follow-up"));
	for (size_t j = 0; j < total; j++)
		for (size_t i = 0; i < n; i++) {
			if (found[i].programme != all[j] || found[i].done || !combined_takes(all[j]))
				continue;
			sbuf_addf(variant, "%s%s", parts ? "+" : "", all[j]->code);
			sbuf_addf(title, "%s%s", parts++ ? "+" : "", term_text(&all[j]->title));
		}
	return parts > 1;
}

static unsigned ask_programme(struct ui *ui, const struct roster_of found[], size_t n)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_SBUF struct sbuf sheet = SBUF_INIT, title = SBUF_INIT;
	struct menu_item items[OVERVIEW_PROGRAMMES + 1];
	size_t total, k = 0;
	const struct programme *const *all = programmes(&total);

	if (combined_variant(found, n, &sheet, &title))
		items[k++] = (struct menu_item){ .text = title.s, .value = (int64_t)total };
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < total; j++)
			if (all[j] == found[i].programme)
				items[k++] = (struct menu_item){ .value = (int64_t)j, .text = arena_printf(&mem,
					found[i].done ? _("%s: done today") : "%s", term_text(&all[j]->title)) };
	return menu_show(ui, TAG_PROGRAMME, &(struct menu){
		.title = _("Which follow-up?"), .items = items, .n_items = k, .numbered = true,
		.selected = items[0].value });
}

static unsigned follow_up(struct ui *ui, const char *resident)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct roster_of found[OVERVIEW_PROGRAMMES];
	size_t n = rosters_of(app_of(ui), resident, &mem, found, N_ELEMENTS(found));
	struct open_arg arg = { .resident = resident };

	if (n > 1)
		return ask_programme(ui, found, n);
	if (n == 1) {
		arg.variant = found[0].programme->code;
		return show_named(ui, "followup", &arg);
	}
	if (!(ui_show(ui, &enrolment_screen, &arg) & UI_HANDLED) || ui_screen(ui) != &enrolment_screen)
		return UI_HANDLED | UI_REDRAW;
	ui_say(ui, FACE_INFO, _("Not on a roster yet: enrol first, then follow up."));
	return UI_HANDLED | UI_REDRAW;
}

unsigned visit_begin(struct ui *ui, const char *visit)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	struct save_result r;
	struct err err;

	if (!record_load(app_of(ui), KIND_VISIT, visit, &mem, &rec, &err) ||
		(record_is(rec, "status", "registered") && !queue_step(app_of(ui), visit, "in_progress", &mem, &r, &err)))
		ui_fail(ui, &err);
	else if (record_is(rec, "status", "registered"))
		session_saved(ui, KIND_VISIT, r.rec);
	return record_open(ui, KIND_VISIT, visit, true);
}

/* Whoever stands in today's queue gets that visit written, not a second one with another number. */
static unsigned visit(struct ui *ui, const char *resident)
{
	char waits[RECORD_ID_MAX + 1];
	struct err err;

	if (!queue_waits(app_of(ui), resident, waits, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	return *waits ? visit_begin(ui, waits) : show_named(ui, "visit", &(struct open_arg){ .resident = resident });
}

unsigned person_command(struct ui *ui, const char *resident, enum cmd cmd)
{
	static const struct {
		enum cmd cmd;
		const char *screen;
		bool record; /* the resident himself is the record */
	} table[] = {
		{ CMD_VISIT, "visit", false },       { CMD_REFER, "referral", false },    { CMD_SIGN, "contract", false },
		{ CMD_EDIT, "register", true },      { CMD_HISTORY, "timeline", false },  { CMD_TREND, "trend", false },
		{ CMD_HOUSEHOLD, "household", false }, { CMD_QR, "code", false },
		{ CMD_FOLLOW_UP, "followup", false },  { CMD_NOTE, "note", false },       { CMD_REFUSE, "refusal", false },
		{ CMD_PHONE, "phone", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(table); i++)
		if (table[i].cmd == cmd) {
			struct open_arg arg = { .resident = resident };

			if (!make_present(ui, resident))
				return UI_HANDLED | UI_REDRAW;
			if (cmd == CMD_FOLLOW_UP)
				return follow_up(ui, resident);
			if (cmd == CMD_VISIT)
				return visit(ui, resident);
			if (table[i].record)
				arg.record = resident;
			return show_named(ui, table[i].screen, &arg);
		}
	return 0;
}

unsigned task_open(struct ui *ui, const char *resident, const struct due_task *task)
{
	const struct task_kind *kind = task_kind_of(task->task);
	struct open_arg arg = { .resident = resident };
	const struct screen *form;

	if (!make_present(ui, resident))
		return UI_HANDLED | UI_REDRAW;
	if (!kind || kind->way == TASK_PAGE)
		return person_open(ui, resident);
	if (kind->way == TASK_PLACE)
		return show_named(ui, kind->place, NULL);
	if (kind->way == TASK_NEW && *task->programme)
		arg.variant = task->programme;
	if (kind->way == TASK_RECORD) {
		arg.record = *task->record ? task->record : resident;
		arg.field = kind->field;
	}
	if (kind->way == TASK_NEW && kind->opens == KIND_FOLLOWUP && !arg.variant)
		return person_command(ui, resident, CMD_FOLLOW_UP);
	form = screen_of_kind(kind->opens);
	return form ? ui_show(ui, form, &arg) : record_open(ui, kind->opens, arg.record, false);
}

unsigned record_open(struct ui *ui, enum kind_id kind, const char *id, bool edit)
{
	const struct screen *form = edit ? screen_of_kind(kind) : NULL;
	struct open_arg arg = { .record = id, .kind = kind };

	return ui_show(ui, form ? form : &record_screen, &arg);
}

unsigned record_mend(struct ui *ui, enum kind_id kind, const char *id, const char *field)
{
	const struct screen *form = screen_of_kind(kind);
	struct open_arg arg = { .record = id, .kind = kind, .field = field };

	return ui_show(ui, form ? form : &record_screen, &arg);
}

unsigned record_move(struct ui *ui, enum kind_id kind, const char *id)
{
	unsigned out = record_open(ui, kind, id, false);

	return ui_screen(ui) == &record_screen ? out | ui_command(ui, CMD_MOVE) : out;
}

/* ---- undo, language, leaving --------------------------------------------------------------------------------------------- */

unsigned session_ask_undo(struct ui *ui, int tag)
{
	const struct session *s = session_of(ui);
	AUTO_SBUF struct sbuf what = SBUF_INIT, question = SBUF_INIT;

	if (!*s->last.what) {
		ui_say(ui, FACE_HINT, _("There is nothing to take back."));
		return UI_HANDLED | UI_REDRAW;
	}
	session_last_words(s, &what);
	sbuf_addf(&question, _("Take this save back? %s"), what.s);
	return prompt_confirm(ui, tag, &(struct confirm){ .question = question.s, .yes = _("Take back"), .careful = true });
}

/* The newest first; how many could not be, with the sentence of one of them. */
static size_t undo_all(struct session *s, struct err *err)
{
	size_t failed = 0;

	if (s->last.answer.item)
		return !verify_take_back(s->app, &s->last.answer, err);
	for (size_t i = s->last.n_also + 1; i-- > 0;) {
		AUTO_ARENA struct arena mem = { 0 };
		struct save_result r;

		if (!records_undo(s->app, kind_by_id(s->last.kind), i ? s->last.also[i - 1] : s->last.id, &mem, &r, err))
			failed++;
	}
	return failed;
}

unsigned session_undo(struct ui *ui)
{
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	struct session *s = session_of(ui);
	struct err err = { 0 }, ignored;
	size_t all = s->last.n_also + 1, failed;

	if (!*s->last.what)
		return UI_HANDLED;
	session_last_words(s, &what);
	failed = undo_all(s, &err);
	if (failed == all) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	ui_changed(ui, TOPIC_PERSON | TOPIC_SYNC);
	session_count(s, &ignored);
	if (failed)
		ui_say(ui, FACE_WARN, _("%zu taken back, %zu not: %s"), all - failed, failed, err.message);
	else
		ui_say(ui, FACE_DONE, _("Taken back: %s"), what.s);
	session_forget_last(s);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned change_language(struct ui *ui)
{
	i18n_set_language(!strcmp(i18n_language(), "zh") ? "en" : "zh");
	ui_changed(ui, TOPIC_ALL);
	ui_refresh(ui);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned quit(struct ui *ui)
{
	const struct session *s = session_of(ui);
	char question[200];

	if (!ui_may_quit(ui))
		return UI_HANDLED | UI_REDRAW;
	if (s->glance.waiting)
		snprintf(question, sizeof question, ngettext("Leave? %d record is not at the county yet.",
			"Leave? %d records are not at the county yet.", (unsigned long)s->glance.waiting), (int)s->glance.waiting);
	else
		snprintf(question, sizeof question, "%s", _("Leave the program?"));
	return prompt_confirm(ui, TAG_QUIT, &(struct confirm){ .question = question, .yes = _("Leave"), .no = _("Stay") });
}

/* ---- the table --------------------------------------------------------------------------------------------------------------- */

static unsigned open_find(struct ui *ui)
{
	if (ui_screen(ui) != &find_screen)
		return ui_show(ui, &find_screen, NULL);
	return 0;
}

static unsigned go_to_part(struct ui *ui, const struct screen_part *part)
{
	return ui_show(ui, part->screen, &(struct open_arg){ .text = part->text });
}

static unsigned go_to(struct ui *ui, const struct answer *a)
{
	const struct screen_row *row = &screen_rows[a->choice];
	const struct session *s = session_of(ui);
	struct open_arg arg = { .resident = *s->person.id ? s->person.id : NULL };

	if (row->screen == &today_screen) {
		ui_back_to(ui, today_screen.name);
		return UI_HANDLED | UI_REDRAW;
	}
	if (row->about_person && !arg.resident) {
		ui_say(ui, FACE_WARN, _("Choose a person first."));
		return ui_show(ui, &find_screen, NULL);
	}
	if (row->about_person && row->screen == screen_named("followup"))
		return person_command(ui, arg.resident, CMD_FOLLOW_UP);
	return ui_show(ui, row->screen, row->about_person ? &arg : NULL);
}

/* One of the programmes, or behind the last of them the sheet for all. */
static unsigned programme_chosen(struct ui *ui, size_t choice)
{
	AUTO_SBUF struct sbuf sheet = SBUF_INIT, title = SBUF_INIT;
	struct roster_of found[OVERVIEW_PROGRAMMES];
	AUTO_ARENA struct arena mem = { 0 };
	size_t n;
	const struct programme *const *all = programmes(&n);
	struct open_arg arg = { .resident = session_of(ui)->person.id };

	if (choice < n)
		arg.variant = all[choice]->code;
	else if (combined_variant(found, rosters_of(app_of(ui), arg.resident, &mem, found, N_ELEMENTS(found)), &sheet, &title))
		arg.variant = sheet.s;
	return show_named(ui, "followup", &arg);
}

unsigned session_answer(struct ui *ui, int tag, const struct answer *a)
{
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_QUIT)
		ui_quit(ui);
	else if (tag == TAG_UNDO)
		return session_undo(ui);
	else if (tag == TAG_GOTO)
		return a->choice < (int64_t)screen_row_count ? go_to(ui, a) :
			go_to_part(ui, &screen_parts[a->choice - (int64_t)screen_row_count]);
	else if (tag == TAG_PROGRAMME) {
		return programme_chosen(ui, (size_t)a->choice);
	}
	return UI_HANDLED | UI_REDRAW;
}

static unsigned for_person(struct ui *ui, enum cmd cmd)
{
	const struct session *s = session_of(ui);
	char id[RECORD_ID_MAX + 1];

	if (cmd != CMD_REFER && cmd != CMD_FOLLOW_UP && cmd != CMD_VISIT)
		return 0;
	if (!*s->person.id) {
		ui_say(ui, FACE_WARN, _("Choose a person first."));
		return ui_show(ui, &find_screen, NULL);
	}
	snprintf(id, sizeof id, "%s", s->person.id);
	return person_command(ui, id, cmd);
}

unsigned session_command(struct ui *ui, enum cmd cmd)
{
	switch ((int)cmd) {
	case CMD_FIND:
		return open_find(ui);
	case CMD_NEW:
		return ui_show(ui, &register_screen, NULL);
	case CMD_SYNC:
		return sync_bar_start(ui);
	case CMD_LACKING:
		return ui_show(ui, &lacking_screen, NULL);
	case CMD_REPORT:
		return show_named(ui, "reports", NULL);
	case CMD_SETTINGS:
		return show_named(ui, "settings", NULL);
	case CMD_CONFLICTS:
		return show_named(ui, "conflicts", NULL);
	case CMD_HUB:
		return show_named(ui, "hub", NULL);
	case CMD_GOTO:
		return goto_show(ui, TAG_GOTO);
	case CMD_USER:
		return ui_show(ui, &login_screen, NULL);
	case CMD_LANGUAGE:
		return change_language(ui);
	case CMD_NEXT_PERSON:
		return person_next(ui);
	case CMD_UNDO:
		return session_ask_undo(ui, TAG_UNDO);
	case CMD_QUIT:
		return quit(ui);
	default:
		return for_person(ui, cmd);
	}
}

/* A card or a code read where nothing is typed finds the person. */
unsigned session_scan(struct ui *ui, const char *text)
{
	struct open_arg arg = { .text = text };

	return ui_show(ui, &find_screen, &arg);
}
