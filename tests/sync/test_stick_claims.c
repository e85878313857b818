/* What lies on a stick and is no file, and what a key holder or a carrier claims that is not his: numbers, versions, names. */
#include "forged.h"

#include <sys/stat.h>
#include <unistd.h>

#include "app/base/path.h"

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
	struct attack *sc = *state;
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
		assert_ok(stick_in(&sc->b.app, sc->stick, &attack_plain, NULL, NULL, &sc->b.err), &sc->b.err);
		remove(list);
		remove(list_sig.s);
	}
}

static void on_any(void *ctx, const struct stick_read *f)
{
	(void)f;
	++*(int *)ctx;
}

static void stick__passes_over__names_that_speak(void **state)
{
	static const char *const names[] = { "x\ntaken in: everything.cbx.age", "x\033]0;mine\007.cbx.age", "x\xff.cbx.age" };
	struct attack *sc = *state;
	int told = 0;

	for (size_t i = 0; i < N_ELEMENTS(names); i++) {
		AUTO_FREE char *path = path_join(sc->stick, names[i]);

		scratch_write(path, "x", 1);
	}
	assert_ok(stick_in(&sc->b.app, sc->stick, &attack_plain, on_any, &told, &sc->b.err), &sc->b.err);
	assert_int_equal(told, 1);
}

/* ---- claims ------------------------------------------------------------------------------------------------------------ */

/* A number as high as numbers go: what is missing before it is told, and not counted one by one. */
static void stick__ends__highest_number(void **state)
{
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);
	struct stick_read r = { .n_missing = 0 };

	sc->seq = INT64_MAX;
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*");
	assert_ok(attack_in(sc, &r), &sc->b.err);
	assert_int_equal(r.n_missing, N_ELEMENTS(r.missing));
	assert_true(r.missing[0] == INT64_MAX - 1);
	sc->serial++;
	sc->seq = 2;
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*");
	assert_ok(attack_in(sc, &r), &sc->b.err);
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
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);

	for (size_t i = 0; i < N_ELEMENTS(groups); i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		struct vector v;

		sc->serial++;
		sbuf_addf(&text, "%s%s*", HEAD("1", "@A", "@B", ""), groups[i]);
		forge_text(sc, &f, text.s);
		assert_ok(attack_in(sc, NULL), &sc->b.err);
		assert_ok(record_vector(&sc->b.app, record_row(&sc->b.app, KIND_RESIDENT, "x88"), 0, &v, NULL, &sc->b.err), &sc->b.err);
		for (size_t j = 0; j < v.n; j++)
			assert_false(v.c[j].n == 77);
		desk_change(&sc->b, "resident", "x88", "phone", i ? "\"10050000049\"" : "\"10050000048\"");
	}
}

static void stick__takes_no_practice(void **state)
{
	struct attack *sc = *state;
	struct forgery f = forgery_of(sc);

	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP_OF(PERSON("@A:1", "@A-00000001",
		",\"meta\":{\"security\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActReason\",\"code\":\"HTEST\"}]}")) "*");
	assert_ok(attack_in(sc, NULL), &sc->b.err);
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
	struct attack *sc = *state;
	const char *good = HEAD("1", "@A", "@B", "") GROUP "*";

	for (size_t i = 0; i < N_ELEMENTS(senders); i++) {
		const char *from = senders[i] ? senders[i] : sc->a.app.device_code;
		struct forgery honest = { &sc->a, from, sc->c.app.device_code, &sc->c };
		struct forgery forged = { &sc->c, from, sc->c.app.device_code, &sc->c };
		int64_t before;

		sc->seq = 3;
		forge_text(sc, &honest, good);
		assert_ok(attack_in(sc, NULL), &sc->b.err);
		before = files_in(&sc->b, "stick/carry");
		sc->seq = 999;
		sc->serial++;
		forge_text(sc, &forged, good);
		assert_case(attack_in(sc, NULL) == (senders[i] != NULL), i, from);
		sc->seq = 3;
		forge_text(sc, &forged, good); /* the same name */
		assert_case(attack_in(sc, NULL) == (senders[i] != NULL), i, from);
		assert_int_equal(files_in(&sc->b, "stick/carry"), senders[i] ? before + 2 : 1); /* each beside the others; what is proved */
	}
}

static void on_any_read(void *ctx, const struct stick_read *f)
{
	*(struct stick_read *)ctx = *f;
}

static bool taken_with(struct attack *sc, int64_t seq, int64_t most, struct stick_read *r)
{
	struct forgery f = { &sc->c, "pc999999", sc->c.app.device_code, &sc->c };
	struct stick_options o = attack_plain;

	sc->seq = seq;
	sc->serial++;
	o.carry_max = most;
	forge_text(sc, &f, HEAD("1", "@A", "@B", "") GROUP "*");
	return stick_in(&sc->b.app, sc->path, &o, on_any_read, r, &sc->b.err);
}

/* Files of whom nobody knows stand beside each other, whatever numbers they claim, and have their limit: the oldest are let go.
 * What is proved is none of them. */
static void carried__has_its_limit__nobody_proved_it(void **state)
{
	struct attack *sc = *state;
	struct forgery honest = { &sc->a, sc->a.app.device_code, sc->c.app.device_code, &sc->c };
	struct stick_read r = { .let_go = -1 };
	int64_t size;

	sc->seq = 1;
	forge_text(sc, &honest, HEAD("1", "@A", "@B", "") GROUP "*");
	assert_ok(attack_in(sc, NULL), &sc->b.err);
	assert_ok(taken_with(sc, 2, 0, &r), &sc->b.err);
	size = r.bytes;
	assert_true(size > 0);
	assert_ok(taken_with(sc, 3, 2 * size + size / 2, &r), &sc->b.err);
	assert_int_equal(r.let_go, 0);
	assert_int_equal(files_in(&sc->b, "stick/carry"), 3);
	assert_ok(taken_with(sc, 4, 2 * size + size / 2, &r), &sc->b.err);
	assert_int_equal(r.let_go, 1);
	assert_int_equal(files_in(&sc->b, "stick/carry"), 3);
	assert_false(taken_with(sc, 5, size / 2, &r));
	assert_int_equal(sc->b.err.code, ERR_DISK_FULL);
	assert_int_equal(files_in(&sc->b, "stick/carry"), 3); /* it puts nothing out of the way */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, attack_open, attack_close)
	const struct CMUnitTest tests[] = {
		T(stick__is_refused__no_file),
		T(stick__passes_over__names_that_speak),
		T(stick__ends__highest_number),
		T(stick__claims_nothing_of_ours),
		T(stick__takes_no_practice),
		T(carried__stays__name_borrowed),
		T(carried__has_its_limit__nobody_proved_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
