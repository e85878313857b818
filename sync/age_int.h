/* Between the files of age. */
#ifndef SYNC_AGE_INT_H
#define SYNC_AGE_INT_H

#include "sync/age.h"

enum {
	AGE_FILE_KEY = 16,
	AGE_NONCE = 16,
	AGE_WRAPPED = AGE_FILE_KEY + AGE_TAG,
	AGE_B64 = 48, /* 32 bytes as base64 without padding, and its end */
	AGE_MAC = 32,
};
#define AGE_INTRO "age-encryption.org/v1\n"

void age_hkdf(const unsigned char *ikm, size_t ikm_len, const unsigned char *salt, size_t salt_len, const char *info,
	unsigned char out[AGE_KEY]);
/* The key that wraps the file key; false for a share that gives no secret (all zero). */
bool age_wrap_key(const unsigned char secret[AGE_KEY], const unsigned char point[AGE_KEY],
	const unsigned char share[AGE_KEY], const unsigned char recipient[AGE_KEY], unsigned char out[AGE_KEY]);
/* Of the header up to and with "---". */
void age_header_mac(const unsigned char file_key[AGE_FILE_KEY], const char *header, size_t n, unsigned char out[AGE_MAC]);
/* Eleven bytes of counter, one that marks the last chunk. */
void age_chunk_nonce(uint64_t chunk, bool last, unsigned char out[12]);

/* bech32 (BIP 173) without a limit of length; text lower case or upper case throughout. */
void bech32_write(const char *hrp, const unsigned char data[AGE_KEY], char out[AGE_TEXT]);
bool bech32_read(const char *hrp, const char *text, unsigned char out[AGE_KEY]);

#endif
