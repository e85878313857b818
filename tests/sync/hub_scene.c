#include "hub_scene.h"

#include "db/stmt.h"

#define BASE "https://hub.test/fhir"

static bool wire_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct wire *w = (struct wire *)t;
	enum wire_fault fault = w->skip || !w->fault ? WIRE_FINE : w->fault;
	struct hub_request to = { .method = req->method, .base = BASE, .body = req->body, .body_len = req->body_len, .minimal = req->minimal };
	AUTO_REPLY struct hub_reply reply;

	hub_reply_init(&reply);
	w->skip -= w->skip > 0;
	w->requests++;
	if (fault)
		w->fault = WIRE_FINE;
	a->may_have_arrived = fault == WIRE_LOST_REQUEST || fault == WIRE_LOST_ANSWER;
	if (!w->hub || fault == WIRE_NO_NETWORK || fault == WIRE_LOST_REQUEST)
		return err_set(err, ERR_NETWORK, "the line was cut");
	assert_int_equal(strncmp(req->url, BASE, strlen(BASE)), 0);
	to.path = req->url + strlen(BASE) + (req->url[strlen(BASE)] == '/');
	hub_answer(w->hub, &to, &reply);
	if (fault == WIRE_LOST_ANSWER)
		return err_set(err, ERR_NETWORK, "the line was cut");
	a->status = reply.status;
	a->date = reply.date;
	snprintf(a->content_type, sizeof(a->content_type), "application/fhir+json");
	sbuf_add(&a->body, reply.body.s, reply.body.len);
	t->bytes_up += req->body_len + 200;
	t->bytes_down += a->body.len + 200;
	return true;
}

static void wire_close(struct transport *t)
{
	(void)t;
}

static void join(struct office *o, size_t pc)
{
	o->wire[pc] = (struct wire){ .t = { .send = wire_send, .close = wire_close }, .hub = &o->pc[o->hub].app };
	assert_ok(hub_join_at(&o->pc[pc].app, BASE, "sha256//pin", "key", &o->pc[pc].err), &o->pc[pc].err);
}

void office_open(struct office *o, size_t n)
{
	*o = (struct office){ .n = n };
	fake_fhir_init(&o->county, NULL);
	for (size_t i = 0; i < n; i++)
		desk_open(&o->pc[i], &o->county, 21 + i);
	assert_ok(hub_become(&o->pc[0].app, false, &o->pc[0].err), &o->pc[0].err);
	for (size_t i = 1; i < n; i++)
		join(o, i);
}

void office_close(struct office *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->pc[i].dir)
			desk_close(&o->pc[i]);
	fake_fhir_release(&o->county);
}

bool office_round(struct office *o, size_t pc)
{
	struct desk *d = &o->pc[pc];
	struct sync_options with = { .transport = pc == o->hub ? NULL : &o->wire[pc].t };

	d->now += 1000;
	d->err = (struct err){ 0 };
	d->ok = hub_round(&d->app, &with, &d->fig, &d->err);
	return d->ok;
}

void office_settle(struct office *o)
{
	int64_t moved = 1;

	for (unsigned i = 0; moved && i < 20; i++) {
		moved = 0;
		for (size_t pc = 0; pc < o->n; pc++) {
			if (!o->pc[pc].dir)
				continue;
			assert_ok(office_round(o, pc), &o->pc[pc].err);
			moved += o->pc[pc].fig.pushed + o->pc[pc].fig.pulled;
		}
	}
	assert_int_equal(moved, 0);
}

void office_promote(struct office *o, size_t pc)
{
	desk_close(&o->pc[o->hub]);
	o->pc[o->hub].dir = NULL;
	o->hub = pc;
	assert_ok(hub_become(&o->pc[pc].app, true, &o->pc[pc].err), &o->pc[pc].err);
	for (size_t i = 0; i < o->n; i++)
		if (i != pc && o->pc[i].dir)
			join(o, i);
}

struct hub_reply *office_ask(struct office *o, const char *method, const char *path, const char *body)
{
	struct hub_request req = { .method = method, .path = path, .base = BASE, .body = body, .body_len = body ? strlen(body) : 0 };
	struct hub_reply *r = xcalloc(1, sizeof(*r));

	hub_reply_init(r);
	hub_answer(&o->pc[o->hub].app, &req, r);
	return r;
}

void office_ask_release(struct hub_reply *r)
{
	hub_reply_release(r);
	free(r);
}
