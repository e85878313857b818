/* Onto the roster of a programme. */
#include "app/base/i18n.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "app/service/packages.h"
#include "screens/form_screen.h"

/* 1 from the file's past history, with its date; else it was found at a visit: the doctor may say otherwise. */
static const char *source_of(struct form_screen *fs)
{
	const struct programme *p = programme_of(fs->rec);
	const struct value *list = fs->cx.resident ? record_get(fs->cx.resident, "past_disease") : NULL;

	for (size_t i = 0; p && p->past_disease && list && i < list->n_items; i++) {
		const char *since = record_text(list->items[i], "diagnosed");

		if (!record_is(list->items[i], "code", p->past_disease))
			continue;
		if (since && value_is_empty(record_get(fs->rec, "diagnosed_on")))
			record_set_text(fs->rec, "diagnosed_on", since);
		return "1";
	}
	return NULL;
}

static bool is_on(const struct overview *o, const char *programme)
{
	for (size_t i = 0; i < o->n_programmes; i++)
		if (!strcmp(o->programmes[i].programme, programme) && strcmp(o->programmes[i].status, "ended") != 0)
			return true;
	return false;
}

static bool in_history(const struct form_screen *fs, const struct programme *p)
{
	const struct value *list = record_get(fs->cx.resident, "past_disease");

	for (size_t i = 0; p->past_disease && i < list->n_items; i++)
		if (record_is(list->items[i], "code", p->past_disease))
			return true;
	return false;
}

/* Has he signed a package for it? */
static bool is_agreed(const struct packages *all, const struct record *contract, const struct programme *p)
{
	for (size_t i = 0; contract && i < all->n; i++) {
		AUTO_SBUF struct sbuf groups = SBUF_INIT;

		if (!all->v[i].groups || !value_has_code(record_get(contract, "packages"), all->v[i].code))
			continue;
		sbuf_addf(&groups, ",%s,", all->v[i].groups);
		if (strstr(groups.s, arena_printf(contract->mem, ",%s,", p->code)))
			return true;
	}
	return false;
}

/* What is known of him and he is not on yet: by the file's past history, or by the packages he signed.  Where nothing is known
 * it is asked: whoever is on a wrong roster is followed up for a disease he does not have. */
static bool propose(struct form_screen *fs, struct err *err)
{
	size_t n;
	const struct programme *const *all = programmes(&n);
	AUTO_ARENA struct arena mem = { 0 };
	struct packages packages;
	struct overview o;

	if (!fs->cx.resident)
		return true;
	if (!overview_read(fs->app, fs->cx.resident->meta.id, &mem, &o, err) ||
		!packages_read(fs->app, NO_DAY, &mem, &packages, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_on(&o, all[i]->code) && (in_history(fs, all[i]) || is_agreed(&packages, o.contract, all[i]))) {
			record_set_text(fs->rec, "programme", all[i]->code);
			break;
		}
	return true;
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	(void)ui;
	if (*fs->rec->meta.id || fs->taken_up)
		return true;
	if (arg->variant)
		record_set_text(fs->rec, "programme", arg->variant);
	else if (value_is_empty(record_get(fs->rec, "programme")) && !propose(fs, err))
		return false;
	if (value_is_empty(record_get(fs->rec, "source")))
		record_set_text(fs->rec, "source", source_of(fs));
	if (value_is_empty(record_get(fs->rec, "responsible_doctor")))
		record_set_text(fs->rec, "responsible_doctor", fs->app->actor);
	return true;
}

/* Another programme was chosen: the code that the one before proposed goes with it.  Any other one stays and is asked about;
 * whoever typed the very code that is proposed gets the new programme's too, as it would be wrong there. */
static void changed(struct form_screen *fs, struct ui *ui, const char *key)
{
	const char *icd = record_text(fs->rec, "icd10");
	const struct programme *now = programme_of(fs->rec);
	size_t n;
	const struct programme *const *all = programmes(&n);

	(void)ui;
	for (size_t i = 0; icd && !strcmp(key, "programme") && i < n; i++)
		if (all[i] != now && all[i]->icd10 && !strcmp(all[i]->icd10[0], icd)) {
			record_set_text(fs->rec, "icd10", now && now->icd10 ? now->icd10[0] : NULL);
			return;
		}
}

/* A new entry begins with what is known on that day; how it ended is asked later. */
static bool shown(const struct form_screen *fs, const struct field *f)
{
	static const char *const later[] = { "status", "ended_on", "end_reason", "end_reason_other" };

	static const char *const lost[] = { "lost_on", "lost_attempts", "lost_how" };

	for (size_t i = 0; i < N_ELEMENTS(lost); i++)
		if (!strcmp(f->key, lost[i]))
			return record_is(fs->rec, "status", "lost") || !value_is_empty(record_get(fs->rec, f->key));
	if (*fs->rec->meta.id)
		return true;
	for (size_t i = 0; i < N_ELEMENTS(later); i++)
		if (!strcmp(f->key, later[i]))
			return false;
	return true;
}

static const struct form_table table = { .kind = KIND_ENROLMENT, .today = "enrolled_on", .opened = opened, .changed = changed,
	.shown = shown };

static bool enrolment_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &table, arg, err);
}

const struct screen enrolment_screen = {
	.name = "enrolment",
	.title = N_("Roster entry"),
	.state_size = sizeof(struct form_screen),
	.keys = form_screen_keys,
	.open = enrolment_open,
	FORM_SCREEN_MEMBERS,
};
