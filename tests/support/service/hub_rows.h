/* The rows of a hub, as the exchange leaves them, without an exchange. */
#ifndef CUNYI_TEST_HUB_ROWS_H
#define CUNYI_TEST_HUB_ROWS_H

#include "app/service/app.h"

/* The hub is at this address ("local:hub": here) since so long, and answers at 192.168.1.10. */
void hub_rows_at(struct app *app, const char *url, int64_t since);
/* A computer that joined, and when it asked last (0: never). */
void hub_rows_computer(struct app *app, const char *device, int64_t joined_at, int64_t seen_at);
/* The first version of a document in the hub's store. */
void hub_rows_document(struct app *app, const char *id, int64_t updated);
/* An invitation that is good until then. */
void hub_rows_code(struct app *app, const char *code, int64_t until);

#endif
