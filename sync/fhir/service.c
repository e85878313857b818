/* What a service at a person leaves behind: forms -> QuestionnaireResponse, the contact -> Encounter, readings ->
 * Observations.  Follow-ups and examinations are whole forms; of a visit the Encounter itself is the record. */
#include "sync/fhir/fhir_int.h"
#include "sync/fhir/fields.h"

#define LOINC "http://loinc.org"
#define UCUM  "http://unitsofmeasure.org"

/* ---- Encounter ---------------------------------------------------------------------------------------------------- */

static const struct {
	const char *mode, *code, *display;
} classes[] = {
	{ "1", "AMB", "ambulatory" },
	{ "2", "HH", "home health" },
	{ "3", "VR", "virtual" },
	{ "4", "FLD", "field" }, /* a market, the van: of a visit's places only */
};

static struct json_object *class_of(const char *mode)
{
	size_t i = N_ELEMENTS(classes);

	while (i > 0 && !(mode && strcmp(classes[i - 1].mode, mode) == 0))
		i--;
	i = i ? i - 1 : 0;
	return doc_coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", classes[i].code, classes[i].display);
}

/* Who did it: the forms name that person differently. */
static const char *performer(const struct record *rec)
{
	static const char *const keys[] = { "signed_by", "doctor", "responsible" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
		const struct field *f = form_field(rec->form, keys[i]);

		if (f && f->type == V_REF && record_text(rec, keys[i]))
			return record_text(rec, keys[i]);
	}
	return NULL;
}

void encounter_fill(const struct record *rec, struct json_object *doc, const char *mode)
{
	const char *who = performer(rec);

	json_object_object_add(doc, "class", class_of(mode));
	if (who)
		doc_put(doc, "participant{}.individual", doc_reference("Practitioner", who));
}

static struct json_object *encounter_of(struct encoder *enc, unsigned role, const char *mode)
{
	struct json_object *doc = encoder_add(enc, "Encounter", role, "subject");

	json_set_text(doc, "status", "finished");
	encounter_fill(enc->rec, doc, mode);
	doc_put_text(doc, "period.start", record_text(enc->rec, "date"));
	return doc;
}

/* ---- Observations: the vital signs that others look for; all else is in the form ---------------------------------- */

static const struct vital {
	unsigned role;
	const char *keys[3]; /* the first that the form has and that is filled */
	const char *loinc, *display, *unit, *ucum;
	bool laboratory;
	bool in_form; /* of a follow-up it stays in the form */
} vitals[] = {
	{ ROLE_HEART_RATE, { "hr", "heart_rate", "pulse" }, "8867-4", "Heart rate", "/min", "/min", false, false },
	{ ROLE_WEIGHT, { "weight", NULL, NULL }, "29463-7", "Body weight", "kg", "kg", false, false },
	{ ROLE_WAIST, { "waist", NULL, NULL }, "8280-0", "Waist circumference", "cm", "cm", false, false },
	{ ROLE_TEMPERATURE, { "temperature", "temp", NULL }, "8310-5", "Body temperature", "Cel", "Cel", false, false },
	{ ROLE_SPO2, { "spo2", NULL, NULL }, "59408-5", "Oxygen saturation by pulse oximetry", "%", "%", false, false },
	{ ROLE_GLUCOSE, { "fpg", NULL, NULL }, "14770-2", "Fasting glucose, capillary", "mmol/L", "mmol/L", true, false },
	{ ROLE_HBA1C, { "hba1c", NULL, NULL }, "4548-4", "Hemoglobin A1c", "%", "%", true, false },
	{ ROLE_RESPIRATION, { "resp", NULL, NULL }, "9279-1", "Respiratory rate", "/min", "/min", false, true },
	{ ROLE_HEIGHT, { "height", NULL, NULL }, "8302-2", "Body height", "cm", "cm", false, true },
	{ ROLE_BMI, { "bmi", NULL, NULL }, "39156-5", "Body mass index", "kg/m2", "kg/m2", false, true },
};

static struct json_object *quantity(const struct field *f, const struct value *v, const char *unit, const char *ucum)
{
	struct json_object *q = json_object_new_object();

	json_object_object_add(q, "value", json_new_decimal(v->num, f->places));
	json_set_text(q, "unit", unit);
	json_set_text(q, "system", UCUM);
	json_set_text(q, "code", ucum);
	return q;
}

static struct json_object *observation(struct encoder *enc, unsigned role, unsigned encounter, bool laboratory)
{
	struct json_object *doc = encoder_add(enc, "Observation", role, "subject");

	json_set_text(doc, "status", "final");
	doc_add(doc, "category", doc_concept("http://terminology.hl7.org/CodeSystem/observation-category",
				 laboratory ? "laboratory" : "vital-signs", NULL, NULL));
	json_object_object_add(doc, "encounter", encounter == ROLE_MAIN ?
		doc_reference("Encounter", enc->rec->meta.id) : encoder_reference(enc, "Encounter", encounter));
	doc_put_text(doc, "effectiveDateTime", record_text(enc->rec, "date"));
	return doc;
}

