#include "support/kit/script.h"

#include <assert.h>

#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "support/kit/dump.h"

struct script {
	int h, w;
	enum sign_mode signs;
	bool blocks;
	struct sbuf feed;
	size_t at;          /* read so far */
	char quote;         /* inside 'text': the quote */
	struct sbuf pasted;
	int64_t now;
	unsigned keys, frames, beeps;

	struct canvas shown;
	struct sbuf text, faces, row;
};

struct script *script_new(int h, int w)
{
	struct script *s = xcalloc(1, sizeof *s);

	s->h = h;
	s->w = w;
	s->blocks = true;
	sbuf_init(&s->feed, 0);
	sbuf_init(&s->pasted, 0);
	sbuf_init(&s->text, 0);
	sbuf_init(&s->faces, 0);
	sbuf_init(&s->row, 0);
	return s;
}

void script_free(struct script *s)
{
	sbuf_release(&s->feed);
	sbuf_release(&s->pasted);
	sbuf_release(&s->text);
	sbuf_release(&s->faces);
	sbuf_release(&s->row);
	canvas_release(&s->shown);
	free(s);
}

void script_feed(struct script *s, const char *keys)
{
	if (s->feed.len)
		sbuf_addc(&s->feed, ' ');
	sbuf_adds(&s->feed, keys);
}

/* ---- reading what was fed ---------------------------------------------------------------------------------------- */

/* Takes the quoted text that begins at the quote. */
static const char *quoted(struct script *s)
{
	const char *from = s->feed.s + s->at + 1;
	const char *end = strchr(from, '\'');

	assert(end && "a quote without its end");
	sbuf_clear(&s->pasted);
	sbuf_add(&s->pasted, from, (size_t)(end - from));
	s->at = (size_t)(end + 1 - s->feed.s);
	return s->pasted.s;
}

static bool starts(const struct script *s, const char *word)
{
	return !strncmp(s->feed.s + s->at, word, strlen(word));
}

static struct input typed(struct script *s)
{
	struct input in = { .kind = INPUT_KEY };

	s->at += utf8_decode(s->feed.s + s->at, s->feed.len - s->at, &in.key.code);
	if (s->feed.s[s->at] == '\'') {
		s->at++;
		s->quote = 0;
	}
	s->keys++;
	return in;
}

/* "wait:2000", "size:40x10", "click:5,10": what stands for no key. */
static bool special(struct script *s, const char *word, struct input *in)
{
	long ms;

	if (sscanf(word, "wait:%ld", &ms) == 1) {
		s->now += ms;
		in->kind = INPUT_NONE;
	} else if (sscanf(word, "size:%dx%d", &s->h, &s->w) == 2) {
		in->kind = INPUT_RESIZE;
	} else if (sscanf(word, "click:%d,%d", &in->y, &in->x) == 2) {
		in->kind = INPUT_CLICK;
	} else {
		return false;
	}
	return true;
}

static struct input named(struct script *s)
{
	struct input in = { .kind = INPUT_KEY };
	size_t len = strcspn(s->feed.s + s->at, " \n\t");
	char word[64];
	bool known;

	snprintf(word, sizeof word, "%.*s", (int)len, s->feed.s + s->at);
	s->at += len;
	if (special(s, word, &in))
		return in;
	known = key_parse(word, &in.key);
	if (!known)
		fprintf(stderr, "script: no key is called %s\n", word);
	assert(known);
	s->keys++;
	return in;
}

static struct input read_input(void *ctx)
{
	struct script *s = ctx;

