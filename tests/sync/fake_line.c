/* The line between the fake server and us, and every way in which it fails. */
#include "fake_fhir.h"

#include <stdlib.h>

#include "support/base/check.h"

#include "app/base/json.h"
#include "app/base/mem.h"

/* ---- the line ---- */

static struct fake_order next_order(struct fake_fhir *f, const char *method)
{
	for (size_t i = 0; i < f->n_orders; i++) {
		struct fake_order o = f->orders[i];

		if (o.method && strcmp(o.method, method) != 0)
			continue;
		if (o.skip) {
			f->orders[i].skip--;
			continue;
		}
		memmove(&f->orders[i], &f->orders[i + 1], (f->n_orders - i - 1) * sizeof(o));
		f->n_orders--;
		return o;
	}
	return (struct fake_order){ 0 };
}

static struct fake_request *note(struct fake_fhir *f, const struct http_request *req)
{
	struct fake_request *r;
	AUTO_JSON struct json_object *bundle = NULL;
	struct json_object *entries;
	struct err err;

	if (req->body && json_parse(req->body, req->body_len, NULL, &bundle, &err))
		assert_non_null(bundle);
	entries = json_array(bundle, "entry");
	if (f->n_requests == f->cap_requests) {
		f->cap_requests = f->cap_requests ? f->cap_requests * 2 : 32;
		f->requests = xrealloc(f->requests, f->cap_requests, sizeof(*f->requests));
	}
	r = &f->requests[f->n_requests++];
	*r = (struct fake_request){ .body_len = req->body_len, .minimal = req->minimal, .entries = json_count(entries),
		.by = f->by };
	snprintf(r->method, sizeof(r->method), "%s", req->method);
	snprintf(r->url, sizeof(r->url), "%s", req->url);
	for (size_t i = 0; i < json_count(entries) && i < N_ELEMENTS(r->puts); i++) {
		struct json_object *e = json_object_array_get_idx(entries, i);
		const char *stamp = fake_stamp_of(json_dict(e, "resource"));

		snprintf(r->puts[r->n_puts++], sizeof(r->puts[0]), "%s %s", json_text(json_dict(e, "request"), "url"),
			stamp ? stamp : "-");
	}
	return r;
}

static bool no_answer(struct http_answer *a, bool may_have_arrived, struct err *err)
{
	sbuf_clear(&a->body);
	a->status = 0;
	a->may_have_arrived = may_have_arrived;
	return err_set(err, ERR_NETWORK, "the line was cut");
}

static void say(struct http_answer *a, int status, const char *type, const char *body)
{
	a->status = status;
	a->may_have_arrived = true;
	snprintf(a->content_type, sizeof(a->content_type), "%s", type);
	sbuf_clear(&a->body);
	sbuf_adds(&a->body, body);
}

static bool spoil(struct fake_order o, struct http_answer *a, struct err *err)
{
	char *last;

	a->timed_out = o.fault == FAKE_TIMED_OUT;
	if (o.fault == FAKE_LOST_ANSWER || o.fault == FAKE_TIMED_OUT)
		return no_answer(a, true, err);
	if (o.fault == FAKE_DONE_STATUS)
		say(a, o.status, "text/html", "<html>The server does not answer</html>");
	if (o.fault == FAKE_CUT_ANSWER || o.fault == FAKE_HALF_BODY)
		sbuf_cut(&a->body, a->body.len / 2);
	if (o.fault == FAKE_SHORT_BUNDLE && (last = strstr(a->body.s, ",{\"response\""))) {
		sbuf_cut(&a->body, (size_t)(last - a->body.s));
		sbuf_adds(&a->body, "]}");
	}
	return o.fault != FAKE_CUT_ANSWER || err_set(err, ERR_NETWORK, "the line was cut");
}

/* Faults that keep the request from being looked at.  True: *result is send()'s. */
static bool before(struct fake_order o, struct http_answer *a, struct err *err, bool *result)
{
	*result = true;
	switch (o.fault) {
	case FAKE_NO_NETWORK:
	case FAKE_LOST_REQUEST:
		*result = no_answer(a, o.fault == FAKE_LOST_REQUEST, err);
		a->retry_after = o.retry_after;
		return true;
	case FAKE_STATUS:
		say(a, o.status, "application/fhir+json", "{\"resourceType\":\"OperationOutcome\"}");
		a->retry_after = o.retry_after;
		return true;
	case FAKE_CAPTIVE:
		say(a, 200, "text/html", "<html>Please log in</html>");
		return true;
	case FAKE_REDIRECT:
		say(a, 302, "text/html", "");
		snprintf(a->location, sizeof(a->location), "http://portal.example/login");
		return true;
	case FAKE_FINE:
	case FAKE_LOST_ANSWER:
	case FAKE_TIMED_OUT:
	case FAKE_CUT_ANSWER:
	case FAKE_HALF_BODY:
	case FAKE_DONE_STATUS:
	case FAKE_SHORT_BUNDLE:
		break;
	}
	return false;
}

