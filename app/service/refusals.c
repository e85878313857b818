/* What the county's refusal means for who mends it.  A FHIR server names what it blames by a path ("Patient.birthDate",
 * "Bundle.entry[2].resource.telecom[0].value"); the table says which field of the form that element is written from. */
#include <string.h>

#include "app/service/receipts.h"

static const struct {
	const char *element; /* a member of the path */
	const char *keys[5]; /* fields of whatever form has one, the likeliest first */
} elements[] = {
	{ "birthDate", { "birth_date" } },
	{ "gender", { "sex" } },
	{ "identifier", { "id_number", "file_no", "number", "staff_no", "code" } },
	{ "name", { "name" } },
	{ "telecom", { "phone", "from_phone" } },
	{ "address", { "address", "village" } },
	{ "maritalStatus", { "marital" } },
	{ "contact", { "contact_name", "contact_phone" } },
	{ "deceasedDateTime", { "died_on" } },
	{ "deceasedBoolean", { "status" } },
	{ "managingOrganization", { "village" } },
	{ "generalPractitioner", { "responsible_doctor" } },
	{ "authoredOn", { "date" } },
	{ "authored", { "date" } },
	{ "occurrenceDateTime", { "date" } },
	{ "period", { "date", "start", "enrolled_on" } },
	{ "effectiveDateTime", { "date" } },
	{ "performer", { "to_org", "doctor" } },
	{ "requester", { "from_doctor", "doctor" } },
	{ "author", { "doctor" } },
	{ "reasonCode", { "reason" } },
	{ "diagnosis", { "diagnosis" } },
	{ "subject", { "resident" } },
	{ "patient", { "resident" } },
	{ "status", { "status" } },
};

static bool is_member(const char *at, size_t n)
{
	return n > 0 && (at[n] == '.' || at[n] == '[' || at[n] == ')' || at[n] == ' ' || at[n] == ':' || at[n] == '\0');
}

static const struct field *of_element(const struct form_def *form, size_t i)
{
	for (size_t k = 0; k < N_ELEMENTS(elements[i].keys) && elements[i].keys[k]; k++)
		if (form_index(form, elements[i].keys[k]) >= 0)
			return form_field(form, elements[i].keys[k]);
	return NULL;
}

const struct field *refusal_field(const struct form_def *form, const char *reason)
{
	for (const char *dot = strchr(reason, '.'); dot; dot = strchr(dot + 1, '.'))
		for (size_t i = 0; i < N_ELEMENTS(elements); i++) {
			size_t n = strlen(elements[i].element);
			const struct field *f;

			if (strncmp(dot + 1, elements[i].element, n) != 0 || !is_member(dot + 1, n))
				continue;
			f = of_element(form, i);
			if (f)
				return f;
		}
	return NULL;
}

void refusal_words(const struct form_def *form, const char *reason, struct sbuf *out)
{
	const struct field *f = refusal_field(form, reason);
	char example[64];

	if (!f) {
		sbuf_adds(out, reason);
		return;
	}
	field_example(f, example, sizeof example);
	sbuf_addf(out, _("%s is not accepted"), field_label(f));
	if (*example)
		sbuf_addf(out, _(", right is for example %s"), example);
	sbuf_addf(out, " [%s]", reason);
}

const struct field *receipt_refusal(const struct form_def *form, struct receipt *r, struct arena *mem)
{
	const struct field *f = refusal_field(form, r->reason);
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	refusal_words(form, r->reason, &words);
	r->reason = arena_strdup(mem, words.s);
	return f;
}
