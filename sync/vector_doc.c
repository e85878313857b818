/* The vector in a document. */
#include "sync/vector.h"

#include "app/base/json.h"
#include "sync/fhir/doc.h"

#define PLACE "extension{url=" FHIR_VECTOR_URL "}"

bool vector_stands_in(const struct json_object *doc)
{
	return doc_get(doc, PLACE) != NULL;
}

void vector_in_doc(const struct json_object *doc, struct vector *out)
{
	const char *text = doc_text(doc, PLACE ".valueString");

	if (!text || !vector_parse(out, text))
		out->n = 0;
}

void vector_take_off(struct json_object *doc)
{
	doc_drop_extension(doc, FHIR_VECTOR_URL);
}

void vector_put_into(struct json_object *doc, const struct vector *v)
{
	struct json_object *e = json_object_new_object();
	char text[VECTOR_TEXT];

	vector_take_off(doc);
	vector_text(v, text);
	json_set_text(e, "url", FHIR_VECTOR_URL);
	json_set_text(e, "valueString", text);
	doc_add(doc, "extension", e);
}
