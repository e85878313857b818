#include <assert.h>
#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "sync/age_int.h"

static void base64(const unsigned char *data, size_t n, struct sbuf *out)
{
	char text[AGE_B64];

	sodium_bin2base64(text, sizeof(text), data, n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	sbuf_adds(out, text);
}

/* "-> X25519 share", and the file key sealed for this recipient. */
static bool add_stanza(struct sbuf *head, const unsigned char file_key[AGE_FILE_KEY],
	const unsigned char recipient[AGE_KEY])
{
	static const unsigned char no_nonce[12];
	struct age_identity once;
	unsigned char key[AGE_KEY], wrapped[AGE_WRAPPED];
	bool ok;

	age_identity_new(&once);
	ok = age_wrap_key(once.secret, recipient, once.recipient, recipient, key);
	crypto_aead_chacha20poly1305_ietf_encrypt(wrapped, NULL, file_key, AGE_FILE_KEY, NULL, 0, NULL, no_nonce, key);
	sbuf_adds(head, "-> X25519 ");
	base64(once.recipient, sizeof(once.recipient), head);
	sbuf_addc(head, '\n');
	base64(wrapped, sizeof(wrapped), head);
	sbuf_addc(head, '\n');
	sodium_memzero(&once, sizeof(once));
	sodium_memzero(key, sizeof(key));
	return ok;
}

bool age_write_start(struct age_writer *w, const unsigned char (*recipients)[AGE_KEY], size_t n, struct err *err)
{
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	unsigned char file_key[AGE_FILE_KEY], mac[AGE_MAC], nonce[AGE_NONCE];

	assert(n >= 1 && n <= AGE_RECIPIENTS_MAX);
	randombytes_buf(file_key, sizeof(file_key));
	randombytes_buf(nonce, sizeof(nonce));
	sbuf_adds(&head, AGE_INTRO);
	for (size_t i = 0; i < n; i++)
		if (!add_stanza(&head, file_key, recipients[i]))
			return err_set(err, ERR_FORMAT, "%s", _("A recipient's key is no point of the curve."));
	sbuf_adds(&head, "---");
	age_header_mac(file_key, head.s, head.len, mac);
	sbuf_addc(&head, ' ');
	base64(mac, sizeof(mac), &head);
	sbuf_addc(&head, '\n');
	sbuf_add(&head, nonce, sizeof(nonce));
	age_hkdf(file_key, sizeof(file_key), nonce, sizeof(nonce), "payload", w->key);
	sodium_memzero(file_key, sizeof(file_key));
	w->buf = xmalloc(AGE_CHUNK + AGE_TAG);
	w->chunk = 0;
	w->n = 0;
	return w->sink(w->ctx, head.s, head.len, err);
}

static bool flush(struct age_writer *w, bool last, struct err *err)
{
	unsigned char nonce[12];
	unsigned long long n;

	age_chunk_nonce(w->chunk++, last, nonce);
	crypto_aead_chacha20poly1305_ietf_encrypt(w->buf, &n, w->buf, w->n, NULL, 0, NULL, nonce, w->key);
	w->n = 0;
	return w->sink(w->ctx, w->buf, (size_t)n, err);
}

bool age_write(struct age_writer *w, const void *data, size_t n, struct err *err)
{
	const unsigned char *from = data;

	while (n) {
		size_t some = AGE_CHUNK - w->n < n ? AGE_CHUNK - w->n : n;

		if (!some) { /* full, and more follows: it is not the last */
			if (!flush(w, false, err))
				return false;
			continue;
		}
		memcpy(w->buf + w->n, from, some);
		w->n += some;
		from += some;
		n -= some;
	}
	return true;
}

bool age_write_end(struct age_writer *w, struct err *err)
{
	return flush(w, true, err);
}

void age_writer_release(struct age_writer *w)
{
	free(w->buf);
	w->buf = NULL;
	sodium_memzero(w->key, sizeof(w->key));
}
