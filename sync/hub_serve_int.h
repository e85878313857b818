/* Between the hub's files that know the network. */
#ifndef SYNC_HUB_SERVE_INT_H
#define SYNC_HUB_SERVE_INT_H

#include "sync/hub_int.h"

#define HUB_PREFIX "/fhir"
#define HUB_DOOR "/hub/join"

/* Key and certificate of this hub in PEM, made when they are first asked for. */
bool hub_certificate(struct app *app, struct sbuf *out, struct err *err);
/* "sha256//...": the public key of the first certificate in a PEM text. */
bool hub_pin_of(const char *pem, char out[HUB_PIN], struct err *err);

/* The door: what a computer that has read the code from the hub's screen sends, and the answer.  Both sides prove that they
 * know the code and see the same certificate, and neither says the code. */
void hub_door(struct app *app, const char *pin, const char *body, size_t n, struct hub_reply *out);

#endif
