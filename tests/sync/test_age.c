/* Sealed and signed files: round trips at every length that matters, every way in which a file arrives damaged, and
 * Debian's own age and minisign both ways. */
#include "support/base/check.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/mem.h"
#include "sync/age.h"
#include "sync/age_int.h"
#include "sync/minisign.h"

static bool to_buffer(void *ctx, const void *data, size_t n, struct err *err)
{
	(void)err;
	sbuf_add(ctx, data, n);
	return true;
}

struct from_buffer {
	const char *s;
	size_t n, at, step; /* step: bytes a call */
};

static bool give(void *ctx, void *data, size_t cap, size_t *n, struct err *err)
{
	struct from_buffer *f = ctx;

	(void)err;
	*n = f->n - f->at < cap ? f->n - f->at : cap;
	if (f->step && *n > f->step)
		*n = f->step;
	memcpy(data, f->s + f->at, *n);
	f->at += *n;
	return true;
}

static void seal(const struct age_identity *to, size_t n_to, const char *plain, size_t n, struct sbuf *out)
{
	AUTO_AGE_WRITER struct age_writer w = { .sink = to_buffer, .ctx = out };
	unsigned char keys[4][AGE_KEY];
	struct err err;

	for (size_t i = 0; i < n_to; i++)
		memcpy(keys[i], to[i].recipient, AGE_KEY);
	assert_ok(age_write_start(&w, (const unsigned char(*)[AGE_KEY])keys, n_to, &err), &err);
	for (size_t at = 0; at < n; at += 50000)
		assert_ok(age_write(&w, plain + at, n - at < 50000 ? n - at : 50000, &err), &err);
	assert_ok(age_write_end(&w, &err), &err);
}

static bool open_sealed(const struct age_identity *id, const char *sealed, size_t n, size_t step, struct sbuf *out,
	struct err *err)
{
	struct from_buffer f = { .s = sealed, .n = n, .step = step };
	AUTO_AGE_READER struct age_reader r = { .source = give, .ctx = &f };
	const unsigned char *data;
	size_t some;

	if (!age_read_start(&r, id, err))
		return false;
	do {
		if (!age_read(&r, &data, &some, err))
			return false;
		sbuf_add(out, data, some);
	} while (some);
	return true;
}

static char *sample(size_t n)
{
	char *s = xmalloc(n + 1);

	for (size_t i = 0; i < n; i++)
		s[i] = (char)("village doctor\n"[i % 15] + (char)(i / 65536));
	s[n] = '\0';
	return s;
}

static const size_t lengths[] = { 0, 1, 15, 65535, 65536, 65537, 131072, 200000 };

static void age__opens_what_it_sealed__every_length(void **state)
{
	struct age_identity ids[3];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		age_identity_new(&ids[i]);
	for (size_t i = 0; i < N_ELEMENTS(lengths); i++)
		for (size_t step = 0; step < 2; step++) {
			AUTO_FREE char *plain = sample(lengths[i]);
			AUTO_SBUF struct sbuf sealed = SBUF_INIT;
			AUTO_SBUF struct sbuf opened = SBUF_INIT;
			struct err err;

			seal(ids, 3, plain, lengths[i], &sealed);
			assert_ok(open_sealed(&ids[2], sealed.s, sealed.len, step * 997, &opened, &err), &err);
			assert_int_equal(opened.len, lengths[i]);
			assert_memory_equal(opened.s, plain, lengths[i]);
		}
}

static void age__is_refused__sealed_for_another(void **state)
{
	struct age_identity ids[2];
	AUTO_SBUF struct sbuf sealed = SBUF_INIT;
	AUTO_SBUF struct sbuf opened = SBUF_INIT;
	struct err err;

	(void)state;
	age_identity_new(&ids[0]);
	age_identity_new(&ids[1]);
	seal(&ids[0], 1, "secret", 6, &sealed);
	assert_refused(open_sealed(&ids[1], sealed.s, sealed.len, 0, &opened, &err), &err, ERR_NOT_ALLOWED);
	assert_int_equal(opened.len, 0);
}

/* No bit anywhere may change, and no byte may lack, without being noticed; and nothing wrong is given out. */
static void age__is_refused__any_bit_flipped(void **state)
{
	struct age_identity id;
	AUTO_SBUF struct sbuf sealed = SBUF_INIT;
	struct err err;

	(void)state;
	age_identity_new(&id);
	seal(&id, 1, "sixteen and more bytes", 22, &sealed);
	for (size_t bit = 0; bit < sealed.len * 8; bit++) {
		AUTO_SBUF struct sbuf opened = SBUF_INIT;

		sealed.s[bit / 8] ^= (char)(1 << bit % 8);
		if (open_sealed(&id, sealed.s, sealed.len, 0, &opened, &err) || opened.len)
			fail_msg("bit %zu of byte %zu was not noticed", bit % 8, bit / 8);
		assert_true(err.message[0]);
		sealed.s[bit / 8] ^= (char)(1 << bit % 8);
	}
}

