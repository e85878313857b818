#include "badlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	SEGMENT = 1400,        /* bytes of a packet */
	WINDOW = 32768,        /* of a connection under way */
	CONNECTIONS = 256,
	REPLAY_MAX = 1 << 20,  /* a connection with more requests than that is not sent again */
	RTO_MIN = 200000,
};

enum { UP, DOWN };

struct segment {
	struct segment *next;
	int64_t due;
	size_t n, at;
	char bytes[];
};

struct way {
	struct segment *first, **last;
	size_t queued;
	int64_t due; /* of the last one: what comes later does not overtake */
	bool ended, told;
	bool blocked; /* its other end takes no more just now */
};

struct connection {
	int fd[2]; /* of the program, of the server; -1: none */
	struct way way[2];
	uint64_t dice, passed, cut_at, silent_at;
	bool fresh, silent, captive, again; /* nothing came yet; nothing comes any more; a page; a copy of an earlier one */
	bool keep;                          /* its requests come again */
	char *said;
	size_t n_said, cap_said;
};

struct replay {
	struct replay *next;
	int64_t due;
	size_t n;
	char bytes[];
};

struct badlink {
	const struct line *line;
	uint64_t dice;
	int listening, to_port;
	struct connection *c[CONNECTIONS];
	size_t n;
	struct replay *replays;
	int64_t free_at[2];              /* when the line has sent what it was given */
	int64_t stall_at, stalled, turn; /* next stall; stands still until; up or down until */
	bool down;
	struct badlink_counts counts;
};

/* ---- chance ----------------------------------------------------------------------------------------------------------- */

static uint64_t roll(uint64_t *dice)
{
	uint64_t x = *dice += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64 */

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static uint64_t below(uint64_t *dice, uint64_t n)
{
	return n ? roll(dice) % n : 0;
}

static bool happens(uint64_t *dice, unsigned in_1000)
{
	return below(dice, 1000) < in_1000;
}

/* From nothing to twice the mean. */
static int64_t about(uint64_t *dice, unsigned mean)
{
	return (int64_t)below(dice, 2 * (uint64_t)mean + 1);
}

/* ---- connections ------------------------------------------------------------------------------------------------------ */

static void nonblocking(int fd)
{
	int on = 1;

	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

/* The end that a cut line shows: a reset, with whatever was under way lost. */
static void reset(int fd)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(fd);
}

static int to_server(const struct badlink *b)
{
	struct sockaddr_in to = loopback(b->to_port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		close(fd);
		return -1;
	}
	if (fd >= 0)
		nonblocking(fd);
	return fd;
}

static struct connection *add(struct badlink *b, int program, int server)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	c->fd[UP] = program;
	c->fd[DOWN] = server;
	c->fresh = true;
	for (int w = UP; w <= DOWN; w++)
		c->way[w].last = &c->way[w].first;
	b->c[b->n++] = c;
	return c;
}

static void draw(struct badlink *b, struct connection *c)
{
	const struct line *l = b->line;

	c->dice = b->dice + ++b->counts.connections * 1000003;
	c->captive = happens(&c->dice, l->captive);
	c->keep = happens(&c->dice, l->replayed);
	c->cut_at = c->silent_at = UINT64_MAX;
	if (happens(&c->dice, l->half_open))
		c->silent_at = 200 + (uint64_t)about(&c->dice, l->cut_bytes ? l->cut_bytes : 20000);
	else if (l->cut_bytes)
		c->cut_at = (uint64_t)about(&c->dice, l->cut_bytes);
}

static void let_in(struct badlink *b)
{
	int fd;

	while (b->n < CONNECTIONS && (fd = accept(b->listening, NULL, NULL)) >= 0) {
		int server = b->down ? -1 : to_server(b);

		if (server < 0) {
			b->counts.refused++;
			reset(fd);
			continue;
		}
		nonblocking(fd);
		draw(b, add(b, fd, server));
	}
}

