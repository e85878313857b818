/* Where somebody lives. */
#ifndef CUNYI_ADDRESS_H
#define CUNYI_ADDRESS_H

#include "app/service/app.h"

/* The present address as it was written, else from its parts: "上坂1组桥头12号".  An address is data: in Chinese whatever the
 * language of the screen. */
void address_words(struct app *app, const struct record *resident, struct sbuf *out);

#endif
