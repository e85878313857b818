#include "screens/kit/ui_int.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* The self-pipe: a signal handler may do no more than write to it.  With the terminal guard of term.c the only mutable
 * state of the kit outside struct ui, because a handler gets no argument. */
static volatile sig_atomic_t pipe_read = -1, pipe_write = -1;

static const int caught[] = { SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT };

static void on_signal(int sig)
{
	int saved = errno;
	char c = sig == SIGWINCH || sig == SIGCONT ? 'r' : 'e';

	if (pipe_write >= 0 && write(pipe_write, &c, 1) < 0) {
		/* full: the loop has enough to read already */
	}
	errno = saved;
}

static void handle(int sig, void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	sigemptyset(&sa.sa_mask);
	sigaction(sig, &sa, NULL);
}

int signals_open(void)
{
	int fds[2];

	if (pipe_read >= 0 || pipe(fds) < 0)
		return pipe_read;
	for (int i = 0; i < 2; i++) {
		fcntl(fds[i], F_SETFL, O_NONBLOCK);
		fcntl(fds[i], F_SETFD, FD_CLOEXEC);
	}
	pipe_read = fds[0];
	pipe_write = fds[1];
	for (size_t i = 0; i < N_ELEMENTS(caught); i++)
		handle(caught[i], on_signal);
	handle(SIGPIPE, SIG_IGN); /* a dead child or printer is an error of a write, not the end */
	handle(SIGTSTP, SIG_IGN); /* being stopped would leave the terminal raw */
	return pipe_read;
}

unsigned signals_read(int fd)
{
	char buf[64];
	unsigned found = 0;
	ssize_t n;

	while ((n = read(fd, buf, sizeof buf)) > 0)
		for (ssize_t i = 0; i < n; i++)
			found |= buf[i] == 'r' ? SIGNALLED_RESIZE : SIGNALLED_END;
	return found;
}

void signals_close(void)
{
	for (size_t i = 0; i < N_ELEMENTS(caught); i++)
		handle(caught[i], SIG_DFL);
	handle(SIGPIPE, SIG_DFL);
	handle(SIGTSTP, SIG_DFL);
	if (pipe_read >= 0) {
		close(pipe_read);
		close(pipe_write);
	}
	pipe_read = pipe_write = -1;
}