static void remember_requests(struct badlink *b, struct connection *c, int64_t now)
{
	struct replay *r, **last = &b->replays;

	if (!c->keep || !c->n_said || !(r = malloc(sizeof(*r) + c->n_said)))
		return;
	*r = (struct replay){ .due = b->line->replay_after ? now + 1000 * (int64_t)b->line->replay_after : INT64_MAX, .n = c->n_said };
	memcpy(r->bytes, c->said, c->n_said);
	while (*last)
		last = &(*last)->next;
	*last = r;
}

/* cut: by the line, not by its ends. */
static void drop(struct badlink *b, size_t i, bool cut, int64_t now)
{
	struct connection *c = b->c[i];

	remember_requests(b, c, now);
	b->counts.cuts += cut;
	for (int w = UP; w <= DOWN; w++) {
		for (struct segment *s = c->way[w].first, *next; s; s = next) {
			next = s->next;
			free(s);
		}
		if (cut)
			reset(c->fd[w]);
		else if (c->fd[w] >= 0)
			close(c->fd[w]);
	}
	free(c->said);
	free(c);
	b->c[i] = b->c[--b->n];
}

/* ---- bytes ------------------------------------------------------------------------------------------------------------ */

static unsigned rate(const struct badlink *b, int way)
{
	return way == UP ? b->line->up : b->line->down;
}

static int64_t time_of(const struct badlink *b, int way, size_t n)
{
	return rate(b, way) ? (int64_t)((uint64_t)n * 8 * 1000000 / rate(b, way)) : 0;
}

/* A slow line has small packets, so that its bytes come one after the other. */
static size_t packet(const struct badlink *b, int way)
{
	size_t second = rate(b, way) / 8;

	return !second || second > SEGMENT ? SEGMENT : second;
}

/* When n bytes that are given to the line now come out of it. */
static int64_t arrival(struct badlink *b, struct connection *c, int way, size_t n, int64_t now)
{
	const struct line *l = b->line;
	int64_t round = 2000 * (int64_t)l->delay, rto = round + 4000 * (int64_t)l->jitter, due;

	if (b->free_at[way] < now)
		b->free_at[way] = now;
	b->free_at[way] += time_of(b, way, n);
	due = b->free_at[way] + round / 2 + about(&c->dice, 500 * l->jitter);
	if (way == UP && c->fresh) /* SYN there, SYN back */
		due += round;
	if (happens(&c->dice, l->loss)) {
		b->counts.lost++;
		b->free_at[way] += time_of(b, way, n);
		due += (rto > RTO_MIN ? rto : RTO_MIN) * (int64_t)(1 + below(&c->dice, 3));
	}
	return due > c->way[way].due ? due : c->way[way].due;
}

static void keep_said(struct connection *c, const char *bytes, size_t n)
{
	char *more;

	if (!c->keep)
		return;
	if (c->n_said + n > REPLAY_MAX) {
		c->keep = false;
		return;
	}
	if (c->n_said + n > c->cap_said) {
		c->cap_said = 2 * (c->n_said + n);
		if (!(more = realloc(c->said, c->cap_said)))
			abort();
		c->said = more;
	}
	memcpy(c->said + c->n_said, bytes, n);
	c->n_said += n;
}

static void push(struct badlink *b, struct connection *c, int way, const char *bytes, size_t n, int64_t now)
{
	struct way *w = &c->way[way];
	struct segment *s = malloc(sizeof(*s) + n);

	if (!s)
		abort();
	*s = (struct segment){ .n = n, .due = arrival(b, c, way, n, now) };
	memcpy(s->bytes, bytes, n);
	w->due = s->due;
	*w->last = s;
	w->last = &s->next;
	w->queued += n;
}

