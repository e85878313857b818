#include "screens/kit/status.h"

#include "app/base/i18n.h"

void status_rule(struct canvas *cv, int y)
{
	canvas_rule(cv, y, 0, cv->w, FACE_LINE);
}

void status_header(const struct ui *ui, struct canvas *cv, const char *left, const char *right)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;
	/* Each side may have what the other leaves; where that is not enough, half.  The program's own corner (who works, the
	 * day, what waits) is a little longer than that and stands whole. */
	int least = right ? cv->w / 2 : cv->w * 9 / 16, w, most;

	if (!right)
		right = ui_corner(ui, &tmp);
	most = cv->w - 4 - canvas_width(cv, left);
	if (most < least)
		most = least;
	w = canvas_width(cv, right);
	if (w > most)
		w = most;
	canvas_fill(cv, (struct rect){ 0, 0, 1, cv->w }, FACE_TITLE);
	canvas_clip(cv, 0, 1, cv->w - w - 3, FACE_TITLE, left);
	canvas_right(cv, 0, cv->w - w - 1, w, FACE_TITLE, right);
	status_rule(cv, 1);
}

/* ---- the bar ----------------------------------------------------------------------------------------------------- */

/* One entry of the bar at x. */
struct place {
	int x, w;
	struct bound b;
};

static bool is_function_key(struct key key)
{
	return !key.mods && key.code >= K_F1 && key.code <= K_F12;
}

/* Function keys stand on the bar, in their order, then what else is no letter, at last `?`, which leads to all the others;
 * letters stand on the line above. */
static int rank(const struct bound *b)
{
	uint32_t c = b->key.code;

	if (is_function_key(b->key))
		return (int)(c - K_F1);
	if (c < K_ENTER && ((c >= 'a' && c <= 'z') || c >= 0x80)) /* in a text field ^K stands for K */
		return -1;
	return c == '?' ? 102 : c == ':' ? 101 : 100;
}

/* Hanzi set themselves apart from the key's name, ASCII needs a blank. */
static const char *gap(const struct bound *b)
{
	return (unsigned char)b->word[0] < 0x80 ? " " : "";
}

static int entry_width(const struct canvas *cv, const struct bound *b)
{
	char label[KEY_NAME_LEN];

	return canvas_width(cv, key_label(b->key, label)) + (int)strlen(gap(b)) + canvas_width(cv, b->word);
}

enum { MAX_PLACES = 48, LINE_ROWS = 4 /* of the line above the bar, when it has a lot to say */ };

static size_t collect(const struct ui *ui, struct bound *out, bool letters)
{
	struct keymap map = ui_keymap(ui);
	size_t it = 0, n = 0;
	struct bound b;

	while (n < MAX_PLACES && keymap_next(&map, &it, &b)) {
		size_t i = n;

		if (!*b.word || (rank(&b) < 0) != letters)
			continue;
		while (i > 0 && rank(&out[i - 1]) > rank(&b)) {
			out[i] = out[i - 1];
			i--;
		}
		out[i] = b;
		n++;
	}
	return n;
}

/* The way out, and the way to all that found no room. */
static bool always_stands(const struct bound *b)
{
	return b->cmd == CMD_BACK || b->key.code == '?';
}

static int reserved(const struct canvas *cv, const struct bound *bs, size_t n)
{
	int w = 0;

	for (size_t i = 0; i < n; i++)
		if (always_stands(&bs[i]))
			w += 1 + entry_width(cv, &bs[i]);
	return w;
}

/* Places entries from the left; those that find no room are left out (F1 has them). */
static size_t place(const struct canvas *cv, const struct bound *bs, size_t n, struct place *out)
{
	int x = 1;
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		int w = entry_width(cv, &bs[i]);

		if (w > cv->w - x - reserved(cv, bs + i + 1, n - i - 1))
			continue;
		out[count++] = (struct place){ .x = x, .w = w, .b = bs[i] };
		x += w + 1;
	}
	return count;
}

static size_t bar_places(const struct ui *ui, const struct canvas *cv, struct place *out)
{
	struct bound bs[MAX_PLACES];

	return place(cv, bs, collect(ui, bs, false), out);
}

static void draw_places(struct canvas *cv, int y, const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char label[KEY_NAME_LEN];
		int used = canvas_text(cv, y, places[i].x, places[i].w, FACE_KEY, key_label(places[i].b.key, label));

		used += canvas_text(cv, y, places[i].x + used, places[i].w - used, FACE_BAR, gap(&places[i].b));
		canvas_text(cv, y, places[i].x + used, places[i].w - used, FACE_BAR, places[i].b.word);
	}
}

static bool is_placed(const struct place *places, size_t n, const struct bound *b)
{
	for (size_t i = 0; i < n; i++)
		if (places[i].b.cmd == b->cmd)
			return true;
	return false;
}

