/* The conversation of the check; what it means stands in probe_needs.c. */
#include "sync/probe_int.h"

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/uuid.h"
#include "app/service/record_remotes.h"
#include "sync/fhir/doc.h"
#include "sync/idmap.h"
#include "sync/pace.h"

#define PROBE_SPACE "5bd0a6f4-7c1e-5d0b-9a63-2f1f0a9a7c11" /* of the ids of what is tried */

/* ---- asking ------------------------------------------------------------------------------------------------------- */

/* A server's bad moment is no finding about it either: what it still answers with 500 the second time it cannot do. */
static bool send_twice(struct probe *p, const struct http_request *req, struct http_answer *a, struct err *err)
{
	bool conditional = req->body && (strstr(req->body, "\"ifMatch\"") || strstr(req->body, "\"ifNoneMatch\""));

	if (!line_send(p->s, req, a, err))
		return false;
	if (a->status != 500)
		return true;
	if (conditional) /* if it was done all the same, a second one would be refused for that */
		return answer_error(a, err);
	http_answer_release(a);
	http_answer_init(a);
	return line_send(p->s, req, a, err);
}

static bool probe_ask(struct probe *p, const struct http_request *req, struct http_answer *a, struct json_object **doc,
	struct err *err)
{
	struct err ignored;

	*doc = NULL;
	if (!sync_alive(p->s, "probe", err) || !send_twice(p, req, a, err))
		return false;
	/* What is said on behalf of the server, or by somebody in between, is no finding about it. */
	if (a->status == 401 || a->status == 403 || a->status == 429 || a->status >= 502 ||
		(a->status >= 300 && a->status < 400) || (a->status == 200 && !answer_is_fhir(a)))
		return answer_error(a, err);
	if (!answer_is_fhir(a) || json_parse(a->body.s, a->body.len, NULL, doc, &ignored))
		return true;
	*doc = NULL;
	return a->status != 200 || answer_error(a, err); /* half an answer: the line, not the server */
}

bool probe_get(struct probe *p, const char *path, int *status, struct json_object **doc, struct err *err)
{
	AUTO_ANSWER struct http_answer a;
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct http_request req = { .method = "GET" };

	http_answer_init(&a);
	sbuf_addf(&url, "%s%s", p->s->remote.base, path);
	req.url = url.s;
	if (!probe_ask(p, &req, &a, doc, err))
		return false;
	*status = a.status;
	p->packed |= a.packed;
	return true;
}

/* ---- what is tried on ----------------------------------------------------------------------------------------------- */

static void probe_ids(struct probe *p)
{
	for (size_t i = 0; i < PROBE_THINGS; i++) {
		AUTO_SBUF struct sbuf name = SBUF_INIT;

		sbuf_addf(&name, "%s %zu", p->s->app->device_code, i);
		uuid5(PROBE_SPACE, name.s, p->thing[i].own);
		snprintf(p->thing[i].id, sizeof(p->thing[i].id), "%s", p->thing[i].own);
	}
}

/* A Basic that says n; subject: a reference, or NULL. */
static void add_thing(const struct probe *p, size_t i, int n, const char *subject, bool with_id, struct sbuf *out)
{
	sbuf_adds(out, "{\"resourceType\":\"Basic\"");
	if (with_id)
		sbuf_addf(out, ",\"id\":\"%s\"", p->thing[i].id);
	sbuf_adds(out, ",\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActReason\",");
	sbuf_addf(out, "\"code\":\"HTEST\"}],\"tag\":[{\"system\":\"" PROBE_TAG "\",\"code\":\"%s\"}]},", p->s->app->device_code);
	sbuf_addf(out, "\"identifier\":[{\"system\":\"" IDMAP_SYSTEM "\",\"value\":\"%s\"}],", p->thing[i].own);
	sbuf_addf(out, "\"code\":{\"coding\":[{\"system\":\"" PROBE_TAG "\",\"code\":\"probe\"}],\"text\":\"%s: %d\"}",
		"A test of this server, not about anybody", n);
	if (subject)
		sbuf_addf(out, ",\"subject\":{\"reference\":\"%s\"}", subject);
	sbuf_addc(out, '}');
}