static void page(struct badlink *b, struct connection *c, int64_t now)
{
	static const char html[] = "<html><body>Please log in to the hotspot</body></html>\n";
	char all[512];
	int n = snprintf(all, sizeof(all), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
		sizeof(html) - 1, html);

	b->counts.pages++;
	push(b, c, DOWN, all, (size_t)n, now);
	c->way[DOWN].ended = true;
	close(c->fd[DOWN]);
	c->fd[DOWN] = -1;
}

/* What one end has said goes into the line.  False: the connection was reset. */
static bool take(struct badlink *b, struct connection *c, int way, int64_t now)
{
	char bytes[SEGMENT];

	while (c->fd[way] >= 0 && !c->way[way].ended && c->way[way].queued < WINDOW) {
		ssize_t n = read(c->fd[way], bytes, packet(b, way));

		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		if (n == 0) {
			c->way[way].ended = true;
			break;
		}
		*(way == UP ? &b->counts.up : &b->counts.down) += (uint64_t)n;
		c->passed += (uint64_t)n;
		if (c->again || c->silent || (way == UP && c->captive && !c->fresh))
			continue; /* nobody hears it */
		if (way == UP)
			keep_said(c, bytes, (size_t)n);
		if (way == UP && c->captive)
			page(b, c, now);
		else
			push(b, c, way, bytes, (size_t)n, now);
		if (way == UP)
			c->fresh = false;
	}
	return true;
}

/* What is due comes out.  False: the other end is gone. */
static bool give(struct connection *c, int way, int64_t now)
{
	struct way *w = &c->way[way];
	int to = c->fd[!way];

	w->blocked = false;
	while (w->first && w->first->due <= now) {
		struct segment *s = w->first;
		ssize_t n = to < 0 || c->silent ? (ssize_t)(s->n - s->at) : send(to, s->bytes + s->at, s->n - s->at, MSG_NOSIGNAL);

		s->at += n > 0 ? (size_t)n : 0;
		w->blocked = s->at < s->n;
		if (w->blocked)
			return n >= 0 || errno == EAGAIN || errno == EINTR;
		w->queued -= s->n;
		w->first = s->next;
		if (!w->first)
			w->last = &w->first;
		free(s);
	}
	if (w->ended && !w->first && !w->told && !c->silent) {
		w->told = true;
		if (to >= 0)
			shutdown(to, SHUT_WR);
	}
	return true;
}

/* ---- what happens when ------------------------------------------------------------------------------------------------- */

static void turn_line(struct badlink *b, int64_t now)
{
	if (!b->line->up_for || now < b->turn)
		return;
	if (b->turn) {
		b->down = !b->down;
		while (b->down && b->n)
			drop(b, b->n - 1, true, now);
	}
	b->turn = now + 1000 * (int64_t)(b->down ? b->line->down_for : b->line->up_for);
}

static void stall_line(struct badlink *b, int64_t now)
{
	if (!b->line->stall_every || now < b->stall_at)
		return;
	if (b->stall_at) {
		b->counts.stalls++;
		b->stalled = now + 1000 * (int64_t)b->line->stall;
		for (int w = UP; w <= DOWN; w++)
			if (b->free_at[w] < b->stalled)
				b->free_at[w] = b->stalled;
	}
	b->stall_at = now + 1000 * (1 + about(&b->dice, b->line->stall_every));
}

static void send_again(struct badlink *b, int64_t now)
{
	while (b->replays && b->replays->due <= now && b->n < CONNECTIONS) {
		struct replay *r = b->replays;
		int fd = to_server(b);

		b->replays = r->next;
		if (fd >= 0) {
			struct connection *c = add(b, -1, fd);

			b->counts.replays++;
			c->again = true;
			c->cut_at = c->silent_at = UINT64_MAX;
			push(b, c, UP, r->bytes, r->n, now);
			c->way[UP].ended = true;
		}
		free(r);
	}
}

static bool is_over(const struct connection *c)
{
	if (c->again)
		return c->way[DOWN].ended;
	if (c->silent)
		return c->way[UP].ended;
	return (c->way[UP].told || c->captive) && c->way[DOWN].told;
}

