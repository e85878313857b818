/* Data on which we and others differ: both sides beside each other, and a person's word for each field.  What the county
 * says is read by another process of this program (`cunyi conflicts`), because screens know no FHIR. */
#include "app/base/mem.h"
#include "screens/asked.h"
#include "screens/conflicts_int.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/screens.h"

enum { TAG_VALUE = 1, TAG_REASON, TAG_COUNTY };
enum { FOCUS_INSIDE = FOCUS_OWN, FOCUS_OUTSIDE = FOCUS_OWN << 1, FOCUS_ALL = FOCUS_OWN << 2 /* outside, of everybody */ };

struct value_of {
	const struct field *field;
	int32_t today;
};

struct conflicts_screen {
	struct session *session;
	char resident[RECORD_ID_MAX + 1]; /* whose alone; "" = all */
	struct arena mem;
	struct disputes d;
	struct table list, fields;
	bool inside;          /* the fields of one are shown */
	bool late;            /* a newer list came meanwhile */
	int64_t anew;         /* number of the one whose sides are read anew, to be shown again; 0: none */
	struct value_of asks; /* the value that is being typed */
	struct asked asked;
	const char *said;     /* what is said when the process has ended well; NULL: it lists */
};

/* ---- the other process ------------------------------------------------------------------------------------------------- */

static void start(struct conflicts_screen *st, const char *const args[], const char *said);

static void start_list(struct conflicts_screen *st)
{
	const char *const args[] = { "--data", st->session->app->dir, "--lang", i18n_language(), "--json", "conflicts", "list",
		"--auto", NULL };

	start(st, args, NULL);
}

static bool take(struct conflicts_screen *st, const char *text, struct err *err)
{
	if (!disputes_read(text, st->resident, &st->mem, &st->d, err))
		return false;
	st->inside = false;
	table_reload(&st->list);
	return true;
}

enum said { SAID_DONE, SAID_NO, SAID_STALE };

static enum said say_done(struct conflicts_screen *st, struct ui *ui)
{
	AUTO_JSON struct json_object *o = asked_json(&st->asked, ui);
	const char *code;

	if (!o)
		return SAID_NO;
	if (asked_refused(o, ui)) {
		code = json_text(json_dict(o, "error"), "code");
		return code && strcmp(code, "stale") == 0 ? SAID_STALE : SAID_NO;
	}
	ui_say(ui, FACE_DONE, "%s", st->said);
	return SAID_DONE;
}

/* A refused decision leaves everything as it was chosen, unless that was chosen between values that are no more: those are read. */
static void decided(struct conflicts_screen *st, struct ui *ui)
{
	enum said said = say_done(st, ui);

	if (said == SAID_NO)
		return;
	if (said == SAID_STALE) {
		st->anew = disputes_inside(&st->d)->n;
	} else {
		st->inside = false;
		ui_changed(ui, TOPIC_ALL & ~(unsigned)TOPIC_SYNC);
	}
	start_list(st);
}

static void show_fields(struct conflicts_screen *st, size_t row)
{
	st->d.shown = row;
	st->inside = true;
	st->fields.sel = st->fields.top = 0;
	table_reload(&st->fields);
}

static void listed(struct conflicts_screen *st, struct ui *ui)
{
	int64_t again = st->anew;
	struct err err;

	st->anew = 0;
	st->late = st->inside && !again; /* what is being chosen there stays; the list is read anew on the way out */
	if (st->late)
		return;
	if (!take(st, st->asked.text.s, &err))
		ui_fail(ui, &err);
	for (size_t i = 0; again && i < st->d.n; i++)
		if (st->d.v[i].n == again)
			show_fields(st, i);
}

/* What it printed when it has ended. */
static unsigned answered(struct ui *ui, void *ctx)
{
	struct conflicts_screen *st = ctx;

	if (st->said)
		decided(st, ui);
	else
		listed(st, ui);
	return UI_HANDLED | UI_REDRAW;
}

/* said: NULL lists; else what is said at a good end. */
static void start(struct conflicts_screen *st, const char *const args[], const char *said)
{
	if (!asked_ask(&st->asked, args))
		return;
	st->said = said;
	if (said)
		ui_say(st->asked.ui, FACE_INFO, _("Saving ..."));
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct conflicts_screen *st = state;

	st->session = session_of(ui);
	snprintf(st->resident, sizeof st->resident, "%s", a && a->resident ? a->resident : "");
	asked_init(&st->asked, ui, answered, st);
	disputes_tables(&st->list, &st->fields, &st->d);
	st->list.empty = N_("Nothing is in dispute.");
	if (a && a->text)
		return take(st, a->text, err);
	start_list(st);
	return true;
}

