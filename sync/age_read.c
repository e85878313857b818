/* Opening.  The header is read line by line into a buffer with a hard limit; nothing of the content is given out before
 * its chunk was proved whole. */
#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "sync/age_int.h"

enum { SEALED = AGE_CHUNK + AGE_TAG, BODY_COLUMNS = 64 };

static bool damaged(struct err *err, const char *where)
{
	return err_system(err, ERR_CORRUPT, 0, _("The file is damaged: it was changed or cut on its way."), "age: %s", where);
}

static bool no_age(struct err *err, const char *where)
{
	return err_system(err, ERR_FORMAT, 0, _("This is no sealed file of age."), "age: %s", where);
}

/* ---- lines of the header ------------------------------------------------------------------------------------------- */

struct head {
	struct age_reader *r;
	struct sbuf text;  /* all of it so far */
	size_t line, next; /* of the present line, of what follows it */
};

/* As many bytes as the source gives, up to what the buffer for chunks holds. */
static bool fill(struct age_reader *r, size_t want, struct err *err)
{
	while (r->have < want && !r->ended) {
		size_t n;

		if (!r->source(r->ctx, r->sealed + r->have, want - r->have, &n, err))
			return false;
		r->ended = n == 0;
		r->have += n;
	}
	return true;
}

static void take(struct age_reader *r, size_t n)
{
	r->have -= n;
	memmove(r->sealed, r->sealed + n, r->have);
}

static const char *line_of(const struct head *h)
{
	return h->text.s + h->line;
}

/* The next line, without its end; it ends with a newline and nothing else. */
static bool next_line(struct head *h, struct err *err)
{
	struct age_reader *r = h->r;
	const unsigned char *end;
	size_t n;

	if (!fill(r, 1024, err))
		return false;
	end = r->have ? memchr(r->sealed, '\n', r->have) : NULL;
	n = end ? (size_t)(end - r->sealed) : 0;
	if (!end || memchr(r->sealed, '\0', n) || h->text.len + n + 1 > AGE_HEADER_MAX)
		return h->text.len + r->have > AGE_HEADER_MAX ?
			err_set(err, ERR_FORMAT, "%s", _("The head of this sealed file is too long.")) :
			no_age(err, "header line");
	h->line = h->text.len;
	sbuf_add(&h->text, r->sealed, n + 1);
	h->text.s[h->line + n] = '\0'; /* read as a string; put right for the proof */
	take(r, n + 1);
	return true;
}

static void line_done(struct head *h)
{
	h->text.s[h->text.len - 1] = '\n';
}

static bool is_base64(const char *s)
{
	return s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")] == '\0';
}

/* libsodium takes some bytes above 127 for letters: the alphabet is checked before. */
static bool decode(const char *text, unsigned char *out, size_t n)
{
	const char *end;
	size_t len;

	return is_base64(text) && sodium_base642bin(out, n, text, strlen(text), NULL, &len, &end,
			sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 && len == n && *end == '\0';
}

/* ---- stanzas ------------------------------------------------------------------------------------------------------- */

struct found {
	const struct age_identity *id;
	unsigned char key[AGE_FILE_KEY];
	bool has;
};

/* Tries the file key of a stanza for us; another's does not open. */
static void try_stanza(struct found *f, const unsigned char share[AGE_KEY], const char *body)
{
	static const unsigned char no_nonce[12];
	unsigned char wrapped[AGE_WRAPPED], key[AGE_KEY];

	if (f->has || !decode(body, wrapped, sizeof(wrapped)) ||
		!age_wrap_key(f->id->secret, share, share, f->id->recipient, key))
		return;
	f->has = crypto_aead_chacha20poly1305_ietf_decrypt(f->key, NULL, NULL, wrapped, sizeof(wrapped), NULL, 0, no_nonce,
			 key) == 0;
	sodium_memzero(key, sizeof(key));
}

/* The lines of a body: 64 columns each, the last one shorter, be it empty. */
static bool read_body(struct head *h, struct sbuf *body, struct err *err)
{
	size_t n;

	do {
		if (!next_line(h, err))
			return false;
		n = strlen(line_of(h));
		if (n > BODY_COLUMNS || !is_base64(line_of(h)))
			return no_age(err, "stanza body");
		sbuf_adds(body, line_of(h));
		line_done(h);
	} while (n == BODY_COLUMNS);
	return true;
}

static bool read_stanza(struct head *h, struct found *f, struct err *err)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	unsigned char share[AGE_KEY];
	const char *line = line_of(h);
	bool ours = strncmp(line, "-> X25519 ", 10) == 0;

	if (strncmp(line, "-> ", 3) != 0 || (ours && !decode(line + 10, share, sizeof(share))))
		return no_age(err, "stanza");
	line_done(h);
	if (!read_body(h, &body, err))
		return false;
	if (ours && body.len != AGE_B64 - 5) /* 43 */
		return no_age(err, "stanza length");
	if (ours) /* other kinds (a passphrase, a plug-in's) are not for us */
		try_stanza(f, share, body.s);
	return true;
}

