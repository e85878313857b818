#define _GNU_SOURCE /* strcasestr */
#include "web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/mem.h"

struct web_line {
	int fd;
	SSL *ssl; /* NULL: plain */
};

/* ---- bytes --------------------------------------------------------------------------------------------------------- */

static ssize_t get(struct web_line *l, void *to, size_t n)
{
	return l->ssl ? SSL_read(l->ssl, to, (int)n) : read(l->fd, to, n);
}

bool web_put(struct web_line *l, const void *data, size_t n)
{
	const char *from = data;

	while (n) {
		ssize_t done = l->ssl ? SSL_write(l->ssl, from, (int)n) : write(l->fd, from, n);

		if (done <= 0)
			return false;
		from += done;
		n -= (size_t)done;
	}
	return true;
}

bool web_say(struct web_line *l, const char *status, const char *type, const char *more, const char *body)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	sbuf_addf(&out, "HTTP/1.1 %s\r\nContent-Type: %s\r\n%sContent-Length: %zu\r\n\r\n%s", status, type, more, strlen(body), body);
	return web_put(l, out.s, out.len);
}

static bool pass(int from, int to)
{
	char some[16384];
	ssize_t n = read(from, some, sizeof(some));

	return n > 0 && write(to, some, (size_t)n) == n;
}

static int connect_to(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_port = htons((uint16_t)port);
	return connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0 ? fd : -1;
}

bool web_tunnel(struct web_line *l, int port)
{
	static const char ok[] = "HTTP/1.1 200 Connection established\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\n\r\n";
	int other = connect_to(port);
	struct pollfd fds[] = { { l->fd, POLLIN, 0 }, { other, POLLIN, 0 } };
	bool open = other >= 0 && web_put(l, ok, sizeof(ok) - 1);

	while (open && poll(fds, 2, -1) > 0)
		open = (!fds[0].revents || pass(l->fd, other)) && (!fds[1].revents || pass(other, l->fd));
	close(other);
	return false;
}

/* ---- requests ------------------------------------------------------------------------------------------------------ */

static void header(const char *head, const char *name, char *out, size_t size)
{
	const char *at = strcasestr(head, name);
	size_t n = strlen(name);

	*out = '\0';
	if (at)
		snprintf(out, size, "%.*s", (int)strcspn(at + n + 2, "\r\n"), at + n + 2);
}

/* "\r\nName" is looked for, so that no other header's end is taken for it. */
static void parse(char *text, char *body, struct web_request *req)
{
	size_t method = strcspn(text, " ");

	snprintf(req->method, sizeof(req->method), "%.*s", (int)method, text);
	snprintf(req->path, sizeof(req->path), "%.*s", (int)strcspn(text + method + 1, " "), text + method + 1);
	header(text, "\r\nAuthorization", req->authorization, sizeof(req->authorization));
	header(text, "\r\nProxy-Authorization", req->proxy_authorization, sizeof(req->proxy_authorization));
	req->head = text;
	req->body = body;
}

static bool read_request(struct web_line *l, struct sbuf *text, struct web_request *req)
{
	char some[16384], length[32];
	size_t body = 0;
	char *end = NULL;

	sbuf_clear(text);
	while (!end || text->len < (size_t)(end - text->s) + 4 + body) {
		ssize_t n = get(l, some, sizeof(some));

		if (n <= 0)
			return false;
		sbuf_add(text, some, (size_t)n);
		end = strstr(text->s, "\r\n\r\n");
		if (!end)
			continue;
		header(text->s, "\r\nContent-Length", length, sizeof(length));
		body = strtoul(length, NULL, 10);
	}
	parse(text->s, end + 4, req);
	return true;
}

/* ---- the child ------------------------------------------------------------------------------------------------------ */

static SSL_CTX *context(const struct web_options *o)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	BIO *cert = BIO_new_mem_buf(o->tls->certificate, -1), *key = BIO_new_mem_buf(o->tls->key, -1);
	X509 *x = PEM_read_bio_X509(cert, NULL, NULL, NULL);

	SSL_CTX_use_certificate(ctx, x);
	SSL_CTX_use_PrivateKey(ctx, PEM_read_bio_PrivateKey(key, NULL, NULL, NULL));
	if (o->max_tls) {
		SSL_CTX_set_security_level(ctx, 0);
		SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION);
		SSL_CTX_set_max_proto_version(ctx, o->max_tls);
	}
	if (o->client_ca) {
		BIO *ca = BIO_new_mem_buf(o->client_ca, -1);

		X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), PEM_read_bio_X509(ca, NULL, NULL, NULL));
		SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	}
	return ctx;
}

static void note(int journal, const struct web_request *req)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	sbuf_addf(&line, "%s %s %s\n", req->method, req->path, *req->authorization ? req->authorization : "-");
	if (write(journal, line.s, line.len) < 0)
		_exit(1);
}

static void talk(struct web_line *l, const struct web_options *o, int journal, size_t *n)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct web_request req = { .ctx = o->ctx };

	while (read_request(l, &text, &req)) {
		req.n = ++*n;
		note(journal, &req);
		if (!o->answer(l, &req))
			break;
	}
}

/* What still comes is read: closing over it would take our last words, an alert perhaps, away from the other end. */
static void hang_up(struct web_line *l)
{
	char some[4096];

	if (l->ssl)
		SSL_shutdown(l->ssl);
	SSL_free(l->ssl);
	shutdown(l->fd, SHUT_WR);
	while (read(l->fd, some, sizeof(some)) > 0)
		;
	close(l->fd);
}

static NORETURN void serve(int listener, int journal, const struct web_options *o)
{
	SSL_CTX *ctx = o->tls ? context(o) : NULL;
	size_t n = 0;

	for (;;) {
		struct web_line l = { .fd = accept(listener, NULL, NULL) };

		if (ctx) {
			l.ssl = SSL_new(ctx);
			SSL_set_fd(l.ssl, l.fd);
		}
		if (l.fd >= 0 && (!l.ssl || SSL_accept(l.ssl) == 1))
			talk(&l, o, journal, &n);
		hang_up(&l);
	}
}

void web_start(struct web *w, const struct web_options *o)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0), pipes[2];

	assert_int_equal(bind(listener, (struct sockaddr *)&at, n), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &n), 0);
	assert_int_equal(pipe(pipes), 0);
	w->port = ntohs(at.sin_port);
	snprintf(w->base, sizeof(w->base), "%s://127.0.0.1:%d", o->tls ? "https" : "http", w->port);
	w->pid = fork();
	if (!w->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nobody behind */
		signal(SIGPIPE, SIG_IGN);
		close(pipes[0]);
		serve(listener, pipes[1], o);
	}
	close(listener);
	close(pipes[1]);
	w->journal = pipes[0];
}

char *web_stop(struct web *w)
{
	struct sbuf out = SBUF_INIT;
	char text[4096];
	ssize_t n;

	kill(w->pid, SIGKILL);
	waitpid(w->pid, NULL, 0);
	while ((n = read(w->journal, text, sizeof(text))) > 0)
		sbuf_add(&out, text, (size_t)n);
	close(w->journal);
	return out.len ? sbuf_take(&out) : xstrdup("");
}
