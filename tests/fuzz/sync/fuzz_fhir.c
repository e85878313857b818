/* Any document of a server: what is taken from it is encoded and read again as the same record, and a graft of no edit
 * changes nothing. */
#include "app/base/json.h"
#include "fuzz/fuzz.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"
#include "sync/sync_int.h"

static const struct fhir_options plain = { .practice = false };

static void same_records(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->form->n_fields; i++)
		if (!value_equal(&a->values[i], &b->values[i])) {
			fprintf(stderr, "%s.%s is not read back\n", a->form->code, a->form->fields[i].key);
			abort();
		}
}

static void there_and_back(const struct json_object *doc, enum kind_id kind, const char *variant)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FHIR_SET struct fhir_set first = { .n = 0 };
	AUTO_FHIR_SET struct fhir_set again = { .n = 0 };
	struct record *rec = record_new(&mem, kind_form(kind_by_id(kind), variant)), *back;
	AUTO_JSON struct json_object *grafted = NULL;

	fhir_decode(kind, doc, rec);
	fhir_encode(kind, rec, &plain, &first);
	back = record_copy(&mem, rec);
	fhir_decode(kind, first.r[0].doc, back);
	same_records(rec, back);
	fhir_encode(kind, back, &plain, &again);
	MUST(first.n == again.n && fhir_hash(first.r[0].doc) == fhir_hash(again.r[0].doc));
	grafted = doc_graft(first.r[0].doc, first.r[0].doc, doc);
	MUST(json_same(grafted, doc));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	AUTO_FREE char *text = fuzz_string(data, size);
	char variant[16], base[TRANSPORT_URL_MAX];
	enum kind_id kind;
	struct err err;

	if (transport_check_url(text, base, &err))
		MUST(strncmp(base, "http", 4) == 0);
	if (!json_parse((const char *)data, size, NULL, &doc, &err))
		return 0;
	outcome_words(doc, &words);
	outcome_entry(doc);
	fhir_stamp_of(doc);
	fhir_is_practice(doc);
	doc_version(doc);
	if (fhir_answers(doc)) {
		AUTO_ARENA struct arena mem = { 0 };

		fhir_decode(KIND_REFERRAL, doc, record_new(&mem, kind_by_id(KIND_REFERRAL)->form));
	}
	if (fhir_recognise(doc, &kind, variant, sizeof(variant)))
		there_and_back(doc, kind, variant);
	return 0;
}
