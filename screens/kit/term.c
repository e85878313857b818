#include <curses.h>

#include "screens/kit/term_int.h"

#include <unistd.h>
#include <wchar.h>

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

enum {
	ALT_MS = 5,          /* Alt+x arrives as Esc and x in one write: later it is Esc, then x */
	IDLE_MS = 5,         /* waited this long: what comes now was not typed ahead */
	PASTE_MAX = 64 * 1024,
	OWN_KEYS = 2000,     /* code of the first of key_sequences[], beyond those of curses */
};

struct terminal {
	struct terminal_options options;
	SCREEN *screen;
	struct probe probe;
	bool up;
	char name[64];       /* description in use */
	struct canvas shown; /* what the terminal shows; every cell stale when sizes differ or all_stale */
	bool all_stale, beeping;
	struct key_queue queue;
	struct sbuf paste;
	bool pasting, was_idle;
	unsigned focus;
	const char *warning;
};

struct terminal *terminal_new(const struct terminal_options *options)
{
	struct terminal *t = xcalloc(1, sizeof *t);

	t->options = *options;
	t->focus = FOCUS_LIST;
	t->all_stale = true;
	sbuf_init(&t->paste, PASTE_MAX);
	sbuf_init(&t->queue.text, 0);
	return t;
}

/* ---- looks ------------------------------------------------------------------------------------------------------- */

static bool colourful(const struct terminal *t)
{
	const char *no = getenv("NO_COLOR");

	return has_colors() && !(no && *no) && t->options.theme != THEME_MONO;
}

static void init_colours(const struct terminal *t)
{
	if (!colourful(t))
		return;
	for (int f = 0; f < FACE_COUNT; f++) {
		struct look look = look_of((enum face)f, t->options.theme, COLORS);

		init_pair((short)(f + 1), look.fg, look.bg);
	}
}

static attr_t attrs_of(const struct terminal *t, enum face face)
{
	struct look look = look_of(face, t->options.theme, COLORS);
	unsigned bits = colourful(t) ? look.bits : look.mono;

	return (bits & LOOK_BOLD ? A_BOLD : 0) | (bits & LOOK_REVERSE ? A_REVERSE : 0) |
		(bits & LOOK_UNDERLINE ? A_UNDERLINE : 0) | (bits & LOOK_DIM ? A_DIM : 0);
}

/* ---- start ------------------------------------------------------------------------------------------------------- */

/* Key sequences that descriptions lack.  Without this they would be typed into a record as text. */
static void define_keys(void)
{
	for (int i = 0; key_sequences[i].sequence; i++)
		define_key(key_sequences[i].sequence, OWN_KEYS + i);
}

/* The first description that works: TERM's own, else what most terminals understand. */
static bool open_screen(struct terminal *t)
{
	const char *own = getenv("TERM");
	const char *const names[] = { own && *own ? own : "xterm-256color", "xterm-256color", "xterm", "linux", "vt100" };

	for (size_t i = 0; i < N_ELEMENTS(names) && !t->screen; i++) {
		t->screen = newterm(names[i], stdout, stdin);
		snprintf(t->name, sizeof t->name, "%s", names[i]);
	}
	if (t->screen && !tigetstr("cup")) {
		endwin();
		delscreen(t->screen);
		t->screen = NULL;
	}
	return t->screen != NULL;
}

static void send(const char *s)
{
	fflush(stdout);
	if (write(STDOUT_FILENO, s, strlen(s)) < 0) {
		/* the loop ends at the hang-up that follows */
	}
}

static void set_modes(struct terminal *t)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	typeahead(-1); /* a frame that is begun is finished: keys are drained before it */
	set_escdelay(escape_delay());
	if (has_colors()) {
		start_color();
		use_default_colors();
		init_colours(t);
	}
	define_keys();
	terminal_set_mouse(t, t->options.mouse);
	send("\033[?2004h");
}

static bool term_start(void *ctx, struct err *err)
{
	struct terminal *t = ctx;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_IO, _("The screens need a terminal. `cunyi --help` lists the commands that do not."));
	if (term_is("dumb"))
		return err_set(err, ERR_IO, _("This terminal (TERM=dumb) cannot show screens. "
			"`cunyi --help` lists the commands that work in it."));
	setenv("NCURSES_NO_UTF8_ACS", "1", 0);
	guard_on(STDOUT_FILENO);
	mem_on_failure(terminal_rescue);
	if (!t->options.no_probe && probe_makes_sense())
		probe_terminal(STDIN_FILENO, STDOUT_FILENO, &t->probe);
	if (!open_screen(t)) {
		guard_off();
		return err_set(err, ERR_IO, _("This terminal cannot show screens. `cunyi --help` lists the commands."));
	}
	set_modes(t);
	guard_stderr(t->options.log_path);
	for (size_t i = t->probe.n_typed; i--;)
		ungetch((unsigned char)t->probe.typed[i]);
	t->warning = probe_warning(&t->probe);
	t->up = t->all_stale = true;
	return true;
}