static void add_entry(const struct probe *p, const struct probe_write *w, struct sbuf *out)
{
	sbuf_addf(out, "%s{", out->s[out->len - 1] == '[' ? "" : ",");
	if (w->post)
		sbuf_addf(out, "\"fullUrl\":\"urn:uuid:%s\",", p->thing[w->thing].own);
	sbuf_adds(out, "\"resource\":");
	add_thing(p, w->thing, w->says, w->subject, !w->post, out);
	if (w->post)
		sbuf_addf(out, ",\"request\":{\"method\":\"POST\",\"url\":\"Basic\",\"ifNoneExist\":\"identifier=%s%s\"",
			IDMAP_SYSTEM "|", p->thing[w->thing].own);
	else
		sbuf_addf(out, ",\"request\":{\"method\":\"PUT\",\"url\":\"Basic/%s\"", p->thing[w->thing].id);
	if (w->match)
		sbuf_addf(out, ",\"ifMatch\":\"W/\\\"%s\\\"\"", w->match);
	if (w->none)
		sbuf_adds(out, ",\"ifNoneMatch\":\"*\"");
	sbuf_adds(out, "}}");
}

/* "Basic/7/_history/2", also absolute: the id and the version that the server gave. */
static void take_location(struct probe_thing *t, const struct json_object *response)
{
	const char *location = json_text(response, "location"), *at = location ? strstr(location, "Basic/") : NULL;
	char id[RECORD_ID_MAX + 1], version[72];

	if (at && sscanf(at, "Basic/%64[A-Za-z0-9.-]/_history/%71[A-Za-z0-9.-]", id, version) == 2) {
		snprintf(t->id, sizeof(t->id), "%s", id);
		snprintf(t->version, sizeof(t->version), "%s", version);
	}
}

bool probe_write(struct probe *p, const struct probe_write *w, size_t n, bool plain, int *status, struct err *err)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	AUTO_ANSWER struct http_answer a;
	AUTO_JSON struct json_object *doc = NULL;
	struct http_request req = { .method = "POST", .url = p->s->remote.base, .minimal = true, .plain = plain };
	struct json_object *list;

	http_answer_init(&a);
	sbuf_adds(&body, "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
	for (size_t i = 0; i < n; i++)
		add_entry(p, &w[i], &body);
	sbuf_adds(&body, "]}");
	req.body = body.s;
	req.body_len = body.len;
	if (!probe_ask(p, &req, &a, &doc, err))
		return false;
	*status = a.status;
	if (a.status != 200)
		return true;
	list = json_array(doc, "entry");
	if (json_count(list) != n)
		return answer_error(&a, err); /* no finding either: it would be kept, and stop every round */
	for (size_t i = 0; i < n; i++) {
		struct json_object *r = json_member(json_object_array_get_idx(list, i), "response");
		const char *text = json_text(r, "status");

		if (!text || text[0] != '2')
			*status = 500; /* a batch's answer: some of it may be written */
		else
			take_location(&p->thing[w[i].thing], r);
	}
	return true;
}

/* The number that a thing says there now, -1 when it is not there. */
bool probe_read(struct probe *p, size_t thing, int *says, struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	const char *text, *colon;
	int status;

	*says = -1;
	sbuf_addf(&path, "/Basic/%s", p->thing[thing].id);
	if (!probe_get(p, path.s, &status, &doc, err))
		return false;
	text = doc_text(doc, "code.text");
	colon = text ? strrchr(text, ':') : NULL;
	if (colon)
		*says = (int)strtol(colon + 1, NULL, 10);
	if (doc_version(doc))
		snprintf(p->thing[thing].version, sizeof(p->thing[thing].version), "%s", doc_version(doc));
	return true;
}

/* ---- keeping what was found ------------------------------------------------------------------------------------------ */

static const char *found_name(enum probe_found found)
{
	return found == PROBE_HAS ? "has" : found == PROBE_LACKS ? "lacks"
								 : "untried";
}

static void caps_text(const struct probe_report *r, struct sbuf *out)
{
	AUTO_JSON struct json_object *caps = json_object_new_object();

	json_set_text(caps, "software", r->software);
	for (size_t i = 0; i < r->n; i++)
		json_set_text(caps, r->lines[i].key, found_name(r->lines[i].found));
	json_set_bool(caps, "usable", r->usable);
	json_write(out, caps);
}

