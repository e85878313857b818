/* Files that are damaged, forged or meant to harm: nothing changes here, a sentence says why, and neither memory nor time
 * runs away. */
#include "desk.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "app/base/path.h"
#include "db/stmt.h"
#include "sync/stick_int.h"

struct scene {
	struct fake_fhir county;
	struct desk a, b, c;
	char *stick, *path, *sig_path;
	char *file, *sig; /* a good file from a to b */
	size_t n_file, n_sig;
	char *before;
	unsigned serial; /* of the bundles' ids */
	int64_t seq; /* of the next forged file */
};

static void introduce(struct desk *to, struct desk *who)
{
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;

	assert_ok(stick_card(&who->app, &card, &who->err), &who->err);
	assert_ok(stick_peer_add(&to->app, card.s, false, &peer, &to->err), &to->err);
}

static void on_file(void *ctx, const struct stick_written *f)
{
	struct scene *sc = ctx;

	sc->path = path_join(sc->stick, f->name);
	sc->sig_path = xmalloc(strlen(sc->path) + 16);
	snprintf(sc->sig_path, strlen(sc->path) + 16, "%s.minisig", sc->path);
}

/* Everything that a file could change. */
static char *everything(struct desk *d)
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

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));
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
	assert_ok(stick_out(&sc->a.app, sc->stick, &o, on_file, sc, &sc->a.err), &sc->a.err);
	sc->file = scratch_read(sc->path, &sc->n_file);
	sc->sig = scratch_read(sc->sig_path, &sc->n_sig);
	sc->before = everything(&sc->b);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

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

static const struct stick_options plain;

static void on_read(void *ctx, const struct stick_read *f)
{
	*(struct stick_read *)ctx = *f;
}

/* The file as it lies there now must be refused, with one of these codes, and must leave no trace. */
static void must_be_refused(struct scene *sc, enum err_code code, const char *what)
{
	AUTO_FREE char *after = NULL;
	AUTO_FREE char *left = path_join(sc->b.app.dir, "stick/in.part");
	struct err err = { 0 };

	if (stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &err))
		fail_msg("%s: was taken in", what);
	if ((code != ERR_NONE && err.code != code) || !err.message[0])
		fail_msg("%s: %s, \"%s\"", what, err_name(err.code), err.message);
	after = everything(&sc->b);
	if (strcmp(after, sc->before) != 0)
		fail_msg("%s: something has changed:\n%s\n%s", what, sc->before, after);
	assert_int_not_equal(access(left, F_OK), 0);
}

static void put_back(struct scene *sc)
{
	scratch_write(sc->path, sc->file, sc->n_file);
	scratch_write(sc->sig_path, sc->sig, sc->n_sig);
}

/* ---- damage on the way ----------------------------------------------------------------------------------------------- */

