/* The visit: readings that cannot be, a symptom where a disease belongs, drugs that must not be given. */
#include <string.h>

#include "app/clinic/forms/forms_int.h"
#include "app/clinic/notifiable.h"

enum { BP_DIFFERENCE_MIN = 20, PARENT_AGE = 14 };

void visit_compute(struct record *rec, const struct form_context *cx)
{
	int32_t day = record_day(rec, "date");

	/* Late is told when it is written for the first time; editing it tomorrow does not make it late. */
	if (day != NO_DAY && rec->meta.revision == 0)
		record_set_text(rec, "entered_late", day < cx->today ? "2" : "1");
}

static void check_readings(const struct record *rec, struct findings *out)
{
	static const char *const measured[] = { "sbp", "dbp", "pulse", "temperature", "resp", "weight", "height", "waist",
		"spo2", "glucose" };
	int64_t sbp = record_num(rec, "sbp", 0), dbp = record_num(rec, "dbp", 0);

	if (sbp && dbp && dbp >= sbp)
		finding_error(out, ERR_INCONSISTENT, "dbp", _("The diastolic pressure must be below the systolic."));
	else if (sbp && dbp && sbp - dbp < BP_DIFFERENCE_MIN)
		finding_question(out, "dbp", _("The pressures lie less than 20 mmHg apart. Is it right?"));
	if (sbp && !dbp)
		form_still_missing(rec, "dbp", out);
	if (dbp && !sbp)
		form_still_missing(rec, "sbp", out);
	if (!value_is_empty(record_get(rec, "glucose")))
		form_still_missing(rec, "glucose_kind", out);
	if (!record_is(rec, "informant", "2"))
		return;
	for (size_t i = 0; i < N_ELEMENTS(measured); i++)
		if (!value_is_empty(record_get(rec, measured[i])))
			finding_error(out, ERR_INCONSISTENT, measured[i],
				_("A relative's report has no readings; leave this empty."));
}

/* ---- diagnoses ----------------------------------------------------------------------------------------------- */

static bool is_symptom(const char *icd, const char *text)
{
	static const char *const alone[] = { "发热", "发烧", "咳嗽", "腹痛", "头痛", "头晕", "腹泻", "呕吐" };

	if (icd)
		return icd10_is_symptom(icd);
	for (size_t i = 0; text && i < N_ELEMENTS(alone); i++)
		if (!strcmp(text, alone[i]))
			return true;
	return false;
}

/* Suspected ones, too: the clock starts with the suspicion. */
static void check_notifiable(const struct record *item, size_t i, int32_t day, struct findings *out)
{
	const char *key = notifiable_of(record_text(item, "icd10"), record_text(item, "text"), day);
	const struct notifiable_rule *rule = key ? notifiable_rule_on(key, day) : NULL;
	char path[FORM_PATH];

	for (const struct code *c = notifiable_codes; rule && c->code; c++)
		if (!strcmp(c->code, key))
			finding_warning(out, "notifiable", form_item_path("diagnosis", i, "text", path),
				_("%s is notifiable, class %c: report it within %d hours. The card is made with the save."),
				term_text(&c->term), rule->class_, rule->hours);
}

/* A slip of the finger must not leave a case unreported. */
static void check_like_notifiable(const struct record *item, size_t i, int32_t day, struct findings *out)
{
	const char *text = record_text(item, "text"), *key = notifiable_like(record_text(item, "icd10"), text, day);
	char path[FORM_PATH];

	for (const struct code *c = notifiable_codes; key && c->code; c++)
		if (!strcmp(c->code, key))
			finding_warning(out, "notifiable_like", form_item_path("diagnosis", i, "text", path),
				_("%s: is it %s? That is notifiable; if so, write its name or its code."), text,
				term_text(&c->term));
}

static void check_diagnosis(const struct record *item, size_t i, struct findings *out)
{
	const char *icd = record_text(item, "icd10"), *text = record_text(item, "text");
	char path[FORM_PATH];

	if (icd && !icd10_is_shaped(icd)) {
		finding_error(out, ERR_INVALID_VALUE, form_item_path("diagnosis", i, "icd10", path),
			_("\"%s\" is no ICD-10 code."), icd);
		finding_example(out, "I10");
	} else if (is_symptom(icd, text)) {
		finding_warning(out, "symptom_diagnosis", form_item_path("diagnosis", i, icd ? "icd10" : "text", path),
			_("%s is a symptom; the log wants a disease."), text ? text : icd);
	}
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void check_finished(const struct record *rec, struct findings *out)
{
	if (!record_is(rec, "status", "finished"))
		return;
	form_still_missing(rec, "diagnosis", out);
	form_still_missing(rec, "treatment", out);
}

static void check_fever(const struct record *rec, struct findings *out)
{
	const char *complaint = record_text(rec, "complaint");

	if (complaint && (strstr(complaint, "发热") || strstr(complaint, "发烧")) && !record_is(rec, "informant", "2"))
		form_still_missing(rec, "temperature", out);
}

void visit_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const struct value *diagnoses = record_get(rec, "diagnosis");
	int32_t day = record_day(rec, "date"), onset = record_day(rec, "onset_date");
	int age = form_age(cx, day);

	if (!record_text(rec, "resident") && !record_text(rec, "walkin_name")) {
		finding_error(out, ERR_REQUIRED, "resident", _("Who is it? Choose a resident, or give at least the name."));
		finding_example(out, "walkin_name");
	}
	form_service_date(rec, "date", cx, out);
	form_service_date(rec, "onset_date", cx, out);
	if (day != NO_DAY && onset != NO_DAY && onset > day)
		finding_error(out, ERR_INCONSISTENT, "onset_date", _("The illness began after the visit."));
	check_readings(rec, out);
	check_fever(rec, out);
	check_finished(rec, out);
	if (age >= 0 && age <= PARENT_AGE)
		form_still_missing(rec, "guardian_name", out);
	for (size_t i = 0; i < diagnoses->n_items; i++) {
		check_diagnosis(diagnoses->items[i], i, out);
		check_notifiable(diagnoses->items[i], i, day, out);
		check_like_notifiable(diagnoses->items[i], i, day, out);
	}
	visit_check_prescription(rec, cx, out);
}
