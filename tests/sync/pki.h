/* Certificates for tests: authorities, servers, clients, good and bad ones. */
#ifndef TESTS_SYNC_PKI_H
#define TESTS_SYNC_PKI_H

#include "support/base/check.h"

/* PEM texts, owned by the caller. */
struct pki {
	char *certificate, *key;
};

struct pki_wish {
	const char *name; /* common name */
	const char *address; /* "IP:127.0.0.1" or "DNS:..."; NULL: none */
	int from_day, to_day; /* days from now */
	bool authority;
};

/* Signed by `by`, or by itself when that is NULL. */
struct pki pki_make(const struct pki_wish *wish, const struct pki *by);
/* A certificate for a request (PEM), as the county's authority gives it: the request's own key and name. */
char *pki_sign_request(const char *request_pem, const struct pki *by);
void pki_free(struct pki *p);
#define AUTO_PKI __attribute__((cleanup(pki_free)))

/* An authority, and a server of it for 127.0.0.1. */
struct pki pki_authority(const char *name);
struct pki pki_server(const struct pki *by);

#endif
