/* At which addresses other computers of the same network find this one. */
#ifndef CUNYI_NET_H
#define CUNYI_NET_H

#include "app/base/base.h"
#include "app/base/sbuf.h"

/* "192.168.1.10, 10.0.0.4": of every network it is on now, the newest protocol left out, which nobody types; "" when it is on
 * none. */
void net_addresses(struct sbuf *out);

#endif
