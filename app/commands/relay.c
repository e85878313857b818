/* A process that talks to servers has no terminal: from one, the command is started anew as a process of its own, and what
 * it prints comes here through a pipe, line by line, without anything that could move a cursor. */
#include <poll.h>
#include <unistd.h>

#include "app/base/proc.h"
#include "app/base/utf8.h"
#include "app/commands/commands.h"

enum { ARGS_MAX = 64 };

/* The program's own options, then the command as it was given. */
static bool build(const struct cli *cli, int argc, char **argv, const char *args[ARGS_MAX])
{
	size_t n = 0;

	if (argc > ARGS_MAX - 8)
		return false;
	args[n++] = "--data";
	args[n++] = cli->dir;
	args[n++] = "--lang";
	args[n++] = i18n_language();
	if (cli->json)
		args[n++] = "--json";
	if (cli->as) {
		args[n++] = "--as";
		args[n++] = cli->as;
	}
	for (int i = 0; i < argc; i++)
		args[n++] = argv[i];
	args[n] = NULL;
	return true;
}

static void show(FILE *to, const struct sbuf *line)
{
	AUTO_SBUF struct sbuf plain = SBUF_INIT;

	utf8_plain(&plain, line->s, line->len);
	fprintf(to, "%s\n", plain.s);
	fflush(to);
}

static void wait_for(const struct proc *p)
{
	struct pollfd fd = { .fd = p->fd, .events = POLLIN };

	if (poll(&fd, 1, -1) < 0)
		return; /* a signal: read again */
}

/* The last line is held back: of a failure it is the sentence, which belongs to the error output. */
static int pass_on(struct proc *p, bool json)
{
	AUTO_SBUF struct sbuf held = SBUF_INIT;
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	bool any = false;

	for (;;) {
		enum proc_read r = proc_read_line(p, &line);

		if (r == PROC_END)
			break;
		if (r == PROC_LATER) {
			wait_for(p);
			continue;
		}
		if (any)
			show(stdout, &held);
		sbuf_clear(&held);
		sbuf_add(&held, line.s, line.len);
		any = true;
	}
	proc_ended(p, true);
	if (any)
		show(p->status && !json ? stderr : stdout, &held);
	return p->status;
}

int cli_apart(struct cli *cli, int argc, char **argv)
{
	const char *args[ARGS_MAX];
	AUTO_PROC struct proc p = PROC_INIT;
	struct err err;

	if (!build(cli, argc, argv, args))
		return cli_usage(cli, argv[0]);
	return proc_start(&p, args, &err) ? pass_on(&p, cli->json) : cli_fail(cli, &err);
}
