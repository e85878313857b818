/* Refusals and notes: two short forms. */
#include "app/base/i18n.h"
#include "screens/form_screen.h"

/* ---- refusal --------------------------------------------------------------------------------------------------------------- */

/* What was refused is known when a task led here (text = its code, variant = the programme). */
static bool refusal_opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	(void)ui;
	(void)err;
	if (*fs->rec->meta.id || fs->taken_up)
		return true;
	record_set_text(fs->rec, "what", arg->text);
	if (arg->variant)
		record_set_text(fs->rec, "programme", arg->variant);
	return true;
}

/* Who signed instead of the person is asked for when somebody did. */
static bool refusal_shown(const struct form_screen *fs, const struct field *f)
{
	if (f->flags & FIELD_HIDDEN)
		return false;
	return strcmp(f->key, "signer_relation") != 0 || record_is(fs->rec, "signed_how", "3") || record_text(fs->rec, f->key);
}

static const struct form_table refusal_table = { .kind = KIND_REFUSAL, .today = "date", .start = "what",
	.opened = refusal_opened, .shown = refusal_shown };

static bool refusal_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &refusal_table, arg, err);
}

const struct screen refusal_screen = {
	.name = "refusal", .title = N_("Refusal"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = refusal_open, FORM_SCREEN_MEMBERS,
};

/* ---- note ------------------------------------------------------------------------------------------------------------------- */

/* On a record when it was opened from one (kind, text = its id), else on the person. */
static bool note_opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	(void)ui;
	(void)err;
	if (*fs->rec->meta.id || fs->taken_up || !arg->text)
		return true;
	record_set_text(fs->rec, "about_kind", kind_by_id(arg->kind)->name);
	record_set_text(fs->rec, "about", arg->text);
	return true;
}

static const struct form_table note_table = { .kind = KIND_NOTE, .today = "date", .start = "text", .keep_open = true,
	.opened = note_opened };

static bool note_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &note_table, arg, err);
}

const struct screen note_screen = {
	.name = "note", .title = N_("Note"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = note_open, FORM_SCREEN_MEMBERS,
};
