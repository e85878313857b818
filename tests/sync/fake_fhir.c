#include "fake_fhir.h"

#include "support/base/check.h"

#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/base/mem.h"

#define STAMP_URL "urn:cunyi:sync-stamp"

/* ---- the store ---- */

struct fake_version *fake_latest(const struct fake_fhir *f, const char *type, const char *id)
{
	for (size_t i = f->n; i-- > 0;) {
		struct fake_version *v = &f->versions[i];

		if (v->latest && strcmp(v->id, id) == 0 && strcmp(v->type, type) == 0)
			return v;
	}
	return NULL;
}

static void set_meta(struct json_object *doc, unsigned number, int64_t at)
{
	struct json_object *meta = json_dict(doc, "meta");
	char text[40];

	if (!meta) {
		meta = json_object_new_object();
		json_object_object_add(doc, "meta", meta);
	}
	snprintf(text, sizeof(text), "%u", number);
	json_set_text(meta, "versionId", text);
	clock_utc(at, text);
	json_set_text(meta, "lastUpdated", text);
}

static struct json_object *parse(const char *text, size_t len)
{
	static const struct json_limits wide = { 64u << 20, 64, 1u << 20, 64u << 20 }; /* a server's own, not a client's */
	struct json_object *doc = NULL;
	struct err err;

	return json_parse(text, len, &wide, &doc, &err) ? doc : NULL;
}

struct fake_version *fake_commit(struct fake_fhir *f, const char *type, const char *id, struct json_object *doc)
{
	struct fake_version *old = fake_latest(f, type, id), *v;
	struct fake_version new = { .number = old ? old->number + 1 : 1, .at = *f->now - f->late_ms, .latest = true };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *before = old ? old->doc : NULL; /* the text stays where it is when the array moves */

	snprintf(new.type, sizeof(new.type), "%s", type); /* they may stand in the array that grows */
	snprintf(new.id, sizeof(new.id), "%s", id);
	if (old)
		old->latest = false;
	if (f->n == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 64;
		f->versions = xrealloc(f->versions, f->cap, sizeof(*f->versions));
	}
	v = &f->versions[f->n++];
	*v = new;
	*f->now += !f->same_time && !f->in_bundle; /* no two commits in one millisecond, unless a test says so */
	if (doc) {
		if (f->keeps_tags && before)
			fake_keep_tags(doc, before);
		set_meta(doc, v->number, v->at);
		fake_note_tags(v, doc);
		json_write(&text, doc);
		v->doc = sbuf_take(&text);
	}
	return v;
}

void fake_put(struct fake_fhir *f, const char *text)
{
	AUTO_JSON struct json_object *doc = parse(text, strlen(text));

	assert_non_null(doc);
	fake_commit(f, json_text(doc, "resourceType"), json_text(doc, "id"), doc);
}

/* Tests name a resource by the id that the client gave, whatever the server made of it. */
static struct fake_version *named(const struct fake_fhir *f, const char *type, const char *id)
{
	struct fake_version *v = fake_latest(f, type, id);

	return v || !f->assigns_ids ? v : fake_by_client_id(f, type, id);
}

void fake_edit(struct fake_fhir *f, const char *type, const char *id, const char *member, const char *json)
{
	AUTO_JSON struct json_object *doc = fake_get(f, type, id);

	assert_non_null(doc);
	if (json)
		json_object_object_add(doc, member, parse(json, strlen(json)));
	else
		json_object_object_del(doc, member);
	fake_commit(f, type, named(f, type, id)->id, doc);
}

void fake_unmark(struct fake_fhir *f, const char *type, const char *id)
{
	AUTO_JSON struct json_object *doc = fake_get(f, type, id), *kept = json_object_new_array();
	struct json_object *list = json_array(doc, "extension");

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (strcmp(json_text(e, "url"), STAMP_URL) != 0)
			json_object_array_add(kept, json_object_get(e));
	}
	fake_edit(f, type, id, "extension", json_object_to_json_string(kept));
}

void fake_delete(struct fake_fhir *f, const char *type, const char *id)
{
	const struct fake_version *v = named(f, type, id);

	fake_commit(f, type, v ? v->id : id, NULL);
}

struct json_object *fake_get(const struct fake_fhir *f, const char *type, const char *id)
{
	const struct fake_version *v = named(f, type, id);

	return v && v->doc ? parse(v->doc, strlen(v->doc)) : NULL;
}

