/* Which computer this is.  The identity stands in a file beside the database, and the database knows how often something of it
 * went out; so it is noticed when the two do not belong together: an older copy of the database was put back, or the folder
 * lives on another machine now.  Then this computer takes a new name, number and range of file numbers at once, before
 * anything is written: two histories never bear one name.  All data stays; the next round asks the others what they have
 * (sync/device_heal.c). */
#ifndef CUNYI_RECORD_DEVICE_H
#define CUNYI_RECORD_DEVICE_H

#include "app/service/app.h"

/* Why it was renewed; stored. */
#define DEVICE_RESTORED "restored" /* an older database was put back */
#define DEVICE_COPIED   "copied"   /* the folder is on another machine, or is a copy */
#define DEVICE_TWIN     "twin"     /* somebody else uses our name: seen by what came from a server */

/* Finds this computer in the clinic, or makes it known; renews it where it has to be.  Read-only use changes nothing: then
 * app->device may stay 0. */
bool device_open(struct app *app, bool readonly, struct err *err);
/* A name, number and range of its own from here on. */
bool device_renew(struct app *app, const char *why, struct err *err);
/* Something of us is about to leave this computer: noted on both sides. */
bool device_goes_out(struct app *app, struct err *err);

/* The renewal that the next round has to heal, or has healed last; "" when there was none. */
void device_to_heal(struct app *app, char why[16]);
/* Inside a work: it has been healed, or (why) is to be. */
bool device_set_heal(struct app *app, const char *why, struct err *err);

/* A sentence for people about a kind of renewal, and about this computer's last one; NULL when there was none. */
const char *device_sentence(const char *why);
const char *device_renewed(struct app *app, struct arena *mem);

/* What a person has to hear about a renewal that waits to be healed, until it was heard once; NULL: nothing. */
const char *device_news(struct app *app);
bool device_news_heard(struct app *app, struct err *err);

/* "<data>/<what>.<code>.<end>": a file that belongs to this device alone; owned by the caller. */
char *device_file(const struct app *app, const char *what, const char *code, const char *end);

/* For tests: where /etc and /sys are looked for. */
void device_test_root(const char *root);

#endif
