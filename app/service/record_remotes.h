/* With whom we exchange, in words: the county, the clinic's main computer, another computer by stick. */
#ifndef CUNYI_RECORD_REMOTES_H
#define CUNYI_RECORD_REMOTES_H

#include "app/service/app.h"

/* Of a row of sync_remote; "" when there is none. */
const char *remote_words(struct app *app, int64_t remote, struct arena *mem);
/* The computer of this code: its clinic when it is a peer of our sticks, else "computer CODE"; this one is named so. */
const char *device_words(struct app *app, const char *code, struct arena *mem);

#endif
