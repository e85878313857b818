/* A request that goes out before its answer is asked for.  It has the connection until it is over: another one waits for it
 * here, because a second connection would cost a handshake, and what has come is kept until it is asked for. */
#include "sync/http_int.h"

#include "app/base/mem.h"

void transport_begin(struct transport *t, const struct http_request *req)
{
	if (t->begin)
		t->begin(t, req);
}

void transport_drive(struct transport *t)
{
	if (t->drive)
		t->drive(t);
}

bool transport_is_begun(const struct http_request *req, const char *url)
{
	return url && strcmp(req->method, "GET") == 0 && strcmp(req->url, url) == 0;
}

static void settle(struct http *h, bool whole)
{
	h->early.whole = whole;
	h->early.over = true;
}

/* Nobody wants it any more.  One that still runs takes its connection with it. */
void http_early_drop(struct http *h)
{
	struct err ignored;

	if (!h->early.url)
		return;
	if (!h->early.over)
		http_end(h, &ignored);
	free(h->early.url);
	http_answer_release(&h->early.answer);
	h->early = (struct early){ .url = NULL };
}

void http_begin(struct transport *t, const struct http_request *req)
{
	struct http *h = (struct http *)t;
	struct early *e = &h->early;

	http_early_drop(h);
	e->url = xstrdup(req->url);
	http_answer_init(&e->answer);
	if (!http_start(h, req, NULL, &e->answer, &e->err))
		settle(h, false);
	http_drive(t);
}

void http_drive(struct transport *t)
{
	struct http *h = (struct http *)t;

	if (!h->early.url || h->early.over)
		return;
	http_step(h);
	if (h->over)
		settle(h, http_end(h, &h->early.err));
}

bool http_early(struct http *h, const struct http_request *req, struct http_answer *answer, bool *whole, struct err *err)
{
	struct early *e = &h->early;

	if (!e->url)
		return false;
	if (!e->over)
		settle(h, http_finish(h, &e->err));
	if (!transport_is_begun(req, e->url))
		return false;
	*whole = e->whole;
	if (!e->whole)
		*err = e->err;
	http_answer_release(answer);
	*answer = e->answer;
	http_answer_init(&e->answer);
	http_early_drop(h);
	return true;
}
