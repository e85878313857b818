/* Drafts of the form screen: what is typed survives Esc, power cuts and kill. */
#include "app/base/i18n.h"
#include "app/base/uuid.h"
#include "screens/form_int.h"

enum { REST_MS = 2000, AGAIN_MS = 500 };

/* A draft that is named is this author's; of persons and records without a person none is taken up by itself, since two
 * people may be waiting to be registered. */
bool form_draft_find(struct form_screen *fs, const struct open_arg *arg, struct draft *out, struct err *err)
{
	struct draft *all;
	size_t n;

	*out = (struct draft){ 0 };
	if (!arg->draft) {
		if (!*fs->resident && !arg->record)
			return true;
		return draft_find(fs->app, fs->kind->name, fs->variant, arg->record ? arg->record : "",
			fs->kind->id == KIND_RESIDENT ? "" : fs->resident, &fs->mem, out, err);
	}
	if (!draft_list(fs->app, &fs->mem, &all, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (all[i].id == arg->draft)
			*out = all[i];
	return out->id || err_set(err, ERR_NOT_FOUND, _("This draft is no longer there."));
}

bool form_draft_read(struct form_screen *fs, const struct draft *d, struct err *err)
{
	const struct form_def *form;

	snprintf(fs->variant, sizeof fs->variant, "%s", d->variant);
	form = kind_form(fs->kind, fs->variant);
	if (!form)
		return err_set(err, ERR_UNKNOWN_KIND, _("There is no such form."));
	fs->rec = record_new(&fs->mem, form);
	if (!record_read_body(fs->rec, d->body, strlen(d->body), err))
		return false;
	snprintf(fs->rec->meta.id, sizeof fs->rec->meta.id, "%s", d->record);
	fs->rec->meta.revision = d->revision;
	if (*d->resident)
		snprintf(fs->resident, sizeof fs->resident, "%s", d->resident);
	fs->draft = *d;
	fs->taken_up = true;
	return true;
}

void form_draft_place(struct form_screen *fs, const struct draft *d)
{
	snprintf(fs->drafted_at, sizeof fs->drafted_at, "%s", d->field);
	if (!*d->field || !form_goto(&fs->form, d->field) || !*d->typed)
		return;
	edit_set(&fs->form.edit, d->typed);
	fs->form.typed = true;
	fs->form.fresh = false;
}

static bool keep(struct form_screen *fs, struct err *err)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT, path = SBUF_INIT;
	bool ok;

	if (!fs->unsaved)
		return true;
	record_write_body(fs->rec, &body);
	form_path(&fs->form, &path);
	fs->draft.kind = fs->kind->name;
	fs->draft.variant = fs->variant;
	fs->draft.record = fs->rec->meta.id;
	fs->draft.revision = fs->rec->meta.revision;
	fs->draft.resident = fs->kind->id == KIND_RESIDENT ? "" : fs->resident;
	fs->draft.field = path.s;
	fs->draft.typed = fs->form.typed ? fs->form.edit.text.s : "";
	fs->draft.body = body.s;
	ok = draft_put(fs->app, &fs->draft, err);
	fs->draft.field = fs->draft.typed = fs->draft.body = "";
	if (!ok)
		return false;
	snprintf(fs->drafted_at, sizeof fs->drafted_at, "%s", path.s);
	fs->unsaved = fs->field_left = false;
	fs->draft.changed_at = clock_now(&fs->app->clock);
	ui_changed(fs->ui, TOPIC_DRAFT);
	return true;
}

bool form_draft_keep(struct form_screen *fs)
{
	struct err err;

	if (keep(fs, &err))
		return true;
	ui_fail(fs->ui, &err);
	return false;
}

static unsigned fire(struct ui *ui, void *ctx)
{
	struct form_screen *fs = ctx;
	struct err err;

	fs->idle = 0;
	if (keep(fs, &err))
		return UI_HANDLED | UI_REDRAW;
	if (err.code != ERR_BUSY) /* that passes by itself */
		ui_fail(ui, &err);
	if (!fs->idle)
		fs->idle = ui_timer(ui, AGAIN_MS, fire, fs);
	return UI_HANDLED | UI_REDRAW;
}

static void start_timer(struct form_screen *fs, int64_t ms)
{
	ui_timer_stop(fs->ui, fs->idle);
	fs->idle = ui_timer(fs->ui, ms, fire, fs);
}

void form_draft_soon(struct form_screen *fs)
{
	fs->unsaved = fs->field_left = true;
	start_timer(fs, 1);
}

/* Nothing was typed since, but somebody turned to another page: there he goes on. */
static bool has_moved(const struct form_screen *fs)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	if (!fs->draft.id)
		return false;
	form_path(&fs->form, &path);
	return strcmp(path.s, fs->drafted_at) != 0;
}

void form_draft_later(struct form_screen *fs)
{
	if (!fs->unsaved && !fs->form.typed && !has_moved(fs))
		return;
	fs->unsaved = true;
	if (!fs->field_left) /* else it is about to be stored: the keys that follow must not put that off */
		start_timer(fs, REST_MS);
}

void form_draft_drop(struct form_screen *fs)
{
	struct err err;

	ui_timer_stop(fs->ui, fs->idle);
	fs->idle = 0;
	fs->unsaved = fs->field_left = false;
	/* One that cannot be dropped now is offered again, and its token finds what was saved. */
	if (fs->draft.id && draft_drop(fs->app, fs->draft.id, &err))
		ui_changed(fs->ui, TOPIC_DRAFT);
	fs->draft = (struct draft){ 0 };
}
