/* The hub's answers to those who write: one transaction of the store, whole or not at all.
 *
 * A transaction's entry that replaces something must say which version (If-Match), one that makes something that it is new:
 * then nobody's edit is overwritten by somebody who has not seen it.  A single PUT of another FHIR program may do without. */
#include "db/db.h"
#include "sync/hub_int.h"

struct write {
	const char *type, *id; /* of the URL */
	struct json_object *doc; /* borrowed */
	const char *match, *none;
	bool must_say;
};

static bool check_doc(const struct write *w, struct hub_reply *out)
{
	const char *type = json_text(w->doc, "resourceType"), *id = json_text(w->doc, "id");

	if (type && id && strcmp(type, w->type) == 0 && strcmp(id, w->id) == 0)
		return true;
	hub_refuse(out, 400, "invalid", "the resource and its address %s/%s say different things", w->type, w->id);
	return false;
}

/* W/"3", "3" or 3; -1, which no version is, for nonsense. */
static int64_t version_of(const char *etag)
{
	const char *s = strncmp(etag, "W/", 2) == 0 ? etag + 2 : etag;
	bool quoted = *s == '"';
	size_t n;

	s += quoted;
	n = strspn(s, "0123456789");
	return n && n < 19 && strcmp(s + n, quoted ? "\"" : "") == 0 ? strtoll(s, NULL, 10) : -1;
}

static bool check_version(const struct write *w, int64_t now, struct hub_reply *out)
{
	if (w->match && version_of(w->match) != now)
		hub_refuse(out, 412, "conflict", "%s/%s is at version %lld", w->type, w->id, (long long)now);
	else if (w->none && now)
		hub_refuse(out, 412, "conflict", "%s/%s is here already", w->type, w->id);
	else if (w->must_say && !w->match && !w->none && now)
		hub_refuse(out, 412, "conflict", "%s/%s is here already: say which version is replaced", w->type, w->id);
	else
		return true;
	return false;
}

/* A client's own versionId and lastUpdated mean nothing here. */
static void drop_meta(struct json_object *doc)
{
	struct json_object *meta = json_dict(doc, "meta");

	if (!meta)
		return;
	json_object_object_del(meta, "versionId");
	json_object_object_del(meta, "lastUpdated");
	if (!json_object_object_length(meta))
		json_object_object_del(doc, "meta");
}

static bool is_same(const struct hub_doc *old, struct json_object *doc)
{
	AUTO_JSON struct json_object *copy = NULL;

	if (json_object_deep_copy(old->doc, &copy, NULL) != 0)
		return false;
	drop_meta(copy);
	return json_same(copy, doc);
}

/* Inside a transaction; *done is what is the newest version now. */
static bool write_one(struct app *app, const struct write *w, struct hub_doc *done, struct hub_reply *out)
{
	struct hub_doc old = { .version = 0 };
	struct err err;
	bool ok;

	if (!check_doc(w, out))
		return false;
	drop_meta(w->doc);
	if (!hub_load(app, w->type, w->id, 0, &old, &err)) {
		hub_fault(out, &err);
		return false;
	}
	ok = check_version(w, old.version, out);
	if (ok && old.version && is_same(&old, w->doc)) { /* said again: no version of its own */
		*done = old;
		return true;
	}
	if (ok && !hub_store(app, w->type, w->id, w->doc, old.version, done, &err)) {
		hub_fault(out, &err);
		ok = false;
	}
	hub_doc_release(&old);
	return ok;
}

static bool commit(struct tx *tx, struct hub_reply *out)
{
	struct err err;

	if (tx_commit(tx, &err))
		return true;
	hub_fault(out, &err);
	return false;
}

static bool begin(struct tx *tx, struct app *app, struct hub_reply *out)
{
	struct err err;

	if (tx_begin(tx, app->db, &err))
		return true;
	hub_fault(out, &err);
	return false;
}

static bool parse(const struct hub_request *req, struct json_object **doc, struct hub_reply *out)
{
	struct err err;

	if (req->body && req->body_len <= HUB_BODY_MAX && json_parse(req->body, req->body_len, NULL, doc, &err) && *doc)
		return true;
	hub_refuse(out, req->body_len > HUB_BODY_MAX ? 413 : 400, "structure", "the body is no JSON of an acceptable size");
	return false;
}

/* ---- one -------------------------------------------------------------------------------------------------------------- */

void hub_put(struct app *app, const struct hub_request *req, const char *type, const char *id, struct hub_reply *out)
{
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_TX struct tx tx = { 0 };
	struct write w = { .type = type, .id = id, .match = req->if_match, .none = req->if_none_match };
	struct hub_doc done = { .version = 0 };

	if (!parse(req, &doc, out) || !begin(&tx, app, out))
		return;
	w.doc = doc;
	if (write_one(app, &w, &done, out) && commit(&tx, out)) {
		out->status = done.made ? 201 : 200;
		snprintf(out->etag, sizeof out->etag, "W/\"%lld\"", (long long)done.version);
		snprintf(out->location, sizeof out->location, "%.120s/%s/%s/_history/%lld", req->base, type, id,
			(long long)done.version);
		if (!req->minimal)
			json_write(&out->body, done.doc);
	}
	hub_doc_release(&done);
}

