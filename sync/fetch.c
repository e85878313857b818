/* Reading from the server: one page, or a list of ids. */
#include "sync/idmap.h"
#include "sync/pace.h"

#include <assert.h>

#include "app/base/i18n.h"

bool fetch(struct sync *s, const char *url, struct json_object **doc, int *status, struct err *err)
{
	AUTO_ANSWER struct http_answer a;
	struct http_request req = { .method = "GET", .url = url };

	assert(!db_in_transaction(s->app->db)); /* nobody's save waits for a line */
	*doc = NULL;
	s->unreadable = false;
	http_answer_init(&a);
	if (!sync_alive(s, "get", err))
		return false;
	if (!line_send(s, &req, &a, err)) {
		s->unreadable = a.too_large;
		return false;
	}
	if (!sync_alive(s, "got", err))
		return false;
	s->n_fetched++;
	s->fetched = a.body.len;
	*status = a.status;
	if (a.status == 404 || a.status == 410 || a.status == 400)
		return true; /* the caller knows what that means here */
	if (a.status != 200 || !answer_is_fhir(&a))
		return answer_error(&a, err);
	s->unreadable = !json_parse(a.body.s, a.body.len, NULL, doc, err);
	if (s->unreadable)
		return err_system(err, ERR_SERVER, a.status, _("The county server's answer cannot be understood."),
			"body of %zu bytes", a.body.len);
	return !s->remote.posts || s->raw || idmap_in(s, *doc, err);
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

bool fetch_pages(struct sync *s, const char *type, const char *first, size_t most, int *status,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	bool more = true;

	sbuf_adds(&url, first);
	for (size_t pages = 0; more; pages++) {
		AUTO_JSON struct json_object *bundle = NULL;
		const char *next;

		if (!fetch(s, url.s, &bundle, status, err))
			return false;
		if (!bundle)
			return true;
		if (!each_entry(s, bundle, type, each, ctx, err))
			return false;
		next = next_page(s, bundle);
		more = has_next(bundle);
		if (more && (!next || strcmp(next, url.s) == 0 || pages > most))
			return err_system(err, ERR_SERVER, 0, _("The county server's pages cannot be followed."), "next link");
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
	return status == 200 ||
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

bool fetch_ids(struct sync *s, const char *type, const char *const *ids, size_t n, bool content,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err)
{
	const struct asking q = { .s = s, .type = type, .content = content, .each = each, .ctx = ctx };

	for (size_t i = 0; i < n; i += SYNC_IDS_A_SEARCH)
		if (!ask_some(&q, ids + i, n - i < SYNC_IDS_A_SEARCH ? n - i : SYNC_IDS_A_SEARCH, err))
			return false;
	return true;
}
