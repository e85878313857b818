/* The visit: readings that cannot be, a symptom where a disease belongs, drugs that must not be given. */
#include <string.h>

#include "app/clinic/forms/forms_int.h"

enum { BP_DIFFERENCE_MIN = 20, PARENT_AGE = 14, DRUGS_MAX = 5, DAYS_USUAL = 7 };

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

/* ---- drugs ----------------------------------------------------------------------------------------------------- */

/* An allergy stops the class, not the name.  Cephalosporins are a question: which reaction, how severe? */
static const struct allergy_class {
	const char *allergy; /* code of the resident's drug_allergy */
	const char *part;    /* of the drug's name */
	bool ask;
} allergy_classes[] = {
	{ "2", "青霉素", false },
	{ "2", "西林", false },
	{ "2", "头孢", true },
	{ "3", "磺胺", false },
	{ "3", "复方新诺明", false },
	{ "4", "链霉素", false },
	{ "4", "庆大霉素", true },
	{ "4", "阿米卡星", true },
};

static bool is_antibiotic(const char *name)
{
	static const char *const parts[] = { "西林", "青霉素", "头孢", "霉素", "沙星", "硝唑", "新诺明" };

	for (size_t i = 0; i < N_ELEMENTS(parts); i++)
		if (strstr(name, parts[i]))
			return true;
	return false;
}

/* J00 to J06: nearly always a virus. */
static bool has_cold(const struct record *rec)
{
	const struct value *list = record_get(rec, "diagnosis");

	for (size_t i = 0; i < list->n_items; i++) {
		const char *icd = record_text(list->items[i], "icd10"), *text = record_text(list->items[i], "text");

		if (icd ? !strncmp(icd, "J00", 3) || !strncmp(icd, "J06", 3) : text && strstr(text, "上呼吸道感染"))
			return true;
	}
	return false;
}

static void check_allergy(const struct record *resident, const char *drug, const char *path, struct findings *out)
{
	const char *other = record_text(resident, "drug_allergy_other");

	for (size_t i = 0; i < N_ELEMENTS(allergy_classes); i++) {
		const struct allergy_class *c = &allergy_classes[i];

		if (!record_is(resident, "drug_allergy", c->allergy) || !strstr(drug, c->part))
			continue;
		if (c->ask)
			finding_question(out, path,
				_("%s: allergic to a drug of a related class. Which reaction, how severe? Prescribe "
				  "it?"),
				drug);
		else
			finding_error(out, ERR_NOT_ALLOWED, path, _("%s: the resident is allergic to this class."), drug);
		return;
	}
	if (other && (strstr(other, drug) || strstr(drug, other)))
		finding_error(out, ERR_NOT_ALLOWED, path, _("%s: the resident is allergic to it."), drug);
}

static void check_drug(const struct record *rec, size_t i, const struct record *resident, struct findings *out)
{
	const struct record *item = record_get(rec, "prescriptions")->items[i];
	const char *name = record_text(item, "name");
	char path[FORM_PATH];

	if (name && resident)
		check_allergy(resident, name, form_item_path("prescriptions", i, "name", path), out);
	if (name && has_cold(rec) && is_antibiotic(name))
		finding_question(out, form_item_path("prescriptions", i, "name", path),
			_("%s is an antibiotic, and the diagnosis is a cold. Prescribe it?"), name);
	if (record_num(item, "days", 0) > DAYS_USUAL && !record_text(item, "note"))
		finding_warning(out, "long_prescription", form_item_path("prescriptions", i, "note", path),
			_("More than 7 days: write the reason."));
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
	const struct value *diagnoses = record_get(rec, "diagnosis"), *drugs = record_get(rec, "prescriptions");
	int32_t day = record_day(rec, "date"), onset = record_day(rec, "onset_date");
	int age = form_age(cx, day);

	form_service_date(rec, "date", cx, out);
	form_service_date(rec, "onset_date", cx, out);
	if (day != NO_DAY && onset != NO_DAY && onset > day)
		finding_error(out, ERR_INCONSISTENT, "onset_date", _("The illness began after the visit."));
	check_readings(rec, out);
	check_fever(rec, out);
	check_finished(rec, out);
	if (age >= 0 && age <= PARENT_AGE)
		form_still_missing(rec, "guardian_name", out);
	for (size_t i = 0; i < diagnoses->n_items; i++)
		check_diagnosis(diagnoses->items[i], i, out);
	for (size_t i = 0; i < drugs->n_items; i++)
		check_drug(rec, i, cx->resident, out);
	if (drugs->n_items > DRUGS_MAX)
		finding_question(out, "prescriptions", _("More than five drugs on one sheet. Is it right?"));
}
