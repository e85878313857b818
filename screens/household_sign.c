/* Signs for a household in one go, from any member's page: who is marked gets the packages that his key groups propose (E
 * changes them), F2 signs them all as one change. */
#include "app/base/mem.h"
#include "app/service/households.h"
#include "app/service/packages.h"
#include "app/service/signing.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/signing_terms.h"

enum { TAG_HOW = 1, TAG_PACKAGES };

struct people {
	struct app *app;
	struct candidate *v;
	size_t n;
};

struct signing_screen {
	struct session *session;
	struct arena mem;
	struct people people;
	struct table table;
	char resident[RECORD_ID_MAX + 1];
	int64_t household; /* 0 = he has none */
};

static const struct column columns[] = {
	{ N_("Sign"), 4, 0, false, 0 },
	{ N_("Name"), 8, 1, false, 0 },
	{ N_("Age"), 6, 0, false, 0 },
	{ N_("Contract"), 18, 0, false, 0 },
	{ N_("Packages"), 10, 1, false, 0 },
	{ N_("Key groups"), 16, 3, false, 1 },
};
enum { COL_SIGN, COL_NAME, COL_AGE, COL_CONTRACT, COL_PACKAGES };

static size_t row_count(const void *ctx)
{
	return ((const struct people *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static bool may_sign(const struct candidate *c)
{
	return c->state == SIGNING_NEW || c->state == SIGNING_RENEW;
}

static const char *contract_words(const struct people *p, const struct candidate *c, struct sbuf *tmp)
{
	switch (c->state) {
	case SIGNING_NEW:
		return *c->until ? _("had one") : _("none yet");
	case SIGNING_RENEW:
		sbuf_addf(tmp, _("renew (%s)"), short_day(p->app, c->until));
		break;
	case SIGNING_HAS:
		if (!*c->until)
			return _("waits for signature");
		sbuf_addf(tmp, _("until %s"), short_day(p->app, c->until));
		break;
	case SIGNING_NOBODY:
		return _("not here any more");
	}
	return tmp->s;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct people *p = ctx;
	const struct candidate *c = &p->v[row];

	switch (col) {
	case COL_SIGN:
		return c->chosen ? "✓" : may_sign(c) ? "-" : "";
	case COL_NAME:
		return c->name;
	case COL_AGE:
		age_sex_words(c->age, c->born, app_today(p->app), c->sex, tmp);
		return tmp->s;
	case COL_CONTRACT:
		return contract_words(p, c, tmp);
	case COL_PACKAGES:
		return may_sign(c) ? c->packages : "";
	default:
		return *c->fault ? c->fault : c->groups;
	}
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	const struct candidate *c = &((const struct people *)ctx)->v[row];

	if (*c->fault && col > COL_PACKAGES)
		return FACE_ERROR;
	return may_sign(c) ? FACE_NORMAL : FACE_DIM;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = face };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static bool read_people(struct signing_screen *st, struct err *err)
{
	struct app *app = st->session->app;
	struct record *who;
	const char *id;

	arena_clear(&st->mem);
	st->people = (struct people){ .app = app };
	if (!*st->resident)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	if (!record_load(app, KIND_RESIDENT, st->resident, &st->mem, &who, err))
		return false;
	id = record_text(who, "household");
	st->household = id ? record_row(app, KIND_HOUSEHOLD, id) : 0;
	return !st->household || signing_household(app, st->household, &st->mem, &st->people.v, &st->people.n, err);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct signing_screen *st = state;

	st->session = session_of(ui);
	snprintf(st->resident, sizeof st->resident, "%s", a && a->resident ? a->resident : st->session->person.id);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, &st->people, 0);
	st->table.empty = N_("No household yet: H, then F4 makes one.");
	return read_people(st, err);
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	(void)ui;
	(void)err;
	table_reload(&((struct signing_screen *)state)->table); /* what was chosen stays */
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct signing_screen *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct signing_screen *)state)->table, ui_body(ui));
}

static size_t count_chosen(const struct signing_screen *st)
{
	size_t n = 0;

	for (size_t i = 0; i < st->people.n; i++)
		n += st->people.v[i].chosen;
	return n;
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct signing_screen *st = state;
	AUTO_SBUF struct sbuf right = SBUF_INIT;

	sbuf_addf(&right, ngettext("%zu to sign", "%zu to sign", count_chosen(st)), count_chosen(st));
	status_header(ui, cv, _("The household signs"), right.s);
	table_draw(&st->table, cv, ui_body(ui), true);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *out)
{
	(void)ui;
	(void)state;
	(void)out;
	sbuf_adds(tmp, _("Blank: signs or not   + all  - none   E packages   F2 signs for all that are ticked"));
	return tmp->s;
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct signing_screen *)state)->table);
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static struct candidate *selected(struct signing_screen *st)
{
	size_t row;

	return table_selected(&st->table, &row) ? &st->people.v[row] : NULL;
}

