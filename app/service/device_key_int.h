/* Between device_key.c and certificate.c. */
#ifndef CUNYI_DEVICE_KEY_INT_H
#define CUNYI_DEVICE_KEY_INT_H

#include <openssl/evp.h>

#include "app/service/device_key.h"

struct device_key {
	EVP_PKEY *pkey;
	enum device_key_kind kind;
};

/* A failure of libcrypto: its own words go to the log; returns false. */
bool crypto_failed(struct err *err);

/* For reading PEM: nobody is asked for a password.  OpenSSL by itself would ask at the terminal. */
int no_password(char *buf, int size, int rwflag, void *ctx);

/* Appends what a memory BIO holds. */
void bio_add(BIO *bio, struct sbuf *out);

#endif
