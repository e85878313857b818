/* One request through libcurl.  One handle and one connection for a round: it and the TLS session are kept, because a
 * handshake costs as much as a bundle on a slow line. */
#include "sync/http_int.h"

#include <ctype.h>

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"

void http_answer_init(struct http_answer *a)
{
	*a = (struct http_answer){ 0 };
	sbuf_init(&a->body, TRANSPORT_BODY_MAX);
}

void http_answer_release(struct http_answer *a)
{
	sbuf_release(&a->body);
}

void transport_close(struct transport *t)
{
	if (t)
		t->close(t);
}

static size_t on_body(char *data, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	sbuf_add(&h->answer->body, data, size * n);
	h->too_large = h->answer->body.full;
	return h->too_large ? 0 : size * n;
}

/* The body goes through a callback that cannot rewind, on purpose: given the whole body, libcurl repeats a POST by itself
 * when a kept connection dies without an answer, and a bundle whose fate is unknown must never be sent twice. */
static size_t on_read(char *to, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	size_t some = size * n < h->left ? size * n : h->left;

	memcpy(to, h->body, some);
	h->body += some;
	h->left -= some;
	return some;
}

/* "Name: value\r\n" -> value of that name, trimmed; "" if it is another header. */
static bool header_is(const char *line, size_t n, const char *name, char *out, size_t size)
{
	size_t len = strlen(name), i = 0;

	if (n <= len || strncasecmp(line, name, len) != 0 || line[len] != ':')
		return false;
	for (line += len + 1, n -= len + 1; n && isspace((unsigned char)*line); n--)
		line++;
	while (n && isspace((unsigned char)line[n - 1]))
		n--;
	for (; i < n && i + 1 < size; i++)
		out[i] = line[i];
	out[i] = '\0';
	return true;
}

enum { RETRY_MAX = 366 * 24 * 3600 }; /* seconds: a longer wait is no answer */

static int64_t sane_wait(int64_t seconds)
{
	return seconds < 0 ? 0 : seconds > RETRY_MAX ? RETRY_MAX : seconds;
}

/* Seconds, or a time: that is reckoned from the server's own clock, whose header may come later. */
static void note_wait(struct http *h, const char *text)
{
	time_t at = isalpha((unsigned char)*text) ? curl_getdate(text, NULL) : -1;

	h->retry_at = at > 0 ? (int64_t)at : 0;
	h->answer->retry_after = at > 0 ? 0 : sane_wait(strtol(text, NULL, 10));
}

static size_t on_header(char *line, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;
	struct http_answer *a = h->answer;
	char text[256];

	n *= size;
	if (header_is(line, n, "Content-Type", text, sizeof(text))) {
		text[strcspn(text, "; \t")] = '\0';
		for (char *c = text; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		snprintf(a->content_type, sizeof(a->content_type), "%.63s", text);
	} else if (header_is(line, n, "Date", text, sizeof(text))) {
		time_t at = curl_getdate(text, NULL);

		a->date = at > 0 ? (int64_t)at * 1000 : 0;
	} else if (header_is(line, n, "Retry-After", text, sizeof(text))) {
		note_wait(h, text);
	} else if (header_is(line, n, "Content-Encoding", text, sizeof(text))) {
		a->packed = strcasecmp(text, "gzip") == 0;
	} else if (header_is(line, n, "Location", text, sizeof(text))) {
		snprintf(a->location, sizeof(a->location), "%s", text);
	}
	return n;
}

/* Counts what goes over the wire, and notices whether any part of the request did. */
static int on_wire(CURL *curl, curl_infotype type, char *data, size_t n, void *ctx)
{
	struct http *h = ctx;

	(void)curl;
	(void)data;
	if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) {
		h->t.bytes_up += n;
		h->request_left = true;
	} else if (type == CURLINFO_HEADER_IN || type == CURLINFO_DATA_IN) {
		h->t.bytes_down += n;
	}
	return 0;
}

static void add_header(struct curl_slist **list, const char *line)
{
	struct curl_slist *grown = curl_slist_append(*list, line);

	if (grown)
		*list = grown;
}

