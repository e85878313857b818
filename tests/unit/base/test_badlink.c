/* The bad line of the tests and benchmarks: what it promises, at times that the test sets. */
#include "support/base/badlink.h"

#include "support/base/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/base/base.h"

enum { PATIENCE_MS = 10000 }; /* for what must come; never waited out when it does */

struct scene {
	struct badlink *b;
	int server, port;
	int64_t now;
};

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static struct scene open_scene(const struct line *line, uint64_t seed)
{
	struct scene sc = { .server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0) };
	struct sockaddr_in at = loopback(0);
	socklen_t n = sizeof(at);

	assert_int_equal(bind(sc.server, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(sc.server, 16), 0);
	assert_int_equal(getsockname(sc.server, (struct sockaddr *)&at, &n), 0);
	sc.b = badlink_new(line, seed, ntohs(at.sin_port));
	assert_non_null(sc.b);
	sc.port = badlink_listen(sc.b, 0);
	assert_true(sc.port > 0);
	return sc;
}

static void close_scene(struct scene *sc)
{
	badlink_free(sc->b);
	close(sc->server);
}

static bool ready(int fd, short what, int patience)
{
	struct pollfd p = { .fd = fd, .events = what };

	return poll(&p, 1, patience) == 1;
}

static int64_t step_at(struct scene *sc, int64_t at)
{
	sc->now = at;
	return badlink_step(sc->b, at);
}

/* Something has come to the line: it is looked at. */
static int64_t step_when_ready(struct scene *sc, int64_t at)
{
	struct pollfd ends[64];
	size_t n = badlink_poll(sc->b, ends, N_ELEMENTS(ends));

	assert_true(poll(ends, (nfds_t)n, PATIENCE_MS) > 0);
	return step_at(sc, at);
}

static int program(struct scene *sc)
{
	struct sockaddr_in to = loopback(sc->port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	step_when_ready(sc, sc->now);
	return fd;
}

static int accepted(struct scene *sc)
{
	int fd;

	assert_true(ready(sc->server, POLLIN, PATIENCE_MS));
	fd = accept(sc->server, NULL, NULL);
	assert_true(fd >= 0);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static void say(int fd, size_t n)
{
	char *bytes = calloc(1, n);

	assert_int_equal(send(fd, bytes, n, MSG_NOSIGNAL), n);
	free(bytes);
}

static bool silent(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_PEEK) < 0 && errno == EAGAIN;
}

static size_t heard(int fd)
{
	char bytes[65536];
	ssize_t n;

	assert_true(ready(fd, POLLIN, PATIENCE_MS));
	n = recv(fd, bytes, sizeof(bytes), 0);
	assert_true(n >= 0);
	return (size_t)n;
}

static bool was_reset(int fd)
{
	char c;

	return ready(fd, POLLIN, PATIENCE_MS) && recv(fd, &c, 1, 0) < 0 && errno == ECONNRESET;
}

/* ---- slow and far ----------------------------------------------------------------------------------------------------- */

static void bytes__arrive__by_rate_and_delay(void **state)
{
	static const struct line slow = { .name = "slow", .up = 8000, .down = 16000, .delay = 100 };
	struct scene sc = open_scene(&slow, 1);
	int a = program(&sc), s = accepted(&sc);

	say(a, 500); /* a round trip for the connection, half a second of line, a tenth of way */
	assert_int_equal(step_when_ready(&sc, 0), 800000);
	step_at(&sc, 799999);
	assert_true(silent(s));
	step_at(&sc, 800000);
	assert_int_equal(heard(s), 500);
	say(s, 1000);
	assert_int_equal(step_when_ready(&sc, 1000000), 1600000);
	step_at(&sc, 1599999);
	assert_true(silent(a));
	step_at(&sc, 1600000);
	assert_int_equal(heard(a), 1000);
	close(a);
	close(s);
	close_scene(&sc);
}

static void connections__share__one_line(void **state)
{
	static const struct line slow = { .name = "slow", .up = 8000 };
	struct scene sc = open_scene(&slow, 1);
	int a = program(&sc), b = program(&sc), s = accepted(&sc), t = accepted(&sc);

	say(a, 1000);
	step_when_ready(&sc, 0);
	say(b, 1000);
	step_when_ready(&sc, 0);
	step_at(&sc, 1999999);
	assert_int_equal(heard(s), 1000);
	assert_true(silent(t)); /* it waited for the other's bytes */
	step_at(&sc, 2000000);
	assert_int_equal(heard(t), 1000);
	close(a);
	close(b);
	close(s);
	close(t);
	close_scene(&sc);
}

static void stall__holds__what_is_under_way(void **state)
{
	static const struct line still = { .name = "still", .stall_every = 1000, .stall = 5000 };
	struct scene sc = open_scene(&still, 3);
	int a = program(&sc), s = accepted(&sc);
	int64_t at = step_at(&sc, 0);

	assert_true(at > 0 && at <= 2001000);
	step_at(&sc, at); /* it begins */
	say(a, 10);
	assert_true(step_when_ready(&sc, at + 1) <= at + 5000000);
	assert_true(silent(s));
	step_at(&sc, at + 4999999);
	assert_int_equal(badlink_counts(sc.b).stalls, 1 + 1); /* the next one's time came meanwhile */
	close(a);
	close(s);
	close_scene(&sc);
}

/* ---- whole ------------------------------------------------------------------------------------------------------------ */

static void fill(char *bytes, size_t n, unsigned seed)
{
	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)((i * 2654435761u + seed) >> 13);
}

