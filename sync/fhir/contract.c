/* Family-doctor contract -> Contract, linked to the team's CareTeam. */
#include "sync/fhir/fhir_int.h"

/* As in app/clinic/states.c; what Contract.status cannot tell apart travels as an extension. */
static const struct fhir_pair statuses[] = {
	{ "active", "executed" },      { "draft", "negotiable" },    { "pending", "executable" },
	{ "terminated", "terminated" }, { "terminating", "executed" }, { "expired", "executed" },
	{ "renewed", "renewed" },      { "transferred", "terminated" }, { "rejected", "rejected" },
	{ "cancelled", "cancelled" },  { "withdrawn", "cancelled" },  { NULL, NULL },
};

static const struct fhir_map maps[] = {
	{ "status", "status", AS_PAIRS, NULL, statuses },
	{ "resident", "subject{}", AS_REFERENCE, NULL, NULL },
	{ "team", "supportingInfo{}", AS_REFERENCE, NULL, NULL },
	{ "start", "applies.start", AS_TEXT, NULL, NULL },
	{ "end", "applies.end", AS_TEXT, NULL, NULL },
	{ "signed_on", "issued", AS_TEXT, NULL, NULL },
	{ "paper_no", "identifier{system=urn:cunyi:contract-number}.value", AS_TEXT, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

static void write(const struct record *rec, struct json_object *doc)
{
	(void)rec;
	json_object_object_add(doc, "type", doc_concept("urn:cunyi:contract", "family-doctor",
					kind_by_id(KIND_CONTRACT)->term.zh, NULL));
}

const struct fhir_kind fhir_contract = { .kind = KIND_CONTRACT, .type = "Contract", .maps = maps, .write = write };
