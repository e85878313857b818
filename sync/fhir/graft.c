/* A three-way merge of JSON trees where the third side always gives way: base -> ours is applied to theirs. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "sync/fhir/doc.h"

/* What names an element of a list, the first that it has. */
static const char *const names[] = { "url", "linkId", "system", "use", "reference", "id" };

static struct json_object *at(const struct json_object *list, size_t i)
{
	return i < json_count(list) ? json_object_array_get_idx(list, i) : NULL;
}

static const char *name_of(const struct json_object *element, const char **member)
{
	for (size_t i = 0; i < N_ELEMENTS(names); i++) {
		const char *text = json_text(element, names[i]);

		if (text) {
			*member = names[i];
			return text;
		}
	}
	return NULL;
}

static bool same_name(const struct json_object *a, const struct json_object *b)
{
	const char *ma = NULL, *mb = NULL, *na = name_of(a, &ma), *nb = name_of(b, &mb);

	return na && nb && ma == mb && strcmp(na, nb) == 0;
}

/* How many elements with the same name stand before position i: the second "url" of two equal ones is another one. */
static size_t occurrence(const struct json_object *list, size_t i)
{
	size_t n = 0;

	for (size_t j = 0; j < i; j++)
		n += same_name(at(list, j), at(list, i));
	return n;
}

/* Position in list of the counterpart of element `e`, the nth of its name; the list's length when there is none. */
static size_t counterpart(const struct json_object *list, const struct json_object *e, size_t nth)
{
	const char *member;
	bool named = json_object_is_type(e, json_type_object) && name_of(e, &member);
	size_t i, n = json_count(list);

	for (i = 0; i < n; i++) {
		struct json_object *other = at(list, i);

		if (named ? same_name(other, e) && nth-- == 0 : json_same(other, e))
			break;
	}
	return i;
}

static struct json_object *graft(const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs);

/* What we added: members that theirs lacks and that are not as they were. */
static void add_ours(struct json_object *out, const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs)
{
	json_object_object_foreach(ours, key, value) {
		if (!json_member(theirs, key) && !json_same(value, json_member(base, key)))
			json_object_object_add(out, key, doc_copy(value));
	}
}

static struct json_object *graft_objects(const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs)
{
	struct json_object *out = json_object_new_object();

	json_object_object_foreach(theirs, key, value) {
		struct json_object *kept = graft(json_member(base, key), json_member(ours, key), value);

		if (kept)
			json_object_object_add(out, key, kept);
	}
	add_ours(out, base, ours, theirs);
	return out;
}

/* An empty list means nothing in FHIR and must not be sent. */
static struct json_object *not_empty(struct json_object *list)
{
	if (json_count(list))
		return list;
	json_object_put(list);
	return NULL;
}

static struct json_object *graft_lists(const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs)
{
	struct json_object *out = json_object_new_array();

	for (size_t i = 0; i < json_count(theirs); i++) {
		struct json_object *t = at(theirs, i), *kept;
		size_t nth = occurrence(theirs, i), b = counterpart(base, t, nth), o = counterpart(ours, t, nth);

		kept = graft(at(base, b), at(ours, o), t);
		if (kept)
			json_object_array_add(out, kept);
	}
	for (size_t i = 0; i < json_count(ours); i++) {
		struct json_object *o = at(ours, i);
		size_t nth = occurrence(ours, i), b = counterpart(base, o, nth);

		if (counterpart(theirs, o, nth) == json_count(theirs) && !json_same(o, at(base, b)))
			json_object_array_add(out, doc_copy(o));
	}
	return not_empty(out);
}

/* NULL: the element is gone.  All three may be NULL, theirs not. */
static struct json_object *graft(const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs)
{
	if (json_same(base, ours))
		return doc_copy(theirs);
	if (!ours) /* removed here: of a list only what we knew of it */
		return json_object_is_type(theirs, json_type_array) ? graft_lists(base, NULL, theirs) : NULL;
	if (json_object_is_type(ours, json_type_object) && json_object_is_type(theirs, json_type_object))
		return graft_objects(base, ours, theirs);
	if (json_object_is_type(ours, json_type_array) && json_object_is_type(theirs, json_type_array))
		return graft_lists(base, ours, theirs);
	return doc_copy(ours);
}

struct json_object *doc_graft(const struct json_object *base, const struct json_object *ours,
	const struct json_object *theirs)
{
	return theirs ? graft(base, ours, theirs) : doc_copy(ours);
}
