/* Signatures: minisign, prehashed (Ed25519 over BLAKE2b-512), with its trusted comment and the global signature over that.
 * Debian's `minisign` proves ours and makes what we prove.  It says who wrote a sealed file, before anything of it is
 * opened. */
#ifndef SYNC_MINISIGN_H
#define SYNC_MINISIGN_H

#include "app/base/err.h"
#include "app/base/sbuf.h"

enum {
	MINISIGN_ID = 8,
	MINISIGN_PUBLIC = 32,
	MINISIGN_HASH = 64,
	MINISIGN_TEXT = 64,          /* a public key as one word, and its end */
	MINISIGN_COMMENT_MAX = 1024, /* as minisign's own limits */
	MINISIGN_FILE_MAX = 4096,
};

struct minisign_public {
	unsigned char id[MINISIGN_ID], key[MINISIGN_PUBLIC];
};

struct minisign_secret {
	struct minisign_public public_part;
	unsigned char secret[64];
};

void minisign_new(struct minisign_secret *out);
/* A key file without a password, as `minisign -G -W` writes it. */
void minisign_secret_write(const struct minisign_secret *key, struct sbuf *out);
bool minisign_secret_read(struct minisign_secret *out, const char *text, struct err *err) MUST_CHECK;

/* "RWQ...": one word, as in a minisign.pub file. */
void minisign_public_text(const struct minisign_public *key, char out[MINISIGN_TEXT]);
/* The word alone, or the file with its comment line. */
bool minisign_public_read(struct minisign_public *out, const char *text, struct err *err) MUST_CHECK;

/* BLAKE2b-512 of a stream. */
struct minisign_hash {
	_Alignas(64) unsigned char state[384];
};
void minisign_hash_start(struct minisign_hash *h);
void minisign_hash_add(struct minisign_hash *h, const void *data, size_t n);
void minisign_hash_end(struct minisign_hash *h, unsigned char out[MINISIGN_HASH]);

/* The text of a .minisig file.  comment: one line, shorter than MINISIGN_COMMENT_MAX. */
void minisign_sign(const struct minisign_secret *key, const unsigned char hash[MINISIGN_HASH], const char *comment,
	struct sbuf *out);

/* Reads a .minisig text: who signed (by the id of the key), and the trusted comment, which is to be trusted after
 * minisign_verify() only.  format: it is none. */
struct minisign_signature {
	unsigned char id[MINISIGN_ID], signature[64], global[64];
	char comment[MINISIGN_COMMENT_MAX];
};
bool minisign_parse(struct minisign_signature *out, const char *text, size_t n, struct err *err) MUST_CHECK;

/* corrupt: not this key's signature of this content and this comment. */
bool minisign_verify(const struct minisign_public *key, const struct minisign_signature *sig,
	const unsigned char hash[MINISIGN_HASH], struct err *err) MUST_CHECK;

#endif
