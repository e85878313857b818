#include "screens/kit/term_int.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/i18n.h"

enum {
	PROBE_MS = 200,
	ESC_MS = 25,
	ESC_SSH_MS = 100,
};

bool term_is(const char *name)
{
	const char *term = getenv("TERM");

	return term && !strcmp(term, name);
}

static bool is_old_video(void)
{
	const char *term = getenv("TERM");

	return !term || !strncmp(term, "vt", 2);
}

int escape_delay(void)
{
	const char *env = getenv("ESCDELAY");
	long ms = env ? strtol(env, NULL, 10) : 0;

	if (ms > 0 && ms <= 5000)
		return (int)ms;
	return getenv("SSH_TTY") || getenv("SSH_CONNECTION") ? ESC_SSH_MS : ESC_MS;
}

bool probe_makes_sense(void)
{
	return !is_old_video() && !term_is("dumb");
}

enum sign_mode probe_signs(const struct probe *p)
{
	if (!p->answered)
		return term_is("linux") || is_old_video() ? SIGNS_ASCII : SIGNS_UNICODE;
	if (p->hanzi_width != 2)
		return SIGNS_ASCII;
	return p->line_width == 1 ? SIGNS_UNICODE : SIGNS_WIDE;
}

const char *probe_warning(const struct probe *p)
{
	if (p->answered && p->hanzi_width != 2)
		return N_("This terminal does not show UTF-8, so no Chinese. In PuTTY: Window, Translation, UTF-8.");
	if (term_is("linux") && !getenv("FBTERM"))
		return N_("This console has no Chinese characters. Use a graphical terminal, or fbterm.");
	return NULL;
}

void probe_size(int fd, int *h, int *w)
{
	struct winsize ws = { 0 };

	*h = 24;
	*w = 80;
	if (ioctl(fd, TIOCGWINSZ, &ws) == 0 && ws.ws_row && ws.ws_col) {
		*h = ws.ws_row;
		*w = ws.ws_col;
	}
}

/* Finds "ESC [ row ; column R" in buf, takes it out and returns the column; 0 when there is none. */
static int take_report(char *buf, size_t *n)
{
	for (size_t i = 0; i + 1 < *n; i++) {
		int row, column, len = 0;

		if (buf[i] != '\033' || sscanf(buf + i, "\033[%d;%d%n", &row, &column, &len) != 2 || buf[i + (size_t)len] != 'R')
			continue;
		len++;
		memmove(buf + i, buf + i + len, *n - i - (size_t)len + 1);
		*n -= (size_t)len;
		return column;
	}
	return 0;
}

static size_t read_more(int in, char *buf, size_t n, size_t size, int timeout)
{
	struct pollfd p = { .fd = in, .events = POLLIN };
	ssize_t got;

	if (timeout < 0 || poll(&p, 1, timeout) <= 0)
		return n;
	got = read(in, buf + n, size - n - 1);
	if (got > 0)
		n += (size_t)got;
	buf[n] = '\0';
	return n;
}

/* Prints s at the line's begin and asks where the cursor went: 0 = no answer. */
static int width_of(int in, int out, const char *s, struct probe *p)
{
	char ask[64];
	int len = snprintf(ask, sizeof ask, "\r%s\033[6n\r\033[K", s), column = 0;
	int64_t end = clock_steady_ms() + PROBE_MS;

	if (write(out, ask, (size_t)len) != len)
		return 0;
	while (!column && clock_steady_ms() < end && p->n_typed + 1 < sizeof p->typed) {
		size_t n = read_more(in, p->typed, p->n_typed, sizeof p->typed, (int)(end - clock_steady_ms()));

		if (n == p->n_typed)
			break;
		p->n_typed = n;
		column = take_report(p->typed, &p->n_typed);
	}
	return column > 0 ? column - 1 : 0;
}

void probe_terminal(int in, int out, struct probe *p)
{
	struct termios old, raw;

	*p = (struct probe){ .line_width = 1, .hanzi_width = 2 };
	if (tcgetattr(in, &old) < 0)
		return;
	raw = old;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	tcsetattr(in, TCSANOW, &raw);
	p->hanzi_width = width_of(in, out, "\xE5\xBC\xA0", p);
	p->answered = p->hanzi_width > 0;
	if (p->answered)
		p->line_width = width_of(in, out, "\xE2\x94\x80", p);
	tcsetattr(in, TCSANOW, &old);
}
