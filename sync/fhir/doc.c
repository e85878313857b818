#include "sync/fhir/doc.h"

#include "app/base/json.h"
#include "app/base/mem.h"

/* One step of a path: a member, and for a list the condition its element must meet. */
struct step {
	char member[48], attr[32], want[128];
	bool list;
};

static const char *copy_until(const char *s, const char *stop, char *out, size_t size)
{
	size_t n = strcspn(s, stop), room = n < size ? n : size - 1;

	memcpy(out, s, room);
	out[room] = '\0';
	return s + n;
}

/* Reads the step at *path and moves on; false at the end. */
static bool next_step(const char **path, struct step *st)
{
	const char *s = *path;

	if (!*s)
		return false;
	s = copy_until(s, ".{", st->member, sizeof(st->member));
	st->list = *s == '{';
	st->attr[0] = st->want[0] = '\0';
	if (st->list) {
		s = copy_until(s + 1, "=}", st->attr, sizeof(st->attr));
		if (*s == '=')
			s = copy_until(s + 1, "}", st->want, sizeof(st->want));
		s += *s == '}';
	}
	*path = s + (*s == '.');
	return true;
}

static bool meets(const struct json_object *element, const struct step *st)
{
	const char *has;

	if (!st->attr[0])
		return true;
	has = json_text(element, st->attr);
	return has && strcmp(has, st->want) == 0;
}

static struct json_object *find_element(const struct json_object *list, const struct step *st)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (meets(e, st))
			return e;
	}
	return NULL;
}

struct json_object *doc_get(const struct json_object *doc, const char *path)
{
	struct step st;
	struct json_object *found = NULL;

	while (next_step(&path, &st)) {
		found = json_member(doc, st.member);
		if (found && st.list)
			found = find_element(found, &st);
		if (!found)
			return NULL;
		doc = found;
	}
	return found;
}

const char *doc_text(const struct json_object *doc, const char *path)
{
	struct json_object *v = doc_get(doc, path);

	return json_object_is_type(v, json_type_string) ? json_object_get_string(v) : NULL;
}

static struct json_object *make_element(struct json_object *doc, const struct step *st)
{
	struct json_object *list = json_array(doc, st->member), *element;

	if (!list) {
		list = json_object_new_array();
		json_object_object_add(doc, st->member, list);
	}
	element = find_element(list, st);
	if (element)
		return element;
	element = json_object_new_object();
	json_set_text(element, st->attr, st->attr[0] ? st->want : NULL);
	json_object_array_add(list, element);
	return element;
}

/* At the end of a path: a member is set; "generalPractitioner{}" sets the first element of a list. */
static void put_last(struct json_object *doc, const struct step *st, struct json_object *value)
{
	if (!st->list)
		json_object_object_add(doc, st->member, value);
	else if (json_count(json_array(doc, st->member)))
		json_object_array_put_idx(json_array(doc, st->member), 0, value);
	else
		doc_add(doc, st->member, value);
}

void doc_put(struct json_object *doc, const char *path, struct json_object *value)
{
	struct step st;

	if (!value)
		return;
	while (next_step(&path, &st)) {
		struct json_object *inner;

		if (!*path) {
			put_last(doc, &st, value);
			return;
		}
		if (st.list) {
			doc = make_element(doc, &st);
			continue;
		}
		inner = json_dict(doc, st.member);
		if (!inner) {
			inner = json_object_new_object();
			json_object_object_add(doc, st.member, inner);
		}
		doc = inner;
	}
}

void doc_put_text(struct json_object *doc, const char *path, const char *text)
{
	if (text && *text)
		doc_put(doc, path, json_object_new_string(text));
}

void doc_add(struct json_object *doc, const char *member, struct json_object *value)
{
	struct json_object *list = json_array(doc, member);

	if (!list) {
		list = json_object_new_array();
		json_object_object_add(doc, member, list);
	}
	json_object_array_add(list, value);
}

void doc_drop_extension(struct json_object *doc, const char *url)
{
	struct json_object *list = json_array(doc, "extension");

	for (size_t i = json_count(list); i-- > 0;) {
		const char *has = json_text(json_object_array_get_idx(list, i), "url");

		if (has && strcmp(has, url) == 0)
			json_object_array_del_idx(list, i, 1);
	}
	if (list && !json_count(list))
		json_object_object_del(doc, "extension");
}

struct json_object *doc_copy(const struct json_object *doc)
{
	struct json_object *out = NULL;

	/* json-c's copy takes a pointer to what is not const although it does not change it. */
	if (doc && json_object_deep_copy((struct json_object *)(uintptr_t)doc, &out, NULL) != 0)
		abort();
	return out;
}

struct json_object *doc_coding(const char *system, const char *code, const char *display)
{
	struct json_object *c = json_object_new_object();

	json_set_text(c, "system", system);
	json_set_text(c, "code", code);
	json_set_text(c, "display", display);
	return c;
}

struct json_object *doc_concept(const char *system, const char *code, const char *display, const char *text)
{
	struct json_object *c = json_object_new_object();

	if (code)
		doc_add(c, "coding", doc_coding(system, code, display));
	json_set_text(c, "text", text);
	return c;
}

struct json_object *doc_reference(const char *type, const char *id)
{
	struct json_object *r = json_object_new_object();
	char text[160];

	snprintf(text, sizeof(text), "%s/%s", type, id);
	json_set_text(r, "reference", text);
	return r;
}

const char *doc_reference_id(const struct json_object *ref, const char *type)
{
	const char *text = json_text(ref, "reference"), *slash;
	size_t n = strlen(type);

	if (!text || !(slash = strrchr(text, '/')) || slash - text < (ptrdiff_t)n)
		return NULL;
	if (memcmp(slash - n, type, n) != 0 || (slash - text > (ptrdiff_t)n && slash[-(ptrdiff_t)n - 1] != '/'))
		return NULL;
	return slash[1] ? slash + 1 : NULL;
}

bool doc_references(struct json_object *node, bool (*each)(const char *reference, void *ctx), void *ctx)
{
	if (json_object_is_type(node, json_type_array)) {
		for (size_t i = 0; i < json_count(node); i++)
			if (!doc_references(json_object_array_get_idx(node, i), each, ctx))
				return false;
	} else if (json_object_is_type(node, json_type_object)) {
		const char *ref = json_text(node, "reference");

		if (ref && !each(ref, ctx))
			return false;
		json_object_object_foreach(node, key, value) {
			(void)key;
			if (!doc_references(value, each, ctx))
				return false;
		}
	}
	return true;
}

bool doc_turned(const struct json_object *node)
{
	for (size_t i = 0; i < json_count(node); i++)
		if (doc_turned(json_object_array_get_idx(node, i)))
			return true;
	if (json_object_is_type(node, json_type_object)) {
		json_object_object_foreach(node, key, value) {
			if ((strcmp(key, "modifierExtension") == 0 && json_count(value)) || doc_turned(value))
				return true;
		}
	}
	return false;
}
