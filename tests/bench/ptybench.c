/* ptybench: how long a full-screen program takes from a key to the last byte that it draws for it.
 *
 *   ptybench [options] -- PROGRAM ARGUMENTS...
 *     --prefix NAME     begins each printed name, "NAME_p99"
 *     --size CxR        window, 80x24
 *     --setup KEYS      sent one by one before anything is measured
 *     --keys KEYS       sent in turn, over and over, and measured
 *     --count N         keys to measure, 200
 *     --settle MS       the screen counts as drawn when nothing came for so long, 25
 *     --start MS        ... and after the start, 300
 *
 * KEYS are words: Enter Esc Tab BSpace Up Down Left Right PgUp PgDn Home End F1..F12 Space C-x M-x; any other word is text,
 * each character of it one key.  Prints "name<TAB>value" lines: first (the first screen stands and takes keys), start
 * (nothing more is added to it), p50, p95, p99, max (all ms), bytes (a key), silent
 * (keys for which nothing was drawn; they are in no other figure), rss, peak (KiB).  The program sees TERM=xterm-256color; its questions about the cursor and the terminal are answered, so that it
 * does not wait for them. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_KEYS = 512, KEY_BYTES = 16, MAX_COUNT = 100000, FIRST_MS = 400 };

struct keys {
	size_t n;
	char key[MAX_KEYS][KEY_BYTES];
};

struct bench {
	const char *prefix;
	unsigned short cols, rows;
	long count, settle_ms, start_ms;
	struct keys setup, keys;
	char **argv;

	int fd;
	pid_t pid;
	bool gone;
	char tail[8]; /* the last bytes that came: a question may be cut in two by a read */
};

static const struct {
	const char *name, *bytes;
} named_keys[] = {
	{ "Enter", "\r" },	 { "Esc", "\033" },	  { "Tab", "\t" },	    { "BSpace", "\177" },
	{ "Space", " " },	 { "Up", "\033OA" },	  { "Down", "\033OB" },	    { "Right", "\033OC" },
	{ "Left", "\033OD" },	 { "Home", "\033OH" },	  { "End", "\033OF" },	    { "PgUp", "\033[5~" },
	{ "PgDn", "\033[6~" },	 { "F1", "\033OP" },	  { "F2", "\033OQ" },	    { "F3", "\033OR" },
	{ "F4", "\033OS" },	 { "F5", "\033[15~" },	  { "F6", "\033[17~" },	    { "F7", "\033[18~" },
	{ "F8", "\033[19~" },	 { "F9", "\033[20~" },	  { "F10", "\033[21~" },    { "F11", "\033[23~" },
	{ "F12", "\033[24~" },
};

static void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("ptybench: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(2);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void add_key(struct keys *keys, const char *bytes, size_t n)
{
	if (keys->n == MAX_KEYS || n >= KEY_BYTES)
		die("more than %d keys, or a key of %zu bytes", MAX_KEYS, n);
	memcpy(keys->key[keys->n], bytes, n);
	keys->key[keys->n++][n] = '\0';
}

static void add_word(struct keys *keys, const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(named_keys) / sizeof(named_keys[0]); i++)
		if (strlen(named_keys[i].name) == len && memcmp(named_keys[i].name, word, len) == 0) {
			add_key(keys, named_keys[i].bytes, strlen(named_keys[i].bytes));
			return;
		}
	if (len == 3 && memcmp(word, "C-", 2) == 0) {
		char c = (char)(word[2] & 0x1f);

		add_key(keys, &c, 1);
		return;
	}
	if (len == 3 && memcmp(word, "M-", 2) == 0) {
		char c[2] = { '\033', word[2] };

		add_key(keys, c, 2);
		return;
	}
	while (len > 0) { /* a character and the bytes that continue it */
		size_t n = 1;

		while (n < len && ((unsigned char)word[n] & 0xc0) == 0x80)
			n++;
		add_key(keys, word, n);
		word += n;
		len -= n;
	}
}

static void parse_keys(struct keys *keys, const char *text)
{
	keys->n = 0;
	while (*text) {
		size_t len = strcspn(text, " ");

		if (len > 0)
			add_word(keys, text, len);
		text += len + (text[len] == ' ');
	}
}

static void send_bytes(const struct bench *b, const char *s)
{
	size_t len = strlen(s);

	if (write(b->fd, s, len) != (ssize_t)len)
		die("cannot send a key: %s", strerror(errno));
}

/* A program that asks where the cursor is (the width of ambiguous characters: one column here) or what the terminal is. */
static void answer(const struct bench *b, const char *seen)
{
	if (strstr(seen, "\033[6n"))
		send_bytes(b, "\033[1;2R");
	if (strstr(seen, "\033[c") || strstr(seen, "\033[0c"))
		send_bytes(b, "\033[?62;22c");
}

