/* One record to read: its values as on the paper, who wrote it, where the county has it; from here it is changed, moved to
 * the right person, or declared void. */
#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/service/disputed.h"
#include "app/service/notes.h"
#include "app/service/overview.h"
#include "app/service/receipts.h"
#include "app/service/records.h"
#include "app/service/value_words.h"
#include "screens/kit/prompt.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_VOID = 1, TAG_MOVE, TAG_REALLY, TAG_PRINT, NOTES_SHOWN = 5 };

struct record_view {
	struct arena mem;
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1];
	struct record *rec;
	const char *title, *state, *by;
	struct view_line {
		const char *label, *text;
		int y, h; /* first row and rows it takes; long texts are broken, not cut */
	} *lines;
	size_t n;
	int top, rows; /* first row shown, of how many */
	int page;      /* rows shown */
	char move_to[RECORD_ID_MAX + 1];
	const char *receipt; /* where the county has it */
};

/* ---- its values as lines ------------------------------------------------------------------------------------------------ */

static void add_line(struct record_view *v, const char *label, const char *text)
{
	v->lines[v->n++] = (struct view_line){ .label = label, .text = text };
}

/* Notes come first: they say what the paper does not. */
static bool add_notes(struct app *app, struct record_view *v, struct err *err)
{
	struct note_line notes[NOTES_SHOWN];
	size_t n;

	if (!notes_about(app, v->id, &v->mem, notes, NOTES_SHOWN, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		add_line(v, arena_printf(&v->mem, _("Note %s"), short_day(app, notes[i].day)),
			arena_printf(&v->mem, "%s  %s", notes[i].text, notes[i].by));
	return true;
}

/* Where the county has it, and what of ours stands aside until a dispute is decided. */
static bool add_receipt(struct app *app, struct record_view *v, struct err *err)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	AUTO_SBUF struct sbuf aside = SBUF_INIT;
	int64_t row = record_row(app, v->kind, v->id);
	struct receipt r;

	if (!receipt_read(app, row, &v->mem, &r, err) || !disputed_aside(app, row, v->rec, &aside, err))
		return false;
	if (r.state == COUNTY_REFUSED)
		receipt_refusal(v->rec->form, &r, &v->mem);
	sbuf_adds(&words, county_sign(r.state));
	receipt_words(app, &r, &words);
	v->receipt = arena_strdup(&v->mem, words.s);
	if (aside.len)
		add_line(v, _("Not yet sent"), arena_strdup(&v->mem, aside.s));
	return true;
}

static bool view_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct record_view *v = st;
	const struct open_arg *a = arg;

	(void)ui;
	if (!a || !a->record || !kind_by_id(a->kind))
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	v->kind = a->kind;
	snprintf(v->id, sizeof v->id, "%s", a->record);
	return true;
}

static bool view_load(struct ui *ui, void *st, struct err *err)
{
	struct record_view *v = st;
	struct app *app = app_of(ui);
	AUTO_SBUF struct sbuf title = SBUF_INIT;
	struct record_line *values;
	size_t n;

	arena_clear(&v->mem);
	v->n = 0;
	if (!record_load(app, v->kind, v->id, &v->mem, &v->rec, err))
		return false;
	record_summary(app, v->kind, v->rec, &title);
	v->title = arena_strdup(&v->mem, title.s);
	v->by = record_name(app, KIND_STAFF, v->rec->meta.changed_by, &v->mem);
	v->state = v->rec->meta.state == RECORD_VOID ? _("void") : v->rec->meta.state == RECORD_MERGED ? _("merged") : "";
	record_lines(app, v->rec, &v->mem, &values, &n);
	v->lines = arena_alloc(&v->mem, (n + NOTES_SHOWN + 1) * sizeof *v->lines);
	if (!add_receipt(app, v, err) || !add_notes(app, v, err))
		return false;
	for (size_t i = 0; i < n; i++)
		add_line(v, values[i].label, values[i].text);
	return true;
}

