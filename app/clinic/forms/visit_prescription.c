/* The prescription of a visit: who must not have which class, skin tests, how many drugs, for how long. */
#include <string.h>

#include "app/clinic/drugs.h"
#include "app/clinic/forms/forms_int.h"

/* 处方管理办法 2007; 长期处方管理规范 2021. */
enum { DRUGS_MAX = 5, DAYS_EMERGENCY = 3, DAYS_USUAL = 7, DAYS_LONG_USUAL = 28, DAYS_LONG_MAX = 84 };

/* J00 and J06: nearly always a virus. */
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
	switch (drug_allergy(resident, drug)) {
	case DRUG_STOP:
		finding_error(out, ERR_NOT_ALLOWED, path, _("%s: the resident is allergic to this class."), drug);
		break;
	case DRUG_ASK:
		finding_question(out, path,
			_("%s: allergic to a drug of a related class. Which reaction, how severe? Prescribe it?"), drug);
		break;
	case DRUG_FINE:
		break;
	}
}

static void check_skin_test(const struct record *item, const char *drug, size_t i, struct findings *out)
{
	char path[FORM_PATH];

	form_item_path("prescriptions", i, "skin_test", path);
	if (record_is(item, "skin_test", "2"))
		finding_error(out, ERR_NOT_ALLOWED, path, _("%s: the skin test was positive."), drug);
	else if (drug_needs_skin_test(drug) && value_is_empty(record_get(item, "skin_test")))
		finding_question(out, path, _("%s is given after a skin test. Save it without the result?"), drug);
}

static void check_days(const struct record *rec, const struct record *item, size_t i, struct findings *out)
{
	const int64_t days = record_num(item, "days", 0);
	char path[FORM_PATH];

	form_item_path("prescriptions", i, "days", path);
	if (days > DAYS_LONG_MAX) {
		finding_error(out, ERR_OUT_OF_RANGE, path, _("A prescription is for 12 weeks (84 days) at most."));
		finding_example(out, "84");
	} else if (days > DAYS_LONG_USUAL) {
		/* its evaluation and agreement are asked for once, below */
	} else if (record_is(rec, "rx_kind", "2") && days > DAYS_EMERGENCY) {
		finding_question(out, path, _("An emergency prescription is for 3 days at most. Is it right?"));
	} else if (days > DAYS_USUAL && !record_is(rec, "rx_kind", "3") && !record_text(item, "note")) {
		finding_question(out, form_item_path("prescriptions", i, "note", path),
			_("More than 7 days: write the reason. Save it without?"));
	}
}

static void check_drug(const struct record *rec, size_t i, const struct record *resident, struct findings *out)
{
	const struct record *item = record_get(rec, "prescriptions")->items[i];
	const char *name = record_text(item, "name");
	char path[FORM_PATH];

	check_days(rec, item, i, out);
	if (!name)
		return;
	form_item_path("prescriptions", i, "name", path);
	if (resident)
		check_allergy(resident, name, path, out);
	if (has_cold(rec) && drug_is_antibiotic(name))
		finding_question(out, path, _("%s is an antibiotic, and the diagnosis is a cold. Prescribe it?"), name);
	check_skin_test(item, name, i, out);
}

/* Above four weeks: stable, judged, written down, and the patient agrees. */
static void check_long(const struct record *rec, struct findings *out)
{
	const struct value *list = record_get(rec, "prescriptions");
	int64_t longest = 0;

	for (size_t i = 0; i < list->n_items; i++)
		if (record_num(list->items[i], "days", 0) > longest)
			longest = record_num(list->items[i], "days", 0);
	if (longest <= DAYS_LONG_USUAL)
		return;
	if (!record_text(rec, "long_evaluation"))
		finding_error(out, ERR_REQUIRED, "long_evaluation",
			_("More than 4 weeks: write how the patient was judged to be stable."));
	if (!record_is(rec, "long_confirmed", "2"))
		finding_error(out, ERR_REQUIRED, "long_confirmed", _("More than 4 weeks: the patient has to agree."));
}

void visit_check_prescription(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const struct value *drugs = record_get(rec, "prescriptions");

	for (size_t i = 0; i < drugs->n_items; i++)
		check_drug(rec, i, cx->resident, out);
	check_long(rec, out);
	if (drugs->n_items > DRUGS_MAX)
		finding_question(out, "prescriptions", _("More than five drugs on one sheet. Is it right?"));
}
