/* sync-status: what the hub has, and what the county says of records.  A computer that has no line to the county of its own
 * learns by it that the county has a record, in which version, and with which elements of others: it gets the county's own
 * document, as it would from the county. */
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/hub_int.h"

static void parameter(struct json_object *list, const char *name, int64_t n)
{
	struct json_object *p = json_object_new_object();

	json_set_text(p, "name", name);
	json_set_int(p, "valueInteger", n);
	json_object_array_add(list, p);
}

static void summary(struct app *app, struct hub_reply *out)
{
	AUTO_JSON struct json_object *doc = json_object_new_object();
	struct json_object *list = json_object_new_array(), *name;
	AUTO_ARENA struct arena mem = { 0 };
	const char *store = app_setting(app, "hub.store", &mem);
	int64_t newest, county;
	struct err err;

	json_set_text(doc, "resourceType", "Parameters");
	json_object_object_add(doc, "parameter", list);
	if (!hub_newest_seq(app, &newest, &err) || !stmt_value(stmt_get(app->db, "hub_county_round"), &county, 0, &err)) {
		hub_fault(out, &err);
		return;
	}
	name = json_object_new_object();
	json_set_text(name, "name", "store");
	json_set_text(name, "valueString", store ? store : "");
	json_object_array_add(list, name);
	parameter(list, "newest", newest);
	parameter(list, "county", county);
	out->status = 200;
	json_write(&out->body, doc);
}

/* ---- the county's words ----------------------------------------------------------------------------------------------- */

static bool read_word(struct app *app, int64_t record, struct arena *mem, struct county_word *out, bool *any, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "hub_receipt");

	stmt_bind_int(st, "record", record);
	if (!stmt_step(st, any, err))
		return false;
	if (*any)
		county_word_read(st, mem, out);
	return true;
}

static void add_refusal(const struct county_word *w, struct sbuf *out)
{
	AUTO_JSON struct json_object *e = json_object_new_object();
	struct json_object *response = json_object_new_object();

	json_set_text(response, "status", "422");
	json_set_text(response, "etag", kind_by_id(w->kind)->name); /* whose it is: this is no FHIR server's answer but ours */
	json_set_text(response, "location", w->id);
	json_set_text(response, "outcome", w->outcome);
	json_object_object_add(e, "response", response);
	json_write(out, e);
}

static bool add_word(struct sync *s, int64_t record, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *doc = NULL;
	struct county_word w;
	bool any;

	if (!read_word(s->app, record, &mem, &w, &any, err))
		return false;
	if (!any)
		return true;
	if (w.state != OUTBOX_REJECTED && !county_word_doc(s, &w, &doc, err))
		return false;
	if (w.state != OUTBOX_REJECTED && !doc)
		return true;
	if (out->s[out->len - 1] != '[')
		sbuf_addc(out, ',');
	if (!doc) {
		add_refusal(&w, out);
		return true;
	}
	sbuf_adds(out, "{\"resource\":");
	json_write(out, doc);
	sbuf_addc(out, '}');
	return true;
}

/* "kind/id" */
static int64_t record_of(struct app *app, const char *name, size_t n)
{
	char text[HUB_ID_MAX + 32];
	const struct kind *kind;
	char *slash;

	if (n >= sizeof text)
		return 0;
	snprintf(text, sizeof text, "%.*s", (int)n, name);
	slash = strchr(text, '/');
	if (!slash)
		return 0;
	*slash = '\0';
	kind = kind_by_name(text);
	return kind ? record_row(app, kind->id, slash + 1) : 0;
}

static void words(struct app *app, const char *names, struct hub_reply *out)
{
	struct sync s = { .app = app, .alone = true };
	struct err err;

	sync_region(&s);
	sbuf_adds(&out->body, "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
	for (const char *at = names; *at; at += strcspn(at, ","), at += *at == ',') {
		int64_t record = record_of(app, at, strcspn(at, ","));

		if (record && !add_word(&s, record, &out->body, &err)) {
			hub_fault(out, &err);
			return;
		}
	}
	sbuf_adds(&out->body, "]}");
	out->status = 200;
}

void hub_status(struct app *app, const struct hub_query *q, struct hub_reply *out)
{
	const char *names = hub_query_get(q, "record");

	if (names)
		words(app, names, out);
	else
		summary(app, out);
}
