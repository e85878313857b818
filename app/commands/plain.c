/* Text that people read leaves the program without signs that steer a terminal: a name from a list or from the county may
 * hold escape codes or marks of direction, and outside the screens nothing else stands between them and the terminal.
 * JSON keeps what is stored. */
#define _GNU_SOURCE /* fopencookie */
#include <unistd.h>

#include "app/base/utf8.h"
#include "app/commands/commands.h"

/* A stream writes in pieces: the beginning of a sign waits for its rest. */
struct plain_stream {
	int fd;
	char rest[4];
	size_t n_rest;
	char buf[8192];
};

static bool write_all(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(fd, s, n);

		if (done <= 0)
			return false;
		s += done;
		n -= (size_t)done;
	}
	return true;
}

/* Bytes of the sign that begins with this one. */
static size_t sign_length(char first)
{
	unsigned char c = (unsigned char)first;

	return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Line ends and tabs part what is printed; progress, on the error output alone, begins its line anew. */
static bool may_pass(const struct plain_stream *p, uint32_t cp)
{
	return cp == '\n' || cp == '\t' || (cp == '\r' && p->fd == STDERR_FILENO) || utf8_cp_width(cp) >= 0;
}

static void add_sign(struct plain_stream *p, struct sbuf *out)
{
	for (size_t at = 0, len; at < p->n_rest; at += len) {
		char sign[4];
		uint32_t cp;

		len = utf8_decode(p->rest + at, p->n_rest - at, &cp);
		if (may_pass(p, cp))
			sbuf_add(out, sign, utf8_encode(cp, sign));
		else
			sbuf_adds(out, " ");
	}
	p->n_rest = 0;
}

static ssize_t plain_write(void *cookie, const char *s, size_t n)
{
	struct plain_stream *p = cookie;
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	size_t at = 0;

	while (at < n) {
		p->rest[p->n_rest++] = s[at++];
		if (p->n_rest == sign_length(p->rest[0]))
			add_sign(p, &out);
	}
	return write_all(p->fd, out.s, out.len) ? (ssize_t)n : 0;
}

static FILE *plain_stream(int fd, struct plain_stream *p, int buffering)
{
	FILE *f;

	p->fd = fd;
	f = fopencookie(p, "w", (cookie_io_functions_t){ .write = plain_write });
	if (f)
		setvbuf(f, buffering == _IONBF ? NULL : p->buf, buffering, buffering == _IONBF ? 0 : sizeof p->buf);
	return f;
}

void cli_plain_output(void)
{
	static struct plain_stream out, err; /* as long as the streams: to the end of the process */
	FILE *f;

	if ((f = plain_stream(STDOUT_FILENO, &out, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF)))
		stdout = f;
	if ((f = plain_stream(STDERR_FILENO, &err, _IONBF)))
		stderr = f;
}
