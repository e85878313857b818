/* Keys and commands.  A key is what was pressed; a command is what it means.  Screens bind keys to commands in tables and
 * answer commands; nothing else in the program compares keys.  Key names are text: "F2", "C-s", "M-2", "Enter", "v", "?".
 *
 * Looking a key up (keymap_find): the user's own keys, then the screen's table, then the global table.  The twins of the
 * function keys need no rows: Alt+digit and ^G ^S ^F ^T ^Y ^R ^U ^V ^P ^Q stand for F1..F10 and ^K ^D ^N for the letters
 * K D N wherever they are not bound to something else, because terminals swallow some keys and text fields take others.
 * Letters are case-blind, and full-width forms (an input method left on) count as ASCII. */
#ifndef CUNYI_KIT_KEY_H
#define CUNYI_KIT_KEY_H

#include "app/base/base.h"

/* id, name in the configuration file and the manual, word on the bar, sentence for the help list */
#define CMD_LIST(X)                                                                                                  \
	X(NONE, "none", "", "")                                                                                      \
	/* the function keys: the same everywhere */                                                                 \
	X(HELP, "help", N_("help"), N_("What can be done here"))                                                     \
	X(SAVE, "save", N_("save"), N_("Save what was entered"))                                                     \
	X(FIND, "find", N_("find"), N_("Find a resident"))                                                           \
	X(NEW, "new", N_("new"), N_("Make a new one"))                                                               \
	X(CODES, "codes", N_("codes"), N_("Show the list of codes of this field"))                                   \
	X(SYNC, "sync", N_("sync"), N_("Exchange data with the county now"))                                         \
	X(REFER, "refer", N_("refer"), N_("Refer this person to a hospital"))                                        \
	X(FOLLOW_UP, "follow-up", N_("follow up"), N_("Record a follow-up of this person"))                          \
	X(VISIT, "visit", N_("visit"), N_("Record a visit of this person"))                                          \
	X(REPORT, "report", N_("reports"), N_("Reports"))                                                            \
	X(PRINT, "print", N_("print"), N_("Print this"))                                                             \
	X(QUIT, "quit", N_("leave"), N_("Leave the program"))                                                        \
	/* the letters: one meaning everywhere */                                                                    \
	X(QR, "qr", N_("QR code"), N_("Show the code of this page"))                                                 \
	X(DANGER, "danger", N_("danger signs"), N_("Go through the danger signs one by one"))                        \
	X(EDIT, "edit", N_("edit"), N_("Change this record"))                                                        \
	X(TREND, "trend", N_("trend"), N_("Show the trend of the values"))                                           \
	X(HOUSEHOLD, "household", N_("household"), N_("Show the household"))                                         \
	X(NEXT_PERSON, "next-person", N_("next person"), N_("Go on to the next person of the list"))                 \
	X(AS_BEFORE, "as-before", N_("as before"), N_("Take all history items from the last time"))                  \
	X(HISTORY, "history", N_("history"), N_("Show who changed what, and when"))                                  \
	X(MOVE, "move", N_("other person"), N_("Move this record to the right person"))                              \
	X(NO_DANGER, "no-danger", N_("none of them"), N_("Asked for every danger sign: none of them"))               \
	X(PHONE, "phone", N_("phone"), N_("Note the outcome of a telephone call"))                                   \
	X(NOTE, "note", N_("note"), N_("Write a note on this record or person"))                                     \
	X(REFUSE, "refuse", N_("refused"), N_("Write down what this person refuses"))                                \
	X(BACK, "back", N_("back"), N_("Go back"))                                                                   \
	X(SIGN, "sign", N_("sign"), N_("Sign a family-doctor contract"))                                             \
	X(VILLAGE, "village", N_("village"), N_("Choose the village"))                                               \
	X(DATE, "date", N_("date"), N_("Choose the date"))                                                           \
	/* moving and choosing */                                                                                    \
	X(UP, "up", N_("up"), N_("One up"))                                                                          \
	X(DOWN, "down", N_("down"), N_("One down"))                                                                  \
	X(LEFT, "left", N_("left"), N_("To the left"))                                                               \
	X(RIGHT, "right", N_("right"), N_("To the right"))                                                           \
	X(PAGE_UP, "page-up", N_("page up"), N_("One page back"))                                                    \
	X(PAGE_DOWN, "page-down", N_("page down"), N_("One page on"))                                                \
	X(FIRST, "first", N_("first"), N_("To the first"))                                                           \
	X(LAST, "last", N_("last"), N_("To the last"))                                                               \
	X(NEXT, "next", N_("next"), N_("Next part of the screen"))                                                   \
	X(PREVIOUS, "previous", N_("previous"), N_("Previous part of the screen"))                                   \
	X(OPEN, "open", N_("open"), N_("Open what is chosen"))                                                       \
	X(ROW_1, "row-1", "", N_("Choose row 1 of this page"))                                                       \
	X(ROW_2, "row-2", "", N_("Choose row 2 of this page"))                                                       \
	X(ROW_3, "row-3", "", N_("Choose row 3 of this page"))                                                       \
	X(ROW_4, "row-4", "", N_("Choose row 4 of this page"))                                                       \
	X(ROW_5, "row-5", "", N_("Choose row 5 of this page"))                                                       \
	X(ROW_6, "row-6", "", N_("Choose row 6 of this page"))                                                       \
	X(ROW_7, "row-7", "", N_("Choose row 7 of this page"))                                                       \
	X(ROW_8, "row-8", "", N_("Choose row 8 of this page"))                                                       \
	X(ROW_9, "row-9", "", N_("Choose row 9 of this page"))                                                       \
	X(NEXT_PAGE, "next-page", "", N_("Next page of the list"))                                                   \
	X(FILTER, "filter", N_("filter"), N_("Show only rows with a text"))                                          \
	X(GOTO, "goto", N_("go to"), N_("Go to any screen by its name"))                                             \
	X(MARK, "mark", N_("mark"), N_("Mark or unmark this row"))                                                   \
	X(ADD, "add", N_("add"), N_("Add, or take all"))                                                                   \
	X(STOP, "stop", N_("stop"), N_("End this line, or take none"))                                                             \
	X(END_EARLY, "end-early", N_("end"), N_("Contract: sign, end, hand over; referral: cancel"))                          \
	X(CLEAR, "clear", N_("empty"), N_("Empty the line"))                                                         \
	X(VOID, "void", N_("void"), N_("Declare this record void"))                                                  \
	X(UNDO, "undo", N_("take back"), N_("Take back the last save"))                                              \
	/* the program */                                                                                            \
	X(USER, "user", N_("user"), N_("Change who is working"))                                                     \
	X(LANGUAGE, "language", N_("Chinese"), N_("Change the language"))                                            \
	X(SETTINGS, "settings", N_("settings"), N_("Settings"))                                                      \
	X(CONFLICTS, "conflicts", N_("disputes"), N_("Data on which we and the county differ"))                      \
	X(LACKING, "lacking", N_("unsent"), N_("What the county lacks, with the reasons"))                           \
	X(AGREE, "agree", N_("all right"), N_("Agree with what the later edit settled"))                              \
	X(TO_COUNTY, "to-county", N_("county decides"), N_("Ask the county to decide this"))                         \
	X(STICK_OUT, "stick-out", N_("to stick"), N_("Write to a USB stick what the other computers lack"))           \
	X(STICK_IN, "stick-in", N_("from stick"), N_("Take in what other computers wrote to a USB stick"))           \
	X(HUB, "hub", N_("hub"), N_("Several computers in one clinic: the hub"))                                          \
	X(REDRAW, "redraw", N_("redraw"), N_("Draw the screen anew"))

