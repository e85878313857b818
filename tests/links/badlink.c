/* badlink --to PORT [--line NAME] [--seed N] [--port N]: a bad line on loopback (tests/support/base/badlink.h).
 * badlink --lines: the lines there are.
 * Prints "listening on 127.0.0.1:PORT".  Reads orders from standard input, a line each: "line NAME" makes it another line,
 * "counts" prints what went over it, "again" lets
 * come again what was held for that.  Ends when standard input does, with the counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/base/badlink.h"

enum { ENDS_MAX = 520, LONGEST_WAIT_MS = 60000 };

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int usage(void)
{
	fprintf(stderr, "usage: badlink --to PORT [--line NAME] [--seed N] [--port N]\n       badlink --lines\n");
	return 2;
}

static int lines(void)
{
	size_t n;
	const struct line *l = badlink_lines(&n);

	for (size_t i = 0; i < n; i++)
		printf("%-10s %s\n", l[i].name, l[i].what);
	return 0;
}

static void print_counts(const struct badlink *b)
{
	struct badlink_counts c = badlink_counts(b);
	const struct {
		const char *name;
		uint64_t n;
	} rows[] = { { "connections", c.connections }, { "up", c.up }, { "down", c.down }, { "lost", c.lost }, { "stalls", c.stalls },
		{ "cuts", c.cuts }, { "silenced", c.silenced }, { "replays", c.replays }, { "pages", c.pages }, { "refused", c.refused } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		printf("%s\t%llu\n", rows[i].name, (unsigned long long)rows[i].n);
	printf("\n");
	fflush(stdout);
}

static void obey(struct badlink *b, char *order)
{
	const struct line *l;

	order[strcspn(order, "\r\n")] = '\0';
	if (strcmp(order, "counts") == 0) {
		print_counts(b);
	} else if (strcmp(order, "again") == 0) {
		badlink_again(b);
	} else if (strncmp(order, "line ", 5) == 0 && (l = badlink_line(order + 5))) {
		badlink_set(b, l);
		printf("line %s\n", l->name);
		fflush(stdout);
	} else {
		fprintf(stderr, "badlink: what is \"%s\"?\n", order);
	}
}

/* Whole lines of what came; false at the end. */
static bool orders(struct badlink *b)
{
	static char text[256];
	static size_t n;
	ssize_t got = read(STDIN_FILENO, text + n, sizeof(text) - 1 - n);
	char *end;

	if (got <= 0)
		return false;
	n += (size_t)got;
	text[n] = '\0';
	while ((end = strchr(text, '\n'))) {
		*end = '\0';
		obey(b, text);
		n -= (size_t)(end + 1 - text);
		memmove(text, end + 1, n + 1);
	}
	return n < sizeof(text) - 1;
}

static void run(struct badlink *b)
{
	struct pollfd ends[ENDS_MAX + 1] = { { .fd = STDIN_FILENO, .events = POLLIN } };
	bool going = true;

	while (going) {
		int64_t now = now_us(), due = badlink_step(b, now), wait = due == INT64_MAX ? LONGEST_WAIT_MS : (due - now + 999) / 1000;
		size_t n = 1 + badlink_poll(b, ends + 1, ENDS_MAX);

		poll(ends, (nfds_t)n, wait < 0 ? 0 : wait > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : (int)wait);
		if (ends[0].revents)
			going = orders(b);
	}
	print_counts(b);
}

int main(int argc, char **argv)
{
	const struct line *line = badlink_line("clear");
	unsigned long long seed = 1;
	int to = 0, port = 0;
	struct badlink *b;

	if (argc == 2 && strcmp(argv[1], "--lines") == 0)
		return lines();
	for (int i = 1; i + 1 < argc && line; i += 2) {
		if (strcmp(argv[i], "--to") == 0)
			to = atoi(argv[i + 1]);
		else if (strcmp(argv[i], "--line") == 0)
			line = badlink_line(argv[i + 1]);
		else if (strcmp(argv[i], "--seed") == 0)
			seed = strtoull(argv[i + 1], NULL, 10);
		else if (strcmp(argv[i], "--port") == 0)
			port = atoi(argv[i + 1]);
		else
			return usage();
	}
	if (to <= 0 || argc % 2 == 0 || !line)
		return usage();
	b = badlink_new(line, seed, to);
	if (!b || (port = badlink_listen(b, port)) < 0) {
		perror("badlink");
		return 1;
	}
	printf("listening on 127.0.0.1:%d\n", port);
	fflush(stdout);
	run(b);
	badlink_free(b);
	return 0;
}
