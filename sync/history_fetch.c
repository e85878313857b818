/* The history of one resource as the server tells it, asked for by itself or for many in one request. */
#include "sync/history.h"

#include <stdlib.h>

#include "sync/idmap.h"
#include "sync/pace.h"

enum { PAGES_MAX = 1000, AT_ONCE = 20 };

struct asked {
	struct json_object *all;
	const char *id;
	bool another; /* it told of another resource */
};

static bool keep_version(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct asked *a = ctx;

	(void)s;
	(void)err;
	a->another |= strcmp(json_text(doc, "id"), a->id) != 0;
	if (doc_version(doc))
		json_object_array_add(a->all, json_object_get(doc));
	return true;
}

enum { COUNT_DIGITS = 12 }; /* longer ones are no counts, even where all their signs happen to be digits */

long history_number(const char *version)
{
	size_t n = strspn(version, "0123456789");

	return n && n <= COUNT_DIGITS && !version[n] ? strtol(version, NULL, 10) : -1;
}

/* Servers give them newest first, and one in this order and in that by turns.  Where they are counted their numbers say it: the
 * time of a commit that took long lies before that of what it replaced. */
static int by_age(const void *a, const void *b)
{
	const struct json_object *one = *(struct json_object *const *)a, *other = *(struct json_object *const *)b;
	int64_t t = doc_updated(one), u = doc_updated(other);
	long v = history_number(doc_version(one)), w = history_number(doc_version(other));

	return v >= 0 && w >= 0 ? (v > w) - (v < w) : (t > u) - (t < u);
}

/* Since when is said because HAPI counts a history once a minute otherwise, and tells only that many of the newest. */
static bool add_path(struct sync *s, const char *type, const char *id, struct sbuf *out, struct err *err)
{
	char theirs[RECORD_ID_MAX + 1];
	bool known;

	snprintf(theirs, sizeof(theirs), "%s", id);
	if (s->remote.posts && !idmap_theirs(s, type, id, theirs, &known, err))
		return false;
	sbuf_addf(out, "%s/%s/_history?_since=1970-01-01T00:00:00Z", type, theirs);
	return true;
}

/* A version in it is not to be understood: none of ours wrote that, and it will stand there for ever.  It is as with a server that
 * keeps no history. */
static bool cannot_be_read(const struct sync *s, struct err *err)
{
	if (!s->unreadable || s->dead)
		return false;
	log_err("sync: reading a history", err);
	*err = (struct err){ 0 };
	return true;
}

/* *why: it did not come, or not whole; NULL: it is all that the server keeps. */
static bool ask_one(struct sync *s, const char *type, const char *id, struct json_object *all, const char **why, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct asked a = { .all = all, .id = id };
	int status = 200;

	*why = NULL;
	sbuf_addf(&url, "%s/", s->remote.base);
	if (!add_path(s, type, id, &url, err))
		return false;
	if (!fetch_pages(s, type, url.s, PAGES_MAX, &status, keep_version, &a, err) && !answer_may_lack(s, err)) {
		*why = untold_why(s, err);
		return *why || cannot_be_read(s, err);
	}
	if (a.another)
		*why = "another";
	else if (status != 200 && json_count(all)) /* a page of it is gone */
		*why = "pages";
	return true;
}

bool history_of(struct sync *s, int64_t row, const char *type, const char *id, struct json_object **out, struct err *err)
{
	AUTO_JSON struct json_object *all = json_object_new_array();
	const char *why;
	bool waits;

	*out = NULL;
	if (!untold_waits(s, row, &waits, err) || waits)
		return waits;
	if (!ask_one(s, type, id, all, &why, err))
		return false;
	if (why) {
		*err = (struct err){ 0 };
		return untold_note(s, row, why, err);
	}
	json_object_array_sort(all, by_age);
	*out = json_object_get(all);
	return untold_told(s, row, err);
}

/* ---- many at once ---------------------------------------------------------------------------------------------------- */

struct ahead {
	const struct json_object *docs[AT_ONCE];
	size_t n, kept;
};

static void name_of(const struct json_object *doc, struct sbuf *out)
{
	sbuf_addf(out, "%s/%s", json_text(doc, "resourceType"), json_text(doc, "id"));
}

static bool is_of(const struct json_object *version, const struct json_object *doc)
{
	const char *type = json_text(version, "resourceType"), *id = json_text(version, "id");

	return type && id && strcmp(type, json_text(doc, "resourceType")) == 0 && strcmp(id, json_text(doc, "id")) == 0;
}

/* Is it the history of this very resource, with nothing left out? */
static bool is_whole(const struct json_object *bundle, const struct json_object *doc)
{
	const char *type = json_text(bundle, "resourceType");
	struct json_object *entries = json_array(bundle, "entry");

	if (!type || strcmp(type, "Bundle") != 0 || has_next(bundle) ||
		json_int(bundle, "total", -1) > (int64_t)json_count(entries))
		return false;
	for (size_t i = 0; i < json_count(entries); i++) {
		const struct json_object *v = json_dict(json_object_array_get_idx(entries, i), "resource");

		if (v && !is_of(v, doc)) /* one that was deleted is told without its resource */
			return false;
	}
	return true;
}