enum cmd {
#define X(id, name, word, help) CMD_##id,
	CMD_LIST(X)
#undef X
	CMD_COUNT
};

const char *cmd_name(enum cmd cmd);
/* Word for the bar and sentence for the help list, in the present language. */
const char *cmd_word(enum cmd cmd);
const char *cmd_sentence(enum cmd cmd);
/* CMD_NONE for an unknown name. */
enum cmd cmd_by_name(const char *name);

/* Modifiers.  Shift is part of a printable character, so it appears with named keys only. */
enum { MOD_CTRL = 1, MOD_ALT = 2, MOD_SHIFT = 4 };

/* Codes: Unicode for what is printed, these for the rest. */
enum key_code {
	K_NONE = 0,
	K_ENTER = 0x110000,
	K_ESC,
	K_TAB,
	K_BACKSPACE,
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_PGUP,
	K_PGDN,
	K_HOME,
	K_END,
	K_F1, /* ... K_F12 = K_F1 + 11 */
	K_F12 = K_F1 + 11,
};

struct key {
	uint32_t code;
	uint8_t mods;
};

enum { KEY_NAME_LEN = 24 };

/* Reads a key name.  False for an unknown one. */
bool key_parse(const char *name, struct key *out);
/* As people read it on the bar: "F3", "^S", "Alt2", "V", "Enter", "↑".  buf of KEY_NAME_LEN;
 * returns buf. */