static bool keep(struct sync *s, const struct probe_report *r, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_SBUF struct sbuf caps = SBUF_INIT;
	struct stmt *st;

	if (!work_begin(&w, s->app, err))
		return false;
	caps_text(r, &caps);
	st = stmt_get(s->app->db, "sync_remote_caps");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "caps", caps.s);
	stmt_bind_text(st, "mode", r->posts ? "post" : "put");
	stmt_bind_int(st, "plain", probe_found(r, "gzip_request") == PROBE_LACKS);
	s->remote.posts = r->posts;
	s->remote.few_at = 0; /* it may take more now */
	if (r->posts && s->remote.max_entries > SYNC_POSTS_MAX)
		s->remote.max_entries = SYNC_POSTS_MAX;
	s->remote.plain = probe_found(r, "gzip_request") == PROBE_LACKS;
	return stmt_run(st, err) && work_commit(&w, err);
}

enum probe_found probe_found(const struct probe_report *r, const char *key)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->lines[i].key, key) == 0)
			return r->lines[i].found;
	return PROBE_UNTRIED;
}

/* ---- the doors ---------------------------------------------------------------------------------------------------- */

static void conclude(struct probe_report *r)
{
	r->usable = true;
	for (size_t i = 0; i < r->n; i++) {
		if (r->lines[i].found == PROBE_HAS)
			continue;
		r->posts |= r->lines[i].follows == PROBE_POST && r->lines[i].found == PROBE_LACKS;
		if (r->lines[i].follows == PROBE_REFUSE && !(probe_only_for_posts(r->lines[i].key) && !r->posts)) {
			r->usable = false;
			r->stopper = r->stopper ? r->stopper : &r->lines[i];
		}
	}
}

static bool probe_run(struct sync *s, struct probe_report *out, struct err *err)
{
	struct probe p = { .s = s, .report = out };
	bool ok;

	probe_needs(out);
	snprintf(out->server, sizeof(out->server), "%s", s->remote.base);
	probe_ids(&p);
	ok = probe_all(&p, err);
	json_object_put(p.metadata);
	if (!ok)
		return false;
	conclude(out);
	return true;
}

static bool job(struct sync *s, struct err *err)
{
	struct probe_report *out = s->job_ctx;

	if (!probe_run(s, out, err))
		return false;
	/* An address is remembered when its server can be used; what is known of the one in use is kept either way. */
	if (s->o->county && out->usable && !remote_move_county(s->app, s->remote.base, err))
		return false;
	return (s->o->county && !out->usable && !s->remote.known) || keep(s, out, err);
}

bool sync_probe(struct app *app, const struct sync_options *o, struct probe_report *out, struct err *err)
{
	struct sync_figures figures;
	struct sync s = { .app = app, .o = o, .figures = &figures, .packing = 8.0, .job = job, .job_ctx = out };

	*out = (struct probe_report){ .n = 0 };
	return sync_session(&s, err);
}

static bool refusal(const struct probe_report *r, struct err *err)
{
	return err_set(err, ERR_SERVER, _("This server cannot be used: %s"), r->stopper ? r->stopper->missing : "?");
}

bool probe_again(struct sync *s, bool *changed, struct err *err)
{
	struct probe_report r = { .n = 0 };
	bool posts = s->remote.posts, plain = s->remote.plain;

	if (!probe_run(s, &r, err) || !keep(s, &r, err))
		return false;
	*changed = posts != s->remote.posts || plain != s->remote.plain;
	return r.usable || refusal(&r, err);
}

/* In a clinic that has exchanged with it nothing is turned over by itself: with the other way of ids everything would be sent, and
 * come, a second time, and a server that is out of order for a day would stop the clinic for longer. */
bool probe_afresh(struct sync *s, struct err *err)
{
	struct probe_report r = { .n = 0 };

	if (!probe_run(s, &r, err))
		return false;
	if (!r.usable)
		return refusal(&r, err);
	if (r.posts != s->remote.posts)
		return err_set(err, ERR_SERVER,
			_("The county's server was changed: it deals with our ids in another way than before. The county's staff "
			  "should look at it; what waits here is kept."));
	return keep(s, &r, err);
}
