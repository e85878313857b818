#include "sync/sha256.h"

#include <openssl/evp.h>

#include "app/base/base.h"

/* It can only fail for want of memory or for a broken library: no sum is then to be trusted. */
static void must(bool ok)
{
	if (!ok)
		abort();
}

void sha256_start(struct sha256 *h)
{
	h->state = EVP_MD_CTX_new();
	must(h->state && EVP_DigestInit_ex(h->state, EVP_sha256(), NULL) == 1);
}

void sha256_add(struct sha256 *h, const void *data, size_t n)
{
	must(EVP_DigestUpdate(h->state, data, n) == 1);
}

void sha256_end(struct sha256 *h, char out[SHA256_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned n;

	must(EVP_DigestFinal_ex(h->state, sum, &n) == 1 && 2 * n + 1 == SHA256_TEXT);
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[sum[i] >> 4];
		out[2 * i + 1] = digits[sum[i] & 15];
	}
	out[2 * (size_t)n] = '\0';
	sha256_release(h);
}

void sha256_release(struct sha256 *h)
{
	EVP_MD_CTX_free(h->state);
	h->state = NULL;
}
