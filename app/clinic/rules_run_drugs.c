/* Golden cases of the drugs. */
#include "app/base/mem.h"
#include "app/clinic/drugs.h"
#include "app/clinic/kind.h"
#include "app/clinic/record.h"
#include "app/clinic/rules_run.h"

bool run_drug_allergy(const struct pairs *in, struct pairs *out, struct err *err)
{
	static const char *const answers[] = { [DRUG_FINE] = "fine", [DRUG_ASK] = "ask", [DRUG_STOP] = "stop" };
	AUTO_ARENA struct arena mem = { 0 };
	struct record *who = record_new(&mem, kind_by_id(KIND_RESIDENT)->form);
	const char *drug = pairs_text(in, "drug");

	if (!*drug)
		return arg_fault(in, "drug", err);
	record_set_text(who, "drug_allergy", pairs_text(in, "allergy"));
	record_set_text(who, "drug_allergy_other", pairs_text(in, "other"));
	pairs_set(out, "result", "%s", answers[drug_allergy(who, drug)]);
	pairs_set(out, "skin_test", "%d", drug_needs_skin_test(drug));
	pairs_set(out, "antibiotic", "%d", drug_is_antibiotic(drug));
	return true;
}

/* What a prescription line is filled with from the name alone. */
bool run_drug_usual(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *drug = pairs_text(in, "drug"), *route;
	struct drug d;

	if (!*drug)
		return arg_fault(in, "drug", err);
	d = drug_usual(drug);
	route = drug_route(d.form);
	pairs_set(out, "listed", "%d", d.name != NULL);
	pairs_set(out, "form", "%s", d.form ? d.form : "");
	pairs_set(out, "unit", "%s", d.unit ? d.unit : "");
	pairs_set(out, "route", "%s", route ? route : "");
	return true;
}
