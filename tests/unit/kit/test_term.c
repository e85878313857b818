/* The terminal backend on a real pseudo-terminal: a child process shows the paper form, the test plays the terminal.  What
 * the child's record holds at the end comes back through a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "screens/kit/term.h"
#include "support/base/check.h"
#include "support/kit/paper.h"

enum { TIMEOUT_MS = 20000 };

struct pty {
	pid_t child;
	int master, result;
	struct sbuf out;  /* all that the terminal got */
	size_t answered;  /* of out, where the last cursor question was found */
	unsigned questions;
	int hanzi_width;  /* what the terminal answers to the probe; 0 = nothing */
};

/* ---- the child ----------------------------------------------------------------------------------------------------- */

static unsigned child_command(struct ui *ui, enum cmd cmd)
{
	if (cmd == CMD_QUIT)
		ui_quit(ui);
	return cmd == CMD_QUIT ? UI_HANDLED : 0;
}

static void child_report(const struct ui *ui, int fd)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	struct paper *p = ui_top_state(ui);

	sbuf_addf(&body, "%s saves=%u ", ui_was_killed(ui) ? "killed" : "left", p->saves);
	record_write_body(p->rec, &body);
	if (write(fd, body.s, body.len) < 0)
		_exit(3);
}

static void NORETURN child_main(int fd)
{
	struct terminal *t = terminal_new(&(struct terminal_options){ .theme = THEME_DEFAULT });
	struct ui_app app = { .command = child_command };
	struct ui *ui = ui_new(&terminal_backend, t, &app);
	struct err err = { 0 };

	if (!ui_push(ui, &paper_screen, NULL, &err) || !ui_run(ui, &err)) {
		if (write(fd, err.message, strlen(err.message)) < 0)
			_exit(3);
		_exit(1);
	}
	child_report(ui, fd);
	ui_free(ui);
	terminal_free(t);
	_exit(0);
}

/* ---- the terminal --------------------------------------------------------------------------------------------------- */

static void pty_open(struct pty *p, const char *term, int hanzi_width)
{
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };
	int fds[2];

	i18n_init();
	i18n_set_language("en");
	setenv("TERM", term, 1);
	unsetenv("ESCDELAY");
	unsetenv("SSH_TTY");
	unsetenv("SSH_CONNECTION");
	*p = (struct pty){ .hanzi_width = hanzi_width };
	sbuf_init(&p->out, 0);
	assert_int_equal(pipe(fds), 0);
	p->child = forkpty(&p->master, NULL, NULL, &ws);
	assert_true(p->child >= 0);
	if (p->child == 0) {
		close(fds[0]);
		child_main(fds[1]);
	}
	close(fds[1]);
	p->result = fds[0];
}

static void answer_probe(struct pty *p)
{
	const char *at;

	while (p->hanzi_width && (at = strstr(p->out.s + p->answered, "\033[6n"))) {
		char reply[32];
		/* 张 is asked about first, ─ then */
		int n = snprintf(reply, sizeof reply, "\033[1;%dR", 1 + (p->questions == 0 ? p->hanzi_width : 1));

		p->questions++;
		p->answered = (size_t)(at - p->out.s) + 4;
		assert_int_equal(write(p->master, reply, (size_t)n), n);
	}
}

/* Reads what the child prints until text has appeared, or to the end when text is NULL. */
static void pty_wait(struct pty *p, const char *text)
{
	char buf[4096];

	while (!text || !strstr(p->out.s, text)) {
		struct pollfd pfd = { .fd = p->master, .events = POLLIN };
		ssize_t n;

		if (poll(&pfd, 1, TIMEOUT_MS) <= 0)
			fail_msg("the screen never showed %s", text ? text : "its end");
		n = read(p->master, buf, sizeof buf);
		if (n <= 0) {
			assert_null(text);
			return;
		}
		sbuf_add(&p->out, buf, (size_t)n);
		answer_probe(p);
	}
}

/* Reads until nothing has come for a while. */
static void pty_settle(struct pty *p)
{
	struct pollfd pfd = { .fd = p->master, .events = POLLIN };
	char buf[4096];

	while (poll(&pfd, 1, 100) > 0) {
		ssize_t n = read(p->master, buf, sizeof buf);

		if (n <= 0)
			return;
		sbuf_add(&p->out, buf, (size_t)n);
		answer_probe(p);
	}
}

static void pty_type(struct pty *p, const char *bytes)
{
	assert_int_equal(write(p->master, bytes, strlen(bytes)), strlen(bytes));
}

