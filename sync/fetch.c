/* Reading from the server: one page, or a list of ids. */
#include "sync/idmap.h"
#include "sync/pace.h"

#include <assert.h>

#include "app/base/i18n.h"

/* A search is answered with a Bundle, anything else with a resource.  An empty object, or a list, which some gateway gives for
 * whatever it is asked, is no word of the county's that there is nothing. */
static bool is_what_was_asked(const char *url, const struct json_object *doc)
{
	const char *type = json_text(doc, "resourceType");

	return type && (!strchr(url, '?') || strcmp(type, "Bundle") == 0);
}

static bool fetch_once(struct sync *s, const char *url, struct json_object **doc, int *status, struct err *err)
{
	AUTO_ANSWER struct http_answer a;
	struct http_request req = { .method = "GET", .url = url };

	assert(!db_in_transaction(s->app->db)); /* nobody's save waits for a line */
	*doc = NULL;
	s->unreadable = s->too_many = false;
	http_answer_init(&a);
	if (!sync_alive(s, "get", err))
		return false;
	if (!line_send(s, &req, &a, err)) {
		s->unreadable = s->too_many = a.too_large;
		return false;
	}
	if (!sync_alive(s, "got", err))
		return false;
	s->fetched = a.body.len;
	*status = a.status;
	if (a.status == 404 || a.status == 410 || a.status == 400)
		return true; /* the caller knows what that means here */
	if (a.status != 200 || !answer_is_fhir(&a))
		return answer_error(&a, err);
	s->unreadable = !json_parse(a.body.s, a.body.len, NULL, doc, err);
	s->too_many = s->unreadable && err->detail == JSON_TOO_MANY;
	if (s->unreadable || !is_what_was_asked(url, *doc)) {
		json_object_put(*doc);
		*doc = NULL;
		return err_system(err, ERR_SERVER, a.status, _("The county server's answer cannot be understood."),
			"body of %zu bytes", a.body.len);
	}
	return !s->remote.posts || s->raw || idmap_in(s, *doc, err);
}

/* What is no text may have been spoiled on its way.  Only what comes so twice is the server's: that stays as it is. */
bool fetch(struct sync *s, const char *url, struct json_object **doc, int *status, struct err *err)
{
	if (fetch_once(s, url, doc, status, err))
		return true;
	if (!s->unreadable || s->too_many || s->dead)
		return false;
	log_err("sync: asked once more", err);
	*err = (struct err){ 0 };
	return fetch_once(s, url, doc, status, err);
}

bool fetch_ahead(struct sync *s, const char *url, struct err *err)
{
	if (!s->t->begin)
		return true;
	line_begin(s, &(struct http_request){ .method = "GET", .url = url });
	return sync_alive(s, "begun", err);
}

static bool each_entry(struct sync *s, struct json_object *bundle, const char *type,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err)
{
	struct json_object *entries = json_array(bundle, "entry");

	for (size_t i = 0; i < json_count(entries); i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");
		const char *has = json_text(doc, "resourceType");

		if (has && strcmp(has, type) == 0 && json_text(doc, "id") && !each(s, doc, ctx, err))
			return false;
	}
	return true;
}

const char *next_page(const struct sync *s, const struct json_object *bundle)
{
	struct json_object *links = json_array(bundle, "link");
	size_t n = strlen(s->remote.base);

	for (size_t i = 0; i < json_count(links); i++) {
		struct json_object *link = json_object_array_get_idx(links, i);
		const char *relation = json_text(link, "relation"), *url = json_text(link, "url");

		if (!relation || strcmp(relation, "next") != 0 || !url)
			continue;
		/* Never anywhere but below the address that the user gave. */
		return strncmp(url, s->remote.base, n) == 0 && strchr("/?", url[n]) && url[n] && !strstr(url, "..") &&
			strlen(url) < TRANSPORT_URL_MAX ? url : NULL;
	}
	return NULL;
}

bool has_next(const struct json_object *bundle)
{
	struct json_object *links = json_array(bundle, "link");

	for (size_t i = 0; i < json_count(links); i++) {
		const char *relation = json_text(json_object_array_get_idx(links, i), "relation");

		if (relation && strcmp(relation, "next") == 0)
			return true;
	}
	return false;
}

/* As much as two pages may hold: whoever reads keeps all of them. */
enum { NODES_MAX = 400000, BYTES_MAX = 2 * TRANSPORT_BODY_MAX };

static size_t nodes_in(const struct json_object *v)
{
	size_t n = 1;

	for (size_t i = 0; i < json_count(v); i++)
		n += nodes_in(json_object_array_get_idx(v, i));
	if (json_object_is_type(v, json_type_object)) {
		json_object_object_foreach(v, key, value) {
			(void)key;
			n += nodes_in(value);
		}
	}
	return n;
}

/* Whose pages do not end tells nothing that can be read. */
static bool endless(struct sync *s, struct err *err)
{
	s->unreadable = true;
	return err_system(err, ERR_SERVER, 0, _("The county server's pages cannot be followed."), "next link");
}