static void age__is_refused__cut_anywhere(void **state)
{
	struct age_identity id;
	AUTO_FREE char *plain = sample(131072);
	AUTO_SBUF struct sbuf sealed = SBUF_INIT;
	struct err err;

	(void)state;
	age_identity_new(&id);
	seal(&id, 1, plain, 131072, &sealed);
	for (size_t n = 0; n < sealed.len; n += n < 400 ? 1 : 65552 - 200 + n % 7) {
		AUTO_SBUF struct sbuf opened = SBUF_INIT;

		if (open_sealed(&id, sealed.s, n, 0, &opened, &err))
			fail_msg("a file cut to %zu of %zu bytes was taken", n, sealed.len);
	}
	for (size_t chunks = 0; chunks < 2; chunks++) { /* cut exactly between chunks */
		AUTO_SBUF struct sbuf opened = SBUF_INIT;
		size_t head = sealed.len - 2 * (size_t)(AGE_CHUNK + AGE_TAG);

		assert_refused(open_sealed(&id, sealed.s, head + chunks * (AGE_CHUNK + AGE_TAG), 0, &opened, &err), &err,
			ERR_CORRUPT);
	}
	{
		AUTO_SBUF struct sbuf opened = SBUF_INIT;

		sbuf_addc(&sealed, 'x'); /* and longer than it was */
		assert_refused(open_sealed(&id, sealed.s, sealed.len, 0, &opened, &err), &err, ERR_CORRUPT);
	}
}

static const struct {
	const char *what, *text;
	enum err_code code;
} heads[] = {
	{ "nothing", "", ERR_FORMAT },
	{ "another program's file", "PK\003\004 zip\n", ERR_FORMAT },
	{ "another version", "age-encryption.org/v2\n-> X25519 x\n", ERR_FORMAT },
	{ "no stanza", "age-encryption.org/v1\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", ERR_NOT_ALLOWED },
	{ "only a passphrase", "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", ERR_NOT_ALLOWED },
	{ "a share that is too short", "age-encryption.org/v1\n-> X25519 AAAA\nAAAA\n---", ERR_FORMAT },
	{ "a zero share", "age-encryption.org/v1\n-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", ERR_NOT_ALLOWED },
	{ "padding", "age-encryption.org/v1\n-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nAAAA\n---", ERR_FORMAT },
	{ "a body with blanks", "age-encryption.org/v1\n-> other\nAA AA\n--- x\n", ERR_FORMAT },
	{ "no end", "age-encryption.org/v1\n-> other\nAAAA\n", ERR_FORMAT },
};

static void age__is_refused__odd_heads(void **state)
{
	struct age_identity id;

	(void)state;
	age_identity_new(&id);
	for (size_t i = 0; i < N_ELEMENTS(heads); i++) {
		AUTO_SBUF struct sbuf opened = SBUF_INIT;
		struct err err = { 0 };
		bool ok = open_sealed(&id, heads[i].text, strlen(heads[i].text), 0, &opened, &err);

		assert_case(!ok && err.code == heads[i].code && err.message[0], i, heads[i].what);
	}
}

static void age__is_refused__endless_head(void **state)
{
	struct age_identity id;
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	AUTO_SBUF struct sbuf opened = SBUF_INIT;
	struct err err;

	(void)state;
	age_identity_new(&id);
	sbuf_adds(&head, "age-encryption.org/v1\n");
	while (head.len < 40000)
		sbuf_adds(&head, "-> grease of a stranger\nAAAA\n");
	assert_refused(open_sealed(&id, head.s, head.len, 0, &opened, &err), &err, ERR_FORMAT);
	assert_non_null(strstr(err.message, "too long"));
}

