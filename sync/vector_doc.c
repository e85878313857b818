/* The vector in a document. */
#include "sync/vector.h"

#include "app/base/json.h"
#include "sync/fhir/doc.h"

/* Where in the extensions it stands; their number when it does not. */
static size_t place(const struct json_object *doc)
{
	struct json_object *list = json_array(doc, "extension");
	size_t i = 0;

	for (; i < json_count(list); i++) {
		const char *url = json_text(json_object_array_get_idx(list, i), "url");

		if (url && strcmp(url, FHIR_VECTOR_URL) == 0)
			break;
	}
	return i;
}

bool vector_stands_in(const struct json_object *doc)
{
	return place(doc) < json_count(json_array(doc, "extension"));
}

void vector_in_doc(const struct json_object *doc, struct vector *out)
{
	const char *text = vector_stands_in(doc) ?
		json_text(json_object_array_get_idx(json_array(doc, "extension"), place(doc)), "valueString") : NULL;

	if (!text || !vector_parse(out, text))
		out->n = 0;
}

void vector_take_off(struct json_object *doc)
{
	while (vector_stands_in(doc))
		json_object_array_del_idx(json_array(doc, "extension"), place(doc), 1);
	if (json_array(doc, "extension") && !json_count(json_array(doc, "extension")))
		json_object_object_del(doc, "extension");
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