/* Waits first_ms for a first byte, then reads until nothing came for quiet_ms; returns the time of the last byte. */
static double settle(struct bench *b, long first_ms, long quiet_ms, size_t *bytes)
{
	double last = now_ms(), begin = last;
	char buf[65536 + sizeof(b->tail)];

	*bytes = 0;
	for (;;) {
		struct pollfd p = { .fd = b->fd, .events = POLLIN };
		int ready = poll(&p, 1, (int)(*bytes > 0 ? quiet_ms : first_ms));

		if (ready == 0 || now_ms() - begin > 30000)
			return last;
		size_t old = strlen(b->tail);

		memcpy(buf, b->tail, old);
		ssize_t got = read(b->fd, buf + old, 65536);

		if (got <= 0) {
			b->gone = true;
			return last;
		}
		last = now_ms();
		*bytes += (size_t)got;
		size_t all = old + (size_t)got;

		buf[all] = '\0';
		for (size_t i = 0; i < all; i++)
			if (buf[i] == '\0')
				buf[i] = ' ';
		answer(b, buf);
		size_t keep = all < 3 ? all : 3; /* shorter than the shortest question */

		memcpy(b->tail, buf + all - keep, keep);
		b->tail[keep] = '\0';
	}
}

static void launch(struct bench *b)
{
	struct winsize size = { .ws_row = b->rows, .ws_col = b->cols };

	b->pid = forkpty(&b->fd, NULL, NULL, &size);
	if (b->pid < 0)
		die("forkpty: %s", strerror(errno));
	if (b->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		unsetenv("LINES");
		unsetenv("COLUMNS");
		execvp(b->argv[0], b->argv);
		_exit(127);
	}
}

static long status_kib(pid_t pid, const char *field)
{
	char path[64], line[256];
	long kib = -1;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	FILE *f = fopen(path, "r");

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, field, strlen(field)) == 0)
			kib = strtol(line + strlen(field) + 1, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_times(const struct bench *b, double *ms, size_t n, size_t bytes)
{
	static const struct {
		const char *name;
		double share;
	} points[] = { { "p50", 0.50 }, { "p95", 0.95 }, { "p99", 0.99 }, { "max", 1 } };

	qsort(ms, n, sizeof(*ms), by_size);
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		printf("%s_%s\t%.2f\n", b->prefix, points[i].name, ms[(size_t)(points[i].share * (double)(n - 1))]);
	printf("%s_bytes\t%.0f\n%s_silent\t%ld\n", b->prefix, (double)bytes / (double)n, b->prefix, b->count - (long)n);
}

static void measure(struct bench *b)
{
	size_t bytes, sum = 0, n = 0;
	double *ms = calloc((size_t)b->count, sizeof(*ms));

	if (!ms)
		die("out of memory");
	for (size_t i = 0; i < b->setup.n && !b->gone; i++) {
		send_bytes(b, b->setup.key[i]);
		settle(b, FIRST_MS, b->settle_ms * 4, &bytes);
	}
	for (long i = 0; i < b->count && !b->gone; i++) {
		double sent = now_ms();

		send_bytes(b, b->keys.key[(size_t)i % b->keys.n]);
		double drawn = settle(b, FIRST_MS, b->settle_ms, &bytes);

		if (bytes > 0)
			ms[n++] = drawn - sent;
		sum += bytes;
	}
	if (b->gone)
		die("%s left before the measurement was done", b->argv[0]);
	if (b->keys.n > 0 && n == 0)
		die("%s drew nothing for any key", b->argv[0]);
	if (b->keys.n > 0)
		print_times(b, ms, n, sum);
	free(ms);
}

static void parse_options(struct bench *b, int argc, char **argv)
{
	int i = 1;

	for (; i + 1 < argc && strcmp(argv[i], "--") != 0; i += 2) {
		const char *opt = argv[i], *val = argv[i + 1];

		if (strcmp(opt, "--prefix") == 0)
			b->prefix = val;
		else if (strcmp(opt, "--size") == 0 && sscanf(val, "%hux%hu", &b->cols, &b->rows) == 2)
			;
		else if (strcmp(opt, "--setup") == 0)
			parse_keys(&b->setup, val);
		else if (strcmp(opt, "--keys") == 0)
			parse_keys(&b->keys, val);
		else if (strcmp(opt, "--count") == 0)
			b->count = strtol(val, NULL, 10);
		else if (strcmp(opt, "--settle") == 0)
			b->settle_ms = strtol(val, NULL, 10);
		else if (strcmp(opt, "--start") == 0)
			b->start_ms = strtol(val, NULL, 10);
		else
			die("unknown option %s", opt);
	}
	if (i + 1 >= argc || b->count < 1 || b->count > MAX_COUNT)
		die("usage: ptybench [options] -- PROGRAM ARGUMENTS...; the head of its source explains");
	b->argv = argv + i + 1;
}

int main(int argc, char **argv)
{
	static struct bench b = { .prefix = "key", .cols = 80, .rows = 24, .count = 200, .settle_ms = 25, .start_ms = 300 };
	size_t bytes;

	parse_options(&b, argc, argv);
	if (b.keys.n == 0)
		b.count = 1;
	double begin = now_ms();

	launch(&b);
	double first = settle(&b, 10000, b.settle_ms, &bytes);

	if (b.gone || bytes == 0)
		die("%s drew nothing at its start", b.argv[0]);
	double drawn = settle(&b, b.start_ms, b.start_ms, &bytes);

	printf("%s_first\t%.1f\n", b.prefix, first - begin);
	printf("%s_start\t%.1f\n", b.prefix, (bytes > 0 ? drawn : first) - begin);
	if (b.keys.n > 0)
		measure(&b);
	printf("%s_rss\t%ld\n%s_peak\t%ld\n", b.prefix, status_kib(b.pid, "VmRSS"), b.prefix, status_kib(b.pid, "VmHWM"));
	kill(b.pid, SIGKILL);
	waitpid(b.pid, NULL, 0);
	return 0;
}