static const char *filled_key(const struct record *rec, const char *const keys[3])
{
	for (size_t i = 0; i < 3 && keys[i]; i++) {
		const struct value *v = record_get(rec, keys[i]);

		if (v->kind == V_INT || v->kind == V_DECIMAL)
			return keys[i];
	}
	return NULL;
}

static void one_vital(struct encoder *enc, const struct vital *vital, unsigned encounter)
{
	const char *key = filled_key(enc->rec, vital->keys);
	struct json_object *doc;

	if (!key)
		return;
	doc = observation(enc, vital->role, encounter, vital->laboratory);
	json_object_object_add(doc, "code", doc_concept(LOINC, vital->loinc, vital->display, NULL));
	json_object_object_add(doc, "valueQuantity", quantity(form_field(enc->rec->form, key), record_get(enc->rec, key),
							 vital->unit, vital->ucum));
}

static void component(struct encoder *enc, struct json_object *doc, const char *key, const char *loinc,
	const char *display)
{
	struct json_object *c = json_object_new_object();

	json_object_object_add(c, "code", doc_concept(LOINC, loinc, display, NULL));
	json_object_object_add(c, "valueQuantity", quantity(form_field(enc->rec->form, key), record_get(enc->rec, key),
							"mmHg", "mm[Hg]"));
	doc_add(doc, "component", c);
}

/* One panel with the pressure that counts: the mean where several were taken. */
static void blood_pressure(struct encoder *enc, unsigned encounter)
{
	static const char *const systolic[3] = { "sbp_mean", "sbp", NULL }, *const diastolic[3] = { "dbp_mean", "dbp", NULL };
	const char *sys = filled_key(enc->rec, systolic), *dia = filled_key(enc->rec, diastolic);
	struct json_object *doc;

	if (!sys || !dia)
		return;
	doc = observation(enc, ROLE_BP, encounter, false);
	json_object_object_add(doc, "code", doc_concept(LOINC, "85354-9", "Blood pressure panel", NULL));
	component(enc, doc, sys, "8480-6", "Systolic");
	component(enc, doc, dia, "8462-4", "Diastolic");
}

/* A visit's glucose: the code says whether the patient had eaten. */
static void glucose(struct encoder *enc, unsigned encounter)
{
	const struct value *v = record_get(enc->rec, "glucose");
	bool fasting = record_is(enc->rec, "glucose_kind", "2");
	struct json_object *doc;

	if (value_is_empty(v))
		return;
	doc = observation(enc, ROLE_GLUCOSE, encounter, true);
	json_object_object_add(doc, "code", doc_concept(LOINC, fasting ? "14770-2" : "14743-9",
					     fasting ? "Fasting glucose, capillary" : "Glucose, capillary", NULL));
	json_object_object_add(doc, "valueQuantity", quantity(form_field(enc->rec->form, "glucose"), v, "mmol/L", "mmol/L"));
}

void observations_of(struct encoder *enc, unsigned encounter, bool of_followup)
{
	blood_pressure(enc, encounter);
	glucose(enc, encounter);
	for (size_t i = 0; i < N_ELEMENTS(vitals); i++)
		if (!of_followup || !vitals[i].in_form)
			one_vital(enc, &vitals[i], encounter);
}

/* ---- whole forms: follow-up, examination -------------------------------------------------------------------------- */

static void write_form(const struct record *rec, struct json_object *doc)
{
	const char *resident = record_text(rec, "resident"), *who = performer(rec);
	char id[RECORD_ID_MAX + 1], url[128];

	snprintf(url, sizeof(url), "%s:%s|%s", FHIR_FORM_URL, rec->form->code, rec->form->edition);
	json_set_text(doc, "questionnaire", url);
	json_set_text(doc, "status", "completed");
	if (resident)
		json_object_object_add(doc, "subject", doc_reference("Patient", resident));
	fhir_derived_id(rec->meta.id, ROLE_ENCOUNTER, id);
	json_object_object_add(doc, "encounter", doc_reference("Encounter", id));
	doc_put_text(doc, "authored", record_text(rec, "date"));
	if (who)
		json_object_object_add(doc, "author", doc_reference("Practitioner", who));
}

static void derive_followup(struct encoder *enc)
{
	encounter_of(enc, ROLE_ENCOUNTER, record_text(enc->rec, "mode"));
	observations_of(enc, ROLE_ENCOUNTER, true);
}

static void derive_exam(struct encoder *enc)
{
	encounter_of(enc, ROLE_ENCOUNTER, NULL);
	observations_of(enc, ROLE_ENCOUNTER, false);
}

const struct fhir_kind fhir_followup = { .kind = KIND_FOLLOWUP, .type = "QuestionnaireResponse", .whole_form = true,
	.write = write_form, .derive = derive_followup };

const struct fhir_kind fhir_exam = { .kind = KIND_EXAM, .type = "QuestionnaireResponse", .whole_form = true,
	.write = write_form, .derive = derive_exam };
