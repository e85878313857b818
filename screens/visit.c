/* A visit: vitals, complaint, diagnosis, treatment, prescriptions.  Whoever is 35 or more and was not measured this year is
 * measured today. */
#include <ctype.h>

#include "app/base/date.h"
#include "app/base/utf8.h"
#include "app/clinic/bp.h"
#include "app/clinic/icd10.h"
#include "app/service/codes.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "app/service/visits.h"
#include "screens/icd10_pick.h"
#include "screens/people.h"
#include "screens/visit_int.h"

enum { BP_AGE = 35 };

static struct visit_screen *whole(struct form_screen *fs)
{
	return (struct visit_screen *)fs;
}

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	struct visit_screen *st = whole(fs);
	int32_t year = date_year(app_today(fs->app));
	AUTO_SBUF struct sbuf value = SBUF_INIT;
	const struct series_point *last;
	char iso[DATE_LEN];
	struct overview o;
	struct series bp;

	(void)ui;
	(void)arg;
	if (!*fs->resident) /* known by name alone */
		return true;
	if (!fs->rec->meta.revision && !fs->taken_up && value_is_empty(record_get(fs->rec, "first_or_repeat")))
		record_set_text(fs->rec, "first_or_repeat",
			visit_first_or_repeat(fs->app, fs->resident, app_today(fs->app)));
	if (!overview_read(fs->app, fs->resident, &fs->mem, &o, err) || !series_read(fs->app, o.row, &measure_bp, &bp, err))
		return false;
	last = series_last_taken(&bp);
	st->bp_due = o.age >= BP_AGE && (!last || date_year(last->day) < year);
	if (last) {
		measure_format(&measure_bp, &last->v, &value);
		snprintf(st->last_bp, sizeof st->last_bp, "%s %s", date_iso(last->day, iso), value.s);
	}
	return true;
}

/* ---- diagnoses ----------------------------------------------------------------------------------------------------------- */

struct record *visit_item(struct form_screen *fs, const char *path, const char **key)
{
	const char *bracket = strchr(path, '['), *dot = strchr(path, '.');
	const struct value *list;
	char name[32];
	long i;

	if (!bracket || !dot)
		return NULL;
	snprintf(name, sizeof name, "%.*s", (int)(bracket - path), path);
	list = record_get(fs->rec, name);
	i = strtol(bracket + 1, NULL, 10);
	*key = dot + 1;
	return i >= 0 && (size_t)i < list->n_items ? list->items[i] : NULL;
}

/* As it is written: capitals, and the point that fingers leave out ("j029" is J02.9). */
static void as_code(const char *s, char *out, size_t size)
{
	const bool no_point = strlen(s) > 3 && !strchr(s, '.') && strspn(s + 1, "0123456789") == strlen(s) - 1;
	size_t n = 0;

	for (; *s && n + 2 < size; s++) {
		if (no_point && n == 3)
			out[n++] = '.';
		out[n] = n ? *s : (char)toupper((unsigned char)*s); /* extensions keep their small x: I10.x00 */
		out[n] = out[n] == ' ' ? '_' : out[n];
		n++;
	}
	out[n] = '\0';
}

/* The words of a code: the county's own, or those of the code above it. */
static const char *words_of(struct form_screen *fs, struct ui *ui, const char *code)
{
	struct code_hit hit;
	struct err err;

	if (codes_by_code(fs->app, code, &fs->live, &hit, &err))
		return hit.text;
	ui_fail(ui, &err);
	return NULL;
}

