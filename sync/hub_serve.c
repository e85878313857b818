/* The only file that knows libmicrohttpd.  One thread, an event loop: each answer takes milliseconds, so nobody waits for
 * another's; who is slow, silent or greedy runs into a limit and loses his connection, the others keep theirs. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <zlib.h>

#include "app/base/i18n.h"
#include "app/base/net.h"
#include "db/db.h"
#include "sync/hub_serve_int.h"

enum {
	CONNECTIONS = 64,
	CONNECTIONS_OF_ONE = 12,
	IDLE_SECONDS = 30, /* without a byte either way */
	REQUEST_MS = 5 * 60000, /* for the whole of a body, however slowly it drips */
	HEADER_BYTES = 32768,
	BODIES = 4 * HUB_BODY_MAX, /* of all requests together */
	DOOR_BODY_MAX = 4096, /* who has not joined yet fills no room of those who have */
	WAIT_MS = 250,
};

struct server {
	struct app *app;
	const struct hub_serve *o;
	char scheme[8], pin[HUB_PIN];
	size_t bodies; /* bytes held now */
	bool written; /* since changed() was told last */
	int64_t seen; /* data_version then */
};

struct visit {
	struct server *server;
	char *uri;
	struct sbuf body;
	int64_t began, client, seen;
	bool refused; /* answered before the body came */
};

/* ---- bodies ------------------------------------------------------------------------------------------------------------- */

static bool unpack(const struct sbuf *packed, struct sbuf *out)
{
	z_stream z = { .next_in = (z_const Bytef *)packed->s, .avail_in = (uInt)packed->len };
	char chunk[16384];
	int rc;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return false;
	do {
		z.next_out = (Bytef *)chunk;
		z.avail_out = sizeof chunk;
		rc = inflate(&z, Z_NO_FLUSH);
		sbuf_add(out, chunk, sizeof chunk - z.avail_out);
	} while (rc == Z_OK && !out->full);
	inflateEnd(&z);
	return rc == Z_STREAM_END && !out->full;
}

static const char *header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static bool header_has(struct MHD_Connection *c, const char *name, const char *word)
{
	const char *value = header(c, name);

	return value && strstr(value, word);
}

/* ---- answering ------------------------------------------------------------------------------------------------------------ */

