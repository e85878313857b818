#include "sync/minisign.h"

#include <assert.h>
#include <sodium.h>

#include "app/base/i18n.h"

/* The layouts of minisign's files, byte by byte. */
struct public_file {
	unsigned char algorithm[2], id[MINISIGN_ID], key[MINISIGN_PUBLIC];
};
struct secret_file {
	unsigned char algorithm[2], kdf[2], checksum_kind[2], salt[32], ops[8], mem[8];
	unsigned char id[MINISIGN_ID], secret[64], checksum[32];
};
struct signature_file {
	unsigned char algorithm[2], id[MINISIGN_ID], signature[64];
};

#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "

static void base64(const void *data, size_t n, struct sbuf *out)
{
	char text[512];

	sodium_bin2base64(text, sizeof(text), data, n, sodium_base64_VARIANT_ORIGINAL);
	sbuf_adds(out, text);
}

/* libsodium takes some bytes above 127 for letters: the alphabet is checked before. */
static bool is_base64(const char *s)
{
	return s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")] == '\0';
}

static bool decode(const char *line, void *out, size_t n)
{
	const char *end;
	size_t len;

	return is_base64(line) &&
		sodium_base642bin(out, n, line, strlen(line), NULL, &len, &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
		len == n && *end == '\0';
}

/* Lines of a text; a carriage return before the end of a line does not count. */
struct lines {
	const char *at, *end;
};

static bool next_line(struct lines *l, char *out, size_t size)
{
	const char *stop = l->at < l->end ? memchr(l->at, '\n', (size_t)(l->end - l->at)) : NULL;
	size_t n = (size_t)((stop ? stop : l->end) - l->at);

	if (l->at >= l->end || n >= size || memchr(l->at, '\0', n))
		return false;
	memcpy(out, l->at, n);
	out[n > 0 && out[n - 1] == '\r' ? n - 1 : n] = '\0';
	l->at = stop ? stop + 1 : l->end;
	return true;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* ---- keys --------------------------------------------------------------------------------------------------------- */

void minisign_new(struct minisign_secret *out)
{
	crypto_sign_keypair(out->public_part.key, out->secret);
	randombytes_buf(out->public_part.id, sizeof(out->public_part.id));
}

/* BLAKE2b-256 of algorithm, id and secret. */
static void checksum(const struct secret_file *f, unsigned char out[32])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, NULL, 0, 32);
	crypto_generichash_update(&st, f->algorithm, sizeof(f->algorithm));
	crypto_generichash_update(&st, f->id, sizeof(f->id));
	crypto_generichash_update(&st, f->secret, sizeof(f->secret));
	crypto_generichash_final(&st, out, 32);
}

void minisign_secret_write(const struct minisign_secret *key, struct sbuf *out)
{
	struct secret_file f = { .algorithm = { 'E', 'd' }, .checksum_kind = { 'B', '2' } };

	memcpy(f.id, key->public_part.id, sizeof(f.id));
	memcpy(f.secret, key->secret, sizeof(f.secret));
	checksum(&f, f.checksum);
	sbuf_adds(out, UNTRUSTED "minisign secret key\n");
	base64(&f, sizeof(f), out);
	sbuf_addc(out, '\n');
	sodium_memzero(&f, sizeof(f));
}

bool minisign_secret_read(struct minisign_secret *out, const char *text, struct err *err)
{
	struct lines l = { text, text + strlen(text) };
	char line[256];
	struct secret_file f;
	unsigned char sum[32];
	bool ok = next_line(&l, line, sizeof(line)) && begins(line, UNTRUSTED) && next_line(&l, line, sizeof(line)) &&
		decode(line, &f, sizeof(f)) && memcmp(f.algorithm, "Ed", 2) == 0 && memcmp(f.checksum_kind, "B2", 2) == 0 &&
		memcmp(f.kdf, "\0\0", 2) == 0;

	if (ok) {
		checksum(&f, sum);
		ok = sodium_memcmp(sum, f.checksum, sizeof(sum)) == 0;
	}
	if (ok) {
		memcpy(out->public_part.id, f.id, sizeof(f.id));
		memcpy(out->secret, f.secret, sizeof(f.secret));
		memcpy(out->public_part.key, f.secret + 32, MINISIGN_PUBLIC);
	}
	sodium_memzero(&f, sizeof(f));
	sodium_memzero(line, sizeof(line));
	return ok || err_set(err, ERR_FORMAT, "%s", _("This is no secret key of minisign without a password."));
}

void minisign_public_text(const struct minisign_public *key, char out[MINISIGN_TEXT])
{
	struct public_file f = { .algorithm = { 'E', 'd' } };

	memcpy(f.id, key->id, sizeof(f.id));
	memcpy(f.key, key->key, sizeof(f.key));
	sodium_bin2base64(out, MINISIGN_TEXT, (const unsigned char *)&f, sizeof(f), sodium_base64_VARIANT_ORIGINAL);
}

