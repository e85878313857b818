#include "pki.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "app/base/mem.h"

static char *text_of(BIO *bio)
{
	char *data;
	long n = BIO_get_mem_data(bio, &data);
	char *out = xstrndup(data, (size_t)n);

	BIO_free(bio);
	return out;
}

static EVP_PKEY *key_of(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);

	BIO_free(bio);
	assert_non_null(key);
	return key;
}

static X509 *certificate_of(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *x = PEM_read_bio_X509(bio, NULL, NULL, NULL);

	BIO_free(bio);
	assert_non_null(x);
	return x;
}

static void extend(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(e);
	X509_add_ext(x, e, -1);
	X509_EXTENSION_free(e);
}

static X509 *begin(int from_day, int to_day)
{
	static long serial = 1;
	X509 *x = X509_new();

	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
	X509_gmtime_adj(X509_getm_notBefore(x), from_day * 86400L);
	X509_gmtime_adj(X509_getm_notAfter(x), to_day * 86400L);
	return x;
}

static char *finish(X509 *x, const struct pki *by, EVP_PKEY *own)
{
	EVP_PKEY *signer = by ? key_of(by->key) : own;
	X509 *issuer = by ? certificate_of(by->certificate) : NULL;
	BIO *bio = BIO_new(BIO_s_mem());

	X509_set_issuer_name(x, X509_get_subject_name(issuer ? issuer : x));
	assert_true(X509_sign(x, signer, EVP_sha256()) > 0);
	PEM_write_bio_X509(bio, x);
	if (by)
		EVP_PKEY_free(signer);
	X509_free(issuer);
	X509_free(x);
	return text_of(bio);
}

struct pki pki_make(const struct pki_wish *wish, const struct pki *by)
{
	EVP_PKEY *own = EVP_EC_gen("P-256");
	X509 *x = begin(wish->from_day, wish->to_day);
	BIO *bio = BIO_new(BIO_s_mem());
	struct pki p;

	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8, (const unsigned char *)wish->name, -1, -1, 0);
	X509_set_pubkey(x, own);
	extend(x, NID_basic_constraints, wish->authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
	if (wish->address)
		extend(x, NID_subject_alt_name, wish->address);
	p.certificate = finish(x, by, own);
	PEM_write_bio_PKCS8PrivateKey(bio, own, NULL, NULL, 0, NULL, NULL);
	p.key = text_of(bio);
	EVP_PKEY_free(own);
	return p;
}

char *pki_sign_request(const char *request_pem, const struct pki *by)
{
	BIO *bio = BIO_new_mem_buf(request_pem, -1);
	X509_REQ *req = PEM_read_bio_X509_REQ(bio, NULL, NULL, NULL);
	X509 *x = begin(-1, 365);

	BIO_free(bio);
	assert_non_null(req);
	assert_int_equal(X509_REQ_verify(req, X509_REQ_get0_pubkey(req)), 1);
	X509_set_subject_name(x, X509_REQ_get_subject_name(req));
	X509_set_pubkey(x, X509_REQ_get0_pubkey(req));
	X509_REQ_free(req);
	return finish(x, by, NULL);
}

void pki_free(struct pki *p)
{
	free(p->certificate);
	free(p->key);
	*p = (struct pki){ NULL, NULL };
}

struct pki pki_authority(const char *name)
{
	return pki_make(&(struct pki_wish){ .name = name, .from_day = -10, .to_day = 3650, .authority = true }, NULL);
}

struct pki pki_server(const struct pki *by)
{
	return pki_make(&(struct pki_wish){ .name = "county.test", .address = "IP:127.0.0.1", .from_day = -1, .to_day = 90 }, by);
}