static void stick__is_refused__bits_flipped(void **state)
{
	struct scene *sc = *state;

	for (size_t i = 0; i < sc->n_file; i += i < 260 ? 7 : 97) {
		sc->file[i] ^= (char)(1 << i % 8);
		scratch_write(sc->path, sc->file, sc->n_file);
		must_be_refused(sc, ERR_CORRUPT, "a bit of the file flipped");
		sc->file[i] ^= (char)(1 << i % 8);
	}
	put_back(sc);
	for (size_t i = 0; i < sc->n_sig; i++) {
		if (i >= 19 && i < 40) /* the untrusted comment is nobody's word */
			continue;
		sc->sig[i] ^= 1;
		scratch_write(sc->sig_path, sc->sig, sc->n_sig);
		if (i + 1 < sc->n_sig)
			must_be_refused(sc, ERR_NONE, "a bit of the signature flipped");
		sc->sig[i] ^= 1;
	}
	put_back(sc);
	assert_ok(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
}

static void stick__is_refused__cut(void **state)
{
	struct scene *sc = *state;

	for (size_t n = 1; n < sc->n_file; n += n < 300 ? 13 : 131) {
		scratch_write(sc->path, sc->file, n);
		must_be_refused(sc, ERR_CORRUPT, "a file that was cut");
	}
	put_back(sc);
	for (size_t n = 1; n < sc->n_sig - 1; n += 3) {
		scratch_write(sc->sig_path, sc->sig, n);
		must_be_refused(sc, ERR_NONE, "a signature that was cut");
	}
	unlink(sc->sig_path);
	must_be_refused(sc, ERR_NOT_FOUND, "no signature");
	put_back(sc);
	unlink(sc->path);
	must_be_refused(sc, ERR_NOT_FOUND, "no file");
}

static void stick__changes_nothing__replayed(void **state)
{
	struct scene *sc = *state;
	AUTO_FREE char *once = NULL;
	AUTO_FREE char *twice = NULL;

	assert_ok(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
	once = everything(&sc->b);
	assert_ok(stick_in(&sc->b.app, sc->stick, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
	twice = everything(&sc->b);
	assert_string_equal(once, twice);
}

static void stick__is_refused__another_ones_signature(void **state)
{
	struct scene *sc = *state;
	struct stick_options o = { .to = sc->b.app.device_code };
	AUTO_FREE char *first_path = xstrdup(sc->path);
	AUTO_FREE char *first_sig = xstrdup(sc->sig_path);
	AUTO_FREE char *other = NULL;
	size_t n;

	desk_resident(&sc->a, "李四", "1960-05-06");
	free(sc->path);
	free(sc->sig_path);
	assert_ok(stick_out(&sc->a.app, sc->stick, &o, on_file, sc, &sc->a.err), &sc->a.err);
	other = scratch_read(sc->sig_path, &n);
	scratch_write(first_sig, other, n); /* the second file's signature beside the first file */
	free(sc->path);
	sc->path = xstrdup(first_path);
	must_be_refused(sc, ERR_CORRUPT, "a signature of another file");
}

/* ---- things that are no files ------------------------------------------------------------------------------------------ */

static void as_pipe(const char *path)
{
	assert_int_equal(mkfifo(path, 0600), 0);
}

static void as_folder(const char *path)
{
	assert_int_equal(mkdir(path, 0700), 0);
}

static void as_endless(const char *path)
{
	assert_int_equal(symlink("/dev/zero", path), 0);
}

static void as_nothing(const char *path)
{
	assert_int_equal(symlink("/nowhere/at/all", path), 0);
}

static void as_other(const char *path)
{
	AUTO_SBUF struct sbuf real = SBUF_INIT;

	sbuf_addf(&real, "%s.real", path);
	assert_int_equal(rename(path, real.s), 0);
	assert_int_equal(symlink(real.s, path), 0);
}

static const struct {
	const char *what;
	void (*make)(const char *path);
	bool keeps; /* the file itself is still needed */
} no_files[] = {
	{ "a pipe that nobody writes into", as_pipe, false },
	{ "a folder", as_folder, false },
	{ "a link to a device", as_endless, false },
	{ "a link to nothing", as_nothing, false },
	{ "a link to the very file", as_other, true },
};

static void stick__is_refused__no_file(void **state)
{
	struct scene *sc = *state;
	AUTO_FREE char *list = path_join(sc->stick, STICK_LIST_FILE);
	AUTO_SBUF struct sbuf list_sig = SBUF_INIT;
	const char *const names[] = { sc->path, sc->sig_path };
	struct minisign_secret key;
	char word[MINISIGN_TEXT];

	for (size_t i = 0; i < N_ELEMENTS(no_files); i++)
		for (size_t j = 0; j < N_ELEMENTS(names); j++) {
			if (!no_files[i].keeps)
				unlink(names[j]);
			no_files[i].make(names[j]);
			must_be_refused(sc, ERR_NONE, no_files[i].what);
			remove(names[j]);
			put_back(sc);
		}
	minisign_new(&key);
	minisign_public_text(&key.public_part, word);
	assert_ok(stick_list_trust(&sc->b.app, word, &sc->b.err), &sc->b.err);
	sbuf_addf(&list_sig, "%s" CBX_SIGNATURE, list);
	for (size_t i = 0; i + 1 < N_ELEMENTS(no_files); i++) { /* in the place of the county's list they are passed over */
		no_files[i].make(list);
		no_files[i].make(list_sig.s);
		assert_ok(stick_in(&sc->b.app, sc->stick, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
		remove(list);
		remove(list_sig.s);
	}
}

/* ---- forged by somebody who holds a key ------------------------------------------------------------------------------- */

static bool to_buffer(void *ctx, const void *data, size_t n, struct err *err)
{
	(void)err;
	sbuf_add(ctx, data, n);
	return true;
}

static void gzip(const char *text, size_t n, struct sbuf *out)
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

struct forgery {
	struct desk *signs;       /* whose key signs */
	const char *from, *to;    /* of the label */
	struct desk *for_whom;    /* sealed for */
};

static void forge(struct scene *sc, const struct forgery *f, const char *packed, size_t n)
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

#define HEAD(cbx, from, to, more) \
	"{\"cbx\":" cbx ",\"bundle\":\"0195f3c2-0000-7000-8000-0000000000@N\",\"part\":1,\"from\":\"" from "\",\"to\":[\"" to \
	"\"],\"seq\":@S,\"schema\":1,\"practice\":false,\"groups\":1" more "}\n"
#define GROUP "{\"group\":\"x\",\"prio\":1,\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}}\n"
/* As this program writes one, up to the last brace. */
#define LONG(url, value) \
	"{\"group\":\"0195f3c2-0000-7000-8000-000000000001\",\"prio\":1,\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\"," \
	"\"entry\":[{\"resource\":{\"resourceType\":\"Basic\",\"id\":\"0195f3c2-0000-7000-8000-000000000002\",\"extension\":[{" \
	"\"url\":\"" url "\",\"valueString\":\"" value "\"}]},\"request\":{\"method\":\"PUT\",\"url\":\"Basic/x\"}}]}"
#define NO_SUM "{\"end\":1,\"lines\":2,\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}\n"

/* @A, @B: the codes of the two; a text that ends with "*" is followed by its right end line. */
static const struct {
	const char *what, *text;
	enum err_code code;
} forgeries[] = {
	{ "nothing at all", "", ERR_CORRUPT },
	{ "no end line", HEAD("1", "@A", "@B", "") GROUP, ERR_CORRUPT },
	{ "half a line", HEAD("1", "@A", "@B", "") "{\"gr", ERR_CORRUPT },
	{ "a wrong sum", HEAD("1", "@A", "@B", "") GROUP NO_SUM, ERR_CORRUPT },
	{ "lines after the end", HEAD("1", "@A", "@B", "") GROUP "*" GROUP, ERR_CORRUPT },
	{ "an empty line", HEAD("1", "@A", "@B", "") "\n" GROUP "*", ERR_CORRUPT },
	{ "another sender in the first line", HEAD("1", "pc000000", "@B", "") GROUP "*", ERR_CORRUPT },
	{ "another receiver in the first line", HEAD("1", "@A", "pc000000", "") GROUP "*", ERR_CORRUPT },
	{ "a newer format", HEAD("2", "@A", "@B", "") GROUP "*", ERR_TOO_NEW },
	{ "a newer schema", HEAD("1", "@A", "@B", ",\"schema\":999") GROUP "*", ERR_TOO_NEW },
	{ "practice data", HEAD("1", "@A", "@B", ",\"practice\":true") GROUP "*", ERR_PRACTICE },
	{ "no JSON", HEAD("1", "@A", "@B", "") "group one\n*", ERR_FORMAT },
	{ "a line of another kind", HEAD("1", "@A", "@B", "") "{\"sql\":\"DROP TABLE record\"}\n*", ERR_FORMAT },
	{ "a batch instead of a transaction", HEAD("1", "@A", "@B", "")
		"{\"group\":\"x\",\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[]}}\n*", ERR_FORMAT },
	{ "speaks for the county", HEAD("1", "@A", "@B", "") "{\"res\":{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[]}}\n*",
		ERR_NOT_ALLOWED },
	{ "speaks for the county in one word", HEAD("1", "@A", "@B", "") "{\"ack\":{\"kind\":\"resident\"}}\n*", ERR_NOT_ALLOWED },
	{ "speaks for the county behind a group of the same name", HEAD("1", "@A", "@B", "") LONG("extension", "x") ",\"tx\":{},"
		"\"ack\":{\"kind\":\"resident\"}}\n*", ERR_NOT_ALLOWED },
	{ "a change that does not say where it comes from", HEAD("1", "@A", "@B", "")
		LONG("urn:cunyi:stick-vector", "pc1a2b3c:0") "}\n*", ERR_FORMAT },
	{ "a change that comes from nowhere", HEAD("1", "@A", "@B", "") LONG("urn:cunyi:stick-vector", "") "}\n*", ERR_FORMAT },
	{ "a group that is no JSON", HEAD("1", "@A", "@B", "") LONG("urn:cunyi:stick-vector", "pc1a2b3c:1") "]}\n*", ERR_FORMAT },
	{ "no first line", GROUP "*", ERR_TOO_NEW },
	{ "a first line that is no JSON", "cbx\n" GROUP "*", ERR_FORMAT },
};

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

static void spell(const struct scene *sc, const char *text, struct sbuf *out)
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

static void forge_text(struct scene *sc, const struct forgery *f, const char *text)
{
	AUTO_SBUF struct sbuf plain_text = SBUF_INIT;
	AUTO_SBUF struct sbuf packed = SBUF_INIT;

	spell(sc, text, &plain_text);
	gzip(plain_text.s, plain_text.len, &packed);
	forge(sc, f, packed.s, packed.len);
}

static void stick__is_refused__forged(void **state)
{
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };

	for (size_t i = 0; i < N_ELEMENTS(forgeries); i++) {
		forge_text(sc, &f, forgeries[i].text);
		must_be_refused(sc, forgeries[i].code, forgeries[i].what);
	}
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*"); /* and without a fault it is taken */
	assert_ok(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
}

static void stick__is_refused__wrong_keys(void **state)
{
	struct scene *sc = *state;
	const char *a = sc->a.app.device_code, *b = sc->b.app.device_code;
	const char *good = HEAD("1", "@A", "@B", "") GROUP "*";

	forge_text(sc, &(struct forgery){ &sc->c, a, b, &sc->b }, good); /* c, whom we know, speaks in a's name */
	must_be_refused(sc, ERR_NOT_ALLOWED, "signed by another");
	forge_text(sc, &(struct forgery){ &sc->a, a, b, &sc->c }, good);
	must_be_refused(sc, ERR_NOT_ALLOWED, "sealed for another");
	forge_text(sc, &(struct forgery){ &sc->a, "pc999999", b, &sc->b }, good);
	must_be_refused(sc, ERR_NOT_ALLOWED, "from nobody we know");
	scratch_write(sc->sig_path, "untrusted comment: x\nRUQ=\ntrusted comment: y\nAAAA\n", 0);
	must_be_refused(sc, ERR_FORMAT, "no signature of minisign");
}

/* A number as high as numbers go: what is missing before it is told, and not counted one by one. */
static void stick__ends__highest_number(void **state)
{
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };
	struct stick_read r = { .n_missing = 0 };

	sc->seq = INT64_MAX;
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*");
	assert_ok(stick_in(&sc->b.app, sc->path, &plain, on_read, &r, &sc->b.err), &sc->b.err);
	assert_int_equal(r.n_missing, N_ELEMENTS(r.missing));
	assert_true(r.missing[0] == INT64_MAX - 1);
	sc->serial++;
	sc->seq = 2;
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*");
	assert_ok(stick_in(&sc->b.app, sc->path, &plain, on_read, &r, &sc->b.err), &sc->b.err);
}

#define GROUP_OF(resource) "{\"group\":\"x\",\"prio\":1,\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" \
	"{\"resource\":" resource "}]}}\n"
#define PERSON(vector, stamp, more) "{\"resourceType\":\"Patient\",\"id\":\"x88\",\"name\":[{\"text\":\"林秀英\"}],\"gender\":\"female\"," \
	"\"birthDate\":\"1948-07-11\",\"extension\":[{\"url\":\"urn:cunyi:stick-vector\",\"valueString\":\"" vector "\"}," \
	"{\"url\":\"urn:cunyi:sync-stamp\",\"valueString\":\"019000000000-0001-" stamp "/1\"}]" more "}"

/* Versions of ours that we never wrote: what we write next would count as contained in them, everywhere. */
static void stick__claims_nothing_of_ours(void **state)
{
	static const char *const groups[] = { GROUP_OF(PERSON("@A:1,@B:77", "@A-00000001", "")),
		GROUP_OF(PERSON("@B:77", "@B-0000004d", "")) };
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };

	for (size_t i = 0; i < N_ELEMENTS(groups); i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		struct vector v;

		sc->serial++;
		sbuf_addf(&text, "%s%s*", HEAD("1", "@A", "@B", ""), groups[i]);
		forge_text(sc, &f, text.s);
		assert_ok(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
		assert_ok(record_vector(&sc->b.app, record_row(&sc->b.app, KIND_RESIDENT, "x88"), 0, &v, NULL, &sc->b.err), &sc->b.err);
		for (size_t j = 0; j < v.n; j++)
			assert_false(v.c[j].n == 77);
		desk_change(&sc->b, "resident", "x88", "phone", i ? "\"10050000049\"" : "\"10050000048\"");
	}
}

static void stick__takes_no_practice(void **state)
{
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };

	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP_OF(PERSON("@A:1", "@A-00000001",
		",\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActReason\",\"code\":\"HTEST\"}]}")) "*");
	assert_ok(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
	assert_false(desk_has(&sc->b, "resident", "x88"));
}

static int64_t files_in(const struct desk *d, const char *folder)
{
	AUTO_FREE char *path = path_join(d->app.dir, folder);
	AUTO_NAMES struct stick_names names = { 0 };
	struct err err;

	assert_ok(stick_names_read(path, &names, &err), &err);
	return (int64_t)names.n;
}

/* Who borrows a sender's name puts nothing out of the way that is carried for another. */
static void carried__stays__name_borrowed(void **state)
{
	static const char *const senders[] = { NULL, "pc999999" }; /* whom we know; whom nobody knows */
	struct scene *sc = *state;
	const char *good = HEAD("1", "@A", "@B", "") GROUP "*";

	for (size_t i = 0; i < N_ELEMENTS(senders); i++) {
		const char *from = senders[i] ? senders[i] : sc->a.app.device_code;
		struct forgery honest = { &sc->a, from, sc->c.app.device_code, &sc->c };
		struct forgery forged = { &sc->c, from, sc->c.app.device_code, &sc->c };
		int64_t before;

		sc->seq = 3;
		forge_text(sc, &honest, good);
		assert_ok(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err), &sc->b.err);
		before = files_in(&sc->b, "stick/carry");
		sc->seq = 999;
		sc->serial++;
		forge_text(sc, &forged, good);
		assert_case(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err) == (senders[i] != NULL), i, from);
		sc->seq = 3;
		forge_text(sc, &forged, good); /* the same name */
		assert_case(stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &sc->b.err) == (senders[i] != NULL), i, from);
		assert_true(files_in(&sc->b, "stick/carry") >= before);
		if (!senders[i])
			assert_int_equal(files_in(&sc->b, "stick/carry"), 1);
	}
}

/* ---- meant to harm ---------------------------------------------------------------------------------------------------- */

static long peak_kib(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static void stick__stays_small__bombs(void **state)
{
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };
	size_t n = 96 * 1024 * 1024;
	AUTO_SBUF struct sbuf packed = SBUF_INIT;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_FREE char *zeros = xmalloc(n);
	long before;

	memset(zeros, ' ', n);
	for (size_t i = 1000; i < n; i += 1000)
		zeros[i] = '\n';
	spell(sc, HEAD("1", "@A", "@B", ""), &text);
	memcpy(zeros, text.s, text.len);
	gzip(zeros, n, &packed);
	forge(sc, &f, packed.s, packed.len);
	before = peak_kib();
	must_be_refused(sc, ERR_FORMAT, "a text that unpacks to a thousand times its size");
	memset(zeros + text.len, 'x', n - text.len); /* one line without an end */
	sbuf_clear(&packed);
	gzip(zeros, n, &packed);
	forge(sc, &f, packed.s, packed.len);
	must_be_refused(sc, ERR_FORMAT, "an endless line");
	assert_true(peak_kib() - before < 32 * 1024);
}

static void stick__is_refused__deep_and_wide_json(void **state)
{
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };
	AUTO_SBUF struct sbuf deep = SBUF_INIT;
	AUTO_SBUF struct sbuf wide = SBUF_INIT;

	sbuf_adds(&deep, HEAD("1", "@A", "@B", "") "{\"group\":\"x\",\"tx\":");
	sbuf_adds(&wide, HEAD("1", "@A", "@B", "") "{\"group\":\"x\",\"tx\":[0");
	for (int i = 0; i < 5000; i++)
		sbuf_adds(&deep, "[");
	for (int i = 0; i < 300000; i++)
		sbuf_adds(&wide, ",0");
	for (int i = 0; i < 5000; i++)
		sbuf_adds(&deep, "]");
	sbuf_adds(&deep, "}\n*");
	sbuf_adds(&wide, "]}\n*");
	forge_text(sc, &f, deep.s);
	must_be_refused(sc, ERR_FORMAT, "deep JSON");
	forge_text(sc, &f, wide.s);
	must_be_refused(sc, ERR_FORMAT, "wide JSON");
}