unsigned fake_version_of(const struct fake_fhir *f, const char *type, const char *id)
{
	const struct fake_version *v = named(f, type, id);

	return v ? v->number : 0;
}

static const struct fake_version *nth(const struct fake_fhir *f, const char *type, size_t n)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct fake_version *v = &f->versions[i];

		if (v->latest && v->doc && (!type || strcmp(v->type, type) == 0) && n-- == 0)
			return v;
	}
	return NULL;
}

const char *fake_nth(const struct fake_fhir *f, const char *type, size_t n)
{
	const struct fake_version *v = nth(f, type, n);

	return v ? v->id : NULL;
}

size_t fake_count(const struct fake_fhir *f, const char *type)
{
	size_t n = 0;

	while (nth(f, type, n))
		n++;
	return n;
}

const char *fake_stamp_of(struct json_object *doc)
{
	struct json_object *list = json_array(doc, "extension");

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (json_text(e, "url") && strcmp(json_text(e, "url"), STAMP_URL) == 0)
			return json_text(e, "valueString");
	}
	return NULL;
}

size_t fake_stamp_versions(const struct fake_fhir *f, const char *type, const char *id, const char *stamp)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct fake_version *v = &f->versions[i];

		if (strcmp(v->type, type) == 0 && strcmp(v->id, id) == 0 && v->doc && strstr(v->doc, stamp))
			n++;
	}
	return n;
}

/* ---- answers ---- */

static void outcome(struct sbuf *out, const char *code, const char *text)
{
	sbuf_clear(out);
	sbuf_addf(out, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"%s\","
		       "\"details\":{\"text\":\"%s\"}}]}", code, text);
}

static int refuse(struct sbuf *out, int status, const char *code, const char *text)
{
	outcome(out, code, text);
	return status;
}

/* ---- transactions ---- */

static bool known(const struct fake_fhir *f, const struct json_object *bundle, char ids[][80], const char *ref)
{
	struct json_object *entries = json_array(bundle, "entry");
	char type[32], id[80];

	if (sscanf(ref, "%31[A-Za-z]/%79s", type, id) != 2)
		return true;
	if (fake_latest(f, type, id) && fake_latest(f, type, id)->doc)
		return true;
	for (size_t i = 0; i < json_count(entries); i++) {
		struct json_object *r = json_dict(json_object_array_get_idx(entries, i), "resource");
		const char *has = ids[i][0] ? ids[i] : json_text(r, "id");

		if (has && strcmp(has, id) == 0 && strcmp(json_text(r, "resourceType"), type) == 0)
			return true;
	}
	return false;
}

/* The first reference below node that names nothing. */
static const char *dangling(const struct fake_fhir *f, const struct json_object *bundle, char ids[][80],
	struct json_object *node)
{
	const char *bad = NULL;

	if (json_object_is_type(node, json_type_array)) {
		for (size_t i = 0; !bad && i < json_count(node); i++)
			bad = dangling(f, bundle, ids, json_object_array_get_idx(node, i));
	} else if (json_object_is_type(node, json_type_object)) {
		const char *ref = json_text(node, "reference");

		if (ref && !known(f, bundle, ids, ref))
			return ref;
		json_object_object_foreach(node, key, value) {
			(void)key;
			if (!bad)
				bad = dangling(f, bundle, ids, value);
		}
	}
	return bad;
}

static bool same_content(const struct fake_version *v, struct json_object *doc)
{
	AUTO_JSON struct json_object *old = parse(v->doc, strlen(v->doc));
	AUTO_JSON struct json_object *copy = NULL;

	json_object_deep_copy(doc, &copy, NULL);
	json_object_object_del(old, "meta");
	json_object_object_del(copy, "meta");
	return json_same(old, copy);
}

static void say_written(const struct fake_version *v, bool made, struct sbuf *out)
{
	char at[40];

	clock_utc(v->at, at);
	sbuf_addf(out, "%s{\"response\":{\"status\":\"%s\",\"location\":\"%s/%s/_history/%u\",\"etag\":\"W/\\\"%u\\\"\","
		       "\"lastModified\":\"%s\"}}",
		out->s[out->len - 1] == '[' ? "" : ",",
		made ? "201" : "200", v->type, v->id, v->number, v->number, at);
}

