/* Several computers in one clinic: what this one is to the others, what can be done about it, and on the hub who has joined.
 * Enter does what the row says; `cunyi hub`, another process, does the work. */
#include "app/base/clock.h"
#include "app/service/clinic_hub.h"
#include "screens/asked.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/session_int.h"

enum job_kind { JOB_BEGIN, JOB_SERVE, JOB_INVITE, JOB_LISTEN, JOB_JOIN, JOB_PROMOTE, JOB_LEAVE, JOB_SHUT_OUT };

enum { ALONE = 1 << CLINIC_HUB_NONE, MEMBER = 1 << CLINIC_HUB_MEMBER, HUB = 1 << CLINIC_HUB_SELF };

static const struct job {
	enum job_kind kind;
	int roles; /* of what it is shown */
	struct term name;
	const char *help; /* msgid */
} jobs[] = {
	{ JOB_BEGIN, ALONE, { "让本机做主机", "Make this computer the hub" }, N_("the others exchange with it while it is switched on; best the one that is on all day") },
	{ JOB_INVITE, HUB, { "让一台电脑加入", "Let a computer join" }, N_("shows a code, good for 15 minutes and one computer") },
	{ JOB_SERVE, HUB, { "应答其他电脑", "Answer the others" }, N_("Enter starts or stops it; it goes on when this screen is closed") },
	{ JOB_LISTEN, ALONE | HUB, { "应答的地址", "Answers at" }, N_("0.0.0.0:7653 is every address of this computer; from the next start") },
	{ JOB_JOIN, ALONE | MEMBER, { "加入主机", "Join the hub" }, N_("the hub shows the address and a code: Let a computer join") },
	{ JOB_PROMOTE, MEMBER, { "接替主机", "Take the hub's place" }, N_("only when the hub is gone for good") },
	{ JOB_LEAVE, MEMBER | HUB, { "不再用主机", "Leave the hub" }, N_("the records stay here; nothing is exchanged in the clinic any more") },
};

enum { TAG_ADDRESS = 1, TAG_CODE, TAG_LISTEN, TAG_CONFIRM };

struct shown {
	struct clinic_hub hub;
	const struct job *at[N_ELEMENTS(jobs)];
	size_t n_jobs;
};

struct hub_screen {
	struct list_base b; /* rows: struct shown */
	struct session *session;
	struct asked asked;
	enum job_kind doing; /* what is asked, of a person or of the other process */
	char address[128];   /* of the hub that is being joined */
	char device[32];     /* that is being shut out */
};

static const struct shown *shown_of(const struct hub_screen *st)
{
	return st->b.rows;
}

/* ---- rows --------------------------------------------------------------------------------------------------------------- */

static const struct column columns[] = {
	{ N_("What"), 24, 1, false, 0 },
	{ N_("State"), 30, 3, false, 0 },
};

static size_t row_count(const void *ctx)
{
	const struct shown *s = ctx;

	return s->n_jobs + s->hub.n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	const struct shown *s = ctx;

	return row < s->n_jobs ? s->at[row] - jobs : (int64_t)N_ELEMENTS(jobs) + s->hub.computers[row - s->n_jobs].row;
}

/* "11-22 09:41" of this year or another: the table does not know the clinic's day. */
static void stamp(int64_t at, struct sbuf *out)
{
	char iso[DATE_LEN];
	int minute;

	date_iso(clock_day_of(at, &minute), iso);
	sbuf_addf(out, "%s %02d:%02d", iso, minute / 60, minute % 60);
}

static const char *computer_words(const struct hub_computer *c, struct sbuf *out)
{
	if (c->shut_out)
		return _("shut out");
	if (!c->seen_at)
		return _("joined, has not come yet");
	stamp(c->seen_at, out);
	if (c->here)
		sbuf_adds(out, _(": exchanges every minute"));
	else if (!c->lacks)
		sbuf_adds(out, _(": has everything"));
	else
		sbuf_addf(out, ngettext(": %lld%s document newer than that", ": %lld%s documents newer than that",
			(unsigned long)c->lacks), (long long)c->lacks, c->lacks == HUB_LACKS_MAX ? "+" : "");
	return out->s;
}