static void add_named(struct curl_slist **list, const char *name, const char *value)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	sbuf_addf(&line, "%s: %s", name, value);
	add_header(list, line.s);
}

static struct curl_slist *headers_of(const struct http_request *req, bool packed)
{
	static const char fhir[] = "application/fhir+json";
	struct curl_slist *list = NULL;

	add_named(&list, "Accept", req->content_type ? "application/json" : fhir);
	add_header(&list, "Cache-Control: no-cache"); /* some servers answer a repeated search from a cache */
	add_header(&list, "Expect:");                 /* no round trip for 100-continue */
	if (req->body)
		add_named(&list, "Content-Type", req->content_type ? req->content_type : fhir);
	if (packed)
		add_header(&list, "Content-Encoding: gzip");
	if (req->minimal)
		add_header(&list, "Prefer: return=minimal");
	if (req->bearer) {
		AUTO_SBUF struct sbuf value = SBUF_INIT;

		sbuf_addf(&value, "Bearer %s", req->bearer);
		add_named(&list, "Authorization", value.s);
	}
	if (req->id)
		add_named(&list, "X-Request-Id", req->id);
	return list;
}

static void set_request(struct http *h, const struct http_request *req, const struct sbuf *packed)
{
	curl_easy_setopt(h->curl, CURLOPT_URL, req->url);
	if (!req->body) {
		curl_easy_setopt(h->curl, CURLOPT_HTTPGET, 1L);
		return;
	}
	h->body = packed && packed->len ? packed->s : req->body;
	h->left = packed && packed->len ? packed->len : req->body_len;
	curl_easy_setopt(h->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(h->curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(h->curl, CURLOPT_READDATA, h);
	curl_easy_setopt(h->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)h->left);
}

/* Did it fail before a connection stood?  Then nothing can have arrived; of everything else we cannot know. */
static bool before_sending(CURLcode rc)
{
	static const CURLcode early[] = { CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_COULDNT_RESOLVE_HOST,
		CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
		CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
		CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_OPERATION_TIMEDOUT };

	for (size_t i = 0; i < N_ELEMENTS(early); i++)
		if (rc == early[i])
			return true;
	return false;
}

enum { TOO_SHORT_MS = 20 }; /* nothing is begun for so little: curl's timer ends some milliseconds early or late */

/* However slowly it comes, it ends. */
static bool time_left(struct http *h, struct err *err)
{
	int64_t left = h->until - clock_steady_ms();

	if (left <= TOO_SHORT_MS)
		return err_system(err, ERR_NETWORK, CURLE_OPERATION_TIMEDOUT,
			_("The exchange took too long and was broken off. What is left goes with the next one."), "time is up");
	curl_easy_setopt(h->curl, CURLOPT_TIMEOUT_MS, (long)(left < h->request_ms ? left : h->request_ms));
	return true;
}

bool http_start(struct http *h, const struct http_request *req, const struct sbuf *packed, struct http_answer *answer,
	struct err *err)
{
	if (!time_left(h, err))
		return false;
	h->answer = answer;
	h->too_large = h->request_left = h->over = false;
	h->retry_at = 0;
	*h->fault = '\0';
	h->headers = headers_of(req, packed && packed->len > 0);
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, h->headers);
	set_request(h, req, packed);
	if (curl_multi_add_handle(h->multi, h->curl) != CURLM_OK) {
		h->rc = CURLE_FAILED_INIT;
		h->over = true;
	}
	return true;
}

void http_step(struct http *h)
{
	int running, left;
	bool broken = curl_multi_perform(h->multi, &running) != CURLM_OK;
	const CURLMsg *m = curl_multi_info_read(h->multi, &left);

	if (m && m->msg == CURLMSG_DONE) {
		h->rc = m->data.result;
		h->over = true;
	} else if (broken) {
		h->rc = CURLE_FAILED_INIT;
		h->over = true;
	}
}

