#include "forged.h"

#include <unistd.h>
#include <zlib.h>

#include "app/base/path.h"
#include "db/stmt.h"

static void introduce(struct desk *to, struct desk *who)
{
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;

	assert_ok(stick_card(&who->app, &card, &who->err), &who->err);
	assert_ok(stick_peer_add(&to->app, card.s, false, &peer, &to->err), &to->err);
}

void attack_on_file(void *ctx, const struct stick_written *f)
{
	struct attack *sc = ctx;

	sc->path = path_join(sc->stick, f->name);
	sc->sig_path = xmalloc(strlen(sc->path) + 16);
	snprintf(sc->sig_path, strlen(sc->path) + 16, "%s.minisig", sc->path);
}

/* Everything that a file could change. */
char *attack_everything(struct desk *d)
{
	static const char *const tables[] = { "SELECT count(*), coalesce(max(seq), 0) FROM change",
		"SELECT count(*), coalesce(sum(state * seq), 0) FROM outbox", "SELECT count(*), coalesce(sum(seq), 0) FROM stick_file",
		"SELECT count(*), coalesce(sum(sent), 0) FROM stick_peer", "SELECT count(*), 0 FROM sync_conflict",
		"SELECT count(*), 0 FROM sync_unread", "SELECT count(*), 0 FROM stick_seen" };
	struct sbuf out = SBUF_INIT;

	for (size_t i = 0; i < N_ELEMENTS(tables); i++) {
		struct stmt *st;
		bool row;

		assert_ok(stmt_adhoc(d->app.db, tables[i], &st, &d->err), &d->err);
		assert_ok(stmt_step(st, &row, &d->err), &d->err);
		sbuf_addf(&out, "%lld %lld\n", (long long)stmt_int(st, 0), (long long)stmt_int(st, 1));
		stmt_free(st);
	}
	return sbuf_take(&out);
}

int attack_open(void **state)
{
	struct attack *sc = xcalloc(1, sizeof(*sc));
	struct stick_options o = { .to = NULL };

	fake_fhir_init(&sc->county, NULL);
	sc->stick = scratch_dir();
	sc->seq = 9;
	desk_open(&sc->a, &sc->county, 21);
	desk_open(&sc->b, &sc->county, 22);
	desk_open(&sc->c, &sc->county, 23);
	introduce(&sc->a, &sc->b);
	introduce(&sc->b, &sc->a);
	introduce(&sc->b, &sc->c);
	desk_followup(&sc->a, desk_resident(&sc->a, "王小明", "1950-01-02"), 152);
	o.to = sc->b.app.device_code;
	assert_ok(stick_out(&sc->a.app, sc->stick, &o, attack_on_file, sc, &sc->a.err), &sc->a.err);
	sc->file = scratch_read(sc->path, &sc->n_file);
	sc->sig = scratch_read(sc->sig_path, &sc->n_sig);
	sc->before = attack_everything(&sc->b);
	*state = sc;
	return 0;
}

int attack_close(void **state)
{
	struct attack *sc = *state;

	desk_close(&sc->a);
	desk_close(&sc->b);
	desk_close(&sc->c);
	fake_fhir_release(&sc->county);
	free(sc->stick);
	free(sc->path);
	free(sc->sig_path);
	free(sc->file);
	free(sc->sig);
	free(sc->before);
	free(sc);
	return 0;
}

const struct stick_options attack_plain;

static void on_read(void *ctx, const struct stick_read *f)
{
	*(struct stick_read *)ctx = *f;
}

bool attack_in(struct attack *sc, struct stick_read *r)
{
	sc->b.err = (struct err){ 0 };
	return stick_in(&sc->b.app, sc->path, &attack_plain, r ? on_read : NULL, r, &sc->b.err);
}

void must_be_refused(struct attack *sc, enum err_code code, const char *what)
{
	AUTO_FREE char *after = NULL;
	AUTO_FREE char *left = path_join(sc->b.app.dir, "stick/in.part");
	struct err err = { 0 };

	if (stick_in(&sc->b.app, sc->path, &attack_plain, NULL, NULL, &err))
		fail_msg("%s: was taken in", what);
	if ((code != ERR_NONE && err.code != code) || !err.message[0])
		fail_msg("%s: %s, \"%s\"", what, err_name(err.code), err.message);
	after = attack_everything(&sc->b);
	if (strcmp(after, sc->before) != 0)
		fail_msg("%s: something has changed:\n%s\n%s", what, sc->before, after);
	assert_int_not_equal(access(left, F_OK), 0);
	sc->b.err = err; /* whoever looks at the words */
}

