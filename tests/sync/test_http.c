/* libcurl under our settings, against a server of a few lines in a child process that does what it is told. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/mem.h"
#include "support/base/check.h"
#include "sync/transport.h"

/* ---- the server --------------------------------------------------------------------------------------------------- */

struct server {
	pid_t pid;
	char base[64];
	int seen; /* a byte for each request that it read whole */
};

/* Reads one request whole; false when the other end is gone.  path gets its target. */
static bool read_request(int fd, char *path, size_t size)
{
	char text[70000];
	size_t n = 0, body = 0;
	char *end = NULL;

	while (!end || n < (size_t)(end - text) + 4 + body) {
		ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);

		if (got <= 0)
			return false;
		n += (size_t)got;
		text[n] = '\0';
		if (!end && (end = strstr(text, "\r\n\r\n"))) {
			const char *length = strstr(text, "Content-Length: ");

			body = length ? strtoul(length + 16, NULL, 10) : 0;
		}
	}
	snprintf(path, size, "%.*s", (int)strcspn(strchr(text, ' ') + 1, " "), strchr(text, ' ') + 1);
	if (strstr(text, "Expect:") || !strstr(text, "Cache-Control: no-cache"))
		snprintf(path, size, "/bad-headers");
	return true;
}

static void put(int fd, const char *text, size_t n)
{
	while (n) {
		ssize_t done = write(fd, text, n);

		if (done <= 0)
			return;
		text += done;
		n -= (size_t)done;
	}
}

static void say(int fd, const char *status, const char *more, const char *body, size_t n)
{
	char head[512];
	int len = snprintf(head, sizeof(head), "HTTP/1.1 %s\r\nDate: Sun, 22 Nov 2026 01:02:03 GMT\r\n%sContent-Length: %zu\r\n\r\n",
		status, more, n);

	put(fd, head, (size_t)len);
	put(fd, body, n);
}

static void say_packed(int fd)
{
	static char plain[20000];
	Bytef out[2000];
	z_stream z = { .next_in = (Bytef *)plain, .avail_in = sizeof(plain), .next_out = out, .avail_out = sizeof(out) };

	memset(plain, 'x', sizeof(plain));
	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
	deflate(&z, Z_FINISH);
	say(fd, "200 OK", "Content-Type: Application/FHIR+json; charset=utf-8\r\nContent-Encoding: gzip\r\n", (char *)out, z.total_out);
	deflateEnd(&z);
}

static void say_endless(int fd)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nConnection: close\r\n\r\n";
	static char block[65536];

	memset(block, ' ', sizeof(block));
	put(fd, head, sizeof(head) - 1);
	for (int i = 0; i < 256; i++)
		put(fd, block, sizeof(block));
}

/* False: the connection ends here. */
static bool answer(int fd, const char *path)
{
	static const char json[] = "Content-Type: application/fhir+json\r\n";

	if (strcmp(path, "/packed") == 0)
		say_packed(fd);
	else if (strcmp(path, "/busy") == 0)
		say(fd, "503 Busy", "Retry-After: 120\r\n", "", 0);
	else if (strcmp(path, "/busy-until") == 0)
		say(fd, "503 Busy", "Retry-After: Sun, 22 Nov 2026 01:32:03 GMT\r\n", "", 0);
	else if (strcmp(path, "/busy-no-more") == 0)
		say(fd, "503 Busy", "Retry-After: Sun, 22 Nov 2026 01:02:02 GMT\r\n", "", 0);
	else if (strcmp(path, "/moved") == 0)
		say(fd, "302 Found", "Location: http://portal.example/login\r\n", "", 0);
	else if (strcmp(path, "/cut") == 0)
		put(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"res", 44);
	else if (strcmp(path, "/endless") == 0)
		say_endless(fd);
	else if (strcmp(path, "/ok") == 0)
		say(fd, "200 OK", json, "{}", 2);
	else if (strcmp(path, "/bad-headers") == 0)
		say(fd, "418 Headers", json, "{}", 2);
	return strcmp(path, "/ok") == 0 || strncmp(path, "/busy", 5) == 0 || strcmp(path, "/packed") == 0;
}