static void leave(void)
{
	send("\033[?2004l");
	endwin();
}

static void term_stop(void *ctx)
{
	struct terminal *t = ctx;

	if (!t->up)
		return;
	t->up = false;
	leave();
	delscreen(t->screen);
	t->screen = NULL;
	guard_off();
	guard_stderr_back();
}

void terminal_free(struct terminal *t)
{
	if (!t)
		return;
	term_stop(t);
	canvas_release(&t->shown);
	queue_release(&t->queue);
	sbuf_release(&t->paste);
	free(t);
}

void terminal_set_theme(struct terminal *t, enum theme theme)
{
	t->options.theme = theme;
	if (t->up)
		init_colours(t);
	t->all_stale = true;
}

void terminal_set_mouse(struct terminal *t, bool on)
{
	t->options.mouse = on;
	mouseinterval(0);
	mousemask(on ? BUTTON1_PRESSED | BUTTON1_CLICKED : 0, NULL);
}

const char *terminal_warning(const struct terminal *t)
{
	return t->warning ? gettext(t->warning) : NULL;
}

/* ---- what it is ---------------------------------------------------------------------------------------------------- */

static void term_size(void *ctx, int *h, int *w)
{
	(void)ctx;
	probe_size(STDOUT_FILENO, h, w);
}

static enum sign_mode signs(const struct terminal *t)
{
	if (t->options.signs == SIGNS_FORCE_ASCII)
		return SIGNS_ASCII;
	return t->options.signs == SIGNS_FORCE_UNICODE ? SIGNS_UNICODE : probe_signs(&t->probe);
}

static void term_modes(void *ctx, struct canvas *cv)
{
	cv->signs = signs(ctx);
	cv->blocks = cv->signs == SIGNS_UNICODE;
}

/* ---- output -------------------------------------------------------------------------------------------------------- */

/* A cell's characters for curses.  Where the C library counts other columns than we do (a glyph newer than it), curses
 * would lose its place: a stand-in of the right width is drawn. */
static void wide_text(const struct canvas_cell *c, wchar_t out[CELL_MARKS + 2])
{
	size_t n = strlen(c->s), i = 0, k = 0;

	while (i < n && k <= CELL_MARKS) {
		uint32_t cp;

		i += utf8_decode(c->s + i, n - i, &cp);
		if (k && wcwidth((wchar_t)cp) != 0)
			continue;
		out[k++] = (wchar_t)cp;
	}
	out[k] = L'\0';
	if (wcwidth(out[0]) != c->width) {
		out[0] = c->width == 2 ? 0x3013 : L'.'; /* 〓 */
		out[1] = L'\0';
	}
}

static void put_cell(const struct terminal *t, const struct canvas_cell *c, int y, int x)
{
	wchar_t text[CELL_MARKS + 2];
	cchar_t cc;
	short pair = colourful(t) ? (short)(c->face + 1) : 0;

	wide_text(c, text);
	if (setcchar(&cc, text, attrs_of(t, (enum face)c->face), pair, NULL) == OK)
		mvadd_wch(y, x, &cc);
}

static bool same(const struct canvas_cell *a, const struct canvas_cell *b)
{
	return a->width == b->width && a->face == b->face && !strcmp(a->s, b->s);
}

static void fit(struct terminal *t, const struct canvas *cv)
{
	if (LINES != cv->h || COLS != cv->w)
		resizeterm(cv->h, cv->w);
	if (t->shown.h != cv->h || t->shown.w != cv->w) {
		canvas_resize(&t->shown, cv->h, cv->w);
		t->all_stale = true;
	}
	if (t->all_stale)
		clear();
}

static void term_flush(void *ctx, const struct canvas *cv)
{
	struct terminal *t = ctx;

	fit(t, cv);
	for (int y = 0; y < cv->h; y++)
		for (int x = 0; x < cv->w; x++) {
			const struct canvas_cell *c = canvas_cell(cv, y, x);

			if (c->width && (t->all_stale || !same(c, canvas_cell(&t->shown, y, x))))
				put_cell(t, c, y, x);
		}
	memcpy(t->shown.cells, cv->cells, (size_t)cv->h * (size_t)cv->w * sizeof *cv->cells);
	t->all_stale = false;
	move(cv->cursor_y, cv->cursor_x); /* last: the input method's window follows it */
	refresh();
	if (t->beeping)
		beep();
	t->beeping = false;
}