bool fetch_pages(struct sync *s, const char *type, const char *first, size_t most, int *status,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	bool more = true;
	size_t nodes = 0, bytes = 0;

	sbuf_adds(&url, first);
	for (size_t pages = 0; more; pages++) {
		AUTO_JSON struct json_object *bundle = NULL;
		const char *next;

		if (!fetch(s, url.s, &bundle, status, err))
			return false;
		if (!bundle)
			return true;
		nodes += nodes_in(bundle);
		bytes += s->fetched;
		if (nodes > NODES_MAX || bytes > BYTES_MAX)
			return endless(s, err);
		if (!each_entry(s, bundle, type, each, ctx, err))
			return false;
		next = next_page(s, bundle);
		more = has_next(bundle);
		if (more && (!next || strcmp(next, url.s) == 0 || pages > most))
			return endless(s, err);
		sbuf_clear(&url);
		sbuf_adds(&url, next ? next : "");
	}
	return true;
}

struct asking {
	struct sync *s;
	const char *type;
	bool content;
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err);
	bool (*unread)(struct sync *s, const char *id, void *ctx, struct err *err); /* NULL: then nothing is read */
	void *ctx;
};

/* So few ids are no endless list of pages, whatever size a server gives them. */
enum { PAGES_MAX = 2 * SYNC_IDS_A_SEARCH };

/* One search for values of a parameter, at most SYNC_IDS_A_SEARCH. */
static bool ask_for(const struct asking *q, const char *parameter, const struct sbuf *values, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	int status = 0;

	if (!values->len)
		return true;
	sbuf_addf(&url, "%s/%s?%s=%s&_count=%d", q->s->remote.base, q->type, parameter, values->s, SYNC_IDS_A_SEARCH);
	if (!q->content)
		sbuf_addf(&url, "&_elements=id,meta,extension%s", q->s->remote.posts ? ",identifier" : "");
	if (!fetch_pages(q->s, q->type, url.s, PAGES_MAX, &status, q->each, q->ctx, err))
		return false;
	if (status == 200)
		return true;
	return answer_heard(q->s, err) &&
		err_system(err, ERR_SERVER, status, _("The county server cannot search by id."), "HTTP %d", status);
}

/* What has an id there is asked for by that, what has none as far as we know by ours among its identifiers. */
static bool ask_some(const struct asking *q, const char *const *ids, size_t n, struct err *err)
{
	AUTO_SBUF struct sbuf by_id = SBUF_INIT;
	AUTO_SBUF struct sbuf by_identifier = SBUF_INIT;

	for (size_t i = 0; i < n; i++) {
		char theirs[RECORD_ID_MAX + 1], token[IDMAP_TOKEN];
		bool known = true;

		snprintf(theirs, sizeof(theirs), "%s", ids[i]);
		if (q->s->remote.posts && !idmap_theirs(q->s, q->type, ids[i], theirs, &known, err))
			return false;
		idmap_token(ids[i], "%7C", token);
		sbuf_addf(known ? &by_id : &by_identifier, "%s%s", (known ? by_id.len : by_identifier.len) ? "," : "",
			known ? theirs : token);
	}
	return ask_for(q, "_id", &by_id, err) && ask_for(q, "identifier", &by_identifier, err);
}

/* Halved until what cannot be read stands alone: it must not stop the rest.  Some may be told twice. */
static bool ask_halves(const struct asking *q, const char *const *ids, size_t n, struct err *err)
{
	if (ask_some(q, ids, n, err))
		return true;
	if (!q->unread || !q->s->unreadable || q->s->dead)
		return false;
	log_err("sync: reading by id", err);
	*err = (struct err){ 0 };
	if (n == 1)
		return q->unread(q->s, ids[0], q->ctx, err);
	return ask_halves(q, ids, n / 2, err) && ask_halves(q, ids + n / 2, n - n / 2, err);
}

static bool ask_all(const struct asking *q, const char *const *ids, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i += SYNC_IDS_A_SEARCH)
		if (!ask_halves(q, ids + i, n - i < SYNC_IDS_A_SEARCH ? n - i : SYNC_IDS_A_SEARCH, err))
			return false;
	return true;
}

bool fetch_ids(struct sync *s, const char *type, const char *const *ids, size_t n, bool content,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err)
{
	const struct asking q = { .s = s, .type = type, .content = content, .each = each, .ctx = ctx };

	return ask_all(&q, ids, n, err);
}

bool fetch_readable(struct sync *s, const char *type, const char *const *ids, size_t n,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err),
	bool (*unread)(struct sync *s, const char *id, void *ctx, struct err *err), void *ctx, struct err *err)
{
	const struct asking q = { .s = s, .type = type, .content = true, .each = each, .unread = unread, .ctx = ctx };

	return ask_all(&q, ids, n, err);
}
