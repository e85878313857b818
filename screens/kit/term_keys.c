#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "app/clinic/idcard.h"
#include "screens/kit/term_int.h"

const struct key_sequence key_sequences[] = {
	{ "\033OP", { K_F1, 0 } },
	{ "\033OQ", { K_F1 + 1, 0 } },
	{ "\033OR", { K_F1 + 2, 0 } },
	{ "\033OS", { K_F1 + 3, 0 } },
	{ "\033[11~", { K_F1, 0 } },
	{ "\033[12~", { K_F1 + 1, 0 } },
	{ "\033[13~", { K_F1 + 2, 0 } },
	{ "\033[14~", { K_F1 + 3, 0 } },
	{ "\033[[A", { K_F1, 0 } },
	{ "\033[[B", { K_F1 + 1, 0 } },
	{ "\033[[C", { K_F1 + 2, 0 } },
	{ "\033[[D", { K_F1 + 3, 0 } },
	{ "\033[[E", { K_F1 + 4, 0 } },
	{ "\033[15~", { K_F1 + 4, 0 } },
	{ "\033[17~", { K_F1 + 5, 0 } },
	{ "\033[18~", { K_F1 + 6, 0 } },
	{ "\033[19~", { K_F1 + 7, 0 } },
	{ "\033[20~", { K_F1 + 8, 0 } },
	{ "\033[21~", { K_F1 + 9, 0 } },
	{ "\033[23~", { K_F1 + 10, 0 } },
	{ "\033[24~", { K_F12, 0 } },
	{ "\033[A", { K_UP, 0 } },
	{ "\033[B", { K_DOWN, 0 } },
	{ "\033[C", { K_RIGHT, 0 } },
	{ "\033[D", { K_LEFT, 0 } },
	{ "\033OA", { K_UP, 0 } },
	{ "\033OB", { K_DOWN, 0 } },
	{ "\033OC", { K_RIGHT, 0 } },
	{ "\033OD", { K_LEFT, 0 } },
	{ "\033[1;5C", { K_RIGHT, MOD_CTRL } },
	{ "\033[1;5D", { K_LEFT, MOD_CTRL } },
	{ "\033[5C", { K_RIGHT, MOD_CTRL } },
	{ "\033[5D", { K_LEFT, MOD_CTRL } },
	{ "\033Oc", { K_RIGHT, MOD_CTRL } },
	{ "\033Od", { K_LEFT, MOD_CTRL } },
	{ "\033[H", { K_HOME, 0 } },
	{ "\033OH", { K_HOME, 0 } },
	{ "\033[1~", { K_HOME, 0 } },
	{ "\033[7~", { K_HOME, 0 } },
	{ "\033[F", { K_END, 0 } },
	{ "\033OF", { K_END, 0 } },
	{ "\033[4~", { K_END, 0 } },
	{ "\033[8~", { K_END, 0 } },
	{ "\033[2~", { K_INSERT, 0 } },
	{ "\033[3~", { K_DELETE, 0 } },
	{ "\033[5~", { K_PGUP, 0 } },
	{ "\033[6~", { K_PGDN, 0 } },
	{ "\033[Z", { K_TAB, MOD_SHIFT } },
	{ "\033OM", { K_ENTER, 0 } },
	{ "\033[200~", { K_PASTE_BEGIN, 0 } },
	{ "\033[201~", { K_PASTE_END, 0 } },
	{ NULL, { K_NONE, 0 } },
};

struct key key_of_control(uint32_t ch)
{
	switch (ch) {
	case '\r':
	case '\n':
		return (struct key){ .code = K_ENTER };
	case '\t':
		return (struct key){ .code = K_TAB };
	case 8:
	case 127:
		return (struct key){ .code = K_BACKSPACE };
	default:
		return ch >= 1 && ch <= 26 ? (struct key){ .code = ch + 96, .mods = MOD_CTRL } :
			(struct key){ .code = K_NONE };
	}
}

/* ---- the queue --------------------------------------------------------------------------------------------------- */

void queue_add(struct key_queue *q, struct input in)
{
	if (q->n == q->cap) {
		q->cap = q->cap ? 2 * q->cap : 64;
		q->items = xrealloc(q->items, q->cap, sizeof *q->items);
	}
	q->items[q->n++] = in;
}

bool queue_take(struct key_queue *q, struct input *out)
{
	if (q->at == q->n) {
		q->n = q->at = 0;
		return false;
	}
	*out = q->items[q->at++];
	return true;
}

void queue_release(struct key_queue *q)
{
	free(q->items);
	sbuf_release(&q->text);
	*q = (struct key_queue){ 0 };
}