static unsigned tick(struct candidate *c, struct ui *ui)
{
	if (!c)
		return UI_HANDLED;
	if (!may_sign(c)) {
		ui_say(ui, FACE_HINT, _("%s has a contract that runs on."), c->name);
		return UI_HANDLED | UI_REDRAW;
	}
	c->chosen = !c->chosen;
	return UI_HANDLED | UI_REDRAW;
}

static unsigned tick_all(struct signing_screen *st, bool on)
{
	for (size_t i = 0; i < st->people.n; i++)
		st->people.v[i].chosen = on && may_sign(&st->people.v[i]);
	return UI_HANDLED | UI_REDRAW;
}

/* Codes as the form takes them. */
static bool codes_are_right(const char *text, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct value v;

	return field_parse(form_field(kind_by_id(KIND_CONTRACT)->form, "packages"), text, NO_DAY, &mem, &v, err);
}

static unsigned ask_packages(struct signing_screen *st, struct ui *ui)
{
	const struct candidate *c = selected(st);
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	if (!c || !may_sign(c))
		return UI_HANDLED;
	sbuf_addf(&question, _("Packages of %s (codes, as 1,2)"), c->name);
	return prompt_ask(ui, TAG_PACKAGES, &(struct ask){ .question = question.s, .text = c->packages, .max = 60,
		.check = codes_are_right });
}

static unsigned take_packages(struct signing_screen *st, const char *text)
{
	struct candidate *c = selected(st);
	struct value v;
	struct err err;

	if (c && field_parse(form_field(kind_by_id(KIND_CONTRACT)->form, "packages"), text, NO_DAY, &st->mem, &v, &err)) {
		snprintf(c->packages, sizeof c->packages, "%s", v.text);
		c->chosen = true;
	}
	return UI_HANDLED | UI_REDRAW;
}

static unsigned sign(struct signing_screen *st, struct ui *ui, int64_t how)
{
	const struct contract_terms terms = signing_terms_of(how);
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	size_t n;
	struct err err;

	if (!signing_sign(st->session->app, st->people.v, st->people.n, &terms, &n, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	/* one change: any of them takes back all */
	sbuf_addf(&what, ngettext("signed for %zu person", "signed for %zu people", n), n);
	for (size_t i = 0; i < st->people.n; i++)
		if (*st->people.v[i].made)
			session_saved_all(ui, KIND_CONTRACT, &st->people.v[i].made, 1, what.s);
	ui_say(ui, FACE_DONE, ngettext("Signed for %zu person.", "Signed for %zu people.", n), n);
	for (size_t i = 0; i < st->people.n; i++)
		if (st->people.v[i].chosen && *st->people.v[i].warning)
			ui_say(ui, FACE_WARN, "%s: %s", what.s, st->people.v[i].warning);
	return UI_HANDLED | UI_CLOSE;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct signing_screen *st = state;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	return tag == TAG_HOW ? sign(st, ui, a->choice) : take_packages(st, a->text);
}

static unsigned ask_how(struct signing_screen *st, struct ui *ui)
{
	size_t n = count_chosen(st);

	if (n)
		return signing_terms_ask(ui, TAG_HOW, n, true);
	ui_say(ui, FACE_HINT, _("Nobody is ticked: blank ticks one, + all."));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct signing_screen *st = state;
	enum table_result r;

	switch ((int)cmd) {
	case CMD_MARK:
		return tick(selected(st), ui);
	case CMD_ADD:
		return tick_all(st, true);
	case CMD_STOP:
		return tick_all(st, false);
	case CMD_EDIT:
		return ask_packages(st, ui);
	case CMD_SAVE:
		return ask_how(st, ui);
	default:
		break;
	}
	r = table_command(&st->table, cmd);
	return r == TABLE_OPENED ? tick(selected(st), ui) : r != TABLE_NOT_MINE ? UI_HANDLED | UI_REDRAW : 0;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct signing_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("sign"), FOCUS_LIST },
	{ "Space", CMD_MARK, NULL, FOCUS_LIST },
	{ "+", CMD_ADD, N_("all"), FOCUS_LIST },
	{ "-", CMD_STOP, N_("mark none"), FOCUS_LIST },
	{ "e", CMD_EDIT, N_("packages"), FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen household_sign_screen = {
	.name = "household-sign",
	.title = N_("The household signs"),
	.state_size = sizeof(struct signing_screen),
	.topics = 0,
	.keys = keys,
	.open = open,
	.load = load,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.hint = hint,
	.command = command,
	.key = key,
	.answer = answer,
	.close = close,
};
