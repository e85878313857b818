/* A bad line between a program and a server on loopback: a TCP proxy that is slow, far away, loses, stalls, cuts, falls silent,
 * sends again, or answers itself as a hotspot does.  Which of it, the table of lines says (badlink_lines.c); when, a seed.
 *
 * The line is one: all connections share its bytes a second, each way.  A lost segment is what the end of a TCP connection sees
 * of it: the bytes come again, one to three timeouts later, and everything behind them waits.  A new connection costs a round
 * trip.  Not imitated: slow start.
 *
 * Time is passed in, in microseconds, so a test needs no clock; tests/links/badlink.c runs it with the real one. */
#ifndef TESTS_BADLINK_H
#define TESTS_BADLINK_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line {
	const char *name, *what;
	unsigned up, down;                     /* bits a second from the program and to it; 0: as fast as it goes */
	unsigned delay, jitter;                /* one way, ms; the jitter is added, up to that */
	unsigned loss;                         /* of 1000 segments, those that are lost */
	unsigned stall_every, stall;           /* ms: the line stands still for so long, as often as that on average */
	unsigned up_for, down_for;             /* ms: all connections are cut after the first, none is let in for the second */
	unsigned cut_bytes;                    /* a connection is cut after so many bytes on average; 0: never */
	unsigned half_open, replayed, captive; /* of 1000 connections: those that fall silent, come again, get a hotspot's page */
	unsigned replay_after;                 /* ms after their end; 0: when badlink_again() says so */
};

/* What went over it. */
struct badlink_counts {
	uint64_t connections, up, down, lost, stalls, cuts, silenced, replays, pages, refused;
};

const struct line *badlink_line(const char *name); /* NULL: there is none */
const struct line *badlink_lines(size_t *n);

struct badlink;

/* To a port on loopback.  NULL: errno tells. */
struct badlink *badlink_new(const struct line *line, uint64_t seed, int to_port);
void badlink_free(struct badlink *b);
/* Where programs connect.  port 0: any; what it became, or -1. */
int badlink_listen(struct badlink *b, int port);
/* Another line from now on, for new connections and old ones. */
void badlink_set(struct badlink *b, const struct line *line);
/* What was kept for it comes again now. */
void badlink_again(struct badlink *b);
/* Does what is due at a time.  Until when nothing is, unless something comes (INT64_MAX: nothing at all). */
int64_t badlink_step(struct badlink *b, int64_t now_us);
/* What to wait for: how many, at most max. */
size_t badlink_poll(const struct badlink *b, struct pollfd *out, size_t max);
struct badlink_counts badlink_counts(const struct badlink *b);

#endif
