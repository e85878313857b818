/* X.509: requests, and what a certificate says. */
#include "app/service/device_key_int.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sodium.h>

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

/* ---- asking for one ------------------------------------------------------------------------------------------------ */

enum { NAME_MAX_CHARS = 64 /* X.520's bound of a common name and of an organisation */ };

/* Bytes of the first characters that fit. */
static int fitting(const char *text)
{
	size_t n = 0;

	for (size_t chars = 0; text[n] && chars < NAME_MAX_CHARS; chars++)
		do
			n++;
		while (((unsigned char)text[n] & 0xc0) == 0x80);
	return (int)n;
}

static bool name_add(X509_NAME *name, const char *key, const char *value)
{
	return !*value ||
		X509_NAME_add_entry_by_txt(name, key, MBSTRING_UTF8, (const unsigned char *)value, fitting(value), -1, 0) == 1;
}

bool device_key_request(const struct device_key *key, const char *computer, const char *clinic, struct sbuf *out,
	struct err *err)
{
	X509_REQ *req = X509_REQ_new();
	BIO *bio = BIO_new(BIO_s_mem());
	bool ok = req && bio && X509_REQ_set_version(req, X509_REQ_VERSION_1) == 1 &&
		name_add(X509_REQ_get_subject_name(req), "O", clinic) &&
		name_add(X509_REQ_get_subject_name(req), "CN", computer) && X509_REQ_set_pubkey(req, key->pkey) == 1 &&
		X509_REQ_sign(req, key->pkey, EVP_sha384()) > 0 && PEM_write_bio_X509_REQ(bio, req) == 1;

	if (ok)
		bio_add(bio, out);
	BIO_free(bio);
	X509_REQ_free(req);
	return ok || crypto_failed(err);
}

/* ---- what one says ------------------------------------------------------------------------------------------------- */

static X509 *first_of(BIO *bio)
{
	return PEM_read_bio_X509(bio, NULL, no_password, NULL);
}

/* The common name, else the organisation: what a person can compare. */
static void name_words(const X509_NAME *name, char *out, size_t size)
{
	static const int kinds[] = { NID_commonName, NID_organizationName, NID_organizationalUnitName };
	unsigned char *text = NULL;
	AUTO_SBUF struct sbuf clean = SBUF_INIT;
	int n = -1;

	for (size_t i = 0; i < N_ELEMENTS(kinds) && n < 0; i++) {
		int at = X509_NAME_get_index_by_NID(name, kinds[i], -1);

		if (at >= 0)
			n = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
	}
	if (n > 0)
		utf8_plain(&clean, (const char *)text, (size_t)n);
	OPENSSL_free(text);
	snprintf(out, size, "%.*s", (int)(clean.len < size ? clean.len : 0), clean.s);
}

static int64_t instant_of(const ASN1_TIME *at)
{
	struct tm tm;

	return ASN1_TIME_to_tm(at, &tm) == 1 ? (int64_t)timegm(&tm) * 1000 : 0;
}

static bool pin_of(EVP_PKEY *pkey, char out[CERTIFICATE_PIN])
{
	unsigned char *der = NULL, hash[crypto_hash_sha256_BYTES];
	char text[sodium_base64_ENCODED_LEN(sizeof(hash), sodium_base64_VARIANT_ORIGINAL)];
	int n = pkey ? i2d_PUBKEY(pkey, &der) : -1;

	if (n <= 0)
		return false;
	crypto_hash_sha256(hash, der, (unsigned long long)n);
	OPENSSL_free(der);
	snprintf(out, CERTIFICATE_PIN, "sha256//%s",
		sodium_bin2base64(text, sizeof(text), hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL));
	return true;
}

static bool no_certificate(struct err *err)
{
	ERR_clear_error();
	err_set(err, ERR_FORMAT,
		_("There is no certificate in this file: it must be PEM, which begins with \"BEGIN CERTIFICATE\"."));
	return false;
}

bool certificate_read(const char *pem, struct certificate *out, struct err *err)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *x = bio ? first_of(bio) : NULL;
	bool ok;

	*out = (struct certificate){ 0 };
	ok = x && pin_of(X509_get0_pubkey(x), out->pin);
	if (ok) {
		name_words(X509_get_subject_name(x), out->subject, sizeof(out->subject));
		name_words(X509_get_issuer_name(x), out->issuer, sizeof(out->issuer));
		out->from = instant_of(X509_get0_notBefore(x));
		out->until = instant_of(X509_get0_notAfter(x));
	}
	X509_free(x);
	BIO_free(bio);
	ERR_clear_error();
	return ok || no_certificate(err);
}

bool certificate_is_of(const char *pem, const char *key_pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1), *key_bio = BIO_new_mem_buf(key_pem, -1);
	X509 *x = bio ? first_of(bio) : NULL;
	EVP_PKEY *pkey = key_bio ? PEM_read_bio_PrivateKey(key_bio, NULL, no_password, NULL) : NULL;
	bool ok = x && pkey && X509_check_private_key(x, pkey) == 1;

	EVP_PKEY_free(pkey);
	X509_free(x);
	BIO_free(key_bio);
	BIO_free(bio);
	ERR_clear_error();
	return ok;
}

bool certificate_pin(const char *pem, char out[CERTIFICATE_PIN], struct err *err)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *pkey = bio ? PEM_read_bio_PUBKEY(bio, NULL, no_password, NULL) : NULL;
	struct certificate c;
	bool ok = pkey && pin_of(pkey, out);

	EVP_PKEY_free(pkey);
	BIO_free(bio);
	ERR_clear_error();
	if (ok)
		return true;
	if (!certificate_read(pem, &c, err))
		return false;
	memcpy(out, c.pin, CERTIFICATE_PIN);
	return true;
}
