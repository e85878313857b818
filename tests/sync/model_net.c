/* Between a device and the county: what happens to each request is part of the schedule. */
#include "model.h"

#include "app/base/mem.h"
#include "support/base/check.h"

/* ---- requests that arrive after their sender has given up ---- */

static void stash(struct model_device *d, const struct http_request *req, int64_t until, bool copy)
{
	struct model *m = d->m;

	if (m->n_late == MODEL_LATE)
		return;
	m->late[m->n_late++] = (struct model_late){ .body = xstrndup(req->body, req->body_len), .who = d->who, .until = until,
		.copy = copy };
}

static void arrive(struct model *m, size_t i)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	struct model_late late = m->late[i];
	struct http_request req = { .method = "POST", .url = m->county.base, .body = late.body, .body_len = strlen(late.body) };

	m->late[i] = m->late[--m->n_late];
	model_say(m, "   a late request of %u arrives: %d", late.who, fake_transaction(&m->county, &req, &out));
	for (size_t k = m->looked; late.copy && k < m->county.n; k++)
		m->county.versions[k].posted = false; /* nobody's: it says again what was said */
	free(late.body);
	model_check_county(m);
}

void model_deliver_late(struct model *m, bool now)
{
	for (size_t i = m->n_late; i-- > 0;)
		if (now || m->truth >= m->late[i].until)
			arrive(m, i);
}

/* ---- one request ---- */

static const struct {
	enum fake_fault fault;
	int status;
} faults[FATE_COUNT] = {
	[FATE_NO_NETWORK] = { FAKE_NO_NETWORK, 0 },
	[FATE_LOST_REQUEST] = { FAKE_LOST_REQUEST, 0 },
	[FATE_LOST_ANSWER] = { FAKE_LOST_ANSWER, 0 },
	[FATE_CUT] = { FAKE_CUT_ANSWER, 0 },
	[FATE_HALF] = { FAKE_HALF_BODY, 0 },
	[FATE_SHORT] = { FAKE_SHORT_BUNDLE, 0 },
	[FATE_BUSY] = { FAKE_STATUS, 503 },
	[FATE_GATEWAY] = { FAKE_STATUS, 504 },
	[FATE_FAULT] = { FAKE_STATUS, 500 },
	[FATE_CAPTIVE] = { FAKE_CAPTIVE, 0 },
	[FATE_REDIRECT] = { FAKE_REDIRECT, 0 },
};

static bool gives_up(struct model_device *d, const struct http_request *req, struct http_answer *a, struct err *err)
{
	stash(d, req, d->m->truth + 55000, false); /* it arrives within the minute that a device waits before it asks */
	a->may_have_arrived = a->timed_out = true;
	return err_set(err, ERR_NETWORK, "no answer came");
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

/* A copy that comes back much later: the version that it replaces has moved on.  One of something new is another first version
 * where the county does not look at If-None-Match. */
static void copy(struct model_device *d, const struct http_request *req)
{
	if (d->m->s->deaf || count(req->body, "\"method\":\"PUT\"") == count(req->body, "\"ifMatch\""))
		stash(d, req, d->m->truth + (1 + d->requests % 6) * 1200000, true);
}

static bool dead(struct model_device *d, struct http_answer *a, struct err *err)
{
	if ((d->online || !d->m->failed) && !db_test_is_dead(d->app.db))
		return true;
	a->may_have_arrived = true;
	return err_set(err, ERR_NETWORK, "the process is gone");
}

static bool pass(struct model_device *d, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct transport *t = &d->m->county.t;
	uint64_t up = t->bytes_up, down = t->bytes_down;
	bool whole = t->send(t, req, a, err);

	d->t.bytes_up += t->bytes_up - up; /* the county counts what all have said */
	d->t.bytes_down += t->bytes_down - down;
	model_check_county(d->m);
	return whole;
}

/* What may happen to this question is test_policy's; here it would only move every fate by one, and the kept seeds with them. */
static bool asks_policy(const struct http_request *req)
{
	return strstr(req->url, "sync-policy") != NULL;
}

static bool send_now(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct model_device *d = (struct model_device *)t;
	struct model *m = d->m;
	enum model_fate fate = !asks_policy(req) && d->requests++ == d->fate_at ? d->fate : FATE_FINE;
	bool post = strcmp(req->method, "POST") == 0 && !strstr(req->body, "\"type\":\"batch\""), whole; /* that only reads */

	if (asks_policy(req))
		return pass(d, req, a, err);
	if (post)
		model_check_put(m, d, req);
	d->unread |= fate == FATE_HALF && strstr(req->url, "?_id=");
	if (fate == FATE_WAIT_BEFORE)
		fiber_wait(&d->fiber);
	if (!dead(d, a, err))
		return false;
	if (fate == FATE_TIME_OUT && post)
		return gives_up(d, req, a, err);
	if (!d->online || fate == FATE_TIME_OUT)
		fate = FATE_NO_NETWORK;
	m->county.n_orders = 0;
	if (faults[fate].fault != FAKE_FINE)
		fake_order(&m->county, (struct fake_order){ .fault = faults[fate].fault, .status = faults[fate].status });
	if (fate != FATE_FINE)
		model_say(m, "   %u: request %u %s meets fate %d", d->who, d->requests - 1, post ? "POST" : req->url, (int)fate);
	whole = pass(d, req, a, err);
	if (post && (fate == FATE_REPLAY || (m->s->deaf && d->requests % 3 == 0 && !strstr(req->body, "\"ifMatch\""))))
		copy(d, req);
	if (fate == FATE_WAIT_AFTER)
		fiber_wait(&d->fiber);
	if (!dead(d, a, err))
		return false;
	if (whole || fate == FATE_NO_NETWORK)
		model_check_answered(m, d, req, a);
	return whole;
}

/* ---- requests that go out early ---- */

/* Another process has another line. */
static void hang_up(struct model_device *d)
{
	free(d->early.url);
	d->early.url = NULL;
	http_answer_release(&d->early.answer);
}

void model_begin(struct transport *t, const struct http_request *req)
{
	struct model_device *d = (struct model_device *)t;

	hang_up(d);
	d->early.url = xstrdup(req->url);
	http_answer_init(&d->early.answer);
	d->early.whole = send_now(t, req, &d->early.answer, &d->early.err);
}

bool model_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct model_device *d = (struct model_device *)t;

	if (!transport_is_begun(req, d->early.url))
		return send_now(t, req, a, err);
	http_answer_release(a);
	*a = d->early.answer;
	http_answer_init(&d->early.answer);
	if (!d->early.whole)
		*err = d->early.err;
	hang_up(d);
	return d->early.whole;
}

