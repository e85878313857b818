#include "sync/auth_int.h"

#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/mem.h"

static void count(struct auth *a)
{
	a->t.bytes_up = a->inner->bytes_up;
	a->t.bytes_down = a->inner->bytes_down;
}

int64_t auth_now(const struct auth *a)
{
	return clock_now(&a->clock) + a->offset;
}

static bool send_on(struct auth *a, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	bool ok = a->inner->send(a->inner, req, answer, err);

	count(a);
	return ok;
}

bool auth_ask(struct auth *a, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	bool ok = send_on(a, req, answer, err);

	if (answer->date)
		a->offset = answer->date - clock_now(&a->clock);
	a->wait = answer->status == 429 || answer->status == 503 ? answer->retry_after : 0;
	return ok;
}

static bool elsewhere(struct auth *a, const struct http_request *req, struct err *err)
{
	if (transport_same_origin(req->url, a->base))
		return false;
	err_system(err, ERR_NETWORK, 0, _("The county server sends us to another address. Nothing was sent there."),
		"another origin than the county's");
	return true;
}

/* As if nothing had been sent. */
static bool blank(struct http_answer *answer)
{
	http_answer_release(answer);
	http_answer_init(answer);
	return false;
}

/* Nothing was sent for want of a pass: how long to wait for one is all that there is to tell. */
static bool no_pass(const struct auth *a, struct http_answer *answer)
{
	blank(answer);
	answer->retry_after = a->wait;
	return false;
}

static bool with_bearer(struct auth *a, const char *bearer, const struct http_request *req, struct http_answer *answer,
	struct err *err)
{
	struct http_request own = *req;

	own.bearer = bearer;
	return send_on(a, &own, answer, err);
}

/* A pass may be taken back before its time: 401 once is answered with a new one.  The server has done nothing then. */
static bool send_smart(struct auth *a, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	for (int try = 0; try < 2; try++) {
		if (!auth_smart_pass(a, try > 0, err))
			return no_pass(a, answer);
		blank(answer);
		if (!with_bearer(a, a->pass.text, req, answer, err))
			return false;
		if (answer->status != 401)
			return true;
	}
	auth_pass_drop(a);
	return true;
}

static bool auth_send(struct transport *t, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	struct auth *a = (struct auth *)t;

	if (!a->smart && !a->bearer)
		return send_on(a, req, answer, err);
	if (elsewhere(a, req, err))
		return false;
	return a->smart ? send_smart(a, req, answer, err) : with_bearer(a, a->bearer, req, answer, err);
}

/* What does not go out here goes when it is asked for, and is refused then in words. */
static void auth_begin(struct transport *t, const struct http_request *req)
{
	struct auth *a = (struct auth *)t;
	struct http_request own = *req;
	struct err later = { 0 };

	if ((a->smart || a->bearer) && elsewhere(a, req, &later))
		return;
	if (a->smart && !auth_smart_pass(a, false, &later))
		return;
	if (a->smart || a->bearer)
		own.bearer = a->smart ? a->pass.text : a->bearer;
	transport_begin(a->inner, &own);
	count(a);
}

static void auth_drive(struct transport *t)
{
	struct auth *a = (struct auth *)t;

	transport_drive(a->inner);
	count(a);
}

static void free_secret(char *text)
{
	if (text)
		sodium_memzero(text, strlen(text));
	free(text);
}

void auth_pass_drop(struct auth *a)
{
	free_secret(a->pass.text);
	a->pass = (struct auth_pass){ .text = NULL };
}

static void auth_close(struct transport *t)
{
	struct auth *a = (struct auth *)t;

	transport_close(a->inner);
	auth_pass_drop(a);
	free_secret(a->bearer);
	free(a->base);
	free(a->client_id);
	free(a->token_url);
	free(a->scope);
	free(a->session);
	free(a->found_url);
	free(a);
}

static void set_smart(struct auth *a, const struct auth_smart *s)
{
	a->smart = true;
	a->client_id = xstrdup(s->client_id);
	a->token_url = xstrdup(s->token_url);
	a->scope = xstrdup(s->scope);
	a->key = s->key;
	a->before = s->before;
	a->settled = s->settled;
	a->settled_ctx = s->settled_ctx;
	auth_session_load(a);
}

struct transport *auth_transport(struct transport *inner, const struct auth_options *o)
{
	struct auth *a = xcalloc(1, sizeof(*a));

	a->t.send = auth_send;
	a->t.close = auth_close;
	a->t.begin = inner->begin ? auth_begin : NULL;
	a->t.drive = inner->drive ? auth_drive : NULL;
	a->inner = inner;
	a->base = xstrdup(o->base);
	a->bearer = o->bearer && *o->bearer ? xstrdup(o->bearer) : NULL;
	a->session = o->session ? xstrdup(o->session) : NULL;
	a->clock = *o->clock;
	if (o->smart)
		set_smart(a, o->smart);
	count(a);
	return &a->t;
}
