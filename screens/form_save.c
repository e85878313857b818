/* Saving a form: refusals put the cursor on the field, questions are asked once, a newer version is offered as a choice, a
 * busy file is waited for without standing still. */
#include "app/base/i18n.h"
#include "screens/form_int.h"
#include "screens/kit/prompt.h"

enum { RETRY_MS = 200 };

/* ---- questions -------------------------------------------------------------------------------------------------------- */

static bool is_confirmed(const struct form_screen *fs, const char *key)
{
	for (size_t i = 0; i < fs->save.n_confirm; i++)
		if (!strcmp(fs->save.confirm[i], key))
			return true;
	return false;
}

static void confirm(struct form_screen *fs, const char *key)
{
	if (!is_confirmed(fs, key))
		save_confirm(&fs->save, arena_strdup(&fs->mem, key), &fs->mem);
}

/* What the widget asked about already. */
static bool confirm_asked(struct form_screen *fs)
{
	bool any = false;

	for (const struct finding *f = fs->result.findings.first; f; f = f->next)
		if (f->level == FINDING_QUESTION && !is_confirmed(fs, f->field) && form_is_confirmed(&fs->form, f->field)) {
			confirm(fs, f->field);
			any = true;
		}
	return any;
}

static const struct finding *first_question(const struct form_screen *fs)
{
	for (const struct finding *f = fs->result.findings.first; f; f = f->next)
		if (f->level == FINDING_QUESTION && !is_confirmed(fs, f->field))
			return f;
	return NULL;
}

static unsigned ask(struct form_screen *fs, struct ui *ui, const struct finding *q)
{
	form_goto(&fs->form, q->field);
	snprintf(fs->question_key, sizeof fs->question_key, "%s", q->field);
	return prompt_confirm(ui, TAG_QUESTION, &(struct confirm){
		.question = q->message, .yes = _("Yes, save"), .no = _("No, change it"), .careful = true });
}

/* ---- refusals --------------------------------------------------------------------------------------------------------------- */

