#include "screens/form_int.h"

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/service/readings_today.h"
#include "screens/kit/status.h"
#include "screens/print.h"

const struct binding form_screen_keys[] = { FORM_SCREEN_KEYS, { NULL, CMD_NONE, NULL, 0 } };

/* ---- hooks of the widget ----------------------------------------------------------------------------------------------- */

static void changed(void *ctx, const char *key)
{
	struct form_screen *fs = ctx;

	if (fs->table->changed)
		fs->table->changed(fs, fs->ui, key);
	form_preview(fs);
	form_draft_soon(fs);
}

static bool pick(void *ctx, struct ui *ui, const struct field *f)
{
	struct form_screen *fs = ctx;

	return (fs->table->pick && fs->table->pick(fs, ui, f)) || form_base_pick(fs, ui, f);
}

static bool shown(void *ctx, const struct field *f)
{
	const struct form_screen *fs = ctx;

	if (f->flags & FIELD_HIDDEN)
		return false;
	return !fs->table->shown || fs->table->shown(fs, f);
}

/* ---- opening --------------------------------------------------------------------------------------------------------------- */

/* Which form: the programme is the caller's, or the stored record's. */
static bool read_record(struct form_screen *fs, const struct open_arg *arg, struct err *err)
{
	if (arg->record)
		return record_load(fs->app, fs->kind->id, arg->record, &fs->mem, &fs->rec, err);
	return records_new(fs->app, fs->kind, fs->variant, *fs->resident ? fs->resident : NULL, &fs->mem, &fs->rec, err);
}

static void take_variant(struct form_screen *fs, const char *variant)
{
	snprintf(fs->variant, sizeof fs->variant, "%s", variant ? variant : "");
}

static bool find_person(struct form_screen *fs, const struct open_arg *arg, struct err *err)
{
	const struct form_def *form = kind_form(fs->kind, fs->variant);
	const char *resident = arg->resident;

	/* A stored record says itself whom it is about; a visit may be of somebody known by name alone. */
	if (fs->kind->id == KIND_RESIDENT || !form || form_index(form, "resident") < 0 || arg->record)
		return true;
	if (!resident && *fs->session->person.id)
		resident = fs->session->person.id;
	if (!resident)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	snprintf(fs->resident, sizeof fs->resident, "%s", resident);
	return true;
}

/* Edited records name their person and programme themselves. */
static void follow_record(struct form_screen *fs)
{
	const char *resident = record_text(fs->rec, "resident"), *programme = record_text(fs->rec, "programme");

	if (fs->kind->id == KIND_RESIDENT)
		snprintf(fs->resident, sizeof fs->resident, "%s", fs->rec->meta.id);
	else if (resident)
		snprintf(fs->resident, sizeof fs->resident, "%s", resident);
	if (programme)
		take_variant(fs, programme);
}

/* A sheet of a pile: its day and its signature, before anything is looked up by the day. */
static void set_paper(struct form_screen *fs, const struct open_arg *arg)
{
	const char *signature = fs->table->signed_by ? fs->table->signed_by : "doctor";

	fs->of_paper = arg->paper_day != NULL;
	if (!fs->of_paper || fs->taken_up || *fs->rec->meta.id)
		return;
	if (fs->table->today)
		record_set_text(fs->rec, fs->table->today, arg->paper_day);
	if (form_index(fs->rec->form, signature) >= 0)
		record_set_text(fs->rec, signature, arg->paper_doctor);
}

static void set_today(struct form_screen *fs)
{
	if (fs->table->today && !fs->taken_up && !*fs->rec->meta.id && value_is_empty(record_get(fs->rec, fs->table->today)))
		record_set_day(fs->rec, fs->table->today, app_today(fs->app));
}

/* What was measured today is not typed twice; it is said which, and can be changed. */
static bool share_readings(struct form_screen *fs, struct err *err)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	if (!readings_today(fs->app, fs->rec, &words, err))
		return false;
	if (words.len)
		ui_say(fs->ui, FACE_INFO, _("Measured today already, taken over: %s"), words.s);
	return true;
}