static void view_close(struct ui *ui, void *st)
{
	(void)ui;
	arena_release(&((struct record_view *)st)->mem);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------------- */

enum { LABEL_W = 18 };

/* Where the text of a line stands: behind its label, which may be longer than others. */
static struct rect text_rect(const struct canvas *cv, const struct view_line *l)
{
	int w = canvas_width(cv, l->label), x = 2 + (w < LABEL_W ? LABEL_W : w);

	return (struct rect){ 0, x, 0, cv->w - x - 1 };
}

static void view_layout(struct ui *ui, void *st)
{
	struct record_view *v = st;

	v->page = ui_body(ui).h - 2;
	v->rows = 0;
	for (size_t i = 0; i < v->n; i++) {
		struct view_line *l = &v->lines[i];

		l->y = v->rows;
		l->h = canvas_wrap_rows(ui_canvas(ui), text_rect(ui_canvas(ui), l).w, l->text);
		v->rows += l->h > 0 ? l->h : 1;
	}
	if (v->top + v->page > v->rows)
		v->top = v->rows > v->page ? v->rows - v->page : 0;
}

static void draw_state(const struct record_view *v, struct canvas *cv, int y)
{
	char when[CLOCK_LEN];
	int x = 1;

	clock_rfc3339(v->rec->meta.changed_at, when);
	x += canvas_textf(cv, y, x, cv->w - 2, FACE_HINT, _("version %d  %s  %.10s %.5s"), (int)v->rec->meta.revision,
		*v->by ? v->by : "-", when, when + 11);
	if (*v->state)
		canvas_textf(cv, y, x + 3, cv->w - x - 3, FACE_DANGER, "!%s", v->state);
	if (v->rows > v->page) {
		char where[64];
		int last = v->top + v->page < v->rows ? v->top + v->page : v->rows;

		snprintf(where, sizeof where, _("lines %d-%d of %d"), v->top + 1, last, v->rows);
		canvas_right(cv, y, 1, cv->w - 2, FACE_HINT, where);
	}
	canvas_clip(cv, y + 1, 1, cv->w - 2, county_face(v->rec->meta.county), v->receipt);
}

static void draw_line(const struct record_view *v, const struct view_line *l, struct canvas *cv, int y)
{
	struct rect r = text_rect(cv, l);
	int row = l->y - v->top, skip = row < 0 ? -row : 0;

	if (row >= v->page || skip >= (l->h > 0 ? l->h : 1))
		return;
	r.y = y + row + skip;
	r.h = v->page - row - skip;
	if (!skip)
		canvas_clip(cv, r.y, 1, r.x - 2, FACE_LABEL, l->label);
	canvas_wrap_from(cv, r, FACE_NORMAL, l->text, skip);
}

static void view_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct record_view *v = st;
	struct rect r = ui_body(ui);

	screen_header(ui, cv, v->title, NULL);
	draw_state(v, cv, r.y);
	for (size_t i = 0; i < v->n; i++)
		draw_line(v, &v->lines[i], cv, r.y + 2);
	canvas_park(cv, r.y + 2, 1);
}

/* ---- doing ------------------------------------------------------------------------------------------------------- */

