/* The yearly examination: the whole form on pages like the paper's sheets.  Enter passes what does not apply: texts of
 * codes that were not chosen, amounts of who does not smoke.  What is not for this person is not shown at all. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/exams.h"
#include "screens/form_screen.h"

static bool opened(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err)
{
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	const int32_t day = record_day(fs->rec, "date");

	(void)ui;
	(void)arg;
	if (*fs->rec->meta.id || fs->taken_up || !fs->cx.resident)
		return true;
	if (!exam_programmes(fs->app, fs->cx.resident, day == NO_DAY ? app_today(fs->app) : day, &codes, err))
		return false;
	record_set_text(fs->rec, "programmes", codes.s);
	if (value_is_empty(record_get(fs->rec, "responsible")))
		record_set_text(fs->rec, "responsible", fs->app->actor);
	return true;
}

static bool filled(const struct form_screen *fs, const struct field *f)
{
	return !value_is_empty(record_get(fs->rec, f->key));
}

/* Items of one sex; what was entered all the same stays in sight. */
static bool shown(const struct form_screen *fs, const struct field *f)
{
	static const char *const women_only[] = { "vulva", "vagina", "cervix", "uterus", "adnexa", "cervical_smear" };
	const char *sex = fs->cx.resident ? record_text(fs->cx.resident, "sex") : NULL;

	if (!sex || strcmp(sex, "1") != 0 || filled(fs, f))
		return true;
	for (size_t i = 0; i < N_ELEMENTS(women_only); i++) {
		size_t n = strlen(women_only[i]);

		if (!strncmp(f->key, women_only[i], n) && (f->key[n] == '\0' || !strcmp(f->key + n, "_other")))
			return false;
	}
	return true;
}

/* Is "ecg_other" asked for by the code of "ecg"? */
static bool other_is_asked(const struct record *rec, const struct field *text)
{
	char key[96];
	size_t n = strlen(text->key);
	const struct field *f;

	snprintf(key, sizeof key, "%.*s", (int)(n - strlen("_other")), text->key);
	f = form_field(rec->form, key);
	for (const struct code *c = f ? f->codes : NULL; c && c->code; c++)
		if (c->other && record_is(rec, key, c->code))
			return true;
	return false;
}

static bool passed(void *ctx, const struct field *f)
{
	static const char *const rare[] = { "place", "exercise_years", "exercise_kind", "fpg_mgdl", "corrected_left",
		"corrected_right", "blood_other", "urine_other", "urine_albumin" };
	static const struct {
		const char *key, *field, *code;
	} places[] = { { "teeth_missing", "teeth", "2" }, { "teeth_caries", "teeth", "3" }, { "teeth_denture", "teeth", "4" },
		{ "hazards", "occupational", "2" }, { "abnormalities", "evaluation", "2" } };
	const struct form_screen *fs = ctx;
	size_t n = strlen(f->key);

	if (n > 6 && !strcmp(f->key + n - 6, "_other") && form_field(fs->rec->form, f->key))
		return !other_is_asked(fs->rec, f);
	for (size_t i = 0; i < N_ELEMENTS(rare); i++)
		if (!strcmp(rare[i], f->key))
			return true;
	for (size_t i = 0; i < N_ELEMENTS(places); i++)
		if (!strcmp(places[i].key, f->key))
			return !record_is(fs->rec, places[i].field, places[i].code);
	return f->required == REQUIRED_COMPLETE && fs->rec->form->needed && !fs->rec->form->needed(fs->rec, f, fs->cx.today);
}

/* What does not fit comes first; of what is only missing the page's own is named and the rest counted: there are ten. */
static void box(const struct form_screen *fs, struct form_box *out)
{
	AUTO_SBUF struct sbuf lacks = SBUF_INIT;
	const struct field *here = form_field_now(&fs->form);
	unsigned elsewhere = 0;

	if (!fs->previewed)
		return;
	for (const struct finding *f = fs->preview.findings.first; f; f = f->next) {
		const struct field *fd = form_field(fs->rec->form, f->field);

		if (strcmp(f->code, "incomplete") != 0)
			form_box_add(out, f->level == FINDING_ERROR ? FACE_DANGER : FACE_DUE, _("Mind"), "%s", f->message);
		else if (fd && here && fd->page == here->page)
			sbuf_addf(&lacks, "%s%s", lacks.len ? ", " : "", field_label(fd));
		else
			elsewhere++;
	}
	if (elsewhere) { /* before the names, which may be cut */
		AUTO_SBUF struct sbuf count = SBUF_INIT;

		sbuf_addf(&count, ngettext("%u item on other pages%s", "%u items on other pages%s", elsewhere), elsewhere,
			lacks.len ? "; " : "");
		sbuf_splice(&lacks, 0, 0, count.s, count.len);
	}
	if (lacks.len)
		form_box_add(out, FACE_DIM, _("Lacking"), "%s", lacks.s);
}

static const struct form_table table = { .kind = KIND_EXAM, .today = "date", .ask_blank = true, .signed_by = "responsible",
	.opened = opened, .shown = shown, .box = box };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct form_screen *fs = state;

	if (!form_screen_open(ui, state, &table, arg, err))
		return false;
	fs->form.hooks.passed = passed;
	if (*fs->rec->meta.id || fs->taken_up)
		return true;
	form_given(&fs->form, "responsible");
	form_given(&fs->form, "programmes");
	form_goto(&fs->form, "symptoms");
	return true;
}

const struct screen exam_screen = {
	.name = "exam", .title = N_("Examination"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = open, FORM_SCREEN_MEMBERS,
};
