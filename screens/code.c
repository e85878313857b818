/* C: the person's code to be scanned: the electronic health card as it was read, else the file number. */
#include "app/base/i18n.h"
#include "app/service/overview.h"
#include "screens/kit/qr.h"
#include "screens/kit/status.h"
#include "screens/people.h"

struct code_view {
	char id[RECORD_ID_MAX + 1];
	struct arena mem;
	const char *head, *code, *what;
};

static bool code_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct code_view *v = st;
	const struct open_arg *a = arg;

	snprintf(v->id, sizeof v->id, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	return *v->id || err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
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
	v->code = record_text(rec, "card_no");
	v->what = _("Electronic health card");
	if (v->code)
		return true;
	v->code = record_text(rec, "file_no");
	v->what = _("File number");
	return v->code || err_set(err, ERR_NOT_FOUND, _("Neither a health card nor a file number is known; E enters one."));
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
	struct err err;

	screen_header(ui, cv, v->head, NULL);
	canvas_textf(cv, r.y, 1, r.w - 2, FACE_HEAD, "%s  %s", v->what, v->code);
	r.y++;
	r.h--;
	if (!qr_draw(cv, r, v->code, &err))
		canvas_wrap(cv, (struct rect){ r.y + 1, 1, r.h - 1, r.w - 2 }, FACE_HINT, err.message);
	canvas_park(cv, r.y - 1, 1);
}

const struct screen code_screen = {
	.name = "code",
	.title = N_("QR code"),
	.state_size = sizeof(struct code_view),
	.topics = TOPIC_RESIDENT,
	.open = code_open,
	.load = code_load,
	.draw = code_draw,
	.close = code_close,
};