bool minisign_public_read(struct minisign_public *out, const char *text, struct err *err)
{
	struct lines l = { text, text + strlen(text) };
	char line[256];
	struct public_file f;
	bool ok = next_line(&l, line, sizeof(line));

	if (ok && begins(line, UNTRUSTED))
		ok = next_line(&l, line, sizeof(line));
	if (!ok || !decode(line, &f, sizeof(f)) || memcmp(f.algorithm, "Ed", 2) != 0) {
		err_set(err, ERR_FORMAT, "%s", _("This is no public key of minisign: it was mistyped or cut."));
		return err_example(err, "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3");
	}
	memcpy(out->id, f.id, sizeof(f.id));
	memcpy(out->key, f.key, sizeof(f.key));
	return true;
}

/* ---- content ------------------------------------------------------------------------------------------------------ */

_Static_assert(sizeof(struct minisign_hash) >= sizeof(crypto_generichash_state), "the state of libsodium's BLAKE2b fits");

static crypto_generichash_state *state_of(struct minisign_hash *h)
{
	return (crypto_generichash_state *)(void *)h->state;
}

void minisign_hash_start(struct minisign_hash *h)
{
	crypto_generichash_init(state_of(h), NULL, 0, MINISIGN_HASH);
}

void minisign_hash_add(struct minisign_hash *h, const void *data, size_t n)
{
	crypto_generichash_update(state_of(h), data, n);
}

void minisign_hash_end(struct minisign_hash *h, unsigned char out[MINISIGN_HASH])
{
	crypto_generichash_final(state_of(h), out, MINISIGN_HASH);
}

/* ---- signatures --------------------------------------------------------------------------------------------------- */

/* What the global signature covers: the signature and the trusted comment. */
static size_t global_text(const unsigned char signature[64], const char *comment, unsigned char *out)
{
	size_t n = strlen(comment);

	memcpy(out, signature, 64);
	memcpy(out + 64, comment, n);
	return 64 + n;
}

void minisign_sign(const struct minisign_secret *key, const unsigned char hash[MINISIGN_HASH], const char *comment,
	struct sbuf *out)
{
	struct signature_file f = { .algorithm = { 'E', 'D' } };
	unsigned char text[64 + MINISIGN_COMMENT_MAX], global[64];

	assert(strlen(comment) < MINISIGN_COMMENT_MAX && !strpbrk(comment, "\r\n"));
	memcpy(f.id, key->public_part.id, sizeof(f.id));
	crypto_sign_detached(f.signature, NULL, hash, MINISIGN_HASH, key->secret);
	crypto_sign_detached(global, NULL, text, global_text(f.signature, comment, text), key->secret);
	sbuf_adds(out, UNTRUSTED "signature from cunyi\n");
	base64(&f, sizeof(f), out);
	sbuf_addf(out, "\n" TRUSTED "%s\n", comment);
	base64(global, sizeof(global), out);
	sbuf_addc(out, '\n');
}

bool minisign_parse(struct minisign_signature *out, const char *text, size_t n, struct err *err)
{
	struct lines l = { text, text + n };
	char line[MINISIGN_COMMENT_MAX + 32];
	struct signature_file f;
	bool ok = next_line(&l, line, sizeof(line)) && begins(line, UNTRUSTED) && next_line(&l, line, sizeof(line)) &&
		decode(line, &f, sizeof(f)) && memcmp(f.algorithm, "ED", 2) == 0 && next_line(&l, line, sizeof(line)) &&
		begins(line, TRUSTED) && strlen(line + strlen(TRUSTED)) < MINISIGN_COMMENT_MAX;

	if (ok) {
		memcpy(out->id, f.id, sizeof(f.id));
		memcpy(out->signature, f.signature, sizeof(f.signature));
		snprintf(out->comment, sizeof(out->comment), "%s", line + strlen(TRUSTED));
		ok = next_line(&l, line, sizeof(line)) && decode(line, out->global, sizeof(out->global));
	}
	return ok || err_set(err, ERR_FORMAT, "%s", _("The signature file beside it is damaged, or is none."));
}

bool minisign_verify(const struct minisign_public *key, const struct minisign_signature *sig,
	const unsigned char hash[MINISIGN_HASH], struct err *err)
{
	unsigned char text[64 + MINISIGN_COMMENT_MAX];
	size_t n = global_text(sig->signature, sig->comment, text);

	if (memcmp(key->id, sig->id, MINISIGN_ID) != 0 ||
		crypto_sign_verify_detached(sig->signature, hash, MINISIGN_HASH, key->key) != 0 ||
		crypto_sign_verify_detached(sig->global, text, n, key->key) != 0)
		return err_set(err, ERR_CORRUPT, "%s",
			_("The signature does not fit: the file was changed on its way, or somebody else wrote it."));
	return true;
}