/* False: it is gone. */
static bool work(struct badlink *b, size_t i, int64_t now)
{
	struct connection *c = b->c[i];
	bool ok = true;

	for (int w = UP; w <= DOWN && ok; w++)
		ok = take(b, c, w, now) && (now < b->stalled || give(c, w, now));
	if (ok && !c->silent && c->passed >= c->silent_at) {
		c->silent = true;
		b->counts.silenced++;
	}
	if (!ok || is_over(c) || c->passed >= c->cut_at) {
		drop(b, i, !ok || c->passed >= c->cut_at, now);
		return false;
	}
	return true;
}

static int64_t next_due(const struct badlink *b)
{
	int64_t t = INT64_MAX;

	for (size_t i = 0; i < b->n; i++)
		for (int w = UP; w <= DOWN; w++)
			if (b->c[i]->way[w].first && !b->c[i]->way[w].blocked && b->c[i]->way[w].first->due < t)
				t = b->c[i]->way[w].first->due;
	if (t < b->stalled)
		t = b->stalled;
	if (b->replays && b->replays->due < t)
		t = b->replays->due;
	if (b->line->stall_every && b->stall_at < t)
		t = b->stall_at;
	return b->line->up_for && b->turn < t ? b->turn : t;
}

int64_t badlink_step(struct badlink *b, int64_t now)
{
	turn_line(b, now);
	stall_line(b, now);
	let_in(b);
	send_again(b, now);
	for (size_t i = 0; i < b->n;)
		i += work(b, i, now);
	return next_due(b);
}

size_t badlink_poll(const struct badlink *b, struct pollfd *out, size_t max)
{
	size_t n = 0;

	if (n < max)
		out[n++] = (struct pollfd){ .fd = b->listening, .events = POLLIN };
	for (size_t i = 0; i < b->n; i++) {
		for (int w = UP; w <= DOWN && n < max; w++) {
			const struct connection *c = b->c[i];
			bool reads = c->fd[w] >= 0 && !c->way[w].ended && c->way[w].queued < WINDOW;
			bool writes = c->fd[w] >= 0 && c->way[!w].blocked;

			if (reads || writes)
				out[n++] = (struct pollfd){ .fd = c->fd[w], .events = (short)((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)) };
		}
	}
	return n;
}

/* ---- the whole -------------------------------------------------------------------------------------------------------- */

struct badlink *badlink_new(const struct line *line, uint64_t seed, int to_port)
{
	struct badlink *b = calloc(1, sizeof(*b));

	if (!b)
		return NULL;
	b->line = line;
	b->dice = seed * UINT64_C(0x2545f4914f6cdd1d) + 1;
	b->listening = -1;
	b->to_port = to_port;
	return b;
}

void badlink_free(struct badlink *b)
{
	while (b->n)
		drop(b, b->n - 1, false, 0);
	for (struct replay *r = b->replays, *next; r; r = next) {
		next = r->next;
		free(r);
	}
	if (b->listening >= 0)
		close(b->listening);
	free(b);
}

int badlink_listen(struct badlink *b, int port)
{
	struct sockaddr_in at = loopback(port);
	socklen_t n = sizeof(at);
	int on = 1;

	b->listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (b->listening < 0 || setsockopt(b->listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
		bind(b->listening, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(b->listening, 64) != 0 ||
		getsockname(b->listening, (struct sockaddr *)&at, &n) != 0)
		return -1;
	return ntohs(at.sin_port);
}

void badlink_set(struct badlink *b, const struct line *line)
{
	b->line = line;
	b->down = false;
	b->turn = b->stall_at = b->stalled = 0;
}

void badlink_again(struct badlink *b)
{
	for (struct replay *r = b->replays; r; r = r->next)
		r->due = 0;
}

struct badlink_counts badlink_counts(const struct badlink *b)
{
	return b->counts;
}