static unsigned show_error(struct form_screen *fs, struct ui *ui, const struct err *err)
{
	const struct finding *f = fs->result.findings.errors ? findings_worst(&fs->result.findings) : NULL;

	ui_beep(ui);
	if (!f || !form_goto(&fs->form, f->field)) {
		if (f)
			ui_say(ui, FACE_ERROR, "%s", f->message);
		else
			ui_fail(ui, err);
		return UI_HANDLED | UI_REDRAW;
	}
	if (*f->example)
		form_note(&fs->form, FACE_ERROR, _("%s For example %s"), f->message, f->example);
	else
		form_note(&fs->form, FACE_ERROR, "%s", f->message);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned retry(struct ui *ui, void *ctx)
{
	struct form_screen *fs = ctx;

	fs->retry = 0;
	return form_screen_save(ui, fs);
}

static unsigned wait_and_retry(struct form_screen *fs, struct ui *ui)
{
	ui_say(ui, FACE_INFO, _("Saving ..."));
	ui_timer_stop(ui, fs->retry);
	fs->retry = ui_timer(ui, RETRY_MS, retry, fs);
	return UI_HANDLED | UI_REDRAW;
}

enum { STALE_LOOK, STALE_ON_TOP, STALE_KEEP, STALE_COUNT };

static unsigned ask_stale(struct ui *ui)
{
	const char *const options[STALE_COUNT] = {
		[STALE_LOOK] = _("Look at the newer version"),
		[STALE_ON_TOP] = _("Put my changes on top of it and save"),
		[STALE_KEEP] = _("Keep mine as a draft for now"),
	};

	return prompt_choose(ui, TAG_STALE, &(struct choose){
		.question = _("Somebody changed this record meanwhile."), .options = options, .n_options = STALE_COUNT });
}

/* Fields that differ from the version that was opened go onto the newest one. */
static bool put_on_top(struct form_screen *fs, struct err *err)
{
	struct record *newest, *base;
	enum kind_id kind;
	int64_t row = record_row(fs->app, fs->kind->id, fs->rec->meta.id);

	if (!record_load(fs->app, fs->kind->id, fs->rec->meta.id, &fs->mem, &newest, err) ||
		!record_load_revision(fs->app, row, fs->rec->meta.revision, &fs->mem, &base, &kind, err))
		return false;
	for (size_t i = 0; i < fs->rec->form->n_fields; i++) {
		const char *key = fs->rec->form->fields[i].key;

		if (value_equal(&fs->rec->values[i], record_get(base, key)))
			record_set(fs->rec, key, record_get(newest, key));
	}
	fs->rec->meta = newest->meta;
	form_screen_refresh(fs);
	return true;
}

static unsigned settle_stale(struct form_screen *fs, struct ui *ui, int64_t choice)
{
	struct open_arg arg = { .record = fs->rec->meta.id, .kind = fs->kind->id };
	struct err err;

	if (choice == STALE_LOOK)
		return ui_show(ui, &record_screen, &arg);
	if (choice == STALE_KEEP)
		return form_draft_keep(fs) ? UI_HANDLED | UI_CLOSE : UI_HANDLED | UI_REDRAW;
	if (put_on_top(fs, &err))
		return form_screen_save(ui, fs);
	ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned refused(struct form_screen *fs, struct ui *ui, const struct err *err)
{
	const struct finding *q;

	if (err->code == ERR_BUSY)
		return wait_and_retry(fs, ui);
	if (err->code == ERR_STALE)
		return ask_stale(ui);
	if (fs->result.findings.errors)
		return show_error(fs, ui, err);
	if (confirm_asked(fs))
		return form_screen_save(ui, fs);
	q = first_question(fs);
	return q ? ask(fs, ui, q) : show_error(fs, ui, err);
}

/* ---- done -------------------------------------------------------------------------------------------------------- */

static unsigned saved(struct form_screen *fs, struct ui *ui)
{
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	struct open_arg arg = { 0 };
	struct err err;
	unsigned out;

	form_draft_drop(fs);
	form_saved(&fs->form);
	if (fs->kind->id == KIND_RESIDENT)
		snprintf(fs->resident, sizeof fs->resident, "%s", fs->result.rec->meta.id);
	session_saved(ui, fs->kind->id, fs->result.rec);
	session_last_words(fs->session, &what);
	ui_say(ui, FACE_DONE, _("Saved: %s"), what.s);
	out = fs->table->saved ? fs->table->saved(fs, ui) : 0;
	if (out)
		return out;
	arg.resident = fs->resident;
	if (!fs->of_paper && !fs->table->keep_open && *fs->resident && fs->kind->id != KIND_RESIDENT &&
		ui_replace(ui, &saved_screen, &arg, &err))
		return UI_HANDLED | UI_REDRAW;
	return UI_HANDLED | UI_CLOSE;
}

unsigned form_screen_save(struct ui *ui, struct form_screen *fs)
{
	struct record *copy;
	struct err err;

	/* The file may hold what a crash kept from us: the token of a draft finds it, so it must be there first. */
	if (!*fs->draft.token)
		ids_new(&fs->app->ids, fs->draft.token);
	fs->save.token = fs->draft.token;
	arena_clear(&fs->saved_mem);
	copy = record_copy(&fs->saved_mem, fs->rec);
	copy->meta = fs->rec->meta;
	if (!records_save(fs->app, fs->kind, copy, &fs->save, &fs->saved_mem, &fs->result, &err))
		return refused(fs, ui, &err);
	return saved(fs, ui);
}

/* A sheet of a pile that says nothing is a slip of the finger, whatever kind it is; the widget may have asked. */
static bool is_slip(const struct form_screen *fs)
{
	const char *first = record_first_field(fs->rec);

	return (fs->of_paper || fs->table->ask_blank) && record_is_blank(fs->rec) && !is_confirmed(fs, first) &&
		!form_is_confirmed(&fs->form, first);
}

static unsigned ask_blank(struct form_screen *fs, struct ui *ui)
{
	struct finding q = { .field = record_first_field(fs->rec),
		.message = _("Nothing is filled in on this sheet. Save it all the same?") };

	return ask(fs, ui, &q);
}

unsigned form_submit(struct form_screen *fs, struct ui *ui)
{
	if (!form_finish(&fs->form, ui, NULL)) {
		form_draft_soon(fs);
		return UI_HANDLED | UI_REDRAW;
	}
	if (fs->table->saving && !fs->table->saving(fs, ui))
		return UI_HANDLED | UI_REDRAW;
	if (is_slip(fs))
		return ask_blank(fs, ui);
	return form_screen_save(ui, fs);
}

unsigned form_save_answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	if (tag == TAG_STALE)
		return a->ok ? settle_stale(fs, ui, a->choice) : UI_HANDLED | UI_REDRAW;
	if (tag != TAG_QUESTION)
		return 0;
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	confirm(fs, fs->question_key);
	return form_screen_save(ui, fs);
}
