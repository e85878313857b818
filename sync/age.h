/* Sealed files: age v1 (C2SP age.md), so that Debian's `age` opens ours and we open its.  X25519 recipients,
 * HKDF-SHA-256, ChaCha20-Poly1305 in chunks of 64 KiB whose last one is marked: a file that was cut or changed anywhere is
 * noticed.  age hides and protects the content; it does not say who wrote it: that is minisign's part.
 *
 * Both directions stream: a chunk is all that is held in memory. */
#ifndef SYNC_AGE_H
#define SYNC_AGE_H

#include "app/base/err.h"
#include "app/base/sbuf.h"

enum {
	AGE_KEY = 32,
	AGE_TEXT = 80,            /* "age1...", "AGE-SECRET-KEY-1..." and their ends */
	AGE_CHUNK = 64 * 1024,
	AGE_TAG = 16,
	AGE_RECIPIENTS_MAX = 32,
	AGE_HEADER_MAX = 16 * 1024, /* nobody writes longer ones: a file that claims to is refused */
};

/* ---- keys --------------------------------------------------------------------------------------------------------- */

struct age_identity {
	unsigned char secret[AGE_KEY], recipient[AGE_KEY];
};

/* A new one, truly random. */
void age_identity_new(struct age_identity *out);
/* From "AGE-SECRET-KEY-1..."; a key file of age-keygen, with its comment lines, will do. */
bool age_identity_read(struct age_identity *out, const char *text, struct err *err) MUST_CHECK;
void age_identity_text(const struct age_identity *id, char out[AGE_TEXT]);

/* "age1...": whom a file is sealed for. */
bool age_recipient_read(unsigned char out[AGE_KEY], const char *text, struct err *err) MUST_CHECK;
void age_recipient_text(const unsigned char recipient[AGE_KEY], char out[AGE_TEXT]);

/* ---- sealing ------------------------------------------------------------------------------------------------------ */

struct age_writer {
	bool (*sink)(void *ctx, const void *data, size_t n, struct err *err);
	void *ctx;
	/* private */
	unsigned char key[AGE_KEY], *buf;
	uint64_t chunk;
	size_t n;
};

/* sink and ctx are set by the caller.  1 to AGE_RECIPIENTS_MAX recipients. */
bool age_write_start(struct age_writer *w, const unsigned char (*recipients)[AGE_KEY], size_t n, struct err *err) MUST_CHECK;
bool age_write(struct age_writer *w, const void *data, size_t n, struct err *err) MUST_CHECK;
/* The last chunk; without it the file counts as cut. */
bool age_write_end(struct age_writer *w, struct err *err) MUST_CHECK;
void age_writer_release(struct age_writer *w);
#define AUTO_AGE_WRITER __attribute__((cleanup(age_writer_release)))

/* ---- opening ------------------------------------------------------------------------------------------------------ */

struct age_reader {
	/* At most cap bytes; *n 0 at the end of the file. */
	bool (*source)(void *ctx, void *data, size_t cap, size_t *n, struct err *err);
	void *ctx;
	/* private */
	unsigned char key[AGE_KEY], *sealed, *plain;
	uint64_t chunk;
	size_t have; /* bytes in sealed */
	bool ended;
};

/* Reads the header.  not_allowed: it is sealed for others; format: it is no age file, or its header is too long; corrupt:
 * the header was changed. */
bool age_read_start(struct age_reader *r, const struct age_identity *id, struct err *err) MUST_CHECK;
/* The next part, at most AGE_CHUNK bytes, valid until the next call; *n 0 after the last one.  corrupt: changed or cut. */
bool age_read(struct age_reader *r, const unsigned char **data, size_t *n, struct err *err) MUST_CHECK;
void age_reader_release(struct age_reader *r);
#define AUTO_AGE_READER __attribute__((cleanup(age_reader_release)))

#endif
