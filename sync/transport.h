/* How a round talks to a server: one request, one answer.  http.c does it with libcurl; tests do it in memory. */
#ifndef SYNC_TRANSPORT_H
#define SYNC_TRANSPORT_H

#include "app/base/err.h"
#include "app/base/sbuf.h"

enum {
	TRANSPORT_BODY_MAX = 8 * 1024 * 1024, /* of an answer, unpacked: no server may fill the memory */
	TRANSPORT_URL_MAX = 4096,
};

struct http_request {
	const char *method; /* "GET", "POST" */
	const char *url; /* absolute; always below the base that the user gave, or the county's login server */
	const char *body; /* NULL for none */
	size_t body_len;
	const char *content_type; /* of the body; NULL: FHIR JSON, which is asked for then as well; else any JSON is */
	bool minimal; /* Prefer: return=minimal */
	const char *id; /* X-Request-Id, or NULL */
	bool plain; /* the body goes as it is, never packed */
	const char *bearer; /* Authorization: Bearer ..., or NULL.  Set by sync/auth.h, which knows where it may go */
};

struct http_answer {
	int status; /* 0: no answer came */
	char content_type[64]; /* lower case, without parameters; "" if none */
	int64_t date; /* the server's Date in milliseconds, 0 if none */
	int64_t retry_after; /* seconds, 0 if none; with status 0: whoever gives passes asked for it */
	bool packed; /* it came packed */
	char location[256]; /* of a redirect, which is never followed */
	bool may_have_arrived; /* with status 0 or a cut body: the request, or a part of it, left this machine */
	bool too_large; /* the body passed TRANSPORT_BODY_MAX */
	bool timed_out; /* the server may still be working on it */
	struct sbuf body; /* unpacked; owned by the answer */
};

void http_answer_init(struct http_answer *a);
void http_answer_release(struct http_answer *a);
#define AUTO_ANSWER __attribute__((cleanup(http_answer_release)))

struct transport {
	/* True when a whole answer came, whatever its status.  False: none, or a part of one; err says why in a sentence,
	 * and answer->may_have_arrived decides whether the server may have acted on the request. */
	bool (*send)(struct transport *t, const struct http_request *req, struct http_answer *answer, struct err *err);
	void (*close)(struct transport *t);
	/* NULL where the line cannot.  begin: a GET goes out whose answer is asked for later, with the same request to send(),
	 * which tells what became of it and waits only for what has not come by then.  There is one at a time: another one
	 * takes its place.  What else is sent meanwhile goes on the same connection, after the answer has come.
	 * drive: takes in what has come of it, without waiting. */
	void (*begin)(struct transport *t, const struct http_request *req);
	void (*drive)(struct transport *t);
	uint64_t bytes_up, bytes_down; /* on the wire with headers, before TLS */
};

/* What a server may cost: seconds; 0 takes the usual.  Lines are slow, so they are generous; but they end. */
struct transport_limits {
	int connect; /* until a connection stands: 45 */
	int slow; /* below 30 bytes a second for so long the line counts as dead: 90 */
	int request; /* one request and its answer: 1200 */
	int all; /* everything from transport_http() on: 4 hours */
};

/* Whom we believe, who we are, and the way there.  Texts are copied. */
struct transport_options {
	const char *ca; /* certificates in PEM: only who is signed by one of them is believed; NULL: the system's */
	const char *pins; /* "sha256//...;sha256//...": and only these keys; NULL: any key so signed */
	const char *certificate; /* ours in PEM, with those between it and its root; NULL: none */
	const char *key; /* of that certificate, PEM */
	const char *proxy; /* NULL: as the environment says (https_proxy, no_proxy); "": none; else its address */
	const char *proxy_login; /* "user:password" for Basic, Digest or NTLM, whichever it asks for; or NULL */
	struct transport_limits limits;
};

/* Nothing happens where the line cannot begin early. */
void transport_begin(struct transport *t, const struct http_request *req);
void transport_drive(struct transport *t);
/* Is it a GET, and the same one that was begun with this address? */
bool transport_is_begun(const struct http_request *req, const char *url);

/* libcurl: https to anywhere, plain http to loopback only, redirects off, gzip both ways.  o: NULL for nothing special.
 * transport_close() frees it. */
struct transport *transport_http(const struct transport_options *o, struct err *err);
void transport_close(struct transport *t);
/* Asked before each request and every second while one runs: does somebody wait for this process to have done?  Then the request is
 * broken off, and every further one refused (ERR_BUSY).  NULL: nobody is asked. */
void transport_watch(bool (*wanted)(void *ctx), void *ctx);

/* To a computer of the clinic that is known by its key alone ("sha256//..."), whatever its name and its dates say.  pin "": plain
 * http on this computer. */
struct transport *transport_pinned(const char *pin, struct err *err);
/* The certificate shown at an address, in PEM.  Nothing is believed of it yet. */
bool transport_certificate(const char *url, struct sbuf *pem, struct err *err);

/* May we talk to this address at all?  https anywhere, http on loopback; no user or password in it; no query.  base
 * (TRANSPORT_URL_MAX bytes) gets it without a slash at the end. */
bool transport_check_url(const char *url, char *base, struct err *err) MUST_CHECK;

/* Is the address on this machine? */
bool transport_is_loopback(const char *url);

/* Before this process is confined, of every address that it may talk to: a name of the local network (NAME.local) is looked up now,
 * because afterwards the program of this machine that knows it cannot be asked.  address: a URL, or host[:port]; usual_port: where
 * none stands in it, 0: that of https.  transport_know(): a name's address for the rest of this process' life. */
void transport_look_up(const char *address, int usual_port);
void transport_know(const char *host, int port, const char *address);

/* Same scheme, host and port: what is secret for one may go to the other. */
bool transport_same_origin(const char *a, const char *b);

/* A body as gzip, level 1 to 9, added to out; false when that cannot be done.  A smaller one is not worth it. */
enum { GZIP_WORTH = 300 };
bool gzip_pack(const char *plain, size_t n, int level, struct sbuf *out);

#endif
