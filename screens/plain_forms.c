/* Forms that are about nobody in particular: staff, teams, packages, organisations, households, examination days. */
#include "app/service/households.h"
#include "screens/form_screen.h"

static void box(const struct form_screen *fs, struct form_box *out)
{
	form_screen_box(fs, out);
}

/* Saved lists go back to the list, there is nothing due for anybody. */
static const struct form_table staff_table = { .kind = KIND_STAFF, .box = box, .keep_open = true };
static const struct form_table team_table = { .kind = KIND_TEAM, .box = box, .keep_open = true };
static const struct form_table organisation_table = { .kind = KIND_ORGANISATION, .box = box, .keep_open = true };
static const struct form_table package_table = { .kind = KIND_PACKAGE, .box = box, .keep_open = true };
static const struct form_table consultation_table = { .kind = KIND_CONSULTATION, .today = "date" };

static const struct form_table exam_day_table = { .kind = KIND_EXAM_DAY, .today = "date", .box = box, .keep_open = true };

/* A household begins with the person it is opened for. */
static bool household_opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	static const char *const same[] = { "village", "group", "house", "address", "phone" };
	const struct record *who;
	struct record *rec;

	(void)ui;
	if (fs->rec->meta.revision || fs->taken_up || !arg->resident)
		return true;
	if (!record_load(fs->app, KIND_RESIDENT, arg->resident, &fs->mem, &rec, err))
		return false;
	who = rec;
	record_set_text(fs->rec, "name", record_text(who, "name"));
	record_set_text(fs->rec, "head", who->meta.id);
	for (size_t i = 0; i < N_ELEMENTS(same); i++)
		record_set_text(fs->rec, same[i], record_text(who, same[i]));
	return true;
}

/* Whoever it was opened for lives in it. */
static unsigned household_saved(struct form_screen *fs, struct ui *ui)
{
	const char *head = record_text(fs->result.rec, "head");
	struct err err;

	if (head && !household_join(fs->app, head, fs->result.rec->meta.id, &err))
		ui_fail(ui, &err);
	ui_changed(ui, TOPIC_RESIDENT | TOPIC_SYNC);
	return 0;
}

static const struct form_table household_table = { .kind = KIND_HOUSEHOLD, .box = box, .keep_open = true,
	.opened = household_opened, .saved = household_saved };

static bool staff_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &staff_table, arg, err);
}

static bool team_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &team_table, arg, err);
}

static bool organisation_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &organisation_table, arg, err);
}

static bool package_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &package_table, arg, err);
}

static bool exam_day_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &exam_day_table, arg, err);
}

static bool household_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &household_table, arg, err);
}

static bool consultation_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &consultation_table, arg, err);
}

const struct screen staff_screen = {
	.name = "staff", .title = N_("Staff member"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = staff_open, FORM_SCREEN_MEMBERS,
};
const struct screen team_screen = {
	.name = "team", .title = N_("Team"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = team_open, FORM_SCREEN_MEMBERS,
};
const struct screen package_screen = {
	.name = "package", .title = N_("Package"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = package_open, FORM_SCREEN_MEMBERS,
};
const struct screen organisation_screen = {
	.name = "organisation", .title = N_("Institution or village"), .state_size = sizeof(struct form_screen),
	.keys = form_screen_keys, .open = organisation_open, FORM_SCREEN_MEMBERS,
};
const struct screen household_form_screen = {
	.name = "household-form", .title = N_("Household"), .state_size = sizeof(struct form_screen),
	.keys = form_screen_keys, .open = household_open, FORM_SCREEN_MEMBERS,
};
const struct screen consultation_screen = {
	.name = "consultation", .title = N_("Consultation"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = consultation_open, FORM_SCREEN_MEMBERS,
};
const struct screen exam_day_form_screen = {
	.name = "exam-day-form", .title = N_("Examination day"), .state_size = sizeof(struct form_screen),
	.keys = form_screen_keys, .open = exam_day_open, FORM_SCREEN_MEMBERS,
};