/* BIP 173's checksum is that of others: keys that age-keygen and the specification printed. */
static void age_keys__are_read__known_pair(void **state)
{
	struct age_identity id;
	unsigned char recipient[AGE_KEY];
	char text[AGE_TEXT];
	struct err err;

	(void)state;
	assert_ok(age_identity_read(&id, "# created: 2026-11-27\n# public key: age1x\n"
		"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n", &err), &err);
	age_recipient_text(id.recipient, text);
	assert_string_equal(text, "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
	assert_ok(age_recipient_read(recipient, text, &err), &err);
	assert_memory_equal(recipient, id.recipient, AGE_KEY);
	age_identity_text(&id, text);
	assert_string_equal(text, "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX");
	text[20]++;
	assert_refused(age_identity_read(&id, text, &err), &err, ERR_FORMAT);
	assert_refused(age_recipient_read(recipient, "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk", &err),
		&err, ERR_FORMAT);
	assert_refused(age_recipient_read(recipient, "age1zvkyg2lqzraa2lnjvqej32nkuu0UES2s82hzrye869xeexvn73equnujwj", &err),
		&err, ERR_FORMAT);
	assert_refused(age_recipient_read(recipient, "", &err), &err, ERR_FORMAT);
}

/* ---- minisign ------------------------------------------------------------------------------------------------------ */

static void hash_of(const char *text, unsigned char out[MINISIGN_HASH])
{
	struct minisign_hash h;

	minisign_hash_start(&h);
	minisign_hash_add(&h, text, strlen(text));
	minisign_hash_end(&h, out);
}

static void minisign__proves__its_own(void **state)
{
	struct minisign_secret key, other, again;
	struct minisign_public pub;
	struct minisign_signature sig;
	unsigned char hash[MINISIGN_HASH], changed[MINISIGN_HASH];
	char text[MINISIGN_TEXT];
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	AUTO_SBUF struct sbuf file = SBUF_INIT;
	struct err err;

	(void)state;
	minisign_new(&key);
	minisign_new(&other);
	hash_of("content", hash);
	hash_of("Content", changed);
	minisign_sign(&key, hash, "from=van07 to=county seq=123", &out);
	assert_ok(minisign_parse(&sig, out.s, out.len, &err), &err);
	assert_string_equal(sig.comment, "from=van07 to=county seq=123");
	minisign_public_text(&key.public_part, text);
	assert_ok(minisign_public_read(&pub, text, &err), &err);
	assert_ok(minisign_verify(&pub, &sig, hash, &err), &err);
	assert_refused(minisign_verify(&pub, &sig, changed, &err), &err, ERR_CORRUPT);
	assert_refused(minisign_verify(&other.public_part, &sig, hash, &err), &err, ERR_CORRUPT);
	memcpy(other.public_part.id, pub.id, MINISIGN_ID); /* another key that bears the same name */
	assert_refused(minisign_verify(&other.public_part, &sig, hash, &err), &err, ERR_CORRUPT);
	sig.comment[5] = 'V'; /* re-addressed */
	assert_refused(minisign_verify(&pub, &sig, hash, &err), &err, ERR_CORRUPT);
	minisign_secret_write(&key, &file);
	assert_ok(minisign_secret_read(&again, file.s, &err), &err);
	assert_memory_equal(&again, &key, sizeof(key));
	file.s[file.len - 9] ^= 1;
	assert_refused(minisign_secret_read(&again, file.s, &err), &err, ERR_FORMAT);
}

static void minisign__is_refused__any_byte_changed(void **state)
{
	struct minisign_secret key;
	unsigned char hash[MINISIGN_HASH];
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	size_t free_text = strlen("untrusted comment: ");
	struct err err;

	(void)state;
	minisign_new(&key);
	hash_of("content", hash);
	minisign_sign(&key, hash, "from=van07", &out);
	for (size_t i = 0; i + 1 < out.len; i++) {
		struct minisign_signature sig;

		if (i >= free_text && i < strcspn(out.s, "\n")) /* the untrusted comment is nobody's word */
			continue;
		out.s[i] ^= 1;
		if (minisign_parse(&sig, out.s, out.len, &err) && minisign_verify(&key.public_part, &sig, hash, &err))
			fail_msg("byte %zu was not noticed", i);
		out.s[i] ^= 1;
	}
	for (size_t n = 0; n + 1 < out.len; n++) {
		struct minisign_signature sig;

		if (minisign_parse(&sig, out.s, n, &err) && minisign_verify(&key.public_part, &sig, hash, &err))
			fail_msg("cut to %zu bytes it was taken", n);
	}
}

/* ---- Debian's programs --------------------------------------------------------------------------------------------- */

static bool run(const char *fmt, ...) PRINTF(1, 2);
static bool run(const char *fmt, ...)
{
	AUTO_SBUF struct sbuf command = SBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(&command, fmt, ap);
	va_end(ap);
	return system(command.s) == 0;
}

static bool lacks(const char *program)
{
	return !run("command -v %s >/dev/null 2>&1", program);
}

static void age__is_opened_by__debians_age(void **state)
{
	struct age_identity id;
	char secret[AGE_TEXT];
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *plain = sample(200000);
	AUTO_FREE char *sealed_path = scratch_path(dir, "sealed");
	AUTO_FREE char *key_path = scratch_path(dir, "key");
	AUTO_FREE char *back_path = scratch_path(dir, "back");
	AUTO_FREE char *back = NULL;
	AUTO_SBUF struct sbuf sealed = SBUF_INIT;
	size_t n;

	(void)state;
	if (lacks("age"))
		skip();
	age_identity_new(&id);
	age_identity_text(&id, secret);
	scratch_write(key_path, secret, 0);
	seal(&id, 1, plain, 200000, &sealed);
	scratch_write(sealed_path, sealed.s, sealed.len);
	assert_true(run("age -d -i %s -o %s %s", key_path, back_path, sealed_path));
	back = scratch_read(back_path, &n);
	assert_int_equal(n, 200000);
	assert_memory_equal(back, plain, n);
}

static void age__opens__what_debians_age_sealed(void **state)
{
	struct age_identity ids[2];
	char first[AGE_TEXT], second[AGE_TEXT];
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *plain = sample(131072);
	AUTO_FREE char *plain_path = scratch_path(dir, "plain");
	AUTO_FREE char *sealed_path = scratch_path(dir, "sealed");
	AUTO_FREE char *sealed = NULL;
	AUTO_SBUF struct sbuf opened = SBUF_INIT;
	struct err err;
	size_t n;

	(void)state;
	if (lacks("age"))
		skip();
	for (size_t i = 0; i < 2; i++)
		age_identity_new(&ids[i]);
	age_recipient_text(ids[0].recipient, first);
	age_recipient_text(ids[1].recipient, second);
	scratch_write(plain_path, plain, 131072);
	assert_true(run("age -r %s -r %s -o %s %s", first, second, sealed_path, plain_path));
	sealed = scratch_read(sealed_path, &n);
	assert_ok(open_sealed(&ids[1], sealed, n, 0, &opened, &err), &err);
	assert_int_equal(opened.len, 131072);
	assert_memory_equal(opened.s, plain, opened.len);
}

static void minisign__is_proved_by__debians_minisign(void **state)
{
	struct minisign_secret key;
	unsigned char hash[MINISIGN_HASH];
	char pub[MINISIGN_TEXT];
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "file");
	AUTO_FREE char *sig_path = scratch_path(dir, "file.minisig");
	AUTO_SBUF struct sbuf sig = SBUF_INIT;

	(void)state;
	if (lacks("minisign"))
		skip();
	minisign_new(&key);
	minisign_public_text(&key.public_part, pub);
	hash_of("content", hash);
	minisign_sign(&key, hash, "from=van07 to=county", &sig);
	scratch_write(path, "content", 0);
	scratch_write(sig_path, sig.s, sig.len);
	assert_true(run("minisign -V -q -P %s -m %s", pub, path));
	scratch_write(path, "Content", 0);
	assert_false(run("minisign -V -q -P %s -m %s >/dev/null 2>&1", pub, path));
}

