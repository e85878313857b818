/* The fake server as one that gives its own ids. */
#include "fake_fhir.h"

#include "app/base/json.h"
#include "app/base/mem.h"
#include "support/base/check.h"

/* "urn:cunyi:id|..." in a document's identifiers, of which some types have one and others a list. */
static bool bears(struct json_object *identifier, const char *system, const char *value)
{
	if (json_object_is_type(identifier, json_type_array)) {
		for (size_t i = 0; i < json_count(identifier); i++)
			if (bears(json_object_array_get_idx(identifier, i), system, value))
				return true;
		return false;
	}
	return json_text(identifier, "system") && strcmp(json_text(identifier, "system"), system) == 0 &&
		json_text(identifier, "value") && strcmp(json_text(identifier, "value"), value) == 0;
}

static bool token_matches(struct json_object *doc, const char *token, size_t len, const char *bar)
{
	char text[300], *value;

	snprintf(text, sizeof(text), "%.*s", (int)len, token);
	value = strstr(text, bar);
	assert_non_null(value);
	*value = '\0';
	return bears(json_member(doc, "identifier"), text, value + strlen(bar));
}

bool fake_identified(const struct fake_version *v, const char *list)
{
	AUTO_JSON struct json_object *doc = NULL;
	struct err err;

	if (!json_parse(v->doc, strlen(v->doc), NULL, &doc, &err))
		return false;
	for (const char *at = list; *at;) {
		size_t n = strcspn(at, ",");

		if (token_matches(doc, at, n, "%7C"))
			return true;
		at += n + (at[n] == ',');
	}
	return false;
}

static struct fake_version *by_condition(const struct fake_fhir *f, const char *type, const char *condition)
{
	assert_true(strncmp(condition, "identifier=", 11) == 0);
	for (size_t i = 0; i < f->n; i++) {
		struct fake_version *v = &f->versions[i];
		AUTO_JSON struct json_object *doc = NULL;
		struct err err;

		if (!v->latest || !v->doc || strcmp(v->type, type) != 0 || !json_parse(v->doc, strlen(v->doc), NULL, &doc, &err))
			continue;
		if (token_matches(doc, condition + 11, strlen(condition + 11), "|"))
			return v;
	}
	return NULL;
}

struct fake_version *fake_by_client_id(const struct fake_fhir *f, const char *type, const char *id)
{
	char condition[160];

	snprintf(condition, sizeof(condition), "identifier=urn:cunyi:id|%s", id);
	return by_condition(f, type, condition);
}

int fake_post_entry(struct fake_fhir *f, struct json_object *entry, bool *made, char id[80])
{
	struct json_object *doc = json_dict(entry, "resource"), *request = json_dict(entry, "request");
	const char *type = json_text(doc, "resourceType"), *condition = json_text(request, "ifNoneExist");
	struct fake_version *v = condition ? by_condition(f, type, condition) : NULL;

	*made = !v;
	if (v)
		snprintf(id, 80, "%s", v->id);
	else
		snprintf(id, 80, "srv-%u", ++f->next_id);
	if (!v)
		json_set_text(doc, "id", id);
	return 0;
}

static void rewrite_one(struct json_object *node, const char *ref, const struct json_object *bundle, char ids[][80], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct json_object *entry = json_object_array_get_idx(json_array(bundle, "entry"), i);
		const char *full = json_text(entry, "fullUrl");
		char text[160];

		if (!ids[i][0] || !full || strcmp(full, ref) != 0)
			continue;
		snprintf(text, sizeof(text), "%s/%s", json_text(json_dict(entry, "resource"), "resourceType"), ids[i]);
		json_object_object_del(node, "reference");
		json_set_text(node, "reference", text);
		return;
	}
}

void fake_rewrite(struct json_object *node, const struct json_object *bundle, char ids[][80], size_t n)
{
	if (json_object_is_type(node, json_type_array)) {
		for (size_t i = 0; i < json_count(node); i++)
			fake_rewrite(json_object_array_get_idx(node, i), bundle, ids, n);
	} else if (json_object_is_type(node, json_type_object)) {
		const char *ref = json_text(node, "reference");

		json_object_object_foreach(node, key, value) {
			if (strcmp(key, "reference") != 0)
				fake_rewrite(value, bundle, ids, n);
		}
		if (ref && strncmp(ref, "urn:uuid:", 9) == 0)
			rewrite_one(node, ref, bundle, ids, n);
	}
}
