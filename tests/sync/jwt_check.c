#include "jwt_check.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <sodium.h>

size_t jwt_unbase64(const char *text, size_t n, unsigned char *out, size_t size)
{
	size_t len = 0;

	return sodium_base642bin(out, size, text, n, NULL, &len, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 ? len : 0;
}

static BIGNUM *number(const struct json_object *jwk, const char *key)
{
	unsigned char bytes[1024];
	const char *text = json_text(jwk, key);

	return BN_bin2bn(bytes, (int)jwt_unbase64(text, strlen(text), bytes, sizeof(bytes)), NULL);
}

/* The public key from the JWK's numbers, by a way that our own code does not go. */
static EVP_PKEY *public_of(const struct json_object *jwk)
{
	const bool ec = strcmp(json_text(jwk, "kty"), "EC") == 0;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, json_text(jwk, "kty"), NULL);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *a = number(jwk, ec ? "x" : "n"), *b = number(jwk, ec ? "y" : "e");
	unsigned char point[97] = { 4 };
	EVP_PKEY *key = NULL;
	OSSL_PARAM *params;

	if (ec) {
		BN_bn2binpad(a, point + 1, 48);
		BN_bn2binpad(b, point + 49, 48);
		OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-384", 0);
		OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point));
	} else {
		OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, a);
		OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, b);
	}
	params = OSSL_PARAM_BLD_to_param(build);
	EVP_PKEY_fromdata_init(ctx);
	EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	BN_free(a);
	BN_free(b);
	return key;
}

bool jwt_verify(const struct json_object *jwk, const char *text, size_t n, const unsigned char *sig, size_t sig_len)
{
	EVP_PKEY *key = public_of(jwk);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char der[1024], *end = der;
	bool ok;

	assert_non_null(key);
	if (sig_len == 96 && strcmp(json_text(jwk, "alg"), "ES384") == 0) {
		ECDSA_SIG *pair = ECDSA_SIG_new();

		ECDSA_SIG_set0(pair, BN_bin2bn(sig, 48, NULL), BN_bin2bn(sig + 48, 48, NULL));
		sig_len = (size_t)i2d_ECDSA_SIG(pair, &end);
		sig = der;
		ECDSA_SIG_free(pair);
	}
	ok = EVP_DigestVerifyInit(ctx, NULL, EVP_sha384(), NULL, key) == 1 &&
		EVP_DigestVerify(ctx, sig, sig_len, (const unsigned char *)text, n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return ok;
}

struct json_object *jwt_piece(const char *text, size_t n)
{
	char plain[4096];
	size_t len = jwt_unbase64(text, n, (unsigned char *)plain, sizeof(plain));
	struct json_object *o = NULL;
	struct err err;

	assert_ok(json_parse(plain, len, NULL, &o, &err), &err);
	return o;
}