static NORETURN void serve(int listener, int seen)
{
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		char path[256];

		while (fd >= 0 && read_request(fd, path, sizeof(path))) {
			put(seen, "x", 1);
			if (!answer(fd, path))
				break;
		}
		close(fd);
	}
}

static void server_start(struct server *s)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0), pipes[2];

	assert_int_equal(bind(listener, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &n), 0);
	assert_int_equal(pipe(pipes), 0);
	snprintf(s->base, sizeof(s->base), "http://127.0.0.1:%d", ntohs(at.sin_port));
	s->pid = fork();
	if (!s->pid) {
		signal(SIGPIPE, SIG_IGN);
		serve(listener, pipes[1]);
	}
	close(listener);
	close(pipes[1]);
	s->seen = pipes[0];
}

/* Stops it and tells how many requests came. */
static size_t server_stop(struct server *s)
{
	char text[256];
	size_t n = 0;
	ssize_t got;

	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	while ((got = read(s->seen, text, sizeof(text))) > 0)
		n += (size_t)got;
	close(s->seen);
	return n;
}

/* ---- one request -------------------------------------------------------------------------------------------------- */

/* A connection to a server of its own, and what came last. */
struct talk {
	struct server s;
	struct transport *t;
	struct http_answer a;
	struct err err;
};

static void talk_start(struct talk *k)
{
	*k = (struct talk){ .t = transport_http(NULL, &k->err) };
	assert_non_null(k->t);
	http_answer_init(&k->a);
	server_start(&k->s);
}

/* The server goes by itself. */
static void talk_end(struct talk *k)
{
	transport_close(k->t);
	http_answer_release(&k->a);
}

static bool ask(struct talk *k, const char *path, const char *body)
{
	char url[128];
	struct http_request req = { .method = body ? "POST" : "GET", .url = url, .body = body, .minimal = true, .id = "batch-1" };

	snprintf(url, sizeof(url), "%s%s", k->s.base, path);
	req.body_len = body ? strlen(body) : 0;
	http_answer_release(&k->a);
	http_answer_init(&k->a);
	return k->t->send(k->t, &req, &k->a, &k->err);
}

static void http__reads_an_answer__headers_and_packed_body(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	assert_ok(ask(&k, "/packed", NULL), &k.err);
	assert_int_equal(k.a.status, 200);
	assert_string_equal(k.a.content_type, "application/fhir+json");
	assert_int_equal(k.a.body.len, 20000);
	assert_int_equal(k.a.date, INT64_C(1795309323000));
	assert_true(k.t->bytes_down < 2000 && k.t->bytes_up > 50);
	assert_ok(ask(&k, "/busy", "{}"), &k.err);
	assert_int_equal(k.a.status, 503);
	assert_int_equal(k.a.retry_after, 120);
	assert_ok(ask(&k, "/moved", NULL), &k.err);
	assert_int_equal(k.a.status, 302);
	assert_string_equal(k.a.location, "http://portal.example/login");
	talk_end(&k);
	assert_int_equal(server_stop(&k.s), 3);
}

/* A time instead of seconds counts from the server's own clock, whatever ours shows. */
static void http__reads_how_long_to_wait__told_as_a_time(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	assert_ok(ask(&k, "/busy-until", NULL), &k.err);
	assert_int_equal(k.a.retry_after, 1800);
	assert_ok(ask(&k, "/busy-no-more", NULL), &k.err);
	assert_int_equal(k.a.retry_after, 0);
	assert_ok(ask(&k, "/busy", NULL), &k.err);
	assert_int_equal(k.a.retry_after, 120);
	talk_end(&k);
	assert_int_equal(server_stop(&k.s), 3);
}

