#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/base/sbuf.h"

enum { LINE_MAX_BYTES = 2048 };

/* The log sink is one of the three globals of the program. */
static struct {
	int fd;
	char *path;
	size_t max_size;
	const struct clock *clock;
} sink = { .fd = -1 };

static int open_file(const char *path)
{
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

bool log_open(const char *path, size_t max_size, struct err *err)
{
	int fd = open_file(path);

	if (fd < 0)
		return err_errno(err, errno, path_shown(path));
	log_close();
	sink.fd = fd;
	sink.path = xstrdup(path);
	sink.max_size = max_size;
	return true;
}

void log_close(void)
{
	if (sink.fd >= 0)
		close(sink.fd);
	free(sink.path);
	sink.fd = -1;
	sink.path = NULL;
}

int log_fd(void)
{
	return sink.fd;
}

void log_set_clock(const struct clock *clock)
{
	sink.clock = clock;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* A new file in place of a full one.  Another process may have done it already: then only its file is opened.  stderr,
 * if it was led into the log, follows. */
static void rotate(const struct stat *old)
{
	AUTO_SBUF struct sbuf kept = SBUF_INIT;
	struct stat now, err_stat;
	int fd;

	flock(sink.fd, LOCK_EX); /* until close() below: two that find the file full at once must not turn it over twice */
	sbuf_addf(&kept, "%s.1", sink.path);
	if (stat(sink.path, &now) == 0 && same_file(&now, old) && rename(sink.path, kept.s) != 0)
		fd = -1;
	else
		fd = open_file(sink.path);
	if (fd < 0) {
		flock(sink.fd, LOCK_UN);
		return;
	}
	if (fstat(STDERR_FILENO, &err_stat) == 0 && same_file(&err_stat, old))
		dup2(fd, STDERR_FILENO);
	close(sink.fd);
	sink.fd = fd;
}

static void make_room(size_t len)
{
	struct stat st;

	if (fstat(sink.fd, &st) == 0 && st.st_size > 0 && (size_t)st.st_size + len > sink.max_size)
		rotate(&st);
}

static void add_visible(struct sbuf *line, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7F)
			sbuf_addf(line, "\\x%02x", c);
		else
			sbuf_addc(line, (char)c);
	}
}

static void start_line(struct sbuf *line, enum log_level level)
{
	static const char *const names[] = { "error", "warn ", "info " };
	struct clock real;
	char when[CLOCK_LEN];

	clock_init_real(&real);
	clock_rfc3339(clock_now(sink.clock ? sink.clock : &real), when);
	sbuf_addf(line, "%s %ld %s ", when, (long)getpid(), names[level]);
}

void log_write(enum log_level level, const char *fmt, ...)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	char text[LINE_MAX_BYTES];
	va_list ap;
	int kept = errno;
	ssize_t written;

	if (sink.fd < 0 && level > LOG_LEVEL_WARN)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	start_line(&line, level);
	add_visible(&line, text);
	sbuf_addc(&line, '\n');
	if (sink.fd >= 0)
		make_room(line.len);
	/* One write a line, so that lines of two processes never mix.  A log that cannot be written stops nobody. */
	written = write(sink.fd >= 0 ? sink.fd : STDERR_FILENO, line.s, line.len);
	(void)written;
	errno = kept;
}

void log_err(const char *what, const struct err *err)
{
	log_error("%s: %s detail=%d field=%s %s", what, err_name(err->code), err->detail, err->field, err->log);
}
