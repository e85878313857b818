/* The county's list of devices: who they are, with which keys, and whose keys are worth nothing any more.  Signed with the
 * county's own key and on every stick, so that a van without a network hears of a stolen laptop, too.
 *
 *     cunyi device list 1
 *     county: 某县卫生健康局
 *     serial: 7
 *     practice: no
 *     device: pc1a2b3c age1... RWQ... active 东村卫生室
 *     device: pc4d5e6f age1... RWQ... 2026-11-20 流动医院2号车
 *
 * A device knows the county's public key once and for all; of two lists it believes the one with the greater serial.  The
 * signature is minisign's over the file; its trusted comment is "devices serial=7".  Where the county makes no list, cards
 * alone serve as before. */
#ifndef SYNC_STICK_LIST_H
#define SYNC_STICK_LIST_H

#include "app/base/date.h"
#include "sync/stick.h"

#define STICK_LIST_FILE "devices.list"
enum { STICK_LIST_MAX = 4 * 1024 * 1024, STICK_LIST_DEVICES = 20000 };

struct stick_device {
	char code[VECTOR_DEVICE], title[STICK_TITLE], age[AGE_TEXT], sign[MINISIGN_TEXT];
	char revoked[DATE_LEN]; /* the day; "" while it is good */
};

struct stick_list {
	int64_t serial; /* 0: there is none here */
	char county[STICK_TITLE];
	bool practice;
	struct stick_device *d;
	size_t n;
};
void stick_list_release(struct stick_list *list);
#define AUTO_STICK_LIST __attribute__((cleanup(stick_list_release)))

/* NULL when it does not name the device. */
const struct stick_device *stick_list_find(const struct stick_list *list, const char *code);
/* Enters it, or puts it in the place of what is known of this device; false: the list is full. */
bool stick_list_put(struct stick_list *list, const struct stick_device *d);
/* Pure: a text as a list; format tells the first line that is none. */
bool stick_list_parse(struct stick_list *out, const char *text, size_t n, struct err *err) MUST_CHECK;
void stick_list_write(const struct stick_list *list, struct sbuf *out);

/* ---- on a device ---------------------------------------------------------------------------------------------------- */

/* Believes lists of this key from now on.  inconsistent: another one is believed. */
bool stick_list_trust(struct app *app, const char *key, struct err *err) MUST_CHECK;
/* The newest list that was taken in, proved again; serial 0 when there is none. */
bool stick_list_load(struct app *app, struct stick_list *out, struct err *err) MUST_CHECK;
/* A file with its signature beside it.  *newer: it became ours.  Peers get the keys that the list names.  not_allowed: no
 * county's key is believed; corrupt: another's signature. */
bool stick_list_take(struct app *app, const char *path, bool *newer, struct err *err) MUST_CHECK;
/* The card of a device on the list, as it would have come by hand. */
bool stick_list_card(struct app *app, const char *code, struct sbuf *card, struct err *err) MUST_CHECK;

/* ---- at the county -------------------------------------------------------------------------------------------------- */

/* A key and an empty list.  duplicate: there is one. */
bool stick_list_new(struct app *app, const char *county, struct err *err) MUST_CHECK;
/* The county's public key, to be told to the devices. */
bool stick_list_key(struct app *app, char out[MINISIGN_TEXT], struct err *err) MUST_CHECK;
/* A card is entered or its keys are renewed; a device is struck off.  Both sign a new list. */
bool stick_list_enter(struct app *app, const char *card, struct err *err) MUST_CHECK;
bool stick_list_revoke(struct app *app, const char *code, struct err *err) MUST_CHECK;

#endif
