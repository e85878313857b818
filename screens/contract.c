/* Signs a family-doctor contract, or renews the one that ends.  Packages bring their items; what was done of the present
 * contract stands below. */
#include "app/base/date.h"
#include "app/clinic/states.h"
#include "app/service/contract_code.h"
#include "app/service/contract_plan.h"
#include "app/service/contract_steps.h"
#include "app/service/packages.h"
#include "screens/form_screen.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/people.h"

enum { TAG_SIDE = 1, TAG_REASON, TAG_STEP };

struct contract_screen {
	struct form_screen fs;
	const struct contract_event *event; /* the step that is being asked about */
	enum ending_side side;           /* who gives it up */
	bool renews, transfers, own_items; /* own_items: the doctor changed the list, packages only add to it */
	bool own_fees;                   /* the same of the fees */
	char before[96];                 /* codes of its packages, before the last change */
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

static const char *const fee_keys[] = { "fee_total", "fee_public", "fee_insurance", "fee_self" };

static bool has_fees(const struct record *rec)
{
	for (size_t i = 0; i < N_ELEMENTS(fee_keys); i++)
		if (!value_is_empty(record_get(rec, fee_keys[i])))
			return true;
	return false;
}

static void note_packages(struct contract_screen *st)
{
	const char *codes = record_text(st->fs.rec, "packages");

	snprintf(st->before, sizeof st->before, "%s", codes ? codes : "");
}

static void plan(struct contract_screen *st)
{
	for (size_t i = 0; !st->own_fees && i < N_ELEMENTS(fee_keys); i++)
		record_clear(st->fs.rec, fee_keys[i]);
	if (st->own_items)
		packages_add(&st->packages, st->before, st->fs.rec);
	else
		packages_plan(&st->packages, st->fs.rec);
	packages_charge(&st->packages, st->fs.rec);
	note_packages(st);
	form_given(&st->fs.form, "items");
	form_refresh(&st->fs.form);
}

/* What a draft of one to come follows. */
static bool take_up(struct contract_screen *st, struct err *err)
{
	struct form_screen *fs = &st->fs;
	const char *previous = record_text(fs->rec, "previous");
	struct record *old;

	if (!previous)
		return true;
	if (!record_load(fs->app, KIND_CONTRACT, previous, &fs->mem, &old, err))
		return false;
	st->old = old;
	st->renews = true;
	st->transfers = !strcmp(fs->variant, "transfer");
	return true;
}

static bool begin_new(struct contract_screen *st, const struct open_arg *arg, struct err *err)
{
	struct form_screen *fs = &st->fs;
	struct record *old = NULL;

	if (!contract_prefill(fs->app, fs->rec, &st->renews, &old, &fs->mem, err))
		return false;
	if (old && arg->variant && !strcmp(arg->variant, "transfer")) {
		contract_handover(fs->app, fs->rec, old);
		st->transfers = true;
	}
	st->old = old;
	return true;
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct contract_screen *st = whole(fs);
	const bool is_new = !fs->rec->meta.revision;

	(void)ui;
	if (is_new && !(fs->taken_up ? take_up(st, err) : begin_new(st, arg, err)))
		return false;
	if (!read_packages(st, err))
		return false;
	st->own_fees = has_fees(fs->rec);
	if (is_new && st->renews && !st->transfers)
		packages_charge(&st->packages, fs->rec);
	st->own_items = !value_is_empty(record_get(fs->rec, "items")) &&
		(!is_new || !packages_are_planned(&st->packages, fs->rec, &fs->mem));
	note_packages(st);
	if (is_new && !st->old)
		return true;
	return contract_fulfilment(fs->app, is_new ? st->old : fs->rec, &st->fulfilment, err);
}

static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	struct contract_screen *st = whole(fs);

	(void)ui;
	if (!strncmp(key, "items[", 6)) {
		st->own_items = true;
	} else if (!strncmp(key, "fee_", 4)) {
		st->own_fees = true;
	} else if (!strcmp(key, "packages")) {
		plan(st);
	} else if ((!strcmp(key, "years") || !strcmp(key, "start")) && record_num(fs->rec, "years", 0)) {
		record_set_day(fs->rec, "end", contract_end(record_day(fs->rec, "start"), (int)record_num(fs->rec, "years", 1)));
		form_refresh(&fs->form);
	}
}

static bool some_are_done(const struct record *rec)
{
	const struct value *list = record_get(rec, "items");

	for (size_t i = 0; i < list->n_items; i++)
		if (!value_is_empty(record_get(list->items[i], "done")))
			return true;
	return false;
}

