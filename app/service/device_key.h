/* The key pair by which this computer proves to a server who it is, made here; its secret half never leaves.  OpenSSL's
 * libcrypto does the work, because libcurl on Debian brings it along anyway and libsodium has none of the curves that
 * servers ask for.  device_key.c and certificate.c are the only files that know it. */
#ifndef CUNYI_DEVICE_KEY_H
#define CUNYI_DEVICE_KEY_H

#include "app/base/err.h"
#include "app/base/sbuf.h"

struct device_key;

/* By the algorithm of RFC 7518 that a server understands: an elliptic curve (P-384), or RSA (3072 bits) for older ones. */
enum device_key_kind { DEVICE_KEY_ES384,
	DEVICE_KEY_RS384 };

struct device_key *device_key_new(enum device_key_kind kind, struct err *err) MUST_CHECK;
/* From PEM without a password; format when it is none, or of a kind that is not used here. */
struct device_key *device_key_read(const char *pem, struct err *err) MUST_CHECK;
void device_key_free(struct device_key *key);
void device_key_auto_free(struct device_key **key);
#define AUTO_DEVICE_KEY __attribute__((cleanup(device_key_auto_free)))

/* The secret: PEM (PKCS#8), appended.  Wipe what held it. */
void device_key_pem(const struct device_key *key, struct sbuf *out);

/* "ES384" or "RS384". */
const char *device_key_algorithm(const struct device_key *key);
/* The thumbprint of RFC 7638, 43 characters: the same for the same key everywhere. */
enum { DEVICE_KEY_ID = 48 };
void device_key_id(const struct device_key *key, char out[DEVICE_KEY_ID]);
/* The public half as one JSON object (a JWK, RFC 7517), for files and QR codes, appended. */
void device_key_public(const struct device_key *key, struct sbuf *out);

/* A signature as JSON Web Signatures want it, appended as bytes. */
bool device_key_sign(const struct device_key *key, const void *data, size_t n, struct sbuf *out, struct err *err) MUST_CHECK;

/* A request for a certificate (PKCS#10 in PEM) that names the computer and its clinic, appended. */
bool device_key_request(const struct device_key *key, const char *computer, const char *clinic, struct sbuf *out,
	struct err *err) MUST_CHECK;

/* ---- certificates ------------------------------------------------------------------------------------------------- */

enum { CERTIFICATE_PIN = 64,
	CERTIFICATE_FILE_MAX = 256 * 1024 };

struct certificate {
	char subject[128], issuer[128]; /* the common name, else the organisation */
	int64_t from, until; /* instants */
	char pin[CERTIFICATE_PIN]; /* "sha256//...": of its key, as curl and HTTP pins write it */
};

/* The first certificate of a PEM text; format when there is none. */
bool certificate_read(const char *pem, struct certificate *out, struct err *err) MUST_CHECK;
/* Does the first certificate belong to this secret key (any kind of key, PEM, without a password)? */
bool certificate_is_of(const char *pem, const char *key_pem);
/* The pin of a public key in PEM ("BEGIN PUBLIC KEY") or of a certificate. */
bool certificate_pin(const char *pem, char out[CERTIFICATE_PIN], struct err *err) MUST_CHECK;

#endif