static void term_redraw(void *ctx)
{
	((struct terminal *)ctx)->all_stale = true;
	clearok(curscr, TRUE);
}

static void term_beep(void *ctx)
{
	((struct terminal *)ctx)->beeping = true; /* one for all keys between two frames */
}

/* ---- input --------------------------------------------------------------------------------------------------------- */

static int64_t term_now(void *ctx)
{
	(void)ctx;
	return clock_steady_ms();
}

/* Waits at most ms for one more character of a sequence; false when none came. */
static bool next_char(wint_t *ch)
{
	int r;

	timeout(escape_delay());
	r = get_wch(ch);
	nodelay(stdscr, TRUE);
	return r == OK;
}

/* A sequence that nobody defined must not be typed into a record: it is read to its end and forgotten. */
static void swallow(wint_t kind)
{
	wint_t ch;

	if (kind == 'O') {
		next_char(&ch);
		return;
	}
	if (kind == '[') {
		while (next_char(&ch) && !(ch >= 0x40 && ch <= 0x7E))
			;
		return;
	}
	while (next_char(&ch) && ch != 7) /* OSC and its like end with BEL or ESC \ */
		if (ch == 27) {
			next_char(&ch);
			return;
		}
}

static bool begins_sequence(wint_t ch)
{
	return ch && ch < 0x80 && strchr("[O]P_^X", (int)ch);
}

/* After Esc: a sequence, Alt with a key, or Esc itself. */
static struct input after_escape(bool at_once)
{
	struct input in = { .kind = INPUT_KEY, .key = { .code = K_ESC } };
	wint_t ch;
	int r = at_once ? get_wch(&ch) : ERR;

	if (r == ERR)
		return in;
	if (r == OK && begins_sequence(ch)) {
		swallow(ch);
		in.kind = INPUT_NONE;
	} else if (r == OK && ch > ' ' && ch < 0x7F) {
		in.key = (struct key){ .code = ch >= 'A' && ch <= 'Z' ? (uint32_t)ch + 32 : (uint32_t)ch, .mods = MOD_ALT };
	} else if (r == KEY_CODE_YES) {
		ungetch((int)ch);
	} else {
		unget_wch((wchar_t)ch);
	}
	return in;
}

/* Keys by the terminal's own description. */
static struct key described(int code)
{
	static const struct {
		int curses;
		struct key key;
	} keys[] = {
		{ KEY_UP, { K_UP, 0 } }, { KEY_DOWN, { K_DOWN, 0 } }, { KEY_LEFT, { K_LEFT, 0 } },
		{ KEY_RIGHT, { K_RIGHT, 0 } }, { KEY_PPAGE, { K_PGUP, 0 } }, { KEY_NPAGE, { K_PGDN, 0 } },
		{ KEY_HOME, { K_HOME, 0 } }, { KEY_FIND, { K_HOME, 0 } }, { KEY_A1, { K_HOME, 0 } },
		{ KEY_END, { K_END, 0 } }, { KEY_SELECT, { K_END, 0 } }, { KEY_C1, { K_END, 0 } },
		{ KEY_A3, { K_PGUP, 0 } }, { KEY_C3, { K_PGDN, 0 } }, { KEY_IC, { K_INSERT, 0 } },
		{ KEY_DC, { K_DELETE, 0 } }, { KEY_BACKSPACE, { K_BACKSPACE, 0 } }, { KEY_ENTER, { K_ENTER, 0 } },
		{ KEY_BTAB, { K_TAB, MOD_SHIFT } }, { KEY_SLEFT, { K_LEFT, MOD_SHIFT } },
		{ KEY_SRIGHT, { K_RIGHT, MOD_SHIFT } }, { KEY_SUSPEND, { 'z', MOD_CTRL } }, /* the console's name of ^Z */
	};

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (keys[i].curses == code)
			return keys[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return (struct key){ .code = K_F1 + (uint32_t)(code - KEY_F(1)) };
	return (struct key){ .code = K_NONE };
}

static struct input mouse(void)
{
	MEVENT ev;

