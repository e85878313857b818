/* This program is its own child: with an argument it acts a part and ends. */
#include "app/base/proc.h"
#include "app/base/mem.h"
#include "support/base/check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static int act(const char *part)
{
	char c;

	if (!strcmp(part, "lines"))
		return printf("push 1/3\npush 2/3\n完成") < 0;
	if (!strcmp(part, "status"))
		return 3;
	if (!strcmp(part, "abort"))
		return raise(SIGKILL);
	if (!strcmp(part, "stdin"))
		return read(STDIN_FILENO, &c, 1) == 0 ? 0 : 1;
	if (!strcmp(part, "descriptors")) { /* none but the three */
		for (int fd = 3; fd < 256; fd++)
			if (fcntl(fd, F_GETFD) >= 0)
				return 1;
		return 0;
	}
	if (!strcmp(part, "group"))
		return getpgrp() == getpid() ? 0 : 1;
	if (!strcmp(part, "long")) {
		for (int i = 0; i < PROC_LINE_MAX + 10; i++)
			putchar('x');
		return printf("\nend\n") < 0;
	}
	if (!strcmp(part, "hang")) {
		printf("ready\n");
		fflush(stdout);
		for (;;)
			pause();
	}
	return 99;
}

static struct proc start(const char *part)
{
	const char *const args[] = { "--act", part, NULL };
	struct proc p;
	struct err err = { 0 };

	assert_ok(proc_start(&p, args, &err), &err);
	return p;
}

/* Waits in poll(), as the event loop does. */
static enum proc_read next(struct proc *p, struct sbuf *line)
{
	enum proc_read r;

	while ((r = proc_read_line(p, line)) == PROC_LATER) {
		struct pollfd fd = { .fd = p->fd, .events = POLLIN };

		assert_true(poll(&fd, 1, 20000) > 0);
	}
	return r;
}

static void proc_read_line__gives__lines_as_they_come(void **state UNUSED)
{
	AUTO_PROC struct proc p = start("lines");
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	assert_int_equal(next(&p, &line), PROC_LINE);
	assert_string_equal(line.s, "push 1/3");
	assert_int_equal(next(&p, &line), PROC_LINE);
	assert_string_equal(line.s, "push 2/3");
	assert_int_equal(next(&p, &line), PROC_LINE);
	assert_string_equal(line.s, "完成");
	assert_int_equal(next(&p, &line), PROC_END);
	assert_int_equal(next(&p, &line), PROC_END);
	assert_true(proc_ended(&p, true));
	assert_int_equal(p.status, 0);
}

static void proc_read_line__cuts__what_is_too_long(void **state UNUSED)
{
	AUTO_PROC struct proc p = start("long");
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	assert_int_equal(next(&p, &line), PROC_LINE);
	assert_int_equal(line.len, PROC_LINE_MAX);
	assert_int_equal(next(&p, &line), PROC_LINE);
	assert_string_equal(line.s, "end");
	assert_int_equal(next(&p, &line), PROC_END);
	proc_ended(&p, true);
}

static void proc_ended__tells__status_or_signal(void **state UNUSED)
{
	static const struct {
		const char *part;
		int status;
	} cases[] = {
		{ "status", 3 }, { "abort", 128 + SIGKILL }, { "stdin", 0 }, { "descriptors", 0 }, { "group", 0 }, { "?", 99 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_PROC struct proc p = start(cases[i].part);

		assert_true(proc_ended(&p, true));
		assert_case(p.status == cases[i].status, i, cases[i].part);
		assert_true(proc_ended(&p, false));
	}
}

static void proc_stop__ends__a_child_that_hangs(void **state UNUSED)
{
	AUTO_PROC struct proc p = start("hang");
	AUTO_SBUF struct sbuf line = SBUF_INIT;

	assert_int_equal(next(&p, &line), PROC_LINE);
	assert_false(proc_ended(&p, false));
	proc_stop(&p);
	assert_true(proc_ended(&p, true));
	assert_int_equal(p.status, 128 + SIGTERM);
	proc_stop(&p);
}

/* Blocked and ignored signals of ours are not the child's. */
static void proc_start__gives__default_signals(void **state UNUSED)
{
	sigset_t set, old;
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	struct proc p;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &old);
	signal(SIGTERM, SIG_IGN);
	p = start("hang");
	signal(SIGTERM, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
	assert_int_equal(next(&p, &line), PROC_LINE);
	proc_stop(&p);
	assert_true(proc_ended(&p, true));
	assert_int_equal(p.status, 128 + SIGTERM);
	proc_release(&p);
	proc_release(&p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(proc_read_line__gives__lines_as_they_come),
		cmocka_unit_test(proc_read_line__cuts__what_is_too_long),
		cmocka_unit_test(proc_ended__tells__status_or_signal),
		cmocka_unit_test(proc_stop__ends__a_child_that_hangs),
		cmocka_unit_test(proc_start__gives__default_signals),
	};

	if (argc == 3 && !strcmp(argv[1], "--act"))
		return act(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