size_t fake_asked(const struct fake_fhir *f, const char *part)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_requests; i++)
		n += strstr(f->requests[i].url, part) != NULL;
	return n;
}

size_t fake_requests(const struct fake_fhir *f, const char *method)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_requests; i++)
		n += strcmp(f->requests[i].method, method) == 0;
	return n;
}

size_t fake_bundles(const struct fake_fhir *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_requests; i++) {
		const struct fake_request *r = &f->requests[i];

		n += strcmp(r->method, "POST") == 0 && r->n_puts && !strstr(r->puts[0], " -");
	}
	return n;
}

/* ---- several reads in one request ---- */

static struct json_object *batch_of(const struct http_request *req)
{
	struct json_object *doc = NULL;
	struct err err;

	if (strcmp(req->method, "POST") == 0 && json_parse(req->body, req->body_len, NULL, &doc, &err) && json_text(doc, "type") &&
		strcmp(json_text(doc, "type"), "batch") == 0)
		return doc;
	json_object_put(doc);
	return NULL;
}

static void cut_history(enum fake_batch how, struct sbuf *body)
{
	AUTO_JSON struct json_object *bundle = NULL;
	struct json_object *entries;
	struct err err;
	size_t n;

	assert_ok(json_parse(body->s, body->len, NULL, &bundle, &err), &err);
	entries = json_array(bundle, "entry");
	n = json_count(entries);
	if (how == FAKE_BATCH_NEWEST && n > 1)
		json_object_array_del_idx(entries, 1, n - 1);
	if (how == FAKE_BATCH_CUT && n > 2) {
		json_object_array_del_idx(entries, 1, 1);
		json_object_object_add(bundle, "total", json_object_new_int((int)n));
	}
	sbuf_clear(body);
	json_write(body, bundle);
}

static void read_in_batch(struct fake_fhir *f, const struct json_object *request, struct sbuf *out)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	int status;

	assert_string_equal(json_text(request, "method"), "GET");
	sbuf_addf(&url, "%s/%s", f->base, json_text(request, "url"));
	status = f->odd_history && strstr(url.s, f->odd_id) ? 500 : fake_answer(f, url.s, &body);
	if (status == 200 && f->batch != FAKE_BATCH_WHOLE)
		cut_history(f->batch, &body);
	if (status == 200)
		sbuf_addf(out, "{\"resource\":%s,\"response\":{\"status\":\"200\"}}", body.s);
	else
		sbuf_addf(out, "{\"response\":{\"status\":\"%d\"}}", status);
}