char *key_label(struct key key, char *buf);

bool key_equal(struct key a, struct key b);
/* A character that can be typed into a text: no modifier, no named key, no control. */
bool key_is_text(struct key key);
/* For commands and number fields: full-width forms and 。 as ASCII, letters small. */
struct key key_fold(struct key key);
/* The function key or letter that a twin stands for; the key itself when it is no twin. */
struct key key_twin(struct key key);

/* Where the focus is.  It decides who gets a printable key, and which bindings work and are shown. */
enum {
	FOCUS_LIST = 1u << 0, /* nothing is typed: letters and digits are commands */
	FOCUS_CODE = 1u << 1, /* number, code or date: digits are typed, letters are commands */
	FOCUS_TEXT = 1u << 2, /* text: all that prints is typed */
	FOCUS_OWN = 1u << 8   /* this bit and those above mean what the screen says */
};

struct binding {
	const char *key;  /* NULL ends a table */
	enum cmd cmd;
	const char *word; /* msgid for the bar instead of the command's own word; NULL = that; "" = not on the bar */
	unsigned when;    /* FOCUS_ bits, one of which must hold; 0 = always (printable keys never in FOCUS_TEXT) */
};

/* The user's own keys (configuration "key.save = F12 C-w"): they replace all keys that tables give the command. */
struct override {
	struct key key;
	enum cmd cmd;
};

struct keymap {
	const struct override *user;
	size_t n_user;
	const struct binding *screen; /* may be NULL */
	const struct binding *global; /* may be NULL */
	unsigned focus;               /* present FOCUS_ bits */
};

/* The command of a key; CMD_NONE when there is none at the present focus. */
enum cmd keymap_find(const struct keymap *map, struct key key);

/* Walks all bindings that work at the present focus, screen before global, each command and key once, with the user's
 * keys in place of the tables'.  *it starts at 0.  False at the end. */
struct bound {
	struct key key;
	enum cmd cmd;
	const char *word; /* translated; "" = not on the bar */
};
bool keymap_next(const struct keymap *map, size_t *it, struct bound *out);

/* Reads "F12 C-w" into overrides of a command, at most max; returns how many, or -1 with the bad name in *bad (static in
 * text's storage is not kept: at most KEY_NAME_LEN bytes are copied to bad). */
int override_parse(enum cmd cmd, const char *text, struct override *out, size_t max, char *bad);

/* Rows of such tables: how one moves on screens and in popups alike, and the digits that choose a row. */
#define MOVING_KEYS \
	{ "Up", CMD_UP, "", 0 }, { "Down", CMD_DOWN, "", 0 }, { "Left", CMD_LEFT, "", 0 }, { "Right", CMD_RIGHT, "", 0 }, \
	{ "PgUp", CMD_PAGE_UP, "", 0 }, { "PgDn", CMD_PAGE_DOWN, "", 0 }, { "Home", CMD_FIRST, "", 0 }, \
	{ "End", CMD_LAST, "", 0 }, { "Tab", CMD_NEXT, "", 0 }, { "S-Tab", CMD_PREVIOUS, "", 0 }
#define ROW_KEYS \
	{ "1", CMD_ROW_1, "", FOCUS_LIST }, { "2", CMD_ROW_2, "", FOCUS_LIST }, { "3", CMD_ROW_3, "", FOCUS_LIST }, \
	{ "4", CMD_ROW_4, "", FOCUS_LIST }, { "5", CMD_ROW_5, "", FOCUS_LIST }, { "6", CMD_ROW_6, "", FOCUS_LIST }, \
	{ "7", CMD_ROW_7, "", FOCUS_LIST }, { "8", CMD_ROW_8, "", FOCUS_LIST }, { "9", CMD_ROW_9, "", FOCUS_LIST }

/* What works on every screen: ? F1 F3 F5 F9 F10 : Esc Q arrows, pages, Enter, Tab, digits, ^L ^E ^O. */
extern const struct binding global_keys[];
/* What works in popups instead: choosing, Enter, Esc. */
extern const struct binding popup_keys[];

#endif