/* Its name was looked up before; nobody else knows it. */
static void http__finds_a_name__that_was_looked_up_before(void **state)
{
	struct talk k;
	char base[64];

	(void)state;
	talk_start(&k);
	transport_close(k.t);
	snprintf(base, sizeof(base), "http://clinic-hub.local%s", strrchr(k.s.base, ':'));
	transport_know("clinic-hub.local", atoi(strrchr(k.s.base, ':') + 1), "127.0.0.1");
	k.t = transport_http(&(struct transport_options){ .proxy = "" }, &k.err);
	snprintf(k.s.base, sizeof(k.s.base), "%s", base);
	assert_ok(ask(&k, "/ok", NULL), &k.err);
	assert_int_equal(k.a.status, 200);
	transport_look_up("https://127.0.0.1:1/fhir", 0); /* no name of the local network: nothing is asked */
	transport_look_up("", 0);
	talk_end(&k);
	assert_int_equal(server_stop(&k.s), 1);
}

static void http__may_have_arrived__cut_answer(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	assert_refused(ask(&k, "/cut", "{}"), &k.err, ERR_NETWORK);
	assert_true(k.a.may_have_arrived);
	talk_end(&k);
	assert_int_equal(server_stop(&k.s), 1);
}

/* libcurl by itself would send the bundle again when a kept connection dies without an answer. */
static void http__never_repeats_a_post__kept_connection_dies(void **state)
{
	static const size_t sizes[] = { 2, 5000, 60000 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(sizes); i++) {
		struct talk k;
		AUTO_FREE char *body = xmalloc(sizes[i] + 1);

		for (size_t j = 0; j < sizes[i]; j++)
			body[j] = (char)('a' + (j * 7 + j / 3) % 26);
		body[sizes[i]] = '\0';
		talk_start(&k);
		assert_ok(ask(&k, "/ok", NULL), &k.err);
		assert_refused(ask(&k, "/drop", body), &k.err, ERR_NETWORK);
		assert_int_equal(k.a.status, 0);
		assert_true(k.a.may_have_arrived);
		talk_end(&k);
		assert_int_equal(server_stop(&k.s), 2);
	}
}

static void http__nothing_has_left__nobody_listens(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	server_stop(&k.s);
	assert_refused(ask(&k, "/ok", "{}"), &k.err, ERR_NETWORK);
	assert_false(k.a.may_have_arrived);
	talk_end(&k);
}

static void http__takes_no_more_than_its_limit__endless_body(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	assert_refused(ask(&k, "/endless", NULL), &k.err, ERR_SERVER);
	assert_true(k.a.body.len <= TRANSPORT_BODY_MAX);
	talk_end(&k);
	server_stop(&k.s);
}

/* ---- a request that goes out before its answer is asked for ------------------------------------------------------------ */

static void begin(struct talk *k, const char *path)
{
	char url[128];

	snprintf(url, sizeof(url), "%s%s", k->s.base, path);
	k->t->begin(k->t, &(struct http_request){ .method = "GET", .url = url });
}

/* Until all of it is here; the server serves one connection at a time, so whoever opens another one waits for ever. */
static void drive_until(struct transport *t, uint64_t down)
{
	while (t->bytes_down < down)
		t->drive(t);
}

static void http__gives_the_early_answer__when_it_is_asked_for(void **state)
{
	struct talk k;
	uint64_t each;

	(void)state;
	talk_start(&k);
	assert_ok(ask(&k, "/packed", NULL), &k.err);
	each = k.t->bytes_down;
	begin(&k, "/packed");
	drive_until(k.t, 2 * each);
	assert_int_equal(server_stop(&k.s), 2);
	assert_ok(ask(&k, "/packed", NULL), &k.err); /* nobody is there any more */
	assert_int_equal(k.a.status, 200);
	assert_string_equal(k.a.content_type, "application/fhir+json");
	assert_int_equal(k.a.body.len, 20000);
	assert_true(k.t->bytes_down == 2 * each);
	assert_refused(ask(&k, "/packed", NULL), &k.err, ERR_NETWORK); /* it was one */
	talk_end(&k);
}

