/* A newborn from the mother's page: sex, day, weight, birth certificate; what the mother's file says is taken from there.
 * The same resident's form with these fields alone: name and number are added to the same person later. */
#include "app/base/i18n.h"
#include "app/service/newborns.h"
#include "screens/form_screen.h"

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	const struct session *s = session_of(ui);
	const char *mother = arg && arg->resident ? arg->resident : s->person.id;

	if (*fs->rec->meta.id || fs->taken_up)
		return true;
	if (!*mother)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	if (!newborn_begin(fs->app, mother, fs->rec, err))
		return false;
	fs->head = _("Newborn");
	return true;
}

static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	(void)ui;
	if (strcmp(key, "sex") != 0 && strcmp(key, "birth_order") != 0)
		return;
	newborn_name(fs->rec);
	form_screen_refresh(fs);
}

static bool shown(const struct form_screen *fs, const struct field *f)
{
	static const char *const asked[] = { "sex", "birth_date", "birth_weight", "birth_certificate", "name" };

	if (!strcmp(f->key, "birth_order")) /* asked of twins only */
		return !value_is_empty(record_get(fs->rec, f->key));
	for (size_t i = 0; i < N_ELEMENTS(asked); i++)
		if (!strcmp(f->key, asked[i]))
			return true;
	return false;
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const char *mother = record_text(fs->rec, "kin_name"), *address = record_text(fs->rec, "address");

	form_box_add(out, FACE_HINT, _("Mother"), "%s  %s", mother ? mother : "", address ? address : "");
	if (record_num(fs->rec, "birth_order", 0) > 1)
		form_box_add(out, FACE_INFO, _("Twin"), "%s", _("A child of the same days is registered: this is the next one."));
	form_box_add(out, FACE_HINT, _("Later"), "%s", _("Name and identity number are added to this same file."));
}

static unsigned saved(struct form_screen *fs, struct ui *ui)
{
	struct open_arg arg = { .resident = fs->result.rec->meta.id };
	struct err err;

	if (!session_set_person(session_of(ui), arg.resident, &err) || !ui_replace(ui, &resident_screen, &arg, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_CLOSE;
	}
	return UI_HANDLED | UI_REDRAW;
}

static const struct form_table table = {
	.kind = KIND_RESIDENT, .box_rows = 3, .opened = opened, .changed = changed, .shown = shown, .box = box, .saved = saved,
	.keep_open = true,
};

/* The form begins with the sex: the name follows from it. */
static bool newborn_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct open_arg own = arg ? *(const struct open_arg *)arg : (struct open_arg){ 0 };
	struct form_screen *fs = st;

	own.record = NULL;
	if (!form_screen_open(ui, st, &table, &own, err))
		return false;
	if (!fs->taken_up)
		form_goto(&fs->form, "sex");
	return true;
}

const struct screen newborn_screen = {
	.name = "newborn", .title = N_("Newborn"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = newborn_open, FORM_SCREEN_MEMBERS,
};
