/* SHA-256 by libcrypto, which libcurl brings along: with the processor's own instructions it is many times faster than
 * libsodium's, and a file on a stick is hashed three times. */
#ifndef SYNC_SHA256_H
#define SYNC_SHA256_H

#include <stddef.h>

enum { SHA256_TEXT = 65 };

struct sha256 {
	void *state; /* NULL: not begun */
};

void sha256_start(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *data, size_t n);
/* As hex; gives back what it took. */
void sha256_end(struct sha256 *h, char out[SHA256_TEXT]);
/* For a hash that is not ended. */
void sha256_release(struct sha256 *h);
#define AUTO_SHA256 __attribute__((cleanup(sha256_release)))

#endif
