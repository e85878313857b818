#include "screens/kit/term_int.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

/* The terminal guard: a signal handler has no argument, so what it needs to put the terminal right is static. */
static volatile sig_atomic_t guarded;
static int guard_fd = -1, saved_stderr = -1;
static struct termios saved;

static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* Bracketed paste, mouse and application keys off, plain face, cursor on, the other screen back. */
static const char reset[] = "\033[?2004l\033[?1000l\033[?1002l\033[?1006l\033[?1l\033>\033[0m\033[?25h\033[?1049l\r\n";

void terminal_rescue(void)
{
	int e = errno;

	if (!guarded)
		return;
	guarded = 0;
	if (write(guard_fd, reset, sizeof reset - 1) < 0) {
		/* the terminal is gone: nothing is left to put right */
	}
	tcsetattr(guard_fd, TCSANOW, &saved);
	guard_stderr_back();
	errno = e;
}

static void on_fatal(int sig)
{
	terminal_rescue();
	raise(sig); /* SA_RESETHAND: the default action follows */
}

void guard_on(int fd)
{
	struct sigaction sa = { .sa_handler = on_fatal, .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
	struct sigaction old;
	static bool at_exit;

	if (tcgetattr(fd, &saved) < 0)
		return;
	guard_fd = fd;
	guarded = 1;
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < N_ELEMENTS(fatal); i++)
		/* a sanitizer's own handler stays */
		if (sigaction(fatal[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
			sigaction(fatal[i], &sa, NULL);
	if (!at_exit)
		atexit(terminal_rescue);
	at_exit = true;
}

void guard_off(void)
{
	struct sigaction old;

	guarded = 0;
	for (size_t i = 0; i < N_ELEMENTS(fatal); i++)
		if (sigaction(fatal[i], NULL, &old) == 0 && old.sa_handler == on_fatal)
			signal(fatal[i], SIG_DFL);
}

void guard_stderr(const char *path)
{
	int fd = open(path ? path : "/dev/null", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	fflush(stderr);
	saved_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

void guard_stderr_back(void)
{
	if (saved_stderr < 0)
		return;
	dup2(saved_stderr, STDERR_FILENO);
	close(saved_stderr);
	saved_stderr = -1;
}