/* Sends and takes until all n bytes are there; the time runs as the line asks. */
static void carry(struct scene *sc, int from, int to, const char *bytes, size_t n)
{
	char *got = malloc(n);
	size_t sent = 0, there = 0;
	int64_t due = 0;

	assert_non_null(got);
	for (int i = 0; there < n && i < 1000000; i++) {
		ssize_t m = sent < n ? send(from, bytes + sent, n - sent, MSG_NOSIGNAL) : 0;

		sent += m > 0 ? (size_t)m : 0;
		due = step_at(sc, due == INT64_MAX || due < sc->now ? sc->now : due);
		m = recv(to, got + there, n - there, 0);
		there += m > 0 ? (size_t)m : 0;
	}
	assert_int_equal(there, n);
	assert_memory_equal(got, bytes, n);
	free(got);
}

static void bytes__stay__what_they_are(void **state)
{
	static const struct line bad = { .name = "bad", .up = 1000000, .down = 2000000, .delay = 50, .jitter = 200, .loss = 300 };
	enum { N = 300000 };
	struct scene sc = open_scene(&bad, 9);
	int a = program(&sc), s = accepted(&sc);
	char *bytes = malloc(N);

	assert_non_null(bytes);
	fill(bytes, N, 1);
	carry(&sc, a, s, bytes, N);
	fill(bytes, N, 2);
	carry(&sc, s, a, bytes, N);
	assert_int_equal(badlink_counts(sc.b).up, N);
	assert_int_equal(badlink_counts(sc.b).down, N);
	assert_in_range(badlink_counts(sc.b).lost, 80, 200); /* of 430 */
	assert_true(sc.now > 3600000); /* the bytes alone, without what came again */
	free(bytes);
	close(a);
	close(s);
	close_scene(&sc);
}

static void end__is_passed_on__behind_the_bytes(void **state)
{
	static const struct line far = { .name = "far", .delay = 100 };
	struct scene sc = open_scene(&far, 1);
	int a = program(&sc), s = accepted(&sc);

	say(a, 5);
	shutdown(a, SHUT_WR);
	step_when_ready(&sc, 0);
	step_at(&sc, 299999);
	assert_true(silent(s));
	step_at(&sc, 300000);
	assert_int_equal(heard(s), 5);
	assert_int_equal(heard(s), 0);
	close(s);
	step_when_ready(&sc, 300001);
	step_at(&sc, 400001);
	assert_int_equal(heard(a), 0);
	close(a);
	close_scene(&sc);
}

/* ---- faults ----------------------------------------------------------------------------------------------------------- */

static void cut__resets__both_ends_at_a_byte(void **state)
{
	static const struct line cuts = { .name = "cuts", .cut_bytes = 1000, .delay = 1000 };
	struct scene sc = open_scene(&cuts, 1);
	int a = program(&sc), s = accepted(&sc);

	say(a, 2001); /* twice the mean is the most */
	step_when_ready(&sc, 0);
	assert_true(was_reset(a));
	assert_true(was_reset(s));
	assert_int_equal(badlink_counts(sc.b).cuts, 1);
	close(a);
	close(s);
	close_scene(&sc);
}

static void silence__keeps__the_connection_open(void **state)
{
	static const struct line mute = { .name = "mute", .half_open = 1000, .cut_bytes = 1 };
	struct scene sc = open_scene(&mute, 1);
	int a = program(&sc), s = accepted(&sc);

	say(a, 300);
	step_when_ready(&sc, 0);
	say(a, 10); /* it is taken, and nobody hears it */
	step_when_ready(&sc, 1000000);
	step_at(&sc, 3600000000);
	assert_int_equal(badlink_counts(sc.b).silenced, 1);
	assert_true(silent(a));
	close(a);
	step_when_ready(&sc, 3600000001);
	while (ready(s, POLLIN, PATIENCE_MS) && heard(s) > 0)
		;
	close(s);
	close_scene(&sc);
}

static void requests__come_again__on_another_connection(void **state)
{
	static const struct line twice = { .name = "twice", .replayed = 1000, .replay_after = 700 };
	struct scene sc = open_scene(&twice, 1);
	int a = program(&sc), s = accepted(&sc), again;
	int64_t due;

	say(a, 77);
	step_when_ready(&sc, 0);
	assert_int_equal(heard(s), 77);
	close(a);
	close(s);
	due = step_when_ready(&sc, 1);
	while (badlink_counts(sc.b).replays == 0 && due != INT64_MAX)
		due = step_at(&sc, due);
	assert_int_equal(sc.now, 700001);
	again = accepted(&sc);
	assert_int_equal(heard(again), 77);
	say(again, 5); /* its answer goes nowhere */
	close(again);
	step_when_ready(&sc, sc.now + 1);
	assert_int_equal(badlink_counts(sc.b).replays, 1); /* and a copy is not copied */
	assert_int_equal(step_at(&sc, sc.now + 10000000), INT64_MAX);
	close_scene(&sc);
}