static bool shown(const struct form_screen *fs, const struct field *f)
{
	static const char *const rare[] = { "number", "status", "ended_on", "status_reason", "resident_reason",
		"doctor_reason" };
	bool other = record_text(fs->rec, "signed_by") && !record_is(fs->rec, "signed_by", "0") &&
		!record_is(fs->rec, "signed_by", "3");

	if ((f->flags & FIELD_HIDDEN) || !strcmp(f->key, "per"))
		return false;
	if (!strcmp(f->key, "done")) /* what was noted elsewhere; what is counted here stands below */
		return some_are_done(fs->rec);
	if (!value_is_empty(record_get(fs->rec, f->key)))
		return true;
	if (!strcmp(f->key, "signer_name") || !strcmp(f->key, "signer_relation"))
		return other;
	if (!strcmp(f->key, "witness"))
		return other || record_is(fs->rec, "sign_method", "2");
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
	if (st->transfers) {
		form_box_add(out, FACE_HINT, _("Transfer"), _("the contract with the other team ends when this one begins, on %s"),
			record_text(rec, "start") ? record_text(rec, "start") : "?");
		return;
	}
	form_box_add(out, FACE_HINT, _("Renewal"), _("the contract before ends on %s; this one runs from %s to %s"),
		record_text(st->old, "end") ? record_text(st->old, "end") : "?",
		record_text(rec, "start") ? record_text(rec, "start") : "?", end ? end : "?");
}

/* What ^B offers now: nobody needs to remember it. */
static void box_steps(const struct contract_screen *st, struct form_box *out)
{
	const struct contract_event *events[16];
	AUTO_SBUF struct sbuf names = SBUF_INIT;
	size_t n = st->fs.rec->meta.revision ? contract_events_for(st->fs.app, st->fs.rec, events) : 0;

	for (size_t i = 0; i < n; i++)
		sbuf_addf(&names, " %s", term_text(&events[i]->term));
	if (n)
		form_box_add(out, FACE_HINT, _("Next"), "^B%s%s", names.s,
			record_is(st->fs.rec, "status", "active") ? _(" Hand over") : "");
}

/* Opened again to be completed: what makes it an agreement. */
static void box_unsigned(const struct contract_screen *st, struct form_box *out)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	if (st->fs.rec->meta.revision && record_is(st->fs.rec, "status", "pending") && contract_unsigned(st->fs.rec, &words))
		form_box_add(out, FACE_DUE, _("Not signed"), _("fill in %s and save: then it is in force"), words.s);
}

static void box_code(const struct form_screen *fs, struct form_box *out)
{
	struct contract_code code;

	if (contract_code(fs->app, fs->rec, &code))
		form_box_add(out, FACE_NORMAL, _("Agreement"), _("%s  code %s  (^B shows it to be scanned)"), code.number,
			code.short_);
}

/* More than the team or the doctor can carry: before it is signed, not after. */
static void box_team(const struct form_screen *fs, struct form_box *out)
{
	for (const struct finding *f = fs->previewed ? fs->preview.findings.first : NULL; f; f = f->next)
		if (!strcmp(f->code, "capacity") || !strcmp(f->code, "team_closed")) {
			form_box_add(out, FACE_DUE, _("Team"), "%s", f->message);
			return;
		}
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const struct contract_screen *st = (const struct contract_screen *)fs;
	AUTO_SBUF struct sbuf done = SBUF_INIT;

	box_team(fs, out);
	box_unsigned(st, out);
	box_term(st, out);
	box_steps(st, out);
	contract_fulfilment_text(&st->fulfilment, &done);
	if (done.len)
		form_box_add(out, FACE_NORMAL, _("Done"), "%s", done.s);
	box_code(fs, out);
	form_screen_box(fs, out);
}

/* ---- what happens to it ---------------------------------------------------------------------------------------------------- */

