/* How we stand with the county: what waits, how the last exchange went and how the present one goes, what was refused and
 * in which words.  F5 begins an exchange; Enter mends what was refused. */
#include "app/base/clock.h"
#include "app/service/exchange.h"
#include "app/service/sticks.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/session_int.h"

struct sync_screen {
	struct list_base b; /* rows: struct exchange */
	struct session *session;
};

static const struct exchange *exchange_of(const struct sync_screen *st)
{
	return st->b.rows;
}

static const struct column columns[] = {
	{ N_("Whose"), 8, 1, false, 0 },
	{ N_("What was refused"), 18, 2, false, 1 },
	{ N_("Why, and what to do"), 24, 4, false, 0 },
};
enum { COL_NAME, COL_WHAT };

static size_t row_count(const void *ctx)
{
	const struct exchange *x = ctx;

	return x->n_shown;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return ((const struct exchange *)ctx)->shown[row].r.row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct lacking *l = &((const struct exchange *)ctx)->shown[row];

	(void)tmp;
	return col == COL_NAME ? l->name : col == COL_WHAT ? l->summary : l->r.reason;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell };

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	return exchange_read(b->app, mem, rows, err);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------- */

enum { HEAD_ROWS = 9 };
enum { TAG_OUT = 1, TAG_IN, TAG_CARD, TAG_ADD };

/* "11-22" */
static void day_words(const struct app *app, int64_t at, struct sbuf *out)
{
	char iso[DATE_LEN];

	sbuf_adds(out, at ? short_day(app, date_iso(clock_day_of(at, NULL), iso)) : _("never"));
}

static void size_words(int64_t bytes, struct sbuf *out)
{
	if (bytes < 10000)
		sbuf_addf(out, _("%lld bytes"), (long long)bytes);
	else
		sbuf_addf(out, _("%lld KiB"), (long long)((bytes + 512) / 1024));
}

/* A fortnight unsent is too long. */
enum { WAITS_TOO_LONG = 14 };

static int64_t waits_days(const struct sync_screen *st)
{
	const struct exchange *x = exchange_of(st);

	return x->oldest ? (clock_now(&st->b.app->clock) - x->oldest) / INT64_C(86400000) : 0;
}

static void last_words(const struct sync_screen *st, struct sbuf *out)
{
	const struct exchange *x = exchange_of(st);

	if (!x->any) {
		sbuf_adds(out, _("never"));
		return;
	}
	instant_words(st->b.app, x->at, out);
	if (!x->ok) {
		sbuf_addf(out, "  %s %s", _("broken off:"), x->message);
		return;
	}
	sbuf_addf(out, _("  sent %lld, received %lld, "), (long long)x->sent, (long long)x->received);
	size_words(x->bytes_up + x->bytes_down, out);
}

/* Each direction with each server; of several, once what is the same both ways: the line has room for no more. */
static void directions_words(const struct sync_screen *st, struct sbuf *out)
{
	const struct exchange *x = exchange_of(st);

	for (size_t i = 0; i < x->n_servers; i++) {
		AUTO_SBUF struct sbuf up = SBUF_INIT;
		AUTO_SBUF struct sbuf down = SBUF_INIT;

		instant_words(st->b.app, x->servers[i].last_push, &up);
		instant_words(st->b.app, x->servers[i].last_pull, &down);
		sbuf_addf(out, "%s%s: ", i ? "   " : "", x->servers[i].name);
		if (x->n_servers > 1 && strcmp(up.s, down.s) == 0)
			sbuf_adds(out, up.s);
		else
			sbuf_addf(out, "%s %s, %s %s", _("sent"), up.s, _("fetched"), down.s);
	}
}

static void waiting_words(const struct exchange *x, struct sbuf *out)
{
	sbuf_addf(out, ngettext("%lld record:", "%lld records:", (unsigned long)x->total), (long long)x->total);
	for (size_t i = 0; i < x->n_classes; i++)
		sbuf_addf(out, " %s %lld", receipt_class(x->classes[i].prio), (long long)x->classes[i].count);
}

