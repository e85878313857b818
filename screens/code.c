/* C: the code to be scanned: of the person (the electronic health card as it was read, else the file number), and of the
 * agreement, with its number and the short code that is told by telephone.  C goes from one to the other. */
#include "app/base/i18n.h"
#include "app/service/contract_code.h"
#include "app/service/overview.h"
#include "screens/kit/qr.h"
#include "screens/kit/status.h"
#include "screens/people.h"

struct code_view {
	char id[RECORD_ID_MAX + 1], record[RECORD_ID_MAX + 1]; /* record: an agreement; "": the present one */
	bool agreement;
	struct arena mem;
	const char *head, *code, *what;
};

static bool code_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct code_view *v = st;
	const struct open_arg *a = arg;

	snprintf(v->id, sizeof v->id, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	snprintf(v->record, sizeof v->record, "%s", a && a->record ? a->record : "");
	v->agreement = a && a->kind == KIND_CONTRACT;
	return *v->id || err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
}

/* ---- what is shown --------------------------------------------------------------------------------------------------------- */

static bool take_person(struct code_view *v, const struct record *rec, struct err *err)
{
	v->code = record_text(rec, "card_no");
	v->what = arena_printf(&v->mem, "%s  %s", _("Electronic health card"), v->code ? v->code : "");
	if (v->code)
		return true;
	v->code = record_text(rec, "file_no");
	v->what = arena_printf(&v->mem, "%s  %s", _("File number"), v->code ? v->code : "");
	return v->code || err_set(err, ERR_NOT_FOUND, _("Neither a health card nor a file number is known; E enters one."));
}

/* The one that was asked for, else the one that counts today, else the newest. */
static bool find_agreement(struct app *app, struct code_view *v, struct record **out, struct err *err)
{
	struct overview o;

	if (*v->record)
		return record_load(app, KIND_CONTRACT, v->record, &v->mem, out, err);
	if (!overview_read(app, v->id, &v->mem, &o, err))
		return false;
	*out = o.contract;
	return o.contract || err_set(err, ERR_NOT_FOUND, _("There is no agreement yet: S signs one."));
}

static bool take_agreement(struct app *app, struct code_view *v, struct err *err)
{
	struct contract_code *code = arena_alloc(&v->mem, sizeof *code);
	struct record *rec;

	if (!find_agreement(app, v, &rec, err))
		return false;
	if (!contract_code(app, rec, code))
		return err_set(err, ERR_NOT_FOUND, _("This agreement has no number yet; it gets one when it is saved."));
	v->code = code->qr;
	v->what = arena_printf(&v->mem, _("Agreement %s  code %s  until %s"), code->number, code->short_,
		record_text(rec, "end") ? record_text(rec, "end") : "-");
	return true;
}

static bool code_load(struct ui *ui, void *st, struct err *err)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct code_view *v = st;
	struct app *app = app_of(ui);
	struct search_hit hit;
	struct record *rec;

	arena_clear(&v->mem);
	if (!record_load(app, KIND_RESIDENT, v->id, &v->mem, &rec, err) ||
		!search_hit_of(app, record_row(app, KIND_RESIDENT, v->id), &v->mem, &hit, err))
		return false;
	person_head(app, &hit, &head);
	v->head = arena_strdup(&v->mem, head.s);
	return v->agreement ? take_agreement(app, v, err) : take_person(v, rec, err);
}

/* C: the other one, when there is one. */
static unsigned code_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct code_view *v = st;
	struct err err, again;

	if (cmd != CMD_QR)
		return 0;
	v->agreement = !v->agreement;
	if (!code_load(ui, v, &err)) {
		v->agreement = !v->agreement;
		if (code_load(ui, v, &again))
			ui_fail(ui, &err);
	}
	return UI_HANDLED | UI_REDRAW;
}

static void code_close(struct ui *ui, void *st)
{
	(void)ui;
	arena_release(&((struct code_view *)st)->mem);
}

static void code_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct code_view *v = st;
	struct rect r = ui_body(ui);

	screen_header(ui, cv, v->head, NULL);
	canvas_clip(cv, r.y, 1, r.w - 2, FACE_HEAD, v->what);
	r.y++;
	r.h--;
	qr_show(cv, r, v->code,
		v->agreement ? _("Instead: tell the number and the code above; or print the agreement (F9 on its page), the code "
				 "is on the paper.") :
			       _("Instead: tell the number above."));
	canvas_park(cv, r.y - 1, 1);
}

static const struct binding keys[] = {
	{ "c", CMD_QR, N_("person, agreement"), 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen code_screen = {
	.name = "code",
	.title = N_("QR code"),
	.state_size = sizeof(struct code_view),
	.topics = TOPIC_RESIDENT,
	.keys = keys,
	.open = code_open,
	.load = code_load,
	.command = code_command,
	.draw = code_draw,
	.close = code_close,
};