/* ---- a transaction ------------------------------------------------------------------------------------------------------ */

struct target {
	char type[HUB_TYPE_MAX + 1], id[HUB_ID_MAX + 1];
};

/* "Type/id" */
static bool read_target(const char *url, struct target *out)
{
	const char *slash = url ? strchr(url, '/') : NULL;

	if (!slash || !hub_is_type(url, (size_t)(slash - url)) || !hub_is_id(slash + 1, strlen(slash + 1)))
		return false;
	snprintf(out->type, sizeof out->type, "%.*s", (int)(slash - url), url);
	snprintf(out->id, sizeof out->id, "%s", slash + 1);
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct target *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c ? c : strcmp(x->type, y->type);
}

/* Every entry a PUT of a resource to its own address, and none twice. */
static bool check_entries(struct json_object *entries, struct target *t, struct hub_reply *out)
{
	size_t n = json_count(entries);

	for (size_t i = 0; i < n; i++) {
		struct json_object *e = json_object_array_get_idx(entries, i), *request = json_dict(e, "request");
		const char *method = json_text(request, "method");

		if (!method || strcmp(method, "PUT") != 0 || !json_dict(e, "resource") ||
			!read_target(json_text(request, "url"), &t[i])) {
			hub_refuse(out, 400, "not-supported", "entry %zu: this hub takes PUT Type/id with a resource", i);
			return false;
		}
	}
	qsort(t, n, sizeof *t, compare);
	for (size_t i = 1; i < n; i++)
		if (compare(&t[i - 1], &t[i]) == 0) {
			hub_refuse(out, 400, "invalid", "%s/%s stands in the transaction twice", t[i].type, t[i].id);
			return false;
		}
	return true;
}

static void add_response(const struct hub_request *req, const char *type, const struct hub_doc *d, struct sbuf *out)
{
	char at[CLOCK_LEN];

	sbuf_adds(out, out->s[out->len - 1] == '[' ? "{" : ",{");
	if (!req->minimal) {
		sbuf_adds(out, "\"resource\":");
		json_write(out, d->doc);
		sbuf_adds(out, ",");
	}
	sbuf_addf(out, "\"response\":{\"status\":\"%s\",\"location\":\"%s/%s/_history/%lld\",\"etag\":\"W/\\\"%lld\\\"\","
		       "\"lastModified\":\"%s\"}}",
		d->made ? "201 Created" : "200 OK", type, d->id,
		(long long)d->version, (long long)d->version, clock_utc(d->updated, at));
}

static bool write_entry(struct app *app, const struct hub_request *req, struct json_object *e, struct sbuf *answer,
	struct hub_reply *out)
{
	struct json_object *request = json_dict(e, "request");
	struct hub_doc done = { .version = 0 };
	struct target t;
	struct write w = { .doc = json_dict(e, "resource"), .match = json_text(request, "ifMatch"),
		.none = json_text(request, "ifNoneMatch"), .must_say = true };
	bool ok;

	if (!read_target(json_text(request, "url"), &t)) /* looked at before */
		return false;
	w.type = t.type;
	w.id = t.id;
	ok = write_one(app, &w, &done, out);
	if (ok)
		add_response(req, t.type, &done, answer);
	hub_doc_release(&done);
	return ok;
}

static void write_all(struct app *app, const struct hub_request *req, struct json_object *entries, struct hub_reply *out)
{
	AUTO_SBUF struct sbuf answer = SBUF_INIT;
	AUTO_TX struct tx tx = { 0 };

	if (!begin(&tx, app, out))
		return;
	sbuf_adds(&answer, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[");
	for (size_t i = 0; i < json_count(entries); i++)
		if (!write_entry(app, req, json_object_array_get_idx(entries, i), &answer, out))
			return;
	if (!commit(&tx, out))
		return;
	out->status = 200;
	sbuf_add(&out->body, answer.s, answer.len);
	sbuf_adds(&out->body, "]}");
}

void hub_transaction(struct app *app, const struct hub_request *req, struct hub_reply *out)
{
	AUTO_JSON struct json_object *bundle = NULL;
	struct json_object *entries;
	struct target *targets;
	const char *type;

	if (!parse(req, &bundle, out))
		return;
	type = json_text(bundle, "type");
	entries = json_array(bundle, "entry");
	if (!type || strcmp(type, "transaction") != 0) {
		hub_refuse(out, 400, "structure", "this hub takes a Bundle of type transaction here");
		return;
	}
	if (json_count(entries) > HUB_ENTRIES_MAX) {
		hub_refuse(out, 413, "too-long", "at most %d entries in one transaction", (int)HUB_ENTRIES_MAX);
		return;
	}
	targets = xcalloc(json_count(entries) + 1, sizeof *targets);
	if (check_entries(entries, targets, out))
		write_all(app, req, entries, out);
	free(targets);
}
