#include "app/service/device_key_int.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"

enum { RSA_BITS = 3072,
	EC_BYTES = 48 /* of a number on P-384 */,
	NUMBER_MAX = 1024 };

bool crypto_failed(struct err *err)
{
	char words[128];

	ERR_error_string_n(ERR_get_error(), words, sizeof(words));
	ERR_clear_error();
	return err_system(err, ERR_IO, 0, _("The library for keys failed."), "%s", words);
}

void bio_add(BIO *bio, struct sbuf *out)
{
	char *data;
	long n = BIO_get_mem_data(bio, &data);

	if (n > 0)
		sbuf_add(out, data, (size_t)n);
}

static struct device_key *wrap(EVP_PKEY *pkey, enum device_key_kind kind)
{
	struct device_key *key = xcalloc(1, sizeof(*key));

	key->pkey = pkey;
	key->kind = kind;
	return key;
}

struct device_key *device_key_new(enum device_key_kind kind, struct err *err)
{
	EVP_PKEY *pkey = kind == DEVICE_KEY_ES384 ? EVP_EC_gen("P-384") : EVP_RSA_gen(RSA_BITS);

	if (pkey)
		return wrap(pkey, kind);
	crypto_failed(err);
	return NULL;
}

/* P-384, or RSA of a size that is safe today. */
static bool kind_of(const EVP_PKEY *pkey, enum device_key_kind *kind)
{
	char curve[32] = "";
	size_t n;

	*kind = EVP_PKEY_is_a(pkey, "EC") ? DEVICE_KEY_ES384 : DEVICE_KEY_RS384;
	if (*kind == DEVICE_KEY_RS384)
		return EVP_PKEY_is_a(pkey, "RSA") && EVP_PKEY_get_bits(pkey) >= 2048 && EVP_PKEY_get_bits(pkey) <= NUMBER_MAX * 8;
	return EVP_PKEY_get_group_name(pkey, curve, sizeof(curve), &n) == 1 && strcmp(curve, "secp384r1") == 0;
}

int no_password(char *buf, int size, int rwflag, void *ctx)
{
	(void)buf;
	(void)size;
	(void)rwflag;
	(void)ctx;
	return -1;
}

struct device_key *device_key_read(const char *pem, struct err *err)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *pkey = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL) : NULL;
	enum device_key_kind kind;

	BIO_free(bio);
	ERR_clear_error();
	if (pkey && kind_of(pkey, &kind))
		return wrap(pkey, kind);
	EVP_PKEY_free(pkey);
	err_set(err, ERR_FORMAT, _("This is no key that can be used here: it must be P-384 or RSA, in PEM, without a password."));
	return NULL;
}

void device_key_free(struct device_key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->pkey);
	free(key);
}

void device_key_auto_free(struct device_key **key)
{
	device_key_free(*key);
}

void device_key_pem(const struct device_key *key, struct sbuf *out)
{
	BIO *bio = BIO_new(BIO_s_secmem());

	if (bio && PEM_write_bio_PKCS8PrivateKey(bio, key->pkey, NULL, NULL, 0, NULL, NULL) == 1)
		bio_add(bio, out);
	BIO_free(bio);
}

const char *device_key_algorithm(const struct device_key *key)
{
	return key->kind == DEVICE_KEY_ES384 ? "ES384" : "RS384";
}

/* ---- the public half as JSON ------------------------------------------------------------------------------------- */

/* "name":"number in base64url"; size 0: as many bytes as it needs. */
static void add_number(const struct device_key *key, const char *name, const char *param, int size, struct sbuf *out)
{
	unsigned char bytes[NUMBER_MAX];
	char text[sodium_base64_ENCODED_LEN(NUMBER_MAX, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	BIGNUM *bn = NULL;
	int n = EVP_PKEY_get_bn_param(key->pkey, param, &bn) == 1 ? (size ? size : BN_num_bytes(bn)) : -1;

	if (n > 0 && n <= NUMBER_MAX && BN_bn2binpad(bn, bytes, n) == n)
		sbuf_addf(out, "\"%s\":\"%s\"", name,
			sodium_bin2base64(text, sizeof(text), bytes, (size_t)n, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
	BN_free(bn);
}

/* The members that make the key, in the order of their names: RFC 7638 hashes exactly this. */
static void add_members(const struct device_key *key, struct sbuf *out)
{
	if (key->kind == DEVICE_KEY_ES384) {
		sbuf_adds(out, "{\"crv\":\"P-384\",\"kty\":\"EC\",");
		add_number(key, "x", OSSL_PKEY_PARAM_EC_PUB_X, EC_BYTES, out);
		sbuf_addc(out, ',');
		add_number(key, "y", OSSL_PKEY_PARAM_EC_PUB_Y, EC_BYTES, out);
	} else {
		sbuf_addc(out, '{');
		add_number(key, "e", OSSL_PKEY_PARAM_RSA_E, 0, out);
		sbuf_adds(out, ",\"kty\":\"RSA\",");
		add_number(key, "n", OSSL_PKEY_PARAM_RSA_N, 0, out);
	}
	sbuf_addc(out, '}');
}

void device_key_id(const struct device_key *key, char out[DEVICE_KEY_ID])
{
	AUTO_SBUF struct sbuf members = SBUF_INIT;
	unsigned char hash[crypto_hash_sha256_BYTES];

	add_members(key, &members);
	crypto_hash_sha256(hash, (const unsigned char *)members.s, members.len);
	sodium_bin2base64(out, DEVICE_KEY_ID, hash, sizeof(hash), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void device_key_public(const struct device_key *key, struct sbuf *out)
{
	char id[DEVICE_KEY_ID];

	device_key_id(key, id);
	add_members(key, out);
	sbuf_cut(out, out->len - 1);
	sbuf_addf(out, ",\"kid\":\"%s\",\"alg\":\"%s\",\"use\":\"sig\",\"key_ops\":[\"verify\"]}", id, device_key_algorithm(key));
}

/* ---- signing ------------------------------------------------------------------------------------------------------ */

/* libcrypto writes the two numbers of an elliptic signature as ASN.1; JSON Web Signatures want them side by side. */
static bool add_pair(const unsigned char *der, size_t n, struct sbuf *out)
{
	unsigned char pair[2 * EC_BYTES];
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
	bool ok = sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), pair, EC_BYTES) == EC_BYTES &&
		BN_bn2binpad(ECDSA_SIG_get0_s(sig), pair + EC_BYTES, EC_BYTES) == EC_BYTES;

	if (ok)
		sbuf_add(out, pair, sizeof(pair));
	ECDSA_SIG_free(sig);
	return ok;
}

bool device_key_sign(const struct device_key *key, const void *data, size_t n, struct sbuf *out, struct err *err)
{
	unsigned char sig[NUMBER_MAX];
	size_t len = sizeof(sig);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha384(), NULL, key->pkey) == 1 &&
		EVP_DigestSign(ctx, sig, &len, data, n) == 1;

	EVP_MD_CTX_free(ctx);
	if (ok && key->kind == DEVICE_KEY_ES384)
		ok = add_pair(sig, len, out);
	else if (ok)
		sbuf_add(out, sig, len);
	return ok || crypto_failed(err);
}
