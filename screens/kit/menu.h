/* A list to choose from, as a popup: typing narrows it, digits 1-9 choose at once when it is short, Enter takes.  The
 * `?` list, `:`, the pickers of F4 are menus.  It answers the screen below by answer(): choice = value of the item. */
#ifndef CUNYI_KIT_MENU_H
#define CUNYI_KIT_MENU_H

#include "screens/kit/loop.h"

struct menu_item {
	const char *text;   /* in the present language */
	const char *detail; /* at the right: a key, a code, a date; NULL = none */
	const char *search; /* more that typing finds ("gxy hypertension"); NULL = none */
	int64_t value;
	bool checked;       /* shown with ✓ */
};

struct menu {
	const char *title;
	const char *empty;  /* shown when nothing matches; NULL = a general sentence */
	const struct menu_item *items;
	size_t n_items;
	bool numbered;      /* digits choose at once instead of narrowing (up to nine items) */
	bool seen_first;    /* nothing chooses before it stood on the screen: keys typed ahead were meant for something else */
	bool eyes_on_paper; /* digits and letters are those of a paper: only arrows and Enter choose, nothing narrows */
	int64_t selected;   /* value where the choice starts; the first when there is no such item */
	/* Does text match what was typed?  For hanzi by pinyin initials.  NULL: part of text, detail or search. */
	bool (*match)(const char *text, const char *typed);
};

/* Opens it; menu and items are copied, failure is shown.  A command handler's answer. */
unsigned menu_show(struct ui *ui, int tag, const struct menu *menu);

extern const struct screen menu_screen;

#endif