static int put_entry(struct fake_fhir *f, struct json_object *entry, struct sbuf *out)
{
	struct json_object *doc = json_dict(entry, "resource"), *request = json_dict(entry, "request");
	const char *type = json_text(doc, "resourceType"), *id = json_text(doc, "id");
	const char *match = json_text(request, "ifMatch"), *none = json_text(request, "ifNoneMatch");
	struct fake_version *v = fake_latest(f, type, id);
	char want[48];

	snprintf(want, sizeof(want), "W/\"%u\"", v && v->doc ? v->number : 0);
	if (f->assigns_ids && !v)
		return 404;
	if ((match && !f->ignores_match && strcmp(match, want) != 0) || (none && !f->ignores_none_match && v && v->doc))
		return v && v->doc ? f->conflict_status : f->gone_status;
	if (!(v && v->doc && f->no_versions_for_noop && same_content(v, doc)))
		(v = fake_commit(f, type, id, doc))->posted = true;
	say_written(v, v->number == 1, out);
	return 0;
}

/* Those that make something go first: the others may refer to it. */
static int post_all(struct fake_fhir *f, struct json_object *bundle, bool *made, char ids[][80])
{
	struct json_object *entries = json_array(bundle, "entry");
	int status = 0;

	for (size_t i = 0; !status && i < json_count(entries); i++) {
		struct json_object *entry = json_object_array_get_idx(entries, i);

		ids[i][0] = '\0';
		if (strcmp(json_text(json_dict(entry, "request"), "method"), "POST") == 0)
			status = fake_post_entry(f, entry, &made[i], ids[i]);
	}
	return status;
}

static int write_entry(struct fake_fhir *f, struct json_object *entry, bool made, const char *id, struct sbuf *out)
{
	struct json_object *doc = json_dict(entry, "resource");
	const char *type = json_text(doc, "resourceType");

	if (!*id)
		return put_entry(f, entry, out);
	if (made)
		fake_commit(f, type, id, doc)->posted = true;
	say_written(fake_latest(f, type, id), made, out);
	return 0;
}

static void roll_back(struct fake_fhir *f, size_t to)
{
	while (f->n > to)
		free(f->versions[--f->n].doc);
	for (size_t i = 0; i < f->n; i++)
		f->versions[i].latest = true;
	for (size_t i = 0; i < f->n; i++) /* an older version of something that has a newer one */
		for (size_t j = i + 1; j < f->n && f->versions[i].latest; j++)
			if (strcmp(f->versions[i].id, f->versions[j].id) == 0 &&
				strcmp(f->versions[i].type, f->versions[j].type) == 0)
				f->versions[i].latest = false;
}

static bool twice(struct json_object *entries)
{
	for (size_t i = 0; i < json_count(entries); i++)
		for (size_t j = 0; j < i; j++) {
			struct json_object *x = json_dict(json_object_array_get_idx(entries, i), "request");
			struct json_object *y = json_dict(json_object_array_get_idx(entries, j), "request");
			const char *c = json_text(x, "ifNoneExist"), *d = json_text(y, "ifNoneExist");

			if (strcmp(json_text(x, "url"), json_text(y, "url")) == 0 && (!c || !d || strcmp(c, d) == 0))
				return true;
		}
	return false;
}