/* "about 48 KiB, 2 minutes; the oldest for 3 days" */
static void pace_words(const struct sync_screen *st, struct sbuf *out)
{
	const struct exchange *x = exchange_of(st);

	if (x->bytes) {
		sbuf_adds(out, _("about "));
		size_words(x->bytes, out);
		if (x->seconds < 60)
			sbuf_adds(out, _(", less than a minute"));
		else
			sbuf_addf(out, ngettext(", %d minute", ", %d minutes", (unsigned long)((x->seconds + 59) / 60)),
				(int)((x->seconds + 59) / 60));
		sbuf_adds(out, waits_days(st) ? "; " : "");
	}
	if (waits_days(st))
		sbuf_addf(out, ngettext("the oldest for %d day", "the oldest for %d days", (unsigned long)waits_days(st)),
			(int)waits_days(st));
}

static void problem_words(const struct exchange *x, struct sbuf *out)
{
	const struct disputed_counts *d = &x->disputes;

	sbuf_addf(out, _("%lld to decide"), (long long)d->open);
	if (d->overdue)
		sbuf_addf(out, _(" (!%lld for over 7 days)"), (long long)d->overdue);
	if (d->automatic)
		sbuf_addf(out, _(", %lld settled by the later edit"), (long long)d->automatic);
	sbuf_addf(out, _("; %lld refused"), (long long)x->n_refused);
	if (x->n_untold)
		sbuf_addf(out, _("; %lld newer at the county and not taken in"), (long long)x->n_untold);
}

static enum face problem_face(const struct exchange *x)
{
	if (x->disputes.overdue)
		return FACE_DANGER;
	return x->disputes.open + (int64_t)(x->n_refused + x->n_untold) ? FACE_DUE : FACE_DONE;
}

/* What lies on sticks and is not yet confirmed is the one thing to be seen at once. */
static void stick_words(const struct sync_screen *st, struct sbuf *out)
{
	const struct exchange *x = exchange_of(st);
	AUTO_SBUF struct sbuf last_out = SBUF_INIT;
	AUTO_SBUF struct sbuf last_in = SBUF_INIT;

	if (!x->stick_peers) {
		sbuf_adds(out, _("no other computer is known yet: C and F4 on both"));
		return;
	}
	day_words(st->b.app, x->stick_out_at, &last_out);
	day_words(st->b.app, x->stick_in_at, &last_in);
	sbuf_addf(out, _("waiting %lld, carried %lld; out %s, in %s"),
		(long long)x->stick_waiting, (long long)x->stick_carried, last_out.s, last_in.s);
}

/* "The county has all" only where that is so: what is disputed or refused is not there. */
static const char *unsent_words(const struct exchange *x)
{
	return x->disputes.open + (int64_t)x->n_refused ? _("nothing that could go by itself") : _("nothing: the county has all");
}

