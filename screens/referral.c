/* A referral: written from the follow-up that asked for it; later its states, the county's answer, the outcome. */
#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/service/endings.h"
#include "app/service/referral_letter.h"
#include "screens/form_screen.h"
#include "screens/kit/prompt.h"
#include "screens/people.h"

enum { TAG_REASON = 1 };

struct referral_screen {
	struct form_screen fs;
	const struct record *source; /* the follow-up, NULL */
};

static struct referral_screen *whole(struct form_screen *fs)
{
	return (struct referral_screen *)fs;
}

static bool is_new(const struct form_screen *fs)
{
	return fs->rec->meta.revision == 0;
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct record *source = NULL;
	const char *followup = arg && arg->kind == KIND_FOLLOWUP ? arg->record : NULL;

	(void)ui;
	fs->cx.previous = NULL;
	if (!is_new(fs) || fs->taken_up)
		return true;
	if (!referral_prefill(fs->app, fs->rec, followup, &source, &fs->mem, err))
		return false;
	whole(fs)->source = source;
	/* The disease is known now: is another one open for it? */
	if (!records_context(fs->app, fs->kind, fs->rec, &fs->mem, &fs->cx, err))
		return false;
	fs->cx.previous = NULL; /* a follow-up, no referral */
	return true;
}

/* The answer and the return form stand on the second page once there is something to say. */
static bool shown(const struct form_screen *fs, const struct field *f)
{
	if (f->flags & FIELD_HIDDEN)
		return false;
	if (!value_is_empty(record_get(fs->rec, f->key)))
		return true;
	if (!strcmp(f->key, "number") || !strcmp(f->key, "check_result") || !strcmp(f->key, "checked_on"))
		return !is_new(fs);
	return f->page < 2 || !is_new(fs);
}

/* Who brings the return form was there: that needs no tracking any more. */
static void was_there(struct form_screen *fs)
{
	if (value_is_empty(record_get(fs->rec, "check_result")))
		record_set_text(fs->rec, "check_result", "1");
	if (value_is_empty(record_get(fs->rec, "checked_on")))
		record_set_day(fs->rec, "checked_on", app_today(fs->app));
}

static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	(void)ui;
	if (!strcmp(key, "returned_on") && record_text(fs->rec, "returned_on") && !is_new(fs))
		was_there(fs);
	else if (!strcmp(key, "check_result") && record_text(fs->rec, "check_result") &&
		value_is_empty(record_get(fs->rec, "checked_on")))
		record_set_day(fs->rec, "checked_on", app_today(fs->app));
	else if (!strcmp(key, "date") && record_day(fs->rec, "date") != NO_DAY)
		record_clear(fs->rec, "check_by"); /* follows from the date */
	else
		return;
	form_refresh(&fs->form);
}

/* Offline it is not requested yet, whatever we wish. */
static void box_state(const struct form_screen *fs, struct form_box *out)
{
	const char *status = record_text(fs->rec, "status");
	enum referral_state state = referral_state_by_name(status ? status : "");
	const char *org = record_text(fs->rec, "answer_org"), *doctor = record_text(fs->rec, "answer_doctor");
	bool out_there = fs->rec->meta.county == COUNTY_AT_COUNTY;

	if (is_new(fs) || !status)
		return;
	if (state == REFERRAL_REQUESTED && !out_there)
		form_box_add(out, FACE_DUE, _("State"), "%s", _("not sent yet: it waits for the next exchange with the county"));
	else
		form_box_add(out, state == REFERRAL_REJECTED ? FACE_DANGER : FACE_NORMAL, _("State"), "%s %s %s",
			term_text(&referral_states[state].term), org ? org : "", doctor ? doctor : "");
	if (record_text(fs->rec, "status_reason"))
		form_box_add(out, FACE_DUE, _("Because"), "%s", record_text(fs->rec, "status_reason"));
	if (record_text(fs->rec, "answer_text"))
		form_box_add(out, FACE_NORMAL, _("Answer"), "%s", record_text(fs->rec, "answer_text"));
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const struct referral_screen *st = (const struct referral_screen *)fs;

	if (record_is(fs->rec, "urgency", "emergency"))
		form_box_add(out, FACE_DANGER, _("Urgent"), "%s",
			_("telephone first, the paper goes with the patient; do not wait for the network"));
	box_state(fs, out);
	if (st->source)
		form_box_add(out, FACE_HINT, _("Taken from"), _("the follow-up of %s; read it over and change what is not right"),
			record_text(st->source, "date"));
	form_screen_box(fs, out);
}

static unsigned command(struct form_screen *fs, struct ui *ui, enum cmd cmd)
{
	if (cmd != CMD_END_EARLY || is_new(fs))
		return 0;
	return prompt_ask(ui, TAG_REASON, &(struct ask){ .question = _("Why is the referral cancelled?"), .max = 100 });
}

enum { FOCUS_STORED = FOCUS_OWN << 1 };

static unsigned focus(const struct form_screen *fs)
{
	return is_new(fs) ? 0 : FOCUS_STORED;
}

static unsigned answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	struct err err;

	if (tag != TAG_REASON || !a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (!referral_cancel(fs->app, fs->rec->meta.id, a->text, &err) ||
		!record_load(fs->app, KIND_REFERRAL, fs->rec->meta.id, &mem, &rec, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	session_saved(ui, KIND_REFERRAL, rec);
	ui_say(ui, FACE_DONE, "%s", _("The referral is cancelled."));
	return UI_HANDLED | UI_CLOSE;
}

static const struct form_table table = {
	.kind = KIND_REFERRAL,
	.today = "date",
	.opened = opened,
	.changed = changed,
	.shown = shown,
	.box = box,
	.answer = answer,
	.focus = focus,
	.command = command,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct referral_screen *st = state;
	const struct form_def *form = kind_by_id(KIND_REFERRAL)->form;

	if (!form_screen_open(ui, state, &table, arg, err))
		return false;
	for (size_t i = 0; i < form->n_fields; i++)
		if (!value_is_empty(record_get(st->fs.rec, form->fields[i].key)))
			form_given(&st->fs.form, form->fields[i].key);
	if (!is_new(&st->fs) && !st->fs.taken_up && !(a && a->field) && value_is_empty(record_get(st->fs.rec, "checked_on")))
		form_goto(&st->fs.form, "check_result");
	return true;
}

static const struct binding keys[] = {
	FORM_SCREEN_KEYS,
	{ "C-b", CMD_END_EARLY, N_("cancel it"), FOCUS_STORED },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen referral_screen = {
	.name = "referral",
	.title = N_("Referral"),
	.state_size = sizeof(struct referral_screen),
	.keys = keys,
	.open = open,
	FORM_SCREEN_MEMBERS,
};