static unsigned scroll(struct record_view *v, int by)
{
	int top = v->top + by, most = v->rows - v->page;

	top = top > most ? most : top;
	v->top = top < 0 ? 0 : top;
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ask_void(struct ui *ui)
{
	return prompt_ask(ui, TAG_VOID, &(struct ask){ .question = _("Why is it void? (The record stays in the history.)") });
}

static unsigned note(struct ui *ui, const struct record_view *v)
{
	const char *resident = form_index(v->rec->form, "resident") >= 0 ? record_text(v->rec, "resident") : NULL;

	if (v->kind == KIND_RESIDENT)
		resident = v->id;
	return ui_show(ui, &note_screen, &(struct open_arg){ .resident = resident, .kind = v->kind, .text = v->id });
}

static unsigned ask_whose(struct ui *ui, const struct record_view *v)
{
	AUTO_SBUF struct sbuf title = SBUF_INIT;
	struct err err;

	sbuf_addf(&title, _("Whose is it: %s?"), v->title);
	if (!ui_ask(ui, TAG_MOVE, &person_screen, &(struct open_arg){ .title = title.s }, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned view_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct record_view *v = st;
	struct open_arg arg = { .record = v->id, .kind = v->kind };
	bool live = v->rec->meta.state == RECORD_ACTIVE;

	switch ((int)cmd) {
	case CMD_UP:
		return scroll(v, -1);
	case CMD_DOWN:
		return scroll(v, 1);
	case CMD_PAGE_UP:
		return scroll(v, -v->page);
	case CMD_PAGE_DOWN:
		return scroll(v, v->page);
	case CMD_HISTORY:
		return ui_show(ui, &history_screen, &arg);
	case CMD_EDIT:
		return live && screen_of_kind(v->kind) ? record_open(ui, v->kind, v->id, true) : 0;
	case CMD_PRINT:
		return print_ask(ui, TAG_PRINT, v->kind, v->rec);
	case CMD_NOTE:
		return note(ui, v);
	case CMD_VOID:
		return live ? ask_void(ui) : 0;
	case CMD_MOVE:
		if (!live || v->kind == KIND_RESIDENT || form_index(v->rec->form, "resident") < 0)
			return 0;
		return ask_whose(ui, v);
	default:
		return 0;
	}
}

static unsigned done(struct ui *ui, enum kind_id kind, const struct save_result *r, bool ok, const struct err *err,
	const char *said)
{
	if (!ok) {
		ui_fail(ui, err);
		return UI_HANDLED | UI_REDRAW;
	}
	session_saved(ui, kind, r->rec);
	ui_changed(ui, TOPIC_PERSON | TOPIC_SYNC);
	ui_say(ui, FACE_DONE, "%s", said);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ask_really(struct ui *ui, struct record_view *v, const char *to)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct app *app = app_of(ui);
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct search_hit hit;
	struct err err;

	snprintf(v->move_to, sizeof v->move_to, "%s", to);
	if (!search_hit_of(app_of(ui), record_row(app_of(ui), KIND_RESIDENT, to), &mem, &hit, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	person_head(app, &hit, &head);
	return prompt_confirm(ui, TAG_REALLY, &(struct confirm){
		.question = arena_printf(&mem, _("Move this record to %s?"), head.s), .yes = _("Move"), .careful = true });
}

static unsigned view_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	struct record_view *v = st;
	AUTO_ARENA struct arena mem = { 0 };
	const struct kind *kind = kind_by_id(v->kind);
	struct save_result r;
	struct err err;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_PRINT)
		return print_record(ui, v->kind, v->rec, a->text);
	if (tag == TAG_VOID)
		return done(ui, v->kind, &r, records_void(app_of(ui), kind, v->id, a->text, &mem, &r, &err), &err,
			_("Declared void."));
	if (tag == TAG_MOVE)
		return ask_really(ui, v, a->text);
	if (tag == TAG_REALLY)
		return done(ui, v->kind, &r,
			records_move(app_of(ui), kind, v->id, v->move_to, _("wrong person"), &mem, &r, &err), &err,
			_("Moved to the right person; the history shows it on both."));
	return 0;
}

static const struct binding keys[] = {
	{ "F9", CMD_PRINT, NULL, 0 },
	{ "e", CMD_EDIT, NULL, 0 },
	{ "l", CMD_HISTORY, N_("changes"), 0 },
	{ "m", CMD_MOVE, NULL, 0 },
	{ "b", CMD_NOTE, NULL, 0 },
	{ "Delete", CMD_VOID, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen record_screen = {
	.name = "record",
	.title = N_("Record"),
	.state_size = sizeof(struct record_view),
	.topics = TOPIC_PERSON,
	.keys = keys,
	.open = view_open,
	.load = view_load,
	.layout = view_layout,
	.draw = view_draw,
	.command = view_command,
	.answer = view_answer,
	.close = view_close,
};