static void requests__wait__until_it_is_said(void **state)
{
	static const struct line held = { .name = "held", .replayed = 1000 };
	struct scene sc = open_scene(&held, 1);
	int a = program(&sc), s = accepted(&sc), again;

	say(a, 77);
	step_when_ready(&sc, 0);
	close(a);
	close(s);
	step_when_ready(&sc, 1);
	while (step_at(&sc, sc.now + 1) != INT64_MAX)
		;
	assert_int_equal(badlink_counts(sc.b).replays, 0);
	badlink_again(sc.b);
	step_at(&sc, sc.now + 1);
	again = accepted(&sc);
	assert_int_equal(heard(again), 77);
	close(again);
	close_scene(&sc);
}

static void hotspot__answers__itself(void **state)
{
	static const struct line hotspot = { .name = "hotspot", .captive = 1000 };
	struct scene sc = open_scene(&hotspot, 1);
	int a = program(&sc), s = accepted(&sc);
	char text[512] = "";

	say(a, 20);
	step_when_ready(&sc, 0);
	assert_true(ready(a, POLLIN, PATIENCE_MS));
	assert_true(recv(a, text, sizeof(text) - 1, 0) > 0);
	assert_non_null(strstr(text, "HTTP/1.1 200 OK"));
	assert_non_null(strstr(text, "log in"));
	assert_int_equal(heard(s), 0); /* not one byte */
	assert_int_equal(badlink_counts(sc.b).pages, 1);
	close(a);
	close(s);
	close_scene(&sc);
}

static void line__comes_and_goes(void **state)
{
	static const struct line nights = { .name = "nights", .up_for = 1000, .down_for = 500 };
	struct scene sc = open_scene(&nights, 1);
	int a = program(&sc), s = accepted(&sc), b;

	assert_int_equal(step_at(&sc, 1), 1000000);
	assert_int_equal(step_at(&sc, 1000000), 1500000);
	assert_true(was_reset(a));
	assert_true(was_reset(s));
	b = program(&sc);
	assert_true(was_reset(b));
	assert_int_equal(badlink_counts(sc.b).refused, 1);
	close(a);
	close(b);
	close(s);
	step_at(&sc, 1500000);
	a = program(&sc);
	s = accepted(&sc);
	say(a, 3);
	step_when_ready(&sc, 1500001);
	assert_int_equal(heard(s), 3);
	close(a);
	close(s);
	close_scene(&sc);
}

static void server_away__refuses(void **state)
{
	static const struct line clear = { .name = "clear" };
	struct scene sc = open_scene(&clear, 1);
	int a;

	close(sc.server);
	a = program(&sc);
	assert_true(was_reset(a));
	close(a);
	badlink_free(sc.b);
}

/* ---- chance, and the table --------------------------------------------------------------------------------------------- */

static uint64_t losses(uint64_t seed)
{
	static const struct line bad = { .name = "bad", .loss = 500 };
	struct scene sc = open_scene(&bad, seed);
	int a = program(&sc), s = accepted(&sc);
	uint64_t which = 0;

	for (int i = 0; i < 20; i++) {
		say(a, 1000);
		step_when_ready(&sc, 0);
		which = which << 1 | (badlink_counts(sc.b).lost & 1);
	}
	close(a);
	close(s);
	close_scene(&sc);
	return which;
}

static void seed__decides(void **state)
{
	assert_int_equal(losses(5), losses(5));
	assert_int_not_equal(losses(5), losses(6));
}

static void names__are_known__and_told_apart(void **state)
{
	size_t n;
	const struct line *l = badlink_lines(&n);

	assert_true(n > 10);
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(badlink_line(l[i].name), &l[i]);
		assert_true(l[i].what && *l[i].what);
		assert_true(!l[i].up_for == !l[i].down_for && !l[i].stall == !l[i].stall_every);
	}
	assert_null(badlink_line("5g"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes__arrive__by_rate_and_delay),
		cmocka_unit_test(connections__share__one_line),
		cmocka_unit_test(stall__holds__what_is_under_way),
		cmocka_unit_test(bytes__stay__what_they_are),
		cmocka_unit_test(end__is_passed_on__behind_the_bytes),
		cmocka_unit_test(cut__resets__both_ends_at_a_byte),
		cmocka_unit_test(silence__keeps__the_connection_open),
		cmocka_unit_test(requests__come_again__on_another_connection),
		cmocka_unit_test(requests__wait__until_it_is_said),
		cmocka_unit_test(hotspot__answers__itself),
		cmocka_unit_test(line__comes_and_goes),
		cmocka_unit_test(server_away__refuses),
		cmocka_unit_test(seed__decides),
		cmocka_unit_test(names__are_known__and_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
