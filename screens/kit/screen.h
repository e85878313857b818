/* A screen: one const struct, in one file, with designated initialisers at the file's end.  Members that are NULL have a
 * sane default.  Screens lie on a stack; a popup is a small screen drawn over the one below.
 *
 * Who gets a key (loop.c): with the focus in text or in a code field, key() first; with the focus in a list the bindings
 * first.  What a screen does not handle, the application's global command() may; what nobody handles is answered with a
 * hint at F1. */
#ifndef CUNYI_KIT_SCREEN_H
#define CUNYI_KIT_SCREEN_H

#include "app/base/err.h"
#include "screens/kit/canvas.h"
#include "screens/kit/key.h"

struct ui;

/* What a handler did; 0 = not mine. */
enum outcome {
	UI_HANDLED = 1u << 0,
	UI_REDRAW = 1u << 1, /* something looks different */
	UI_RELOAD = 1u << 2, /* run load() of this screen */
	UI_CLOSE = 1u << 3   /* close this screen (may_close() is not asked) */
};

/* The answer of a popup or picker to the screen that asked. */
struct answer {
	bool ok;          /* false: the user went back */
	int64_t choice;   /* number of the option, value of the menu item, id of what was picked */
	const char *text; /* what was typed, or the item's text; valid during the call */
};

/* Text that arrived at once. */
enum paste { PASTE_TEXT, PASTE_SCAN /* a scanner or card reader: fast, ended by Enter or Tab */ };

struct screen {
	const char *name;      /* "resident-list": tests, key settings, help */
	const char *title;     /* msgid; NULL for popups */
	size_t state_size;     /* zeroed by ui_push() */
	unsigned topics;       /* bits of the application: changes that run load() again */
	const struct binding *keys; /* before the global ones; ends with { NULL } */
	bool popup;            /* drawn over the screen below; draws its own frame; takes all keys */
	bool bare;             /* no bar and no hint line: the whole canvas is its own */

	/* arg is the caller's and valid during open() only: copy what is needed. */
	bool (*open)(struct ui *ui, void *st, const void *arg, struct err *err);
	/* Reads its data; after open(), when a topic changed, and on UI_RELOAD.  On failure the message is shown and the
	 * old data stay. */
	bool (*load)(struct ui *ui, void *st, struct err *err);
	/* Fits widgets to the body (ui_body()): before each drawing and after open(); the only place to change scrolling
	 * because of size. */
	void (*layout)(struct ui *ui, void *st);
	void (*draw)(const struct ui *ui, const void *st, struct canvas *cv);
	/* FOCUS_ bits; default FOCUS_LIST. */
	unsigned (*focus)(const void *st);
	/* Sentence for the line above the bar; NULL or "" = the letters that work here.  *face is FACE_HINT before. */
	const char *(*hint)(const struct ui *ui, const void *st, struct sbuf *tmp, enum face *face);
	unsigned (*command)(struct ui *ui, void *st, enum cmd cmd);
	unsigned (*key)(struct ui *ui, void *st, struct key key);
	/* Cleaned text: valid UTF-8, no controls but '\n'.  Default: in FOCUS_TEXT each character goes to key(), line ends as
	 * blanks; else a beep. */
	unsigned (*paste)(struct ui *ui, void *st, const char *text, enum paste kind);
	/* A click on the body, in canvas coordinates.  Clicks on the bar are commands already. */
	unsigned (*click)(struct ui *ui, void *st, int y, int x);
	/* A screen opened with ui_ask() closed.  tag is the asker's own. */
	unsigned (*answer)(struct ui *ui, void *st, int tag, const struct answer *answer);
	/* Esc, Q, leaving: false keeps it open (and has said why or asked). */
	bool (*may_close)(struct ui *ui, void *st);
	/* SIGTERM, SIGHUP: save the draft now; no questions. */
	void (*rescue)(struct ui *ui, void *st);
	void (*close)(struct ui *ui, void *st);
};

#endif
