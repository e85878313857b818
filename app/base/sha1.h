/* SHA-1, for UUIDv5 alone, which is defined with it.  Nothing here is meant to resist an attacker; no library that we
 * depend on offers it (libsodium leaves it out on purpose), and it is too little for one more dependency. */
#ifndef CUNYI_SHA1_H
#define CUNYI_SHA1_H

#include "app/base/base.h"

enum { SHA1_BYTES = 20 };

void sha1(const void *data, size_t n, uint8_t out[SHA1_BYTES]);

#endif