static unsigned act(struct contract_screen *st, struct ui *ui, const char *reason)
{
	struct form_screen *fs = &st->fs;
	struct contract_act a = { .event = st->event->name, .side = st->side, .reason = reason, .day = NO_DAY };
	struct err err;

	if (!contract_act(fs->app, fs->rec->meta.id, &a, &fs->live, &fs->result, &err)) {
		if (*err.field)
			form_goto(&fs->form, err.field);
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	session_saved(ui, KIND_CONTRACT, fs->result.rec);
	ui_say(ui, FACE_DONE, "%s: %s", term_text(&st->event->term), _("noted"));
	return UI_HANDLED | UI_CLOSE;
}

static unsigned ask_reason(struct contract_screen *st, struct ui *ui)
{
	bool said = !strcmp(st->event->name, "terminate") && record_is(st->fs.rec, "status", "terminating");

	if (!st->event->reason || said)
		return act(st, ui, NULL);
	return prompt_ask(ui, TAG_REASON, &(struct ask){ .question = _("Why?"), .max = 100 });
}

static unsigned ask_side(struct contract_screen *st, struct ui *ui)
{
	bool said = !strcmp(st->event->name, "terminate") && record_is(st->fs.rec, "status", "terminating");

	st->side = ENDED_BY_NOBODY;
	if (!st->event->side || said)
		return ask_reason(st, ui);
	return prompt_choose(ui, TAG_SIDE, &(struct choose){ .question = _("Who gives the contract up?"), .n_options = 2,
		.options = (const char *const[]){ _("the resident"), _("the team") } });
}

/* Handing over is a form of its own: which team, from when. */
enum { STEP_TRANSFER = 100, STEP_SERVICES, STEP_CODE };

static unsigned show_steps(struct contract_screen *st, struct ui *ui)
{
	const struct contract_event *events[16];
	struct menu_item items[19];
	size_t n = 0, n_events;

	if (!st->fs.rec->meta.revision)
		return 0;
	n_events = contract_events_for(st->fs.app, st->fs.rec, events);
	for (; n < n_events; n++)
		items[n] = (struct menu_item){ .text = term_text(&events[n]->term),
			.value = (int64_t)(events[n] - contract_events) };
	if (record_is(st->fs.rec, "status", "active"))
		items[n++] = (struct menu_item){ .text = _("Hand over to another team"), .value = STEP_TRANSFER };
	items[n++] = (struct menu_item){ .text = _("Services given"), .value = STEP_SERVICES };
	items[n++] = (struct menu_item){ .text = _("Code of the agreement"), .value = STEP_CODE };
	return menu_show(ui, TAG_STEP, &(struct menu){ .title = _("What happens to the contract"), .items = items, .n_items = n,
		.numbered = true, .empty = _("This contract is over: sign a new one.") });
}

static unsigned show_code(struct contract_screen *st, struct ui *ui)
{
	struct open_arg arg = { .resident = st->fs.resident, .record = st->fs.rec->meta.id, .kind = KIND_CONTRACT };

	if (st->fs.rec->meta.revision)
		return ui_show(ui, &code_screen, &arg);
	ui_say(ui, FACE_HINT, _("This agreement has no number yet; it gets one when it is saved."));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned take_step(struct contract_screen *st, struct ui *ui, int64_t choice)
{
	struct open_arg arg = { .resident = st->fs.resident, .variant = "transfer" };

	if (choice == STEP_CODE)
		return show_code(st, ui);
	if (choice == STEP_SERVICES)
		return ui_show(ui, &services_screen, &arg);
	if (choice == STEP_TRANSFER)
		return ui_show(ui, &contract_screen, &arg);
	st->event = &contract_events[choice];
	return ask_side(st, ui);
}

static unsigned answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	struct contract_screen *st = whole(fs);

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_REASON)
		return act(st, ui, a->text);
	if (tag == TAG_STEP)
		return take_step(st, ui, a->choice);
	st->side = a->choice == 0 ? ENDED_BY_RESIDENT : ENDED_BY_DOCTOR;
	return ask_reason(st, ui);
}

enum { FOCUS_STORED = FOCUS_OWN << 1 };

static unsigned focus(const struct form_screen *fs)
{
	return fs->rec->meta.revision ? FOCUS_STORED : 0;
}

/* Handed over to the team that has him: the wrong one was picked. */
static bool saving(struct form_screen *fs, struct ui *ui)
{
	const struct contract_screen *st = whole(fs);

	(void)ui;
	if (!st->transfers || !st->old || !value_equal(record_get(st->old, "team"), record_get(fs->rec, "team")))
		return true;
	form_goto(&fs->form, "team");
	form_note(&fs->form, FACE_ERROR, "%s", _("The resident is with this team already."));
	return false;
}

static unsigned command(struct form_screen *fs, struct ui *ui, enum cmd cmd)
{
	if (cmd == CMD_QR)
		return show_code(whole(fs), ui);
	return cmd == CMD_END_EARLY ? show_steps(whole(fs), ui) : 0;
}

static const struct form_table table = {
	.kind = KIND_CONTRACT,
	.today = "signed_on",
	.opened = opened,
	.changed = changed,
	.shown = shown,
	.box = box,
	.answer = answer,
	.focus = focus,
	.command = command,
	.saving = saving,
};

/* Who has a contract that is not yet to be renewed is shown that one. */
static bool present_contract(struct ui *ui, struct open_arg *arg, char present[RECORD_ID_MAX + 1], struct err *err)
{
	const char *who = arg->resident ? arg->resident : session_of(ui)->person.id;

	if (arg->record || arg->draft || (arg->variant && *arg->variant) || !*who)
		return true;
	if (!contract_running(app_of(ui), who, present, err))
		return false;
	if (*present)
		arg->record = present;
	return true;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const char *const given[] = { "team", "doctor", "start", "years", "end", "items", "signed_on" };
	struct contract_screen *st = state;

	struct open_arg with = arg ? *(const struct open_arg *)arg : (struct open_arg){ 0 };
	char present[RECORD_ID_MAX + 1];

	if (!present_contract(ui, &with, present, err) || !form_screen_open(ui, state, &table, &with, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(given); i++)
		form_given(&st->fs.form, given[i]);
	return true;
}

static const struct binding keys[] = {
	FORM_SCREEN_KEYS,
	{ "C-b", CMD_END_EARLY, N_("steps"), FOCUS_STORED },
	{ "c", CMD_QR, "", FOCUS_CODE },
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
