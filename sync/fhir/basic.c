/* Kinds for which FHIR has no better resource -> Basic, whose code names the kind.  All values travel as extensions, one a
 * field, so that two sides' edits of different fields meet as in any other kind. */
#include "sync/fhir/fhir_int.h"
#include "sync/fhir/fields.h"

#define KIND_SYSTEM "urn:cunyi:record-kind"

static const struct kind *kind_of_form(const struct form_def *form)
{
	size_t n;
	const struct kind *all = kinds(&n);

	for (size_t i = 0; i < n; i++)
		if (all[i].form == form)
			return &all[i];
	return NULL;
}

static const char *author_of(const struct record *rec)
{
	const struct field *f = form_field(rec->form, "doctor");

	return f && f->type == V_REF ? record_text(rec, "doctor") : NULL;
}

static void write(const struct record *rec, struct json_object *doc)
{
	const struct kind *kind = kind_of_form(rec->form);
	const char *resident = record_text(rec, "resident"), *author = author_of(rec);

	json_object_object_add(doc, "code", doc_concept(KIND_SYSTEM, kind->name, kind->term.en, NULL));
	if (resident)
		json_object_object_add(doc, "subject", doc_reference("Patient", resident));
	if (kind->date_key)
		doc_put_text(doc, "created", record_text(rec, kind->date_key));
	if (author)
		json_object_object_add(doc, "author", doc_reference("Practitioner", author));
}

const struct fhir_kind fhir_basic = { .kind = KIND_NONE, .type = "Basic", .write = write };

enum kind_id fhir_basic_kind(const struct json_object *doc)
{
	char code[64];
	size_t n;
	const struct kind *all = kinds(&n);

	if (!fhir_form_of(doc, code, sizeof(code)))
		return KIND_NONE;
	for (size_t i = 0; i < n; i++)
		if (all[i].form && strcmp(all[i].form->code, code) == 0 && strcmp(fhir_main_type(all[i].id), "Basic") == 0)
			return all[i].id;
	return KIND_NONE;
}