/* A group that is of ours in form, with nonsense inside: passed over or refused, never half applied. */
static const struct {
	const char *what, *resource;
	bool taken;
} nonsense[] = {
	{ "no type", "{\"id\":\"x\"}", true },
	{ "a type that nobody knows", "{\"resourceType\":\"Bomb\",\"id\":\"x\",\"extension\":[{\"url\":\"urn:cunyi:stick-vector\","
		"\"valueString\":\"pc1:1\"}]}", true },
	{ "a vector that is none", "{\"resourceType\":\"Patient\",\"id\":\"x\",\"extension\":[{\"url\":\"urn:cunyi:stick-vector\","
		"\"valueString\":\"'; DROP TABLE record\"}]}", false },
	{ "a vector of another type", "{\"resourceType\":\"Patient\",\"id\":\"x\",\"extension\":[{\"url\":\"urn:cunyi:stick-vector\","
		"\"valueInteger\":7}]}", false },
	{ "a person without a name", "{\"resourceType\":\"Patient\",\"id\":\"x\",\"extension\":[{\"url\":\"urn:cunyi:stick-vector\","
		"\"valueString\":\"pc1:1\"}]}", true },
};

static void stick__harms_nothing__nonsense(void **state)
{
	struct scene *sc = *state;
	struct forgery f = { &sc->a, sc->a.app.device_code, sc->b.app.device_code, &sc->b };

	for (size_t i = 0; i < N_ELEMENTS(nonsense); i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		AUTO_FREE char *after = NULL;
		struct err err = { 0 };
		bool ok;

		sc->serial++;
		sbuf_adds(&text, HEAD("1", "@A", "@B", ""));
		sbuf_addf(&text, "{\"group\":\"x\",\"prio\":1,\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
			"{\"resource\":%s}]}}\n*", nonsense[i].resource);
		forge_text(sc, &f, text.s);
		ok = stick_in(&sc->b.app, sc->path, &plain, NULL, NULL, &err);
		after = everything(&sc->b);
		assert_case(ok == nonsense[i].taken && (ok || err.message[0]), i, nonsense[i].what);
		assert_int_equal(strtoll(after, NULL, 10), strtoll(sc->before, NULL, 10)); /* versions */
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(stick__is_refused__bits_flipped),
		T(stick__is_refused__cut),
		T(stick__changes_nothing__replayed),
		T(stick__is_refused__another_ones_signature),
		T(stick__is_refused__forged),
		T(stick__is_refused__wrong_keys),
		T(stick__is_refused__no_file),
		T(stick__ends__highest_number),
		T(stick__claims_nothing_of_ours),
		T(stick__takes_no_practice),
		T(carried__stays__name_borrowed),
		T(stick__stays_small__bombs),
		T(stick__is_refused__deep_and_wide_json),
		T(stick__harms_nothing__nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
