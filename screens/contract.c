/* Signs a family-doctor contract, or renews the one that ends.  Packages bring their items; what was done of the present
 * contract stands below. */
#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/service/contract_plan.h"
#include "app/service/endings.h"
#include "app/service/packages.h"
#include "screens/form_screen.h"
#include "screens/kit/prompt.h"
#include "screens/people.h"

enum { TAG_SIDE = 1, TAG_REASON };

struct contract_screen {
	struct form_screen fs;
	enum ending_side side;           /* who gives it up */
	bool renews, own_items;          /* own_items: the doctor changed the list, packages no longer make it */
	const struct record *old;        /* the contract before, NULL */
	struct packages packages;        /* that may be signed today */
	struct fulfilment fulfilment;    /* of this one, or of the one before */
};

static struct contract_screen *whole(struct form_screen *fs)
{
	return (struct contract_screen *)fs;
}

/* The codes are those that may be signed today. */
static bool read_packages(struct contract_screen *st, struct err *err)
{
	struct form_screen *fs = &st->fs;

	if (!packages_read(fs->app, app_today(fs->app), &fs->mem, &st->packages, err))
		return false;
	fs->rec->form = packages_form(&st->packages, fs->rec, &fs->mem);
	return true;
}

static void plan(struct contract_screen *st)
{
	packages_plan(&st->packages, st->fs.rec);
	form_given(&st->fs.form, "items");
	form_refresh(&st->fs.form);
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct contract_screen *st = whole(fs);
	const struct record *counted = fs->rec;
	struct record *old = NULL;

	(void)ui;
	(void)arg;
	if (!fs->rec->meta.revision && !fs->taken_up) {
		if (!contract_prefill(fs->app, fs->rec, &st->renews, &old, &fs->mem, err))
			return false;
		st->old = old;
		counted = old;
	}
	if (!read_packages(st, err))
		return false;
	st->own_items = st->renews || fs->rec->meta.revision > 0;
	return !counted || contract_fulfilment(fs->app, counted, &st->fulfilment, err);
}

static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	struct contract_screen *st = whole(fs);

	(void)ui;
	if (!strncmp(key, "items[", 6)) {
		st->own_items = true;
	} else if (!strcmp(key, "packages") && !st->own_items) {
		plan(st);
	} else if ((!strcmp(key, "years") || !strcmp(key, "start")) && record_num(fs->rec, "years", 0)) {
		record_set_day(fs->rec, "end", contract_end(record_day(fs->rec, "start"), (int)record_num(fs->rec, "years", 1)));
		form_refresh(&fs->form);
	}
}

static bool shown(const struct form_screen *fs, const struct field *f)
{
	static const char *const rare[] = { "status", "ended_on", "status_reason", "resident_reason", "doctor_reason" };
	bool other = record_text(fs->rec, "signed_by") && !record_is(fs->rec, "signed_by", "0") &&
		!record_is(fs->rec, "signed_by", "3");

	if (f->flags & FIELD_HIDDEN)
		return false;
	if (!strcmp(f->key, "done"))
		return fs->rec->meta.revision > 0;
	if (!value_is_empty(record_get(fs->rec, f->key)))
		return true;
	if (!strcmp(f->key, "signer_name") || !strcmp(f->key, "signer_relation"))
		return other;
	for (size_t i = 0; i < N_ELEMENTS(rare); i++)
		if (!strcmp(rare[i], f->key))
			return false;
	return true;
}

static void box_term(const struct contract_screen *st, struct form_box *out)
{
	const struct record *rec = st->fs.rec;
	const char *end = record_text(rec, "end");

	if (!st->renews || !st->old)
		return;
	form_box_add(out, FACE_HINT, _("Renewal"), _("the contract before ends on %s; this one runs from %s to %s"),
		record_text(st->old, "end") ? record_text(st->old, "end") : "?",
		record_text(rec, "start") ? record_text(rec, "start") : "?", end ? end : "?");
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const struct contract_screen *st = (const struct contract_screen *)fs;
	AUTO_SBUF struct sbuf done = SBUF_INIT;

	box_term(st, out);
	contract_fulfilment_text(&st->fulfilment, &done);
	if (done.len)
		form_box_add(out, FACE_NORMAL, _("Done"), "%s", done.s);
	form_screen_box(fs, out);
}

/* ---- ending it before its time ------------------------------------------------------------------------------------------- */

static unsigned ask_side(struct contract_screen *st, struct ui *ui)
{
	const struct record *rec = st->fs.rec;

	if (!rec->meta.revision || !(record_is(rec, "status", "active") || record_is(rec, "status", "terminating")))
		return 0;
	return prompt_choose(ui, TAG_SIDE, &(struct choose){ .question = _("Who gives the contract up?"), .n_options = 2,
		.options = (const char *const[]){ _("the resident"), _("the team") } });
}

static unsigned end_it(struct contract_screen *st, struct ui *ui, const char *reason)
{
	struct form_screen *fs = &st->fs;
	struct err err;

	if (!contract_end_now(fs->app, fs->rec->meta.id, st->side, reason, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	ui_changed(ui, TOPIC_CONTRACT | TOPIC_SYNC);
	ui_say(ui, FACE_DONE, "%s", _("The contract has ended today."));
	return UI_HANDLED | UI_CLOSE;
}

static unsigned answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	struct contract_screen *st = whole(fs);

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_REASON)
		return end_it(st, ui, a->text);
	st->side = a->choice == 0 ? ENDED_BY_RESIDENT : ENDED_BY_DOCTOR;
	return prompt_ask(ui, TAG_REASON, &(struct ask){ .question = _("Why?"), .max = 100 });
}

static unsigned command(struct form_screen *fs, struct ui *ui, enum cmd cmd)
{
	return cmd == CMD_END_EARLY ? ask_side(whole(fs), ui) : 0;
}

static const struct form_table table = {
	.kind = KIND_CONTRACT,
	.today = "signed_on",
	.opened = opened,
	.changed = changed,
	.shown = shown,
	.box = box,
	.answer = answer,
	.command = command,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const char *const given[] = { "team", "doctor", "start", "years", "end", "items", "signed_on" };
	struct contract_screen *st = state;

	if (!form_screen_open(ui, state, &table, arg, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(given); i++)
		form_given(&st->fs.form, given[i]);
	return true;
}

static const struct binding keys[] = {
	FORM_SCREEN_KEYS,
	{ "C-b", CMD_END_EARLY, "", 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen contract_screen = {
	.name = "contract",
	.title = N_("Contract"),
	.state_size = sizeof(struct contract_screen),
	.keys = keys,
	.open = open,
	FORM_SCREEN_MEMBERS,
};
