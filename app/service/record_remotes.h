/* With whom we exchange, in words: the county, the clinic's main computer, another computer by stick. */
#ifndef CUNYI_RECORD_REMOTES_H
#define CUNYI_RECORD_REMOTES_H

#include "app/service/app.h"

/* The row of the county in sync_remote; there is always one. */
enum { REMOTE_COUNTY = 1 };

/* Of a row of sync_remote; "" when there is none. */
const char *remote_words(struct app *app, int64_t remote, struct arena *mem);
/* The computer of this code: its clinic when it is a peer of our sticks, else "computer CODE"; this one is named so. */
const char *device_words(struct app *app, const char *code, struct arena *mem);

/* Inside a work: it is at another address from now on (NULL: at none), and what is there is read from its beginning. */
bool remote_move(struct app *app, int64_t remote, const char *url, struct err *err) MUST_CHECK;
/* The county's, "" for none, in a work of its own; nothing happens when it is that already. */
bool remote_move_county(struct app *app, const char *url, struct err *err) MUST_CHECK;

#endif