static const char *job_words(const struct clinic_hub *h, enum job_kind kind, struct sbuf *out)
{
	switch ((int)kind) {
	case JOB_SERVE:
		return h->serving ? _("runs") : _("does not run: the others cannot exchange");
	case JOB_INVITE:
		return h->code;
	case JOB_LISTEN:
		return h->listen;
	case JOB_JOIN:
	case JOB_PROMOTE:
		return h->address;
	default:
		return out->s;
	}
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct shown *s = ctx;

	if (row < s->n_jobs)
		return col == 0 ? term_text(&s->at[row]->name) : job_words(&s->hub, s->at[row]->kind, tmp);
	return col == 0 ? s->hub.computers[row - s->n_jobs].name : computer_words(&s->hub.computers[row - s->n_jobs], tmp);
}

static enum face computer_face(const struct hub_computer *c)
{
	if (c->shut_out)
		return FACE_DIM;
	return c->here || (c->seen_at && !c->lacks) ? FACE_DONE : FACE_DUE;
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct shown *s = ctx;

	if (col == 0)
		return FACE_NORMAL;
	if (row < s->n_jobs)
		return s->at[row]->kind != JOB_SERVE ? FACE_NORMAL : s->hub.serving ? FACE_DONE : FACE_DANGER;
	return computer_face(&s->hub.computers[row - s->n_jobs]);
}

static const char *mark(const void *ctx, size_t row)
{
	const struct shown *s = ctx;

	return row < s->n_jobs && s->at[row]->kind == JOB_SERVE && !s->hub.serving ? "!" : NULL;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face, .mark = mark };

