/* Sending.  A bundle is frozen (stamps, hashes, state `sending`) in one short transaction, sent with none open, and its
 * fate is written in another.  A bundle that the server refuses is halved until the culprit stands alone. */
#include "sync/history.h"
#include "sync/lacks.h"
#include "sync/pace.h"
#include "sync/push_int.h"

#include <assert.h>

#include "app/base/i18n.h"
#include "app/service/record_device.h"
#include "db/stmt.h"

enum { RETRIES_MAX = 5, DEPTH_MAX = 4, FAULTS_MAX = 3 };

/* ---- one bundle --------------------------------------------------------------------------------------------------- */

/* Nothing is said under a name that somebody else uses; and that something was said is noted before. */
static bool goes_out(struct sync *s, const struct bundle *b, struct err *err)
{
	if (s->twin)
		return err_set(err, ERR_WRONG_STATE, "%s", _("Another computer works under the same name."));
	if (s->gone_out || !b->entries)
		return true;
	s->gone_out = true;
	return device_goes_out(s->app, err);
}

static enum result send_bundle(struct push *p, struct bundle *b, struct err *err)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	AUTO_ANSWER struct http_answer a;
	struct http_request req = { .method = "POST", .url = p->s->remote.base, .minimal = true, .id = p->batch,
		.plain = p->s->remote.plain };
	uint64_t before = p->s->t->bytes_up;
	enum result r;
	bool moved;

	http_answer_init(&a);
	if (!lookup_missing(p->s, b, err) || !goes_out(p->s, b, err) || !push_freeze(p, b, &moved, err))
		return STOP;
	if (moved)
		return RETRY;
	if (!b->entries)
		return SENT;
	if (!bundle_body(p->s, b, &body, err)) {
		push_move(p, b, OUTBOX_PENDING, 0, err);
		return STOP;
	}
	req.body = body.s;
	req.body_len = body.len;
	if (!sync_alive(p->s, "send", err))
		return STOP;
	assert(!db_in_transaction(p->s->app->db)); /* nobody's save waits for a line */
	if (!line_send(p->s, &req, &a, err))
		return push_lost(p, b, &a, err);
	if (!sync_alive(p->s, "sent", err))
		return STOP;
	r = push_judge(p, b, &a, err);
	if (r == SENT)
		pace_sent(p->s, body.len, p->s->t->bytes_up - before);
	sync_tell(p->s, "push", p->s->figures->pushed, p->s->to_push);
	return r;
}

/* ---- isolating what the server refuses ----------------------------------------------------------------------------- */

/* Row that the answer blames, 0 when it does not say. */
static int64_t blamed(const struct push *p, const struct bundle *b)
{
	int n = p->blames;

	for (size_t i = 0; n >= 0 && i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j] && n-- == 0)
				return b->items[i]->row.seq;
	return 0;
}

/* While it was on its way somebody may have put it right: what was refused is not what would go now. */
static bool was_saved_since(struct push *p, const struct bundle *b, bool *yes, struct err *err)
{
	*yes = false;
	for (size_t i = 0; i < b->n && !*yes; i++) {
		struct stmt *st = stmt_get(p->s->app->db, "sync_says_another");

		stmt_bind_int(st, "seq", b->items[i]->row.seq);
		stmt_bind_int(st, "revision", b->items[i]->revision);
		if (!stmt_yes(st, yes, err))
			return false;
	}
	return true;
}

static bool reject_rows(struct push *p, struct bundle *b, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	int64_t guilty = blamed(p, b);
	bool anew;

	if (!sync_alive(p->s, "reject", err) || !work_begin(&w, p->s->app, err) || !was_saved_since(p, b, &anew, err))
		return false;
	if (anew) /* its next turn comes with the next round */
		return true;
	for (size_t i = 0; i < b->n; i++) {
		struct item *it = b->items[i];
		bool guilt = !guilty || it->row.seq == guilty;

		if (it->row.state == OUTBOX_SENDING || it->row.state == OUTBOX_UNKNOWN) /* read back as not landed */
			it->row.state = OUTBOX_PENDING;
		if (it->row.state == OUTBOX_PENDING && !store_move(p->s->app, &it->row,
							   guilt ? OUTBOX_REJECTED : OUTBOX_BLOCKED, p->words.s, err))
			return false;
	}
	return work_commit(&w, err);
}

