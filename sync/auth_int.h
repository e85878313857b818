/* Between auth.c, auth_smart.c, auth_session.c and auth_jwt.c. */
#ifndef SYNC_AUTH_INT_H
#define SYNC_AUTH_INT_H

#include "sync/auth.h"

enum {
	AUTH_PASS_MAX = 8192, /* characters of a pass */
	AUTH_STATEMENT_S = 60, /* our signed statement is good for so long: Keycloak refuses more */
	AUTH_LIFE_S = 300, /* of a pass whose life the server does not tell */
	AUTH_LIFE_MAX_S = 86400,
	AUTH_CLOCK_MS = 5000, /* two clocks that differ by more are told apart */
};

/* A pass; times are the server's, in milliseconds. */
struct auth_pass {
	char *text; /* NULL: none */
	int64_t from, until;
};

struct auth {
	struct transport t, *inner;
	char *base, *bearer, *client_id, *token_url, *scope, *session;
	bool smart;
	const struct device_key *key, *before;
	void (*settled)(void *ctx);
	void *settled_ctx;
	struct clock clock;
	int64_t offset; /* the server's clock minus ours */
	int64_t wait; /* seconds that whoever gives passes asked for with its last answer */
	char *found_url; /* where passes are given, found out or set */
	bool v1; /* the server knows the older scopes only */
	struct auth_pass pass;
};

/* One request of our own on the inner line; the server's Date is noted. */
bool auth_ask(struct auth *a, const struct http_request *req, struct http_answer *answer, struct err *err);

/* The server's time, as well as we know it. */
int64_t auth_now(const struct auth *a);

/* A pass that is good, got if need be.  fresh: not the one that is here. */
bool auth_smart_pass(struct auth *a, bool fresh, struct err *err);
void auth_pass_drop(struct auth *a);

/* The pass of an earlier process, if it was for the same server, name, scope and key. */
void auth_session_load(struct auth *a);
void auth_session_save(const struct auth *a);

/* The signed statement of RFC 7523: client_id says at `now` to `audience` that it is itself.  jti: random, never twice. */
bool auth_statement(const struct device_key *key, const char *client_id, const char *audience, int64_t now, const char *jti,
	struct sbuf *out, struct err *err);

#endif