static void conflicts_close(struct ui *ui, void *state)
{
	struct conflicts_screen *st = state;

	(void)ui;
	asked_release(&st->asked);
	table_release(&st->list);
	table_release(&st->fields);
	arena_release(&st->mem);
}

/* ---- deciding ------------------------------------------------------------------------------------------------------------ */

enum { WORDS_BEFORE = 9, WORDS_AFTER = 8 };

static const char *choice_arg(struct arena *mem, const struct dispute_field *f)
{
	if (f->choice == SIDE_NEW)
		return arena_printf(mem, "%s:=%s", f->key, f->fresh);
	return arena_printf(mem, "%s=%s", f->key, f->choice == SIDE_THEIRS ? "theirs" : "ours");
}

/* cunyi --data DIR --json --as STAFF conflicts settle|send N ... --reason TEXT */
static void run(struct conflicts_screen *st, const char *what, const char *reason, const char *said)
{
	const struct dispute *d = disputes_inside(&st->d);
	AUTO_ARENA struct arena mem = { 0 };
	const char **args = arena_alloc(&mem, (d->n_fields + WORDS_BEFORE + WORDS_AFTER) * sizeof *args);
	const char *const head[] = { "--data", st->session->app->dir, "--lang", i18n_language(), "--json", "--as",
		st->session->app->actor, "conflicts", what };
	size_t n = 0;

	for (size_t i = 0; i < N_ELEMENTS(head); i++)
		args[n++] = head[i];
	args[n++] = arena_printf(&mem, "%lld", (long long)d->n);
	if (strcmp(what, "settle") == 0) {
		for (size_t i = 0; i < d->n_fields; i++)
			args[n++] = choice_arg(&mem, &d->fields[i]);
		if (d->whole != SIDE_NONE)
			args[n++] = d->whole == SIDE_THEIRS ? "theirs" : "ours";
		args[n++] = "--mark"; /* what came meanwhile nobody has seen here */
		args[n++] = d->mark;
	}
	args[n++] = "--reason";
	args[n++] = reason;
	args[n] = NULL;
	start(st, args, said);
}