/* What was typed as a code and is none is looked for: letters are pinyin. */
static unsigned open_picker(struct form_screen *fs, struct ui *ui, const char *path, const char *typed)
{
	const char *dot = strchr(path, '.');
	struct err err;

	snprintf(whole(fs)->item, sizeof whole(fs)->item, "%.*s", (int)(dot ? dot - path : 0), path);
	if (!ui_ask(ui, TAG_ICD10, &icd10_screen, typed, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static void code_typed(struct form_screen *fs, struct ui *ui, const char *path, struct record *item)
{
	const char *typed = record_text(item, "icd10");
	char code[24];

	if (!typed)
		return;
	as_code(typed, code, sizeof code);
	if (icd10_is_shaped(code)) {
		record_set_text(item, "icd10", code);
		if (value_is_empty(record_get(item, "text")))
			record_set_text(item, "text", words_of(fs, ui, code));
		return;
	}
	open_picker(fs, ui, path, arena_strdup(&fs->live, typed));
	record_clear(item, "icd10");
}

static void changed(struct form_screen *fs, struct ui *ui, const char *path)
{
	const char *key = NULL, *text;
	struct record *item = strncmp(path, "diagnosis[", 10) == 0 ? visit_item(fs, path, &key) : NULL;
	const struct icd10 *named;

	visit_drug_changed(fs, ui, path);
	if (!item)
		return;
	if (!strcmp(key, "icd10"))
		code_typed(fs, ui, path, item);
	text = record_text(item, "text");
	named = !strcmp(key, "text") && text && value_is_empty(record_get(item, "icd10")) ? icd10_named(text) : NULL;
	if (named)
		record_set_text(item, "icd10", named->code);
	form_refresh(&fs->form);
}

static bool pick(struct form_screen *fs, struct ui *ui, const struct field *f)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	form_path(&fs->form, &path);
	if (visit_drug_pick(fs, ui, path.s))
		return true;
	if (strncmp(path.s, "diagnosis[", 10) != 0 || (strcmp(f->key, "icd10") != 0 && strcmp(f->key, "text") != 0))
		return false;
	open_picker(fs, ui, path.s, fs->form.typed ? fs->form.edit.text.s : NULL);
	return true;
}

static unsigned answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	struct visit_screen *st = whole(fs);
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	struct record *item;
	const char *key, *words;

	if (tag == TAG_DRUG)
		return visit_drug_picked(fs, a);
	if (tag != TAG_ICD10)
		return 0;
	words = a->ok && a->text ? words_of(fs, ui, a->text) : NULL;
	if (!words)
		return UI_HANDLED | UI_REDRAW;
	sbuf_addf(&path, "%s.icd10", st->item);
	if (form_goto(&fs->form, path.s))
		form_put(&fs->form, a->text);
	item = visit_item(fs, path.s, &key);
	if (!item)
		return UI_HANDLED | UI_REDRAW;
	record_set_text(item, "icd10", a->text);
	record_set_text(item, "text", words);
	form_screen_refresh(fs);
	sbuf_clear(&path);
	sbuf_addf(&path, "%s.certainty", st->item);
	form_goto(&fs->form, path.s);
	return UI_HANDLED | UI_REDRAW;
}

/* ---- the box ------------------------------------------------------------------------------------------------------------- */

/* What the norms do at once, and what they do another day; of who is on a roster his follow-up says it. */
static void box_pressure(const struct form_screen *fs, struct form_box *out)
{
	const struct bp bp = { (int)record_num(fs->rec, "sbp", 0), (int)record_num(fs->rec, "dbp", 0) };
	int32_t born = fs->cx.resident ? record_day(fs->cx.resident, "birth_date") : NO_DAY;

	if (!bp_complete(&bp))
		return;
	if (bp_very_high(&bp))
		form_box_add(out, FACE_DANGER, _("Pressure"), "%s",
			_("very high: headache, chest pain, blurred sight, short of breath? Treat and refer at once, F6"));
	else if (bp_raised(&bp) && !(fs->cx.programmes && *fs->cx.programmes) && born != NO_DAY &&
		date_age(born, fs->cx.today) >= 18)
		form_box_add(out, FACE_DUE, _("Pressure"), "%s",
			_("raised: measured again on another day; the screening book is offered"));
}

static void box(const struct form_screen *fs, struct form_box *out)
{
	const struct visit_screen *st = (const struct visit_screen *)fs;
	bool here = !record_is(fs->rec, "informant", "2");

	if (st->bp_due && here && value_is_empty(record_get(fs->rec, "sbp")))
		form_box_add(out, FACE_DUE, _("Measure"), "%s%s%s", _("35 or older: no blood pressure this year yet"),
			*st->last_bp ? _("; last ") : "", st->last_bp);
	box_pressure(fs, out);
	form_screen_box(fs, out);
}

static bool shown(const struct form_screen *fs, const struct field *f)
{
	int32_t born = fs->cx.resident ? record_day(fs->cx.resident, "birth_date") : NO_DAY;

	if (f->flags & FIELD_HIDDEN)
		return false;
	/* set by the save; a new visit has neither */
	if (!strcmp(f->key, "queue_no") || !strcmp(f->key, "status"))
		return fs->rec->meta.revision > 0;
	if (!strncmp(f->key, "walkin_", 7))
		return !fs->cx.resident;
	/* the log asks the parent's name of children only */
	if (!strcmp(f->key, "guardian_name") && value_is_empty(record_get(fs->rec, f->key)))
		return born != NO_DAY && date_age(born, fs->cx.today) <= 14;
	return true;
}

/* Of the last visit only what is compared with today's. */
static bool no_last(void *ctx, const struct field *f)
{
	static const char *const keys[] = { "sbp", "dbp", "weight", "glucose" };

	(void)ctx;
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!strcmp(keys[i], f->key))
			return false;
	return true;
}

/* A follow-up or a referral begins with what was typed here, so the visit is saved first. */
static unsigned command(struct form_screen *fs, struct ui *ui, enum cmd cmd)
{
	if ((cmd != CMD_FOLLOW_UP && cmd != CMD_REFER) || !*fs->resident)
		return 0;
	whole(fs)->next = cmd;
	return form_screen_command(ui, fs, CMD_SAVE);
}

/* On the person's page, so that the way back from there is the usual one. */
static unsigned saved(struct form_screen *fs, struct ui *ui)
{
	const enum cmd next = whole(fs)->next;
	char resident[RECORD_ID_MAX + 1];
	struct open_arg arg = { .resident = resident };
	struct err err;

	if (next == CMD_NONE)
		return 0;
	snprintf(resident, sizeof resident, "%s", fs->resident);
	if (!ui_replace(ui, &resident_screen, &arg, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_CLOSE;
	}
	return person_command(ui, resident, next);
}

static const struct form_table table = {
	.kind = KIND_VISIT,
	.command = command,
	.saved = saved,
	.today = "date",
	.opened = opened,
	.changed = changed,
	.shown = shown,
	.box = box,
	.pick = pick,
	.answer = answer,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct visit_screen *st = state;

	if (!form_screen_open(ui, st, &table, arg, err))
		return false;
	st->fs.form.hooks.no_last = no_last;
	return true;
}

const struct screen visit_screen = {
	.name = "visit",
	.title = N_("Visit"),
	.state_size = sizeof(struct visit_screen),
	.keys = form_screen_keys,
	.open = open,
	FORM_SCREEN_MEMBERS,
};
