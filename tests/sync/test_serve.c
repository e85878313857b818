/* The server in memory behind real HTTP on loopback, for journeys of the whole program:
 *
 *     test_serve --serve FILE     writes its address to FILE, serves until it is killed
 *
 * Run as a test it serves itself: two desks speak with it through libcurl, gzip and all. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/mem.h"
#include "desk.h"

/* ---- one request ---------------------------------------------------------------------------------------------------- */

enum { REQUEST_MAX = 16 * 1024 * 1024 };

struct asked {
	struct sbuf text, body; /* as it came; unpacked */
	char method[8], target[TRANSPORT_URL_MAX];
};

static const char *header(const char *head, const char *name)
{
	for (const char *line = strstr(head, "\r\n"); line && line[2] != '\r'; line = strstr(line + 2, "\r\n"))
		if (strncasecmp(line + 2, name, strlen(name)) == 0)
			return line + 2 + strlen(name);
	return NULL;
}

static void unpack(const char *packed, size_t n, struct sbuf *out)
{
	char room[65536];
	z_stream z = { .avail_in = (uInt)n };
	int rc;

	z.next_in = (Bytef *)(uintptr_t)packed;
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	do {
		z.next_out = (Bytef *)room;
		z.avail_out = sizeof(room);
		rc = inflate(&z, Z_NO_FLUSH);
		sbuf_add(out, room, sizeof(room) - z.avail_out);
	} while (rc == Z_OK);
	inflateEnd(&z);
}

/* False when the other end is gone. */
static bool read_request(int fd, struct asked *a)
{
	size_t want = SIZE_MAX, head = 0;
	char room[16384];

	while (a->text.len < want) {
		ssize_t got = read(fd, room, sizeof(room));
		const char *end;

		if (got <= 0)
			return false;
		sbuf_add(&a->text, room, (size_t)got);
		if (!head && (end = strstr(a->text.s, "\r\n\r\n")) != NULL) {
			const char *length = header(a->text.s, "Content-Length:");

			head = (size_t)(end - a->text.s) + 4;
			want = head + (length ? strtoul(length, NULL, 10) : 0);
		}
	}
	if (sscanf(a->text.s, "%7s %4095s", a->method, a->target) != 2)
		return false;
	if (header(a->text.s, "Content-Encoding: gzip"))
		unpack(a->text.s + head, a->text.len - head, &a->body);
	else
		sbuf_add(&a->body, a->text.s + head, a->text.len - head);
	return true;
}

static void put_all(int fd, const char *text, size_t n)
{
	while (n) {
		ssize_t done = write(fd, text, n);

		if (done <= 0)
			return;
		text += done;
		n -= (size_t)done;
	}
}

static void answer_one(struct fake_fhir *f, int fd)
{
	struct asked a = { .text = SBUF_INIT, .body = SBUF_INIT };
	AUTO_ANSWER struct http_answer out;
	char url[TRANSPORT_URL_MAX + 80], head[256];
	struct err err;

	http_answer_init(&out);
	sbuf_release(&a.text);
	sbuf_init(&a.text, REQUEST_MAX);
	sbuf_release(&a.body);
	sbuf_init(&a.body, REQUEST_MAX);
	if (read_request(fd, &a)) {
		struct http_request req = { .method = a.method, .url = url, .body = a.body.len ? a.body.s : NULL,
			.body_len = a.body.len, .minimal = header(a.text.s, "Prefer: return=minimal") != NULL };

		snprintf(url, sizeof(url), "%s%s", f->base, a.target);
		if (f->t.send(&f->t, &req, &out, &err)) {
			int n = snprintf(head, sizeof(head), "HTTP/1.1 %d OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
							     "Connection: close\r\n\r\n", out.status, out.content_type, out.body.len);

			put_all(fd, head, (size_t)n);
			put_all(fd, out.body.s, out.body.len);
		}
	}
	sbuf_release(&a.text);
	sbuf_release(&a.body);
}

/* ---- the server ------------------------------------------------------------------------------------------------------ */

static int listen_on(char base[64])
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	snprintf(base, 64, "http://127.0.0.1:%d", (int)ntohs(at.sin_port));
	return fd;
}

static _Noreturn void serve(int fd, const char *base)
{
	static int64_t now = INT64_C(1795312800000);
	struct fake_fhir f;

	signal(SIGPIPE, SIG_IGN);
	fake_fhir_init(&f, &now);
	snprintf(f.base, sizeof(f.base), "%s", base);
	for (;;) {
		int c = accept(fd, NULL, NULL);

		if (c < 0)
			exit(1);
		now += 1000;
		answer_one(&f, c);
		close(c);
	}
}

static int serve_for_others(const char *file)
{
	AUTO_SBUF struct sbuf part = SBUF_INIT;
	char base[64];
	int fd = listen_on(base);
	FILE *out;

	sbuf_addf(&part, "%s.part", file);
	out = fopen(part.s, "w");
	if (!out || fprintf(out, "%s\n", base) < 0 || fclose(out) != 0 || rename(part.s, file) != 0)
		return 1;
	serve(fd, base);
}

/* ---- and as a test ------------------------------------------------------------------------------------------------------ */

static void syncs(struct desk *d, const char *county)
{
	struct sync_options o = { .county = county };

	assert_ok(sync_round(&d->app, &o, &d->fig, &d->err), &d->err);
}

static void serve__carries__what_one_desk_writes_to_the_other(void **state)
{
	struct fake_fhir unused;
	struct desk a, b;
	char base[64], wang[RECORD_ID_MAX + 1];
	int fd = listen_on(base);
	pid_t pid;

	(void)state;
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		serve(fd, base);
	close(fd);
	fake_fhir_init(&unused, NULL);
	desk_open(&a, &unused, 7);
	desk_open(&b, &unused, 8);
	snprintf(wang, sizeof(wang), "%s", desk_resident(&a, "王小明", "1950-01-02"));
	syncs(&a, base);
	assert_int_equal(a.fig.waiting, 0);
	syncs(&b, base);
	assert_string_equal(desk_field(&b, "resident", wang, "name"), "王小明");
	desk_change(&b, "resident", wang, "phone", "\"10050000048\"");
	syncs(&b, base);
	syncs(&a, base);
	assert_string_equal(desk_field(&a, "resident", wang, "phone"), "10050000048");
	desk_close(&a);
	desk_close(&b);
	fake_fhir_release(&unused);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(serve__carries__what_one_desk_writes_to_the_other) };

	if (argc == 3 && strcmp(argv[1], "--serve") == 0)
		return serve_for_others(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