/* With our key file, which needs no password. */
static void minisign__proves__what_debians_minisign_signed(void **state)
{
	struct minisign_secret key;
	struct minisign_signature sig;
	unsigned char hash[MINISIGN_HASH];
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "file");
	AUTO_FREE char *key_path = scratch_path(dir, "key");
	AUTO_FREE char *sig_path = scratch_path(dir, "file.minisig");
	AUTO_FREE char *text = NULL;
	AUTO_SBUF struct sbuf file = SBUF_INIT;
	struct err err;
	size_t n;

	(void)state;
	if (lacks("minisign"))
		skip();
	minisign_new(&key);
	minisign_secret_write(&key, &file);
	scratch_write(key_path, file.s, file.len);
	scratch_write(path, "content", 0);
	assert_true(run("minisign -S -s %s -t 'seq=5 to=van08' -m %s </dev/null >/dev/null", key_path, path));
	text = scratch_read(sig_path, &n);
	assert_ok(minisign_parse(&sig, text, n, &err), &err);
	hash_of("content", hash);
	assert_ok(minisign_verify(&key.public_part, &sig, hash, &err), &err);
	assert_string_equal(sig.comment, "seq=5 to=van08");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(age__opens_what_it_sealed__every_length),
		cmocka_unit_test(age__is_refused__sealed_for_another),
		cmocka_unit_test(age__is_refused__any_bit_flipped),
		cmocka_unit_test(age__is_refused__cut_anywhere),
		cmocka_unit_test(age__is_refused__odd_heads),
		cmocka_unit_test(age__is_refused__endless_head),
		cmocka_unit_test(age_keys__are_read__known_pair),
		cmocka_unit_test(minisign__proves__its_own),
		cmocka_unit_test(minisign__is_refused__any_byte_changed),
		cmocka_unit_test(age__is_opened_by__debians_age),
		cmocka_unit_test(age__opens__what_debians_age_sealed),
		cmocka_unit_test(minisign__is_proved_by__debians_minisign),
		cmocka_unit_test(minisign__proves__what_debians_minisign_signed),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