/* ---- bursts ------------------------------------------------------------------------------------------------------ */

static bool is_text(const struct input *in)
{
	return in->kind == INPUT_KEY && key_is_text(in->key);
}

/* What scanners and card readers send: no blanks, no signs that people type between numbers. */
static bool is_scanned(uint32_t c)
{
	c = key_fold((struct key){ .code = c }).code;
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c < 0x80 && c && strchr(":-+_=", (int)c));
}

static bool is_end(const struct input *in)
{
	return in->kind == INPUT_KEY && !in->key.mods && (in->key.code == K_ENTER || in->key.code == K_TAB);
}

/* Where characters are text anyway a burst needs no care: it lands in the field, and Enter ends it. */
static bool matters(unsigned focus)
{
	return !(focus & FOCUS_TEXT);
}

bool burst_may_grow(const struct key_queue *q, unsigned focus)
{
	size_t n = q->n - q->at;

	if (!matters(focus) || !n || n > 4096)
		return false;
	for (size_t i = q->at; i < q->n; i++)
		if (!is_text(&q->items[i]))
			return false;
	/* one character in a field is a person typing, and is not kept waiting */
	return n > 1 || (focus & FOCUS_LIST);
}

/* Text of the first n characters; a scanner's without the full width that an input method left on gives them. */
static void burst_text(const struct key_queue *q, size_t n, bool scan, struct sbuf *out)
{
	for (size_t i = q->at; i < q->at + n; i++) {
		char utf8[4];
		uint32_t c = q->items[i].key.code;

		if (scan && c >= 0xFF01 && c <= 0xFF5E)
			c -= 0xFEE0;
		sbuf_add(out, utf8, utf8_encode(c, utf8));
	}
}

static void collapse(struct key_queue *q, enum input_kind kind, size_t n_text)
{
	sbuf_clear(&q->text);
	burst_text(q, n_text, kind == INPUT_SCAN, &q->text);
	q->n = q->at = 0;
	queue_add(q, (struct input){ .kind = kind, .text = q->text.s });
}

/* ---- typed ahead, or scanned? ------------------------------------------------------------------------------------ */

static bool is_id_number(const char *s, size_t n)
{
	return n == 18 && strspn(s, "0123456789") >= 17 && strchr("0123456789Xx", s[17]) &&
		(s[17] & ~0x20) == (id_check_char(s) & ~0x20);
}

/* EAN-13 of a Chinese product. */
static bool is_box_code(const char *s, size_t n)
{
	int sum = 0;

	if (n != 13 || strncmp(s, "69", 2) || strspn(s, "0123456789") != n)
		return false;
	for (size_t i = 0; i < n; i++)
		sum += (s[i] - '0') * (i % 2 ? 3 : 1);
	return sum % 10 == 0;
}

/* Twenty digits that follow a box of drugs from its maker to the patient. */
static bool is_trace_code(const char *s, size_t n)
{
	return n == 20 && *s == '8' && strspn(s, "0123456789") == n;
}

/* A line or a machine that stalls hands over at once what a clerk typed meanwhile: the code of a relation, then eleven
 * digits of a telephone, then Enter.  Time does not tell this from a scanner where digits are typed, so its text must: what
 * cards, boxes and our own papers carry is a scan, all else was typed. */
static bool only_scanned(const struct key_queue *q, size_t n)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	burst_text(q, n, true, &text);
	return is_id_number(text.s, text.len) || is_box_code(text.s, text.len) || is_trace_code(text.s, text.len) ||
		(text.len >= CARD_MIN && strspn(text.s, "0123456789") != text.len);
}

/* Digits and what stands between numbers: nobody pastes that over several fields. */
static bool only_numbers(const struct key_queue *q, size_t n)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	burst_text(q, n, true, &text);
	return strspn(text.s, "0123456789/,;.-+= ") == text.len;
}

void burst_settle(struct key_queue *q, unsigned focus, bool paste)
{
	size_t n = 0;
	bool scanned = true;

	while (q->at + n < q->n && is_text(&q->items[q->at + n])) {
		scanned = scanned && is_scanned(q->items[q->at + n].key.code);
		n++;
	}
	if (!matters(focus))
		return;
	if (n >= SCAN_MIN && scanned && q->at + n + 1 == q->n && is_end(&q->items[q->n - 1])) {
		if (!(focus & FOCUS_CODE) || only_scanned(q, n))
			collapse(q, INPUT_SCAN, n);
	} else if (paste && n >= PASTE_MIN && q->at + n == q->n) {
		if (!(focus & FOCUS_CODE) || !only_numbers(q, n))
			collapse(q, INPUT_PASTE, n);
	}
}
