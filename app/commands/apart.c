/* A process that talks to servers has no terminal: from one, the command is started anew as a process of its own, and what
 * it prints comes here through a pipe, line by line, without anything that could move a cursor. */
#define _GNU_SOURCE /* memfd_create */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/base/proc.h"
#include "app/base/utf8.h"
#include "app/commands/commands.h"
#include "sync/confine.h"
#include "sync/hub.h"

enum { ARGS_MAX = 64, ERRORS_MAX = 8192, WAKE_MS = 500, PATIENCE = 20 };

/* Who talks with others, by the word after the command where not all of it does. */
static const struct {
	int (*run)(struct cli *cli, int argc, char **argv);
	const char *word;
} talkers[] = { { cmd_sync, NULL }, { cmd_county, "probe" }, { cmd_county, "try" }, { cmd_hub, "join" } };

static bool talks(const struct command *c, int argc, char **argv)
{
	for (size_t i = 0; i < N_ELEMENTS(talkers); i++)
		if (talkers[i].run == c->run &&
			(!talkers[i].word || (argc > 1 && strcmp(argv[1], talkers[i].word) == 0)))
			return true;
	return false;
}

bool cli_needs_apart(const struct command *c, int argc, char **argv)
{
	return talks(c, argc, argv) && confine_has_terminal();
}

void cli_confine(struct cli *cli, const struct command *c, int argc, char **argv)
{
	if (!talks(c, argc, argv))
		return;
	for (int i = 1; i < argc; i++) /* an address may be among them */
		transport_look_up(argv[i], strstr(argv[i], "://") ? 0 : HUB_PORT);
	sync_look_up(&cli->app);
	confine((const char *const[]){ cli->dir, NULL });
}

/* The program's own options, then the command as it was given. */
static bool build(const struct cli *cli, int argc, const char *const argv[], const char *args[ARGS_MAX])
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

static void wait_for(const struct proc *p, int ms)
{
	struct pollfd fd = { .fd = p->fd, .events = POLLIN };

	if (poll(&fd, 1, ms) < 0)
		return; /* a signal: read again */
}

/* What it says on its error output lies in memory until it has ended, and no more than fits there. */
static int open_errors(void)
{
	int fd = memfd_create("errors", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd >= 0 && (ftruncate(fd, ERRORS_MAX) != 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) != 0)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static void read_errors(int fd, char out[ERRORS_MAX + 1])
{
	ssize_t n = pread(fd, out, ERRORS_MAX, 0);

	out[n > 0 ? n : 0] = '\0';
}

static void show_errors(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		struct sbuf line = SBUF_INIT;

		sbuf_add(&line, text, n);
		show(stderr, &line);
		sbuf_release(&line);
		text += n + (text[n] == '\n');
	}
}

/* It is asked, and when it does not hear, it is not asked any more. */
static void end(struct proc *p, int asked)
{
	if (asked < PATIENCE)
		proc_stop(p);
	else
		kill(p->pid, SIGKILL);
}

static void show_lines(struct proc *p, const struct apart_watch *w)
{
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	enum proc_read r;
	int asked = 0;

	while ((r = proc_read_line(p, &line)) != PROC_END) {
		if (w && w->wake(w->ctx))
			end(p, asked++);
		if (r == PROC_LATER)
			wait_for(p, w ? WAKE_MS : -1);
		else if (!w || !w->line(w->ctx, line.s))
			show(stdout, &line);
	}
}

static int pass_on(struct proc *p, const struct apart_watch *w, int errors)
{
	char text[ERRORS_MAX + 1];

	show_lines(p, w);
	proc_ended(p, true);
	read_errors(errors, text);
	show_errors(text);
	return p->status;
}

int cli_apart(struct cli *cli, int argc, char **argv)
{
	return cli_apart_watched(cli, argc, (const char *const *)argv, NULL);
}

int cli_apart_watched(struct cli *cli, int argc, const char *const argv[], const struct apart_watch *w)
{
	const char *args[ARGS_MAX];
	AUTO_PROC struct proc p = PROC_INIT;
	int errors = open_errors(), status;
	struct err err;

	if (errors < 0) {
		err_errno(&err, errno, "cunyi");
		return cli_fail(cli, &err);
	}
	if (!build(cli, argc, argv, args))
		status = cli_usage(cli, argv[0]);
	else if (!proc_start_with(&p, args, errors, &err))
		status = cli_fail(cli, &err);
	else
		status = pass_on(&p, w, errors);
	close(errors);
	return status;
}