	if (getmouse(&ev) != OK)
		return (struct input){ .kind = INPUT_NONE };
	return (struct input){ .kind = INPUT_CLICK, .y = ev.y, .x = ev.x };
}

/* Text between the marks of a bracketed paste: literal, without controls. */
static void add_pasted(struct terminal *t, wint_t ch)
{
	char utf8[4];

	if (ch == '\r')
		ch = '\n';
	if (ch == '\t')
		ch = ' ';
	if ((ch < 0x20 && ch != '\n') || (ch >= 0x7F && ch < 0xA0))
		return;
	sbuf_add(&t->paste, utf8, utf8_encode((uint32_t)ch, utf8));
}

static struct input end_paste(struct terminal *t)
{
	t->pasting = false;
	sbuf_clear(&t->queue.text);
	utf8_clean(&t->queue.text, t->paste.s, t->paste.len);
	sbuf_clear(&t->paste);
	return (struct input){ .kind = INPUT_PASTE, .text = t->queue.text.s };
}

static struct input special(struct terminal *t, int code)
{
	struct input in = { .kind = INPUT_KEY };

	if (code == KEY_RESIZE)
		return (struct input){ .kind = INPUT_RESIZE };
	if (code == KEY_MOUSE)
		return mouse();
	in.key = code >= OWN_KEYS ? key_sequences[code - OWN_KEYS].key : described(code);
	if (in.key.code == K_PASTE_BEGIN) {
		t->pasting = true;
		sbuf_clear(&t->paste);
		in.kind = INPUT_NONE;
	}
	return in;
}

static bool ends_paste(int r, wint_t ch)
{
	return r == KEY_CODE_YES && (int)ch >= OWN_KEYS && key_sequences[(int)ch - OWN_KEYS].key.code == K_PASTE_END;
}

static struct input plain(wint_t ch, bool at_once)
{
	struct input in = { .kind = INPUT_KEY };

	if (ch == 27)
		return after_escape(at_once);
	if (ch < 0x20 || ch == 0x7F)
		in.key = key_of_control((uint32_t)ch);
	else if (ch >= 0x80 && ch < 0xA0)
		in.kind = INPUT_NONE;
	else
		in.key.code = ch >= 0xD800 && ch < 0xE000 ? 0xFFFD : (uint32_t)ch;
	return in;
}

/* Reads all that has arrived into the queue; false when nothing had. */
static bool pump(struct terminal *t)
{
	bool any = false;

	for (;;) {
		int64_t before = term_now(NULL);
		struct input in;
		wint_t ch;
		int r = get_wch(&ch);

		if (r == ERR)
			return any;
		any = true;
		if (t->pasting && !ends_paste(r, ch)) {
			if (r == OK)
				add_pasted(t, ch);
			continue;
		}
		if (t->pasting)
			in = end_paste(t);
		else
			in = r == KEY_CODE_YES ? special(t, (int)ch) : plain(ch, term_now(NULL) - before <= ALT_MS);
		if (in.kind != INPUT_NONE && !(in.kind == INPUT_KEY && (in.key.code == K_NONE || in.key.code == K_PASTE_END)))
			queue_add(&t->queue, in);
		if (in.kind == INPUT_PASTE)
			return true; /* its text is kept until it is handed out */
	}
}

static struct input term_read(void *ctx)
{
	struct terminal *t = ctx;
	struct input in;

	if (queue_take(&t->queue, &in))
		return in;
	if (!pump(t))
		return (struct input){ .kind = INPUT_NONE };
	if (t->was_idle) {
		struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

		while (burst_may_grow(&t->queue, t->focus) && poll(&p, 1, BURST_GAP_MS) > 0 && pump(t))
			;
		burst_settle(&t->queue, t->focus, strncmp(t->name, "xterm", 5) != 0);
		t->was_idle = false;
	}
	return queue_take(&t->queue, &in) ? in : (struct input){ .kind = INPUT_NONE };
}

static void term_focus(void *ctx, unsigned focus)
{
	((struct terminal *)ctx)->focus = focus;
}

static int term_fd(void *ctx)
{
	(void)ctx;
	return STDIN_FILENO;
}

static int term_wait(void *ctx, struct pollfd *fds, size_t n, int timeout_ms)
{
	struct terminal *t = ctx;
	int64_t before = term_now(NULL);
	int r;

	if (t->queue.at < t->queue.n)
		timeout_ms = 0;
	r = poll(fds, n, timeout_ms);
	t->was_idle = term_now(NULL) - before >= IDLE_MS;
	return r;
}

const struct backend terminal_backend = {
	.start = term_start,
	.stop = term_stop,
	.size = term_size,
	.modes = term_modes,
	.read = term_read,
	.flush = term_flush,
	.redraw = term_redraw,
	.beep = term_beep,
	.fd = term_fd,
	.wait = term_wait,
	.now_ms = term_now,
	.focus = term_focus,
};
