/* The files http*.c: the only ones that know libcurl. */
#ifndef SYNC_HTTP_INT_H
#define SYNC_HTTP_INT_H

#include <curl/curl.h>

#include "sync/transport.h"

struct http {
	struct transport t;
	CURL *curl;
	int64_t until; /* clock_steady_ms() when everything ends */
	int64_t request_ms;
	struct http_answer *answer; /* of the request that runs */
	const char *body; /* what is left of its body */
	size_t left;
	bool too_large, request_left;
	char fault[CURL_ERROR_SIZE]; /* libcurl's words about the last failure */
};

/* Everything that stays the same for all requests. */
bool http_set_up(struct http *h, const struct transport_options *o, struct err *err) MUST_CHECK;

/* Why no answer came, as a sentence; returns false. */
bool http_failed(const struct http *h, CURLcode rc, struct err *err);

#endif