void put_back(struct attack *sc)
{
	scratch_write(sc->path, sc->file, sc->n_file);
	scratch_write(sc->sig_path, sc->sig, sc->n_sig);
}

/* ---- forging ------------------------------------------------------------------------------------------------------- */

static bool to_buffer(void *ctx, const void *data, size_t n, struct err *err)
{
	(void)err;
	sbuf_add(ctx, data, n);
	return true;
}

void forge_packed(const char *text, size_t n, struct sbuf *out)
{
	z_stream z = { .next_in = NULL };
	unsigned char *packed = xmalloc(n + 1000);
	union {
		const char *in;
		unsigned char *out;
	} from = { .in = text };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = from.out;
	z.avail_in = (uInt)n;
	z.next_out = packed;
	z.avail_out = (uInt)(n + 1000);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	sbuf_add(out, packed, z.total_out);
	deflateEnd(&z);
	free(packed);
}

struct forgery forgery_of(struct attack *sc)
{
	return (struct forgery){ &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };
}

void forge(struct attack *sc, const struct forgery *f, const char *packed, size_t n)
{
	AUTO_KEYS struct stick_keys signs, reads;
	AUTO_SBUF struct sbuf sealed = SBUF_INIT;
	AUTO_SBUF struct sbuf sig = SBUF_INIT;
	AUTO_AGE_WRITER struct age_writer w = { .sink = to_buffer, .ctx = &sealed };
	struct stick_label label = { .seq = sc->seq, .part = 1 };
	struct minisign_hash h;
	unsigned char hash[MINISIGN_HASH];
	char comment[256];
	struct err err;

	assert_ok(stick_keys(&f->signs->app, &signs, &err), &err);
	assert_ok(stick_keys(&f->for_whom->app, &reads, &err), &err);
	assert_ok(age_write_start(&w, (const unsigned char(*)[AGE_KEY]) & reads.age.recipient, 1, &err), &err);
	assert_ok(age_write(&w, packed, n, &err), &err);
	assert_ok(age_write_end(&w, &err), &err);
	minisign_hash_start(&h);
	minisign_hash_add(&h, sealed.s, sealed.len);
	minisign_hash_end(&h, hash);
	snprintf(label.bundle, sizeof(label.bundle), "0195f3c2-0000-7000-8000-0000000000%02u", sc->serial);
	snprintf(label.from, sizeof(label.from), "%s", f->from);
	snprintf(label.to, sizeof(label.to), "%s", f->to);
	stick_label_write(&label, comment);
	minisign_sign(&signs.sign, hash, comment, &sig);
	scratch_write(sc->path, sealed.s, sealed.len);
	scratch_write(sc->sig_path, sig.s, sig.len);
	stick_keys_forget(&reads);
}

static void sha_hex(const char *text, size_t n, char out[CBX_SHA_TEXT])
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = path_join(dir, "text");
	struct cbx_sums sums;
	struct err err;

	scratch_write(path, text, n);
	assert_ok(cbx_sum(path, NULL, &sums, &err), &err);
	snprintf(out, CBX_SHA_TEXT, "%s", sums.sha);
}

void forge_spell(const struct attack *sc, const char *text, struct sbuf *out)
{
	long lines = 0;

	for (const char *s = text; *s; s++) {
		if (*s == '@' && s[1] == 'N') {
			sbuf_addf(out, "%02u", sc->serial);
			s++;
		} else if (*s == '@' && s[1] == 'S') {
			sbuf_addf(out, "%lld", (long long)sc->seq);
			s++;
		} else if (*s == '@' && (s[1] == 'A' || s[1] == 'B')) {
			sbuf_adds(out, *++s == 'A' ? sc->a.app.device_code : sc->b.app.device_code);
		} else if (*s == '*') {
			char sum[CBX_SHA_TEXT];

			sha_hex(out->s, out->len, sum);
			sbuf_addf(out, "{\"end\":1,\"lines\":%ld,\"sha256\":\"%s\"}\n", lines, sum);
		} else {
			lines += *s == '\n';
			sbuf_addc(out, *s);
		}
	}
}

void forge_text(struct attack *sc, const struct forgery *f, const char *text)
{
	AUTO_SBUF struct sbuf plain_text = SBUF_INIT;
	AUTO_SBUF struct sbuf packed = SBUF_INIT;

	forge_spell(sc, text, &plain_text);
	forge_packed(plain_text.s, plain_text.len, &packed);
	forge(sc, f, packed.s, packed.len);
}
