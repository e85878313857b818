/* P: the whole number, large enough to dial from across the table, the last calls, and what came of this one.  Each outcome
 * leads on to what follows from it. */
#include "app/base/i18n.h"
#include "app/clinic/forms/forms.h"
#include "app/service/calls.h"
#include "app/service/care.h"
#include "app/service/overview.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/people.h"

enum { TAG_AGAIN = 1, LAST_CALLS = 3, DIGIT_W = 4, DIGIT_H = 5 };

struct phone {
	struct arena mem;
	char resident[RECORD_ID_MAX + 1];
	const char *name, *number, *owner, *verified;
	bool of_carer;      /* the number is his contact's */
	const char *other;  /* the other one of the two; NULL */
	const char *why;    /* he can hardly be spoken with; "" */
	int age;
	struct call_line calls[LAST_CALLS];
	size_t n_calls;
};

static void take_number(struct phone *p, const struct record *rec, const struct care_call *c)
{
	AUTO_SBUF struct sbuf owner = SBUF_INIT;

	p->of_carer = c->of_carer;
	p->number = c->number;
	p->other = c->other;
	if (p->of_carer)
		sbuf_addf(&owner, "%s %s", _("contact"), c->carer ? c->carer : "");
	else
		phone_words(record_text(rec, "phone_owner"), NULL, &owner);
	p->owner = arena_strdup(&p->mem, owner.s);
	p->verified = p->of_carer ? NULL : record_text(rec, "phone_verified");
}

static bool phone_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct phone *p = st;
	const struct open_arg *a = arg;
	struct app *app = app_of(ui);
	struct care_call number;
	struct record *rec;
	int64_t row;

	snprintf(p->resident, sizeof p->resident, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	if (!*p->resident)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	row = record_row(app, KIND_RESIDENT, p->resident);
	if (!record_load(app, KIND_RESIDENT, p->resident, &p->mem, &rec, err) ||
		!calls_of(app, row, &p->mem, p->calls, LAST_CALLS, &p->n_calls, err) || !care_call(app, row, rec, &number, err))
		return false;
	p->name = record_text(rec, "name") ? record_text(rec, "name") : "";
	take_number(p, rec, &number);
	p->why = number.why ? term_text(number.why) : "";
	p->age = date_age(record_day(rec, "birth_date"), app_today(app));
	return true;
}

static void phone_close(struct ui *ui, void *st)
{
	(void)ui;
	arena_release(&((struct phone *)st)->mem);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------------- */

/* Rows of three: a set bit is dark. */
static const uint8_t digits[10][DIGIT_H] = {
	{ 7, 5, 5, 5, 7 }, { 2, 6, 2, 2, 7 }, { 7, 1, 7, 4, 7 }, { 7, 1, 7, 1, 7 }, { 5, 5, 7, 1, 1 },
	{ 7, 4, 7, 1, 7 }, { 7, 4, 7, 5, 7 }, { 7, 1, 2, 2, 2 }, { 7, 5, 7, 5, 7 }, { 7, 5, 7, 1, 7 },
};

static void draw_digit(struct canvas *cv, int y0, int x0, int digit)
{
	for (int y = 0; y < DIGIT_H; y++)
		for (int x = 0; x < 3; x++)
			if (digits[digit][y] & (4 >> x))
				canvas_fill(cv, (struct rect){ y0 + y, x0 + x, 1, 1 }, FACE_FOCUS);
}

/* In groups as numbers are read out: three, then fours. */
static bool gap_before(size_t i, size_t n)
{
	return n == 11 ? i == 3 || i == 7 : n > 8 ? i == n - 8 || i == n - 4 : n > 4 && i == n - 4;
}

static void draw_large(struct canvas *cv, struct rect r, const char *number)
{
	size_t n = strlen(number);
	int x = r.x;

	for (size_t i = 0; i < n; i++) {
		x += gap_before(i, n) ? 2 : 0;
		if (number[i] >= '0' && number[i] <= '9' && x + 3 <= r.x + r.w)
			draw_digit(cv, r.y, x, number[i] - '0');
		x += DIGIT_W;
	}
}

static void draw_spaced(struct canvas *cv, int y, struct rect r, const struct phone *p)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	size_t n = p->number ? strlen(p->number) : 0;

	for (size_t i = 0; i < n; i++)
		sbuf_addf(&text, "%s%c", gap_before(i, n) ? " " : "", p->number[i]);
	if (!n)
		sbuf_adds(&text, _("no number known"));
	if (*p->owner)
		sbuf_addf(&text, "  %s", p->owner);
	if (p->verified)
		sbuf_addf(&text, _("  verified %s"), p->verified);
	canvas_clip(cv, y, r.x, r.w, FACE_HEAD, text.s);
}