static bool read(struct list_base *b, struct arena *mem, void *all, struct err *err)
{
	struct shown *s = all;

	if (!clinic_hub_read(b->app, mem, &s->hub, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(jobs); i++)
		if (jobs[i].roles & (1 << s->hub.role))
			s->at[s->n_jobs++] = &jobs[i];
	if (s->hub.role != CLINIC_HUB_SELF)
		s->hub.n = 0;
	return true;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------ */

enum { HEAD_ROWS = 5 };

static void role_words(const struct hub_screen *st, struct sbuf *out)
{
	const struct clinic_hub *h = &shown_of(st)->hub;
	AUTO_SBUF struct sbuf since = SBUF_INIT;

	if (h->since) {
		sbuf_adds(&since, _(", since "));
		instant_words(st->b.app, h->since, &since);
	}
	if (h->role == CLINIC_HUB_NONE)
		sbuf_adds(out, _("alone: it exchanges with no other computer of the clinic"));
	else if (h->role == CLINIC_HUB_SELF)
		sbuf_addf(out, _("the hub%s"), since.s);
	else
		sbuf_addf(out, _("exchanges with the hub %s%s"), h->address, since.s);
}

static void last_words(const struct hub_screen *st, struct sbuf *out)
{
	const struct clinic_hub *h = &shown_of(st)->hub;
	AUTO_SBUF struct sbuf up = SBUF_INIT, down = SBUF_INIT;

	if (h->role == CLINIC_HUB_NONE || !h->any) {
		sbuf_adds(out, _("never"));
		return;
	}
	if (!h->ok) {
		instant_words(st->b.app, h->at, out);
		sbuf_addf(out, "  %s %s", _("broken off:"), h->message);
		return;
	}
	instant_words(st->b.app, h->last_push, &up);
	instant_words(st->b.app, h->last_pull, &down);
	sbuf_addf(out, "%s %s, %s %s", _("sent"), up.s, _("fetched"), down.s);
}

static void last_line(const struct clinic_hub *h, struct sbuf *out)
{
	if (h->role == CLINIC_HUB_NONE)
		sbuf_adds(out, _("One computer is the hub, the others join it: then each has all records."));
	else if (h->role == CLINIC_HUB_MEMBER)
		sbuf_adds(out, _("Exchanges by itself while a screen is open. F5 does it now."));
	else if (h->serving)
		sbuf_addf(out, _("On the others, type this address: %s"), *h->serves_at ? h->serves_at : "?");
	else
		sbuf_adds(out, _("Nobody is answered now: Enter on \"Answer the others\"."));
}

static void draw_head(const struct hub_screen *st, struct canvas *cv, const struct rect *r)
{
	const struct clinic_hub *h = &shown_of(st)->hub;
	bool hub = h->role == CLINIC_HUB_SELF;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	role_words(st, &text);
	list_base_line(cv, r->y, r, FACE_HEAD, _("This computer"), text.s);
	sbuf_clear(&text);
	last_words(st, &text);
	list_base_line(cv, r->y + 1, r, h->any && !h->ok ? FACE_DUE : FACE_NORMAL, _("Last exchange"), text.s);
	sbuf_clear(&text);
	if (h->waiting)
		sbuf_addf(&text,
			ngettext("%lld record of this computer", "%lld records of this computer", (unsigned long)h->waiting),
			(long long)h->waiting);
	else
		sbuf_adds(&text, h->role == CLINIC_HUB_NONE ? "-" : _("nothing from here"));
	list_base_line(cv, r->y + 2, r, h->waiting ? FACE_DUE : FACE_NORMAL,
		hub ? _("Store lacks") : _("The hub lacks"), text.s);
	sbuf_clear(&text);
	last_line(h, &text);
	canvas_clip(cv, r->y + 3, r->x + 1, r->w - 2, hub && !h->serving ? FACE_DANGER : FACE_HINT, text.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct hub_screen *st = state;
	struct rect r = ui_body(ui);

	status_header(ui, cv, _("The clinic's hub"), NULL);
	draw_head(st, cv, &r);
	list_base_draw_below(&st->b, ui, cv);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct shown *s = shown_of(state);
	const struct hub_screen *st = state;
	size_t row;

	(void)ui;
	(void)tmp;
	(void)face;
	if (st->asked.running)
		return _("A moment ...");
	if (!table_selected(&st->b.table, &row))
		return "";
	return row < s->n_jobs ? _(s->at[row]->help) : _("Enter shuts this computer out: lost, stolen, or no longer here");
}

/* ---- the other process -------------------------------------------------------------------------------------------------- */

static const char *const said[] = {
	[JOB_JOIN] = N_("Joined. The first exchange begins by itself; it may take a while."),
	[JOB_PROMOTE] = N_("This computer is the hub now. Let the others join it, one by one."),
	[JOB_LEAVE] = N_("Nothing is exchanged in the clinic any more."),
	[JOB_SHUT_OUT] = N_("Shut out."),
};

static void begin_serving(struct hub_screen *st, struct ui *ui)
{
	struct err err;

	if (!clinic_hub_keep(st->b.app, true, &err)) {
		ui_fail(ui, &err);
		return;
	}
	ui_say(ui, FACE_INFO, _("A moment ..."));
	hub_bar_serve(st->session, shown_of(st)->hub.listen);
}

static void stop_serving(struct hub_screen *st, struct ui *ui)
{
	struct err err;
	bool ran;

	if (!clinic_hub_keep(st->b.app, false, &err) || !clinic_hub_stop(st->b.app, &ran, &err))
		ui_fail(ui, &err);
	else
		ui_say(ui, FACE_WARN, _("Stopped: the others cannot exchange until it is started again."));
}

/* Its answer. */
static unsigned answered(struct ui *ui, void *ctx)
{
	struct hub_screen *st = ctx;
	AUTO_JSON struct json_object *o = asked_json(&st->asked, ui);
	struct err err;

	if (o && !asked_refused(o, ui)) {
		if (st->doing == JOB_INVITE)
			return ui_show(ui, &hub_code_screen, NULL);
		ui_say(ui, FACE_DONE, "%s", _(said[st->doing]));
		if (st->doing == JOB_PROMOTE)
			begin_serving(st, ui);
		ui_changed(ui, TOPIC_SYNC);
	}
	if (!list_base_load(ui, st, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned run(struct hub_screen *st, enum job_kind doing, const char *what, const char *arg, const char *more)
{
	const struct app *app = st->b.app;
	const char *const args[] = { "--data", app->dir, "--lang", i18n_language(), "--json", "--as", app->actor, "hub", what, arg,
		more, NULL };

	if (asked_ask(&st->asked, args))
		st->doing = doing;
	return UI_HANDLED | UI_REDRAW;
}

/* ---- doing -------------------------------------------------------------------------------------------------------------- */

static unsigned ask_address(struct hub_screen *st, struct ui *ui)
{
	return prompt_ask(ui, TAG_ADDRESS, &(struct ask){
		.question = _("The hub's address, as its screen shows it (for example 192.168.1.10)"),
		.text = *st->address ? st->address : shown_of(st)->hub.address, .kind = EDIT_TEXT, .max = sizeof st->address - 1 });
}

static unsigned ask_code(struct hub_screen *st, struct ui *ui)
{
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	sbuf_addf(&question, _("The code that the hub %s shows, 12 letters and digits"), st->address);
	return prompt_ask(ui, TAG_CODE, &(struct ask){ .question = question.s, .kind = EDIT_TEXT, .max = 32 });
}

static unsigned confirm(struct hub_screen *st, struct ui *ui, enum job_kind doing)
{
	static const char *const questions[] = {
		[JOB_PROMOTE] = N_("Is the hub gone for good? Then this computer takes its place: all that is here goes into "
			"its store, and every other computer has to join it anew. What the old hub alone had and neither the "
			"county nor this computer has is lost."),
		[JOB_LEAVE] = N_("Leave the hub? The records stay here. To come back, this computer has to be let in again; "
			"if it is the hub itself, the others find none any more."),
		[JOB_SHUT_OUT] = N_("Shut this computer out? It gets nothing more from here until it is let in again."),
	};

	if (st->asked.running) /* its answer is still to be told */
		return UI_HANDLED;
	st->doing = doing;
	return prompt_confirm(ui, TAG_CONFIRM, &(struct confirm){ .question = _(questions[doing]), .careful = true });
}

static unsigned invite(struct hub_screen *st, struct ui *ui)
{
	if (shown_of(st)->hub.serving)
		return run(st, JOB_INVITE, "invite", NULL, NULL);
	ui_say(ui, FACE_WARN, _("First let this computer answer the others: without that nobody can join."));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned serve(struct hub_screen *st, struct ui *ui)
{
	if (shown_of(st)->hub.serving)
		stop_serving(st, ui);
	else
		begin_serving(st, ui);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned do_row(struct list_base *b, struct ui *ui, size_t row)
{
	struct hub_screen *st = (struct hub_screen *)(void *)b;
	const struct shown *s = shown_of(st);

	if (row >= s->n_jobs) {
		snprintf(st->device, sizeof st->device, "%s", s->hub.computers[row - s->n_jobs].device);
		return confirm(st, ui, JOB_SHUT_OUT);
	}
	switch ((int)s->at[row]->kind) {
	case JOB_BEGIN:
	case JOB_SERVE:
		return serve(st, ui);
	case JOB_INVITE:
		return invite(st, ui);
	case JOB_LISTEN:
		return prompt_ask(ui, TAG_LISTEN, &(struct ask){
			.question = _("At which address, and port (0.0.0.0:7653 = at every one of this computer)"),
			.text = s->hub.listen, .kind = EDIT_TEXT, .max = HUB_LISTEN - 1, .may_be_empty = true,
			.check = clinic_hub_check_listen });
	case JOB_JOIN:
		return ask_address(st, ui);
	default:
		return confirm(st, ui, s->at[row]->kind);
	}
}

static unsigned listen_answer(struct hub_screen *st, struct ui *ui, const char *text)
{
	struct err err;

	if (!clinic_hub_listen_at(st->b.app, text, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	ui_say(ui, FACE_DONE, "%s", _("Kept."));
	return UI_HANDLED | UI_RELOAD;
}

/* The hub that is left answers nobody any more. */
static unsigned leave(struct hub_screen *st, struct ui *ui)
{
	struct err err;
	bool ran;

	if (!clinic_hub_keep(st->b.app, false, &err) || !clinic_hub_stop(st->b.app, &ran, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	return run(st, JOB_LEAVE, "leave", "--yes", NULL);
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct hub_screen *st = state;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	switch (tag) {
	case TAG_ADDRESS:
		snprintf(st->address, sizeof st->address, "%s", a->text);
		return ask_code(st, ui);
	case TAG_CODE:
		ui_say(ui, FACE_INFO, _("A moment ..."));
		return run(st, JOB_JOIN, "join", st->address, a->text);
	case TAG_LISTEN:
		return listen_answer(st, ui, a->text);
	default:
		break;
	}
	if (st->doing == JOB_LEAVE)
		return leave(st, ui);
	if (st->doing == JOB_SHUT_OUT)
		return run(st, JOB_SHUT_OUT, "shut-out", st->device, NULL);
	return run(st, JOB_PROMOTE, "promote", NULL, NULL);
}

/* ---- the screen --------------------------------------------------------------------------------------------------------- */

static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
	.rows_size = sizeof(struct shown), .above = HEAD_ROWS, .read = read, .enter = do_row };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct hub_screen *st = state;

	(void)arg;
	(void)err;
	st->session = session_of(ui);
	asked_init(&st->asked, ui, answered, st);
	return list_base_open(&st->b, ui, &list);
}

static void hub_close(struct ui *ui, void *state)
{
	asked_release(&((struct hub_screen *)state)->asked);
	list_base_close(ui, state);
}

const struct screen hub_screen = {
	.name = "hub",
	.title = N_("The clinic's hub"),
	.state_size = sizeof(struct hub_screen),
	.topics = TOPIC_SYNC,
	.open = open,
	.draw = draw,
	.hint = hint,
	.answer = answer,
	.close = hub_close,
	LIST_BASE_MEMBERS_BUT_CLOSE,
};