/* In any case the groups have had their turn in this round. */
static bool reject(struct push *p, struct bundle *b, struct err *err)
{
	bool dangles;

	p->s->blamed = true;
	for (size_t i = 0; i < b->n_groups; i++)
		hold(p->s, b->groups[i]);
	return push_dangles(p->s, b, p->words.s, &dangles, err) && (dangles || reject_rows(p, b, err));
}

static enum result push_groups(struct push *p, const int64_t *groups, size_t n, unsigned depth, struct err *err);

/* A 500 may be the server's own trouble: as long as nothing went through, nobody is blamed for it.  After three of them
 * the round ends. */
static enum result suspect(struct push *p, const struct bundle *b, int64_t grp)
{
	p->s->blamed = true;
	for (size_t i = 0; i < b->n_groups; i++)
		hold(p->s, b->groups[i]);
	p->suspects[p->n_suspects++] = grp;
	if (p->s->figures->pushed)
		p->sure = true;
	return p->n_suspects == FAULTS_MAX && !p->sure ? STOP : SENT;
}

/* One group that is refused.  What it pulled along is tried alone first: it may be to blame. */
static enum result isolate_one(struct push *p, struct bundle *b, int64_t grp, unsigned depth, struct err *err)
{
	if (b->n_groups > 1 && depth < DEPTH_MAX) {
		for (size_t i = b->n_groups; i-- > 0;)
			if (b->groups[i] != grp && push_groups(p, &b->groups[i], 1, depth + 1, err) == STOP)
				return STOP;
		return push_groups(p, &grp, 1, DEPTH_MAX, err);
	}
	if (p->fault && !p->sure)
		return suspect(p, b, grp);
	return reject(p, b, err) ? SENT : STOP;
}

static enum result isolate(struct push *p, struct bundle *b, const int64_t *groups, size_t n, unsigned depth,
	struct err *err)
{
	if (n == 1)
		return isolate_one(p, b, groups[0], depth, err);
	if (push_groups(p, groups, n / 2, depth, err) == STOP)
		return STOP;
	return push_groups(p, groups + n / 2, n - n / 2, depth, err);
}

static void hold_all(struct push *p, const struct bundle *b)
{
	for (size_t i = 0; i < b->n_groups; i++)
		hold(p->s, b->groups[i]);
}

/* A bundle's fate, up to the end: sent, refused and isolated, or held for the next round. */
static enum result deliver(struct push *p, struct bundle *b, const int64_t *groups, size_t n, unsigned depth,
	struct err *err)
{
	enum result r = send_bundle(p, b, err);

	switch (r) {
	case SENT:
		p->retries = 0;
		pace_taken(p->s, b->entries, b->bytes);
		lacks_taken(p->s, b);
		return SENT;
	case STOP:
		return STOP;
	case RETRY:
		if (++p->retries > RETRIES_MAX) { /* somebody writes faster than we do */
			p->retries = 0;
			hold_all(p, b);
		}
		return RETRY;
	case TOO_LARGE:
		if (pace_too_large(p->s, b->entries, b->bytes))
			return RETRY;
		if (p->s->remote.max_bytes / 2 >= SYNC_BYTES_MIN && n > 1) {
			p->s->remote.max_bytes /= 2;
			return RETRY;
		}
		return isolate(p, b, groups, n, depth, err);
	case REFUSED:
		p->retries = 0;
		p->s->blamed |= p->fault;
		if (pace_refused(p->s, b->entries))
			return RETRY;
		return isolate(p, b, groups, n, depth, err);
	}
	return STOP;
}

/* Those of the groups that fit and may go. */
static bool gather(struct push *p, struct bundle *b, const int64_t *groups, size_t n, size_t *taken, struct err *err)
{
	for (*taken = 0; *taken < n; (*taken)++) {
		bool fits = true, held = false;

		if (is_held(p->s, groups[*taken]))
			continue;
		if (!bundle_add_group(p->s, b, groups[*taken], &fits, &held, err))
			return false;
		if (!fits)
			return true;
		if (held)
			hold_back(p->s, groups[*taken]);
	}
	return true;
}