static enum MHD_Result reply(struct MHD_Connection *c, const struct hub_reply *r)
{
	AUTO_SBUF struct sbuf packed = SBUF_INIT;
	bool gzip = r->body.len >= GZIP_WORTH && header_has(c, "Accept-Encoding", "gzip") &&
		gzip_pack(r->body.s, r->body.len, 5, &packed);
	const struct sbuf *body = gzip ? &packed : &r->body;
	struct MHD_Response *response = MHD_create_response_from_buffer(body->len, body->s, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", "application/fhir+json; charset=utf-8");
	if (gzip)
		MHD_add_response_header(response, "Content-Encoding", "gzip");
	if (r->etag[0])
		MHD_add_response_header(response, "ETag", r->etag);
	if (r->location[0])
		MHD_add_response_header(response, "Location", r->location);
	if (r->status == 401)
		MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
	if (r->status == 503)
		MHD_add_response_header(response, "Retry-After", "1");
	result = MHD_queue_response(c, (unsigned)r->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result refuse(struct MHD_Connection *c, struct visit *v, int status, const char *code, const char *why)
{
	AUTO_REPLY struct hub_reply r;

	v->refused = true;
	hub_reply_init(&r);
	hub_refuse(&r, status, code, "%s", why);
	return reply(c, &r);
}

/* ---- before the body comes ---------------------------------------------------------------------------------------------- */

static bool is_below(const char *uri, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(uri, prefix, n) == 0 && (uri[n] == '\0' || uri[n] == '/' || uri[n] == '?');
}

static bool who(struct visit *v, struct MHD_Connection *c)
{
	const char *value = header(c, "Authorization");
	struct err err;

	if (!value || strncmp(value, "Bearer ", 7) != 0 || strlen(value) >= HUB_KEY_TEXT + 7)
		return false;
	if (!hub_client_of_key(v->server->app, value + 7, &v->client, &v->seen, &err)) {
		log_err("hub: looking up a key", &err);
		return false;
	}
	return v->client != 0;
}

static size_t body_max(const struct visit *v)
{
	return strcmp(v->uri, HUB_DOOR) == 0 ? DOOR_BODY_MAX : HUB_BODY_MAX;
}

/* MHD_YES without an answer: the body may come. */
static enum MHD_Result greet(struct MHD_Connection *c, struct visit *v, const char *method)
{
	const char *length = header(c, "Content-Length");

	if (length && strtoll(length, NULL, 10) > (long long)body_max(v))
		return refuse(c, v, 413, "too-long", "the body is too large");
	if (strcmp(v->uri, HUB_DOOR) == 0)
		return strcmp(method, "POST") == 0 ? MHD_YES : refuse(c, v, 405, "not-supported", "POST, please");
	if (!is_below(v->uri, HUB_PREFIX))
		return refuse(c, v, 404, "not-found", "there is nothing at this address");
	return who(v, c) ? MHD_YES : refuse(c, v, 401, "login", "this computer has not joined the hub");
}

static enum MHD_Result take(struct visit *v, const char *data, size_t *n)
{
	struct server *s = v->server;

	if (v->refused) {
		*n = 0;
		return MHD_YES;
	}
	if (v->body.len + *n > body_max(v) || s->bodies + *n > BODIES || clock_steady_ms() - v->began > REQUEST_MS)
		return MHD_NO; /* the connection ends: so does its body */
	sbuf_add(&v->body, data, *n);
	s->bodies += *n;
	*n = 0;
	return MHD_YES;
}

/* ---- the request is whole ----------------------------------------------------------------------------------------------- */

/* As the client knows us; a Host that is none could not be followed in links either. */
static void base_of(const struct visit *v, struct MHD_Connection *c, char *out, size_t size)
{
	const char *host = header(c, "Host");

	if (!host || !*host || host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]")] ||
		strlen(host) > 200)
		host = "localhost";
	snprintf(out, size, "%s://%s" HUB_PREFIX, v->server->scheme, host);
}

static void answer_fhir(struct visit *v, struct MHD_Connection *c, const char *method, const struct sbuf *body,
	struct hub_reply *out)
{
	const char *path = v->uri + strlen(HUB_PREFIX);
	char base[256];
	struct hub_request req = { .method = method, .base = base, .path = path + (*path == '/'), .body = body->len ?
		body->s : NULL, .body_len = body->len, .minimal = header_has(c, "Prefer", "return=minimal"),
		.if_match = header(c, "If-Match"), .if_none_match = header(c, "If-None-Match") };
	struct err err;

	base_of(v, c, base, sizeof base);
	hub_answer(v->server->app, &req, out);
	if (strcmp(method, "GET") != 0 && out->status < 300)
		v->server->written = true;
	if (!hub_client_seen(v->server->app, v->client, v->seen, &err))
		log_err("hub: noting a visit", &err);
}

static enum MHD_Result answer(struct visit *v, struct MHD_Connection *c, const char *method)
{
	struct sbuf plain = { .s = sbuf_empty, .max = body_max(v) };
	bool gzip = header_has(c, "Content-Encoding", "gzip");
	AUTO_REPLY struct hub_reply out;
	enum MHD_Result result;

	hub_reply_init(&out);
	if (gzip && !unpack(&v->body, &plain))
		hub_refuse(&out, plain.full ? 413 : 400, "structure", "the packed body cannot be read");
	else if (strcmp(v->uri, HUB_DOOR) == 0)
		hub_door(v->server->app, v->server->pin, gzip ? plain.s : v->body.s, gzip ? plain.len : v->body.len, &out);
	else
		answer_fhir(v, c, method, gzip ? &plain : &v->body, &out);
	sbuf_release(&plain);
	result = reply(c, &out);
	return result;
}

static void *on_uri(void *cls, const char *uri, struct MHD_Connection *c)
{
	struct visit *v = xcalloc(1, sizeof *v);

	(void)c;
	v->server = cls;
	v->uri = xstrdup(uri);
	v->body = (struct sbuf)SBUF_INIT;
	v->began = 0;
	return v;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *data, size_t *n, void **visit)
{
	struct visit *v = *visit;

	(void)cls;
	(void)url;
	(void)version;
	if (!v->began) {
		v->began = clock_steady_ms() + 1;
		return greet(c, v, method);
	}
	if (*n)
		return take(v, data, n);
	return v->refused ? MHD_YES : answer(v, c, method);
}

static void on_end(void *cls, struct MHD_Connection *c, void **visit, enum MHD_RequestTerminationCode why)
{
	struct visit *v = *visit;

	(void)cls;
	(void)c;
	(void)why;
	if (!v)
		return;
	v->server->bodies -= v->body.len;
	sbuf_release(&v->body);
	free(v->uri);
	free(v);
	*visit = NULL;
}

/* ---- listening ------------------------------------------------------------------------------------------------------------- */

static bool bad_address(struct err *err)
{
	err_example(err, "--listen 192.168.1.10:7653");
	return err_at(err, "listen");
}

static const char *listen_of(const struct hub_serve *o)
{
	return o->listen ? o->listen : "127.0.0.1";
}

static bool not_ours(const struct hub_serve *o, struct err *err)
{
	err_set(err, ERR_INVALID_VALUE, _("\"%s\" is no address of this computer, or another program listens there."),
		listen_of(o));
	return bad_address(err);
}

static bool read_address(const struct hub_serve *o, struct sockaddr_in *out, struct err *err)
{
	if (!net_read_address(listen_of(o), HUB_PORT, out, err))
		return bad_address(err);
	if (o->plain && ntohl(out->sin_addr.s_addr) >> 24 != 127)
		return err_set(err, ERR_NOT_ALLOWED, "%s",
			_("Without a certificate the hub answers on this computer only: leave --plain out."));
	return true;
}

static struct MHD_Daemon *listen_at(struct server *s, struct sockaddr_in *at, const char *pem)
{
	unsigned flags = MHD_USE_AUTO | MHD_USE_PEDANTIC_CHECKS | (s->o->plain ? 0 : MHD_USE_TLS);
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)pem },
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)pem },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, at,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_NOTIFY_COMPLETED, on_end, s,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS_OF_ONE, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES, MHD_OPTION_ARRAY, s->o->plain ? none : tls,
		MHD_OPTION_END);
}

