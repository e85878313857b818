/* Looking at signed statements as a login server does, by a way that our own code does not go. */
#ifndef TESTS_SYNC_JWT_CHECK_H
#define TESTS_SYNC_JWT_CHECK_H

#include "app/base/json.h"
#include "support/base/check.h"

/* base64url without padding; returns the length. */
size_t jwt_unbase64(const char *text, size_t n, unsigned char *out, size_t size);
/* The JSON of one piece; fails the test when it is none. */
struct json_object *jwt_piece(const char *text, size_t n);
/* Is it the signature of these n bytes by the key whose public half is this JWK? */
bool jwt_verify(const struct json_object *jwk, const char *text, size_t n, const unsigned char *sig, size_t sig_len);

#endif
