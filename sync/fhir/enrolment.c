/* Roster membership -> EpisodeOfCare, and the diagnosis behind it -> Condition. */
#include "app/programmes/programmes.h"
#include "sync/fhir/fhir_int.h"

#define ICD10 "urn:oid:2.16.156.10011.2.3.3.11.1"

static const struct fhir_pair statuses[] = {
	{ "active", "active" }, { "paused", "onhold" }, { "lost", "onhold" }, { "ended", "finished" }, { NULL, NULL },
};

static const struct fhir_map maps[] = {
	{ "status", "status", AS_PAIRS, NULL, statuses },
	{ "programme", "type{}", AS_CONCEPT, "urn:cunyi:programme", NULL },
	{ "resident", "patient", AS_REFERENCE, NULL, NULL },
	{ "enrolled_on", "period.start", AS_TEXT, NULL, NULL },
	{ "ended_on", "period.end", AS_TEXT, NULL, NULL },
	{ "responsible_doctor", "careManager", AS_REFERENCE, NULL, NULL },
	{ "care_team", "team{}", AS_REFERENCE, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

/* The programme, if it is about a disease that it names. */
static const struct programme *of_disease(const struct record *rec)
{
	const char *code = record_text(rec, "programme");
	const struct programme *p = code ? programme_by_code(code) : NULL;

	return p && p->icd10 ? p : NULL;
}

/* The code that the doctor found where there is one, else the programme's own. */
static struct json_object *code_of(const struct record *rec, const struct programme *p)
{
	const char *code = record_text(rec, "icd10");

	if (!code || !strcmp(code, p->icd10[0]))
		return doc_concept(ICD10, p->icd10[0], p->disease.zh, NULL);
	return doc_concept(ICD10, code, NULL, p->disease.zh);
}

static void refer(struct encoder *enc)
{
	if (of_disease(enc->rec))
		encoder_diagnosis(enc, ROLE_CONDITION);
}

/* Enrolled by mistake: the disease was never there, and nobody at the county is to read that it was. */
static bool was_mistaken(const struct record *rec)
{
	return record_is(rec, "status", "ended") && record_is(rec, "end_reason", "6");
}

static void derive(struct encoder *enc)
{
	static const char clinical[] = "http://terminology.hl7.org/CodeSystem/condition-clinical";
	static const char verified[] = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
	const struct programme *p = of_disease(enc->rec);
	struct json_object *doc;

	if (!p)
		return;
	doc = encoder_add(enc, "Condition", ROLE_CONDITION, "subject");
	if (was_mistaken(enc->rec)) { /* R4 forbids a clinicalStatus beside it */
		json_object_object_add(doc, "verificationStatus", doc_concept(verified, "entered-in-error", NULL, NULL));
	} else {
		json_object_object_add(doc, "clinicalStatus", doc_concept(clinical, "active", NULL, NULL));
		json_object_object_add(doc, "verificationStatus", doc_concept(verified, "confirmed", NULL, NULL));
	}
	json_object_object_add(doc, "code", code_of(enc->rec, p));
	doc_put_text(doc, "onsetDateTime", record_text(enc->rec, "diagnosed_on"));
	doc_put_text(doc, "recordedDate", record_text(enc->rec, "enrolled_on"));
}

const struct fhir_kind fhir_enrolment = { .kind = KIND_ENROLMENT, .type = "EpisodeOfCare", .maps = maps,
	.refer = refer, .derive = derive };