static void draw_head(const struct sync_screen *st, struct canvas *cv, const struct rect *r)
{
	const struct exchange *x = exchange_of(st);
	const char *progress = sync_bar_line(st->session);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	list_base_line(cv, r->y, r, *x->url ? FACE_NORMAL : FACE_DUE, _("County server"),
		*x->url ? x->url : _("no address yet: set it in the settings"));
	directions_words(st, &text);
	list_base_line(cv, r->y + 1, r, FACE_NORMAL, _("Both ways"), text.s);
	sbuf_clear(&text);
	last_words(st, &text);
	list_base_line(cv, r->y + 2, r, x->any && !x->ok ? FACE_DUE : FACE_NORMAL, _("Last exchange"), text.s);
	sbuf_clear(&text);
	if (progress)
		sbuf_addf(&text, "%s %s", _("under way:"), progress);
	list_base_line(cv, r->y + 3, r, FACE_INFO, _("Now"), progress ? text.s : _("nothing runs; F5 begins"));
	sbuf_clear(&text);
	waiting_words(x, &text);
	list_base_line(cv, r->y + 4, r, x->total ? FACE_DUE : FACE_DONE, _("Waiting"), x->total ? text.s : unsent_words(x));
	sbuf_clear(&text);
	pace_words(st, &text);
	list_base_line(cv, r->y + 5, r, waits_days(st) >= WAITS_TOO_LONG ? FACE_DANGER : FACE_HINT, "", x->total ? text.s : "");
	sbuf_clear(&text);
	problem_words(x, &text);
	list_base_line(cv, r->y + 6, r, problem_face(x), _("Problems"), text.s);
	sbuf_clear(&text);
	stick_words(st, &text);
	list_base_line(cv, r->y + 7, r, x->stick_waiting + x->stick_carried ? FACE_DUE : FACE_NORMAL, _("USB stick"), text.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct sync_screen *st = state;
	struct rect r = ui_body(ui);

	status_header(ui, cv, _("Exchange with the county"), NULL);
	draw_head(st, cv, &r);
	list_base_draw_below(&st->b, ui, cv);
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static unsigned mend(struct list_base *b, struct ui *ui, size_t row)
{
	const struct lacking *l = &((const struct exchange *)b->rows)->shown[row];
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", l->id);
	return record_mend(ui, l->kind, id, l->field);
}

/* What is asked for a folder, and what then runs. */
static const struct {
	const char *question;
	enum sync_bar_what what;
	bool alone; /* also while no other computer is known */
} jobs[] = {
	[TAG_OUT] = { N_("Write to the stick in folder"), SYNC_BAR_STICK_OUT, false },
	[TAG_IN] = { N_("Take in from the stick in folder"), SYNC_BAR_STICK_IN, false },
	[TAG_CARD] = { N_("Write this computer's card to the stick in folder"), SYNC_BAR_STICK_CARD, true },
	[TAG_ADD] = { N_("Take in the cards of other computers from folder"), SYNC_BAR_STICK_ADD, true },
};

static unsigned ask_folder(const struct exchange *x, struct ui *ui, int tag)
{
	AUTO_SBUF struct sbuf folder = SBUF_INIT, question = SBUF_INIT;

	if (!x->stick_peers && !jobs[tag].alone) {
		ui_say(ui, FACE_WARN,
			_("No other computer is known yet. On both: C writes the card to a stick, F4 takes in the other's."));
		return UI_HANDLED | UI_REDRAW;
	}
	sticks_folder(NULL, &folder);
	sbuf_addf(&question, "%s\n%s", _(jobs[tag].question),
		folder.len ? _("This stick was found: Enter takes it. Or type another folder.") :
			     _("No stick was found. Plug it in, Esc, and once more; or type its folder, for example /media/usb"));
	return prompt_ask(ui, tag, &(struct ask){ .question = question.s, .text = folder.s, .kind = EDIT_TEXT, .max = 300,
		.check = sticks_check });
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	(void)state;
	if (!a->ok)
		return UI_HANDLED;
	return sync_bar_stick(ui, jobs[tag].what, a->text);
}

static const struct {
	enum cmd cmd;
	int tag;
} asks[] = { { CMD_STICK_OUT, TAG_OUT }, { CMD_STICK_IN, TAG_IN }, { CMD_QR, TAG_CARD }, { CMD_NEW, TAG_ADD } };

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	size_t row;

	for (size_t i = 0; i < N_ELEMENTS(asks); i++)
		if (cmd == asks[i].cmd)
			return ask_folder(b->rows, ui, asks[i].tag);
	if (cmd == CMD_CONFLICTS)
		return ui_show(ui, &conflicts_screen, NULL);
	if (cmd != CMD_EDIT)
		return 0;
	return table_selected(&b->table, &row) ? mend(b, ui, row) : (unsigned)UI_HANDLED;
}

/* The column may cut the county's words; here they are whole. */
static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct sync_screen *st = state;
	size_t row;

	(void)ui;
	(void)tmp;
	(void)face;
	return table_selected(&st->b.table, &row) ? exchange_of(st)->shown[row].r.reason : "";
}

static const struct list_table list = {
	.cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model, .empty = N_("Nothing was refused."),
	.rows_size = sizeof(struct exchange), .above = HEAD_ROWS, .read = read, .enter = mend, .command = command,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct sync_screen *st = state;

	(void)arg;
	(void)err;
	st->session = session_of(ui);
	return list_base_open(&st->b, ui, &list);
}

static const struct binding keys[] = {
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "t", CMD_CONFLICTS, NULL, FOCUS_LIST },
	{ "u", CMD_LACKING, NULL, FOCUS_LIST },
	{ "o", CMD_STICK_OUT, NULL, FOCUS_LIST },
	{ "i", CMD_STICK_IN, NULL, FOCUS_LIST },
	{ "c", CMD_QR, N_("our card"), FOCUS_LIST },
	{ "F4", CMD_NEW, N_("their card"), FOCUS_LIST },
	{ "#", CMD_HUB, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, "", FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen sync_screen = {
	.name = "sync",
	.title = N_("Exchange with the county"),
	.state_size = sizeof(struct sync_screen),
	.topics = TOPIC_SYNC,
	.keys = keys,
	.open = open,
	.draw = draw,
	.hint = hint,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