/* For the screens, which say what to type on the other computers.  Without it they say less. */
static void keep_address(struct app *app, const char *host, unsigned port)
{
	AUTO_WORK struct work w = { 0 };
	struct err err;
	char at[64];

	snprintf(at, sizeof at, "%s:%u", host, port);
	if (!work_begin(&w, app, &err) || !app_set_setting(app, "hub.at", at, &err) || !work_commit(&w, &err))
		log_err("hub: keeping the address", &err);
}

static void tell_ready(const struct server *s, struct MHD_Daemon *d, const struct sockaddr_in *at)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
	char host[INET_ADDRSTRLEN] = "", base[128];

	inet_ntop(AF_INET, &at->sin_addr, host, sizeof host);
	snprintf(base, sizeof base, "%s://%s:%u" HUB_PREFIX, s->scheme, host, info ? info->port : 0u);
	keep_address(s->app, host, info ? info->port : 0u);
	s->o->ready(s->o->ctx, base);
}

/* A save on one of our screens is a commit of another process; one of a client is our own. */
static void notice(struct server *s)
{
	int64_t version = db_data_version(s->app->db);

	if (!s->written && version == s->seen)
		return;
	s->written = false;
	s->seen = version;
	s->o->changed(s->o->ctx);
}

static bool serve(struct server *s, struct sockaddr_in *at, const char *pem, struct err *err)
{
	struct MHD_Daemon *d = listen_at(s, at, pem);
	bool ok;

	if (!d)
		return not_ours(s->o, err);
	ok = hub_become(s->app, false, err); /* nobody is answered before MHD_run_wait() */
	if (ok)
		tell_ready(s, d, at);
	while (ok && !s->o->stop(s->o->ctx) && MHD_run_wait(d, WAIT_MS) == MHD_YES)
		notice(s);
	MHD_stop_daemon(d);
	return ok;
}

bool hub_serve(struct app *app, const struct hub_serve *o, struct err *err)
{
	struct server s = { .app = app, .o = o, .seen = -1 };
	AUTO_SBUF struct sbuf pem = SBUF_INIT;
	struct sockaddr_in at;

	snprintf(s.scheme, sizeof s.scheme, "%s", o->plain ? "http" : "https");
	if (!read_address(o, &at, err))
		return false;
	if (!o->plain && (!hub_certificate(app, &pem, err) || !hub_pin_of(pem.s, s.pin, err)))
		return false;
	return serve(&s, &at, pem.s, err);
}
