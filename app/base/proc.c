#define _GNU_SOURCE /* pipe2, posix_spawn_file_actions_addclosefrom_np */
#include "app/base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/mem.h"

extern char **environ;

/* posix_spawn's vectors are not const although nothing is written to them. */
static char **build_args(const char *const args[])
{
	size_t n = 0;
	char **argv;

	while (args[n])
		n++;
	argv = xcalloc(n + 2, sizeof *argv);
	argv[0] = xstrdup("cunyi");
	for (size_t i = 0; i < n; i++)
		argv[i + 1] = xstrdup(args[i]);
	return argv;
}

static void free_args(char **argv)
{
	for (size_t i = 0; argv[i]; i++)
		free(argv[i]);
	free(argv);
}

/* 0, or the errno of the first step that failed. */
static int prepare(posix_spawn_file_actions_t *fa, posix_spawnattr_t *attr, int out, int noise)
{
	sigset_t none, all;
	int r;

	sigemptyset(&none);
	sigfillset(&all);
	r = posix_spawn_file_actions_addopen(fa, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!r)
		r = posix_spawn_file_actions_adddup2(fa, out, STDOUT_FILENO);
	if (!r)
		r = noise >= 0 ? posix_spawn_file_actions_adddup2(fa, noise, STDERR_FILENO) :
			posix_spawn_file_actions_addopen(fa, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (!r)
		r = posix_spawn_file_actions_addclosefrom_np(fa, STDERR_FILENO + 1);
	if (!r)
		r = posix_spawnattr_setsigmask(attr, &none);
	if (!r)
		r = posix_spawnattr_setsigdefault(attr, &all);
	if (!r)
		r = posix_spawnattr_setflags(attr,
			POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
	return r;
}

/* /proc/self/exe and not its name: after an upgrade the name is another program than the one that is running. */
static int spawn(pid_t *pid, const char *const args[], int out, int noise)
{
	posix_spawn_file_actions_t fa;
	posix_spawnattr_t attr;
	char **argv = build_args(args);
	int r;

	posix_spawn_file_actions_init(&fa);
	posix_spawnattr_init(&attr);
	r = prepare(&fa, &attr, out, noise);
	if (!r)
		r = posix_spawn(pid, "/proc/self/exe", &fa, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&fa);
	free_args(argv);
	return r;
}

bool proc_start(struct proc *p, const char *const args[], struct err *err)
{
	return proc_start_with(p, args, log_fd(), err);
}

bool proc_start_with(struct proc *p, const char *const args[], int errors, struct err *err)
{
	int ends[2], r;

	*p = (struct proc)PROC_INIT;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_errno(err, errno, "cunyi");
	r = spawn(&p->pid, args, ends[1], errors);
	close(ends[1]);
	if (r != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
		close(ends[0]);
		return err_errno(err, r ? r : errno, "cunyi");
	}
	p->fd = ends[0];
	return true;
}

/* Cuts the first line out of p->line; at the end of all, what is left counts as one. */
static bool take_line(struct proc *p, struct sbuf *out)
{
	const char *end = memchr(p->line.s, '\n', p->line.len);
	size_t len = end ? (size_t)(end - p->line.s) : p->line.len;
	bool skip = p->skipping;

	if (!end && (p->fd >= 0 || !len) && len < PROC_LINE_MAX)
		return false;
	p->skipping = !end;
	if (!skip) {
		sbuf_clear(out);
		sbuf_add(out, p->line.s, len < PROC_LINE_MAX ? len : PROC_LINE_MAX);
	}
	sbuf_splice(&p->line, 0, len + (end != NULL), "", 0);
	return !skip || take_line(p, out);
}

enum proc_read proc_read_line(struct proc *p, struct sbuf *out)
{
	for (;;) {
		char buf[1024];
		ssize_t n;

		if (take_line(p, out))
			return PROC_LINE;
		if (p->fd < 0)
			return PROC_END;
		n = read(p->fd, buf, sizeof buf);
		if (n > 0) {
			sbuf_add(&p->line, buf, (size_t)n);
		} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
			close(p->fd);
			p->fd = -1;
		} else if (errno == EAGAIN) {
			return PROC_LATER;
		}
	}
}

bool proc_ended(struct proc *p, bool wait)
{
	int status;
	pid_t r;

	if (p->ended || p->pid <= 0)
		return true;
	do
		r = waitpid(p->pid, &status, wait ? 0 : WNOHANG);
	while (r < 0 && errno == EINTR);
	if (r == 0)
		return false;
	p->ended = true;
	p->status = r < 0 ? 1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return true;
}

void proc_stop(struct proc *p)
{
	if (p->pid > 0 && !p->ended)
		kill(p->pid, SIGTERM);
}

void proc_release(struct proc *p)
{
	if (p->fd >= 0)
		close(p->fd);
	sbuf_release(&p->line);
	proc_ended(p, false);
	*p = (struct proc)PROC_INIT;
}
