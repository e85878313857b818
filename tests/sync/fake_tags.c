/* What narrows a search to townships and to people, and what is not answered at all. */
#include "fake_fhir.h"

#include "app/base/json.h"
#include "support/base/check.h"

static struct json_object *parse(const char *text)
{
	struct json_object *doc = NULL;
	struct err err;

	return json_parse(text, strlen(text), NULL, &doc, &err) ? doc : NULL;
}

/* As HAPI does: an update adds tags and takes none away. */
void fake_keep_tags(struct json_object *doc, const char *before)
{
	AUTO_JSON struct json_object *old = parse(before);
	struct json_object *tags = json_array(json_member(old, "meta"), "tag"), *meta = json_dict(doc, "meta");
	struct json_object *now = json_array(meta, "tag");

	for (size_t i = 0; i < json_count(tags); i++) {
		struct json_object *tag = json_object_array_get_idx(tags, i);
		bool there = false;

		for (size_t j = 0; j < json_count(now); j++)
			there |= json_same(json_object_array_get_idx(now, j), tag);
		if (!there && now)
			json_object_array_add(now, json_object_get(tag));
	}
}

void fake_note_tags(struct fake_version *v, struct json_object *doc)
{
	struct json_object *tags = json_array(json_member(doc, "meta"), "tag");
	size_t at = 0;

	for (size_t i = 0; i < json_count(tags) && at < sizeof(v->tags); i++) {
		struct json_object *tag = json_object_array_get_idx(tags, i);

		at += (size_t)snprintf(v->tags + at, sizeof(v->tags) - at, "%s%%7C%s,", json_text(tag, "system"), json_text(tag, "code"));
	}
	assert_true(at < sizeof(v->tags));
}

static bool names(const char *list, size_t n, const char *token, size_t len)
{
	for (const char *at = list; at < list + n; at += strcspn(at, ",&") + 1)
		if (strcspn(at, ",&") == len && strncmp(at, token, len) == 0)
			return true;
	return false;
}

/* "system%7Ccode,system%7Ccode": one of them. */
static bool has_tag(const struct fake_version *v, const char *list, size_t n)
{
	for (const char *at = v->tags; *at; at += strcspn(at, ",") + 1)
		if (names(list, n, at, strcspn(at, ",")))
			return true;
	return false;
}

/* All of the search's _tag parameters. */
bool fake_is_tagged(const struct fake_version *v, const char *url)
{
	for (const char *at = strstr(url, "_tag="); at; at = strstr(at + 1, "_tag="))
		if (!has_tag(v, at + 5, strcspn(at + 5, "&")))
			return false;
	return true;
}

bool fake_is_coded(const struct fake_version *v, const char *code)
{
	AUTO_JSON struct json_object *doc = json_tokener_parse(v->doc);
	struct json_object *codings = json_member(json_member(doc, "code"), "coding");
	bool is = false;

	for (size_t i = 0; i < json_count(codings); i++) {
		struct json_object *c = json_object_array_get_idx(codings, i);
		char text[128];

		snprintf(text, sizeof(text), "%s%%7C%s", json_text(c, "system"), json_text(c, "code"));
		is |= strcmp(text, code) == 0;
	}
	return is;
}

/* Does it refer to one of these people? */
bool fake_is_about(const struct fake_version *v, const char *list)
{
	for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',') {
		char text[128];

		snprintf(text, sizeof(text), "\"%.*s\"", (int)strcspn(at, ","), at);
		if (strstr(v->doc, text))
			return true;
	}
	return false;
}

/* A county that answers only for organizations it has. */
static bool names_a_stranger(const struct fake_fhir *f, const char *organization)
{
	char id[80];

	return sscanf(organization, "organization=Organization/%79[0-9a-zA-Z-]", id) == 1 && !fake_latest(f, "Organization", id);
}

int fake_forbids(const struct fake_fhir *f, const char *path)
{
	const char *organization = strstr(path, "organization=");

	if (f->fails_behind && strstr(path, "_sort=_lastUpdated") && (strstr(path, "_offset=") || strstr(path, "_lastUpdated=ge")))
		return 500;
	if (organization)
		return f->organization_strict && names_a_stranger(f, organization) ? 403 : f->organization_status;
	if (strstr(path, "?code="))
		return f->code_status;
	if (strncmp(path, "/Patient?_id=", 13) == 0 || strncmp(path, "/Patient?identifier=", 20) == 0)
		return f->lookup_status;
	return strncmp(path, "/Patient/", 9) == 0 && !strchr(path + 9, '/') ? f->read_status : 0;
}
