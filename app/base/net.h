/* At which addresses other computers of the same network find this one, and how such a one is typed. */
#ifndef CUNYI_NET_H
#define CUNYI_NET_H

#include <netinet/in.h>

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

/* "192.168.1.10, 10.0.0.4": of every network it is on now, the newest protocol left out, which nobody types; "" when it is on
 * none. */
void net_addresses(struct sbuf *out);

/* "192.168.1.10:7653", or without the port, which is then the usual one; invalid_value with an example. */
bool net_read_address(const char *text, uint16_t usual, struct sockaddr_in *out, struct err *err) MUST_CHECK;

#endif