int fake_transaction(struct fake_fhir *f, const struct http_request *req, struct sbuf *out)
{
	AUTO_JSON struct json_object *bundle = parse(req->body, req->body_len);
	struct json_object *entries = json_array(bundle, "entry");
	size_t before = f->n, done = f->drops_every && ++f->n_transactions % f->drops_every == 0 ? 1 : SIZE_MAX;
	char(*ids)[80];
	bool *made;
	const char *bad;
	int status;

	if (!bundle || !json_text(bundle, "type") || strcmp(json_text(bundle, "type"), "transaction") != 0)
		return refuse(out, 400, "structure", "no transaction");
	if (req->body_len > f->max_bytes)
		return refuse(out, 413, "too-long", "too large");
	if (json_count(entries) > (f->assigns_ids && strstr(req->body, "ifNoneExist") ? 8 : f->max_entries) || twice(entries))
		return refuse(out, 400, "invalid", "too many entries, or one twice");
	if (f->refuse_id[0] && strstr(req->body, f->refuse_id))
		return refuse(out, f->refuse_status, "processing", "this record is not accepted here");
	if (f->no_gzip && !req->plain && req->body_len >= 300)
		return refuse(out, 415, "not-supported", "packed");
	f->in_bundle = f->bundle_time;
	ids = xcalloc(json_count(entries) + 1, sizeof(*ids));
	made = xcalloc(json_count(entries) + 1, sizeof(*made));
	status = post_all(f, bundle, made, ids);
	fake_rewrite(bundle, bundle, ids, json_count(entries));
	bad = f->integrity && !status ? dangling(f, bundle, ids, bundle) : NULL;
	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[");
	for (size_t i = 0; !status && !bad && i < json_count(entries) && i < done; i++)
		status = write_entry(f, json_object_array_get_idx(entries, i), made[i], ids[i], out);
	sbuf_adds(out, "]}");
	if (bad)
		status = refuse(out, 400, "not-found", bad);
	else if (status)
		refuse(out, status, "conflict", "another version is here");
	if (status && !f->no_rollback)
		roll_back(f, before);
	f->in_bundle = false;
	*f->now += f->bundle_time && !f->same_time;
	free(ids);
	free(made);
	return status ? status : 200;
}

/* ---- search ---- */

static bool parameter(const char *url, const char *name, char *out, size_t size)
{
	const char *s = strchr(url, '?');
	size_t n = strlen(name);

	for (; s; s = strchr(s, '&')) {
		s++;
		if (strncmp(s, name, n) == 0 && s[n] == '=') {
			snprintf(out, size, "%.*s", (int)strcspn(s + n + 1, "&"), s + n + 1);
			return true;
		}
	}
	return false;
}

static bool in_list(const char *list, const char *id)
{
	size_t n = strlen(id);

	for (const char *s = strstr(list, id); s; s = strstr(s + 1, id))
		if ((s == list || s[-1] == ',') && (s[n] == '\0' || s[n] == ','))
			return true;
	return false;
}

static int by_time(const void *a, const void *b)
{
	const struct fake_version *const *x = a, *const *y = b;

	return ((*x)->at > (*y)->at) - ((*x)->at < (*y)->at);
}

static int by_id(const void *a, const void *b)
{
	const struct fake_version *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

static int by_id_back(const void *a, const void *b)
{
	return by_id(b, a);
}

static int newest_first(const void *a, const void *b)
{
	return by_time(b, a);
}

static int (*order_of(const char *url))(const void *, const void *)
{
	if (strstr(url, "_sort=_id"))
		return by_id;
	if (strstr(url, "_sort=-_id"))
		return by_id_back;
	return strstr(url, "_sort=-") ? newest_first : by_time;
}

static size_t matching(const struct fake_fhir *f, const char *type, const char *url, const struct fake_version **hits)
{
	char since[64], ids[8192], names[8192], people[8192], manager[128], code[128];
	bool coded = !f->ignores_code && parameter(url, "code", code, sizeof(code));
	bool about = parameter(url, "patient", people, sizeof(people));
	bool managed = !f->ignores_organization && parameter(url, "organization", manager, sizeof(manager));
	int64_t from = INT64_MIN, to = INT64_MAX;
	const char *second;
	bool some = parameter(url, "_id", ids, sizeof(ids)), named;
	size_t n = 0;

	named = parameter(url, "identifier", names, sizeof(names));
	if (!f->ignores_since && parameter(url, "_lastUpdated", since, sizeof(since)) && strncmp(since, "ge", 2) == 0)
		assert_true(clock_parse(since + 2, &from));
	if ((second = strstr(url, "_lastUpdated=lt"))) {
		snprintf(since, sizeof(since), "%.*s", (int)strcspn(second + 15, "&"), second + 15);
		assert_true(clock_parse(since, &to));
	}
	for (size_t i = 0; i < f->n; i++) {
		const struct fake_version *v = &f->versions[i];

		if (v->latest && v->doc && strcmp(v->type, type) == 0 && strcmp(v->id, f->hidden) != 0 && v->at >= from && v->at < to && (!some || in_list(ids, v->id)) &&
			(f->no_tags || fake_is_tagged(v, url)) && (!about || fake_is_about(v, people)) &&
			(!managed || fake_is_about(v, manager)) && (!named || fake_identified(v, names)) &&
			(!coded || fake_is_coded(v, code)))
			hits[n++] = v;
	}
	if (!f->no_order)
		qsort(hits, n, sizeof(*hits), order_of(url));
	return n;
}

static void outline(struct sbuf *out, const struct fake_version *v, bool identified)
{
	AUTO_JSON struct json_object *doc = identified ? json_tokener_parse(v->doc) : NULL;
	struct json_object *identifier = json_member(doc, "identifier");
	char at[40];

	clock_utc(v->at, at);
	sbuf_addf(out, "{\"resource\":{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%u\",\"lastUpdated\":\"%s\"}",
		v->type, v->id, v->number, at);
	if (identifier)
		sbuf_addf(out, ",\"identifier\":%s", json_object_to_json_string(identifier));
	sbuf_adds(out, "}}");
}

static int search(struct fake_fhir *f, const char *type, const char *url, struct sbuf *out)
{
	const struct fake_version **hits = xcalloc(f->n + 1, sizeof(const struct fake_version *));
	size_t n = matching(f, type, url, hits), offset = 0, count = f->page;
	char text[32];

	if (!f->no_counts && parameter(url, "_summary", text, sizeof(text))) {
		sbuf_addf(out, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%zu}", n);
		free(hits);
		return 200;
	}
	if (parameter(url, "_offset", text, sizeof(text))) {
		offset = strtoul(text, NULL, 10);
		if (f->pages_expire && ++f->n_pages % 3 == 0) {
			free(hits);
			return refuse(out, 410, "not-found", "this page has expired");
		}
	}
	if (parameter(url, "_count", text, sizeof(text)) && strtoul(text, NULL, 10) < count)
		count = strtoul(text, NULL, 10);
	if ((f->links_expire && strstr(url, "_offset=")) || (f->no_links_within && strstr(url, "_sort=_lastUpdated") && count && n > count &&
								    hits[0]->at == hits[count]->at)) {
		free(hits);
		return refuse(out, f->links_expire ? 410 : 500, "processing", "no such page");
	}
	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
	for (size_t i = offset; i < n && i < offset + count; i++) {
		sbuf_adds(out, i > offset ? "," : "");
		if (strstr(url, "_elements=id,meta") && !strstr(url, "extension"))
			outline(out, hits[i], strstr(url, "identifier") != NULL);
		else
			sbuf_addf(out, "{\"resource\":%s}", hits[i]->doc);
	}
	sbuf_adds(out, "]");
	if (offset + count < n) {
		const char *cut = strstr(url, "&_offset=");

		sbuf_addf(out, ",\"link\":[{\"relation\":\"next\",\"url\":\"%.*s&_offset=%zu\"}]",
			(int)(cut ? cut - url : (ptrdiff_t)strlen(url)), url, offset + count);
	}
	sbuf_adds(out, "}");
	free(hits);
	return 200;
}

static int history(const struct fake_fhir *f, const char *type, const char *id, bool newest, struct sbuf *out)
{
	bool first = true;

	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[");
	for (size_t i = f->n; i-- > 0;) {
		const struct fake_version *v = &f->versions[i];

		if (!v->doc || strcmp(v->type, type) != 0 || (id && strcmp(v->id, id) != 0) || (newest && !first))
			continue;
		sbuf_addf(out, "%s{\"resource\":%s}", first ? "" : ",", v->doc);
		first = false;
	}
	sbuf_adds(out, "]}");
	return first ? 404 : 200;
}

static int read_one(const struct fake_fhir *f, const char *type, const char *id, struct sbuf *out)
{
	const struct fake_version *v = fake_latest(f, type, id);

	if (!v)
		return refuse(out, 404, "not-found", "nothing here");
	if (!v->doc)
		return refuse(out, 410, "deleted", "deleted");
	sbuf_adds(out, v->doc);
	return 200;
}

int fake_answer(struct fake_fhir *f, const char *url, struct sbuf *out)
{
	const char *path = url + strlen(f->base);
	char type[32] = "", id[80] = "", rest[16] = "";
	int parts = sscanf(path, "/%31[A-Za-z]/%79[^/?]/%15[_a-z]", type, id, rest);

	if (strncmp(path, "/metadata", 9) == 0) {
		sbuf_addf(out, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\","
			       "\"software\":{\"name\":\"Fake\",\"version\":\"%u\"}}", f->updates + 1);
		return 200;
	}
	if (strncmp(path, "/.well-known/", 13) == 0) {
		sbuf_adds(out, f->smart ? "{\"token_endpoint\":\"http://127.0.0.1:1/token\"}" : "{}");
		return f->smart ? 200 : 404;
	}
	if (fake_forbids(f, path))
		return refuse(out, fake_forbids(f, path), "not-supported", "nobody is looked for by that");
	if (strstr(path, "/_history") && f->no_history)
		return refuse(out, f->history_status ? f->history_status : 404, "not-supported", "no history here");
	if (parts == 2 && strcmp(id, "_history") == 0)
		return history(f, type, NULL, false, out);
	if (parts == 3)
		return history(f, type, id, f->short_history && !strstr(path, "_since="), out);
	return parts == 2 ? read_one(f, type, id, out) : search(f, type, url, out);
}