static int answer_batch(struct fake_fhir *f, const struct json_object *batch, struct sbuf *out)
{
	struct json_object *entries = json_array(batch, "entry");
	size_t n = json_count(entries), shift = f->batch == FAKE_BATCH_SHIFTED;

	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[");
	for (size_t i = 0; i < n; i++) {
		sbuf_adds(out, i ? "," : "");
		read_in_batch(f, json_dict(json_object_array_get_idx(entries, (i + shift) % n), "request"), out);
	}
	sbuf_adds(out, "]}");
	return 200;
}

static int answer(struct fake_fhir *f, const struct http_request *req, struct sbuf *out)
{
	AUTO_JSON struct json_object *batch = f->no_batch ? NULL : batch_of(req);

	if (strcmp(req->method, "POST") != 0)
		return fake_answer(f, req->url, out);
	return batch ? answer_batch(f, batch, out) : fake_transaction(f, req, out);
}

/* ---- a history that cannot be told ---- */

static bool asks_history(const struct fake_fhir *f, const struct http_request *req)
{
	return f->odd_history && strcmp(req->method, "GET") == 0 && strstr(req->url, "/_history") && strstr(req->url, f->odd_id);
}

/* The same versions as another's: his id is one sign longer. */
static void give_other_ids(struct sbuf *body)
{
	AUTO_JSON struct json_object *bundle = NULL;
	struct json_object *entries;
	struct err err;

	assert_ok(json_parse(body->s, body->len, NULL, &bundle, &err), &err);
	entries = json_array(bundle, "entry");
	for (size_t i = 0; i < json_count(entries); i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");
		AUTO_SBUF struct sbuf id = SBUF_INIT;

		sbuf_addf(&id, "%sa", json_text(doc, "id"));
		json_object_object_add(doc, "id", json_object_new_string(id.s));
	}
	sbuf_clear(body);
	json_write(body, bundle);
}

/* The newest version, and a link to the rest. */
static void next_page_after(const struct http_request *req, struct sbuf *body)
{
	AUTO_JSON struct json_object *bundle = NULL;
	struct json_object *link;
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct err err;

	cut_history(FAKE_BATCH_NEWEST, body);
	assert_ok(json_parse(body->s, body->len, NULL, &bundle, &err), &err);
	sbuf_addf(&url, "%.*s&_offset=%zu", (int)strcspn(req->url, "&"), req->url,
		strstr(req->url, "_offset=") ? strtoul(strstr(req->url, "_offset=") + 8, NULL, 10) + 1 : 1);
	link = json_object_new_object();
	json_object_object_add(link, "relation", json_object_new_string("next"));
	json_object_object_add(link, "url", json_object_new_string(url.s));
	json_object_object_add(bundle, "link", json_object_new_array());
	json_object_array_add(json_array(bundle, "link"), link);
	sbuf_clear(body);
	json_write(body, bundle);
}

/* A mebibyte that says nothing. */
static void add_weight(struct sbuf *body)
{
	AUTO_FREE char *rest = xstrdup(body->s + 1);

	sbuf_clear(body);
	sbuf_adds(body, "{\"weight\":[0");
	for (size_t i = 0; i < 1 << 10; i++)
		sbuf_addf(body, ",\"%1021s\"", "");
	sbuf_addf(body, "],%s", rest);
}

static bool tell_oddly(const struct fake_fhir *f, const struct http_request *req, struct http_answer *a, struct err *err)
{
	switch (f->odd_history) {
	case FAKE_HISTORY_FAULT:
		say(a, 500, "application/fhir+json", "{\"resourceType\":\"OperationOutcome\"}");
		break;
	case FAKE_HISTORY_LARGE:
		a->too_large = true;
		no_answer(a, true, err);
		return err_system(err, ERR_SERVER, 23, "too large", "CURLE_WRITE_ERROR");
	case FAKE_HISTORY_HEAVY:
		next_page_after(req, &a->body);
		add_weight(&a->body);
		break;
	case FAKE_HISTORY_ENDLESS:
		next_page_after(req, &a->body);
		break;
	case FAKE_HISTORY_BROKEN:
		if (strstr(req->url, "_offset="))
			say(a, 410, "application/fhir+json", "{\"resourceType\":\"OperationOutcome\"}");
		else
			next_page_after(req, &a->body);
		break;
	case FAKE_HISTORY_ANOTHERS:
		give_other_ids(&a->body);
		break;
	case FAKE_HISTORY_FINE:
		break;
	}
	return true;
}

static bool serve(struct fake_fhir *f, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct transport *t = &f->t;
	struct fake_order o = next_order(f, req->method);
	struct fake_request *r = f->forgets ? NULL : note(f, req);
	bool result;

	t->bytes_up += req->body_len + 200;
	if (before(o, a, err, &result)) {
		if (r)
			r->status = o.fault == FAKE_NO_NETWORK ? -1 : a->status; /* -1: it never left */
		return result;
	}
	if (f->meanwhile)
		f->meanwhile(f, req, f->meanwhile_ctx);
	sbuf_clear(&a->body);
	a->status = answer(f, req, &a->body);
	if (!f->forgets)
		f->requests[f->n_requests - 1].status = a->status;
	a->may_have_arrived = true;
	a->date = *f->now;
	snprintf(a->content_type, sizeof(a->content_type), "application/fhir+json");
	t->bytes_down += a->body.len + 200;
	if (a->status == 200 && asks_history(f, req))
		return tell_oddly(f, req, a, err);
	return spoil(o, a, err);
}

void fake_hang_up(struct fake_fhir *f)
{
	free(f->early.url);
	f->early.url = NULL;
	http_answer_release(&f->early.answer);
}

static void fake_begin(struct transport *t, const struct http_request *req)
{
	struct fake_fhir *f = (struct fake_fhir *)t;

	fake_hang_up(f);
	f->early.url = xstrdup(req->url);
	http_answer_init(&f->early.answer);
	f->early.whole = serve(f, req, &f->early.answer, &f->early.err);
	f->n_begun++;
}

static bool fake_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct fake_fhir *f = (struct fake_fhir *)t;

	if (!transport_is_begun(req, f->early.url))
		return serve(f, req, a, err);
	f->n_collected++;
	http_answer_release(a);
	*a = f->early.answer;
	http_answer_init(&f->early.answer);
	if (!f->early.whole)
		*err = f->early.err;
	fake_hang_up(f);
	return f->early.whole;
}

static void fake_close(struct transport *t)
{
	(void)t; /* lives on the test's stack */
}

bool fake_default_assigns_ids;

void fake_fhir_init(struct fake_fhir *f, int64_t *now)
{
	*f = (struct fake_fhir){ .t = { .send = fake_send, .close = fake_close, .begin = fake_begin }, .now = now, .conflict_status = 412, .gone_status = 412,
		.integrity = true, .page = 50, .max_entries = 50, .max_bytes = 1 << 20, .refuse_status = 422,
		.assigns_ids = fake_default_assigns_ids };
	snprintf(f->base, sizeof(f->base), "http://127.0.0.1:1/fhir");
}

void fake_fhir_release(struct fake_fhir *f)
{
	while (f->n)
		free(f->versions[--f->n].doc);
	free(f->versions);
	free(f->requests);
	fake_hang_up(f);
	*f = (struct fake_fhir){ 0 };
}

void fake_order(struct fake_fhir *f, struct fake_order order)
{
	assert_true(f->n_orders < N_ELEMENTS(f->orders));
	f->orders[f->n_orders++] = order;
}