static unsigned redraw(void)
{
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ask_reason(struct conflicts_screen *st, struct ui *ui)
{
	const struct dispute *d = disputes_inside(&st->d);

	for (size_t i = 0; i < d->n_fields; i++)
		if (d->fields[i].choice == SIDE_NONE) {
			ui_say(ui, FACE_WARN, _("%s: 1 ours, 2 theirs, or 3 and the right value."), d->fields[i].label);
			table_select(&st->fields, (int64_t)i);
			return redraw();
		}
	if (d->deleted_there && d->whole == SIDE_NONE) {
		ui_say(ui, FACE_WARN, _("1: ours goes there anew. 2: it is declared void here, too."));
		return redraw();
	}
	return prompt_ask(ui, TAG_REASON, &(struct ask){ .question = _("Why so? (may be left empty)"), .kind = EDIT_TEXT,
		.max = 100, .may_be_empty = true });
}

/* For somebody who may not decide. */
static unsigned ask_county(struct conflicts_screen *st, struct ui *ui)
{
	const struct dispute *d = disputes_inside(&st->d);

	if (d->automatic || d->sent) {
		ui_say(ui, FACE_HINT, d->sent ? _("The county was asked already.") : _("This is settled already."));
		return redraw();
	}
	return prompt_ask(ui, TAG_COUNTY, &(struct ask){ .question = _("What should the county know to decide it?"),
		.kind = EDIT_TEXT, .max = 200 });
}

static struct dispute_field *chosen(struct conflicts_screen *st)
{
	size_t row;

	return table_selected(&st->fields, &row) ? &st->d.v[st->d.shown].fields[row] : NULL;
}

static unsigned choose_side(struct conflicts_screen *st, enum side side)
{
	struct dispute *d = &st->d.v[st->d.shown];
	struct dispute_field *f = chosen(st);

	if (!f) {
		d->whole = d->deleted_there ? side : SIDE_NONE;
		return redraw();
	}
	f->choice = side;
	table_command(&st->fields, CMD_DOWN);
	return redraw();
}

/* With the codes where they are few, else with an example where there is one. */
static const char *value_question(struct conflicts_screen *st, const struct dispute_field *f)
{
	enum { FEW = 9 };
	const struct code *codes = f->field->codes;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char example[64];
	size_t n = 0;

	while (codes && codes[n].code)
		n++;
	field_example(f->field, example, sizeof example);
	if (!*example)
		return arena_printf(&st->mem, _("%s, the right value"), f->label);
	if (!n || n > FEW)
		return arena_printf(&st->mem, _("%s, the right value (for example %s)"), f->label, example);
	for (size_t i = 0; i < n; i++)
		sbuf_addf(&text, " %s %s", codes[i].code, term_text(&codes[i].term));
	return arena_printf(&st->mem, _("%s, the right value:%s"), f->label, text.s);
}

static bool check_value(const void *about, const char *text, struct err *err)
{
	const struct value_of *of = about;
	AUTO_ARENA struct arena mem = { 0 };
	struct value v;

	return field_parse(of->field, text, of->today, &mem, &v, err) && field_check(of->field, &v, of->today, err);
}

static unsigned ask_value(struct conflicts_screen *st, struct ui *ui)
{
	struct dispute_field *f = chosen(st);

	if (!f)
		return UI_HANDLED;
	if (!f->field || f->field->type == V_REF || f->field->type == V_LIST) {
		ui_say(ui, FACE_WARN, _("Take ours or theirs here, and change it afterwards in the form."));
		return redraw();
	}
	st->asks = (struct value_of){ f->field, app_today(st->session->app) };
	return prompt_ask(ui, TAG_VALUE, &(struct ask){
		.question = value_question(st, f), .text = f->choice == SIDE_NEW ? f->fresh : NULL, .kind = EDIT_TEXT,
		.max = 300, .may_be_empty = true, .check_about = check_value, .about = &st->asks });
}

static unsigned take_value(struct conflicts_screen *st, const char *text)
{
	struct dispute_field *f = chosen(st);

	if (!f || !f->field)
		return UI_HANDLED;
	f->fresh = arena_strdup(&st->mem, text);
	return choose_side(st, SIDE_NEW);
}

static unsigned open_one(struct conflicts_screen *st)
{
	size_t row;

	if (!table_selected(&st->list, &row))
		return UI_HANDLED;
	show_fields(st, row);
	return redraw();
}

static unsigned leave(struct conflicts_screen *st)
{
	st->inside = false;
	st->d.shown = st->d.n;
	if (st->late)
		start_list(st);
	return redraw();
}

static unsigned command_inside(struct conflicts_screen *st, struct ui *ui, enum cmd cmd)
{
	switch ((int)cmd) {
	case CMD_BACK:
		return leave(st);
	case CMD_ROW_1:
		return choose_side(st, SIDE_OURS);
	case CMD_ROW_2:
		return choose_side(st, SIDE_THEIRS);
	case CMD_ROW_3:
		return ask_value(st, ui);
	case CMD_TO_COUNTY:
		return ask_county(st, ui);
	case CMD_SAVE:
		return ask_reason(st, ui);
	default:
		return table_command(&st->fields, cmd) == TABLE_NOT_MINE ? 0 : redraw();
	}
}

/* All that the later edit settled is right as it is. */
static unsigned keep_all(struct conflicts_screen *st, struct ui *ui)
{
	int64_t last = 0; /* what came meanwhile nobody has seen here */
	char upto[24];
	const char *const args[] = { "--data", st->session->app->dir, "--lang", i18n_language(), "--json", "--as",
		st->session->app->actor, "conflicts", "seen", "--upto", upto, NULL };

	for (size_t i = 0; i < st->d.n; i++)
		last = st->d.v[i].automatic && st->d.v[i].n > last ? st->d.v[i].n : last;
	snprintf(upto, sizeof upto, "%lld", (long long)last);
	if (st->d.n_auto)
		start(st, args, _("Looked at; they stay as they are."));
	else
		ui_say(ui, FACE_HINT, _("Nothing was settled by itself."));
	return redraw();
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct conflicts_screen *st = state;
	enum table_result r;

	if (st->inside)
		return command_inside(st, ui, cmd);
	if (cmd == CMD_AGREE)
		return keep_all(st, ui);
	r = table_command(&st->list, cmd);
	return r == TABLE_OPENED ? open_one(st) : r == TABLE_NOT_MINE ? 0 : redraw();
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	struct conflicts_screen *st = state;

	(void)ui;
	return !st->inside && table_key(&st->list, k) != TABLE_NOT_MINE ? redraw() : 0;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct conflicts_screen *st = state;

	(void)ui;
	if (!a->ok || !st->inside)
		return redraw();
	if (tag == TAG_VALUE)
		return take_value(st, a->text);
	if (tag == TAG_COUNTY)
		run(st, "send", a->text, _("The county is asked with the next exchange."));
	if (tag == TAG_REASON)
		run(st, "settle", a->text, _("Settled; the decision goes out with the next exchange."));
	return redraw();
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------- */

enum { HEAD_ROWS = 4 };

static void layout(struct ui *ui, void *state)
{
	struct conflicts_screen *st = state;

	table_layout(&st->list, ui_body_below(ui, 1));
	table_layout(&st->fields, ui_body_below(ui, HEAD_ROWS));
}

static void draw_side(struct canvas *cv, int y, const struct rect *r, const char *label, const char *place, bool holds)
{
	int x = r->x + 1 + canvas_text(cv, y, r->x + 1, r->w - 2, FACE_LABEL, label);

	canvas_clip(cv, y, x + 1, r->w - x - 2, holds ? FACE_NORMAL : FACE_DUE, place);
}

static const char *what_to_do(const struct dispute *d)
{
	if (d->automatic)
		return _("No danger in it: the later edit holds. You may decide otherwise.");
	if (d->sent)
		return _("The county was asked to decide; you may still decide yourself.");
	if (!d->deleted_there)
		return _("For each line: 1 ours, 2 theirs, 3 another value. Then F2 saves the decision.");
	if (d->whole == SIDE_NONE)
		return _("Deleted there, changed here. 1: ours goes there anew. 2: it is declared void here, too.");
	return d->whole == SIDE_OURS ? _("Ours goes there anew: F2 saves.") : _("It is declared void here, too: F2 saves.");
}

static void draw_one(const struct dispute *d, struct canvas *cv, const struct rect *r)
{
	AUTO_SBUF struct sbuf ours = SBUF_INIT;
	AUTO_SBUF struct sbuf theirs = SBUF_INIT;

	sbuf_addf(&ours, "%s%s", d->our_place, d->automatic ? "" : d->theirs_holds ? _("  (not yet sent)") :
		_("  (used until it is decided)"));
	sbuf_addf(&theirs, "%s%s", d->their_place, d->theirs_holds ? _("  (used until it is decided)") : "");
	canvas_clip(cv, r->y, r->x + 1, r->w - 2, FACE_HEAD, d->what);
	draw_side(cv, r->y + 1, r, _("Ours:"), ours.s, !d->theirs_holds);
	draw_side(cv, r->y + 2, r, _("Theirs:"), theirs.s, true);
	canvas_clip(cv, r->y + 3, r->x + 1, r->w - 2, FACE_HINT, what_to_do(d));
}

static void draw_summary(const struct conflicts_screen *st, struct canvas *cv, const struct rect *r)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (st->asked.running) {
		canvas_text(cv, r->y, r->x + 1, r->w - 2, FACE_HINT, _("Reading ..."));
		return;
	}
	sbuf_addf(&text, _("%d for you to decide"), (int)st->d.n_open);
	if (st->d.n_overdue)
		sbuf_addf(&text, _(", !%d for more than 7 days"), (int)st->d.n_overdue);
	if (st->d.n_auto)
		sbuf_addf(&text, *st->resident ? _(", %lld settled by the later edit") :
						 _("; %lld settled by the later edit (K: all right)"), (long long)st->d.n_auto);
	canvas_clip(cv, r->y, r->x + 1, r->w - 2, st->d.n_overdue ? FACE_DANGER : FACE_HINT, text.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct conflicts_screen *st = state;
	const struct dispute *d = st->inside ? disputes_inside(&st->d) : NULL;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_adds(&left, _("Disputes"));
	if (d)
		sbuf_addf(&left, "  %s %s", term_text(&kind_by_id(d->kind)->term), d->name);
	else if (*st->resident && strcmp(st->session->person.id, st->resident) == 0)
		sbuf_addf(&left, "  %s", st->session->person.name);
	status_header(ui, cv, left.s, NULL);
	if (d)
		draw_one(d, cv, &r);
	else
		draw_summary(st, cv, &r);
	table_draw(d ? &st->fields : &st->list, cv, ui_body_below(ui, d ? HEAD_ROWS : 1), true);
}

static unsigned focus(const void *state)
{
	const struct conflicts_screen *st = state;

	if (st->inside)
		return FOCUS_LIST | FOCUS_INSIDE;
	return table_focus(&st->list) | (st->list.filtering ? 0 : FOCUS_OUTSIDE | (*st->resident ? 0 : FOCUS_ALL));
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("decide"), FOCUS_INSIDE },
	{ "1", CMD_ROW_1, N_("ours"), FOCUS_INSIDE },
	{ "2", CMD_ROW_2, N_("theirs"), FOCUS_INSIDE },
	{ "3", CMD_ROW_3, N_("another value"), FOCUS_INSIDE },
	{ "z", CMD_TO_COUNTY, NULL, FOCUS_INSIDE },
	{ "k", CMD_AGREE, NULL, FOCUS_ALL },
	{ "/", CMD_FILTER, "", FOCUS_OUTSIDE },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen conflicts_screen = {
	.name = "conflicts",
	.title = N_("Disputes"),
	.state_size = sizeof(struct conflicts_screen),
	.keys = keys,
	.open = open,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.command = command,
	.key = key,
	.answer = answer,
	.close = conflicts_close,
};