/* What every screen has is known, or stands in the list of F1. */
static bool is_everywhere(const struct bound *b)
{
	return b->cmd == CMD_BACK || b->cmd == CMD_GOTO || b->cmd == CMD_FILTER || is_function_key(b->key);
}

/* The letters, then what only this screen has and found no room on the bar. */
static void draw_letters(const struct ui *ui, struct canvas *cv, int y)
{
	struct bound bs[2 * MAX_PLACES], bar[MAX_PLACES];
	struct place places[2 * MAX_PLACES], on_bar[MAX_PLACES];
	size_t n = collect(ui, bs, true), n_bar = collect(ui, bar, false), n_on_bar = place(cv, bar, n_bar, on_bar);

	for (size_t i = 0; i < n_bar; i++)
		if (!is_placed(on_bar, n_on_bar, &bar[i]) && !is_everywhere(&bar[i]))
			bs[n++] = bar[i];
	draw_places(cv, y, places, place(cv, bs, n, places));
}

static bool is_blank(const struct canvas *cv, int y)
{
	for (int x = 0; x < cv->w; x++)
		if (strcmp(canvas_cell(cv, y, x)->s, " ") != 0)
			return false;
	return true;
}

/* How many lines above the usual one it may have: a list's rows are not covered by what is always said about it. */
static int room_above(const struct ui *ui, const struct canvas *cv, enum face face)
{
	int n = 0;

	if (face != FACE_HINT || !(ui_keymap(ui).focus & FOCUS_LIST))
		return LINE_ROWS - 1;
	while (n < LINE_ROWS - 1 && is_blank(cv, cv->h - 3 - n))
		n++;
	return n;
}

/* A sentence longer than the line takes lines above it; what it covers comes back with the next key. */
static void draw_sentence(const struct ui *ui, struct canvas *cv, enum face face, const char *s)
{
	int rows = canvas_wrap_rows(cv, cv->w - 2, s), room = 1 + room_above(ui, cv, face);
	struct rect r = { .x = 1, .w = cv->w - 2 };

	if (rows > room && face == FACE_HINT) {
		canvas_clip(cv, cv->h - 2, 1, cv->w - 2, face, s);
		return;
	}
	r.h = rows < room ? rows : room;
	r.y = cv->h - 1 - r.h;
	canvas_fill(cv, (struct rect){ r.y, 0, r.h, cv->w }, FACE_NORMAL);
	canvas_wrap(cv, r, face, s);
}

void status_bar(const struct ui *ui, struct canvas *cv)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;
	struct place places[MAX_PLACES];
	enum face face;
	const char *line = ui_line(ui, &tmp, &face);

	canvas_fill(cv, (struct rect){ cv->h - 2, 0, 2, cv->w }, FACE_NORMAL);
	if (*line)
		draw_sentence(ui, cv, face, line);
	else
		draw_letters(ui, cv, cv->h - 2);
	draw_places(cv, cv->h - 1, places, bar_places(ui, cv, places));
}

enum cmd status_bar_hit(const struct ui *ui, int x)
{
	struct place places[MAX_PLACES];
	size_t n = bar_places(ui, ui_canvas(ui), places);

	for (size_t i = 0; i < n; i++)
		if (x >= places[i].x && x < places[i].x + places[i].w)
			return places[i].b.cmd;
	return CMD_NONE;
}

/* ---- popups ------------------------------------------------------------------------------------------------------ */

struct rect status_popup(struct canvas *cv, int h, int w, const char *title)
{
	struct rect r = { .h = h + 2 < cv->h - 2 ? h + 2 : cv->h - 2, .w = w + 4 < cv->w - 2 ? w + 4 : cv->w - 2 };

	r.y = (cv->h - r.h) / 2;
	r.x = (cv->w - r.w) / 2;
	canvas_fill(cv, r, FACE_POPUP);
	canvas_frame(cv, r, FACE_POPUP);
	if (title && *title) {
		int used = canvas_clip(cv, r.y, r.x + 3, r.w - 6, FACE_HEAD, title);

		canvas_text(cv, r.y, r.x + 2, 1, FACE_POPUP, " ");
		canvas_text(cv, r.y, r.x + 3 + used, 1, FACE_POPUP, " ");
	}
	return (struct rect){ .y = r.y + 1, .x = r.x + 2, .h = r.h - 2, .w = r.w - 4 };
}

/* In both languages at once: who has chosen the wrong one cannot see that in so small a window either. */
static const struct term too_small = { "窗口太小, 请拉大到 60x20 以上", "Window too small: 60x20 at least" };

void status_too_small(struct canvas *cv)
{
	canvas_textf(cv, 0, 0, cv->w, FACE_WARN, "%s (%dx%d)", too_small.zh, cv->w, cv->h);
	canvas_textf(cv, 1, 0, cv->w, FACE_WARN, "%s (%dx%d)", too_small.en, cv->w, cv->h);
	canvas_park(cv, 0, 0);
}
