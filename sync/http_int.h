/* The files http*.c: the only ones that know libcurl. */
#ifndef SYNC_HTTP_INT_H
#define SYNC_HTTP_INT_H

#include <curl/curl.h>

#include "sync/transport.h"

/* A request whose answer nobody has asked for yet: http_early.c. */
struct early {
	char *url; /* NULL: there is none */
	bool over, whole;
	struct http_answer answer;
	struct err err;
};

struct http {
	struct transport t;
	CURL *curl;
	CURLM *multi; /* keeps the connection */
	int64_t until; /* clock_steady_ms() when everything ends */
	int64_t request_ms;
	struct http_answer *answer; /* of the request that runs */
	const char *body; /* what is left of its body */
	size_t left;
	bool too_large, request_left, over; /* over: the request that runs has ended, with rc */
	CURLcode rc;
	int64_t retry_at; /* the time until which it asks us to wait, in seconds; 0: none */
	struct curl_slist *headers;
	struct early early;
	char fault[CURL_ERROR_SIZE]; /* libcurl's words about the last failure */
};

/* Everything that stays the same for all requests. */
bool http_set_up(struct http *h, const struct transport_options *o, struct err *err) MUST_CHECK;

/* Names whose addresses are known already, as CURLOPT_RESOLVE takes them; NULL: none. */
struct curl_slist *http_known(void);

/* One request, in pieces: it goes out; what can be done without waiting is done; what became of it, once it is over, is told.
 * packed: its body as it goes; NULL: as it is.  It must last as long. */
bool http_start(struct http *h, const struct http_request *req, const struct sbuf *packed, struct http_answer *answer,
	struct err *err) MUST_CHECK;
void http_step(struct http *h);
bool http_end(struct http *h, struct err *err);
/* The same to its end. */
bool http_finish(struct http *h, struct err *err);

void http_begin(struct transport *t, const struct http_request *req);
void http_drive(struct transport *t);
/* Before a request: what was begun comes in.  True: it is the answer to this very request, and *whole is send()'s. */
bool http_early(struct http *h, const struct http_request *req, struct http_answer *answer, bool *whole, struct err *err);
void http_early_drop(struct http *h);

/* Why no answer came, as a sentence; returns false. */
bool http_failed(const struct http *h, CURLcode rc, struct err *err);

#endif
