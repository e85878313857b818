/* Visit -> Encounter, its diagnoses -> Condition, its prescription lines -> MedicationRequest, readings -> Observation. */
#include "sync/fhir/fhir_int.h"

#define DRUG_FORM "urn:cunyi:drug-form"
#define ICD10 "urn:oid:2.16.156.10011.2.3.3.11.1"

enum { DIAGNOSES_MAX = 10, PRESCRIPTIONS_MAX = 15 }; /* as resources of their own; the form holds them all */

static const struct fhir_pair statuses[] = {
	{ "registered", "arrived" },  { "in_progress", "in-progress" }, { "finished", "finished" },
	{ "cancelled", "cancelled" }, { "no_show", "cancelled" },        { NULL, NULL },
};

/* The class says how they met; the place travels beside it. */
static const struct fhir_pair modes[] = {
	{ "1", "1" }, { "2", "2" }, { "3", "4" }, { "4", "4" }, { "5", "3" }, { NULL, NULL },
};

static const struct fhir_map maps[] = {
	{ "status", "status", AS_PAIRS, NULL, statuses },
	{ "resident", "subject", AS_REFERENCE, NULL, NULL },
	{ "doctor", "participant{}.individual", AS_REFERENCE, NULL, NULL },
	{ "complaint", "reasonCode{}.text", AS_TEXT, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

static void write(const struct record *rec, struct json_object *doc)
{
	const char *start = record_text(rec, "started_at");

	encounter_fill(rec, doc, fhir_pair_to(modes, record_text(rec, "place")));
	doc_put_text(doc, "period.start", start ? start : record_text(rec, "date"));
}

static struct json_object *encounter_ref(const struct encoder *enc)
{
	return doc_reference("Encounter", enc->rec->meta.id);
}

static void derive_diagnosis(struct encoder *enc, const struct record *item, unsigned i)
{
	static const char verified[] = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
	const char *icd = record_text(item, "icd10"), *text = record_text(item, "text");
	struct json_object *doc = encoder_add(enc, "Condition", ROLE_DIAGNOSIS + i, "subject");

	json_object_object_add(doc, "verificationStatus", doc_concept(verified,
		record_is(item, "certainty", "2") ? "provisional" : "confirmed", NULL, NULL));
	doc_add(doc, "category", doc_concept("http://terminology.hl7.org/CodeSystem/condition-category",
				 "encounter-diagnosis", NULL, NULL));
	json_object_object_add(doc, "code", doc_concept(ICD10, icd, NULL, text));
	json_object_object_add(doc, "encounter", encounter_ref(enc));
	doc_put_text(doc, "recordedDate", record_text(enc->rec, "date"));
}

/* Route, dose and unit as on the paper; how often and how long in numbers. */
static struct json_object *dosage(const struct record *item)
{
	static const char *const keys[] = { "route", "dose", "unit" };
	struct json_object *o = json_object_new_object();
	int64_t times = record_num(item, "times_per_day", 0), days = record_num(item, "days", 0);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
		const struct field *f = form_field(item->form, keys[i]);
		const struct value *v = record_get(item, keys[i]);
		const struct code *c = f->type == V_CODE && v->text ? field_code(f, v->text) : NULL;

		if (value_is_empty(v))
			continue;
		if (text.len)
			sbuf_addc(&text, ' ');
		if (c)
			sbuf_adds(&text, c->term.zh);
		else
			field_format(f, v, false, &text);
	}
	doc_put_text(o, "text", text.s);
	if (times > 0) {
		doc_put(o, "timing.repeat.frequency", json_object_new_int64(times));
		doc_put(o, "timing.repeat.period", json_object_new_int64(1));
		doc_put(o, "timing.repeat.periodUnit", json_object_new_string("d"));
	}
	if (days > 0) {
		doc_put(o, "timing.repeat.boundsDuration.value", json_object_new_int64(days));
		doc_put(o, "timing.repeat.boundsDuration.unit", json_object_new_string("d"));
		doc_put(o, "timing.repeat.boundsDuration.system", json_object_new_string("http://unitsofmeasure.org"));
		doc_put(o, "timing.repeat.boundsDuration.code", json_object_new_string("d"));
	}
	if (json_object_object_length(o))
		return o;
	json_object_put(o);
	return NULL;
}

/* A drug whose form is known is a Medication of its own inside the request: form has no other place in R4 (its page says so),
 * and a request that is read alone still has all of it.  Without a form the text alone says the drug, as it always did. */
static void put_drug(struct json_object *doc, const struct record *item)
{
	static const char inside[] = "drug";
	const char *name = record_text(item, "name"), *strength = record_text(item, "strength");
	const struct field *f = form_field(item->form, "form");
	const struct code *form = record_text(item, "form") ? field_code(f, record_text(item, "form")) : NULL;
	const char *words = form && form->other ? record_text(item, "form_other") : NULL;
	struct json_object *drug;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_addf(&text, "%s%s%s", name ? name : "", strength ? " " : "", strength ? strength : "");
	if (!form) {
		json_object_object_add(doc, "medicationCodeableConcept", doc_concept(NULL, NULL, NULL, text.s));
		return;
	}
	drug = json_object_new_object();
	json_set_text(drug, "resourceType", "Medication");
	json_set_text(drug, "id", inside);
	json_object_object_add(drug, "code", doc_concept(NULL, NULL, NULL, text.s));
	json_object_object_add(drug, "form", doc_concept(DRUG_FORM, form->code, form->term.zh, words));
	doc_add(doc, "contained", drug);
	doc_put_text(doc, "medicationReference.reference", "#drug");
	doc_put_text(doc, "medicationReference.display", text.s);
}

/* What it counts is words of the clinic's own (盒, 瓶, 片): no code of UCUM says a box. */
static void put_quantity(struct json_object *doc, const struct record *item)
{
	const struct value *v = record_get(item, "quantity");

	if (value_is_empty(v))
		return;
	doc_put(doc, "dispenseRequest.quantity.value", json_new_decimal(v->num, form_field(item->form, "quantity")->places));
	doc_put_text(doc, "dispenseRequest.quantity.unit", record_text(item, "quantity_unit"));
}

/* Who gave it out stands with the Encounter as a field of the form: R4's place for it is a MedicationDispense, an event of its
 * own for each line, and the sheet asks for no such thing.  `performer` here is who is to administer it, which is nobody. */
static void derive_prescription(struct encoder *enc, const struct record *item, unsigned i)
{
	struct json_object *doc = encoder_add(enc, "MedicationRequest", ROLE_PRESCRIPTION + i, "subject");
	const char *doctor = record_text(enc->rec, "doctor");
	struct json_object *how = dosage(item);

	json_set_text(doc, "status", "active");
	json_set_text(doc, "intent", "order");
	put_drug(doc, item);
	json_object_object_add(doc, "encounter", encounter_ref(enc));
	doc_put_text(doc, "authoredOn", record_text(enc->rec, "date"));
	if (doctor)
		json_object_object_add(doc, "requester", doc_reference("Practitioner", doctor));
	if (how)
		doc_add(doc, "dosageInstruction", how);
	put_quantity(doc, item);
}

static unsigned diagnoses_of(const struct encoder *enc)
{
	size_t n = record_get(enc->rec, "diagnosis")->n_items;

	return n < DIAGNOSES_MAX ? (unsigned)n : DIAGNOSES_MAX;
}

static void refer(struct encoder *enc)
{
	for (unsigned i = 0; i < diagnoses_of(enc); i++)
		encoder_diagnosis(enc, ROLE_DIAGNOSIS + i);
}

static void derive(struct encoder *enc)
{
	const struct value *diagnoses = record_get(enc->rec, "diagnosis"), *drugs = record_get(enc->rec, "prescriptions");

	for (unsigned i = 0; i < diagnoses_of(enc); i++)
		derive_diagnosis(enc, diagnoses->items[i], i);
	for (unsigned i = 0; i < drugs->n_items && i < PRESCRIPTIONS_MAX; i++)
		derive_prescription(enc, drugs->items[i], i);
	observations_of(enc, ROLE_MAIN, false);
}

const struct fhir_kind fhir_visit = { .kind = KIND_VISIT, .type = "Encounter", .tag = "visit", .maps = maps, .write = write,
	.refer = refer, .derive = derive };
