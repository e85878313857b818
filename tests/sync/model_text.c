/* Bundles and resources read as text: the model looks at thousands, and all it wants of each are three names.  What the
 * program writes begins with type and id, and has no blanks; anything else fails the schedule. */
#include "model.h"

#include "sync/fhir/fhir.h"

/* Behind the value that begins here. */
static const char *skip(const char *at)
{
	unsigned depth = 0;

	do {
		if (*at == '"')
			for (at++; *at && *at != '"'; at++)
				at += *at == '\\' && at[1];
		depth += *at == '{' || *at == '[';
		depth -= *at == '}' || *at == ']';
		at += *at != '\0';
	} while (depth && *at);
	return at;
}

/* Of a resource's text, its mark; "" where it has none.  False: it says one in a way that is not understood. */
bool model_stamp(const char *text, size_t len, char out[MODEL_STAMP])
{
	static const char before[] = "{\"url\":\"" FHIR_STAMP_URL "\",\"valueString\":\"";
	const char *any = strstr(text, FHIR_STAMP_URL), *at = strstr(text, before);

	any = any && any < text + len ? any : NULL;
	at = at && at < text + len ? at + strlen(before) : NULL;
	snprintf(out, MODEL_STAMP, "%.*s", at ? (int)strcspn(at, "\"") : 0, at ? at : "");
	return !any || (at && *out);
}

bool model_next_resource(struct model *m, const char **at, struct model_resource *out)
{
	static const char member[] = "\"resource\":";
	const char *text = strstr(*at, member);

	if (!text)
		return false;
	text += strlen(member);
	*at = skip(text);
	*out = (struct model_resource){ .text = text, .len = (size_t)(*at - text) };
	if (sscanf(text, "{\"resourceType\":\"%31[A-Za-z]\",\"id\":\"%79[^\"]\"", out->type, out->id) < 1 ||
		!model_stamp(text, out->len, out->stamp))
		model_fail(m, "the model cannot read %.300s", text);
	return true;
}
