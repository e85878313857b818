/* After a save: what this person still lacks, with digits to go on; J is the next person of the list, ^Z takes the save
 * back.  Nobody who lacks nothing is stopped by it: then it does not stay. */
#include "app/base/i18n.h"
#include "app/service/lacks.h"
#include "screens/kit/status.h"
#include "screens/print.h"
#include "screens/screens.h"

enum { TAG_SLIP = 1, TAG_UNDO };

struct saved {
	struct arena mem;
	char resident[RECORD_ID_MAX + 1];
	const char *name, *sex;
	struct lack lacks[LACKS_MAX];
	size_t n;
	bool of_a_list; /* J goes on along it */
};

/* A file or a sheet that is not complete is no reason to stop somebody after a visit; his page shows it. */
static size_t only_tasks(struct lack lacks[], size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!task_is_gap(task_kind_of(lacks[i].task.task)))
			lacks[kept++] = lacks[i];
	return kept;
}

static bool saved_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct saved *s = st;
	const struct open_arg *a = arg;
	struct overview *o = arena_alloc(&s->mem, sizeof *o);

	snprintf(s->resident, sizeof s->resident, "%s", a->resident);
	if (!overview_read(app_of(ui), a->resident, &s->mem, o, err) ||
		!lacks_read(app_of(ui), o, &s->mem, s->lacks, &s->n, err))
		return false;
	s->name = record_text(o->resident, "name") ? record_text(o->resident, "name") : "";
	s->sex = record_text(o->resident, "sex");
	s->n = only_tasks(s->lacks, s->n);
	s->of_a_list = session_of(ui)->n_conveyor > 0;
	return s->n > 0; /* nothing is missing: the form just closes */
}

static void saved_close(struct ui *ui, void *st)
{
	(void)ui;
	arena_release(&((struct saved *)st)->mem);
}

static const char *lacks_words(const struct saved *s)
{
	if (s->sex && !strcmp(s->sex, "2"))
		return _("She still lacks:");
	return _("He still lacks:");
}

static void saved_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct saved *s = st;
	const struct session *session = session_of(ui);
	struct rect r = status_popup(cv, (int)s->n + 6, 60, _("Saved"));

	canvas_clip(cv, r.y, r.x, r.w, FACE_DONE, session->last.what);
	canvas_textf(cv, r.y + 2, r.x, r.w, FACE_HEAD, "%s  %s", s->name, lacks_words(s));
	for (size_t i = 0; i < s->n; i++)
		canvas_textf(cv, r.y + 3 + (int)i, r.x, r.w, FACE_POPUP, " %zu %s", i + 1, s->lacks[i].text);
	canvas_clip(cv, r.y + r.h - 1, r.x, r.w, FACE_HINT,
		session->n_conveyor ? _("A digit goes on with it   J next person   ^Z take back   Esc done") :
			_("A digit goes on with it   ^Z take back   Esc done"));
	canvas_park(cv, r.y, r.x);
}

static unsigned saved_focus(const void *st)
{
	return FOCUS_LIST | (((const struct saved *)st)->of_a_list ? (unsigned)FOCUS_OWN : 0u);
}

static unsigned go_on(struct ui *ui, const struct saved *s, size_t i)
{
	char resident[RECORD_ID_MAX + 1];
	struct due_task task;

	if (i >= s->n) {
		ui_beep(ui);
		return UI_HANDLED;
	}
	snprintf(resident, sizeof resident, "%s", s->resident);
	task = s->lacks[i].task;
	return task_open(ui, resident, &task) | UI_CLOSE;
}

static unsigned saved_command(struct ui *ui, void *st, enum cmd cmd)
{
	const struct saved *s = st;

	if (cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9)
		return go_on(ui, s, (size_t)(cmd - CMD_ROW_1));
	if (cmd == CMD_OPEN)
		return UI_HANDLED | UI_CLOSE;
	if (cmd == CMD_REFER || cmd == CMD_FOLLOW_UP || cmd == CMD_VISIT || cmd == CMD_SIGN) {
		char resident[RECORD_ID_MAX + 1];

		snprintf(resident, sizeof resident, "%s", s->resident);
		return person_command(ui, resident, cmd) | UI_CLOSE;
	}
	if (cmd == CMD_PRINT)
		return print_slip_ask(ui, TAG_SLIP);
	if (cmd == CMD_NEXT_PERSON)
		return person_next(ui) | UI_CLOSE;
	if (cmd == CMD_UNDO)
		return session_ask_undo(ui, TAG_UNDO);
	return 0;
}

static unsigned saved_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	const struct saved *s = st;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_UNDO)
		return session_undo(ui) | UI_CLOSE;
	return print_slip(ui, s->resident, a->text);
}

static const struct binding keys[] = {
	{ "F6", CMD_REFER, NULL, 0 },
	{ "F7", CMD_FOLLOW_UP, NULL, 0 },
	{ "F8", CMD_VISIT, NULL, 0 },
	{ "F9", CMD_PRINT, N_("slip"), 0 },
	{ "r", CMD_REFER, "", 0 }, /* the letters of the page below */
	{ "f", CMD_FOLLOW_UP, "", 0 },
	{ "v", CMD_VISIT, "", 0 },
	{ "s", CMD_SIGN, "", 0 },
	{ "j", CMD_NEXT_PERSON, NULL, FOCUS_OWN },
	{ "C-z", CMD_UNDO, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen saved_screen = {
	.name = "saved",
	.state_size = sizeof(struct saved),
	.keys = keys,
	.popup = true,
	.open = saved_open,
	.draw = saved_draw,
	.focus = saved_focus,
	.command = saved_command,
	.answer = saved_answer,
	.close = saved_close,
};