/* Reads to the end; the child's report into result, its wait status returned. */
static int pty_close(struct pty *p, char *result, size_t size)
{
	int status;
	ssize_t n;

	pty_wait(p, NULL);
	n = read(p->result, result, size - 1);
	result[n > 0 ? n : 0] = '\0';
	assert_int_equal(waitpid(p->child, &status, 0), p->child);
	close(p->master);
	close(p->result);
	return status;
}

static void pty_end(struct pty *p)
{
	sbuf_release(&p->out);
}

#define F2 "\033OQ"
#define F10 "\033[21~"
#define HEAD "left saves=0 {\"date\":\"2026-11-22\""

static void terminal__turns_bytes_into_keys__of_every_kind(void **state UNUSED)
{
	static const struct {
		const char *term, *bytes, *result;
	} cases[] = {
		{ "xterm-256color", "12" F10, HEAD ",\"mode\":\"1\",\"informant\":\"2\"}" },
		/* what PuTTY sends for F2, under a description that does not know it: saving goes to what is missing */
		{ "xterm-256color", "1\033[12~2" F10, HEAD ",\"mode\":\"1\",\"symptoms\":[\"2\"]}" },
		{ "linux", "1\033OA2" F10, HEAD ",\"mode\":\"2\"}" },
		{ "linux", "1\033[A2" F10, HEAD ",\"mode\":\"2\"}" },
		/* sequences that nobody knows are swallowed, not typed */
		{ "xterm-256color", "\033[99;5~\033]0;title\007\033[1;9P1\033OX1" F10,
			HEAD ",\"mode\":\"1\",\"informant\":\"1\"}" },
		/* F2 by its twins */
		{ "xterm-256color", "1\03323" F10, HEAD ",\"mode\":\"1\",\"symptoms\":[\"3\"]}" },
		{ "xterm-256color", "1\0233" F10, HEAD ",\"mode\":\"1\",\"symptoms\":[\"3\"]}" },
		/* full-width digits of an input method */
		{ "xterm-256color", "\xef\xbc\x91\xef\xbc\x92" F10, HEAD ",\"mode\":\"1\",\"informant\":\"2\"}" },
		/* backspace either way */
		{ "xterm-256color", "1\033[A\x7f" F10, HEAD "}" },
		{ "xterm-256color", "1\033[A\x08" F10, HEAD "}" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct pty p;
		char result[1024];

		pty_open(&p, cases[i].term, 2);
		pty_wait(&p, "Other signs");
		pty_type(&p, cases[i].bytes);
		assert_int_equal(pty_close(&p, result, sizeof result), 0);
		assert_case(!strcmp(result, cases[i].result), i, result);
		assert_non_null(strstr(p.out.s, "\033[?2004h"));
		assert_non_null(strstr(p.out.s, "\033[?2004l"));
		pty_end(&p);
	}
}

static void terminal__pastes_text__never_keys(void **state UNUSED)
{
	struct pty p;
	char result[1024];

	pty_open(&p, "xterm-256color", 2);
	pty_wait(&p, "Other signs");
	/* down to the text field, paste with everything that must not act, then leave */
	for (int i = 0; i < 14; i++)
		pty_type(&p, "\033[B");
	pty_type(&p, "\033[200~\xe5\x8f\x8c\xe8\x82\xba\r2\tok\033[21~\x01\033[201~\r" F10);
	assert_int_equal(pty_close(&p, result, sizeof result), 0);
	if (!strstr(result, "\"signs\":\"双肺 2 ok\""))
		fail_msg("%s", result);
	pty_end(&p);
}

static void terminal__takes_a_burst_as_a_scan__and_refuses_it_in_a_code(void **state UNUSED)
{
	struct pty p;
	char result[1024];

	pty_open(&p, "xterm-256color", 2);
	pty_wait(&p, "Other signs");
	pty_settle(&p); /* only what comes while nothing goes on can be a scan: the rest was typed ahead */
	pty_type(&p, "350299195203150048\r");
	pty_wait(&p, "takes no pasted");
	pty_type(&p, F10);
	assert_int_equal(pty_close(&p, result, sizeof result), 0);
	assert_string_equal(result, HEAD "}");
	pty_end(&p);
}

static void terminal__keeps_what_was_typed__while_it_asked(void **state UNUSED)
{
	struct pty p;
	char result[1024];

	pty_open(&p, "xterm-256color", 2);
	pty_type(&p, "12"); /* before the first picture */
	pty_wait(&p, "Other signs");
	pty_type(&p, F10);
	assert_int_equal(pty_close(&p, result, sizeof result), 0);
	assert_string_equal(result, HEAD ",\"mode\":\"1\",\"informant\":\"2\"}");
	pty_end(&p);
}

static void terminal__draws_ascii__where_hanzi_are_not_two_wide(void **state UNUSED)
{
	static const struct {
		const char *term;
		int hanzi_width;
		bool lines;
	} cases[] = { { "xterm-256color", 2, true }, { "xterm-256color", 3, false }, { "xterm-256color", 0, true },
		{ "vt100", 0, false } };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct pty p;
		char result[1024];

		pty_open(&p, cases[i].term, cases[i].hanzi_width);
		pty_wait(&p, "Other signs");
		pty_type(&p, "\033[21~\x11"); /* vt100 has no F10: ^Q */
		pty_close(&p, result, sizeof result);
		/* the probe itself prints one line sign; a rule has many */
		assert_case((strstr(p.out.s, "\xe2\x94\x80\xe2\x94\x80") != NULL) == cases[i].lines, i, cases[i].term);
		pty_end(&p);
	}
}