static bool check_mac(struct head *h, const struct found *f, struct err *err)
{
	unsigned char given[AGE_MAC], want[AGE_MAC];

	if (!decode(line_of(h) + 4, given, sizeof(given)))
		return no_age(err, "mac");
	age_header_mac(f->key, h->text.s, h->line + 3, want);
	return sodium_memcmp(given, want, sizeof(want)) == 0 || damaged(err, "header mac");
}

static bool read_head(struct head *h, struct found *f, struct err *err)
{
	if (!next_line(h, err))
		return false;
	if (strcmp(line_of(h), "age-encryption.org/v1") != 0)
		return no_age(err, "intro");
	for (line_done(h);; ) {
		if (!next_line(h, err))
			return false;
		if (strncmp(line_of(h), "--- ", 4) == 0)
			break;
		if (!read_stanza(h, f, err))
			return false;
	}
	if (!f->has)
		return err_set(err, ERR_NOT_ALLOWED, "%s",
			_("This file is sealed for another computer: it can be carried on, not read here."));
	return check_mac(h, f, err);
}

bool age_read_start(struct age_reader *r, const struct age_identity *id, struct err *err)
{
	struct head h = { .r = r, .text = SBUF_INIT };
	struct found f = { .id = id };
	bool ok;

	r->sealed = xmalloc(SEALED + 1);
	r->plain = xmalloc(AGE_CHUNK);
	r->chunk = r->have = 0;
	r->ended = false;
	ok = read_head(&h, &f, err) && fill(r, AGE_NONCE, err) && (r->have >= AGE_NONCE || damaged(err, "nonce"));
	if (ok) {
		age_hkdf(f.key, sizeof(f.key), r->sealed, AGE_NONCE, "payload", r->key);
		take(r, AGE_NONCE);
	}
	sodium_memzero(&f, sizeof(f));
	sbuf_release(&h.text);
	return ok;
}

/* ---- content -------------------------------------------------------------------------------------------------------- */

bool age_read(struct age_reader *r, const unsigned char **data, size_t *n, struct err *err)
{
	unsigned char nonce[12];
	unsigned long long len;
	size_t some;
	bool last;

	*n = 0;
	*data = r->plain;
	if (r->chunk == UINT64_MAX) /* the last one was given out */
		return true;
	if (!fill(r, SEALED + 1, err))
		return false;
	last = r->have <= SEALED;
	some = last ? r->have : SEALED;
	if (some < AGE_TAG || (some == AGE_TAG && r->chunk > 0)) /* an empty last chunk only where there is no other */
		return damaged(err, "cut");
	age_chunk_nonce(r->chunk, last, nonce);
	if (crypto_aead_chacha20poly1305_ietf_decrypt(r->plain, &len, NULL, r->sealed, some, NULL, 0, nonce, r->key) != 0)
		return damaged(err, "chunk");
	take(r, some);
	r->chunk = last ? UINT64_MAX : r->chunk + 1;
	*n = (size_t)len;
	return true;
}

void age_reader_release(struct age_reader *r)
{
	free(r->sealed);
	if (r->plain)
		sodium_memzero(r->plain, AGE_CHUNK);
	free(r->plain);
	r->sealed = r->plain = NULL;
	sodium_memzero(r->key, sizeof(r->key));
}
