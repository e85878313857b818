/* Files that are damaged, forged or meant to harm: nothing changes here, a sentence says why, and neither memory nor time
 * runs away. */
#include "forged.h"

#include <sys/resource.h>
#include <unistd.h>

/* ---- damage on the way ----------------------------------------------------------------------------------------------- */

static void stick__is_refused__bits_flipped(void **state)
{
	struct attack *sc = *state;

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
	assert_ok(attack_in(sc, NULL), &sc->b.err);
}

static void stick__is_refused__cut(void **state)
{
	struct attack *sc = *state;

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
	struct attack *sc = *state;
	AUTO_FREE char *once = NULL;
	AUTO_FREE char *twice = NULL;

	assert_ok(attack_in(sc, NULL), &sc->b.err);
	once = attack_everything(&sc->b);
	assert_ok(stick_in(&sc->b.app, sc->stick, &attack_plain, NULL, NULL, &sc->b.err), &sc->b.err);
	twice = attack_everything(&sc->b);
	assert_string_equal(once, twice);
}

static void stick__is_refused__another_ones_signature(void **state)
{
	struct attack *sc = *state;
	struct stick_options o = { .to = sc->b.app.device_code };
	AUTO_FREE char *first_path = xstrdup(sc->path);
	AUTO_FREE char *first_sig = xstrdup(sc->sig_path);
	AUTO_FREE char *other = NULL;
	size_t n;

	desk_resident(&sc->a, "李四", "1960-05-06");
	free(sc->path);
	free(sc->sig_path);
	assert_ok(stick_out(&sc->a.app, sc->stick, &o, attack_on_file, sc, &sc->a.err), &sc->a.err);
	other = scratch_read(sc->sig_path, &n);
	scratch_write(first_sig, other, n); /* the second file's signature beside the first file */
	free(sc->path);
	sc->path = xstrdup(first_path);
	must_be_refused(sc, ERR_CORRUPT, "a signature of another file");
}

/* ---- forged by somebody who holds a key ------------------------------------------------------------------------------- */

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

static void stick__is_refused__forged(void **state)
{
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);

	for (size_t i = 0; i < N_ELEMENTS(forgeries); i++) {
		forge_text(sc, &f, forgeries[i].text);
		must_be_refused(sc, forgeries[i].code, forgeries[i].what);
	}
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*"); /* and without a fault it is taken */
	assert_ok(attack_in(sc, NULL), &sc->b.err);
}

static void stick__is_refused__wrong_keys(void **state)
{
	struct attack *sc = *state;
	const char *a = sc->a.app.device_code, *b = sc->b.app.device_code;
	const char *good = HEAD("1", "@A", "@B", "") GROUP "*";

	forge_text(sc, &(struct forgery){ &sc->c, a, b, &sc->b }, good); /* c, whom we know, speaks in a's name */
	must_be_refused(sc, ERR_NOT_ALLOWED, "signed by another");
	assert_non_null(strstr(sc->b.err.message, "another key")); /* his card is known: to take it in would help nobody */
	forge_text(sc, &(struct forgery){ &sc->a, a, b, &sc->c }, good);
	must_be_refused(sc, ERR_NOT_ALLOWED, "sealed for another");
	forge_text(sc, &(struct forgery){ &sc->a, "pc999999", b, &sc->b }, good);
	must_be_refused(sc, ERR_NOT_ALLOWED, "from nobody we know");
	assert_non_null(strstr(sc->b.err.message, "take in its card"));
	scratch_write(sc->sig_path, "untrusted comment: x\nRUQ=\ntrusted comment: y\nAAAA\n", 0);
	must_be_refused(sc, ERR_FORMAT, "no signature of minisign");
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
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);
	size_t n = 96 * 1024 * 1024;
	AUTO_SBUF struct sbuf packed = SBUF_INIT;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_FREE char *zeros = xmalloc(n);
	long before;

	memset(zeros, ' ', n);
	for (size_t i = 1000; i < n; i += 1000)
		zeros[i] = '\n';
	forge_spell(sc, HEAD("1", "@A", "@B", ""), &text);
	memcpy(zeros, text.s, text.len);
	forge_packed(zeros, n, &packed);
	forge(sc, &f, packed.s, packed.len);
	before = peak_kib();
	must_be_refused(sc, ERR_FORMAT, "a text that unpacks to a thousand times its size");
	memset(zeros + text.len, 'x', n - text.len); /* one line without an end */
	sbuf_clear(&packed);
	forge_packed(zeros, n, &packed);
	forge(sc, &f, packed.s, packed.len);
	must_be_refused(sc, ERR_FORMAT, "an endless line");
	assert_true(peak_kib() - before < 32 * 1024);
}

static void stick__is_refused__deep_and_wide_json(void **state)
{
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);
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
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);

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
		ok = stick_in(&sc->b.app, sc->path, &attack_plain, NULL, NULL, &err);
		after = attack_everything(&sc->b);
		assert_case(ok == nonsense[i].taken && (ok || err.message[0]), i, nonsense[i].what);
		assert_int_equal(strtoll(after, NULL, 10), strtoll(sc->before, NULL, 10)); /* versions */
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, attack_open, attack_close)
	const struct CMUnitTest tests[] = {
		T(stick__is_refused__bits_flipped),
		T(stick__is_refused__cut),
		T(stick__changes_nothing__replayed),
		T(stick__is_refused__another_ones_signature),
		T(stick__is_refused__forged),
		T(stick__is_refused__wrong_keys),
		T(stick__stays_small__bombs),
		T(stick__is_refused__deep_and_wide_json),
		T(stick__harms_nothing__nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