/* What another request is about is not mixed up with it, and the connection stays the same. */
static void http__keeps_the_early_answer__something_else_is_asked_first(void **state)
{
	static const char *const others[] = { "/busy", "/ok", "/moved" };
	struct talk k;

	(void)state;
	talk_start(&k);
	begin(&k, "/packed");
	for (size_t i = 0; i < N_ELEMENTS(others); i++) {
		assert_ok(ask(&k, others[i], i == 1 ? "{}" : NULL), &k.err);
		assert_true(k.a.body.len <= 2);
	}
	assert_ok(ask(&k, "/packed", NULL), &k.err);
	assert_int_equal(k.a.body.len, 20000);
	talk_end(&k);
	assert_int_equal(server_stop(&k.s), 4);
}

/* The address is not all: what posts to it is another request. */
static void http__posts__where_a_get_was_begun(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	begin(&k, "/ok");
	assert_ok(ask(&k, "/ok", "{}"), &k.err);
	assert_ok(ask(&k, "/ok", NULL), &k.err);
	talk_end(&k);
	assert_int_equal(server_stop(&k.s), 2);
}

/* What becomes of it is told once, where it is asked for; the next one goes its own way. */
static void http__tells_what_became_of_it__early_answer_fails(void **state)
{
	static const struct {
		const char *path;
		enum err_code code;
		bool too_large;
	} rows[] = { { "/cut", ERR_NETWORK, false }, { "/drop", ERR_NETWORK, false }, { "/endless", ERR_SERVER, true } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(rows); i++)
		for (int between = 0; between < 2; between++) {
			struct talk k;

			talk_start(&k);
			begin(&k, rows[i].path);
			if (between)
				assert_ok(ask(&k, "/ok", NULL), &k.err);
			assert_refused(ask(&k, rows[i].path, NULL), &k.err, rows[i].code);
			assert_int_equal(k.a.too_large, rows[i].too_large);
			assert_true(k.a.body.len <= TRANSPORT_BODY_MAX);
			assert_ok(ask(&k, "/ok", NULL), &k.err);
			talk_end(&k);
			server_stop(&k.s);
		}
}

static void http__tells_where_it_is_asked_for__nobody_listens(void **state)
{
	struct talk k;

	(void)state;
	talk_start(&k);
	server_stop(&k.s);
	begin(&k, "/ok");
	k.t->drive(k.t);
	assert_refused(ask(&k, "/ok", NULL), &k.err, ERR_NETWORK);
	assert_false(k.a.may_have_arrived);
	talk_end(&k);
}

/* One takes the place of another, and nobody need ask for the last one. */
static void http__goes_on__early_answers_are_not_wanted(void **state)
{
	struct talk k;
	uint64_t down;

	(void)state;
	talk_start(&k);
	begin(&k, "/packed");
	begin(&k, "/endless");
	begin(&k, "/ok");
	assert_ok(ask(&k, "/ok", NULL), &k.err);
	assert_int_equal(k.a.body.len, 2);
	down = k.t->bytes_down;
	begin(&k, "/packed");
	drive_until(k.t, down + 100);
	assert_true(k.t->bytes_down > down); /* they are counted all the same */
	begin(&k, "/endless");
	talk_end(&k);
	server_stop(&k.s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(http__reads_an_answer__headers_and_packed_body),
		cmocka_unit_test(http__reads_how_long_to_wait__told_as_a_time),
		cmocka_unit_test(http__finds_a_name__that_was_looked_up_before),
		cmocka_unit_test(http__may_have_arrived__cut_answer),
		cmocka_unit_test(http__never_repeats_a_post__kept_connection_dies),
		cmocka_unit_test(http__nothing_has_left__nobody_listens),
		cmocka_unit_test(http__takes_no_more_than_its_limit__endless_body),
		cmocka_unit_test(http__gives_the_early_answer__when_it_is_asked_for),
		cmocka_unit_test(http__keeps_the_early_answer__something_else_is_asked_first),
		cmocka_unit_test(http__posts__where_a_get_was_begun),
		cmocka_unit_test(http__tells_what_became_of_it__early_answer_fails),
		cmocka_unit_test(http__tells_where_it_is_asked_for__nobody_listens),
		cmocka_unit_test(http__goes_on__early_answers_are_not_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