static enum result push_groups(struct push *p, const int64_t *groups, size_t n, unsigned depth, struct err *err)
{
	size_t i = 0;

	while (i < n) {
		AUTO_BUNDLE struct bundle b = { 0 };
		size_t taken;
		enum result r;

		if (!gather(p, &b, groups + i, n - i, &taken, err))
			return STOP;
		if (!b.n) {
			i += taken;
			continue;
		}
		r = deliver(p, &b, groups + i, taken, depth, err);
		if (r == STOP)
			return STOP;
		if (r == SENT)
			i += taken;
	}
	return SENT;
}

/* The others went through, or there were none: now a 500 is the record's own. */
static enum result judge_suspects(struct push *p, struct err *err)
{
	struct http_answer fault = { .status = 500 };

	if (p->n_suspects == FAULTS_MAX && !p->s->figures->pushed) {
		answer_error(&fault, err);
		return STOP;
	}
	p->sure = true;
	for (size_t i = 0; i < p->n_suspects; i++) {
		unhold(p->s, p->suspects[i]);
		if (push_groups(p, &p->suspects[i], 1, DEPTH_MAX, err) == STOP)
			return STOP;
	}
	return SENT;
}

static enum result push_queue(struct push *p, struct err *err)
{
	for (;;) {
		AUTO_BUNDLE struct bundle b = { 0 };
		enum result r;

		if (!bundle_fill(p->s, &b, err))
			return STOP;
		if (!b.n)
			return SENT;
		r = deliver(p, &b, b.groups, b.n_groups, 0, err);
		if (r == STOP)
			return STOP;
	}
}

/* ---- what names things that the county lacked -------------------------------------------------------------------------- */

/* Each by itself, so that nobody goes in small bundles because of it; and once a round.  What was refused for a thing that the
 * remote still lacks does not go at all. */
static enum result push_each(struct push *p, const struct out_row *rows, size_t n, bool urgent, struct err *err)
{
	enum result r = n && !dangling_hold(p->s, rows, n, err) ? STOP : SENT;

	for (size_t i = 0; i < n && r != STOP && (urgent || pace_allows(p->s)); i++)
		r = is_held(p->s, rows[i].grp) ? SENT : push_groups(p, &rows[i].grp, 1, 0, err);
	return r;
}

static size_t urgent_ones(const struct out_rows *rows)
{
	size_t n = 0;

	while (n < rows->n && rows->r[n].prio == SYNC_URGENT)
		n++;
	return n;
}

/* Those that had their turn in this round stay as they are. */
static void keep_for_last(struct sync *s, struct out_rows *rows, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < rows->n; i++)
		if (!is_held(s, rows->r[i].grp))
			rows->r[n++] = rows->r[i];
	rows->n = n;
	for (size_t i = 0; i < n; i++)
		hold(s, rows->r[i].grp);
}

/* The queue between the urgent and the other ones of those. */
static enum result push_in_order(struct push *p, struct err *err)
{
	AUTO_ROWS struct out_rows rows = { 0 };
	enum result r = dangling_ask(p->s, err) && dangling_groups(p->s, &rows, err) ? SENT : STOP;
	size_t urgent = urgent_ones(&rows);

	r = r == STOP ? STOP : push_each(p, rows.r, urgent, true, err);
	keep_for_last(p->s, &rows, urgent);
	r = r == STOP ? STOP : push_queue(p, err);
	for (size_t i = 0; i < rows.n; i++)
		unhold(p->s, rows.r[i].grp); /* they may name each other */
	return r == STOP || !pace_allows(p->s) ? r : push_each(p, rows.r, rows.n, false, err);
}

bool push_all(struct sync *s, struct err *err)
{
	struct push p = { .s = s, .words = SBUF_INIT, .blames = -1 };
	enum result r;

	unhold_back(s);
	r = untold_hold(s, err) ? push_in_order(&p, err) : STOP;
	if (p.n_suspects && !s->dead && (r != STOP || p.n_suspects == FAULTS_MAX))
		r = judge_suspects(&p, err);
	sbuf_release(&p.words);
	return r != STOP;
}