static bool begin(struct form_screen *fs, const struct open_arg *arg, struct err *err)
{
	const struct form_hooks hooks = {
		.ctx = fs, .changed = changed, .ref_text = form_ref_text, .pick = pick, .shown = shown, .match = match_pinyin,
	};
	struct draft d;

	if (!form_draft_find(fs, arg, &d, err) || !(d.id ? form_draft_read(fs, &d, err) : read_record(fs, arg, err)))
		return false;
	follow_record(fs);
	set_paper(fs, arg);
	if (!records_context(fs->app, fs->kind, fs->rec, &fs->mem, &fs->cx, err) || !form_read_head(fs, err))
		return false;
	set_today(fs);
	if (!*fs->rec->meta.id && !d.id && !share_readings(fs, err))
		return false;
	if (fs->table->opened && !fs->table->opened(fs, fs->ui, arg, err))
		return false;
	form_init(&fs->form, fs->rec, fs->cx.previous, &fs->cx, &hooks);
	if (d.id)
		form_draft_place(fs, &d);
	else if (arg->field || (fs->table->start && !*fs->rec->meta.id))
		form_goto(&fs->form, arg->field ? arg->field : fs->table->start);
	form_preview(fs);
	return true;
}

bool form_screen_open(struct ui *ui, void *st, const struct form_table *table, const void *arg, struct err *err)
{
	static const struct open_arg none = { 0 };
	const struct open_arg *a = arg ? arg : &none;
	struct form_screen *fs = st;

	fs->table = table;
	fs->ui = ui;
	fs->session = session_of(ui);
	fs->app = app_of(ui);
	fs->kind = kind_by_id(table->kind);
	fs->head = fs->alerts = "";
	take_variant(fs, a->variant);
	return find_person(fs, a, err) && begin(fs, a, err);
}

/* The record that is open is never replaced under the hands of who types; the head may be newer, the language another. */
bool form_screen_load(struct ui *ui, void *st, struct err *err)
{
	(void)ui;
	if (!form_read_head(st, err))
		return false;
	form_preview(st);
	return true;
}

void form_screen_close(struct ui *ui, void *st)
{
	struct form_screen *fs = st;

	ui_timer_stop(ui, fs->idle);
	ui_timer_stop(ui, fs->retry);
	form_release(&fs->form);
	arena_release(&fs->mem);
	arena_release(&fs->live);
	arena_release(&fs->saved_mem);
}

void form_screen_forget(struct form_screen *fs)
{
	form_draft_drop(fs);
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static int box_rows(const struct form_screen *fs, const struct canvas *cv)
{
	return fs->table->box_rows ? fs->table->box_rows : cv->h >= 28 ? 3 : 2;
}

static struct rect form_area(const struct form_screen *fs, const struct ui *ui)
{
	struct rect r = ui_body(ui);
	int below = 1 + box_rows(fs, ui_canvas(ui)), above = *fs->alerts ? 1 : 0;

	r.y += above;
	r.h -= above + below;
	return r;
}

void form_screen_layout(struct ui *ui, void *st)
{
	struct form_screen *fs = st;

	form_layout(&fs->form, form_area(fs, ui));
	if (fs->box_page != form_paper_page(fs))
		form_box_fill(fs);
}

static void draft_words(const struct form_screen *fs, struct sbuf *out)
{
	int minute;

	if (!fs->draft.id)
		return;
	clock_day_of(fs->draft.changed_at, &minute);
	sbuf_addf(out, _("draft kept %02d:%02d"), minute / 60, minute % 60);
}

static void draw_head(const struct ui *ui, const struct form_screen *fs, struct canvas *cv)
{
	AUTO_SBUF struct sbuf left = SBUF_INIT, right = SBUF_INIT, page = SBUF_INIT;

	sbuf_addf(&left, "%s  %s", term_text(&fs->rec->form->title), fs->head);
	sbuf_adds(&right, form_page_text(&fs->form, &page));
	if (right.len)
		sbuf_adds(&right, " ");
	draft_words(fs, &right);
	screen_header(ui, cv, left.s, right.s);
}

static void draw_box(const struct form_screen *fs, struct canvas *cv, int y, int h)
{
	status_rule(cv, y);
	for (size_t i = 0; i < fs->box.n && (int)i < h; i++) {
		int x = 1, row = y + 1 + (int)i, w = cv->w - 2;

		if (*fs->box.row[i].label)
			x += canvas_text(cv, row, x, w, FACE_HEAD, fs->box.row[i].label) + 1;
		canvas_clip(cv, row, x, cv->w - 1 - x, fs->box.row[i].face, fs->box.row[i].text);
	}
}

void form_screen_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	const struct form_screen *fs = st;
	struct rect area = form_area(fs, ui);

	draw_head(ui, fs, cv);
	if (*fs->alerts)
		canvas_clip(cv, 2, 1, cv->w - 2, fs->danger ? FACE_DANGER : FACE_DUE, fs->alerts);
	form_draw(&fs->form, cv, area);
	draw_box(fs, cv, area.y + area.h, box_rows(fs, cv));
}

