/* 传染病报告卡: opened from the work list until it is logged as reported.  Chosen as reported, it takes the moment by itself. */
#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/notices.h"
#include "screens/form_screen.h"

enum { PARENT_AGE = 14 };

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	(void)ui;
	(void)arg;
	return fs->rec->meta.revision || fs->taken_up || notice_fill_person(fs->app, fs->rec, err);
}

/* Reported: the moment is known without asking, and can be changed. */
static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	int minute;

	(void)ui;
	if (strcmp(key, "status") != 0 || !record_is(fs->rec, "status", "2"))
		return;
	if (value_is_empty(record_get(fs->rec, "reported_on")))
		record_set_day(fs->rec, "reported_on", app_today(fs->app));
	clock_day_of(clock_now(&fs->app->clock), &minute);
	if (value_is_empty(record_get(fs->rec, "reported_hour")))
		record_set_num(fs->rec, "reported_hour", minute / 60);
	form_refresh(&fs->form);
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const char *limit = record_text(fs->rec, "deadline");

	if (limit && record_is(fs->rec, "status", "1"))
		form_box_add(out, FACE_DANGER, _("Report"), _("by %.10s %.5s: then choose the status Reported, and how"), limit,
			limit + 11);
	form_screen_box(fs, out);
}

static bool shown(const struct form_screen *fs, const struct field *f)
{
	const int32_t born = record_day(fs->rec, "birth_date");

	if (f->flags & FIELD_HIDDEN)
		return false;
	if (!value_is_empty(record_get(fs->rec, f->key)))
		return true;
	if (!strcmp(f->key, "parent_name"))
		return born == NO_DAY || date_age(born, fs->cx.today) <= PARENT_AGE;
	return strcmp(f->key, "corrected_from") != 0 || record_is(fs->rec, "card", "2");
}

static const struct form_table table = { .kind = KIND_NOTICE, .today = "date", .opened = opened, .changed = changed,
	.shown = shown, .box = box };

static bool open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &table, arg, err);
}

const struct screen notice_screen = {
	.name = "notice", .title = N_("Infectious disease report"), .state_size = sizeof(struct form_screen),
	.keys = form_screen_keys, .open = open, FORM_SCREEN_MEMBERS,
};
