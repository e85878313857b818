/* The hub's certificate, made on the device, and the line that believes this one key and no other.  Names and dates in it
 * mean nothing: addresses in a clinic change, and clocks are wrong. */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/service/record_device.h"
#include "sync/auth.h"
#include "sync/hub_serve_int.h"

static bool failed(struct err *err)
{
	return err_set(err, ERR_IO, "%s", _("The key of this computer cannot be made or read."));
}

static void take_bio(BIO *bio, struct sbuf *out)
{
	char *text;
	long n = BIO_get_mem_data(bio, &text);

	if (n > 0)
		sbuf_add(out, text, (size_t)n);
}

/* ---- making ----------------------------------------------------------------------------------------------------------- */

static bool fill(X509 *cert, EVP_PKEY *key)
{
	ASN1_TIME *from = X509_getm_notBefore(cert), *to = X509_getm_notAfter(cert);
	X509_NAME *name = X509_get_subject_name(cert);

	return X509_set_version(cert, X509_VERSION_3) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(cert), 1) == 1 &&
		ASN1_TIME_set_string(from, "20000101000000Z") == 1 && ASN1_TIME_set_string(to, "20991231235959Z") == 1 &&
		X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"cunyi hub", -1, -1, 0) == 1 &&
		X509_set_issuer_name(cert, name) == 1 && X509_set_pubkey(cert, key) == 1 && X509_sign(cert, key, EVP_sha256()) > 0;
}

static bool make(struct sbuf *out, struct err *err)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *cert = X509_new();
	BIO *bio = BIO_new(BIO_s_mem());
	bool ok = key && cert && bio && fill(cert, key) && PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
		PEM_write_bio_X509(bio, cert) == 1;

	if (ok)
		take_bio(bio, out);
	BIO_free(bio);
	X509_free(cert);
	EVP_PKEY_free(key);
	return ok || failed(err);
}

bool hub_certificate(struct app *app, struct sbuf *out, struct err *err)
{
	/* Named after the device: a cloned folder that becomes another device is another hub. */
	AUTO_FREE char *path = device_file(app, "hub", app->device_code, "pem");

	if (path_read(path, 16384, out, err))
		return true;
	return err->code == ERR_NOT_FOUND && make(out, err) && path_write(path, out->s, out->len, err);
}

/* ---- pins --------------------------------------------------------------------------------------------------------------- */

bool hub_pin_of(const char *pem, char out[HUB_PIN], struct err *err)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *cert = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
	unsigned char *der = NULL, sum[SHA256_DIGEST_LENGTH], text[48];
	int n = cert ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der) : -1;

	if (n > 0) {
		SHA256(der, (size_t)n, sum);
		EVP_EncodeBlock(text, sum, sizeof sum);
		snprintf(out, HUB_PIN, "sha256//%s", (const char *)text);
	}
	OPENSSL_free(der);
	X509_free(cert);
	BIO_free(bio);
	return n > 0 || failed(err);
}

/* ---- our line -------------------------------------------------------------------------------------------------------- */

struct transport *hub_line_to(struct app *app, const char *address, struct err *err)
{
	char key[HUB_KEY_TEXT] = "", pin[HUB_PIN];
	struct transport *wire = hub_own_key(app, key, pin, err) ? transport_pinned(pin, err) : NULL;
	struct transport *line = wire ?
		auth_transport(wire, &(struct auth_options){ .base = address, .bearer = key, .clock = &app->clock }) : NULL;

	OPENSSL_cleanse(key, sizeof key);
	return line;
}
