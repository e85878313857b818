/* A small web server on loopback in a child process, with TLS or without, that does what a test tells it. */
#ifndef TESTS_SYNC_WEB_H
#define TESTS_SYNC_WEB_H

#include <sys/types.h>

#include "app/base/sbuf.h"
#include "pki.h"

struct web_line;

/* A request that came whole. */
struct web_request {
	char method[16], path[512];
	char authorization[512], proxy_authorization[512]; /* "" if it came without */
	const char *head, *body;
	size_t n; /* of this server, from 1 */
	const void *ctx; /* of the options */
};

struct web_options {
	const struct pki *tls; /* NULL: plain http */
	const char *client_ca; /* PEM: only clients with a certificate of it; NULL: anybody */
	int max_tls; /* TLS1_1_VERSION ...; 0: any */
	/* Runs in the child; false: the connection is closed. */
	bool (*answer)(struct web_line *l, const struct web_request *req);
	const void *ctx;
};

struct web {
	pid_t pid;
	int port, journal;
	char base[64];
};

void web_start(struct web *w, const struct web_options *o);
/* Ends it.  What came, a line a request: "GET /path Bearer x" ("-" when without Authorization). */
char *web_stop(struct web *w);

/* ---- answering, in the child -------------------------------------------------------------------------------------- */

/* False when the other end is gone. */
bool web_put(struct web_line *l, const void *data, size_t n);
/* A whole answer with Content-Length and a Date (that of http dates; NULL: none). */
bool web_say(struct web_line *l, const char *status, const char *type, const char *more, const char *body);
/* As a proxy: connects with a port on loopback, says 200, and passes on both ways until one end is closed. */
bool web_tunnel(struct web_line *l, int port);

#endif