/* K is offered where there is something to take over. */
static bool has_history(const struct form_screen *fs)
{
	for (size_t i = 0; fs->cx.previous && i < fs->rec->form->n_fields; i++)
		if ((fs->rec->form->fields[i].flags & FIELD_HISTORY) &&
			!value_is_empty(record_get(fs->cx.previous, fs->rec->form->fields[i].key)))
			return true;
	return false;
}

/* A form whose history could be taken over, and somebody who has none yet. */
static bool lacks_history(const struct form_screen *fs)
{
	for (size_t i = 0; !fs->cx.previous && i < fs->rec->form->n_fields; i++)
		if (fs->rec->form->fields[i].flags & FIELD_HISTORY)
			return true;
	return false;
}

unsigned form_screen_focus(const void *st)
{
	const struct form_screen *fs = st;

	return form_focus(&fs->form) | (has_history(fs) ? (unsigned)FOCUS_OWN : 0u) |
		(fs->table->focus ? fs->table->focus(fs) : 0u);
}

const char *form_screen_hint(const struct ui *ui, const void *st, struct sbuf *tmp, enum face *face)
{
	(void)ui;
	return form_hint(&((const struct form_screen *)st)->form, tmp, face);
}

/* ---- what is typed ----------------------------------------------------------------------------------------------- */

unsigned form_screen_key(struct ui *ui, void *st, struct key key)
{
	struct form_screen *fs = st;
	unsigned out = form_key(&fs->form, ui, key);

	if (out)
		form_draft_later(fs);
	else if (key_fold(key).code == 'k' && lacks_history(fs)) {
		ui_say(ui, FACE_HINT, _("There is no record of a last time."));
		out = UI_HANDLED | UI_REDRAW;
	}
	return out;
}

unsigned form_screen_paste(struct ui *ui, void *st, const char *text, enum paste kind)
{
	struct form_screen *fs = st;
	unsigned out = form_paste(&fs->form, ui, text, kind);

	if (out)
		form_draft_later(fs);
	return out;
}

unsigned form_screen_click(struct ui *ui, void *st, int y, int x)
{
	struct form_screen *fs = st;

	return form_click(&fs->form, ui, form_area(fs, ui), y, x);
}

unsigned form_screen_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct form_screen *fs = st;
	unsigned out = fs->table->command ? fs->table->command(fs, ui, cmd) : 0;

	if (out)
		return out;
	if (cmd == CMD_SAVE)
		return form_submit(fs, ui);
	if (cmd == CMD_PRINT)
		return print_ask(ui, TAG_PRINT, fs->kind->id, fs->rec);
	out = form_command(&fs->form, ui, cmd);
	if (out)
		form_draft_later(fs);
	return out;
}

unsigned form_screen_answer(struct ui *ui, void *st, int tag, const struct answer *answer)
{
	struct form_screen *fs = st;
	unsigned out = form_answer(&fs->form, ui, tag, answer);

	if (!out && tag == TAG_PRINT)
		out = answer->ok ? print_record(ui, fs->kind->id, fs->rec, answer->text) : UI_HANDLED | UI_REDRAW;
	if (!out)
		out = form_base_picked(fs, ui, tag, answer);
	if (!out)
		out = form_save_answer(fs, ui, tag, answer);
	if (!out && fs->table->answer)
		out = fs->table->answer(fs, ui, tag, answer);
	return out;
}

/* Going back keeps the draft: nothing is asked and nothing is lost. */
bool form_screen_may_close(struct ui *ui, void *st)
{
	struct form_screen *fs = st;

	if (!form_draft_keep(fs))
		return false;
	if (fs->draft.id)
		ui_say(ui, FACE_INFO, _("Kept as a draft; it is on the first screen until it is saved."));
	return true;
}

void form_screen_rescue(struct ui *ui, void *st)
{
	struct form_screen *fs = st;

	(void)ui;
	app_patience(fs->app, true);
	form_draft_keep(fs);
}

void form_screen_refresh(struct form_screen *fs)
{
	form_refresh(&fs->form);
	form_preview(fs);
	form_draft_soon(fs);
}