bool http_end(struct http *h, struct err *err)
{
	struct http_answer *answer = h->answer;
	long status = 0;

	curl_multi_remove_handle(h->multi, h->curl);
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(h->headers);
	curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
	h->headers = NULL;
	h->answer = NULL;
	answer->status = (int)status;
	answer->may_have_arrived = h->request_left || !before_sending(h->rc);
	answer->too_large = h->too_large;
	answer->timed_out = h->rc == CURLE_OPERATION_TIMEDOUT || h->rc == CURLE_ABORTED_BY_CALLBACK;
	if (h->retry_at && answer->date)
		answer->retry_after = sane_wait(h->retry_at - answer->date / 1000);
	return h->rc == CURLE_OK || http_failed(h, h->rc, err);
}

/* One for the process: who else would want something of it knows no line. */
static struct {
	bool (*wanted)(void *ctx);
	void *ctx;
} watch;

void transport_watch(bool (*wanted)(void *ctx), void *ctx)
{
	watch.wanted = wanted;
	watch.ctx = ctx;
}

static bool is_wanted(void)
{
	return watch.wanted && watch.wanted(watch.ctx);
}

enum { LOOK_MS = 1000 }; /* libcurl's own times wake it up before */

/* Whatever comes wakes us up, many times a second on a good line: it is looked no oftener for that. */
static void let_go_when_wanted(struct http *h, int64_t *looked)
{
	int64_t now = clock_steady_ms();

	if (now - *looked < LOOK_MS)
		return;
	*looked = now;
	if (is_wanted()) {
		h->rc = CURLE_ABORTED_BY_CALLBACK;
		h->over = true;
	}
}

bool http_finish(struct http *h, struct err *err)
{
	int64_t looked = clock_steady_ms();

	while (!h->over) {
		http_step(h);
		if (h->over)
			break;
		curl_multi_poll(h->multi, NULL, 0, LOOK_MS, NULL);
		let_go_when_wanted(h, &looked);
	}
	return http_end(h, err);
}

static bool http_send(struct transport *t, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	struct http *h = (struct http *)t;
	AUTO_SBUF struct sbuf packed = SBUF_INIT;
	bool whole;

	if (is_wanted()) {
		*h->fault = '\0';
		return http_failed(h, CURLE_ABORTED_BY_CALLBACK, err);
	}
	if (http_early(h, req, answer, &whole, err))
		return whole;
	if (req->body && !req->plain && !req->content_type && req->body_len >= GZIP_WORTH &&
		!gzip_pack(req->body, req->body_len, 9, &packed))
		sbuf_clear(&packed);
	return http_start(h, req, &packed, answer, err) && http_finish(h, err);
}

static void http_close(struct transport *t)
{
	struct http *h = (struct http *)t;

	http_early_drop(h);
	curl_easy_cleanup(h->curl);
	curl_multi_cleanup(h->multi);
	free(h);
	curl_global_cleanup();
}

static void set_callbacks(struct http *h)
{
	curl_easy_setopt(h->curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(h->curl, CURLOPT_WRITEDATA, h);
	curl_easy_setopt(h->curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(h->curl, CURLOPT_HEADERDATA, h);
	curl_easy_setopt(h->curl, CURLOPT_DEBUGFUNCTION, on_wire);
	curl_easy_setopt(h->curl, CURLOPT_DEBUGDATA, h);
	curl_easy_setopt(h->curl, CURLOPT_VERBOSE, 1L); /* only so that on_wire() is told */
}

struct transport *transport_http(const struct transport_options *o, struct err *err)
{
	struct http *h = xcalloc(1, sizeof(*h));

	h->t.send = http_send;
	h->t.close = http_close;
	h->t.begin = http_begin;
	h->t.drive = http_drive;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(h->curl = curl_easy_init()) || !(h->multi = curl_multi_init())) {
		curl_easy_cleanup(h->curl);
		free(h);
		err_set(err, ERR_NETWORK, _("The network library could not be started."));
		return NULL;
	}
	set_callbacks(h);
	if (!http_set_up(h, o, err)) {
		http_close(&h->t);
		return NULL;
	}
	return &h->t;
}
