/* Keys of age, and what both directions compute from them. */
#include "sync/age_int.h"

#include <sodium.h>

#include "app/base/i18n.h"

#define HRP_RECIPIENT "age"
#define HRP_SECRET "age-secret-key-"

void age_identity_new(struct age_identity *out)
{
	randombytes_buf(out->secret, sizeof(out->secret));
	crypto_scalarmult_base(out->recipient, out->secret);
}

/* The first line that is neither empty nor a comment, without blanks around it. */
static void key_line(const char *text, char *out, size_t size)
{
	*out = '\0';
	while (*text) {
		size_t n = strcspn(text, "\r\n");

		if (n && *text != '#') {
			snprintf(out, size, "%.*s", (int)strcspn(text, " \t\r\n"), text);
			return;
		}
		text += n + (text[n] != '\0');
	}
}

bool age_identity_read(struct age_identity *out, const char *text, struct err *err)
{
	char line[AGE_TEXT + 8];
	bool ok;

	key_line(text, line, sizeof(line));
	ok = bech32_read(HRP_SECRET, line, out->secret);
	sodium_memzero(line, sizeof(line));
	if (!ok)
		return err_set(err, ERR_FORMAT, "%s", _("This is no secret key of age."));
	crypto_scalarmult_base(out->recipient, out->secret);
	return true;
}

void age_identity_text(const struct age_identity *id, char out[AGE_TEXT])
{
	bech32_write(HRP_SECRET, id->secret, out);
	for (char *c = out; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
}

/* bech32 computes the checksum over the lower-case prefix whatever the case of the text. */
bool age_recipient_read(unsigned char out[AGE_KEY], const char *text, struct err *err)
{
	char line[AGE_TEXT + 8];

	key_line(text, line, sizeof(line));
	if (bech32_read(HRP_RECIPIENT, line, out))
		return true;
	err_set(err, ERR_FORMAT, "%s", _("This is no public key of age: it was mistyped or cut."));
	return err_example(err, "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
}

void age_recipient_text(const unsigned char recipient[AGE_KEY], char out[AGE_TEXT])
{
	bech32_write(HRP_RECIPIENT, recipient, out);
}

/* ---- derivations -------------------------------------------------------------------------------------------------- */

static void hmac(const unsigned char *key, size_t key_len, const void *a, size_t n, const void *b, size_t m,
	unsigned char out[32])
{
	crypto_auth_hmacsha256_state st;

	crypto_auth_hmacsha256_init(&st, key, key_len);
	if (n)
		crypto_auth_hmacsha256_update(&st, a, n);
	if (m)
		crypto_auth_hmacsha256_update(&st, b, m);
	crypto_auth_hmacsha256_final(&st, out);
}

/* RFC 5869; one block is all that is ever asked for. */
void age_hkdf(const unsigned char *ikm, size_t ikm_len, const unsigned char *salt, size_t salt_len, const char *info,
	unsigned char out[AGE_KEY])
{
	unsigned char prk[32];

	hmac(salt, salt_len, ikm, ikm_len, NULL, 0, prk);
	hmac(prk, sizeof(prk), info, strlen(info), "\x01", 1, out);
	sodium_memzero(prk, sizeof(prk));
}

bool age_wrap_key(const unsigned char secret[AGE_KEY], const unsigned char point[AGE_KEY],
	const unsigned char share[AGE_KEY], const unsigned char recipient[AGE_KEY], unsigned char out[AGE_KEY])
{
	unsigned char common[AGE_KEY], salt[2 * AGE_KEY];

	if (crypto_scalarmult(common, secret, point) != 0)
		return false;
	memcpy(salt, share, AGE_KEY);
	memcpy(salt + AGE_KEY, recipient, AGE_KEY);
	age_hkdf(common, sizeof(common), salt, sizeof(salt), "age-encryption.org/v1/X25519", out);
	sodium_memzero(common, sizeof(common));
	return true;
}

void age_header_mac(const unsigned char file_key[AGE_FILE_KEY], const char *header, size_t n, unsigned char out[AGE_MAC])
{
	static const unsigned char no_salt[1];
	unsigned char key[AGE_KEY];

	age_hkdf(file_key, AGE_FILE_KEY, no_salt, 0, "header", key);
	hmac(key, sizeof(key), header, n, NULL, 0, out);
	sodium_memzero(key, sizeof(key));
}

void age_chunk_nonce(uint64_t chunk, bool last, unsigned char out[12])
{
	memset(out, 0, 12);
	for (unsigned i = 0; i < 8; i++)
		out[10 - i] = chunk >> 8 * i & 255;
	out[11] = last;
}