	if (s->quote)
		return typed(s);
	s->at += strspn(s->feed.s + s->at, " \n\t");
	if (s->at >= s->feed.len) {
		sbuf_clear(&s->feed);
		s->at = 0;
		return (struct input){ .kind = INPUT_NONE };
	}
	if (starts(s, "paste'")) {
		s->at += 5;
		return (struct input){ .kind = INPUT_PASTE, .text = quoted(s) };
	}
	if (starts(s, "scan'")) {
		s->at += 4;
		s->keys++;
		return (struct input){ .kind = INPUT_SCAN, .text = quoted(s) };
	}
	if (starts(s, "''")) {
		s->at += 2;
		return read_input(s);
	}
	if (starts(s, "'")) {
		s->at++;
		s->quote = '\'';
		return typed(s);
	}
	return named(s);
}

bool script_press(struct script *s, struct ui *ui, const char *keys)
{
	bool going;

	script_feed(s, keys);
	do
		going = ui_step(ui);
	while (going && s->feed.len);
	return going;
}

unsigned script_keys(const struct script *s)
{
	return s->keys;
}

/* ---- the backend ------------------------------------------------------------------------------------------------- */

static bool start(void *ctx, struct err *err)
{
	(void)ctx;
	(void)err;
	return true;
}

static void stop(void *ctx)
{
	(void)ctx;
}

static void size(void *ctx, int *h, int *w)
{
	const struct script *s = ctx;

	*h = s->h;
	*w = s->w;
}

static void modes(void *ctx, struct canvas *cv)
{
	const struct script *s = ctx;

	cv->signs = s->signs;
	cv->blocks = s->blocks;
}

static void flush(void *ctx, const struct canvas *cv)
{
	struct script *s = ctx;

	if (s->shown.h != cv->h || s->shown.w != cv->w)
		canvas_resize(&s->shown, cv->h, cv->w);
	memcpy(s->shown.cells, cv->cells, (size_t)cv->h * (size_t)cv->w * sizeof *cv->cells);
	s->shown.cursor_y = cv->cursor_y;
	s->shown.cursor_x = cv->cursor_x;
	s->shown.cursor_on = cv->cursor_on;
	s->frames++;
}

static void redraw(void *ctx)
{
	(void)ctx;
}

static void beep(void *ctx)
{
	((struct script *)ctx)->beeps++;
}

static int fd(void *ctx)
{
	(void)ctx;
	return -1;
}

static int wait_for(void *ctx, struct pollfd *fds, size_t n, int timeout_ms)
{
	(void)ctx;
	(void)timeout_ms;
	return poll(fds, n, 0);
}

static int64_t now_ms(void *ctx)
{
	return ((const struct script *)ctx)->now;
}

const struct backend script_backend = {
	.start = start,
	.stop = stop,
	.size = size,
	.modes = modes,
	.read = read_input,
	.flush = flush,
	.redraw = redraw,
	.beep = beep,
	.fd = fd,
	.wait = wait_for,
	.now_ms = now_ms,
};

void script_signs(struct script *s, enum sign_mode signs, bool blocks)
{
	s->signs = signs;
	s->blocks = blocks;
}

/* ---- what was drawn ---------------------------------------------------------------------------------------------- */

const char *script_text(struct script *s)
{
	sbuf_clear(&s->text);
	canvas_dump(&s->shown, &s->text);
	return s->text.s;
}

const char *script_faces(struct script *s)
{
	sbuf_clear(&s->faces);
	canvas_dump_faces(&s->shown, &s->faces);
	return s->faces.s;
}

const char *script_row(struct script *s, int y)
{
	sbuf_clear(&s->row);
	if (y >= 0 && y < s->shown.h)
		canvas_dump_row(&s->shown, y, &s->row);
	return s->row.s;
}

void script_cursor(const struct script *s, int *y, int *x, bool *on)
{
	*y = s->shown.cursor_y;
	*x = s->shown.cursor_x;
	*on = s->shown.cursor_on;
}

unsigned script_frames(const struct script *s)
{
	return s->frames;
}

unsigned script_beeps(const struct script *s)
{
	return s->beeps;
}

bool script_shows(struct script *s, const char *text)
{
	return strstr(script_text(s), text) != NULL;
}
