/* Inside of the terminal backend: term.c (curses), term_guard.c (putting things right), term_probe.c (what can it draw?). */
#ifndef CUNYI_KIT_TERM_INT_H
#define CUNYI_KIT_TERM_INT_H

#include "screens/kit/term.h"

/* ---- term_guard.c: the way back, whatever happens ---------------------------------------------------------------- */

/* Remembers how the terminal was and catches fatal signals, until guard_off(). */
void guard_on(int fd);
void guard_off(void);
/* stderr goes to path while the screen is up (NULL: /dev/null); guard_stderr_back() undoes it. */
void guard_stderr(const char *path);
void guard_stderr_back(void);

/* ---- term_probe.c ------------------------------------------------------------------------------------------------ */

struct probe {
	bool answered;      /* the terminal reports its cursor */
	int line_width;     /* columns of ─ */
	int hanzi_width;    /* columns of 张: not 2 = the terminal does not speak UTF-8 */
	char typed[256];    /* what was typed meanwhile: to be read first */
	size_t n_typed;
};

/* Asks at most 200 ms, before curses starts. */
void probe_terminal(int in, int out, struct probe *p);
/* Not where an answer cannot come: a dumb terminal or an old video one. */
bool probe_makes_sense(void);
enum sign_mode probe_signs(const struct probe *p);
/* msgid of a sentence, or NULL. */
const char *probe_warning(const struct probe *p);
/* Size of the window; 24x80 where nobody knows. */
void probe_size(int fd, int *h, int *w);
/* $TERM is exactly this. */
bool term_is(const char *name);
/* How long a key's sequence may take: $ESCDELAY, else 25 ms, over SSH 100. */
int escape_delay(void);

/* ---- term_look.c ------------------------------------------------------------------------------------------------- */

enum { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4, LOOK_DIM = 8 };

struct look {
	short fg, bg;        /* basic colours 0-7, 8 grey; -1 = the terminal's own */
	unsigned bits, mono; /* LOOK_ bits with colours, and without */
};

struct look look_of(enum face face, enum theme theme, int colours);

/* ---- term_keys.c: no curses; tests reach it ---------------------------------------------------------------------- */

/* Codes inside the backend only. */
enum { K_PASTE_BEGIN = K_F12 + 1, K_PASTE_END };

/* F1-F12, arrows and the keypad as xterm, linux, rxvt and PuTTY send them, and the marks of a bracketed paste; ends with a
 * NULL sequence. */
struct key_sequence {
	const char *sequence;
	struct key key;
};
extern const struct key_sequence key_sequences[];

/* Enter, Tab, Backspace, C-a ... of a control character. */
struct key key_of_control(uint32_t ch);

/* What was read and not yet handed out. */
struct key_queue {
	struct input *items;
	size_t n, at, cap;
	struct sbuf text;  /* of a paste or scan */
};

/* CARD_MIN: letters and digits of a health card, where letters and digits may also have been typed ahead. */
enum { SCAN_MIN = 12, CARD_MIN = 20, PASTE_MIN = 31, BURST_GAP_MS = 20 };

void queue_add(struct key_queue *q, struct input in);
bool queue_take(struct key_queue *q, struct input *out);
void queue_release(struct key_queue *q);

/* A run of characters at the queue's end that may still grow into a scan: worth waiting BURST_GAP_MS for more? */
bool burst_may_grow(const struct key_queue *q, unsigned focus);
/* Turns a queue that is one burst into a single scan or paste.  paste: may a long burst without an end be a paste? */
void burst_settle(struct key_queue *q, unsigned focus, bool paste);

#endif
