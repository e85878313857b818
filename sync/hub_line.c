/* A round of the hub with itself: the request goes to the store in the same process. */
#include "sync/hub_int.h"

#include "app/base/i18n.h"

struct line {
	struct transport t;
	struct app *app;
};

static bool send(struct transport *t, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	struct line *l = (struct line *)t;
	AUTO_REPLY struct hub_reply reply;
	size_t n = strlen(HUB_LOCAL);
	struct hub_request to = { .method = req->method, .base = HUB_LOCAL, .body = req->body, .body_len = req->body_len,
		.minimal = req->minimal };

	hub_reply_init(&reply);
	if (strncmp(req->url, HUB_LOCAL, n) != 0)
		return err_set(err, ERR_NETWORK, "%s", _("This address is not the hub's."));
	to.path = req->url + n + (req->url[n] == '/');
	hub_answer(l->app, &to, &reply);
	answer->status = reply.status;
	answer->date = reply.date;
	answer->may_have_arrived = true;
	snprintf(answer->content_type, sizeof answer->content_type, "application/fhir+json");
	sbuf_add(&answer->body, reply.body.s, reply.body.len);
	return true;
}

static void close(struct transport *t)
{
	free(t);
}

struct transport *hub_line(struct app *app)
{
	struct line *l = xcalloc(1, sizeof *l);

	l->t = (struct transport){ .send = send, .close = close };
	l->app = app;
	return &l->t;
}