static void terminal__follows_the_window__and_keeps_state(void **state UNUSED)
{
	struct winsize small = { .ws_row = 10, .ws_col = 40 }, large = { .ws_row = 30, .ws_col = 100 };
	struct pty p;
	char result[1024];

	pty_open(&p, "xterm-256color", 2);
	pty_wait(&p, "Other signs");
	pty_type(&p, "1");
	ioctl(p.master, TIOCSWINSZ, &small);
	kill(p.child, SIGWINCH);
	pty_wait(&p, "too small");
	sbuf_clear(&p.out);
	p.answered = 0;
	ioctl(p.master, TIOCSWINSZ, &large);
	kill(p.child, SIGWINCH);
	pty_wait(&p, "Other signs");
	pty_type(&p, "2" F10);
	assert_int_equal(pty_close(&p, result, sizeof result), 0);
	assert_string_equal(result, HEAD ",\"mode\":\"1\",\"informant\":\"2\"}");
	pty_end(&p);
}

static void terminal__is_put_right__whatever_ends_the_program(void **state UNUSED)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGABRT };

	for (size_t i = 0; i < N_ELEMENTS(signals); i++) {
		struct termios before, after;
		struct pty p;
		char result[1024];
		int slave, status;

		pty_open(&p, "xterm-256color", 2);
		slave = open(ptsname(p.master), O_RDWR | O_NOCTTY); /* keeps its settings to be looked at */
		assert_true(slave >= 0);
		pty_wait(&p, "Other signs");
		tcgetattr(slave, &before);
		assert_false(before.c_lflag & ICANON);
		pty_type(&p, "1");
		kill(p.child, signals[i]);
		assert_int_equal(waitpid(p.child, &status, 0), p.child);
		tcgetattr(slave, &after);
		assert_true(after.c_lflag & ICANON);
		assert_true(after.c_lflag & ECHO);
		close(slave);
		pty_wait(&p, NULL);
		assert_non_null(strstr(p.out.s, "\033[?2004l"));
		assert_non_null(strstr(p.out.s, "\033[?1049l"));
		if (signals[i] == SIGABRT) {
			assert_true(WIFSIGNALED(status));
		} else {
			ssize_t n = read(p.result, result, sizeof result - 1);

			result[n > 0 ? n : 0] = '\0';
			assert_int_equal(strncmp(result, "killed", 6), 0);
		}
		close(p.master);
		close(p.result);
		pty_end(&p);
	}
}

static void terminal__refuses_with_a_way_out__where_screens_cannot_be(void **state UNUSED)
{
	struct pty p;
	char result[1024];
	int status;

	pty_open(&p, "dumb", 0);
	status = pty_close(&p, result, sizeof result);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	assert_non_null(strstr(result, "cunyi --help"));
	pty_end(&p);
}

static void terminal__runs__under_an_unknown_name(void **state UNUSED)
{
	struct pty p;
	char result[1024];

	pty_open(&p, "no-such-terminal", 2);
	pty_wait(&p, "Other signs");
	pty_type(&p, "1" F10);
	assert_int_equal(pty_close(&p, result, sizeof result), 0);
	assert_string_equal(result, HEAD ",\"mode\":\"1\"}");
	pty_end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terminal__turns_bytes_into_keys__of_every_kind),
		cmocka_unit_test(terminal__pastes_text__never_keys),
		cmocka_unit_test(terminal__takes_a_burst_as_a_scan__and_refuses_it_in_a_code),
		cmocka_unit_test(terminal__keeps_what_was_typed__while_it_asked),
		cmocka_unit_test(terminal__draws_ascii__where_hanzi_are_not_two_wide),
		cmocka_unit_test(terminal__follows_the_window__and_keeps_state),
		cmocka_unit_test(terminal__is_put_right__whatever_ends_the_program),
		cmocka_unit_test(terminal__refuses_with_a_way_out__where_screens_cannot_be),
		cmocka_unit_test(terminal__runs__under_an_unknown_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