/* ---- rounds ---- */

static bool survives(void *ctx, const char *where)
{
	struct model_device *d = ctx;

	(void)where;
	return !db_test_is_dead(d->app.db);
}

static void one_round(void *ctx)
{
	struct model_device *d = ctx;
	struct sync_options o = { .county = d->m->county.base, .transport = &d->t, .survives = survives, .survives_ctx = d };

	d->err = (struct err){ 0 };
	d->ok = sync_round(&d->app, &o, &d->fig, &d->err);
	d->over = true;
}

static void look(struct model *m, struct model_device *d)
{
	if (!d->over) {
		model_say(m, "   %u stands still at request %u", d->who, d->requests - 1);
		return;
	}
	d->over = false;
	model_say(m, "   %u: %s %s, pushed %lld pulled %lld waiting %lld conflicts %lld rejected %lld", d->who,
		d->ok ? "done" : "broken off:", d->ok ? "" : d->err.message, (long long)d->fig.pushed, (long long)d->fig.pulled,
		(long long)d->fig.waiting, (long long)d->fig.conflicts, (long long)d->fig.rejected);
	/* 12: only what the county does not like is refused, and that stops nothing else. */
	if (!m->s->poison && model_ask(d, "SELECT count(*) FROM outbox WHERE remote = 1 AND state = 6"))
		model_fail(m, "12: device %u has a record refused that nobody objects to", d->who);
	if (!d->ok && m->county.refuse_id[0] && d->fate == FATE_FINE && d->online && !m->county.pages_expire && !m->county.same_time &&
		!m->county.drops_every)
		model_fail(m, "12: a refused record stops the round of device %u: %s", d->who, d->err.message);
	if (db_test_is_dead(d->app.db))
		model_restart(d);
	db_test_die_after(d->app.db, 0);
	model_check_device(m, d);
}

void model_go_on(struct model *m, struct model_device *d)
{
	if (!d->fiber.alive)
		return;
	fiber_go_on(&d->fiber);
	look(m, d);
}

/* 25: another process on the same clinic finds it taken. */
static void try_second(struct model *m, struct model_device *d)
{
	struct sync_options o = { .county = m->county.base, .transport = &d->t };
	struct sync_figures fig;
	struct err err = { 0 };

	if (sync_round(&d->app, &o, &fig, &err) || err.code != ERR_BUSY)
		model_fail(m, "25: two rounds at a time on device %u", d->who);
}

void model_round(struct model *m, struct model_device *d, unsigned fate_at, enum model_fate fate)
{
	if (d->fiber.alive) {
		try_second(m, d);
		model_go_on(m, d);
		return;
	}
	hang_up(d);
	d->requests = 0;
	d->fate_at = fate_at;
	d->unread = false;
	d->fate = fate;
	if (fate == FATE_DIE || fate == FATE_DIE_BETWEEN)
		db_test_die_after(d->app.db, fate == FATE_DIE ? 1 + (int)fate_at * 7 : 1 + (int)fate_at);
	fiber_start(&d->fiber, one_round, d);
	look(m, d);
}