/* What one entry of the answer tells, if it tells it whole: the rest is noted as asked for, and asked for by itself. */
static bool keep_answer(struct sync *s, struct ahead *a, const struct json_object *doc, const struct json_object *entry,
	struct err *err)
{
	struct json_object *bundle = json_dict(entry, "resource"), *entries = json_array(bundle, "entry"), *all = NULL;
	const char *status = json_text(json_dict(entry, "response"), "status");
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	if (s->remote.posts && !idmap_in(s, bundle, err))
		return false;
	if (status && strncmp(status, "200", 3) == 0 && is_whole(bundle, doc)) {
		all = json_object_new_array();
		for (size_t i = 0; i < json_count(entries); i++) {
			struct json_object *v = json_dict(json_object_array_get_idx(entries, i), "resource");

			if (v && doc_version(v))
				json_object_array_add(all, json_object_get(v));
		}
		json_object_array_sort(all, by_age);
		a->kept++;
	}
	name_of(doc, &name);
	json_object_object_add(s->ahead, name.s, all);
	return true;
}

static bool write_batch(struct sync *s, const struct ahead *a, struct sbuf *out, struct err *err)
{
	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[");
	for (size_t i = 0; i < a->n; i++) {
		sbuf_addf(out, "%s{\"request\":{\"method\":\"GET\",\"url\":\"", i ? "," : "");
		if (!add_path(s, json_text(a->docs[i], "resourceType"), json_text(a->docs[i], "id"), out, err))
			return false;
		sbuf_adds(out, "\"}}");
	}
	sbuf_adds(out, "]}");
	return true;
}

/* NULL: it answers no such question, and none is asked any more in this round. */
static struct json_object *batch_answer(struct sync *s, const struct http_answer *a, size_t n)
{
	struct json_object *doc = NULL;
	const char *type;
	struct err ignored;

	if (a->status == 200 && answer_is_fhir(a) && !json_parse(a->body.s, a->body.len, NULL, &doc, &ignored))
		doc = NULL;
	type = json_text(doc, "type");
	if (type && strcmp(type, "batch-response") == 0 && json_count(json_array(doc, "entry")) == n)
		return doc;
	s->no_batch = true;
	json_object_put(doc);
	return NULL;
}

static bool ask_ahead(struct sync *s, struct ahead *ahead, struct err *err)
{
	AUTO_ANSWER struct http_answer a;
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	struct http_request req = { .method = "POST", .url = s->remote.base, .plain = s->remote.plain };
	size_t n = ahead->n;

	http_answer_init(&a);
	if (n < 2) /* one is asked for by itself */
		return true;
	if (!write_batch(s, ahead, &body, err) || !sync_alive(s, "ahead", err))
		return false;
	req.body = body.s;
	req.body_len = body.len;
	if (!line_send(s, &req, &a, err)) {
		if (!a.too_large)
			return false;
		*err = (struct err){ 0 };
	}
	doc = batch_answer(s, &a, n);
	for (size_t i = 0; doc && i < n; i++)
		if (!keep_answer(s, ahead, ahead->docs[i], json_object_array_get_idx(json_array(doc, "entry"), i), err))
			return false;
	s->no_batch |= !ahead->kept; /* it keeps none, or tells none of them so */
	return sync_alive(s, "got ahead", err);
}

/* The late ones among the entries from this one on, as many as are asked for at once. */
static bool collect_late(struct sync *s, struct json_object *entries, size_t at, struct ahead *a, struct err *err)
{
	for (size_t i = at; i < json_count(entries) && a->n < AT_ONCE; i++) {
		const struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");
		struct late late;
		bool waits = false;

		if (!apply_is_late(s, doc, &late, err) || (late.asks && !untold_waits(s, late.row, &waits, err)))
			return false;
		if (late.asks && !waits)
			a->docs[a->n++] = doc;
		else if (i == at) /* nothing is due yet */
			return true;
	}
	return true;
}

static bool is_asked(const struct sync *s, const struct json_object *doc)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	if (!is_of(doc, doc)) /* no resource, or one without an id */
		return false;
	name_of(doc, &name);
	return json_object_object_get_ex(s->ahead, name.s, NULL);
}

bool history_ahead(struct sync *s, struct json_object *entries, size_t at, struct err *err)
{
	const struct json_object *doc = json_dict(json_object_array_get_idx(entries, at), "resource");
	struct ahead a = { .n = 0 };

	if (s->no_batch || s->remote.is_hub || (at && is_asked(s, doc)))
		return true;
	if (!collect_late(s, entries, at, &a, err))
		return false;
	if (at && !a.n)
		return true;
	json_object_put(s->ahead);
	s->ahead = json_object_new_object();
	return ask_ahead(s, &a, err);
}

static bool has_version(const struct json_object *versions, const char *version)
{
	for (size_t i = 0; i < json_count(versions); i++)
		if (strcmp(doc_version(json_object_array_get_idx(versions, i)), version) == 0)
			return true;
	return false;
}

bool history_fetch(struct sync *s, const struct json_object *doc, const struct late *late, struct json_object **out,
	struct err *err)
{
	AUTO_SBUF struct sbuf name = SBUF_INIT;
	struct json_object *ahead;

	name_of(doc, &name);
	ahead = json_array(s->ahead, name.s);
	if (!has_version(ahead, doc_version(doc)) || (*late->held && !has_version(ahead, late->held)))
		return history_of(s, late->row, json_text(doc, "resourceType"), json_text(doc, "id"), out, err);
	*out = json_object_get(ahead);
	return untold_told(s, late->row, err);
}
