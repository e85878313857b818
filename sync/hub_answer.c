/* Which question is it? */
#include "sync/hub_int.h"

#include "db/stmt.h"

void hub_reply_init(struct hub_reply *r)
{
	*r = (struct hub_reply){ .body = SBUF_INIT };
}

void hub_reply_release(struct hub_reply *r)
{
	sbuf_release(&r->body);
}

void hub_refuse(struct hub_reply *out, int status, const char *code, const char *fmt, ...)
{
	AUTO_JSON struct json_object *doc = json_object_new_object();
	struct json_object *issue = json_object_new_object(), *issues = json_object_new_array(),
			   *details = json_object_new_object();
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	json_set_text(doc, "resourceType", "OperationOutcome");
	json_set_text(issue, "severity", "error");
	json_set_text(issue, "code", code);
	json_set_text(details, "text", text.s);
	json_object_object_add(issue, "details", details);
	json_object_array_add(issues, issue);
	json_object_object_add(doc, "issue", issues);
	out->status = status;
	out->etag[0] = out->location[0] = '\0';
	sbuf_clear(&out->body);
	json_write(&out->body, doc);
}

void hub_fault(struct hub_reply *out, const struct err *err)
{
	if (err->code == ERR_BUSY)
		hub_refuse(out, 503, "lock-error", "another program writes; try again in a moment");
	else
		hub_refuse(out, 500, "exception", "the hub's file cannot be used (%s)", err_name(err->code));
}

static const char *const interactions[] = { "read", "vread", "update", "history-instance", "history-type", "search-type" };

static const struct {
	const char *name, *type;
} parameters[] = { { "_id", "token" }, { "_lastUpdated", "date" }, { "_tag", "token" } };

static void hub_metadata(struct hub_reply *out, const char *base)
{
	struct sbuf *b = &out->body;

	out->status = 200;
	sbuf_addf(b, "{\"resourceType\":\"CapabilityStatement\",\"status\":\"active\",\"kind\":\"instance\","
		     "\"fhirVersion\":\"4.0.1\",\"format\":[\"json\"],\"date\":\"2026-11-01\","
		     "\"software\":{\"name\":\"cunyi hub\",\"version\":\"%s\"},"
		     "\"implementation\":{\"description\":\"cunyi hub\",\"url\":\"%s\"},"
		     "\"rest\":[{\"mode\":\"server\",\"interaction\":[{\"code\":\"transaction\"}],\"resource\":[",
		CUNYI_VERSION, base);
	for (size_t i = 0; fhir_types[i]; i++) {
		sbuf_addf(b, "%s{\"type\":\"%s\",\"versioning\":\"versioned-update\",\"updateCreate\":true,\"interaction\":[",
			i ? "," : "", fhir_types[i]);
		for (size_t j = 0; j < N_ELEMENTS(interactions); j++)
			sbuf_addf(b, "%s{\"code\":\"%s\"}", j ? "," : "", interactions[j]);
		sbuf_adds(b, "],\"searchParam\":[");
		for (size_t j = 0; j < N_ELEMENTS(parameters); j++)
			sbuf_addf(b, "%s{\"name\":\"%s\",\"type\":\"%s\"}", j ? "," : "", parameters[j].name, parameters[j].type);
		sbuf_adds(b, "]}");
	}
	sbuf_adds(b, "]}]}");
}

/* ---- routing ----------------------------------------------------------------------------------------------------------- */

struct path {
	char part[4][HUB_ID_MAX + 8];
	size_t n;
};

/* It is repeated in links: nothing that needs escaping there. */
static bool is_plain(const char *path)
{
	for (; *path; path++)
		if (*path <= ' ' || *path > '~' || strchr("\"\\<>", *path))
			return false;
	return true;
}

static bool split(const char *path, struct path *out)
{
	size_t left = strcspn(path, "?");

	out->n = 0;
	if (!is_plain(path))
		return false;
	while (left) {
		size_t n = strcspn(path, "/?");

		if (out->n == N_ELEMENTS(out->part) || n >= sizeof out->part[0] || n == 0)
			return false;
		snprintf(out->part[out->n++], sizeof out->part[0], "%.*s", (int)n, path);
		path += n;
		left -= n;
		if (left) {
			path++;
			left--;
		}
	}
	return true;
}

static bool is_history(const struct path *p, size_t at)
{
	return p->n > at && strcmp(p->part[at], "_history") == 0;
}

static void get(struct app *app, const struct hub_request *req, const struct path *p, const struct hub_query *q,
	struct hub_reply *out)
{
	const char *type = p->part[0], *id = p->part[1];

	if (p->n == 1 && strcmp(type, "metadata") == 0)
		hub_metadata(out, req->base);
	else if (p->n == 1 && strcmp(type, "sync-status") == 0)
		hub_status(app, q, out);
	else if (p->n < 1 || !hub_is_type(type, strlen(type)))
		hub_refuse(out, 404, "not-found", "there is nothing at this address");
	else if (p->n == 1)
		hub_search(app, req, type, q, out);
	else if (p->n == 2 && is_history(p, 1))
		hub_history_of(app, req, type, NULL, q, out);
	else if (!hub_is_id(id, strlen(id)))
		hub_refuse(out, 404, "not-found", "there is nothing at this address");
	else if (p->n == 2)
		hub_read(app, type, id, NULL, out);
	else if (p->n == 3 && is_history(p, 2))
		hub_history_of(app, req, type, id, q, out);
	else if (p->n == 4 && is_history(p, 2))
		hub_read(app, type, id, p->part[3], out);
	else
		hub_refuse(out, 404, "not-found", "there is nothing at this address");
}

static void put(struct app *app, const struct hub_request *req, const struct path *p, struct hub_reply *out)
{
	if (p->n == 2 && hub_is_type(p->part[0], strlen(p->part[0])) && hub_is_id(p->part[1], strlen(p->part[1])))
		hub_put(app, req, p->part[0], p->part[1], out);
	else
		hub_refuse(out, 405, "not-supported", "PUT goes to Type/id");
}

void hub_answer(struct app *app, const struct hub_request *req, struct hub_reply *out)
{
	const char *question = strchr(req->path, '?');
	AUTO_QUERY struct hub_query q = { .n = 0 };
	struct path p;

	sbuf_clear(&out->body);
	out->date = clock_now(&app->clock);
	if (!split(req->path, &p))
		hub_refuse(out, 404, "not-found", "there is nothing at this address");
	else if (!hub_query_parse(&q, question ? question + 1 : ""))
		hub_refuse(out, 400, "structure", "the query cannot be read");
	else if (strcmp(req->method, "GET") == 0)
		get(app, req, &p, &q, out);
	else if (strcmp(req->method, "POST") == 0 && p.n == 0)
		hub_transaction(app, req, out);
	else if (strcmp(req->method, "PUT") == 0)
		put(app, req, &p, out);
	else
		hub_refuse(out, 405, "not-supported", "nothing is deleted here, and everything is written by PUT or a transaction");
}