static void phone_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct phone *p = st;
	AUTO_SBUF struct sbuf title = SBUF_INIT;
	bool large = p->number && cv->h >= 24;
	struct rect r;
	int y;

	(void)ui;
	sbuf_addf(&title, _("Telephone: %s, %d years"), p->name, p->age);
	if (*p->why)
		sbuf_addf(&title, " %s", p->why);
	r = status_popup(cv, 10 + (large ? DIGIT_H + 1 : 0) + (p->other != NULL) + (int)p->n_calls, 52, title.s);
	y = r.y;
	draw_spaced(cv, y++, r, p);
	if (large) {
		draw_large(cv, (struct rect){ y, r.x, DIGIT_H, r.w }, p->number);
		y += DIGIT_H + 1;
	}
	if (p->other)
		canvas_textf(cv, y++, r.x, r.w, FACE_DIM, p->of_carer ? _("own number %s") : _("contact's number %s"), p->other);
	for (const struct code *c = call_outcome_codes; c->code; c++, y++)
		canvas_textf(cv, y, r.x, r.w, FACE_POPUP, "%s %s", c->code, term_text(&c->term));
	for (size_t i = 0; i < p->n_calls; i++)
		canvas_textf(cv, y++, r.x, r.w, FACE_DIM, "%s %s %s", p->calls[i].day, p->calls[i].words, p->calls[i].by);
	canvas_park(cv, r.y, r.x);
}

/* ---- doing ------------------------------------------------------------------------------------------------------- */

/* What the outcome leads to, in place of this popup. */
static unsigned go_on(struct ui *ui, const struct phone *p, const char *outcome)
{
	char resident[RECORD_ID_MAX + 1];
	struct open_arg arg = { .resident = resident, .text = "1" };
	enum call_next next = call_next_of(outcome);
	struct err err;
	bool ok;

	snprintf(resident, sizeof resident, "%s", p->resident);
	if (next != CALL_FILE && next != CALL_REFUSAL)
		return UI_HANDLED | UI_CLOSE;
	if (!session_set_person(session_of(ui), resident, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_CLOSE;
	}
	if (next == CALL_FILE)
		arg = (struct open_arg){ .resident = resident, .record = resident, .field = call_file_field(outcome) };
	ok = ui_replace(ui, next == CALL_FILE ? &register_screen : &refusal_screen, &arg, &err);
	if (!ok)
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW | (ok ? 0 : UI_CLOSE);
}

static unsigned note(struct ui *ui, struct phone *p, const struct call_input *in)
{
	struct save_result r;
	struct err err;

	if (!call_save(app_of(ui), in, &p->mem, &r, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	session_saved(ui, KIND_CALL, r.rec);
	ui_changed(ui, TOPIC_RESIDENT);
	ui_say(ui, FACE_DONE, _("Saved: %s"), session_of(ui)->last.what);
	return go_on(ui, p, in->outcome);
}

static unsigned ask_when(struct ui *ui)
{
	return prompt_ask(ui, TAG_AGAIN, &(struct ask){ .question =
		_("Call again when? A day, and the hour if it was said (+1 15:00, 11-25, today 18:00)"), .max = 40 });
}

/* "+1 15:00", "今 晚饭后", "11-25". */
static unsigned take_when(struct ui *ui, struct phone *p, const char *text)
{
	size_t n = strcspn(text, " ");
	char *first = arena_strndup(&p->mem, text, n), *day = arena_alloc(&p->mem, DATE_LEN);
	const char *rest = text + n + strspn(text + n, " ");
	int32_t today = app_today(app_of(ui));

	if (!strcmp(first, _("today")))
		date_iso(today, day);
	else if (date_parse_typed(first, today, false, day) != DATE_DAY) {
		ui_say(ui, FACE_ERROR, _("\"%s\" is no day. For example +1 or 11-25, then the hour: +1 15:00"), first);
		return UI_HANDLED | UI_REDRAW;
	}
	return note(ui, p, &(struct call_input){ .resident = p->resident, .phone = p->number, .outcome = "2", .again_on = day,
		.again_time = *rest ? arena_strdup(&p->mem, rest) : NULL });
}

static unsigned phone_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct phone *p = st;
	char outcome[2] = { 0 };

	if (cmd == CMD_OPEN) {
		ui_say(ui, FACE_HINT, _("A digit notes what came of the call."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (cmd < CMD_ROW_1 || cmd > CMD_ROW_9)
		return 0;
	outcome[0] = (char)('1' + (cmd - CMD_ROW_1));
	if (call_next_of(outcome) == CALL_AGAIN)
		return ask_when(ui);
	return note(ui, p, &(struct call_input){ .resident = p->resident, .phone = p->number, .outcome = outcome });
}

static unsigned phone_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	return tag == TAG_AGAIN && a->ok ? take_when(ui, st, a->text) : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, "", 0 }, /* nothing is chosen here that it could take */
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen phone_screen = {
	.name = "phone",
	.state_size = sizeof(struct phone),
	.keys = keys,
	.popup = true,
	.open = phone_open,
	.draw = phone_draw,
	.command = phone_command,
	.answer = phone_answer,
	.close = phone_close,
};
